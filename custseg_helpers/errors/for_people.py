"""What is written as people write it and runs all the same: `0,20`, `"20%"`, `100% -`, code in quotes."""

import ast
import re
from collections.abc import Iterator, Mapping
from typing import Any

from custseg_helpers.errors.doubt import Doubt
from custseg_helpers.stopped.failure import look
from custseg_helpers.unreadable.explanation import cut
from custseg_helpers.words.text import T

THOUSANDS = r"\d{1,3}(,\d{3})+(\.\d+)?"
IN_PARTS = rf"{THOUSANDS}|\d+,\d+"
FOR_PEOPLE = r"\s*[¥￥$€]?\s*-?\d[\d,]*(\.\d+)?\s*[%％元]?\s*"


def numbers_for_people(code: str, node: ast.AST) -> Iterator[Doubt]:
    """Find `0,20`, `137,379.19`, `(500, 2,000)`, `("500", "2000")` and `"20%"` where a number is meant."""
    if not isinstance(node, (ast.Assign, ast.Tuple, ast.List)):
        return
    value = node.value if isinstance(node, ast.Assign) else node
    typed = ast.get_source_segment(code, value) or ""
    cause = T(
        zh="`{typed}` 里的逗号把一个数分成了几个。", en="The comma in `{typed}` makes several numbers of one."
    )
    right = None
    if isinstance(node, ast.Assign):
        if isinstance(value, ast.Constant) and isinstance(value.value, str):
            cause = T(
                zh="`{typed}` 加了引号，是一段文字，不是数。",
                en="In quotes, `{typed}` is a text and no number.",
            )
            right = as_number(value.value) if re.fullmatch(FOR_PEOPLE, value.value) else None
        elif isinstance(value, ast.Tuple) and re.fullmatch(IN_PARTS, typed):
            right = typed.replace(",", "" if re.fullmatch(THOUSANDS, typed) else ".")
        elif isinstance(value, ast.Tuple) and re.search(r"\D\d+,\d+$", typed) and len(value.elts) == 2:
            right = re.sub(r",(\d+)$", r".\1", typed)
    elif isinstance(value, (ast.Tuple, ast.List)) and typed[:1] in ("(", "["):
        found = re.search(r"(?<![\d,.])\d{1,3},\d{3}(?![\d,])", typed)
        if found and re.search(r",\s", typed):
            right = typed.replace(found[0], found[0].replace(",", ""))
        elif value.elts and all(map(_quoted_number, value.elts)):
            cause = T(
                zh="`{typed}` 里的数加了引号，就成了文字。",
                en="In quotes, the numbers of `{typed}` are texts.",
            )
            right = re.sub("[\"']", "", typed)
    if right:
        repair = T(zh="写成 `{right}`。", en="Write `{right}`.").format(right=right)
        yield Doubt(
            node.lineno, cut(ast.get_source_segment(code, node) or typed), cause.format(typed=typed), repair
        )


def as_number(text: str) -> str:
    """Return a number that was written for people as Python reads it.

    >>> as_number("20%"), as_number("¥1,200")
    ('0.2', '1200')
    """
    digits = re.sub(r"[^\d.\-]", "", text)
    return f"{float(digits) / 100:g}" if re.search("[%％]", text) else digits


def code_in_quotes(code: str, names: Mapping[str, Any], node: ast.AST) -> Iterator[Doubt]:
    """Find `few = "len(orders)"` and `len("few")`: in quotes code is nothing but a text."""
    counted = isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "len"
    if isinstance(node, ast.Call) and counted and node.args:
        inner = node.args[0]
    elif isinstance(node, ast.Assign):
        inner = node.value
    else:
        return
    text = inner.value if isinstance(inner, ast.Constant) else None
    if not isinstance(text, str) or not (text in names if counted else _is_code(text, names)):
        return
    typed = ast.get_source_segment(code, inner) or ""
    yield Doubt(
        node.lineno,
        cut(ast.get_source_segment(code, node) or typed),
        T(
            zh="`{typed}` 加了引号，只是一段文字，没有算。",
            en="In quotes, `{typed}` is only a text; nothing is worked out.",
        ).format(typed=typed),
        T(zh="去掉引号：`{right}`。", en="Leave out the quotes: `{right}`.").format(right=text),
    )


def per_cent(code: str, node: ast.AST) -> Iterator[Doubt]:
    """Find `100% - rate`, which is the remainder of a division to Python."""
    typed = ast.get_source_segment(code, node) or "" if isinstance(node, ast.BinOp) else ""
    number = re.search(r"(?<![\w.])([\d.]+)%\s*[-+]", typed)
    if number and isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mod):
        yield Doubt(
            node.lineno,
            cut(typed),
            T(
                zh="`%` 在这里是“除了以后的余数”，不是百分号。",
                en="Here `%` is the remainder of a division and no per cent.",
            ),
            T(zh="写成 `{right}`。", en="Write `{right}`.").format(
                right=typed.replace(f"{number[1]}%", f"{float(number[1]) / 100:g}", 1)
            ),
        )


def power(code: str, names: Mapping[str, Any], node: ast.AST) -> Iterator[Doubt]:
    """Find `x ^ 2`, which is no power to Python."""
    number = (
        node.right.value if isinstance(node, ast.BinOp) and isinstance(node.right, ast.Constant) else None
    )
    held = look(node.right, names) if isinstance(node, ast.BinOp) else None
    plain = any(isinstance(one, (int, float)) and not isinstance(one, bool) for one in (number, held))
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.BitXor) and plain:
        typed = ast.get_source_segment(code, node) or ""
        yield Doubt(
            node.lineno,
            cut(typed),
            T(zh="`^` 在这里不是乘方，乘方写 `**`。", en="Here `^` is no power; a power is written `**`."),
            T(zh="写成 `{right}`。", en="Write `{right}`.").format(right=re.sub(r"\s*\^\s*", " ** ", typed)),
        )


def _quoted_number(node: ast.AST) -> bool:
    text = node.value if isinstance(node, ast.Constant) else None
    return isinstance(text, str) and re.fullmatch(r"\d+(\.\d+)?", text) is not None


def _is_code(text: str, names: Mapping[str, Any]) -> bool:
    """Tell whether a text is code about things of the notebook: a call, something taken out of them, a sum."""
    try:
        tree = ast.parse(text.strip(), mode="eval").body
    except (SyntaxError, ValueError):
        return False
    used = [one.id for one in ast.walk(tree) if isinstance(one, ast.Name)]
    return isinstance(tree, (ast.Call, ast.Subscript, ast.BinOp)) and any(one in names for one in used)


def comma_at_end(code: str, line: ast.AST) -> Doubt | None:
    """Find `total = 5,`, which makes a row of one value."""
    if not (isinstance(line, ast.Assign) and isinstance(line.value, ast.Tuple) and len(line.value.elts) == 1):
        return None
    if not (ast.get_source_segment(code, line.value) or "").endswith(","):
        return None
    return written_so(
        code,
        line,
        T(
            zh="行尾的逗号 `,` 把它变成了“一串值”（元组）。",
            en="The comma, `,`, at the end makes a row of values of it (a tuple).",
        ),
        (ast.get_source_segment(code, line) or "").rstrip(", "),
    )


def comma_for_plus(code: str, names: Mapping[str, Any], line: ast.AST) -> Doubt | None:
    """Find `total = first, second`, which makes a row of numbers and adds nothing up."""
    if not (isinstance(line, ast.Assign) and isinstance(line.value, ast.Tuple) and len(line.value.elts) > 1):
        return None
    typed = ast.get_source_segment(code, line.value) or ""
    made = names.get(getattr(line.targets[0], "id", ""))
    numbers = isinstance(made, tuple) and all(isinstance(one, (int, float)) for one in made)
    if not numbers or typed.startswith("(") or all(isinstance(one, ast.Constant) for one in line.value.elts):
        return None
    parts = [ast.get_source_segment(code, one) or "" for one in line.value.elts]
    return written_so(
        code,
        line,
        T(
            zh="逗号 `,` 没有把它们加起来，只是并排放着（元组）。",
            en="The comma, `,`, does not add them up: it puts them side by side (a tuple).",
        ),
        f"{ast.get_source_segment(code, line.targets[0])} = {' + '.join(parts)}",
    )


def written_so(code: str, line: ast.stmt, cause: T, right: str) -> Doubt:
    """Return a doubt about a whole line, with what to write in its place."""
    typed = cut(code.splitlines()[line.lineno - 1].strip())
    return Doubt(
        line.lineno, typed, cause, T(zh="写成 `{right}`。", en="Write `{right}`.").format(right=right)
    )

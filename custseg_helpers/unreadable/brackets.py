"""Where a bracket is missing or too many: every place is tried, and the one that makes the most likely code is told."""

import ast
from collections.abc import Iterator

from custseg_helpers.unreadable.finding import Finding, line_of
from custseg_helpers.unreadable.scanner import CLOSING, OPENING, PAIRS, Token, telling
from custseg_helpers.words.text import T

MOST_PLACES = 120
"""So many places are tried at most; a longer piece of code is left to the plain repair."""
METHODS = (
    "sum",
    "mean",
    "max",
    "min",
    "count",
    "nunique",
    "median",
    "head",
    "sort_values",
    "cumsum",
    "round",
    "idxmax",
)


def one_changed(code: str, tokens: list[Token], first: Token, last: Token) -> Iterator[Finding]:
    """Find the one bracket that is missing, too many or of another kind, between two brackets that are no pair."""
    mended = balanced(code, tokens, first.line, last.line)
    if mended is None:
        return
    differ = (n for n, (one, other) in enumerate(zip(code, mended, strict=False)) if one != other)
    at = next(differ, min(len(code), len(mended)))
    line = code.count("\n", 0, min(at, len(code) - 1)) + 1
    if len(mended) > len(code):
        sign = mended[at]
        cause = T(zh="少了一个括号 `{a}`。", en="A bracket, `{a}`, is missing.").format(a=sign)
        repair = T(zh="补上它：`{line}`", en="Put it in: `{line}`")
        if sign in CLOSING:
            opening = next(one for one, other in PAIRS.items() if other == sign)
            cause = T(
                zh="有一个括号 `{o}` 没有用 `{a}` 收尾。", en="A bracket, `{o}`, has no `{a}` that closes it."
            ).format(o=opening, a=sign)
    elif len(mended) < len(code):
        cause = T(zh="多了一个括号 `{a}`。", en="One bracket, `{a}`, is too many.").format(a=code[at])
        repair = T(zh="去掉它：`{line}`", en="Take it out: `{line}`")
    else:
        cause = T(
            zh="括号不成对：`{a}` 的位置上应该是 `{b}`。",
            en="The brackets are no pair: where `{a}` stands, it is `{b}`.",
        ).format(a=code[at], b=mended[at])
        repair = T(zh="改成：`{line}`", en="Write: `{line}`")
    yield Finding(line, line_of(code, line), cause, repair.format(line=line_of(mended, line)), mended)


def balanced(code: str, tokens: list[Token], first: int, last: int) -> str | None:
    """Return the cell with one bracket put in, taken out or exchanged between two lines, the likeliest that can be read.

    >>> from custseg_helpers.unreadable.scanner import scan
    >>> for code in ('few = len(orders["amount")', 'few = orders["amount"].sum)', 'a = b.groupby("c"["d"].sum()'):
    ...     print(balanced(code, scan(code), 1, 1))
    few = len(orders["amount"])
    few = orders["amount"].sum()
    a = b.groupby("c")["d"].sum()
    """
    marks = [token for token in telling(tokens) if first <= token.line <= last]
    if len(marks) > MOST_PLACES:
        return None
    found: list[tuple[int, int, str]] = []
    for place, mended in enumerate(_tried(code, marks)):
        try:
            tree = ast.parse(mended)
        except (SyntaxError, ValueError):
            continue
        found.append((unlikely(tree), place, mended))
    return min(found)[2] if found else None


def _tried(code: str, marks: list[Token]) -> Iterator[str]:
    """Yield the cell with one bracket changed; what is closed late comes before what is closed early."""
    signs = [token for token in marks if token.text in OPENING + CLOSING]
    needed = sorted({PAIRS[t.text] for t in signs if t.text in OPENING}) or [")", "]"]
    fewer = [code[: token.start] + code[token.end :] for token in signs]
    many = sum(token.text in CLOSING for token in signs) > len(signs) / 2
    yield from fewer if many else ()
    for token in reversed(marks):
        if token.kind == "newline":
            continue
        for sign in needed:
            yield code[: token.end] + sign + code[token.end :]
    for token in marks:
        for sign in {opening for opening, closing in PAIRS.items() if closing in [one.text for one in signs]}:
            yield code[: token.start] + sign + code[token.start :]
    yield from () if many else fewer
    for token in signs:  # another kind
        for sign in OPENING if token.text in OPENING else CLOSING:
            if sign != token.text:
                yield code[: token.start] + sign + code[token.end :]


def unlikely(tree: ast.AST) -> int:
    """Count what nobody means in a piece of code: a text that is called, a method that is not, a tuple without brackets.

    >>> unlikely(ast.parse('a = b["c"].sum()')), unlikely(ast.parse('a = "b"["c"].sum'))
    (0, 5)
    """
    count = 0
    called = {id(one.func) for one in ast.walk(tree) if isinstance(one, ast.Call)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Subscript):
            count += 3 * isinstance(node.value, ast.Constant) + 2 * _compares_a_text(node.slice)
            count += isinstance(node.slice, ast.Call) and not isinstance(node.value, ast.Attribute)
        elif isinstance(node, ast.Call):
            count += 3 * isinstance(
                node.func, (ast.Constant, ast.Tuple, ast.Compare, ast.BinOp, ast.Subscript, ast.Call)
            )
            count += sum(isinstance(one, (ast.Tuple, ast.Starred)) for one in node.args)
            count += 2 * any(_compares_a_text(one) for one in node.args)
            if isinstance(node.func, ast.Attribute) and isinstance(node.func.value, ast.Constant):
                count += 2
        elif isinstance(node, ast.Attribute):
            count += 2 * (node.attr in METHODS and id(node) not in called)
            count += 2 * isinstance(node.value, (ast.Constant, ast.Tuple))
        elif isinstance(node, ast.Compare):
            count += 2 * any(_joins(one) for one in [node.left, *node.comparators]) + (len(node.ops) > 1)
        elif isinstance(node, ast.BinOp) and isinstance(node.op, (ast.BitAnd, ast.BitOr)):
            count += sum(_filtered(one) for one in (node.left, node.right))
        elif isinstance(node, (ast.Assign, ast.Expr)):
            count += (
                2 * isinstance(node.value, ast.Tuple) * (getattr(node.value, "col_offset", 0) == _begin(node))
            )
    return count


def _begin(node: ast.Assign | ast.Expr) -> int:
    """Return where the first value of a line's right side begins: there a tuple has no brackets of its own."""
    value = node.value
    return value.elts[0].col_offset if isinstance(value, ast.Tuple) and value.elts else -1


def _compares_a_text(node: ast.AST) -> bool:
    """Tell whether a text, or a list of texts, is compared with something: `"amount" > 5`."""
    left = node.left if isinstance(node, ast.Compare) else None
    return isinstance(left, ast.List) or (isinstance(left, ast.Constant) and isinstance(left.value, str))


def _joins(node: ast.AST) -> bool:
    return (
        isinstance(node, ast.BinOp)
        and isinstance(node.op, (ast.BitAnd, ast.BitOr))
        and not (isinstance(node.left, ast.Compare) and isinstance(node.right, ast.Compare))
    )


def _filtered(node: ast.AST) -> bool:
    """Tell whether a side of `&` is a filtered table, or a table that is called."""
    if isinstance(node, ast.Call):
        return isinstance(node.func, ast.Name) and any(isinstance(one, ast.Compare) for one in node.args)
    return isinstance(node, ast.Subscript) and not isinstance(node.slice, ast.Constant)

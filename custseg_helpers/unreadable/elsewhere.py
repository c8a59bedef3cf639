"""Ways of writing that people bring along from Excel, SQL and letters, and that Python cannot read."""

import ast
import builtins
import re
from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Any

from custseg_helpers.unreadable.explanation import cut
from custseg_helpers.unreadable.finding import Finding, ends_value, line_of, with_line
from custseg_helpers.unreadable.scanner import Token, scan, telling
from custseg_helpers.words.text import T

IN_WORDS = {
    "大于": ">", "小于": "<", "大于等于": ">=", "小于等于": "<=", "等于": "==", "不等于": "!=", "并且": "&", "或者": "|", "乘以": "*", "除以": "/",
}  # fmt: skip
"""Signs that people write as words."""


def notes(code: str, tokens: list[Token]) -> Iterator[Finding]:
    """Find a note in Chinese behind a line of code that lacks its `#`."""
    for before, token in pairwise(telling(tokens)):
        note = _from(code, token.start)
        if (
            token.kind == "name"
            and re.match(r"[\u4e00-\u9fff]{2}", token.text)
            and token.text not in IN_WORDS
            and ends_value(before)
            and before.line == token.line
            and not re.search(r"[\[\](){}=\"']", note)
        ):
            mended = code[: token.start] + "# " + code[token.start :]
            yield Finding(
                token.line,
                line_of(code, token.line),
                T(
                    zh="`{note}` 是写给人看的话，前面少了 `#`。",
                    en="`{note}` is a note for people and lacks its `#`.",
                ).format(note=cut(note)),
                T(zh="改成：`{line}`", en="Write: `{line}`").format(line=line_of(mended, token.line)),
                mended,
            )


def formulas(code: str, tokens: list[Token]) -> Iterator[Finding]:
    """Find a line that begins with `=`, as a formula does in a spreadsheet."""
    marks = telling(tokens)
    for before, token in zip([None, *marks], marks, strict=False):
        if token.text not in ("=", "＝") or not (before is None or before.kind == "newline"):
            continue
        formula = _from(code, token.end)
        called = re.fullmatch(r"(\w+)\s*\((.*)\)", formula)
        inner = called[2] if called else ""
        there = {
            "COUNTA": "len({})", "COUNT": "len({})", "SUM": "{}.sum()", "AVERAGE": "{}.mean()", "MAX": "{}.max()", "MIN": "{}.min()",
        }  # fmt: skip
        plain = bool(inner) and "," not in re.sub(r"\[.*?\]", "", inner)
        pattern = there.get(called[1].upper()) if called and plain else None
        right = pattern.replace("{}", inner) if pattern else formula
        yield Finding(
            token.line,
            line_of(code, token.line),
            T(
                zh="像 Excel 那样以 `=` 开头：这里 `=` 的左边要有一个名字。",
                en="This begins with `=` as in Excel; here a name stands to the left of `=`.",
            ),
            T(zh="写成 `名字 = {right}`", en="Write `name = {right}`").format(right=right),
            code[: token.start] + "name " + code[token.start :],
        )


def grouped_as_in_sql(code: str) -> Iterator[Finding]:
    """Find `orders["amount"] group by "product_id"`, as SQL has it."""
    pattern = r"\s*(?:(\w+)\s*=\s*)?(\w+)\[([^\]]+)\](?:\.(sum|count|mean|max|min)\(\))?\s+(group|order)\s+by\s+(.+)"
    for number, line in enumerate(code.splitlines(), 1):
        found = re.fullmatch(pattern, line, re.IGNORECASE)
        if not found:
            continue
        name, table, column, method, verb, key = found.groups()
        key = re.sub(r"^\w+\[(.*)\]$", r"\1", key.strip())
        right = f"{table}.groupby({key})[{column}].{method or 'sum'}()"
        if verb.lower() == "order":
            right = f"{table}.sort_values({key})[{column}]"
        mended = with_line(code, number, f"{name} = {right}" if name else right)
        yield Finding(
            number,
            line.strip(),
            T(
                zh="这是 SQL 的写法；这里接在表的后面：分组写 `.groupby(…)`，排序写 `.sort_values(…)`。",
                en="That is SQL; here it stands behind the table: `.groupby(…)` groups, `.sort_values(…)` sorts.",
            ),
            T(zh="改成：`{line}`", en="Write: `{line}`").format(line=line_of(mended, number)),
            mended,
        )


def asked_of_a_number(code: str, tokens: list[Token]) -> Iterator[Finding]:
    """Find `owners > 1.sum()`: the brackets around the condition are missing."""
    marks = telling(tokens)
    for number, dot, method in zip(marks, marks[1:], marks[2:], strict=False):
        together = number.end == dot.start and dot.end == method.start
        if not (number.kind == "number" and dot.text == "." and method.kind == "name" and together):
            continue
        begin = code.rfind("\n", 0, number.start) + 1
        equals = [token.end for token in marks if token.text == "=" and begin <= token.start < number.start]
        start = equals[-1] if equals else begin
        gap = " " if equals else ""
        mended = f"{code[:start]}{gap}({code[start : number.end].strip()}){code[number.end :]}"
        yield Finding(
            number.line,
            line_of(code, number.line),
            T(
                zh="`.{m}` 会被当成去问 `{n}` 这个数；要问整个条件，先用括号包起来。",
                en="`.{m}` would be asked of the number `{n}`; to ask it of the whole condition, put that in brackets.",
            ).format(m=method.text, n=number.text),
            T(zh="改成：`{line}`", en="Write: `{line}`").format(line=line_of(mended, number.line)),
            mended,
        )


CRITERION = re.compile(
    r"(?P<column>[^\W\d]\w*(?:\.[^\W\d]\w*|\[[^\[\]]+\])*)\.(?P<method>count|size|sum|mean|max|min|median|nunique)"
    r"\(\s*(?P<sign><>|[<>=!]=|[<>=])\s*(?P<value>[^()\[\]<>=!,]+)\)"
)


def measured_where(column: str, method: str, sign: str, value: str) -> str:
    """Return how a column is counted, or measured, where a criterion of a spreadsheet holds.

    >>> measured_where('orders["amount"]', "count", "<", "10"), measured_where("sizes", "mean", "=", "3")
    ('(orders["amount"] < 10).sum()', 'sizes[sizes == 3].mean()')
    """
    condition = f"{column} { {'<>': '!=', '=': '=='}.get(sign, sign) } {value.strip()}"
    return f"({condition}).sum()" if method in ("count", "size") else f"{column}[{condition}].{method}()"


def criteria_in_brackets(code: str) -> Iterator[Finding]:
    """Find `orders["amount"].count(<10)`, a criterion in the brackets of a method."""
    for number, line in enumerate(code.splitlines(), 1):
        if not (found := CRITERION.search(line)) or "#" in line[: found.start()]:
            continue
        mended = with_line(
            code, number, line[: found.start()] + measured_where(**found.groupdict()) + line[found.end() :]
        )
        yield Finding(
            number,
            line.strip(),
            T(
                zh="条件不写在 `.{m}` 的括号里：先逐行问，再算。",
                en="No condition goes into the brackets of `.{m}`: each row is asked first, then counted.",
            ).format(m=found["method"]),
            T(zh="改成：`{line}`", en="Write: `{line}`").format(line=line_of(mended, number)),
            mended,
        )


def curly(code: str, tokens: list[Token]) -> Iterator[Finding]:
    """Find `orders{"amount"}`, where square or round brackets are meant."""
    marks = telling(tokens)
    for place, (before, token) in enumerate(pairwise(marks)):
        end = next((one for one in marks[place + 1 :] if one.text == "}"), None)
        if not (token.text == "{" and before.kind == "name" and before.end == token.start and end):
            continue
        method = place > 0 and marks[place - 1].text == "."
        method = method and before.text not in ("loc", "iloc", "at", "iat")
        left, right = "()" if method or hasattr(builtins, before.text) else "[]"
        mended = code[: token.start] + left + code[token.end : end.start] + right + code[end.end :]
        yield Finding(
            token.line,
            line_of(code, token.line),
            T(
                zh="`{a}` 后面不用花括号：取一列用 `[ ]`，用一个函数用 `( )`。",
                en="No curly brackets behind `{a}`: a column is taken by `[ ]`, a function used by `( )`.",
            ).format(a=before.text),
            T(zh="改成：`{line}`", en="Write: `{line}`").format(line=line_of(mended, token.line)),
            mended,
        )


def dates(code: str, tokens: list[Token], names: Mapping[str, Any]) -> Iterator[Finding]:
    """Find dates without quotes, which are sums of numbers to Python: `2026-01-01`, `01.01.2026`."""
    plain = "".join(" " * len(t.text) if t.kind in ("text", "comment") else t.text for t in tokens)
    found = re.search(r"\b(\d{4})([-/.])(\d{1,2})\2(\d{1,2})\b", plain)
    turned = re.search(r"\b(\d{1,2})([-/.])(\d{1,2})\2(\d{4})\b", plain)
    month_only = re.search(r"(?<![\w.-])((?:19|20)\d{2})(-)(0[1-9])(?![\w.-])", plain)
    if found:
        place, (year, _, month, day) = found, found.groups()
    elif turned:
        place, (day, _, month, year) = turned, turned.groups()
    elif month_only:
        place, (year, _, month), day = month_only, month_only.groups(), "1"
    else:
        return
    text = f'"{year}-{int(month):02}-{int(day):02}"'
    line = code.count("\n", 0, place.start()) + 1
    alone = re.search(r"[-+]\s*$", code[: place.start()]) or re.match(r"\s*[-+]", code[place.end() :])
    written = f"pd.Timestamp({text})" if alone else text
    mended = code[: place.start()] + written + code[place.end() :]
    repair = T(zh="日期写成文字：`{line}`", en="Write it as a text: `{line}`").format(
        line=line_of(mended, line)
    )
    known = next((name for name, value in names.items() if name == "as_of" and hasattr(value, "year")), None)
    if known:
        repair += T(zh="；快照日叫 `{known}`。", en="; the snapshot day is called `{known}`.").format(
            known=known
        )
    yield Finding(
        line,
        place[0],
        T(zh="日期没有引号，就成了几个数相减。", en="Without quotes a date is numbers to be subtracted."),
        repair,
        mended,
    )


def _from(code: str, start: int) -> str:
    end = code.find("\n", start)
    return code[start : end if end >= 0 else len(code)].strip()


SAID = {
    ">=": "大于等于 大于或等于 不小于 不少于 不低于 至少 最少 at_least no_less_than not_less_than greater_than_or_equal_to more_than_or_equal_to",
    "<=": "小于等于 小于或等于 不大于 不多于 不超过 不高于 至多 最多 at_most no_more_than not_more_than less_than_or_equal_to",
    ">": "大于 多于 高于 超过 more_than greater_than higher_than larger_than bigger_than above over",
    "<": "小于 少于 低于 不足 不到 less_than fewer_than lower_than smaller_than below under",
    "!=": "不等于 不是 not_equal_to does_not_equal",
    "==": "等于 正好是 是 equal_to equals exactly",
    "*": "乘以 乘 multiplied_by times", "/": "除以 divided_by", "+": "加上 加 plus", "-": "减去 减 minus",
}  # fmt: skip
"""Signs, and what people call them; words of one phrase are joined by `_`."""
SIGNS = {phrase.replace("_", " "): sign for sign, row in SAID.items() for phrase in row.split()}
_PHRASES = sorted(SIGNS, key=len, reverse=True)
_CHINESE = "|".join(one for one in _PHRASES if not one.isascii())
_ENGLISH = "|".join(one.replace(" ", r"\s+") for one in _PHRASES if one.isascii())
BETWEEN = re.compile(
    rf"""(?<=[\w\])"'])\s*(?:(?<![\u4e00-\u9fff])(?P<zh>{_CHINESE})
    |(?<!\w)(?:(?:is|are)\s+)?(?P<en>{_ENGLISH})(?!\w))\s*(?=[\w("'.-])(?![\u4e00-\u9fff])""",
    re.VERBOSE | re.ASCII,
)
"""Such words behind the end of a value and before the beginning of another."""


def signs_in_words(code: str) -> Iterator[Finding]:
    """Find words where a sign is meant; only where the line can be read with the sign in their place.

    >>> found = next(signs_in_words('often = table["frequency"] 至少 5'))
    >>> found.mended
    'often = table["frequency"] >= 5'
    >>> list(signs_in_words('often = len(table) 至少 5 位客户'))
    []
    """
    for number, row in enumerate(code.splitlines(), 1):
        hidden = "".join(
            token.text[0] + "_" * (len(token.text) - 2) + token.text[-1]
            if token.kind == "text"
            else " " * len(token.text)
            if token.kind == "comment"
            else token.text
            for token in scan(row)
        )
        places = [one for one in BETWEEN.finditer(hidden) if one.end() < len(row)]
        if not places:
            continue
        right = row
        for one in reversed(places):
            right = f"{right[: one.start()]} {_sign(one)} {right[one.end() :]}"
        right = _joined(right)
        mended = with_line(code, number, right)
        if not (_is_read(right.strip()) or _is_read(mended)):
            continue
        yield Finding(
            number,
            row.strip(),
            T(zh="Python 里没有 `{a}`，要写 `{b}`。", en="Python has no `{a}`; it is written `{b}`.").format(
                a=places[0][0].strip(), b=_sign(places[0])
            ),
            T(zh="改成：`{line}`", en="Write: `{line}`").format(line=line_of(mended, number)),
            mended,
        )


JOINED = re.compile(r"\s*(并且|而且|且|或者|或)\s*")
JOINTS = {"并且": "&", "而且": "&", "且": "&", "或者": "|", "或": "|"}


def _joined(row: str) -> str:
    """Put each condition of a row into brackets where they are joined by a word: `a > 1 并且 b < 2`.

    >>> _joined("often = a > 1 并且 b < 2")
    'often = (a > 1) & (b < 2)'
    """
    begin = re.match(r"\s*(?:[^\W\d]\w*\s*=\s*)?", row)
    first = begin.end() if begin else 0
    pieces = JOINED.split(row[first:])
    if len(pieces) == 1 or not all(map(_is_read, pieces[::2])):
        return row
    signs = ["", *(f" {JOINTS[word]} " for word in pieces[1::2])]
    return row[:first] + "".join(f"{sign}({one})" for sign, one in zip(signs, pieces[::2], strict=True))


def _sign(found: re.Match[str]) -> str:
    return SIGNS[" ".join((found["zh"] or found["en"]).split())]


def _is_read(code: str) -> bool:
    try:
        ast.parse(code)
    except (SyntaxError, ValueError):
        return False
    return True

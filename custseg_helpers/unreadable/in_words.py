"""A comparison or a sum said in words between two values: `table["frequency"] 至少 5`, `amount is less than 5`."""

import ast
import re
from collections.abc import Iterator

from custseg_helpers.unreadable.finding import Finding, line_of, with_line
from custseg_helpers.unreadable.scanner import scan
from custseg_helpers.words.text import T

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

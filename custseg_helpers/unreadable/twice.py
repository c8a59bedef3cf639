"""Signs that stand twice, and those that stand for a missing `=` or a missing pair of brackets."""

import builtins
import re
from collections.abc import Callable, Iterator, Mapping
from itertools import pairwise
from typing import Any

from custseg_helpers.unreadable.finding import Finding, ends_value, line_of
from custseg_helpers.unreadable.scanner import Token, inside, telling
from custseg_helpers.words.text import T

REPAIR = T(zh="改成：`{line}`", en="Write: `{line}`")
ONCE = (".", ",", "+", "&", "|", ":", "=")


def signs_twice(code: str, tokens: list[Token]) -> Iterator[Finding]:
    """Find `money..head()` and `f(a,, b)`."""
    for before, token in pairwise(telling(tokens)):
        if before.text == "." and token.text == "[":
            yield _dot_before_bracket(code, before, token)
        if token.text != before.text or token.text not in ONCE or token.line != before.line:
            continue
        mended = code[: before.end] + code[token.end :]
        yield Finding(
            token.line,
            line_of(code, token.line),
            T(zh="`{a}` 写了两次。", en="`{a}` stands there twice.").format(a=token.text),
            T(zh="只留一个：`{line}`", en="Keep one: `{line}`").format(line=line_of(mended, token.line)),
            mended,
        )


def _dot_before_bracket(code: str, dot: Token, bracket: Token) -> Finding:
    mended = code[: dot.start] + code[dot.end :]
    return Finding(
        bracket.line,
        line_of(code, bracket.line),
        T(zh="方括号前面没有点 `.`。", en="No dot, `.`, stands before a square bracket."),
        REPAIR.format(line=line_of(mended, bracket.line)),
        mended,
    )


def hyphens(code: str) -> Iterator[Finding]:
    """Find `next-visit = 1`: a hyphen in a name is a minus."""
    for number, row in enumerate(code.splitlines(), 1):
        found = re.match(r"\s*([^\W\d]\w*(?:-\w+)+)(?=\s*=(?!=))", row)
        if not found:
            continue
        name = found[1].replace("-", "_")
        lines = code.splitlines()
        lines[number - 1] = row.replace(found[1], name)
        mended = "\n".join(lines)
        yield Finding(
            number,
            row.strip(),
            T(
                zh="名字里不能有 `-`：Python 把它当成减号。",
                en="A name has no `-` in it: to Python that is a minus.",
            ),
            T(zh="用下划线：`{name}`。", en="Use an underscore: `{name}`.").format(name=name),
            mended,
        )


def equals_left_out(code: str, tokens: list[Token], names: Mapping[str, Any]) -> Iterator[Finding]:
    """Find `registered len(customers)`, a line that is to name a value."""
    within, marks = inside(tokens), telling(tokens)
    for before, token, after in zip([None, *marks], marks, marks[1:], strict=False):
        first = before is None or before.kind == "newline"
        if not first or token.start in within or token.kind != "name" or after.line != token.line:
            continue
        known = after.text in names or hasattr(builtins, after.text) or after.kind in ("text", "number")
        called = callable(names.get(token.text, getattr(builtins, token.text, None)))
        of_table = hasattr(names.get(token.text), "columns") and after.kind == "text"
        if not known or called or of_table or token.text == "print" or not ends_value(token):
            continue
        mended = f"{code[: token.end]} = {code[after.start :]}"
        yield Finding(
            token.line,
            line_of(code, token.line),
            T(
                zh="`{a}` 后面少了等号 `=`：给它一个值要写 `名字 = 值`。",
                en="Behind `{a}` the `=` is missing: a value is named by `name = value`.",
            ).format(a=token.text),
            REPAIR.format(line=line_of(mended, token.line)),
            mended,
        )


def square_left_out(
    code: str, tokens: list[Token], names: Mapping[str, Any], reads: Callable[[str], bool]
) -> Iterator[Finding]:
    """Find `orders "amount"` and `orders orders["amount"] > 5`: what is taken stands in square brackets."""
    import pandas as pd

    marks = telling(tokens)
    for place, (token, after) in enumerate(pairwise(marks)):
        held = names.get(token.text) if token.kind == "name" else None
        follows = after.kind in ("name", "text") or after.text in ("(", "~")
        if not isinstance(held, (pd.DataFrame, pd.Series)) or not follows or after.line != token.line:
            continue
        if after.kind == "name" and hasattr(held, after.text):
            continue  # a dot is missing
        if after.text in ("in", "is", "and", "or", "if", "else", "not") or (
            after.text == "(" and token.end == after.start
        ):
            continue
        rest = [one for one in marks[place + 1 :] if one.line == token.line and one.kind != "newline"]
        ends = [after.end] if after.kind == "text" else [one.end for one in reversed(rest)]
        made = [f"{code[: token.end]}[{code[after.start : end]}]{code[end:]}" for end in ends]
        mended = next((one for one in made if reads(one)), made[0])
        yield Finding(
            token.line,
            line_of(code, token.line),
            T(
                zh="`{a}` 后面要取的东西没有放进方括号 `[ ]`。",
                en="What is taken from `{a}` stands in square brackets, `[ ]`; they are missing.",
            ).format(a=token.text),
            REPAIR.format(line=line_of(mended, token.line)),
            mended,
        )

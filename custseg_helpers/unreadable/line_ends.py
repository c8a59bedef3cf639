"""What stands in front of a line or behind it and is no code, and lines that are broken in the middle."""

import re
from collections.abc import Iterator
from itertools import pairwise

from custseg_helpers.unreadable.finding import Finding, line_of, with_line
from custseg_helpers.unreadable.scanner import Token, inside, telling
from custseg_helpers.words.text import T

PROMPT = re.compile(r"\s*(>>>|In ?\[\d*\]:|Out ?\[\d*\]:)\s*")
"""What a shell shows in front of code, and what is copied along with it."""
DECLARED = re.compile(r"\s*(let|var|const|dim|set|Dim|Set|Let|Var)\s+(?=[^\W\d]\w*\s*=(?!=))")
"""How other languages begin to give a value a name."""
GO_ON = ("=", "+", "-", "*", "/", "==", "&", "|", ".", ">", "<", ">=", "<=", "!=")
"""Signs behind which a line must go on."""
REPAIR = T(zh="改成：`{line}`", en="Write: `{line}`")


def in_front(code: str) -> Iterator[Finding]:
    """Find `>>> a = 1`, `In [3]: a = 1` and `let a = 1`."""
    for number, row in enumerate(code.splitlines(), 1):
        prompt, declared = PROMPT.match(row), DECLARED.match(row)
        if not prompt and not declared:
            continue
        mended = with_line(code, number, PROMPT.sub("", row, count=1) if prompt else DECLARED.sub("", row))
        cause = (
            T(
                zh="`{a}` 是界面显示的提示符，不是代码。",
                en="`{a}` is what the screen shows before code, and no code.",
            )
            if prompt
            else T(
                zh="Python 起名字不用 `{a}`：直接写 `名字 = 值`。",
                en="Python needs no `{a}` to name a value: it is `name = value`.",
            )
        )
        sign = (prompt or declared)[1]  # type: ignore[index]
        repair = REPAIR.format(line=line_of(mended, number))
        yield Finding(number, row.strip(), cause.format(a=sign), repair, mended)


def colon_at_end(code: str, tokens: list[Token], blocks: tuple[str, ...]) -> Iterator[Finding]:
    """Find `total = 5:`: only lines that begin a block end in a colon."""
    within, marks = inside(tokens), telling(tokens)
    for before, token, after in zip(marks, marks[1:], [*marks[2:], None], strict=False):
        last = after is None or after.kind == "newline"
        row = line_of(code, token.line)
        if token.text not in (":", "：") or not last or token.start in within or before.line != token.line:
            continue
        if re.match(r"\w*", row)[0].lower() in blocks or "lambda" in row:  # type: ignore[index]
            continue
        mended = code[: token.start].rstrip(" ") + code[token.end :]
        yield Finding(
            token.line,
            row,
            T(
                zh="行尾多了冒号 `:`：只有 `if`、`for`、`def` 这样开头的行才以它收尾。",
                en="The colon, `:`, at the end is too much: only a line that begins with `if`, `for` or `def` ends in one.",
            ),
            REPAIR.format(line=line_of(mended, token.line)),
            mended,
        )


def broken(code: str, tokens: list[Token]) -> Iterator[Finding]:
    """Find a line that stops after a sign and goes on in the next, and one that begins with a dot or a sign."""
    within, marks = inside(tokens), telling(tokens)
    for before, end, after in zip(marks, marks[1:], marks[2:], strict=False):
        if end.kind != "newline" or end.start in within or after.kind == "newline":
            continue
        begun = after.text in (".", "*", "/", "&", "|", "==", ">=", "<=")
        rest = line_of(code, after.line)
        if not (before.kind == "sign" and before.text in GO_ON) and not begun:
            continue
        if not begun and re.match(r"[^\W\d]\w*\s*=(?!=)", rest):
            continue
        gap = "" if "." in (before.text, after.text) else " "
        row = line_of(code, before.line)
        rows = code.splitlines()
        joined = [*rows[: before.line - 1], f"{row}{gap}{rest}", *rows[after.line :]]
        mended = "\n".join(joined)
        yield Finding(
            before.line,
            row,
            T(
                zh="这一步断成了两行：括号外面，一步要写在一行里。",
                en="This step is broken into two lines: outside brackets, a step stands on one line.",
            ),
            T(zh="接成一行：`{line}`", en="Write it as one line: `{line}`").format(
                line=line_of(mended, before.line)
            ),
            mended,
        )


def half_condition(code: str, tokens: list[Token]) -> Iterator[Finding]:
    """Find `total = amount if amount > 5`, which lacks its `else`."""
    within, marks = inside(tokens), telling(tokens)
    for before, token in pairwise(marks):
        row = [one.text for one in marks if one.line == token.line]
        if (
            token.text != "if"
            or before.kind == "newline"
            or token.start in within
            or {"else", "for"} & set(row)
        ):
            continue
        yield Finding(
            token.line,
            line_of(code, token.line),
            T(
                zh="写在一行中间的 `if` 要有 `else`：不成立时是什么。",
                en="An `if` in the middle of a line needs its `else`: what it is otherwise.",
            ),
            T(
                zh="只想留下符合条件的行，写 `表[条件]`；两个值选一个，写 `值 if 条件 else 另一个值`。",
                en="To keep the rows of a condition: `table[condition]`; for one of two values: `value if condition else other`.",
            ),
        )

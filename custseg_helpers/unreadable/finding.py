"""Something in a cell that may be wrong, and small tools for putting it right."""

import keyword
from dataclasses import dataclass

from custseg_helpers.unreadable.scanner import CLOSING, Token
from custseg_helpers.words.text import T


@dataclass(frozen=True)
class Finding:
    """Something that may be wrong: where, why, what to do, and the cell with it put right."""

    line: int
    piece: str
    cause: T
    repair: T
    mended: str | None = None
    general: bool = False
    """Whether it says no more than that something is missing."""


def ends_value(token: Token) -> bool:
    """Tell whether a value can end in a token."""
    if token.kind == "name":
        return not keyword.iskeyword(token.text) or token.text in ("True", "False", "None")
    return token.kind in ("number", "text") or token.text in CLOSING


def with_line(code: str, number: int, line: str) -> str:
    """Return a cell with one line replaced."""
    lines = code.splitlines()
    return "\n".join([*lines[: number - 1], line, *lines[number:]])


def line_of(code: str, number: int) -> str:
    """Return a line of a cell, counted from 1, without its indentation."""
    lines = code.splitlines()
    return lines[number - 1].strip() if 0 < number <= len(lines) else ""

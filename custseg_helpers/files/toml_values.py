"""TOML that people keep by hand: what the standard library reads, bounded in length, depth and numbers."""

import sys
import tomllib
from typing import Any

from custseg_helpers.words.text import T, UserError

LONGEST = 1_000_000
"""Characters of a file that somebody keeps by hand."""
DEEPEST = 40


def read_toml(text: str, where: str) -> dict[str, Any]:
    """Return what a TOML text holds; dates are dates, as TOML has them.

    Raises:
        TOMLDecodeError: the parser does not understand it, or it nests too deeply.
        UserError: it is too long, or a number too large.
    """
    if len(text) > LONGEST:
        raise too_long(where, len(text))
    try:
        found = tomllib.loads(text)
    except RecursionError:
        raise tomllib.TOMLDecodeError("nesting") from None
    except ValueError as error:
        if isinstance(error, tomllib.TOMLDecodeError):
            raise
        raise tomllib.TOMLDecodeError("a number or a date is out of range") from None
    _bounded(found, where)
    return found


def _bounded(found: dict[str, Any], where: str) -> None:
    """Look at every value without recursion: a key of ten thousand parts is as deep as it is long."""
    waiting: list[tuple[Any, int]] = [(found, 0)]
    while waiting:
        value, depth = waiting.pop()
        if depth > DEEPEST:
            raise tomllib.TOMLDecodeError("nesting")
        if isinstance(value, dict | list):
            inside = value.values() if isinstance(value, dict) else value
            waiting += [(part, depth + 1) for part in inside]
        elif isinstance(value, int) and abs(value) > sys.float_info.max:
            raise UserError(
                T(zh="{f}：数字 {n} 太大。", en="{f}: the number {n} is too large.").format(
                    f=where, n=f"{str(value)[:20]}…"
                )
            )


def too_long(where: str | T, size: int) -> UserError:
    """Return what to say of a file that nobody keeps by hand."""
    return UserError(
        zh=f"{where} 有 {size:,} 个字符，最多 {LONGEST:,} 个。这不像手写的文件，请核对是不是给错了。",
        en=f"{where} has {size:,} characters; {LONGEST:,} is the most. Nobody keeps such a file by hand: is it the right one?",
    )

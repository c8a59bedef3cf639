"""Words among the code: a text that lacks its quotes or has the wrong ones, a note that lacks its `#`."""

import ast
import builtins
import keyword
import re
from collections.abc import Iterator, Mapping
from typing import Any

from custseg_helpers.unreadable.explanation import cut
from custseg_helpers.unreadable.finding import Finding, line_of, with_line
from custseg_helpers.unreadable.near import nearest
from custseg_helpers.unreadable.scanner import QUOTES
from custseg_helpers.words.text import T

ENDS = QUOTES + "\"'"
CHINESE = r"[\u4e00-\u9fff]"
FEWEST_WORDS, FEWEST_SIGNS = 5, 10
"""From so many English words, or Chinese characters, on a text is prose, with signs of its own in it."""
STARTS_CODE = ("print", "if", "for", "from", "import", "not")


def quoted_prose(code: str) -> Iterator[Finding]:
    """Find an answer in words whose quotes are curly, no pair, or ended by a quote within: `a = 'It isn't so'`."""
    for number, row in enumerate(code.splitlines(), 1):
        found = re.fullmatch(r"\s*([^\W\d]\w*\s*=\s*)(\S.*?)[\s,;]*", row)
        if not found or not _is_prose(found[2]) or _readable(row.strip()):
            continue
        typed = found[2]
        begin, end = typed[0] in ENDS, typed[-1] in ENDS
        if typed[0] in "\"'" and typed.count(typed[0]) == 2 and typed[-1] != typed[0]:
            continue  # a whole text, and something behind it
        inner = typed[begin : len(typed) - end]
        if not (begin or end) or _looks_like_code(inner):
            continue
        quote = '"' if '"' not in inner else "'" if "'" not in inner else '"""'
        mended = with_line(code, number, f"{found[1]}{quote}{inner}{quote}")
        yield Finding(
            number, row.strip(), _cause(typed, begin, end, inner), _repair(found[1], inner, quote), mended
        )


def _is_prose(text: str) -> bool:
    words = re.findall(r"[A-Za-z]{2,}", text)
    return len(words) >= FEWEST_WORDS or len(re.findall(CHINESE, text)) >= FEWEST_SIGNS


def _looks_like_code(text: str) -> bool:
    return re.search(r"\w\[|\w\(|==|\{", text) is not None


def _readable(row: str) -> bool:
    try:
        ast.parse(row)
    except (SyntaxError, ValueError):
        return False
    return True


def _cause(typed: str, begin: bool, end: bool, inner: str) -> T:
    first = typed[0]
    if not end:
        return T(zh="这段文字的末尾少了引号。", en="The quote at the end of this text is missing.")
    if not begin:
        return T(zh="这段文字的开头少了引号。", en="The quote at the beginning of this text is missing.")
    for sign in (first, typed[-1]):
        if sign in QUOTES:
            return T(
                zh='`{a}` 是中文引号，Python 只认英文引号 `"`。',
                en='`{a}` is a curly quote; Python reads only straight quotes, `"`.',
            ).format(a=sign)
    if first in inner:
        return T(
            zh="文字里面也有 `{a}`，这段文字提前收了尾。",
            en="There is a `{a}` within the text, too; it ends the text too early.",
        ).format(a=first)
    return T(
        zh="两头的引号不一样：开头是 `{a}`，收尾是 `{b}`。",
        en="The quotes are no pair: `{a}` begins the text, `{b}` ends it.",
    ).format(a=first, b=typed[-1])


def _repair(name: str, inner: str, quote: str) -> T:
    words = inner if len(inner) <= 40 else f"{inner[:18].rstrip()} … {inner[-14:].lstrip()}"
    return T(
        zh="整段文字放进一对英文引号：`{line}`", en="Put the whole text between two straight quotes: `{line}`"
    ).format(line=f"{name}{quote}{words}{quote}")


def whole_notes(code: str, names: Mapping[str, Any]) -> Iterator[Finding]:
    """Find a line of words that lacks its `#`: `count those below half`."""
    for number, row in enumerate(code.splitlines(), 1):
        if not (_is_note(row.strip()) or _strange_words(row, names)) or _readable(row.strip()):
            continue
        mended = with_line(code, number, f"# {row.strip()}")
        yield Finding(
            number,
            row.strip(),
            T(
                zh="`{note}` 是写给人看的话，前面少了 `#`。",
                en="`{note}` is a note for people and lacks its `#`.",
            ).format(note=cut(row.strip())),
            T(zh="改成：`{line}`", en="Write: `{line}`").format(line=line_of(mended, number)),
            mended,
        )


def _is_note(row: str) -> bool:
    """Tell whether a line is words: three in a row at its beginning, or Chinese with a comma or a space in it."""
    if re.search(r"[=\"'\[\]{}]|^\s*#|\w\(", row):
        return False
    if re.match(rf"{CHINESE}{{2,}}", row) and re.search(r"[，。：；、（ \d]", row):
        return True
    words = re.match(r"([A-Za-z]+)(?: [A-Za-z]+|, [a-z]+){2,}|([A-Za-z]+) [A-Za-z]+[:,] ", row)
    return (
        words is not None
        and (words[1] or words[2]) not in STARTS_CODE
        and not keyword.iskeyword(words[1] or words[2])
    )


def _strange_words(row: str, names: Mapping[str, Any]) -> bool:
    """Tell whether a line is two words of which none is like a name that there is."""
    words = re.fullmatch(r"\s*([A-Za-z]+) ([A-Za-z]+)\s*", row)
    if words is None:
        return False
    there = [*(name for name in names if not name.startswith("_")), *dir(builtins), *keyword.kwlist]
    return not any(word in there or nearest(word, there) for word in words.groups())

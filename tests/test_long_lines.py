"""No line of code is longer than the line length of the project; a text may be, where it stands in one piece."""

import io
import re
import tokenize
import tomllib
import unicodedata

import pytest

from custseg_helpers.paths import course_root

ROOT = course_root()
LIMIT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["ruff"]["line-length"]
FILES = [ROOT / "start.py"]
FILES += [
    path
    for room in ("custseg_helpers", "tools", "tests", "benchmarks")
    for path in (ROOT / room).rglob("*.py")
]
PRAGMA = re.compile(r"  # (type: ignore|noqa)\S*$")
TEXT = {tokenize.STRING} | {
    getattr(tokenize, name)
    for name in ("FSTRING_START", "FSTRING_MIDDLE", "FSTRING_END")
    if hasattr(tokenize, name)
}


def wide(text):
    """How much room a text takes: a Chinese character two columns."""
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


def too_long(source):
    """The numbers of the lines that are too long without the texts in them."""
    lines = [PRAGMA.sub("", line) for line in source.splitlines()]
    if not any(wide(line) > LIMIT for line in lines):
        return []
    without = [list(line) for line in lines]
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type in TEXT:
            (first, start), (last, end) = token.start, token.end
            for number in range(first, last + 1):
                line = without[number - 1]
                left, right = start if number == first else 0, end if number == last else len(line)
                line[left:right] = [""] * len(line[left:right])
    skipped = [line.endswith("# fmt: skip") and wide(line) > LIMIT for line in lines]
    return [
        number
        for number, (line, skip) in enumerate(zip(without, skipped, strict=True), 1)
        if skip or wide("".join(line)) > LIMIT
    ]


def test_code_is_wrapped():
    assert len(FILES) > 300
    found = {path.relative_to(ROOT).as_posix(): too_long(path.read_text(encoding="utf-8")) for path in FILES}
    assert {name: numbers for name, numbers in found.items() if numbers} == {}


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("total = " + " + ".join(["one_thing"] * 20), True),
        ("call(" + ", ".join(f"a{n}={n}" for n in range(30)) + ")  # fmt: skip", True),
        ("# " + "a remark that goes on and on " * 5, True),
        (f'said = "{"客户" * 60}"', False),
        (f'said = T(zh="{"客户" * 30}", en="{"customers " * 8}")', False),
        (f'said = T(zh="{"客户" * 30}", en="{"customers " * 8}")  # fmt: skip', True),
        ("short = 1", False),
    ],
)
def test_what_counts_as_too_long(line, fault):
    assert bool(too_long(f"{line}\n")) is fault

"""Every text of a lesson that exists in both languages, wherever it is written."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from custseg_helpers.course.languages import code_twins
from custseg_helpers.course.source import (
    FIRST,
    SECOND,
    Lesson,
    Place,
    Problem,
    Twin,
    paired,
    read_text,
    read_toml,
)


def twins(lesson: Lesson) -> Iterator[Twin]:
    """Go through the twins of a lesson: `about.toml`, cells, texts and comments in code, quiz, feedback."""
    yield from _toml_twins(lesson.folder / "about.toml")
    for cells in (lesson.lesson, lesson.exercise):
        for cell in paired(cells):
            if isinstance(cell, tuple):
                first, second = cell[:2]
                yield Twin(first.text, second.text, first.place, second.place, cell=True)
            elif cell.kind == "code":
                yield from code_twins(cell)
    yield from _toml_twins(lesson.folder / "quiz.toml")
    yield from _toml_twins(lesson.folder / "feedback.toml")


def _toml_twins(path: Path) -> Iterator[Twin]:
    """Find every text of a TOML file; an entry with one language only is a `Problem`."""
    lines = read_text(path).splitlines()

    def place(text: str) -> Place:
        first = text.strip().partition("\n")[0]
        parts = (first, first[:20])  # what is escaped in the file is seldom at the beginning
        found = (number for part in parts for number, line in enumerate(lines, 1) if part in line)
        return Place(path, next(found, 1))

    def walk(value: Any) -> Iterator[Twin]:
        if isinstance(value, list):
            for entry in value:
                yield from walk(entry)
        elif isinstance(value, dict):
            found = [language for language in (FIRST, SECOND) if language in value]
            if len(found) == 1:
                raise Problem(
                    place(str(value[found[0]])),
                    zh="zh 和 en 要成对出现。",
                    en="zh and en must come together.",
                )
            if found:
                first, second = value[FIRST], value[SECOND]
                yield Twin(first, second, place(first), place(second))
            for entry in value.values():
                yield from walk(entry)

    yield from walk(read_toml(path))

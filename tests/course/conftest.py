"""A small lesson of one's own, to plant faults in: the skeleton that `custseg new-lesson` makes."""

from dataclasses import dataclass
from pathlib import Path

import pytest

from custseg_helpers.course.build import problems
from custseg_helpers.course.new_lesson import new_lesson
from custseg_helpers.course.source import Lesson, Problem, read_lesson


@dataclass
class Workshop:
    """A course folder with one lesson, and what an author does to it."""

    root: Path
    folder: Path

    def change(self, file: str, old: str, new: str) -> None:
        """Replace a text that stands in a file at least once."""
        text = (self.folder / file).read_text(encoding="utf-8")
        assert old in text
        (self.folder / file).write_text(text.replace(old, new, 1), encoding="utf-8")

    def append(self, file: str, text: str) -> None:
        with open(self.folder / file, "a", encoding="utf-8") as target:
            target.write(text)

    def lesson(self) -> Lesson:
        return read_lesson(self.folder)

    def remarks(self) -> list[str]:
        """Return everything the build finds wrong, as an author reads it."""
        try:
            return [str(problem) for problem in problems(self.lesson())]
        except Problem as problem:
            return [str(problem)]

    def remark(self) -> str:
        """Return the one thing that is wrong."""
        (only,) = dict.fromkeys(self.remarks())
        return only


@pytest.fixture
def workshop(tmp_path):
    (tmp_path / "lessons").mkdir()
    return Workshop(tmp_path, new_lesson(tmp_path / "lessons", "03", "tiny"))

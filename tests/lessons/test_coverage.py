"""`docs/coverage.md` says where the course tells what: every row is held to the lesson's own text."""

import re

import pytest

from custseg_helpers.course.source import read_lesson
from custseg_helpers.learn.lessons import lesson_folders
from custseg_helpers.paths import course_root

PAGE = (course_root() / "docs" / "coverage.md").read_text(encoding="utf-8")
ROW = re.compile(
    r"^\| (?P<what>[^|]+) \| (?P<number>\d\d[a-z]?) \| (?P<section>[^|]+) \| (?P<words>[^|]+) \|$"
)
HELD = re.compile(r"^\| [^|]+ \| `(tests/[^`]+)` \|$", re.MULTILINE)
CHINESE, ENGLISH = (
    [ROW.match(line) for line in half.splitlines() if ROW.match(line)] for half in PAGE.split("\n## English")
)
CLAIMS = [
    (language, row.groupdict())
    for language, rows in (("zh", CHINESE), ("en", ENGLISH))
    for row in rows
    if row
]


def section(number: str, language: str, heading: str) -> str:
    """Return the text of a lesson below a heading that begins so, up to the next heading."""
    lesson = read_lesson(lesson_folders()[number])
    text = "\n\n".join(
        cell.text for cell in lesson.lesson if cell.lang == language and "slide-only" not in cell.tags
    )
    parts = re.split(r"^## ", text, flags=re.MULTILINE)
    return next((part for part in parts if part.startswith(heading)), "")


def test_both_halves_of_the_page_tell_the_same_lessons():
    told = [[row["number"] for row in rows if row] for rows in (CHINESE, ENGLISH)]
    assert told[0] == told[1] and len(told[0]) > 60


@pytest.mark.parametrize(
    ("language", "row"), CLAIMS, ids=lambda value: value if isinstance(value, str) else value["what"]
)
def test_the_section_is_there_and_tells_it(language, row):
    text = section(row["number"], language, row["section"])
    assert text, f"no section {row['section']} in lesson {row['number']}"
    missing = [word for word in re.split("、|, ", row["words"]) if word not in text]
    assert not missing


def test_what_no_lesson_tells_is_held_by_a_test_that_is_there():
    held = [HELD.findall(half) for half in PAGE.split("\n## English")]
    assert held[0] == held[1] and len(held[0]) == 8
    assert [path for path in held[0] if not (course_root() / path).is_file()] == []


def test_a_word_that_is_nowhere_would_be_missed():
    assert "八大类" not in section("00", "zh", "3. 三个出发点")

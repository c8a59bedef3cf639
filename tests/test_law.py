"""`docs/law.md` holds every article of law that a lesson names."""

import re

import pytest

from custseg_helpers.course.source import read_lesson
from custseg_helpers.learn.lessons import lesson_folders
from custseg_helpers.paths import course_root

PAGE = (course_root() / "docs" / "law.md").read_text(encoding="utf-8")
CHINA = {int(n) for row in re.findall(r"\| PIPL ([\d; ]+) \|", PAGE) for n in re.findall(r"\d+", row)}
EUROPE = {
    int(number) for number in re.findall(r"^\| (\d+) \| [A-Z]", PAGE.split("\n## English")[1], re.MULTILINE)
}
ROW = re.compile(r"^\| (?P<what>[^|]+) \| (?P<pipl>[^|]+) \| (?P<gdpr>[^|]+) \|$", re.MULTILINE)


def numbers(text: str) -> set[int]:
    """Return the articles that a cell begins with: `28, 29: health and more` → 28 and 29; `44 to 49` → all six."""
    text = re.sub(r"see (\d+)", r"; \1:", text)
    found: set[int] = set()
    for part in text.split(";"):
        named = re.match(r"\s*(?:for marketing )?([\d, to]+)", part)
        if not named:
            continue
        ends = [int(number) for number in re.findall(r"\d+", named[1])]
        found |= set(range(ends[0], ends[-1] + 1)) if " to " in named[1] else set(ends)
    return found


@pytest.fixture(scope="module")
def side_by_side():
    texts = [cell.text for cell in read_lesson(lesson_folders()["14"]).lesson if cell.lang == "en"]
    table = next(text for text in texts if "| China's PIPL | GDPR |" in text)
    return [row.groupdict() for row in ROW.finditer(table)][2:]


def test_every_article_of_the_table_is_on_the_page(side_by_side):
    named = [set().union(*(numbers(row[law]) for row in side_by_side)) for law in ("pipl", "gdpr")]
    assert len(named[0]) >= 12 and len(named[1]) >= 14
    assert named[0] - CHINA == set() and named[1] - EUROPE == set()


def test_both_halves_mark_the_same_articles_as_not_checked():
    zh, en = PAGE.split("\n## English")
    unchecked = [re.findall(r"^\| (\d+) \|.*\*\*.*\*\* \|$", half, re.MULTILINE) for half in (zh, en)]
    assert unchecked[0] == unchecked[1] and unchecked[0]

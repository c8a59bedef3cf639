"""What a lesson asks, names and quotes is what its tables, its explorer and its company show."""

import re
from pathlib import Path

import pytest

from custseg_helpers.company.company import load_sample
from custseg_helpers.course.source import Cell, read_lesson
from custseg_helpers.explore import rfm as explorer
from custseg_helpers.facts.per_customer import order_facts
from custseg_helpers.learn.lessons import lesson_folders
from custseg_helpers.paths import course_root
from custseg_helpers.tiers import rfm_segments, value
from custseg_helpers.words.glossary import glossary, term

WORDS_OF = {"zh": re.compile("“([^”]+)”"), "en": re.compile('"([^"]+)"')}


def cells(number: str) -> list[Cell]:
    return read_lesson(lesson_folders()[number]).lesson


def section(number: str, language: str, heading: str) -> str:
    text = "\n".join(
        cell.text for cell in cells(number) if cell.lang == language and "slide-only" not in cell.tags
    )
    return next(part for part in re.split("^## ", text, flags=re.MULTILINE) if part.startswith(heading))


@pytest.mark.parametrize(("language", "heading"), [("zh", "7. 自己动手调"), ("en", "7. Try it by hand")])
def test_lesson_04_asks_its_explorer_what_it_shows(language, heading):
    named = WORDS_OF[language].findall(section("04", language, heading))
    source = Path(explorer.__file__).read_text(encoding="utf-8")
    known = {term(code).within(language) for code in glossary()}
    assert named
    assert [one for one in named if one not in source and not any(one in name for name in known)] == []


def test_lesson_04_shows_the_eleven_segments_that_it_speaks_of():
    shown = [cell.text for cell in cells("04") if not cell.lang]
    assert any("segments11" in code and "labelled" in code for code in shown)
    assert len({name for row in rfm_segments.SEGMENTS_11.values() for name in row}) == 11


def test_the_share_of_the_best_fifth_is_told_as_it_is():
    company = load_sample("retail")
    share = value.share_of_top(order_facts(company.orders, company.as_of)["monetary"], 0.20)
    assert 0.60 < share < 2 / 3, "lesson 03's model answer says: less than two thirds"
    told = (course_root() / "lessons/03_value/feedback.toml").read_text(encoding="utf-8")
    assert "不到三分之二" in told and "less than two thirds" in told
    assert "四成" not in told and "four tenths" not in told


def test_activity_is_not_shown_in_the_words_of_the_lifecycle():
    shown = [cell.text for cell in cells("06") if not cell.lang and "labelled" in cell.text]
    tables = [code for code in shown if "activity(" in code or "looking" in code]
    assert len(tables) == 2
    assert all("replace(shown_as)" in code for code in tables)
    assert (
        len({term(code).within("zh") for code in ("active", "dormant", "around_lately", "not_around_lately")})
        == 4
    )


BOXES = [
    number
    for number in lesson_folders()
    if any(cell.text.startswith("## What others call this") for cell in cells(number))
]
SOURCE = re.compile(r"\b(?:1[89]|20)\d\d\b|个人信息保护法|Personal Information|pandas")


@pytest.mark.parametrize("number", BOXES)
def test_a_lesson_ends_with_other_names_and_with_what_to_read(number):
    for language, heading in (("zh", "别处怎么叫"), ("en", "What others call this")):
        box = section(number, language, heading)
        assert sum(line.startswith("|") for line in box.splitlines()) >= 5
        assert len(SOURCE.findall(box)) >= 2


def test_the_lessons_up_to_the_clusters_have_such_a_box():
    assert {number for number in lesson_folders() if number[:2] <= "08"} <= set(BOXES)

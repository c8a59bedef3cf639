"""The rubric: whole in both languages, and marks that are kept as they were given."""

import pytest

from custseg_helpers.course.quantities import unmatched
from custseg_helpers.learn.capstone import PARTS
from custseg_helpers.learn.marks import entries
from custseg_helpers.learn.rubric import ASSESSORS, assess, read_rubric
from custseg_helpers.words.text import UserError, use_language

RUBRIC = read_rubric("15")
FULL = {criterion.code: 3 for criterion in RUBRIC.criteria}


@pytest.fixture
def kept(tmp_path, monkeypatch):
    monkeypatch.setenv("CUSTSEG_PROGRESS", str(tmp_path / "progress.jsonl"))
    return lambda: entries(tmp_path / "progress.jsonl")[0]


def test_every_part_of_the_page_has_its_criterion_and_four_levels_in_both_languages():
    codes = [criterion.code for criterion in RUBRIC.criteria]
    assert set(codes[: len(PARTS)]) == set(PARTS) and len(set(codes)) == len(codes)
    for criterion in RUBRIC.criteria:
        assert len(criterion.levels) == 4
        for text in (criterion.title, criterion.question, *criterion.levels):
            assert text.zh and text.en and unmatched(text.zh, text.en) == ([], [])


@pytest.mark.parametrize("language", ["zh", "en"])
def test_it_shows_every_level(language):
    use_language(language)
    html = RUBRIC._repr_html_()
    assert all(level.within(language) in html for criterion in RUBRIC.criteria for level in criterion.levels)
    assert all(criterion.code in repr(RUBRIC) for criterion in RUBRIC.criteria) and "20" in html


@pytest.mark.parametrize("by", ASSESSORS)
def test_marks_are_kept_with_who_gave_them(kept, by):
    given = assess("15", FULL | {"honesty": 1}, by=by)
    assert (given.points, given.passed) == (28, True)
    mark = kept()[-1]
    assert (mark["event"], mark["lesson"], mark["by"]) == ("assess", "15", by)
    assert (mark["marks"], mark["points"], mark["passed"]) == (FULL | {"honesty": 1}, 28, True)
    assert "Next step, Honesty: the main guesses are marked as such." in repr(given)


def test_it_passes_from_twenty_points_and_with_no_criterion_at_zero(kept):
    assert assess("15", dict.fromkeys(FULL, 2)).passed
    assert not assess("15", dict.fromkeys(FULL, 2) | {"story": 1}).passed
    assert not assess("15", FULL | {"story": 0}).passed
    assert "Next step" not in repr(assess("15", FULL))


def test_unmarked_is_to_do_and_leaves_no_line(kept):
    assert not assess("15", ...).passed and "No marks yet" in assess("15", ...)._repr_html_() and kept() == []


@pytest.mark.parametrize(
    ("marks", "by", "said"),
    [
        ({"story": 3}, "self", "Mark each criterion"),
        (FULL | {"beauty": 3}, "self", "beauty"),
        (FULL | {"story": 4}, "self", "from 0 to 3"),
        (FULL | {"story": 2.5}, "self", "whole points"),
        (FULL, "boss", "self, peer or trainer"),
    ],
)
def test_marks_that_are_none_are_refused_and_not_kept(kept, marks, by, said):
    with pytest.raises(UserError, match=said):
        assess("15", marks, by=by)
    assert kept() == []


def test_a_lesson_without_a_rubric_says_so():
    with pytest.raises(UserError, match=r"rubric\.toml"):
        read_rubric("04")

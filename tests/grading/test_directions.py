"""Marks that turn the direction of writing reach no table, page or file name of a class."""

import re

import pytest

from custseg_helpers.grading.handed_in import collect_files, handed_in
from custseg_helpers.grading.workbooks import clean
from custseg_helpers.paths import course_root

TURNING = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"


@pytest.mark.parametrize("mark", TURNING)
def test_a_name_that_turns_the_writing_is_shown_as_it_is_written(tmp_path, mark):
    book = (course_root() / "exercises" / "en" / "00_welcome_exercises.ipynb").read_bytes()
    for name in (f"李{mark}雷", f"Ann{mark}gpj", "Bob"):
        (tmp_path / name).mkdir()
        (tmp_path / name / f"00_welcome{mark}_exercises.ipynb").write_bytes(book)
    entries, _ = handed_in(collect_files(tmp_path))
    shown = "".join(entry.file + entry.learner for entry in entries)
    assert [entry.learner for entry in entries] == ["Anngpj", "Bob", "李雷"]
    assert not re.search(f"[{TURNING}]", shown)


def test_a_name_with_and_without_a_mark_is_kept_as_two_files(tmp_path):
    book = (course_root() / "exercises" / "en" / "00_welcome_exercises.ipynb").read_bytes()
    for name in ("Ann", "An\u202en"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "00_welcome_exercises.ipynb").write_bytes(book)
    entries, _ = handed_in(collect_files(tmp_path))
    assert len({entry.file for entry in entries}) == 2
    assert sorted(bool(entry.problem) for entry in entries) == [False, True]


def test_what_people_write_keeps_its_letters():
    for text in ("李雷：打 30 个电话", "שלום", "سلام\u200cها", "👩\u200d🔧", "two\nlines\there"):
        assert clean(text) == text

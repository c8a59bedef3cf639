"""The one clock: minutes that hold for a newcomer, laid beside each lesson."""

import ast

import pytest

from custseg_helpers.course import clock
from custseg_helpers.course.compose import tasks
from custseg_helpers.course.syllabus import lesson_source, numbers
from custseg_helpers.learn.lessons import minutes_in
from custseg_helpers.paths import course_root
from custseg_helpers.words.text import UserError
from tools.minutes import PAGES, ROW, renewed

LESSONS = numbers()


@pytest.mark.parametrize("number", LESSONS)
def test_what_lies_beside_a_lesson_is_what_the_clock_says_today(number):
    lesson = lesson_source(number)
    assert minutes_in(lesson.folder) == clock.minutes(lesson, tasks(lesson))


@pytest.mark.parametrize("number", LESSONS)
def test_five_core_exercises_of_all_kinds_fit_into_class(number):
    lesson = lesson_source(number)
    core = [task for task in tasks(lesson) if task.marks["level"] == "core"]
    whole = minutes_in(lesson.folder).lesson
    assert len(core) >= 5
    assert {task.marks["kind"] for task in core} == {"compute", "decide", "explain", "mistake"}
    assert sum(task.minutes for task in core) <= 0.55 * whole
    assert whole <= (150 if number == "15" else 90)


@pytest.mark.parametrize("page", PAGES)
def test_the_readmes_say_the_same_minutes(page):
    text = (course_root() / page).read_text(encoding="utf-8")
    assert {row[2] for row in ROW.finditer(text)} == set(LESSONS)
    assert renewed(text) == text, "python -m tools.minutes writes them anew"


def test_more_to_read_and_more_to_write_take_longer(workshop):
    def minutes():
        found = {task.id: task.minutes for task in tasks(workshop.lesson())}
        return found["tiny-buyers"]

    before = minutes()
    workshop.change("exercise.py", "Lines of returns", "Lines of returns, " + "and so on " * 100)
    longer = minutes()
    workshop.change("exercise.py", "buyers = bought", "half = len(orders) / 2\nbuyers = bought")
    assert before < longer < minutes()


def test_blanks_take_less_time_than_an_empty_cell():
    task = next(task for task in tasks(lesson_source("04")) if task.id == "rfm-recency")
    by_rung = [clock.exercise(task.texts, task.answer, rung) for rung in ("fill", "write")]
    assert by_rung == sorted(set(by_rung))


def test_nobody_waits_for_a_stuck_exercise(workshop):
    workshop.change("exercise.py", "buyers = bought", "x = len(str(len(orders)))\n" * 40 + "buyers = bought")
    assert max(task.minutes for task in tasks(workshop.lesson())) == clock.STUCK


def test_a_discussion_takes_what_the_note_to_the_trainer_says(workshop):
    lesson = workshop.lesson()
    before = clock.minutes(lesson, tasks(lesson)).lesson
    workshop.append("lesson.py", NOTE)
    lesson = workshop.lesson()
    assert clock.minutes(lesson, tasks(lesson)).lesson == before + 30


NOTE = '''
# %% [markdown] lang="zh" tags=["trainer"]
"""
**小组讨论（30 分钟）：** 说说看。
"""

# %% [markdown] lang="en" tags=["trainer"]
"""
**Small groups (30 minutes):** talk.
"""
'''


def test_what_is_for_the_early_takes_no_class_time(workshop):
    lesson = workshop.lesson()
    before = clock.minutes(lesson, tasks(lesson)).lesson
    workshop.append("lesson.py", NOTE.replace("trainer", "stretch").replace("**", "word " * 900))
    lesson = workshop.lesson()
    assert clock.minutes(lesson, tasks(lesson)).lesson == before


def test_a_lesson_that_is_not_built_says_so(workshop):
    with pytest.raises(UserError, match="custseg build 03"):
        minutes_in(workshop.folder)


def test_core_exercises_that_fill_the_lesson_are_refused(workshop):
    workshop.change("exercise.py", "buyers = bought", "x = len(str(len(orders)))\n" * 9 + "buyers = bought")
    assert "55%" in workshop.remark()


def test_nothing_a_learner_runs_imports_the_authors_rooms():
    """What a learner's notebook or start page opens stays below the room of the course's authors."""
    package = course_root() / "custseg_helpers"
    above = ("course", "grading", "teach", "site", "lite")
    learners = [package / "learn", package / "explore", package / "own_page", package / "commands" / "learn"]
    for path in (path for room in learners for path in room.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            module = getattr(node, "module", None) or ""
            assert not module.startswith(tuple(f"custseg_helpers.{room}" for room in above)), path

"""What the checks in executed notebooks say decides whether a lesson is built."""

import pytest
from nbformat.v4 import new_output

from custseg_helpers.course import build
from custseg_helpers.course.compose import tasks
from custseg_helpers.course.verdicts import refused, wanted
from custseg_helpers.learn.feedback import Feedback
from custseg_helpers.words.text import T, speaking

ROOMS = ("solutions", "exercises")


@pytest.fixture
def ran(workshop):
    """A lesson and its notebooks, whose checks show what they should."""
    lesson = workshop.lesson()
    books = build.make(lesson)
    for path, book in books.items():
        room, lang, _ = path.split("/")
        for task in tasks(lesson) if room in ROOMS else ():
            show(book, task.id, wanted(room, task), lang)
    return lesson, books


def show(book, identity, outcome, lang):
    cell = next(cell for cell in book.cells if cell.source.startswith(f'check("{identity}"'))
    with speaking(lang):
        text = repr(Feedback(identity, outcome, T(zh="话。", en="Words.")))
    cell.outputs = [new_output("display_data", {"text/plain": text})]


def test_a_sound_lesson_is_not_refused(ran):
    assert list(refused(*ran)) == []


@pytest.mark.parametrize(
    ("path", "outcome", "said"),
    [
        ("solutions/en/03_tiny_solutions.ipynb", "wrong", "does not pass its own check (English). ✗ tiny-buyers"),
        ("solutions/zh/03_tiny_solutions.ipynb", "error", "does not pass its own check (简体中文). ! tiny-buyers"),
        ("solutions/zh/03_tiny_solutions.ipynb", "todo", "does not pass its own check (简体中文). ○ tiny-buyers"),
        ("exercises/zh/03_tiny_exercises.ipynb", "passed", "is not “to do” (简体中文). ✓ tiny-buyers"),
        ("exercises/zh/03_tiny_exercises.ipynb", "wrong", "is not “to do” (简体中文). ✗ tiny-buyers"),
    ],
)  # fmt: skip
def test_another_verdict_is_told_with_exercise_path_and_line(ran, path, outcome, said):
    lesson, books = ran
    show(books[path], "tiny-buyers", outcome, path.split("/")[1])
    (problem,) = refused(lesson, books)
    assert str(problem).startswith("lessons/03_tiny/exercise.py:") and said in str(problem)


def test_a_check_that_shows_nothing_is_told(ran):
    lesson, books = ran
    book = books["solutions/en/03_tiny_solutions.ipynb"]
    next(cell for cell in book.cells if cell.source.startswith('check("tiny-too-many"')).outputs = []
    (problem,) = refused(lesson, books)
    assert "Exercise tiny-too-many" in str(problem) and "showed nothing" in str(problem)

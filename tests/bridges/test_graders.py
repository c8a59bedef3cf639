"""docs/graders.md, command by command: a made-up class is graded by nbgrader and by otter as the page says."""

import csv
import json
import shutil

import nbformat
import pytest

from custseg_helpers.commands.main import main
from custseg_helpers.company.company import load_sample
from custseg_helpers.course.compose import workbook_cells
from custseg_helpers.course.syllabus import lesson_source, numbers
from custseg_helpers.grading import nbgrader, otter
from custseg_helpers.grading.graders import checked, marked, strict
from custseg_helpers.learn.lessons import exercise, exercises

from .pages import blocks, run

pytestmark = pytest.mark.slow

pytest.importorskip("nbgrader")
pytest.importorskip("otter")

PAGE = "graders.md"
TOTAL = len(exercises("00"))
JUDGED = [task.id for task in exercises("00").values() if task.answer is not None]
TEXT = "Most of the money is spent on people who would have come anyway."
EMPTY = [(cell.kind, cell.text.strip()) for cell in workbook_cells(lesson_source("00"), "zh", rung="write")]
"""The workbook as graders hand it out: every exercise on the rung write."""


def texts(book):
    return [(cell.cell_type, cell.source.strip()) for cell in book.cells]


def answer(book, identity, code):
    (cell,) = (c for c in book.cells if c.cell_type == "code" and c.metadata.get("exercise") == identity)
    cell.source = code


def honest(book):
    """One right, one known mistake, a text, the rest untouched."""
    answer(book, "welcome-to-director", f"to_director = {TEXT!r}")
    answer(book, "welcome-registered", "registered = len(customers)")
    answer(book, "welcome-buyers", "buyers = len(customers)")


def copyist(book):
    """A number from a neighbour, and a check cell that was to be silenced."""
    usual = load_sample("retail")
    bought = usual.orders[usual.orders["quantity"] > 0]
    answer(book, "welcome-buyers", f"buyers = {bought['customer_id'].nunique()}")
    (check,) = (
        cell for cell in book.cells if cell.source == 'check("welcome-colleague-report", real_orders)'
    )
    check.source = "pass"


def test_graded_by_nbgrader_as_the_page_says(tmp_path):
    from nbgrader.api import Gradebook

    write, grade = blocks(PAGE, "bash")[:2]
    run(write, tmp_path)
    course = tmp_path / "course"
    released = nbformat.read(course / "release/00_welcome/00_welcome_exercises.ipynb", as_version=4)
    assert texts(released) == EMPTY
    for learner, work in (("王芳", honest), ("copyist", copyist)):
        book = nbformat.from_dict(json.loads(json.dumps(released)))
        work(book)
        handed_in = course / "submitted" / learner / "00_welcome" / "00_welcome_exercises.ipynb"
        handed_in.parent.mkdir(parents=True)
        nbformat.write(book, handed_in)
    run(grade, course)
    with open(course / "grades.csv", encoding="utf-8") as lines:
        points = {
            row["student_id"]: (float(row["score"]), float(row["max_score"])) for row in csv.DictReader(lines)
        }
    assert points == {"王芳": (1, TOTAL), "copyist": (0, TOTAL)}
    with Gradebook(f"sqlite:///{course}/gradebook.db") as book:
        waiting = {
            name: book.find_grade(name, "00_welcome_exercises", "00_welcome", "王芳").needs_manual_grade
            for name in ("welcome-to-director", "welcome-buyers-check")
        }
    assert waiting == {"welcome-to-director": True, "welcome-buyers-check": False}
    page = (course / "feedback/王芳/00_welcome/00_welcome_exercises.html").read_text(encoding="utf-8")
    assert exercise("welcome-registered").words.praise.zh in page
    assert exercise("welcome-buyers").words.advice["registered"].zh in page
    assert "most recent call last" not in page


def test_graded_by_otter_as_the_page_says(tmp_path):
    write, grade = blocks(PAGE, "bash")[2:]
    run(write, tmp_path)
    course = tmp_path / "otter-course"
    learners = nbformat.read(course / "dist/student/00_welcome_exercises.ipynb", as_version=4)
    marked_out = (
        "<!-- BEGIN QUESTION -->",
        "<!-- END QUESTION -->",
    )  # otter's, round a text; nothing is seen of it
    assert [pair for pair in texts(learners) if pair[1] not in marked_out] == EMPTY
    assert "strict" not in json.dumps(learners) and "import otter" not in json.dumps(learners)
    honest(learners)
    answer(learners, "welcome-colleague-report", "real_orders = 5")
    nbformat.write(learners, course / "handed-in.ipynb")
    run(grade, course)
    results = json.loads((course / "result/results.json").read_text(encoding="utf-8"))["tests"]
    points = {entry["name"]: (entry["score"], entry["max_score"]) for entry in results if "score" in entry}
    assert {name: points[name] for name in JUDGED} == {
        name: (float(name == "welcome-registered"), 1) for name in JUDGED
    }
    said = {entry["name"]: entry["output"] for entry in results}
    assert exercise("welcome-buyers").words.advice["registered"].zh in said["welcome-buyers"]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_what_nbgrader_releases_is_the_workbook(lang):
    """Of every lesson, by nbgrader's own steps."""
    from nbgrader.preprocessors import ClearHiddenTests, ClearSolutions

    clear = ClearSolutions(code_stub={"python": ""})
    for number in numbers():
        lesson = lesson_source(number)
        book = nbgrader.source(lesson, lang)
        nbformat.validate(book)
        marks = [cell.metadata["nbgrader"] for cell in book.cells if "nbgrader" in cell.metadata]
        assert sum(mark.get("points", 0) for mark in marks) == len(exercises(number))
        assert len({mark["grade_id"] for mark in marks}) == len(marks)
        released = ClearHiddenTests().preprocess(clear.preprocess(book, {})[0], {})[0]
        squeezed = [[line for line in cell.source.splitlines() if line.strip()] for cell in released.cells]
        usual = [
            [line for line in cell.text.splitlines() if line.strip()]
            for cell in workbook_cells(lesson, lang, rung="write")
        ]
        assert squeezed == usual


def test_every_exercise_that_a_machine_judges_has_one_test_in_either_grader():
    for number in numbers():
        lesson = lesson_source(number)
        assert [name for name in map(checked, marked(lesson, "en")) if name] == list(exercises(number))
        hidden = [c.source for c in otter.master(lesson, "en").cells if "\ndef test(" in c.source]
        judged = [task for task in exercises(number).values() if task.answer is not None]
        assert [text.count("strict=True") for text in hidden] == [1] * len(judged)


def test_whatever_is_not_passed_raises_one_line():
    from custseg_helpers import check
    from custseg_helpers.learn.check import NotPassed

    assert strict('x = 1\ncheck("rfm-recency", x)') == "check('rfm-recency', x, strict=True)"
    load_sample("retail")
    with pytest.raises(AssertionError) as caught:
        check("welcome-registered", ..., strict=True)
    assert isinstance(caught.value, NotPassed)
    assert caught.value._render_traceback_() == [str(caught.value)]


def test_an_assignment_that_is_there_stays(tmp_path, capsys):
    for command, file in (
        ("nbgrader", "source/04_rfm/04_rfm_exercises.ipynb"),
        ("otter", "04_rfm_exercises.ipynb"),
    ):
        out = tmp_path / command
        assert main([command, "--lessons", "04", "--lang", "en", str(out)]) == 0
        (out / file).write_text("mine", encoding="utf-8")
        assert main([command, "--lessons", "03-04", "--lang", "en", str(out)]) == 2
        assert "is not overwritten" in capsys.readouterr().err
        assert (out / file).read_text(encoding="utf-8") == "mine"
        assert not list(out.rglob("03_*"))
        shutil.rmtree(out)

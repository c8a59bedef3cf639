"""`custseg nbgrader`: workbooks as the source notebooks of an nbgrader course.

Learners get what they always get: the same cells, `check()` to ask while they work, no traceback. The locked check
cells bear a hidden test, and the locked first cell a hidden seed: `nbgrader autograde` judges on other data.
"""

import nbformat

from custseg_helpers.course.notebooks import notebook
from custseg_helpers.course.source import Lesson
from custseg_helpers.grading import graders

CONFIG = """\
# nbgrader's settings for the customer segmentation course.
import os

c = get_config()  # noqa: F821
c.CourseDirectory.course_id = "custseg"
c.ClearSolutions.code_stub = {"python": ""}  # an exercise brings its own stub: name = ...
c.Execute.timeout = 120  # seconds a cell may take
os.environ["CUSTSEG_PROGRESS"] = os.devnull
"""
FIRST = "setup"

_SEED = f"""\
### BEGIN HIDDEN TESTS
import os
os.environ["CUSTSEG_SEED"] = "{graders.SEED}"
### END HIDDEN TESTS
"""
_TEST = """
### BEGIN HIDDEN TESTS
from custseg_helpers import check
{calls}
### END HIDDEN TESTS"""


def source(lesson: Lesson, lang: str) -> nbformat.NotebookNode:
    """Return a lesson's workbook as an nbgrader source notebook; each exercise passed is one point.

    A written answer is graded by hand: its own cell bears the point, and its check cell no test.
    """
    cells = graders.marked(lesson, lang)
    by_hand = graders.texts(cells)
    book = notebook(cells, lang)
    first = next(place for place, cell in enumerate(cells) if cell.kind == "code")
    for place, (cell, made) in enumerate(zip(cells, book.cells, strict=True)):
        identity = graders.checked(cell)
        if place == first:
            made.source = _SEED + made.source
            made.metadata["nbgrader"] = _marks(FIRST, points=0)
        elif cell.kind == "code" and "exercise" in cell.attributes:
            name = cell.attributes["exercise"]
            points = graders.POINTS if name in by_hand else None
            made.metadata["nbgrader"] = _marks(name, points=points, solution=True)
        elif identity in by_hand:
            made.metadata["nbgrader"] = _marks(f"{identity}-check")
        elif identity:
            calls = [f"display({call})" for call in graders.strict(cell.text).splitlines()]
            made.source += _TEST.format(calls="\n".join(calls))
            made.metadata["nbgrader"] = _marks(f"{identity}-check", points=graders.POINTS)
    return book


def _marks(name: str, *, points: int | None = None, solution: bool = False) -> dict[str, object]:
    """Return nbgrader's metadata of a cell: an answer (with points, one graded by hand), or a locked cell (with points, a test)."""
    graded = points is not None
    marks = {
        "schema_version": 3,
        "grade_id": name,
        "grade": graded,
        "solution": solution,
        "locked": not solution,
    }
    return marks | {"task": False} | ({"points": points} if graded else {})

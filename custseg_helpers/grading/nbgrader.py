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
    """Return a lesson's workbook as an nbgrader source notebook; each exercise passed is one point."""
    cells = graders.marked(lesson, lang)
    book = notebook(cells, lang)
    first = next(place for place, cell in enumerate(cells) if cell.kind == "code")
    for place, (cell, made) in enumerate(zip(cells, book.cells, strict=True)):
        identity = graders.checked(cell)
        if place == first:
            made.source = _SEED + made.source
            made.metadata["nbgrader"] = _marks(FIRST, points=0)
        elif cell.kind == "code" and "exercise" in cell.attributes:
            made.metadata["nbgrader"] = _marks(cell.attributes["exercise"])
        elif identity:
            calls = [f"display({call})" for call in graders.strict(cell.text).splitlines()]
            made.source += _TEST.format(calls="\n".join(calls))
            made.metadata["nbgrader"] = _marks(f"{identity}-check", points=graders.POINTS)
    return book


def _marks(name: str, *, points: int | None = None) -> dict[str, object]:
    """Return nbgrader's metadata of a cell: with points a locked test, without an answer."""
    test = points is not None
    marks = {"schema_version": 3, "grade_id": name, "grade": test, "solution": not test, "locked": test}
    return marks | {"task": False} | ({"points": points} if test else {})

"""What the bridges to nbgrader and otter share: a workbook with its answers, its check cells and where they are."""

import ast
from pathlib import Path

from custseg_helpers.course.compose import workbook_cells
from custseg_helpers.course.source import Cell, Lesson
from custseg_helpers.course.syllabus import chosen, lesson_source
from custseg_helpers.course.verdicts import WRITTEN
from custseg_helpers.grading.workbooks import checks_in
from custseg_helpers.words.text import UserError

POINTS = 1
"""What an exercise that passes is worth, and a text at most."""

SEED = 2027
"""The data that work is graded on; learners have other numbers, so that a copied one does not hold."""


def marked(lesson: Lesson, lang: str) -> list[Cell]:
    """Return a workbook whose answers stand in their markers below their stubs, cell by cell."""
    return workbook_cells(lesson, lang, answers=True)


def checked(cell: Cell) -> str | None:
    """Return the exercise that a check cell is about, or `None` for any other cell.

    >>> from custseg_helpers.course.source import Place
    >>> checked(Cell("code", 'check("rfm-recency", recency)', Place(Path("exercise.py"), 1)))
    'rfm-recency'
    """
    named = checks_in(cell.text) if cell.kind == "code" and "exercise" not in cell.attributes else []
    return named[0] if named else None


def texts(cells: list[Cell]) -> set[str]:
    """Return the exercises of a workbook whose answers people read and mark: those no machine judges."""
    return {cell.attributes["exercise"] for cell in cells if cell.attributes.get("kind") == WRITTEN}


def strict(code: str) -> str:
    """Return the calls of `check()` in a cell with `strict=True`: whatever is not passed raises.

    >>> strict('check("rfm-recency", recency)')
    "check('rfm-recency', recency, strict=True)"
    """
    calls = [
        line.value
        for line in ast.parse(code).body
        if isinstance(line, ast.Expr) and isinstance(line.value, ast.Call) and checks_in(ast.unparse(line))
    ]
    for call in calls:
        call.keywords.append(ast.keyword("strict", ast.Constant(True)))
    return "\n".join(map(ast.unparse, calls))


def lessons_for(lessons: str | None, out: Path, files: str) -> dict[Path, Lesson]:
    """Return the chosen lessons by the file each is to become; one that is there already stops it all."""
    found = {out / files.format(name=lesson.name): lesson for lesson in map(lesson_source, chosen(lessons))}
    for path in found:
        if path.exists():
            raise UserError(
                zh=f"“{path}”已存在，不会覆盖：里面可能有您的修改。请先移走它。",
                en=f"“{path}” exists and is not overwritten: it may hold your changes. Move it away first.",
            )
    return found

"""Check cells put back from the source: what a learner wrote is run, what the course wrote is not for them to change.

A handed-in workbook becomes a list of steps. The learner's cells keep their order; the course's check cells and
whatever given cell is missing come from the source, so that an edited, moved or deleted check changes nothing.
"""

import ast
import json
import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from custseg_helpers.course.notebooks import cell_id
from custseg_helpers.grading.workbooks import checks_in
from custseg_helpers.learn.lessons import lesson_folder, old_ids
from custseg_helpers.paths import course_root
from custseg_helpers.words.text import UserError

OPENS = re.compile(r"\belsewhere\(\s*[\"']([\w-]+)[\"']")


@dataclass(frozen=True)
class Step:
    """One cell to run: its code, the exercise it belongs to (`""` for none), whether it is a check of the course."""

    code: str
    exercise: str = ""
    check: bool = False


def steps(
    cells: tuple[dict[str, Any], ...], lesson: str, lang: str, at_home: frozenset[str] = frozenset()
) -> list[Step]:
    """Return what to run for a workbook: the learner's cells with the course's own checks behind them.

    A check stands behind the last cell that has to do with its exercise, or at the end when there is none. An exercise
    that is asked `at_home`, of the lesson's own data, is given no other data.
    """
    source = source_cells(lesson, lang)
    course = {checks_in(cell["source"])[0]: cell["source"] for cell in source if _is_check(cell)}
    checks = {cell["id"]: checks_in(cell["source"])[0] for cell in source if _is_check(cell)}
    for old, new in old_ids(lesson_folder(lesson)).items():
        checks[cell_id("code", course[new].replace(f'"{new}"', f'"{old}"'))] = new
    theirs = _with_given(cells, tuple(_without_other_data(source, at_home)))
    about = [_about(cell, checks) for cell in theirs]
    last = {exercise: place for place, exercise in enumerate(about) if exercise in course}
    found: list[Step] = []
    for place, (cell, exercise) in enumerate(zip(theirs, about, strict=True)):
        if not _only_checks(cell["source"]) and cell["id"] not in checks:
            found.append(Step(cell["source"], exercise))
        if last.get(exercise) == place:
            found.append(Step(course[exercise], exercise, check=True))
    return found + [
        Step(code, exercise, check=True) for exercise, code in course.items() if exercise not in last
    ]


@cache
def source_cells(lesson: str, lang: str) -> tuple[dict[str, Any], ...]:
    """Return the code cells of the course's own workbook: `id`, `exercise`, `source`."""
    path = course_root() / "exercises" / lang / f"{lesson_folder(lesson).name}_exercises.ipynb"
    if not path.is_file():
        raise UserError(
            zh=f"课程里没有练习册 {path.name}，请先运行 custseg build。",
            en=f"The course has no workbook {path.name}; run custseg build first.",
        )
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    return tuple(
        {
            "id": cell["id"],
            "exercise": cell["metadata"].get("exercise", ""),
            "source": "".join(cell["source"]),
        }
        for cell in cells
        if cell["cell_type"] == "code"
    )


def _with_given(
    cells: tuple[dict[str, Any], ...], source: tuple[dict[str, Any], ...]
) -> list[dict[str, Any]]:
    """Put back given cells that are missing, each behind the nearest cell of the source before it that is there."""
    theirs = list(cells)
    for number, cell in enumerate(source):
        if cell["exercise"] or _is_check(cell) or _place(theirs, cell) is not None:
            continue
        before = [place for earlier in source[:number] if (place := _place(theirs, earlier)) is not None]
        theirs.insert(before[-1] + 1 if before else 0, cell)
    return theirs


def _without_other_data(source: tuple[dict[str, Any], ...], at_home: frozenset[str]) -> list[dict[str, Any]]:
    """Leave out the cells, from `elsewhere()` to the answer, that open other data for exercises asked of the lesson's."""
    kept: list[dict[str, Any]] = []
    opened = False
    for cell in source:
        found = OPENS.search(cell["source"])
        opened = found[1] in at_home if found else opened and not cell["exercise"]
        if not opened:
            kept.append(cell)
    return kept


def _place(theirs: list[dict[str, Any]], cell: dict[str, Any]) -> int | None:
    """Return where a cell of the source stands, by its id, its exercise or its text."""
    for place, other in enumerate(theirs):
        same = other["id"] == cell["id"] or other["source"].strip() == cell["source"].strip()
        if same or (cell["exercise"] and other["exercise"] == cell["exercise"]):
            return place
    return None


def _about(cell: dict[str, Any], checks: dict[str, str]) -> str:
    named = checks_in(cell["source"])
    return cell["exercise"] or checks.get(cell["id"], "") or (named[-1] if named else "")


def _is_check(cell: dict[str, Any]) -> bool:
    return not cell["exercise"] and bool(checks_in(cell["source"]))


def _only_checks(code: str) -> bool:
    """Tell whether a cell does nothing but call `check()`."""
    try:
        body = ast.parse(code).body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False
    return bool(body) and all(
        isinstance(line, ast.Expr)
        and isinstance(line.value, ast.Call)
        and isinstance(line.value.func, ast.Name)
        and line.value.func.id == "check"
        for line in body
    )

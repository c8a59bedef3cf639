"""Which exercises the table builder reaches: `python -m tools.pointer [NN]` fills in the steps kept in `ways.toml`.

An exercise is reached when a row of the builder's steps, chosen in its own controls over the workbook's own names,
ends in an answer that `check()` passes. What is computed and not reached is listed.
"""

import contextlib
import io
import sys
import tomllib
from dataclasses import replace
from pathlib import Path
from typing import Any

from traitlets import TraitError

from custseg_helpers.builder.show import Builder
from custseg_helpers.course.compose import tasks
from custseg_helpers.course.frame import COMPUTED
from custseg_helpers.course.languages import in_language
from custseg_helpers.course.solutions import solved, workbook
from custseg_helpers.course.source import read_lesson
from custseg_helpers.files.cells import run_cell
from custseg_helpers.learn.check import judge
from custseg_helpers.learn.lessons import exercise, lesson_folders
from custseg_helpers.words.text import use_language


def ways(folder: Path) -> dict[str, list[dict[str, Any]]]:
    """Return the rows of steps of a lesson, by exercise."""
    file = folder / "ways.toml"
    return tomllib.loads(file.read_text(encoding="utf-8")) if file.is_file() else {}


def reached(folder: Path, lang: str = "en") -> dict[str, str]:
    """Return for each computed exercise of a lesson what stands in its way; "" where the builder reaches it.

    The workbook is run cell by cell with its model answers, and the steps before each of them.
    """
    lesson, kept = read_lesson(folder), ways(folder)
    found: dict[str, str] = {}
    names: dict[str, Any] = {}
    kinds = {task.id: task.marks["kind"] for task in tasks(lesson)}
    cells = [replace(cell, text=in_language(cell, lang)) for cell in lesson.exercise if cell.kind == "code"]
    for cell, untouched in zip(cells, workbook(cells), strict=True):
        identity = cell.attributes.get("exercise")
        if identity and kinds[identity] in COMPUTED:
            if identity in kept:
                given = dict(names)
                _quietly(untouched.text, given)
                found[identity] = _judged(identity, kept[identity], given)
            else:
                found[identity] = "no steps"
        _quietly(solved(cell) if identity else cell.text, names)
    return found


def _judged(identity: str, way: list[dict[str, Any]], names: dict[str, Any]) -> str:
    built = Builder(lambda: names, str)
    try:
        for step in way:
            fields = {key: value for key, value in step.items() if key not in ("do", "name", "function")}
            built.fill(step.get("function", step["do"]), fields)
            if step is not way[-1] and (failed := built.add(step["name"])):
                return f"{step['name']}: {failed}"
    except TraitError as error:
        return f"not offered: {error}"
    ran = built.ran()
    if ran.failed:
        return str(ran.failed)
    feedback = judge(exercise(identity), ran.result)
    return "" if feedback else str(feedback.message)


def _quietly(code: str, names: dict[str, Any]) -> None:
    with contextlib.redirect_stdout(io.StringIO()):
        run_cell(code, names)


def main(wanted: list[str]) -> None:
    """Print the report for some lessons, or for all."""
    use_language("en")
    count = total = 0
    for number, folder in lesson_folders().items():
        if wanted and number not in wanted:
            continue
        for identity, trouble in reached(folder).items():
            total, count = total + 1, count + (not trouble)
            print(f"{'✓' if not trouble else '·'} {identity:32}{trouble}")
    print(f"the table builder reaches {count} of {total} computed exercises")


if __name__ == "__main__":
    main(sys.argv[1:])

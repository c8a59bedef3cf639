"""`custseg build`: check the lessons' sources, make the notebooks, run them, write them whole or not at all."""

import argparse
from collections.abc import Iterator
from pathlib import Path

import nbformat

from custseg_helpers.author import compose
from custseg_helpers.author.execute import execute
from custseg_helpers.author.notebooks import as_text, notebook, write_atomically
from custseg_helpers.author.solutions import leaks
from custseg_helpers.author.source import Lesson, Problem, read_lesson
from custseg_helpers.paths import course_root
from custseg_helpers.text import T, UserError


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what `custseg build` takes."""
    parser.add_argument(
        "lessons",
        nargs="*",
        metavar="NN",
        help=str(T(zh="课号，不写就是全部", en="lesson numbers; all if none")),
    )
    parser.add_argument(
        "--check", action="store_true", help=str(T(zh="只比较，不写文件", en="compare only, write nothing"))
    )
    parser.add_argument(
        "--confirm",
        action="store_true",
        help=str(
            T(
                zh="确认只改了一种语言的地方无需改另一种",
                en="the other language needs no change where one alone was edited",
            )
        ),
    )


def main(options: argparse.Namespace) -> int:
    """Build or check the lessons that were asked for."""
    root = course_root()
    lessons = [read_lesson(folder) for folder in _folders(root, options.lessons)]
    problems = [problem for lesson in lessons for problem in _problems(lesson)]
    if problems:
        raise UserError(
            zh="\n".join(problem.text.zh for problem in problems),
            en="\n".join(problem.text.en for problem in problems),
        )
    books = {path: book for lesson in lessons for path, book in make(lesson).items()}
    execute({path: book for path, book in books.items() if not path.startswith("exercises/")}, print)
    for path, book in books.items():
        write_atomically(root / path, as_text(book))
    return 0


def make(lesson: Lesson) -> dict[str, nbformat.NotebookNode]:
    """Return a lesson's six notebooks, not yet executed, by their path below the course's root."""
    made = {}
    for lang in ("zh", "en"):
        for path, cells in (
            (f"notebooks/{lang}/{lesson.name}.ipynb", compose.lesson_cells(lesson, lang)),
            (f"exercises/{lang}/{lesson.name}_exercises.ipynb", compose.workbook_cells(lesson, lang)),
            (f"solutions/{lang}/{lesson.name}_solutions.ipynb", compose.solution_cells(lesson, lang)),
        ):
            made[path] = notebook(cells, lang)
    return made


def _problems(lesson: Lesson) -> Iterator[Problem]:
    for lang in ("zh", "en"):
        shown = [cell.text for cell in compose.workbook_cells(lesson, lang)]
        yield from leaks(compose.answered_cells(lesson, lang), shown)


def _folders(root: Path, wanted: list[str]) -> list[Path]:
    folders = sorted((root / "lessons").glob("[0-9][0-9]_*"))
    chosen = [
        folder for folder in folders if not wanted or folder.name[:2] in wanted or folder.name in wanted
    ]
    if not chosen or len(chosen) < len(set(wanted)):
        known = "、".join(folder.name for folder in folders)
        raise UserError(zh=f"没有这一课。现有：{known}", en=f"There is no such lesson. There are: {known}")
    return chosen

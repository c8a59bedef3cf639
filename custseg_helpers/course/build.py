"""`custseg build`: check the lessons' sources, make the notebooks, run them, write them whole or not at all."""

import argparse
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import nbformat

from custseg_helpers.course import compare, compose, lockfile
from custseg_helpers.course.anatomy import anatomy
from custseg_helpers.course.execute import execute
from custseg_helpers.course.notebooks import as_text, notebook, write_atomically
from custseg_helpers.course.parity import differences
from custseg_helpers.course.prose import remarks
from custseg_helpers.course.slide_marks import slide_marks
from custseg_helpers.course.solutions import leaks
from custseg_helpers.course.source import Lesson, Problem, read_lesson
from custseg_helpers.course.twins import twins
from custseg_helpers.learn.lessons import as_number, folders_in
from custseg_helpers.paths import course_root
from custseg_helpers.words.text import LANGUAGES, T, UserError, listed


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
    folders = _folders(root, options.lessons)
    lessons = _sound(folders, confirmed=options.confirm)
    books = {path: book for lesson in lessons for path, book in make(lesson).items()}
    run = {path: book for path, book in books.items() if not path.startswith("exercises/")}
    with _progress() as progress:
        task = progress.add_task("", total=len(run))
        execute(run, lambda name: progress.update(task, advance=1, description=name))
    if options.check:
        _compare(root, books, lessons)
    else:
        for path, book in books.items():
            write_atomically(root / path, as_text(book))
        for lesson in lessons:
            lockfile.write(lesson.folder, list(twins(lesson)))
    return 0


def make(lesson: Lesson) -> dict[str, nbformat.NotebookNode]:
    """Return a lesson's notebooks, three a language, not yet executed, by their path below the course's root."""
    made = {}
    for lang in LANGUAGES:
        for path, cells in (
            (f"notebooks/{lang}/{lesson.name}.ipynb", compose.lesson_cells(lesson, lang)),
            (f"exercises/{lang}/{lesson.name}_exercises.ipynb", compose.workbook_cells(lesson, lang)),
            (f"solutions/{lang}/{lesson.name}_solutions.ipynb", compose.solution_cells(lesson, lang)),
        ):
            made[path] = notebook(cells, lang)
    return made


def problems(lesson: Lesson, *, confirmed: bool = False) -> Iterator[Problem]:
    """Yield everything that keeps a lesson from being built, apart from running it."""
    make(lesson)  # what is damaged stops here; all that follows is about whole lessons
    found = list(twins(lesson))
    for twin in found:
        yield from differences(twin)
        yield from remarks(twin)
    yield from anatomy(lesson)
    yield from slide_marks(lesson)
    for lang in LANGUAGES:
        shown = [cell.text for cell in compose.workbook_cells(lesson, lang)]
        yield from leaks(compose.answered_cells(lesson, lang), shown)
    if not confirmed:
        yield from lockfile.drifted(lesson.folder, found)


def _sound(folders: list[Path], *, confirmed: bool) -> list[Lesson]:
    """Read the lessons; all that is wrong with any of them is told at once."""
    lessons: list[Lesson] = []
    wrong: list[Problem] = []
    for folder in folders:
        try:
            lesson = read_lesson(folder)
            wrong += problems(lesson, confirmed=confirmed)
            lessons.append(lesson)
        except Problem as problem:
            wrong.append(problem)
    if wrong:
        texts = list(dict.fromkeys(problem.text for problem in wrong))
        raise UserError(zh="\n".join(text.zh for text in texts), en="\n".join(text.en for text in texts))
    return lessons


def _compare(root: Path, books: dict[str, nbformat.NotebookNode], lessons: list[Lesson]) -> None:
    """Stop with a list of what differs between the stored notebooks and those just made."""
    found = [line for path, book in books.items() for line in compare.differences(root / path, path, book)]
    found += compare.strays(root)
    found += [
        f"lessons/{lesson.name}/{lockfile.NAME}: {T(zh='不是最新的', en='out of date')}"
        for lesson in lessons
        if lockfile.outdated(lesson.folder, list(twins(lesson)))
    ]
    if found:
        listed = "\n".join(found)
        raise UserError(
            zh=f"存着的笔记本与源文件不一致，请运行 custseg build：\n{listed}",
            en=f"The stored notebooks are not those of the sources; run custseg build:\n{listed}",
        )


def _progress() -> Any:
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    return Progress(BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), TextColumn("{task.description}"))


def _folders(root: Path, wanted: list[str]) -> list[Path]:
    folders = folders_in(root / "lessons")
    names = {as_number(one.partition("_")[0]) for one in wanted}
    chosen = [folder for number, folder in folders.items() if not wanted or number in names]
    if not chosen or not names <= set(folders):
        raise UserError(
            T(zh="没有这一课。现有：{known}", en="There is no such lesson. There are: {known}").format(
                known=listed(folder.name for folder in folders.values())
            )
        )
    return chosen

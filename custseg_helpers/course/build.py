"""Check the lessons' sources, make the notebooks, run them, write them whole or not at all."""

from collections.abc import Callable, Iterator, Sequence
from copy import deepcopy
from pathlib import Path
from typing import Any

import nbformat

from custseg_helpers.course import clock, compare, compose, lockfile
from custseg_helpers.course.anatomy import anatomy
from custseg_helpers.course.asked import names
from custseg_helpers.course.execute import execute
from custseg_helpers.course.notebooks import as_text, notebook
from custseg_helpers.course.parity import differences
from custseg_helpers.course.prose import remarks, repeated
from custseg_helpers.course.slide_marks import slide_marks
from custseg_helpers.course.solutions import leaks
from custseg_helpers.course.source import Lesson, Problem, folders, read_lesson, tell
from custseg_helpers.course.twins import twins
from custseg_helpers.course.verdicts import refused
from custseg_helpers.files.whole import write_whole
from custseg_helpers.learn import rungs
from custseg_helpers.learn.lessons import MINUTES, folders_in
from custseg_helpers.paths import course_root
from custseg_helpers.steps.stored import STORED
from custseg_helpers.words.text import LANGUAGES, T, UserError

UNTOUCHED = f"exercises/{next(iter(LANGUAGES))}/"
"""The workbooks that a build runs as they are; their code is the same in every language."""


def build(
    wanted: Sequence[str] = (),
    *,
    check: bool = False,
    confirmed: bool = False,
    done: Callable[[int, str], Any] = lambda *_: None,
) -> None:
    """Build the lessons that are wanted (all if none is named), or only compare with what is stored.

    Args:
        wanted: lesson numbers or folders' names.
        check: write nothing; differences are an error.
        confirmed: where one language alone was edited, the other needs no change.
        done: told of how many notebooks there are to run, and the name of one that has been run.
    """
    root = course_root()
    lessons = _sound(folders(root, wanted), confirmed=confirmed)
    books = {path: book for lesson in lessons for path, book in make(lesson).items()}
    # Workbooks are stored untouched; copies in one language are run to see that all is still to do.
    untouched = {path: deepcopy(book) for path, book in books.items() if path.startswith(UNTOUCHED)}
    run = untouched | {path: book for path, book in books.items() if not path.startswith("exercises/")}
    execute(run, lambda name: done(len(run), name))
    tell([problem for lesson in lessons for problem in refused(lesson, run)])
    if check:
        _compare(root, books, lessons)
    else:
        for path, book in books.items():
            write_whole(root / path, as_text(book))
        for lesson in lessons:
            lockfile.write(lesson.folder, list(twins(lesson)))
            write_whole(lesson.folder / MINUTES, _minutes(lesson))
            write_whole(lesson.folder / STORED, rungs.as_json(compose.ladders(lesson)))


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
    found = list(twins(lesson))
    make(lesson)  # what is damaged stops here; all that follows is about whole lessons
    for twin in found:
        yield from differences(twin)
        yield from remarks(twin)
    yield from repeated(found)
    yield from anatomy(lesson)
    yield from slide_marks(lesson)
    for lang in LANGUAGES:
        shown = [cell.text for cell in compose.workbook_cells(lesson, lang, rung="write")]
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
    tell(wrong)
    course = [read_lesson(one) for one in folders_in(folders[0].parent).values()]
    tell(list(names.problems(course, [lesson.number for lesson in lessons])))
    return lessons


def _minutes(lesson: Lesson) -> str:
    return clock.as_toml(clock.minutes(lesson, compose.tasks(lesson)))


def _stored(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.is_file() else ""


def _compare(root: Path, books: dict[str, nbformat.NotebookNode], lessons: list[Lesson]) -> None:
    """Stop with a list of what differs between the stored notebooks and those just made."""
    found = [line for path, book in books.items() for line in compare.differences(root / path, path, book)]
    found += compare.strays(root)
    found += [
        f"lessons/{lesson.name}/{lockfile.NAME}: {T(zh='不是最新的', en='out of date')}"
        for lesson in lessons
        if lockfile.outdated(lesson.folder, list(twins(lesson)))
    ]
    found += [
        f"lessons/{lesson.name}/{MINUTES}: {T(zh='不是最新的', en='out of date')}"
        for lesson in lessons
        if _stored(lesson.folder / MINUTES) != _minutes(lesson)
    ]
    found += [
        f"lessons/{lesson.name}/{STORED}: {T(zh='不是最新的', en='out of date')}"
        for lesson in lessons
        if _stored(lesson.folder / STORED) != rungs.as_json(compose.ladders(lesson))
    ]
    if found:
        raise UserError(
            T(
                zh="存着的笔记本与源文件不一致，请运行 custseg build：\n{found}",
                en="The stored notebooks are not those of the sources; run custseg build:\n{found}",
            ).format(found="\n".join(found))
        )

"""`custseg build --watch 04`: a lesson's notebooks made anew whenever its sources are saved, and not run.

What a cell that did not change showed when it last ran stays with it.
"""

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from custseg_helpers.course.answers_file import mistakes_alone
from custseg_helpers.course.source import Problem, read_lesson
from custseg_helpers.words.text import T, UserError, verbatim

PAUSE = 0.2
"""Seconds between two looks at the files."""


def watch(folders: list[Path], root: Path, say: Callable[[Any], Any] = print) -> None:
    """Make the notebooks of these lessons whenever a file of theirs is saved, until somebody stops it."""
    say(
        T(zh="改了就存：这里会跟着生成。Ctrl + C 结束。", en="Save, and it is made anew here. Ctrl + C ends.")
    )
    for folder in saved(folders):
        say(rebuild(root, folder))


def saved(folders: list[Path], pause: Callable[[], Any] = lambda: time.sleep(PAUSE)) -> Iterator[Path]:
    """Yield each lesson folder once, and for ever again whenever a file in it was saved, added or taken away."""
    seen: dict[Path, dict[str, int]] = {}
    while True:
        for folder in folders:
            state = _state(folder)
            if state != seen.get(folder):
                seen[folder] = state
                yield folder
        pause()


def rebuild(root: Path, folder: Path) -> T:
    """Make a lesson's notebooks without running them; return what there is to say: done, or what is wrong."""
    now = f"{time.strftime('%H:%M:%S')}  "
    try:
        if wrong := mistakes_alone(folder):
            return now + _told(wrong)
        from custseg_helpers.course import build  # only now: a mistake in answers.py is told without it

        lesson = read_lesson(folder)
        if wrong := list(build.problems(lesson, confirmed=True)):
            return now + _told(wrong)
        for path, book in build.make(lesson).items():
            _keep_outputs(root / path, book)
            build.write_whole(root / path, build.as_text(book))
    except UserError as error:
        return now + error.text
    except Exception as error:  # whatever an author has half-written, the next save may mend it
        return now + verbatim(f"{folder.name}: {type(error).__name__}: {error}")
    return now + T(
        zh="{name} 已生成，没有运行；写好后：custseg build {number}",
        en="{name} is made, not run; when it is done: custseg build {number}",
    ).format(name=lesson.name, number=lesson.number)


def _told(wrong: list[Problem]) -> T:
    return verbatim("\n").join(dict.fromkeys(problem.text for problem in wrong))


def _keep_outputs(path: Path, book: Any) -> None:
    """Give the cells that stand in a stored notebook, too, what they showed there."""
    import nbformat

    if not path.is_file():
        return
    stored = nbformat.read(path, as_version=4)
    before = {cell.id: cell for cell in stored.cells if cell.cell_type == "code"}
    for cell in book.cells:
        if cell.cell_type == "code" and cell.id in before:
            cell.outputs, cell.execution_count = before[cell.id].outputs, before[cell.id].execution_count


def _state(folder: Path) -> dict[str, int]:
    found = {}
    for path in folder.iterdir() if folder.is_dir() else ():
        try:
            found[path.name] = path.stat().st_mtime_ns
        except OSError:  # gone between the two calls: editors save by renaming
            continue
    return found

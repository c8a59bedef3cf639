"""`custseg build`: check the lessons' sources, make the notebooks, run them, write them whole or not at all."""

from typing import Any

import click

from custseg_helpers.commands.parameters import argument, flag
from custseg_helpers.course.answers_file import mistakes_alone
from custseg_helpers.course.source import folders, tell
from custseg_helpers.paths import course_root
from custseg_helpers.words.text import T


def parameters() -> list[click.Parameter]:
    """Return what `custseg build` takes."""
    return [
        argument(
            "lessons",
            T(zh="课号，不写就是全部", en="lesson numbers; all if none"),
            nargs=-1,
            metavar="[NN]...",
        ),
        flag("--check", T(zh="只比较，不写文件", en="compare only, write nothing")),
        flag(
            "--confirm",
            T(
                zh="确认只改了一种语言的地方无需改另一种",
                en="the other language needs no change where one alone was edited",
            ),
        ),
        flag(
            "--watch",
            T(
                zh="一存盘就重新生成，不运行；写课时开着",
                en="make the notebooks anew at every save, not run: for while you write",
            ),
        ),
        flag(
            "--names",
            T(
                zh="只列出答案要用的每个写法，和它在哪里教过",
                en="only list every name that answers need, and where it is taught",
            ),
        ),
    ]


def main(lessons: tuple[str, ...], check: bool, confirm: bool, watch: bool, names: bool) -> None:
    """Build, check or watch the lessons that were asked for."""
    chosen = folders(course_root(), lessons)
    if names:
        from custseg_helpers.course.asked.names import table
        from custseg_helpers.course.source import read_lesson

        for row in table([read_lesson(folder) for folder in chosen]):
            click.echo("\t".join(row))
        return
    if watch:
        from custseg_helpers.course.watch import watch as watch_lessons

        watch_lessons(chosen, course_root())
    tell([problem for folder in chosen for problem in mistakes_alone(folder)])
    from custseg_helpers.course.build import build  # what runs notebooks takes long to import

    with _progress() as progress:
        task = progress.add_task("")
        build(
            lessons,
            check=check,
            confirmed=confirm,
            done=lambda total, name: progress.update(task, total=total, advance=1, description=name),
        )


def _progress() -> Any:
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    return Progress(BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), TextColumn("{task.description}"))

"""`custseg build`: check the lessons' sources, make the notebooks, run them, write them whole or not at all."""

import argparse
from typing import Any

from custseg_helpers.course.build import build, folders
from custseg_helpers.course.watch import watch
from custseg_helpers.paths import course_root
from custseg_helpers.words.text import T


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
    parser.add_argument(
        "--watch",
        action="store_true",
        help=str(
            T(
                zh="一存盘就重新生成，不运行；写课时开着",
                en="make the notebooks anew at every save, not run: for while you write",
            )
        ),
    )


def main(options: argparse.Namespace) -> int:
    """Build, check or watch the lessons that were asked for."""
    if options.watch:
        watch(folders(course_root(), options.lessons), course_root())
    with _progress() as progress:
        task = progress.add_task("")
        build(
            options.lessons,
            check=options.check,
            confirmed=options.confirm,
            done=lambda total, name: progress.update(task, total=total, advance=1, description=name),
        )
    return 0


def _progress() -> Any:
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    return Progress(BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), TextColumn("{task.description}"))

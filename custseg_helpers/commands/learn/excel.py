"""`custseg excel`: lessons as Excel workbooks with live formulas."""

import click

from custseg_helpers.commands.learn.reset import lesson_language
from custseg_helpers.commands.parameters import argument
from custseg_helpers.learn.take_home import excel
from custseg_helpers.spreadsheets.lessons import WORKBOOKS
from custseg_helpers.words.text import T, use_language


def parameters() -> list[click.Parameter]:
    """Return what `custseg excel` takes."""
    return [
        argument(
            "lessons",
            T(zh="课号，如 04；不写就是全部", en="lesson numbers, such as 04; all if none"),
            metavar="NN",
            nargs=-1,
        ),
    ]


def main(lessons: tuple[str, ...]) -> None:
    """Write the workbooks into the learner's folder."""
    use_language(lesson_language())
    for number in lessons or WORKBOOKS:
        print(excel(number), flush=True)

"""`custseg reset`: lay the workbook of one lesson afresh into the learner's folder."""

import click

from custseg_helpers.commands.parameters import argument, asked_language
from custseg_helpers.learn.folder import languages, reset
from custseg_helpers.words.text import LANGUAGES, Language, T, UserError, listed


def parameters() -> list[click.Parameter]:
    """Return what `custseg reset` takes."""
    return [
        argument("lesson", T(zh="课号，如 04", en="lesson number, such as 04"), metavar="NN"),
    ]


def main(lesson: str) -> None:
    """Restore the workbook of one lesson."""
    reset(lesson, lesson_language())


def lesson_language() -> Language:
    """Return the language to learn in: the one that was asked for, else the reader's own where lessons are in it."""
    here, asked = languages(), asked_language()
    if asked and asked not in here:
        raise UserError(
            T(
                zh="这里没有{asked}的课，有：{here}。",
                en="There are no lessons in {asked} here, but in {here}.",
            ).format(asked=LANGUAGES[asked].name, here=listed(LANGUAGES[code].name for code in here))
        )
    return asked or here[0]

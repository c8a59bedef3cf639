"""The learner's own folder `my/`: copies of the lessons and workbooks, which an update never overwrites.

`.copied.json` in each language's folder remembers what was laid there. A file that still is what was laid there may
be renewed; any other is the learner's, and a newer original goes beside it as `04_rfm.new.ipynb`.
`custseg reset 04` lays a workbook there afresh and keeps the old one as `04_rfm_exercises.old-1.ipynb`.
"""

import click

from custseg_helpers.commands.parameters import argument, asked_language
from custseg_helpers.learn.folder import languages, originals, reset
from custseg_helpers.learn.lessons import lesson_folder
from custseg_helpers.paths import my_folder
from custseg_helpers.words.text import LANGUAGES, Language, T, UserError, listed


def parameters() -> list[click.Parameter]:
    """Return what `custseg reset` takes."""
    return [
        argument("lesson", T(zh="课号，如 04", en="lesson number, such as 04"), metavar="NN"),
    ]


def main(lesson: str) -> None:
    """Restore the workbook of one lesson."""
    lang = lesson_language()
    name = f"{lesson_folder(lesson).name}_exercises.ipynb"
    pages, folder = originals(lang), my_folder() / lang
    if name not in pages:
        raise UserError(zh=f"这一课还没有练习册 {name}。", en=f"This lesson has no workbook {name} yet.")
    kept = reset(folder, name, pages[name])
    print(T(zh="练习册已恢复：{path}", en="Workbook restored: {path}").format(path=folder / name))
    if kept:
        print(T(zh="原来的另存为：{name}", en="The old one is kept as {name}").format(name=kept))


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

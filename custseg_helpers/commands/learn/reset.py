"""The learner's own folder `my/`: copies of the lessons and workbooks, which an update never overwrites.

`.copied.json` in each language's folder remembers what was laid there. A file that still is what was laid there may
be renewed; any other is the learner's, and a newer original goes beside it as `04_rfm.new.ipynb`.
`custseg reset 04` lays a workbook there afresh and keeps the old one as `04_rfm_exercises.old-1.ipynb`.
"""

import argparse

from custseg_helpers.learn.folder import languages, my_folder, originals, reset
from custseg_helpers.learn.lessons import lesson_folder
from custseg_helpers.words.text import T, UserError


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what `custseg reset` takes."""
    parser.add_argument("lesson", metavar="NN", help=str(T(zh="课号，如 04", en="lesson number, such as 04")))
    parser.add_argument("--lang", choices=languages(), default=languages()[0])


def main(options: argparse.Namespace) -> int:
    """Restore the workbook of one lesson."""
    name = f"{lesson_folder(options.lesson).name}_exercises.ipynb"
    pages, folder = originals(options.lang), my_folder() / options.lang
    if name not in pages:
        raise UserError(zh=f"这一课还没有练习册 {name}。", en=f"This lesson has no workbook {name} yet.")
    kept = reset(folder, name, pages[name])
    print(T(zh="练习册已恢复：{path}", en="Workbook restored: {path}").format(path=folder / name))
    if kept:
        print(T(zh="原来的另存为：{name}", en="The old one is kept as {name}").format(name=kept))
    return 0

"""`custseg nbgrader`: workbooks as the source notebooks of an nbgrader course.

Learners get what they always get: the same cells, `check()` to ask while they work, no traceback. The locked check
cells bear a hidden test, and the locked first cell a hidden seed: `nbgrader autograde` judges on other data.
"""

from pathlib import Path

import click

from custseg_helpers.commands.parameters import PATH, argument, lessons
from custseg_helpers.course.notebooks import as_text
from custseg_helpers.files.whole import write_whole
from custseg_helpers.grading import graders
from custseg_helpers.grading.nbgrader import CONFIG, source
from custseg_helpers.words.text import T, language


def parameters() -> list[click.Parameter]:
    """Return what `custseg nbgrader` takes."""
    return [
        argument("out", T(zh="写到哪个文件夹", en="the folder to write to"), type=PATH),
        lessons(),
    ]


def main(out: Path, lessons: str | None) -> None:
    """Write the course folder: `nbgrader_config.py` and `source/04_rfm/04_rfm_exercises.ipynb`."""
    found = graders.lessons_for(lessons, out, "source/{name}/{name}_exercises.ipynb")
    for path, lesson in found.items():
        write_whole(path, as_text(source(lesson, language())))
    config: Path = out / "nbgrader_config.py"
    if not config.exists():
        write_whole(config, CONFIG)
    name = next(iter(found.values())).name
    print(
        T(
            zh="已写好 {n} 份作业。接着：cd {out}，再 nbgrader generate_assignment {name}",
            en="Wrote {n} assignments. Next: cd {out}, then nbgrader generate_assignment {name}",
        ).format(n=len(found), out=out, name=name)
    )

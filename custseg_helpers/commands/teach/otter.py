"""`custseg otter`: workbooks as master notebooks for `otter assign`.

Learners get what they always get, and need no otter: the tests are hidden ones, which travel in the autograder only.
"""

from pathlib import Path

import click

from custseg_helpers.commands.parameters import PATH, argument, lessons
from custseg_helpers.course.notebooks import as_text
from custseg_helpers.files.whole import write_whole
from custseg_helpers.grading import graders
from custseg_helpers.grading.otter import master
from custseg_helpers.words.text import T, language


def parameters() -> list[click.Parameter]:
    """Return what `custseg otter` takes."""
    return [
        argument("out", T(zh="写到哪个文件夹", en="the folder to write to"), type=PATH),
        lessons(),
    ]


def main(out: Path, lessons: str | None) -> None:
    """Write one master notebook a lesson: `04_rfm_exercises.ipynb`."""
    found = graders.lessons_for(lessons, out, "{name}_exercises.ipynb")
    for path, lesson in found.items():
        write_whole(path, as_text(master(lesson, language())))
    first = next(iter(found)).name
    print(
        T(
            zh="已写好 {n} 份作业。接着：cd {out}，再 otter assign {name} dist",
            en="Wrote {n} assignments. Next: cd {out}, then otter assign {name} dist",
        ).format(n=len(found), out=out, name=first)
    )

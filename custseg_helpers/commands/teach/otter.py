"""`custseg otter`: workbooks as master notebooks for `otter assign`.

Learners get what they always get, and need no otter: the tests are hidden ones, which travel in the autograder only.
"""

import argparse
from pathlib import Path

from custseg_helpers.course.notebooks import as_text, write_atomically
from custseg_helpers.grading import graders
from custseg_helpers.grading.otter import master
from custseg_helpers.words.text import LANGUAGES, T, language


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe what `custseg otter` takes."""
    parser.add_argument(
        "--lessons", default="00-15", help=str(T(zh="哪些课，如 00-04", en="which lessons, such as 00-04"))
    )
    parser.add_argument("--lang", choices=LANGUAGES, default=language())
    parser.add_argument("out", type=Path, help=str(T(zh="写到哪个文件夹", en="the folder to write to")))


def main(options: argparse.Namespace) -> int:
    """Write one master notebook a lesson: `04_rfm_exercises.ipynb`."""
    lessons = graders.lessons_for(options.lessons, options.out, "{name}_exercises.ipynb")
    for path, lesson in lessons.items():
        write_atomically(path, as_text(master(lesson, options.lang)))
    first = next(iter(lessons)).name
    print(
        T(
            zh=f"已写好 {len(lessons)} 份作业。接着：cd {options.out}，再 otter assign {first} dist",
            en=f"Wrote {len(lessons)} assignments. Next: cd {options.out}, then otter assign {first} dist",
        )
    )
    return 0

"""`custseg nbgrader`: workbooks as the source notebooks of an nbgrader course.

Learners get what they always get: the same cells, `check()` to ask while they work, no traceback. The locked check
cells bear a hidden test, and the locked first cell a hidden seed: `nbgrader autograde` judges on other data.
"""

import argparse
from pathlib import Path

from custseg_helpers.course.notebooks import as_text, write_atomically
from custseg_helpers.grading import graders
from custseg_helpers.grading.nbgrader import CONFIG, source
from custseg_helpers.words.text import LANGUAGES, T, language


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe what `custseg nbgrader` takes."""
    parser.add_argument(
        "--lessons", default="00-15", help=str(T(zh="哪些课，如 00-04", en="which lessons, such as 00-04"))
    )
    parser.add_argument("--lang", choices=LANGUAGES, default=language())
    parser.add_argument("out", type=Path, help=str(T(zh="写到哪个文件夹", en="the folder to write to")))


def main(options: argparse.Namespace) -> int:
    """Write the course folder: `nbgrader_config.py` and `source/04_rfm/04_rfm_exercises.ipynb`."""
    lessons = graders.lessons_for(options.lessons, options.out, "source/{name}/{name}_exercises.ipynb")
    for path, lesson in lessons.items():
        write_atomically(path, as_text(source(lesson, options.lang)))
    config: Path = options.out / "nbgrader_config.py"
    if not config.exists():
        write_atomically(config, CONFIG)
    name = next(iter(lessons.values())).name
    print(
        T(
            zh=f"已写好 {len(lessons)} 份作业。接着：cd {options.out}，再 nbgrader generate_assignment {name}",
            en=f"Wrote {len(lessons)} assignments. Next: cd {options.out}, then nbgrader generate_assignment {name}",
        )
    )
    return 0

"""`custseg new-lesson 03 value`: a lesson folder that builds, complete in both languages, to be rewritten."""

import argparse
import re
from pathlib import Path

from custseg_helpers.course.notebooks import write_atomically
from custseg_helpers.paths import course_root
from custseg_helpers.words.text import T, UserError


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what `custseg new-lesson` takes."""
    parser.add_argument(
        "number", metavar="NN", help=str(T(zh="课号，两位数字", en="lesson number, two digits"))
    )
    parser.add_argument("topic", help=str(T(zh="主题，小写英文字母", en="topic, lower-case letters")))


def main(options: argparse.Namespace) -> int:
    """Make the folder and say what to do next."""
    folder = new_lesson(course_root() / "lessons", options.number, options.topic)
    print(
        T(
            zh=f"新建了 lessons/{folder.name}/。改写其中的文件，再运行：custseg build {options.number}",
            en=f"Made lessons/{folder.name}/. Rewrite its files, then run: custseg build {options.number}",
        )
    )
    return 0


def new_lesson(lessons: Path, number: str, topic: str) -> Path:
    """Copy the skeleton into a new lesson folder; an existing lesson is never touched."""
    if not re.fullmatch(r"\d\d", number) or not re.fullmatch(r"[a-z]+", topic):
        raise UserError(
            zh=f"课号要两位数字，主题要小写英文字母，例如：custseg new-lesson 03 value；收到的是 {number} {topic}。",
            en=f"Number: two digits; topic: lower-case letters, as in custseg new-lesson 03 value. Got {number} {topic}.",
        )
    taken = sorted(lessons.glob(f"{number}_*")) + sorted(lessons.glob(f"*_{topic}"))
    if taken:
        raise UserError(
            zh=f"已经有这一课：lessons/{taken[0].name}。", en=f"That lesson exists: lessons/{taken[0].name}."
        )
    folder = lessons / f"{number}_{topic}"
    for template in sorted(Path(__file__).with_name("skeleton").iterdir()):
        text = template.read_text(encoding="utf-8").replace("NUMBER", number).replace("TOPIC", topic)
        write_atomically(folder / template.stem, text)
    return folder

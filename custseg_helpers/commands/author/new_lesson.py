"""`custseg new-lesson 03 value`: a lesson folder that builds, complete in both languages, to be rewritten.

`custseg new-lesson --after 03 returns` finds a number for it between two lessons: 03b.
"""

import click

from custseg_helpers.commands.parameters import argument, option
from custseg_helpers.course.new_lesson import new_lesson, number_after
from custseg_helpers.learn.lessons import as_number
from custseg_helpers.paths import course_root
from custseg_helpers.words.text import T, UserError


def parameters() -> list[click.Parameter]:
    """Return what `custseg new-lesson` takes."""
    return [
        argument(
            "words",
            T(
                zh="课号，如 03，或两课之间的 03b；主题，小写英文字母",
                en="lesson number, 03, or 03b between two; topic, lower-case letters",
            ),
            nargs=-1,
            required=True,
            metavar="[NN] TOPIC",
        ),
        option(
            "--after", T(zh="放在哪一课后面，不写课号时用", en="place it behind this lesson"), metavar="NN"
        ),
    ]


def main(words: tuple[str, ...], after: str | None) -> None:
    """Make the folder and say what to do next."""
    lessons = course_root() / "lessons"
    *numbers, topic = words
    if len(numbers) + (after is not None) != 1:
        raise UserError(
            zh="课号和 --after 写一个就好，例如：custseg new-lesson 03 value，或 custseg new-lesson --after 03 returns。",
            en="Give a number or --after, not both: custseg new-lesson 03 value, or custseg new-lesson --after 03 returns.",
        )
    number = numbers[0] if numbers else number_after(lessons, as_number(str(after)))
    folder = new_lesson(lessons, number, topic)
    print(
        T(
            zh="新建了 lessons/{name}/。改写其中的文件，再运行：custseg build {number}",
            en="Made lessons/{name}/. Rewrite its files, then run: custseg build {number}",
        ).format(name=folder.name, number=number)
    )

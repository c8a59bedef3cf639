"""A lesson folder that builds, complete in both languages, to be rewritten."""

from pathlib import Path
from string import ascii_lowercase

from custseg_helpers.files.whole import write_whole
from custseg_helpers.learn.lessons import folders_in, number_and_topic
from custseg_helpers.words.text import T, UserError, listed


def number_after(lessons: Path, number: str) -> str:
    """Return a number for a lesson behind another: the next one where it is free, else one with a letter."""
    numbers = list(folders_in(lessons))
    if number not in numbers:
        raise UserError(
            T(
                zh="没有第 {number} 课。现有：{known}。",
                en="There is no lesson {number}. There are: {known}.",
            ).format(number=number, known=listed(numbers))
        )
    following = next(iter(numbers[numbers.index(number) + 1 :]), "99")
    whole = number.rstrip(ascii_lowercase)
    candidates = [f"{int(whole) + 1:02d}", *(whole + letter for letter in ascii_lowercase[1:] + "a")]
    free = [one for one in candidates if number < one < following]
    if not free:
        raise UserError(
            T(
                zh="第 {number} 课和第 {following} 课之间放不下了，请给其中一课改号。",
                en="There is no room between lessons {number} and {following}: give one of them another number.",
            ).format(number=number, following=following)
        )
    return free[0]


def new_lesson(lessons: Path, number: str, topic: str) -> Path:
    """Copy the skeleton into a new lesson folder; an existing lesson is never touched."""
    folder = lessons / f"{number}_{topic}"
    if number_and_topic(folder.name) != (number, topic):
        raise UserError(
            T(
                zh="课号要两位数字，后面可以加一个字母；主题要小写英文字母，例如：custseg new-lesson 03 value；收到的是 {number} {topic}。",
                en="Number: two digits, perhaps with a letter; topic: lower-case letters, as in custseg new-lesson 03 value. Got {number} {topic}.",
            ).format(number=number, topic=topic)
        )
    for taken in folders_in(lessons).values():
        if {number, topic} & set(taken.name.split("_")):
            raise UserError(
                T(zh="已经有这一课：lessons/{name}。", en="That lesson exists: lessons/{name}.").format(
                    name=taken.name
                )
            )
    for template in sorted(Path(__file__).with_name("skeleton").iterdir()):
        text = template.read_text(encoding="utf-8").replace("NUMBER", number).replace("TOPIC", topic)
        write_whole(folder / template.stem, text)
    return folder

"""What a lesson asks of a class: its sections, with the minutes for teaching and for the exercises of each.

The minutes are those of the one clock (`course/clock.py`), as the build has laid them beside the lesson. Core exercises
are all done in class. Stretch exercises are for those who are early: they take no class time.
"""

from dataclasses import dataclass
from pathlib import Path

from custseg_helpers.course.clock import parts
from custseg_helpers.course.compose import tasks
from custseg_helpers.course.source import Lesson, read_lesson
from custseg_helpers.learn.lessons import as_number, folders_in, minutes_in
from custseg_helpers.paths import course_root
from custseg_helpers.words.text import T, UserError, listed


@dataclass(frozen=True)
class Section:
    """A section of a lesson: number 0 is its opening and bears its title; minutes are whole."""

    lesson: str
    number: int
    title: T
    teach: int
    exercise: int
    exercises: tuple[str, ...]

    @property
    def code(self) -> str:
        """How a trainer calls it: `04.5`."""
        return f"{self.lesson}.{self.number}"

    @property
    def minutes(self) -> int:
        """Teaching and exercises together."""
        return self.teach + self.exercise


def sections(lesson: Lesson) -> list[Section]:
    """Return a lesson's sections in order; their minutes add up to the lesson's.

    >>> from custseg_helpers.words.text import use_language
    >>> use_language("en")
    >>> for section in sections(lesson_source("00"))[:3]:
    ...     print(section.code, section.title, section.teach, section.exercise, section.exercises)
    00.0 Welcome: why tier customers at all 6 0 ()
    00.1 Grading and typing: two different questions 2 0 ()
    00.2 Six steps that make a circle 1 0 ()
    """
    core = {task.id for task in tasks(lesson) if task.marks["level"] == "core"}
    minutes = minutes_in(lesson.folder)
    found = []
    for number, (part, teach) in enumerate(zip(parts(lesson), minutes.teach, strict=True)):
        names = tuple(name for name in part.tried if name in core)
        doing = sum(minutes.exercises[name] for name in names)
        found.append(Section(lesson.number, number, part.title, teach, doing, names))
    return found


def to_skip(lesson: Lesson, late: int) -> list[Section]:
    """Return the sections to leave out when a class is `late` minutes: the author's own order (`cut` in about.toml).

    The fewest that win the time back; all that may be cut, when even they do not.
    """
    by_number = {section.number: section for section in sections(lesson)}
    chosen: list[Section] = []
    for number in lesson.cut:
        if sum(section.minutes for section in chosen) >= late:
            break
        chosen.append(by_number[number])
    return chosen


def lesson_source(number: str) -> Lesson:
    """Read a lesson's source; the trainer's commands need the course's folder, not only the installed package."""
    folder = _sources().get(number)
    if not folder:
        raise UserError(
            T(
                zh="没有第 {number} 课的源文件 lessons/{number}_*/lesson.py。培训师的命令要在课程文件夹里运行；现有课程：{known}。",
                en="There is no lessons/{number}_*/lesson.py. The trainer's commands run in the course's folder; it has lessons {known}.",
            ).format(number=number, known=listed(numbers()))
        )
    return read_lesson(folder)


def numbers() -> list[str]:
    """Return the numbers of all lessons, in order."""
    return list(_sources())


def _sources() -> dict[str, Path]:
    folders = folders_in(course_root() / "lessons")
    return {number: folder for number, folder in folders.items() if (folder / "lesson.py").is_file()}


def chosen(wanted: str | None) -> list[str]:
    """Return the lessons of a choice such as `00-04,07`, in the order given, each once; all that are there for none.

    >>> chosen("03-05,00")
    ['03', '04', '05', '00']
    """
    known = numbers()
    if not known:
        raise UserError(
            zh="这里没有课程的源文件（lessons/*/lesson.py）。讲师的命令要在完整的课程文件夹里运行，不能在课程包里。",
            en="There are no lesson sources (lessons/*/lesson.py) here. The trainer's commands run in the course's own folder, not in a class pack.",
        )
    if wanted is None:
        return known
    found: list[str] = []
    for part in wanted.replace("，", ",").replace(" ", "").split(","):
        first, _, last = part.partition("-")
        first, last = as_number(first), as_number(last or first)
        if not part or not {first, last} <= set(known) or first > last:
            raise UserError(
                zh=f"“{part}”不是一课或一段课。这样写：00-04,07；现有 {known[0]} 到 {known[-1]}。",
                en=f"“{part}” is no lesson and no range of lessons. Write 00-04,07; there are {known[0]} to {known[-1]}.",
            )
        found += [number for number in known if first <= number <= last and number not in found]
    return found

"""How far a learner is, lesson by lesson."""

from dataclasses import dataclass
from html import escape
from pathlib import Path

from custseg_helpers.learn.lessons import about, current, exercises, lesson_folders
from custseg_helpers.learn.marks import entries
from custseg_helpers.learn.quiz import questions
from custseg_helpers.words.text import T


@dataclass(frozen=True)
class Progress:
    """What is done, lesson by lesson: `(number, title, passed, exercises, quiz right, quiz questions)`."""

    lessons: tuple[tuple[str, T, int, int, int, int], ...]
    damaged: tuple[int, ...]

    def __repr__(self) -> str:
        lines = [f"{number} {title}  {done}/{of}" for number, title, done, of, *_ in self.lessons]
        return "\n".join(lines + [str(self._remark())] * bool(self.damaged))

    def _repr_html_(self) -> str:
        head = (T(zh="课", en="Lesson"), T(zh="练习", en="Exercises"), T(zh="测验", en="Quiz"))
        rows = "".join(
            f"<tr><td style='text-align:left'>{number} {escape(str(title))}</td><td>{'●' * done}{'○' * (of - done)} {done}/{of}</td>"
            f"<td>{right}/{asked}</td></tr>"
            for number, title, done, of, right, asked in self.lessons
        )
        remark = f"<p>{self._remark()}</p>" if self.damaged else ""
        return f"<table><tr>{''.join(f'<th>{cell}</th>' for cell in head)}</tr>{rows}</table>{remark}"

    def _remark(self) -> T:
        lines = ", ".join(map(str, self.damaged))
        return T(
            zh=f"进度文件第 {lines} 行损坏，已跳过。",
            en=f"Line {lines} of the progress file is damaged and was skipped.",
        )


def reached(path: Path) -> tuple[str, int] | None:
    """Return the lesson to go on with and the place of the next exercise in its workbook, from a progress file.

    That is the first exercise not passed in the lesson that was worked on last, or in a later one. Nothing done yet
    gives `None`; all done gives `("", 0)`.
    """
    marks = [mark for mark in entries(path)[0] if mark["event"] == "check"]
    passed = {current(mark.get("exercise")) for mark in marks if mark.get("outcome") == "passed"}
    homes = {name: number for number in lesson_folders() for name in exercises(number)}
    worked_on = [homes[name] for mark in marks if (name := current(mark.get("exercise"))) in homes]
    if not worked_on:
        return None
    for number in list(lesson_folders())[list(lesson_folders()).index(worked_on[-1]) :]:
        for place, name in enumerate(exercises(number), 1):
            if name not in passed:
                return number, place
    return "", 0


def progress() -> Progress:
    """Show which exercises are passed and which quiz questions are right, lesson by lesson."""
    marks, damaged = entries()
    passed = {
        current(mark.get("exercise"))
        for mark in marks
        if mark["event"] == "check" and mark.get("outcome") == "passed"
    }
    right = {
        (mark.get("lesson"), mark.get("question"))
        for mark in marks
        if mark["event"] == "quiz" and mark.get("right")
    }
    rows = []
    for number in lesson_folders():
        ids, asked = list(exercises(number)), len(questions(number))
        answered = sum((number, question) in right for question in range(1, asked + 1))
        title = about(number)["title"]
        rows.append((number, T(**title), len(passed.intersection(ids)), len(ids), answered, asked))
    return Progress(tuple(rows), tuple(damaged))

"""How far a learner is, lesson by lesson."""

import os
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any, NamedTuple

from custseg_helpers.learn.feedback import SIGNS
from custseg_helpers.learn.lessons import about, current, exercises, lesson_folders
from custseg_helpers.learn.marks import entries, progress_file
from custseg_helpers.learn.quiz import questions
from custseg_helpers.words.text import T


class Row(NamedTuple):
    """How far a learner is with one lesson; texts that people read stand apart from what a machine judges."""

    number: str
    title: T
    passed: int
    exercises: int
    written: int
    to_write: int
    right: int
    questions: int


@dataclass(frozen=True)
class Progress:
    """What is done, lesson by lesson."""

    lessons: tuple[Row, ...]
    damaged: tuple[int, ...]
    not_kept: T | None = None
    """Why nothing more is kept: something else stands where the file should be, or it cannot be written."""

    def __repr__(self) -> str:
        lines = [
            f"{row.number} {row.title}  {row.passed}/{row.exercises}"
            + f"  {SIGNS['written']} {row.written}/{row.to_write}" * bool(row.to_write)
            for row in self.lessons
        ]
        return "\n".join(lines + list(map(str, self._remarks())))

    def _repr_html_(self) -> str:
        head = (
            T(zh="课", en="Lesson"),
            T(zh="练习", en="Exercises"),
            T(zh="写下的话", en="Written"),
            T(zh="测验", en="Quiz"),
        )
        rows = "".join(
            f"<tr><td style='text-align:left'>{row.number} {escape(str(row.title))}</td>"
            f"<td>{'●' * row.passed}{'○' * (row.exercises - row.passed)} {row.passed}/{row.exercises}</td>"
            f"<td>{f'{row.written}/{row.to_write}' if row.to_write else '–'}</td>"
            f"<td>{row.right}/{row.questions}</td></tr>"
            for row in self.lessons
        )
        remark = "".join(f"<p>{escape(str(said))}</p>" for said in self._remarks())
        return f"<table><tr>{''.join(f'<th>{cell}</th>' for cell in head)}</tr>{rows}</table>{remark}"

    def _remarks(self) -> list[T]:
        found = []
        if self.damaged:
            lines = ", ".join(map(str, self.damaged))
            found.append(
                T(
                    zh=f"进度文件第 {lines} 行损坏，已跳过。",
                    en=f"Line {lines} of the progress file is damaged and was skipped.",
                )
            )
        return [*found, self.not_kept] if self.not_kept else found


def done(marks: list[dict[str, Any]]) -> set[str]:
    """Return the exercises that are done, from the entries of a progress file: passed, or written."""
    return {
        current(mark.get("exercise"))
        for mark in marks
        if mark["event"] == "check" and mark.get("outcome") in ("passed", "written")
    }


def reached(path: Path) -> tuple[str, int] | None:
    """Return the lesson to go on with and the place of the next exercise in its workbook, from a progress file.

    That is the first exercise not done in the lesson that was worked on last, or in a later one. Nothing done yet
    gives `None`; all done gives `("", 0)`.
    """
    marks = [mark for mark in entries(path)[0] if mark["event"] == "check"]
    finished = done(marks)
    homes = {name: number for number in lesson_folders() for name in exercises(number)}
    worked_on = [homes[name] for mark in marks if (name := current(mark.get("exercise"))) in homes]
    if not worked_on:
        return None
    for number in list(lesson_folders())[list(lesson_folders()).index(worked_on[-1]) :]:
        for place, name in enumerate(exercises(number), 1):
            if name not in finished:
                return number, place
    return "", 0


def progress() -> Progress:
    """Show which exercises are passed, which texts are written and which quiz questions are right, by lesson."""
    marks, damaged = entries()
    finished = done(marks)
    right = {
        (mark.get("lesson"), mark.get("question"))
        for mark in marks
        if mark["event"] == "quiz" and mark.get("right")
    }
    rows = []
    for number in lesson_folders():
        judged = {task.id for task in exercises(number).values() if task.answer is not None}
        texts, asked = set(exercises(number)) - judged, len(questions(number))
        answered = sum((number, question) in right for question in range(1, asked + 1))
        counts = len(finished & judged), len(judged), len(finished & texts), len(texts)
        rows.append(Row(number, T(**about(number)["title"]), *counts, answered, asked))
    return Progress(tuple(rows), tuple(damaged), _not_kept(progress_file()))


def _not_kept(file: Path) -> T | None:
    if os.path.exists(file) and not os.path.isfile(file):
        return T(
            zh=f"进度没法保存：“{file}”不是文件。请移走它，进度会从头记起。",
            en=f"Progress cannot be kept: “{file}” is no file. Move it away; progress starts anew.",
        )
    if not os.access(file if os.path.exists(file) else file.absolute().parent, os.W_OK):
        return T(
            zh=f"进度没法保存：“{file}”写不了。请检查文件夹是否存在、有没有写权限。",
            en=f"Progress cannot be kept: “{file}” cannot be written. Check that the folder exists and lets you write.",
        )
    return None

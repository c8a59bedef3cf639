"""What the checks in a notebook that has run say: every model answer passes or is written, and what nobody touched is to do."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

import nbformat

from custseg_helpers.course.compose import Task, tasks
from custseg_helpers.course.source import Lesson, Problem
from custseg_helpers.learn.feedback import SIGNS, WORDS, Outcome
from custseg_helpers.words.text import LANGUAGES, T

VERDICT = re.compile(rf"([{re.escape(''.join(SIGNS.values()))}]) (\S+) ")
WHAT = {
    "solutions": T(zh="参考答案没有通过自己的检查", en="The model answer does not pass its own check"),
    "exercises": T(zh="没做的练习不是“待完成”", en="Left undone, the exercise is not “to do”"),
}
WRITTEN = "explain"
"""The kind of exercise that people read: its model answer is written, not passed."""


def verdicts(book: nbformat.NotebookNode) -> dict[str, str]:
    """Return what the checks of an executed notebook showed, in words, by exercise."""
    shown = [
        output["data"]["text/plain"]
        for cell in book.cells
        for output in cell.get("outputs", ())
        if "text/plain" in output.get("data", {})
    ]
    return {found[2]: text for text in shown if (found := VERDICT.match(text))}


def wanted(room: str, task: Task) -> Outcome:
    """Return what the check of an exercise has to say in the solutions or in the unsolved workbook."""
    if room == "exercises":
        return "todo"
    return "written" if task.marks["kind"] == WRITTEN else "passed"


def refused(lesson: Lesson, books: Mapping[str, nbformat.NotebookNode]) -> Iterator[Problem]:
    """Yield each exercise of a lesson whose check does not say what it should in `books`, which have run, by path."""
    for path, book in books.items():
        room, lang = path.split("/")[:2]
        if room not in WHAT or not path.endswith(f"/{lesson.name}_{room}.ipynb"):
            continue
        said = verdicts(book)
        for task in tasks(lesson):
            outcome = wanted(room, task)
            words = f"{SIGNS[outcome]} {task.id} {WORDS[outcome].within(lang)}"
            if not said.get(task.id, "").startswith(words):
                nothing = T(zh="检查没有显示结果", en="the check showed nothing")
                yield Problem(task.answer.place, _problem(task.id, room, lang, said.get(task.id, nothing)))


def _problem(identity: str, room: str, lang: str, said: Any) -> T:
    return T(zh="练习 {id}：{what}（{lang}）。{said}", en="Exercise {id}: {what} ({lang}). {said}").format(
        id=identity, what=WHAT[room], lang=LANGUAGES[lang].name, said=said
    )

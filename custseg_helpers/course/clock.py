"""The one clock: how many minutes a lesson and each of its exercises take a person who has never programmed.

Nobody writes minutes down: they are worked out from the lesson itself, from what there is to read, to run and to fill
in, and the build puts them beside the lesson (`minutes.toml`), where the start page, the agenda, the guide, the slides
and the certificates read them. Twins take the longer of the two languages.

Assumptions, and where they come from:

- Reading: silent reading of plain prose runs at 238 words a minute in English and 260 characters in Chinese
  (Brysbaert 2019, "How many words do we read per minute?", Journal of Memory and Language 109). Carver (1992, "Reading
  rate: theory, research, and practical implications", Journal of Reading 36) puts reading to learn at 200 words and
  reading to remember at 138: lessons are read to learn, tasks to remember, Chinese in the same proportion.
- Composing a text at the keyboard: 19 words a minute (Karat, Halverson, Horn & Karat 1999, "Patterns of entry and
  correction in large vocabulary continuous speech recognition systems", CHI '99), Chinese in the proportion of reading.
- Everything else (`RUN`, `LINE`, `OPERATION`, …) is this course's own assumption, set so that what is written line by
  line takes twice as long as its authors had first guessed, which is what newcomers needed. A class that collects its
  progress files sees its own minutes in the class report, and can compare.

Breaks are not in here: the agenda adds them. Stretch exercises and the parts of a lesson marked `tags=["stretch"]` are
for those who are early and take no class time.
"""

import ast
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import ceil
from typing import Any, Protocol

from custseg_helpers.action.apportion import apportion
from custseg_helpers.course.languages import in_language
from custseg_helpers.course.solutions import answer_code
from custseg_helpers.course.source import FIRST, SECOND, Cell, Lesson, paired
from custseg_helpers.learn.lessons import Minutes
from custseg_helpers.learn.quiz import questions_in
from custseg_helpers.learn.rungs import default
from custseg_helpers.words.text import T

LEARNING, REMEMBERING, COMPOSING = 200, 138, 19
"""Words a minute."""
SIGNS_A_WORD = 260 / 238
"""Chinese characters read or written in the time of an English word."""
RUN = {"fill": 0.5, "write": 0.25}
"""Running a cell of a lesson, reading its lines and what comes out: while workbooks begin with blanks throughout, every
line is new; later most of it has been seen."""
EXPLORER = 6.0
CHOOSING = 0.5
"""Answering a question of the quiz, once it is read."""
DISCUSSION = 8.0
"""A discussion for which the note to the trainer names no time."""
TOGETHER = 0.5
"""Talking over the answer to an exercise in class."""
AROUND = 1.5
"""Finding the task, running the check, reading the verdict."""
THINKING = 1.5
"""Making up one's mind, where a choice or a sentence is asked."""
LINE = 0.5
"""Reading one line of an answer, whoever writes it."""
OPERATION = {"fill": 0.3, "write": 1.0}
"""Getting one operation right (a call, a pair of brackets, a comparison, a sum), by rung."""
STUCK = 20
"""The minutes after which a newcomer is told to open the model answer."""

HEADING = re.compile(r"^## (\d+)\. (.+)$", re.MULTILINE)
SAID = re.compile(r"[（(](\d+) ?(?:分钟|minutes)")
OPERATIONS = (ast.Call, ast.Subscript, ast.Compare, ast.BinOp, ast.BoolOp, ast.Lambda, ast.comprehension)


class Timed(Protocol):
    """An exercise of which the clock needs to know the name, whether it is core, and its minutes."""

    @property
    def id(self) -> str:
        """Its name."""

    @property
    def minutes(self) -> int:
        """Its minutes, on the rung its workbook has."""

    @property
    def marks(self) -> Mapping[str, Any]:
        """Kind and level."""


def exercise(texts: Sequence[Cell], answer: Cell, rung: str) -> int:
    """Return the minutes of one exercise: reading it, answering it on a rung, checking the answer."""
    task = max(reading(text.text, REMEMBERING) for text in texts)
    code = answer_code(answer)
    if answer.attributes.get("kind") == "explain":
        doing = THINKING + max((reading(text, COMPOSING) for text in _texts(code)), default=0.0)
    elif operations(code):
        spoken = answer_code(replace(answer, text=in_language(answer, FIRST)))
        lines = [line for line in spoken.splitlines() if line.strip() and not line.startswith("#")]
        doing = LINE * len(lines) + OPERATION[rung] * operations(code)
    else:
        doing = THINKING
    return min(ceil(task + doing + AROUND), STUCK)


def reading(text: str, pace: float) -> float:
    """Return the minutes for a text at a pace in words a minute.

    >>> round(reading("word " * 200, LEARNING), 2), round(reading("读" * 260, LEARNING), 2)
    (1.0, 1.19)
    """
    signs = len(re.findall(r"[\u4e00-\u9fff]", text))
    words = len(re.findall(r"\w+", re.sub(r"[\u4e00-\u9fff]", " ", text)))
    return (signs / SIGNS_A_WORD + words) / pace


def operations(code: str) -> int:
    """Count what has to be got right in a stretch of code; a name, a number or a text alone is nothing to get wrong.

    >>> operations('first = "b"'), operations('(facts["frequency"] == 1).mean()')
    (0, 3)
    """
    return sum(isinstance(node, OPERATIONS) for node in ast.walk(ast.parse(code)))


@dataclass(frozen=True)
class Part:
    """A section of a lesson as it stands in the source; the first is its opening and bears the lesson's title."""

    title: T
    cells: tuple[Cell | tuple[Cell, ...], ...]

    @property
    def tried(self) -> tuple[str, ...]:
        """The exercises it sends learners to."""
        lone = [cell for cell in self.cells if isinstance(cell, Cell)]
        return tuple(name for cell in lone for name in str(cell.attributes.get("try", "")).split())


def parts(lesson: Lesson) -> list[Part]:
    """Return a lesson's sections in order."""
    found: list[tuple[T, list[Cell | tuple[Cell, ...]]]] = [(lesson.title, [])]
    for cell in paired(lesson.lesson):
        heads = [HEADING.search(side.text) for side in cell] if isinstance(cell, tuple) else [None, None]
        if heads[0] and heads[1]:
            found.append((T(**{FIRST: heads[0][2], SECOND: heads[1][2]}), []))
        found[-1][1].append(cell)
    return [Part(title, tuple(cells)) for title, cells in found]


def minutes(lesson: Lesson, tasks: Sequence[Timed]) -> Minutes:
    """Return the minutes of a lesson, its exercises and the teaching of its sections.

    A lesson's minutes are whole fives, rounded up from half a minute on; the sections share what that adds.
    """
    exercises = {task.id: task.minutes for task in tasks}
    core = {task.id: task.minutes for task in tasks if task.marks["level"] == "core"}
    doing = sum(core.values())
    teaching = [
        _teaching(lesson, part) + TOGETHER * len(core.keys() & set(part.tried)) for part in parts(lesson)
    ]
    whole = max(5 * ceil((doing + sum(teaching) - 0.5) / 5), doing + len(teaching))
    shared = apportion(whole - doing - len(teaching), teaching)
    return Minutes(whole, exercises, tuple(1 + more for more in shared))


def as_toml(found: Minutes) -> str:
    """Return the text of `minutes.toml`."""
    lines = [f"{name} = {number}" for name, number in found.exercises.items()]
    return "\n".join(
        [
            "# Made by custseg build. Minutes of a newcomer on the workbook's own rung: custseg_helpers/course/clock.py.",
            f"lesson = {found.lesson}",
            f"teach = {list(found.teach)}",
            "",
            "[exercises]",
            *lines,
            "",
        ]
    )


def _teaching(lesson: Lesson, part: Part) -> float:
    """Return the minutes a section takes before its exercises: reading, running, explorer, discussion, quiz."""
    total = 0.0
    for cell in part.cells:
        first = cell[0] if isinstance(cell, tuple) else cell
        if first.for_the_early:
            continue
        if isinstance(cell, tuple):
            if cell[0].for_trainer:
                total += _discussion(cell)
            elif not cell[0].slide_only:
                total += max(reading(side.text, LEARNING) for side in cell)
        elif cell.kind == "code":
            total += RUN[default(lesson.number, 2, 2)] + EXPLORER * ("explorer" in cell.tags)
            total += _quiz(lesson) if cell.text.startswith(f'quiz("{lesson.number}")') else 0
    return total


def _discussion(cell: tuple[Cell, ...]) -> float:
    said = [float(minutes) for minutes in SAID.findall(cell[0].text)]
    if said:
        return sum(said)
    return DISCUSSION if "小组讨论" in cell[0].text else 0.0


def _quiz(lesson: Lesson) -> float:
    total = 0.0
    for question in questions_in(lesson.folder):
        texts = [question.text, *(option.text for option in question.options)]
        longest = max(
            sum(reading(text.within(lang), REMEMBERING) for text in texts) for lang in (FIRST, SECOND)
        )
        total += CHOOSING + longest
    return total


def _texts(code: str) -> list[str]:
    """Return the texts of an answer, one a language."""
    nodes = ast.walk(ast.parse(code))
    return [node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)]

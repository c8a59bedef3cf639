"""What `check()` knows of an exercise: its answer, the mistakes people really make, hints, a rubric."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

from custseg_helpers.words.text import T

Answer = Callable[[Any], Any]
"""A function from the company in play to a value; it holds on any company and any seed."""

Same = Literal["value", "groups"]
"""When two values count as equal: see `diagnosis.compare`, or as the same groups under any numbering."""


@dataclass(frozen=True)
class Mistake:
    """A wrong answer that people really give, and the advice that helps them.

    `answer` computes the wrong value from the company; a learner whose value equals it gets `advice`.
    """

    answer: Answer
    advice: T


@dataclass(frozen=True)
class Point:
    """One point of a rubric for written answers, and the words by which it is recognised.

    `words` is a regular expression over both languages, matched without regard to case.

    >>> Point(T(zh="说到钱", en="speaks of money"), r"元|yuan|钱|money").met_by("It is about MONEY.")
    True
    """

    text: T
    words: str

    def met_by(self, answer: str) -> bool:
        """Tell whether a written answer touches this point."""
        return re.search(self.words, answer, re.IGNORECASE) is not None


@dataclass(frozen=True)
class Exercise:
    """One exercise of a lesson, as the check sees it.

    A *compute*, *decide* or *find the mistake* exercise has an `answer`; a *decide* exercise may add a
    `rubric` for the defence. An *explain* exercise has no `answer`: its written text is held to the
    `rubric`, and `good` and `weak` show what a full and a thin answer look like.

    `same` says when two values count as equal: `"value"` (see `diagnosis.compare`) or `"groups"`
    (the same groups under any numbering).
    """

    id: str
    hints: tuple[T, T]
    answer: Answer | None = None
    mistakes: tuple[Mistake, ...] = ()
    praise: T | None = None
    rubric: tuple[Point, ...] = ()
    good: T | None = None
    weak: T | None = None
    same: Same = "value"

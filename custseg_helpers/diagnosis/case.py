"""A wrong answer, and all that the layers of the diagnosis may look into."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from custseg_helpers.words.text import T

Differs = Callable[[Any, Any], T | None]
"""Where a given value first differs from an expected one, in words; None where they agree."""


@dataclass(frozen=True)
class Wrong:
    """A listed mistake of an exercise: its name, its value on this company, its advice."""

    name: str
    value: Any
    advice: T


@dataclass(frozen=True)
class Case:
    """A wrong answer: what was right, what was given, and what the layers may look into.

    `differs` is how this exercise compares; `wrongs` are the listed mistakes that the company can show. `others` works
    out the right answers of the lesson's other exercises, by their ids; it is asked last, since that may take a second.
    """

    right: Any
    given: Any
    company: Any
    differs: Differs
    wrongs: tuple[Wrong, ...] = ()
    others: Callable[[], Iterable[tuple[str, Any]]] = tuple

"""A wrong answer, and all that the layers of the diagnosis may look into."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from custseg_helpers.words.text import T

Differs = Callable[..., T | None]
"""Where a given value first differs from an expected one, in words; None where they agree."""


def cause_of(name: str) -> str:
    """Return what machines read of a known wrong answer, a listed mistake or a choice made otherwise.

    >>> cause_of("returns_counted"), cause_of("counted=lines")
    ('mistake:returns_counted', 'knob:counted=lines')
    """
    return f"{'knob' if '=' in name else 'mistake'}:{name}"


@dataclass(frozen=True)
class Wrong:
    """A known wrong answer of an exercise: its name, its value on this company, its advice."""

    name: str
    value: Any
    advice: T


@dataclass(frozen=True)
class Detour:
    """What the model answer comes to with one thing done otherwise; `plain` says how likely that is, 0 first."""

    name: str
    value: Any
    advice: T
    plain: int = 0


@dataclass(frozen=True)
class Case:
    """A wrong answer: what was right, what was given, and what the layers may look into.

    `given` is in the form of `right` as far as that needs no guessing (`forms.in_form`).
    `differs` is how this exercise compares; `wrongs` are the known wrong answers that the company can show. `others`
    works out the right answers of the lesson's other exercises, with their ids and headings; it is asked late, since
    that may take a second. `pairs` works out what two choices of the answer made otherwise at once come to, `detours`
    what the model answer comes to with one thing done otherwise.
    """

    right: Any
    given: Any
    company: Any
    differs: Differs
    wrongs: tuple[Wrong, ...] = ()
    others: Callable[[], Iterable[tuple[str, T, Any]]] = tuple
    pairs: Callable[[], Iterable[Wrong]] = tuple
    detours: Callable[[], Iterable[Detour]] = tuple
    money: bool = False
    """Whether its numbers are amounts of money, in the company's currency."""
    exact: bool = False
    """Whether its numbers are asked for to the last digit."""
    answer: Any = None
    """What was handed in, as it was, where that is no longer `given`."""

"""What a file leaves open, asked with rows, money and an example, and what each answer would do to the sum."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from custseg_helpers.evidence.layout import Layout
from custseg_helpers.words.text import T

MOST = 3
"""At most so many questions a file: those that move most money."""


@dataclass(frozen=True)
class Choice:
    """One answer, and what it sets under [orders]."""

    says: T
    sets: Mapping[str, Any]
    net: float | None = None


@dataclass(frozen=True)
class Question:
    """One open question. `custseg run` refuses while it has no answer."""

    about: str
    ask: T
    choices: tuple[Choice, ...]
    moves: float = 0.0
    """the money that depends on it"""

    @property
    def answerable(self) -> bool:
        """Whether an answer can be picked; else the file lacks what is needed, and the mapping says so."""
        return bool(self.choices) or self.about == "doubled"


def worth_asking(questions: list[Question]) -> tuple[tuple[Question, ...], tuple[Question, ...]]:
    """Return the questions to ask, those that move most money first and at most `MOST`, and those left unasked."""
    most = sorted(questions, key=lambda question: -question.moves)
    return tuple(most[:MOST]), tuple(most[MOST:])


def assumption(question: Question, layout: Layout) -> T:
    """Say what a layout takes for granted where a question is left unasked."""
    taken = [choice for choice in question.choices if _holds(choice.sets, vars(layout))]
    if not taken:
        return question.ask
    says = max(taken, key=lambda choice: len(choice.sets)).says
    return T(zh="{ask} → {says}", en="{ask} → {says}").format(ask=question.ask, says=says)


def _holds(sets: Mapping[str, Any], said: Mapping[str, Any]) -> bool:
    """Tell whether all that an answer sets is said already.

    >>> _holds({"columns": {"amount": "paid"}, "nobody": ["0"]}, {"columns": {"amount": "paid"}, "nobody": ("0", "-")})
    True
    """
    for key, value in sets.items():
        old = said.get(key)
        if isinstance(value, Mapping):
            same = _holds(value, old if isinstance(old, Mapping) else {})
        elif isinstance(value, list):
            same = set(value) <= set(old or ())
        else:
            same = key == "tidy" or (old or "") == (value or "")
        if not same:
            return False
    return True


def answered(orders: Mapping[str, Any], sets: Mapping[str, Any]) -> dict[str, Any]:
    """Return the table [orders] with what an answer sets: tables are merged, lists joined, all else replaced.

    >>> answered({"columns": {"a": "A"}, "x": ["1"]}, {"columns": {"b": "B"}, "x": ["2"]})
    {'columns': {'a': 'A', 'b': 'B'}, 'x': ['1', '2']}
    """
    made = dict(orders)
    for key, value in sets.items():
        old = made.get(key)
        if isinstance(value, Mapping):
            made[key] = answered(old if isinstance(old, Mapping) else {}, value)
        elif isinstance(value, list) and isinstance(old, list):
            made[key] = [*old, *(item for item in value if item not in old)]
        else:
            made[key] = value
    return made

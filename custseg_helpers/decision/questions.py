"""What a file leaves open, asked with rows, money and an example, and what each answer would do to the sum."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from custseg_helpers.evidence.layout import Layout
from custseg_helpers.words.text import T

Answer = int | tuple[int, ...]
"""The number of a choice from 1; where several values are asked together, also one number for each of them."""
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
    """Return the questions to ask, those that move most money first and at most `MOST`, and those left unasked.

    Statuses that nobody knows are always asked: a run cannot take one meaning for granted.
    """
    most = sorted(questions, key=lambda question: -question.moves)
    most.sort(key=lambda question: not _needed(question))
    count = max(MOST, sum(map(_needed, most)))
    kept = sorted(most[:count], key=lambda question: -question.moves)
    return tuple(kept), tuple(most[count:])


def _needed(question: Question) -> bool:
    """Tell whether nothing can be taken for granted without an answer: what an unknown status means."""
    return bool(question.choices) and all("statuses" in choice.sets for choice in question.choices)


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

    An empty text takes a field out.

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
        elif value == "":
            made.pop(key, None)
        else:
            made[key] = value
    return made


def together(choices: Sequence[Mapping[str, Any]]) -> tuple[str, ...]:
    """Return the values of a column of statuses that a question asks about together; none where it asks something else.

    >>> together([{"statuses": {"s": {"sale": ["a", "b"]}}}, {"statuses": {"s": {"never": ["a", "b"]}}}])
    ('a', 'b')
    """
    found = set()
    for sets in choices:
        lists = [values for told in sets.get("statuses", {}).values() for values in told.values()]
        found.add(tuple(lists[0]) if len(lists) == 1 and set(sets) == {"statuses"} else ())
    values = found.pop() if len(found) == 1 else ()
    return values if len(values) > 1 else ()


def answer_sets(choices: Sequence[Mapping[str, Any]], answer: Answer) -> dict[str, Any]:
    """Return what an answer sets under [orders].

    >>> choices = [{"statuses": {"s": {key: ["a", "b"]}}} for key in ("sale", "never")]
    >>> answer_sets(choices, 1), answer_sets(choices, (2, 1))
    ({'statuses': {'s': {'sale': ['a', 'b']}}}, {'statuses': {'s': {'never': ['a'], 'sale': ['b']}}})
    """
    if isinstance(answer, int):
        return dict(choices[answer - 1])
    made: dict[str, Any] = {}
    for value, number in zip(together(choices), answer, strict=True):
        ((column, lists),) = choices[number - 1]["statuses"].items()
        made = answered(made, {"statuses": {column: {key: [value] for key in lists}}})
    return made


def complete_answer(answer: Answer | None) -> bool:
    """Tell whether nothing of an answer is left open (0)."""
    return all(answer) if isinstance(answer, tuple) else bool(answer)

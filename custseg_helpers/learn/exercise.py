"""What `check()` knows of an exercise: how its answer and its mistakes come about, and what is said to each.

The functions stand in a lesson's `answers.py`, every word in its `feedback.toml`; `learn.lessons` joins the two.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from custseg_helpers.diagnosis.case import cause_of
from custseg_helpers.words.text import T

Answer = Callable[[Any], Any]
"""A function from the company in play to a value; it holds on any company and any seed."""

Same = Literal["value", "groups", "near_groups"]
"""When two values count as equal: see `diagnosis.compare`; as the same groups under any numbering; or nearly so, where an
algorithm finds other groups from another start."""


@dataclass(frozen=True)
class Mistake:
    """A wrong answer that people really give: its name, and the function that computes it from the company.

    A learner whose value equals it gets the advice of that name in `feedback.toml`. A choice of the answer made
    otherwise is a mistake, too, called `counted=lines`; nobody writes it down, see `diagnosis.knobs`.
    """

    name: str
    answer: Answer

    @property
    def cause(self) -> str:
        """What machines read of it: `mistake:returns_counted`, `knob:counted=lines`."""
        return cause_of(self.name)


@dataclass(frozen=True)
class Words:
    """What is said about an exercise: its table of `feedback.toml`.

    `advice` stands by the mistakes' names. `hints` are two, the first points the way, the second nearly tells.
    `rubric` lists by name the points of a full answer, where learners write or give reasons; `good` and `weak` show a
    full answer and a thin one.
    """

    hints: tuple[T, ...] = ()
    praise: T | None = None
    advice: Mapping[str, T] = field(default_factory=dict)
    rubric: Mapping[str, T] = field(default_factory=dict)
    good: T | None = None
    weak: T | None = None


@dataclass(frozen=True)
class Exercise:
    """One exercise of a lesson, as the check sees it.

    A *compute*, *decide* or *find the mistake* exercise has an `answer`; an *explain* exercise has none: its text is
    read by people, who hold it to the rubric. `same` says when two values count as equal, see `Same`. `mistakes` are
    those listed in `answers.py`, then the answer's choices made otherwise, which `learn.lessons` adds. `words` come from
    `feedback.toml` and are not written here.
    """

    id: str
    answer: Answer | None = None
    mistakes: tuple[Mistake, ...] = ()
    same: Same = "value"
    money: bool = False
    """Whether its numbers are amounts of money, which messages show in the company's currency."""
    exact: bool = False
    """Whether its numbers are asked for to the last digit, so that no rounding is forgiven."""
    words: Words = field(default_factory=Words, compare=False, repr=False)

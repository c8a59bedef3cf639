"""What `check()` knows of an exercise: how its answer and its mistakes come about, and what is said to each.

The functions stand in a lesson's `answers.py`, every word in its `feedback.toml`; `learn.lessons` joins the two.

An exercise may ask a lesson's question of other data, so that no number printed in the lesson is the answer: of another
sample company, `another("education")`, or of the lesson's data changed, as its `elsewhere.py` says. Its answer and its mistakes remain functions
of the data they are asked of; the workbook opens the same data, `there = elsewhere("rfm-money-share")`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import wraps
from typing import Any, Literal

from custseg_helpers.diagnosis.case import cause_of
from custseg_helpers.words.text import T

Answer = Callable[[Any], Any]
"""A function from the company in play to a value; it holds on any company and any seed."""

Same = Literal["value", "groups", "near_groups"]
"""When two values count as equal: see `diagnosis.compare`; as the same groups under any numbering; or nearly so, where an
algorithm finds other groups from another start."""

AT_HOME = "at_home"
"""The mistake of whoever answers for the data of the lesson."""
HOME = T(
    zh="这是课文那份数据的答案。这道题换了数据：用题目下面那一格里准备好的名字，再算一次。",
    en="That is the answer for the lesson's data. This exercise is asked of other data: use the names made in the cell below its text, and work it out again.",
)


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
class Elsewhere:
    """Other data for an exercise: what it is asked of, and what the lesson speaks of, each from the company in play."""

    there: Callable[[Any], Any]
    home: Callable[[Any], Any] = lambda company: company
    name: str = ""
    """of the sample company that the task speaks of, if it is one"""


def another(name: str) -> Elsewhere:
    """Return the sample company `name` as other data, or the first other one where that is in play already.

    It has the seed of the company in play: a class on a seed of its own has an answer of its own here, too.

    >>> from custseg_helpers.company.company import load_sample
    >>> [another("education").there(load_sample(played)).name for played in ("retail", "education")]
    ['education', 'retail']
    """

    def there(company: Any) -> Any:
        from custseg_helpers.company.company import SAMPLES, load_sample

        found = name if company.name != name else next(sample for sample in SAMPLES if sample != name)
        return load_sample(found, company.seed)

    return Elsewhere(there, name=name)


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
    on: Elsewhere | None = None
    """Other data that it is asked of; by default the company in play."""
    words: Words = field(default_factory=Words, compare=False, repr=False)


def moved(exercise: Exercise) -> Exercise:
    """Return an exercise that starts from the company in play, wherever it is asked.

    To answer for the lesson's data becomes one of its mistakes.
    """
    if exercise.on is None or exercise.answer is None:
        return exercise
    lesson = Mistake(AT_HOME, _of(exercise.on.home, exercise.answer))
    found = _asked_of(exercise.on.there, exercise)
    advice = {AT_HOME: HOME, **exercise.words.advice}
    return replace(found, mistakes=(lesson, *found.mistakes), words=replace(exercise.words, advice=advice))


def at_home(exercise: Exercise) -> Exercise:
    """Return an exercise as workbooks of before have it: asked of the lesson's data."""
    if exercise.on is None or exercise.answer is None:
        return exercise
    return replace(_asked_of(exercise.on.home, exercise), on=None)


def _asked_of(data: Callable[[Any], Any], exercise: Exercise) -> Exercise:
    assert exercise.answer
    mistakes = tuple(replace(one, answer=_of(data, one.answer)) for one in exercise.mistakes)
    return replace(exercise, answer=_of(data, exercise.answer), mistakes=mistakes)


def _of(data: Callable[[Any], Any], answer: Answer) -> Answer:
    @wraps(answer)
    def found(company: Any, **choices: Any) -> Any:
        return answer(data(company), **choices)

    return found

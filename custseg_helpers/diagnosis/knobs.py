"""Knobs: the choices that an answer makes, and what comes out when one or two of them are made otherwise.

An answer declares a choice as a keyword parameter that names all it could be; what is right is the default:

    def frequency(company, *, counted: Literal["orders", "lines", "pieces"] = "orders"): ...

Then `counted="lines"` is a wrong answer that nobody has to write down a second time, and so is every pair of two
choices. `feedback.toml` has the advice for each: `[rfm-frequency.knobs.counted.lines]`.
"""

import inspect
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache, partial
from itertools import combinations
from typing import Any, Literal, get_args, get_origin

from custseg_helpers.diagnosis.case import Case, Differs, Wrong, cause_of
from custseg_helpers.diagnosis.found import Found
from custseg_helpers.words.text import T, UserError, verbatim

Turn = tuple[str, str]
"""A choice and what it is turned to: `("counted", "lines")`."""

RARE = 1 / 20
"""So many pairs at most, as a share of a whole number: one in twenty blind guesses would meet one of them."""
TWO = T(zh="有两处不同：", en="Two things differ:")
EITHER = T(
    zh="在这家公司，有几种做法会得出你这个结果，看看你是哪一种：",
    en="In this company several ways lead to your result; see which was yours:",
)


@lru_cache(maxsize=1024)
def choices_of(answer: Callable[..., Any] | None) -> dict[str, tuple[str, ...]]:
    """Return the choices of an answer, each with what it could be, the right one first.

    >>> def buyers(company, *, counted: Literal["orders", "customers"] = "customers"): ...
    >>> choices_of(buyers), choices_of(lambda company: 3)
    ({'counted': ('customers', 'orders')}, {})
    """
    found = {}
    for name, parameter in inspect.signature(answer).parameters.items() if answer else ():
        if get_origin(parameter.annotation) is not Literal:
            continue
        right, named = parameter.default, get_args(parameter.annotation)
        if right not in named or not all(isinstance(one, str) for one in named):
            raise UserError(
                T(
                    zh="{answer} 的选择 {name}：几种可能都要是文字，默认值要是其中对的那一种。",
                    en="The choice {name} of {answer}: what it could be must be words, and the default the right one of them.",
                ).format(answer=getattr(answer, "__name__", "answer"), name=name)
            )
        found[name] = (right, *(one for one in named if one != right))
    return found


def turned(answer: Callable[..., Any], turns: Iterable[Turn]) -> Callable[[Any], Any]:
    """Return the answer with some choices made otherwise."""
    return partial(answer, **dict(turns))


def single_turns(answer: Callable[..., Any]) -> Iterator[Turn]:
    """Yield every choice of an answer made otherwise, one at a time."""
    for name, (_, *others) in choices_of(answer).items():
        for other in others:
            yield name, other


def pairs_of_turns(answer: Callable[..., Any]) -> Iterator[tuple[Turn, Turn]]:
    """Yield every two choices made otherwise at once."""
    for one, two in combinations(single_turns(answer), 2):
        if one[0] != two[0]:
            yield one, two


def named(turns: Iterable[Turn]) -> str:
    """Return the name of some turns, as machines read it.

    >>> named([("counted", "lines"), ("rows", "all")])
    'counted=lines,rows=all'
    """
    return ",".join(f"{knob}={value}" for knob, value in turns)


def telling(right: Any, wrongs: Sequence[Wrong], differs: Differs) -> tuple[Wrong, ...]:
    """Return the known wrong answers that say something on this company.

    One that comes to the right answer here is no mistake here and is left out. Where several come to the same, no one
    can tell which it was: they become one, whose advice lists them all.
    """
    groups: list[list[Wrong]] = []
    for wrong in wrongs:
        if differs(right, wrong.value, rounding=False) is None:
            continue
        for group in groups:
            if differs(group[0].value, wrong.value, rounding=False) is None:
                group.append(wrong)
                break
        else:
            groups.append([wrong])
    return tuple(group[0] if len(group) == 1 else _either(group) for group in groups)


def _either(group: list[Wrong]) -> Wrong:
    advice = verbatim("\n").join([EITHER, *("· " + wrong.advice for wrong in group)])
    return Wrong("|".join(wrong.name for wrong in group), group[0].value, advice)


def two_knobs(case: Case) -> Found | None:
    """Recognise two choices made otherwise at once, if only one pair comes to what was given.

    A small count is met by chance where there are many pairs: then nothing is told.
    """
    from custseg_helpers.relations.keyed import is_number  # only here: authors are told a slip without pandas

    pairs = list(case.pairs())
    if is_number(case.given) and case.given % 1 == 0 and len(pairs) > RARE * abs(case.given):
        return None
    fits = nearest(pairs, case)
    return Found(cause_of(fits[0].name), fits[0].advice) if len(fits) == 1 else None


def nearest(wrongs: Iterable[Wrong], case: Case) -> list[Wrong]:
    """Return the wrong answers that come to what was given: to the last digit if any does, else when rounded."""
    able = (wrong for wrong in wrongs if not _other_length(wrong.value, case.given))
    fits = [wrong for wrong in able if case.differs(wrong.value, case.given) is None]
    return [wrong for wrong in fits if case.differs(wrong.value, case.given, rounding=False) is None] or fits


def _other_length(one: Any, other: Any) -> bool:
    """Tell at a glance that two columns cannot agree: to say where they differ takes its time."""
    return type(one) is type(other) and hasattr(one, "iloc") and one.ndim == 1 and len(one) != len(other)


def two_turns(turns: tuple[Turn, Turn], value: Any, advice: Mapping[str, T]) -> Wrong:
    """Return two choices made otherwise at once, with the advice of both."""
    said = [TWO, *("· " + advice[named([turn])] for turn in turns)]
    return Wrong(named(turns), value, verbatim("\n").join(said))

"""All detours of a model answer: what it comes to with one thing done otherwise, each with its words."""

import ast
import warnings
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from itertools import islice
from operator import itemgetter
from typing import Any

import pandas as pd

from custseg_helpers.detours import words
from custseg_helpers.detours.around import (
    denominators,
    measures,
    of_those,
    other_line,
    other_names,
    other_people,
    other_tables,
    rarer_measures,
    rarer_sizes,
    ratios,
    returns,
    sizes,
    wholes,
)
from custseg_helpers.detours.calls import Each
from custseg_helpers.detours.trace import Part, Trace
from custseg_helpers.detours.turn import Turn, code, is_mask
from custseg_helpers.detours.turns import all_at_once, turns
from custseg_helpers.diagnosis.case import Detour
from custseg_helpers.diagnosis.forms import shape_of
from custseg_helpers.diagnosis.values import plain
from custseg_helpers.relations.keyed import is_number

OF_GIVEN_LINES = frozenset(
    {
        *(
            "aggregate",
            "bound",
            "buyers_only",
            "everyone",
            "label",
            "number",
            "opposite",
            "option",
            "other_day",
        ),
        *("other_number", "other_table", "returns_only", "unfiltered", "with_returns", "without_returns"),
    }
)
"""What people do otherwise in the lines that they are given: whom and what those choose, never the sums in them."""
A_FEW = 5
"""So many turns of one kind at one place are tried before those of others."""
MOST_WORK = 2000
"""So much work (`Trace.work`), once an exercise and company; detours beyond are not tried, the least plain first."""
MOST_MEASURES = 100
"""So many measures of what is at hand are taken, where there are many lines."""
MOST_LINES = 50_000
"""Where a company has more order lines than this, less work is done in the same proportion."""


def detours(trace: Trace, company: Any) -> list[Detour]:
    """Return what a model answer comes to on a company with one thing done otherwise, the plainest first.

    >>> from custseg_helpers.detours.trace import run
    >>> found = detours(run("table = [1, 2, 3]", "few = len(table) - 2", "few", {}), None)
    >>> [(one.name, one.value) for one in found][:2]
    [('turned', -1), ('first_alone', 3)]
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        masks = {code(part): part.value for _, part in trace.parts() if is_mask(part.value) and part.parts}
        at_hand = sizes(trace.names | masks)
        room = min(1.0, MOST_LINES / _lines(company))
        most = None if room == 1 else int(MOST_MEASURES * room)
        found = list(_worked_out(trace, company, at_hand, MOST_WORK * room))
        found += [
            Detour(f"measure={name}", plain(value), text, rank)
            for rank, looked_at in (
                (1, of_those(trace) if is_number(trace.value) else ()),
                (2, wholes(trace, at_hand)),
                (3, measures(trace)),
                (4, rarer_measures(trace)),
            )
            for name, text, value in islice(looked_at, most)
        ]
    return sorted(found, key=lambda one: one.plain)


def _worked_out(trace: Trace, company: Any, at_hand: dict[int, str], left: float) -> Iterator[Detour]:
    shape, rarer = shape_of(trace.value), rarer_sizes(trace)
    ways: list[tuple[int, bool, int, int, int, tuple[Part, ...], Turn]] = []
    own = {line.name for line in trace.lines if not line.given}  # looked at where they are made
    for number, line in enumerate(trace.lines):
        parts = trace.parts_of(line)
        for part in parts if not line.given else ():
            if shape_of(part.value) == shape and not isinstance(part.node, (ast.Constant, ast.Name)):
                yield Detour("halfway", plain(part.value), words.HALFWAY.format(new=code(part)), 1)
        found = [((line.whole,), turn) for turn in other_line(trace, line) if parts and line.whole]
        found += [
            ((part,), turn)
            for part in parts
            if not (isinstance(part.node, ast.Name) and part.text in own and is_mask(part.value))
            for turn in _looked_at(trace, part, company, at_hand, rarer)
        ]
        taken: Counter[tuple[tuple[Part, ...], str]] = Counter()
        for places, turn in [*found, *all_at_once(parts)]:
            if line.given and turn.kind not in OF_GIVEN_LINES:
                continue
            rank = turn.plain + line.given
            # The likeliest few of each kind come first, wherever: one long list leaves room for others.
            taken[places, turn.kind] += 1
            round_ = taken[places, turn.kind] // A_FEW
            ways.append((rank, line.given, round_, trace.work(number, places), number, places, turn))
    for rank, _, _, work, number, places, turn in sorted(ways, key=itemgetter(0, 1, 2, 3)):
        left -= work
        if left < 0:
            return
        try:
            made = turn.make()
            instead = (
                dict(zip(places, made, strict=True))
                if isinstance(made, Each)
                else dict.fromkeys(places, made)
            )
            value = plain(trace.otherwise(number, instead))
        except Exception:
            continue  # what cannot be done so was not done so
        if shape_of(value) == shape:
            yield Detour(turn.kind, value, turn.text, rank)


def _looked_at(
    trace: Trace, part: Part, company: Any, at_hand: dict[int, str], rarer: dict[int, str]
) -> list[Turn]:
    """Return what can be done otherwise at an expression; looking at something odd may fail, and then that ends there."""
    found: list[Turn] = []
    with suppress(Exception):
        for turn in _turns(trace, part, company, at_hand, rarer):
            found.append(turn)
    return found


def _turns(
    trace: Trace, part: Part, company: Any, at_hand: dict[int, str], rarer: dict[int, str]
) -> Iterator[Turn]:
    yield from turns(part)
    yield from other_names(trace, part)
    yield from ratios(trace, part)
    yield from denominators(part, at_hand, rarer)
    if company is not None:
        yield from other_tables(company, part)
    if company is not None and isinstance(part.node, (ast.Name, ast.Attribute, ast.Subscript)):
        yield from other_people(company, part)
        if isinstance(part.value, pd.DataFrame):
            yield from returns(company, part)


def _lines(company: Any) -> int:
    return 1 if company is None else max(1, len(company.table("orders")))

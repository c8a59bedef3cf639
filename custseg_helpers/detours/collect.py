"""All detours of a model answer: what it comes to with one thing done otherwise, each with its words."""

import ast
import time
import warnings
from collections.abc import Iterator
from typing import Any

import pandas as pd

from custseg_helpers.detours import words
from custseg_helpers.detours.around import denominators, measures, other_names, other_people, returns
from custseg_helpers.detours.trace import Part, Trace
from custseg_helpers.detours.turns import Turn, code, turns
from custseg_helpers.diagnosis.case import Detour
from custseg_helpers.diagnosis.forms import shape_of
from custseg_helpers.diagnosis.values import plain

LONGEST = 0.6
"""Seconds of work, once an exercise and company; detours beyond are not tried, the least plain first."""


def detours(trace: Trace, company: Any) -> list[Detour]:
    """Return what a model answer comes to on a company with one thing done otherwise, the plainest first.

    >>> from custseg_helpers.detours.trace import run
    >>> found = detours(run("table = [1, 2, 3]", "few = len(table) - 2", "few", {}), None)
    >>> [(one.name, one.value) for one in found][:2]
    [('turned', -1), ('first_alone', 3)]
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        found = list(_worked_out(trace, company))
        found += [Detour(f"measure={name}", plain(value), text, 2) for name, text, value in measures(trace)]
    return sorted(found, key=lambda one: one.plain)


def _worked_out(trace: Trace, company: Any) -> Iterator[Detour]:
    shape, started = shape_of(trace.value), time.process_time()
    ways: list[tuple[int, Part, Turn]] = []
    for number, part in trace.parts():
        if shape_of(part.value) == shape and not isinstance(part.node, (ast.Constant, ast.Name)):
            text = words.HALFWAY.format(new=code(part))
            yield Detour("halfway", plain(part.value), text, 1)
        ways += [(number, part, turn) for turn in _turns(trace, part, company)]
    for number, part, turn in sorted(ways, key=lambda way: way[2].plain):
        if time.process_time() - started > LONGEST:
            return
        try:
            value = plain(trace.otherwise(number, part, turn.make()))
        except Exception:
            continue  # what cannot be done so was not done so
        if shape_of(value) == shape:
            yield Detour(turn.kind, value, turn.text, turn.plain)


def _turns(trace: Trace, part: Part, company: Any) -> Iterator[Turn]:
    yield from turns(part)
    yield from other_names(trace, part)
    yield from denominators(trace, part)
    if company is not None and isinstance(part.node, (ast.Name, ast.Attribute, ast.Subscript)):
        yield from other_people(company, part)
        if isinstance(part.value, pd.DataFrame):
            yield from returns(company, part)

"""A wrong answer that is the model answer with one thing done otherwise: another bound, column, group, filter, …

The detours are many, so chance meets some of them: each kind is told only where few others lie near what was given.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from custseg_helpers.diagnosis.case import Case, Detour
from custseg_helpers.diagnosis.found import Found
from custseg_helpers.diagnosis.knobs import EITHER
from custseg_helpers.relations.evidence import Written, evidence
from custseg_helpers.relations.keyed import is_number
from custseg_helpers.words.text import verbatim

CHANCE = (1 / 8, 1 / 12, 1 / 20, 1 / 50, 1 / 50)
"""How likely a blind guess near what was given may meet one of the detours, by how plain they are."""
LEAST_DIGITS = 3.0
"""Digits by which a column is recognised."""
LEAST_ROWS = 4
"""So many labels, or answers of yes and no, or items of a list."""
NEAR = 0.5
"""How far around what was given a guess may fall."""
MOST_TOLD = 2
"""So many ways that lead to one result are told side by side; of more none is told."""


def detour(case: Case) -> Found | None:
    """Recognise the model answer with one thing done otherwise.

    >>> from custseg_helpers.diagnosis.compare import difference
    >>> from custseg_helpers.words.text import T
    >>> ways = (Detour("bound", 512, T(zh="线上的也算了。", en="Those on the line are in.")),)
    >>> detour(Case(498, 512, None, difference, detours=lambda: ways)).text.en
    'Those on the line are in.'
    """
    known = list(case.detours())
    for plain in range(len(CHANCE)):
        tried = [one for one in known if one.plain <= plain]
        fits = _fitting(case, [one for one in tried if one.plain == plain])
        if fits and _sure(case.given, tried, CHANCE[plain]):
            return _told(fits)
    return None


def _fitting(case: Case, ways: Sequence[Detour]) -> list[Detour]:
    if is_number(case.given):
        written = Written([float(case.given)])
        fits = [one for one in ways if is_number(one.value) and written.agree(np.array([float(one.value)]))]
        exact = [one for one in fits if case.differs(one.value, case.given, rounding=False) is None]
        fits = exact or fits
    else:
        fits = [
            one
            for one in ways
            if _alike(one.value, case.given) and case.differs(one.value, case.given, rounding=False) is None
        ]
    return [one for one in fits if case.differs(case.right, one.value, rounding=False) is not None]


def _alike(one: Any, other: Any) -> bool:
    """Tell at a glance whether two values can be the same: most are not, and to compare them takes its time."""
    if type(one) is not type(other) or len(one) != len(other):
        return False
    if isinstance(one, pd.Series) and all(map(pd.api.types.is_numeric_dtype, (one, other))):
        return bool(np.isclose(one.sum(), other.sum(), rtol=1e-6))
    return True


def _sure(given: Any, tried: Sequence[Detour], chance: float) -> bool:
    """Tell whether chance is ruled out: a number among the detours near it, a column or list by what it says."""
    if is_number(given):
        value = float(given)
        if value == 0 or not np.isfinite(value):
            return False
        step = 10.0 ** -Written([value]).decimals
        near = {
            round(float(one.value) / step)
            for one in tried
            if is_number(one.value) and abs(float(one.value) - value) <= NEAR * abs(value)
        }
        return len(near) * step <= chance * 2 * NEAR * abs(value)
    if isinstance(given, pd.Series) and pd.api.types.is_numeric_dtype(given) and given.dtype != bool:
        return evidence(given.to_numpy(float, na_value=np.nan)) >= LEAST_DIGITS
    if isinstance(given, pd.DataFrame):
        numbers = given.select_dtypes("number").to_numpy(float, na_value=np.nan).ravel()
        return given.size >= LEAST_ROWS and (not len(numbers) or evidence(numbers) >= LEAST_DIGITS)
    return hasattr(given, "__len__") and len(given) >= LEAST_ROWS and not isinstance(given, str)


def _told(fits: Sequence[Detour]) -> Found | None:
    # That returns are in says more than that it is another table.
    fits = sorted(fits, key=lambda one: one.name.startswith("other_"))
    different = {one.advice: one for one in fits}
    if len(different) > MOST_TOLD:
        different = {}
        for one in fits:  # the plainest of each kind
            if not any(other.name == one.name for other in different.values()):
                different[one.advice] = one
        if len(different) == 1:  # many ways of one kind: that it was this one is not sure
            different = {one.advice: one for one in fits}
    ways = list(different.values())[:MOST_TOLD]
    cause = f"knob:step={'|'.join(dict.fromkeys(one.name for one in ways))}"
    if len(ways) == 1:
        return Found(cause, ways[0].advice)
    return Found(cause, verbatim("\n").join([EITHER, *("· " + one.advice for one in ways)]))

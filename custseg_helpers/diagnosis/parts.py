"""An answer of several parts, judged part by part: the columns of a table, the entries of a short column.

What is right is named, and the layers are asked about the wrong parts alone: a mistake in one of four numbers is
hidden as long as the four are looked at together.
"""

from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import partial
from typing import Any, TypeVar

import numpy as np
import pandas as pd

from custseg_helpers.diagnosis.case import Case, Detour, Wrong
from custseg_helpers.diagnosis.compare import difference, places, same_values
from custseg_helpers.diagnosis.forms import flat, key
from custseg_helpers.diagnosis.found import Found
from custseg_helpers.diagnosis.layers import NOT_IT, Layer, first_found
from custseg_helpers.diagnosis.values import plain
from custseg_helpers.words.text import T, listed

MOST_ENTRIES = 12
"""A column with more entries is one value a customer, not an answer of several parts."""
MOST_TOLD = 3
NOTHING, APART = T(zh="", en=""), T(zh="", en=" ")
Take = Callable[[Any], Any]
Known = TypeVar("Known", Wrong, Detour)


def in_parts(case: Case, layers: Iterable[Layer], last: Layer) -> Found | None:
    """Say which parts are right, and of the wrong ones what the layers know; None where there are no parts.

    >>> from custseg_helpers.diagnosis.how_far import how_far
    >>> case = Case(pd.Series({"buyers": 10, "orders": 40}), pd.Series({"buyers": 10, "orders": 80}), None, difference)
    >>> in_parts(case, (), how_far).text.en
    'Right: buyers. orders: 80 is not it: about 2 times too high.'
    """
    if case.differs is not difference:
        return None
    if (aligned := _aligned(case)) is None:
        return None
    case = aligned
    names, right = _marks(case)
    wrong = [name for name, good in zip(names, right, strict=True) if not good]
    if not wrong or len(names) < 2:
        return None
    good = [name for name in names if name not in wrong]
    if not good and len(wrong) > MOST_TOLD:
        return None
    start = (
        T(zh="对的：{parts}。", en="Right: {parts}. ").format(parts=listed(map(str, good)))
        if good
        else NOTHING
    )
    if good and len(wrong) > 1 and (found := first_found(layers, _cut(case, partial(_several, names=wrong)))):
        return Found(f"part:{','.join(map(str, wrong))}+{found.cause}", start + _of(wrong, found.text))
    told = [
        (name, found)
        for name in wrong[:MOST_TOLD]
        if (found := first_found(layers, _cut(case, partial(_one, name=name))))
    ]
    if told:
        causes = "+".join(f"part:{name}+{found.cause}" for name, found in told)
        return Found(causes, start + APART.join(_of([name], found.text) for name, found in told))
    if not good:
        return None
    ends = [
        _of([name], (first_found((last,), _cut(case, partial(_one, name=name))) or NOT_IT).text)
        for name in wrong[:MOST_TOLD]
    ]
    if len(wrong) > MOST_TOLD:
        ends.append(
            T(zh="不对的还有：{parts}。", en="Wrong too: {parts}.").format(
                parts=listed(map(str, wrong[MOST_TOLD:]))
            )
        )
    return Found("differs:parts", start + APART.join(ends))


def _aligned(case: Case) -> Case | None:
    """Return the case with the rows and columns of both sides in one order; None where it has no parts to compare."""
    right, given = plain(case.right), case.given
    if isinstance(right, pd.Series) and isinstance(given, pd.Series):
        if len(right) > MOST_ENTRIES:
            return None
    elif isinstance(right, pd.DataFrame) and isinstance(given, pd.DataFrame):
        right, given = flat(right), flat(given)
        if set(right.columns) - set(given.columns):
            return None
        given = given[list(right.columns)]
    else:
        return None
    found = places(right.index, given.index)
    if found is None or not right.index.is_unique:
        return None
    return replace(case, right=right, given=given.iloc[found].set_axis(right.index))


def _marks(case: Case) -> tuple[list[Any], np.ndarray]:
    """Return the parts' names, and which of them are right."""
    if isinstance(case.right, pd.DataFrame):
        right = [bool(same_values(case.right[name], case.given[name]).all()) for name in case.right.columns]
        return list(case.right.columns), np.array(right)
    return [key(name) for name in case.right.index], same_values(case.right, case.given)


def _cut(case: Case, take: Take) -> Case:
    """Return the case of some parts alone; a known mistake that is right there, or lacks them, plays no part."""
    right = take(case.right)
    return replace(
        case,
        right=right,
        given=take(case.given),
        wrongs=tuple(_cut_wrongs(case.wrongs, take, right)),
        pairs=lambda: tuple(_cut_wrongs(case.pairs(), take)),
        detours=lambda: tuple(_cut_wrongs(case.detours(), take)),
        others=tuple,
        answer=None,
    )


def _cut_wrongs(wrongs: Iterable[Known], take: Take, right: Any = None) -> Iterable[Known]:
    """Yield known wrong answers cut to some parts; where `right` is given, without those that are right there."""
    for wrong in wrongs:
        try:
            value = take(plain(wrong.value))
        except (KeyError, IndexError, TypeError, AttributeError):
            continue
        if right is None or difference(right, value, rounding=False) is not None:
            yield replace(wrong, value=value)


def _several(value: Any, names: list[Any]) -> Any:
    if isinstance(value, pd.DataFrame):
        return flat(value)[names]
    return value.set_axis([key(name) for name in value.index]).loc[names]


def _one(value: Any, name: Any) -> Any:
    if isinstance(value, pd.DataFrame):
        return flat(value)[name]
    return plain(value.set_axis([key(name) for name in value.index]).loc[name])


def _of(names: list[Any], text: T) -> T:
    return T(zh="{names}：{text}", en="{names}: {text}").format(names=listed(map(str, names)), text=text)

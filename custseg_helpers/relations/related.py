"""How one value was made from another: the one function that looks at all relations, shape by shape.

Values are plain: a pandas table or column, a list, a set, a number, a text.
"""

from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd

from custseg_helpers.relations.evidence import agree, close, evidence, shown
from custseg_helpers.relations.keyed import coded, column_of, is_number, numeric, same
from custseg_helpers.relations.label_turns import relabelled
from custseg_helpers.relations.rows import Form, column_forms, listed_values
from custseg_helpers.relations.shapes import reshaped
from custseg_helpers.relations.table_turns import table_turned
from custseg_helpers.relations.turns import TIERS, changes, turned
from custseg_helpers.words.glossary import code_of
from custseg_helpers.words.text import T

RARER = 1.0
"""So many digits more must agree where a relation to a mistake, or two relations at once, are told."""
ENOUGH = 3.0
"""Digits by which a column is recognised whose rows went astray."""

YOU_GAVE = T(zh="你给的是 {yours}：", en="You gave {yours}: ")
YOU_GAVE_FOR = T(zh="你给 {key} 的是 {yours}：", en="You gave {yours} for {key}: ")
BESIDES = T(zh="还有一处：", en="There is a second thing: ")
SENTENCES = T(zh="", en=" ")


def related_to(right: Any, given: Any, more: float = 0) -> tuple[str, T] | None:
    """Name how `given` was made from `right`, with the learner's own numbers; `more` digits are asked of rarer finds.

    >>> related_to(0.3718, 37.2)[1].en
    'You gave 37.2: that is in per cent. A share is wanted: 0.372.'
    """
    if is_number(right) and is_number(given):
        return _number(float(right), float(given), more)
    if isinstance(right, pd.DataFrame):
        return table_turned(right, given, more) if isinstance(given, pd.DataFrame) else None
    if isinstance(right, pd.Series):
        column = _column(right, given, more)
        if column is not None:
            return column
    elif isinstance(right, list) and isinstance(given, list):
        found = _list(right, given)
        if found is not None:
            return found
    return in_shape(right, given)


def in_shape(right: Any, given: Any) -> tuple[str, T] | None:
    """Name what was given where another shape is asked, as a sentence.

    >>> in_shape(0.625, pd.Series([True] * 5 + [False] * 3))[1].en
    'You gave a column of 8 values; one number is wanted: take the average: `.mean()`.'
    """
    found = reshaped(right, given)
    return (found[0], found[1].map(_sentence)) if found else None


def _number(right: float, given: float, more: float) -> tuple[str, T] | None:
    named = _turned(np.array([right]), np.array([given]), more)
    return (named[0], YOU_GAVE.format(yours=shown(given)) + named[1]) if named else None


def _turned(right: np.ndarray, given: np.ndarray, more: float) -> tuple[str, T] | None:
    """Name what became of right numbers: one turn, or one of the usual and per cent besides."""
    named = turned(right, given, more)
    if named or np.nanmax(np.abs(given), initial=0) <= 1 or not changes(given / 100):
        return named
    besides = turned(right, given / 100, more + RARER, TIERS[:2])
    in_per_cent = turned(given / 100, given, more + RARER, TIERS[:1]) if besides else None
    if not besides or not in_per_cent or in_per_cent[0] != "per_cent":
        return None
    return f"per_cent+{besides[0]}", SENTENCES.join([in_per_cent[1], BESIDES + besides[1]])


def _column(right: pd.Series, given: Any, more: float) -> tuple[str, T] | None:
    wanted = coded(right)
    if not wanted.index.is_unique:
        return None
    for form in _forms(wanted, given, right):
        told = _told(form, more)
        if told is not None:
            return told
    return None


def _forms(wanted: pd.Series, given: Any, right: pd.Series) -> Iterator[Form]:
    if isinstance(given, list):
        yield from listed_values(wanted, coded(pd.Series(given)))
    elif isinstance(given, (pd.Series, pd.DataFrame)):
        column = column_of(given, right)
        if column is not None:
            yield from column_forms(wanted, column)


def _told(form: Form, more: float) -> tuple[str, T] | None:
    """Say what a form explains: all, or all but what became of the values besides."""
    right, given = form.right, form.given
    numbers = numeric(right) and numeric(given)
    arrays = (
        (right.to_numpy(float, na_value=np.nan), given.to_numpy(float, na_value=np.nan)) if numbers else None
    )
    alike = agree if form.name else close  # with nothing else amiss, rounding is what is amiss
    if alike(*arrays) if arrays else same(right, given):
        return (form.name, form.text.map(_sentence)) if form.enough and _enough(given) else None
    wrong, named = None, None
    if arrays:
        named = _turned(*arrays, more + (RARER if form.name else 0))
        wrong = int(np.argmax(~np.isclose(*arrays) & np.isfinite(arrays[1])))
    if named is None:
        relabel = relabelled(right, given)
        named, wrong = (relabel, None) if relabel else (None, None)
    if named is None:
        return None
    name, text = named
    if wrong is not None:
        text = YOU_GAVE_FOR.format(key=right.index[wrong], yours=shown(given.iloc[wrong])) + text
    else:
        text = text.map(_sentence)
    if not form.name:
        return name, text
    return f"{form.name}+{name}", SENTENCES.join([form.text.map(_sentence), text])


def _enough(given: pd.Series) -> bool:
    return len(given) >= 5 or (numeric(given) and evidence(given.to_numpy(float, na_value=np.nan)) >= ENOUGH)


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:]


REVERSED_LIST = T(
    zh="内容都对，顺序整个反了：`ascending` 换一下。",
    en="The right items in reverse: turn `ascending` round.",
)
OTHER_ORDER = T(
    zh="内容都对，顺序不对：从第 {n} 项起不同。{yours}",
    en="The right items in another order: they differ from item {n} on. {yours}",
)
BY_ITEM = T(zh="你的是按编号本身排的。", en="Yours go by the items themselves.")
FIRST_ITEMS = T(
    zh="前 {k} 项都对，但应有 {n} 项：还没有取完。",
    en="The first {k} are right, but {n} are wanted: there are more to come.",
)
TOO_MANY_ITEMS = T(
    zh="前 {n} 项都对，但你的有 {k} 项：到第 {n} 项为止，用 `head({n})`。",
    en="The first {n} are right, but yours has {k}: stop after {n}, with `head({n})`.",
)
ITEMS_TWICE = T(
    zh="有的项出现了不止一次，例如 {one}：先去重。",
    en="Some items stand more than once, such as {one}: drop the duplicates.",
)
POSITIONS = T(
    zh="你给的是行的序号，这里要编号：取那一列的值，而不是 `.index`。",
    en="You gave row numbers; the ids are wanted: take the values of that column, and not `.index`.",
)


def _list(right: list[Any], given: list[Any]) -> tuple[str, T] | None:
    """Name what became of a list: turned round, in another order, stopped early, not stopped, items twice, positions."""
    wanted, items = ([code_of(item) for item in side] for side in (right, given))
    if len(wanted) < 2 or len(items) < 2:
        return None
    if all(is_number(item) for item in items) and all(isinstance(item, str) for item in wanted):
        return ("positions", POSITIONS) if all(float(item).is_integer() for item in items) else None
    if items == wanted[::-1]:
        return "backwards", REVERSED_LIST
    if len(items) == len(wanted) and set(items) == set(wanted):
        place = next(n for n, pair in enumerate(zip(wanted, items, strict=True), 1) if pair[0] != pair[1])
        sorted_by_item = items == sorted(items, key=str)
        return "other_order", OTHER_ORDER.format(n=place, yours=BY_ITEM if sorted_by_item else "")
    if len(items) > len(set(map(str, items))) and list(dict.fromkeys(items)) == wanted:
        one = next(item for item in items if items.count(item) > 1)
        return "items_doubled", ITEMS_TWICE.format(one=one)
    if items == wanted[: len(items)]:
        return "first_part", FIRST_ITEMS.format(k=len(items), n=len(wanted))
    if items[: len(wanted)] == wanted:
        return "too_many", TOO_MANY_ITEMS.format(k=len(items), n=len(wanted))
    return None

"""How rows went astray: ids gone, a row lost, a total row added, every row twice, the first half only.

Each form is a guess about the rows of a column. It says what it takes to pair the given values with the right ones
again; whether they then agree, and what else became of them, is for `relations.py`.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from custseg_helpers.relations.evidence import agree, shown
from custseg_helpers.words.glossary import glossary, term
from custseg_helpers.words.text import T, listed

TOTALS = frozenset(("all", "total", "sum", "grand total", "全部", "合计", "总计", "小计", "总和"))
LEAST_SHARED = 3
"""Fewer rows than this in common say nothing."""
EXAMPLES = 3


@dataclass(frozen=True)
class Form:
    """A guess about the rows, and the values as they pair up where it holds.

    `enough`: whether it explains a wrong answer by itself; if not, it is told together with something else only.
    """

    name: str
    text: T
    right: pd.Series
    given: pd.Series
    enough: bool = True


KEYS_LOST = T(
    zh="编号丢了：你的行只剩下 0、1、2 这样的序号。每个值要带着自己的{key}：不要 `reset_index(drop=True)`、`.values` 或 `.tolist()`。",
    en="the ids are gone: your rows are merely numbered 0, 1, 2. Each value needs its {key}: leave out `reset_index(drop=True)`, `.values` and `.tolist()`.",
)
KEYS_OFF = T(
    zh="行号差了 {by}：你的从 {yours} 数起，这里从 {wanted} 数起。",
    en="the row numbers are off by {by}: yours begin at {yours}, these begin at {wanted}.",
)
KEYS_RENAMED = T(
    zh="行的名字不同：你的叫 {yours}，这里叫 {wanted}。",
    en="the rows have other names: yours are called {yours}, they should be {wanted}.",
)
LEVELS_SWAPPED = T(
    zh="两层索引的先后反了：你的是 {yours}，这里要 {wanted}。",
    en="the two levels of the index are the other way round: yours {yours}, wanted {wanted}.",
)
ROWS_DOUBLED = T(
    zh="有的行出现了不止一次，例如 {key}：多半是合并（merge）时一边有重复。",
    en="some rows stand more than once, such as {key}: most likely one side of a merge holds them twice.",
)
TOTAL_ROW = T(
    zh="多了一行合计“{key}”：去掉它。", en="there is a row too many, the total “{key}”: leave it out."
)
ROW_LOST = {
    "first": T(
        zh="少了第一行（{key}）：是不是从第二行取起，或者把它当成了表头？",
        en="the first row ({key}) is missing: did you start at the second, or was it taken for a heading?",
    ),
    "last": T(
        zh="少了最后一行（{key}）：切片的终点不算在内。",
        en="the last row ({key}) is missing: a slice stops before its end.",
    ),
    "inner": T(zh="少了一行：{key}。", en="one row is missing: {key}."),
}
ROW_ADDED = T(zh="多了一行：{key}。", en="there is one row too many: {key}.")
FIRST_PART = T(
    zh="只有前 {k} 行，应有 {n} 行：去掉 `head()` 或切片。",
    en="these are only the first {k} of {n} rows: leave out `head()` or the slice.",
)
ZEROS_LOST = T(
    zh="一个也没有的组不见了：{keys} 也要在，值是 0。",
    en="groups with nothing in them are gone: {keys} should be there, with 0.",
)
ZEROS_ADDED = T(
    zh="多了 {n} 行，值都是 0 或空的，例如 {key}：只留题目问到的。",
    en="there are {n} rows too many, all 0 or empty, such as {key}: keep those that are asked about.",
)
ROWS_ASTRAY = T(
    zh="行也不同：少了 {lost} 行，多了 {added} 行。",
    en="rows differ as well: {lost} missing, {added} too many.",
)


def column_forms(right: pd.Series, given: pd.Series) -> Iterator[Form]:
    """Yield each way in which the rows of `given` may have come from those of `right`, the likeliest first.

    Keys are texts (see `values.py`), those of `right` all different.
    """
    if given.index.equals(right.index):
        yield Form("", T(zh="", en=""), right, given, enough=False)
        return
    lost = right.index[~right.index.isin(given.index)]
    added = given.index[~given.index.isin(right.index)]
    if given.index.has_duplicates:
        yield from _doubled(right, given)
        return
    if len(lost) == len(added) == 0:
        yield Form("", T(zh="", en=""), right, given.reindex(right.index), enough=False)
    elif len(added) == 0:
        yield from _lost_rows(right, given, lost)
    elif len(lost) == 0:
        yield from _added_rows(right, given, added)
    if len(right) == len(given) and len(lost):
        yield from _other_keys(right, given)
    shared = right.index.intersection(given.index)
    if (len(lost) or len(added)) and len(shared) >= max(LEAST_SHARED, len(right) / 2):
        words = ROWS_ASTRAY.format(lost=f"{len(lost):,}", added=f"{len(added):,}")
        yield Form("rows", words, right[shared], given[shared], enough=False)


def listed_values(right: pd.Series, values: pd.Series) -> Iterator[Form]:
    """Yield how bare values may have come from a right column: in its order, or sorted."""
    if len(right) == len(values):
        yield from _keyless(right, values)


def _keyless(right: pd.Series, given: pd.Series) -> Iterator[Form]:
    key = term(right.index.name) if right.index.name in glossary() else T(zh="编号", en="id")
    words = KEYS_LOST.format(key=key)
    yield Form("keys_lost", words, right, given.set_axis(right.index))
    if _numbers(right) and _numbers(given) and right.nunique() >= LEAST_SHARED:
        ordered = right.sort_values()
        yield Form("keys_lost", words, ordered, given.sort_values().set_axis(ordered.index))


def _other_keys(right: pd.Series, given: pd.Series) -> Iterator[Form]:
    wanted, yours = (pd.to_numeric(side.index, errors="coerce") for side in (right, given))
    numbered = not np.isnan(yours).any()
    if numbered and not np.isnan(wanted).any():
        by = np.unique(np.sort(yours) - np.sort(wanted))
        if len(by) == 1 and by[0]:
            moved = given.set_axis([str(right.index[np.argmin(abs(wanted + by[0] - key))]) for key in yours])
            words = KEYS_OFF.format(
                by=shown(abs(by[0])), yours=shown(yours.min()), wanted=shown(wanted.min())
            )
            yield Form("keys_off", words, right, moved.reindex(right.index))
            return
    if numbered and set(yours) == set(range(len(given))):
        yield from _keyless(right, given)
        return
    swapped = given.set_axis(["/".join(reversed(key.split("/"))) for key in given.index])
    if swapped.index.sort_values().equals(right.index.sort_values()):
        words = LEVELS_SWAPPED.format(yours=given.index[0], wanted=swapped.index[0])
        yield Form("levels_swapped", words, right, swapped.reindex(right.index))
        return
    if not len(right.index.intersection(given.index)):
        yours_are, wanted_are = (listed([*side.index[:EXAMPLES], "…"]) for side in (given, right))
        words = KEYS_RENAMED.format(yours=yours_are, wanted=wanted_are)
        yield Form("keys_renamed", words, right, given.set_axis(right.index))


def _doubled(right: pd.Series, given: pd.Series) -> Iterator[Form]:
    once = given[~given.index.duplicated()]
    if set(once.index) == set(right.index):
        key = given.index[given.index.duplicated()][0]
        yield Form("rows_doubled", ROWS_DOUBLED.format(key=key), right, once.reindex(right.index))


def _lost_rows(right: pd.Series, given: pd.Series, lost: pd.Index) -> Iterator[Form]:
    if len(given) < LEAST_SHARED - 1:
        return
    kept = right[right.index.isin(given.index)]
    rest = given.reindex(kept.index)
    if len(lost) == 1:
        place = {right.index[0]: "first", right.index[-1]: "last"}.get(lost[0], "inner")
        if _numbers(right) and right[lost[0]] == 0:
            yield Form("zeros_lost", ZEROS_LOST.format(keys=lost[0]), kept, rest)
        else:
            yield Form("row_lost", ROW_LOST[place].format(key=lost[0]), kept, rest)
    elif _numbers(right) and (right[lost].fillna(0) == 0).all():
        keys = listed([*lost[:EXAMPLES], *(["…"] if len(lost) > EXAMPLES else [])])
        yield Form("zeros_lost", ZEROS_LOST.format(keys=keys), kept, rest)
    elif set(kept.index) == set(right.index[: len(kept)]):
        words = FIRST_PART.format(k=f"{len(kept):,}", n=f"{len(right):,}")
        yield Form("first_part", words, kept, rest)


def _added_rows(right: pd.Series, given: pd.Series, added: pd.Index) -> Iterator[Form]:
    rest = given.reindex(right.index)
    if len(added) == 1:
        key, value = added[0], given[added[0]]
        total = _numbers(given) and agree(np.array([rest.sum()], float), np.array([value], float))
        if str(key).strip().casefold() in TOTALS or (total and len(right) >= LEAST_SHARED):
            yield Form("total_row", TOTAL_ROW.format(key=key), right, rest)
            return
    if _numbers(given) and (given[added].fillna(0) == 0).all():
        words = ZEROS_ADDED.format(n=f"{len(added):,}", key=added[0])
        yield Form("zeros_added", words, right, rest)
    elif len(added) == 1 and len(right) >= LEAST_SHARED:
        yield Form("row_added", ROW_ADDED.format(key=added[0]), right, rest)


def _numbers(column: pd.Series) -> bool:
    return bool(pd.api.types.is_numeric_dtype(column))


def as_labels(values: Any) -> Any:
    """Return the values of a column as plain objects, so that labels of any type compare."""
    return pd.Series(values).astype(object)

"""Exports that overlap: orders that stand in two files or sheets are counted once, and the later one wins."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace

import numpy as np
import pandas as pd

from custseg_helpers.evidence.called import roles
from custseg_helpers.reading.dates import dates
from custseg_helpers.reading.sheet import Sheet
from custseg_helpers.words.text import T


def in_two_parts(
    frame: pd.DataFrame, part: np.ndarray, order: str, changing: Collection[str] = ()
) -> np.ndarray:
    """Tell which rows repeat an order that a later part of the table holds as well.

    An order is the same in two parts where its rows are, apart from the columns that change with time (statuses,
    dates of payment). Rows that are equal inside one part are two lines and stay.

    Args:
        frame: the cells of all parts, one below the other.
        part: of each row the number of its part; the last one wins.
        order: the column of order numbers.
        changing: columns that may differ between the parts.

    >>> rows = pd.DataFrame({"o": ["1", "1", "2", "2", "3"], "a": [5, 5, 7, 7, 9]})
    >>> in_two_parts(rows, np.array([0, 0, 0, 1, 1]), "o").tolist()
    [False, False, True, False, False]
    """
    repeated = np.zeros(len(frame), dtype=bool)
    codes = pd.factorize(frame[order])[0]
    spread = pd.DataFrame({"order": codes, "part": part})[codes >= 0].drop_duplicates()
    shared = spread["order"][spread["order"].duplicated(keep=False)].unique()
    if not len(shared):
        return repeated
    rows = np.flatnonzero(np.isin(codes, shared))
    stable = frame.iloc[rows].drop(columns=[name for name in changing if name in frame])
    content = pd.util.hash_pandas_object(stable.astype(str), index=False).to_numpy()
    table = pd.DataFrame({"order": codes[rows], "part": part[rows], "content": content, "row": rows})
    for _, group in table.groupby("order", sort=False):
        of_part = {number: sorted(one["content"]) for number, one in group.groupby("part")}
        last = max(of_part)
        same = [number for number, found in of_part.items() if number != last and found == of_part[last]]
        repeated[group["row"][group["part"].isin(same)]] = True
    return repeated


def without_overlaps(sheet: Sheet, columns: Mapping[str, str], changing: Iterable[str], order: str) -> Sheet:
    """Return a table of several files or sheets without the orders that a later one repeats, and say so."""
    number = columns.get("order_id")
    names = [str(name) for name in sheet.frame.columns]
    if len(sheet.parts) < 2 or number is None or names.count(number) != 1:
        return sheet
    starts = np.array([start for start, _, _ in sheet.parts])
    rows = sheet.frame.index.to_numpy(dtype="int64")
    part = np.searchsorted(starts, rows, side="left") - 1
    repeated = repeats(sheet.frame, _by_time(sheet, columns, part, order), number, changing)
    if not repeated.any():
        return sheet
    said = said_of_repeats(sheet.frame[number][repeated])
    return replace(sheet, frame=sheet.frame[~repeated], notes=(*sheet.notes, said))


def repeats(frame: pd.DataFrame, part: np.ndarray, number: str, changing: Iterable[str]) -> np.ndarray:
    """Tell which rows repeat an order of a later part, apart from statuses and what else changes with time.

    Args:
        frame: the rows of all parts, under the file's own names.
        part: the number of each row's part; the last one wins.
        number: the column of order numbers.
        changing: columns that the mapping knows to change.
    """
    names = [str(name) for name in frame.columns]
    told = [name for name in names if {"status", "other_date", "refund"} & set(roles(name)[:1])]
    single = frame.loc[:, [names.count(name) == 1 for name in names]]
    return in_two_parts(single, part, number, {*changing, *told})


def said_of_repeats(numbers: pd.Series) -> T:
    """Say how many orders overlapping exports hold twice; `numbers` are those of the rows that do not count."""
    return T(
        zh="{n:,} 张订单在几个文件或工作表里都有（导出的日期重叠），只算一次，以后面的为准：{o} 等。",
        en="{n:,} orders stand in several files or sheets (the exports overlap) and count once, as the later one says: {o} …",
    ).format(n=int(numbers.nunique()), o=min(map(str, numbers.unique())))


def _by_time(sheet: Sheet, columns: Mapping[str, str], part: np.ndarray, order: str) -> np.ndarray:
    """Number the parts by their last day, so that the later export comes last."""
    column = columns.get("order_date")
    if column is None:
        return part
    days, _, _ = dates(sheet.frame[column], order if order != "ymd" else "dmy")  # type: ignore[arg-type]
    last = pd.Series(days.to_numpy()).groupby(part).max()
    return last.rank(method="first").reindex(part).to_numpy()

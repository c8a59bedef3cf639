"""Exports that overlap: orders that stand in two files or sheets are counted once, and the later one wins."""

from collections.abc import Collection

import numpy as np
import pandas as pd


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

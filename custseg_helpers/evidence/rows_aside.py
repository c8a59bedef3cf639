"""Rows of a sheet that are no order lines: repeated headers, subtotals, totals, signatures, a second table below."""

import re
from collections.abc import Mapping

import numpy as np
import pandas as pd

from custseg_helpers.evidence.contents import as_number, as_text, decimal_mark
from custseg_helpers.words.text import T

WHY: Mapping[str, T] = {
    "header": T(zh="表头又出现了一次", en="the header stands there again"),
    "total": T(zh="小计、合计", en="subtotals and totals"),
    "note": T(zh="说明、签名、版权等文字", en="notes, signatures and the like"),
    "second_table": T(zh="下面的另一张表", en="another table below"),
}
_TOTAL = re.compile(
    r"\**\s*(本页|本月|本年|累计)?(合\s*计|小\s*计|总\s*计|共\s*计|總\s*計|合\s*計|小\s*計|累\s*计)([:：(（].*)?|汇总|總額|"
    r"(grand |sub ?-?|report |page |overall |order )?totals?(\s*[:(].*|\s+for .*)?|sum|summe|gesamt(summe)?|zwischensumme|endsumme|"
    r"(sous[- ]?)?total( général)?|somme|suma|soma|total general|total geral|총\s*계|합\s*계|소\s*계",
    re.IGNORECASE,
)
NEAR = 0.006


def is_total(text: str) -> bool:
    """Tell whether a cell says that its row adds up others.

    >>> [is_total(text) for text in ("合计", "Grand Totals (2 records)", "Total Fitness Ltd")]
    [True, True, False]
    """
    return bool(_TOTAL.fullmatch(text.strip()))


def rows_aside(frame: pd.DataFrame, decimal: str = ".") -> pd.Series:
    """Return of each row why it is no order line (keys of `WHY`), empty text where it is one.

    Totals are told by their sums as well as by their words: a row that lacks what all others have and whose number
    is the sum of the rows since the last such row, or of all above.
    """
    why = np.full(len(frame), "", dtype=object)
    if frame.empty or frame.shape[1] < 2:
        return pd.Series(why, index=frame.index)
    filled = frame.notna().to_numpy()
    width = filled.sum(axis=1)
    usual = int(np.median(width[width > 0])) if (width > 0).any() else 0
    kinds = _number_columns(frame, decimal)
    share = filled.mean(axis=0)
    texts = [place for place in range(frame.shape[1]) if place not in kinds and share[place] >= 0.5]
    always = np.array(texts or np.flatnonzero(share >= min(0.9, share.max())).tolist(), dtype=int)
    odd = (~filled[:, always]).any(axis=1) | (width < usual)
    odd[-3:] = True
    why[_headers(frame)] = "header"
    narrow = width <= max(2, 0.6 * usual)
    narrow[-3:] = True
    scarce = max(2, usual // 3)
    odd |= width <= scarce
    worded_rows = _worded(frame, odd)
    places = np.flatnonzero(
        odd & (narrow | worded_rows | _texts_below_numbers(frame, kinds)) & (width > 0) & (why == "")
    )
    cells = frame.to_numpy(dtype=object)
    start = _second_table(cells, kinds, places)
    if start is not None:
        why[start:] = "second_table"
        places = places[places < start]
    sums = _Sums(cells, kinds)
    for place in map(int, places):
        row = cells[place]
        words = [as_text(value) for value in row if isinstance(value, str) and value.strip()]
        figures = {col: as_number(row[col], mark) for col, mark in kinds.items() if row[col] is not None}
        figures = {col: value for col, value in figures.items() if not np.isnan(value)}
        lacks = not filled[place, always].all()
        starred = any(word in _STARS for word in words)
        worded = starred or any(is_total(word) for word in words)
        bare = lacks and width[place] <= max(2, 0.6 * usual)
        if (worded and (lacks or sums.adds_up(place, figures, 1))) or (bare and sums.adds_up(place, figures)):
            why[place] = "total"
            sums.set_aside(place)
        elif (
            not figures
            and width[place] <= scarce < usual
            and place >= len(frame) - 15
            and (width[place:] <= scarce).all()
        ):
            why[place] = "note"
    return pd.Series(why, index=frame.index)


def _worded(frame: pd.DataFrame, odd: np.ndarray) -> np.ndarray:
    """Tell which of some rows have a cell that says total."""
    found = np.zeros(len(frame), dtype=bool)
    rows = np.flatnonzero(odd)
    for place in range(frame.shape[1]):
        if pd.api.types.is_numeric_dtype(frame.iloc[:, place]):
            continue
        codes, values = pd.factorize(frame.iloc[rows, place])
        said = [isinstance(value, str) and (is_total(value) or value.strip() in _STARS) for value in values]
        found[rows] |= np.array([*said, False])[codes]
    return found


def _texts_below_numbers(frame: pd.DataFrame, kinds: Mapping[int, str]) -> np.ndarray:
    """Tell which of the last rows could be the header of another table."""
    last = np.zeros(len(frame), dtype=bool)
    last[-max(20, len(frame) // 10) :] = len(frame) <= 20_000
    last[-200:] = True
    return last if len(kinds) >= 3 else np.zeros(len(frame), dtype=bool)


_STARS = ("*", "**", "***")


def _headers(frame: pd.DataFrame) -> np.ndarray:
    same, least = np.zeros(len(frame), dtype=np.int16), max(2, 0.6 * frame.shape[1])
    for place, name in enumerate(map(str, frame.columns)):
        if same.max(initial=0) + frame.shape[1] - place < least:  # too few columns are left to make one
            break
        column = frame.iloc[:, place]
        if column.dtype == object:
            same += column.eq(name).to_numpy(dtype=bool)
    return same >= least


def _number_columns(frame: pd.DataFrame, decimal: str) -> dict[int, str]:
    """Return the places of columns of numbers and the mark before their decimals, told from some rows over the whole length."""
    step = max(1, len(frame) // 400)
    found = {}
    for place in range(frame.shape[1]):
        some = frame.iloc[::step, place].dropna()
        own = decimal_mark([value for value in some if isinstance(value, str)])
        mark = own if own in (".", ",") else decimal
        read = [not np.isnan(as_number(value, mark)) for value in some]
        if read and np.mean(read) >= 0.7:
            found[place] = mark
    return found


def _second_table(cells: np.ndarray, numbers: dict[int, str], places: np.ndarray) -> int | None:
    """Return where another table begins: a row of at least three texts under columns of numbers, near the end."""
    if len(numbers) < 3:
        return None
    for place in places[places >= len(cells) - max(20, len(cells) // 10)]:
        texts = sum(
            isinstance(cells[place, col], str) and np.isnan(as_number(cells[place, col], numbers[col]))
            for col in numbers
        )
        if texts >= 3 and texts >= 0.4 * sum(cells[place, col] is not None for col in numbers):
            return int(place)
    return None


class _Sums:
    """Sums of number columns from the top, to test whether a row adds up the rows above it."""

    def __init__(self, cells: np.ndarray, columns: Mapping[int, str]) -> None:
        self.cells, self.columns = cells, columns
        self.upto: dict[int, np.ndarray] = {}
        self.aside: dict[int, float] = dict.fromkeys(columns, 0.0)
        self.since = 0

    def _upto(self, column: int) -> np.ndarray:
        """Return the sum of the rows above each row."""
        if column not in self.upto:
            codes, values = pd.factorize(self.cells[:, column])
            read = np.array([as_number(value, self.columns[column]) for value in values] + [np.nan])[codes]
            self.upto[column] = np.concatenate([[0.0], np.cumsum(np.nan_to_num(read))])
        return self.upto[column]

    def adds_up(self, place: int, figures: dict[int, float], least: int = 2) -> bool:
        """Tell whether one of a row's numbers is the sum of the data rows above, since the last total or from the top."""
        for column, value in figures.items():
            upto = self._upto(column)
            block, top = upto[place] - upto[self.since], upto[place] - self.aside[column]
            some = abs(value) > NEAR and place - self.since >= least
            if some and min(abs(block - value), abs(top - value)) < NEAR:
                return True
        return False

    def set_aside(self, place: int) -> None:
        """Leave a row that is a total out of the sums."""
        for column in self.columns:
            upto = self._upto(column)
            self.aside[column] += upto[place + 1] - upto[place]
        self.since = place + 1

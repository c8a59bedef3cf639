"""One look for every table: numbers to the right with their thousands apart, shares in per cent, days without hours."""

from collections.abc import Callable
from functools import cache
from typing import Any

import numpy as np
import pandas as pd

from custseg_helpers.words.glossary import glossary, term
from custseg_helpers.words.text import LANGUAGES

Written = Callable[[Any], str]

MOST_ROWS, MOST_COLUMNS, ROWS_OF_LONG = 60, 20, 10
"""A longer table shows its first and last rows, as pandas does."""
SHARES = ("share", "rate", "coverage", "confidence", "support", "overlap")
"""What the code of a column ends in whose values are parts of a whole."""
YEARS = range(1900, 2101)


def table_html(table: pd.DataFrame | pd.Series, percent: int = 1) -> str:
    """Return a table or a column as HTML; its shares have `percent` decimals at most.

    >>> html = table_html(pd.DataFrame({"amount": [1234567.5, 2.0]}, index=["A", "B"]))
    >>> "1,234,567.5" in html and "e+06" not in html
    True
    """
    if isinstance(table, pd.Series):
        table = table.to_frame(table.name if isinstance(table.name, str) else "")
    html: str = table.to_html(
        border=0,
        formatters=[
            writing(table.iloc[:, place], table.columns[place], percent) for place in range(table.shape[1])
        ],
        max_rows=ROWS_OF_LONG if len(table) > MOST_ROWS else None,
        max_cols=MOST_COLUMNS,
        show_dimensions=len(table) > MOST_ROWS or table.shape[1] > MOST_COLUMNS,
    )
    return html


def writing(column: pd.Series, head: Any = "", percent: int = 1) -> Written:
    """Return how the values of a column are written: all with the same number of decimals.

    A share below a head in words is written in per cent; below its code it stays the number that code works with.

    >>> writing(pd.Series([0.5, 1200.25]))(0.5), writing(pd.Series([2, 1200]))(1200)
    ('0.50', '1,200')
    >>> writing(pd.Series([0.25]), term("value_share").en)(0.25), writing(pd.Series([0.25]), "value_share")(0.25)
    ('25%', '0.25')
    """
    kind = column.dtype
    if pd.api.types.is_bool_dtype(kind) or not pd.api.types.is_numeric_dtype(kind):
        return _day if pd.api.types.is_datetime64_dtype(kind) else str_of
    values = column.dropna().to_numpy("float64")
    values = values[np.isfinite(values)]
    if len(values) and head in _share_heads() and np.abs(values).max() <= 1:
        places = decimals(values * 100, percent)
        return lambda value: f"{value:.{places}%}"
    if len(values) and all(value in YEARS for value in values):
        return lambda value: f"{value:.0f}"
    places = decimals(values, 2 if len(values) and np.abs(values).max() >= 100 else 4)
    return lambda value: f"{value:,.{places}f}"


def decimals(values: Any, most: int) -> int:
    """Return the fewest decimals that write all values, `most` at most.

    >>> decimals(np.array([1.0, 2.5]), 4), decimals(np.array([1 / 3]), 4)
    (1, 4)
    """
    return next((n for n in range(most) if np.allclose(values, np.round(values, n), rtol=0, atol=1e-9)), most)


def number(value: Any) -> str:
    """Return one number as a learner may copy it: no type around it, no digits that nobody asked for.

    >>> number(np.float64(1315645.1800000002)), number(746.0), number(2.0e-7)
    ('1315645.18', '746.0', '2e-07')
    """
    plain = value.item() if isinstance(value, np.generic) else value
    return repr(round(plain, 6) or plain) if isinstance(plain, float) and np.isfinite(plain) else repr(plain)


def str_of(value: Any) -> str:
    """Return what is no number as text."""
    return str(value)


def _day(value: Any) -> str:
    if value is pd.NaT:
        return "NaT"
    return f"{value:%Y-%m-%d}" if value == value.normalize() else f"{value:%Y-%m-%d %H:%M}"


@cache
def _share_heads() -> frozenset[str]:
    codes = [code for code in glossary() if code.endswith(SHARES)]
    return frozenset(term(code).within(lang) for code in codes for lang in LANGUAGES) - frozenset(codes)

"""What a step gives, shown small: the first rows with their names beside their codes, numbers as people read them."""

from html import escape
from typing import Any

import numpy as np
import pandas as pd

from custseg_helpers.looks.tables import table_html, writing
from custseg_helpers.words.glossary import glossary, labelled, term
from custseg_helpers.words.text import T, verbatim

ROWS, COLUMNS = 8, 8


def preview(value: Any) -> str:
    """Return a value as HTML.

    >>> preview(1234567.891)
    '<p><strong>1,234,567.89</strong></p>'
    """
    if isinstance(value, pd.Series):
        size = T(zh="{n:,} 行", en="{n:,} rows").format(n=len(value))
        return _table(value.rename(value.name if isinstance(value.name, str) else "").to_frame(), size)
    if isinstance(value, pd.DataFrame):
        size = T(zh="{n:,} 行，{m} 列", en="{n:,} rows, {m} columns").format(n=len(value), m=value.shape[1])
        return _table(value, size)
    if isinstance(value, list | tuple | set | np.ndarray | pd.Index):
        first = ", ".join(_cell(item) for item in list(value)[:ROWS])
        more = " …" if len(value) > ROWS else ""
        size = T(zh="{n:,} 项", en="{n:,} entries").format(n=len(value))
        return f"<p>{first}{more}</p><p><small>{size}</small></p>"
    if isinstance(value, dict):
        return "".join(
            f"<p>{escape(str(name))}: <strong>{_cell(held)}</strong></p>" for name, held in value.items()
        )
    return f"<p><strong>{_cell(value)}</strong></p>"


def named(code: Any) -> T:
    """Return what the course calls a code, with the code beside it.

    >>> named("quantity"), named("rows_of_mine")
    (T(zh='数量 quantity', en='quantity'), T(zh='rows_of_mine', en='rows_of_mine'))
    """
    if not isinstance(code, str) or code not in glossary():
        return verbatim(code)
    return term(code).map(lambda words: words if words == code else f"{words} {code}")


def spoken(value: str) -> str:
    """Return a value of a column as the course calls it; what it does not know stays.

    >>> spoken("C0001")
    'C0001'
    """
    return str(term(value)) if value in glossary() else value


def _table(table: pd.DataFrame, size: T) -> str:
    shown = labelled(table.iloc[:ROWS, :COLUMNS])
    shown.columns = [str(named(code)) for code in table.columns[:COLUMNS]]
    if shown.index.nlevels == table.index.nlevels:
        shown.index.names = [name and str(named(name)) for name in table.index.names]
    return f"{table_html(shown)}<p><small>{size}</small></p>"


def _cell(value: Any) -> str:
    if isinstance(value, bool | np.bool_):
        return str(T(zh="是", en="yes") if value else T(zh="否", en="no"))
    if isinstance(value, int | float | np.number):
        return writing(pd.Series([value]))(value)
    return escape(spoken(value) if isinstance(value, str) else str(value))

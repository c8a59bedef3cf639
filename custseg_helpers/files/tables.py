"""The one table builder for pages: codes as names, numbers as people write them, on the right."""

from collections.abc import Callable, Mapping
from typing import Any

import pandas as pd
from markupsafe import Markup

from custseg_helpers.files.page import part
from custseg_helpers.words.glossary import label, labelled

Written = str | Callable[[Any], str]
"""How a column is written: a format of numbers such as `",.2f"`, or a function of the value."""
MISSING = "–"
SHORT = 18
"""A column whose texts are all as narrow as so many Latin letters stays on one line."""
STACKED_FROM = 3
"""With more columns than these, some of them long texts, a table is too wide for a phone."""


def html_table(
    table: pd.DataFrame, formats: Mapping[str, Written] | None = None, *, codes: bool = True
) -> Markup:
    """Return a table as HTML. On a phone a wide table of figures scrolls in its own box, one of words stands row by row.

    Args:
        table: its index comes first, unless it only counts the rows.
        formats: how to write columns, by their codes; others say what they hold, with commas in large numbers.
        codes: whether texts may be codes of the glossary. A learner's name is none, though it may read like one.

    >>> table = pd.DataFrame({"customers": [1200]}, index=pd.Index(["<A>"], name="segment"))
    >>> print(html_table(table).partition("<tbody>")[2])
    <tr><td class="s">&lt;A&gt;</td><td class="n">1,200</td></tr></tbody></table></div>
    """
    formats = formats or {}
    shown = table if _only_counts(table.index) else table.reset_index()
    named = labelled(shown) if codes else shown
    columns, cells = [], []
    for place, code in enumerate(shown.columns):
        own, how = shown.iloc[:, place], formats.get(code)
        number = isinstance(how, str) or _is_number(own)
        values = own if number or how else named.iloc[:, place]
        cells.append([_written(value, how) for value in values])
        kind = "n" if number else "s" if all(_width(cell) <= SHORT for cell in cells[-1]) else ""
        columns.append({"name": str(named.columns[place]), "kind": kind})
    stacked = len(columns) > STACKED_FROM and any(not column["kind"] for column in columns)
    rows = zip(*cells, strict=True)
    return part("files/templates/table.html.jinja", columns=columns, rows=rows, stacked=stacked).strip()


def _only_counts(index: pd.Index) -> bool:
    return isinstance(index, pd.RangeIndex) and index.name is None


def _is_number(column: pd.Series) -> bool:
    return pd.api.types.is_numeric_dtype(column) and not pd.api.types.is_bool_dtype(column)


def _width(cell: str) -> int:
    """Return how wide a text is in Latin letters, of which a Chinese character takes two."""
    return sum(1 if char < "\u2e80" else 2 for char in cell)


def _written(value: Any, how: Written | None) -> str:
    if callable(how):
        return how(value)
    if pd.isna(value):
        return MISSING
    if isinstance(value, bool):
        return label("yes" if value else "no")
    if isinstance(value, pd.Timestamp):
        return f"{value:%Y-%m-%d}"
    if how:
        return format(int(value) if how.endswith("d") else value, how)
    return format(value, ",") if isinstance(value, int | float) else str(value)

"""The evidence of a sheet: its cells unmarked, the rows that are no lines aside, every column typed."""

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from custseg_helpers.evidence.contents import Column, column_of_codes, only, unmarked_codes
from custseg_helpers.evidence.rows_aside import rows_aside


@dataclass
class Evidence:
    """A table without the rows that are no lines, its columns typed."""

    frame: pd.DataFrame
    columns: dict[str, Column]
    aside: pd.Series
    decimal: str
    unsure_decimal: tuple[str, ...] = ()
    doubled: tuple[str, ...] = ()
    marked: bool = False
    whole: pd.DataFrame | None = None
    """the table with those rows, its cells unmarked"""

    @property
    def no_aside(self) -> pd.Series:
        """Of each row of `frame`: it is an order line."""
        return self.aside[self.aside == ""]

    def of(self, *roles: str) -> list[Column]:
        """Return the columns whose names have one of the roles, in the sequence of the roles, then of the file."""
        return [column for role in roles for column in self.columns.values() if role in column.roles[:1]]


def evidence(frame: pd.DataFrame, separator: str | None = None) -> Evidence:
    """Unmark the cells, leave out the rows that are no lines, and tell what every column holds."""
    names = [str(name) for name in frame.columns]
    doubled = tuple(dict.fromkeys(name for name in names if names.count(name) > 1))
    single = frame.loc[:, [names.count(name) == 1 for name in names]] if doubled else frame
    taken_off, columns = {}, {}
    for name in single:
        taken_off[name], codes, values = unmarked_codes(single[name])
        columns[name] = column_of_codes(codes, values, name)
    marked = any(
        column is not single[name] and not column.equals(single[name]) for name, column in taken_off.items()
    )
    clean = pd.DataFrame(taken_off, copy=False) if marked else single
    decimal, unsure = _decimal(columns, separator)
    aside = rows_aside(clean, decimal)
    rows, body = (aside == "").to_numpy(), clean
    if not rows.all():
        body, columns = clean[rows], {name: only(column, rows) for name, column in columns.items()}
        decimal, unsure = _decimal(columns, separator)
    return Evidence(body, columns, aside, decimal, unsure, doubled, marked, clean)


def _decimal(columns: Mapping[str, Column], separator: str | None) -> tuple[str, tuple[str, ...]]:
    """Return the mark before decimals that the file's numbers share, and the columns that leave it open."""
    marks = {column.decimal for column in columns.values() if column.kind == "number"}
    open_ = tuple(
        name for name, column in columns.items() if column.kind == "number" and column.decimal == "?"
    )
    if "," in marks and "." not in marks:
        return ",", ()
    if "." in marks and "," in marks:
        return ".", open_
    return ".", () if "." in marks else open_

"""What the standard schema says about the values of a file, checked by pandera: needed cells that are empty, numbers out of bounds.

A browser has no pandera; there the same is looked up column by column.
"""

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np
import pandas as pd

from custseg_helpers.company.schema import TABLES, Field, fields, pandera_schema
from custseg_helpers.mapping.columns import EXTRA

KINDS = {
    "not_nullable": "missing_value",
    "greater_than_or_equal_to": "out_of_range",
    "less_than_or_equal_to": "out_of_range",
}
"""pandera's check → the audit's kind of fault. Codes are left to the audit: a file holds names, not codes."""


def broken(table: str, values: pd.DataFrame, year: int) -> pd.DataFrame:
    """Return what breaks the schema: `column`, `kind` and `place` (position of the row), each once.

    Columns that the schema does not know are not checked; in orders without an amount a price is needed. `year` is the
    snapshot's: no birth and no founding lies after it.

    >>> rows = pd.DataFrame({"customer_id": ["C1", None], "birth_year": [1850.0, 1990.0]})
    >>> broken("customers", rows, 2025).values.tolist()
    [['birth_year', 'out_of_range', 0], ['customer_id', 'missing_value', 1]]
    """
    try:
        with _quiet():
            from pandera.errors import SchemaErrors
    except ModuleNotFoundError:
        return without_pandera(table, values, year)

    checked = values[[name for name in values if field_of(table, str(name))]].reset_index(drop=True)
    try:
        with (
            warnings.catch_warnings()
        ):  # pandera looks for Spark, whose complaints about pandas 3 concern nobody here
            warnings.simplefilter("ignore", FutureWarning)
            _schema(table, checked, needed(table, values), year).validate(checked, lazy=True)
    except SchemaErrors as errors:
        cases = errors.failure_cases
        kinds = cases["check"].astype(str).str.partition("(")[0].map(KINDS)
        found = pd.DataFrame({"column": cases["column"], "kind": kinds, "place": cases["index"]})
        found = found.dropna().astype({"place": "int64"}).drop_duplicates()
        return found.sort_values(["column", "kind", "place"], ignore_index=True)
    return pd.DataFrame({"column": [], "kind": [], "place": np.array([], dtype="int64")})


def without_pandera(table: str, values: pd.DataFrame, year: int) -> pd.DataFrame:
    """Return what `broken` returns, by comparisons alone."""
    filled, found = needed(table, values), []
    for name in values:
        field = field_of(table, str(name))
        if field is None:
            continue
        column = values[name].reset_index(drop=True)
        high = year if field.name.endswith("_year") else field.high
        outside = pd.Series(False, index=column.index)
        if field.low is not None:
            outside |= column < field.low
        if high is not None:
            outside |= column > high
        for kind, wrong in (("missing_value", column.isna() & (name in filled)), ("out_of_range", outside)):
            found += [(str(name), kind, place) for place in np.flatnonzero(wrong.fillna(False))]
    table_of = pd.DataFrame(found, columns=["column", "kind", "place"]).astype({"place": "int64"})
    return table_of.sort_values(["column", "kind", "place"], ignore_index=True)


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep back what Spark, which pandera looks for, says about pandas 3."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", FutureWarning)
        yield


def _schema(table: str, values: pd.DataFrame, filled: set[str], year: int) -> Any:
    import pandera.pandas as pa

    known = {str(name): field_of(table, str(name)) for name in values}
    return pa.DataFrameSchema(
        {name: _column(field, year, needed=name in filled) for name, field in known.items() if field}
    )


def _column(field: Field, year: int, *, needed: bool) -> Any:
    """Return pandera's column of a field: without codes, and no year after the snapshot's."""
    import pandera.pandas as pa

    column = pandera_schema(field.table).columns[field.name]
    column.checks = [check for check in column.checks if check.name in KINDS]
    if field.name.endswith("_year"):
        column.checks = [
            *(check for check in column.checks if check.name.startswith("greater")),
            pa.Check.le(year),
        ]
    column.nullable = not needed
    return column


def needed(table: str, values: pd.DataFrame) -> set[str]:
    """Return the fields of a file that must not be empty."""
    required = {field.name for field in fields(table) if field.required}
    return required | ({"price"} if table == "orders" and "amount" not in values else set())


def field_of(table: str, column: str) -> Field | None:
    """Return the field of the schema that a column of a file holds: of its own table, or of the customer or product named in it.

    >>> field_of("orders", "price").table, field_of("orders", "status")
    ('products', None)
    """
    tables = (table, "customers", "products") if column in EXTRA[table] else (table,)
    known = (field for name in tables if name in TABLES for field in fields(name))
    return next((field for field in known if field.name == column), None)

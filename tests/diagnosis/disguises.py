"""The same value as people may hand it in: other libraries, other types, other shapes."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa


class Capsule:
    """Something that speaks Arrow and nothing else."""

    def __init__(self, table: Any):
        self.__arrow_c_stream__ = table.__arrow_c_stream__

    def __getattr__(self, name: str) -> Any:
        raise AttributeError(name)


class Interchange:
    """Something that speaks the dataframe interchange protocol and nothing else."""

    def __init__(self, table: Any):
        self._table = table

    def __dataframe__(self, *args: Any, **named: Any) -> Any:
        return self._table.__dataframe__(*args, **named)


class Array:
    """Something that turns into an array and nothing else."""

    def __init__(self, values: Any):
        self._values = values

    def __array__(self, dtype: Any = None, copy: Any = None) -> Any:
        return np.asarray(self._values, dtype=dtype)


def disguises(value: Any) -> Iterator[tuple[str, Any]]:
    """Yield a right answer in every form that `check()` accepts, with the form's name."""
    if isinstance(value, (bool, np.bool_, str)):
        yield "in a list", [value]
        yield "in a column", pd.Series([value])
        yield "other case", value.upper() if isinstance(value, str) else int(value)
        return
    if isinstance(value, (int, float, np.number)):
        yield from _numbers(value)
    elif isinstance(value, dict):
        yield "column", pd.Series(value)
        yield "pairs", list(value.items())
        yield "zip", zip(value.keys(), value.values(), strict=True)
    elif isinstance(value, (list, tuple, set)):
        yield from _lists(value)
    else:
        yield from _tables(value)


def _numbers(value: Any) -> Iterator[tuple[str, Any]]:
    yield "NumPy", np.float64(value)
    yield "array of none", np.array(value)
    yield "array of one", np.array([value])
    yield "Decimal", Decimal(repr(float(value)))
    yield "text", repr(float(value))
    yield "in a tuple", (value,)
    yield "table of one", pd.DataFrame({"x": [value]})
    yield "PyArrow", pa.scalar(value)
    yield "Polars of one", pl.DataFrame({"x": [float(value)]})
    yield "three decimals more than asked", round(float(value), 6)
    if isinstance(value, float) and not float(value).is_integer() and abs(value) > 1000:
        yield "thousands", f"{value:,.4f}"


def _lists(value: Any) -> Iterator[tuple[str, Any]]:
    items = sorted(value) if isinstance(value, set) else list(value)
    yield "tuple", tuple(items)
    yield "array", np.array(items)
    yield "column", pd.Series(items)
    yield "index", pd.Index(items)
    yield "one-column table", pd.DataFrame({"customer_id": items})
    yield "index of a table", pd.DataFrame({"n": range(len(items))}, index=items)
    yield "unique", pd.Series(items).unique()
    yield "Polars column", pl.Series(items)
    yield "Polars table", pl.DataFrame({"x": items})
    yield "PyArrow", pa.array(items)
    yield "generator", (item for item in items)
    yield "keys", dict.fromkeys(items).keys()
    yield "array protocol", Array(items)
    if isinstance(value, set) or [str(item).casefold() for item in items] == sorted(
        str(item).casefold() for item in items
    ):
        yield "set", set(items)


def _tables(value: Any) -> Iterator[tuple[str, Any]]:
    keyed = value.rename_axis(index=lambda name: name or "key") if value.index.nlevels == 1 else value
    single = isinstance(value, pd.Series)
    table = keyed.to_frame("value" if value.name is None else value.name) if single else keyed
    table = table.set_axis([str(column) for column in table.columns], axis=1)
    flat = table.reset_index()
    yield "rows turned", value.iloc[::-1]
    yield "ids in a column", flat
    yield "ids in a column, other index", flat.set_index(pd.Index(range(7, 7 + len(flat))))
    yield "columns turned", flat[flat.columns[::-1]]
    yield (
        "Polars",
        pl.DataFrame({str(c): flat[c].astype(object).where(flat[c].notna(), None).tolist() for c in flat}),
    )
    yield (
        "Polars, lazy",
        pl.LazyFrame({str(c): flat[c].astype(object).where(flat[c].notna(), None).tolist() for c in flat}),
    )
    arrow = pa.table(
        {str(c): pa.array(flat[c].astype(object).where(flat[c].notna(), None).tolist()) for c in flat}
    )
    yield "PyArrow", arrow
    yield "Arrow capsule", Capsule(arrow)
    yield "interchange", Interchange(arrow)
    yield "object columns", table.astype(object)
    yield "category", table.apply(lambda c: c if pd.api.types.is_numeric_dtype(c) else c.astype("category"))
    if single and value.index.nlevels == 1:
        yield "dict", dict(zip(value.index, value.tolist(), strict=True))
        yield "pairs", list(zip(value.index, value.tolist(), strict=True))
        yield "records", flat.to_dict("records")
        yield "text keys", value.set_axis(value.index.map(str))
        yield "one row", value.to_frame().T
    if single and pd.api.types.is_numeric_dtype(value) and not pd.api.types.is_bool_dtype(value):
        yield "text values", value.map(repr)
        yield "Decimal", value.map(lambda n: Decimal(repr(float(n))))
        yield "nullable", value.astype("Float64")
    if value.index.nlevels == 2 and single:
        yield "wide", value.unstack()
        yield "wide, turned", value.unstack(0)
    if not single and value.shape[1] > 2:
        yield "long", value.rename_axis(index="rows", columns="columns").stack()
        yield (
            "long table",
            value.rename_axis(index="rows", columns="columns").stack().rename("n").reset_index(),
        )

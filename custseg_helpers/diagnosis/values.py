"""What anybody may hand in, as plain values: a pandas table or column, a list, a set, a number, a text, a date.

pandas stays as it is; Polars, DuckDB, PyArrow, Spark and whatever else narwhals knows, the dataframe interchange
protocol, Arrow's capsules (`__arrow_c_stream__`), `__array__`, mappings, iterators and single values are read. What
was asked plays no part here: `forms.py` looks at that.
"""

import warnings
from collections.abc import Iterable, Mapping
from datetime import date
from itertools import islice
from numbers import Number
from typing import Any

import numpy as np
import pandas as pd

MOST_ITEMS = 20_000_000
"""So many items are taken out of something that may never end."""


def plain(given: Any) -> Any:
    """Return a value as a plain one; an object that cannot be read stays what it is, and nothing is raised.

    >>> plain(range(3)), plain({"a": 1}).to_dict(), plain(np.float64(2.5))
    ([0, 1, 2], {'a': 1}, 2.5)
    """
    try:
        return _plain(given)
    except Exception:
        return given


def _plain(given: Any) -> Any:
    if isinstance(given, (str, bytes)) or given is None or given is ...:
        return str(given) if isinstance(given, str) else given
    if (
        isinstance(given, (Number, np.generic))
        or given is pd.NA
        or given is pd.NaT
        or isinstance(given, date | pd.Period)
    ):
        return _scalar(given)
    if isinstance(given, (pd.DataFrame, pd.Series)):
        return given
    if isinstance(given, Mapping):
        return _mapping(given)
    if isinstance(given, (set, frozenset)):
        return {_scalar(item) for item in given}
    if isinstance(given, (list, tuple, pd.Index)):
        return [item if isinstance(item, str) else _scalar(item) for item in given]
    if isinstance(given, type) or callable(given):
        return given
    if hasattr(given, "as_py"):  # one value of PyArrow
        return _plain(given.as_py())
    found = _table(given)
    if found is not None:
        return found
    if hasattr(given, "__array__"):
        return _array(np.asarray(given.filled(np.nan) if isinstance(given, np.ma.MaskedArray) else given))
    if isinstance(given, Iterable) and not type(given).__module__.startswith("pandas"):  # no groups half way
        return [_scalar(item) for item in islice(given, MOST_ITEMS)]
    return given


def _scalar(item: Any) -> Any:
    """Return one value as Python's or pandas' own: numbers as int or float, days as Timestamp, gaps as NaN."""
    if isinstance(item, (str, bool, int)):
        return item
    if item is None or item is pd.NA or item is pd.NaT:
        return np.nan
    if isinstance(item, (np.datetime64, date)):
        return pd.Timestamp(item)
    if isinstance(item, np.generic):
        item = item.item()
    if isinstance(item, complex):
        return item.real if item.imag == 0 else item
    if isinstance(item, Number) and not isinstance(item, (bool, int)):
        return float(item)  # type: ignore[arg-type]
    return item


def _mapping(given: Mapping[Any, Any]) -> pd.DataFrame | pd.Series:
    values = [plain(value) for value in given.values()]
    if any(isinstance(value, (pd.Series, pd.DataFrame, list)) for value in values):
        return pd.DataFrame(dict(zip(given, values, strict=True)))
    return pd.Series(dict(zip(given, values, strict=True)), dtype=None if values else object)


def _table(given: Any) -> pd.DataFrame | pd.Series | list[Any] | None:
    """Return a table or column of another library; None where it is none."""
    arrow = type(given).__module__.startswith("pyarrow")
    if arrow and getattr(getattr(given, "schema", None), "pandas_metadata", None):
        return given.to_pandas()  # what was the index of a table of pandas is told there
    if type(given).__name__ == "Styler" and isinstance(getattr(given, "data", None), pd.DataFrame):
        return given.data
    if isinstance(given, (np.ndarray, pd.api.extensions.ExtensionArray)):
        return None
    import narwhals.stable.v2 as nw

    known = nw.from_native(given, pass_through=True, allow_series=True)
    if not isinstance(known, (nw.DataFrame, nw.LazyFrame, nw.Series)):
        if hasattr(given, "__arrow_c_stream__") or hasattr(given, "__arrow_c_array__"):
            known = _arrow(given)
        elif hasattr(given, "__dataframe__"):
            with warnings.catch_warnings():
                warnings.simplefilter(
                    "ignore"
                )  # pandas asks to prefer Arrow, which this object does not speak
                return pd.api.interchange.from_dataframe(given)
        else:
            return None
    if isinstance(known, nw.LazyFrame):
        known = known.collect()
    if isinstance(known, nw.Series):
        return pd.Series(known.to_numpy(), name=known.name or None)
    return pd.DataFrame({column: known[column].to_numpy() for column in known.columns})


def _arrow(given: Any) -> Any:
    import narwhals.stable.v2 as nw
    import pyarrow as pa

    try:
        return nw.from_native(pa.table(given))
    except (pa.ArrowInvalid, ValueError, TypeError):
        stream = hasattr(given, "__arrow_c_stream__")
        return nw.from_native(pa.chunked_array(given if stream else [pa.array(given)]), series_only=True)


def _array(array: np.ndarray) -> Any:
    if array.dtype.names:
        return pd.DataFrame(array)
    if array.ndim == 0:
        return _scalar(array[()])
    if array.ndim == 2 and 1 not in array.shape:
        return pd.DataFrame(array)
    if array.ndim > 2:
        return array
    flat = array.ravel()
    return [_scalar(item) for item in flat] if flat.dtype.kind in "OMmc" else flat.tolist()

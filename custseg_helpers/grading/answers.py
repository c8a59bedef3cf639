"""A learner's answers as plain JSON, so that nothing of theirs runs where they are judged.

A pickle could bring code along. What is written here is names, numbers, texts, days, lists and tables, and reading it
makes exactly these.
"""

from collections.abc import Mapping
from datetime import date
from numbers import Integral, Number
from typing import Any

import numpy as np
import pandas as pd

MOST_VALUES = 2_000_000
"""A larger answer is no answer to any exercise."""
MOST_KEYS = 20_000
"""More names than any answer has; made to collide, they would take hours."""
LONGEST_TEXT = 20_000
LISTS = (list, tuple, set, frozenset, np.ndarray, pd.Index)


def encode(value: Any, depth: int = 0) -> Any:
    """Return a value as JSON; what an answer cannot be becomes the name of its type.

    >>> encode((1, "a", ...))
    {'kind': 'tuple', 'items': [1, 'a', {'kind': 'todo'}]}
    """
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, str):
        return str.__str__(value)[:LONGEST_TEXT]
    if value is ...:
        return {"kind": "todo"}
    if isinstance(value, np.bool_):
        return bool(value)
    if isinstance(value, Number):
        return int(value) if isinstance(value, Integral) else _float(value)
    if isinstance(value, date | np.datetime64):
        return {"kind": "day", "text": str(pd.Timestamp(value))}
    if depth < 5:
        if isinstance(value, pd.DataFrame | pd.Series):
            return _table(value, depth + 1)
        if isinstance(value, Mapping) and len(value) < MOST_VALUES:
            items = [[encode(key, depth + 1), encode(item, depth + 1)] for key, item in value.items()]
            return {"kind": "mapping", "items": items}
        kind = "array" if isinstance(value, np.ndarray | pd.Index) else type(value).__name__
        if isinstance(value, LISTS) and _length(value) < MOST_VALUES:
            return {"kind": kind, "items": [encode(item, depth + 1) for item in value]}
    return {"kind": "other", "type": type(value).__name__}


def decode(found: Any) -> Any:
    """Return the value again.

    >>> table = pd.DataFrame({"n": [1, 2]}, index=pd.Index(["C1", "C2"], name="customer_id"))
    >>> bool(decode(encode(table)).equals(table))
    True
    """
    if not isinstance(found, dict):
        return found
    kind = found["kind"]
    if kind == "todo":
        return ...
    if kind == "day":
        return pd.Timestamp(found["text"])
    if kind == "table":
        return _as_table(found)
    if kind in ("mapping", "set", "frozenset") and len(found["items"]) > MOST_KEYS:
        return type(kind, (), {})()
    if kind == "mapping":
        return {_key(decode(key)): decode(item) for key, item in found["items"]}
    if kind == "other":
        return type(str(found["type"]).replace("\0", ""), (), {})()
    items = [decode(item) for item in found["items"]]
    if kind == "array":
        return np.array(items, dtype=None if all(isinstance(item, int | float) for item in items) else object)
    if kind in ("set", "frozenset"):
        return {_key(item) for item in items}
    return tuple(items) if kind == "tuple" else items


def _length(value: Any) -> int:
    return int(value.size) if isinstance(value, np.ndarray) else len(value)


def _float(value: Any) -> Any:
    try:
        return float(value)
    except (TypeError, ValueError, OverflowError):
        return {"kind": "other", "type": type(value).__name__}


def _table(value: pd.DataFrame | pd.Series, depth: int) -> Any:
    table = value.to_frame() if isinstance(value, pd.Series) else value
    if table.size > MOST_VALUES or len(table) > MOST_VALUES:
        return {"kind": "other", "type": type(value).__name__}
    levels = [table.index.get_level_values(number) for number in range(table.index.nlevels)]
    plain = isinstance(table.index, pd.RangeIndex) and table.index.name is None
    return {
        "kind": "table",
        "series": isinstance(value, pd.Series),
        "name": encode(value.name, depth) if isinstance(value, pd.Series) else None,
        "columns": [encode(name, depth) for name in table.columns],
        "data": [_column(table.iloc[:, place], depth) for place in range(table.shape[1])],
        "index": None if plain else [_column(level.to_series(), depth) for level in levels],
        "names": [encode(name, depth) for name in table.index.names],
        "rows": len(table),
    }


def _column(column: pd.Series, depth: int) -> dict[str, Any]:
    if pd.api.types.is_bool_dtype(column) and not column.isna().any():
        return {"of": "truth", "items": [bool(item) for item in column]}
    if pd.api.types.is_integer_dtype(column) and not column.isna().any():
        return {"of": "whole", "items": [int(item) for item in column]}
    if pd.api.types.is_numeric_dtype(column) and not pd.api.types.is_complex_dtype(column):
        return {"of": "number", "items": [float(x) for x in column.to_numpy(float, na_value=np.nan)]}
    if pd.api.types.is_datetime64_any_dtype(column):
        return {"of": "days", "items": [None if pd.isna(item) else str(item) for item in column]}
    missing = column.isna()
    items = [None if gone else encode(item, depth) for item, gone in zip(column, missing, strict=True)]
    return {"of": "words", "items": items}


def _as_table(found: dict[str, Any]) -> pd.DataFrame | pd.Series:
    columns = [_as_column(column) for column in found["data"]]
    names = [_key(decode(name)) for name in found["names"]]
    if found["index"] is None:
        index: pd.Index = pd.RangeIndex(found["rows"])
    elif len(found["index"]) == 1:
        index = pd.Index(_as_column(found["index"][0]), name=names[0])
    else:
        index = pd.MultiIndex.from_arrays([_as_column(level) for level in found["index"]], names=names)
    table = pd.DataFrame({place: column.to_numpy() for place, column in enumerate(columns)}, index=index)
    if found["series"]:
        return table[0].rename(_key(decode(found["name"])))
    heads = [_key(decode(name)) for name in found["columns"]]
    table.columns = pd.MultiIndex.from_tuples(heads) if heads and isinstance(heads[0], tuple) else heads
    return table


def _as_column(found: dict[str, Any]) -> pd.Series:
    if found["of"] == "days":
        return pd.Series(pd.to_datetime(found["items"], errors="coerce", format="mixed"))
    kinds = {"truth": bool, "whole": "int64", "number": float, "words": object}
    items = found["items"] if found["of"] != "words" else [decode(item) for item in found["items"]]
    return pd.Series(items, dtype=kinds[found["of"]])


def _key(value: Any) -> Any:
    """Return a value that can be a key: a list becomes a tuple, anything else that cannot becomes its words."""
    value = tuple(value) if isinstance(value, list) else value
    try:
        hash(value)
    except TypeError:
        return str(value)
    return value

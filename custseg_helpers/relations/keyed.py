"""An answer as columns of values on keys: what two answers are when they are compared row by row."""

from typing import Any

import numpy as np
import pandas as pd

from custseg_helpers.words.glossary import code_of, codes


def is_number(value: Any) -> bool:
    """Tell whether a value is one number, True and False left out.

    >>> is_number(3.5), is_number(True), is_number("3")
    (True, False, False)
    """
    return isinstance(value, (int, float, np.number)) and not isinstance(value, (bool, np.bool_))


def numeric(column: pd.Series) -> bool:
    """Tell whether a column holds numbers, True and False left out.

    >>> numeric(pd.Series([1, 2])), numeric(pd.Series([True, False]))
    (True, False)
    """
    return bool(pd.api.types.is_numeric_dtype(column) and not pd.api.types.is_bool_dtype(column))


def column_of(value: Any, like: pd.Series) -> pd.Series | None:
    """Return a given value as one column on text keys, as a right column `like` has it; None where it is none.

    Keys in a column go into the index. Of several columns the one called like the right one is taken.

    >>> like = pd.Series([1], index=pd.Index(["C1"], name="customer_id"), name="frequency")
    >>> column_of(pd.DataFrame({"customer_id": ["C1"], "n": [2]}), like).to_dict()
    {'C1': 2}
    """
    if isinstance(value, pd.DataFrame):
        keys = [name for name in like.index.names if name]
        if keys and list(value.index.names) != keys and set(keys) <= set(value.columns):
            value = value.set_index(keys)
        if value.shape[1] > 1:
            value = value[[like.name]] if like.name in value.columns else value
        if value.shape[1] != 1:
            return None
        value = value.iloc[:, 0]
    return coded(value) if isinstance(value, pd.Series) else None


def coded(column: pd.Series) -> pd.Series:
    """Return a column with its keys as texts and its values as codes, whichever language they were written in."""
    labels = not numeric(column) and not pd.api.types.is_bool_dtype(column)
    values = column.map({value: code_of(value) for value in column.unique()}) if labels else column
    return values.set_axis(
        keys_of(column.index).rename(column.index.name if column.index.nlevels == 1 else None)
    )


_KEPT: dict[int, tuple[pd.Index, pd.Index]] = {}
"""The latest indexes and their texts: the same few are asked for many times in one diagnosis."""
MOST_KEPT = 32


def keys_of(index: pd.Index) -> pd.Index:
    """Return keys as texts; of several levels, with a stroke between them.

    >>> keys_of(pd.MultiIndex.from_tuples([("low", 1)])).tolist()
    ['low/1']
    """
    known = _KEPT.get(id(index))
    if known is None or known[0] is not index:
        while len(_KEPT) >= MOST_KEPT:
            del _KEPT[next(iter(_KEPT))]
        known = _KEPT[id(index)] = index, _texts(index)
    return known[1]


def _texts(index: pd.Index) -> pd.Index:
    if isinstance(index, pd.MultiIndex):
        return pd.Index(["/".join(str(code_of(part)) for part in key) for key in index])
    if isinstance(index, pd.DatetimeIndex):
        return pd.Index(index.strftime("%Y-%m-%d"))
    if isinstance(index.dtype, np.dtype) and index.dtype.kind == "f" and (index == np.round(index)).all():
        index = index.astype(int)
    texts = index.astype(str).tolist()
    # Ids are no names of ours, and there may be a million of them.
    return pd.Index([code_of(key) for key in texts] if codes().keys() & set(texts) else texts, dtype=object)


def same(right: pd.Series, given: pd.Series) -> bool:
    """Tell whether two columns on the same keys hold the same labels, or the same True and False."""
    return bool(((right.to_numpy() == given.to_numpy()) | (right.isna() & given.isna()).to_numpy()).all())

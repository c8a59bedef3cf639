"""What a column holds, as far as tag rules tell kinds apart."""

from typing import Literal

import pandas as pd

from custseg_helpers.words.text import T

Kind = Literal["number", "text", "date", "flag", "empty", "mixed"]

KINDS: dict[Kind, T] = {
    "number": T(zh="数字", en="a number"),
    "text": T(zh="文字", en="text"),
    "date": T(zh="日期", en="a date"),
    "flag": T(zh="是/否", en="yes or no"),
    "empty": T(zh="空值", en="nothing"),
    "mixed": T(zh="数字和文字混杂", en="numbers and text mixed"),
}

_INFERRED: dict[str, Kind] = {
    "string": "text",
    "boolean": "flag",
    "date": "date",
    "datetime": "date",
    "integer": "number",
    "floating": "number",
    "mixed-integer-float": "number",
    "decimal": "number",
}


def kind_of(column: pd.Series) -> Kind:
    """Return what one column holds; a column without any value holds `"empty"`.

    >>> kind_of(pd.Series(["beijing", None])), kind_of(pd.Series([3, "x"])), kind_of(pd.Series([True, None]))
    ('text', 'mixed', 'flag')
    """
    if column.first_valid_index() is None:
        return "empty"
    values = column.cat.categories if isinstance(column.dtype, pd.CategoricalDtype) else column
    if pd.api.types.is_bool_dtype(values):
        return "flag"
    if pd.api.types.is_numeric_dtype(values):
        return "number"
    if pd.api.types.is_datetime64_any_dtype(values):
        return "date"
    return _INFERRED.get(pd.api.types.infer_dtype(values, skipna=True), "mixed")


def column_kinds(table: pd.DataFrame) -> dict[str, Kind]:
    """Return what each column of a table holds.

    >>> column_kinds(pd.DataFrame({"city": ["beijing"], "frequency": [3], "vip": [True]}))
    {'city': 'text', 'frequency': 'number', 'vip': 'flag'}
    """
    bare = table.copy(deep=False)
    bare.attrs = {}  # pandas copies what a table carries once for every column taken out of it
    return {name: kind_of(bare[name]) for name in bare.columns if isinstance(name, str)}

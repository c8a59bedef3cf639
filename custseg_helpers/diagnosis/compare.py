"""Where two answers differ, in words; what does not matter is forgiven.

Forgiven: row and column order, an id in the index or in a column, number types, float noise, a value
correctly rounded to two decimals or more, a code or its name in either language, a one-column table
for a series. Never forgiven: a row too many or too few. The whole table is compared, not its head.
"""

from collections.abc import Mapping
from functools import cache
from numbers import Number
from typing import Any

import numpy as np
import pandas as pd

from custseg_helpers.words.glossary import glossary
from custseg_helpers.words.text import T, listed

SHAPES = {
    "table": T(zh="一张表", en="a table"),
    "series": T(zh="每位客户（或每组）一个值", en="one value per customer or group"),
    "number": T(zh="一个数", en="a number"),
    "words": T(zh="一段文字", en="a text"),
    "list": T(zh="一个列表", en="a list"),
}


def difference(expected: Any, given: Any) -> T | None:
    """Say where `given` first differs from `expected`, or return None when they agree.

    >>> difference(pd.Series({"C1": 3, "C2": 5}), pd.Series({"C2": 5.0, "C1": 3.0})) is None
    True
    >>> difference(pd.Series({"C1": 3, "C2": 5}), pd.Series({"C1": 3, "C2": 4})).en
    '1 of 2 values differ, first C2: yours 4.'
    """
    wanted = shape_of(expected)
    if wanted in ("table", "series"):
        return _table_difference(_as_table(expected), expected, given)
    if wanted == "list":
        return _list_difference(expected, given)
    given = _lone_value(given)
    if shape_of(given) != wanted:
        return _not_that_shape(wanted, given)
    if wanted == "number":
        return (
            None
            if bool(_close(np.array([expected], float), np.array([given], float))[0])
            else _number_words(expected, given)
        )
    return None if _word(expected) == _word(given) else T(zh=f"“{given}”不对。", en=f"“{given}” is not it.")


def same_groups(expected: pd.Series, given: Any) -> T | None:
    """Compare groups under any numbering: they agree when each group of one is a group of the other.

    Close counts too: an adjusted Rand index (Hubert & Arabie 1985) of 0.95 or more.

    >>> same_groups(pd.Series({"C1": 0, "C2": 0, "C3": 1}), pd.Series({"C1": 7, "C2": 7, "C3": 2})) is None
    True
    """
    from sklearn.metrics import adjusted_rand_score

    table = _as_table(given) if shape_of(given) in ("table", "series") else None
    if table is None or table.shape[1] != 1:
        return _not_that_shape("series", given)
    if not table.index.sort_values().equals(_as_table(expected).index.sort_values()):
        return _row_words(_as_table(expected), table)
    agreement = adjusted_rand_score(expected, table.iloc[:, 0].reindex(expected.index))
    if agreement >= 0.95:
        return None
    return T(
        zh=f"分出的群不一样：与答案的一致程度为 {agreement:.2f}（1 为完全一致）。",
        en=f"The groups differ: agreement with the answer is {agreement:.2f} (1 is perfect).",
    )


def shape_of(value: Any) -> str:
    """Name the shape of a value: table, series, number, words, list or its Python type."""
    if isinstance(value, pd.DataFrame):
        return "table"
    if isinstance(value, (pd.Series, Mapping)):
        return "series"
    if isinstance(value, (bool, np.bool_, Number)):
        return "number"
    if isinstance(value, str):
        return "words"
    if isinstance(value, (list, tuple, set, frozenset, np.ndarray, pd.Index)):
        return "list"
    return type(value).__name__


def _as_table(value: Any) -> pd.DataFrame:
    table = value.copy() if isinstance(value, pd.DataFrame) else pd.Series(value).rename("value").to_frame()
    if isinstance(table.columns, pd.MultiIndex):
        table.columns = ["/".join(map(str, key)) for key in table.columns]
    table.columns = [_code(column) for column in table.columns]
    return table


def _table_difference(wanted: pd.DataFrame, expected: Any, given: Any) -> T | None:
    if shape_of(given) not in ("table", "series"):
        return _not_that_shape(shape_of(expected), given)
    table = _as_table(given)
    keys = [name for name in wanted.index.names if name]
    if keys and list(table.index.names) != keys and set(keys) <= set(table.columns):
        table = table.set_index(keys)
    if isinstance(expected, (pd.Series, Mapping)):
        table = _one_column(table, getattr(expected, "name", None))
        if table is None:
            return T(
                zh="需要每位客户（或每组）一个值，你的表有好几列：只选一列。",
                en="One value per customer or group is wanted; your table has several columns: pick one.",
            )
    missing = [column for column in wanted.columns if column not in table.columns]
    if missing:
        return T(zh="缺少列：{names}。", en="Columns missing: {names}.").format(names=listed(missing))
    table = table[list(wanted.columns)]
    if _unkeyed(wanted):
        wanted, table = _sorted_rows(wanted), _sorted_rows(table)
    wanted.index, table.index = _word_index(wanted.index), _word_index(table.index)
    if len(wanted) != len(table) or not wanted.index.sort_values().equals(table.index.sort_values()):
        return _row_words(wanted, table)
    if not wanted.index.is_unique:
        wanted, table = wanted.sort_index(kind="stable"), table.sort_index(kind="stable")
    else:
        table = table.loc[wanted.index]
    for column in wanted.columns:
        right = _equal(wanted[column], table[column])
        if not right.all():
            first = int(np.argmin(right))
            form = _column_form(wanted[column], table[column], first)
            if form:
                return form
            where = (
                f"{wanted.index[first]}" if len(wanted.columns) == 1 else f"{wanted.index[first]} · {column}"
            )
            return T(
                zh=f"{len(right)} 个值中有 {int((~right).sum())} 个不同，第一个是 {where}：你的是 {_show(table[column].iloc[first])}。",
                en=f"{int((~right).sum())} of {len(right)} values differ, first {where}: yours {_show(table[column].iloc[first])}.",
            )
    return None


def _column_form(wanted: pd.Series, given: pd.Series, first: int) -> T | None:
    if not (pd.api.types.is_numeric_dtype(wanted) and pd.api.types.is_numeric_dtype(given)):
        return None
    sides = [side.to_numpy(float, na_value=np.nan) for side in (wanted, given)]
    return _only_form(sides[0], sides[1], _show(given.iloc[first]))


def _one_column(table: pd.DataFrame, name: Any) -> pd.DataFrame | None:
    if table.shape[1] > 1:
        if _code(name) not in table.columns:
            return None
        table = table[[_code(name)]]
    return table.set_axis(["value"], axis=1) if table.shape[1] == 1 else None


def _unkeyed(table: pd.DataFrame) -> bool:
    return isinstance(table.index, pd.RangeIndex) and table.index.name is None


def _sorted_rows(table: pd.DataFrame) -> pd.DataFrame:
    return table.sort_values(list(table.columns), key=lambda column: column.map(str)).reset_index(drop=True)


def _word_index(index: pd.Index) -> pd.Index:
    if isinstance(index, pd.MultiIndex):
        return pd.Index(["/".join(str(_code(part)) for part in key) for key in index])
    return pd.Index([str(_code(key)) for key in index])


def _equal(wanted: pd.Series, given: pd.Series) -> np.ndarray:
    numbers = [pd.to_numeric(side, errors="coerce") for side in (wanted, given)]
    if pd.api.types.is_numeric_dtype(wanted) and (numbers[1].notna() | given.isna()).all():
        return _close(
            numbers[0].to_numpy(float, na_value=np.nan), numbers[1].to_numpy(float, na_value=np.nan)
        )
    if pd.api.types.is_datetime64_any_dtype(wanted):
        dates = pd.to_datetime(given, errors="coerce")
        return np.asarray((wanted.to_numpy() == dates.to_numpy()) | (wanted.isna() & dates.isna()).to_numpy())
    pairs = zip(wanted, given, strict=True)
    return np.array([_word(a) == _word(b) or (pd.isna(a) and pd.isna(b)) for a, b in pairs], dtype=bool)


def _close(wanted: np.ndarray, given: np.ndarray) -> np.ndarray:
    right = np.isclose(given, wanted, rtol=1e-6, atol=1e-9, equal_nan=True)
    for decimals in (2, 3, 4):
        right |= np.isclose(given, np.round(wanted, decimals), rtol=1e-9, atol=1e-9)
    return right


def _list_difference(expected: Any, given: Any) -> T | None:
    if shape_of(given) == "series" and not isinstance(given, Mapping):
        given = given.tolist()
    if shape_of(given) != "list":
        return _not_that_shape("list", given)
    ordered = not isinstance(expected, (set, frozenset))
    wanted, got = [_word(item) for item in expected], [_word(item) for item in given]
    if len(wanted) != len(got):
        return T(
            zh=f"应有 {len(wanted)} 项，你的是 {len(got)} 项。",
            en=f"{len(wanted)} items are wanted, yours has {len(got)}.",
        )
    strangers = [item for item in got if item not in wanted]
    if strangers:
        return T(zh=f"“{strangers[0]}”不该在里面。", en=f"“{strangers[0]}” does not belong in it.")
    if ordered and wanted != got:
        place = next(i for i, pair in enumerate(zip(wanted, got, strict=True), 1) if pair[0] != pair[1])
        return T(
            zh=f"内容对，顺序从第 {place} 项起不对。",
            en=f"The right items, but the order differs from item {place} on.",
        )
    return (
        None
        if ordered or set(wanted) == set(got)
        else T(zh="有重复或遗漏的项。", en="An item is doubled or missing.")
    )


def _lone_value(given: Any) -> Any:
    if isinstance(given, (pd.Series, pd.DataFrame, np.ndarray)) and given.size == 1:
        return _code(np.asarray(given).ravel()[0])
    return given


def _number_words(expected: Any, given: Any) -> T:
    return _only_form(np.array([expected], float), np.array([given], float), _show(given)) or T(
        zh=f"{_show(given)} 不对。", en=f"{_show(given)} is not it."
    )


def _only_form(wanted: np.ndarray, given: np.ndarray, first: str) -> T | None:
    """Say so when every value is right but written in per cent, or rounded to less than two decimals."""
    if wanted.any() and (np.abs(wanted) <= 10).all() and np.isclose(given, wanted * 100, rtol=0.02).all():
        return T(
            zh=f"{first} 是百分数，这里要小数：30% 写成 0.3。",
            en=f"{first} is a percentage; a share is wanted here: write 0.3 for 30%.",
        )
    near = np.isclose(given, wanted, rtol=0.05, atol=0, equal_nan=True)
    for decimals in (1, 0):
        if (near & np.isclose(given, np.round(wanted, decimals), equal_nan=True)).all():
            return T(
                zh=f"{first} 像是舍入过的：先别取整，或者保留两位小数。",
                en=f"{first} looks rounded: leave it as it is, or keep two decimals.",
            )
    return None


def _not_that_shape(wanted: str, given: Any) -> T:
    shape = shape_of(given)
    yours = SHAPES.get(shape) or T(zh=" {shape}", en="a {shape}").format(shape=shape)
    return T(zh="这里要{wanted}，你给的是{yours}。", en="This wants {wanted}; yours is {yours}.").format(
        wanted=SHAPES[wanted], yours=yours
    )


def _row_words(wanted: pd.DataFrame, given: pd.DataFrame) -> T:
    wanted_rows, rows = _word_index(wanted.index), _word_index(given.index)
    extra, lacking = rows.difference(wanted_rows), wanted_rows.difference(rows)
    if len(lacking):
        return T(
            zh=f"应有 {len(wanted)} 行，你的是 {len(given)} 行；例如少了 {lacking[0]}。",
            en=f"{len(wanted)} rows are wanted, yours has {len(given)}; {lacking[0]}, for one, is missing.",
        )
    if len(extra):
        return T(
            zh=f"应有 {len(wanted)} 行，你的是 {len(given)} 行；例如多了 {extra[0]}。",
            en=f"{len(wanted)} rows are wanted, yours has {len(given)}; {extra[0]}, for one, is too many.",
        )
    return T(
        zh=f"应有 {len(wanted)} 行，你的是 {len(given)} 行：有的行重复了。",
        en=f"{len(wanted)} rows are wanted, yours has {len(given)}: some rows stand twice.",
    )


def _show(value: Any) -> str:
    return f"{value:,.4g}" if isinstance(value, float) and not float(value).is_integer() else str(value)


@cache
def _codes() -> dict[str, str]:
    return {name: code for code, row in glossary().items() for name in (row["zh_cn"], row["en"])}


def _code(value: Any) -> Any:
    """Read a name in either language as its code, and a text without its outer spaces."""
    if not isinstance(value, str):
        return value.item() if isinstance(value, np.generic) else value
    return _codes().get(value.strip(), value.strip())


def _word(value: Any) -> Any:
    """Read a value as `_code` does, and upper case as lower case."""
    code = _code(value)
    return code.casefold() if isinstance(code, str) else code

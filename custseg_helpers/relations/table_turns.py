"""What becomes of a right table: rows and columns swapped, a total row or column, shares of its rows, in per cent."""

from collections.abc import Callable

import numpy as np
import pandas as pd

from custseg_helpers.relations.evidence import agree, close, evidence, shown
from custseg_helpers.relations.keyed import coded, keys_of, numeric
from custseg_helpers.relations.rows import TOTALS
from custseg_helpers.relations.turns import turned
from custseg_helpers.words.text import T, listed

LEAST_DIGITS = 6.0
TRANSPOSED = T(
    zh="行和列换了位置：在后面加 `.T`。", en="Rows and columns have changed places: put `.T` behind it."
)
TOTAL_LINES = T(
    zh="多了合计（{keys}）：去掉它，例如不要 `margins=True`。",
    en="There are totals too many ({keys}): leave them out, without `margins=True`, say.",
)
ROWS_LOST = T(zh="少了一行：{key}。", en="One row is missing: {key}.")
KEYS_LOST = T(
    zh="行的名字丢了：你的行只剩下 0、1、2 这样的序号。",
    en="The rows have lost their names: yours are merely numbered 0, 1, 2.",
)
COLUMNS_SWAPPED = T(zh="“{one}”和“{other}”两列互换了。", en="The columns “{one}” and “{other}” are swapped.")
WHOLE: dict[str, tuple[Callable[[np.ndarray], np.ndarray], T]] = {
    "share_of_row": (
        lambda table: table / np.nansum(table, axis=1, keepdims=True),
        T(
            zh="这是每一行之内的占比，这里不是。",
            en="Those are shares within each row, which are not asked here.",
        ),
    ),
    "share_of_column": (
        lambda table: table / np.nansum(table, axis=0, keepdims=True),
        T(
            zh="这是每一列之内的占比，这里不是。",
            en="Those are shares within each column, which are not asked here.",
        ),
    ),
    "share_of_total": (
        lambda table: table / np.nansum(table),
        T(
            zh="这是占全表合计的比例，这里不是。",
            en="Those are shares of the whole table's total, which are not asked here.",
        ),
    ),
    "cumulated_down": (
        lambda table: np.nancumsum(table, axis=0),
        T(
            zh="这是从上往下累加的数：去掉 `cumsum`。",
            en="Those are running totals down the rows: drop `cumsum`.",
        ),
    ),
    "cumulated_across": (
        lambda table: np.nancumsum(table, axis=1),
        T(
            zh="这是从左往右累加的数：去掉 `cumsum`。",
            en="Those are running totals along the rows: drop `cumsum`.",
        ),
    ),
}
TO_SHARES = T(
    zh="你的是另一种占比或数目：这里要的是{wanted}。",
    en="Yours are amounts, or shares of something else: {wanted} are wanted.",
)
WANTED = {
    "share_of_row": T(zh="每一行之内的占比", en="shares within each row"),
    "share_of_column": T(zh="每一列之内的占比", en="shares within each column"),
    "share_of_total": T(zh="占全表合计的比例", en="shares of the whole table's total"),
}
IN_COLUMN = T(
    zh="“{column}”一列，你给 {key} 的是 {yours}：", en="In the column “{column}” you gave {yours} for {key}: "
)
ALL_OVER = T(zh="你给 {key} · {column} 的是 {yours}：", en="You gave {yours} for {key} · {column}: ")


def table_turned(right: pd.DataFrame, given: pd.DataFrame, more: float = 0) -> tuple[str, T] | None:
    """Name what became of a right table.

    >>> right = pd.DataFrame({"a": [1.5, 2.25], "b": [3.75, 4.5]}, index=["x", "y"])
    >>> table_turned(right, right.T)[0], table_turned(right, right.assign(b=right["b"] * 100))[0]
    ('transposed', 'times_100')
    """
    wanted, yours = _plain(right), _plain(given)
    if not (
        wanted.index.is_unique
        and yours.index.is_unique
        and wanted.columns.is_unique
        and yours.columns.is_unique
    ):
        return None
    for name, text, table in _placed(wanted, yours):
        if _same(wanted, table):
            if name and _evidence(wanted) >= LEAST_DIGITS + more:
                return name, text
            continue
        found = _values(wanted, table, more + (1 if name else 0))
        if found:
            return (f"{name}+{found[0]}", T(zh="", en=" ").join([text, found[1]])) if name else found
    return None


def _plain(table: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame(
        {key: coded(table.iloc[:, n]).to_numpy() for n, key in enumerate(keys_of(table.columns))},
        index=keys_of(table.index),
    )


def _placed(right: pd.DataFrame, given: pd.DataFrame) -> list[tuple[str, T, pd.DataFrame]]:
    """Return the ways in which the cells of both tables may pair up."""
    rows, columns = set(right.index), set(right.columns)
    if set(given.index) == rows and columns <= set(given.columns):
        extra = [name for name in given.columns if name not in columns]
        table = given.loc[right.index, right.columns]
        if extra and all(name.strip().casefold() in TOTALS for name in extra):
            return [("total_column", TOTAL_LINES.format(keys=listed(extra)), table)]
        return [("", T(zh="", en=""), table)]
    if set(given.index) == columns and set(given.columns) == rows and rows != columns:
        return [("transposed", TRANSPOSED, given.T.infer_objects().loc[right.index, right.columns])]
    if not columns <= set(given.columns):
        return []
    shared, extra = given[list(right.columns)], [key for key in given.index if key not in rows]
    if rows <= set(given.index) and extra and all(key.strip().casefold() in TOTALS for key in extra):
        return [("total_row", TOTAL_LINES.format(keys=listed(extra)), shared.loc[right.index])]
    if len(given) == len(right) and list(given.index) == [str(n) for n in range(len(given))]:
        return [("keys_lost", KEYS_LOST, shared.set_axis(right.index))]
    return []


def _same(right: pd.DataFrame, given: pd.DataFrame) -> bool:
    return all(_agree(right[name], given[name]) for name in right.columns)


def _agree(right: pd.Series, given: pd.Series) -> bool:
    if numeric(right):
        return numeric(given) and agree(_floats(right), _floats(given))
    return bool((right.to_numpy() == given.to_numpy()).all())


def _floats(values: pd.Series | pd.DataFrame) -> np.ndarray:
    return values.to_numpy(float, na_value=np.nan)


def _evidence(table: pd.DataFrame) -> float:
    numbers = table[[name for name in table.columns if numeric(table[name])]]
    return evidence(_floats(numbers).ravel()) if numbers.size else float(table.size)


def _values(right: pd.DataFrame, given: pd.DataFrame, more: float) -> tuple[str, T] | None:
    """Name what became of the cells that differ: of all alike, of whole rows and columns, or of swapped columns."""
    if not all(numeric(right[name]) and numeric(given[name]) for name in right.columns):
        return None
    wanted, yours = _floats(right), _floats(given)
    if (wanted.shape[0] == wanted.shape[1]) and agree(wanted.T, yours):
        return "transposed", TRANSPOSED
    off = [name for name in right.columns if not _agree(right[name], given[name])]
    if len(off) == 2 and _agree(right[off[0]], given[off[1]]) and _agree(right[off[1]], given[off[0]]):
        return "columns_swapped", COLUMNS_SWAPPED.format(one=off[0], other=off[1])
    found = turned(_floats(right[off]).ravel(), _floats(given[off]).ravel(), more)
    if found:
        place = dict(
            zip(
                ("row", "column"),
                np.argwhere(~np.isclose(_floats(right[off]), _floats(given[off])))[0],
                strict=True,
            )
        )
        words = {"key": right.index[place["row"]], "column": off[place["column"]]}
        yours_there = shown(given[off].iloc[place["row"], place["column"]])
        start = IN_COLUMN if len(off) == 1 else ALL_OVER
        return found[0], start.format(yours=yours_there, **words) + found[1]
    if evidence(yours.ravel()) < LEAST_DIGITS + more:
        return None
    with np.errstate(all="ignore"):
        for name, (make, text) in WHOLE.items():
            if agree(make(wanted).ravel(), yours.ravel()):
                return name, text
            if name in WANTED and close(make(yours), wanted):
                return f"not_{name}", TO_SHARES.format(wanted=WANTED[name])
    return None

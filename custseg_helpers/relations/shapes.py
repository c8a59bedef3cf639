"""An answer of another shape: a column where one number is asked, a list of ids for True and False, rows for columns."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd

from custseg_helpers.relations.evidence import agree, close, evidence, shown
from custseg_helpers.relations.keyed import coded, is_number, keys_of, numeric
from custseg_helpers.words.text import T

MEASURES: dict[str, tuple[Callable[[pd.Series], Any], T]] = {
    "mean": (lambda column: column.mean(), T(zh="再求平均：`.mean()`", en="take the average: `.mean()`")),
    "sum": (lambda column: column.sum(), T(zh="再加起来：`.sum()`", en="add them up: `.sum()`")),
    "median": (
        lambda column: column.median(),
        T(zh="再取中位数：`.median()`", en="take the median: `.median()`"),
    ),
    "max": (lambda column: column.max(), T(zh="再取最大的：`.max()`", en="take the largest: `.max()`")),
    "min": (lambda column: column.min(), T(zh="再取最小的：`.min()`", en="take the smallest: `.min()`")),
}
ONE_WANTED = T(
    zh="你给的是一列，有 {n} 个值，这里要一个数：{way}。",
    en="you gave a column of {n} values; one number is wanted: {way}.",
)
COUNT_THEM = T(
    zh="你给的是那些行本身，这里要它们有多少：用 `len(…)` 数一数。",
    en="you gave the rows themselves; how many there are is asked: count them with `len(…)`.",
)
COUNT_DIFFERENT = T(
    zh="你给的是一列，这里要其中有多少个不同的：`.nunique()`。",
    en="you gave a column; how many different values it holds is asked: `.nunique()`.",
)
EACH_WANTED = T(
    zh="{yours} 是所有人合在一起的{measure}，这里要每个{key}一个值：先 `groupby`，再算。",
    en="{yours} is the {measure} over all together; one value for each {key} is wanted: `groupby` first.",
)
OF_ALL = {
    "sum": T(zh="总数", en="total"),
    "mean": T(zh="平均数", en="average"),
    "median": T(zh="中位数", en="median"),
    "max": T(zh="最大值", en="largest value"),
    "min": T(zh="最小值", en="smallest value"),
    "size": T(zh="个数", en="number"),
}
HOW_MANY = T(
    zh="{yours} 是个数，这里要的是哪些：把它们列出来。",
    en="{yours} is how many there are; which ones is asked: list them.",
)
IDS_FOR_MASK = T(
    zh="你给的是条件成立的那些编号，这里要每个{key}一个 True 或 False：交出条件本身。",
    en="you gave the ids for which it is True; a True or False for each {key} is wanted: hand in the condition itself.",
)
MASK_FOR_IDS = T(
    zh="你给的是每行一个 True 或 False，这里要那些编号：用它挑出行，再取编号。",
    en="you gave a True or False for each row; the ids are wanted: pick the rows with it and take their ids.",
)
VALUES_FOR_KEYS = T(
    zh="你给的是值，这里要它们的编号：取 `.index.tolist()`。",
    en="you gave the values; their ids are wanted: take `.index.tolist()`.",
)
COUNTS_FOR_LABELS = T(
    zh="你给的是每一类有多少，这里要每个{key}属于哪一类：去掉 `value_counts()`。",
    en="you gave how many there are of each; which one each {key} belongs to is wanted: leave out `value_counts()`.",
)
LABELS_FOR_COUNTS = T(
    zh="你给的是每一行属于哪一类，这里要每一类有多少：再用 `value_counts()` 数。",
    en="you gave which one each row belongs to; how many there are of each is wanted: count with `value_counts()`.",
)
LABELS_FOR_SHARES = T(
    zh="你给的是每一行属于哪一类，这里要每一类占多少：`value_counts(normalize=True)`。",
    en="you gave which one each row belongs to; the share of each is wanted: `value_counts(normalize=True)`.",
)
DATES_FOR_DAYS = T(
    zh="你给的是日期，这里要天数：用快照日减去它，再取 `.dt.days`。",
    en="you gave dates; numbers of days are wanted: subtract them from the snapshot day and take `.dt.days`.",
)
A_COLUMN_OF_IT = T(
    zh="答案是你这张表的“{column}”一列：只交这一列。",
    en="the answer is the column “{column}” of your table: hand in that one alone.",
)
MOST_LABELS = 1000
"""A column of more different values is no column of labels to be counted."""
LEAST_DIGITS = 3


def reshaped(right: Any, given: Any) -> tuple[str, T] | None:
    """Name what was given where another shape is asked.

    >>> reshaped(0.625, pd.Series([True] * 5 + [False] * 3))[1].en
    'you gave a column of 8 values; one number is wanted: take the average: `.mean()`.'
    """
    if is_number(right):
        return _for_a_number(float(right), given)
    if isinstance(right, pd.Series):
        return _for_a_column(right, given)
    if isinstance(right, (list, set)):
        return _for_a_list(list(right), given)
    return None


def _for_a_number(right: float, given: Any) -> tuple[str, T] | None:
    if isinstance(given, (list, set)):
        given = pd.Series(list(given))
    if not isinstance(given, (pd.Series, pd.DataFrame)) or len(given) < 2 or right in (0, 1):
        return None
    found = {}
    if isinstance(given, pd.Series) and pd.api.types.is_numeric_dtype(given):
        found = {
            name: ONE_WANTED.format(n=f"{len(given):,}", way=way)
            for name, (measure, way) in MEASURES.items()
            if close(right, float(measure(given)))
        }
    if len(given) == right:
        found["rows"] = COUNT_THEM
    elif isinstance(given, pd.Series) and not numeric(given) and given.nunique() == right:
        found["different"] = COUNT_DIFFERENT
    name = next(iter(found), "") if len(found) == 1 else ""
    return (f"unfinished_{name}", found[name]) if name else None


def _for_a_column(right: pd.Series, given: Any) -> tuple[str, T] | None:
    from custseg_helpers.words.glossary import glossary, term

    key = term(right.index.name) if right.index.name in glossary() else T(zh="编号", en="key")
    truths = pd.api.types.is_bool_dtype(right)
    if is_number(given):
        return _of_all_together(right, float(given), key)
    if isinstance(given, pd.Series) and pd.api.types.is_datetime64_any_dtype(given) and numeric(right):
        return _dates(coded(right), given.set_axis(keys_of(given.index)))
    if truths and isinstance(given, (list, set, pd.Series)):
        chosen = set(map(str, right.index[right.to_numpy()]))
        items = [*given, *(given.index if isinstance(given, pd.Series) else ())]
        if (
            chosen
            and ({str(item) for item in given} == chosen or _keys_if_all_true(given) == chosen)
            and items
        ):
            return "ids_for_mask", IDS_FOR_MASK.format(key=key)
    if isinstance(given, pd.Series):
        return _counted(right, given, key)
    if isinstance(given, pd.DataFrame) and given.shape[1] > 1:
        return _one_of_its_columns(coded(right), given)
    return None


def _keys_if_all_true(given: Any) -> set[str]:
    all_true = isinstance(given, pd.Series) and pd.api.types.is_bool_dtype(given) and bool(given.all())
    return set(map(str, given.index)) if all_true else set()


def _of_all_together(right: pd.Series, given: float, key: T) -> tuple[str, T] | None:
    if not numeric(right) or len(right) < 2 or evidence(np.array([given])) < LEAST_DIGITS:
        return None
    measures = {name: measure for name, (measure, _) in MEASURES.items() if name in OF_ALL}
    found = [
        name
        for name, measure in {**measures, "size": len}.items()
        if agree(np.array([float(measure(right))]), np.array([given]))
    ]
    if len(found) != 1:
        return None
    words = EACH_WANTED.format(yours=shown(given), measure=OF_ALL[found[0]], key=key)
    return f"{found[0]}_of_all", words


def _dates(right: pd.Series, given: pd.Series) -> tuple[str, T] | None:
    shared = right.index.intersection(given.index)
    if not given.index.is_unique or len(shared) < max(3, len(right) / 2):
        return None
    today = given[shared] + pd.to_timedelta(right[shared], unit="D")
    return ("dates", DATES_FOR_DAYS) if today.dt.normalize().nunique() == 1 else None


def _counted(right: pd.Series, given: pd.Series, key: T) -> tuple[str, T] | None:
    """Tell counts of labels from labels, in both directions."""
    if numeric(given) and 2 <= len(given) < len(right) and len(given) == right.nunique():
        times = coded(right.value_counts())
        yours = coded(given)
        if set(times.index) == set(yours.index) and agree(
            times.to_numpy(float), yours[times.index].to_numpy(float)
        ):
            return "counts", COUNTS_FOR_LABELS.format(key=key)
    few = min(2 * len(right) + 2, MOST_LABELS)
    if numeric(right) and len(given) > len(right) >= 2 and given.nunique() <= few:
        wanted = coded(right).astype(float)
        for name, words, share in (("labels", LABELS_FOR_COUNTS, False), ("labels", LABELS_FOR_SHARES, True)):
            times = coded(given.value_counts(normalize=share))
            if times.index.is_unique and close(
                wanted.to_numpy(), times.reindex(wanted.index, fill_value=0).to_numpy(float)
            ):
                return name, words
    return None


def _one_of_its_columns(right: pd.Series, given: pd.DataFrame) -> tuple[str, T] | None:
    table = given.set_axis(keys_of(given.index))
    if not table.index.is_unique or set(table.index) != set(right.index):
        named = [name for name in table.columns if set(map(str, given[name])) == set(right.index)]
        if not named:
            return None
        table = given.set_axis(pd.Index(given[named[0]].map(str))).drop(columns=named[0])
        if not table.index.is_unique:
            return None
    table = table.reindex(right.index)
    fitting = [name for name in table.columns if _alike(right, table[name])]
    return ("column", A_COLUMN_OF_IT.format(column=fitting[0])) if len(fitting) == 1 else None


def _alike(right: pd.Series, given: pd.Series) -> bool:
    if numeric(right):
        return numeric(given) and agree(right.to_numpy(float), given.to_numpy(float))
    return bool((right.to_numpy() == coded(given).to_numpy()).all())


def _for_a_list(right: list[Any], given: Any) -> tuple[str, T] | None:
    wanted = {str(item) for item in right}
    if is_number(given):
        enough = len(right) >= 10 and given == len(right)
        return ("how_many", HOW_MANY.format(yours=shown(given))) if enough else None
    if not isinstance(given, pd.Series) or len(wanted) < 2:
        return None
    if pd.api.types.is_bool_dtype(given) and set(keys_of(given.index[given.to_numpy()])) == wanted:
        return "mask", MASK_FOR_IDS
    if set(keys_of(given.index)) == wanted and not {str(item) for item in given} & wanted:
        return "values_for_keys", VALUES_FOR_KEYS
    return None

"""Whether two answers agree and where they differ, in words; what does not matter is forgiven.

Forgiven: whatever `forms.py` brings into the expected form, row and column order, number types, float noise, a code
or its name in either language, upper and lower case of labels, and rounding as far as `close` says. Never forgiven:
a row too many or too few. The whole table is compared, not its head.
"""

from collections import Counter
from collections.abc import Iterable
from typing import Any

import numpy as np
import pandas as pd

from custseg_helpers.diagnosis.forms import flat, in_form, key, number_in, shape_of, unit_in, unkeyed, word
from custseg_helpers.diagnosis.values import plain
from custseg_helpers.words.text import T, listed

__all__ = [
    "close",
    "difference",
    "enough_digits",
    "near_groups",
    "rounded_too_far",
    "same_groups",
    "same_values",
    "shape_of",
]

NOISE, LEAST = 1e-7, 1e-9
"""What arithmetic may add: relative to the value, and where that is 0 or counts."""
ONE_CENT = 0.0101
"""Where nothing is rounded, no amount is further off than this, however large: two may have equal claims to the last cent."""
DECIMALS = range(11)
DIGITS = 3
"""So many significant digits are enough of a number, whatever else comes to the same."""
FEW = 0.05
"""This part of a column may become 0 or 1 where the column is rounded as a whole."""
WIDEST, WIDEST_OF_COLUMN = 0.05, 0.005
"""Rounding never moves a value further: relative to it, or in a column rounded as a whole."""
HARDLY = 0.01
"""So far off, relative to the value, one may be whose last digits are zeros: 0.03 may be 0.030, but not where 0.0305 is right."""
NEAR_GROUPS = 0.95
"""The adjusted Rand index (Hubert & Arabie 1985) from which groups found from another start count as the same."""
YES_NO = {
    **dict.fromkeys(("true", "yes", "y", "是", "对"), 1.0),
    **dict.fromkeys(("false", "no", "n", "否", "不是"), 0.0),
}
SHAPES = {
    "table": T(zh="一张表", en="a table"),
    "series": T(zh="每位客户（或每组）一个值", en="one value per customer or group"),
    "number": T(zh="一个数", en="a number"),
    "words": T(zh="一段文字", en="a text"),
    "date": T(zh="一个日期", en="a date"),
    "list": T(zh="一个列表", en="a list"),
    "set": T(zh="一个列表", en="a list"),
    "method": T(zh="一个还没用的方法（少了括号 `()`）", en="a method that lacks its brackets, `()`"),
}
UNIT_BEHIND = T(
    zh="数后面写着“{unit}”，所以这是一段文字。这里只要数：先看看“{unit}”是不是题目要的单位，再去掉它，例如只写 `{n}`。",
    en="“{unit}” stands behind the number, which makes it a text. A number is wanted: see whether the exercise asks for “{unit}”, then leave that out, such as `{n}` alone.",
)


def difference(expected: Any, given: Any, *, rounding: bool = True) -> T | None:
    """Say where `given` first differs from `expected`, or return None when they agree.

    Without `rounding` nothing but float noise is forgiven in a number. Never raises.

    >>> difference(pd.Series({"C1": 3, "C2": 5}), pd.Series({"C2": 5.0, "C1": 3.0})) is None
    True
    >>> difference(pd.Series({"C1": 3, "C2": 5}), pd.Series({"C1": 3, "C2": 4})).en
    '1 of 2 values differ, first C2: yours 4.'
    """
    expected, given = plain(expected), in_form(expected, given)
    try:
        return _difference(expected, given, rounding)
    except Exception:  # an object too odd to be looked into is not the answer
        return _not_that_shape(shape_of(expected), given)


def _difference(expected: Any, given: Any, rounding: bool) -> T | None:
    wanted = shape_of(expected)
    if wanted in ("table", "series"):
        return _table_difference(expected, given, rounding)
    if wanted in ("list", "set"):
        return _list_difference(expected, given)
    if shape_of(given) != wanted:
        return _not_that_shape(wanted, given)
    if wanted == "number":
        if close(np.array([_float(expected)]), np.array([_float(given)]), rounding)[0]:
            return None
        return T(zh=f"{shown(given)} 不对。", en=f"{shown(given)} is not it.")
    return None if word(expected) == word(given) else T(zh=f"“{given}”不对。", en=f"“{given}” is not it.")


def close(wanted: np.ndarray, given: np.ndarray, rounding: bool = True) -> np.ndarray:
    """Return which numbers are right: equal but for noise, or rightly rounded to enough digits.

    Enough are three digits, or two from the second decimal on; a 0 at the end, which is not written, counts where the
    value is off by `HARDLY` at most. A column may be rounded to two decimals or more as a whole, where its middle value
    keeps enough digits. Nothing between 0 and 1 is rounded to either, but for a `FEW` of a column; a whole number is a
    count and exact.

    >>> close(np.array([0.4983, 746.06, 0.0058, 0.9965, 2623.0]), np.array([0.5, 746, 0.01, 1, 2620])).tolist()
    [True, True, False, False, False]
    >>> [bool(close(np.array([right]), np.array([-0.03]))[0]) for right in (-0.0304, -0.0301)]
    [False, True]
    """
    wanted, given = np.asarray(wanted, float), np.asarray(given, float)
    with np.errstate(all="ignore"):
        whole = wanted == np.round(wanted)
        tolerance = np.where(whole, np.where(wanted == 0, LEAST, NOISE), NOISE * np.abs(wanted))
        tolerance = np.minimum(tolerance, np.inf if rounding else ONE_CENT)
        right = (
            (np.abs(given - wanted) <= tolerance) | (given == wanted) | (np.isnan(given) & np.isnan(wanted))
        )
        size = np.abs(wanted)
        pushed = np.isin(given, (-1.0, 0.0, 1.0)) & (size > 0) & (size < 1) & (np.abs(given - wanted) > LEAST)
        right &= ~pushed
        off = np.abs(given - wanted)
        near = (off <= 1.001 * np.maximum(WIDEST * size, WIDEST_OF_COLUMN)) & ~whole
        if not rounding or not (near & ~right).any():
            return right
        digits = np.floor(np.log10(np.where(size > 0, size, 1.0))) + 1
        middle = np.median(digits[size > 0]) if (size > 0).any() else 0
        whole_column = np.zeros(len(right), bool)
        for decimals in DECIMALS:
            rounded = np.isclose(given, np.round(wanted, decimals), rtol=1e-12, atol=1e-12) & near
            enough = 2 if decimals >= 2 else 3
            unwritten = np.isclose(given, np.round(given, decimals - 1), rtol=1e-12, atol=1e-12)
            told = rounded & ~pushed & ~(unwritten & (off > HARDLY * size))
            right |= told & (digits + decimals >= enough)
            if pushed.mean() > FEW:
                rounded &= ~pushed
            whole_there = (rounded | right).all() and (told | right).any()
            if decimals >= 2 and middle + decimals >= enough and whole_there:
                whole_column |= rounded
        return right | whole_column


def same_values(wanted: pd.Series, given: pd.Series, rounding: bool = True) -> np.ndarray:
    """Return which values of two columns of one length agree, place by place.

    >>> same_values(pd.Series(["a", None]), pd.Series(["A ", "nan"])).tolist()
    [True, True]
    """
    if pd.api.types.is_numeric_dtype(wanted):
        numbers = numbers_of(given, pd.api.types.is_bool_dtype(wanted))
        if numbers is not None:
            return close(_floats(wanted), numbers, rounding)
    if pd.api.types.is_datetime64_any_dtype(wanted):
        days = [pd.to_datetime(side, errors="coerce", format="mixed", utc=True) for side in (wanted, given)]
        return np.asarray(
            (days[0].to_numpy() == days[1].to_numpy()) | (days[0].isna() & days[1].isna()).to_numpy()
        )
    sides = [side.to_numpy(object) for side in (wanted, given)]
    try:
        right = np.array([one is True or one is np.True_ for one in np.equal(*sides, dtype=object)], bool)
    except Exception:  # things that cannot be compared as they are
        right = np.zeros(len(wanted), bool)
    unlike = np.flatnonzero(~right)
    right[unlike] = _words_of(sides[0][unlike]) == _words_of(sides[1][unlike])
    return right


def numbers_of(given: pd.Series, yes_no: bool = False) -> np.ndarray | None:
    """Return a column's numbers, also written ones; None where a value is there that is no number.

    >>> numbers_of(pd.Series(["1,200", None, "3.5"])).tolist(), numbers_of(pd.Series(["x"]))
    ([1200.0, nan, 3.5], None)
    """
    if pd.api.types.is_numeric_dtype(given) and not pd.api.types.is_complex_dtype(given):
        return _floats(given)
    if not (
        given.dtype == object
        or pd.api.types.is_string_dtype(given)
        or isinstance(given.dtype, pd.CategoricalDtype)
    ):
        return None
    values = given.astype(object)
    numbers = np.array(pd.to_numeric(values, errors="coerce"), float)
    unread = np.flatnonzero(np.isnan(numbers) & values.notna().to_numpy())
    for place in unread:
        text = values.iloc[place]
        numbers[place] = (
            YES_NO.get(word(text), np.nan) if yes_no and isinstance(text, str) else number_in(text)
        )
        if np.isnan(numbers[place]) and word(text) != "nan":
            return None
    return numbers


def _floats(column: pd.Series) -> np.ndarray:
    return column.to_numpy(float, na_value=np.nan)


def _float(value: Any) -> float:
    try:
        return float(value)
    except OverflowError:
        return np.inf


def _words_of(values: np.ndarray) -> np.ndarray:
    """Return labels as words; each different one is looked at once."""
    known: dict[Any, str] = {}
    found = []
    for value in values:
        try:
            if value not in known:
                known[value] = word(value)
            found.append(known[value])
        except TypeError:  # a list or another thing that is no key
            found.append(word(value))
    return np.array(found, dtype=object)


def places(wanted: pd.Index, given: pd.Index) -> np.ndarray | None:
    """Return where each wanted key stands; None unless both hold the same keys, each as often.

    >>> places(pd.Index(["C1", "C2"]), pd.Index(["C2", "C1"])).tolist()
    [1, 0]
    """
    if len(wanted) != len(given):
        return None
    if not wanted.is_unique:
        texts = [keys_of(wanted), keys_of(given, wanted)]
        orders = [np.argsort(text, kind="stable") for text in texts]
        if not (texts[0][orders[0]] == texts[1][orders[1]]).all():
            return None
        found = np.empty(len(wanted), int)
        found[orders[0]] = orders[1]
        return found
    found, unused = _matched(wanted, given)
    lacking = np.flatnonzero(found < 0)
    if len(lacking):
        rows = pd.Index(keys_of(given[unused], wanted))
        if not rows.is_unique:
            return None
        found[lacking] = np.append(unused, -1)[rows.get_indexer(pd.Index(keys_of(wanted[lacking])))]
    return found if (found >= 0).all() and given.is_unique else None


def strays(wanted: pd.Index, given: pd.Index) -> tuple[pd.Index, pd.Index]:
    """Return the wanted keys that are not there, and the keys that are there and not wanted, as texts.

    >>> [list(keys) for keys in strays(pd.Index(["1", "2"]), pd.Index([2.0, 3.0]))]
    [['1'], ['3']]
    """
    if wanted.is_unique and given.is_unique:
        found, unused = _matched(wanted, given)
        sides = pd.Index(keys_of(wanted[found < 0])), pd.Index(keys_of(given[unused], wanted))
    else:
        sides = pd.Index(keys_of(wanted)), pd.Index(keys_of(given, wanted))
    return sides[0].difference(sides[1]), sides[1].difference(sides[0])


def _matched(wanted: pd.Index, given: pd.Index) -> tuple[np.ndarray, np.ndarray]:
    """Return where each wanted key stands as it is written, -1 where it does not, and the places nobody wants."""
    if not given.is_unique or not wanted.nlevels == given.nlevels == 1 or wanted.dtype != given.dtype:
        return np.full(len(wanted), -1), np.arange(len(given))
    found = np.array(given.get_indexer(wanted))
    unused = np.ones(len(given), bool)
    unused[found[found >= 0]] = False
    return found, np.flatnonzero(unused)


def keys_of(index: pd.Index, like: pd.Index | None = None) -> np.ndarray:
    """Return keys as texts; days are written as those of `like` are."""
    if like is not None and like.nlevels == index.nlevels == 1:
        index = _days_like(like, index)
    return np.array([key(item) for item in index.to_numpy(object)], dtype=object)


def _days_like(like: pd.Index, index: pd.Index) -> pd.Index:
    days = isinstance(index, (pd.DatetimeIndex, pd.PeriodIndex))
    if isinstance(like, pd.PeriodIndex) and not isinstance(index, pd.PeriodIndex):
        return pd.DatetimeIndex(pd.to_datetime(index, errors="coerce", format="mixed")).to_period(like.freq)
    if isinstance(like, pd.DatetimeIndex) and not isinstance(index, pd.DatetimeIndex):
        if not isinstance(index, pd.PeriodIndex):
            return pd.Index(pd.to_datetime(index, errors="coerce", format="mixed"))
        starts = index.to_timestamp()
        return starts if starts.isin(like).any() else index.to_timestamp(how="end").normalize()
    if days and pd.api.types.is_integer_dtype(like) and like.isin(range(1, 13)).all():
        return index.month if index.month.is_unique else index
    if days and not isinstance(like, (pd.DatetimeIndex, pd.PeriodIndex)) and len(like):
        return index.strftime("%Y-%m") if len(str(like[0])) == 7 else index
    return index


def _as_table(value: Any) -> pd.DataFrame:
    return flat(value if isinstance(value, pd.DataFrame) else value.rename("value").to_frame())


def _table_difference(expected: Any, given: Any, rounding: bool) -> T | None:
    if shape_of(given) not in ("table", "series"):
        return _not_that_shape(shape_of(expected), given)
    if isinstance(expected, pd.Series):
        if isinstance(given, pd.Series):
            return _column_difference(expected, given, rounding)
        return T(
            zh="需要每位客户（或每组）一个值，你的表有好几列：只选一列。",
            en="One value per customer or group is wanted; your table has several columns: pick one.",
        )
    wanted, table = flat(expected), _as_table(given)
    missing = [column for column in wanted.columns if column not in table.columns]
    if missing:
        return T(zh="缺少列：{names}。", en="Columns missing: {names}.").format(names=listed(missing))
    table = table[list(wanted.columns)]
    if unkeyed(wanted.index):
        wanted, table = _sorted_rows(wanted), _sorted_rows(table)
    found = places(wanted.index, table.index)
    if found is None:
        return _row_words(wanted.index, table.index)
    for column in wanted.columns:
        right = same_values(wanted[column], table[column].iloc[found], rounding)
        if not right.all():
            return _value_words(wanted[column], table[column].iloc[found], right, f" · {column}")
    return None


def _column_difference(wanted: pd.Series, given: pd.Series, rounding: bool) -> T | None:
    if unkeyed(wanted.index) and len(wanted) == len(given):
        wanted, given = (_sorted_rows(side.rename("value").to_frame())["value"] for side in (wanted, given))
    found = places(wanted.index, given.index)
    if found is None:
        return _row_words(wanted.index, given.index)
    given = given.iloc[found]
    right = same_values(wanted, given, rounding)
    return None if right.all() else _value_words(wanted, given, right)


def _value_words(wanted: pd.Series, given: pd.Series, right: np.ndarray, column: str = "") -> T:
    first = int(np.argmin(right))
    return T(
        zh="{all} 个值中有 {n} 个不同，第一个是 {where}：你的是 {yours}。",
        en="{n} of {all} values differ, first {where}: yours {yours}.",
    ).format(
        all=f"{len(right):,}",
        n=f"{int((~right).sum()):,}",
        where=key(wanted.index[first]) + column,
        yours=shown(given.iloc[first]),
    )


def _sorted_rows(table: pd.DataFrame) -> pd.DataFrame:
    """Return rows without keys in an order that their values alone decide."""
    numeric = [pd.api.types.is_numeric_dtype(table.iloc[:, place]) for place in range(table.shape[1])]
    by = [str(column) for _, column in sorted(zip(numeric, table.columns, strict=True))]
    order = table.sort_values(
        by, key=lambda column: column if pd.api.types.is_numeric_dtype(column) else column.map(word)
    )
    return order.reset_index(drop=True)


def _list_difference(expected: list[Any] | set[Any], given: Any) -> T | None:
    if shape_of(given) not in ("list", "set"):
        return _not_that_shape("list", given)
    wanted, got = _alike(expected, given)
    if len(wanted) != len(got):
        return T(
            zh=f"应有 {len(wanted)} 项，你的是 {len(got)} 项。",
            en=f"{len(wanted)} items are wanted, yours has {len(got)}.",
        )
    if wanted == got and not isinstance(given, set):
        return None
    known = set(wanted)
    strangers = [item for item, text in zip(given, got, strict=True) if text not in known]
    if strangers:
        return T(zh=f"“{strangers[0]}”不该在里面。", en=f"“{strangers[0]}” does not belong in it.")
    if len(set(got)) != len(known) or (len(known) < len(wanted) and Counter(wanted) != Counter(got)):
        return T(zh="有重复或遗漏的项。", en="An item is doubled or missing.")
    if isinstance(expected, set) or (isinstance(given, set) and wanted == sorted(wanted, key=str)):
        return None
    if isinstance(given, set):
        return T(
            zh="内容对，但集合（set）没有顺序，这里要按顺序：用列表。",
            en="The right items, but a set has no order and one is asked for here: hand in a list.",
        )
    place = next((i for i, pair in enumerate(zip(wanted, got, strict=True), 1) if pair[0] != pair[1]), None)
    if place is None:
        return None
    return T(
        zh=f"内容对，顺序从第 {place} 项起不对。",
        en=f"The right items, but the order differs from item {place} on.",
    )


def _alike(expected: Iterable[Any], given: Iterable[Any]) -> tuple[list[Any], list[Any]]:
    """Return the items of two lists so that equal ones are equal: as they are where that will do, else as words."""
    sides = list(expected), list(given)
    try:
        if set(sides[1]) <= set(sides[0]):
            return sides
    except TypeError:  # lists in the list
        pass
    return [word(item) for item in sides[0]], [word(item) for item in sides[1]]


def same_groups(expected: pd.Series, given: Any, *, rounding: bool = True) -> T | None:
    """Compare groups under any numbering: they agree when each group of one is a group of the other.

    >>> same_groups(pd.Series({"C1": 0, "C2": 0, "C3": 1}), pd.Series({"C1": 7, "C2": 7, "C3": 2})) is None
    True
    """
    return _groups(expected, given, 1.0)


def near_groups(expected: pd.Series, given: Any, *, rounding: bool = True) -> T | None:
    """Compare groups that an algorithm finds from a random start: nearly the same ones agree (`NEAR_GROUPS`)."""
    return _groups(expected, given, NEAR_GROUPS)


def _groups(expected: pd.Series, given: Any, enough: float) -> T | None:
    given = in_form(expected, given)
    if not isinstance(expected, pd.Series) or not isinstance(given, pd.Series):
        return _not_that_shape("series", given)
    found = places(expected.index, given.index)
    if found is None:
        return _row_words(expected.index, given.index)
    sides = [pd.factorize(_words_of(side.to_numpy(object)))[0] for side in (expected, given.iloc[found])]
    pairs, sizes = np.unique(np.array(sides), axis=1, return_counts=True)
    if pairs.shape[1] == pairs[0].max(initial=-1) + 1 == pairs[1].max(initial=-1) + 1:
        return None
    if enough < 1:
        from sklearn.metrics import adjusted_rand_score

        if adjusted_rand_score(*sides) >= enough:
            return None
    stay = pd.Series(sizes).groupby(pairs[1]).max().sum()
    return T(
        zh="分出的群不一样：{all} 位里至少有 {n} 位不在该在的群里；你分了 {yours} 群，应有 {wanted} 群。",
        en="The groups differ: at least {n} of {all} are not with those they belong to; you made {yours} groups, {wanted} are wanted.",
    ).format(
        all=f"{len(expected):,}",
        n=f"{len(expected) - int(stay):,}",
        yours=pairs[1].max(initial=-1) + 1,
        wanted=pairs[0].max(initial=-1) + 1,
    )


def too_short(wanted: np.ndarray, given: np.ndarray) -> bool:
    """Tell whether numbers are the wanted ones, rightly rounded or cut off, with too few digits left.

    >>> too_short(np.array([0.0058]), np.array([0.01])), too_short(np.array([746.95]), np.array([746.0]))
    (True, True)
    >>> too_short(np.array([0.7]), np.array([1.0])), too_short(np.array([2623.0]), np.array([2600.0]))
    (False, False)
    """
    with np.errstate(all="ignore"):
        whole = np.isfinite(wanted) & (wanted == np.round(wanted))
        if whole.all() or np.isinf(given).any():
            return False
        for decimals in (4, 3, 2, 1, 0):
            step = 10.0**-decimals
            for rounded in (np.round(wanted, decimals), np.trunc(wanted / step) * step):
                same = np.isclose(given, rounded, rtol=1e-9, atol=1e-9, equal_nan=True)
                near = (np.abs(given - wanted) <= 0.05 * np.abs(wanted)) | (decimals >= 2) | np.isnan(wanted)
                if (same & near).all():
                    return True
    return False


def rounded_too_far(right: Any, given: Any) -> bool:
    """Tell whether a number, or a column of the same rows, is right but for digits that were dropped.

    >>> rounded_too_far(64.35, 64), rounded_too_far(64.35, 60)
    (True, False)
    """
    if shape_of(right) == shape_of(given) == "number":
        return too_short(np.array([_float(right)]), np.array([_float(given)]))
    if not (
        isinstance(right, pd.Series) and isinstance(given, pd.Series) and pd.api.types.is_float_dtype(right)
    ):
        return False
    found, numbers = places(right.index, given.index), numbers_of(given)
    return found is not None and numbers is not None and too_short(_floats(right), numbers[found])


def enough_digits(right: Any, given: Any) -> bool:
    """Tell whether a rounded answer has the digits that rounding has to leave: three, a column in the middle.

    >>> enough_digits(0.4983, "0.498"), enough_digits(0.4983, 0.5)
    (True, False)
    """
    from custseg_helpers.relations.evidence import written_digits  # a right answer rarely asks

    given = in_form(right, given)
    columns = [given[name] for name in given] if isinstance(given, pd.DataFrame) else [pd.Series(given)]
    numbers = [found for column in columns if (found := numbers_of(column)) is not None]
    digits = [written_digits(value) for column in numbers for value in column if value]
    return bool(digits) and float(np.median(digits)) >= DIGITS


def _not_that_shape(wanted: str, given: Any) -> T:
    shape = shape_of(given)
    if wanted == "number" and (found := unit_in(given)):
        return UNIT_BEHIND.format(n=found[0], unit=found[1])
    yours = SHAPES.get(shape) or T(zh=" {shape}", en="a {shape}").format(shape=shape)
    return T(zh="这里要{wanted}，你给的是{yours}。", en="This wants {wanted}; yours is {yours}.").format(
        wanted=SHAPES.get(wanted, wanted), yours=yours
    )


def _row_words(wanted: pd.Index, given: pd.Index) -> T:
    lacking, extra = strays(wanted, given)
    start = T(
        zh="应有 {wanted} 行，你的是 {yours} 行", en="{wanted} rows are wanted, yours has {yours}"
    ).format(wanted=f"{len(wanted):,}", yours=f"{len(given):,}")
    if len(lacking):
        end = T(zh="；例如少了 {row}。", en="; {row}, for one, is missing.").format(row=lacking[0])
    elif len(extra):
        end = T(zh="；例如多了 {row}。", en="; {row}, for one, is too many.").format(row=extra[0])
    else:
        end = T(zh="：有的行重复了。", en=": some rows stand twice.")
    return start + end


def shown(value: Any) -> str:
    """Return a value as a message writes it.

    >>> shown(1234567.891), shown(0.123456), shown(12)
    ('1,234,567.89', '0.1235', '12')
    """
    if isinstance(value, float) and np.isfinite(value) and not value.is_integer():
        return f"{value:,.2f}" if abs(value) >= 1000 else f"{value:,.4g}"
    return str(value)

"""A value in the form of the expected one, as far as nothing has to be guessed.

Keys move from a column into the index, one column out of a table, a cross table becomes long or wide, one value
comes out of a list, a written number becomes a number. Rows and values stay what they are.
"""

import re
import unicodedata
from collections.abc import Hashable, Iterable, Mapping
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from custseg_helpers.diagnosis.values import plain
from custseg_helpers.words.glossary import code_of

KEYS_FROM = 0.5
"""A column holds the keys when at least this part of its values are expected keys."""
LOOKED_AT = 500
"""So many values of a column say whether it holds the keys."""
COUNTED_IN = (
    "元|块|位|人|名|个|天|日|单|件|次|笔|行|条|家|种|组|倍|分|岁|yuan|people|persons?|customers?|members?|buyers?|"
    "orders?|purchases?|products?|pieces?|items?|lines?|rows?|days?|times|points?"
)
"""What a number is commonly counted in; behind it, it says no more than the exercise does. Weeks or months may be wrong."""
SCALES = {"": 1, "万": 10**4, "亿": 10**8}
WRITTEN = re.compile(
    r"([-+]?)[^\W\d_]{0,3}\s?[¥$€£]?\s?([-+]?\d[\d,]*(?:\.\d*)?(?:e[-+]?\d+)?|[-+]?\.\d+)"
    rf"\s?(%|([万亿]?)\s?(?:{COUNTED_IN})?)",
    re.I,
)
WITH_UNIT = re.compile(r"([-+]?\d[\d,]*(?:\.\d+)?)\s?([^\W\d_][^\d,;，；。]{0,19})")
"""A number and a few words behind it."""
THOUSANDS = re.compile(r"[-+]?\d{1,3}(?:,\d{3})+(?:\.\d*)?")
GAPS = {"nan", "none", "<na>", "nat", ""}
"""What pandas writes for a missing value where a column is turned into text."""


def shape_of(value: Any) -> str:
    """Name the shape of a value: table, series, number, words, date, list, set or its Python type.

    >>> shape_of(pd.Series([1])), shape_of({"a": 1}), shape_of(("a", "b")), shape_of(2.5)
    ('series', 'series', 'list', 'number')
    """
    value = plain(value)
    for name, kinds in SHAPES.items():
        if isinstance(value, kinds):
            return name
    return type(value).__name__


SHAPES: dict[str, tuple[type, ...]] = {
    "table": (pd.DataFrame,),
    "series": (pd.Series,),
    "number": (bool, int, float),
    "words": (str,),
    "date": (pd.Timestamp, pd.Period),
    "list": (list,),
    "set": (set,),
}


def in_form(expected: Any, given: Any) -> Any:
    """Return a value as the expected one is written; what cannot be is returned as a plain value.

    >>> asked = pd.Series({"C1": 3, "C2": 5}).rename_axis("customer_id")
    >>> in_form(asked, pd.DataFrame({"n": [3, 5], "customer_id": ["C1", "C2"]})).to_dict()
    {'C1': 3, 'C2': 5}
    >>> in_form(0.25, "25%"), in_form(["a", "b"], pd.DataFrame({"x": ["a", "b"]}))
    (0.25, ['a', 'b'])
    """
    expected, given = plain(expected), plain(given)
    try:
        return FORMS.get(shape_of(expected), _one)(expected, given)
    except Exception:  # whatever is odd about it, `compare` says what form it has
        return given


def key(value: Any) -> str:
    """Return a key, a column's head or a label as one text, however it is written.

    >>> key(12.0), key("12"), key(" dormant "), key("休眠客户"), key(pd.Timestamp("2025-01-31")), key(None)
    ('12', '12', 'dormant', 'dormant', '2025-01-31', 'nan')
    """
    if isinstance(value, str):
        value = code_of(value)
        return value[:-2] if value.endswith(".0") and value[:-2].lstrip("-").isdecimal() else value
    if isinstance(value, tuple):
        return "/".join(map(key, value))
    if isinstance(value, (bool, np.bool_)):
        return str(bool(value))
    if isinstance(value, (float, np.floating)) and np.isfinite(value) and float(value).is_integer():
        return str(int(value))
    if isinstance(value, pd.Interval):
        left, right = "[("[not value.closed_left], ")]"[value.closed_right]
        return f"{left}{key(value.left)}, {key(value.right)}{right}"
    if value is None or value is pd.NA or value is pd.NaT:
        return "nan"
    text = str(value)
    return text.removesuffix(" 00:00:00")


def word(value: Any) -> str:
    """Return a label for comparing: as `key` does, upper case as lower, full-width signs as plain ones.

    >>> word(" Dormant "), word("Ａ"), word(float("nan")) == word(None) == word("<NA>")
    ('dormant', 'a', True)
    """
    text = key(value)
    text = (text if text.isascii() else unicodedata.normalize("NFKC", text)).casefold()
    return "nan" if text in GAPS else text


def number_in(text: Any) -> float:
    """Return the number that a text writes, NaN where it writes none; a per cent sign divides by a hundred.

    What it is counted in (`COUNTED_IN`) may stand behind it, and 万 or 亿, which multiply.

    >>> number_in("1,234.50"), number_in("￥ 12"), number_in("49.8%"), number_in("12 or so")
    (1234.5, 12.0, 0.498, nan)
    >>> number_in("3000 位"), number_in("53.245622万元"), number_in("64 days"), number_in("9 weeks")
    (3000.0, 532456.22, 64.0, nan)
    """
    if not isinstance(text, str):
        return np.nan
    text = unicodedata.normalize("NFKC", text).strip()
    found = WRITTEN.fullmatch(text)
    if not found or ("," in found[2] and not THOUSANDS.fullmatch(found[2])):
        return np.nan
    value = float(found[2].replace(",", "")) * (-1 if found[1] == "-" else 1)
    return round(value / 100, 12) if found[3] == "%" else round(value * SCALES[found[4] or ""], 10)


def unit_in(text: Any) -> tuple[str, str] | None:
    """Return the number that a text begins with and what stands behind it; None where it is not made so.

    >>> unit_in("9 weeks"), unit_in("2025-01-31"), unit_in("about 9")
    (('9', 'weeks'), None, None)
    """
    found = (
        WITH_UNIT.fullmatch(unicodedata.normalize("NFKC", text).strip()) if isinstance(text, str) else None
    )
    return (found[1], found[2].strip()) if found else None


def _one(expected: Any, given: Any) -> Any:
    """Take the value out of what holds one only."""
    while (isinstance(given, (list, set)) and len(given) == 1) or (
        isinstance(given, (pd.Series, pd.DataFrame)) and given.size == 1
    ):
        given = plain(next(iter(given if isinstance(given, (list, set)) else given.to_numpy().ravel())))
    return given


def _number(expected: Any, given: Any) -> Any:
    given = _one(expected, given)
    found = number_in(given)
    return given if np.isnan(found) else found


def _words(expected: str, given: Any) -> Any:
    given = _one(expected, given)
    if isinstance(given, str) and len(expected.strip()) == 1:  # one letter was to be chosen: `(B)`, `b.`
        signs = re.sub(r"[\W_]", "", unicodedata.normalize("NFKC", given))
        return signs if len(signs) == 1 else given
    return given


def _date(expected: Any, given: Any) -> Any:
    given = _one(expected, given)
    stamp = given.to_timestamp() if isinstance(given, pd.Period) else pd.Timestamp(given)
    return pd.Period(stamp, expected.freq) if isinstance(expected, pd.Period) else stamp


def _list(expected: Iterable[Any], given: Any) -> Any:
    if isinstance(given, pd.Series):
        spots: list[Any] = [given, given.index]
    elif isinstance(given, pd.DataFrame):
        spots = [*(given.iloc[:, place] for place in range(given.shape[1])), given.index]
    else:
        ones = isinstance(given, list) and all(
            isinstance(item, (list, tuple)) and len(item) == 1 for item in given
        )
        return [item[0] for item in given] if ones else given
    wanted = {word(item) for item in expected}
    shares = [_share(spot, wanted, word) for spot in spots]
    best = int(np.argmax(shares))
    if shares[best] < KEYS_FROM:
        if isinstance(given, pd.DataFrame) and given.shape[1] != 1:
            return given
        best = 0
    return plain(list(spots[best]))


def _table(expected: pd.DataFrame, given: Any) -> Any:
    given = _paired(given)
    if isinstance(given, pd.Series) and given.index.nlevels == 2:
        given = _wide(expected, given)
    if isinstance(given, pd.Series):
        given = given.to_frame(given.name if given.name is not None else "value")
    if not isinstance(given, pd.DataFrame):
        return given
    given = flat(given)
    lacking = {key(column) for column in expected.columns} - set(map(key, given.columns))
    if lacking and given.shape[1] <= 3:
        both = (
            pd.MultiIndex.from_product([expected.index, expected.columns])
            if expected.index.nlevels == 1
            else None
        )
        if both is not None and (long := keyed(given, both)).shape[1] == 1 and long is not given:
            return _table(expected, long.iloc[:, 0])
    return keyed(given, expected.index)


def _series(expected: pd.Series, given: Any) -> Any:
    given = _paired(given)
    if isinstance(given, pd.Series):
        if given.index.nlevels == expected.index.nlevels == 1 and not unkeyed(given.index):
            return given
        given = given.to_frame(given.name if given.name is not None else "value")
    if not isinstance(given, pd.DataFrame):
        return given
    if expected.index.nlevels == 2 and (long := _long(expected.index, given)) is not None:
        return long
    if len(given) == 1 < len(expected) == given.shape[1]:
        row = given.iloc[0].set_axis(list(map(key, given.columns)))
        if set(row.index) == set(map(key, expected.index)):  # a table of one row, its heads the keys
            return row.rename(expected.name)
    table = keyed(flat(given), expected.index)
    named = [place for place, column in enumerate(table.columns) if key(column) == key(expected.name)]
    if table.shape[1] == 1 or named:
        return table.iloc[:, (named or [0])[0]].rename(expected.name)
    if table.shape[1] == 0 and isinstance(table.index, pd.Index) and given.shape[1] == 1:
        return given.iloc[:, 0]
    return table


def _paired(given: Any) -> Any:
    """Read a list of pairs as keys with their values, and a list of records as a table."""
    if isinstance(given, list) and given:
        if all(isinstance(item, (tuple, list)) and len(item) == 2 for item in given):
            return pd.Series([item[1] for item in given], index=pd.Index([item[0] for item in given]))
        if all(isinstance(item, Mapping) for item in given):
            return pd.DataFrame(given)
    return given


def flat(table: pd.DataFrame) -> pd.DataFrame:
    """Return a table with one row of heads, each head once."""
    heads = pd.Index(map(key, table.columns), dtype=object)
    table = table.set_axis(heads, axis=1)
    return table if heads.is_unique else table.loc[:, ~heads.duplicated()]


def _wide(expected: pd.DataFrame, given: pd.Series) -> Any:
    """Return a long cross table as a wide one: a pair that is not there was counted 0 times."""
    if not given.index.is_unique:
        return given
    names, inner = list(map(key, given.index.names)), key(expected.columns.name)
    heads = {key(column) for column in expected.columns}
    shares = [_share(given.index.unique(place), heads, key) for place in (0, 1)]
    outward = names.index(inner) if expected.columns.name is not None and inner in names else 1
    if shares[outward] < max(shares):
        outward = 1 - outward
    return given.unstack(outward, fill_value=0)


def _long(index: pd.Index, given: pd.DataFrame) -> pd.Series | None:
    """Return a wide cross table as a long one, its levels in the expected order; None where it is none."""
    levels = [{key(item) for item in index.unique(place)} for place in (0, 1)]
    for rows, columns in ((0, 1), (1, 0)):
        if (
            _share(given.index, levels[rows], key) >= KEYS_FROM
            and _share(given.columns, levels[columns], key) >= KEYS_FROM
        ):
            pairs = [
                pd.Index(np.repeat(given.index.to_numpy(), given.shape[1])),
                pd.Index(np.tile(given.columns.to_numpy(), len(given))),
            ]
            both = pd.MultiIndex.from_arrays(
                [pairs[0], pairs[1]] if rows == 0 else [pairs[1], pairs[0]], names=index.names
            )
            return pd.Series(given.to_numpy().ravel(), index=both)
    return None


class Spot(NamedTuple):
    """A place where keys may stand: a level of the index (`column` None) or a column."""

    name: Hashable
    values: pd.Index
    column: int | None


def keyed(table: pd.DataFrame, index: pd.Index) -> pd.DataFrame:
    """Return a table whose index holds the expected keys, wherever they stand in it; else the table itself."""
    alike = table.index.nlevels == index.nlevels and not unkeyed(table.index)
    if unkeyed(index) or (alike and (table.shape[1] == 1 or _same_names(table.index, index))):
        return table
    spots = [
        Spot(table.index.names[place], table.index.get_level_values(place), None)
        for place in range(table.index.nlevels)
    ]
    if unkeyed(table.index):
        spots = []
    spots += [
        Spot(table.columns[place], pd.Index(table.iloc[:, place]), place) for place in range(table.shape[1])
    ]
    chosen: list[Spot] = []
    for place, name in enumerate(index.names):
        free = [spot for spot in spots if not any(spot is other for other in chosen)]
        named = [
            spot
            for spot in free
            if name is not None and spot.name is not None and key(spot.name) == key(name)
        ]
        if named:
            chosen.append(named[0])
            continue
        wanted = {key(item) for item in index.unique(place)}
        shares = [_share(spot.values, wanted, key) for spot in free]
        if not free or max(shares) < KEYS_FROM:
            return table
        chosen.append(free[int(np.argmax(shares))])
    left = table.drop(columns=table.columns[[spot.column for spot in chosen if spot.column is not None]])
    values = [spot.values for spot in chosen]
    left.index = (
        pd.MultiIndex.from_arrays(values, names=index.names)
        if len(values) > 1
        else values[0].rename(index.names[0])
    )
    return left


def unkeyed(index: pd.Index) -> bool:
    """Tell whether an index only counts the rows."""
    return isinstance(index, pd.RangeIndex) and index.name is None


def _same_names(one: pd.Index, other: pd.Index) -> bool:
    return all(name is not None for name in other.names) and list(map(key, one.names)) == list(
        map(key, other.names)
    )


def _share(values: Any, wanted: set[str], written: Any) -> float:
    """Return which part of some values, looked at from the start, are among the wanted ones."""
    if (
        getattr(values, "dtype", None) is not None
        and values.dtype.kind == "f"
        and not all(one.lstrip("-").isdecimal() for one in list(wanted)[:5])
    ):
        return 0.0
    first = [written(item) for item in values[:LOOKED_AT]]
    return sum(item in wanted for item in first) / len(first) if first else 0.0


FORMS: dict[str, Any] = {
    "table": _table,
    "series": _series,
    "number": _number,
    "words": _words,
    "date": _date,
    "list": _list,
    "set": _list,
}

"""Numbers as people type them: ¥1,234.50, 1.2万, full-width digits, (120), 12 %.

What cannot be read is never guessed: it stays empty and is reported, so that somebody can be asked.
"""

import re
import unicodedata
from decimal import Decimal

import numpy as np
import pandas as pd

EMPTY = frozenset(
    {"", "-", "--", "—", "——", "/", "na", "n/a", "#n/a", "nan", "null", "none", "nil", "无", "空"}
)
"""What stands for "nothing here" (after trimming, in small letters)."""

UNITS = {"千": 1e3, "万": 1e4, "萬": 1e4, "百万": 1e6, "亿": 1e8, "億": 1e8}
CURRENCIES = {
    "¥": "CNY", "￥": "CNY", "元": "CNY", "圆": "CNY", "RMB": "CNY", "CNY": "CNY",
    "$": "USD", "US$": "USD", "USD": "USD", "€": "EUR", "EUR": "EUR", "£": "GBP", "GBP": "GBP",
    "HK$": "HKD", "HKD": "HKD", "NT$": "TWD", "TWD": "TWD", "JPY": "JPY",
}  # fmt: skip
"""Signs of a currency, and what they say."""

_SIGN = "|".join(re.escape(sign) for sign in sorted(CURRENCIES, key=len, reverse=True))
_NUMBER = re.compile(
    rf"'?(?P<open>\()?(?P<minus>[-+−]?)\s*(?P<before>{_SIGN})?\s*(?P<minus2>[-+−]?)\s*"
    rf"(?P<digits>(?:\d{{1,3}}(?:,\d{{3}})+|\d+)(?:\.\d*)?(?:e[-+]?\d{{1,2}})?|\.\d+)\s*"
    rf"(?P<unit>{'|'.join(sorted(UNITS, key=len, reverse=True))})?\s*(?P<after>{_SIGN})?\s*(?P<share>%)?(?P<close>\))?",
    re.IGNORECASE,
)


def texts(column: pd.Series) -> tuple[np.ndarray, list[object]]:
    """Return each row's number among the distinct values (−1 where empty), and those values, text trimmed."""
    numbers, values = pd.factorize(column.astype(object))
    trimmed = [value.strip() if isinstance(value, str) else value for value in values]
    empty = np.array([isinstance(value, str) and value.lower() in EMPTY for value in trimmed], dtype=bool)
    return np.where(empty[numbers] & (numbers >= 0) if len(empty) else False, -1, numbers), trimmed


def number(text: str) -> float | None:
    """Read one number; `None` if it is none.

    >>> [number(text) for text in ("¥1,234.50", "1.2万", "１２３", "(120)", "15%", "1,5", "12-3")]
    [1234.5, 12000.0, 123.0, -120.0, 0.15, None, None]
    """
    found = _NUMBER.fullmatch(unicodedata.normalize("NFKC", text).strip())
    if not found or bool(found["open"]) != bool(found["close"]):
        return None
    minus = [bool(found["open"]), found["minus"] in ("-", "−"), found["minus2"] in ("-", "−")]
    if sum(minus) > 1:
        return None
    value = float(found["digits"].replace(",", ""))
    if found["unit"]:
        value = round(value * UNITS[found["unit"]], 6)
    if found["share"]:
        value = round(value / 100, 12)
    return -value if any(minus) else value


def numbers(column: pd.Series) -> tuple[pd.Series, np.ndarray]:
    """Read a column of numbers: floats (NaN where empty or unreadable), and which rows could not be read.

    >>> values, unread = numbers(pd.Series(["1,000", "", "a lot", 3]))
    >>> values.tolist(), unread.tolist()
    ([1000.0, nan, nan, 3.0], [False, False, True, False])
    """
    if pd.api.types.is_numeric_dtype(column) and not pd.api.types.is_bool_dtype(column):
        values = column.to_numpy(dtype="float64", na_value=np.nan)
        infinite = np.isinf(values)
        values = np.where(infinite, np.nan, values)
        return pd.Series(values, index=column.index, name=column.name), infinite
    places, distinct = texts(column)
    read = np.array([_read(value) for value in distinct] + [np.nan])
    values = read[places]
    return pd.Series(values, index=column.index, name=column.name), (places >= 0) & np.isnan(values)


def _read(value: object) -> float:
    if isinstance(value, bool):
        return np.nan
    if isinstance(value, (int, float, Decimal, np.number)):
        try:
            plain = float(value)
        except OverflowError:
            return np.nan
        return plain if np.isfinite(plain) else np.nan
    found = number(value) if isinstance(value, str) else None
    return np.nan if found is None or not np.isfinite(found) else found


def currencies(column: pd.Series) -> dict[str, int]:
    """Count the currencies that are written in a column of amounts, by the position of the first row of each.

    >>> currencies(pd.Series(["¥12", "$5", "7"]))
    {'CNY': 0, 'USD': 1}
    """
    if pd.api.types.is_numeric_dtype(column):
        return {}
    found: dict[str, int] = {}
    places, distinct = texts(column)
    for place, value in enumerate(distinct):
        match = (
            _NUMBER.fullmatch(unicodedata.normalize("NFKC", value).strip())
            if isinstance(value, str)
            else None
        )
        sign = match and (match["before"] or match["after"])
        if sign and (places == place).any():
            found.setdefault(CURRENCIES[sign.upper()], int(np.argmax(places == place)))
    return found

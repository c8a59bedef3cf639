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

UNITS = {"k": 1e3, "千": 1e3, "万": 1e4, "萬": 1e4, "百万": 1e6, "亿": 1e8, "億": 1e8}
SIGNS = {
    "CNY": "¥ ￥ CN¥ 元 圆 圓 块 人民币 人民幣 RMB", "USD": "$ US$ U$S 美元 美金", "EUR": "€ 欧元 歐元 EURO EUROS", "GBP": "£ 英镑 英鎊",
    "HKD": "HK$ 港元 港币 港幣", "TWD": "NT$ 台币 台幣 新台币 新台幣 新臺幣", "JPY": "JP¥ 円 日元 日圆 日圓", "KRW": "₩ 원 韩元 韓元",
    "INR": "₹ RS. RS", "BRL": "R$", "IDR": "RP RP.", "THB": "฿ 泰铢", "VND": "₫ đ", "MYR": "RM", "PHP": "₱", "SGD": "S$ SG$ 新加坡元 新币",
    "AUD": "A$ AU$ 澳元", "CAD": "C$ CA$ 加元", "NZD": "NZ$", "CHF": "FR. SFR. SFR", "PLN": "ZŁ", "CZK": "KČ", "HUF": "FT", "RUB": "₽ РУБ РУБ.",
    "TRY": "₺ TL", "MXN": "MX$", "ILS": "₪", "UAH": "₴ ГРН ГРН.", "PEN": "S/ S/.", "NGN": "₦", "KZT": "₸", "CRC": "₡", "RON": "LEI",
    "BGN": "ЛВ ЛВ.", "BDT": "৳ TK.", "KES": "KSH KSH.", "EGP": "E£", "MOP": "MOP$", "MNT": "₮", "GEL": "₾", "LAK": "₭", "AED": "DH",
    "SEK": "", "NOK": "", "DKK": "", "ZAR": "", "SAR": "", "COP": "", "CLP": "", "ARS": "", "UYU": "", "BOB": "", "PYG": "", "GTQ": "", "DOP": "",
    "ISK": "", "RSD": "", "BYN": "", "UZS": "", "PKR": "", "LKR": "", "MMK": "", "KHR": "", "NPR": "", "QAR": "", "KWD": "", "BHD": "", "OMR": "",
    "JOD": "", "MAD": "", "TND": "", "GHS": "", "TZS": "", "UGX": "", "VES": "", "HRK": "",
}  # fmt: skip
"""Of each currency, besides its code, the signs and words that people write with amounts."""
CURRENCIES = {sign.upper(): code for code, signs in SIGNS.items() for sign in (code, *signs.split())}
"""Signs, words and codes of currencies, and which currency each says."""
SHARED = ("KR", "KR.")
"""Signs of several currencies: read, but no currency is told from them; R and Q stand with pence only."""

_SIGN = "|".join(re.escape(sign) for sign in sorted([*CURRENCIES, *SHARED], key=len, reverse=True))
_SIGN += r"|[RQ](?=\s?\d[\d\s,]*\.\d{1,2}\b)"
_NUMBER = re.compile(
    rf"'?(?P<open>\()?(?P<minus>[-+−]?)\s*(?P<before>{_SIGN})?\s*(?P<minus2>[-+−]?)\s*"
    rf"(?P<digits>(?:\d{{1,3}}(?:,\d{{3}})+|\d{{1,2}}(?:,\d{{2}})+,\d{{3}}|\d+)(?:\.\d*)?(?:e[-+]?\d{{1,2}})?|\.\d+)\s*"
    rf"(?P<unit>{'|'.join(sorted(UNITS, key=len, reverse=True))})?(?P<minus3>[-−])?\s*(?P<after>{_SIGN})?\s*(?P<share>%)?(?P<close>\))?",
    re.IGNORECASE,
)
_BARE = re.compile(r"-?\d{1,15}(?:\.\d{1,15})?", re.ASCII)
_NO_CENTS = re.compile(r"(?<=\d)[.,][-–—]{1,2}(?=\D*$)")
_GROUPED = re.compile(r"(?<=\d)[ '’\u00a0\u202f](?=\d{3}(?!\d))")
_DOTTED_SIGN = re.compile(r"(?:RP|RS|FR|SFR|TK|KSH|KR|S/)\.", re.IGNORECASE)
_ARABIC = {0x066B: ".", 0x066C: None}
"""The Arabic marks before decimals and of thousands."""
_WITH_MARKS = re.compile(r"\d[\d.,]*")


def mark_of(text: str) -> str | None:
    """Tell which mark stands before the decimals of one number: `.` or `,`; `?` where 1.250 could be either; None: no mark.

    A comma before three digits is a mark of thousands, as people in most places would read it.

    >>> [mark_of(text) for text in ("1.234,50", "12.5", "1.250", "1.890.000", "1,250", "9", "12 345,67 €")]
    [',', '.', '?', ',', None, None, ',']
    """
    found = _WITH_MARKS.search(_GROUPED.sub("", unicodedata.normalize("NFKC", text).translate(_ARABIC)))
    digits = found[0].rstrip(".,") if found else ""
    point, comma = digits.rfind("."), digits.rfind(",")
    if point >= 0 and comma >= 0:
        return "." if point > comma else ","
    if point < 0 and comma < 0:
        return None
    mark = "." if point >= 0 else ","
    first, *groups = digits.split(mark)
    if len(groups) > 1:
        thousands = all(len(group) == 3 for group in groups)
        return {".": ",", ",": None}[mark] if thousands else None
    if len(groups[0]) != 3 or len(first) > 3 or first.startswith("0"):
        return mark
    return "?" if mark == "." else None


def texts(column: pd.Series) -> tuple[np.ndarray, list[object]]:
    """Return each row's number among the distinct values (−1 where empty), and those values, text trimmed."""
    numbers, values = pd.factorize(column.astype(object))
    trimmed = [value.strip() if isinstance(value, str) else value for value in values]
    empty = np.array([isinstance(value, str) and value.lower() in EMPTY for value in trimmed], dtype=bool)
    return np.where(empty[numbers] & (numbers >= 0) if len(empty) else False, -1, numbers), trimmed


def number(text: str, decimal: str = ".") -> float | None:
    """Read one number; `None` if it is none. `decimal` is the mark before the decimals.

    >>> number("١٬٢٣٤٫٥٠")
    1234.5
    >>> [number(text) for text in ("¥1,234.50", "1.2万", "１２３", "(120)", "15%", "1,5", "12-3")]
    [1234.5, 12000.0, 123.0, -120.0, 0.15, None, None]
    >>> [number(text, ",") for text in ("1.234,50", "1.250", "120,00-", "1 234,5", "1'000,00", "2,5 €", "12,-")]
    [1234.5, 1250.0, -120.0, 1234.5, 1000.0, 2.5, 12.0]
    """
    if decimal == "." and _BARE.fullmatch(text):
        return float(text)
    plain = _GROUPED.sub("", unicodedata.normalize("NFKC", text).translate(_ARABIC).strip())
    plain = _NO_CENTS.sub("", _DOTTED_SIGN.sub(lambda sign: sign[0][:-1], plain))
    if decimal == ",":
        plain = plain.translate({0x2E: ",", 0x2C: "."})
    found = _NUMBER.fullmatch(plain)
    if not found or bool(found["open"]) != bool(found["close"]):
        return None
    minus = [
        bool(found["open"]),
        found["minus"] in ("-", "−"),
        found["minus2"] in ("-", "−"),
        bool(found["minus3"]),
    ]
    if sum(minus) > 1:
        return None
    value = float(found["digits"].replace(",", ""))
    if found["unit"]:
        value = round(value * UNITS[found["unit"].lower()], 6)
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
        code = CURRENCIES.get(sign.upper()) if sign else None
        if code and (places == place).any():
            found.setdefault(code, int(np.argmax(places == place)))
    return found

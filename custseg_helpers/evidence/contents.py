"""What each column of a strange file holds, told by its values alone: dates, money, counts, ids, names, nothing.

Everything is found on distinct values, so that a million rows cost no more than their variety.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np
import pandas as pd

from custseg_helpers.evidence.called import roles, worth
from custseg_helpers.reading.dates import dates
from custseg_helpers.reading.numbers import EMPTY, mark_of, number

LOOKED_AT = 3_000
"""Distinct values that decide a column's type, spread evenly over all of them."""
_CONTROL = [sign for sign in range(0x20) if chr(sign) not in "\t\n\r"] + [0x7F]
_INVISIBLE = dict.fromkeys([0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF, 0xAD, 0x200E, 0x200F, *_CONTROL])
_PLAIN = re.compile(r"[0-9A-Za-z](?:[ -~]*[!-~])?")
"""Text that has no marks around it: of plain signs, from a letter or digit to something to be seen."""
_QUOTED = re.compile(r'="(.*)"', re.DOTALL)
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[A-Za-z]{2,}")
_PHONE = re.compile(r"\+?\(?\d[\d\s().-]{5,18}\d")
_ERROR = re.compile(r"#(REF!|N/A|DIV/0!|VALUE!|NAME\?|NUM!|NULL!|####*)")
_CUT = re.compile(r"\d(\.\d+)?E\+\d{2,3}", re.IGNORECASE)
_DATE_SIGN = re.compile(r"\d[-/.年]\s*\d|[A-Za-z]{3}|\d{2}:\d{2}|월|年")
_CLOCK = re.compile(r"\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?(\s*[AP]\.?M\.?)?", re.IGNORECASE)
MASKED = r"\*{2,}|[xX]{4,}|•{2,}|＊{2,}|^\S\*$"
"""Signs put in place of others; every engine reads this expression."""
_MASKED = re.compile(MASKED)
_GUESTS = frozenset(
    (  # noqa: SIM905
        "散客|游客|匿名|匿名用户|匿名买家|零售客户|散户|临时客户|guest|walk-in|walk in|walkin|anonymous|"
        "unknown|cash customer|cash sale|no customer|n.a.|0|00000000|-1|9999999|"
        "99999999|一般客|ゲスト|非会員|비회원|laufkunde|gast|barverkauf|client comptoir|"
        "invité|cliente general|consumidor final|mostrador|público en general|"
        "counter sale|general customer|default customer|one-time customer|"
        "einmalkunde|pos customer|过路客|现金客户|未注册|非会员"
    ).split("|")
)


def unmarked(value: object) -> object:
    r"""Take off what programs put around a value so that a spreadsheet leaves it alone.

    >>> [unmarked(text) for text in ("`0042", '="0042"', "'0042", " a\t", "\u200bVIP")]
    ['0042', '0042', '0042', 'a', 'VIP']
    """
    if not isinstance(value, str):
        return value
    text = (value if value.isascii() and value.isprintable() else value.translate(_INVISIBLE)).strip()
    if text[:1] in ("`", "'", "‘"):
        text = text[1:].strip()
    if found := _QUOTED.fullmatch(text):
        text = found[1].strip()
    return text


def unmarked_column(column: pd.Series) -> pd.Series:
    """Take the marks off all values of a column; what stands for nothing becomes None. A column without marks stays itself."""
    return unmarked_codes(column)[0]


def unmarked_codes(column: pd.Series) -> tuple[pd.Series, np.ndarray, np.ndarray]:
    """Return a column without marks, of each row the place of its value (−1 where empty), and the values."""
    codes, distinct = pd.factorize(column if column.dtype == object else column.astype(object))
    if pd.api.types.is_numeric_dtype(column) or pd.api.types.is_datetime64_any_dtype(column):
        return column, codes, distinct
    values = np.empty(len(distinct) + 1, dtype=object)
    values[-1] = None
    same = column.dtype == object
    for place, value in enumerate(distinct):
        if isinstance(value, str) and len(value) > 5 and _PLAIN.fullmatch(value):
            values[place] = value
            continue
        found = unmarked(value)
        values[place] = None if isinstance(found, str) and found.lower() in EMPTY else found
        same = same and found is value and values[place] is found
    if same:
        return column, codes, distinct
    made = pd.Series(values[codes], index=column.index, name=column.name, dtype=object)
    of_value, left = pd.factorize(values)
    return made, of_value[codes], left


@dataclass(frozen=True)
class Column:
    """A column and what its values say."""

    name: str
    codes: np.ndarray
    """of each row the place of its value, −1 where empty"""
    values: Sequence[object]
    kind: str
    """blank, date, time, email, phone, number, error, masked, text"""
    decimal: str | None = None
    """of numbers: `"."`, `","`, `"?"` where only groups of three digits stand behind one mark, None: no mark at all"""
    roles: tuple[str, ...] = field(default=())
    worth: float = 1.0
    """of money what 1 is worth: 0.01 where the name says cents"""

    @property
    def filled(self) -> int:
        """Rows with a value."""
        return int((self.codes >= 0).sum())

    @cached_property
    def distinct(self) -> int:
        """Different values."""
        return len(self.values)

    @property
    def constant(self) -> bool:
        """One value, or none."""
        return self.distinct <= 1

    @cached_property
    def counts(self) -> np.ndarray:
        """Rows of each value."""
        return np.bincount(self.codes[self.codes >= 0], minlength=self.distinct)

    def texts(self) -> list[str]:
        """Return the values as text, a number that is whole without a point."""
        return [as_text(value) for value in self.values]

    def numbers(self, decimal: str = ".") -> np.ndarray:
        """Return each row's number (NaN where empty or unreadable).

        A column whose own values tell the mark before decimals is read by it, any other by `decimal`.
        """
        decimal = self.decimal if self.decimal in (".", ",") else decimal
        if decimal not in self._numbers:
            read = np.array([as_number(value, decimal) for value in self.values] + [np.nan])
            self._numbers[decimal] = scaled(read, self.worth)
        return self._numbers[decimal][self.codes]

    @cached_property
    def _numbers(self) -> dict[str, np.ndarray]:
        """Return the values' numbers by the mark before decimals, as far as they were read."""
        return {}


def scaled(numbers: np.ndarray, worth: float) -> np.ndarray:
    """Return numbers times what 1 is worth, without the dust of binary fractions."""
    return numbers if worth == 1 else np.round(numbers * worth, 6)


def as_text(value: object) -> str:
    """Return a cell as text; a number that is whole has no point.

    >>> as_text(17850.0), as_text(" A1 ")
    ('17850', 'A1')
    """
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, (float, np.floating)) and float(value).is_integer() and abs(float(value)) < 1e15:
        return str(int(value))
    return str(value).strip()


def as_number(value: object, decimal: str = ".") -> float:
    """Return a cell as a number, NaN where it is none."""
    if isinstance(value, bool) or value is None:
        return np.nan
    if isinstance(value, (int, float, np.number)):
        return float(value)
    if not isinstance(value, str):
        return np.nan
    found = number(value, decimal)
    return np.nan if found is None or not np.isfinite(found) else found


def column_of(series: pd.Series, name: str | None = None) -> Column:
    """Tell what a column holds; its cells should be unmarked (`unmarked_column`)."""
    codes, distinct = pd.factorize(series.astype(object) if series.dtype != object else series)
    return column_of_codes(codes, distinct, str(series.name if name is None else name))


def column_of_codes(codes: np.ndarray, distinct: np.ndarray, called: str) -> Column:
    """Tell what a column holds, given of each row the place of its value (−1 where empty) and the values."""
    values = list(distinct)
    kind, decimal = _kind(values, called)
    unit = worth(called) if kind == "number" else 1.0
    return Column(
        called, codes.astype(np.min_scalar_type(-len(values) - 1)), values, kind, decimal, roles(called), unit
    )


def only(column: Column, rows: np.ndarray) -> Column:
    """Return a column with some of its rows, its type told anew from the values that are left."""
    codes = column.codes[rows]
    left = np.unique(codes[codes >= 0])
    places = np.full(len(column.values) + 1, -1, dtype=codes.dtype)
    places[left] = np.arange(len(left))
    values = [column.values[place] for place in left]
    kind, decimal = _kind(values, column.name)
    return replace(
        column,
        codes=places[codes],
        values=values,
        kind=kind,
        decimal=decimal,
        worth=worth(column.name) if kind == "number" else 1.0,
    )


def _kind(values: list[object], name: str) -> tuple[str, str | None]:
    if not values:
        return "blank", None
    step = max(1, len(values) // LOOKED_AT)
    seen = values[::step][: LOOKED_AT + 1]
    texts = [value for value in seen if isinstance(value, str)]
    sound = [text for text in texts if not _ERROR.fullmatch(text)]
    if texts and not sound and len(texts) == len(seen):
        return "error", None
    n = len(seen) - (len(texts) - len(sound))
    if any(hasattr(value, "year") for value in seen):
        days, _, unsure = dates(pd.Series(seen, dtype=object))
        return ("date", None) if (days.notna().to_numpy() | unsure).sum() >= 0.8 * n else ("text", None)
    if sound and sum(bool(_EMAIL.fullmatch(text)) for text in sound) >= 0.8 * n:
        return "email", None
    if sound and sum(bool(_MASKED.search(text)) for text in sound) >= 0.5 * n:
        return "masked", None
    if sound and sum(bool(_CLOCK.fullmatch(text)) for text in sound) >= 0.8 * n:
        return "time", None
    named = roles(name)
    if _is_date(seen, sound, n, named):
        return "date", None
    phones = sum(bool(_PHONE.fullmatch(as_text(value))) for value in seen) >= 0.7 * n
    if phones and ("customer_phone" in named or _looks_like_phones(sound, n)):
        return "phone", None
    decimal = decimal_mark(sound)
    read = [as_number(value, "," if decimal == "," else ".") for value in seen]
    if sum(not np.isnan(value) for value in read) >= 0.9 * n:
        return "number", decimal
    return "text", None


def _is_date(seen: list[object], sound: list[str], n: int, named: tuple[str, ...]) -> bool:
    dated = {"order_date", "other_date"}.intersection(named)
    signed = sum(bool(_DATE_SIGN.search(text)) for text in sound)
    compact = sound and all(re.fullmatch(r"(19|20)\d{6}(\d{6})?", text) for text in sound)
    if not (dated or compact or signed >= 0.9 * n > 0):
        return False
    if not dated and not compact and _plain_numbers(sound):
        return False
    days, _, unsure = dates(pd.Series(seen, dtype=object))
    return bool((days.notna().to_numpy() | unsure).mean() >= 0.8)


def _plain_numbers(texts: list[str]) -> bool:
    return sum(bool(re.fullmatch(r"-?[\d,]+\.\d+-?", text)) for text in texts) > 0.1 * len(texts)


def _looks_like_phones(texts: list[str], n: int) -> bool:
    signed = re.compile(
        r"\+\d[\d\s().-]{6,18}|(86[- ]?)?1[3-9]\d[- ]?\d{4}[- ]?\d{4}|\(?0\d{1,4}\)?[- ]\d[\d -]{5,10}"
    )
    return sum(bool(signed.fullmatch(text)) for text in texts) >= 0.9 * n > 0


def decimal_mark(texts: Sequence[str]) -> str | None:
    """Tell from numbers as written which mark stands before the decimals.

    `"?"`: every number has one mark and three digits behind it; None: no number has a mark.

    >>> [decimal_mark(texts) for texts in (["1.234,50"], ["1,234.5"], ["1.250", "2.500"], ["3"], ["1.890.000"], ["1,250"])]
    [',', '.', '?', None, ',', None]
    """
    marks = {mark_of(text) for text in texts}
    if "," in marks and "." in marks:
        votes = [mark_of(text) for text in texts]
        few, many = sorted((",", "."), key=votes.count)
        return many if votes.count(few) <= 0.02 * votes.count(many) else "?"
    if "," in marks or "." in marks:
        return "," if "," in marks else "."
    return "?" if "?" in marks else None


def masked(texts: Sequence[str]) -> list[str]:
    """Return the ids in which signs have been replaced by stars: several people may share one.

    >>> masked(["138****1000", "张**", "C1"])
    ['138****1000', '张**']
    """
    return [text for text in texts if _MASKED.search(text)]


def guests(texts: Sequence[str]) -> list[str]:
    """Return the ids that stand for nobody in particular.

    >>> guests(["0", "散客", "Walk-in", "C1"])
    ['0', '散客', 'Walk-in']
    """
    return [text for text in texts if unicodedata.normalize("NFKC", text).strip().casefold() in _GUESTS]


def damaged(values: Sequence[object]) -> list[str]:
    """Return the ids that a spreadsheet has damaged: 1.39E+10, numbers cut at 15 digits, #REF!.

    >>> damaged(["1.39E+10", 330000000000001000.0, "#REF!", "C1"])
    ['1.39E+10', '3.30000000000001e+17', '#REF!']
    """
    found = []
    for value in values:
        cut = isinstance(value, (float, np.floating)) and abs(float(value)) >= 1e15
        wrong = isinstance(value, str) and (_CUT.fullmatch(value) or _ERROR.fullmatch(value))
        if cut or wrong:
            found.append(str(value))
    return found


_YES = {"1", "yes", "y", "true", "t", "是", "对", "ja", "oui", "sí", "si", "sim", "はい", "예", "x", "✓", "√"}
_NO = {"0", "no", "n", "false", "f", "否", "不", "nein", "non", "não", "nao", "いいえ", "아니오", "-"}


def says_yes(column: "Column") -> list[str]:
    """Return the values of a column that say yes, where all its values say yes or no."""
    plain = {text: text.casefold() for text in column.texts()[:5]}
    if column.distinct > 4 or not set(plain.values()) <= _YES | _NO:
        return []
    return [text for text, word in plain.items() if word in _YES]


def one_spelling(text: str) -> str:
    """Return an id without differences of writing: width, case, invisible signs, spaces, `.0`.

    >>> one_spelling("ＶＩＰ００１ "), one_spelling("17850.0")
    ('vip001', '17850')
    """
    if text.isascii() and text.isprintable() and "  " not in text and text[-2:] != ".0":
        return text.strip().lower()
    plain = unicodedata.normalize("NFKC", text).translate(_INVISIBLE).strip().casefold()
    plain = re.sub(r"\s+", " ", plain)
    return plain[:-2] if re.fullmatch(r"\d+\.0", plain) else plain


def without_zeros(text: str) -> str:
    """Return an id of digits without the zeros in front, which spreadsheets cut off.

    >>> without_zeros("00123"), without_zeros("123"), without_zeros("A01"), without_zeros("000")
    ('123', '123', 'A01', '0')
    """
    return (text.lstrip("0") or "0") if text.isdecimal() else text


def same_but_for_zeros(ids: Sequence[str], known: Sequence[str]) -> dict[str, str]:
    """Return which ids of a list are which of those known from elsewhere, where only zeros in front keep them apart.

    Empty unless most of the known ids are found so and hardly any without.

    >>> same_but_for_zeros(["001", "002", "030"], ["1", "2"]), same_but_for_zeros(["1", "2"], ["1", "2"])
    ({'001': '1', '002': '2'}, {})
    """
    listed_, wanted = dict.fromkeys(ids), dict.fromkeys(known)
    if not wanted or sum(one in listed_ for one in wanted) >= 0.5 * len(wanted):
        return {}
    short = {without_zeros(one): one for one in listed_}
    plain = {without_zeros(one): one for one in wanted}
    found = {short[bare]: one for bare, one in plain.items() if bare in short}
    alone = len(short) == len(listed_) and len(plain) == len(wanted)
    return found if alone and len(found) >= 0.8 * len(wanted) else {}


def one_phone(text: str) -> str:
    """Return a phone number as bare digits without the prefix of the country (China).

    >>> one_phone("+86 139-0000-0001"), one_phone("139 0000 0001")
    ('13900000001', '13900000001')
    """
    digits = re.sub(r"\D", "", text)
    found = re.fullmatch(r"(?:0086|86)?(1[3-9]\d{9})", digits)
    return found[1] if found else ("+" if text.strip().startswith("+") else "") + digits


def share_fixed(one: np.ndarray, other: np.ndarray) -> float:
    """Return of how many of its values, 0 to 1, a column goes with one value of another; empty cells aside.

    >>> share_fixed(np.array([0, 0, 1, 1]), np.array([5, 5, 6, 7]))
    0.5
    """
    one, differs = _differs(one, other)
    return 1 - len(np.unique(one[differs])) / len(np.unique(one)) if len(one) else 1.0


def _differs(one: np.ndarray, other: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the values of a column where both are filled, and where the other's is not the one that goes with it elsewhere."""
    both = (one >= 0) & (other >= 0)
    one, other = one[both], other[both]
    with_it = np.zeros(int(one.max(initial=-1)) + 1, dtype=other.dtype)
    with_it[one] = other
    return one, with_it[one] != other


def fixes(one: np.ndarray, other: np.ndarray) -> bool:
    """Tell whether each value of one column goes with one value of the other; exact, on all rows, empty cells aside.

    >>> fixes(np.array([0, 0, 1, -1]), np.array([5, 5, 6, 7])), fixes(np.array([0, 0]), np.array([5, 6]))
    (True, False)
    """
    return not _differs(one, other)[1].any()

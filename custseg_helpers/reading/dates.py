"""Dates as people type them: 2024/3/5, 2024年3月5日, 20240305, 45356, 1709600400, with and without a time zone.

03/04/2024 may be April or March. It is not guessed: it counts as unread until the mapping says `dates = "dmy"` or `"mdy"`.
"""

import re
import unicodedata
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from functools import lru_cache
from typing import Any, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import numpy as np
import pandas as pd

from custseg_helpers.reading.numbers import texts

Order = Literal["dmy", "mdy", "swapped"]
"""What stands first in 03/04/2024; `"swapped"`: a spreadsheet has taken some of the dates the wrong way round (`half_swapped`)."""

_ZONE_NAME = r"Z|UTC|GMT|[A-Z]{2,4}T|(?:UTC|GMT)?[+-]\d\d?(?::?\d\d)?|(?:Africa|America|Asia|Atlantic|Australia|Europe|Pacific)/\w+(?:/\w+)?"
_TIME = (
    r"(?:[T\s,]+(?:(?:星期|週|周|禮拜).\s*)?(?:at\s|um\s|às\s|à\s|a\slas\s)?\s*(?P<half>上午|下午|凌晨|早上|中午|晚上|午前|午後|오전|오후|AM|PM)?\s*"
    r"(?P<hour>\d{1,2})(?:[:时時点點h시]|\.(?=\d\d\b))\s*(?P<minute>\d{1,2})"
    r"(?:(?:[:分분m.])\s*(?P<second>\d{1,2})(?:[.,]\d+)?[秒초s]?)?[分분]?(?:min)?\s*(?P<half2>AM|PM|[ap]\.\s?m\.)?\s*(?:Uhr|hrs?|hs)?\.?"
    rf"\s*(?P<zone>{_ZONE_NAME})?(?:\s*\([^()]*\)|\[[\w/]+\])?|\s*(?:星期|周|週|禮拜).)?"
)
_YEAR_FIRST = re.compile(
    r"(?P<y>\d{4})\s*[-/.年]\s*(?P<m>\d{1,2})\s*[-/.月]\s*(?P<d>\d{1,2})\s*日?" + _TIME, re.I
)
_COMPACT = re.compile(
    r"(?P<y>\d{4})(?P<m>\d\d)(?P<d>\d\d)(?:(?P<hour>\d\d)(?P<minute>\d\d)(?P<second>\d\d)?)?"
)
_YEAR_LAST = re.compile(r"(?P<a>\d{1,2})[-/.](?P<b>\d{1,2})[-/.](?P<y>\d{4}|\d\d)" + _TIME, re.I)
_NAMED = re.compile(
    r"(?P<d>\d{1,2})(?:st|nd|rd|th|er|º|°)?\.?[-\s/]*(?:de\s+)?(?P<name>[^\W\d_]{3,10})\.?[-\s,/]*(?:de\s+)?(?P<y>\d{4}|\d\d)"
    + _TIME,
    re.I,
)
_NAMED_FIRST = re.compile(
    r"(?P<name>[^\W\d_]{3,10})\.?\s+(?P<d>\d{1,2})(?:st|nd|rd|th)?,?\s+(?P<y>\d{4}),?" + _TIME, re.I
)
_NAMED_CLOCK_FIRST = re.compile(
    rf"(?P<name>[^\W\d_]{{3,10}})\s+(?P<d>\d{{1,2}})\s+(?P<hour>\d\d):(?P<minute>\d\d):(?P<second>\d\d)\s+(?:(?P<zone>{_ZONE_NAME})\s+)?(?P<y>\d{{4}})",
    re.I,
)
_TAIWAN = re.compile(r"(?P<y>1[0-4]\d)\s*[-/.]\s*(?P<m>\d{1,2})\s*[-/.]\s*(?P<d>\d{1,2})" + _TIME, re.I)
_TAIWAN_COMPACT = re.compile(r"(?P<y>1[0-4]\d)(?P<m>0\d|1[0-2])(?P<d>[0-3]\d)")
_WEEK = re.compile(r"\d{4}-?W\d\d-?[1-7]")
_WEEKDAY = re.compile(
    r"^(?:mon|tue|wed|thu|fri|sat|sun|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag|lundi|mardi|mercredi|jeudi|vendredi|lunes|martes|miércoles|jueves|viernes|sábado|segunda-feira|terça-feira|quarta-feira|quinta-feira|sexta-feira|lunedì|martedì|mercoledì|giovedì|venerdì|mo|di|mi|do|fr|sa|so)[a-z]*\.?,?\s+(?=\d|[a-z]{3})"
    r"|\s*[(（](?:[日月火水木金土一二三四五六七월화수목금토일](?:曜日?|요일)?|(?:周|星期|週|禮拜).|mon|tue|wed|thu|fri|sat|sun|[a-z]{2,3}\.?)[a-z]*[)）]\s*",
    re.I,
)
_ERA = re.compile(
    r"(?P<era>民國|民国|令和|平成|昭和|R|H|S)\s*(?P<y>\d{1,3}|元)\s*[年./-]\s*(?P<m>\d{1,2})\s*[月./-]\s*(?P<d>\d{1,2})\s*日?"
    + _TIME,
    re.I,
)
ERAS = {"民國": 1911, "民国": 1911, "令和": 2018, "R": 2018, "平成": 1988, "H": 1988, "昭和": 1925, "S": 1925}
"""The year before the first of each era."""
_KOREAN = re.compile(
    r"(?P<y>\d{4})\s*(?:년|\.)\s*(?P<m>\d{1,2})\s*(?:월|\.)\s*(?P<d>\d{1,2})\s*(?:일|\.)?" + _TIME, re.I
)
ZONES = {
    "PST": -8,
    "PDT": -7,
    "MST": -7,
    "MDT": -6,
    "CST": -6,
    "CDT": -5,
    "EST": -5,
    "EDT": -4,
    "AKST": -9,
    "HST": -10,
    "BST": 1,
    "WET": 0,
    "WEST": 1,
    "CET": 1,
    "CEST": 2,
    "EET": 2,
    "EEST": 3,
    "MSK": 3,
    "JST": 9,
    "KST": 9,
    "AEST": 10,
    "AEDT": 11,
    "SGT": 8,
    "HKT": 8,
    "BRT": -3,
    "GMT": 0,
    "UTC": 0,
}
"""Hours that named zones are ahead of UTC; CST is North America's, or China's where the company is in Asia."""
_ISO = r"\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?)?"
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
OTHER_MONTHS = {
    "jän": 1,
    "mär": 3,
    "mrz": 3,
    "mai": 5,
    "okt": 10,
    "dez": 12,
    "janv": 1,
    "fév": 2,
    "fev": 2,
    "févr": 2,
    "avr": 4,
    "juin": 6,
    "juil": 7,
    "aoû": 8,
    "aou": 8,
    "déc": 12,
    "ene": 1,
    "abr": 4,
    "ago": 8,
    "set": 9,
    "dic": 12,
    "out": 10,
    "gen": 1,
    "mag": 5,
    "giu": 6,
    "lug": 7,
    "ott": 10,
    "maa": 3,
    "mrt": 3,
    "mei": 5,
}
"""Beginnings of the months' names in German, French, Spanish, Portuguese, Italian and Dutch, where English has others."""


def month(name: str) -> int | None:
    """Return which month a name stands for, in English, German, French, Spanish, Portuguese, Italian or Dutch.

    >>> month("February"), month("März"), month("juillet"), month("dezembro"), month("maggio"), month("soon")
    (2, 3, 7, 12, 5, None)
    """
    low = name.lower()
    for length in (4, 3):
        if low[:length] in OTHER_MONTHS:
            return OTHER_MONTHS[low[:length]]
    return MONTHS.index(low[:3]) + 1 if low[:3] in MONTHS else None


EXCEL_DAY_0 = datetime(1899, 12, 30)
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Ambiguous(ValueError):
    """Day and month could be either way round."""


def day(text: str, order: Order | None = None, zone: str = "Asia/Shanghai") -> date:
    """Read one date; a `ValueError` if it is none, `Ambiguous` if it could be two.

    >>> [str(day(text)) for text in ("2024/3/5", "2024年3月5日", "20240305", "45356", "1709600400", "2024-03-04T20:00Z")]
    ['2024-03-05', '2024-03-05', '2024-03-05', '2024-03-05', '2024-03-05', '2024-03-05']
    >>> str(day("03/04/2024", "dmy")), str(day("25/03/2024"))
    ('2024-04-03', '2024-03-25')
    """
    text = _WEEKDAY.sub(" ", unicodedata.normalize("NFKC", text).strip().lstrip("'")).strip()
    if found := _YEAR_FIRST.fullmatch(text) or _COMPACT.fullmatch(text) or _KOREAN.fullmatch(text):
        return _moment(found, int(found["y"]), int(found["m"]), int(found["d"]), zone)
    if found := _TAIWAN.fullmatch(text) or _TAIWAN_COMPACT.fullmatch(text):
        return _moment(found, int(found["y"]) + ERAS["民國"], int(found["m"]), int(found["d"]), zone)
    if found := (
        _NAMED.fullmatch(text) or _NAMED_FIRST.fullmatch(text) or _NAMED_CLOCK_FIRST.fullmatch(text)
    ):
        number = month(found["name"])
        if number is None:
            raise ValueError(text)
        year = int(found["y"])
        return _moment(found, year if year > 99 else 2000 + year, number, int(found["d"]), zone)
    if found := _ERA.fullmatch(text):
        year = ERAS[found["era"].upper()] + (1 if found["y"] == "元" else int(found["y"]))
        return _moment(found, year, int(found["m"]), int(found["d"]), zone)
    if found := _YEAR_LAST.fullmatch(text):
        first, second, year = int(found["a"]), int(found["b"]), int(found["y"])
        if order is None and (len(found["y"]) == 2 or (first <= 12 and second <= 12 and first != second)):
            raise Ambiguous(text)
        months, number = (
            (second, first) if order == "dmy" or (order is None and first > 12) else (first, second)
        )
        return _moment(found, year if len(found["y"]) == 4 else 2000 + year, months, number, zone)
    if _WEEK.fullmatch(text):
        return date.fromisoformat(text)
    return _counted(float(text), zone)


AFTERNOON = ("下午", "晚上", "午後", "오후", "PM")


def _moment(found: re.Match, year: int, month: int, number: int, zone: str) -> date:
    read = date(year, month, number)
    parts = found.groupdict()
    if not parts.get("hour"):
        return read
    half = (parts.get("half") or parts.get("half2") or "").upper().replace(".", "").replace(" ", "")
    hour = int(parts["hour"])
    if half and half != "中午" and hour <= 12:
        hour = hour % 12 + 12 * (half in AFTERNOON)
    clock = time(hour, int(parts["minute"]), int(parts.get("second") or 0))
    if not parts.get("zone"):
        return read
    away = _offset(parts["zone"], zone)
    return datetime.combine(read, clock, away).astimezone(_zone(zone)).date()


def _offset(name: str, home: str) -> tzinfo:
    if "/" in name or (name.upper() == "CST" and home.startswith("Asia/")):
        return _zone(name if "/" in name else "Asia/Shanghai")
    name = name.upper()
    if name == "Z" or name in ZONES:
        return timezone(timedelta(hours=ZONES.get(name, 0)))
    found = re.fullmatch(r"(?:UTC|GMT)?([+-])(\d{1,2}):?(\d\d)?", name)
    if found is None:
        raise ValueError(name)
    hours, minutes = int(found[2]), int(found[3] or 0)
    return timezone((1 if found[1] == "+" else -1) * timedelta(hours=hours, minutes=minutes))


def _counted(value: float, zone: str) -> date:
    """Read a day that is a number: an Excel serial, 20240305, 202403051430, or seconds (milli-, micro-, nano-) since 1970."""
    if 10_000 <= value < 80_000:
        return (EXCEL_DAY_0 + timedelta(days=value)).date()
    if (
        value == int(value)
        and (found := _COMPACT.fullmatch(str(int(value))))
        and found["y"][:2] in ("19", "20")
    ):
        return _moment(found, int(found["y"]), int(found["m"]), int(found["d"]), zone)
    for unit in (1, 1e3, 1e6, 1e9):
        if 2e8 <= value / unit < 4.2e9:
            return (EPOCH + timedelta(seconds=value / unit)).astimezone(_zone(zone)).date()
    raise ValueError(value)


@lru_cache
def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except ZoneInfoNotFoundError:
        raise ValueError(name) from None


def dates(
    column: pd.Series, order: Order | None = None, zone: str = "Asia/Shanghai"
) -> tuple[pd.Series, np.ndarray, np.ndarray]:
    """Read a column of dates.

    Returns:
        Days as datetime64 (NaT where empty or unread); which rows could not be read; which of those because day and
        month could be either way round.

    >>> days, unread, ambiguous = dates(pd.Series(["2024-03-05", "2024-13-05", "03/04/2024", None]))
    >>> days.dt.day.tolist(), unread.tolist(), ambiguous.tolist()
    ([5.0, nan, nan, nan], [False, True, True, False], [False, False, True, False])
    """
    if pd.api.types.is_datetime64_any_dtype(column):
        if getattr(column.dt, "tz", None) is not None:
            column = column.dt.tz_convert(zone).dt.tz_localize(None)
        nothing = np.zeros(len(column), dtype=bool)
        return column.astype("datetime64[ns]").dt.normalize(), nothing, nothing
    places, distinct = texts(column)
    plain = pd.Series([value if isinstance(value, str) else "" for value in distinct], dtype=object)
    iso = plain.str.fullmatch(_ISO).to_numpy(dtype=bool) & plain.between("1678", "2262").to_numpy(dtype=bool)
    days = np.full(len(distinct) + 1, np.datetime64("NaT"), dtype="datetime64[D]")
    if iso.any():
        days[:-1][iso] = pd.to_datetime(plain[iso], format="ISO8601", errors="coerce").to_numpy(
            "datetime64[D]"
        )
    unsure = np.zeros(len(distinct) + 1, dtype=bool)
    for place in np.flatnonzero(~iso):
        try:
            days[place] = _bounded(_read(distinct[place], None if order == "swapped" else order, zone))
        except Ambiguous:
            unsure[place] = True
        except (ValueError, OverflowError):
            continue
    if order == "swapped":
        for place in np.flatnonzero(
            iso | np.array([isinstance(value, date) for value in distinct], dtype=bool)
        ):
            days[place] = _turned(days[place])
    read = pd.Series(days[places].astype("datetime64[ns]"), index=column.index, name=column.name)
    return read, (places >= 0) & np.isnat(days[places]), unsure[places]


def _turned(read: np.datetime64) -> np.datetime64:
    """Return a day with day and month the other way round, as it is where that is no date."""
    found = read.astype(object)
    return (
        np.datetime64(found.replace(month=found.day, day=found.month)) if found and found.day <= 12 else read
    )


def half_swapped(column: pd.Series) -> bool:
    """Tell whether a spreadsheet with another country's settings has turned those dates round that it could.

    Where 25/03/2024 was written, it took 05/03/2024 for 3 May: real dates up to the 12th of a month only, and beyond it
    texts only. Five different dates of each kind are needed.

    >>> half_swapped(pd.Series([*pd.date_range("2024-05-02", periods=6), *[f"{day}/05/2024" for day in range(13, 19)]], dtype=object))
    True
    """
    some = column.iloc[:: max(1, len(column) // 1000)] if column.dtype == object else column.head(0)
    if any(_beyond_12(value) for value in some):
        return False
    values = column.dropna().unique() if column.dtype == object else []
    real = {(value.month, value.day) for value in values if isinstance(value, date)}
    iso = [value for value in values if isinstance(value, str) and re.match(_ISO, value)]
    real |= {(int(value[5:7]), int(value[8:10])) for value in iso}
    written = [_YEAR_LAST.fullmatch(value.strip()) for value in values if isinstance(value, str)]
    parts = [(int(found["a"]), int(found["b"])) for found in written if found]
    if len(real) < 5 or len(set(parts)) < 5 or any(number > 12 for _, number in real):
        return False
    return all(one > 12 >= other for one, other in parts) or all(other > 12 >= one for one, other in parts)


def _beyond_12(value: Any) -> bool:
    """Tell whether a cell is a real date after the 12th of a month."""
    written = isinstance(value, str) and re.match(_ISO, value)
    return int(value[8:10]) > 12 if written else isinstance(value, date) and value.day > 12


ZONES_OF_OFFSETS = {
    (-8, -7): "America/Los_Angeles",
    (-7, -6): "America/Denver",
    (-6, -5): "America/Chicago",
    (-5, -4): "America/New_York",
    (0, 1): "Europe/London",
    (1, 2): "Europe/Berlin",
    (2, 3): "Europe/Athens",
    (10, 11): "Australia/Sydney",
    (5.5,): "Asia/Kolkata",
    (8,): "Asia/Shanghai",
    (9,): "Asia/Tokyo",
}
"""Zones by their hours ahead of UTC in winter and in summer."""
_WRITTEN_ZONE = re.compile(rf":\d\d(?:\.\d+)?\s*(?:[AP]M\s*)?({_ZONE_NAME})(?:\s+\d{{4}}|\s*\(.*\))?$", re.I)


def zone_written(column: pd.Series) -> str | None:
    """Return the time zone in which a column of dates was written, None where it states none, UTC, or several.

    >>> zone_written(pd.Series(["2024-01-05 06:54:21 PST", "2024-07-05 06:54:21 PDT"])), zone_written(pd.Series(["2024-01-05T05:00Z"]))
    ('America/Los_Angeles', None)
    """
    some = column.iloc[:: max(1, len(column) // 1000)].dropna()
    if not all(isinstance(text, str) and _WRITTEN_ZONE.search(text.strip()) for text in some):
        return None
    found = [_WRITTEN_ZONE.search(text.strip()) for text in column.dropna().unique() if isinstance(text, str)]
    names = {match[1] for match in found if match}
    if not names or not all(found):
        return None
    if all("/" in name for name in names):
        return names.pop() if len(names) == 1 else None
    try:
        away = {_offset(name, "").utcoffset(datetime(2024, 1, 1)) for name in names}
    except ValueError:
        return None
    hours = tuple(sorted(one.total_seconds() / 3600 for one in away if one is not None))
    if hours in ((), (0.0,)):
        return None
    whole = len(hours) == 1 and hours[0] == int(hours[0])
    return ZONES_OF_OFFSETS.get(hours) or (f"Etc/GMT{-int(hours[0]):+d}" if whole else None)


def _bounded(read: date) -> date:
    """Let through what fits nanoseconds; 9999-12-31 stands for "never", not for a day."""
    if not 1678 <= read.year <= 2261:
        raise ValueError(read)
    return read


def _read(value: object, order: Order | None, zone: str) -> date:
    if isinstance(value, datetime):
        return (value.astimezone(_zone(zone)) if value.tzinfo else value).date()
    if isinstance(value, date):
        return value
    if isinstance(value, bool):
        raise ValueError(value)
    if isinstance(value, (int, float, np.number)):
        return _counted(float(value), zone)
    return day(str(value), order, zone)

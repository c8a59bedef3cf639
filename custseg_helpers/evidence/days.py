"""The days of a sheet as a whole: which comes first, day or month, and where the last order stands."""

from datetime import timedelta

import pandas as pd

from custseg_helpers.evidence.systems import match
from custseg_helpers.reading.dates import dates, half_swapped
from custseg_helpers.reading.sheet import Sheet


def snapshot_of(sheet: Sheet, column: str, order: str | None = None) -> tuple[pd.Timestamp | None, int]:
    """Return the day after the last order (None where no date could be read), and how many dates could be read either way round.

    Days more than a year beyond the 99th percentile are taken for slips.
    """
    days, _, unsure = dates(sheet.frame[column], order)  # type: ignore[arg-type]
    known = days[days.dt.year.between(1970, 2199)]
    if known.empty:
        return None, int(unsure.sum())
    usual = known.quantile(0.99, interpolation="lower") + timedelta(days=365)
    return known[known <= usual].max() + timedelta(days=1), int(unsure.sum())


def order_evidence(column: pd.Series) -> str | None:
    """Return `"dmy"` or `"mdy"` where some of the dates can only be read that way and none the other way; else None.

    >>> order_evidence(pd.Series(["03/04/2024", "25/03/2024"])), order_evidence(pd.Series(["03/04/2024"]))
    ('dmy', None)
    """
    texts = (
        column.dropna()
        .astype(str)
        .str.extract(r"^\s*(\d{1,2})[-/.](\d{1,2})[-/.]\d{2,4}")
        .dropna()
        .astype(int)
    )
    first, second = bool((texts[0] > 12).any()), bool((texts[1] > 12).any())
    return None if first == second else "dmy" if first else "mdy"


def which_first(sheet: Sheet, column: str) -> str | None:
    """Return which comes first in a column of dates, day or month; `None` where no date needs it, "?" where nothing tells."""
    if half_swapped(sheet.frame[column]):
        return "swapped"
    if not snapshot_of(sheet, column)[1]:
        return None
    return order_evidence(sheet.frame[column]) or _other_dates(sheet, column) or _of_system(sheet) or "?"


def _other_dates(sheet: Sheet, column: str) -> str | None:
    """Return which comes first, day or month, where other columns of dates of the same sheet tell and agree."""
    others = [
        sheet.frame[name]
        for name in sheet.frame
        if list(sheet.frame.columns).count(name) == 1 and name != column
    ]
    told = {order_evidence(other) for other in others if other.dtype == object} - {None}
    return told.pop() if len(told) == 1 else None


def _of_system(sheet: Sheet) -> str | None:
    found = match(map(str, sheet.frame.columns))
    return found.system.layout.get("dates") if found and found.sure else None

"""Which column is the day of the order."""

import re

from custseg_helpers.evidence.called import plain
from custseg_helpers.evidence.sheet_evidence import Evidence
from custseg_helpers.words.text import T

_DAY_OF_NO_YEAR = re.compile(
    r"\d{1,2}\s*[-/.月]\s*\d{1,2}\s*[日.号]?(\s+\d{1,2}:\d{2}(:\d{2})?)?|\d{1,2}\.?[-\s][A-Za-z]{3,9}\.?|[A-Za-z]{3,9}\.?\s\d{1,2}"
)


def without_year(found: Evidence) -> list[T]:
    """Say of columns of days without a year that they cannot be read, and what to do."""
    said = T(
        zh="“{c}”列的日期没有年份（如 {x}），不知道是哪一年，所以不能用。请连年份一起导出，或在表里补上年份。",
        en="The dates in “{c}” have no year ({x}, for example), so they cannot be used. Export them with the year, or add it in the file.",
    )
    return [
        said.format(c=column.name, x=column.texts()[0])
        for column in found.columns.values()
        if column.kind in ("text", "number", "date")
        and ("order_date" in column.roles or column.kind == "text")
        and column.distinct > 0
        and sum(bool(_DAY_OF_NO_YEAR.fullmatch(text)) for text in column.texts()) >= 0.9 * column.distinct
    ]


def choose_date(found: Evidence) -> str | None:
    """Choose the day of the order: the fullest column of dates; a name that says so breaks ties."""
    dated = [column for column in found.columns.values() if column.kind == "date"]
    named = [c for c in dated if "order_date" in c.roles and c.filled >= 0.3 * max(x.filled for x in dated)]
    best = named or [c for c in dated if "other_date" not in c.roles] or dated
    if not best:
        return None
    rank = {"date": 1, "日期": 1, "day": 1, "createddate": 3, "createdon": 2, "creationdate": 2}
    closing = {"closedate": 0, "closeddate": 0, "closingdate": 0}
    return min(
        best,
        key=lambda c: (
            -round(c.filled / len(found.frame), 1),
            closing.get(plain(c.name), rank.get(plain(c.name), 1)),
            plain(c.name),
        ),
    ).name

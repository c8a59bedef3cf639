"""An agenda to hand out: a page to print, an Excel file to change, a calendar file to send."""

from pathlib import Path
from typing import Any

import pandas as pd

from custseg_helpers.course.syllabus import lesson_source
from custseg_helpers.files.folder import write_excel
from custseg_helpers.files.page import PARTS, page
from custseg_helpers.files.tables import html_table
from custseg_helpers.files.whole import write_whole
from custseg_helpers.teach.agenda import HEADS, KINDS, day_title, shown
from custseg_helpers.words.glossary import headed
from custseg_helpers.words.text import T, in_turn

TITLE = T(zh="课程安排", en="Agenda")
LATE = T(zh="赶不上时跳过什么", en="What to skip when late")


def write(table: pd.DataFrame, cuts: pd.DataFrame, out: Path, *, dated: bool, road: T | None = None) -> None:
    """Write `agenda.html`, `agenda.xlsx` and, where the date is known, `agenda.ics` into a folder.

    `road` says which way learners go who have never programmed.
    """
    out.mkdir(parents=True, exist_ok=True)
    days = {
        day_title(table, day, dated=dated): headed(shown(table, day), HEADS) for day in table["day"].unique()
    }
    tables = [*days.items(), (LATE, headed(cuts, HEADS))]
    parts = [(title, html_table(rows.reset_index(drop=True), codes=False)) for title, rows in tables]
    lead = T(
        zh="讲与练的钟点；休息和午饭已排进去。", en="When we teach and practise, breaks and lunch within."
    )
    if road:
        lead = in_turn([lead, road])
    write_whole(out / "agenda.html", page(PARTS, title=TITLE, lead=lead, parts=parts))
    sheets = {
        f"{T(zh='第 {n} 天', en='Day {n}').format(n=n)}": rows for n, rows in enumerate(days.values(), 1)
    }
    write_excel(sheets | {str(LATE): headed(cuts, HEADS)}, out / "agenda.xlsx")
    if dated:
        (out / "agenda.ics").write_bytes(calendar(table))


def calendar(table: pd.DataFrame) -> bytes:
    """Return the agenda as iCalendar (RFC 5545): one event a lesson and a break, in the room's own clock time.

    >>> from datetime import datetime
    >>> from custseg_helpers.teach.timetable import schedule
    >>> from custseg_helpers.course.syllabus import lesson_source, sections
    >>> table = schedule([sections(lesson_source("00"))], datetime(2026, 12, 1, 9), 120)
    >>> "DTSTART:20261201T090000" in calendar(table).decode()
    True
    """
    from icalendar import Calendar, Event

    found = Calendar()
    found.add("prodid", "-//custseg//agenda//")
    found.add("version", "2.0")
    for block, rows in table.groupby(_blocks(table), sort=False):
        first, kind = rows["start"].iloc[0], rows["kind"].iloc[0]
        event = Event()
        event.add("uid", f"{first:%Y%m%dT%H%M}-{block}@custseg")
        event.add("dtstamp", first.to_pydatetime())
        event.add("dtstart", first.to_pydatetime())
        event.add("dtend", rows["end"].iloc[-1].to_pydatetime())
        if kind in ("break", "lunch"):
            event.add("summary", str(KINDS[kind]))
        else:
            number = rows["section"].iloc[0].partition(".")[0]
            event.add("summary", f"{number} {lesson_source(number).title}")
            event.add("description", "\n".join(_line(row) for row in rows.itertuples()))
        found.add_component(event)
    return found.to_ical()


def _blocks(table: pd.DataFrame) -> pd.Series:
    """Number the runs of rows that belong to one lesson, or to one break, of one day."""
    what = table["kind"].where(table["kind"].isin(["break", "lunch"]), table["section"].str.partition(".")[0])
    changed = (what != what.shift()) | (table["day"] != table["day"].shift())
    return changed.cumsum()


def _line(row: Any) -> str:
    return f"{row.start:%H:%M} {KINDS[row.kind]} {row.section} {row.title}{row.exercises}"

"""`custseg agenda`: when what is taught, for a date, a room and a choice of lessons; what to skip when late."""

import sys
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import click
import pandas as pd

from custseg_helpers.commands.parameters import DAY, PATH, lessons, option, several
from custseg_helpers.course.syllabus import chosen, lesson_source, sections
from custseg_helpers.teach.agenda import HEADS, cut_lines, day_title, plans, road, shown
from custseg_helpers.teach.timetable import schedule
from custseg_helpers.words.glossary import headed
from custseg_helpers.words.text import T, UserError, listed


def parameters() -> list[click.Parameter]:
    """Return what `custseg agenda` takes."""
    return [
        option(
            "--plan",
            T(zh="现成的安排：", en="a ready plan: ") + listed(plans()),
            type=click.Choice(list(plans())),
            metavar="PLAN",
        ),
        lessons(),
        option("--start", T(zh="几点开始，默认 09:00", en="when a day begins; default 09:00")),
        option(
            "--hours",
            T(
                zh="一天上几小时课，含短休息，午饭另加；默认 6",
                en="hours of class a day, short breaks within, lunch on top; default 6",
            ),
            type=float,
        ),
        option(
            "--breaks",
            T(
                zh="休息，如 10:30/15,12:00/60；none 是不休息；不写则自动",
                en="breaks, such as 10:30/15,12:00/60; none for no break; chosen if not given",
            ),
            multiple=True,
            metavar="HH:MM/MIN,...",
        ),
        option(
            "--date day",
            T(
                zh="第一天，如 2026-12-01；日历文件要用",
                en="the first day, such as 2026-12-01; the calendar needs it",
            ),
            type=DAY,
            metavar="DATE",
        ),
        option("--every", T(zh="隔几天上一次，默认 1", en="days from class to class; default 1"), type=int),
        option(
            "--out",
            T(zh="写出 agenda.html、.xlsx、.ics 的文件夹", en="a folder for agenda.html, .xlsx and .ics"),
            type=PATH,
        ),
    ]


def main(
    *, plan: str | None, breaks: tuple[str, ...], day: datetime | None, out: Path | None, **given: Any
) -> None:
    """Run `custseg agenda`: what is given on the command line goes before the ready plan."""
    wanted: dict[str, Any] = {"lessons": "00-04", "start": "09:00", "hours": 6, "every": 1}
    wanted |= plans()[plan] if plan else {}
    wanted |= {name: value for name, value in given.items() if value is not None}
    numbers = chosen(wanted["lessons"])
    first = day or datetime.combine(date.today(), datetime.min.time())
    table = schedule(
        [sections(lesson_source(number)) for number in numbers],
        first + timedelta(minutes=clock(wanted["start"])),
        round(_positive(wanted["hours"]) * 60),
        [_break(text) for text in several(breaks) if text != "none"] if breaks else None,
        every=round(_positive(wanted["every"])),
    )
    cuts = cut_lines(numbers)
    _print(table, cuts, dated=day is not None)
    if way := road(numbers):
        print(way)
    if out:
        from custseg_helpers.teach.agenda_files import write

        write(table, cuts, out, dated=day is not None, road=way)


def clock(text: str) -> int:
    """Return a time of day as minutes after midnight.

    >>> clock("09:30")
    570
    """
    try:
        time = datetime.strptime(text.strip().replace("：", ":"), "%H:%M")
    except ValueError:
        raise UserError(
            zh=f"“{text}”不是时间。这样写：09:00。", en=f"“{text}” is not a time. Write it as 09:00."
        ) from None
    return time.hour * 60 + time.minute


def _break(text: str) -> tuple[int, int]:
    time, slash, length = text.partition("/")
    if not slash or not length.isdigit() or not int(length):
        raise UserError(
            zh=f"“{text}”不是休息时间。这样写：10:30/15，几点开始，休息几分钟。",
            en=f"“{text}” is not a break. Write 10:30/15: when it begins and how many minutes.",
        )
    return clock(time), int(length)


def _positive(number: float) -> float:
    if not 0 < number <= 366:
        raise UserError(
            zh=f"小时数和天数应大于 0，这里是 {number}。", en=f"Hours and days must be above 0, not {number}."
        )
    return number


def _print(table: pd.DataFrame, cuts: pd.DataFrame, *, dated: bool) -> None:
    from rich.console import Console
    from rich.table import Table

    console = Console(width=None if sys.stdout.isatty() else 110)
    parts = [
        (day_title(table, day, dated=dated), headed(shown(table, day), HEADS))
        for day in table["day"].unique()
    ]
    for title, part in [*parts, (str(T(zh="赶不上时", en="When you are late")), headed(cuts, HEADS))]:
        grid = Table(title=title, title_justify="left")
        for name in part.columns:
            grid.add_column(name, justify="right" if pd.api.types.is_numeric_dtype(part[name]) else "left")
        for row in part.itertuples(index=False):
            grid.add_row(*map(str, row))
        console.print(grid)

"""A timetable: lessons laid out over days, with breaks where a class can stop.

One table, one row a stretch of class, in the order of the day. A lesson is never torn apart by the end of a day; a
break never interrupts teaching or an exercise.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import pandas as pd

from custseg_helpers.course.syllabus import Section
from custseg_helpers.words.text import T, UserError, in_turn

COLUMNS = ["day", "start", "end", "minutes", "kind", "section", "title", "exercises"]
LUNCH_FROM = 45
"""A break of this many minutes or more is lunch."""
LONGEST_SITTING = 120
"""Minutes after which a class needs a break."""
SEAM = 15
"""How many minutes further off a break may be if it then falls between two lessons."""


def schedule(
    lessons: Sequence[Sequence[Section]],
    start: datetime,
    minutes: int,
    breaks: Sequence[tuple[int, int]] | None = None,
    *,
    every: int = 1,
) -> pd.DataFrame:
    """Return the agenda: one row a stretch, columns `day, start, end, minutes, kind, section, title, exercises`.

    Args:
        lessons: each lesson's sections, in the order they are taught.
        start: when the first day begins.
        minutes: how long a day is, short breaks within it, lunch on top.
        breaks: (minutes after midnight, length) of each break wanted; one is taken between two stretches near its
            time, best between two lessons. `None` chooses: lunch at 12:00 on a long day, 15 minutes in the middle of a
            sitting of more than two hours.
        every: days from one day of class to the next.

    Raises:
        UserError: a lesson does not fit into a day at all.

    >>> from custseg_helpers.words.text import use_language
    >>> use_language("en")
    >>> from custseg_helpers.course.syllabus import lesson_source, sections
    >>> table = schedule([sections(lesson_source("00"))], datetime(2026, 12, 1, 9), 120)
    >>> table.iloc[0][["start", "kind", "section"]].tolist()
    [Timestamp('2026-12-01 09:00:00'), 'teach', '00.0–00.5']
    >>> int(table["minutes"].sum())
    55
    """
    wanted = usual_breaks(start, minutes) if breaks is None else sorted(breaks)
    resting = sum(length for _, length in wanted if length < LUNCH_FROM)
    rows: list[tuple] = []
    for number, day in enumerate(_days(lessons, minutes - resting), 1):
        begin = start + timedelta(days=(number - 1) * every)
        now = begin
        for stretch in with_breaks(stretches(day), wanted, begin.hour * 60 + begin.minute):
            end = now + timedelta(minutes=stretch.minutes)
            kind, codes, exercises = stretch.kind, stretch.codes, ", ".join(stretch.exercises)
            rows.append((number, now, end, stretch.minutes, kind, codes, stretch.title, exercises))
            now = end
    return pd.DataFrame(rows, columns=COLUMNS)


@dataclass(frozen=True)
class Stretch:
    """Something done in one go: a piece of teaching up to the next exercise, exercises, or a break."""

    kind: str
    minutes: int
    sections: tuple[Section, ...] = ()
    exercises: tuple[str, ...] = ()

    @property
    def codes(self) -> str:
        """The sections it covers: `04.0–04.1`."""
        codes = [section.code for section in self.sections]
        return "–".join(dict.fromkeys([codes[0], codes[-1]])) if codes else ""

    @property
    def title(self) -> T:
        """What is taught; exercises go by their ids."""
        if self.kind != "teach":
            return T(zh="", en="")
        return in_turn(section.title for section in self.sections)

    @property
    def begins_lesson(self) -> bool:
        """Whether a lesson starts here."""
        return self.kind == "teach" and self.sections[0].number == 0


def stretches(lessons: Sequence[Sequence[Section]]) -> list[Stretch]:
    """Return what a class does, in order: teaching up to a section with exercises, then these."""
    found = []
    for lesson in lessons:
        spoken: list[Section] = []
        for section in lesson:
            spoken.append(section)
            if section.exercise or section is lesson[-1]:
                found.append(Stretch("teach", sum(s.teach for s in spoken), tuple(spoken)))
                spoken = []
            if section.exercise:
                found.append(Stretch("exercise", section.exercise, (section,), section.exercises))
    return found


def with_breaks(work: list[Stretch], breaks: Sequence[tuple[int, int]], begin: int) -> list[Stretch]:
    """Put each break (wanted minute of the day, length) between two stretches; what has no place left falls away.

    Nearest to the wanted time; the seam between two lessons may be a quarter of an hour further off.
    """
    day = list(work)
    first = 1
    for wanted, length in breaks:
        costs = {}
        now = begin + sum(stretch.minutes for stretch in day[:first])
        for place in range(first, len(day)):
            costs[place] = abs(now - wanted) - SEAM * day[place].begins_lesson
            now += day[place].minutes
        if costs and wanted < now:
            place = min(costs, key=costs.__getitem__)
            day.insert(place, Stretch("lunch" if length >= LUNCH_FROM else "break", length))
            first = place + 2
    return day


def usual_breaks(start: datetime, minutes: int) -> list[tuple[int, int]]:
    """Return the breaks of a usual day: lunch at 12:00, a quarter of an hour in each sitting of over two hours.

    >>> [(time // 60, time % 60, length) for time, length in usual_breaks(datetime(2026, 12, 1, 9), 7 * 60)]
    [(10, 30, 15), (12, 0, 60), (15, 0, 15)]
    """
    first = start.hour * 60 + start.minute
    last, noon = first + minutes, 12 * 60
    whole = first <= noon - 60 and last >= noon + 60
    sittings = [(first, noon), (noon + 60, last + 60)] if whole else [(first, last)]
    short = [((a + b) // 2, 15) for a, b in sittings if b - a > LONGEST_SITTING]
    return sorted(short + ([(noon, 60)] if whole else []))


def _days(lessons: Sequence[Sequence[Section]], room: int) -> list[list[Sequence[Section]]]:
    """Fill the days with lessons, in order, each whole."""
    days: list[list[Sequence[Section]]] = []
    used = 0
    for lesson in lessons:
        length = sum(section.minutes for section in lesson)
        if length > room:
            code = lesson[0].lesson
            raise UserError(
                zh=f"第 {code} 课要 {length} 分钟，而一天只有 {room} 分钟可上课（已除去休息）。请把 --hours 加长或缩短休息。",
                en=f"Lesson {code} takes {length} minutes and a day has {room} for class, breaks aside. Give more --hours or shorter breaks.",
            )
        if not days or used + length > room:
            days.append([])
            used = 0
        days[-1].append(lesson)
        used += length
    return days

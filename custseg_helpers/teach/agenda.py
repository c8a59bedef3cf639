"""`custseg agenda`: when what is taught, for a date, a room and a choice of lessons; what to skip when late."""

import tomllib
from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from custseg_helpers.course.syllabus import lesson_source, to_skip
from custseg_helpers.words.text import T

PLANS = Path(__file__).with_name("plans.toml")
LATE = (10, 20)
"""The delays, in minutes, for which the agenda says what to skip."""


def cut_lines(lessons: Sequence[str]) -> pd.DataFrame:
    """Return what to skip in each lesson when it starts late: columns `lesson`, `late`, `skip`, `won` (minutes).

    >>> cut_lines(["03"])[["late", "skip"]].values.tolist()
    [[10, '03.7, 03.3'], [20, '03.7, 03.3']]
    """
    rows = []
    for number in lessons:
        source = lesson_source(number)
        for late in LATE:
            skip = to_skip(source, late)
            rows.append(
                (
                    number,
                    late,
                    ", ".join(section.code for section in skip),
                    sum(section.minutes for section in skip),
                )
            )
    return pd.DataFrame(rows, columns=["lesson", "late", "skip", "won"])


def plans() -> dict[str, dict]:
    """Return the ready plans by name: `lessons`, `start`, `hours` and, where classes are days apart, `every`."""
    return tomllib.loads(PLANS.read_text(encoding="utf-8"))


PYTHON = "00b"
"""The lesson that teaches people who know Excel what the course writes in Python."""
POINTER = T(
    zh="没有排第 {lesson} 课（给会用 Excel 的人的 Python）：没写过程序的学员走鼠标的路，在练习册里用表格积木搭出答案，不用打字。",
    en="Lesson {lesson}, Python for people who know Excel, is left out: learners who have never programmed take the pointer's road and put their answers together in the workbook's table builder, without typing.",
).format(lesson=PYTHON)


def road(lessons: Sequence[str]) -> T | None:
    """Return what to tell a class that goes on to later lessons without Python for people who know Excel.

    >>> road(["00", "03"]) is POINTER, road(["00"]), road(["00", "00b", "01"])
    (True, None, None)
    """
    return POINTER if PYTHON not in lessons and any(lesson > PYTHON for lesson in lessons) else None


def shown(table: pd.DataFrame, day: int) -> pd.DataFrame:
    """Return one day's rows for people: times as text, kinds and titles in the current language."""
    rows = table[table["day"] == day]
    return pd.DataFrame(
        {
            "time": rows["start"].dt.strftime("%H:%M") + "–" + rows["end"].dt.strftime("%H:%M"),
            "minutes": rows["minutes"],
            "kind": [str(KINDS[kind]) for kind in rows["kind"]],
            "section": rows["section"],
            "title": [str(title) for title in rows["title"]] + rows["exercises"],
        }
    )


KINDS = {
    "teach": T(zh="讲", en="teach"),
    "exercise": T(zh="练", en="practise"),
    "break": T(zh="休息", en="break"),
    "lunch": T(zh="午饭", en="lunch"),
}
HEADS = {
    "time": T(zh="时间", en="time"),
    "minutes": T(zh="分钟", en="minutes"),
    "kind": T(zh="做什么", en="what"),
    "section": T(zh="节", en="section"),
    "title": T(zh="内容", en="content"),
    "lesson": T(zh="课", en="lesson"),
    "late": T(zh="晚了（分钟）", en="late (minutes)"),
    "skip": T(zh="跳过", en="skip"),
    "won": T(zh="省下（分钟）", en="wins back (minutes)"),
}


def day_title(table: pd.DataFrame, day: int, *, dated: bool) -> str:
    """Return a day's heading: `Day 1` and, where the date is known, the date and the hours."""
    rows = table[table["day"] == day]
    first, last = rows["start"].iloc[0], rows["end"].iloc[-1]
    when = f"{first:%Y-%m-%d} " if dated else ""
    return f"{T(zh=f'第 {day} 天', en=f'Day {day}')} · {when}{first:%H:%M}–{last:%H:%M}"

"""The agenda: hours that add up, breaks where a class can stop, lessons that are not torn apart."""

from datetime import datetime, timedelta

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from custseg_helpers.commands import main as cli
from custseg_helpers.course.compose import tasks
from custseg_helpers.course.syllabus import (
    Section,
    chosen,
    lesson_source,
    numbers,
    sections,
    to_skip,
)
from custseg_helpers.learn.lessons import minutes
from custseg_helpers.teach import agenda
from custseg_helpers.teach.timetable import schedule
from custseg_helpers.words.text import T, UserError, use_language

MORNING = datetime(2026, 12, 1, 9)


def lesson(number, *pairs):
    return [
        Section(number, place, T(zh="节", en="section"), teach, exercise, ("x-1",) if exercise else ())
        for place, (teach, exercise) in enumerate(pairs)
    ]


def lessons():
    pair = st.tuples(st.integers(1, 12), st.sampled_from([0, 0, 4, 8]))
    one = st.lists(pair, min_size=1, max_size=6)
    return st.lists(one, min_size=1, max_size=6).map(
        lambda many: [lesson(f"{n:02d}", *pairs) for n, pairs in enumerate(many)]
    )


@given(lessons(), st.integers(150, 540), st.integers(7 * 60, 15 * 60))
def test_the_hours_add_up(course, minutes, begin):
    start = datetime(2026, 12, 1) + timedelta(minutes=begin)
    table = schedule(course, start, minutes)
    assert (table["end"] - table["start"] == table["minutes"].map(lambda m: timedelta(minutes=m))).all()
    for _, day in table.groupby("day"):
        assert (day["start"].iloc[1:].to_numpy() == day["end"].iloc[:-1].to_numpy()).all()
        assert day["kind"].iloc[0] == day["kind"].iloc[0] not in ("break", "lunch")
        assert day["kind"].iloc[-1] not in ("break", "lunch")
        assert day.loc[day["kind"] != "lunch", "minutes"].sum() <= minutes
    work = table[table["kind"].isin(["teach", "exercise"])]
    assert work["minutes"].sum() == sum(section.minutes for one in course for section in one)


@given(lessons(), st.integers(150, 540))
def test_a_lesson_stays_within_its_day(course, minutes):
    table = schedule(course, MORNING, minutes)
    work = table[table["section"] != ""]
    assert (work.groupby(work["section"].str[:2])["day"].nunique() == 1).all()


def test_a_break_prefers_the_seam_between_two_lessons():
    course = [lesson("00", (40, 0)), lesson("01", (5, 8), (47, 0)), lesson("02", (60, 0))]
    table = schedule(course, MORNING, 200, [(10 * 60 - 10, 15)])
    rest = table[table["kind"] == "break"].iloc[0]
    assert f"{rest['start']:%H:%M}" == "09:40"


def test_a_break_of_45_minutes_is_lunch_and_does_not_count_as_class():
    table = schedule([lesson("00", (60, 0)), lesson("01", (60, 0))], MORNING, 120, [(10 * 60, 45)])
    assert table["kind"].tolist() == ["teach", "lunch", "teach"]


@pytest.mark.parametrize("number", numbers())
def test_the_sections_of_a_lesson_fill_its_minutes(number):
    source = lesson_source(number)
    parts = sections(source)
    assert sum(part.minutes for part in parts) == minutes(number).lesson
    assert min(part.teach for part in parts) >= 1


@pytest.mark.parametrize("number", numbers())
def test_every_lesson_says_what_to_cut_and_never_a_core_exercise(number):
    source = lesson_source(number)
    known = {part.number for part in sections(source)}
    assert source.cut and set(source.cut) <= known - {0}
    assert not [name for part in sections(source) if part.number in source.cut for name in part.exercises]
    assert to_skip(source, 0) == []
    assert len(to_skip(source, 1)) == 1


@pytest.mark.parametrize("number", numbers())
def test_core_exercises_are_all_done_in_class(number):
    core = [task.id for task in tasks(lesson_source(number)) if task.marks["level"] == "core"]
    assert [name for part in sections(lesson_source(number)) for name in part.exercises] == core


def test_a_class_that_skips_python_hears_of_the_pointers_road(capsys):
    use_language("en")
    cli.main(["agenda", "--lessons", "00,03"])
    assert "table builder" in capsys.readouterr().out
    cli.main(["agenda", "--lessons", "00"])
    assert "table builder" not in capsys.readouterr().out


@pytest.mark.parametrize("name", agenda.plans())
def test_every_ready_plan_comes_out_in_the_days_it_promises(name, capsys):
    days = {"half-day": 1, "one-day": 1, "two-days": 2, "three-days": 3, "four-days": 4, "six-weeks": 6}
    use_language("en")
    assert cli.main(["agenda", "--plan", name]) == 0
    printed = capsys.readouterr().out
    assert f"Day {days[name]} " in printed and f"Day {days[name] + 1} " not in printed


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_agenda_as_page_workbook_and_calendar(tmp_path, lang, capsys):
    from icalendar import Calendar

    use_language(lang)
    out = tmp_path / "班级 一"
    assert cli.main(f"agenda --lessons 00,03,04 --date 2026-12-01 --out {tmp_path}/x".split()) == 0
    assert cli.main(["agenda", "--lessons", "00,03,04", "--date", "2026-12-01", "--out", str(out)]) == 0
    page = (out / "agenda.html").read_text(encoding="utf-8")
    whole = timedelta(minutes=sum(minutes(number).lesson for number in ("00", "03", "04")) + 15 + 60)
    assert f"2026-12-01 09:00–{MORNING + whole:%H:%M}" in page and "03.6" in page
    book = openpyxl.load_workbook(out / "agenda.xlsx")
    assert len(book.sheetnames) == 2 and book.worksheets[0]["A2"].value.startswith("09:00–")
    events = Calendar.from_ical((out / "agenda.ics").read_bytes()).walk("VEVENT")
    assert len({str(event["uid"]) for event in events}) == len(events)
    assert [event for event in events if str(event["summary"]).startswith("04 ")]
    assert sum((event["dtend"].dt - event["dtstart"].dt for event in events), timedelta()) == whole
    assert (out / "agenda.ics").read_bytes() == (tmp_path / "x" / "agenda.ics").read_bytes()


@pytest.mark.parametrize(
    "wrong",
    [
        "--lessons 99",
        "--lessons 04-00",
        "--lessons ,",
        "--start nine",
        "--hours 0",
        "--hours 1",
        "--breaks 10:30",
        "--breaks 25:00/15",
        "--breaks 10:30/0",
        "--every 0",
    ],
)
def test_what_cannot_be_planned_gets_one_message(wrong, capsys):
    assert cli.main(["agenda", *wrong.split()]) == 2
    said = capsys.readouterr()
    assert said.err.count("\n") == 1 and not said.out


def test_lessons_are_chosen_by_number_and_range():
    assert chosen("04, 00-02，4") == ["04", "00", "00b", "01", "02"]
    with pytest.raises(UserError):
        chosen("rfm")

"""Nothing is asked that was not shown: the build lists the names of answers, and fails on one that nobody taught."""

import pytest

from custseg_helpers.commands import main as cli
from custseg_helpers.course.asked.names import names_in, problems, report, too_many
from custseg_helpers.course.source import read_lesson
from custseg_helpers.course.syllabus import lesson_source, numbers
from custseg_helpers.words.text import use_language


@pytest.fixture(scope="module")
def taught():
    return report([lesson_source(number) for number in numbers()])


def test_every_name_that_an_answer_needs_was_said_and_shown_before(taught):
    assert len(taught) > 150
    assert [(one.name.text, one.exercise) for one in taught if one.untaught] == []


def test_no_lesson_brings_more_new_names_than_a_newcomer_can_take(taught):
    assert too_many(taught) == {}


def test_a_name_is_known_by_how_it_is_used():
    code = 'best = rfm.rfm_scores(few)["r_score"].max()\nout = [one for one in few if ~best]\npd.DataFrame(few).index'
    kinds = {name.text: name.kind for name in names_in(code)}
    assert kinds == {
        ".max()": "method",
        '"r_score"': "column",
        "rfm.rfm_scores": "function",
        "for": "operator",
        "~": "operator",
        ".index": "method",
        "pd.DataFrame": "function",
    }


def told(workshop):
    use_language("en")
    return [str(problem) for problem in problems([workshop.lesson()], ["03"])]


def test_the_skeleton_teaches_what_it_asks(workshop):
    assert told(workshop) == []


@pytest.mark.parametrize(
    ("old", "new", "missing"),
    [
        ("`nunique()`", "It", ".nunique()"),
        ('orders["customer_id"].nunique())', "5)", ".nunique()"),
        ("`customer_id`", "number", '"customer_id"'),
    ],
)
def test_a_name_that_is_not_said_or_not_shown_stops_the_build(workshop, old, new, missing):
    while old in (workshop.folder / "lesson.py").read_text(encoding="utf-8"):
        workshop.change("lesson.py", old, new)
    found = told(workshop)
    assert found and all(missing in line and "exercise.py:" in line for line in found)


def test_hints_the_trainer_and_slides_teach_nothing(workshop):
    workshop.change("lesson.py", "`nunique()` 数有几个不同的", "数有几个不同的")
    workshop.change("lesson.py", "先让每组猜", "`nunique()`，先让每组猜")
    assert any(".nunique()" in line for line in told(workshop))


def test_the_list_is_there_for_authors(capsys):
    assert cli.main(["build", "--names", "00", "00b"]) == 0
    rows = [line.split("\t") for line in capsys.readouterr().out.splitlines()]
    assert ["len", "function", "welcome-registered", "00", "00"] in rows


def test_lessons_read_alone_are_asked_about_their_own_names_only():
    lessons = [lesson_source(number) for number in numbers()]
    assert list(problems(lessons, ["04"])) == []
    assert read_lesson(lessons[0].folder).number == "00"

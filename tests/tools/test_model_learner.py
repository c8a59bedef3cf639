"""The whole course in one go: the model learner does every workbook in order and ends with every mark set."""

import os
import re

import pytest

from custseg_helpers.learn.capstone import PARTS
from custseg_helpers.learn.lessons import exercises, lesson_folders
from custseg_helpers.learn.marks import entries
from custseg_helpers.words.text import UserError
from tools import model_learner

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    """Each language played once: the progress at the end, and the learner's folder."""
    played = {}

    def of(lang):
        if lang not in played:
            home = tmp_path_factory.mktemp("learner") / "my"
            played[lang] = model_learner.play(lang, home), home
        return played[lang]

    return of


languages = pytest.mark.parametrize("lang", ["zh", "en"])


@languages
def test_every_progress_mark_is_set(course, lang):
    reached, _ = course(lang)
    assert [row.number for row in reached.lessons] == list(lesson_folders())
    for row in reached.lessons:
        done, all_of_it = (row.passed, row.written, row.right), (row.exercises, row.to_write, row.questions)
        assert done == all_of_it and all(all_of_it), row.number
    assert reached.damaged == ()


@languages
def test_the_exercises_were_done_in_the_order_of_the_course(course, lang):
    marks, damaged = entries(course(lang)[1] / "progress.jsonl")
    done = [
        mark["exercise"]
        for mark in marks
        if mark["event"] == "check" and mark["outcome"] in ("passed", "written")
    ]
    assert done == [identity for number in lesson_folders() for identity in exercises(number)] and not damaged
    assert {mark["outcome"] for mark in marks if mark["event"] == "check"} == {"passed", "written"}


@languages
def test_the_capstone_page_stands_alone(course, lang):
    if model_learner.CAPSTONE not in lesson_folders():
        pytest.skip("the capstone is not there yet")
    page = (course(lang)[1] / lang / model_learner.PAGE).read_text(encoding="utf-8")
    assert page.count("<h2>") == len(PARTS)
    assert not re.search(r"https?:|<link|<script|url\((?!data:)|@import", page)
    assert all(source.startswith("data:image/png;base64,") for source in re.findall(r'src="([^"]*)"', page))
    assert all(head.within(lang) in page for head in PARTS.values())
    marks = [mark for mark in entries(course(lang)[1] / "progress.jsonl")[0] if mark["event"] == "assess"]
    assert [(mark["lesson"], mark["by"], mark["points"], mark["passed"]) for mark in marks] == [
        ("15", "self", 30, True)
    ]


def test_both_languages_leave_the_same_marks(course):
    def marks(lang):
        return [
            {k: v for k, v in mark.items() if k != "time"}
            for mark in entries(course(lang)[1] / "progress.jsonl")[0]
        ]

    assert marks("zh") == marks("en")


def test_a_wrong_answer_stops_the_learner_and_nothing_of_the_environment_is_lost(tmp_path, monkeypatch):
    monkeypatch.setenv("CUSTSEG_COMPANY", "b2b")
    monkeypatch.setattr(
        model_learner, "_answered", lambda workbook, solutions: ['check("welcome-registered", -1)']
    )
    monkeypatch.setattr(
        model_learner,
        "_run",
        lambda cells, name, run=model_learner._run: run(["from custseg_helpers import check", *cells], name),
    )
    with pytest.raises(UserError, match="welcome-registered did not pass"):
        model_learner.play("en", tmp_path)
    assert os.environ["CUSTSEG_COMPANY"] == "b2b" and "CUSTSEG_HOME" not in os.environ

"""check(), hint(), solution(), progress(): never a traceback, always one of five outcomes."""

import json
import multiprocessing

import ipywidgets as W
import numpy as np
import pandas as pd
import pytest

from custseg_helpers.explore.still import Kept, kept_html
from custseg_helpers.grading.attempts import work
from custseg_helpers.learn import check as engine
from custseg_helpers.learn import help as helping
from custseg_helpers.learn import written
from custseg_helpers.learn.exercise import Exercise, Mistake, Words
from custseg_helpers.learn.marks import entries, record
from custseg_helpers.learn.progress import progress, reached
from custseg_helpers.learn.saved import as_reopened
from custseg_helpers.words.text import T, UserError, use_language

HINTS = (T(zh="先看日期。", en="Look at the dates first."), T(zh="用最大值。", en="Take the largest."))
SIZES = Exercise(
    "demo-1",
    answer=lambda company: pd.Series({"a": 1, "b": 2}),
    mistakes=(
        Mistake("swapped", lambda company: pd.Series({"a": 2, "b": 1})),
        Mistake("impossible", lambda company: 1 / 0),
    ),
    words=Words(
        hints=HINTS,
        advice={
            "swapped": T(zh="两组弄反了。", en="The groups are swapped."),
            "impossible": T(zh="—", en="—"),
        },
    ),
)
TEXT = Exercise(
    "demo-2",
    words=Words(
        hints=HINTS,
        rubric={
            "money": T(zh="说到钱", en="speaks of money"),
            "who": T(zh="说到人", en="names who acts"),
        },
        good=T(
            zh="店长今天打 30 个电话，多卖 3000 元。", en="The manager calls 30 people today for 3,000 yuan."
        ),
        weak=T(zh="多关心一下客户，提升他们的满意度。", en="Care more about customers and make them happy."),
    ),
)
TASKS = {"demo-1": SIZES, "demo-2": TEXT}


@pytest.fixture(autouse=True)
def classroom(monkeypatch, tmp_path):
    def find(identity):
        if identity not in TASKS:
            raise UserError(zh=f"没有“{identity}”", en=f"no {identity}")
        return TASKS[identity]

    monkeypatch.setenv("CUSTSEG_PROGRESS", str(tmp_path / "progress.jsonl"))
    for module in (engine, helping):
        monkeypatch.setattr(module, "exercise", find)
    use_language("en")
    return tmp_path / "progress.jsonl"


def test_the_five_outcomes():
    assert engine.check("demo-1", pd.Series({"b": 2, "a": 1})).outcome == "passed"
    assert engine.check("demo-1", pd.Series({"b": 3, "a": 1})).outcome == "wrong"
    assert engine.check("demo-1", ...).outcome == "todo"
    assert engine.check("demo-1").outcome == "todo"
    assert engine.check("demo-2", TEXT.words.weak.en).outcome == "written"
    assert engine.check("demo-9", 1).outcome == "error"


def test_a_known_mistake_gets_its_own_advice():
    feedback = engine.check("demo-1", pd.Series({"a": 2, "b": 1}))
    assert (feedback.outcome, feedback.cause, feedback.message.zh) == (
        "wrong",
        "mistake:swapped",
        "两组弄反了。",
    )


class Hostile:
    def __getattr__(self, name):
        raise RuntimeError("no")

    def __eq__(self, other):
        raise RuntimeError("no")


@pytest.mark.parametrize(
    "answer", [object(), Hostile, lambda: 1, b"x", pd.DataFrame(), float("nan"), {1: {2: 3}}, [[1]], -1j]
)
def test_no_answer_makes_it_raise(answer):
    answer = answer() if answer is Hostile else answer
    assert engine.check("demo-1", answer).outcome in ("wrong", "error")
    assert engine.check("demo-2", answer).outcome in ("todo", "error")


@pytest.mark.parametrize(
    "answer",
    [range(10**12), np.zeros(3_000_000), pd.DataFrame({"n": np.zeros(1_000_000)}), [0] * 200_000],
    ids=lambda answer: type(answer).__name__,
)
def test_an_answer_of_far_too_many_rows_is_told_at_once(answer):
    """Nobody walks through a thousand milliards of rows: the test ends only where they are not looked at."""
    feedback = engine.check("demo-1", answer)
    assert feedback.outcome == "wrong" and f"2 rows are wanted, yours has {len(answer):,}" in repr(feedback)
    assert 'hint("demo-1")' in repr(feedback)


def test_one_value_asked_and_a_whole_table_given_is_told_at_once(monkeypatch):
    monkeypatch.setitem(TASKS, "demo-1", Exercise("demo-1", answer=lambda company: 3, words=SIZES.words))
    assert "One value is wanted, yours has 1,000,000,000,000 rows" in repr(
        engine.check("demo-1", range(10**12))
    )


def test_strict_raises_for_graders():
    with pytest.raises(AssertionError, match="demo-1"):
        engine.check("demo-1", 3, strict=True)
    assert float(engine.check("demo-1", pd.Series({"a": 1, "b": 2}), strict=True)) == 1.0


@pytest.mark.parametrize(
    "text", [TEXT.words.good.zh, TEXT.words.weak.en, "The moon is made of green cheese."]
)
def test_no_machine_says_that_a_written_answer_is_right_or_wrong(text):
    feedback = engine.check("demo-2", text)
    assert (feedback.outcome, float(feedback), bool(feedback)) == ("written", 0.0, False)
    assert "✓" not in repr(feedback) and "✗" not in repr(feedback)
    for shown in ("speaks of money", "names who acts", TEXT.words.good.en, TEXT.words.weak.en):
        assert shown in repr(feedback)
    assert engine.check("demo-2", text, strict=True).outcome == "written"


def test_points_and_examples_are_shown_only_to_those_who_have_written():
    for text in ("好", "  … ", "Call them.", ..., 3, ["a text", "in a list"]):
        feedback = engine.check("demo-2", text)
        assert feedback.outcome == "todo" and "money" not in repr(feedback) and "3,000" not in repr(feedback)


def test_a_suggestion_is_a_question_and_not_a_verdict():
    assert "no number in it yet?" in repr(
        engine.check("demo-2", "Staff should really talk to them more often, soon.")
    )
    assert "no number in it yet?" not in repr(
        engine.check("demo-2", "The manager should call 30 of them this week.")
    )
    assert "in it yet?" not in repr(
        engine.check("demo-2", "店长这周给其中三十位客户打电话，问问他们怎么了。")
    )


def test_a_learner_marks_her_own_text_and_a_saved_notebook_keeps_it(classroom, monkeypatch):
    kept = []
    monkeypatch.setattr(Kept, "update", lambda self, html: kept.append(html))
    text = "The manager calls <30> people."
    shown = engine.check("demo-2", text).help(engine.check("demo-2", text))
    before = saved(shown)
    assert "&lt;30&gt;" in before and "speaks of money" in before and "names who acts" in before
    assert TEXT.words.good.en not in before and TEXT.words.weak.en not in before
    money, who = (one for one in widgets_in(shown.widget) if isinstance(one, W.ToggleButtons))
    money.value, who.value = "said", "partly"
    assert "&lt;30&gt;" in kept[-1] and "1 to go" in kept[-1]
    assert "speaks of money <strong>— said" in kept[-1] and "names who acts <strong>— partly" in kept[-1]
    assert TEXT.words.good.en not in kept[-1]
    next(one for one in widgets_in(shown.widget) if isinstance(one, W.Button)).click()
    assert TEXT.words.good.en in kept[-1] and TEXT.words.weak.en in kept[-1]
    who.value = "said"
    assert "You said every point" in kept[-1]
    again = engine.check("demo-2", text).help(engine.check("demo-2", text))
    assert [one.value for one in widgets_in(again.widget) if isinstance(one, W.ToggleButtons)] == [
        "said",
        "said",
    ]


def test_in_the_browser_edition_the_text_stands_in_plain_sight_once(classroom, monkeypatch):
    monkeypatch.setattr(written, "NO_SERVER", True)
    text = "The manager calls 30 people."
    shown = engine.check("demo-2", text).help(engine.check("demo-2", text))
    assert shown.kept.plain and text in shown.html and "speaks of money" in shown.html
    seen = [
        one.value
        for one in widgets_in(shown.widget)
        if isinstance(one, W.HTML) and one.layout.display != "none"
    ]
    assert not any(text in value for value in seen) and any("speaks of money" in value for value in seen)


def saved(shown):
    """Return what a notebook shows of a widget when it is saved before anybody has touched it."""
    outputs = [{"data": shown._repr_mimebundle_(), "metadata": {}}, {"data": {"text/html": kept_html("")}}]
    book = {"type": "notebook", "content": {"metadata": {}, "cells": [{"outputs": outputs}]}}
    as_reopened(book)
    (left,) = book["content"]["cells"][0]["outputs"]
    return left["data"]["text/html"]


def widgets_in(widget):
    """Yield a widget and all that stand in it."""
    yield widget
    for child in getattr(widget, "children", ()):
        yield from widgets_in(child)


def test_hints_go_from_pointing_to_telling():
    assert "Look at the dates" in repr(helping.hint("demo-1")) and 'hint("demo-1", 2)' in repr(
        helping.hint("demo-1")
    )
    assert "Take the largest" in repr(helping.hint("demo-1", 2))
    assert "no demo-9" in repr(helping.hint("demo-9"))


def test_both_languages_and_no_colour_only(classroom):
    use_language("zh")
    feedback = engine.check("demo-1", ...)
    assert "待完成" in repr(feedback) and "○" in feedback._repr_html_()
    use_language("en")
    assert "to do" in repr(feedback)


def _write(path, who, n):
    import os

    os.environ["CUSTSEG_PROGRESS"] = str(path)
    for i in range(n):
        record("check", exercise=f"{who}-{i}", outcome="passed")


def test_two_kernels_write_at_once_and_nothing_is_lost(classroom):
    context = multiprocessing.get_context("spawn")
    kernels = [context.Process(target=_write, args=(classroom, who, 200)) for who in ("a", "b")]
    [kernel.start() for kernel in kernels]
    [kernel.join() for kernel in kernels]
    marks, damaged = entries(classroom)
    assert len({mark["exercise"] for mark in marks}) == 400 and not damaged


ODD = [None, 7, "x", ["x"], {"x": 1}, True, [[]]]


@pytest.mark.parametrize(
    "field", ["event", "exercise", "outcome", "rung", "lesson", "question", "right", "point", "mark"]
)
@pytest.mark.parametrize("event", ["check", "rung", "quiz", "own_mark", "hint"])
def test_no_line_of_the_progress_file_stops_anything(classroom, event, field):
    whole = {"time": "2026-11-02T09:00:00+00:00", "event": event, "exercise": "demo-1", "outcome": "passed"}
    lines = [json.dumps(whole | {field: odd}) for odd in ODD] + [json.dumps({"event": event})]
    classroom.write_text("\n".join(lines), encoding="utf-8")
    assert engine.check("demo-1", pd.Series({"a": 1, "b": 2})).outcome == "passed"
    assert progress().lessons
    reached(classroom)
    written.own_marks("demo-2")
    work([classroom.read_bytes()])


def test_a_progress_file_that_an_editor_saved_otherwise_still_counts(classroom):
    good = json.dumps({"event": "check", "exercise": "demo-1", "outcome": "passed"}) + "\r\n"
    for encoding in ("utf-8-sig", "utf-16", "utf-16-be", "gb18030"):
        classroom.write_bytes((good + good).encode(encoding))
        record("check", exercise="demo-1", outcome="passed")
        marks, damaged = entries(classroom)
        assert (len(marks), damaged) == (3, []), encoding


def test_a_damaged_line_is_skipped_and_said_so(classroom):
    good = json.dumps({"event": "check", "exercise": "demo-1", "outcome": "passed"})
    classroom.write_bytes(f"{good}\n{{half a li\n[]\n".encode() + b"\xff\xfe\n" + good.encode() + b"\n")
    marks, damaged = entries(classroom)
    assert len(marks) == 2 and damaged == [2, 3, 4]
    assert "2, 3, 4" in repr(progress())


def test_a_folder_that_cannot_be_written_costs_no_answer(monkeypatch, tmp_path):
    monkeypatch.setenv("CUSTSEG_PROGRESS", str(tmp_path / "nowhere" / "progress.jsonl"))
    assert engine.check("demo-1", pd.Series({"a": 1, "b": 2})).outcome == "passed"


WORDS = Words(advice={"near": T(zh="差一点。", en="Nearly.")})


def test_money_is_told_in_the_currency_and_a_rounded_answer_between_two_is_asked_for_digits(monkeypatch):
    money = Exercise("demo-3", lambda company: 1234567.25, money=True)
    wrongs = (Mistake("near", lambda company: 0.4991),)
    share = Exercise("demo-4", lambda company: 0.4983, wrongs, words=WORDS)
    for task in (money, share):
        monkeypatch.setitem(TASKS, task.id, task)
    assert "2,000,000.55 yuan" in engine.check("demo-3", 2000000.55).message.en
    asked = engine.check("demo-4", 0.5)
    assert (asked.outcome, asked.cause) == ("wrong", "digits") and "more digits" in asked.message.en
    assert engine.check("demo-4", 0.498).outcome == "passed"
    assert engine.check("demo-4", 0.499).cause == "mistake:near"
    assert engine.check("demo-4", iter([0.4983])).outcome == "passed"


def test_three_digits_are_enough_and_a_mistake_that_looks_the_same_is_spoken_of(monkeypatch):
    near = Exercise(
        "demo-6", lambda company: 0.4983, (Mistake("near", lambda company: 0.49831),), words=WORDS
    )
    monkeypatch.setitem(TASKS, near.id, near)
    for enough in (0.498, "49.8 %", pd.Series([0.498])):
        told = engine.check("demo-6", enough)
        assert told.outcome == "passed" and "common mistake looks the same" in told.message.en
    assert "common mistake" not in engine.check("demo-6", 0.4983).message.en
    assert engine.check("demo-6", 0.49831).cause == "mistake:near"
    assert engine.check("demo-6", 0.5).cause == "digits"


def test_an_answer_asked_for_to_the_cent_is_not_taken_rounded(monkeypatch):
    shares = pd.Series({"R1": 6172.41, "R2": 3827.59})
    monkeypatch.setitem(TASKS, "demo-5", Exercise("demo-5", lambda company: shares, exact=True))
    assert engine.check("demo-5", shares).outcome == "passed"
    for rounded in (shares.round(), shares.round(1)):
        said = engine.check("demo-5", rounded)
        assert (said.outcome, said.cause) == ("wrong", "digits") and "exact" in said.message.en

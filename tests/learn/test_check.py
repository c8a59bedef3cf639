"""check(), hint(), solution(), progress(): never a traceback, always one of four outcomes."""

import json
import multiprocessing

import pandas as pd
import pytest

from custseg_helpers.learn import check as engine
from custseg_helpers.learn import help as helping
from custseg_helpers.learn.exercise import Exercise, Mistake, Words
from custseg_helpers.learn.marks import entries, record
from custseg_helpers.learn.progress import progress
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
        signs={"money": "元|yuan", "who": "店长|manager"},
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


def test_the_four_outcomes():
    assert engine.check("demo-1", pd.Series({"b": 2, "a": 1})).outcome == "passed"
    assert engine.check("demo-1", pd.Series({"b": 3, "a": 1})).outcome == "wrong"
    assert engine.check("demo-1", ...).outcome == "todo"
    assert engine.check("demo-1").outcome == "todo"
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
    assert engine.check("demo-2", answer).outcome in ("wrong", "error")


def test_strict_raises_for_graders():
    with pytest.raises(AssertionError, match="demo-1"):
        engine.check("demo-1", 3, strict=True)
    assert float(engine.check("demo-1", pd.Series({"a": 1, "b": 2}), strict=True)) == 1.0


def test_a_written_answer_is_held_to_its_rubric():
    assert engine.check("demo-2", TEXT.words.good.zh).outcome == "passed"
    assert engine.check("demo-2", TEXT.words.good.en).outcome == "passed"
    weak = engine.check("demo-2", TEXT.words.weak.en)
    assert weak.outcome == "wrong" and "speaks of money" in weak.message.en
    assert engine.check("demo-2", "好").outcome == "wrong"
    assert engine.check("demo-2", "  … ").outcome == "todo"


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


def test_a_damaged_line_is_skipped_and_said_so(classroom):
    good = json.dumps({"event": "check", "exercise": "demo-1", "outcome": "passed"})
    classroom.write_bytes(f"{good}\n{{half a li\n[]\n".encode() + b"\xff\xfe\n" + good.encode() + b"\n")
    marks, damaged = entries(classroom)
    assert len(marks) == 2 and damaged == [2, 3, 4]
    assert "2, 3, 4" in repr(progress())


def test_a_folder_that_cannot_be_written_costs_no_answer(monkeypatch, tmp_path):
    monkeypatch.setenv("CUSTSEG_PROGRESS", str(tmp_path / "nowhere" / "progress.jsonl"))
    assert engine.check("demo-1", pd.Series({"a": 1, "b": 2})).outcome == "passed"

"""What learners of the first edition have on their computers: `rfm-1` still is the exercise it was."""

import json
import shutil
from pathlib import Path

import pandas as pd
import pytest

from custseg_helpers.grading.attempts import work
from custseg_helpers.grading.collect import collect
from custseg_helpers.grading.handed_in import collect_files, handed_in
from custseg_helpers.grading.restore import steps
from custseg_helpers.learn.check import check
from custseg_helpers.learn.help import hint, solution
from custseg_helpers.learn.lessons import current, exercise, exercises, lesson_folders, old_ids
from custseg_helpers.learn.progress import progress
from custseg_helpers.mapping.load import load
from custseg_helpers.paths import course_root
from custseg_helpers.words.text import use_language
from tests.first_edition.test_old_workbooks import RIGHTED

pytestmark = pytest.mark.slow

KEPT = Path(__file__).with_name("first_edition")
"""A workbook of lesson 04 as a learner left it, one check cell overwritten, and her marks."""

WORKBOOKS = sorted((Path(__file__).parents[1] / "first_edition" / "workbooks").glob("*.txt"))

COUNTS = {
    "welcome": 7, "tags": 9, "data": 10, "value": 9, "rfm": 10, "lifecycle": 8, "behaviour": 12, "quadrant": 8,
    "clusters": 10, "clv": 8, "persona": 8, "strategy": 10, "goals": 9, "evaluation": 11, "governance": 9, "capstone": 11,
}  # fmt: skip
"""How many exercises each lesson of the first edition had."""


def test_every_exercise_of_the_first_edition_is_known_and_none_is_meant_twice():
    named = {f"{topic}-{place}" for topic, count in COUNTS.items() for place in range(1, count + 1)}
    table = {old: new for folder in lesson_folders().values() for old, new in old_ids(folder).items()}
    assert named <= set(table)
    assert len({table[old] for old in named}) == len(named)
    assert {exercise(old).id for old in named} == {table[old] for old in named}
    today = {identity for number in lesson_folders() for identity in exercises(number)}
    assert not today & set(table)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("welcome-1", "welcome-registered"),
        ("value-4", "value-margin"),
        ("rfm-10", "rfm-call-list"),
        ("behaviour-8", "behaviour-minds-price"),
        ("capstone-11", "capstone-break-even"),
    ],
)
def test_an_old_id_means_what_it_meant(old, new):
    assert current(old) == new


def test_check_hint_and_solution_take_an_old_id(tmp_path, monkeypatch):
    monkeypatch.setenv("CUSTSEG_PROGRESS", str(tmp_path / "progress.jsonl"))
    use_language("en")
    orders = load("retail").orders
    bought = orders[orders["quantity"] > 0].groupby("customer_id")["order_id"].nunique()
    said = check("rfm-2", bought)
    assert (said.outcome, said.exercise) == ("passed", "rfm-frequency")
    assert repr(hint("rfm-2")) == repr(hint("rfm-frequency"))
    assert "nunique" in solution("rfm-2").code
    assert {row.number: row.passed for row in progress().lessons}["04"] == 1


def test_marks_of_the_first_edition_count(tmp_path, monkeypatch):
    shutil.copy(KEPT / "progress_1.jsonl", tmp_path / "progress.jsonl")
    monkeypatch.setenv("CUSTSEG_PROGRESS", str(tmp_path / "progress.jsonl"))
    passed = {row.number: (row.passed, row.right) for row in progress().lessons}
    assert passed["04"] == (2, 1)
    done = work([(KEPT / "progress_1.jsonl").read_bytes()])
    assert done.tries == {"rfm-recency": 2, "rfm-call-list": 1} and done.minutes == 12


def test_an_overwritten_check_cell_is_put_back(tmp_path):
    shutil.copytree(KEPT, tmp_path / "Ann")
    (entry,), _ = handed_in(collect_files(tmp_path))
    assert (entry.lesson, entry.learner) == ("04", "Ann")
    todo = steps(entry.cells, entry.lesson, entry.lang)
    assert [step.exercise for step in todo if step.check] == list(exercises("04"))
    assert 'print("done")' not in [step.code for step in todo]


def test_it_is_given_no_other_data_and_asked_of_the_lessons(tmp_path):
    """Where an exercise is judged is told by the id it is written with: the same for `check()` and for graders."""
    shutil.copytree(KEPT, tmp_path / "Ann")
    (entry,), _ = handed_in(collect_files(tmp_path))
    assert entry.written["rfm-money-share"] == "rfm-6" and exercise("rfm-6").on is None
    everything = frozenset(exercises("04"))
    given = [
        step.code for step in steps(entry.cells, entry.lesson, entry.lang, everything) if not step.exercise
    ]
    assert not any("elsewhere(" in code for code in given)
    assert any("elsewhere(" in step.code for step in steps(entry.cells, entry.lesson, entry.lang))


def test_a_workbook_of_today_is_asked_of_the_other_data(tmp_path):
    book = course_root() / "exercises" / "en" / "04_rfm_exercises.ipynb"
    shutil.copy(book, tmp_path / "04_rfm_exercises_Ann.ipynb")
    (entry,), _ = handed_in(collect_files(tmp_path))
    assert set(entry.written) == set(exercises("04")) and all(
        old == new for new, old in entry.written.items()
    )
    assert exercise(entry.written["rfm-money-share"]).on is not None


def test_graders_say_of_the_first_edition_what_check_says(tmp_path):
    """The workbooks of the first edition with their answers: those right then are right in a class of today, too."""
    for file in WORKBOOKS:
        cells = file.read_text(encoding="utf-8").split("\n# %%\n")
        code = [{"cell_type": "code", "metadata": {}, "outputs": [], "source": cell} for cell in cells]
        book = {"cells": code, "metadata": {}, "nbformat": 4, "nbformat_minor": 4}
        (tmp_path / "in").mkdir(exist_ok=True)
        (tmp_path / "in" / f"{file.stem}_exercises_Ann.ipynb").write_text(json.dumps(book), encoding="utf-8")
    collect(tmp_path / "in", tmp_path / "class", shut_in=False)
    answers = pd.read_csv(tmp_path / "class" / "answers.csv", dtype={"lesson": str}).set_index("exercise")
    known = {current(old): old for folder in lesson_folders().values() for old in old_ids(folder)}
    answers = answers.loc[[name for name in answers.index if name in known and name not in RIGHTED]]
    texts = [name for name in answers.index if exercise(name).answer is None]
    assert set(answers.loc[texts, "outcome"]) == {"written"}
    assert set(answers["outcome"].drop(texts)) == {"passed"}, answers[answers["outcome"] == "not yet"]


def test_a_workbook_of_the_first_edition_is_graded(tmp_path):
    shutil.copytree(KEPT, tmp_path / "in" / "Ann")
    collect(tmp_path / "in", tmp_path / "class", shut_in=False)
    answers = pd.read_csv(tmp_path / "class" / "answers.csv", dtype={"lesson": str}).set_index("exercise")
    passed = {"rfm-recency", "rfm-frequency", "rfm-first-calls", "rfm-call-list"}
    assert set(answers.index[answers["points"] == 1]) == passed
    assert answers.loc["rfm-monetary", "known mistake"] == 1 and answers.loc["rfm-recency", "attempts"] == 2
    assert list(answers.index) == list(exercises("04"))

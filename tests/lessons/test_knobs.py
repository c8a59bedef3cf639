"""Choices that answers declare: each turn is a mistake of its own, and none is told where it comes to the right answer."""

from typing import Literal

import pandas as pd
import pytest

from benchmarks.knobs import coincide
from custseg_helpers.company.company import SAMPLES, load_sample
from custseg_helpers.diagnosis.case import Case, Wrong
from custseg_helpers.diagnosis.compare import difference
from custseg_helpers.diagnosis.diagnose import diagnose
from custseg_helpers.diagnosis.knobs import (
    choices_of,
    pairs_of_turns,
    single_turns,
    telling,
    turned,
)
from custseg_helpers.learn.check import COMPARES, judge, known_wrongs
from custseg_helpers.learn.lessons import exercise, exercises, lesson_folders
from custseg_helpers.teach.guide import coinciding
from custseg_helpers.words.text import T, UserError

WITH_KNOBS = [
    task.id
    for number in lesson_folders()
    for task in exercises(number).values()
    if task.answer and choices_of(task.answer)
]
COMPUTED = [task.id for number in lesson_folders() for task in exercises(number).values() if task.answer]


def orders(
    company,
    *,
    counted: Literal["orders", "lines"] = "orders",
    rows: Literal["purchases", "all"] = "purchases",
):
    bought = company.orders[company.orders["quantity"] > 0] if rows == "purchases" else company.orders
    return bought["order_id"].nunique() if counted == "orders" else len(bought)


def said(words: str) -> T:
    return T(zh=words, en=words)


def test_an_answer_says_what_could_be_chosen_otherwise():
    assert choices_of(orders) == {"counted": ("orders", "lines"), "rows": ("purchases", "all")}
    assert list(single_turns(orders)) == [("counted", "lines"), ("rows", "all")]
    assert list(pairs_of_turns(orders)) == [(("counted", "lines"), ("rows", "all"))]


def test_a_choice_whose_right_side_is_not_among_it_is_refused():
    def wrong(company, *, counted: Literal["orders", "lines"] = "people"): ...

    with pytest.raises(UserError, match="counted"):
        choices_of(wrong)


def test_turns_that_come_to_the_right_answer_are_not_told_and_equal_ones_are_told_together():
    wrongs = [
        Wrong("a", 3, said("A")),
        Wrong("b=c", 5, said("B")),
        Wrong("d", 5, said("D")),
        Wrong("e", 7, said("E")),
    ]
    found = telling(3, wrongs, difference)
    assert [wrong.name for wrong in found] == ["b=c|d", "e"]
    assert "· B\n· D" in found[0].advice.en


def test_two_choices_at_once_are_named_both():
    company = load_sample("retail")
    pairs = (Wrong("counted=lines,rows=all", orders(company, counted="lines", rows="all"), said("both")),)
    case = Case(orders(company), len(company.orders), company, difference, pairs=lambda: pairs)
    assert diagnose(case).cause == "knob:counted=lines,rows=all"


def test_a_small_count_that_one_of_many_pairs_meets_is_left_alone():
    pairs = tuple(Wrong(f"a={n},b=c", n, said(str(n))) for n in range(10, 30))
    assert diagnose(Case(55, 12, None, difference, pairs=lambda: pairs)).cause != "knob:a=12,b=c"
    large = tuple(Wrong(f"a={n},b=c", 100 * n + 7, said(str(n))) for n in range(10, 30))
    assert diagnose(Case(5500, 1207, None, difference, pairs=lambda: large)).cause == "knob:a=12,b=c"


@pytest.mark.slow
@pytest.mark.parametrize("identity", WITH_KNOBS)
def test_every_turn_is_a_mistake_of_its_own_on_retail_and_another_company(identity):
    task = exercise(identity)
    names = {mistake.name for mistake in task.mistakes}
    alone = {
        name: {wrong.name for wrong in known_wrongs(task, load_sample(name))} & names for name in SAMPLES
    }
    assert alone["retail"] == names
    for mistake in task.mistakes:
        assert sum(mistake.name in found for found in alone.values()) >= 2, mistake.name


@pytest.mark.slow
@pytest.mark.parametrize("company", SAMPLES)
@pytest.mark.parametrize("identity", COMPUTED)
def test_what_comes_to_the_right_answer_is_never_called_a_mistake_and_is_listed(identity, company):
    """The trainer's guide has the list; `python -m benchmarks.knobs` writes it anew."""
    task, name, company = exercise(identity), company, load_sample(company)
    differs = COMPARES[task.same]
    right = task.answer(company)
    assert all(
        differs(right, wrong.value, rounding=False) is not None for wrong in known_wrongs(task, company)
    )
    assert coinciding().get(identity, {}).get(name, {}) == coincide(task, company)


def test_the_list_speaks_of_exercises_mistakes_and_companies_that_are_there():
    for identity, companies in coinciding().items():
        names = {mistake.name for mistake in exercise(identity).mistakes}
        assert set(companies) <= set(SAMPLES), identity
        for silent in companies.values():
            assert all(set(group) <= names for groups in silent.values() for group in groups), identity


@pytest.mark.parametrize("identity", [one for one in WITH_KNOBS if one.startswith("value-")])
def test_a_learner_who_turns_two_knobs_hears_both_advices(identity):
    task, company = exercise(identity), load_sample("retail")
    named = 0
    for one, two in pairs_of_turns(task.answer):
        feedback = judge(task, turned(task.answer, [one, two])(company), company)
        if feedback.cause == f"knob:{one[0]}={one[1]},{two[0]}={two[1]}":
            named += 1
            for knob, value in (one, two):
                assert task.words.advice[f"{knob}={value}"].en in feedback.message.en
    assert named >= 1


def test_the_data_of_a_turn_is_the_companys():
    task = exercise("value-grade")
    wrong = turned(task.answer, [("spent", "before_returns")])(load_sample("b2b"))
    assert isinstance(wrong, pd.Series)
    assert judge(task, wrong, load_sample("b2b")).cause == "knob:spent=before_returns"

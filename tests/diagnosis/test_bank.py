"""What `check()` makes of answers that people really give: a small part of the banks in `benchmarks/banks`."""

from collections import Counter

import pytest

from benchmarks.wrong_answers import report, run
from custseg_helpers.learn.check import judge
from custseg_helpers.learn.lessons import exercise
from custseg_helpers.mapping.load import load


@pytest.fixture(autouse=True)
def its_own_company(monkeypatch):
    """A bank is run on a company of its own choice; the choice ends with the test."""
    monkeypatch.setenv("CUSTSEG_COMPANY", "retail")
    monkeypatch.delenv("CUSTSEG_SEED", raising=False)


@pytest.mark.parametrize("lang", ["en", pytest.param("zh", marks=pytest.mark.slow)])
def test_wrong_answers_are_named_and_never_accepted(lang):
    judged = list(run("wrong", "04", lang))
    outcomes = Counter(one.outcome for one in judged)
    assert not outcomes["accepted"] + outcomes["crashed"] + outcomes["stopped"], report(judged)
    assert outcomes["named"] >= 0.8 * len(judged), report(judged)


def test_unusual_right_answers_are_accepted():
    judged = list(run("right", "04"))
    assert {one.outcome for one in judged} == {"passed"}, report(judged)


@pytest.mark.slow
def test_wrong_groups_are_judged_though_the_lesson_asks_for_numbers_too():
    judged = [one for one in run("wrong", "08") if one.exercise == "clusters-colleague-scale"]
    assert "crashed" not in {one.outcome for one in judged}, report(judged)


@pytest.mark.parametrize("lost", ["dead_tag", "no_action"])
def test_an_answer_of_named_parts_with_one_missing_is_judged(lost):
    task, company = exercise("tags-bad-tags"), load("retail")
    answer = {fault: tag for fault, tag in task.answer(company).items() if fault != lost}
    assert lost in str(judge(task, answer, company).message)

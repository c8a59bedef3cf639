"""What `check()` makes of answers that people really give: a small part of the banks in `benchmarks/banks`."""

import tomllib
from collections import Counter

import pytest

from benchmarks import right_forms, wrong_answers
from benchmarks.slips.__main__ import BANKS as SLIPS
from benchmarks.slips.__main__ import outdated
from benchmarks.wrong_answers import report, run
from custseg_helpers.company.company import SAMPLES
from custseg_helpers.learn.check import judge
from custseg_helpers.learn.feedback import Feedback
from custseg_helpers.learn.lessons import exercise
from custseg_helpers.mapping.load import load
from custseg_helpers.words.text import T


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


@pytest.mark.parametrize(
    ("company", "lesson"),
    [("retail", "04"), *(pytest.param(name, "", marks=pytest.mark.slow) for name in SAMPLES)],
)
def test_a_right_answer_is_accepted_in_every_form(company, lesson):
    judged = list(right_forms.run(load(company), lesson))
    passed = sum(one.passed for one in judged)
    assert len(judged) > 200 and passed >= 0.995 * len(judged), right_forms.report(judged)


@pytest.mark.slow
def test_wrong_groups_are_judged_though_the_lesson_asks_for_numbers_too():
    judged = [one for one in run("wrong", "08") if one.exercise == "clusters-colleague-scale"]
    assert "crashed" not in {one.outcome for one in judged}, report(judged)


@pytest.mark.slow
@pytest.mark.parametrize("bank", ["wrong", "wrong_second", "right"])
def test_every_entry_of_a_bank_speaks_of_what_the_course_has(bank, monkeypatch):
    judged = T(zh="不判", en="not judged")
    monkeypatch.setattr(wrong_answers, "judge", lambda task, *_: Feedback(task.id, "wrong", judged))
    monkeypatch.setattr(wrong_answers, "prepare", lambda *_: None)
    found = list(run(bank))
    assert len(found) > 100
    assert not [one for one in found if one.outcome in ("outdated", "stopped", "crashed")], report(found)


def test_an_entry_whose_name_is_gone_is_no_miss(tmp_path, monkeypatch):
    entries = {"rfm-recency": "answer = no_longer_here", "rfm-of-old": "answer = 1"}
    lines = [f'{{id = "{name}", kind = "x", code = "{code}", what = "x"}}' for name, code in entries.items()]
    (tmp_path / "wrong").mkdir()
    (tmp_path / "wrong" / "04.toml").write_text(f"wrong = [{', '.join(lines)}]", encoding="utf-8")
    (tmp_path / "forms.toml").write_text("", encoding="utf-8")
    monkeypatch.setattr(wrong_answers, "BANKS", tmp_path)
    found = list(run("wrong", "04"))
    assert [one.outcome for one in found] == ["outdated", "outdated"]
    told = report(found)
    assert "outdated: rfm-recency" in told and "no_longer_here" in told and "wrong answers:" not in told


@pytest.mark.parametrize("file", sorted(SLIPS.glob("*_bank.toml")), ids=lambda path: path.stem)
def test_every_slip_is_made_in_what_the_course_has(file):
    slips = tomllib.loads(file.read_text(encoding="utf-8"))["slip"]
    assert slips and outdated(slips) == []


def test_a_slip_in_what_is_gone_is_told():
    slips = [{"exercise": "rfm-recency", "old": "no_longer_here", "new": ""}, {"exercise": "rfm-of-old"}]
    assert [why for _, why in outdated(slips)] == [
        "the model answer holds no 'no_longer_here'",
        "no such exercise",
    ]


@pytest.mark.parametrize("lost", ["dead_tag", "no_action"])
def test_an_answer_of_named_parts_with_one_missing_is_judged(lost):
    task, company = exercise("tags-bad-tags"), load("retail")
    answer = {fault: tag for fault, tag in task.answer(company).items() if fault != lost}
    assert lost in str(judge(task, answer, company).message)

"""A grade is kept for as long as everything that it depends on stays the same."""

from dataclasses import replace

import pytest

from custseg_helpers.grading import grade
from custseg_helpers.grading.sandbox import Limits
from custseg_helpers.grading.workbooks import HandedIn

ENTRY = HandedIn(file="a.ipynb", learner="李明", lesson="04", lang="zh", digest="1f")
LIMITS = Limits(seconds=150, cell=4, memory=1_000_000_000)


def key(entry=ENTRY, seed=7, limits=LIMITS, shut_in=True):
    return grade.key(entry, {"company": "retail", "seed": seed}, limits, shut_in=shut_in)


def test_the_same_work_under_the_same_conditions_keeps_its_grade():
    assert key() == key(replace(ENTRY, learner="王芳", file="b.ipynb", when=9.0))


@pytest.mark.parametrize(
    "other",
    [
        {"entry": replace(ENTRY, digest="2e")},
        {"entry": replace(ENTRY, lesson="05")},
        {"entry": replace(ENTRY, lang="en")},
        {"seed": 8},
        {"limits": replace(LIMITS, seconds=10)},
        {"shut_in": False},
    ],
)
def test_other_work_or_conditions_are_graded_anew(other):
    assert key(**other) != key()


def test_another_version_of_the_package_grades_anew(monkeypatch):
    before = key()
    monkeypatch.setattr(grade, "__version__", "99.0")
    assert key() != before

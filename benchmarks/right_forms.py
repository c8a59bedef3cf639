"""Whether a right answer is accepted in every form that people hand it in: python -m benchmarks.right_forms

    python -m benchmarks.right_forms                       every exercise on every sample company
    python -m benchmarks.right_forms --company b2b --seed 7 --lesson 04 --show

The forms stand in `banks/right_forms.toml`, by the shape of the right answer. Each exercise's answer is worked out
afresh and handed in in each form that keeps all of it.
"""

import argparse
import tomllib
import warnings
from collections import Counter
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from benchmarks.wrong_answers import BANKS
from custseg_helpers.company.company import SAMPLES
from custseg_helpers.diagnosis.compare import shape_of
from custseg_helpers.learn.check import judge
from custseg_helpers.learn.exercise import Exercise
from custseg_helpers.learn.lessons import exercises, lesson_folders
from custseg_helpers.mapping.load import load
from custseg_helpers.words.text import use_language


@dataclass(frozen=True)
class Judged:
    """A right answer in one form, and what was said of it."""

    company: str
    exercise: str
    shape: str
    kind: str
    passed: bool
    read: str


def main() -> None:
    """Print how many were accepted, by company, and which form of which exercise was not."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--company", choices=SAMPLES, action="append")
    parser.add_argument("--seed", type=int)
    parser.add_argument("--lesson", default="")
    parser.add_argument("--lang", default="en", choices=("zh", "en"))
    parser.add_argument("--show", action="store_true", help="every answer that was refused")
    wanted = parser.parse_args()
    use_language(wanted.lang)
    judged = [
        one for company in wanted.company or SAMPLES for one in run(load(company, wanted.seed), wanted.lesson)
    ]
    print(report(judged))
    for one in judged:
        if wanted.show and not one.passed:
            print(f"--- {one.company} {one.exercise} {one.shape}.{one.kind}\n>>> {one.read}\n")


def run(company: Any, lesson: str = "") -> Iterator[Judged]:
    """Hand in every exercise's right answer on a company in every form of its shape."""
    forms = tomllib.loads((BANKS / "right_forms.toml").read_text(encoding="utf-8"))
    for number in (lesson,) if lesson else lesson_folders():
        for task in exercises(number).values():
            if task.answer:
                yield from _in_each_form(task, company, forms)


def _in_each_form(task: Exercise, company: Any, forms: dict[str, Any]) -> Iterator[Judged]:
    import polars as pl
    import pyarrow as pa

    assert task.answer
    right = task.answer(company)
    shape = shape_of(right)
    right = pd.Series(right) if shape == "series" and isinstance(right, dict) else right
    for form in forms.get(shape, ()):
        names = {
            "right": deepcopy(right),
            "np": np,
            "pd": pd,
            "pl": pl,
            "pa": pa,
            "money": task.money,
            "exact": task.exact,
        }
        if "when" in form and not eval(form["when"], names):
            continue
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                exec(form["code"], names)
        except Exception as error:
            told, passed = f"the form itself stopped: {type(error).__name__}: {error}", False
        else:
            feedback = judge(task, names["answer"], company)
            told, passed = str(feedback.message), bool(feedback)
        yield Judged(company.name, task.id, shape, form["kind"], passed, told)


def report(judged: list[Judged]) -> str:
    """Return the figures as a text."""
    lines = []
    for name in [*dict.fromkeys(one.company for one in judged), "all"]:
        there = [one for one in judged if name in (one.company, "all")]
        passed = sum(one.passed for one in there)
        lines.append(f"{name:10} {len(there):6} right answers: passed {passed / max(1, len(there)):.2%}")
    refused = Counter(f"{one.shape}.{one.kind}" for one in judged if not one.passed)
    tried = Counter(f"{one.shape}.{one.kind}" for one in judged)
    lines += [f"{kind:32} refused {n:4} of {tried[kind]:5}" for kind, n in refused.most_common()]
    return "\n".join(lines)


if __name__ == "__main__":
    main()

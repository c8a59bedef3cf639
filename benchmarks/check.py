"""How long a learner waits for `check()` on a wrong answer: python -m benchmarks.check

    python -m benchmarks.check                             every exercise on the retail company
    python -m benchmarks.check --company b2b --lesson 04   the slowest of a lesson
    python -m benchmarks.check --customers 1e6             on a company of one's own with a million customers

Milliseconds of CPU time. Every exercise is judged in a process of its own in which nothing but the company is there, so
that cold is what the first check in a notebook takes, with the modules it loads; warm is the slowest of the later ones:
a listed mistake, that mistake a thousandfold, and values that are somewhat off, exchanged, missing or have strange ids.
What a notebook works out while the message is read (`learn.check.prepare`) is in neither and stands beside.
"""

import argparse
import json
import os
import random
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import pandas as pd

from benchmarks.harness import DAYS
from custseg_helpers.company.company import SAMPLES
from custseg_helpers.learn.check import judge, prepare
from custseg_helpers.learn.exercise import Exercise
from custseg_helpers.learn.lessons import exercises, lesson_folders
from custseg_helpers.mapping.load import load

KINDS = ("noise", "shuffled", "subset", "replaced")
OWN = """
name = "large"
as_of = 2025-01-01
[orders]
file = "lines.parquet"
[orders.columns]
order_id = "order_id"
customer_id = "customer_id"
order_date = "order_date"
amount = "amount"
"""


def main() -> None:
    """Print the slowest exercises, and the slowest check of all."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--company", default="retail", choices=SAMPLES)
    parser.add_argument("--customers", type=lambda text: int(float(text)), default=0)
    parser.add_argument("--lesson", default="")
    wanted = parser.parse_args()
    company = own(wanted.customers) if wanted.customers else load(wanted.company)
    rows = [row for number in (wanted.lesson,) if number for row in lesson(number, company)] or [
        row for number in lesson_folders() for row in lesson(number, company)
    ]
    print(f"{'ms of CPU time':32} {'right':>7} {'cold':>7} {'prepare':>8} {'warm':>7}")
    slowest = sorted(rows, key=lambda row: -row["warm"])
    for row in slowest[:15]:
        print(
            f"{row['id']:32} {row['right']:7.0f} {row['cold']:7.0f} {row['prepare']:8.0f} {row['warm']:7.0f} {row['of']}"
        )
    for name in ("cold", "warm"):
        row = max(rows, key=lambda one: one[name])
        print(f"slowest {name} of {len(rows)} exercises: {row[name]:.0f} ms ({row['id']})")


def own(customers: int) -> Any:
    """Return a company of one's own with so many customers, two lines each, and put it in play."""
    rng = np.random.default_rng(1)
    lines = 2 * customers
    who = np.append(np.arange(customers), rng.integers(0, customers, customers))
    orders = pd.DataFrame(
        {
            "order_id": [f"O{n:08}" for n in range(lines)],
            "customer_id": [f"C{n:08}" for n in who],
            "order_date": np.datetime64("2022-01-01") + rng.integers(0, DAYS - 1, lines).astype("m8[D]"),
            "amount": np.round(rng.lognormal(3.5, 1.0, lines), 2),
        }
    )
    with TemporaryDirectory() as folder:
        orders.to_parquet(Path(folder) / "lines.parquet")
        (Path(folder) / "company.toml").write_text(OWN, encoding="utf-8")
        return load(folder)


def lesson(number: str, company: Any) -> Iterator[dict[str, Any]]:
    """Measure every exercise of a lesson that is worked out and can be asked of the company."""
    for task in exercises(number).values():
        if task.answer and (found := apart(lambda task=task: measured(task, company))):
            yield found


def apart(work: Callable[[], dict[str, Any]]) -> dict[str, Any] | None:
    """Do something in a process of its own that begins as this one is; None where it cannot be done."""
    reading, writing = os.pipe()
    if not (child := os.fork()):
        try:
            os.write(writing, json.dumps(work()).encode())
        finally:
            os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as pipe:
        told = pipe.read()
    os.waitpid(child, 0)
    return json.loads(told) if told else None


def measured(task: Exercise, company: Any) -> dict[str, Any]:
    """Return the milliseconds of the right answer, of the first wrong one and of the slowest of the later ones."""
    from benchmarks.false_alarms import _wrong

    def took(call: Callable[[], Any]) -> float:
        started = time.process_time()
        call()
        return (time.process_time() - started) * 1000

    right: Any = None

    def answered() -> None:
        nonlocal right
        assert task.answer
        right = task.answer(company)

    luck = random.Random(task.id)
    times: dict[str, Any] = {"id": task.id, "right": took(answered)}
    made = {
        kind: _wrong(right, kind, luck) for kind in (KINDS if isinstance(right, pd.Series) else KINDS[:1])
    }
    made = {"none of them": "?"} | {kind: answer for kind, answer in made.items() if answer is not None}
    for mistake in task.mistakes[-1:]:
        made["mistake"] = value = mistake.answer(company)
        if isinstance(value, pd.Series | float | int):
            made["mistake × 1000"] = value * 1000
    cold, *later = reversed(made)
    times["cold"] = took(lambda: judge(task, made[cold], company))
    times["prepare"] = took(lambda: prepare(task, company))
    warm = {kind: took(lambda kind=kind: judge(task, made[kind], company)) for kind in later}
    times["of"] = max(warm, key=lambda kind: warm[kind], default=cold)
    return times | {"warm": warm.get(times["of"], 0.0)}


if __name__ == "__main__":
    main()

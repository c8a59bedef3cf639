"""How often a relation is recognised, and how often chance is taken for one: python -m benchmarks.relations

Planted: every exercise's right answer and listed mistakes on five companies, each changed in every way that its shape
allows; a hit is a cause that names the change (or a listed mistake that comes to the same). False alarms: answers that
nothing but chance has made; whatever is said of them but where they differ is one. `--seeds 0 1 2` makes the companies
anew with each seed; 0 is the sample as it is.
"""

import argparse
import os
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial
from typing import Any

os.environ["CUSTSEG_PROGRESS"] = os.devnull

import numpy as np
import pandas as pd

from custseg_helpers.company.company import SAMPLES, load_sample
from custseg_helpers.learn.check import judge
from custseg_helpers.learn.exercise import Exercise
from custseg_helpers.learn.lessons import exercises, lesson_folders
from custseg_helpers.relations.keyed import is_number, numeric
from custseg_helpers.relations.turns import shares

Change = Callable[[Any], Any]

ON_NUMBERS: dict[str, Change] = {
    "sign": lambda v: -v,
    "per_cent": lambda v: (v * 100).round(1) if isinstance(v, pd.Series) else round(v * 100, 1),
    "one_minus": lambda v: 1 - v,
    "plus_one": lambda v: v + 1,
    "minus_one": lambda v: v - 1,
    "upside_down": lambda v: 1 / v,
    "square": lambda v: v**2,
    "root": lambda v: abs(v) ** 0.5,
    **{f"times_{k}": partial(lambda k, v: v * k, k) for k in (2, 4, 7, 12, 52, 100, 1000, 10000)},
    **{f"divided_by_{k}": partial(lambda k, v: v / k, k) for k in (2, 4, 7, 12, 52, 1000, 10000)},
}
ON_COLUMNS: dict[str, Change] = {
    "cumulated": lambda v: v.cumsum(),
    "share_of_total": lambda v: v / v.sum(),
    "factor": lambda v: v * 1.3719,
    "keys_lost": lambda v: v.reset_index(drop=True),
    "keys_lost+per_cent": lambda v: v.reset_index(drop=True) * 100,
    "keys_shifted": lambda v: v.shift(1),
    "backwards": lambda v: v[::-1].set_axis(v.index),
    "rank": lambda v: v.rank(ascending=False),
    "log": lambda v: np.log(v),
}
ON_ROWS: dict[str, Change] = {
    "keys_lost": lambda v: v.tolist(),
    "row_lost": lambda v: v.iloc[1:],
    "rows_doubled": lambda v: pd.concat([v, v]),
    "first_part": lambda v: v.iloc[: len(v) // 2],
}
ON_LABELS: dict[str, Change] = {
    "swapped": lambda v: v.map(
        {
            **{x: x for x in v.unique()},
            **dict(zip(sorted(v.unique())[:2], sorted(v.unique())[1::-1], strict=True)),
        }
    ),
    "counts": lambda v: v.value_counts(),
    "other_words": lambda v: v.map({x: f"group {n}" for n, x in enumerate(sorted(v.unique()))}),
}
ON_TABLES: dict[str, Change] = {
    "transposed": lambda v: v.T,
    "times_100": lambda v: v * 100,
    "share_of_row": lambda v: v.div(v.sum(axis=1), axis=0),
}
ON_LISTS: dict[str, Change] = {"backwards": lambda v: v[::-1], "first_part": lambda v: v[: len(v) // 2]}


ALIASES = {
    "per_cent": ("times_100",),
    "times_100": ("per_cent",),
    "keys_lost+per_cent": ("keys_lost+times_100",),
    "plus_one": ("offset", "as_ratio"),
    "minus_one": ("offset", "as_change"),
}
"""What a change is called where the numbers are no shares, or no counts."""


def changes(value: Any) -> dict[str, Change]:
    """Return the changes that the shape of a value allows."""
    if is_number(value):
        return ON_NUMBERS
    if isinstance(value, pd.DataFrame):
        return ON_TABLES if all(numeric(value[name]) for name in value) else {}
    if isinstance(value, pd.Series):
        if numeric(value):
            return {**ON_NUMBERS, **ON_COLUMNS, **ON_ROWS}
        return {**ON_LABELS, **ON_ROWS} if value.nunique() > 1 else ON_ROWS
    return ON_LISTS if isinstance(value, list) and len(value) > 5 else {}


def by_chance(value: Any, rng: np.random.Generator) -> Iterator[Any]:
    """Yield answers that have nothing to do with a right one but its shape and about its size."""
    if is_number(value):
        size = float(value) * rng.uniform(0.1, 3, 6)
        yield from size[:2]
        yield round(size[2], 2)
        yield float(f"{size[3]:.3g}")
        yield int(size[4])
        yield int(rng.integers(1, 4000))
        yield rng.uniform(0, 1)
        yield round(rng.uniform(0, 100), 1)
    elif isinstance(value, pd.Series) and numeric(value):
        yield value * rng.uniform(0.5, 1.5, len(value))
        yield (value * rng.uniform(0.5, 1.5, len(value))).round(2)
        yield pd.Series(rng.integers(0, 200, len(value)), value.index)
    elif isinstance(value, pd.Series):
        labels = sorted(value.unique(), key=str)
        yield value.where(rng.random(len(value)) < 0.8, rng.choice(np.array(labels, object), len(value)))
    elif isinstance(value, pd.DataFrame) and all(numeric(value[name]) for name in value):
        yield value * rng.uniform(0.5, 1.5, value.shape)
    elif isinstance(value, list) and len(value) > 5:
        yield [item if rng.random() < 0.7 else f"C{rng.integers(9000)}" for item in value]


def coinciding(value: Any) -> list[list[str]]:
    """Return the changes of a right answer that come to the same here; none of them is told where it is met."""
    alike: dict[bytes, list[str]] = defaultdict(list)
    for name, change in {"right": lambda same: same, **changes(value)}.items():
        if name == "per_cent":
            # It is what a hundred times is called where the right answer is a share.
            continue
        with suppress(ZeroDivisionError, TypeError), np.errstate(all="ignore"):
            made = change(value)
            table = made.sort_index() if isinstance(made, (pd.Series, pd.DataFrame)) else pd.Series([made])
            if all(numeric(column) for _, column in pd.DataFrame(table).items()):
                keys = "|".join(map(str, table.index)).encode()
                alike[keys + np.round(table.to_numpy(float), 6).tobytes()].append(name)
    return [names for names in alike.values() if len(names) > 1]


def hit(name: str, cause: str) -> str:
    """Say what a verdict on a planted change is worth: hit, known (another true name for it), other or nothing."""
    told = cause.partition(":")[2].partition("+mistake")[0].partition("+knob")[0]
    if told == name or told in ALIASES.get(name, ()):
        return "hit"
    if cause.startswith(("differs", "passed", "form", "rounded")) or not cause:
        return "nothing"
    return "known" if cause.startswith(("mistake", "knob", "company", "who")) else "other"


def tried(
    task: Exercise, company: Any, rng: np.random.Generator, draws: int, planted: bool
) -> Iterator[tuple[str, str, str, float]]:
    """Yield kind (planted, on a mistake, chance), its name, the cause found and the milliseconds taken."""
    right = task.answer(company)
    if task.same != "value":
        return

    def asked(answer: Any) -> tuple[str, float]:
        started = time.perf_counter()
        feedback = judge(task, answer, company)
        took = (time.perf_counter() - started) * 1000
        return (feedback.cause or "") if feedback.outcome != "passed" else "passed", took

    asked(right)
    values = [("planted", right)]
    if task.mistakes:
        with suppress(Exception):
            values.append(("on a mistake", task.mistakes[0].answer(company)))
    for kind, value in values if planted else ():
        for name, change in changes(value).items():
            if name == "one_minus" and not shares(np.atleast_1d(np.asarray(value, float))):
                continue
            try:
                with np.errstate(all="ignore"):
                    answer = change(value)
            except (ZeroDivisionError, TypeError):
                continue
            cause, took = asked(answer)
            if cause != "passed":
                yield kind, name, cause, took
    for _ in range(draws):
        for answer in by_chance(right, rng):
            cause, took = asked(answer)
            if cause != "passed":
                yield "chance", "chance", cause, took


def main() -> None:
    """Print hits by relation, false alarms, and how long it takes."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--companies", nargs="+", default=list(SAMPLES))
    parser.add_argument("--seeds", nargs="+", type=int, default=[0])
    parser.add_argument("--lessons", nargs="+", default=list(lesson_folders()))
    parser.add_argument("--draws", type=int, default=3)
    parser.add_argument("--chance-only", action="store_true", help="plant nothing")
    parser.add_argument("--coincide", action="store_true", help="list the changes that come to the same")
    parser.add_argument("--show", action="store_true", help="print each false alarm and each other name")
    args = parser.parse_args()
    worth: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    alarms: Counter[str] = Counter()
    slowest: list[tuple[float, str]] = []
    for name in args.companies:
        for seed in args.seeds:
            company, rng = load_sample(name, seed or None), np.random.default_rng(seed)
            for lesson in args.lessons:
                for identity, task in exercises(lesson).items():
                    if task.answer is None:
                        continue
                    if args.coincide:
                        for names in coinciding(task.answer(company)):
                            print(name, seed, identity, " = ".join(names))
                        continue
                    for kind, change, cause, took in tried(
                        task, company, rng, args.draws, not args.chance_only
                    ):
                        slowest.append((took, f"{identity} {change}"))
                        if kind == "chance":
                            worth["chance", "all"][cause.partition(":")[0]] += 1
                            if "relation:" in cause or "company:" in cause:
                                alarms[cause] += 1
                                if args.show:
                                    print("  alarm", name, seed, identity, cause, flush=True)
                            continue
                        verdict = hit(change, cause)
                        worth[kind, change][verdict] += 1
                        if args.show and verdict in ("other", "nothing"):
                            print("  ", verdict, kind, name, identity, change, cause)
    if args.coincide:
        return
    for (kind, change), counts in sorted(worth.items()):
        print(f"{kind:13} {change:20}", *(f"{verdict} {n}" for verdict, n in counts.most_common()))
    tries = sum(worth["chance", "all"].values())
    print(f"false alarms: {sum(alarms.values())} of {tries} = {sum(alarms.values()) / max(1, tries):.2%}")
    for cause, n in alarms.most_common(15):
        print(f"  {n} {cause}")
    slowest.sort(reverse=True)
    print("ms: median", round(float(np.median([took for took, _ in slowest])), 1), "slowest", slowest[:3])


if __name__ == "__main__":
    main()

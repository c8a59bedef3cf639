"""How often `check()` names a cause that is none: python -m benchmarks.false_alarms [--lesson 04] [--draws 2] [--show]

Random wrong answers to every computed exercise, on every sample company, each simulated with three seeds: values dealt
out anew, noise of 1 to 40 %, some rows only, some customers replaced by others. Nobody made a nameable mistake, so a
cause is a false alarm, unless it says just what was done: values in another order, rows missing, ids that are strange.
"""

import argparse
import os
import random
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from benchmarks.wrong_answers import SPECIFIC, same
from custseg_helpers.company.company import SAMPLES
from custseg_helpers.learn.check import judge
from custseg_helpers.learn.exercise import Exercise
from custseg_helpers.learn.lessons import exercises, lesson_folders
from custseg_helpers.mapping.load import load
from custseg_helpers.words.text import use_language

SEEDS = (1, 2, 3)
TRUE = {
    "shuffled": re.compile(r"(relation:.*(misplaced|order|shift|keys|swap)|part:)"),
    "noise": re.compile(r"(?!)"),
    "subset": re.compile(r"(relation:.*(row|half|part|miss|subset)|who:|parts?:)"),
    "replaced": re.compile(r"(relation:.*(key|label|id)|who:|parts?:)"),
}
"""What may rightly be said of each kind; `who` describes the missing or strange customers, and is checked on them."""


@dataclass(frozen=True)
class Alarm:
    """One random wrong answer and what was made of it."""

    exercise: str
    where: str
    kind: str
    cause: str
    read: str

    @property
    def specific(self) -> bool:
        """Whether a cause was named."""
        return bool(SPECIFIC.match(self.cause))

    @property
    def false(self) -> bool:
        """Whether the cause that was named is none."""
        return self.specific and not TRUE[self.kind].match(self.cause)


def main() -> None:
    """Print how often a cause was named, by kind of answer and by kind of cause, and how often it was none."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--lesson", default="")
    parser.add_argument(
        "--draws", type=int, default=2, help="random answers to each exercise on each company"
    )
    parser.add_argument("--company", default="", help="this sample only")
    parser.add_argument("--show", action="store_true", help="every false alarm")
    wanted = parser.parse_args()
    use_language("en")
    alarms = list(run(wanted.lesson, wanted.draws, wanted.company))
    print(report(alarms))
    for alarm in alarms if wanted.show else ():
        if alarm.false:
            print(f"--- {alarm.exercise} {alarm.where} {alarm.kind} {alarm.cause}\n>>> {alarm.read}\n")


def run(lesson: str, draws: int, only: str = "") -> Iterator[Alarm]:
    """Judge random wrong answers on every company and seed."""
    os.environ.pop("CUSTSEG_SEED", None)
    for name in (only,) if only else SAMPLES:
        for seed in SEEDS:
            company = load(name, seed=seed)
            for number in (lesson,) if lesson else lesson_folders():
                for task in exercises(number).values():
                    yield from _alarms(task, company, f"{name} {seed}", draws)


def _alarms(task: Exercise, company: Any, where: str, draws: int) -> Iterator[Alarm]:
    if task.answer is None:
        return
    right = task.answer(company)
    luck = random.Random(f"{task.id} {where}")
    for _ in range(draws):
        kinds = list(TRUE) if isinstance(right, pd.Series) and len(right) > 3 else ["noise"]
        kind = luck.choice(kinds)
        answer = _wrong(right, kind, luck)
        if answer is None or same(right, answer):
            continue
        try:
            feedback = judge(task, answer, company)
        except Exception as error:
            yield Alarm(task.id, where, kind, "crashed", f"{type(error).__name__}: {error}")
        else:
            cause = "accepted" if feedback else feedback.cause or ""
            yield Alarm(task.id, where, kind, cause, str(feedback.message))


def _wrong(right: Any, kind: str, luck: random.Random) -> Any:
    rng = np.random.default_rng(luck.randrange(2**32))
    if kind == "noise":
        if isinstance(right, bool | str | list | set | dict | pd.DataFrame):
            return None
        if isinstance(right, pd.Series) and (right.dtype.kind not in "if" or not len(right)):
            return None
        far = rng.uniform(0.01, 0.40, len(right) if isinstance(right, pd.Series) else None)
        noisy = right * (1 + far * rng.choice([-1, 1], np.shape(far)))
        whole = (
            right.dtype.kind == "i" if isinstance(right, pd.Series) else isinstance(right, int | np.integer)
        )
        return noisy.round() if whole and isinstance(right, pd.Series) else round(noisy) if whole else noisy
    if kind == "shuffled":
        return pd.Series(rng.permutation(right.to_numpy()), index=right.index, name=right.name)
    if kind == "subset":
        kept = rng.random(len(right)) < rng.uniform(0.3, 0.95)
        return right[kept] if 0 < kept.sum() < len(right) else None
    strange = right.index.to_series().astype(str)
    replaced = rng.random(len(right)) < rng.uniform(0.02, 0.3)
    strange[replaced] = [f"X{n:05}" for n in rng.choice(99999, replaced.sum(), replace=False)]
    return right.set_axis(list(strange)).rename_axis(right.index.name) if replaced.any() else None


def report(alarms: list[Alarm]) -> str:
    """Return the figures as a text."""
    specific = [alarm for alarm in alarms if alarm.specific]
    false = [alarm for alarm in alarms if alarm.false]
    lines = [
        f"{len(alarms)} random wrong answers: a cause named {len(specific)}, of these false {len(false)} "
        f"({len(false) / max(1, len(alarms)):.2%} of all); accepted {sum(a.cause == 'accepted' for a in alarms)}, "
        f"crashed {sum(a.cause == 'crashed' for a in alarms)}"
    ]
    for kind in TRUE:
        of_kind = [alarm for alarm in alarms if alarm.kind == kind]
        lines.append(
            f"{kind:10} {len(of_kind):6} named {sum(a.specific for a in of_kind):5} false {sum(a.false for a in of_kind):5}"
        )
    told = Counter((alarm.kind, re.split(r"[=+]", alarm.cause)[0], alarm.false) for alarm in specific)
    lines += [
        f"{kind:10} {cause:40} {n:5}{' false' if wrong else ''}"
        for (kind, cause, wrong), n in told.most_common(40)
    ]
    return "\n".join(lines)


if __name__ == "__main__":
    main()

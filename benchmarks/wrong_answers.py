"""How well `check()` names what is wrong, and whether it accepts what is right, on banks of answers.

    python -m benchmarks.wrong_answers                            every lesson's wrong answers, retail, English
    python -m benchmarks.wrong_answers --bank right --lang zh     unusual, but right
    python -m benchmarks.wrong_answers --company pharma --seed 7 --lesson 04 --show

The banks were written from the exercises' texts alone, before any advice was seen. An entry is worked out in the
solutions' notebook, just below its exercise: its code sees every name of the notebook, `right` (the right answer),
`right_of("rfm-recency")`, and `orders`, `customers`, `products`, `as_of` as the company has them; it leaves `answer`.
An entry may name a `form` of `forms.toml` instead of code, or after it: then both must be named. With `says` an entry
takes the words of that file that fit many; `also_en` and `also_zh` are words that name it too, added where a reader
found that a right naming had been missed; `view` says whether it was thought of in Chinese or in English.

named     what the learner reads fits the entry's `says_en` or `says_zh`
another   a cause was told, but not this one
where     only where the answer differs, or how far off it is
nothing   that it is wrong, no more
accepted  a wrong answer passed
crashed   `check()` itself failed; stopped: the entry did, on this company
outdated  the entry speaks of an exercise or a name that the course no longer has: mend the entry, it says nothing of `check()`
coincides the entry equals the right answer on this company: no mistake here

Cold is the first check of an exercise, warm a later one. What a notebook works out once the message is on the screen
(`learn.check.prepare`) is not counted: nobody waits for it.
"""

import argparse
import os
import re
import tempfile
import time
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import redirect_stdout
from copy import deepcopy
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from custseg_helpers.course.compose import solution_cells
from custseg_helpers.course.source import read_lesson
from custseg_helpers.learn.check import judge, prepare
from custseg_helpers.learn.exercise import Elsewhere
from custseg_helpers.learn.feedback import Feedback
from custseg_helpers.learn.lessons import exercise, lesson_folders
from custseg_helpers.mapping.load import in_play
from custseg_helpers.words.text import use_language

BANKS = Path(__file__).parent / "banks"
OUTCOMES = (
    "named",
    "another",
    "where",
    "nothing",
    "accepted",
    "coincides",
    "refused",
    "passed",
    "crashed",
    "stopped",
    "outdated",
)
NO_CAUSE = re.compile(r"^\S+ (is not it\.|不对。)|It does not agree|和答案不一致")
SPECIFIC = re.compile(r"(mistake|knob|relation|company|who|parts?)\b")
THERE = "_there"
"""What ends the names of other data in a workbook."""
HINT = re.compile(r"hint\(.*?\)")
ASIDE = re.compile(r"^\s*(check|progress|assess|rung|build)\(")


@dataclass(frozen=True)
class Judged:
    """One entry of a bank: what became of it, what was read, and how much CPU time that took."""

    lesson: str
    exercise: str
    kind: str
    outcome: str
    what: str
    read: str
    cause: str
    seconds: float
    first: bool


def main() -> None:
    """Print the figures by lesson, in all and by kind."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    banks = ("wrong", "right", "wrong_second", "wrong_third", "wrong_fourth", "right_second")
    parser.add_argument("--bank", default="wrong", choices=banks)
    parser.add_argument("--lang", default="en", choices=("zh", "en"))
    parser.add_argument("--company", default="retail")
    parser.add_argument("--seed", type=int)
    parser.add_argument("--lesson", default="")
    parser.add_argument("--show", action="store_true", help="every entry that was not named or not accepted")
    wanted = parser.parse_args()
    judged = list(run(wanted.bank, wanted.lesson, wanted.lang, wanted.company, wanted.seed))
    print(report(judged))
    for one in judged:
        if wanted.show and one.outcome not in ("named", "coincides", "passed"):
            print(f"--- {one.exercise} {one.kind} {one.outcome} {one.cause}\n{one.what}\n>>> {one.read}\n")


def run(
    bank: str, lesson: str = "", lang: str = "en", company: str = "retail", seed: int | None = None
) -> Iterator[Judged]:
    """Judge the entries of a bank, lesson by lesson, on a company."""
    os.environ["CUSTSEG_COMPANY"] = company
    os.environ.pop("CUSTSEG_SEED", None)
    if seed is not None:
        os.environ["CUSTSEG_SEED"] = str(seed)
    forms = tomllib.loads((BANKS / "forms.toml").read_text(encoding="utf-8"))
    for number, folder in lesson_folders().items():
        file = BANKS / bank / f"{number}.toml"
        if (lesson and number != lesson) or not file.is_file():
            continue
        entries = tomllib.loads(file.read_text(encoding="utf-8"))[bank.partition("_")[0]]
        spaces = notebook(folder, lang)
        use_language(lang)
        seen: set[str] = set()
        for entry in entries:
            first = entry["id"] not in seen
            seen.add(entry["id"])
            if entry["id"] in spaces:
                yield _judged(number, entry, spaces[entry["id"]], forms, lang, first)
            else:
                yield Judged(number, entry["id"], "", "outdated", "", "no such exercise", "", 0.0, first)


def notebook(folder: Path, lang: str) -> dict[str, dict[str, Any]]:
    """Run a lesson's solutions; return the names as they stand just below each exercise, by its id."""
    space: dict[str, Any] = {}
    spaces: dict[str, dict[str, Any]] = {}
    here = Path.cwd()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as apart, redirect_stdout(StringIO()):
        os.chdir(apart)
        try:
            for cell in solution_cells(read_lesson(folder), lang):
                if cell.kind == "code" and not ASIDE.match(cell.text):
                    exec(cell.text, space)
                if cell.kind == "code" and "exercise" in cell.attributes:
                    spaces[cell.attributes["exercise"]] = dict(space)
        finally:
            os.chdir(here)
    return spaces


def _judged(
    number: str,
    entry: dict[str, Any],
    space: dict[str, Any],
    forms: dict[str, Any],
    lang: str,
    first: bool,
) -> Judged:
    task, form = exercise(entry["id"]), forms.get(entry.get("form", ""), {})
    kind = "+".join(part for part in (entry.get("kind"), entry.get("form")) if part) or "unusual"
    what = ", ".join(part for part in (entry.get("what"), form.get("what")) if part)
    right = _right_of(entry["id"])

    def told(outcome: str, read: str = "", cause: str = "", seconds: float = 0.0) -> Judged:
        return Judged(number, entry["id"], kind, outcome, what, read, cause, seconds, first)

    try:
        answer = _worked_out(entry, space, form, right, task.on)
    except Exception as error:
        gone = isinstance(error, NameError | AttributeError)
        return told("outdated" if gone else "stopped", f"{type(error).__name__}: {error}")
    started = time.process_time()
    try:
        feedback = judge(task, answer, in_play())
    except Exception as error:
        return told("crashed", f"{type(error).__name__}: {error}")
    seconds, read = time.process_time() - started, HINT.sub("", str(feedback.message))
    if feedback.outcome == "wrong":
        prepare(task, in_play())
    if "what" not in entry and not form:
        return told("passed" if feedback else "refused", read, _cause(feedback), seconds)
    if feedback:
        return told("coincides" if same(right, answer) else "accepted", read, _cause(feedback), seconds)
    if f"also_{lang}" in entry and re.search(entry[f"also_{lang}"], read, re.IGNORECASE):
        return told("named", read, _cause(feedback), seconds)
    parts = (entry, forms[entry["says"]] if "says" in entry else {}, form)
    patterns = [part[f"says_{lang}"] for part in parts if f"says_{lang}" in part]
    assert patterns, f"{entry['id']}: {what} has no words to be known by"
    if all(re.search(pattern, read, re.IGNORECASE | re.DOTALL) for pattern in patterns):
        return told("named", read, _cause(feedback), seconds)
    if SPECIFIC.match(_cause(feedback)):
        return told("another", read, _cause(feedback), seconds)
    return told("nothing" if NO_CAUSE.search(read) else "where", read, _cause(feedback), seconds)


def _worked_out(
    entry: dict[str, Any], space: dict[str, Any], form: dict[str, Any], right: Any, on: Elsewhere | None
) -> Any:
    """Return an entry's answer. Asked of other data, `facts` is its `facts_there`, and so is every such name."""
    company = space.get("company") or in_play()
    there = {name.removesuffix(THERE): value for name, value in space.items() if name.endswith(THERE)}
    if on:
        company = there.get("company", on.there(in_play()) if on.name else company)
    names = (space | there if on else space) | {
        "orders": company.orders,
        "customers": company.customers,
        "products": company.products,
        "as_of": company.as_of,
        "company": company,
        "right": right,
        "right_of": _right_of,
        "np": np,
        "pd": pd,
    }
    if "code" in entry:
        exec(entry["code"], names)
        names["right"] = names["answer"]
    if form:
        exec(form["code"], names)
    return names["answer"]


def _right_of(identity: str) -> Any:
    answer = exercise(identity).answer
    assert answer
    return deepcopy(answer(in_play()))


def _cause(feedback: Feedback) -> str:
    return getattr(feedback, "cause", None) or ""


def same(right: Any, answer: Any) -> bool:
    """Tell whether an answer is the right one but for order and float noise; stricter than any check.

    >>> same(pd.Series({"a": 1, "b": 2}), pd.Series({"b": 2, "a": 1})), same(0.0058, 0.01)
    (True, False)
    """
    try:
        if isinstance(right, (pd.Series, pd.DataFrame)):
            both = [side.sort_index() if side.index.is_unique else side for side in (right, answer)]
            check = (
                pd.testing.assert_series_equal
                if isinstance(right, pd.Series)
                else pd.testing.assert_frame_equal
            )
            check(*both, check_dtype=False, check_index_type=False, check_names=False, rtol=1e-9, atol=1e-12)  # type: ignore[operator]
            return True
        if isinstance(right, (int, float, np.number)):
            return bool(np.isclose(float(answer), float(right), rtol=1e-9, atol=1e-12))
        return bool(type(right)(answer) == right)
    except (AssertionError, AttributeError, TypeError, ValueError):
        return False


def report(judged: list[Judged]) -> str:
    """Return the figures as a text: by lesson, in all, and how many of each kind ended how."""
    lines = ["lesson " + "".join(f"{outcome:>10}" for outcome in OUTCOMES)]
    by_lesson: dict[str, Counter[str]] = defaultdict(Counter)
    for one in judged:
        by_lesson[one.lesson][one.outcome] += 1
        by_lesson["all"][one.outcome] += 1
    total = by_lesson.pop("all", Counter())
    for lesson, counts in [*by_lesson.items(), ("all", total)]:
        lines.append(f"{lesson:6} " + "".join(f"{counts[outcome]:>10}" for outcome in OUTCOMES))
    wrong = sum(total[outcome] for outcome in OUTCOMES[:5])
    if wrong:
        lines.append(
            f"of {wrong} wrong answers: "
            + ", ".join(f"{outcome} {total[outcome] / wrong:.1%}" for outcome in OUTCOMES[:5])
        )
    if right := total["passed"] + total["refused"]:
        lines.append(f"of {right} right answers: passed {total['passed'] / right:.1%}")
    for name, first in (("cold", True), ("warm", False)):
        if waits := [(one.seconds, one.exercise) for one in judged if one.first is first and one.seconds]:
            lines.append(f"slowest {name} check: {max(waits)[0] * 1000:,.0f} ms ({max(waits)[1]})")
    by_kind: dict[str, Counter[str]] = defaultdict(Counter)
    for one in judged:
        by_kind[one.kind][one.outcome] += 1
    lines.append(f"{'kind':42}" + "".join(f"{outcome:>10}" for outcome in OUTCOMES))
    for kind, counts in sorted(by_kind.items(), key=lambda item: -sum(item[1].values())):
        lines.append(f"{kind:42}" + "".join(f"{counts[outcome]:>10}" for outcome in OUTCOMES))
    unheard = [one for one in judged if one.outcome in ("stopped", "outdated")]
    lines += [f"{one.outcome}: {one.exercise} {one.kind}, {one.what}: {one.read}" for one in unheard]
    return "\n".join(lines)


if __name__ == "__main__":
    main()

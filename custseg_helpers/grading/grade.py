"""From a handed-in workbook to a mark for every exercise: run it, then judge its answers where it cannot reach.

The workbook's process only writes its answers down. They are judged here, by the same `judge` as `check()`, against
the same company with another seed: a number copied from elsewhere does not hold.
"""

import hashlib
from dataclasses import asdict
from functools import cache
from threading import Event, Lock
from typing import Any

from custseg_helpers import __version__
from custseg_helpers.company.company import SAMPLES, load_sample
from custseg_helpers.files.whole import read_text
from custseg_helpers.grading.answers import decode
from custseg_helpers.grading.handed_in import HandedIn, clean
from custseg_helpers.grading.restore import source_cells, steps
from custseg_helpers.grading.sandbox import EXPLAINED, Limits, Run, Sandbox
from custseg_helpers.learn.check import judge
from custseg_helpers.learn.exercise import Exercise
from custseg_helpers.learn.lessons import ELSEWHERE, exercise, exercises, lesson_folder
from custseg_helpers.learn.words_file import ANSWERS, FEEDBACK
from custseg_helpers.words.text import LANGUAGES, T

_one_at_a_time = Lock()
"""Expected values are computed once and kept; two workers must not compute the same one."""

LAST = T(zh="，停在这一题之前的答案照样算", en="; answers before that count")


def key(entry: HandedIn, setup: dict[str, Any], limits: Limits, *, shut_in: bool) -> str:
    """Return what a grade depends on, in short: the workbook's code, the course, the package, company, seed, limits."""
    folder = lesson_folder(entry.lesson)
    files = [folder / name for name in (ANSWERS, FEEDBACK, ELSEWHERE)]
    course = [read_text(file) for file in files if file.is_file()]
    parts = (
        entry.digest,
        source_cells(entry.lesson, entry.lang),
        course,
        __version__,
        setup,
        asdict(limits),
        shut_in,
    )
    return hashlib.sha256(repr(parts).encode()).hexdigest()


def grade(
    entry: HandedIn,
    box: Sandbox,
    setup: dict[str, Any],
    limits: Limits,
    *,
    number: int = 0,
    stop: Event | None = None,
) -> dict[str, Any] | None:
    """Grade one workbook; `None` when it was told to stop.

    Returns:
        A dict fit for JSON. `exercises`: by id `outcome` (passed / wrong / todo / written / error / not_reached), `cause`
        (of a wrong one, such as `mistake:NAME`), the message by language (`zh`, `en`), where a cell failed what it
        said (`cell`), and what was written (`text`); `reason`: what went wrong with the whole workbook, or None; `seconds` and `memory` (bytes) of the run.
    """
    asked = {
        identity: exercise(entry.written.get(identity, identity)) for identity in exercises(entry.lesson)
    }
    at_home = frozenset(identity for identity, task in asked.items() if task.on is None)
    todo = steps(entry.cells, entry.lesson, entry.lang, at_home)
    run = box.run(todo, setup, limits, entry.lang, number=number, stop=stop)
    if run.ended == "stopped":
        return None
    failures: dict[str, str] = {}
    for line in run.lines:
        place = line.get("failed")
        if isinstance(place, int) and 0 <= place < len(todo):
            failures.setdefault(todo[place].exercise, clean(str(line.get("message")), 500))
    reason = _reason(run, failures.get(""))
    answers = {line["exercise"]: line for line in run.lines if isinstance(line.get("exercise"), str)}
    marks = {
        identity: _mark(task, answers.get(identity), failures.get(identity), reason, setup)
        for identity, task in asked.items()
    }
    for identity in failures.keys() & marks.keys():
        marks[identity]["cell"] = spoken(said(failures[identity]))
    return {
        "exercises": marks,
        "reason": reason and spoken(reason),
        "seconds": round(run.seconds, 1),
        "memory": run.memory,
    }


def failed(entry: HandedIn, error: Exception) -> dict[str, Any]:
    """Return the grade of a workbook that could not be graded, for a reason of ours; `again`: the next run tries."""
    words = clean(str(error) or type(error).__name__, 500)
    reason = T(zh=f"没能批改：{words}", en=f"Could not be graded: {words}")
    marks = {identity: _entry("not_reached", reason) for identity in exercises(entry.lesson)}
    return {"exercises": marks, "reason": spoken(reason), "seconds": 0.0, "memory": 0, "again": True}


def _mark(
    task: Exercise, line: dict[str, Any] | None, failure: str | None, reason: T | None, setup: dict[str, Any]
) -> dict[str, Any]:
    if line is not None:
        try:
            answer = decode(line.get("answer"))
            with _one_at_a_time:
                feedback = judge(task, answer, _company(str(line.get("company")), setup))
        except Exception as error:
            failure = failure or clean(f"{type(error).__name__}: {error}", 500)
        else:
            if not (feedback.outcome == "todo" and failure):
                text = feedback.message.map(lambda words: clean(words, 4_000))
                kept = {"text": clean(answer, 4_000)} if feedback.outcome == "written" else {}
                return _entry(feedback.outcome, text, feedback.cause) | kept
    if failure:
        return _entry("error", said(failure))
    return _entry("not_reached", reason or T(zh="没有运行到这里。", en="The run did not get here."))


def _entry(outcome: str, text: T, cause: str | None = None) -> dict[str, Any]:
    return {"outcome": outcome, "cause": cause, **spoken(text)}


def spoken(text: T) -> dict[str, str]:
    """Return a text as JSON holds it, by language; `T(**words)` has it back."""
    return {code: text.within(code) for code in LANGUAGES}


def said(failure: str) -> T:
    """Return a cell's error for people: what Python said, and first what it means where that is known.

    >>> said("MemoryError").en
    'The cell needs more memory than a workbook may have. (MemoryError)'
    """
    means = {
        "SyntaxError": T(zh="这一格的代码写法有错。", en="The cell's code is not valid Python."),
        "IndentationError": T(zh="这一格的缩进有错。", en="The cell's indentation is wrong."),
        "NameError": T(zh="这一格用到了没有定义的名字。", en="The cell uses a name that was never defined."),
        "TimeoutError": T(zh="这一格运行太久，已停止。", en="The cell ran too long and was stopped."),
        "MemoryError": T(
            zh="这一格需要的内存超过了限额。", en="The cell needs more memory than a workbook may have."
        ),
        "SystemExit": T(zh="这一格要求退出程序。", en="The cell asked Python to exit."),
    }
    kind = failure.partition(":")[0]
    words = means.get(kind, T(zh="这一格运行出错。", en="The cell failed."))
    return words + T(zh="（{f}）", en=" ({f})").format(f=failure)


def _reason(run: Run, failure: str | None) -> T | None:
    """Say what was wrong with the workbook as a whole: it was ended, or a given cell failed."""
    if run.ended:
        return T(zh="练习册{w}{l}。", en="The workbook {w}{l}.").format(w=EXPLAINED[run.ended], l=LAST)
    if failure:
        return T(zh="有一格不属于任何练习，出了错。", en="A cell outside the exercises failed. ") + said(
            failure
        )
    return None


@cache
def _sample(name: str, seed: int) -> Any:
    return load_sample(name, seed)


def _company(name: str, setup: dict[str, Any]) -> Any:
    """Return the company an answer speaks of: a sample, always with the class's seed."""
    return _sample(name if name in SAMPLES else setup["company"], setup["seed"])

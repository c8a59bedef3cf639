"""From what a workbook handed out to a mark for every exercise: judged where the workbook cannot reach.

By the same `judge` as `check()`, against the same company with another seed: a number copied from elsewhere does not
hold.
"""

from functools import cache
from pathlib import Path
from typing import Any

from custseg_helpers.company.company import SAMPLES, load_sample
from custseg_helpers.grading.answers import decode
from custseg_helpers.grading.sandbox import EXPLAINED, entries
from custseg_helpers.grading.workbooks import clean, spoken
from custseg_helpers.learn.check import judge
from custseg_helpers.learn.exercise import Exercise
from custseg_helpers.learn.lessons import exercise, exercises
from custseg_helpers.words.text import T

LAST = T(zh="，停在这一题之前的答案照样算", en="; answers before that count")


def judged(
    answers: str, about: list[str], lesson: str, written: dict[str, str], setup: dict[str, Any], ended: str
) -> dict[str, Any]:
    """Return `exercises` and `reason` of a grade, see `grade.grade`.

    Args:
        answers: the file with the lines that the workbook handed out.
        about: the exercise that each step of the workbook belongs to.
        lesson: the lesson's number.
        written: the ids that the workbook has for its exercises, see `HandedIn`.
        setup: `company` and `seed`.
        ended: why the workbook was ended, `""` if it was not.
    """
    lines = list(entries(Path(answers).read_bytes()))
    failures: dict[str, str] = {}
    for line in lines:
        place = line.get("failed")
        if isinstance(place, int) and 0 <= place < len(about):
            failures.setdefault(about[place], clean(str(line.get("message")), 500))
    reason = _reason(ended, failures.get(""))
    found = {line["exercise"]: line for line in lines if isinstance(line.get("exercise"), str)}
    marks = {
        identity: _mark(task, found.get(identity), failures.get(identity), reason, setup)
        for identity, task in asked(lesson, written).items()
    }
    for identity in failures.keys() & marks.keys():
        marks[identity]["cell"] = spoken(said(failures[identity]))
    return {"exercises": marks, "reason": reason and spoken(reason)}


def asked(lesson: str, written: dict[str, str]) -> dict[str, Exercise]:
    """Return a lesson's exercises as a workbook asks them, by their ids of today."""
    return {identity: exercise(written.get(identity, identity)) for identity in exercises(lesson)}


def _mark(
    task: Exercise, line: dict[str, Any] | None, failure: str | None, reason: T | None, setup: dict[str, Any]
) -> dict[str, Any]:
    if line is not None:
        try:
            answer = decode(line.get("answer"))
            feedback = judge(task, answer, _company(str(line.get("company")), setup))
        except MemoryError:
            raise
        except Exception as error:
            failure = failure or clean(f"{type(error).__name__}: {error}", 500)
        else:
            if not (feedback.outcome == "todo" and failure):
                text = feedback.message.map(lambda words: clean(words, 4_000))
                kept = {"text": clean(answer, 4_000)} if feedback.outcome == "written" else {}
                return entry(feedback.outcome, text, feedback.cause) | kept
    if failure:
        return entry("error", said(failure))
    return entry("not_reached", reason or T(zh="没有运行到这里。", en="The run did not get here."))


def entry(outcome: str, text: T, cause: str | None = None) -> dict[str, Any]:
    """Return an exercise's mark."""
    return {"outcome": outcome, "cause": cause, **spoken(text)}


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


def _reason(ended: str, failure: str | None) -> T | None:
    """Say what was wrong with the workbook as a whole: it was ended, or a given cell failed."""
    if ended:
        return T(zh="练习册{w}{l}。", en="The workbook {w}{l}.").format(w=EXPLAINED[ended], l=LAST)
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

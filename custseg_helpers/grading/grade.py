"""From a handed-in workbook to a mark for every exercise: run it, then judge its answers where it cannot reach.

The workbook's process only writes its answers down. They are judged aside (see `judged`): neither what it holds nor
what it hands out is read in this process.
"""

import hashlib
import os
import tempfile
from dataclasses import asdict
from threading import Event
from typing import Any

from custseg_helpers import __version__
from custseg_helpers.files.whole import read_text
from custseg_helpers.grading import judged
from custseg_helpers.grading.aside import Aside, Spoiled, Stopped
from custseg_helpers.grading.restore import Step, source_cells
from custseg_helpers.grading.sandbox import Limits, Sandbox
from custseg_helpers.grading.workbooks import HandedIn, clean, spoken
from custseg_helpers.learn.lessons import ELSEWHERE, exercises, lesson_folder
from custseg_helpers.learn.words_file import ANSWERS, FEEDBACK
from custseg_helpers.words.text import T

READING, JUDGING = 10.0, 120.0
"""Seconds of processor time to read a workbook, and to judge it."""


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
    aside: Aside,
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
    own = {"lesson": entry.lesson, "written": entry.written}
    try:
        todo = aside.ask("steps", READING, cells=entry.cells, lang=entry.lang, **own)
        run = box.run([Step(**step) for step in todo], setup, limits, entry.lang, number=number, stop=stop)
        if run.ended == "stopped":
            return None
        with tempfile.NamedTemporaryFile(dir=box.folder, delete=False) as answers:
            answers.write(run.answers)
        about = [step["exercise"] for step in todo]
        given = own | {"about": about, "setup": setup, "ended": run.ended}
        marks = aside.ask("judge", JUDGING, answers=answers.name, **given)
        os.unlink(answers.name)
    except Stopped:
        return None
    except Spoiled as spoiled:
        return _nothing(entry, spoiled.text)
    return marks | {"seconds": round(run.seconds, 1), "memory": run.memory}


def failed(entry: HandedIn, error: Exception) -> dict[str, Any]:
    """Return the grade of a workbook that could not be graded, for a reason of ours; `again`: the next run tries."""
    words = clean(str(error) or type(error).__name__, 500)
    return _nothing(entry, T(zh=f"没能批改：{words}", en=f"Could not be graded: {words}")) | {"again": True}


def _nothing(entry: HandedIn, reason: T) -> dict[str, Any]:
    marks = {identity: judged.entry("not_reached", reason) for identity in exercises(entry.lesson)}
    return {"exercises": marks, "reason": spoken(reason), "seconds": 0.0, "memory": 0}

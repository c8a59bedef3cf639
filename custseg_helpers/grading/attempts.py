"""How a learner worked, from the progress file handed in with the workbooks: tries at each exercise, and time."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from custseg_helpers.learn.lessons import current
from custseg_helpers.learn.marks import entries_in
from custseg_helpers.learn.rungs import RUNGS

LONGEST_PAUSE = 15
"""Minutes between two checks or hints beyond which a learner was away."""


@dataclass(frozen=True)
class Work:
    """How often each exercise was checked with an answer in it, on which rung last, and the minutes of work."""

    tries: Counter[str]
    rungs: dict[str, str]
    minutes: float | None
    """`None` where it is not known."""


def work(files: Sequence[bytes]) -> Work:
    r"""Return what progress files say of a learner's work.

    Several copies of a file count once; damaged lines are left out. The minutes are the time between one mark and the
    next, long pauses left out, so they are a lower bound.

    >>> line = '{"time": "2026-11-02T09:%s:00+00:00", "event": "check", "exercise": "rfm-recency", "outcome": "%s"}'
    >>> text = "\n".join([line % ("00", "todo"), line % ("04", "wrong"), line % ("06", "passed"), "{"])
    >>> work([text.encode()])
    Work(tries=Counter({'rfm-recency': 2}), rungs={}, minutes=6.0)
    """
    tries: Counter[str] = Counter()
    rungs: dict[str, str] = {}
    times = []
    lines = dict.fromkeys(line for content in files for line in content.split(b"\n"))
    for entry in entries_in(b"\n".join(lines))[0]:
        try:
            when = datetime.fromisoformat(entry["time"]).timestamp()
        except (ValueError, TypeError, KeyError, OverflowError, OSError):
            continue
        times.append(when)
        if entry.get("event") == "check" and entry.get("outcome") in ("passed", "wrong"):
            identity = current(entry.get("exercise"))
            tries[identity] += 1
            if entry.get("rung") in RUNGS:
                rungs[identity] = entry["rung"]
    times.sort()
    gaps = [(after - before) / 60 for before, after in pairwise(times)]
    minutes = sum(gap for gap in gaps if gap <= LONGEST_PAUSE) if times else None
    return Work(tries, rungs, minutes)

"""How a learner worked, from the progress file handed in with the workbooks: tries at each exercise, and time."""

import json
from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from itertools import pairwise

from custseg_helpers.learn.lessons import current

LONGEST_PAUSE = 15
"""Minutes between two checks or hints beyond which a learner was away."""


def attempts(files: Sequence[bytes]) -> tuple[Counter[str], float | None]:
    r"""Return the checks of each exercise that held an answer, and the minutes of work (None: not known).

    Several copies of a file count once; damaged lines are left out. The minutes are the time between one mark and the
    next, long pauses left out, so they are a lower bound.

    >>> line = '{"time": "2026-11-02T09:%s:00+00:00", "event": "check", "exercise": "rfm-recency", "outcome": "%s"}'
    >>> text = "\n".join([line % ("00", "todo"), line % ("04", "wrong"), line % ("06", "passed"), "{"])
    >>> attempts([text.encode()])
    (Counter({'rfm-recency': 2}), 6.0)
    """
    tries: Counter[str] = Counter()
    times = []
    for line in dict.fromkeys(line for content in files for line in content.splitlines()):
        try:
            entry = json.loads(line)
            when = datetime.fromisoformat(entry["time"]).timestamp()
        except (ValueError, TypeError, KeyError, RecursionError, OverflowError, OSError):
            continue
        times.append(when)
        if entry.get("event") == "check" and entry.get("outcome") in ("passed", "wrong"):
            tries[current(entry.get("exercise"))] += 1
    times.sort()
    gaps = [(after - before) / 60 for before, after in pairwise(times)]
    return tries, sum(gap for gap in gaps if gap <= LONGEST_PAUSE) if times else None

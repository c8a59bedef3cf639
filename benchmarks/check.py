"""How long a learner waits for `check()`: python -m benchmarks.check

Milliseconds of wall time on the sample company, first and later calls, for a right answer, a known mistake and a
wrong answer of another kind.
"""

import os
import time

os.environ["CUSTSEG_PROGRESS"] = os.devnull

from custseg_helpers.learn.check import check
from custseg_helpers.learn.lessons import exercises, lesson_folders
from custseg_helpers.mapping.load import load


def wait(identity: str, answer: object) -> float:
    """Return the milliseconds one check takes."""
    started = time.perf_counter()
    check(identity, answer)
    return (time.perf_counter() - started) * 1000


def main() -> None:
    """Print the slowest exercise of every lesson."""
    company = load("retail")
    print(f"{'slowest of':12} {'first':>7} {'again':>7} {'mistake':>8} {'other':>7}  ms")
    for number in lesson_folders():
        rows = []
        for identity, task in exercises(number).items():
            if task.answer:
                right, wrong = task.answer(company), task.mistakes[-1].answer(company)
                rows.append([wait(identity, answer) for answer in (right, right, wrong, "?")])
        slowest = [max(column) for column in zip(*rows, strict=True)]
        print(f"lesson {number:5} {slowest[0]:7.0f} {slowest[1]:7.0f} {slowest[2]:8.0f} {slowest[3]:7.0f}")


if __name__ == "__main__":
    main()

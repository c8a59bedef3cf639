"""Which choices and listed mistakes say nothing on which company: they come to the right answer there, or to each other.

Run from the project's folder: `python -m benchmarks.knobs [lesson …]`. `check()` leaves the first out and tells the second
together; a test holds that each speaks on retail and on one other company at least.
"""

import sys
from collections import Counter
from collections.abc import Iterator

from custseg_helpers.company.company import SAMPLES, Company, load_sample
from custseg_helpers.diagnosis.knobs import choices_of, pairs_of_turns
from custseg_helpers.learn.check import known_wrongs
from custseg_helpers.learn.exercise import Exercise
from custseg_helpers.learn.lessons import exercises, lesson_folders


def silent(task: Exercise, company: Company) -> Iterator[str]:
    """Yield the known wrong answers of an exercise that say nothing by themselves on a company, and why."""
    told = [wrong.name for wrong in known_wrongs(task, company)]
    together = [name for name in told if "|" in name]
    for mistake in task.mistakes:
        if any(mistake.name in name.split("|") for name in together):
            yield f"{mistake.name}: like another"
        elif mistake.name not in told:
            yield f"{mistake.name}: right here"


def main(*lessons: str) -> None:
    counts: Counter[str] = Counter()
    for number in lessons or lesson_folders():
        for task in exercises(number).values():
            if task.answer is None:
                continue
            counts["exercises"] += 1
            counts["with choices"] += bool(choices_of(task.answer))
            counts["choices made otherwise"] += sum("=" in mistake.name for mistake in task.mistakes)
            counts["listed mistakes"] += sum("=" not in mistake.name for mistake in task.mistakes)
            counts["pairs"] += sum(1 for _ in pairs_of_turns(task.answer))
            for name in SAMPLES:
                for line in silent(task, load_sample(name)):
                    counts["silent"] += 1
                    print(f"{task.id} · {name} · {line}")
    print(", ".join(f"{count} {what}" for what, count in counts.items()))


if __name__ == "__main__":
    main(*sys.argv[1:])

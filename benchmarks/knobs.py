"""Which choices and listed mistakes say nothing on which company: they come to the right answer there, or to each other.

Run from the project's folder: `python -m benchmarks.knobs` writes the list that the trainer's guide shows. `check()`
leaves the first out and tells the second together; tests hold that the list is true, and that each choice made otherwise
speaks on retail and on one other company at least.
"""

import json
from collections import Counter

from custseg_helpers.company.company import SAMPLES, Company, load_sample
from custseg_helpers.diagnosis.knobs import choices_of, pairs_of_turns
from custseg_helpers.files.whole import write_whole
from custseg_helpers.learn.check import known_wrongs
from custseg_helpers.learn.exercise import Exercise
from custseg_helpers.learn.lessons import exercises, lesson_folders
from custseg_helpers.teach.guide import COINCIDE, Coincide


def coincide(task: Exercise, company: Company) -> Coincide:
    """Return the known wrong answers of an exercise that say nothing by themselves on a company.

    Under `right` those that come to the right answer, under `alike` those that come to the same as others.
    """
    told = [wrong.name.split("|") for wrong in known_wrongs(task, company)]
    right = [mistake.name for mistake in task.mistakes if not any(mistake.name in names for names in told)]
    alike = [names for names in told if len(names) > 1]
    return ({"right": [right]} if right else {}) | ({"alike": alike} if alike else {})


def main() -> None:
    """Write the list, and print how many there are."""
    counts: Counter[str] = Counter()
    found: dict[str, dict[str, Coincide]] = {}
    for number in lesson_folders():
        for task in exercises(number).values():
            if task.answer is None:
                continue
            counts["exercises"] += 1
            counts["with choices"] += bool(choices_of(task.answer))
            counts["choices made otherwise"] += sum("=" in mistake.name for mistake in task.mistakes)
            counts["listed mistakes"] += sum("=" not in mistake.name for mistake in task.mistakes)
            counts["pairs"] += sum(1 for _ in pairs_of_turns(task.answer))
            for name in SAMPLES:
                if silent := coincide(task, load_sample(name)):
                    found.setdefault(task.id, {})[name] = silent
                    for how, groups in silent.items():
                        counts[f"{how} on a company"] += sum(map(len, groups))
    write_whole(COINCIDE, json.dumps(found, indent=1, ensure_ascii=False) + "\n")
    print(", ".join(f"{count} {what}" for what, count in counts.items()))


if __name__ == "__main__":
    main()

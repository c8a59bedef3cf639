"""Slips whose true cause is known: every model answer of the course, changed in one place, by kind.

    python -m benchmarks.slips.mutated                       twelve kinds for each exercise, drawn by lot
    python -m benchmarks.slips.mutated --lesson 04 --each 40 --show

A slip is explained where what the learner reads gives back what stood there: the place with its neighbours, or the
name, text or number itself. "Where only" names the line and leaves the cause open; "otherwise" says something definite
that does not give it back, and has to be read by a person: it may be as good, or a false cause. "Silent" is a wrong
result of which only the check's last resort speaks. What gives the right answer all the same counts for nothing.
"""

import argparse
import ast
import random
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from IPython.core.interactiveshell import InteractiveShell

from benchmarks.slips.__main__ import _shell
from benchmarks.slips.mutations import Slip, slips
from custseg_helpers.course.compose import solution_cells
from custseg_helpers.course.source import read_lesson
from custseg_helpers.paths import course_root
from custseg_helpers.unreadable.finding import with_line
from custseg_helpers.words.text import LANGUAGES, use_language

OUTCOMES = ("explained", "where only", "otherwise", "elsewhere", "silent")


@dataclass(frozen=True)
class Told:
    """A slip, and what was read of it."""

    exercise: str
    slip: Slip
    outcome: str
    read: str


def main() -> None:
    """Print by kind how many slips are explained."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--lesson", default="", help="such as 04, or 04,05,06")
    parser.add_argument("--lang", choices=LANGUAGES, default="en")
    parser.add_argument("--kind", default="", help="only kinds with these words")
    parser.add_argument("--each", type=int, default=12, help="kinds for each exercise")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--show", action="store_true", help="every slip that is not explained")
    wanted = parser.parse_args()
    use_language(wanted.lang)
    counted: dict[str, Counter[str]] = defaultdict(Counter)
    folders = [
        folder
        for lesson in wanted.lesson.split(",")
        for folder in sorted((course_root() / "lessons").glob(f"{lesson}*_*"))
    ]
    for folder in folders:
        for told in run(folder, wanted.lang, wanted.kind, wanted.each, wanted.seed):
            counted[told.slip.kind][told.outcome] += 1
            if wanted.show and told.outcome not in ("explained", "harmless"):
                print(f"--- {told.exercise} | {told.slip.kind} | {told.outcome} | line {told.slip.line}")
                print(f"{told.slip.typed}\nwas: {told.slip.was}\n>>>\n{told.read}\n", flush=True)
    whole: Counter[str] = Counter()
    for kind, outcomes in sorted(
        counted.items(), key=lambda pair: pair[1]["explained"] - sum(pair[1].values())
    ):
        whole.update(outcomes)
        print(f"{kind:40}", *(f"{outcomes[one]:4} {one}" for one in OUTCOMES if outcomes[one]))
    all_told = sum(whole[one] for one in OUTCOMES) or 1
    print(f"{all_told} slips:", ", ".join(f"{one} {whole[one] / all_told:.1%}" for one in OUTCOMES))


def run(folder: Path, lang: str, kind: str, each: int, seed: int) -> Iterator[Told]:
    """Make slips in the answers of a lesson's workbook, each where it would be made, and read what is said."""
    cells = [cell for cell in solution_cells(read_lesson(folder), lang) if cell.kind == "code"]
    checked = {
        cell.attributes["exercise"]: match[1]
        for cell, check in pairwise(cells)
        if "exercise" in cell.attributes
        and (match := re.search(r"""check\(["'][\w-]+["'], (\w+)\)""", check.text))
    }
    shell, said = _shell()
    for cell, check in zip(cells, [*cells[1:], None], strict=True):
        if cell.attributes.get("exercise") in checked and check:
            chance = random.Random(f"{seed} {cell.attributes['exercise']}")
            for slip in _drawn(slips(cell.text, shell.user_ns, tuple(checked.values())), kind, each, chance):
                kept = dict(shell.user_ns)
                yield _told(cell.attributes["exercise"], cell.text, slip, check.text, said)
                shell.user_ns.clear()
                shell.user_ns.update(kept)
        if not shell.run_cell(cell.text, store_history=True).success:
            raise SystemExit(f"{folder.name}: {cell.text}\n" + "\n".join(said))
    InteractiveShell.clear_instance()


def _drawn(found: Iterator[Slip], kind: str, each: int, chance: random.Random) -> list[Slip]:
    """Return one slip each of some kinds, so that no kind with many places crowds out the others."""
    kinds: dict[str, list[Slip]] = defaultdict(list)
    for slip in found:
        if kind in slip.kind:
            kinds[slip.kind].append(slip)
    chosen = chance.sample(sorted(kinds), min(each, len(kinds)))
    return [chance.choice(kinds[one]) for one in chosen]


def _told(exercise: str, answer: str, slip: Slip, check: str, said: list[str]) -> Told:
    shell = InteractiveShell.instance()
    said.clear()
    stopped = not shell.run_cell(slip.typed, store_history=True).success
    at_once = "\n".join(said)
    if not stopped:
        said.clear()
        stopped = not shell.run_cell(check, store_history=True).success
        if re.search("[✓✎]", "\n".join(said)):
            return Told(exercise, slip, "harmless", "\n".join(said))
    read = "\n".join([at_once, *said] if not at_once.startswith("✗") else [at_once])
    return Told(exercise, slip, outcome(read, slip, answer, stopped=at_once.startswith("✗")), read)


def outcome(read: str, slip: Slip, answer: str, *, stopped: bool) -> str:
    """Return what became of a slip: one of `OUTCOMES`; `stopped` if its cell did not run."""
    typed = slip.typed.splitlines()
    row = typed[slip.line - 1] if slip.line <= len(typed) else ""
    told = read.partition("\n")[2] if stopped else re.sub(r"(?:Line \d+, |第 \d+ 行 )`.*?`[:：]", "", read)
    here = re.search(rf"(?i)line {slip.line}\b|第 {slip.line} 行", read)
    if _given_back(told, slip, row, answer) or _mended(read, slip, row, answer):
        return "explained"
    if stopped and not here:
        return "elsewhere"
    if re.search("(?:Write|instance|mean|wanted|改成|写成|比如|是不是|补上)[^`\n]*`", told):
        return "otherwise"
    return "where only" if here else "silent"


def _given_back(told: str, slip: Slip, row: str, answer: str) -> bool:
    """Tell whether what is said holds the place as it stood, or the name, text or number that stood there."""
    if _squeezed(slip.was) in _squeezed(row):
        told = told.replace(row.strip(), "")
    if _squeezed(slip.was) in _squeezed(told):
        return True
    for shortened in re.findall("`([^`]+ … [^`]+)`", told):
        if all(_squeezed(part) in _squeezed(answer) for part in shortened.split(" … ")):
            return True
    word = slip.word.strip("\"'")
    return (
        bool(word)
        and re.search(rf"(?<!\w){re.escape(word)}(?!\w)", told.replace(row.strip(), "")) is not None
    )


def _mended(read: str, slip: Slip, row: str, answer: str) -> bool:
    """Tell whether one of the pieces of code that are told makes the answer of the cell again."""
    pieces = re.findall("`([^`]+)`", read)
    right = ast.dump(ast.parse(answer))
    for told in pieces:
        for mended in [told, *(row.replace(piece, told) for piece in pieces[:1] if piece in row)]:
            try:
                if ast.dump(ast.parse(with_line(slip.typed, slip.line, mended))) == right:
                    return True
            except SyntaxError:
                continue
    return False


def _squeezed(text: str) -> str:
    return "".join(text.replace("'", '"').split())


if __name__ == "__main__":
    main()

"""How many of a beginner's slips are explained: the right place and the right repair, in both languages.

    python -m benchmarks.slips                       the first bank, all lessons
    python -m benchmarks.slips --bank second --lesson 04 --show
    python -m benchmarks.slips --bank all --lang en

Every slip is run where it would be made: in a shell of IPython, after the cells above it. Explained is a slip where
what the learner reads (the error's words, or those of the check below) names its line and holds every expression
that the bank asks for. A slip in something that the course no longer has is told as outdated and counts for nothing;
so does one that gives the right answer all the same, unless its bank asks for the verdict's own sign.
"""

import argparse
import re
import tomllib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from IPython.core.interactiveshell import InteractiveShell

from custseg_helpers.course.compose import solution_cells
from custseg_helpers.course.source import read_lesson
from custseg_helpers.errors.shell import start
from custseg_helpers.paths import course_root
from custseg_helpers.words.text import LANGUAGES, use_language

BANKS = Path(__file__).parent


@dataclass(frozen=True)
class Slip:
    """One slip in one language: what is typed, what is read, and which demands of the bank it does not meet."""

    bank: str
    exercise: str
    lang: str
    typed: str
    read: str
    unmet: tuple[str, ...]

    @property
    def harmless(self) -> bool:
        """Whether what is typed gives the right answer all the same."""
        return bool(self.unmet) and self.read.startswith("✓")


def main() -> None:
    """Print how many slips are explained, and those that are not."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--bank", default="first", help="one of them, or all")
    parser.add_argument("--lesson", default="")
    parser.add_argument("--lang", choices=LANGUAGES, help="one language only")
    parser.add_argument("--show", action="store_true", help="every explanation")
    wanted = parser.parse_args()
    banks = [file.stem.removesuffix("_bank") for file in sorted(BANKS.glob("*_bank.toml"))]
    bank = [
        {**slip, "bank": name}
        for name in (banks if wanted.bank == "all" else [wanted.bank])
        for slip in tomllib.loads((BANKS / f"{name}_bank.toml").read_text(encoding="utf-8"))["slip"]
    ]
    gone = outdated(bank)
    for slip, why in gone:
        print(f"outdated: {slip['bank']}, {slip['exercise']}: {why}")
    bank = [slip for slip in bank if slip not in [one for one, _ in gone]]
    met: Counter[tuple[str, str]] = Counter()
    asked: Counter[tuple[str, str]] = Counter()
    for slip in run(bank, wanted.lesson, [wanted.lang] if wanted.lang else LANGUAGES):
        asked[slip.bank, slip.lang] += not slip.harmless
        met[slip.bank, slip.lang] += not slip.unmet
        if slip.unmet or wanted.show:
            print(
                f"--- {slip.bank} {slip.exercise} {slip.lang}{' (right all the same)' if slip.harmless else ''}\n"
                f"{slip.typed}\n>>>\n{slip.read}\nunmet: {list(slip.unmet)}\n"
            )
    for (name, lang), all_asked in asked.items():
        told = met[name, lang]
        print(f"{name} {lang}: {told} of {all_asked} explained, {told / (all_asked or 1):.1%}")


def outdated(bank: list[dict[str, Any]]) -> list[tuple[dict[str, Any], str]]:
    """Return the slips whose exercise, or whose piece of its model answer, the course no longer has, and which it is."""
    answers: dict[str, list[str]] = {}
    for folder in sorted((course_root() / "lessons").glob("*_*")):
        topic = folder.name.partition("_")[2]
        if any(slip["exercise"].partition("-")[0] == topic for slip in bank):
            cells = (cell for lang in LANGUAGES for cell in solution_cells(read_lesson(folder), lang))
            for cell in cells:
                if cell.kind == "code" and "exercise" in cell.attributes:
                    answers.setdefault(cell.attributes["exercise"], []).append(cell.text)
    gone = []
    for slip in bank:
        if slip["exercise"] not in answers:
            gone.append((slip, "no such exercise"))
        elif "old" in slip and not all(slip["old"] in answer for answer in answers[slip["exercise"]]):
            gone.append((slip, f"the model answer holds no {slip['old']!r}"))
    return gone


def run(bank: list[dict[str, Any]], lesson: str = "", langs: Sequence[str] = LANGUAGES) -> Iterator[Slip]:
    """Run the slips of a bank, lesson by lesson and language by language."""
    for folder in sorted((course_root() / "lessons").glob(f"{lesson}*_*")):
        topic = folder.name.partition("_")[2]
        slips = [slip for slip in bank if slip["exercise"].partition("-")[0] == topic]
        for lang in langs if slips else ():
            use_language(lang)
            yield from _in_workbook(folder, lang, slips)
    InteractiveShell.clear_instance()


def _in_workbook(folder: Path, lang: str, slips: list[dict[str, Any]]) -> Iterator[Slip]:
    cells = [cell for cell in solution_cells(read_lesson(folder), lang) if cell.kind == "code"]
    strange = {slip["exercise"] for slip in slips} - {cell.attributes.get("exercise") for cell in cells}
    if strange:
        raise SystemExit(f"{folder.name} has no exercise {sorted(strange)}")
    for slip in (slip for slip in slips if slip.get("fresh")):
        _, said = _shell()
        cell = next(cell for cell in cells if cell.attributes.get("exercise") == slip["exercise"])
        yield _judged(slip, lang, cell.text, said, 1)
    shell, said = _shell()
    for cell, check in zip(cells, [*cells[1:], None], strict=True):
        if "exercise" in cell.attributes and check:
            for slip in slips:
                if slip["exercise"] == cell.attributes["exercise"] and not slip.get("fresh"):
                    kept = dict(shell.user_ns)
                    typed = _typed(slip, cell.text)
                    yield _judged(slip, lang, typed, said, _line(slip, typed, cell.text), check.text)
                    shell.user_ns.clear()
                    shell.user_ns.update(kept)
        said.clear()
        if not shell.run_cell(cell.text, store_history=True).success:
            raise SystemExit(f"{folder.name}: {cell.text}\n" + "\n".join(said))


def _shell() -> tuple[InteractiveShell, list[str]]:
    """Return a fresh shell that explains errors, and the list in which it puts what the learner reads."""
    InteractiveShell.clear_instance()
    shell = InteractiveShell.instance(history_length=0)
    said: list[str] = []
    shell.display_pub = _Publisher(said)
    shell.displayhook.write_output_prompt = shell.displayhook.finish_displayhook = lambda: None
    shell.displayhook.write_format_data = lambda data, _=None: said.append(data.get("text/plain", ""))
    shell._showtraceback = lambda kind, error, lines: said.append("\n".join(lines))
    shell.InteractiveTB.set_mode("Minimal")  # IPython's own words are not read here, and slow to make
    start(shell)
    return shell, said


class _Publisher:
    """Takes what a cell shows beside its last value: verdicts count, Python's own words below an error do not."""

    is_publishing = False

    def __init__(self, said: list[str]):
        self.said = said

    def publish(self, data: dict[str, Any], **_: Any) -> None:
        if not data.get("text/html", "").startswith("<details>"):
            self.said.append(data.get("text/plain", ""))

    def clear_output(self, wait: bool = False) -> None:
        return None


def _typed(slip: dict[str, Any], answer: str) -> str:
    if "cell" in slip:
        return str(slip["cell"]).strip("\n")
    if answer.count(slip["old"]) < 1:
        raise SystemExit(f"{slip['exercise']}: the model answer holds no {slip['old']!r}")
    return answer.replace(slip["old"], slip["new"], 1)


def _line(slip: dict[str, Any], typed: str, answer: str) -> int | None:
    if "line" in slip:
        return int(slip["line"])
    pairs = zip(typed.splitlines(), answer.splitlines(), strict=False)
    return next((n for n, (one, other) in enumerate(pairs, 1) if one != other), None)


def _judged(
    slip: dict[str, Any], lang: str, typed: str, said: list[str], line: int | None, check: str = ""
) -> Slip:
    shell = InteractiveShell.instance()
    said.clear()
    done = shell.run_cell(typed, store_history=True).success
    if done:
        said.clear()
        shell.run_cell(check, store_history=True)
    read = "\n".join(said)
    demands = [*slip.get("says", ()), *slip.get(lang, ())]
    if not done and line:
        demands.append({"zh": rf"第 {line} 行", "en": rf"(?i)line {line}\b"}[lang])
    if len(read.splitlines()) > 6:
        demands.append("at most six lines")
    return Slip(
        slip.get("bank", ""),
        slip["exercise"],
        lang,
        typed,
        read,
        tuple(one for one in demands if not re.search(one, read)),
    )


if __name__ == "__main__":
    main()

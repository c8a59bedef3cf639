"""The steps of the exercises' model answers, as the build keeps them beside each lesson."""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from custseg_helpers.files.cells import BLANK
from custseg_helpers.paths import course_root
from custseg_helpers.unreadable.scanner import scan, telling
from custseg_helpers.words.text import language, stand_in

STORED = "rungs.json"
"""The file of a lesson that holds the steps of its exercises."""
LIKE, VERY_LIKE = 0.4, 0.6
"""How much of a cell and of a model answer must be the same, from 0 to 1, for the cell to be that exercise's: if it makes
one of the model answer's names, and if it makes none."""


@dataclass(frozen=True)
class Step:
    """One step of a model answer: what it does in words, its code, and the parts of the code that become blanks."""

    say: str
    code: str
    blanks: tuple[str, ...]

    @property
    def with_blanks(self) -> str:
        """Return its code with the marked parts left blank: each the first of its kind behind the one before.

        >>> Step("count", "by_orders = len(orders)", ("len", "orders")).with_blanks
        'by_orders = ____(____)'
        """
        done, last = "", 0
        for start, end in self.hidden:
            done, last = done + self.code[last:start] + BLANK, end
        return done + self.code[last:]

    @property
    def hidden(self) -> list[tuple[int, int]]:
        """Return where in its code the marked parts begin and end."""
        found, start = [], 0
        for mark in self.blanks:
            pattern = rf"(?<!\w){re.escape(mark)}(?!\w)" if mark.isidentifier() else re.escape(mark)
            if match := re.compile(pattern).search(self.code, start):
                found.append(match.span())
                start = match.end()
        return found


def steps_of(code: str) -> tuple[Step, ...]:
    """Return the steps of the exercise that a cell is most likely an answer to; none where it is no answer.

    A cell is an answer if it makes a name that the model answer makes and has much of its code, or has most of its code.

    >>> from custseg_helpers.words.text import use_language
    >>> use_language("en")
    >>> [step.say for step in steps_of("registered = length(customers)")]
    ['count the rows of the table', 'look at 3 rows: what is a row?']
    >>> steps_of("registered = 5 * 7")
    ()
    """
    made, words = _made(code), _words(code)
    best: tuple[float, tuple[Step, ...]] = (LIKE, ())
    for names, model, steps in _answers(language()):
        likeness = len(words & model) / max(min(len(words | model), len(model) + 4), 1)
        if not made & names and (likeness < VERY_LIKE or not made):
            continue
        if likeness >= best[0] and (likeness > best[0] or not best[1]):
            best = (likeness, steps)
    return best[1]


@cache
def _answers(lang: str) -> Sequence[tuple[frozenset[str], frozenset[str], tuple[Step, ...]]]:
    """Return the names that each model answer makes, its words, and its steps."""
    found = []
    for file in sorted((course_root() / "lessons").glob(f"*_*/{STORED}")):
        for kept in json.loads(file.read_text(encoding="utf-8")).values():
            rows = kept["steps"].get(lang) or kept["steps"][stand_in(lang)]
            steps = tuple(Step(say, code, tuple(blanks)) for say, code, *blanks in rows)
            whole = "\n".join(step.code for step in steps)
            found.append((_made(whole), _words(whole), steps))
    return found


def _made(code: str) -> frozenset[str]:
    return frozenset(re.findall(r"(?m)^[ \t]*([^\W\d]\w*)[ \t]*[=＝](?!=)", code))


def _words(code: str) -> frozenset[str]:
    """Return what of a cell tells which exercise it is: its names and texts."""
    kinds = ("name", "text", "quoted")
    return frozenset(
        token.text.strip("\"'“”‘’") for token in telling(scan(code)) if token.kind in kinds and token.text
    )

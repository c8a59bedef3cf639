"""Steps in a row → lines of code → what they give when they run in a notebook's names."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from custseg_helpers.builder.functions import Call
from custseg_helpers.builder.steps import PLAIN, Step
from custseg_helpers.builder.values import Names
from custseg_helpers.errors.explain import cause_and_repair
from custseg_helpers.files.cells import run_cell
from custseg_helpers.words.text import T, UserError

PANDAS = "import pandas as pd"


@dataclass(frozen=True)
class Ran:
    """What became of a row of steps: the lines as a learner would write them, the names they made, the last value.

    Where a step failed, `failed` says why; lines and names are those of the steps before it.
    """

    lines: tuple[str, ...]
    names: dict[str, Any]
    result: Any = ...
    failed: T | None = None

    @property
    def code(self) -> str:
        """The lines as one cell."""
        return "\n".join(self.lines)


def run(steps: Iterable[tuple[str, Step]], names: Names, after: Ran | None = None) -> Ran:
    """Write each step as a line of its own, `name = …`, and run it; the notebook's own names are left alone.

    `after` is what has run before, and need not run again.

    >>> ran = run(steps([{"do": "calculate", "name": "share", "left": "1", "sign": "/", "right": "4"}]), {})
    >>> ran.code, ran.result
    ('share = 1 / 4', 0.25)
    """
    after = after or Ran((), {})
    lines, made, result = list(after.lines), dict(after.names), after.result
    known = {"__name__": "__main__", **names, **made}
    for name, step in steps:
        code = ""
        try:
            code = step.code(known)
            needs = _imports(step, code, known)
            for line in needs:
                run_cell(line, known)
            run_cell(f"{name} = {code}", known)
        except UserError as error:
            return Ran(tuple(lines), made, result, error.text)
        except Exception as error:
            return Ran(tuple(lines), made, result, _told(error, code and f"{name} = {code}", known))
        lines = [*needs, *lines, f"{name} = {code}"]
        made[name] = result = known[name]
    return Ran(tuple(lines), made, result)


def steps(written: Iterable[Mapping[str, Any]], result: str = "") -> list[tuple[str, Step]]:
    """Read steps from a file: `do` names the step, `name` its result, all else its fields; the last makes `result`.

    >>> steps([{"do": "top", "table": "money", "rows": "3"}], "best")
    [('best', Top(table='money', rows='3', end='head'))]
    """
    made: list[tuple[str, Step]] = []
    for entry in written:
        fields = {key: str(value) for key, value in entry.items() if key not in ("do", "name")}
        if entry["do"] == "call":
            function, part = fields.pop("function"), fields.pop("part", "")
            step: Step = Call(function, fields, part)
        else:
            step = PLAIN[entry["do"]](**fields)
        made.append((entry.get("name") or free_name(step.noun, [name for name, _ in made]), step))
    if made and result:
        made[-1] = (result, made[-1][1])
    return made


def free_name(noun: str, taken: Iterable[str]) -> str:
    """Return a name that is not taken.

    >>> free_name("kept", ["kept", "kept_2"])
    'kept_3'
    """
    taken = set(taken)
    return next(name for name in [noun, *(f"{noun}_{n}" for n in range(2, 1000))] if name not in taken)


def _imports(step: Step, code: str, known: Mapping[str, Any]) -> list[str]:
    """Return what has to be imported before a step can run in this notebook."""
    needs = [PANDAS] if "pd." in code and "pd" not in known else []
    if isinstance(step, Call) and (head := step.function.partition(".")[0]) not in known:
        needs.append(f"from custseg_helpers import {head}")
    return needs


def _told(error: Exception, code: str, known: Names) -> T:
    """Say why a step failed as the notebook says it of a cell; what nobody has explained is told without Python's words.

    A step half chosen may have no code yet.
    """
    return (code and cause_and_repair(error, code, known)) or T(
        zh="这一步算不出来。看看选的列是不是数，两边是不是同一批行。",
        en="This step cannot be computed. Is the chosen column a number, and have both sides the same rows?",
    )

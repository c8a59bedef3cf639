"""What a cell becomes when it is next run: a page lets a cell's text be replaced while it runs, and not at a click.

The cell runs as the text that it becomes, so that what stands below it belongs to what stands in it.
"""

from collections.abc import Callable
from typing import Any

from custseg_helpers.files.cells import replace_cell
from custseg_helpers.looks.notebook import notebook_shell
from custseg_helpers.stopped.memory import MEMORY

Becomes = Callable[[str], str | None]
"""From a cell's text to what it becomes, or `None` where it is not the cell that is meant."""

WAITING: dict[str, Becomes] = {}
"""What waits for its cell to be run, by exercise; the last wish counts."""


def at_next_run(identity: str, becomes: Becomes) -> None:
    """Have the cell of an exercise become another text when it is next run."""
    WAITING[identity] = becomes
    shell = notebook_shell()
    if shell and _write_in not in shell.events.callbacks["post_run_cell"]:
        shell.input_transformers_cleanup.insert(0, _run_instead)
        shell.events.register("post_run_cell", _write_in)


def _run_instead(lines: list[str]) -> list[str]:
    """Have the cell run as it will be; the browser asks this twice for a cell."""
    found = _belonging("".join(lines).rstrip("\n"))
    return f"{found[1]}\n".splitlines(keepends=True) if found else lines


def _write_in(run: Any) -> None:
    """Write into the cell that has just run what waited for it."""
    found = _belonging(run.info.raw_cell or "")
    if found:
        identity, text = found
        del WAITING[identity]
        MEMORY.rewritten(text)
        replace_cell(notebook_shell(), text)


def _belonging(cell: str) -> tuple[str, str] | None:
    """Return the exercise of which something belongs into a cell, and the cell's text with it."""
    for identity, becomes in WAITING.items():
        text = becomes(cell)
        if text is not None:
            return identity, text
    return None

"""Run a notebook's cells in this process: what a cell does, and what its last line shows."""

import ast
import json
import re
from pathlib import Path
from typing import Any

from custseg_helpers.looks.notebook import notebook_shell
from custseg_helpers.words.text import T

PYTHON = {
    "kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}
"""What a notebook's metadata say of its language."""


BLANK = "____"
"""What stands in a cell for a part that the learner fills in."""

_LEFT = re.compile(rf"(?<!\w){BLANK}(?!\w)")
_MADE = re.compile(r"^([^\W\d]\w*) *=(?!=)", re.MULTILINE)
_TO_GO = T(zh="还有 {n} 个空没填。", en="Blanks to go: {n}.")


def run_cell(code: str, names: dict[str, Any], name: str = "<cell>") -> Any:
    r"""Run a cell in `names`, which keep what it defines; return what its last line is worth, if that is a value.

    A cell with a blank left is not run: see `with_blanks`.

    Args:
        code: the cell's text; lines that only a notebook understands (`%time`, `!pip`, `table?`) are left out.
        names: the names it finds, as those of a notebook's kernel.
        name: what tracebacks call it.

    >>> names = {}
    >>> run_cell("a = 2", names)
    >>> run_cell("%time\na + 1", names)
    3
    """
    tree = parsed(with_blanks(code))
    last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
    exec(compile(tree, name, "exec"), names)
    return (
        eval(compile(ast.Expression(last.value), name, "eval"), names) if isinstance(last, ast.Expr) else None
    )


def with_blanks(code: str) -> str:
    r"""Return what is run in place of a cell: the cell itself, or, while a blank is left, its names made `...`.

    So a cell half filled in is "to do" and never an error, whatever the blanks do to its syntax. The lines keep their
    count. Cells that begin with `%%` are another language's.

    >>> print(with_blanks("few = ____\nmost = few.max(____)").rstrip())
    few = most = ...; print('Blanks to go: 2.')
    >>> with_blanks("few = 1")
    'few = 1'
    """
    left = blanks(code)
    if not left or code.lstrip().startswith("%%"):
        return code
    names = dict.fromkeys(_MADE.findall(code))
    undone = f"{' = '.join(names)} = ...; " if names else ""
    return f"{undone}print({str(_TO_GO.format(n=left))!r})" + "\n" * code.count("\n")


def blanks(code: str) -> int:
    """Count the blanks left in a cell.

    >>> blanks("few = ____(orders[____])"), blanks("by_____ = 1")
    (2, 0)
    """
    return len(_LEFT.findall(code))


def in_notebooks() -> None:
    """Have this process's notebook, if it is one, run its cells by the rule of blanks."""
    transformers = getattr(notebook_shell(), "input_transformers_cleanup", None)
    if transformers is not None and _transform not in transformers:
        transformers.append(_transform)


def _transform(lines: list[str]) -> list[str]:
    return with_blanks("".join(lines)).splitlines(keepends=True)


def replace_cell(shell: Any, text: str) -> None:
    """Have the page put `text` in place of the cell that runs.

    `set_next_input` alone does it in a notebook, but nothing in the browser's kernel; asked twice, a page does it once.
    """
    shell.set_next_input(text, replace=True)
    shell.payload_manager.write_payload({"source": "set_next_input", "text": text, "replace": True})


def parsed(code: str) -> ast.Module:
    """Return a cell's syntax tree, without the lines that only a notebook understands."""
    try:
        return ast.parse(code)
    except SyntaxError:
        plain = re.sub(r"^[ \t]*(%|!|\?).*$|^.*\?[ \t]*$", "", code, flags=re.MULTILINE)
        if plain == code:
            raise
        return ast.parse(plain)


def code_cells(path: Path) -> list[str]:
    """Return the texts of a notebook's code cells, in order."""
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    return ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]

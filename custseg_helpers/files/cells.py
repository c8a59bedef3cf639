"""Run a notebook's cells in this process: what a cell does, and what its last line shows."""

import ast
import json
import re
from pathlib import Path
from typing import Any

PYTHON = {
    "kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}
"""What a notebook's metadata say of its language."""


def run_cell(code: str, names: dict[str, Any], name: str = "<cell>") -> Any:
    r"""Run a cell in `names`, which keep what it defines; return what its last line is worth, if that is a value.

    Args:
        code: the cell's text; lines that only a notebook understands (`%time`, `!pip`, `table?`) are left out.
        names: the names it finds, as those of a notebook's kernel.
        name: what tracebacks call it.

    >>> names = {}
    >>> run_cell("a = 2", names)
    >>> run_cell("%time\na + 1", names)
    3
    """
    tree = parsed(code)
    last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
    exec(compile(tree, name, "exec"), names)
    return (
        eval(compile(ast.Expression(last.value), name, "eval"), names) if isinstance(last, ast.Expr) else None
    )


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

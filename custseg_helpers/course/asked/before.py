"""What an exercise's cell finds ready: the lines above it that make the names at hand, cut out of the workbook.

`check()` runs them with the model answer, where a wrong answer may be the model's with one thing done otherwise.
"""

import ast
from collections.abc import Iterable, Sequence

from custseg_helpers.course.source import Cell
from custseg_helpers.files.statements import IMPORTS, made, read

APART = frozenset({"open", "save", "use_language", "input"})
"""Calls that touch files or people; lines that need one are not run by themselves."""
FOLDER = "work_folder"
"""A folder for files of the lesson: whoever runs the lines brings one along, too."""


def before(cells: Sequence[Cell], identity: str) -> str:
    r"""Return the lines above an exercise of a workbook that is solved; "" where they cannot run by themselves.

    >>> from pathlib import Path
    >>> from custseg_helpers.course.source import Place
    >>> cell = lambda text, **marks: Cell("code", text, Place(Path("exercise.py"), 1), marks)
    >>> print(before([cell("import pandas as pd\nlimit = 5\nseen = 2"), cell("n = limit * 2", exercise="a")], "a"))
    limit = 5
    seen = 2
    """
    above: list[ast.stmt] = []
    given: list[str] = []
    wanted: set[str] = set()
    for cell in cells:
        if cell.kind != "code":
            continue
        body = [_Brought().visit(one) for one in ast.parse(cell.text).body]
        if cell.attributes.get("exercise") == identity:
            wanted = {name for one in body for name in read(one)}
            break
        above += body
        if "exercise" not in cell.attributes:
            given += [name for one in body if not isinstance(one, IMPORTS) for name in made(one)]
    kept = _needed(above, wanted | set(given))
    if any(read(one) & APART for one in kept):
        kept = _needed(above, wanted)
    return "" if any(read(one) & APART for one in kept) else "\n".join(map(ast.unparse, kept))


def _needed(statements: Sequence[ast.stmt], wanted: Iterable[str]) -> list[ast.stmt]:
    """Return the statements that make the wanted names, and what these are made of, in their order.

    None that chooses a company: whoever runs the lines brings one along, and it stays in play.
    """
    missing, kept = set(wanted), list[ast.stmt]()
    folders = {name for one in statements if FOLDER in read(one) for name in made(one)}
    for statement in reversed(statements):
        found = (
            made(statement) | read(statement) & folders
        ) & missing  # what is kept in a folder is made, too
        if not found or made(statement) == {"company"}:
            continue
        if isinstance(statement, IMPORTS):
            statement.names = [one for one in statement.names if (one.asname or one.name) in missing]
        kept.insert(0, statement)
        missing |= read(statement)
    return kept


class _Brought(ast.NodeTransformer):
    """`load()` is the company that whoever runs the lines brings along."""

    def visit_Call(self, node: ast.Call) -> ast.expr:
        self.generic_visit(node)
        brought = ast.unparse(node) == "load()"
        return ast.copy_location(ast.Name("company", ast.Load()), node) if brought else node

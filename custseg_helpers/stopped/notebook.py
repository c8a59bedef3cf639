"""Which cell of the notebook makes a name: read from the notebook's file, as it was last saved."""

import ast
import json
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from custseg_helpers.words.text import language


@dataclass(frozen=True)
class Maker:
    """A code cell that makes a name: its place among the code cells (from 1) and the heading above it."""

    place: int
    heading: str
    makes: frozenset[str]


def maker(name: str, code: str) -> Maker | None:
    """Return the cell that makes `name`, in the notebook to which the cell `code` belongs."""
    best, found = 0, None
    for book in _books():
        makers = _makers(book)
        likeness = _likeness(code, makers, book)
        if likeness > best:
            best, found = likeness, next((one for one in makers if name in one.makes), None)
    return found


def place_of(code: str) -> int | None:
    """Return the place of a cell in its notebook, by the names that it makes; `None` where that is not known."""
    wanted = bound(code)
    best, found = 0, None
    for book in _books():
        makers = _makers(book)
        likeness = _likeness(code, makers, book)
        if likeness > best:
            best, found = likeness, next((one.place for one in makers if wanted & one.makes), None)
    return found


def delivered(code: str) -> bool:
    """Tell whether a cell is one of the course's, as it was delivered, and nothing a learner wrote."""
    typed = code.strip()
    return any(typed == text.strip() for book in _books() for kind, text in _cells(book) if kind == "code")


def answers(code: str) -> frozenset[str]:
    """Return the names that a cell makes and that one of the course's notebooks hands to `check()`."""
    makes = bound(code)
    if not makes:
        return frozenset()
    texts = "\n".join(text for book in _books() for kind, text in _cells(book) if kind == "code")
    return makes & frozenset(re.findall(r"""(?m)^check\(["'][a-z0-9-]+["'], ([^\W\d]\w*)\)""", texts))


def bound(code: str) -> frozenset[str]:
    r"""Return the names that a cell makes at its top level.

    >>> sorted(bound("import pandas as pd\nfrom a import b\nx, y = 1, 2\nx.z = 3"))
    ['b', 'pd', 'x', 'y']
    """
    from custseg_helpers.files.cells import parsed

    try:
        tree = parsed(code)
    except (SyntaxError, ValueError):
        return frozenset(re.findall(r"(?m)^([^\W\d]\w*)\s*=(?!=)", code))
    return frozenset(name for statement in tree.body for name in made(statement))


def made(statement: ast.AST) -> Iterator[str]:
    """Yield the names that a statement makes."""
    if isinstance(statement, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
        yield statement.name
        return
    if isinstance(statement, (ast.Lambda, ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)):
        return
    if isinstance(statement, (ast.Import, ast.ImportFrom)):
        yield from ((alias.asname or alias.name).partition(".")[0] for alias in statement.names)
    if isinstance(statement, ast.Name) and isinstance(statement.ctx, ast.Store):
        yield statement.id
    for child in ast.iter_child_nodes(statement):
        yield from made(child)


def _books() -> Iterator[Path]:
    from custseg_helpers.paths import course_root

    named = os.environ.get("JPY_SESSION_NAME", "")
    if named.endswith(".ipynb") and Path(named).is_file():
        yield Path(named)
    yield from sorted(Path.cwd().glob("[0-9]*.ipynb"))
    for kind in ("exercises", "notebooks"):
        yield from sorted((course_root() / kind / language()).glob("*.ipynb"))


def _cells(book: Path) -> list[tuple[str, str]]:
    """Return a notebook's cells, as kind and text; none where it cannot be read."""
    try:
        return _cells_saved(book, book.stat().st_mtime_ns)
    except (OSError, ValueError, KeyError, TypeError):
        return []


@cache
def _cells_saved(book: Path, saved: int) -> list[tuple[str, str]]:
    cells = json.loads(book.read_text(encoding="utf-8"))["cells"]
    return [(cell["cell_type"], "".join(cell["source"])) for cell in cells]


def _makers(book: Path) -> list[Maker]:
    try:
        return _makers_saved(book, book.stat().st_mtime_ns)
    except OSError:
        return []


@cache
def _makers_saved(book: Path, saved: int) -> list[Maker]:
    found: list[Maker] = []
    heading = ""
    for kind, text in _cells(book):
        if kind == "markdown":
            titles = re.findall(r"(?m)^#{2,}\s+(.+)$", text)
            heading = titles[-1].strip() if titles else heading
        elif kind == "code":
            found.append(Maker(len(found) + 1, heading, bound(text)))
    return found


def _likeness(code: str, makers: list[Maker], book: Path) -> int:
    """Say how much speaks for a cell being one of this notebook's: the names that both make, the checks that both hold."""
    wanted = bound(code)
    shared = max(
        (len(wanted & one.makes) for one in makers if one.makes <= wanted or wanted <= one.makes), default=0
    )
    quoted = re.findall(r"""check\(\s*["']([a-z0-9-]+)["']""", code)
    if not quoted:
        return shared
    text = book.read_text(encoding="utf-8") if makers else ""
    return shared + sum(f'check(\\"{identity}\\"' in text for identity in quoted)

"""What a notebook's cell needs to run alone: the lines above it that make what it uses, and no others."""

import ast
from collections.abc import Iterator, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class _Line:
    """A statement of a cell: its text, what it makes, what it changes, what it reads."""

    text: str
    node: ast.stmt
    makes: frozenset[str]
    changes: frozenset[str]
    reads: frozenset[str]

    @property
    def settles(self) -> frozenset[str]:
        """Names that have their value from here, whatever stood above: not those made under a condition."""
        branches = isinstance(self.node, (ast.If, ast.For, ast.While, ast.Try, ast.Match))
        return frozenset() if branches else self.makes


def needed_above(cells: Sequence[str], cell: str) -> str:
    r"""Return the code that a cell needs from the cells above it, in their order; imports name what is used only.

    A statement is needed where it makes or changes a name that is read later on. What only shows something is not.

    >>> above = ["import math\nfrom shop import load, look, use", "orders, day = load()\nlook(orders)", "other = 1"]
    >>> print(needed_above(above, "len(orders)"))
    from shop import load
    orders, day = load()
    """
    wanted: set[str] = set()
    for line in reversed(list(_lines(cell))):
        wanted = wanted - line.settles | line.reads
    kept: list[str] = []
    for line in reversed([line for text in cells for line in _lines(text)]):
        if isinstance(line.node, (ast.Import, ast.ImportFrom)):
            names = [alias for alias in line.node.names if (alias.asname or alias.name) in wanted]
            if names:
                kept.append(_imported(line.node, names))
        elif line.makes & wanted or line.changes & wanted or _acts_on(line, wanted):
            kept.append(line.text)
            wanted = wanted - line.settles | line.reads
    return "\n".join(reversed(kept))


def _lines(cell: str) -> Iterator[_Line]:
    """Yield the statements of a cell, each with the comments above it."""
    rows, before = cell.splitlines(), 0
    for node in ast.parse(cell).body:
        end = node.end_lineno or node.lineno
        text = "\n".join(rows[before:end]).strip("\n")
        before = end
        inside = _inside(node)
        names = [part for part in ast.walk(node) if isinstance(part, ast.Name) and part.id not in inside]
        makes = {name.id for name in names if isinstance(name.ctx, ast.Store)}
        if isinstance(node, (ast.FunctionDef, ast.ClassDef)):
            makes = {node.name}
        changes = {
            root.id
            for part in ast.walk(node)
            if isinstance(part, (ast.Attribute, ast.Subscript)) and isinstance(part.ctx, ast.Store)
            if isinstance(root := _root(part), ast.Name)
        }
        reads = {name.id for name in names if isinstance(name.ctx, ast.Load)}
        yield _Line(text, node, frozenset(makes), frozenset(changes), frozenset(reads))


def _inside(node: ast.stmt) -> set[str]:
    """Return the names that live within a statement only: of its comprehensions, loops and functions."""
    parts = list(ast.walk(node))
    targets = [part.target for part in parts if isinstance(part, (ast.comprehension, ast.For))]
    found = {name.id for one in targets for name in ast.walk(one) if isinstance(name, ast.Name)}
    return found | {part.arg for part in parts if isinstance(part, ast.arg)}


def _root(node: ast.expr) -> ast.expr:
    """Return what stands at the beginning of `table.loc["a"]`: `table`."""
    while isinstance(node, (ast.Attribute, ast.Subscript)):
        node = node.value
    return node


def _acts_on(line: _Line, wanted: set[str]) -> bool:
    """Tell whether a loop does something with what is read later on, such as write into a file."""
    return isinstance(line.node, (ast.For, ast.While, ast.With)) and bool(line.reads & wanted)


def _imported(node: ast.Import | ast.ImportFrom, names: list[ast.alias]) -> str:
    module = node.module or "" if isinstance(node, ast.ImportFrom) else ""
    parts = [f"{alias.name} as {alias.asname}" if alias.asname else alias.name for alias in names]
    listed = ", ".join(parts)
    return f"from {module} import {listed}" if module else f"import {listed}"

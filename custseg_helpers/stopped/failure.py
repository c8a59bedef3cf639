"""A cell that stopped: what was typed, where it stopped, and which names there were."""

import ast
import inspect
import linecache
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import FrameType, ModuleType, TracebackType
from typing import Any

from custseg_helpers.unreadable.explanation import MOST_TEXT, Explanation, cut
from custseg_helpers.words.text import T


@dataclass(frozen=True)
class Failure:
    """What is known of a cell that stopped.

    `line` counts from 1 in the cell; `node` is the piece of its syntax tree that Python was at.
    """

    error: BaseException
    code: str
    names: Mapping[str, Any]
    line: int | None = None
    node: ast.AST | None = None
    tree: ast.AST | None = None
    frames: tuple[FrameType, ...] = field(default=(), repr=False)

    @property
    def text(self) -> str:
        """The line of the cell, without its indentation."""
        lines = self.code.splitlines()
        return lines[self.line - 1].strip() if self.line and self.line <= len(lines) else ""

    @property
    def said(self) -> str:
        """The error's own words; an error that cannot say them has none."""
        try:
            return str(self.error)
        except Exception:
            return ""

    def source(self, node: ast.AST | None) -> str:
        """Return a node as it was typed, on one line."""
        typed = ast.get_source_segment(self.code, node) if node is not None else None
        return " ".join(line.strip() for line in typed.splitlines()) if typed else ""

    @property
    def piece(self) -> str:
        """What Python was at, as typed; the whole line where that is too long or not known."""
        typed = self.source(self.node)
        return typed if 0 < len(typed) <= MOST_TEXT else cut(self.text)

    def explained(
        self, cause: T, repair: T, piece: str | None = None, *, general: bool = False
    ) -> Explanation:
        """Return words for this failure, with its line and the piece that Python was at."""
        piece = self.piece if piece is None else piece
        return Explanation(cause, repair, self.line, piece, general=general)

    def statement(self) -> ast.stmt | None:
        """Return the statement of the cell that stopped, the innermost one."""
        inside = [
            node
            for node in ast.walk(self.tree or ast.Module([], []))
            if isinstance(node, ast.stmt) and self.line and node.lineno <= self.line <= (node.end_lineno or 0)
        ]
        return inside[-1] if inside else None

    def around(self, node: ast.AST | None) -> Iterator[ast.AST]:
        """Yield what a node stands in, from the inside outwards."""
        parents = {
            child: one
            for one in ast.walk(self.tree or ast.Module([], []))
            for child in ast.iter_child_nodes(one)
        }
        while node in parents:
            node = parents[node]
            yield node

    def value(self, node: ast.AST | None) -> Any:
        """Return what a piece of the cell is worth where that can be looked up; nothing is run. `UNKNOWN` otherwise."""
        return look(node, self.names)

    @property
    def inner(self) -> tuple[FrameType, ...]:
        """The frames within functions; the cell's own names are no part of what went wrong."""
        return tuple(frame for frame in self.frames if frame.f_code.co_name != "<module>")

    def holders(self, kind: type | tuple[type, ...]) -> Iterator[Any]:
        """Yield what the frames hold of a kind, the innermost first."""
        for frame in reversed(self.inner):
            for found in list(frame.f_locals.values()):
                if isinstance(found, kind):
                    yield found


class _Unknown:
    """No value is known."""


UNKNOWN: Any = _Unknown()


def look(node: ast.AST | None, names: Mapping[str, Any]) -> Any:
    """Return the value of a name, a constant, an attribute or a column, without running anything of the learner's."""
    import pandas as pd

    if isinstance(node, ast.Constant):
        return node.value
    if isinstance(node, ast.Name):
        return names.get(node.id, getattr(sys.modules["builtins"], node.id, UNKNOWN))
    if isinstance(node, ast.Attribute):
        owner = look(node.value, names)
        plain = (pd.DataFrame, pd.Series, pd.Index, ModuleType, str, list, dict)
        if isinstance(owner, plain) or type(owner).__module__.startswith("custseg_helpers"):
            return getattr(owner, node.attr, UNKNOWN)
    if isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Constant):
        owner = look(node.value, names)
        if isinstance(owner, (pd.DataFrame, pd.Series, dict, list)):
            try:
                return owner[node.slice.value]  # type: ignore[index]
            except (KeyError, IndexError, TypeError):
                return UNKNOWN
    return UNKNOWN


def takes(function: Any) -> list[str]:
    """Return the names of what a function takes; none where that cannot be known.

    >>> takes(failure)
    ['error', 'code', 'names', 'file']
    """
    if function is UNKNOWN or not callable(function):
        return []
    try:
        given = inspect.signature(function).parameters.values()
    except (TypeError, ValueError):
        return []
    return [one.name for one in given if one.kind not in (one.VAR_POSITIONAL, one.VAR_KEYWORD)]


def failure(error: BaseException, code: str, names: Mapping[str, Any], file: str | None = None) -> Failure:
    """Read an error that stopped a cell.

    Args:
        error: the error, with its traceback.
        code: what was typed.
        names: the names of the notebook.
        file: what tracebacks call the cell; without it, the cell is the outermost code of the notebook.
    """
    if (isinstance(error, SyntaxError) and error.__traceback__ is None) or _unreadable(error, code):
        return Failure(error, code, names, line=getattr(error, "lineno", None))
    places = [(one.tb_frame, one) for one in _steps(error.__traceback__)]
    own = [place for place in places if place[0].f_globals.get("__name__") == "__main__"]
    file = file or (own[0][0].f_code.co_filename if own else None)
    mine = [place for place in own if place[0].f_code.co_filename == file]
    frames = tuple(frame for frame, _ in places)
    if not mine:
        return Failure(error, code, names, frames=frames)
    frame, step = mine[-1]
    run = "".join(linecache.getlines(frame.f_code.co_filename)) or code
    code = code if len(code.splitlines()) == len(run.splitlines()) else run
    tree = _tree(run) or _tree(code)
    local = {**names, **frame.f_globals, **frame.f_locals}
    return Failure(error, code, local, step.tb_lineno, _node(tree, step), tree, frames)


def _unreadable(error: BaseException, code: str) -> bool:
    """Tell whether the cell itself could not be read; a syntax error may also come from `eval` and `query`."""
    return isinstance(error, SyntaxError) and _tree(code) is None


def _tree(code: str) -> ast.Module | None:
    from custseg_helpers.files.cells import parsed

    try:
        return parsed(code)
    except (SyntaxError, ValueError, RecursionError):
        return None


def _steps(step: TracebackType | None) -> Iterator[TracebackType]:
    while step is not None:
        yield step
        step = step.tb_next


def _node(tree: ast.AST | None, step: TracebackType) -> ast.AST | None:
    """Return the node that the instruction belongs to, by its exact place."""
    positions = list(step.tb_frame.f_code.co_positions())[step.tb_lasti // 2]
    if tree is None or None in positions:
        return None
    line, last_line, column, last_column = positions
    wanted = (line, column, last_line, last_column)
    found = [
        node
        for node in ast.walk(tree)
        if isinstance(node, (ast.expr, ast.stmt))
        and (node.lineno, node.col_offset, node.end_lineno, node.end_col_offset) == wanted
    ]
    return found[-1] if found else None

"""What the kernel remembers of its cells: which names come from which cell, and which are left over from before it failed."""

import ast
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from custseg_helpers.stopped.notebook import answers, bound, made


@dataclass
class Memory:
    """The cells of a kernel: the one that runs, the one each name comes from, and the names that a failed one left stale."""

    running: str = ""
    names: Mapping[str, Any] = field(default_factory=dict)
    """The names of the notebook."""
    makers: dict[str, str] = field(default_factory=dict)
    stale: dict[str, str] = field(default_factory=dict)
    """Names that a cell was to make when it stopped, with the piece at which it stopped."""

    def begins(self, code: str) -> None:
        """Note the cell that runs now."""
        self.running = code

    def ends(self, code: str, error: BaseException | None, line: int | None = None) -> None:
        r"""Note how a cell ended; what it did before the line where it stopped is fresh.

        >>> memory = Memory()
        >>> memory.ends("a = 1\nb = 1 / 0", ZeroDivisionError(), 2)
        >>> list(memory.stale), sorted(memory.makers)
        (['b'], ['a', 'b'])
        >>> memory.ends("b = 1", None)
        >>> list(memory.stale)
        []
        """
        late = bound(code) if error is not None else frozenset()
        if error is not None and line:
            late = frozenset(
                name
                for statement in _statements(code)
                if (statement.end_lineno or 0) >= line
                for name in made(statement)
            )
        for name in bound(code):
            self.makers[name] = code
            self.stale.pop(name, None)
        for name in late:
            self.stale[name] = code

    def rewritten(self, code: str) -> None:
        """Note that the cell which has just run stands otherwise on the page."""
        self.makers |= dict.fromkeys(bound(code), code)

    def handed_in(self, identity: str) -> tuple[str, frozenset[str]]:
        """Return what the running cell hands to `check(identity, …)`: as typed, and the names in it."""
        from custseg_helpers.files.cells import parsed

        try:
            tree = parsed(self.running)
        except (SyntaxError, ValueError):
            return "", frozenset()
        for node in ast.walk(tree):
            named = (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Name)
                and node.func.id == "check"
                and len(node.args) > 1
            )
            if named and isinstance(node.args[0], ast.Constant) and node.args[0].value == identity:  # type: ignore[attr-defined]
                answer = node.args[1]  # type: ignore[attr-defined]
                names = {one.id for one in ast.walk(answer) if isinstance(one, ast.Name)}
                return ast.get_source_segment(self.running, answer) or "", frozenset(names)
        return "", frozenset()

    def cells_of(self, names: frozenset[str]) -> list[str]:
        """Return the cells that names come from, each once."""
        return list(dict.fromkeys(self.makers[name] for name in sorted(names) if name in self.makers))


def _statements(code: str) -> list[ast.stmt]:
    from custseg_helpers.files.cells import parsed

    try:
        return parsed(code).body
    except (SyntaxError, ValueError):
        return []


MEMORY = Memory()
"""The memory of this kernel."""


def remember(shell: Any) -> None:
    """Have a shell tell the memory of its cells."""
    MEMORY.names = shell.user_ns

    def before(info: Any) -> None:
        MEMORY.begins(info.raw_cell)

    def after(result: Any) -> None:
        error = result.error_before_exec or result.error_in_exec
        code = result.info.raw_cell
        MEMORY.ends(code, error, _line(error) if result.error_in_exec else None)
        if error is not None:
            # An answer that never came about is to do: its check() runs and offers help, not a second error.
            for name in answers(code) - shell.user_ns.keys():
                shell.user_ns[name] = ...

    shell.events.register("pre_run_cell", before)
    shell.events.register("post_run_cell", after)


def _line(error: BaseException) -> int | None:
    """Return the line of the cell where it stopped: that of the outermost code of the notebook."""
    step = error.__traceback__
    while step is not None:
        if step.tb_frame.f_globals.get("__name__") == "__main__":
            return step.tb_lineno
        step = step.tb_next
    return None

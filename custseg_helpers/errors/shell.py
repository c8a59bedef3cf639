"""Errors in words in a notebook's kernel: what IPython shows where a cell fails.

The output stays one of type `error`, with the error's own name and value, so that everything that runs notebooks sees
it; only its lines are ours. The original stands below it, folded.
"""

import sys
import warnings
from html import escape
from types import TracebackType
from typing import Any

from custseg_helpers.errors.held_back import Guard, held_back
from custseg_helpers.errors.noted import show_notes
from custseg_helpers.errors.warned import explain_warnings
from custseg_helpers.looks.notebook import notebook_shell
from custseg_helpers.stopped.memory import remember

FROM_THE_START = """c = get_config()
c.InteractiveShellApp.extensions.append("custseg_helpers.errors.shell")
"""
"""A configuration of IPython by which a kernel explains errors before anything of the course is imported."""
MARK = "_custseg_errors_in_words"


def start(shell: Any) -> None:
    """Have a shell explain the errors of its cells; a second time changes nothing."""
    if getattr(shell, MARK, False):
        return
    setattr(shell, MARK, True)
    plain = shell._showtraceback

    def show(kind: Any, error: Any, lines: list[str]) -> None:
        said = _said(shell, error)
        plain(kind, error, said or lines)
        if (
            said and not hasattr(error, "_render_traceback_") and not held_back(error)
        ):  # these have no more to say
            _show_original(shell, kind, error)

    def bypassing(
        shell: Any, kind: type, error: BaseException, place: TracebackType, tb_offset: int | None = None
    ) -> list[str]:
        show(kind, error, [f"{kind.__name__}: {error}"])
        return []

    shell._showtraceback = show
    shell.set_custom_exc(_bypassing(), bypassing)
    shell.ast_transformers.append(Guard(shell.user_ns))
    # Such a cell is held back and explained; IPython compiles it once before.
    warnings.filterwarnings("ignore", '"is( not)?" with ', SyntaxWarning)
    remember(shell)
    explain_warnings(shell)
    show_notes(shell)


def load_ipython_extension(shell: Any) -> None:
    """Let IPython load this by name, before anything of the course is imported."""
    start(shell)


def start_here() -> None:
    """Explain errors where this runs in a notebook; elsewhere do nothing."""
    shell = notebook_shell()
    if shell is not None:
        start(shell)


def _bypassing() -> tuple[type[BaseException], ...]:
    """Return the errors that IPython shows in a way of its own."""
    return (sys.modules["IPython"].core.error.UsageError, BaseExceptionGroup)


def _said(shell: Any, error: BaseException) -> list[str]:
    """Return an error in words; nothing where that fails, so that the original is shown.

    What a grader's check raises says itself all there is to say.
    """
    if isinstance(error, AssertionError) and hasattr(error, "_render_traceback_"):
        return [str(error)]
    try:
        from custseg_helpers.errors.explain import explain

        return str(explain(error, _cell(shell), shell.user_ns).text).splitlines()
    except Exception:
        return []


def _cell(shell: Any) -> str:
    """Return the text of the cell that runs, as it was typed."""
    typed = getattr(shell.history_manager, "input_hist_raw", None) if shell.history_manager else None
    return str(typed[-1]) if typed else ""


def _show_original(shell: Any, kind: type, error: BaseException) -> None:
    """Show what Python itself says, folded."""
    import traceback

    from custseg_helpers.words.text import T

    try:
        said = "".join(traceback.format_exception(kind, error, error.__traceback__))
        short = "".join(traceback.format_exception_only(kind, error)).strip().splitlines()[-1]
        title = T(zh="Python 的原话（英文）", en="Python's own words")
        page = f"<details><summary>{title}</summary><pre>{escape(said)}</pre></details>"
        shell.display_pub.publish(data={"text/plain": f"({title}: {short})", "text/html": page})
    except Exception:
        return

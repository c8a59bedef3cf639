"""The inside of the sandbox: run a workbook's cells one after another and hand out the answers, judged by nobody yet.

Reads one JSON object from standard input (`steps`, `limits`, `setup`) and writes JSON lines to standard output; what
the cells print goes to standard error. A cell that fails does not stop the next one.
"""

import json
import os
import signal
import sys
import types
from typing import Any

from custseg_helpers.files.cells import run_cell

QUIET = ("check", "hint", "solution", "progress", "quiz")
"""What a workbook asks of the course; while it is graded, nobody answers."""
LONGEST_MESSAGE = 500


class CellTimeout(BaseException):
    """The cell took too long. No `Exception`, so that `except Exception` in a loop does not hold it up."""


def main() -> None:
    """Do one workbook."""
    job = json.load(sys.stdin)
    out = os.fdopen(os.dup(1), "w", encoding="ascii", closefd=True)
    os.dup2(2, 1)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    confine(**job["limits"])

    def tell(**entry: Any) -> None:
        out.write(json.dumps(entry) + "\n")
        out.flush()

    names, own = prepare(job["setup"]), os.getpid()
    for number, step in enumerate(job["steps"]):
        tell(step=number)
        error = run_check(step, names, tell) if step["check"] else run(step["code"], names, job["cell"])
        if os.getpid() != own:
            os._exit(0)
        if error:
            tell(failed=number, message=error[:LONGEST_MESSAGE])
    tell(finished=True)
    out.close()
    os._exit(0)


def confine(user: int | None, memory: int, processes: int, file_size: int, seconds: int) -> None:
    """Give up what rights there are, for good, and set the limits that the system itself keeps."""
    try:
        import resource
    except ImportError:
        return
    if user is not None:
        os.setgroups([])
        os.setresgid(user, user, user)
        os.setresuid(user, user, user)
    limits = {
        resource.RLIMIT_DATA: memory,
        resource.RLIMIT_FSIZE: file_size,
        resource.RLIMIT_NOFILE: 256,
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_CPU: seconds,
    }
    if processes:
        limits[resource.RLIMIT_NPROC] = processes
    for kind, most in limits.items():
        hard = resource.getrlimit(kind)[1]
        most = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(kind, (most, most))


def prepare(setup: dict[str, Any]) -> dict[str, Any]:
    """Return the names a workbook starts with: a quiet `display` and `get_ipython`, and a course that gives no marks."""
    import custseg_helpers
    from custseg_helpers.company.company import SAMPLES
    from custseg_helpers.learn import check
    from custseg_helpers.learn import help as helping
    from custseg_helpers.mapping import load as loading

    def silent(*_: Any, **__: Any) -> None:
        return None

    for name in QUIET:
        setattr(custseg_helpers, name, silent)
        for module in (check, helping):
            if hasattr(module, name):
                setattr(module, name, silent)
    usual = loading.load

    def load(name: Any = None, seed: int | None = None) -> Any:
        return usual(name, setup["seed"] if seed is None and name in SAMPLES else seed)

    loading.load = custseg_helpers.load = load
    module = types.ModuleType("__main__")
    sys.modules["__main__"] = module
    module.__dict__.update(display=silent, get_ipython=_Notebook)
    return module.__dict__


class _Notebook:
    """Stands in for IPython: every magic is nothing."""

    def __getattr__(self, name: str) -> Any:
        return lambda *_, **__: None


def run(code: str, names: dict[str, Any], seconds: float) -> str | None:
    """Run one cell; return what went wrong, if anything did."""
    if hasattr(signal, "SIGALRM"):
        signal.signal(signal.SIGALRM, _too_long)
        signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        run_cell(code, names, "workbook")
    except CellTimeout:
        return f"TimeoutError: {seconds:.0f} s"
    except BaseException as error:
        return _words(error)
    finally:
        if hasattr(signal, "SIGALRM"):
            signal.setitimer(signal.ITIMER_REAL, 0)
        if plots := sys.modules.get("matplotlib.pyplot"):
            plots.close("all")
    return None


def run_check(step: dict[str, Any], names: dict[str, Any], tell: Any) -> str | None:
    """Run a check of the course: the answer is written down, whatever the learner has made of the name `check`."""
    from custseg_helpers.company.in_play import last_loaded
    from custseg_helpers.grading.answers import encode

    def check(_: str, answer: Any = ..., **__: Any) -> None:
        last = last_loaded()
        played = last.name if last else ""
        tell(exercise=step["exercise"], answer=encode(answer), company=played)

    return run(step["code"], names | {"check": check}, 30)


def _words(error: BaseException) -> str:
    try:
        said = str(error)
    except BaseException:
        said = ""
    return f"{type(error).__name__}: {said}" if said else type(error).__name__


def _too_long(*_: Any) -> None:
    raise CellTimeout


if __name__ == "__main__":
    main()

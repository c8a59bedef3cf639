"""A workbook's answer by pointing: what is built is checked, and written into the exercise's own cell."""

import ast
import re
import unicodedata
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from custseg_helpers.builder.recipe import Ran
from custseg_helpers.builder.show import Used, table_builder
from custseg_helpers.explore.still import Shown
from custseg_helpers.files.cells import BLANK
from custseg_helpers.learn.feedback import Feedback
from custseg_helpers.learn.lessons import beginning
from custseg_helpers.looks.notebook import notebook_shell
from custseg_helpers.stopped.next_run import at_next_run
from custseg_helpers.words.text import T

WRITTEN = T(
    zh="再运行一次这道题的单元格（`{name} = …` 那一格，或写着 `build` 的那一格），代码就写进去了。",
    en="Run the exercise's cell once more (the one with `{name} = …`, or with `build`), and the code is written into it.",
)
UNREAD = T(
    zh="你原来写的，Python 读不懂，所以前面加了 #，不会运行：",
    en="What you had written; Python could not read it, so it now stands behind a # and is not run:",
)
Judged = Callable[[str, Any], Feedback]
"""`check()`, which is handed over because it shows the builder itself."""


def opened(identity: str, judged: Judged) -> Shown:
    """Return the table builder of an exercise, or with no identity one for nothing in particular."""
    begin = beginning(identity) if identity else {}
    result = begin.get("result", "result")
    return table_builder(_names, _keeper(identity, judged), opens=begin.get("opens", ""), result=result)


def written(cell: str, identity: str, result: str, code: str) -> str | None:
    r"""Return a cell's text with what was built in it, or `None` where it does not belong there.

    It belongs where `build("…")` was called, where the result was left open, `result = ...` or a blank, and where an
    earlier attempt made it. What the cell does before that stays. An attempt that Python cannot read stays as a remark
    above the code, each line behind a `#`.

    >>> print(written("facts = 1\nshare = ...", "rfm-share", "share", "share = facts / 2"))
    facts = 1
    share = facts / 2
    >>> written("share = 3", "rfm-share", "share", "share = facts / 2"), written("print(share)", "", "share", "share = 1")
    ('share = facts / 2', None)
    """
    blank = BLANK in cell
    try:
        tree = ast.parse(cell.replace(BLANK, "..."))
    except SyntaxError:
        if blank:
            return code if result in cell else None
        return _below_remark(cell, code) if _tries(cell, identity, result) else None
    lines = cell.splitlines()
    for statement in tree.body:
        own = "\n".join(lines[statement.lineno - 1 : statement.end_lineno])
        if BLANK in own or _is_open(statement, identity, result):
            rest = [] if blank else lines[statement.end_lineno or 0 :]
            if blank and result not in cell:
                return None
            return "\n".join([*lines[: statement.lineno - 1], code, *rest])
    return None


def _tries(cell: str, identity: str, result: str) -> bool:
    """Tell whether a cell that Python cannot read was to make a result, or to build it."""
    signs = unicodedata.normalize("NFKC", cell)
    made = re.search(rf"(?m)^\s*{re.escape(result)}\s*=(?!=)", signs)
    return bool(made or (identity and re.search(rf"""build\(\s*["'“”]{re.escape(identity)}\b""", signs)))


def _below_remark(cell: str, code: str) -> str:
    """Return code below what stood in its cell, every line of it made a remark."""
    kept = [f"# {line}".rstrip() for line in cell.splitlines()]
    return "\n".join([f"# {UNREAD}", *kept, "", code])


def _is_open(statement: ast.stmt, identity: str, result: str) -> bool:
    if isinstance(statement, ast.Assign):
        names = [target.id for target in statement.targets if isinstance(target, ast.Name)]
        return result in names
    call = statement.value if isinstance(statement, ast.Expr) else None
    if not isinstance(call, ast.Call) or not call.args:
        return False
    name = getattr(call.func, "id", getattr(call.func, "attr", ""))
    return name == "build" and isinstance(call.args[0], ast.Constant) and call.args[0].value == identity


def _keeper(identity: str, judged: Judged) -> Used:
    """Return what is done with a result: the notebook gets its names, the exercise its check, the next run its code."""

    def use(ran: Ran) -> str:
        name = next(reversed(ran.names))
        _own_names().update(ran.names)
        at_next_run(identity, partial(written, identity=identity, result=name, code=ran.code))
        said = f"<p>{WRITTEN.format(name=name)}</p>".replace("`", "")
        return (judged(identity, ran.result)._repr_html_() if identity else "") + said

    return use


def _names() -> Mapping[str, Any]:
    return {name: value for name, value in _own_names().items() if name not in ("In", "Out")}


def _own_names() -> dict[str, Any]:
    shell = notebook_shell()
    return shell.user_ns if shell else vars(__import__("__main__"))  # type: ignore[no-any-return]

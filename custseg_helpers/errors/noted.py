"""A note below a cell that ran and surely does not do what is meant: one line, before anybody asks `check()`."""

import ast
import warnings
from collections.abc import Iterator, Mapping
from html import escape
from types import BuiltinMethodType, MethodType
from typing import Any

from custseg_helpers.errors.doubt import Doubt
from custseg_helpers.errors.for_people import comma_at_end, written_so
from custseg_helpers.words.text import T, verbatim

MOST_NOTES = 2
"""More notes below a cell are not read."""


def noted(code: str, names: Mapping[str, Any]) -> Iterator[Doubt]:
    """Yield what a cell that ran surely does not mean; `names` are those after it.

    >>> import pandas as pd
    >>> from custseg_helpers.words.text import use_language
    >>> use_language("en")
    >>> sizes = pd.Series([3, 1])
    >>> print(next(noted("total = sizes.sum", {"sizes": sizes, "total": sizes.sum})).text)
    Line 1, `total = sizes.sum`: `sum` has not been used: its brackets are missing. Write `sizes.sum()`.
    >>> print(next(noted("total : 3", {})).text)
    Line 1, `total : 3`: A colon, `:`, gives `total` no value. Write `total = 3`.
    """
    from custseg_helpers.errors.doubts import never_there
    from custseg_helpers.files.cells import parsed

    try:
        tree = parsed(code)
    except (SyntaxError, ValueError):
        return
    for place, line in enumerate(tree.body):
        last = place == len(tree.body) - 1
        for found in (_no_value(code, line), _not_used(code, names, line), comma_at_end(code, line)):
            if found:
                yield found
        if found := _asked_only(code, names, line, last):
            yield found
    for node in ast.walk(tree):
        yield from never_there(code, names, node)


def _no_value(code: str, line: ast.stmt) -> Doubt | None:
    """`total : 3` names a kind and no value."""
    if not (isinstance(line, ast.AnnAssign) and line.value is None and isinstance(line.target, ast.Name)):
        return None
    right = f"{line.target.id} = {ast.get_source_segment(code, line.annotation)}"
    return written_so(
        code,
        line,
        T(zh="冒号 `:` 没有给 `{name}` 一个值。", en="A colon, `:`, gives `{name}` no value.").format(
            name=line.target.id
        ),
        right,
    )


def _not_used(code: str, names: Mapping[str, Any], line: ast.stmt) -> Doubt | None:
    """`total = column.sum` names the method and does not use it."""
    if not isinstance(line, (ast.Assign, ast.Expr)) or not isinstance(line.value, ast.Attribute):
        return None
    method = line.value
    if isinstance(line, ast.Assign):
        held = names.get(getattr(line.targets[0], "id", ""))
    else:
        from custseg_helpers.stopped.failure import look

        held = look(method, names)
    owner = getattr(held, "__self__", None)
    if not isinstance(held, (MethodType, BuiltinMethodType)) or type(owner).__name__ == "module":
        return None
    return written_so(
        code,
        line,
        T(zh="`{m}` 还没有用上：少了括号。", en="`{m}` has not been used: its brackets are missing.").format(
            m=method.attr
        ),
        f"{ast.get_source_segment(code, method)}()",
    )


def _asked_only(code: str, names: Mapping[str, Any], line: ast.stmt, last: bool) -> Doubt | None:
    """`total == 3` asks and names nothing."""
    asked = line.value if isinstance(line, ast.Expr) else None
    if not (isinstance(asked, ast.Compare) and isinstance(asked.left, ast.Name) and len(asked.ops) == 1):
        return None
    if not isinstance(asked.ops[0], ast.Eq) or (last and names.get(asked.left.id) is not ...):
        return None
    right = f"{asked.left.id} = {ast.get_source_segment(code, asked.comparators[0])}"
    return written_so(
        code,
        line,
        T(zh="`==` 只是比较，`{name}` 没有变。", en="`==` only compares; `{name}` stays as it was.").format(
            name=asked.left.id
        ),
        right,
    )


def show_notes(shell: Any) -> None:
    """Have a shell say below a cell that ran what it surely does not mean."""

    def after(result: Any) -> None:
        if not result.success:
            return
        try:
            with warnings.catch_warnings(action="ignore"):  # it was read once, and warned of then
                found = list(dict.fromkeys(one.text for one in noted(result.info.raw_cell, shell.user_ns)))
        except Exception:  # a note is a help and no condition
            return
        for words in found[:MOST_NOTES]:
            said = str(verbatim("△ ") + words)
            shell.display_pub.publish(data={"text/plain": said, "text/html": f"<div>{escape(said)}</div>"})

    shell.events.register("post_run_cell", after)

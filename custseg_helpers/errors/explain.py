"""An error in words: the first explanation that fits, or the line it came from."""

import ast
import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from custseg_helpers.company.in_play import last_loaded
from custseg_helpers.errors.attributes import no_such_attribute
from custseg_helpers.errors.calls import several_keys, wrong_arguments, wrong_brackets, wrong_value
from custseg_helpers.errors.columns import no_such_column
from custseg_helpers.errors.conditions import joined_conditions, texts_joined
from custseg_helpers.errors.doubts import earlier_slip
from custseg_helpers.errors.failure import Failure, failure
from custseg_helpers.errors.habits import (
    colon_for_equals,
    column_behind,
    method_in_front,
    name_for_text,
    needs_an_argument,
    text_for_column,
    text_for_table,
    whole_table,
    yes_and_no,
)
from custseg_helpers.errors.held_back import held_back, is_for_equals, overwritten
from custseg_helpers.errors.machine import outside
from custseg_helpers.errors.missing import columns_there, no_such_module, no_such_name
from custseg_helpers.errors.notebook import delivered
from custseg_helpers.errors.values import (
    arithmetic,
    lookalike,
    not_used,
    one_value_wanted,
    quotes_too_many,
    text_and_number,
)
from custseg_helpers.mapping.in_lessons import cannot
from custseg_helpers.unreadable.explanation import Explanation
from custseg_helpers.unreadable.near import nearest
from custseg_helpers.unreadable.syntax import unreadable
from custseg_helpers.words.text import T, UserError, verbatim


def not_read(stopped: Failure) -> Explanation | None:
    """Explain a cell that Python cannot read, or a condition in quotes that `query` cannot."""
    if not isinstance(stopped.error, SyntaxError):
        return None
    if stopped.tree is None:
        return unreadable(stopped.code, stopped.names, stopped.line)
    for node in ast.walk(stopped.node or ast.Module([], [])):
        inner = node.args[0] if isinstance(node, ast.Call) and node.args else None
        if isinstance(inner, ast.Constant) and isinstance(inner.value, str):
            found = unreadable(inner.value, {}, 1)
            return stopped.explained(found.cause, found.repair, found.piece)
    return None


WAYS = (
    outside, overwritten, is_for_equals, not_read, colon_for_equals, method_in_front, no_such_name,
    no_such_module, texts_joined, joined_conditions, not_used, text_for_table, text_for_column,
    column_behind, yes_and_no, name_for_text, whole_table, needs_an_argument, several_keys, wrong_brackets,
    wrong_arguments, quotes_too_many, wrong_value, earlier_slip, no_such_column, no_such_attribute,
    text_and_number, one_value_wanted, arithmetic, lookalike,
)  # fmt: skip
"""From the outside inwards, and from what is certain to what is likely."""


def explain(error: BaseException, code: str, names: Mapping[str, Any]) -> Explanation:
    """Say in words why a cell stopped; whatever the error is, where it came from is said.

    >>> from custseg_helpers.words.text import use_language
    >>> use_language("en")
    >>> try:
    ...     compile("len(a", "<cell>", "exec")
    ... except SyntaxError as error:
    ...     print(explain(error, "len(a", {}).text)
    ✗ Line 1 (SyntaxError): `len(a`
    The `(` of this line is never closed: `)` is missing (bracket).
    → Put in `)`, for instance: `len(a)`
    """
    stopped = failure(error, code, names)
    playing = last_loaded()
    theirs = playing is not None and playing.own
    if theirs and not isinstance(error, UserError) and delivered(code):
        found = _not_carried(stopped)
    elif explained := _first_that_fits(stopped):
        found = explained
    elif isinstance(error, UserError):
        return _own_words(stopped)
    else:
        found = _not_carried(stopped) if theirs else _unexplained(stopped)
    return found if held_back(error) else replace(found, kind=type(error).__name__)


def cause_and_repair(error: BaseException, code: str, names: Mapping[str, Any]) -> T | None:
    """Say in words why a line stopped and what to do, without its place; `None` where no explanation fits."""
    found = _first_that_fits(failure(error, code, names))
    return verbatim("\n").join([found.cause, verbatim("→ ") + found.repair]) if found else None


def _first_that_fits(stopped: Failure) -> Explanation | None:
    for way in WAYS:
        try:
            if found := way(stopped):
                return found
        except Exception:  # an explanation that fails explains nothing; the next one may
            continue
    return None


def _not_carried(stopped: Failure) -> Explanation:
    """A step of the course that a team's own data do not carry."""
    return Explanation(cannot(stopped.error), verbatim(""), stopped.line, stopped.piece)


def _own_words(stopped: Failure) -> Explanation:
    """The course's own errors are words already; a name that comes near what was typed is added."""
    cause, _, repair = stopped.said.partition("\n")
    if repair.startswith(
        " "
    ):  # a rule, with a mark where it stops: nothing to do, but a part of what is said
        cause, repair = stopped.said, ""
    there = {*columns_there(stopped.names), *(name for name in stopped.names if not name.startswith("_"))}
    typed = [
        node.value for node in ast.walk(stopped.node or ast.Module([], [])) if isinstance(node, ast.Constant)
    ]
    wrong = next(
        (one for one in typed if isinstance(one, str) and one and one in stopped.said and one not in there),
        None,
    )
    near = nearest(wrong, there) if wrong else []
    if near and near[0] not in stopped.said:
        repair = "\n".join(
            [
                *([repair] if repair else []),
                str(T(zh='是不是 `"{near}"`？', en='Do you mean `"{near}"`?').format(near=near[0])),
            ]
        )
    if other := _table_with(stopped):
        repair = "\n".join([*([repair] if repair else []), str(other)])
    return Explanation(verbatim(cause), verbatim(repair), stopped.line, stopped.piece)


def _table_with(stopped: Failure) -> T | None:
    """Name the notebook's table that has the columns which the one handed over lacks."""
    import pandas as pd

    lacking = set(re.findall(r"[a-z]\w+", stopped.said)) & columns_there(stopped.names)
    handed = {node.id for node in ast.walk(stopped.node or ast.Module([], [])) if isinstance(node, ast.Name)}
    for name, value in stopped.names.items():
        fits = isinstance(value, pd.DataFrame) and lacking <= set(map(str, value.columns))
        if lacking and fits and not name.startswith("_") and name not in handed:
            return T(zh="`{name}` 里有：把它交进去。", en="`{name}` has them: hand that over.").format(
                name=name
            )
    return None


def _unexplained(stopped: Failure) -> Explanation:
    said = (
        f"{type(stopped.error).__name__}: {stopped.said}".strip().splitlines()[0]
        if stopped.said
        else type(stopped.error).__name__
    )
    return Explanation(
        T(zh="这一步没有成功：{said}", en="This step did not work: {said}").format(said=said[:200]),
        T(
            zh="先确认上面各格都运行过（菜单“运行 → 运行选中单元格上方的所有单元格”），再对照课文里的写法；还不行就问老师。",
            en="See that all cells above have been run (Run → Run All Above Selected Cell), then compare with the lesson; then ask.",
        ),
        stopped.line,
        stopped.piece,
    )

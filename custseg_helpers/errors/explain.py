"""An error in words: the first explanation that fits, or the line it came from."""

import ast
import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from custseg_helpers.company.in_play import last_loaded
from custseg_helpers.errors.by_step import by_step, step_pattern
from custseg_helpers.errors.doubts import earlier_slip, number_typed
from custseg_helpers.errors.handed_over import function_wanted, texts_as_dates, wrong_kind
from custseg_helpers.errors.held_back import held_back, is_for_equals, overwritten
from custseg_helpers.errors.machine import outside
from custseg_helpers.errors.unfit import (
    asked_of_a_number,
    column_taken_before,
    condition_in_a_list,
    date_for_people,
    days_of_a_span,
    in_each_others_place,
    not_true,
    number_in_groups,
    one_value_for_many,
    out_of_range,
    texts_measured,
    whole_table_measured,
    within_its_own,
    year_of_dates,
)
from custseg_helpers.mapping.in_lessons import cannot
from custseg_helpers.reasons.attributes import no_such_attribute
from custseg_helpers.reasons.calls import (
    several_keys,
    wrong_arguments,
    wrong_brackets,
    wrong_value,
)
from custseg_helpers.reasons.columns import no_such_column
from custseg_helpers.reasons.conditions import joined_conditions, texts_joined, within_a_list
from custseg_helpers.reasons.habits import (
    colon_for_equals,
    column_behind,
    groups_behind,
    method_in_front,
    name_for_text,
    needs_an_argument,
    table_in_quotes,
    text_for_column,
    text_for_table,
    whole_table,
    yes_and_no,
)
from custseg_helpers.reasons.missing import columns_there, no_such_module, no_such_name
from custseg_helpers.reasons.order import (
    column_twice,
    function_in_front,
    groups_as_a_whole,
    measured_too_early,
    value_for_its_row,
)
from custseg_helpers.reasons.values import (
    arithmetic,
    lookalike,
    not_used,
    one_value_wanted,
    quotes_too_many,
    text_and_number,
)
from custseg_helpers.stopped.failure import Failure, failure
from custseg_helpers.stopped.notebook import delivered
from custseg_helpers.unreadable.explanation import Explanation, cut
from custseg_helpers.unreadable.near import by_label, nearest
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


MOST_SAID = 300
"""Characters of one line of the course's own words that are shown; more is cut."""
WAYS = (
    table_in_quotes, outside, overwritten, is_for_equals, not_read, colon_for_equals, method_in_front,
    no_such_name, no_such_module, texts_joined, within_a_list, column_twice, measured_too_early,
    groups_as_a_whole, value_for_its_row, function_in_front, joined_conditions, condition_in_a_list,
    column_taken_before, days_of_a_span,
    texts_as_dates, function_wanted, not_true, year_of_dates, asked_of_a_number, in_each_others_place,
    date_for_people, whole_table_measured, number_in_groups, one_value_for_many, texts_measured,
    out_of_range, within_its_own, number_typed, not_used, text_for_table, text_for_column, column_behind,
    groups_behind, yes_and_no, name_for_text, whole_table, needs_an_argument, several_keys,
    wrong_brackets, wrong_arguments, quotes_too_many, wrong_kind, wrong_value, earlier_slip,
    no_such_column, no_such_attribute, text_and_number, one_value_wanted, arithmetic, lookalike,
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
    A bracket, `(`, has no `)` that closes it.
    → Put it in: `len(a)`
    """
    stopped = failure(error, code, names)
    playing = last_loaded()
    theirs = playing is not None and playing.own
    if theirs and not isinstance(error, UserError) and delivered(code):
        found = _not_carried(stopped)
    elif explained := _with_its_step(stopped, _first_that_fits(stopped)):
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


def _with_its_step(stopped: Failure, found: Explanation | None) -> Explanation | None:
    """Hold an explanation against the exercise's step: what leads elsewhere, or nowhere, gives way to the step."""
    if found is None and isinstance(stopped.error, UserError):
        return None
    try:
        step = by_step(stopped)
    except Exception:  # the step is a help and no condition
        return found
    if found is None:
        return step.explanation if step else None
    weak = found.general or (step is not None and step.mistyped)
    if step and step.certain and not step.said_by(str(found.text)):
        if weak or step.explanation.line != found.line:
            return step.explanation
        return replace(found, repair=step.explanation.repair)
    if step and step.single and _above(step.explanation, found):
        return replace(found, line=step.explanation.line, piece=step.explanation.piece)
    pattern = step_pattern(stopped, found.line) if found.general else None
    return replace(found, repair=pattern) if pattern else found


def _above(step: Explanation, found: Explanation) -> bool:
    """Tell whether the line that departs from its step stands above the one that stopped."""
    return bool(step.line and found.line and step.line < found.line)


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
    if unknown := re.search("(?:没有“|no column “)(.+?)”", stopped.said):
        near = by_label(unknown[1], sorted(there), exact=True)
    if near and near[0] not in stopped.said:
        repair = "\n".join(
            [
                *([repair] if repair else []),
                str(T(zh='是不是 `"{near}"`？', en='Do you mean `"{near}"`?').format(near=near[0])),
            ]
        )
    if other := None if cause == stopped.said and "\n" in cause else _table_with(stopped):
        repair = "\n".join([*([repair] if repair else []), str(other)])
    said = Explanation(verbatim(_shortened(cause)), verbatim(repair), stopped.line, stopped.piece)
    return _in_its_text(stopped, said)


def _shortened(cause: str) -> str:
    """Return the course's own words without the long rows of numbers that may stand in them."""
    return "\n".join(
        line if len(line) <= MOST_SAID else line[: MOST_SAID - 1] + "…" for line in cause.splitlines()
    )


def _in_its_text(stopped: Failure, said: Explanation) -> Explanation:
    """Show the line of a text in the cell that the course could not read, and what its step has there."""
    rows = stopped.code.splitlines()
    quoted = [row.strip() for row in stopped.said.splitlines() if row.startswith(" ") and row.strip(" ^")]
    place = next((number for one in quoted for number, row in enumerate(rows, 1) if one in row), None)
    if place is None and (counted := re.search(r"(?:line |第 )(\d+)", stopped.said)):
        for text in stopped.holders(str):
            lines = text.splitlines()
            at = int(counted[1])
            wanted = lines[at - 1].strip() if len(lines) > 1 and 0 < at <= len(lines) else ""
            place = place or next((n for n, row in enumerate(rows, 1) if wanted and wanted in row), None)
    try:
        step = by_step(replace(stopped, line=place) if place else stopped)
    except Exception:  # the step is a help and no condition
        step = None
    if place:
        said = replace(said, line=place, piece=cut(rows[place - 1].strip()))
    elif step and step.single and _above(step.explanation, said):
        said = replace(said, line=step.explanation.line, piece=step.explanation.piece)
    if step and step.certain and not step.said_by(stopped.said):
        there = T(zh="", en="")
        if step.explanation.line != said.line:
            there = T(zh="第 {n} 行：", en="Line {n}: ").format(n=step.explanation.line)
        both = [*([said.repair] if said.repair else []), there + step.explanation.cause]
        said = replace(said, repair=verbatim("\n").join(both))
    return said


def _table_with(stopped: Failure) -> T | None:
    """Name the notebook's table that has the columns which the one handed over lacks."""
    import pandas as pd

    lacking = set(re.findall(r"[a-z]\w+", stopped.said)) & columns_there(stopped.names)
    handed = {node.id for node in ast.walk(stopped.node or ast.Module([], [])) if isinstance(node, ast.Name)}
    tables = [stopped.names.get(name) for name in handed]
    if not any(isinstance(one, pd.DataFrame) and not lacking & set(map(str, one.columns)) for one in tables):
        return None
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

"""Steps in the wrong order, or asked of the wrong thing: grouped after it was summed, the column twice, a value for its row."""

import ast
import re
from collections.abc import Iterator
from typing import Any

from custseg_helpers.reasons.habits import MEASURES
from custseg_helpers.stopped.failure import UNKNOWN, Failure
from custseg_helpers.unreadable.explanation import Explanation
from custseg_helpers.words.text import T

BEFORE_A_MEASURE = (
    "groupby",
    "sort_values",
    "head",
    "tail",
    "nlargest",
    "nsmallest",
    "isin",
    "between",
    "merge",
)
"""What is asked of a table or a column, before one number is made of it."""
ROWS_OF = {"max": "idxmax", "min": "idxmin"}


def measured_too_early(failure: Failure) -> Explanation | None:
    """Explain `orders["amount"].sum().groupby("channel")`: the groups come before the sum."""
    if not isinstance(failure.error, AttributeError):
        return None
    for call in _calls(failure):
        late = call.func
        if not (isinstance(late, ast.Attribute) and late.attr in BEFORE_A_MEASURE):
            continue
        measure = late.value
        if not (isinstance(measure, ast.Call) and isinstance(measure.func, ast.Attribute)):
            continue
        if measure.func.attr not in MEASURES:
            continue
        asked = failure.source(call).removeprefix(failure.source(measure))
        end = failure.source(measure).removeprefix(failure.source(measure.func.value))
        column: ast.expr = measure.func.value
        key = ""
        if late.attr in ("groupby", "merge") and isinstance(column, ast.Subscript):
            key = f"[{failure.source(column.slice)}]"
            column = column.value
        right = f"{failure.source(column)}{asked}{key}{end}"
        return failure.explained(
            T(
                zh="`.{measure}()` 以后只剩一个数，`.{late}` 要写在它前面。",
                en="After `.{measure}()` one number is left; `.{late}` comes before it.",
            ).format(measure=measure.func.attr, late=late.attr),
            T(zh="写成 `{right}`。", en="Write `{right}`.").format(right=right),
            failure.source(call),
        )
    return None


def column_twice(failure: Failure) -> Explanation | None:
    """Explain `ids.nunique(ids)`: what is counted stands before the dot, and not in the brackets as well."""
    import pandas as pd

    for call in _calls(failure):
        measure = call.func
        if not (isinstance(measure, ast.Attribute) and measure.attr in MEASURES and len(call.args) == 1):
            continue
        given = call.args[0]
        same = failure.source(given) == failure.source(measure.value)
        if same or isinstance(failure.value(given), (pd.Series, pd.DataFrame)):
            whose = measure.value if same else given
            right = f"{failure.source(whose)}.{measure.attr}()"
            return failure.explained(
                T(
                    zh="要算的列写在点的前面，`{m}` 的括号里空着。",
                    en="The column stands before the dot; the brackets of `{m}` stay empty.",
                ).format(m=measure.attr),
                T(zh="写成 `{right}`。", en="Write `{right}`.").format(right=right),
                failure.source(call),
            )
    return None


def groups_as_a_whole(failure: Failure) -> Explanation | None:
    """Explain `groups.sum()["amount"]`: a whole table is summed, its dates and texts, too."""
    if not re.search(r"does not support operation|agg function failed|Could not convert", failure.said):
        return None
    for call in _calls(failure):
        measure = call.func
        if not (isinstance(measure, ast.Attribute) and measure.attr in MEASURES):
            continue
        groups = failure.value(measure.value)
        grouped = isinstance(measure.value, ast.Call) and "groupby" in failure.source(measure.value.func)
        if not (type(groups).__name__ == "DataFrameGroupBy" or grouped):
            continue
        outer = next(failure.around(call), None)
        taken = isinstance(outer, ast.Subscript) and outer.value is call
        key = failure.source(outer.slice) if isinstance(outer, ast.Subscript) and taken else ""
        near = _meant_column(groups, key)
        owner = failure.source(measure.value)
        return failure.explained(
            T(
                zh="这样会把整张表的每一列都算，里面有日期和文字，算不了。",
                en="This works out every column of the table, and dates and texts among them cannot be.",
            ),
            T(
                zh="先取要算的那一列：`{owner}[{key}].{m}()`。",
                en="Take the column first: `{owner}[{key}].{m}()`.",
            ).format(owner=owner, key=near or "…", m=measure.attr),
            failure.source(outer if taken else call),
        )
    return None


def value_for_its_row(failure: Failure) -> Explanation | None:
    """Explain `.loc[largest]` of a `largest` made by `.max()`: `max` is the value, `idxmax` the row that has it."""
    if not isinstance(failure.error, KeyError):
        return None
    used = {
        one.id for one in ast.walk(failure.statement() or ast.Module([], [])) if isinstance(one, ast.Name)
    }
    for made in _made_before(failure):
        call = made.value
        name = getattr(made.targets[0], "id", "")
        if name not in used or not (isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute)):
            continue
        if call.func.attr in ROWS_OF and failure.names.get(name, UNKNOWN) == failure.error.args[0]:
            typed, method = failure.source(made), ROWS_OF[call.func.attr]
            return Explanation(
                T(
                    zh="`.{m}()` 给出最{end}的那个数，不是它在哪一行。",
                    en="`.{m}()` gives the {end} value, not the row that has it.",
                ).format(
                    m=call.func.attr,
                    end=T(zh="大", en="largest") if call.func.attr == "max" else T(zh="小", en="smallest"),
                ),
                T(zh="要那一行，写 `{right}`。", en="For the row, write `{right}`.").format(
                    right=typed.replace(f".{call.func.attr}(", f".{method}(")
                ),
                made.lineno,
                typed,
            )
    return None


def function_in_front(failure: Failure) -> Explanation | None:
    """Explain `len.customers`: what a function is used on stands in its brackets."""
    node = failure.node
    if not (isinstance(failure.error, AttributeError) and isinstance(node, ast.Attribute)):
        return None
    function = failure.value(node.value)
    if node.attr not in failure.names or not callable(function):
        return None
    if type(function).__name__ not in ("function", "builtin_function_or_method", "type"):
        return None
    return failure.explained(
        T(
            zh="`{f}` 是一个函数：用在谁身上，就写在括号里。",
            en="`{f}` is a function: what it is used on goes into its brackets.",
        ).format(f=failure.source(node.value)),
        T(zh="写成 `{f}({name})`。", en="Write `{f}({name})`.").format(
            f=failure.source(node.value), name=node.attr
        ),
    )


def not_called(failure: Failure, name: str, method: str) -> Explanation:
    """Explain a name that stands for a method, at the line that makes it where that is in this cell."""
    made = where_made(failure, name)
    cause = T(
        zh="`{a}` 是一个还没用的方法：做它的那一行少了括号 `()`。",
        en="`{a}` is a method that was not used: the line that makes it lacks brackets, `()`.",
    ).format(a=name)
    if made is None or not failure.source(made).endswith(f".{method}"):
        end = T(zh="那一行的末尾写成 `.{m}()`。", en="End that line in `.{m}()`.")
        return failure.explained(cause, end.format(m=method))
    right = f"{failure.source(made)}()"
    repair = T(zh="写成 `{right}`。", en="Write `{right}`.").format(right=right)
    return Explanation(cause, repair, made.lineno, failure.source(made))


def several_in_one(failure: Failure, name: str, method: str, held: Any) -> Explanation | None:
    """Explain a method that is asked of several values in one, as some functions give them."""
    numbers = isinstance(held, tuple) and held and all(isinstance(one, (int, float)) for one in held)
    cause = T(
        zh="`{a}` 是几个值放在一起（一个元组），没有 `.{m}`。",
        en="`{a}` is several values in one (a tuple), which has no `.{m}`.",
    ).format(a=name, m=method)
    if numbers and method in ("sum", "max", "min", "len"):
        right = T(zh="写成 `{m}({a})`。", en="Write `{m}({a})`.").format(m=method, a=name)
        return failure.explained(cause, right)
    made = where_made(failure, name)
    if made is None or not isinstance(made.value, ast.Call):
        return None
    repair = T(zh="只要第一个：`{right}`", en="Take the first of them: `{right}`")
    return Explanation(
        cause, repair.format(right=f"{failure.source(made)}[0]"), made.lineno, failure.source(made)
    )


def where_made(failure: Failure, name: str) -> ast.Assign | None:
    """Return the line of the cell that gave a name its value, above the line that stopped."""
    return next((one for one in _made_before(failure) if getattr(one.targets[0], "id", "") == name), None)


def _made_before(failure: Failure) -> Iterator[ast.Assign]:
    made = [one for one in ast.walk(failure.tree or ast.Module([], [])) if isinstance(one, ast.Assign)]
    for one in reversed(made):
        if failure.line and one.lineno < failure.line:
            yield one


def _meant_column(groups: Any, key: str) -> str:
    from custseg_helpers.unreadable.near import nearest

    table = getattr(groups, "__dict__", {}).get("obj")
    text = key.strip("\"'")
    if table is None or not text or text in table.columns:
        return key
    near = nearest(text, [one for one in table.columns if isinstance(one, str)])
    return f'"{near[0]}"' if near else key


def _calls(failure: Failure) -> Iterator[ast.Call]:
    near = [] if failure.node is None else [failure.node, *failure.around(failure.node)]
    for one in [*near, *ast.walk(failure.statement() or ast.Module([], []))]:
        if isinstance(one, ast.Call):
            yield one

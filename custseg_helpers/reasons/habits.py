"""Habits from Excel that pandas takes otherwise: where the column goes, what a whole table is, what `:` and `=` do."""

import ast
import inspect
import re
from collections.abc import Iterator, Mapping
from typing import Any

from custseg_helpers.stopped.failure import UNKNOWN, Failure
from custseg_helpers.stopped.memory import MEMORY
from custseg_helpers.unreadable.elsewhere import measured_where
from custseg_helpers.unreadable.explanation import Explanation
from custseg_helpers.words.text import T

MEASURES = ("sum", "mean", "max", "min", "median", "std", "count", "nunique", "size", "cumsum", "unique")
"""Methods that work something out of a column: the column stands before them."""


def column_behind(failure: Failure) -> Explanation | None:
    """Explain `groups.count("order_id")`, where `groups["order_id"].count()` is meant."""
    for call in _calls(failure):
        first = call.args[0] if call.args else None
        if not (
            isinstance(call.func, ast.Attribute)
            and call.func.attr in MEASURES
            and isinstance(first, ast.Constant)
        ):
            continue
        owner = failure.value(call.func.value)
        rule = re.fullmatch(r"\s*(<>|[<>=!]=|[<>=])\s*(-?[\d.]+)\s*", str(first.value))
        if rule and type(owner).__name__ in ("Series", "_Unknown"):
            right = measured_where(failure.source(call.func.value), call.func.attr, rule[1], rule[2])
            return failure.explained(
                T(
                    zh="条件不加引号，也不写在 `.{m}` 的括号里：先逐行问，再算。",
                    en="A condition has no quotes and does not go into the brackets of `.{m}`: each row is asked first.",
                ).format(m=call.func.attr),
                T(zh="写成 `{right}`。", en="Write `{right}`.").format(right=right),
                failure.source(call),
            )
        if isinstance(first.value, str) and type(owner).__name__ == "Series" and (owner == first.value).any():
            right = f"({failure.source(call.func.value)} == {failure.source(first)}).sum()"
            return failure.explained(
                T(
                    zh="`{a}` 是这一列里的一个值；数它有几个，先逐行问是不是它。",
                    en="`{a}` is a value of the column; to count it, ask each row first whether it is that.",
                ).format(a=failure.source(first)),
                T(zh="写成 `{right}`。", en="Write `{right}`.").format(right=right),
                failure.source(call),
            )
        if isinstance(first.value, str):
            name, column = call.func.attr, failure.source(first)
            right = f"{failure.source(call.func.value)}[{column}].{name}()"
            return failure.explained(
                T(
                    zh="`{name}` 的括号里不写列名，列写在它前面。",
                    en="No column goes into the brackets of `{name}`: it stands before.",
                ).format(name=name),
                T(zh="写成 `{right}`。", en="Write `{right}`.").format(right=right),
                failure.source(call),
            )
    return None


def groups_behind(failure: Failure) -> Explanation | None:
    """Explain `orders["amount"].sum(groups)`, where `groups["amount"].sum()` is meant."""
    for call in _calls(failure):
        first = call.args[0] if call.args else None
        grouped = type(failure.value(first)).__name__.endswith("GroupBy")
        if not (grouped and isinstance(call.func, ast.Attribute) and call.func.attr in MEASURES):
            continue
        column = call.func.value
        keys = f"[{failure.source(column.slice)}]" if isinstance(column, ast.Subscript) else ""
        right = f"{failure.source(first)}{keys}.{call.func.attr}()"
        return failure.explained(
            T(
                zh="分好的组写在前面，不写在 `{name}` 的括号里。",
                en="The groups come first; they do not go into the brackets of `{name}`.",
            ).format(name=call.func.attr),
            T(zh="写成 `{right}`。", en="Write `{right}`.").format(right=right),
            failure.source(call),
        )
    return None


def text_for_table(failure: Failure) -> Explanation | None:
    """Explain `orders.merge("customers")`: in quotes a name is a text and no table."""
    import pandas as pd

    unread = isinstance(failure.error, FileNotFoundError)
    if not unread and not re.search("Can only merge|cannot concatenate object of type", failure.said):
        return None
    for call in _calls(failure):
        for given in ast.walk(call):
            name = given.value if isinstance(given, ast.Constant) else None
            if not isinstance(name, str):
                continue
            table = (
                name if isinstance(failure.names.get(name), pd.DataFrame) else _table_called(failure, name)
            )
            if table is None:
                continue
            return failure.explained(
                T(
                    zh="`{typed}` 加了引号，只是一段文字；这里要的是表本身。",
                    en="In quotes, `{typed}` is only a text; the table itself is wanted here.",
                ).format(typed=failure.source(given)),
                T(zh="去掉引号：`{right}`。", en="Leave out the quotes: `{right}`.").format(
                    right=failure.source(call).replace(failure.source(given), table)
                ),
                failure.source(call),
            )
    return None


def table_in_quotes(failure: Failure) -> Explanation | None:
    """Explain `order_facts("orders", as_of)`: the text is read as the name of a file."""
    return text_for_table(failure) if isinstance(failure.error, FileNotFoundError) else None


def whole_table(failure: Failure) -> Explanation | None:
    """Explain `total / orders` or `sum(orders)`: a whole table where one column, or how many rows, is meant."""
    import pandas as pd

    node = failure.node
    if not isinstance(failure.error, (TypeError, ValueError)):
        return None
    if isinstance(node, ast.BinOp):
        sides = [node.left, node.right]
    elif isinstance(node, ast.Compare):
        sides = [node.left, *node.comparators]
    elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "sum":
        sides = node.args
    else:
        return None
    tables = [one for one in sides if isinstance(failure.value(one), pd.DataFrame)]
    if len(tables) != 1:
        return None
    owner = failure.source(tables[0])
    if found := _column_not_chosen(failure, tables[0], [one for one in sides if one is not tables[0]]):
        return found
    return failure.explained(
        T(
            zh="`{owner}` 是整张表，里面有文字有数，不能拿来算。",
            en="`{owner}` is a whole table, texts and numbers together; it cannot be counted with.",
        ).format(owner=owner),
        T(
            zh='几行写 `len({owner})`；其中一列写 `{owner}["列名"]`。',
            en='How many rows: `len({owner})`; one of its columns: `{owner}["column"]`.',
        ).format(owner=owner),
    )


def _column_not_chosen(failure: Failure, table: ast.expr, others: list[ast.expr]) -> Explanation | None:
    """Explain `groups.max()` of which one column is meant: the one that goes with what it is counted with, if one does."""
    import pandas as pd

    made = [
        one
        for one in ast.walk(failure.tree or ast.Module([], []))
        if isinstance(one, ast.Assign) and getattr(one.targets[0], "id", "") == getattr(table, "id", None)
    ]
    call = made[-1].value if made else table
    measure = call.func if isinstance(call, ast.Call) else None
    if not (isinstance(measure, ast.Attribute) and measure.attr in MEASURES):
        return None
    groups = measure.value
    if not (
        isinstance(groups, ast.Call)
        and isinstance(groups.func, ast.Attribute)
        and groups.func.attr == "groupby"
    ):
        return None
    dated = any(isinstance(failure.value(one), (pd.Timestamp, pd.Timedelta)) for one in others)
    dates = failure.value(table).select_dtypes("datetime").columns if dated else []
    key = f'"{dates[0]}"' if len(dates) == 1 else "…"
    right = (
        f"{failure.source(groups)}[{key}].{failure.source(call).removeprefix(failure.source(groups) + '.')}"
    )
    if made:
        right = f"{failure.source(table)} = {right}"
    return Explanation(
        T(
            zh="`groupby(…)` 后面没有说要哪一列，`.{m}()` 给出的就是整张表，不能和一个值相算。",
            en="Behind `groupby(…)` no column is named, so `.{m}()` gives a whole table, which cannot be counted with.",
        ).format(m=measure.attr),
        T(zh="先取要算的那一列：`{right}`", en="Take the column first: `{right}`").format(right=right),
        made[-1].lineno if made else failure.line,
        failure.source(made[-1]) if made else failure.piece,
    )


def name_for_text(failure: Failure) -> Explanation | None:
    """Explain `key["file"] == sales`: the column holds the text "sales", and `sales` without quotes is a table."""
    node = failure.node
    if not isinstance(node, ast.Compare):
        return None
    for column, typed in ((node.left, node.comparators[0]), (node.comparators[0], node.left)):
        if _is_text_of(failure.value(column), typed, failure.names):
            return failure.explained(
                NAME_FOR_TEXT.format(name=failure.source(typed)),
                T(zh='写成 `"{name}"`。', en='Write `"{name}"`.').format(name=failure.source(typed)),
                failure.source(node),
            )
    return None


NAME_FOR_TEXT = T(
    zh="没有引号的 `{name}` 是笔记本里叫这个名字的东西，不是文字；要比的是文字，就加引号。",
    en="Without quotes, `{name}` is the thing of that name in the notebook and no text; the text is in quotes.",
)


def _is_text_of(column: Any, typed: ast.expr, names: Mapping[str, Any]) -> bool:
    """Tell whether a name that stands for a thing and no text is spelt like a text of a column."""
    import pandas as pd

    return (
        isinstance(typed, ast.Name)
        and isinstance(column, pd.Series)
        and not isinstance(names.get(typed.id), (str, type(None)))
        and typed.id in column.unique().tolist()
    )


def yes_and_no(failure: Failure) -> Explanation | None:
    """Explain `both / either` of two columns of yes and no."""
    if not isinstance(failure.error, (NotImplementedError, TypeError)) or not re.search(
        r"not implemented for bool|not supported for dtype 'bool|numpy boolean", failure.said
    ):
        return None
    node = failure.node
    if not isinstance(node, ast.BinOp):
        return None
    left, right = failure.source(node.left), failure.source(node.right)
    sign = failure.source(node).removeprefix(left).removesuffix(right).strip()
    return failure.explained(
        T(
            zh="两边都是一列“是 / 否”，先各数出有几个“是”，才能算。",
            en="Both sides are columns of yes and no; count the yes of each first.",
        ),
        T(zh="写成 `{right}`。", en="Write `{right}`.").format(
            right=f"({left}).sum() {sign} ({right}).sum()"
            if not left.isidentifier() or not right.isidentifier()
            else f"{left}.sum() {sign} {right}.sum()"
        ),
        failure.source(node),
    )


def colon_for_equals(failure: Failure) -> Explanation | None:
    """Explain a name that is missing since `total : 3` gives it no value."""
    if not isinstance(failure.error, NameError):
        return None
    for one in ast.walk(failure.tree or ast.Module([], [])):
        declared = isinstance(one, ast.AnnAssign) and one.value is None
        if declared and getattr(one.target, "id", "") == failure.error.name:  # type: ignore[attr-defined]
            right = f"{failure.error.name} = {failure.source(one.annotation)}"  # type: ignore[attr-defined]
            return failure.explained(
                T(
                    zh="`{name}` 没有得到值：第 {n} 行写的是冒号 `:`，不是等号 `=`。",
                    en="`{name}` was given no value: line {n} has a colon, `:`, and no equals sign.",
                ).format(name=failure.error.name, n=one.lineno),  # type: ignore[attr-defined]
                T(zh="第 {n} 行写成 `{right}`。", en="Write line {n} as `{right}`.").format(
                    n=one.lineno,  # type: ignore[attr-defined]
                    right=right,
                ),
            )
    return _colon_above(failure)


def _colon_above(failure: Failure) -> Explanation | None:
    """Explain a name to which the cell that should make it gives no value: `total : 3`."""
    from custseg_helpers.files.cells import parsed

    name = getattr(failure.error, "name", "") or ""
    made = MEMORY.makers.get(name, "")
    for one in parsed(made).body if made and made != failure.code else ():
        if isinstance(one, ast.AnnAssign) and one.value is None and getattr(one.target, "id", "") == name:
            right = f"{name} = {ast.get_source_segment(made, one.annotation)}"
            return failure.explained(
                T(
                    zh="`{name}` 没有得到值：做它的那一格第 {n} 行写的是冒号 `:`，不是等号 `=`。",
                    en="`{name}` was given no value: line {n} of the cell that makes it has a colon, `:`, and no equals sign.",
                ).format(name=name, n=one.lineno),
                T(zh="在那里写成 `{right}`，再运行。", en="Write `{right}` there, and run it again.").format(
                    right=right
                ),
            )
    return None


def method_in_front(failure: Failure) -> Explanation | None:
    """Explain `isna(column)`, where `column.isna()` is meant."""
    import pandas as pd

    if not isinstance(failure.error, NameError) or not failure.error.name:
        return None
    name = failure.error.name
    for call in ast.walk(failure.statement() or ast.Module([], [])):
        if not (
            isinstance(call, ast.Call)
            and isinstance(call.func, ast.Name)
            and call.func.id == name
            and call.args
        ):
            continue
        if name.startswith("_") or not callable(getattr(pd.Series, name, None)):
            return None
        first, *rest = (failure.source(one) for one in [*call.args, *call.keywords])
        if name in ("count", "size") and isinstance(failure.value(call.args[0]), pd.DataFrame):
            return failure.explained(
                T(
                    zh="一张表有几行，不用 `{name}` 问。",
                    en="How many rows a table has is not asked by `{name}`.",
                ).format(name=name),
                T(zh="写成 `len({table})`。", en="Write `len({table})`.").format(table=first),
                failure.source(call),
            )
        return failure.explained(
            T(
                zh="`{name}` 是列的一个动作，用点接在列的后面，不是写在前面。",
                en="`{name}` is something a column does: it follows the column, with a dot.",
            ).format(name=name),
            T(zh="写成 `{right}`。", en="Write `{right}`.").format(
                right=f"{first}.{name}({', '.join(rest)})"
            ),
            failure.source(call),
        )
    return None


def needs_an_argument(failure: Failure) -> Explanation | None:
    """Explain a column that a function of the course gives only if an argument that was left out is handed over."""
    if not isinstance(failure.error, KeyError) or not isinstance(failure.node, ast.Subscript):
        return None
    key = failure.node.slice.value if isinstance(failure.node.slice, ast.Constant) else None
    for call in _made_by(failure, failure.node.value):
        function = failure.value(call.func)
        if not getattr(function, "__module__", "").startswith("custseg_helpers"):
            continue
        taken = list(inspect.signature(function).parameters.values())
        given = {one.name for one in taken[: len(call.args)]} | {one.arg for one in call.keywords}
        left = [one.name for one in taken if one.name not in given and one.default is None]
        described = (inspect.getdoc(function) or "").partition(">>>")[0]
        if not left or not isinstance(key, str) or f"`{key}`" not in described:
            continue
        likely = next((name for name in ("money", *left) if name in failure.names), left[0])
        inner = ", ".join([*(ast.unparse(one) for one in [*call.args, *call.keywords]), likely])
        called = ast.unparse(call.func)
        here = ast.get_source_segment(failure.code, call)
        cause = T(
            zh="`{called}` 里还少一样东西（`{left}`），没有它就算不出 `{key}`。",
            en="`{called}` needs `{left}` as well: without it there is no `{key}`.",
        ).format(called=called, left=left[0], key=key)
        repair = T(zh="写成 `{right}`。", en="Write `{right}`.").format(right=f"{called}({inner})")
        in_cell = here is not None and here == ast.unparse(call)
        return Explanation(
            cause,
            repair,
            call.lineno if in_cell else failure.line,
            here if in_cell and here else failure.piece,
        )
    return None


def text_for_column(failure: Failure) -> Explanation | None:
    """Explain `table.loc["customers" < 30]`: the name of a column is compared, not the column."""
    nodes = [failure.node, *ast.walk(failure.statement() or ast.Module([], []))]
    compared = (one for one in nodes if isinstance(one, ast.Compare) and isinstance(one.left, ast.Constant))
    node = next(compared, None)
    if not isinstance(failure.error, (TypeError, KeyError)) or node is None:
        return None
    name = node.left.value if isinstance(node.left, ast.Constant) else None
    for outer in failure.around(node):
        if not isinstance(outer, ast.Subscript):
            continue
        owner = outer.value.value if isinstance(outer.value, ast.Attribute) else outer.value
        if isinstance(name, str) and name in getattr(failure.value(owner), "columns", ()):
            table, typed = failure.source(owner), failure.source(node.left)
            rest = failure.source(node).removeprefix(typed).strip()
            return failure.explained(
                T(
                    zh="`{typed}` 只是列的名字，不是那一列。",
                    en="`{typed}` is the column's name and not the column.",
                ).format(typed=typed),
                T(zh="前面写上表：`{right}`。", en="Put the table before it: `{right}`.").format(
                    right=f"{table}[{typed}] {rest}"
                ),
            )
    return None


def _calls(failure: Failure) -> Iterator[ast.Call]:
    near = [] if failure.node is None else [failure.node, *failure.around(failure.node)]
    for one in [*near, *ast.walk(failure.statement() or ast.Module([], []))]:
        if isinstance(one, ast.Call):
            yield one


def _table_called(failure: Failure, name: str) -> str | None:
    """Return where a table of this name is among the course's objects: `company.customers`."""
    import pandas as pd

    for owner, value in failure.names.items():
        held: Any = (
            getattr(value, name, UNKNOWN) if name.isidentifier() and not owner.startswith("_") else UNKNOWN
        )
        if type(value).__module__.startswith("custseg_helpers") and isinstance(held, pd.DataFrame):
            return f"{owner}.{name}"
    return None


def _made_by(failure: Failure, owner: ast.AST) -> Iterator[ast.Call]:
    """Yield the calls that a thing comes from: itself, or what its name was given, in this cell or an earlier one."""
    if isinstance(owner, ast.Call):
        yield owner
    if not isinstance(owner, ast.Name):
        return
    from custseg_helpers.files.cells import parsed

    for code in (failure.code, MEMORY.makers.get(owner.id, "")):
        try:
            statements = parsed(code).body
        except SyntaxError:
            continue
        for one in reversed(statements):
            made = isinstance(one, ast.Assign) and any(
                isinstance(target, ast.Name) and target.id == owner.id for target in one.targets
            )
            if made and isinstance(one.value, ast.Call):  # type: ignore[attr-defined]
                yield one.value  # type: ignore[attr-defined]

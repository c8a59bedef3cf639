"""Code that runs and cannot mean what it says: a filter that no row passes, conditions without brackets."""

import ast
import re
from collections.abc import Iterator, Mapping
from typing import Any

from custseg_helpers.errors.doubt import Doubt
from custseg_helpers.errors.for_people import (
    code_in_quotes,
    comma_at_end,
    comma_for_plus,
    numbers_for_people,
    per_cent,
    power,
)
from custseg_helpers.reasons.conditions import unbracketed
from custseg_helpers.stopped.failure import UNKNOWN, Failure, look
from custseg_helpers.unreadable.explanation import Explanation, cut
from custseg_helpers.unreadable.near import coded, nearest
from custseg_helpers.words.glossary import code_of, glossary
from custseg_helpers.words.text import T

MOST_VALUES = 1000
"""A column with more different texts holds names, not codes."""
FEW_VALUES = 12
"""So few can be listed."""


def doubts(code: str, names: Mapping[str, Any]) -> Iterator[Doubt]:
    """Yield what in a cell is most likely a slip although it runs.

    >>> import pandas as pd
    >>> orders = pd.DataFrame({"channel": ["store", "online"]})
    >>> print(next(doubts('orders[orders["channel"] == "门店"]', {"orders": orders})).text.within("en"))
    Line 1, `orders["channel"] == "门店"`: No row of `channel` says `门店`, so nothing is left. In the data it is written `"store"`.
    """
    from custseg_helpers.files.cells import parsed

    try:
        tree = parsed(code)
    except (SyntaxError, ValueError):
        return
    for line in tree.body:
        if comma := comma_at_end(code, line) or comma_for_plus(code, names, line):
            yield comma
    for node in ast.walk(tree):
        yield from numbers_for_people(code, node)
        yield from code_in_quotes(code, names, node)
        yield from per_cent(code, node)
        yield from power(code, names, node)
        yield from _all_rows(code, names, node)
        yield from _empty_compared(code, names, node)
        yield from _name_compared(code, names, node)
        yield from _from_the_second(code, names, node)
        yield from _same_thing(code, names, node)
        yield from _counted_too_early(code, names, node)
        yield from never_there(code, names, node)
        if isinstance(node, ast.Compare):
            found = unbracketed(Failure(ValueError(), code, names, node.lineno, node, tree), node)
            if found:
                yield Doubt(node.lineno, found.piece, found.cause, found.repair)


def never_there(code: str, names: Mapping[str, Any], node: ast.AST) -> Iterator[Doubt]:
    """Find a column that is compared with a text which none of its rows holds."""
    if isinstance(node, ast.Compare) and isinstance(node.ops[0], (ast.Eq, ast.NotEq)):
        for column, value in ((node.left, node.comparators[0]), (node.comparators[0], node.left)):
            yield from _never(code, names, node, column, [value])
    elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "query":
        yield from _in_query(code, names, node)
    elif (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "isin"
        and node.args
    ):
        values = node.args[0].elts if isinstance(node.args[0], (ast.List, ast.Tuple, ast.Set)) else []
        yield from _never(code, names, node, node.func.value, values)


def _in_query(code: str, names: Mapping[str, Any], node: ast.Call) -> Iterator[Doubt]:
    """Find the same within `orders.query("channel == '门店'")`."""
    from dataclasses import replace

    import pandas as pd

    table = look(node.func.value, names)  # type: ignore[attr-defined]
    asked = node.args[0].value if node.args and isinstance(node.args[0], ast.Constant) else None
    if not isinstance(table, pd.DataFrame) or not isinstance(asked, str):
        return
    try:
        inner = ast.parse(asked.strip(), mode="eval")
    except (SyntaxError, ValueError):
        return
    columns = {str(name): table[name] for name in table.columns if isinstance(name, str)}
    for one in ast.walk(inner):
        for found in never_there(asked.strip(), columns, one):
            yield replace(found, line=node.lineno)


def _all_rows(code: str, names: Mapping[str, Any], node: ast.AST) -> Iterator[Doubt]:
    """Find what counts the no with the yes, and a filter that keeps every row."""
    import pandas as pd

    if not isinstance(node, ast.Call):
        return
    typed = ast.get_source_segment(code, node) or ""
    method = node.func.attr if isinstance(node.func, ast.Attribute) else ""
    counted: ast.expr | None = None
    if isinstance(node.func, ast.Name) and node.func.id == "len" and len(node.args) == 1:
        counted = node.args[0]
    elif isinstance(node.func, ast.Attribute) and method == "count" and not node.args:
        counted = node.func.value
    if counted is not None and _is_yes_and_no(counted, names):
        owner = ast.get_source_segment(code, counted) or ""
        yield Doubt(
            node.lineno,
            typed,
            T(
                zh="`{owner}` 每行都有一个“是”或“否”，这样数的是全部的行。",
                en="`{owner}` says yes or no for every row, so this counts all rows.",
            ).format(owner=owner),
            T(
                zh="只数“是”的：`{sum}`；要留下这些行：`{keep}`。",
                en="Count the yes: `{sum}`; to keep their rows: `{keep}`.",
            ).format(
                sum=f"{owner}.sum()" if owner.isidentifier() else f"({owner.strip('()')}).sum()",
                keep=f"{_table_of(counted, code, names)}[{owner}]",
            ),
        )
    elif method in ("where", "filter", "mask") and node.args and isinstance(node.func, ast.Attribute):
        condition = ast.get_source_segment(code, node.args[0]) or ""
        owner = ast.get_source_segment(code, node.func.value) or ""
        if isinstance(look(node.func.value, names), pd.DataFrame) and _is_yes_and_no(node.args[0], names):
            yield Doubt(
                node.lineno,
                typed,
                T(
                    zh="`.{method}` 不去掉行，所以行数没有变。",
                    en="`.{method}` takes no row away, so there are as many as before.",
                ).format(method=method),
                T(zh="筛选写成 `{right}`。", en="To filter, write `{right}`.").format(
                    right=f"{owner}[{condition}]"
                ),
            )


YES_OR_NO = ("isna", "notna", "isnull", "notnull", "isin", "between", "duplicated")
"""Methods that answer yes or no for every row."""


def _is_yes_and_no(node: ast.AST, names: Mapping[str, Any]) -> bool:
    """Tell whether a piece of code gives a column of yes and no."""
    import pandas as pd
    from pandas.api.types import is_bool_dtype

    if isinstance(node, ast.Compare):
        return any(isinstance(look(one, names), pd.Series) for one in [node.left, *node.comparators])
    if isinstance(node, ast.BinOp) and isinstance(node.op, (ast.BitAnd, ast.BitOr)):
        return _is_yes_and_no(node.left, names) or _is_yes_and_no(node.right, names)
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Invert):
        return _is_yes_and_no(node.operand, names)
    if isinstance(node, ast.Call):
        return isinstance(node.func, ast.Attribute) and node.func.attr in YES_OR_NO
    held = look(node, names)
    return isinstance(held, pd.Series) and is_bool_dtype(held)


def _table_of(node: ast.AST, code: str, names: Mapping[str, Any]) -> str:
    """Return the table that a condition asks, where it can be seen, as typed."""
    import pandas as pd

    pieces = [node]
    if isinstance(node, ast.Name):
        pieces = [
            one.value
            for one in ast.walk(ast.parse(code))
            if isinstance(one, ast.Assign)
            and node.id in {getattr(target, "id", "") for target in one.targets}
        ] or pieces
    for one in ast.walk(pieces[-1]):
        if isinstance(one, ast.Subscript) and isinstance(look(one.value, names), pd.DataFrame):
            return ast.get_source_segment(code, one.value) or "…"
    return "…"


def _empty_compared(code: str, names: Mapping[str, Any], node: ast.AST) -> Iterator[Doubt]:
    """Find `column == None` and `column == ""`, which no empty cell answers."""
    import pandas as pd

    if not (isinstance(node, ast.Compare) and isinstance(node.ops[0], (ast.Eq, ast.NotEq))):
        return
    value, column = node.comparators[0], look(node.left, names)
    if not isinstance(column, pd.Series) or not column.isna().any():
        return
    nothing = isinstance(value, ast.Constant) and (value.value is None or value.value == "")
    if nothing or ast.unparse(value) in ("np.nan", "pd.NA", "float('nan')"):
        owner = ast.get_source_segment(code, node.left) or ""
        asks = "isna" if isinstance(node.ops[0], ast.Eq) else "notna"
        yield Doubt(
            node.lineno,
            ast.get_source_segment(code, node) or "",
            T(
                zh="空格子和什么比都答“否”，和空的比也一样。",
                en="An empty cell answers no to every comparison, to one with nothing as well.",
            ),
            T(zh="问是不是空的用 `{right}`。", en="Ask whether it is empty by `{right}`.").format(
                right=f"{owner}.{asks}()"
            ),
        )


def _name_compared(code: str, names: Mapping[str, Any], node: ast.AST) -> Iterator[Doubt]:
    """Find `key["file"] == sales`, where the text "sales" is meant and `sales` is something else."""
    from custseg_helpers.reasons.habits import name_for_text

    if isinstance(node, ast.Compare):
        found = name_for_text(Failure(ValueError(), code, names, node.lineno, node))
        if found:
            yield Doubt(node.lineno, found.piece, found.cause, found.repair)


def _from_the_second(code: str, names: Mapping[str, Any], node: ast.AST) -> Iterator[Doubt]:
    """Find `money[1:300]`, which leaves out the first: rows are counted from 0."""
    import pandas as pd

    if not (isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Slice)):
        return
    lower, upper = node.slice.lower, node.slice.upper
    owner = (
        node.value.value
        if isinstance(node.value, ast.Attribute) and node.value.attr == "iloc"
        else node.value
    )
    if not (isinstance(lower, ast.Constant) and lower.value == 1 and isinstance(upper, ast.Constant)):
        return
    if isinstance(look(owner, names), (pd.Series, pd.DataFrame, list)):
        typed = ast.get_source_segment(code, node) or ""
        yield Doubt(
            node.lineno,
            cut(typed),
            T(
                zh="次序从 0 数起，`1:` 漏掉了第一个。",
                en="Places are counted from 0, so `1:` leaves out the first.",
            ),
            T(zh="前 {n} 个写 `{right}`。", en="The first {n} are `{right}`.").format(
                n=upper.value, right=typed.replace("[1:", "[:")
            ),
        )


def _counted_too_early(code: str, names: Mapping[str, Any], node: ast.AST) -> Iterator[Doubt]:
    """Find `(a == 1).sum() & (b == 2).sum()` and `chance.mean() < 0.8`: each row is to be asked before it is counted."""
    if isinstance(node, ast.BinOp) and isinstance(node.op, (ast.BitAnd, ast.BitOr)):
        sides = [node.left, node.right]
        methods = {_measure_of(one) for one in sides}
        if (
            len(methods) != 1
            or methods & {"", "max", "min"}
            or not all(
                _is_yes_and_no(one.func.value, names)  # type: ignore[attr-defined]
                for one in sides
            )
        ):
            return
        method = methods.pop()
        bare = [_in_brackets(code, one.func.value) for one in sides]  # type: ignore[attr-defined]
        sign = "&" if isinstance(node.op, ast.BitAnd) else "|"
        cause = T(
            zh="`{sign}` 两边各数各的，数完只剩两个数，连不起来。",
            en="Both sides of `{sign}` are counted alone, and two numbers are left that it cannot join.",
        ).format(sign=sign)
        right = f"({bare[0]} {sign} {bare[1]}).{method}()"
    elif isinstance(node, ast.Assign) and isinstance(node.value, ast.Compare) and len(node.value.ops) == 1:
        asked = node.value
        method = _measure_of(asked.left)
        if method not in ("mean", "sum", "count"):
            return
        owner = ast.get_source_segment(code, asked.left.func.value) or ""  # type: ignore[attr-defined]
        rest = (ast.get_source_segment(code, asked) or "").removeprefix(
            ast.get_source_segment(code, asked.left) or ""
        )
        cause = T(
            zh="`.{m}()` 以后只剩一个数，再比就只问了一次。",
            en="After `.{m}()` one number is left, so the comparison is asked once only.",
        ).format(m=method)
        right = f"({owner}{rest}).{'sum' if method == 'count' else method}()"
    else:
        return
    piece = ast.get_source_segment(code, node.value if isinstance(node, ast.Assign) else node) or ""
    repair = T(zh="先逐行问，再算：`{right}`", en="Ask every row first: `{right}`")
    yield Doubt(node.lineno, cut(piece), cause, repair.format(right=right))


def _measure_of(node: ast.AST) -> str:
    method = node.func if isinstance(node, ast.Call) and not node.args else None
    named = isinstance(method, ast.Attribute) and method.attr in ("sum", "mean", "count", "max", "min")
    return method.attr if named and isinstance(method, ast.Attribute) else ""


def _in_brackets(code: str, node: ast.AST) -> str:
    typed = ast.get_source_segment(code, node) or ""
    return f"({typed})" if isinstance(node, ast.Compare) else typed


def _same_thing(code: str, names: Mapping[str, Any], node: ast.AST) -> Iterator[Doubt]:
    """Find `in_use is not adjusted` of two columns: it never looks at their rows."""
    import pandas as pd

    if not (isinstance(node, ast.Compare) and isinstance(node.ops[0], (ast.Is, ast.IsNot))):
        return
    sides = (node.left, node.comparators[0])
    if all(isinstance(look(one, names), (pd.Series, pd.DataFrame, pd.Index)) for one in sides):
        left, right = (ast.get_source_segment(code, one) or "" for one in sides)
        sign = "==" if isinstance(node.ops[0], ast.Is) else "!="
        yield Doubt(
            node.lineno,
            cut(ast.get_source_segment(code, node) or ""),
            T(
                zh="`is` 问是不是同一样东西，不逐行比较。",
                en="`is` asks whether both are one thing; it does not compare row by row.",
            ),
            T(zh="写成 `{right}`。", en="Write `{right}`.").format(right=f"{left} {sign} {right}"),
        )


def _never(
    code: str, names: Mapping[str, Any], node: ast.expr, column: ast.expr, values: list[ast.expr]
) -> Iterator[Doubt]:
    import pandas as pd

    wanted = [
        value.value for value in values if isinstance(value, ast.Constant) and isinstance(value.value, str)
    ]
    held = look(column, names) if wanted else UNKNOWN
    if held is UNKNOWN and isinstance(column, ast.Call):
        yield from _named_as_shown(code, node, wanted)
    if not isinstance(held, (pd.Series, pd.Index)) or not len(held):
        return
    there = [value for value in held.unique().tolist() if isinstance(value, str)]
    for value in wanted if pd.api.types.is_numeric_dtype(held) else ():
        if re.fullmatch(r"-?\d+(\.\d+)?", value):
            yield Doubt(
                node.lineno,
                ast.get_source_segment(code, node) or "",
                T(
                    zh='这一列是数，`"{value}"` 是文字，永远不相等。',
                    en='The column holds numbers, and `"{value}"` is a text: they are never equal.',
                ).format(value=value),
                T(zh="去掉引号：`{value}`。", en="Leave out the quotes: `{value}`.").format(value=value),
            )
    if values and re.search(r"""["']\s+["']""", ast.get_source_segment(code, node) or ""):
        yield Doubt(
            node.lineno,
            cut(ast.get_source_segment(code, node) or ""),
            T(
                zh="两段文字之间少了逗号 `,`，Python 把它们连成了一段。",
                en="A comma, `,`, is missing between two texts; Python joins them to one.",
            ),
            T(zh="每两段之间写逗号：`{right}`", en="Put one between them: `{right}`").format(
                right=re.sub(r"""(["'])\s+(["'])""", r"\1, \2", ast.get_source_segment(code, node) or "")
            ),
        )
        return
    for value in wanted:
        if value in there or not 0 < len(there) <= MOST_VALUES:
            continue
        if not value.startswith("_") and isinstance(names.get(value), str):
            yield Doubt(
                node.lineno,
                ast.get_source_segment(code, node) or "",
                T(
                    zh='`"{value}"` 加了引号，只是一段文字；笔记本里叫这个名字的是另一样东西。',
                    en='In quotes, `"{value}"` is only a text; the thing of that name is another.',
                ).format(value=value),
                T(zh="去掉引号：`{value}`。", en="Leave out the quotes: `{value}`.").format(value=value),
            )
            continue
        if elsewhere := _column_with(value, column, names):
            yield Doubt(
                node.lineno,
                ast.get_source_segment(code, node) or "",
                T(
                    zh='`"{value}"` 不在这一列里，写在另一列 `{other}` 里。',
                    en='`"{value}"` is not in this column: it stands in another one, `{other}`.',
                ).format(value=value, other=elsewhere),
                T(zh="换成那一列：`{right}`。", en="Take that column: `{right}`.").format(
                    right=f'{ast.unparse(column).rpartition("[")[0]}["{elsewhere}"]'
                ),
            )
            continue
        near = nearest(value, there)
        if near or len(there) <= FEW_VALUES:
            name = (
                column.slice.value
                if isinstance(column, ast.Subscript) and isinstance(column.slice, ast.Constant)
                else ast.unparse(column)
            )
            yield Doubt(
                node.lineno,
                ast.get_source_segment(code, node) or "",
                T(zh="`{name}` 里没有一行写着 `{value}`", en="No row of `{name}` says `{value}`").format(
                    name=name, value=value
                )
                + _so(node, wanted, there),
                T(zh='数据里写的是 `"{near}"`。', en='In the data it is written `"{near}"`.').format(
                    near=near[0]
                )
                if near
                else T(zh="数据里有：{there}。", en="In the data there are: {there}.").format(
                    there=coded(f'"{one}"' for one in there)
                ),
            )


def _column_with(value: str, column: ast.expr, names: Mapping[str, Any]) -> str | None:
    """Return the other column of the same table that holds a text, where it is one."""
    import pandas as pd

    table = look(column.value, names) if isinstance(column, ast.Subscript) else UNKNOWN
    if not isinstance(table, pd.DataFrame):
        return None
    texts = table.select_dtypes(exclude=["number", "datetime", "timedelta", "bool"])
    having = [name for name in texts.columns if isinstance(name, str) and (texts[name] == value).any()]
    return having[0] if len(having) == 1 else None


def _so(node: ast.expr, wanted: list[str], there: list[str]) -> T:
    """Say what follows from a text that no row holds: nothing is left, all rows are, or the others of a list."""
    if isinstance(node, ast.Compare) and isinstance(node.ops[0], ast.NotEq):
        return T(zh="，所以每一行都留下。", en=", so every row stays.")
    if any(value in there for value in wanted):
        return T(zh="。", en=".")
    return T(zh="，所以一行也选不到。", en=", so nothing is left.")


def _named_as_shown(code: str, node: ast.expr, wanted: list[str]) -> Iterator[Doubt]:
    """Find a group called as tables show it, compared with what a function makes: `rfm.segments8(scores) == "重要保持客户"`."""
    for value in wanted:
        meant = code_of(value)
        if meant != value and value not in glossary():
            yield Doubt(
                node.lineno,
                ast.get_source_segment(code, node) or "",
                T(
                    zh="`{value}` 是表里显示的名称，代码里没有，所以一行也选不到。",
                    en="`{value}` is the name that tables show, not the code, so nothing is left.",
                ).format(value=value),
                T(zh='代码里写 `"{meant}"`。', en='In code it is written `"{meant}"`.').format(meant=meant),
            )


def number_typed(failure: Failure) -> Explanation | None:
    """Explain an error that follows from a number written for people, in this line or one before it."""
    for node in ast.walk(failure.tree or ast.Module([], [])):
        comma = comma_at_end(failure.code, node)
        for found in (
            *([comma] if comma else []),
            *numbers_for_people(failure.code, node),
            *per_cent(failure.code, node),
            *power(failure.code, failure.names, node),
        ):
            if found.line <= (failure.line or 0):
                return Explanation(found.cause, found.repair, found.line, found.piece)
    return None


def earlier_slip(failure: Failure) -> Explanation | None:
    """Explain an error that follows from a filter above which no row passes."""
    if not isinstance(failure.error, (IndexError, ZeroDivisionError, ValueError, KeyError)):
        return None
    found = next(
        (one for one in doubts(failure.code, failure.names) if one.line <= (failure.line or 0)), None
    )
    return Explanation(found.cause, found.repair, found.line, found.piece) if found else None

"""What is asked of values that cannot give it: the mean of texts, a row of a list that is shorter, a condition in a list."""

import ast
import re
from collections.abc import Iterator
from types import MethodType
from typing import Any, TypeVar

from custseg_helpers.reasons.order import where_made
from custseg_helpers.reasons.values import as_numbers
from custseg_helpers.stopped.failure import UNKNOWN, Failure, takes
from custseg_helpers.unreadable.explanation import Explanation
from custseg_helpers.unreadable.near import nearest
from custseg_helpers.words.text import T

Node = TypeVar("Node", bound=ast.AST)
OF_NUMBERS = ("sum", "mean", "median", "std", "var", "quantile", "cumsum")
"""Methods that need numbers."""
AMOUNT = r"\s*[¥￥$€]?\s*-?[\d.]"
"""How a text begins that is an amount."""
FIRST_YEAR, LAST_YEAR = 1900, 2100
WRITE = T(zh="写成 `{right}`。", en="Write `{right}`.")


def condition_in_a_list(failure: Failure) -> Explanation | None:
    """Explain `orders[[orders["amount"] > 5]]`: a condition stands in one pair of brackets."""
    import pandas as pd

    if not isinstance(failure.error, (KeyError, ValueError, IndexError)):
        return None
    for node in _near(failure, ast.Subscript):
        inner = node.slice.elts[0] if isinstance(node.slice, ast.List) and len(node.slice.elts) == 1 else None
        asked = isinstance(inner, (ast.Compare, ast.UnaryOp)) or (
            isinstance(inner, ast.BinOp) and isinstance(inner.op, (ast.BitAnd, ast.BitOr))
        )
        held = failure.value(inner)
        if asked or (isinstance(held, pd.Series) and pd.api.types.is_bool_dtype(held)):
            right = f"{failure.source(node.value)}[{failure.source(inner)}]"
            return failure.explained(
                T(
                    zh="条件只放进一对方括号；两对是取几列用的。",
                    en="A condition stands in one pair of square brackets; two pairs take columns.",
                ),
                WRITE.format(right=right),
                failure.source(node),
            )
    return None


def column_taken_before(failure: Failure) -> Explanation | None:
    """Explain `groups["amount"].sum()["amount"]`: it is one column already."""
    node = failure.node
    if not (isinstance(failure.error, KeyError) and isinstance(node, ast.Subscript)):
        return None
    key = node.slice.value if isinstance(node.slice, ast.Constant) else None
    taken = [
        one
        for one in ast.walk(node.value)
        if isinstance(one, ast.Subscript) and isinstance(one.slice, ast.Constant) and one.slice.value == key
    ]
    if not isinstance(key, str) or not taken:
        return None
    return failure.explained(
        T(
            zh="前面已经取了 `{key}` 这一列，后面不能再取一次。",
            en="The column `{key}` has been taken before; it is one column already.",
        ).format(key=key),
        WRITE.format(right=failure.source(node.value)),
        failure.source(node),
    )


def texts_measured(failure: Failure) -> Explanation | None:
    """Explain `orders["channel"].mean()` and `sum(orders["channel"])`: texts have neither sum nor mean."""
    import pandas as pd

    if not isinstance(failure.error, (TypeError, ValueError)):
        return None
    for call in _near(failure, ast.Call):
        method = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
        if method not in OF_NUMBERS:
            continue
        column = call.func.value if isinstance(call.func, ast.Attribute) else next(iter(call.args), None)
        if not _is_texts(failure, column):
            continue
        held = failure.value(column)
        amounts = isinstance(held, pd.Series) and held.dropna().astype(str).str.match(AMOUNT).all()
        return failure.explained(
            T(
                zh="`{a}` 是一列文字，`{m}` 只能算数。",
                en="`{a}` holds texts, and `{m}` works on numbers only.",
            ).format(a=failure.source(column), m=method),
            as_numbers(failure.source(column), held)
            if amounts
            else T(
                zh="换成一列数；看每种文字有几个用 `.value_counts()`，有几种用 `.nunique()`。",
                en="Take a column of numbers; how often each text stands there is `.value_counts()`, how many there are `.nunique()`.",
            ),
            failure.source(call),
        )
    return None


def out_of_range(failure: Failure) -> Explanation | None:
    """Explain `.quantile(20)`, `.mean(1)` and `.astype("number")`."""
    for call in _near(failure, ast.Call):
        first = call.args[0] if call.args else None
        given = first.value if isinstance(first, ast.Constant) else None
        method = call.func.attr if isinstance(call.func, ast.Attribute) else ""
        owner = failure.source(call.func)
        if "percentiles should all be" in failure.said and isinstance(given, (int, float)):
            return failure.explained(
                T(
                    zh="`{m}` 要的是 0 到 1 之间的一份，不是百分数。",
                    en="`{m}` takes a share from 0 to 1, and no per cent.",
                ).format(m=method),
                WRITE.format(right=f"{owner}({given / 100:g})"),
                failure.source(call),
            )
        if (
            "No axis named" in failure.said
            and method in (*OF_NUMBERS, "max", "min", "count")
            and isinstance(given, (int, float))
        ):
            return failure.explained(
                T(
                    zh="一列的 `.{m}()` 括号里空着。", en="The brackets of a column's `.{m}()` stay empty."
                ).format(m=method),
                WRITE.format(right=f"{owner}()"),
                failure.source(call),
            )
        if "not understood" in failure.said and method == "astype" and isinstance(given, str):
            kind = "str" if given in ("text", "character", "文字", "文本") else "float"
            return failure.explained(
                T(zh="没有叫 `{a}` 的类型。", en="There is no kind called `{a}`.").format(a=given),
                T(
                    zh="数写 `{f}(float)`，文字写 `{f}(str)`：`{right}`",
                    en="Numbers are `{f}(float)`, texts `{f}(str)`: `{right}`",
                ).format(f=".astype", right=f"{owner}({kind})"),
                failure.source(call),
            )
    return None


def not_true(failure: Failure) -> Explanation | None:
    """Explain an `assert` that does not hold."""
    statement = failure.statement()
    if not (isinstance(failure.error, AssertionError) and isinstance(statement, ast.Assert)):
        return None
    sides = [one for one in ast.walk(statement.test) if isinstance(one, ast.Compare)]
    left = failure.source(sides[0].left if sides else statement.test)
    said = T(zh="（{said}）", en=" ({said})").format(said=failure.said) if failure.said else T(zh="", en="")
    return failure.explained(
        T(zh="这一行断言的不成立", en="What this line claims does not hold") + said + T(zh="。", en="."),
        T(zh="单独运行 `{left}`，看看它是多少。", en="Run `{left}` alone, and see what it is.").format(
            left=left
        ),
        failure.source(statement.test),
    )


def year_of_dates(failure: Failure) -> Explanation | None:
    """Explain `orders["order_date"] > 2025`: a date is compared with a year."""
    import pandas as pd

    node = failure.node
    if not (isinstance(failure.error, TypeError) and isinstance(node, ast.Compare) and len(node.ops) == 1):
        return None
    year = node.comparators[0].value if isinstance(node.comparators[0], ast.Constant) else None
    held = failure.value(node.left)
    if not (isinstance(year, int) and FIRST_YEAR <= year <= LAST_YEAR):
        return None
    column = isinstance(held, pd.Series) and pd.api.types.is_datetime64_any_dtype(held)
    if not column and not isinstance(held, pd.Timestamp):
        return None
    left = failure.source(node.left)
    rest = failure.source(node).removeprefix(left)
    return failure.explained(
        T(
            zh="`{left}` 是日期，`{year}` 是一个数：先取出年份再比。",
            en="`{left}` is a date and `{year}` a number: take the year of the date first.",
        ).format(left=left, year=year),
        WRITE.format(right=f"{left}{'.dt' if column else ''}.year{rest}"),
    )


def within_its_own(failure: Failure) -> Explanation | None:
    """Explain a place that a list of the cell does not have, and a key that a dictionary of the cell has not."""
    if not isinstance(failure.error, (IndexError, KeyError)):
        return None
    for node in _near(failure, ast.Subscript):
        held = _written(failure, node.value)
        if isinstance(held, (list, tuple, str)) and isinstance(failure.error, IndexError):
            if not held:
                return None
            return failure.explained(
                T(
                    zh="`{a}` 只有 {n} 个，从 0 数起，最后一个是 `[{last}]`。",
                    en="`{a}` has {n} only; counted from 0, the last is `[{last}]`.",
                ).format(a=failure.source(node.value), n=len(held), last=len(held) - 1),
                T(
                    zh="写一个小一些的数；最后一个也可以写 `[-1]`。",
                    en="Write a smaller number; the last is also `[-1]`.",
                ),
                failure.source(node),
            )
    return None


def asked_of_a_number(failure: Failure) -> Explanation | None:
    """Explain `total.groupby("channel")` and `total.round`, where `total` is one number."""
    import pandas as pd

    node = next(iter(_near(failure, ast.Attribute)), None)
    error = failure.error
    if not isinstance(error, AttributeError) or node is None or node.attr != error.name:
        return None
    held = getattr(error, "obj", None)
    if isinstance(held, bool) or not isinstance(held, (int, float)):
        return None
    owner = failure.source(node.value)
    if node.attr in ("round", "abs"):
        return failure.explained(
            T(
                zh="`{a}` 是一个数，`{m}` 写在它前面。", en="`{a}` is a number; `{m}` stands before it."
            ).format(a=owner, m=node.attr),
            WRITE.format(right=f"{node.attr}({owner})"),
        )
    made = where_made(failure, owner) if isinstance(node.value, ast.Name) else None
    method = made.value.func if made is not None and isinstance(made.value, ast.Call) else None
    if not callable(getattr(pd.DataFrame, node.attr, None)) or not isinstance(method, ast.Attribute):
        return None
    return failure.explained(
        T(
            zh="`{a}` 是一个数：第 {n} 行的 `.{m}()` 已经把整列算成了一个数。",
            en="`{a}` is one number: `.{m}()` in line {n} has made it of the whole column.",
        ).format(a=owner, n=made.lineno, m=method.attr),  # type: ignore[union-attr]
        T(
            zh="`.{asked}` 要写在 `.{m}()` 前面，接在表或列的后面。",
            en="`.{asked}` comes before `.{m}()`, behind the table or the column.",
        ).format(asked=node.attr, m=method.attr),
    )


def days_of_a_span(failure: Failure) -> Explanation | None:
    """Explain `(as_of - orders["order_date"]) > 30`: a length of time is compared with a bare number."""
    import pandas as pd

    node = failure.node
    if not isinstance(failure.error, TypeError) or "timedelta" not in failure.said.lower():
        return None
    if not (isinstance(node, ast.Compare) and len(node.ops) == 1):
        return None
    number = node.comparators[0].value if isinstance(node.comparators[0], ast.Constant) else None
    if not isinstance(number, (int, float)):
        return None
    lines = failure.code.splitlines()
    left = failure.source(node.left)
    bare = f"({left})" if isinstance(node.left, ast.BinOp) else left
    rest = lines[node.lineno - 1].encode()[node.left.end_col_offset or 0 : node.end_col_offset].decode()
    one = isinstance(failure.value(node.left), pd.Timedelta) or "Timedelta'" in failure.said
    return failure.explained(
        T(
            zh="`{left}` 是一段时间，`{number}` 是一个数：先取天数再比。",
            en="`{left}` is a length of time and `{number}` a number: take its days first.",
        ).format(left=left, number=number),
        WRITE.format(right=f"{bare}{'' if one else '.dt'}.days{rest.removeprefix(')')}"),
    )


def in_each_others_place(failure: Failure) -> Explanation | None:
    """Explain `order_facts(as_of, orders)`: two names stand in each other's place."""
    for call in _near(failure, ast.Call):
        taken = takes(failure.value(call.func))
        given = [one.id if isinstance(one, ast.Name) else "" for one in call.args]
        if len(given) > len(taken) or not given:
            continue
        wrong = [place for place, name in enumerate(given) if name in taken and taken[place] != name]
        if len(wrong) < 2:
            continue
        order = sorted(given, key=lambda name: taken.index(name) if name in taken else len(taken))
        if order == given:
            continue
        return failure.explained(
            T(zh="`{a}` 和 `{b}` 放反了。", en="`{a}` and `{b}` stand in each other's place.").format(
                a=given[wrong[0]], b=given[wrong[1]]
            ),
            WRITE.format(right=f"{failure.source(call.func)}({', '.join(order)})"),
            failure.source(call),
        )
    return None


def date_for_people(failure: Failure) -> Explanation | None:
    """Explain `"2026年1月1日"` where a date is wanted."""
    if not re.search("datetime string|time data|parse|date", failure.said):
        return None
    for one in _near(failure, ast.Constant):
        found = (
            re.fullmatch(r"(\d{4})[年.](\d{1,2})[月.](\d{1,2})日?", one.value)
            if isinstance(one.value, str)
            else None
        )
        if found:
            right = f'"{found[1]}-{int(found[2]):02}-{int(found[3]):02}"'
            return failure.explained(
                T(
                    zh="`{a}` 这样写的日期，这里读不出来。", en="A date written as `{a}` is not read here."
                ).format(a=failure.source(one)),
                WRITE.format(right=right),
            )
    return None


def whole_table_measured(failure: Failure) -> Explanation | None:
    """Explain `orders.sum()["amount"]`: every column of a table is summed, its dates and texts, too."""
    import pandas as pd

    if not isinstance(failure.error, (TypeError, ValueError)):
        return None
    for call in _near(failure, ast.Call):
        method = call.func if isinstance(call.func, ast.Attribute) else None
        if method is None or method.attr not in OF_NUMBERS or call.args or call.keywords:
            continue
        if not isinstance(failure.value(method.value), pd.DataFrame):
            continue
        outer = next(failure.around(call), None)
        taken = isinstance(outer, ast.Subscript) and outer.value is call
        key = failure.source(outer.slice) if taken else "…"  # type: ignore[union-attr]
        owner = failure.source(method.value)
        return failure.explained(
            T(
                zh="`{owner}` 是整张表，里面有日期和文字，不能一起算 `.{m}()`。",
                en="`{owner}` is a whole table with dates and texts in it; there is no `.{m}()` of all that.",
            ).format(owner=owner, m=method.attr),
            T(zh="先取要算的那一列：`{right}`", en="Take the column first: `{right}`").format(
                right=f"{owner}[{key}].{method.attr}()"
            ),
            failure.source(outer if taken else call),
        )
    return None


def number_in_groups(failure: Failure) -> Explanation | None:
    """Explain `pd.qcut` and `pd.cut` whose groups cannot be cut, and as many labels as there are no groups."""
    if "Bin edges must be unique" in failure.said:
        return failure.explained(
            T(
                zh="很多行的数一样，分不成这么多等份：有的界线会重合。",
                en="Many rows hold the same number, so it cannot be cut into so many equal parts: some limits fall together.",
            ),
            T(
                zh='少分几份；或者先排名次再分：`….rank(method="first")`。',
                en='Take fewer parts, or cut the ranks: `….rank(method="first")`.',
            ),
        )
    if "Bin labels must be one fewer" in failure.said:
        return failure.explained(
            T(zh="`labels` 的个数和分成的份数不一样。", en="There are not as many `labels` as parts."),
            T(
                zh="分 n 份就写 n 个名称；写界线时，名称比界线少一个。",
                en="n parts take n labels; with limits written out, one label fewer than limits.",
            ),
        )
    if kind := re.search("(\\w+) is not a valid plot kind", failure.said):
        near = nearest(kind[1], ("line", "bar", "barh", "hist", "box", "pie", "scatter", "area"))
        return failure.explained(
            T(zh="没有叫 `{a}` 的图。", en="There is no kind of picture called `{a}`.").format(a=kind[1]),
            T(zh='是不是 `kind="{a}"`？', en='Do you mean `kind="{a}"`?').format(a=near[0])
            if near
            else T(
                zh='常用的：`"bar"`（柱）、`"line"`（折线）、`"hist"`（分布）。',
                en='The usual ones: `"bar"`, `"line"`, `"hist"`.',
            ),
        )
    return None


def one_value_for_many(failure: Failure) -> Explanation | None:
    """Explain `len(5)`, `sum(5)` and `max()`: several values are wanted, and there is one or none."""
    if not isinstance(failure.error, TypeError):
        return None
    for call in _near(failure, ast.Call):
        name = call.func.id if isinstance(call.func, ast.Name) else ""
        if name not in ("len", "sum", "max", "min", "sorted", "list"):
            continue
        if not call.args:
            return failure.explained(
                T(zh="`{f}` 的括号里是空的。", en="The brackets of `{f}` are empty.").format(f=name),
                T(
                    zh="写上要算的：`{f}(列)`；或者写 `列.{f}()`。",
                    en="Put in what it works on, `{f}(column)`, or write `column.{f}()`.",
                ).format(f=name),
                failure.source(call),
            )
        held = failure.value(call.args[0])
        if isinstance(call.args[0], ast.Attribute) and isinstance(held, MethodType):
            typed = failure.source(call.args[0])
            return failure.explained(
                T(
                    zh="`{a}` 后面少了括号，所以还没有算。",
                    en="`{a}` lacks its brackets, so nothing has been computed.",
                ).format(a=typed),
                WRITE.format(right=f"{name}({typed}())"),
                failure.source(call),
            )
        if any(one.arg == "axis" for one in call.keywords) and hasattr(held, name):
            rest = ", ".join(failure.source(one) for one in call.keywords)
            return failure.explained(
                T(
                    zh="`{f}(…)` 没有 `axis`；表自己的 `.{f}` 才有，接在表的后面。",
                    en="`{f}(…)` knows no `axis`; the table's own `.{f}` does, and follows the table.",
                ).format(f=name),
                WRITE.format(right=f"{failure.source(call.args[0])}.{name}({rest})"),
                failure.source(call),
            )
        if len(call.args) == 1 and isinstance(held, (int, float)) and not isinstance(held, bool):
            return failure.explained(
                T(
                    zh="`{a}` 只是一个数；`{f}` 要的是一列、一张表或一个列表。",
                    en="`{a}` is one number; `{f}` wants a column, a table or a list.",
                ).format(a=failure.source(call.args[0]), f=name),
                T(
                    zh="看看 `{a}` 是不是前面已经算成了一个数。",
                    en="See whether a step before has made one number of `{a}`.",
                ).format(a=failure.source(call.args[0])),
                failure.source(call),
            )
    return None


def _is_texts(failure: Failure, column: ast.AST | None) -> bool:
    import pandas as pd
    from pandas.api.types import is_object_dtype, is_string_dtype

    held = failure.value(column)
    if held is UNKNOWN and isinstance(
        column, ast.Subscript
    ):  # of groups: orders.groupby("channel")["rep_id"]
        inner = column.value
        grouped = (
            isinstance(inner, ast.Call)
            and isinstance(inner.func, ast.Attribute)
            and inner.func.attr == "groupby"
        )
        table = failure.value(inner.func.value) if grouped else UNKNOWN  # type: ignore[attr-defined]
        key = column.slice.value if isinstance(column.slice, ast.Constant) else None
        if isinstance(table, pd.DataFrame) and key in table.columns:
            held = table[key]
    if not isinstance(held, pd.Series) or not (is_object_dtype(held) or is_string_dtype(held)):
        return False
    return isinstance(next(iter(held.dropna()), None), str)


def _written(failure: Failure, node: ast.AST) -> Any:
    """Return what a name stands for, or a list that is written out."""
    try:
        return ast.literal_eval(node) if isinstance(node, (ast.List, ast.Tuple)) else failure.value(node)
    except ValueError:
        return UNKNOWN


def _near(failure: Failure, kind: type[Node]) -> Iterator[Node]:
    """Yield the pieces of a kind that Python was at, the nearest first."""
    near = [] if failure.node is None else [failure.node, *failure.around(failure.node)]
    for one in [*near, *ast.walk(failure.statement() or ast.Module([], []))]:
        if isinstance(one, kind):
            yield one

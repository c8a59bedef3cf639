"""More arguments than a function takes: what belongs into one list, what wants its name, columns that lack their table."""

import ast
import inspect
import typing
from collections.abc import Sequence
from typing import Any

from custseg_helpers.stopped.failure import Failure
from custseg_helpers.unreadable.explanation import Explanation
from custseg_helpers.words.text import T


def too_many(failure: Failure, call: ast.Call) -> Explanation | None:
    """Explain a call with more arguments than there are places, by what the function takes."""
    function = failure.value(call.func)
    try:
        taken = [one for one in inspect.signature(function).parameters.values() if one.name != "self"]
        hints = typing.get_type_hints(function)
    except (TypeError, ValueError, NameError):
        return None
    places = [one for one in taken if one.kind is not one.KEYWORD_ONLY]
    named = [one for one in taken if one.kind is one.KEYWORD_ONLY]
    owner = failure.source(call.func)
    typed = [failure.source(one) for one in call.args]
    keywords = [failure.source(one) for one in call.keywords]
    extra = len(call.args) - len(places)

    def said(cause: T, arguments: Sequence[str]) -> Explanation:
        right = f"{owner}({', '.join([*arguments, *keywords])})"
        return failure.explained(
            cause, T(zh="写成 `{right}`。", en="Write `{right}`.").format(right=right), failure.source(call)
        )

    if columns := _columns_of_the_first(failure, call.args, len(places)):
        cause = T(
            zh="`{f}` 要的是一列一列的数据，不是一张表加列名。",
            en="`{f}` takes columns, not a table and the names of its columns.",
        )
        return said(cause.format(f=owner), columns)
    if 0 < extra <= len(named):
        cause = T(
            zh="`{f}` 的 `{key}` 要写出名字。", en="To `{f}`, `{key}` is handed over by its name."
        ).format(f=owner, key=named[0].name)
        last = [f"{one.name}={given}" for one, given in zip(named, typed[len(places) :], strict=False)]
        return said(cause, [*typed[: len(places)], *last])
    texts = [isinstance(one, ast.Constant) and isinstance(one.value, str) for one in call.args]
    first = texts.index(True) if True in texts else len(texts)
    if sum(texts) > 1 and first < len(places) and all(texts[first:]) and _is_list(hints, places[first].name):
        cause = T(
            zh="`{key}` 要的是一个列表，几个名字放进一对方括号。",
            en="`{key}` is one list: the names go into square brackets.",
        ).format(key=places[first].name)
        return said(cause, [*typed[:first], f"[{', '.join(typed[first:])}]"])
    return None


def columns_of_one_table(failure: Failure, call: ast.Call) -> Explanation | None:
    """Explain `cross(tags["price"], tags["region"])`, where the table itself is taken."""
    import pandas as pd

    owners = {
        failure.source(one.value)
        for one in call.args
        if isinstance(one, ast.Subscript) and isinstance(failure.value(one.value), pd.DataFrame)
    }
    if len(owners) != 1 or len(call.args) < 2 or not all(isinstance(one, ast.Subscript) for one in call.args):
        return None
    table = owners.pop()
    keys = ", ".join(failure.source(one.slice) for one in call.args if isinstance(one, ast.Subscript))
    return failure.explained(
        T(
            zh="`{f}` 要的是一张表，这里把它的列分开交了。",
            en="`{f}` takes a table; here its columns are handed over one by one.",
        ).format(f=failure.source(call.func)),
        T(
            zh="写成 `{f}({table})`；只要其中几列：`{f}({table}[[{keys}]])`。",
            en="Write `{f}({table})`; for some of its columns, `{f}({table}[[{keys}]])`.",
        ).format(f=failure.source(call.func), table=table, keys=keys),
        failure.source(call),
    )


def _columns_of_the_first(failure: Failure, given: Sequence[ast.expr], places: int) -> list[str]:
    """Return `table["column"]` for each name behind a table, where a function takes as many columns."""
    import pandas as pd

    table = failure.value(given[0]) if given else None
    names = [one.value if isinstance(one, ast.Constant) else None for one in given[1:]]
    if not isinstance(table, pd.DataFrame) or not names or len(names) > places:
        return []
    if not all(isinstance(one, str) and one in table.columns for one in names):
        return []
    return [f"{failure.source(given[0])}[{failure.source(one)}]" for one in given[1:]]


def _is_list(hints: dict[str, Any], name: str) -> bool:
    hint = hints.get(name)
    origin = typing.get_origin(hint) or hint
    module = getattr(origin, "__module__", "")
    return origin in (list, tuple) or module == "collections.abc"

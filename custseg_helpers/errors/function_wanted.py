"""A text or a column where a function is wanted: `column.map("first")`."""

import ast
import builtins
import re

from custseg_helpers.reasons.attributes import kind_words
from custseg_helpers.stopped.failure import UNKNOWN, Failure
from custseg_helpers.unreadable.explanation import Explanation
from custseg_helpers.words.text import T

APPLYING = ("map", "apply", "agg", "aggregate", "transform", "pipe", "filter")


def function_wanted(failure: Failure) -> Explanation | None:
    """Explain `column.map("first")` and `groups.agg(first)`, where what is handed over is no function."""
    import pandas as pd

    if not re.search("not callable|should be callable|is not a valid function", failure.said):
        return None
    node = failure.node
    if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.args):
        return None
    method, given = node.func.attr, node.args[0]
    held = failure.value(given)
    if method not in APPLYING or held is UNKNOWN or callable(held) or isinstance(held, (list, dict)):
        return None
    owner, typed = failure.source(node.func.value), failure.source(given)
    text = held if isinstance(held, str) else ""
    cause = T(
        zh="`.{m}` 的括号里要一个函数；`{a}` 是{kind}。",
        en="`.{m}` takes a function in its brackets; `{a}` is {kind}.",
    ).format(m=method, a=typed, kind=kind_words(type(held).__name__))
    grouped = "groupby(" in owner or type(failure.value(node.func.value)).__name__.endswith("GroupBy")
    meant = text if text in failure.names or hasattr(builtins, text) else ""
    there = failure.names.get(meant, getattr(builtins, meant, None)) if meant else None
    measure = text or (typed if isinstance(given, ast.Name) else "")
    if grouped and callable(getattr(pd.Series, measure, None)):
        repair = T(zh="写成 `{right}`。", en="Write `{right}`.").format(right=f"{owner}.{measure}()")
    elif meant and (isinstance(there, (pd.Series, dict)) or callable(there)):
        repair = T(zh="去掉引号：`{right}`。", en="Leave out the quotes: `{right}`.").format(
            right=f"{owner}.{method}({meant})"
        )
    elif method == "map":
        repair = T(
            zh="逐个换成别的，交一个对照：`{right}`；取第一个是 `.iloc[0]`。",
            en="To put other values in their place, hand over what becomes what: `{right}`; the first is `.iloc[0]`.",
        ).replace("{right}", owner + '.map({"A": "B"})')
    else:
        repair = T(
            zh="要算的名称加引号，如 `{m}`。", en="What to compute is named in quotes, as in `{m}`."
        ).format(m='.agg("sum")')
    return failure.explained(cause, repair, failure.source(node))

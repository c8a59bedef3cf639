"""Functions that are called in the wrong way: brackets, arguments, their names and their values."""

import ast
import builtins
import re
from types import FunctionType
from typing import Any, get_type_hints

from custseg_helpers.reasons.attributes import kind_words
from custseg_helpers.reasons.order import not_called
from custseg_helpers.reasons.too_many import too_many
from custseg_helpers.stopped.failure import UNKNOWN, Failure, takes
from custseg_helpers.unreadable.explanation import Explanation
from custseg_helpers.unreadable.near import coded, nearest
from custseg_helpers.words.text import T, listed

ALLOWED = {
    "how": ("left", "right", "inner", "outer", "cross"), "axis": ("index", "columns", "0", "1"), "keep": ("first", "last"),
    "join": ("left", "right", "inner", "outer"), "errors": ("raise", "coerce", "ignore"), "normalize": ("True", "False", "index", "columns", "all"),
    "na_position": ("first", "last"), "method": ("average", "min", "max", "first", "dense"), "orient": ("index", "columns"),
    "interpolation": ("linear", "lower", "higher", "midpoint", "nearest"), "validate": ("one_to_one", "one_to_many", "many_to_one"),
}  # fmt: skip
"""Values that pandas takes for arguments which beginners use."""


def wrong_brackets(failure: Failure) -> Explanation | None:
    """Explain round brackets behind what is no function, and square ones behind what is."""
    said = failure.said
    if not isinstance(failure.error, TypeError):
        return None
    if (
        "not callable" in said
        or re.search("Indexer|IndexingMixin", said)
        or "__call__() takes from 1 to 2 positional" in said
    ):
        return _not_callable(failure)
    if re.search("not subscriptable|is not indexable|(tuple|list) indices must be", said):
        return _not_subscriptable(failure)
    return None


def _call(failure: Failure) -> ast.Call | None:
    nodes = [] if failure.node is None else [failure.node, *failure.around(failure.node)]
    found = [node for node in nodes if isinstance(node, ast.Call)]
    return (
        found[0]
        if found
        else next(
            (one for one in ast.walk(failure.statement() or ast.Module([], [])) if isinstance(one, ast.Call)),
            None,
        )
    )


def _left_out(call: ast.Call, known: list[str], missing: list[str]) -> tuple[list[str], int]:
    """Return which arguments are missing, and at which place: of `f(orders, as_of)` it may be one in the middle."""
    for place, given in enumerate(call.args):
        name = given.id if isinstance(given, ast.Name) else ""
        if name in known and known.index(name) == place + len(missing):
            return known[place : place + len(missing)], place
    return missing, len(call.args)


def _not_callable(failure: Failure) -> Explanation | None:
    import pandas as pd

    call = _call(failure)
    if call is None:
        return None
    owner, inner = failure.source(call.func), _arguments(failure, call)
    value = failure.value(call.func)
    piece = failure.source(call)
    if isinstance(call.func, ast.Attribute) and call.func.attr in ("loc", "iloc", "at", "iat"):
        return failure.explained(
            T(
                zh="`.{a}` 后面是方括号，不是圆括号。", en="`.{a}` takes square brackets, not round ones."
            ).format(a=call.func.attr),
            T(zh="写成 `{owner}[{inner}]`。", en="Write `{owner}[{inner}]`.").format(
                owner=owner, inner=inner
            ),
            piece,
        )
    kind = (re.findall(r"'([\w.]+)' object", failure.said) or [""])[0]
    if isinstance(value, FunctionType):  # it was called well, and what it does stopped
        return None
    if kind == "module" and isinstance(value, type(builtins)):
        near = nearest(owner, dir(value)) if owner not in dir(value) else [owner]
        right = f"{owner}.{near[0]}({inner})" if near else f"{owner}.…({inner})"
        return failure.explained(
            T(
                zh="`{owner}` 是一个模块，里面有函数，它自己不能当函数用。",
                en="`{owner}` is a module: it holds functions, and is none itself.",
            ).format(owner=owner),
            T(zh="写成 `{right}`。", en="Write `{right}`.").format(right=right),
            piece,
        )
    if isinstance(call.func, ast.Name) and hasattr(builtins, owner) and owner in failure.names:
        return failure.explained(
            T(
                zh="`{owner}` 本来是 Python 的函数，前面有一格把这个名字给了别的东西。",
                en="`{owner}` is a function of Python's, but a cell has given that name to something else.",
            ).format(owner=owner),
            T(
                zh="运行 `del {owner}`，以后给自己的数据换一个名字。",
                en="Run `del {owner}`, and give your own value another name.",
            ).format(owner=owner),
            piece,
        )
    plain = (int, float, complex) if value is not UNKNOWN else ()
    if isinstance(call.func, (ast.Name, ast.Constant)) and (
        isinstance(value, plain or (type(None),)) or kind in ("int", "float", "float64", "int64")
    ):
        return failure.explained(
            T(
                zh="`{owner}` 是一个数，后面的圆括号会被当成“调用函数”。",
                en="`{owner}` is a number, and round brackets behind it ask for a function.",
            ).format(owner=owner),
            T(
                zh="少了乘号：`{owner} * ({inner})`。", en="The times sign is missing: `{owner} * ({inner})`."
            ).format(owner=owner, inner=inner),
            piece,
        )
    results = (
        "DataFrame",
        "Series",
        "Index",
        "tuple",
        "numpy.ndarray",
        "ndarray",
        "dtype",
        "int",
        "float",
        "str",
    )
    if not inner and isinstance(call.func, ast.Attribute) and kind in results:
        return failure.explained(
            T(
                zh="`{owner}` 已经是结果了，后面不用圆括号。",
                en="`{owner}` is a result already: no round brackets behind it.",
            ).format(owner=f".{call.func.attr}"),
            T(zh="去掉 `()`：`{owner}`", en="Take `()` away: `{owner}`").format(owner=owner),
            piece,
        )
    numeric = isinstance(value, pd.Series) and pd.api.types.is_numeric_dtype(value)
    if numeric and len(call.args) == 1 and isinstance(call.args[0], (ast.BinOp, ast.UnaryOp)):
        return failure.explained(
            T(
                zh="`{owner}` 是一列数，后面的圆括号会被当成“调用函数”。",
                en="`{owner}` is a column of numbers, and round brackets behind it ask for a function.",
            ).format(owner=owner),
            T(
                zh="少了乘号：`{owner} * ({inner})`。", en="The times sign is missing: `{owner} * ({inner})`."
            ).format(owner=owner, inner=inner),
            piece,
        )
    if kind in ("DataFrame", "Series", "dict", "list", "Index", "tuple") or isinstance(
        value, (pd.DataFrame, pd.Series, dict, list, pd.Index)
    ):
        return failure.explained(
            T(
                zh="`{owner}` 是{kind}，从里面取东西用方括号 `[ ]`。",
                en="`{owner}` is {kind}; things are taken out of it with square brackets, `[ ]`.",
            ).format(owner=owner, kind=kind_words(kind)),
            T(zh="写成 `{owner}[{inner}]`。", en="Write `{owner}[{inner}]`.").format(
                owner=owner, inner=inner
            ),
            piece,
        )
    return failure.explained(
        T(
            zh="`{owner}` 是{kind}，不是函数，后面不能接圆括号。",
            en="`{owner}` is {kind}, no function: round brackets cannot follow it.",
        ).format(owner=owner, kind=kind_words(kind)),
        T(
            zh="去掉括号 `()`；或者看看前面是不是少了逗号或运算符号。",
            en="Take the brackets `()` away, or see whether a comma or a sign is missing before them.",
        ),
        piece,
    )


def _not_subscriptable(failure: Failure) -> Explanation | None:
    nodes = [] if failure.node is None else [failure.node, *failure.around(failure.node)]
    node = next((one for one in nodes if isinstance(one, ast.Subscript)), None)
    kind = (re.findall(r"'([\w.]+)' object", failure.said) or [""])[0]
    if node is None:
        return None
    owner, inner = failure.source(node.value), failure.source(node.slice)
    if isinstance(node.value, ast.Name) and kind == "method":
        return not_called(failure, owner, getattr(failure.value(node.value), "__name__", "…"))
    if kind in ("method", "function", "builtin_function_or_method", "type"):
        empty = isinstance(node.slice, ast.Tuple) and not node.slice.elts
        return failure.explained(
            T(
                zh="`{owner}` 要用圆括号 `()` 来用，不是方括号。",
                en="`{owner}` is used with round brackets, `()`, not square ones.",
            ).format(owner=owner),
            T(zh="写成 `{owner}({inner})`。", en="Write `{owner}({inner})`.").format(
                owner=owner, inner="" if empty else inner
            ),
        )
    if kind == "NoneType":
        return failure.explained(
            T(
                zh="`{owner}` 是空的（None）：上一步什么也没有交出来。",
                en="`{owner}` is nothing (None): the step before gave back no value.",
            ).format(owner=owner),
            T(
                zh="`print(…)` 和 `inplace=True` 不交出结果，去掉它们。",
                en="`print(…)` and `inplace=True` give nothing back: leave them out.",
            ),
        )
    if "list indices must be" in failure.said:
        return failure.explained(
            T(
                zh="`{owner}` 是一个列表，方括号里写位置（第几个，从 0 数起），不是名字。",
                en="`{owner}` is a list; its square brackets take a place, a number counted from 0, and no name.",
            ).format(owner=owner),
            T(
                zh="第一个是 `{owner}[0]`；看有没有它：`{inner} in {owner}`。",
                en="The first is `{owner}[0]`; whether it is in there: `{inner} in {owner}`.",
            ).format(owner=owner, inner=inner),
        )
    inside = _tables_within(failure, node.value)
    key = node.slice.value if isinstance(node.slice, ast.Constant) else None
    held = failure.value(node.value)
    if isinstance(key, str) and hasattr(held, key):
        return failure.explained(
            T(
                zh="`{owner}` 里的 `{key}` 用点去取，不用方括号。",
                en="`{key}` is taken out of `{owner}` by a dot, not by square brackets.",
            ).format(owner=owner, key=key),
            T(zh="写成 `{owner}.{key}`。", en="Write `{owner}.{key}`.").format(owner=owner, key=key),
        )
    if holders := [] if key is None else _parts_with(held, key):
        return failure.explained(
            T(
                zh="`{owner}` 是几样结果放在一起，`{key}` 在 `.{part}` 里。",
                en="`{owner}` is several results in one; `{key}` is in its `.{part}`.",
            ).format(owner=owner, key=key, part=holders[0]),
            T(zh="写成 `{owner}.{part}[{inner}]`。", en="Write `{owner}.{part}[{inner}]`.").format(
                owner=owner, part=holders[0], inner=inner
            ),
        )
    inside.sort(key=lambda name: key not in getattr(getattr(held, name, None), "columns", ()))
    if inside:
        return failure.explained(
            T(
                zh="`{owner}` 不是一张表，表在它里面：{tables}。",
                en="`{owner}` is no table; the table is inside it: {tables}.",
            ).format(owner=owner, tables=coded(f".{name}" for name in inside)),
            T(zh="写成 `{owner}.{name}[{inner}]`。", en="Write `{owner}.{name}[{inner}]`.").format(
                owner=owner, name=inside[0], inner=inner
            ),
        )
    return failure.explained(
        T(
            zh="`{owner}` 是{kind}，里面没有可以用方括号取的东西。",
            en="`{owner}` is {kind}; nothing can be taken out of it with square brackets.",
        ).format(owner=owner, kind=kind_words(kind)),
        T(
            zh="看看是不是写错了名字：单独运行 `{owner}`。",
            en="See whether the name is right: run `{owner}` alone.",
        ).format(owner=owner),
    )


def _parts_with(value: Any, key: Any) -> list[str]:
    """Return the parts of a result that have a column, a row or a key of this name."""
    import pandas as pd

    held = getattr(value, "_asdict", lambda: vars(value) if hasattr(value, "__dict__") else {})()
    plain = {name: one for name, one in held.items() if not name.startswith("_")}
    having = [
        name
        for name, one in plain.items()
        if (isinstance(one, pd.DataFrame) and key in one.columns)
        or (isinstance(one, (pd.Series, dict)) and key in one)
    ]
    return having if len(having) == 1 else []


def _tables_within(failure: Failure, node: ast.AST) -> list[str]:
    """Return the parts of a result that are tables, by the value or by what the function says it returns."""
    import pandas as pd

    value = failure.value(node)
    if value is not UNKNOWN:
        held = getattr(value, "_asdict", lambda: vars(value) if hasattr(value, "__dict__") else {})()
        return [name for name, one in held.items() if isinstance(one, pd.DataFrame)]
    function = failure.value(node.func) if isinstance(node, ast.Call) else UNKNOWN
    try:
        parts = get_type_hints(get_type_hints(function)["return"])
    except (TypeError, KeyError, NameError):
        return []
    return [name for name, kind in parts.items() if kind is pd.DataFrame]


def wrong_arguments(failure: Failure) -> Explanation | None:
    """Explain arguments that are missing, too many, or of a name that the function does not know."""
    if not isinstance(failure.error, TypeError) and "allowed keywords are" not in failure.said:
        return None
    said = failure.said
    unknown = re.search(
        r"unexpected keyword argument '(\w+)'|'(\w+)' is an invalid keyword argument|invalid keyword argument for \w+\(\)|allowed keywords are",
        said,
    )
    missing = re.search(r"missing (\d+) required (?:positional|keyword-only) arguments?: (.+)$", said)
    many = re.search(r"takes (?:from \d+ to )?(\d+) positional arguments? but (\d+)", said) or re.search(
        r"takes (no) arguments|takes exactly (\w+) argument|expected at most (\d+) argument|positional arguments? expected",
        said,
    )
    double = re.search(r"got multiple values for argument '(\w+)'", said)
    if not (unknown or missing or many or double):
        return None
    call = _named_call(failure, (re.findall(r"^([\w.<>]+)\(\)", said) or [""])[0].split(".")[-1])
    if call is None:
        return None
    function = failure.value(call.func)
    owner = failure.source(call.func)
    name = owner if len(owner) <= 40 else owner.split(".")[-1].split("[")[-1]
    known = takes(function)
    if missing:
        names, place = _left_out(call, known, re.findall(r"'(\w+)'", missing[2]))
        given = failure.source(call)
        typed = [failure.source(one) for one in call.args]
        likely = [one for one in names if one in failure.names]
        keywords = [failure.source(one) for one in call.keywords]
        by_name = [f"{one}={one}" for one in names] if keywords else names
        shown = ", ".join([*typed[:place], *by_name, *typed[place:], *keywords])
        cause = T(
            zh="`{name}` 还缺 {n} 个参数：{names}。", en="`{name}` needs {n} more: {names} is missing."
        ).format(name=name, n=len(names), names=coded(names))
        repair = T(
            zh="在括号里补上，像这样：`{name}({shown})`。",
            en="Put it into the brackets, as in `{name}({shown})`.",
        ).format(name=name, shown=shown)
        if not likely and (table := _table_for(failure, names[0], call)):
            repair += T(zh="这里可以是 `{table}`。", en=" Here it may be `{table}`.").format(table=table)
        return failure.explained(cause, repair + _example(known), given)
    if unknown or double:
        groups = (unknown or double or re.match("", said)).groups()  # type: ignore[union-attr]
        key = next((one for one in groups if one), None)
        key = key or (call.keywords[0].arg if call.keywords else "") or ""
        if double:
            return failure.explained(
                T(
                    zh="`{key}` 给了两次：按位置一次，按名字一次。",
                    en="`{key}` is given twice: once by its place, once by its name.",
                ).format(key=key),
                T(zh="留下一个。", en="Leave one of them.") + _example(known),
                failure.source(call),
            )
        known = _known_elsewhere(failure, call) or known
        if key.startswith("desc") and "ascending" in known:
            return failure.explained(
                T(zh="`{name}` 没有叫 `{key}` 的参数。", en="`{name}` has no argument `{key}`.").format(
                    name=name, key=key
                ),
                T(zh="从大到小写 `ascending=False`。", en="Largest first is `ascending=False`."),
                failure.source(call),
            )
        near = nearest(key, known, 2) or [one for one in known if len(key) > 2 and one.startswith(key)]
        return failure.explained(
            T(zh="`{name}` 没有叫 `{key}` 的参数。", en="`{name}` has no argument `{key}`.").format(
                name=name, key=key
            ),
            T(zh="是不是 {near}？", en="Do you mean {near}?").format(near=coded(near))
            if near
            else _may_take(known),
            failure.source(call),
        )
    if name.split(".")[-1] == "sort_values" and call.args and _one_column(failure, call):
        return failure.explained(
            T(
                zh="`{owner}` 只有一列，不用写按哪一列排。",
                en="`{owner}` is one column: which column to sort by need not be said.",
            ).format(owner=failure.source(call.func.value)),  # type: ignore[attr-defined]
            T(
                zh="从小到大写 `{name}()`，从大到小写 `{name}(ascending=False)`。",
                en="Smallest first: `{name}()`; largest first: `{name}(ascending=False)`.",
            ).format(name=name),
            failure.source(call),
        )
    if (
        name.split(".")[-1] in ("isin", "drop", "sort_values", "groupby", "agg", "merge")
        and call.args
        and all(isinstance(one, ast.Constant) for one in call.args)
    ):
        inner = ", ".join(failure.source(one) for one in call.args)
        more = "".join(f", {failure.source(one)}" for one in call.keywords)
        return failure.explained(
            T(
                zh="`{name}` 要的是一个列表，这里给了好几个值。",
                en="`{name}` wants one list; here are several values.",
            ).format(name=name),
            T(
                zh="放进方括号：`{name}([{inner}]{more})`。",
                en="Put them into square brackets: `{name}([{inner}]{more})`.",
            ).format(name=name, inner=inner, more=more),
            failure.source(call),
        )
    thousands = re.search(r"\b\d{1,3}(?:,\d{3})+\b", failure.source(call))
    if thousands:
        return failure.explained(
            T(zh="`{a}` 里的逗号把它分成了好几个数。", en="The comma makes several numbers of `{a}`.").format(
                a=thousands[0]
            ),
            T(zh="写成 `{b}`，想分节就写 `{c}`。", en="Write `{b}`, or in groups, `{c}`.").format(
                b=thousands[0].replace(",", ""), c=thousands[0].replace(",", "_")
            ),
            failure.source(call),
        )
    if found := too_many(failure, call):
        return found
    numbers = [
        one for one in call.args if isinstance(one, ast.Constant) and isinstance(one.value, (int, float))
    ]
    repair = T(zh="去掉多出来的。", en="Take out what is too many.") + _example(known)
    if len(numbers) >= 2 and known:
        head = [failure.source(one) for one in call.args if one not in numbers]
        inner = ", ".join(failure.source(one) for one in numbers)
        joined = ", ".join([*head, f"({inner})"])
        repair = T(
            zh="几个数放进一对括号：`{name}({joined})`；或者去掉多出来的。",
            en="Put the numbers into brackets of their own, `{name}({joined})`, or take out what is too many.",
        ).format(name=name, joined=joined)
    return failure.explained(
        T(zh="给 `{name}` 的参数多了：{n} 个。", en="`{name}` is given too many arguments: {n}.").format(
            name=name, n=len(call.args) + len(call.keywords)
        ),
        repair,
        failure.source(call),
        general=len(numbers) < 2,
    )


def _one_column(failure: Failure, call: ast.Call) -> bool:
    import pandas as pd

    owner = failure.value(call.func.value) if isinstance(call.func, ast.Attribute) else UNKNOWN
    return isinstance(owner, pd.Series) or failure.said.startswith("Series.sort_values()")


def _table_for(failure: Failure, wanted: str, call: ast.Call) -> str | None:
    near = nearest(wanted, [name for name in failure.names if not name.startswith("_")])
    return near[0] if near else None


def _named_call(failure: Failure, function: str) -> ast.Call | None:
    nodes = (
        [] if failure.node is None else [failure.node, *failure.around(failure.node), *ast.walk(failure.node)]
    )
    calls = [
        one
        for one in [*nodes, *ast.walk(failure.statement() or ast.Module([], []))]
        if isinstance(one, ast.Call)
    ]

    def last(call: ast.Call) -> str:
        return (
            call.func.attr
            if isinstance(call.func, ast.Attribute)
            else call.func.id
            if isinstance(call.func, ast.Name)
            else ""
        )

    return next((one for one in calls if last(one) == function), calls[0] if calls else None)


def _arguments(failure: Failure, call: ast.Call) -> str:
    typed = failure.source(call)
    owner = failure.source(call.func)
    return typed[len(owner) :].strip()[1:-1].strip() if typed.startswith(owner) else ""


def _known_elsewhere(failure: Failure, call: ast.Call) -> list[str]:
    """Return what a method takes whose owner is not at hand: the method of that name on a table or a column."""
    import pandas as pd

    name = call.func.attr if isinstance(call.func, ast.Attribute) else ""
    if isinstance(failure.value(call.func), FunctionType):
        return []
    for owner in (pd.Series, pd.DataFrame):
        if taken := takes(getattr(owner, name, UNKNOWN)):
            return [one for one in taken if one != "self"]
    if name in ("Timedelta", "DateOffset"):
        return ["days", "weeks", "months", "years", "hours", "minutes"]
    return []


def _example(takes: list[str]) -> T:
    if not takes:
        return T(zh="", en="")
    return T(zh="它依次要：{names}。", en=" It takes, in turn: {names}.").format(names=coded(takes[:6]))


def _may_take(known: list[str]) -> T:
    if not known:
        return T(zh="去掉它，或者检查拼写。", en="Leave it out, or check its spelling.")
    return T(
        zh="去掉这个参数；可以写的有：{names}。", en="Leave this argument out; there are: {names}."
    ).format(names=coded(known[:8]))


def several_keys(failure: Failure) -> Explanation | None:
    """Explain `groupby("a", "b")`, where a list of columns is meant."""
    for call in ast.walk(failure.node or ast.Module([], [])):
        if not (
            isinstance(call, ast.Call)
            and isinstance(call.func, ast.Attribute)
            and call.func.attr == "groupby"
        ):
            continue
        texts = [one for one in call.args if isinstance(one, ast.Constant) and isinstance(one.value, str)]
        if len(texts) > 1 and len(texts) == len(call.args):
            inner = ", ".join(failure.source(one) for one in texts)
            return failure.explained(
                T(
                    zh="按好几列分组时，列名要放进一个列表。",
                    en="Several columns to group by go into one list.",
                ),
                T(zh="写成 `groupby([{inner}])`。", en="Write `groupby([{inner}])`.").format(inner=inner),
            )
    return None


def wrong_value(failure: Failure) -> Explanation | None:
    """Explain a value that an argument cannot have: `how="lft"`, `axis=2`."""
    if not isinstance(failure.error, (ValueError, TypeError, KeyError, AttributeError)):
        return None
    if uneven := re.search(r"Length of ascending \((\d+)\) != length of by \((\d+)\)", failure.said):
        return failure.explained(
            T(
                zh="按 {by} 列排，`ascending` 里就要有 {by} 个方向，现在是 {given} 个。",
                en="Sorting by {by} columns takes {by} directions in `ascending`; there are {given}.",
            ).format(by=uneven[2], given=uneven[1]),
            T(
                zh="每列写一个，用逗号隔开：`True` 从小到大，`False` 从大到小，如 `ascending=[False, True]`。",
                en="One for each column, with commas between: `True` smallest first, `False` largest first, as in `ascending=[False, True]`.",
            ),
        )
    for node in ast.walk(failure.node or failure.statement() or ast.Module([], [])):
        if not isinstance(node, ast.Call):
            continue
        first = node.args[0] if node.args else None
        if (
            isinstance(first, ast.Constant)
            and isinstance(first.value, str)
            and "only Boolean" in failure.said
        ):
            name = failure.source(node.func).rpartition(".")[2]
            return failure.explained(
                T(
                    zh="`{name}` 的括号里不写列名。", en="No column goes into the brackets of `{name}`."
                ).format(name=name),
                T(
                    zh="列写在前面：`[{column}].{name}()`。",
                    en="The column comes before: `[{column}].{name}()`.",
                ).format(column=failure.source(first), name=name),
            )
        if wanted := re.search(r'argument "(\w+)" expected type bool', failure.said):
            return failure.explained(
                T(zh="`{key}` 只能是“是”或“否”。", en="`{key}` is yes or no.").format(key=wanted[1]),
                T(
                    zh="写 `{key}=True` 或 `{key}=False`，不加引号。",
                    en="Write `{key}=True` or `{key}=False`, without quotes.",
                ).format(key=wanted[1]),
            )
        for given in node.keywords:
            word = given.value.id if isinstance(given.value, ast.Name) else ""
            if word in ALLOWED.get(given.arg or "", ()):
                return failure.explained(
                    T(
                        zh="`{key}` 的值在这里是一段文字，少了引号。",
                        en="The value of `{key}` is a text here and lacks its quotes.",
                    ).format(key=given.arg),
                    T(zh='写成 `{key}="{word}"`。', en='Write `{key}="{word}"`.').format(
                        key=given.arg, word=word
                    ),
                    failure.source(node),
                )
            if given.arg not in ALLOWED or not isinstance(given.value, ast.Constant):
                continue
            allowed, value = ALLOWED[given.arg], given.value.value
            if (
                str(value) in allowed
                or value is None
                or value is False
                or (given.arg == "axis" and str(value) == "rows")
            ):
                continue
            near = nearest(value, allowed) or [one for one in allowed if one.startswith(str(value)[:3])]
            repair = (
                T(zh="是不是 `{key}={near}`？", en="Do you mean `{key}={near}`?").format(
                    key=given.arg, near=f'"{near[0]}"'
                )
                if near
                else T(zh="可以写：{all}。", en="It may be: {all}.").format(
                    all=listed(
                        f"`{one if one.isdigit() or one in ('True', 'False') else chr(34) + one + chr(34)}`"
                        for one in allowed
                    )
                )
            )
            if given.arg == "axis":
                repair = T(
                    zh='`axis=1` 是按行算（跨过各列），`axis=0` 是按列算；也可以写 `"columns"`、`"index"`。',
                    en='`axis=1` (or `"columns"`) goes across the columns, `axis=0` (or `"index"`) down the rows.',
                )
            return failure.explained(
                T(zh="`{key}` 不能是 `{value}`。", en="`{key}` cannot be `{value}`.").format(
                    key=given.arg, value=failure.source(given.value)
                ),
                repair,
            )
    return None

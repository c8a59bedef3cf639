"""What stands behind a dot and is not there: a method mistyped, a column, a step left out."""

import ast
import re
import sys
from types import ModuleType
from typing import Any

from custseg_helpers.reasons.excel_names import METHODS
from custseg_helpers.reasons.excel_names import known as known_there
from custseg_helpers.reasons.order import not_called, several_in_one
from custseg_helpers.stopped.failure import UNKNOWN, Failure
from custseg_helpers.unreadable.explanation import MOST_TEXT, Explanation
from custseg_helpers.unreadable.near import nearest
from custseg_helpers.words.text import T

SAME = {
    "average": "mean", "avg": "mean", "total": "sum", "length": "size", "number": "count", "distinct": "nunique",
    "uniques": "unique", "sort": "sort_values", "order": "sort_values", "orderby": "sort_values", "group": "groupby",
    "add": "append", "push": "append", "to_lists": "tolist", "as_list": "tolist", "list": "tolist", "replaceall": "replace", "filter_by": "query",
    "where_in": "isin", "in_": "isin", "contain": "contains", "rename_columns": "rename", "join": "merge", "std_dev": "std",
    "stdev": "std", "is_null": "isna", "is_na": "isna", "notempty": "notna", "top": "head", "first": "head", "tail_": "tail",
}  # fmt: skip
"""What a thing is called elsewhere, and in pandas."""
MEASURED = (
    "sum",
    "max",
    "min",
    "mean",
    "median",
    "std",
    "nunique",
    "value_counts",
    "round",
    "cumsum",
    "head",
)
"""What a column can do and a list cannot."""
KINDS = {
    "DataFrame": T(zh="一张表", en="a table"), "Series": T(zh="一列数据", en="a column"), "str": T(zh="一段文字", en="a text"),
    "int": T(zh="一个数", en="a number"), "float": T(zh="一个数", en="a number"), "bool": T(zh="一个是或否", en="a yes or no"),
    "list": T(zh="一个列表", en="a list"), "tuple": T(zh="几个值放在一起（元组）", en="several values in one (a tuple)"),
    "dict": T(zh="一个字典", en="a dictionary"), "NoneType": T(zh="空的（None）", en="nothing (None)"),
    "DataFrameGroupBy": T(zh="分好组、还没有汇总的表", en="a table in groups that are not summed up yet"),
    "SeriesGroupBy": T(zh="分好组、还没有汇总的一列", en="a column in groups that are not summed up yet"),
    "Timestamp": T(zh="一个日期", en="a date"), "Timedelta": T(zh="一段时间", en="a length of time"),
    "ellipsis": T(zh="还没填的 `...`", en="a `...` that is still to be filled in"), "Index": T(zh="一列标签（索引）", en="labels (an index)"),
    "method": T(zh="一个还没用的方法（少了括号）", en="a method that is not used yet (its brackets are missing)"),
    "function": T(zh="一个还没用的函数（少了括号）", en="a function that is not used yet (its brackets are missing)"),
    "module": T(zh="一个模块", en="a module"), "float64": T(zh="一个数", en="a number"), "int64": T(zh="一个数", en="a number"),
}  # fmt: skip


def kind_words(name: str) -> T:
    """Return what a type is, for someone who sells; its own name where we have no words."""
    return KINDS.get(name) or T(zh="`{name}`", en="`{name}`").format(name=name)


def no_such_attribute(failure: Failure) -> Explanation | None:
    """Explain an `AttributeError`."""
    if not isinstance(failure.error, AttributeError):
        return None
    node = _attribute(failure)
    if node is None:
        return _named_in_a_text(failure)
    name, owner = node.attr, failure.source(node.value)
    thing = _thing(failure, node)
    shown = owner if len(owner) <= 40 else "…" + owner[-36:]
    whole = failure.source(node)
    piece = whole if len(whole) <= MOST_TEXT else f"{shown}.{name}"
    if isinstance(node.value, ast.Name):
        if re.search("'(method|function|builtin_function_or_method)' object", failure.said):
            if method := getattr(thing, "__name__", ""):
                return not_called(failure, owner, method)
        elif isinstance(thing, tuple) and (found := several_in_one(failure, owner, name, thing)):
            return found
    for way in (
        _overwritten,
        _stands_alone,
        _names_of_rows,
        _of_a_list,
        _of_none,
        _of_todo,
        _of_uncalled,
        _days_of_dates,
        _file_name,
        _dot_for_comma,
        _decimal_comma,
        _of_text,
        _of_tuple,
        _len,
        _accessor,
        _column,
        _similar,
    ):
        if words := way(failure, node, thing, shown):
            cause, repair = words
            return failure.explained(cause, repair, piece)
    kind = (
        type(thing).__name__
        if thing is not UNKNOWN
        else (re.findall("'(\\w+)' object", failure.said) or ["…"])[0]
    )
    return failure.explained(
        T(
            zh="`{owner}` 是{kind}，后面不能接 `.{name}`。", en="`{owner}` is {kind}, which has no `.{name}`."
        ).format(owner=shown, kind=kind_words(kind), name=name),
        T(
            zh="检查拼写；再看看 `{owner}` 是不是你以为的那样东西：单独运行它。",
            en="Check the spelling, and see whether `{owner}` is what you take it for: run it alone.",
        ).format(owner=shown),
        piece,
        general=True,
    )


def _overwritten(failure: Failure, node: ast.Attribute, thing: Any, owner: str) -> tuple[T, T] | None:
    """`value.abc(…)` after `value = …`: the name stands for something of the learner's own now."""
    course = sys.modules["custseg_helpers"]
    there = isinstance(node.value, ast.Name) and owner in dir(course) and not isinstance(thing, ModuleType)
    if not there or not hasattr(getattr(course, owner), node.attr):
        return None
    return (
        T(
            zh="`{owner}` 本来是课程的模块，前面有一格把这个名字给了别的东西。",
            en="`{owner}` is a module of the course, but a cell has given that name to something else.",
        ).format(owner=owner),
        T(
            zh="给自己的结果换一个名字，再运行第一个代码单元格，`{owner}` 就回来了。",
            en="Give your own result another name, and run the first code cell again: it brings `{owner}` back.",
        ).format(owner=owner),
    )


def _stands_alone(failure: Failure, node: ast.Attribute, thing: Any, owner: str) -> tuple[T, T] | None:
    """`rfm.order_facts(…)`: the function is another module's, or was imported by its own name."""
    if not isinstance(thing, ModuleType) or not thing.__name__.startswith("custseg_helpers"):
        return None
    held = failure.names.get(node.attr)
    right = (
        node.attr if callable(held) and getattr(held, "__module__", "").startswith("custseg_helpers") else ""
    )
    for name, module in failure.names.items() if not right else ():
        ours = isinstance(module, ModuleType) and module.__name__.startswith("custseg_helpers")
        if ours and not name.startswith("_") and callable(vars(module).get(node.attr)):
            right = f"{name}.{node.attr}"
            break
    if not right:
        return None
    return (
        T(zh="`{name}` 不在 `{owner}` 里。", en="`{name}` is not in `{owner}`.").format(
            name=node.attr, owner=owner
        ),
        T(zh="写成 `{right}(…)`。", en="Write `{right}(…)`.").format(right=right),
    )


def _names_of_rows(failure: Failure, node: ast.Attribute, thing: Any, owner: str) -> tuple[T, T] | None:
    """`money.customer_id`, where the customers stand to the left of the column."""
    index = getattr(thing, "index", None)
    if node.attr not in getattr(index, "names", ()):
        return None
    return (
        T(
            zh="`{name}` 在 `{owner}` 左边，是行名（索引），不是列。",
            en="`{name}` stands to the left of `{owner}` and names the rows (the index); it is no column.",
        ).format(name=node.attr, owner=owner),
        T(zh="写成 `{owner}.index`。", en="Write `{owner}.index`.").format(owner=owner),
    )


def _of_a_list(failure: Failure, node: ast.Attribute, thing: Any, owner: str) -> tuple[T, T] | None:
    """`[3, 1].mean()`: what a column can do, a list cannot."""
    import pandas as pd

    if (
        not isinstance(thing, list)
        or node.attr not in MEASURED
        or not callable(getattr(pd.Series, node.attr, None))
    ):
        return None
    built_in = node.attr in ("sum", "max", "min")
    right = f"{node.attr}({owner})" if built_in else f"pd.Series({owner}).{node.attr}()"
    return (
        T(
            zh="`{owner}` 是一个列表；`.{name}` 是一列数据才会的。",
            en="`{owner}` is a list; `.{name}` is what a column can do.",
        ).format(owner=owner, name=node.attr),
        T(zh="写成 `{right}`。", en="Write `{right}`.").format(right=right),
    )


def _named_in_a_text(failure: Failure) -> Explanation | None:
    """`.agg("summ")`: what to compute is named in a text."""
    asked = (re.findall(r"attribute '(\w+)'|'(\w+)' is not a valid function", failure.said) or [("", "")])[0]
    asked = asked[0] or asked[1]
    near = (
        [SAME[asked]]
        if asked in SAME
        else nearest(
            asked, ("sum", "mean", "median", "min", "max", "count", "nunique", "size", "first", "last", "std")
        )
    )
    if f'"{asked}"' not in failure.text.replace("'", '"') or not near:
        return None
    return failure.explained(
        T(zh="没有叫 `{name}` 的算法。", en="There is nothing called `{name}` to compute.").format(
            name=asked
        ),
        T(zh='是不是 `"{near}"`？', en='Do you mean `"{near}"`?').format(near=near[0]),
    )


def _file_name(failure: Failure, node: ast.Attribute, thing: Any, owner: str) -> tuple[T, T] | None:
    """`pd.read_csv(orders.csv)`: the name of a file is a text."""
    outer = next(failure.around(node), None)
    reads = (
        isinstance(outer, ast.Call)
        and outer.func is not node
        and failure.source(outer.func).split(".")[-1].startswith(("read_", "open", "load"))
    )
    if not reads or node.attr not in ("csv", "xlsx", "xls", "txt", "json", "parquet", "toml"):
        return None
    return (
        T(zh="文件名是一段文字，要加引号。", en="The name of a file is a text, in quotes."),
        T(zh='写成 `"{owner}.{name}"`。', en='Write `"{owner}.{name}"`.').format(owner=owner, name=node.attr),
    )


def _attribute(failure: Failure) -> ast.Attribute | None:
    if "is not a valid function" in failure.said:
        return None
    node = failure.node
    inside = [] if node is None else list(ast.walk(node))
    name = failure.error.name if isinstance(failure.error, AttributeError) else None
    name = name or (re.findall(r"attribute '(\w+)'", failure.said) or [None])[0]
    outside = [] if node is None else list(failure.around(node))
    nodes = [
        one
        for one in [*inside, *outside, *ast.walk(failure.statement() or ast.Module([], []))]
        if isinstance(one, ast.Attribute)
    ]
    return next((one for one in nodes if one.attr == name), None if name else next(iter(nodes), None))


def _thing(failure: Failure, node: ast.Attribute) -> Any:
    """Return what the attribute was asked of."""
    held = getattr(failure.error, "obj", None)
    value = failure.value(node.value)
    return held if held is not None else value


def _of_none(failure: Failure, node: ast.Attribute, thing: Any, owner: str) -> tuple[T, T] | None:
    if not re.search("'NoneType' object", failure.said):
        return None
    return (
        T(
            zh="`{owner}` 是空的（None）：上一步什么也没有交出来。",
            en="`{owner}` is nothing (None): the step before gave back no value.",
        ).format(owner=owner),
        T(
            zh="`print(…)` 和 `inplace=True` 都不交出结果：不要写 `名字 = print(…)`，也去掉 `inplace=True`。",
            en="`print(…)` and `inplace=True` give nothing back: do not write `name = print(…)`, and leave `inplace=True` out.",
        ),
    )


def _of_todo(failure: Failure, node: ast.Attribute, thing: Any, owner: str) -> tuple[T, T] | None:
    if not re.search("'ellipsis' object", failure.said):
        return None
    return (
        T(
            zh="`{owner}` 还是没填的 `...`。", en="`{owner}` is still the `...` that is to be filled in."
        ).format(owner=owner),
        T(
            zh="先做完填 `{owner}` 的那一题，运行它，再回来。",
            en="Do the exercise that fills `{owner}` first, run it, and come back.",
        ).format(owner=owner),
    )


def _of_uncalled(failure: Failure, node: ast.Attribute, thing: Any, owner: str) -> tuple[T, T] | None:
    if not re.search("'(method|function|builtin_function_or_method)' object", failure.said):
        return None
    return (
        T(
            zh="`{owner}` 后面少了括号，所以还没有算。",
            en="`{owner}` lacks its brackets, so nothing has been computed.",
        ).format(owner=owner),
        T(zh="写成 `{owner}().{name}`。", en="Write `{owner}().{name}`.").format(owner=owner, name=node.attr),
    )


def _dot_for_comma(failure: Failure, node: ast.Attribute, thing: Any, owner: str) -> tuple[T, T] | None:
    """`f(orders. basket)`: a dot where a comma is meant."""
    outer = next(failure.around(node), None)
    inside = isinstance(outer, ast.Call) and outer.func is not node
    if not (inside and node.attr in failure.names and isinstance(node.value, ast.Name)):
        return None
    return (
        T(
            zh="`{owner}` 和 `{name}` 之间是点 `.`，所以 Python 在 `{owner}` 里找 `{name}`。",
            en="Between `{owner}` and `{name}` stands a dot, so Python looks for `{name}` in `{owner}`.",
        ).format(owner=owner, name=node.attr),
        T(zh="是不是想写逗号：`{owner}, {name}`？", en="Do you mean a comma: `{owner}, {name}`?").format(
            owner=owner, name=node.attr
        ),
    )


def _decimal_comma(failure: Failure, node: ast.Attribute, thing: Any, owner: str) -> tuple[T, T] | None:
    found = re.search(r"\d,\d", owner)
    if not found or not (isinstance(thing, tuple) or "'tuple' object" in failure.said):
        return None
    wrong = re.search(r"\d+,\d+", owner)
    assert wrong
    return (
        T(zh="`{a}` 里的逗号把它分成了两个数。", en="The comma in `{a}` makes it two numbers.").format(
            a=wrong[0]
        ),
        T(zh="小数点是 `.`：写成 `{b}`。", en="The decimal mark is `.`: write `{b}`.").format(
            b=wrong[0].replace(",", ".")
        ),
    )


def _of_text(failure: Failure, node: ast.Attribute, thing: Any, owner: str) -> tuple[T, T] | None:
    if (
        not isinstance(node.value, ast.Constant)
        or not isinstance(node.value.value, str)
        or node.value.value not in failure.names
    ):
        return None
    return (
        T(zh="`{owner}` 加了引号，就只是一段文字。", en="In quotes, `{owner}` is nothing but a text.").format(
            owner=owner
        ),
        T(
            zh="要用叫这个名字的数据，去掉引号：`{name}.{attr}`。",
            en="To use what is called so, leave out the quotes: `{name}.{attr}`.",
        ).format(name=node.value.value, attr=node.attr),
    )


def _of_tuple(failure: Failure, node: ast.Attribute, thing: Any, owner: str) -> tuple[T, T] | None:
    if not (isinstance(thing, tuple) or "'tuple' object" in failure.said):
        return None
    return (
        T(
            zh="`{owner}` 交出的是几个值（一个元组），没有 `.{name}`。",
            en="`{owner}` gives several values in one (a tuple), which has no `.{name}`.",
        ).format(owner=owner, name=node.attr),
        T(
            zh="先取第一个，再往下接：`[0].{name}`，写在 `{owner}` 后面。",
            en="Take the first of them and go on: `[0].{name}`, behind `{owner}`.",
        ).format(owner=owner, name=node.attr),
    )


def _days_of_dates(failure: Failure, node: ast.Attribute, thing: Any, owner: str) -> tuple[T, T] | None:
    """A number of days lies between two dates; a date alone has none."""
    if node.attr not in ("days", "seconds") or type(thing).__name__ not in (
        "DatetimeProperties",
        "DatetimeIndex",
        "Timestamp",
        "date",
        "datetime",
    ):
        return None
    minus = next(
        (one for one in failure.around(node) if isinstance(one, ast.BinOp) and isinstance(one.op, ast.Sub)),
        None,
    )
    cause = T(
        zh="这里还是日期，不是两个日期之间隔了多久，所以没有 `.{name}`。",
        en="This is a date, not the time between two dates, so it has no `.{name}`.",
    ).format(name=node.attr)
    if minus is None:
        return cause, T(
            zh="先用两个日期相减，再取天数：`(日期 - 日期).dt.days`。",
            en="Take one date from the other first: `(date - date).dt.days`.",
        )
    left, right = failure.source(minus.left), failure.source(minus.right)
    for end in (f".dt.{node.attr}", f".{node.attr}"):
        right = right.removesuffix(end)
    return cause, T(
        zh="先相减再取天数，减法加上括号：`({a} - {b}).dt.days`",
        en="Subtract first, in brackets, then ask for days: `({a} - {b}).dt.days`",
    ).format(a=left, b=right)


def _len(failure: Failure, node: ast.Attribute, thing: Any, owner: str) -> tuple[T, T] | None:
    if (
        node.attr not in ("len", "length", "lenght", "rows", "nrows")
        or thing is UNKNOWN
        or not hasattr(thing, "__len__")
    ):
        return None
    return (
        T(zh="行数不用 `.{name}` 问。", en="The number of rows is not asked by `.{name}`.").format(
            name=node.attr
        ),
        T(zh="写成 `len({owner})`。", en="Write `len({owner})`.").format(owner=owner),
    )


def _accessor(failure: Failure, node: ast.Attribute, thing: Any, owner: str) -> tuple[T, T] | None:
    """What a column of texts or dates can do stands behind `.str` or `.dt`."""
    import pandas as pd

    if not isinstance(thing, pd.Series):
        return None
    if node.attr == "days" and pd.api.types.is_datetime64_any_dtype(thing):
        return None
    dates, spans = pd.api.types.is_datetime64_any_dtype(thing), pd.api.types.is_timedelta64_dtype(thing)
    if dates or spans:
        accessor, what = "dt", T(zh="日期", en="dates")
        known = dir(pd.Series(dtype="datetime64[ns]" if dates else "timedelta64[ns]").dt)
    else:
        accessor, what = "str", T(zh="文字", en="texts")
        known = [*dir(str), "contains", "extract", "len", "get", "cat"]
    if node.attr not in known:
        return None
    return (
        T(
            zh="一列{what}里的每一个，要通过 `.{a}` 去问。",
            en="Each of a column of {what} is asked through `.{a}`.",
        ).format(what=what, a=accessor),
        T(zh="写成 `.{a}.{name}`。", en="Write `.{a}.{name}`.").format(a=accessor, name=node.attr),
    )


def _column(failure: Failure, node: ast.Attribute, thing: Any, owner: str) -> tuple[T, T] | None:
    import pandas as pd

    if not isinstance(thing, pd.DataFrame):
        return None
    called = isinstance(next(failure.around(node), None), ast.Call)
    near = nearest(node.attr, [column for column in thing.columns if isinstance(column, str)])
    if not near or (called and nearest(node.attr, _offered(thing))):
        return None
    return (
        T(zh="`{owner}` 里没有叫 `{name}` 的列。", en="`{owner}` has no column `{name}`.").format(
            owner=owner, name=node.attr
        ),
        T(zh='是不是 `{owner}["{near}"]`？', en='Do you mean `{owner}["{near}"]`?').format(
            owner=owner, near=near[0]
        ),
    )


def _similar(failure: Failure, node: ast.Attribute, thing: Any, owner: str) -> tuple[T, T] | None:
    known = _offered(thing)
    there = METHODS.get(known_there(node.attr) or "", "").partition("(")[0]
    meant = SAME.get(node.attr.casefold()) or there
    near = [meant] if meant in known else _same_words(node.attr, known) or nearest(node.attr, known)
    module = isinstance(thing, ModuleType)
    brother = (
        next(
            (
                name
                for name, one in failure.names.items()
                if name != owner and nearest(owner, [name]) and hasattr(one, node.attr)
            ),
            None,
        )
        if isinstance(node.value, ast.Name)
        else None
    )
    if brother and not near:
        return (
            T(
                zh="`{owner}` 是{kind}，没有 `.{name}`。", en="`{owner}` is {kind} and has no `.{name}`."
            ).format(owner=owner, kind=kind_words(type(thing).__name__), name=node.attr),
            T(zh="是不是 `{brother}.{name}`？", en="Do you mean `{brother}.{name}`?").format(
                brother=brother, name=node.attr
            ),
        )
    if not near:
        return None
    end = "()" if callable(_static(thing, near[0])) else ""
    if module:
        cause = T(zh="`{owner}` 里没有 `{name}`。", en="`{owner}` has no `{name}`.")
    else:
        cause = T(zh="没有 `.{name}` 这个写法。", en="There is no `.{name}`.")
    return cause.format(owner=owner, name=node.attr), T(
        zh="是不是 `{near}`？", en="Do you mean `{near}`?"
    ).format(near=(owner if module else "") + "." + near[0] + end)


def _same_words(name: str, known: list[str]) -> list[str]:
    """Return a name of the same words in another order: `count_values`, `value_counts`."""
    words = sorted(word.rstrip("s") for word in name.split("_"))
    return [
        one for one in known if len(words) > 1 and sorted(w.rstrip("s") for w in one.split("_")) == words
    ][:1]


def _offered(thing: Any) -> list[str]:
    if thing is UNKNOWN:
        import pandas as pd

        return [name for name in dir(pd.Series) if not name.startswith("_")]
    return [name for name in dir(thing) if not name.startswith("_")]


def _static(thing: Any, name: str) -> Any:
    import inspect

    owner = thing if isinstance(thing, ModuleType) else type(thing)
    return inspect.getattr_static(owner, name, None)

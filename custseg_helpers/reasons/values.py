"""Values that do not go together: text and number, date and number, a column where one value is wanted."""

import ast
import re
from collections.abc import Mapping
from typing import Any

from custseg_helpers.reasons.attributes import kind_words
from custseg_helpers.reasons.order import not_called
from custseg_helpers.stopped.failure import UNKNOWN, Failure
from custseg_helpers.unreadable.explanation import Explanation
from custseg_helpers.unreadable.near import nearest
from custseg_helpers.words.text import T, UserError


def not_used(failure: Failure) -> Explanation | None:
    """Explain a method without its brackets among things that are counted, compared or handed over."""
    call = failure.node
    if isinstance(call, ast.Call) and "'method'" in failure.said:
        for given in call.args:
            method = failure.value(given)
            if isinstance(given, ast.Name) and type(method).__name__ == "method":
                return not_called(failure, given.id, method.__name__)
    for one in _operands(failure.node):
        value = failure.value(one)
        if isinstance(one, ast.Name) and type(value).__name__ == "method":
            return not_called(failure, one.id, value.__name__)
        if isinstance(one, ast.Attribute) and value is not UNKNOWN and callable(value):
            typed = failure.source(one)
            return failure.explained(
                T(
                    zh="`{a}` 后面少了括号，所以还没有算。",
                    en="`{a}` lacks its brackets, so nothing has been computed.",
                ).format(a=typed),
                T(zh="写成 `{a}()`。", en="Write `{a}()`.").format(a=typed),
            )
    return None


def quotes_too_many(failure: Failure) -> Explanation | None:
    """Explain a text where a number or a name is meant: `> "5"`, `clv(…, "budget")`."""
    if isinstance(failure.error, (KeyError, NameError, ImportError, SyntaxError)) and not isinstance(
        failure.error, UserError
    ):
        return None
    root = failure.node if failure.node is not None else failure.statement()
    for node in ast.walk(root or ast.Module([], [])):
        if not (isinstance(node, ast.Constant) and isinstance(node.value, str)):
            continue
        outer = next(failure.around(node), None)
        if not isinstance(outer, (ast.Compare, ast.BinOp, ast.Call, ast.keyword)):
            continue
        text = node.value.strip()
        if re.fullmatch(r"-?\d[\d.,]*%?", text):
            right = text.replace(",", "").rstrip("%")
            return failure.explained(
                T(
                    zh="`{a}` 加了引号，是一段文字，不能和数放在一起算或比较。",
                    en="In quotes, `{a}` is a text; it cannot be counted or compared with numbers.",
                ).format(a=failure.source(node)),
                T(zh="去掉引号，写成 `{b}`。", en="Leave out the quotes and write `{b}`.").format(
                    b=failure.source(outer).replace(failure.source(node), right)
                ),
            )
        owner = (
            outer.func.value
            if isinstance(outer, ast.Call) and isinstance(outer.func, ast.Attribute)
            else None
        )
        if text in failure.names and not _is_column(
            failure.value(owner) if owner is not None else UNKNOWN, text
        ):
            return failure.explained(
                T(
                    zh="`{a}` 加了引号，就只是一段文字，不是叫 `{b}` 的那个数据。",
                    en="In quotes, `{a}` is a text and not the `{b}` that you have.",
                ).format(a=failure.source(node), b=text),
                T(zh="去掉引号：`{b}`。", en="Leave out the quotes: `{b}`.").format(b=text),
            )
    return None


def _is_column(owner: Any, name: str) -> bool:
    return name in getattr(owner, "columns", ())


def text_and_number(failure: Failure) -> Explanation | None:
    """Explain kinds that cannot be added, compared or divided."""
    if not isinstance(failure.error, TypeError):
        return None
    import pandas as pd

    node = failure.node
    left, right = _kinds(failure)
    if not left and not right:
        return None
    uncalled = None
    if uncalled is None and {left, right} & {"method", "function", "builtin_function_or_method"}:
        operands = [
            one
            for one in ast.walk(failure.statement() or ast.Module([], []))
            if isinstance(one, ast.Attribute)
        ]
        called = {
            id(one.func)
            for one in ast.walk(failure.statement() or ast.Module([], []))
            if isinstance(one, ast.Call)
        }
        uncalled = next(
            (
                one
                for one in operands
                if id(one) not in called and one.attr not in ("loc", "iloc") and _is_method(one.attr)
            ),
            None,
        )
    if uncalled is not None:
        typed = failure.source(uncalled)
        return failure.explained(
            T(
                zh="`{a}` 后面少了括号，所以还没有算。",
                en="`{a}` lacks its brackets, so nothing has been computed.",
            ).format(a=typed),
            T(zh="写成 `{a}()`。", en="Write `{a}()`.").format(a=typed),
        )
    grouped = next((one for one in _operands(node) if _is_grouped(failure, one)), None)
    if grouped is not None:
        typed = failure.source(grouped)
        return failure.explained(
            T(
                zh="`{a}` 只分好了组，还没有说每组算什么。",
                en="`{a}` is only grouped; nothing has been computed of the groups yet.",
            ).format(a=_short(typed)),
            T(
                zh='后面接上要算的，如 `.max()`、`.sum()`；要先取一列：`["列名"].max()`。',
                en='Say what to compute, as in `.max()` or `.sum()`; of one column: `["column"].max()`.',
            ),
        )
    if (
        "Timestamp" in (left, right)
        or "integer-arrays with" in failure.said
        or re.search("datetime64|DatetimeArray", failure.said)
    ):
        written = next((one for one in _operands(node) if isinstance(one, ast.Constant)), None)
        if isinstance(written, ast.Constant) and isinstance(written.value, str):
            cause = T(
                zh="`{a}` 加了引号，是一段文字，不是日期。", en="In quotes, `{a}` is a text and no date."
            ).format(a=failure.source(written))
            tables = [
                name
                for name, value in failure.names.items()
                if isinstance(value, pd.DataFrame) and written.value in value.columns and name[:1] != "_"
            ]
            if tables:
                right = f"{tables[0]}[{failure.source(written)}]"
                return failure.explained(
                    cause,
                    T(
                        zh="列从表里取：`{right}`。", en="A column is taken out of its table: `{right}`."
                    ).format(right=failure.source(node).replace(failure.source(written), right)),
                )
            return failure.explained(
                cause,
                T(zh="写成 `pd.Timestamp({a})`", en="Write `pd.Timestamp({a})`").format(
                    a=_iso(failure.source(written))
                )
                + the_day(failure.names),
            )
        if written is None:
            return failure.explained(
                T(
                    zh="一边是日期，一边不是日期，也不是一段时间，不能放在一起算。",
                    en="One side is a date, the other neither a date nor a length of time: they cannot be counted together.",
                ),
                T(
                    zh="分别运行两边，看看列取对了没有。",
                    en="Run each side alone, and see whether it is the column you mean.",
                ),
                general=True,
            )
        number = failure.source(written)
        return failure.explained(
            T(
                zh="日期不能直接加减或比较一个数：要说明是多少天。",
                en="A date cannot be added to or compared with a bare number: say that it is days.",
            ),
            T(
                zh="天数写成 `pd.Timedelta(days={n})`。", en="Write the days as `pd.Timedelta(days={n})`."
            ).format(n=number),
        )
    many = next(
        (
            one
            for one in _operands(node)
            if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Div) and _is_list(failure.value(one))
        ),
        None,
    )
    if many is not None:
        return failure.explained(
            T(
                zh="`{a}` 是一串东西，不是一个数，不能当除数。",
                en="`{a}` is a list of things, not a number to divide by.",
            ).format(a=failure.source(many)),
            T(zh="要除以它有几个：`len({a})`。", en="To divide by how many there are: `len({a})`.").format(
                a=failure.source(many)
            ),
        )
    groups = [one for one in (left, right) if one.endswith("GroupBy")]
    if groups:
        return failure.explained(
            T(
                zh="`groupby` 只分了组，还没有说每组算什么。",
                en="`groupby` has only made the groups; what to compute of each is still to be said.",
            ),
            T(
                zh="后面接一个算法：`.sum()`、`.mean()`、`.nunique()`、`.size()`。",
                en="Go on with what to compute: `.sum()`, `.mean()`, `.nunique()`, `.size()`.",
            ),
        )
    if left == right == "str" and isinstance(node, ast.BinOp) and (found := _names_of_columns(failure, node)):
        return found
    if left == right == "str" and isinstance(node, ast.BinOp) and not isinstance(node.op, ast.Add):
        return failure.explained(
            T(zh="两边都是文字，接在一起用 `+`。", en="Both sides are texts; they are joined by `+`."),
            T(zh="写成 `{a} + {b}`。", en="Write `{a} + {b}`.").format(
                a=_short(failure.source(node.left)), b=_short(failure.source(node.right))
            ),
        )
    texts = {left, right} & {"str", "object", "string"}
    if "NoneType" in (left, right):
        cause = T(
            zh="两边有一边是空的（None）：某一步没有交出结果。",
            en="One side is nothing (None): some step gave back no value.",
        )
        repair = T(
            zh="看看哪个名字来自 `print(…)` 或 `inplace=True`，把它们去掉。",
            en="See which name comes from `print(…)` or `inplace=True`, and leave these out.",
        )
    elif "ellipsis" in (left, right):
        cause = T(zh="有一边还是没填的 `...`。", en="One side is still a `...` to be filled in.")
        repair = T(
            zh="先做完前面那一题，再运行这一格。", en="Do the exercise above first, then run this cell."
        )
    elif texts:
        joining = isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add)
        cause = T(
            zh="一边是文字，一边是{other}，不能放在一起算或比较。",
            en="One side is text, the other {other}: they cannot be counted or compared together.",
        ).format(other=kind_words(next((one for one in (left, right) if one and one not in texts), "int")))
        repair = (
            T(
                zh="拼成一段文字：`str(数)`；或者先把文字变成数：`float(文字)`、`.astype(float)`。",
                en="To join them as a text: `str(number)`; to count: `float(text)` or `.astype(float)`.",
            )
            if joining
            else T(
                zh="数字去掉引号；一整列文字用 `.astype(float)` 变成数。",
                en="Take the quotes from the number; a column of text becomes numbers by `.astype(float)`.",
            )
        )
        measured = [
            one.func.value if isinstance(one, ast.Call) and isinstance(one.func, ast.Attribute) else one
            for one in _operands(node)
        ]
        columns = [one for one in measured if _holds_texts(failure.value(one))]
        if columns:
            repair = as_numbers(failure.source(columns[0]), failure.value(columns[0]))
    else:
        cause = T(zh="{a}和{b}不能这样放在一起。", en="This does not work between {a} and {b}.").format(
            a=kind_words(left), b=kind_words(right)
        )
        repair = T(
            zh="单独运行两边各看一眼，是不是取错了列或名字。",
            en="Run each side alone and see whether it is the column or name you mean.",
        )
        return failure.explained(cause, repair, general=True)
    return failure.explained(cause, repair)


def _holds_texts(value: Any) -> bool:
    import pandas as pd

    return isinstance(value, (pd.Series, pd.Index)) and not pd.api.types.is_numeric_dtype(value)


def as_numbers(typed: str, column: Any) -> T:
    """Say how a column of texts becomes numbers, by a way that its own values stand.

    >>> import pandas as pd
    >>> print(as_numbers('a["x"]', pd.Series(["1", "1.2万"])).within("en"))
    Make numbers of the texts by the course's `numbers(a["x"])[0]`; `.astype(float)` stops at `1.2万`.
    >>> print(as_numbers('a["x"]', pd.Series(["1", "2"])).within("en"))
    Make numbers of the texts: `a["x"].astype(float)`.
    """
    import pandas as pd

    texts = pd.Series(column).dropna().astype(str)
    stuck = texts[pd.to_numeric(texts, errors="coerce").isna()]
    if not len(stuck):
        return T(zh="先把文字变成数：`{right}`。", en="Make numbers of the texts: `{right}`.").format(
            right=f"{typed}.astype(float)"
        )
    if not re.search(r"\d", stuck.iloc[0]):
        return T(
            zh="里面有 `{one}` 这样的文字，变不成数：看看是不是取错了列。",
            en="It holds texts such as `{one}`, which are no numbers: see whether it is the column you mean.",
        ).format(one=stuck.iloc[0][:20])
    return T(
        zh="先把文字变成数：课上的 `{right}`；`.astype(float)` 遇到 `{one}` 就停。",
        en="Make numbers of the texts by the course's `{right}`; `.astype(float)` stops at `{one}`.",
    ).format(right=f"numbers({typed})[0]", one=stuck.iloc[0][:20])


def _names_of_columns(failure: Failure, node: ast.BinOp) -> Explanation | None:
    """`table["price" * "quantity"]`: two names are counted with, not what they stand for."""
    outer = next(failure.around(node), None)
    if not isinstance(outer, ast.Subscript) or isinstance(failure.value(outer.value), (str, list)):
        return None
    table, left, right = (failure.source(one) for one in (outer.value, node.left, node.right))
    sign = failure.source(node).removeprefix(left).removesuffix(right).strip()
    return failure.explained(
        T(
            zh="方括号里算的是两个名字，不是它们指的数。",
            en="In the brackets two names are counted with, and not what they stand for.",
        ),
        T(zh="先各取出来：`{right}`", en="Take each out first: `{right}`").format(
            right=f"{table}[{left}] {sign} {table}[{right}]"
        ),
        failure.source(outer),
    )


def the_day(names: Mapping[str, Any]) -> T:
    """Say which name of the notebook is the snapshot day; the end of a sentence either way."""
    import pandas as pd

    days = [name for name, value in names.items() if isinstance(value, pd.Timestamp) and name[:1] != "_"]
    if not days:
        return T(zh="。", en=".")
    return T(
        zh="；课上的“今天”（快照日）是 `{day}`。",
        en="; the “today” of the lesson, its snapshot day, is `{day}`.",
    ).format(day="as_of" if "as_of" in days else days[0])


def _iso(text: str) -> str:
    """Return a date in quotes as pandas reads it: `"2025年1月2日"` as `"2025-01-02"`."""
    found = re.fullmatch(r"""(["'])(\d{4})\D(\d{1,2})\D(\d{1,2})\D?\1""", text)
    return f"{found[1]}{found[2]}-{int(found[3]):02}-{int(found[4]):02}{found[1]}" if found else text


def _short(text: str) -> str:
    return text if len(text) <= 20 else f"{text[:12]}…"


def _is_grouped(failure: Failure, node: ast.AST) -> bool:
    """Tell whether a piece of code gives groups of which nothing is computed."""
    inner = node.value if isinstance(node, ast.Subscript) else node
    called = (
        isinstance(inner, ast.Call) and isinstance(inner.func, ast.Attribute) and inner.func.attr == "groupby"
    )
    return called or type(failure.value(node)).__name__.endswith("GroupBy")


def _is_list(value: Any) -> bool:
    import pandas as pd

    return isinstance(value, (pd.Index, list, tuple, set, dict))


def _is_method(name: str) -> bool:
    import pandas as pd

    return callable(getattr(pd.Series, name, None)) or callable(getattr(pd.DataFrame, name, None))


def _operands(node: ast.AST | None) -> list[ast.AST]:
    if isinstance(node, ast.BinOp):
        return [node.left, node.right]
    if isinstance(node, ast.Compare):
        return [node.left, *node.comparators]
    return []


def _kinds(failure: Failure) -> tuple[str, str]:
    """Return what the two sides are; empty texts where the error is another one."""
    said = failure.said
    found = re.search(
        r"(?:unsupported operand type|not supported between instances).*?'([\w.]+)' and '([\w.]+)'", said
    )
    if found:
        return found[1].split(".")[-1], found[2].split(".")[-1]
    if found := re.search(r"Invalid comparison between dtype=(\S+) and (\w+)", said):
        return _dtype(found[1]), found[2]
    if re.search(r"can only concatenate str|must be str, not|can only join", said):
        other = re.search(r"\(not \"(\w+)\"\)", said)
        return "str", other[1] if other else "int"
    if found := re.search(r"(?:operation|op) '(\w+)' not supported for dtype '(\w+)'", said):
        return _dtype(found[2]), "int"
    if "integer-arrays with" in said or re.search(
        "Cannot (?:compare|add|subtract).*(datetime|Timestamp)", said
    ):
        return "Timestamp", "int"
    if isinstance(failure.node, (ast.BinOp, ast.Compare)):
        kinds = [
            type(failure.value(one)).__name__ if failure.value(one) is not UNKNOWN else ""
            for one in _operands(failure.node)
        ]
        if any(kinds):
            return kinds[0], kinds[1]
    return "", ""


def _dtype(name: str) -> str:
    if name.startswith("datetime"):
        return "Timestamp"
    return "str" if name in ("object", "str", "string", "category") else "int"


def one_value_wanted(failure: Failure) -> Explanation | None:
    """Explain `int(column)` and texts that are no numbers."""
    said = failure.said
    calls = [
        one
        for one in [failure.node, *ast.walk(failure.statement() or ast.Module([], []))]
        if isinstance(one, ast.Call)
    ]
    if re.search(
        "cannot convert the series|not 'Series'|not 'DataFrame'|only length-1 arrays|only 0-dimensional arrays|must be a string, a bytes-like object or a real number, not '(Series|DataFrame)'",
        said,
    ):
        name = failure.source(calls[0].func) if calls else "int"
        return failure.explained(
            T(
                zh="`{name}(…)` 只收一个值，给它的是一整列、很多个值。",
                en="`{name}(…)` takes a single value; it was given a column of many.",
            ).format(name=name),
            T(
                zh="先把一列变成一个值，比如 `.sum()`、`.mean()`、`.iloc[0]`。",
                en="Make one value of the column first, for instance by `.sum()`, `.mean()`, `.iloc[0]`.",
            ),
        )
    if found := re.search(
        r"could not convert string to float: ['\"]?(.*?)['\"]?$|invalid literal for int\(\) with base 10: '(.*)'",
        said,
    ):
        text = next((one for one in found.groups() if one is not None), "")
        return failure.explained(
            T(zh="文字 `{text}` 变不成一个数。", en="The text `{text}` cannot be made a number.").format(
                text=text[:40]
            ),
            T(
                zh="去掉单位、逗号和空格；一整列用课程的 `numbers(列)[0]`。",
                en="Take out units, commas and spaces; for a column use the course's `numbers(column)[0]`.",
            ),
            general=not re.search(r"\d", text),
        )
    return None


def arithmetic(failure: Failure) -> Explanation | None:
    """Explain division by nothing, places that are not there, and lists of unequal length."""
    error, said = failure.error, failure.said
    if isinstance(error, ZeroDivisionError):
        divisor = failure.source(failure.node.right) if isinstance(failure.node, ast.BinOp) else ""
        return failure.explained(
            T(zh="除数 `{d}` 是 0。", en="What you divide by, `{d}`, is zero.").format(d=divisor or "…"),
            T(
                zh="看看它为什么是 0：单独运行 `{d}`；是不是筛选后一行也没剩下。",
                en="See why it is 0: run `{d}` alone; perhaps a filter left no rows.",
            ).format(d=divisor or "…"),
        )
    if isinstance(error, IndexError):
        import pandas as pd

        place = failure.node.value if isinstance(failure.node, ast.Subscript) else None
        held = failure.value(place.value if isinstance(place, ast.Attribute) else place)
        if not isinstance(held, (pd.DataFrame, pd.Series, pd.Index)):
            held = _taken_from(failure)
        if held is not None and len(held) == 1:
            return failure.explained(
                T(
                    zh="要的位置不存在：这里只有 1 行（个），它的位置是 0。",
                    en="That place does not exist: there is 1 row (item) only, and its place is 0.",
                ),
                T(zh="写成 `{right}`。", en="Write `{right}`.").format(
                    right=f"{failure.source(failure.node.value)}[0]"
                    if isinstance(failure.node, ast.Subscript)
                    else "[0]"
                ),
            )
        count = (
            T(zh="一共只有 {n} 行（个）", en="there are {n} rows (items) only").format(n=len(held))
            if held is not None
            else T(zh="没有那么多行（个）", en="there are not so many rows (items)")
        )
        return failure.explained(
            T(
                zh="要的位置不存在：{count}，从 0 数起。",
                en="That place does not exist: {count}, counted from 0.",
            ).format(count=count),
            T(
                zh="写一个小一些的数；第一个是 `[0]`，最后一个是 `[-1]`。是空的就看看筛选条件。",
                en="Write a smaller number; the first is `[0]`, the last `[-1]`. If it is empty, look at the filter.",
            ),
            general=True,
        )
    if re.search(
        "Length of values|Length mismatch|All arrays must be of the same length|Lengths must match|arrays must all be same length",
        said,
    ):
        return failure.explained(
            T(
                zh="两边的行数不一样，没法一一对上。",
                en="The two sides have not the same number of rows, so they cannot be paired.",
            ),
            T(
                zh="看看是不是其中一边筛选过；按客户对齐用 `.reindex(…)` 或 `.map(…)`。",
                en="See whether one of them was filtered; to match by customer, use `.reindex(…)` or `.map(…)`.",
            ),
        )
    if re.search("identically-labeled|Unalignable boolean", said):
        return failure.explained(
            T(
                zh="两边的行不是同一批（索引不同），不能逐行比较。",
                en="The rows of the two sides are not the same (another index), so they cannot be compared row by row.",
            ),
            T(
                zh="条件要从同一张表里来；或者先用 `.reindex(另一边.index)` 对齐。",
                en="Take the condition from the same table, or match the rows first: `.reindex(other.index)`.",
            ),
        )
    if re.search("duplicate (labels|values|entries)|uniquely valued Index|duplicate axis", said):
        return failure.explained(
            T(
                zh="索引里有重复的行名，不知道该用哪一行。",
                en="Some names of rows (the index) stand twice, so it is not clear which row is meant.",
            ),
            T(
                zh='先去重或汇总，比如 `.groupby("customer_id").sum()`；客户表用 `.set_index("customer_id")`。',
                en='Make them one first, for instance `.groupby("customer_id").sum()`; a table of customers takes `.set_index("customer_id")`.',
            ),
        )
    if isinstance(error, RecursionError):
        return failure.explained(
            T(zh="一个函数不停地调用自己。", en="A function calls itself without end."),
            T(
                zh="看看 `def` 里面有没有又用到它自己的名字。",
                en="See whether its own name is used inside its `def`.",
            ),
        )
    return None


def _taken_from(failure: Failure) -> Any:
    """Return the table or column that a place was asked of, as pandas had it in hand; `None` where that is not known."""
    import pandas as pd

    for frame in reversed(failure.inner):
        asked = frame.f_locals.get("self")
        held = getattr(asked, "obj", asked)
        if isinstance(held, (pd.DataFrame, pd.Series, pd.Index)):
            along = frame.f_locals.get("axis")
            return held.columns if along == 1 and isinstance(held, pd.DataFrame) else held
    return None


def lookalike(failure: Failure) -> Explanation | None:
    """Explain a name that stands for something small where a table of nearly that name is meant."""
    import pandas as pd

    if isinstance(failure.error, UserError):  # it says itself what is wrong
        return None
    large = (pd.DataFrame, pd.Series)
    tables = [name for name, value in failure.names.items() if isinstance(value, large)]
    for node in ast.walk(failure.node or failure.statement() or ast.Module([], [])):
        if isinstance(node, ast.Name) and isinstance(
            failure.names.get(node.id), (str, int, float, type(None), list)
        ):
            near = nearest(node.id, tables)
            if near:
                kind = kind_words(type(failure.names[node.id]).__name__)
                return failure.explained(
                    T(
                        zh="`{name}` 是{kind}，这里用不上。",
                        en="`{name}` is {kind}, which does not work here.",
                    ).format(name=node.id, kind=kind),
                    T(zh="是不是 `{near}`？", en="Do you mean `{near}`?").format(near=near[0]),
                )
    return None

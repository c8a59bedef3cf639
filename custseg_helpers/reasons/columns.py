"""Columns, rows and keys that are not there."""

import ast
import re
from collections.abc import Iterable
from typing import Any

from custseg_helpers.stopped.failure import UNKNOWN, Failure
from custseg_helpers.unreadable.explanation import Explanation
from custseg_helpers.unreadable.near import coded, nearest
from custseg_helpers.words.text import T

MOST_SHOWN = 8
INDEXERS = ("loc", "iloc", "at", "iat")


def no_such_column(failure: Failure) -> Explanation | None:
    """Explain a column, a row or a key that is not there."""
    import pandas as pd

    if not isinstance(failure.error, (KeyError, pd.errors.InvalidIndexError)) and not (
        isinstance(failure.error, (ValueError, TypeError))
        and re.search("unhashable|Columns? (not found|missing)|non-integer key", failure.said)
    ):
        return None
    for explain in (
        _numbers_first,
        _name_for_a_place,
        _columns_dropped,
        _run_together,
        _grouped_column,
        _index_as_column,
        _several_columns,
        _rows_and_columns,
        _missing_key,
    ):
        if found := explain(failure):
            return found
    return None


def _subscripts(failure: Failure) -> list[ast.Subscript]:
    """Return the square brackets that Python was at, the nearest first."""
    node = failure.node
    nodes = [] if node is None else [node, *failure.around(node)]
    found = [one for one in nodes if isinstance(one, ast.Subscript)]
    return (
        found[:1]
        if found
        else [
            one
            for one in ast.walk(failure.statement() or ast.Module([], []))
            if isinstance(one, ast.Subscript)
        ]
    )


def _several_columns(failure: Failure) -> Explanation | None:
    """`table["a", "b"]`, where `table[["a", "b"]]` is meant."""
    for node in _subscripts(failure):
        keys = node.slice
        table = failure.value(node.value)
        first = keys.elts[0] if isinstance(keys, ast.Tuple) and keys.elts else None
        row = first.value if isinstance(first, ast.Constant) else None
        if (
            row is not None
            and row in getattr(table, "index", ())
            and row not in getattr(table, "columns", ())
        ):
            continue
        if (
            isinstance(keys, ast.Tuple)
            and all(isinstance(key, ast.Constant) for key in keys.elts)
            and _owner_name(node) not in INDEXERS
        ):
            inner = failure.source(keys).strip("()")
            return failure.explained(
                T(
                    zh="取好几列时，列名要先放进一个列表，所以方括号是两层。",
                    en="Several columns are asked for as a list, so the square brackets are double.",
                ),
                T(zh="改成 `{owner}[[{keys}]]`。", en="Write `{owner}[[{keys}]]`.").format(
                    owner=failure.source(node.value), keys=inner
                ),
                failure.source(node),
            )
    return None


def _numbers_first(failure: Failure) -> Explanation | None:
    """`table.nlargest("amount", 10)`: the arguments are turned round."""
    for call in ast.walk(failure.node or ast.Module([], [])):
        if not (isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) and len(call.args) == 2):
            continue
        given = [getattr(one, "value", None) for one in call.args]
        if (
            call.func.attr in ("nlargest", "nsmallest")
            and isinstance(given[0], str)
            and isinstance(given[1], int)
        ):
            text, number = (failure.source(one) for one in call.args)
            return failure.explained(
                T(
                    zh="`{name}` 的两个参数顺序反了：先几个，再哪一列。",
                    en="The arguments of `{name}` are turned round: first how many, then the column.",
                ).format(name=call.func.attr),
                T(zh="写成 `{name}({n}, {t})`。", en="Write `{name}({n}, {t})`.").format(
                    name=call.func.attr, n=number, t=text
                ),
            )
    return None


def _columns_dropped(failure: Failure) -> Explanation | None:
    """`table.drop("amount")`: rows are dropped unless it is said that columns are meant."""
    call = failure.node
    if not (
        isinstance(call, ast.Call)
        and isinstance(call.func, ast.Attribute)
        and call.func.attr == "drop"
        and call.args
    ):
        return None
    if not {one.arg for one in call.keywords} & {"axis", "columns"} and set(_keys(failure, [])) & set(
        _column_labels(failure)
    ):
        return failure.explained(
            T(
                zh="`drop` 不说明时去掉的是行，这里写的是列名。",
                en="`drop` takes rows away unless told otherwise; this is a column.",
            ),
            T(zh="写成 `drop(columns={key})`。", en="Write `drop(columns={key})`.").format(
                key=failure.source(call.args[0])
            ),
        )
    return None


def _name_for_a_place(failure: Failure) -> Explanation | None:
    """`table.iloc["C0002"]`: places are numbers, names go into `.loc`."""
    for node in _subscripts(failure):
        if _owner_name(node) == "iloc" and "non-integer key" in failure.said:
            right = f"{failure.source(node.value).removesuffix('.iloc')}.loc[{failure.source(node.slice)}]"
            return failure.explained(
                T(
                    zh="`.iloc` 要的是第几行（数字），这里写的是名字。",
                    en="`.iloc` takes places, which are numbers; this is a name.",
                ),
                T(zh="按名字取用 `.loc`：`{right}`。", en="By name it is `.loc`: `{right}`.").format(
                    right=right
                ),
            )
    return None


def _run_together(failure: Failure) -> Explanation | None:
    """`["a" "b"]`: two texts side by side become one."""
    for node in ast.walk(failure.node or failure.statement() or ast.Module([], [])):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            typed = failure.source(node)
            halves = re.fullmatch(r"""(".*?"|'.*?')\s+(".*?"|'.*?')""", typed)
            if halves and node.value in str(failure.error):
                return failure.explained(
                    T(
                        zh="两段文字之间少了逗号 `,`，Python 把它们连成了 `{key}`。",
                        en="A comma, `,`, is missing between two texts; Python joins them to `{key}`.",
                    ).format(key=node.value),
                    T(zh="写成 `{a}, {b}`。", en="Write `{a}, {b}`.").format(a=halves[1], b=halves[2]),
                    failure.source(next(failure.around(node), node)),
                )
    return None


def _grouped_column(failure: Failure) -> Explanation | None:
    """`column.groupby("name")`: one column alone has no other columns."""
    import pandas as pd

    call = (
        next(
            (one for one in [failure.node, *failure.around(failure.node)] if isinstance(one, ast.Call)), None
        )
        if failure.node
        else None
    )
    if (
        call is None
        or not isinstance(call.func, ast.Attribute)
        or call.func.attr != "groupby"
        or not call.args
    ):
        return None
    held = next(failure.holders((pd.DataFrame, pd.Series)), None)
    if not isinstance(held, pd.Series) or not isinstance(call.args[0], ast.Constant):
        return None
    key = str(call.args[0].value)
    owners = [node.value for node in ast.walk(call.func.value) if isinstance(node, ast.Subscript)]
    owners += [node for node in ast.walk(failure.tree or ast.Module([], [])) if isinstance(node, ast.Name)]
    table = next(
        (failure.source(one) for one in owners if key in getattr(failure.value(one), "columns", ())), None
    )
    if table:
        right = f'{table}["{key}"]'
    elif key in failure.names:
        right = key
    elif held.name == key:
        owner = failure.source(call.func.value)
        return failure.explained(
            T(
                zh="`groupby` 前面只有 `{key}` 这一列，不用再按它分组。",
                en="What stands before `groupby` is `{key}` itself, one column; it need not be grouped by that.",
            ).format(key=key),
            T(
                zh="每种有几个，写 `{owner}.value_counts()`。",
                en="How many there are of each: `{owner}.value_counts()`.",
            ).format(owner=owner),
        )
    else:
        return None
    return failure.explained(
        T(
            zh="`groupby` 前面只是一列，里面没有叫 `{key}` 的列。",
            en="What stands before `groupby` is one column alone; it has no column `{key}`.",
        ).format(key=key),
        T(
            zh="把那一列本身交给它：`groupby({right})`。",
            en="Hand over the column itself: `groupby({right})`.",
        ).format(right=right),
    )


def _index_as_column(failure: Failure) -> Explanation | None:
    """`table["customer_id"]` where the customers are the rows' names."""
    for node in _subscripts(failure):
        table = failure.value(node.value)
        key = node.slice.value if isinstance(node.slice, ast.Constant) else None
        if (
            key is not None
            and key in getattr(getattr(table, "index", None), "names", ())
            and key not in getattr(table, "columns", ())
        ):
            owner = failure.source(node.value)
            return failure.explained(
                T(
                    zh="`{key}` 在 `{owner}` 里是行名（索引），不是列。",
                    en="In `{owner}`, `{key}` names the rows (it is the index) and is no column.",
                ).format(key=key, owner=owner),
                T(
                    zh="要行名写 `{owner}.index`；要变回一列写 `{owner}.reset_index()`。也可能要的是另一列。",
                    en="The names are `{owner}.index`; `{owner}.reset_index()` makes them a column. Or another column is meant.",
                ).format(owner=owner),
            )
    return None


def _rows_and_columns(failure: Failure) -> Explanation | None:
    """`table[condition, "column"]`, where `.loc[…]` is meant."""
    for node in _subscripts(failure):
        if isinstance(node.slice, ast.Tuple) and _owner_name(node) not in INDEXERS:
            owner = failure.source(node.value)
            keys = [failure.source(key) for key in node.slice.elts]
            typed = failure.source(node.slice)
            if thousands := re.search(r"(?<![\w.])\d{1,3}(?:,\d{3})+(?![\w,.])", typed):
                right = typed.replace(thousands[0], thousands[0].replace(",", ""))
                return failure.explained(
                    T(
                        zh="`{typed}` 里的逗号把一个数分成了几个。",
                        en="The comma in `{typed}` makes several numbers of one.",
                    ).format(typed=thousands[0]),
                    T(zh="写成 `{owner}[{right}]`。", en="Write `{owner}[{right}]`.").format(
                        owner=owner, right=right
                    ),
                )
            if all(isinstance(key, ast.Compare) for key in node.slice.elts):
                return failure.explained(
                    T(
                        zh="两个条件之间写的是逗号；都要满足写 `&`，满足一个写 `|`。",
                        en="A comma stands between two conditions; for both write `&`, for one of them `|`.",
                    ),
                    T(zh="改成 `{owner}[{keys}]`。", en="Write `{owner}[{keys}]`.").format(
                        owner=owner, keys=" & ".join(f"({key})" for key in keys)
                    ),
                )
            return failure.explained(
                T(
                    zh="行的条件和列名写在一起时，要用 `.loc`。",
                    en="A condition for rows together with a column takes `.loc`.",
                ),
                T(zh="改成 `{owner}.loc[{keys}]`。", en="Write `{owner}.loc[{keys}]`.").format(
                    owner=owner, keys=", ".join(keys)
                ),
            )
    return None


def _owner_name(node: ast.Subscript) -> str:
    return node.value.attr if isinstance(node.value, ast.Attribute) else ""


def _missing_key(failure: Failure) -> Explanation | None:
    if not isinstance(failure.error, KeyError) and not re.search(
        "Columns? (not found|missing)", failure.said
    ):
        return None
    what, known, holder = _where(failure)
    keys = _keys(failure, known)
    if not keys:
        return None
    key = keys[0]
    owner = _owner_text(failure)
    rows = [] if what != "column" else _row_labels(failure)
    cause = {
        "column": T(zh="{owner}没有叫 `{key}` 的列。", en="{owner} has no column `{key}`."),
        "row": T(zh="{owner}没有叫 `{key}` 的行。", en="{owner} has no row `{key}`."),
        "key": T(zh="{owner}没有 `{key}`。", en="{owner} has no `{key}`."),
    }[what].format(owner=_named(owner, what), key=key)
    near = [] if _table_of(failure, key) else nearest(key, known)
    variable = key if isinstance(key, str) and key in failure.names and not near else None
    kept = getattr(holder, "attrs", {})
    as_text = next((one for one in known if not isinstance(one, str) and str(one) == key), None)
    if isinstance(key, str) and key in kept and owner:
        repair = T(
            zh="它记在表的旁边：`{owner}.attrs[{code}]`。",
            en="It is kept beside the table: `{owner}.attrs[{code}]`.",
        ).format(owner=owner, code=f'"{key}"')
    elif as_text is not None and owner:
        repair = T(
            zh="`{key}` 在这里不是文字，去掉引号：`{owner}[{key}]`。",
            en="Here `{key}` is no text: leave out the quotes, `{owner}[{key}]`.",
        ).format(owner=owner, key=key)
    elif isinstance(key, int) and what == "column" and key not in rows:
        repair = T(
            zh="方括号里写的是列名；第几行用 `.iloc`：`{owner}.iloc[{key}]`。",
            en="Square brackets take a column; a row by its place is `{owner}.iloc[{key}]`.",
        ).format(owner=owner or "…", key=key)
    elif isinstance(key, int) and what == "row" and owner:
        repair = T(
            zh="按次序取用 `.iloc`：`{owner}.iloc[{key}]`。",
            en="By its place it is `.iloc`: `{owner}.iloc[{key}]`.",
        ).format(owner=owner, key=key)
    elif key in rows and what == "column":
        repair = T(
            zh="`{key}` 是行的名字，取一行用 `.loc`：`{owner}.loc[{code}]`。",
            en="`{key}` is a row; a row is taken by `.loc`: `{owner}.loc[{code}]`.",
        ).format(key=key, owner=owner or "…", code=repr(key).replace("'", '"'))
    elif what != "column" and isinstance(key, str) and key in _column_labels(failure):
        repair = T(
            zh="`{key}` 是列名：行在前，列在后，`.loc[行, 列]`。",
            en="`{key}` is a column: rows come first, then columns, `.loc[row, column]`.",
        ).format(key=key)
    elif variable and not isinstance(failure.names[variable], type(UNKNOWN)):
        repair = T(
            zh="`{key}` 是个变量，不要加引号。", en="`{key}` is a name of yours: leave out the quotes."
        ).format(key=key)
    elif near:
        repair = T(zh="是不是 {near}？", en="Do you mean {near}?").format(
            near=coded([f'"{one}"' for one in near])
        )
    elif (other := _table_of(failure, key)) and what == "column":
        repair = T(zh="`{other}` 里有这一列：`{right}`。", en="`{other}` has this column: `{right}`.").format(
            other=other, right=f'{other}["{key}"]'
        )
    else:
        repair = _those(known, what)
    piece = (
        failure.piece
        if str(key) in failure.piece
        else (failure.text if len(failure.text) <= 60 else f'"{key}"')
    )
    return failure.explained(cause, repair, piece)


def _table_of(failure: Failure, key: Any) -> str | None:
    """Return the notebook's own table that has the column, if it is one table only."""
    import pandas as pd

    found = [
        name
        for name, value in failure.names.items()
        if isinstance(value, pd.DataFrame) and not name.startswith("_") and key in value.columns
    ]
    there = [name for name in found if re.search(rf"(?<!\w){re.escape(name)}(?!\w)", failure.code)] or found
    return there[0] if len(there) == 1 else None


def _named(owner: str, what: str) -> T:
    if owner:
        return T(zh="`{owner}` 里", en="`{owner}`").format(owner=owner)
    return T(zh="这张表里", en="This table") if what == "column" else T(zh="里面", en="It")


def _those(known: list[Any], what: str) -> T:
    shown = coded([f'"{one}"' if isinstance(one, str) else one for one in known[:MOST_SHOWN]])
    more = (
        T(zh=" 等 {n} 个", en=" and more, {n} in all").format(n=len(known))
        if len(known) > MOST_SHOWN
        else T(zh="", en="")
    )
    if not known:
        return T(
            zh="里面是空的：先看看上一步的结果有没有行。",
            en="It is empty: see whether the step before kept any rows.",
        )
    return T(zh="里面有：{shown}{more}。", en="It has: {shown}{more}.").format(shown=shown, more=more)


def _owner_text(failure: Failure) -> str:
    for node in _subscripts(failure):
        text = failure.source(node.value)
        for indexer in INDEXERS:
            text = text.removesuffix(f".{indexer}")
        if isinstance(node.value, ast.Name) or 0 < len(text) <= 30:
            return text
    return ""


def _where(failure: Failure) -> tuple[str, list[Any], Any]:
    """Return what was looked for (`column`, `row`, `key`), what there is, and the thing it was looked for in."""
    import pandas as pd

    node = next(iter(_subscripts(failure)), None)
    value = (
        failure.value(node.value) if isinstance(failure.node, ast.Subscript) and node is not None else UNKNOWN
    )
    if node is not None and isinstance(node.value, ast.Dict):
        value = {key.value: None for key in node.value.keys if isinstance(key, ast.Constant)}
    if isinstance(value, dict):
        return "key", list(value), value
    if isinstance(value, pd.Series):
        return "row", value.index.tolist(), value
    held = next(failure.holders((pd.DataFrame, pd.Series, dict)), None) if value is UNKNOWN else value
    held = next(
        (
            one
            for one in failure.holders((pd.DataFrame, pd.Series))
            if isinstance(one, (pd.DataFrame, pd.Series))
        ),
        held,
    )
    table = next((one for one in _tables(failure)), None)
    if node is not None and _owner_name(node) in INDEXERS and isinstance(held, (pd.DataFrame, pd.Series)):
        index = next(failure.holders(pd.Index), held.index)
        columns = list(held.columns) if isinstance(held, pd.DataFrame) else []
        return (
            ("column", columns, held)
            if columns and index.tolist() == columns
            else ("row", held.index.tolist(), held)
        )
    if isinstance(held, pd.Series) and table is None:
        return "row", held.index.tolist(), held
    if table is not None:
        return "column", [*table.columns, *(name for name in table.index.names if name)], table
    if isinstance(failure.error, KeyError) and isinstance(value, type(UNKNOWN)):
        plain: dict[str, Any] = next(
            (
                one
                for one in failure.holders(dict)
                if all(isinstance(key, str) for key in one)
                and one is not failure.names
                and "__name__" not in one
            ),
            {},
        )
        return "key", list(plain), plain
    return "key", [], None


def _tables(failure: Failure) -> Iterable[Any]:
    """Yield the tables that the frames hold, the innermost first; those that a grouping holds, too."""
    import pandas as pd

    for frame in reversed(failure.inner):
        for held in list(frame.f_locals.values()):
            if isinstance(held, pd.DataFrame):
                yield held
            elif type(held).__name__.endswith("GroupBy"):
                table = getattr(held, "__dict__", {}).get("obj")
                if isinstance(table, pd.DataFrame):
                    yield table


def _row_labels(failure: Failure) -> list[Any]:
    table = next(iter(_tables(failure)), None)
    return [] if table is None else table.index.tolist()


def _column_labels(failure: Failure) -> list[Any]:
    table = next(iter(_tables(failure)), None)
    return [] if table is None else list(table.columns)


def _keys(failure: Failure, known: list[Any]) -> list[Any]:
    """Return the keys that are not there, read from the cell where they stand there, else from the error."""
    held = set(filter(_hashable, known))
    said = failure.error.args[0] if failure.error.args else None
    if (
        _hashable(said)
        and said not in held
        and not (isinstance(said, str) and re.search(r"\[|not in index|not found", said))
    ):
        return [said]
    root = failure.node if failure.node is not None else failure.statement()
    typed = [
        node.value
        for node in ast.walk(root or ast.Module([], []))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    ]
    quoted = re.findall(r"'([^']+)'", str(said))
    return [key for key in typed if key in str(said) and key not in held] or [
        key for key in quoted if key not in held
    ]


def _hashable(value: Any) -> bool:
    try:
        hash(value)
    except TypeError:
        return False
    return True

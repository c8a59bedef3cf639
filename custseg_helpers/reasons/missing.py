"""Names that are not there: mistyped, without their quotes, or made by a cell that has not been run."""

import ast
import builtins
import difflib
import re
import sys
from collections.abc import Iterator
from types import ModuleType
from typing import Any

from custseg_helpers.reasons.calls import ALLOWED
from custseg_helpers.reasons.excel_names import known
from custseg_helpers.reasons.spreadsheet import here
from custseg_helpers.reasons.values import the_day
from custseg_helpers.steps.stored import steps_of
from custseg_helpers.stopped.failure import UNKNOWN, Failure, takes
from custseg_helpers.stopped.memory import MEMORY
from custseg_helpers.stopped.notebook import maker, place_of
from custseg_helpers.unreadable.explanation import Explanation
from custseg_helpers.unreadable.near import VERY_CLOSE, by_label, coded, nearest
from custseg_helpers.words.text import T, in_turn

ELSEWHERE = {
    "true": "True", "false": "False", "TRUE": "True", "FALSE": "False", "none": "None", "null": "None", "NULL": "None", "descending": "ascending=False",
    "number": "float", "string": "str", "text": "str", "nan": 'float("nan")', "NaN": 'float("nan")', "Print": "print", "LEN": "len",
    "Yes": "True", "yes": "True", "YES": "True", "No": "False", "no": "False", "NO": "False", "是": "True", "否": "False",
    "Null": "None", "NONE": "None", "NaT": "pd.NaT", "NA": "pd.NA", "desc": "ascending=False", "asc": "ascending=True",
}  # fmt: skip
"""What other languages write, and Python's own spelling."""
USUAL = {
    "np": "numpy",
    "pd": "pandas",
    "plt": "matplotlib.pyplot",
    "sns": "seaborn",
    "datetime": "datetime",
    "math": "math",
}


FILES = ("csv", "xlsx", "xls", "txt", "json", "parquet", "toml")
"""Ends of the names of files."""


def no_such_name(failure: Failure) -> Explanation | None:
    """Explain a `NameError`."""
    if not isinstance(failure.error, NameError):
        return None
    name = failure.error.name or (re.findall(r"'([^']+)'", failure.said) or [""])[0]
    if not name:
        return None
    node = failure.node if isinstance(failure.node, ast.Name) else _name_node(failure, name)
    ways = (
        _two_equals,
        _compared_instead_of_made,
        _in_words,
        _of_itself,
        _file,
        _unquoted,
        _other_language,
        _of_a_room,
        _not_run,
        _exact_heading,
        _bare_column,
        _mistyped,
        _to_import,
        _by_heading,
        _unknown,
    )
    for way in ways:
        if words := way(failure, name, node):
            cause, repair = (text.replace("{name}", name) for text in words)
            return failure.explained(cause, repair, _context(failure, node, name), general=way is _unknown)
    return None


def no_such_module(failure: Failure) -> Explanation | None:
    """Explain an import that did not work."""
    if not isinstance(failure.error, ImportError):
        return None
    name = failure.error.name or ""
    if isinstance(failure.error, ModuleNotFoundError):
        known = [*USUAL.values(), "custseg_helpers", "scipy", "sklearn"]
        near = nearest(name, known)
        cause = T(zh="这里没有叫 `{name}` 的软件包。", en="There is no package called `{name}` here.")
        repair = (
            T(zh="是不是 `{near}`？", en="Do you mean `{near}`?").format(near=near[0])
            if near
            else T(
                zh="检查拼写；课程只用第一个代码单元格里导入的软件包，别的可以不装。",
                en="Check the spelling; the course needs only the packages that its first code cell imports.",
            )
        )
        return failure.explained(cause.format(name=name), repair, failure.text)
    wanted = (re.findall(r"cannot import name '([^']+)'", failure.said) or [""])[0]
    room = __import__(name, fromlist=["_"]) if name else None
    near = nearest(wanted, dir(room)) if room else []
    if within := _room_that_has(wanted) if name == "custseg_helpers" else None:
        return failure.explained(
            T(zh="`{wanted}` 在 `{room}` 里。", en="`{wanted}` is in `{room}`.").format(
                wanted=wanted, room=within
            ),
            T(
                zh="写 `from custseg_helpers import {room}`，用的时候写 `{room}.{wanted}(…)`。",
                en="Write `from custseg_helpers import {room}`, and use it as `{room}.{wanted}(…)`.",
            ).format(room=within, wanted=wanted),
            failure.text,
        )
    cause = T(zh="`{room}` 里没有 `{name}`。", en="`{room}` has no `{name}`.").format(room=name, name=wanted)
    repair = (
        T(zh="是不是 `{near}`？", en="Do you mean `{near}`?").format(near=near[0])
        if near
        else T(zh="检查拼写，大小写也要一样。", en="Check the spelling; capitals count.")
    )
    return failure.explained(cause, repair, failure.text)


def _room_that_has(name: str) -> str | None:
    """Return the module of the course that has a function of this name."""
    course = sys.modules["custseg_helpers"]
    for room in dir(course):
        held = getattr(course, room, None)
        made = _public(held, name) if isinstance(held, ModuleType) and not room.startswith("_") else None
        if callable(made) and getattr(made, "__module__", "") == getattr(held, "__name__", None):
            return room
    return None


def quoted_place(failure: Failure, node: ast.AST | None) -> Any:
    """Return what a name without quotes is meant to be found in: a table, a column, or `UNKNOWN`."""
    import pandas as pd

    for outer in failure.around(node):
        if isinstance(outer, ast.Subscript) and node is not outer.value:
            inner = outer.value
            if isinstance(inner, ast.Attribute) and inner.attr in ("loc", "at"):
                inner = inner.value
            owner = failure.value(inner)
            if isinstance(owner, (pd.DataFrame, pd.Series)) or owner is UNKNOWN:
                return owner
        if isinstance(outer, ast.Call) and isinstance(outer.func, ast.Attribute):
            owner = failure.value(outer.func.value)
            if isinstance(owner, pd.DataFrame):
                return owner
        if isinstance(outer, ast.Compare):
            return _column_of(failure, outer.left)
        if isinstance(outer, ast.stmt):
            return UNKNOWN
    return UNKNOWN


def columns_there(names: Any) -> set[str]:
    """Return the columns of every table among the names."""
    import pandas as pd

    tables = [value for value in list(names.values()) if isinstance(value, pd.DataFrame)]
    return {column for table in tables for column in table.columns if isinstance(column, str)}


def own_names(failure: Failure) -> list[str]:
    """Return the names that the lesson and the learner gave."""
    there = ("In", "Out", "exit", "quit", "open", "get_ipython")
    return [one for one in failure.names if not one.startswith("_") and one not in there]


def known_elsewhere(name: str) -> bool:
    """Tell whether a name is one that another cell or an import would bring."""
    return name in MEMORY.stale or name in USUAL or name in dir(sys.modules["custseg_helpers"])


def _name_node(failure: Failure, name: str) -> ast.Name | None:
    nodes = ast.walk(failure.statement() or ast.Module([], []))
    return next((node for node in nodes if isinstance(node, ast.Name) and node.id == name), None)


def _context(failure: Failure, node: ast.AST | None, name: str) -> str:
    """Return the line, where it is short; the name alone otherwise."""
    return failure.text if 0 < len(failure.text) <= 60 else name


def _column_of(failure: Failure, node: ast.AST) -> Any:
    """Return a column, or a column with the values that a call would give."""
    import pandas as pd

    value = failure.value(node)
    return value if isinstance(value, pd.Series) else UNKNOWN


def _in_words(failure: Failure, name: str, node: ast.AST | None) -> tuple[T, T] | None:
    """A line of Chinese, as a note to oneself: it lacks its `#`."""
    statement = failure.statement()
    if not (
        isinstance(statement, ast.Expr) and statement.value is node and len(name) > 2 and not name.isascii()
    ):
        return None
    return (
        T(
            zh="`{name}` 是写给人看的话，Python 把它当成名字去找。",
            en="`{name}` is a note for people; Python looks for a thing of that name.",
        ),
        T(
            zh="前面加 `#`：`# {name}`；不要就删掉这一行。",
            en="Put `#` before it, `# {name}`, or delete the line.",
        ),
    )


def _of_itself(failure: Failure, name: str, node: ast.AST | None) -> tuple[T, T] | None:
    """`catalogue = parse_catalogue(catalogue)`: a name is used in the line that is to make it."""
    statement = failure.statement()
    targets = {getattr(one, "id", "") for one in getattr(statement, "targets", ())}
    if name not in targets or not isinstance(statement, ast.Assign):
        return None
    above = [
        one.targets[0].id
        for one in getattr(failure.tree, "body", ())
        if isinstance(one, ast.Assign)
        and one.lineno < statement.lineno
        and isinstance(one.targets[0], ast.Name)
    ]
    repair = T(zh="右边写已经有的东西。", en="Write something on the right that is there already.")
    if above:
        repair = T(
            zh="右边写已经有的东西，比如上面一行做出来的 `{above}`。",
            en="Write something on the right that is there already, such as `{above}`, made in the line above.",
        ).format(above=above[-1])
    return (
        T(
            zh="`{name}` 要到这一行做完才有，右边还不能用它。",
            en="`{name}` is only made by this line, so it cannot be used on its right side.",
        ),
        repair,
    )


def _file(failure: Failure, name: str, node: ast.AST | None) -> tuple[T, T] | None:
    """`key["file"] == sales_orders.csv`: the name of a file is a text."""
    outer = next(failure.around(node), None)
    if not (isinstance(outer, ast.Attribute) and outer.attr in FILES):
        return None
    return (
        T(zh="文件名是一段文字，要加引号。", en="The name of a file is a text, in quotes."),
        T(zh='写成 `"{file}"`。', en='Write `"{file}"`.').format(file=failure.source(outer)),
    )


def _unquoted(failure: Failure, name: str, node: ast.AST | None) -> tuple[T, T] | None:
    import pandas as pd

    place = quoted_place(failure, node)
    outer = next(failure.around(node), None)
    if name.casefold() in ("true", "false"):
        return None
    if isinstance(place, pd.Series) and place.index.name == name and isinstance(outer, ast.Subscript):
        owner = failure.source(outer.value)
        return (
            T(
                zh="`{owner}` 只有一列；`{name}` 在它左边，是行名（索引）。",
                en="`{owner}` is one column; `{name}` stands to its left and names the rows (the index).",
            ).replace("{owner}", owner),
            T(zh="行名写 `{owner}.index`。", en="The names of its rows are `{owner}.index`.").format(
                owner=owner
            ),
        )
    if isinstance(outer, ast.keyword) and name in ALLOWED.get(outer.arg or "", ()):
        return (
            T(zh="`{name}` 在这里是一段文字，少了引号。", en="Here `{name}` is a text and lacks its quotes."),
            T(zh='写成 `{key}="{name}"`。', en='Write `{key}="{name}"`.').replace("{key}", outer.arg or ""),
        )
    if found := _column_compared(failure, name, node, outer):
        return found
    cause = T(
        zh="`{name}` 没有引号，Python 就把它当成一个名字去找，没有找到。",
        en="Without quotes, `{name}` is taken for a name, and there is none.",
    )
    repair = T(zh='列名和文字要加引号：`"{name}"`。', en='Columns and texts are in quotes: `"{name}"`.')
    known: set[Any] = set()
    if isinstance(place, pd.DataFrame):
        known = {*place.columns, *place.index[:1000]}
    elif isinstance(place, pd.Series):
        known = {*place.dropna().unique()[:1000].tolist(), *place.index[:1000]}
    in_table = isinstance(outer, (ast.Subscript, ast.Tuple, ast.List, ast.Call, ast.Compare))
    if name in known or (
        in_table and name in columns_there(failure.names) and not nearest(name, failure.names)
    ):
        return cause, repair
    taken = isinstance(outer, ast.Subscript) and outer.slice is node
    listed_there = isinstance(outer, (ast.Dict, ast.List, ast.Tuple)) or taken
    alike = difflib.get_close_matches(name, own_names(failure), n=1, cutoff=VERY_CLOSE)
    if listed_there and name.isascii() and not alike and not known_elsewhere(name):
        return cause, repair
    statement = failure.statement()
    compared = isinstance(outer, ast.Compare) and node is not outer.left
    if compared and not nearest(name, failure.names) and place is UNKNOWN and len(name) <= 24:
        return cause, repair
    if isinstance(statement, ast.Assign) and statement.value is node and re.fullmatch("[a-dA-D]", name):
        return cause, T(
            zh='选项是一段文字，要加引号：`"{name}"`。', en='An option is a text, in quotes: `"{name}"`.'
        )
    return None


def _column_compared(
    failure: Failure, name: str, node: ast.AST | None, outer: ast.AST | None
) -> tuple[T, T] | None:
    """`orders[channel == "store"]`: a column is named without its table."""
    import pandas as pd

    if not (isinstance(outer, ast.Compare) and outer.left is node):
        return None
    for around in failure.around(outer):
        table = failure.value(around.value) if isinstance(around, ast.Subscript) else UNKNOWN
        if isinstance(table, pd.DataFrame) and name in table.columns:
            owner = failure.source(around.value)  # type: ignore[attr-defined]
            rest = failure.source(outer).removeprefix(name)
            return (
                T(
                    zh="`{name}` 是 `{owner}` 的一列：前面写上表，列名加引号。",
                    en="`{name}` is a column of `{owner}`: the table stands before it, and its name in quotes.",
                ).replace("{owner}", owner),
                T(zh="写成 `{right}`。", en="Write `{right}`.").replace(
                    "{right}", f'{owner}["{name}"]{rest}'
                ),
            )
    return None


def _two_equals(failure: Failure, name: str, node: ast.AST | None) -> tuple[T, T] | None:
    """`f(customers==members)`, where an argument is meant."""
    outer = next(failure.around(node), None)
    call = next(failure.around(outer), None)
    if not (isinstance(outer, ast.Compare) and isinstance(call, ast.Call) and node is outer.left):
        return None
    if name not in takes(failure.value(call.func)):
        return None
    return (
        T(
            zh="`{name}` 在这里是参数的名字；`==`、`<` 这样的符号会被当成比较。",
            en="`{name}` is the name of an argument here; `==`, `<` and the like compare.",
        ),
        T(
            zh="给参数一个值只写一个 `=`：`{right}`",
            en="An argument is given its value by one `=`: `{right}`",
        ).format(right=f"{name}={failure.source(outer.comparators[0])}"),
    )


def _compared_instead_of_made(failure: Failure, name: str, node: ast.AST | None) -> tuple[T, T] | None:
    """`registered == len(customers)`, a line that is to give `registered` its value."""
    statement = failure.statement()
    asked = statement.value if isinstance(statement, ast.Expr) else None
    if not (isinstance(asked, ast.Compare) and asked.left is node and isinstance(asked.ops[0], ast.Eq)):
        return None
    right = f"{name} = {failure.source(asked.comparators[0])}"
    return (
        T(
            zh="两个等号 `==` 是比较；给 `{name}` 一个值只写一个 `=`。",
            en="Two equals signs, `==`, compare; `{name}` is given its value by one, `=`.",
        ),
        T(zh="写成 `{right}`。", en="Write `{right}`.").format(right=right),
    )


def _other_language(failure: Failure, name: str, node: ast.AST | None) -> tuple[T, T] | None:
    numbers = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "ten": 10}
    if name in ELSEWHERE and not nearest(name, failure.names):
        return (
            T(zh="Python 里没有 `{name}`，大小写也算数。", en="Python has no `{name}`; capitals count."),
            T(zh="写成 `{right}`。", en="Write `{right}`.").format(right=ELSEWHERE[name]),
        )
    if name.casefold() in ("distinct", "unique") and _handed_over(failure, node):
        return (
            T(
                zh="`{name}` 是 SQL 的写法，这里没有。",
                en="`{name}` is SQL; there is nothing of that name here.",
            ),
            T(
                zh="数有几个不同的，接 `.nunique()`，括号里空着。",
                en="How many different ones: `.nunique()`, its brackets empty.",
            ),
        )
    if name in numbers:
        return (
            T(
                zh="数量要用数字写，`{name}` 是个没见过的名字。",
                en="An amount is written in digits; `{name}` is a name that is not there.",
            ),
            T(zh="写成 `{n}`。", en="Write `{n}`.").format(n=numbers[name]),
        )
    if known(name) and _called(failure, node):
        call = next(failure.around(node), None)
        written = here(failure, name, call) if isinstance(call, ast.Call) else None
        if written:
            return (
                T(
                    zh="`{name}` 在这里没有：Python 里不是这样写的。",
                    en="There is no `{name}` here: Python writes it in another way.",
                ),
                written,
            )
    if name.casefold() in ("today", "now", "heute", "今天") and (day := the_day(failure.names)):
        return (
            T(
                zh="`{name}` 在这里没有：课上的天数都算到快照日，不算到今天。",
                en="There is no `{name}` here: the lessons count up to the snapshot day, not up to today.",
            ),
            T(zh="看第一格{day}", en="See the first cell{day}").format(day=day),
        )
    return None


def _handed_over(failure: Failure, node: ast.AST | None) -> bool:
    outer = next(failure.around(node), None)
    return isinstance(outer, ast.Call) and outer.func is not node


def _called(failure: Failure, node: ast.AST | None) -> bool:
    outer = next(failure.around(node), None)
    return isinstance(outer, ast.Call) and outer.func is node


def _of_a_room(failure: Failure, name: str, node: ast.AST | None) -> tuple[T, T] | None:
    """A function of the course that is called without its module: `abc(money)` for `value.abc(money)`."""
    holders = [(room, module) for room, module in rooms(failure.names) if callable(_public(module, name))]
    holders.sort(key=lambda pair: getattr(_public(pair[1], name), "__module__", "") != pair[1].__name__)
    found = [f"{room}.{name}" for room, _ in holders]
    if not found or not _called(failure, node):
        return None
    return (
        T(
            zh="`{name}` 是 `{room}` 里的函数，前面要写明它在哪里。",
            en="`{name}` is a function of `{room}`; that has to be said in front of it.",
        ).format(name=name, room=found[0].partition(".")[0]),
        T(zh="写成 `{full}(…)`。", en="Write `{full}(…)`.").format(full=found[0]),
    )


def rooms(names: Any) -> Iterator[tuple[str, ModuleType]]:
    """Yield the course's modules among the names, with what they are called."""
    for name, value in list(names.items()):
        if isinstance(value, ModuleType) and value.__name__.startswith("custseg_helpers"):
            yield name, value


def _public(module: ModuleType, name: str) -> Any:
    return None if name.startswith("_") else module.__dict__.get(name)


def _not_run(failure: Failure, name: str, node: ast.AST | None) -> tuple[T, T] | None:
    if any(re.match(rf"{re.escape(name)}\s*=", step.code) for step in steps_of(failure.code)):
        return (
            T(
                zh="这一格里没有哪一行做出 `{name}`。",
                en="No line of this cell makes `{name}`.",
            ),
            T(
                zh="有一行要以 `{name} = ` 开头：看看哪一行写了别的名字。",
                en="One line has to begin `{name} = `: see which one has another name.",
            ),
        )
    if name in MEMORY.stale:
        return (
            T(
                zh="`{name}` 还没有：做它的那一格出错停下了。",
                en="There is no `{name}` yet: the cell that makes it stopped with an error.",
            ),
            T(
                zh="先改好那一格，运行到不报错，再运行这一格。",
                en="Mend that cell until it runs without an error, then run this one.",
            ),
        )
    made = maker(name, failure.code)
    if made is None:
        return None
    if made.place == 1:
        return (
            T(
                zh="`{name}` 在第一个代码单元格里才有，那一格还没有运行（关掉再打开以后，也要再运行一次）。",
                en="`{name}` is made in the first code cell, which has not been run (after closing and opening it must be run again).",
            ),
            T(zh="先运行第一个代码单元格，再运行这一格。", en="Run the first code cell, then this one."),
        )
    if (here := place_of(failure.code)) is not None and made.place > here:
        return (
            T(
                zh="`{name}` 到下面才做出来（{where}），这一格用不上。",
                en="`{name}` is made further down only ({where}), so this cell cannot use it.",
            ).format(name=name, where=made.heading),
            T(
                zh="这里要的是上面已经有的东西：看看这一步用哪张表、哪一列。",
                en="Something that is there already is wanted here: see which table or column this step uses.",
            ),
        )
    heading = made.heading or T(zh="第 {n} 个代码单元格", en="code cell {n}").format(n=made.place)
    return (
        T(
            zh="`{name}` 在另一格里才有，那一格还没有运行，或者没有做完：{where}。",
            en="`{name}` is made in another cell, which has not been run or did not finish: {where}.",
        ).format(name=name, where=heading),
        T(zh="先运行那一格，再运行这一格。", en="Run that cell first, then this one."),
    )


def _exact_heading(failure: Failure, name: str, node: ast.AST | None) -> tuple[T, T] | None:
    if by_label(name, columns_there(failure.names), exact=True) and not name.isascii():
        return _by_heading(failure, name, node)
    return None


def _mistyped(failure: Failure, name: str, node: ast.AST | None) -> tuple[T, T] | None:
    near = (
        nearest(name, own_names(failure), 2)
        or _within_the_course(failure, name)
        or nearest(name, [one for one in dir(builtins) if one[:1].islower()])
    )
    if not near:
        return None
    return (
        T(zh="没有叫 `{name}` 的名字。", en="Nothing is called `{name}`."),
        T(
            zh="是不是 {near}？大小写和下划线也要一样。",
            en="Do you mean {near}? Capitals and underscores count.",
        ).format(near=coded(near)),
    )


def _within_the_course(failure: Failure, name: str) -> list[str]:
    """Return where a table of this name is among the course's objects: `company.reps`."""
    import pandas as pd

    return [
        f"{owner}.{name}"
        for owner, value in failure.names.items()
        if type(value).__module__.startswith("custseg_helpers")
        and not owner.startswith("_")
        and isinstance(getattr(value, name, None), (pd.DataFrame, pd.Series, pd.Timestamp))
    ][:2]


def _to_import(failure: Failure, name: str, node: ast.AST | None) -> tuple[T, T] | None:
    course = sys.modules["custseg_helpers"]
    if name in USUAL:
        line = f"import {USUAL[name]}" + (f" as {name}" if USUAL[name] != name else "")
        return T(zh="`{name}` 还没有导入。", en="`{name}` has not been imported."), T(
            zh="先运行：`{line}`", en="Run this first: `{line}`"
        ).format(line=line)
    if name in dir(course):
        return (
            T(
                zh="`{name}` 是课程里的，这本笔记还没有导入它。",
                en="`{name}` is part of the course, but this notebook has not imported it.",
            ),
            T(
                zh="先运行：`from custseg_helpers import {name}`",
                en="Run this first: `from custseg_helpers import {name}`",
            ),
        )
    return None


def _by_heading(failure: Failure, name: str, node: ast.AST | None) -> tuple[T, T] | None:
    codes = by_label(name, [*sorted(columns_there(failure.names)), *failure.names])
    if not codes:
        return None
    cause = T(
        zh="代码里没有叫 `{name}` 的名字：那是给人看的名称。",
        en="Nothing is called `{name}` in code: that is its name for readers.",
    )
    outer = next(failure.around(node), None)
    named = isinstance(outer, (ast.Subscript, ast.List, ast.Tuple, ast.keyword, ast.Dict))
    named = named and getattr(outer, "value", None) is not node
    named |= isinstance(outer, ast.Call) and node in outer.args and isinstance(outer.func, ast.Attribute)
    if codes[0] not in failure.names and not named and (right := _taken_out(failure, name)):
        return cause, T(zh="写成 `{right}`。", en="Write `{right}`.").format(right=right)
    written = codes[0] if codes[0] in failure.names else f'"{codes[0]}"'
    return cause, T(zh="代码里写 `{written}`。", en="In code, write `{written}`.").format(written=written)


def _bare_column(failure: Failure, name: str, node: ast.AST | None) -> tuple[T, T] | None:
    """`cost = quantity * price`: columns without their table."""
    if name not in columns_there(failure.names) or _called(failure, node) or known_elsewhere(name):
        return None
    right = _taken_out(failure, name)
    if right is None:
        return None
    return (
        T(
            zh="`{name}` 是一列：要从表里取，列名加引号。",
            en="`{name}` is a column: it is taken out of its table, its name in quotes.",
        ),
        T(zh="写成 `{right}`。", en="Write `{right}`.").format(right=right),
    )


def _taken_out(failure: Failure, name: str) -> str | None:
    """Return the line with each column that stands bare in it taken out of the table at hand: `lines["quantity"]`.

    The table is one of the line, else one that the exercise's steps name, else the one that has most of them.
    """
    import pandas as pd

    statement = failure.statement()
    if not isinstance(statement, (ast.Assign, ast.Expr)) or statement.lineno != statement.end_lineno:
        return None
    tables = {
        one: value
        for one, value in failure.names.items()
        if isinstance(value, pd.DataFrame) and not one.startswith("_")
    }
    bare = [
        one
        for one in ast.walk(statement)
        if isinstance(one, ast.Name)
        and isinstance(one.ctx, ast.Load)
        and not (one.id in failure.names or hasattr(builtins, one.id))
    ]
    meant: dict[str, dict[str, str]] = {table: {} for table in tables}
    for table, value in tables.items():
        columns = [column for column in value.columns if isinstance(column, str)]
        for one in {node.id for node in bare}:
            found = [one] if one in columns else [] if one.isascii() else by_label(one, columns, exact=True)
            meant[table] |= {one: found[0]} if found else {}
    said = failure.code + "\n".join(step.code for step in steps_of(failure.code))
    having = [one for one in tables if name in meant[one]]
    if not having:
        return None
    table = min(having, key=lambda one: (re.search(rf"\b{one}\b", said) is None, -len(meant[one])))
    taken = {one.id: f'{table}["{meant[table][one.id]}"]' for one in bare if one.id in meant[table]}
    if any(one.id not in taken for one in bare):  # the line cannot be written as a whole
        return taken[name]
    row = failure.code.splitlines()[statement.lineno - 1].encode()
    for place in sorted(bare, key=lambda node: -node.col_offset):
        row = row[: place.col_offset] + taken[place.id].encode() + row[place.end_col_offset :]
    return row.decode().strip()


def _unknown(failure: Failure, name: str, node: ast.AST | None) -> tuple[T, T] | None:
    choices = in_turn(
        [
            T(zh="拼错了", en="it is misspelt"),
            T(zh="生成它的那一格还没有运行", en="the cell that makes it has not been run"),
            T(zh='它是一段文字，要写成 `"{name}"`', en='it is a text and is written `"{name}"`').format(
                name=name
            ),
        ]
    )
    return T(zh="没有叫 `{name}` 的名字。", en="Nothing is called `{name}`."), T(
        zh="三种可能：", en="One of three: "
    ) + choices + T(zh="。", en=".")

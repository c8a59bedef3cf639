"""What is handed to a function of the course and is of another kind than it takes: the wrong table, a text, a `...`."""

import ast
import builtins
import inspect
import re
import types
import typing
from collections.abc import Callable, Iterator
from typing import Any

from custseg_helpers.reasons.attributes import kind_words
from custseg_helpers.reasons.too_many import columns_of_one_table
from custseg_helpers.stopped.failure import UNKNOWN, Failure
from custseg_helpers.unreadable.explanation import Explanation
from custseg_helpers.unreadable.near import coded, nearest
from custseg_helpers.words.text import T

MOST_NAMES = 3
OWN = ("In", "Out", "exit", "quit", "open", "get_ipython")
"""Names of the notebook itself."""


def wrong_kind(failure: Failure) -> Explanation | None:
    """Explain an error within a function of the course by what it was given and what it takes."""
    for call in _course_calls(failure):
        function = failure.value(call.func)
        given = list(_given(failure, call, function))
        if open_one := next((typed for typed, value, _, _ in given if value is ...), None):
            made = [
                one.lineno
                for one in ast.walk(failure.tree or ast.Module([], []))
                if isinstance(one, ast.Assign) and getattr(one.targets[0], "id", "") == open_one
            ]
            return failure.explained(
                T(
                    zh="`{a}` 还是没填的 `...`。", en="`{a}` is still the `...` that is to be filled in."
                ).format(a=open_one),
                T(
                    zh="先写好 `{a} = …` 那一行{where}，运行它，再运行这里。",
                    en="Write the line `{a} = …`{where} first, run it, then run this.",
                ).format(
                    a=open_one,
                    where=T(zh="（第 {n} 行）", en=" (line {n})").format(n=made[-1])
                    if made
                    else T(zh="", en=""),
                ),
                failure.source(call),
            )
        if found := _text_before_number(failure, call):
            return found
        wrong = [one for one in given if one[3] and not _fits(one[1], one[3])]
        if not wrong:
            continue
        if turned := _turned_round(failure, call, given):
            return turned
        if found := columns_of_one_table(failure, call):
            return found
        typed, value, taken, kinds = wrong[0]
        repair, guess = _instead(failure, call, typed, value, taken, kinds)
        return failure.explained(
            T(
                zh="`{f}` 在这里（`{taken}`）要的是{kind}；`{typed}` 是{other}。",
                en="Here (`{taken}`), `{f}` takes {kind}; `{typed}` is {other}.",
            ).format(
                f=failure.source(call.func),
                taken=taken,
                kind=kind_words(kinds[0].__name__),
                typed=typed,
                other=kind_words(type(value).__name__),
            ),
            repair,
            failure.source(call),
            general=guess,
        )
    return None


def _course_calls(failure: Failure) -> Iterator[ast.Call]:
    near = [] if failure.node is None else [failure.node, *failure.around(failure.node)]
    for one in dict.fromkeys([*near, *ast.walk(failure.statement() or ast.Module([], []))]):
        if isinstance(one, ast.Call):
            module = getattr(failure.value(one.func), "__module__", "") or ""
            if module.startswith("custseg_helpers"):
                yield one


def _given(
    failure: Failure, call: ast.Call, function: Callable[..., Any]
) -> Iterator[tuple[str, Any, str, tuple[type, ...]]]:
    """Yield what is handed over: as typed, its value, what it is taken for, and the kinds that are taken."""
    try:
        taken = list(inspect.signature(function).parameters.values())
        hints = typing.get_type_hints(function)
    except (TypeError, ValueError, NameError):
        return
    named = {one.name: one for one in taken}
    pairs = [*zip(call.args, taken, strict=False)]
    pairs += [(one.value, named[one.arg]) for one in call.keywords if one.arg in named]
    for node, parameter in pairs:
        value = failure.value(node)
        if value is not UNKNOWN and parameter.kind is not parameter.VAR_POSITIONAL:
            yield failure.source(node), value, parameter.name, _kinds(hints.get(parameter.name))


def _kinds(hint: Any) -> tuple[type, ...]:
    """Return the kinds that an annotation allows; none where it allows what cannot be told here."""
    origin = typing.get_origin(hint)
    if origin in (typing.Union, types.UnionType):
        found = [_kinds(one) for one in typing.get_args(hint)]
        return tuple(kind for one in found for kind in one) if all(found) else ()
    kind = origin or hint
    named = isinstance(kind, type) and kind is not object and kind.__module__ != "collections.abc"
    return (kind,) if named else ()


def _fits(value: Any, kinds: tuple[type, ...]) -> bool:
    import numbers

    if isinstance(value, str) and str not in kinds:
        return False
    if float in kinds and isinstance(value, numbers.Real):
        return True
    if int in kinds and isinstance(value, numbers.Integral):
        return True
    return isinstance(value, kinds)


def _turned_round(failure: Failure, call: ast.Call, given: list[Any]) -> Explanation | None:
    """Explain two things that are handed over in each other's place."""
    if len(call.args) < 2 or len(given) < 2:
        return None
    (one, first, _, wants), (two, second, _, needs) = given[:2]
    wrong = (wants and not _fits(first, wants)) or (needs and not _fits(second, needs))
    turned = (not wants or _fits(second, wants)) and (not needs or _fits(first, needs))
    if not (wrong and turned):
        return None
    rest = [failure.source(node) for node in [*call.args[2:], *call.keywords]]
    right = f"{failure.source(call.func)}({', '.join([two, one, *rest])})"
    return failure.explained(
        T(zh="`{a}` 和 `{b}` 的次序反了。", en="`{a}` and `{b}` are handed over the wrong way round.").format(
            a=one, b=two
        ),
        T(zh="写成 `{right}`。", en="Write `{right}`.").format(right=right),
        failure.source(call),
    )


def _text_before_number(failure: Failure, call: ast.Call) -> Explanation | None:
    """Explain two columns in each other's place: a text is read as a number, and the column behind it holds numbers."""
    import pandas as pd

    if "could not convert string to float" not in failure.said or len(call.args) != 2:
        return None
    first, second = (failure.value(one) for one in call.args)
    numbers = isinstance(second, pd.Series) and pd.api.types.is_numeric_dtype(second)
    if not numbers or (isinstance(first, pd.Series) and pd.api.types.is_numeric_dtype(first)):
        return None
    one, two = (failure.source(node) for node in call.args)
    right = f"{failure.source(call.func)}({', '.join([two, one, *map(failure.source, call.keywords)])})"
    return failure.explained(
        T(zh="`{a}` 和 `{b}` 的次序反了。", en="`{a}` and `{b}` are handed over the wrong way round.").format(
            a=one, b=two
        ),
        T(zh="写成 `{right}`。", en="Write `{right}`.").format(right=right),
        failure.source(call),
    )


def _instead(
    failure: Failure, call: ast.Call, typed: str, value: Any, taken: str, kinds: tuple[type, ...]
) -> tuple[T, bool]:
    """Return what to hand over in its place, and whether that is a guess at what of the notebook is meant."""
    writes = T(zh="写成 `{right}`。", en="Write `{right}`.")
    plain = isinstance(value, (int, float, str)) and not isinstance(value, bool)
    if plain and {tuple, list} & set(kinds) and typed.isidentifier() is False:
        several = f"({typed},)" if tuple in kinds else f"[{typed}]"
        return writes.format(right=_put_in(failure, call, typed, several)), False
    number = re.match(r"\s*([\d.]+)\s*([^\W\d]|$)", value) if isinstance(value, str) else None
    if number and {int, float} & set(kinds):
        return writes.format(right=_put_in(failure, call, typed, number[1])), False
    held = failure.names.get(typed.strip("\"'"), UNKNOWN)
    if typed[:1] in "\"'" and held is not UNKNOWN and _fits(held, kinds):
        return (
            T(zh="去掉引号：`{name}`。", en="Leave out the quotes: `{name}`.").format(
                name=typed.strip("\"'")
            ),
            False,
        )
    fitting = [
        name
        for name, one in failure.names.items()
        if not name.startswith("_") and name not in OWN and name != typed and _fits(one, kinds)
    ]
    best = [name for name in fitting if name == taken] or nearest(taken, fitting)
    likely = best or sorted(fitting, key=lambda name: name not in failure.code)[:MOST_NAMES]
    if not likely:
        return (
            T(
                zh="看看 `{typed}` 是不是你要的那样东西：单独运行它。",
                en="See whether `{typed}` is the thing you mean: run it alone.",
            ).format(typed=typed),
            True,
        )
    if len(likely) == 1:
        return writes.format(right=_put_in(failure, call, typed, likely[0])), True
    return (
        T(zh="笔记本里有这样的：{names}。", en="The notebook has such: {names}.").format(names=coded(likely)),
        True,
    )


def _put_in(failure: Failure, call: ast.Call, typed: str, meant: str) -> str:
    """Return a call with one of its arguments replaced."""
    owner = failure.source(call.func)
    given = failure.source(call).removeprefix(owner)
    return owner + re.sub(rf"(?<![\w.]){re.escape(typed)}(?![\w.])", lambda _: meant, given, count=1)


DATE = re.compile(r"\s*\d{4}[-/.年]\d{1,2}([-/.月]\d{1,2}日?)?([ T]\d{1,2}:\d\d(:\d\d)?)?\s*")


def texts_as_dates(failure: Failure) -> Explanation | None:
    """Explain `f({"2025-01-31": facts})` and `sales.index > as_of`, where the dates are texts."""
    import pandas as pd

    node, error = failure.node, failure.error
    if not isinstance(error, (TypeError, KeyError, AttributeError, ValueError)):
        return None
    if isinstance(node, ast.Call):
        for given in [*node.args, *(one.value for one in node.keywords)]:
            keys = _keys(failure, given)
            if keys and failure.inner and all(map(_is_date, keys)):
                return _explained(failure, given, str(keys[0]))
    if not isinstance(error, TypeError) or not isinstance(node, (ast.BinOp, ast.Compare)):
        return None
    if not re.search("date|Timestamp", failure.said, re.IGNORECASE):
        return None
    sides = [node.left, node.right] if isinstance(node, ast.BinOp) else [node.left, *node.comparators]
    for side in sides:
        held = failure.value(side)
        texts = held.dropna().tolist() if isinstance(held, (pd.Series, pd.Index)) else []
        others = [failure.value(one) for one in sides if one is not side]
        made = isinstance(side, ast.Call) and any(isinstance(one, pd.Timestamp) for one in others)
        made = made and re.search(r"dtype.?'?(str|object|string)\b", failure.said) is not None
        if made or (texts and all(map(_is_date, texts))):
            typed = failure.source(side)
            return failure.explained(
                T(
                    zh="`{a}` 里的日期是文字（`{one}`），不能和日期放在一起算或比较。",
                    en="The dates of `{a}` are texts (`{one}`); they cannot be counted or compared with dates.",
                ).format(a=typed, one=repr(texts[0]))
                if texts
                else T(
                    zh="`{a}` 给出的日期是文字，不能和日期放在一起算或比较。",
                    en="The dates that `{a}` gives are texts; they cannot be counted or compared with dates.",
                ).format(a=typed),
                T(zh="先变成日期：`{right}`。", en="Make dates of them first: `{right}`.").format(
                    right=_with(failure, node, side, f"pd.to_datetime({typed})")
                ),
            )
    return None


def _explained(failure: Failure, given: ast.expr, first: str) -> Explanation:
    typed = failure.source(given)
    cause = T(
        zh='`{a}` 的日期是文字（`"{one}"`），这里要的是日期。',
        en='The dates of `{a}` are texts (`"{one}"`); dates are wanted here.',
    ).format(a=typed if len(typed) <= 40 else f"{typed[:39]}…", one=first)
    if isinstance(given, ast.Dict):
        right = f'pd.Timestamp("{first}"): …'
        return failure.explained(
            cause, T(zh="每个日期写成 `{right}`。", en="Write each date as in `{right}`.").format(right=right)
        )
    if isinstance(failure.value(given), dict):
        right = f"{typed} = {{pd.Timestamp(date): one for date, one in {typed}.items()}}"
    else:
        right = f"{typed}.index = pd.to_datetime({typed}.index)"
    return failure.explained(
        cause, T(zh="前面加一行：`{right}`", en="Put a line before: `{right}`").format(right=right)
    )


def _keys(failure: Failure, given: ast.expr) -> list[Any]:
    import pandas as pd

    if isinstance(given, ast.Dict):
        return [key.value if isinstance(key, ast.Constant) else None for key in given.keys]
    held = failure.value(given) if isinstance(given, ast.Name) else None
    if isinstance(held, dict):
        return list(held)
    return held.index[:100].tolist() if isinstance(held, (pd.Series, pd.DataFrame)) else []


def _is_date(value: Any) -> bool:
    return isinstance(value, str) and DATE.fullmatch(value) is not None


def _with(failure: Failure, node: ast.AST, side: ast.AST, right: str) -> str:
    """Return a piece of code with one of its sides written otherwise."""
    typed, one = failure.source(node), failure.source(side)
    return right + typed[len(one) :] if typed.startswith(one) else typed[: -len(one)] + right


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

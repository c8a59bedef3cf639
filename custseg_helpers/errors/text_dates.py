"""Dates that are texts, where dates themselves are wanted: as keys of a dictionary, as names of rows, in a column."""

import ast
import re
from typing import Any

from custseg_helpers.stopped.failure import Failure
from custseg_helpers.unreadable.explanation import Explanation
from custseg_helpers.words.text import T

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

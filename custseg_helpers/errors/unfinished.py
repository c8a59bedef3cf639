"""An answer that is no answer yet: a step was left out, and what it is says which one."""

import re
from typing import Any

from custseg_helpers.words.text import T

LONGEST_NUMBER = 20
"""A text that is longer is no number written as a text."""


def unfinished(answer: Any, typed: str = "") -> T | None:
    """Say which step is missing from an answer that no exercise can want; `None` where there is nothing to say.

    `typed` is what was handed in, as code.

    >>> print(unfinished([3, 1, 2].sort, "sizes").within("en"))
    `sizes` is a method that has not been used yet: put brackets behind it, `sort()`.
    """
    kind = type(answer).__name__
    words = None
    if answer is None:
        words = T(
            zh="`{name}` 是空的（None）：`print(…)` 和 `inplace=True` 不交出结果。写成 `{name} = …`，等号右边不要有它们。",
            en="`{name}` is nothing (None): `print(…)` and `inplace=True` give nothing back. Write `{name} = …` without them on the right.",
        )
    elif (
        kind == "method"
        and type(answer.__self__).__name__ == "DataFrame"
        and answer.__name__ in ("count", "size")
    ):
        words = T(
            zh="`{name}` 是一个还没用的方法；一张表有几行写 `len(表)`，如 `len(customers)`。",
            en="`{name}` is a method that has not been used yet; how many rows a table has is `len(table)`, as in `len(customers)`.",
        )
    elif kind in ("method", "function", "builtin_function_or_method", "type"):
        words = T(
            zh="`{name}` 是一个还没用的方法：后面加上括号，`{call}()`。",
            en="`{name}` is a method that has not been used yet: put brackets behind it, `{call}()`.",
        ).replace("{call}", getattr(answer, "__name__", "…"))
    elif kind.endswith("GroupBy"):
        words = T(
            zh="`{name}` 只分好了组（groupby），还没有说每组算什么：后面接 `.sum()`、`.mean()`、`.nunique()` 或 `.size()`。",
            en="`{name}` is grouped (groupby) and nothing is computed of the groups yet: go on with `.sum()`, `.mean()`, `.nunique()` or `.size()`.",
        )
    elif kind.strip("_") in ("LocIndexer", "iLocIndexer", "AtIndexer", "iAtIndexer"):
        words = T(
            zh="`{name}` 停在 `.{a}`，还没有取出东西：`.{a}` 后面是方括号，如 `.{a}[0]`。",
            en="`{name}` stops at `.{a}` and takes nothing out: square brackets belong behind it, as in `.{a}[0]`.",
        ).replace("{a}", kind.strip("_").removesuffix("Indexer").replace("Loc", "loc").replace("At", "at"))
    elif (
        kind == "Series"
        and hasattr(answer, "dropna")
        and type(next(iter(answer.dropna()), None)).__name__
        in (
            "ndarray",
            "list",
            "ArrowStringArray",
        )
    ):
        words = T(
            zh="`{name}` 每一格里是一串东西（`.unique()` 这样给出），不是一个数：要数有几个不同的，写 `.nunique()`。",
            en="Each cell of `{name}` holds a list (as `.unique()` gives) and no number: to count the different ones, write `.nunique()`.",
        )
    elif kind in ("generator", "map", "filter", "zip", "DataFrameRolling", "Rolling", "Resampler"):
        words = T(
            zh="`{name}` 还没有算完：外面包上 `list(…)`，或者接着写要算什么。",
            en="`{name}` is not worked out yet: put `list(…)` around it, or say what to compute.",
        )
    if words and not typed:
        words = words.replace("`{name}` ", T(zh="你交的", en="What you handed in "))
    return words.replace("{name}", typed or T(zh="名字", en="name")) if words else None


def no_number_yet(answer: Any) -> T | None:
    """Say how to make a number of what was handed in where one number is wanted; `None` for a number.

    >>> import pandas as pd
    >>> print(no_number_yet(pd.Series([True, False])).within("en"))
    A column of yes and no: `.sum()` counts the yes, `.mean()` gives their share.
    """
    import pandas as pd
    from pandas.api.types import is_bool_dtype

    if isinstance(answer, pd.Series) and is_bool_dtype(answer):
        return T(
            zh="这是一列“是 / 否”：`.sum()` 数有几个“是”，`.mean()` 得出占几成。",
            en="A column of yes and no: `.sum()` counts the yes, `.mean()` gives their share.",
        )
    if isinstance(answer, (pd.Series, pd.DataFrame)):
        return T(
            zh="要变成一个数：几行用 `len(…)`，加起来用 `.sum()`，平均用 `.mean()`。",
            en="To make one number of it: how many rows, `len(…)`; added up, `.sum()`; on average, `.mean()`.",
        )
    if isinstance(answer, str) and len(answer) > LONGEST_NUMBER:
        if re.search(r"[^\d.\s-]", answer):
            return T(
                zh="一列文字加起来，是把文字接在一起；里面有单位、逗号之类，先变成数：课上的 `numbers(列)[0]`。",
                en="Adding up a column of texts joins them; there are units, commas or the like in it: make numbers first by the course's `numbers(column)[0]`.",
            )
        return T(
            zh="一列文字加起来，是把文字接在一起；先变成数：课上的 `numbers(列)[0]`，或 `.astype(float)`。",
            en="Adding up a column of texts joins them; make numbers first: the course's `numbers(column)[0]`, or `.astype(float)`.",
        )
    return None


def lengths_of_time(answer: Any) -> T | None:
    """Say so where an answer is a length of time and a number of days is wanted."""
    import pandas as pd

    column = isinstance(answer, (pd.Series, pd.Index)) and pd.api.types.is_timedelta64_dtype(answer)
    if not column and not isinstance(answer, pd.Timedelta):
        return None
    return T(
        zh="你的是一段时间（Timedelta，如 117 days 00:00:00），这里要天数：后面接 `{days}`。",
        en="Yours is a length of time (Timedelta, as in 117 days 00:00:00); a number of days is wanted: go on with `{days}`.",
    ).format(days=".dt.days" if column else ".days")

"""Functions of a spreadsheet or of SQL, and how the same is asked here."""

import ast
import re

from custseg_helpers.reasons.excel_names import METHODS, PATTERNS, WORDS, known
from custseg_helpers.stopped.failure import Failure
from custseg_helpers.words.text import T


def here(failure: Failure, name: str, call: ast.Call) -> T | None:
    """Return how a call of a spreadsheet's function is written here, with the learner's own columns where they can be used."""
    import pandas as pd

    function = known(name)
    given = [failure.source(one) for one in call.args]
    if function is None:
        return None
    columns = [isinstance(failure.value(one), (pd.Series, pd.Index)) for one in call.args]
    rule = _criterion(call)
    if function == "COUNTIF" and given and all(columns) and len(given) > 1:
        return _written("(" + " & ".join(given) + ").sum()")
    if rule and function in ("COUNTIF", "SUMIF", "AVERAGEIF") and given[0] != rule:
        method = "mean()" if function == "AVERAGEIF" else "sum()"
        condition = f"{given[0]} {rule}"
        if function == "COUNTIF":
            return _written(f"({condition}).sum()")
        summed = given[2] if len(given) > 2 else given[0]
        return _written(f"{summed}.{method}") + T(
            zh="；只要一部分行，先筛选：`{one}`。", en="; of some rows only: `{one}`."
        ).format(one=f"{summed}[{condition}].{method}")
    if function in METHODS and given:
        return _written(f"{given[0]}.{METHODS[function]}")
    if function in METHODS:
        return T(zh="接在列的后面：`.{m}`。", en="Write it behind the column: `.{m}`.").format(
            m=METHODS[function]
        )
    if function == "IF" and call.args and isinstance(call.args[0], ast.Compare):
        return T(
            zh="一列的条件直接写 `{one}`，每行得到“是”或“否”，`.sum()` 数“是”；留下这些行：`表[{one}]`。",
            en="A condition on a column is written as it is, `{one}`: yes or no for each row; `.sum()` counts the yes, `table[{one}]` keeps the rows.",
        ).format(one=given[0])
    zh = PATTERNS[function]
    if zh == "len(表)" and len(given) == 1:
        return _written(f"len({given[0]})")
    en = zh
    for word, english in WORDS.items():
        en = en.replace(word, english)
    if function.endswith("LOOKUP"):
        return T(
            zh='两张表接在一起用 `{zh}`，每位客户汇总用 `表.groupby("列")["列"].sum()`。',
            en='Two tables are joined by `{en}`; a sum for each customer is `table.groupby("column")["column"].sum()`.',
        ).format(zh=zh, en=en)
    return T(zh="写成 `{zh}`。", en="Write `{en}`.").format(zh=zh, en=en)


def _criterion(call: ast.Call) -> str | None:
    """Return a criterion in quotes, `">0"`, as it is written here: `> 0`."""
    texts = [one.value for one in call.args if isinstance(one, ast.Constant) and isinstance(one.value, str)]
    for text in texts:
        if found := re.fullmatch(r"(<>|[<>]=?|=)?\s*(.+)", text):
            sign = {"<>": "!=", "=": "==", None: "=="}.get(found[1], found[1])
            value = found[2] if re.fullmatch(r"-?[\d.]+", found[2]) else f'"{found[2]}"'
            return f"{sign} {value}"
    return None


def _written(right: str) -> T:
    return T(zh="写成 `{right}`。", en="Write `{right}`.").format(right=right)

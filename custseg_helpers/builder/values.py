"""What stands in a field, as code: names of the notebook, columns, numbers, dates and texts, and nothing else."""

import ast
import difflib
import json
import re
import unicodedata
from collections.abc import Mapping
from typing import Any

import pandas as pd

from custseg_helpers.words.glossary import glossary, label
from custseg_helpers.words.text import T, UserError, listed

Names = Mapping[str, Any]
"""The names of a notebook and what they stand for."""

HARMLESS = (
    ast.Expression, ast.Name, ast.Load, ast.Constant, ast.Subscript, ast.Attribute, ast.Tuple, ast.List,
    ast.Dict,
    ast.UnaryOp, ast.USub, ast.BinOp, ast.Add, ast.Sub, ast.Mult, ast.Div, ast.Pow,
)  # fmt: skip
"""What a field may hold when it is read as code: it looks things up and calculates, it calls nothing."""


def value_code(text: str, names: Names, among: Any = None) -> str:
    """Return a field's text as code: what the notebook can look up stays, any other word becomes a text.

    Full-width signs count as the plain ones. `among` is the column that a text is compared with: what the course
    calls one of its codes is read as that code.

    >>> value_code("orders", {"orders": 1}), value_code("３０", {}), value_code("north", {})
    ('orders', '30', '"north"')
    >>> value_code("dormant", {}, pd.Series(["dormant"])), value_code("500，2000", {})
    ('"dormant"', '(500, 2000)')
    """
    text = unicodedata.normalize("NFKC", text).replace("“", '"').replace("”", '"').replace("、", ",").strip()
    if '"' not in text:
        text = re.sub(r"\s*,\s*(?=\S)", ", ", text)
    if not text:
        raise UserError(T(zh="还有一格没填。", en="One field is still empty."))
    tree = _read(text)
    if tree is None or any(node.id not in names for node in ast.walk(tree) if isinstance(node, ast.Name)):
        if tree is not None and not isinstance(tree.body, ast.Name | ast.Tuple | ast.BinOp | ast.Attribute):
            unknown = [
                node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and node.id not in names
            ]
            raise UserError(_unknown(unknown[0], names))
        parts = [part.strip() for part in text.split(",")]
        if len(parts) > 1:
            return f"[{', '.join(quoted(_code_of(part, among)) for part in parts)}]"
        return quoted(_code_of(text, among))
    if isinstance(tree.body, ast.Tuple) and not text.startswith("("):
        return f"({text})"
    return text


def operand(text: str, names: Names) -> str:
    """Return a value as one side of a calculation, in brackets where it calculates itself.

    >>> operand("1 - 0.2", {}), operand("30", {})
    ('(1 - 0.2)', '30')
    """
    code = value_code(text, names)
    return f"({code})" if isinstance(ast.parse(code, mode="eval").body, ast.BinOp) else code


def column_code(table: str, column: str, names: Names) -> str:
    """Return a column of a table, or a column of the notebook's own, as code.

    >>> table = pd.DataFrame({"amount": [1.0]})
    >>> column_code("orders", "amount", {"orders": table}), column_code("money", "", {"money": table["amount"]})
    ('orders["amount"]', 'money')
    """
    there = held(table, names)
    if isinstance(there, pd.DataFrame) and column in there.columns:
        return f"{table}[{quoted(column)}]"
    if column == "" and not isinstance(there, pd.DataFrame):
        return table
    if (tree := _read(column)) and all(
        node.id in names for node in ast.walk(tree) if isinstance(node, ast.Name)
    ):
        return column
    if column in (index_names(there) or ["index"]):
        return f"{table}.index"
    columns = list(map(str, there.columns)) if isinstance(there, pd.DataFrame) else []
    near = difflib.get_close_matches(column, columns, n=3) or columns[:8]
    raise UserError(
        T(zh="{table} 里没有“{column}”这一列。有：{known}。", en="{table} has no column “{column}”. It has: {known}.")
        .format(table=table, column=column, known=listed(near))
    )  # fmt: skip


def held(text: str, names: Names) -> Any:
    """Return what a name of the notebook stands for, or a part of it (`company.orders`).

    >>> held("table", {"table": 3})
    3
    """
    tree = _read(text)
    if tree is None or not any(isinstance(node, ast.Name) for node in ast.walk(tree)):
        raise UserError(T(zh="先选一张表。", en="Choose a table first."))
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and node.id not in names:
            raise UserError(_unknown(node.id, names))
    return eval(compile(tree, "<field>", "eval"), {"__builtins__": {}}, dict(names))


def index_names(table: Any) -> list[str]:
    """Return what the rows of a table or column are called by.

    >>> index_names(pd.Series([1], index=pd.Index(["C1"], name="customer_id")))
    ['customer_id']
    """
    index = getattr(table, "index", None)
    return [name for name in getattr(index, "names", ()) if isinstance(name, str)]


def quoted(text: str) -> str:
    """Return a text in double quotes, as the lessons write it."""
    return json.dumps(text, ensure_ascii=False)


def _read(text: str) -> ast.Expression | None:
    try:
        tree = ast.parse(text, mode="eval")
    except SyntaxError:
        return None
    for node in ast.walk(tree):
        hidden = isinstance(node, ast.Attribute) and node.attr.startswith("_")
        if not isinstance(node, HARMLESS) or hidden:
            return None
    return tree


def _code_of(text: str, among: Any) -> str:
    """Return the code of what the course calls `text`, if the column holds that code and not the text itself."""
    text = text.strip("\"'")
    if among is None or (held := set(among.dropna().unique())) & {text}:
        return text
    return next((code for code in held if code in glossary() and label(code) == text), text)


def _unknown(text: str, names: Names) -> T:
    known = [name for name in names if not name.startswith("_")]
    near = difflib.get_close_matches(text, known, n=3)
    said = T(zh="笔记本里还没有“{name}”。", en="The notebook has no “{name}” yet.").format(name=text)
    if near:
        return said + T(zh="相近的有：{near}。", en=" Close to it: {near}.").format(near=listed(near))
    return said + T(zh="先运行上面的单元格。", en=" Run the cells above first.")

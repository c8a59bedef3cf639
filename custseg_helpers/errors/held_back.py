"""Cells that would run and do what nobody means, so that they are not run: they are held back and explained.

Two `=` in one line, `once = facts["frequency"] = 1`, overwrite a column; `quantity is 1` never asks whether two are equal.
"""

import ast
import sys
from collections.abc import Mapping
from typing import Any

from custseg_helpers.stopped.failure import UNKNOWN, Failure, look
from custseg_helpers.unreadable.explanation import Explanation
from custseg_helpers.words.text import T

MEANT: dict[type[ast.cmpop], type[ast.cmpop]] = {ast.Is: ast.Eq, ast.IsNot: ast.NotEq}


def overwriting(tree: ast.Module, names: Mapping[str, Any]) -> ast.Assign | None:
    """Return the first line of a cell that gives one value to a new name and to a column there is.

    `...` stands for an answer still to come, also under the name of a column from before.

    >>> import pandas as pd
    >>> names = {"few": pd.DataFrame({"orders": [1, 2]})}
    >>> overwriting(ast.parse('once = few["orders"] = 1'), names) is None, overwriting(ast.parse("a = b = 1"), names)
    (False, None)
    """
    import pandas as pd

    for line in tree.body:
        if isinstance(line, ast.Assign) and _one_value(line.value):
            for meant in line.targets[1:]:
                held = look(_read(meant), names)
                if held is not UNKNOWN and isinstance(held, (pd.Series, pd.DataFrame)):
                    return line
    return None


def identity(tree: ast.Module) -> ast.Compare | None:
    """Return the first comparison of a cell by `is` with a number or a text.

    >>> identity(ast.parse("x is 1")) is None, identity(ast.parse("x is None"))
    (False, None)
    """
    for node in ast.walk(tree):
        if isinstance(node, ast.Compare):
            sides = [node.left, *node.comparators]
            for sign, *pair in zip(node.ops, sides, sides[1:], strict=False):
                if isinstance(sign, (ast.Is, ast.IsNot)) and any(map(_written, pair)):
                    return node
    return None


def _one_value(node: ast.expr) -> bool:
    return isinstance(node, ast.Name) or (isinstance(node, ast.Constant) and node.value is not ...)


def _written(node: ast.expr) -> bool:
    """Tell whether a number or a text stands there as such."""
    value = node.operand if isinstance(node, ast.UnaryOp) else node
    return isinstance(value, ast.Constant) and not (
        value.value is None or value.value is ... or isinstance(value.value, bool)
    )


def held_back(error: BaseException) -> bool:
    """Tell whether a cell was held back: nothing of it was run, and the error's own name says nothing to anybody."""
    return type(error).__name__ == "InputRejected"


def is_for_equals(failure: Failure) -> Explanation | None:
    """Explain a cell that was held back because `is` would not ask whether two are equal."""
    from custseg_helpers.files.cells import parsed

    if not held_back(failure.error):
        return None
    tree = parsed(failure.code)
    asked = identity(tree)
    if asked is None:
        return None
    typed = failure.source(asked)
    meant = ast.Compare(
        asked.left, [MEANT.get(type(sign), type(sign))() for sign in asked.ops], asked.comparators
    )
    return Explanation(
        T(
            zh="`is` 问的不是两边相不相等，所以没有运行；比较用 `==`，不等用 `!=`。",
            en="`is` does not ask whether two are equal, so this was not run; to compare, write `==`, or `!=` for not equal.",
        ),
        T(zh="改成：`{right}`", en="Write: `{right}`").format(right=ast.unparse(meant).replace("'", '"')),
        asked.lineno,
        typed,
    )


def overwritten(failure: Failure) -> Explanation | None:
    """Explain a cell that was held back because it would have overwritten a column."""
    from custseg_helpers.files.cells import parsed

    if not held_back(failure.error):
        return None
    line = overwriting(parsed(failure.code), failure.names)
    if line is None:
        return None
    column, value = failure.source(line.targets[1]), failure.source(line.value)
    return Explanation(
        T(
            zh="一个 `=` 会把 `{column}` 整个改成 `{value}`，所以没有运行；比较要写两个：`==`。",
            en="One `=` would overwrite all of `{column}` with `{value}`, so this was not run; to compare, write two: `==`.",
        ).format(column=column, value=value),
        T(zh="改成：`{right}`", en="Write: `{right}`").format(
            right=f"{failure.source(line.targets[0])} = {column} == {value}"
        ),
        line.lineno,
        failure.source(line),
    )


class Guard(ast.NodeTransformer):
    """Holds back a cell that would overwrite a column of the notebook's tables by a slip, or compares by `is`."""

    def __init__(self, names: Mapping[str, Any]):
        self.names = names

    def visit(self, tree: ast.AST) -> ast.AST:
        """Return the cell as it is, or refuse it."""
        slip = (overwriting(tree, self.names) or identity(tree)) if isinstance(tree, ast.Module) else None
        if slip is not None:
            raise sys.modules["IPython"].core.error.InputRejected(ast.unparse(slip))
        return tree


def _read(target: ast.expr) -> ast.expr:
    """Return what stands on the left of `=` as if it were read."""
    return ast.parse(ast.unparse(target), mode="eval").body

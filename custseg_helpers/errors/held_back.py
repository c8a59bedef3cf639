"""Two `=` in one line, `once = facts["frequency"] = 1`: meant as a question, it would overwrite a column without a word."""

import ast
import sys
from collections.abc import Mapping
from typing import Any

from custseg_helpers.errors.failure import UNKNOWN, Failure, look
from custseg_helpers.unreadable.explanation import Explanation
from custseg_helpers.words.text import T


def overwriting(tree: ast.Module, names: Mapping[str, Any]) -> ast.Assign | None:
    """Return the first line of a cell that gives one value to a new name and to a column there is.

    >>> import pandas as pd
    >>> names = {"few": pd.DataFrame({"orders": [1, 2]})}
    >>> overwriting(ast.parse('once = few["orders"] = 1'), names) is None, overwriting(ast.parse("a = b = 1"), names)
    (False, None)
    """
    import pandas as pd

    for line in tree.body:
        if isinstance(line, ast.Assign) and isinstance(line.value, (ast.Constant, ast.Name)):
            for meant in line.targets[1:]:
                held = look(_read(meant), names)
                if held is not UNKNOWN and isinstance(held, (pd.Series, pd.DataFrame)):
                    return line
    return None


def overwritten(failure: Failure) -> Explanation | None:
    """Explain a cell that was held back because it would have overwritten a column."""
    if type(failure.error).__name__ != "InputRejected":
        return None
    line = overwriting(ast.parse(failure.code), failure.names)
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
    """Holds back a cell that would overwrite a column of the notebook's tables by a slip."""

    def __init__(self, names: Mapping[str, Any]):
        self.names = names

    def visit(self, tree: ast.AST) -> ast.AST:
        """Return the cell as it is, or refuse it."""
        if isinstance(tree, ast.Module) and (line := overwriting(tree, self.names)):
            raise sys.modules["IPython"].core.error.InputRejected(ast.unparse(line))
        return tree


def _read(target: ast.expr) -> ast.expr:
    """Return what stands on the left of `=` as if it were read."""
    return ast.parse(ast.unparse(target), mode="eval").body

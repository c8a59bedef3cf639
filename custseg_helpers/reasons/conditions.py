"""Conditions joined in the wrong way: `and` between columns, `&` without brackets."""

import ast
import re

from custseg_helpers.stopped.failure import Failure
from custseg_helpers.unreadable.explanation import Explanation
from custseg_helpers.words.text import T

JOINS = (ast.BitAnd, ast.BitOr)


def joined_conditions(failure: Failure) -> Explanation | None:
    """Explain `and`, `or`, `not`, `if` on columns, and `&`, `|` without brackets."""
    if not isinstance(failure.error, (ValueError, TypeError)) and not re.search("rand_|ror_", failure.said):
        return None
    if unbracketed := _unbracketed(failure):
        return unbracketed
    if not re.search("truth value of a", failure.said):
        return None
    statement = failure.statement()
    nodes = [] if failure.node is None else [failure.node, *failure.around(failure.node)]
    for node in [*nodes, *ast.walk(statement or ast.Module([], []))]:
        if isinstance(node, ast.BoolOp) and (found := _one_of_several(failure, node)):
            return found
        if isinstance(node, ast.BoolOp):
            word, sign = ("and", "&") if isinstance(node.op, ast.And) else ("or", "|")
            right = f" {sign} ".join(_bracketed(failure, one) for one in node.values)
            return failure.explained(
                T(
                    zh="`{word}` 只会比较两个“是或否”，不会逐行比较两列。",
                    en="`{word}` joins two answers, yes or no; it does not go through two columns row by row.",
                ).format(word=word),
                T(
                    zh="列和列之间用 `{sign}`，每个条件加括号：`{right}`",
                    en="Between columns write `{sign}`, each condition in brackets: `{right}`",
                ).format(sign=sign, right=right),
                failure.source(node),
            )
        if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
            return failure.explained(
                T(zh="`not` 不能用在一整列上。", en="`not` does not work on a column."),
                T(zh="一整列的“不是”写 `~`：`~{right}`", en="“Not” of a column is `~`: `~{right}`").format(
                    right=_bracketed(failure, node.operand)
                ),
                failure.source(node),
            )
        if isinstance(node, ast.Compare) and len(node.ops) > 1:
            if all(isinstance(one, ast.Eq) for one in node.ops):
                last = failure.source(node.comparators[-1])
                sides = [failure.source(one) for one in [node.left, *node.comparators[:-1]]]
                return failure.explained(
                    T(
                        zh="几列不能连着用 `==` 比。",
                        en="Several columns cannot be compared in one chain of `==`.",
                    ),
                    T(
                        zh="各比各的，加括号，用 `&` 连：`{right}`",
                        en="Compare each alone, in brackets, with `&` between: `{right}`",
                    ).format(right=" & ".join(f"({one} == {last})" for one in sides)),
                    failure.source(node),
                )
            low, middle, high = (
                failure.source(node.left),
                failure.source(node.comparators[0]),
                failure.source(node.comparators[1]),
            )
            return failure.explained(
                T(zh="一整列不能夹在两个比较符号中间。", en="A column cannot stand between two comparisons."),
                T(
                    zh="写成 `{m}.between({a}, {b})`（两端都算）。",
                    en="Write `{m}.between({a}, {b})` (both ends count).",
                ).format(m=middle, a=low, b=high),
                failure.source(node),
            )
    if isinstance(statement, (ast.If, ast.While)):
        return failure.explained(
            T(
                zh="`if` 只能问一个“是或否”，这里的条件是一整列。",
                en="`if` asks for one yes or no; this condition is a whole column.",
            ),
            T(
                zh="挑行用方括号：`表[条件]`；问整列用 `条件.any()` 或 `条件.all()`。",
                en="Rows are chosen in square brackets, `table[condition]`; of a whole column ask `condition.any()` or `condition.all()`.",
            ),
            failure.source(statement.test),
        )
    return failure.explained(
        T(
            zh="这里要一个“是或否”，给的是一整列。",
            en="One yes or no is wanted here; this is a whole column.",
        ),
        T(
            zh="整列都是吗：`.all()`；有一个是吗：`.any()`；有几个：`.sum()`。",
            en="All of them: `.all()`; any of them: `.any()`; how many: `.sum()`.",
        ),
    )


def _one_of_several(failure: Failure, node: ast.BoolOp) -> Explanation | None:
    """Explain `stage == "new" or "active"`, where each row is asked whether it is one of several."""
    first, *others = node.values
    equal = isinstance(first, ast.Compare) and len(first.ops) == 1 and isinstance(first.ops[0], ast.Eq)
    bare = any(isinstance(one, ast.Constant) for one in others)
    if not (equal and bare and isinstance(node.op, ast.Or)):
        return None
    asked = [one.comparators[0] if isinstance(one, ast.Compare) else one for one in node.values]
    same = {ast.unparse(one.left) for one in node.values if isinstance(one, ast.Compare)}
    if len(same) != 1 or not all(isinstance(one, ast.Constant) for one in asked) or not others:
        return None
    values = ", ".join(failure.source(one) for one in asked)
    return failure.explained(
        T(
            zh="`or` 后面的几个值没有拿去和列比。",
            en="The values behind `or` are not compared with the column.",
        ),
        T(zh="是不是其中之一，写 `{right}`。", en="Whether it is one of them: `{right}`.").format(
            right=f"{failure.source(first.left)}.isin([{values}])"  # type: ignore[attr-defined]
        ),
        failure.source(node),
    )


def within_a_list(failure: Failure) -> Explanation | None:
    """Explain `stage in ["new", "active"]`, where each row is asked."""
    import pandas as pd

    nodes = [] if failure.node is None else [failure.node, *failure.around(failure.node)]
    for node in [*nodes, *ast.walk(failure.statement() or ast.Module([], []))]:
        if not (isinstance(node, ast.Compare) and isinstance(node.ops[0], (ast.In, ast.NotIn))):
            continue
        if isinstance(failure.value(node.left), pd.Series) and isinstance(
            failure.error, (ValueError, TypeError)
        ):
            no = "~" if isinstance(node.ops[0], ast.NotIn) else ""
            right = f"{no}{failure.source(node.left)}.isin({failure.source(node.comparators[0])})"
            return failure.explained(
                T(
                    zh="`in` 问的是一个值；一整列要逐行问。",
                    en="`in` asks of one value; a column is asked row by row.",
                ),
                T(zh="写成 `{right}`。", en="Write `{right}`.").format(right=right),
                failure.source(node),
            )
    return None


def _bracketed(failure: Failure, node: ast.AST) -> str:
    typed = failure.source(node)
    return f"({typed})" if isinstance(node, (ast.Compare, ast.BoolOp)) else typed


def texts_joined(failure: Failure) -> Explanation | None:
    """Explain `table["a" & "b"]`, where two columns are to be joined."""
    node = failure.node
    if not (
        isinstance(failure.error, TypeError) and isinstance(node, ast.BinOp) and isinstance(node.op, JOINS)
    ):
        return None
    outer = next(failure.around(node), None)
    if not (
        isinstance(node.left, ast.Constant)
        and isinstance(node.right, ast.Constant)
        and isinstance(outer, ast.Subscript)
    ):
        return None
    sign, table = "&" if isinstance(node.op, ast.BitAnd) else "|", failure.source(outer.value)
    left, right = failure.source(node.left), failure.source(node.right)
    return failure.explained(
        T(
            zh="`{sign}` 连的是两列，不是两个列名。",
            en="`{sign}` joins two columns, not the names of two columns.",
        ).format(sign=sign),
        T(zh="先各取一列：`{right}`", en="Take each column first: `{right}`").format(
            right=f"{table}[{left}] {sign} {table}[{right}]"
        ),
        failure.source(outer),
    )


def _unbracketed(failure: Failure) -> Explanation | None:
    nodes = [] if failure.node is None else [failure.node, *failure.around(failure.node)]
    for node in [*nodes, *ast.walk(failure.statement() or ast.Module([], []))]:
        if isinstance(node, ast.Compare) and (found := unbracketed(failure, node)):
            return found
    return None


def unbracketed(failure: Failure, node: ast.Compare) -> Explanation | None:
    """Explain `a == 1 & b == 2`, which Python reads as `a == (1 & b) == 2`; `None` for another comparison."""
    joints = [side for side in (node.left, *node.comparators) if _joins(failure, side)]
    if not joints:
        return None
    sign = "&" if isinstance(joints[0].op, ast.BitAnd) else "|"  # type: ignore[attr-defined]
    return failure.explained(
        T(
            zh="`{sign}` 比 `==`、`>` 先算，所以每个条件都要有自己的括号。",
            en="`{sign}` is worked out before `==` and `>`, so each condition needs brackets of its own.",
        ).format(sign=sign),
        T(zh="改成：`{right}`", en="Write: `{right}`").format(right=_with_brackets(failure, node)),
        failure.source(node),
    )


def _joins(failure: Failure, node: ast.AST) -> bool:
    """Tell whether a side of a comparison is `x & y` without brackets around it."""
    if not (isinstance(node, ast.BinOp) and isinstance(node.op, JOINS)):
        return False
    lines = failure.code.splitlines()
    line = lines[node.lineno - 1].encode()
    return not line[: node.col_offset].decode().rstrip().endswith("(") or not line[
        node.end_col_offset :
    ].decode().lstrip().startswith(")")


SIGNS = {ast.Eq: "==", ast.NotEq: "!=", ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">="}


def _with_brackets(failure: Failure, node: ast.Compare) -> str:
    """Return a comparison as it was meant, every condition in brackets."""
    pieces: list[tuple[str, str]] = []  # what stands in a condition, and the sign before it
    for sign, side in zip(
        ["", *(SIGNS.get(type(op), "==") for op in node.ops)], [node.left, *node.comparators], strict=True
    ):
        parts = _parts(failure, side)
        pieces.append((sign, parts[0][1]))
        pieces += parts[1:]
    conditions, joints, current = [], [], ""
    for sign, text in pieces:
        if sign in ("&", "|"):
            conditions.append(current)
            joints.append(sign)
            current = text
        else:
            current = f"{current} {sign} {text}".strip()
    conditions.append(current)
    marked = [
        f"({one})" if re.search("[=<>]", re.sub(r"\[.*?\]|\(.*?\)", "", one)) else one for one in conditions
    ]
    return marked[0] + "".join(f" {sign} {one}" for sign, one in zip(joints, marked[1:], strict=True))


def _parts(failure: Failure, node: ast.AST) -> list[tuple[str, str]]:
    if isinstance(node, ast.BinOp) and isinstance(node.op, JOINS) and _joins(failure, node):
        sign = "&" if isinstance(node.op, ast.BitAnd) else "|"
        return [*_parts(failure, node.left), (sign, failure.source(node.right))]
    return [("", failure.source(node))]

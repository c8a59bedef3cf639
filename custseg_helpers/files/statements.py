"""What a statement of Python makes and what it reads, by the names that other lines see."""

import ast

IMPORTS = (ast.Import, ast.ImportFrom)


def made(statement: ast.AST) -> set[str]:
    """Return the names that a statement makes or changes; those within a comprehension no other line sees.

    >>> sorted(made(ast.parse("table['x'], n = 1, 2").body[0])), made(ast.parse("import numpy as np").body[0])
    (['n', 'table'], {'np'})
    >>> made(ast.parse("names = {code: tag for code, tag in pairs}").body[0])
    {'names'}
    """
    if isinstance(statement, IMPORTS):
        return {one.asname or one.name for one in statement.names}
    if isinstance(statement, (ast.FunctionDef, ast.ClassDef)):
        return {statement.name}
    parts = list(ast.walk(statement))
    loops = [part.target for part in parts if isinstance(part, ast.comprehension)]
    within = {id(node) for target in loops for node in ast.walk(target)}
    found = set()
    for node in (part for part in parts if id(part) not in within):
        if isinstance(node, (ast.Name, ast.Attribute, ast.Subscript)) and isinstance(node.ctx, ast.Store):
            inner: ast.expr = node
            while isinstance(inner, (ast.Attribute, ast.Subscript)):
                inner = inner.value
            if isinstance(inner, ast.Name):
                found.add(inner.id)
    return found


def read(statement: ast.AST) -> set[str]:
    """Return the names that a statement reads.

    >>> sorted(read(ast.parse("share = money / total").body[0]))
    ['money', 'total']
    """
    return {
        node.id
        for node in ast.walk(statement)
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)
    }

"""Rooms that open when first used: `plots.rfm` loads `plots/rfm.py` and nothing else.

What a room offers stands once, as imports in its `__init__.pyi`: type checkers and editors read the types there,
and `opener` reads the names.
"""

import ast
import sys
from collections.abc import Callable
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any


def opener(room: str, file: str) -> tuple[Callable[[str], Any], Callable[[], list[str]], list[str]]:
    """Return a room's `__getattr__`, `__dir__` and `__all__`; a misspelt name is told the nearest one.

    >>> import custseg_helpers
    >>> "order_facts" in dir(custseg_helpers), "rfm" in dir(custseg_helpers.plots)
    (True, True)
    """
    homes = homes_of(Path(file).with_name("__init__.pyi"))
    names = sorted(homes)

    def open_name(name: str) -> Any:
        if name not in homes and not find_spec(f"{room}.{name}"):  # a module's old path is found, not listed
            raise AttributeError(_not_here(room, name, names))
        if not homes.get(name):
            return import_module(f"{room}.{name}")
        value = getattr(__import__(f"{room}.{homes[name]}", fromlist=[name]), name)
        setattr(sys.modules[room], name, value)
        return value

    return open_name, lambda: names, names


def homes_of(stub: Path) -> dict[str, str]:
    """Return where each name of a stub comes from: a module or a folder below the room, "" for the room itself."""
    return {
        alias.name: node.module or ""
        for node in ast.parse(stub.read_text(encoding="utf-8")).body
        if isinstance(node, ast.ImportFrom) and node.level == 1
        for alias in node.names
    }


def _not_here(room: str, name: str, names: list[str]) -> str:
    from difflib import get_close_matches

    from custseg_helpers.words.text import T

    spelt = {one.lower(): one for one in names}
    near = get_close_matches(name.lower(), spelt, n=1)
    if not near:
        return str(T(zh="{room} 里没有 {name}。", en="{room} has no {name}.").format(room=room, name=name))
    return str(
        T(zh="{room} 里没有 {name}。是不是 {near}？", en="{room} has no {name}. Did you mean {near}?").format(
            room=room, name=name, near=spelt[near[0]]
        )
    )

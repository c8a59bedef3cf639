"""Rooms that open when first used: `plots.rfm` loads `plots/rfm.py` and nothing else."""

from collections.abc import Callable
from importlib import import_module
from importlib.util import find_spec
from typing import Any


def opener(package: str) -> Callable[[str], Any]:
    """Return a module-level `__getattr__` that imports a package's modules by name, on first use."""

    def open_room(name: str) -> Any:
        if name.startswith("_") or find_spec(f"{package}.{name}") is None:
            raise AttributeError(f"module '{package}' has no attribute '{name}'")
        return import_module(f"{package}.{name}")

    return open_room

"""Customer segmentation for people who sell: the names a notebook uses.

Each name is loaded when it is first used, so that `import custseg_helpers` costs no more than pandas.
"""

from importlib import import_module
from typing import Any

__version__ = "0.1.0"

_HOME = {
    # the company
    "load": "data.companies",
    "order_facts": "data.facts",
    "money_by": "data.facts",
    # words
    "T": "text",
    "label": "text",
    "labelled": "text",
    "use_language": "text",
    # learning
    "check": "learn.check",
    "hint": "learn.check",
    "solution": "learn.check",
    "progress": "learn.progress",
    "quiz": "learn.quiz",
    # the rooms
    "rfm": "tiers.rfm",
    "plots": "plots",
    "explore": "explore",
}

__all__ = sorted(_HOME)


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module 'custseg_helpers' has no attribute '{name}'")
    module = import_module(f"custseg_helpers.{_HOME[name]}")
    value = (
        module if _HOME[name].split(".")[-1] == name and not hasattr(module, name) else getattr(module, name)
    )
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return __all__

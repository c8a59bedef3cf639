"""What the simulator draws from: one TOML file for each sample company, and its random streams."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.random import Generator, SeedSequence, default_rng

from custseg_helpers.words.text import T, UserError, listed

Settings = dict[str, Any]

BLOCK = 50_000
"""Customers made at a time: it bounds memory, and every block has random streams of its own."""


@cache
def settings(name: str) -> Settings:
    """Return the settings of a sample company; treat them as read-only.

    >>> settings("retail")["customers"]
    3000
    """
    known = sorted(path.stem for path in Path(__file__).parent.glob("*.toml"))
    if name not in known:
        raise UserError(
            T(
                zh="没有示例公司“{name}”。可选：{known}。",
                en="No sample company “{name}”. Choose from {known}.",
            ).format(name=name, known=listed(known))
        )
    return tomllib.loads(Path(__file__).with_name(f"{name}.toml").read_text(encoding="utf-8"))


def stream(name: str, seed: int, stage: str, block: int = 0) -> Generator:
    """Return the random numbers of one stage and block; no stage disturbs another's.

    >>> bool(stream("retail", 1, "orders").random() == stream("retail", 1, "orders").random())
    True
    """
    words = [int.from_bytes(word.encode(), "little") for word in (name, stage)]
    return default_rng(SeedSequence([seed, *words, block]))


def pick(rng: Generator, weights: Any, size: int) -> np.ndarray:
    """Draw `size` positions with the given weights."""
    shares = np.asarray(weights, dtype=float)
    return np.searchsorted(np.cumsum(shares / shares.sum())[:-1], rng.random(size), side="right")


def pick_each(rng: Generator, weights: np.ndarray) -> np.ndarray:
    """Draw one column for every row of a table of weights."""
    edges = np.cumsum(weights, axis=1)
    return (rng.random(len(weights))[:, None] * edges[:, -1:] >= edges[:, :-1]).sum(axis=1)


def repeated(values: np.ndarray, times: np.ndarray) -> np.ndarray:
    """Repeat each value so many times. NumPy takes positions only, which have 32 bits in a browser.

    >>> repeated(np.array([5, 7]), np.array([2, 1])).tolist()
    [5, 5, 7]
    """
    return np.repeat(values, times.astype(np.intp))


def ids(letter: str, numbers: Any, digits: int) -> np.ndarray:
    """Return ids for the numbers 1, 2, …

    >>> ids("C", [1, 25], 4).tolist()
    ['C0001', 'C0025']
    """
    return np.array([f"{letter}{number:0{digits}}" for number in np.asarray(numbers).tolist()], dtype=object)

"""Exports of systems that people use: `exports/*.toml`, one file a system, told by the headers that stand in a file."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

from custseg_helpers.evidence.called import plain

SURE, AHEAD, LIKE = 0.5, 0.15, 0.3
"""A score of `SURE` that is `AHEAD` of the next is that system; from `LIKE` on it is shown and asked."""


@dataclass(frozen=True)
class System:
    """One kind of export."""

    key: str
    name: str
    source: str
    """where the headers come from"""
    sure: bool
    """False: from general knowledge; a person is asked once"""
    headers: Mapping[str, tuple[str, ...]]
    """edition or language → header row"""
    columns: Mapping[str, tuple[str, ...]]
    """field → columns, the first that is there counts"""
    statuses: Mapping[str, Mapping[str, tuple[str, ...]]]
    layout: Mapping[str, Any]
    sample: str = ""
    expected: Mapping[str, float] | None = None


@dataclass(frozen=True)
class Match:
    """Which system a header row comes from, and how much of it is there."""

    system: System
    score: float
    sure: bool
    missing: tuple[str, ...] = ()
    """columns that move money in this system's exports, and stand in none of the file's"""


@lru_cache
def systems() -> tuple[System, ...]:
    """Return all known systems, by key."""
    folder = files("custseg_helpers.mapping") / "exports"
    found = [file for file in folder.iterdir() if file.name.endswith(".toml")]
    return tuple(
        _system(file.name[:-5], tomllib.loads(file.read_text(encoding="utf-8")))
        for file in sorted(found, key=lambda file: file.name)
    )


def _system(key: str, told: dict[str, Any]) -> System:
    columns = {
        name: tuple([said] if isinstance(said, str) else said) for name, said in told["columns"].items()
    }
    statuses = {
        name: {bucket: tuple(values) for bucket, values in said.items()}
        for name, said in told.get("statuses", {}).items()
    }
    headers = {edition: tuple(row.split("|")) for edition, row in told["headers"].items()}
    return System(
        key,
        told["name"],
        told["source"],
        told.get("sure", True),
        headers,
        columns,
        statuses,
        told.get("layout", {}),
        told.get("sample", ""),
        told.get("expected"),
    )


@lru_cache
def _weights() -> dict[str, float]:
    """Return of each header 1 / the number of systems that have it: what stands everywhere says little."""
    count: dict[str, set[str]] = {}
    for system in systems():
        for row in system.headers.values():
            for name in row:
                count.setdefault(plain(name), set()).add(system.key)
    return {name: 1 / len(keys) for name, keys in count.items()}


def scores(names: Iterable[str]) -> list[tuple[float, System]]:
    """Return each system's score for a header row, the best first: the share of its weighted headers that is there."""
    there = {plain(str(name)) for name in names}
    weights = _weights()
    found = []
    for system in systems():
        best = 0.0
        for row in system.headers.values():
            wanted = {plain(name) for name in row}
            whole = sum(weights[name] for name in wanted)
            best = max(best, sum(weights[name] for name in wanted & there) / whole)
        found.append((best, system))
    return sorted(found, key=lambda pair: -pair[0])


def match(header: Iterable[str]) -> Match | None:
    """Tell which system's export a header row is, or None."""
    names = list(header)
    ranked = scores(names)
    if not ranked or ranked[0][0] < LIKE:
        return None
    score, system = ranked[0]
    ahead = score - (ranked[1][0] if len(ranked) > 1 else 0.0)
    sure, missing = score >= SURE and ahead >= AHEAD, _missing(system, names)
    if score < SURE and all(_first(system, key) in missing for key in ("order_id", "amount")):
        return None  # what is left are the words of any list: date, customer, goods, quantity
    return Match(system, round(score, 2), sure, missing)


def _first(system: System, field: str) -> str | None:
    return system.columns.get(field, (None,))[0]


_MOVES_MONEY = ("amount", "refund", "after_refunds", "parent_order", "order_id", "customer_id")


def _missing(system: System, names: Iterable[str]) -> tuple[str, ...]:
    """Return the columns of a system that decide about money or buyers and that a file lacks under every name."""
    there = {plain(str(name)) for name in names}
    usual = {plain(name) for row in system.headers.values() for name in row}
    wanted = [system.columns[key] for key in _MOVES_MONEY if key in system.columns]
    wanted += [(name,) for name in system.statuses]
    lacks = [group for group in wanted if any(plain(name) in usual for name in group)]
    return tuple(group[0] for group in lacks if not any(plain(name) in there for name in group))

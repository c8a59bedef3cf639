"""Which numbers of one output may be printed, so that none of those left out can be worked out from the others.

An output is a set of cells (counts, or sums of money) with everything that is known of how they add up. A cell that is
too small, or that one customer dominates, is left out; then others with it, until whoever knows every number that is
printed, to the last digit, and the rules by which customers were grouped, can still believe any small count, and can
pin no sum to within a tenth. What is chosen is checked anew by a linear program. Shares and means need no cells of
their own: they are printed only where the count and the sum are, and say nothing beyond them.

It holds within one output. Two outputs of the same customers may tell together what neither tells alone.

Sources: Hundepool et al. (2012), *Statistical Disclosure Control*, 4.2.2 (the p % rule), 4.3.2 (audit by linear
programs) and 4.4 (secondary suppression); Kelly, Golden & Assad (1992), "Cell suppression: disclosure protection for
sensitive tabular data", *Networks* 22(4), 397–417 (the cheapest flow past a cell is hidden with it).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

P = 0.1
"""No sum may be estimated to within this share of itself, nor the largest contribution to it by the second largest."""
NEAR = 1e-6
"""What a linear program takes for equal, as a share of the largest cell."""

Cell = Any
"""Whatever names a cell; it can be a key of a dictionary."""
Need = tuple[float, float]
"""How far down and how far up an onlooker must be able to believe a cell that is left out."""


@dataclass
class Cells:
    """The numbers of an output and what an onlooker knows of them."""

    values: dict[Cell, float] = field(default_factory=dict)
    tables: dict[Cell, str] = field(default_factory=dict)
    """which table a cell stands in; leaving the table out is the last resort"""
    least: dict[Cell, float] = field(default_factory=dict)
    """the least a cell can be when it is left out, for who knows by which rule"""
    most: dict[Cell, float] = field(default_factory=dict)
    sums: list[tuple[Cell, list[Cell]]] = field(default_factory=list)
    """a cell and those that add up to it"""
    nests: list[tuple[list[Cell], Cell, list[Cell]]] = field(default_factory=list)
    """cells that lie wholly inside another, which lies wholly inside the last ones: known to who knows the rules"""
    unprinted: set[Cell] = field(default_factory=set)
    """cells that are printed nowhere, such as those without a tag"""

    def add(self, cell: Cell, value: float, table: str, *, least: float = 0.0, most: float = np.inf) -> None:
        """Put in a cell; of one that stands in several tables the first counts."""
        if cell not in self.values:
            self.values[cell], self.tables[cell] = float(value), table
            self.least[cell], self.most[cell] = least, most


@dataclass(frozen=True)
class Chosen:
    """What is left out: cells, and whole tables."""

    hidden: frozenset[Cell]
    dropped: tuple[str, ...]


def dominated(contributions: np.ndarray, p: float = P) -> bool:
    """Tell whether one customer makes up so much of a sum that the second largest can estimate it to within `p`.

    >>> dominated(np.array([900.0, 60.0, 40.0])), dominated(np.array([300.0, 300.0, 200.0, 200.0]))
    (True, False)
    """
    sizes = np.sort(np.abs(contributions))[::-1]
    return bool(len(sizes) and sizes[0] > 0 and sizes[2:].sum() < p * sizes[0])


def nested(groups: pd.DataFrame) -> list[tuple[list[Cell], Cell, list[Cell]]]:
    """Return which groups lie inside which: what the rules of grouping give away about their counts.

    Args:
        groups: customers × ways of grouping them, each customer in one group of each; a cell is (way, group).

    >>> grade = ["A"] * 5 + ["B"] * 5
    >>> nested(pd.DataFrame({"grade": grade, "vip": [one == "A" for one in grade]}))[0]
    ([('vip', True)], ('grade', 'A'), [('vip', True)])
    """
    alike = (
        groups.groupby(list(groups), dropna=False, sort=False, observed=True).size().rename("n").reset_index()
    )
    coded = {way: pd.factorize(alike[way], use_na_sentinel=False) for way in groups}
    cells = [(way, group) for way, (_, names) in coded.items() for group in names]
    inside = np.column_stack(
        [codes == place for codes, names in coded.values() for place in range(len(names))]
    )
    inside = inside.astype(float)
    common = inside.T @ (inside * alike[["n"]].to_numpy(float))
    found = []
    for row, cell in enumerate(cells):
        for way in groups:
            parts = [column for column, part in enumerate(cells) if part[0] == way]
            low = [cells[one] for one in parts if common[row, one] == common[one, one]]
            high = [cells[one] for one in parts if common[row, one]]
            if way != cell[0] and (low or len(high) < len(parts)):
                found.append((low, cell, high))
    return found


def choose(
    cells: Cells, small: Iterable[Cell], need: Mapping[Cell, Need], order: Sequence[str] = ()
) -> Chosen:
    """Choose what is left out, and check it.

    Args:
        cells: all numbers of the output; those at 0 are printed whatever happens, and so are those of the table `""`.
        small: the cells that may not be printed.
        need: how far each cell, once left out, must be able to move.
        order: tables that are given up first where nothing else helps; then the one that a cell stands in.
    """
    small = set(small)
    dropped: list[str] = []
    while True:
        hidden, stuck = _protected(_Program(cells, dropped, small), small, need)
        if stuck is None:
            leak = next(iter(leaks(cells, hidden, dropped, small, need)), None)
            if leak is None:
                return Chosen(frozenset(hidden), tuple(dropped))
            stuck = leak
        kept = [
            name
            for name in (*order, cells.tables[stuck], *cells.tables.values())
            if name not in ("", *dropped)
        ]
        if not kept:
            return Chosen(frozenset(hidden), tuple(dropped))
        dropped.append(kept[0])


def leaks(
    cells: Cells,
    hidden: Iterable[Cell],
    dropped: Sequence[str],
    small: Iterable[Cell],
    need: Mapping[Cell, Need],
) -> list[Cell]:
    """Return the cells that are left out and can be worked out too well from what is printed.

    Every cell that is left out must hold against who knows the printed numbers; those that are a secret themselves also
    against who knows the rules of grouping.
    """
    small, hidden = set(small), set(hidden)
    program = _Program(cells, dropped, small)
    found = []
    for cell in program.columns:
        for rules in (False, True) if _secret(cell, cells, small, need) else (False,):
            if (
                cell in hidden
                and cell in need
                and not _reaches(program.span(cell, hidden, rules=rules), need[cell])
            ):
                found.append(cell)
    return list(dict.fromkeys(found))


def _secret(cell: Cell, cells: Cells, small: set[Cell], need: Mapping[Cell, Need]) -> bool:
    """Tell a cell that may not be known from one that is left out for another's sake, or in which nobody is."""
    low, high = need.get(cell, (0.0, 0.0))
    return cell in small and low <= cells.values[cell] <= high and cells.values[cell] != 0


def _reaches(span: Need, need: Need) -> bool:
    slack = NEAR * max(1.0, *map(abs, need))
    return span[0] <= need[0] + slack and span[1] >= need[1] - slack


def _protected(
    program: "_Program", small: set[Cell], need: Mapping[Cell, Need]
) -> tuple[set[Cell], Cell | None]:
    """Hide the small cells, then with each the cheapest others; return also a cell for which there are none."""
    hidden = {cell for cell in program.columns if cell in small}
    waiting = [cell for cell in program.columns if cell in hidden]
    done: set[Cell] = set()
    while waiting:
        cell = waiting.pop(0)
        if cell in done or cell not in need:
            continue
        done.add(cell)
        for goal, way in zip(need[cell], (-1, 1), strict=True):
            if (goal - program.cells.values[cell]) * way <= 0:
                continue
            beside = program.cheapest(cell, goal, hidden, rules=_secret(cell, program.cells, small, need))
            if beside is None:
                return hidden, cell
            hidden |= beside
            waiting += [one for one in program.columns if one in beside]
    return hidden, None


class _Program:
    """The linear programs over the cells of an output."""

    def __init__(self, cells: Cells, dropped: Sequence[str], small: set[Cell]) -> None:
        self.cells = cells
        self.columns = list(cells.values)
        self.place = {cell: column for column, cell in enumerate(self.columns)}
        self.values = np.array([cells.values[cell] for cell in self.columns])
        self.most = np.array([cells.most[cell] for cell in self.columns])
        self.open = np.array(
            [cell in cells.unprinted or cells.tables[cell] in dropped for cell in self.columns]
        )
        least = np.array([cells.least[cell] for cell in self.columns])
        self.lowest = np.minimum(least, 0)
        self.least = np.where(self.open, self.lowest, least)
        shown_as_zero = np.array([value == 0 and cell not in small for cell, value in cells.values.items()])
        always = np.array([cells.tables[cell] == "" for cell in self.columns])
        self.fixed = always | (shown_as_zero & ~self.open)
        self.sums = self._rows([({cell: 1.0}, parts) for cell, parts in cells.sums])
        low = [({one: 1.0 for one in low}, [cell]) for low, cell, _ in cells.nests if low]
        high = [({cell: 1.0}, high) for _, cell, high in cells.nests]
        self.rules = self._rows([*low, *high])
        sizes = np.abs(self.values[self.values != 0])
        self.scale = float(np.median(sizes)) if len(sizes) else 1.0

    def _rows(self, relations: list[tuple[dict[Cell, float], list[Cell]]]) -> Any:
        """Return a sparse matrix: a row a relation, the first cells with +, the others with −."""
        from scipy.sparse import csr_matrix

        entries = [
            (row, self.place[cell], sign)
            for row, (plus, minus) in enumerate(relations)
            for sign, part in ((1.0, plus), (-1.0, minus))
            for cell in part
        ]
        rows, columns, signs = zip(*entries, strict=True) if entries else ((), (), ())
        return csr_matrix((signs, (rows, columns)), shape=(len(relations), len(self.columns)))

    def _bounds(self, free: np.ndarray, rules: bool) -> tuple[np.ndarray, np.ndarray]:
        """Return by how much each cell may fall and rise; who knows the rules knows that a blank is no 0."""
        least = self.least if rules else self.lowest
        down = np.where(free, self.values - np.minimum(least, self.values), 0)
        up = np.where(free, np.maximum(self.most, self.values) - self.values, 0)
        return down, up

    def span(self, cell: Cell, hidden: set[Cell], *, rules: bool) -> Need:
        """Return the least and the most that a cell can be for who knows all others that are printed."""
        from scipy.optimize import linprog

        free = self.open | np.array([one in hidden for one in self.columns])
        down, up = self._bounds(free, rules)
        slack = -(self.rules @ self.values)
        found = []
        for sign in (1.0, -1.0):
            cost = np.zeros(len(self.columns))
            cost[self.place[cell]] = sign
            solved = linprog(
                cost,
                A_eq=self.sums,
                b_eq=np.zeros(self.sums.shape[0]),
                A_ub=self.rules if rules else None,
                b_ub=slack / self.scale if rules else None,
                bounds=np.column_stack([-down, up]) / self.scale,
                method="highs",
            )
            moved = -sign * np.inf if solved.status == 3 else solved.x[self.place[cell]] * self.scale
            found.append(self.values[self.place[cell]] + moved)
        return found[0], found[1]

    def cheapest(self, cell: Cell, goal: float, hidden: set[Cell], *, rules: bool) -> set[Cell] | None:
        """Return the cells to hide, so that a hidden one may be believed to be `goal`; None where nothing helps."""
        from scipy.optimize import linprog
        from scipy.sparse import csr_matrix, hstack, vstack

        size, here = len(self.columns), self.place[cell]
        step = goal - self.values[here]
        free = self.open | np.array([one in hidden for one in self.columns])
        down, up = self._bounds(~self.fixed, rules)
        price = np.where(free, 0.0, 1.0 + np.abs(self.values) / self.scale)
        bounds = np.column_stack([np.zeros(2 * size), np.concatenate([up, down]) / self.scale])
        aim = np.zeros((1, size))
        aim[0, here] = -np.sign(step)
        unequal = vstack([self.rules, csr_matrix(aim)]) if rules else csr_matrix(aim)
        slack = np.append(-(self.rules @ self.values) if rules else [], -abs(step)) / self.scale
        solved = linprog(
            np.concatenate([price, price]),
            A_eq=hstack([self.sums, -self.sums]),
            b_eq=np.zeros(self.sums.shape[0]),
            A_ub=hstack([unequal, -unequal]),
            b_ub=slack,
            bounds=bounds,
            method="highs",
        )
        if solved.status != 0:
            return None
        moved = np.abs(solved.x[:size] - solved.x[size:]) > NEAR / 10
        return {self.columns[column] for column in np.flatnonzero(moved & ~free)}

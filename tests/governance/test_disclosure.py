"""Whoever has every printed number and a linear program works out no small count, and pins no hidden sum of money.

The onlooker's programs here are written afresh: they know nothing of how the cells were chosen.
"""

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from custseg_helpers.governance.disclosure import Cells, choose, dominated, leaks

K = 10


def believed(names, equations, printed, cell, free=()):
    """The least and the most that a cell can be, for who knows the printed numbers and how they add up."""
    at = {name: place for place, name in enumerate(names)}
    rows, right = [], []
    for signs, total in equations:
        row = np.zeros(len(names))
        for name, sign in signs.items():
            row[at[name]] = sign
        rows.append(row)
        right.append(total)
    bounds = [printed.get(name, (None if name in free else 0, None)) for name in names]
    ends = []
    for sign in (1, -1):
        cost = np.zeros(len(names))
        cost[at[cell]] = sign
        solved = linprog(cost, A_eq=np.array(rows), b_eq=right, bounds=bounds)
        assert solved.status in (0, 3), solved.message
        ends.append(-sign * np.inf if solved.status == 3 else solved.x[at[cell]])
    return ends


def cross_table(numbers):
    """Cells of a table with totals, and what adds up."""
    cells, equations = Cells(), []
    rows, columns = range(len(numbers)), range(len(numbers[0]))
    cells.add("all", sum(map(sum, numbers)), "")
    for row, column in itertools.product(rows, columns):
        cells.add((row, column), numbers[row][column], "cross", least=1)
    lines = [((row, "total"), [(row, column) for column in columns]) for row in rows]
    lines += [(("total", column), [(row, column) for row in rows]) for column in columns]
    for whole, parts in lines:
        cells.add(whole, sum(cells.values[part] for part in parts), "cross", least=1)
        cells.sums.append((whole, parts))
    cells.sums.append(("all", [(row, "total") for row in rows]))
    cells.sums.append(("all", [("total", column) for column in columns]))
    equations = [({whole: 1} | dict.fromkeys(parts, -1), 0) for whole, parts in cells.sums]
    return cells, equations


def chosen(cells):
    small = {cell for cell, n in cells.values.items() if 0 < n < K and cells.tables[cell]}
    need = dict.fromkeys(cells.values, (1.0, K - 1.0))
    found = choose(cells, small, need)
    assert found.hidden >= small
    assert leaks(cells, found.hidden, found.dropped, small, need) == []
    return found


@settings(max_examples=25)
@given(
    st.integers(2, 4).flatmap(
        lambda width: st.lists(
            st.lists(st.integers(0, 60), min_size=width, max_size=width), min_size=2, max_size=4
        )
    )
)
def test_no_small_count_of_a_cross_table_can_be_worked_out(numbers):
    cells, equations = cross_table(numbers)
    found = chosen(cells)
    if found.dropped:
        assert found.dropped == ("cross",)
        return
    printed = {cell: (n, n) for cell, n in cells.values.items() if cell not in found.hidden}
    for cell in found.hidden:
        low, high = believed(list(cells.values), equations, printed, cell)
        assert low <= 1 + 1e-6 and high >= K - 1 - 1e-6, (cell, low, high)


def test_two_tiers_in_two_regions_with_totals_and_what_changed_since():
    """Then and now with the differences: a count of 4 now stands between a printed one and its change."""
    then, now = [[40, 31], [25, 14]], [[44, 28], [21, 4]]
    cells, equations = Cells(), []
    for day, numbers in (("then", then), ("now", now)):
        one, _ = cross_table(numbers)
        for cell, n in one.values.items():
            cells.add((day, cell), n, one.tables[cell] and "cross", least=1)
        cells.sums += [((day, whole), [(day, part) for part in parts]) for whole, parts in one.sums]
    names = [cell for day, cell in cells.values if day == "then"]
    for cell in names:
        change = cells.values["now", cell] - cells.values["then", cell]
        cells.add(("change", cell), change, "" if cell == "all" else "change", least=-np.inf)
        cells.sums.append((("now", cell), [("then", cell), ("change", cell)]))
    small = {cell for cell, n in cells.values.items() if 0 < n < K and cell[0] != "change"}
    need = {cell: (1.0, K - 1.0) for cell in cells.values if cell[0] != "change"}
    found = choose(cells, small, need, ["change"])
    assert "cross" not in found.dropped
    equations = [({whole: 1} | dict.fromkeys(parts, -1), 0) for whole, parts in cells.sums]
    free = {cell for cell in cells.values if cell[0] == "change"}
    gone = {cell for cell, table in cells.tables.items() if table in found.dropped}
    printed = {cell: (n, n) for cell, n in cells.values.items() if cell not in found.hidden | gone}
    for cell in found.hidden - free:
        low, high = believed(list(cells.values), equations, printed, cell, free)
        assert low <= 1 + 1e-6 and high >= K - 1 - 1e-6, (cell, low, high)
    assert ("change", (1, 1)) in found.hidden | gone


def test_a_tag_that_is_a_group_by_another_name_is_left_out_with_it():
    cells = Cells()
    cells.add("all", 100, "")
    for group, n in (("A", 4), ("B", 40), ("C", 56)):
        cells.add(group, n, "grade", least=1)
    cells.add("vip", 4, "tag", least=1)
    cells.add("no vip", 96, "tag", least=1)
    cells.unprinted.add("no vip")
    cells.sums = [("all", ["A", "B", "C"]), ("all", ["vip", "no vip"])]
    cells.nests = [(["A"], "vip", ["A"]), (["B", "C"], "no vip", ["B", "C"])]
    need = dict.fromkeys(cells.values, (1.0, K - 1.0))
    assert choose(cells, {"A", "vip"}, need).hidden == {"A", "vip", "B"}
    # a tag of the 44 customers in A and B gives A away as soon as B is printed, or itself
    cells.values |= {"vip": 44, "no vip": 56}
    cells.nests = [(["A", "B"], "vip", ["A", "B"]), (["C"], "no vip", ["C"])]
    hidden = choose(cells, {"A"}, need).hidden
    assert {"A", "B"} <= hidden and leaks(cells, {"A"}, (), {"A"}, need) == ["A"]


@settings(max_examples=25)
@given(st.lists(st.integers(0, 5000), min_size=3, max_size=8), st.integers(0, 7))
def test_no_hidden_sum_is_pinned_to_within_a_tenth(sums, place):
    cells = Cells()
    cells.add("all", sum(sums), "")
    parts = list(range(len(sums)))
    for part, value in zip(parts, sums, strict=True):
        cells.add(part, value, "grade")
    cells.sums = [("all", parts)]
    need = {part: (0.9 * value, 1.1 * value) for part, value in zip(parts, sums, strict=True) if value}
    found = choose(cells, {place % len(sums)}, need)
    printed = {
        cell: (value, value)
        for cell, value in cells.values.items()
        if cell == "all" or cell not in found.hidden
    }
    if found.dropped:
        return
    for cell in found.hidden:
        low, high = believed(["all", *parts], [({"all": 1} | dict.fromkeys(parts, -1), 0)], printed, cell)
        value = cells.values[cell]
        assert not value or low < 0.91 * value or high > 1.09 * value


@pytest.mark.parametrize(
    ("money", "too_much_of_one"),
    [
        ([], False),
        ([0.0, 0.0], False),
        ([7.0], True),
        ([50.0, 50.0], True),
        ([10.0] * 3, False),
        ([-90.0, 5, 5], True),
    ],
)
def test_a_sum_is_dominated_where_the_second_largest_could_estimate_the_largest(money, too_much_of_one):
    assert dominated(np.array(money)) is too_much_of_one

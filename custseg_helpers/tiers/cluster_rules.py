"""Groups as rules: a shallow decision tree says in a line each who belongs to which group.

The rules are written in the language of tag rules, so that a group found by k-means can be put into the tag
catalogue. Thresholds are the roundest numbers that move no more than one customer in 200 to the other side.

Source: Breiman, Friedman, Olshen & Stone (1984), *Classification and Regression Trees*.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from custseg_helpers.tiers.kmeans import in_own_order
from custseg_helpers.words.text import UserError

SAMPLE = 50_000
"""The tree sees at most this many customers; the rules are held against all."""

Box = dict[int, tuple[float, float]]
"""Column → above this and up to that."""


def rules(facts: pd.DataFrame, groups: pd.Series, columns: Sequence[str], *, depth: int = 3) -> pd.DataFrame:
    """Return one row a group: its `rule`, and how well the rule and the group agree.

    `precision`: share of the rule's customers who are in the group; `recall`: share of the group's customers whom
    the rule finds; `customers`: size of the group. `.attrs["agreement"]` is the share of all customers whom the rules
    put in their own group. A group without a rule has an empty one: so shallow a tree cannot tell it apart.
    Customers who lack a value or whose group is `"unknown"` count for nothing.

    >>> facts = pd.DataFrame({"frequency": [1, 2, 3, 10, 12, 15]})
    >>> groups = pd.Series(["cluster_2"] * 3 + ["cluster_1"] * 3)
    >>> rules(facts, groups, ["frequency"])["rule"].tolist()
    ['frequency > 5', 'frequency <= 5']
    """
    from sklearn.tree import DecisionTreeClassifier

    numbers = facts[list(columns)].to_numpy(dtype=float, na_value=np.nan)
    known = np.isfinite(numbers).all(axis=1) & (groups != "unknown").to_numpy(dtype=bool)
    numbers, members = numbers[known], groups[known].to_numpy(dtype=object)
    codes, numbered = np.unique(members.astype(str), return_inverse=True)
    if len(codes) < 2:
        raise UserError(zh="至少要有两个群才能写规则。", en="Rules need at least two groups.")
    rows = in_own_order(np.column_stack([numbers, numbered]), SAMPLE)
    values, labels = rows[:, :-1], rows[:, -1].astype(int)
    tree = DecisionTreeClassifier(
        max_depth=depth, min_samples_leaf=max(1, len(values) // 100), random_state=0
    ).fit(values, labels)
    columns_sorted = [np.sort(column) for column in values.T]
    rule_of: dict[int, list[Box]] = {group: [] for group in range(len(codes))}
    for group, box in _leaves(tree.tree_, 0, {}, columns_sorted):
        rule_of[group].append(box)
    guess = np.full(len(numbers), -1)
    for group, boxes in rule_of.items():
        for box in boxes:
            guess[_inside(numbers, box)] = group
    right = guess == numbered
    found, size = np.bincount(guess[guess >= 0], minlength=len(codes)), np.bincount(numbered)
    hits = np.bincount(numbered[right], minlength=len(codes))
    table = pd.DataFrame(
        {
            "rule": [_words(rule_of[group], list(columns)) for group in range(len(codes))],
            "customers": size,
            "precision": (hits / np.where(found > 0, found, np.nan)).round(4),
            "recall": (hits / size).round(4),
        },
        index=pd.Index(codes, name=groups.name or "cluster"),
    )
    table.attrs["agreement"] = float(right.mean().round(4))
    return table


def _leaves(tree: Any, node: int, box: Box, ordered: list[np.ndarray]) -> list[tuple[int, Box]]:
    """Walk the tree; two halves that say the same are one leaf."""
    if tree.children_left[node] < 0:
        return [(int(tree.value[node][0].argmax()), box)]
    column = int(tree.feature[node])
    above, up_to = box.get(column, (-np.inf, np.inf))
    cut = _roundest(ordered[column], float(tree.threshold[node]))
    halves = [
        _leaves(tree, int(tree.children_left[node]), box | {column: (above, min(cut, up_to))}, ordered),
        _leaves(tree, int(tree.children_right[node]), box | {column: (max(cut, above), up_to)}, ordered),
    ]
    said = {group for half in halves for group, _ in half}
    return [(said.pop(), box)] if len(said) == 1 else halves[0] + halves[1]


def _roundest(ordered: np.ndarray, threshold: float) -> float:
    """Return the roundest number near a threshold: at most 1 in 200 customers changes sides."""
    place = int(np.searchsorted(ordered, threshold, side="right"))
    room = len(ordered) // 200
    low = ordered[max(place - 1 - room, 0)]
    high = ordered[min(place + room, len(ordered) - 1)]
    for power in range(15, -7, -1):
        for part in (1.0, 0.5, 0.2):
            step = part * 10.0**power
            number = np.ceil(low / step) * step
            if low <= number < high:
                return float(round(number, 8))
    return threshold


def _inside(numbers: np.ndarray, box: Box) -> np.ndarray:
    inside = np.ones(len(numbers), dtype=bool)
    for column, (above, up_to) in box.items():
        inside &= (numbers[:, column] > above) & (numbers[:, column] <= up_to)
    return inside


def _words(boxes: list[Box], columns: list[str]) -> str:
    def one(box: Box) -> str:
        parts = []
        for column, (above, up_to) in sorted(box.items()):
            if above > -np.inf:
                parts.append(f"{columns[column]} > {_number(above)}")
            if up_to < np.inf:
                parts.append(f"{columns[column]} <= {_number(up_to)}")
        return " and ".join(parts)

    return one(boxes[0]) if len(boxes) == 1 else " or ".join(f"({one(box)})" for box in boxes)


def _number(value: float) -> str:
    return str(int(value)) if value == int(value) else f"{value:.8f}".rstrip("0")

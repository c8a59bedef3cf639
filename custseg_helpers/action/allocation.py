"""Allocation: which rep looks after which customer, by what the rep knows and how much the rep can carry.

Customers who look alike to the reps are handled as one group, so a few thousand or a million customers are the same
small problem: a transport from groups to reps, solved exactly.
"""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from custseg_helpers.action.apportion import apportion_table
from custseg_helpers.action.tables import by_customer
from custseg_helpers.words.text import UserError

KNOWLEDGE = {"industry": 2, "region": 1}
"""Points for each thing that a rep has in common with a customer: knowing the trade counts more than being near."""

STEPS = 10
"""A rep's capacity is filled in tenths: of two allocations with the same fit the more even one wins."""


def allocate(
    customers: pd.DataFrame,
    reps: pd.DataFrame,
    *,
    priority: pd.Series | None = None,
    knowledge: Mapping[str, int] = KNOWLEDGE,
) -> pd.DataFrame:
    """Give every customer the rep who knows most, with nobody above capacity: the best total, not first come.

    In this order: (1) as many customers as possible are looked after, of them first those with the higher priority;
    (2) the sum of priority rank × fit is as large as possible; (3) the load is even; (4) reps who fit alike get the
    same mix of priorities, so that nobody has all the best. A rep who has nothing in common with a customer is not
    an option. Within a group of alike customers the lower id gets the lower rep id.

    Args:
        customers: the standard table (index or column `customer_id`), with the columns of `knowledge`.
        reps: `rep_id`, `capacity` (customers) and the columns of `knowledge`.
        priority: a number a customer, higher first, for instance tiers as `A` 3, `B` 2, `C` 1; all alike if not
            given. Only the order of the numbers counts.
        knowledge: points for each column in which rep and customer agree.

    Returns:
        One row a customer, indexed by `customer_id` in the given order: `rep_id` (missing where there is none), `fit` (points, 0 without
        rep) and `reason`: `assigned`, `no_match` (no rep shares anything with this customer) or `no_capacity`
        (those who do are full).

    Source: the transportation problem (Hitchcock 1941); with whole-number supplies its linear programme has whole-
    number solutions. Solved by SciPy's HiGHS dual simplex; checked against `scipy.optimize.linear_sum_assignment`.

    >>> customers = pd.DataFrame({"industry": ["pharma", "pharma", "retail"], "region": "east"}, index=["C1", "C2", "C3"])
    >>> reps = pd.DataFrame({"rep_id": ["R1", "R2"], "capacity": [1, 1], "industry": "pharma", "region": ["east", "west"]})
    >>> allocate(customers, reps)["rep_id"].fillna("-").tolist()
    ['R1', 'R2', '-']
    """
    customers, points = by_customer(customers), list(knowledge)
    reps = reps.sort_values("rep_id").reset_index(drop=True)
    capacity = reps["capacity"].to_numpy(dtype="int64")
    if reps["rep_id"].duplicated().any() or (capacity < 0).any() or not customers.index.is_unique:
        raise UserError(
            zh="客户编号和销售代表编号不能重复，可服务客户数不能是负数。",
            en="Customer ids and rep ids must be unique and capacity must not be negative.",
        )
    table = customers[points].astype(object).where(customers[points].notna(), None)
    table["rank"] = (
        1 if priority is None else priority.reindex(customers.index).rank(method="dense").fillna(0) + 1
    )
    table["group"] = table.groupby([*points, "rank"], dropna=False).ngroup()
    groups = table.groupby("group").agg({**dict.fromkeys(points, "first"), "rank": "first"})
    groups["size"] = table["group"].value_counts()

    fit = np.zeros((len(groups), len(reps)), dtype="int64")
    for column, worth in knowledge.items():
        mine, theirs = groups[column].to_numpy()[:, None], reps[column].to_numpy(dtype=object)[None, :]
        fit += worth * ((mine == theirs) & groups[column].notna().to_numpy()[:, None]).astype("int64")
    number = _transport(groups["size"].to_numpy(), groups["rank"].to_numpy(dtype="int64"), capacity, fit)
    number = _mixed(number, fit)

    ids = table["group"].sort_index().sort_values(kind="stable")
    receiver = [place for group, size in enumerate(groups["size"]) for place in _line_up(number[group], size)]
    rep = pd.Series(receiver, index=ids.index, dtype="int64").reindex(customers.index).to_numpy()
    group, has_rep = table["group"].to_numpy(), rep >= 0
    known = (fit.max(axis=1, initial=0) > 0)[group]
    result = pd.DataFrame(index=customers.index)
    names = np.array([*reps["rep_id"], None], dtype=object)
    result["rep_id"] = pd.Series(names[rep], index=customers.index, dtype=object)
    result["fit"] = np.where(has_rep, fit[group, rep] if len(reps) else 0, 0)
    result["reason"] = np.select([has_rep, ~known], ["assigned", "no_match"], "no_capacity")
    return result


def _line_up(numbers: np.ndarray, size: int) -> np.ndarray:
    """Return one rep's place for each customer of a group, −1 for those left without."""
    receivers = np.repeat(np.arange(len(numbers)), numbers.astype(np.intp))
    return np.append(receivers, np.full(size - len(receivers), -1))


def _transport(size: np.ndarray, rank: np.ndarray, capacity: np.ndarray, fit: np.ndarray) -> np.ndarray:
    """Return how many customers of each group go to each rep: group × rep, whole numbers.

    All three aims stand in one objective of small whole numbers. Moving along a path of exchanges changes the
    load of two reps, so `STEPS` outweighs evenness; it passes each rep once, so `served` outweighs every fit.
    """
    from scipy import sparse
    from scipy.optimize import linprog

    group, rep = np.nonzero(fit)
    pairs, tenths = len(group), len(capacity) * STEPS
    if not pairs:
        return np.zeros(fit.shape, dtype="int64")
    gain = fit[group, rep] * rank[group] * STEPS
    served = (len(capacity) + 1) * (gain.max() + STEPS)
    unevenness = np.tile(np.arange(STEPS), len(capacity))
    cost = np.concatenate([-(gain + served * rank[group]), unevenness]).astype(float)

    filled = np.arange(STEPS + 1)[None, :] * capacity[:, None] // STEPS
    room = np.diff(filled, axis=1).ravel()
    one, owner = np.ones(pairs), np.repeat(np.arange(len(capacity)), STEPS)
    out_of_groups = sparse.csr_array((one, (group, np.arange(pairs))), shape=(len(size), pairs + tenths))
    into_reps = sparse.csr_array(
        (
            np.concatenate([one, -np.ones(tenths)]),
            (np.concatenate([rep, owner]), np.arange(pairs + tenths)),
        ),
        shape=(len(capacity), pairs + tenths),
    )
    bounds = np.column_stack([np.zeros(pairs + tenths), np.concatenate([size[group], room])])
    solved = linprog(
        cost,
        A_ub=out_of_groups,
        b_ub=size,
        A_eq=into_reps,
        b_eq=np.zeros(len(capacity)),
        bounds=bounds,
        method="highs-ds",
    )
    number = np.zeros(fit.shape, dtype="int64")
    number[group, rep] = np.rint(solved.x[:pairs]).astype("int64")
    return number


def _mixed(number: np.ndarray, fit: np.ndarray) -> np.ndarray:
    """Return the same allocation with every priority spread alike over the reps who fit alike.

    Exchanging customers of the same kind between reps of the same fit changes neither total nor load.
    """
    mixed = number.copy()
    kinds, kind = np.unique(fit, axis=0, return_inverse=True)
    for place, points in enumerate(kinds):
        for level in np.unique(points[points > 0]):
            block = np.ix_(np.flatnonzero(kind.ravel() == place), np.flatnonzero(points == level))
            mixed[block] = apportion_table(
                number[block].sum(axis=1).tolist(), number[block].sum(axis=0).tolist()
            )
    return mixed


def workload(allocation: pd.DataFrame, reps: pd.DataFrame) -> pd.DataFrame:
    """Return each rep's load: `customers`, `capacity`, `load` (share of capacity) and `mean_fit` (points).

    >>> reps = pd.DataFrame({"rep_id": ["R1", "R2"], "capacity": [4, 5]})
    >>> allocation = pd.DataFrame({"rep_id": ["R1", "R1", None], "fit": [3, 2, 0]})
    >>> workload(allocation, reps)["load"].to_dict()
    {'R1': 0.5, 'R2': 0.0}
    """
    table = reps.set_index("rep_id")[["capacity"]].sort_index()
    by_rep = allocation.dropna(subset="rep_id").groupby("rep_id")["fit"]
    table.insert(0, "customers", by_rep.size().reindex(table.index, fill_value=0))
    table["load"] = table["customers"] / table["capacity"].where(table["capacity"] > 0)
    table["mean_fit"] = by_rep.mean().reindex(table.index)
    return table

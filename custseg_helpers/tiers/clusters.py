"""Clusters: groups that nobody thought of, found by k-means, kept in a file, given to new customers.

The way: `prepare` (logarithms where skewed, one scale for all) and `scaled`; `tiers.cluster_count` tells whether
there are groups at all, and how many; `fit_clusters` finds them; `centres` and `cluster_names` tell who they are and
`tiers.cluster_rules.rules` by which rules; `assign` gives every customer a group, next month too; `refit` finds the
groups anew and keeps their numbers. A model is a plain dictionary and its file is JSON: nothing in it can run.

The numbers are the same on every run and in any row order. Still a number is a name and no rank.
"""

import json
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from custseg_helpers.files.whole import read_text, write_whole
from custseg_helpers.tiers.kmeans import cluster_codes, in_own_order, kmeans, nearest
from custseg_helpers.words.glossary import glossary, term
from custseg_helpers.words.text import T, UserError, listed, verbatim

Preparation = dict[str, dict[str, Any]]
"""Column → `{"log": bool, "mean": float, "spread": float}`."""

Model = dict[str, Any]
"""`preparation`, `order_by`, `centres` (prepared units, cluster_1 first), `shares`, `customers`, `seed`."""

SAMPLE = 50_000
"""The fit sees at most this many customers; all are assigned."""

SKEWED = 1.0
"""Skewness above which a column is taken by its logarithm."""

WORDS = {
    "recency_days": (T(zh="久未消费", en="long absent"), T(zh="近期来过", en="recent")),
    "frequency": (T(zh="买得勤", en="frequent"), T(zh="买得少", en="infrequent")),
    "monetary": (T(zh="花得多", en="big spend"), T(zh="花得少", en="small spend")),
    "tenure_days": (T(zh="老客户", en="long-standing"), T(zh="新近加入", en="newly joined")),
    "mean_gap_days": (T(zh="间隔长", en="long gaps"), T(zh="间隔短", en="short gaps")),
    "discount_share": (T(zh="爱买折扣", en="discount-led"), T(zh="多按原价", en="full price")),
}
"""What a high and a low value of a column are called in the name of a group."""


def prepare(
    facts: pd.DataFrame, columns: Sequence[str], *, log: Collection[str] | None = None
) -> Preparation:
    """Measure how to make columns comparable: logarithm where skewed to the right, then mean 0 and spread 1.

    Without it yuan outweigh everything: k-means adds up squared differences, and a thousand yuan beat two orders.
    `log` names the columns to take by the logarithm instead of those with a skewness above 1. Customers who lack a
    value count for nothing.

    >>> facts = pd.DataFrame({"frequency": [1, 2, 3, 4], "monetary": [10.0, 20.0, 30.0, 9000.0]})
    >>> prepare(facts, ["frequency", "monetary"])["monetary"]["log"]
    True
    """
    values, _ = _numbers(facts, columns)
    if len(values) < 2:
        raise UserError(
            zh="至少要有两位资料齐全的客户。", en="At least two customers with all the values are needed."
        )
    preparation: Preparation = {}
    for column, unsorted in zip(columns, values.T, strict=True):
        numbers = np.sort(unsorted)
        if numbers[0] == numbers[-1]:
            raise UserError(
                T(
                    zh="“{column}”对所有客户都一样，分不出群，请去掉这一列。",
                    en="“{column}” is the same for all customers and cannot tell them apart: leave it out.",
                ).format(column=_name(column))
            )
        skewness = np.mean((numbers - numbers.mean()) ** 3) / numbers.std() ** 3
        logged = bool(skewness > SKEWED) if log is None else column in log
        numbers = _log(numbers) if logged else numbers
        preparation[column] = {
            "log": logged,
            "mean": float(numbers.mean()),
            "spread": float(numbers.std()),
        }
    return preparation


def scaled(facts: pd.DataFrame, preparation: Preparation) -> pd.DataFrame:
    """Return the prepared columns of all customers who have every value; `.attrs["left_out"]` counts the others.

    >>> facts = pd.DataFrame({"frequency": [1, 3, None]})
    >>> scaled(facts, {"frequency": {"log": False, "mean": 2.0, "spread": 1.0}})["frequency"].tolist()
    [-1.0, 1.0]
    """
    numbers, known = _numbers(facts, list(preparation))
    points = pd.DataFrame(
        _comparable(numbers, preparation), index=facts.index[known], columns=list(preparation)
    )
    points.attrs["left_out"] = {"no_value": len(facts) - len(points)}
    return points


def fit_clusters(
    facts: pd.DataFrame, preparation: Preparation, k: int, *, order_by: str | None = None, seed: int = 0
) -> Model:
    """Find `k` groups and return them as a model; `cluster_1` has the highest `order_by`, and so on down.

    `order_by` is one of the prepared columns; without it `monetary`, or else the last one. Of more than 50,000
    customers a sample of 50,000 is fitted, from ten starts: the same groups as a full fit in a fraction of the time.

    >>> facts = pd.DataFrame({"frequency": [1, 2, 8, 9], "monetary": [10.0, 20.0, 80.0, 70.0]})
    >>> model = fit_clusters(facts, prepare(facts, ["frequency", "monetary"]), 2)
    >>> assign(facts, model).tolist()
    ['cluster_2', 'cluster_2', 'cluster_1', 'cluster_1']
    """
    order_by = order_by or ("monetary" if "monetary" in preparation else list(preparation)[-1])
    if order_by not in preparation:
        raise UserError(
            T(
                zh="编号依据“{order_by}”不在选用的列里：{columns}。",
                en="The groups cannot be numbered by “{order_by}”; the columns are {columns}.",
            ).format(order_by=order_by, columns=listed(preparation))
        )
    numbers, _ = _numbers(facts, list(preparation))
    points = in_own_order(_comparable(numbers, preparation), SAMPLE)
    found = kmeans(points, k, seed=seed)
    first = list(preparation).index(order_by)
    ranked = np.lexsort([*np.delete(found, first, axis=1).T[::-1], found[:, first]])[::-1]
    return _model(preparation, found[ranked], points, order_by, len(facts), seed)


def assign(facts: pd.DataFrame, model: Model) -> pd.Series:
    """Return the group of each customer by a model: that of the nearest centre.

    Works for customers the model has never seen. Who lacks a value is `"unknown"`, counted in `.attrs["left_out"]`.
    """
    numbers, known = _numbers(facts, list(model["preparation"]))
    middles = np.array(model["centres"])
    positions = np.full(len(facts), len(middles))
    positions[known] = nearest(_comparable(numbers, model["preparation"]), middles)
    groups = pd.Series([*cluster_codes(len(middles)), "unknown"], dtype="str", name="cluster").take(positions)
    groups.index = facts.index
    groups.attrs["left_out"] = {"no_value": int((~known).sum())}
    return groups


def centres(model: Model) -> pd.DataFrame:
    """Return the centres in the units of the columns, one row a group."""
    table = pd.DataFrame(
        model["centres"],
        index=pd.Index(cluster_codes(len(model["centres"])), name="cluster"),
        columns=list(model["preparation"]),
    )
    for column, how in model["preparation"].items():
        values = table[column] * how["spread"] + how["mean"]
        table[column] = np.sign(values) * np.expm1(np.abs(values)) if how["log"] else values
    return table


def cluster_names(model: Model) -> dict[str, T]:
    """Return a first name for each group, from the two columns in which its centre is furthest from the average.

    A suggestion to start from; a salesperson finds a better one. No two groups get the same name.

    >>> model = {"preparation": {"recency_days": {}, "monetary": {}}, "centres": [[-0.4, 1.2], [0.9, -0.7], [0.1, 0.2]]}
    >>> [name.en for name in cluster_names(model).values()]
    ['big spend', 'long absent, small spend', 'middling']
    """
    names: dict[str, T] = {}
    columns = list(model["preparation"])
    for code, centre in zip(cluster_codes(len(model["centres"])), model["centres"], strict=True):
        order = sorted(range(len(columns)), key=lambda place: -abs(centre[place]))
        parts = [_word(columns[place], centre[place]) for place in order]
        striking = min(2, sum(abs(value) >= 0.5 for value in centre))
        name = _joined(parts[:striking])
        while name in names.values() and striking < len(parts):
            striking += 1
            name = _joined(parts[:striking])
        if name in names.values():
            name = name + T(zh=f"（{code[8:]}）", en=f" ({code[8:]})")
        names[code] = name
    return names


def refit(facts: pd.DataFrame, old: Model) -> Model:
    """Find the groups anew in fresh data, each under the number of the old group that it continues.

    Columns, logarithms, number of groups and seed stay; scale and centres are found again. New groups are matched
    to old ones so that the centres move as little as possible in all; `drift` tells how far each one moved.
    """
    from scipy.optimize import linear_sum_assignment

    logged = [column for column, how in old["preparation"].items() if how["log"]]
    preparation = prepare(facts, list(old["preparation"]), log=logged)
    new = fit_clusters(facts, preparation, len(old["centres"]), order_by=old["order_by"], seed=old["seed"])
    _, matched = linear_sum_assignment(_distances(old, new))
    return new | {key: [new[key][place] for place in matched] for key in ("centres", "shares")}


def drift(old: Model, new: Model) -> pd.DataFrame:
    """Return for each group how far its centre moved, beside the way to its nearest neighbour, in spreads.

    Columns `moved`, `neighbour`, `same`: a centre that moved less than half-way to the nearest other one is still
    the same group; where it is not, take the group for a new one and look at it afresh.
    """
    moved = np.diag(_distances(old, new))
    between = _distances(old, old) + np.where(np.eye(len(moved)), np.inf, 0)
    neighbour = between.min(axis=1)
    return pd.DataFrame(
        {"moved": moved.round(6), "neighbour": neighbour.round(6), "same": moved < neighbour / 2},
        index=pd.Index(cluster_codes(len(moved)), name="cluster"),
    )


def save_model(model: Model, path: Path | str) -> None:
    """Write a model to a JSON file, whole or not at all."""
    write_whole(path, json.dumps({"kind": "clusters", **model}, ensure_ascii=False, indent=2) + "\n")


def load_model(path: Path | str) -> Model:
    """Read a model that `save_model` wrote; anything else is a `UserError`."""
    try:
        model = json.loads(read_text(path))
        if model.pop("kind") != "clusters" or len(model["shares"]) != len(model["centres"]):
            raise ValueError
        if any(len(centre) != len(model["preparation"]) for centre in model["centres"]):
            raise ValueError
    except UserError:
        raise
    except (ValueError, KeyError, TypeError, AttributeError):
        raise UserError(
            zh=f"“{path}”不是聚类模型文件。请用 save_model 重新保存。",
            en=f"“{path}” is no file of a cluster model. Save it again with save_model.",
        ) from None
    return model


def _model(
    preparation: Mapping[str, Any],
    middles: np.ndarray,
    points: np.ndarray,
    order_by: str,
    customers: int,
    seed: int,
) -> Model:
    sizes = np.bincount(nearest(points, middles), minlength=len(middles))
    return {
        "preparation": dict(preparation),
        "order_by": order_by,
        "centres": middles.tolist(),
        "shares": (sizes / len(points)).round(6).tolist(),
        "customers": customers,
        "seed": seed,
    }


def _distances(old: Model, new: Model) -> np.ndarray:
    """Between every old and every new centre, in the old preparation."""
    from_, to = np.array(old["centres"]), scaled(centres(new), old["preparation"]).to_numpy()
    return np.sqrt(((from_[:, None] - to[None]) ** 2).sum(axis=2))


def _numbers(facts: pd.DataFrame, columns: Sequence[str]) -> tuple[np.ndarray, np.ndarray]:
    """Return the columns of the customers who have every value, and who they are."""
    missing = [column for column in columns if column not in facts]
    if missing:
        raise UserError(
            T(zh="客户表缺少列：{names}。", en="The customers' table lacks {names}.").format(
                names=listed(missing)
            )
        )
    words = [column for column in columns if not pd.api.types.is_numeric_dtype(facts[column])]
    if words or not columns:
        raise UserError(
            T(
                zh="聚类只认数字列，不能用：{names}。",
                en="Clustering takes columns of numbers only, not {names}.",
            ).format(names=listed(words) or T(zh="（没有选列）", en="(no column chosen)"))
        )
    numbers = [facts[column].to_numpy(dtype=float, na_value=np.nan) for column in columns]
    known = np.logical_and.reduce([np.isfinite(values) for values in numbers])
    return np.column_stack(numbers if known.all() else [values[known] for values in numbers]), known


def _comparable(numbers: np.ndarray, preparation: Preparation) -> np.ndarray:
    columns = [
        ((_log(values) if how["log"] else values) - how["mean"]) / how["spread"]
        for how, values in zip(preparation.values(), numbers.T, strict=True)
    ]
    return np.column_stack(columns)


def _log(values: np.ndarray) -> np.ndarray:
    """log1p, mirrored below zero: a customer whose returns exceed the purchases stays in."""
    return np.sign(values) * np.log1p(np.abs(values))


def _name(column: str) -> T:
    return term(column) if column in glossary() else verbatim(column)


def _word(column: str, value: float) -> T:
    name = _name(column)
    usual = T(zh="{name}高", en="high {name}"), T(zh="{name}低", en="low {name}")
    high, low = WORDS.get(column, tuple(text.format(name=name) for text in usual))
    return high if value > 0 else low


def _joined(parts: list[T]) -> T:
    if not parts:
        return T(zh="各项居中", en="middling")
    return listed(parts)

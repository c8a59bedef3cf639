"""Cross-grouping: tags times tags, which cells are worth keeping, and what a total can hide."""

import math
from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from custseg_helpers.tiers.cuts import known
from custseg_helpers.tiers.order import ordered
from custseg_helpers.tiers.value import by_group
from custseg_helpers.words.text import T, UserError, listed


def cross(tags: pd.DataFrame, values: pd.Series | None = None, *, minimum: int = 30) -> pd.DataFrame:
    """Cross any tags: one row a combination, those without a customer included.

    Args:
        tags: customers × tags.
        values: yuan a customer.
        minimum: from how many customers on a cell carries a decision of its own.

    Returns:
        Indexed by the tags: `customers`, `share`; with `values` also `value`, `value_share`, `mean_value`; and
        `status`: `"enough"`, `"too_small"` or `"empty"`. Customers who lack a tag are left out and counted.

    >>> tags = pd.DataFrame({"region": ["east", "west", "east"], "grade": ["A", "B", "A"]})
    >>> cross(tags, minimum=2)["status"].tolist()
    ['enough', 'empty', 'empty', 'too_small']
    """
    complete = tags.dropna()
    cells = pd.MultiIndex.from_product([_values(complete[tag]) for tag in tags], names=list(tags))
    place = cells.get_indexer(pd.MultiIndex.from_frame(complete.astype(object)))
    cell = pd.Series(pd.Categorical.from_codes(place, range(len(cells))), index=complete.index)
    table = by_group(cell, values).set_axis(cells)
    table["status"] = np.select(
        [table["customers"] == 0, table["customers"] < minimum], ["empty", "too_small"], "enough"
    )
    table.attrs["left_out"] = {"no_tag": len(tags) - len(complete)}
    return table


def _values(tag: pd.Series) -> list:
    if isinstance(tag.dtype, pd.CategoricalDtype):
        return list(tag.cat.categories)
    return ordered(tag.dropna().unique())


def merge_groups(groups: pd.Series, merges: Mapping[str, Sequence[str]]) -> pd.Series:
    """Merge groups: `{"south_and_west": ["south", "west"]}`; the others stay as they are.

    >>> merge_groups(pd.Series(["south", "west", "east"]), {"inland": ["south", "west"]}).tolist()
    ['inland', 'inland', 'east']
    """
    new_name: dict[str, str] = {}
    for name, members in merges.items():
        for member in members:
            if member in new_name or member not in set(groups):
                raise UserError(
                    T(
                        zh="分组“{member}”不存在，或被合并了两次。现有分组：{known}。",
                        en="Group “{member}” does not exist or is merged twice. Groups: {known}.",
                    ).format(member=member, known=listed(_values(groups)))
                )
            new_name[member] = name
    return groups.astype(object).replace(new_name).rename(groups.name)


def split_group(groups: pd.Series, group: str, by: pd.Series) -> pd.Series:
    """Split one group by another tag: its customers become `group_tag`; whoever lacks the tag stays in `group`.

    >>> split_group(pd.Series(["A", "A", "B"]), "A", pd.Series(["east", None, "east"])).tolist()
    ['A_east', 'A', 'B']
    """
    tag = by.reindex(groups.index)
    inside = (groups == group) & tag.notna()
    return groups.astype(object).mask(inside, group + "_" + tag.astype(str)).rename(groups.name)


def merge_small(groups: pd.Series, minimum: int = 30, into: str = "other") -> pd.Series:
    """Put all groups below `minimum` customers into one; that one may still be small: look at its size.

    >>> merge_small(pd.Series(["a", "a", "b", "c"]), 2).tolist()
    ['a', 'a', 'other', 'other']
    """
    size = groups.map(groups.value_counts())
    return groups.astype(object).mask((size < minimum).fillna(False), into).rename(groups.name)


def explained(values: pd.Series, groups: pd.Series) -> float:
    """Return the share of the differences in `values` that a grouping explains (adjusted: ε²), 0 for a random one.

    1 would mean that customers of one group are all alike. Plain η² only grows with every new cell; ε² subtracts
    what cells of that number explain by chance, so that it can fall (even below 0) when a split does not pay.

    Source: Kelley (1935), "An Unbiased Correlation Ratio Measure", *PNAS* 21(9), 554–559.

    >>> explained(pd.Series([1.0, 1, 9, 9]), pd.Series(["a", "a", "b", "b"]))
    1.0
    """
    table = pd.DataFrame({"value": values, "group": groups}).dropna().sort_values(["value", "group"])
    count, cells = len(table), table["group"].nunique()
    total = float(((table["value"] - table["value"].mean()) ** 2).sum())
    if count <= cells or total == 0:
        return math.nan
    means = table.groupby("group", observed=True)["value"].transform("mean")
    within = float(((table["value"] - means) ** 2).sum())
    return 1 - within / (count - cells) / (total / (count - 1))


def added_value(tags: pd.DataFrame, values: pd.Series, *, minimum: int = 30) -> pd.DataFrame:
    """Show what each further tag adds: does a third dimension pay?

    The tags are crossed in their order: the first, the first two, and so on.

    Returns:
        One row a tag: `cells` (not empty), `small_cells` (below `minimum`), `in_small_cells` (share of the
        customers), `explained` (ε² of `values`) and `gain` over the row above.

    >>> tags = pd.DataFrame({"a": [0, 0, 1, 1], "b": [0, 1, 0, 1]})
    >>> added_value(tags, pd.Series([1.0, 2.0, 8.0, 9.0]), minimum=2)[["cells", "small_cells"]].values.tolist()
    [[2, 0], [4, 4]]
    """
    complete = tags[tags.notna().all(axis=1) & known(values.reindex(tags.index))]
    rows = {}
    for number, tag in enumerate(tags, start=1):
        cell = complete.groupby(list(tags)[:number], observed=True).ngroup()
        size = cell.value_counts()
        small = size[size < minimum]
        rows[tag] = {
            "cells": len(size),
            "small_cells": len(small),
            "in_small_cells": small.sum() / max(len(cell), 1),
            "explained": explained(values.reindex(complete.index), cell),
        }
    table = pd.DataFrame.from_dict(rows, orient="index").rename_axis("tag")
    if len(table):
        table["gain"] = table["explained"].diff().fillna(table["explained"])
    return table


def within_and_overall(outcome: pd.Series, group: pd.Series, stratum: pd.Series) -> pd.DataFrame:
    """Compare two groups inside every stratum and overall: does the total turn the truth around (Simpson's paradox)?

    Args:
        outcome: 0/1 or an amount, one a customer.
        group: the two groups to compare.
        stratum: what may differ between the groups: region, tier, size.

    Returns:
        One row a stratum, then `"overall"` and `"adjusted"` (the strata weighted by all their customers, as if both
        groups had the same mix). Columns: mean outcome of each group, `difference` (first minus second by alphabet),
        `customers_1`, `customers_2`. `attrs["reversed"]`: every stratum speaks against the total.

    Source: Simpson (1951). Checked against the kidney stones of Charig et al. (1986), *BMJ* 292, 879–882: treatment A
    better for small (93 % : 87 %) and large stones (73 % : 69 %), worse overall (78 % : 83 %).
    """
    table = pd.DataFrame({"outcome": outcome.astype(float), "group": group, "stratum": stratum}).dropna()
    table = table.sort_values("outcome")
    names = _values(table["group"])
    if len(names) != 2:
        raise UserError(
            zh=f"这里比较两个组，现在有 {len(names)} 个。请先筛选或合并。",
            en=f"This compares two groups; there are {len(names)}. Select or merge first.",
        )
    means = table.pivot_table(
        index="stratum", columns="group", values="outcome", aggfunc="mean", observed=True
    )
    sizes = table.pivot_table(
        index="stratum", columns="group", values="outcome", aggfunc="count", observed=True
    )
    sizes = sizes.reindex(columns=names).fillna(0)
    both = means.dropna().index
    weights = sizes.loc[both].sum(axis=1)
    result = means.reindex(columns=names).rename_axis(columns=None)
    result.index = result.index.astype(object)
    result.loc["overall"] = table.groupby("group", observed=True)["outcome"].mean()
    result.loc["adjusted"] = means.loc[both].mul(weights, axis=0).sum() / (weights.sum() or math.nan)
    result["difference"] = result[names[0]] - result[names[1]]
    for number, name in enumerate(names, start=1):
        everyone = sizes[name].sum()
        result[f"customers_{number}"] = [*sizes[name], everyone, everyone]
    inside, overall = (
        np.sign(result.loc[list(both), "difference"]),
        np.sign(result.loc["overall", "difference"]),
    )
    result.attrs["reversed"] = bool(len(inside) and overall != 0 and (inside == -overall).all())
    return result

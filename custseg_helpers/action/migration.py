"""Migration: who moved from which tier to which between two snapshots."""

import pandas as pd

from custseg_helpers.tiers.lifecycle import transitions
from custseg_helpers.tiers.order import ordered
from custseg_helpers.words.text import T, UserError, listed


def migration(before: pd.Series, after: pd.Series, tiers: list[str] | None = None) -> pd.DataFrame:
    """Count who moved from which tier to which between two snapshots; nobody gets lost.

    Args:
        before: one tier code a customer; missing customers or tiers count as `not_yet`.
        after: the same later; missing ones count as `gone`.
        tiers: the order of the tiers; their natural one if not given.

    Returns:
        Rows: tiers before and `not_yet` (joined since). Columns: tiers after and `gone`. Row sums are the tiers
        before, column sums the tiers after.

    >>> migration(pd.Series({"a": "A", "b": "B"}), pd.Series({"a": "B", "b": "B", "c": "A"})).loc["not_yet"].tolist()
    [1, 0, 0]
    """
    old, new = before.dropna().astype(str), after.dropna().astype(str)
    names = tiers or ordered([*old, *new])
    unknown = sorted((set(old) | set(new)) - set(names))
    if unknown:
        raise UserError(
            T(zh="tiers 里没有列出这些层级：{names}", en="These tiers are not listed: {names}").format(
                names=listed(unknown)
            )
        )
    both = old.index.union(new.index)
    moves = transitions(old.reindex(both).fillna("not_yet"), new.reindex(both).fillna("gone"))
    table = moves.reindex(index=[*names, "not_yet"], columns=[*names, "gone"], fill_value=0).astype("int64")
    table.attrs = {}
    return table


def won_and_lost(matrix: pd.DataFrame) -> pd.DataFrame:
    """Add up a migration matrix for each tier: before − moved_out + moved_in = after.

    Returns:
        One row a tier: `before`, `stayed`, `moved_out` (elsewhere or gone), `moved_in` (from elsewhere or joined),
        `after` and `stay_rate` (stayed ÷ before).
    """
    names = [name for name in matrix.index if name != "not_yet"]
    stayed = pd.Series([matrix.at[name, name] for name in names], index=names)
    before, after = matrix.loc[names].sum(axis=1), matrix[names].sum()
    table = pd.DataFrame(
        {
            "before": before,
            "stayed": stayed,
            "moved_out": before - stayed,
            "moved_in": after - stayed,
            "after": after,
        }
    )
    return table.assign(stay_rate=stayed / before.where(before > 0)).rename_axis("tier")

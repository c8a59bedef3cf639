"""The numbers of one shareable output, chosen together: groups, moves since the last run, tags, and what cards may say."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd

from custseg_helpers.action.migration import migration
from custseg_helpers.governance.disclosure import Cell, Cells, Need, P, choose, dominated, nested
from custseg_helpers.governance.privacy import TOTAL
from custseg_helpers.results.acting import MEASURES
from custseg_helpers.results.result import Result
from custseg_helpers.tags.apply import is_yes_no
from custseg_helpers.words.text import T, UserError

MOVES, TAG, ALL = "moves", "tag", ("", "all")
ORDER = (MOVES, TAG)
"""What is given up first where leaving out single cells does not do."""
WHOLE_FROM = 100
"""Where a customer brings this much on average, money is printed without decimals."""


@dataclass(frozen=True)
class Released:
    """What may be printed; everything else is missing."""

    customers: int
    net: float
    """all money, missing where one customer dominates it"""
    groups: dict[str, pd.DataFrame]
    """tier → one row a group: customers, share, value, value_share, mean_value"""
    moves: pd.DataFrame | None
    """counts from group to group with totals; None where there is no run before or nothing could be printed"""
    tags: pd.DataFrame
    measures: tuple[str, ...]
    """whose averages cards may give"""
    decimals: int
    """of money"""
    given_up: tuple[T, ...] = ()
    """tables that had to be left out whole"""


def release(result: Result) -> Released:
    """Choose what one output may print, all its tables at once.

    Raises:
        UserError: there are fewer than k customers.
    """
    customers, k = result.customers, result.choices.k
    if len(customers) < k:
        raise UserError(
            T(
                zh="一共只有 {n} 位客户，不足 {k} 位：没有什么可以给外人看。去掉 --shareable 给自己人用，或改小 -k。",
                en="There are {n} customers only, fewer than {k}: nothing can be shared. Leave out --shareable for your own use, or lower -k.",
            ).format(n=len(customers), k=k)
        )
    tiers = customers[list(result.tagged.groups)].astype(object).where(lambda table: table.notna(), "")
    money = customers["monetary"].fillna(0).round(2)
    matrix, before = None, None
    if result.before is not None and "segment" in result.before.tiers:
        matrix = migration(result.before.tiers["segment"], customers["segment"])
        before = result.before.tiers["segment"].reindex(customers.index).astype(object).fillna("not_yet")
    tags = customers[list(result.tagged.tags.index)].apply(_has)
    cells, small = _counts(tiers, tags, matrix, k)
    cells.nests = _known(tiers, tags, before)
    chosen = choose(cells, small, dict.fromkeys(cells.values, (1.0, k - 1.0)), ORDER)
    hidden, gone = chosen.hidden, set(chosen.dropped)

    hidden_money, gone_money = _money(tiers, money, {cell for cell in hidden if cell[0] in tiers})
    decimals = 0 if abs(money.mean()) >= WHOLE_FROM else 2
    groups = {}
    for tier, table in result.tagged.groups.items():
        if tier in gone:
            continue
        table = table.rename(index=str)
        count = [(tier, group) not in hidden for group in table.index]
        value = [
            one and tier not in gone_money and (tier, group) not in hidden_money
            for one, group in zip(count, table.index, strict=True)
        ]
        shown = table.astype({"customers": "Int64"}).round({"value": decimals, "mean_value": decimals})
        shown.loc[[not one for one in count], ["customers", "share"]] = pd.NA
        shown.loc[
            [not one for one in value], [name for name in table if name not in ("customers", "share")]
        ] = np.nan
        groups[tier] = shown
    tag_table = result.tagged.tags.astype({"customers": "Int64"})
    tag_table.loc[[TAG in gone or (_tag(name), True) in hidden for name in tag_table.index]] = pd.NA
    return Released(
        customers=len(customers),
        net=float(money.sum()) if not dominated(money.to_numpy()) else np.nan,
        groups=groups,
        moves=None if matrix is None or MOVES in gone else _shown_moves(matrix, hidden),
        tags=tag_table,
        measures=_measures(customers, groups.get("segment"), k),
        decimals=decimals,
        given_up=tuple(_given_up(gone, gone_money)),
    )


def _has(tag: pd.Series) -> pd.Series:
    """Return who has a tag, as `tag_coverage` counts it."""
    return tag.eq(True) if is_yes_no(tag) else tag.notna()


def _tag(name: str) -> str:
    return f"{TAG}: {name}"


def _counts(
    tiers: pd.DataFrame, tags: pd.DataFrame, matrix: pd.DataFrame | None, k: int
) -> tuple[Cells, set[Cell]]:
    """Return all counts of the output, and which are too small. A blank move may be 0, a blank group is none."""
    cells = Cells()
    small: set[Cell] = set()
    cells.add(ALL, len(tiers), "")
    for tier in tiers:
        sizes = tiers[tier].value_counts()
        for group, n in sizes.items():
            cells.add((tier, group), n, tier, least=1)
            if group == "":
                cells.unprinted.add((tier, group))
        cells.sums.append((ALL, [(tier, group) for group in sizes.index]))
    for name in tags:
        with_it, without = (_tag(name), True), (_tag(name), False)
        cells.add(with_it, tags[name].sum(), TAG, least=1)
        cells.add(without, (~tags[name]).sum(), TAG, least=1)
        cells.unprinted.add(without)
        cells.sums.append((ALL, [with_it, without]))
        if any(0 < cells.values[cell] < k for cell in (with_it, without)):
            small |= {with_it, without}
    small |= {cell for cell, n in cells.values.items() if 0 < n < k}
    if matrix is None:
        return cells, small
    empty = {now for now in matrix if now != "gone" and ("segment", now) not in cells.values}
    for then, row in matrix.iterrows():
        for now, n in row.items():
            known = (then, now) == ("not_yet", "gone") or now in empty
            cells.add((MOVES, then, now), n, "" if known else MOVES)
        cells.add((MOVES, then, TOTAL), row.sum(), MOVES)
        cells.sums.append(((MOVES, then, TOTAL), [(MOVES, then, now) for now in matrix]))
    for now in matrix:
        whole = ("segment", now) if ("segment", now) in cells.values else (MOVES, TOTAL, now)
        cells.add(whole, matrix[now].sum(), "" if now in empty else MOVES)
        cells.sums.append((whole, [(MOVES, then, now) for then in matrix.index]))
    moved = {cell for cell, table in cells.tables.items() if table == MOVES}
    return cells, small | {cell for cell in moved if cells.values[cell] < k}


def _known(tiers: pd.DataFrame, tags: pd.DataFrame, before: pd.Series | None) -> list:
    """Return what the rules tell: a tag may be a group by another name, a stage may hold a whole segment."""
    ways = tiers.join(tags.rename(columns=_tag))
    if before is None:
        return nested(ways)
    moved = pd.Series(list(zip(before, tiers["segment"], strict=True)), index=tiers.index)
    found = nested(ways.assign(**{MOVES: moved}))

    def named(cell: Cell) -> Cell:
        return (MOVES, *cell[1]) if cell[0] == MOVES else cell

    return [([*map(named, low)], named(cell), [*map(named, high)]) for low, cell, high in found]


def _money(tiers: pd.DataFrame, money: pd.Series, few: set[Cell]) -> tuple[set[Cell], set[str]]:
    """Return whose sum of money is left out, and the tiers that print none."""
    if dominated(money.to_numpy()):
        return set(), set(tiers)
    cells = Cells()
    need: dict[Cell, Need] = {}
    cells.add(ALL, money.sum(), "")
    inside = {(tier, group): money[tiers[tier] == group] for tier in tiers for group in tiers[tier].unique()}
    for cell, own in inside.items():
        total = own.sum()
        lowest = -np.inf if total < 0 else min(0.0, own[own < 0].sum())
        cells.add(
            cell, total, cell[0], least=lowest, most=max(0.0, total) if cell == ("grade", "D") else np.inf
        )
        if total:
            low, high = sorted((total * (1 - P), total * (1 + P)))
            need[cell] = (low, high)
    cells.unprinted = {cell for cell in inside if cell[1] == ""}
    cells.sums = [(ALL, [cell for cell in inside if cell[0] == tier]) for tier in tiers]
    cells.nests = [(low, cell, high) for low, cell, high in nested(tiers) if low == high]
    small = few | {cell for cell, own in inside.items() if dominated(own.to_numpy())}
    while True:
        chosen = choose(cells, small, need)
        more = set()
        for tier in set(tiers) - set(chosen.dropped):
            own = [cell for cell in inside if cell[0] == tier]
            left = [cell for cell in own if cell in chosen.hidden or cell in cells.unprinted]
            shown = [cell for cell in own if cell not in left]
            if left and shown and dominated(np.concatenate([inside[cell].to_numpy() for cell in left])):
                more.add(min(shown, key=lambda cell: len(inside[cell])))
        if not more:
            return set(chosen.hidden), set(chosen.dropped)
        small |= more


def _shown_moves(matrix: pd.DataFrame, hidden: frozenset[Cell]) -> pd.DataFrame:
    """Return the matrix with totals, blank where a cell is left out; the total of all is no cell and never printed."""
    table = matrix.astype("Int64")
    table[TOTAL] = table.sum(axis=1)
    table.loc[TOTAL] = table.sum()
    for then in table.index:
        for now in table:
            column = {(MOVES, then, now), ("segment", now)} if then == TOTAL else {(MOVES, then, now)}
            if column & hidden or (then, now) == (TOTAL, TOTAL):
                table.loc[then, now] = pd.NA
    return table.rename_axis("before")


def _measures(customers: pd.DataFrame, segments: pd.DataFrame | None, k: int) -> tuple[str, ...]:
    """Return the measures whose averages may stand on cards: known of k customers in each segment, dominated by none."""
    if segments is None:
        return ()
    shown = segments.index[segments["value"].notna()]
    inside = customers[customers["segment"].isin(shown)]
    names = [name for name in MEASURES if name in inside and inside[name].nunique() > 1]
    return tuple(
        name
        for name in names
        if all(
            len(own.dropna()) >= k and not dominated(own.dropna().to_numpy())
            for _, own in inside.groupby("segment", observed=True)[name]
        )
    )


def _given_up(gone: set[str], gone_money: set[str]) -> Iterator[T]:
    from custseg_helpers.words.glossary import term

    whole = T(
        zh="“{t}”整张表：留空几格保护不了其余的小格子",
        en="the whole table “{t}”: blanks alone could not protect its small cells",
    )
    for table in sorted(gone):
        name = T(zh="与上次相比", en="Since the last run") if table == MOVES else T(zh="标签", en="Tags")
        yield whole.format(t=name if table in ORDER else term(table))
    for table in sorted(gone_money - gone):
        yield T(
            zh="“{t}”里的金额：少数几位客户占了大头，或者能倒推出来",
            en="the money of “{t}”: a few customers make up most of it, or it could be worked out",
        ).format(t=term(table))

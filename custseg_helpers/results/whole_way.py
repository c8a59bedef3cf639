"""The whole way in one call: from order lines to grouped customers (`segment`), from a mapping to a result (`run`)."""

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import pandas as pd

from custseg_helpers.facts.history import observed_until, purchase_history
from custseg_helpers.facts.per_customer import LINE, order_facts
from custseg_helpers.files.folder import whole_folder
from custseg_helpers.mapping.clean import REASONS
from custseg_helpers.reading.dates import dates
from custseg_helpers.reading.numbers import numbers
from custseg_helpers.results.html_parts import at_a_glance
from custseg_helpers.results.intake import read_company
from custseg_helpers.results.result import Result, check_files, make_result
from custseg_helpers.results.result_files import write
from custseg_helpers.results.run import choose
from custseg_helpers.results.thresholds import Thresholds
from custseg_helpers.results.tiering import TIERS, tier_customers
from custseg_helpers.tiers.value import by_group
from custseg_helpers.words.text import T, UserError, listed

MAY_HELP = ("quantity", "price", "discount")
"""Columns of order lines that are used where they are there."""


@dataclass(frozen=True, repr=False)
class Segmentation:
    """What `segment` makes of order lines: every table has one row a customer, indexed by `customer_id`."""

    as_of: pd.Timestamp
    facts: pd.DataFrame
    """as `order_facts` gives them"""
    customers: pd.DataFrame
    """facts, scores, tiers, and the forecast where there is one"""
    groups: dict[str, pd.DataFrame]
    """tier → one row a group: customers, share, value, value_share, mean_value"""
    verdicts: dict[str, T]
    """method → what it says about these data, or why it was not used"""
    cuts: Thresholds
    """every cut as a number, to measure next month's customers alike"""

    @property
    def scores(self) -> pd.DataFrame:
        """RFM scores from 1 to 5: `r_score`, `f_score`, `m_score`."""
        return self.customers[["r_score", "f_score", "m_score"]]

    @property
    def segments(self) -> pd.Series:
        """The RFM segment of each customer."""
        return self.customers["segment"]

    @property
    def grades(self) -> pd.Series:
        """The ABC grade of each customer."""
        return self.customers["grade"]

    @property
    def stages(self) -> pd.Series:
        """The lifecycle stage of each customer."""
        return self.customers["stage"]

    @property
    def quadrants(self) -> pd.Series:
        """The quadrant of each customer, by orders and average order value."""
        return self.customers["quadrant"]

    @property
    def clusters(self) -> pd.Series | None:
        """The cluster of each customer, or None where `verdicts["clusters"]` says that there are no clear ones."""
        return self.customers.get("cluster")

    @property
    def forecast(self) -> pd.DataFrame | None:
        """What each customer will bring, or None where `verdicts["clv"]` says that this cannot be told."""
        new = [
            name
            for name in ("alive_probability", "expected_purchases", "expected_spend", "clv")
            if name in self.customers
        ]
        return self.customers[new] if new else None

    @property
    def left_out(self) -> dict[str, int]:
        """Lines that count for nobody, by reason: `no_customer`, `no_date`, `after_as_of` …"""
        return {reason: n for reason, n in self.facts.attrs["left_out"].items() if n}

    def __repr__(self) -> str:
        return f"Segmentation({len(self.customers):,} customers, as_of={self.as_of:%Y-%m-%d}, tiers={', '.join(self.groups)})"

    def _repr_html_(self) -> str:
        lead = T(zh="{n:,} 位客户，截至 {d}。", en="{n:,} customers, up to {d}.").format(
            n=len(self.customers), d=f"{self.as_of:%Y-%m-%d}"
        )
        gone = [
            T(zh="未计入 {n:,} 行：{why}。", en="{n:,} rows left out: {why}.").format(
                n=n, why=REASONS[reason]
            )
            for reason, n in self.left_out.items()
        ]
        return at_a_glance(lead, self.groups["segment"], [*gone, *self.verdicts.values()])


def segment(orders: Any, as_of: Any, columns: Mapping[str, str] | None = None) -> Segmentation:
    """Group customers in every way the data carry: RFM segment, ABC grade, stage, quadrant, clusters, forecast.

    Args:
        orders: order lines, returns negative: a pandas table, or one that narwhals reads (Polars, PyArrow, DuckDB,
            Spark), of which the columns needed are brought into memory.
        as_of: the snapshot day; nothing later counts.
        columns: standard name → name in `orders`, where they differ. Needed are `order_id`, `customer_id`,
            `order_date` and `amount` (or `quantity` and `price`); `discount` is used if it is there.

    Text is read as dates (year first) and numbers; what cannot be read is left out and counted in `left_out`.
    Whatever the data do not carry is not made up: `verdicts` says which method was not used, and why.

    Raises:
        UserError: a column is missing, `as_of` is no day, `orders` is no table.

    >>> from custseg_helpers import load
    >>> shop = load("retail")
    >>> theirs = shop.orders.rename(columns={"customer_id": "会员号", "amount": "实付金额"})
    >>> found = segment(theirs, shop.as_of, columns={"customer_id": "会员号", "amount": "实付金额"})
    >>> found
    Segmentation(2,623 customers, as_of=2026-01-01, tiers=segment, grade, stage, quadrant)
    >>> sorted(found.grades.unique())
    ['A', 'B', 'C']
    """
    day = pd.to_datetime(as_of, errors="coerce") if isinstance(as_of, str) else pd.Timestamp(as_of)
    if pd.isna(day):
        raise UserError(
            zh=f"快照日“{as_of}”不是日期，写成 2025-07-01。",
            en=f"The snapshot “{as_of}” is no day; write 2025-07-01.",
        )
    lines = _lines(orders, columns or {})
    facts = order_facts(lines, day)
    history = purchase_history(lines, observed_until(lines["order_date"].max(), day))
    tiered = tier_customers(facts, history, Thresholds())
    table = facts.join(tiered.table)
    return Segmentation(
        as_of=day,
        facts=facts,
        customers=table,
        groups={tier: by_group(table[tier], table["monetary"]) for tier in TIERS if tier in table},
        verdicts=tiered.verdicts,
        cuts=tiered.used,
    )


def run(company: str | Path, out: str | Path | None = None) -> Result:
    """Do what `custseg run` does and return its result; with `out` write the same folder, whole or not at all.

    Args:
        company: a `company.toml`, or the folder of it; the files beside it (tags, playbook, scheme, overrides) are used.
        out: the folder to write; an earlier result in it is compared with. Without it nothing is written. The tags
            are written back to a database by the command alone.

    Raises:
        UserError: the mapping or a file cannot be read; it names the place.
    """
    path = Path(company)
    choices = choose(path, None if out is None else Path(out))
    check_files(choices)
    own = read_company(path)
    if choices.out is None:
        return make_result(own, choices)
    with whole_folder(choices.out, private=not choices.shareable) as draft:
        result = make_result(own, choices)
        write(draft, result)
    return result


def _lines(orders: Any, columns: Mapping[str, str]) -> pd.DataFrame:
    """Return the columns that are needed, under their standard names, as a pandas table."""
    if isinstance(orders, str | Path):
        raise UserError(
            zh=f'“{orders}”是文件，segment 要的是表：先用 pandas 读进来；或用 custseg init {orders} 做映射，再 run("company.toml")。',
            en=f'“{orders}” is a file and segment takes a table: read it with pandas, or map it with custseg init {orders} and run("company.toml").',
        )
    frame = orders if isinstance(orders, pd.DataFrame) else _opened(orders)
    theirs = list(frame.columns) if isinstance(frame, pd.DataFrame) else frame.collect_schema().names()
    called = {name: name for name in (*LINE, *MAY_HELP) if name in theirs} | dict(columns)
    missing = [name for name in LINE if called.get(name) not in theirs]
    if missing == ["amount"] and all(called.get(name) in theirs for name in ("quantity", "price")):
        missing = []
    wrong = [name for name in columns.values() if name not in theirs]
    if missing or wrong:
        raise _lacks(missing, wrong, theirs)
    wanted = {theirs: name for name, theirs in called.items() if name in (*LINE, *MAY_HELP)}
    table = frame[list(wanted)] if isinstance(frame, pd.DataFrame) else _in_memory(frame.select(*wanted))
    table = table.rename(columns=wanted)
    if not pd.api.types.is_datetime64_any_dtype(table["order_date"]):
        table["order_date"] = dates(table["order_date"])[0]
    for name in ("amount", "quantity", "price", "discount"):
        if name in table and not pd.api.types.is_numeric_dtype(table[name]):
            table[name] = numbers(table[name])[0]
    if "amount" not in table:
        table["amount"] = table["quantity"] * table["price"]
    return table


def _opened(orders: Any) -> Any:
    import narwhals as nw

    frame = nw.from_native(orders, pass_through=True)
    if frame is orders:
        raise UserError(
            zh=f"segment 要的是一张表（pandas、Polars、PyArrow、DuckDB、Spark），这是 {type(orders).__name__}。",
            en=f"segment takes a table (pandas, Polars, PyArrow, DuckDB, Spark); this is {type(orders).__name__}.",
        )
    return frame


def _in_memory(frame: Any) -> pd.DataFrame:
    return (frame.collect() if hasattr(frame, "collect") else frame).to_pandas()


def _lacks(missing: list[str], wrong: list[str], theirs: list[str]) -> UserError:
    if wrong:
        near = get_close_matches(wrong[0], theirs, n=1)
        meant = (
            T(zh="是不是“{n}”？", en=" Did you mean “{n}”?").format(n=near[0]) if near else T(zh="", en="")
        )
        return UserError(
            T(
                zh="表里没有“{w}”这一列。{m}表里有：{t}。", en="The table has no column “{w}”.{m} It has {t}."
            ).format(w=wrong[0], m=meant, t=listed(theirs))
        )
    return UserError(
        T(
            zh="还不知道哪一列是 {m}（金额也可以由 quantity 和 price 相乘）。表里有：{t}。用 columns 说明，如 columns={example}。",
            en="Which column is {m} (for amount, quantity and price will do)? The table has {t}. Say so with columns, such as columns={example}.",
        ).format(m=listed(missing), t=listed(theirs), example=f'{{"{missing[0]}": "…"}}')
    )

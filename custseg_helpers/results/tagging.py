"""One row a customer: facts, what is known about the customer, scores, tiers, tags, and what people set by hand."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from custseg_helpers.company.company import Company
from custseg_helpers.company.schema import fields
from custseg_helpers.facts.history import observed_until
from custseg_helpers.facts.per_customer import order_facts
from custseg_helpers.governance.overrides import Applied, apply_overrides, read_overrides
from custseg_helpers.mapping.without_lines import Reduced
from custseg_helpers.results.thresholds import Thresholds
from custseg_helpers.results.tiering import TIERS, Tiered, tier_customers
from custseg_helpers.tags.apply import apply_tags, tag_coverage
from custseg_helpers.tags.catalogue import Catalogue, read_catalogue
from custseg_helpers.tags.findings import check_catalogue
from custseg_helpers.tags.table import customer_table
from custseg_helpers.tiers import clv
from custseg_helpers.tiers.persona import MOST_VALUES
from custseg_helpers.tiers.value import by_group
from custseg_helpers.words.glossary import term
from custseg_helpers.words.text import T

FACTS = (
    *("recency_days", "frequency", "monetary", "gross", "returned", "first_order", "last_order"),
    *("tenure_days", "mean_gap_days", "discount_share", "average_order_value"),
)
SHOWN_FINDINGS = ("expired_tag", "stale_tag", "not_computed", "dead_tag", "under_declared", "private")
"""What a run says about the catalogue; `check_catalogue` says more."""


@dataclass(frozen=True)
class Tagged:
    """The result of a run, before anything is written."""

    facts: pd.DataFrame
    customers: pd.DataFrame
    """one row a customer: facts, attributes, scores, tiers, tags"""
    groups: dict[str, pd.DataFrame]
    """tier → one row a group: customers, share, value, value_share, mean_value"""
    tiers: Tiered
    catalogue: Catalogue
    tags: pd.DataFrame
    """one row a tag: how many customers have it"""
    findings: pd.DataFrame
    """what is wrong with tags: expired, to be refreshed, not computed …"""
    overrides: pd.DataFrame
    """one row a line of the overrides' file, with what became of it"""
    notes: tuple[T, ...] = ()
    """of which attributes the values are grouped, and which are not used"""


def tag_customers(
    company: Company,
    reduced: Reduced | None = None,
    wanted: Thresholds | None = None,
    *,
    catalogue: Path | None = None,
    overrides: Path | None = None,
    last_model: dict[str, Any] | None = None,
) -> Tagged:
    """Give every customer who has bought facts, attributes, tiers and tags, and set what people decided by hand.

    Args:
        company: with `orders`, or with facts that were counted elsewhere in `reduced`.
        reduced: facts and history, where no order lines are held in memory.
        wanted: what the scheme fixes.
        catalogue: a file of tags; without it the course's own.
        overrides: a file that `record_override` wrote.
        last_model: the clusters of the last run.
    """
    facts = order_facts(company.orders, company.as_of) if reduced is None else reduced.facts
    tiered = tier_customers(
        facts, _history(company) if reduced is None else reduced.history, wanted or Thresholds(), last_model
    )
    asked = customer_table(company, facts).reindex(facts.index).dropna(axis="columns", how="all")
    asked = asked.join(tiered.table[[name for name in tiered.table if name not in asked]])
    tags = read_catalogue(catalogue)
    tagged = apply_tags(tags, asked, skip_unknown=True)
    table = asked[[name for name in (*FACTS, *attributes(asked)) if name in asked]].join(tiered.table)
    table = table.join(tagged[[tag for tag in tagged if tag not in table]])
    by_hand = (
        apply_overrides(table, read_overrides(overrides), company.as_of)
        if overrides
        else Applied(table, pd.DataFrame())
    )
    table = by_hand.table
    found = check_catalogue(tags, asked, company.as_of)
    return Tagged(
        facts=facts,
        customers=table,
        groups={tier: by_group(table[tier], table["monetary"]) for tier in TIERS if tier in table},
        tiers=tiered,
        catalogue=tags,
        tags=tag_coverage(table[[tag for tag in tags if tag in tagged]]),
        findings=found[found["finding"].isin(SHOWN_FINDINGS)].reset_index(drop=True),
        overrides=by_hand.report,
        notes=said_of_many(asked),
    )


def attributes(table: pd.DataFrame) -> list[str]:
    """Return what is known about customers beside their orders, without personal columns: region, industry, scale …

    Columns that hold nothing are left out, and such as tell who somebody is rather than what kind: more than half as
    many values as customers.
    """
    return [name for name in _codes(table) if not _tells_who(table[name])]


def grouped(values: pd.Series) -> pd.Series:
    """Return values of which there are too many to compare one by one with the rarer ones as `"other"`.

    >>> values = grouped(pd.Series(["north"] * 30 + [f"village {n}" for n in range(40)]))
    >>> values.nunique(), values.value_counts()["other"]
    (30, np.int64(12))
    """
    if values.nunique() <= MOST_VALUES:
        return values
    return values.where(values.isin(_common(values)) | values.isna(), "other")


def said_of_many(table: pd.DataFrame) -> tuple[T, ...]:
    """Say of which attributes the values are grouped, and which are not used."""
    said = []
    for name in _codes(table):
        values = table[name]
        if values.nunique() <= MOST_VALUES:
            continue
        common = _common(values)
        text = (
            T(
                zh="“{c}”有 {n:,} 种取值，差不多一人一个，像名字或地址：没有用它来比较客户。",
                en="“{c}” has {n:,} values, nearly one a customer, like names or addresses: customers are not compared by it.",
            )
            if _tells_who(values)
            else T(
                zh="“{c}”有 {n:,} 种取值：画像里单列客户最多的 {k} 种，其余 {r:,} 种（{p:.0%} 的客户）合为“其他”；客户表里保留原来的值。",
                en="“{c}” has {n:,} values: the personas compare the {k} with the most customers, and the other {r:,} ({p:.0%} of the customers) together as “other”; the table of customers keeps every value.",
            )
        )
        known = values.dropna()
        said.append(
            text.format(
                c=term(name),
                n=known.nunique(),
                k=len(common),
                r=known.nunique() - len(common),
                p=1 - known.isin(common).mean(),
            )
        )
    return tuple(said)


def _common(values: pd.Series) -> list[str]:
    """Return the commonest values, as many as leave room for `"other"`."""
    counts = values.value_counts().sort_index().sort_values(ascending=False, kind="stable")
    return counts.index.tolist()[: MOST_VALUES - 1]


def _tells_who(values: pd.Series) -> bool:
    return values.nunique() > MOST_VALUES and 2 * values.nunique() > values.count()


def _codes(table: pd.DataFrame) -> list[str]:
    known = [
        field.name
        for field in fields("customers")
        if field.kind == "code" and field.sensitivity != "personal"
    ]
    return [name for name in known if name in table and table[name].notna().any()]


def _history(company: Company) -> pd.DataFrame:
    orders = company.orders
    return clv.purchase_history(orders, observed_until(orders["order_date"].max(), company.as_of))


def tag_names(catalogue: Catalogue) -> Mapping[str, str]:
    """Return what people call each tag, in the current language; a name that two tags share gets the code with it."""
    names = {code: str(tag.name) for code, tag in catalogue.items()}
    twice = {name for name in names.values() if list(names.values()).count(name) > 1}
    return {code: f"{name} ({code})" if name in twice else name for code, name in names.items()}

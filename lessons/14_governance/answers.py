"""What check() knows about lesson 14."""

from functools import cache
from typing import Literal

import pandas as pd

from custseg_helpers.facts.per_customer import order_facts
from custseg_helpers.governance import kpis, privacy
from custseg_helpers.learn.exercise import Exercise, Mistake
from custseg_helpers.tiers import cuts, rfm

KEY_COLUMNS = ["region", "city", "signup_channel"]


@cache
def facts(company):
    return order_facts(company.orders, company.as_of)


def tier(
    company,
    *,
    lines: Literal["rounded", "new"] = "rounded",
    names: Literal["rising", "upside_down"] = "rising",
    money: Literal["net", "before_returns"] = "net",
):
    found = cuts.quantile_cuts(facts(company)["monetary"])
    if lines == "rounded":
        found = [float(f"{line:.1g}") for line in found]
    in_order = {"rising": ("low", "medium", "high"), "upside_down": ("high", "medium", "low")}
    values = facts(company)[{"net": "monetary", "before_returns": "gross"}[money]]
    return cuts.levels(values, found, in_order[names])


def touched(company):
    """The three customers whom the workbook's overrides name, and the six whom somebody changed without a record."""
    tiers = tier(company).sort_index()
    medium, high, low = (list(tiers.index[tiers == level]) for level in ("medium", "high", "low"))
    return medium[0], medium[1], high[0], low[:6]


def with_overrides(
    company,
    *,
    expired: Literal["ignored", "applied"] = "ignored",
    of_two: Literal["last", "first"] = "last",
    valid: Literal["applied", "ignored"] = "applied",
):
    first, second, third, _ = touched(company)
    changed = tier(company).copy()
    changed[second] = {"ignored": "medium", "applied": "high"}[expired]
    changed[third] = {"last": "low", "first": "medium"}[of_two]
    if valid == "applied":
        changed[first] = "high"
    return changed


def three_kpis(
    company,
    *,
    columns: Literal["key_columns", "all_columns"] = "key_columns",
    days: Literal["180", "30", "90", "365"] = "180",
    people: Literal["everyone", "active_only"] = "everyone",
):
    customers = company.customers
    ids = customers["customer_id"]
    visits = company.interactions.groupby("customer_id")["interaction_date"].max()
    chosen = KEY_COLUMNS if columns == "key_columns" else list(customers.columns)
    everyone = people == "everyone"
    return {
        "completeness": kpis.completeness(customers, chosen),
        "freshness": kpis.freshness(visits.reindex(ids) if everyone else visits, company.as_of, int(days)),
        "tier_coverage": kpis.tier_coverage(tier(company).reindex(ids) if everyone else tier(company)),
    }


def pair(company):
    known = company.customers["birth_year"].notna().any()
    return ["city", "birth_year" if known else "founded_year"]


def exposed(
    company,
    *,
    crowd: Literal["under_10", "alone", "up_to_10", "under_5"] = "under_10",
    columns: Literal["both", "one"] = "both",
    counted: Literal["people", "combinations"] = "people",
):
    chosen = pair(company) if columns == "both" else pair(company)[1:]
    if counted == "people":
        sizes = privacy.crowd(company.customers, chosen)
    else:
        sizes = company.customers.groupby(chosen, dropna=False).size()
    few = {"under_10": sizes < 10, "alone": sizes == 1, "up_to_10": sizes <= 10, "under_5": sizes < 5}
    return int(few[crowd].sum())


@cache
def counts(company):
    segment = rfm.segments8(rfm.rfm_scores(facts(company)))
    city = company.customers.set_index("customer_id")["city"].reindex(segment.index)
    return pd.crosstab(city, segment)


def hidden(
    company,
    *,
    limit: Literal["10", "11", "5"] = "10",
    counted: Literal["all_hidden", "below_the_limit", "hidden_along"] = "all_hidden",
):
    table = counts(company)
    shown = privacy.suppress_small_cells(table, int(limit))
    if counted == "below_the_limit":
        return int(((table > 0) & (table < int(limit))).to_numpy().sum())
    if counted == "hidden_along":
        return shown.attrs["hidden"]["with_them"]
    return int(shown.isna().to_numpy().sum())


EXERCISES = [
    Exercise(
        "governance-not-approved",
        answer=lambda company: "b",
        mistakes=(
            Mistake("approve_ones_own", lambda company: "a"),
            Mistake("use_before_approval", lambda company: "c"),
            Mistake("write_to_all", lambda company: "d"),
        ),
    ),
    Exercise("governance-approved-tier", answer=tier),
    Exercise("governance-records", answer=with_overrides, mistakes=(Mistake("not_applied", tier),)),
    Exercise(
        "governance-list-differs",
        answer=lambda company: {touched(company)[1], *touched(company)[3]},
        mistakes=(
            Mistake("against_calculated", lambda company: {*touched(company)[:3], *touched(company)[3]}),
            Mistake("expired_missed", lambda company: set(touched(company)[3])),
            Mistake("valid_records", lambda company: {touched(company)[0], touched(company)[2]}),
        ),
    ),
    Exercise("governance-three-kpis", answer=three_kpis),
    Exercise(
        "governance-paid-kpi",
        answer=lambda company: "c",
        mistakes=(
            Mistake("three_upwards", lambda company: "a"),
            Mistake("completeness", lambda company: "b"),
            Mistake("errors_found", lambda company: "d"),
        ),
    ),
    Exercise("governance-exposed", answer=exposed),
    Exercise("governance-agency-letter"),
    Exercise("governance-hidden-cells", answer=hidden),
]

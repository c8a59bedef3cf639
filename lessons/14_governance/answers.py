"""What check() knows about lesson 14."""

from functools import cache

import pandas as pd

from custseg_helpers.facts.per_customer import order_facts
from custseg_helpers.governance import kpis, privacy
from custseg_helpers.learn.exercise import Exercise, Mistake
from custseg_helpers.tiers import cuts, rfm

KEY_COLUMNS = ["region", "city", "signup_channel"]


@cache
def facts(company):
    return order_facts(company.orders, company.as_of)


def lines(company):
    return [float(f"{line:.1g}") for line in cuts.quantile_cuts(facts(company)["monetary"])]


def tier(company):
    return cuts.levels(facts(company)["monetary"], lines(company))


def touched(company):
    """The three customers whom the workbook's overrides name, and the six whom somebody changed without a record."""
    tiers = tier(company).sort_index()
    medium, high, low = (list(tiers.index[tiers == level]) for level in ("medium", "high", "low"))
    return medium[0], medium[1], high[0], low[:6]


def with_overrides(company, expired="medium", twice="low"):
    """The tiers with the overrides in force; `expired` and `twice` are where people go wrong."""
    first, second, third, _ = touched(company)
    changed = tier(company).copy()
    changed[first], changed[second], changed[third] = "high", expired, twice
    return changed


def values(company, columns=KEY_COLUMNS, days=180, everybody=True):
    customers = company.customers
    ids = customers["customer_id"]
    visits = company.interactions.groupby("customer_id")["interaction_date"].max()
    tiers = tier(company).reindex(ids) if everybody else tier(company)
    return {
        "completeness": kpis.completeness(customers, columns),
        "freshness": kpis.freshness(visits.reindex(ids) if everybody else visits, company.as_of, days),
        "tier_coverage": kpis.tier_coverage(tiers),
    }


def pair(company):
    known = company.customers["birth_year"].notna().any()
    return ["city", "birth_year" if known else "founded_year"]


def crowds(company):
    return privacy.crowd(company.customers, pair(company))


def small_combinations(company):
    sizes = company.customers.groupby(pair(company), dropna=False).size()
    return int((sizes < 10).sum())


@cache
def counts(company):
    segment = rfm.segments8(rfm.rfm_scores(facts(company)))
    city = company.customers.set_index("customer_id")["city"].reindex(segment.index)
    return pd.crosstab(city, segment)


def hidden(company, k=10):
    return int(privacy.suppress_small_cells(counts(company), k).isna().to_numpy().sum())


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
    Exercise(
        "governance-approved-tier",
        answer=tier,
        mistakes=(
            Mistake(
                "new_lines",
                lambda company: cuts.levels(
                    facts(company)["monetary"], cuts.quantile_cuts(facts(company)["monetary"])
                ),
            ),
            Mistake(
                "upside_down",
                lambda company: cuts.levels(
                    facts(company)["monetary"], lines(company), ("high", "medium", "low")
                ),
            ),
            Mistake("before_returns", lambda company: cuts.levels(facts(company)["gross"], lines(company))),
        ),
    ),
    Exercise(
        "governance-records",
        answer=with_overrides,
        mistakes=(
            Mistake("expired_applied", lambda company: with_overrides(company, expired="high")),
            Mistake("first_record_counts", lambda company: with_overrides(company, twice="medium")),
            Mistake("not_applied", tier),
        ),
    ),
    Exercise(
        "governance-list-differs",
        answer=lambda company: {touched(company)[1], *touched(company)[3]},
        mistakes=(
            Mistake("against_calculated", lambda company: {*touched(company)[:3], *touched(company)[3]}),
            Mistake("expired_missed", lambda company: set(touched(company)[3])),
            Mistake("valid_records", lambda company: {touched(company)[0], touched(company)[2]}),
        ),
    ),
    Exercise(
        "governance-three-kpis",
        answer=values,
        mistakes=(
            Mistake("all_columns", lambda company: values(company, columns=list(company.customers.columns))),
            Mistake("thirty_days", lambda company: values(company, days=30)),
            Mistake("active_only", lambda company: values(company, everybody=False)),
        ),
    ),
    Exercise(
        "governance-paid-kpi",
        answer=lambda company: "c",
        mistakes=(
            Mistake("three_upwards", lambda company: "a"),
            Mistake("completeness", lambda company: "b"),
            Mistake("errors_found", lambda company: "d"),
        ),
    ),
    Exercise(
        "governance-exposed",
        answer=lambda company: int((crowds(company) < 10).sum()),
        mistakes=(
            Mistake("alone_only", lambda company: int((crowds(company) == 1).sum())),
            Mistake("combinations", small_combinations),
            Mistake(
                "one_column",
                lambda company: int((privacy.crowd(company.customers, pair(company)[1:]) < 10).sum()),
            ),
            Mistake("exactly_ten_counted", lambda company: int((crowds(company) <= 10).sum())),
        ),
    ),
    Exercise("governance-agency-letter"),
    Exercise(
        "governance-hidden-cells",
        answer=hidden,
        mistakes=(
            Mistake(
                "below_ten_only",
                lambda company: int(((counts(company) > 0) & (counts(company) < 10)).to_numpy().sum()),
            ),
            Mistake(
                "hidden_along_only",
                lambda company: privacy.suppress_small_cells(counts(company)).attrs["hidden"]["with_them"],
            ),
            Mistake("five_as_limit", lambda company: hidden(company, k=5)),
        ),
    ),
]

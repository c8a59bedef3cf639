"""What may stand on a persona card: one row a customer with the tags of the lessons before, and the groups by need."""

import pandas as pd

from custseg_helpers.company.company import Company
from custseg_helpers.facts.per_customer import money_by, order_facts
from custseg_helpers.tiers import behaviour, clusters, clv, cuts, value
from custseg_helpers.tiers.clv_holdout import company_with_forecast
from custseg_helpers.words.text import T

OFTEN = 5
"""From so many orders on a basket shows taste; someone who came once and bought milk is not "100 % fresh food"."""

ENOUGH = 100
"""Four groups of fewer customers in all would be too small to describe."""


def traits(company: Company) -> pd.DataFrame:
    """Return what is known of every customer who bought, as traits for `persona.profile`.

    Columns, as far as the company knows them: `age_band`, `gender`, `industry`, `scale`, `region`, `signup_channel`,
    `preferred_channel`, `price_sensitivity`, `main_interest`, `average_order_value` (yuan), `value_tag` (A–D by
    money so far) and `potential_tag` (of the year ahead).

    >>> from custseg_helpers.mapping.load import load
    >>> table = traits(load("b2b"))
    >>> "industry" in table, "gender" in table
    (True, False)
    """
    facts = order_facts(company.orders, company.as_of, products=company.products)
    people = company.customers.set_index("customer_id").reindex(facts.index)
    category = money_by(company.orders, "category", products=company.products).reindex(facts.index)
    channel = money_by(company.orders, "channel").reindex(facts.index)
    table = people[["gender", "industry", "scale", "region", "signup_channel"]].assign(
        preferred_channel=behaviour.preferred_channel(channel, facts["frequency"]),
        price_sensitivity=behaviour.price_sensitivity(facts),
        main_interest=behaviour.main_interest(category, facts["lines"]),
        average_order_value=facts["average_order_value"],
        value_tag=value.abc(facts["monetary"]),
        potential_tag=potential_tag(company),
    )
    table.insert(0, "age_band", cuts.age_bands(people["birth_year"], company.as_of))
    known = [column for column in table if (table[column].notna() & (table[column] != "unknown")).any()]
    return table[known]


def potential_tag(company: Company) -> pd.Series:
    """Return `"high"`, `"medium"` or `"low"`: thirds of the customers by lifetime value in the year ahead, each at their
    own margin.

    Everybody is `"unknown"` where the orders carry no forecast (see `clv_holdout.company_with_forecast`).
    """
    facts = order_facts(company.orders, company.as_of, products=company.products)
    if company_with_forecast(company) is not company:
        return pd.Series("unknown", index=facts.index, name="potential_tag")
    history = clv.purchase_history(company.orders, company.as_of)
    future = clv.customer_value(
        history,
        clv.fit_purchases(history),
        clv.fit_spend(history),
        margin=clv.own_margin(company.orders, company.products, company.as_of).reindex(history.index),
    )["clv"]
    return cuts.levels(future, cuts.quantile_cuts(future)).rename("potential_tag")


def need_groups(company: Company, groups: int = 4) -> tuple[pd.Series, dict[str, T]]:
    """Return the groups by what regular customers buy, as lesson 08 found them, and a name for each.

    Only customers with at least five orders have one; where fewer than a hundred reach that, the line is lowered.
    """
    facts = order_facts(company.orders, company.as_of)
    spent = money_by(company.orders, "category", products=company.products)
    often = facts["frequency"]
    line = next((least for least in range(OFTEN, 1, -1) if (often >= least).sum() >= ENOUGH), 1)
    spent = spent.reindex(facts.index[often >= line]).clip(lower=0)
    shares = spent.div(spent.sum(axis=1), axis=0).dropna()
    shares = shares.loc[:, shares.nunique() > 1]
    model = clusters.fit_clusters(shares, clusters.prepare(shares, list(shares)), groups)
    return clusters.assign(shares, model).rename("need_group"), clusters.cluster_names(model)

"""Each sample company through value, lifecycle, behaviour, quadrants, crosses and personas."""

from functools import cache

import pandas as pd
import pytest

from custseg_helpers.facts.per_customer import (
    facts_at,
    interaction_facts,
    interactions_by,
    money_by,
    order_facts,
    response_facts,
)
from custseg_helpers.mapping.load import load
from custseg_helpers.tiers import (
    behaviour,
    cards,
    cohort,
    cross,
    cuts,
    cycle,
    lifecycle,
    persona,
    quadrant,
    value,
)

pytestmark = pytest.mark.slow

NAMES = ["retail", "b2b", "pharma", "finance", "education"]


@cache
def _company(name):
    company = load(name)
    customers = company.customers.set_index("customer_id")
    return company, customers, order_facts(company.orders, company.as_of).reindex(customers.index)


@pytest.fixture(params=NAMES)
def company(request):
    return _company(request.param)


def test_value(company):
    _, customers, facts = company
    spend = facts["monetary"].fillna(0)
    grades = value.abc(spend)
    assert set(grades) <= set("ABCD") and (grades[spend <= 0] == "D").all()
    table = value.by_group(grades, spend)
    assert table["customers"].sum() == len(customers)
    assert table["value_share"]["A"] >= 0.8 - 1e-9
    assert 0.2 < value.share_of_top(spend) <= 1
    for cut in (cuts.quantile_cuts, cuts.natural_cuts):
        levels = cuts.levels(spend, cut(spend))
        assert (levels[spend == spend.min()] == "low").all() and "high" in set(levels)


def test_lifecycle(company):
    data, customers, facts = company
    found = lifecycle.stage(facts)
    assert "unknown" not in set(found)
    assert (found == "potential").sum() == facts["frequency"].isna().sum()
    dates = [data.as_of - pd.DateOffset(months=6), data.as_of]
    known = facts_at(data.orders, dates)
    table = lifecycle.stages(known, customers["signup_date"], cycle.typical_gap(known[dates[0]]))
    matrix = lifecycle.transitions(table[dates[0]], table[dates[1]])
    assert matrix.to_numpy().sum() + matrix.attrs["left_out"]["not_before"] == len(customers)
    # Nobody un-buys: from a later stage nobody goes back to potential.
    assert matrix.drop(index="potential", errors="ignore").get("potential", pd.Series(0)).sum() == 0
    phases = lifecycle.phase(money_by(data.orders, "quarter", as_of=data.as_of))
    assert set(phases) <= {*lifecycle.PHASES, "potential"}


def test_cohorts_and_second_purchase(company):
    data, _, facts = company
    months = money_by(data.orders, "month", as_of=data.as_of)
    counts = cohort.cohorts(months)
    assert counts[0].sum() + counts.attrs["left_out"]["no_purchase"] == len(months)
    waits = cohort.second_purchase(facts)
    assert len(waits) == facts["frequency"].notna().sum()
    assert waits["happened"].sum() == (facts["order_days"] > 1).sum()
    curve = cohort.survival(waits["days"], waits["happened"])
    assert curve["survival"].iloc[-1] <= 1 - waits["happened"].mean() + 1e-9


def test_behaviour(company):
    data, _, facts = company
    pace = cycle.pace(facts)
    assert (pace["pace"] == "unknown").equals(~(facts["order_days"] >= 4))
    by_category = money_by(data.orders, "category", products=data.products)
    main = behaviour.main_interest(by_category, facts["lines"])
    assert set(main) <= {*by_category.columns, "no_preference", "unknown"}
    views = interactions_by(data.interactions, "category", products=data.products)
    unmet = behaviour.unmet_interest(views, by_category)
    wanted = unmet[unmet != "none"]
    assert all(
        by_category.get(tag, pd.Series(dtype=float)).get(who, 0) <= 0 for who, tag in wanted.head(50).items()
    )
    assert set(behaviour.preferred_channel(money_by(data.orders, "channel"), facts["frequency"]))
    assert set(behaviour.price_sensitivity(facts)) <= {*cuts.LEVELS, "unknown"}
    answers = response_facts(data.responses)
    assert set(behaviour.responsiveness(answers["contacted"], answers["converted"])) <= {
        *cuts.LEVELS,
        "unknown",
    }
    signs = interaction_facts(data.interactions, data.as_of)
    deals = lifecycle.deal_stage(facts["frequency"], signs["carts"] + signs["clicks"])
    assert (deals == "closed").sum() == facts["frequency"].notna().sum()


def test_buying_centres():
    data, customers, _ = _company("b2b")
    roles = behaviour.role_coverage(data.contacts, customers.index)
    assert roles["contacts"].sum() == len(data.contacts)
    assert 0 < roles["coverage"].mean() < 1
    gaps = roles["missing"].str.split(",").explode()
    assert set(gaps) <= {"", *behaviour.ROLES[:3]}
    bands = cuts.scale_bands(customers["employees"], customers["revenue"])
    assert set(bands) <= {*cuts.SCALES, "unknown"}


def test_groupings(company):
    _, customers, facts = company
    spend = facts["monetary"].fillna(0)
    quarters = quadrant.quadrants(facts["frequency"].fillna(0), spend)
    assert set(quarters["quadrant"]) <= set(quadrant.QUADRANTS)
    tags = pd.DataFrame({"region": customers["region"], "grade": value.abc(spend)})
    cells = cross.cross(tags, spend)
    assert cells["customers"].sum() + cells.attrs["left_out"]["no_tag"] == len(customers)
    gains = cross.added_value(tags, spend)
    assert gains.loc["grade", "gain"] > 0.05
    stages = lifecycle.stage(facts)
    profile = persona.profile(customers.join(facts[["frequency", "recency_days"]]), stages, spend)
    for group in profile.sizes.index:
        assert len(cards.card(profile, group).lines) >= 2

import pandas as pd
import pytest

from custseg_helpers.action import baseline, targets
from custseg_helpers.company.company import SAMPLES, load_sample
from custseg_helpers.facts.per_customer import order_facts
from custseg_helpers.tiers.rfm import rfm_scores, segments8
from custseg_helpers.tiers.value import abc
from custseg_helpers.words.text import UserError, use_language


@pytest.mark.parametrize("sample", SAMPLES)
def test_who_did_not_buy_adds_up_and_most_had_bought_before(sample):
    """Lesson 12 says where last year's conversion went: to customers who left, in each of the companies."""
    company = load_sample(sample)
    year = company.as_of.year - 1
    why = baseline.who_did_not_buy(company.orders, company.customers, year)
    members = (company.customers["signup_date"].dt.year <= year).sum()
    lines = company.orders
    buyers = lines[(lines["order_date"].dt.year == year) & (lines["quantity"] > 0)]["customer_id"].nunique()
    assert why.sum() == members - buyers
    if sample == "retail":
        assert why["bought_year_before"] == 840 and why.sum() == 1217


def test_the_best_tier_brings_less_in_the_year_after_in_every_company():
    for sample in SAMPLES:
        company = load_sample(sample)
        found = baseline.year_after(company.orders, company.as_of, lambda facts: segments8(rfm_scores(facts)))
        assert found.loc["high_value_loyal", "kept"] < 0.9, sample
        assert found.loc["key_retain", "kept"] < found.loc["high_value_loyal", "kept"], sample
    retail = load_sample("retail")
    kept = baseline.year_after(retail.orders, retail.as_of, lambda facts: segments8(rfm_scores(facts)))[
        "kept"
    ]
    assert kept[["high_value_loyal", "key_retain"]].round(2).tolist() == [0.73, 0.33]


@pytest.mark.parametrize("sample", SAMPLES)
def test_the_coming_year_is_expected_of_every_buyer_and_says_how(sample):
    company = load_sample(sample)
    expected = baseline.coming_year(company.orders, company.as_of)
    assert expected.index.is_unique and (expected >= 0).all()
    bought = company.orders.loc[company.orders["quantity"] > 0, "customer_id"].dropna()
    assert set(bought) <= set(expected.index)
    use_language("en")
    assert ("carry no forecast" in str(expected.attrs["how"])) == (sample == "pharma")


def test_a_bridge_adds_up_to_the_cent_and_may_reach_beyond_the_target():
    bridge = baseline.baseline_bridge(100.10, todays_customers=70.01, newcomers=40.02, plan=0.03)
    assert bridge.tolist() == [70.01, 40.02, 0.03, -9.96, 100.10]


def test_half_the_history_is_looked_at_where_two_years_are_lacking():
    retail = load_sample("retail")
    short = retail.orders[retail.orders["order_date"] >= retail.as_of - pd.Timedelta(days=200)]
    found = baseline.year_after(short, retail.as_of, lambda facts: abc(facts["monetary"]))
    assert found.attrs["days"] == 100
    assert found["per_customer"].to_numpy() == pytest.approx(
        (found["after"] / found["customers"] * 3.65).to_numpy()
    )
    with pytest.raises(UserError, match="Too few"):
        use_language("en")
        baseline.year_after(short.head(0), retail.as_of, lambda facts: abc(facts["monetary"]))


def test_tiers_by_what_is_expected_add_up_to_the_same_target():
    retail = load_sample("retail")
    facts = order_facts(retail.orders, retail.as_of)
    expected = baseline.coming_year(retail.orders, retail.as_of).groupby(abc(facts["monetary"])).sum()
    assert round(targets.split(1_510_158.35, expected).sum(), 2) == 1_510_158.35

"""What campaigns with a control group measured takes the place of a guess, drawn towards all and with a lower limit."""

import pandas as pd
import pytest

from custseg_helpers.action import playbook, response, strategy
from custseg_helpers.company.company import SAMPLES, load_sample
from custseg_helpers.explore.strategy import full_plan, measured_plan
from custseg_helpers.tiers.rfm import rfm_scores, segments8


def segments(facts):
    return segments8(rfm_scores(facts))


@pytest.mark.parametrize("sample", SAMPLES)
def test_every_company_has_a_measured_response_within_limits(sample):
    company = load_sample(sample)
    found = response.by_tier(company.orders, company.campaigns, company.responses, segments)
    assert (found["lower"] < found["response"]).all() and (found["response"] < found["upper"]).all()
    assert found["response"].between(found["measured"].min(), found["measured"].max()).all()
    assert found.attrs["campaigns"] == len(company.campaigns)
    width = (found["upper"] - found["lower"]).max()
    assert width < 0.2, "tiers with few people are drawn towards all, so their limits stay narrow"


def test_a_campaign_without_a_control_group_measures_nothing():
    retail = load_sample("retail")
    sent = retail.responses[retail.responses["arm"] == "treatment"]
    found = response.by_tier(retail.orders, retail.campaigns, sent, segments)
    assert found.empty
    guessed = full_plan(retail)
    pd.testing.assert_frame_equal(strategy.with_response(guessed, found), guessed)


def test_the_guess_gives_way_to_what_was_measured():
    retail = load_sample("retail")
    guessed, plan = full_plan(retail), measured_plan(retail)
    assert guessed.at["high_value_loyal", "extra_response"] == 0.12
    assert plan.at["high_value_loyal", "extra_response"] == pytest.approx(0.0555, abs=1e-4)
    assert (plan["cost"] == guessed["cost"]).all()
    fitted = strategy.within_budget(plan, 1000)
    fewer = strategy.with_contacted(fitted, fitted["contacted"] // 2)
    assert fewer["cost"].sum() <= fitted["cost"].sum() / 2 and fewer["verdict"].equals(fitted["verdict"])


def test_a_tier_that_few_stand_for_follows_the_others():
    """Tier a: 2,000 people, 10 points more bought; tier b: 80 people, all of those contacted bought and no one else."""
    arms = [("a", "treatment", 1000, 200), ("a", "holdout", 1000, 100), ("c", "treatment", 1000, 210)]
    arms += [("c", "holdout", 1000, 100), ("b", "treatment", 40, 12), ("b", "holdout", 40, 0)]
    rows = [
        (f"{tier}-{arm}-{n}", tier, arm, n < bought)
        for tier, arm, people, bought in arms
        for n in range(people)
    ]
    people = pd.DataFrame(rows, columns=["customer_id", "tier", "arm", "converted"]).assign(campaign_id="M1")
    orders = pd.DataFrame(
        {
            "order_id": people["customer_id"],
            "customer_id": people["customer_id"],
            "order_date": pd.Timestamp("2025-01-01"),
            "quantity": 1,
            "amount": 10.0,
        }
    )
    campaigns = pd.DataFrame({"campaign_id": ["M1"], "start_date": pd.to_datetime(["2025-03-01"])})
    tier_of = people.set_index("customer_id")["tier"]
    found = response.by_tier(orders, campaigns, people, lambda facts: tier_of.reindex(facts.index))
    assert found.loc["a", "measured"] == pytest.approx(0.10) and found.loc["b", "measured"] == pytest.approx(
        0.30
    )
    assert found.loc["a", "response"] == pytest.approx(0.10, abs=0.01)
    assert found.loc["b", "response"] < 0.25


@pytest.mark.parametrize("name", SAMPLES)
def test_the_playbook_says_what_was_measured_and_not_what_was_guessed(name):
    company = load_sample(name)
    book = playbook.sample_playbook(company.customers)
    table = response.by_play(company.orders, company.campaigns, company.responses, book)
    assert table["campaigns"].sum() > 0 and list(table.index) == list(book)
    known = table["response"].notna()
    assert (table.loc[known, "lower"] < table.loc[known, "response"]).all()
    new, careful = (response.into_playbook(book, table, careful=way) for way in (False, True))
    for code in book:
        if known[code]:
            drawn = max(table.loc[code, "response"], 0)
            assert new[code].extra_response == drawn >= careful[code].extra_response >= 0
            assert careful[code].extra_response <= book[code].extra_response, "no coupon flatters a play"
        else:
            assert new[code] == book[code]


def test_without_a_control_group_the_guess_stays_in_the_playbook():
    retail, book = load_sample("retail"), playbook.load_playbook()
    sent = retail.responses[retail.responses["arm"] == "treatment"]
    table = response.by_play(retail.orders, retail.campaigns, sent, book)
    assert table["response"].isna().all() and response.into_playbook(book, table) == book

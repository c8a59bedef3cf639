"""Who differs is described by a fact that fits exactly, or it is not described."""

import numpy as np
import pandas as pd
import pytest

from custseg_helpers.company.company import SAMPLES, load_sample
from custseg_helpers.diagnosis.who_differs import who_differs
from custseg_helpers.facts.per_customer import order_facts


@pytest.fixture(scope="module")
def company():
    return load_sample("retail")


@pytest.fixture(scope="module")
def facts(company):
    return order_facts(company.orders, company.as_of)


def test_forgotten_returns_are_named_with_three_examples(company, facts):
    found = who_differs(facts["monetary"], facts["gross"], company)
    with_returns = facts.index[facts["returned"] > 0]
    assert found.cause == "who:has_returns"
    assert (
        f"{len(with_returns)} customers have too high a value: exactly those who have returns"
        in found.text.en
    )
    assert f"{len(with_returns)} 位客户的值偏大：正好就是有退货的那些" in found.text.zh
    assert all(customer in found.text.en for customer in with_returns[:3])
    assert "yours" in found.text.en


def test_a_bound_on_the_wrong_side_is_named_by_its_values(company, facts):
    right = pd.cut(facts["recency_days"], [-1, 30, 90, 9999], labels=["A", "B", "C"]).astype(str)
    wrong = pd.cut(facts["recency_days"], [-1, 29, 89, 9999], labels=["A", "B", "C"]).astype(str)
    found = who_differs(right, wrong, company)
    assert found.cause == "who:recency_days=30|90"
    assert "exactly 30, 90 days" in found.text.en
    assert "`<=`" in found.text.zh


@pytest.mark.parametrize(
    ("wrong", "cause"),
    [
        (lambda money, people: money.reindex(people).fillna(0), "who:never_bought"),
        (lambda money, people: money.reindex(people), "who:never_bought"),
    ],
)
def test_people_who_never_bought_are_too_many(company, facts, wrong, cause):
    found = who_differs(
        facts["monetary"], wrong(facts["monetary"], company.customers["customer_id"]), company
    )
    assert found.cause == cause
    assert "377 customers too many" in found.text.en


def test_a_call_list_without_people_of_no_birth_year(company):
    people = company.customers.set_index("customer_id")
    right = list(people.index)
    found = who_differs(right, [one for one in right if people["birth_year"].notna()[one]], company)
    assert found.cause == "who:no_birth_year"


def test_two_facts_at_once(company, facts):
    region = company.customers.set_index("customer_id")["region"].reindex(facts.index)
    both = (facts["frequency"] == 1) & (region == "east")
    found = who_differs(facts["monetary"], facts["monetary"].mask(both, 0), company)
    assert set(found.cause.removeprefix("who:").split("+")) == {"bought_once", "region=east"}
    assert "bought once and have region “East”" in found.text.en


def test_an_order_that_differs_is_described_too(company):
    paid = company.orders.groupby("order_id")["amount"].sum()
    assert who_differs(paid, paid.abs(), company).cause == "who:return"


@pytest.mark.parametrize(("off", "cause"), [(377, "who:never_bought"), (-377, "who:never_bought")])
def test_a_count_is_off_by_a_group(company, off, cause):
    assert who_differs(2623, 2623 + off, company).cause == cause


def test_money_that_is_off_by_the_returns(company):
    amount = company.orders["amount"]
    assert who_differs(amount.sum(), amount[amount > 0].sum(), company).cause == "who:return"
    found = who_differs(amount.sum(), amount.abs().sum(), company)
    assert found.cause == "who:return"
    assert "exactly twice" in found.text.en


def test_nothing_is_told_of_customers_picked_blindly(company, facts):
    rng, told = np.random.default_rng(5), 0
    for _ in range(60):
        chosen = rng.permutation(len(facts))[: int(np.exp(rng.uniform(0, 7)))]
        wrong = facts["monetary"].copy()
        wrong.iloc[chosen] += 1
        told += who_differs(facts["monetary"], wrong, company) is not None
    assert told <= 1


def test_a_few_alike_by_chance_are_not_called_a_fact(company, facts):
    """Two customers of one region differ: so do two of any three."""
    east = company.customers.loc[company.customers["region"] == "east", "customer_id"]
    wrong = facts["monetary"].copy()
    wrong.loc[wrong.index.intersection(east)[[5, 70]]] += 1
    assert who_differs(facts["monetary"], wrong, company) is None


@pytest.mark.parametrize("right", [3.5, "b", [1, 2], {"a": 1}, pd.Series([1.0, 2.0], ["east", "west"]), None])
def test_answers_without_known_keys_are_left_to_others(company, right):
    assert who_differs(right, pd.Series([1.0, 3.0], ["east", "west"]), company) is None


@pytest.mark.parametrize("name", SAMPLES)
def test_every_company_has_its_returns_named(name):
    company = load_sample(name)
    facts = order_facts(company.orders, company.as_of)
    assert who_differs(facts["monetary"], facts["gross"], company).cause == "who:has_returns"

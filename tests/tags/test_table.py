"""One row a customer: every table the company has, and none that it borrows."""

import pytest

from custseg_helpers.company.company import SAMPLES
from custseg_helpers.facts.per_customer import interaction_facts, order_facts, response_facts
from custseg_helpers.mapping.load import load
from custseg_helpers.tags.table import customer_table


@pytest.mark.parametrize("name", SAMPLES)
def test_every_customer_once_with_the_facts_of_every_table(name):
    company = load(name)
    table = customer_table(company)
    assert table.index.equals(company.customers.set_index("customer_id").index) and table.index.is_unique
    assert table.columns.is_unique
    orders = order_facts(company.orders, company.as_of)
    assert table.loc[orders.index, "monetary"].equals(orders["monetary"])
    assert table["frequency"].notna().sum() == len(orders)
    assert table["views"].sum() == interaction_facts(company.interactions, company.as_of)["views"].sum()
    assert table["contacted"].sum() == response_facts(company.responses)["contacted"].sum()


@pytest.mark.parametrize("name", SAMPLES)
def test_roles_are_there_only_where_the_contacts_are_the_companys_own(name):
    company = load(name)
    table = customer_table(company)
    assert ("decision_maker" in table) == (name in ("b2b", "pharma"))
    if "decision_maker" in table:
        assert table["contacts"].sum() == len(company.contacts)

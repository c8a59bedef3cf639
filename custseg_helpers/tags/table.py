"""One row a customer: everything that the company knows and a tag rule can ask for."""

import pandas as pd

from custseg_helpers.company.company import Company
from custseg_helpers.facts.per_customer import interaction_facts, order_facts, response_facts
from custseg_helpers.tiers.behaviour import role_coverage


def customer_table(company: Company, orders: pd.DataFrame | None = None) -> pd.DataFrame:
    """Return every customer with the facts of orders, interactions, campaign responses and contacts beside them.

    Index `customer_id`, as in `company.customers`; a customer without orders has empty order facts, and so on. A
    table that the company lacks adds no columns, as a borrowed one speaks of other people; `attrs["lacking"]` names
    it, and tags whose `source` it is are left out by `apply_tags`. `orders` are the facts of
    orders, where they have been counted already.

    >>> from custseg_helpers.mapping.load import load
    >>> table = customer_table(load("retail"))
    >>> "frequency" in table, "decision_maker" in table
    (True, False)
    """
    table = company.customers.set_index("customer_id")
    facts = {
        "orders": lambda: order_facts(company.orders, company.as_of),
        "interactions": lambda: interaction_facts(company.interactions, company.as_of),
        "responses": lambda: response_facts(company.responses),
        "contacts": lambda: role_coverage(company.contacts, table.index),
    }
    for name, of_customers in facts.items():
        if name == "orders" and orders is not None:
            table = table.join(orders, how="outer")
        elif name not in company.borrowed:
            table = table.join(of_customers())
    table.attrs["lacking"] = [name for name in facts if name in company.borrowed]
    return table

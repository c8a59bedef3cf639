"""What a run makes of a company: one row a customer, the size of each segment, and a word on what the data cannot carry."""

from dataclasses import dataclass, field

import pandas as pd

from custseg_helpers.data.companies import Company
from custseg_helpers.data.facts import order_facts
from custseg_helpers.text import T
from custseg_helpers.tiers import rfm

FACTS = ("recency_days", "frequency", "monetary", "gross", "returned", "first_order", "last_order")


@dataclass(frozen=True)
class Tagged:
    """The result of a run, before anything is written."""

    facts: pd.DataFrame
    customers: pd.DataFrame
    """one row a customer: facts, scores, tiers"""
    segments: pd.DataFrame
    """one row a segment: customers, share, value, value_share, mean_value"""
    verdicts: dict[str, T] = field(default_factory=dict)
    """method → what it says about the data, or why it was not used"""


def tag_customers(company: Company) -> Tagged:
    """Give every customer of a company facts, RFM scores and a segment."""
    from custseg_helpers.tiers.value import by_group

    facts = order_facts(company.orders, company.as_of)
    scores = rfm.rfm_scores(facts)
    table = facts[list(FACTS)].join(scores)
    table["segment"] = rfm.segments8(scores)
    return Tagged(facts, table, by_group(table["segment"], table["monetary"]))

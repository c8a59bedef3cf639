"""From tiers to action: who the segments are, what each gets, and whom to contact."""

from pathlib import Path

import pandas as pd

from custseg_helpers.action.playbook import SAMPLE, SAMPLE_B2B, Playbook
from custseg_helpers.action.strategy import contact_list, leave_out, plan
from custseg_helpers.results.tagging import attributes, grouped
from custseg_helpers.tiers.persona import Profile, profile

MEASURES = (
    "recency_days",
    "frequency",
    "monetary",
    "average_order_value",
    "tenure_days",
    "mean_gap_days",
    "discount_share",
)


def profiled(customers: pd.DataFrame, tier: str = "segment", *, at_least: int = 10) -> Profile:
    """Profile the groups of a tier by measures and attributes; what is the same for everybody says nothing.

    Of an attribute of hundreds of values the rarer ones are compared together, as `"other"`.
    """
    traits = [
        name
        for name in (*MEASURES, *attributes(customers))
        if name in customers and customers[name].nunique() > 1
    ]
    compared = customers[traits].apply(
        lambda values: grouped(values) if values.name not in MEASURES else values
    )
    return profile(compared, customers[tier], customers["monetary"], at_least=at_least)


def playbook_file(customers: pd.DataFrame, given: Path | None) -> Path:
    """Return the playbook to use: the team's own, else the sample that fits companies or consumers."""
    if given:
        return given
    business = "industry" in customers and customers["industry"].notna().mean() > 0.5
    return SAMPLE_B2B if business else SAMPLE


def priced(customers: pd.DataFrame, playbook: Playbook) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the plan of a playbook on these customers' segments, and the list of whom to contact."""
    tiers, each = customers["segment"], customers["average_order_value"]
    left_out = leave_out(tiers, customers, playbook)
    quarter = plan(tiers, each, playbook, not_contacted=left_out)
    return quarter, contact_list(tiers, each, quarter, not_contacted=left_out)

"""A percentage where a share is asked stops with a sentence instead of counting in silence."""

import pandas as pd
import pytest

from custseg_helpers import (
    behaviour,
    chance,
    check_catalogue,
    clv,
    cohort,
    evaluation,
    experiment,
    recommend,
    sample_size,
)
from custseg_helpers.words.text import LANGUAGES, UserError, use_language

FACTS = pd.DataFrame({"discount_share": [0.1, 0.5, 0.9], "frequency": [5, 5, 5]})
MONEY = pd.DataFrame({"app": [80.0], "store": [20.0]}, index=["c1"])
BOUGHT = pd.DataFrame(
    {"customer_id": ["c"], "product_id": ["p"], "order_date": pd.to_datetime(["2025-01-01"])}
)
CURVE = pd.DataFrame({"survival": [1.0, 0.5]}, index=[0, 3])
TODAY = pd.Timestamp("2025-06-30")
IN_PER_CENT = {
    "price_sensitivity": ("cuts", lambda: behaviour.price_sensitivity(FACTS, (20, 60))),
    "preferred_channel": (
        "share",
        lambda: behaviour.preferred_channel(MONEY, pd.Series({"c1": 4}), share=20),
    ),
    "days_until": ("share", lambda: cohort.days_until(CURVE, 20)),
    "repeatable_products": ("share", lambda: recommend.repeatable_products(BOUGHT, 20)),
    "overlap": ("overlap_from", lambda: check_catalogue({}, FACTS, TODAY, overlap_from=20)),
    "undecided": ("undecided_from", lambda: check_catalogue({}, FACTS, TODAY, undecided_from=20)),
    "assign_holdout": ("share", lambda: experiment.assign_holdout(pd.Series(["A", "B"]), 20)),
    "wilson": ("level", lambda: evaluation.wilson(15, 148, 20)),
    "repeats": ("rate", lambda: chance.repeats(10, 10, 20, 0.1, 5)),
    "effect": ("effect", lambda: chance.repeats(10, 10, 0.2, 20, 5)),
    "margin": ("margin", lambda: clv.customer_value(FACTS, None, None, margin=20)),
    "discounting": (
        "discount_rate",
        lambda: clv.customer_value(FACTS, None, None, margin=0.2, discount_rate=20),
    ),
    "power": ("holdout_rate", lambda: sample_size.power_for_shares(20, 0.3, sample_size.SampleSize(9, 9))),
    "size": ("treatment_rate", lambda: sample_size.sample_size_for_shares(0.1, 20)),
}


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("case", IN_PER_CENT)
def test_a_percentage_is_refused_with_the_number_to_write(case, lang):
    use_language(lang)
    name, call = IN_PER_CENT[case]
    with pytest.raises(UserError, match=rf"`{name}`.*20% .*0\.2") as said:
        call()
    assert "0" in str(said.value) and "20" in str(said.value)


def test_shares_and_cuts_that_are_not_known_are_taken():
    assert behaviour.price_sensitivity(FACTS, (0.2, 0.6)).tolist() == ["low", "medium", "high"]
    assert behaviour.price_sensitivity(FACTS, (0, 1)).tolist() == ["medium", "medium", "medium"]
    nothing_to_cut = [float("nan"), float("nan")]
    assert set(behaviour.price_sensitivity(FACTS, nothing_to_cut)) == {"unknown"}

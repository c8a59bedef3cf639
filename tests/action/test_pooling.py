import numpy as np
import pandas as pd
import pytest

from custseg_helpers.action import pooling, strategy
from custseg_helpers.company.company import SAMPLES, load_sample
from custseg_helpers.explore.strategy import full_plan, measured_plan
from custseg_helpers.tiers.rfm import rfm_scores, segments8

BCG = {
    # treated cases, treated others, control cases, control others
    "Aronson": (4, 119, 11, 128),
    "Ferguson & Simes": (6, 300, 29, 274),
    "Rosenthal 1960": (3, 228, 11, 209),
    "Hart & Sutherland": (62, 13536, 248, 12619),
    "Frimodt-Moller": (33, 5036, 47, 5761),
    "Stein & Aronson": (180, 1361, 372, 1079),
    "Vandiviere": (8, 2537, 10, 619),
    "TPT Madras": (505, 87886, 499, 87892),
    "Coetzee & Berjak": (29, 7470, 45, 7232),
    "Rosenthal 1961": (17, 1699, 65, 1600),
    "Comstock 1974": (186, 50448, 141, 27197),
    "Comstock & Webster": (5, 2493, 3, 2338),
    "Comstock 1976": (27, 16886, 29, 17825),
}
"""The thirteen trials of the BCG vaccine (Colditz et al. 1994, JAMA 271), the standard example of pooling."""


def segments(facts):
    return segments8(rfm_scores(facts))


def test_the_standard_example_comes_to_what_is_published():
    """metafor's manual, `rma(yi, vi, data=dat.bcg, method="DL")`: estimate −0.7141, 95 % −1.0644 to −0.3638, I² 92.12 %."""
    trials = pd.DataFrame(BCG, index=["a", "b", "c", "d"], dtype=float).T
    treated, control = trials["a"] + trials["b"], trials["c"] + trials["d"]
    effects = np.log((trials["a"] / treated) / (trials["c"] / control))
    errors = np.sqrt(1 / trials["a"] - 1 / treated + 1 / trials["c"] - 1 / control)
    found = pooling.pool(effects, errors)
    assert [found.effect, found.lower, found.upper] == pytest.approx([-0.7141, -1.0644, -0.3638], abs=2e-4)
    assert found.apart == pytest.approx(0.9212, abs=2e-4)


def test_four_quarters_show_what_one_does_not():
    one = pooling.pool(pd.Series([0.03]), pd.Series([0.02]))
    four = pooling.pool(pd.Series([0.03] * 4), pd.Series([0.02] * 4))
    assert one.lower < 0 < four.lower


@pytest.mark.parametrize("sample", SAMPLES)
def test_every_company_has_a_measured_response_within_limits(sample):
    company = load_sample(sample)
    found = pooling.measured_response(company.orders, company.campaigns, company.responses, segments)
    assert (found["lower"] < found["response"]).all() and (found["response"] < found["upper"]).all()
    assert found["response"].between(found["measured"].min(), found["measured"].max()).all()
    assert found.attrs["campaigns"] == len(company.campaigns)
    width = (found["upper"] - found["lower"]).max()
    assert width < 0.2, "tiers with few people are drawn towards all, so their limits stay narrow"


def test_a_campaign_without_a_control_group_measures_nothing():
    retail = load_sample("retail")
    sent = retail.responses[retail.responses["arm"] == "treatment"]
    found = pooling.measured_response(retail.orders, retail.campaigns, sent, segments)
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

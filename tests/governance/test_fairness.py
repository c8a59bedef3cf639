"""Who is chosen and who is left out, and what doing without some traits costs."""

import numpy as np
import pandas as pd
import pytest

from custseg_helpers.company.company import load_sample
from custseg_helpers.governance import fairness
from custseg_helpers.tiers import persona, traits
from custseg_helpers.words.text import UserError


def test_the_four_fifths_rule_by_hand():
    """48 of 80 and 12 of 40 are chosen: 60 % and 30 %, a ratio of one half."""
    chosen = pd.Series([True] * 48 + [False] * 32 + [True] * 12 + [False] * 28 + [True] * 3 + [True])
    groups = pd.Series(["m"] * 80 + ["f"] * 40 + ["x"] * 3 + ["unknown"], name="gender")
    table = fairness.chosen_by_group(chosen, groups)
    assert table.loc["m", ["chosen", "left_out", "share", "of_best"]].tolist() == [48, 32, 0.6, 1.0]
    assert table.loc["f", "of_best"] == pytest.approx(0.5) and table.loc["f", "verdict"] == "look_why"
    assert table.loc["x", "verdict"] == "too_few" and np.isnan(table.loc["x", "share"])
    assert table.attrs["left_out"] == {"no_group": 1}


def test_a_gap_that_chance_could_make_is_no_verdict():
    chosen = pd.Series([True] * 15 + [False] * 25 + [True] * 10 + [False] * 30)
    table = fairness.chosen_by_group(chosen, pd.Series(["a"] * 40 + ["b"] * 40))
    assert table.loc["b", "of_best"] < fairness.FOUR_FIFTHS and table.loc["b", "verdict"] == "unclear"


def test_a_trait_that_tells_all_is_missed_and_one_that_tells_nothing_is_not():
    rng = np.random.default_rng(2)
    wanted = pd.Series(rng.random(300) < 0.3)
    table = pd.DataFrame({"tells": np.where(wanted, "yes", "no"), "noise": rng.normal(size=300)})
    assert fairness.hits(table, wanted) == wanted.sum() == fairness.hits(table, wanted, without=["noise"])
    assert fairness.hits(table, wanted, without=["tells"]) < 0.6 * wanted.sum()
    with pytest.raises(UserError):
        fairness.hits(table, pd.Series([True] * 5 + [False] * 295))


@pytest.mark.parametrize("name", ["retail", "finance"])
def test_age_and_sex_add_little_beside_what_people_did(name):
    company = load_sample(name)
    people, (need, _) = traits.traits(company), traits.need_groups(company)
    described = people.reindex(need.index).drop(columns="main_interest")
    wanted = need == need.value_counts().idxmax()
    lost = fairness.hits(described, wanted) - fairness.hits(described, wanted, without=persona.BY_BIRTH)
    assert lost < 0.1 * wanted.sum()

import math
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from custseg_helpers.action import evaluation
from custseg_helpers.action.evaluation import difference_of_means, difference_of_shares, wilson
from custseg_helpers.words.text import UserError

pytestmark = pytest.mark.slow

REAL = Path(__file__).parents[2].parent / "shared" / "data"
quiet = settings(phases=[Phase.generate])


@pytest.mark.parametrize(
    ("successes", "number", "lower", "upper"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_wilson_as_newcombe_prints_it(successes, number, lower, upper):
    """Newcombe (1998), Statistics in Medicine 17, 857–872, table I, method 3."""
    assert wilson(successes, number) == pytest.approx((lower, upper), abs=5e-5)


@pytest.mark.parametrize(
    ("treatment", "holdout", "lower", "upper"),
    [
        ((56, 70), (48, 80), 0.0524, 0.3339),
        ((9, 10), (3, 10), 0.1705, 0.8090),
        ((6, 7), (2, 7), 0.0582, 0.8062),
        ((5, 56), (0, 29), -0.0381, 0.1926),
        ((0, 10), (0, 20), -0.1611, 0.2775),
        ((0, 10), (0, 10), -0.2775, 0.2775),
        ((10, 10), (0, 20), 0.6791, 1.0),
        ((10, 10), (0, 10), 0.6075, 1.0),
    ],
)
def test_differences_as_newcombe_prints_them(treatment, holdout, lower, upper):
    """Newcombe (1998), Statistics in Medicine 17, 873–890, table II, method 10."""
    effect = difference_of_shares(treatment, holdout)
    assert (effect.lower, effect.upper) == pytest.approx((lower, upper), abs=5e-5)


def test_counterfeit_wald_interval_is_caught():
    """The school formula gives a width of 0 where nobody bought."""

    def wald(one, two):
        shares = [x / n for x, n in (one, two)]
        half = 1.96 * math.sqrt(sum(p * (1 - p) / n for p, (_, n) in zip(shares, (one, two), strict=True)))
        return shares[0] - shares[1] - half, shares[0] - shares[1] + half

    assert wald((0, 10), (0, 20)) != pytest.approx((-0.1611, 0.2775), abs=0.05)
    assert wald((56, 70), (48, 80)) != pytest.approx((0.0524, 0.3339), abs=5e-5)


def test_welch_as_r_prints_it():
    """R: t.test(extra ~ group, data = sleep), Student's sleep data."""
    group1 = pd.Series([0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0])
    group2 = pd.Series([1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4])
    effect = difference_of_means(group1, group2)
    assert (effect.treatment, effect.holdout) == pytest.approx((0.75, 2.33))
    assert (effect.lower, effect.upper) == pytest.approx((-3.3654832, 0.2054832), abs=5e-7)


@quiet
@given(st.integers(1, 400), st.integers(1, 400), st.data())
def test_the_interval_holds_the_difference_and_turns_with_the_arms(n1, n2, data):
    one = (data.draw(st.integers(0, n1)), n1)
    two = (data.draw(st.integers(0, n2)), n2)
    effect, back = difference_of_shares(one, two), difference_of_shares(two, one)
    assert -1 <= effect.lower <= effect.difference <= effect.upper <= 1
    assert (back.lower, back.upper) == pytest.approx((-effect.upper, -effect.lower))
    assert difference_of_shares(one, two, level=0.99).lower <= effect.lower


def test_the_interval_covers_the_truth_as_often_as_it_says():
    lots = np.random.default_rng(3)
    draws = zip(lots.binomial(300, 0.15, 1500), lots.binomial(100, 0.10, 1500), strict=True)
    effects = [difference_of_shares((int(a), 300), (int(b), 100)) for a, b in draws]
    assert 0.94 < np.mean([effect.lower <= 0.05 <= effect.upper for effect in effects]) < 0.97


def test_nonsense_is_refused():
    for successes, number in ((1, 0), (3, 2), (-1, 2)):
        with pytest.raises(UserError):
            wilson(successes, number)
    with pytest.raises(UserError, match="at least 2"):
        difference_of_means(pd.Series([1.0]), pd.Series([1.0, 2.0]))
    assert difference_of_means(pd.Series([1.0, 1.0]), pd.Series([2.0, 2.0]))[2:] == (-1, -1, -1)


def campaign(n1=800, n2=400, p1=0.20, p2=0.12, basket1=100.0, basket2=100.0):
    """A campaign without chance: exactly these rates and baskets."""
    rows = []
    for arm, number, rate, basket in (("treatment", n1, p1, basket1), ("holdout", n2, p2, basket2)):
        bought = np.arange(number) < round(number * rate)
        rows.append(pd.DataFrame({"arm": arm, "converted": bought, "amount": np.where(bought, basket, 0.0)}))
    table = pd.concat(rows, ignore_index=True)
    return table.assign(customer_id=[f"C{n:04d}" for n in range(len(table))], feedback_score=3.0)


def test_one_campaign():
    table = evaluation.campaign_effect(campaign())
    assert table.loc["conversion", ["treatment", "holdout"]].tolist() == [0.20, 0.12]
    assert table.loc["spend", ["treatment", "holdout", "difference"]].tolist() == pytest.approx([20, 12, 8])
    assert table["verdict"].tolist() == ["works", "works"]
    assert table[["n_treatment", "n_holdout"]].to_numpy().tolist() == [[800, 400]] * 2
    nobody = evaluation.campaign_effect(campaign(p1=0.12))
    assert nobody["verdict"].tolist() == ["unclear", "unclear"]
    assert evaluation.campaign_effect(campaign(p1=0.02))["verdict"].tolist() == ["harms", "harms"]


def test_too_few_customers_get_a_verdict_and_no_number():
    table = evaluation.campaign_effect(campaign(n2=29))
    assert table["verdict"].tolist() == ["too_few"] * 2 and table["difference"].isna().all()
    assert evaluation.campaign_effect(campaign().iloc[:0])["verdict"].tolist() == ["too_few"] * 2


def test_row_order_is_of_no_matter():
    rows = campaign().assign(amount=lambda t: t["amount"] + np.arange(len(t)) % 7 / 100)
    turned = rows.sample(frac=1, random_state=2)
    pd.testing.assert_frame_equal(
        evaluation.campaign_effect(turned), evaluation.campaign_effect(rows), check_exact=True
    )


def test_missing_answers_count_as_no():
    rows = campaign()
    rows["converted"] = rows["converted"].astype("boolean").where(rows.index % 10 != 0)
    rows["amount"] = rows["amount"].where(rows.index % 10 != 0)
    table = evaluation.campaign_effect(rows)
    assert table.at["conversion", "treatment"] == 0.18 and table.at["spend", "treatment"] == 18.0


def law_of_spend(function):
    """More small buyers: sales per customer rise although each buyer spends less."""
    rows = campaign(p1=0.30, p2=0.10, basket1=60.0, basket2=100.0)
    assert function(rows) == pytest.approx(18 - 10)


def test_spend_is_per_customer():
    law_of_spend(lambda rows: evaluation.campaign_effect(rows).at["spend", "difference"])


def test_counterfeit_spend_per_buyer_is_caught():
    def per_buyer(rows):
        means = rows[rows["converted"]].groupby("arm")["amount"].mean()
        return means["treatment"] - means["holdout"]

    with pytest.raises(AssertionError):
        law_of_spend(per_buyer)


def test_the_survivor_trap_turns_the_sign():
    table = evaluation.spend_two_ways(campaign(p1=0.30, p2=0.10, basket1=60.0, basket2=100.0))
    assert table["difference"].tolist() == pytest.approx([-40.0, 8.0])
    nobody = evaluation.spend_two_ways(campaign(p2=0.0))
    assert np.isnan(nobody.at["per_buyer", "holdout"]) and nobody.at["per_customer", "holdout"] == 0


def tiered():
    """Tier A is persuaded, B buys anyway, C is driven off, D is too small, some have no tier."""
    parts = {
        "A": campaign(p1=0.40, p2=0.15),
        "B": campaign(p1=0.3, p2=0.3),
        "C": campaign(p1=0.05, p2=0.20),
        "D": campaign(20, 10),
    }
    rows = pd.concat([part.assign(tier=tier) for tier, part in parts.items()], ignore_index=True)
    rows["customer_id"] = [f"C{n:05d}" for n in range(len(rows))]
    tiers = rows.set_index("customer_id")["tier"].iloc[:-5]
    return rows.drop(columns="tier"), tiers


def test_uplift_by_tier():
    rows, tiers = tiered()
    table = evaluation.uplift_by_tier(rows, tiers)
    assert table["verdict"].to_dict() == {"A": "works", "B": "unclear", "C": "harms", "D": "too_few"}
    assert table.at["A", "extra"] == pytest.approx(0.25 * 800)
    assert table.attrs["left_out"] == {"no_tier": 5}
    assert (
        "3 tiers" in table.attrs["note"].en
        and "98.3%" in table.attrs["note"].en
        and "3 个层级" in table.attrs["note"].zh
    )
    spend = evaluation.uplift_by_tier(rows, tiers, measure="amount")
    assert spend.at["A", "difference"] == pytest.approx(25.0)


def test_a_score_that_only_one_arm_gives_is_not_compared():
    rows, tiers = tiered()
    rows["feedback_score"] = rows["feedback_score"].where(rows["arm"] == "treatment")
    table = evaluation.uplift_by_tier(rows, tiers, measure="feedback_score")
    assert (table["verdict"] == "too_few").all() and (table["n_holdout"] == 0).all()


def test_many_tiers_widen_the_intervals():
    rows, tiers = tiered()
    alone = difference_of_shares((320, 800), (60, 400))
    together = evaluation.uplift_by_tier(rows, tiers).loc["A"]
    assert together["lower"] < alone.lower < alone.upper < together["upper"]


def test_counterfeit_unwidened_intervals_cry_wolf():
    """Ten tiers without any effect: plain 95 % intervals raise an alarm in 40 % of campaigns, ours in about 5 %."""
    lots, plain, widened, number = np.random.default_rng(11), 0, 0, 50
    for _ in range(number):
        rows = pd.DataFrame(
            {"arm": np.tile(["treatment", "holdout"], 1000), "converted": lots.random(2000) < 0.2}
        )
        rows["customer_id"] = [f"C{n}" for n in range(2000)]
        tiers = pd.Series(np.repeat(list("ABCDEFGHIJ"), 200), index=rows["customer_id"])
        widened += (evaluation.uplift_by_tier(rows, tiers)["verdict"] != "unclear").any()
        plain += (evaluation.uplift_by_tier(rows, tiers, level=0.60)["verdict"] != "unclear").any()
    assert widened / number < 0.12 < 0.25 < plain / number


def test_counterfeit_comparing_those_who_took_part_is_caught():
    """Taking part is a choice of the willing: without any effect it looks like a triumph."""
    lots = np.random.default_rng(1)
    keen = lots.random(4000) < 0.3
    rows = pd.DataFrame(
        {
            "arm": np.tile(["treatment", "holdout"], 2000),
            "converted": lots.random(4000) < np.where(keen, 0.5, 0.05),
        }
    )
    rows["amount"] = rows["converted"] * 10.0
    assert evaluation.campaign_effect(rows).at["conversion", "verdict"] == "unclear"
    willing = rows[(rows["arm"] == "holdout") | keen]
    assert evaluation.campaign_effect(willing).at["conversion", "verdict"] == "works"


def test_the_four_kinds():
    table = evaluation.uplift_quadrants()
    assert table["uplift"].to_dict() == {
        "persuadable": 1,
        "sure_thing": 0,
        "lost_cause": 0,
        "do_not_disturb": -1,
    }
    assert (
        table["uplift"] == table["buys_if_contacted"].astype(int) - table["buys_if_not"].astype(int)
    ).all()


def test_bank_marketing():
    """UCI Bank marketing: 11.70 % of 45,211 said yes."""
    path = REAL / "bank_full.csv"
    if not path.exists():
        pytest.skip("the folder with real data is not here")
    said_yes = pd.read_csv(path, sep=";")["y"] == "yes"
    lower, upper = wilson(int(said_yes.sum()), len(said_yes))
    assert round(said_yes.mean(), 4) == 0.1170
    assert (round(lower, 4), round(upper, 4)) == (0.1141, 0.1200)

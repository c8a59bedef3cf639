"""The holdout simulator without a browser: its numbers are those of the method, and extremes work."""

import pytest

from custseg_helpers import explore, load
from custseg_helpers.action.sample_size import SampleSize, power_for_shares
from custseg_helpers.explore.still import Shown

pytestmark = pytest.mark.slow


def table(view):
    return next(iter(view.tables.values()))


def test_a_campaign_that_does_nothing_rarely_has_an_interval_above_zero():
    view = explore.evaluation.view(holdout=520, treatment=1200, rate=8, effect=5, draw=1)
    shares = table(view)
    assert shares.loc[["works", "unclear", "harms"]].sum().tolist() == pytest.approx([100, 100])
    assert 40 < shares.at["looks_better", "does_nothing"] < 60
    assert shares.at["works", "does_nothing"] < 5
    power = 100 * power_for_shares(0.08, 0.13, SampleSize(1200, 520))
    assert shares.at["works", "true_effect"] == pytest.approx(power, abs=5)
    assert "Your campaign" in view.words.en and view.figure._repr_png_()[:4] == b"\x89PNG"


def test_a_larger_holdout_gives_a_narrower_interval():
    def width(holdout):
        shares = table(explore.evaluation.view(holdout=holdout, treatment=1200, rate=8, effect=5))
        return shares.at["works", "true_effect"]

    assert width(20) < width(200) < width(1000)


def test_the_lot_falls_otherwise_with_another_draw():
    one, two = (
        explore.evaluation.view(holdout=200, treatment=800, rate=10, effect=0, draw=draw).words.en
        for draw in (1, 2)
    )
    assert one != two


@pytest.mark.parametrize(
    ("holdout", "treatment", "rate", "effect"),
    [(20, 20, 1, -5.0), (3000, 6000, 50, 15.0), (20, 6000, 1, 0.0)],
)
def test_the_ends_of_the_sliders(holdout, treatment, rate, effect):
    view = explore.evaluation.view(holdout=holdout, treatment=treatment, rate=rate, effect=effect)
    assert table(view).to_numpy().min() >= 0 and table(view).to_numpy().max() <= 100


@pytest.mark.parametrize("company", ["retail", "finance"])
def test_it_starts_at_the_last_campaign(company):
    arms = explore.evaluation.last_campaign(load(company))
    assert arms["size"].sum() == len(load(company).responses.query("campaign_id == campaign_id.max()"))
    assert isinstance(explore.evaluation.show(load(company)), Shown)

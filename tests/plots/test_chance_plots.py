"""Pictures of a fair comparison: drawn in both languages, from full and from thin tables, and true to their numbers."""

from itertools import combinations

import numpy as np
import pandas as pd
import pytest
from matplotlib.figure import Figure

from custseg_helpers.action import chance
from custseg_helpers.plots import chance as draw
from custseg_helpers.words.text import use_language

LOTS = np.random.default_rng(5)
AROUND = pd.DataFrame({"before": LOTS.exponential(50, 80), "after": LOTS.exponential(50, 80)})
ARMS = pd.Series(["treatment", "treatment", "holdout"] * 100)
BOUGHT = pd.Series(LOTS.random(300) < 0.2)
COURSE = pd.DataFrame({"treatment": [0.0, 0.0, 9.0], "holdout": [0.0, 0.0, 4.0]}, index=[-1, 0, 1])
SIX = pd.Series([(2 * sum(i in (0, 1, 3) for i in deal) - 3) / 3 for deal in combinations(range(6), 3)])

PICTURES = {
    "middle of all": lambda: draw.towards_the_middle(AROUND),
    "nobody spent": lambda: draw.towards_the_middle(AROUND * 0),
    "three customers": lambda: draw.towards_the_middle(AROUND.head(3)),
    "with and without": lambda: draw.with_and_without({"M05": COURSE, "M06": COURSE}),
    "one campaign": lambda: draw.with_and_without({"M05": COURSE * 0}),
    "hundred": lambda: draw.per_hundred(0.16, 0.08),
    "hundred driven off": lambda: draw.per_hundred(0.05, 0.08),
    "nobody buys": lambda: draw.per_hundred(0, 0),
    "six cards": lambda: draw.by_chance(SIX, 1 / 3),
    "shuffled": lambda: draw.by_chance(chance.shuffled(BOUGHT, ARMS), 0.07),
    "redrawn": lambda: draw.middle(chance.redrawn(BOUGHT, ARMS)),
    "campaigns": lambda: draw.campaigns(
        chance.repeats(900, 300, 0.1, 0.0), chance.repeats(900, 300, 0.1, 0.05), 0.05
    ),
    "smallest": lambda: draw.campaigns(chance.repeats(1, 1, 0.5, 0), chance.repeats(1, 1, 0.5, -0.05), -0.05),
}


def words(figure):
    figure.draw_without_rendering()
    return {text.get_text() for text in figure.findobj(lambda part: hasattr(part, "get_text"))} - {""}


@pytest.mark.parametrize("name", PICTURES)
def test_every_picture_in_both_languages(name):
    said = {}
    for language in ("zh", "en"):
        use_language(language)
        figure = PICTURES[name]()
        assert isinstance(figure, Figure) and figure.axes
        said[language] = words(figure)
    assert said["zh"] != said["en"]
    assert not any("一" <= letter <= "鿿" for text in said["en"] for letter in text)


def test_each_arm_has_a_hundred_squares_and_the_extra_ones_are_the_difference():
    use_language("en")
    figure = draw.per_hundred(0.16, 0.08)
    assert [len(ax.patches) for ax in figure.axes] == [100, 100]
    assert "buy because of the contact: 8" in words(figure) and "buy anyway: 8" in words(figure)
    assert "driven off by the contact: 3" in words(draw.per_hundred(0.05, 0.08))


def test_all_twenty_deals_of_six_cards_are_drawn():
    figure = draw.by_chance(SIX, 1 / 3)
    assert sum(bar.get_height() for bar in figure.axes[0].patches) == 20
    assert "in 20 of 20 deals" in figure.axes[0].get_title()
    assert "in 2 of 20 deals" in draw.by_chance(SIX, 1.0).axes[0].get_title()


def test_the_holdout_is_subtracted_in_the_title():
    titles = [ax.get_title() for ax in draw.with_and_without({"M05": COURSE}).axes]
    assert "9.0 yuan more a head" in titles[0] and "+5.0 yuan" in titles[1]

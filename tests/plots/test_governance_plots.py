"""Pictures of tags and governance: both languages, nothing cut off, true to the table, not by colour alone."""

import numpy as np
import pandas as pd
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.text import Text

from custseg_helpers.governance.kpis import scorecard
from custseg_helpers.governance.privacy import exposure
from custseg_helpers.plots import governance
from custseg_helpers.plots.governance import LIGHT, score_card
from custseg_helpers.plots.tags import coverage_bars, overlap_heat
from custseg_helpers.tags.apply import tag_coverage, tag_overlap
from custseg_helpers.tags.catalogue import read_catalogue
from custseg_helpers.words.glossary import label
from custseg_helpers.words.text import use_language

CATALOGUE = read_catalogue()
KPIS = {
    "data_accuracy": 0.962,
    "completeness": 0.99,
    "freshness": 0.7,
    "tier_coverage": float("nan"),
    "override_share": 0.13,
}
TIERS = (
    pd.Series(["high", "medium", "low", "low"]),
    pd.Series(["high", "high", "low", "low"]),
    pd.Series([12_600.0, 600.0, 90.0, 10.0]),
)
PEOPLE = pd.DataFrame({"city": ["chengwan"] * 3 + ["shuoning"] * 3, "birth_year": [1990, 1990, 1985] * 2})


def tagged() -> pd.DataFrame:
    rng = np.random.default_rng(1)
    return pd.DataFrame({tag: rng.random(200) < i / len(CATALOGUE) for i, tag in enumerate(CATALOGUE)})


PICTURES = {
    "coverage": lambda: coverage_bars(tag_coverage(tagged()), CATALOGUE),
    "coverage of nobody": lambda: coverage_bars(tag_coverage(tagged().head(0)), CATALOGUE),
    "overlap": lambda: overlap_heat(tag_overlap(tagged()), CATALOGUE),
    "overlap of two": lambda: overlap_heat(tag_overlap(tagged()), CATALOGUE, list(CATALOGUE)[-2:]),
    "score card": lambda: score_card(scorecard(KPIS)),
    "one KPI": lambda: score_card(scorecard({"override_share": 0.0})),
    "tiers in use": lambda: governance.tiers_in_use(*TIERS),
    "tiers, nobody high": lambda: governance.tiers_in_use(TIERS[0].replace("high", "low"), *TIERS[1:]),
    "exposure": lambda: governance.exposure(exposure(PEOPLE, ["city", "birth_year"], k=3)),
}


def words(figure) -> list[Text]:
    return [text for text in figure.findobj(Text) if text.get_text().strip() and text.get_visible()]


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("picture", PICTURES)
def test_every_picture_is_whole_in_both_languages(picture, language):
    use_language(language)
    figure = PICTURES[picture]()
    canvas = FigureCanvasAgg(figure)
    canvas.draw()
    width, height = figure.canvas.get_width_height()
    for text in words(figure):
        box = text.get_window_extent()
        assert box.x0 >= -1 and box.x1 <= width + 1, text.get_text()
        assert box.y0 >= -1 and box.y1 <= height + 1, text.get_text()
        assert text.get_fontsize() >= 11


def test_the_bars_are_the_shares():
    coverage = tag_coverage(tagged())
    figure = coverage_bars(coverage, CATALOGUE)
    assert sorted(bar.get_width() for bar in figure.axes[0].patches) == sorted(coverage["share"])
    shown = " ".join(text.get_text() for text in words(figure))
    assert "no customer" in shown and all(str(tag.name) in shown for tag in CATALOGUE.values())


def test_the_heat_map_shows_each_pair_once():
    overlap = tag_overlap(tagged())
    tags = list(CATALOGUE)[-4:]
    figure = overlap_heat(overlap, CATALOGUE, tags)
    numbers = [text.get_text() for text in figure.axes[0].texts if text.get_text()]
    expected = [f"{overlap.loc[a, b] * 100:.0f}" for i, a in enumerate(tags) for b in tags[:i]]
    assert numbers == expected


def test_a_light_is_told_by_word_and_shape_too():
    card = scorecard(KPIS)
    figure = score_card(card)
    shown = [text.get_text() for text in figure.axes[0].texts]
    assert all(label(light) in text for light, text in zip(card["light"], shown, strict=True))
    assert shown[0] == "96.2%  watch"
    assert len({marker for _, marker in LIGHT.values()}) == len(LIGHT)


def test_tiers_in_use_shows_customers_and_mean_value_of_both_sides():
    customers, mean = governance.tiers_in_use(*TIERS).axes
    assert [bar.get_height() for bar in customers.patches] == [1, 1, 2, 2, 0, 2]
    assert [bar.get_height() for bar in mean.patches] == [12_600, 600, 50, 6_600, 0, 50]


def test_exposure_shows_shares_that_add_up_and_names_each_column():
    figure = governance.exposure(exposure(PEOPLE, ["city", "birth_year"], k=3))
    ax = figure.axes[0]
    widths = [[round(float(bar.get_width()), 3) for bar in part] for part in ax.containers]
    assert widths == [[0, 0.333], [0, 0.667], [1, 0]]
    assert [tick.get_text() for tick in ax.get_yticklabels()] == ["city", "+ birth year"]

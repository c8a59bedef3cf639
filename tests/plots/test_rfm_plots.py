"""RFM pictures show the numbers they are given, in both languages, also when there are none."""

import pandas as pd
import pytest

from custseg_helpers.plots import rfm as pictures
from custseg_helpers.tiers.rfm import rfm_scores, segments8
from custseg_helpers.words.text import use_language


@pytest.fixture
def facts():
    table = {"recency_days": [1, 5, 40, 90], "frequency": [9, 1, 1, 2], "monetary": [900.0, 50.0, 30.0, 20.0]}
    return pd.DataFrame(table, index=["C1", "C2", "C3", "C4"])


def texts(figure):
    return [text.get_text() for ax in figure.axes for text in ax.texts]


def test_heat_map_counts_each_cell(facts):
    scores = rfm_scores(facts)
    figure = pictures.heat_map(scores)
    shown = pd.Series(texts(figure)).astype(int).to_numpy().reshape(5, 5)
    assert shown.sum() == 4
    for r, f in scores[["r_score", "f_score"]].itertuples(index=False):
        assert shown[5 - r, f - 1] > 0


def test_score_sizes_show_the_piled_up_score(facts):
    scores = rfm_scores(facts)
    figure = pictures.score_sizes(scores)
    heights = [bar.get_height() for bar in figure.axes[1].patches]
    assert heights == scores["f_score"].value_counts().reindex(range(1, 6), fill_value=0).tolist()


def test_segment_sizes_add_up(facts):
    segment = segments8(rfm_scores(facts))
    figure = pictures.segment_sizes(facts, segment)
    widths = [bar.get_width() for bar in figure.axes[0].patches]
    assert sum(widths) == pytest.approx(200)
    assert max(widths) == pytest.approx(90)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_picture_is_drawn_in_both_languages(facts, language, tmp_path):
    use_language(language)
    scores = rfm_scores(facts)
    segment = segments8(scores)
    figures = [
        pictures.measures(facts),
        pictures.score_sizes(scores),
        pictures.heat_map(scores),
        pictures.segment_sizes(facts, segment),
        pictures.overview(facts, scores, segment),
    ]
    for number, figure in enumerate(figures):
        figure.savefig(tmp_path / f"{number}.png")
        assert all(ax.get_xlabel() for ax in figure.axes)
    assert ("得分" in figures[2].axes[0].get_xlabel()) == (language == "zh")

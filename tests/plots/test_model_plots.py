"""Pictures of clusters and CLV: in both languages, whole, with names on the axes, and true to their tables."""

from functools import cache

import numpy as np
import pandas as pd
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.text import Text

from custseg_helpers.facts.per_customer import order_facts
from custseg_helpers.mapping.load import load
from custseg_helpers.plots import clusters as cluster_plots
from custseg_helpers.plots import clv as clv_plots
from custseg_helpers.tiers import cluster_count, clusters, clv, clv_holdout, kmeans
from custseg_helpers.words.text import use_language

COLUMNS = ["recency_days", "frequency", "monetary"]


@cache
def retail():
    """Every result that is drawn, from the retail company."""
    company = load("retail")
    facts = order_facts(company.orders, company.as_of)
    preparation = clusters.prepare(facts, COLUMNS)
    points = clusters.scaled(facts, preparation)
    model = clusters.fit_clusters(facts, preparation, 4)
    split = company.as_of - pd.Timedelta(days=180)
    history = clv.purchase_history(company.orders, company.as_of)
    purchases, spend = clv.fit_purchases(history), clv.fit_spend(history)
    check = clv_holdout.validate(company.orders, split, company.as_of)
    return {
        "facts": facts,
        "points": points,
        "model": model,
        "groups": clusters.assign(facts, model),
        "table": cluster_count.choose_k(points.iloc[:600], range(2, 6)),
        "steps": kmeans.kmeans_steps(points, 4, seed=2),
        "purchases": purchases,
        "check": check,
        "split": split,
        "curve": clv_holdout.repeat_curve(company.orders, split, company.as_of, check.model),
        "clv": clv.customer_value(history, purchases, spend, margin=0.3)["clv"],
    }


PICTURES = {
    "choosing k": lambda r: cluster_plots.choosing_k(r["table"]),
    "groups": lambda r: cluster_plots.groups(
        r["facts"], r["groups"], "recency_days", "monetary", clusters.centres(r["model"])
    ),
    "beside reference": lambda r: cluster_plots.beside_reference(r["points"], 4),
    "steps": lambda r: cluster_plots.steps(r["points"], r["steps"], "recency_days", "monetary"),
    "curve": lambda r: clv_plots.repeat_curve(r["curve"], r["split"]),
    "alive": lambda r: clv_plots.alive_matrix(r["purchases"]),
    "holdout": lambda r: clv_plots.holdout(r["check"]),
    "value and potential": lambda r: clv_plots.value_and_potential(r["facts"]["monetary"], r["clv"]),
}


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("picture", PICTURES)
def test_whole_and_in_one_language(picture, language, monkeypatch):
    use_language(language)
    figure = PICTURES[picture](retail())
    drawn, draw = set(), Text.draw
    monkeypatch.setattr(Text, "draw", lambda text, renderer: (drawn.add(text), draw(text, renderer)))
    FigureCanvasAgg(figure).draw()  # a missing glyph is an error
    said = [text for text in drawn if text.get_text().strip() and text.get_visible()]
    for text in said:
        box = text.get_window_extent()
        assert box.x0 > -1 and box.y0 > -1, text.get_text()
        assert box.x1 < figure.bbox.width + 1 and box.y1 < figure.bbox.height + 1, text.get_text()
        assert text.get_fontsize() >= 10
    words = " ".join(text.get_text() for text in said)
    assert any("\u4e00" <= letter <= "\u9fff" for letter in words) == (language == "zh")
    assert "_" not in words, "a code was left untranslated"


def test_groups_differ_by_shape_and_colour_and_all_customers_are_there():
    figure = PICTURES["groups"](retail())
    *clouds, marks = figure.axes[0].collections
    assert sum(len(cloud.get_offsets()) for cloud in clouds) == len(retail()["facts"])
    assert (
        len({tuple(cloud.get_facecolor()[0]) for cloud in clouds})
        == 4
        == len({cloud.get_paths()[0].vertices.tobytes() for cloud in clouds})
    )
    assert np.allclose(marks.get_offsets(), clusters.centres(retail()["model"])[["recency_days", "monetary"]])


def test_choosing_k_shows_the_numbers_of_its_table():
    table = retail()["table"]
    elbow, silhouette, stability, border = PICTURES["choosing k"](retail()).axes
    assert np.allclose(elbow.lines[0].get_ydata(), 100 - 100 * table["explained"])
    assert np.allclose(elbow.lines[1].get_ydata(), 100 - 100 * table["reference"])
    assert np.allclose(silhouette.lines[0].get_ydata(), table["silhouette"])
    assert np.allclose(stability.lines[0].get_ydata(), table["stability"])
    assert np.allclose(border.lines[0].get_ydata(), table["border"])


def test_steps_show_the_first_and_the_last():
    steps = retail()["steps"]
    titles = [ax.get_title() for ax in PICTURES["steps"](retail()).axes if ax.get_visible()]
    assert titles[0] == "step 1" and titles[-1] == f"step {len(steps)} (settled)"
    few = kmeans.kmeans_steps(pd.DataFrame({"a": [0.0, 1, 9, 10], "b": [0.0, 1, 9, 10]}), 2)
    shown = [
        ax
        for ax in cluster_plots.steps(
            pd.DataFrame({"a": [0.0, 1, 9, 10], "b": [0.0, 1, 9, 10]}), few, "a", "b"
        ).axes
        if ax.get_visible()
    ]
    assert len(shown) == min(len(few), 6)


def test_the_matrix_says_what_the_model_says():
    model = retail()["purchases"]
    table = PICTURES["alive"](retail()).axes[0].images[0].get_array()
    row = pd.DataFrame(
        {
            "repeat_purchases": [3],
            "last_purchase_day": [365 - 2 * 365 // 12],
            "observed_days": [365],
            "mean_spend": [9.0],
        }
    )
    assert table[2, 2] == pytest.approx(clv.alive_probability(row, model).iloc[0])
    assert (np.diff(table, axis=1) <= 0).all()


def test_the_holdout_picture_counts_every_customer():
    figure = PICTURES["holdout"](retail())
    ticks = [text.get_text() for text in figure.axes[0].get_xticklabels()]
    counted = sum(int(tick.split("(")[1].rstrip(")").replace(",", "")) for tick in ticks)
    assert counted == len(retail()["check"].customers) and ticks[-1].startswith("7+")

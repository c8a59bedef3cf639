"""Pictures of how k-means works: in both languages, whole, and true to what they are given."""

import numpy as np
import pandas as pd
import pytest

from custseg_helpers.plots import clusters as cluster_plots
from custseg_helpers.plots import kmeans as pictures
from custseg_helpers.tiers.cluster_count import way_between
from custseg_helpers.tiers.clusters import prepare, scaled
from custseg_helpers.tiers.kmeans import half_steps, kmeans_steps
from custseg_helpers.words.text import T, use_language

FEW = pd.DataFrame(
    {"frequency": [1, 4, 1, 8, 9, 7], "hundred_yuan": [1, 1, 4, 5, 10, 9]}, index=list("ABCDEF")
)


def crowd():
    rng = np.random.default_rng(1)
    days = np.concatenate([rng.normal(60, 20, 100), rng.normal(500, 20, 100)]).clip(1)
    yuan = np.concatenate([rng.lognormal(7.5, 0.3, 100), rng.lognormal(5, 0.3, 100)])
    return pd.DataFrame({"recency_days": days, "monetary": yuan})


def prepared():
    table = crowd()
    preparation = prepare(table, list(table), log=["monetary"])
    return scaled(table, preparation), preparation


def at_work(number):
    points, preparation = prepared()
    halves = half_steps(points, kmeans_steps(points, 2, seed=1))
    left = [half.inertia / 400 for half in halves]
    sides = {T(zh="左", en="left"): (points, halves, left), T(zh="右", en="right"): (points, halves, left)}
    return pictures.at_work(sides, number, preparation)


def same_plane():
    points, preparation = prepared()
    groups = pd.Series(["cluster_1"] * 100 + ["cluster_2"] * 100)
    return pictures.same_plane(points, {"one": groups, "two": groups}, preparation)


FIGURES = {
    "ruler": lambda: pictures.ruler(FEW, "A", "F"),
    "rounds": lambda: pictures.rounds(FEW, kmeans_steps(FEW, 2, seed=24)),
    "same plane": same_plane,
    "walk": lambda: cluster_plots.walk({"x": way_between(prepared()[0], 2)}),
    "at work": lambda: at_work(3),
    "before the start": lambda: at_work(0),
    "after the end": lambda: at_work(99),
    "tastes": lambda: cluster_plots.tastes(
        pd.DataFrame({"fresh": [0.9, 0.2], "baby": [0.1, 0.8]}, index=["cluster_1", "cluster_2"]),
        pd.Series({"cluster_1": 3, "cluster_2": 5}),
    ),
}


def texts(figure):
    return [text.get_text() for ax in figure.axes for text in [*ax.texts, ax.title]]


@pytest.mark.parametrize("figure", FIGURES.values(), ids=FIGURES.keys())
@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_picture_is_whole_in_both_languages(figure, language):
    use_language(language)
    try:
        assert figure()._repr_png_().startswith(b"\x89PNG")
    finally:
        use_language("en")


def test_the_ruler_shows_the_distances_and_the_two_differences():
    assert {"3.0", "8.1", "10.0", "12.0", "6", "8"} <= set(texts(FIGURES["ruler"]()))


def test_the_rounds_start_join_move_and_settle():
    use_language("en")
    titles = [text for text in texts(FIGURES["rounds"]()) if text[:1].isdigit() and ". " in text]
    assert [title[0] for title in titles] == list("012345")
    assert "Start" in titles[0] and "Join" in titles[3] and "Move" in titles[4] and "Settled" in titles[5]


def test_axes_of_a_prepared_plane_read_in_yuan():
    ax = same_plane().axes[0]
    assert "1,000" in [tick.get_text() for tick in ax.get_yticklabels()]


def test_a_walk_between_two_real_groups_is_empty_half_way():
    ax = FIGURES["walk"]().axes[0]
    heights = {round(bar.get_x() + bar.get_width() / 2, 2): bar.get_height() for bar in ax.patches}
    assert heights[0.5] == 0 < min(heights[0.0], heights[1.0]) and "= 0.00" in ax.get_title()


def test_half_steps_join_and_move_in_turn_and_the_squares_never_rise():
    steps = kmeans_steps(FEW, 2, seed=24)
    halves = half_steps(FEW, steps)
    assert len(halves) == 2 * len(steps) - 1
    assert [half.centres.to_numpy().tolist() for half in halves[::2]] == [
        step.centres.to_numpy().tolist() for step in steps
    ]
    for before, after in zip(halves[1::2], halves[2::2], strict=True):
        assert before.centres.equals(after.centres)
    squares = [half.inertia for half in halves]
    assert squares == sorted(squares, reverse=True) and squares[-1] == 28.0

"""The cluster explorer without a browser: it tells the steps truly, at both ends of every control."""

import numpy as np
import pandas as pd
import pytest

from custseg_helpers.company.company import SAMPLES, load_sample
from custseg_helpers.explore import clusters
from custseg_helpers.facts.per_customer import order_facts
from custseg_helpers.tiers.cluster_count import choose_k, structure
from custseg_helpers.tiers.clusters import prepare, scaled

pytestmark = pytest.mark.slow

START = {"crowd": "own", "ruler": "ready", "k": 4, "start": 1, "step": 1}


@pytest.fixture(scope="module")
def facts():
    company = load_sample("retail")
    return order_facts(company.orders, company.as_of)


def table(view):
    return next(iter(view.tables.values()))


def explained(view):
    """Read the two shares out of the sentence: this crowd, and the reference."""
    return [int(word.rstrip("%")) for word in view.words.en.split() if word.endswith("%")]


def test_the_share_explained_never_falls_and_everybody_is_somewhere(facts):
    views = [clusters.view(facts, **START | {"step": step}) for step in (1, 2, 3, 6, 12, 40)]
    assert all(np.isclose(table(view)["share"].sum(), 1, atol=0.002) for view in views)
    for side in (0, 1):
        told = [explained(view)[side] for view in views]
        assert told == sorted(told)


def test_before_the_first_step_nobody_has_joined_and_beyond_the_last_nothing_moves(facts):
    assert "nobody has joined" in clusters.view(facts, **START | {"step": 0}).words.en
    ends = [clusters.view(facts, **START | {"step": step}) for step in (39, 40)]
    assert "settled" in ends[0].words.en
    pd.testing.assert_frame_equal(table(ends[0]), table(ends[1]))


def test_the_number_of_customers_who_change_is_counted(facts):
    view = clusters.view(facts, **START | {"step": 3})
    moved = int(view.words.en.split(", ")[1].split()[0])
    assert 0 < moved < clusters.MOST and "average" in clusters.view(facts, **START | {"step": 2}).words.en


def test_real_customers_look_like_the_reference_and_made_up_groups_do_not(facts):
    real = explained(clusters.view(facts, **START | {"step": 40}))
    assert abs(real[0] - real[1]) <= 8
    found = explained(clusters.view(facts, **START | {"crowd": "made_up", "k": 3, "step": 40}))
    assert found[0] > 85 and found[0] - found[1] > 20


def test_a_bad_start_ends_in_a_bad_place_and_another_start_does_not(facts):
    made_up = START | {"crowd": "made_up", "k": 3, "step": 40}
    stuck, good = (explained(clusters.view(facts, **made_up | {"start": start}))[0] for start in (5, 1))
    assert stuck < 60 < 90 < good


def test_the_made_up_groups_are_clear_and_found_whole():
    table = clusters.made_up()
    points = scaled(table, prepare(table, clusters.COLUMNS, log=["monetary"]))
    verdict = structure(choose_k(points, range(2, 6)))
    assert (verdict.code, verdict.k) == ("clear", 3)


def test_as_it_is_the_groups_are_bands_of_money(facts):
    bands = table(clusters.view(facts, **START | {"ruler": "as_it_is", "step": 40}))
    ready = table(clusters.view(facts, **START | {"step": 40}))
    assert bands["share"].max() > 0.6 > ready["share"].max()
    assert ready["recency_days"].max() > 1.5 * bands["recency_days"].max()


@pytest.mark.parametrize(
    "setting", [{"k": 2}, {"k": 6, "start": 9}, {"crowd": "made_up", "ruler": "as_it_is"}]
)
def test_every_setting_draws(facts, setting):
    view = clusters.view(facts, **START | setting | {"step": 7})
    assert view.figure._repr_png_().startswith(b"\x89PNG")


@pytest.mark.parametrize("name", SAMPLES)
def test_it_opens_on_every_company(name):
    assert bytes(clusters.show(load_sample(name)).png).startswith(b"\x89PNG")

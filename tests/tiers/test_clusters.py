"""Clusters: the same on every run, honest where there is nothing, and no way to mistake a number for a rank."""

import json
import subprocess
import sys
from itertools import pairwise

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.cluster import KMeans
from sklearn.metrics import adjusted_rand_score

from custseg_helpers.tags.evaluate import evaluate
from custseg_helpers.tags.kinds import column_kinds
from custseg_helpers.tags.rules import parse_rule
from custseg_helpers.tiers import cluster_count, cluster_kin, cluster_rules, clusters, kmeans
from custseg_helpers.words.text import UserError

pytestmark = pytest.mark.slow

COLUMNS = ["recency_days", "frequency", "monetary"]


def facts(n=600, seed=0):
    """Three kinds of customers that surely exist, money on another scale than days and orders; and who is who."""
    rng = np.random.default_rng(seed)
    kind = rng.integers(0, 3, n)
    table = pd.DataFrame(
        {
            "recency_days": np.array([20, 200, 60])[kind] + rng.integers(0, 25, n),
            "frequency": np.array([20, 2, 6])[kind] + rng.integers(0, 3, n),
            "monetary": np.round(np.array([9000.0, 300.0, 2000.0])[kind] * rng.lognormal(0, 0.1, n), 2),
        },
        index=pd.Index([f"C{number:04d}" for number in range(n)], name="customer_id"),
    )
    return table, pd.Series(np.array(["often", "gone", "between"])[kind], index=table.index)


def crowd(kind, n=1000, seed=0):
    """Customers without any groups, of all sorts."""
    rng = np.random.default_rng(seed)
    slanted = rng.multivariate_normal([0, 0, 0], [[1, 0.8, 0.6], [0.8, 1, 0.7], [0.6, 0.7, 1]], n)
    made = {
        "even": lambda: rng.random((n, 3)),
        "even, two columns": lambda: rng.random((n, 2)),
        "normal": lambda: rng.normal(size=(n, 3)),
        "correlated": lambda: slanted,
        "skewed": lambda: np.exp(1.5 * rng.normal(size=(n, 3))),
        "skewed and correlated": lambda: np.exp(slanted),
        "exponential": lambda: rng.exponential(size=(n, 3)),
        "heavy-tailed": lambda: rng.standard_t(3, size=(n, 3)),
        "whole numbers": lambda: rng.integers(1, 8, (n, 3)).astype(float),
    }[kind]()
    return pd.DataFrame(made, columns=list("abc")[: made.shape[1]])


CROWDS = [
    "even",
    "even, two columns",
    "normal",
    "correlated",
    "skewed",
    "skewed and correlated",
    "exponential",
    "heavy-tailed",
    "whole numbers",
]


def points_of(table):
    return clusters.scaled(table, clusters.prepare(table, list(table.columns)))


def modelled(table, k=3, **options):
    return clusters.fit_clusters(table, clusters.prepare(table, COLUMNS), k, **options)


# the same every time


def test_the_groups_that_exist_are_found():
    table, truth = facts()
    assert adjusted_rand_score(truth, clusters.assign(table, modelled(table))) == 1


@given(st.randoms(use_true_random=False))
@settings(max_examples=10)
def test_any_row_order_gives_the_same_to_the_last_bit(random):
    table, _ = facts(200)
    ids = list(table.index)
    random.shuffle(ids)
    mixed = table.loc[ids]
    assert modelled(mixed) == modelled(table)
    groups = clusters.assign(table, modelled(table))
    pd.testing.assert_series_equal(clusters.assign(mixed, modelled(mixed)).loc[table.index], groups)
    assert cluster_rules.rules(mixed, groups.loc[ids], COLUMNS).equals(
        cluster_rules.rules(table, groups, COLUMNS)
    )
    one, two = (kmeans.kmeans_steps(points_of(rows), 3) for rows in (table, mixed))
    assert [step.inertia for step in one] == [step.inertia for step in two]
    assert one[-1].groups.equals(two[-1].groups.loc[table.index])


def test_choosing_k_is_the_same_in_any_row_order():
    table, _ = facts(300)
    one, two = (
        cluster_count.choose_k(points_of(rows), range(2, 4))
        for rows in (table, table.sample(frac=1, random_state=1))
    )
    pd.testing.assert_frame_equal(one, two, check_exact=True)


def test_numbers_do_not_change_from_run_to_run():
    """Counterfeit: scikit-learn's own labels, which another seed permutes."""
    table, _ = facts()
    ours = [clusters.assign(table, modelled(table, seed=seed)) for seed in range(6)]
    raw = [KMeans(3, n_init=10, random_state=seed).fit_predict(points_of(table)) for seed in range(6)]
    assert all(groups.equals(ours[0]) for groups in ours)
    assert len({tuple(labels) for labels in raw}) > 1
    assert all(adjusted_rand_score(raw[0], labels) == 1 for labels in raw)


def test_numbers_go_down_the_chosen_column():
    table, truth = facts()
    for column in COLUMNS:
        model = modelled(table, order_by=column)
        middles = clusters.centres(model)[column]
        assert middles.is_monotonic_decreasing and middles.index.tolist() == [
            "cluster_1",
            "cluster_2",
            "cluster_3",
        ]
    assert modelled(table)["order_by"] == "monetary"
    assert (clusters.assign(table, modelled(table))[truth == "often"] == "cluster_1").all()


def test_refreshing_keeps_the_number_although_the_order_has_changed():
    """Counterfeit: numbering by value alone. The best group falls behind, and all its customers change their name."""
    table, truth = facts()
    old = modelled(table)
    later = table.copy()
    later.loc[truth == "often", "monetary"] *= 0.15  # from 9,000 to 1,350 yuan: now behind the group between
    new = clusters.refit(later, old)
    assert clusters.assign(later, new).equals(clusters.assign(table, old))
    assert not clusters.assign(later, modelled(later)).equals(clusters.assign(table, old))


def test_drift_tells_a_moved_group_from_a_new_one():
    table, truth = facts()
    old = modelled(table)
    same = clusters.drift(old, clusters.refit(facts(seed=5)[0], old))
    assert same["same"].all() and (same["moved"] < 0.2).all()
    replaced = table.copy()
    replaced.loc[truth == "gone"] = [400, 60, 90_000.0]
    assert not clusters.drift(old, clusters.refit(replaced, old))["same"].all()


def test_more_than_a_sample_gives_the_groups_of_a_full_fit():
    rng = np.random.default_rng(0)
    big = pd.DataFrame(rng.lognormal(size=(120_000, 3)), columns=COLUMNS)
    model = modelled(big, k=4)
    full = KMeans(4, n_init=3, random_state=0).fit_predict(clusters.scaled(big, model["preparation"]))
    assert adjusted_rand_score(full, clusters.assign(big, model)) >= 0.97
    assert sum(model["shares"]) == pytest.approx(1, abs=1e-5) and model["customers"] == 120_000


# the traps of the lesson


def test_unscaled_money_drowns_the_rest():
    """Counterfeit: k-means on raw columns. Noise in yuan decides, and the two kinds of customers are not seen."""
    rng = np.random.default_rng(0)
    loyal = rng.random(800) < 0.5
    table = pd.DataFrame(
        {
            "frequency": np.where(loyal, 20, 2) + rng.integers(0, 4, 800),
            "recency_days": np.where(loyal, 10, 90) + rng.integers(0, 20, 800),
            "monetary": np.round(rng.uniform(1_000, 90_000, 800), 2),
        }
    )
    assert adjusted_rand_score(loyal, clusters.assign(table, modelled(table, k=2))) == 1
    assert adjusted_rand_score(loyal, KMeans(2, n_init=10, random_state=0).fit_predict(table)) < 0.05


def test_the_codes_are_words_and_cannot_be_averaged():
    table, _ = facts()
    groups = clusters.assign(table, modelled(table))
    with pytest.raises(TypeError):
        groups.mean()


# is there anything?


@pytest.mark.parametrize("kind", CROWDS)
@pytest.mark.parametrize("n", [250, 900])
def test_a_crowd_without_groups_never_gets_clear_structure(kind, n):
    table = cluster_count.choose_k(points_of(crowd(kind, n)), range(2, 7))
    verdict = cluster_count.structure(table)
    assert verdict.code in ("continuum", "none") and "No clear structure" in verdict.text.en
    assert (verdict.k is None) == (verdict.code == "none")


def test_silhouette_or_chance_alone_would_have_seen_groups_there():
    """Counterfeits: "silhouette above 0.25" and "explains more than a random cloud" both fall for a skewed crowd."""
    table = cluster_count.choose_k(points_of(crowd("skewed")), range(2, 7))
    assert (table["silhouette"] > 0.25).any() and (table["explained"] > table["reference"] + 0.02).any()
    assert (table["stability"] > 0.8).any()
    assert cluster_count.structure(table).code == "continuum"


@pytest.mark.parametrize("seed", [0, 1, 2])
@pytest.mark.parametrize(("groups", "columns"), [(2, 2), (3, 3), (4, 5)])
def test_groups_that_stand_apart_get_clear_structure(groups, columns, seed):
    rng = np.random.default_rng(seed)
    middles = 6 * np.eye(max(groups, columns))[:groups, :columns]
    middles[columns:] = 6  # a corner of its own for each
    points = pd.DataFrame(middles[rng.integers(0, groups, 900)] + rng.normal(size=(900, columns)))
    verdict = cluster_count.structure(cluster_count.choose_k(points, range(2, 7)))
    assert (verdict.code, verdict.k) == ("clear", groups)
    assert f"{groups} groups" in verdict.text.en and f"{groups} 个群" in verdict.text.zh


def test_the_reference_has_the_same_spread_and_no_groups():
    table, _ = facts()
    points = points_of(table)
    cloud = cluster_count.reference(points)
    assert np.allclose(cloud.cov(), points.cov(), atol=0.15) and np.allclose(
        cloud.mean(), points.mean(), atol=0.15
    )
    assert cluster_count.structure(cluster_count.choose_k(cloud, range(2, 6))).code != "clear"


def test_too_few_customers_to_tell():
    verdict = cluster_count.structure(cluster_count.choose_k(points_of(facts(40)[0]), range(2, 4)))
    assert verdict.code == "none" and "40 customers" in verdict.text.en


# where a verdict tips over


def seen(rows, customers=60):
    """Return a table as `choose_k` makes it: k → (stability, border, border_reference, silhouette)."""
    names = ["stability", "border", "border_reference", "silhouette"]
    table = pd.DataFrame.from_dict(rows, orient="index", columns=names)
    table.attrs["customers"] = customers
    return table


@pytest.mark.parametrize(
    ("row", "customers", "code"),
    [
        ((0.80, 0.75, 0.75, 0.5), 60, "clear"),
        ((0.80, 0.75, 0.75, 0.5), 59, "none"),
        ((0.7999, 0.75, 0.75, 0.5), 60, "none"),
        ((0.80, 0.7501, 0.90, 0.5), 60, "continuum"),
        ((0.80, 0.40, 0.40, 0.5), 60, "clear"),
        ((0.80, 0.4001, 0.40, 0.5), 60, "continuum"),
    ],
    ids=[
        "on every line",
        "a customer short",
        "not the same again",
        "no room",
        "as chance",
        "worse than chance",
    ],
)
def test_both_sides_of_each_line_of_the_verdict(row, customers, code):
    verdict = cluster_count.structure(seen({3: row}, customers))
    assert (verdict.code, verdict.k) == (code, None if code == "none" else 3)


def test_clear_takes_the_most_groups_and_a_continuum_the_best_silhouette_that_comes_out_again():
    clear = {2: (0.9, 0.2, 0.9, 0.8), 3: (0.9, 0.3, 0.9, 0.4), 4: (0.7, 0.1, 0.9, 0.9)}
    assert cluster_count.structure(seen(clear)).k == 3
    crowded = {k: (stability, 1.0, 0.9, silhouette) for k, (stability, _, _, silhouette) in clear.items()}
    verdict = cluster_count.structure(seen(crowded))
    assert (verdict.code, verdict.k) == ("continuum", 2)


def test_what_counts_as_half_way_and_as_at_a_centre():
    """Nearer than 0.15 of the way; the count half-way is raised by two chance errors: (3 + 2·√4) / 4."""
    way = [0.0] * 4 + [0.5] * 3 + [1.0] * 9
    assert cluster_count._crowding(np.array(way)) == 7 / 4
    assert cluster_count._crowding(np.array([*way, 0.15])) == 7 / 4
    assert cluster_count._crowding(np.array([*way, 0.149])) == 7 / 5
    assert cluster_count._crowding(np.array([*way, *[0.351] * 5])) == (8 + 2 * 3) / 4
    assert cluster_count._crowding(np.array([0.5] * 3)) == 7


# a model is a file


def test_a_saved_model_assigns_the_same_and_holds_only_data(tmp_path):
    table, _ = facts()
    model = modelled(table)
    path = tmp_path / "clusters.json"
    clusters.save_model(model, path)
    assert clusters.load_model(path) == model
    assert json.loads(path.read_text("utf-8"))["kind"] == "clusters"
    new = facts(50, seed=9)[0]
    assert clusters.assign(new, clusters.load_model(path)).equals(clusters.assign(new, model))


@pytest.mark.parametrize(
    "text",
    ["", "[]", '{"kind": "other"}', '{"kind": "clusters", "shares": [1], "centres": []}', "cos\nsystem"],
)
def test_any_other_file_is_refused(tmp_path, text):
    path = tmp_path / "model.json"
    path.write_text(text, "utf-8")
    with pytest.raises(UserError, match="no file of a cluster model"):
        clusters.load_model(path)


def test_new_customers_one_by_one_get_what_all_at_once_get():
    table, _ = facts()
    model = modelled(table)
    together = clusters.assign(table, model)
    assert [clusters.assign(table.loc[[one]], model).iloc[0] for one in table.index[:25]] == together[
        :25
    ].tolist()
    nobody = clusters.assign(table.iloc[:0], model)
    assert nobody.empty and nobody.name == "cluster" and nobody.index.name == "customer_id"


# what is not there


def test_missing_values_are_unknown_and_counted():
    table, _ = facts()
    holed = table.astype("float64")
    holed.iloc[3, 0], holed.iloc[5, 2] = np.nan, np.inf
    preparation = clusters.prepare(holed, COLUMNS)
    groups = clusters.assign(holed, clusters.fit_clusters(holed, preparation, 3))
    assert groups[groups == "unknown"].index.tolist() == [table.index[3], table.index[5]]
    assert (
        groups.attrs["left_out"] == {"no_value": 2} == clusters.scaled(holed, preparation).attrs["left_out"]
    )


def test_the_callers_table_stays_as_it_was():
    table, _ = facts()
    before = table.copy()
    model = modelled(table)
    cluster_rules.rules(table, clusters.assign(table, model), COLUMNS)
    cluster_count.choose_k(points_of(table), [2])
    pd.testing.assert_frame_equal(table, before)


def test_more_returned_than_bought_stays_in():
    table, _ = facts()
    table.loc["C0007", "monetary"] = -500.0
    preparation = clusters.prepare(table, COLUMNS, log=["monetary"])
    assert np.isfinite(clusters.scaled(table, preparation)).all(axis=None)
    middles = clusters.centres(clusters.fit_clusters(table, preparation, 3))
    assert middles["monetary"].between(-500, 12_000).all()


@pytest.mark.parametrize(
    ("call", "says"),
    [
        (lambda t: clusters.prepare(t, ["frequency", "visits"]), "visits"),
        (lambda t: clusters.prepare(t.assign(city="X"), ["city"]), "numbers only"),
        (lambda t: clusters.prepare(t.assign(frequency=3), ["frequency"]), "same for all"),
        (lambda t: clusters.prepare(t, []), "no column"),
        (lambda t: clusters.prepare(t.iloc[:1], COLUMNS), "two customers"),
        (lambda t: modelled(t, k=1), "2 to 12"),
        (lambda t: modelled(t, k=13), "2 to 12"),
        (lambda t: modelled(t, order_by="city"), "city"),
        (lambda t: modelled(t.iloc[[0, 1] * 20], k=3), "only 2 different"),
        (lambda t: clusters.assign(t[["frequency"]], modelled(t)), "lacks"),
        (lambda t: cluster_rules.rules(t, pd.Series("a", t.index), COLUMNS), "two groups"),
        (lambda t: cluster_kin.density_groups(pd.DataFrame({"x": range(20_001)}), 5), "20,000"),
    ],
)
def test_what_cannot_be_done_is_said_in_words(call, says):
    with pytest.raises(UserError, match=says):
        call(facts()[0])


# names and rules


def test_names_are_different_and_in_both_languages():
    rng = np.random.default_rng(0)
    for k in range(2, 9):
        model = {
            "preparation": dict.fromkeys([*COLUMNS, "visits"]),
            "centres": rng.normal(size=(k, 4)).round(1).tolist(),
        }
        model["centres"][1] = model["centres"][0]
        names = clusters.cluster_names(model)
        assert len({name.en for name in names.values()}) == len({name.zh for name in names.values()}) == k


def test_rules_are_tag_rules_that_part_all_customers():
    """Counterfeit: overlapping rules. Here every customer meets exactly one, and the numbers in the table are true."""
    table = crowd("skewed and correlated", 2000, seed=4)
    groups = clusters.assign(table, clusters.fit_clusters(table, clusters.prepare(table, ["a", "b", "c"]), 4))
    found = cluster_rules.rules(table, groups, ["a", "b", "c"])
    kinds = column_kinds(table)
    holds = evaluate({code: parse_rule(text, kinds) for code, text in found["rule"].items()}, table)
    assert (holds.sum(axis=1) == 1).all()
    for code, row in found.iterrows():
        chosen, member = holds[code], groups == code
        assert row["precision"] == pytest.approx((chosen & member).sum() / chosen.sum(), abs=1e-4)
        assert row["recall"] == pytest.approx((chosen & member).sum() / member.sum(), abs=1e-4)
        assert row["customers"] == member.sum()
    assert (
        found.attrs["agreement"] == pytest.approx((holds.idxmax(axis=1) == groups).mean(), abs=1e-4)
        and found.attrs["agreement"] > 0.75
    )


def test_rules_of_clear_groups_are_short_round_and_right():
    table, _ = facts()
    found = cluster_rules.rules(table, clusters.assign(table, modelled(table)), COLUMNS)
    assert found.attrs["agreement"] == 1 and (found[["precision", "recall"]] == 1).all(axis=None)
    assert found["rule"].str.len().max() < 50


@given(st.lists(st.floats(-1e6, 1e6), min_size=2, max_size=400, unique=True), st.data())
def test_rounding_moves_at_most_one_customer_in_200(values, data):
    ordered = np.sort(np.array(values))
    place = data.draw(st.integers(1, len(ordered) - 1))
    threshold = (ordered[place - 1] + ordered[place]) / 2
    rounded = cluster_rules._roundest(ordered, threshold)
    assert abs(int((ordered <= rounded).sum()) - int((ordered <= threshold).sum())) <= len(ordered) // 200


# step by step


@given(st.integers(0, 500), st.integers(2, 6))
@settings(max_examples=25)
def test_every_step_brings_the_centres_nearer(seed, k):
    points = points_of(crowd("skewed", 150, seed=1))
    steps = kmeans.kmeans_steps(points, k, seed=seed)
    energy = [step.inertia for step in steps]
    assert all(after <= before + 1e-9 for before, after in pairwise(energy))
    assert all((points == start).all(axis=1).any() for start in steps[0].centres.to_numpy())
    last = steps[-1]
    assert np.allclose(
        points.groupby(last.groups.to_numpy()).mean(), last.centres.loc[sorted(set(last.groups))], atol=1e-9
    )


def test_another_start_may_end_elsewhere():
    points = points_of(crowd("even", 300))
    ends = {round(kmeans.kmeans_steps(points, 4, seed=seed)[-1].inertia, 6) for seed in range(12)}
    assert len(ends) > 1
    best = kmeans.inertia(
        points.to_numpy(), c := kmeans.kmeans(points.to_numpy(), 4), kmeans.nearest(points.to_numpy(), c)
    )
    assert best <= min(ends) * 1.001


# relatives


def test_a_mixture_doubts_where_k_means_draws_a_line():
    rng = np.random.default_rng(0)
    points = pd.DataFrame({"x": np.r_[rng.normal(0, 1, 400), rng.normal(4, 1, 400), 2.0]})
    shares = cluster_kin.soft_groups(points, 2)
    assert np.allclose(shares.sum(axis=1), 1, atol=1e-5) and 0.2 < shares.iloc[-1, 0] < 0.8
    assert shares.loc[points["x"] > 4, "cluster_1"].min() > 0.9


def test_density_follows_a_shape_that_k_means_cuts():
    turn = np.random.default_rng(0).random(600) * 2 * np.pi
    radius = np.repeat([1.0, 5.0], 300) + np.random.default_rng(1).normal(0, 0.15, 600)
    rings = pd.DataFrame({"x": radius * np.cos(turn), "y": radius * np.sin(turn)})
    found = cluster_kin.density_groups(rings, 20)
    assert adjusted_rand_score(np.repeat([0, 1], 300), found) > 0.95
    assert (
        adjusted_rand_score(np.repeat([0, 1], 300), KMeans(2, n_init=5, random_state=0).fit_predict(rings))
        < 0.3
    )
    mixed = rings.sample(frac=1, random_state=2)
    assert cluster_kin.density_groups(mixed, 20).loc[rings.index].equals(found)


def test_importing_clusters_and_clv_loads_no_heavy_library():
    code = (
        "import sys; from custseg_helpers.tiers import cluster_count, cluster_kin, cluster_rules, clusters, clv, clv_holdout, kmeans; "
        "sys.exit(any(name in sys.modules for name in ('sklearn', 'scipy', 'matplotlib', 'seaborn')))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.filterwarnings("error")
def test_customers_who_nearly_coincide_bring_no_warning_of_a_library():
    alike = np.array([[0.0, 0.0], [1e-9, 0.0], [1.0, 1.0], [5.0, 5.0]])
    assert len(kmeans.kmeans(np.repeat(alike, 4, axis=0), 4)) == 4

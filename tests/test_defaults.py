"""What the package offers fits together: defaults work on defaults, and a wrong argument is answered in words."""

import pandas as pd
import pytest

import custseg_helpers as cs
from custseg_helpers.words.text import UserError, speaking


@pytest.fixture(scope="module")
def shop():
    return cs.load("retail")


@pytest.fixture(scope="module")
def facts(shop):
    return cs.order_facts(shop.orders, shop.as_of)


RFM = {"recency_days": (30, 90), "frequency": [2], "monetary": [500]}


@pytest.mark.parametrize("name", cs.SAMPLES)
def test_the_courses_tags_on_any_company(name):
    table = cs.customer_table(cs.load(name))
    tagged = cs.apply_tags(cs.read_catalogue(), table)
    lacking = tagged.attrs["not_computed"]
    assert set(tagged) | set(lacking) == set(cs.read_catalogue())
    assert {cs.read_catalogue()[tag].source for tag in lacking} <= set(table.attrs["lacking"])
    assert len(cs.tag_coverage(tagged)) == len(tagged.columns)
    assert cs.tag_overlap(tagged).shape[0] > 5
    assert len(cs.check_catalogue(cs.read_catalogue(), table, cs.load(name).as_of))


def test_a_misspelt_column_is_still_told(shop):
    tags = cs.parse_catalogue(
        "- {code: often, name: often, family: behaviour, type: rule, rule: frequencyy >= 5, definition: often,"
        " sensitivity: internal, source: orders}"
    )
    with pytest.raises(UserError, match="no column “frequencyy”"):
        cs.apply_tags(tags, cs.customer_table(shop))


def test_defaults_meet_defaults(shop, facts):
    scores = cs.rfm.rfm_scores(facts)
    segments = cs.rfm.segments8(scores)
    book = cs.playbook.load_playbook()
    order_value = facts["monetary"] / facts["frequency"]
    plan = cs.strategy.plan(segments, order_value)
    assert set(cs.playbook.play_of_tier(book)) >= set(segments)
    assert len(cs.playbook.playbook_table(book, segments)) == segments.nunique()
    assert len(cs.strategy.one_page(plan))
    assert cs.strategy.within_budget(plan, 1000)["cost"].sum() <= 1000
    assert len(cs.strategy.contact_list(segments, order_value, plan))
    assert cs.playbook.sample_playbook(facts.assign(segment=segments))
    assert cs.persona.profile(facts, segments).sizes["customers"].sum() == len(facts)
    assert len(cs.cuts.levels(facts["monetary"], cs.cuts.quantile_cuts(facts["monetary"]))) == len(facts)
    assert len(cs.behaviour.levels(facts["frequency"], cs.cuts.natural_cuts(facts["frequency"]))) == len(
        facts
    )
    assert len(cs.plots.value.cut_points(facts["monetary"], cs.cuts.quantile_cuts(facts["monetary"])).axes)
    assert len(cs.plots.rfm.heat_map(scores).axes)
    assert len(cs.lifecycle.stage(facts, cs.cycle.typical_gap(facts))) == len(facts)
    assert len(cs.quadrant.quadrants(facts["frequency"], facts["monetary"])) == len(facts)


def test_a_dict_of_cut_points_is_as_good_as_cuts(facts):
    assert cs.rfm.rfm_scores(facts, RFM).equals(cs.rfm.rfm_scores(facts, cs.rfm.Cuts(**RFM)))


@pytest.mark.parametrize(
    "wrong",
    [
        lambda f: cs.rfm.rfm_scores(f, {"recency": [30]}),
        lambda f: cs.rfm.rfm_scores(f, [30, 60]),
        lambda f: cs.rfm.rfm_snapshots({"2025-01-01": f}, {"frequency": [3]}),
        lambda f: cs.rfm.Cuts(30, 2, 100),
        lambda f: cs.rfm.Cuts({"low": 1}, [2], [100]),
        lambda f: cs.rfm.Cuts.from_dict([30]),
        lambda f: cs.cuts.levels(f["monetary"], {"medium": 100, "high": 1000}),
        lambda f: cs.cuts.levels(f["monetary"], 100),
        lambda f: cs.cuts.levels(f["monetary"], ["100", "1000"]),
        lambda f: cs.cuts.scale_bands(f["frequency"], f["monetary"], staff={"small": 20}),
        lambda f: cs.cuts.age_bands(f["frequency"], pd.Timestamp("2025-01-01"), {"young": 18}),
        lambda f: cs.value.abc(f["monetary"], {"A": 0.8, "B": 0.95}),
        lambda f: cs.value.abc(f["monetary"], 0.8),
        lambda f: cs.value.pareto(f["monetary"], {"A": 0.8, "B": 0.95}),
        lambda f: cs.quadrant.cut_line(f["monetary"], {"at": 3}),
        lambda f: cs.quadrant.quadrants(f["frequency"], f["monetary"], [2], None),
        lambda f: cs.behaviour.levels(f["monetary"], {"high": 3}),
        lambda f: cs.behaviour.price_sensitivity(f, {"low": 0.3}),
        lambda f: cs.plots.value.cut_points(f["monetary"], {"high": 3}),
        lambda f: cs.plots.behaviour.discount_shares(f, {"high": 0.3}),
    ],
)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_cut_points_of_another_kind_are_refused_in_words(facts, wrong, language):
    with speaking(language), pytest.raises(UserError):
        wrong(facts)


@pytest.mark.parametrize("name", ["orders.csv", "our orders.xlsx", "orders.parquet"])
def test_a_file_is_no_company_until_it_is_mapped(tmp_path, monkeypatch, name):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(UserError, match=rf"There is no “{name}”(.|\n)*custseg init {name}"):
        cs.load(name)
    (tmp_path / name).write_text("a,b\n1,2\n", encoding="utf-8")
    with pytest.raises(UserError, match=f'custseg init "?{name}"?, check the company.toml'):
        cs.load(name)
    with pytest.raises(UserError, match=rf'custseg init .*{name}"?, check'):
        cs.load(tmp_path)


def test_an_empty_folder_is_told_what_to_bring(tmp_path):
    with speaking("zh"), pytest.raises(UserError, match="custseg init 订单文件"):
        cs.load(tmp_path)

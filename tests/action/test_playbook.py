import itertools
from dataclasses import replace

import pandas as pd
import pytest
import yaml

from custseg_helpers.action.playbook import (
    ONE_YUAN,
    SAMPLE,
    SAMPLE_B2B,
    load_playbook,
    play_of_tier,
    playbook_table,
    sample_playbook,
)
from custseg_helpers.company.company import SAMPLES
from custseg_helpers.explore.strategy import full_plan
from custseg_helpers.mapping.load import load
from custseg_helpers.tiers import lifecycle, rfm
from custseg_helpers.words.text import UserError, use_language

ENTRY = yaml.safe_load(SAMPLE.read_text(encoding="utf-8"))["plays"]["vip"]


def write(tmp_path, entry, code="vip"):
    path = tmp_path / "mine.yaml"
    path.write_text(yaml.safe_dump({"plays": {code: entry}}, allow_unicode=True), encoding="utf-8")
    return path


@pytest.mark.parametrize("sample", [SAMPLE, SAMPLE_B2B])
def test_the_samples_serve_every_tiering_of_the_course(sample):
    home = play_of_tier(load_playbook(sample))
    every = pd.DataFrame(itertools.product(range(1, 6), repeat=3), columns=["r_score", "f_score", "m_score"])
    assert set(rfm.segments11(every)) | set(rfm.segments8(every)) <= set(home)
    assert set(lifecycle.STAGES) <= set(home)
    assert set("ABCD") | {"high", "medium", "low"} <= set(home)


def test_it_reads_in_both_languages():
    use_language("zh")
    assert playbook_table(load_playbook()).loc["champions", "goal"].startswith("留住")
    use_language("en")
    assert playbook_table(load_playbook()).loc["champions", "goal"].startswith("keep")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"extra_response": 12}, "extra_response.*12"),
        ({"extra_response": True}, "extra_response"),
        ({"margin_rate": -0.1}, "margin_rate"),
        ({"cost_per_contact": "1.5 yuan"}, "cost_per_contact.*1.5 yuan"),
        ({"cost_per_contact": float("inf")}, "cost_per_contact"),
        ({"contacts_per_quarter": 1.5}, "whole number"),
        ({"goal": "keep"}, "goal.*both languages"),
        ({"goal": {"zh": "留住"}}, "goal.*both languages"),
        ({"channel": None}, "lacks: channel"),
        ({"tiers": []}, "lacks: tiers"),
        ({"chanel": "sms"}, "chanel.*channel"),
    ],
)
def test_every_mistake_names_the_play_and_the_field(tmp_path, change, said):
    with pytest.raises(UserError, match=said) as error:
        load_playbook(write(tmp_path, {**ENTRY, **change}))
    assert "vip" in str(error.value) and "vip" in error.value.text.zh


def test_a_tier_in_two_plays_is_an_error(tmp_path):
    path = tmp_path / "two.yaml"
    path.write_text(yaml.safe_dump({"plays": {"vip": ENTRY, "other": ENTRY}}), encoding="utf-8")
    with pytest.raises(UserError, match=r"champions.*other.*vip"):
        load_playbook(path)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("plays:\n  vip: {tiers: [A\n", "line"),
        ("", "plays"),
        ("- 1\n", "plays"),
        ("plays: 3\n", "plays"),
        ("plays:\n  vip:\n", "lacks"),
    ],
)
def test_broken_files_say_where(tmp_path, content, said):
    path = tmp_path / "broken.yaml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(UserError, match=said):
        load_playbook(path)


def test_missing_and_gbk_files(tmp_path):
    with pytest.raises(UserError, match="no playbook"):
        load_playbook(tmp_path / "none.yaml")
    path = tmp_path / "gbk.yaml"
    path.write_bytes("plays: {重要: 1}".encode("gbk"))
    with pytest.raises(UserError, match="UTF-8"):
        load_playbook(path)


@pytest.mark.parametrize("company", SAMPLES)
def test_every_sample_company_has_a_playbook_that_fits(company):
    customers = load(company).customers
    wanted = SAMPLE_B2B if company in ("b2b", "pharma") else SAMPLE
    assert sample_playbook(customers) == load_playbook(wanted)


@pytest.mark.parametrize(("currency", "about"), [("USD", 0.14), ("GBP", 0.11), ("JPY", 22)])
def test_costs_are_in_the_money_of_the_company(currency, about):
    """Yuan costs taken off a profit in pounds promise nonsense: a coupon of 1.5 yuan is no 1.5 pounds."""
    customers = load("retail").customers
    at_home, abroad = sample_playbook(customers), sample_playbook(customers, currency)
    for code, play in abroad.items():
        assert play.cost_per_contact == pytest.approx(at_home[code].cost_per_contact * about, rel=0.02)
        assert play.extra_response == at_home[code].extra_response


def test_the_plan_of_a_company_in_pounds_earns_what_it_earns_in_yuan():
    retail = load("retail")
    orders = retail.orders.assign(amount=retail.orders["amount"] * ONE_YUAN["GBP"])
    in_pounds = replace(retail, currency="GBP", _tables={**retail._tables, "orders": orders})
    earned = full_plan(in_pounds)["profit"].sum() / full_plan(retail)["profit"].sum()
    assert earned == pytest.approx(ONE_YUAN["GBP"], rel=0.03)


def test_money_that_no_rate_is_known_for_is_not_taken_for_yuan():
    with pytest.raises(UserError, match=r"ISK.*load_playbook"):
        sample_playbook(load("retail").customers, "ISK")

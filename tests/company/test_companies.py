"""Loading companies, the one in play, and that nobody changes one by accident."""

from dataclasses import FrozenInstanceError

import pandas as pd
import pytest

from custseg_helpers.company import company as company_module
from custseg_helpers.company.company import SAMPLES, Company, load_sample, table_csv
from custseg_helpers.company.schema import TABLES, columns
from custseg_helpers.mapping.load import in_play, load
from custseg_helpers.words.text import T, UserError, use_language


@pytest.fixture(autouse=True)
def _no_class(monkeypatch):
    monkeypatch.delenv("CUSTSEG_COMPANY", raising=False)
    monkeypatch.delenv("CUSTSEG_SEED", raising=False)
    use_language("en")


@pytest.mark.parametrize("name", SAMPLES)
def test_every_company_tells_its_story_in_both_languages(name):
    company = load(name)
    for text in (company.title, company.industry, company.story, company.goal, company.question):
        assert isinstance(text, T) and text.zh != text.en and text.zh and text.en
    assert len(company.people) >= 3
    assert company.as_of == pd.Timestamp("2026-01-01") and company.currency == "CNY"


@pytest.mark.parametrize("name", SAMPLES)
def test_every_company_answers_every_standard_table(name):
    company = load(name)
    for table in TABLES:
        assert getattr(company, table).columns.tolist() == columns(table)


def test_the_stories_tell_what_the_data_hold():
    """Sales stand still at 悦选 and fall at 拓岩; four in ten at 汐合 bought once; at 知棠 one in five leaves each time."""

    def yearly(name):
        orders = load_sample(name).orders
        sold = orders.groupby(orders["order_date"].dt.year)["amount"].sum()
        return sold[2025] / sold[2024] - 1

    assert abs(yearly("retail")) < 0.03 and yearly("b2b") < -0.05
    bought = load_sample("finance").orders.query("quantity > 0").groupby("customer_id")["order_id"].nunique()
    assert 0.35 < (bought == 1).mean() < 0.45
    process = load_sample("education").truth()["parameters"].set_index("parameter")["value"]
    assert 0.18 < process["a"] / (process["a"] + process["b"]) < 0.25
    for name in SAMPLES:
        company = load_sample(name)
        assert len(company.customers) == 3000 and company.targets["year"].tolist() == [2024, 2025, 2026]
        grown = (
            company.targets["amount"].iloc[-1]
            / company.orders.query("order_date >= '2025-01-01'")["amount"].sum()
        )
        wanted = company.goal.en.split(" %")[0]
        assert abs(grown - 1 - int(wanted) / 100) < 0.01, "the goal and the target table say the same"


def test_an_edited_table_is_the_learner_s_own():
    company = load("retail")
    expected = company.orders.copy()
    orders = company.orders
    orders["amount"] = 0.0
    orders.loc[:, "customer_id"] = "nobody"
    values = company.orders["amount"].to_numpy()
    if values.flags.writeable:
        values[:] = -1
    pd.testing.assert_frame_equal(company.orders, expected)
    pd.testing.assert_frame_equal(load("retail").orders, expected)


def test_a_company_cannot_be_assigned_to():
    company = load("retail")
    with pytest.raises((FrozenInstanceError, AttributeError)):
        company.orders = pd.DataFrame()
    with pytest.raises(FrozenInstanceError):
        company.as_of = pd.Timestamp("2020-01-01")
    with pytest.raises(TypeError):
        company._tables["orders"] = pd.DataFrame()


def test_a_table_that_is_lacking_is_borrowed_whole_and_said_so():
    company = load("retail")
    assert company.borrowed == {"contacts": "b2b"}
    lender = company.owner("contacts")
    assert lender.name == "b2b" and company.owner("orders") is company
    pd.testing.assert_frame_equal(company.contacts, lender.contacts)
    assert company.contacts["customer_id"].isin(lender.customers["customer_id"]).all()
    assert not company.contacts["customer_id"].isin(company.customers["customer_id"]).any()
    assert load("b2b").borrowed == {}


def test_unknown_companies_name_the_ones_there_are():
    with pytest.raises(UserError) as caught:
        load("retial")
    assert all(name in caught.value.text.zh and name in caught.value.text.en for name in SAMPLES)


def test_an_unknown_table_is_a_clear_error():
    with pytest.raises(UserError, match="customers"):
        load("retail").table("customer")


def test_the_same_seed_is_the_same_company_and_another_seed_another():
    pd.testing.assert_frame_equal(load("retail", seed=7).orders, load("retail", seed=7).orders)
    assert load("retail", seed=7) is load("retail", seed=7)
    assert not load("retail", seed=7).orders["amount"].equals(load("retail", seed=8).orders["amount"])
    assert load("retail", seed=7).title == load("retail").title


def test_a_seeded_company_knows_its_truth():
    company = load("education", seed=3)
    assert company.truth()["customers"]["customer_id"].tolist() == company.customers["customer_id"].tolist()
    assert set(company.truth()) == {"customers", "responses", "parameters"} == set(load("education").truth())


def test_the_company_in_play_is_the_last_loaded(monkeypatch):
    load("finance")
    assert in_play().name == "finance"
    assert load().name == "retail" and in_play().name == "retail"
    monkeypatch.setenv("CUSTSEG_COMPANY", "b2b")
    monkeypatch.setenv("CUSTSEG_SEED", "5")
    assert (load().name, load().seed, in_play().seed) == ("b2b", 5, 5)
    assert load("b2b").seed is None


def test_a_seed_that_is_no_number_is_a_clear_error(monkeypatch):
    monkeypatch.setenv("CUSTSEG_SEED", "seven")
    with pytest.raises(UserError, match="CUSTSEG_SEED"):
        load()


def test_a_folder_of_standard_tables_is_a_company(tmp_path):
    (tmp_path / "company.toml").write_text('name = "ours"\nas_of = 2025-03-01\n', encoding="utf-8")
    orders = load_sample("retail").orders.head(20)
    (tmp_path / "orders.csv").write_bytes(table_csv(orders, "orders"))
    customers = load_sample("retail").customers
    customers = customers[customers["customer_id"].isin(orders["customer_id"])]
    (tmp_path / "customers.csv").write_bytes(table_csv(customers, "customers"))
    ours = load(tmp_path)
    pd.testing.assert_frame_equal(ours.orders, orders.reset_index(drop=True))
    assert (
        ours.name == "ours" and ours.borrowed["contacts"] == "b2b" and ours.borrowed["products"] == "retail"
    )
    with pytest.raises(UserError, match="truth"):
        ours.truth()


def test_given_data_cannot_be_simulated_anew(tmp_path):
    with pytest.raises(UserError, match="seed"):
        load(tmp_path, seed=3)
    with pytest.raises(UserError, match="seed of 0 or more"):
        load("retail", seed=-1)


def test_a_folder_without_company_toml_is_a_clear_error(tmp_path):
    with pytest.raises(UserError, match=r"company\.toml"):
        load(tmp_path)


def test_csv_opens_in_excel_and_comes_back_as_it_was():
    responses = load_sample("retail").responses
    content = table_csv(responses, "responses")
    assert content.startswith(b"\xef\xbb\xbf") and b"\r" not in content
    assert b",4.0," not in content, "whole numbers are written whole"


def test_repr_is_short():
    assert repr(load("retail")) == "Company('retail', as_of=2026-01-01, customers=3000)"
    assert isinstance(load("retail"), Company)


def test_a_sample_company_is_a_folder_and_stands_where_its_company_toml_says(tmp_path, monkeypatch):
    """A sixth folder is there without an edit of any program; one that gives no place comes after the others."""
    for name, place in [("zebra", "place = 1"), ("acme", ""), ("tea", ""), ("b2b", "place = 2")]:
        (tmp_path / "datasets" / name).mkdir(parents=True)
        (tmp_path / "datasets" / name / "company.toml").write_text(
            f'name = "{name}"\n{place}\n', encoding="utf-8"
        )
    (tmp_path / "datasets" / "raw").mkdir()
    monkeypatch.setattr(company_module, "course_root", lambda: tmp_path)
    assert company_module.samples() == ("zebra", "b2b", "acme", "tea")


def test_retail_is_the_default_and_each_sample_has_a_place_of_its_own():
    assert SAMPLES == ("retail", "b2b", "pharma", "finance", "education")

"""The one definition of the standard tables, and that nothing disagrees with it."""

import pandas as pd
import pytest

from custseg_helpers.company.company import SAMPLES, load_sample
from custseg_helpers.company.dictionary import dictionary
from custseg_helpers.company.schema import (
    FIELDS,
    KINDS,
    SENSITIVITY,
    TABLES,
    columns,
    conform,
    fields,
    key,
    pandera_schema,
)
from custseg_helpers.paths import course_root
from custseg_helpers.words.glossary import glossary, label, term
from custseg_helpers.words.text import UserError, use_language

DATASETS = course_root() / "datasets"


def test_every_field_belongs_to_a_table_and_is_named_once():
    assert {field.table for field in FIELDS} == set(TABLES)
    assert all(len(columns(table)) == len(set(columns(table))) for table in TABLES)


@pytest.mark.parametrize("field", FIELDS, ids=lambda field: f"{field.table}.{field.name}")
def test_field_is_told_completely(field):
    assert field.kind in KINDS and field.sensitivity in SENSITIVITY
    assert all([field.title.zh, field.title.en, field.description.zh, field.description.en])
    if field.refers_to:
        assert field.name in key(field.refers_to)
    assert all(code in glossary() for code in field.codes)
    for language in ("zh", "en"):
        use_language(language)
        assert label(field.name)


def test_a_column_has_its_name_from_the_glossary_and_a_table_may_call_it_otherwise():
    titles = {(field.table, field.name): field.title for field in FIELDS}
    assert titles["orders", "amount"] == term("amount")
    assert titles["targets", "amount"].en == "sales target"
    otherwise = {field.name for field in FIELDS if field.title != term(field.name)}
    assert otherwise == {"score", "amount", "cost"}


@pytest.mark.parametrize("name", SAMPLES)
def test_files_hold_columns_of_the_schema_in_its_order(name):
    for file in sorted((DATASETS / name).glob("*.csv")):
        written = pd.read_csv(file, nrows=0).columns.tolist()
        assert written == [column for column in columns(file.stem) if column in written]
        assert {field.name for field in fields(file.stem) if field.required} <= set(written)


@pytest.mark.parametrize("name", SAMPLES)
def test_samples_pass_the_audit_schema(name):
    company = load_sample(name)
    for table in TABLES:
        pandera_schema(table).validate(company.table(table), lazy=True)


def test_audit_schema_refuses_what_is_wrong():
    orders = load_sample("education").orders.head(50)
    pandera_schema("orders").validate(orders)
    for wrong in (
        orders.assign(discount=1.5),
        orders.assign(customer_id=None),
        orders.drop(columns="amount"),
        orders.assign(more=1),
        pd.concat([orders, orders.head(1)], ignore_index=True),
    ):
        with pytest.raises(Exception, match=r"(?s)SCHEMA|DATA"):
            pandera_schema("orders").validate(wrong, lazy=True)


@pytest.mark.parametrize("name", SAMPLES)
def test_codes_of_every_sample_have_names(name):
    company = load_sample(name)
    for field in FIELDS:
        if field.kind == "code":
            values = company.table(field.table)[field.name].dropna().unique()
            assert set(values) <= set(glossary()), field.name


@pytest.mark.parametrize("name", SAMPLES)
def test_ids_refer_to_rows_that_exist(name):
    company = load_sample(name)
    for field in FIELDS:
        if field.refers_to and field.table not in company.borrowed:
            known = company.table(field.refers_to)[field.name]
            assert company.table(field.table)[field.name].dropna().isin(known).all(), (
                field.table,
                field.name,
            )


def test_dictionary_on_disk_is_the_schema_s():
    written = (DATASETS / "README.md").read_text(encoding="utf-8")
    assert written == dictionary("zh") + "\n---\n\n" + dictionary("en")
    for field in FIELDS:
        assert f"| `{field.name}` | {field.title.zh} |" in written
        assert f"| `{field.name}` | {field.title.en} |" in written


def test_conform_completes_orders_and_types_without_touching_the_caller_s_table():
    given = pd.DataFrame(
        {"amount": ["9.5"], "order_date": ["2025-03-04 17:30"], "customer_id": ["C1"], "order_id": [7]}
    )
    before = given.copy()
    tidy = conform("orders", given)
    assert tidy.columns.tolist() == columns("orders")
    assert tidy.loc[0, "order_date"] == pd.Timestamp("2025-03-04")
    assert tidy.loc[0, ["amount", "order_id"]].tolist() == [9.5, "7"]
    assert tidy["rep_id"].isna().all()
    pd.testing.assert_frame_equal(given, before)


def test_conform_of_an_empty_table_has_the_columns():
    empty = conform("responses", pd.DataFrame(columns=columns("responses")))
    assert empty.columns.tolist() == columns("responses") and empty.empty


@pytest.mark.parametrize(
    ("frame", "words"),
    [
        (pd.DataFrame({"year": [2026]}), "amount"),
        (pd.DataFrame({"year": [2026], "amount": ["many"]}), "amount"),
    ],
)
def test_conform_names_the_column_that_is_wrong(frame, words):
    with pytest.raises(UserError, match=words) as caught:
        conform("targets", frame)
    assert words in caught.value.text.zh and "targets" in caught.value.text.en


def test_an_unknown_table_names_those_that_come_near():
    with pytest.raises(UserError) as caught:
        fields("order")
    assert "orders" in caught.value.text.en

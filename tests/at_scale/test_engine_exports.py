"""Orders as a program exported them, and exports that overlap: DuckDB and Spark give what memory gives, or say which key they cannot do."""

import shutil
import sys

import numpy as np
import pandas as pd
import pytest

from custseg_helpers.at_scale import staging
from custseg_helpers.at_scale.spark import read_with_spark
from custseg_helpers.commands.main import main
from custseg_helpers.evidence.systems import systems
from custseg_helpers.facts.history import observed_until
from custseg_helpers.facts.per_customer import order_facts
from custseg_helpers.mapping.company_toml import read_mapping
from custseg_helpers.results.intake import read_company
from custseg_helpers.tiers.clv import purchase_history
from custseg_helpers.words.text import UserError

pytestmark = pytest.mark.engines

pytest.importorskip("duckdb")
pytest.importorskip("pyarrow")

MAPPING = """
name = "shop"
as_of = 2025-04-01
[orders]
file = {file}
{more}
[orders.columns]
order_id = "No"
customer_id = "Who"
order_date = "Day"
amount = "Paid"
{columns}
{tables}
"""


def exported(n=600, seed=5):
    """Orders as a shop exports them: statuses, refunds, totals of the order on each row, guests, spellings."""
    rng = np.random.default_rng(seed)
    number = np.sort(rng.integers(0, 250, n))
    first = np.r_[True, number[1:] != number[:-1]]
    who = rng.integers(0, 60, 250)[number]
    total = np.round(rng.lognormal(4, 0.7, 250), 2)[number]
    state = rng.choice(["paid", "paid", "paid", "closed", "refunded"], 250)[number]
    spelling = rng.random(n) < 0.2
    return pd.DataFrame(
        {
            "No": [f"A{one}" for one in number],
            "Who": [
                "guest" if one == 7 else f"vip{one:03d} " if odd else f"VIP{one:03d}"
                for one, odd in zip(who, spelling, strict=True)
            ],
            "Day": (pd.Timestamp("2024-06-01") + pd.to_timedelta(number, unit="D")).strftime("%Y-%m-%d"),
            "Paid": total,
            "State": state,
            "Back": np.where(first & (rng.random(n) < 0.1), np.round(total / 4, 2), 0.0),
            "first": first,
        }
    )


SALES = '[orders.statuses.State]\nsale = ["paid"]\nnever = ["closed"]\nback = ["refunded"]'
KEYS = {
    "tidy": ("tidy = true", "", ""),
    "nobody": ('nobody = ["guest"]', "", ""),
    "statuses": ("", "", SALES),
    "amount_per": ('amount_per = "order"', "", ""),
    "refund": ('amount_per = "order"\nrefund_per = "order"', 'refund = "Back"', SALES),
    "rows": ('rows = "days"', "", ""),
    "plus": ('amount_per = "order"', "", '[orders.plus]\nBack = "order"'),
    "minus": ("", "", '[orders.minus]\nBack = "line"'),
    "decimal": ('decimal = ","', "", ""),
    "fill": ('fill = ["Who", "Day"]', "", ""),
    "all of them": ('tidy = true\nnobody = ["guest"]\namount_per = "order"', 'refund = "Back"', SALES),
}


def same(found, expected):
    """Facts, history and what was counted agree to the last bit."""
    orders, as_of = expected.company.orders, expected.company.as_of
    pd.testing.assert_frame_equal(found.reduced.facts, order_facts(orders, as_of), check_exact=True)
    history = purchase_history(orders, observed_until(orders["order_date"].max(), as_of))
    pd.testing.assert_frame_equal(found.reduced.history, history, check_exact=True)
    assert found.cleaned.counted == expected.cleaned.counted
    assert found.cleaned.left_out == expected.cleaned.left_out
    assert len(found.reduced.facts)


@pytest.fixture
def read(tmp_path, monkeypatch):
    """Read orders on an engine, in small pieces."""
    monkeypatch.setattr(staging, "PIECE", 100)
    monkeypatch.setattr(staging, "LARGE", 1000)

    def from_files(engine, file='"orders.csv"', more="", columns="", tables=""):
        words = MAPPING.format(file=file, more=more, columns=columns, tables=tables)
        (tmp_path / "company.toml").write_text(words, encoding="utf-8")
        return read_company(tmp_path, engine)

    return from_files


@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize("kind", ["csv", "xlsx", "parquet"])
def test_duckdb_puts_exported_orders_into_the_plain_lines_that_memory_does(read, tmp_path, key, kind):
    more, columns, tables = KEYS[key]
    table = exported()
    if key == "fill":
        table[["Who", "Day"]] = table[["Who", "Day"]].where(table["first"])
    if key == "decimal":
        table["Paid"] = [f"{value:,.2f}".translate(str.maketrans(",.", ".,")) for value in table["Paid"]]
    table = table.drop(columns="first")
    name = f"orders.{kind}"
    write = {"csv": table.to_csv, "xlsx": table.to_excel, "parquet": table.to_parquet}[kind]
    write(tmp_path / name, index=False)
    expected = read("pandas", f'"{name}"', more, columns, tables)
    found = read("duckdb", f'"{name}"', more, columns, tables)
    same(found, expected)
    assert "put into plain lines in memory" in found.sheet.notes[-1].en
    if key == "nobody":
        assert expected.cleaned.left_out["no_customer"] > 0


def test_amounts_with_a_decimal_comma_are_read_on_duckdb_though_no_key_says_so(read, tmp_path):
    table = exported().drop(columns="first")
    table["Paid"] = [f"{value:.2f}".replace(".", ",") for value in table["Paid"]]
    table.to_csv(tmp_path / "orders.csv", sep=";", index=False)
    same(read("duckdb"), read("pandas"))


def test_every_sheet_of_a_workbook_is_counted_on_duckdb(read, tmp_path):
    table = exported().drop(columns="first")
    with pd.ExcelWriter(tmp_path / "orders.xlsx") as book:
        for month, rows in table.groupby(table["Day"].str[:7]):
            rows.to_excel(book, sheet_name=month, index=False)
    expected = read("pandas", '"orders.xlsx"', 'sheet = "*"')
    same(read("duckdb", '"orders.xlsx"', 'sheet = "*"'), expected)
    assert len(expected.cleaned.lines) == len(table)


def overlapping(tmp_path, kind):
    """Write exports of two months each, which share a month; the later one has some of its statuses changed."""
    table = exported().drop(columns="first")
    months = table["Day"].str[:7]
    (tmp_path / "parts").mkdir()
    for place, start in enumerate(sorted(months.unique())[:-1]):
        span = sorted(months.unique())[place : place + 2]
        rows = table[months.isin(span)].copy()
        rows.loc[rows["Day"].str[8:] > "20", "State"] = f"seen in {start}"
        getattr(rows, f"to_{kind}")(tmp_path / "parts" / f"{9 - place}.{kind}", index=False)
    return table


@pytest.mark.parametrize("kind", ["csv", "parquet"])
def test_exports_that_overlap_count_once_on_duckdb(read, tmp_path, kind):
    table = overlapping(tmp_path, kind)
    if kind == "parquet":
        for file in (tmp_path / "parts").iterdir():
            rows = pd.read_parquet(file)
            rows.assign(Day=pd.to_datetime(rows["Day"])).to_parquet(file, index=False)
    columns = 'status = "State"'
    expected = read("pandas", '"parts"', columns=columns)
    found = read("duckdb", '"parts"', columns=columns)
    same(found, expected)
    assert expected.cleaned.counted.rows_in == len(table)
    assert [note.en for note in found.sheet.notes if "overlap" in note.en] == [
        note.en for note in expected.sheet.notes if "overlap" in note.en
    ]


def test_parts_of_one_table_that_share_an_order_number_keep_all_their_rows(read, tmp_path):
    """A later export that has another line of the order, and an order whose lines lie in two parts, repeat nothing."""
    (tmp_path / "parts").mkdir()
    table = exported().drop(columns="first").assign(Day=lambda rows: pd.to_datetime(rows["Day"]))
    table["Paid"] += np.arange(len(table)) / 100
    for part in (0, 1, 2):
        table[part::3].to_parquet(tmp_path / "parts" / f"{part}.parquet", index=False)
    expected = read("pandas", '"parts"')
    same(read("duckdb", '"parts"'), expected)
    assert expected.cleaned.counted.rows_in == len(table)


SYSTEMS = {system.key: system for system in systems()}


@pytest.mark.slow
@pytest.mark.parametrize(
    "key",
    [key for key, system in SYSTEMS.items() if system.sure and "customers" in (system.expected or {})],
)
def test_each_known_export_comes_out_alike_on_duckdb(key, tmp_path):
    (tmp_path / "export.csv").write_text(SYSTEMS[key].sample, encoding="utf-8")
    assert main(["init", str(tmp_path / "export.csv"), "--out", str(tmp_path / "company.toml")]) == 0
    expected = read_company(tmp_path)
    same(read_company(tmp_path, "duckdb"), expected)
    assert len(expected.company.customers) == SYSTEMS[key].expected["customers"]


def test_spark_says_which_keys_it_cannot_do_and_the_way_out(tmp_path):
    exported().to_parquet(tmp_path / "orders.parquet")
    more, columns, tables = KEYS["all of them"]
    words = MAPPING.format(file='"orders.parquet"', more=more, columns=columns, tables=tables)
    (tmp_path / "company.toml").write_text(words, encoding="utf-8")
    with pytest.raises(UserError) as raised:
        read_with_spark(read_mapping(tmp_path))
    said = raised.value.text.en
    assert "tidy, nobody, statuses, amount_per, refund" in said and "--engine duckdb" in said


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("java") is None or sys.platform == "win32", reason="Spark needs Java")
def test_exports_that_overlap_count_once_on_spark(read, tmp_path):
    pytest.importorskip("pyspark")
    overlapping(tmp_path, "parquet")
    for file in (tmp_path / "parts").iterdir():
        rows = pd.read_parquet(file)
        rows.assign(Day=pd.to_datetime(rows["Day"])).to_parquet(file, index=False, coerce_timestamps="us")
    expected = read("pandas", '"parts"', columns='status = "State"')
    found = read_with_spark(read_mapping(tmp_path), "local[1]")
    same(found, expected)
    assert any("overlap" in note.en for note in found.sheet.notes)

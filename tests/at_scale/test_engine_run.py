"""`custseg run --engine duckdb`: what a run in memory gives, to the last bit, from files that need not fit into it."""

import re

import numpy as np
import pandas as pd
import pytest

from custseg_helpers.at_scale import staging
from custseg_helpers.commands.main import main
from custseg_helpers.facts.history import observed_until
from custseg_helpers.facts.per_customer import order_facts
from custseg_helpers.results.intake import read_company
from custseg_helpers.tiers.clv import purchase_history
from custseg_helpers.words.text import UserError

pytestmark = pytest.mark.engines

pytest.importorskip("duckdb")
pytest.importorskip("pyarrow")

COLUMNS = """
order_id = "no"
customer_id = "who"
order_date = "day"
amount = "paid"
quantity = "pieces"
discount = "off"
status = "state"
"""
MAPPING = """
name = "shop"
as_of = 2025-04-01
[orders]
file = {file}
{more}
[orders.columns]
{columns}
"""


def lines(seed=0, n=1500):
    """Order lines with everything that goes wrong, in plain columns."""
    rng = np.random.default_rng(seed)
    table = pd.DataFrame(
        {
            "no": [
                f"{'R' if back else 'A'}{number}"
                for number, back in zip(rng.integers(0, 500, n), rng.random(n) < 0.1, strict=True)
            ],
            "who": np.array(
                ["张三", " 李四　", "C1", "c1", "Ünal", "n/a", "—", "", *(f"K{i}" for i in range(150))],
                dtype=object,
            )[(rng.random(n) ** 1.5 * 158).astype(int)],
            "day": (
                pd.Timestamp("2024-03-01") + pd.to_timedelta(rng.integers(0, 400 * 86400, n), unit="s")
            ).astype("datetime64[us]"),
            "paid": np.round(rng.normal(60, 60, n), 3),
            "pieces": rng.integers(-1, 4, n).astype(float),
            "off": rng.choice([0, 0.1, np.nan], n),
            "state": rng.choice(["ok", "back", " void ", None], n, p=[0.8, 0.1, 0.05, 0.05]),
            "unused": "x",
        }
    )
    table.loc[:9, "who"] = None
    table.loc[5:14, "no"] = None
    table.loc[10:19, "day"] = pd.NaT
    table.loc[15:24, "paid"] = np.nan
    table.loc[25:28, "paid"] = [np.inf, -np.inf, 2e10, 0.004]
    table.loc[30:39, [name for name in table if name != "unused"]] = None
    table.loc[40:49, "who"] = "only returns"
    table.loc[40:49, ["paid", "pieces"]] = [-5.0, -1.0]
    table.loc[50, "day"] = pd.Timestamp("2025-04-01 23:59:59")
    return pd.concat([table, table.iloc[60:90]], ignore_index=True)


@pytest.fixture
def read(tmp_path):
    """Reads a company as `custseg run` does."""

    def from_files(engine, file='"orders.parquet"', more="", columns=COLUMNS, memory=None):
        words = MAPPING.format(file=file, more=more, columns=columns)
        (tmp_path / "company.toml").write_text(words, encoding="utf-8")
        return read_company(tmp_path, engine, memory=memory)

    return from_files


def same(found, expected):
    orders, as_of = expected.company.orders, expected.company.as_of
    pd.testing.assert_frame_equal(found.reduced.facts, order_facts(orders, as_of), check_exact=True)
    history = purchase_history(orders, observed_until(orders["order_date"].max(), as_of))
    pd.testing.assert_frame_equal(found.reduced.history, history, check_exact=True)
    assert found.cleaned.counted == expected.cleaned.counted
    assert found.cleaned.left_out == expected.cleaned.left_out
    assert found.cleaned.unread_count == expected.cleaned.unread_count
    assert len(found.company.orders) == 0 and len(found.company.customers) == len(found.reduced.facts)


RULES = {
    "sign": "",
    "prefix": '[orders.returns]\nby = "prefix"\nvalues = ["R", "X"]',
    "status": '[orders.returns]\nby = "status"\nvalues = ["back"]',
    "skip": '[orders.skip]\nstatus = ["void"]\ncustomer_id = ["张三", "K7"]',
    "duplicates": 'duplicates = "drop"',
    "one row an order": 'rows = "orders"\nduplicates = "drop"',
    "quantity and price": 'time_zone_is_not_here = ""',
}


@pytest.mark.parametrize("rule", RULES)
@pytest.mark.parametrize("kind", ["parquet", "whole numbers", "dates with a zone", "csv"])
def test_duckdb_gives_what_memory_gives(read, tmp_path, rule, kind, monkeypatch):
    monkeypatch.setattr(staging, "PIECE", 400)
    monkeypatch.setattr(staging, "LARGE", 1000)
    table, columns = lines(), COLUMNS
    if kind == "whole numbers":
        numbers = table["no"].str[1:].astype("Int64")
        table = table.assign(no=numbers, who=(numbers % 97).where(table["who"].notna()))
    if kind == "dates with a zone":
        table["day"] = table["day"].dt.tz_localize("UTC")
    if rule == "one row an order":
        columns = columns.replace('order_id = "no"\n', "")
    more = RULES[rule]
    if rule == "quantity and price":
        columns, more = columns.replace("amount =", "price ="), ""
    if kind == "csv":
        written = table.assign(paid=[f"¥{v:,.3f}" if np.isfinite(v) else "" for v in table["paid"]])
        written.loc[100:110, "paid"] = "a lot"
        written.to_csv(tmp_path / "orders.csv", index=False)
        file = '"orders.csv"'
    else:
        table.to_parquet(tmp_path / "orders.parquet")
        file = '"orders.parquet"'
    expected = read("pandas", file, more, columns)
    assert {"blank_row", "no_customer", "no_date", "no_amount", "after_as_of"} <= set(
        expected.cleaned.left_out
    )
    found = read("duckdb", file, more, columns, memory="200MB")
    same(found, expected)
    if kind in ("csv", "parquet"):
        assert len(expected.cleaned.unread)
        pd.testing.assert_frame_equal(
            found.cleaned.unread[["row", "value"]], expected.cleaned.unread[["row", "value"]]
        )


MASKED = ["138****1000", "张**", "王*", "xxxx12", "••99", "＊＊1", "K3 ***"]
"""Ids behind which several people may stand."""


def test_masked_ids_are_set_aside_or_kept_as_the_mapping_says(read, tmp_path):
    table = lines()
    table.loc[60:959, "who"] = np.resize([*MASKED, "a*b", "K1"], 900)
    table.to_parquet(tmp_path / "orders.parquet")
    expected = read("pandas")
    same(read("duckdb"), expected)
    assert expected.cleaned.left_out["masked"] >= 700 and "a*b" in set(expected.company.orders["customer_id"])
    expected = read("pandas", more='masked = "keep"')
    same(read("duckdb", more='masked = "keep"'), expected)
    assert set(MASKED) <= set(expected.company.orders["customer_id"])


def test_parts_in_several_encodings_and_kinds_are_one_table(read, tmp_path, monkeypatch):
    monkeypatch.setattr(staging, "PIECE", 200)
    (tmp_path / "parts").mkdir()
    table = lines()
    table.loc[700:703, "paid"] = np.nan
    table.iloc[:500].to_parquet(tmp_path / "parts" / "a.parquet")
    table.iloc[500:1000].to_csv(tmp_path / "parts" / "b.csv", index=False, encoding="gb18030")
    table.iloc[1000:].to_excel(tmp_path / "parts" / "c.xlsx", index=False)
    (tmp_path / "parts" / "_SUCCESS").write_text("")
    same(read("duckdb", '"parts"'), read("pandas", '"parts"'))


def test_the_written_results_are_the_same_files(read, tmp_path, capsys):
    lines().to_parquet(tmp_path / "orders.parquet")
    read("pandas")
    made = {}
    for engine in ("pandas", "duckdb"):
        assert main(["run", str(tmp_path), "--engine", engine, "--out", str(tmp_path / engine)]) == 0
        made[engine] = [
            (tmp_path / engine / name).read_bytes()
            for name in ("customers.csv", "customers.parquet", "segments.csv")
        ]
    assert made["pandas"] == made["duckdb"]
    assert "only facts of every customer were counted" not in capsys.readouterr().out
    more = COLUMNS + 'product_id = "unused"\n'
    assert "Not used of the orders: unused" in read("duckdb", columns=more).sheet.notes[0].en


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (
            lambda table: (
                table.assign(paid="¥5", pieces="1")
                .replace({"no": {"A7": "A7"}})
                .assign(paid=["$5", *["¥5"] * (len(table) - 1)])
            ),
            r"mixes currencies: USD \(row 1\), CNY \(row 2\)",
        ),
        (lambda table: table.assign(day="03/04/2025"), r"Which day is “03/04/2025” \(row 1, column “day”\)"),
        (lambda table: table.drop(columns="paid"), "no column “paid”"),
        (
            lambda table: table.assign(day=pd.Timestamp("2030-01-01")),
            "None of the 1,530 rows .* after the snapshot",
        ),
        (lambda table: table.assign(who="138****1000"), "is masked .* of 1,530 rows.*tells nobody apart"),
    ],
)
def test_what_stops_a_run_in_memory_stops_duckdb_too(read, tmp_path, change, says):
    change(lines()).to_parquet(tmp_path / "orders.parquet")
    for engine in ("pandas", "duckdb"):
        with pytest.raises(UserError) as raised:
            read(engine)
        assert re.search(says, raised.value.text.en), raised.value.text.en


def test_a_file_that_is_not_there_is_said(read):
    for engine in ("pandas", "duckdb"):
        with pytest.raises(UserError, match=r"no file “.*orders.parquet”"):
            read(engine)


def test_a_currency_or_an_encoding_that_changes_later_in_a_large_file_is_named(read, tmp_path, monkeypatch):
    monkeypatch.setattr(staging, "PIECE", 400)
    monkeypatch.setattr(staging, "LARGE", 1000)
    table = lines().assign(paid="¥5")
    table.loc[:399, "paid"] = "$5"
    table.to_csv(tmp_path / "orders.csv", index=False)
    with pytest.raises(UserError, match=r"USD \(row 2\), CNY \(row 402\)"):
        read("duckdb", '"orders.csv"')
    monkeypatch.setattr(staging, "HEAD", 500)
    start, rest = (
        "no,who,day,paid,pieces,off,state\n" + "A1,C1,2025-03-01,10,1,0,ok\n" * 50,
        "A1,张三,2025-03-01,10,1,0,ok\n",
    )
    (tmp_path / "orders.csv").write_bytes(start.encode() + rest.encode("gbk") * 50)
    with pytest.raises(UserError, match=r"begins as utf-8-sig and does not go on so"):
        read("duckdb", '"orders.csv"')
    (tmp_path / "orders.csv").write_bytes(start.encode() + b"A1,C1,2025-03-01,10,1,0,ok,more,and more\n")
    with pytest.raises(UserError, match=r"has more cells than the header"):
        read("duckdb", '"orders.csv"')


def test_an_amount_of_memory_that_is_none_and_a_missing_master_are_said(read, tmp_path, monkeypatch, capsys):
    lines().to_parquet(tmp_path / "orders.parquet")
    with pytest.raises(UserError, match="--memory plenty is no amount"):
        read("duckdb", memory="plenty")
    pytest.importorskip("pyspark")
    monkeypatch.delenv("CUSTSEG_SPARK_MASTER", raising=False)
    monkeypatch.delenv("PYSPARK_GATEWAY_PORT", raising=False)
    monkeypatch.setenv("JAVA_HOME", "somewhere")
    with pytest.raises(UserError, match="Which Spark"):
        read("spark")
    monkeypatch.setenv("CUSTSEG_SPARK_MASTER", "spark://127.0.0.1:9")
    with pytest.raises(UserError, match=r"spark://127.0.0.1:9” does not answer"):
        read("spark")

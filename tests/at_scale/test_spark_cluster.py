"""`custseg run --engine spark` on a Spark that is already there: a master and two workers on loopback, started here."""

import os
import re
import shutil
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from custseg_helpers.at_scale.spark import plain_columns, rows_of
from custseg_helpers.facts.history import observed_until
from custseg_helpers.facts.per_customer import order_facts
from custseg_helpers.mapping.company_toml import read_mapping
from custseg_helpers.mapping.own_company import read_own
from custseg_helpers.tiers.clv import purchase_history
from custseg_helpers.words.text import UserError

pytestmark = [
    pytest.mark.engines,
    pytest.mark.skipif(shutil.which("java") is None or sys.platform == "win32", reason="Spark needs Java"),
]
PROGRAM = """
import sys
from pathlib import Path

from custseg_helpers.results.intake import read_company

own = read_company(Path(sys.argv[1]), "spark")
for name in ("facts", "history"):
    getattr(own.reduced, name).to_parquet(f"{sys.argv[2]}/{name}.parquet")
print(own.cleaned.counted, own.cleaned.left_out, own.cleaned.unread_count)
"""
MAPPING = """
name = "shop"
as_of = 2025-04-01
[orders]
file = "{file}"
[orders.columns]
order_id = "no"
customer_id = "who"
order_date = "day"
amount = "paid"
product_id = "what"
[orders.returns]
by = "prefix"
values = ["R"]
"""


IDS = ["张三", " n/a ", None, "138****1000", "王*", "xxxx12", "••99", "＊＊1", "a*b", "K3 ***"]


def waited(log, pattern, process):
    """Return the first match in a growing log; two minutes are the limit."""
    until = time.monotonic() + 120
    while time.monotonic() < until and process.poll() is None:
        if found := re.search(pattern, log.read_text(errors="replace")):
            return found[0]
        with suppress(subprocess.TimeoutExpired):
            process.wait(0.1)
    raise AssertionError(log.read_text(errors="replace")[-2000:])


@pytest.fixture(scope="module")
def cluster(tmp_path_factory):
    pyspark = pytest.importorskip("pyspark")
    home, folder = Path(pyspark.__file__).parent, tmp_path_factory.mktemp("spark")
    names = {"SPARK_HOME": str(home), "SPARK_LOCAL_IP": "127.0.0.1", "SPARK_DAEMON_MEMORY": "256m"}
    started = []

    def start(name, role, *options):
        log = folder / f"{name}.log"
        command = [
            home / "bin" / "spark-class",
            f"org.apache.spark.deploy.{role}",
            "--host",
            "127.0.0.1",
            "--webui-port",
            "0",
            *options,
        ]
        with log.open("w") as opened:
            started.append(
                subprocess.Popen(
                    command, stdout=opened, stderr=subprocess.STDOUT, env=os.environ | names, cwd=folder
                )
            )
        return log

    try:
        log = start("master", "master.Master", "--port", "0")
        address = waited(log, r"spark://127\.0\.0\.1:\d+", started[0])
        for worker in ("one", "two"):
            start(
                worker,
                "worker.Worker",
                "--cores",
                "1",
                "--memory",
                "1g",
                "--work-dir",
                str(folder / worker),
                address,
            )
        waited(log, r"(?s)Registering worker.*Registering worker", started[0])
        yield address
    finally:
        for process in started:
            process.terminate()
        for process in started:
            process.wait(30)


@pytest.fixture(scope="module")
def shop(tmp_path_factory):
    """A company whose lines are a folder of parquet parts, with a return, gaps, masked ids and a customer who only returned."""
    folder = tmp_path_factory.mktemp("shop")
    rng = np.random.default_rng(1)
    number = np.sort(rng.integers(0, 900, 3000))
    table = pd.DataFrame(
        {
            "no": [f"{'R' if one % 11 == 0 else 'A'}{one}" for one in number],
            "who": np.array([*IDS, *(f"K{i}" for i in range(200))], dtype=object)[number % 210],
            "day": pd.Timestamp("2024-03-01") + pd.to_timedelta(number * 8, unit="h"),
            "paid": np.round(rng.normal(60, 20, 3000), 2),
            "what": "P1",
        }
    ).astype({"day": "datetime64[us]"})
    table.loc[3:9, "paid"] = [np.nan, np.inf, 0.0, 2e10, 0.004, 1.005, 0.29]
    (folder / "parts").mkdir()
    for part in range(3):
        table.iloc[part::3].to_parquet(folder / "parts" / f"part-{part}.parquet", index=False)
    (folder / "parts" / "_SUCCESS").write_text("")
    (folder / "company.toml").write_text(MAPPING.format(file="parts"), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def settings(tmp_path_factory):
    """A Spark's own settings, as a company keeps them: here for little data on two cores."""
    folder = tmp_path_factory.mktemp("conf")
    words = {
        "spark.sql.shuffle.partitions": "2",
        "spark.executor.memory": "512m",
        "spark.driver.memory": "512m",
        "spark.ui.enabled": "false",
    }
    (folder / "spark-defaults.conf").write_text("".join(f"{key} {value}\n" for key, value in words.items()))
    return folder


def run(cluster, settings, *arguments):
    names = {"SPARK_LOCAL_IP": "127.0.0.1", "CUSTSEG_SPARK_MASTER": cluster, "SPARK_CONF_DIR": str(settings)}
    command = [sys.executable, "-c", PROGRAM, *map(str, arguments)]
    return subprocess.run(
        command, env=os.environ | names, capture_output=True, text=True, timeout=400, check=False
    )


def test_a_cluster_gives_the_same_facts_as_memory(cluster, settings, shop, tmp_path):
    done = run(cluster, settings, shop, tmp_path)
    assert done.returncode == 0, done.stderr
    own = read_own(shop)
    assert own.cleaned.left_out["masked"] > 50
    orders, as_of = own.company.orders, own.company.as_of
    there = {name: pd.read_parquet(tmp_path / f"{name}.parquet") for name in ("facts", "history")}
    history = purchase_history(orders, observed_until(orders["order_date"].max(), as_of))
    pd.testing.assert_frame_equal(there["facts"], order_facts(orders, as_of), check_exact=True)
    pd.testing.assert_frame_equal(there["history"], history, check_exact=True)
    assert done.stdout == f"{own.cleaned.counted} {own.cleaned.left_out} {own.cleaned.unread_count}\n"


def test_a_cluster_keeps_masked_ids_where_the_mapping_does(cluster, settings, shop, tmp_path):
    words = (shop / "company.toml").read_text(encoding="utf-8")
    kept = words.replace('file = "parts"', f"file = '{shop / 'parts'}'\nmasked = \"keep\"")
    (tmp_path / "company.toml").write_text(kept, encoding="utf-8")
    done = run(cluster, settings, tmp_path, tmp_path)
    assert done.returncode == 0, done.stderr
    own = read_own(tmp_path)
    assert done.stdout == f"{own.cleaned.counted} {own.cleaned.left_out} {own.cleaned.unread_count}\n"
    assert "masked" not in own.cleaned.left_out
    assert "138****1000" in pd.read_parquet(tmp_path / "facts.parquet").index


def test_a_cluster_asks_for_another_column_where_every_id_is_masked(cluster, settings, tmp_path):
    ids = {"no": ["A1", "A2"], "who": ["138****1000", "王*"]}
    lines = pd.DataFrame({**ids, "day": pd.Timestamp("2024-03-01"), "paid": 5.0, "what": "P1"})
    lines.astype({"day": "datetime64[us]"}).to_parquet(tmp_path / "orders.parquet")
    (tmp_path / "company.toml").write_text(MAPPING.format(file="orders.parquet"), encoding="utf-8")
    done = run(cluster, settings, tmp_path, tmp_path)
    assert done.returncode != 0
    assert "2 of 2 rows" in done.stderr and "tells nobody apart" in done.stderr


def test_text_that_should_be_a_number_is_said(shop):
    own = read_mapping(shop)
    table = pd.DataFrame(
        {"no": ["A1"], "who": ["C1"], "day": [pd.Timestamp("2025-03-01")], "paid": ["¥5"], "what": ["P1"]}
    )
    with pytest.raises(
        UserError, match=r"column “paid” \(amount\) cannot be of type String.*--engine duckdb"
    ):
        plain_columns(table, own)
    with pytest.raises(UserError, match="no column “paid”"):
        plain_columns(table.drop(columns="paid"), own)


def test_what_spark_does_not_read_is_said(tmp_path):
    (tmp_path / "orders.csv").write_text("no,who,day,paid,what\n")
    for source, says in (
        ('file = "orders.csv"', "is none. Convert it"),
        ('address = "sqlite:///a.db"\ntable = "t"', "reads no databases"),
    ):
        (tmp_path / "company.toml").write_text(MAPPING.replace('file = "{file}"', source), encoding="utf-8")
        with pytest.raises(UserError, match=says):
            rows_of(None, read_mapping(tmp_path))

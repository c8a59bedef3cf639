"""The same facts to the last bit wherever the lines live: pandas, Polars, DuckDB, Spark."""

import shutil
import warnings

import numpy as np
import pandas as pd
import pytest

from custseg_helpers.facts import kernels, parquet
from custseg_helpers.facts.per_customer import (
    interaction_facts,
    interactions_by,
    money_by,
    order_facts,
    response_facts,
    rfm_facts,
)
from custseg_helpers.words.text import UserError

AS_OF = "2024-12-15"
SPARK = [
    pytest.param(f"spark {zone}", marks=pytest.mark.engines)
    for zone in ("UTC", "Asia/Shanghai", "America/New_York")
]
ENGINES = [
    "pandas pyarrow",
    "pandas nullable",
    "polars",
    "polars lazy",
    "polars with NaN",
    "duckdb",
    *SPARK,
]

pytestmark = pytest.mark.filterwarnings("ignore:PySpark does not yet fully support pandas")


@pytest.fixture(scope="session")
def spark():
    sql = pytest.importorskip("pyspark.sql")
    if shutil.which("java") is None:
        pytest.skip("Spark needs Java")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        session = (
            sql.SparkSession.builder.master("local[1]")
            .config("spark.ui.enabled", "false")
            .config("spark.driver.host", "127.0.0.1")
            .config("spark.driver.bindAddress", "127.0.0.1")
            .config("spark.sql.shuffle.partitions", "2")
            .config("spark.sql.session.timeZone", "UTC")
            .getOrCreate()
        )
    yield session
    session.stop()


@pytest.fixture(params=ENGINES)
def native(request):
    """Moves pandas tables to the engine; DuckDB and Spark tables of one test can be joined."""
    engine = request.param
    if engine == "pandas pyarrow":
        pytest.importorskip("pyarrow")
        return lambda table: table.convert_dtypes(dtype_backend="pyarrow")
    if engine == "pandas nullable":
        return lambda table: table.convert_dtypes()
    if engine.startswith("polars"):
        polars = pytest.importorskip("polars")
        if engine == "polars with NaN":
            return lambda table: polars.from_pandas(table, nan_to_null=False)
        return lambda table: (
            polars.from_pandas(table).lazy() if "lazy" in engine else polars.from_pandas(table)
        )
    if engine == "duckdb":
        connection = pytest.importorskip("duckdb").connect()
        request.addfinalizer(connection.close)
        return connection.from_df
    session = request.getfixturevalue("spark").newSession()
    session.conf.set("spark.sql.session.timeZone", engine.split()[1])
    return session.createDataFrame


def messy(seed=0, n=900):
    """Order lines with everything that goes wrong: gaps, midnight, leap day, returns, shared orders, late rows."""
    rng = np.random.default_rng(seed)
    start = pd.Timestamp("2024-02-20")
    moments = start + pd.to_timedelta(rng.integers(0, 320, n) * 86400 + rng.integers(0, 86400, n), unit="s")
    table = pd.DataFrame(
        {
            "order_id": [f"订单{number}" for number in rng.integers(0, 260, n)],
            "customer_id": np.array(
                ["张三", "李四", "Ünal", "C1", "C10", "C2", "c1"] + [f"K{i}" for i in range(90)]
            )[(rng.random(n) ** 2 * 97).astype(int)],
            "order_date": pd.Series(moments).astype("datetime64[us]"),
            "amount": np.round(rng.normal(40, 50, n), 2),
            "discount": rng.choice([-0.1, 0.0, 0.1, 1.2, np.nan], n),
            "quantity": rng.integers(1, 4, n).astype(float),
            "product_id": rng.choice(["P1", "P2", "P3", "P9"], n),
            "channel": rng.choice(["app", "门店", None], n),
        }
    )
    edges = [
        "2024-02-29",
        "2024-02-29 23:59:59.999999",
        "2024-03-01",
        AS_OF,
        AS_OF + " 23:59:59",
        "2024-12-16",
    ]
    table.loc[: len(edges) - 1, "order_date"] = pd.to_datetime(edges, format="ISO8601")
    table.loc[10:19, "customer_id"] = None
    table.loc[15:29, "order_id"] = None
    table.loc[25:39, "order_date"] = pd.NaT
    table.loc[35:49, "amount"] = np.nan
    table.loc[50:52, "amount"] = [np.inf, -np.inf, 2e10]
    table.loc[53, "order_date"] = pd.Timestamp("1970-01-01")
    table.loc[54:70, "amount"] = [0.0, 0.005, -0.005, 1.005, 0.29, 0.58, -0.29, *[19.99] * 10]
    table.loc[71:79, "customer_id"] = "only returns"
    table.loc[71:79, "amount"] = -5.0
    return table


PRODUCTS = pd.DataFrame(
    {
        "product_id": ["P1", "P2", "P3"],
        "category": ["茶", "rice", None],
        "price": [9.99, 120.0, np.nan],
        "margin_rate": [0.37, 0.1, 0.5],
    }
)


def same(found, expected):
    pd.testing.assert_frame_equal(found, expected, check_exact=True)
    assert found.attrs == expected.attrs


def test_order_facts_are_the_same_everywhere(native):
    expected = order_facts(messy(), AS_OF, products=PRODUCTS)
    assert all(expected.attrs["left_out"].values())
    shuffled = messy().sample(frac=1, random_state=3).reset_index(drop=True)
    same(order_facts(native(shuffled), AS_OF, products=native(PRODUCTS)), expected)


@pytest.mark.parametrize("by", ["category", "channel", "discount", "month", "quarter"])
def test_money_by_is_the_same_everywhere(native, by):
    expected = money_by(messy(), by, as_of=AS_OF, products=PRODUCTS)
    same(money_by(native(messy()), by, as_of=AS_OF, products=native(PRODUCTS)), expected)
    monetary = order_facts(messy(), AS_OF)["monetary"]
    np.testing.assert_allclose(expected.sum(axis=1), monetary, rtol=0, atol=1e-9)


def test_interactions_are_the_same_everywhere(native):
    rng = np.random.default_rng(5)
    table = pd.DataFrame(
        {
            "customer_id": rng.choice(["张三", "C1", "C2", None], 300),
            "interaction_date": messy(1, 300)["order_date"],
            "kind": rng.choice(["visit", "view", "cart", "click", "service", "survey"], 300),
            "score": rng.choice([1.0, 4.0, 5.0, np.nan], 300),
            "product_id": rng.choice(["P1", "P2", "P9"], 300),
        }
    )
    same(interaction_facts(native(table), AS_OF), interaction_facts(table, AS_OF))
    same(
        interactions_by(native(table), "category", as_of=AS_OF, products=native(PRODUCTS)),
        interactions_by(table, "category", as_of=AS_OF, products=PRODUCTS),
    )


def test_responses_are_the_same_everywhere(native):
    rng = np.random.default_rng(6)
    table = pd.DataFrame(
        {
            "customer_id": rng.choice(["张三", "C1", "C2", None], 200),
            "arm": rng.choice(["treatment", "holdout"], 200),
            "attended": rng.random(200) < 0.3,
            "converted": rng.random(200) < 0.2,
            "feedback_score": rng.choice([1.0, 5.0, np.nan], 200),
            "amount": np.round(rng.random(200) * 99, 2),
        }
    )
    same(response_facts(native(table)), response_facts(table))


def test_the_three_measures_alone_are_those_of_all_facts(native):
    same(rfm_facts(messy(), AS_OF), order_facts(messy(), AS_OF)[["recency_days", "frequency", "monetary"]])
    same(
        rfm_facts(native(messy()), AS_OF),
        order_facts(messy(), AS_OF)[["recency_days", "frequency", "monetary"]],
    )


def test_no_lines_and_one_line_on_every_engine(native):
    one = messy().iloc[[200]]
    same(order_facts(native(one), AS_OF), order_facts(one, AS_OF))
    nobody = one.assign(customer_id=pd.Series([None], index=one.index, dtype=one["customer_id"].dtype))
    if not hasattr(native(one), "sparkSession"):  # Spark cannot tell the type of a column of nothing
        found = order_facts(native(nobody), AS_OF)
        assert len(found) == 0 and found.attrs["left_out"]["no_customer"] == 1


def test_whole_numbers_as_ids(native):
    table = messy().assign(customer_id=np.arange(900) % 50, order_id=np.arange(900) // 3)
    same(order_facts(native(table), AS_OF), order_facts(table, AS_OF))


@pytest.mark.parametrize("zone", ["Asia/Shanghai", "America/New_York"])
def test_moments_are_read_in_the_zone_of_the_snapshot_day(native, zone, request):
    moments = pd.to_datetime(["2024-02-28 16:30", "2024-02-29 15:59", "2024-02-29 16:00"]).tz_localize("UTC")
    table = pd.DataFrame(
        {
            "order_id": ["A", "B", "C"],
            "customer_id": ["C1", "C1", "C2"],
            "order_date": moments,
            "amount": [1.0, 2.0, 4.0],
        }
    )
    as_of = pd.Timestamp("2024-03-31", tz=zone)
    wall = table.assign(order_date=table["order_date"].dt.tz_convert(zone).dt.tz_localize(None))
    expected = order_facts(wall, "2024-03-31")
    same(order_facts(table, as_of), expected)
    engine = request.node.callspec.params["native"]
    if engine == "duckdb":
        duckdb = pytest.importorskip("duckdb")
        connection = duckdb.connect()
        connection.execute("SET TimeZone = 'UTC'")
        with pytest.raises(UserError, match="session"):
            order_facts(connection.from_df(table), as_of)
        connection.execute(f"SET TimeZone = '{zone}'")
        same(order_facts(connection.from_df(table), as_of), expected)
    elif engine.startswith("spark") and engine.split()[1] != zone:
        with pytest.raises(UserError, match="session"):
            order_facts(native(table), as_of)
    else:
        same(order_facts(native(table), as_of), expected)


def whole_numbers():
    """Lines with dense numbers as ids, as a shop system numbers them, in the sequence of the orders."""
    rng = np.random.default_rng(8)
    owner, day = rng.integers(1000, 1060, 300), np.sort(rng.integers(0, 300, 300))
    order = np.sort(rng.integers(0, 300, 900))
    table = messy().assign(
        customer_id=owner[order],
        order_id=order + 50_000,
        order_date=pd.Timestamp("2024-03-01") + pd.to_timedelta(day[order], unit="D"),
    )
    return table.astype({"order_date": "datetime64[us]"})


@pytest.mark.parametrize("order", ["sorted", "shuffled"])
@pytest.mark.parametrize("change", ["whole numbers", "gaps", "text", "shared orders"])
def test_a_parquet_file_gives_the_same_streamed_or_not(tmp_path, order, change, monkeypatch):
    pytest.importorskip("pyarrow")
    pytest.importorskip("duckdb")
    table = whole_numbers()
    if change == "gaps":
        table = table.astype({"customer_id": "Int64", "order_id": "Int64"})
        table.loc[3:20, "customer_id"] = None
        table.loc[15:30, "order_id"] = None
        table.loc[28:40, "order_date"] = pd.NaT
    if change == "text":
        table = messy()
    if change == "shared orders":
        table["order_id"] = table["order_id"] // 3
    if order == "shuffled":
        table = table.sample(frac=1, random_state=2)
    path = tmp_path / "lines.parquet"
    table.to_parquet(path, row_group_size=200, index=False)
    expected = order_facts(table, AS_OF)
    same(order_facts(path, AS_OF), expected)
    same(rfm_facts(path, AS_OF), expected[["recency_days", "frequency", "monetary"]])
    if change in ("whole numbers", "gaps"):
        monkeypatch.setattr(parquet, "BLOCK", 7)
        streamed, _ = parquet.streamed(path, 20_072)
        assert streamed["frequency"].sum() == expected["frequency"].sum()
    else:
        with pytest.raises((parquet.NoRange, kernels.SharedOrder)):
            parquet.streamed(path, 20_072)


def test_a_parquet_file_with_products_and_one_without_the_columns(tmp_path):
    pytest.importorskip("duckdb")
    path = tmp_path / "lines.parquet"
    messy().to_parquet(path)
    same(order_facts(path, AS_OF, products=PRODUCTS), order_facts(messy(), AS_OF, products=PRODUCTS))
    messy().drop(columns="amount").to_parquet(path)
    with pytest.raises(UserError, match="amount"):
        order_facts(path, AS_OF)

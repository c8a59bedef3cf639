"""The one cleaning plan: row by row the same reasons, amounts and quantities wherever the values are."""

import narwhals.stable.v2 as nw
import pandas as pd
import pytest

from custseg_helpers.mapping import plan
from custseg_helpers.mapping.keys import Orders, OwnData, Returns
from custseg_helpers.mapping.plan import KEPT, REASONS

DAY, LATE = pd.Timestamp("2025-03-01"), pd.Timestamp("2025-04-02")
ROWS = {
    "blank_row": {"blank_row": True, "customer_id": None, "order_id": None, "order_date": pd.NaT, "amount": None},
    "skipped": {"skipped": True},
    "duplicate": {"duplicate": True},
    "no_customer": {"customer_id": None},
    "masked": {"customer_id": "138****1000"},
    "no_order": {"order_id": None, "amount": None},
    "no_date": {"order_date": pd.NaT},
    "no_amount": {"amount": None},
    "zero_amount": {"amount": 0.0},
    "impossible": {"amount": 1e11, "quantity": 1.0},
    "sign_mismatch": {"amount": -5.0, "quantity": 1.0},
    "after_as_of": {"order_date": LATE},
    "": {"amount": 3.335},
    "returned": {"order_id": "R1", "status": "back", "amount": -4.0, "quantity": -1.0},
}  # fmt: skip
"""A row for each reason but the last, which is known only when all rows are."""


def values():
    common = dict.fromkeys(("blank_row", "skipped", "duplicate"), False)
    common |= {"customer_id": "C1", "order_id": "A1", "status": "ok", "order_date": DAY}
    common |= {"amount": 10.0, "quantity": 1.0}
    table = pd.DataFrame([common | row | {"row": place} for place, row in enumerate(ROWS.values())])
    return table.astype({"amount": "float64", "quantity": "float64"})


def mapping(by, *told):
    columns = {
        name: name for name in ("customer_id", "order_id", "status", "order_date", "amount", "quantity")
    }
    orders = Orders(file=("x.csv",), columns=columns, returns=Returns(by=by, values=told))
    return OwnData(name="shop", as_of=pd.Timestamp("2025-04-01"), orders=orders)


def in_duckdb(lines):
    duckdb = pytest.importorskip("duckdb")
    return duckdb.sql("SELECT * REPLACE (order_date::DATE AS order_date) FROM lines")


@pytest.mark.parametrize("rule", [("sign",), ("prefix", "R", "X"), ("status", "back", "void")])
def test_each_row_has_its_reason_and_pandas_and_duckdb_agree_on_it(rule):
    own, found = mapping(*rule), {}
    for name, native in (("pandas", values()), ("duckdb", in_duckdb(values()))):
        planned = plan.order_lines(nw.from_native(native).lazy(), own)
        made = planned.select("row", "reason", "amount", "quantity").collect().to_pandas().sort_values("row")
        found[name] = made.reset_index(drop=True).astype("float64")
        counts = plan.by_reason(planned)
        assert list(counts) == [*REASONS, ""]
        assert counts == dict.fromkeys(REASONS, 1) | {"no_purchase": 0, "": 2}
    pd.testing.assert_frame_equal(found["pandas"], found["duckdb"], check_exact=True)
    reasons = [(*REASONS, "")[int(place)] for place in found["pandas"]["reason"]]
    assert reasons[:-1] == list(ROWS)[:-1] and found["pandas"]["reason"].iloc[-1] == KEPT
    assert found["pandas"].loc[[12, 13], ["amount", "quantity"]].values.tolist() == [[3.34, 1], [-4, -1]]


def test_the_first_reason_in_the_list_counts():
    table = values().assign(skipped=True, customer_id=None)
    planned = plan.order_lines(nw.from_native(table).lazy(), mapping("sign"))
    counts = plan.by_reason(planned)
    assert (counts["blank_row"], counts["skipped"], counts["no_customer"]) == (1, len(table) - 1, 0)


def test_facts_are_left_out_by_the_same_reasons():
    facts = pd.DataFrame(
        {
            "customer_id": ["C1", None, "C3", "C4", "C5", "C6"],
            "recency_days": [1.0, 1, None, 1, -1, 1],
            "frequency": [1.0, 1, 1, None, 1, 0],
            "monetary": [5.0, 5, 5, 5, 5, 5],
        }
    ).assign(blank_row=False, skipped=False, duplicate=False)
    counts = plan.by_reason(plan.customer_rows(nw.from_native(facts).lazy()))
    expected = dict.fromkeys(("no_customer", "no_date", "no_amount", "after_as_of", "no_purchase", ""), 1)
    assert {name: n for name, n in counts.items() if n} == expected

"""What check() knows about lesson 02: the raw files are Yuexuan's, whichever company is in play."""

from functools import cache

import pandas as pd

from custseg_helpers.company.company import load_sample
from custseg_helpers.company.raw import answer_key, raw_members, raw_sales
from custseg_helpers.learn.exercise import Exercise, Mistake
from custseg_helpers.reading.dates import dates
from custseg_helpers.reading.numbers import numbers


@cache
def sales():
    return raw_sales().dropna(how="all")


@cache
def members():
    return raw_members()


@cache
def faulty():
    """The rows of the sales file with a real fault, blank rows aside."""
    key = answer_key()
    rows = key.loc[(key["file"] == "sales_orders.csv") & (key["group"] == "fault"), "row"]
    return {row for row in rows if row in sales().index}


def unknown():
    ids = load_sample("retail").customers["customer_id"]
    return sales()["customer_id"].notna() & ~sales()["customer_id"].isin(ids)


def caught(rows):
    return len(set(sales().index[rows]) & faulty()) / len(faulty())


def spent(texts):
    return numbers(texts)[0].sum()


EXERCISES = [
    Exercise(
        "data-with-customer",
        answer=lambda company: sales()["customer_id"].notna().mean(),
        mistakes=(
            Mistake("left_empty", lambda company: sales()["customer_id"].isna().mean()),
            Mistake("number_of_rows", lambda company: sales()["customer_id"].notna().sum()),
            Mistake("blank_rows_counted", lambda company: raw_sales()["customer_id"].notna().mean()),
        ),
    ),
    Exercise(
        "data-all-spent",
        answer=lambda company: spent(members()["total_spent"]),
        mistakes=(
            Mistake(
                "unreadable_dropped",
                lambda company: pd.to_numeric(members()["total_spent"], errors="coerce").sum(),
            ),
            Mistake(
                "wan_sign_deleted", lambda company: spent(members()["total_spent"].str.replace("万", ""))
            ),
            Mistake(
                "repeats_dropped",
                lambda company: spent(members().drop_duplicates("customer_id")["total_spent"]),
            ),
        ),
    ),
    Exercise(
        "data-unreadable-dates",
        answer=lambda company: int(dates(sales()["order_date"])[1].sum()),
        mistakes=(
            Mistake(
                "read_by_pandas",
                lambda company: int(pd.to_datetime(sales()["order_date"], errors="coerce").isna().sum()),
            ),
            Mistake("empty_counted", lambda company: int(dates(sales()["order_date"])[0].isna().sum())),
            Mistake("none_found", lambda company: 0),
        ),
    ),
    Exercise(
        "data-dropped-rows",
        answer=lambda company: int(sales().duplicated().sum()),
        mistakes=(
            Mistake("colleagues_count", lambda company: int(sales().duplicated("order_id").sum())),
            Mistake("first_ones_too", lambda company: int(sales().duplicated(keep=False).sum())),
            Mistake("blank_rows_too", lambda company: int(raw_sales().duplicated().sum())),
        ),
    ),
    Exercise(
        "data-shared-phones",
        answer=lambda company: int((members().groupby("phone")["customer_id"].nunique() > 1).sum()),
        mistakes=(
            Mistake("extra_rows", lambda company: int(members()["phone"].duplicated().sum())),
            Mistake("twice_entered_too", lambda company: int((members().groupby("phone").size() > 1).sum())),
            Mistake("rows_not_phones", lambda company: int(members()["phone"].duplicated(keep=False).sum())),
        ),
    ),
    Exercise(
        "data-empty-years",
        answer=lambda company: "c",
        mistakes=(
            Mistake("filled_with_mean", lambda company: "a"),
            Mistake("rows_deleted", lambda company: "b"),
            Mistake("guessed", lambda company: "d"),
        ),
    ),
    Exercise(
        "data-counted-twice",
        answer=lambda company: spent(
            sales().loc[sales()["product_id"].isna() & sales()["amount"].notna(), "amount"]
        ),
        mistakes=(
            Mistake("whole_column", lambda company: spent(sales()["amount"])),
            Mistake(
                "all_without_customer",
                lambda company: spent(sales().loc[sales()["customer_id"].isna(), "amount"]),
            ),
            Mistake("number_of_lines", lambda company: 1),
        ),
    ),
    Exercise(
        "data-accuracy",
        answer=lambda company: 1 - len(faulty()) / len(sales()),
        mistakes=(
            Mistake("error_rate", lambda company: len(faulty()) / len(sales())),
            Mistake(
                "form_counted_wrong",
                lambda company: (
                    1 - answer_key().query("file == 'sales_orders.csv'")["row"].nunique() / len(sales())
                ),
            ),
            Mistake("one_tables_rows", lambda company: 1 - len(faulty()) / (len(sales()) + len(members()))),
        ),
    ),
    Exercise("data-letter"),
    Exercise(
        "data-faults-caught",
        answer=lambda company: caught(unknown() | sales().duplicated()),
        mistakes=(
            Mistake("first_check_only", lambda company: caught(unknown())),
            Mistake("duplicates_only", lambda company: caught(sales().duplicated())),
            Mistake("of_all_rows", lambda company: float((unknown() | sales().duplicated()).mean())),
        ),
    ),
]

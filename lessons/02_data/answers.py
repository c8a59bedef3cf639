"""What check() knows about lesson 02: the raw files are Yuexuan's, whichever company is in play."""

from functools import cache
from typing import Literal

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


def spent(texts):
    return numbers(texts)[0].sum()


def with_customer(
    file,
    *,
    id_is: Literal["filled", "empty"] = "filled",
    blank_rows: Literal["left_out", "counted"] = "left_out",
    measure: Literal["share", "number"] = "share",
):
    rows = file.dropna(how="all") if blank_rows == "left_out" else file
    found = rows["customer_id"].notna() if id_is == "filled" else rows["customer_id"].isna()
    return found.mean() if measure == "share" else found.sum()


def all_spent(
    company,
    *,
    read: Literal["every_form", "plain_numbers", "without_the_wan_sign"] = "every_form",
    repeats: Literal["kept", "dropped"] = "kept",
):
    rows = members() if repeats == "kept" else members().drop_duplicates("customer_id")
    texts = rows["total_spent"]
    if read == "plain_numbers":
        return pd.to_numeric(texts, errors="coerce").sum()
    return spent(texts if read == "every_form" else texts.str.replace("万", ""))


def dropped_rows(
    file,
    *,
    same: Literal["whole_row", "order_id"] = "whole_row",
    counted: Literal["repeats", "first_ones_too"] = "repeats",
    blank_rows: Literal["left_out", "counted"] = "left_out",
    side: Literal["dropped", "rows_left"] = "dropped",
):
    rows = file.dropna(how="all") if blank_rows == "left_out" else file
    keep = "first" if counted == "repeats" else False
    again = rows.duplicated(None if same == "whole_row" else same, keep=keep)
    return int((again if side == "dropped" else ~again).sum())


def shared_phones(
    company,
    *,
    counted: Literal[
        "phones_of_several", "phones_entered_twice", "extra_rows", "all_their_rows", "all_phones"
    ] = "phones_of_several",
):
    by_phone, phones = members().groupby("phone"), members()["phone"]
    return int(
        {
            "phones_of_several": by_phone["customer_id"].nunique() > 1,
            "phones_entered_twice": by_phone.size() > 1,
            "extra_rows": phones.duplicated(),
            "all_their_rows": phones.duplicated(keep=False),
            "all_phones": by_phone.size() > 0,
        }[counted].sum()
    )


def accuracy(
    company,
    *,
    share: Literal["right", "wrong", "number_wrong"] = "right",
    faults: Literal["real_faults", "forms_too", "blank_rows_too"] = "real_faults",
    out_of: Literal["sales_rows", "both_tables", "all_rows"] = "sales_rows",
):
    key = answer_key().query("file == 'sales_orders.csv'")
    wrong = {
        "real_faults": len(faulty()),
        "forms_too": key["row"].nunique(),
        "blank_rows_too": key.query("group == 'fault'")["row"].nunique(),
    }[faults]
    rows = {
        "sales_rows": len(sales()),
        "both_tables": len(sales()) + len(members()),
        "all_rows": len(raw_sales()),
    }[out_of]
    return {"right": 1 - wrong / rows, "wrong": wrong / rows, "number_wrong": wrong}[share]


def faults_caught(
    company,
    *,
    checks: Literal["both", "customers_only", "duplicates_only", "found_by_both"] = "both",
    out_of: Literal["faults", "all_rows", "nothing"] = "faults",
    side: Literal["caught", "missed"] = "caught",
):
    found = {
        "both": unknown() | sales().duplicated(),
        "customers_only": unknown(),
        "duplicates_only": sales().duplicated(),
        "found_by_both": unknown() & sales().duplicated(),
    }[checks]
    if side == "missed":
        found = ~found
    if out_of == "all_rows":
        return float(found.mean())
    number = len(set(sales().index[found]) & faulty())
    return number / len(faulty()) if out_of == "faults" else number


EXERCISES = [
    Exercise("data-with-customer", answer=with_customer),
    Exercise("data-all-spent", answer=all_spent, money=True),
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
    Exercise("data-dropped-rows", answer=dropped_rows),
    Exercise("data-shared-phones", answer=shared_phones),
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
        money=True,
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
    Exercise("data-accuracy", answer=accuracy),
    Exercise("data-letter"),
    Exercise("data-faults-caught", answer=faults_caught),
]

"""What check() knows about lesson 00b."""

from typing import Literal

from custseg_helpers.learn.exercise import Exercise, Mistake


def limit(company):
    return company.orders["amount"].mean().round()


def average(
    company,
    *,
    summed: Literal["money", "pieces"] = "money",
    per: Literal["line", "order", "customer", "buyer", "nothing"] = "line",
):
    orders = company.orders
    whole = {
        "line": len(orders),
        "order": orders["order_id"].nunique(),
        "customer": len(company.customers),
        "buyer": orders["customer_id"].nunique(),
        "nothing": 1,
    }
    return orders[{"money": "amount", "pieces": "quantity"}[summed]].sum() / whole[per]


def different(company, *, counted: Literal["products", "rows", "orders", "customers"] = "products"):
    columns = {"products": "product_id", "orders": "order_id", "customers": "customer_id"}
    return len(company.orders) if counted == "rows" else company.orders[columns[counted]].nunique()


def big_lines(
    company,
    *,
    which: Literal["from_the_average_on", "below", "all"] = "from_the_average_on",
    measure: Literal["number", "money"] = "number",
):
    amount = company.orders["amount"]
    chosen = {
        "from_the_average_on": amount >= limit(company),
        "below": amount < limit(company),
        "all": amount.notna(),
    }[which]
    return int(chosen.sum()) if measure == "number" else amount[chosen].sum()


def big_single(
    company,
    *,
    conditions: Literal["both", "money_only", "quantity_only", "either", "neither"] = "both",
    pieces: Literal["one", "several"] = "one",
):
    orders = company.orders
    large = orders["amount"] >= limit(company)
    few = orders["quantity"] == 1 if pieces == "one" else orders["quantity"] > 1
    return int(
        {
            "both": large & few,
            "money_only": large,
            "quantity_only": few,
            "either": large | few,
            "neither": ~(large | few),
        }[conditions].sum()
    )


def by_product(
    company,
    *,
    measure: Literal["money", "pieces", "rows", "average"] = "money",
    by: Literal["product_id", "customer_id", "channel"] = "product_id",
):
    lines = company.orders.groupby(by)
    return {
        "money": lines["amount"].sum(),
        "pieces": lines["quantity"].sum(),
        "rows": lines.size(),
        "average": lines["amount"].mean(),
    }[measure]


def best(
    company,
    *,
    order: Literal["largest_first", "smallest_first", "not_sorted"] = "largest_first",
    kept: Literal["three", "all", "five"] = "three",
    measure: Literal["money", "pieces"] = "money",
):
    products = by_product(company, measure=measure)
    if order != "not_sorted":
        products = products.sort_values(ascending=order == "smallest_first")
    return products if kept == "all" else products.head({"three": 3, "five": 5}[kept])


EXERCISES = [
    Exercise("python-per-line", answer=average, money=True),
    Exercise("python-mend", answer=different),
    Exercise("python-big-lines", answer=big_lines),
    Exercise("python-big-single", answer=big_single),
    Exercise("python-by-product", answer=by_product, money=True),
    Exercise("python-best-product", answer=best, money=True),
    Exercise(
        "python-next-morning",
        answer=lambda company: "b",
        mistakes=(
            Mistake("nothing_saved", lambda company: "a"),
            Mistake("last_cell_again", lambda company: "c"),
            Mistake("new_computer", lambda company: "d"),
        ),
    ),
    Exercise("python-to-colleague"),
]

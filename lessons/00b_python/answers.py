"""What check() knows about lesson 00b."""

from custseg_helpers.learn.exercise import Exercise, Mistake


def limit(company):
    return company.orders["amount"].mean().round()


def big(company):
    orders = company.orders
    return orders[orders["amount"] >= limit(company)]


def by_product(company):
    return company.orders.groupby("product_id")["amount"].sum()


def best(company):
    return by_product(company).sort_values(ascending=False).head(3)


EXERCISES = [
    Exercise(
        "python-per-line",
        answer=lambda company: company.orders["amount"].sum() / len(company.orders),
        mistakes=(
            Mistake("not_divided", lambda company: company.orders["amount"].sum()),
            Mistake(
                "per_order",
                lambda company: company.orders["amount"].sum() / company.orders["order_id"].nunique(),
            ),
            Mistake("per_customer", lambda company: company.orders["amount"].sum() / len(company.customers)),
            Mistake("pieces", lambda company: company.orders["quantity"].sum() / len(company.orders)),
        ),
    ),
    Exercise(
        "python-mend",
        answer=lambda company: company.orders["product_id"].nunique(),
        mistakes=(
            Mistake("rows", lambda company: len(company.orders)),
            Mistake("orders", lambda company: company.orders["order_id"].nunique()),
            Mistake("customers", lambda company: company.orders["customer_id"].nunique()),
        ),
    ),
    Exercise(
        "python-big-lines",
        answer=lambda company: len(big(company)),
        mistakes=(
            Mistake("all_rows", lambda company: len(company.orders)),
            Mistake("below_average", lambda company: int((company.orders["amount"] < limit(company)).sum())),
            Mistake("money", lambda company: big(company)["amount"].sum()),
        ),
    ),
    Exercise(
        "python-big-single",
        answer=lambda company: int((big(company)["quantity"] == 1).sum()),
        mistakes=(
            Mistake("money_only", lambda company: len(big(company))),
            Mistake("quantity_only", lambda company: int((company.orders["quantity"] == 1).sum())),
            Mistake(
                "either",
                lambda company: int(
                    ((company.orders["amount"] >= limit(company)) | (company.orders["quantity"] == 1)).sum()
                ),
            ),
        ),
    ),
    Exercise(
        "python-by-product",
        answer=by_product,
        mistakes=(
            Mistake("pieces", lambda company: company.orders.groupby("product_id")["quantity"].sum()),
            Mistake("rows", lambda company: company.orders["product_id"].value_counts()),
            Mistake("average", lambda company: company.orders.groupby("product_id")["amount"].mean()),
            Mistake("by_customer", lambda company: company.orders.groupby("customer_id")["amount"].sum()),
        ),
    ),
    Exercise(
        "python-best-product",
        answer=best,
        mistakes=(
            Mistake("smallest", lambda company: by_product(company).sort_values().head(3)),
            Mistake("not_sorted", lambda company: by_product(company).head(3)),
            Mistake("all_products", lambda company: by_product(company).sort_values(ascending=False)),
        ),
    ),
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

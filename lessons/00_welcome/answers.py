"""What check() knows about lesson 00."""

from functools import cache

from custseg_helpers.facts.per_customer import order_facts
from custseg_helpers.learn.exercise import Exercise, Mistake


def purchases(company):
    orders = company.orders
    return orders[orders["quantity"] > 0]


@cache
def money(company):
    return order_facts(company.orders, company.as_of)["monetary"].sort_values(ascending=False)


def half(company):
    return int((money(company).cumsum() < money(company).sum() / 2).sum()) + 1


EXERCISES = [
    Exercise(
        "welcome-registered",
        answer=lambda company: len(company.customers),
        mistakes=(
            Mistake("order_lines", lambda company: len(company.orders)),
            Mistake("people_with_orders", lambda company: company.orders["customer_id"].nunique()),
            Mistake("cells_counted", lambda company: company.customers.size),
        ),
    ),
    Exercise(
        "welcome-buyers",
        answer=lambda company: purchases(company)["customer_id"].nunique(),
        mistakes=(
            Mistake("registered", lambda company: len(company.customers)),
            Mistake("order_lines", lambda company: len(purchases(company))),
            Mistake("orders", lambda company: purchases(company)["order_id"].nunique()),
        ),
    ),
    Exercise(
        "welcome-colleague-report",
        answer=lambda company: purchases(company)["order_id"].nunique(),
        mistakes=(
            Mistake("colleagues_count", lambda company: len(company.orders)),
            Mistake("lines_not_orders", lambda company: len(purchases(company))),
            Mistake("returns_counted", lambda company: company.orders["order_id"].nunique()),
        ),
    ),
    Exercise(
        "welcome-top-share",
        answer=lambda company: money(company).head(300).sum() / money(company).sum(),
        mistakes=(
            Mistake("share_of_people", lambda company: 300 / len(money(company))),
            Mistake("amount_not_share", lambda company: money(company).head(300).sum()),
            Mistake("last_300", lambda company: money(company).tail(300).sum() / money(company).sum()),
        ),
    ),
    Exercise(
        "welcome-typing-sentence",
        answer=lambda company: "b",
        mistakes=(
            Mistake("grades_by_spending", lambda company: "a"),
            Mistake("three_parts_by_spending", lambda company: "c"),
            Mistake("profit_decides", lambda company: "d"),
        ),
    ),
    Exercise("welcome-to-director"),
    Exercise(
        "welcome-half-money",
        answer=half,
        mistakes=(
            Mistake("one_short", lambda company: half(company) - 1),
            Mistake(
                "from_the_lowest",
                lambda company: (
                    int((money(company).sort_values().cumsum() < money(company).sum() / 2).sum()) + 1
                ),
            ),
            Mistake("half_the_people", lambda company: len(money(company)) // 2),
        ),
    ),
]

"""What check() knows about lesson 04: the answers, the mistakes people make, and the hints."""

from functools import cache

from custseg_helpers.facts.per_customer import order_facts
from custseg_helpers.learn.exercise import Exercise, Mistake
from custseg_helpers.tiers import rfm

SHOP_RULE = rfm.Cuts(recency_days=(30, 60, 90, 180), frequency=(2,), monetary=(500,))


@cache
def facts(company):
    return order_facts(company.orders, company.as_of)


@cache
def scores(company):
    return rfm.rfm_scores(facts(company))


def purchases(company):
    orders = company.orders
    return orders[orders["quantity"] > 0]


def days_since(company, dates):
    return (company.as_of - dates).dt.days


def r_score(company):
    return rfm.rfm_scores(facts(company), SHOP_RULE)["r_score"]


def strictly_below(company):
    return rfm.rfm_scores(facts(company).eval("recency_days = recency_days + 1"), SHOP_RULE)["r_score"]


def money_share(company):
    money = facts(company)["monetary"]
    return money.groupby(rfm.segments8(scores(company))).sum() / money.sum()


def best(company):
    return (scores(company) == 5).all(axis=1)


def called_loyal(company):
    return scores(company)["f_score"] >= 5


def call_list(company, segment="key_retain", by="monetary", ascending=False):
    chosen = facts(company)[rfm.segments8(scores(company)) == segment].reset_index()
    return (
        chosen.sort_values([by, "customer_id"], ascending=[ascending, True])["customer_id"].head(300).tolist()
    )


EXERCISES = [
    Exercise(
        "rfm-recency",
        answer=lambda company: facts(company)["recency_days"],
        mistakes=(
            Mistake("first_purchase", lambda company: facts(company)["tenure_days"]),
            Mistake(
                "returns_counted",
                lambda company: days_since(
                    company, company.orders.groupby("customer_id")["order_date"].max()
                ),
            ),
            Mistake(
                "last_order_as_today",
                lambda company: (
                    (
                        purchases(company)["order_date"].max()
                        - purchases(company).groupby("customer_id")["order_date"].max()
                    ).dt.days
                ),
            ),
            Mistake("negative_days", lambda company: -facts(company)["recency_days"]),
        ),
    ),
    Exercise(
        "rfm-frequency",
        answer=lambda company: facts(company)["frequency"],
        mistakes=(
            Mistake("order_lines", lambda company: purchases(company).groupby("customer_id").size()),
            Mistake(
                "returns_counted", lambda company: company.orders.groupby("customer_id")["order_id"].nunique()
            ),
            Mistake("pieces", lambda company: purchases(company).groupby("customer_id")["quantity"].sum()),
        ),
    ),
    Exercise(
        "rfm-monetary",
        answer=lambda company: facts(company)["monetary"],
        mistakes=(
            Mistake("returns_not_taken_off", lambda company: facts(company)["gross"]),
            Mistake(
                "returns_added",
                lambda company: company.orders["amount"].abs().groupby(company.orders["customer_id"]).sum(),
            ),
            Mistake("mean_per_line", lambda company: company.orders.groupby("customer_id")["amount"].mean()),
        ),
    ),
    Exercise(
        "rfm-fixed-score",
        answer=r_score,
        mistakes=(
            Mistake("wrong_way_round", lambda company: 6 - r_score(company)),
            Mistake("strictly_below", strictly_below),
            Mistake("fifths", lambda company: scores(company)["r_score"]),
            Mistake("days_not_scored", lambda company: facts(company)["recency_days"]),
        ),
    ),
    Exercise(
        "rfm-one-time-share",
        answer=lambda company: (facts(company)["frequency"] == 1).mean(),
        mistakes=(
            Mistake(
                "of_orders",
                lambda company: (facts(company)["frequency"] == 1).sum() / facts(company)["frequency"].sum(),
            ),
            Mistake(
                "never_bought_counted",
                lambda company: (facts(company)["frequency"] == 1).sum() / len(company.customers),
            ),
            Mistake("number_of_people", lambda company: (facts(company)["frequency"] == 1).sum()),
        ),
    ),
    Exercise(
        "rfm-money-share",
        answer=money_share,
        mistakes=(
            Mistake(
                "share_of_people", lambda company: rfm.segments8(scores(company)).value_counts(normalize=True)
            ),
            Mistake(
                "not_divided",
                lambda company: facts(company)["monetary"].groupby(rfm.segments8(scores(company))).sum(),
            ),
            Mistake(
                "mean_per_customer",
                lambda company: facts(company)["monetary"].groupby(rfm.segments8(scores(company))).mean(),
            ),
            Mistake(
                "eleven_segments",
                lambda company: (
                    facts(company)["monetary"].groupby(rfm.segments11(scores(company))).sum()
                    / facts(company)["monetary"].sum()
                ),
            ),
        ),
    ),
    Exercise(
        "rfm-colleague-rules",
        answer=lambda company: int((best(company) & called_loyal(company)).sum()),
        mistakes=(
            Mistake("all_loyal", lambda company: int(called_loyal(company).sum())),
            Mistake("four_or_more", lambda company: int((scores(company) >= 4).all(axis=1).sum())),
            Mistake("none", lambda company: 0),
        ),
    ),
    Exercise(
        "rfm-first-calls",
        answer=lambda company: "b",
        mistakes=(
            Mistake("champions", lambda company: "a"),
            Mistake("low_value", lambda company: "c"),
            Mistake("new_customers", lambda company: "d"),
        ),
    ),
    Exercise("rfm-to-manager"),
    Exercise(
        "rfm-call-list",
        answer=call_list,
        mistakes=(
            Mistake("lowest_first", lambda company: call_list(company, ascending=True)),
            Mistake("champions", lambda company: call_list(company, segment="high_value_loyal")),
            Mistake("sorted_by_id", lambda company: sorted(call_list(company))),
            Mistake("sorted_by_orders", lambda company: call_list(company, by="frequency")),
        ),
    ),
]

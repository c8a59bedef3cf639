"""What check() knows about lesson 12."""

from functools import cache

import pandas as pd

from custseg_helpers.action import allocation, levers, targets
from custseg_helpers.facts.kernels import unit_costs
from custseg_helpers.facts.per_customer import order_facts
from custseg_helpers.learn.exercise import Exercise, Mistake, Point
from custseg_helpers.tiers import value
from custseg_helpers.words.text import T

BONUS = 10_000


def sales_of(company, which):
    return company.orders[company.orders["order_date"].dt.year == which]


def last_year(company):
    return sales_of(company, company.as_of.year - 1)


def daily(company):
    return company.orders.groupby("order_date")["amount"].sum()


def goal(company):
    return targets.growth_target(last_year(company)["amount"].sum(), 0.15)


def sold(company, table=None, measure="sum"):
    table = last_year(company) if table is None else table
    return table.groupby("channel")["amount"].agg(measure)


def even(weights):
    return pd.Series(1.0, index=weights.index)


def months(company):
    return targets.split(goal(company), targets.season_weights(daily(company)))


def money_of_months(company, table):
    return table.groupby(table["order_date"].dt.month)["amount"].sum().rename_axis("month")


@cache
def days(company):
    sales = daily(company)
    return targets.daily_targets(
        company.as_of.year, goal(company), targets.season_weights(sales), targets.weekday_weights(sales)
    )


def january(company):
    return days(company).loc[days(company)["month"] == f"{company.as_of.year}-01", "target"]


def week_5(company):
    return days(company).loc[days(company)["week"] == f"{company.as_of.year}-W05"]


def bought(company):
    return last_year(company)[last_year(company)["quantity"] > 0]


def formula(company, **wrong):
    right = {
        "customers": int((company.customers["signup_date"].dt.year <= company.as_of.year - 1).sum()),
        "buyers": bought(company)["customer_id"].nunique(),
        "orders": bought(company)["order_id"].nunique(),
        "sales": last_year(company)["amount"].sum(),
    }
    return levers.sales_formula(**(right | wrong))


@cache
def grade(company):
    return value.abc(order_facts(company.orders, company.as_of)["monetary"]).rename("grade")


@cache
def given(company, order=(3, 2, 1, 0)):
    customers = company.customers.set_index("customer_id").loc[grade(company).index]
    points = grade(company).map(dict(zip("ABCD", order, strict=True)))
    return allocation.allocate(customers, company.reps, priority=points)["rep_id"]


def left_over(company, *order):
    return given(company, *order).isna().groupby(grade(company)).sum()


def by_grade(company, table=None):
    table = last_year(company) if table is None else table
    money = table.groupby(table["customer_id"].map(grade(company)))["amount"].sum()
    return targets.split(goal(company), money.clip(lower=0).rename_axis("grade"))


def crossed(company, rows=None, columns=None):
    rows = by_grade(company) if rows is None else rows
    return targets.cross(rows, months(company) if columns is None else columns)


@cache
def lines(company):
    table = last_year(company).dropna(subset="rep_id").merge(company.products, on="product_id")
    cost = table["quantity"] * unit_costs(table["product_id"], company.products) / 10_000
    return table.assign(margin=table["amount"] - cost)


def shared(company, column, how="sum", only_sales=False):
    table = lines(company)
    table = table[table["quantity"] > 0] if only_sales else table
    return targets.split(BONUS, table.groupby("rep_id")[column].agg(how))


EXERCISES = [
    Exercise(
        "goals-by-channel",
        answer=lambda company: targets.split(goal(company), sold(company)),
        praise=T(
            zh="对。加一加：和全年目标一分不差，会上就不用吵了。",
            en="Right. Add it up: it is the year's target to the cent, and there is nothing to quarrel about.",
        ),
        mistakes=(
            Mistake(
                lambda company: targets.split(goal(company), even(sold(company))),
                T(
                    zh="你平均分了。各渠道去年卖得不一样多，用去年的销售额作权重。",
                    en="You made equal parts. Channels did not sell alike last year: use last year's sales as weights.",
                ),
            ),
            Mistake(
                lambda company: sold(company),
                T(
                    zh="这是去年的销售额，还没有拆今年的目标。",
                    en="These are last year's sales; this year's target is not split yet.",
                ),
            ),
            Mistake(
                lambda company: targets.split(goal(company), sold(company, measure="size")),
                T(
                    zh="你按订单行数拆了。一行 20 元和一行 900 元不该一样重，用 `amount`。",
                    en="You split by the number of lines. A line of 20 yuan should not weigh as much as one of 900: use `amount`.",
                ),
            ),
            Mistake(
                lambda company: targets.split(goal(company), sold(company, company.orders)),
                T(
                    zh="权重用成了所有年份。用 `last_year`，渠道去年变过，前年的就旧了。",
                    en="The weights cover all years. Use `last_year`: where channels have changed, the year before is out of date.",
                ),
            ),
        ),
        hints=(
            T(
                zh="先按渠道加总去年的金额，再交给 `targets.split`。",
                en="Add up last year's money by channel first, then hand it to `targets.split`.",
            ),
            T(
                zh='`targets.split(target, last_year.groupby("channel")["amount"].sum())`',
                en='`targets.split(target, last_year.groupby("channel")["amount"].sum())`',
            ),
        ),
    ),
    Exercise(
        "goals-by-month",
        answer=months,
        praise=T(
            zh="对。旺季给得多，淡季给得少，每个月一样难，也一样公平。",
            en="Right. More in strong months and less in weak ones: each month is as hard, and as fair, as the next.",
        ),
        mistakes=(
            Mistake(
                lambda company: targets.split(goal(company), even(targets.season_weights(daily(company)))),
                T(
                    zh="你把全年除以了 12。旺季会太松，淡季谁都完不成。",
                    en="You divided the year by 12. Strong months are too easy then, and nobody reaches the weak ones.",
                ),
            ),
            Mistake(
                lambda company: targets.split(goal(company), money_of_months(company, last_year(company))),
                T(
                    zh="你只用了去年一年。哪个月碰巧办了活动，就会被当成旺季；用几年的占比平均。",
                    en="You took last year alone. A month with a campaign by chance would look like season; average the shares of several years.",
                ),
            ),
            Mistake(
                lambda company: targets.split(goal(company), money_of_months(company, company.orders)),
                T(
                    zh="你把几年的钱加在一起当权重，卖得多的那一年说话更重。要先算每年的占比，再平均。",
                    en="You added the money of all years, so the year that sold more weighs more. First take each year's shares, then average.",
                ),
            ),
            Mistake(
                lambda company: targets.season_weights(daily(company)),
                T(
                    zh="这是权重，不是钱。再用 `targets.split` 把 `target` 拆开。",
                    en="These are weights and not money. Now split `target` with `targets.split`.",
                ),
            ),
        ),
        hints=(
            T(
                zh="第 1 节的 `targets.split`，加上第 2 节的 `targets.season_weights`。",
                en="`targets.split` of section 1 with `targets.season_weights` of section 2.",
            ),
            T(
                zh="`targets.split(target, targets.season_weights(daily))`",
                en="`targets.split(target, targets.season_weights(daily))`",
            ),
        ),
    ),
    Exercise(
        "goals-week-target",
        answer=lambda company: round(week_5(company)["target"].sum(), 2),
        praise=T(
            zh="对。先拆到天，再按周加，周和月就都对得上。照同事的算法，一年 52 周会拆出 13 个月的目标。",
            en="Right. Down to days first, then up by week, and weeks agree with months. By the colleague's rule, 52 weeks would hold 13 months of targets.",
        ),
        mistakes=(
            Mistake(
                lambda company: january(company).sum() / 4,
                T(
                    zh="这就是同事的数。1 月有 31 天，不止四周；第 5 周还有一部分在 2 月。",
                    en="That is the colleague's number. January has 31 days, more than four weeks, and part of week 5 is in February.",
                ),
            ),
            Mistake(
                lambda company: (
                    week_5(company)
                    .loc[week_5(company)["month"] == f"{company.as_of.year}-01", "target"]
                    .sum()
                ),
                T(
                    zh="这只是第 5 周在 1 月的那几天。2 月的也要加上：按 `week` 汇总，不要带 `month`。",
                    en="These are only the days of week 5 in January. Add those in February: roll up by `week` without `month`.",
                ),
            ),
            Mistake(
                lambda company: goal(company) / 52,
                T(
                    zh="这是全年除以 52，季节就没有了。",
                    en="That is the year divided by 52, and the season is gone.",
                ),
            ),
        ),
        hints=(
            T(
                zh='`targets.roll_up` 可以按周加：`targets.roll_up(days, "week")`。',
                en='`targets.roll_up` adds up by week: `targets.roll_up(days, "week")`.',
            ),
            T(
                zh='再取出这一周：`.loc[week_5, "target"]`。',
                en='Then take this week: `.loc[week_5, "target"]`.',
            ),
        ),
    ),
    Exercise(
        "goals-four-levers",
        answer=formula,
        praise=T(
            zh="对。四个数乘起来，正好是去年的销售额。",
            en="Right. Multiply the four, and you have exactly last year's sales.",
        ),
        mistakes=(
            Mistake(
                lambda company: formula(company, orders=len(bought(company))),
                T(
                    zh="订单数数成了行数。一张单有好几行，用 `nunique` 数不同的订单号。",
                    en="You counted lines for orders. An order has several lines: count different order numbers with `nunique`.",
                ),
            ),
            Mistake(
                lambda company: formula(company, sales=bought(company)["amount"].sum()),
                T(
                    zh="销售额没减退货。退货行也在 `last_year` 里，金额是负的，直接加总就好。",
                    en="The sales are not net of returns. Lines of returns are in `last_year` with negative amounts: just add them up.",
                ),
            ),
            Mistake(
                lambda company: formula(company, customers=bought(company)["customer_id"].nunique()),
                T(
                    zh="客户数用成了购买人数，转化就成了 1。客户数是登记会员 `members`。",
                    en="You took buyers for customers, so conversion is 1. The customers are those who signed up, `members`.",
                ),
            ),
            Mistake(
                lambda company: formula(company, orders=last_year(company)["order_id"].nunique()),
                T(
                    zh="退货单也数成了订单。只数 `bought` 里的。",
                    en="Returns were counted as orders. Count those in `bought` only.",
                ),
            ),
        ),
        hints=(
            T(
                zh="四个空：`members`、`bought` 里的客户数、`bought` 里的订单数、`last_year` 的金额。",
                en="Four blanks: `members`, the customers in `bought`, the orders in `bought`, the money of `last_year`.",
            ),
            T(
                zh='`buyers=bought["customer_id"].nunique()`，`orders=bought["order_id"].nunique()`，`sales=last_year["amount"].sum()`。',
                en='`buyers=bought["customer_id"].nunique()`, `orders=bought["order_id"].nunique()`, `sales=last_year["amount"].sum()`.',
            ),
        ),
    ),
    Exercise(
        "goals-first-lever",
        answer=lambda company: "b",
        praise=T(
            zh="有道理：拖后腿的是转化，先修它；这些人的联系方式我们已经有了。",
            en="Well argued: conversion held us back, so mend it first; and we have these people's addresses already.",
        ),
        mistakes=(
            Mistake(
                lambda company: "a",
                T(
                    zh="去年多了那么多会员，销售额也没动：漏的桶，先补再倒水。",
                    en="Last year brought all those members and sales did not move: mend the bucket before you pour.",
                ),
            ),
            Mistake(
                lambda company: "c",
                T(
                    zh="涨价会让转化和频率往下走，四项相乘，未必是涨。",
                    en="Higher prices push conversion and frequency down; the four multiply, and the product need not rise.",
                ),
            ),
            Mistake(
                lambda company: "d",
                T(
                    zh="这是把问题分给 15 个人，不是找到抓手。",
                    en="That shares the problem out among 15 people; it finds no lever.",
                ),
            ),
        ),
        rubric=(
            Point(
                T(zh="指出是哪个抓手", en="names the lever"),
                r"转化|买一单|没买|conversion|did not buy|order",
            ),
            Point(T(zh="用数说话", en="uses numbers"), r"[0-9%％]|成|tenths|percent"),
            Point(
                T(zh="怎么知道有没有用", en="how to know whether it works"),
                r"比较|对照|留出|看|compare|holdout|watch|hold",
            ),
        ),
        good=T(
            zh="拖后腿的是转化：会员多了四成，买的人反而少。先请登记了没买的人来买一单，留出一部分不联系，比较两边的购买比例。",
            en="Conversion held us back: four tenths more members and fewer buyers. First get those who did not buy to place an order, hold some out, and compare the shares that buy.",
        ),
        weak=T(zh="大家一起努力，各方面都要加强。", en="Everybody should try harder in every respect."),
        hints=(
            T(
                zh="看第 4 节的图：哪一根是往下的，而且最长？",
                en="Look at the figure of section 4: which bar goes down, and is the longest?",
            ),
            T(
                zh="转化往下走了。哪个做法直接动它？",
                en="Conversion went down. Which action moves it directly?",
            ),
        ),
    ),
    Exercise(
        "goals-left-over",
        answer=left_over,
        praise=T(
            zh="对。没人管的都排在后面的等级里：他们走自助服务，不是被忘了。",
            en="Right. Those left over stand in the lower grades: they go to self-service and are not forgotten.",
        ),
        mistakes=(
            Mistake(
                lambda company: left_over(company, (1, 1, 1, 1)),
                T(
                    zh="你没写 `priority`：A 级和 C 级一视同仁，好些 A 级就没人管了。",
                    en="You left `priority` out: As and Cs are treated alike, and a good many As have nobody.",
                ),
            ),
            Mistake(
                lambda company: left_over(company, (0, 1, 2, 3)),
                T(
                    zh="优先的次序反了：数字大的先分到。",
                    en="The priority is the wrong way round: higher numbers come first.",
                ),
            ),
            Mistake(
                lambda company: given(company).notna().groupby(grade(company)).sum(),
                T(
                    zh="这是分到了的人数。题目问没分到的。",
                    en="These are the customers who have a rep. Those without are asked.",
                ),
            ),
            Mistake(
                lambda company: given(company).isna().groupby(grade(company)).mean(),
                T(zh="这是比例，题目要人数。", en="These are shares; numbers of customers are asked."),
            ),
        ),
        hints=(
            T(
                zh="先分配，再看谁的 `rep_id` 是空的，按等级数。",
                en="Assign first, then see whose `rep_id` is missing, and count by grade.",
            ),
            T(
                zh='`allocation.allocate(customers, company.reps, priority=priority)["rep_id"].isna().groupby(grade).sum()`',
                en='`allocation.allocate(customers, company.reps, priority=priority)["rep_id"].isna().groupby(grade).sum()`',
            ),
        ),
    ),
    Exercise(
        "goals-both-ways",
        answer=crossed,
        praise=T(
            zh="对。横着、竖着都对得上，哪位经理拿计算器来加都一样。",
            en="Right. It adds up across and down, whoever comes with a pocket calculator.",
        ),
        mistakes=(
            Mistake(
                lambda company: crossed(
                    company,
                    columns=targets.split(goal(company), even(targets.season_weights(daily(company)))),
                ),
                T(
                    zh="月份是平均分的。列要按往年的季节拆。",
                    en="The months are equal parts. Columns follow the season of past years.",
                ),
            ),
            Mistake(
                lambda company: crossed(
                    company,
                    rows=targets.split(goal(company), grade(company).value_counts().rename_axis("grade")),
                ),
                T(
                    zh="行按人数拆了。C 级人多钱少，完不成；用 `sold_by_grade`。",
                    en="The rows are split by people. Cs are many with little money and cannot reach it; use `sold_by_grade`.",
                ),
            ),
            Mistake(
                lambda company: crossed(company).T,
                T(
                    zh="行和列反了：行是等级，列是月份。",
                    en="Rows and columns are swapped: grades are rows, months are columns.",
                ),
            ),
            Mistake(
                lambda company: crossed(company, rows=by_grade(company, company.orders)),
                T(
                    zh="行的权重用了所有年份，题目给的是去年的 `sold_by_grade`。",
                    en="The weights of the rows cover all years; last year's `sold_by_grade` is given.",
                ),
            ),
        ),
        hints=(
            T(
                zh="先用 `targets.split` 拆出行的合计和列的合计，再用 `targets.cross`。",
                en="First make the totals of rows and columns with `targets.split`, then use `targets.cross`.",
            ),
            T(
                zh="`targets.cross(targets.split(target, sold_by_grade), targets.split(target, targets.season_weights(daily)))`",
                en="`targets.cross(targets.split(target, sold_by_grade), targets.split(target, targets.season_weights(daily)))`",
            ),
        ),
    ),
    Exercise(
        "goals-bonus-effect",
        rubric=(
            Point(
                T(zh="说出销售会怎样做", en="says what salespeople will do"),
                r"拉.*登记|凑数|登记完|虚|sign up|signs up|whoever|fake",
            ),
            Point(
                T(zh="说出公司会失去什么", en="says what the company loses"),
                r"转化|不买|没买|买的人|conversion|fewer buyers|not buy|never buy",
            ),
            Point(
                T(zh="建议改成奖什么", en="says what to pay for instead"),
                r"第二单|首单|毛利|复购|second order|first order|margin|repeat",
            ),
            Point(
                T(zh="怎么先试", en="says how to try it first"),
                r"先.*试|试一|比较|对照|try|pilot|compare",
            ),
        ),
        good=T(
            zh="销售会拉路过的人登记凑数。会员涨了，买的人没多，转化往下掉。改成新会员 60 天内买了第二单才奖，按毛利减退货算。先在一个大区试一个季度，再和别处比较。",
            en="Salespeople will sign up whoever passes by. Members rise, buyers do not, conversion falls. Pay when a new member places a second order within 60 days, on margin less returns. Try it in one region for a quarter and compare.",
        ),
        weak=T(
            zh="奖金能提高大家的积极性，建议尽快实施。",
            en="A bonus motivates everybody; I suggest that we introduce it soon.",
        ),
        hints=(
            T(
                zh="奖什么，就会来什么：怎样最省力地拿到这 10 元？",
                en="You get what you pay for: what is the easiest way to these 10 yuan?",
            ),
            T(
                zh="四句：销售会怎样做；转化会怎样；改成奖第二单或毛利；先在一处试，再比较。",
                en="Four sentences: what salespeople do; what becomes of conversion; pay for the second order or for margin; try it in one place and compare.",
            ),
        ),
    ),
    Exercise(
        "goals-margin-bonus",
        answer=lambda company: shared(company, "margin"),
        praise=T(
            zh="对。和按销售额分的一比，变少的是毛利率低的人：打折多，或者专卖利薄的东西。宣布之前，先看清是哪一种，再和他们谈。",
            en="Right. Beside a share by sales, those get less whose margin rate is low: they give more discount, or sell what earns little. See which it is, and talk to them, before you announce it.",
        ),
        mistakes=(
            Mistake(
                lambda company: shared(company, "amount"),
                T(
                    zh="这是按销售额分的，正是会起反作用的那种。用 `margin`。",
                    en="This is by sales, the very kind that backfires. Use `margin`.",
                ),
            ),
            Mistake(
                lambda company: shared(company, "margin", only_sales=True),
                T(
                    zh="你把退货行去掉了。卖出去又退回来的，不该拿奖金。",
                    en="You dropped the returns. What was sold and came back earns no bonus.",
                ),
            ),
            Mistake(
                lambda company: lines(company).groupby("rep_id")["margin"].sum(),
                T(
                    zh="这是每人的毛利，还没有分那 10,000 元。",
                    en="That is each rep's margin; the 10,000 yuan are not shared out yet.",
                ),
            ),
            Mistake(
                lambda company: shared(company, "order_id", "nunique"),
                T(
                    zh="这是按订单数分的：一张单拆成三张就能多拿。",
                    en="This is by orders: whoever splits one into three gets more.",
                ),
            ),
        ),
        hints=(
            T(
                zh="先按代表加总毛利，再用 `targets.split` 分 10,000 元。",
                en="Add up the margin by rep first, then share out 10,000 yuan with `targets.split`.",
            ),
            T(
                zh='`targets.split(10_000, lines.groupby("rep_id")["margin"].sum())`',
                en='`targets.split(10_000, lines.groupby("rep_id")["margin"].sum())`',
            ),
        ),
    ),
]

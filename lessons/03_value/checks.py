"""What check() knows about lesson 03."""

from functools import cache

import numpy as np
import pandas as pd

from custseg_helpers.facts.per_customer import order_facts
from custseg_helpers.learn.exercise import Exercise, Mistake, Point
from custseg_helpers.tiers import cuts, value
from custseg_helpers.words.text import T


@cache
def facts(company):
    return order_facts(company.orders, company.as_of, products=company.products)


def money(company):
    return facts(company)["monetary"]


@cache
def lines(company):
    return company.orders.merge(company.products[["product_id", "price", "margin_rate"]], on="product_id")


def by_customer(company, amounts):
    return amounts.groupby(lines(company)["customer_id"]).sum()


def margin(company):
    return facts(company)["margin"]


def region(company):
    return company.customers.set_index("customer_id")["region"].reindex(money(company).index)


def everyone(company):
    return money(company).reindex(company.customers["customer_id"]).fillna(0)


def as_people(company):
    """Grade by the share of people in place of the share of money."""
    share = value.pareto(money(company))["customer_share"]
    grades = np.select([share <= 0.80, share <= 0.95], ["A", "B"], "C")
    return pd.Series(grades, index=share.index).reindex(money(company).index)


def crossed_over(company):
    """Grade the customer who crosses the line as a B."""
    share = value.pareto(money(company))["value_share"]
    grades = np.select([share <= 0.80, share <= 0.95], ["A", "B"], "C")
    return pd.Series(grades, index=share.index).reindex(money(company).index)


def lost_a(company):
    by_margin = value.abc(margin(company))
    return (value.abc(money(company)) == "A") & (by_margin != "A")


EXERCISES = [
    Exercise(
        "value-top-share",
        answer=lambda company: value.share_of_top(money(company), 0.20),
        praise=T(
            zh="对。下次有人引用 80/20，你有自己的数。",
            en="Right. When someone quotes 80/20 next time, you have a number of your own.",
        ),
        mistakes=(
            Mistake(
                lambda company: value.share_of_top(everyone(company), 0.20),
                T(
                    zh="你的分母里有从没买过的人，前 20% 的人数就变多了。只看买过东西的客户。",
                    en="Your base holds people who never bought, which makes the best 20% more people. Look at buyers only.",
                ),
            ),
            Mistake(
                lambda company: 1 - value.share_of_top(money(company), 0.80),
                T(
                    zh="这是最差的 20% 带来的。从花得最多的数起。",
                    en="That is what the worst 20% bring. Count from the highest spending.",
                ),
            ),
            Mistake(
                lambda company: (value.abc(money(company)) == "A").mean(),
                T(
                    zh="你算反了：这是带来 80% 的钱需要多少比例的人。题目问 20% 的人带来多少钱。",
                    en="The other way round: this is the share of people who bring 80% of the money. The money of 20% of the people is asked.",
                ),
            ),
        ),
        hints=(
            T(
                zh="先排队，再取前 20% 的人，把他们的钱加起来。",
                en="Line them up, take the first 20%, add up their money.",
            ),
            T(zh="`value.share_of_top(money, 0.20)`", en="`value.share_of_top(money, 0.20)`"),
        ),
    ),
    Exercise(
        "value-grade",
        answer=lambda company: value.abc(money(company)),
        praise=T(
            zh="对。同样的钱同样的级，谁来算都一样。",
            en="Right. Equal money, equal grade, whoever computes it.",
        ),
        mistakes=(
            Mistake(
                as_people,
                T(
                    zh="你按人数切了 80%：八成的人都成了 A。要按累计的**钱**切。",
                    en="You cut at 80% of the people: eight in ten became an A. Cut by the running share of **money**.",
                ),
            ),
            Mistake(
                crossed_over,
                T(
                    zh="跨过线的那一位被你降了一级。规则是：前面的人还不到 80%，就是 A。",
                    en="You put the one who crosses the line a grade lower. The rule: if those before add up to less than 80%, it is an A.",
                ),
            ),
            Mistake(
                lambda company: value.abc(facts(company)["gross"]),
                T(
                    zh="你用的金额没有减退货。买得多退得也多的人会混进 A 级。",
                    en="Your money is not net of returns. Whoever buys much and returns much slips into grade A.",
                ),
            ),
        ),
        hints=(
            T(
                zh="课上对五位客户用的函数，对全部客户也能用。",
                en="The function used on five customers works on all.",
            ),
            T(zh="`value.abc(money)`", en="`value.abc(money)`"),
        ),
    ),
    Exercise(
        "value-lost-customers",
        answer=lambda company: int((value.abc(money(company)) == "A").sum()),
        praise=T(
            zh="对。少的往往就是分界线上那一位；名单要发给他，他会来问为什么。",
            en="Right. The one lost is the one on the line, and he will come and ask why.",
        ),
        mistakes=(
            Mistake(
                lambda company: int((value.pareto(money(company))["value_share"] <= 0.80).sum()),
                T(
                    zh="这正是同事的数：跨过 80% 的那一位没算进去。",
                    en="That is the colleague's number: the one who crosses 80% is not in it.",
                ),
            ),
            Mistake(
                lambda company: int((value.abc(money(company)) == "B").sum()),
                T(zh="你数的是 B 级。", en="You counted the Bs."),
            ),
            Mistake(
                lambda company: round(len(money(company)) * 0.2),
                T(
                    zh="这是 20% 的人数。A 级有多少人，由钱决定，不由人数决定。",
                    en="This is 20% of the people. Money decides how many As there are, not people.",
                ),
            ),
        ),
        hints=(
            T(
                zh="累计占比第一次超过 80% 的那个人，前面的人还不到 80%。",
                en="When the running share first exceeds 80%, those before that customer are still below it.",
            ),
            T(zh='`(value.abc(money) == "A").sum()`', en='`(value.abc(money) == "A").sum()`'),
        ),
    ),
    Exercise(
        "value-margin",
        answer=margin,
        praise=T(
            zh="对。看看有没有人毛利是负的：我们在贴钱卖给他。",
            en="Right. See whether anyone has a negative margin: we pay for selling to them.",
        ),
        mistakes=(
            Mistake(
                lambda company: by_customer(
                    company, lines(company)["amount"] * lines(company)["margin_rate"]
                ),
                T(
                    zh="你拿实付金额乘毛利率。打了折，进价不会跟着打折：成本要按标价算。",
                    en="You multiplied the amount paid by the margin rate. A discount does not lower what we paid: take the cost from the list price.",
                ),
            ),
            Mistake(
                lambda company: by_customer(
                    company,
                    lines(company)["quantity"] * lines(company)["price"] * lines(company)["margin_rate"],
                ),
                T(
                    zh="这是按标价卖出时的毛利，没有算折扣。用实付金额 `amount` 减成本。",
                    en="That is the margin at list price, as if nothing were discounted. Take the amount paid, `amount`, less the cost.",
                ),
            ),
            Mistake(
                lambda company: by_customer(company, lines(company)["amount"]),
                T(zh="这是销售额，成本还没有减。", en="These are sales; the cost is not taken off yet."),
            ),
        ),
        hints=(
            T(
                zh="先算每一行的成本：件数 × 标价 ×（1 − 毛利率）。",
                en="First the cost of each line: pieces × list price × (1 − margin rate).",
            ),
            T(
                zh='`(lines["amount"] - cost).groupby(lines["customer_id"]).sum()`',
                en='`(lines["amount"] - cost).groupby(lines["customer_id"]).sum()`',
            ),
        ),
    ),
    Exercise(
        "value-region-share",
        answer=lambda company: value.by_group(region(company), money(company))["value_share"],
        praise=T(
            zh="对。再看一眼人数占比，才知道哪里人少钱多。",
            en="Right. Look at the share of people too, to see where few bring much.",
        ),
        mistakes=(
            Mistake(
                lambda company: value.by_group(region(company), money(company))["share"],
                T(
                    zh="这是人数的占比。要钱的占比。",
                    en="That is the share of people. The share of money is wanted.",
                ),
            ),
            Mistake(
                lambda company: value.by_group(region(company), money(company))["value"],
                T(
                    zh="这是金额，还要除以总额，或直接取 `value_share`。",
                    en="These are amounts; divide by the total, or take `value_share`.",
                ),
            ),
            Mistake(
                lambda company: value.by_group(region(company), money(company))["mean_value"],
                T(zh="这是每个大区的人均金额。", en="That is the mean per customer of each region."),
            ),
        ),
        hints=(
            T(
                zh="`value.by_group` 已经算好了几列，挑一列。",
                en="`value.by_group` has computed several columns; pick one.",
            ),
            T(
                zh='`value.by_group(region, money)["value_share"]`',
                en='`value.by_group(region, money)["value_share"]`',
            ),
        ),
    ),
    Exercise(
        "value-fixed-lines",
        answer=lambda company: cuts.levels(money(company), (500, 2000)),
        praise=T(
            zh="对。线写死了，明年还能和今年比。",
            en="Right. With fixed lines, next year can be compared with this one.",
        ),
        mistakes=(
            Mistake(
                lambda company: cuts.levels(money(company), cuts.quantile_cuts(money(company))),
                T(
                    zh="你用了分位线。苏晚晴定的是 500 元和 2,000 元。",
                    en="You used quantile lines. Su Wanqing set 500 and 2,000 yuan.",
                ),
            ),
            Mistake(
                lambda company: cuts.levels(money(company), (500, 2000), ("high", "medium", "low")),
                T(
                    zh='高低写反了：花得最少的成了 `"high"`。',
                    en='High and low are swapped: who spent least became `"high"`.',
                ),
            ),
            Mistake(
                lambda company: cuts.levels(money(company), cuts.natural_cuts(money(company))),
                T(
                    zh="你用了自然断点。这一题的线是定好的。",
                    en="You used natural breaks. In this exercise the lines are given.",
                ),
            ),
        ),
        hints=(
            T(zh="`cuts.levels` 要两条线，从小到大。", en="`cuts.levels` takes two lines in rising order."),
            T(zh="`cuts.levels(money, (500, 2000))`", en="`cuts.levels(money, (500, 2000))`"),
        ),
    ),
    Exercise(
        "value-served-first",
        answer=lambda company: "b",
        praise=T(
            zh="有道理：服务的钱是从毛利里出的；再让懂客户的人看一眼，补上数据看不到的。",
            en="Well argued: service is paid out of the margin, and someone who knows customers adds what data cannot see.",
        ),
        mistakes=(
            Mistake(
                lambda company: "a",
                T(
                    zh="销售额高的人里，有的全靠打折买。专人服务的钱从毛利里出，先看毛利。",
                    en="Some with high sales buy at a discount only. Service is paid out of the margin: look at the margin first.",
                ),
            ),
            Mistake(
                lambda company: "c",
                T(
                    zh="来得勤不等于带来得多。每周买一瓶酱油的人，未必需要专人。",
                    en="Often is not much. Whoever buys a bottle of soy sauce every week hardly needs a manager of her own.",
                ),
            ),
            Mistake(
                lambda company: "d",
                T(
                    zh="抽签对检验有用不有用很好（第 13 课），但先要有一份值得投入的名单。",
                    en="Lots are good for testing whether it works (lesson 13), but first we need a list worth the money.",
                ),
            ),
        ),
        rubric=(
            Point(T(zh="服务的钱从哪里出", en="what pays for the service"), r"毛利|利润|margin|profit"),
            Point(T(zh="数据看不到什么", en="what data cannot see"), r"同事|熟悉|了解|colleague|know"),
            Point(
                T(zh="多久重算一次", en="how often it is computed anew"),
                r"每季|每月|重算|quarter|month|again",
            ),
        ),
        good=T(
            zh="按毛利挑，因为服务的钱从毛利里出；名单给熟悉客户的同事看过，每季重算，掉出来的提前一个月告知。",
            en="By margin, because that pays for the service; the colleague who knows customers looks it over; computed anew every quarter, and those who drop out are told a month ahead.",
        ),
        weak=T(zh="按毛利挑，因为毛利比较重要。", en="By margin, because margin is important."),
        hints=(
            T(zh="专人服务的成本，最后由哪一笔钱付？", en="Which money pays for the service in the end?"),
            T(
                zh="打折买 1 万元和原价买 6 千元，谁留下的钱多？",
                en="10,000 yuan at a discount or 6,000 at full price: who leaves more with us?",
            ),
        ),
    ),
    Exercise(
        "value-to-director",
        rubric=(
            Point(T(zh="我们自己的数字", en="our own number"), r"\d|成|tenth|percent|share"),
            Point(
                T(zh="砍掉会丢什么", en="what dropping them loses"),
                r"丢|少|损失|将来|lose|lost|tomorrow|future",
            ),
            Point(
                T(zh="换一种做法", en="another way to serve them"),
                r"自助|短信|服务|保留|self-service|message|serve|keep",
            ),
        ),
        good=T(
            zh="我们最好的 20% 带来约六成，不是八成。砍掉后面的，会丢掉四成销售额和将来的大客户。建议保留，改用自助和短信服务。",
            en="Our best 20% bring about six tenths, not eight. Dropping the rest loses four tenths of sales and tomorrow's big customers. Keep them, and serve them by self-service and messages.",
        ),
        weak=T(
            zh="80/20 是有道理的，但是我们要具体情况具体分析。",
            en="There is some truth in 80/20, but every case is different.",
        ),
        hints=(
            T(zh="先写出最好的 20% 客户带来了多少。", en="Start with what the best 20% of customers bring."),
            T(
                zh="三句：实际是多少；砍掉会丢什么；换一种便宜的服务方式。",
                en="Three sentences: our number; what we would lose; a cheaper way to serve.",
            ),
        ),
    ),
    Exercise(
        "value-margin-grade",
        answer=lambda company: int(lost_a(company).sum()),
        praise=T(
            zh="对。这些人看着大，其实大半是折扣堆出来的：优惠先从他们身上收一收。",
            en="Right. They look big, but much of it is discounts: save on their offers first.",
        ),
        mistakes=(
            Mistake(
                lambda company: int(
                    ((value.abc(money(company)) != "A") & (value.abc(margin(company)) == "A")).sum()
                ),
                T(
                    zh="方向反了：你数的是毛利是 A、销售额不是 A 的。",
                    en="The other way round: you counted A by margin but not by sales.",
                ),
            ),
            Mistake(
                lambda company: int((value.abc(money(company)) != value.abc(margin(company))).sum()),
                T(
                    zh="你数了所有级别不同的人。只数销售额是 A 的。",
                    en="You counted everyone whose grades differ. Count only those who are A by sales.",
                ),
            ),
            Mistake(
                lambda company: (
                    int((value.abc(money(company)) == "A").sum())
                    - int((value.abc(margin(company)) == "A").sum())
                ),
                T(
                    zh="两份名单的人数相减，不等于掉出去的人数：有人出去，也有人进来。",
                    en="Subtracting the two numbers is not the number who dropped out: some leave and others come in.",
                ),
            ),
        ),
        hints=(
            T(
                zh="两个条件同时成立：一个等于 A，一个不等于 A。",
                en="Two conditions at once: one equals A, the other does not.",
            ),
            T(
                zh='`(value.abc(money) == "A") & (value.abc(margin) != "A")`，再 `.sum()`；先用 `margin.reindex(money.index)` 对齐。',
                en='`(value.abc(money) == "A") & (value.abc(margin) != "A")`, then `.sum()`; align first with `margin.reindex(money.index)`.',
            ),
        ),
    ),
]

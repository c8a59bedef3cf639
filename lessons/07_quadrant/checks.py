"""What check() knows about lesson 07."""

from functools import cache

import pandas as pd

from custseg_helpers.facts.per_customer import order_facts
from custseg_helpers.learn.exercise import Exercise, Mistake, Point
from custseg_helpers.tiers import behaviour, cross, quadrant
from custseg_helpers.words.text import T


@cache
def facts(company):
    return order_facts(company.orders, company.as_of)


def basket(company):
    return facts(company)["average_order_value"]


def corners(company, *lines):
    return quadrant.quadrants(facts(company)["frequency"], basket(company), *lines)["quadrant"]


@cache
def tags(company):
    region = company.customers.set_index("customer_id")["region"].reindex(facts(company).index)
    price = behaviour.price_sensitivity(facts(company))
    return pd.DataFrame({"price_sensitivity": price, "region": region, "quadrant": corners(company)})


@cache
def three(company):
    return cross.cross(tags(company), minimum=30)


def in_small(company):
    cells = three(company)["customers"]
    return cells[cells < 30].sum() / cells.sum()


def added(company, *order):
    return cross.added_value(tags(company)[list(order)], facts(company)["monetary"])


ORDER = ("quadrant", "price_sensitivity", "region")

EXERCISES = [
    Exercise(
        "quadrant-corner",
        answer=corners,
        praise=T(zh="对。下一步：每个象限配一个动作。", en="Right. Next: one action for each quadrant."),
        mistakes=(
            Mistake(
                lambda company: quadrant.quadrants(basket(company), facts(company)["frequency"])["quadrant"],
                T(
                    zh="横轴和纵轴弄反了：先写订单数，再写客单价。",
                    en="The axes are swapped: orders come first, then the order value.",
                ),
            ),
            Mistake(
                lambda company: corners(company, "mean", "mean"),
                T(
                    zh="你用了平均值。几个大户把它拉得很高，高的人就少了；题目要中位数。",
                    en="You used the mean. A few giants pull it up, so few are high; the median is asked.",
                ),
            ),
            Mistake(
                lambda company: quadrant.quadrants(facts(company)["frequency"], facts(company)["monetary"])[
                    "quadrant"
                ],
                T(
                    zh="纵轴用成了总金额。来得勤的人总金额自然高，两把尺子就成了一把；要用客单价。",
                    en="You took the total money upwards. Whoever comes often spends much in total, so both rulers are one; use the average order value.",
                ),
            ),
        ),
        hints=(
            T(
                zh="`quadrant.quadrants` 不写线，就用中位数。",
                en="Without lines, `quadrant.quadrants` uses medians.",
            ),
            T(
                zh='`quadrant.quadrants(orders, basket)["quadrant"]`',
                en='`quadrant.quadrants(orders, basket)["quadrant"]`',
            ),
        ),
    ),
    Exercise(
        "quadrant-fixed-lines",
        answer=lambda company: corners(company, 3, 200).value_counts(),
        praise=T(
            zh="对。线一固定，下个季度的人数就能和今天比。",
            en="Right. With fixed lines, next quarter can be compared with today.",
        ),
        mistakes=(
            Mistake(
                lambda company: corners(company).value_counts(),
                T(zh="这是中位数的结果。把 3 和 200 写进去。", en="These are the medians. Put in 3 and 200."),
            ),
            Mistake(
                lambda company: corners(company, 200, 3).value_counts(),
                T(
                    zh="两条线写反了：先订单数 3，再客单价 200 元。",
                    en="The lines are swapped: 3 orders first, then 200 yuan.",
                ),
            ),
            Mistake(
                lambda company: corners(company, 2, 199.999).value_counts(),
                T(
                    zh="你把线上的人也算成了高：正好 3 单的不算。高**于**线才算高。",
                    en="You counted those on the line as high: exactly 3 orders is not. High means **above** the line.",
                ),
            ),
            Mistake(
                lambda company: corners(company, 3, 200).value_counts(normalize=True),
                T(zh="这是比例，题目要人数。", en="These are shares; numbers of people are asked."),
            ),
        ),
        hints=(
            T(
                zh="两条线写在后面：先横轴的，再纵轴的。",
                en="The two lines come last: first across, then upwards.",
            ),
            T(
                zh='`quadrant.quadrants(orders, basket, 3, 200)["quadrant"].value_counts()`',
                en='`quadrant.quadrants(orders, basket, 3, 200)["quadrant"].value_counts()`',
            ),
        ),
    ),
    Exercise(
        "quadrant-small-orders",
        answer=lambda company: "a",
        praise=T(
            zh="有道理：他缺的不是来，是每次多买一点。",
            en="Well argued: he does come; what is missing is a little more each time.",
        ),
        mistakes=(
            Mistake(
                lambda company: "b",
                T(
                    zh="他已经常来了。券多半花在本来就会来的那几次上。",
                    en="He comes often already. The coupon would mostly pay for visits he makes anyway.",
                ),
            ),
            Mistake(
                lambda company: "c",
                T(
                    zh="一周一个电话的人工，比他一单的毛利还贵。",
                    en="A call a week costs more than the margin of his order.",
                ),
            ),
            Mistake(
                lambda company: "d",
                T(
                    zh="他常来，就是最容易多卖一件的时候，别错过。",
                    en="He comes often: nowhere is it easier to sell one thing more. Do not miss it.",
                ),
            ),
        ),
        rubric=(
            Point(T(zh="他缺的是哪一头", en="what is missing with him"), r"客单|每次|order value|each time"),
            Point(T(zh="花多少钱", en="what it costs"), r"成本|元|人工|cost|yuan"),
            Point(
                T(zh="看哪个数知道有没有用", en="which number shows that it works"),
                r"比较|客单价|对照|compare|holdout|order value",
            ),
        ),
        good=T(
            zh="他来得够勤，缺的是每次多买：满 300 元送货，一单成本 8 元；留一部分人不给，比较两边的客单价。",
            en="He comes often enough; what is missing is more each time: delivery from 300 yuan costs 8 yuan an order; keep some without it and compare the order values.",
        ),
        weak=T(zh="给他一些优惠，让他感到被重视。", en="Give him some offers so that he feels valued."),
        hints=(
            T(
                zh="两个指标里，哪一个低？动作要对着低的那个。",
                en="Which of the two measures is low? The action should aim at that one.",
            ),
            T(
                zh="他的订单数高、客单价低：让一单变大。",
                en="His orders are many and small: make one order larger.",
            ),
        ),
    ),
    Exercise(
        "quadrant-region-cross",
        answer=lambda company: cross.cross(tags(company)[["price_sensitivity", "region"]])["customers"],
        praise=T(
            zh="对。“未知”那一行别丢：他们也是客户。",
            en="Right. Do not lose the row “unknown”: they are customers too.",
        ),
        mistakes=(
            Mistake(
                lambda company: cross.cross(
                    tags(company)[["price_sensitivity", "region"]].query("price_sensitivity != 'unknown'")
                )["customers"],
                T(
                    zh="你把看不出价格敏感度的客户删掉了。合计对不上人数，老板会第一个发现。",
                    en="You dropped those whose price sensitivity is unknown. The total no longer agrees with the number of customers; the boss will be first to see it.",
                ),
            ),
            Mistake(
                lambda company: cross.cross(tags(company)[["price_sensitivity", "region"]])["share"],
                T(zh="这是占比，题目要人数。", en="These are shares; numbers are asked."),
            ),
            Mistake(
                lambda company: (
                    tags(company).groupby(["region", "price_sensitivity"]).size().groupby("region").sum()
                ),
                T(
                    zh="这是每个大区的合计，还没有交叉。",
                    en="These are the totals by region; nothing is crossed yet.",
                ),
            ),
        ),
        hints=(
            T(
                zh="`cross.cross` 直接交叉一张标签表的所有列。",
                en="`cross.cross` crosses all columns of a table of tags.",
            ),
            T(zh='`cross.cross(tags)["customers"]`', en='`cross.cross(tags)["customers"]`'),
        ),
    ),
    Exercise(
        "quadrant-small-cells",
        answer=in_small,
        praise=T(
            zh="对。这部分客户，三个标签一起用就等于没有依据。",
            en="Right. For these customers, three tags at once are no ground to decide on.",
        ),
        mistakes=(
            Mistake(
                lambda company: float((three(company)["customers"] < 30).mean()),
                T(
                    zh="这是小格子占格子数的比例。题目问的是客户的比例。",
                    en="That is the share of the cells. The share of customers is asked.",
                ),
            ),
            Mistake(
                lambda company: 1 - in_small(company),
                T(zh="这是落在够大的格子里的比例。", en="That is the share in cells that are large enough."),
            ),
            Mistake(
                lambda company: int(three(company).loc[three(company)["customers"] < 30, "customers"].sum()),
                T(
                    zh="这是人数，还要除以客户总数。",
                    en="That is a number of people; divide by all customers.",
                ),
            ),
        ),
        hints=(
            T(
                zh="先挑出不到 30 人的格子，把它们的人数加起来。",
                en="Pick the cells below 30 and add up their people.",
            ),
            T(
                zh='`crossed.loc[crossed["customers"] < 30, "customers"].sum() / crossed["customers"].sum()`',
                en='`crossed.loc[crossed["customers"] < 30, "customers"].sum() / crossed["customers"].sum()`',
            ),
        ),
    ),
    Exercise(
        "quadrant-colleague-claim",
        answer=lambda company: 0.05,
        praise=T(
            zh="对。A 在每一种客户里都高 5 个百分点；合计反过来，只因为它多半发给了新客户。",
            en="Right. A is ahead by 5 percentage points among either kind; the total turns round only because most As went to new customers.",
        ),
        mistakes=(
            Mistake(
                lambda company: -0.31,
                T(
                    zh="这正是合计的差。两边收到券的人不是同一种人。",
                    en="That is the difference of the totals. The two sides did not hold the same kind of people.",
                ),
            ),
            Mistake(
                lambda company: -0.05,
                T(zh="方向反了：是 A 减 B。", en="The wrong way round: A less B."),
            ),
            Mistake(
                lambda company: 0.10,
                T(
                    zh="你把两种客户的差加起来了。要按人数加权平均。",
                    en="You added the differences of both kinds. Take their mean, weighted by people.",
                ),
            ),
        ),
        hints=(
            T(
                zh="分开看老客户和新客户，各差多少？",
                en="Look at old and new customers apart: what is the difference in each?",
            ),
            T(
                zh='`cross.within_and_overall(...)` 的 `"adjusted"` 那一行，`difference` 那一列。',
                en='The row `"adjusted"` of `cross.within_and_overall(...)`, column `difference`.',
            ),
        ),
    ),
    Exercise(
        "quadrant-explain-line",
        rubric=(
            Point(
                T(zh="线是事先定好的规则", en="the line is a rule agreed beforehand"),
                r"事先|规则|说好|定在|agreed|rule|set at|beforehand",
            ),
            Point(
                T(zh="线边上的人怎么办", en="what to do with those next to the line"),
                r"看一遍|人工|调整|边上|next to|look|move",
            ),
            Point(
                T(zh="多久重看一次", en="how often it is reviewed"),
                r"每季|每月|每年|重看|复核|quarter|month|year|review",
            ),
        ),
        good=T(
            zh="线定在 3 单，是事先说好的规则。线边上的人由客户经理再看一遍，可以人工调整并写明理由。每季复核一次线。",
            en="The line is set at 3 orders, a rule agreed beforehand. The manager looks at those next to it and may move one, with a reason. We review the line every quarter.",
        ),
        weak=T(
            zh="因为系统就是这样算的，大家都一样。",
            en="Because that is how the system computes it for everybody.",
        ),
        hints=(
            T(zh="她不是问数学，是问公不公平。", en="She does not ask about arithmetic but about fairness."),
            T(
                zh="三句：规则事先定；边上的人再看；多久重看一次。",
                en="Three sentences: the rule comes first; look at those next to it; how often it is reviewed.",
            ),
        ),
    ),
    Exercise(
        "quadrant-third-dimension",
        answer=lambda company: added(company, *ORDER).loc["region", "gain"],
        praise=T(
            zh="对。增加得很少，就不值得让每位销售多背一张表。",
            en="Right. Where little is gained, do not give every salesperson one more table to learn.",
        ),
        mistakes=(
            Mistake(
                lambda company: added(company, *ORDER).loc["region", "explained"],
                T(
                    zh="这是三个标签一起解释的比例。题目只问第三个**增加**了多少。",
                    en="That is what the three explain together. Only what the third **adds** is asked.",
                ),
            ),
            Mistake(
                lambda company: added(company, *ORDER[::-1]).loc["region", "gain"],
                T(
                    zh="你把大区放在了第一个。第一个标签总是显得最有用；要放在第三个。",
                    en="You put the region first. The first tag always looks most useful; it belongs third.",
                ),
            ),
            Mistake(
                lambda company: added(company, *ORDER).loc["price_sensitivity", "gain"],
                T(zh="这是第二个标签增加的。", en="That is what the second tag adds."),
            ),
        ),
        hints=(
            T(
                zh="先把列排成题目的次序，再用 `cross.added_value`。",
                en="Put the columns into the order asked, then use `cross.added_value`.",
            ),
            T(
                zh='`cross.added_value(three[["quadrant", "price_sensitivity", "region"]], facts["monetary"]).loc["region", "gain"]`',
                en='`cross.added_value(three[["quadrant", "price_sensitivity", "region"]], facts["monetary"]).loc["region", "gain"]`',
            ),
        ),
    ),
]

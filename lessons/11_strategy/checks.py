"""What check() knows about lesson 11."""

from functools import cache

import pandas as pd

from custseg_helpers.action import channels, playbook, recommend, strategy
from custseg_helpers.facts.per_customer import order_facts
from custseg_helpers.learn.exercise import Exercise, Mistake, Point
from custseg_helpers.tiers import rfm
from custseg_helpers.words.text import T


@cache
def facts(company):
    return order_facts(company.orders, company.as_of)


@cache
def segment(company):
    return rfm.segments8(rfm.rfm_scores(facts(company)))


def book(company):
    return playbook.sample_playbook(company.customers)


def year_ago(company):
    return company.as_of - pd.DateOffset(years=1)


def arms(company, column="converted"):
    latest = company.campaigns.sort_values("start_date")["campaign_id"].iloc[-1]
    sent = company.responses[company.responses["campaign_id"] == latest]
    return sent.groupby("arm")[column].mean()


def everybody(company):
    latest = company.campaigns.sort_values("start_date")["campaign_id"].iloc[-1]
    return company.responses.loc[company.responses["campaign_id"] == latest, "converted"].mean()


@cache
def priced(company, silent=False):
    worth = facts(company)["average_order_value"]
    return strategy.plan(
        segment(company), worth, book(company), not_contacted=just_bought(company) if silent else None
    )


@cache
def just_bought(company):
    return strategy.leave_out(segment(company), facts(company), book(company))


def sums(company, by="contacted"):
    plan = priced(company)
    sales = plan[by] * plan["extra_response"] * plan["order_value"]
    return sales, plan[by] * plan["cost_per_customer"], plan["margin_rate"]


def profit(company, by="contacted"):
    sales, cost, rate = sums(company, by)
    return sales * rate - cost


def sales_less_cost(company):
    sales, cost, _ = sums(company)
    return sales - cost


def margin_only(company):
    sales, _, rate = sums(company)
    return sales * rate


def response_as_sales(company):
    plan = priced(company)
    return plan["contacted"] * plan["order_value"] * plan["margin_rate"] - sums(company)[1]


def angry(company, days=180, at_most=2):
    scores = company.interactions
    lately = scores["interaction_date"] >= company.as_of - pd.Timedelta(days=days)
    ids = scores.loc[lately & (scores["score"] <= at_most), "customer_id"]
    return pd.Series(segment(company).index.isin(ids), segment(company).index)


def budget(company):
    campaigns = company.campaigns.loc[company.campaigns["start_date"] >= year_ago(company), "campaign_id"]
    spent = company.responses.loc[company.responses["campaign_id"].isin(campaigns), "cost"]
    return round(spent.sum() / 4, 2)


def within(company, more=0, column="profit", realised=1.0):
    plan = priced(company, silent=True)
    plan = plan.assign(extra_response=plan["extra_response"] * realised)
    return strategy.within_budget(plan, budget(company) + more)[column].sum()


@cache
def rule(company):
    bought = recommend.purchases(company.orders)
    return recommend.association_rules(bought, basket="customer_id").iloc[0]


def per_customer(company, since=None, by="customers"):
    won = channels.won_customers(company.customers, facts(company), year_ago(company), company.as_of)
    months = company.channels[company.channels["month"] >= (since or year_ago(company))]
    table = months.groupby("channel")[["cost", "leads", "visits"]].sum().join(won)
    return table["cost"] / table[by]


EXERCISES = [
    Exercise(
        "strategy-campaign-extra",
        answer=lambda company: arms(company)["treatment"] - arms(company)["holdout"],
        praise=T(
            zh="对。手册里的 `extra_response` 该填的就是这样的数，而不是活动报告上的响应率。",
            en="Right. This is the kind of number that belongs into `extra_response`, and not the response in the campaign's report.",
        ),
        mistakes=(
            Mistake(
                lambda company: arms(company)["treatment"],
                T(
                    zh="这是响应率。没联系的人里也有人下单，要减掉他们的比例。",
                    en="That is the response. Some who were not contacted ordered too; subtract their share.",
                ),
            ),
            Mistake(
                everybody,
                T(
                    zh="你把联系了的和没联系的混在一起算了。先按 `arm` 分成两组。",
                    en="You mixed those contacted with those held out. Split them by `arm` first.",
                ),
            ),
            Mistake(
                lambda company: arms(company)["treatment"] / arms(company)["holdout"] - 1,
                T(
                    zh="这是高了百分之几（相除）。算账要的是相减：每 100 位里多来几位。",
                    en="That is by how many percent it is higher (a ratio). The sum needs the difference: how many more of every 100.",
                ),
            ),
            Mistake(
                lambda company: arms(company)["holdout"] - arms(company)["treatment"],
                T(
                    zh="方向反了：联系了的减没联系的。",
                    en="The wrong way round: contacted less held out.",
                ),
            ),
        ),
        hints=(
            T(
                zh="两组各算一个下单比例，再相减。",
                en="Work out the share that ordered in each of the two groups, then subtract.",
            ),
            T(
                zh='`rates = sent.groupby("arm")["converted"].mean()`，再用 `"treatment"` 减 `"holdout"`。',
                en='`rates = sent.groupby("arm")["converted"].mean()`, then `"treatment"` less `"holdout"`.',
            ),
        ),
    ),
    Exercise(
        "strategy-tier-profit",
        answer=profit,
        praise=T(
            zh="对。五列数、四步乘法，谁都能在 Excel 里复核：这样的计划才好签字。",
            en="Right. Five columns and four multiplications that anyone can check in Excel: a plan that can be signed.",
        ),
        mistakes=(
            Mistake(
                sales_less_cost,
                T(
                    zh="你用销售额减了费用。货是要进价的，先乘毛利率。",
                    en="You took the cost from the sales. Goods have to be paid for: multiply by the margin rate first.",
                ),
            ),
            Mistake(
                margin_only,
                T(zh="这是毛利，还没减费用。", en="That is the margin; the cost is still to be taken off."),
            ),
            Mistake(
                response_as_sales,
                T(
                    zh="你当成联系一位就成一单了。订单要乘增量响应率。",
                    en="You took every contact for an order. Multiply by the extra response.",
                ),
            ),
        ),
        hints=(
            T(
                zh="先算费用，再算增量订单，再算毛利，最后毛利减费用。",
                en="First the cost, then the extra orders, then the margin; last, margin less cost.",
            ),
            T(
                zh='毛利是 `priced["contacted"] * priced["extra_response"] * priced["order_value"] * priced["margin_rate"]`，再减 `priced["contacted"] * priced["cost_per_customer"]`。',
                en='The margin is `priced["contacted"] * priced["extra_response"] * priced["order_value"] * priced["margin_rate"]`; then subtract `priced["contacted"] * priced["cost_per_customer"]`.',
            ),
        ),
    ),
    Exercise(
        "strategy-discount-orders",
        answer=lambda company: 225.0,
        praise=T(
            zh="对。每单毛利从 36 元掉到 16 元，要多卖 125% 才持平，不是 25%。",
            en="Right. The margin of an order falls from 36 to 16 yuan: it takes 125% more orders to break even, not 25%.",
        ),
        mistakes=(
            Mistake(
                lambda company: 125.0,
                T(
                    zh="这是同事的数：销售额持平。进货的 64 元一分没少，要看毛利。",
                    en="That is the colleague's number: equal sales. The goods still cost 64 yuan; look at the margin.",
                ),
            ),
            Mistake(
                lambda company: 120.0,
                T(
                    zh="价格降 20%，不等于多卖 20% 就够。先算每单还剩多少毛利。",
                    en="20% off does not mean that 20% more orders will do. First work out the margin left in an order.",
                ),
            ),
            Mistake(
                lambda company: 180.0,
                T(
                    zh="你用 36 除以了 20。让掉 20 元，每单还剩 16 元毛利，要除以 16。",
                    en="You divided 36 by 20. After 20 yuan off, 16 of margin are left in an order: divide by 16.",
                ),
            ),
        ),
        hints=(
            T(
                zh="原来一共赚多少毛利？降价后每单赚多少？",
                en="How much margin was earned before in all? And how much does an order earn at the lower price?",
            ),
            T(
                zh="原来 100 × 36 = 3,600 元，现在每单 80 − 64 = 16 元。",
                en="Before, 100 × 36 = 3,600 yuan; now an order earns 80 − 64 = 16 yuan.",
            ),
        ),
    ),
    Exercise(
        "strategy-leave-silent",
        answer=lambda company: (just_bought(company) | angry(company)).rename(None),
        praise=T(
            zh="对。少打这些电话，不花钱，还少得罪人。",
            en="Right. Not making these calls costs nothing and offends fewer people.",
        ),
        mistakes=(
            Mistake(
                just_bought,
                T(
                    zh="只有手册的规则，打低分的人还在名单上。",
                    en="That is the rule of the playbook alone; those with low scores are still on the list.",
                ),
            ),
            Mistake(
                angry,
                T(
                    zh="只有打低分的人，手册里刚下过单的规则丢了。",
                    en="Those are the low scores alone; the playbook's rule on recent orders got lost.",
                ),
            ),
            Mistake(
                lambda company: just_bought(company) & angry(company),
                T(
                    zh="你用了“且”：两样都占的人很少。占一样就不联系，要用“或” `|`。",
                    en="You used “and”: few are both. Either is enough, so use “or”, `|`.",
                ),
            ),
            Mistake(
                lambda company: just_bought(company) | angry(company, days=90),
                T(
                    zh="你用了课上的 90 天。苏晚晴放宽到了 180 天。",
                    en="These are the 90 days of the lesson. Su Wanqing widened it to 180.",
                ),
            ),
            Mistake(
                lambda company: just_bought(company) | angry(company, at_most=3),
                T(
                    zh="3 分是中间分，题目只算 1 分和 2 分。",
                    en="3 is the middle; only 1 and 2 points count here.",
                ),
            ),
        ),
        hints=(
            T(
                zh="照第 5 节做，只改天数；两个条件用 `|` 接起来。",
                en="Do as in section 5 with another number of days; join the two conditions by `|`.",
            ),
            T(
                zh='先挑出 `scores["score"] <= 2` 而且在 180 天内的客户编号，叫 `angry`，再写 `strategy.leave_out(segment, facts, book) | segment.index.isin(angry)`。',
                en='Pick the ids with `scores["score"] <= 2` within 180 days as `angry`, then write `strategy.leave_out(segment, facts, book) | segment.index.isin(angry)`.',
            ),
        ),
    ),
    Exercise(
        "strategy-more-budget",
        answer=lambda company: within(company, 500) - within(company),
        praise=T(
            zh="对。最后这 500 元换回的，总比最先的 500 元少：好做的已经先做了。",
            en="Right. These last 500 yuan bring less than the first ones did: the easy money was earned first.",
        ),
        mistakes=(
            Mistake(
                lambda company: within(company, 500),
                T(
                    zh="这是加钱以后的总净收益。他问的是多了多少，要减掉现在的。",
                    en="That is the whole profit with more money. He asks how much more: subtract what it is now.",
                ),
            ),
            Mistake(
                lambda company: (
                    within(company, 500, "expected_margin") - within(company, 0, "expected_margin")
                ),
                T(
                    zh="这是多出来的毛利，还没减掉多花的那笔费用。",
                    en="That is the extra margin; the extra cost is still to be taken off.",
                ),
            ),
            Mistake(
                lambda company: 500 * within(company) / within(company, 0, "cost"),
                T(
                    zh="你用了现在的平均回报率。好的那几层已经付过了，后面的 500 元换不回那么多。",
                    en="You took today's mean return. The good tiers are paid for already; the next 500 yuan bring less.",
                ),
            ),
            Mistake(
                lambda company: within(company, 500) - within(company) - 500,
                T(
                    zh="净收益已经减过费用了，500 元不用再减一次。",
                    en="The profit has the cost taken off already; do not subtract the 500 once more.",
                ),
            ),
        ),
        hints=(
            T(zh="用两个预算各算一遍净收益合计。", en="Work out the total profit for both budgets."),
            T(
                zh='`strategy.within_budget(full, budget + 500)["profit"].sum()`，再减去用 `budget` 算的。',
                en='`strategy.within_budget(full, budget + 500)["profit"].sum()`, less the same with `budget`.',
            ),
        ),
    ),
    Exercise(
        "strategy-for-champions",
        answer=lambda company: "b",
        praise=T(
            zh="有道理：钱不多，先做便宜的、能比较的，用结果来改手册。",
            en="Well argued: with little money, do what is cheap and can be compared, and let the result change the playbook.",
        ),
        mistakes=(
            Mistake(
                lambda company: "a",
                T(
                    zh="表只看一个季度的增量订单，看不见一年不理他们会怎样。第 09 课算的“以后的价值”，不在这张表里。",
                    en="The table sees one quarter's extra orders and not what a year of silence does. What they will be worth (lesson 09) is not in this table.",
                ),
            ),
            Mistake(
                lambda company: "c",
                T(
                    zh="全给他们，一元换回的就少，别的层好做的钱也没人去赚。先做便宜的一半。",
                    en="All the money on them brings less for a yuan, and what is easy to earn elsewhere stays undone. Do the cheap half first.",
                ),
            ),
            Mistake(
                lambda company: "d",
                T(
                    zh="数是拿来测的，不是拿来凑结论的。改了它，下季度就没人信这张表。",
                    en="A number is there to be measured and not to fit a conclusion. Change it, and nobody trusts the table next quarter.",
                ),
            ),
        ),
        rubric=(
            Point(
                T(zh="说到花多少钱", en="speaks of what it costs"),
                r"便宜|成本|费用|预算|元|cheap|cost|budget|yuan",
            ),
            Point(
                T(zh="说到一个季度看不见的事", en="names what one quarter does not show"),
                r"一年|长期|以后|流失|终身|year|future|long|leave|lifetime",
            ),
            Point(
                T(zh="怎么知道有没有用", en="says how to know whether it helps"),
                r"对照|比较|留出|差别|compare|holdout|difference|hold",
            ),
        ),
        good=T(
            zh="先做便宜的一半：问候和新品优先，几乎不花钱。表只看一个季度，看不见一年以后的流失；抽一部分人留出来比较，下季度再定要不要送礼。",
            en="Do the cheap half first: a greeting and first pick cost next to nothing. The table sees one quarter and not who leaves within a year; hold some out, compare, and decide on the gift next quarter.",
        ),
        weak=T(
            zh="他们是最重要的客户，当然要好好对待。",
            en="They are our most important customers, so of course we treat them well.",
        ),
        hints=(
            T(
                zh="表看得见什么，看不见什么？有没有花钱少、又能学到东西的做法？",
                en="What does the table see, and what not? Is there a way that costs little and teaches something?",
            ),
            T(
                zh="四个选项里，只有一个既便宜，又能在下季度告诉你结果。",
                en="Only one of the four is cheap and tells you the result next quarter.",
            ),
        ),
    ),
    Exercise(
        "strategy-popularity",
        answer=lambda company: rule(company)["lift"],
        praise=T(
            zh="对。这就是提升度：置信度很高，倍数却不大，因为后一件本来就人人都买。",
            en="Right. That is the lift: the confidence is high and the factor small, because everybody buys the second anyway.",
        ),
        mistakes=(
            Mistake(
                lambda company: rule(company)["confidence"],
                T(
                    zh="这是置信度。还要和全体客户比一比：后一件有多少人买过？",
                    en="That is the confidence. Compare it with all customers: how many of them bought the second?",
                ),
            ),
            Mistake(
                lambda company: rule(company)["confidence"] / rule(company)["lift"],
                T(
                    zh="这是全体客户里买过后一件的比例。题目问的是几倍，再除一次。",
                    en="That is the share of all customers who bought the second. The factor is asked: one more division.",
                ),
            ),
            Mistake(
                lambda company: rule(company)["support"],
                T(
                    zh="这是两件都买过的客户占全体的比例（支持度）。",
                    en="That is the share of all customers who bought both (the support).",
                ),
            ),
            Mistake(
                lambda company: rule(company)["confidence"] * (1 - 1 / rule(company)["lift"]),
                T(
                    zh="你用了相减。几倍要相除。",
                    en="You subtracted. “How many times” is a division.",
                ),
            ),
        ),
        hints=(
            T(
                zh="先算全体客户里有几成买过后一件，再用置信度去除以它。",
                en="First the share of all customers who bought the second product; then divide the confidence by it.",
            ),
            T(
                zh='`top_rule["confidence"] / share_of_all`；其实这条规则里已经有 `top_rule["lift"]`。',
                en='`top_rule["confidence"] / share_of_all`; in fact the rule holds `top_rule["lift"]` already.',
            ),
        ),
    ),
    Exercise(
        "strategy-customer-cost",
        answer=lambda company: per_customer(company),
        praise=T(
            zh="对。下一步：拿它和这位客户以后值多少（第 09 课）比，才知道贵不贵。",
            en="Right. Next: compare it with what such a customer will be worth (lesson 09); only then is it dear or cheap.",
        ),
        mistakes=(
            Mistake(
                lambda company: per_customer(company, since=pd.Timestamp("1900-01-01")),
                T(
                    zh="费用算了两年，客户只算了一年，每位客户就贵了一倍。两边的时间要一样。",
                    en="Two years of cost and one year of customers make each look twice as dear. Both must cover the same time.",
                ),
            ),
            Mistake(
                lambda company: per_customer(company, by="leads"),
                T(
                    zh="这是每条线索的成本。线索还不是客户，要除以 `won` 里的客户数。",
                    en="That is the cost per lead. A lead is not a customer yet: divide by the customers in `won`.",
                ),
            ),
            Mistake(
                lambda company: 1 / per_customer(company),
                T(zh="除反了：费用除以客户数。", en="The wrong way round: cost divided by customers."),
            ),
        ),
        hints=(
            T(
                zh="先只留下过去一年的月份，再按渠道加总费用，除以客户数。",
                en="Keep the months of the past year first, add the cost by channel, divide by the customers.",
            ),
            T(
                zh='`company.channels[company.channels["month"] >= year_ago]`，再 `groupby("channel")["cost"].sum() / won["customers"]`。',
                en='`company.channels[company.channels["month"] >= year_ago]`, then `groupby("channel")["cost"].sum() / won["customers"]`.',
            ),
        ),
    ),
    Exercise(
        "strategy-to-director",
        rubric=(
            Point(
                T(zh="花多少、换回什么", en="what it costs and brings back"),
                r"毛利|净收益|回报|margin|profit|return",
            ),
            Point(
                T(zh="靠哪个假设", en="the assumption it rests on"),
                r"假设|估计|估|增量响应|assum|guess|estimate|extra response",
            ),
            Point(
                T(zh="谁不联系", en="who is not contacted"),
                r"不联系|不打|刚下单|低分|not contact|leave alone|left alone|low score",
            ),
            Point(
                T(zh="怎么知道有没有用", en="how we will know"),
                r"对照|留出|比较|compar|held out|holdout",
            ),
        ),
        good=T(
            zh="一个季度的费用和原来一样，预计毛利高于费用，净收益写在合计行。增量响应率还是估计。两周内刚下单的和打过低分的客户不联系。留出一部分人作对照，下季度比较。",
            en="A quarter costs what it did before; the expected margin is above the cost, and the profit stands in the totals. The extra response is a guess. Whoever just ordered or gave a low score is not contacted. Some are held out, and next quarter we compare.",
        ),
        weak=T(
            zh="我们做了一份很全面的策略手册，相信会有很好的效果。",
            en="We made a very thorough playbook and trust that it will work well.",
        ),
        hints=(
            T(
                zh="他要签字，所以先说钱，再说这笔钱靠什么成立。",
                en="He has to sign: speak of the money first, then of what it rests on.",
            ),
            T(
                zh="四句：花多少换回什么；哪个数是估的；谁不联系；怎么比较。",
                en="Four sentences: cost and return; which number is a guess; who is not contacted; how we compare.",
            ),
        ),
    ),
    Exercise(
        "strategy-half-true",
        answer=lambda company: within(company, realised=0.5),
        praise=T(
            zh="对。只兑现一半，净收益掉的不止一半，因为费用一分没少。签字之前，把这个数也给顾明远看。",
            en="Right. With half the response the profit falls by more than half, because the cost stays. Show this number too before anyone signs.",
        ),
        mistakes=(
            Mistake(
                lambda company: within(company) / 2,
                T(
                    zh="增量少一半，毛利少一半，可费用一分没少：净收益不是简单的一半。",
                    en="Half the response is half the margin, but the cost stays: the profit is not simply half.",
                ),
            ),
            Mistake(
                lambda company: within(company),
                T(
                    zh="这是原来的净收益。先把 `extra_response` 那一列改成一半。",
                    en="That is the profit as before. Halve the column `extra_response` first.",
                ),
            ),
            Mistake(
                lambda company: within(company, realised=0.5, column="expected_margin"),
                T(zh="这是毛利合计，要净收益。", en="That is the total margin; the profit is asked."),
            ),
        ),
        hints=(
            T(
                zh="先用 `assign` 改一列，再放进 `within_budget`。",
                en="Change one column with `assign`, then put it into `within_budget`.",
            ),
            T(
                zh='`full.assign(extra_response=full["extra_response"] / 2)`',
                en='`full.assign(extra_response=full["extra_response"] / 2)`',
            ),
        ),
    ),
]

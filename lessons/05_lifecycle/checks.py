"""What check() knows about lesson 05."""

from functools import cache

import pandas as pd

from custseg_helpers.facts.per_customer import order_facts
from custseg_helpers.learn.exercise import Exercise, Mistake, Point
from custseg_helpers.tiers import cohort, cycle, lifecycle
from custseg_helpers.words.text import T

COMING = ["new", "active", "loyal", "won_back"]


@cache
def facts(company):
    return order_facts(company.orders, company.as_of)


def before(company):
    return company.as_of - pd.Timedelta(days=90)


@cache
def then(company):
    return order_facts(company.orders, before(company))


def everyone(company):
    return facts(company).reindex(company.customers["customer_id"])


def curve(company):
    waiting = cohort.second_purchase(facts(company))
    return cohort.survival(waiting["days"], waiting["happened"])


def on_day(table, day):
    return table.loc[table.index <= day, "survival"].iloc[-1]


def who_came_back(company):
    """The curve when those who have not come back are dropped."""
    waiting = cohort.second_purchase(facts(company)).query("happened")
    return cohort.survival(waiting["days"], waiting["happened"])


def moves(company, first=None, gap=None):
    signup = company.customers.set_index("customer_id")["signup_date"]
    dates = {before(company): then(company) if first is None else first, company.as_of: facts(company)}
    both = lifecycle.stages(dates, signup, gap or cycle.typical_gap(then(company)))
    return lifecycle.transitions(both[before(company)], both[company.as_of])


def long_away(company):
    return facts(company)["recency_days"] > 90


EXERCISES = [
    Exercise(
        "lifecycle-rhythm",
        answer=lambda company: cycle.typical_gap(facts(company)),
        praise=T(
            zh="对。它只来自回来过的人，所以偏短；用它给没有节奏的人做参考，不要当成承诺。",
            en="Right. It comes from those who came back and so is rather short; use it for those without a rhythm, not as a promise.",
        ),
        mistakes=(
            Mistake(
                lambda company: facts(company)["mean_gap_days"].mean(),
                T(
                    zh="你用了平均数。几位一年才来一次的客户会把它拉得很长；用中位数。",
                    en="You took the mean. A few who come once a year stretch it; take the median.",
                ),
            ),
            Mistake(
                lambda company: facts(company)["recency_days"].median(),
                T(
                    zh="这是“多久没来”的中位数，不是两次购买之间隔多久。",
                    en="That is the median of how long they have been away, not of the days between purchases.",
                ),
            ),
            Mistake(
                lambda company: facts(company)["mean_gap_days"].fillna(0).median(),
                T(
                    zh="你把只来过一次的人当成间隔 0 天了。空着就是不知道，不是 0。",
                    en="You counted one-time buyers as a gap of 0 days. Empty means not known, not 0.",
                ),
            ),
        ),
        hints=(
            T(zh="看 `mean_gap_days` 一列的中位数。", en="Look at the median of the column `mean_gap_days`."),
            T(zh="`cycle.typical_gap(facts)`", en="`cycle.typical_gap(facts)`"),
        ),
    ),
    Exercise(
        "lifecycle-gaps-passed",
        answer=lambda company: cycle.purchase_cycle(facts(company))["gaps_since"],
        praise=T(
            zh="对。过了 2 个间隔就该留意，过了 4 个多半走了。",
            en="Right. After 2 gaps take note; after 4 they are probably gone.",
        ),
        mistakes=(
            Mistake(
                lambda company: facts(company)["recency_days"] / cycle.typical_gap(facts(company)),
                T(
                    zh="你给所有人用了公司的节奏。有自己节奏的人，要用自己的。",
                    en="You used the company's rhythm for everybody. Those with one of their own should have it.",
                ),
            ),
            Mistake(
                lambda company: cycle.purchase_cycle(facts(company))["usual_gap_days"],
                T(
                    zh="这是平时的间隔有几天，还没有算过了几个。",
                    en="That is how long the usual gap is; how many have passed is still to come.",
                ),
            ),
            Mistake(
                lambda company: (
                    1 / cycle.purchase_cycle(facts(company))["gaps_since"].replace(0, float("nan"))
                ),
                T(
                    zh="除反了：没来的天数除以平时的间隔。",
                    en="Divided the wrong way round: days away by the usual gap.",
                ),
            ),
        ),
        hints=(
            T(
                zh="`cycle.purchase_cycle` 一次算出三列。",
                en="`cycle.purchase_cycle` computes three columns at once.",
            ),
            T(
                zh='`cycle.purchase_cycle(facts)["gaps_since"]`',
                en='`cycle.purchase_cycle(facts)["gaps_since"]`',
            ),
        ),
    ),
    Exercise(
        "lifecycle-stage-sizes",
        answer=lambda company: lifecycle.stage(everyone(company)).value_counts(),
        praise=T(
            zh="对。加起来正好是登记的人数，一个也没少。",
            en="Right. It adds up to all who registered; nobody is missing.",
        ),
        mistakes=(
            Mistake(
                lambda company: lifecycle.stage(facts(company)).value_counts(),
                T(
                    zh="潜在客户不见了：你只给买过的人定了阶段。用 `everyone`。",
                    en="The potential customers are missing: you staged buyers only. Use `everyone`.",
                ),
            ),
            Mistake(
                lambda company: lifecycle.stage(everyone(company), cycle=45, own_cycle=False).value_counts(),
                T(
                    zh="你给所有人用了同样的天数。这一题按各人的节奏。",
                    en="You used the same days for all. Here each has their own rhythm.",
                ),
            ),
            Mistake(
                lambda company: lifecycle.stage(everyone(company)).value_counts(normalize=True),
                T(zh="这是比例，题目要人数。", en="These are shares; numbers of people are asked."),
            ),
        ),
        hints=(
            T(zh="先定阶段，再数每个阶段出现几次。", en="Stage first, then count how often each occurs."),
            T(
                zh="`lifecycle.stage(everyone).value_counts()`",
                en="`lifecycle.stage(everyone).value_counts()`",
            ),
        ),
    ),
    Exercise(
        "lifecycle-one-rule",
        answer=lambda company: int((long_away(company) & lifecycle.stage(facts(company)).isin(COMING)).sum()),
        praise=T(
            zh="对。这些券发给了本来就会来的人：白送折扣，还显得我们不认识他。",
            en="Right. These coupons go to people who would have come anyway: money given away, and a sign that we do not know them.",
        ),
        mistakes=(
            Mistake(
                lambda company: int(long_away(company).sum()),
                T(
                    zh="这是同事要发券的总人数，不是发错的人数。",
                    en="That is everyone the colleague would send to, not those wrongly sent to.",
                ),
            ),
            Mistake(
                lambda company: int(
                    (long_away(company) & (lifecycle.stage(facts(company)) == "active")).sum()
                ),
                T(
                    zh="你只数了活跃客户。新、忠诚、赢回的客户也还在来。",
                    en="You counted the active only. New, loyal and won-back customers are still coming too.",
                ),
            ),
            Mistake(
                lambda company: int(
                    (~long_away(company) & ~lifecycle.stage(facts(company)).isin(COMING)).sum()
                ),
                T(
                    zh="方向反了：这是不到 90 天、按自己的节奏却已经休眠的人。他们正好被漏掉了。",
                    en="The other way round: these are within 90 days but dormant at their own rhythm. They are the ones overlooked.",
                ),
            ),
        ),
        hints=(
            T(
                zh="两个条件同时成立：超过 90 天没来，阶段却是还在来的四种之一。",
                en="Two conditions at once: more than 90 days away, yet in one of the four stages that still come.",
            ),
            T(
                zh='`by_colleague & stage.isin(["new", "active", "loyal", "won_back"])`，再 `.sum()`。',
                en='`by_colleague & stage.isin(["new", "active", "loyal", "won_back"])`, then `.sum()`.',
            ),
        ),
    ),
    Exercise(
        "lifecycle-still-waiting",
        answer=lambda company: on_day(curve(company), 60),
        praise=T(
            zh="对。剩下的人越等越难回来，唤醒要赶在曲线变平之前。",
            en="Right. The longer the rest wait, the harder they come back; wake them before the curve flattens.",
        ),
        mistakes=(
            Mistake(
                lambda company: on_day(who_came_back(company), 60),
                T(
                    zh="你删掉了还没回来的人，只看回来过的，所以显得大家回来得很快。",
                    en="You dropped those who have not come back and looked at the others only, so everyone seems quick.",
                ),
            ),
            Mistake(
                lambda company: 1 - on_day(curve(company), 60),
                T(
                    zh="这是已经回来的比例。题目问还没回来的。",
                    en="That is the share who came back. Those still waiting are asked.",
                ),
            ),
            Mistake(
                lambda company: (
                    1
                    - float(
                        (
                            cohort.second_purchase(facts(company))["happened"]
                            & (cohort.second_purchase(facts(company))["days"] <= 60)
                        ).mean()
                    )
                ),
                T(
                    zh="你把刚来几天的人也算作“60 天没回来”。他们还没等到第 60 天，曲线会替你算对。",
                    en="You counted people who first came days ago as not back after 60 days. They have not waited 60 days yet; the curve takes care of that.",
                ),
            ),
        ),
        hints=(
            T(
                zh="先用 `cohort.survival` 得到曲线，再取第 60 天。",
                en="Get the curve with `cohort.survival` first, then take day 60.",
            ),
            T(
                zh='`curve.loc[curve.index <= 60, "survival"].iloc[-1]`',
                en='`curve.loc[curve.index <= 60, "survival"].iloc[-1]`',
            ),
        ),
    ),
    Exercise(
        "lifecycle-moves",
        answer=moves,
        praise=T(
            zh="对。看每一行最大的那个“不在对角线”的格子：那里就是要做的事。",
            en="Right. In each row look at the largest cell off the diagonal: there lies the work.",
        ),
        mistakes=(
            Mistake(
                lambda company: moves(company).T,
                T(
                    zh="行列反了：行是以前，列是现在。",
                    en="Rows and columns are swapped: rows are then, columns are now.",
                ),
            ),
            Mistake(
                lambda company: moves(company, gap=cycle.typical_gap(facts(company)) * 2),
                T(
                    zh="尺子不对。两个日期都用 90 天前的公司节奏 `cycle.typical_gap(then)`。",
                    en="The yardstick is off. Use the company rhythm of 90 days ago, `cycle.typical_gap(then)`, for both dates.",
                ),
            ),
            Mistake(
                lambda company: moves(company, first=facts(company)),
                T(
                    zh="90 天前的阶段，你用了今天的数据：当时谁也不知道后来的订单。用 `then`。",
                    en="For the stage of 90 days ago you used today's data: nobody knew the later orders then. Use `then`.",
                ),
            ),
        ),
        hints=(
            T(
                zh="先用 `lifecycle.stages` 得到两列阶段，再用 `lifecycle.transitions`。",
                en="Get two columns of stages with `lifecycle.stages`, then use `lifecycle.transitions`.",
            ),
            T(
                zh='`both = lifecycle.stages({before: then, company.as_of: facts}, customers["signup_date"], cycle.typical_gap(then))`',
                en='`both = lifecycle.stages({before: then, company.as_of: facts}, customers["signup_date"], cycle.typical_gap(then))`',
            ),
        ),
    ),
    Exercise(
        "lifecycle-save-first",
        answer=lambda company: "b",
        praise=T(
            zh="有道理：他们值钱，刚开始走远，还记得我们。",
            en="Well argued: they are worth much, have only begun to drift, and still remember us.",
        ),
        mistakes=(
            Mistake(
                lambda company: "a",
                T(
                    zh="流失已久的人最难叫回来，人手先用在来得及的地方。",
                    en="The long lost are hardest to bring back; use staff where it is not too late.",
                ),
            ),
            Mistake(
                lambda company: "c",
                T(
                    zh="新客户不是在流失。一条欢迎短信就够，电话留给正在走的人。",
                    en="New customers are not leaving. A welcome message will do; keep the calls for those who are.",
                ),
            ),
            Mistake(
                lambda company: "d",
                T(
                    zh="忠诚客户正按自己的节奏来，这时打电话改变不了多少。",
                    en="Loyal customers come at their rhythm; a call changes little now.",
                ),
            ),
        ),
        rubric=(
            Point(T(zh="值多少钱", en="what they are worth"), r"钱|值|元|worth|money|yuan"),
            Point(
                T(zh="为什么现在还来得及", en="why it is not too late"),
                r"刚|来得及|还记得|just|late|remember",
            ),
            Point(
                T(zh="怎么知道有用", en="how we would know that it helps"), r"对照|比较|留出|holdout|compare"
            ),
        ),
        good=T(
            zh="先打给刚进入休眠的老忠诚客户：每人一季值几百元，刚走远，还记得我们；留 40 人不打，下季比较两边。",
            en="Call loyal customers who have just become dormant: each is worth hundreds a quarter, has only just drifted and still remembers us; leave 40 uncalled and compare next quarter.",
        ),
        weak=T(zh="他们比较重要，所以先打给他们。", en="They are rather important, so call them first."),
        hints=(
            T(
                zh="问两件事：值不值，来不来得及。",
                en="Ask two things: are they worth it, and is it in time?",
            ),
            T(zh="以前最好、刚刚变慢的那一站。", en="Those who were best and have only just slowed down."),
        ),
    ),
    Exercise(
        "lifecycle-churn-rate",
        rubric=(
            Point(T(zh="流失的定义", en="the definition of churn"), r"定义|超过|define|more than"),
            Point(
                T(zh="为什么不用一个天数", en="why not one number of days"),
                r"节奏|不同|每位|rhythm|differ|own",
            ),
            Point(T(zh="下个月怎么比", en="how to compare next month"), r"下个月|同一|同样|next month|same"),
        ),
        good=T(
            zh="超过 4 个平时间隔没来，我们定义为流失。各人节奏不同，所以不用一个天数。下个月用同一个定义再算，才好比较。",
            en="We define churned as away for more than 4 usual gaps. Rhythms differ, so there is no single number of days. Next month we compute it with the same definition.",
        ),
        weak=T(
            zh="流失率大概三成，比较高，要重视。",
            en="About three in ten have left, which is rather high and must be taken seriously.",
        ),
        hints=(
            T(
                zh="先说定义，再说数字，最后说怎么比。",
                en="Definition first, then the number, then how to compare.",
            ),
            T(
                zh="三句：怎么算流失；为什么按各人节奏；下个月用同一把尺子。",
                en="Three sentences: what counts as churned; why by each rhythm; the same yardstick next month.",
            ),
        ),
    ),
]

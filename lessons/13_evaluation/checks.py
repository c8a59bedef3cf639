"""What check() knows about lesson 13."""

from functools import cache

import pandas as pd

from custseg_helpers.action import before_after, evaluation, experiment, migration, sample_size
from custseg_helpers.facts.per_customer import order_facts
from custseg_helpers.learn.exercise import Exercise, Mistake, Point
from custseg_helpers.tiers import cuts, value
from custseg_helpers.words.text import T


@cache
def untouched(company):
    """Spend around September 1, and how long each customer had been away."""
    owner = company.owner("responses")
    day, orders = owner.as_of - pd.Timedelta(days=122), owner.orders
    facts = order_facts(orders[orders["order_date"] < day], day)
    return before_after.spend_around(orders, facts.index, day).assign(away=facts["recency_days"])


@cache
def grade(company, before_campaign=False):
    owner = company.owner("responses")
    day, orders = owner.as_of, owner.orders
    if before_campaign:
        day = owner.campaigns["start_date"].iloc[-1]
        orders = orders[orders["order_date"] < day]
    return value.abc(order_facts(orders, day)["monetary"])


@cache
def result(company, back=1):
    """The list of the last campaign, or of the one `back` campaigns from the end."""
    owner = company.owner("responses")
    wanted = owner.campaigns["campaign_id"].iloc[-back]
    return owner.responses[owner.responses["campaign_id"] == wanted]


def rates(company):
    listed = result(company)
    return listed["converted"].astype(float).groupby(listed["arm"]).mean()


def took_part(company, column):
    """Treatment only: those who took part less those who did not."""
    treated = result(company).query("arm == 'treatment'")
    means = treated[column].astype(float).groupby(treated["attended"].astype(bool)).mean()
    return means[True] - means[False]


def limit(company, row="conversion", column="lower"):
    return evaluation.campaign_effect(result(company, 2)).loc[row, column]


def needed(company, more=0.02, share=0.2, power=0.8):
    base = rates(company)["holdout"]
    return sample_size.sample_size_for_shares(base, base + more, holdout_share=share, power=power)


def spend_gap(company, how):
    means = result(company).groupby("arm")["amount"].agg(how)
    return means["treatment"] - means["holdout"]


@cache
def halves(company):
    owner = company.owner("responses")
    everybody = pd.Index(owner.customers["customer_id"])
    half = owner.as_of - pd.Timedelta(days=184)
    return before_after.spend_around(owner.orders, everybody, half, days=184)


def moves(company, same_lines=True):
    money = {side: spent[spent > 0] for side, spent in halves(company).items()}
    lines = cuts.quantile_cuts(money["before"], 3)
    new_lines = lines if same_lines else cuts.quantile_cuts(money["after"], 3)
    return migration.migration(cuts.levels(money["before"], lines), cuts.levels(money["after"], new_lines))


EXERCISES = [
    Exercise(
        "evaluation-natural-rise",
        answer=lambda company: untouched(company).query("away > 120")["after"].mean(),
        praise=T(
            zh="对。那天不管给他们寄什么，总结里都会把这笔钱写成功劳。",
            en="Right. Whatever had been sent to them that day, a report would have claimed this money.",
        ),
        mistakes=(
            Mistake(
                lambda company: untouched(company).query("away > 120 and after > 0")["after"].mean(),
                T(
                    zh="你只平均了花了钱的人。睡着的人多半没醒，也要算进来，不然每场唤醒都显得成功。",
                    en="You took the mean over those who spent. Most sleepers did not wake; they count too, or every wake-up call looks like a success.",
                ),
            ),
            Mistake(
                lambda company: untouched(company)["after"].mean(),
                T(
                    zh="这是全部客户的平均。只看 120 天以上没来的。",
                    en="That is the mean of all customers. Look only at those away for more than 120 days.",
                ),
            ),
            Mistake(
                lambda company: untouched(company).query("away > 120")["after"].sum(),
                T(
                    zh="这是总额。人多，总额自然大；要平均每人多少元。",
                    en="That is the total. Many people make a large total; yuan per customer is asked.",
                ),
            ),
            Mistake(
                lambda company: untouched(company).query("away <= 120")["after"].mean(),
                T(
                    zh="方向反了：这是最近 120 天里来过的人。",
                    en="The wrong way round: these are the people who did come within 120 days.",
                ),
            ),
        ),
        hints=(
            T(
                zh="先做一个“是不是 120 天以上没来”的条件，再用它筛选 `around`。",
                en="First make the condition “away for more than 120 days”, then filter `around` by it.",
            ),
            T(
                zh='`around.loc[facts["recency_days"] > 120, "after"].mean()`',
                en='`around.loc[facts["recency_days"] > 120, "after"].mean()`',
            ),
        ),
    ),
    Exercise(
        "evaluation-draw-lots",
        answer=lambda company: experiment.assign_holdout(grade(company), share=0.2, seed=13),
        praise=T(
            zh="对。把种子 13 和这张表一起存好：谁也不能事后换人。",
            en="Right. Store the seed 13 with this table: nobody can exchange people afterwards.",
        ),
        mistakes=(
            Mistake(
                lambda company: experiment.assign_holdout(grade(company), share=0.8, seed=13),
                T(
                    zh="你留出了 80%。`share` 是**不**联系的比例。",
                    en="You held out 80%. `share` is the part that is **not** contacted.",
                ),
            ),
            Mistake(
                lambda company: experiment.assign_holdout(grade(company), share=0.2),
                T(
                    zh="没有写种子 13，抽出来的是另一批人。种子要写进活动方案，别人才能复查。",
                    en="Without the seed 13 other people are drawn. The seed belongs into the plan so that others can check the draw.",
                ),
            ),
            Mistake(
                lambda company: experiment.assign_holdout(
                    pd.Series("all", index=grade(company).index), share=0.2, seed=13
                ),
                T(
                    zh="你把所有人放在一起抽。人少的等级可能碰巧几乎没人留出；按 `grade` 分开抽。",
                    en="You drew from all of them together. A small grade may happen to keep hardly anyone; draw within `grade`.",
                ),
            ),
            Mistake(
                lambda company: (
                    grade(company)
                    .rank(method="first", pct=True)
                    .gt(0.2)
                    .map({True: "treatment", False: "holdout"})
                ),
                T(
                    zh="留出的是名单最前面的人，全是好客户。这样比，活动一定显得没用。要抽签。",
                    en="You held out the front of the list, all of them good customers. The campaign is bound to look useless. Draw lots.",
                ),
            ),
        ),
        hints=(
            T(
                zh="`experiment.assign_holdout` 要三样：等级、留出比例、种子。",
                en="`experiment.assign_holdout` takes three things: the grades, the share held out, the seed.",
            ),
            T(
                zh="`experiment.assign_holdout(grade, share=0.2, seed=13)`",
                en="`experiment.assign_holdout(grade, share=0.2, seed=13)`",
            ),
        ),
    ),
    Exercise(
        "evaluation-more-buyers",
        answer=lambda company: rates(company)["treatment"] - rates(company)["holdout"],
        praise=T(
            zh="对。乘 100，就是每 100 位里多了几位购买者；其余的不联系也会买。",
            en="Right. Times 100, it is how many more of every 100 bought; the others would have bought anyway.",
        ),
        mistakes=(
            Mistake(
                lambda company: rates(company)["treatment"],
                T(
                    zh="这是实验组的转化率，里面有很多不联系也会买的人。减掉留出对照组。",
                    en="That is the conversion of the treatment group, with many who would have bought anyway. Take off the holdout.",
                ),
            ),
            Mistake(
                lambda company: took_part(company, "converted"),
                T(
                    zh="你比的是参加的人和没参加的人。爱买的人本来就爱参加；要按抽签的两组比（`arm`）。",
                    en="You compared those who took part with those who did not. People who buy like to take part; compare the two groups of the draw (`arm`).",
                ),
            ),
            Mistake(
                lambda company: rates(company)["treatment"] / rates(company)["holdout"] - 1,
                T(
                    zh="这是涨了百分之几（相对）。报告里最容易被夸大的就是它；题目要两个转化率相减。",
                    en="That is the relative rise in per cent, the number that inflates reports most easily; the difference of the two rates is asked.",
                ),
            ),
            Mistake(
                lambda company: rates(company)["holdout"] - rates(company)["treatment"],
                T(zh="减反了：实验组减留出对照组。", en="The wrong way round: treatment less holdout."),
            ),
        ),
        hints=(
            T(
                zh="按 `arm` 分组，各算转化率，再相减。",
                en="Group by `arm`, take the conversion of each, subtract.",
            ),
            T(
                zh='`rate = result["converted"].astype(float).groupby(result["arm"]).mean()`，再 `rate["treatment"] - rate["holdout"]`。',
                en='`rate = result["converted"].astype(float).groupby(result["arm"]).mean()`, then `rate["treatment"] - rate["holdout"]`.',
            ),
        ),
    ),
    Exercise(
        "evaluation-at-least",
        answer=limit,
        praise=T(
            zh="对。下限大于 0，就敢说“有效”；小于 0，只能说“还不知道”。给老板看的账，用下限再算一遍。",
            en="Right. Above 0 we dare say “works”; below 0 only “not known yet”. Do the sum for the boss once more with this limit.",
        ),
        mistakes=(
            Mistake(
                lambda company: limit(company, column="upper"),
                T(
                    zh="这是上限，是最乐观的说法。题目要下限。",
                    en="That is the upper limit, the rosiest reading. The lower one is asked.",
                ),
            ),
            Mistake(
                lambda company: limit(company, column="difference"),
                T(
                    zh="这是差异本身，没有说它有多不确定。取 `lower`。",
                    en="That is the difference itself and says nothing of how unsure it is. Take `lower`.",
                ),
            ),
            Mistake(
                lambda company: limit(company, row="spend"),
                T(
                    zh="这是人均消费那一行，单位是元。题目要转化率。",
                    en="That is the row of spend, in yuan. Conversion is asked.",
                ),
            ),
            Mistake(
                lambda company: evaluation.campaign_effect(result(company)).loc["conversion", "lower"],
                T(
                    zh="这是最后一场活动。题目问倒数第 2 场：`earlier_result`。",
                    en="That is the last campaign. The second to last is asked: `earlier_result`.",
                ),
            ),
        ),
        hints=(
            T(
                zh="`evaluation.campaign_effect` 给出一张表：行是转化和消费，列里有下限。",
                en="`evaluation.campaign_effect` gives a table: rows for conversion and spend, and a column for the lower limit.",
            ),
            T(
                zh='`evaluation.campaign_effect(earlier_result).loc["conversion", "lower"]`',
                en='`evaluation.campaign_effect(earlier_result).loc["conversion", "lower"]`',
            ),
        ),
    ),
    Exercise(
        "evaluation-intervals",
        answer=lambda company: "b",
        praise=T(
            zh="有道理：看整个区间，再和“值得的最小效果”比。",
            en="Well argued: look at the whole interval, then compare it with the smallest effect worth having.",
        ),
        mistakes=(
            Mistake(
                lambda company: "a",
                T(
                    zh="只有 120 人，区间从 -1.5 到 +13.5：也可能是帮倒忙。先用更多的人再试。",
                    en="With 120 people it runs from -1.5 to +13.5: it may even do harm. Try with more people first.",
                ),
            ),
            Mistake(
                lambda company: "c",
                T(
                    zh="跨过 0 是“还不知道”，不是“没有用”。会员日可以停，因为上限也不够；电话的上限是 13.5，还没问完。",
                    en="Across 0 means “not known yet”, not “useless”. The member day can go, for even its upper limit is too low; that of calls is 13.5, so the question is still open.",
                ),
            ),
            Mistake(
                lambda company: "d",
                T(
                    zh="毫无作用的活动，也有一半差异大于 0。看区间，不看正负号。",
                    en="Half of the campaigns that do nothing have a difference above 0. Look at the interval, not at the sign.",
                ),
            ),
        ),
        rubric=(
            Point(T(zh="看的是整个区间", en="looks at the whole interval"), r"区间|interval"),
            Point(
                T(zh="和值得的最小效果比", en="compares with the smallest effect worth having"),
                r"值得|1 个百分点|worth|1 percentage",
            ),
            Point(
                T(zh="不清楚的怎么办", en="what to do with the unclear one"), r"再试|更多|again|more people"
            ),
        ),
        good=T(
            zh="短信的区间整个在 0 以上，接着做；电话区间太宽，用 1,000 人再试一次；会员日的上限 0.8 不到值得的 1 个百分点，停。",
            en="The interval of the text message is wholly above 0: go on. That of calls is too wide: try again with 1,000 people. The member day's upper limit of 0.8 is below the 1 percentage point that is worth it: stop.",
        ),
        weak=T(zh="电话效果最好，应该多打电话。", en="Calls work best, so make more calls."),
        hints=(
            T(
                zh="每场问两句：区间跨不跨 0？上限够不够 1 个百分点？",
                en="Ask two things of each: does the interval cross 0? Does its upper limit reach 1 percentage point?",
            ),
            T(
                zh="三场有三种结论：有效、还不知道、太小不值得。",
                en="The three have three verdicts: works, not known yet, too small to be worth it.",
            ),
        ),
    ),
    Exercise(
        "evaluation-sample-size",
        answer=lambda company: sum(needed(company)),
        praise=T(
            zh="对。名单没有这么多人？那就接受只看得出更大的效果，或者留出一半。",
            en="Right. The list is shorter? Then accept that only larger effects can be seen, or hold out half of it.",
        ),
        mistakes=(
            Mistake(
                lambda company: sum(needed(company, share=0.5)),
                T(
                    zh="这是对半分的人数。题目只留出 20%，总人数要更多。",
                    en="That is for an even split. Only 20% are held out, which takes more in all.",
                ),
            ),
            Mistake(
                lambda company: needed(company).holdout,
                T(
                    zh="这只是留出对照组。两组合计要多少？",
                    en="That is the holdout alone. How many in both groups together?",
                ),
            ),
            Mistake(
                lambda company: sum(needed(company, more=0.02 * rates(company)["holdout"])),
                T(
                    zh="你算的是涨 2%（相对）。题目是 2 个百分点：`base + 0.02`。",
                    en="You took a rise of 2 per cent. It is 2 percentage points: `base + 0.02`.",
                ),
            ),
            Mistake(
                lambda company: sum(needed(company, more=0.03)),
                T(
                    zh="这是课上的 3 个百分点。题目要 2 个：效果越小，人要越多。",
                    en="That is the lesson's 3 percentage points. Here it is 2: the smaller the effect, the more people.",
                ),
            ),
        ),
        hints=(
            T(
                zh="`sample_size.sample_size_for_shares` 给出两组的人数，再加起来。",
                en="`sample_size.sample_size_for_shares` gives both groups; add them up.",
            ),
            T(
                zh="`sum(sample_size.sample_size_for_shares(base, base + 0.02, holdout_share=0.2))`",
                en="`sum(sample_size.sample_size_for_shares(base, base + 0.02, holdout_share=0.2))`",
            ),
        ),
    ),
    Exercise(
        "evaluation-fair-mean",
        answer=lambda company: spend_gap(company, "mean"),
        praise=T(
            zh="对。没买的人也是活动的结果，一个都不能漏。",
            en="Right. Those who did not buy are a result of the campaign too; leave none of them out.",
        ),
        mistakes=(
            Mistake(
                lambda company: spend_gap(company, lambda amount: amount[amount > 0].mean()),
                T(
                    zh="这正是同事的算法：只看购买者。活动决定了谁是购买者，两边已经不是同一种人。",
                    en="That is the colleague's way: buyers only. The campaign decides who buys, so the two sides are no longer the same kind of people.",
                ),
            ),
            Mistake(
                lambda company: spend_gap(company, "sum"),
                T(
                    zh="这是两组总额之差。实验组人多，总额当然大；要除以各自的人数。",
                    en="That is the difference of the totals. The treatment group is larger, so of course it has more; divide by the people in each.",
                ),
            ),
            Mistake(
                lambda company: took_part(company, "amount"),
                T(
                    zh="你比了参加的和没参加的。换一种方式漏人，还是幸存者。",
                    en="You compared those who took part with those who did not. Another way to leave people out; survivors again.",
                ),
            ),
        ),
        hints=(
            T(
                zh="同事先去掉了 `amount` 等于 0 的人。别去掉。",
                en="The colleague dropped those with an `amount` of 0. Do not.",
            ),
            T(
                zh='`result.groupby("arm")["amount"].mean()`，再用 `treatment` 减 `holdout`。',
                en='`result.groupby("arm")["amount"].mean()`, then `treatment` less `holdout`.',
            ),
        ),
    ),
    Exercise(
        "evaluation-reply",
        rubric=(
            Point(
                T(zh="和谁比：抽签留出的人", en="compared with whom: people held out by lot"),
                r"留出|对照|抽签|holdout|held out|by lot|control",
            ),
            Point(
                T(
                    zh="数了谁：全部，还是只有买了或参加的人",
                    en="who was counted: all, or only buyers or participants",
                ),
                r"全部|所有|只算|参加|counted|\bcounts?\b|everybody|everyone|\ball\b|took part|only (the )?(buyers|those)",
            ),
            Point(
                T(zh="多少人，区间多宽", en="how many people, how wide the interval"),
                r"区间|多少人|人数|interval|how many|sample",
            ),
        ),
        good=T(
            zh="请问 30% 是和谁比的，有没有抽签留出对照组？算的是全部客户还是只算参加的人？两组各多少人，区间是多少？我们愿意先留出一成客户试一次。",
            en="With whom are the 30% compared: was anyone held out by lot? Are all customers counted or only those who took part? How many people were in each group, and what is the interval? We would gladly hold out a tenth and try.",
        ),
        weak=T(
            zh="提升 30% 非常厉害，建议我们马上采购这套系统，全公司推广。",
            en="Up by 30% is impressive; I suggest that we buy the system at once and roll it out.",
        ),
        hints=(
            T(
                zh="把课上的四个问题改写成客气的句子。",
                en="Turn the four questions of the lesson into polite sentences.",
            ),
            T(
                zh="三问：和谁比？数了谁？多少人、区间多宽？最后给一个能一起做的小试验。",
                en="Three questions: with whom, who was counted, how many and how wide? End with a small test to run together.",
            ),
        ),
    ),
    Exercise(
        "evaluation-by-grade",
        answer=lambda company: evaluation.uplift_by_tier(result(company), grade(company, True))["difference"],
        praise=T(
            zh="对。等级用活动之前的数据来分；活动之后的等级里，已经混进了活动的结果。",
            en="Right. Make the grades from data before the campaign; grades made after it already hold its results.",
        ),
        mistakes=(
            Mistake(
                lambda company: evaluation.uplift_by_tier(result(company), grade(company))["difference"],
                T(
                    zh="你用了今天的等级。因为活动多买了的人已经升级了，等级成了结果，不再是起点。用 `grade_before`。",
                    en="You used today's grades. Those who bought more because of the campaign have risen, so the grade is a result and no longer a start. Use `grade_before`.",
                ),
            ),
            Mistake(
                lambda company: evaluation.uplift_by_tier(result(company), grade(company, True))["treatment"],
                T(
                    zh="这是实验组的转化率。等级越高买得越多，联系不联系都一样；要看差异。",
                    en="That is the conversion of the treatment group. Higher grades buy more, contacted or not; look at the difference.",
                ),
            ),
            Mistake(
                lambda company: evaluation.uplift_by_tier(
                    result(company), grade(company, True), measure="amount"
                )["difference"],
                T(
                    zh="这是人均消费之差（元）。题目要转化率之差。",
                    en="That is the difference in spend (yuan). The difference in conversion is asked.",
                ),
            ),
        ),
        hints=(
            T(
                zh="`evaluation.uplift_by_tier` 要名单和活动之前的层级。",
                en="`evaluation.uplift_by_tier` takes the list, and the tiers from before the campaign.",
            ),
            T(
                zh='`evaluation.uplift_by_tier(result, grade_before)["difference"]`',
                en='`evaluation.uplift_by_tier(result, grade_before)["difference"]`',
            ),
        ),
    ),
    Exercise(
        "evaluation-still-high",
        answer=lambda company: migration.won_and_lost(moves(company)).loc["high", "stay_rate"],
        praise=T(
            zh="对。别急着问责：高处之后多半是低一点，这里有多少是回归均值，要和留出对照组比了才知道。",
            en="Right. Blame nobody yet: after a high mostly comes something lower; how much of this is regression to the mean, only a holdout tells.",
        ),
        mistakes=(
            Mistake(
                lambda company: moves(company).at["high", "high"] / moves(company)["high"].sum(),
                T(
                    zh="你除以了下半年的高层人数（一列的和）。问的是上半年的高层留下多少：除以一行的和。",
                    en="You divided by the high tier of the second half (the sum of a column). How much of the first half's stayed: divide by the sum of the row.",
                ),
            ),
            Mistake(
                lambda company: (
                    moves(company).at["high", "high"] / moves(company).loc["high"].drop("gone").sum()
                ),
                T(
                    zh="你漏掉了下半年没有消费的人。走掉的正是最该数的。",
                    en="You left out those who spent nothing in the second half. Those who are gone matter most.",
                ),
            ),
            Mistake(
                lambda company: migration.won_and_lost(moves(company, same_lines=False)).loc[
                    "high", "stay_rate"
                ],
                T(
                    zh="下半年你重新画了线。尺子变了，就分不清是客户变了还是线变了。",
                    en="You drew new lines for the second half. With another ruler nobody can tell whether the customers changed or the lines.",
                ),
            ),
            Mistake(
                lambda company: (
                    migration.won_and_lost(moves(company))["stayed"].sum()
                    / migration.won_and_lost(moves(company))["before"].sum()
                ),
                T(
                    zh="这是所有层级一起的留存。题目只问高层。",
                    en="That is for all tiers together. Only the high one is asked.",
                ),
            ),
        ),
        hints=(
            T(
                zh="先用 `cuts.levels` 给两个半年各分一次层，再用 `migration.migration` 和 `migration.won_and_lost`。",
                en="Tier both halves with `cuts.levels`, then use `migration.migration` and `migration.won_and_lost`.",
            ),
            T(
                zh='`then = cuts.levels(spent["before"][spent["before"] > 0], lines)`，`later` 同样用 `after`，最后取 `won_and_lost(...)` 里 `high` 一行的 `stay_rate`。',
                en='`then = cuts.levels(spent["before"][spent["before"] > 0], lines)`, `later` likewise from `after`; at last take `stay_rate` in the row `high` of `won_and_lost(...)`.',
            ),
        ),
    ),
    Exercise(
        "evaluation-groupings",
        answer=lambda company: "a",
        praise=T(
            zh="有道理：每个毛病有自己的药，不必推倒重来。",
            en="Well argued: each fault has its own cure; no need to start all over.",
        ),
        mistakes=(
            Mistake(
                lambda company: "b",
                T(
                    zh="最稳的往往是没用的：按姓名笔画分组，永远不变。乙几乎什么也分不开。",
                    en="The most stable is often useless: groups by initial never change. The second separates next to nothing.",
                ),
            ),
            Mistake(
                lambda company: "c",
                T(
                    zh="丁半年就换了一大半人，员工跟不上；先固定分界线。甲有一组只有 18 人，评不了活动。丙的毛病是一组太大，拆开就好。",
                    en="In the fourth most people change places within half a year and staff cannot follow; fix the lines first. In the first, 18 people are too few to judge a campaign. The third only has one group too large: split it.",
                ),
            ),
            Mistake(
                lambda company: "d",
                T(
                    zh="交叉四个分组，格子成百上千，每格几个人，既记不住也评不了。",
                    en="Crossing four groupings makes hundreds of cells with a handful of people: nobody can remember or judge them.",
                ),
            ),
        ),
        rubric=(
            Point(
                T(zh="分得开、稳得住各看了", en="looked at separation and at stability"), r"分得开|separat"
            ),
            Point(T(zh="有没有人用", en="whether anyone uses it"), r"做法|用得上|动作|action|\buse"),
            Point(
                T(zh="做了以后怎么复查", en="how to check afterwards"),
                r"复查|再查|下半年|半年|again|check|half a year",
            ),
        ),
        good=T(
            zh="乙分得开只有 0.01，停用；甲做法相同的两组合并；丙拆最大的一组；丁固定分界线。半年后用同样的两个数再查一次。",
            en="The second separates only 0.01: retire it. Merge the two groups of the first where the action is the same, split the largest of the third, fix the lines of the fourth. Check the same two numbers again in half a year.",
        ),
        weak=T(zh="哪个稳就用哪个，省得麻烦。", en="Take whichever is stable; it saves trouble."),
        hints=(
            T(
                zh="先看分得开：接近 0 的，别的再好也没用。",
                en="Look at separation first: near 0, nothing else helps.",
            ),
            T(
                zh="毛病和药：做法一样就合并，太大就拆分，线不稳就细化，分不开就停用。",
                en="Fault and cure: same action, merge; too large, split; shaky lines, refine; no separation, retire.",
            ),
        ),
    ),
]

# %% [markdown] about="opening"

# %%
import pandas as pd

from custseg_helpers import (
    before_after,
    build,
    check,
    cuts,
    elsewhere,
    evaluation,
    experiment,
    hint,
    label,
    labelled,
    load,
    migration,
    order_facts,
    progress,
    rung,
    sample_size,
    solution,
    use_language,
    value,
)

use_language(t(zh="zh", en="en"))

company = load()
owner = company.owner("responses")
orders, responses, campaigns = owner.orders, owner.responses, owner.campaigns
last = campaigns.iloc[-1]
result = responses[responses["campaign_id"] == last["campaign_id"]]
labelled(result.groupby("arm")[["customer_id"]].count())

# %% [markdown] lang="zh" exercise="evaluation-natural-rise"
"""
### 没人碰过的客户，自己涨了多少

下面的 `around` 是每位客户在 9 月 1 日之前 4 周和之后 4 周花的钱（`before`、`after`），没花钱的是 0。只看 120 天以上没来的客户（`facts["recency_days"] > 120`）：之后 4 周，他们**平均每人**花了多少元？没花钱的人也算在内。
"""

# %% [markdown] lang="en" exercise="evaluation-natural-rise"
"""
### How much untouched customers rise by themselves

Below, `around` holds what each customer spent in the 4 weeks before September 1 and in the 4 weeks from it on (`before`, `after`); who spent nothing has 0. Look only at those away for more than 120 days (`facts["recency_days"] > 120`): how much did they spend **per customer** in the 4 weeks after? Those who spent nothing count too.
"""

# %%
day = owner.as_of - pd.Timedelta(days=122)
facts = order_facts(orders[orders["order_date"] < day], day)
around = before_after.spend_around(orders, facts.index, day)
labelled(around.sum().round(-2))

# %% exercise="evaluation-natural-rise" kind="compute" level="stretch"
# BEGIN SOLUTION
# zh: 120 天以上没来的人
# en: those away for more than 120 days
# blank: > 120
asleep = facts["recency_days"] > 120
# zh: 后一段平均花了多少
# en: what they spent on average afterwards
# blank: "after"
# blank: mean
rise = around.loc[asleep, "after"].mean()
# END SOLUTION

# %%
check("evaluation-natural-rise", rise)

# %% [markdown] lang="zh" exercise="evaluation-draw-lots"
"""
### 给第 12 课的计划抽签

计划要联系的是所有买过东西的客户，`grade` 是他们今天的 ABC 等级。每个等级里抽签留出 20%，种子用 13。结果是每位客户的 `treatment` 或 `holdout`。
"""

# %% [markdown] lang="en" exercise="evaluation-draw-lots"
"""
### Draw the control group for the plan of lesson 12

The plan is to contact all customers who ever bought; `grade` is their ABC grade today. In each grade hold out 20% at random, with the seed 13. The result is `treatment` or `holdout` for each customer.
"""

# %%
today = order_facts(orders, owner.as_of)
grade = value.abc(today["monetary"])

# %% exercise="evaluation-draw-lots" kind="compute" level="core"
# BEGIN SOLUTION
# zh: 每个等级留出多少
# en: how much of each grade is held out
# blank: 0.2
held_out = 0.2
# zh: 每个等级各自抽签
# en: draw at random, grade by grade
# blank: grade
# blank: held_out
# blank: 13
arms = experiment.assign_holdout(grade, share=held_out, seed=13)
# END SOLUTION

# %%
check("evaluation-draw-lots", arms)

# %% [markdown] lang="zh" exercise="evaluation-more-buyers"
"""
### 最后一场活动多带来了多少购买者

`result` 是最后一场活动的名单。算出转化率（`converted`）的差异：实验组减留出对照组。写成小数。提示：`converted` 先写 `.astype(float)`，“是”就成了 1。
"""

# %% [markdown] lang="en" exercise="evaluation-more-buyers"
"""
### How many buyers the last campaign added

`result` is the list of the last campaign. Compute the difference in conversion (`converted`): treatment less holdout, as a share. Hint: with `.astype(float)` a yes in `converted` becomes 1.
"""

# %% exercise="evaluation-more-buyers" kind="compute" level="stretch"
# BEGIN SOLUTION
# zh: 两边各有多大比例买了
# en: the share that bought on each side
# blank: "arm"
# blank: mean
rate = result["converted"].astype(float).groupby(result["arm"]).mean()
# zh: 相减
# en: one less the other
# blank: "holdout"
more_buyers = rate["treatment"] - rate["holdout"]
# END SOLUTION

# %%
check("evaluation-more-buyers", more_buyers)

# %% [markdown] lang="zh" exercise="evaluation-at-least"
"""
### 换一家公司：最少带来多少

汐合金服的傅文轩想少打电话。倒数第 2 场活动的名单在 `earlier_result_there` 里。转化率的差异，95% 区间的**下限**是多少？写成小数。课上的 `evaluation.campaign_effect` 直接给出。
"""

# %% [markdown] lang="en" exercise="evaluation-at-least"
"""
### Another company: what it brought at least

Fu Wenxuan of Xihe Financial Services wants fewer calls. The list of the second to last campaign is in `earlier_result_there`. What is the **lower limit** of the 95% interval of the difference in conversion? Write it as a share. `evaluation.campaign_effect` of the lesson gives it.
"""

# %%
there = elsewhere("evaluation-at-least")
campaigns_there, responses_there = there.campaigns, there.responses
earlier_there = campaigns_there["campaign_id"].iloc[-2]
earlier_result_there = responses_there[responses_there["campaign_id"] == earlier_there]

# %% exercise="evaluation-at-least" kind="compute" level="core"
# BEGIN SOLUTION
# zh: 算出效果和区间
# en: effects with their intervals
# blank: campaign_effect
effects = evaluation.campaign_effect(earlier_result_there)
# zh: 取购买率那一行的下端
# en: take the low end of the row of conversion
# blank: "lower"
at_least = effects.loc["conversion", "lower"]
# END SOLUTION

# %%
check("evaluation-at-least", at_least)

# %% [markdown] lang="zh" exercise="evaluation-intervals"
"""
### 三份区间，怎么念

三场活动都抽签留出了对照组，差异是转化率的百分点：

- 短信：+1.2，区间 +0.3 到 +2.1，联系了 9,000 人。
- 电话：+6.0，区间 -1.5 到 +13.5，联系了 120 人。
- 会员日：+0.2，区间 -0.4 到 +0.8，联系了 12,000 人。

至少要涨 1 个百分点才值得。哪一种念法对？

- `"a"`：电话涨得最多，明年的预算全给电话。
- `"b"`：短信有效；电话还不知道，用更多的人再试一次；会员日最多涨 0.8，不够，停。
- `"c"`：电话和会员日的区间都跨过 0，都没有用，都停。
- `"d"`：三个差异都大于 0，三场都有效。
"""

# %% [markdown] lang="en" exercise="evaluation-intervals"
"""
### Three intervals, and how to read them

All three campaigns held people out at random; the differences are percentage points of conversion:

- Text message: +1.2, interval +0.3 to +2.1, 9,000 people contacted.
- Call: +6.0, interval -1.5 to +13.5, 120 people contacted.
- Member day: +0.2, interval -0.4 to +0.8, 12,000 people contacted.

It takes at least 1 percentage point to be worth it. Which reading is right?

- `"a"`: calls add most; give them all of next year's budget.
- `"b"`: the text message works; of calls we do not know yet, so try again with more people; the member day adds 0.8 at best, which is too little: stop it.
- `"c"`: the intervals of calls and member day both cross 0, so both are useless: stop both.
- `"d"`: all three differences are above 0, so all three work.
"""

# %% exercise="evaluation-intervals" kind="decide" level="core"
# BEGIN SOLUTION
reading = "b"
# END SOLUTION

# %%
check("evaluation-intervals", reading)

# %% [markdown] lang="zh" exercise="evaluation-sample-size"
"""
### 下一场要多少位客户

`base` 是最后一场活动里不联系也会买的比例。下一场至少要涨 2 个百分点才值得，留出 20%，要有 80% 的把握看出来。两组**合计**需要多少位客户？
"""

# %% [markdown] lang="en" exercise="evaluation-sample-size"
"""
### How many customers the next campaign takes

`base` is the share that bought without contact in the last campaign. The next one must add at least 2 percentage points to be worth it; 20% are held out, and the chance of noticing shall be 80%. How many customers are needed in **both** groups together?
"""

# %%
base = result.loc[result["arm"] == "holdout", "converted"].astype(float).mean()
round(base, 3)

# %% exercise="evaluation-sample-size" kind="compute" level="stretch"
# BEGIN SOLUTION
# zh: 两边各要多少人
# en: how many people each side needs
# blank: 0.02
both_sides = sample_size.sample_size_for_shares(base, base + 0.02, holdout_share=0.2)
# zh: 加起来
# en: add them up
# blank: sum
needed = sum(both_sides)
# END SOLUTION

# %%
check("evaluation-sample-size", needed)

# %% [markdown] lang="zh" exercise="evaluation-fair-mean"
"""
### 换一家公司：同事的平均数错在哪里

换到知棠教育。汤国栋的同事这样比较最后一场活动（`result_there`）的消费，再据此决定要不要停办。运行下面的代码，找出它漏掉了谁。应该报给汤国栋的差异是**平均每位学员**多少元（实验组减留出对照组）？
"""

# %% [markdown] lang="en" exercise="evaluation-fair-mean"
"""
### Another company: what is wrong with the means

At Zhitang Learning, a colleague of Tang Guodong compares the spending of the last campaign (`result_there`) like this, to decide whether it stops. Run the code and find whom it leaves out. Which difference should Tang Guodong hear, in yuan **per learner on average** (treatment less holdout)?
"""

# %%
there = elsewhere("evaluation-fair-mean")
last_there = there.campaigns["campaign_id"].iloc[-1]
result_there = there.responses[there.responses["campaign_id"] == last_there]
with_money = result_there[result_there["amount"] > 0]
by_colleague = with_money.groupby("arm")["amount"].mean()
labelled(by_colleague.round(1))

# %% exercise="evaluation-fair-mean" kind="mistake" level="core"
# BEGIN SOLUTION
# zh: 两边每位客户平均花了多少，没买的也算
# en: the mean of every customer on each side, buyers or not
# blank: "arm"
# blank: mean
per_customer = result_there.groupby("arm")["amount"].mean()
# zh: 相减
# en: one less the other
# blank: "holdout"
fair_difference = per_customer["treatment"] - per_customer["holdout"]
# END SOLUTION

# %%
check("evaluation-fair-mean", fair_difference)

# %% [markdown] lang="zh" exercise="evaluation-reply"
"""
### 回复一份“提升 30%”

一家供应商来信：“使用我们的会员分层系统，客户转化率提升 30%。”顾明远请你替他回复三四句话：客气，但把该问的问完。写清楚要他们和谁比、数了谁、多少人和多宽的区间。
"""

# %% [markdown] lang="en" exercise="evaluation-reply"
"""
### Answer an "up by 30%"

A supplier writes: "With our member tiering system, conversion rises by 30%." Gu Mingyuan asks you to answer in three or four sentences: polite, but with every question asked. Make clear with whom they should compare, who was counted, how many people there were and how wide the interval is.
"""

# %% exercise="evaluation-reply" kind="explain" level="core"
# BEGIN SOLUTION
reply = t(
    zh="谢谢来信，这个数字很吸引人。请问 30% 是和谁比的：有没有抽签留出一部分客户不用这套系统？算的是名单上全部客户，还是只算参加活动或者买了的人？两组各有多少人，95% 区间是多少？如果还没有留出过，我们愿意先拿一成客户一起试一次。",
    en="Thank you; this is an attractive number. With whom are the 30% compared: were some customers held out at random, without the system? Does it count all customers on the list, or only those who took part or bought? How many people were in each group, and what is the 95% interval? If nobody was held out yet, we would gladly run a first test together on a tenth of our customers.",
)
# END SOLUTION

# %%
check("evaluation-reply", reply)

# %% [markdown] lang="zh" exercise="evaluation-by-grade"
"""
### 活动对哪个等级有用

按 ABC 等级看最后一场活动的增量：每个等级转化率的差异（`difference` 那一列）。下面准备了两种等级：`grade_before` 用活动之前的订单，`grade_now` 用到今天为止的订单。选对一种。
"""

# %% [markdown] lang="en" exercise="evaluation-by-grade"
"""
### With which grade the campaign works

Look at the uplift of the last campaign by ABC grade: the difference in conversion of each grade (the column `difference`). Two sets of grades are ready: `grade_before` is made from the orders before the campaign, `grade_now` from all orders up to today. Choose the right one.
"""

# %%
before_start = orders[orders["order_date"] < last["start_date"]]
grade_before = value.abc(order_facts(before_start, last["start_date"])["monetary"])
grade_now = value.abc(order_facts(orders, owner.as_of)["monetary"])

# %% exercise="evaluation-by-grade" kind="compute" level="stretch"
# BEGIN SOLUTION
# zh: 每一级各算一次
# en: work it out for each grade
# blank: grade_before
uplift = evaluation.uplift_by_tier(result, grade_before)
# zh: 取差
# en: take the difference
# blank: "difference"
by_grade = uplift["difference"]
# END SOLUTION

# %%
check("evaluation-by-grade", by_grade)

# %% [markdown] lang="zh" exercise="evaluation-still-high"
"""
### 高层留住了几成

`spent` 是每位客户上半年（`before`）和下半年（`after`）花的钱，`lines` 是上半年把买过的人平分成三层的两条线。两个半年都用**这两条线**分层，没有消费的不分层。上半年在高层（`"high"`）的客户，下半年还在高层的占多少？写成小数。
"""

# %% [markdown] lang="en" exercise="evaluation-still-high"
"""
### How much of the high tier stayed

`spent` is what each customer spent in the first half of the year (`before`) and in the second (`after`); `lines` are the two lines that part the buyers of the first half into three equal tiers. Tier both halves with **these lines**; who spent nothing gets no tier. Of the customers in the high tier (`"high"`) in the first half, what share is still there in the second? Write it as a share.
"""

# %%
half = owner.as_of - pd.Timedelta(days=184)
everybody = pd.Index(owner.customers["customer_id"])
spent = before_after.spend_around(orders, everybody, half, days=184)
lines = cuts.quantile_cuts(spent["before"][spent["before"] > 0], 3)

# %% exercise="evaluation-still-high" kind="compute" level="stretch"
# BEGIN SOLUTION
# zh: 那时在哪一档
# en: the level then
# blank: "before"
then = cuts.levels(spent["before"][spent["before"] > 0], lines)
# zh: 后来在哪一档
# en: the level later
# blank: "after"
later = cuts.levels(spent["after"][spent["after"] > 0], lines)
# zh: 从哪一档到哪一档
# en: from which level to which
# blank: then, later
matrix = migration.migration(then, later)
# zh: 高档里留下的比例
# en: the share of the high level who stayed
# blank: "stay_rate"
still_high = migration.won_and_lost(matrix).loc["high", "stay_rate"]
# END SOLUTION

# %%
check("evaluation-still-high", still_high)

# %% [markdown] lang="zh" exercise="evaluation-groupings"
"""
### 四个分组，各怎么办

四个部门交来四个分组，都查过了：

- 甲：分得开 0.20，稳得住 0.70，共 9 组，其中两组的做法一模一样，有一组只有 18 人。
- 乙：分得开 0.01，稳得住 0.98，共 5 组。
- 丙：分得开 0.12，稳得住 0.72，共 3 组，有一组占了 68% 的客户。
- 丁：分得开 0.20，稳得住 0.35，共 4 组，分界线每个月重画一次。

哪一套处理最合适？

- `"a"`：甲合并，乙停用，丙拆分最大的一组，丁细化（固定分界线）。
- `"b"`：乙最稳，全公司统一用乙，其他三个停用。
- `"c"`：甲和丁分得最开，都留着不动；丙组数太少，停用。
- `"d"`：四个分组交叉起来，做成一张最细的表。
"""

# %% [markdown] lang="en" exercise="evaluation-groupings"
"""
### Four groupings, and what to do with each

Four departments hand in four groupings, all measured:

- First: separation 0.20, stability 0.70, 9 groups; for two of them the action is exactly the same, and one has only 18 people.
- Second: separation 0.01, stability 0.98, 5 groups.
- Third: separation 0.12, stability 0.72, 3 groups; one holds 68% of the customers.
- Fourth: separation 0.20, stability 0.35, 4 groups; the lines are drawn anew every month.

Which treatment fits best?

- `"a"`: merge in the first, retire the second, split the largest group of the third, refine the fourth (fixed lines).
- `"b"`: the second is most stable: use it in the whole company and retire the other three.
- `"c"`: the first and the fourth separate best: leave them as they are; the third has too few groups: retire it.
- `"d"`: cross all four and make the finest table of them.
"""

# %% exercise="evaluation-groupings" kind="decide" level="stretch"
# BEGIN SOLUTION
treatment_of_groupings = "a"
# END SOLUTION

# %%
check("evaluation-groupings", treatment_of_groupings)

# %% [markdown] lang="zh"
"""
## 看看做到哪里了
"""

# %% [markdown] lang="en"
"""
## How far you are
"""

# %% tags=["nbval-ignore-output"]
progress()

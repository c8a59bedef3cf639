# %% [markdown] about="opening"

# %%
import pandas as pd

from custseg_helpers import (
    build,
    check,
    cohort,
    cycle,
    elsewhere,
    hint,
    label,
    labelled,
    lifecycle,
    load,
    money_by,
    order_facts,
    progress,
    rung,
    solution,
    use_language,
)

use_language(t(zh="zh", en="en"))

company = load()
customers = company.customers.set_index("customer_id")
facts = order_facts(company.orders, company.as_of)
everyone = facts.reindex(customers.index)  # zh: 没买过的人也在  # en: those who never bought are in it too

# %% [markdown] lang="zh" exercise="lifecycle-rhythm"
"""
### 公司的节奏

这家公司的客户，两次购买之间通常隔几天？用所有回头客平均间隔的中位数。
"""

# %% [markdown] lang="en" exercise="lifecycle-rhythm"
"""
### The company's rhythm

How many days usually pass between two purchases of this company's customers? Take the median of the mean gaps of all who came back.
"""

# %% exercise="lifecycle-rhythm" kind="compute" level="core"
# BEGIN SOLUTION
# zh: 先看一眼：每位客户的事实
# en: look first: the facts of each customer
# blank: head
facts.head(3)
# zh: 大家两次购买之间一般隔几天
# en: how many days usually lie between two purchases
# blank: typical_gap
rhythm = cycle.typical_gap(facts)
# END SOLUTION

# %%
check("lifecycle-rhythm", rhythm)

# %% [markdown] lang="zh" exercise="lifecycle-gaps-passed"
"""
### 换一家公司：过了几个平时的间隔

同样的问题，换到岐禾医药。区域经理贺景行想提前知道谁该补货。每家机构的事实在 `facts_there` 里。算出每家买过东西的机构，距最后一次订货已经过了几个平时的间隔（`gaps_since`）。
"""

# %% [markdown] lang="en" exercise="lifecycle-gaps-passed"
"""
### Another company: how many usual gaps have passed

The same question at Qihe Pharma. He Jingxing, a regional manager, wants to know early who is due to restock. The facts of each institution are in `facts_there`. For every institution that has bought, compute how many of its usual gaps have passed since its last order (`gaps_since`).
"""

# %%
there = elsewhere("lifecycle-gaps-passed")
facts_there = order_facts(there.orders, there.as_of)

# %% exercise="lifecycle-gaps-passed" kind="compute" level="core"
# BEGIN SOLUTION
# zh: 每位客户的购买周期
# en: the purchase cycle of each customer
# blank: purchase_cycle
rhythms = cycle.purchase_cycle(facts_there)
# zh: 取“过了几个周期”一列
# en: take the column of cycles passed
# blank: "gaps_since"
gaps_since = rhythms["gaps_since"]
# END SOLUTION

# %%
check("lifecycle-gaps-passed", gaps_since)

# %% [markdown] lang="zh" exercise="lifecycle-stage-sizes"
"""
### 每个阶段有多少人

给所有登记过的客户（`everyone`，含没买过的）定阶段，数一数每个阶段有多少人，索引是阶段。
"""

# %% [markdown] lang="en" exercise="lifecycle-stage-sizes"
"""
### How many people at each stage

Give every registered customer (`everyone`, including those who never bought) a stage and count the people at each. The index is the stage.
"""

# %% exercise="lifecycle-stage-sizes" kind="compute" level="core"
# BEGIN SOLUTION
# zh: 给每个人定阶段，没买过的也在内
# en: give everybody a stage, those who never bought too
# blank: everyone
stages_of_all = lifecycle.stage(everyone)
# zh: 每个阶段有几位
# en: how many are in each stage
# blank: value_counts
stage_sizes = stages_of_all.value_counts()
# END SOLUTION

# %%
check("lifecycle-stage-sizes", stage_sizes)

# %% [markdown] lang="zh" exercise="lifecycle-one-rule"
"""
### 一刀切冤枉了谁

同事写道：“超过 90 天没来就是休眠或流失，给他们全体发赢回券。”在这些人里，按自己的节奏其实还在来的（新、活跃、忠诚、赢回）有多少位？也就是说，有多少张券发错了人？
"""

# %% [markdown] lang="en" exercise="lifecycle-one-rule"
"""
### Whom one rule for all misjudges

A colleague writes: "More than 90 days away is dormant or churned; send all of them a win-back coupon." How many of these people are, at their own rhythm, still coming (new, active, loyal or won back)? In other words, how many coupons go to the wrong people?
"""

# %%
by_colleague = facts["recency_days"] > 90
print(t(zh="同事名单上的人：", en="people on the colleague's list:"), f"{by_colleague.sum():,}")

# %% exercise="lifecycle-one-rule" kind="mistake" level="core"
# BEGIN SOLUTION
# zh: 每位客户真正的阶段
# en: the true stage of each customer
# blank: stage
stage = lifecycle.stage(facts)
# zh: 还在来的四个阶段
# en: the four stages of those who still come
# blank: isin
still_here = stage.isin(["new", "active", "loyal", "won_back"])
# zh: 还在来、却被发了券的有几位
# en: how many still come and get the coupon all the same
# blank: &
# blank: sum
wrong_coupons = (by_colleague & still_here).sum()
# END SOLUTION

# %%
check("lifecycle-one-rule", wrong_coupons)

# %% [markdown] lang="zh" exercise="lifecycle-still-waiting"
"""
### 等到第 60 天，还有多少人没回来

用等待曲线回答：首购之后等到第 60 天，还没有第二次购买的比例是多少？取曲线上不晚于第 60 天的最后一个值，写成 0 到 1 之间的小数。
"""

# %% [markdown] lang="en" exercise="lifecycle-still-waiting"
"""
### After 60 days, how many are still waiting

Use the waiting curve: 60 days after the first purchase, what share has not bought a second time? Take the last value of the curve not later than day 60, as a share between 0 and 1.
"""

# %%
waiting = cohort.second_purchase(facts)

# %% exercise="lifecycle-still-waiting" kind="compute" level="stretch"
# BEGIN SOLUTION
# zh: 生存曲线：过了多少天，还有多大比例没有第二次购买
# en: the survival curve: after so many days, the share without a second purchase
# blank: "happened"
curve = cohort.survival(waiting["days"], waiting["happened"])
# zh: 只留前 60 天
# en: keep the first 60 days
# blank: <= 60
until_60 = curve.loc[curve.index <= 60, "survival"]
# zh: 取最后一个数
# en: take the last number
# blank: -1
still_waiting = until_60.iloc[-1]
# END SOLUTION

# %%
check("lifecycle-still-waiting", still_waiting)

# %% [markdown] lang="zh" exercise="lifecycle-moves"
"""
### 换一家公司：90 天里，谁换了阶段

同样的问题，换到知棠教育。运营总监夏清扬想知道学员走到哪一步会离开。`before` 是 90 天前，`then` 是那天的事实，`facts_there` 是今天的。用同一个公司节奏（90 天前的 `cycle.typical_gap(then)`）给两个日期定阶段，数出从哪个阶段到哪个阶段各有多少人：行是以前，列是现在。
"""

# %% [markdown] lang="en" exercise="lifecycle-moves"
"""
### Another company: who changed stage in 90 days

The same question at Zhitang Learning. Xia Qingyang, head of operations, wants to know at which step learners leave. `before` is 90 days ago, `then` the facts of that day, `facts_there` those of today. With one company rhythm for both (that of 90 days ago, `cycle.typical_gap(then)`), give everyone a stage at both dates and count the people from each stage to each: rows are then, columns are now.
"""

# %%
there = elsewhere("lifecycle-moves")
customers_there = there.customers.set_index("customer_id")
facts_there = order_facts(there.orders, there.as_of)
before = there.as_of - pd.Timedelta(days=90)
then = order_facts(there.orders, before)

# %% exercise="lifecycle-moves" kind="compute" level="core"
# BEGIN SOLUTION
# zh: 两天各定一次阶段，用同一个节奏
# en: stages on both days, with one rhythm
# blank: then
# blank: facts_there
both = lifecycle.stages(
    {before: then, there.as_of: facts_there}, customers_there["signup_date"], cycle.typical_gap(then)
)
# zh: 从哪个阶段走到哪个阶段，各有几位
# en: how many went from which stage to which
# blank: transitions
moves = lifecycle.transitions(both[before], both[there.as_of])
# END SOLUTION

# %%
check("lifecycle-moves", moves)

# %% [markdown] lang="zh" exercise="lifecycle-save-first"
"""
### 先救哪个阶段的客户

苏晚晴本月只有 200 个电话的人手，用来防止客户流失。先打给哪个阶段？

- `"a"`：流失客户，他们最需要赢回。
- `"b"`：以前忠诚、刚进入休眠的客户。
- `"c"`：新客户，趁热打铁。
- `"d"`：忠诚客户，他们最值钱。
"""

# %% [markdown] lang="en" exercise="lifecycle-save-first"
"""
### Which stage to save first

Su Wanqing has staff for 200 calls this month, to keep customers from leaving. Which stage comes first?

- `"a"`: the churned: they most need winning back.
- `"b"`: those who were loyal and have just become dormant.
- `"c"`: new customers, while the iron is hot.
- `"d"`: the loyal: they are worth most.
"""

# %% exercise="lifecycle-save-first" kind="decide" level="core"
# BEGIN SOLUTION
call_first = "b"
# END SOLUTION

# %%
check("lifecycle-save-first", call_first)

# %% [markdown] lang="zh" exercise="lifecycle-churn-rate"
"""
### 写给总经理：我们的流失率是多少

顾明远要一个数：“流失率是多少？”用三四句话回答：你怎么定义流失，为什么不用一个天数管所有人，这个数下个月怎么比。
"""

# %% [markdown] lang="en" exercise="lifecycle-churn-rate"
"""
### To the director: what is our churn rate

Gu Mingyuan wants one number: "What is our churn rate?" Answer in three or four sentences: how you define churn, why not one number of days for everybody, and how to compare it next month.
"""

# %% exercise="lifecycle-churn-rate" kind="explain" level="core"
# BEGIN SOLUTION
to_director = t(
    zh="我们把超过 4 个平时的间隔没来的客户定义为流失；按这个定义，买过东西的客户里有 42% 已经流失。不用一个天数管所有人，因为每位客户的节奏不同：有人每周来，有人半年来一次。下个月用同一个定义、同一个公司节奏再算，才能比较是人变了，还是尺子变了。",
    en="We define churned as away for more than 4 of the customer's usual gaps; by this definition 42% of those who ever bought have churned. One number of days for everybody would be wrong, because rhythms differ: some come every week, some twice a year. Next month we compute it with the same definition and the same company rhythm, so that we compare people and not yardsticks.",
)
# END SOLUTION

# %%
check("lifecycle-churn-rate", to_director)

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

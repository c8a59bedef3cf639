# %% [markdown] about="opening"

# %%
import pandas as pd

from custseg_helpers import (
    build,
    check,
    elsewhere,
    hint,
    label,
    labelled,
    load,
    order_facts,
    progress,
    rfm,
    rung,
    solution,
    use_language,
)

use_language(t(zh="zh", en="en"))

company = load()
orders = company.orders
as_of = company.as_of  # zh: 快照日  # en: the snapshot day

# %% [markdown] lang="zh" exercise="rfm-recency"
"""
### 每位客户多久没来了

算出每位客户距快照日的天数：最后一次**购买**到快照日有几天。快照日是约定好的“今天”，代码里叫 `as_of`，第一格已经备好。退货行（`quantity` 小于 0）不算购买。结果是每位客户一个数，索引是 `customer_id`。
"""

# %% [markdown] lang="en" exercise="rfm-recency"
"""
### How long each customer has been away

For each customer, count the days from the last **purchase** to the snapshot day. The snapshot day is the "today" that was agreed on; in code it is called `as_of`, and the first cell made it. Lines of returns (`quantity` below 0) are no purchase. The result is one number per customer, with `customer_id` as the index.
"""

# %% exercise="rfm-recency" kind="compute" level="core"
# BEGIN SOLUTION
# zh: 只留购买的行：件数大于 0
# en: keep the purchases: a quantity above 0
# blank: "quantity"
# blank: > 0
bought = orders[orders["quantity"] > 0]
# zh: 每位客户最后一次购买的日子
# en: the last day on which each customer bought
# blank: "order_date"
# blank: max
last_day = bought.groupby("customer_id")["order_date"].max()
# zh: 快照日减去那一天，写成天数
# en: the snapshot day less that day, in days
# blank: as_of
# blank: days
recency = (as_of - last_day).dt.days
# END SOLUTION

# %%
check("rfm-recency", recency)

# %% [markdown] lang="zh" exercise="rfm-frequency"
"""
### 每位客户买了几次

数一数每位客户有几张**不同的**购买订单。一单里有三件商品，也只算一次；退货单不算。
"""

# %% [markdown] lang="en" exercise="rfm-frequency"
"""
### How often each customer bought

Count the **different** purchase orders of each customer. An order with three products still counts once; a return does not count.
"""

# %% exercise="rfm-frequency" kind="compute" level="core"
# BEGIN SOLUTION
# zh: 只留购买的行
# en: keep the purchases
# blank: > 0
purchases = orders[orders["quantity"] > 0]
# zh: 每位客户有几张不同的订单
# en: how many different orders each customer has
# blank: "customer_id"
# blank: nunique
frequency = purchases.groupby("customer_id")["order_id"].nunique()
# END SOLUTION

# %%
check("rfm-frequency", frequency)

# %% [markdown] lang="zh" exercise="rfm-monetary"
"""
### 每位客户花了多少钱

算出每位买过东西的客户的消费金额（元），退货要减掉。
"""

# %% [markdown] lang="en" exercise="rfm-monetary"
"""
### How much each customer spent

For each customer who has bought, add up the money spent (yuan), less returns.
"""

# %% exercise="rfm-monetary" kind="compute" level="core"
# BEGIN SOLUTION
# zh: 按客户把金额加起来，退货的负数也在内
# en: add up the money by customer, negative returns included
# blank: "customer_id"
# blank: "amount"
spent = orders.groupby("customer_id")["amount"].sum()
# zh: 保留两位小数
# en: keep two decimals
# blank: round
monetary = spent.round(2)
# END SOLUTION

# %%
check("rfm-monetary", monetary)

# %% [markdown] lang="zh" exercise="rfm-fixed-score"
"""
### 用固定门槛给“最近一次消费”打分

店里说好：30 天内来过得 5 分，60 天内 4 分，90 天内 3 分，180 天内 2 分，更久 1 分。给每位客户打出 `r_score`。提示：课上的 `rfm.Cuts` 和 `rfm.rfm_scores` 就够用；频率和金额的门槛随便写，这里只看 `r_score`。
"""

# %% [markdown] lang="en" exercise="rfm-fixed-score"
"""
### Score recency with fixed thresholds

The shop agrees: within 30 days gets 5, within 60 days 4, within 90 days 3, within 180 days 2, longer 1. Give each customer an `r_score`. Hint: `rfm.Cuts` and `rfm.rfm_scores` from the lesson are enough; any thresholds will do for the other two, only `r_score` is looked at.
"""

# %%
facts = order_facts(orders, as_of)

# %% exercise="rfm-fixed-score" kind="compute" level="stretch"
# BEGIN SOLUTION
# zh: 把门店的规矩写成分数线
# en: write the shop's rule as cut points
# blank: 30, 60, 90, 180
shop_rule = rfm.Cuts(recency_days=(30, 60, 90, 180), frequency=(2,), monetary=(500,))
# zh: 按这个规矩打分
# en: score by this rule
# blank: rfm_scores
# blank: shop_rule
scored = rfm.rfm_scores(facts, shop_rule)
# zh: 取 R 分这一列
# en: take the column of R scores
# blank: "r_score"
r_score = scored["r_score"]
# END SOLUTION

# %%
check("rfm-fixed-score", r_score)

# %% [markdown] lang="zh" exercise="rfm-one-time-share"
"""
### 五分位为什么会挤成一团

在所有买过东西的客户里，只买过 1 次的占多少？写成 0 到 1 之间的小数。
"""

# %% [markdown] lang="en" exercise="rfm-one-time-share"
"""
### Why the fifths collapse

Of all customers who have bought, what share bought only 1 time? Write it as a share between 0 and 1.
"""

# %% exercise="rfm-one-time-share" kind="compute" level="stretch"
# BEGIN SOLUTION
# zh: 问每位客户：只买过 1 次吗？
# en: ask every customer: bought only once?
# blank: == 1
once = facts["frequency"] == 1
# zh: 答“是”的占多少
# en: the share of yes
# blank: mean
one_time_share = once.mean()
# END SOLUTION

# %%
check("rfm-one-time-share", one_time_share)

# %% [markdown] lang="zh" exercise="rfm-money-share"
"""
### 换一家公司：每一类带来多少钱

同样的问题，换到岐禾医药。市场总监秦书瑶要知道，代表的时间花在哪一类机构上才值。每家机构的事实在 `facts_there` 里。先用五分位打分（`rfm.rfm_scores(facts_there)`），再分成八类（`rfm.segments8`）。算出每一类机构的金额占总金额的比例，索引是类别。
"""

# %% [markdown] lang="en" exercise="rfm-money-share"
"""
### Another company: the money of each segment

The same question at Qihe Pharma. Qin Shuyao, the marketing director, wants to know which institutions are worth the reps' time. The facts of each institution are in `facts_there`. Score by fifths first (`rfm.rfm_scores(facts_there)`), then make the eight segments (`rfm.segments8`). For each segment, compute its share of all the money, with the segment as the index.
"""

# %%
there = elsewhere("rfm-money-share")
facts_there = order_facts(there.orders, there.as_of)

# %% exercise="rfm-money-share" kind="compute" level="core"
# BEGIN SOLUTION
# zh: 打分
# en: score
# blank: rfm_scores
scored = rfm.rfm_scores(facts_there)
# zh: 分成八类
# en: sort into eight segments
# blank: segments8
segment = rfm.segments8(scored)
# zh: 按类把钱加起来
# en: add up the money by segment
# blank: groupby
by_segment = facts_there["monetary"].groupby(segment).sum()
# zh: 除以全部的钱
# en: divide by all the money
# blank: sum
money_share = by_segment / facts_there["monetary"].sum()
# END SOLUTION

# %%
check("rfm-money-share", money_share)

# %% [markdown] lang="zh" exercise="rfm-colleague-rules"
"""
### 换一家公司：同事的规则表错在哪里

同样的规则，换到拓岩机电。叶婉清的同事用三条规则分 11 类，后面的规则会盖掉前面的结果。运行下面的代码，看三项都得 5 分的客户被写成了什么。有多少家这样的客户被贴错了？
"""

# %% [markdown] lang="en" exercise="rfm-colleague-rules"
"""
### Another company: what is wrong with the rules

The same rules at Tuoyan Industrial. A colleague of Ye Wanqing makes the 11 segments with three rules, and a later rule overwrites an earlier one. Run the code and look at what became of the customers with 5 in all three. How many of them got the wrong name?
"""

# %%
there = elsewhere("rfm-colleague-rules")
scores_there = rfm.rfm_scores(order_facts(there.orders, there.as_of))
by_colleague = pd.Series("others", index=scores_there.index)
by_colleague[(scores_there[["r_score", "f_score", "m_score"]] >= 4).all(axis=1)] = "champions"
by_colleague[scores_there["f_score"] >= 5] = "loyal_customers"
by_colleague[scores_there["r_score"] <= 1] = "lost"
labelled(by_colleague.value_counts())

# %% exercise="rfm-colleague-rules" kind="mistake" level="core"
# BEGIN SOLUTION
# zh: 三项都是 5 分的人
# en: those with 5 on all three
# blank: &
best = (scores_there["r_score"] == 5) & (scores_there["f_score"] == 5) & (scores_there["m_score"] == 5)
# zh: 同事没有叫他们冠军客户
# en: the colleague did not call them champions
# blank: !=
called_otherwise = by_colleague != "champions"
# zh: 两样都是的有几位
# en: how many are both
# blank: &
wrongly_named = (best & called_otherwise).sum()
# END SOLUTION

# %%
check("rfm-colleague-rules", wrongly_named)

# %% [markdown] lang="zh" exercise="rfm-first-calls"
"""
### 300 个电话先给谁

苏晚晴问：这周的 300 个电话，先从哪一类打起？选一个字母，并在小组里说出理由。

- `"a"`：重要价值客户。他们最值钱，多打总没错。
- `"b"`：重要保持客户。他们以前买得勤、花得多，最近没来。
- `"c"`：一般挽留客户。人数多，总能救回几个。
- `"d"`：一般发展客户。刚来过，印象还热。
"""

# %% [markdown] lang="en" exercise="rfm-first-calls"
"""
### Who gets the 300 calls first

Su Wanqing asks: which segment do this week's 300 calls start with? Choose a letter, and defend it in your group.

- `"a"`: champions. They are worth most; a call never hurts.
- `"b"`: high value to keep. They bought often and spent much, and have not come lately.
- `"c"`: regular to win back. There are many; some can surely be saved.
- `"d"`: regular to develop. They came lately, while the memory is warm.
"""

# %% exercise="rfm-first-calls" kind="decide" level="core"
# BEGIN SOLUTION
first_calls = "b"
# END SOLUTION

# %%
check("rfm-first-calls", first_calls)

# %% [markdown] lang="zh" exercise="rfm-to-manager"
"""
### 向经理解释

有一位客户，最近一次消费得 1 分，频率和金额都是 5 分。用三四句话写给苏晚晴：她是谁，建议怎么做，以及 RFM 没有告诉我们什么。
"""

# %% [markdown] lang="en" exercise="rfm-to-manager"
"""
### Explain it to the manager

One customer scores 1 for recency and 5 for both frequency and money. Write three or four sentences to Su Wanqing: who she is, what you suggest, and what RFM does not tell.
"""

# %% exercise="rfm-to-manager" kind="explain" level="core"
# BEGIN SOLUTION
to_manager = t(
    zh="她以前常来，花得也多，但已经很久没来了。建议经理本周亲自打电话，先问原因，不急着发券。RFM 只看买没买，不知道她为什么不来，也不知道打电话有没有用；留一部分人不打，才能比较。",
    en="She used to come often and spent a lot, but has been away for long. I suggest that the manager calls her this week and asks why before offering a coupon. RFM only sees purchases: it does not know why she stays away, nor whether a call helps; leave some uncalled, to compare.",
)
# END SOLUTION

# %%
check("rfm-to-manager", to_manager)

# %% [markdown] lang="zh" exercise="rfm-call-list"
"""
### 开出电话名单

从“重要保持客户”（`"key_retain"`）里，按消费金额从高到低取前 300 位，金额相同的按客户编号排。不足 300 位就全取。按两列排，`ascending` 里就写两个方向，用逗号隔开：`True` 从小到大，`False` 从大到小。结果是一个客户编号的列表，顺序就是打电话的顺序。
"""

# %% [markdown] lang="en" exercise="rfm-call-list"
"""
### Draw up the call list

From "high value to keep" (`"key_retain"`), take the first 300 by money spent, from high to low; where the money is equal, by customer id. If there are fewer than 300, take them all. Sorting by two columns, `ascending` holds two directions with a comma between: `True` smallest first, `False` largest first. The result is a list of customer ids, in the order of the calls.
"""

# %%
scores = rfm.rfm_scores(facts)

# %% exercise="rfm-call-list" kind="compute" level="stretch"
# BEGIN SOLUTION
# zh: 只留重要保持客户，索引变回一列
# en: keep key customers to retain; the index becomes a column again
# blank: segments8
# blank: "key_retain"
keep = facts[rfm.segments8(scores) == "key_retain"].reset_index()
# zh: 金额从高到低排，相同的按编号
# en: sort by money from high to low, equals by id
# blank: False, True
ranked = keep.sort_values(["monetary", "customer_id"], ascending=[False, True])
# zh: 取前 300 位的编号，写成列表
# en: take the ids of the first 300 as a list
# blank: list
# blank: head
call_list = list(ranked["customer_id"].head(300))
# END SOLUTION

# %%
check("rfm-call-list", call_list)

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

# %% [markdown] about="opening"

# %%
import pandas as pd

from custseg_helpers import (
    build,
    check,
    clv,
    clv_holdout,
    cuts,
    elsewhere,
    hint,
    label,
    load,
    order_facts,
    progress,
    rung,
    solution,
    use_language,
    value,
)

use_language(t(zh="zh", en="en"))

# zh: 你选的公司；它的数据不能预测时，用悦选
# en: the company you chose; Yuexuan where its data carry no forecast
company = clv_holdout.company_with_forecast(load())
orders, as_of = company.orders, company.as_of
facts = order_facts(orders, as_of, products=company.products)
grade = value.abc(facts["monetary"])

history = clv.purchase_history(orders, as_of)
model = clv.fit_purchases(history)
spend_model = clv.fit_spend(history)
print(company.title)

# %% [markdown] lang="zh" exercise="clv-likely-gone"
"""
### 换一家公司：A 级里有几位多半不会再来

同样的问题，换到知棠教育。运营总监夏清扬想在学员离开之前收到提醒。先用 `history_there` 和 `model_there` 算出每位学员的存活概率，再数一数：价值标签 `grade_there` 是 A、存活概率又**低于 0.5** 的学员有几位？
"""

# %% [markdown] lang="en" exercise="clv-likely-gone"
"""
### Another company: how many As will most likely not come again

The same question at Zhitang Learning. Xia Qingyang, head of operations, wants a warning before a learner leaves. Use `history_there` and `model_there` to compute the probability that each learner is alive, then count: for how many learners is the value tag `grade_there` A and the probability **below 0.5**?
"""

# %%
there = elsewhere("clv-likely-gone")
grade_there = value.abc(order_facts(there.orders, there.as_of)["monetary"])
history_there = clv.purchase_history(there.orders, there.as_of)
model_there = clv.fit_purchases(history_there)

# %% exercise="clv-likely-gone" kind="compute" level="core"
# BEGIN SOLUTION
# zh: 每位客户还活跃的可能
# en: how likely each customer is still active
# blank: alive_probability
alive = clv.alive_probability(history_there, model_there)
# zh: A 级里，可能不到一半的有几位
# en: how many of grade A are below one half
# blank: "A"
# blank: &
# blank: sum
likely_gone = ((grade_there == "A") & (alive < 0.5)).sum()
# END SOLUTION

# %%
check("clv-likely-gone", likely_gone)

# %% [markdown] lang="zh" exercise="clv-next-quarter"
"""
### 下一季一共会来多少次

现有的客户，今后 90 天一共会来买多少次？把每位客户的预计购买次数加起来。
"""

# %% [markdown] lang="en" exercise="clv-next-quarter"
"""
### How many purchases next quarter

How many purchases will today's customers make in the next 90 days? Add up the expected purchases of all customers.
"""

# %% exercise="clv-next-quarter" kind="compute" level="stretch"
# BEGIN SOLUTION
# zh: 每位客户 90 天里预计买几次
# en: how often each customer is expected to buy in 90 days
# blank: 90
expected = clv.expected_purchases(history, model, 90)
# zh: 加起来
# en: add it up
# blank: sum
next_quarter = expected.sum()
# END SOLUTION

# %%
check("clv-next-quarter", next_quarter)

# %% [markdown] lang="zh" exercise="clv-three-years"
"""
### 手算：三年值多少

一位客户每年 5 单，每单 200 元，毛利率 30%。一年折现率 10%，第 1 年的钱除以 1.1，第 2 年除以 1.1 的平方，第 3 年除以 1.1 的三次方（Python 里平方写作 `1.1**2`）。三年的毛利，今天一共值多少元？中途不要四舍五入，答案至少留两位小数。
"""

# %% [markdown] lang="en" exercise="clv-three-years"
"""
### By hand: what three years are worth

A customer places 5 orders a year of 200 yuan, with a margin of 30%. At 10% a year, the money of year 1 is divided by 1.1, of year 2 by the square of 1.1, of year 3 by its cube (Python writes the square as `1.1**2`). What is the margin of the three years worth today, in yuan? Do not round on the way, and keep at least two decimals.
"""

# %% exercise="clv-three-years" kind="compute" level="core"
# BEGIN SOLUTION
# zh: 一年的毛利：5 单 × 200 元 × 30%
# en: the margin of a year: 5 orders × 200 yuan × 30%
# blank: 0.30
yearly = 5 * 200 * 0.30
# zh: 三年，每年按 10% 折回今天
# en: three years, each brought back to today at 10%
# blank: 1.1**2
# blank: 1.1**3
three_years = yearly / 1.1 + yearly / 1.1**2 + yearly / 1.1**3
# END SOLUTION

# %%
check("clv-three-years", three_years)

# %% [markdown] lang="zh" exercise="clv-colleague-check"
"""
### 同事的检验错在哪里

同事说：“我的模型，每位客户平均只差这么点（下面印出的数），比课上的好多了。”他用**全部**订单算历史、拟合模型，再拿预测和**最后半年**的实际次数比。找出毛病，重新考一次，给出模型诚实的误差（`expected_purchases` 那个数）。
"""

# %% [markdown] lang="en" exercise="clv-colleague-check"
"""
### What is wrong with the colleague's check

A colleague says: "My model is off by this little for each customer (the number printed below), far better than in the lesson." He made the history and fitted the model on **all** orders, then compared the forecast with what happened in the **last half year**. Find the fault, hold the exam again, and give the model's honest error (the number under `expected_purchases`).
"""

# %%
split = as_of - pd.Timedelta(days=184)
actual = clv_holdout.holdout(orders, split, as_of)["actual_purchases"]

colleague = clv.expected_purchases(history, model, 184).reindex(actual.index)
print(
    t(zh="同事的误差（单）：", en="the colleague's error (orders):"),
    round(((colleague - actual) ** 2).mean() ** 0.5, 2),
)

# %% exercise="clv-colleague-check" kind="mistake" level="core"
# BEGIN SOLUTION
# zh: 只用那天以前的数据估计，再和后来对照
# en: estimate from the days before only, then compare with what came
# blank: validate
exam = clv_holdout.validate(orders, split, as_of)
# zh: 取预计购买次数的误差
# en: take the error of the expected purchases
# blank: "expected_purchases"
honest_error = exam.errors["expected_purchases"]
# END SOLUTION

# %%
check("clv-colleague-check", honest_error)

# %% [markdown] lang="zh" exercise="clv-past-vip"
"""
### 过去的贵宾，怎么办

刘洋是 A 级，两年花了 8,000 元。他以往两周来一次，现在 267 天没来，潜力标签是低。贵宾名额今年要减掉几位，苏晚晴问你怎么办。

- `"a"`：他是 A 级，贵宾待遇照旧，一分不减。
- `"b"`：客户经理亲自打一次电话，问清为什么不来；没有回音，就把名额让给价值或潜力更高的人。
- `"c"`：每周发一张便宜 20% 的券，直到他回来。
- `"d"`：从系统里删掉他，省得占地方。
"""

# %% [markdown] lang="en" exercise="clv-past-vip"
"""
### A VIP of the past: what now?

Liu Yang is an A and spent 8,000 yuan in two years. He used to come every two weeks, has been silent for 267 days, and his potential tag is low. A few VIP places must go this year, and Su Wanqing asks you what to do.

- `"a"`: he is an A, so he keeps all VIP service as it is.
- `"b"`: the manager calls him once in person and asks why he stays away; without an answer, the place goes to someone of higher value or potential.
- `"c"`: a coupon of 20% off, every week until he returns.
- `"d"`: delete him from the system to save room.
"""

# %% exercise="clv-past-vip" kind="decide" level="core"
# BEGIN SOLUTION
action = "b"
# END SOLUTION

# %%
check("clv-past-vip", action)

# %% [markdown] lang="zh" exercise="clv-hidden-potential"
"""
### 换一家公司：藏在 C 级里的潜力

换到拓岩机电。钟海涛想知道，小客户里藏着多少以后的生意：价值标签是 C、潜力标签却是**高**的客户，今后一年一共值多少元？下面已经算好 `future_there` 和 `grade_there`；潜力标签按 `clv` 三等分，和课上一样。把这些客户的 `clv` 加起来。
"""

# %% [markdown] lang="en" exercise="clv-hidden-potential"
"""
### Another company: potential hidden among the Cs

At Tuoyan Industrial, Zhong Haitao wants to know how much business to come hides among the small customers: what are those with value tag C and a **high** potential tag worth in the year ahead, in yuan? `future_there` and `grade_there` are computed below; the potential tag cuts `clv` into three equal parts, as in the lesson. Add up the `clv` of these customers.
"""

# %%
there = elsewhere("clv-hidden-potential")
orders_there, products_there = there.orders, there.products
grade_there = value.abc(order_facts(orders_there, there.as_of)["monetary"])
history_there = clv.purchase_history(orders_there, there.as_of)
model_there, spend_there = clv.fit_purchases(history_there), clv.fit_spend(history_there)
own_there = clv.own_margin(orders_there, products_there, there.as_of).reindex(history_there.index)
future_there = clv.customer_value(
    history_there, model_there, spend_there, margin=own_there, days=365, discount_rate=0.10
)

# %% exercise="clv-hidden-potential" kind="compute" level="core"
# BEGIN SOLUTION
# zh: 按未来价值分三档
# en: three levels by future value
# blank: quantile_cuts
potential = cuts.levels(future_there["clv"], cuts.quantile_cuts(future_there["clv"]))
# zh: 过去是 C、未来却高的人值多少
# en: the worth of those who were C and are high in future
# blank: "C"
# blank: "high"
hidden = future_there.loc[(grade_there == "C") & (potential == "high"), "clv"].sum()
# END SOLUTION

# %%
check("clv-hidden-potential", hidden)

# %% [markdown] lang="zh" exercise="clv-channel-cost"
"""
### 哪个渠道赢来的客户值这个钱

对每个注册渠道，算出平均每位注册客户的**迄今毛利 + 今后一年的 `clv` − 获客成本**。没买过的客户，两样都算 0；获客成本是这个渠道的总花费除以注册人数。索引是渠道。
"""

# %% [markdown] lang="en" exercise="clv-channel-cost"
"""
### Which channel wins customers worth their cost

For each sign-up channel compute, for the average customer who signed up, **margin so far + `clv` of the year ahead − cost of winning**. Customers who never bought count as 0 in both; the cost is what the channel spent in all, divided by those who signed up. The index is the channel.
"""

# %%
own = clv.own_margin(orders, company.products, as_of).reindex(history.index)
future = clv.customer_value(history, model, spend_model, margin=own, days=365, discount_rate=0.10)
source = company.customers.set_index("customer_id")["signup_channel"]
spent = company.channels.groupby("channel")["cost"].sum()

# %% exercise="clv-channel-cost" kind="compute" level="stretch"
# BEGIN SOLUTION
# zh: 每位客户带来的毛利加上未来价值，没买过的是 0
# en: the margin so far and the future value of each, 0 without purchases
# blank: fillna
worth = (facts["margin"] + future["clv"]).reindex(source.index).fillna(0)
# zh: 每个渠道平均一位值多少
# en: the mean worth of one from each channel
# blank: source
# blank: mean
worth_of_one = worth.groupby(source).mean()
# zh: 减去找来一位花的钱
# en: less what finding one cost
# blank: value_counts
left_of_each = worth_of_one - spent / source.value_counts()
# END SOLUTION

# %%
check("clv-channel-cost", left_of_each)

# %% [markdown] lang="zh" exercise="clv-to-boss"
"""
### 向顾明远解释 12 元

顾明远指着刘洋那一行问：“他花过 8,000 元，你说他今后只值 12 元？”用三四句话回答：过去的钱算不算，沉默说明什么，这个数有多准，接下来做什么。
"""

# %% [markdown] lang="en" exercise="clv-to-boss"
"""
### Explain 12 yuan to Gu Mingyuan

Gu Mingyuan points at Liu Yang's row: "He spent 8,000 yuan, and you say he is worth 12 from now on?" Answer in three or four sentences: whether past money counts, what the silence says, how certain the number is, and what to do next.
"""

# %% exercise="clv-to-boss" kind="explain" level="core"
# BEGIN SOLUTION
answer_to_gu = t(
    zh="8,000 元是过去的钱，已经收进来了，不会再来一次。他以往两周来一次，现在 267 天没来，多半已经走了。12 元是像他这样的客户的平均，对一群人准，对他一个人说不准。所以先打一个电话问问，再决定贵宾名额。",
    en="The 8,000 yuan are past: we have them, and they will not come again. He used to come every two weeks and has been silent for 267 days, so he has most likely left. 12 yuan is the average of customers like him, right for a group but uncertain for one person. So call him first, then decide about his VIP place.",
)
# END SOLUTION

# %%
check("clv-to-boss", answer_to_gu)

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

# %% [markdown] about="opening"

# %%
import pandas as pd

from custseg_helpers import (
    build,
    channels,
    check,
    elsewhere,
    hint,
    label,
    labelled,
    load,
    order_facts,
    playbook,
    progress,
    recommend,
    rfm,
    rung,
    solution,
    strategy,
    use_language,
)

use_language(t(zh="zh", en="en"))

company = load()
facts = order_facts(company.orders, company.as_of)
segment = rfm.segments8(rfm.rfm_scores(facts)).rename("tier")
order_value = facts["average_order_value"]
book = playbook.sample_playbook(company.customers, company.currency)
year_ago = company.as_of - pd.DateOffset(years=1)

# %% [markdown] lang="zh" exercise="strategy-campaign-extra"
"""
### 换一家公司：上一次活动真正带来了多少

同样的问题，换到汐合金服。客户总监傅文轩想少打扰客户，先要知道上一次活动到底多带来了几单。`sent_there` 是最近一次营销活动的名单，一行是一位客户：`arm` 是 `"treatment"`（联系了）或 `"holdout"`（留出对照，没联系），`converted` 是有没有下单。算出增量响应率，写成小数。
"""

# %% [markdown] lang="en" exercise="strategy-campaign-extra"
"""
### Another company: what the latest campaign really brought

The same question at Xihe Financial Services. Fu Wenxuan, the customer director, wants to disturb people less, and first needs to know how many extra orders the latest campaign brought. `sent_there` is its list, a row a customer: `arm` is `"treatment"` (contacted) or `"holdout"` (held out, not contacted), `converted` says whether they ordered. Compute the extra response, as a share.
"""

# %%
there = elsewhere("strategy-campaign-extra")
latest_there = there.campaigns.sort_values("start_date")["campaign_id"].iloc[-1]
sent_there = there.responses[there.responses["campaign_id"] == latest_there]
labelled(sent_there[["customer_id", "arm", "converted"]].head(3))

# %% exercise="strategy-campaign-extra" kind="compute" level="core"
# BEGIN SOLUTION
# zh: 两边各有多少人买了
# en: how many bought on each side
# blank: "arm"
# blank: mean
rates = sent_there.groupby("arm")["converted"].mean()
# zh: 相减
# en: one less the other
# blank: "holdout"
extra = rates["treatment"] - rates["holdout"]
# END SOLUTION

# %%
check("strategy-campaign-extra", extra)

# %% [markdown] lang="zh" exercise="strategy-tier-profit"
"""
### 换一家公司：每一层净赚多少

换到拓岩机电。销售总监钟海涛拿同一本手册给客户排了一遍。`priced_there` 里有算账要的五列：`contacted`、`cost_per_customer`、`extra_response`、`order_value`、`margin_rate`。用第 3 节的四步，算出每一层的净收益（元）。
"""

# %% [markdown] lang="en" exercise="strategy-tier-profit"
"""
### Another company: what each tier earns

At Tuoyan Industrial, Zhong Haitao, the sales director, has priced his customers by the same playbook. `priced_there` has the five columns needed: `contacted`, `cost_per_customer`, `extra_response`, `order_value`, `margin_rate`. With the four steps of section 3, compute what each tier earns (yuan).
"""

# %%
there = elsewhere("strategy-tier-profit")
facts_there = order_facts(there.orders, there.as_of)
segment_there = rfm.segments8(rfm.rfm_scores(facts_there)).rename("tier")
book_there = playbook.sample_playbook(there.customers, there.currency)
wanted = ["contacted", "cost_per_customer", "extra_response", "order_value", "margin_rate"]
priced_there = strategy.plan(segment_there, facts_there["average_order_value"], book_there)[wanted]
labelled(priced_there)

# %% exercise="strategy-tier-profit" kind="compute" level="core"
# BEGIN SOLUTION
# zh: 花的钱：人数 × 每人成本
# en: the cost: people × cost of each
# blank: "contacted"
cost = priced_there["contacted"] * priced_there["cost_per_customer"]
# zh: 多出来的订单：人数 × 多出来的购买率
# en: extra orders: people × extra rate
# blank: "extra_response"
orders = priced_there["contacted"] * priced_there["extra_response"]
# zh: 净收益：订单 × 每单金额 × 毛利率，减去花的钱
# en: what it earns: orders × value × margin rate, less the cost
# blank: "margin_rate"
# blank: - cost
profit = orders * priced_there["order_value"] * priced_there["margin_rate"] - cost
# END SOLUTION

# %%
check("strategy-tier-profit", profit)

# %% [markdown] lang="zh" exercise="strategy-discount-orders"
"""
### 同事的折扣账错在哪里

标价 100 元，进货 64 元。同事说：“降价 20%，只要多卖 25% 就持平了，因为 100 ÷ 80 = 1.25。”他算的是销售额。要赚回原来 100 单的 **毛利**，降价 20% 以后要卖多少单？
"""

# %% [markdown] lang="en" exercise="strategy-discount-orders"
"""
### What is wrong with the colleague's discount

List price 100 yuan, goods 64 yuan. A colleague says: "At 20% off we need only 25% more orders to break even, because 100 ÷ 80 = 1.25." That is the sales. To earn the **margin** of the former 100 orders, how many orders does it take at 20% off?
"""

# %%
price, goods, orders_before = 100, 64, 100
orders_before * price / (price * 0.8)  # zh: 同事的算法  # en: the colleague's sum

# %% exercise="strategy-discount-orders" kind="mistake" level="core"
# BEGIN SOLUTION
# zh: 原来每单赚多少
# en: what an order earned before
# blank: goods
earned_before = price - goods
# zh: 打折以后每单赚多少
# en: what it earns at the discount
# blank: 0.8
earned_after = price * 0.8 - goods
# zh: 要多少单才赚回原来的钱
# en: how many orders earn the same money
# blank: earned_before
# blank: earned_after
orders_needed = orders_before * earned_before / earned_after
# END SOLUTION

# %%
check("strategy-discount-orders", orders_needed)

# %% [markdown] lang="zh" exercise="strategy-leave-silent"
"""
### 谁不该联系

苏晚晴把规矩放宽：**180 天** 内给过 1 分或 2 分的客户，也不联系。手册的规则（`strategy.leave_out`）照旧。给每位客户一个 `True`（不联系）或 `False`。
"""

# %% [markdown] lang="en" exercise="strategy-leave-silent"
"""
### Whom not to contact

Su Wanqing widens the rule: whoever gave 1 or 2 points within **180 days** is left alone too. The rule of the playbook (`strategy.leave_out`) stays. Give every customer `True` (leave alone) or `False`.
"""

# %%
scores = company.interactions

# %% exercise="strategy-leave-silent" kind="compute" level="stretch"
# BEGIN SOLUTION
# zh: 近 180 天的打分
# en: scores of the last 180 days
# blank: 180
lately = scores["interaction_date"] >= company.as_of - pd.Timedelta(days=180)
# zh: 打了 2 分或更低的客户
# en: customers who gave 2 points or less
# blank: <= 2
angry = scores.loc[lately & (scores["score"] <= 2), "customer_id"]
# zh: 本来就不联系的，加上他们
# en: those left out anyway, and these
# blank: |
# blank: isin
silent = strategy.leave_out(segment, facts, book) | segment.index.isin(angry)
# END SOLUTION

# %%
check("strategy-leave-silent", silent)

# %% [markdown] lang="zh" exercise="strategy-more-budget"
"""
### 再多 500 元，多赚多少

`full` 是整本手册的价目，`budget` 是一个季度的预算。顾明远问：“要是预算再加 500 元，净收益 **多** 多少元？”
"""

# %% [markdown] lang="en" exercise="strategy-more-budget"
"""
### 500 yuan more: how much more profit

`full` is the whole playbook with its prices, `budget` the money of one quarter. Gu Mingyuan asks: "With 500 yuan more, how much **more** profit is that?"
"""

# %%
campaigns = company.campaigns.loc[company.campaigns["start_date"] >= year_ago, "campaign_id"]
last_year = company.responses[company.responses["campaign_id"].isin(campaigns)]
budget = round(last_year["cost"].sum() / 4, 2)
full = strategy.plan(segment, order_value, book, not_contacted=strategy.leave_out(segment, facts, book))
print(t(zh="一季的预算（元）：", en="budget of a quarter (yuan):"), f"{budget:,.2f}")

# %% exercise="strategy-more-budget" kind="compute" level="stretch"
# BEGIN SOLUTION
# zh: 现在的预算能赚多少
# en: what today's budget earns
# blank: "profit"
now = strategy.within_budget(full, budget)["profit"].sum()
# zh: 多 500 元能赚多少
# en: what 500 yuan more earn
# blank: 500
then = strategy.within_budget(full, budget + 500)["profit"].sum()
# zh: 相减
# en: one less the other
# blank: now
more_profit = then - now
# END SOLUTION

# %%
check("strategy-more-budget", more_profit)

# %% [markdown] lang="zh" exercise="strategy-for-champions"
"""
### 重要价值客户一元也没分到，怎么办

按回报率往下付，这点预算轮不到重要价值客户。顾明远问你的意见。

- `"a"`：照表办。表说不值，就一年不联系他们。
- `"b"`：先做便宜的那一半：不送礼，只由顾问微信问候和新品优先，留一部分人不做，下季度看差别。
- `"c"`：先满足他们，剩下的钱再分给别人：最好的客户理应第一。
- `"d"`：把他们的增量响应率改成 0.3，表就会同意了。
"""

# %% [markdown] lang="en" exercise="strategy-for-champions"
"""
### The champions got nothing: what now

Paying by return, this budget does not reach the champions. Gu Mingyuan asks what you think.

- `"a"`: follow the table. It says they are not worth it, so leave them alone for a year.
- `"b"`: do the cheap half first: no gift, only a greeting by their adviser and first pick of new products; keep some without it and look at the difference next quarter.
- `"c"`: serve them first and share out what is left: the best customers come first.
- `"d"`: set their extra response to 0.3; then the table will agree.
"""

# %% exercise="strategy-for-champions" kind="decide" level="core"
# BEGIN SOLUTION
for_champions = "b"
# END SOLUTION

# %%
check("strategy-for-champions", for_champions)

# %% [markdown] lang="zh" exercise="strategy-popularity"
"""
### 热销当成了喜欢

同事从“每位客户买过的全部东西”里找规则，取置信度最高的一条，写道：“买了前一件的人，多半喜欢后一件，赶快推荐！”运行下面的代码。买了前一件的人，买后一件的可能性是 **全体客户** 的几倍？
"""

# %% [markdown] lang="en" exercise="strategy-popularity"
"""
### Popularity taken for liking

A colleague looks for rules in everything a customer ever bought, takes the one with the highest confidence and writes: "Those who bought the first mostly like the second; recommend it quickly!" Run the code. How many times as likely as **all customers** are those with the first product to buy the second?
"""

# %%
bought = recommend.purchases(company.orders)
top_rule = recommend.association_rules(bought, basket="customer_id").iloc[0]
names = company.products.set_index("product_id")[t(zh="name_zh", en="name_en")]
print(names[top_rule["product_id"]], "→", names[top_rule["next_product"]], f"{top_rule['confidence']:.0%}")

# %% exercise="strategy-popularity" kind="mistake" level="stretch"
# BEGIN SOLUTION
# zh: 每种商品有几位买过
# en: how many bought each product
# blank: nunique
buyers = bought.groupby("product_id")["customer_id"].nunique()
# zh: 推荐的那一种，占全部买家的多少
# en: the share of all buyers who bought the recommended one
# blank: "next_product"
share_of_all = buyers[top_rule["next_product"]] / bought["customer_id"].nunique()
# zh: 规则里的比例是它的几倍
# en: how many times as large the rule's share is
# blank: "confidence"
times = top_rule["confidence"] / share_of_all
# END SOLUTION

# %%
check("strategy-popularity", times)

# %% [markdown] lang="zh" exercise="strategy-customer-cost"
"""
### 赢来一位客户要多少钱

`won` 是过去一年各渠道赢来的客户数。算出每条渠道 **过去一年** 的每客成本（元），索引是渠道。渠道费用表 `company.channels` 有两年，一行是一个渠道的一个月。
"""

# %% [markdown] lang="en" exercise="strategy-customer-cost"
"""
### What it costs to win a customer

`won` holds the customers that each channel won in the past year. Work out each channel's cost per customer (yuan) for the **past year**, with the channel as index. The table `company.channels` covers two years, one row a channel and month.
"""

# %%
won = channels.won_customers(company.customers, facts, year_ago, company.as_of)
labelled(won)

# %% exercise="strategy-customer-cost" kind="compute" level="stretch"
# BEGIN SOLUTION
# zh: 近一年的花费
# en: the costs of the last year
# blank: >=
spent = company.channels[company.channels["month"] >= year_ago]
# zh: 按渠道加起来
# en: add up by channel
# blank: "channel"
by_channel = spent.groupby("channel")["cost"].sum()
# zh: 除以带来的新客户
# en: divide by the new customers
# blank: "customers"
cost_per_customer = by_channel / won["customers"]
# END SOLUTION

# %%
check("strategy-customer-cost", cost_per_customer)

# %% [markdown] lang="zh" exercise="strategy-to-director"
"""
### 向顾明远交一页纸

用三四句话向顾明远说明这份策略手册：预计花多少、换回什么；靠哪个假设；谁不联系，为什么；怎么知道有没有用。
"""

# %% [markdown] lang="en" exercise="strategy-to-director"
"""
### Hand the page to Gu Mingyuan

Explain the playbook to Gu Mingyuan in three or four sentences: what it costs and what should come back; which assumption it rests on; who is not contacted, and why; and how we will know whether it helped.
"""

# %% exercise="strategy-to-director" kind="explain" level="core"
# BEGIN SOLUTION
to_director = t(
    zh="这份手册一个季度花的钱和原来一样，预计换回的毛利比费用高，净收益写在合计那一行。增量响应率照手册的估计，测过的再按测出来的算一遍；估高一倍，有几层就不赚钱了。两周内刚下单的和最近打过低分的客户不联系：前者本来就会来，后者要先解决问题。名单里抽一部分人留出来不联系，下季度比较两边，才知道有没有用。",
    en="In a quarter the playbook costs no more than before, and the margin it should bring is above the cost; the profit is in the totals. The extra response is the playbook's guess, or what was measured: if it is twice too high, some tiers earn nothing. Whoever ordered within two weeks or gave a low score lately is not contacted: the former come anyway, the latter need a solution first. Some of the list are held out, and comparing the two next quarter tells whether it helped.",
)
# END SOLUTION

# %%
check("strategy-to-director", to_director)

# %% [markdown] lang="zh" exercise="strategy-half-true"
"""
### 如果增量只有一半

手册里的增量响应率是估计的。假设每一层都只兑现 **一半**，预算不变，重新排一遍，总净收益是多少元？`full.assign(extra_response=…)` 会给出换掉这一列的新表，`within_budget` 会按新的数再算。
"""

# %% [markdown] lang="en" exercise="strategy-half-true"
"""
### If only half comes true

The extra response of the playbook is a guess. Suppose that in every tier only **half** of it comes true. With the same budget, rank the tiers anew: what is the total profit in yuan? `full.assign(extra_response=…)` gives a new table with this column replaced, and `within_budget` computes from the new numbers.
"""

# %% exercise="strategy-half-true" kind="compute" level="stretch"
# BEGIN SOLUTION
# zh: 效果只有一半的方案
# en: the plan with half the effect
# blank: / 2
half = full.assign(extra_response=full["extra_response"] / 2)
# zh: 同样的预算能赚多少
# en: what the same budget earns
# blank: budget
# blank: sum
cautious_profit = strategy.within_budget(half, budget)["profit"].sum()
# END SOLUTION

# %%
check("strategy-half-true", cautious_profit)

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

# %% [markdown] about="opening"

# %%
import pandas as pd

from custseg_helpers import (
    build,
    check,
    cuts,
    elsewhere,
    hint,
    label,
    labelled,
    load,
    order_facts,
    progress,
    rung,
    solution,
    use_language,
    value,
)

use_language(t(zh="zh", en="en"))

company = load()
facts = order_facts(company.orders, company.as_of)
money = facts["monetary"]

# %% [markdown] lang="zh" exercise="value-top-share"
"""
### 最好的 20% 带来多少

在买过东西的客户里，消费金额最高的 20%（人数不是整数就进一位）带来全部金额的多少？写成 0 到 1 之间的小数。
"""

# %% [markdown] lang="en" exercise="value-top-share"
"""
### What the best 20% bring

Among the customers who bought, what share of all the money comes from the 20% who spent most (round their number up)? Write it as a share between 0 and 1.
"""

# %% exercise="value-top-share" kind="compute" level="core"
# BEGIN SOLUTION
# zh: 前多少比例的客户
# en: the share of customers at the top
# blank: 0.20
top = 0.20
# zh: 他们带来多少钱
# en: how much of the money they bring
# blank: share_of_top
top_share = value.share_of_top(money, top)
# END SOLUTION

# %%
check("value-top-share", top_share)

# %% [markdown] lang="zh" exercise="value-grade"
"""
### 换一家公司：给每位客户定级

同样的规则，换到拓岩机电。销售总监钟海涛要把客户分给二十四位代表，先得知道谁是 A。每家客户花的钱在 `money_there` 里。按第 2 节的规则（80% 和 95%）给每家客户定 A、B、C、D。结果是每家一个字母，索引是 `customer_id`。
"""

# %% [markdown] lang="en" exercise="value-grade"
"""
### Another company: grade every customer

The same rule at Tuoyan Industrial. Zhong Haitao, the sales director, shares out his customers among twenty-four reps and first needs to know who is an A. What each customer spent is in `money_there`. Grade every customer A, B, C or D by the rule of section 2 (80% and 95%). The result is one letter per customer, with `customer_id` as the index.
"""

# %%
there = elsewhere("value-grade")
money_there = order_facts(there.orders, there.as_of)["monetary"]

# %% exercise="value-grade" kind="compute" level="core"
# BEGIN SOLUTION
# zh: 分成 A、B、C、D
# en: grade them A, B, C, D
# blank: abc
grade = value.abc(money_there)
# zh: 看前 3 位的级别
# en: look at the grades of the first 3
# blank: head
grade.head(3)
# END SOLUTION

# %%
check("value-grade", grade)

# %% [markdown] lang="zh" exercise="value-lost-customers"
"""
### 同事少了谁

同事这样数 A 级：累计占比**不超过** 80% 的才算 A。运行下面的代码看看他数出多少人。按课程的规则，A 级应该有多少人？
"""

# %% [markdown] lang="en" exercise="value-lost-customers"
"""
### Whom the colleague lost

A colleague counts the As like this: only those with a running share of **at most** 80% are A. Run the code and see how many he finds. By the rule of the course, how many As should there be?
"""

# %%
curve = value.pareto(money)
print(t(zh="同事数出的 A：", en="As by the colleague's rule:"), (curve["value_share"] <= 0.80).sum())

# %% exercise="value-lost-customers" kind="mistake" level="core"
# BEGIN SOLUTION
# zh: 给每位客户分级
# en: grade every customer
# blank: money
grades = value.abc(money)
# zh: 数 A 级有几位
# en: count grade A
# blank: == "A"
# blank: sum
number_of_a = (grades == "A").sum()
# END SOLUTION

# %%
check("value-lost-customers", number_of_a)

# %% [markdown] lang="zh" exercise="value-margin"
"""
### 每位客户带来多少毛利

按第 4 节的算法，算出每位客户的毛利（元）：实付金额，减去件数 × 标价 ×（1 − 毛利率），按客户加总。退货行照样算：件数是负的，进价也就退了回来。
"""

# %% [markdown] lang="en" exercise="value-margin"
"""
### The margin of each customer

Compute the margin of each customer (yuan) as in section 4: the amount paid less pieces × list price × (1 − margin rate), added up by customer. Lines of returns count alike: their pieces are negative, so the cost comes back.
"""

# %%
lines = company.orders.merge(company.products[["product_id", "price", "margin_rate"]], on="product_id")

# %% exercise="value-margin" kind="compute" level="core"
# BEGIN SOLUTION
# zh: 成本：件数 × 标价 ×（1 − 毛利率）
# en: cost: pieces × list price × (1 − margin rate)
# blank: "price"
# blank: 1 -
cost = lines["quantity"] * lines["price"] * (1 - lines["margin_rate"])
# zh: 每行的毛利
# en: the margin of each row
# blank: - cost
line_margin = lines["amount"] - cost
# zh: 按客户加起来
# en: add it up by customer
# blank: groupby
# blank: "customer_id"
margin = line_margin.groupby(lines["customer_id"]).sum()
# END SOLUTION

# %%
check("value-margin", margin)

# %% [markdown] lang="zh" exercise="value-region-share"
"""
### 每个大区占多少钱

每个大区的客户带来全部金额的多少？索引是大区。
"""

# %% [markdown] lang="en" exercise="value-region-share"
"""
### The share of each region

What share of all the money comes from the customers of each region? The index is the region.
"""

# %%
region = company.customers.set_index("customer_id")["region"].reindex(money.index)

# %% exercise="value-region-share" kind="compute" level="core"
# BEGIN SOLUTION
# zh: 按大区汇总人数和钱
# en: people and money by region
# blank: by_group
by_region = value.by_group(region, money)
# zh: 取“钱的占比”一列
# en: take the column with the share of the money
# blank: "value_share"
region_share = by_region["value_share"]
# END SOLUTION

# %%
check("value-region-share", region_share)

# %% [markdown] lang="zh" exercise="value-fixed-lines"
"""
### 换一家公司：用固定线切三段

换到知棠教育。财务经理汤国栋要按层级发优惠券，定下两条线：满 500 元进 `"medium"`，满 2,000 元进 `"high"`，其余 `"low"`。正好 500 元的算 `"medium"`。每位学员花的钱在 `money_there` 里，给每位学员写上层级。
"""

# %% [markdown] lang="en" exercise="value-fixed-lines"
"""
### Another company: cut three parts by fixed lines

At Zhitang Learning, Tang Guodong, the finance manager, gives out vouchers by level and sets two lines: from 500 yuan on it is `"medium"`, from 2,000 yuan on `"high"`, else `"low"`. Exactly 500 yuan is `"medium"`. What each learner spent is in `money_there`. Give each learner a level.
"""

# %%
there = elsewhere("value-fixed-lines")
money_there = order_facts(there.orders, there.as_of)["monetary"]

# %% exercise="value-fixed-lines" kind="compute" level="core"
# BEGIN SOLUTION
# zh: 两条线
# en: the two lines
# blank: 500, 2000
lines_at = (500, 2000)
# zh: 按线分档
# en: sort into levels by the lines
# blank: levels
# blank: lines_at
level = cuts.levels(money_there, lines_at)
# END SOLUTION

# %%
check("value-fixed-lines", level)

# %% [markdown] lang="zh" exercise="value-served-first"
"""
### 专人服务给谁

预算只够一半的 A 级客户。你按什么挑？选一个字母，并说出理由。

- `"a"`：按销售额，从高到低挑。
- `"b"`：按毛利从高到低挑，再请熟悉客户的同事看一遍名单。
- `"c"`：按订单数，谁来得勤挑谁。
- `"d"`：抽签，最公平。
"""

# %% [markdown] lang="en" exercise="value-served-first"
"""
### Who gets a dedicated contact

The budget covers only half of the As. How do you choose? Pick a letter and defend it.

- `"a"`: by sales, from the top.
- `"b"`: by margin from the top, then let the colleague who knows customers look over the list.
- `"c"`: by number of orders: whoever comes often.
- `"d"`: draw lots; nothing is fairer.
"""

# %% exercise="value-served-first" kind="decide" level="core"
# BEGIN SOLUTION
served_first = "b"
# END SOLUTION

# %%
check("value-served-first", served_first)

# %% [markdown] lang="zh" exercise="value-to-director"
"""
### 回答总经理：我们是不是 80/20

顾明远问：“都说 80/20，那我们把后 80% 的客户砍掉行不行？”用三四句话回答：我们实际是多少，砍掉会丢什么，建议怎么做。
"""

# %% [markdown] lang="en" exercise="value-to-director"
"""
### Answer the director: are we 80/20?

Gu Mingyuan asks: "Everyone speaks of 80/20. Can we drop the last 80% of the customers?" Answer in three or four sentences: what our numbers are, what we would lose, and what you suggest.
"""

# %% exercise="value-to-director" kind="explain" level="core"
# BEGIN SOLUTION
to_director = t(
    zh="我们最好的 20% 客户带来 64% 的钱，不到 80%。后面的客户加起来还有 36%，砍掉等于丢掉这部分销售额，而且将来的大客户也在里面。建议不砍，只换服务方式：改成自助和短信，省下的人工给前面的客户。",
    en="Our best 20% bring 64% of the money, not 80%. The others still bring 36%; dropping them loses these sales, and tomorrow's big customers are among them. I suggest to keep them but serve them in another way, by self-service and text messages, and give the time saved to those in front.",
)
# END SOLUTION

# %%
check("value-to-director", to_director)

# %% [markdown] lang="zh" exercise="value-margin-grade"
"""
### 销售额的 A，毛利却不是 A

有多少位客户，按销售额是 A 级，按毛利却不是 A 级？用上面的做法先把毛利算出来，再对毛利也用 `value.abc`。
"""

# %% [markdown] lang="en" exercise="value-margin-grade"
"""
### A by sales, but not by margin

How many customers are grade A by sales but not by margin? Compute the margin as above, then use `value.abc` on the margin too.
"""

# %% exercise="value-margin-grade" kind="compute" level="stretch"
# BEGIN SOLUTION
# zh: 按毛利再分一次级，客户次序与 money 相同
# en: grade again by margin, customers in the order of money
# blank: margin
margin_grade = value.abc(margin.reindex(money.index))
# zh: 按销售额是 A 的人
# en: those who are A by sales
# blank: == "A"
was_a = value.abc(money) == "A"
# zh: 其中按毛利不再是 A 的有几位
# en: how many of them are A no more by margin
# blank: !=
lost_a = (was_a & (margin_grade != "A")).sum()
# END SOLUTION

# %%
check("value-margin-grade", lost_a)

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

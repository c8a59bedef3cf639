# %% [markdown] about="opening"

# %%
import pandas as pd

from custseg_helpers import (
    behaviour,
    build,
    check,
    cross,
    elsewhere,
    hint,
    label,
    labelled,
    load,
    order_facts,
    progress,
    quadrant,
    rung,
    solution,
    use_language,
)

use_language(t(zh="zh", en="en"))

company = load()
facts = order_facts(company.orders, company.as_of)
orders = facts["frequency"]
basket = facts["average_order_value"]
region = company.customers.set_index("customer_id")["region"].reindex(facts.index)
price = behaviour.price_sensitivity(facts)

# %% [markdown] lang="zh" exercise="quadrant-corner"
"""
### 每位客户在哪个象限

横轴是订单数 `orders`，纵轴是客单价 `basket`，两条线都用中位数。给出每位客户的象限（`quadrant` 那一列）。
"""

# %% [markdown] lang="en" exercise="quadrant-corner"
"""
### In which quadrant is each customer

Across is the number of orders, `orders`; upwards the average order value, `basket`; both lines are medians. Give each customer's quadrant (the column `quadrant`).
"""

# %% exercise="quadrant-corner" kind="compute" level="stretch"
# BEGIN SOLUTION
# zh: 用两个量切成四块
# en: cut into four by two measures
# blank: basket
four = quadrant.quadrants(orders, basket)
# zh: 取“哪一块”一列
# en: take the column that says which
# blank: "quadrant"
corner = four["quadrant"]
# END SOLUTION

# %%
check("quadrant-corner", corner)

# %% [markdown] lang="zh" exercise="quadrant-fixed-lines"
"""
### 固定线下的四个人数

改用固定线：订单数 3，客单价 200 元（高于才算高）。四个象限各有多少人？索引是象限。
"""

# %% [markdown] lang="en" exercise="quadrant-fixed-lines"
"""
### Four numbers under fixed lines

Use fixed lines now: 3 orders and 200 yuan (above counts as high). How many people are in each quadrant? The index is the quadrant.
"""

# %% exercise="quadrant-fixed-lines" kind="compute" level="core"
# BEGIN SOLUTION
# zh: 切在 3 单和 200 元
# en: cut at 3 orders and 200 yuan
# blank: 3, 200
cut_there = quadrant.quadrants(orders, basket, 3, 200)
# zh: 每一块有几位
# en: how many are in each
# blank: value_counts
sizes = cut_there["quadrant"].value_counts()
# END SOLUTION

# %%
check("quadrant-fixed-lines", sizes)

# %% [markdown] lang="zh" exercise="quadrant-small-orders"
"""
### 给“常来、花得少”的人什么

刘洋这样的客户：订单数高，客单价低。客户经理只能选一个动作。

- `"a"`：满 300 元送货上门、满减凑单，让他一次多买一点。
- `"b"`：发大额优惠券，请他多来几次。
- `"c"`：由客户经理每周亲自打电话。
- `"d"`：先不管他，他已经常来了。
"""

# %% [markdown] lang="en" exercise="quadrant-small-orders"
"""
### What to offer those who come often and spend little

A customer like Liu Yang: many orders, a low order value. The manager can choose one action only.

- `"a"`: free delivery from 300 yuan and bundles, so that he buys a little more each time.
- `"b"`: a large coupon that invites him to come more often.
- `"c"`: a weekly call by the manager herself.
- `"d"`: leave him alone; he comes often already.
"""

# %% exercise="quadrant-small-orders" kind="decide" level="core"
# BEGIN SOLUTION
action = "a"
# END SOLUTION

# %%
check("quadrant-small-orders", action)

# %% [markdown] lang="zh" exercise="quadrant-region-cross"
"""
### 换一家公司：大区和价格敏感度交叉

同样的交叉，换到拓岩机电。销售总监钟海涛按大区派代表，想知道哪里的客户在意价格。`tags_there` 里有 `price_sensitivity` 和 `region` 两个标签。把它们交叉，算出每一格的客户数（`customers` 那一列，空格子是 0）。
"""

# %% [markdown] lang="en" exercise="quadrant-region-cross"
"""
### Another company: cross region and price sensitivity

The same cross at Tuoyan Industrial. Zhong Haitao, the sales director, sends out reps by region and wants to know where customers mind the price. `tags_there` has the two tags `price_sensitivity` and `region`. Cross them and count the customers of each cell (the column `customers`; an empty cell is 0).
"""

# %%
there = elsewhere("quadrant-region-cross")
facts_there = order_facts(there.orders, there.as_of)
region_there = there.customers.set_index("customer_id")["region"].reindex(facts_there.index)
tags_there = pd.DataFrame(
    {"price_sensitivity": behaviour.price_sensitivity(facts_there), "region": region_there}
)

# %% exercise="quadrant-region-cross" kind="compute" level="core"
# BEGIN SOLUTION
# zh: 两个标签交叉
# en: cross the two tags
# blank: tags_there
crossed_tags = cross.cross(tags_there)
# zh: 取每格的人数
# en: take the customers of each cell
# blank: "customers"
cell_sizes = crossed_tags["customers"]
# END SOLUTION

# %%
check("quadrant-region-cross", cell_sizes)

# %% [markdown] lang="zh" exercise="quadrant-small-cells"
"""
### 换一家公司：多少人落在太小的格子里

同样的问题，换到汐合金服。理财顾问沈佩珊想按三个标签一起定话术，先得看看格子里还剩几个人。`three_there` 里有三个标签 `price_sensitivity`、`region`、`quadrant`。把它们交叉，最小人数取 30。有多大比例的客户落在不到 30 人的格子里？写成 0 到 1 之间的小数。
"""

# %% [markdown] lang="en" exercise="quadrant-small-cells"
"""
### Another company: how many people are in cells too small

The same question at Xihe Financial Services. Shen Peishan, an adviser, wants to choose her words by three tags at once, and first has to see how many people a cell still holds. `three_there` has the three tags `price_sensitivity`, `region` and `quadrant`. Cross them with a minimum of 30. What share of the customers is in a cell of fewer than 30 people? Write it as a share between 0 and 1.
"""

# %%
there = elsewhere("quadrant-small-cells")
facts_there = order_facts(there.orders, there.as_of)
cut_there = quadrant.quadrants(facts_there["frequency"], facts_there["average_order_value"])
three_there = pd.DataFrame(
    {
        "price_sensitivity": behaviour.price_sensitivity(facts_there),
        "region": there.customers.set_index("customer_id")["region"].reindex(facts_there.index),
        "quadrant": cut_there["quadrant"],
    }
)

# %% exercise="quadrant-small-cells" kind="compute" level="core"
# BEGIN SOLUTION
# zh: 三个标签交叉，标出不到 30 人的格子
# en: cross the three tags, cells below 30 marked
# blank: 30
crossed = cross.cross(three_there, minimum=30)
# zh: 小格子里有几位
# en: how many are in small cells
# blank: < 30
small_cells = crossed.loc[crossed["customers"] < 30, "customers"]
# zh: 占全部的多少
# en: which share of all that is
# blank: sum
in_small = small_cells.sum() / crossed["customers"].sum()
# END SOLUTION

# %%
check("quadrant-small-cells", in_small)

# %% [markdown] lang="zh" exercise="quadrant-colleague-claim"
"""
### 同事的结论错在哪里

同事比较两种优惠券，只看合计，写道：“B 比 A 高 31 个百分点，以后只发 B。”如果两种客户按同样的比例算，A 比 B 高（或低）多少？写成小数，高为正。用第 6 节的 `cross.within_and_overall(bought, coupon, kind)`：结果里 `adjusted` 一行是同样比例下的，`difference` 一列是差。
"""

# %% [markdown] lang="en" exercise="quadrant-colleague-claim"
"""
### What is wrong with the colleague's conclusion

A colleague compares two coupons by the total alone and writes: "B is ahead of A by 31 percentage points; from now on send B only." With both kinds of customers weighed alike, how much is A ahead of B (or behind)? Write it as a share, positive when ahead. Use `cross.within_and_overall(bought, coupon, kind)` of section 6: in its result the row `adjusted` weighs both alike, and the column `difference` is how far ahead.
"""

# %%
sent = [("A", "old", 100, 90), ("A", "new", 400, 120), ("B", "old", 400, 340), ("B", "new", 100, 25)]
people = pd.concat(
    pd.DataFrame({"coupon": coupon, "kind": kind, "bought": [1] * yes + [0] * (n - yes)})
    for coupon, kind, n, yes in sent
).reset_index(drop=True)
people.groupby("coupon")["bought"].mean()

# %% exercise="quadrant-colleague-claim" kind="mistake" level="core"
# BEGIN SOLUTION
# zh: 分客户种类比较，再合起来
# en: compare within each kind of customer, then together
# blank: within_and_overall
compared = cross.within_and_overall(people["bought"], people["coupon"], people["kind"])
# zh: 取公平的差
# en: take the fair difference
# blank: "adjusted"
fair_difference = compared.loc["adjusted", "difference"]
# END SOLUTION

# %%
check("quadrant-colleague-claim", fair_difference)

# %% [markdown] lang="zh" exercise="quadrant-explain-line"
"""
### 向苏晚晴解释一条线

苏晚晴问：“按 3 单这条线，周婷 3 单，孙敏 4 单，为什么一个算低，一个算高？”用两三句话回答：线是怎么定的，线边上的人怎么办，多久重看一次。
"""

# %% [markdown] lang="en" exercise="quadrant-explain-line"
"""
### Explain a line to Su Wanqing

Su Wanqing asks: "By the line of 3 orders: Zhou Ting has 3, Sun Min has 4. Why is one low and the other high?" Answer in two or three sentences: how the line was set, what to do with those next to it, and how often to review it.
"""

# %% exercise="quadrant-explain-line" kind="explain" level="core"
# BEGIN SOLUTION
about_line = t(
    zh="线定在 3 单，高于 3 单才算高，是我们事先说好的，对谁都一样。线边上的人其实差不多，名单发出去之前由客户经理看一遍，觉得该调的可以人工调整并写明理由。每季重看一次线还合不合适。",
    en="The line is set at 3 orders, and above 3 counts as high; we agreed on it beforehand and it is the same for all. Those next to the line hardly differ, so the manager looks at them before the list goes out and may move one, with a reason written down. We review the line every quarter.",
)
# END SOLUTION

# %%
check("quadrant-explain-line", about_line)

# %% [markdown] lang="zh" exercise="quadrant-third-dimension"
"""
### 第三个维度值不值

按 `quadrant`、`price_sensitivity`、`region` 的次序一个一个加标签（列的次序就是这个次序），第三个标签 `region` 让“解释了消费金额差别的比例”增加了多少？取 `gain` 那一列。
"""

# %% [markdown] lang="en" exercise="quadrant-third-dimension"
"""
### Does the third dimension pay

Add the tags one by one in the order `quadrant`, `price_sensitivity`, `region` (the order of the columns). By how much does the third tag, `region`, raise the share of differences in spending that is explained? Take the column `gain`.
"""

# %%
corner_of_each = quadrant.quadrants(orders, basket)["quadrant"]
three = pd.DataFrame({"price_sensitivity": price, "region": region, "quadrant": corner_of_each})

# %% exercise="quadrant-third-dimension" kind="compute" level="stretch"
# BEGIN SOLUTION
# zh: 三个标签按这个次序放好
# en: put the three tags in this order
# blank: "region"
ordered = three[["quadrant", "price_sensitivity", "region"]]
# zh: 每加一个标签，多说明了多少
# en: how much more each tag explains
# blank: added_value
gains = cross.added_value(ordered, facts["monetary"])
# zh: 取大区的那一个数
# en: take the number of the region
# blank: "gain"
gain = gains.loc["region", "gain"]
# END SOLUTION

# %%
check("quadrant-third-dimension", gain)

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

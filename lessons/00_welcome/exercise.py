# %% [markdown] about="opening"

# %%
from custseg_helpers import (
    build,
    check,
    hint,
    label,
    load,
    order_facts,
    progress,
    rung,
    solution,
    use_language,
)

use_language(t(zh="zh", en="en"))

company = load()
customers = company.customers
orders = company.orders

# %% [markdown] lang="zh" exercise="welcome-registered"
"""
### 有多少位客户登记

客户表 `customers` 一行一位客户。用 `len(...)` 数一数有几行。表里的 `NaN` 就是这一格空着：个人客户没有行业。第一次做，先运行检查，再试试它下面的“点选搭建”：不写代码，用鼠标选。
"""

# %% [markdown] lang="en" exercise="welcome-registered"
"""
### How many customers registered

The table `customers` has one line for each customer. Count the lines with `len(...)`. `NaN` in a table is an empty cell: a person has no industry. For a first try, run the check and press “Build by pointing” below it: click instead of typing.
"""

# %% exercise="welcome-registered" kind="compute" level="core"
# BEGIN SOLUTION
# zh: 数一数表有几行
# en: count the rows of the table
# blank: len
registered = len(customers)
# zh: 看前 3 行，知道一行是什么
# en: look at 3 rows: what is a row?
# blank: head
customers.head(3)
# END SOLUTION

# %%
check("welcome-registered", registered)

# %% [markdown] lang="zh" exercise="welcome-buyers"
"""
### 有多少位真的买过

登记不等于购买。在购买行（`quantity` 大于 0）里，有多少个**不同的**客户编号？`nunique()` 数“有几个不同的”。
"""

# %% [markdown] lang="en" exercise="welcome-buyers"
"""
### How many really bought

To register is not to buy. Among the lines of purchases (`quantity` above 0), how many **different** customer ids are there? `nunique()` counts the different ones.
"""

# %%
purchases = orders[orders["quantity"] > 0]

# %% exercise="welcome-buyers" kind="compute" level="core"
# BEGIN SOLUTION
# zh: 取出客户编号这一列
# en: take the column of customer ids
# blank: "customer_id"
ids = purchases["customer_id"]
# zh: 数有几个不同的
# en: count the different ones
# blank: nunique
buyers = ids.nunique()
# END SOLUTION

# %%
check("welcome-buyers", buyers)

# %% [markdown] lang="zh" exercise="welcome-colleague-report"
"""
### 同事的月报错在哪里

同事写：“订单数就是订单表的行数。”一张订单可以有好几行，退货也占一行。真正的**购买订单**有多少张？数购买行 `purchases` 里有几个不同的订单号，那一列叫 `order_id`。
"""

# %% [markdown] lang="en" exercise="welcome-colleague-report"
"""
### What is wrong with a colleague's report

A colleague writes: "The number of orders is the number of lines in the table of orders." One order may have several lines, and a return takes a line too. How many **purchase orders** are there really? Count the different order numbers in the lines of purchases, `purchases`; their column is `order_id`.
"""

# %% exercise="welcome-colleague-report" kind="mistake" level="core"
# BEGIN SOLUTION
# zh: 取出订单号这一列
# en: take the column of order numbers
# blank: "order_id"
order_numbers = purchases["order_id"]
# zh: 数有几个不同的
# en: count the different ones
# blank: nunique
real_orders = order_numbers.nunique()
# END SOLUTION

# %%
check("welcome-colleague-report", real_orders)

# %% [markdown] lang="zh" exercise="welcome-top-share"
"""
### 前 300 位带来多少钱

消费金额最高的 300 位客户，占全部消费金额的多少？写成 0 到 1 之间的小数。下面的 `money` 已经从高到低排好。
"""

# %% [markdown] lang="en" exercise="welcome-top-share"
"""
### How much the first 300 bring

What share of all the money comes from the 300 customers who spent most? Write it as a share between 0 and 1. `money` below is already sorted from high to low.
"""

# %%
money = order_facts(orders, company.as_of)["monetary"].sort_values(ascending=False)

# %% exercise="welcome-top-share" kind="compute" level="stretch"
# BEGIN SOLUTION
# zh: 取前 300 位的金额，加起来
# en: take the amounts of the first 300 and add them up
# blank: head
# blank: 300
top_money = money.head(300).sum()
# zh: 除以所有人的金额
# en: divide by the money of all
# blank: money.sum()
top_share = top_money / money.sum()
# END SOLUTION

# %%
check("welcome-top-share", top_share)

# %% [markdown] lang="zh" exercise="welcome-typing-sentence"
"""
### 哪一句说的是分型

四句话里，只有一句是在给客户分型。选一个字母。

- `"a"`：一年消费满 5,000 元的，由客户经理亲自打电话。
- `"b"`：常买婴儿用品的，收到尿布的消息；常买运动用品的，收到跑鞋的消息。
- `"c"`：把客户按消费金额排成前、中、后三段。
- `"d"`：最能带来利润的 50 位客户，优先安排送货。
"""

# %% [markdown] lang="en" exercise="welcome-typing-sentence"
"""
### Which sentence is about typing

Only one of four sentences puts customers into types. Choose a letter.

- `"a"`: whoever spends 5,000 yuan a year gets a call from the manager herself.
- `"b"`: those who buy baby articles hear of nappies; those who buy sports articles hear of running shoes.
- `"c"`: line customers up by spending and part them into front, middle and back.
- `"d"`: the 50 customers who bring most profit get their deliveries first.
"""

# %% exercise="welcome-typing-sentence" kind="decide" level="core"
# BEGIN SOLUTION
typing = "b"
# END SOLUTION

# %%
check("welcome-typing-sentence", typing)

# %% [markdown] lang="zh" exercise="welcome-to-director"
"""
### 对总经理说两三句

顾明远问：“给全体会员发同一张券，最公平，有什么不好？”用两三句话回答：钱花在了哪里，客户有什么不同，怎么知道改了以后更好。
"""

# %% [markdown] lang="en" exercise="welcome-to-director"
"""
### Two or three sentences for the director

Gu Mingyuan asks: "The same coupon for all members is fairest. What is wrong with it?" Answer in two or three sentences: where the money goes, how customers differ, and how we would know that a change is better.
"""

# %% exercise="welcome-to-director" kind="explain" level="core"
# BEGIN SOLUTION
to_director = t(
    zh="有的会员本来每周都来，发券只是少收他的钱；有的登记后再没来过，券发了也没人用。预算不变，就该把钱留给来得少、但还会被打动的人。先挑一部分人不发，月底比较两边的消费，就知道改了有没有用。",
    en="Some members come every week anyway, and a coupon just costs us money; others never came after registering, and nobody uses theirs. With the same budget, keep the money for those who come rarely but can still be moved. Leave some without a coupon and compare what both sides spend at the end of the month: that tells whether the change helps.",
)
# END SOLUTION

# %%
check("welcome-to-director", to_director)

# %% [markdown] lang="zh" exercise="welcome-half-money"
"""
### 多少人带来一半的钱

从花钱最多的人数起，最少要多少位客户，才凑够全部消费金额的一半？`cumsum()` 会一路累加：第 1 位、前 2 位、前 3 位。
"""

# %% [markdown] lang="en" exercise="welcome-half-money"
"""
### How many people bring half the money

Counting from the highest spending, how many customers at least make up half of all the money? `cumsum()` adds up as it goes: the first 1, the first 2, the first 3.
"""

# %% exercise="welcome-half-money" kind="compute" level="stretch"
# BEGIN SOLUTION
# zh: 从前往后一路累加
# en: add up as you go, from the front
# blank: cumsum
running = money.cumsum()
# zh: 数还没到一半的有几位
# en: count those still below half
# blank: < money.sum() / 2
below_half = (running < money.sum() / 2).sum()
# zh: 跨过一半的那位也要算
# en: the one who crosses half counts too
# blank: + 1
half = below_half + 1
# END SOLUTION

# %%
check("welcome-half-money", half)

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

# %% [markdown] about="opening"

# %%
from custseg_helpers import build, check, hint, label, load, progress, rung, solution, use_language

use_language(t(zh="zh", en="en"))

company = load()
customers = company.customers
orders = company.orders

# %% [markdown] lang="zh" exercise="python-per-line"
"""
### 平均每行多少钱

`orders` 是公司的订单表，一行是一张订单里的一种商品。先把金额一列 `amount` 加起来，放进名字 `total`；再除以表的行数。平均每行多少元？
"""

# %% [markdown] lang="en" exercise="python-per-line"
"""
### How much a row brings

`orders` is the company's table of orders; a row is one product in one order. Add up the column of money, `amount`, and put it under the name `total`; then divide by the number of rows. How many yuan is that a row?
"""

# %% exercise="python-per-line" kind="compute" level="core"
# BEGIN SOLUTION
# zh: 取金额一列，加起来
# en: take the column of money and add it up
# blank: "amount"
# blank: sum
total = orders["amount"].sum()
# zh: 除以表的行数
# en: divide by the rows of the table
# blank: len
per_line = total / len(orders)
# END SOLUTION

# %%
check("python-per-line", per_line)

# %% [markdown] lang="zh" exercise="python-mend"
"""
### 同事的这一行错在哪里

同事想数：订单里出现过多少种**不同的**商品？他写了下面这一行，一运行就出红框。里面有三处错，改好它。

```python
products ＝ orders[product_id].nunique（）
```
"""

# %% [markdown] lang="en" exercise="python-mend"
"""
### What is wrong with a colleague's line

A colleague wants to count how many **different** products occur in the orders. The line below ends in a red box as soon as it runs. It has three faults; fix them.

```python
products ＝ orders[product_id].nunique（）
```
"""

# %% exercise="python-mend" kind="mistake" level="core"
# BEGIN SOLUTION
# zh: 取产品编号一列：列名是文字，要加引号
# en: take the column of products: its name is a text, in quotes
# blank: "product_id"
column = orders["product_id"]
# zh: 数有几种不同的：别忘了圆括号
# en: count the different ones, with round brackets
# blank: nunique()
products = column.nunique()
# END SOLUTION

# %%
check("python-mend", products)

# %% [markdown] lang="zh" exercise="python-big-lines"
"""
### 高于平均的有几行

下面的 `limit` 是平均每行的金额。留下 `amount` 至少有 `limit` 那么多的行，放进名字 `big`；再数它有几行。
"""

# %% [markdown] lang="en" exercise="python-big-lines"
"""
### How many rows are above the average

`limit` below is the average amount of a row. Keep the rows whose `amount` is at least `limit` under the name `big`; then count its rows.
"""

# %%
limit = orders["amount"].mean().round()
limit

# %% exercise="python-big-lines" kind="compute" level="core"
# BEGIN SOLUTION
# zh: 留下金额至少有 limit 的行
# en: keep the rows with an amount of at least limit
# blank: "amount"
# blank: >= limit
big = orders[orders["amount"] >= limit]
# zh: 数它有几行
# en: count its rows
# blank: len
big_lines = len(big)
# END SOLUTION

# %%
check("python-big-lines", big_lines)

# %% [markdown] lang="zh" exercise="python-big-single"
"""
### 只买一件，也高于平均

金额 `amount` 至少有 `limit`，**并且**件数 `quantity` 正好是 1 的有几行？两个条件各用一对圆括号包好，中间写 `&`。
"""

# %% [markdown] lang="en" exercise="python-big-single"
"""
### A single piece, and yet above the average

How many rows have an `amount` of at least `limit` **and** a `quantity` of exactly 1? Each condition in round brackets, `&` between them.
"""

# %% exercise="python-big-single" kind="compute" level="stretch"
# BEGIN SOLUTION
# zh: 留下两个条件都满足的行
# en: keep the rows for which both hold
# blank: &
# blank: == 1
big_single = orders[(orders["amount"] >= limit) & (orders["quantity"] == 1)]
# zh: 数它有几行
# en: count its rows
# blank: big_single
single_lines = len(big_single)
# END SOLUTION

# %%
check("python-big-single", single_lines)

# %% [markdown] lang="zh" exercise="python-by-product"
"""
### 每种商品卖了多少钱

按 `product_id` 分组，取 `amount`，加起来。交出整列结果：一种商品一行。
"""

# %% [markdown] lang="en" exercise="python-by-product"
"""
### How much each product sold

Group by `product_id`, take `amount`, add it up. Hand in the whole result: one row for each product.
"""

# %% exercise="python-by-product" kind="compute" level="core"
# BEGIN SOLUTION
# zh: 按商品分组
# en: group by product
# blank: "product_id"
groups = orders.groupby("product_id")
# zh: 取金额，加起来
# en: take the money and add it up
# blank: "amount"
# blank: sum
by_product = groups["amount"].sum()
# END SOLUTION

# %%
check("python-by-product", by_product)

# %% [markdown] lang="zh" exercise="python-best-product"
"""
### 卖得最好的三种商品

把上一题的 `by_product` 从大到小排好，只留前 3 种。交出这三行，产品编号在左边的索引里。
"""

# %% [markdown] lang="en" exercise="python-best-product"
"""
### The three products that sell best

Sort `by_product` of the exercise above from large to small and keep the first 3. Hand in these three rows; the product numbers stand in the index on the left.
"""

# %% exercise="python-best-product" kind="compute" level="core"
# BEGIN SOLUTION
# zh: 从大到小排好
# en: sort from large to small
# blank: ascending=False
sorted_products = by_product.sort_values(ascending=False)
# zh: 只留前 3 种
# en: keep the first 3
# blank: head
best_products = sorted_products.head(3)
# END SOLUTION

# %%
check("python-best-product", best_products)

# %% [markdown] lang="zh" exercise="python-next-morning"
"""
### 第二天早上的红框

昨天小林做到一半，保存，关机。今天打开，昨天的结果都看得见。她直接运行最后一格，出来一个 `NameError`。她该怎么办？选一个字母。

- `"a"`：昨天没存好，全部重写一遍。
- `"b"`：从菜单选“运行 → 运行所有单元格”，从头运行一遍。
- `"c"`：把最后一格再按几次 Shift + Enter。
- `"d"`：换一台电脑再试。
"""

# %% [markdown] lang="en" exercise="python-next-morning"
"""
### A red box next morning

Yesterday Lin got half-way, saved and switched off. Today she opens the page and sees all of yesterday's results. She runs the last cell alone and gets a `NameError`. What should she do? Choose a letter.

- `"a"`: it was not saved properly; write all of it again.
- `"b"`: choose Run → Run All Cells from the menu, which runs everything from the top.
- `"c"`: press Shift + Enter a few more times in the last cell.
- `"d"`: try another computer.
"""

# %% exercise="python-next-morning" kind="decide" level="core"
# BEGIN SOLUTION
next_morning = "b"
# END SOLUTION

# %%
check("python-next-morning", next_morning)

# %% [markdown] lang="zh" exercise="python-to-colleague"
"""
### 告诉同事为什么数没变

同事把 `price = 58` 改成 `price = 62`，运行了这一格，可是下面的 `takings` 还是老数。他说：“Excel 不会这样，是不是坏了？”写两三句话告诉他：为什么没变，该怎么做。
"""

# %% [markdown] lang="en" exercise="python-to-colleague"
"""
### Tell a colleague why the number did not change

A colleague changed `price = 58` to `price = 62` and ran that cell, but `takings` below still shows the old number. He says: "Excel never does that. Is it broken?" Tell him in two or three sentences why it did not change and what to do.
"""

# %% exercise="python-to-colleague" kind="explain" level="core"
# BEGIN SOLUTION
to_colleague = t(
    zh="没有坏。takings 是用旧的 price 算好以后留在内存里的，这里不像 Excel 那样自动重算。把算 takings 的那一格再运行一次，或者从头全部运行一遍，就是新数了。",
    en="It is not broken. takings was worked out from the old price and stays in memory; nothing recalculates by itself as in Excel. Run the cell of takings again, or run all from the top, and you have the new number.",
)
# END SOLUTION

# %%
check("python-to-colleague", to_colleague)

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

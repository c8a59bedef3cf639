# %% [markdown] about="opening"

# %%
import pandas as pd

from custseg_helpers import (
    answer_key,
    build,
    check,
    dates,
    elsewhere,
    hint,
    kpis,
    label,
    labelled,
    load,
    load_sample,
    numbers,
    progress,
    raw_members,
    raw_sales,
    raw_service,
    rung,
    solution,
    use_language,
)

use_language(t(zh="zh", en="en"))

company = load()
yuexuan = load_sample("retail")
sales = raw_sales().dropna(how="all")  # zh: 去掉整行空白  # en: without blank rows
members, service = raw_members(), raw_service()

# %% [markdown] lang="zh" exercise="data-with-customer"
"""
### 换一份数据：客户号填了多少

下载断了，陆子衡手里的销售部文件少了最后 60 行：`sales_there`，空白行已去掉。里面 `customer_id` 填了的比例是多少？写成 0 到 1 之间的小数。
"""

# %% [markdown] lang="en" exercise="data-with-customer"
"""
### Other data: how many customer ids are filled in

The download broke off, and Lu Ziheng's copy of the sales department's file lacks the last 60 rows: `sales_there`, without its blank rows. What share of its `customer_id` is filled in? Write it as a share between 0 and 1.
"""

# %%
sales_there = elsewhere("data-with-customer").dropna(how="all")

# %% exercise="data-with-customer" kind="compute" level="core"
# BEGIN SOLUTION
# zh: 问每一行：有客户编号吗？
# en: ask every row: is there a customer id?
# blank: notna
known = sales_there["customer_id"].notna()
# zh: 答“是”的占多少
# en: the share of yes
# blank: mean
with_customer = known.mean()
# END SOLUTION

# %%
check("data-with-customer", with_customer)

# %% [markdown] lang="zh" exercise="data-all-spent"
"""
### 会员表里的累计消费，加起来多少

把 `members` 的 `total_spent` 读成数（有万、有货币符号、有全角数字），加起来是多少元？
"""

# %% [markdown] lang="en" exercise="data-all-spent"
"""
### What the members have spent in all

Read `total_spent` of `members` as numbers (there are ten-thousands, currency signs, full-width digits). How many yuan is the sum?
"""

# %% exercise="data-all-spent" kind="compute" level="core"
# BEGIN SOLUTION
# zh: 把写成各种样子的数读成数
# en: read the numbers, however they are written
# blank: numbers
# blank: [0]
amounts = numbers(members["total_spent"])[0]
# zh: 加起来
# en: add them up
# blank: sum
all_spent = amounts.sum()
# END SOLUTION

# %%
check("data-all-spent", all_spent)

# %% [markdown] lang="zh" exercise="data-unreadable-dates"
"""
### 有几个日期真的读不懂

用课程的 `dates` 读 `sales` 的 `order_date`。有几个日期填了、却读不懂？（空着的不算。）
"""

# %% [markdown] lang="en" exercise="data-unreadable-dates"
"""
### How many dates really cannot be read

Read `order_date` of `sales` with the course's `dates`. How many dates are filled in and still cannot be read? (Empty ones do not count.)
"""

# %% exercise="data-unreadable-dates" kind="compute" level="stretch"
# BEGIN SOLUTION
# zh: 读日期，拿到“读不出来的是哪些”
# en: read the dates and take which could not be read
# blank: dates
# blank: [1]
failed = dates(sales["order_date"])[1]
# zh: 数有几个
# en: count them
# blank: sum
unreadable = failed.sum()
# END SOLUTION

# %%
check("data-unreadable-dates", unreadable)

# %% [markdown] lang="zh" exercise="data-dropped-rows"
"""
### 换一份数据：同事的去重删掉了什么

还是这份少了最后 60 行的文件。同事写：`sales_there.drop_duplicates("order_id")`。运行下面的代码，看看他删了多少行。真正重复的行（每一格都一样的，第一次出现的不算）有几行？
"""

# %% [markdown] lang="en" exercise="data-dropped-rows"
"""
### Other data: what the colleague dropped

The file that lacks its last 60 rows once more. A colleague writes `sales_there.drop_duplicates("order_id")`. Run the code and see how many rows that drops. How many rows are real duplicates (equal in every cell; the first of them does not count)?
"""

# %%
sales_there = elsewhere("data-dropped-rows").dropna(how="all")
print(
    t(zh="同事删掉的行：", en="rows the colleague drops:"),
    len(sales_there) - len(sales_there.drop_duplicates("order_id")),
)

# %% exercise="data-dropped-rows" kind="mistake" level="core"
# BEGIN SOLUTION
# zh: 哪些行和前面某一行完全一样
# en: which rows are the same as an earlier one
# blank: duplicated
repeated = sales_there.duplicated()
# zh: 数有几行
# en: count them
# blank: sum
real_duplicates = repeated.sum()
# END SOLUTION

# %%
check("data-dropped-rows", real_duplicates)

# %% [markdown] lang="zh" exercise="data-shared-phones"
"""
### 有几个手机号挂在不同编号名下

在 `members` 里，有几个手机号对应**不止一个**会员号？
"""

# %% [markdown] lang="en" exercise="data-shared-phones"
"""
### How many telephones carry several ids

In `members`, how many telephone numbers belong to **more than one** member id?
"""

# %% exercise="data-shared-phones" kind="compute" level="core"
# BEGIN SOLUTION
# zh: 每个电话下有几个不同的客户编号
# en: how many different customer ids each telephone has
# blank: "phone"
# blank: nunique
owners = members.groupby("phone")["customer_id"].nunique()
# zh: 多于 1 个的电话有几个
# en: how many telephones have more than 1
# blank: > 1
shared_phones = (owners > 1).sum()
# END SOLUTION

# %%
check("data-shared-phones", shared_phones)

# %% [markdown] lang="zh" exercise="data-empty-years"
"""
### 出生年份空着，怎么办

市场部要按年龄段发生日券，有几位会员没填出生年份。你选哪一种？

- `"a"`：用平均年龄补上，表就完整了，人人都能收到合适的券。
- `"b"`：把这几位从会员表里删掉，反正人数不多，不影响合计。
- `"c"`：留空并标出来，不给他们发年龄券，下次来店里时问一句。
- `"d"`：按名字猜一个年代先填上，以后发现不对再改。
"""

# %% [markdown] lang="en" exercise="data-empty-years"
"""
### An empty birth year: what to do

Marketing wants to send birthday coupons by age, and some members did not give their birth year. Which do you choose?

- `"a"`: fill in the mean age: the table is complete, and everyone gets a fitting coupon.
- `"b"`: delete these members from the table; they are few and hardly change the total.
- `"c"`: leave it empty and flag it, send them no coupon by age, and ask when they come next.
- `"d"`: guess the decade from the name for now, and correct it when it proves wrong.
"""

# %% exercise="data-empty-years" kind="decide" level="core"
# BEGIN SOLUTION
empty_years = "c"
# END SOLUTION

# %%
check("data-empty-years", empty_years)

# %% [markdown] lang="zh" exercise="data-counted-twice"
"""
### 那一行合计值多少钱

销售部的表最后有一行“合计”。如果忘了去掉它，销售额会多算多少元？
"""

# %% [markdown] lang="en" exercise="data-counted-twice"
"""
### How much that one line is worth

The table of sales ends with a line "total". If it is not removed, by how many yuan are sales too high?
"""

# %% exercise="data-counted-twice" kind="compute" level="core"
# BEGIN SOLUTION
# zh: 没有商品、却有金额的行，是合计行
# en: a row without a product but with an amount is a total
# blank: isna
# blank: notna
total_row = sales["product_id"].isna() & sales["amount"].notna()
# zh: 取这些行的金额，读成数
# en: take the amounts of these rows and read them
# blank: total_row
totals = numbers(sales.loc[total_row, "amount"])[0]
# zh: 加起来
# en: add them up
# blank: sum
counted_twice = totals.sum()
# END SOLUTION

# %%
check("data-counted-twice", counted_twice)

# %% [markdown] lang="zh" exercise="data-accuracy"
"""
### 销售表的数据准确率

用答案 `answer_key()` 算：`sales` 里没有错（`group` 为 `"fault"` 的行才算错）的行，占全部行的多少？写成 0 到 1 之间的小数。

答案表里有 2 行错说的是空白行，`sales` 里早已去掉；所以数错行时，要问 `sales` 的哪些行（`sales.index`）写在答案表里。`len(sales)` 是 `sales` 一共有几行。
"""

# %% [markdown] lang="en" exercise="data-accuracy"
"""
### The accuracy rate of the sales table

Use the key, `answer_key()`: what share of all rows of `sales` is without a fault (only rows with `group` equal to `"fault"` are wrong)? Write it as a share between 0 and 1.

In the key 2 rows are blank ones, which are no longer in `sales`; so ask which rows of `sales` (`sales.index`) stand in the key. `len(sales)` is how many rows `sales` has in all.
"""

# %%
key = answer_key()

# %% exercise="data-accuracy" kind="compute" level="core"
# BEGIN SOLUTION
# zh: 答案表里，这个文件中写错的行
# en: in the answer key, the wrong rows of this file
# blank: "sales_orders.csv"
# blank: &
wrong_rows = key[(key["file"] == "sales_orders.csv") & (key["group"] == "fault")]["row"]
# zh: 哪些行在错行里
# en: which rows are among them
# blank: isin
is_wrong = sales.index.isin(wrong_rows)
# zh: 数正确的行，~ 是“不”
# en: count the right rows; ~ means not
# blank: ~is_wrong
right_rows = (~is_wrong).sum()
# zh: 正确的行数，全部行数（len 数一张表有几行）
# en: the right rows, all rows (len counts a table's rows)
# blank: right_rows
# blank: len(sales)
accuracy = kpis.accuracy_rate(right_rows, len(sales))
# END SOLUTION

# %%
check("data-accuracy", accuracy)

# %% [markdown] lang="zh" exercise="data-letter"
"""
### 写给销售部的退回单

用三四句话写一封退回邮件：哪个文件、第几行、哪一列、错在哪里、希望怎样改、什么时候要。随便挑你找到的一两处错。
"""

# %% [markdown] lang="en" exercise="data-letter"
"""
### A letter back to the sales department

Write three or four sentences: which file, which row, which column, what is wrong, how it should be, and by when. Pick one or two of the faults you found.
"""

# %% exercise="data-letter" kind="explain" level="core"
# BEGIN SOLUTION
letter = t(
    zh="sales_orders.csv 第 64 行“下单日期”写的是 2025-13-05，没有 13 月；第 898 行“实付金额”是 26800，是不是少了小数点？请对照小票改好，周五前发回。其余几十处列在附表里，谢谢。",
    en="In sales_orders.csv, row 64, the column “下单日期” says 2025-13-05, but there is no month 13; row 898, “实付金额”, is 26800: is a decimal point missing? Please correct both from the receipts and send the file back by Friday. The other spots, a few dozen, are listed in the enclosed table; thank you.",
)
# END SOLUTION

# %%
check("data-letter", letter)

# %% [markdown] lang="zh" exercise="data-faults-caught"
"""
### 你的检查抓住了多少

只用两种检查：客户号不认识（填了、但不在 `yuexuan.customers` 里），和整行重复。它们一共抓住了 `sales` 里多少比例的有错行？分母是答案里 `sales_orders.csv` 的有错行数（空白行除外）。
"""

# %% [markdown] lang="en" exercise="data-faults-caught"
"""
### How much your checks catch

Use two checks only: an unknown customer id (filled in, but not in `yuexuan.customers`) and rows equal in every cell. What share of the faulty rows of `sales` do they catch together? The whole is the number of faulty rows of `sales_orders.csv` in the key (blank rows aside).
"""

# %% exercise="data-faults-caught" kind="compute" level="stretch"
# BEGIN SOLUTION
# zh: 有编号、却查不到这位客户
# en: an id is there, but no such customer
# blank: isin
unknown = sales["customer_id"].notna() & ~sales["customer_id"].isin(yuexuan.customers["customer_id"])
# zh: 查出的行：查无此人，或者重复
# en: rows caught: nobody known, or a double
# blank: |
caught = unknown | sales.duplicated()
# zh: 真正写错、还在表里的行
# en: the rows that are really wrong and still in the table
# blank: isin
faulty = sales.index.isin(wrong_rows)
# zh: 其中被查出来的占多少
# en: the share of them that was caught
# blank: faulty
# blank: mean
share_caught = caught[faulty].mean()
# END SOLUTION

# %%
check("data-faults-caught", share_caught)

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

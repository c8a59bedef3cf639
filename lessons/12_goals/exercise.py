# %% [markdown] about="opening"

# %%
import pandas as pd

from custseg_helpers import (
    allocation,
    baseline,
    build,
    check,
    elsewhere,
    hint,
    label,
    labelled,
    levers,
    load,
    order_facts,
    progress,
    rung,
    solution,
    targets,
    use_language,
    value,
)

use_language(t(zh="zh", en="en"))
pd.set_option("display.float_format", "{:,.2f}".format)

company = load()
orders, year = company.orders, company.as_of.year
daily = orders.groupby("order_date")["amount"].sum()
last_year = orders[orders["order_date"].dt.year == year - 1]
target = targets.growth_target(last_year["amount"].sum(), 0.15)
print(t(zh="全年目标（元）：", en="the year's target (yuan):"), f"{target:,.2f}")

# %% [markdown] lang="zh" exercise="goals-by-channel"
"""
### 换一家公司：每个销售渠道要卖多少

换到拓岩机电，也要多卖 15%。把全年目标 `target_there` 拆给各个销售渠道（订单里的 `channel` 列），权重是 `last_year_there` 里各渠道的销售额。销售总监钟海涛要当着二十四位代表念这张表，加起来要一分不差。
"""

# %% [markdown] lang="en" exercise="goals-by-channel"
"""
### Another company: how much each sales channel has to sell

Tuoyan Industrial wants 15% more, too. Split the year's `target_there` among the sales channels (the column `channel` of the orders), with each channel's sales in `last_year_there` as weights. Zhong Haitao, the sales director, reads the table out to twenty-four reps: the parts must add up to the cent.
"""

# %%
there = elsewhere("goals-by-channel")
orders_there = there.orders
year_there = there.as_of.year
last_year_there = orders_there[orders_there["order_date"].dt.year == year_there - 1]
target_there = targets.growth_target(last_year_there["amount"].sum(), 0.15)

# %% exercise="goals-by-channel" kind="compute" level="core"
# BEGIN SOLUTION
# zh: 去年每个渠道卖了多少
# en: last year's sales by channel
# blank: "channel"
sold = last_year_there.groupby("channel")["amount"].sum()
# zh: 照这个比例分目标
# en: split the target in these shares
# blank: split
by_channel = targets.split(target_there, sold)
# END SOLUTION

# %%
check("goals-by-channel", by_channel)

# %% [markdown] lang="zh" exercise="goals-by-month"
"""
### 十二个月的目标

用往年的季节（`targets.season_weights(daily)`）作权重，把 `target` 拆到十二个月。索引是 1 到 12。
"""

# %% [markdown] lang="en" exercise="goals-by-month"
"""
### Targets of the twelve months

With the season of past years (`targets.season_weights(daily)`) as weights, split `target` into twelve months. The index is 1 to 12.
"""

# %% exercise="goals-by-month" kind="compute" level="stretch"
# BEGIN SOLUTION
# zh: 每个月的分量
# en: the weight of each month
# blank: season_weights
weights = targets.season_weights(daily)
# zh: 照分量分目标
# en: split the target by the weights
# blank: weights
by_month = targets.split(target, weights)
# END SOLUTION

# %%
check("goals-by-month", by_month)

# %% [markdown] lang="zh" exercise="goals-week-target"
"""
### 同事的周目标错在哪里

同事说：“一个月四周，所以第 5 周的目标就是 1 月的目标除以 4。”第 5 周其实有几天在 2 月。用 `days`（每天的目标）按周加起来，第 5 周（`week_5`）的目标是多少元？
"""

# %% [markdown] lang="en" exercise="goals-week-target"
"""
### What is wrong with the colleague's weekly target

A colleague says: "A month has four weeks, so the target of week 5 is that of January divided by 4." In fact some days of week 5 are in February. Add `days` (the target of each day) up by week: what is the target of week 5 (`week_5`) in yuan?
"""

# %%
days = targets.daily_targets(year, target, targets.season_weights(daily), targets.weekday_weights(daily))
week_5 = f"{year}-W05"
january = days.loc[days["month"] == f"{year}-01", "target"].sum()
print(week_5, t(zh="同事的算法（元）：", en="the colleague's sum (yuan):"), f"{january / 4:,.2f}")

# %% exercise="goals-week-target" kind="mistake" level="core"
# BEGIN SOLUTION
# zh: 把每天的目标按周加起来
# en: add the days' targets up by week
# blank: "week"
weeks = targets.roll_up(days, "week")
# zh: 取那一周
# en: take that week
# blank: "target"
week_target = weeks.loc[week_5, "target"]
# END SOLUTION

# %%
check("goals-week-target", week_target)

# %% [markdown] lang="zh" exercise="goals-four-levers"
"""
### 去年的四个抓手

用 `levers.sales_formula(customers=…, buyers=…, orders=…, sales=…)` 算出去年的四个抓手。客户数 `members` 已经数好；购买人数和订单数只数 `bought`（数量大于 0 的行）；销售额用 `last_year`，退货要减掉。
"""

# %% [markdown] lang="en" exercise="goals-four-levers"
"""
### The four levers of last year

With `levers.sales_formula(customers=…, buyers=…, orders=…, sales=…)`, work out the four levers of last year. The customers, `members`, are counted already; count buyers and orders in `bought` (lines with a quantity above 0) only; take the sales from `last_year`, less returns.
"""

# %%
members = int((company.customers["signup_date"].dt.year <= year - 1).sum())
bought = last_year[last_year["quantity"] > 0]

# %% exercise="goals-four-levers" kind="compute" level="core"
# BEGIN SOLUTION
# zh: 数买过的人和订单：只数购买的行
# en: count buyers and orders: in the purchases only
# blank: "customer_id"
# blank: nunique
# blank: "order_id"
buyers = bought["customer_id"].nunique()
number = bought["order_id"].nunique()
# zh: 去年的销售额：退货也在里面，减掉了
# en: last year's sales: returns are in there and taken off
# blank: last_year
# blank: sum
sales = last_year["amount"].sum()
# zh: 拆成四个抓手
# en: split them into the four levers
# blank: levers.sales_formula
# blank: members
four = levers.sales_formula(customers=members, buyers=buyers, orders=number, sales=sales)
# END SOLUTION

# %%
check("goals-four-levers", four)

# %% [markdown] lang="zh" exercise="goals-first-lever"
"""
### 先拉哪个抓手

悦选去年会员多了四成多，买的人却少了一点，频率和每单金额差不多。没买的会员里，十位有七位前年还买过；去年新登记的，近九成当年就买了。今年多卖 15%，先做哪一件？

- `"a"`：再拉一批新会员，会员越多越好。
- `"b"`：请回前年买过、去年没来的客户，也别让去年买的人再走。
- `"c"`：全场涨价 15%，每单金额就上去了。
- `"d"`：15 位销售代表每人多卖 15%，各自想办法。
"""

# %% [markdown] lang="en" exercise="goals-first-lever"
"""
### Which lever first

At Yuexuan there were over four tenths more members last year, yet slightly fewer bought; frequency and basket hardly changed. Of the members who did not buy, seven in ten had bought the year before; of those who joined last year, nearly nine in ten bought in that same year. For 15% more sales this year, what comes first?

- `"a"`: sign up as many new members as possible; the more the better.
- `"b"`: win back those who bought the year before and not last year, and keep those who did.
- `"c"`: raise all prices by 15%, and the basket rises.
- `"d"`: each of the 15 reps sells 15% more, in whatever way they like.
"""

# %% exercise="goals-first-lever" kind="decide" level="core"
# BEGIN SOLUTION
first_lever = "b"
# END SOLUTION

# %%
check("goals-first-lever", first_lever)

# %% [markdown] lang="zh" exercise="goals-left-over"
"""
### 没人管的是谁

按等级优先（`priority`）把 `customers` 分给 `company.reps`，然后数一数：每个等级有多少位客户没分到销售代表？索引是等级。
"""

# %% [markdown] lang="en" exercise="goals-left-over"
"""
### Who is left without

Assign `customers` to `company.reps` with the higher grades first (`priority`), then count: how many customers of each grade have no rep? The index is the grade.
"""

# %%
facts = order_facts(orders, company.as_of)
grade = value.abc(facts["monetary"]).rename("grade")
priority = grade.map({"A": 3, "B": 2, "C": 1, "D": 0})
customers = company.customers.set_index("customer_id").loc[facts.index]

# %% exercise="goals-left-over" kind="compute" level="stretch"
# BEGIN SOLUTION
# zh: 按次序把客户分给销售
# en: give the customers to the reps, in order
# blank: reps
given = allocation.allocate(customers, company.reps, priority=priority)
# zh: 没有分到人的
# en: those whom nobody got
# blank: isna
nobody = given["rep_id"].isna()
# zh: 每一级有几位
# en: how many of each grade
# blank: grade
left_over = nobody.groupby(grade).sum()
# END SOLUTION

# %%
check("goals-left-over", left_over)

# %% [markdown] lang="zh" exercise="goals-both-ways"
"""
### 换一家公司：两头都对得上的表

换到知棠教育，也要多卖 15%。运营总监夏清扬看月份，财务经理汤国栋看等级，两个人的数要对得上。`sold_by_grade_there` 是各等级去年的销售额，`expected_by_grade_there` 是各等级今年预计的。把全年目标 `target_there` 做成一张等级（行）乘月份（列）的表：每行加起来是等级的目标（按今年预计的分），每列加起来是月份的目标（月份按 `daily_there` 往年的季节）。
"""

# %% [markdown] lang="en" exercise="goals-both-ways"
"""
### Another company: a table that adds up both ways

Zhitang Learning wants 15% more, too. Xia Qingyang, head of operations, looks at months, Tang Guodong, the finance manager, at grades, and their numbers must agree. `sold_by_grade_there` holds the sales of each grade last year, `expected_by_grade_there` what each is expected to bring this year. Make a table of the year's target, `target_there`, grades (rows) by months (columns): each row adds up to the target of the grade (by what is expected this year), each column to that of the month (months follow the season of past years in `daily_there`).
"""

# %%
there = elsewhere("goals-both-ways")
orders_there = there.orders
daily_there = orders_there.groupby("order_date")["amount"].sum()
year_there = there.as_of.year
last_year_there = orders_there[orders_there["order_date"].dt.year == year_there - 1]
target_there = targets.growth_target(last_year_there["amount"].sum(), 0.15)
grade_there = value.abc(order_facts(orders_there, there.as_of)["monetary"]).rename("grade")
grade_of_line = last_year_there["customer_id"].map(grade_there)
sold_by_grade_there = last_year_there.groupby(grade_of_line)["amount"].sum().clip(lower=0)
sold_by_grade_there.index.name = "grade"
expected_by_grade_there = baseline.coming_year(orders_there, there.as_of).groupby(grade_there).sum()
labelled(pd.DataFrame({"last_year": sold_by_grade_there, "expected_this_year": expected_by_grade_there}))

# %% exercise="goals-both-ways" kind="compute" level="core"
# BEGIN SOLUTION
# zh: 按级别分
# en: split by grade
# blank: expected_by_grade_there
rows = targets.split(target_there, expected_by_grade_there)
# zh: 按月分
# en: split by month
# blank: season_weights
columns = targets.split(target_there, targets.season_weights(daily_there))
# zh: 两边都对得上的一张表
# en: one table that agrees with both
# blank: cross
target_table = targets.cross(rows, columns)
# END SOLUTION

# %%
check("goals-both-ways", target_table)

# %% [markdown] lang="zh" exercise="goals-bonus-effect"
"""
### 这条奖金会带来什么

顾明远想发一笔奖金：“每登记一位新会员，奖 10 元。”用三四句话回答：销售会怎样做，公司会得到什么、失去什么，你建议改成奖什么，怎么先试。
"""

# %% [markdown] lang="en" exercise="goals-bonus-effect"
"""
### What will this bonus bring

Gu Mingyuan wants to pay a bonus: "10 yuan for every new member who signs up." Answer in three or four sentences: what the salespeople will do, what the company gains and loses, what you would pay for instead, and how to try it first.
"""

# %% exercise="goals-bonus-effect" kind="explain" level="core"
# BEGIN SOLUTION
about_bonus = t(
    zh="销售会拉路过的人登记，登记完就走，会员数涨了，转化掉下去，奖金却照发。眼下新登记的人近九成当年会买，这笔奖金会把这个数拉低。建议改成：新会员 60 天内买了第二单才奖，按毛利减退货算。先在一个大区试一个季度，和别的大区比较。",
    en="Salespeople will sign up whoever passes by; members rise, conversion falls, and the bonus is paid all the same. Today nearly nine in ten of those who join buy in the same year; this bonus would pull that down. I would pay only when a new member places a second order within 60 days, on margin less returns. Try it in one region for a quarter and compare it with the others.",
)
# END SOLUTION

# %%
check("goals-bonus-effect", about_bonus)

# %% [markdown] lang="zh" exercise="goals-margin-bonus"
"""
### 奖金改按毛利发

奖金一共 10,000 元，分给有业绩的销售代表。`lines` 是去年由代表经手的订单行，`margin` 是每行的毛利（退货为负）。按每位代表的 **毛利** 分，一分不差；索引是 `rep_id`。再和按销售额分的比一比，谁变少了？
"""

# %% [markdown] lang="en" exercise="goals-margin-bonus"
"""
### The bonus on margin instead

A bonus of 10,000 yuan in all goes to the reps who sold something. `lines` are last year's order lines handled by a rep, `margin` is the margin of each line (negative for returns). Share it out by each rep's **margin**, to the cent; the index is `rep_id`. Then compare with a share by sales: who gets less?
"""

# %%
lines = last_year.dropna(subset="rep_id").merge(company.products, on="product_id")
lines["margin"] = lines["amount"] - lines["quantity"] * lines["price"] * (1 - lines["margin_rate"])
labelled(lines[["rep_id", "quantity", "amount", "margin"]].head(3))

# %% exercise="goals-margin-bonus" kind="compute" level="stretch"
# BEGIN SOLUTION
# zh: 每位销售带来多少毛利
# en: the margin each rep brings
# blank: "margin"
brought = lines.groupby("rep_id")["margin"].sum()
# zh: 照毛利分一万元奖金
# en: split a bonus of ten thousand by it
# blank: 10_000
bonus = targets.split(10_000, brought)
# END SOLUTION

# %%
check("goals-margin-bonus", bonus)

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

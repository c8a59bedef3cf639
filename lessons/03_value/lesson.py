# %% [markdown] about="opening"

# %% [markdown] lang="zh"
"""
## 故事与数据

苏晚晴想给最好的客户配专人：生日问候、优先送货、新品先试。预算够照顾几百位。她问小林：“名单你来定，理由你来讲。”

小林手里有上一课核对过的订单。她先把每位客户一共花了多少钱算出来：第 00 课见过的 `order_facts` 一次就能算好，其中 `monetary` 是消费金额，退货已经减掉。
"""

# %% [markdown] lang="en"
"""
## Story and data

Su Wanqing wants to give her best customers a dedicated contact: birthday greetings, deliveries first, new products to try. The budget covers a few hundred. She tells Lin: "You make the list, and you defend it."

Lin has the orders that were checked in the lesson before. First she adds up what each customer spent: `order_facts`, met in lesson 00, does it in one go, and `monetary` is the money spent, less returns.
"""

# %% [markdown] lang="zh" tags=["slide-only"]
"""
## 专人只照顾得了几百位：照顾谁？

- 生日问候、优先送货、新品先试
- 预算够照顾几百位
- 名单你来定，理由你来讲
"""

# %% [markdown] lang="en" tags=["slide-only"]
"""
## A personal manager for a few hundred: for whom?

- Birthday greetings, priority delivery, first try of new products
- The budget allows a few hundred
- You make the list, and you give the reasons
"""

# %%
import pandas as pd

from custseg_helpers import (
    SAMPLES,
    cuts,
    excel,
    explore,
    labelled,
    load,
    order_facts,
    plots,
    quiz,
    use_language,
    value,
)

use_language(t(zh="zh", en="en"))

company = load()
facts = order_facts(company.orders, company.as_of)
money = facts["monetary"]
print(
    t(zh="客户数", en="customers"),
    f"{len(money):,}",
    t(zh="金额（元）", en="money (yuan)"),
    f"{money.sum():,.0f}",
)
print(t(zh="平均", en="mean"), f"{money.mean():,.0f}", t(zh="中位数", en="median"), f"{money.median():,.0f}")

# %% [markdown] lang="zh"
"""
四个数依次是：买过东西的客户数、总金额、平均每人、排在正中间的那一位。平均数比中间那位高出许多：少数人花得很多，把平均拉高了。所以“平均客户”几乎不存在。
"""

# %% [markdown] lang="en"
"""
The four numbers are: customers who bought, all the money, the mean per customer, and the customer in the very middle. The mean is far above the middle: a few who spend much pull it up. So hardly anyone is an "average customer".
"""

# %% [markdown] lang="zh" tags=["trainer"]
"""
**老师：** 先请大家猜“最好的 20% 客户带来多少比例的钱”，把最低和最高的猜测写在黑板两端，第 1 节算出来后回头看。板书：一条从左下到右上的空曲线，边讲边画。

**卡点：** “20% 的客户”和“20% 的钱”说着说着就混了。每次开口先说分母是人还是钱。

**来不及时：** 跳过第 7 节，第 6 节的自然断点不讲，只讲固定线和分位线。
"""

# %% [markdown] lang="en" tags=["trainer"]
"""
**Trainer:** Let everyone guess what share of the money the best 20% bring; write the lowest and the highest guess at the two ends of the board and return to them after section 1. Board: an empty curve from bottom left to top right, drawn as you go.

**Where they stumble:** "20% of the customers" and "20% of the money" blur in talk. Say each time whether the whole is people or money.

**When late:** leave section 7 out, and natural breaks in section 6; teach fixed and quantile lines only.
"""

# %% [markdown] lang="zh"
"""
## 1. 排好队，一路加

五位客户就能看清怎么算。从花得最多的开始排，一路把钱加起来，再除以总数。
"""

# %% [markdown] lang="en"
"""
## 1. Line up and add up

Five customers show how it works. Line them up from the highest spending, add up the money as you go, and divide by the total.
"""

# %% [markdown] lang="zh" tags=["slide-only"]
"""
## 排好队，一路加：1 位客户带来 60% 的钱

前 2 位合起来 85%。五位客户，心算就行。
"""

# %% [markdown] lang="en" tags=["slide-only"]
"""
## Line up and add: 1 customer brings 60% of the money

The first 2 bring 85% together. Five customers, done in the head.
"""

# %% tags=["slide"]
few = pd.Series({"A1": 600, "A2": 250, "A3": 100, "A4": 50, "A5": 0})
few.cumsum() / few.sum()

# %% [markdown] lang="zh"
"""
第 1 位（占人数的 20%）带来 60% 的钱，前 2 位带来 85%。这条一路往上的曲线叫帕累托曲线（Pareto curve）。`value.pareto` 对所有客户做同一件事。
"""

# %% [markdown] lang="en"
"""
The first customer (20% of the people) brings 60% of the money, the first 2 bring 85%. This rising line is the Pareto curve. `value.pareto` does the same for all customers.
"""

# %% [markdown] lang="zh" tags=["slide-only"]
"""
## 少数人带来大部分的钱

曲线先陡后平：弯得越厉害，越集中。

它没说这些人明年还在不在。
"""

# %% [markdown] lang="en" tags=["slide-only"]
"""
## A few bring most of the money

Steep, then flat: the stronger the bend, the more it is concentrated.

It does not say whether they stay next year.
"""

# %% tags=["slide"]
curve = value.pareto(money)
plots.value.pareto_curve(curve)

# %% [markdown] lang="zh"
"""
**这张图说了什么：** 曲线一开始陡，后来平：前面少数人带来大部分的钱。弯得越厉害，越集中。**它没说什么：** 这些人明年还在不在，也没说后面那长长一段里有没有将来的大客户。
"""

# %% [markdown] lang="en"
"""
**What the figure tells:** the line is steep at first and then flat: a few at the front bring most of the money. The more it bends, the more the money is concentrated. **What it does not tell:** whether they will still be here next year, nor whether a future big customer stands in the long flat part.
"""

# %% [markdown] lang="zh"
"""
`value.share_of_top(money, 0.10)` 直接说出最前面 10% 的人带来百分之几的钱。
"""

# %% [markdown] lang="en"
"""
`value.share_of_top(money, 0.10)` says at once which share of the money the top 10% bring.
"""

# %%
value.share_of_top(money, 0.10)

# %% [markdown] try="value-top-share"

# %% [markdown] lang="zh"
"""
## 2. A、B、C、D 四级

规则一句话：前 80% 的钱来自 A，到 95% 为止是 B，剩下的是 C；没带来钱的（比如买了又全退）是 D。

分界线上的人归谁，要先说死。课程的规则：**排在你前面的人加起来还不到 80%，你就是 A。** 所以跨过线的那一位算 A。花得一样多的人，永远同一级。
"""

# %% [markdown] lang="en"
"""
## 2. Four grades: A, B, C, D

The rule in one sentence: the first 80% of the money comes from A, up to 95% from B, the rest from C; who brought no money (bought and returned it all, say) is D.

Where the customer on the line belongs must be settled beforehand. The rule of this course: **if those before you add up to less than 80%, you are an A.** So the one who crosses the line is an A. Those who spent the same always share a grade.
"""

# %% [markdown] lang="zh" tags=["slide-only"]
"""
## 前面的人加起来还不到 80%，你就是 A

- A：前 80% 的钱；跨过线的那一位也算 A
- B：到 95% 为止；C：剩下的
- D：没带来钱的，比如买了又全退
- 花得一样多的人，永远同一级
"""

# %% [markdown] lang="en" tags=["slide-only"]
"""
## If those before you hold less than 80%, you are an A

- A: the first 80% of the money; whoever crosses the line is an A too
- B: up to 95%; C: the rest
- D: brought no money, for example returned everything
- Equal money, equal grade, always
"""

# %%
value.abc(few)

# %% [markdown] lang="zh"
"""
A2 前面只有 60%，不到 80%，所以是 A，尽管加上他就到了 85%。A3 前面是 85%，是 B；A4 前面是 95%，是 C。
"""

# %% [markdown] lang="en"
"""
Before A2 stand only 60%, less than 80%, so he is an A, although with him it is 85%. Before A3 stand 85%: B. Before A4 stand 95%: C.
"""

# %% [markdown] lang="zh" tags=["slide-only"]
"""
## A 级三成多的人，带来八成的钱

先看 A 有多少人，再答应服务。
"""

# %% [markdown] lang="en" tags=["slide-only"]
"""
## Grade A: little more than a third of the people, four fifths of the money

See how many As there are before you promise a service.
"""

# %% tags=["slide"]
grade = value.abc(money).rename("grade")
labelled(value.by_group(grade, money).round(2))

# %% [markdown] lang="zh"
"""
级别是给服务定标准的。每一级给什么，写成一句话，谁看了都照做：

- **A**：专人跟进，每月联系一次，有事两小时内回复；会员权益里的生日问候、优先送货、新品先试都给；
- **B**：每季定期联系一次，当天回复，给一个再多买一点的理由；
- **C**：短信和小程序自助，不占人工，三天内回复；
- **D**：先弄清为什么全退了，再谈服务。

卖给单位也一样：A 有专属的客户经理，每季上门拜访；B 每半年拜访一次；C 打服务热线。**多久回复** 要写成数，不写“尽快”。

先看表里 A 有多少人，再答应服务：答应了做不到，比不答应更糟。表里没有 D 那一行，就是没有人买了又全退。
"""

# %% [markdown] lang="en"
"""
Grades set the standard of service. Put in one sentence what each grade gets, so that everyone does the same:

- **A**: a dedicated contact, a contact every month, an answer within two hours; all member benefits, such as birthday greetings, early delivery, first to try what is new;
- **B**: a regular contact every quarter, an answer the same day, and a reason to buy a little more;
- **C**: text messages and self-service in the mini program, no staff time, an answer within three days;
- **D**: first find out why everything went back.

Companies that sell to companies do the same: an A has an account manager and a visit every quarter, a B a visit every half year, a C the service line. **How soon we answer** is written as a number, never as "soon".

Look at the number of As before you promise: a promise not kept is worse than none. If the table has no row D, nobody returned everything.
"""

# %% [markdown] lang="zh" tags=["slide-only"]
"""
## 级别是给服务定标准的

- **A：** 专人跟进，每月一次
- **B：** 每季一次，给一个再多买一点的理由
- **C：** 短信和小程序自助
- **D：** 先弄清为什么全退了
"""

# %% [markdown] lang="en" tags=["slide-only"]
"""
## A grade sets a standard of service

- **A:** a manager of their own, every month
- **B:** every quarter, with a reason to buy a little more
- **C:** texts and mini program, self-service
- **D:** first find out why everything went back
"""

# %% [markdown] lang="zh"
"""
`value.abc(money)` 给每个人一个级别，索引是客户编号，和 `money` 的次序一样。
"""

# %% [markdown] lang="en"
"""
`value.abc(money)` gives everybody a grade; the index is the customer's number, in the order of `money`.
"""

# %% [markdown] try="value-grade value-lost-customers"

# %% [markdown] lang="zh"
"""
## 3. “二八定律”是真的吗

常听人说“20% 的客户带来 80% 的钱”。Kim、Singh 和 Winer（2017）在美国的日用消费品里量过，各品牌平均是 73%，有高有低。我们有五家公司，各算一次。
"""

# %% [markdown] lang="en"
"""
## 3. Is 80/20 true?

People like to say that 20% of the customers bring 80% of the money. Kim, Singh and Winer (2017) measured it for packaged goods in America: 73% on average over the brands, for some more and for some less. We have five companies; compute it for each.
"""

# %% [markdown] lang="zh" tags=["slide-only"]
"""
## “二八定律”：五家公司，没有一家到 80%

最好的 20% 客户带来多少钱？不要背书，算给他看。
"""

# %% [markdown] lang="en" tags=["slide-only"]
"""
## The 80/20 rule: not one of five companies reaches 80%

How much do the best 20% bring? Do not recite; compute.
"""

# %% tags=["slide"]
top = {}
for name in SAMPLES:
    other = load(name)
    top[str(other.title)] = value.share_of_top(order_facts(other.orders, other.as_of)["monetary"])
company = load()  # zh: 回到我们自己的公司  # en: back to our own company
pd.Series(top).round(2)

# %% [markdown] lang="zh"
"""
五家里没有一家到 0.80，高低还差得不少。所以顾明远问“我们是不是 80/20”时，不要背书，算给他看。
"""

# %% [markdown] lang="en"
"""
None of the five reaches 0.80, and they differ a good deal. So when Gu Mingyuan asks "Are we 80/20?", do not quote a book: compute it.
"""

# %% [markdown] lang="zh" tags=["trainer"]
"""
**小组讨论（6 分钟）：** 每组分一家公司，想一想为什么它比别家集中或分散：卖给单位还是个人？有没有几个大客户？一年买一次还是每周买？
"""

# %% [markdown] lang="en" tags=["trainer"]
"""
**Small groups (6 minutes):** each takes one company and thinks why it is more concentrated or more spread than the others: does it sell to companies or to people? Are there a few very large customers? Do they buy once a year or every week?
"""

# %% [markdown] lang="zh"
"""
## 4. 销售额不是毛利

卖 100 元的货，进价 60 元，毛利是 40 元。打七折卖 70 元，进价**还是 60 元**，毛利只剩 10 元。折扣不会让进价变便宜，所以毛利要这样算：实付金额，减去件数 × 标价 ×（1 − 毛利率）。
"""

# %% [markdown] lang="en"
"""
## 4. Sales are not margin

Sell at 100 yuan what cost 60, and the margin is 40 yuan. Sell it at a discount for 70: it **still cost 60**, so only 10 yuan are left. A discount does not make the purchase cheaper, so the margin is: the amount paid less pieces × list price × (1 − margin rate).
"""

# %% [markdown] lang="zh" tags=["slide-only"]
"""
## 卖价降了，进价没降：毛利从 40 元掉到 10 元

折扣不会让进价变便宜，进价还是 60 元。
"""

# %% [markdown] lang="en" tags=["slide-only"]
"""
## The price falls, the cost does not: margin from 40 yuan to 10

A discount does not make buying in cheaper: the cost is still 60 yuan.
"""

# %% tags=["slide"]
one = pd.DataFrame({"amount": [100, 70], "quantity": [1, 1], "price": [100, 100], "margin_rate": [0.4, 0.4]})
one["margin"] = one["amount"] - one["quantity"] * one["price"] * (1 - one["margin_rate"])
labelled(one)

# %% [markdown] lang="zh"
"""
标价和毛利率在产品表里。按产品编号把它们接到订单上（相当于 Excel 的 VLOOKUP），就能算出每一行的毛利，再按客户加总。
"""

# %% [markdown] lang="en"
"""
List price and margin rate stand in the table of products. Join them to the orders by product id (VLOOKUP in Excel), compute the margin of each line, then add up by customer.
"""

# %%
lines = company.orders.merge(company.products[["product_id", "price", "margin_rate"]], on="product_id")
labelled(lines[["product_id", "amount", "quantity", "price", "margin_rate"]].head(3))

# %% [markdown] lang="zh"
"""
商品表里的 `margin_rate` 是毛利率，`price` 是标价。
"""

# %% [markdown] lang="en"
"""
In the table of products `margin_rate` is the margin rate and `price` the list price.
"""

# %% [markdown] try="value-margin"

# %% [markdown] lang="zh"
"""
## 5. 只看一个维度：大区、年龄、规模

钱还可以按别的维度看。`value.by_group` 给出每一组的人数、占比和金额：就是一张透视表。
"""

# %% [markdown] lang="en"
"""
## 5. One dimension at a time: region, age, scale

Money can be looked at by other dimensions too. `value.by_group` gives the customers of each group, their share and their money: a pivot table.
"""

# %% [markdown] lang="zh" tags=["slide-only"]
"""
## 有的大区钱比人多，有的人比钱多

这就是一张透视表。

它没说为什么：一个维度答不了。
"""

# %% [markdown] lang="en" tags=["slide-only"]
"""
## Some regions hold more money than people

This is a pivot table.

It does not say why: one dimension cannot.
"""

# %% tags=["slide"]
customers = company.customers.set_index("customer_id")
region = customers["region"].reindex(money.index)
plots.value.group_shares(value.by_group(region, money))

# %% [markdown] lang="zh"
"""
**这张图说了什么：** 哪个大区的钱比人多，哪个大区的人比钱多。**它没说什么：** 为什么。也许是那里的店开得早，也许是那里的客户年纪不同；一个维度答不了，第 07 课会把两个维度叠起来。

年龄也一样：先把出生年份切成段（`cuts.age_bands`），再分组。卖给单位的公司，把年龄换成规模（`cuts.scale_bands`，按员工人数和年营业收入）。
"""

# %% [markdown] lang="en"
"""
**What the figure tells:** which region has more of the money than of the people, and which the other way round. **What it does not tell:** why. Perhaps the shops there opened earlier, perhaps customers there are of another age; one dimension cannot answer, and lesson 07 lays two over each other.

Age works alike: cut the birth years into bands (`cuts.age_bands`), then group. A company that sells to companies takes scale instead (`cuts.scale_bands`, by employees and yearly revenue).
"""

# %% [markdown] lang="zh" tags=["slide-only"]
"""
## 没有哪个年龄段比 35 到 44 岁带来的钱更多
"""

# %% [markdown] lang="en" tags=["slide-only"]
"""
## No age band brings more money than those aged 35 to 44
"""

# %% tags=["slide"]
age = cuts.age_bands(customers["birth_year"], company.as_of).reindex(money.index).rename("age_band")
labelled(value.by_group(age, money).round(2))

# %% [markdown] lang="zh"
"""
`value.by_group` 的结果里，`share` 是人数占比，`value_share` 是钱的占比。
"""

# %% [markdown] lang="en"
"""
In the result of `value.by_group`, `share` is the share of customers and `value_share` the share of the money.
"""

# %% [markdown] try="value-region-share"

# %% [markdown] lang="zh"
"""
## 6. 高、中、低：三种切法

ABC 看累计占比。日常更常说“高、中、低”，那就要两条线。线从哪来？

- **固定线**：业务说了算，比如 500 元和 2,000 元。好记，年年可比。
- **分位线**（quantile）：三段人数一样多。名额固定时用，比如只有三分之一的人能进贵宾室。
- **自然断点**：让数据自己说哪里有空当，组内尽量像、组间尽量不像。

先看分位线和自然断点各落在哪里。
"""

# %% [markdown] lang="en"
"""
## 6. High, medium, low: three ways to cut

ABC goes by the running share. In daily talk people rather say high, medium and low, which takes two lines. Where do they come from?

- **Fixed lines**: the business decides, say 500 and 2,000 yuan. Easy to remember, and years can be compared.
- **Quantile lines**: three parts with the same number of people. For a fixed number of places, say a lounge for a third of them.
- **Natural breaks**: the data say where the gaps are; alike inside a group, unlike between groups.

See first where quantile lines and natural breaks fall.
"""

# %% [markdown] lang="zh" tags=["slide-only"]
"""
## 两条线从哪来？三种切法

- **固定线：** 业务说了算，年年可比
- **分位线：** 三段人数一样多，名额固定时用
- **自然断点：** 让数据自己说哪里有空当
"""

# %% [markdown] lang="en" tags=["slide-only"]
"""
## Where do two lines come from? Three ways to cut

- **Fixed:** the business decides; years can be compared
- **Quantiles:** three parts of equal size, for a fixed number of places
- **Natural breaks:** the data say where the gaps are
"""

# %% [markdown] lang="zh" tags=["slide-only"]
"""
## 分位线切匀了人数，紧挨着线的两个人却差不多

自然断点高得多：少数大户自成一段。
"""

# %% [markdown] lang="en" tags=["slide-only"]
"""
## Quantiles make equal groups, but two people next to a line hardly differ

Natural breaks lie far higher: a few very large customers stand alone.
"""

# %% tags=["slide"]
by_people, by_gaps = cuts.quantile_cuts(money), cuts.natural_cuts(money)
print(t(zh="人数相等：", en="equal numbers:"), *(f"{line:,.0f}" for line in by_people))
print(t(zh="自然断点：", en="natural gaps:"), *(f"{line:,.0f}" for line in by_gaps))
plots.value.cut_points(money, by_people)

# %% [markdown] lang="zh"
"""
横轴是对数轴，每往右一大格，金额是 10 倍。分位线把人数切匀：三段平均下来差得很远，可是**紧挨着线**的两个人几乎没有差别，一位多花十块钱就进了上一段。自然断点（打印在图上方的第二组数）线高得多：少数大户自成一段，其余挤在低段。图上看不出哪条线对。贵宾名额有限用分位线；要写进服务标准、年年可比，用固定线。
"""

# %% [markdown] lang="en"
"""
The axis is logarithmic: each large step to the right is 10 times the money. Quantile lines divide the people evenly: on average the three parts spend very different amounts, yet two people **right next to a line** hardly differ, and ten yuan more put one of them into the part above. Natural breaks (the second pair printed above) lie far higher: a few very large customers form a part of their own and all others are below. The figure does not show which line is right. With a limited number of places use quantiles; for a standard of service that can be compared year by year, use fixed lines.
"""

# %%
level = cuts.levels(money, (500, 2000)).rename("level")
labelled(value.by_group(level, money).round(2))

# %% [markdown] lang="zh"
"""
`cuts.levels(money, (…))` 按几条线分档：两条线分三档，正好在线上的算上面一档。
"""

# %% [markdown] lang="en"
"""
`cuts.levels(money, (…))` sorts into levels by the lines: two lines make three levels, and who stands on a line belongs above it.
"""

# %% [markdown] try="value-fixed-lines"

# %% [markdown] lang="zh"
"""
## 7. 价值、潜力、忠诚

只看已经花的钱，会漏掉两种人：还能多花的，和说走就走的。再加两把尺子：**潜力** 用最近 90 天的浏览和加购来量，**忠诚** 用订单数来量。消费满 2,000 元、浏览加购满 3 次、满 6 单，各算“高”，其余算不高，合成八种：

- 价值高的四种：**核心**（有潜力，也忠诚）、**争夺**（有潜力，不忠诚）、**支柱**（忠诚，潜力不大）、**游离**（两样都没有）；
- 价值不高的四种：**上升**（有潜力，也忠诚）、**待开发**（只有潜力）、**常客**（只有忠诚）、**零散**（两样都没有）。
"""

# %% [markdown] lang="en"
"""
## 7. Value, potential, loyalty

Looking only at money already spent misses two kinds of people: those who could spend more, and those about to leave. Add two rulers: **potential**, measured by views and carts of the last 90 days, and **loyalty**, measured by orders. From 2,000 yuan, 3 views or carts, and 6 orders on, each counts as high, else as not high; together they make eight kinds:

- four of high value: **core** (potential and loyalty), **contested** (potential, no loyalty), **pillar** (loyalty, little potential), **drifting** (neither);
- four of lower value: **rising** (potential and loyalty), **untapped** (potential only), **regular** (loyalty only), **occasional** (neither).
"""

# %% [markdown] lang="zh" tags=["slide-only"]
"""
## 价值、潜力、忠诚：花得多的人也分两种

还在逛、常来的是核心：说谢谢。没再逛、也不常来的在漂走：先问为什么。
"""

# %% [markdown] lang="en" tags=["slide-only"]
"""
## Value, potential, loyalty: big spenders are not all alike

Still browsing and often here: the core; say thanks. Neither: drifting away; ask why.
"""

# %% tags=["slide"]
recent = company.interactions[
    company.interactions["interaction_date"] >= company.as_of - pd.Timedelta(days=90)
]
looked = recent[recent["kind"].isin(["view", "cart"])].groupby("customer_id").size()
potential = cuts.levels(looked.reindex(money.index).fillna(0), (1, 3))
loyalty = cuts.levels(facts["frequency"], (3, 6))
kinds = value.value_types(level, potential, loyalty)
labelled(value.by_group(kinds, money).round(2))

# %% [markdown] lang="zh"
"""
“花得多、还在逛、常来”的是核心；“花得多、没再逛、也不常来”的正在漂走。两种人都花得多，该说的话完全不同：对前一种说谢谢，对后一种先问为什么。
"""

# %% [markdown] lang="en"
"""
Those who spend much, still look around and come often are the core; those who spend much but neither look nor come often are drifting. Both spend much, yet call for quite different words: thanks to the first, a question to the second.
"""

# %% [markdown] lang="zh"
"""
## 8. 自己动手调

拖动 A 线和 B 线，换成毛利再看一遍。每一级有多少人、带来多少钱？按销售额的 A 和按毛利的 A，是同一群人吗？
"""

# %% [markdown] lang="en"
"""
## 8. Try it by hand

Drag the A line and the B line, then look again by margin. How many people and how much money in each grade? Are the As by sales and the As by margin the same people?
"""

# %% [markdown] lang="zh" tags=["slide-only"]
"""
## 按销售额的 A，和按毛利的 A，是同一群人吗？

打开笔记本，拖动两条线，换成毛利再看一遍。
"""

# %% [markdown] lang="en" tags=["slide-only"]
"""
## Are As by sales and As by margin the same people?

Open the notebook, move both lines, then see it again by margin.
"""

# %% tags=["explorer", "slide"]
explore.value.show(company)

# %% [markdown] lang="zh"
"""
两列的次序不同时，`.reindex(money.index)` 把一列排成和 `money` 一样的次序，缺的留空，`.fillna(0)` 把空的写成 0。
"""

# %% [markdown] lang="en"
"""
Where two columns have another order, `.reindex(money.index)` puts one into the order of `money`; what is missing stays empty, and `.fillna(0)` writes 0 there.
"""

# %%
money.head(2).reindex([*money.head(2).index, "nobody"]).fillna(0)

# %% [markdown] try="value-served-first value-to-director value-margin-grade"

# %% [markdown] lang="zh" tags=["trainer"]
"""
**小组讨论（8 分钟）：** 每组写一张服务标准：A、B、C、D 各给什么（电话频率、送货、退换、生日），每项后面写成本。再回答：C 级客户来投诉，谁接？常见卡点：把 D 级写成“不服务”。D 级也是客户，给自助和清楚的说明。
"""

# %% [markdown] lang="en" tags=["trainer"]
"""
**Small groups (8 minutes):** each writes a standard of service: what A, B, C and D get (calls, delivery, returns, birthday) with a cost behind every item. Then answer: a grade C customer complains; who takes it? Where they stumble: writing "no service" for D. A D is a customer too: self-service and clear instructions.
"""

# %% [markdown] lang="zh"
"""
> **在 Excel 里**：金额在 C 列：比他花得多的人占多少钱，`=SUMIF(C:C,">"&C2)/SUM(C:C)`，不到 80% 就是 A，不到 95% 是 B。产品编号在 F 列，标价从“产品”表里查：`=INDEX(Products!B:B,MATCH(F2,Products!A:A,0))`。运行下一格，就有一份公式都写好的工作簿，里面留着一张空表给你自己的二十位客户。
"""

# %% [markdown] lang="en"
"""
> **In Excel**: With the money in column C: the share held by those who spent more is `=SUMIF(C:C,">"&C2)/SUM(C:C)`; below 80% it is an A, below 95% a B. With the product in column F, look its price up in the sheet of products: `=INDEX(Products!B:B,MATCH(F2,Products!A:A,0))`. Run the next cell for a workbook with all formulas written, and an empty sheet for twenty customers of your own.
"""

# %% tags=["skip-execution", "nbval-skip"]
excel("03")

# %% [markdown] lang="zh"
"""
## 9. 小测验
"""

# %% [markdown] lang="en"
"""
## 9. Quiz
"""

# %%
quiz("03")

# %% [markdown] about="key_points"

# %% [markdown] lang="zh"
"""
## 在你的公司

把第一格的 `load()` 换成 `load("own/company.toml")`，这一课用你的订单重算一遍。

- 没有产品表，或产品表没有毛利率？先按销售额分级，并在名单上写明“未计毛利”。
- 一位大客户用几个名字下单？先在第 02 课合并，不然一个 A 会变成三个 B。
- 只有年度汇总表？`value.abc` 只需要每位客户一个数，直接用。

把 A 级名单拿给最熟悉客户的同事看十分钟。他说“怎么没有某某”，多半是数据缺了一块，不是他记错。
"""

# %% [markdown] lang="en"
"""
## In your company

Replace `load()` in the first cell by `load("own/company.toml")`: the lesson runs again on your orders.

- No table of products, or no margin rate in it? Grade by sales first, and write "margin not counted" on the list.
- A big customer orders under several names? Merge them first, in lesson 02, or one A becomes three Bs.
- Only a yearly summary? `value.abc` needs one number per customer: use it as it is.

Show the list of As for ten minutes to the colleague who knows customers best. When she says "Where is so-and-so?", most likely a piece of data is missing; she is rarely wrong.
"""

# %% [markdown] lang="zh" tags=["slide-only"]
"""
## 在你的公司：名单给最熟的同事看十分钟

- 没有毛利率：按销售额分级，写明“未计毛利”
- 一位大客户几个名字：先合并，不然一个 A 变成几个 B
- 他说“怎么没有某某”：多半是数据缺了一块
"""

# %% [markdown] lang="en" tags=["slide-only"]
"""
## In your company: show the list to whoever knows the customers best

- No margins: grade by sales, and write "margins not counted"
- One big customer under several names: merge first, or one A becomes several Bs
- "Where is so-and-so?" mostly means that data are missing
"""

# %% [markdown] lang="zh"
"""
## 别处怎么叫

| 这门课里 | 别处也叫 |
|---|---|
| A、B、C、D 四级 | ABC 分类法；ABC analysis |
| 帕累托曲线 | 洛伦兹曲线（从花得少的排起）、集中度；Lorenz curve、Gini |
| 分位线 | 百分位、三等分；percentile、tercile |
| 自然断点 | natural breaks、Jenks |
| 毛利 | gross margin；贡献毛益 |

想往下读：

- Kim, B. J., Singh, V., & Winer, R. S. (2017). The Pareto rule for frequently purchased packaged goods: an empirical generalization. *Marketing Letters*, 28(4)。
- Juran, J. M. (1975). The non-Pareto principle; mea culpa. *Quality Progress*, 8(5)：“二八定律”（80/20）怎么得名的，由起名的人自己说。
"""

# %% [markdown] lang="en"
"""
## What others call this

| in this course | elsewhere also |
|---|---|
| grades A, B, C, D | ABC analysis |
| Pareto curve | Lorenz curve (which begins with those who spend least), concentration, Gini |
| quantile lines | percentiles, terciles |
| natural breaks | Jenks |
| margin | gross margin, contribution |

To read on:

- Kim, B. J., Singh, V., & Winer, R. S. (2017). The Pareto rule for frequently purchased packaged goods: an empirical generalization. *Marketing Letters*, 28(4).
- Juran, J. M. (1975). The non-Pareto principle; mea culpa. *Quality Progress*, 8(5): how the 80/20 rule got its name, told by the man who gave it.
"""

# %% [markdown] about="next"

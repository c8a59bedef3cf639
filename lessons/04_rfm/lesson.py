# %% [markdown] about="opening"

# %% [markdown] lang="zh"
"""
## 故事与数据

周一早上，悦选的客户经理苏晚晴把名单往桌上一放：“3,000 位会员，六个人，这周最多打 300 个电话。上回我们按姓氏拼音打，打到 D 就没时间了。”新来的小林问：“那先打给谁？”

以前的名单只有姓名和电话。现在我们有两年的订单。下面把公司的数据读进来，看看订单长什么样。一行是一件商品，一张订单可以有好几行。
"""

# %% [markdown] lang="en"
"""
## Story and data

Monday morning. Su Wanqing, customer manager of Yuexuan, drops the list on the table: "3,000 members, six of us, 300 calls this week at most. Last time we went by surname and ran out of time at D." Lin, the newcomer, asks: "So who comes first?"

The old list held names and phone numbers. Now we have two years of orders. Let us read the company's data and see what an order looks like. One line is one product; an order may have several lines.
"""

# %% [markdown] lang="zh" tags=["slide-only"]
"""
## 300 个电话，3,000 位会员：先打给谁

- 上回按姓氏拼音打，打到 D 就没时间了
- 现在手里有两年的订单
- 三个指标就能排出先后：多久没来、来了几次、花了多少
"""

# %% [markdown] lang="en" tags=["slide-only"]
"""
## 300 calls, 3,000 members: who comes first

- Last time we went by surname and stopped at D
- Now we have two years of orders
- Three measures give the order: how long ago, how often, how much
"""

# %%
import pandas as pd

from custseg_helpers import excel, explore, labelled, load, order_facts, plots, quiz, rfm, use_language, value

use_language(t(zh="zh", en="en"))

company = load()
orders = company.orders
labelled(orders.head())

# %% [markdown] lang="zh" tags=["trainer"]
"""
**老师：** 先让大家两人一组，只凭直觉写下“打电话先看什么”，两分钟。多数组会写出“买得多”；少数组写出“好久没来”。把这两个词写在白板左右两侧，今天的课就是把它们接起来。板书：左边一列写 R、F、M，右边一列写“天、单、元”。

**来不及时：** 第 6 节的十一类只念名字，直接看八类。
"""

# %% [markdown] lang="en" tags=["trainer"]
"""
**Trainer:** Let pairs write down, from the gut, what they look at before a call: two minutes. Most write "buys a lot"; a few write "has not come for long". Put the two on the left and right of the board; today joins them. Board: on the left R, F, M; on the right days, orders, yuan.

**When late:** in section 6 only read out the names of the eleven segments, and go by the eight.
"""

# %% [markdown] lang="zh"
"""
## 1. 最近一次消费（Recency）

先在四位客户身上数一遍。下面这张小表，手指点着就能数完。表头是代码里要用的列名：`customer_id` 是客户，`order_id` 是订单号，`order_date` 是日期，`quantity` 是数量，`amount` 是金额。何芳有一行数量是 -1：她退了货。
"""

# %% [markdown] lang="en"
"""
## 1. Recency

First count it on four customers. You can count this small table on your fingers. Its headings are the names that the code uses: `customer_id` is the customer, `order_id` the order, `order_date` the day, `quantity` the pieces, `amount` the money. He Fang has a line with quantity -1: a return.
"""

# %% [markdown] lang="zh" tags=["slide-only"]
"""
## 四位客户，手指点着就能数完

一行是一件商品；一张订单可以有好几行。何芳有一行是退货。
"""

# %% [markdown] lang="en" tags=["slide-only"]
"""
## Four customers, few enough to count on your fingers

One line is one product; an order may have several lines. One of He Fang's lines is a return.
"""

# %% tags=["slide"]
names = t(zh=["陈静", "刘洋", "何芳", "马磊"], en=["Chen Jing", "Liu Yang", "He Fang", "Ma Lei"])
few = pd.DataFrame(
    [
        (names[0], "A1", "2025-12-29", 2, 180),
        (names[0], "A1", "2025-12-29", 1, 60),
        (names[0], "A2", "2025-10-18", 1, 200),
        (names[1], "B1", "2025-06-13", 1, 1200),
        (names[2], "C1", "2025-12-21", 1, 90),
        (names[2], "C2", "2025-12-28", -1, -90),
        (names[3], "D1", "2025-11-04", 1, 300),
        (names[3], "D2", "2025-11-23", 1, 350),
        (names[3], "D3", "2025-12-06", 2, 500),
    ],
    columns=["customer_id", "order_id", "order_date", "quantity", "amount"],
)
few["order_date"] = pd.to_datetime(few["order_date"])
few

# %% [markdown] lang="zh"
"""
最近一次消费，就是“今天”减去最后一次购买的日子。三步，和在 Excel 里做透视表一样：

1. 只留下购买（退货不算来买东西）；
2. 按客户分组，取最晚的日期；
3. 用快照日减去它，得到天数。

快照日是我们约定的“今天”。它要晚于最后一笔订单，而且写下来：下个月重算时，大家才知道两张表为什么不同。
"""

# %% [markdown] lang="en"
"""
Recency is "today" less the day of the last purchase. Three steps, just as in a pivot table:

1. keep the purchases only (a return is not a visit to buy);
2. group by customer and take the latest date;
3. subtract it from the snapshot day, which gives days.

The snapshot day is the "today" we agree on. It lies after the last order, and it is written down: next month, when we count again, everyone knows why the two tables differ.
"""

# %% [markdown] lang="zh" tags=["slide-only"]
"""
## 最近一次消费：今天减去最后一次购买的日子

- 只看购买：何芳是 11 天，不是 4 天，那天她来退货
- “今天”是约定的快照日，要写下来
"""

# %% [markdown] lang="en" tags=["slide-only"]
"""
## Recency: today less the day of the last purchase

- Purchases only: He Fang stands at 11 days, not 4; that day she came to return
- "Today" is the snapshot day we agree on, and it is written down
"""

# %% tags=["slide"]
today = pd.Timestamp("2026-01-01")

bought = few[few["quantity"] > 0]
last_day = bought.groupby("customer_id")["order_date"].max()
(today - last_day).dt.days

# %% [markdown] lang="zh"
"""
刘洋 202 天没来，陈静 3 天前刚来过。何芳是 11 天，不是 4 天：12 月 28 日她来退货，没有买东西。
"""

# %% [markdown] lang="en"
"""
Liu Yang has not come for 202 days; Chen Jing came 3 days ago. He Fang stands at 11 days, not 4: on December 28 she came to return, not to buy.
"""

# %% [markdown] lang="zh"
"""
两个日子相减，得到一段时间；`.dt.days` 把它写成天数。
"""

# %% [markdown] lang="en"
"""
One day less another is a stretch of time; `.dt.days` writes it in days.
"""

# %% [markdown] try="rfm-recency"

# %% [markdown] lang="zh"
"""
## 2. 消费频率（Frequency）

陈静来了几次？表里她有三行，但订单号只有两个：A1 和 A2。12 月 29 日那一单里有两件商品。数次数，要数**不同的订单号**，不数行。
"""

# %% [markdown] lang="en"
"""
## 2. Frequency

How often did Chen Jing come? She has three lines, but only two order numbers: A1 and A2. On December 29 she bought two products in one order. To count visits, count **different order numbers**, not lines.
"""

# %% [markdown] lang="zh" tags=["slide-only"]
"""
## 消费频率：数订单号，不数行

陈静有三行，可只有两张订单：A1 和 A2。退货单不算。
"""

# %% [markdown] lang="en" tags=["slide-only"]
"""
## Frequency: count order numbers, not lines

Chen Jing has three lines but only two orders: A1 and A2. A return does not count.
"""

# %% tags=["slide"]
bought.groupby("customer_id")["order_id"].nunique()

# %% [markdown] lang="zh"
"""
`nunique` 就是“有几个不同的”。马磊 3 单，陈静 2 单，何芳 1 单：退货单 C2 不算。
"""

# %% [markdown] lang="en"
"""
`nunique` means "how many different ones". Ma Lei has 3 orders, Chen Jing 2, He Fang 1: the return C2 does not count.
"""

# %% [markdown] try="rfm-frequency"

# %% [markdown] lang="zh"
"""
## 3. 消费金额（Monetary）

金额要**减掉退货**。何芳买了 90 元，又退了 90 元，她给公司带来的是 0 元。退货行的金额本来就是负数，所以把所有行加起来就对了。
"""

# %% [markdown] lang="en"
"""
## 3. Monetary value

Money is counted **less returns**. He Fang bought for 90 yuan and returned 90 yuan: she brought the company 0 yuan. A return's amount is negative already, so adding up all lines gives the right sum.
"""

# %% [markdown] lang="zh" tags=["slide-only"]
"""
## 消费金额：减掉退货

何芳买了 90 元，退了 90 元：她带来的是 0 元。退货行本来就是负数，全部加起来就对。
"""

# %% [markdown] lang="en" tags=["slide-only"]
"""
## Money: less returns

He Fang bought for 90 yuan and returned 90 yuan: she brought 0 yuan. A return is negative already, so the plain sum is right.
"""

# %% tags=["slide"]
few.groupby("customer_id")["amount"].sum()

# %% [markdown] try="rfm-monetary"

# %% [markdown] lang="zh"
"""
## 4. 三个指标放在一起

每次都写三段代码太累。`order_facts` 一次算好，还会告诉我们哪些行没有用上：没有客户号的、日期晚于快照日的。什么也不会悄悄消失。
"""

# %% [markdown] lang="en"
"""
## 4. The three together

Three pieces of code every time is tiring. `order_facts` does it in one go, and tells which lines it could not use: those without a customer, those dated after the snapshot day. Nothing vanishes quietly.
"""

# %%
facts = order_facts(orders, company.as_of)
labelled(facts[["recency_days", "frequency", "monetary"]].head())

# %%
labelled(pd.Series(facts.attrs["left_out"], name="lines"))

# %% [markdown] lang="zh" tags=["slide-only"]
"""
## 三个指标都拖着长尾巴

多数人买得少、花得少。

少数人撑起右边那条尾巴。
"""

# %% [markdown] lang="en" tags=["slide-only"]
"""
## All three measures have a long tail

Most people buy little and spend little.

A few hold up the tail on the right.
"""

# %% tags=["slide"]
plots.rfm.measures(facts)

# %% [markdown] lang="zh"
"""
**这张图说了什么：** 三个指标都拖着长尾巴。多数人买得少、花得少，少数人撑起右边那条尾巴（最高的 1% 合并在最后一根柱子里）。**它没说什么：** 单看一张图，不知道花钱多的人是不是也来得勤。所以要给每个指标打分，再合起来看。
"""

# %% [markdown] lang="en"
"""
**What the figure tells:** all three have a long tail. Most people buy little and spend little; a few hold up the tail on the right (the top 1% are gathered in the last bar). **What it does not tell:** whether those who spend much also come often. That is why we score each measure and then look at them together.
"""

# %% [markdown] lang="zh"
"""
## 5. 打分：1 到 5 分

**五分位。** 把客户按指标排队，平均切成 5 段，最好的一段得 5 分。最近一次消费是天数，**越少越好**，所以最近来过的人得 5 分。

相同的值必须得相同的分。如果 60% 的客户都只买过一次，他们就都在同一段里：频率得分里 2 分、3 分可能一个人也没有。这叫五分位“挤成一团”，不是程序出错，是客户真的差不多。悦选没有那么极端，但看看下表：频率得 1 分的人，比别的分数都多。

并列的人正好跨在切口上，算哪一段？频率和金额算**低的**一段：只买过一次的人再多，也不叫“勤”。最近一次消费跟着**多数人**走：店庆那天来了四成客户，一半站在最好的一段，就都得 5 分。不会因为昨天来的人多，反而谁也拿不到 5 分。
"""

# %% [markdown] lang="en"
"""
## 5. Scores from 1 to 5

**Fifths.** Line the customers up by a measure, cut the line into 5 equal parts, and the best part gets 5. Recency is a number of days, and **less is better**, so those who came last get 5.

Equal values must get equal scores. If 60% of the customers bought once, they all stand in one part: nobody may have a 2 or a 3 for frequency. The fifths have collapsed. That is no error of the program; these customers really are alike. Yuexuan is less extreme, but look at the table below: more customers have a 1 for frequency than any other score.

And when the ties lie right across a cut, which part do they go to? For frequency and money the **lower** one: however many bought once, they are not "frequent". For recency, where **most of them** stand: when four in ten came to yesterday's anniversary sale, half of them stand in the best part, and all get 5. Nobody loses the 5 because many others came yesterday too.
"""

# %% [markdown] lang="zh" tags=["slide-only"]
"""
## 五分位：排队，切成 5 段，最好的得 5 分

- 最近一次消费是天数，**越少越好**：最近来过的人得 5 分
- 频率和金额，越多越好
- 它是排名：别人来得更勤，你不变也会掉分
"""

# %% [markdown] lang="en" tags=["slide-only"]
"""
## Fifths: line up, cut into 5 parts, the best part gets 5

- Recency is a number of days and **less is better**: those who came last get 5
- For frequency and money, more is better
- It is a rank: when others come more often, you fall without any change
"""

# %% [markdown] lang="zh" tags=["slide-only"]
"""
## 相同的值得相同的分，五分位会挤成一团

看频率那一列：得 1 分的人最多，因为很多人都只买过一次。程序没错，客户真的差不多。

- 频率和金额：并列的人算低的一段
- 最近一次消费：跟着多数人走，昨天来的人再多，也都得 5 分
"""

# %% [markdown] lang="en" tags=["slide-only"]
"""
## Equal values, equal scores: the fifths collapse

The column of frequency: a 1 is the commonest, because many bought only once. These customers are alike.

- Frequency and money: ties go to the lower part
- Recency: ties go with most; yesterday's all get 5
"""

# %% tags=["slide"]
scores = rfm.rfm_scores(facts)
scores.apply(lambda score: score.value_counts()).sort_index().fillna(0).astype(int).pipe(labelled)

# %% [markdown] lang="zh"
"""
**固定门槛。** 另一种办法是自己定线：30 天内来过得 5 分，60 天内得 4 分，以此类推。门槛下个月还是那条线，所以客户的分数变了，就是客户变了，不是别人变了。代价是门槛要有人定，也要有人每年复核。

`Cuts` 把门槛写在一处，存起来下个月再用。频率和金额从小到大写；最近一次消费也从小到大写，程序知道天数少是好事。
"""

# %% [markdown] lang="en"
"""
**Fixed thresholds.** The other way is to draw the lines ourselves: within 30 days gets 5, within 60 days gets 4, and so on. Next month the line is still there, so when a customer's score changes, it is the customer who changed and not the others. The price: someone has to set the thresholds, and review them every year.

`Cuts` keeps the thresholds in one place, to be saved and used next month. Frequency and money are written from small to large; so is recency, and the program knows that few days are good.
"""

# %% [markdown] lang="zh" tags=["slide-only"]
"""
## 固定门槛：下个月还是那条线

- 30 天内来过得 5 分，60 天内得 4 分，以此类推
- 分数变了，就是客户变了，不是别人变了
- 代价：要有人定，也要有人每年复核
"""

# %% [markdown] lang="en" tags=["slide-only"]
"""
## Fixed thresholds: next month the line is still there

- Within 30 days gets 5, within 60 days gets 4, and so on
- When a score changes, the customer changed, not the others
- The price: someone sets them, and reviews them every year
"""

# %%
cuts = rfm.Cuts(recency_days=(30, 60, 90, 180), frequency=(2, 3, 5, 8), monetary=(200, 500, 1000, 3000))
fixed = rfm.rfm_scores(facts, cuts)
labelled(fixed.head())

# %% [markdown] lang="zh"
"""
打好分的表有三列：`r_score`、`f_score`、`m_score`，各从 1 到 5。
"""

# %% [markdown] lang="en"
"""
The scores are three columns, `r_score`, `f_score` and `m_score`, each from 1 to 5.
"""

# %%
scores[["r_score", "f_score", "m_score"]].head(3)

# %% [markdown] try="rfm-fixed-score rfm-one-time-share"

# %% [markdown] lang="zh"
"""
## 6. 从得分到客群

三个得分，每个 1 到 5，合起来有 125 种。没有哪个销售记得住 125 种客户。国内常见的做法是每个指标只分高低，得到 8 类。多少分算高，各家自己定：这门课以 4 分及以上为高，也有人以平均分为界，写进报告时要说明。营销软件常用另一张图，分 11 类。两种都是一张不重叠的表：每位客户只落在一格里，和规则写在第几行没有关系。
"""

# %% [markdown] lang="en"
"""
## 6. From scores to segments

Three scores from 1 to 5 make 125 combinations. No salesperson remembers 125 kinds of customer. The usual way in China is to split each measure into high and low, which gives 8 segments. Where high begins everyone settles for themselves: this course takes 4 and above, others the average score, and a report has to say which. Marketing software often uses another map with 11. Both are tables without overlap: each customer falls into one cell, wherever a rule stands in the list.
"""

# %% [markdown] lang="zh" tags=["slide-only"]
"""
## 125 种组合没人记得住，8 类记得住

- 每个指标只分高低：4 分及以上为高
- 三个高低，正好八类
- 八类不重叠：每位客户只落在一格
"""

# %% [markdown] lang="en" tags=["slide-only"]
"""
## Nobody remembers 125 combinations, but 8 will stick

- Each measure is only high or low: 4 and above is high
- Three times high or low makes just 8 segments
- No overlap: each customer falls into one cell
"""

# %% [markdown] lang="zh" tags=["slide-only"]
"""
## 重要价值客户人不多，带来一半的钱

人数最多的是“一般挽留客户”，钱却只有一成。
"""

# %% [markdown] lang="en" tags=["slide-only"]
"""
## Champions are few and bring half of the money

Most people are "regular to win back", with only a tenth of the money.
"""

# %% tags=["slide"]
segment = rfm.segments8(scores)
sizes = facts.groupby(segment)["monetary"].agg(customers="size", money="sum")
sizes["money_share"] = sizes["money"] / sizes["money"].sum()
labelled(sizes.sort_values("money", ascending=False).round(3))

# %% [markdown] lang="zh"
"""
另一张图的 11 类长这样。先看多久没来，再看频率和金额的平均：刚来过的，从“新近首购客户”到“冠军客户”；好久没来的，从“已失去客户”到“不能失去的客户”，后者以前是最好的客户。
"""

# %% [markdown] lang="en"
"""
These are the 11 segments of the other map. It looks first at how long ago, then at the average of frequency and money: of those who were here lately, from "new customers" up to "champions"; of those away for long, from "lost" up to "cannot lose", who used to be the best.
"""

# %%
labelled(rfm.segments11(scores).value_counts().rename("customers").to_frame())

# %% [markdown] lang="zh" tags=["slide-only"]
"""
## 钱不少、正在走远的：重要保持客户

他们以前买得勤、花得多，只是最近没来。

打了电话会不会回来？这张图没有说。
"""

# %% [markdown] lang="en" tags=["slide-only"]
"""
## Much money, walking away: high value to keep

They bought often and spent much, and have not come lately.

Will they come back when called? The figure does not say.
"""

# %% tags=["slide"]
plots.rfm.segment_sizes(facts, segment)

# %% [markdown] lang="zh"
"""
**这张图说了什么：** 人数最多的一类，不一定是带来钱最多的一类。“重要保持客户”以前买得勤、花得多，只是最近没来：人不算多，钱却不少。**它没说什么：** 打了电话他们会不会回来。
"""

# %% [markdown] lang="en"
"""
**What the figure tells:** the segment with most people need not be the one with most money. Those "high value to keep" bought often and spent much, and have not come lately: not many people, but a good deal of money. **What it does not tell:** whether they will come back when called.
"""

# %% [markdown] lang="zh" tags=["slide-only"]
"""
## 同样是 A 级，有人常来，有人正在走远

列是上一课的等级，行是今天的八类。
"""

# %% [markdown] lang="en" tags=["slide-only"]
"""
## Some As still come, others are walking away

Columns: the grades of the lesson before. Rows: the eight segments.
"""

# %% tags=["slide"]
grade = value.abc(facts["monetary"]).rename("grade")
labelled(pd.crosstab(segment, grade))

# %% [markdown] lang="zh"
"""
这是上一课的 ABC 等级（列）和今天的八类（行）叠在一起。同样是 A 级，有的在“重要价值客户”那一行，还常来；有的在“重要保持客户”和“重要挽留客户”那两行，正在走远。只看等级，看不出这个差别。
"""

# %% [markdown] lang="en"
"""
These are the ABC grades of the lesson before (columns) laid over today's eight segments (rows). Some As are champions and still come; others stand in the rows "high value to keep" and "high value to win back" and are walking away. The grade alone does not show the difference.
"""

# %% [markdown] lang="zh" tags=["slide-only"]
"""
## 最亮的角落：买过一次，还没再来

右上角是常客：来得勤，也来得近。

人多的格子不一定钱多。
"""

# %% [markdown] lang="en" tags=["slide-only"]
"""
## The brightest corner: bought once, not seen since

Top right are the regulars: often and lately.

A full cell need not hold much money.
"""

# %% tags=["slide"]
plots.rfm.heat_map(scores)

# %% [markdown] lang="zh"
"""
每格是一种组合有多少人，格子越亮人越多。右上角是常客：来得勤，也来得近。左下角最亮：很多人买过一次，到现在还没再来。不过，人多的格子不一定钱多，要和上一张图一起看。
"""

# %% [markdown] lang="en"
"""
Each cell counts the people with one combination; the brighter, the more. The top right are the regulars: often and lately. The bottom left is brightest: many bought once and have not come since. But a full cell need not hold much money; read it beside the figure before.
"""

# %% [markdown] try="rfm-money-share rfm-colleague-rules"

# %% [markdown] lang="zh" tags=["trainer"]
"""
**小组讨论（10 分钟）：** 每组拿一类客户，写一句店员能直接念出来的开场白，再写一句“什么情况下不打”。常见卡点：把“一般挽留客户”当成必须救的人。算一算：他们一年带来的钱，够不够付电话的工时？
"""

# %% [markdown] lang="en" tags=["trainer"]
"""
**Small groups (10 minutes):** each takes one segment and writes one opening sentence that staff can say aloud, and one "do not call when". Where they stumble: treating "regular to win back" as people who must be saved. Do the sum: does their yearly money pay for the hours on the phone?
"""

# %% [markdown] lang="zh"
"""
## 7. 自己动手调

拖动滑块：分几段？用相等的几段还是固定门槛？看各类人数、热力图和最值得打电话的前 10 位怎样跟着变。图下有一句话，说和打开时的设置相比，多少人换了类。试着回答：换成固定门槛，多少人换了类？再把“多少天内来过算近”从 30 拖到 60，“重要保持客户”是多了还是少了，为什么？
"""

# %% [markdown] lang="en"
"""
## 7. Try it by hand

Move the sliders: how many parts? Equal parts or fixed thresholds? Watch the sizes, the heat map and the 10 customers most worth a call follow. A sentence below says how many customers changed their segment, compared with the settings at the start. Try to answer: with fixed thresholds, how many change? Then move "Recent: within days" from 30 to 60: are there more or fewer "high value to keep", and why?
"""

# %% [markdown] lang="zh" tags=["slide-only"]
"""
## 门槛一动，有人就换了类

- 打开笔记本，拖动滑块
- 换成固定门槛：多少人换了类？
- 从 30 天拖到 60 天：重要保持客户多了还是少了？
"""

# %% [markdown] lang="en" tags=["slide-only"]
"""
## Move a threshold, and people change their segment

- Open the notebook and move the sliders
- To fixed thresholds: how many people change their segment?
- From 30 to 60 days: more or fewer "high value to keep"?
"""

# %% tags=["explorer"]
explore.rfm.show(company)

# %% [markdown] lang="zh"
"""
名单上要有客户编号，可编号是索引：`.reset_index()` 把索引变回一列。
"""

# %% [markdown] lang="en"
"""
A list needs the customers' numbers, and these are the index: `.reset_index()` makes the index a column again.
"""

# %%
facts.reset_index()[["customer_id", "monetary"]].head(3)

# %% [markdown] try="rfm-first-calls rfm-to-manager rfm-call-list"

# %% [markdown] lang="zh"
"""
> **在 Excel 里**：订单表里 B 是客户、C 是日期、D 是金额：最后一次购买 `=MAXIFS(C:C,B:B,A2)`，次数 `=COUNTIFS(B:B,A2)`，金额 `=SUMIFS(D:D,B:B,A2)`。排在第几成：`=PERCENTRANK.INC(E:E,E2)`。没有 MAXIFS 的 Excel 2016，用数据透视表取日期的最大值。运行下一格，就有一份公式都写好的工作簿，里面留着一张空表给你自己的二十位客户。
"""

# %% [markdown] lang="en"
"""
> **In Excel**: In a table of orders with the customer in B, the date in C and the money in D: last purchase `=MAXIFS(C:C,B:B,A2)`, number `=COUNTIFS(B:B,A2)`, money `=SUMIFS(D:D,B:B,A2)`. How far up somebody stands: `=PERCENTRANK.INC(E:E,E2)`. Where Excel 2016 has no MAXIFS, a pivot table shows the maximum of the date. Run the next cell for a workbook with all formulas written, and an empty sheet for twenty customers of your own.
"""

# %% tags=["skip-execution", "nbval-skip"]
excel("04")

# %% [markdown] lang="zh"
"""
## 8. 小测验
"""

# %% [markdown] lang="en"
"""
## 8. Quiz
"""

# %%
quiz("04")

# %% [markdown] about="key_points"

# %% [markdown] lang="zh"
"""
## 在你的公司

只需要一张订单表：客户、订单号、日期、金额。先在课程起始页打开“自己的数据”，上传这张表、核对每一列：它在笔记本旁边的 `own` 文件夹里写好 `company.toml`。然后把第一格的 `load()` 换成 `load("own/company.toml")`，这一课从头到尾都会用你的数据。

- 没有订单号？一位客户同一天的购买算一单，并写在报告里。
- 退货单独一张表？先把它们接到订单下面，金额写成负数。
- 没有客户号的散客？他们不进 RFM，但要报告有多少行、多少钱。

名单打完要碰头。每周五用十五分钟，每人说三件事：打通了几位，听到了什么，哪个标签和真人对不上。对不上的当场改，听到的写进客户备注；名单一周比一周准，靠的是这十五分钟。

不写代码也行：在那一页按“分层并出报告”，或在终端运行 `custseg run own/company.toml`，得到 RFM 表、各类人数和一张图。
"""

# %% [markdown] lang="en"
"""
## In your company

One table of orders is enough: customer, order number, date, amount. Open “Your own data” from the start page of the course, upload the table and check its columns: it writes `company.toml` into the folder `own` beside the notebooks. Then replace `load()` in the first cell by `load("own/company.toml")`: the whole lesson runs on your data.

- No order number? Take one customer's purchases of a day as one order, and say so in the report.
- Returns in a table of their own? Put them below the orders first, with negative amounts.
- Walk-in buyers without a customer number? They stay out of RFM, but report how many lines and how much money they are.

After the calls the team meets: fifteen minutes every Friday, three things from each: how many were reached, what they said, and which tag did not fit the person. What does not fit is corrected on the spot, what was said goes into the notes; these fifteen minutes make next week's list better than this week's.

Without code: press “Tiers and report” on that page, or run `custseg run own/company.toml` in a terminal, and get the RFM table, the sizes of the segments and a figure.
"""

# %% [markdown] lang="zh" tags=["slide-only"]
"""
## 在你的公司：四列就够

- 客户、订单号、日期、金额
- 没有订单号：同一天的购买算一单，写在报告里
- 退货单独一张表：接到订单下面，金额写成负数
- 没有客户号的散客：不进 RFM，但要报告有多少
"""

# %% [markdown] lang="en" tags=["slide-only"]
"""
## In your company: four columns are enough

- Customer, order number, date, amount
- No order number: one day's purchases are one order, and the report says so
- Returns in their own table: put them below the orders, as negative amounts
- Walk-in buyers without a number: out of RFM, but report how many
"""

# %% [markdown] lang="zh"
"""
## 别处怎么叫

| 这门课里 | 别处也叫 |
|---|---|
| 最近一次消费、消费频率、消费金额 | RFM；近度、频度、额度 |
| 五分位 | quintile、等频分箱 |
| 快照日 | 截止日、观察日；as-of date |
| 重要保持客户 | 重要唤回客户、重要召回客户；at risk |

想往下读：

- Hughes, A. M. (1994). *Strategic Database Marketing*. Probus：五分位打分的出处。
- Fader, P. S., Hardie, B. G. S., & Lee, K. L. (2005). RFM and CLV: Using iso-value curves for customer base analysis. *Journal of Marketing Research*, 42(4)：RFM 怎样通到第 09 课的客户终身价值。
"""

# %% [markdown] lang="en"
"""
## What others call this

| in this course | elsewhere also |
|---|---|
| recency, frequency, monetary value | RFM |
| fifths | quintiles, equal-frequency binning |
| snapshot day | as-of date, cut-off date |
| high value to keep | at risk, can't lose them |

To read on:

- Hughes, A. M. (1994). *Strategic Database Marketing*. Probus: where scoring by fifths comes from.
- Fader, P. S., Hardie, B. G. S., & Lee, K. L. (2005). RFM and CLV: Using iso-value curves for customer base analysis. *Journal of Marketing Research*, 42(4): how RFM leads to the customer lifetime value of lesson 09.
"""

# %% [markdown] about="next"

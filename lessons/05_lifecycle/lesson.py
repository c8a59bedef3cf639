# %% [markdown] about="opening"

# %% [markdown] lang="zh"
"""
## 故事与数据

上一课的电话名单很管用，可小林发现一件怪事：名单上有两位“90 天没来”的客户。打给第一位，她笑了：“我每半年囤一次奶粉，还没吃完呢。”打给第二位，电话那头沉默了一下：“我早就换别家了。”

同样 90 天，一位正常，一位已经走了。RFM 只看今天站在哪里；这一课看他平时怎么走。
"""

# %% [markdown] lang="en"
"""
## Story and data

The call list of the last lesson served well, yet Lin noticed something odd: two customers on it had been away for 90 days. The first laughed: "I stock up on baby milk twice a year; I am not through with it." The second was silent for a moment: "I changed to another shop long ago."

The same 90 days: one quite normal, one gone. RFM sees where a customer stands today; this lesson sees how they usually walk.
"""

# %% [markdown] lang="zh" tags=["slide-only"]
"""
## 同样 90 天没来，一位正常，一位已经走了

- “我每半年囤一次奶粉，还没吃完呢”
- “我早就换别家了”
- RFM 看今天站在哪里；这一课看平时怎么走
"""

# %% [markdown] lang="en" tags=["slide-only"]
"""
## 90 days away: one is fine, the other has left

- "I stock up on baby milk twice a year and still have some"
- "I went elsewhere long ago"
- RFM sees where they stand today; this lesson sees how they walk
"""

# %%
import pandas as pd

from custseg_helpers import (
    cohort,
    cycle,
    excel,
    explore,
    labelled,
    lifecycle,
    load,
    money_by,
    order_facts,
    plots,
    quiz,
    use_language,
)

use_language(t(zh="zh", en="en"))

company = load()
customers = company.customers.set_index("customer_id")
facts = order_facts(company.orders, company.as_of)
labelled(facts[["recency_days", "frequency", "order_days", "mean_gap_days"]].head().round(1))

# %% [markdown] lang="zh"
"""
`order_days` 是来买过东西的天数，`mean_gap_days` 是两次购买之间平均隔几天。只来过 1 天的人没有间隔，所以空着（NaN）：空着就是不知道，不是 0。
"""

# %% [markdown] lang="en"
"""
`order_days` counts the days with a purchase, `mean_gap_days` the mean number of days between them. Who came on 1 day only has no gap, so it is empty (NaN): empty means not known, it does not mean 0.
"""

# %% [markdown] lang="zh" tags=["trainer"]
"""
**老师：** 请每人写下自己三样东西的购买间隔：牛奶、洗发水、手机。再问：“多少天没买，你才算流失？”三样东西三个答案，这一课的道理就讲完了一半。

**卡点：** 把“生命周期阶段”和“客户终身价值”混为一谈。阶段说走到哪一步，终身价值说将来值多少（第 09 课）。

**来不及时：** 第 3 节是选学，整节跳过；学得快的人自己看等待曲线。
"""

# %% [markdown] lang="en" tags=["trainer"]
"""
**Trainer:** Let everyone write down how often they buy three things: milk, shampoo, a telephone. Then ask: "After how many days without buying are you lost?" Three things, three answers: half the lesson is told.

**Where they stumble:** mixing up the stage with customer lifetime value. The stage says how far they have come, lifetime value what they will be worth (lesson 09).

**When late:** section 3 is optional; skip it, and let those who are early read the waiting curve.
"""

# %% [markdown] lang="zh"
"""
## 1. 每个人有自己的节奏

四位客户，都是 40 天没来。看第三列：平时隔几天来一次。
"""

# %% [markdown] lang="en"
"""
## 1. Everyone has a rhythm

Four customers, all away for 40 days. Look at the third column: how many days usually pass between visits.
"""

# %% [markdown] lang="zh" tags=["slide-only"]
"""
## 都是 40 天没来：有人不对劲，有人还没到时候

看最后一列：已经过了几个平时的间隔。
"""

# %% [markdown] lang="en" tags=["slide-only"]
"""
## All 40 days away: something is wrong with one, another is not due yet

See the last column: how many of their usual gaps have passed.
"""

# %% tags=["slide"]
few = pd.DataFrame(
    {"recency_days": [40, 40, 40, 40], "order_days": [20, 6, 4, 1], "mean_gap_days": [7.0, 30.0, 90.0, None]},
    index=t(zh=["陈静", "刘洋", "何芳", "马磊"], en=["Chen Jing", "Liu Yang", "He Fang", "Ma Lei"]),
)
labelled(few.join(cycle.purchase_cycle(few, company=60)).round(1))

# %% [markdown] lang="zh"
"""
`gaps_since` 是“已经过了几个平时的间隔”。陈静平时 7 天来一次，现在过了 5.7 个间隔：不对劲了。何芳平时 90 天来一次，才过 0.4 个：先别联系她。马磊只来过 1 天，没有自己的节奏，先用公司的 60 天。
"""

# %% [markdown] lang="en"
"""
`gaps_since` tells how many of the usual gaps have passed. Chen Jing comes every 7 days and 5.7 gaps have passed: something is wrong. He Fang comes every 90 days and only 0.4 have passed: no need to call. Ma Lei came on 1 day only and has no rhythm yet, so the company's 60 days stand in.
"""

# %%
print(t(zh="公司的节奏（天）：", en="the company's rhythm (days):"), round(cycle.typical_gap(facts)))

# %% [markdown] lang="zh"
"""
公司的节奏是所有回头客间隔的中位数，就是上面印的天数。只有回来过的人才有间隔，所以它偏短：只买过一次的人，多半更慢。
"""

# %% [markdown] lang="en"
"""
The company's rhythm is the median gap of all who came back: the days printed above. Only those who came back have a gap, so it is rather too short: whoever bought once is probably slower.
"""

# %% [markdown] lang="zh"
"""
`cycle.typical_gap(facts)` 给出公司的节奏，一个数；`cycle.purchase_cycle(facts)` 给出每位客户自己的，一张表，`gaps_since` 是其中一列。
"""

# %% [markdown] lang="en"
"""
`cycle.typical_gap(facts)` gives the rhythm of the company, one number; `cycle.purchase_cycle(facts)` gives each customer's own, a table of which `gaps_since` is a column.
"""

# %%
cycle.purchase_cycle(facts)["gaps_since"].head(3)

# %% [markdown] try="lifecycle-rhythm lifecycle-gaps-passed"

# %% [markdown] lang="zh"
"""
## 2. 七个阶段

从登记到离开，一共七个阶段，后面是代码里的写法：

- **潜在客户** `potential`：登记了，还没买过；
- **新客户** `new`：第一次购买还没过公司的一个节奏；
- **活跃客户** `active`：按自己的节奏在来；
- **忠诚客户** `loyal`：在来，而且满 5 单；
- **休眠客户** `dormant`：超过 2 个平时的间隔没来；
- **流失客户** `churned`：超过 4 个平时的间隔没来；
- **赢回客户** `won_back`：曾经流失，又回来了。

从登记到第一笔成交也有远近，`lifecycle.deal_stage` 分成三步：潜在，什么表示也没有；意向，加购或点击过，还没买；成交，买过了。
"""

# %% [markdown] lang="en"
"""
## 2. Seven stages

From registering to leaving, there are seven stages, each with its code:

- **Potential** `potential`: registered, never bought;
- **New** `new`: the first purchase is less than one company rhythm ago;
- **Active** `active`: comes at a rhythm of their own;
- **Loyal** `loyal`: comes, and has 5 orders or more;
- **Dormant** `dormant`: away for more than 2 usual gaps;
- **Churned** `churned`: away for more than 4 usual gaps;
- **Won back** `won_back`: had churned, and came again.

The way from registering to the first deal has steps too. `lifecycle.deal_stage` knows three: potential, no sign at all; intent, has put something into a cart or clicked, and not bought; closed, has bought.
"""

# %% [markdown] lang="zh" tags=["slide-only"]
"""
## 从登记到离开：七个阶段

- 潜在：登记了，还没买过；新：刚买第一次
- 活跃：按自己的节奏在来；忠诚：还满 5 单
- 休眠：超过 2 个平时的间隔没来
- 流失：超过 4 个
- 赢回：曾经流失，又回来了
"""

# %% [markdown] lang="en" tags=["slide-only"]
"""
## Seven stages from signing up to leaving

- Potential: signed up, never bought; new: just the first purchase
- Active: comes at their own pace; loyal: and has 5 orders
- Dormant: away for more than 2 usual gaps
- Churned: more than 4
- Won back: had churned and returned
"""

# %% [markdown] lang="zh" tags=["slide-only"]
"""
## 潜在客户也要数：没买过，不等于不存在

有意向的人最值得推一把：一条提醒，可能就是第一单。
"""

# %% [markdown] lang="en" tags=["slide-only"]
"""
## Count the potential ones too: no purchase is not no customer

Those who showed interest deserve a nudge: one reminder may be the first order.
"""

# %% tags=["slide"]
everyone = facts.reindex(customers.index)
stage = lifecycle.stage(everyone)
labelled(stage.value_counts())

# %%
signs = company.interactions[company.interactions["kind"].isin(["cart", "click"])]
labelled(lifecycle.deal_stage(everyone["frequency"], signs.groupby("customer_id").size()).value_counts())

# %% [markdown] lang="zh"
"""
`reindex` 把没买过的人也放回表里，不然潜在客户会凭空消失。第二张表把第一张的潜在客户拆成了两份：没有表示的，和有意向的。有意向的人最值得推一把：一条提醒，可能就是第一单。

如果给所有人用同一个“90 天”，谁会被错怪？假定人人都是 45 天来一次（`cycle=45`）：超过 2 个间隔，也就是 90 天，算休眠；超过 4 个，也就是 180 天，算流失。
"""

# %% [markdown] lang="en"
"""
`reindex` puts those who never bought back into the table, or the potential customers would vanish. The second table divides the potential customers of the first in two: those without a sign and those with intent. The latter are worth a nudge: one reminder may bring the first order.

With the same 90 days for everybody, who is misjudged? Suppose that all come every 45 days (`cycle=45`): more than 2 gaps, 90 days, is dormant; more than 4, 180 days, is churned.
"""

# %% [markdown] lang="zh" tags=["slide-only"]
"""
## 一刀切的“90 天”，冤枉了按自己节奏在来的人

行是一刀切，列是按自己的节奏。对角线以外的人，两种说法不同。
"""

# %% [markdown] lang="en" tags=["slide-only"]
"""
## One rule of "90 days" misjudges those who come at their own pace

Rows: one rule for all. Columns: one's own pace. Off the diagonal the two disagree.
"""

# %% tags=["slide"]
one_rule = lifecycle.stage(everyone, cycle=45, own_cycle=False)
labelled(lifecycle.transitions(one_rule, stage)).rename_axis(t(zh="一刀切", en="one rule for all"))

# %% [markdown] lang="zh"
"""
行是“一刀切：90 天休眠、180 天流失”，列是“按自己的节奏”。不在对角线上的人，两种算法说法不同。看“休眠客户”那一行、“活跃客户”那一列：一刀切叫他们休眠，按自己的节奏其实还在来，一条“好久不见”的短信只会让人莫名其妙。
"""

# %% [markdown] lang="en"
"""
Rows are "one rule for all: dormant after 90 days, churned after 180", columns "by their own rhythm". Off the diagonal the two disagree. Look at the row "dormant" and the column "active": one rule calls these people dormant while at their own rhythm they still come, and a "long time no see" will only puzzle them.
"""

# %% [markdown] lang="zh"
"""
`lifecycle.stage(facts)` 给每位客户一个阶段。
"""

# %% [markdown] lang="en"
"""
`lifecycle.stage(facts)` gives every customer a stage.
"""

# %% [markdown] try="lifecycle-stage-sizes lifecycle-one-rule"

# %% [markdown] lang="zh"
"""
## 3. 选学：同一批人，后来来了多少

这一节留给学得快的人，也可以课后看；跳过它，第 4 节照样读得懂。

把第一次购买在同一个月的人放在一起，叫一个同期群（cohort）。之后每个月，还有百分之几的人来买？
"""

# %% [markdown] lang="en"
"""
## 3. Optional: of those who came together, how many come later

This section is for those who are early, or for later; section 4 does not need it.

Put those together whose first purchase was in the same month: a cohort. In each month after, what percentage comes to buy?
"""

# %% [markdown] lang="zh" tags=["slide-only"]
"""
## 同期群：横着看变少，竖着看新老

第一次购买在同一个月的人，是一个群。

右下角空白是还没到的月份，不是零。
"""

# %% [markdown] lang="en" tags=["slide-only"]
"""
## Cohorts: along a row they shrink, down a column new meets old

A cohort bought first in the same month.

The blank corner is months still to come, not zero.
"""

# %% tags=["slide"]
by_month = money_by(company.orders, "month")
plots.lifecycle.retention(cohort.retention(cohort.cohorts(by_month)))

# %% [markdown] lang="zh"
"""
**这张图说了什么：** 横着看，一个同期群往后有没有变少；竖着看，新来的群比老的好还是差。右下角空白是还没到的月份，不是零。**它没说什么：** 这个月没来，不等于走了；第 1 节说过，有人本来就半年来一次。
"""

# %% [markdown] lang="en"
"""
**What the figure tells:** along a row, whether a cohort shrinks; down a column, whether new cohorts do better or worse than old ones. White at the bottom right are months yet to come, not zeros. **What it does not tell:** not coming in a month is not leaving; as section 1 said, some come twice a year.
"""

# %% [markdown] lang="zh"
"""
第一次购买之后，要等多久才有第二次？这个问题有个陷阱：有的人**还没等到**。删掉他们，等待就显得太短；当成永远不来，又太悲观。等待曲线（Kaplan–Meier）的办法是：等了多久，就算他在场多久。
"""

# %% [markdown] lang="en"
"""
After the first purchase, how long until the second? The question has a trap: some **are still waiting**. Drop them, and the wait looks too short; count them as never, and it looks too bleak. The waiting curve (Kaplan–Meier) counts each as present for as long as they have waited.
"""

# %% [markdown] lang="zh" tags=["slide-only"]
"""
## 等到一半首购客户回来，要 110 天

还没等到的人不能删，也不能算作不回来。

要打电话，趁曲线变平之前。
"""

# %% [markdown] lang="en" tags=["slide-only"]
"""
## Half of the first-time buyers are back after 110 days

Those still waiting are neither dropped nor counted as lost.

Call before the curve goes flat.
"""

# %% tags=["slide"]
waiting = cohort.second_purchase(facts)
curve = cohort.survival(waiting["days"], waiting["happened"])
print(
    t(zh="等到一半人回来，要几天：", en="days until half have come back:"), f"{cohort.days_until(curve):.0f}"
)
print(
    t(zh="等到第 30 天，还没回来的：", en="still waiting after 30 days:"),
    f"{curve.loc[curve.index <= 30, 'survival'].iloc[-1]:.0%}",
)
plots.lifecycle.survival_curve(curve)

# %% [markdown] lang="zh"
"""
**这张图说了什么：** 一半首购客户在多少天之内会回来（印在图上方），曲线越往后越平。**它没说什么：** 打个电话能不能让他们早点回来。不过可以拿它猜什么时候值得试：曲线变平之前。代码里 `curve.index <= 30` 挑出第 30 天以前的部分，`iloc[-1]` 取其中最后一个值。
"""

# %% [markdown] lang="en"
"""
**What the figure tells:** within how many days half of the first-time buyers come back (printed above); further right the curve flattens. **What it does not tell:** whether a call brings them sooner. Yet it hints when a call is worth a try: before the curve is flat. In the code, `curve.index <= 30` takes the part up to day 30 and `iloc[-1]` the last value in it.
"""

# %% [markdown] lang="zh"
"""
画曲线的表是 `cohort.survival(days, happened)`：`days` 是等了多少天，`happened` 是第二次有没有发生；结果里 `survival` 是还没有发生的比例，索引是天数。
"""

# %% [markdown] lang="en"
"""
The table of the curve is `cohort.survival(days, happened)`: `days` is how long we have waited, `happened` whether the second purchase came; in the result `survival` is the share for whom it has not, with the days as index.
"""

# %% [markdown] try="lifecycle-still-waiting"

# %% [markdown] lang="zh"
"""
## 4. 两个日期之间，谁换了阶段

90 天前每位客户在哪个阶段，今天又在哪个阶段？有两条规矩：90 天前的阶段，只用 90 天前知道的订单；两个日期用同一个公司节奏，不然动的是尺子，不是人。
"""

# %% [markdown] lang="en"
"""
## 4. Between two dates, who changed stage

Where was each customer 90 days ago, and where today? Two rules: the stage of 90 days ago uses only the orders known then; and both dates use one company rhythm, or the yardstick moves and not the people.
"""

# %% [markdown] lang="zh" tags=["slide-only"]
"""
## 比较两个日期，守两条规矩

- 90 天前的阶段，只用 90 天前知道的订单
- 两个日期用同一个公司节奏：不然动的是尺子，不是人
"""

# %% [markdown] lang="en" tags=["slide-only"]
"""
## Two rules for comparing two dates

- The stage of 90 days ago uses only orders known 90 days ago
- Both dates use one company pace: otherwise the ruler moves, not the people
"""

# %% [markdown] lang="zh" tags=["slide-only"]
"""
## 90 天里，谁换了阶段

一行是 90 天前的一个阶段，往右看今天去了哪里。

对角线是没动的人。
"""

# %% [markdown] lang="en" tags=["slide-only"]
"""
## Who changed stage within 90 days

A row is a stage 90 days ago; read right for where they are today.

The diagonal did not move.
"""

# %% tags=["slide"]
before = company.as_of - pd.Timedelta(days=90)
then = order_facts(company.orders, before)
both = lifecycle.stages(
    {before: then, company.as_of: facts}, customers["signup_date"], cycle.typical_gap(then)
)
plots.lifecycle.transition_matrix(lifecycle.transitions(both[before], both[company.as_of]))

# %% [markdown] lang="zh"
"""
一行是 90 天前的一个阶段，往右看这些人今天去了哪里，每行合起来是 100%。对角线是没动的人。图上看不出为什么动。季节、促销、竞争对手开店，都会让人换阶段。
"""

# %% [markdown] lang="en"
"""
A row is a stage 90 days ago; to the right, where these people are today; each row adds up to 100%. The diagonal did not move. The figure does not show why. Season, promotions and a competitor's new shop all make people move.
"""

# %% [markdown] lang="zh"
"""
哪一种变化伴随的钱最多？把前 90 天和后 90 天的消费放在一起比。
"""

# %% [markdown] lang="en"
"""
Which move goes with most money? Compare the spending of the 90 days before with that of the 90 days after.
"""

# %% [markdown] lang="zh" tags=["slide-only"]
"""
## 变化伴随着钱，不等于变化带来了钱

最长的那几条，先去问为什么。

少了一个电话的缘故吗？要留出对照组才知道。
"""

# %% [markdown] lang="en" tags=["slide-only"]
"""
## Money goes along with change; that is not proof

Begin with the longest bars and ask why.

For want of a call? Only a holdout group tells.
"""

# %% tags=["slide"]
dates = company.orders["order_date"]
earlier = company.orders[(dates > before - pd.Timedelta(days=90)) & (dates <= before)]
later = company.orders[dates > before]
spent_before, spent_after = [part.groupby("customer_id")["amount"].sum() for part in (earlier, later)]
worth = lifecycle.transition_worth(both[before], both[company.as_of], spent_before, spent_after)
plots.lifecycle.transition_worth(worth)

# %% [markdown] lang="zh"
"""
每一条是从哪个阶段到哪个阶段（括号里是人数），往左是钱少了，往右是钱多了。最长的那几条，先去问为什么。图上看不出派了人能不能少丢。变成休眠的人，按定义就是没来买，钱当然少；是不是因为少了一个电话，要留出对照组才知道。
"""

# %% [markdown] lang="en"
"""
Each bar is a move from one stage to another (the number of people in brackets); to the left there is less money, to the right more. Ask about the longest ones first. The figure does not show whether sending someone would save it. Who became dormant has, by definition, not bought, so there is less money; whether a call was missing, only a holdout group can tell.
"""

# %% [markdown] lang="zh"
"""
`lifecycle.stages` 在几个日子各定一次阶段，要有每个日子的事实、注册日期 `signup_date` 和节奏；`lifecycle.transitions(…)` 数出从前一天到后一天谁走到了哪里。
"""

# %% [markdown] lang="en"
"""
`lifecycle.stages` gives the stages on several days: it takes the facts of each day, the day of registration `signup_date` and the rhythm; `lifecycle.transitions(…)` counts who went where from the first to the second.
"""

# %% [markdown] try="lifecycle-moves"

# %% [markdown] lang="zh"
"""
## 5. 生意的四个时期

阶段看来没来，时期看**钱往哪个方向走**：把最近两个季度的平均消费和以前比，多两成以上是成长期，少两成以上是衰退期，中间是成熟期，刚来的是导入期。一位天天来的客户，也可能在衰退期：他还来，只是买得越来越少。
"""

# %% [markdown] lang="en"
"""
## 5. Four phases of the business

The stage asks whether they come; the phase asks **which way the money goes**: compare the mean spending of the last two quarters with that before. More by a fifth is growth, less by a fifth is decline, in between is maturity, newcomers are in introduction. Even someone who comes daily can be in decline: still coming, but buying less and less.
"""

# %% [markdown] lang="zh" tags=["slide-only"]
"""
## 名单上最好看的人里，有人的钱在往下走

看“忠诚客户”那一行、“衰退期”那一列。
"""

# %% [markdown] lang="en" tags=["slide-only"]
"""
## Some of the best-looking customers spend less and less

See the row "loyal" and the column "decline".
"""

# %% tags=["slide"]
phase = lifecycle.phase(money_by(company.orders, "quarter"))
labelled(
    pd.crosstab(stage.reindex(phase.index), phase).reindex(
        columns=["introduction", "growth", "maturity", "decline"], fill_value=0
    )
)

# %% [markdown] lang="zh"
"""
看“忠诚客户”那一行、“衰退期”那一列：这些人名单上最好看，钱却在往下走。RFM 和阶段都不会报警，时期会。
"""

# %% [markdown] lang="en"
"""
Look at the row "loyal" and the column "decline": on the list they look best, yet their money goes down. Neither RFM nor the stage sounds the alarm; the phase does.
"""

# %% [markdown] lang="zh"
"""
## 6. 自己动手调

拖动“几个间隔算休眠”“几个间隔算流失”，看各阶段的人数和流失名单怎样变。再切到“一刀切”，比一比多打扰了多少人。
"""

# %% [markdown] lang="en"
"""
## 6. Try it by hand

Move the number of gaps after which a customer counts as dormant or churned, and watch the stages. Then switch to one rule for all and see how many more people would be contacted for nothing.
"""

# %% [markdown] lang="zh" tags=["slide-only"]
"""
## 换一把尺子，多打扰多少人？

打开笔记本，拖动两个间隔，再切到“一刀切”。
"""

# %% [markdown] lang="en" tags=["slide-only"]
"""
## Another ruler: how many more are contacted for nothing?

Open the notebook, move both gaps, then switch to one rule for all.
"""

# %% tags=["explorer", "slide"]
explore.lifecycle.show(company)

# %% [markdown] lang="zh"
"""
行（期初）是课上的分法，按各人的节奏；列（期末）是你选的分法，图里先选了“所有人用公司的节奏”。对角线以外的人，换个尺子就换了阶段。把“从哪里到这里”切到“90 天前”，行就是 90 天前的阶段，列是今天的阶段，都按你的门槛分。图上看不出哪把尺子对。拿换了阶段的人，翻几位的订单看看，再决定。
"""

# %% [markdown] lang="en"
"""
Rows (before) are the lesson's way, by each one's own rhythm; columns (after) are the way you chose, at first the company's rhythm for all. Whoever is off the diagonal changes stage with the yardstick. Switch "Flows from" to "90 days ago", and rows are the stages of 90 days ago and columns those of today, both by your thresholds. The figure does not show which yardstick is right. Look up the orders of a few who changed, and then decide.
"""

# %% [markdown] try="lifecycle-save-first lifecycle-churn-rate"

# %% [markdown] lang="zh" tags=["trainer"]
"""
**小组讨论（8 分钟）：** 每组领一个阶段，写三样：这个阶段的人最可能在想什么、我们做哪一件事、什么信号说明该停手。板书：一条横线上画七个阶段，把各组的“一件事”贴上去，看看有没有两个阶段贴了同一件。

**常见卡点：** 给忠诚客户也发“赢回券”。他们没走。
"""

# %% [markdown] lang="en" tags=["trainer"]
"""
**Small groups (8 minutes):** each takes one stage and writes three things: what people there probably think, the one thing we do, and the signal to stop. Board: a line with seven stages; pin each group's one thing on it and see whether two stages got the same.

**Where they stumble:** sending win-back coupons to loyal customers as well. They have not left.
"""

# %% [markdown] lang="zh"
"""
> **在 Excel 里**：C 是第一次购买、D 是最后一次、E 是下单天数。平均间隔：`=(D2-C2)/(E2-1)`，放在 F；公司的节奏：`=MEDIAN(F:F)`；过了几个间隔：`=(TODAY()-D2)/F2`。阶段就是一串 IF：大于 4 是流失，大于 2 是休眠。运行下一格，就有一份公式都写好的工作簿，里面留着一张空表给你自己的二十位客户。
"""

# %% [markdown] lang="en"
"""
> **In Excel**: C is the first purchase, D the last, E the days with an order. Mean gap: `=(D2-C2)/(E2-1)`, in F; the company's rhythm: `=MEDIAN(F:F)`; gaps passed: `=(TODAY()-D2)/F2`. The stage is a chain of IFs: above 4 churned, above 2 dormant. Run the next cell for a workbook with all formulas written, and an empty sheet for twenty customers of your own.
"""

# %% tags=["skip-execution", "nbval-skip"]
excel("05")

# %% [markdown] lang="zh"
"""
## 7. 小测验
"""

# %% [markdown] lang="en"
"""
## 7. Quiz
"""

# %%
quiz("05")

# %% [markdown] about="key_points"

# %% [markdown] lang="zh"
"""
## 在你的公司

把 `load()` 换成 `load("own/company.toml")`，只要有订单表就能跑。

- 没有注册日期？用第一笔订单的日期代替，潜在客户那个阶段会是空的，在报告里写明。
- 只有一年的数据？节奏慢的客户还看不出流失，先把“流失”改叫“长期未购”。
- 卖设备，三年才买一次？把间隔换成保养、耗材、询价这些更勤的接触（`interactions`）。
"""

# %% [markdown] lang="en"
"""
## In your company

Replace `load()` by `load("own/company.toml")`: a table of orders is enough.

- No sign-up date? Take the day of the first order; the stage of potential customers stays empty, and the report says so.
- Only one year of data? For slow buyers churn cannot be seen yet; call it "long without a purchase" for now.
- You sell equipment, once in three years? Measure the gaps between more frequent contacts: maintenance, supplies, enquiries (`interactions`).
"""

# %% [markdown] lang="zh" tags=["slide-only"]
"""
## 在你的公司：有订单表就能跑

- 没有注册日期：用第一笔订单的日期，写明
- 只有一年数据：“流失”先改叫“长期未购”
- 三年才买一次：看保养、耗材、询价的间隔
"""

# %% [markdown] lang="en" tags=["slide-only"]
"""
## In your company: a table of orders will do

- No day of signing up: take the first order, and say so
- Only one year of data: call "churned" "long without purchase" for now
- One purchase in three years: look at service, supplies, enquiries
"""

# %% [markdown] lang="zh"
"""
## 别处怎么叫

| 这门课里 | 别处也叫 |
|---|---|
| 流失、休眠 | churn、attrition、沉睡 |
| 同期群、留存表 | cohort analysis、留存率 |
| 还没等到的人 | 删失；censored |
| 等待曲线 | 生存曲线；Kaplan–Meier |
| 换阶段的表 | 转移矩阵；transition matrix、马尔可夫链 |

想往下读：

- Kaplan, E. L., & Meier, P. (1958). Nonparametric estimation from incomplete observations. *Journal of the American Statistical Association*, 53。
- Schmittlein, D. C., Morrison, D. G., & Colombo, R. (1987). Counting your customers: Who are they and what will they do next? *Management Science*, 33(1)：不签合同的生意里，怎样看谁走了。
- Pfeifer, P. E., & Carraway, R. L. (2000). Modeling customer relationships as Markov chains. *Journal of Interactive Marketing*, 14(2)。
"""

# %% [markdown] lang="en"
"""
## What others call this

| in this course | elsewhere also |
|---|---|
| churned, dormant | attrition, lapsed, inactive |
| cohort, retention table | cohort analysis, retention rate |
| those still waiting | censored |
| waiting curve | survival curve, Kaplan–Meier |
| table of changes of stage | transition matrix, Markov chain |

To read on:

- Kaplan, E. L., & Meier, P. (1958). Nonparametric estimation from incomplete observations. *Journal of the American Statistical Association*, 53.
- Schmittlein, D. C., Morrison, D. G., & Colombo, R. (1987). Counting your customers: Who are they and what will they do next? *Management Science*, 33(1): how to see who has left where no contract is signed.
- Pfeifer, P. E., & Carraway, R. L. (2000). Modeling customer relationships as Markov chains. *Journal of Interactive Marketing*, 14(2).
"""

# %% [markdown] about="next"

# %% [markdown] about="opening"

# %% [markdown] lang="zh"
"""
## 故事与数据

上一课给每位客户定了阶段。周一早上，苏晚晴拿着名单问了小林三个问题：“这位还按老节奏来吗？她想要什么？是打折才来，还是不打折也来？”小林一个也答不上来。

“那就去看他们做过什么，别猜。”苏晚晴说。数据专员陆子衡在旁边补了一句：“做过什么，也不等于喜欢什么。”

这一课把客户做过的事写成标签：节奏、活跃、兴趣、价格敏感度、对活动的响应；卖给单位的公司，再加上谁说了算。规矩只有一条，从头用到尾：**证据不够，就写“未知”**。

先把上一课的阶段算回来，后面要接着用。
"""

# %% [markdown] lang="en"
"""
## Story and data

The lesson before gave every customer a stage. On Monday morning Su Wanqing holds the list and asks Lin three questions: "Does this one still come at her old pace? What does she want? Does she come for discounts, or without them too?" Lin cannot answer one of them.

"Then look at what they did, and do not guess," says Su Wanqing. Lu Ziheng, the data specialist, adds: "What they did is not yet what they like."

This lesson writes what customers did into tags: pace, activity, interest, price sensitivity, response to campaigns; and for those who sell to companies, who decides. One rule holds from start to end: **where evidence is thin, write "unknown"**.

First bring back the stage of the lesson before; it is needed further on.
"""

# %% [markdown] lang="zh" tags=["slide-only"]
"""
## 做过什么，看得见；喜欢什么，别猜

- 这位还按老节奏来吗？
- 她想要什么？
- 打折才来，还是不打折也来？
- 规矩只有一条：证据不够，就写“未知”
"""

# %% [markdown] lang="en" tags=["slide-only"]
"""
## What they did we can see; what they like we do not guess

- Does she still come at her old pace?
- What does she want?
- Only for discounts, or without them too?
- One rule: too little evidence is "unknown"
"""

# %%
import pandas as pd

from custseg_helpers import (
    behaviour,
    cycle,
    explore,
    interaction_facts,
    interactions_by,
    labelled,
    lifecycle,
    load,
    money_by,
    order_facts,
    plots,
    quiz,
    response_facts,
    use_language,
)

use_language(t(zh="zh", en="en"))

company = load()
facts = order_facts(company.orders, company.as_of)
stage = lifecycle.stage(facts)
labelled(stage.value_counts().rename("customers").to_frame())

# %% [markdown] lang="zh" tags=["trainer"]
"""
**老师：** 开场两分钟。请一位学员说出自己常买的一样东西，其他人猜：她为什么买？把猜的理由写满半块黑板，再问本人。多半没几个猜中。这就是今天的两半：左边写“做过什么”（有记录），右边写“想要什么”（要推断）。整堂课都在问：从左边走到右边，凭什么？

**来不及时：** 第 7 节（活动响应）只看那张表；behaviour-not-sent 和 behaviour-tag-table 留作课后。卖给单位的班，第 8 节不要省，宁可省第 5 节。
"""

# %% [markdown] lang="en" tags=["trainer"]
"""
**Trainer:** Two minutes to open. One learner names something she often buys, and the others guess why. Fill half the board with guesses, then ask her. Few will be right. These are today's two halves: on the left "what they did" (recorded), on the right "what they want" (inferred). All lesson long we ask: what entitles us to go from left to right?

**When late:** of section 7 (campaigns) look at the table only; leave behaviour-not-sent and behaviour-tag-table for later. With a class that sells to companies do not cut section 8; rather cut section 5.
"""

# %% [markdown] lang="zh"
"""
## 1. 谁正在变慢

上一课算过每位客户的购买周期（purchase cycle）：平时隔几天来一次；过了 2 个间隔没来，才叫休眠。能不能早点看出来？看**间隔自己在不在变长**。

三位客户，每人有 4 天来买过东西。`gap` 是离上一次购买的天数：`diff()` 就是每一行减去上一行。
"""

# %% [markdown] lang="en"
"""
## 1. Who is slowing down

The lesson before found each customer's purchase cycle, the usual gap between two purchases, and called them dormant after 2 gaps without one. Can we see it sooner? Look whether **the gaps themselves grow longer**.

Three customers, each with purchases on 4 days. `gap` is the number of days since the purchase before: `diff()` takes each row less the one above.
"""

# %%
days = {
    t(zh="陈静", en="Chen Jing"): ["2025-11-13", "2025-11-20", "2025-11-27", "2025-12-04"],
    t(zh="何芳", en="He Fang"): ["2025-05-06", "2025-07-05", "2025-09-03", "2025-11-02"],
    t(zh="马磊", en="Ma Lei"): ["2025-09-13", "2025-10-23", "2025-12-02", "2025-12-20"],
}
few = pd.DataFrame(
    [(name, day) for name in days for day in days[name]], columns=["customer_id", "order_date"]
)
few["order_date"] = pd.to_datetime(few["order_date"])
few["gap"] = few.groupby("customer_id")["order_date"].diff().dt.days
few

# %% [markdown] lang="zh"
"""
今天是 2026-01-01。陈静以往每 7 天来一次，可 12 月 4 日以后已经 28 天没来：28 ÷ 7 = 4 倍，**变慢**。何芳一直是 60 天一次，距今也是 60 天：1 倍，**平稳**。马磊以往 40 天一次，最近一次只隔 18 天：0.45 倍，**变快**。

`cycle.pace` 做的就是这件事。它拿“近期间隔”除以“此前间隔”：到 2 倍算变慢，到一半算变快。还没走完的那一段（距今天数）一旦更长，就用它。至少有 4 天来买过才判断，否则写“未知”。
"""

# %% [markdown] lang="en"
"""
Today is 2026-01-01. Chen Jing used to come every 7 days, but since December 4 she has been away for 28: 28 ÷ 7 = 4 times, **slowing down**. He Fang always came every 60 days, and it is 60 days again: 1 time, **steady**. Ma Lei used to come every 40 days, and the last gap was only 18: 0.45 times, **speeding up**.

This is what `cycle.pace` does. It divides the recent gap by the earlier ones: from 2 times on is slowing down, from half down is speeding up. The gap still open (days until today) is taken once it is the longer one. It needs purchases on at least 4 days, else it writes "unknown".
"""

# %% [markdown] lang="zh" tags=["slide-only"]
"""
## 和自己以前比：间隔到 2 倍，就是变慢

陈静平时 7 天一次，现在 28 天没来。至少有 4 天来买过才判断。
"""

# %% [markdown] lang="en" tags=["slide-only"]
"""
## Compared with herself: twice the gap is slowing down

Chen Jing came every 7 days; now it is 28. It takes purchases on at least 4 days to judge.
"""

# %% tags=["slide"]
few_orders = few.assign(order_id=range(12), amount=100)
labelled(cycle.pace(order_facts(few_orders, "2026-01-01")).round(2))

# %% [markdown] lang="zh" tags=["slide-only"]
"""
## 三角离虚线越远，脚步慢得越多

橙红三角：近期间隔至少是以往的 2 倍。

为什么慢下来？图上看不出。
"""

# %% [markdown] lang="en" tags=["slide-only"]
"""
## The farther a triangle from the line, the slower the pace

Orange triangles: recent gaps at least 2 times the old ones.

Why? The figure does not say.
"""

# %% tags=["slide"]
pace = cycle.pace(facts)
plots.behaviour.pace(pace)

# %% [markdown] lang="zh"
"""
**这张图说了什么：** 每个点是一位客户，虚线上是“和以前一样”。两根轴都是对数轴：同样长的一段，总是同样的倍数。橙红的三角在虚线上方很远：近期间隔至少是以往的 2 倍。**它没说什么：** 为什么慢下来。搬家、换了别家、孩子长大不喝奶粉，图上都是同一个三角。

变慢的人里，有些早已流失，有些按阶段还是“活跃”“忠诚”。后一种最值得今天打电话：人还在，脚步已经慢了。`pd.crosstab` 是两个标签的透视表：一个作行，一个作列，格子里数人。
"""

# %% [markdown] lang="en"
"""
**What the figure tells:** each point is a customer, and the dashed line means "as before". Both axes are logarithmic: the same stretch is always the same factor. The orange-red triangles lie far above it: their recent gap is at least 2 times the earlier one. **What it does not tell:** why. Moved away, gone to another shop, a child that has outgrown baby milk: all are the same triangle.

Of those slowing down some churned long ago; others are still "active" or "loyal" by their stage. These are worth a call today: still with us, but walking slower. `pd.crosstab` is a pivot table of two tags: one makes the rows, one the columns, and the cells count people.
"""

# %% [markdown] lang="zh" tags=["slide-only"]
"""
## 人还在、脚步慢了：今天最值得打电话

看“活跃”“忠诚”两行的“变慢”。
"""

# %% [markdown] lang="en" tags=["slide-only"]
"""
## Still with us but slowing down: call them today

See "slowing down" in the rows "active" and "loyal".
"""

# %% tags=["slide"]
labelled(pd.crosstab(stage, pace["pace"]))

# %% [markdown] lang="zh"
"""
`cycle.pace` 判断的结果里，`slowing_down` 是慢下来了，`unknown` 是判断不了。
"""

# %% [markdown] lang="en"
"""
In what `cycle.pace` finds, `slowing_down` means slowing down and `unknown` that it cannot be told.
"""

# %%
(cycle.pace(facts)["pace"] == "slowing_down").sum()

# %% [markdown] try="behaviour-slowing-share behaviour-money-at-stake"

# %% [markdown] lang="zh"
"""
## 2. 不买了，还看不看

休眠是“很久没买”。可没买的人里，有的还天天刷小程序，有的连门都不登。`cycle.activity` 只问一句：在期限之内出现过吗？期限可以人人一样，也可以每人一个。

它的三个代码是 `"active"`（期限内出现过）、`"dormant"`（期限内没出现）和 `"unknown"`。前两个和生命周期的两个阶段同名，说的不是一件事，所以下面的表里换成自己的说法：“最近在”和“最近不在”。
"""

# %% [markdown] lang="en"
"""
## 2. No longer buying: still looking?

Dormant means: has not bought for long. But of those, some scroll the mini program every day and some never show up at all. `cycle.activity` asks one thing: seen within the limit? The limit may be one for all, or one for each.

Its three codes are `"active"` (seen within the limit), `"dormant"` (not seen within it) and `"unknown"`. The first two are also codes of lifecycle stages and mean something else here, so the tables below give them names of their own: "around lately" and "not around lately".
"""

# %%
away = pd.Series([20, 20, None], index=list(days), name="recency_days")
limit = pd.Series([14, 120, 80], index=list(days))
shown_as = {"active": "around_lately", "dormant": "not_around_lately"}
labelled(pd.DataFrame({"recency_days": away, "activity": cycle.activity(away, limit).replace(shown_as)}))

# %% [markdown] lang="zh"
"""
同样 20 天，陈静超过了她的 14 天，何芳离她的 120 天还远；马磊一次也没出现过，是“未知”。

下面用两把尺子量同一批客户：**购买**用每人自己的间隔，期限是 2 个；**互动**（浏览、加购、到店、点击、客服、问卷）一律用 30 天。`reindex` 让两列对齐，没有互动记录的人留空。
"""

# %% [markdown] lang="en"
"""
The same 20 days: Chen Jing is past her 14, He Fang far from her 120; Ma Lei never appeared, so "unknown".

Now two rulers for the same customers: **buying** by each one's own gap, with a limit of 2; **contact** (views, carts, visits, clicks, service, surveys) by 30 days for all. `reindex` lines up the two; those without any record stay empty.
"""

# %% [markdown] lang="zh" tags=["slide-only"]
"""
## 不买了、还在看：人不多，却最有希望

行是购买，列是互动。从他们正在看的东西说起。
"""

# %% [markdown] lang="en" tags=["slide-only"]
"""
## No longer buying but still looking: few, and the most promising

Rows: buying. Columns: contact. Begin with what they are looking at.
"""

# %% tags=["slide"]
usual = cycle.purchase_cycle(facts)["usual_gap_days"]
buying = cycle.activity(facts["recency_days"], 2 * usual)

contact = interaction_facts(company.interactions, company.as_of)
last_seen = contact["interaction_recency_days"].reindex(facts.index)
looking = cycle.activity(last_seen, 30)
both = pd.crosstab(buying.replace(shown_as), looking.replace(shown_as))
labelled(both.rename_axis(index=t(zh="购买", en="buying"), columns=t(zh="互动", en="contact")))

# %% [markdown] lang="zh"
"""
行是购买，列是互动。“购买最近不在、互动最近在”那一格，人不多，却最有希望：他们不买了，可还在看。给他们打电话，不用从“好久不见”说起，从他们正在看的东西说起。
"""

# %% [markdown] lang="en"
"""
Rows are buying, columns contact. The cell "buying: not around lately, contact: around lately" is small, yet the most promising: they stopped buying and are still looking. Do not open that call with "long time no see"; open with what they are looking at.
"""

# %% [markdown] try="behaviour-still-looking"

# %% [markdown] lang="zh"
"""
## 3. 兴趣：和大家比，多买了什么

四位客户，两个品类，单位是元。谁对母婴感兴趣？
"""

# %% [markdown] lang="en"
"""
## 3. Interest: what they buy more of than everybody

Four customers, two categories, in yuan. Who is interested in baby goods?
"""

# %%
basket = pd.DataFrame(
    {"pantry": [60, 100, 90, 150], "baby": [40, 0, 10, 50]},
    index=t(zh=["陈静", "刘洋", "何芳", "马磊"], en=["Chen Jing", "Liu Yang", "He Fang", "Ma Lei"]),
)
labelled(basket)

# %% [markdown] lang="zh"
"""
只看“哪一块最大”，四位都是粮油：人人都要吃饭，这句话等于没说。换个问法：**和大家比，她多买了什么？**

四位合计，母婴占 20%。陈静的母婴占她自己的 40%，是大家的 2 倍。这个倍数叫提升度（lift）：1 是和大家一样，2 是大家的 2 倍。下面三行依次是：每类占她自己的几分之几，占大家的几分之几，两者相除。
"""

# %% [markdown] lang="en"
"""
By the largest part all four are groceries people: everyone eats, so that says nothing. Ask instead: **what does she buy more of than everybody?**

Of all four together, baby goods take 20%. Of Chen Jing's own money they take 40%, which is 2 times as much. This multiple is the lift: 1 means like everybody, 2 means twice that. The three lines below are: each category's part of her own money, its part of everybody's, and the one divided by the other.
"""

# %% [markdown] lang="zh" tags=["slide-only"]
"""
## 兴趣：和大家比，她多买了什么

提升度 2：她花在这一类上的比例，是大家的 2 倍。
"""

# %% [markdown] lang="en" tags=["slide-only"]
"""
## Interest: what she buys more of than everybody

Lift 2: her share for this category is 2 times everybody's.
"""

# %% tags=["slide"]
share = basket.div(basket.sum(axis=1), axis=0)
everybody = basket.sum() / basket.sum().sum()
labelled((share / everybody).round(2))

# %% [markdown] lang="zh"
"""
提升度也会骗人：只买过 2 样东西的人，碰巧一样是奶粉，提升度就很高。所以 `behaviour.main_interest` 有两道门槛：提升度至少 1.5，而且至少有 5 行订单作证据。马磊只有 2 行，写“未知”；刘洋和何芳哪样都没有明显多买，写“无明显偏好”。过了门槛也只是线索：拿来开口聊，别拿来下定论。
"""

# %% [markdown] lang="en"
"""
Lift misleads too: with only 2 things bought, one of them baby milk by chance, the lift is high. So `behaviour.main_interest` has two thresholds: a lift of at least 1.5, and at least 5 order lines as evidence. Ma Lei has 2 lines only: "unknown"; Liu Yang and He Fang buy clearly more of nothing: "no preference". Even past the thresholds it is a lead: good for opening a conversation, not for closing a file.
"""

# %%
evidence = pd.Series([9, 9, 9, 2], index=basket.index)
labelled(behaviour.main_interest(basket, evidence).to_frame())

# %% [markdown] lang="zh" tags=["slide-only"]
"""
## 人人都买的东西，说明不了谁的偏好

橙色比大家多买，紫色少买。

忠诚客户多买的是母婴。
"""

# %% [markdown] lang="en" tags=["slide-only"]
"""
## What everyone buys says nothing about taste

Orange: more than others; purple: less.

Loyal customers buy more for babies.
"""

# %% tags=["slide"]
money = money_by(company.orders, "category", products=company.products)
by_stage = money.groupby(stage).sum()
plots.behaviour.interest_map(behaviour.interest(by_stage))

# %% [markdown] lang="zh"
"""
**这张图说了什么：** 每行是一个阶段，橙色是比大家多买，紫色是少买。悦选的赢回客户，运动户外的提升度最高；忠诚客户多买的是母婴。**它没说什么：** 赢回的人是不是冲着运动用品回来的。也可能买运动用品的人本来就隔很久才来一次，所以总显得“走了又回来”。
"""

# %% [markdown] lang="en"
"""
**What the figure tells:** each row is a stage; orange is more than everybody, purple is less. At Yuexuan, customers won back have their highest lift in sports; loyal ones buy more baby goods. **What it does not tell:** whether sports goods brought them back. Perhaps people who buy sports goods come at long intervals anyway, and so always look as if they had left and returned.
"""

# %% [markdown] try="behaviour-main-interest"

# %% [markdown] lang="zh"
"""
## 4. 陷阱：相关不是偏好

陆子衡的提醒来了。11 位客户，1 是买过，0 是没买过。先数一数：买过家居的 6 位里，有几位也买过粮油？
"""

# %% [markdown] lang="en"
"""
## 4. The trap: correlation is not preference

Here comes Lu Ziheng's warning. 11 customers; 1 means bought, 0 means not. Count first: of the 6 with household goods, how many bought groceries too?
"""

# %%
often, rarely = t(zh=["常来", "少来"], en=["often", "rarely"])
eleven = pd.DataFrame(
    {
        t(zh="来得", en="comes"): [often] * 5 + [rarely] * 6,
        t(zh="买过家居", en="household"): [1, 1, 1, 1, 0, 1, 1, 0, 0, 0, 0],
        t(zh="买过粮油", en="groceries"): [1, 1, 1, 1, 1, 1, 0, 1, 1, 0, 0],
    }
)
eleven

# %% [markdown] lang="zh" tags=["slide-only"]
"""
## “买家居的人爱买粮油”，先别急

0 是没买过家居的，1 是买过的。差别看着不小。
"""

# %% [markdown] lang="en" tags=["slide-only"]
"""
## "Household buyers love groceries": not so fast

0 never bought household goods, 1 did. The gap looks large.
"""

# %% tags=["slide"]
eleven.groupby(t(zh="买过家居", en="household"))[t(zh="买过粮油", en="groceries")].mean().round(2)

# %% [markdown] lang="zh"
"""
0 和 1 的平均数就是比例。买过家居的（1）有 83% 也买粮油，没买过的（0）只有 60%。“买家居的人爱买粮油，给他们推粮油券！”先别急。把常来的和少来的分开看：
"""

# %% [markdown] lang="en"
"""
The mean of 0 and 1 is a share. Of those who bought household goods (1), 83% bought groceries too; of the others (0), only 60%. "Household people love groceries, send them grocery coupons!" Not so fast. Look at the frequent and the rare apart:
"""

# %% [markdown] lang="zh" tags=["slide-only"]
"""
## 分开看，差别一点不剩：相关不是偏好

来得勤的人什么都买得多：这叫混杂。
"""

# %% [markdown] lang="en" tags=["slide-only"]
"""
## Looked at apart, nothing is left: correlation is not taste

Those who come often buy more of everything: that is confounding.
"""

# %% tags=["slide"]
by = t(zh=["来得", "买过家居"], en=["comes", "household"])
eleven.groupby(by)[t(zh="买过粮油", en="groceries")].mean().unstack()

# %% [markdown] lang="zh"
"""
常来的人，买没买家居都是 100%；少来的人，买没买家居都是 50%。差别一点也不剩。原来是**来得勤的人什么都买得多**，家居和粮油只是一起涨。这叫混杂（confounding）：第三件事同时推高了两样。

所以看到“买了甲的也买乙”，先问：**和买得一样多的人比，还差多少？** 差没了，就是勤快，不是偏好；还有差，也只是线索，做个小试验再信（第 13 课）。
"""

# %% [markdown] lang="en"
"""
Of the frequent, 100% with household goods or without; of the rare, 50% either way. Nothing is left of the difference. It was this: **who comes often buys more of everything**, and household goods and groceries merely rise together. That is confounding: a third thing pushes up both.

So whenever you read "who buys the one buys the other", ask: **how much remains among people who buy as much?** If nothing, it was frequency and no preference; if something, it is a lead, to be believed after a small test (lesson 13).
"""

# %% [markdown] lang="zh"
"""
`.between(5, 8)` 问每一行“在 5 和 8 之间吗”，两头都算。练习里的 `first` 和 `second` 是两列：买过第一类吗，买过第二类吗。
"""

# %% [markdown] lang="en"
"""
`.between(5, 8)` asks every row whether it lies between 5 and 8, both included. In the exercise `first` and `second` are two columns: bought of the first category, of the second.
"""

# %%
facts["lines"].between(5, 8).sum()

# %% [markdown] try="behaviour-fair-comparison"

# %% [markdown] lang="zh" tags=["trainer"]
"""
**卡点：** 学员常说“那相关就没用了”。不是：推荐商品时，相关够用，因为推错了也便宜；要发券、要改货架、要派人，就得知道是不是真的偏好。**板书：** 画三个圈，“来得勤”在上，两支箭头指向“买家居”“买粮油”，下面两个圈之间画一条虚线，打个叉。

**小组讨论（8 分钟）：** 每组想一个自己公司里“甲和乙总一起出现”的例子，找出可能在上面的那个圈，再说要看哪张表才知道。
"""

# %% [markdown] lang="en" tags=["trainer"]
"""
**Where they stumble:** "So correlation is useless." It is not: for recommending a product it will do, because a wrong suggestion is cheap; before you move coupons, shelves or staff, know whether the preference is real. **Board:** three circles, "comes often" on top with arrows to "buys household" and "buys groceries", a dashed line between the lower two, crossed out.

**Small groups (8 minutes):** each finds an example from their own company of two things that always appear together, names the circle that may stand above, and says which table would show it.
"""

# %% [markdown] lang="zh"
"""
> ☕ **歇十分钟。** 前半课讲“怎么买”，后半课讲“要什么、谁说了算”。歇的时候想一想：你上一次为什么没在老地方买？
"""

# %% [markdown] lang="en"
"""
> ☕ **A break of ten minutes.** The first half was about how they buy; the second is about what they want and who decides. Meanwhile think back: why did you last not buy where you always buy?
"""

# %% [markdown] lang="zh"
"""
## 5. 看了没买，加购没付

浏览和加购是花钱之前的话。先看加购：谁的购物车里还等着东西？比较两个日子就行：最后一次加购，和最后一次购买。
"""

# %% [markdown] lang="en"
"""
## 5. Looked and did not buy, filled a cart and did not pay

Views and carts are what customers say before they pay. Carts first: whose cart is still waiting? Compare two days: the last cart and the last purchase.
"""

# %%
carts = pd.DataFrame(
    {
        "last_cart": pd.to_datetime(["2025-12-20", "2025-12-10", "2025-12-28", "2025-12-15"]),
        "last_order": pd.to_datetime(["2025-12-22", "2025-12-10", "2025-12-02", None]),
    },
    index=basket.index,
)
carts["waiting"] = (carts["last_cart"] > carts["last_order"]) | carts["last_order"].isna()
carts

# %% [markdown] lang="zh"
"""
`|` 读作“或者”，`isna()` 是“空着”。陈静加购后两天就买了；刘洋当天就买了；何芳加购以后没再买；马磊从没买过，日期空着（NaT）。**和空着的日期比大小，答案永远是“否”**，所以要单独加上“空着”这一条，不然正要买第一单的人全被漏掉。

再看浏览。`interactions_by` 数每人在每个品类看过、加购过几次；`behaviour.unmet_interest` 找出看得最多（至少 2 次）、却从没买过的品类。
"""

# %% [markdown] lang="en"
"""
Read `|` as "or", and `isna()` as "is empty". Chen Jing bought two days after the cart; Liu Yang on the same day; He Fang has not bought since; Ma Lei never bought, the day is empty (NaT). **Compared with an empty day the answer is always no**, so "is empty" needs a condition of its own; otherwise all who are about to place their first order are missed.

Now views. `interactions_by` counts how often each customer viewed or carted each category; `behaviour.unmet_interest` finds the category looked at most (at least 2 times) and never bought.
"""

# %% [markdown] lang="zh" tags=["slide-only"]
"""
## 看过两次、一次没买：每行都是一张名单

嫌贵？缺货？替别人看的？去问，别猜。
"""

# %% [markdown] lang="en" tags=["slide-only"]
"""
## Looked twice, never bought: every row is a list

Too expensive? Sold out? For someone else? Ask, do not guess.
"""

# %% tags=["slide"]
views = interactions_by(company.interactions, "category", products=company.products)
unmet = behaviour.unmet_interest(views, money)
labelled(unmet.value_counts().rename("customers").to_frame())

# %% [markdown] lang="zh"
"""
“无”是没有这样的品类，人最多。其余每一行都是一张现成的名单：看过两次以上、一次没买。可能是嫌贵，可能是缺货，也可能是替别人看的。去问，别猜。
"""

# %% [markdown] lang="en"
"""
"None" means no such category, and holds most people. Every other row is a ready list: looked 2 times or more, never bought. Too expensive, out of stock, or looked up for someone else: ask, do not guess.
"""

# %% [markdown] lang="zh"
"""
`sorted(…)` 把几样东西按次序排成一个列表。
"""

# %% [markdown] lang="en"
"""
`sorted(…)` puts several things into a list, in order.
"""

# %%
sorted(["C3", "C1", "C2"])

# %% [markdown] try="behaviour-waiting-cart"

# %% [markdown] lang="zh"
"""
## 6. 价格敏感度：低、中等、高

客户的钱里，有多少花在打折的商品上？`order_facts` 已经算好：`discount_share`，0 到 1。先看全公司：如果什么都在打折，人人都会显得“敏感”。
"""

# %% [markdown] lang="en"
"""
## 6. Price sensitivity: low, medium, high

How much of a customer's money goes to discounted goods? `order_facts` has it: `discount_share`, from 0 to 1. Look at the whole company first: where everything is on sale, everybody looks sensitive.
"""

# %%
paid = money_by(company.orders, "discount").sum()
labelled((paid / paid.sum()).round(2))

# %% [markdown] lang="zh" tags=["slide-only"]
"""
## 最左边只买原价，最右边只买打折

两条虚线分三级。

右边的人是等着打折，还是碰巧？图没有说。
"""

# %% [markdown] lang="en" tags=["slide-only"]
"""
## Far left full price only, far right discounts only

Two lines make three levels.

Do those on the right wait for discounts, or is it chance? It does not say.
"""

# %% tags=["slide"]
plots.behaviour.discount_shares(facts)

# %% [markdown] lang="zh"
"""
悦选的钱有三分之一花在打折商品上，可客户分成了三种：最左边几乎只买原价，最右边只买打折，中间是看情况的。两条虚线把人分成三级：不到三分之一是“低”，三分之二以上是“高”；不足 3 单的人不判断。图上看不出最右边的人是等着打折才来，还是来的时候碰巧在打折。
"""

# %% [markdown] lang="en"
"""
A third of Yuexuan's money goes to discounted goods, yet customers fall into three kinds: far left those who pay full price almost always, far right those who buy discounted only, and between them those who go by the occasion. Two dashed lines make three levels: below one third is low, from two thirds on is high; with fewer than 3 orders nobody is judged. The figure does not show whether those on the right wait for discounts, or just came when things were discounted.
"""

# %% [markdown] lang="zh" tags=["slide-only"]
"""
## 不打折也买的人，带来近一半的钱

给他们发折扣券，就是把收得到的钱退回去。
"""

# %% [markdown] lang="en" tags=["slide-only"]
"""
## Those who buy without discounts bring nearly half of the money

A coupon for them gives away money we had.
"""

# %% tags=["slide"]
price = behaviour.price_sensitivity(facts)
levels = facts["monetary"].groupby(price).agg(customers="size", money="sum")
levels["money_share"] = levels["money"] / levels["money"].sum()
in_order = ["low", "medium", "high", "unknown"]
rounded = levels.reindex(in_order).fillna(0).round({"money": 0, "money_share": 2})
labelled(rounded.astype({"money": int}))

# %% [markdown] lang="zh"
"""
看钱在哪里。“低”这一级不打折也买：给他们发折扣券，多半是把本来收得到的钱退回去。“高”这一级带来的钱最少。“未知”不是“低”：他们买得太少，还看不出来。

这个标签留着：第 07 课要拿它和别的标签交叉。
"""

# %% [markdown] lang="en"
"""
See where the money is. The low level buys without a discount: a discount coupon most likely hands back money that was coming anyway. The high level brings the least. Unknown is not low: they bought too little to tell.

Keep this tag: lesson 07 crosses it with others.
"""

# %% [markdown] lang="zh"
"""
`behaviour.price_sensitivity(facts, (…))` 按两条线分三档。
"""

# %% [markdown] lang="en"
"""
`behaviour.price_sensitivity(facts, (…))` makes three levels by two lines.
"""

# %% [markdown] try="behaviour-other-lines behaviour-minds-price"

# %% [markdown] lang="zh"
"""
## 7. 对活动的响应

活动有好几种：促销、展会、研讨会、会员日。每一种都记三样：来没来，说了什么（反馈），想不想买（购买意向：弱、中、强）。意向只是客人嘴上说的，买没买才算数，所以先看买。

发了活动，谁来买？先认两个词：**实验组** 是真的收到活动的人；**留出对照组**（也叫对照组）是故意不发、留着比较的人。
"""

# %% [markdown] lang="en"
"""
## 7. Response to campaigns

Campaigns are of several types: promotions, trade fairs, seminars, member days. Of each, record three things: did they come, what did they say (feedback), do they want to buy (intent: weak, medium, strong). Intent is what people say; buying is what counts, so we look at that first.

A campaign goes out: who buys? Two words first: the **treatment** group really got the campaign; the **holdout group**, which others call the control group, was left out on purpose, to compare.
"""

# %% [markdown] lang="zh" tags=["slide-only"]
"""
## 响应高的活动，不一定打动了人

拿收到的人，和故意不发的人比：哪一行差别最小？
"""

# %% [markdown] lang="en" tags=["slide-only"]
"""
## High response does not mean that people were moved

Compare those who got it with those left out on purpose: which row differs least?
"""

# %% tags=["slide"]
responses = company.responses
campaign = company.campaigns.set_index("campaign_id")[t(zh="name_zh", en="name_en")]
rates = responses.groupby(["campaign_id", "arm"])["converted"].mean().unstack()
labelled(rates.rename(index=campaign).round(2))

# %% [markdown] lang="zh"
"""
看悦选的两行。“老会员感恩礼”响应最高，可收到的和没收到的几乎一样：老会员本来就会来，电话添了多少，看不出来。“双十一狂欢”响应低一些，收到的人购买率却是没收到的 2 倍左右。**响应高的活动，不一定打动了人**；差别有多少是碰巧，第 13 课再算。

所以给客户写响应标签时，只数他真的收到的活动。`response_facts` 替我们把留出的那几次分开；`behaviour.responsiveness` 拿每人的购买率和总体比：不到一半是“低”，1.5 倍以上是“高”，收到不足 3 次写“未知”。只收到过三四次的人，它还往平均水平拉近一些：三次都没买，可能只是碰巧。
"""

# %% [markdown] lang="en"
"""
See two of Yuexuan's rows. "Thank-you gift for regulars" has the highest response, yet those who got it and those left out hardly differ: regulars come anyway, and what the call added hardly shows. "Double Eleven" has a lower response, but those who got it bought about 2 times as often as those left out. **A high response does not mean that anyone was moved**; how much of a difference is chance, lesson 13 will compute.

So when we tag a customer's response, only campaigns that reached them count. `response_facts` keeps apart those in which they were held out; `behaviour.responsiveness` compares each one's rate with everybody's: below half is low, from 1.5 times on is high, and with fewer than 3 campaigns received it writes "unknown". Those who received three or four are also drawn towards the average: three times without buying may be mere chance.
"""

# %%
answered = response_facts(responses)
response = behaviour.responsiveness(answered["contacted"], answered["converted"])
plots.behaviour.tag_sizes(response, ["high", "medium", "low"])

# %% [markdown] lang="zh"
"""
大多数人收到的活动还不到 3 次，不能判断；能判断的人里，多半是“中等”，几乎没有谁敢写成“低”，因为每人才收到几次。图上看不出“高”的人是不是因为活动才买的；上面那张表已经提醒过我们。
"""

# %% [markdown] lang="en"
"""
Most people have received fewer than 3 campaigns and cannot be judged; of those who can, most are medium, and hardly anyone may be called low, as each received only a few. The figure does not show whether the high ones bought because of the campaigns; the table above has warned us.
"""

# %% [markdown] lang="zh"
"""
响应表是 `company.responses`；`response_facts` 按客户加起来，`contacted` 是真正联系了几次，`converted` 是其中几次买了。
"""

# %% [markdown] lang="en"
"""
The table of responses is `company.responses`; `response_facts` adds it up by customer: `contacted` is how often we really wrote, `converted` how often a purchase followed.
"""

# %% [markdown] try="behaviour-not-sent"

# %% [markdown] lang="zh"
"""
## 8. 卖给单位：谁说了算

个人买牛奶，自己说了算。工厂买一台水泵，要过好几个人的手，这几个人合起来叫采购中心（buying centre）：

- **决策者**：点头、签字的人，比如总经理；
- **影响者**：懂行、会比较的人，比如总工程师，他说不行就不行；
- **参与者**：用的人、办手续的人，比如设备工程师；
- **把关者**：替他们接电话、收资料的人，比如办公室文员。

缺了前三种里的任何一种，单子就容易卡住。拍板的人怎样拍板也值得记一笔，叫 **决策风格**：有人看数字，要报价单和回本期；有人看关系，要见面、要同行推荐；有人求稳，要先试一台；有人图快，只问哪天到货。见过面才写，写上日期，换了人就作废。

先看这张联系人表是谁家的。
"""

# %% [markdown] lang="en"
"""
## 8. Selling to companies: who decides

A person who buys milk decides alone. A pump for a factory passes through several hands, and together they are the buying centre:

- **Decider**: nods and signs, such as the general manager;
- **Influencer**: knows the trade and compares, such as the chief engineer, whose no is a no;
- **Participant**: uses it or does the paperwork, such as the maintenance engineer;
- **Gatekeeper**: takes their calls and their mail, such as the office assistant.

Where any of the first three is missing, a deal easily stalls. It is also worth noting how the decider decides, the **decision style**: one goes by numbers and wants a quotation and the payback time; one goes by people and wants to meet, or a word from another customer; one plays safe and wants to try one machine first; one is in a hurry and asks for the day of delivery only. Write it down after a meeting and not before, with the date; a new person starts empty.

First see whose contacts these are.
"""

# %% [markdown] lang="zh" tags=["slide-only"]
"""
## 卖给单位：一张单子要过几个人的手

- **决策者：** 点头、签字
- **影响者：** 懂行、会比较
- **参与者：** 用的人、办手续的人
- **把关者：** 接电话、收资料
"""

# %% [markdown] lang="en" tags=["slide-only"]
"""
## Selling to companies: an order passes several hands

- **Decision maker:** nods and signs
- **Influencer:** knows the field and compares
- **Participant:** uses it, does the paperwork
- **Gatekeeper:** answers the phone
"""

# %%
owner = company.owner("contacts")
lent = t(zh="没有联系人表，这一节借用", en=" has no contacts; this section borrows from ")
if owner is not company:
    print(f"{company.title}{lent}{owner.title}")
contacts = company.contacts
labelled(contacts[["customer_id", t(zh="name_zh", en="name_en"), "title", "role"]].head())

# %% [markdown] lang="zh"
"""
悦选的客户是个人，没有联系人，所以这一节借拓岩机电的：他们向工厂卖水泵、电机和备件，大客户经理叶婉清想知道每家还缺认识谁。借来的表，说的是**别人家的客户**，不要和悦选的客户编号接在一起；要看钱，就用它主人的订单。

先数三家。`behaviour.role_coverage` 列出每家每种角色认识几位；覆盖率是前三种里认识了几分之几。
"""

# %% [markdown] lang="en"
"""
Yuexuan's customers are people and have no contacts, so this section borrows from Tuoyan Industrial: they sell pumps, motors and spare parts to factories, and Ye Wanqing, the key account manager, wants to know whom they still have to meet. A borrowed table speaks of **somebody else's customers**: never join it to Yuexuan's customer ids; for money take its owner's orders.

Count three accounts first. `behaviour.role_coverage` lists how many people of each role we know in each account; coverage is the part of the first three kinds that we know.
"""

# %%
met = pd.DataFrame(
    {
        "customer_id": ["F1", "F1", "F1", "F2", "F2"],
        "role": ["decision_maker", "influencer", "participant", "participant", "gatekeeper"],
    }
)
accounts = pd.Index(["F1", "F2", "F3"], name="customer_id")
three = behaviour.role_coverage(met, accounts)
labelled(three[["decision_maker", "influencer", "participant", "gatekeeper", "coverage"]].round(2))

# %% [markdown] lang="zh"
"""
F1 三种人都认识，覆盖率是 1。F2 认识两位，可把关者不算数，还缺决策者和影响者。F3 一个人也不认识；**它也要列出来**，所以第二个参数写的是“所有客户”，不是“有联系人的客户”。
"""

# %% [markdown] lang="en"
"""
At F1 we know all three kinds: coverage 1. At F2 we know two people, but a gatekeeper does not count, and decider and influencer are missing. At F3 we know nobody; **it has to be listed too**, so the second argument is "all accounts", not "accounts with contacts".
"""

# %% [markdown] lang="zh" tags=["slide-only"]
"""
## 一半以上的客户那里，我们不认识拍板的人

认识不等于关系好。

缺谁，下次拜访就去认识谁。
"""

# %% [markdown] lang="en" tags=["slide-only"]
"""
## In more than half of the accounts we do not know who decides

Knowing someone is not being on good terms.

Whoever is missing: meet them on the next visit.
"""

# %% tags=["slide"]
account_facts = order_facts(owner.orders, owner.as_of)
coverage = behaviour.role_coverage(contacts, account_facts.index)
plots.behaviour.role_gaps(coverage)

# %% [markdown] lang="zh"
"""
在多少客户那里，我们认识这种角色的人。影响者认识得最多；一半以上的客户那里，我们不认识拍板的人。不过，认识不等于关系好，也不等于他支持我们。名片盒里有，不代表电话打得通。
"""

# %% [markdown] lang="en"
"""
In how many accounts we know somebody of each role. Influencers we know best; in more than half of the accounts we do not know who decides. But knowing is not a good relation, nor support. A card in the file does not mean that the call is answered.
"""

# %% [markdown] try="behaviour-unknown-decider behaviour-next-visit"

# %% [markdown] lang="zh" tags=["trainer"]
"""
**角色扮演（8 分钟）：** 四人一组，三人分别演总经理、总工程师、设备工程师，各抽一张纸条写着自己最在意什么（价钱、参数、好修）；第四人是我们的销售，只许问问题，5 分钟后说出谁是哪种角色、还缺认识谁。**卡点：** 看职务猜角色。同样叫“采购经理”，有的签字，有的只跑手续：要问出来。
"""

# %% [markdown] lang="en" tags=["trainer"]
"""
**Role play (8 minutes):** groups of four. Three play general manager, chief engineer and maintenance engineer, each with a slip that says what they care about most (price, figures, easy repair); the fourth is our salesperson, may only ask questions, and after 5 minutes says who plays which role and who is still missing. **Where they stumble:** guessing the role by the job title. One purchasing manager signs, another only does the paperwork: you have to ask.
"""

# %% [markdown] lang="zh"
"""
## 9. 自己动手调

上面的图看价格敏感度或购买节奏。拖动两条线，看三级各有多少人、多少钱；再把“慢到几倍”从 2 拖到 1.5 和 3，看名单和可能流失的金额怎么变。试着回答：名单长了一倍，可能流失的金额也多了一倍吗？
"""

# %% [markdown] lang="en"
"""
## 9. Try it by hand

The picture shows price sensitivity or pace. Move the two lines and watch people and money of the three levels; then move "Times slower" from 2 to 1.5 and to 3, and watch the list and the money at risk. Try to answer: when the list doubles, does the money at risk double too?
"""

# %% [markdown] lang="zh" tags=["slide-only"]
"""
## 名单长一倍，可能流失的金额也多一倍吗？

打开笔记本，把“慢到几倍”从 2 拖到 1.5 和 3。
"""

# %% [markdown] lang="en" tags=["slide-only"]
"""
## Twice the list: twice the money at risk?

Open the notebook and move "how much slower" from 2 to 1.5 and 3.
"""

# %% tags=["explorer"]
explore.behaviour.show(company)

# %% [markdown] lang="zh"
"""
`pd.DataFrame({…})` 把几列拼成一张表，每列有名字；`.fillna("unknown")` 把空格子写成 `unknown`。
"""

# %% [markdown] lang="en"
"""
`pd.DataFrame({…})` puts several columns into one table, each with its name; `.fillna("unknown")` writes `unknown` into empty cells.
"""

# %% [markdown] try="behaviour-tag-table"

# %% [markdown] lang="zh"
"""
> **在 Excel 里**：B 是客户、D 是金额、E 是折扣。打折买的占多少：`=SUMIFS(D:D,B:B,A2,E:E,">0")/SUMIFS(D:D,B:B,A2)`。买得比大家多几倍：数据透视表，行放客户，列放品类，值显示为“占行总计的百分比”，再除以最下面一行。
"""

# %% [markdown] lang="en"
"""
> **In Excel**: B is the customer, D the money, E the discount. Share bought at a discount: `=SUMIFS(D:D,B:B,A2,E:E,">0")/SUMIFS(D:D,B:B,A2)`. How many times more than everybody: a pivot table with customers as rows, categories as columns and values as % of the row total, divided by its bottom row.
"""

# %% [markdown] lang="zh"
"""
## 10. 小测验
"""

# %% [markdown] lang="en"
"""
## 10. Quiz
"""

# %%
quiz("06")

# %% [markdown] about="key_points"

# %% [markdown] lang="zh"
"""
## 在你的公司

把 `load()` 换成 `load("own/company.toml")`。节奏只要订单表；兴趣还要产品表里的品类；价格敏感度要订单里的折扣列。

- 订单里没有折扣？用标价和实付价算出来；标价也没有，就先不写这个标签，别拿“买得便宜”代替“爱打折”。
- 没有浏览和加购记录？用询价、试用、到店、客服来电代替，写明用的是什么。
- 活动没有留出对照组？响应标签可以写，但报告里注明：会响应不等于被打动。下一次活动就留出一成的人。
- 缺的表课程会从示例公司借，并且写明；借来的结果只用来学做法，不要放进你的报告。

联系人里有姓名和电话：只给要用的人看，课堂上练习先换成编号（第 14 课）。
"""

# %% [markdown] lang="en"
"""
## In your company

Replace `load()` by `load("own/company.toml")`. Pace needs the orders only; interest also needs the category in the table of products; price sensitivity needs the discount in the orders.

- No discount in the orders? Compute it from list price and price paid; without a list price leave the tag out, and do not take "buys cheap things" for "loves discounts".
- No views or carts? Take enquiries, trials, visits or service calls instead, and write down which.
- Campaigns without a holdout group? Write the tag, but note in the report that responding is not being moved. In the next campaign hold out a tenth of the people.
- Tables you lack are borrowed from a sample company, and it is said so; use borrowed results to learn the step, never in your report.

Contacts hold names and phone numbers: show them only to those who need them, and for practice in class replace them by ids (lesson 14).
"""

# %% [markdown] lang="zh" tags=["slide-only"]
"""
## 在你的公司：缺什么，就写明用什么代替

- 没有折扣列：用标价和实付价算
- 没有浏览和加购：用询价、试用、到店
- 没有留出对照组：下一次活动就留出一成
- 联系人的姓名和电话：只给要用的人看
"""

# %% [markdown] lang="en" tags=["slide-only"]
"""
## In your company: say what stands in for what is missing

- No discounts: work them out from list price and price paid
- No views or carts: take enquiries, trials, visits
- No holdout group: leave out a tenth next time
- Names and phones of contacts: only for those who need them
"""

# %% [markdown] lang="zh"
"""
## 别处怎么叫

| 这门课里 | 别处也叫 |
|---|---|
| 购买周期、变慢 | 复购周期、流失预警；inter-purchase time |
| 提升度 | lift、TGI 指数（乘以 100） |
| 混杂 | confounding、混淆变量 |
| 往平均水平拉近 | 收缩；shrinkage、empirical Bayes |
| 采购中心 | buying centre、DMU（decision-making unit） |

想往下读：

- Webster, F. E., & Wind, Y. (1972). A general model for understanding organizational buying behavior. *Journal of Marketing*, 36(2)：采购中心的几种角色。
- Agrawal, R., Imieliński, T., & Swami, A. (1993). Mining association rules between sets of items in large databases. *SIGMOD*。
- Pearl, J., & Mackenzie, D. (2018). *The Book of Why*：混杂，写给不学统计的人。
"""

# %% [markdown] lang="en"
"""
## What others call this

| in this course | elsewhere also |
|---|---|
| purchase cycle, slowing down | inter-purchase time, churn warning |
| lift | lift; affinity index (times 100) |
| confounding | confounder, lurking variable |
| drawn towards the average | shrinkage, empirical Bayes |
| buying centre | decision-making unit (DMU) |

To read on:

- Webster, F. E., & Wind, Y. (1972). A general model for understanding organizational buying behavior. *Journal of Marketing*, 36(2): the roles in a buying centre.
- Agrawal, R., Imieliński, T., & Swami, A. (1993). Mining association rules between sets of items in large databases. *SIGMOD*.
- Pearl, J., & Mackenzie, D. (2018). *The Book of Why*: confounding, for people who never studied statistics.
"""

# %% [markdown] about="next"

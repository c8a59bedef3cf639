# %% [markdown] about="opening"

# %%
import pandas as pd

from custseg_helpers import (
    build,
    check,
    cluster_kin,
    cluster_rules,
    clusters,
    elsewhere,
    hint,
    kmeans,
    label,
    labelled,
    load,
    money_by,
    order_facts,
    progress,
    rfm,
    rung,
    solution,
    use_language,
)

use_language(t(zh="zh", en="en"))

company = load()
facts = order_facts(company.orders, company.as_of)
columns = ["recency_days", "frequency", "monetary"]

# %% [markdown] lang="zh" exercise="clusters-nearest"
"""
### 谁离 K1 最近

六位客户，订单数和消费金额（百元）。算出每一位到 K1 的距离（K1 到自己是 0）。1 单和 100 元一样重。先心算一位，再让程序算全部：结果都是整数。
"""

# %% [markdown] lang="en" exercise="clusters-nearest"
"""
### Who is nearest to K1

Six customers, orders and money (in 100 yuan). Give everyone's distance to K1 (that of K1 itself is 0). 1 order weighs as much as 100 yuan. Do one in your head first, then let the program do all: they come out whole.
"""

# %%
people = pd.DataFrame(
    {"frequency": [2, 5, 2, 8, 14, 6], "hundred_yuan": [3, 7, 9, 11, 8, 3]},
    index=["K1", "K2", "K3", "K4", "K5", "K6"],
)
labelled(people)

# %% exercise="clusters-nearest" kind="compute" level="core"
# BEGIN SOLUTION
# zh: 每个人和 K1 相差多少
# en: how far each is from K1, side by side
# blank: "K1"
apart = people - people.loc["K1"]
# zh: 平方，横着加，开方：两点的距离
# en: square, add across, take the root: the distance of two points
# blank: axis=1
distance = (apart**2).sum(axis=1) ** 0.5
# END SOLUTION

# %%
check("clusters-nearest", distance)

# %% [markdown] lang="zh" exercise="clusters-colleague-scale"
"""
### 换一家公司：同事的三群错在哪里

换到汐合金服。傅文轩的同事用三列分了 3 群，很得意：“多久没来、来几单、花多少，三样都考虑了。”看看他每一群的金额，最少是多少、最多是多少：三群首尾相接，一点也不重叠。另外两列其实没有说话。

每位客户的事实在 `facts_there` 里。用第 2 节的办法把尺子弄好，再分 3 群，给出每位客户的群。编号不同没有关系。
"""

# %% [markdown] lang="en" exercise="clusters-colleague-scale"
"""
### Another company: what is wrong with the three groups

At Xihe Financial Services, a colleague of Fu Wenxuan made 3 groups of three columns and is proud of them: "How long away, how many orders, how much money: all three count." Look at the money of each group, the least and the most: the groups follow each other without any overlap. The other two columns had no say.

The facts of each customer are in `facts_there`. Mend the rulers as in section 2, make 3 groups again, and give each customer's group. Other numbers do not matter.
"""

# %%
there = elsewhere("clusters-colleague-scale")
facts_there = order_facts(there.orders, there.as_of)
as_it_is = {column: {"log": False, "mean": 0.0, "spread": 1.0} for column in columns}
by_colleague = clusters.assign(facts_there, clusters.fit_clusters(facts_there, as_it_is, 3))
spending = facts_there.groupby(by_colleague)["monetary"].agg(["min", "max"]).round(0).astype(int)
spending.columns = t(zh=["最少（元）", "最多（元）"], en=["least (yuan)", "most (yuan)"])
labelled(spending)

# %% exercise="clusters-colleague-scale" kind="mistake" level="core"
# BEGIN SOLUTION
# zh: 先取对数、放到同一把尺上
# en: logs first, then one ruler for all
# blank: prepare
ready = clusters.prepare(facts_there, columns)
# zh: 再分成 3 群
# en: then make 3 groups
# blank: ready
mended = clusters.assign(facts_there, clusters.fit_clusters(facts_there, ready, 3))
# END SOLUTION

# %%
check("clusters-colleague-scale", mended)

# %% [markdown] lang="zh" exercise="clusters-one-round"
"""
### 手算一轮：认领，然后移动

还是上面六位客户。两个中心开始时放在 K1 和 K5 身上，名字是 `cluster_1` 和 `cluster_2`。做一轮：每个人跟近的中心走，然后每个中心走到自己客户的平均。给出移动以后两个中心的位置：一张两行两列的表。
"""

# %% [markdown] lang="en" exercise="clusters-one-round"
"""
### One round by hand: join, then move

The same six customers. At the start the two centres lie on K1 and K5; they are called `cluster_1` and `cluster_2`. Do one round: everybody goes with the nearer centre, then each centre goes to the average of its customers. Give the places of both centres after the move: a table of two rows and two columns.
"""

# %%
start = people.loc[["K1", "K5"]].set_axis(["cluster_1", "cluster_2"])
labelled(start)

# %% exercise="clusters-one-round" kind="compute" level="stretch"
# BEGIN SOLUTION
# zh: 每个人到两个中心各有多远
# en: how far each is from the two centres
# blank: "cluster_1"
# blank: "cluster_2"
to_1 = ((people - start.loc["cluster_1"]) ** 2).sum(axis=1) ** 0.5
to_2 = ((people - start.loc["cluster_2"]) ** 2).sum(axis=1) ** 0.5
# zh: 放进一张表
# en: put them into one table
# blank: to_2
way = pd.DataFrame({"cluster_1": to_1, "cluster_2": to_2})
# zh: 各归近的那个中心，再求平均：中心就移动了
# en: each to the nearer centre, then the mean: the centres move
# blank: idxmin
# blank: mean
moved = people.groupby(way.idxmin(axis=1)).mean()
# END SOLUTION

# %%
check("clusters-one-round", moved)

# %% [markdown] lang="zh" exercise="clusters-really-changed"
"""
### 多少客户真的换了群

同事把同一批客户分了两次，起点不同，然后写道：“编号不一样的客户超过一半，这个方法不可靠。”行是第一次，列是第二次，先看交叉表。

真正换了群的客户占多少？一群一群地看：第一次在一起的人，第二次人数最多的那一格算没换，其余的算换了。写成 0 到 1 之间的小数。
"""

# %% [markdown] lang="en" exercise="clusters-really-changed"
"""
### How many customers really changed groups

A colleague grouped the same customers twice, from different starts, and writes: "More than half of the customers have another number; the method is unreliable." Rows are the first run, columns the second; look at the cross table first.

What share of the customers really changed? Go group by group: of those who were together the first time, the largest cell of the second time has stayed, all others have changed. Write it as a share between 0 and 1.
"""

# %%
points = clusters.scaled(facts, clusters.prepare(facts, columns))
first = kmeans.kmeans_steps(points, 3, seed=2)[-1].groups
second = kmeans.kmeans_steps(points, 3, seed=3)[-1].groups
print(t(zh="编号不同的客户：", en="customers with another number:"), f"{(first != second).mean():.0%}")
labelled(pd.crosstab(first, second))

# %% exercise="clusters-really-changed" kind="mistake" level="stretch"
# BEGIN SOLUTION
# zh: 两次分群对照着数
# en: count one grouping against the other
# blank: crosstab
together = pd.crosstab(first, second)
# zh: 每一行最大的格子是“还在一起”的人；1 减去他们的占比
# en: the largest cell of each row stayed together; 1 less their share
# blank: max
# blank: sum
really_changed = 1 - together.max(axis=1).sum() / len(points)
# END SOLUTION

# %%
check("clusters-really-changed", really_changed)

# %% [markdown] lang="zh" exercise="clusters-how-many"
"""
### 选几群

悦选三列指标的数：2 群的轮廓系数 0.40，3 群 0.39，7 群 0.33；稳定性 2 群 0.95，3 群 0.98，7 群 0.62；3 群以后，线降得慢了。结论是“连成一片”。六个人的团队要用它安排工作。选哪一个？

- `"a"`：7 群，解释得最多，分得最细。
- `"b"`：3 群，稳，做得过来；报告里写明线是我们画的。
- `"c"`：不分了，没有天然的群就什么也不能做。
- `"d"`：2 群，轮廓系数最高，数字说了算。
"""

# %% [markdown] lang="en" exercise="clusters-how-many"
"""
### How many groups

Yuexuan's numbers for the three measures: silhouette 0.40 with 2 groups, 0.39 with 3, 0.33 with 7; stability 0.95 with 2, 0.98 with 3, 0.62 with 7; after 3 groups the line falls more slowly. The verdict is "one continuum". A team of six wants to plan its work by it. Which do you take?

- `"a"`: 7 groups; they explain most and are finest.
- `"b"`: 3 groups; stable, and we can keep them up; the report says that the lines are ours.
- `"c"`: none; without natural groups nothing can be done.
- `"d"`: 2 groups; the silhouette is highest, and the number decides.
"""

# %% exercise="clusters-how-many" kind="decide" level="core"
# BEGIN SOLUTION
how_many = "b"
# END SOLUTION

# %%
check("clusters-how-many", how_many)

# %% [markdown] lang="zh" exercise="clusters-rules-agree"
"""
### 规则说对了多少

下面是 3 群的模型和每位客户的群。写成规则，只问两层问题（`depth=2`）。照规则分，有多大比例的客户和算法分在同一群？写成 0 到 1 之间的小数。
"""

# %% [markdown] lang="en" exercise="clusters-rules-agree"
"""
### How much the rules get right

Here are the model of 3 groups and each customer's group. Write them as rules with two levels of questions only (`depth=2`). Going by the rules, what share of the customers lands in the same group as by the algorithm? Write it as a share between 0 and 1.
"""

# %%
model = clusters.fit_clusters(facts, clusters.prepare(facts, columns), 3)
group = clusters.assign(facts, model)
labelled(group.value_counts())

# %% exercise="clusters-rules-agree" kind="compute" level="core"
# BEGIN SOLUTION
# zh: 用一棵两层的小树学出规则
# en: learn rules with a small tree of two levels
# blank: depth=2
told = cluster_rules.rules(facts, group, columns, depth=2)
# zh: 规则和分群有多少一致
# en: how far rules and groups agree
# blank: "agreement"
agreement = told.attrs["agreement"]
# END SOLUTION

# %%
check("clusters-rules-agree", agreement)

# %% [markdown] lang="zh" exercise="clusters-to-boss"
"""
### 回答顾明远

软件公司说：“人工智能发现您的客户天然分成七种。”顾明远把话转给你：“是真的吗？”用三四句话回答：怎样检验一个群是找到的还是切出来的；我们自己的数据说了什么；那以后怎么分。
"""

# %% [markdown] lang="en" exercise="clusters-to-boss"
"""
### An answer for Gu Mingyuan

The software company says: "Our artificial intelligence has discovered that your customers fall naturally into seven kinds." Gu Mingyuan passes it on: "Is that true?" Answer in three or four sentences: how to test whether groups were found or cut; what our own data say; and how we group from now on.
"""

# %% exercise="clusters-to-boss" kind="explain" level="core"
# BEGIN SOLUTION
answer_to_boss = t(
    zh="同一个算法，给它一堆没有群的参照数据，它照样交出七种，所以交出七种不等于发现了七种。要看两件事：换一批客户还是这几群吗，群与群之间有没有空隙。按多久没来、几单、多少钱，我们的客户连成一片，中间没有空隙，线是切出来的。层级以后用讲得清的规则来定，并写明是我们画的线。",
    en="Give the same algorithm a reference without any groups and it hands over seven kinds as well, so seven kinds are no discovery. Two things must be checked: do the same groups come out again with other customers, and is there room between them. By days, orders and money our customers are one continuum without a gap; the lines are cuts. From now on we set tiers by rules that can be explained and say that the lines are ours.",
)
# END SOLUTION

# %%
check("clusters-to-boss", answer_to_boss)

# %% [markdown] lang="zh" exercise="clusters-rfm-guess"
"""
### RFM 猜得中买什么吗

来过 5 单以上的客户，按每 100 元花在哪些类别上分了 4 群（`basket`），每人还有一个 RFM 客群（`segment`）。

假如只知道 RFM 客群，每个客群都猜人数最多的那个购物群，能猜中多大比例的客户？写成 0 到 1 之间的小数。猜中得少，说明购物群带来了 RFM 没有的信息。
"""

# %% [markdown] lang="en" exercise="clusters-rfm-guess"
"""
### Can RFM guess what they buy

Customers with at least 5 orders were put into 4 groups by where each 100 yuan goes (`basket`); each also has an RFM segment (`segment`).

Suppose you know the RFM segment only, and in every segment you guess the basket group with most people. What share of the customers do you guess right? Write it as a share between 0 and 1. If it is small, the baskets know something that RFM does not.
"""

# %%
loyal = facts.index[facts["frequency"] >= 5]
spent = money_by(company.orders, "category", products=company.products).reindex(loyal).clip(lower=0)
shares = spent.div(spent.sum(axis=1), axis=0)
basket = clusters.assign(shares, clusters.fit_clusters(shares, clusters.prepare(shares, list(shares)), 4))
segment = rfm.segments8(rfm.rfm_scores(facts)).reindex(loyal)

# %% exercise="clusters-rfm-guess" kind="compute" level="stretch"
# BEGIN SOLUTION
# zh: 类别和购物篮的群对照着数
# en: count segments against basket groups
# blank: crosstab
cells = pd.crosstab(segment, basket)
# zh: 每类猜最大的那一群，猜对多少
# en: guess the largest group of each segment: the share that is right
# blank: max
guessed = cells.max(axis=1).sum() / len(loyal)
# END SOLUTION

# %%
check("clusters-rfm-guess", guessed)

# %% [markdown] lang="zh" exercise="clusters-new-customers"
"""
### 换一家公司：给新客户分群

同样的做法，换到知棠教育。课程顾问卢可馨的模型是用加入满 180 天的老学员找到的（`old_model`）。给最近 180 天里加入的新学员（`newcomers_there`）分群：用现成的模型，不重新找。给出每位新学员的群。
"""

# %% [markdown] lang="en" exercise="clusters-new-customers"
"""
### Another company: put newcomers into groups

The same way at Zhitang Learning. The model of Lu Kexin, the course adviser, was found with learners who joined 180 days ago or earlier (`old_model`). Put the learners of the last 180 days (`newcomers_there`) into groups, with the model as it is. Give each newcomer's group.
"""

# %%
there = elsewhere("clusters-new-customers")
facts_there = order_facts(there.orders, there.as_of)
old_there = facts_there[facts_there["tenure_days"] >= 180]
newcomers_there = facts_there[facts_there["tenure_days"] < 180]
old_model = clusters.fit_clusters(old_there, clusters.prepare(old_there, columns), 3)
print(t(zh=f"老学员 {len(old_there):,} 位", en=f"{len(old_there):,} old learners"))
print(t(zh=f"新来的 {len(newcomers_there):,} 位", en=f"{len(newcomers_there):,} newcomers"))

# %% exercise="clusters-new-customers" kind="compute" level="core"
# BEGIN SOLUTION
# zh: 先看几位新客户
# en: look at some newcomers first
# blank: head
newcomers_there.head(3)
# zh: 用原来的模型给他们分群
# en: assign them by the old model
# blank: old_model
new_group = clusters.assign(newcomers_there, old_model)
# END SOLUTION

# %%
check("clusters-new-customers", new_group)

# %% [markdown] lang="zh" exercise="clusters-unsure"
"""
### 多少人说不准

用软分群把客户分成 3 群（`points` 是前面处理好的表）。最像的那一群也不到八成把握（小于 0.8）的客户，占多大比例？写成 0 到 1 之间的小数。
"""

# %% [markdown] lang="en" exercise="clusters-unsure"
"""
### How many cannot be told

Make 3 soft groups (`points` is the table prepared above). What share of the customers is less than eight tenths certain (below 0.8) even of the likeliest group? Write it as a share between 0 and 1.
"""

# %% exercise="clusters-unsure" kind="compute" level="stretch"
# BEGIN SOLUTION
# zh: 每个人属于各群的可能
# en: how likely each belongs to each group
# blank: soft_groups
soft = cluster_kin.soft_groups(points, 3)
# zh: 最大的可能也不到 0.8 的占多少
# en: the share whose best chance is below 0.8
# blank: max
# blank: < 0.8
unsure = (soft.max(axis=1) < 0.8).mean()
# END SOLUTION

# %%
check("clusters-unsure", unsure)

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

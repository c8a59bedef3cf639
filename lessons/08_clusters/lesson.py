# %% [markdown] about="opening"

# %% [markdown] lang="zh"
"""
## 故事与数据

周三下午，一家软件公司来悦选演示。大屏幕上七种颜色，很好看：“我们的人工智能发现，您的客户天然分成七种。”

总经理顾明远只问了一句：“这七种，是客户里本来就有的，还是你们切出来的？”

“算法是客观的。”对方说。

散会后小林问陆子衡：“要是我们自己也有这个算法，怎么知道它没骗人？”陆子衡说：“给它一堆根本没有群的数据，看它说什么。”今天就这么办。先学会算法在做什么，再学会不信它。

数据还是订单，每位客户三个指标：多久没来、来过几单、花了多少。
"""

# %% [markdown] lang="en"
"""
## Story and data

Wednesday afternoon. A software company shows its product at Yuexuan. Seven colours on the big screen, a pretty sight: "Our artificial intelligence has discovered that your customers fall naturally into seven kinds."

Gu Mingyuan, who runs the company, asks one question: "Were these seven there before you came, or did you cut them?"

"The algorithm is objective," they say.

Afterwards Lin asks Lu Ziheng: "If we had that algorithm ourselves, how would we know that it tells the truth?" He says: "Give it customers without any groups, and see what it says." That is today's plan. First learn what the algorithm does, then learn to doubt it.

The data are the orders once more, three measures a customer: how long away, how many orders, how much money.
"""

# %% [markdown] lang="zh" tags=["slide-only"]
"""
## “您的客户天然分成七种”：真的吗

- 软件公司说：算法是客观的
- 顾明远问：是客户里本来就有的，还是你们切出来的
- 陆子衡的办法：给它一堆没有群的数据，看它说什么
"""

# %% [markdown] lang="en" tags=["slide-only"]
"""
## "Your customers fall into seven kinds": do they?

- The software company says: the algorithm is objective
- Gu Mingyuan asks: were the seven there before, or did you cut them
- Lu Ziheng's test: give it data without groups and see what it says
"""

# %%
import tempfile
from pathlib import Path

import numpy as np
import pandas as pd

from custseg_helpers import (
    cluster_count,
    cluster_kin,
    cluster_rules,
    clusters,
    explore,
    kmeans,
    label,
    labelled,
    load,
    money_by,
    order_facts,
    plots,
    quiz,
    rfm,
    use_language,
)

use_language(t(zh="zh", en="en"))

company = load()
facts = order_facts(company.orders, company.as_of)
columns = ["recency_days", "frequency", "monetary"]
overview = facts[columns].agg(["min", "median", "mean", "max"]).round(0).astype(int)
overview.index = t(zh=["最少", "中位数", "平均", "最多"], en=["least", "median", "average", "most"])
labelled(overview)

# %% [markdown] lang="zh" tags=["trainer"]
"""
**老师：** 开场先不开电脑。请 12 位学员站到教室中间，不说话，“和像自己的人站到一起”。一分钟后问每一堆：你们按什么算像？有人按性别，有人按部门，有人按站得近。结论写在白板上：**先说清按什么算像，才谈得上分群。**

**板书：** 左边写“像＝距离”，中间画两个圈和一个箭头，写“认领 → 移动 → 认领 → 移动”，右边写三个问号：“尺子一样长吗？换一批人还一样吗？中间有空隙吗？”

**来不及时：** 跳过第 10 节（软分群和密度），第 9 节只讲分配新客户，不讲季度对比。第 7、8 两节不能省：一节教人不上当，一节让人有收获。
"""

# %% [markdown] lang="en" tags=["trainer"]
"""
**Trainer:** Begin without computers. Let 12 learners stand in the middle and, without a word, "join those who are like you". After a minute ask each cluster: alike in what? Some went by sex, some by department, some by who stood near. Write on the board: **first say what alike means, then speak of groups.**

**Board:** on the left "alike = distance"; in the middle two circles and an arrow, "join → move → join → move"; on the right three question marks: "Rulers equally long? The same with other people? Room in between?"

**When late:** leave out section 10 (soft groups and density); in section 9 assign new customers and skip the comparison by quarter. Sections 7 and 8 must stay: one keeps people from being fooled, the other is what they take home.
"""

# %% [markdown] lang="zh"
"""
## 1. 像不像，量一量距离

六位客户，两个数字：来过几单，花了几百元。把他们画在纸上，**像**就是**离得近**。

往东走 6 公里、往北走 8 公里，直线是 10 公里，因为 6×6 + 8×8 = 100 = 10×10。客户之间也这样量：陈静 1 单、100 元，吴刚 7 单、900 元，差 6 单、差 8 个一百元，距离就是 10。
"""

# %% [markdown] lang="en"
"""
## 1. How alike? Measure the distance

Six customers, two numbers: how many orders, and how many hundreds of yuan. Put them on paper, and **alike** means **near**.

Go 6 km east and 8 km north, and as the crow flies it is 10 km, because 6×6 + 8×8 = 100 = 10×10. Customers are measured the same way: Chen Jing has 1 order and 100 yuan, Wu Gang 7 orders and 900 yuan; the differences are 6 orders and 8 hundreds of yuan, and the distance is 10.
"""

# %%
names = t(
    zh=["陈静", "刘洋", "何芳", "马磊", "周婷", "吴刚"],
    en=["Chen Jing", "Liu Yang", "He Fang", "Ma Lei", "Zhou Ting", "Wu Gang"],
)
few = pd.DataFrame({"frequency": [1, 4, 1, 8, 9, 7], "hundred_yuan": [1, 1, 4, 5, 10, 9]}, index=names)
labelled(few)

# %%
apart = few - few.iloc[0]  # zh: 每个人和第一位（陈静）差多少  # en: how far each is from the first, Chen Jing
((apart**2).sum(axis=1) ** 0.5).round(1)

# %% [markdown] lang="zh"
"""
代码和 Excel 一样三步：`apart**2` 把每个差平方，`.sum(axis=1)` 横着加起来，`** 0.5` 开平方。
"""

# %% [markdown] lang="en"
"""
Three steps, as in Excel: `apart**2` squares each difference, `.sum(axis=1)` adds along the row, `** 0.5` takes the square root.
"""

# %% [markdown] lang="zh" tags=["slide-only"]
"""
## 像，就是离得近

差 6 单、差 8 个一百元，距离是 10。
"""

# %% [markdown] lang="en" tags=["slide-only"]
"""
## Alike means near

6 orders apart, 8 hundreds of yuan apart: the distance is 10.
"""

# %% tags=["slide"]
plots.kmeans.ruler(few, names[0], names[5])

# %% [markdown] lang="zh"
"""
**这张图说了什么：** 离陈静最近的有两位，都是 3。刘洋多来 3 单，何芳多花 300 元，在这把尺子上一样近。**它没说什么：** 凭什么 1 单和 100 元一样重。这是我们画图时定的，下一节就看看改一改会怎样。
"""

# %% [markdown] lang="en"
"""
**What the figure tells:** two customers are nearest to Chen Jing, both at 3. Liu Yang came 3 times more, He Fang spent 300 yuan more; on this ruler they are equally near. **What it does not tell:** why 1 order should weigh as much as 100 yuan. We settled that when we drew it; the next section changes it.
"""

# %% [markdown] lang="zh" tags=["slide-only"]
"""
## 换了单位，就换了谁和谁像

| 离陈静多远 | 按几百元 | 按几元 |
|---|---|---|
| 刘洋：多来 3 单 | 3 | 3 |
| 何芳：多花 300 元 | 3 | 300 |

谁的数字大，谁说了算。
"""

# %% [markdown] lang="en" tags=["slide-only"]
"""
## Change the unit, and others become alike

| how far from Chen Jing | in 100 yuan | in yuan |
|---|---|---|
| Liu Yang: 3 orders more | 3 | 3 |
| He Fang: 300 yuan more | 3 | 300 |

Whoever has the larger numbers decides.
"""

# %% [markdown] lang="zh"
"""
练习里的客户叫 `K1` 到 `K6`。
"""

# %% [markdown] lang="en"
"""
The customers of the exercise are called `K1` to `K6`.
"""

# %% [markdown] try="clusters-nearest"

# %% [markdown] lang="zh"
"""
## 2. 尺子要一样长

同样六个人，钱不写“几百元”，写“几元”。什么也没变，只换了单位。再量一次。
"""

# %% [markdown] lang="en"
"""
## 2. Equal rulers

The same six people; money not in hundreds of yuan but in yuan. Nothing has changed but the unit. Measure again.
"""

# %%
in_yuan = few.assign(monetary=few["hundred_yuan"] * 100)[["frequency", "monetary"]]
apart = in_yuan - in_yuan.iloc[0]
((apart**2).sum(axis=1) ** 0.5).round(1)

# %% [markdown] lang="zh"
"""
刘洋还是 3，何芳变成了 300。多来 3 单和多花 3 元，现在一样重；订单数等于没算。**谁的数字大，谁说了算**，这是聚类最常见的陷阱。

办法是**统一尺度**（scaling）：每一列减去自己的平均，再除以自己的标准差（standard deviation，就是大家离平均一般有多远）。代码里 `.mean()` 是平均，`.std(ddof=0)` 是标准差。算完以后，每一列都是平均 0、标准差 1，用元还是用百元，结果一样。
"""

# %% [markdown] lang="en"
"""
Liu Yang stays at 3, He Fang is at 300. Coming 3 times more now weighs as much as spending 3 yuan more; orders hardly count at all. **Whoever has the larger numbers decides**: the commonest trap of clustering.

The remedy is **scaling**: from each column take away its average, then divide by its standard deviation (how far people usually are from the average). In code `.mean()` is the average and `.std(ddof=0)` the standard deviation. After that every column has average 0 and standard deviation 1, and yuan or hundreds of yuan come to the same.
"""

# %%
by_yuan = (in_yuan - in_yuan.mean()) / in_yuan.std(ddof=0)
by_hundred = (few - few.mean()) / few.std(ddof=0)
labelled(pd.concat([by_yuan, by_hundred["hundred_yuan"]], axis=1).round(2))

# %% [markdown] lang="zh"
"""
还差一步。来了一位孙敏，9 单，10 万元。她一个人就把标准差撑大了：别人在她面前全挤成一团，看不出差别。
"""

# %% [markdown] lang="en"
"""
One step is missing. Along comes Sun Min: 9 orders, 100,000 yuan. She alone stretches the standard deviation; beside her all others are squeezed together.
"""

# %% [markdown] lang="zh" tags=["slide-only"]
"""
## 一位大户，把别人挤成一团

取对数是按倍数算：从 100 到 1,000，和从 1,000 到 10,000 一样远。
"""

# %% [markdown] lang="en" tags=["slide-only"]
"""
## One very large customer squeezes all others together

The logarithm counts in multiples: from 100 to 1,000 is as far as from 1,000 to 10,000.
"""

# %% tags=["slide"]
with_giant = pd.concat([in_yuan["monetary"], pd.Series({t(zh="孙敏", en="Sun Min"): 100_000})])
logged = np.log1p(with_giant)
pd.DataFrame(
    {
        t(zh="元", en="yuan"): with_giant,
        t(zh="统一尺度", en="scaled"): ((with_giant - with_giant.mean()) / with_giant.std(ddof=0)).round(2),
        t(zh="先取对数", en="logarithm first"): ((logged - logged.mean()) / logged.std(ddof=0)).round(2),
    }
)

# %% [markdown] lang="zh"
"""
中间一列，前六个人都在 -0.4 左右：100 元和 1,000 元看不出差别。**取对数**（logarithm）就是按**倍数**算远近：从 100 到 1,000 是 10 倍，从 1,000 到 10,000 也是 10 倍，就算一样远。销售本来就这么想：100 元的客户变成 200 元是大事，10,000 元的变成 10,100 元不是。代码里是 `np.log1p`，先加 1 再取对数，0 元也不会出错。

`clusters.prepare` 一次做好：拖着长尾巴的列先取对数，再统一尺度。它说出对谁取了对数，不悄悄做。
"""

# %% [markdown] lang="en"
"""
In the middle column the first six all stand near -0.4: 100 yuan and 1,000 yuan look the same. **Taking the logarithm** measures by **how many times**: from 100 to 1,000 is 10 times, from 1,000 to 10,000 is 10 times as well, so both count as equally far. Salespeople think that way: a customer who goes from 100 to 200 yuan is news, one who goes from 10,000 to 10,100 is not. In code it is `np.log1p`, which adds 1 first so that 0 yuan does no harm.

`clusters.prepare` does it all: columns with a long tail by their logarithm, then one scale. It tells which columns it took by the logarithm; nothing is done quietly.
"""

# %%
ready = clusters.prepare(facts, columns)
for column, how in ready.items():
    taken = t(zh="取对数", en="by its logarithm") if how["log"] else t(zh="不取对数", en="as it is")
    print(label(column) + t(zh="：", en=": ") + taken)

# %% [markdown] lang="zh"
"""
现在让算法把客户分成 3 群（怎么分的，下一节手算）。同样的客户，同样两列，只换尺子。为了看得见，先只用两列：多久没来、花了多少。
"""

# %% [markdown] lang="en"
"""
Now let the algorithm make 3 groups of our customers (how it does so, we work out by hand in the next section). The same customers, the same two columns; only the rulers change. So that we can see everything, just two columns for now: days since the last purchase and money.
"""

# %% [markdown] lang="zh" tags=["slide-only"]
"""
## 同样的客户，只换尺子，群就不同

左图只按钱切；右图先取对数、再统一尺度，两列都算数。
"""

# %% [markdown] lang="en" tags=["slide-only"]
"""
## The same customers; only the ruler has changed

On the left money alone decides; on the right, by logarithm and on one scale, both count.
"""

# %% tags=["slide"]
two = ["recency_days", "monetary"]
untouched = {column: {"log": False, "mean": 0.0, "spread": 1.0} for column in two}
rulers = {
    t(zh="原样：天和元", en="as it is: days, yuan"): untouched,
    t(zh="只统一尺度", en="one scale"): clusters.prepare(facts, two, log=[]),
    t(zh="先取对数，再统一尺度", en="logarithm, one scale"): clusters.prepare(facts, two),
}
cuts = {}
for how, ruler in rulers.items():
    found = clusters.fit_clusters(facts, ruler, 3)
    cuts[how] = clusters.assign(facts, found)
plane = clusters.prepare(facts, two)
plots.kmeans.same_plane(clusters.scaled(facts, plane), cuts, plane)

# %% [markdown] lang="zh"
"""
**这张图说了什么：** 纵轴每一大格是 10 倍，下面是每群占多少人。左图是陷阱：三群是三条横带，只按钱切，多久没来不起作用，最下面一群占去大半客户。中图横竖都切了，可金额这把尺子还是被几位大户撑着，右边那一群不分钱多钱少。右图两列都算数。**它没说什么：** 三群是不是本来就有的。三张图的客户都连成一片，看不见空隙。
"""

# %% [markdown] lang="en"
"""
**What the figure tells:** each large step upwards is 10 times the money; below stands the share of each group. On the left is the trap: three flat bands, cut by money alone; the days do nothing, and the lowest band holds most customers. In the middle both count, but a few very large customers still stretch the money's ruler, and the group on the right takes no notice of money. On the right both columns count. **What it does not tell:** whether three groups were there to begin with. In all three pictures the customers lie close together, without a gap.
"""

# %% [markdown] lang="zh"
"""
三步各有一个函数：`clusters.prepare` 定尺子，`clusters.fit_clusters` 找中心，`clusters.assign` 把每个人归到近的中心。
"""

# %% [markdown] lang="en"
"""
Each of the three steps has a function: `clusters.prepare` makes the ruler, `clusters.fit_clusters` finds the centres, `clusters.assign` puts everybody to the nearest one.
"""

# %% [markdown] try="clusters-colleague-scale"

# %% [markdown] lang="zh"
"""
## 3. 手算一轮 k 均值

k 均值（k-means）的 k 就是几群，均值就是平均。它只会两步：

1. **认领**：每位客户跟最近的中心走；
2. **移动**：每个中心走到自己客户的正中，也就是他们的平均。

两步轮流做，直到谁也不换。开头的中心随便放，这里就放在陈静和刘洋身上。先认领：量每个人到两个中心的距离，跟近的走。
"""

# %% [markdown] lang="en"
"""
## 3. One round of k-means by hand

In k-means, k is how many groups, and mean is the average. It knows two steps:

1. **Join**: each customer goes with the nearest centre;
2. **Move**: each centre goes to the middle of its customers, that is their average.

The two take turns until nobody changes. The first centres may lie anywhere; here they lie on Chen Jing and Liu Yang. First, join: measure from everybody to both centres and take the nearer.
"""

# %% [markdown] lang="zh" tags=["slide-only"]
"""
## k 均值只会两步

- **认领**：每位客户跟最近的中心走
- **移动**：每个中心走到自己客户的正中
- 轮流做，直到谁也不换
"""

# %% [markdown] lang="en" tags=["slide-only"]
"""
## K-means knows two steps

- **Join**: each customer goes with the nearest centre
- **Move**: each centre goes to the middle of its customers
- Take turns until nobody changes
"""

# %%
centres = few.iloc[[0, 1]].set_axis(["cluster_1", "cluster_2"])
to_1 = ((few - centres.loc["cluster_1"]) ** 2).sum(axis=1) ** 0.5
to_2 = ((few - centres.loc["cluster_2"]) ** 2).sum(axis=1) ** 0.5
way = pd.DataFrame({"cluster_1": to_1, "cluster_2": to_2})
joined = way.idxmin(axis=1)  # zh: 每一行最小的是哪一列  # en: in each row, which column is smallest
labelled(way.round(1).assign(cluster=joined))

# %% [markdown] lang="zh"
"""
表头里的“簇”（cluster）就是群，统计书这样叫。何芳离陈静近，其余的人都离刘洋近。再移动：按群求平均，就是透视表。
"""

# %% [markdown] lang="en"
"""
Statisticians call a group a cluster; hence the heading. He Fang is nearer to Chen Jing; all others are nearer to Liu Yang. Then move: averages by group, a pivot table.
"""

# %%
labelled(few.groupby(joined).mean().round(2))

# %% [markdown] lang="zh"
"""
第 1 个中心走到（1，2.5），第 2 个走到（7，6.25）。一轮做完了。接着再认领：刘洋现在离第 1 个中心近，换了群。`kmeans_steps` 把每一步都记下来，画出来就是下面六格。
"""

# %% [markdown] lang="en"
"""
Centre 1 goes to (1, 2.5), centre 2 to (7, 6.25). That was one round. Then join again: Liu Yang is now nearer to centre 1 and changes groups. `kmeans_steps` keeps every step; drawn, they are the six panels below.
"""

# %% [markdown] lang="zh" tags=["slide-only"]
"""
## 两次移动，就停了

中心（2，2）不是哪一位客户，它是三个人的平均。
"""

# %% [markdown] lang="en" tags=["slide-only"]
"""
## Two moves, and it has settled

The centre (2, 2) is no customer; it is the average of three.
"""

# %% tags=["slide"]
steps = kmeans.kmeans_steps(few, 2, seed=24)
plots.kmeans.rounds(few, steps)

# %% [markdown] lang="zh"
"""
大圈是中心，灰线连着谁跟谁，黑线是中心走过的路。两次移动以后停在（2，2）和（8，8）：左下三位是一群，右上三位是一群。图上看不出中心是谁。（2，2）不是任何一位客户，它是三个人的平均。

想看全体客户一步一步走，第 11 节有滑块。
"""

# %% [markdown] lang="en"
"""
Rings are the centres, grey lines show who goes with which, black lines the way a centre has gone. After two moves they stop at (2, 2) and (8, 8): three people bottom left, three top right. The figure does not show who the centre is. (2, 2) is no customer; it is the average of three.

To see all our customers go step by step, there is a slider in section 11.
"""

# %% [markdown] lang="zh"
"""
`.idxmin(axis=1)` 说出每一行最小的数在哪一列。
"""

# %% [markdown] lang="en"
"""
`.idxmin(axis=1)` says in which column the smallest number of each row stands.
"""

# %% [markdown] try="clusters-one-round"

# %% [markdown] lang="zh"
"""
## 4. 全体客户：群是谁，编号算什么

现在用全部三列，分成 3 群。`fit_clusters` 换 10 个起点各做一遍，留下最好的一遍；`assign` 告诉每位客户在哪一群。
"""

# %% [markdown] lang="en"
"""
## 4. All customers: who they are, and what a number is worth

Now all three columns and 3 groups. `fit_clusters` tries 10 starts and keeps the best; `assign` tells each customer's group.
"""

# %% [markdown] lang="zh" tags=["slide-only"]
"""
## 第 1 群：三分之一的人，四分之三的钱

小林起的名字：顶梁柱、刚认识、不来了。
"""

# %% [markdown] lang="en" tags=["slide-only"]
"""
## Cluster 1: a third of the people, three quarters of the money

Lin's names: the pillars, just met, gone quiet.
"""

# %% tags=["slide"]
model = clusters.fit_clusters(facts, ready, 3)
group = clusters.assign(facts, model)
who = facts.groupby(group)[columns].mean().round(0).astype(int)
who["customers"] = group.value_counts()
who["money_share"] = (facts.groupby(group)["monetary"].sum() / facts["monetary"].sum()).round(2)
labelled(who)

# %%
first_names = clusters.cluster_names(model)
for code, words in first_names.items():
    print(label(code) + t(zh="：", en=": ") + str(words))

# %% [markdown] lang="zh"
"""
名字从哪来？看每群的中心在哪两列离平均最远。这只是草稿，真名字要销售来起。小林给悦选的三群起的名字是：“顶梁柱”“刚认识”“不来了”。顶梁柱约占人数的三分之一，带来约四分之三的钱。好名字有三条：一听就知道是谁，不骂人，让人想得到该做什么。
"""

# %% [markdown] lang="en"
"""
Where do the names come from? From the two columns in which a group's centre is furthest from the average. They are a draft; the real name is given by salespeople. Lin calls Yuexuan's three groups "the pillars", "just met" and "gone quiet". The pillars, about a third of the people, bring about three quarters of the money. A good name passes three tests: you know at once who is meant, it insults nobody, and it suggests what to do.
"""

# %% [markdown] lang="zh"
"""
**编号不是名次。** 第 3 群不比第 2 群“差一级”，编号也不能求平均：两位客户一位在第 1 群、一位在第 3 群，“平均第 2 群”什么意思也没有。

**换一次运行，编号就换。** 从别的起点再跑一次，看看两次的编号怎样对应：行是第一次，列是第二次。代码里 `[-1]` 取最后一步，`.groups` 是每位客户的群。
"""

# %% [markdown] lang="en"
"""
**A number is no rank.** Group 3 is not "one grade below" group 2, and numbers have no average: with one customer in group 1 and one in group 3, "group 2 on average" means nothing.

**Another run, other numbers.** Run once more from another start and see how the numbers correspond: rows are the first run, columns the second. In code `[-1]` takes the last step, and `.groups` is everyone's group.
"""

# %% [markdown] lang="zh" tags=["slide-only"]
"""
## 换一次运行，编号就换，人还是那些人

编号不是名次，也不能求平均。
"""

# %% [markdown] lang="en" tags=["slide-only"]
"""
## Another run, other numbers, the same people

A number is no rank and has no average.
"""

# %% tags=["slide"]
points = clusters.scaled(facts, ready)
first = kmeans.kmeans_steps(points, 3, seed=0)[-1].groups
second = kmeans.kmeans_steps(points, 3, seed=1)[-1].groups
labelled(pd.crosstab(first, second))

# %% [markdown] lang="zh"
"""
每一行只有一个大数：还是那三群人，只是换了号。所以比较两次分群，要看**谁和谁在一起**，不看编号相不相同。
"""

# %% [markdown] lang="en"
"""
Each row has one large number: the same three groups under other numbers. To compare two groupings, look at **who is together with whom**, not at whether the numbers agree.
"""

# %% [markdown] try="clusters-really-changed"

# %% [markdown] lang="zh" tags=["trainer"]
"""
**小组讨论（8 分钟）：** 每组给三群各起一个名字，再写一句“对这一群，我们做什么、不做什么”。然后把名字贴到白板上，别的组猜是哪一群。猜不出，名字就不合格；两个群的动作一样，就说明不必分成两群。

**卡点：** 总有人问“第 1 群是不是最好的一群”。我们的程序恰好按各群中心的钱（取过对数）从多到少编号，别的软件不这样。请他把编号换成水果：苹果群、梨群、桃群，再问一遍哪个大。
"""

# %% [markdown] lang="en" tags=["trainer"]
"""
**Small groups (8 minutes):** each gives the three groups names and one sentence "for these we do this and not that". Pin the names to the board and let the others guess. If nobody can, the name fails; if two groups get the same treatment, they need not be two groups.

**Where they stumble:** someone always asks whether group 1 is the best. Our program happens to number by the money of each centre (after the logarithm), from most to least; other software does not. Replace the numbers by fruit, apples, pears and peaches, and ask again which is larger.
"""

# %% [markdown] lang="zh"
"""
## 5. 分几群？三种看法

- **肘部法则**（elbow）：群越多，客户离中心越近，这条线总往下走。图上画的是“没有解释的差异”。看从哪里开始走平：再加一群，省不了多少。
- **轮廓系数**（silhouette）：一位客户，离自己群的人近，离隔壁群的人远，就接近 1；站在中间，就接近 0。
- **稳定性**（stability）：随机换一批同样的客户，再分一次。上次在一起的，还在一起吗？完全一样是 1，碰运气是 0，0.8 以上算稳。统计书叫它调整兰德指数。

轮廓系数也能手算。拿刘洋来说：到自己群另外两位的平均距离，和到隔壁群三位的平均距离，差多少，再除以大的那个。
"""

# %% [markdown] lang="en"
"""
## 5. How many groups? Three ways to look

- **Elbow**: the more groups, the nearer everyone is to a centre, so this line, the differences not explained, always falls. Look where it levels off: one group more saves little.
- **Silhouette**: a customer near to its own group and far from the next one is close to 1; one standing in between is close to 0.
- **Stability**: draw other customers of the same kind at random and group again. Are those who were together still together? 1 is exactly the same, 0 is chance, from 0.8 on it counts as stable. Statisticians call it the adjusted Rand index.

A silhouette can be worked out by hand. Take Liu Yang: the average distance to the two others of his own group, and to the three of the other group; the difference, divided by the larger.
"""

# %%
ways = ((few - few.iloc[1]) ** 2).sum(axis=1) ** 0.5
own, other = ways.iloc[[0, 2]].mean(), ways.iloc[[3, 4, 5]].mean()
print(
    t(zh="离自己的群", en="to the own group"),
    round(own, 2),
    t(zh="离邻群", en="to the next"),
    round(other, 2),
)
print(t(zh="轮廓系数", en="silhouette"), round((other - own) / max(own, other), 2))

# %% [markdown] lang="zh"
"""
三个数依次是：到自己群的平均距离、到隔壁群的平均距离、轮廓系数。刘洋的轮廓系数 0.56：偏向自己的群，但不算铁杆。全体客户的平均，就是这样分群的轮廓系数。`choose_k` 从 2 群试到 7 群，每一种都算一遍。
"""

# %% [markdown] lang="en"
"""
The three numbers: average distance to his own group, to the other group, and the silhouette. Liu Yang's is 0.56: in the right group, but not deep inside it. The average over all customers is the silhouette of the grouping. `choose_k` tries 2 groups up to 7 and works out all of it.
"""

# %% [markdown] lang="zh" tags=["slide-only"]
"""
## 分几群，先看三条实线

到 3 群为止降得快，重抽一次还是这几群，团队也做得过来。
"""

# %% [markdown] lang="en" tags=["slide-only"]
"""
## How many groups? First the solid lines

Up to 3 the line falls fast, the same groups come out again, and a team can keep up 3 ways.
"""

# %% tags=["slide"]
chances = cluster_count.choose_k(points, range(2, 8))
plots.clusters.choosing_k(chances)

# %% [markdown] lang="zh"
"""
先看实线。左上，到 3 群为止降得快，往后越来越慢。右上，2 群和 3 群差不多高，都不到 0.5。左下，5 群以内都在稳定线以上。三种看法合起来，3 群说得过去，还有第四个理由：三种做法，六个人的团队做得过来。图上看不出群是不是真的。灰色虚线和右下那一格，是第 7 节的事。
"""

# %% [markdown] lang="en"
"""
Look at the solid lines first. Top left, the line falls fast up to 3 groups and slower from there on. Top right, 2 and 3 groups are about equally high, both below 0.5. Bottom left, up to 5 groups stay above the line. Taken together 3 will do, and there is a fourth reason: a team of six can keep up three ways of treating people. The figure does not show whether the groups are real. The grey dashed lines and the panel bottom right are for section 7.
"""

# %% [markdown] try="clusters-how-many"

# %% [markdown] lang="zh"
"""
## 6. 把群写成规则

“第 2 群”没法念给店员听。**决策树**（decision tree）一次问一个问题，像前台分诊：“超过 350 天没来吗？”“来过不止 4 单吗？”每一步都选最能把群分开的那个问题。问两层，就能写出一句规则。先在六个人身上试：
"""

# %% [markdown] lang="en"
"""
## 6. Groups written as rules

"Group 2" cannot be read out to staff. A **decision tree** asks one question at a time, as a receptionist does: "Away for more than 350 days?" "More than 4 orders?" Each time it picks the question that parts the groups best. Two levels of questions make a rule. First on our six people:
"""

# %%
by_hand = steps[-1].groups
labelled(cluster_rules.rules(few, by_hand, ["frequency", "hundred_yuan"])[["rule", "customers"]])

# %% [markdown] lang="zh"
"""
只问一个问题就够了：花的钱超没超过 400 元。规则里写的是列名，和第 01 课标签目录里的规则是同一种写法，抄过去就能用。再看全体客户，`depth=2` 就是问两层：
"""

# %% [markdown] lang="en"
"""
One question is enough: more than 400 yuan or not. Rules are written with column names, just as in the tag catalogue of lesson 01; copy one there and it works. Now all customers; `depth=2` asks two levels of questions:
"""

# %% [markdown] lang="zh" tags=["slide-only"]
"""
## 两个问题，就能把群念给店员听

- 第 2 群：350 天以内来过，最多 4 单
- 第 3 群：超过 350 天没来，最多 5 单
- 照规则分，94% 的客户和算法分得一样
"""

# %% [markdown] lang="en" tags=["slide-only"]
"""
## Two questions, and staff know the group

- Cluster 2: came within 350 days, 4 orders at most
- Cluster 3: away for more than 350 days, 5 orders at most
- By these rules 94% of customers land where the algorithm puts them
"""

# %%
told = cluster_rules.rules(facts, group, columns, depth=2)
for code, row in told.iterrows():
    print(label(code), row["rule"], sep="\n    ")
print(
    t(zh="和算法分得一样的客户：", en="customers who land where the algorithm puts them:"),
    f"{told.attrs['agreement']:.0%}",
)

# %% [markdown] lang="zh"
"""
悦选的第 2 群，念给店员听就是：“350 天以内来过，最多 4 单。”最后一行的数：照这几条规则分，有多大比例的客户分进了和算法一样的群。九成以上，说明算法绕的那些弯，三句话就说得差不多。规则看得懂、改得动、下个月还一样；算法当参谋，规则当制度。
"""

# %% [markdown] lang="en"
"""
Read aloud to staff, Yuexuan's group 2 is: "came within 350 days, 4 orders at most". The number in the last line: going by these rules, what share of the customers lands in the same group as by the algorithm? At over nine in ten, three sentences say nearly all that the algorithm found. Rules can be read, changed, and are the same next month: let the algorithm advise and the rules decide.
"""

# %% [markdown] lang="zh"
"""
`cluster_rules.rules(…)` 的结果附着一个数，写在 `.attrs["agreement"]` 里：规则和分群一致的比例。
"""

# %% [markdown] lang="en"
"""
The result of `cluster_rules.rules(…)` carries a number with it, in `.attrs["agreement"]`: the share for which rules and groups agree.
"""

# %% [markdown] try="clusters-rules-agree"

# %% [markdown] lang="zh"
"""
## 7. 找到的，还是切出来的

轮到陆子衡的办法了：编一堆**根本没有群**的客户，均匀撒开，平均、标准差、哪两列一起变，都和真客户一样。然后让同一个算法分 3 群。
"""

# %% [markdown] lang="en"
"""
## 7. Found, or cut?

Now for Lu Ziheng's idea: make up customers with **no groups at all**, evenly spread, with the averages and standard deviations of the real customers and columns that move together as theirs do. Then let the same algorithm make 3 groups.
"""

# %% [markdown] lang="zh" tags=["slide-only"]
"""
## 右边没有群，算法照样切出三群

你要几群，它就给几群。
"""

# %% [markdown] lang="en" tags=["slide-only"]
"""
## No groups on the right, yet the algorithm cuts three

Ask for any number of groups, and you get them.
"""

# %% tags=["slide"]
plots.clusters.beside_reference(points, 3)

# %% [markdown] lang="zh"
"""
右边明明没有群，算法照样交出三群，颜色一样漂亮，“解释”得也差不多。三列压成了两个方向来画，才放得到纸上。不过，算法没有错：你要 3 群，它就切 3 刀；问题在于我们以为它是“发现”。

那怎么分辨？从一个中心走到另一个中心，一路数人。**真有两群，半路上应该没几个人**；只是一大片，半路上的人和中心一样多，甚至更多。下面左图是编出来的三群人，它们之间真的有空隙；右图是我们的客户。两边都挑了挨得最近的两群来走。
"""

# %% [markdown] lang="en"
"""
On the right there are no groups, yet the algorithm hands over three, in colours just as pretty, and "explains" about as much. Three columns were pressed into two directions to fit on paper. Yet the algorithm is not wrong. Ask for 3 groups and it makes 3 cuts; the mistake is to call them a discovery.

How to tell the difference? Walk from one centre to the other and count the people on the way. **With two real groups there are few people half-way**; where there is only one large group, as many stand half-way as at the centres, or more. Below on the left are three made-up groups that really have room between them, on the right our customers. On either side we walk between the two groups that are nearest to each other.
"""

# %% [markdown] lang="zh" tags=["slide-only"]
"""
## 数一数半路上的人

真有两群，半路没几个人；我们的客户，半路比中心还多。
"""

# %% [markdown] lang="en" tags=["slide-only"]
"""
## Count the people half-way

Between real groups hardly anybody stands; among our customers there are more than at the centres.
"""

# %% tags=["slide"]
made_up = explore.clusters.made_up()
made_up_points = clusters.scaled(made_up, clusters.prepare(made_up, two, log=["monetary"]))
plots.clusters.walk(
    {
        t(zh="编出来的三群人", en="three made-up groups"): cluster_count.way_between(made_up_points, 3),
        t(zh="我们的客户", en="our customers"): cluster_count.way_between(points, 3),
    }
)

# %% [markdown] lang="zh"
"""
蓝柱子是站在中心的人，斜线柱子是半路的人。左边半路几乎没有人，这才叫两群；右边半路上的人比中心处还多，边界是从人堆里穿过去的。第 5 节那张图的右下一格，画的就是“半路除以中心”（为了不让几个人的偶然冒充空隙，那里按误差加了一点）。图上看不出换几列来看会怎样。

`structure` 把两件事合起来问：换一批客户还是这几群吗？中间有空隙吗，比没有群的参照更空吗？两件都过，才说“有清楚的群”。先问编出来的，再问我们的。
"""

# %% [markdown] lang="en"
"""
Blue bars are people at a centre, hatched bars people half-way. On the left hardly anybody is half-way: these are two groups. On the right there are more people half-way than at the centres: the border runs right through where people are. The panel bottom right in section 5 shows this very "half-way divided by centre" (with a little added for chance, so that a few people cannot pass for a gap). The figure does not show how it looks in other columns.

`structure` asks both things at once: do the same groups come out again with other customers, and is there room between them, more than in data without groups? Only with two yeses does it speak of clear groups. First the made-up ones, then ours.
"""

# %%
print(cluster_count.structure(cluster_count.choose_k(made_up_points, range(2, 5))))
print(cluster_count.structure(chances))
labelled(chances.loc[[2, 3, 4], ["stability", "border", "border_reference"]].round(2))

# %% [markdown] lang="zh" tags=["slide-only"]
"""
## 给顾明远的回答：悦选的客户连成一片

- 线是我们画的
- 线边上的人和线那边的人差不多
- 既然要画线，就用谁都讲得清的规则
"""

# %% [markdown] lang="en" tags=["slide-only"]
"""
## The answer for Gu Mingyuan: one continuum

- The lines are ours
- People on one side are much like those on the other
- If lines are drawn, draw them by rules that everybody can explain
"""

# %% [markdown] lang="zh"
"""
这就是给顾明远的回答：**按多久没来、来几单、花多少钱，悦选的客户连成一片，没有天然的几种。** 分 3 群很稳，每次都切在同一个地方，但稳定不等于有空隙：把一条面包切成三段，次次切得一样，面包也不是三块。程序提到 2 段，只因为稳的切法里它的轮廓系数最高；我们按第 5 节的理由用 3 段，一样稳。

那还分不分？可以分，工作需要层级。只是三句话要说老实：线是我们画的；线边上的人和线那边的人差不多；既然要画线，就用第 04 课那种谁都讲得清的规则来画。
"""

# %% [markdown] lang="en"
"""
This is the answer for Gu Mingyuan: **by days away, orders and money, Yuexuan's customers are one continuum; there are no natural kinds.** The cut into 3 is stable, always in the same place; but stable does not mean a gap. Cut a loaf in three, the same way every time, and it was still one loaf. The program speaks of 2 only because, among the stable cuts, its silhouette is highest; we keep 3 for the reasons of section 5, just as stable.

Then do we group at all? We may; work needs tiers. Only say three things honestly: the lines are ours; people on one side of a line are much like those on the other; and since lines have to be drawn, draw them by rules that everybody can explain, as in lesson 04.
"""

# %% [markdown] try="clusters-to-boss"

# %% [markdown] lang="zh"
"""
## 8. 规则漏掉了什么

RFM 三列里没有天然的群，何况这三列人人都看过。**谁也没想到的群，要到没人看过的列里去找。** 比如：每 100 元花在哪几类商品上？

只看来过 5 单以上的客户：只买过一次的人，那一单买了牛奶，就是“100% 生鲜”，说明不了口味。
"""

# %% [markdown] lang="en"
"""
## 8. What the rules missed

The three RFM columns hold no natural groups, and everybody has looked at them anyway. **Groups that nobody thought of are found in columns that nobody looked at.** For example: where does each 100 yuan go?

Only customers with at least 5 orders: someone who came once and bought milk is "100% fresh food", which says nothing about taste.
"""

# %%
loyal = facts.index[facts["frequency"] >= 5]
spent = money_by(company.orders, "category", products=company.products).reindex(loyal).clip(lower=0)
# zh: 每一行除以自己的合计
# en: each row divided by its own total
shares = spent.div(spent.sum(axis=1), axis=0)
labelled(shares.head(4).round(2))

# %%
baskets = clusters.prepare(shares, list(shares))
basket_chances = cluster_count.choose_k(clusters.scaled(shares, baskets), range(2, 6))
print(cluster_count.structure(basket_chances))
labelled(basket_chances[["stability", "border", "border_reference"]].round(2))

# %% [markdown] lang="zh"
"""
悦选的结论变了：买什么，**真的有群**，有把握的是 2 群。4 群那一行也看一看：每次分出来一样，半路的人是中心的 75%，正好压在“分得开”的线上，参照里要到 120%。我们取 4 群来用，同时把这句话写进报告：2 群有把握，4 群是约定。

换一家公司，结论可能不同：程序怎么说，就怎么写。
"""

# %% [markdown] lang="en"
"""
For Yuexuan the verdict has changed: in what people buy there **are groups**, 2 of them for certain. Look at the row of 4 too: the same groups come out every time, and half-way there are 75% as many people as at the centres, right on the limit for being apart, against 120% in the reference. We use 4 and say so in the report: 2 are certain, 4 are our agreement.

At another company the verdict may differ: write down what the program says.
"""

# %% [markdown] lang="zh" tags=["slide-only"]
"""
## 没人看过的列里，真的有群

按钱花在哪里分：美妆运动、带娃家庭、囤粮油家居、天天买菜。有把握的是 2 群，4 群是约定。
"""

# %% [markdown] lang="en" tags=["slide-only"]
"""
## In columns that nobody looked at there are groups

By where the money goes: beauty and sports, families with a child, stocking up, fresh every day. 2 are certain, 4 are our agreement.
"""

# %% tags=["slide"]
basket_model = clusters.fit_clusters(shares, baskets, 4)
basket = clusters.assign(shares, basket_model)
plots.clusters.tastes(shares.groupby(basket).mean(), basket.value_counts())

# %% [markdown] lang="zh"
"""
每一行加起来是 100 元。悦选的四群，小林一看就会叫名字：第 1 群“美妆运动”，第 2 群“带娃家庭”，第 3 群“囤粮油家居”，第 4 群“天天买菜”。图上看不出他们是谁、为什么这样买。“带娃家庭”也可能是给孙辈买的。

群是真是假，还有一个好办法：看**没给算法看过的列**。折扣没有参加分群，要是各群的折扣差得很多，这些群就不只是数字游戏。
"""

# %% [markdown] lang="en"
"""
Each row adds up to 100 yuan. Lin has names for Yuexuan's four groups at first sight: group 1 "beauty and sports", group 2 "families with a child", group 3 "stocking up the house", group 4 "fresh every day". The figure does not show who they are and why they buy so. "Families with a child" may be grandparents.

There is another good test of whether groups are real: look at **a column that the algorithm has not seen**. Discounts took no part in the grouping; if the groups differ a good deal in them, the groups are more than a game with numbers.
"""

# %% [markdown] lang="zh" tags=["slide-only"]
"""
## 没给算法看的折扣，也分开了

囤粮油家居的第 3 群，七成的钱花在折扣上。
"""

# %% [markdown] lang="en" tags=["slide-only"]
"""
## Discounts, never shown to the algorithm, differ too

Cluster 3, stocking up the house, spends seven tenths of its money at a discount.
"""

# %% tags=["slide"]
unseen = facts.loc[loyal].groupby(basket)[["frequency", "monetary", "discount_share"]].mean()
unseen = unseen.round({"frequency": 1, "monetary": 0, "discount_share": 2})
labelled(unseen.astype({"monetary": int}))

# %% [markdown] lang="zh"
"""
悦选的第 3 群有七成的钱花在折扣上，别的群只有两三成。囤粮油家居的，原来多半趁打折买；是不是专等打折，这张表看不出（第 06 课）。算法没看过折扣，却把他们找了出来。

最后和 RFM 客群叠在一起，每一行是 100%：
"""

# %% [markdown] lang="en"
"""
Yuexuan's group 3 spends seven tenths of its money at a discount, the others two or three tenths. Those who stock up the house turn out to buy mostly at a discount; whether they wait for it, this table does not show (lesson 06). The algorithm never saw a discount, yet it found them.

Finally laid over the RFM segments, each row 100%:
"""

# %%
segment = rfm.segments8(rfm.rfm_scores(facts)).reindex(loyal)
labelled((pd.crosstab(segment, basket, normalize="index") * 100).round(0).astype(int))

# %% [markdown] lang="zh"
"""
看悦选的重要价值客户和重要保持客户这两行：四群都有，谁也不占一半。RFM 眼里一模一样的两位重要价值客户，一位推着婴儿车，一位在买跑鞋。给他们发同一张券，多半有一位用不上。

- **RFM 说：** 该不该联系，先联系谁。
- **买什么的群说：** 联系时说什么，推荐什么。
- **两样都不说：** 联系了有没有用。那是第 13 课。
"""

# %% [markdown] lang="en"
"""
Look at two of Yuexuan's rows, champions and high value to keep: all four groups are there and none has half. Of two champions who look the same to RFM, one is pushing a pram and the other is buying running shoes. Send both the same coupon, and one of them probably has no use for it.

- **RFM says** whether to get in touch, and with whom first.
- **The groups by what they buy say** what to talk about and what to recommend.
- **Neither says** whether getting in touch helps. That is lesson 13.
"""

# %% [markdown] lang="zh" tags=["slide-only"]
"""
## 两种分法，各答一个问题

- **RFM**：该不该联系，先联系谁
- **买什么的群**：联系时说什么，推荐什么
- **都不说**：联系了有没有用
"""

# %% [markdown] lang="en" tags=["slide-only"]
"""
## Two ways to group, one question each

- **RFM**: whether to get in touch, and with whom first
- **Groups by what they buy**: what to say and what to offer
- **Neither**: whether getting in touch helps
"""

# %% [markdown] try="clusters-rfm-guess"

# %% [markdown] lang="zh" tags=["trainer"]
"""
**卡点：** 有人会说“那就把折扣、城市、年龄全放进去，群更多”。请他数一数：每加一列，尺子就多一把，不相干的列和重要的列一样重，群反而糊了。选列是业务决定，要能说出“按这个分，做法就不同”。

**板书：** 画一张 2×2 的表：行是“该不该联系”，列是“说什么”。RFM 填行，购物篮填列。
"""

# %% [markdown] lang="en" tags=["trainer"]
"""
**Where they stumble:** "Then put in discounts, city and age as well, and find more groups." Let them count: every column is one more ruler, an idle column weighs as much as an important one, and the groups blur. Which columns to take is a business decision; one must be able to say "grouped by this, we would act differently".

**Board:** a 2×2 table, rows "get in touch or not", columns "what to say". RFM fills the rows, the baskets fill the columns.
"""

# %% [markdown] lang="zh"
"""
## 9. 新客户来了

下个月来了新客户，不要重新分群：重分一次，编号会换，老客户也跟着换群。把模型**存成文件**，新客户只做“认领”这一步，用的还是当时的尺子。文件里只有几行数字，这里放在临时文件夹里；在公司，请放在大家都找得到的地方。
"""

# %% [markdown] lang="en"
"""
## 9. New customers

Next month there are new customers. Do not group everybody anew: numbers would change, and the customers you already have would move too. **Keep the model in a file**; a new customer only takes the step "join", with the rulers of that day. The file holds a few lines of numbers. Here it goes into a temporary folder; at work, put it where everyone finds it.
"""

# %% [markdown] lang="zh" tags=["slide-only"]
"""
## 新客户来了，只做“认领”

不要重新分群：编号会换，老客户也跟着换。每个季度再找一次，看中心挪了多远。
"""

# %% [markdown] lang="en" tags=["slide-only"]
"""
## New customers take one step: join

Do not group everybody anew: numbers change, and the customers you already have move. Once a quarter, see how far the centres went.
"""

# %% tags=["slide"]
new = pd.DataFrame(
    {"recency_days": [2, 5, 400], "frequency": [1, 25, 2], "monetary": [90.0, 20_000, 300]},
    index=t(zh=["郑凯", "韩雪", "曹阳"], en=["Zheng Kai", "Han Xue", "Cao Yang"]),
)
with tempfile.TemporaryDirectory() as folder:
    clusters.save_model(model, Path(folder) / "clusters.json")
    saved = clusters.load_model(Path(folder) / "clusters.json")
labelled(new.assign(cluster=clusters.assign(new, saved)))

# %% [markdown] lang="zh"
"""
模型也会过时。每个季度用 `refit` 重新找一次：它按“中心挪得最少”来接上旧编号，第 1 群还叫第 1 群。`drift` 告诉你每个中心挪了多远：挪得比到隔壁群一半的路还远，就不再是原来那群，要重新起名。拿 90 天前和今天比一比：
"""

# %% [markdown] lang="en"
"""
A model grows old too. Every quarter `refit` finds the groups anew and takes over the old numbers so that the centres move as little as possible: group 1 is still called group 1. `drift` tells how far each centre went: more than half the way to its neighbour, and it is another group that needs a new name. Compare 90 days ago with today:
"""

# %%
before = company.as_of - pd.Timedelta(days=90)
facts_then = order_facts(company.orders[company.orders["order_date"] < before], before)
model_then = clusters.fit_clusters(facts_then, clusters.prepare(facts_then, columns), 3)
moves = clusters.drift(model_then, clusters.refit(facts, model_then)).round(2)
labelled(moves.assign(same=moves["same"].map({True: "yes", False: "no"})))

# %% [markdown] try="clusters-new-customers"

# %% [markdown] lang="zh"
"""
## 10. 选学：软分群和密度

**软分群**（混合模型，mixture）不画死线，给每位客户每一群的可能性：“七成像第 1 群，三成像第 2 群”。站在两群中间的人，一眼就看得出来。
"""

# %% [markdown] lang="en"
"""
## 10. Optional: soft groups and density

**Soft groups** (a mixture model) draw no hard line; they give each customer a chance of belonging to each group: "seven tenths group 1, three tenths group 2". Whoever stands in between shows at once.
"""

# %%
soft = cluster_kin.soft_groups(points, 3)
print(
    t(zh="不到 80% 把握的客户：", en="customers below 80% certainty:"),
    f"{(soft.max(axis=1) < 0.8).mean():.0%}",
)
labelled(soft.head(4).round(2))

# %% [markdown] lang="zh"
"""
第一行的数字，是连八成把握都没有的客户占多大比例。名单要用时，先用有把握的；没把握的人请客户经理看一眼。

**密度分群**（density）反过来想：人挤的地方算群，散落的不硬塞。`smallest` 是至少多少人才算一群。同样问两堆人：编出来的三群，和我们的客户。
"""

# %% [markdown] lang="en"
"""
The number on top is the share of customers who are not even eight tenths certain. When a list is needed, take the certain ones first and let the customer manager look at the others.

**Density groups** think the other way: a group is where many stand close together, and stragglers are not forced in. `smallest` says how many make a group. Ask it about both, the three made-up groups and our customers.
"""

# %%
dense = {
    t(zh="编出来的三群人", en="three made-up groups"): cluster_kin.density_groups(
        made_up_points, smallest=50
    ),
    t(zh="我们的客户", en="our customers"): cluster_kin.density_groups(points, smallest=200),
}
sizes = pd.DataFrame({whose: found.value_counts() for whose, found in dense.items()})
labelled(sizes.fillna(0).astype(int))

# %% [markdown] lang="zh"
"""
编出来的三群，它一个不差地找到三群，每群 150 人，我们没告诉它要几群。真客户至少 200 人才算一群时，悦选的客户它一群也不认，全算零散。又一位证人，说的和第 7 节一样。
"""

# %% [markdown] lang="en"
"""
Of the made-up groups it finds all three, 150 people each, though nobody told it how many. Of the real customers, where 200 people are to make a group, it finds none at Yuexuan: all are scattered. One more witness, and it says what section 7 said.
"""

# %% [markdown] lang="zh"
"""
`cluster_kin.soft_groups(points, 3)` 给出每个人属于各群的可能，一行加起来是 1。
"""

# %% [markdown] lang="en"
"""
`cluster_kin.soft_groups(points, 3)` gives how likely each belongs to each group; a row adds up to 1.
"""

# %% [markdown] try="clusters-unsure"

# %% [markdown] lang="zh"
"""
## 11. 自己动手：一步一步看 k 均值

左边是我们的客户，右边是没有群的参照，两边同时走。先把“第几步”拖回 0，再一格一格往右拖：认领、移动、认领、移动，黑线是中心走过的路。下面两条线是还没有解释的差异，看哪一边降得多。

1. 把步数拖到底，记下两边各解释了多少。
2. “换一次起点”：停下来的地方一样吗？编号一样吗？
3. 尺子换成“原样”：群为什么变成横带？
4. “谁”换成“编出来的三群人”，群数选 3：这一次，左右两条线差多少？
5. 还是编出来的三群人，起点换成 5：两个中心挤进了同一群，停下就再也出不来。所以 `fit_clusters` 要换 10 个起点，留下最好的一遍。
"""

# %% [markdown] lang="en"
"""
## 11. Your turn: k-means step by step

On the left our customers, on the right the reference without groups; both go at the same time. First move "Step" back to 0, then to the right one by one: join, move, join, move; black lines are the way the centres went. The two lines below are the differences not yet explained: which side falls further?

1. Go to the last step and note how much either side explains.
2. "Another start": do they stop in the same place? Under the same numbers?
3. Set the ruler to "as it is": why do the groups turn into bands?
4. Set "Who" to "three made-up groups" and the number of groups to 3: how far are the two lines apart now?
5. Still with the made-up groups, take start 5: two centres end up in one group, settle there and never get out. That is why `fit_clusters` tries 10 starts and keeps the best.
"""

# %% [markdown] lang="zh" tags=["slide-only"]
"""
## 切出来的群，两条线几乎一样低

打开笔记本，从第 0 步拖到底；再把“谁”换成编出来的三群人。
"""

# %% [markdown] lang="en" tags=["slide-only"]
"""
## Groups that were cut: both lines end almost equally low

Open the notebook, go from step 0 to the last; then set "Who" to the three made-up groups.
"""

# %% tags=["explorer", "slide"]
explore.clusters.show(company)

# %% [markdown] lang="zh"
"""
真客户和没有群的参照，两条线几乎一样低；编出来的三群人，左边那条远远低于右边。这就是“切”和“找到”的差别。但切出来的群不是没有用：没有空隙也可以分层，只要老实说是我们分的。
"""

# %% [markdown] lang="en"
"""
With the real customers the two lines end almost equally low; with the three made-up groups the left one ends far below the right. That is the difference between cutting and finding. Groups which were cut are not useless for that. Tiers may be made without any gap, as long as we say that we made them.
"""

# %% [markdown] lang="zh"
"""
> **在 Excel 里**：把尺子变成一样长：`=STANDARDIZE(B2,AVERAGE(B:B),STDEV.P(B:B))`；两位客户的距离：`=SQRT(SUMXMY2(B2:D2,B3:D3))`。分群本身要来回算很多轮，Excel 没有现成的函数。
"""

# %% [markdown] lang="en"
"""
> **In Excel**: Rulers of equal length: `=STANDARDIZE(B2,AVERAGE(B:B),STDEV.P(B:B))`; the distance of two customers: `=SQRT(SUMXMY2(B2:D2,B3:D3))`. Clustering itself goes round many times; Excel has no function for it.
"""

# %% [markdown] lang="zh"
"""
## 12. 小测验
"""

# %% [markdown] lang="en"
"""
## 12. Quiz
"""

# %%
quiz("08")

# %% [markdown] about="key_points"

# %% [markdown] lang="zh"
"""
## 在你的公司

把第一格的 `load()` 换成 `load("own/company.toml")`。第 1 到 7 节只要订单表；第 8 节要商品表里的类别。

- 没有商品类别？换别的“没人看过的列”：渠道、下单的星期、浏览和加购。
- 客户不到 60 位？不要聚类，`structure` 也会这样说。坐下来一位一位看。
- 供应商说“天然分成七种”？问他两句：换一批客户还是这七种吗？给没有群的数据，你们的软件说几种？
- 结论是“连成一片”？照写。用第 04 课的规则分层，把聚类留给选品和话术。

**人工智能和机器学习添了什么，没添什么。** 它添了三样：一次看很多列，找出人没想到的组合；每天给几万位客户重算一遍；把客服记录、评论这样的文字读成标签。它没添的也有三样：数据错了它照样算错（第 02 课）；它说不出“联系了有没有用”，那要对照组（第 13 课）；该不该知道、该不该用，还是人来定（第 14 课）。买之前，照上面问供应商的两句问它。
"""

# %% [markdown] lang="en"
"""
## In your company

Replace `load()` in the first cell by `load("own/company.toml")`. Sections 1 to 7 need the orders only; section 8 needs the category from the table of products.

- No categories? Take other columns that nobody looked at: channel, day of the week, views and carts.
- Fewer than 60 customers? Do not cluster; `structure` will say so too. Sit down and look at them one by one.
- A supplier speaks of seven natural kinds? Ask two things: are they the same seven with other customers? And how many does your software find where there are none?
- The verdict is "one continuum"? Write it down. Make tiers by the rules of lesson 04, and keep clusters for what to offer and what to say.

**What artificial intelligence and machine learning add, and what they do not.** They add three things: they look at many columns at once and find combinations that nobody thought of; they compute anew for tens of thousands of customers every day; they read text, such as service notes and reviews, into tags. Three things they do not add: wrong data still give wrong answers (lesson 02); they cannot say whether a contact helps, which takes a control group (lesson 13); whether we should know and use something, people decide (lesson 14). Before you buy, ask the two questions for suppliers above.
"""

# %% [markdown] lang="zh" tags=["slide-only"]
"""
## 在你的公司：先问供应商两句

- 换一批客户，还是这七种吗
- 给没有群的数据，你们的软件说几种
- 没有商品类别：换渠道、下单的星期、浏览和加购
- 客户不到 60 位：不要聚类，一位一位看
"""

# %% [markdown] lang="en" tags=["slide-only"]
"""
## In your company: first two questions for the supplier

- Are they the same seven with other customers
- How many does your software find where there are none
- No categories: channel, day of the week, views and carts
- Fewer than 60 customers: look at them one by one
"""

# %% [markdown] lang="zh"
"""
## 别处怎么叫

| 这门课里 | 别处也叫 |
|---|---|
| 尺子拉成一样长 | 标准化、z 分数；standardisation、z-score |
| 没有解释的差异 | 组内平方和、惯性；inertia、within-cluster sum of squares |
| 稳定性 | 调整兰德指数；adjusted Rand index |
| 没有群的参照 | reference distribution；gap statistic 用的也是它 |
| 软分群、密度分群 | 高斯混合模型、HDBSCAN |

想往下读：

- Rousseeuw, P. J. (1987). Silhouettes: A graphical aid to the interpretation and validation of cluster analysis. *Journal of Computational and Applied Mathematics*, 20。
- Tibshirani, R., Walther, G., & Hastie, T. (2001). Estimating the number of clusters in a data set via the gap statistic. *Journal of the Royal Statistical Society B*, 63。
- Dolnicar, S., Grün, B., & Leisch, F. (2018). *Market Segmentation Analysis*. Springer，网上可以免费读。
"""

# %% [markdown] lang="en"
"""
## What others call this

| in this course | elsewhere also |
|---|---|
| rulers of equal length | standardisation, z-scores |
| differences not explained | inertia, within-cluster sum of squares |
| stability | adjusted Rand index |
| reference without groups | reference distribution, as in the gap statistic |
| soft groups, density groups | Gaussian mixture model, HDBSCAN |

To read on:

- Rousseeuw, P. J. (1987). Silhouettes: A graphical aid to the interpretation and validation of cluster analysis. *Journal of Computational and Applied Mathematics*, 20.
- Tibshirani, R., Walther, G., & Hastie, T. (2001). Estimating the number of clusters in a data set via the gap statistic. *Journal of the Royal Statistical Society B*, 63.
- Dolnicar, S., Grün, B., & Leisch, F. (2018). *Market Segmentation Analysis*. Springer, free to read online.
"""

# %% [markdown] about="next"

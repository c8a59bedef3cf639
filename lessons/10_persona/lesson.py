# %% [markdown] about="opening"

# %% [markdown] lang="zh"
"""
## 故事与数据

苏晚晴把第 08 课的四群和第 09 课的两个标签抄在一张纸上，递给门店店长。店长看了半天：“第 2 群，价值 A，潜力高……姑娘，你直接告诉我，她们是谁，进门我先说哪一句？”

标签是给表格看的，人要看的是一张卡片：**是谁、值多少、要什么、先说什么、别说什么**。这样的卡片英文叫 persona，中文有叫人物画像的；把一群人的标签汇总起来叫 profile。这门课两样合着用，统一叫**客户画像**。

先把前面几课的标签收齐。`traits` 一人一行：第 06 课的兴趣、价格敏感度和偏好渠道，第 09 课的价值标签和潜力标签，加上客户表里的年龄、地区、渠道。`need_groups` 就是第 08 课“买什么”的四群，只有来过 5 单以上的客户才有。
"""

# %% [markdown] lang="en"
"""
## Story and data

Su Wanqing copies the four groups of lesson 08 and the two tags of lesson 09 onto a sheet and hands it to the manager of a store, who studies it for a while: "Group 2, value A, potential high... My dear, just tell me who they are and what I say first when they come in."

Tags are for tables; people need a card: **who they are, what they are worth, what they need, what to say first, what not to say**. Such a card is called a persona; the tags of a group summed up are its profile. This course uses the one to write the other.

First gather the tags of the lessons before. `traits` has one row a customer: interest, price sensitivity and preferred channel of lesson 06, value tag and potential tag of lesson 09, and age, region and channel from the table of customers. `need_groups` are the four groups by what people buy of lesson 08; only customers with at least 5 orders have one.
"""

# %%
import pandas as pd

from custseg_helpers import (
    T,
    behaviour,
    cards,
    explore,
    fairness,
    label,
    labelled,
    load,
    need_groups,
    order_facts,
    persona,
    plots,
    quiz,
    rfm,
    traits,
    use_language,
    value,
)

use_language(t(zh="zh", en="en"))

company = load()
facts = order_facts(company.orders, company.as_of)
people = traits(company)
need, names = need_groups(company)
labelled(people.head(3).round(0).T)

# %%
named = {code: f"{label(code)}: {name}" for code, name in names.items()}
labelled(need.map(named).value_counts().rename("customers").to_frame())

# %% [markdown] lang="zh"
"""
名字是程序按“比一般人多买什么”起的。悦选的四群，小林在第 08 课另起过名字：第 1 群美妆运动，第 2 群带娃家庭，第 3 群囤粮油家居，第 4 群天天买菜。来得少的客户没有群：看不出口味，就不写。
"""

# %% [markdown] lang="en"
"""
The program calls each group a cluster and names it by what it buys more of than others. Yuexuan's four were given other names by Lin in lesson 08: group 1 beauty and sports, group 2 families with a child, group 3 stocking up the house, group 4 fresh every day. Customers who came rarely have no group: where no taste can be seen, none is written.
"""

# %% [markdown] lang="zh" tags=["slide-only"]
"""
## “你直接告诉我，进门我先说哪一句？”

- 标签是给表格看的，人要看的是卡片
- 是谁、值多少、要什么
- 先说什么、别说什么
"""

# %% [markdown] lang="en" tags=["slide-only"]
"""
## "Just tell me what I say first when they come in"

- Tags are for tables; people need a card
- Who they are, what they are worth, what they need
- What to say first, what not to say
"""

# %% [markdown] lang="zh" tags=["trainer"]
"""
**老师：** 开场请大家两人一组，一分钟内向对方描述“你们公司最典型的客户”。然后问全班：刚才的描述里，哪些是看到的（买过、问过、退过），哪些是猜的（有钱、顾家、爱占便宜）？黑板分两栏记下来，第 6 节再回来划掉。

**卡点：** 有人一看卡片就说“所以第 2 群都是妈妈”。每次都请他读一遍占比：剩下的那些人是谁？

**来不及时：** 第 7 节对不卖给单位的班可以省，再不够就省第 3 节；第 2 节的练习由老师带着做。
"""

# %% [markdown] lang="en" tags=["trainer"]
"""
**Trainer:** In pairs, one minute each: describe "the typical customer of your company". Then ask the class which of these words were seen (bought, asked, returned) and which were guessed (rich, devoted, after a bargain). Note them in two columns on the board and come back in section 6 to cross out.

**Where they stumble:** at the first card someone says "so group 2 are all mothers". Have them read the share aloud each time: who are the rest?

**When late:** section 7 can go with a class that does not sell to companies, then section 3; do the exercise of section 2 together.
"""

# %% [markdown] lang="zh"
"""
## 1. 差 20 元，算不算特点

两家店，都是本群的客单价比别人高 20 元。哪一家的差别，你在柜台上看得出来？
"""

# %% [markdown] lang="en"
"""
## 1. Is 20 yuan a trait?

Two shops. In both, the group spends 20 yuan more per order than the others. In which one would you notice it at the counter?
"""

# %% [markdown] lang="zh" tags=["slide-only"]
"""
## 都差 20 元，只有东店看得出来

西店的人彼此本来就差得多。
"""

# %% [markdown] lang="en" tags=["slide-only"]
"""
## 20 yuan apart in both, but only the east shop shows it

In the west shop people differ a lot anyway.
"""

# %% tags=["slide"]
mine, others = t(zh=["本群", "其他客户"], en=["this group", "all others"])
east = pd.DataFrame({mine: [90, 100, 110], others: [70, 80, 90]})
west = pd.DataFrame({mine: [60, 100, 140], others: [40, 80, 120]})
pd.concat({t(zh="东店", en="east shop"): east, t(zh="西店", en="west shop"): west}, axis=1)

# %% [markdown] lang="zh"
"""
东店一眼就看出来：本群最少 90 元，别人最多 90 元。西店不行：40 到 140 元混在一起。差都是 20 元，可西店的人彼此本来就差得多。

所以要拿差别去和“人与人平常差多少”比。平常差多少，用标准差（standard deviation）：`std()`，大致是每个人离平均数有多远。

**效应量（effect size）= 平均数之差 ÷ 标准差。**
"""

# %% [markdown] lang="en"
"""
In the east shop you see it at once: nobody in the group is below 90 yuan, nobody else above. In the west shop you do not: everything from 40 to 140 is mixed. The difference is 20 yuan in both, but in the west shop people differ a lot anyway.

So compare the difference with how much people usually differ. That is the standard deviation, `std()`: roughly how far each one is from the mean.

**Effect size = difference of the means ÷ standard deviation.**
"""

# %%
for name, shop in {t(zh="东店", en="east"): east, t(zh="西店", en="west"): west}.items():
    apart = shop[mine].mean() - shop[others].mean()
    usual = shop[mine].std()
    print(
        t(
            zh=f"{name}：差 {apart:g}，平常差 {usual:g}，效应量 {apart / usual:g}",
            en=f"{name}: apart {apart:g}, usual {usual:g}, effect size {apart / usual:g}",
        )
    )

# %% [markdown] lang="zh" tags=["slide-only"]
"""
## 效应量：差别除以“平常差多少”

| 店 | 差 | 平常差多少 | 效应量 |
|---|---|---|---|
| 东店 | 20 | 10 | 2 |
| 西店 | 20 | 40 | 0.5 |

0.2 小，0.5 中，0.8 大；不到 0.2，不写上卡片。
"""

# %% [markdown] lang="en" tags=["slide-only"]
"""
## Effect size: the difference over the usual difference

| shop | apart | usual | effect size |
|---|---|---|---|
| east | 20 | 10 | 2 |
| west | 20 | 40 | 0.5 |

0.2 is small, 0.5 medium, 0.8 large; below 0.2 it does not go on the card.
"""

# %% [markdown] lang="zh"
"""
东店 20 ÷ 10 = 2，西店 20 ÷ 40 = 0.5。Cohen（1988）给的读法：**0.2 小，0.5 中，0.8 大**；不到 0.2，不值得写上卡片。（两边的标准差不一样时，取两边合起来的；程序会算。）

真的客户呢？悦选第 1 群的客单价，和其他客户放在一起：
"""

# %% [markdown] lang="en"
"""
East 20 ÷ 10 = 2, west 20 ÷ 40 = 0.5. Cohen (1988) reads it so: **0.2 is small, 0.5 medium, 0.8 large**; below 0.2 it does not deserve a line on a card. (Where the two sides have different standard deviations, they are pooled; the program does it.)

And real customers? The order value of Yuexuan's group 1 beside all others:
"""

# %% [markdown] lang="zh" tags=["slide-only"]
"""
## 效应量接近“大”，两堆人还是大半叠在一起

悦选第 1 群的客单价高约 90 元，效应量 0.78。
"""

# %% [markdown] lang="en" tags=["slide-only"]
"""
## Close to a large effect, and the two heaps still overlap

Yuexuan's group 1 spends about 90 yuan more per order, an effect size of 0.78.
"""

# %% tags=["slide"]
basket = people["average_order_value"].reindex(need.index)
plots.persona.overlap(basket, need == "cluster_1")

# %% [markdown] lang="zh"
"""
**这张图说了什么：** 蓝色是本群，橙色线是其他客户，两条虚线是平均数。悦选这两条线差了约 90 元，效应量 0.78，接近“大”。**它没说什么：** 某一位是不是花得多。两堆人大半叠在一起：“大”的效应量，也有许多人在另一边。
"""

# %% [markdown] lang="en"
"""
**What the figure tells:** blue is the group, the orange line all others, the dashed lines are the means. At Yuexuan they are about 90 yuan apart, an effect size of 0.78, close to large. **What it does not tell:** whether a given customer spends much. The two heaps overlap for the most part: even with a large effect many people stand on the other side.
"""

# %% [markdown] lang="zh"
"""
比出来的表里，`feature` 是特征，`effect` 是差别有多大。
"""

# %% [markdown] lang="en"
"""
In the table of standouts `feature` is the trait and `effect` how large the difference is.
"""

# %%
pd.DataFrame({"feature": ["average_order_value"], "effect": [0.8]})

# %% [markdown] try="persona-effect-size"

# %% [markdown] lang="zh"
"""
## 2. 10 倍，为什么不是最突出的

占比也要比。同事按“是别人的几倍”排，最上面一条是 10 倍：
"""

# %% [markdown] lang="en"
"""
## 2. Why 10 times is not the most striking

Shares are compared as well. A colleague ranks them by "times as others", and the first line has 10 times:
"""

# %% [markdown] lang="zh" tags=["slide-only"]
"""
## 10 倍，也只是 2 位客户

一群 200 位：同一个小区的有 2 位，只买打折的有 120 位。
"""

# %% [markdown] lang="en" tags=["slide-only"]
"""
## 10 times, and still 2 customers

In a group of 200: 2 live in one estate, 120 buy at a discount only.
"""

# %% tags=["slide"]
same, cheap = t(zh=["住在同一个小区", "只买打折"], en=["lives in one estate", "buys at a discount only"])
shares = pd.DataFrame({mine: [0.01, 0.60], others: [0.001, 0.20]}, index=[same, cheap])
shares[t(zh="倍数", en="times")] = shares[mine] / shares[others]
shares[t(zh="相差（百分点）", en="apart (points)")] = 100 * (shares[mine] - shares[others])
shares.round(3)

# %% [markdown] lang="zh"
"""
一群 200 位，1% 就是 2 位。10 倍，也只是 2 位；换一位，倍数就变了。“只买打折”只有 3 倍，可那是 120 位，差了 40 个百分点。**倍数大，可能只因为底下那个数太小。**

占比也有效应量，读法一样：0.2 小，0.5 中，0.8 大。它怎么算不用记（两个占比各变换一次再相减）。数和占比放在一起排，是**约定**，不是定律。

小群里，碰巧也能差很多。所以每个效应量带一个**碰巧的范围**，从 `lower` 到 `upper`；跨过 0，就可能只是碰巧，不上卡片。`persona.profile` 按范围里靠近 0 的那一头排：先说最靠得住的。
"""

# %% [markdown] lang="en"
"""
In a group of 200, 1% are 2 people. 10 times, and still 2; exchange one, and the multiple changes. "Buys at a discount only" has just 3 times, yet these are 120 people and 40 points apart. **Many times may only mean that the number below is tiny.**

Shares have an effect size too, read alike: 0.2 small, 0.5 medium, 0.8 large. No need to remember how (both shares are transformed, then subtracted). To rank numbers and shares together is a **convention**, not a law.

In a small group chance alone makes large differences. So each effect size has a **chance range**, from `lower` to `upper`; where it holds 0, it may be chance only and stays off the card. `persona.profile` ranks by the end of the range nearer to 0: the surest first.
"""

# %%
described = people.drop(columns="main_interest")
profile = persona.profile(described, need, facts["monetary"])
found = profile.standouts
columns = ["category", "group_value", "rest_value", "ratio", "effect", "lower", "upper"]
shown = found[found["group"] == "cluster_3"].head(4).set_index("feature")[columns].round(2)
labelled(
    shown.rename(columns={"category": "trait_value", "ratio": "times_as_others", "effect": "effect_size"})
)

# %% [markdown] lang="zh" tags=["slide-only"]
"""
## 第 3 群最突出的，是趁打折买

67% 对 5%。为什么，图上看不出来，别替他们编。
"""

# %% [markdown] lang="en" tags=["slide-only"]
"""
## What stands out in group 3: they buy at a discount

67% against 5%. Why, the figure cannot tell; do not invent it.
"""

# %% tags=["slide"]
plots.persona.standouts(profile, "cluster_3", top=6)

# %% [markdown] lang="zh"
"""
**这张图说了什么：** 往右是本群比别人多，往左是少；柱子长短是效应量，旁边写着两个数：本群在前，其他客户在后。悦选第 3 群最突出的是价格敏感。**它没说什么：** 为什么。趁打折买，可能是手头紧，也可能是会过日子，或者来时正好在打折；图上看不出来，别替他们编。
"""

# %% [markdown] lang="en"
"""
**What the figure tells:** to the right the group has more than others, to the left less; the bars are effect sizes, with two numbers beside them, the group first, all others second. What stands out most in Yuexuan's group 3 is price sensitivity. **What it does not tell:** why. Buying at a discount may mean a tight purse, good housekeeping, or a sale that happened to be on; the figure cannot tell, so do not invent it.
"""

# %% [markdown] lang="zh"
"""
`.abs()` 去掉负号，`.idxmax()` 说出最大的一个在哪一行。
"""

# %% [markdown] lang="en"
"""
`.abs()` takes the minus away, `.idxmax()` says in which row the largest stands.
"""

# %%
found["effect"].abs().idxmax()

# %% [markdown] try="persona-most-striking"

# %% [markdown] lang="zh"
"""
## 3. 别拿食材夸菜

小林给“重要价值客户”做画像，兴奋地念：“她们来得勤、花得多、最近刚来过！”苏晚晴笑了：“这一类就是按来得勤、花得多、最近来过挑出来的呀。”

**拿来分群的料，描述不了这一群。** 放进去，效应量一定大，可什么也没说。上一节我们去掉了 `main_interest`，就是因为四群是按买什么分的。看看放进去会怎样：
"""

# %% [markdown] lang="en"
"""
## 3. Do not praise the dish for its ingredients

Lin profiles the champions and reads out with delight: "They come often, spend much and were here lately!" Su Wanqing laughs: "But that is how we picked them."

**What a group was made of cannot describe it.** Put it in and the effect is certain to be large, and says nothing. That is why the last section dropped `main_interest`: the four groups were made of what people buy. See what happens with the ingredients left in:
"""

# %%
segment = rfm.segments8(rfm.rfm_scores(facts))
honest = people.drop(columns=["average_order_value", "value_tag", "potential_tag"], errors="ignore")
circular = honest.join(facts[["recency_days", "frequency", "monetary"]])
for table in (circular, honest):
    of_segments = persona.profile(table, segment, facts["monetary"]).standouts
    best = of_segments[of_segments["group"] == "high_value_loyal"].head(3)
    print(*(f"{label(row.feature)} {row.effect:+.2f}" for row in best.itertuples()), sep=t(zh="，", en=", "))

# %% [markdown] lang="zh" tags=["slide-only"]
"""
## 拿来分群的料，描述不了这一群

| 重要价值客户 | 最大的效应量 |
|---|---|
| 放进 R、F、M 三项 | 1.87 |
| 拿掉这三项 | 0.33 |

RFM 说该不该联系，不说这些人是谁。
"""

# %% [markdown] lang="en" tags=["slide-only"]
"""
## What a group was made of cannot describe it

| champions | largest effect size |
|---|---|
| with R, F and M among the traits | 1.87 |
| with these three taken out | 0.33 |

RFM says whether to get in touch, not who these people are.
"""

# %% [markdown] lang="zh"
"""
第一行放了食材：效应量很大，全是废话。第二行拿掉了：悦选的重要价值客户，剩下的特点没几条够得上 0.5。这不是坏事，它告诉我们：**RFM 说该不该联系，不说这些人是谁。** 换成需求群再看：
"""

# %% [markdown] lang="en"
"""
The first line has the ingredients in it: large effects, and nothing but empty words. The second has them taken out: of what is left about Yuexuan's champions hardly anything reaches 0.5. That is no misfortune; it tells us that **RFM says whether to get in touch, and not who these people are.** By need instead:
"""

# %% [markdown] lang="zh" tags=["slide-only"]
"""
## 四群各有各的样子

价格、渠道、年龄，没有哪两列相同。
"""

# %% [markdown] lang="en" tags=["slide-only"]
"""
## No two of the four groups look alike

Price, channel, age: no two columns are alike.
"""

# %% tags=["slide"]
plots.persona.side_by_side(profile, top=9)

# %% [markdown] lang="zh"
"""
一列一群，一行一个特点，数字是效应量。悦选的四群各有各的样子：价格、渠道、年龄，没有哪两列相同。图上看不出群里的人彼此多像。就算特点有 0.8，两边的人还是重叠一大半。
"""

# %% [markdown] lang="en"
"""
One column for each group, one row for each trait, the numbers are effect sizes. Each of Yuexuan's four groups looks different: price, channel, age, and no two columns are alike. The figure does not show how alike people in a group are. Even with a trait of 0.8, the two sides overlap by more than half.
"""

# %% [markdown] lang="zh"
"""
## 4. 一群一张卡片

`cards.card` 把数字写成句子：先说多少人、多少钱，再说够得上 0.2、又不像碰巧的特点，最后永远跟着一句提醒。年龄和性别不上卡片，第 6 节说为什么。
"""

# %% [markdown] lang="en"
"""
## 4. One card for one group

`cards.card` turns numbers into sentences: first how many people and how much money, then the traits that reach 0.2 and are not chance, and at the end always the same caution. Age and sex never stand on a card; section 6 says why.
"""

# %%
worth = people.reindex(need.index).filter(["value_tag", "potential_tag"])
labelled(worth.isin(["A", "high"]).groupby(need.map(named)).mean().round(2))

# %% [markdown] lang="zh"
"""
先看**值多少**：每群有多少人价值标签是 A，有多少人潜力标签是高（第 09 课；公司的数据不能预测时，没有潜力这一列）。四群都是来得勤的客户，所以 A 都不少。

再看钱最多的那一群是**谁**：
"""

# %% [markdown] lang="en"
"""
First **what they are worth**: how many of each group have the value tag A, and how many a high potential tag (lesson 09; where a company's data carry no forecast there is no such column). All four are regular customers, so As are many.

Then **who** they are, in the group that brings most money:
"""

# %%
top_group = profile.sizes["value"].idxmax()
cards.card(profile, top_group, name=names[top_group])

# %% [markdown] lang="zh" tags=["slide-only"]
"""
## 程序写前半张卡片：带娃家庭

- 229 位，占客户的 28%、价值的 38%
- 对价格很敏感的只占 5%，其他客户 26%
- 偏好小程序的占 39%，其他客户 17%
- 价值标签为 A 的占 95%，其他客户 81%
- 先看本人，再看画像
"""

# %% [markdown] lang="en" tags=["slide-only"]
"""
## The program writes half of the card: families with a child

- 229 customers, 28% of all, 38% of the value
- Mind the price very much: 5%, others 26%
- Prefer the mini program: 39%, others 17%
- Value tag A: 95%, others 81%
- Look at the customer first, then at the card
"""

# %% [markdown] lang="zh"
"""
卡片上的占比，都是在有需求群的客户（来过 5 单以上）里算的。程序写到这里为止，剩下的要人来写。给店员的卡片，再添四行，每行一句话：

- **要什么：** 从买的东西和渠道推出来，写成他的话。“孩子的东西不能断，没空跑店。”
- **先说什么：** 一个好处，不是一串功能。
- **在哪说：** 他常来的渠道。
- **别说什么：** 最容易得罪他的那一句。

悦选的四张，小林这样写：

| 群 | 要什么 | 先说什么 | 在哪说 | 别说什么 |
|---|---|---|---|---|
| 美妆运动 | 好用，不将就 | 新品先试，不合适能退 | 门店顾问 | “这款打折” |
| 带娃家庭 | 孩子的东西不断货 | 每月自动送到家 | 小程序 | “宝妈”（也有爸爸和爷爷） |
| 囤粮油家居 | 每一斤都不多花 | 大包装每斤便宜多少 | 网上和直播间 | “高端” |
| 天天买菜 | 新鲜、近、不折腾 | 今天早上到的 | 门店 | “扫码下单更方便” |
"""

# %% [markdown] lang="en"
"""
All shares on a card are among customers who have a group (at least 5 orders). Here the program stops, and people go on. A card for staff gets four more lines, one sentence each:

- **Need:** inferred from purchases and channel, in the customer's words. "The child's things must not run out, and I have no time for the shop."
- **Say first:** one benefit, not a list of features.
- **Where:** the channel they use.
- **Do not say:** the one sentence that is sure to annoy.

For Yuexuan's four, Lin writes:

| group | need | say first | where | do not say |
|---|---|---|---|---|
| beauty and sports | what works, no compromise | try it first, return it freely | adviser in the store | "it is on sale" |
| families with a child | the child's things never run out | delivered to the door every month | mini program | "mum" (there are dads and grandads) |
| stocking up the house | not a penny too much per kilo | what the large pack saves a kilo | web and live stream | "premium" |
| fresh every day | fresh, near, no fuss | it came in this morning | store | "just scan the code" |
"""

# %% [markdown] lang="zh" tags=["slide-only"]
"""
## 后半张由人来写

| 群 | 先说什么 | 别说什么 |
|---|---|---|
| 美妆运动 | 新品先试，不合适能退 | “这款打折” |
| 带娃家庭 | 每月自动送到家 | “宝妈” |
| 囤粮油家居 | 大包装每斤便宜多少 | “高端” |
| 天天买菜 | 今天早上到的 | “扫码下单更方便” |
"""

# %% [markdown] lang="en" tags=["slide-only"]
"""
## People write the other half

| group | say first | do not say |
|---|---|---|
| beauty and sports | try it first, return it freely | "it is on sale" |
| families with a child | delivered to the door every month | "mum" |
| stocking up the house | what the large pack saves a kilo | "premium" |
| fresh every day | it came in this morning | "just scan the code" |
"""

# %% [markdown] lang="zh"
"""
卡片上的“要什么”是猜的，要打个问号，下次见面问一句再改。给卡片起名字，用他做的事（“囤粮油家居”），不用他的长相（“精打细算的大妈”）。
"""

# %% [markdown] lang="en"
"""
The need on a card is a guess; put a question mark to it, ask at the next meeting, and correct it. Name a card by what people do ("stocking up the house"), not by looks ("thrifty old lady").
"""

# %% [markdown] lang="zh"
"""
## 5. 从需要到产品价值：给谁看哪个好处

同一袋 5 公斤大米，三句话：

- **属性**：东北产，5 公斤装；
- **好处**：够一家三口吃一个月，比小袋每斤少花 0.8 元；
- **证据**：价签上并排写着两个单价。

客户买的是好处。同一件商品有几个好处，先说哪一个，看**他本人**的标签：
"""

# %% [markdown] lang="en"
"""
## 5. From needs to product value: which benefit for whom

One bag of 5 kilos of rice, three sentences:

- **Feature**: from the north-east, 5 kilos;
- **Benefit**: lasts a family of three a month, 0.8 yuan less a pound than the small bag;
- **Proof**: both unit prices stand side by side on the tag.

Customers buy the benefit. One product has several; which comes first depends on the tags of **this very customer**:
"""

# %% [markdown] lang="zh" tags=["slide-only"]
"""
## 客户买的是好处，不是属性

- **属性**：东北产，5 公斤装
- **好处**：够一家三口吃一个月，比小袋每斤少花 0.8 元
- **证据**：价签上并排写着两个单价
"""

# %% [markdown] lang="en" tags=["slide-only"]
"""
## Customers buy the benefit, not the feature

- **Feature**: from the north-east, 5 kilos
- **Benefit**: lasts a family of three a month, 0.8 yuan less a pound than the small bag
- **Proof**: both unit prices stand side by side on the tag
"""

# %% [markdown] lang="zh" tags=["slide-only"]
"""
## 同一群里，也要照本人的标签说

带娃家庭多数先听品质或划算的搭配，可有 12 位对价格很敏感。
"""

# %% [markdown] lang="en" tags=["slide-only"]
"""
## Within a group, go by each one's own tag

Most families with a child hear of quality or a good deal first, but 12 mind the price very much.
"""

# %% tags=["slide"]
first = {"high": "save_money", "medium": "good_value", "low": "quality_first", "unknown": "ask_first"}
benefit = people["price_sensitivity"].map(first).rename("benefit")
labelled(pd.crosstab(need.map(named), benefit.reindex(need.index)))

# %% [markdown] lang="zh"
"""
一行一群，一列一个好处。悦选的带娃家庭，多数先说品质，或者划算的搭配，可也有十几位对价格很敏感。**照着群的卡片给所有人说同一句，就把这十几位说错了**；照本人的标签说，就不会这样错。群的卡片什么时候用？不认识这个人的时候：新客、没有标签的、面对一屋子人的。
"""

# %% [markdown] lang="en"
"""
One row for each group, one column for each benefit. To most of Yuexuan's families with a child we speak of quality first, or of a good deal together, but a dozen of them mind the price very much. **Say the card's sentence to all, and you are wrong with that dozen**; go by each one's own tag, and you are not. When do we use the card of the group, then? When we do not know the person: someone new, someone without tags, a room full of people.
"""

# %% [markdown] try="persona-first-sentence persona-listeners"

# %% [markdown] lang="zh"
"""
## 6. 陷阱：刻板印象和不公平的标签

陆子衡在纸上画了 100 位会员：女 60 位，男 40 位。买母婴的 10 位，其中 7 位是女性。“母婴客户 70% 是女的，那就给所有女会员推母婴！”数一数：
"""

# %% [markdown] lang="en"
"""
## 6. The trap: stereotypes and unfair tags

Lu Ziheng draws 100 members on a sheet: 60 women and 40 men. 10 buy baby goods, 7 of them women. "70% of baby customers are women, so show baby goods to all women!" Count:
"""

# %% [markdown] lang="zh" tags=["slide-only"]
"""
## 看过 2 次母婴，胜过“是女的”

按性别推给 60 位，说对 7 位；按行为推给 12 位，说对 9 位。
"""

# %% [markdown] lang="en" tags=["slide-only"]
"""
## "Looked 2 times" beats "is a woman"

By sex 60 are addressed and 7 are right; by behaviour 12 are addressed and 9 are right.
"""

# %% tags=["slide"]
woman, looked = t(zh=["女性", "看过 2 次母婴"], en=["is a woman", "looked at baby goods 2 times"])
tags, buyers = t(zh=["有这个标签", "其中买母婴"], en=["have the tag", "of them buy baby goods"])
trap = pd.DataFrame({tags: [60, 12], buyers: [7, 9]}, index=[woman, looked])
trap[t(zh="说对的占比", en="share that is right")] = (trap[buyers] / trap[tags]).round(2)
trap[t(zh="漏掉", en="missed")] = 10 - trap[buyers]
trap

# %% [markdown] lang="zh"
"""
“母婴客户里 70% 是女性”，倒过来，女性里只有 7 ÷ 60 = 12% 买母婴：给 60 位推，53 位莫名其妙，里面可能有正为孩子难过的人。**“这群人里多少是甲”，不是“甲里多少是这群人”。** 换成看得见的行为，“看过 2 次母婴”，12 位里说对 9 位，还把男的也找着了。

真数据里也一样。悦选第 2 群最突出的是 35–44 岁。倒过来问：来得勤的客户里，35–44 岁的人有多少在第 2 群？
"""

# %% [markdown] lang="en"
"""
"70% of baby customers are women"; the other way round, only 7 ÷ 60 = 12% of women buy baby goods: of 60 addressed 53 wonder why, and among them may be someone grieving over a child. **"How many of this group are such" is not "how many of such are in this group".** Take behaviour that can be seen instead, "looked at baby goods 2 times": 9 of 12 are right, and the men are found too.

The same in real data. What stands out in Yuexuan's group 2 is the age of 35–44. The other way round: of regular customers aged 35–44, how many are in group 2?
"""

# %%
strongest = found[(found["group"] == top_group) & (found["effect"] > 0) & found["category"].notna()].iloc[0]
has_it = people[strongest["feature"]].reindex(need.index) == strongest["category"]
forward = strongest["group_value"]
backward = (need[has_it] == top_group).mean()
print(label(strongest["feature"]) + t(zh="：", en=": ") + label(strongest["category"]))
print(
    t(zh="群里有它的", en="of the group have it"),
    f"{forward:.0%}",
    t(zh="有它的人在群里", en="who have it are in the group"),
    f"{backward:.0%}",
)

# %% [markdown] lang="zh" tags=["slide-only"]
"""
## 写标签之前，问四句

- 当面念给他听，他会怎么想
- 是他做的，还是他生来的
- 会不会让同样的人看到不同的价钱和服务
- 拿掉它，少赚多少
"""

# %% [markdown] lang="en" tags=["slide-only"]
"""
## Four questions before a tag is written

- Read out to their face, what would they think
- Did they do it, or were they born so
- Would people alike see different prices and service
- Take it away, and how much is lost
"""

# %% [markdown] lang="zh"
"""
前一个数是群里有多少人有这个特点，后一个数是有这个特点的人有多少在群里。悦选是 63% 和 50%：凭年龄猜，一半猜错。

还有一种标签，猜对了也不该用。写标签之前问四句：

1. **当面念给他听，他会怎么想？** “羊毛党”“更年期”念不出口，就别写。
2. **是他做的，还是他生来的？** 性别、年龄、户籍、民族是生来的；买过、问过、退过是他做的。
3. **会不会让同样的人看到不同的价钱和服务？** 《个人信息保护法》第 24 条：用算法作决定，不得在交易价格等条件上对人实行不合理的差别待遇；推送营销信息，要给人一个不看个性化内容的选项，或方便的拒绝办法。
4. **拿掉它，少赚多少？** 有了行为标签，生来的标签往往添不了多少。量一量（下面的进阶）：悦选找第 2 群的 229 位，用上年龄和性别说对 129 位，不用说对 123 位。添不了多少，就拿掉。

好标签经得起四问：“近 90 天看过 2 次母婴”“只买打折商品”“客服说过别打电话”。
"""

# %% [markdown] lang="en"
"""
The first number is how many of the group have the trait, the second how many with the trait are in the group. At Yuexuan these are 63% and 50%: guess by age, and half of the guesses are wrong.

Some tags should not be used even when the guess is right. Ask four questions before writing one:

1. **Read out to their face, what would they think?** What you could not say aloud, "freeloader" or "menopausal", do not write down.
2. **Did they do it, or were they born so?** Sex, age, place of origin, ethnic group are given by birth; bought, asked, returned is what they did.
3. **Would people alike see different prices and service?** China's Personal Information Protection Law, article 24: automated decisions must not treat people unreasonably differently in price and other terms; marketing by algorithm must offer a choice that is not based on personal traits, or an easy way to refuse.
4. **Take it away, and how much is lost?** Beside tags of behaviour, tags by birth often add little. Measure it (the stretch below): looking for the 229 of Yuexuan's group 2, 129 are right with age and sex, 123 without. Where it is little, drop them.

Good tags stand all four: "looked at baby goods 2 times in 90 days", "buys at a discount only", "told the service not to call".
"""

# %% [markdown] lang="zh" tags=["stretch"]
"""
### 进阶：拿掉年龄和性别，少说对几位；谁被选上，谁被落下

第一张表：用标签去猜谁在这一群里，挑出和群里一样多的人，数说对几位。猜的人，模型都没见过。第二张表：价值标签是 A 的人（贵宾从这里挑），每个年龄段占几成。
"""

# %% [markdown] lang="en" tags=["stretch"]
"""
### Stretch: what dropping age and sex costs; who is chosen and who is left out

First table: guess from the tags who is in this group, choose as many as the group has, and count how many are right. The model has seen none of those it guesses. Second table: of each age band, how many have the value tag A, from which VIPs are chosen.
"""

# %% tags=["stretch"]
known = people.reindex(need.index).drop(columns="main_interest")
born = [name for name in persona.BY_BIRTH if name in known]
pd.Series(
    {
        t(zh="群里有几位", en="in the group"): (need == top_group).sum(),
        t(zh="说对：全部标签", en="right: all tags"): fairness.hits(known, need == top_group),
        t(zh="说对：拿掉年龄和性别", en="right: without age and sex"): fairness.hits(
            known, need == top_group, without=born
        ),
    }
)

# %% tags=["stretch"]
side = born[0] if born else "region"
labelled(fairness.chosen_by_group(people["value_tag"] == "A", people[side]).round(2))

# %% [markdown] lang="zh" tags=["stretch"]
"""
第二张表的 `of_best` 是和占比最高的那一段比。低于 0.8、又不像碰巧，就写 `look_why`：要问为什么。悦选 34 岁以下和 55 岁以上的人，被选上的机会只有 35–44 岁的六成左右。名单里没有用年龄，照样会这样：他们买得少。**不用一列，不等于对这一列公平。** 贵宾服务照花钱多少给，说得过去；照这张表不给年轻人看新品，就说不过去了。0.8 这条线借自美国的招聘规则（1978），是警报，不是判决。
"""

# %% [markdown] lang="en" tags=["stretch"]
"""
In the second table `of_best` compares with the band that has the largest share. Below 0.8, and not by chance, it says `look_why`: ask. At Yuexuan those up to 34 and those from 55 on are chosen about six tenths as often as those of 35–44. Age was not used, and it happens all the same: they buy less. **Not using a column is not being fair to it.** VIP service by money spent can be defended; showing no new products to the young because of this table cannot. The line of 0.8 is borrowed from American rules of hiring (1978); it is an alarm and no judgment.
"""

# %% [markdown] try="persona-backward persona-usable-tag"

# %% [markdown] lang="zh" tags=["trainer"]
"""
**小组讨论（8 分钟）：** 回到开场的两栏。每组挑三个“猜的”，逐个问四句，能改成行为的改写，不能的划掉。常见的例子：“有钱人”改成“客单价前 10%”；“大妈”划掉；“难伺候”改成“近半年退货 3 次”。**板书：** 把四问抄在黑板右侧，留到第 14 课。
"""

# %% [markdown] lang="en" tags=["trainer"]
"""
**Small groups (8 minutes):** back to the two columns. Each group takes three of the guesses and asks the four questions; rewrite as behaviour what can be rewritten, cross out the rest. Typical: "rich" becomes "order value in the top 10%"; "old lady" goes; "difficult" becomes "3 returns in half a year". **Board:** keep the four questions on the right until lesson 14.
"""

# %% [markdown] lang="zh"
"""
## 7. 单位客户的画像：谁说了算

卖给单位，卡片写的不是一个人，是一家单位里的几个人。角色第 06 课讲过：决策者、影响者、参与者、把关者。同一台水泵，每个角色要的好处不一样：

| 角色 | 他怕什么 | 先说的好处 |
|---|---|---|
| 决策者 | 钱白花 | 停机少，两年收回成本 |
| 影响者 | 选错了丢脸 | 参数达标，有同行在用 |
| 参与者 | 天天修 | 好装、好修，备件隔天到 |
| 把关者 | 手续不全 | 资料齐，流程合规 |
"""

# %% [markdown] lang="en"
"""
## 7. The persona of an account: who decides

When we sell to companies, the card is not about one person but about several in one account. Their roles stood in lesson 06: decision maker, influencer, participant, gatekeeper. For the same pump, each wants another benefit:

| role | fears | benefit to show first |
|---|---|---|
| decision maker | money wasted | less downtime, paid back in two years |
| influencer | a wrong choice | meets the specification, peers use it |
| participant | repairs every day | easy to fit and mend, parts next day |
| gatekeeper | papers missing | papers complete, rules kept |
"""

# %% [markdown] lang="zh" tags=["slide-only"]
"""
## 卖给单位：一家里，每个人要的好处不同

| 角色 | 他怕什么 | 先说的好处 |
|---|---|---|
| 决策者 | 钱白花 | 停机少，两年收回成本 |
| 影响者 | 选错了丢脸 | 参数达标，有同行在用 |
| 参与者 | 天天修 | 好装、好修，备件隔天到 |
| 把关者 | 手续不全 | 资料齐，流程合规 |
"""

# %% [markdown] lang="en" tags=["slide-only"]
"""
## Selling to companies: each role wants another benefit

| role | fears | benefit to show first |
|---|---|---|
| decision maker | money wasted | less downtime, paid back in two years |
| influencer | a wrong choice | meets the specification, peers use it |
| participant | repairs every day | easy to fit and mend, parts next day |
| gatekeeper | papers missing | papers complete, rules kept |
"""

# %% [markdown] lang="zh"
"""
再看一家真的。你的公司要是没有联系人表，下面会借一家公司的（第一行印出是谁家的表）。挑花钱最多的那一家：
"""

# %% [markdown] lang="en"
"""
Now a real one. If your company has no table of contacts, another company's is borrowed (the first line prints whose it is). Take the account that spent most:
"""

# %%
firms = company.owner("contacts")
accounts = order_facts(firms.orders, firms.as_of)
biggest = accounts["monetary"].idxmax()
known = firms.contacts[firms.contacts["customer_id"] == biggest]
about = firms.customers.set_index("customer_id").loc[biggest]
print(firms.title)
print(
    t(zh="员工", en="employees"),
    f"{about['employees']:,}",
    t(zh="迄今消费（元）", en="spent so far (yuan)"),
    f"{accounts.loc[biggest, 'monetary']:,.0f}",
)
cards.account_card(T(zh=about["name_zh"], en=about["name_en"]), known)

# %% [markdown] lang="zh"
"""
印出来的是：谁家的联系人表，这家客户有多少员工，迄今消费多少元。卡片下面那句“下一步”才是要紧的：花钱最多的一家，必要的人我们认全了吗？全公司呢？`role_coverage` 一家一行：
"""

# %% [markdown] lang="en"
"""
Printed: whose contacts these are, how many people the account employs, and what it has spent in yuan. The last line of the card matters most: do we know everyone we need at the account that spends most? And over all accounts? `role_coverage` has one row for each:
"""

# %% [markdown] lang="zh" tags=["slide-only"]
"""
## A 级客户里，一半多不知道谁拍板

拓岩的 882 家 A 级，483 家没有决策者的联系人。
"""

# %% [markdown] lang="en" tags=["slide-only"]
"""
## Of more than half of the As nobody knows who decides

Of Tuoyan's 882 As, 483 have no contact who decides.
"""

# %% tags=["slide"]
coverage = behaviour.role_coverage(firms.contacts, accounts.index)
grade = value.abc(accounts["monetary"]).rename("value_tag")
no_decider = coverage["missing"].str.contains("decision_maker")
words = {True: t(zh="不知道谁拍板", en="nobody known who decides"), False: t(zh="知道", en="known")}
labelled(pd.crosstab(grade, no_decider.map(words)))

# %% [markdown] lang="zh"
"""
联系人表里还有一列 `style`（沟通风格：分析型、果断型、随和型、表达型），是代表凭印象填的。它怎么过得了那四问？当面念得出口，也是看他怎么说话得来的，可以留；但要写明谁填的、哪天填的，下次见面再核对。
"""

# %% [markdown] lang="en"
"""
The table of contacts also has a column `style` (analytical, driving, amiable, expressive), filled in by reps from impression. Does it stand the four questions? It can be read out, and it comes from how the person talks, so it may stay; but write down who filled it in and when, and check it at the next meeting.
"""

# %% [markdown] lang="zh"
"""
`.str.contains("…")` 问每一段文字里有没有这个词。
"""

# %% [markdown] lang="en"
"""
`.str.contains("…")` asks of every text whether the word is in it.
"""

# %% [markdown] try="persona-deciders-to-meet"

# %% [markdown] lang="zh"
"""
## 8. 自己动手调

选一群，看它的卡片。先看需求群，再看 RFM 的八类；把效应量的门槛从 0.2 拉到 0.5，还剩几条？
"""

# %% [markdown] lang="en"
"""
## 8. Try it by hand

Choose a group and see its card. Look at the groups by need first, then at the eight RFM segments; drag the effect size from 0.2 to 0.5: how many lines are left?
"""

# %% [markdown] lang="zh" tags=["slide-only"]
"""
## 门槛提到 0.5，卡片还剩几条

打开笔记本：先看需求群，再看 RFM 的八类。
"""

# %% [markdown] lang="en" tags=["slide-only"]
"""
## At 0.5, how many lines are left on the card?

Open the notebook: first the groups by need, then the eight RFM segments.
"""

# %% tags=["explorer", "slide"]
explore.persona.show(company)

# %% [markdown] lang="zh"
"""
门槛提到 0.5，需求群多半还留着几条，RFM 的类多半一条不剩。两种分法各有各的用处。图上看不出留下的几条能不能让他多买。那是第 13 课的事。
"""

# %% [markdown] lang="en"
"""
At 0.5 most groups by need keep a few lines, most RFM segments none. Each way of grouping has its use. The figure does not show whether the lines that stay make anyone buy more. That is for lesson 13.
"""

# %% [markdown] try="persona-to-staff"

# %% [markdown] lang="zh"
"""
> **在 Excel 里**：C 是金额、D 是第几群。第 1 群和别人差多少：`=AVERAGEIFS(C:C,D:D,1)-AVERAGEIFS(C:C,D:D,"<>1")`，再除以 `STDEV.S(C:C)`，就知道差别大不大。
"""

# %% [markdown] lang="en"
"""
> **In Excel**: C is the money, D the number of the group. How far group 1 is from the others: `=AVERAGEIFS(C:C,D:D,1)-AVERAGEIFS(C:C,D:D,"<>1")`; divide it by `STDEV.S(C:C)` to see whether that is much.
"""

# %% [markdown] lang="zh"
"""
## 9. 小测验
"""

# %% [markdown] lang="en"
"""
## 9. Quiz
"""

# %%
quiz("10")

# %% [markdown] about="key_points"

# %% [markdown] lang="zh"
"""
## 在你的公司

把 `load()` 换成 `load("own/company.toml")`。有订单表和产品的品类就能分需求群（来过 5 单的客户不到 100 位时，程序会把 5 单的线放低）；客户表里有什么，卡片上就有什么。

- 没有品类？用你们自己的分组：`persona.profile(people, groups)`，任何一列都行，只是别再拿这一列去描述它。
- 客户表只有姓名和电话？卡片照样能写：渠道、价格敏感度、客单价都从订单来。
- 没有联系人表？从最大的 20 家开始，请代表把认识的人和角色填上，一家一行。
- 卡片写好了，先念给两位真客户听，他们皱眉的地方就改。
"""

# %% [markdown] lang="en"
"""
## In your company

Replace `load()` by `load("own/company.toml")`. Orders and a category for each product are enough for groups by need (where fewer than 100 customers reach 5 orders, the program lowers that line); whatever the table of customers holds can stand on the cards.

- No categories? Take a grouping of your own: `persona.profile(people, groups)` works with any column; only do not describe a group by the column that made it.
- Only names and phone numbers? Cards can still be written: channel, price sensitivity and order value come from the orders.
- No table of contacts? Start with the 20 largest accounts and have the reps fill in whom they know and in which role, one line each.
- Before a card is used, read it to two real customers; where they frown, change it.
"""

# %% [markdown] lang="zh" tags=["slide-only"]
"""
## 在你的公司：先念给两位真客户听

- 他们皱眉的地方就改
- 没有品类：用你们自己的分组
- 只有姓名和电话：从订单里算渠道、价格敏感度、客单价
- 没有联系人表：从最大的 20 家开始
"""

# %% [markdown] lang="en" tags=["slide-only"]
"""
## In your company: read the card to two real customers

- Where they frown, change it
- No categories: take a grouping of your own
- Only names and phones: channel, price sensitivity and order value from the orders
- No contacts: begin with the 20 largest accounts
"""

# %% [markdown] lang="zh" tags=["stretch"]
"""
## 别处怎么叫

| 这门课 | 别处 |
|---|---|
| 效应量（数） | Cohen’s d |
| 效应量（占比） | Cohen’s h |
| 碰巧的范围 | 置信区间（confidence interval），按 Bonferroni 放宽 |
| 倍数 | 提升度、指数（lift, index） |
| 倒过来问 | 基础概率谬误（base rate fallacy） |
| 谁被选上，谁被落下 | 群体公平、五分之四规则（group fairness, four-fifths rule） |

想查原文：Cohen（1988），*Statistical Power Analysis for the Behavioral Sciences*；Hedges 和 Olkin（1985），*Statistical Methods for Meta-Analysis*；Barocas、Hardt 和 Narayanan（2023），*Fairness and Machine Learning*。
"""

# %% [markdown] lang="en" tags=["stretch"]
"""
## What others call this

| this course | elsewhere |
|---|---|
| effect size (of a number) | Cohen's d |
| effect size (of a share) | Cohen's h |
| chance range | confidence interval, widened by Bonferroni |
| times as others | lift, index |
| the other way round | base rate fallacy |
| who is chosen, who is left out | group fairness, four-fifths rule |

To look up: Cohen (1988), *Statistical Power Analysis for the Behavioral Sciences*; Hedges and Olkin (1985), *Statistical Methods for Meta-Analysis*; Barocas, Hardt and Narayanan (2023), *Fairness and Machine Learning*.
"""

# %% [markdown] about="next"

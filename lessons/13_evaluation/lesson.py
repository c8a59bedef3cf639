# %% [markdown] about="opening"

# %% [markdown] lang="zh"
"""
## 故事与数据

第 12 课的计划放在顾明远桌上，他拿起笔，又放下：“预算我批。可到了夏天，别给我看进来了多少钱，给我看**因为它**多进来了多少钱。去年每场活动的总结都写‘成功’，一年下来销售额却没动。”

苏晚晴不服气，拿出去年夏天“好久不见召回券”的总结。陆子衡看了看，也从包里抽出一封信的总结。两份说的都是好几个月没来的会员，都看开始前 4 周和开始后 4 周。

下面先读进数据，把两份总结算出来。`campaigns` 一行是一场活动，`responses` 一行是一场活动里的一位客户。
"""

# %% [markdown] lang="en"
"""
## Story and data

The plan of lesson 12 lies on Gu Mingyuan's desk. He takes the pen, and puts it down again: "You get the budget. But in summer do not show me how much money came in; show me how much more came in **because of it**. Every report last year said 'success', and at the end of the year sales had not moved."

Su Wanqing will not have that and pulls out the report on last summer's "we miss you" voucher. Lu Ziheng looks at it and takes from his bag a report on a letter. Both speak of members who had stayed away for months; both look at the 4 weeks before the start and the 4 weeks from it on.

First read the data and work out the two reports. One line of `campaigns` is a campaign, one line of `responses` is one customer in one campaign.
"""

# %%
from itertools import combinations

import pandas as pd

from custseg_helpers import (
    before_after,
    chance,
    cross,
    cuts,
    evaluation,
    experiment,
    explore,
    labelled,
    load,
    migration,
    order_facts,
    plots,
    pooling,
    quality,
    quiz,
    rfm,
    sample_size,
    soundness,
    use_language,
    value,
)

use_language(t(zh="zh", en="en"))

company = load()
owner = company.owner("responses")
lent = t(zh="没有活动名单，这一课借用", en=" has no campaign lists; this lesson borrows from ")
if owner is not company:
    print(f"{company.title}{lent}{owner.title}")

campaigns = owner.campaigns
labelled(campaigns[["campaign_id", t(zh="name_zh", en="name_en"), "start_date", "channel", "discount"]])

# %% [markdown] lang="zh"
"""
召回券是倒数第 2 场，M05。信是 7 月 14 日的事，给 120 天以上没来的会员。`before_after.spend_around` 像透视表一样，把每位客户那天之前 4 周和之后 4 周的钱各加一遍，没花钱的人记 0。
"""

# %% [markdown] lang="en"
"""
The voucher is the second to last campaign, M05. The letter is dated July 14 and is for members away for more than 120 days. `before_after.spend_around` works like a pivot table: for each customer it adds up the money of the 4 weeks before that day and of the 4 weeks from it on; who spent nothing gets 0.
"""

# %%
orders, responses = owner.orders, owner.responses
voucher = campaigns.iloc[-2]
its_name = voucher["campaign_id"] + " " + str(voucher[t(zh="name_zh", en="name_en")])
sent = responses[responses["campaign_id"] == voucher["campaign_id"]].set_index("customer_id")["arm"]

letter_day = owner.as_of - pd.Timedelta(days=171)
known = order_facts(orders[orders["order_date"] < letter_day], letter_day)
asleep = known.index[known["recency_days"] > 120]

# %% [markdown] lang="zh" tags=["slide-only"]
"""
## 两份总结一个样：哪一封把人请回来了

之前 4 周没人买，之后都有上万元。先押注，答案在后面。
"""

# %% [markdown] lang="en" tags=["slide-only"]
"""
## Two reports look alike: which one won people back?

Nothing in the 4 weeks before, over 10,000 yuan after. Place your bet; the answer comes later.
"""

# %% tags=["slide"]
contacted = sent.index[sent == "treatment"]
reports = {
    its_name: before_after.spend_around(orders, contacted, voucher["start_date"]),
    t(zh="信", en="letter"): before_after.spend_around(orders, asleep, letter_day),
}
summary = {name: [len(table), *table.sum().round(-2)] for name, table in reports.items()}
columns = t(
    zh=["客户数", "之前 4 周（元）", "之后 4 周（元）"],
    en=["customers", "4 weeks before (yuan)", "4 weeks after (yuan)"],
)
pd.DataFrame.from_dict(summary, orient="index", columns=columns).astype(int).map("{:,}".format)

# %% [markdown] lang="zh"
"""
两份总结一个样：之前一分钱没有，之后都有上万元。苏晚晴说：“两封都把人请回来了，都该再发。”你同意吗？先举手，答案在第 2 节。
"""

# %% [markdown] lang="en"
"""
Both reports look alike: not a yuan before, more than 10,000 after. Su Wanqing says: "Both won people back; send both again." Do you agree? Raise your hand now; the answer is in section 2.
"""

# %% [markdown] lang="zh" tags=["trainer"]
"""
**老师：** 让每个人在纸上写下“券有用”“信有用”“都有用”“都没用”里的一个，折好，第 2 节再打开。这一课的力量在于先押注、再看答案，所以不要提前说破。板书：左边写“之前 → 之后”，右边写“联系 | 没联系”，今天就是从左边走到右边。

**来不及时：** 先砍第 9 节的迁移矩阵和第 5 节的功效图；第 2、4、6 节不能砍。
"""

# %% [markdown] lang="en" tags=["trainer"]
"""
**Trainer:** Everyone writes down one of "the voucher works", "the letter works", "both", "neither", folds the paper and opens it in section 2. The lesson lives on betting first and seeing the answer later, so do not give it away. Board: on the left "before → after", on the right "contacted | not contacted"; today walks from left to right.

**When late:** drop the migration matrix in section 9 and the power figure in section 5 first; sections 2, 4 and 6 must stay.
"""

# %% [markdown] lang="zh"
"""
## 1. 前后对比为什么会骗人

先看八位会员的四个月，数字是元。每个人的习惯都一样：四个月里买两次，每次 200 元。谁也没有收到过任何东西。
"""

# %% [markdown] lang="en"
"""
## 1. Why before and after misleads

First, eight members over four months, in yuan. All have the same habit: they buy in two of the four months, for 200 yuan each time. Nobody ever received anything.
"""

# %%
names = t(
    zh=["陈静", "刘洋", "何芳", "马磊", "周婷", "吴刚", "孙敏", "赵琳"],
    en=["Chen Jing", "Liu Yang", "He Fang", "Ma Lei", "Zhou Ting", "Wu Gang", "Sun Min", "Zhao Lin"],
)
june, july = t(zh="6 月", en="June"), t(zh="7 月", en="July")
few = pd.DataFrame(
    {
        t(zh="4 月", en="April"): [200, 0, 200, 200, 0, 200, 0, 0],
        t(zh="5 月", en="May"): [0, 200, 0, 200, 200, 0, 0, 200],
        june: [0, 0, 0, 0, 200, 200, 200, 200],
        july: [200, 200, 200, 0, 0, 0, 200, 0],
    },
    index=names,
)
few

# %% [markdown] lang="zh"
"""
7 月 1 日，挑出 6 月没买的人：前四位。他们 6 月平均 0 元，7 月平均多少？再看 6 月买了的后四位。
"""

# %% [markdown] lang="en"
"""
On July 1, pick those who bought nothing in June: the first four. Their mean in June is 0 yuan; what is it in July? Then look at the other four, who did buy in June.
"""

# %% [markdown] lang="zh" tags=["slide-only"]
"""
## 挑出低处的人，他们自己会回来

什么也没做：没买的从 0 涨到 150 元，买了的从 200 跌到 50 元，全店还是 800 元。
"""

# %% [markdown] lang="en" tags=["slide-only"]
"""
## Pick people at a low, and they come back by themselves

Nobody did anything: 0 rises to 150 yuan, 200 falls to 50, and the shop takes 800 as before.
"""

# %% tags=["slide"]
silent, buyers = t(zh="6 月没买", en="silent in June"), t(zh="6 月买了", en="bought in June")
in_june = (few[june] == 0).map({True: silent, False: buyers}).rename(None)
few.groupby(in_june)[[june, july]].mean().astype(int)

# %% [markdown] lang="zh"
"""
没买的四位从 0 涨到 150 元，买了的四位从 200 跌到 50 元。全店两个月都是 800 元，一分没变。什么也没有发生，只是我们挑了一群**正好在低处**的人：低处之后多半是高一点，高处之后多半是低一点。这叫回归均值（regression to the mean）。

“休眠客户”“上月下滑的客户”“本月冠军”都是这样挑出来的。所以赢回活动几乎总是显得成功，奖励冠军几乎总是显得失败。真实的悦选也一样：按 7 月 14 日之前 4 周花的钱分组，看之后 4 周。
"""

# %% [markdown] lang="en"
"""
The silent four rise from 0 to 150 yuan, the buying four fall from 200 to 50. The shop took 800 yuan in both months: nothing changed. Nothing happened; we merely picked people **who happened to be low**. After a low mostly comes something higher, after a high something lower. This is regression to the mean.

"Dormant customers", "those who fell last month", "champion of the month" are all picked that way. So winning people back nearly always looks like a success, and rewarding champions nearly always like a failure. Yuexuan is no different: group the members by what they spent in the 4 weeks before July 14, and look at the 4 weeks after.
"""

# %% [markdown] lang="zh" tags=["slide-only"]
"""
## 悦选也一样：高的往下，低的往上

“休眠客户”“本月冠军”都是这样挑出来的。
"""

# %% [markdown] lang="en" tags=["slide-only"]
"""
## Yuexuan is no different: the high fall, the low rise

"Dormant customers" and "champion of the month" are picked that way.
"""

# %% tags=["slide"]
around = before_after.spend_around(orders, known.index, letter_day)
plots.chance.towards_the_middle(around)

# %% [markdown] lang="zh"
"""
**这张图说了什么：** 之前没消费的人往上走，之前消费最多的四分之一跌掉一大半，谁也不用做什么。两条灰线是所有人的平均，虚线是之前，实线是之后；平均本身也会动，这里前 4 周还有召回券的尾巴。**它没说什么：** 一场真的活动在这上面又加了多少。前后对比把回归均值、日历和活动全混在一起。
"""

# %% [markdown] lang="en"
"""
**What the figure tells:** those who had spent nothing go up, and the quarter that had spent most loses more than half, without anyone doing anything. The two grey lines are everybody's mean, dotted before, solid after; the mean moves too: here the 4 weeks before still hold the tail of the voucher. **What it does not tell:** how much a real campaign adds on top. Before and after mixes regression to the mean, the calendar and the campaign.
"""

# %% [markdown] lang="zh"
"""
下面的表里，`before` 是前一段的消费，`after` 是后一段的。
"""

# %% [markdown] lang="en"
"""
In the table `before` is the spending before and `after` the spending after.
"""

# %%
pd.DataFrame({"before": [120, 0], "after": [80, 40]})

# %% [markdown] try="evaluation-natural-rise"

# %% [markdown] lang="zh"
"""
## 2. 抽签留出一部分人

要知道没有活动会怎样，就得有人**真的没有活动**，而且和其他人一样。办法只有抽签：名单定好以后，按签留出一部分人不联系，叫留出对照组（holdout group）；其余联系的叫实验组（treatment）。

不能让店长挑，也不能用“没来参加的人”代替：他们本来就不一样。`experiment.assign_holdout` 按客户编号抽签，各层级分开抽。种子（seed）是抽签前随手写下的一个号码：同一个种子永远抽出同一批人，所以签可以复查。
"""

# %% [markdown] lang="en"
"""
## 2. Hold some out at random

To know what happens without a campaign, some people must **really have none**, and they must be like the others. Only a random draw does that: once the list stands, some of the people on it are drawn at random and left uncontacted, the holdout group; the others are contacted, the treatment group.

Do not let the store manager choose, and do not take "those who did not take part" instead: they were different to begin with. `experiment.assign_holdout` draws by customer id, in each tier apart. The seed is a number written down before the draw: one seed always draws the same people, so the draw can be checked.
"""

# %% [markdown] lang="zh" tags=["slide-only"]
"""
## 抽签留出一部分人

- **实验组**：联系
- **留出对照组**：名单定好以后抽签，不联系
- 店长挑的、没来参加的，都不能代替
- 种子先写下，签可以复查
"""

# %% [markdown] lang="en" tags=["slide-only"]
"""
## Hold some out at random

- **Treatment**: contacted
- **Holdout group**: drawn at random once the list stands, not contacted
- Neither those whom the manager picks nor those who stayed away will do
- Write down the seed first, and the draw can be checked
"""

# %%
ten = pd.Series(
    ["A"] * 5 + ["B"] * 5, index=[*names, t(zh="钱进", en="Qian Jin"), t(zh="林晓", en="Lin Xiao")]
)
lots = experiment.assign_holdout(ten, share=0.4, seed=13)
labelled(pd.DataFrame({"tier": ten, "arm": lots}))

# %% [markdown] lang="zh"
"""
A 级 5 位里留出 2 位，B 级 5 位里也留出 2 位。现在揭开谜底：M05 当时抽过签，30% 的人没有收到券。陆子衡的信呢？他也抽了签，留出 30%，可剩下的 70%，他**也没有寄**。那封信一直在抽屉里。
"""

# %% [markdown] lang="en"
"""
2 of the 5 As are held out, and 2 of the 5 Bs. Now the answer: M05 was split at random, and 30% of the people got no voucher. And Lu Ziheng's letter? He split his list at random too, and held out 30%; but to the other 70% **he sent nothing either**. The letter has been in the drawer all along.
"""

# %% [markdown] lang="zh" tags=["slide-only"]
"""
## 加上留出对照组，信的“成功”化成了零

信一直在抽屉里，谁也没收到；券多带来每人 17.2 元，总结说 27.9 元。
"""

# %% [markdown] lang="en" tags=["slide-only"]
"""
## Beside the holdout, the success of the letter is gone

The letter never left the drawer; the voucher brought 17.2 yuan a head, the report claims 27.9.
"""

# %% tags=["slide"]
drawer = experiment.assign_holdout(pd.Series("asleep", index=asleep), share=0.3, seed=13)
courses = {
    t(zh="没有寄出的信", en="the letter nobody sent"): before_after.spend_course(orders, drawer, letter_day),
    its_name: before_after.spend_course(orders, sent, voucher["start_date"]),
}
plots.chance.with_and_without(courses)

# %% [markdown] lang="zh"
"""
**这张图说了什么：** 左边是总结里的样子，两场都是从 0 起飞，分不出哪个有用。右边加上留出对照组：信的两条线缠在一起，“成功”化成了零；券的两条线分开了，可没收到券的人也回来了一些，总结里的数要打折。**它没说什么：** 券那一块绿色，是真的效果，还是抽签碰巧？第 4 节来答。
"""

# %% [markdown] lang="en"
"""
**What the figure tells:** on the left, what a report shows: both take off from 0, and nothing says which one works. On the right the holdout is added: the lines of the letter wind round each other and the "success" turns into nothing; the lines of the voucher part, yet some without a voucher came back as well, so the report claimed too much. **What it does not tell:** whether the green area of the voucher is an effect or the luck of the draw. Section 4 answers.
"""

# %% [markdown] lang="zh"
"""
召回券的签抽得公平吗？比较两组**活动之前**的样子。差别落在灰色带子里，就是抽签该有的大小。
"""

# %% [markdown] lang="en"
"""
Was the draw for the voucher fair? Compare what the two groups were like **before** the campaign. Differences inside the grey band are of the size that a fair draw gives.
"""

# %% [markdown] lang="zh" tags=["slide-only"]
"""
## 签抽得公平吗：比活动之前的样子

落在灰色带子里，就是抽签该有的大小。
"""

# %% [markdown] lang="en" tags=["slide-only"]
"""
## Was the draw fair? Compare what they were like before

Inside the grey band the difference is of the size that a fair draw gives.
"""

# %% tags=["slide"]
region = owner.customers.set_index("customer_id")["region"]
until = orders[orders["order_date"] < voucher["start_date"]]
was = order_facts(until, voucher["start_date"])[["recency_days", "frequency", "monetary"]].join(region)
plots.evaluation.balance(experiment.balance(was, sent))

# %% [markdown] lang="zh"
"""
多久没来、买过几次、花过多少、住在哪个大区，两组都差不多，没有一个点出界。横轴是标准化差异：两组平均数的差，除以客户之间通常的差别。图上看不出没记在表里的东西。可抽签不挑，没记下来的也会摊平，只剩一点碰巧，这正是它比任何“配对”都可靠的地方。
"""

# %% [markdown] lang="en"
"""
How long away, how many orders, how much money, which region: the two groups are much alike, and no dot leaves the band. Along the bottom runs the standardised difference: the difference of the means, divided by how much customers usually differ. The figure does not show things nobody wrote down. But a random draw does not choose, so those even out too, but for chance; that is why it beats any "matching".
"""

# %% [markdown] try="evaluation-draw-lots"

# %% [markdown] lang="zh" tags=["stretch"]
"""
### 进阶：一家人抽在一起

刘洋收到了券，妻子何芳在对照组。晚饭时他把券码发给了她。对照组的人也用上了活动，差异就变小了：活动有用，看起来却没用。反过来也会：店里只有 100 件货，实验组抢光了，对照组想买也买不到，差异又变大了。一个人的签影响到另一个人，叫相互干扰（interference）。

会传来传去的人，就抽在一起：同一户、同一家公司、同一家店、同一位销售。下面六位会员分在三户里，先给每一户抽签，再让一户的人跟着走：
"""

# %% [markdown] lang="en" tags=["stretch"]
"""
### Stretch: draw families together

Liu Yang got the voucher; his wife He Fang is held out. Over dinner he sends her the code. Now the control group has the campaign too, and the difference shrinks: the campaign works and seems not to. It can go the other way: the shop has 100 pieces, the treatment group buys them all, the control group finds none, and the difference grows. When what one person gets touches another, that is interference.

Draw together those who pass things on: a household, a company, a store, a salesperson. Below, six members live in three households; the draw is among households, and their people follow:
"""

# %% tags=["stretch"]
household = pd.Series(["a", "b", "b", "a", "c", "c"], index=names[:6])
lot_of = experiment.assign_holdout(pd.Series("home", index=household.unique()), share=0.34, seed=13)
household.map(lot_of).map({"treatment": t(zh="联系", en="contacted"), "holdout": t(zh="留出", en="held out")})

# %% [markdown] lang="zh" tags=["stretch"]
"""
没有一户被拆开。代价是：样本就是**户数**，不是人数。评估也要先算每户的平均，再比较两边的户。按店抽签时，十家店就是十个数，哪怕店里有一万人。
"""

# %% [markdown] lang="en" tags=["stretch"]
"""
No household is split. The price: the sample is the **households**, not the people. So take the mean of each household first, and compare the households of both sides. When whole stores are drawn, ten stores are ten numbers, even with ten thousand people in them.
"""

# %% [markdown] lang="zh"
"""
## 3. 差多少：每 100 位里多了几位

最后一场是双十一，M06，给了一千多人，留出五百多人。转化（conversion）就是活动期间有没有购买。每组先算转化率，再用实验组减留出对照组。先减，最后才四舍五入，所以印出的差异可能和表上两个数相减差 0.1。
"""

# %% [markdown] lang="en"
"""
## 3. How much: how many more of every 100

The last campaign was Double Eleven, M06: over a thousand people contacted, over five hundred held out. Conversion means that someone bought while it ran. Take the conversion rate of each group, then treatment less holdout. Subtract first and round last: the printed difference may be 0.1 off the difference of the two rounded rates.
"""

# %%
last = campaigns.iloc[-1]
result = responses[responses["campaign_id"] == last["campaign_id"]].set_index("customer_id")
rate = result["converted"].astype(float).groupby(result["arm"]).mean()
print(
    t(zh="差异（百分点）：", en="difference (percentage points):"),
    round(100 * (rate["treatment"] - rate["holdout"]), 1),
)
labelled((100 * rate).round(1).to_frame(t(zh="转化率（%）", en="conversion (%)")))

# %% [markdown] lang="zh" tags=["slide-only"]
"""
## 100 位里 16 位购买，大约一半不联系也会买

双十一带来的，只有斜线的那几位。
"""

# %% [markdown] lang="en" tags=["slide-only"]
"""
## 16 of 100 bought; about half would have anyway

Only the hatched ones came through Double Eleven.
"""

# %% tags=["slide"]
plots.chance.per_hundred(rate["treatment"], rate["holdout"])

# %% [markdown] lang="zh"
"""
收到活动的 100 位里约 16 位购买，没收到的 100 位里约 8 位。所以那 16 位里，大约一半不联系也会买，只有斜线的那几位是活动带来的。总结里写“活动带来 16% 的购买者”，就多算了一倍。不过，指不出哪几位是斜线的。没有人能同时活在两个世界里，所以只数得出有几位，指不出是谁。
"""

# %% [markdown] lang="en"
"""
Of 100 who were contacted about 16 bought, of 100 who were not, about 8. So about half of the 16 would have bought anyway; only the hatched ones came through the campaign. A report of "16% bought because of us" claims twice what is true. It does not tell which people are the hatched ones. Nobody lives in both worlds, so we can count them but not point at them.
"""

# %% [markdown] try="evaluation-more-buyers"

# %% [markdown] lang="zh"
"""
## 4. 会不会只是运气

抽签公平，不等于两组一模一样。把没寄出的那封信再抽十次签，看看“效果”（元/人）：
"""

# %% [markdown] lang="en"
"""
## 4. Could it be luck

A fair draw does not make two groups exactly alike. Repeat the draw for the letter that nobody sent, ten times, and look at its "effect" (yuan per customer):
"""

# %%
after = reports[t(zh="信", en="letter")]["after"]
for seed in range(13, 23):
    lot = experiment.assign_holdout(pd.Series("asleep", index=asleep), share=0.3, seed=seed)
    means = after.groupby(lot).mean()
    print(t(zh="种子", en="seed"), seed, f"{means['treatment'] - means['holdout']:+.1f}")

# %% [markdown] lang="zh"
"""
什么也没寄，“效果”却一会儿在 0 以上，一会儿在 0 以下。这就是运气的大小。召回券的 +17.2 元比这十次都大得多，不像是运气。一个差异要比运气大，才值得相信。没有十次签可抽的时候，怎么知道运气有多大？洗牌。

**六张牌。** 六位客户，三位联系过，三位没有。买了的有三位：联系过的里面 2 位，没联系的里面 1 位。转化率差 33 个百分点！如果联系毫无作用，买的三位反正会买，只是签把他们分到了哪边。六张牌分成三张和三张，一共 20 种分法，`combinations` 把它们全部列出来。每种分法里，`yes` 是落在“联系过”那边的购买者：
"""

# %% [markdown] lang="en"
"""
Nothing was sent, yet there is an "effect", now above and now below 0. That is the size of luck. The +17.2 yuan of the voucher is far larger than any of the ten and does not look like luck. A difference must be larger than luck before we believe it. And where there are no ten draws to look at, how large is luck? Shuffle the cards.

**Six cards.** Six customers, three contacted, three not. Three bought: 2 of the contacted and 1 of the others. The rates differ by 33 percentage points! If contact does nothing, the three buyers buy anyway, and the draw only decides on which side they fall. Six cards can be dealt into three and three in 20 ways; `combinations` lists them all. In each, `yes` are the buyers who fall on the "contacted" side:
"""

# %% [markdown] lang="zh" tags=["slide-only"]
"""
## 六张牌：“2 位对 1 位”什么也不能证明

20 种分法，每一种都至少差 33 个百分点。
"""

# %% [markdown] lang="en" tags=["slide-only"]
"""
## Six cards: "2 against 1" proves nothing

In all 20 deals the sides differ by at least 33 percentage points.
"""

# %% tags=["slide"]
bought = [1, 1, 0, 1, 0, 0]
deals = []
for contacted_three in combinations(range(6), 3):
    yes = sum(bought[card] for card in contacted_three)
    deals.append(yes / 3 - (3 - yes) / 3)
deals = pd.Series(deals)
plots.chance.by_chance(deals, 1 / 3)

# %% [markdown] lang="zh"
"""
20 种分法里，每一种都至少差 33 个百分点。3 比 0 的有 1 种，2 比 1 的有 9 种，反过来也一样多。所以“2 位对 1 位”什么也不能证明：不管有没有用，都会这样。这不等于联系没有用：六个人太少，有用也看不出来。
"""

# %% [markdown] lang="en"
"""
In every one of the 20 deals the sides differ by at least 33 percentage points. In 1 deal it is 3 to 0, in 9 deals 2 to 1, and just as many the other way round. So "2 against 1" proves nothing: it happens whether contact helps or not. That does not prove that contact does not help. Six people are too few to see it, even if it does.
"""

# %% [markdown] lang="zh"
"""
**一千七百张牌。** 双十一有 1,700 多人，分法数不完，就洗 1,000 次。`chance.shuffled` 做的事和刚才一样：每个人买没买不变，只把“联系过”“没联系”的牌子洗乱重发。
"""

# %% [markdown] lang="en"
"""
**Seventeen hundred cards.** Double Eleven has more than 1,700 people; there are too many deals to list, so shuffle 1,000 times. `chance.shuffled` does the same as above: what each person bought stays, only the badges "contacted" and "not contacted" are shuffled and dealt anew.
"""

# %% [markdown] lang="zh" tags=["slide-only"]
"""
## 洗 1,000 次牌，也洗不出 7.6

活动要是毫无作用，差异多半在正负 4 个百分点之内。
"""

# %% [markdown] lang="en" tags=["slide-only"]
"""
## 1,000 shuffles, and never 7.6

If the campaign does nothing, the difference mostly stays within 4 percentage points.
"""

# %% tags=["slide"]
seen = rate["treatment"] - rate["holdout"]
plots.chance.by_chance(chance.shuffled(result["converted"], result["arm"]), seen)

# %% [markdown] lang="zh"
"""
如果活动毫无作用，只靠抽签，差异多半在正负 4 个百分点之内。看到的差异远远落在外面，运气说不过去。图上看不出真正的效果是多大。洗牌只回答“是不是运气”，下面的重抽回答“大约多少”。
"""

# %% [markdown] lang="en"
"""
If the campaign does nothing and only chance is at work, the difference mostly stays within 4 percentage points either way. What we saw lies far outside; luck will not do as an explanation. The figure does not show how large the true effect is. Shuffling answers "is it luck?"; drawing again, below, answers "about how much?".
"""

# %% [markdown] lang="zh"
"""
**重抽：区间从哪里来。** 换一批同样的客户，差异会是多少？把实验组的人名放进一个袋子，摸出一位，记下买没买，**放回去**，再摸，一直摸到原来的人数。留出对照组也这样。得到一个差异。重复 1,000 次，去掉两头各 2.5%，中间的 95% 就是区间（confidence interval）。
"""

# %% [markdown] lang="en"
"""
**Drawing again: where the interval comes from.** With other customers of the same kind, what would the difference be? Put the names of the treatment group into a bag, draw one, note whether they bought, **put it back**, and draw again until you have as many as there were. Do the same for the holdout. That gives one difference. Repeat it 1,000 times and cut 2.5% off at either end; the middle 95% is the interval (confidence interval).
"""

# %% [markdown] lang="zh" tags=["slide-only"]
"""
## 报一个区间，不报一个孤零零的数

双十一让每 100 位里多买了大约 4 到 11 位。
"""

# %% [markdown] lang="en" tags=["slide-only"]
"""
## Report an interval, not a lone number

Double Eleven made about 4 to 11 more of every 100 buy.
"""

# %% tags=["slide"]
plots.chance.middle(chance.redrawn(result["converted"], result["arm"]))

# %% [markdown] lang="zh"
"""
双十一让每 100 位里多买了大约 4 到 11 位。整个区间在 0 的右边，所以结论是“有效”。别只说一个 7.6：报告里写一个孤零零的数，就是假装自己知道得更多。

不用每次都摸袋子：`evaluation.campaign_effect` 用公式算出同样的区间，还看全部客户的人均消费。
"""

# %% [markdown] lang="en"
"""
Double Eleven made about 4 to 11 more of every 100 buy. The whole interval lies to the right of 0, so the verdict is "works". It does not say that it is exactly 7.6. A lone number in a report pretends to know more than it does.

There is no need for the bag each time: `evaluation.campaign_effect` gets the same interval from a formula, and looks at spend per customer over all customers as well.
"""

# %%
effect = evaluation.campaign_effect(result.reset_index())
numbers = ["treatment", "holdout", "difference", "lower", "upper"]
labelled(effect[numbers].mul([100, 1], axis=0).round(1).join(effect["verdict"]))

# %% [markdown] lang="zh"
"""
第一行是每 100 位客户里有几位购买，第二行是每位客户多少元。结论只有四种：

- **有效**：整个区间在 0 以上。
- **适得其反**：整个区间在 0 以下。
- **尚不清楚**：区间跨过 0。不是“没有用”，是“还不知道”。
- **客户太少**：有一组不到 30 位，不给数。
"""

# %% [markdown] lang="en"
"""
The first row is buyers per 100 customers, the second yuan per customer. There are four verdicts only:

- **works**: the whole interval is above 0.
- **harms**: the whole interval is below 0.
- **unclear**: the interval crosses 0. That is not "useless" but "not known yet".
- **too few customers**: one of the groups has fewer than 30, and no number is given.
"""

# %% [markdown] lang="zh" tags=["slide-only"]
"""
## 结论只有四种

- **有效**：整个区间在 0 以上
- **适得其反**：整个区间在 0 以下
- **尚不清楚**：区间跨过 0，不是“没有用”
- **客户太少**：有一组不到 30 位，不给数
"""

# %% [markdown] lang="en" tags=["slide-only"]
"""
## There are four verdicts only

- **Works**: the whole interval is above 0
- **Harms**: the whole interval is below 0
- **Unclear**: the interval crosses 0, which is not "useless"
- **Too few customers**: a group has fewer than 30, no number
"""

# %% [markdown] lang="zh"
"""
`evaluation.campaign_effect` 的结果里，`conversion` 一行是购买率，`lower` 一列是区间的下端。
"""

# %% [markdown] lang="en"
"""
In the result of `evaluation.campaign_effect` the row `conversion` is the rate of purchase, and the column `lower` the low end of the interval.
"""

# %%
effect.loc["conversion", "lower"]

# %% [markdown] try="evaluation-at-least evaluation-intervals"

# %% [markdown] lang="zh" tags=["stretch"]
"""
### 进阶：先数人，再看差异

双十一计划留出 30%。短信平台的导出表里只有“送达”的人：联系的人里，最久没来的五分之一（号码换了、退订了）不在表上。对照组没有送达不送达，一个没少。`soundness.sample_ratio` 数一数，两边的人数还合不合计划的比例：
"""

# %% [markdown] lang="en" tags=["stretch"]
"""
### Stretch: count heads before you look at the difference

Double Eleven planned to hold out 30%. The export of the message platform lists only those who were "delivered": of the people contacted, the fifth that had been away longest (a new number, unsubscribed) is not on it. In the control group nothing was to be delivered, and nobody is missing. `soundness.sample_ratio` counts whether the two sides still have the planned ratio:
"""

# %% tags=["stretch"]
away = order_facts(orders[orders["order_date"] < last["start_date"]], last["start_date"])["recency_days"]
reached = result.index[result["arm"] == "treatment"]
lost = away.reindex(reached).sort_values(ascending=False, kind="stable").index[: len(reached) // 5]
sheets = {
    t(zh="全部名单", en="the whole list"): result,
    t(zh="平台的导出表", en="the platform's export"): result.drop(lost),
}
rows = {}
for name, sheet in sheets.items():
    # zh: 换成你计划留出的比例
    # en: put in the share that you planned to hold out
    split = soundness.sample_ratio(sheet["arm"], 0.3)
    gap = evaluation.campaign_effect(sheet.reset_index()).loc["conversion", "difference"]
    split["p_value"] = f"{split['p_value']:.5f}"
    split["ratio_fits"] = t(zh="是", en="yes") if split["ratio_fits"] else t(zh="否", en="no")
    rows[name] = {**split, "difference": round(100 * gap, 1)}
labelled(pd.DataFrame(rows).T.drop(columns="planned_holdout"))

# %% [markdown] lang="zh" tags=["stretch"]
"""
少了两百多人，差异从 7.6 变成 11.3 个百分点：不是活动变好了，是多半不买的人被拿掉了。比例一查就露馅，公平的抽签，大约五万次才遇到一次（p 值 0.00002）。这叫样本比例不符（sample ratio mismatch）。

p 值小于 0.001，就停下，不看差异：先找出是谁少了、在哪一步少的，再按**抽签那一刻的名单**重算。所以名单、比例和种子，抽签那天就要存好。
"""

# %% [markdown] lang="en" tags=["stretch"]
"""
With a good two hundred people gone, the difference rises from 7.6 to 11.3 percentage points: the campaign is no better; people who mostly do not buy were taken out. The ratio gives it away; a fair draw shows such a split about once in fifty thousand (p-value 0.00002). This is a sample ratio mismatch.

When the p-value is below 0.001, stop and do not look at the difference: find who is missing and at which step, then compute again from **the list as it was drawn**. So keep the list, the share and the seed on the day of the draw.
"""

# %% [markdown] lang="zh" tags=["stretch"]
"""
### 进阶：天天看，看到“有效”就停

苏晚晴每天早上看一次区间，想着一见“有效”就收工报喜。区间说的是**看一次**错多少。看得多，碰巧的机会也多。下面让毫无作用的活动办十万场，数一数有几场在某一次被叫成“有效”或“适得其反”：
"""

# %% [markdown] lang="en" tags=["stretch"]
"""
### Stretch: looking every day, stopping at "works"

Su Wanqing looks at the interval every morning and means to stop and celebrate as soon as it says "works". The interval promises how often it is wrong for **one look**. With many looks, luck gets many chances. Below, a hundred thousand campaigns that do nothing; how many are called "works" or "harms" at some look?
"""

# %% tags=["stretch"]
wrong = pd.Series({looks: round(100 * soundness.peeking(looks)) for looks in [1, 2, 5, 10, 20]})
wrong.rename_axis(t(zh="看几次", en="looks")).to_frame(t(zh="每 100 场叫错几场", en="wrong calls in 100"))

# %% [markdown] lang="zh" tags=["stretch"]
"""
看一次，100 场错 5 场；看十次，错 19 场；看二十次，四场里就有一场。三条出路：

- 开始之前写下哪天看，只看那一次。
- 中途可以看一样：有没有出事（投诉、退货、发错券）。只为停下来，不为报喜。
- 老板非要看五次，那么每一次都用 98.4% 的区间，五次加起来才错 5 场（Pocock，1977）。
"""

# %% [markdown] lang="en" tags=["stretch"]
"""
One look: 5 wrong of 100. Ten looks: 19. Twenty: one in four. Three ways out:

- Write down before the start on which day you will look, and look once.
- One thing may be watched meanwhile: whether something goes wrong (complaints, returns, a wrong voucher). Only to stop, never to celebrate.
- If the boss must look five times, each look takes an interval of 98.4%; then all five together are wrong in 5 (Pocock, 1977).
"""

# %% [markdown] lang="zh" tags=["trainer"]
"""
**课堂活动（时间够就做，要 5 分钟）：** 发给每组六张扑克，三红三黑，红的是“买了”。洗牌，发三张到左边，数红的差，写到黑板上。十组各发五次，就画出了六张牌的那张图。手洗过的人，再也不会问“碰巧能差多大”。

**卡点：** “95% 区间”被说成“95% 的客户在里面”。区间说的是**差异**，不是客户。另一个卡点：跨过 0 被念成“没有效果”。让他们大声念“还不知道”。
"""

# %% [markdown] lang="en" tags=["trainer"]
"""
**In class (if there is time; it takes 5 minutes):** give each group six playing cards, three red, three black; red means "bought". Shuffle, deal three to the left, count the difference in red and write it on the board. Ten groups dealing five times each draw the figure of the six cards. Whoever has shuffled by hand never asks again how far luck can go.

**Where they stumble:** "95% interval" becomes "95% of the customers are in it". The interval is about the **difference**, not about customers. And: an interval across 0 is read as "no effect". Have them say "not known yet" aloud.
"""

# %% [markdown] lang="zh"
"""
## 5. 要多少位客户

先玩，再算。下面的模拟器把同一场活动办 1,000 次。你来定：留出多少人、联系多少人、不联系也会买的占多少、真正的效果是多少。左边是 24 次抽签各自看到的区间，最上面那条是你的公司唯一看得到的一次；虚线是真相。右边灰色的是毫无作用的活动。

试着回答三个问题：

1. 把真正的效果调到 0。还有多少场活动“看起来更好”？
2. 效果是 3 时，留出 100 人，多少场看得出“有效”？留出 1,000 人呢？
3. 效果是 -2 时，会不会有人写出“成功”的总结？
"""

# %% [markdown] lang="en"
"""
## 5. How many customers it takes

Play first, compute later. The simulator below runs the same campaign 1,000 times. You decide how many are held out and contacted, how many buy without contact, and what the true effect is. On the left are the intervals of 24 draws; the top one is the only one that your company ever sees, and the dashed line is the truth. On the right, in grey, are campaigns that do nothing.

Try to answer three questions:

1. Set the true effect to 0. How many campaigns still "look better"?
2. With an effect of 3 and 100 held out, how many show that it "works"? And with 1,000?
3. With an effect of -2, will anyone write a report of "success"?
"""

# %% [markdown] lang="zh" tags=["slide-only"]
"""
## 同一场活动办 1,000 次，你的公司只看得到一次

毫无作用的活动，大约一半看起来更好。
"""

# %% [markdown] lang="en" tags=["slide-only"]
"""
## The same campaign 1,000 times; your company sees one

Of campaigns that do nothing, about half look better.
"""

# %% tags=["slide", "explorer"]
explore.evaluation.show(owner)

# %% [markdown] lang="zh"
"""
毫无作用的活动，大约一半会“看起来更好”；区间整个在 0 以上的，100 场里只有两三场。人越多，区间越窄，真的效果越藏不住。图上看不出你该用多大的效果去算。那是业务问题：至少多几个百分点，这场活动才够本？

三个问题，从开头的样子调起：第 1 问，大约一半；第 2 问，留出 100 人时，100 场里只有 13 场看得出“有效”，留出 1,000 人时有 66 场；第 3 问，会，明明帮了倒忙，100 场里还有 8 场看起来更好。

不用试，`sample_size` 直接算。双十一留出对照组的转化率约 8.5%；如果至少要涨 3 个百分点才值得，两组各要多少人，才有 80% 的把握看得出来？
"""

# %% [markdown] lang="en"
"""
Of campaigns that do nothing, about half "look better"; but of 100 only 2 or 3 have an interval wholly above 0. The more people, the narrower the interval, and the less a true effect can hide. The figure does not show which effect to plan for. That is a business question: how many percentage points more does it take to pay for the campaign?

The three questions, starting from the first setting: 1, about half; 2, with 100 held out only 13 campaigns of 100 show that it works, with 1,000 held out 66 do; 3, yes: although it does harm, 8 of 100 still look better.

`sample_size` computes it directly. In the holdout of Double Eleven about 8.5% bought; if it takes at least 3 percentage points more to be worth the money, how many people does each group need for an 80% chance of noticing?
"""

# %%
worth = rate["holdout"] + 0.03
halves = sample_size.sample_size_for_shares(rate["holdout"], worth)
fifth = sample_size.sample_size_for_shares(rate["holdout"], worth, holdout_share=0.2)
ways = pd.DataFrame(
    [halves, fifth], index=[t(zh="留出 50%", en="50% held out"), t(zh="留出 20%", en="20% held out")]
)
labelled(ways.assign(needed_customers=ways.sum(axis=1)))

# %% [markdown] lang="zh"
"""
留得少，总人数就要多。人数是给定的时候，反过来问：双十一那么多人，最小看得出几个百分点？
"""

# %% [markdown] lang="en"
"""
Hold out fewer, and you need more in all. When the number of people is given, ask the other way round: how many percentage points are the least that a list like that of Double Eleven can show?
"""

# %%
sizes = result["arm"].value_counts()
now = sample_size.SampleSize(int(sizes["treatment"]), int(sizes["holdout"]))
round(100 * float(sample_size.smallest_uplift(rate["holdout"], now)), 1)

# %% [markdown] lang="zh" tags=["slide-only"]
"""
## 留得越少，总人数要得越多

要看出多 3 个百分点：留出 50% 要 3,128 位，留出 20% 要 5,035 位。
"""

# %% [markdown] lang="en" tags=["slide-only"]
"""
## Hold out fewer, and you need more in all

To notice 3 percentage points: 3,128 people with 50% held out, 5,035 with 20%.
"""

# %% tags=["slide"]
plots.evaluation.power(rate["holdout"], worth)

# %% [markdown] lang="zh"
"""
横轴是总人数，纵轴是看得出来的机会（检验功效），横线是通常要求的 80%。只留出 10%，要的人多得多。图上看不出留出的代价。留出的人这次没有活动，少卖的那一点，就是知道真相的价钱；我们一般留出 10% 到 20%，小名单留一半。
"""

# %% [markdown] lang="en"
"""
Along the bottom the people in all, upwards the chance of noticing (the power of the test); the line is the usual demand of 80%. Holding out only 10% takes many more people. The figure does not show the price of holding out. Those held out get no campaign this time, and the little that is not sold is what the truth costs; we mostly take 10% to 20%, or half of a small list.
"""

# %% [markdown] lang="zh"
"""
`sample_size.sample_size_for_shares(0.05, 0.07)` 算出要看出这个差别，两边各要多少人。
"""

# %% [markdown] lang="en"
"""
`sample_size.sample_size_for_shares(0.05, 0.07)` works out how many people each side needs to see this difference.
"""

# %% [markdown] try="evaluation-sample-size"

# %% [markdown] lang="zh" tags=["stretch"]
"""
### 进阶：一场看不出，几场合起来

六场活动，一场一场看，有的跨过 0，有的不跨。`pooling.pool` 把它们合起来：知道得越准的，分量越重。
"""

# %% [markdown] lang="en" tags=["stretch"]
"""
### Stretch: one campaign does not show it, several may

Six campaigns, looked at one by one: some intervals cross 0, some do not. `pooling.pool` puts them together: the more surely one is known, the more it weighs.
"""

# %% tags=["stretch"]
each = pd.DataFrame(
    {
        code: evaluation.campaign_effect(people).loc["conversion", ["difference", "lower", "upper"]]
        for code, people in responses.groupby("campaign_id")
    }
).T.astype(float)
known_ones = each.dropna()
together = pooling.pool(
    known_ones["difference"], (known_ones["upper"] - known_ones["lower"]) / 2 / pooling.NORMAL
)
each.loc[t(zh="合起来", en="put together")] = [together.effect, together.lower, together.upper]
labelled((100 * each).round(1))

# %% [markdown] lang="zh" tags=["stretch"]
"""
悦选合起来每 100 位多 5.6 位购买，区间 3.7 到 7.4，比哪一场都窄。第 15 课的计划用的就是它。一个季度人不够，就把同样的做法做四个季度，每次重新抽签，合起来区间大约只有一半宽。

合起来有两个条件：做法差不多；**办过的全部算进去**，包括不好看的。只挑成功的几场来合，合出来的还是那几场的运气。
"""

# %% [markdown] lang="en" tags=["stretch"]
"""
Together, Yuexuan's campaigns made 5.6 more of every 100 buy, with an interval from 3.7 to 7.4, narrower than any single one. The plan of lesson 15 uses this number. If one quarter has too few people, do the same for four quarters, with a new draw each time; put together, the interval is about half as wide.

Two conditions: the campaigns are much alike; and **all that were run are counted**, those that look bad too. Pool only the successes, and what you get is still their luck.
"""

# %% [markdown] lang="zh" tags=["stretch"]
"""
### 进阶：开始之前填好的一张表

活动开始之前填，两个人签字，开始之后不许改。看了结果再挑数、挑人、挑日子，总能挑出“成功”；这张表就是为了挡住自己。下面是苏晚晴给今年召回券填的：

| 要填的 | 她填的 |
|---|---|
| 问什么 | 发券以后，多来的人带来的钱，够不够付券 |
| 给谁 | 120 天以上没来的会员，约 1,000 位，名单 6 月 1 日存好 |
| 怎么抽 | 留出 30%，同一户抽在一起，种子 613 |
| 哪个数定输赢 | 只有一个：4 周里的转化率 |
| 值得一做的最小差异 | 多 3 个百分点，再少就不够付券 |
| 要多少位 | 2,700 位，一季不够，三季合起来看 |
| 不能变坏的 | 退过货的人，每 100 位最多多 2 位 |
| 哪天看 | 最后一天之后一周，只看一次 |
| 先查什么 | 两边人数合不合比例 |
| 有效怎么办 | 下一季照办 |
| 适得其反怎么办 | 停 |
| 尚不清楚怎么办 | 再做一季，合起来看 |

右边的 2,700，是 `sample_size` 照去年召回券算的：不发券有 5.3% 购买，要看出多 3 个百分点，留出 30%。
"""

# %% [markdown] lang="en" tags=["stretch"]
"""
### Stretch: a sheet that is filled in before

Fill it in before the campaign, have two people sign it, and change nothing afterwards. Whoever chooses the number, the people and the day after seeing the result always finds a "success"; the sheet guards us against ourselves. Here is Su Wanqing's, for this year's voucher:

| to fill in | what she wrote |
|---|---|
| the question | do the extra buyers whom vouchers bring pay for the vouchers |
| for whom | members away for more than 120 days, about 1,000; list saved on June 1 |
| the draw | 30% held out, a household together, seed 613 |
| the number that decides | one only: conversion within 4 weeks |
| smallest difference worth having | 3 percentage points; fewer do not pay for the voucher |
| people needed | 2,700; one season is too few, so three are put together |
| what must not get worse | people who send something back: 2 more of every 100 at most |
| the day we look | one week after the last day, once only |
| checked first | whether both sides have the planned ratio |
| if it works | do it again next season |
| if it harms | stop |
| if unclear | another season, then put them together |

The 2,700 comes from `sample_size` and last year's voucher: 5.3% buy without one, 3 percentage points more are to be noticed, 30% are held out.
"""

# %% [markdown] lang="zh"
"""
## 6. 比较谁：全部的人，不是留下来的人

**参加者陷阱。** 去年 3 月的“老会员感恩礼”（M04）打了一轮电话。总结写道：参加的人过半购买，没参加的只有一成，所以感恩礼把购买率提高了好几倍。我们把四种人分开看；代码里 `&` 是“而且”，`~` 是“不是”。
"""

# %% [markdown] lang="en"
"""
## 6. Compare whom: everybody, not those who are left

**The trap of those who took part.** In March last year regulars were called, with a "thank-you gift" (M04). The report says: more than half of those who took part bought, of those who did not only a tenth; so the gift multiplied sales. Let us look at four kinds of people apart; in the code `&` is "and", `~` is "not".
"""

# %% [markdown] lang="zh" tags=["slide-only"]
"""
## 参加者陷阱：爱买的人本来就爱参加

总结只写上面两行；按计划比，看下面两行。
"""

# %% [markdown] lang="en" tags=["slide-only"]
"""
## The trap of those who took part: buyers like to join

The report shows the two rows on top; compare as planned, by the two below.
"""

# %% tags=["slide"]
gift = responses[responses["campaign_id"] == campaigns["campaign_id"].iloc[-3]]
buys, called = gift["converted"].astype(float), gift["arm"] == "treatment"
groups = {
    t(zh="打了电话，参加了", en="called, took part"): called & gift["attended"],
    t(zh="打了电话，没参加", en="called, did not take part"): called & ~gift["attended"],
    t(zh="所有打了电话的", en="all who were called"): called,
    t(zh="所有留出的", en="all held out"): ~called,
}
shares = {name: round(100 * buys[inside].mean(), 1) for name, inside in groups.items()}
pd.Series(shares).to_frame(t(zh="转化率（%）", en="conversion (%)"))

# %%
gift_effect = evaluation.campaign_effect(gift).loc[["conversion"]]
labelled(gift_effect[numbers].mul(100).round(1).join(gift_effect["verdict"]))

# %% [markdown] lang="zh"
"""
上面两行差好几倍，总结只写了这两行。下面两行是**所有**打了电话的和**所有**留出的：几乎一样，区间跨过 0。爱买的人本来就爱参加，不是参加让他们爱买。电话每个 6 元（第 11 课的手册只按 3 元算），至今看不出带来了什么。

规矩：按**计划**比较。名单上的人，接没接电话、来没来，都算在自己那一组里。
"""

# %% [markdown] lang="en"
"""
The two rows on top differ several times over, and the report shows only those. Below are **all** who were called and **all** held out: nearly the same, and the interval crosses 0. People who like to buy like to take part; taking part does not make them buy. A call costs 6 yuan (the playbook of lesson 11 counts only 3), and so far there is nothing to show for it.

The rule: compare **as planned**. Everybody on the list counts in their own group, whether they picked up the phone, came, or did not.
"""

# %% [markdown] lang="zh"
"""
**幸存者陷阱。** 双十一之后，财务说：“实验组每位购买者只花 236 元，留出对照组 262 元。活动把客单打下来了，停掉！”先数一张小表：联系的四位和没联系的四位。
"""

# %% [markdown] lang="en"
"""
**The survivor trap.** After Double Eleven, Finance says: "Buyers in the treatment group spent only 236 yuan each, those in the holdout 262. The campaign drags down the basket; stop it!" Count a small table first: four contacted and four not.
"""

# %%
eight = pd.DataFrame(
    {
        "customer_id": names,
        "arm": ["treatment"] * 4 + ["holdout"] * 4,
        "amount": [300, 100, 100, 0, 300, 0, 0, 0],
    }
)
labelled(evaluation.spend_two_ways(eight).round(0).astype(int))

# %% [markdown] lang="zh"
"""
没联系的只有 1 位买，花 300 元。联系的有 3 位买，多出来的两位各买 100 元。按**购买者**算，167 比 300，“亏了 133 元”；按**全部客户**算，125 比 75，多了 50 元。活动自己决定了谁是购买者，所以两边的购买者不是同一种人：比较他们，就是只问活下来的人。
"""

# %% [markdown] lang="en"
"""
Of those not contacted only 1 bought, for 300 yuan. Of the contacted 3 bought; the two extra ones spent 100 yuan each. Per **buyer** it is 167 against 300, "a loss of 133 yuan"; per **customer** it is 125 against 75, a gain of 50. The campaign itself decides who is a buyer, so the buyers on the two sides are different kinds of people: comparing them means asking the survivors only.
"""

# %% [markdown] lang="zh" tags=["slide-only"]
"""
## 幸存者陷阱：按购买者亏，按全部客户赚

活动自己决定了谁是购买者，两边不是同一种人。
"""

# %% [markdown] lang="en" tags=["slide-only"]
"""
## The survivor trap: down per buyer, up per customer

The campaign itself decides who buys, so the buyers on the two sides are different people.
"""

# %% tags=["slide"]
plots.evaluation.survivor_trap(evaluation.spend_two_ways(result))

# %% [markdown] lang="zh"
"""
左边每位购买者花得少了，右边每位客户花得多了。两个都算对了，只有右边回答“该不该再办”。图上看不出赚不赚。多出来的是销售额，不是毛利。

**有效，赚钱吗？** 双十一便宜 20%，不联系也会买的人也拿到了折扣。所以不能拿“多卖的钱 × 毛利率”来算，要给两组的**每位客户**各算一遍毛利：付的钱减去货的成本，再减去触达成本；没买的人，毛利是 0。
"""

# %% [markdown] lang="en"
"""
On the left each buyer spends less, on the right each customer spends more. Both sums are right; only the right one answers "shall we do it again?". The figure does not show whether it pays. The gain is in sales, not in margin.

**It works; does it pay?** Double Eleven took 20% off the price, and those who would have bought anyway got the discount too. So "extra sales × margin rate" will not do; compute the margin of **every customer** in both groups: the money paid, less the cost of the goods, less the cost of the contact; who bought nothing has a margin of 0.
"""

# %% [markdown] lang="zh" tags=["slide-only"]
"""
## 卖得更多，没看出赚得更多

不联系也会买的人，也拿到了便宜 20%。
"""

# %% [markdown] lang="en" tags=["slide-only"]
"""
## It sells more; that it earns more does not show

Those who would have bought anyway got 20% off too.
"""

# %% tags=["slide"]
meanwhile = orders[orders["order_date"].between(last["start_date"], last["end_date"])]
goods = order_facts(meanwhile, owner.as_of, products=owner.products)["margin"]
result["profit"] = goods.reindex(result.index).fillna(0) - result["cost"]
profit = {arm: people["profit"] for arm, people in result.groupby("arm")}
pays = evaluation.difference_of_means(profit["treatment"], profit["holdout"])
both = pd.DataFrame([effect.loc["spend", numbers], pd.Series(pays._asdict())], index=["spend", "profit"])
labelled(both.astype(float).round(1))

# %% [markdown] lang="zh"
"""
卖得更多，这是有效的；是不是赚得更多，看不出来：每位客户的净收益反而少了将近 2 元，区间跨过 0。多出来的那些单赚的钱，很可能还不够补送给“本来就会买的人”的折扣。顾明远要的正是这一行。所以每场活动开始之前就要写明：拿哪个数评成败，转化、销售额，还是毛利。
"""

# %% [markdown] lang="en"
"""
It sells more; that much works. Whether it earns more does not show: the profit per customer is even lower by almost 2 yuan, with an interval across 0. What the extra orders earn may well not make up for the discounts given to people who would have bought anyway. This is the row that Gu Mingyuan asked for. So write down before each campaign which number decides: conversion, sales or margin.
"""

# %% [markdown] lang="zh"
"""
**满意度也一样。** 活动总结爱写“满意度 4 分”。可打分的只有参加的人；不喜欢的人早就走开了。公平的办法是比较**两组**在活动开始之后的问卷和客服评分。
"""

# %% [markdown] lang="en"
"""
**Satisfaction is no different.** Reports like to say "satisfaction: 4 points". But only those who took part gave points; who disliked it was gone by then. The fair way is to compare the survey and service scores of **both** groups since the campaign began.
"""

# %%
gave = result["feedback_score"].dropna()
print(
    t(zh="参加者打分：人数、平均", en="took part and gave points: people, mean"),
    len(gave),
    round(gave.mean(), 2),
)

talks = owner.interactions
since = talks[talks["score"].notna() & (talks["interaction_date"] >= last["start_date"])]
score = since.groupby("customer_id")["score"].mean()
asked = result.join(score, how="inner")

# %%
# zh: 把有评分的人当作一个层级来比
# en: those with a score are compared as one tier
on_both_sides = evaluation.uplift_by_tier(
    asked.reset_index(), pd.Series(t(zh="全部", en="all"), index=asked.index), measure="score"
)
labelled(on_both_sides.drop(columns="extra").round(2))

# %% [markdown] lang="zh"
"""
第一行是参加者：近 300 位，平均约 4 分。表里才是两组的人：活动之后留下评分的客户，实验组并不更高，区间跨过 0，结论是尚不清楚。要看清，就在活动后两周给两组各发同一份问卷。
"""

# %% [markdown] lang="en"
"""
The first line is for those who took part: almost 300, with a mean of about 4. The table has people of both groups: among those who left a score since, the treatment group is no higher, the interval crosses 0, and the verdict is unclear. To see clearly, send both groups the same survey two weeks later.
"""

# %% [markdown] try="evaluation-fair-mean"

# %% [markdown] lang="zh" tags=["stretch"]
"""
### 进阶：护栏，不能变坏的那几样

活动多卖了，可要是退货和差评也多了，就不是赢。这样的数叫护栏（guardrail）。事前给每一样画一条线：最多允许多几个百分点。判断也要反过来：不是“差别不显著”就算没事，而是**整个区间都在线以下**才算守住。下面两样，每 100 位客户最多允许多 2 位：
"""

# %% [markdown] lang="en" tags=["stretch"]
"""
### Stretch: guardrails, the things that must not get worse

If a campaign sells more, but returns and bad scores go up with it, it is no win. Such numbers are guardrails. Draw a line for each beforehand: how many percentage points more are allowed at most. And judge the other way round: "no significant difference" is not enough; it holds only if **the whole interval lies below the line**. For the two below, 2 more of every 100 customers are allowed at most:
"""

# %% tags=["stretch"]
since_start = orders[orders["order_date"] >= last["start_date"]]
sent_back = t(zh="退过货", en="sent something back")
unhappy = t(zh="打过 1 分或 2 分", en="gave a score of 1 or 2")
harms = pd.DataFrame(
    {
        sent_back: result.index.isin(since_start.loc[since_start["quantity"] < 0, "customer_id"]),
        unhappy: result.index.isin(since.loc[since["score"] <= 2, "customer_id"]),
    },
    index=result.index,
)
rails = soundness.guardrails(harms, result["arm"], {sent_back: 0.02, unhappy: 0.02})
labelled((100 * rails[[*numbers, "allowed"]]).round(1).join(rails["verdict"]))

# %% [markdown] lang="zh" tags=["stretch"]
"""
差评守住了：最多多 1.6 位，在线以下。退货**尚不清楚**：多了 1.2 位，区间里有 0，也有 2.9。很多报告会写“退货没有显著增加”。这里只能写“可能没有变，也可能多了近 3 位，还不知道”，下一场接着看。买得多的一边，退的也会多一些，所以护栏和赚不赚要一起读。
"""

# %% [markdown] lang="en" tags=["stretch"]
"""
Bad scores hold: 1.6 more at most, below the line. Returns are **unclear**: 1.2 more, with an interval that holds 0 and also 2.9. Many a report would say "no significant increase in returns". All we may say is "perhaps none, perhaps almost 3 more; not known yet", and watch it next time. The side that buys more also sends more back, so read guardrails and profit together.
"""

# %% [markdown] lang="zh" tags=["stretch"]
"""
### 进阶：用活动之前的消费来校准

客户之间的差别，有一部分是老早就有的：有人月月来，有人一年一次。这一部分活动之前就看得到，两组都一样，可以先拿掉，剩下的才是要比的。这叫 CUPED。`soundness.adjusted_effect` 这样算：之前花得比平均多的人，照两者的关系扣掉一点；少的人，加回一点。
"""

# %% [markdown] lang="en" tags=["stretch"]
"""
### Stretch: adjust by what they spent before

Part of what customers differ by is old: one comes every month, another once a year. That part can be seen before the campaign, is the same in both groups, and can be taken off first; what is left is compared. This is called CUPED. `soundness.adjusted_effect` does it: whoever spent more than the mean before has a bit taken off, as the two periods go together; whoever spent less gets a bit added.
"""

# %% tags=["stretch"]
later_spend = before_after.spend_around(orders, result.index, last["start_date"])["after"]
by_arm = {arm: later_spend[result["arm"] == arm] for arm in ("treatment", "holdout")}
ways_to_count = {t(zh="不校准", en="plain"): evaluation.difference_of_means(**by_arm)}
for days in [28, 365]:
    past = before_after.spend_around(orders, result.index, last["start_date"], days)["before"]
    name = t(zh="用之前的天数校准：", en="adjusted, days before: ") + str(days)
    ways_to_count[name] = soundness.adjusted_effect(later_spend, past, result["arm"])
compared = pd.DataFrame(ways_to_count, index=["treatment", "holdout", "difference", "lower", "upper"]).T
labelled(compared[["difference", "lower", "upper"]].round(1))

# %% [markdown] lang="zh" tags=["stretch"]
"""
双十一开始后 4 周，每位客户多花的钱（元）。用前一年校准，区间窄了 9%，等于白得了两成客户。零售客户来得少，只能窄这一点；微软必应的人天天来，用一半的人就看得一样清（Deng 等，2013）。

再看中间一行：用前 28 天校准，同一场活动的区间就跨过 0 了。两种都没有错，错的是**看过以后再挑**。用哪一段来校准，也写进开始之前的那张表。只能用活动之前的数：之后的（点没点开、参没参加）会把效果一起扣掉。
"""

# %% [markdown] lang="en" tags=["stretch"]
"""
The extra money per customer (yuan) in the 4 weeks from the start of Double Eleven. Adjusted by the year before, the interval is 9% narrower, as if a fifth more customers had come for free. Retail customers come rarely, so it is no more than that; at Microsoft's Bing, where people come every day, half of the people showed as much (Deng and others, 2013).

Now look at the row in the middle: adjusted by 28 days, the interval of the same campaign crosses 0. Neither is wrong; wrong is **choosing after looking**. Which period is used also goes into the sheet that is filled in before. And only numbers from before the campaign will do: later ones (clicked, took part) would take off the effect itself.
"""

# %% [markdown] lang="zh"
"""
## 7. 有人说“提升了 30%”

培训材料里常见这样的案例：销售额涨 15%、20%、30%（第 00 课说起过），转化率、购买率、满意度也涨百分之二三十。这些是**材料这样说的**，不是我们验证过的。现在你有四个问题可以问：

1. **和谁比？** 和去年比、和没参加的人比，都不算；要和抽签留出的人比。
2. **数了谁？** 全部计划的人，还是只有购买者、参加者、留下来的店？
3. **多少人，区间多宽？** 40 个人里从 10 位变成 13 位，也叫“涨 30%”。
4. **还有几场没报？** 办十场毫无作用的活动，挑最好的一场写，总能写出成功。

答不上来，不等于是假的，等于**还不知道**。语气要客气，问题要问完。
"""

# %% [markdown] lang="en"
"""
## 7. When someone says "up by 30%"

Training material is full of such cases: sales up by 15%, 20%, 30% (lesson 00 spoke of them), and conversion, purchases or satisfaction up by 20 or 30% as well. That is **what the material says**, not what we have checked. Now you have four questions to ask:

1. **Compared with whom?** Last year, or those who did not take part, will not do; it must be people held out at random.
2. **Who was counted?** Everybody planned, or only buyers, participants, the stores that are left?
3. **How many, and how wide is the interval?** Of 40 people, 13 in place of 10 is "up by 30%" too.
4. **How many were not reported?** Run ten campaigns that do nothing and write up the best: there is always a success.

Without an answer it is not false; it is **not known yet**. Be polite, and ask all four.
"""

# %% [markdown] lang="zh" tags=["slide-only"]
"""
## 有人说“提升了 30%”，问四句

- 和谁比
- 数了谁
- 多少人，区间多宽
- 还有几场没报
"""

# %% [markdown] lang="en" tags=["slide-only"]
"""
## When someone says "up by 30%", ask four things

- Compared with whom
- Who was counted
- How many, and how wide is the interval
- How many were not reported
"""

# %% [markdown] try="evaluation-reply"

# %% [markdown] lang="zh" tags=["stretch"]
"""
### 进阶：没法抽签的时候

海报贴在街上，谁都看得见；新店开在一个城市；价格一改，全都改。客户没法抽签，就拿**地区**来比：三个城市贴，三个不贴，每个城市和自己的过去比，再两边相减。这叫双重差分（difference in differences）。下面是六个城市每位客户一个月花的钱（元）：
"""

# %% [markdown] lang="en" tags=["stretch"]
"""
### Stretch: where nothing can be drawn at random

A poster hangs in the street for everybody to see; a new store opens in one city; a price changes for all. Customers cannot be drawn, so compare **regions**: three cities have the poster, three do not, each is compared with its own past, and then the two sides with each other. This is difference in differences. Below, what a customer of six cities spends in a month (yuan):
"""

# %% tags=["stretch"]
money = pd.DataFrame(
    {"before": [62, 58, 70, 55, 66, 60], "after": [74, 67, 85, 62, 70, 70]},
    index=pd.Index(["nanqi", "rongpu", "languan", "qingqi", "shuoning", "xuelu"], name="city"),
)
poster = pd.Series(True, index=money.index[:3])
money["difference"] = money["after"] - money["before"]
labelled(money)

# %% tags=["stretch"]
poster_effect = soundness.difference_in_differences(money, poster)
pd.Series(poster_effect._asdict()).round(1).set_axis(
    t(
        zh=["贴了的：涨", "没贴的：涨", "差异", "下限", "上限"],
        en=["with poster: rise", "without: rise", "difference", "lower limit", "upper limit"],
    )
)

# %% [markdown] lang="zh" tags=["stretch"]
"""
贴了的前三个城市涨了 12 元，总结会这么写。没贴的也涨了 7 元，那是季节。两边相减，海报大约带来 5 元，而且区间跨过 0：样本是六个**城市**，不是几千位客户。

它靠一句话撑着：没有海报，两边本来会**一样涨**。抽签能保证，这里只能求证：

- 往前多看几个月，两边是不是一直一起涨落。
- 装作海报早贴了两个月，再算一次，应该是 0 左右。
- 能抽就抽：哪三个城市贴，也用抽签定，不要挑“市场好”的。

Card 和 Krueger（1994）用这个办法看最低工资：新泽西涨了，邻州没涨。快餐店的用工，新泽西从 20.44 变成 21.03，宾夕法尼亚从 23.33 变成 21.17；只看新泽西是多了 0.59，两边相减是多了 2.76。六年后，Neumark 和 Wascher（2000）用工资单重算，得出了相反的结论：数怎么收，也要事先想好。
"""

# %% [markdown] lang="en" tags=["stretch"]
"""
The first three cities, with the poster, rose by 12 yuan, and that is what a report would say. Those without rose by 7: the season. Side against side, the poster brought about 5, and the interval crosses 0: the sample is six **cities**, not thousands of customers.

All of it rests on one sentence: without the poster, both sides would have **risen alike**. A random draw guarantees it; here we can only look for evidence:

- Go back several months: did both sides always rise and fall together?
- Pretend that the poster hung two months earlier and compute again: it should be about 0.
- Draw where you can: which three cities get it can be drawn at random as well; do not pick those where "the market is good".

Card and Krueger (1994) looked at the minimum wage in this way: New Jersey raised it, its neighbour did not. Employment in a fast-food store went from 20.44 to 21.03 in New Jersey, and from 23.33 to 21.17 in Pennsylvania; New Jersey alone rose by 0.59, side against side it is 2.76. Six years later Neumark and Wascher (2000) took payroll records instead and came to the opposite: how the numbers are collected must be thought out beforehand, too.
"""

# %% [markdown] lang="zh" tags=["trainer"]
"""
**小组讨论（8 分钟）：** 每组写一份自己公司真实活动的“成功”总结，三句话；交给邻组，用四个问题逐条问。写的一方只许答“有”“没有”“不知道”。最后全班数一数：多少份总结里有留出对照组？通常是零。不要嘲笑，问下一场活动谁来抽签。
"""

# %% [markdown] lang="en" tags=["trainer"]
"""
**Small groups (8 minutes):** each writes a three-sentence "success" report on a real campaign of their own; the neighbours go through the four questions. The writers may only answer "yes", "no", "don't know". Then count in class: how many reports had a holdout? Usually none. Do not laugh; ask who will make the random draw for the next campaign.
"""

# %% [markdown] lang="zh"
"""
## 8. 对谁有用

假如我们真能看到两个世界：联系他，他买不买；不联系，他买不买。那么客户只有四种。八位会员：
"""

# %% [markdown] lang="en"
"""
## 8. For whom it works

Suppose we could see both worlds: does she buy when contacted, and does she buy when not? Then there are only four kinds of customers. Eight members:
"""

# %%
kinds = ["sure_thing"] * 2 + ["persuadable"] * 2 + ["do_not_disturb"] + ["lost_cause"] * 3
both_worlds = evaluation.uplift_quadrants().loc[kinds].drop(columns="advice")
shown = both_worlds.astype(int).reset_index().set_index(pd.Index(names))
labelled(shown)

# %% [markdown] lang="zh"
"""
全部联系，4 位会买；全不联系，3 位会买。增量（uplift）是 1 位，虽然有 4 位“响应”了。两位必买型反正会买，券白送；一位勿扰型被电话吵走了。只联系两位可说服型，会有 5 位购买，比全部联系还多，只花四分之一的钱。
"""

# %% [markdown] lang="en"
"""
Contact all, and 4 buy; contact nobody, and 3 buy. The uplift is 1, although 4 "responded". The two sure things would have bought anyway, and their voucher was a present; the one who should not be disturbed was driven off. Contact the two persuadables only, and 5 will buy: more than when you contact all, for a quarter of the money.
"""

# %% [markdown] lang="zh" tags=["slide-only"]
"""
## 只有可说服型，是因为联系才买

谁是哪一种，看不到；抽签看得到一层里可说服型减去勿扰型。
"""

# %% [markdown] lang="en" tags=["slide-only"]
"""
## Only persuadables buy because of the contact

Nobody can see who is which; with a random draw, a tier shows persuadables less do-not-disturbs.
"""

# %% tags=["slide"]
plots.evaluation.uplift_quadrants()

# %% [markdown] lang="zh"
"""
只有左上和右上两格的人联系了会买，只有可说服型那一格是**因为**联系才买。图上看不出谁是哪一种。谁也看不到两个世界，但是一个**层级**可以：一半抽签联系，一半不联系，差异就是这一层可说服型减去勿扰型。

所以看增量要按层级，而且层级要用活动**之前**的数据来分，最多三四个：第 03 课的 ABC 等级正好。分成十一个客群，每群太小；比得越多，碰巧“有效”的也越多，所以 `uplift_by_tier` 会把区间放宽。
"""

# %% [markdown] lang="en"
"""
Only in the two upper cells do people buy when contacted, and only persuadables buy **because** of it. The figure does not show who is which. Nobody sees both worlds, but a **tier** can: some are contacted at random, some are not, and the difference is the tier's persuadables less its do-not-disturbs.

So look at uplift by tier, with tiers made from data **before** the campaign, and three or four at most: the ABC grades of lesson 03 will do. With eleven segments each is too small; and the more you compare, the more "work" by luck, which is why `uplift_by_tier` widens the intervals.
"""

# %%
earlier = orders[orders["order_date"] < last["start_date"]]
grade = value.abc(order_facts(earlier, last["start_date"])["monetary"])
by_grade = evaluation.uplift_by_tier(result.reset_index(), grade)
print(by_grade.attrs["note"])
labelled(by_grade[numbers].mul(100).round(1).join(by_grade[["verdict", "extra"]].round(0)))

# %% [markdown] lang="zh" tags=["slide-only"]
"""
## 双十一对 A 级有效，B 级和 C 级还不知道

A 级反正会买？不联系时 12%，联系了 27%。
"""

# %% [markdown] lang="en" tags=["slide-only"]
"""
## Double Eleven works with As; with Bs and Cs it is not known yet

As buy anyway? Without contact 12%, with contact 27%.
"""

# %% tags=["slide"]
plots.evaluation.uplift(by_grade)

# %% [markdown] lang="zh"
"""
A 级的整个区间在 0 以上：双十一对他们有效，多带来约 65 位购买者。B 级和 C 级跨过 0。有人说“A 级反正会买”，数据说不是：他们不联系时只有 12% 购买，联系了有 27%。这不等于对 B 级没有用：他们的区间里既有 0，也有 7 个百分点；尚不清楚的层级，下次活动再留一次。适得其反的层级这里没有；有的话，先停，再问为什么。这里看的是转化，赚不赚，还要像第 6 节那样按等级再算一遍。
"""

# %% [markdown] lang="en"
"""
The whole interval of the As is above 0: Double Eleven works with them and brought about 65 more buyers. Bs and Cs cross 0. "As buy anyway", people say; the data say no: without contact 12% of them bought, with contact 27%. That does not prove that it is useless with Bs. Their interval holds 0 and also 7 percentage points; where it is unclear, hold out again next time. No tier is harmed here; if one were, stop first and ask why later. And this is conversion: whether it pays must be worked out by grade as in section 6.
"""

# %% [markdown] try="evaluation-by-grade"

# %% [markdown] lang="zh" tags=["stretch"]
"""
### 进阶：常年留出的一小群人

一场一场都“有效”，加起来可能比全年多卖的还多：双十一多卖的，也许是十二月少卖的。要知道**全部活动合起来**带来多少，就留一小群人，一整年什么活动也不给，年底比一次。抽一次签，按等级分开抽，明年换一批人。要留多少？看得出多大的差别，现在就能算（最后一列是百分点）：
"""

# %% [markdown] lang="en" tags=["stretch"]
"""
### Stretch: a permanent control group

One by one they may all "work", and yet add up to more than the year gained: what Double Eleven won, December may have lost. To know what **all campaigns together** bring, keep a small group without any campaign for a whole year, and compare once at the end. Draw once, in each grade apart, and take other people next year. How many? What difference they can show can be worked out now (the last column is percentage points):
"""

# %% tags=["stretch"]
# zh: 不知道一年里有几成会买，就当一半：这样最谨慎
# en: not knowing how many buy within a year, take half of them: the most careful guess
usual = 0.5
sizes_of_group = {}
for part in [0.05, 0.1, 0.2]:
    drawn = experiment.assign_holdout(grade, share=part, seed=2026).value_counts()
    size = sample_size.SampleSize(int(drawn["treatment"]), int(drawn["holdout"]))
    sizes_of_group[f"{part:.0%}"] = [size.holdout, round(100 * sample_size.smallest_uplift(usual, size), 1)]
columns = t(zh=["留出的人", "至少多几个才看得出"], en=["people held out", "least that shows"])
pd.DataFrame.from_dict(sizes_of_group, orient="index", columns=columns)

# %% [markdown] lang="zh" tags=["stretch"]
"""
悦选不大：只留 5% 是 123 位，全年的活动要让购买率多将近 13 个百分点才看得出。留 10% 是 9 个百分点。所以小公司留一成，或者两年合起来看；客户上百万的公司，1% 也许就够。留出的人照样有服务、有售后、有安全通知，只是没有促销。名单要给每个发券的人，不然一年里总有人被联系。
"""

# %% [markdown] lang="en" tags=["stretch"]
"""
Yuexuan is not large: 5% are 123 people, and the year's campaigns would have to raise the purchase rate by almost 13 percentage points to show. With 10% it is 9 percentage points. So a small company holds out a tenth, or puts two years together; with millions of customers 1% may be enough. Those held out still get service, repairs and safety notices, only no promotions. Everyone who sends vouchers needs the list, or somebody will be contacted within the year.
"""

# %% [markdown] lang="zh" tags=["trainer"]
"""
**只给老师：** 数据是模拟的，所以真相查得到：`company.truth()["responses"]` 里有每个人两个世界的结果。M04 的真实增量正好是 0，M05 约 6 个百分点，M06 约 6 个百分点。下课前可以亮出来，让学员看看自己的区间有没有框住它。真实的公司里没有这张表，这正是要抽签的原因。

**卡点：** 把四种客户当成可以贴的标签。没有人知道小王是哪一种；只能说“这一层里，可说服型比勿扰型多几个百分点”。
"""

# %% [markdown] lang="en" tags=["trainer"]
"""
**For the trainer only:** the data are simulated, so the truth can be looked up: `company.truth()["responses"]` holds both worlds of everybody. The true uplift of M04 is exactly 0, of M05 about 6 percentage points, of M06 about 6 as well. Show it before the end and let learners see whether their intervals caught it. A real company has no such table, which is why we need a control group drawn at random.

**Where they stumble:** taking the four kinds for tags. Nobody knows which kind Wang is; all we can say is "in this tier, persuadables outnumber do-not-disturbs by so many percentage points".
"""

# %% [markdown] lang="zh"
"""
## 9. 谁换了层：迁移矩阵

第 05 课数过谁从哪个阶段走到哪个阶段。评估时把同样的表用在层级上，叫迁移矩阵（migration matrix，又称转移矩阵）。五位会员，期初和期末各一次分层：
"""

# %% [markdown] lang="en"
"""
## 9. Who changed tiers: the migration matrix

Lesson 05 counted who went from which stage to which. In evaluation the same table for tiers is called the migration matrix. Five members, tiered at the beginning and at the end:
"""

# %%
first = pd.Series(["high", "high", "medium", "low"], index=names[:4])
second = pd.Series(["high", "medium", "high", "low"], index=[names[0], names[1], names[2], names[4]])
labelled(migration.migration(first, second))

# %% [markdown] lang="zh"
"""
一行是期初，一列是期末，对角线上是没动的人。马磊期末没有消费，落在“期末已不在”一列；周婷期初没有消费，落在“期初还没有”一行。谁也没有丢。

悦选的真实数据：上半年和下半年各看 184 天的消费，用两条线分成三层；线在上半年画好，下半年**用同一把尺子**。
"""

# %% [markdown] lang="en"
"""
A row is the beginning, a column the end, and those on the diagonal stayed. Ma Lei spent nothing at the end and stands in the column "gone"; Zhou Ting spent nothing at the beginning and stands in the row "not yet there". Nobody gets lost.

Now the real data: spend over 184 days in the first and in the second half of the year. Two lines make three tiers; they are drawn in the first half, and the second is measured **with the same ruler**.
"""

# %% [markdown] lang="zh" tags=["slide-only"]
"""
## 迁移矩阵看方向，不证明效果

高消费客户半年后只剩一半在高层，低层也有人往上走：又是回归均值。
"""

# %% [markdown] lang="en" tags=["slide-only"]
"""
## The migration matrix shows directions and proves no effect

Half a year on, half of the high are still high, and some of the low have risen: regression to the mean again.
"""

# %% tags=["slide"]
half = owner.as_of - pd.Timedelta(days=184)
everybody = owner.customers["customer_id"]
spent = before_after.spend_around(orders, pd.Index(everybody), half, days=184)
lines = cuts.quantile_cuts(spent["before"][spent["before"] > 0], 3)
then, later = (cuts.levels(spent[side][spent[side] > 0], lines) for side in ("before", "after"))
matrix = migration.migration(then, later)
plots.evaluation.migration(matrix)

# %% [markdown] lang="zh"
"""
上半年的高消费客户，下半年只有一半还在高层，另一半往下走或不在了；低层里有将近 30% 往上走，又是回归均值。图上看不出为什么走，也看不出我们做的事有没有用。“高层丢了一半，客户经理失职”和“低层升了三成，客户经理有功”，都是前后对比的老毛病。要评活动，就给实验组和留出对照组各画一张，再比较。
"""

# %% [markdown] lang="en"
"""
Of the high spenders of the first half, only half are still high in the second, the others went down or are gone; of the low ones almost 30% went up: regression to the mean again. The figure does not show why they move, or whether anything we did helped. "Half of the high tier lost: the managers failed" and "three tenths of the low tier risen: the managers triumphed" are the old fault of before and after. To judge a campaign, draw one matrix for the treatment group, one for the holdout, and compare.
"""

# %%
stay = {}
for arm in ["treatment", "holdout"]:
    people = result.index[result["arm"] == arm]
    moves = migration.migration(then[then.index.isin(people)], later[later.index.isin(people)])
    stay[arm] = migration.won_and_lost(moves)["stay_rate"]
labelled(pd.DataFrame(stay).round(2))

# %% [markdown] lang="zh"
"""
双十一的两组，留在原来一层的比例差不了多少：迁移矩阵是看方向的，不是证明效果的工具。
"""

# %% [markdown] lang="en"
"""
In the two groups of Double Eleven, those who stayed in their tier differ little: the matrix shows directions; it is no tool to prove an effect.
"""

# %% [markdown] lang="zh"
"""
`migration.migration(then, later)` 数出从哪一档到哪一档各有几位；`migration.won_and_lost` 的 `stay_rate` 是留在原档的比例。
"""

# %% [markdown] lang="en"
"""
`migration.migration(then, later)` counts who went from which level to which; `stay_rate` in `migration.won_and_lost` is the share who stayed.
"""

# %% [markdown] try="evaluation-still-high"

# %% [markdown] lang="zh"
"""
## 10. 分组本身好不好

活动要评，分组也要评。好的分组有三样：

- **分得开**（separation）：各组**之后**的价值真的不同。用分组之前的消费来评，永远显得好。
- **稳得住**（stability）：过半年用同样的规则再分，多数人还和原来的人在一组。
- **用得上**（use）：组不太小、不太多，而且每一组真有人对它做不同的事。问一句：上个月谁对这一组做了什么不同的事？

前两样有数可查。分得开看 η²：客户之间的差别有百分之几在组与组之间，0 是白分，1 是完全由组决定。稳得住看调整兰德指数，1 是没变，0 是和重新抽签一样。
"""

# %% [markdown] lang="en"
"""
## 10. Is the grouping itself any good

Campaigns are judged, and so are groupings. A good one has three things:

- **Separation**: what the groups are worth **later** really differs. Judged by the spend they were made from, they always look good.
- **Stability**: made again by the same rules half a year later, most people are still with the same people.
- **Use**: the groups are not too small and not too many, and somebody really does something different for each. Ask: who did what differently for this group last month?

The first two can be measured. Separation is eta²: what share of the differences between customers lies between the groups; 0 is sorted for nothing, 1 is decided by the group alone. Stability is the adjusted Rand index: 1 is no change, 0 is no better than chance.
"""

# %%
start, end = order_facts(orders[orders["order_date"] < half], half), order_facts(orders, owner.as_of)
shop_cuts = rfm.Cuts(recency_days=(30, 60, 90, 180), frequency=(2, 3, 5, 8), monetary=(200, 500, 1000, 3000))
eight_then, eight_now = (rfm.segments8(rfm.rfm_scores(facts)) for facts in (start, end))
fixed_then, fixed_now = (rfm.segments8(rfm.rfm_scores(facts, shop_cuts)) for facts in (start, end))
four = {
    t(zh="价值高，最近来过", en="valuable, came lately"): ["high_value_loyal", "key_develop"],
    t(zh="价值高，好久没来", en="valuable, long away"): ["key_retain", "key_winback"],
    t(zh="价值一般，最近来过", en="regular, came lately"): ["general_value", "general_develop"],
    t(zh="价值一般，好久没来", en="regular, long away"): ["general_retain", "general_winback"],
}
merged_then, merged_now = (cross.merge_groups(eight, four) for eight in (eight_then, eight_now))

# %% [markdown] lang="zh" tags=["slide-only"]
"""
## 好的分组：分得开，稳得住，用得上

大区最稳，却什么也分不开；固定门槛比五分位又开又稳。
"""

# %% [markdown] lang="en" tags=["slide-only"]
"""
## A good grouping separates, is stable, and is of use

Regions are most stable and separate nothing; fixed lines beat fifths on both.
"""

# %% tags=["slide"]
pairs = {
    t(zh="RFM 八类，五分位", en="RFM, 8 segments, fifths"): (eight_then, eight_now),
    t(zh="RFM 八类，固定门槛", en="RFM, 8 segments, fixed lines"): (fixed_then, fixed_now),
    t(zh="八类并成四类", en="8 segments merged into 4"): (merged_then, merged_now),
    t(zh="大区", en="region"): (region.reindex(start.index), region.reindex(end.index)),
}
worth_later = spent["after"].reindex(start.index)
rows = {name: quality.tier_quality(then, worth_later, now)["measured"] for name, (then, now) in pairs.items()}
judged = pd.DataFrame(rows).T[["separates", "stable", "groups", "smallest_group"]].round(2)
labelled(judged.astype({"groups": int, "smallest_group": int}))

# %% [markdown] lang="zh"
"""
横着读每一行：

- 八类，五分位：分得开，但半年后换了很多人。
- 八类，**固定门槛**：更稳，而且在悦选分得更开。尺子不动，换组的就真是客户自己。这是**细化**：不加组，换一把更好的尺子。不过最小的一类只有 27 人。
- 并成四类：少了一半的组，分得开的程度几乎没丢，也没有太小的组。几类客户的做法本来就一样，就**合并**。
- 大区：稳得不能再稳，因为没人搬家；可几乎什么也分不开。用来排销售班次可以，用来排优惠，**停用**。

还有**拆分**：某一组特别大（超过 60%），或者同一组里一半人对活动有反应、另一半没有，这时才值得拆。

参考线借自两篇文献：η² 至少 0.06（Cohen 1988 年的“中等”），稳定至少 0.65（Steinley 2004 年：再低就算差）。都是约定。三种 RFM 分法都没到 0.65：半年里客户真的会变。所以名单每月重算一次，尺子不动；半年前的名单不要再用。`quality.tier_quality` 把参考线和建议一起给出：
"""

# %% [markdown] lang="en"
"""
Read each row across:

- 8 segments, fifths: they separate, but half a year later many have moved.
- 8 segments, **fixed lines**: more stable and, at Yuexuan, better separated. The ruler stays, so whoever changes segment has really changed. That is to **refine**: no more groups, but a better ruler. Yet the smallest has only 27 people.
- Merged into 4: half as many groups, hardly any separation lost, and none too small. Where the action is the same anyway, **merge**.
- Region: as stable as can be, because nobody moves house; yet it separates next to nothing. Good for rosters; for offers, **retire** it.

And there is **split**: it pays only where one group is very large (over 60%), or where one half of a group responds to a campaign and the other does not.

The reference lines are borrowed: an eta² of at least 0.06 (Cohen, 1988, calls it medium) and a stability of at least 0.65 (Steinley, 2004, calls less poor). They are conventions. None of the three RFM groupings reaches 0.65: in half a year customers really change. So make the list anew every month, with the same ruler, and do not use one that is half a year old. `quality.tier_quality` gives the reference lines and its advice along with the numbers:
"""

# %%
pd.set_option("display.max_colwidth", 80)
judgement = quality.tier_quality(fixed_then, worth_later, fixed_now)
judgement["passed"] = judgement["passed"].map({True: t(zh="是", en="yes"), False: t(zh="否", en="no")})
for column in ["measured", "needed"]:
    judgement[column] = judgement[column].map("{:.2g}".format)
labelled(judgement)

# %% [markdown] lang="zh"
"""
“要求”一列，前三行是至少，后两行是至多。两条没有达标，各有一句建议。线已经固定了，剩下的办法是看更长的窗口，或者更常重算；最小的一类并入相近的一类，就像上面并成四类那样。
"""

# %% [markdown] lang="en"
"""
What is needed is a minimum in the first three rows and a maximum in the last two. Two rows fail, each with its advice. The lines are fixed already, so what is left is a longer window, or making the list anew more often; the smallest segment is merged with its like, as in the four groups above.
"""

# %%
plots.evaluation.separation(merged_then, worth_later)

# %% [markdown] lang="zh"
"""
每一类客户之后半年带来的钱：菱形是平均，粗竖线是中位数，方框是中间一半的人。最上面一类远远超过其他。图上看不出对谁做活动有用。带来钱最多的层，不一定是增量最大的层；分得开是分组的功劳，增量要第 8 节的签来证明。
"""

# %% [markdown] lang="en"
"""
What each group brought in the half year after: diamonds are means, thick bars medians, boxes the middle half of the people. The top one is far above the others. The figure does not show with whom a campaign works. The tier with most money need not be the one with most uplift; separation is the grouping's merit, uplift has to be shown by the random draw of section 8.
"""

# %% [markdown] try="evaluation-groupings"

# %% [markdown] lang="zh"
"""
> **在 Excel 里**：B 是组（1 联系，0 对照）、C 是买没买。联系组每位买了几成：`=COUNTIFS(B:B,1,C:C,1)/COUNTIFS(B:B,1)`，减去对照组的同一个数。区间的半宽：`=1.96*SQRT(p1*(1-p1)/n1+p2*(1-p2)/n2)`。
"""

# %% [markdown] lang="en"
"""
> **In Excel**: B is the arm (1 contacted, 0 held out), C whether they bought. The share of those contacted who bought: `=COUNTIFS(B:B,1,C:C,1)/COUNTIFS(B:B,1)`, less the same for those held out. Half the width of the interval: `=1.96*SQRT(p1*(1-p1)/n1+p2*(1-p2)/n2)`.
"""

# %% [markdown] lang="zh"
"""
## 11. 小测验
"""

# %% [markdown] lang="en"
"""
## 11. Quiz
"""

# %%
quiz("13")

# %% [markdown] about="key_points"

# %% [markdown] lang="zh"
"""
## 在你的公司

把 `load()` 换成 `load("own/company.toml")`。需要订单表，和一张活动名单 `responses`：谁在名单上，属于哪一组（`treatment` 或 `holdout`），买没买，花了多少。

- 从来没有留出过？没法补。今天就给下一场活动抽签：`experiment.assign_holdout(tiers, 0.2, seed=…)`，种子写进活动方案，名单存好。
- 老板不肯留出？留 10%，只留一次，告诉他：这是唯一能回答“有没有用”的钱。
- 名单太小？先算 `sample_size.smallest_uplift`；看不出值得的效果，就把几场同样的活动合起来看，或者老实说“测不出来”。
- 留出的人被别的活动联系了？照样算在留出对照组里，并写进报告。
- 只有一场活动？把代码里的 `iloc[-2]` 和 `iloc[-3]` 都改成 `iloc[-1]`。
- 缺的表会借示例公司的，并且会说明；借来的结果只用来学步骤，不要写进报告。
"""

# %% [markdown] lang="en"
"""
## In your company

Replace `load()` by `load("own/company.toml")`. You need the orders and a campaign list, `responses`: who was on the list, in which group (`treatment` or `holdout`), whether they bought, and for how much.

- Never held anyone out? It cannot be mended afterwards. Draw a control group for the next campaign today: `experiment.assign_holdout(tiers, 0.2, seed=…)`; write the seed into the plan and keep the list.
- The boss will not hold anyone out? Hold out 10%, once, and say: this is the only money that can answer "did it work?".
- The list is too small? Compute `sample_size.smallest_uplift` first; if no worthwhile effect can be seen, put several equal campaigns together, or say frankly "this cannot be measured".
- People held out were contacted by another campaign? They still count in the holdout; say so in the report.
- Only one campaign so far? Change `iloc[-2]` and `iloc[-3]` in the code to `iloc[-1]`.
- Tables you lack are borrowed from a sample company, and it is said so; use borrowed results to learn the step, never in your report.
"""

# %% [markdown] lang="zh" tags=["slide-only"]
"""
## 在你的公司：今天就给下一场活动抽签

- 从来没有留出过：没法补
- 老板不肯：留 10%，只留一次
- 名单太小：几场同样的活动合起来看，或者说“测不出来”
- 被别的活动联系了：照样算在留出对照组里
"""

# %% [markdown] lang="en" tags=["slide-only"]
"""
## In your company: a control group for the next campaign, today

- Never held anyone out: it cannot be mended
- The boss will not: 10%, once
- The list is too small: several equal campaigns together, or "cannot be measured"
- Contacted by another campaign: still in the holdout
"""

# %% [markdown] lang="zh" tags=["stretch"]
"""
## 别处怎么叫

| 这门课 | 别处 |
|---|---|
| 留出对照组 | 对照组（control group, holdout） |
| 抽签分两组来比 | A/B 测试、随机对照试验（RCT） |
| 洗牌 | 置换检验（permutation test） |
| 只靠抽签，遇到这么大差异的机会 | p 值（p-value） |
| 重抽 | 自助法（bootstrap） |
| 按计划比较 | 意向性分析（intention to treat） |
| 看得出来的机会 | 检验功效（power） |
| 最小看得出几个百分点 | MDE（minimum detectable effect） |
| 天天看，看到就停 | 偷看（peeking, optional stopping） |
| 几场合起来 | 元分析（meta-analysis） |
| 开始之前填好的一张表 | 预注册（pre-registration） |
| 常年留出的一小群人 | 全局对照组（universal holdout） |

想查原文：Kohavi、Tang 和 Xu（2020），*Trustworthy Online Controlled Experiments*；Efron 和 Tibshirani（1993），*An Introduction to the Bootstrap*；Deng、Xu、Kohavi 和 Walker（2013），Improving the Sensitivity of Online Controlled Experiments by Utilizing Pre-Experiment Data，*WSDM*；Card 和 Krueger（1994），Minimum Wages and Employment，*American Economic Review* 84。
"""

# %% [markdown] lang="en" tags=["stretch"]
"""
## What others call this

| this course | elsewhere |
|---|---|
| holdout group | control group, holdout |
| two groups drawn at random and compared | A/B test, randomised controlled trial (RCT) |
| shuffling | permutation test |
| the chance of such a difference by the draw alone | p-value |
| drawing again | bootstrap |
| compare as planned | intention to treat |
| the chance of noticing | power |
| the least percentage points that show | MDE (minimum detectable effect) |
| looking every day and stopping | peeking, optional stopping |
| several campaigns together | meta-analysis |
| the sheet that is filled in before | pre-registration |
| permanent control group | universal holdout |

To look up: Kohavi, Tang and Xu (2020), *Trustworthy Online Controlled Experiments*; Efron and Tibshirani (1993), *An Introduction to the Bootstrap*; Deng, Xu, Kohavi and Walker (2013), Improving the Sensitivity of Online Controlled Experiments by Utilizing Pre-Experiment Data, *WSDM*; Card and Krueger (1994), Minimum Wages and Employment, *American Economic Review* 84.
"""

# %% [markdown] about="next"

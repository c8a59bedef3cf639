# %% [markdown] about="opening"

# %% [markdown] lang="zh"
"""
## 故事与数据

陆子衡递给苏晚晴两张名单：一张按订单数，一张按客单价。“两张的前 100 名，几乎没有重合的人。到底听谁的？”

小林把两张纸叠在一起，对着窗户看：“都在前面的、都在后面的、只在一张前面的——是四种人，不是两种。”

这正是广告平台管广告主的办法。据培训材料介绍，美团广告就按投放金额和投放频次把商家分成四格：投得多又投得勤的配专属团队，投得多却难得投一次的请来签全年，投得勤但每次不多的推荐套餐，都不高的走自助平台。材料说，这样分了以后业绩涨了 20%。这是材料的说法，我们没有核对过。先学会怎么分；涨没涨、是不是它带来的，第 13 课再问。
"""

# %% [markdown] lang="en"
"""
## Story and data

Lu Ziheng hands Su Wanqing two lists, one by number of orders and one by average order value. "Take the first 100 on each: hardly anyone is on both. Which one do we follow?"

Lin lays one sheet on the other and holds them against the window: "First on both, last on both, first on only one of them: these are four kinds of people, not two."

This is how an advertising platform looks after its advertisers. As training material reports, Meituan (美团广告) sorts merchants into four cells by spending and by how often they advertise. Those who spend much and often get a team of their own; much but rarely, an invitation to sign for the year; often but little, a package; neither, the self-service platform. The material says that sales rose by 20% after that. This is what the material says; we have not checked it. First learn how to sort them; whether sales rose, and whether this caused it, is for lesson 13.
"""

# %% [markdown] lang="zh" tags=["slide-only"]
"""
## 两张名单叠起来：是四种人，不是两种

- 一张按订单数，一张按客单价
- 前 100 名几乎没有重合
- 都在前面、都在后面、只在一张前面：各有各的做法
"""

# %% [markdown] lang="en" tags=["slide-only"]
"""
## Two lists laid together: four kinds of people, not two

- One by number of orders, one by order value
- The first 100 hardly overlap
- High on both, low on both, high on one: each needs its own way
"""

# %%
import pandas as pd

from custseg_helpers import (
    behaviour,
    cross,
    cuts,
    excel,
    explore,
    labelled,
    load,
    load_sample,
    order_facts,
    plots,
    quadrant,
    quiz,
    use_language,
)

use_language(t(zh="zh", en="en"))

company = load()
facts = order_facts(company.orders, company.as_of)
orders = facts["frequency"]
basket = facts["average_order_value"]
labelled(pd.concat([orders, basket], axis=1).describe().round(1).loc[["min", "50%", "mean", "max"]])

# %% [markdown] lang="zh"
"""
客单价（average order value）就是消费金额除以订单数：平均一单花多少钱。
"""

# %% [markdown] lang="en"
"""
The average order value is the money spent divided by the number of orders: what one order is worth on average.
"""

# %% [markdown] lang="zh" tags=["trainer"]
"""
**老师：** 在白板上画一个大十字，请六位学员扮演客户，各报“来几次、每次花多少”，站到自己的格子里。然后把横线挪一挪，看谁换了格子：这就是“线画在哪里，名单就是谁”。

**卡点：** 把四个象限当成好坏排名。左上和右下没有谁更好，它们要的是不同的动作。

**来不及时：** 跳过第 5 节；辛普森那题（quadrant-colleague-claim）由老师带着全班做。
"""

# %% [markdown] lang="en" tags=["trainer"]
"""
**Trainer:** Draw a large cross on the board. Six learners play customers, say how often they come and what they spend each time, and stand in their cell. Then move a line and see who changes cells: where the line runs decides who is on the list.

**Where they stumble:** reading the quadrants as a ranking. Top left and bottom right are not better or worse; they call for different actions.

**When late:** leave section 5 out; do the Simpson exercise (quadrant-colleague-claim) together.
"""

# %% [markdown] lang="zh"
"""
## 1. 两把尺子，四种人

六位客户，两个数字。订单数以 3 为线，客单价以 200 元为线，**高于**线才算高。
"""

# %% [markdown] lang="en"
"""
## 1. Two rulers, four kinds of people

Six customers, two numbers. The line for orders is 3, the line for the average order value is 200 yuan; high means **above** the line.
"""

# %% [markdown] lang="zh" tags=["slide-only"]
"""
## 两把尺子，四种人：高于线才算高

周婷正好 3 单，在线上，算低：线上的人归哪边，要事先说好。
"""

# %% [markdown] lang="en" tags=["slide-only"]
"""
## Two rulers, four kinds: only above the line is high

Zhou Ting has just 3 orders, on the line, so low: say beforehand where the line belongs.
"""

# %% tags=["slide"]
few = pd.DataFrame(
    {"frequency": [12, 9, 8, 2, 3, 1], "average_order_value": [350, 90, 260, 600, 80, 40]},
    index=t(
        zh=["陈静", "刘洋", "何芳", "马磊", "周婷", "吴刚"],
        en=["Chen Jing", "Liu Yang", "He Fang", "Ma Lei", "Zhou Ting", "Wu Gang"],
    ),
)
labelled(quadrant.quadrants(few["frequency"], few["average_order_value"], 3, 200))

# %% [markdown] lang="zh"
"""
- 陈静、何芳：常来，每次花得多。**留住**：给专属服务，不用打折。
- 刘洋：常来，每次花得少。**加购**：凑单、套装、搭配推荐，也就是交叉销售。
- 马磊：少来，每次花得多。**多来**：到货提醒、会员日邀请。
- 周婷、吴刚：少来，花得也少。**自助**：短信和小程序，不占人工。

周婷正好 3 单，在线上，算低。线上的人归哪边要事先说好，不然两个人分出两张名单。
"""

# %% [markdown] lang="en"
"""
- Chen Jing and He Fang come often and spend much each time. **Keep**: personal service, no discount needed.
- Liu Yang comes often and spends little each time. **Add**: bundles, sets, what goes with it; in other words cross-selling.
- Ma Lei comes rarely and spends much each time. **Bring back more often**: news of arrivals, invitations to member days.
- Zhou Ting and Wu Gang come rarely and spend little. **Self-service**: messages and the mini program, no staff time.

Zhou Ting has exactly 3 orders, is on the line and counts as low. Where those on the line belong is agreed beforehand, or two people make two lists.
"""

# %% [markdown] lang="zh" tags=["slide-only"]
"""
## 一个象限，一个动作

| 象限 | 谁 | 做什么 |
|---|---|---|
| 常来、花得多 | 陈静、何芳 | 留住 |
| 常来、花得少 | 刘洋 | 加购 |
| 少来、花得多 | 马磊 | 多来 |
| 少来、花得少 | 周婷、吴刚 | 自助 |
"""

# %% [markdown] lang="en" tags=["slide-only"]
"""
## One quadrant, one action

| Quadrant | Who | What to do |
|---|---|---|
| often, much | Chen Jing, He Fang | keep |
| often, little | Liu Yang | add to the basket |
| rarely, much | Ma Lei | bring in more often |
| rarely, little | Zhou Ting, Wu Gang | self-service |
"""

# %% [markdown] lang="zh" tags=["slide-only"]
"""
## 挨着线的人，和线另一边几乎一样

两条虚线是中位数。

名单发出去之前，线两边各看几个人。
"""

# %% [markdown] lang="en" tags=["slide-only"]
"""
## People next to a line hardly differ from those across it

Both lines are medians.

Before the list goes out, look at some on either side.
"""

# %% tags=["slide"]
parted = quadrant.quadrants(orders, basket)
plots.quadrant.quadrants(parted)

# %% [markdown] lang="zh"
"""
**这张图说了什么：** 两条虚线是中位数，四个角各有多少人，写在角上。右边两角加起来不到一半：正好压在线上的人都算低。横轴每一大格是 10 倍。**它没说什么：** 挨着线的人和线另一边的人几乎一样。所以名单发出去之前，把线两边各看几个人。
"""

# %% [markdown] lang="en"
"""
**What the figure tells:** the two dashed lines are medians; how many stand in each corner is written there. The two corners on the right hold less than half: those exactly on the line count as low. Each large step along the bottom is 10 times as many orders. **What it does not tell:** people next to the line hardly differ from those across it. So before the list goes out, look at a few on both sides.
"""

# %% [markdown] lang="zh"
"""
`quadrant.quadrants(…)` 给出一张表，`quadrant` 是“在哪一块”。
"""

# %% [markdown] lang="en"
"""
`quadrant.quadrants(…)` gives a table in which `quadrant` says in which of the four.
"""

# %%
quadrant.quadrants(facts["frequency"], facts["monetary"])["quadrant"].head(3)

# %% [markdown] try="quadrant-corner"

# %% [markdown] lang="zh"
"""
## 2. 线画在哪里

- **中位数**：一半在上，一半在下。刚开始、没有标准时用。
- **平均值**：会被几个大户拉高，高于平均的人很少。钱的指标要当心。
- **固定线**：业务定的数，比如 3 单、200 元。写进制度、年年比较时用。

同样的客户，换三种线，右上角的人数差多少？下面每行依次是：哪种线、两条线落在哪里、右上角有几位。
"""

# %% [markdown] lang="en"
"""
## 2. Where the lines run

- **Median**: half above, half below. For a start, when there is no standard yet.
- **Mean**: a few very large customers pull it up, and few people are above it. Take care with money.
- **Fixed line**: a number set by the business, say 3 orders and 200 yuan. For rules that are compared year by year.

The same customers and three kinds of lines: how much does the top right corner change? Each row below gives the kind of line, where the two lines fall, and the number of people in the top right corner.
"""

# %% [markdown] lang="zh" tags=["slide-only"]
"""
## 换一种线，右上角从 537 位变成 298 位

- **中位数：** 刚开始、没有标准时
- **平均值：** 会被几个大户拉高
- **固定线：** 写进制度、年年比较时
"""

# %% [markdown] lang="en" tags=["slide-only"]
"""
## Another kind of line, and 537 at the top right become 298

- **Median:** at the start, without a standard
- **Mean:** pulled up by a few big ones
- **Fixed:** for rules, and to compare years
"""

# %% tags=["slide"]
rows = {}
for name, lines in {
    t(zh="中位数", en="median"): ("median", "median"),
    t(zh="平均值", en="mean"): ("mean", "mean"),
    t(zh="固定线", en="fixed"): (3, 200),
}.items():
    parted = quadrant.quadrants(orders, basket, *lines)
    rows[name] = [*parted.attrs["cuts"], (parted["quadrant"] == "high_high").sum()]
heads = [
    t(zh="订单数的线", en="line of orders"),
    t(zh="单价的线（元）", en="line of the basket (yuan)"),
    "high_high",
]
labelled(pd.DataFrame(rows, index=heads).T.round(1).astype({"high_high": int}))

# %% [markdown] try="quadrant-fixed-lines quadrant-small-orders"

# %% [markdown] lang="zh"
"""
## 3. 交叉：标签乘标签

象限是数字乘数字，交叉（cross-grouping）是标签乘标签。上一课给每位客户写了价格敏感度，第 03 课按大区看过钱。两个乘起来，就是一张交叉表：每格有多少人，一人平均带来多少钱。
"""

# %% [markdown] lang="en"
"""
## 3. Cross-groups: tags times tags

Quadrants are numbers times numbers; cross-grouping is tags times tags. The lesson before gave each customer a price sensitivity, and lesson 03 looked at money by region. Multiply the two and there is a cross table: how many people in each cell, and what each brings on average.
"""

# %% [markdown] lang="zh" tags=["slide-only"]
"""
## 人少的格子里，平均数靠不住

颜色越亮人越多；斜线的格子不到 30 人。

“未知”也是一行。
"""

# %% [markdown] lang="en" tags=["slide-only"]
"""
## Where few people stand, a mean is not to be trusted

The brighter, the more people; hatched cells hold fewer than 30.

"Unknown" is a row too.
"""

# %% tags=["slide"]
region = company.customers.set_index("customer_id")["region"].reindex(facts.index)
price = behaviour.price_sensitivity(facts)
tags = pd.DataFrame({"price_sensitivity": price, "region": region})
cells = cross.cross(tags, facts["monetary"])
plots.cross.cells(cells)

# %% [markdown] lang="zh"
"""
**这张图说了什么：** 颜色越亮人越多，斜线的格子不到 30 人。“未知”是买得太少、看不出是否在意价格的人，他们也是一行，不能假装没有。**它没说什么：** 人少的格子里，平均数靠不住：换两个人，平均就变了。
"""

# %% [markdown] lang="en"
"""
**What the figure tells:** the brighter, the more people; hatched cells hold fewer than 30. "Unknown" are those who bought too little to show whether they mind the price; they are a row too, and we do not pretend otherwise. **What it does not tell:** in a small cell the mean cannot be trusted: exchange two people and it moves.
"""

# %%
labelled(cells[["customers", "mean_value", "status"]].round(0).astype({"mean_value": "Int64"}).head(8))

# %% [markdown] lang="zh"
"""
卖给单位的公司，常用的是**行业 × 规模 × 频次**。借卖机电设备的拓岩机电看一看：两年里满 6 单算高频，3 到 5 单算中频，不到 3 单算低频，按每家平均带来的钱排，看前 6 格。
"""

# %% [markdown] lang="en"
"""
Companies that sell to companies often use **industry × scale × frequency**. Borrow Tuoyan, which sells machinery: in two years 6 orders or more are high frequency, 3 to 5 medium, fewer than 3 low. Sorted by what a customer brings on average, here are the first 6 cells.
"""

# %% [markdown] lang="zh" tags=["slide-only"]
"""
## 72 格里，43 格不到 30 家

行业 × 规模 × 频次：排在最前面的，只有几家客户。一家一家去拜访就好。
"""

# %% [markdown] lang="en" tags=["slide-only"]
"""
## Of 72 cells, 43 hold fewer than 30 firms

Industry × size × frequency: on top stand cells of a few firms. Visit them one by one.
"""

# %% tags=["slide"]
machines = load_sample("b2b")
firms = machines.customers.set_index("customer_id")
bought = order_facts(machines.orders, machines.as_of)
often = cuts.levels(bought["frequency"], (3, 6))
by_firm = firms.loc[bought.index, ["industry", "scale"]].assign(frequency=often)
firm_cells = cross.cross(by_firm, bought["monetary"]).sort_values("mean_value", ascending=False)
small = (firm_cells["customers"] < 30).sum()
print(
    t(
        zh=f"{len(firm_cells)} 格，不到 30 家的 {small} 格",
        en=f"{len(firm_cells)} cells, {small} of them below 30",
    )
)
labelled(firm_cells[["customers", "mean_value", "status"]].round(0).astype({"mean_value": "Int64"}).head(6))

# %% [markdown] lang="zh"
"""
先看最上面两个数：一共多少格，其中多少格不到 30 家。再看表：排在最前面的，多半正是只有几家客户的格子。几家大厂，一家一家去拜访就好，不必为一格写一套策略。
"""

# %% [markdown] lang="en"
"""
First the two numbers on top: how many cells there are, and how many hold fewer than 30 firms. Then the table: those in front are mostly the very cells with a handful of customers. A handful of large plants are visited one by one; a cell of them needs no strategy of its own.
"""

# %% [markdown] lang="zh"
"""
`cross.cross(tags)` 数出每一格有几位，一行一格。
"""

# %% [markdown] lang="en"
"""
`cross.cross(tags)` counts the customers of each cell, one row a cell.
"""

# %% [markdown] try="quadrant-region-cross"

# %% [markdown] lang="zh"
"""
## 4. 格子太多：合并、拆分、最小人数

每加一个标签，格子就成倍地多。5 个大区乘 4 段价格乘 4 个象限，就是 80 格，多数格子只剩几个人。三个办法：

- **合并** 相近的：`cross.merge_groups`，把“西区”和“中区”并成“内陆”。
- **归到其他**：`cross.merge_small`，不到 30 人的一律归“其他”。
- **只拆一格**：`cross.split_group`，只在人多的那一格里再分。
"""

# %% [markdown] lang="en"
"""
## 4. Too many cells: merge, split, smallest size

Every further tag multiplies the cells. 5 regions times 4 price levels times 4 quadrants make 80, and most hold a handful of people. Three ways out:

- **Merge** what is alike: `cross.merge_groups` makes "inland" of "west" and "central".
- **Gather the rest**: `cross.merge_small` puts everything below 30 people into "other".
- **Split one cell only**: `cross.split_group` divides the one cell that is large.
"""

# %% [markdown] lang="zh" tags=["slide-only"]
"""
## 格子太多：合并、归到其他、只拆一格

- **合并** 相近的：“西区”和“中区”并成“内陆”
- **归到其他：** 不到 30 人的
- **只拆一格：** 人多的那一格再分
- 再不够，就放下一个标签
"""

# %% [markdown] lang="en" tags=["slide-only"]
"""
## Too many cells: merge, gather, or split only one

- **Merge** what is alike: west and centre become inland
- **Gather** cells below 30 into "other"
- **Split one:** only the cell with many people
- Still too many? Let one tag go
"""

# %%
inland = cross.merge_groups(region, {"inland": ["west", "central"]})
for place in (region, inland):
    crossed = cross.cross(tags.assign(region=place, quadrant=parted["quadrant"]))
    small = (crossed["customers"] < 30).sum()
    print(
        t(
            zh=f"{place.nunique()} 个区：{len(crossed)} 格，小格 {small}",
            en=f"{place.nunique()} regions: {len(crossed)} cells, {small} small",
        )
    )
labelled(inland.value_counts())

# %% [markdown] lang="zh"
"""
上面两行是合并前和合并后：几个大区，和价格敏感度、象限一交叉有几格，其中几格太小。合并少了一批小格，可还是不少：再不够，就得放下一个标签。
"""

# %% [markdown] lang="en"
"""
The two lines on top are before and after merging: how many regions, how many cells when crossed with price sensitivity and quadrant, and how many of these are too small. Merging removes a good many small cells, yet many remain: then one tag has to go.
"""

# %% [markdown] try="quadrant-small-cells"

# %% [markdown] lang="zh"
"""
## 5. 第三个维度值不值

多一个维度，格子变多；**解释** 有没有变多？`cross.added_value` 一个一个加标签，每次算两件事：有多少客户落在太小的格子里，以及这样分组解释了客户之间消费差别的百分之几。
"""

# %% [markdown] lang="en"
"""
## 5. Does a third dimension pay?

One more dimension gives more cells; does it **explain** more? `cross.added_value` adds one tag after the other and computes two things each time: how many customers fall into cells that are too small, and what share of the differences in spending the grouping explains.
"""

# %% [markdown] lang="zh" tags=["slide-only"]
"""
## 第三个标签：格子翻几倍，解释没有变多

看最后一列。不到一个百分点的维度，不值得多记一张表。
"""

# %% [markdown] lang="en" tags=["slide-only"]
"""
## The third tag: several times the cells, and nothing more explained

See the last column. Less than a percentage point is not worth another form.
"""

# %% tags=["slide"]
three = pd.DataFrame(
    {
        "frequency_high": parted["quadrant"].str.startswith("high"),
        "price_sensitivity": price,
        "region": region,
    }
)
labelled(cross.added_value(three, facts["monetary"]).round(3))

# %% [markdown] lang="zh"
"""
看最后一列：第一个标签带来大部分解释（不奇怪：花的钱就是单数乘每单金额），后面的越来越少，太小的格子却越来越多。最后一个是负数：格子一多，碰巧也像解释了一点，这一点已经扣掉；扣完，加它还不如不加。增加不到一个百分点的维度，不值得让销售多记一张表。
"""

# %% [markdown] lang="en"
"""
Look at the last column: the first tag brings most of the explanation (no wonder: money is orders times what an order is worth), the next ones less and less, while small cells grow in number. The last one is negative: with many cells chance seems to explain a little, and that little has been taken off; what is left is less than without the tag. A dimension that adds less than a percentage point is not worth one more table for salespeople to remember.
"""

# %% [markdown] lang="zh"
"""
## 6. 合计会骗人

两种优惠券，A 和 B，发给老客户和新客户。每一种客户里都是 A 的购买率高，合在一起却是 B 高。怎么会？看人数：A 多半发给了本来就难打动的新客户。
"""

# %% [markdown] lang="en"
"""
## 6. Totals can mislead

Two coupons, A and B, went to long-standing and to new customers. Among either kind more people bought with A; put together, B looks better. How? Look at the numbers: most As went to new customers, who are hard to move anyway.
"""

# %% [markdown] lang="zh" tags=["slide-only"]
"""
## 每一种客户里都是 A 高，合在一起却是 B 高

A 多半发给了难打动的新客户。比较之前，先看两边是不是同一种人。
"""

# %% [markdown] lang="en" tags=["slide-only"]
"""
## A wins with each kind of customer, yet B wins in total

Most of A went to new customers, who are hard to move. Before comparing, ask whether both sides are alike.
"""

# %% tags=["slide"]
sent = [("A", "old", 100, 90), ("A", "new", 400, 120), ("B", "old", 400, 340), ("B", "new", 100, 25)]
people = pd.concat(
    pd.DataFrame({"coupon": coupon, "kind": kind, "bought": [1] * yes + [0] * (n - yes)})
    for coupon, kind, n, yes in sent
).reset_index(drop=True)
compared = cross.within_and_overall(people["bought"], people["coupon"], people["kind"])
labelled(compared.round(2))

# %% [markdown] lang="zh"
"""
“老客户”和“新客户”两行，A 都高 5 个百分点；“合计”那一行，A 低 31 个百分点；“同一构成下”把两种客户按同样的比例算，A 又高 5 个百分点。这叫辛普森悖论（Simpson's paradox）。所以比较之前，先看两边是不是同一种人；不是，就分开比。
"""

# %% [markdown] lang="en"
"""
In the rows of long-standing and of new customers, A is ahead by 5 percentage points; in the row "overall" A is behind by 31; "adjusted for the mix" weighs both kinds alike, and A is ahead by 5 again. This is Simpson's paradox. So before comparing, see whether both sides hold the same kind of people; if not, compare kind by kind.
"""

# %% [markdown] lang="zh"
"""
`cross.within_and_overall(bought, coupon, kind)` 的三样是：买没买 `bought`，哪一种券 `coupon`，哪一种客户 `kind`。结果里 `adjusted` 一行是同一构成下，`difference` 一列是两边的差。
"""

# %% [markdown] lang="en"
"""
`cross.within_and_overall(bought, coupon, kind)` takes three things: bought or not, `bought`; which coupon, `coupon`; which kind of customer, `kind`. In the result the row `adjusted` is adjusted for the mix, and the column `difference` is one side less the other.
"""

# %%
compared.loc["adjusted", "difference"]

# %% [markdown] try="quadrant-colleague-claim"

# %% [markdown] lang="zh"
"""
## 7. 自己动手调

拖动两条虚线（用鼠标或手指；也可以按 Tab 选中一条线，再按方向键），看四个象限的人数和钱怎样变；要停在一个准数上，就把它填进图下的格子。试试把客单价的线从中位数拖到 500 元：右上角还剩多少人，带来多少钱？
"""

# %% [markdown] lang="en"
"""
## 7. Try it by hand

Drag the two dashed lines (by mouse or finger; or choose a line with Tab and press the arrow keys) and watch people and money in the four quadrants; for an exact number, type it in a box below the figure. Move the line of the average order value from the median to 500 yuan: how many stay in the top right corner, and how much money do they bring?
"""

# %% [markdown] lang="zh" tags=["slide-only"]
"""
## 先想好做什么，再回来定线

拖动两条线：人数和钱怎样变？

做得了多少人？
"""

# %% [markdown] lang="en" tags=["slide-only"]
"""
## Decide what to do, then draw the line

Move both lines: how do people and money change?

How many can you serve?
"""

# %% tags=["explorer", "slide"]
explore.quadrant.show(company)

# %% [markdown] lang="zh"
"""
线动一点，角上的人数就变，点也跟着换颜色和形状。打开时两条线在中位数上，人数和第 1 节一样；松手以后，下面的表才跟上。图上看不出该停在哪里。先想好每个象限打算做什么、做得了多少人，再回来定线。
"""

# %% [markdown] lang="en"
"""
Move a line a little and the numbers in the corners change; the points change colour and shape with them. At first the lines are at the medians and the numbers are those of section 1; the table below follows when you let go. The figure does not show where to stop. First settle what to do in each quadrant and for how many people, then come back to the line.
"""

# %% [markdown] lang="zh"
"""
`cross.added_value` 的结果里，`gain` 是这个标签多说明了多少。
"""

# %% [markdown] lang="en"
"""
In the result of `cross.added_value`, `gain` is how much more this tag explains.
"""

# %%
cross.added_value(
    pd.DataFrame({"region": company.customers.set_index("customer_id")["region"].reindex(facts.index)}),
    facts["monetary"],
)["gain"]

# %% [markdown] try="quadrant-explain-line quadrant-third-dimension"

# %% [markdown] lang="zh" tags=["trainer"]
"""
**小组讨论（8 分钟）：** 每组领一个象限，写三样东西：一个动作、一个渠道、一个“做到什么程度就停”的数字。然后交换象限，挑对方的毛病：这个动作换个象限也能用吗？能，就说明不够具体。
"""

# %% [markdown] lang="en" tags=["trainer"]
"""
**Small groups (8 minutes):** each takes one quadrant and writes one action, one channel, and one number at which to stop. Then swap and find fault: would the action do for another quadrant as well? If so, it is not concrete enough.
"""

# %% [markdown] lang="zh"
"""
> **在 Excel 里**：两条线放在 F1 和 F2：`=MEDIAN(B:B)`、`=MEDIAN(C:C)`；象限：`=IF(B2>F$1,IF(C2>F$2,"high_high","high_low"),IF(C2>F$2,"low_high","low_low"))`。交叉就是数据透视表：一个标签放行，一个放列，值放计数。运行下一格，就有一份公式都写好的工作簿，里面留着一张空表给你自己的二十位客户。
"""

# %% [markdown] lang="en"
"""
> **In Excel**: Two lines in F1 and F2: `=MEDIAN(B:B)`, `=MEDIAN(C:C)`; the quadrant: `=IF(B2>F$1,IF(C2>F$2,"high_high","high_low"),IF(C2>F$2,"low_high","low_low"))`. A cross-group is a pivot table: one tag as rows, one as columns, the count as values. Run the next cell for a workbook with all formulas written, and an empty sheet for twenty customers of your own.
"""

# %% tags=["skip-execution", "nbval-skip"]
excel("07")

# %% [markdown] lang="zh"
"""
## 8. 小测验
"""

# %% [markdown] lang="en"
"""
## 8. Quiz
"""

# %%
quiz("07")

# %% [markdown] about="key_points"

# %% [markdown] lang="zh"
"""
## 在你的公司

把 `load()` 换成 `load("own/company.toml")`。象限只要订单表；交叉要客户表里的大区、行业或规模。

- 没有客户表？用订单里就有的标签：渠道、首单月份、品类。
- 标签是手填的，空着一大半？空值单独成一格，不要当成“其他”。
- 老板要八个维度？先跑一遍 `cross.added_value`，把不值的划掉给他看。
"""

# %% [markdown] lang="en"
"""
## In your company

Replace `load()` by `load("own/company.toml")`. Quadrants need the orders only; cross-groups need region, industry or scale from the table of customers.

- No table of customers? Use tags that stand in the orders: channel, month of the first order, category.
- Tags filled in by hand, and half of them empty? Empty is a cell of its own, not "other".
- The boss wants eight dimensions? Run `cross.added_value` first and show which do not pay.
"""

# %% [markdown] lang="zh" tags=["slide-only"]
"""
## 在你的公司：不值的维度，划掉给他看

- 没有客户表：用订单里的渠道、首单月份、品类
- 手填的标签空着一大半：空值单独成一格
- 老板要八个维度：先算每个值不值
"""

# %% [markdown] lang="en" tags=["slide-only"]
"""
## In your company: strike out the dimensions that do not pay

- No table of customers: channel, first month, category from the orders
- Tags filled in by hand, half of them empty: the empty ones are a cell of their own
- The boss wants eight dimensions: first see what each is worth
"""

# %% [markdown] lang="zh"
"""
## 别处怎么叫

| 这门课里 | 别处也叫 |
|---|---|
| 象限 | 四象限、2×2 矩阵 |
| 交叉表 | 列联表；cross tabulation、pivot table |
| 解释了百分之几 | 解释方差比例；η²、R² |
| 加购、搭配 | 交叉销售；cross-selling |
| 同一构成下 | 标准化；standardisation |

想往下读：

- Simpson, E. H. (1951). The interpretation of interaction in contingency tables. *Journal of the Royal Statistical Society B*, 13(2)。
- Bickel, P. J., Hammel, E. A., & O'Connell, J. W. (1975). Sex bias in graduate admissions: Data from Berkeley. *Science*, 187：最有名的一个“合计会骗人”。
"""

# %% [markdown] lang="en"
"""
## What others call this

| in this course | elsewhere also |
|---|---|
| quadrants | 2×2 matrix |
| cross table | contingency table, cross tabulation, pivot table |
| share of differences explained | explained variance; η², R² |
| add, bundle | cross-selling |
| adjusted for the mix | standardisation |

To read on:

- Simpson, E. H. (1951). The interpretation of interaction in contingency tables. *Journal of the Royal Statistical Society B*, 13(2).
- Bickel, P. J., Hammel, E. A., & O'Connell, J. W. (1975). Sex bias in graduate admissions: Data from Berkeley. *Science*, 187: the best-known total that misleads.
"""

# %% [markdown] about="next"

# %% [markdown] about="opening"

# %% [markdown] lang="zh"
"""
## 故事与数据

小林来悦选三个月了。顾明远叫她进办公室，桌上空空的：“下周一，给我一页纸。我要知道：同样的钱，先花在谁身上，能换回多少，以后怎么知道你说得对。这回没人帮你。”

这一课就是那一页纸。讲义里，小林用悦选的数据走一遍，每步只留一张小表；你打开练习册，**换一家公司** 独自走一遍：拓岩（`b2b`）、`pharma`、`finance`、`education` 里选一家，或者用你自己的导出文件。

每走一步，往页上添一个部分。八个部分齐了，一条命令存成一个网页文件，双击就能打开，不用联网。
"""

# %% [markdown] lang="en"
"""
## Story and data

Lin has been with Yuexuan for three months. Gu Mingyuan calls her in; his desk is empty: "One page, next Monday. With the same money, who comes first, what does it bring back, and how shall we know later that you were right? Nobody will help you this time."

This lesson is that page. Here Lin walks the way on Yuexuan's data and keeps one small table from each step; you open the workbook and walk it alone **on another company**: one of Tuoyan (`b2b`), `pharma`, `finance`, `education`, or your own export.

Each step adds one part to the page. When the eight parts are there, one command saves them as one web page that opens with a double click and needs no network.
"""

# %%
import pandas as pd

from custseg_helpers import (
    SAMPLES,
    TABLES,
    apply_tags,
    baseline,
    capstone,
    cards,
    customer_table,
    experiment,
    explore,
    label,
    labelled,
    load,
    load_sample,
    order_facts,
    parse_catalogue,
    persona,
    playbook,
    quality,
    quiz,
    read_rubric,
    response,
    rfm,
    sample_size,
    scheme,
    strategy,
    tag_coverage,
    targets,
    traits,
    use_language,
    value,
    work_folder,
)

use_language(t(zh="zh", en="en"))

company = load()
today = company.as_of
orders = company.orders
facts = order_facts(orders, today)
if company.currency != "CNY":
    print(
        t(
            zh="样本手册的费用是人民币，这里按大约的汇率换成了这家公司的钱，只供练习：先换成自己的费用，再签字。",
            en="The sample playbook's costs are in yuan; here they stand in this company's money at about today's rate, for practice only: put in your own before anyone signs.",
        )
    )

# %% [markdown] lang="zh" tags=["slide-only"]
"""
## “下周一，给我一页纸。这回没人帮你”

- 同样的钱，先花在谁身上
- 能换回多少
- 以后怎么知道你说得对
- 讲义用悦选走一遍；练习册换一家公司，独自走一遍
"""

# %% [markdown] lang="en" tags=["slide-only"]
"""
## "One page, next Monday. Nobody will help you this time"

- With the same money, who comes first
- What does it bring back
- How shall we know later that you were right
- Here on Yuexuan; in the workbook, alone on another company
"""

# %% [markdown] lang="zh" tags=["trainer"]
"""
**老师：** 这一课是工作坊，不是讲课。讲义 20 分钟带过，让学员尽快坐到练习册前。两人一组，各做各的公司，每做完两题互相讲一遍。最后讲给全班听（20 分钟）：每组派一人讲三分钟，全班按评分标准打分。

**卡点：** 想把所有东西都放上去。提醒：一页纸，总经理三分钟读完。

**来不及时：** 第 3 节（标签目录）看讲义里的例子就好；动手试留给课后。

**板书：** 八个部分的名字写成一列，各组做到哪一步就画一个勾。
"""

# %% [markdown] lang="en" tags=["trainer"]
"""
**Trainer:** This is a workshop and not a lecture. Take 20 minutes for the page here and get them to the workbook. In pairs, each with a company of their own; after every two exercises they explain theirs to each other. At the end they present to the class (20 minutes): one of each pair for three minutes, and the class marks by the rubric.

**Where they stumble:** they want everything on the page. Remind them: one page, three minutes.

**When late:** for section 3 (the catalogue) the example here will do; leave trying it by hand for home.

**Board:** the names of the eight parts in a column; each pair ticks off how far they are.
"""

# %% [markdown] lang="zh"
"""
## 1. 先看怎样算好

评分标准（rubric）先发，活儿后做。同一张表，自评、互评、老师评都用它：10 项，每项 0 到 3 分。现在读一遍“3 分”那一列，那就是要交的东西。
"""

# %% [markdown] lang="en"
"""
## 1. First see what counts as good

The rubric comes before the work. One table serves for yourself, a peer and the trainer: 10 criteria, each 0 to 3 points. Read the column of 3 points now: that is what you will hand in.
"""

# %%
read_rubric("15")

# %% [markdown] lang="zh" tags=["slide-only"]
"""
## 评分标准先发，活儿后做

- 10 项，每项 0 到 3 分
- 自评、互评、老师评，都用这一张
- 先读“3 分”那一列：那就是要交的东西
"""

# %% [markdown] lang="en" tags=["slide-only"]
"""
## The rubric comes before the work

- 10 criteria, each 0 to 3 points
- One table for yourself, a peer and the trainer
- Read the column of 3 points first: that is what you hand in
"""

# %% [markdown] lang="zh"
"""
选哪家公司？下面是五家和它们各自的问题。用自己的数据：把订单表放进笔记本旁边的 `own` 文件夹，在终端运行 `custseg init own/orders.xlsx`，照提示改好 `own/company.toml`（或者全在起始页的“自己的数据”里做），再写 `load("own/company.toml")`。
"""

# %% [markdown] lang="en"
"""
Which company? Here are the five and what each asks. For your own data put the table of orders into the folder `own` beside the notebooks, run `custseg init own/orders.xlsx` in a terminal and mend `own/company.toml` as it advises (or do all of it in “Your own data”, on the start page), then write `load("own/company.toml")`.
"""

# %%
for sample in SAMPLES:
    print(sample, "·", load_sample(sample).title, "·", load_sample(sample).question)

# %% [markdown] lang="zh" tags=["slide-only"]
"""
## 选一家公司，各有各的问题

| 公司 | 问什么 |
|---|---|
| 拓岩机电 | 哪些客户值得上门，见谁才算见对人 |
| 岐禾医药 | 哪些机构快要断货，哪些悄悄换了供应商 |
| 汐合金服 | 联系谁有用，联系谁反而坏事 |
| 知棠教育 | 学员走到哪一步会离开，下一门课推荐什么 |

或者用你自己的导出文件。
"""

# %% [markdown] lang="en" tags=["slide-only"]
"""
## Choose a company; each asks something else

| company | question |
|---|---|
| Tuoyan Industrial | who deserves a visit, who is the right person to see |
| Qihe Pharma | who is about to run out, who has changed supplier |
| Xihe Financial Services | whom does contact help, whom does it harm |
| Zhitang Learning | where do learners leave, which course comes next |

Or your own export.
"""

# %% [markdown] lang="zh"
"""
## 2. 数据报告：能信多少

四个总数，口径写清楚：登记的客户、买过的客户（退货不算买）、订单数（不同的订单号）、销售额（退货已减）。加起来对不上订单表的报告，后面都不用看。
"""

# %% [markdown] lang="en"
"""
## 2. The data report: how far to trust them

Four totals, and what they count: customers on the list, customers who bought (a return is no purchase), orders (different order numbers), sales (less returns). If they do not agree with the orders, nothing that follows is worth reading.
"""

# %% [markdown] lang="zh" tags=["slide-only"]
"""
## 数据：四个总数，口径写清楚

退货不算买，借来的表不能下结论。总数对不上订单表，后面都不用看。
"""

# %% [markdown] lang="en" tags=["slide-only"]
"""
## Data: four totals, and what they count

A return is no purchase, borrowed tables prove nothing. Where the totals miss the orders, read no further.
"""

# %% tags=["slide"]
bought = orders[orders["quantity"] > 0]
report = pd.Series(
    {
        "customers": len(company.customers),
        "buyers": bought["customer_id"].nunique(),
        "orders": bought["order_id"].nunique(),
        "sales": round(orders["amount"].sum(), 2),
    }
)
data_note = t(
    zh="快照日 {day:%Y-%m-%d}；最早一单 {first:%Y-%m-%d}。借用的表：{lent}。",
    en="Snapshot {day:%Y-%m-%d}; first order {first:%Y-%m-%d}. Borrowed tables: {lent}.",
).format(
    day=today,
    first=orders["order_date"].min(),
    lent=", ".join(str(TABLES[table]) for table in company.borrowed) or t(zh="无", en="none"),
)
print(data_note)
labelled(report.map("{:,.0f}".format).to_frame(str(company.title)))

# %% [markdown] lang="zh"
"""
`borrowed` 里的表不是这家公司的，借来练习用。拿它下的结论不能写进自己公司的纸上。
"""

# %% [markdown] lang="en"
"""
Tables in `borrowed` are not this company's; they are lent for practice. Nothing concluded from them belongs on your own company's page.
"""

# %% [markdown] try="capstone-totals"

# %% [markdown] lang="zh"
"""
## 3. 标签目录：三个就够开头

标签多了没人用。小林只留三个，每个都说得出用途：刚来过的先不打扰，回头客请他推荐，凉下来的打电话问原因。
"""

# %% [markdown] lang="en"
"""
## 3. The catalogue: three are enough to begin

Nobody uses a hundred tags. Lin keeps three, each with a use: those who just came are not contacted, regulars are asked to refer, those who cooled off get a call.
"""

# %% [markdown] lang="zh" tags=["slide-only"]
"""
## 标签：三个就够开头，每个都说得出用途

刚来过的不打扰，回头客请他推荐，凉下来的打电话问原因。
"""

# %% [markdown] lang="en" tags=["slide-only"]
"""
## Tags: three are enough, each with a use

Do not contact those who just came, ask regulars to refer, call those who cooled off.
"""

# %% tags=["slide"]
catalogue = t(
    zh="""
- {code: just_came, name: "刚来过", family: behaviour, type: rule, sensitivity: internal,
   rule: recency_days <= 14, definition: "最近 14 天买过", action: "先不发促销"}
- {code: regular, name: "回头客", family: behaviour, type: rule, sensitivity: internal,
   rule: frequency >= 5, definition: "至少 5 单", action: "请他推荐朋友"}
- {code: cooled_off, name: "凉下来", family: behaviour, type: rule, sensitivity: internal,
   rule: frequency >= 5 and recency_days > 120, definition: "至少 5 单，120 天没来", action: "打电话问原因"}
""",
    en="""
- {code: just_came, name: "just came", family: behaviour, type: rule, sensitivity: internal,
   rule: recency_days <= 14, definition: "bought in the last 14 days", action: "no promotion for now"}
- {code: regular, name: "regular", family: behaviour, type: rule, sensitivity: internal,
   rule: frequency >= 5, definition: "at least 5 orders", action: "ask for a referral"}
- {code: cooled_off, name: "cooled off", family: behaviour, type: rule, sensitivity: internal,
   rule: frequency >= 5 and recency_days > 120, definition: "at least 5 orders, none for 120 days", action: "call and ask why"}
""",
)
tags = parse_catalogue(catalogue)
coverage = tag_coverage(apply_tags(tags, customer_table(company)))
coverage.index = [str(tags[code].name) for code in coverage.index]
labelled(coverage.round(3))

# %% [markdown] lang="zh"
"""
没有一个是人人都有或谁都没有的，三个都能用。
"""

# %% [markdown] lang="en"
"""
None reaches everybody or nobody; all three can be used.
"""

# %% [markdown] try="capstone-tag-coverage"

# %% [markdown] lang="zh"
"""
## 4. 两种分层，留一种

候选两种：第 03 课的 A、B、C、D 四级（`value.abc`），第 04 课的八类（`rfm.segments8`）。怎么比才公平？**回到半年前** 分好层，再看后半年谁花了多少钱。要是用今天的钱分层、又用今天的钱来评，怎么分都显得好。

一张小表先看明白 η²：四位客户，后来花了 1、1、5、5 元。分成“前两位、后两位”，层里的人一模一样，差别全在层与层之间，η² 是 1；分成“一、三”和“二、四”，两层的平均都是 3 元，η² 是 0。
"""

# %% [markdown] lang="en"
"""
## 4. Two tierings, one stays

Two candidates: the grades A, B, C, D of lesson 03 (`value.abc`) and the eight segments of lesson 04 (`rfm.segments8`). What is a fair comparison? **Go back half a year**, make the tiers, then see who spent how much since. Cut by today's money and judged by today's money, any cut looks good.

A small table to see what η² is: four customers who later spent 1, 1, 5 and 5 yuan. Put the first two together and the last two: all alike inside, all difference lies between the tiers, and η² is 1. Put one with three and two with four: both tiers average 3 yuan, and η² is 0.
"""

# %%
later = pd.Series([1.0, 1, 5, 5])
print(
    t(zh="前两位、后两位：η²", en="first two, last two: η²"),
    quality.eta_squared(later, pd.Series(["a", "a", "b", "b"])),
)
print(
    t(zh="一三、二四：η²", en="one with three, two with four: η²"),
    quality.eta_squared(later, pd.Series(["a", "b", "a", "b"])),
)

# %% [markdown] lang="zh" tags=["slide-only"]
"""
## 分层：回到半年前比，再看后来的钱

用今天的钱分、又用今天的钱评，怎么分都显得好。
"""

# %% [markdown] lang="en" tags=["slide-only"]
"""
## Tiers: go back half a year, then look at the money since

Cut by today's money and judged by it, any cut looks good.
"""

# %% tags=["slide"]
then = today - pd.Timedelta(days=182)
before = order_facts(orders[orders["order_date"] < then], then)
since = orders[orders["order_date"] >= then].groupby("customer_id")["amount"].sum()
since = since.reindex(before.index, fill_value=0)
two_tierings = {
    "abc": value.abc(before["monetary"]),
    "rfm": rfm.segments8(rfm.rfm_scores(before)),
}
compared = pd.DataFrame(
    {
        "groups": {name: tiers.nunique() for name, tiers in two_tierings.items()},
        "separates": {name: quality.eta_squared(since, tiers) for name, tiers in two_tierings.items()},
    }
)
labelled(compared.round(2))

# %% [markdown] lang="zh"
"""
在悦选，八类分得更开：只看钱，看不出谁快要走了。可八类也更难记，所以还要看：每一层真的会被 **不一样地对待** 吗？打法一样的两层，就合成一层。小林留八类，因为第 11 课的手册给它们写了六种打法。（四级里只看到三级：半年前的客户都花过钱，没有 D。）
"""

# %% [markdown] lang="en"
"""
At Yuexuan the eight segments separate better: money alone does not show who is about to leave. But eight are harder to remember, so ask as well: will each tier really be **treated differently**? Two tiers with the same play become one. Lin keeps the eight, because the playbook of lesson 11 has six plays for them. (Of the four grades you see three: all customers of half a year ago had spent something, so there is no D.)
"""

# %% [markdown] lang="zh"
"""
`quality.eta_squared` 说出分组能说明多少差别。
"""

# %% [markdown] lang="en"
"""
`quality.eta_squared` says how much of the difference the groups explain.
"""

# %% [markdown] try="capstone-separates-better capstone-stays"

# %% [markdown] lang="zh"
"""
## 5. 画像：他们是谁

给带来钱最多的一类写一张卡。描述它，用 **分类时没用过** 的列：主要兴趣、偏好渠道、价格敏感度、地区（第 10 课的 `traits`，去掉两个跟着钱走的标签）。拿最近一次消费去描述 RFM 的类，等于什么也没说。
"""

# %% [markdown] lang="en"
"""
## 5. Personas: who they are

One card for the segment that brings most money. Describe it by columns that **did not make it**: main interest, preferred channel, price sensitivity, region (the `traits` of lesson 10 without the two tags that follow the money). To describe an RFM segment by its recency says nothing.
"""

# %%
segment = rfm.segments8(rfm.rfm_scores(facts)).rename("tier")
people = traits(company).drop(columns=["value_tag", "potential_tag"], errors="ignore")
profile = persona.profile(people, segment, facts["monetary"])
best = profile.sizes.index[0]
best_card = cards.card(profile, best, top=3)
best_card

# %% [markdown] lang="zh" tags=["slide-only"]
"""
## 画像：带来一半价值的那 18%

- 重要价值客户：471 位，占客户的 18%、价值的 50%
- 主要兴趣为母婴的占 23%，其他客户 11%
- 用分类时没用过的列来写
- 打电话说什么，由你来写
"""

# %% [markdown] lang="en" tags=["slide-only"]
"""
## Persona: the 18% who bring half of the value

- Champions: 471 customers, 18% of all, 50% of the value
- Main interest baby and child: 23%, others 11%
- Described by columns that did not make the segment
- What to say on the phone is yours to write
"""

# %% [markdown] lang="zh"
"""
卡上写的是倾向。给销售的话由你来写：他们是谁，打电话说什么，什么不能想当然。
"""

# %% [markdown] lang="en"
"""
The card states tendencies. The words for salespeople are yours to write: who they are, what to say on the phone, what not to take for granted.
"""

# %% [markdown] try="capstone-three-sentences"

# %% [markdown] lang="zh"
"""
## 6. 策略和预算

和第 11 课一样：手册定打法，去掉不该联系的人，算出整本手册要多少钱，再按预算砍。没有人给你预算时，先拿整本手册的一半去谈。

手册里的增量响应率是猜的。可悦选办过六场随机留出了对照组的活动：**测过的，就不要再猜**。`response.by_tier` 把几场合起来，按当时的分层比较：联系的人里买的占百分之几，减去对照组的（`measured`，就是第 11 课的增量响应率），单独看的区间从 `alone_lower` 到 `alone_upper`。人少的层往全体的平均拉，就是 `response`，区间从 `lower` 到 `upper`：
"""

# %% [markdown] lang="en"
"""
## 6. Playbook and budget

As in lesson 11: the playbook sets the plays, those who should not be contacted come off, the whole book is priced, then cut to the budget. When nobody has given you a budget, start the talk at half of the whole.

The extra response in the playbook is a guess. But Yuexuan has run six campaigns with a random control group: **what was measured need not be guessed**. `response.by_tier` puts them together and takes, in the tiers of that day, the share of buyers among those contacted less that of the control group (`measured`, the extra response of lesson 11), by itself with an interval from `alone_lower` to `alone_upper`. Tiers with few people are drawn towards everybody's mean, which gives `response`, with an interval from `lower` to `upper`:
"""


# %%
def segments_of(facts):
    return rfm.segments8(rfm.rfm_scores(facts))


own_tests = not {"campaigns", "responses"} & set(company.borrowed)
answers = company.responses if own_tests else company.responses.head(0)
measured = response.by_tier(orders, company.campaigns, answers, segments_of)
told = ["measured", "alone_lower", "alone_upper", "response", "lower", "upper"]
labelled((100 * measured[told].astype(float)).round(1))

# %% [markdown] lang="zh"
"""
四层的 `response` 都是 5.6%（3.7% 到 7.4%）。**这不是说四层真的一样，是说这点人看不出不一样。** 单看重要价值客户，增量响应率是 8.2%，区间从 −1.5% 到 18.0%；单看一般挽留客户，是 3.5%，区间从 0.2% 到 6.9%。两段叠在一起，分不出高低，计划里就都用合起来的数。这样稳，也有代价：真比平均高的一层被估低，真比平均低的一层被估高。悦选是模拟的，翻得到标准答案：前一类真的是 7.5%，后一类是 3.7%。真公司翻不到，只能下一季多留一些人，再测一次。

有没有哪一层 **越联系越不买**？看单独看的区间，有没有一层整个在 0 以下；往全体拉过的区间会把这样一层遮住。这里没有；汐合金服问的正是这一句，答案也在这张表里。没有一层在 0 以下，就只能说“还没有看到”，不能说“不会”。

这些活动都给了优惠，测出来的响应里有优惠的功劳。便宜的渠道不给优惠，照搬这个数，就把它看高了；费用低，不等于响应一样高。真要知道，那个渠道自己留一次对照组。

没办过带对照组的活动？表是空的，计划照手册的猜，纸上就写“估计”。
"""

# %% [markdown] lang="en"
"""
All four tiers have a `response` of 5.6% (3.7% to 7.4%). **That does not say that they are alike; it says that so few people cannot show a difference.** Champions by themselves have an extra response of 8.2%, with an interval from −1.5% to 18.0%; those "regular to win back" 3.5%, from 0.2% to 6.9%. The two overlap and nobody can tell which is higher, so the plan takes the pooled number for all. That is the steady choice, and it has a price: a tier that really is above the mean is put too low, one below it too high. Yuexuan is simulated, so the answers can be looked up: the former really are 7.5%, the latter 3.7%. A real company cannot look them up; all it can do is hold out more people next quarter and measure again.

Is there a tier that buys **less when contacted**? Look at the intervals of the tiers by themselves for one that lies wholly below 0; the intervals drawn towards everybody would hide such a tier. Here there is none; Xihe Financial Services asks just this, and the answer stands in this table. Where no tier lies below 0, say "not seen so far" and never "it cannot happen".

All these campaigns gave a discount, and part of the measured response is the discount's. A cheap channel without one looks too good with this number: it costs less, but that does not mean it brings as many. To know that, hold out a control group in that channel once.

No campaign with a control group yet? Then the table is empty, the plan rests on the playbook's guess, and the page says "a guess".
"""

# %%
book = playbook.sample_playbook(company.customers, company.currency)
silent = strategy.leave_out(segment, facts, book)
order_value = facts["average_order_value"]
full = strategy.with_response(strategy.plan(segment, order_value, book, not_contacted=silent), measured)
budget = round(full["cost"].sum() / 2, 2)
fitted = strategy.within_budget(full, budget)
money = ["contacted", "cost", "expected_sales", "profit", "verdict"]
print(
    t(zh="全做要花（元）", en="cost of it all (yuan)"),
    f"{full['cost'].sum():,.2f}",
    t(zh="预算", en="budget"),
    f"{budget:,.2f}",
)
print(t(zh="净收益（元）", en="profit (yuan)"), f"{fitted['profit'].sum():,.2f}")
labelled(fitted[money].round().convert_dtypes())

# %% [markdown] lang="zh" tags=["slide-only"]
"""
## 预算：没人给你，先拿一半去谈

- 整本手册一季 3,268 元，一半是 1,634 元
- 增量响应率用测出来的 5.6%，不用手册猜的
- 不该联系的人，先去掉
"""

# %% [markdown] lang="en" tags=["slide-only"]
"""
## Budget: when nobody gives you one, start at half

- The whole playbook takes 3,268 yuan a quarter, half of it 1,634
- The extra response is the 5.6% measured, not the playbook's guess
- Those who should not be contacted come off first
"""

# %% [markdown] lang="zh"
"""
上面三个数：整本手册的费用，手里的预算，预算之内一季的净收益。
"""

# %% [markdown] lang="en"
"""
The three numbers above: what the whole book costs, the budget in hand, and a quarter's profit within it.
"""

# %% [markdown] try="capstone-budget-profit"

# %% [markdown] lang="zh"
"""
## 7. 目标

最近 365 天的销售额加 15%。它靠什么达到？搭第 12 课的桥：今天的客户预计会买多少，新客户照去年的样子来多少，计划做满四季带来多少，还差多少。各类客户的目标按 **今年预计** 的钱拆，不按去年的：最好的一类去年买得多，今年多半少一点。
"""

# %% [markdown] lang="en"
"""
## 7. Targets

The sales of the last 365 days plus 15%. What does that rest on? Build the bridge of lesson 12: what today's customers are expected to buy, what newcomers bring if they come as last year, what four quarters of the plan add, and what is still open. The targets of the segments follow the money **expected this year** and not last year's: the best segment bought much last year and will mostly buy less.
"""

# %%
year = orders[orders["order_date"] >= today - pd.Timedelta(days=365)]
target = targets.growth_target(year["amount"].sum(), 0.15)
expected = baseline.coming_year(orders, today)
newcomers = baseline.from_newcomers(orders, today)
bridge = baseline.baseline_bridge(
    target, todays_customers=expected.sum(), newcomers=newcomers, plan=fitted["expected_sales"].sum() * 4
)
by_tier = targets.split(target - newcomers, expected.groupby(segment).sum().rename_axis("tier"))
print(t(zh="目标减去新客户的（元）", en="target less newcomers (yuan)"), f"{by_tier.sum():,.2f}")
labelled(bridge.to_frame("target"))

# %% [markdown] lang="zh" tags=["slide-only"]
"""
## 目标：先看照旧做会有多少

- 今天的客户、新客户、计划，三样各多少
- 差的靠什么，写在纸上：拉新、新品，或者把目标改小
- 不要悄悄把估计调高
"""

# %% [markdown] lang="en" tags=["slide-only"]
"""
## Targets: first see what comes if we go on as before

- Today's customers, newcomers, the plan: how much each
- The page says what must close the rest: new customers, new products, a smaller target
- Do not quietly raise the guesses
"""

# %% [markdown] lang="zh"
"""
“还差的”大于 0，就在纸上写明靠什么补：拉新、新品，还是把目标改小。不要悄悄把估计调高。小于 0，也别急着高兴：看目标压在哪一根桥墩上，纸上写明谁看着它。
"""

# %% [markdown] lang="en"
"""
Where "still open" is more than 0, the page says what must close it: new customers, new products, or a smaller target. Do not quietly raise the guesses. Where it is less than 0, do not cheer too soon: see which pillar the target rests on, and say on the page who watches it.
"""

# %% [markdown] lang="zh"
"""
`targets.growth_target(…, 0.15)` 算出涨 15% 的目标。
"""

# %% [markdown] lang="en"
"""
`targets.growth_target(…, 0.15)` gives the target of 15% more.
"""

# %% [markdown] try="capstone-segment-targets"

# %% [markdown] lang="zh"
"""
## 8. 检验计划

名单定好，随机留出 20% 作对照组，写下种子。然后问一句难听的：**就算它真的有用，看得出来吗？**
"""

# %% [markdown] lang="en"
"""
## 8. The plan for proof

The list stands; hold out a random 20% as control group and write the seed down. Then ask the unpleasant question: **if it does work, shall we be able to see it?**
"""

# %%
contacts = strategy.contact_list(segment, order_value, fitted, not_contacted=silent)
arms = experiment.assign_holdout(contacts["tier"], share=0.2, seed=2026)
quarter = bought[bought["order_date"] >= today - pd.Timedelta(days=91)]
usual = quarter["customer_id"].nunique() / bought["customer_id"].nunique()
sizes = arms.value_counts()
size = sample_size.SampleSize(int(sizes["treatment"]), int(sizes["holdout"]))
visible = sample_size.smallest_uplift(usual, size)
promised = fitted["expected_orders"].sum() / fitted["contacted"].sum()
print(
    t(
        zh=f"联系 {size.treatment:,} 位，留出 {size.holdout:,} 位",
        en=f"{size.treatment:,} contacted, {size.holdout:,} held out",
    )
)
print(
    t(zh="每 100 位里，平常一季买的：", en="of 100, buy in a usual quarter:"),
    f"{100 * usual:.0f}",
    t(zh="计划指望多：", en="the plan hopes for more:"),
    f"{100 * promised:.1f}",
    t(zh="至少多几位才看得出：", en="can be seen from:"),
    f"{100 * visible:.1f}",
)

# %% [markdown] lang="zh" tags=["slide-only"]
"""
## 检验：就算真的有用，看得出来吗

- 计划指望：每 100 位多买 5.6 位
- 这么多人，每 100 位多买 7.4 位才看得出
- 一季证明不了：连做几季、各层合起来看，或者多留一些人
"""

# %% [markdown] lang="en" tags=["slide-only"]
"""
## Proof: if it does work, shall we be able to see it?

- The plan hopes that 5.6 more of 100 buy
- With so many people it takes 7.4 of 100 to be seen
- One quarter cannot prove it: several quarters, all tiers together, or more held out
"""

# %% [markdown] lang="zh"
"""
第二行三个数，都是每 100 位里几位：平常一季会买的；计划指望多出来的；这么多人最小看得出的差异。第一个数算的是所有买过的人；悦选的名单上没有重要价值客户，平常买得少些，真看得出的差异会比第三个数略小。指望的比看得出的小，一个季度的检验就 **证明不了** 这份计划。不是不做，是要直说：连做几季合起来看，或者多留一些人。

还有一笔账常被忘掉：留出的人不联系，他们那份增量这一季就没有了。许诺之前先扣掉。10 单的许诺，留出两成，就是 8 单。每一类分开折算，因为各类值的钱不一样：
"""

# %% [markdown] lang="en"
"""
Three numbers in the second line, each of 100 people: how many buy in a usual quarter; how many more the plan hopes for; the smallest difference so many people can show. The first is of all who ever bought; Yuexuan's list is without champions and usually buys less, so what can really be seen is a little smaller than the third. Where the hope is smaller than what can be seen, the test of one quarter **cannot prove** this plan. That does not mean do not do it; it means say so: put several quarters together, or hold out more.

One more sum is often forgotten: those held out are not contacted, and their part of the extra is missing this quarter. Take it off before you promise. A promise of 10 orders with two tenths held out is 8. Each segment is scaled by itself, because their customers are not worth the same:
"""

# %% [markdown] lang="zh" tags=["slide-only"]
"""
## 许诺之前，先扣掉留出的人

中间一列是许诺，右边一列是运气不好时剩下的。
"""

# %% [markdown] lang="en" tags=["slide-only"]
"""
## Take the control group off before you promise

The middle column is the promise, the right one what is left if we were lucky so far.
"""

# %% tags=["slide"]
stay = contacts["tier"][arms == "treatment"].value_counts()
promised_plan = strategy.with_contacted(fitted, stay)
unlucky = strategy.with_response(promised_plan, measured, at="lower")
sums = ["cost", "expected_sales", "profit"]
side_by_side = pd.DataFrame(
    {
        t(zh="全部联系", en="all contacted"): fitted[sums].sum(),
        t(zh="扣掉对照组", en="control group taken off"): promised_plan[sums].sum(),
        t(zh="按区间下端", en="at the low end"): unlucky[sums].sum(),
    }
)
labelled(side_by_side.round(0).astype(int))

# %% [markdown] lang="zh"
"""
中间一列写在“请批准”那一句里，右边一列写在“可能出什么差错”里：测到的效果要是运气好，实际只有区间的下端，就只剩这么多。重要价值客户不在名单上：按合起来的 5.6%，联系一位要 4.5 元，只带来 4.2 元毛利；手册猜 12% 时看不出来。**这一条最该存疑：** 单看他们是 8.2%，那就带来 6.2 元，划算。所以纸上不写“联系他们没有用”，写“这一季不联系，先拿一小批人带着对照组再测一次”。
"""

# %% [markdown] lang="en"
"""
The middle column goes into the sentence "please approve", the right one into "what may go wrong": if the effect measured so far was luck and the truth is the low end of the interval, this is what is left. Champions are not on the list: at the pooled 5.6%, contacting one costs 4.5 yuan and brings 4.2 yuan of margin; the guess of 12% hid that. **This is the line to doubt most:** by themselves they were at 8.2%, which brings 6.2 yuan and pays. So the page does not say "contacting them is useless" but "not this quarter; first measure once more on a small group with a control group".
"""

# %% [markdown] lang="zh"
"""
方案里 `expected_sales` 是预计带来的销售额，`expected_margin` 是预计的毛利，`verdict` 是值不值得做。
"""

# %% [markdown] lang="en"
"""
In a plan `expected_sales` is the sales it should bring, `expected_margin` the margin, and `verdict` whether it is worth doing.
"""

# %% [markdown] try="capstone-honest-promise"

# %% [markdown] lang="zh"
"""
## 9. 治理卡

方案写成文件，编的人和批的人不是同一个；复核日、人工调整怎么记，各一行。再看一眼：页上有没有不到 10 个人的层？有就不列，或者和别的合并，免得认出人。
"""

# %% [markdown] lang="en"
"""
## 9. The governance card

The scheme becomes a file, author and approver are two people; one line each for the review date and for how overrides are recorded. And a look: is there a tier on the page with fewer than 10 people? Then leave it out or merge it, so that nobody can be recognised.
"""

# %%
folder = work_folder("15_example", "scheme.toml", "page.html")
cuts = rfm.quantile_cuts(facts)
draft = scheme.write_scheme(
    folder / "scheme.toml",
    name=t(zh="2026 年客户分层", en="Customer tiers 2026"),
    version="1.0",
    author=t(zh="小林", en="Lin"),
    method="rfm",
    thresholds=cuts.to_dict(),
)
listed = promised_plan[promised_plan["contacted"] >= 10]
worst = unlucky.loc[listed.index, "profit"].sum()
cheapest = listed["cost_per_customer"].idxmin()
unit = t(zh="元", en="yuan") if company.currency == "CNY" else company.currency
governance = [
    t(
        zh="效果比测到的小：按区间下端，一季净收益只有 {w:,.0f} {unit}。",
        en="The effect may be smaller than measured: at the low end, the profit of a quarter is {w:,.0f} {unit}.",
    ).format(w=worst, unit=unit),
    scheme.standing(draft).text,
    t(
        zh="复核日：每季第一个周一。人工调整要有理由、审批人和到期日。",
        en="Review: first Monday of each quarter. Overrides carry reason, approver and expiry.",
    ),
    t(zh="页上最小的一层有 {n} 位客户。", en="The smallest tier on this page has {n} customers.").format(
        n=listed["contacted"].min()
    ),
]
if len(measured):
    discounts = t(
        zh="响应率是给优惠的活动测的。净收益的 {s:.0%} 指望{tier}，那里渠道最便宜，不给优惠可能到不了这个数。",
        en="The response was measured in campaigns that gave a discount. {s:.0%} of the profit is hoped for from {tier}, by the cheapest channel; without a discount it may be less.",
    ).format(s=listed.loc[cheapest, "profit"] / listed["profit"].sum(), tier=label(cheapest))
    governance.insert(1, discounts)
for line in governance:
    print(line)

# %% [markdown] lang="zh" tags=["slide-only"]
"""
## 治理卡：几行就够

- 编的人和批的人，不是同一个
- 复核日：每季第一个周一
- 人工调整要有理由、审批人和到期日
- 不到 10 个人的层不列
"""

# %% [markdown] lang="en" tags=["slide-only"]
"""
## The governance card: a few lines

- Author and approver are two people
- Review: first Monday of each quarter
- Overrides carry reason, approver and expiry
- No tier with fewer than 10 people
"""

# %% [markdown] lang="zh"
"""
第二行最要紧：邮件几乎不花钱，照给优惠测来的响应率一乘，净收益的一大半就到了它头上。这是推断，不是测量，所以写在“可能出什么差错”里，下一季给它单独留一次对照组。

还是草稿，对：签字之前本来就是草稿。顾明远签了，小林再用 `scheme.approve` 写进去。
"""

# %% [markdown] lang="en"
"""
The second line matters most: e-mail costs next to nothing, and multiplied by a response that was measured with discounts it takes more than half of the profit. That is inferred and not measured, so it stands under "what may go wrong", and next quarter e-mail gets a control group of its own.

Still a draft, and rightly so: before the signature it is one. When Gu Mingyuan has signed, Lin records it with `scheme.approve`.
"""

# %% [markdown] lang="zh"
"""
## 10. 一页纸

标题下面第一句就写 **要签什么**、多少钱；接着是给谁、走什么渠道，对目标有什么用，怎样知道，可能出什么差错；最后一行签字。`capstone.save_page` 排成一张 A4，存成一个文件：图和样式都在里面，不向外要任何东西，打印、发邮件、放 U 盘都行。总经理不用的词，不上这一页。
"""

# %% [markdown] lang="en"
"""
## 10. The page

Right below the title one sentence says **what is to be signed** and how much it is; then for whom, by which channel, what it does to the target, how we shall know, what may go wrong; the last line is for the signature. `capstone.save_page` sets it on one A4 and saves one file: figures and style are inside, it asks for nothing from outside and can be printed, mailed or carried on a memory stick. No word that a general manager does not use belongs on it.
"""

# %%
proof = t(
    zh="名单里随机留出 20% 不联系，作对照组；比两边每 100 位里买的有几位。一季至少差 {v:.1f} 位才看得出，计划指望多 {p:.1f} 位：合几季一起看。谁在对照组，已经定好、写下、不改。",
    en="A random 20% of the list are not contacted and serve as control group; we compare how many of 100 buy on either side. One quarter shows differences from {v:.1f} on, the plan hopes for {p:.1f} more: we take several together. Who is in the control group is fixed and written down.",
).format(v=100 * visible, p=100 * promised)
sheet = strategy.one_page(listed, book)[["offer", "channel", "contacted", "cost", "profit"]]
dear = fitted.index[fitted["verdict"] == "loses_money"]
spared = t(
    zh="刚买过的 {n:,} 位不联系。联系一位花的比带来的毛利还多，这一季不联系、先小批再测的：{names}。",
    en="{n:,} who just bought are not contacted. Not contacted this quarter because it costs more than the margin it brings, to be measured again on a small group: {names}.",
).format(n=silent.sum(), names=", ".join(labelled(pd.Series(0, index=dear)).index) or t(zh="没有", en="none"))
shares = t(
    zh="回到半年前比过：后来花多花少，八类说明了 {r:.0%}，四级说明了 {a:.0%}。留八类，打法一样的合着用。",
    en="Compared as of half a year ago: of what customers spent later the eight segments explain {r:.0%}, the four grades {a:.0%}. The eight stay; those with the same play are used together.",
).format(r=compared.loc["rfm", "separates"], a=compared.loc["abc", "separates"])
parts = {
    "playbook": [sheet, spared],
    "targets": [
        bridge.to_frame("target"),
        t(
            zh="“还差的”是负数，就是有余地。新客户由谁带来，每季看一次。",
            en="Where “still open” is negative, there is room. Who brings the newcomers is looked at every quarter.",
        ),
    ],
    "holdout_plan": proof,
    "governance_card": governance,
    "personas": best_card,
    "tierings": shares,
    "catalogue": coverage,
    "data_report": [report.to_frame(str(company.title)), data_note],
}

# %%
ask = t(
    zh="请批准每季 {c:,.0f} {unit}，联系 {n:,} 位客户，预计净收益 {p:,.0f} {unit}（{how}）。",
    en="Please approve {c:,.0f} {unit} a quarter to contact {n:,} customers, with an expected profit of {p:,.0f} {unit} ({how}).",
)
how = t(
    zh="响应率由 {k} 场带对照组的活动测得", en="response measured in {k} campaigns with a control group"
).format(k=measured.attrs.get("campaigns", 0))
how = how if len(measured) else t(zh="响应率是估计", en="the response is a guess")
lead = ask.format(
    c=listed["cost"].sum(), n=listed["contacted"].sum(), p=listed["profit"].sum(), how=how, unit=unit
)
title = t(zh="客户分层应用计划", en="A plan for our customer tiers")
file = capstone.save_page(parts, folder / "page.html", title=title, lead=lead)
print(file.name)
print(lead)

# %% [markdown] lang="zh" tags=["slide-only"]
"""
## 一页纸，第一句就写要签什么

“请批准每季 1,305 元，联系 1,706 位客户，预计净收益 4,263 元。”
"""

# %% [markdown] lang="en" tags=["slide-only"]
"""
## The page begins with what is to be signed

"Please approve 1,305 yuan a quarter to contact 1,706 customers, with an expected profit of 4,263 yuan."
"""

# %% [markdown] lang="zh"
"""
文件在 `15_example` 文件夹里，和这本讲义在一处：在左边的文件栏里双击打开，或下载下来用浏览器看。少放一个部分，`save_page` 会说缺了哪个。
"""

# %% [markdown] lang="en"
"""
The file lies in the folder `15_example` beside this page: open it with a double click in the file list on the left, or download it and use a browser. With a part missing, `save_page` says which.
"""

# %% [markdown] lang="zh"
"""
拼一页纸用到这几样：`.to_frame()` 把一列变成一张表，`.rename()` 换名字，`for … in …` 一个一个地来，`.items()` 一对一对取出，`", ".join(…)` 用逗号连起来，`.format(…)` 把数填进花括号；`.min()` 取最小的，`.title` 是公司的名字。
"""

# %% [markdown] lang="en"
"""
Putting a page together takes these: `.to_frame()` makes a table of a column, `.rename()` gives new names, `for … in …` goes one by one, `.items()` takes pairs, `", ".join(…)` joins with commas, `.format(…)` fills numbers into curly brackets; `.min()` is the smallest, `.title` the company's name.
"""

# %% [markdown] try="capstone-one-page capstone-pitch"

# %% [markdown] lang="zh" tags=["trainer"]
"""
**小组讨论（15 分钟）：** 两组合成一桌，一组讲三分钟，另一组当总经理，只准问三个问题：多花一倍预算会怎样？只有一半灵会怎样？你怎么知道？然后按评分标准互评，用 `assess("15", marks, by="peer")` 记下。

**卡点：** 互评都给满分。要求每人必须写出一项“下一步”。
"""

# %% [markdown] lang="en" tags=["trainer"]
"""
**Small groups (15 minutes):** two pairs at a table; one presents for three minutes, the other plays the general manager and may ask three questions only: what if we spend twice as much? what if only half of it works? how do you know? Then they mark each other by the rubric and record it with `assess("15", marks, by="peer")`.

**Where they stumble:** everybody gives full marks. Everyone has to name one next step.
"""

# %% [markdown] lang="zh" tags=["slide-only"]
"""
## 讲三分钟，答三个问题

- 多花一倍预算会怎样
- 只有一半灵会怎样
- 你怎么知道
"""

# %% [markdown] lang="en" tags=["slide-only"]
"""
## Three minutes to present, three questions to answer

- What if we spend twice as much
- What if only half of it works
- How do you know
"""

# %% [markdown] lang="zh"
"""
## 11. 自己动手调

总经理会问“要是……呢”。四条滑块：一季预算、增量响应实现多少、留出多少、要多卖多少。

1. 预算加到最大，计划带来目标的百分之几？净收益跟着涨吗？
2. 实现只有一半时，还赚吗？
3. 留出从 20% 加到 50%，看得出的效果小了多少，销售额少了多少？
"""

# %% [markdown] lang="en"
"""
## 11. Try it by hand

The general manager will ask "what if". Four sliders: the budget of a quarter, how much of the extra response comes true, how many are held out, how much growth is wanted.

1. Raise the budget to the top: what share of the target does the plan bring? Does the profit follow?
2. When only half comes true, does it still earn?
3. From 20% to 50% held out: how much smaller is the visible effect, and how much sales does it cost?
"""

# %% [markdown] lang="zh" tags=["slide-only"]
"""
## 总经理会问“要是……呢”

橙色条比绿色条长，一季的检验就看不出计划有没有用。
"""

# %% [markdown] lang="en" tags=["slide-only"]
"""
## The general manager will ask "what if"

Where the orange bar is longer than the green one, the test of one quarter cannot show whether the plan works.
"""

# %% tags=["slide", "explorer"]
explore.capstone.show(company)

# %% [markdown] lang="zh"
"""
**这张图说了什么：** 上面一条是第 7 节的桥：今天的客户、新客户、计划（绿色斜线），虚线是目标，白色是还差的，越过虚线是余地；下面，橙色条比绿色条长，一季的检验就看不出这份计划有没有用。**它没说什么：** 响应率是过去的活动测出来的（没测过的公司是估计），两条绿色都靠它；新客户会不会照样来，图上也看不出。下一次测完，换成新的数再看。
"""

# %% [markdown] lang="en"
"""
**What the figure tells:** on top lies the bridge of section 7: today's customers, newcomers, the plan (hatched green); the dashed line is the target, white is what is still open, and beyond the line there is room; below, where the orange bar is longer than the green one, the test of one quarter cannot show whether the plan works. **What it does not tell:** the response was measured in past campaigns (a guess where there were none), and both green bars rest on it; nor does it tell whether newcomers will come as before. After the next test, put in the new number and look again.
"""

# %% [markdown] try="capstone-break-even"

# %% [markdown] lang="zh"
"""
## 12. 小测验
"""

# %% [markdown] lang="en"
"""
## 12. Quiz
"""

# %%
quiz("15")

# %% [markdown] about="key_points"

# %% [markdown] lang="zh"
"""
## 在你的公司

1. `custseg init own/orders.xlsx` 写出映射，`custseg audit own/company.toml` 说哪里不对，改到能信为止。
2. 练习册第一格换成 `load("own/company.toml")`，从头运行，八个部分都按你的客户算。
3. 手册里的费用、增量响应率、毛利率换成你们的：复制样本手册，改好后用 `playbook.load_playbook("own/playbook.yaml")` 读。

- 没有客户表？画像里就没有地区和年龄，目标照样按层级拆，页上写明。
- 订单不到一年？把“365 天”改短，写清是多长时间；半年前的比较做不了，就说做不了。
- 人太少，留出没有意义？先不检验，写“未经检验”，下一季合起来做。
- 老板只要结论？把第一句念给他听，其余的附在后面。
- 不是人民币？样本手册的费用会按大约的汇率换成你们的钱，只够练习；许诺之前写上自己的费用。
"""

# %% [markdown] lang="en"
"""
## In your company

1. `custseg init own/orders.xlsx` writes the mapping, `custseg audit own/company.toml` says what is wrong; mend until the data can be trusted.
2. In the workbook's first cell write `load("own/company.toml")`, run from the top, and all eight parts are about your customers.
3. Put your own costs, extra response and margins into the playbook: copy the sample, edit it, and read it with `playbook.load_playbook("own/playbook.yaml")`.

- No table of customers? The card does without region and age, targets go by tier all the same, and the page says so.
- Less than a year of orders? Shorten the 365 days and say how long it is; where half a year back cannot be compared, say that.
- Too few people for a holdout? Do not test yet, write "not tested", and do it over two quarters.
- The boss wants the conclusion only? Read the first sentence aloud and attach the rest.
- Not in yuan? The costs of the sample playbook are turned into your money at about today's rate, which will do for practice; put your own in before you promise anything.
"""

# %% [markdown] lang="zh" tags=["slide-only"]
"""
## 在你的公司：只要结论？念第一句

- 先让数据报告说哪里不对，改到能信为止
- 费用、增量响应率、毛利率换成你们的
- 人太少：写“未经检验”，下一季合起来做
- 其余的附在后面
"""

# %% [markdown] lang="en" tags=["slide-only"]
"""
## In your company: the conclusion only? Read the first sentence

- Mend the data until the report can be trusted
- Put in your own costs, extra response and margins
- Too few people: write "not tested", and do it over two quarters
- Attach the rest
"""

# %% [markdown] lang="zh" tags=["stretch"]
"""
## 别处怎么叫

| 这一课说 | 别处说 |
|---|---|
| 一页纸 | A3 报告、执行摘要（executive summary） |
| 请批准 | 决策请求（decision memo, the ask） |
| 几场合起来 | 元分析（meta-analysis, random effects） |
| 往全体的平均拉 | 收缩、经验贝叶斯（shrinkage, empirical Bayes） |
| 运气不好时剩多少 | 敏感性分析（sensitivity analysis） |

- Minto，*The Pyramid Principle*：为什么先写结论。
- DerSimonian、Laird（1986），*Meta-analysis in clinical trials*：几次试验怎样合起来。
- Efron、Morris（1975），*Data analysis using Stein's estimator and its generalizations*：人少的层为什么往平均拉。
"""

# %% [markdown] lang="en" tags=["stretch"]
"""
## What others call this

| here | elsewhere |
|---|---|
| the page | A3 report, executive summary |
| please approve | decision memo, the ask |
| several campaigns together | meta-analysis, random effects |
| drawn towards everybody's mean | shrinkage, empirical Bayes |
| what is left if we were lucky | sensitivity analysis |

- Minto, *The Pyramid Principle*: why the conclusion comes first.
- DerSimonian and Laird (1986), *Meta-analysis in clinical trials*: how several tests are put together.
- Efron and Morris (1975), *Data analysis using Stein's estimator and its generalizations*: why tiers with few people are drawn towards the mean.
"""

# %% [markdown] about="next"

# %% [markdown] about="opening"

# %%
import pandas as pd

from custseg_helpers import (
    TABLES,
    apply_tags,
    assess,
    baseline,
    build,
    capstone,
    cards,
    check,
    customer_table,
    experiment,
    hint,
    label,
    labelled,
    load,
    order_facts,
    parse_catalogue,
    persona,
    playbook,
    progress,
    quality,
    read_rubric,
    response,
    rfm,
    rung,
    solution,
    strategy,
    tag_coverage,
    targets,
    traits,
    use_language,
    value,
    work_folder,
)

use_language(t(zh="zh", en="en"))

# zh: 讲义用悦选，这里从拓岩开始；换一家：load("pharma")、load("finance")、load("education")，
# en: the lesson is on Yuexuan, here you begin with Tuoyan; others: load("pharma"), load("finance"),
# zh: 或你自己的数据：load("own/company.toml")
# en: load("education"), or your own data: load("own/company.toml")
company = load()
if company.name == "retail":
    company = load("b2b")

today = company.as_of
orders = company.orders
facts = order_facts(orders, today)
print(company.title, "·", company.question)

# %% [markdown] lang="zh" exercise="capstone-totals"
"""
### 四个总数

给你的公司写数据报告的四个数，一个 `pd.Series`：`customers` 登记的客户数，`buyers` 买过的客户数，`orders` 订单数，`sales` 销售额。口径和讲义第 2 节一样。
"""

# %% [markdown] lang="en" exercise="capstone-totals"
"""
### Four totals

The four numbers of your company's data report as one `pd.Series`: `customers` on the list, `buyers` who bought, `orders`, and `sales`. They count what section 2 of the lesson says.
"""

# %%
bought = orders[orders["quantity"] > 0]

# %% exercise="capstone-totals" kind="compute" level="core"
# BEGIN SOLUTION
# zh: 数名单上的人、买过的人、订单
# en: count those on the list, the buyers, the orders
# blank: len
# blank: nunique
# blank: "order_id"
on_the_list = len(company.customers)
number_of_buyers = bought["customer_id"].nunique()
number_of_orders = bought["order_id"].nunique()
# zh: 全部订单行的金额加起来，退货是负数，自己就减掉了
# en: add up the money of all lines; returns are negative and take themselves off
# blank: "amount"
total = orders["amount"].sum()
# zh: 四个数放进一列，各有名字
# en: put the four numbers into one column, each with its name
# blank: on_the_list
# blank: "orders"
# blank: total
report = pd.Series(
    {
        "customers": on_the_list,
        "buyers": number_of_buyers,
        "orders": number_of_orders,
        "sales": total,
    }
)
# END SOLUTION

# %%
check("capstone-totals", report)

# %% [markdown] lang="zh" exercise="capstone-tag-coverage"
"""
### 三个标签和覆盖率

`first_tag` 已经写好一个。照样子再写两个，接在后面，然后算三个标签的覆盖率（`tag_coverage` 的 `share` 一列）。

- `returning`：至少 2 单；
- `cooling`：至少 3 单，而且超过 180 天没来。
"""

# %% [markdown] lang="en" exercise="capstone-tag-coverage"
"""
### Three tags and their coverage

`first_tag` holds one. Write two more in the same way, put them behind it, and compute the coverage of all three (the column `share` of `tag_coverage`).

- `returning`: at least 2 orders;
- `cooling`: at least 3 orders, and none for more than 180 days.
"""

# %%
table = customer_table(company)
first_tag = t(
    zh="""
- {code: recent, name: "最近来过", family: behaviour, type: rule, sensitivity: internal,
   rule: recency_days <= 90, definition: "最近 90 天买过", action: "介绍新品"}
""",
    en="""
- {code: recent, name: "came recently", family: behaviour, type: rule, sensitivity: internal,
   rule: recency_days <= 90, definition: "bought in the last 90 days", action: "show what is new"}
""",
)

# %% exercise="capstone-tag-coverage" kind="compute" level="stretch"
# BEGIN SOLUTION
# zh: 照 first_tag 的样子再写两个标签
# en: write two more tags in the way of first_tag
# blank: frequency >= 2
# blank: >= 3 and recency_days > 180
two_more = t(
    zh="""
- {code: returning, name: "回头客", family: behaviour, type: rule, sensitivity: internal,
   rule: frequency >= 2, definition: "至少 2 单", action: "请他推荐"}
- {code: cooling, name: "凉下来", family: behaviour, type: rule, sensitivity: internal,
   rule: frequency >= 3 and recency_days > 180, definition: "至少 3 单，超过 180 天没来", action: "打电话问原因"}
""",
    en="""
- {code: returning, name: "returning", family: behaviour, type: rule, sensitivity: internal,
   rule: frequency >= 2, definition: "at least 2 orders", action: "ask for a referral"}
- {code: cooling, name: "cooling off", family: behaviour, type: rule, sensitivity: internal,
   rule: frequency >= 3 and recency_days > 180, definition: "at least 3 orders, none for over 180 days", action: "call and ask why"}
""",
)
# zh: 接在后面，读成目录，给客户打上标签
# en: put them behind the first, read the catalogue, tag the customers
# blank: first_tag + two_more
three_tags = parse_catalogue(first_tag + two_more)
tagged = apply_tags(three_tags, table)
# zh: 只要覆盖率这一列
# en: of the coverage take the share
# blank: tag_coverage
# blank: "share"
coverage = tag_coverage(tagged)["share"]
# END SOLUTION

# %%
check("capstone-tag-coverage", coverage)

# %% [markdown] lang="zh" exercise="capstone-separates-better"
"""
### 哪种分层分得更开

`before` 是半年前的客户，`since` 是他们后半年花的钱。把 `before` 分成 A、B、C、D 四级（`abc`）和 RFM 八类（`rfm`），各算一次 η²，写成 `pd.Series`，索引是 `abc` 和 `rfm`。
"""

# %% [markdown] lang="en" exercise="capstone-separates-better"
"""
### Which tiering separates better

`before` are the customers of half a year ago, `since` is what they spent in the half year after. Put `before` into grades A, B, C, D (`abc`) and into the eight RFM segments (`rfm`), compute η² for each, and write a `pd.Series` whose index is `abc` and `rfm`.
"""

# %%
then = today - pd.Timedelta(days=182)
before = order_facts(orders[orders["order_date"] < then], then)
since = orders[orders["order_date"] >= then].groupby("customer_id")["amount"].sum()
since = since.reindex(before.index, fill_value=0)

# %% exercise="capstone-separates-better" kind="compute" level="stretch"
# BEGIN SOLUTION
# zh: 半年前的 ABC 等级，和它的 η²
# en: the ABC grade of half a year ago, and its η²
# blank: since
# blank: "monetary"
by_abc = quality.eta_squared(since, value.abc(before["monetary"]))
# zh: 半年前的八个 RFM 客群，和它的 η²
# en: the eight RFM segments of half a year ago, and their η²
# blank: rfm.rfm_scores
# blank: quality.eta_squared
half_year_ago = rfm.segments8(rfm.rfm_scores(before))
by_rfm = quality.eta_squared(since, half_year_ago)
# zh: 两个数放进一列
# en: put the two numbers into one column
# blank: by_abc
# blank: "rfm"
separates = pd.Series({"abc": by_abc, "rfm": by_rfm})
# END SOLUTION

# %%
check("capstone-separates-better", separates)

# %% [markdown] lang="zh" exercise="capstone-stays"
"""
### 纸上留哪一种

八类的 η² 高一些，但销售说八类记不住。你怎么定？

- `"a"`：只看 η²，八类高就用八类，记不住是他们的事。
- `"b"`：留分得更开的那种，打法一样的几类合成一层，写明每层怎么对待、线多久复核一次。
- `"c"`：用四级，因为好记，η² 差多少不用管。
- `"d"`：两种都印在纸上，每位销售自己挑一种。
"""

# %% [markdown] lang="en" exercise="capstone-stays"
"""
### Which one stays on the page

The eight segments have the higher η², but the salespeople say they cannot remember eight. What do you decide?

- `"a"`: go by η² alone; if eight is higher, take eight; remembering is their business.
- `"b"`: keep the one that separates better, put segments with the same play together, and say how each tier is treated and when the lines are reviewed.
- `"c"`: take the four grades because they are easy, whatever η² says.
- `"d"`: print both, and each salesperson picks one.
"""

# %% exercise="capstone-stays" kind="decide" level="core"
# BEGIN SOLUTION
stays = "b"
# END SOLUTION

# %%
check("capstone-stays", stays)

# %% [markdown] lang="zh" exercise="capstone-three-sentences"
"""
### 给销售的三句话

下面是带来钱最多的一类的卡片。给要打电话的销售写三四句话：他们是谁（卡片上的一个数）、电话里先说什么、什么不能想当然。
"""

# %% [markdown] lang="en" exercise="capstone-three-sentences"
"""
### Three sentences for salespeople

Below is the card of the segment that brings most money. Write three or four sentences for those who will call: who they are (one number of the card), what to say first on the phone, what not to take for granted.
"""

# %%
segment = rfm.segments8(rfm.rfm_scores(facts)).rename("tier")
people = traits(company).drop(columns=["value_tag", "potential_tag"], errors="ignore")
profile = persona.profile(people, segment, facts["monetary"])
best_card = cards.card(profile, profile.sizes.index[0], top=3)
best_card

# %% exercise="capstone-three-sentences" kind="explain" level="core"
# BEGIN SOLUTION
best = profile.sizes.iloc[0]
words = t(
    zh="他们占客户的 {s:.0%}，带来 {v:.0%} 的钱。电话里先问上次买的用得怎样，再介绍新品，不用提打折。卡上写的是一群人的倾向，不是每位客户都这样：先听本人怎么说。",
    en="They are {s:.0%} of the customers and bring {v:.0%} of the money. On the phone first ask how they liked the last order, then show what is new; no need for a discount. The card states a tendency, not every customer is like that: listen to the person first.",
).format(s=best["share"], v=best["value_share"])
# END SOLUTION

# %%
check("capstone-three-sentences", words)

# %% [markdown] lang="zh" exercise="capstone-budget-profit"
"""
### 预算之内换回多少

手册、名单和预算都准备好了（预算是整本手册费用的一半）。按预算砍一遍，一季的 **净收益** 合计多少元？把砍过的计划留在 `fitted`，净收益留在 `profit`。
"""

# %% [markdown] lang="en" exercise="capstone-budget-profit"
"""
### What comes back within the budget

Playbook, list and budget are ready (the budget is half of what the whole book costs). Cut the plan to the budget: what is the quarter's **profit** in all, in yuan? Keep the cut plan as `fitted` and the profit as `profit`.
"""

# %%
book = playbook.sample_playbook(company.customers, company.currency)
silent = strategy.leave_out(segment, facts, book)
order_value = facts["average_order_value"]
full = strategy.plan(segment, order_value, book, not_contacted=silent)
# zh: 办过带对照组的活动，就用测出来的增量响应率，不用手册猜的
# en: where campaigns had a control group, the extra response measured takes the place of the playbook's guess
own_tests = not {"campaigns", "responses"} & set(company.borrowed)
answers = company.responses if own_tests else company.responses.head(0)
measured = response.by_tier(
    orders, company.campaigns, answers, lambda facts: rfm.segments8(rfm.rfm_scores(facts))
)
full = strategy.with_response(full, measured)
budget = round(full["cost"].sum() / 2, 2)
labelled(full[["contacted", "cost", "expected_sales", "profit"]].round().convert_dtypes())

# %% exercise="capstone-budget-profit" kind="compute" level="core"
# BEGIN SOLUTION
# zh: 在预算里做得完的方案
# en: the plan that fits the budget
# blank: budget
fitted = strategy.within_budget(full, budget)
# zh: 一共赚多少
# en: what it earns in all
# blank: sum
profit = fitted["profit"].sum()
# END SOLUTION

# %%
check("capstone-budget-profit", profit)

# %% [markdown] lang="zh" exercise="capstone-segment-targets"
"""
### 目标拆到每一类

全年目标是最近 365 天的销售额加 15%。减去新客户的 `newcomers`，按每一类今年预计买的（`likely`）拆开，一分不差。
"""

# %% [markdown] lang="en" exercise="capstone-segment-targets"
"""
### The target for each segment

The year's target is the sales of the last 365 days plus 15%. Take off what newcomers bring, `newcomers`, and break the rest down by what each segment is expected to buy (`likely`), agreeing to the cent.
"""

# %%
year = orders[orders["order_date"] >= today - pd.Timedelta(days=365)]
expected = baseline.coming_year(orders, today)
newcomers = baseline.from_newcomers(orders, today)
likely = expected.groupby(segment).sum().rename_axis("tier")
labelled(likely.to_frame())

# %% exercise="capstone-segment-targets" kind="compute" level="core"
# BEGIN SOLUTION
# zh: 全年的目标：去年涨 15%
# en: the target of the year: last year and 15%
# blank: 0.15
whole = targets.growth_target(year["amount"].sum(), 0.15)
# zh: 减去新客户的，照各类今年预计的分下去
# en: less newcomers, split by what each segment is expected to buy
# blank: split
# blank: newcomers
by_tier = targets.split(whole - newcomers, likely)
# END SOLUTION

# %%
check("capstone-segment-targets", by_tier)

# %% [markdown] lang="zh" exercise="capstone-honest-promise"
"""
### 同事许诺多了

同事的纸上写着许诺的增量销售额 `claimed`，名单里却要随机留出 20% 作对照组。留出的人不联系，他们那份不会来。扣掉以后，一季该许诺多少元？每一类按留下来（`treatment`）的人数折算。
"""

# %% [markdown] lang="en" exercise="capstone-honest-promise"
"""
### A colleague promised too much

A colleague's page promises extra sales of `claimed`, yet a random 20% of the list will be the control group. Those held out are not contacted, and their part will not come. With that taken off, how many yuan may be promised for the quarter? Scale each segment by those who stay (`treatment`).
"""

# %%
plan = strategy.within_budget(full, budget)
contacts = strategy.contact_list(segment, order_value, plan, not_contacted=silent)
arms = experiment.assign_holdout(contacts["tier"], share=0.2, seed=2026)
claimed = plan["expected_sales"].sum()
labelled(pd.crosstab(contacts["tier"], arms))

# %% exercise="capstone-honest-promise" kind="mistake" level="core"
# BEGIN SOLUTION
# zh: 每一类真正会联系的有几位
# en: how many of each segment are really contacted
# blank: "treatment"
stay = contacts["tier"][arms == "treatment"].value_counts()
# zh: 每联系一位预计卖多少
# en: the sales to be expected from one contact
# blank: "contacted"
each = plan["expected_sales"] / plan["contacted"]
# zh: 乘起来，再加总
# en: multiply and add up
# blank: stay
honest = (each * stay).sum()
# END SOLUTION

# %%
check("capstone-honest-promise", honest)

# %% [markdown] lang="zh" exercise="capstone-one-page"
"""
### 八个部分放上一页

把你做好的东西放进字典 `parts`，八个键一个不多、一个不少：`data_report`、`catalogue`、`tierings`、`personas`、`playbook`、`targets`、`holdout_plan`、`governance_card`。值可以是表、图、卡片、一句话，或它们的列表。别把客户名单放上去：这一页会传出去。
"""

# %% [markdown] lang="en" exercise="capstone-one-page"
"""
### Eight parts on one page

Put what you made into a dictionary `parts` with exactly these eight keys: `data_report`, `catalogue`, `tierings`, `personas`, `playbook`, `targets`, `holdout_plan`, `governance_card`. A value is a table, a figure, a card, a sentence, or a list of these. No list of customers: this page will be passed on.
"""

# %%
# zh: 扣掉对照组以后的计划，人少的层不列；按区间下端再算一遍；通往目标的桥
# en: the plan less the control group, without small tiers; once more at the low end; the bridge to the target
promised_plan = strategy.with_contacted(plan, pd.crosstab(contacts["tier"], arms)["treatment"])
promised_plan = promised_plan[promised_plan["contacted"] >= 10]
unlucky = strategy.with_response(promised_plan, measured, at="lower")
listed = strategy.one_page(promised_plan, book)[["offer", "channel", "contacted", "cost", "profit"]]
bridge = baseline.baseline_bridge(
    targets.growth_target(year["amount"].sum(), 0.15),
    todays_customers=expected.sum(),
    newcomers=newcomers,
    plan=promised_plan["expected_sales"].sum() * 4,
)
dear = plan.index[plan["verdict"] == "loses_money"]
spared = ", ".join(labelled(pd.Series(0, index=dear)).index) or t(zh="没有", en="none")
harmed = t(zh="还没有看到", en="none seen so far")
if (measured["upper"] < 0).any():
    harmed = t(zh="有，先停", en="yes, stop there first")
labelled(listed)

# %% exercise="capstone-one-page" kind="compute" level="core"
# BEGIN SOLUTION
# zh: 数据和标签：四个总数、借来的表、覆盖率、谁负责
# en: data and tags: the four totals, borrowed tables, the coverage, who is responsible
# blank: report
# blank: coverage
named = {code: str(tag.name) for code, tag in parse_catalogue(first_tag + two_more).items()}
lent = ", ".join(str(TABLES[name]) for name in company.borrowed) or t(zh="无", en="none")
about_data = [
    report.round(2).to_frame(str(company.title)),
    t(
        zh="快照日 {day:%Y-%m-%d}，退货已减。借来练习、不作依据的表：{lent}。",
        en="Snapshot {day:%Y-%m-%d}, returns taken off. Tables lent for practice and not relied on: {lent}.",
    ).format(day=today, lent=lent),
]
about_tags = [
    coverage.rename(named).to_frame(),
    t(zh="负责人：客户经理，每月刷新。", en="Owner: the customer manager; refreshed every month."),
]
# zh: 分层和打法：哪种分层留下，只列出至少 10 位的几层
# en: tiers and plays: which tiering stays; only tiers of 10 people or more are listed
# blank: separates
# blank: listed
about_tiers = t(
    zh="回到半年前比过：后来花多花少，八类说明了 {r:.0%}，四级说明了 {a:.0%}。打法一样的几类合着用，线每季复核。",
    en="Compared as of half a year ago: of what customers spent later the eight segments explain {r:.0%}, the four grades {a:.0%}. Segments with the same play are used together; the lines are reviewed every quarter.",
).format(r=separates["rfm"], a=separates["abc"])
about_plays = [
    listed,
    t(
        zh="不到 10 位的几层没有列出，对照组没有算进去。刚买过的 {n:,} 位不联系；联系一位花的比带来的毛利还多、所以不联系的：{d}。",
        en="Tiers with fewer than 10 people are not listed; the control group is taken off. {n:,} who just bought are not contacted; not contacted because it costs more than the margin it brings: {d}.",
    ).format(n=silent.sum(), d=spared),
]
# zh: 目标：今天的客户、新客户和计划各带来多少，还差多少
# en: targets: what today's customers, newcomers and the plan bring, and what is still open
# blank: bridge
about_targets = [
    bridge.to_frame("target"),
    t(
        zh="“还差的”是负数，就是有余地。新客户由谁带来，每季看一次。",
        en="Where “still open” is negative, there is room. Who brings the newcomers is looked at every quarter.",
    ),
]
# zh: 两句话：留谁不联系来比较，这页纸谁审批、多久复核
# en: two sentences: who is held out to compare, who approves this page and when it is reviewed
# blank: "holdout"
held_out = t(
    zh="名单里随机留出 20%（{n:,} 位）不联系，作对照组；比两边每 100 位里买的有几位。一季可能看不出来，合几季一起看。",
    en="A random 20% of the list ({n:,} customers) are not contacted and serve as control group; we compare how many of 100 buy on either side. One quarter may not show it; take several together.",
).format(n=(arms == "holdout").sum())
rules = [
    t(
        zh="效果比测到的小：按区间下端，一季净收益是 {w:,.0f} 元。有没有哪一层越联系越不买：{h}。",
        en="The effect may be smaller than measured: at the low end, the profit of a quarter is {w:,.0f} yuan. A tier that buys less when contacted: {h}.",
    ).format(
        w=unlucky["profit"].sum(),
        h=harmed,
    ),
    t(
        zh="草稿 1.0 版，小林编制，待总经理审批；每季第一个周一复核；人工调整记理由、审批人和到期日。页上最小的一层有 {n} 位；名单不出公司。",
        en="Draft 1.0 by Lin, to be approved by the general manager; reviewed on the first Monday of each quarter; overrides carry reason, approver and expiry. The smallest tier on the page has {n} customers; the list stays in the house.",
    ).format(n=promised_plan["contacted"].min()),
]
# zh: 八个部分放进一个字典
# en: put the eight parts into one dictionary
# blank: about_data
# blank: "personas"
# blank: about_targets
parts = {
    "data_report": about_data,
    "catalogue": about_tags,
    "tierings": about_tiers,
    "personas": [best_card, words],
    "playbook": about_plays,
    "targets": about_targets,
    "holdout_plan": held_out,
    "governance_card": rules,
}
# END SOLUTION

# %%
check("capstone-one-page", list(parts) if isinstance(parts, dict) else parts)

# %% [markdown] lang="zh" exercise="capstone-pitch"
"""
### 三分钟讲给总经理听

写下你开口的三四句话：要批什么（花多少、换回多少）、先给谁、以后怎样知道有没有用、哪个数最没把握。它会放在一页纸的最上面。
"""

# %% [markdown] lang="en" exercise="capstone-pitch"
"""
### Three minutes for the general manager

Write the three or four sentences you open with: what is to be approved (what it costs and brings), who comes first, how we shall know whether it worked, which number is least certain. They will stand on top of the page.
"""

# %% exercise="capstone-pitch" kind="explain" level="core"
# BEGIN SOLUTION
quarter = promised_plan[["cost", "profit"]].sum()
basis = t(zh="过去的活动测出来的", en="measured in past campaigns")
basis = basis if len(measured) else t(zh="估计", en="a guess")
pitch = t(
    zh="请批准一季 {c:,.0f} 元的预算，预计净收益 {p:,.0f} 元。先联系每元换回最多的几类客户，刚买过的不打扰。随机留出 20% 作对照组，合几季和他们比，看有没有用。增量响应率是{b}，实现不到一半就停下来重看。",
    en="Please approve a budget of {c:,.0f} yuan a quarter for an expected profit of {p:,.0f} yuan. First come the segments that bring most on a yuan; those who just bought are not contacted. A random 20% are the control group, and over several quarters we compare with them to know whether it worked. The extra response is {b}: if less than half of it comes true, we stop and look again.",
).format(c=quarter["cost"], p=quarter["profit"], b=basis)
# END SOLUTION

# %%
check("capstone-pitch", pitch)

# %% [markdown] lang="zh"
"""
下面这一格把一页纸存进 `15_capstone` 文件夹。`capstone-one-page` 和 `capstone-pitch` 做完再运行一次，然后双击 `page.html` 打开。
"""

# %% [markdown] lang="en"
"""
The next cell saves the page into the folder `15_capstone`. Run it again when `capstone-one-page` and `capstone-pitch` are done, then open `page.html` with a double click.
"""

# %%
folder = work_folder("15_capstone", "page.html")
if isinstance(parts, dict) and isinstance(pitch, str):
    title = t(zh="{name}：客户分层应用计划", en="{name}: a plan for our customer tiers").format(
        name=company.title
    )
    print(capstone.save_page(parts, folder / "page.html", title=title, lead=pitch).name)
else:
    print(
        t(
            zh="先做完 capstone-one-page 和 capstone-pitch。",
            en="Do capstone-one-page and capstone-pitch first.",
        )
    )

# %% [markdown] lang="zh" exercise="capstone-break-even"
"""
### 要实现几成才不亏

计划 `fitted` 靠增量响应率。只实现一部分时，费用照花，毛利（`expected_margin`）按比例缩小。至少要实现几成，全部费用才收得回来？写成 0 到 1 之间的小数。
"""

# %% [markdown] lang="en" exercise="capstone-break-even"
"""
### How much must come true

The plan `fitted` rests on the extra response. When only part of it comes true, the cost is spent all the same and the margin (`expected_margin`) shrinks in proportion. What share must come true at least for all costs to come back? Write it as a share between 0 and 1.
"""

# %% exercise="capstone-break-even" kind="compute" level="stretch"
# BEGIN SOLUTION
# zh: 全部费用
# en: all costs
# blank: "cost"
all_cost = fitted["cost"].sum()
# zh: 全部实现时的毛利
# en: the margin if all of it comes true
# blank: "expected_margin"
# blank: sum
all_margin = fitted["expected_margin"].sum()
# zh: 毛利的几成正好抵掉费用
# en: the share of the margin that just covers the costs
# blank: all_cost / all_margin
break_even = all_cost / all_margin
# END SOLUTION

# %%
check("capstone-break-even", break_even)

# %% [markdown] lang="zh"
"""
## 自评

打开 `page.html`，按评分标准给自己打分，每项 0 到 3，写进 `marks`。再请同伴打一遍，把 `"self"` 换成 `"peer"`。分数记在你的进度文件里。
"""

# %% [markdown] lang="en"
"""
## Mark yourself

Open `page.html` and mark your work by the rubric, 0 to 3 for each criterion, in `marks`. Then ask a peer and put `"peer"` in place of `"self"`. The marks are kept in your progress file.
"""

# %%
read_rubric("15")

# %%
# zh: 照这个样子写：{"data_report": 2, "catalogue": 2, …}，十项都要有
# en: write it like this: {"data_report": 2, "catalogue": 2, …}, all ten criteria
marks = ...
assess("15", marks, by="self")

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

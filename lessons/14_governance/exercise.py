# %% [markdown] about="opening"

# %%
import pandas as pd

from custseg_helpers import (
    build,
    check,
    cuts,
    elsewhere,
    hint,
    kpis,
    label,
    labelled,
    load,
    order_facts,
    overrides,
    privacy,
    progress,
    rfm,
    rung,
    scheme,
    solution,
    use_language,
    work_folder,
)

use_language(t(zh="zh", en="en"))

company = load()
today = company.as_of
facts = order_facts(company.orders, today)
money = facts["monetary"]
customers = company.customers
folder = work_folder("14_workbook", "scheme.toml", "overrides.jsonl")

# %% [markdown] lang="zh" exercise="governance-not-approved"
"""
### 方案没批，活动明天就要开始

苏晚晴改好了 1.2 版，顾明远出差两周，联系不上。明天的会员日要用名单。库里有上个月批准的 1.1 版。

- `"a"`：她自己先批，备注“顾总回来补签”。
- `"b"`：明天用批准过的 1.1 版；1.2 版等顾明远批了，下次再用，同时定好他的替补。
- `"c"`：先用 1.2 版，反正改动不大，回来再补批。
- `"d"`：不分层了，全体会员都发。
"""

# %% [markdown] lang="en" exercise="governance-not-approved"
"""
### Not approved, and the campaign starts tomorrow

Su Wanqing has finished version 1.2; Gu Mingyuan is away for two weeks and cannot be reached. Tomorrow's member day needs a list. There is version 1.1, approved last month.

- `"a"`: she approves it herself for now, with a note "Mr Gu will sign later".
- `"b"`: take the approved version 1.1 tomorrow; 1.2 waits for Gu Mingyuan and the next occasion, and he names a stand-in.
- `"c"`: take 1.2, the change is small, and have it approved afterwards.
- `"d"`: no tiers this time, write to all members.
"""

# %% exercise="governance-not-approved" kind="decide" level="core"
# BEGIN SOLUTION
way_out = "b"
# END SOLUTION

# %%
check("governance-not-approved", way_out)

# %% [markdown] lang="zh" exercise="governance-approved-tier"
"""
### 按批准的方案分层

下面的方案已经批准。用它写下的两条线（`approved.thresholds["monetary"]`）给每位客户的 `money` 分层，三层从低到高是 `"low"`、`"medium"`、`"high"`。
"""

# %% [markdown] lang="en" exercise="governance-approved-tier"
"""
### Tier by the approved scheme

The scheme below is approved. Use the two lines it holds (`approved.thresholds["monetary"]`) to tier every customer's `money`; from low to high the tiers are `"low"`, `"medium"` and `"high"`.
"""

# %%
lines = [float(f"{line:.1g}") for line in cuts.quantile_cuts(money)]
draft = scheme.write_scheme(
    folder / "scheme.toml",
    name=t(zh="2026 年客户分层", en="Customer tiers 2026"),
    version="1.1",
    author=t(zh="苏晚晴", en="Su Wanqing"),
    method="levels",
    thresholds={"monetary": lines},
)
approved = scheme.approve(draft, by=t(zh="顾明远", en="Gu Mingyuan"), on=today.date())
print(scheme.standing(approved).text)

# %% exercise="governance-approved-tier" kind="compute" level="stretch"
# BEGIN SOLUTION
# zh: 批准的方案里，金额的几条线
# en: the lines of money in the approved scheme
# blank: thresholds
lines_at = approved.thresholds["monetary"]
# zh: 照这几条线分档
# en: sort into levels by them
# blank: levels
tier = cuts.levels(money, lines_at)
# END SOLUTION

# %%
check("governance-approved-tier", tier)

# %% [markdown] lang="zh" exercise="governance-records"
"""
### 让记录生效

`calculated` 是按方案算出来的层级（一列 `tier`）。下面五条人工调整已经记进 `overrides.jsonl`，先看清每条的日期和到期日。把今天（`today`）有效的调整用上，给出 **每位客户** 现在该用的层级。
"""

# %% [markdown] lang="en" exercise="governance-records"
"""
### Put the records into force

`calculated` holds the tiers by the scheme (one column, `tier`). The five overrides below stand in `overrides.jsonl`; look at the dates and expiry of each. Apply those valid on the day `today`, and give the tier to use now for **every customer**.
"""

# %%
lowest, highest = approved.thresholds["monetary"]
calculated = pd.DataFrame({"tier": "medium"}, index=money.index)
calculated.loc[money < lowest, "tier"] = "low"
calculated.loc[money >= highest, "tier"] = "high"
first, second = calculated.index[calculated["tier"] == "medium"].sort_values()[:2]
third = calculated.index[calculated["tier"] == "high"].sort_values()[0]
days = pd.Timedelta(days=1)
entries = [
    (first, "medium", "high", t(zh="签了全年团购", en="group order for the year"), -60, 30),
    (second, "medium", "high", t(zh="大客户介绍", en="referred by a large customer"), -120, -20),
    (third, "high", "medium", t(zh="店长说最近少来", en="comes less, says the shop"), -40, 50),
    (third, "high", "low", t(zh="已搬去国外", en="moved abroad"), -10, 80),
    ("X0000", "low", "high", t(zh="老客户介绍", en="referred"), -5, 80),
]
for customer, original, new, why, on, until in entries:
    overrides.record_override(
        folder / "overrides.jsonl", customer_id=customer, column="tier", original=original, new=new, why=why,
        who=t(zh="苏晚晴", en="Su Wanqing"), approved_by=t(zh="顾明远", en="Gu Mingyuan"),
        on=today + on * days, until=today + until * days,
    )  # fmt: skip
recorded = overrides.read_overrides(folder / "overrides.jsonl")
readable = recorded.rename(columns={"new": "set_to", "on": "decided_on"})
labelled(readable[["customer_id", "original", "set_to", "why", "decided_on", "until"]])

# %% exercise="governance-records" kind="compute" level="core"
# BEGIN SOLUTION
# zh: 把手工记录改上去
# en: put the records made by hand over it
# blank: recorded
corrected = overrides.apply_overrides(calculated, recorded, today)
# zh: 取新表里的级别
# en: take the tiers of the new table
# blank: "tier"
adjusted = corrected.table["tier"]
# END SOLUTION

# %%
check("governance-records", adjusted)

# %% [markdown] lang="zh" exercise="governance-list-differs"
"""
### 名单里谁对不上

同事交来正在用的名单 `in_use`，写道：“完全按方案和记录做的。”他的代码在下面。拿名单和 `governance-records` 的结果比，列出所有对不上的客户编号，看看他漏想了什么。
"""

# %% [markdown] lang="en" exercise="governance-list-differs"
"""
### Who on the list does not agree

A colleague hands in the list in use, `in_use`, and writes: "Made by the scheme and the records, nothing else." His code is below. Compare the list with your result of `governance-records`, list the ids of all customers that do not agree, and see what he did not think of.
"""

# %%
in_use = calculated["tier"].copy()
# zh: 记录里写了谁，就照改
# en: whoever is in the records is changed
for entry in recorded.itertuples():
    if entry.customer_id in in_use.index:
        in_use[entry.customer_id] = entry.new
# zh: 店长打电话来说，这六位也先调上来
# en: the shop called: these six should be moved up as well
in_use[calculated.index[calculated["tier"] == "low"].sort_values()[:6]] = "high"
labelled(in_use.value_counts().to_frame("customers"))

# %% exercise="governance-list-differs" kind="mistake" level="core"
# BEGIN SOLUTION
# zh: 哪些人的级别和应有的不同
# en: whose tier is not what it should be
# blank: !=
differs = in_use != adjusted
# zh: 他们的编号，写成列表
# en: their ids as a list
# blank: differs
unrecorded = list(in_use.index[differs])
# END SOLUTION

# %%
check("governance-list-differs", unrecorded)

# %% [markdown] lang="zh" exercise="governance-three-kpis"
"""
### 换一家公司：三个指标

换到知棠教育。运营总监夏清扬接手数据以前，想先看三个数。给她的全体学员（`customers_there`，包括还没买过的）算，写成一个字典 `values`：

- `completeness`：`region`、`city`、`signup_channel` 三列的完整率；
- `freshness`：到 `today_there` 为止，最近 180 天有过互动的学员占比，每位学员最后一次互动在 `last_visit_there` 里，没有互动是空；
- `tier_coverage`：有层级的学员占比，每位学员的层级在 `tier_of_all_there` 里，没买过的是空。
"""

# %% [markdown] lang="en" exercise="governance-three-kpis"
"""
### Another company: three KPIs

At Zhitang Learning, Xia Qingyang, head of operations, wants three numbers before she takes over the data. Compute them for all her learners (`customers_there`, those who never bought included) as a dictionary `values`:

- `completeness`: completeness of the three columns `region`, `city`, `signup_channel`;
- `freshness`: up to `today_there`, the share of learners with an interaction in the last 180 days; the last interaction of each is in `last_visit_there`, empty where there is none;
- `tier_coverage`: the share of learners with a tier; the tier of each is in `tier_of_all_there`, empty for those who never bought.
"""

# %%
there = elsewhere("governance-three-kpis")
today_there, customers_there = there.as_of, there.customers
ids_there = customers_there["customer_id"]
visits_there = there.interactions.groupby("customer_id")["interaction_date"].max()
last_visit_there = visits_there.reindex(ids_there)
money_there = order_facts(there.orders, there.as_of)["monetary"]
tier_of_all_there = cuts.levels(money_there, cuts.quantile_cuts(money_there)).reindex(ids_there)

# %% exercise="governance-three-kpis" kind="compute" level="core"
# BEGIN SOLUTION
# zh: 三列填得全不全
# en: how complete the three columns are
# blank: kpis.completeness
# blank: "signup_channel"
complete = kpis.completeness(customers_there, ["region", "city", "signup_channel"])
# zh: 最近 180 天来过的占多少
# en: the share seen in the last 180 days
# blank: last_visit_there
# blank: 180
fresh = kpis.freshness(last_visit_there, today_there, days=180)
# zh: 分到层的占多少
# en: the share that has a tier
# blank: tier_of_all_there
covered = kpis.tier_coverage(tier_of_all_there)
# zh: 三个数放进一个字典
# en: put the three numbers into one dictionary
# blank: complete
# blank: "freshness"
# blank: covered
values = {"completeness": complete, "freshness": fresh, "tier_coverage": covered}
# END SOLUTION

# %%
check("governance-three-kpis", values)

# %% [markdown] lang="zh" exercise="governance-paid-kpi"
"""
### 奖金发在哪个数上

顾明远要给客户经理定季度奖。四个方案，选最难做手脚、又对公司好的一个。

- `"a"`：手里“高”客户的占比（使用中的层级）。
- `"b"`：客户资料填满的比例，填满就奖。
- `"c"`：被联系的客户比留出对照组多买了多少，层级按计算值，调整由别的部门批。
- `"d"`：被查出一条错记录扣 200 元。
"""

# %% [markdown] lang="en" exercise="governance-paid-kpi"
"""
### Which number to pay for

Gu Mingyuan sets a quarterly bonus for his managers. Of four ideas choose the one that is hardest to trick and good for the company.

- `"a"`: the share of "high" customers in their hands (tier in use).
- `"b"`: the share of customer fields filled in; full means bonus.
- `"c"`: how much more those contacted buy than the holdout, by calculated tiers, overrides approved by another department.
- `"d"`: 200 yuan off for each wrong record found.
"""

# %% exercise="governance-paid-kpi" kind="decide" level="core"
# BEGIN SOLUTION
bonus = "c"
# END SOLUTION

# %%
check("governance-paid-kpi", bonus)

# %% [markdown] lang="zh" exercise="governance-exposed"
"""
### 换一家公司：两列合起来，谁藏不住

换到汐合金服。风控经理石建华收到一份要出门的名单，姓名已经去掉，只留 `pair_there` 这两列“无害”的信息。这两列的取值合起来，`customers_there` 里有多少位客户身边 **不到 10 个** 一样的（连他自己，包括独一无二的）？
"""

# %% [markdown] lang="en" exercise="governance-exposed"
"""
### Another company: who cannot hide when two columns meet

At Xihe Financial Services, Shi Jianhua, the risk manager, is shown a list that is to leave the house, without names and with two "harmless" columns, `pair_there`. With both taken together, how many customers of `customers_there` have **fewer than 10** alike (themselves counted, those alone included)?
"""

# %%
there = elsewhere("governance-exposed")
customers_there, pair_there = there.customers, ["city", "birth_year"]
labelled(customers_there[pair_there].head(3))

# %% exercise="governance-exposed" kind="compute" level="core"
# BEGIN SOLUTION
# zh: 每个人和几位一样，自己也算
# en: how many are like each person, the person included
# blank: crowd
alike = privacy.crowd(customers_there, pair_there)
# zh: 不到 10 位的有几个人
# en: how many have fewer than 10
# blank: < 10
exposed = (alike < 10).sum()
# END SOLUTION

# %%
check("governance-exposed", exposed)

# %% [markdown] lang="zh" exercise="governance-agency-letter"
"""
### 给广告公司回一封信

橙意广告又来信：“名单里请保留姓名、生日和消费金额，以后也许用得上。”写三四句回信：为什么不给，给什么，要什么条件。
"""

# %% [markdown] lang="en" exercise="governance-agency-letter"
"""
### Answer the agency

The agency writes again: "Please keep names, birthdays and money in the list; we may need them one day." Answer in three or four sentences: why not, what you give instead, on what terms.
"""

# %% exercise="governance-agency-letter" kind="explain" level="core"
# BEGIN SOLUTION
letter = t(
    zh="这次的目的是写文案，姓名、生日和金额用不上，客户也没有同意把它们给第三方，所以不给。我们给一份脱敏的名单：假名、大区、年龄段和等级，每种组合至少 10 人、两种等级，不到的不发。请先签委托协议，用完删除；以后有新的目的，再单独提出，我们另行审批。",
    en="The purpose this time is copy, for which names, birthdays and money are of no use, and our customers gave no consent to share them, so we do not. You get a list with pseudonyms, region, age band and tier, at least 10 people and two tiers to each combination. Please sign the data agreement first and delete the list after use; a new purpose needs a new request and a new approval.",
)
# END SOLUTION

# %%
check("governance-agency-letter", letter)

# %% [markdown] lang="zh" exercise="governance-hidden-cells"
"""
### 人数表要藏几格

城市 × RFM 八类的人数表 `counts` 要贴在门店。小于 10 的格子要藏，还要陪着藏一些，免得谁用合计减出来。一共藏了几格？
"""

# %% [markdown] lang="en" exercise="governance-hidden-cells"
"""
### How many cells of the table must be hidden

The table `counts`, city × the eight RFM segments, will hang in the shops. Cells below 10 are hidden, and others with them, so that nobody gets them back from the totals. How many cells are hidden in all?
"""

# %%
segment = rfm.segments8(rfm.rfm_scores(facts))
city = customers.set_index("customer_id")["city"].reindex(segment.index)
counts = pd.crosstab(city, segment)
labelled(counts)

# %% exercise="governance-hidden-cells" kind="compute" level="stretch"
# BEGIN SOLUTION
# zh: 藏起不到 10 位的格子
# en: hide the cells below 10
# blank: k=10
shown_cells = privacy.suppress_small_cells(counts, k=10)
# zh: 数一数空了几格
# en: count the cells that are empty now
# blank: isna
hidden_cells = shown_cells.isna().to_numpy().sum()
# END SOLUTION

# %%
check("governance-hidden-cells", hidden_cells)

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

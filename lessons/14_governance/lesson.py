# %% [markdown] about="opening"

# %% [markdown] lang="zh"
"""
## 故事与数据

周一，小林打开名单：陈静上周还是“高”，今天成了“低”。谁改的？没人记得。文件名叫“客户分层_最终版_真的最终.xlsx”。

同一天，橙意广告公司来信：“请把会员名单发我们一份，越全越好，我们好写文案。”

两件事，一个问题：分层做出来以后，谁管着它？这一课先让它 **对**（谁定的、谁批的、谁改的），再让它 **公平**（指标和奖罚不把人带歪），最后让它 **不泄密**。

要学的是怎么管，分法就先用最简单的。顾明远定下三级：按消费金额分高、中等、低。两条线取客户的三等分点，抹成一位有效数字，好记。
"""

# %% [markdown] lang="en"
"""
## Story and data

Monday. Lin opens the list: last week Chen Jing was "high", today she is "low". Who changed it? Nobody remembers. The file is called "tiers_final_really_final.xlsx".

The same day a letter from the agency Orange & Co.: "Please send us your list of members, the fuller the better, so that we can write good copy."

Two events, one question: once there are tiers, who looks after them? This lesson first keeps them **right** (who set them, who approved them, who changed them), then **fair** (KPIs and rewards that do not lead people astray), and last **private**.

What we want to learn is how to look after tiers, so the simplest will do for now. Gu Mingyuan settles on three: high, medium, low, by money spent. The two lines cut the customers into thirds, rounded to one digit so that people remember them.
"""

# %%
import pandas as pd

from custseg_helpers import (
    cuts,
    evaluation,
    explore,
    kpis,
    labelled,
    load,
    order_facts,
    overrides,
    plots,
    privacy,
    quality,
    quiz,
    scheme,
    use_language,
    work_folder,
)

use_language(t(zh="zh", en="en"))

# %%
company = load()
today = company.as_of
money = order_facts(company.orders, today)["monetary"]
lines = [float(f"{line:.1g}") for line in cuts.quantile_cuts(money)]
tier = cuts.levels(money, lines)
print(t(zh="两条线（元）：", en="the two lines (yuan):"), *lines)
labelled(tier.value_counts().rename_axis("tier").to_frame("customers"))

# %% [markdown] lang="zh"
"""
第一行是两条线：到了第一条算中等，到了第二条算高。`f"{line:.1g}"` 就是“抹成一位有效数字”。
"""

# %% [markdown] lang="en"
"""
The first row holds the two lines: whoever reaches the first is medium, whoever reaches the second is high. `f"{line:.1g}"` means "rounded to one digit".
"""

# %% [markdown] lang="zh" tags=["slide-only"]
"""
## “陈静上周还是高，今天成了低。谁改的？”

- **对**：谁定的、谁批的、谁改的
- **公平**：指标和奖罚不把人带歪
- **不泄密**：给外面的名单，认不出谁
"""

# %% [markdown] lang="en" tags=["slide-only"]
"""
## "Last week Chen Jing was high, today she is low. Who changed it?"

- **Right**: who set the tiers, who approved, who changed them
- **Fair**: KPIs and rewards that do not lead people astray
- **Private**: lists that leave the house give nobody away
"""

# %% [markdown] lang="zh" tags=["trainer"]
"""
**老师：** 开场问：“你们公司的客户等级，最后一次是谁改的？凭什么？”多数人答不上来，这就是今天要做的事。白板左边写八步，右边空着，讲完一节就让学员填一个人名。

**卡点：** 学员常以为“审批”是走形式。请一位学员当场把线改掉一个数，再读一遍方案：系统马上认出来。

**来不及时：** 跳过第 9 节（人数表），第 10 节（推行）留作课后读。
"""

# %% [markdown] lang="en" tags=["trainer"]
"""
**Trainer:** Begin with: "Who last changed a customer's grade in your company, and on what grounds?" Most cannot tell; that is today's work. The eight steps go on the left of the board; the right stays empty, and after each section the learners put in a name.

**Where they stumble:** many take approval for a formality. Let a learner change one number of the scheme on the spot, then read it again: it is found at once.

**When late:** leave out section 9 (tables of counts); section 10 (roll-out) is for reading afterwards.
"""

# %% [markdown] lang="zh"
"""
## 1. 一份方案的一生

| 步骤 | 谁做 | 留下什么 |
|---|---|---|
| 1 收集 | 陆子衡 | 三个部门的数据（第 02 课） |
| 2 审核 | 各部门负责人 | 改正过的记录，数据报告 |
| 3 规划 | 苏晚晴 | 方案草稿：怎么分、线在哪里 |
| 4 审批 | 顾明远 | 批准的方案，写明谁、哪天 |
| 5 应用 | 陆子衡算，销售用 | 本月名单 |
| 6 人工调整 | 客户经理提，主管批 | 调整记录 |
| 7 核对 | 陆子衡 | 核对清单：用的和批的一样吗 |
| 8 改进 | 大家，每季一次 | 方案的下一版 |

两条规矩：**编的人不能自己批**；没有写人名的步骤，等于没有人做。
"""

# %% [markdown] lang="en"
"""
## 1. The life of a scheme

| step | who | what it leaves behind |
|---|---|---|
| 1 collect | Lu Ziheng | the data of three departments (lesson 02) |
| 2 review | heads of departments | corrected records, a data report |
| 3 plan | Su Wanqing | a draft: how to cut, where the lines are |
| 4 approve | Gu Mingyuan | the approved scheme, by whom, which day |
| 5 apply | Lu Ziheng computes, sales uses | this month's list |
| 6 adjust by hand | managers propose, heads approve | a record of overrides |
| 7 verify | Lu Ziheng | an audit: is what we use what was approved? |
| 8 improve | all, once a quarter | the scheme's next version |

Two rules: **the author never approves**; and a step without a name is done by nobody.
"""

# %% [markdown] lang="zh" tags=["slide-only"]
"""
## 一份方案走八步，每一步写上人名

- 收集 → 审核 → 规划 → 审批
- 应用 → 人工调整 → 核对 → 改进
- 编的人不能自己批
- 没有写人名的步骤，等于没有人做
"""

# %% [markdown] lang="en" tags=["slide-only"]
"""
## A scheme takes eight steps, each with a name

- Collect → review → plan → approve
- Apply → adjust by hand → verify → improve
- The author never approves
- A step without a name is done by nobody
"""

# %% [markdown] try="governance-not-approved"

# %% [markdown] lang="zh"
"""
## 2. 写下来，批准，看住它

方案是一个小文件：名称、版本、编制人、方法、门槛。这一课的文件都放在你自己的文件夹 `14_scheme` 里（和这本讲义在一处），每次运行都会重新写。
"""

# %% [markdown] lang="en"
"""
## 2. Write it down, approve it, keep an eye on it

A scheme is a small file: name, version, author, method, thresholds. What this lesson writes goes into a folder of your own, `14_scheme`, beside this page; each run writes it afresh.
"""

# %%
people = [str(who).split(",")[0] for who, wants in company.people]
if len(people) < 2:
    people = t(zh=["总经理", "客户经理"], en=["the director", "the customer manager"])
director, manager = people[:2]

folder = work_folder("14_scheme", "scheme.toml", "overrides.jsonl", "key.txt")
draft = scheme.write_scheme(
    folder / "scheme.toml",
    name=t(zh="2026 年客户分层", en="Customer tiers 2026"),
    version="1.0",
    author=manager,
    method="levels",
    thresholds={"monetary": lines},
)
print((folder / "scheme.toml").read_text(encoding="utf-8"))
print(scheme.standing(draft).text)

# %% [markdown] lang="zh"
"""
没有批准，就是草稿。编的是公司的客户经理，批的是总经理（换了公司，就是那家公司的人）。顾明远看过，批了：
"""

# %% [markdown] lang="en"
"""
Not approved, so it is a draft. The manager wrote it, and the director approves (with another company, that company's people). Gu Mingyuan reads it and approves:
"""

# %%
approved = scheme.approve(draft, by=director, on=today.date())
print(scheme.standing(approved).text)
print(t(zh="指纹", en="fingerprint"), approved.hash[:15])

# %% [markdown] lang="zh"
"""
最后一行是方案内容的 **指纹**（hash）：由名称、版本、编制人、方法和门槛算出来的一串字符。内容一样，指纹就一样；改一个数，指纹全变。批准时把它存进文件，以后一比就知道有没有人动过。

有人半夜打开文件，把“高”的线降了一成，好让名单长一点：
"""

# %% [markdown] lang="en"
"""
The last line is the **fingerprint** (hash) of the content: characters computed from name, version, author, method and thresholds. The same content has the same fingerprint; change one number and all of it changes. Approval stores it in the file, so later one look tells whether anybody touched it.

At night somebody opens the file and lowers the line of "high" by a tenth, for a longer list:
"""

# %%
path = folder / "scheme.toml"
lower = f"{lines[1] * 0.9:.0f}"
path.write_text(path.read_text(encoding="utf-8").replace(f"{lines[1]:.0f}", lower), encoding="utf-8")

changed = scheme.read_scheme(path)
print(scheme.standing(changed).text)
print(t(zh="指纹", en="fingerprint"), changed.hash[:15])
secret_high = (cuts.levels(money, changed.thresholds["monetary"]) == "high").sum()
approved_high = (tier == "high").sum()
print(
    t(
        zh=f"高层：审批时 {approved_high:,} 位，改动后 {secret_high:,} 位",
        en=f"high: {approved_high:,} when approved, {secret_high:,} when changed",
    )
)

# %% [markdown] lang="zh" tags=["slide-only"]
"""
## 批准之后改一个数，马上认得出来

- 批准时，方案的指纹存进文件
- 半夜把“高”的线降了一成：名单从 871 位变成 952 位
- 再读一遍：审批之后改动过，须重新审批
"""

# %% [markdown] lang="en" tags=["slide-only"]
"""
## Change one number after approval, and it is found

- Approval stores the fingerprint of the scheme
- At night the line of "high" is lowered by a tenth: 871 become 952
- Read it again: changed after approval, approve it anew
"""

# %% [markdown] lang="zh"
"""
系统认出来了：批准之后改动过，须重新审批。最后两个数是改动前后“高”的人数。指纹能看出 **改过**，看不出是谁改的；所以文件要放在只有几个人能写的地方。我们把线改回去，状态就又是已审批：
"""

# %% [markdown] lang="en"
"""
It is found: changed after approval, approve anew. The last two numbers are the customers in "high" before and after. A fingerprint shows **that** something changed, not who did it; so keep the file where only a few can write. We put the line back, and it stands approved again:
"""

# %%
path.write_text(path.read_text(encoding="utf-8").replace(lower, f"{lines[1]:.0f}"), encoding="utf-8")
print(scheme.standing(scheme.read_scheme(path)).text)

# %% [markdown] try="governance-approved-tier"

# %% [markdown] lang="zh"
"""
## 3. 可以人工调整，要有记录

规则看不见的事，人看得见。五位客户，线是 300 和 800：刘洋差 10 元，可他上周刚签了全年团购。
"""

# %% [markdown] lang="en"
"""
## 3. Adjusting by hand, on the record

People see what rules cannot. Five customers, lines at 300 and 800: Liu Yang misses by 10 yuan, yet last week he signed a group order for the year.
"""

# %%
names = t(
    zh=["陈静", "刘洋", "何芳", "马磊", "周婷"],
    en=["Chen Jing", "Liu Yang", "He Fang", "Ma Lei", "Zhou Ting"],
)
few = pd.DataFrame({"monetary": [1200, 790, 450, 310, 60]}, index=pd.Index(names, name="customer_id"))
few["tier"] = cuts.levels(few["monetary"], (300, 800))
labelled(few)

# %% [markdown] lang="zh"
"""
调整不是把格子改掉，而是 **另记一行**：谁、哪一列、原值、改成什么、为什么、谁提、谁批、到哪天为止。`original` 是原值，`new` 是新值，`until` 是最后一天。何芳的那条去年 12 月底就到期了。
"""

# %% [markdown] lang="en"
"""
An override does not paint over the cell; it is **a line of its own**: who, which column, the original value, the new one, why, proposed by, approved by, until when. `original` is the value before, `new` the one after, `until` the last day. He Fang's ended with last December.
"""

# %%
book = folder / "overrides.jsonl"
signed = {"who": manager, "approved_by": director}
entries = [
    (names[1], "medium", t(zh="签了全年团购", en="group order for the year"), "2025-12-20", "2026-03-31"),
    (names[2], "medium", t(zh="换届，等新采购", en="waiting for a new buyer"), "2025-09-01", "2025-12-31"),
    (t(zh="王敏", en="Wang Min"), "low", t(zh="老客户介绍", en="referred"), "2025-12-22", "2026-03-31"),
]
for customer, original, why, on, until in entries:
    overrides.record_override(
        book, customer_id=customer, column="tier", original=original, new="high", why=why,
        on=pd.Timestamp(on), until=pd.Timestamp(until), **signed,
    )  # fmt: skip

# %% [markdown] lang="zh" tags=["slide-only"]
"""
## 可以人工调整，要有记录，到期退回

不是把格子改掉，是另记一行：为什么、谁批、到哪天为止。
"""

# %% [markdown] lang="en" tags=["slide-only"]
"""
## Adjust by hand, on the record, with an end date

It does not paint over the cell; it is a line of its own: why, approved by, until when.
"""

# %% tags=["slide"]
applied = overrides.apply_overrides(few, overrides.read_overrides(book), pd.Timestamp("2026-01-01"))
shown = ["customer_id", "original", "set_to", "until", "why", "status"]
labelled(applied.report.rename(columns={"new": "set_to"})[shown])

# %% [markdown] lang="zh"
"""
三条记录，三种下场：刘洋的生效；何芳的已到期，自动回到计算值；王敏已经不在名单里。一条都没有被悄悄丢掉。原表 `few` 没有动，用的是 `applied.table`：
"""

# %% [markdown] lang="en"
"""
Three lines, three fates: Liu Yang's holds; He Fang's has expired and falls back to the calculated value by itself; Wang Min is no longer on the list. None was dropped in silence. The table `few` is untouched; we work with `applied.table`:
"""

# %%
labelled(pd.DataFrame({"calculated": few["tier"], "in_use": applied.table["tier"]}))

# %% [markdown] lang="zh"
"""
同一位客户后来又记了一条，就以 **最后一条** 为准。想撤销，也是再记一条，不删旧的：三个月后有人问“当时为什么”，翻得出来。
"""

# %% [markdown] lang="en"
"""
When the same customer gets another line later, **the last one counts**. Taking one back is one more line too, and nothing is deleted: in three months somebody will ask why, and there will be an answer.
"""

# %% [markdown] lang="zh"
"""
`overrides.apply_overrides(…)` 把手工记录改到算出来的表上，新表在 `.table` 里。
"""

# %% [markdown] lang="en"
"""
`overrides.apply_overrides(…)` puts the records made by hand over the calculated table; the new one is in `.table`.
"""

# %% [markdown] try="governance-records"

# %% [markdown] lang="zh"
"""
## 4. 每月刷新，到期，核对

| 什么 | 多久重算或重看 | 过期了怎么办 |
|---|---|---|
| 订单和金额 | 每月 1 日 | 名单上写明快照日，旧名单作废 |
| 问卷里的偏好 | 12 个月 | 标签清空，再问一次 |
| 人工调整 | 最多 3 个月 | 自动回到计算值，要续就重新提 |
| 方案的线 | 每季看，每年定 | 出新版本，重新审批 |

平时线不动，只重算客户。线要是每月跟着客户走，陈静自己没变，也会掉级：小林周一看到的就是这种事。

核对（audit）只做一件事：按批准的方案重算一遍，加上生效的调整，再和 **正在用的名单** 比。不一样的，逐个问出处。
"""

# %% [markdown] lang="en"
"""
## 4. Monthly refresh, expiry, audit

| what | recomputed or reviewed | when it has expired |
|---|---|---|
| orders and money | on the 1st of each month | the list names its snapshot day; the old one is void |
| preferences from surveys | 12 months | clear the tag and ask again |
| overrides | 3 months at most | back to the calculated value; propose anew to go on |
| the scheme's lines | looked at each quarter, set each year | a new version, approved anew |

Between reviews the lines stay and only the customers are recomputed. If the lines moved with the customers each month, Chen Jing would drop without having changed at all: that is what Lin saw on Monday.

An audit does one thing: recompute by the approved scheme, add the overrides in force, and compare with **the list in use**. Whatever differs is asked for its origin, one by one.
"""

# %% [markdown] lang="zh" tags=["slide-only"]
"""
## 平时线不动，只重算客户

| 什么 | 多久 | 过期了 |
|---|---|---|
| 订单和金额 | 每月 1 日 | 旧名单作废 |
| 问卷里的偏好 | 12 个月 | 清空，再问一次 |
| 人工调整 | 最多 3 个月 | 自动回到计算值 |
| 方案的线 | 每季看，每年定 | 新版本，重新审批 |
"""

# %% [markdown] lang="en" tags=["slide-only"]
"""
## Between reviews the lines stay; customers are recomputed

| what | when | expired |
|---|---|---|
| orders and money | on the 1st of each month | the old list is void |
| preferences from surveys | 12 months | clear and ask again |
| overrides | 3 months at most | back to the calculated value |
| the scheme's lines | seen each quarter, set each year | a new version, approved anew |
"""

# %% [markdown] lang="zh" tags=["slide-only"]
"""
## 核对：用的名单，和该有的一样吗

何芳的调整到期了没退回；马磊从来没有记录，有人直接改了格子。
"""

# %% [markdown] lang="en" tags=["slide-only"]
"""
## Audit: is the list in use what it should be?

He Fang's override has expired; Ma Lei never had a record: somebody painted over the cell.
"""

# %% tags=["slide"]
expected = applied.table["tier"]
in_use = expected.copy()
in_use[names[3]] = "high"
in_use[names[2]] = "high"
labelled(pd.DataFrame({"calculated": expected, "in_use": in_use})[in_use != expected])

# %% [markdown] lang="zh"
"""
名单上有两位对不上：何芳的调整到期了，名单却没退回；马磊从来没有记录，有人直接改了格子。前一种催一声，后一种要问人。
"""

# %% [markdown] lang="en"
"""
Two on the list do not agree: He Fang's override has expired and the list was not put back; Ma Lei never had a record: somebody painted over the cell. The first takes a reminder, the second a conversation.
"""

# %% [markdown] try="governance-list-differs"

# %% [markdown] lang="zh"
"""
## 5. 指标卡

先用手指数一个。应有 10 条客户记录：8 条对，1 条城市填错，1 条根本没交来。

**数据准确率 = 正确的记录数 ÷ 应有的记录数 = 8 ÷ 10 = 80%**

分母是 **应有的**，不是交来的。要是用交来的 9 条作分母，就成了 89%：少交一条坏的，数字反而好看。
"""

# %% [markdown] lang="en"
"""
## 5. The score card

Count one by hand first. There should be 10 records: 8 are right, 1 has the wrong city, 1 was never handed in.

**data accuracy rate = records that are right ÷ records that should be there = 8 ÷ 10 = 80%**

The denominator is what **should be there**, not what came in. With the 9 that came in it would be 89%: keep a bad one back and the number looks better.
"""

# %% [markdown] lang="zh" tags=["slide-only"]
"""
## 准确率的分母，是应有的记录

- 应有 10 条：8 条对，1 条填错，1 条没交来
- 8 ÷ 10 = 80%
- 用交来的 9 条作分母，就成了 89%：少交一条坏的，数字反而好看
"""

# %% [markdown] lang="en" tags=["slide-only"]
"""
## Accuracy divides by the records that should be there

- There should be 10: 8 right, 1 wrong, 1 never handed in
- 8 ÷ 10 = 80%
- Divide by the 9 that came in, and it is 89%: keep a bad one back and the number looks better
"""

# %%
kpis.accuracy_rate(right=8, expected=10)

# %% [markdown] lang="zh"
"""
治理的指标有三类：**数据**（准确、完整、及时、覆盖），**分组质量**（分得开吗，第 13 课的 η²），**效果**（联系组比留出对照组多买的比例，也是第 13 课）。每个指标有两条线：达标线和留意线。分组质量的两条借自 Cohen（1988）的“大”和“中”，其余是这门课定的，换成你们自己的。

`η²` 是“客户之间后来消费的差别，有几成落在层与层之间”：0 是白分，1 是分得干干净净。下面用半年前的分层去看后半年的钱，再看最近一次活动的效果。
"""

# %% [markdown] lang="en"
"""
KPIs of governance come in three kinds: the **data** (accurate, complete, fresh, covered), the **quality of the grouping** (does it separate? the η² of lesson 13) and the **effect** (how many more buy among those contacted than in the holdout, lesson 13 again). Each KPI has two lines: on target, and to watch. Those of the grouping are borrowed from what Cohen (1988) calls large and medium; the others are this course's own: put in yours.

`η²` says what share of the later differences between customers lies between the tiers: 0 is cut for nothing, 1 is a clean cut. Below, the tiers of half a year ago meet the money of the half year since; then the effect of the latest campaign.
"""

# %%
then = today - pd.Timedelta(days=182)
orders = company.orders
before = order_facts(orders[orders["order_date"] < then], then)["monetary"]
since = orders[orders["order_date"] >= then].groupby("customer_id")["amount"].sum()
since = since.reindex(before.index, fill_value=0)
separates = quality.eta_squared(since, cuts.levels(before, lines))
answers = company.responses
campaign = answers["campaign_id"].max()
effects = evaluation.campaign_effect(answers[answers["campaign_id"] == campaign])
print("η²", round(separates, 2))
print(
    t(zh="活动", en="campaign"),
    campaign,
    t(zh="购买率差", en="difference in conversion"),
    f"{effects.loc['conversion', 'difference']:+.1%}",
)

# %% [markdown] lang="zh"
"""
三样依次是：η²、最近一次活动的编号、联系组的购买率比留出对照组高多少（+1.0% 就是 1 个百分点）。效果要连着区间一起看，第 13 课讲过，所以它单独报，不放进灯里。
"""

# %% [markdown] lang="en"
"""
In turn: η², the latest campaign's number, and how much higher the share of buyers is among those contacted than in the holdout (+1.0% is 1 percentage point). An effect is read with its interval, as in lesson 13, so it is reported by itself and has no light.
"""

# %% [markdown] lang="zh" tags=["slide-only"]
"""
## 一张指标卡，两条线，三种灯

绿灯不等于没事：线是我们自己定的。
"""

# %% [markdown] lang="en" tags=["slide-only"]
"""
## One score card, two lines, three lights

Green does not mean that all is well: we drew the lines ourselves.
"""

# %% tags=["slide"]
customers = company.customers
visits = company.interactions.groupby("customer_id")["interaction_date"].max()
values = {
    "data_accuracy": kpis.accuracy_rate(right=8, expected=10),
    "completeness": kpis.completeness(customers, ["region", "city", "signup_channel"]),
    "freshness": kpis.freshness(visits.reindex(customers["customer_id"]), today, days=180),
    "tier_coverage": kpis.tier_coverage(tier.reindex(customers["customer_id"])),
    "override_share": 12 / len(customers),
    "separates": separates,
}
advice = t(zh="换一种分法，或重定线", en="cut otherwise, or set new lines")
goals = kpis.GOALS | {"separates": kpis.Goal(0.14, 0.06, advice)}
card = kpis.scorecard(values, goals)
plots.governance.score_card(card)

# %% [markdown] lang="zh"
"""
**这张图说了什么：** 每个指标在自己的刻度上站在哪里；右边的词和形状说同一件事，不靠颜色。准确率用的是上面那 10 条，人工调整假定有 12 条。**它没说什么：** 绿灯不等于没事。线是我们自己定的，而且会有人想办法让灯变绿，这是下一节的事。
"""

# %% [markdown] lang="en"
"""
**What the figure tells:** where each KPI stands on its own scale; words and shapes on the right say the same without colour. The accuracy is that of the 10 records above; 12 overrides are assumed. **What it does not tell:** green does not mean that all is well. We drew the lines ourselves, and somebody will find a way to turn a light green; that is the next section.
"""

# %% [markdown] try="governance-three-kpis"

# %% [markdown] lang="zh"
"""
## 6. 奖什么，就来什么

悦选去年试过：“手里‘高’客户占比最高的销售，季度奖 5,000 元。”两位销售，各 5 位客户，线还是 300 和 800。王强一位没改，李敏“人工调整”了三位。
"""

# %% [markdown] lang="en"
"""
## 6. You get what you pay for

Last year Yuexuan tried: "5,000 yuan a quarter for the salesperson with the largest share of 'high' customers." Two salespeople, 5 customers each, lines at 300 and 800 as before. Wang Qiang changed none; Li Min "adjusted" three.
"""

# %% [markdown] lang="zh" tags=["slide-only"]
"""
## 奖“高”客户占比，就有人往上调级

按使用中的层级，奖金归李敏；按计算值，该归王强。
"""

# %% [markdown] lang="en" tags=["slide-only"]
"""
## Reward the share of "high", and people adjust upwards

By the tiers in use the bonus is Li Min's; by the calculated values it is Wang Qiang's.
"""

# %% tags=["slide"]
reps = t(zh=["王强", "李敏"], en=["Wang Qiang", "Li Min"])
staff = pd.DataFrame({"rep_id": [reps[0]] * 5 + [reps[1]] * 5})
staff["monetary"] = [1500, 900, 850, 400, 200, 1000, 700, 500, 350, 100]
staff["calculated"] = cuts.levels(staff["monetary"], (300, 800))
staff["in_use"] = staff["calculated"]
staff.loc[[6, 7, 8], "in_use"] = "high"
is_high = staff[["calculated", "in_use"]] == "high"
worth = staff[staff["in_use"] == "high"].groupby("rep_id")["monetary"].mean()
labelled(is_high.groupby(staff["rep_id"]).mean().round(2).assign(mean_value=worth.round().astype(int)))

# %% [markdown] lang="zh"
"""
按使用中的层级，李敏 80%、王强 60%，奖金归李敏。按计算值，王强 60%、李敏 20%。最后一列是各人的“高”客户平均值多少钱：李敏的名单被掺了水，接下来的贵宾服务也跟着白花。

李敏未必是坏人。**规则请她这样做。** 每定一个奖或罚，先问一句：不做好事，怎样也能拿到这个数？

| 奖或罚 | 人会怎样做 | 改成 |
|---|---|---|
| 奖“高”客户占比 | 往上调级 | 按计算值算奖；调整由别人批 |
| 罚报上来的错误 | 不报，或少交记录 | 罚隐瞒，不罚上报；分母用应有的记录数 |
| 奖标签填满 | 随手乱填 | 每月抽查 30 条，准确率一起看 |
| 奖联系次数 | 打给本来就会买的人 | 看和留出对照组的差 |
"""

# %% [markdown] lang="en"
"""
By the tiers in use Li Min has 80% and Wang Qiang 60%, so the bonus is hers. By the calculated values Wang Qiang has 60% and Li Min 20%. The last column says what a "high" customer of each is worth: her list is watered down, and the VIP service that follows is wasted with it.

Li Min need not be a bad person. **The rule asked her to.** Before any reward or penalty, ask: how could one reach this number without doing any good?

| reward or penalty | what people do | make it |
|---|---|---|
| reward the share of "high" | adjust upwards | pay by the calculated tier; somebody else approves overrides |
| punish errors that are reported | report none, or hand in fewer records | punish hiding, never reporting; divide by the records that should be there |
| reward filled-in tags | fill in anything | sample 30 a month and look at accuracy as well |
| reward the number of contacts | call those who buy anyway | look at the difference to the holdout |
"""

# %% [markdown] lang="zh"
"""
**考核** 谁来评、多久一次，也会改变人的做法。自己评：每季写一次“哪三个标签我改过、为什么”，会往好里写，但想得起细节。上级评：看拜访记录和人工调整的理由，看得见态度，也看得见人情。数据评：准确率、和留出对照组的差，不看面子，可只看得见记下来的事。三样合起来用，每季看做法（刷新准不准时、记录齐不齐），每年才看结果（钱和去留），奖金跟着每年的走：一季的输赢常常只是运气（第 13 课：一场活动的区间有多宽）。
"""

# %% [markdown] lang="en"
"""
Who does the **appraisal**, and how often, changes what people do, too. By oneself: once a quarter "which three tags did I change, and why"; written too kindly, but it recalls the details. By a superior: visit notes and the reasons for overrides; sees attitude, and favours. By data: accuracy, the difference to the holdout; no favours, but blind to what was not recorded. Use the three together: every quarter the practice (refreshed on time, records complete), every year the results (money, who stayed), and pay the bonus by the year: one quarter's win is often chance (lesson 13: how wide the interval of one campaign is).
"""

# %% [markdown] lang="zh" tags=["slide-only"]
"""
## 定奖罚之前问：不做好事，怎样也能拿到这个数

| 奖或罚 | 人会怎样做 | 改成 |
|---|---|---|
| 罚报上来的错误 | 不报，少交 | 罚隐瞒，不罚上报 |
| 奖标签填满 | 随手乱填 | 每月抽查 30 条 |
| 奖联系次数 | 打给本来就会买的人 | 看和留出对照组的差 |
"""

# %% [markdown] lang="en" tags=["slide-only"]
"""
## Before any reward: how to reach it without doing good

| reward or penalty | what people do | make it |
|---|---|---|
| punish errors reported | report none, hand in fewer | punish hiding, never reporting |
| reward filled-in tags | fill in anything | sample 30 a month |
| reward contacts | call those who buy anyway | look at the difference to the holdout |
"""

# %% [markdown] try="governance-paid-kpi"

# %% [markdown] lang="zh"
"""
## 7. 两列无害的信息，认出一个人

回到橙意广告的信。陆子衡先删掉姓名和编号：“这下安全了吧？”六个人的小表：
"""

# %% [markdown] lang="en"
"""
## 7. Two harmless columns give one person away

Back to the agency's letter. Lu Ziheng drops names and ids first: "Safe now?" A small table of six:
"""

# %% [markdown] lang="zh" tags=["slide-only"]
"""
## 删掉姓名，还是认得出房东

朔宁，1958 年生：只有他一个人。
"""

# %% [markdown] lang="en" tags=["slide-only"]
"""
## No names, and the landlord is still found

Shuoning, born in 1958: that fits him alone.
"""

# %% tags=["slide"]
six = pd.DataFrame(
    {
        "city": ["chengwan", "chengwan", "chengwan", "shuoning", "shuoning", "shuoning"],
        "birth_year": [1990, 1990, 1985, 1990, 1985, 1958],
        "tier": ["low", "high", "medium", "medium", "high", "low"],
    }
)
six["crowd"] = six.groupby(["city", "birth_year"])["city"].transform("size")
labelled(six)

# %% [markdown] lang="zh"
"""
小林说：“我房东住在朔宁，1958 年生。”往下一找，只有一行：最后一行就是他，等级“低”。没有姓名，照样认出来了，因为 **城市加出生年份** 只有他一个人。

最后一列是“有几个人和他取值一样”：是 1 的，就是独一无二；人越多，越藏得住。城市一列，每座城里都有三个人；两列合起来，六个人里有四个是独一份。

换成全公司，一列一列往上加：
"""

# %% [markdown] lang="en"
"""
Lin says: "My landlord lives in Shuoning and was born in 1958." One row fits, the last: that is him, tier "low". No name, and still found, because **city plus birth year** fits him alone.

The last column says how many share the same values: 1 means alone; the more, the better hidden. By city alone there are three in each; by both columns four of the six stand alone.

Now the whole company, adding one column after the other:
"""

# %% [markdown] lang="zh" tags=["slide-only"]
"""
## 加到第三列，藏得住的只剩 455 人

只看城市，人人藏得住；三列合起来，267 人独一无二。
"""

# %% [markdown] lang="en" tags=["slide-only"]
"""
## With a third column only 455 are still hidden

By city alone everybody is hidden; with three columns 267 stand alone.
"""

# %% tags=["slide"]
known = [
    column
    for column in ("city", "birth_year", "founded_year", "gender", "industry")
    if customers[column].notna().any()
]
exposed = privacy.exposure(customers, known, k=10)
plots.governance.exposure(exposed)

# %%
labelled(exposed)

# %% [markdown] lang="zh"
"""
**这张图说了什么：** 只有第一列时，人人都藏在至少 10 个人的人群里；再加一列，就有几十位独一无二，一大批人身边不到 10 个一样的；加到第三列，藏得住的只剩少数。**它没说什么：** 外面的人手里还有什么。对方要是另有一张带生日的表，再少的列也能对上。
"""

# %% [markdown] lang="en"
"""
**What the figure tells:** with the first column alone, everybody is one of 10 or more who look the same; one more column, and dozens stand alone while a great many have fewer than 10 alike; with the third only a minority is still hidden. **What it does not tell:** what else outsiders hold. With another table that has birthdays, even fewer columns will match.
"""

# %% [markdown] lang="zh"
"""
`privacy.crowd(customers, …)` 说出和每个人在这几列上一样的有几位，自己也算。
"""

# %% [markdown] lang="en"
"""
`privacy.crowd(customers, …)` says how many share these columns with each person, the person included.
"""

# %%
privacy.crowd(customers, ["region", "gender"]).min()

# %% [markdown] try="governance-exposed"

# %% [markdown] lang="zh"
"""
## 8. 交出一份安全的名单

先问两句，再动手：

- **目的**：他们要做什么？写文案，要的是“哪类人、多少人”，不是“谁”。
- **同意**：客户同意过这个目的吗？同意收物流短信，不等于同意营销，更不等于同意给第三方。
"""

# %% [markdown] lang="en"
"""
## 8. Hand over a safe list

Two questions before any work:

- **Purpose**: what do they want to do? For copy they need "what kind of people, how many", not "who".
- **Consent**: did the customer agree to this purpose? Agreeing to delivery messages is not agreeing to marketing, still less to handing data to others.
"""

# %% [markdown] lang="zh" tags=["slide-only"]
"""
## 交名单之前，先问两句

- **目的**：写文案要的是“哪类人、多少人”，不是“谁”
- **同意**：同意收物流短信，不等于同意营销，更不等于同意给第三方
"""

# %% [markdown] lang="en" tags=["slide-only"]
"""
## Two questions before a list goes out

- **Purpose**: copy needs "what kind of people, how many", not "who"
- **Consent**: agreeing to delivery messages is not agreeing to marketing, still less to handing data to others
"""

# %%
consent = pd.DataFrame(
    {
        t(zh="物流短信", en="delivery messages"): [True, True, True, True, False],
        t(zh="营销", en="marketing"): [True, False, True, True, False],
        t(zh="给合作方", en="sharing with partners"): [True, False, False, True, False],
    },
    index=names,
)
consent.sum().to_frame(t(zh="同意的人数", en="how many agreed"))

# %% [markdown] lang="zh"
"""
五位客户，每个目的各有几位同意，数出来三个不同的数。名单要按 **这一次的目的** 筛。再看四件工具：

- **最少**：没有用途的列不给。生日、姓名、金额，写文案用不上。
- **变粗**：出生年份改成年龄段，城市改成大区。
- **假名**（pseudonym）：客户编号换成一串字符。密钥只在我们手里，下次名单还对得上；没有密钥的人推不回来。
- **遮盖**（mask）：非要有姓名时，中文只留姓，英文只留首字母。
"""

# %% [markdown] lang="en"
"""
Five customers; how many agreed differs from purpose to purpose. A list is filtered by **the purpose at hand**. Then four tools:

- **Minimum**: no column without a use. Birthday, name and money are no use for copy.
- **Coarsen**: birth year becomes age band, city becomes region.
- **Pseudonym**: the customer id becomes a string of characters. Only we hold the key, so the next list still matches; without the key nobody gets back.
- **Mask**: where a name is a must, keep the family name only in Chinese, initials in English.
"""

# %%
labelled(privacy.mask(customers[["name_zh", "name_en", "city"]].head(3)))

# %% [markdown] lang="zh"
"""
密钥由 `create_key` 生成，存在只有本人能读的文件里，绝不和名单一起发。正式做时写 `privacy.read_key(folder / "key.txt")`；讲义里为了每次结果一样，另用一把固定的。
"""

# %% [markdown] lang="en"
"""
The key is made by `create_key`, lies in a file that only its owner can read, and never travels with the list. In earnest write `privacy.read_key(folder / "key.txt")`; for the same result each time this page takes a fixed one.
"""

# %% [markdown] lang="zh" tags=["slide-only"]
"""
## 四件工具，认不出人

- **最少**：没有用途的列不给
- **变粗**：出生年份改成年龄段，城市改成大区
- **假名**：客户编号换成一串字符，密钥只在我们手里
- **遮盖**：中文只留姓，英文只留首字母
"""

# %% [markdown] lang="en" tags=["slide-only"]
"""
## Four tools so that nobody is recognised

- **Minimum**: no column without a use
- **Coarsen**: birth year becomes age band, city becomes region
- **Pseudonym**: the id becomes a string; only we hold the key
- **Mask**: the family name only in Chinese, initials in English
"""

# %%
privacy.create_key(folder / "key.txt")
key = b"only for this lesson"

outgoing = pd.DataFrame(
    {
        "pseudonym": privacy.pseudonyms(customers["customer_id"], key),
        "region": customers["region"],
        "age_band": cuts.age_bands(customers["birth_year"], today),
        "tier": tier.reindex(customers["customer_id"]).fillna("unknown").to_numpy(),
    }
)
labelled(outgoing.head(3))

# %%
coarse = ["region", "age_band"]
labelled(privacy.exposure(outgoing, coarse, k=10))

# %% [markdown] lang="zh"
"""
外面的人可能知道的是大区和年龄，不会知道我们的等级：所以只看前两列。变粗以后，每个人身边，连自己在内，至少有 10 个一样的。

这样就安全了吗？**它藏住了“谁”，没藏住“什么”。** 设想西区 65 岁以上的名单上有 12 位，12 位都是“低”。邻居不用知道哪一行是张大爷，只要知道他在里面，就知道他是“低”。所以一格里还要**至少有两种等级**：
"""

# %% [markdown] lang="en"
"""
What outsiders may know is region and age, never our tier: so only the first two columns count. Coarsened, each has at least 10 with the same two values, themselves included.

Safe now? **It hides who, not what.** Picture 12 people aged 65 and over in the west on the list, all 12 of them "low". A neighbour need not know which row is old Mr Zhang; knowing that he is in there is knowing that he is "low". So a cell also needs **two tiers at least**:
"""

# %%
goes = privacy.may_go_out(outgoing, coarse, "tier", k=10, kinds=2)
safe = outgoing[goes]
left = privacy.guess(safe, coarse, "tier")
print(
    t(
        zh=f"名单 {len(outgoing):,} 行，可发 {len(safe):,} 行",
        en=f"{len(outgoing):,} rows listed, {len(safe):,} may go out",
    )
)
print(t(zh="每格至少几位", en="people to a cell, at least"), left["crowd"].min())
print(t(zh="每格至少几种等级", en="tiers to a cell, at least"), left["values"].min())
print(
    t(zh="猜等级，最准的一格能猜对", en="guessing the tier, the surest cell"), f"{left['surest'].max():.0%}"
)

# %% [markdown] lang="zh" tags=["slide-only"]
"""
## 藏住“谁”，还要藏住“什么”

- 大区、年龄段合起来，每格至少 10 位
- 每格至少两种等级：12 位全是“低”，等于写在脸上
- 假名化之后仍是个人信息
"""

# %% [markdown] lang="en" tags=["slide-only"]
"""
## Hide who, and hide what

- By region and age band each cell has at least 10 people
- Two tiers to a cell: if all 12 are "low", it is written on their foreheads
- Pseudonymised data are personal data still
"""

# %% [markdown] lang="zh"
"""
依次是：原来几位，发出几位；最小的一格有几位（不小于 10）、有几种等级（不小于 2）；最后一个数是：知道大区和年龄的人去猜等级，最有把握的那一格能猜对几成。它越接近 100%，越等于没藏。

**还防不住什么，要说在前面：** 知道更多列的人（比如他还知道最近哪天来过）；把这份名单和上个月那份叠起来看的人；还有“多半是低”这种猜。要更稳，就不给等级，只给人数。

《个人信息保护法》第六条讲目的明确和最小范围，第二十一条讲委托处理要约定、要监督，第二十三条讲给别人要单独同意，第二十四条讲自动化决策要透明、不得在价格上不合理地差别对待。委托别人处理、用算法给人分级，都要**事前做个人信息保护影响评估**（第五十五条）。假名化（法律叫去标识化）之后仍是个人信息（第四条、第七十三条）。具体怎么做，请问法务。
"""

# %% [markdown] lang="en"
"""
In turn: how many there were and how many go out; how many people the smallest cell has (10 or more) and how many tiers (2 or more); and last, if somebody who knows region and age guesses the tier, how often the surest cell is guessed right. The closer to 100%, the less is hidden.

**What this does not stop, said beforehand:** those who know more columns (the day of the last visit, say); those who lay this list beside last month's; and guesses such as "most likely low". To be safer, give counts and no tiers.

China's Personal Information Protection Law asks for a clear purpose and the smallest scope (article 6), for terms and supervision when others process for you (21), for separate consent when data go to others (23), and for automated decisions that are transparent and not unreasonably different in price (24). Having others process data, and grading people by algorithm, both take **an impact assessment beforehand** (55). Pseudonymised data (the law says de-identified) are personal data still (4 and 73). What that means for you, ask your lawyer.
"""

# %% [markdown] lang="zh" tags=["stretch"]
"""
### 进阶：法律怎么说，中国和欧盟并排

| 要做的事 | 个人信息保护法 | GDPR |
|---|---|---|
| 先有合法的理由 | 13：同意，或合同、法定职责等六种；没有“正当利益” | 6：同意、合同、法定义务、正当利益等六种 |
| 告诉人家 | 17：谁、为什么、怎样、存多久、怎样行使权利 | 13、14 |
| 同意可以撤回 | 15 | 7 |
| 敏感的另说 | 28、29：健康、金融账户、行踪、不满 14 周岁等；单独同意 | 9：健康、信仰、族裔等；不含金融账户 |
| 查阅、复制、转走 | 45 | 15、20 |
| 更正 | 46 | 16 |
| 删除 | 47：目的已达到、撤回同意等，要主动删 | 17 |
| 拒绝 | 44；营销推送见 24 | 21：反对直接营销，就得停 |
| 不只由机器决定 | 24：影响重大的，可要求说明、可拒绝 | 22 |
| 影响评估 | 55、56：自动化决策、敏感、委托、出境；报告存至少 3 年 | 35：高风险时 |
| 出境 | 38、39、40：安全评估、认证或标准合同，加告知和单独同意 | 44 到 49：充分性认定、标准条款等 |

分层碰到最多的三条：**分级是自动化决策**，所以要评估，也要能说清为什么；客户问“我是哪一级、凭什么”，要答得出；有人要求删除，名单、调整记录和发出去的那一份都要删。数字门槛（多少人的信息出境要安全评估）由网信部门另定，会变，这里不写。
"""

# %% [markdown] lang="en" tags=["stretch"]
"""
### Stretch: what the law says, China and the EU side by side

| what to do | China's PIPL | GDPR |
|---|---|---|
| have a lawful basis first | 13: consent, or six others such as contract and legal duty; no "legitimate interest" | 6: consent, contract, legal duty, legitimate interest; six in all |
| tell people | 17: who, why, how, how long, how to use their rights | 13, 14 |
| consent can be withdrawn | 15 | 7 |
| sensitive data apart | 28, 29: health, financial accounts, whereabouts, under 14 and more; separate consent | 9: health, belief, ethnic origin and more; not financial accounts |
| see, copy, take along | 45 | 15, 20 |
| correct | 46 | 16 |
| delete | 47: purpose reached, consent withdrawn and more; unasked | 17 |
| refuse | 44; for marketing see 24 | 21: object to direct marketing, and it stops |
| not by machine alone | 24: where it weighs heavily, explanation and refusal | 22 |
| impact assessment | 55, 56: automated decisions, sensitive data, processors, abroad; kept 3 years at least | 35: at high risk |
| across the border | 38, 39, 40: security assessment, certificate or standard contract, with notice and separate consent | 44 to 49: adequacy, standard clauses and others |

Three of these meet tiers most: **grading is an automated decision**, so assess it and be able to say why; when a customer asks "which tier am I, on what grounds", have an answer; when someone asks to be deleted, the list, the overrides and the copy that went out all lose them. The thresholds (how many people's data need a security assessment to go abroad) are set by the authority apart and change, so they do not stand here.
"""

# %% [markdown] try="governance-agency-letter"

# %% [markdown] lang="zh" tags=["trainer"]
"""
**小组讨论（8 分钟）：** 每组扮演广告公司，拿到上面那张“安全名单”，再想一想自己手里还可能有什么（朋友圈、门店监控、快递面单），能不能认出一个人？说得出一条路就得一分，再说出怎样堵上。

**板书：** 画三个同心圆：内圈“谁”（姓名、电话），中圈“什么样的人”（年龄段、大区、等级），外圈“多少人”（人数表）。问：写文案要哪一圈？发短信要哪一圈？
"""

# %% [markdown] lang="en" tags=["trainer"]
"""
**Small groups (8 minutes):** each group is the agency and holds the safe list above. What else might it hold (social media, shop cameras, parcel labels), and could it find a person? One point for each way, and then: how to close it?

**Board:** three circles in one another: inside "who" (name, phone), then "what kind" (age band, region, tier), outside "how many" (counts). Which circle does copy need, and which a text message?
"""

# %% [markdown] lang="zh"
"""
## 9. 人数表也会泄密

名单之外，还有统计表。一张“大区 × 等级”的人数表，某格写着 3，当地人就猜得到是哪三位。藏起这一格够不够？不够：合计减去别的格，又算出来了。看下面的小例子：
"""

# %% [markdown] lang="en"
"""
## 9. Tables of counts leak too

Besides lists there are tables. In one of region × tier a cell says 3, and people on the spot can guess which three. Is hiding that cell enough? No: the total less the other cells gives it back. A small example:
"""

# %% [markdown] lang="zh" tags=["slide-only"]
"""
## 人数表也会泄密：只藏一格不够

北区“高”只有 3 位；只藏它，53 − 50 就露了底。
"""

# %% [markdown] lang="en" tags=["slide-only"]
"""
## Tables of counts leak too: hiding one cell is not enough

In the north only 3 are "high"; hide it alone, and 53 − 50 gives it away.
"""

# %% tags=["slide"]
counts = pd.DataFrame({"high": [3, 40, 60], "low": [50, 45, 70]}, index=["north", "west", "east"])
labelled(privacy.suppress_small_cells(counts, k=10))

# %% [markdown] lang="zh"
"""
`<NA>` 是藏起来的格子。北区“高”只有 3 位，要藏；只藏它，53 − 50 就露了底。所以同一行、同一列里再陪着藏几格，直到谁也减不出来。
"""

# %% [markdown] lang="en"
"""
`<NA>` marks hidden cells. In the north only 3 are "high", so that cell is hidden; hide it alone and 53 − 50 gives it away. So more cells of the same row and column go with it, until nobody can subtract.
"""

# %% [markdown] lang="zh"
"""
`privacy.suppress_small_cells(…)` 把小格子藏起来，留下空格；`.to_numpy()` 把整张表摊成一堆数，再加就是一个数。
"""

# %% [markdown] lang="en"
"""
`privacy.suppress_small_cells(…)` hides small cells and leaves them empty; `.to_numpy()` turns a table into plain numbers, so that adding gives one.
"""

# %% [markdown] try="governance-hidden-cells"

# %% [markdown] lang="zh"
"""
## 10. 推行到一个团队

方案再好，没人照做也是废纸。四样东西，少一样就推不动：

- **培训**：2 小时。一小时讲为什么，一小时每人拿自己的 5 位客户做一遍。
- **角色**：第 1 节那张表，每一格写上人名和替补。
- **标准流程**（SOP）：一页纸。名单哪天出、在哪里取；想调整填什么、找谁批；发现错了告诉谁。
- **检查节奏**：每天看名单，每月刷新、核对、看指标卡，每季看线，每年重定方案。

先在一个大区试 4 周，收问题，改一版，再推开。
"""

# %% [markdown] lang="en"
"""
## 10. Rolling it out in a team

The best scheme is waste paper when nobody follows it. Four things, and it stalls if one is missing:

- **Training**: 2 hours. One on why, one in which each person works through 5 customers of their own.
- **Roles**: the table of section 1, with a name and a stand-in in every cell.
- **Standard procedure** (SOP): one page. When the list comes out and where; what to fill in for an override and who approves; whom to tell about an error.
- **Review rhythm**: the list every day; refresh, audit and score card every month; the lines every quarter; the scheme every year.

Try it in one region for 4 weeks, collect questions, revise once, then roll it out.
"""

# %% [markdown] lang="zh" tags=["slide-only"]
"""
## 推行要四样东西，先在一个大区试 4 周

- **培训**：2 小时，每人拿自己的 5 位客户做一遍
- **角色**：八步，每一格写上人名和替补
- **标准流程**：一页纸
- **检查节奏**：每月刷新和核对，每季看线
"""

# %% [markdown] lang="en" tags=["slide-only"]
"""
## Four things to roll it out; first one region for 4 weeks

- **Training**: 2 hours, everyone with 5 customers of their own
- **Roles**: eight steps, a name and a stand-in in every cell
- **Standard procedure**: one page
- **Review rhythm**: refresh and audit each month, the lines each quarter
"""

# %% [markdown] lang="zh"
"""
## 11. 自己动手调

第一条滑块是“高”的线：动一动，方案就不再是批准的那一份。第二条是人工调成“高”的人数，按钮选调谁。打开时调了 150 位“差一点就够线的”；换成“谁都行”，看图上面那句话：被调的人平均多少元？

最下面是线两边最近的 20 位客户。点一位，他就到线的另一边；下面的表写着规则把他放在哪层，现在用的是哪层。把人数滑块拖到 0，只调一位，看看哪个数字动了、动了多少。
"""

# %% [markdown] lang="en"
"""
## 11. Try it by hand

The first slider is the line of "high": move it, and the scheme is no longer the approved one. The second is how many are made high by hand; the buttons say whom. It opens with 150 from just below the line; take anybody instead and read the sentence above the figure: what are those people worth on average?

Below them are the 20 customers closest to the line. Click one and they change sides; the table underneath says where the rule puts them and which tier is in use. Set the number of overrides to 0, adjust one customer only, and see which figures move, and how far.
"""

# %% [markdown] lang="zh" tags=["slide-only"]
"""
## 调得越多，“高”越不值钱

打开笔记本：150 位“差一点就够线的”换成“谁都行”，平均多少元？
"""

# %% [markdown] lang="en" tags=["slide-only"]
"""
## The more overrides, the less "high" is worth

Open the notebook: from 150 just below the line to anybody. What are they worth on average?
"""

# %% tags=["explorer", "slide"]
explore.governance.show(company)

# %% [markdown] lang="zh"
"""
左边是人数，右边是客均价值；蓝的按规则算，橙的是正在用的。调得越多，“高”越不值钱；超过 5% 就该留意，超过 10% 就不达标：说明规则该改，而不是人该调。图上看不出哪一条调整有道理。那要看记录里的理由。
"""

# %% [markdown] lang="en"
"""
Numbers of customers on the left, value per customer on the right; blue by the rule, orange as in use. The more overrides, the less "high" is worth; above 5% watch out, above 10% it is off target: then mend the rule rather than the customers. The figure does not show which override is justified. That is for the reasons in the record.
"""

# %% [markdown] lang="zh"
"""
> **在 Excel 里**：C 是年龄段、D 是大区。发表之前数一数每一格有几个人：`=COUNTIFS(C:C,C2,D:D,D2)`，不到 10 的先合并。名单发出去前删掉姓名列还不够：看看每种“年龄 + 大区”的组合有几位。
"""

# %% [markdown] lang="en"
"""
> **In Excel**: C is the age band, D the region. Before you publish, count the people of each cell: `=COUNTIFS(C:C,C2,D:D,D2)`, and merge those below 10. Deleting the names from a list is not enough: see how many share each pair of age and region.
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
quiz("14")

# %% [markdown] about="key_points"

# %% [markdown] lang="zh"
"""
## 在你的公司

把 `load()` 换成 `load("own/company.toml")`，线、指标卡和泄密检查就按你的客户重算。

- 还没有方案文件？把现在的做法原样写成 1.0 版，先批，再改。
- 没有互动表（`interactions`）？及时率就用最后更新日期那一列；再没有，就从今天开始记。
- 没有同意记录？先不发营销，从下一次登记起问，记下日期和目的。
- 名单要出公司，先跑 `privacy.exposure`，有人独一无二就不发。
- 每月交名单时，把 `scheme.standing(…)` 那句话写在第一行：批准了没有，谁批的。
"""

# %% [markdown] lang="en"
"""
## In your company

Replace `load()` by `load("own/company.toml")`: lines, score card and the check for leaks are computed for your customers.

- No scheme file yet? Write down what you do today as version 1.0; approve it first, improve it later.
- No table of interactions (`interactions`)? Take the date of last update for freshness; if there is none, start recording today.
- No record of consent? Send no marketing yet; ask from the next sign-up on, and keep date and purpose.
- Before a list leaves the house, run `privacy.exposure`; if anybody stands alone, it stays.
- Put the sentence of `scheme.standing(…)` on top of every month's list: approved or not, and by whom.
"""

# %% [markdown] lang="zh" tags=["slide-only"]
"""
## 在你的公司：把现在的做法写成 1.0 版

- 先批，再改
- 没有同意记录：先不发营销，从下一次登记起问
- 名单出公司之前：有人独一无二，就不出
- 批准了没有、谁批的：写在每月名单的第一行
"""

# %% [markdown] lang="en" tags=["slide-only"]
"""
## In your company: write down what you do as version 1.0

- Approve it first, improve it later
- No record of consent: no marketing yet; ask from the next sign-up
- Before a list leaves: if anybody stands alone, it stays
- Approved or not, and by whom: on top of every list
"""

# %% [markdown] lang="zh" tags=["stretch"]
"""
## 别处怎么叫

| 这门课 | 别处 |
|---|---|
| 身边几个一样的 | k-匿名（k-anonymity） |
| 每格至少两种等级 | ℓ-多样性（l-diversity） |
| 藏小格子 | 单元格抑制（cell suppression） |
| 假名 | 去标识化、假名化（de-identification, pseudonymisation） |
| 影响评估 | PIA、DPIA |
| 看住方案、谁批谁改 | 数据治理（data governance） |

想查原文：Sweeney（2002），k-anonymity: a model for protecting privacy，*International Journal of Uncertainty, Fuzziness and Knowledge-Based Systems* 10(5)；Machanavajjhala 等（2007），l-diversity: Privacy beyond k-anonymity，*ACM TKDD* 1(1)；《中华人民共和国个人信息保护法》（2021）；Regulation (EU) 2016/679（GDPR）。
"""

# %% [markdown] lang="en" tags=["stretch"]
"""
## What others call this

| this course | elsewhere |
|---|---|
| how many alike | k-anonymity |
| two tiers to a cell at least | l-diversity |
| hiding small cells | cell suppression |
| pseudonym | de-identification, pseudonymisation |
| impact assessment | PIA, DPIA |
| who approves, who changes | data governance |

To look up: Sweeney (2002), k-anonymity: a model for protecting privacy, *International Journal of Uncertainty, Fuzziness and Knowledge-Based Systems* 10(5); Machanavajjhala and others (2007), l-diversity: Privacy beyond k-anonymity, *ACM TKDD* 1(1); Personal Information Protection Law of the People's Republic of China (2021); Regulation (EU) 2016/679 (GDPR).
"""

# %% [markdown] about="next"

# %% [markdown] about="opening"

# %%
import pandas as pd

from custseg_helpers import (
    behaviour,
    build,
    check,
    elsewhere,
    hint,
    label,
    labelled,
    load,
    need_groups,
    order_facts,
    persona,
    progress,
    rung,
    solution,
    traits,
    use_language,
    value,
)

use_language(t(zh="zh", en="en"))

company = load()
facts = order_facts(company.orders, company.as_of)
people = traits(company)
need, names = need_groups(company)
# zh: 年龄和性别不拿来描述人：讲义第 6 节
# en: age and sex describe nobody here: section 6 of the lesson
left_out = ["main_interest", *persona.BY_BIRTH]
described = people.drop(columns=left_out, errors="ignore")
profile = persona.profile(described, need, facts["monetary"])
found = profile.standouts

# zh: 带来的钱最多的需求群
# en: the group by need that brings most money
top_group = profile.sizes["value"].idxmax()
print(names[top_group])

# %% [markdown] lang="zh" exercise="persona-effect-size"
"""
### 换一家公司：客单价算不算特点

知棠教育的卢可馨要给带来钱最多的那群学员（`top_there`）做卡片。这一群的客单价（`average_order_value`）和其他来得勤的学员比，效应量是多少？从 `found_there` 里找到那一行，取 `effect`。
"""

# %% [markdown] lang="en" exercise="persona-effect-size"
"""
### Another company: is the order value a trait

Lu Kexin of Zhitang makes a card of the learners that bring most money (`top_there`). What is the effect size of their order value (`average_order_value`), against all other frequent learners? Find the row in `found_there`, take `effect`.
"""

# %%
there = elsewhere("persona-effect-size")
need_there, names_there = need_groups(there)
profile_there = persona.profile(
    traits(there).drop(columns=left_out, errors="ignore"),
    need_there,
    order_facts(there.orders, there.as_of)["monetary"],
)
found_there = profile_there.standouts
top_there = profile_there.sizes["value"].idxmax()
print(names_there[top_there])

# %% exercise="persona-effect-size" kind="compute" level="core"
# BEGIN SOLUTION
# zh: 找到这一群、这个特征的那一行
# en: find the row of this group and this trait
# blank: &
row = found_there[(found_there["group"] == top_there) & (found_there["feature"] == "average_order_value")]
# zh: 取差别的大小
# en: take the size of the difference
# blank: "effect"
effect_size = row["effect"].iloc[0]
# END SOLUTION

# %%
check("persona-effect-size", effect_size)

# %% [markdown] lang="zh" exercise="persona-most-striking"
"""
### 同事挑的“最突出”错在哪里

同事要给带来钱最多的那群（`top_group`）挑一条最突出的特点，做成海报。他把这群的特点按“是其他客户的几倍”从大到小排，挑了第一行。毛病在哪里？按对的办法在这群里挑一条，给出它的效应量（往少的方向突出也算，照原来的正负号写）。
"""

# %% [markdown] lang="en" exercise="persona-most-striking"
"""
### What is wrong with the colleague's "most striking"

A colleague wants the one most striking trait of the group that brings most money (`top_group`) for a poster. He sorts its traits by "times as others" from large to small and takes the first row. What is wrong? Choose one trait of this group the right way and give its effect size (less than others can be striking too; keep the sign as it is).
"""

# %%
of_group = found[found["group"] == top_group]
by_times = of_group.sort_values("ratio", ascending=False).head(3).set_index("feature")
columns = ["category", "group_value", "rest_value", "ratio"]
labelled(by_times[columns].round(2).rename(columns={"category": "trait_value", "ratio": "times_as_others"}))

# %% exercise="persona-most-striking" kind="mistake" level="core"
# BEGIN SOLUTION
# zh: 不管正负，差别最大的在哪一行
# en: the row with the largest difference, plus or minus
# blank: abs
# blank: idxmax
strongest_row = of_group["effect"].abs().idxmax()
# zh: 取这一行的差别，正负号留着
# en: take its difference, sign and all
# blank: strongest_row
most_striking = of_group.loc[strongest_row, "effect"]
# END SOLUTION

# %%
check("persona-most-striking", most_striking)

# %% [markdown] lang="zh" exercise="persona-first-sentence"
"""
### 先说哪一句

周婷属于带娃家庭。她本人的标签：价格敏感度**低**，偏好渠道小程序，最近三次都在晚上 11 点下单。奶粉到货了，消息里先说哪一句？

- `"a"`：“限时便宜 10%，手慢无！”
- `"b"`：“这一批的检验报告在这里；点一下，每月自动送到家。”
- `"c"`：“亲爱的宝妈，您辛苦了！”
- `"d"`：“本产品含 OPO、DHA、乳铁蛋白、核苷酸等 42 种营养成分。”
"""

# %% [markdown] lang="en" exercise="persona-first-sentence"
"""
### Which sentence comes first

Zhou Ting belongs to the families with a child. Her own tags: price sensitivity **low**, preferred channel mini program, the last three orders placed at 11 at night. Baby milk has come in; which sentence opens the message?

- `"a"`: "10% off, only while it lasts!"
- `"b"`: "Here is the test report of this batch; one tap, and it comes to your door every month."
- `"c"`: "Dear mum, you work so hard!"
- `"d"`: "Contains OPO, DHA, lactoferrin, nucleotides and more, 42 nutrients in all."
"""

# %% exercise="persona-first-sentence" kind="decide" level="stretch"
# BEGIN SOLUTION
sentence = "b"
# END SOLUTION

# %%
check("persona-first-sentence", sentence)

# %% [markdown] lang="zh" exercise="persona-listeners"
"""
### 这一群里，各有多少人该先听哪个好处

照**每位客户自己**的价格敏感度定好处（`first` 里写好了）。`top_group` 这一群里，每个好处各有多少人？索引是好处。
"""

# %% [markdown] lang="en" exercise="persona-listeners"
"""
### How many of this group should hear which benefit first

Choose the benefit by **each customer's own** price sensitivity (`first` holds the rule). In `top_group`, how many people belong to each benefit? The index is the benefit.
"""

# %%
first = {"high": "save_money", "medium": "good_value", "low": "quality_first", "unknown": "ask_first"}

# %% exercise="persona-listeners" kind="compute" level="core"
# BEGIN SOLUTION
# zh: 这一群的客户编号
# en: the customers of this group
# blank: top_group
members = need.index[need == top_group]
# zh: 他们的价格敏感程度
# en: how price-sensitive they are
# blank: members
sensitivity = people.loc[members, "price_sensitivity"].map(first)
# zh: 每一档有几位
# en: how many in each level
# blank: value_counts
listeners = sensitivity.value_counts()
# END SOLUTION

# %%
check("persona-listeners", listeners)

# %% [markdown] lang="zh" exercise="persona-backward"
"""
### 换一家公司：把话倒过来说

下面印出汐合金服带来钱最多的那一群（`top_there`）最突出的一个“多”的特点（年龄和性别不算），和群里有多少人有它。理财顾问沈佩珊想倒过来猜群：在**所有有需求群的客户**（`need_there` 里的人）中，有这个特点的人，有多少在 `top_there`？写成 0 到 1 之间的小数。
"""

# %% [markdown] lang="en" exercise="persona-backward"
"""
### Another company: the sentence the other way round

Below is the most striking trait (age and sex left out) of which the group that brings Xihe most money (`top_there`) has more, and how many of it have the trait. Shen Peishan, an adviser, turns it round to guess groups: among **all customers with a group by need** (those in `need_there`), how many of the people with this trait are in `top_there`? Write it as a share between 0 and 1.
"""

# %%
there = elsewhere("persona-backward")
people_there = traits(there)
need_there, names_there = need_groups(there)
money_there = order_facts(there.orders, there.as_of)["monetary"]
described_there = people_there.drop(columns=left_out, errors="ignore")
profile_there = persona.profile(described_there, need_there, money_there)
found_there, top_there = profile_there.standouts, profile_there.sizes["value"].idxmax()
of_group = (found_there["group"] == top_there) & found_there["category"].notna()
more = found_there[of_group & (found_there["effect"] > 0)]
feature, category = more.iloc[0]["feature"], more.iloc[0]["category"]
print(label(feature) + t(zh="：", en=": ") + label(category), f"{more.iloc[0]['group_value']:.0%}")

# %% exercise="persona-backward" kind="compute" level="core"
# BEGIN SOLUTION
# zh: 有这个特征的人
# en: those with the trait
# blank: == category
has_it = people_there.loc[need_there.index, feature] == category
# zh: 其中属于这一群的占多少
# en: the share of them that belongs to the group
# blank: has_it
# blank: mean
backward = (need_there[has_it] == top_there).mean()
# END SOLUTION

# %%
check("persona-backward", backward)

# %% [markdown] lang="zh" exercise="persona-usable-tag"
"""
### 哪个标签能用

母婴部要一张推送名单，四位同事各写了一个标签。只能用一个，用哪个？

- `"a"`：女性，25–44 岁。
- `"b"`：近 90 天看过或买过母婴 2 次以上，没有说过“别打扰”。
- `"c"`：名字里带“婷”“娟”“芳”的。
- `"d"`：住在学区房小区，推高价款；别的小区推低价款。
"""

# %% [markdown] lang="en" exercise="persona-usable-tag"
"""
### Which tag may be used

The baby department needs a list for a message, and four colleagues have each written a tag. Only one may be used; which?

- `"a"`: women aged 25–44.
- `"b"`: looked at or bought baby goods 2 times or more in 90 days, and never said "leave me alone".
- `"c"`: those whose first name sounds like a woman's.
- `"d"`: the expensive version for those who live near the good schools, the cheap one for other estates.
"""

# %% exercise="persona-usable-tag" kind="decide" level="core"
# BEGIN SOLUTION
tag = "b"
# END SOLUTION

# %%
check("persona-usable-tag", tag)

# %% [markdown] lang="zh" exercise="persona-deciders-to-meet"
"""
### 最大的客户里，多少家不知道谁拍板

用 `firms`（你的公司没有联系人表时，是借来的，印出了是谁家）：价值标签是 A 的客户里，有多少家**还不知道决策者是谁**？
"""

# %% [markdown] lang="en" exercise="persona-deciders-to-meet"
"""
### At how many of the largest accounts do we not know who decides

Use `firms` (borrowed where your company has no contacts; the owner's name is printed): of the accounts with value tag A, how many have **no decision maker known**?
"""

# %%
firms = company.owner("contacts")
accounts = order_facts(firms.orders, firms.as_of)
account_grade = value.abc(accounts["monetary"])
print(firms.title)

# %% exercise="persona-deciders-to-meet" kind="compute" level="stretch"
# BEGIN SOLUTION
# zh: 每家公司认识哪些角色
# en: which roles we know in each company
# blank: role_coverage
coverage = behaviour.role_coverage(firms.contacts, accounts.index)
# zh: 缺少决策者的
# en: those that lack a decision maker
# blank: contains
unknown_decider = coverage["missing"].str.contains("decision_maker")
# zh: 又是 A 级的有几家
# en: how many of them are grade A
# blank: &
to_meet = ((account_grade == "A") & unknown_decider).sum()
# END SOLUTION

# %%
check("persona-deciders-to-meet", to_meet)

# %% [markdown] lang="zh" exercise="persona-to-staff"
"""
### 把卡片交给店员

新店员拿着带娃家庭的卡片问：“是不是来了这一群的人，我就照卡片说？”用三四句话回答：卡片说的是什么，见到本人先看什么，卡片和本人不一样时怎么办，哪一种话不能说。
"""

# %% [markdown] lang="en" exercise="persona-to-staff"
"""
### Handing the card to staff

A new member of staff holds the card of the families with a child and asks: "So whenever one of this group comes, I say what is on the card?" Answer in three or four sentences: what the card speaks of, what to look at first with a person, what to do when person and card differ, and what must not be said.
"""

# %% exercise="persona-to-staff" kind="explain" level="core"
# BEGIN SOLUTION
to_staff = t(
    zh="卡片说的是一群人的倾向，不是每一位的样子。见到本人，先看他自己的标签和今天在看什么。卡片和本人不一样，听本人的，回头把卡片上的问号改一改。别叫人“宝妈”，也别按性别年龄猜，只说他做过的事。",
    en="The card speaks of the tendency of a group, not of each member. With a person, look first at their own tags and at what they look at today. When person and card differ, go by the person and correct the card afterwards. Do not call anyone mum and do not guess by sex or age; speak only of what they did.",
)
# END SOLUTION

# %%
check("persona-to-staff", to_staff)

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

# %% [markdown] about="opening"

# %%
import pandas as pd

from custseg_helpers import (
    behaviour,
    build,
    check,
    cycle,
    elsewhere,
    hint,
    interaction_facts,
    label,
    labelled,
    lifecycle,
    load,
    money_by,
    order_facts,
    progress,
    response_facts,
    rung,
    solution,
    use_language,
)

use_language(t(zh="zh", en="en"))

company = load()
facts = order_facts(company.orders, company.as_of)
stage = lifecycle.stage(facts)  # zh: 上一课的阶段  # en: the stage of the lesson before
pace = cycle.pace(facts)["pace"]

# %% [markdown] lang="zh" exercise="behaviour-slowing-share"
"""
### 换一家公司：多少机构在变慢

同样的问题，换到岐禾医药。市场总监秦书瑶怀疑有些机构悄悄换了供应商，换之前总会先订得慢。`pace_there` 已经算好，每家机构是 `"slowing_down"`、`"steady"`、`"speeding_up"` 或 `"unknown"`。在**看得出节奏**的机构里，变慢的占多少？写成 0 到 1 之间的小数。
"""

# %% [markdown] lang="en" exercise="behaviour-slowing-share"
"""
### Another company: how many institutions slow down

The same question at Qihe Pharma. Qin Shuyao, the marketing director, suspects that some institutions have quietly changed supplier; before they do, they order more slowly. `pace_there` is worked out: each institution is `"slowing_down"`, `"steady"`, `"speeding_up"` or `"unknown"`. Of those whose pace **can be judged**, what share slows down? Write it as a share between 0 and 1.
"""

# %%
there = elsewhere("behaviour-slowing-share")
pace_there = cycle.pace(order_facts(there.orders, there.as_of))["pace"]

# %% exercise="behaviour-slowing-share" kind="compute" level="core"
# BEGIN SOLUTION
# zh: 去掉判断不了的人
# en: leave out those who cannot be judged
# blank: "unknown"
judged = pace_there[pace_there != "unknown"]
# zh: 问每一位：慢下来了吗？
# en: ask each: slowing down?
# blank: "slowing_down"
slower = judged == "slowing_down"
# zh: 答“是”的占多少
# en: the share of yes
# blank: mean
slowing_share = slower.mean()
# END SOLUTION

# %%
check("behaviour-slowing-share", slowing_share)

# %% [markdown] lang="zh" exercise="behaviour-money-at-stake"
"""
### 还在来、但在变慢：可能流失多少钱

苏晚晴只想看这样的人：按上一课的阶段还是 `"active"` 或 `"loyal"`，节奏却是 `"slowing_down"`。他们一共带来多少钱（`facts["monetary"]` 之和，元）？
"""

# %% [markdown] lang="en" exercise="behaviour-money-at-stake"
"""
### Still coming, but slowing down: how much money is at risk

Su Wanqing wants to see only those who by their stage are still `"active"` or `"loyal"`, while their pace is `"slowing_down"`. How much money have they brought (the sum of `facts["monetary"]`, in yuan)?
"""

# %% exercise="behaviour-money-at-stake" kind="compute" level="stretch"
# BEGIN SOLUTION
# zh: 还在来的人
# en: those who still come
# blank: isin
still_coming = stage.isin(["active", "loyal"])
# zh: 其中慢下来的人的消费
# en: the spending of those among them who slow down
# blank: &
money_at_risk = facts.loc[still_coming & (pace == "slowing_down"), "monetary"]
# zh: 加起来，保留两位小数
# en: add it up and keep two decimals
# blank: sum
# blank: round
at_stake = money_at_risk.sum().round(2)
# END SOLUTION

# %%
check("behaviour-money-at-stake", at_stake)

# %% [markdown] lang="zh" exercise="behaviour-still-looking"
"""
### 不买了，但还在看

`buying` 用每人自己的间隔（期限是 2 个）说他还买不买。请用 `last_seen` 和 14 天的期限写出 `looking`，再数一数：购买休眠（`"dormant"`）、互动活跃（`"active"`）的客户有几位？
"""

# %% [markdown] lang="en" exercise="behaviour-still-looking"
"""
### No longer buying, still looking

`buying` tells by each one's own gap (a limit of 2) whether they still buy. Make `looking` from `last_seen` with a limit of 14 days, then count: how many customers are `"dormant"` in buying and `"active"` in contact?
"""

# %%
usual = cycle.purchase_cycle(facts)["usual_gap_days"]
buying = cycle.activity(facts["recency_days"], 2 * usual)
contact = interaction_facts(company.interactions, company.as_of)
last_seen = contact["interaction_recency_days"].reindex(facts.index)

# %% exercise="behaviour-still-looking" kind="compute" level="stretch"
# BEGIN SOLUTION
# zh: 14 天内来看过的算活跃
# en: who looked within 14 days is active
# blank: 14
looking = cycle.activity(last_seen, 14)
# zh: 不买了、却还在看的有几位
# en: how many buy no more and still look
# blank: "dormant"
# blank: "active"
warm = ((buying == "dormant") & (looking == "active")).sum()
# END SOLUTION

# %%
check("behaviour-still-looking", warm)

# %% [markdown] lang="zh" exercise="behaviour-main-interest"
"""
### 更严的主要兴趣

陆子衡嫌门槛太松：至少要 10 行订单作证据（`at_least=10`），提升度至少 2（`lift=2`）。证据用 `facts["lines"]`。写出每位客户的主要兴趣。
"""

# %% [markdown] lang="en" exercise="behaviour-main-interest"
"""
### A stricter main interest

Lu Ziheng finds the thresholds too loose: at least 10 order lines as evidence (`at_least=10`) and a lift of at least 2 (`lift=2`). The evidence is `facts["lines"]`. Give each customer's main interest.
"""

# %%
money = money_by(company.orders, "category", products=company.products)

# %% exercise="behaviour-main-interest" kind="compute" level="stretch"
# BEGIN SOLUTION
# zh: 先看 money：每位客户在每类商品上花了多少
# en: look at money first: what each customer spent on each category
# blank: head
money.head(3)
# zh: 主要兴趣：至少 10 行，占比至少是大家的 2 倍
# en: the main interest: 10 rows at least, and a share of 2 times that of all
# blank: 10
# blank: 2
main_interest = behaviour.main_interest(money, facts["lines"], at_least=10, lift=2)
# END SOLUTION

# %%
check("behaviour-main-interest", main_interest)

# %% [markdown] lang="zh" exercise="behaviour-fair-comparison"
"""
### 同事的结论错在哪里

同事挑出卖得最多的两个品类，算出买过第一类的人（`True`）和没买过的人（`False`）里，各有多大比例买过第二类，于是写道：“差多少，偏好就有多少，照着发券。”

别急：先和买得一样多的人比。只看订单行数（`lines`）在 5 到 8 之间的客户：买过第一类的人里有多大比例买过第二类？没买过第一类的人里呢？前者减后者是多少（小数，高为正）？提示：`between(5, 8)` 包含两头。
"""

# %% [markdown] lang="en" exercise="behaviour-fair-comparison"
"""
### What is wrong with the colleague's conclusion

A colleague takes the two categories that sell best, computes what share bought the second among those who bought the first (`True`) and among the others (`False`), and writes: "The difference is the preference; send coupons accordingly."

Not so fast: compare people who buy as much. Look only at customers with 5 to 8 order lines (`lines`): what share of those who bought the first category bought the second? And of those who did not buy the first? What is the former less the latter (as a share, positive when higher)? Hint: `between(5, 8)` includes both ends.
"""

# %%
first, second = money.sum().sort_values(ascending=False).index[:2]
print(label(first), label(second))
two = pd.DataFrame({"first": money[first] > 0, "second": money[second] > 0, "lines": facts["lines"]})
two.groupby("first")["second"].mean().round(2)

# %% exercise="behaviour-fair-comparison" kind="mistake" level="core"
# BEGIN SOLUTION
# zh: 只比买得差不多的人：5 到 8 行
# en: compare those alike only: 5 to 8 rows
# blank: between
alike = two[two["lines"].between(5, 8)]
# zh: 买过和没买过第一类的人，各有多少买了第二类
# en: of those with and without the first, the share who bought the second
# blank: "first"
# blank: mean
share = alike.groupby("first")["second"].mean()
# zh: 两个比例相减
# en: one share less the other
# blank: False
fair_difference = share[True] - share[False]
# END SOLUTION

# %%
check("behaviour-fair-comparison", fair_difference)

# %% [markdown] lang="zh" exercise="behaviour-waiting-cart"
"""
### 购物车里还等着的人

最近 30 天里加购过（最后一次加购在 `since` 当天或之后），加购以后没有再买（最后一次购买早于最后一次加购，或者从没买过）：列出这些客户的编号，按编号从小到大，写成列表。同一天加购又购买的，算已经买了。
"""

# %% [markdown] lang="en" exercise="behaviour-waiting-cart"
"""
### Whose cart is still waiting

Customers whose last cart is of the last 30 days (on the day `since` or later) and who have not bought after it (their last purchase is before their last cart, or they never bought): list their ids in ascending order. Carted and bought on the same day counts as bought.
"""

# %%
carts = company.interactions[company.interactions["kind"] == "cart"]
last_cart = carts.groupby("customer_id")["interaction_date"].max()
last_order = facts["last_order"].reindex(last_cart.index)
since = company.as_of - pd.Timedelta(days=30)

# %% exercise="behaviour-waiting-cart" kind="compute" level="stretch"
# BEGIN SOLUTION
# zh: 加购以后没有再买的人
# en: those who have not bought since the cart
# blank: |
not_bought = (last_cart > last_order) | last_order.isna()
# zh: 而且是近 30 天加购的
# en: and whose cart is of the last 30 days
# blank: &
lately = last_cart[not_bought & (last_cart >= since)]
# zh: 取客户编号，排好
# en: take the customer ids, sorted
# blank: index
waiting = sorted(lately.index)
# END SOLUTION

# %%
check("behaviour-waiting-cart", waiting)

# %% [markdown] lang="zh" exercise="behaviour-other-lines"
"""
### 换一家公司：换两条线，钱在哪一级

换到知棠教育。财务经理汤国栋想让优惠券花得值，把线画严一点：折扣消费不到 0.2 算低，0.6 以上算高（`cuts=(0.2, 0.6)`），仍然至少 3 单才判断。每位学员的事实在 `facts_there` 里。每一级（包括“未知”）的学员一共带来多少钱？索引是级别。
"""

# %% [markdown] lang="en" exercise="behaviour-other-lines"
"""
### Another company: other lines, and the money of each level

At Zhitang Learning, Tang Guodong, the finance manager, wants vouchers that pay, and draws the lines more strictly: below 0.2 at a discount is low, 0.6 and above is high (`cuts=(0.2, 0.6)`), still with 3 orders at least. The facts of each learner are in `facts_there`. How much money do the learners of each level bring, those of “unknown” included? The index is the level.
"""

# %%
there = elsewhere("behaviour-other-lines")
facts_there = order_facts(there.orders, there.as_of)

# %% exercise="behaviour-other-lines" kind="compute" level="core"
# BEGIN SOLUTION
# zh: 用两条线分出价格敏感程度
# en: levels of price sensitivity by two lines
# blank: 0.2, 0.6
level = behaviour.price_sensitivity(facts_there, (0.2, 0.6))
# zh: 每一档的人一共花了多少
# en: what the people of each level spent in all
# blank: level
# blank: sum
money_by_level = facts_there["monetary"].groupby(level).sum()
# END SOLUTION

# %%
check("behaviour-other-lines", money_by_level)

# %% [markdown] lang="zh" exercise="behaviour-minds-price"
"""
### 她真的在意价格吗

许蕾两年里来过 3 次：两次在年中会员节，一次在双十一，买的都是打折的粮油。系统给她的价格敏感度是“高”。苏晚晴问：“以后只给她发折扣券？”用三四句话回答：这个“高”可能还有什么别的解释，证据够不够，怎样才能知道。
"""

# %% [markdown] lang="en" exercise="behaviour-minds-price"
"""
### Does she really mind the price

In two years Xu Lei came 3 times, twice during the mid-year festival and once on Double Eleven, and bought discounted groceries each time. The system says that her price sensitivity is high. Su Wanqing asks: "So discount coupons only, from now on?" Answer in three or four sentences: what else may explain this "high", whether the evidence is enough, and how we could find out.
"""

# %% exercise="behaviour-minds-price" kind="explain" level="core"
# BEGIN SOLUTION
about_xu_lei = t(
    zh="她来的那几次，店里的粮油本来就在打折，想买原价也没有，所以“高”可能只说明她那时候来，不说明她等着打折。证据只有 3 单，刚够门槛。先别只发折扣券：选一些像她这样的客户，一半发新品介绍、一半发折扣券，比较两边买了多少；或者下次来时问她一句。",
    en="Groceries were on sale whenever she came, so there was no full price to choose; the tag may only say when she came, not that she waits for discounts. Three orders are barely enough evidence. Do not send coupons only: take some customers like her, send half of them news and half of them a coupon, and compare what they buy; or simply ask her next time.",
)
# END SOLUTION

# %%
check("behaviour-minds-price", about_xu_lei)

# %% [markdown] lang="zh" exercise="behaviour-not-sent"
"""
### 没收到，也算没响应？

同事数每位客户在活动名单上出现过几次、买过几次，直接交给 `behaviour.responsiveness`。他忘了：名单上有些次是**故意没发**的（`arm` 是 `"holdout"`）。有多少位客户，同事给了级别（不是 `"unknown"`），而只数真的收到的活动时其实证据不够（应当是 `"unknown"`）？
"""

# %% [markdown] lang="en" exercise="behaviour-not-sent"
"""
### Not sent, and yet "did not respond"?

A colleague counts how often each customer stands on a campaign's list and how often they bought, and hands both to `behaviour.responsiveness`. He forgot that some of these were **held out on purpose** (`arm` is `"holdout"`). How many customers got a level from him (not `"unknown"`), although by campaigns that really reached them the evidence is not enough (it should be `"unknown"`)?
"""

# %%
listed = company.responses.groupby("customer_id")["converted"].agg(["size", "sum"])
by_colleague = behaviour.responsiveness(listed["size"], listed["sum"].astype(float))
labelled(by_colleague.value_counts())

# %% exercise="behaviour-not-sent" kind="mistake" level="stretch"
# BEGIN SOLUTION
# zh: 只数真正发到的
# en: count only what was really sent
# blank: responses
answered = response_facts(company.responses)
# zh: 重新判断
# en: judge again
# blank: "contacted"
# blank: "converted"
right = behaviour.responsiveness(answered["contacted"], answered["converted"])
# zh: 同事有判断、其实不该判断的有几位
# en: how many the colleague judged who cannot be judged
# blank: !=
wrongly_judged = ((by_colleague != "unknown") & (right == "unknown")).sum()
# END SOLUTION

# %%
check("behaviour-not-sent", wrongly_judged)

# %% [markdown] lang="zh" exercise="behaviour-unknown-decider"
"""
### 有多少钱，拍板的人我们不认识

叶婉清想知道：买过东西的客户里，没有一位联系人是决策者（`"decision_maker"`）的那些，一共占多大比例的**钱**？写成 0 到 1 之间的小数。联系人是 `owner` 的，钱也用 `owner` 的订单，已经放在 `accounts` 里。
"""

# %% [markdown] lang="en" exercise="behaviour-unknown-decider"
"""
### How much money hangs on deciders we do not know

Ye Wanqing wants to know: of the accounts that have bought, those where no contact is the decider (`"decision_maker"`) hold what share of the **money**? Write it as a share between 0 and 1. The contacts are those of `owner`, and so is the money: the orders of `owner` are in `accounts` already.
"""

# %%
owner = company.owner("contacts")
print(owner.title)
accounts = order_facts(owner.orders, owner.as_of)

# %% exercise="behaviour-unknown-decider" kind="compute" level="stretch"
# BEGIN SOLUTION
# zh: 每家公司认识哪些角色
# en: which roles we know in each company
# blank: role_coverage
coverage = behaviour.role_coverage(company.contacts, accounts.index)
# zh: 一位决策者也不认识的
# en: those without any decision maker known
# blank: == 0
no_decider = coverage["decision_maker"] == 0
# zh: 它们的钱占多少
# en: their share of the money
# blank: no_decider
money_without_decider = accounts.loc[no_decider, "monetary"].sum() / accounts["monetary"].sum()
# END SOLUTION

# %%
check("behaviour-unknown-decider", money_without_decider)

# %% [markdown] lang="zh" exercise="behaviour-next-visit"
"""
### 下一次拜访去见谁

一家水泥厂要换 20 台水泵。我们认识办公室文员（把关者）和设备工程师（参与者），工程师对我们很满意；决策者和影响者一位也不认识。叶婉清只有一次拜访，怎么用？选一个字母。

- `"a"`：把报价单交给办公室文员，请她转给领导。
- `"b"`：去见设备工程师，问清谁比较方案、谁签字，请他引见总工程师。
- `"c"`：给总经理发一封邮件，直接打八折。
- `"d"`：请设备工程师吃饭、送礼，让他在厂里替我们说话。
"""

# %% [markdown] lang="en" exercise="behaviour-next-visit"
"""
### Whom to see on the next visit

A cement plant is going to replace 20 pumps. We know the office assistant (gatekeeper) and the maintenance engineer (participant), who is pleased with us; we know neither decider nor influencer. Ye Wanqing has one visit. How to use it? Choose a letter.

- `"a"`: leave the quotation with the office assistant and ask her to pass it up.
- `"b"`: see the maintenance engineer, ask who compares the offers and who signs, and let him introduce the chief engineer.
- `"c"`: write to the general manager and offer 20% off at once.
- `"d"`: take the maintenance engineer out to dinner with a present, so that he speaks for us.
"""

# %% exercise="behaviour-next-visit" kind="decide" level="core"
# BEGIN SOLUTION
next_visit = "b"
# END SOLUTION

# %%
check("behaviour-next-visit", next_visit)

# %% [markdown] lang="zh" exercise="behaviour-tag-table"
"""
### 交给下一课的标签表

把四个标签放进一张表，列名依次是 `pace`、`main_interest`、`price_sensitivity`、`responsiveness`，每位买过东西的客户一行；兴趣和价格敏感度用课上的默认门槛，不在活动名单上的人响应写 `"unknown"`。每一列里“未知”占多大比例？结果是每列一个数。
"""

# %% [markdown] lang="en" exercise="behaviour-tag-table"
"""
### The table of tags for the next lesson

Put four tags into one table with the columns `pace`, `main_interest`, `price_sensitivity`, `responsiveness`, one row for each customer who has bought; interest and price sensitivity with the default thresholds of the lesson, and response `"unknown"` for those on no campaign's list. What share of each column is "unknown"? The result is one number per column.
"""

# %% exercise="behaviour-tag-table" kind="compute" level="stretch"
# BEGIN SOLUTION
# zh: 每位客户的活动响应
# en: how each customer answered campaigns
# blank: responses
got = response_facts(company.responses)
# zh: 四个标签拼成一张表，没有的写 unknown
# en: four tags in one table, unknown where there is none
# blank: pace
# blank: fillna
tags = pd.DataFrame(
    {
        "pace": pace,
        "main_interest": behaviour.main_interest(money, facts["lines"]),
        "price_sensitivity": behaviour.price_sensitivity(facts),
        "responsiveness": behaviour.responsiveness(got["contacted"], got["converted"]).reindex(facts.index),
    }
).fillna("unknown")
# zh: 每个标签有多少人说不清
# en: the share of each tag that is unknown
# blank: mean
unknown_share = (tags == "unknown").mean()
# END SOLUTION

# %%
check("behaviour-tag-table", unknown_share)

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

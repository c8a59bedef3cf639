# %% [markdown] about="opening"

# %% [markdown] lang="zh"
"""
## 故事与数据

顾明远把上一课的客户画像钉在墙上，退后两步看了看：“画得像。可我要签字的是另一张纸：给谁、给什么、走哪条渠道、花多少、换回多少。预算和去年一样，一分不多。”

苏晚晴说：“给谁什么，我们心里有数，就是没算过账。”小林问：“要是算下来，有的人联系了反而亏呢？”苏晚晴想了想：“那就不联系。”

精准营销（precision marketing）说到底是三样东西：**数据** 告诉我们他做过什么，**分群** 告诉我们他是哪一类，**内容** 是我们拿给他看的。前十课备齐了前两样，今天补上第三样，再把账算清。分群用第 04 课的八类，每类是些什么人，见第 10 课的画像。
"""

# %% [markdown] lang="en"
"""
## Story and data

Gu Mingyuan pins the personas of the last lesson to the wall and steps back: "A good likeness. But what I sign is another sheet: what for whom, through which channel, at what cost, for what return. The budget is last year's, not a yuan more."

Su Wanqing says: "What to give to whom, we have in our heads. We have never done the sums." Lin asks: "And if it turns out that contacting some of them loses money?" Su Wanqing thinks about it: "Then we do not contact them."

Precision marketing comes down to three things: **data** say what somebody did, the **segment** says what kind of customer this is, and the **content** is what we put before them. Ten lessons have prepared the first two; today we add the third and do the sums. The segments are the eight of lesson 04; what kind of people they are stands on the persona cards of lesson 10.
"""

# %%
import pandas as pd

from custseg_helpers import (
    channels,
    explore,
    labelled,
    load,
    money_by,
    order_facts,
    playbook,
    plots,
    quiz,
    recommend,
    response,
    rfm,
    save_table,
    strategy,
    use_language,
)

use_language(t(zh="zh", en="en"))
# zh: 表格里的长句子完整显示
# en: show long sentences in tables in full
pd.set_option("display.max_colwidth", None)

company = load()
facts = order_facts(company.orders, company.as_of, products=company.products)
segment = rfm.segments8(rfm.rfm_scores(facts)).rename("tier")
order_value = facts["average_order_value"]
labelled(segment.value_counts().to_frame("customers"))

# %% [markdown] lang="zh" tags=["slide-only"]
"""
## 要签字的是一张纸：给谁、给什么、换回多少

- **数据**：他做过什么
- **分群**：他是哪一类
- **内容**：我们拿给他看什么
- 预算和去年一样，一分不多
"""

# %% [markdown] lang="en" tags=["slide-only"]
"""
## The sheet to sign: what for whom, and for what return

- **Data**: what somebody did
- **Segment**: what kind of customer this is
- **Content**: what we put before them
- The budget is last year's, not a yuan more
"""

# %% [markdown] lang="zh" tags=["trainer"]
"""
**老师：** 白板上画一张五列的空表：给谁、给什么、走哪条渠道、花多少、换回多少。每讲完一节填一列，下课时这张表就是顾明远要签的那张纸。

**卡点：** 把“响应率”当成“联系带来的”。第 2 节慢慢讲，后面全靠它。

**来不及时：** 第 8 节只看漏斗表，不讲挪预算；再不够就跳过第 7 节。
"""

# %% [markdown] lang="en" tags=["trainer"]
"""
**Trainer:** Draw an empty table of five columns on the board: for whom, what, which channel, what it costs, what comes back. Fill one column after each section; at the end it is the sheet that Gu Mingyuan signs.

**Where they stumble:** taking the response for what the contact brought. Go slowly in section 2; everything later rests on it.

**When late:** in section 8 look at the funnel only and leave the shift of budget out; then skip section 7.
"""

# %% [markdown] lang="zh"
"""
## 1. 一层一个打法

策略手册（playbook）写明每一层客户怎么对待。一条做法叫一个打法（play），至少写四样：目的、权益与内容、渠道、不联系谁。
"""

# %% [markdown] lang="en"
"""
## 1. One play for each tier

A playbook says how each tier is treated. One entry is a play, and it holds at least four things: goal, offer, channel, and whom to leave out.
"""

# %%
book = playbook.sample_playbook(company.customers, company.currency)
pages = playbook.playbook_table(book, segment)
labelled(pages[["goal", "offer", "channel", "leave_out"]])

# %% [markdown] lang="zh" tags=["slide-only"]
"""
## 打法跟着客户的价值和去留走

| 客户 | 打法 | 渠道 |
|---|---|---|
| 高价值 | 专属顾问、新品优先，不打折 | 微信 |
| 有潜力 | 推荐下一件，带进第二个品类 | 微信 |
| 新客 | 新客礼、使用指南 | 短信 |
| 要走的 | 先问原因，再给限时优惠 | 电话 |
| 低价值 | 自助服务、使用知识 | 电子邮件 |
"""

# %% [markdown] lang="en" tags=["slide-only"]
"""
## The play follows worth, and whether they stay

| customers | play | channel |
|---|---|---|
| high value | an adviser, new products first, no discount | WeChat |
| potential | the next product, a second category | WeChat |
| new | a welcome gift, how-to guides | text message |
| about to go | ask why first, then an offer | phone call |
| low value | self-service and helpful tips | e-mail |
"""

# %% [markdown] lang="zh"
"""
从上往下读，打法跟着客户的价值和去留走：

- **高价值**（重要价值客户）：定制和专属，有人认得他。不靠打折：他们的钱大半是照原价花的。
- **有潜力**（重要发展、一般价值）：推荐下一件，带他进第二个品类。
- **新客**（一般发展）：新客礼、使用指南，促成下一单。
- **普通**（一般保持）：积分、客户日优惠，系统自动发，不占人工。
- **要走的**（重要保持、重要挽留）：先打电话问原因，再给有期限的优惠。
- **低价值**（一般挽留）：自助服务和使用知识，门开着，不花人力。

手册是一个 YAML 文件，和第 01 课的标签目录一样，可以改成自己的。卖给单位的公司另有一份样本：见客户靠登门和技术支持，不靠短信。
"""

# %% [markdown] lang="en"
"""
Read from top to bottom: the plays follow what a customer is worth and whether they stay.

- **High value** (champions): tailored and personal, somebody knows them. No discount: most of their money is spent at full price.
- **Potential** (high value to develop, regular value): the next product, and a way into a second category.
- **New** (regular to develop): a welcome gift and how-to guides that win the next order.
- **Ordinary** (regular to keep): points and customer-day offers, sent by the system, no staff time.
- **About to go** (high value to keep, high value to win back): a call that asks why first, then an offer with an end date.
- **Low value** (regular to win back): self-service and helpful tips; the door is open and costs no staff time.

A playbook is a YAML file like the tag catalogue of lesson 01, and you can make it your own. Companies that sell to companies have another sample: visits and technical support instead of text messages.
"""

# %% [markdown] lang="zh"
"""
## 2. 只有联系带来的才算

苏晚晴把 20 位会员随机分成两半：10 位打电话；另外 10 位先不打，叫对照组（control group）。两周后数一数。
"""

# %% [markdown] lang="en"
"""
## 2. Only what the contact brings counts

Su Wanqing splits 20 members at random: 10 get a call; the other 10, the control group, do not for now. Two weeks later she counts.
"""

# %% [markdown] lang="zh" tags=["slide-only"]
"""
## 打电话只带来 1 单，不是 4 单

没打电话的 10 位，也有 3 位下单：增量响应率是 10%。
"""

# %% [markdown] lang="en" tags=["slide-only"]
"""
## The calls brought 1 order, not 4

Of 10 who were not called, 3 ordered too: the extra response is 10%.
"""

# %% tags=["slide"]
few = pd.DataFrame({t(zh="人数", en="people"): [10, 10], t(zh="下单", en="ordered"): [4, 3]})
few.index = t(zh=["打了电话", "没打电话"], en=["called", "not called"])
few[t(zh="比例", en="share")] = few[t(zh="下单", en="ordered")] / few[t(zh="人数", en="people")]
few

# %% [markdown] lang="zh"
"""
打了电话的，10 人里有 4 人下单：响应率是 40%。可没打电话的也有 3 人下单：这样的人，不打电话也会来。电话 **带来** 的，10 人里只有 1 人：增量响应率（extra response）是 40% − 30% = 10%。

手册里每个打法都有一个 `extra_response`。现在是经验估计；测过就换成测出来的数，见第 6 节末尾的进阶。差一单可能是碰巧，怎么测准，见第 13 课。
"""

# %% [markdown] lang="en"
"""
Of those called, 4 in 10 ordered: a response of 40%. But of those not called 3 ordered too: people like these come without a call. What the call **brought** is 1 in 10: the extra response is 40% − 30% = 10%.

Every play in the book has an `extra_response`. For now these are guesses from experience; once measured, the measured number takes their place: the stretch at the end of section 6 does it. One order in ten may be luck: see lesson 13.
"""

# %% [markdown] lang="zh"
"""
响应表的 `arm` 是哪一边：`treatment` 是发了的，`holdout` 是留着没发的。
"""

# %% [markdown] lang="en"
"""
In the responses `arm` is the side: `treatment` was sent it, `holdout` was kept without.
"""

# %%
(company.responses["arm"] == "treatment").mean()

# %% [markdown] try="strategy-campaign-extra"

# %% [markdown] lang="zh"
"""
## 3. 一个打法值不值：四步乘法

三层客户，每层都多来 10 单。哪一层值得做？

1. 费用 = 触达客户数 × 每客成本
2. 增量订单 = 触达客户数 × 增量响应率
3. 毛利 = 增量订单 × 单均金额 × 毛利率
4. 净收益 = 毛利 − 费用；投资回报率 = 净收益 ÷ 费用
"""

# %% [markdown] lang="en"
"""
## 3. Is a play worth it: four multiplications

Three tiers, and each brings 10 extra orders. Which one is worth doing?

1. Cost = customers contacted × cost per customer
2. Extra orders = customers contacted × extra response
3. Margin = extra orders × mean order value × margin rate
4. Profit = margin − cost; return on investment = profit ÷ cost
"""

# %% [markdown] lang="zh" tags=["slide-only"]
"""
## 一个打法值不值，四步乘法

- 费用 = 触达客户数 × 每客成本
- 增量订单 = 触达客户数 × 增量响应率
- 毛利 = 增量订单 × 单均金额 × 毛利率
- 净收益 = 毛利 − 费用
"""

# %% [markdown] lang="en" tags=["slide-only"]
"""
## Is a play worth it: four steps

- Cost = customers contacted × cost per customer
- Extra orders = customers contacted × extra response
- Margin = extra orders × mean order value × margin rate
- Profit = margin − cost
"""

# %%
three = pd.DataFrame(
    {
        "contacted": [100, 200, 500],
        "cost_per_customer": [4.5, 0.9, 3.0],
        "extra_response": [0.10, 0.05, 0.02],
        "order_value": [200, 100, 100],
        "margin_rate": [0.36, 0.30, 0.27],
    },
    index=["high_value_loyal", "general_value", "general_winback"],
)
labelled(three)

# %% [markdown] lang="zh" tags=["slide-only"]
"""
## 都多来 10 单，第三层倒亏 1,230 元

回报率决定先花哪一元，净收益才是赚了多少。
"""

# %% [markdown] lang="en" tags=["slide-only"]
"""
## Each brings 10 extra orders; the third loses 1,230 yuan

The return decides which yuan to spend first; the profit is what was earned.
"""

# %% tags=["slide"]
three["cost"] = three["contacted"] * three["cost_per_customer"]
three["expected_orders"] = three["contacted"] * three["extra_response"]
three["expected_margin"] = three["expected_orders"] * three["order_value"] * three["margin_rate"]
three["profit"] = three["expected_margin"] - three["cost"]
three["roi"] = three["profit"] / three["cost"]
labelled(three[["cost", "expected_orders", "expected_margin", "profit", "roi"]].round(2))

# %% [markdown] lang="zh"
"""
同样多来 10 单：第一层净赚 270 元，第二层净赚 120 元，第三层 500 个电话花了 1,500 元，只换回 270 元毛利，倒亏 1,230 元。投资回报率 0.67 的意思是：花 1 元，收回这 1 元，再赚 0.67 元。

还有一处要当心：第二层的回报率比第一层高，赚的钱却不到一半。**回报率** 决定先花哪一元，**净收益** 才是赚了多少。

`strategy.plan` 对每一层做同样的四步。单均金额从订单里算，其余的数来自手册。
"""

# %% [markdown] lang="en"
"""
The same 10 extra orders: the first tier earns 270 yuan, the second 120; in the third, 500 calls cost 1,500 yuan and bring 270 yuan of margin, a loss of 1,230. A return of 0.67 means: spend 1 yuan, get this 1 yuan back and earn 0.67 on top.

One more thing to watch: the second tier has the higher return and earns less than half the money. The **return** decides which yuan to spend first; the **profit** is what was earned.

`strategy.plan` does the same four steps for each tier. The mean order value comes from the orders, the other numbers from the playbook.
"""

# %%
priced = strategy.plan(segment, order_value, book)
shown = ["contacted", "cost", "expected_orders", "order_value", "expected_margin", "profit", "roi"]
labelled(priced[shown].round(2))

# %% [markdown] lang="zh" tags=["slide-only"]
"""
## 花得最多的一层，赚得也最多

给重要保持客户打电话，费用和毛利几乎一样长。
"""

# %% [markdown] lang="en" tags=["slide-only"]
"""
## The tier that costs most also earns most

Calling those "high value to keep" costs nearly as much as it brings.
"""

# %% tags=["slide"]
plots.action.plan(priced)

# %% [markdown] lang="zh"
"""
**这张图说了什么：** 每层两根条，斜线的是费用，实心的是预计毛利，旁边的数是净收益。重要价值客户那层花得最多，赚得也最多；给重要保持客户打电话，费用和毛利几乎一样长。**它没说什么：** 增量响应率是估计的。估高了一倍，毛利就短一半，费用一分不少。
"""

# %% [markdown] lang="en"
"""
**What the figure tells:** two bars for each tier, the hatched one is cost, the solid one the expected margin, and the number beside them the profit. The champions cost most and earn most; calling those "high value to keep" costs nearly as much as it brings. **What it does not tell:** the extra response is a guess. If it is twice too high, the margin is half as long and the cost not a yuan less.
"""

# %% [markdown] try="strategy-tier-profit"

# %% [markdown] lang="zh"
"""
## 4. 打折吃的是毛利

标价 100 元，进货 64 元，毛利 36 元。降价 10% 卖，毛利少的可不是 10%：
"""

# %% [markdown] lang="en"
"""
## 4. A discount eats margin

List price 100 yuan, goods 64 yuan, margin 36 yuan. Sold at 10% off, the margin shrinks by a good deal more than 10%:
"""

# %% [markdown] lang="zh" tags=["slide-only"]
"""
## 降价 10%，毛利少 28%

原来 100 单赚到的钱，现在要 139 单。
"""

# %% [markdown] lang="en" tags=["slide-only"]
"""
## At 10% off, the margin falls by 28%

What 100 orders earned now takes 139.
"""

# %% tags=["slide"]
sale = pd.DataFrame({t(zh="售价", en="price"): [100, 90], t(zh="进货", en="goods"): [64, 64]})
sale.index = t(zh=["不打折", "降价 10%"], en=["no discount", "10% off"])
sale[t(zh="毛利", en="margin")] = sale[t(zh="售价", en="price")] - sale[t(zh="进货", en="goods")]
sale[t(zh="赚 3,600 元要几单", en="orders to earn 3,600")] = 3600 / sale[t(zh="毛利", en="margin")]
sale.round(1)

# %% [markdown] lang="zh"
"""
降价 10%，每单毛利从 36 元掉到 26 元，少了 28%。原来 100 单赚到的钱，现在要 139 单。所以高价值客户的打法里写着“不靠打折”：悦选的重要价值客户，近七成的钱本来就是照原价花的，再打折，多半是白送。
"""

# %% [markdown] lang="en"
"""
At 10% off, the margin of an order falls from 36 to 26 yuan, by 28%. What 100 orders earned now takes 139. That is why the play for champions says "no discount": of what Yuexuan's champions spend, nearly seven tenths is at full price as it is, and most of a discount would be given away.
"""

# %% [markdown] try="strategy-discount-orders"

# %% [markdown] lang="zh"
"""
## 5. 谁不该联系

四种人，先放下电话：

- **刚买过的**：两周内下过单的人，这时发券，多半是白送：他正用着刚买的东西。手册里写成规则 `recency_days <= 14`。
- **正在生气的**：90 天内给过 1 分或 2 分的人。先解决问题，再谈买卖。
- **没同意的**：没有同意接收营销信息、或已经退订的人。这是法律，不是选择。
- **联系了也亏的**：像第 3 节的第三层，费用比毛利还高的一层。

前两种在数据里找得到：
"""

# %% [markdown] lang="en"
"""
## 5. Whom not to contact

Four kinds of people whom we do not call:

- **Those who just bought**: for somebody who ordered within two weeks, a coupon is mostly given away: they are still using what they bought. In the playbook it is the rule `recency_days <= 14`.
- **Those who are angry**: whoever gave 1 or 2 points within 90 days. First solve the problem, then sell.
- **Those who did not agree**: no consent to marketing, or unsubscribed. That is the law and not a choice.
- **Those on whom we lose money**: a tier whose cost is above its margin, like the third of section 3.

The data know the first two:
"""

# %% [markdown] lang="zh" tags=["slide-only"]
"""
## 四种人，先放下电话

- 刚买过的：两周内下过单
- 正在生气的：90 天内给过 1 分或 2 分
- 没同意的：这是法律，不是选择
- 联系了也亏的
"""

# %% [markdown] lang="en" tags=["slide-only"]
"""
## Four kinds of people whom we do not call

- Those who just bought: an order within two weeks
- Those who are angry: 1 or 2 points within 90 days
- Those who did not agree: the law, not a choice
- Those on whom we lose money
"""

# %% [markdown] lang="zh" tags=["slide-only"]
"""
## 悦选先不联系 150 位

| 为什么 | 客户数 |
|---|---|
| 刚买过 | 120 |
| 正在生气 | 35 |
| 两样都占 | 5 |
| 合起来 | 150 |
"""

# %% [markdown] lang="en" tags=["slide-only"]
"""
## Yuexuan does not contact 150 for now

| why | customers |
|---|---|
| just bought | 120 |
| angry | 35 |
| both | 5 |
| in all | 150 |
"""

# %%
just_bought = strategy.leave_out(segment, facts, book)

scores = company.interactions
recent = scores["interaction_date"] >= company.as_of - pd.Timedelta(days=90)
low = scores["score"] <= 2
unhappy = pd.Series(segment.index.isin(scores.loc[recent & low, "customer_id"]), segment.index)

silent = just_bought | unhappy
pd.Series(
    {
        t(zh="刚买过", en="just bought"): just_bought.sum(),
        t(zh="正在生气", en="angry"): unhappy.sum(),
        t(zh="两样都占", en="both"): (just_bought & unhappy).sum(),
        t(zh="合起来不联系", en="not contacted in all"): silent.sum(),
    }
)

# %% [markdown] lang="zh"
"""
竖线 `|` 是“或”：占一样就不联系；`&` 是“且”：两样都占。前两个数相加，减去两样都占的，正好是最后一个。

手册只对重要价值客户写了“刚买过”这条规则，所以第一个数里都是他们。第三种人在悦选的表里查不到，要由发消息的系统去挡；第四种人下一节交给预算去挡。
"""

# %% [markdown] lang="en"
"""
The bar `|` means "or": either is enough; `&` means "and": both at once. Add the first two, subtract those who are both, and you get the last.

The playbook has the rule "just bought" for champions only, so all of the first number are champions. The third kind cannot be found in Yuexuan's tables; the system that sends the messages must stop them. The fourth kind is stopped by the budget in the next section.
"""

# %% [markdown] lang="zh"
"""
`pd.Timedelta(days=180)` 是 180 天这段时间，可以从日期里减去；互动记录里 `interaction_date` 是哪一天，`score` 是打了几分。
"""

# %% [markdown] lang="en"
"""
`pd.Timedelta(days=180)` is a stretch of 180 days that can be taken from a date; among the interactions `interaction_date` is the day and `score` the points given.
"""

# %% [markdown] try="strategy-leave-silent"

# %% [markdown] lang="zh"
"""
## 6. 同样的预算先给谁

去年的营销活动一共花了多少？平摊到一个季度，就是我们手里的钱。
"""

# %% [markdown] lang="en"
"""
## 6. The same budget: who comes first

What did last year's campaigns cost in all? A quarter of it is the money in our hands.
"""

# %%
year_ago = company.as_of - pd.DateOffset(years=1)
campaigns = company.campaigns.loc[company.campaigns["start_date"] >= year_ago, "campaign_id"]
last_year = company.responses[company.responses["campaign_id"].isin(campaigns)]
budget = round(last_year["cost"].sum() / 4, 2)

full = strategy.plan(segment, order_value, book, not_contacted=silent)
pd.Series(
    {
        t(zh="整本手册做一个季度（元）", en="whole playbook, one quarter (yuan)"): full["cost"].sum(),
        t(zh="一个季度的预算（元）", en="budget of a quarter (yuan)"): budget,
    }
).round(2)

# %% [markdown] lang="zh" tags=["slide-only"]
"""
## 整本手册要 3,158 元，手里只有 590 元

- 下一元，总给每元换回最多的那层
- 要亏的层，剩多少钱也不给
"""

# %% [markdown] lang="en" tags=["slide-only"]
"""
## The whole playbook takes 3,158 yuan; we have 590

- The next yuan always goes where a yuan brings most
- A tier that loses money gets none, however much is left
"""

# %% [markdown] lang="zh"
"""
差得远，只能挑着做。（数字不大，因为样本只有抽出来的 3,000 位会员；放大到全公司，比例不变。）

规矩很简单：**下一元总是给每元换回最多的那层**。拿第 3 节的三层试试，预算 400 元：第二层每元赚 0.67 元，先付清它的 180 元；剩 220 元，每位 4.5 元，够联系第一层的 48 位；第三层要亏，剩多少钱也不给。`strategy.within_budget` 就是这样一层一层往下付的。
"""

# %% [markdown] lang="en"
"""
They are far apart, so we must choose. (The amounts are small because the sample holds 3,000 members drawn at random; for the whole company the proportions are the same.)

The rule is simple: **the next yuan always goes where a yuan brings most**. Try it on the three tiers of section 3 with 400 yuan: the second earns 0.67 on a yuan, so its 180 yuan are paid first; 220 are left, at 4.5 each enough for 48 of the first tier; the third loses money and gets none, however much is left. `strategy.within_budget` pays its way down the tiers in this manner.
"""

# %%
fitted = strategy.within_budget(full, budget)
labelled(fitted[["customers", "contacted", "cost", "expected_margin", "profit", "verdict"]])

# %% [markdown] lang="zh" tags=["slide-only"]
"""
## 这点预算，连重要价值客户也没轮到

只看一个季度，看不见被冷落一年之后会怎样。照不照办，人来定。
"""

# %% [markdown] lang="en" tags=["slide-only"]
"""
## On this budget even the champions get nothing

One quarter does not show what a year of neglect does. Whether to follow it is for people to decide.
"""

# %% tags=["slide"]
plots.action.plan(fitted)

# %% [markdown] lang="zh"
"""
**这张图说了什么：** 这点预算付清了最便宜、回报最高的三层，第四层付了一部分，其余的一元也没轮到，连重要价值客户也没有。**它没说什么：** 只看一个季度、只看增量订单，它看不见“被冷落一年之后会怎样”。表是算出来的，要不要照办是人定的：这正是下面那道选择题。
"""

# %% [markdown] lang="en"
"""
**What the figure tells:** this budget pays in full for the three cheap tiers with the best return and in part for a fourth; the others get nothing, not even the champions. **What it does not tell:** it sees one quarter and extra orders only, and not what happens after a year of neglect. The table is computed; whether to follow it is for people to decide, which is the very choice in the workbook.
"""

# %% [markdown] lang="zh" tags=["stretch"]
"""
### 进阶：用测出来的数换下猜的数

表里的活动都留了随机的对照组，所以每个打法带来多少，数得出来。分三步：

1. 每位客户算在活动**开始前一天**的那一层；用今天的层就错了，买了的人已经升上去了。
2. 几场活动合起来：联系组的购买率减去对照组的（`measured`）。
3. 测得少的，往全体的平均靠一步（`response`），再写上下限（`lower`）。第 09 课的“借一点”，又来了一次。
"""

# %% [markdown] lang="en" tags=["stretch"]
"""
### Stretch: measured numbers in place of guesses

The campaigns in these tables kept a random control group, so what each play brings can be counted. In three steps:

1. Each customer counts in the tier of **the day before the campaign**; the tier of today would be wrong, as those who bought have risen.
2. Several campaigns together: buyers among those contacted less buyers in the control group (`measured`).
3. What was measured on few is drawn a step towards the mean of all customers (`response`), with a lower limit beside it (`lower`). The "loan" of lesson 09, once more.
"""

# %% tags=["stretch"]
owner = company.owner("responses")
by_play = response.by_play(owner.orders, owner.campaigns, owner.responses, book)
print(owner.title)
told = ["guess", "campaigns", "measured", "alone_lower", "alone_upper", "response", "lower"]
labelled(by_play[told].astype(float).round(3))

# %% tags=["stretch"]
books = {
    t(zh="照手册的估计", en="as guessed in the playbook"): book,
    t(zh="照测出来的", en="as measured"): response.into_playbook(book, by_play),
    t(zh="取小的那个", en="the smaller of the two"): response.into_playbook(book, by_play, careful=True),
}
for name, pages in books.items():
    earned = strategy.plan(segment, order_value, pages, not_contacted=silent)
    paid = strategy.within_budget(earned, budget)
    print(f"{paid['profit'].sum():>10,.0f}", name)

# %% [markdown] lang="zh" tags=["stretch"]
"""
第一行印出的是谁家的活动。悦选的贵宾打法猜 12%，测出来 8.2%，低价值那层猜 0.2%，测出来 3.5%。靠过之后都一样：5.6%，下限 3.7%。**这不是说打法真的一样有用，是说这点人分不出高低：** 贵宾单独看，从 −1.5% 到 18.0% 都说得通，低价值那层从 0.2% 到 6.9%。用一个数做计划是稳的；哪一层真的更高，要多留一些人再测（第 15 课）。空着的，是没有一场活动测过它：猜的数留着，并且写明是猜的。下面三行是同一笔预算的净收益（元）。最后一行取小的那个：测出来的下限和手册的估计，哪个小用哪个；签字用这一行。

**这张表没说的：** 活动给的优惠、走的渠道，和打法写的不全一样。这是手里最近的证据，不是打法本身的成绩；真要知道，照打法做一次，留对照组。
"""

# %% [markdown] lang="en" tags=["stretch"]
"""
The first line says whose campaigns these are. At Yuexuan the VIP play was guessed at 12% and measured at 8.2%; for the low tier the guess was 0.2%, measured 3.5%. Once drawn they are all the same: 5.6%, with a lower limit of 3.7%. **That does not say that the plays are equally good; it says that so few people cannot tell which is better:** for VIPs by themselves anything from −1.5% to 18.0% fits the data, for the low tier from 0.2% to 6.9%. One number for all is the steady choice for a plan; which tier really is higher takes more people held out (lesson 15). Where it is empty, no campaign has measured the play: the guess stays, and says that it is one. The three lines below are the profit (yuan) of one and the same budget. The last takes the smaller of the two, the lower limit of what was measured or the guess of the playbook: that is the line to sign.

**What it does not say:** the campaigns had discounts and channels of their own, not quite those of the plays. It is the nearest evidence we have and not the play's own record; to know that, run the play once with a control group.
"""

# %% [markdown] lang="zh"
"""
方案里 `profit` 一列是每一类人的净收益。
"""

# %% [markdown] lang="en"
"""
In a plan the column `profit` is what each segment earns.
"""

# %% [markdown] try="strategy-more-budget strategy-for-champions"

# %% [markdown] lang="zh" tags=["trainer"]
"""
**小组讨论（8 分钟）：** 每组是顾明远的班子，手里只有这点预算。先各自写下“最先砍哪一层”，再对照算出来的表。分歧最大的一层，说出各自假设了什么：增量响应率？还是一年以后的事？
"""

# %% [markdown] lang="en" tags=["trainer"]
"""
**Small groups (8 minutes):** each is Gu Mingyuan's board with this budget and no more. Everyone first writes down which tier to cut first, then compare with the computed table. Where you differ most, say what each assumed: the extra response? Or what happens a year later?
"""

# %% [markdown] lang="zh"
"""
## 7. 下一件推荐什么

“按兴趣推荐下一件”，推荐哪一件？先看谁和谁一起买。六个购物篮，手指就能数完：
"""

# %% [markdown] lang="en"
"""
## 7. Which product comes next

"The next product by interest": which one? First look at what is bought together. Six baskets, few enough to count on your fingers:
"""

# %% [markdown] lang="zh" tags=["slide-only"]
"""
## 置信度一样是 100%，只有一对真的成对

牛奶 6 个篮子里有 5 个都有，别把热销当成喜欢。
"""

# %% [markdown] lang="en" tags=["slide-only"]
"""
## Confidence is 100% for both; only one is a true pair

5 of 6 baskets hold milk: do not take popularity for liking.
"""

# %% tags=["slide"]
milk, bread, nappies, wipes = t(
    zh=["牛奶", "面包", "纸尿裤", "湿巾"], en=["milk", "bread", "nappies", "wipes"]
)
baskets = {
    1: [milk, bread],
    2: [milk, bread],
    3: [milk, bread],
    4: [milk],
    5: [milk, nappies, wipes],
    6: [nappies, wipes],
}
lines = [(number, product) for number, basket in baskets.items() for product in basket]
small = pd.DataFrame(lines, columns=["order_id", "product_id"])
pairs = recommend.association_rules(small, min_count=2)
pairs = pairs.rename(
    columns={"product_id": t(zh="买了", en="bought"), "next_product": t(zh="也买了", en="also bought")}
)
labelled(pairs.drop(columns=["count", "support"]).round(2))

# %% [markdown] lang="zh"
"""
每一行读作“买了前一件的人，也买了后一件”。**置信度** 是“买了前一件的篮子里，有几成也有后一件”：面包 → 牛奶是 3 ÷ 3 = 100%，纸尿裤 → 湿巾是 2 ÷ 2 = 100%，一样高。

可是牛奶 6 个篮子里有 5 个都有，不买面包的人也买牛奶。**提升度（lift）** 拿置信度去比“随便一个篮子里有没有”：面包 → 牛奶是 100% ÷ (5 ÷ 6) = 1.2，几乎没有关系；纸尿裤 → 湿巾是 100% ÷ (2 ÷ 6) = 3，真的成对。照着提升度在 1 附近的一对去推荐，就是把 **热销当成了喜欢**。

悦选的订单里，提升度最高的几对：
"""

# %% [markdown] lang="en"
"""
Read each row as "who bought the first also bought the second". **Confidence** is the share of the baskets with the first product that hold the second too: bread → milk is 3 ÷ 3 = 100%, nappies → wipes is 2 ÷ 2 = 100%, the same.

But 5 of the 6 baskets hold milk; those without bread buy it as well. **Lift** compares the confidence with any basket: bread → milk is 100% ÷ (5 ÷ 6) = 1.2, next to no relation; nappies → wipes is 100% ÷ (2 ÷ 6) = 3, a true pair. To advise by a pair whose lift is near 1 is to take **popularity for liking**.

In Yuexuan's orders, the pairs with the highest lift:
"""

# %% [markdown] lang="zh" tags=["slide-only"]
"""
## 运动袜和护手霜，常在同一单里

一起买，不等于推荐了就会买。
"""

# %% [markdown] lang="en" tags=["slide-only"]
"""
## Sports socks and hand cream often share an order

Bought together does not mean bought on advice.
"""

# %% tags=["slide"]
names = company.products.set_index("product_id")[t(zh="name_zh", en="name_en")]
bought = recommend.purchases(company.orders)
pairs = recommend.association_rules(bought)
plots.action.product_pairs(pairs, names, top=6)

# %% [markdown] lang="zh"
"""
条越长，两件一起出现得比碰巧越多；条旁写着置信度和有几个篮子。最上面两对跨了品类：运动袜、运动水壶，常和护手霜在同一单里。图上看不出为什么。也许是凑单，也许是货架挨着。一起买，更不等于推荐了就会买，得拿后来的订单验。
"""

# %% [markdown] lang="en"
"""
The longer the bar, the more often the two are together than by chance; beside it stand the confidence and the number of baskets. The two on top cross categories: sports socks and sports bottles often share an order with hand cream. The figure does not show why. Perhaps to reach free delivery, perhaps they stand side by side. And bought together does not mean bought on advice; that must be tested on later orders.
"""

# %% [markdown] lang="zh"
"""
规则表里 `next_product` 是下一件推什么，`confidence` 是买了前一件的人里有多少也买它。
"""

# %% [markdown] lang="en"
"""
In the rules `next_product` is what to recommend next, `confidence` the share of those with the first who bought it, too.
"""

# %% [markdown] try="strategy-popularity"

# %% [markdown] lang="zh"
"""
验法：藏起最近 90 天，只用以前的订单给每人推荐 3 件，再看回来买的人里，有几成买了其中至少一件。四种推荐法比一比。兴趣就是第 06 课的品类提升度；常买的东西（牛奶）可以再推荐，买一次就够的（推车）不再推荐。
"""

# %% [markdown] lang="en"
"""
The test: hide the last 90 days, recommend 3 products to everybody from the orders before, and see what share of those who came back bought at least one of them. Four ways to recommend, side by side. Interest is the lift by category of lesson 06; what people buy again (milk) may be recommended again, what they buy once (a pushchair) may not.
"""

# %%
split_day = company.as_of - pd.Timedelta(days=90)
before, after = bought[bought["order_date"] < split_day], bought[bought["order_date"] >= split_day]
orders_before = company.orders[company.orders["order_date"] < split_day]
liking = recommend.interest_lift(money_by(orders_before, "category", products=company.products))
known, none = recommend.association_rules(before), pairs.head(0)
again = recommend.repeatable_products(before)

# %% [markdown] lang="zh" tags=["slide-only"]
"""
## 听上去厉害的办法，不一定赢过热销榜

藏起最近 90 天来考：加上兴趣，回来买的人里 62% 买了推荐的。
"""

# %% [markdown] lang="en" tags=["slide-only"]
"""
## What sounds clever need not beat the best sellers

Tested on the last 90 days: with interest, 62% of those who came back bought what was recommended.
"""

# %% tags=["slide"]
ways = {
    t(zh="只推热销", en="best sellers only"): (none, None),
    t(zh="热销 + 一起买", en="best sellers + co-purchase"): (known, None),
    t(zh="热销 + 兴趣", en="best sellers + interest"): (none, liking),
    t(zh="三样都用", en="all three"): (known, liking),
}
for name, (rules, interest) in ways.items():
    advice = recommend.next_best(
        before, rules, products=company.products, interest=interest, repeatable=again
    )
    print(f"{recommend.hit_rate(advice, after):.0%}  {name}")

# %% [markdown] lang="zh"
"""
在悦选，光靠“一起买”并不比热销榜强；加上 **兴趣**，命中率高出 6 个百分点以上。听上去厉害的办法，不一定赢得过热销榜：先验，再上线。你的公司可能不一样，所以这一格要自己跑。
"""

# %% [markdown] lang="en"
"""
At Yuexuan, co-purchase alone does no better than the best-seller list; with **interest** the hit rate is more than 6 percentage points higher. What sounds clever need not beat the best sellers: test first, then use. Your company may differ, so run this cell yourself.
"""

# %% [markdown] lang="zh"
"""
## 8. 渠道：客户从哪里来，下一元花在哪里

前面的渠道是“用什么联系老客户”。这里的渠道是“新客户从哪里来”，它花掉的钱多得多。把漏斗一步一步除下来：

- 访问 → 线索 → 客户，每一步除以上一步，就是转化率；
- 费用 ÷ 新客户数，就是每客成本（获客成本）；
- 新客户至今带来的毛利，减去费用，再除以费用，就是回报率。

1,000 次访问，50 条线索，10 位客户，费用 200 元：转化率 5%，再 20%，合起来 1%；每客成本 20 元。下面是悦选去年的五条渠道：
"""

# %% [markdown] lang="en"
"""
## 8. Channels: where customers come from, and where the next yuan goes

So far a channel was how we contact the customers we have. Here it is where new customers come from, and this costs a good deal more. Divide down the funnel step by step:

- visits → leads → customers: each step divided by the one before is its conversion;
- cost ÷ new customers is the cost per customer;
- the margin these customers have brought so far, less the cost, divided by the cost, is the return.

1,000 visits, 50 leads, 10 customers, 200 yuan: conversion 5%, then 20%, 1% in all; 20 yuan per customer. Below are Yuexuan's five channels of last year:
"""

# %%
won = channels.won_customers(company.customers, facts, year_ago, company.as_of)
spent = company.channels[company.channels["month"] >= year_ago]
margin_rate = facts["margin"].sum() / facts["monetary"].sum()
funnel = channels.conversion(spent, won, margin_rate)
steps = ["visits", "leads", "customers", "lead_rate", "close_rate", "cost", "cost_per_customer", "roi"]
labelled(funnel[steps].round(2))

# %% [markdown] lang="zh" tags=["slide-only"]
"""
## 直播间看的人最多，留下的最少

赢来一位要 272 元，到现在还没赚回来。
"""

# %% [markdown] lang="en" tags=["slide-only"]
"""
## The live stream has the most viewers and keeps the fewest

A customer costs 272 yuan and has not earned it back so far.
"""

# %% tags=["slide"]
plots.action.channels(funnel)

# %% [markdown] lang="zh"
"""
左边三个记号，是访问、线索、客户，越往左漏得越多（对数轴，一大格差十倍）；右边是赢来一位客户花多少钱。直播间看的人最多，留下的最少，一位客户要 270 元上下，到现在还没赚回来。第 09 课的表里是 178 元：那里算两年，除以全部注册的人；这里只算去年，除以买过的人。12 月才来的客户还没时间花钱；进店的人，有些不做推广也会来。
"""

# %% [markdown] lang="en"
"""
On the left each channel has three marks, visits, leads and customers; the further they fall to the left, the more is lost (a log axis: each large step is ten times). On the right is what it costs to win a customer. The live stream has the most viewers and keeps the fewest; a customer costs about 270 yuan there and has not earned it back so far. Lesson 09 said 178 yuan: it took both years and divided by all who signed up; here we take last year and divide by those who bought. Those who came in December have had no time to spend; and some who enter a store would have come without any promotion.
"""

# %%
shift = channels.shift_budget(funnel["cost"], funnel["margin"])
labelled(shift[["cost", "suggested", "change", "next_yuan"]].round(2))

# %% [markdown] lang="zh"
"""
`shift_budget` 不多花一元，只挪钱：每条渠道最多增减 30%，挪到各处的下一元换回差不多为止。它靠一个 **假设**：钱加倍，毛利到不了两倍（收益递减）。假设不是测出来的，所以先小步挪，再看。
"""

# %% [markdown] lang="en"
"""
`shift_budget` spends not a yuan more and only moves money: each channel gains or loses at most 30%, until the next yuan brings about the same everywhere. It rests on an **assumption**: twice the money brings less than twice the margin (diminishing returns). An assumption is no measurement, so move in small steps and look again.
"""

# %% [markdown] lang="zh"
"""
渠道月报里 `channel` 是渠道，`month` 是哪个月，`cost` 是花了多少。
"""

# %% [markdown] lang="en"
"""
In the channels by month `channel` is the channel, `month` the month and `cost` what it cost.
"""

# %% [markdown] try="strategy-customer-cost"

# %% [markdown] lang="zh"
"""
## 9. 一页纸和一张名单

顾明远说的是总预算不变。那么从回报最低的渠道（在悦选是直播间）拿出 30%，一个季度的这部分钱交给策略手册，总数一元也没多。

要签字的数，得经得起查：不照手册的估计，取 **小的那个**：活动测出来的下限和手册的估计，哪个小用哪个（`careful=True`）。活动给了优惠、打法没给的，这样也不容易看高。

像第 8 节那样挪给门店行不行？按那里的假设，门店的下一元换回 3 元多毛利，手册里下一层只有 1.4 元上下。可是门店的数里有不做推广也会来的人，手册里只算联系带来的。我们先选算得更保守的一边：
"""

# %% [markdown] lang="en"
"""
## 9. One page and one list

Gu Mingyuan said that the total stays the same. So take 30% from the channel with the lowest return (at Yuexuan the live stream), and give what this makes in a quarter to the playbook; the total has not grown by a yuan.

A number to be signed has to stand up to questions. So it does not take the guess of the playbook but **the smaller of two**: the lower limit of what campaigns measured, or the guess (`careful=True`). Where the campaigns gave a discount and the play does not, that makes it less likely to look too good.

Why not to the stores, as in section 8? By the assumption made there, the next yuan brings over 3 yuan of margin in a store, and about 1.4 in the next tier of the playbook. But the number of the stores includes people who would come without any promotion, and the playbook counts only what the contact brings. We begin with the more careful side:
"""

# %% [markdown] lang="zh" tags=["slide-only"]
"""
## 总数不变，直播间拿出 30%

- 590 元 + 1,061 元 = 1,652 元，一个季度
- 费用 867 元，预计毛利 2,205 元
- 净收益 1,338 元，投资回报率 1.54；剩下的钱不花
"""

# %% [markdown] lang="en" tags=["slide-only"]
"""
## The total stays; the live stream gives up 30%

- 590 yuan + 1,061 yuan = 1,652 yuan for a quarter
- Cost 867 yuan, expected margin 2,205 yuan
- Profit 1,338 yuan, return on investment 1.54; the rest is not spent
"""

# %%
weakest = funnel["roi"].idxmin()
freed = round(0.3 * funnel.loc[weakest, "cost"] / 4, 2)

tested = company.owner("responses")
by_play = response.by_play(tested.orders, tested.campaigns, tested.responses, book)
sure = response.into_playbook(book, by_play, careful=True)
cautious = strategy.plan(segment, order_value, sure, not_contacted=silent)
final = strategy.within_budget(cautious, budget + freed)
page = strategy.one_page(final, sure)
print(t(zh="预算（元）：", en="budget (yuan):"), f"{budget:,.2f} + {freed:,.2f} = {budget + freed:,.2f}")
brief = page.drop(columns=["expected_orders", "expected_sales"]).round(2)
labelled(brief.astype({"roi": object}).fillna({"roi": "—"}))

# %% [markdown] lang="zh"
"""
这就是可以签字的一页纸（存成文件时，还有增量订单和增量销售额两列）：给谁、给什么、走哪条渠道、花多少、预计换回多少，最后一行是合计。没花钱的层没有回报率，写成“—”。悦选有两层照小的那个数要亏，所以一元也不给，剩下的钱不花，或者拿来带着对照组再测一次。照手册的估计、照测出来的各能赚多少，第 6 节末尾的进阶里有。签字前再问三句：这个数是测出来的，还是估的？没轮到的客户，一年以后怎么办？不联系的人，名单里真的没有？

执行的人要的是名单。`contact_list` 按这一页把客户一位一位列出来，只付了一部分钱的那层，单均金额高的排在前。我们再给每人配上下一件产品，每层看一位：
"""

# %% [markdown] lang="en"
"""
This is the page to sign (the saved file has the extra orders and sales as well): what for whom, through which channel, at what cost, for what expected return; the last row is the total. A tier on which nothing is spent has no return, hence "—". At Yuexuan two tiers lose money by the smaller number and get none; what is left is not spent, or pays for measuring them once more with a control group. What the guesses and the measured numbers would earn stands in the stretch at the end of section 6. Three questions before signing: was this number measured or guessed? What about those who were left without, a year from now? And are those who must not be contacted really not on the list?

Those who do the work need names. `contact_list` lists the customers of this page one by one; where a tier is paid for in part, the higher order value comes first. We add the next product for each, and look at one customer a tier:
"""

# %% [markdown] lang="zh" tags=["slide-only"]
"""
## 执行的人要的是名单

| 交出去之前，先对三个数 | |
|---|---|
| 名单上有几位 | 1,873 |
| 计划里有几位 | 1,873 |
| 其中不该联系的 | 0 |

每位配上下一件产品；抽出一部分人留作对照，否则永远不知道有没有用。
"""

# %% [markdown] lang="en" tags=["slide-only"]
"""
## Those who do the work need names

| three numbers before it goes out | |
|---|---|
| people on the list | 1,873 |
| people in the plan | 1,873 |
| of them not to be contacted | 0 |

Each with the next product; hold some back for comparison, or nobody will ever know whether it helped.
"""

# %%
interest = recommend.interest_lift(money_by(company.orders, "category", products=company.products))
advice = recommend.next_best(
    bought, pairs, products=company.products, interest=interest, repeatable=again, top=1
)
contact_list = strategy.contact_list(segment, order_value, final, not_contacted=silent)
advised = advice.set_index("customer_id")[["product_id", "reason"]]
contact_list[["next_product", "reason"]] = advised.reindex(contact_list.index)
contact_list["next_product"] = contact_list["next_product"].map(names)
labelled(contact_list.groupby("tier", sort=False).head(1).round(2))

# %%
pd.Series(
    {
        t(zh="名单上有几位", en="people on the list"): len(contact_list),
        t(zh="计划里有几位", en="people in the plan"): final["contacted"].sum(),
        t(zh="其中不该联系的", en="of them not to be contacted"): silent[contact_list.index].sum(),
    }
)

# %% [markdown] lang="zh"
"""
先对三个数：名单上的人数要和计划里一样，名单上不该联系的人要是 0。名单交出去之前，先按第 13 课的办法抽出一部分人留作对照，否则永远不知道有没有用。

要存成 Excel，把下面的 `False` 改成 `True` 再运行。文件存在你自己的 `my` 文件夹里，课程更新时不会动它。
"""

# %% [markdown] lang="en"
"""
First check the three numbers: the list must hold as many people as the plan, and 0 who should not be contacted. Before the list goes out, lesson 13 holds some of them back for comparison; otherwise nobody will ever know whether it helped.

To save them as Excel files, change `False` below to `True` and run the cell. They go into your own folder `my`, which updates of the course never touch.
"""

# %%
keep_files = False
if keep_files:
    save_table(page, "playbook.xlsx")
    save_table(contact_list, "contact_list.xlsx")

# %% [markdown] try="strategy-to-director"

# %% [markdown] lang="zh"
"""
## 10. 自己动手调

三个滑块：预算、增量兑现几成、再让价多少。先把“增量兑现几成”从 100 拖到 50，看哪几层变成得不偿失；再放回 100，让价拖到 10，看净收益掉多少。
"""

# %% [markdown] lang="en"
"""
## 10. Try it by hand

Three sliders: the budget, how much of the extra response comes true, and a further discount. First move the extra response from 100 to 50 and see which tiers now lose money; put it back to 100, move the discount to 10 and see how far the profit falls.
"""

# %% [markdown] lang="zh" tags=["slide-only"]
"""
## 增量只兑现一半，哪几层得不偿失

打开笔记本，拖到 50；再放回 100，让价拖到 10。
"""

# %% [markdown] lang="en" tags=["slide-only"]
"""
## When half of the extra comes true, which tiers lose money?

Open the notebook and go to 50; then back to 100, and the discount to 10.
"""

# %% tags=["explorer", "slide"]
explore.strategy.show(company, full, budget + freed)

# %% [markdown] lang="zh"
"""
括号里是每一层的结论：全额投入（不另注明）、部分投入、预算用完、得不偿失。预算加到头以后，再加也花不出去。图上看不出让价以后会不会多来一些人。图里假设不会；你若认为会，把“增量兑现几成”一起往上拖。
"""

# %% [markdown] lang="en"
"""
In brackets is the verdict on each tier: paid in full (not written), paid in part, no money left, loses money. Beyond a certain budget, more of it cannot be spent. The figure does not show whether a discount brings more people. The figure assumes that it does not; if you think it does, move the extra response up along with it.
"""

# %% [markdown] try="strategy-half-true"

# %% [markdown] lang="zh"
"""
> **在 Excel 里**：一个打法值不值，一行四格，B 到 E：人数、多来的比例、每单毛利、每人成本；`=B2*(C2*D2-E2)`。几个打法的合计用 `SUMPRODUCT`。
"""

# %% [markdown] lang="en"
"""
> **In Excel**: Is a play worth it? One row, four cells, B to E: people, extra response, margin per order, cost per head; `=B2*(C2*D2-E2)`. `SUMPRODUCT` adds several plays up.
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
quiz("11")

# %% [markdown] about="key_points"

# %% [markdown] lang="zh"
"""
## 在你的公司

把 `load()` 换成 `load("own/company.toml")`，把手册样本（`print(playbook.SAMPLE)` 会说它在哪里）复制成 `own/playbook.yaml`，改成自己的打法，再把 `playbook.sample_playbook(...)` 换成 `playbook.load_playbook("own/playbook.yaml")`。

- 手册里有你没有的层、少了你有的层？程序会点名说缺哪一层，补进某个打法的 `tiers` 就行。
- 没有营销活动的花费？问财务要去年的总数，把 `budget` 直接写成一个数。
- 没有渠道费用表？跳过第 8 节，先做第 1 到 6 节。缺的表会从样本公司借来，只供练习，不要写进你的报告。
- 增量响应率一个也没测过？先用样本里的数，在一页纸上写明“估计”，第 13 课之后换成测出来的。
"""

# %% [markdown] lang="en"
"""
## In your company

Replace `load()` by `load("own/company.toml")`, copy the sample playbook (`print(playbook.SAMPLE)` says where it is) to `own/playbook.yaml`, make the plays your own, and replace `playbook.sample_playbook(...)` by `playbook.load_playbook("own/playbook.yaml")`.

- Tiers that the playbook lacks? The program names them; add each to the `tiers` of a play.
- No cost of campaigns? Ask finance for last year's total and write `budget` as a plain number.
- No table of channel costs? Skip section 8 and begin with sections 1 to 6. Tables you lack are borrowed from a sample company, for practice only; keep them out of your report.
- Not one extra response was ever measured? Start with the sample's numbers, write "guess" on the page, and put measured ones in their place after lesson 13.
"""

# %% [markdown] lang="zh" tags=["slide-only"]
"""
## 在你的公司：手册改成自己的打法

- 没有活动花费：问财务要去年的总数
- 没有渠道费用表：先做到预算为止
- 增量响应率没测过：一页纸上写明“估计”
- 借来的表只供练习，不写进报告
"""

# %% [markdown] lang="en" tags=["slide-only"]
"""
## In your company: make the plays your own

- No cost of campaigns: ask finance for last year's total
- No channel costs: go as far as the budget
- Extra response never measured: write "guess" on the page
- Borrowed tables are for practice, not for your report
"""

# %% [markdown] lang="zh" tags=["stretch"]
"""
## 别处怎么叫

| 这门课 | 别处 |
|---|---|
| 打法、策略手册 | play, playbook |
| 增量响应率 | 增量、提升（incremental response, uplift） |
| 没联系的那一半 | 对照组（control group, holdout） |
| 往平均靠一步 | 收缩、经验贝叶斯（shrinkage, empirical Bayes） |
| 一起买 | 购物篮分析（market basket analysis） |
| 下一件推荐什么 | NBO（next best offer） |

想查原文：Kohavi、Tang 和 Xu（2020），*Trustworthy Online Controlled Experiments*；DerSimonian 和 Laird（1986），Meta-analysis in clinical trials，*Controlled Clinical Trials* 7；Agrawal、Imieliński 和 Swami（1993），Mining association rules，*SIGMOD*。
"""

# %% [markdown] lang="en" tags=["stretch"]
"""
## What others call this

| this course | elsewhere |
|---|---|
| play, playbook | the same |
| extra response | incremental response, uplift |
| the half not contacted | control group, holdout |
| a step towards the mean | shrinkage, empirical Bayes |
| bought together | market basket analysis |
| which product comes next | NBO (next best offer) |

To look up: Kohavi, Tang and Xu (2020), *Trustworthy Online Controlled Experiments*; DerSimonian and Laird (1986), Meta-analysis in clinical trials, *Controlled Clinical Trials* 7; Agrawal, Imieliński and Swami (1993), Mining association rules, *SIGMOD*.
"""

# %% [markdown] about="next"

# %% [markdown] about="opening"

# %% [markdown] lang="zh"
"""
## 故事与数据

顾明远把第 03 课的 A 级名单摊在桌上：“这些人两年里带来了 80% 的钱。今年还会吗？”

小林往下翻。排在前面的一位，一共花了八千多元，可最后一次来是九个月以前。排在中间的一位才花了九百元，却每个月都来。“名单说的是他们**给过**多少，”小林说，“您问的是他们**还会给**多少。这是两个数。”

这一课算第二个数：客户终身价值（customer lifetime value，CLV）。别的书有把过去的钱也加进去的；这门课只算今后，因为今天能改变的只有今后。

不是每家公司的数据都能预测。下面的 `company_with_forecast` 先试一次：能，就用你选的公司；不能，就改用悦选，第 7 节再看为什么不能。印出来的名字，就是这一课用的公司。
"""

# %% [markdown] lang="en"
"""
## Story and data

Gu Mingyuan spreads the A list of lesson 03 on the table: "In two years these people brought us 80% of the money. Will they do so again?"

Lin leafs through it. One near the top spent more than eight thousand yuan in all, but came last nine months ago. One in the middle spent only nine hundred, yet comes every month. "The list says what they **gave** us," says Lin. "You ask what they **will give** us. Those are two numbers."

This lesson computes the second: the customer lifetime value (CLV). Some books add the money of the past; this course counts only what is to come, since that is all we can still change.

Not every company's data can be forecast from. The function `company_with_forecast` below tries: if it works, we use the company you chose; if not, we use Yuexuan, and section 7 shows why. The name printed is the company of this lesson.
"""

# %%
import pandas as pd

from custseg_helpers import (
    channels,
    clv,
    clv_holdout,
    cuts,
    excel,
    explore,
    labelled,
    load,
    load_sample,
    order_facts,
    plots,
    quiz,
    use_language,
    value,
)

use_language(t(zh="zh", en="en"))

company = clv_holdout.company_with_forecast(load())
orders, as_of = company.orders, company.as_of
facts = order_facts(orders, as_of, products=company.products)
grade = value.abc(facts["monetary"]).rename("value_tag")
print(company.title)
print(
    t(zh="买过东西的客户", en="customers who bought"),
    f"{len(facts):,}",
    t(zh="其中 A 级", en="of them grade A"),
    (grade == "A").sum(),
)

# %% [markdown] lang="zh"
"""
名字下面两个数：买过东西的客户，和其中的 A 级。这里的 ABC 就是第 03 课的等级，在这一课里叫**价值标签**：按已经带来的钱写的。
"""

# %% [markdown] lang="en"
"""
The two numbers below the name: customers who bought, and how many of them are As. These are the ABC grades of lesson 03; here we call them the **value tag**: written by the money that has come.
"""

# %% [markdown] lang="zh" tags=["slide-only"]
"""
## 名单说给过多少，我们问还会给多少

- 一位花了八千多元，九个月没来
- 一位才花了九百元，每个月都来
- 今天能改变的，只有今后
"""

# %% [markdown] lang="en" tags=["slide-only"]
"""
## The list says what they gave; we ask what they will give

- One spent more than eight thousand yuan and has been away nine months
- One spent nine hundred yuan and comes every month
- All we can still change is what is to come
"""

# %% [markdown] lang="zh" tags=["trainer"]
"""
**老师：** 开场问一句：“一位客户十年前买过你们一套房，他今天值多少钱？”等学员吵起来，再在黑板中间画一条竖线，左边写“已经来的”，右边写“还会来的”。今天全部在右边。

**卡点：** 有人觉得“花得多的客户，你说他只值 12 元，太无情”。回答：12 元说的是不做任何事会发生什么，不是他配得上什么样的服务。

**来不及时：** 第 6 节的“翻开标准答案”和第 9 节留作课后；第 2 节和第 6 节的验证不能省。
"""

# %% [markdown] lang="en" tags=["trainer"]
"""
**Trainer:** Open with a question: "A customer bought a flat from you ten years ago. What is he worth today?" Let them argue, then draw a vertical line on the board: on the left "has come", on the right "is to come". All of today is on the right.

**Where they stumble:** some find it heartless that someone who spent so much should be "worth 12 yuan". Answer: 12 yuan is what will happen if nobody does anything; it is not what service the person deserves.

**When late:** leave "the back of the book" in section 6 and section 9 for later; do not cut section 2 or the check in section 6.
"""

# %% [markdown] lang="zh"
"""
## 1. 给过的，和还会给的

三位客户。第一列是迄今花的钱，第二、三列先当作有人告诉了我们：今后一年大约来几次，每次花多少。
"""

# %% [markdown] lang="en"
"""
## 1. What they gave and what they will give

Three customers. The first column is the money spent so far; the next two, let us pretend, somebody told us: how often they will come in the year ahead, and what they will spend each time.
"""

# %% [markdown] lang="zh" tags=["slide-only"]
"""
## 花得最多的，今后给得最少

今后的钱 = 来几次 × 每次多少。
"""

# %% [markdown] lang="en" tags=["slide-only"]
"""
## Who gave most will give least

What is to come = how often × how much each time.
"""

# %% tags=["slide"]
few = pd.DataFrame(
    {"monetary": [8000, 900, 2000], "expected_purchases": [0.1, 6, 4], "expected_spend": [400, 150, 200]},
    index=t(zh=["刘洋", "陈静", "何芳"], en=["Liu Yang", "Chen Jing", "He Fang"]),
)
few[t(zh="今后一年的消费", en="to come in a year")] = few["expected_purchases"] * few["expected_spend"]
labelled(few)

# %% [markdown] lang="zh"
"""
按给过的钱，刘洋第 1，陈静垫底。按还会给的钱，陈静 6 × 150 = 900 元排第 1，刘洋只有 0.1 × 400 = 40 元。0.1 次是什么意思？像刘洋这样的 10 位客户，今后一年大约有 1 位会来一次。

整堂课就是去找那两列：**来几次**、**每次多少**。来几次又要先问一句：人还在不在？
"""

# %% [markdown] lang="en"
"""
By what they gave, Liu Yang is number 1 and Chen Jing last. By what they will give, Chen Jing leads with 6 × 150 = 900 yuan, and Liu Yang has 0.1 × 400 = 40. What does 0.1 purchases mean? Of 10 customers like Liu Yang, about 1 will come once in the year ahead.

The whole lesson looks for those two columns: **how often** and **how much each time**. And before "how often" stands another question: is the customer still with us?
"""

# %% [markdown] lang="zh"
"""
## 2. 还在不在：存活概率

没有哪位会员会来信说“我不来了”。我们只看得到沉默。沉默的人有两种：走了的，和还没轮到来的。数一数就知道哪种多。

设想 100 位一样的客户，以往平均 30 天来一次。最近一次来过之后，10 位走了，90 位还在。还在的人也有来得晚的：30 天过去，大约 33 位还没来；60 天，12 位；90 天，4 位。走了的 10 位，当然一直没来。
"""

# %% [markdown] lang="en"
"""
## 2. Still with us? The probability of being alive

No member writes a letter saying "I shall not come again". All we see is silence. The silent are of two kinds: those who have left, and those whose turn has not come yet. Counting tells which kind prevails.

Picture 100 customers alike who used to come every 30 days on average. After the latest purchase 10 left and 90 stayed. Of those who stayed some come late: after 30 days about 33 have not been yet, after 60 days 12, after 90 days 4. The 10 who left have of course not been at all.
"""

# %% [markdown] lang="zh" tags=["slide-only"]
"""
## 沉默越久，还在的人越少

100 位客户，以往平均 30 天来一次。沉默 60 天的 22 位里，12 位还在。
"""

# %% [markdown] lang="en" tags=["slide-only"]
"""
## The longer the silence, the fewer are still here

100 customers who used to come every 30 days. Of 22 silent for 60 days, 12 are still here.
"""

# %% tags=["slide"]
here, gone, chance = t(
    zh=["还在，只是没来", "已经走了", "存活概率"],
    en=["still here, silent", "gone", "probability of being alive"],
)
silent = pd.DataFrame(
    {here: [90, 33, 12, 4], gone: 10},
    index=pd.Index([0, 30, 60, 90], name=t(zh="沉默天数", en="days silent")),
)
silent[chance] = (silent[here] / (silent[here] + silent[gone])).round(2)
silent

# %% [markdown] lang="zh"
"""
沉默 60 天的一共 12 + 10 = 22 位，其中 12 位还在：12 ÷ 22 = 55%。这个比例就叫存活概率（probability of being alive）。“存活”不是指人，是指**还是我们的客户**。沉默越久，比例越低。

如果这 100 位以往是 120 天才来一次呢？那么 60 天没来太平常了，还在的 90 位里大约有 55 位都没来：55 ÷ 65 = 85%。**同样 60 天，来得勤的人剩 55%，来得少的人还有 85%。** 所以“90 天没来算流失”这样一刀切的规矩，会冤枉一批，又放过一批。
"""

# %% [markdown] lang="en"
"""
Silent for 60 days are 12 + 10 = 22 people, of whom 12 are still here: 12 ÷ 22 = 55%. That share is the probability of being alive. "Alive" is not said of the person but of **being our customer**. The longer the silence, the lower it falls.

And if these 100 used to come only every 120 days? Then 60 days without a visit are quite usual, and about 55 of the 90 have not been yet: 55 ÷ 65 = 85%. **The same 60 days leave 55% for those who came often and 85% for those who came rarely.** So one rule for all, "90 days away is lost", is unfair to some and misses others.
"""

# %% [markdown] lang="zh" tags=["slide-only"]
"""
## 同样 60 天没来，两种意思

| 以往多久来一次 | 还在的可能 |
|---|---|
| 30 天 | 55% |
| 120 天 | 85% |

“90 天没来算流失”会冤枉一批，又放过一批。
"""

# %% [markdown] lang="en" tags=["slide-only"]
"""
## The same 60 days mean two things

| used to come every | still here |
|---|---|
| 30 days | 55% |
| 120 days | 85% |

"90 days away is lost" is unfair to some and misses others.
"""

# %% [markdown] lang="zh"
"""
“10 位走了”“平均 30 天”是我们编的。真数从哪来？从全体客户的购买记录里找。`purchase_history` 把订单变成一人一行：首次之后又来过几次，最后一次是第几天，一共观察了多少天，平均每次花多少。`fit_purchases` 找出最说得通的一组数，用一句话说给你听。
"""

# %% [markdown] lang="en"
"""
"10 left" and "30 days on average" were made up. Where do the real numbers come from? From the purchases of all customers. `purchase_history` turns orders into one row a customer: purchases after the first, the day of the last one, days observed, and the mean spend. `fit_purchases` finds the numbers that explain them best and says so in a sentence.
"""

# %%
history = clv.purchase_history(orders, as_of)
labelled(history.round(2).head(3))

# %%
model = clv.fit_purchases(history)
print(model.text)

# %% [markdown] lang="zh"
"""
现在画三位客户，一个点是一次购买，灰条是沉默。陈静和刘洋**都来过 6 次**。
"""

# %% [markdown] lang="en"
"""
Now draw three customers: a point is a purchase, the grey bar is silence. Chen Jing and Liu Yang **both came 6 times**.
"""

# %% [markdown] lang="zh" tags=["slide-only"]
"""
## 都来过 6 次，一位还在，一位多半走了

刘洋来得正勤时突然停了：4%。马磊沉默得一样久，可他本来就来得少：61%。
"""

# %% [markdown] lang="en" tags=["slide-only"]
"""
## Both came 6 times; one is here, one has most likely left

Liu Yang came often and then stopped: 4%. Ma Lei, silent as long, never came often: 61%.
"""

# %% tags=["slide"]
days = {
    t(zh="陈静", en="Chen Jing"): ["01-06", "03-15", "05-22", "07-28", "10-04", "12-11"],
    t(zh="刘洋", en="Liu Yang"): ["01-06", "01-20", "02-10", "02-28", "03-20", "04-09"],
    t(zh="马磊", en="Ma Lei"): ["01-06", "04-09"],
}
three = pd.DataFrame([(name, day) for name in days for day in days[name]], columns=["customer_id", "day"])
three["order_date"] = pd.to_datetime("2025-" + three["day"])
three_orders = three.assign(order_id=range(len(three)), amount=200)
alive_three = clv.alive_probability(clv.purchase_history(three_orders, "2026-01-01"), model)
plots.clv.timelines(three, "2026-01-01", alive_three)

# %% [markdown] lang="zh"
"""
**这张图说了什么：** 右边的百分数是存活概率。次数一样，陈静按老节奏来，刘洋来得正勤时突然停了：他多半走了。马磊和刘洋沉默得一样久，可他本来就来得少，还说不准。**它没说什么：** 刘洋为什么停。搬家、生气、找到了更近的店，图上都是同一条灰。
"""

# %% [markdown] lang="en"
"""
**What the figure tells:** the percentage on the right is the probability of being alive. With the same number of purchases, Chen Jing keeps her pace, while Liu Yang came often and then stopped: he has most likely left. Ma Lei has been silent as long as Liu Yang, but he never came often, so nobody can be sure. **What it does not tell:** why Liu Yang stopped. Moved away, angry, a shop closer by: all are the same grey.
"""

# %% [markdown] lang="zh" tags=["slide-only"]
"""
## 给门店一张表，比给一个“90 天”强

来得勤的人一沉默就暗下去；来得少的人，慢慢变。
"""

# %% [markdown] lang="en" tags=["slide-only"]
"""
## A table serves a shop better than "90 days"

Frequent customers turn dark as soon as they fall silent; rare ones slowly.
"""

# %% tags=["slide"]
plots.clv.alive_matrix(model)

# %% [markdown] lang="zh"
"""
**这张图说了什么：** 一行一行看。最下面一行（再来过 1 次）颜色变得慢，最上面几行一沉默就暗下去。给门店一张这样的表，比给一个“90 天”强。**它没说什么：** 只买过一次的人。模型假定人是在某次再来之后才走的，所以只买过一次的，存活概率一律写成 100%。那不是好消息，是没消息：看他，要看预计来几次。
"""

# %% [markdown] lang="en"
"""
**What the figure tells:** read it row by row. In the bottom row (came back 1 time) the colour changes slowly; the top rows turn dark as soon as they fall silent. A table like this serves a shop better than "90 days". **What it does not tell:** anything about those who bought only once. The model takes it that people leave after a repeat purchase, so one-time buyers all get 100%. That is not good news but no news: for them, look at the expected purchases.
"""

# %% [markdown] lang="zh"
"""
`clv.alive_probability(history, model)` 给出每位客户还活跃的可能，从 0 到 1。
"""

# %% [markdown] lang="en"
"""
`clv.alive_probability(history, model)` gives how likely each customer is still active, from 0 to 1.
"""

# %% [markdown] try="clv-likely-gone"

# %% [markdown] lang="zh"
"""
## 3. 今后来几次

最省事的预测是**照旧**：过去 100 天来 2 次，一年就是 7.3 次。这叫朴素预测（naive forecast）。看它怎么出洋相。
"""

# %% [markdown] lang="en"
"""
## 3. How often they will come

The cheapest forecast is **as before**: 2 times in 100 days makes 7.3 in a year. That is the naive forecast. See how it makes a fool of itself.
"""

# %% [markdown] lang="zh" tags=["slide-only"]
"""
## 证据越少，越往大家靠

借给每人 45 天、0.6 次。周婷从一年 104 次变成 18 次，陈静几乎不变。
"""

# %% [markdown] lang="en" tags=["slide-only"]
"""
## The thinner the evidence, the closer to everybody

Lend each 45 days and 0.6 purchases. Zhou Ting falls from 104 a year to 18; Chen Jing hardly changes.
"""

# %% tags=["slide"]
pace = pd.DataFrame(
    {"repeat_purchases": [2, 2, 20, 0], "observed_days": [7, 70, 300, 100]},
    index=t(zh=["周婷", "马磊", "陈静", "吴刚"], en=["Zhou Ting", "Ma Lei", "Chen Jing", "Wu Gang"]),
)
pace[t(zh="照旧，一年几次", en="as before, a year")] = pace["repeat_purchases"] / pace["observed_days"] * 365
pace[t(zh="借一点，一年几次", en="with a loan, a year")] = (
    (pace["repeat_purchases"] + 0.6) / (pace["observed_days"] + 45) * 365
)
labelled(pace.round(1))

# %% [markdown] lang="zh"
"""
周婷 7 天里再来了 2 次，照旧就是一年 104 次，谁信？吴刚 100 天没再来，照旧就是永远 0 次，也说得太死。

办法是**借一点**：借给每人 45 天的经历，里面来过 0.6 次，那是全体客户的一般水平。周婷成了（2 + 0.6）÷（7 + 45）× 365 = 18 次；吴刚成了 1.5 次。陈静自己有 300 天的记录，借的那点几乎不起作用：24.3 变成 21.8。**证据越少，越往大家靠；证据越多，越听他自己的。**

借多少不是拍脑袋，是模型从全体客户算出来的：悦选大约是 45 天 0.6 次。
"""

# %% [markdown] lang="en"
"""
Zhou Ting came back 2 times within 7 days; as before makes 104 a year, and who believes that? Wu Gang has not come back in 100 days; as before makes 0 for ever, which is too hard on him.

The way out is **a loan**: lend everyone 45 days of history with 0.6 purchases in it, the usual pace of all customers. Zhou Ting then has (2 + 0.6) ÷ (7 + 45) × 365 = 18 and Wu Gang 1.5. Chen Jing has 300 days of her own and the loan hardly matters: 24.3 becomes 21.8. **The thinner the evidence, the closer to everybody; the richer, the more we follow the customer.**

The size of the loan is not a guess; the model works it out from all customers: about 45 days and 0.6 purchases at Yuexuan.
"""

# %%
r, loan_days = model.in_days[:2]
print(t(zh="借的天数", en="days lent"), f"{loan_days:.0f}", t(zh="借的次数", en="purchases lent"), f"{r:.1f}")

# %% [markdown] lang="zh"
"""
上面是这家公司借的天数和次数。还差最后一步：这是人**还在**时的速度，要乘存活概率；路上也还会有人走，再打一点折。`expected_purchases` 三件事一起做，末尾写预测的天数。
"""

# %% [markdown] lang="en"
"""
Above: the days and purchases that this company lends. One step is left: this is the pace of a customer who **is still here**, so it is multiplied by the probability of being alive; and some will leave on the way, which takes off a little more. `expected_purchases` does all three; the days to forecast come last.
"""

# %%
alive = clv.alive_probability(history, model)
coming = clv.expected_purchases(history, model, 365)
labelled(pd.concat([history["repeat_purchases"], alive, coming], axis=1).round(2).head())

# %% [markdown] try="clv-next-quarter"

# %% [markdown] lang="zh"
"""
## 4. 每次花多少

同样的办法。平均每次 200 元的店里，有人再来过 1 次，花了 900 元。他是每次 900 元的大客户，还是碰巧那天办喜事？**借他一单大家的平均**：（900 + 200）÷ 2 = 550 元。再来过 9 次、次次 900 元的，是（9 × 900 + 200）÷ 10 = 830 元。
"""

# %% [markdown] lang="en"
"""
## 4. How much each time

The same way. In a shop with 200 yuan per purchase on average, someone came back once and spent 900. Is that a customer of 900 each time, or was there a wedding that day? **Lend one purchase at everybody's average**: (900 + 200) ÷ 2 = 550 yuan. Whoever came back 9 times at 900 gets (9 × 900 + 200) ÷ 10 = 830 yuan.
"""

# %% [markdown] lang="zh" tags=["slide-only"]
"""
## 一次 900 元，不等于次次 900 元

- 大家平均每次 200 元，借他一单
- 再来过 1 次：（900 + 200）÷ 2 = 550 元
- 再来过 9 次：（9 × 900 + 200）÷ 10 = 830 元
"""

# %% [markdown] lang="en" tags=["slide-only"]
"""
## 900 yuan once is not 900 yuan each time

- Everybody's average is 200 yuan; lend one purchase
- Came back 1 time: (900 + 200) ÷ 2 = 550 yuan
- Came back 9 times: (9 × 900 + 200) ÷ 10 = 830 yuan
"""

# %%
spend_model = clv.fit_spend(history)
each = clv.expected_spend(history, spend_model)
print(spend_model.text)
labelled(pd.concat([history[["repeat_purchases", "mean_spend"]], each], axis=1).round(1).head())

# %% [markdown] lang="zh"
"""
右边一列都往平均数靠了一步，再来次数少的靠得多。没再来过的（空值），就是大家的平均。借几单也由数据定，不一定正好 1 单。
"""

# %% [markdown] lang="en"
"""
The last column has moved a step towards the average, further for those who came back rarely. Who never came back (empty) gets everybody's average. How many purchases are lent is settled by the data; it need not be exactly 1.
"""

# %% [markdown] lang="zh"
"""
来几次和每次多少，我们分开来算，再相乘。这样做有一个前提：**来得勤的人，每次花的不特别多，也不特别少。** 前提要查，不要信：
"""

# %% [markdown] lang="en"
"""
We work out how often and how much apart, and multiply. That rests on one thing: **those who come often spend neither more nor less each time.** Check it, do not believe it:
"""

# %%
labelled(clv.spend_by_repeats(history).round(0))

# %% [markdown] lang="zh"
"""
一行是再来过几次，右边是平均每次多少元。悦选四行差不到一成，前提站得住。要是从上到下一路涨或者一路跌，来得勤的人就会被估低或者估高：金额只宜作参考，名单的前后仍可用。
"""

# %% [markdown] lang="en"
"""
One row for how often they came back, on the right the yuan each time. At Yuexuan the four rows differ by less than a tenth, so it holds. Where they rise or fall all the way down, those who come often are put too low or too high: take the money as a rough guide; the order of the list still serves.
"""

# %% [markdown] lang="zh" tags=["stretch"]
"""
### 进阶：一家真店

CDNOW 是一家卖唱片的网店，1997 年的订单公开了，许多论文拿它作例子。再来过 1 次的人每次花 32 美元，2 到 3 次的 35，4 到 7 次的 39，8 次以上的 46：一路涨。所以这家店的预测，金额比次数偏得更多，第 6 节会看到。
"""

# %% [markdown] lang="en" tags=["stretch"]
"""
### Stretch: a real shop

CDNOW sold music on the web; its orders of 1997 are public and the example of many papers. Those who came back 1 time spent 32 dollars each time, 2 to 3 times 35, 4 to 7 times 39, 8 times or more 46: it rises all the way. So for this shop the forecast of money is further off than that of purchases, as section 6 shows.
"""

# %% [markdown] lang="zh"
"""
## 5. 毛利和折现，先手算

来几次 × 每次多少，得到的是销售额。货是要花钱进的，所以乘毛利率。还有一件事：**明年的 100 元不等于今天的 100 元。** 今天的钱能去进货、能存银行；明年的钱还可能收不到。老板说“我的钱一年要生 10%”，那么今天的 100 元到明年该是 110 元；反过来，明年的 110 元只当今天的 100 元。这就叫折现（discounting）：晚一年，除以一次 1.1。

一位客户每年 4 单，每单 250 元，毛利率 30%：每年毛利 4 × 250 × 0.3 = 300 元。三年值多少？
"""

# %% [markdown] lang="en"
"""
## 5. Margin and discounting, first by hand

How often × how much each time gives sales. Goods have to be paid for, so multiply by the margin. One thing more: **100 yuan next year are not 100 yuan today.** Today's money can buy stock or lie in a bank; next year's may never come. If the boss says "my money must earn 10% a year", then 100 yuan today should be 110 next year; the other way round, 110 next year count as 100 today. That is discounting: a year later, divide by 1.1 once.

A customer places 4 orders a year of 250 yuan with a margin of 30%: 4 × 250 × 0.3 = 300 yuan of margin a year. What are three years worth?
"""

# %% [markdown] lang="zh" tags=["slide-only"]
"""
## 三年 900 元毛利，今天值 746 元

晚一年，除以一次 1.1。
"""

# %% [markdown] lang="en" tags=["slide-only"]
"""
## 900 yuan of margin in three years are worth 746 today

A year later, divide by 1.1 once.
"""

# %% tags=["slide"]
years = pd.DataFrame(
    {t(zh="毛利", en="margin"): [300, 300, 300], t(zh="除以", en="divide by"): [1.1, 1.21, 1.331]},
    index=pd.Index([1, 2, 3], name=t(zh="第几年", en="year")),
)
years[t(zh="今天值", en="worth today")] = (300 / years[t(zh="除以", en="divide by")]).round(1)
worth = years[t(zh="今天值", en="worth today")].sum()
print(t(zh="三年合计，今天值（元）：", en="three years, worth today (yuan):"), f"{worth:,.1f}")
years

# %% [markdown] lang="zh"
"""
三年一共 900 元毛利，今天值 746 元。`customer_value` 对每位客户做同样的事，只是按 30 天一段来折，并且用上前三节的数。

毛利率能不能人人一个数？不能。悦选从不用折扣的客户，每花 100 元留下 37 元；单单都用折扣的，只留下 15 元。所以**每个人用自己的毛利率**，办法还是借：订单少的，往大家的平均靠。`clv.own_margin` 一人一个数。

最后一列 `clv` 就是**客户终身价值**，这里看今后一年，单位是今天的元。表上面印出的三个数：毛利率最低和最高的那十分之一客户从哪里算起，还有所有客户的 `clv` 合计。印出 100%，就是产品表里没有毛利：那时 `clv` 是销售额。
"""

# %% [markdown] lang="en"
"""
Three years bring 900 yuan of margin and are worth 746 today. `customer_value` does the same for every customer, in steps of 30 days and with the numbers of the three sections before.

Will one margin do for everybody? No. Of every 100 yuan, those of Yuexuan's customers who never take a discount leave 37, those who take one each time only 15. So **each has a margin of their own**, and again by a loan: with few orders it is drawn towards everybody's. `clv.own_margin` has one number for each.

The last column, `clv`, is the **customer lifetime value**, here for the year ahead, in yuan of today. The three numbers printed above the table: where the tenth of customers with the lowest and with the highest margin begin, and the `clv` of all together. If it prints 100%, your products have no margins: `clv` then counts sales.
"""

# %% [markdown] lang="zh" tags=["slide-only"]
"""
## 今后一年，值 292,969 元

- 2,623 位客户：来几次 × 每次多少 × 各自的毛利率
- 再折成今天的钱
- 这是不做任何事会发生什么，不是客户配得上什么服务
"""

# %% [markdown] lang="en" tags=["slide-only"]
"""
## The year ahead is worth 292,969 yuan

- 2,623 customers: how often × how much each time × their own margin
- Counted in money of today
- It is what happens if nobody does anything, not what service they deserve
"""

# %%
own = clv.own_margin(orders, company.products, as_of).reindex(history.index)
future = clv.customer_value(history, model, spend_model, margin=own, days=365, discount_rate=0.10)
print(
    t(zh="毛利率", en="margin"),
    f"{own.quantile(0.1):.0%} – {own.quantile(0.9):.0%}",
    t(zh="客户终身价值合计（元）", en="CLV of all (yuan)"),
    f"{future['clv'].sum():,.0f}",
)
labelled(future.assign(own_margin=own).round(2).head())

# %% [markdown] lang="zh" tags=["stretch"]
"""
### 进阶：换成自己的毛利率，多少人换了标签

要是人人用一个毛利率，潜力标签（第 8 节）会有多少人不一样？
"""

# %% [markdown] lang="en" tags=["stretch"]
"""
### Stretch: how many tags change with a margin of one's own

With one margin for everybody, how many potential tags (section 8) would differ?
"""

# %% tags=["stretch"]
at_one = future["clv"] / own * own.mean()
tags = [cuts.levels(worth, cuts.quantile_cuts(worth)) for worth in (at_one, future["clv"])]
changed = (tags[0] != tags[1]).sum()
print(
    t(
        zh=f"{len(history):,} 位客户里，换了标签的 {changed:,} 位",
        en=f"of {len(history):,} customers, {changed:,} change their tag",
    )
)

# %% [markdown] lang="zh" tags=["stretch"]
"""
悦选大约 13% 的客户换了标签。值不值得？拿后半年考过：用前一年半的订单算各人的毛利率，去猜后半年的，五家样本公司都比人人一个数猜得准。
"""

# %% [markdown] lang="en" tags=["stretch"]
"""
At Yuexuan about 13%. Is it worth the trouble? It sat the exam: margins from the orders of the first year and a half foretold those of the half year after better than one number for all, at all five sample companies.
"""

# %% [markdown] try="clv-three-years"

# %% [markdown] lang="zh"
"""
## 6. 凭什么相信：考一次

预测对不对，不用等一年。**装作今天是半年前**：只给模型看半年前为止的订单，让它预测后半年，再翻开真的后半年来对。这段模型没见过的日子叫验证期（holdout period）。对手是“照旧”。

误差怎么算？四位客户，预测 2、0、1、5 次，实际 3、0、1、2 次，错了 1、0、0、3。错得越离谱越该罚，所以先平方：1、0、0、9，平均 2.5，再开方：1.6 次。这就是“平均一位客户差几次”。
"""

# %% [markdown] lang="en"
"""
## 6. Why believe it? Sit an exam

There is no need to wait a year to see whether a forecast is right. **Pretend that today is half a year ago**: show the model only the orders up to then, let it forecast the half year after, and then compare with what really came. The days the model has not seen are the holdout period. The rival is "as before".

How is the error counted? Four customers, forecast 2, 0, 1 and 5 purchases, actual 3, 0, 1 and 2: wrong by 1, 0, 0 and 3. Gross errors should weigh more, so square them: 1, 0, 0, 9; the mean is 2.5, and its root 1.6 purchases. That is how far off the forecast is for one customer.
"""

# %% [markdown] lang="zh" tags=["slide-only"]
"""
## 凭什么相信：装作今天是半年前

- 只给模型看半年前为止的订单
- 184 天里，预测 2,619 次购买，实际 2,625 次
- 一位客户差几次：模型 1.61，朴素预测 2.56
"""

# %% [markdown] lang="en" tags=["slide-only"]
"""
## Why believe it? Pretend that today is half a year ago

- The model sees only the orders up to then
- In 184 days it forecasts 2,619 purchases; 2,625 came
- Error a customer: model 1.61, naive forecast 2.56
"""

# %%
split = as_of - pd.Timedelta(days=184)
exam = clv_holdout.validate(orders, split, as_of)
print(exam.text)

# %% [markdown] lang="zh" tags=["slide-only"]
"""
## 模型贴着真的走，“照旧”报得太高

它知道有人会走，也知道勤快里有运气。一群人准，一个人仍可能差好几次。
"""

# %% [markdown] lang="en" tags=["slide-only"]
"""
## The model stays close; "as before" promises too much

It knows that people leave and that part of a fast start is luck. Right for a group, it may be wrong for one person.
"""

# %% tags=["slide"]
plots.clv.holdout(exam)

# %% [markdown] lang="zh"
"""
横轴是划分日之前再来过几次，纵轴是之后半年平均来几次。蓝线是真的。模型的虚线贴着它；“照旧”的点线对来得多的人报得太高：它不知道有人会走，也不知道勤快里有运气。图上看不出某一位客户会不会来。一群人的平均准，一个人仍可能差好几次，所以拿它做预算、排名单，不要拿它向客户打保票。
"""

# %% [markdown] lang="en"
"""
Along the bottom, how often customers came back before the split; upwards, how often they came on average in the half year after. The blue line is what happened. The model's dashes stay close to it; the dots of "as before" promise too much from those who came often: it does not know that people leave, nor that part of a fast start is luck. The figure does not show whether one particular customer will come. The mean of a group is right while one person may still be several purchases off; so plan budgets and lists by it, and promise nothing about a person.
"""

# %%
curve = clv_holdout.repeat_curve(orders, split, as_of, exam.model)
plots.clv.repeat_curve(curve, split)

# %% [markdown] lang="zh"
"""
灰色部分模型没见过，虚线仍然跟着实线走。模型看不见节日，它只知道平均的日子，双十一那样的鼓包它看不见；按周排班，要用第 12 课的季节。
"""

# %% [markdown] lang="en"
"""
The grey part was hidden from the model, and the dashes still follow the line. The figure does not show holidays. The model knows average days only and does not see a bump like Double Eleven; to plan by the week, take the seasons of lesson 12.
"""

# %% [markdown] lang="zh"
"""
`clv_holdout.validate(orders, split, as_of)` 一次做完这场考试，误差在 `.errors` 里，钱在 `.money` 里。老板问的是钱，所以钱也要考：一行合计，一行平均每位差多少元。
"""

# %% [markdown] lang="en"
"""
`clv_holdout.validate(orders, split, as_of)` sets the whole exam; the errors are in `.errors`, the money in `.money`. The boss asks about money, so money sits the exam too: one row for the total, one for how many yuan it is off a customer.
"""

# %%
clv_holdout.validate(orders, split, as_of).errors.round(2)

# %%
labelled(exam.money.round(0))

# %% [markdown] lang="zh"
"""
悦选的次数差 0%，钱多估 3%；“照旧”多估 42%。**这么准，不要高兴得太早。** 悦选是模拟出来的，模拟用的规矩和模型的前提是同一套：这是拿课本的例题考课本。真的公司没有这么听话。同一场考试，让五家样本公司都来考：
"""

# %% [markdown] lang="en"
"""
At Yuexuan purchases are 0% off and money is 3% too high; "as before" is 42% too high. **Do not rejoice too soon.** Yuexuan is simulated, by the very rules that the model assumes: that is an exam on the textbook's own examples. Real companies are not so obliging. The same exam for all five sample companies:
"""

# %%
for name in ["retail", "b2b", "finance", "education", "pharma"]:
    one = load_sample(name)
    start = one.as_of - pd.Timedelta(days=184)
    verdict = clv_holdout.validate(one.orders, start, one.as_of).text
    print(one.title, verdict, sep=t(zh="：", en=": "))

# %% [markdown] lang="zh"
"""
前四家都是按同一套规矩模拟的，差 5% 以内；岐禾医药的客户按点进货，模型自己说不能预测。真的数据呢？CDNOW（1997 到 1998 年）：九个月里预测 1,653 次，实际 1,882 次，少了 12%；钱少了 16%，“照旧”却多了 61%。英国一家礼品网店（Online Retail）：历史被切了一刀，模型拒绝预测。**记住 12% 和 16%，不要记住 0%。**
"""

# %% [markdown] lang="en"
"""
The first four are simulated by the same rules and are within 5%; Qihe's customers restock by the clock, and the model itself says no. And real data? CDNOW (1997 to 1998): 1,653 purchases forecast in nine months, 1,882 made, 12% too few; the money is 16% too low, while "as before" is 61% too high. A British gift shop on the web (Online Retail): its history has its beginning cut off, and the model declines. **Remember the 12% and the 16%, not the 0%.**
"""

# %% [markdown] try="clv-colleague-check"

# %% [markdown] lang="zh"
"""
**翻开标准答案。** 悦选是模拟出来的公司，所以有一样真公司没有的东西：标准答案。`truth()` 说出模拟器里真正用的数。我们从订单里找回来的，差多少？（这一段总用悦选；真公司没有人知道答案，平时也不该看它。）
"""

# %% [markdown] lang="en"
"""
**The back of the book.** Yuexuan is a simulated company, so it has what no real company has: the answers. `truth()` tells the numbers that the simulator really used. How close did we come from the orders alone? (This part is always about Yuexuan; of a real company nobody knows the answers, and one should not look at them otherwise.)
"""

# %%
yuexuan = load_sample("retail")
its_history = clv.purchase_history(yuexuan.orders, yuexuan.as_of)
found, money = clv.fit_purchases(its_history), clv.fit_spend(its_history)
truth = (
    yuexuan.truth()["parameters"].set_index("parameter")["value"].rename_axis(t(zh="参数", en="parameter"))
)
recovered = [*found.in_days, money.p, money.q, money.gamma]
answers = pd.DataFrame({"in_the_simulator": truth, "recovered": recovered})
labelled(answers.round(2))

# %% [markdown] lang="zh"
"""
字母不用记。合成业务上的话只有三句：

- 还在的客户，按平均的快慢，多少天来一次：`alpha` ÷ `r`；
- 每次再来之后，有多少人走掉：`a` ÷ (`a` + `b`)；
- 平均每次花多少：`p` × `gamma` ÷ (`q` − 1)。
"""

# %% [markdown] lang="en"
"""
No need to learn the letters. Put into business words they say three things only:

- how many days between purchases, at the average pace of customers still here: `alpha` ÷ `r`;
- how many leave after each repeat purchase: `a` ÷ (`a` + `b`);
- what is spent each time on average: `p` × `gamma` ÷ (`q` − 1).
"""

# %%
say = answers.T
pd.DataFrame(
    {
        t(zh="多少天来一次", en="days between purchases"): (say["alpha"] / say["r"]).round(1),
        t(zh="每次之后走掉", en="leave after each"): (say["a"] / (say["a"] + say["b"])).round(3),
        t(zh="每次花多少元", en="yuan each time"): (say["p"] * say["gamma"] / (say["q"] - 1)).round(1),
    }
).pipe(labelled)

# %% [markdown] lang="zh"
"""
差得不多：两年的订单，就把藏在后面的规律找了回来。存活概率也能对答案。把客户按模型给的概率分成几档，每档里**真的**还在的占多少？
"""

# %% [markdown] lang="en"
"""
Not far off: two years of orders were enough to find the rule behind them. The probability of being alive can be checked too. Sort the customers by the model's probability; how many of each band are **really** still with us?
"""

# %% [markdown] lang="zh" tags=["slide-only"]
"""
## 模型说三成，真的就大约三成

悦选是模拟的公司，所以能翻开标准答案。
"""

# %% [markdown] lang="en" tags=["slide-only"]
"""
## Where it says three in ten, about three in ten are here

Yuexuan is a simulated company, so the answers can be looked up.
"""

# %% tags=["slide"]
really = yuexuan.truth()["customers"].set_index("customer_id")["alive"]
its_alive = clv.alive_probability(its_history, found)
band = pd.cut(
    its_alive, [0, 0.2, 0.4, 0.6, 0.8, 0.999], labels=["0–20%", "20–40%", "40–60%", "60–80%", "80–100%"]
)
checked = pd.DataFrame(
    {t(zh="模型说", en="model says"): its_alive, t(zh="真的还在", en="really here"): really}
)
checked.groupby(band.rename(t(zh="档", en="band")), observed=True).mean().round(2)

# %% [markdown] lang="zh"
"""
模型说三成，真的就大约三成。只买过一次的人不在表里：他们的 100% 是约定，不是判断。
"""

# %% [markdown] lang="en"
"""
Where the model says three in ten, about three in ten are here. One-time buyers are not in the table: their 100% is a convention and no judgement.
"""

# %% [markdown] lang="zh" tags=["trainer"]
"""
**小组讨论（6 分钟）：** 每组拿一个自己公司的“预测”：销售目标、业绩预估、天气都行。它在没见过的日子上考过吗？对手是谁？如果没考过，怎样用去年的数据补考一次？**板书：** 一条时间线，中间竖一刀，左边“给模型看”，右边“盖住”。
"""

# %% [markdown] lang="en" tags=["trainer"]
"""
**Small groups (6 minutes):** each takes a "forecast" from their own firm: a sales target, a pipeline estimate, even the weather. Did it ever sit an exam on days it had not seen? Who was its rival? If not, how could last year's data serve for one? **Board:** a time line with a cut in the middle, on the left "shown to the model", on the right "covered up".
"""

# %% [markdown] lang="zh"
"""
## 7. 什么时候不能信

先分清两种生意。客户走的时候**会告诉你**：保险、电信、会员年费，合同到期不续，那天就知道，这叫合同型（contractual）。客户走的时候**不吭声**：超市、网店、原料采购，只有沉默，这叫非合同型（non-contractual）。这一课的模型只管第二种；第一种不用猜，数一数续约率。

模型还有两条前提：客户来的时间有早有晚、没有定数；我们看得到他真正的第一次。哪一条不成立，就不能信。

**第一种：按点进货。** 岐禾医药卖药给医院和药店。下图上面三家是它的客户，下面三位是悦选的会员，都来过 12 到 14 天。
"""

# %% [markdown] lang="en"
"""
## 7. When not to trust it

Tell two kinds of business apart first. Where customers **tell you** that they leave (insurance, telephone, a yearly membership), you know it the day they do not renew: that is contractual. Where they leave **without a word** (supermarket, web shop, raw materials), all you have is silence: non-contractual. The model of this lesson is for the second kind only; in the first there is nothing to guess, count the renewals.

The model rests on two things besides: purchases come early or late, as chance has it; and we see a customer's real first purchase. Where either fails, do not trust it.

**First: restocking by the clock.** Qihe sells medicines to hospitals and pharmacies. The upper three in the figure are its customers, the lower three members of Yuexuan; all came on 12 to 14 days.
"""

# %% [markdown] lang="zh" tags=["slide-only"]
"""
## 客户按点进货，就别用这个模型

上面三家是医院和药店，用完就补；下面三位是悦选的会员，有早有晚。
"""

# %% [markdown] lang="en" tags=["slide-only"]
"""
## Where customers restock by the clock, do not use this model

The upper three are hospitals and pharmacies; the lower three are members of Yuexuan, early or late as chance has it.
"""

# %% tags=["slide"]
qihe = load_sample("pharma")
six = []
for one in (qihe, yuexuan):
    counted = order_facts(one.orders, one.as_of)
    chosen = counted.index[counted["order_days"].between(12, 14) & (counted["recency_days"] < 60)][:3]
    bought = one.orders[one.orders["customer_id"].isin(chosen) & (one.orders["amount"] > 0)]
    six.append(bought.sort_values(["customer_id", "order_date"]))
plots.clv.timelines(pd.concat(six), qihe.as_of)

# %% [markdown] lang="zh"
"""
医院的点隔得匀，用完就补；会员的点忽密忽疏。按点来的人一迟到，就该打电话问，模型却以为“晚一点也正常”。图上看不出每家该几天补一次货，那要用第 06 课的购买周期。

让模型自己说：
"""

# %% [markdown] lang="en"
"""
The hospitals' points are evenly spaced, they restock when the shelf is empty; the members' come in bunches. When someone who comes by the clock is late, it is time to call, while the model believes that a little late is quite usual. The figure does not show after how many days each of them restocks; for that, take the purchase cycle of lesson 06.

Let the model speak for itself:
"""

# %%
verdict = clv.fit_purchases(clv.purchase_history(qihe.orders, qihe.as_of))
print(verdict.code)
print(verdict.text)

# %% [markdown] lang="zh"
"""
它没有给数，给的是一个结论（`Verdict`）：不能预测，为什么，怎么办。给不出可信的数就不给，这是好模型的样子。

**第二种：历史被切了一刀。** 同事嫌文件太大，只导出了 2025 年的订单。2024 年就在的老客户，2025 年第一次来，看上去就成了“新客户”。
"""

# %% [markdown] lang="en"
"""
It gives no number but a `Verdict`: no forecast, why, and what to do instead. To give none where none can be trusted is what a good model does.

**Second: a history with its beginning cut off.** A colleague found the file too large and exported only the orders of 2025. Customers who began in 2024 look like "new" ones on their first visit of 2025.
"""

# %%
only_2025 = yuexuan.orders[yuexuan.orders["order_date"] >= "2025-01-01"]
cut = clv.purchase_history(only_2025, yuexuan.as_of)
print(clv.fit_purchases(cut).text)

# %% [markdown] lang="zh" tags=["slide-only"]
"""
## 切掉开头的历史，走的人看上去就少了

- 全部订单：每次再来之后走掉 10.7%
- 只导出 2025 年：看上去只有 6.2%
- 早走的人，根本不在文件里
"""

# %% [markdown] lang="en" tags=["slide-only"]
"""
## Cut off the beginning, and fewer seem to leave

- All orders: 10.7% leave after each repeat purchase
- Only those of 2025: it seems to be 6.2%
- Those who left early are not in the file at all
"""

# %% [markdown] lang="zh"
"""
要是硬说“数据是全的”（`complete=True`），它就照算。上一句是全部订单，下一句是切过的订单，比一比流失的比例：
"""

# %% [markdown] lang="en"
"""
If we insist that all is there (`complete=True`), it computes anyway. First line: all orders; second line: the orders cut off. Compare how many leave:
"""

# %%
print(found.text)
print(clv.fit_purchases(cut, complete=True).text)

# %% [markdown] lang="zh"
"""
切过的数据里，每次之后走掉的人看上去只有实际的 60% 左右：留到 2025 年的老客户本来就是不容易走的，早走的人根本不在文件里。用它做预算，今后的钱就高估了。
"""

# %% [markdown] lang="en"
"""
With the orders cut off, only some 60% as many seem to leave each time: earlier customers who lasted until 2025 are the ones who stay, and those who left early are not in the file at all. A budget built on that expects too much.
"""

# %% [markdown] lang="zh" tags=["stretch"]
"""
### 进阶：合同型的客户值多少

一张年费卡每年毛利 300 元，年初付；每到年底，100 位里有 80 位续约。五年里，每年还剩几位，折到今天值多少？
"""

# %% [markdown] lang="en" tags=["stretch"]
"""
### Stretch: what a customer on a contract is worth

A yearly card leaves 300 yuan of margin, paid at the start of each year; at the end of each year 80 of 100 renew. How many are left in each of five years, and what are they worth today?
"""

# %% tags=["stretch"]
card = pd.DataFrame(index=pd.RangeIndex(1, 6, name=t(zh="第几年", en="year")))
card[t(zh="100 位里还剩", en="left of 100")] = [100 * 0.8 ** (year - 1) for year in card.index]
card[t(zh="每位今天值", en="worth today, each")] = [300 * (0.8 / 1.1) ** (year - 1) for year in card.index]
card.round(1)

# %% [markdown] lang="zh" tags=["stretch"]
"""
五年合计 876 元；一直算下去是 300 × 1.1 ÷（1.1 − 0.8）= 1,100 元。当心一处：续约率不是一个数。第一年走得最多，留下来的人一年比一年难走；用全体的平均去乘，老客户就被估低了（Fader 和 Hardie，2007）。所以续约率要按“第几年”分开数。
"""

# %% [markdown] lang="en" tags=["stretch"]
"""
The five years come to 876 yuan; going on for ever it is 300 × 1.1 ÷ (1.1 − 0.8) = 1,100. One warning: the rate of renewal is not one number. Most leave in the first year, and those who stay are less likely to leave each year; multiply by everybody's average, and customers of many years are put too low (Fader and Hardie, 2007). So count renewals apart by the year they are in.
"""

# %% [markdown] lang="zh"
"""
## 8. 两个标签：价值和潜力

**价值标签** 看过去：`grade`，A、B、C。**潜力标签** 看今后：按 `clv` 排队，人数三等分，高、中、低。两个放在一起：
"""

# %% [markdown] lang="en"
"""
## 8. Two tags: value and potential

The **value tag** looks back: `grade`, with A, B, C. The **potential tag** looks ahead: line up by `clv` and cut into three parts of equal number: high, medium, low. Put them together:
"""

# %% [markdown] lang="zh" tags=["slide-only"]
"""
## 价值看过去，潜力看今后

939 位 A 级里，173 位潜力低。
"""

# %% [markdown] lang="en" tags=["slide-only"]
"""
## Value looks back, potential looks ahead

Of 939 As, 173 have a low potential.
"""

# %% tags=["slide"]
potential = cuts.levels(future["clv"], cuts.quantile_cuts(future["clv"])).rename("potential_tag")
labelled(pd.crosstab(grade, potential)[["high", "medium", "low"]])

# %% [markdown] lang="zh"
"""
- **价值 A、潜力高**：留住。专人、优先，别乱打折。
- **价值 A、潜力低**：打一个真心的电话，问为什么不来了；问过一次，就不再占贵宾名额。
- **价值 C、潜力高**：多半是刚来的新客，还没来得及花钱；潜力是按大家的平均估的。给一个再来的理由，看他来不来。
- **价值 C、潜力低**：自助，不占人工。
"""

# %% [markdown] lang="en"
"""
- **Value A, potential high**: keep. Someone of their own, priority, no needless discounts.
- **Value A, potential low**: one honest call to ask why they stay away; having asked once, give the VIP place to another.
- **Value C, potential high**: mostly newcomers who have had no time to spend; their potential is everybody's average. Give them a reason to come again, and see whether they do.
- **Value C, potential low**: self-service, no staff time.
"""

# %% [markdown] lang="zh" tags=["slide-only"]
"""
## 右下角是“过去的贵宾”

花过很多，今后几乎没有。先打一个真心的电话，问为什么不来了。
"""

# %% [markdown] lang="en" tags=["slide-only"]
"""
## At the bottom right: VIPs of the past

Much spent, hardly anything to come. First one honest call: why do they stay away?
"""

# %% tags=["slide"]
plots.clv.value_and_potential(facts["monetary"], future["clv"])

# %% [markdown] lang="zh"
"""
每个点一位客户，越靠右花过的越多，越靠上今后越值钱；两根轴都是对数轴，一大格差十倍。右下角就是“过去的贵宾”：花过很多，今后几乎没有。横轴是全部消费，纵轴是一年的毛利，所以多数点在虚线下面很正常。最下面一横排是今后不到 1 元的，一律画在 1 上。图上看不出一个电话能不能把右下角的人请回来。模型只知道照常经营会怎样，不知道你做点什么会怎样；那要做试验，第 13 课做。
"""

# %% [markdown] lang="en"
"""
Each point is a customer; the further right, the more they spent, the higher up, the more they are still worth; both axes are logarithmic, and each large step is ten times the one before. The bottom right are "VIPs of the past": much spent, hardly anything to come. Along the bottom runs all the spending, upwards one year of margin, so it is quite usual that most points lie below the dashed line. The row of points at the very bottom has less than 1 yuan to come; they are drawn at 1. The figure does not show whether a call would bring back those in the bottom right. The model knows what happens with business as usual, not what happens if you act; that takes an experiment, in lesson 13.
"""

# %% [markdown] lang="zh"
"""
`cuts.quantile_cuts(…)` 给出分三档的两条线。级别 `C` 是过去花得少的人。
"""

# %% [markdown] lang="en"
"""
`cuts.quantile_cuts(…)` gives the two lines of three levels. Grade `C` are those who spent little so far.
"""

# %%
(value.abc(facts["monetary"]) == "C").sum()

# %% [markdown] try="clv-past-vip clv-hidden-potential"

# %% [markdown] lang="zh"
"""
## 9. 值多少，和花多少赢来的

两个渠道，各花 10,000 元，各带来 50 位新客户：获客成本（cost per customer）每位 200 元。
"""

# %% [markdown] lang="en"
"""
## 9. What they are worth, and what winning them cost

Two channels, each with 10,000 yuan spent and 50 new customers: the cost of winning one is 200 yuan.
"""

# %%
so_far, to_come, cost, left = t(
    zh=["迄今毛利", "今后价值", "获客成本", "每位净得"],
    en=["margin so far", "to come", "cost", "left of each"],
)
two = pd.DataFrame(
    {so_far: [150, 210], to_come: [80, 5], cost: [200, 200]}, index=t(zh=["甲", "乙"], en=["One", "Two"])
)
two[left] = two[so_far] + two[to_come] - two[cost]
two

# %% [markdown] lang="zh"
"""
只看迄今毛利，甲亏 50 元，该停；乙赚 10 元。加上今后，甲每位净得 30 元，乙只有 15 元。**新渠道常常看起来亏**，因为它的客户还没来得及买。真公司也这样比：先算每位注册客户的平均（没买过的算 0），再减去获客成本。
"""

# %% [markdown] lang="en"
"""
By the margin so far, channel One loses 50 yuan and should stop, while Two earns 10. With what is to come, One leaves 30 yuan of each customer, Two only 15. **A new channel often looks like a loss**, since its customers have not had time to buy. The same comparison for the real company: first the average of everyone who signed up (0 for those who never bought), then less the cost of winning one.
"""

# %% [markdown] lang="zh" tags=["slide-only"]
"""
## 新渠道常常看起来亏

直播间赢来一位要 178 元，迄今毛利 143 元；加上今后 55 元，才转正。
"""

# %% [markdown] lang="en" tags=["slide-only"]
"""
## A new channel often looks like a loss

Winning a customer by live stream costs 178 yuan and has brought 143; with 55 to come it turns positive.
"""

# %% tags=["slide"]
source = company.customers.set_index("customer_id")["signup_channel"]
worth = pd.DataFrame({so_far: facts["margin"], to_come: future["clv"]}).reindex(source.index).fillna(0)
by_channel = worth.groupby(source).mean()
by_channel[cost] = company.channels.groupby("channel")["cost"].sum() / source.value_counts()
by_channel[left] = by_channel[so_far] + by_channel[to_come] - by_channel[cost]
labelled(by_channel.round(0).astype("Int64"))

# %% [markdown] lang="zh"
"""
悦选的直播间，迄今的毛利还没盖住成本，加上今后一年才转正。这里只加了一年；看两年，就在 `customer_value` 里写 `days=730`。看得越远，越不准。
"""

# %% [markdown] lang="en"
"""
At Yuexuan the margin that live streams have brought so far does not cover their cost; only with the year ahead do they turn positive. One year is added here; for two, write `days=730` in `customer_value`. The further ahead, the less certain.
"""

# %% [markdown] lang="zh" tags=["stretch"]
"""
### 进阶：多久收回来

同样赚 30 元，三个月收回和两年收回不是一回事：钱收回来了，才能去赢下一位。`channels.payback` 只看注册满一年的客户，这样人人看到的一样长；一列一个月数，格子里是平均每位到那时带来的毛利，最后一列是第几个月盖过了获客成本。
"""

# %% [markdown] lang="en" tags=["stretch"]
"""
### Stretch: how long until it comes back

To earn 30 yuan is one thing in three months and another in two years: only money that is back can win the next customer. `channels.payback` looks at those who signed up at least a year ago, so that all are seen equally long; one column a number of months, with the margin of the average customer up to then, and in the last the month in which it passes the cost of winning.
"""

# %% tags=["stretch"]
cost_of_one = company.channels.groupby("channel")["cost"].sum() / source.value_counts()
back = channels.payback(company.customers, orders, company.products, cost_of_one, as_of)
labelled(back.round(0))

# %% [markdown] lang="zh" tags=["stretch"]
"""
最后一列是空的，就是一年里没有收回来；不是永远收不回来，是一年看不到。来得晚的渠道，注册满一年的人少，这一行就不稳。
"""

# %% [markdown] lang="en" tags=["stretch"]
"""
An empty last column says that it did not come back within a year; not that it never will, but that a year does not show it. A channel that began late has few customers of a full year, and its row is shaky.
"""

# %% [markdown] lang="zh"
"""
事实表里的 `margin` 是每位客户到今天带来的毛利。
"""

# %% [markdown] lang="en"
"""
In the facts `margin` is the margin each customer has brought up to today.
"""

# %% [markdown] try="clv-channel-cost"

# %% [markdown] lang="zh"
"""
## 10. 自己动手调

捏一位一年前赢来的客户：来过几单、沉默几天、每单多少。曲线是他今后带来的毛利，虚线是获客成本里还没收回的部分，点线是“照旧”。先看 6 单、沉默 30 天；再把沉默拖到 300 天，曲线怎么了？把订单减到 2 单、沉默仍是 300 天呢？
"""

# %% [markdown] lang="en"
"""
## 10. Try it by hand

Make up a customer won a year ago: orders, days of silence, yuan per order. The curve is the margin still to come, the dashed line is what remains to be earned back of the cost of winning, the dots are "as before". Start with 6 orders and 30 days of silence; then drag the silence to 300 days: what becomes of the curve? And with only 2 orders and the same 300 days?
"""

# %% [markdown] lang="zh" tags=["slide-only"]
"""
## 他今后带来的毛利，盖得住获客成本吗

打开笔记本：6 单、沉默 30 天，再拖到 300 天。减到 2 单呢？
"""

# %% [markdown] lang="en" tags=["slide-only"]
"""
## Will the margin to come cover the cost of winning?

Open the notebook: 6 orders and 30 days of silence, then 300 days. And with 2 orders?
"""

# %% tags=["explorer", "slide"]
explore.clv.show(company)

# %% [markdown] lang="zh"
"""
沉默 300 天，来过 6 单的人曲线几乎贴地，来过 2 单的人反倒高一些：来得少的人，沉默不说明什么。曲线越走越平，因为越往后还在的人越少，钱也越折越小。不过，图上的客户是捏的；真客户还有推荐朋友、口碑这些，曲线都没算。
"""

# %% [markdown] lang="en"
"""
After 300 days of silence, the curve of someone with 6 orders lies almost flat, and that of someone with 2 lies above it: for a rare customer silence says little. The curve flattens as fewer are left and money further away counts for less. But this customer is made up; real ones also bring friends and a good word, which no curve here counts.
"""

# %% [markdown] try="clv-to-boss"

# %% [markdown] lang="zh"
"""
> **在 Excel 里**：A 是第几年、B 是那一年的毛利，折成今天的钱：`=B2/(1+10%)^A2`，几年加起来就是 `SUM`。模型怎样估计“还会来几次”，Excel 里没有现成的函数。运行下一格，就有一份手算的工作簿，里面留着一张空表给你自己的二十位客户。
"""

# %% [markdown] lang="en"
"""
> **In Excel**: A is the year, B its margin; in money of today: `=B2/(1+10%)^A2`; `SUM` adds the years up. How a model estimates the orders to come has no function in Excel. Run the next cell for a workbook that does the sum by hand, with an empty sheet for twenty customers of your own.
"""

# %% tags=["skip-execution", "nbval-skip"]
excel("09")

# %% [markdown] lang="zh"
"""
## 11. 小测验
"""

# %% [markdown] lang="en"
"""
## 11. Quiz
"""

# %%
quiz("09")

# %% [markdown] about="key_points"

# %% [markdown] lang="zh"
"""
## 在你的公司

把 `load()` 换成 `load("own/company.toml")`。只要一张订单表：客户、订单号、日期、金额，至少一年，越全越好。第一格印出来的如果是悦选，就是你的数据还不能预测；看看 `print(clv.fit_purchases(clv.purchase_history(orders, as_of)))` 怎么说，其中 `orders` 和 `as_of` 用你自己公司的。

- 没有产品表？毛利率问财务要一个数，直接写进 `margin=`，例如 `margin=0.3`；有几类客户，就要几个数。
- 没有渠道费用表？第 9 节用的是借来的，跳过；先请市场部把每个月每个渠道的花费记下来。
- 客户按合同、按月续费？他走的那天你知道，不用猜：这一课的模型不适合，请看续约率。
- 回头客不到 50 位，或历史不到一年？先用第 04 课的 RFM。
"""

# %% [markdown] lang="en"
"""
## In your company

Replace `load()` by `load("own/company.toml")`. One table of orders is enough: customer, order number, date, amount; a year at least, and the more complete the better. If the first cell prints Yuexuan, your data cannot be forecast from yet; see what `print(clv.fit_purchases(clv.purchase_history(orders, as_of)))` says, with `orders` and `as_of` of your own company.

- No table of products? Ask finance for one number and write it into `margin=`, say `margin=0.3`; with several kinds of customers, ask for several.
- No table of channel costs? Section 9 works on borrowed ones, so skip it; ask marketing to write down what each channel costs a month.
- Customers on contracts or monthly renewal? You know the day they leave and need not guess: this model does not fit; look at the rate of renewals.
- Fewer than 50 customers who came back, or less than a year of history? Use the RFM of lesson 04 for now.
"""

# %% [markdown] lang="zh" tags=["slide-only"]
"""
## 在你的公司：一张订单表就能试

- 至少一年，越全越好
- 没有产品表：毛利率问财务要一个数
- 按合同、按月续费：看续约率
- 回头客不到 50 位：先用 RFM
"""

# %% [markdown] lang="en" tags=["slide-only"]
"""
## In your company: one table of orders will do

- A year at least, the more complete the better
- No products: ask finance for one margin
- Contracts or monthly renewal: look at the rate of renewals
- Fewer than 50 who came back: RFM for now
"""

# %% [markdown] lang="zh" tags=["stretch"]
"""
## 别处怎么叫

| 这门课 | 别处 |
|---|---|
| 照旧 | 朴素预测（naive forecast） |
| 还在不在、来几次 | BG/NBD 模型 |
| 每次花多少 | Gamma-Gamma 模型 |
| 借一点 | 收缩、信度（shrinkage, credibility） |
| 装作今天是半年前 | 验证期、样本外检验（holdout, out-of-sample test） |
| 获客成本 | CAC（customer acquisition cost） |
| 多久收回来 | 回本期（payback period） |

想查原文：Fader、Hardie 和 Lee（2005），Counting Your Customers the Easy Way，*Marketing Science* 24(2)；Fader 和 Hardie（2007），How to Project Customer Retention，*Journal of Interactive Marketing* 21(1)；Bühlmann 和 Gisler（2005），*A Course in Credibility Theory and its Applications*。
"""

# %% [markdown] lang="en" tags=["stretch"]
"""
## What others call this

| this course | elsewhere |
|---|---|
| as before | naive forecast |
| still here, how often | BG/NBD model |
| how much each time | Gamma-Gamma model |
| a loan | shrinkage, credibility |
| pretend that today is half a year ago | holdout, out-of-sample test |
| cost of winning | CAC (customer acquisition cost) |
| how long until it comes back | payback period |

To look up: Fader, Hardie and Lee (2005), Counting Your Customers the Easy Way, *Marketing Science* 24(2); Fader and Hardie (2007), How to Project Customer Retention, *Journal of Interactive Marketing* 21(1); Bühlmann and Gisler (2005), *A Course in Credibility Theory and its Applications*.
"""

# %% [markdown] about="next"

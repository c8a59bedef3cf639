# %% [markdown] about="opening"

# %% [markdown] lang="zh"
"""
## 故事与数据

策略手册签了字。顾明远在白板上写下一个数：“今年多卖 15%。谁、在哪一周、卖多少？月底之前给我一张表，横着加、竖着加，都要对得上。”

苏晚晴叹气：去年的目标是用计算器平均分的，15 个人每人一份。11 月谁都轻松达标，七八月谁都完不成；每份又都取整到百元，加起来和总数差了几百元，会上吵了半小时。

小林翻出订单。先把“15% 是多少元”算出来。
"""

# %% [markdown] lang="en"
"""
## Story and data

The playbook is signed. Gu Mingyuan writes one number on the board: "Sales up by 15% this year. Who sells how much, in which week? A table by the end of the month, and it has to add up across and down."

Su Wanqing sighs: last year's target was divided with a pocket calculator, one equal part for each of 15 people. In November everybody reached it with ease, in July and August nobody did; and since every part was rounded to hundreds, the sum was off by several hundred yuan, which cost half an hour of quarrel in a meeting.

Lin takes out the orders. First: how many yuan are 15%?
"""

# %%
import pandas as pd

from custseg_helpers import (
    allocation,
    baseline,
    excel,
    explore,
    labelled,
    levers,
    load,
    order_facts,
    plots,
    quiz,
    save_table,
    targets,
    use_language,
    value,
)

use_language(t(zh="zh", en="en"))
pd.set_option("display.float_format", "{:,.2f}".format)

company = load()
orders, year = company.orders, company.as_of.year
daily = orders.groupby("order_date")["amount"].sum()
last_year = orders[orders["order_date"].dt.year == year - 1]

target = targets.growth_target(last_year["amount"].sum(), 0.15)
pd.Series(
    {
        t(zh="去年销售额（元）", en="last year's sales (yuan)"): last_year["amount"].sum(),
        t(zh="今年目标（元）", en="this year's target (yuan)"): target,
        t(zh="要多卖（元）", en="more to sell (yuan)"): target - last_year["amount"].sum(),
    }
)

# %% [markdown] lang="zh" tags=["slide-only"]
"""
## 今年多卖 15%：谁、在哪一周、卖多少

- 去年卖了 131 万元，今年目标 151 万元，要多卖 20 万元
- 横着加、竖着加，都要对得上
- 去年平均分：11 月轻松，七八月完不成，加起来还差几百元
"""

# %% [markdown] lang="en" tags=["slide-only"]
"""
## 15% more this year: who sells how much, in which week

- Last year 1.31 million yuan, target 1.51 million, 200 thousand more to sell
- It has to add up across and down
- Last year in equal parts: easy in November, out of reach in July and August, and several hundred yuan off
"""

# %% [markdown] lang="zh" tags=["trainer"]
"""
**老师：** 开场请一位学员用手机计算器把 100 元平均分给 3 个人，精确到分，大声报数再加起来。全班会听见“99.99”。第 1 节就从这一分钱讲起。

**卡点：** 把“周”当成“月的四分之一”；把“转化”当成“频率”。

**来不及时：** 跳过第 5 节，第 8 节的动手试留给课后；第 3 节的 goals-week-target 由老师带着全班做。
"""

# %% [markdown] lang="en" tags=["trainer"]
"""
**Trainer:** Open by asking somebody to divide 100 yuan among 3 people with a phone, to the cent, and to add the parts up aloud. The class hears "99.99". Section 1 starts with this one cent.

**Where they stumble:** taking a week for a quarter of a month; taking conversion for frequency.

**When late:** skip section 5, and leave trying it by hand in section 8 for home; do goals-week-target of section 3 together.
"""

# %% [markdown] lang="zh"
"""
## 1. 加起来一分不差

100 元平均分给三个大区，各 33.33 元，加起来 99.99 元：一分钱不见了。全公司拆到几百个格子，少的就不止一分。

办法和分苹果一样：先把钱换成整分，每人拿整数部分，剩下的几分一分一分地给出去，谁的零头大先给谁，一样大就按名字的次序。
"""

# %% [markdown] lang="en"
"""
## 1. Sums that agree to the cent

100 yuan in three equal parts are 33.33 yuan each, which add up to 99.99: one cent is gone. Break a company down to hundreds of cells, and more than a cent is missing.

The cure is that of sharing apples: change the money into whole cents, everyone takes the whole part, and the cents that are left go out one by one to whoever has the largest remainder; where they are equal, by the order of the names.
"""

# %% [markdown] lang="zh" tags=["slide-only"]
"""
## 100 元平均分 3 份，别让一分钱不见

换成整分来分，剩下的零头一分一分给出去。
"""

# %% [markdown] lang="en" tags=["slide-only"]
"""
## 100 yuan in 3 parts, and no cent is lost

Divide whole cents; those left over go out one by one.
"""

# %% tags=["slide"]
few = pd.Series({"east": 1, "south": 1, "west": 1})
by_hand = (100 * few / few.sum()).round(2)
shared = targets.split(100, few)
print(t(zh="四舍五入以后合计", en="rounded, in all"), f"{by_hand.sum():.2f}")
print(t(zh="分零头以后合计", en="cents shared out, in all"), f"{shared.sum():.2f}")
labelled(pd.DataFrame({t(zh="四舍五入", en="rounded"): by_hand, t(zh="分零头", en="shared out"): shared}))

# %% [markdown] lang="zh"
"""
`targets.split` 要两样东西：总数，和一列权重（weight）。各大区去年卖得不一样多，权重就用去年的销售额，不用平均。表上面那个数，是各大区目标加起来的合计：
"""

# %% [markdown] lang="en"
"""
`targets.split` needs two things: the total and a column of weights. Regions did not sell alike last year, so the weights are last year's sales, and not equal parts. The number above the table is the sum of the regions' targets:
"""

# %% [markdown] lang="zh" tags=["slide-only"]
"""
## 按去年卖了多少来分，不平均分

五个大区加起来，正好是 1,510,158.35 元。
"""

# %% [markdown] lang="en" tags=["slide-only"]
"""
## Divide by last year's sales, not in equal parts

The five regions add up to exactly 1,510,158.35 yuan.
"""

# %% tags=["slide"]
region = company.customers.set_index("customer_id")["region"]
sold = last_year.groupby(last_year["customer_id"].map(region))["amount"].sum().rename_axis("region")
by_region = targets.split(target, sold)
print(t(zh="各大区合计（元）", en="the regions in all (yuan)"), f"{by_region.sum():,.2f}")
labelled(pd.DataFrame({"weight": sold / sold.sum(), "target": by_region}))

# %% [markdown] try="goals-by-channel"

# %% [markdown] lang="zh"
"""
## 2. 年 → 季 → 月：跟着季节走

一家新店，一季比一季多卖 10 元，没有旺季也没有淡季：前年 10、20、30、40 元，去年 50、60、70、80 元。要是只算占比，前年四季各占 10%、20%、30%、40%，去年 19%、23%、27%、31%，平均下来第四季占 35%：店在长大，被当成了“旺季”。反过来，开业头几个月热闹、后来淡下来的公司，会凭空多出一个“旺季”在年初。

所以先把公司自己的涨落拿掉，再比各月。`targets.season_weights` 顺着几年的销售画一条平滑的线，看每个月比线高多少、低多少；年份少，碰巧的成分大，就往平均拉回一点。只有一年时涨落和季节分不开，就只好照那一年的占比。
"""

# %% [markdown] lang="en"
"""
## 2. Year → quarter → month: follow the season

A new shop sells 10 yuan more each quarter and has no season at all: 10, 20, 30 and 40 yuan the year before last, 50, 60, 70 and 80 last year. Take shares alone, and the quarters hold 10%, 20%, 30% and 40%, then 19%, 23%, 27% and 31%; on average the fourth has 35%. The shop's growth has been taken for a "season". A company that opened with a rush and then calmed down gets a "season" in its first months the same way.

So first take out how the company itself grew or shrank, then compare the months. `targets.season_weights` draws a smooth line through the years and sees how far each month lies above or below it; with few years much of that is luck, so it is drawn back towards even. With one year only, growth and season cannot be told apart, and the shares of that year must do.
"""

# %% [markdown] lang="zh" tags=["slide-only"]
"""
## 店在长大，不等于有旺季

| | 一季 | 二季 | 三季 | 四季 |
|---|---|---|---|---|
| 前年，元 | 10 | 20 | 30 | 40 |
| 去年，元 | 50 | 60 | 70 | 80 |
| 占比的平均 | 15% | 21% | 29% | 35% |
| 拿掉增长 | 25% | 25% | 25% | 25% |
"""

# %% [markdown] lang="en" tags=["slide-only"]
"""
## A shop that grows need not have a season

| | Q1 | Q2 | Q3 | Q4 |
|---|---|---|---|---|
| year before last, yuan | 10 | 20 | 30 | 40 |
| last year, yuan | 50 | 60 | 70 | 80 |
| mean of the shares | 15% | 21% | 29% | 35% |
| without the growth | 25% | 25% | 25% | 25% |
"""

# %%
season = targets.season_weights(daily)
weekdays = targets.weekday_weights(daily)
days = targets.daily_targets(year, target, season, weekdays)
quarters = targets.roll_up(days, "quarter")
print(t(zh="四季合计（元）", en="four quarters in all (yuan)"), f"{quarters['target'].sum():,.2f}")
labelled(quarters)

# %% [markdown] lang="zh" tags=["slide-only"]
"""
## 11 月最高，周末更高

旺季里有多少是促销催出来的？今年不做，权重就要改。
"""

# %% [markdown] lang="en" tags=["slide-only"]
"""
## November is highest, weekends higher still

How much of a strong month was promotion? Without it, change the weight.
"""

# %% tags=["slide"]
plots.goals.target_calendar(days)

# %% [markdown] lang="zh"
"""
**这张图说了什么：** 上面是十二个月的目标，11 月最高，2 月、7 月和 8 月最低，平均分会让 11 月太松、这三个月太紧。下面是日历：一列是一周，从周一到周日，格子越亮目标越高，黑线是月的边界，数字是那个月平均一天要卖几千元；周末更亮。**它没说什么：** 往年的旺季里，有多少是促销催出来的。今年要是不做那场促销，那个月的权重就该改。

**春节会搬家。** 去年春节在 1 月 29 日，今年在 2 月 17 日。年货要是在春节前后卖，那几周的旺季就该从 1 月挪到 2 月。`targets.move_festival` 把往年春节前 20 天到元宵节的日子，挪到今年春节的位置；一元不少，只是换了日子：
"""

# %% [markdown] lang="en"
"""
**What the figure tells:** on top are the targets of the twelve months; November is highest, February, July and August are lowest, and equal parts would make November too easy and these three too hard. Below is a calendar: one column is a week from Monday to Sunday, the brighter the higher the target; black lines are the borders of months, and the numbers say how many thousand yuan a mean day of the month has to sell; weekends are brighter. **What it does not tell:** how much of a strong month was pushed by promotions. Without that promotion this year, the month's weight has to change.

**The Spring Festival moves.** Last year it fell on January 29, this year it falls on February 17. If people buy from you for the festival, the strong weeks belong in February this year. `targets.move_festival` takes the days from 20 before the festival to the Lantern Festival to where they fall this year; not a yuan is lost, the days only change places:
"""

# %%
moved = targets.season_weights(targets.move_festival(daily, year))
two_ways = {
    t(zh="照原来的日子", en="by the calendar"): season,
    t(zh="跟着春节走", en="with the festival"): moved,
}
labelled((100 * pd.DataFrame(two_ways).head(3)).round(1))

# %% [markdown] lang="zh"
"""
悦选的 1 月和 2 月只动了一点点：两年里看不出有哪几周跟着春节走。你的公司动得多，拆目标就用挪过的；拿不准，就翻翻春节前三周卖的是什么。
"""

# %% [markdown] lang="en"
"""
At Yuexuan January and February hardly move: two years do not show any weeks that follow the festival. Where they move much, break the target down by the moved days; where you are not sure, look what sold in the three weeks before it.
"""

# %% [markdown] try="goals-by-month"

# %% [markdown] lang="zh"
"""
## 3. 月 → 周 → 天：周会跨月

销售例会按周开，目标却按月下。一年 52 周多一天，12 个月：十二个月里只有 2 月可能正好四周，闰年连它也不是。所以先把月拆到 **天**（按星期几的轻重），再把天按周加起来。一周跨两个月，就一边算几天。表里是 1 月底到 2 月初的几周：
"""

# %% [markdown] lang="en"
"""
## 3. Month → week → day: weeks cross months

Sales meetings are weekly, targets are monthly. A year has 52 weeks and a day, and 12 months: of all months only February can be exactly four weeks, and not in a leap year. So first break the month down to **days** (by the weight of the weekday), then add up the days by week. A week that crosses a month has days on either side. The table shows the weeks from late January to early February:
"""

# %% [markdown] lang="zh" tags=["slide-only"]
"""
## 一周会跨两个月，先拆到天再加

第 5 周：6 天在 1 月，1 天在 2 月。
"""

# %% [markdown] lang="en" tags=["slide-only"]
"""
## Weeks cross months: break down to days, then add up

Week 5 has 6 days in January and 1 in February.
"""

# %% tags=["slide"]
both = targets.roll_up(days, ["month", "week"])
labelled(both.loc[[f"{year}-01", f"{year}-02"]].iloc[3:7])

# %% [markdown] lang="zh"
"""
`2026-W05` 就是 2026 年第 5 周，它有两行：6 天在 1 月，1 天在 2 月，两行相加才是这一周的目标。第 1 周和最后一周也可能不满 7 天，因为年底把它们切断了。

有一天不营业？写进 `closed`，那天的目标是 0，由 **同一个月** 的别的日子补上，全年一分不少：
"""

# %% [markdown] lang="en"
"""
`2026-W05` is the 5th week of 2026, and it has two rows: 6 days in January and 1 in February; together they are the target of this week. The first and the last week may have fewer than 7 days, because the end of the year cuts them.

Closed on a day? Put it into `closed`: its target is 0, the other days of the **same month** take it over, and the year loses not a cent:
"""

# %%
closed = targets.daily_targets(year, target, season, weekdays, closed=[f"{year}-01-01"])
print(t(zh="关门那天（元）", en="the day closed (yuan)"), f"{closed['target'].iloc[0]:,.2f}")
print(t(zh="全年（元）", en="the year (yuan)"), f"{closed['target'].sum():,.2f}")
labelled(closed[["month", "week", "target"]].head(4))

# %% [markdown] lang="zh"
"""
`targets.roll_up(days, "week")` 把每天的目标按周加起来。
"""

# %% [markdown] lang="en"
"""
`targets.roll_up(days, "week")` adds the targets of days up by the week.
"""

# %% [markdown] try="goals-week-target"

# %% [markdown] lang="zh"
"""
## 4. 销售公式：四个抓手

目标是结果，手里能动的是抓手（lever）。据培训材料介绍，阿里巴巴国际站上的店铺拆解一年的目标，用的也是这条公式（材料这样说，我们没有核对过）：

> 销售额 = 客户数 × 转化 × 消费频率 × 每单金额

先在小店上数一遍：登记会员 100 位，买过的 40 位，一年 120 单，卖了 24,000 元。转化是 40 ÷ 100 = 0.4，频率是 120 ÷ 40 = 3 单，每单 24,000 ÷ 120 = 200 元。
"""

# %% [markdown] lang="en"
"""
## 4. The sales formula: four levers

A target is a result; what we can move are levers. As training material reports, shops on Alibaba.com (阿里巴巴国际站) break down a year's target by the same formula (so it says; we have not checked it):

> sales = customers × conversion × frequency × basket

First a small shop: 100 members, 40 of them bought, 120 orders in the year, 24,000 yuan. Conversion is 40 ÷ 100 = 0.4, frequency 120 ÷ 40 = 3 orders, and an order is worth 24,000 ÷ 120 = 200 yuan.
"""

# %% [markdown] lang="zh" tags=["slide-only"]
"""
## 要涨 15%：一项涨 15%，或四项各涨 3.6%

销售额 = 客户数 × 转化 × 消费频率 × 每单金额。
"""

# %% [markdown] lang="en" tags=["slide-only"]
"""
## 15% more: one lever by 15%, or all four by 3.6%

Sales = customers × conversion × frequency × basket.
"""

# %% tags=["slide"]
shop = levers.sales_formula(customers=100, buyers=40, orders=120, sales=24000)
print(t(zh="四项相乘（元）", en="the four multiplied (yuan)"), f"{shop.prod():,.2f}")
labelled(levers.levers_for_growth(shop, 0.15)[["now", "alone", "together"]])

# %% [markdown] lang="zh"
"""
四项相乘，所以要涨 15%，可以只靠一项涨 15%（“只靠这一项”那一列），也可以四项各涨 3.6%（“各项一起”那一列）：1.036 × 1.036 × 1.036 × 1.036 ≈ 1.15。四个小目标，往往比一个大目标好做。

再看悦选：去年和前年比，哪个抓手拉了，哪个拖了后腿？
"""

# %% [markdown] lang="en"
"""
The four multiply. So 15% more can come from one of them alone (the column "if this alone moves") or from 3.6% in each (the column "if all move"): 1.036 × 1.036 × 1.036 × 1.036 ≈ 1.15. Four small goals are often easier than one large one.

Now Yuexuan: last year against the year before, which lever pulled and which held us back?
"""

# %%
signed = company.customers["signup_date"].dt.year


# zh: 两年算法一样，写成一个函数，用两次
# en: both years are counted alike, so it is written once and used twice
def four_levers(which):
    of_year = orders[orders["order_date"].dt.year == which]
    bought = of_year[of_year["quantity"] > 0]
    return levers.sales_formula(
        customers=(signed <= which).sum(),
        buyers=bought["customer_id"].nunique(),
        orders=bought["order_id"].nunique(),
        sales=of_year["amount"].sum(),
    )


effects = levers.lever_effects(four_levers(year - 2), four_levers(year - 1))
labelled(effects)

# %% [markdown] lang="zh" tags=["slide-only"]
"""
## 会员多了 43%，转化把它全吃掉了

去年没买的会员 1,217 位，840 位前年买过：走的是老客户，不是新会员没买。
"""

# %% [markdown] lang="en" tags=["slide-only"]
"""
## 43% more members, and conversion ate it all

Of 1,217 members who did not buy last year, 840 had bought the year before: these were lost; the new ones did buy.
"""

# %% tags=["slide"]
plots.goals.lever_effects(effects)

# %% [markdown] lang="zh"
"""
**这张图说了什么：** 两头的灰柱是前年和去年的销售额，差不多高。中间拆开看，会员多了四成多，本该多卖几十万元，转化几乎把它全吃掉。频率和每单金额只动了一点。**它没说什么：** 转化为什么掉。是新会员登记了不买，还是老会员走了？别猜，数一数去年没买的会员，各是哪一种：
"""

# %% [markdown] lang="en"
"""
**What the figure tells:** the grey bars at both ends are the sales of the two years, nearly alike. Taken apart, there are over four tenths more members, which should have brought several hundred thousand yuan, and conversion ate nearly all of it. Frequency and basket moved a little. **What it does not tell:** why conversion fell. Did new members sign up and not buy, or did those we had leave? Do not guess; count the members who did not buy last year, by kind:
"""

# %%
silent = baseline.who_did_not_buy(orders, company.customers, year - 1)
joined = company.customers["signup_date"].dt.year == year - 1
bought_last_year = company.customers["customer_id"].isin(last_year["customer_id"][last_year["quantity"] > 0])
print(
    t(zh="去年新登记的，当年就买了：", en="joined last year and bought in that year:"),
    f"{bought_last_year[joined].mean():.0%}",
)
labelled(silent.to_frame())

# %% [markdown] lang="zh"
"""
没买的 1,217 位里，840 位前年还买过，去年一整年没来；去年新登记的，87% 当年就买了。所以拖后腿的不是新会员，是 **走了的老客户**。会员名单只进不出，走的人一直留在分母里，转化就年年往下掉。
"""

# %% [markdown] lang="en"
"""
Of the 1,217 who did not buy, 840 had bought the year before and stayed away all last year. Of those who joined last year, 87% bought in that year. So it is not new members who held us back but **customers we had and lost**. Nobody is ever taken off the list of members; those who leave stay in it, and conversion falls year after year.
"""

# %% [markdown] lang="zh"
"""
目标靠什么达到？先别看要“多卖”的 20 万元：去年的 131 万元，今年不会自己再来一遍。搭一座桥，从“照旧做下去”走到目标：

- **今天的客户**：第 09 课的预测，今年还会买多少；会流失的已经算进去了；
- **新客户**：今年也来和去年一样多的新客户，头一年买和去年一样多；
- **计划**：第 11 课的整本手册做满一年，增量响应率照手册的估计；
- **还差的**：目标减去上面三样。
"""

# %% [markdown] lang="en"
"""
What does the target rest on? Do not begin with the 200 thousand yuan "on top": last year's 1.31 million will not come again by themselves. Build a bridge from "we go on as before" to the target:

- **today's customers**: what they will buy this year by the forecast of lesson 09, those who will leave included;
- **newcomers**: as many as came last year, and as much in their first year as those bought;
- **the plan**: the whole playbook of lesson 11 for a full year, with the playbook's guesses of the extra response;
- **still open**: the target less the three above.
"""

# %% [markdown] lang="zh" tags=["slide-only"]
"""
## 目标靠什么：今天的客户、新客户、计划

- 今天的客户照旧做，预计 110 万元，不是去年的 131 万元
- 新客户再来一批去年那么多：45 万元
- 计划做满一年：9 万元
- 新客户少来三成，目标就只是刚好够
"""

# %% [markdown] lang="en" tags=["slide-only"]
"""
## What the target rests on: today's customers, newcomers, the plan

- Today's customers as before: 1.10 million, not last year's 1.31 million
- As many newcomers as last year: 0.45 million
- The plan for a full year: 0.09 million
- With three tenths fewer newcomers the target is only just met
"""

# %%
expected = baseline.coming_year(orders, company.as_of)
extra = explore.strategy.full_plan(company)["expected_sales"].sum() * 4
newcomers = baseline.from_newcomers(orders, company.as_of)
bridge = baseline.baseline_bridge(target, todays_customers=expected.sum(), newcomers=newcomers, plan=extra)
print(t(zh="今天的客户怎么估的：", en="How today's customers were estimated:"), expected.attrs["how"])
labelled(bridge.to_frame("target"))

# %% [markdown] lang="zh"
"""
“还差的”是负数：三样都照想的来，会超过目标 13 万元。别高兴太早，看桥墩：今天的客户 110 万元，比去年的 131 万元少，走的人要补；补上它的是 45 万元新客户，占目标的近三成。新客户少来三成，余地就没了；计划的 9 万元救不了。所以签目标之前说清楚：**新客户由谁带来，每季来够没有**，和计划写在同一张纸上。预测也会错：第 09 课考过它。它还是从办着活动的两年里学来的：计划要是顶替那些活动，9 万元里就有一部分算了两遍。

计划那 9 万元照的是手册的估计。换成活动测出来的响应率（第 11 课的进阶），测过的各层都用 5.6%，是 11 万元；照第 11 课签字用的那个小的数，只有 5 万元。各层用一个数，是因为测的人少、分不出高低，不是各层真的一样；活动给的优惠、走的渠道，和打法也不全一样。所以哪个数都不是许诺，要再测。不管用哪个，结论不变：撑着目标的是新客户。
"""

# %% [markdown] lang="en"
"""
"Still open" is negative: if all three come as hoped, we end 130 thousand above the target. Look at the pillars before you cheer: today's customers bring 1.10 million, less than last year's 1.31 million, because some leave; newcomers make up for it with 0.45 million, nearly three tenths of the target. With three tenths fewer of them the room is gone, and the plan's 0.09 million will not save it. So say before the target is signed **who brings the newcomers in, and each quarter whether enough came**, on the same page as the plan. A forecast can be wrong, too: lesson 09 examined it. And it was learned from two years with campaigns in them: as far as the plan takes their place, part of the 0.09 million is counted twice.

The plan's 0.09 million rests on the playbook's guesses. With the response that campaigns measured (the stretch of lesson 11), 5.6% for every tier that was measured, it is 0.11 million; with the smaller number that lesson 11 signs, it is only 0.05 million. One number stands for all tiers because too few people were measured to tell them apart, and not because they are alike; and the discounts and channels of the campaigns were not quite those of the plays. So none of these is a promise, and it has to be measured again. Whichever you take, the conclusion stays: what carries the target are the newcomers.
"""

# %% [markdown] try="goals-four-levers goals-first-lever"

# %% [markdown] lang="zh"
"""
## 5. 哪位客户交给谁

分客户看两件事：销售代表 **懂不懂**（同行业 2 分，同大区 1 分），**管不管得过来**（容量）。三位客户，两位代表，每人最多管一位：
"""

# %% [markdown] lang="en"
"""
## 5. Which customer goes to whom

Two things decide who looks after a customer: what the rep **knows** (same industry 2 points, same region 1 point), and how many the rep **can carry** (capacity). Three customers, two reps, one customer each at most:
"""

# %% [markdown] lang="zh" tags=["slide-only"]
"""
## 谁管谁，看懂不懂，也看管不管得过来

同行业 2 分，同大区 1 分；满额就先空着。
"""

# %% [markdown] lang="en" tags=["slide-only"]
"""
## Who looks after whom: what reps know, what they can carry

Same industry 2 points, same region 1; when reps are full, nobody for now.
"""

# %% tags=["slide"]
firms = pd.DataFrame(
    {"industry": ["chemicals", "chemicals", "machinery"], "region": ["east", "west", "east"]},
    index=pd.Index(["K1", "K2", "K3"], name="customer_id"),
)
sellers = pd.DataFrame(
    {
        "rep_id": ["S1", "S2"],
        "capacity": [1, 1],
        "industry": ["chemicals", "machinery"],
        "region": ["east", "east"],
    }
)
grade_points = pd.Series({"K1": 3, "K2": 1, "K3": 1})
labelled(allocation.allocate(firms, sellers, priority=grade_points).fillna({"rep_id": "—"}))

# %% [markdown] lang="zh"
"""
K1 是 A 级，化工、东区，S1 全懂：3 分。K3 是机械、东区，S2 全懂：3 分。K2 也是化工，懂他的 S1 已经满额，只好先空着，原因写着“销售代表已满额”。次序写清楚，就不会变成谁嗓门大给谁：先让尽量多的客户有人管，其中等级高的优先，再让懂的人配在一起，然后让各人负荷平均；一样懂的几位，A、B、C 级也分得一样匀，没有谁独占好客户。

悦选的销售代表按大区分工，不分行业，所以只看大区和容量。等级用第 03 课的 ABC：
"""

# %% [markdown] lang="en"
"""
K1 is an A, in chemicals, in the east: S1 knows it all, 3 points. K3 is in machinery, in the east: S2 knows it all, 3 points. K2 is in chemicals too, but S1, who knows the trade, is full, so nobody looks after K2 for now; the reason reads "reps are full". With the order written down, customers do not go to the loudest voice: first have as many customers as possible looked after, the higher grades first; then match those who fit, then keep the load even; reps who fit alike get As, Bs and Cs in the same proportions, so nobody has all the best.

Yuexuan's reps are divided by region and not by industry, so only region and capacity count. The grades are the ABC of lesson 03:
"""

# %% [markdown] lang="zh" tags=["slide-only"]
"""
## 没人管的，差不多都是 C 级

939 位 A 级，人人有代表。
"""

# %% [markdown] lang="en" tags=["slide-only"]
"""
## Nearly all without a rep are Cs

All 939 As have one.
"""

# %% tags=["slide"]
facts = order_facts(orders, company.as_of)
grade = value.abc(facts["monetary"]).rename("grade")
customers = company.customers.set_index("customer_id").loc[facts.index]
given = allocation.allocate(customers, company.reps, priority=grade.map({"A": 3, "B": 2, "C": 1, "D": 0}))
labelled(pd.crosstab(grade, given["reason"]))

# %% [markdown] lang="zh" tags=["slide-only"]
"""
## 有的大区人人满额，有的还有空位

容量是自己报的：真联系过几位，看了再定。
"""

# %% [markdown] lang="en" tags=["slide-only"]
"""
## In some regions all are full, in others there is room

Capacity is what people say of themselves: look how many were contacted before you fix it.
"""

# %% tags=["slide"]
load_of_reps = allocation.workload(given, company.reps)
plots.goals.workload(load_of_reps)

# %% [markdown] lang="zh"
"""
一行是一位销售代表，黑框是容量，蓝条是分到的客户，右边是负荷；名字后面是平均匹配度。有的大区人人满额，还有客户没人管；有的大区有空位，却帮不上别区的忙。上面的表说，没人管的差不多都是 C 级。不过，容量是自己报的。去年一人管 200 位、真联系过的有几位？看了再定。
"""

# %% [markdown] lang="en"
"""
One row is a rep; the black frame is capacity, the blue bar the customers assigned, on the right the load, behind the name the mean fit. In some regions everybody is full and customers are left over; in others there is room, which is no help elsewhere. By the table above, nearly all who are left over are Cs. But capacity is what people say of themselves. Of 200 customers last year, how many were really contacted? Look before you fix it.
"""

# %% [markdown] lang="zh"
"""
`allocation.allocate` 给每位客户分一位销售，写在 `rep_id` 里；分不到的是空的。
"""

# %% [markdown] lang="en"
"""
`allocation.allocate` gives each customer a salesperson, in `rep_id`; who gets none has an empty cell.
"""

# %% [markdown] try="goals-left-over"

# %% [markdown] lang="zh"
"""
## 6. 一张目标表：大区 × 销售代表 × 等级

目标跟着客户走，不是人人一样。可是按客户 **去年** 买了多少来定，也不对：A 级正是因为去年买得多才成了 A。倒回一年看看，同样分出来的 A、B、C 级，后来一年买了多少：
"""

# %% [markdown] lang="en"
"""
## 6. One target table: region × rep × grade

Targets follow customers and are not the same for all. But to set them by what customers bought **last year** is wrong as well: As are As because they bought so much. Go back a year, make the grades in the same way, and see what they bought in the year after:
"""

# %%
past = baseline.year_after(orders, company.as_of, lambda facts: value.abc(facts["monetary"]))
labelled(past.round(2))

# %% [markdown] lang="zh"
"""
A 级后来只买了之前的 62%，C 级却买了 1.2 倍：高处之后多半低一点，低处之后多半高一点，谁也没有失职（第 13 课叫它回归均值）。也不全是碰巧：C 级里很多人那年后来才加入，拿几个月和一整年比；几乎买满一年的 C 级，第二年也少了。所以权重用 **今年预计** 的钱 `expected`，它已经把这一点算进去了。没分到代表的客户归“自助服务”；新客户还没有名字，也要有人管，单列一行。目标不能凭空消失。
"""

# %% [markdown] lang="en"
"""
As bought only 62% of what they had before, Cs 1.2 times as much: after a high mostly comes something lower, after a low something higher, and nobody failed (lesson 13 calls it regression to the mean). Not all of it is luck: many Cs had joined late in that year, so a few months are compared with a whole one; Cs who had been there for nearly all of it bought less, too. So the weights are the money **expected this year**, `expected`, which has this in it. Customers without a rep belong to "self-service"; newcomers have no names yet and need somebody too, so they get a row of their own. A target must not vanish into thin air.
"""

# %% [markdown] lang="zh" tags=["slide-only"]
"""
## 目标跟着客户走，不是人人一样

- A 级去年买得多，今年多半少一点：按今年预计的钱定
- 没有代表的客户归自助服务
- 新客户单列一行，也要有人管
"""

# %% [markdown] lang="en" tags=["slide-only"]
"""
## Targets follow customers and are not the same for all

- As bought much last year and will mostly buy less: go by the money expected this year
- Customers without a rep go to self-service
- Newcomers get a row of their own, and somebody to bring them in
"""

# %%
owner = given["rep_id"].fillna("self_service")
placed = pd.DataFrame({"region": region, "rep_id": owner, "grade": grade, "amount": expected})
weights = placed.groupby(["region", "rep_id", "grade"])["amount"].sum()
new = placed.assign(rep_id="newcomers", grade="new").groupby(["region", "rep_id", "grade"])["amount"].sum()
weights = pd.concat([weights, new * newcomers / expected.sum()])
weights = weights[weights.index.get_level_values("region").isin(by_region.index)]
table = targets.split_each(by_region, weights).unstack(fill_value=0)
table["total"] = table.sum(axis=1)
print(t(zh="最下一级合计（元）", en="the lowest level in all (yuan)"), f"{table['total'].sum():,.2f}")
print(t(zh="全年目标（元）", en="the year's target (yuan)"), f"{target:,.2f}")
labelled(table.head(8))

# %% [markdown] lang="zh"
"""
`split_each` 从上一级的每个目标往下拆：先有大区，再有大区里的人，再有每人名下的等级；新客户在各大区的份额，照今天的客户那样分。每一级的合计都和上一级一分不差，上面打印的两个数就是最上和最下。

大区和季度这样两头都定了的表，用 `targets.cross`：横着加是大区的目标，竖着加是季度的目标。
"""

# %% [markdown] lang="en"
"""
`split_each` breaks down every target of the level above: first the regions, then the people in them, then the grades of each one's customers; the regions share newcomers as they share today's customers. Each level agrees with the one above to the cent; the two numbers printed are the top and the bottom.

For a table where both sides are fixed, such as regions and quarters, there is `targets.cross`: across it adds up to the region, down to the quarter.
"""

# %% [markdown] lang="zh" tags=["slide-only"]
"""
## 横着加是大区，竖着加是季度

东区的第四季度，是全公司最大的一格。
"""

# %% [markdown] lang="en" tags=["slide-only"]
"""
## Across it adds up to the region, down to the quarter

The fourth quarter of the East is the largest cell of the company.
"""

# %% tags=["slide"]
plan = targets.cross(by_region, quarters["target"])
plots.goals.target_table(plan)

# %% [markdown] lang="zh"
"""
一格是一个大区一个季度的目标，单位是万元；越亮越高。东区的第四季度是全公司最大的一格。不过，每个大区的季节其实不完全一样，这里按全公司的季节拆。哪个大区有自己的旺季，就单独给它拆一遍。
"""

# %% [markdown] lang="en"
"""
A cell is one region's target for one quarter in 10,000 yuan; the brighter the higher. The fourth quarter of the East is the largest cell of the company. But regions do not all have the same season; here everyone follows the company's. Where a region has a strong season of its own, break it down by itself.
"""

# %% [markdown] try="goals-both-ways"

# %% [markdown] lang="zh"
"""
## 7. 不同的层，不同的任务

同样“完成目标”，A 级和 C 级要做的事不一样。先看三级现在的样子：
"""

# %% [markdown] lang="en"
"""
## 7. Different tiers, different tasks

To reach the target, an A needs something else done than a C. First look at the grades as they are:
"""

# %% [markdown] lang="zh" tags=["slide-only"]
"""
## 同样完成目标，各级的任务不一样

| 等级 | 任务 | 每周看哪个数 |
|---|---|---|
| A | 守住：一个都不丢 | 90 天内买过的比例 |
| B | 多买一次，多进一个品类 | 平均订单数 |
| C | 便宜地留着门 | 升到 B 的人数 |
"""

# %% [markdown] lang="en" tags=["slide-only"]
"""
## To reach the target, each grade needs another task

| grade | task | number to watch each week |
|---|---|---|
| A | keep: lose nobody | share that bought within 90 days |
| B | one more order, one more category | mean orders |
| C | leave the door open at low cost | people who rise to B |
"""

# %%
now = pd.DataFrame(
    {
        "customers": grade.value_counts().sort_index(),
        t(zh="90 天内买过", en="bought within 90 days"): (facts["recency_days"] <= 90).groupby(grade).mean(),
        t(zh="平均订单数", en="mean orders"): facts["frequency"].groupby(grade).mean(),
        t(zh="户均消费（元）", en="mean spend (yuan)"): facts["monetary"].groupby(grade).mean(),
    }
)
labelled(now.rename_axis("grade"))

# %% [markdown] lang="zh"
"""
| 等级 | 任务 | 每周看哪个数 | 谁来做 |
|---|---|---|---|
| A | 守住：一个都不丢 | 90 天内买过的比例 | 销售代表，逐位联系 |
| B | 多买一次，多进一个品类 | 平均订单数 | 销售代表，按下一件产品推荐 |
| C | 便宜地留着门 | 升到 B 的人数、每次触达的成本 | 系统自动，不占人工 |

任务用“做得到的动作”来写，目标表才推得动。最后一步是奖金，也最容易出错。两位代表，标价 200 元，进货 128 元：
"""

# %% [markdown] lang="en"
"""
| grade | task | number to watch each week | who does it |
|---|---|---|---|
| A | keep: lose nobody | share that bought within 90 days | the rep, one by one |
| B | one more order, one more category | mean orders | the rep, with the next product |
| C | leave the door open at low cost | people who rise to B, cost of a contact | the system, no staff time |

A task is written as something one can do; only then does the table of targets move anything. The last step is the bonus, where most goes wrong. Two reps, list price 200 yuan, goods 128 yuan:
"""

# %% [markdown] lang="zh" tags=["slide-only"]
"""
## 奖金按销售额发，公司就是花钱请人打折

小吴奖金多 12 元，公司却少赚 272 元。
"""

# %% [markdown] lang="en" tags=["slide-only"]
"""
## A bonus on sales pays people to give discounts

Wu gets 12 yuan more, and the company earns 272 less.
"""

# %% tags=["slide"]
bonus = pd.DataFrame(
    {t(zh="订单", en="orders"): [10, 14], t(zh="每单售价", en="price paid"): [200, 160]},
    index=t(zh=["老周：不打折", "小吴：降价 20%"], en=["Zhou: full price", "Wu: 20% off"]),
)
bonus["sales"] = bonus[t(zh="订单", en="orders")] * bonus[t(zh="每单售价", en="price paid")]
bonus["margin"] = bonus["sales"] - bonus[t(zh="订单", en="orders")] * 128
bonus[t(zh="奖金：销售额的 5%", en="bonus: 5% of sales")] = bonus["sales"] * 0.05
labelled(bonus)

# %% [markdown] lang="zh"
"""
小吴卖了 2,240 元，奖金 112 元；老周卖了 2,000 元，奖金 100 元。可是公司从老周那里赚 720 元，从小吴那里只赚 448 元。**奖金按销售额发，公司就是花钱请人打折。** 下个月老周也会打折。

别的奖金也有各自的漏洞：

- 按 **订单数** 发：一张单拆成三张。
- 按 **月** 发、过线才有：月底压货，下月退货。
- 按 **新客户数** 发：登记一堆不会再来的人。

补救不难：按毛利减退货算；一个季度一算；A 级另看留住的比例；先拿去年的数据试算一遍，看谁会因此改变做法。
"""

# %% [markdown] lang="en"
"""
Wu sold 2,240 yuan and gets 112; Zhou sold 2,000 and gets 100. Yet the company earned 720 yuan through Zhou and only 448 through Wu. **With a bonus on sales, the company pays people to give discounts.** Next month Zhou will give them too.

Other bonuses have holes of their own:

- paid by **orders**: one order becomes three.
- paid by the **month**, above a line: goods are pushed out at the end of the month and come back in the next.
- paid by **new customers**: many sign up who never come again.

The remedy is not hard: pay on margin less returns, by the quarter; for As look at the share that stayed; and first try it on last year's data, to see who would change what they do.
"""

# %% [markdown] try="goals-bonus-effect"

# %% [markdown] lang="zh" tags=["trainer"]
"""
**小组讨论（8 分钟）：** 每组设计一条奖金规则，写在纸上交给邻组；邻组扮演最会钻空子的销售，三分钟内想出怎样多拿奖金、公司却少赚钱。全班表决：哪一组的规则最难钻？

**板书：** 左边写“奖什么”，右边写“会来什么”。
"""

# %% [markdown] lang="en" tags=["trainer"]
"""
**Small groups (8 minutes):** each group invents a bonus rule, writes it down and hands it to its neighbours, who play the sharpest of salespeople: in three minutes find a way to a larger bonus that earns the company less. Vote: whose rule is hardest to bend?

**Board:** on the left "what we pay for", on the right "what we get".
"""

# %% [markdown] lang="zh"
"""
## 8. 自己动手调

换增长率，换周期，换拆给谁，关掉季节再看。试着回答：增长从 15 调到 20，东区第四季度要多卖多少？不管怎么换，横着加和竖着加总是同一个数。
"""

# %% [markdown] lang="en"
"""
## 8. Try it by hand

Change the growth, the periods, the parts; switch the season off. Try to answer: when growth goes from 15 to 20, how much more has the East to sell in the fourth quarter? Whatever you choose, adding across and adding down give the same number.
"""

# %% [markdown] lang="zh" tags=["slide-only"]
"""
## 增长从 15% 拖到 20%，东区第四季度多卖多少

打开笔记本：怎么换都加得平。做不做得到，要回去看抓手。
"""

# %% [markdown] lang="en" tags=["slide-only"]
"""
## From 15% to 20%: how much more for the East in Q4?

Open the notebook: whatever you choose, it adds up. Whether it can be done, the levers tell.
"""

# %% tags=["explorer", "slide"]
explore.goals.show(company)

# %% [markdown] lang="zh"
"""
增长率一动，每一格都跟着动，合计永远是全年目标；换成“周与天”，看得见最忙的是哪几周。图上看不出做不做得到。增长拖到 40，表照样加得平；能不能做到，要回第 4 节看抓手。
"""

# %% [markdown] lang="en"
"""
Move the growth and every cell moves along, and the sum is always the year's target; choose "weeks and days" to see which weeks are busiest. The figure does not show whether it can be done. At a growth of 40 the table adds up just as well; whether anyone can reach it is a question for the levers of section 4.
"""

# %% [markdown] lang="zh"
"""
要的东西齐了：大区 × 代表 × 等级的目标表、每位代表每个月的目标、每天的目标、分配名单。先看每位代表每个月的那张，合计还是那个数；再看名单。要存成 Excel，把 `False` 改成 `True` 再运行，文件在你自己的 `my` 文件夹里。
"""

# %% [markdown] lang="en"
"""
Here is what was asked for: targets by region × rep × grade, by rep and month, by day, and the allocation list. First the one by rep and month, whose sum is still that number; then the list. To save them as Excel files, change `False` to `True` and run the cell; they go into your own folder `my`.
"""

# %%
by_rep_and_month = targets.cross(table["total"], targets.roll_up(days, "month")["target"])
print(t(zh="全表合计（元）", en="the whole table (yuan)"), f"{by_rep_and_month.sum().sum():,.2f}")
labelled(by_rep_and_month.iloc[:4, :5])

# %%
names = company.reps.set_index("rep_id")[t(zh="name_zh", en="name_en")]
allocation_list = given.join(grade).sort_values(["rep_id", "grade"])
allocation_list.insert(1, "rep", allocation_list["rep_id"].map(names))
labelled(allocation_list.head(3))

# %%
keep_files = False
if keep_files:
    save_table(table, "targets.xlsx")
    save_table(by_rep_and_month, "targets_by_rep_and_month.xlsx")
    save_table(days, "targets_by_day.xlsx")
    save_table(allocation_list, "allocation.xlsx")

# %% [markdown] try="goals-margin-bonus"

# %% [markdown] lang="zh"
"""
> **在 Excel 里**：C 是去年卖的、F1 是目标，按份额拆：`=ROUND(F$1*C2/SUM(C:C),2)`，再看合计差几分钱，补给余数最大的那几行。运行下一格，就有一份公式都写好的工作簿，一分不差，里面留着一张空表给你自己的二十位客户。
"""

# %% [markdown] lang="en"
"""
> **In Excel**: C holds what was sold last year, F1 the target; split it by the shares: `=ROUND(F$1*C2/SUM(C:C),2)`, then see how many cents the sum is off and give them to the rows with the largest remainders. Run the next cell for a workbook with all formulas written that agrees to the cent, and an empty sheet for twenty customers of your own.
"""

# %% tags=["skip-execution", "nbval-skip"]
excel("12")

# %% [markdown] lang="zh"
"""
## 9. 小测验
"""

# %% [markdown] lang="en"
"""
## 9. Quiz
"""

# %%
quiz("12")

# %% [markdown] about="key_points"

# %% [markdown] lang="zh"
"""
## 在你的公司

把 `load()` 换成 `load("own/company.toml")`。拆到季、月、周、天只要订单表；拆到大区要客户表；分客户要销售代表表（编号、容量、大区或行业）。

- 不到一个完整的自然年？季节先用同行的或老销售的估计，写成 12 个数的权重，一年后换成自己的。
- 没有销售代表表？用 Excel 写三列：编号、容量、大区，第 5 节就能跑。缺的表会借样本公司的，只供练习。
- 老板的目标已经定死了？把 `target` 直接写成那个数，再用第 4 节告诉他，四个抓手各要动多少。
- 春节每年换月份？用 `targets.move_festival(daily, year)` 挪好再算季节。
"""

# %% [markdown] lang="en"
"""
## In your company

Replace `load()` by `load("own/company.toml")`. Quarters, months, weeks and days need the orders only; regions need the table of customers; assigning customers needs a table of reps (id, capacity, region or industry).

- Less than one complete calendar year? Start with the season of the trade or of an old hand, written as 12 weights, and put your own in its place a year later.
- No table of reps? Three columns in Excel will do: id, capacity, region; then section 5 runs. Tables you lack are borrowed from a sample company, for practice only.
- The boss has fixed the target? Write `target` as that number, and use section 4 to show how far each of the four levers would have to move.
- The Spring Festival changes months? Move the days with `targets.move_festival(daily, year)` first, then take the season.
"""

# %% [markdown] lang="zh" tags=["slide-only"]
"""
## 在你的公司：目标定死了，就说四个抓手各要动多少

- 不到一个自然年：先用同行或老销售的估计
- 没有销售代表表：Excel 里写编号、容量、大区
- 春节换了月份：把那一周挪到今年的月份
"""

# %% [markdown] lang="en" tags=["slide-only"]
"""
## In your company: target fixed? Say how far the four levers must move

- Less than a calendar year: the season of the trade or an old hand
- No reps: id, capacity and region in Excel
- The Spring Festival moved: move its week to this year's month
"""

# %% [markdown] lang="zh" tags=["stretch"]
"""
## 别处怎么叫

| 这一课说 | 别处说 |
|---|---|
| 从照旧做下去走到目标的桥 | 基线（baseline）、瀑布图（waterfall chart） |
| 拿掉涨落再看各月 | 季节调整、时间序列分解（seasonal adjustment） |
| 高处之后多半低一点 | 回归均值（regression to the mean） |
| 先分整数，再分零头 | 最大余数法（largest remainder, Hamilton method） |
| 奖什么就来什么 | 古德哈特定律（Goodhart's law） |

- Hyndman、Athanasopoulos，*Forecasting: Principles and Practice*，第 3 章讲怎样拿掉增长看季节。
- Galton（1886），*Regression towards Mediocrity in Hereditary Stature*：回归均值从这里来。
- Kerr（1975），*On the Folly of Rewarding A, While Hoping for B*：奖金为什么会起反作用。
"""

# %% [markdown] lang="en" tags=["stretch"]
"""
## What others call this

| here | elsewhere |
|---|---|
| the bridge from "as before" to the target | baseline, waterfall chart |
| months without growth and decline | seasonal adjustment, time series decomposition |
| lower after a high | regression to the mean |
| whole cents first, then the rest | largest remainder, Hamilton method |
| you get what the bonus pays for | Goodhart's law |

- Hyndman and Athanasopoulos, *Forecasting: Principles and Practice*, chapter 3: how growth is taken out to see the season.
- Galton (1886), *Regression towards Mediocrity in Hereditary Stature*: where regression to the mean comes from.
- Kerr (1975), *On the Folly of Rewarding A, While Hoping for B*: why a bonus backfires.
"""

# %% [markdown] about="next"

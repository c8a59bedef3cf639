"""What check() knows about lesson 09."""

from functools import cache

import pandas as pd

from custseg_helpers.facts.per_customer import order_facts
from custseg_helpers.learn.exercise import Exercise, Mistake, Point
from custseg_helpers.tiers import clv, clv_holdout, cuts, value
from custseg_helpers.tiers.clv_holdout import company_with_forecast
from custseg_helpers.words.text import T

SPLIT_DAYS = pd.Timedelta(days=184)


@cache
def facts(company):
    company = company_with_forecast(company)
    return order_facts(company.orders, company.as_of, products=company.products)


@cache
def fitted(company):
    """History, purchase model and spend model of the company that the lesson forecasts."""
    company = company_with_forecast(company)
    history = clv.purchase_history(company.orders, company.as_of)
    return history, clv.fit_purchases(history), clv.fit_spend(history)


def grade(company):
    return value.abc(facts(company)["monetary"])


def alive(company):
    history, model, _ = fitted(company)
    return clv.alive_probability(history, model)


def coming(company, days):
    history, model, _ = fitted(company)
    return clv.expected_purchases(history, model, days)


def as_before(company, days):
    history = fitted(company)[0]
    pace = history["repeat_purchases"] / history["observed_days"].where(history["observed_days"] > 0)
    return pace.fillna(0) * days


@cache
def future(company):
    margin = facts(company)["margin"].sum() / facts(company)["monetary"].sum()
    return clv.customer_value(*fitted(company), margin=margin, days=365, discount_rate=0.10)


def potential(company):
    worth = future(company)["clv"]
    return cuts.levels(worth, cuts.quantile_cuts(worth))


@cache
def exam(company):
    company = company_with_forecast(company)
    return clv_holdout.validate(company.orders, company.as_of - SPLIT_DAYS, company.as_of)


def colleague_error(company):
    actual = exam(company).customers["actual_purchases"]
    return float(((coming(company, 184).reindex(actual.index) - actual) ** 2).mean() ** 0.5)


def mean_miss(company):
    table = exam(company).customers
    return float((table["expected_purchases"] - table["actual_purchases"]).abs().mean())


def chosen(company, value_tag, potential_tag):
    return (grade(company) == value_tag) & (potential(company) == potential_tag)


def left_of_each(company, *parts, everyone=True, per="customers"):
    company = company_with_forecast(company)
    source = company.customers.set_index("customer_id")["signup_channel"]
    each = {
        "margin": facts(company)["margin"],
        "clv": future(company)["clv"],
        "sales": facts(company)["monetary"],
    }
    worth = sum(each[part] for part in parts).reindex(source.index)
    mean = (worth.fillna(0) if everyone else worth).groupby(source).mean()
    channels = company.channels.groupby("channel")
    number = source.value_counts() if per == "customers" else channels["leads"].sum()
    return mean - channels["cost"].sum() / number


EXERCISES = [
    Exercise(
        "clv-likely-gone",
        answer=lambda company: int(((grade(company) == "A") & (alive(company) < 0.5)).sum()),
        praise=T(
            zh="对。这些人给过我们很多钱，可多半不会再来了：A 级名单不等于今年的生意。",
            en="Right. They gave us much and most likely will not come again: the A list is not this year's business.",
        ),
        mistakes=(
            Mistake(
                lambda company: int((alive(company) < 0.5).sum()),
                T(
                    zh="你数了所有客户。题目只问价值标签是 A 的：两个条件用 `&` 连起来。",
                    en="You counted all customers. Only those with value tag A are asked: join the two conditions with `&`.",
                ),
            ),
            Mistake(
                lambda company: int(((grade(company) == "A") & (alive(company) >= 0.5)).sum()),
                T(
                    zh="这是多半还在的 A 级。题目问多半走了的：存活概率低于 0.5。",
                    en="These are the As most likely still here. Asked are those most likely gone: below 0.5.",
                ),
            ),
            Mistake(
                lambda company: int(((grade(company) == "A") & (facts(company)["recency_days"] > 90)).sum()),
                T(
                    zh="你用了“90 天没来”一刀切。来得少的客户 90 天不来很平常；要用存活概率。",
                    en="You used one rule for all, 90 days away. For a rare customer that is quite usual; take the probability of being alive.",
                ),
            ),
            Mistake(
                lambda company: float((alive(company)[grade(company) == "A"] < 0.5).mean()),
                T(zh="这是比例，题目要人数。", en="This is a share; a number of people is asked."),
            ),
        ),
        hints=(
            T(
                zh="`clv.alive_probability(history, model)` 给出每位客户的存活概率；`&` 表示两个条件都成立。",
                en="`clv.alive_probability(history, model)` gives everyone's probability; `&` means both conditions hold.",
            ),
            T(
                zh='`((grade == "A") & (alive < 0.5)).sum()`，`alive` 是上一步的结果。',
                en='`((grade == "A") & (alive < 0.5)).sum()`, with `alive` from the step before.',
            ),
        ),
    ),
    Exercise(
        "clv-next-quarter",
        answer=lambda company: float(coming(company, 90).sum()),
        praise=T(
            zh="对。仓库和客服排班，可以从这个数开始；新客户还要另加。",
            en="Right. Stock and staffing can start from this number; new customers come on top.",
        ),
        mistakes=(
            Mistake(
                lambda company: float(as_before(company, 90).sum()),
                T(
                    zh="这是“照旧”：它忘了有人会走，也把运气当了实力。用 `expected_purchases`。",
                    en="This is “as before”: it forgets that people leave and takes luck for skill. Use `expected_purchases`.",
                ),
            ),
            Mistake(
                lambda company: float(coming(company, 365).sum()),
                T(zh="这是一年的。题目问 90 天。", en="This is a year. 90 days are asked."),
            ),
            Mistake(
                lambda company: float(coming(company, 365).sum() * 90 / 365),
                T(
                    zh="把一年的数乘以 90 ÷ 365，会少算：越往后还在的人越少，头 90 天来得最多。直接预测 90 天。",
                    en="Taking 90 / 365 of a year is too little: fewer are left later, so the first 90 days are the busiest. Forecast 90 days directly.",
                ),
            ),
            Mistake(
                lambda company: float(coming(company, 90).mean()),
                T(
                    zh="这是平均每位。题目要合计。",
                    en="This is the mean of one customer; the total is asked.",
                ),
            ),
        ),
        hints=(
            T(
                zh="`clv.expected_purchases` 最后一项是预测的天数。",
                en="The last thing `clv.expected_purchases` takes is the days to forecast.",
            ),
            T(
                zh="`clv.expected_purchases(history, model, 90).sum()`",
                en="`clv.expected_purchases(history, model, 90).sum()`",
            ),
        ),
    ),
    Exercise(
        "clv-three-years",
        answer=lambda company: 300 / 1.1 + 300 / 1.1**2 + 300 / 1.1**3,
        praise=T(
            zh="对。900 元毛利，分三年来，今天值 746 元：这是为他花钱的上限，不是目标。",
            en="Right. 900 yuan of margin over three years are worth 746 today: the most to spend on him, and not a target.",
        ),
        mistakes=(
            Mistake(
                lambda company: 746.0,
                T(
                    zh="办法对，只是四舍五入得太早：三年先加起来，最后再留两位小数。",
                    en="The method is right, but you rounded too early: add the three years first, then keep two decimals.",
                ),
            ),
            Mistake(
                lambda company: 900.0,
                T(
                    zh="没有折现。明年的钱晚一年来，除以 1.1；后年再除一次。",
                    en="Nothing is discounted. Next year's money comes a year late: divide by 1.1, the year after once more.",
                ),
            ),
            Mistake(
                lambda company: 1000 / 1.1 + 1000 / 1.1**2 + 1000 / 1.1**3,
                T(
                    zh="你用的是销售额。货要花钱进，乘毛利率 0.3。",
                    en="You used sales. Goods have to be paid for: multiply by the margin 0.3.",
                ),
            ),
            Mistake(
                lambda company: 300 + 300 / 1.1 + 300 / 1.1**2,
                T(
                    zh="你把第 1 年的钱当成今天就到手。按题目，第 1 年也要除以 1.1。",
                    en="You took year 1 as money in hand today. As the task says, divide year 1 by 1.1, too.",
                ),
            ),
            Mistake(
                lambda company: 900 / 1.1**3,
                T(
                    zh="三年的钱不是都等到第 3 年才来：一年一年分开除。",
                    en="The money does not all wait for year 3: divide year by year.",
                ),
            ),
            Mistake(
                lambda company: 300 * 0.9 + 300 * 0.9**2 + 300 * 0.9**3,
                T(
                    zh="折现是除以 1.1，不是减掉 10%：100 元一年后要变成 110 元，所以一年后的 110 元才等于今天的 100 元。",
                    en="Discounting divides by 1.1; it does not take 10% off: 100 yuan become 110 in a year, so 110 then equal 100 today.",
                ),
            ),
        ),
        hints=(
            T(
                zh="先算一年的毛利：单数 × 每单 × 毛利率。",
                en="First the margin of one year: orders × yuan × margin.",
            ),
            T(zh="`300 / 1.1 + 300 / 1.1**2 + 300 / 1.1**3`", en="`300 / 1.1 + 300 / 1.1**2 + 300 / 1.1**3`"),
        ),
    ),
    Exercise(
        "clv-colleague-check",
        answer=lambda company: float(exam(company).errors["expected_purchases"]),
        praise=T(
            zh="对。诚实的误差大得多，可仍然赢了“照旧”。同事等于先看了答案再考试：模型已经知道谁在最后半年来过。",
            en="Right. The honest error is much larger, and still beats “as before”. The colleague looked up the answers before the exam: the model already knew who came in the last half year.",
        ),
        mistakes=(
            Mistake(
                colleague_error,
                T(
                    zh="这正是同事的数。他的历史里已经有最后半年的订单，模型是看着答案考的。",
                    en="That is the colleague's number. His history already holds the last half year, so the model sat the exam with the answers open.",
                ),
            ),
            Mistake(
                lambda company: float(exam(company).errors["naive_purchases"]),
                T(
                    zh="这是“照旧”的误差，是对手的成绩。要模型的。",
                    en="That is the error of “as before”, the rival's result. The model's is asked.",
                ),
            ),
            Mistake(
                mean_miss,
                T(
                    zh="你直接平均了差几次，没有先平方再开方。课上的误差让离谱的错更重。",
                    en="You averaged the misses without squaring them and taking the root. The lesson's error lets gross misses weigh more.",
                ),
            ),
        ),
        hints=(
            T(
                zh="模型只许看 `split` 以前的订单。课上哪个函数是这样考的？",
                en="The model may see only the orders before `split`. Which function of the lesson does that?",
            ),
            T(
                zh='`clv_holdout.validate(orders, split, as_of).errors["expected_purchases"]`',
                en='`clv_holdout.validate(orders, split, as_of).errors["expected_purchases"]`',
            ),
        ),
    ),
    Exercise(
        "clv-past-vip",
        answer=lambda company: "b",
        praise=T(
            zh="有道理：先问一次，花得少，问得真；名额留给还会来的人。",
            en="Well argued: one honest question costs little, and the place goes to someone who still comes.",
        ),
        mistakes=(
            Mistake(
                lambda company: "a",
                T(
                    zh="那 8,000 元已经收进来了，不会因为待遇照旧再来一次。名额有限，留给还会来的人。",
                    en="Those 8,000 yuan are in the till and do not come again because the service goes on. Places are few; keep them for people who come.",
                ),
            ),
            Mistake(
                lambda company: "c",
                T(
                    zh="不知道他为什么走，就一直发券：要是搬家了，发多少都没用；要是还会来，券又白送。先问。",
                    en="Coupons without knowing why he left: if he moved away, none will help; if he would come anyway, they are a gift. Ask first.",
                ),
            ),
            Mistake(
                lambda company: "d",
                T(
                    zh="存活概率低不是零，他也没要求删除。保留记录，只是不再花贵宾的钱。",
                    en="A low probability is not zero, and he has not asked to be deleted. Keep the record, just stop the VIP spending.",
                ),
            ),
        ),
        rubric=(
            Point(
                T(zh="过去的钱不会再来", en="past money does not come again"),
                r"过去|已经|不会再来|past|already|again",
            ),
            Point(T(zh="先弄清原因", en="find out why first"), r"为什么|原因|问|why|ask|reason"),
            Point(
                T(zh="名额或预算给谁", en="who gets the place or the money"), r"名额|预算|让给|place|budget"
            ),
        ),
        good=T(
            zh="他花过的钱已经收进来，不会再来一次。先打一次电话问原因，成本不到 5 元；没有回音，名额让给潜力高的客户。",
            en="What he spent is already ours and will not come again. One call to ask why costs less than 5 yuan; without an answer the place goes to someone with high potential.",
        ),
        weak=T(zh="老客户要好好维护。", en="Old customers should be looked after well."),
        hints=(
            T(
                zh="哪一个办法花得最少，又能弄清真相？",
                en="Which option costs least and brings out the truth?",
            ),
            T(
                zh="价值高、潜力低：问一次，然后让出名额。",
                en="High value and low potential: ask once, then give the place to another.",
            ),
        ),
    ),
    Exercise(
        "clv-hidden-potential",
        answer=lambda company: float(future(company).loc[chosen(company, "C", "high"), "clv"].sum()),
        praise=T(
            zh="对。只看价值标签，这些人会被当成“不重要”。多半是刚来的新客，自己的记录还少，潜力是按大家的平均估的：再来一次，就有了证据。",
            en="Right. By the value tag alone they would be “not important”. Most are newcomers with little history of their own, so their potential is everybody's average: one more purchase would be evidence.",
        ),
        mistakes=(
            Mistake(
                lambda company: int(chosen(company, "C", "high").sum()),
                T(
                    zh="这是人数。题目要他们的 `clv` 合计，单位元。",
                    en="This is the number of people. Asked is the sum of their `clv`, in yuan.",
                ),
            ),
            Mistake(
                lambda company: float(future(company).loc[potential(company) == "high", "clv"].sum()),
                T(
                    zh="你把所有潜力高的都加了。只要价值标签是 C 的。",
                    en="You added everyone of high potential. Only those with value tag C are asked.",
                ),
            ),
            Mistake(
                lambda company: float(facts(company).loc[chosen(company, "C", "high"), "monetary"].sum()),
                T(
                    zh="这是他们**花过**的钱。题目问今后：用 `clv`。",
                    en="That is what they **have spent**. What is to come is asked: use `clv`.",
                ),
            ),
            Mistake(
                lambda company: float(future(company).loc[chosen(company, "A", "low"), "clv"].sum()),
                T(
                    zh="两个标签弄反了：这是价值 A、潜力低的人。",
                    en="The tags are swapped: these have value A and low potential.",
                ),
            ),
        ),
        hints=(
            T(
                zh="潜力标签和课上一样：`cuts.levels` 配 `cuts.quantile_cuts`。",
                en="The potential tag as in the lesson: `cuts.levels` with `cuts.quantile_cuts`.",
            ),
            T(
                zh='`future.loc[(grade == "C") & (potential == "high"), "clv"].sum()`',
                en='`future.loc[(grade == "C") & (potential == "high"), "clv"].sum()`',
            ),
        ),
    ),
    Exercise(
        "clv-channel-cost",
        answer=lambda company: left_of_each(company, "margin", "clv"),
        praise=T(
            zh="对。净得最多的渠道先加钱，但别忘了：下一位客户未必像已经来的这些（第 11 课）。",
            en="Right. The channel that leaves most comes first for new money; yet the next customer need not be like those who came (lesson 11).",
        ),
        mistakes=(
            Mistake(
                lambda company: left_of_each(company, "margin"),
                T(
                    zh="只有迄今的毛利。新来的客户还没来得及买，要加上今后的 `clv`。",
                    en="Only the margin so far. New customers had no time to buy yet: add the `clv` to come.",
                ),
            ),
            Mistake(
                lambda company: left_of_each(company, "clv"),
                T(
                    zh="只有今后的。和获客成本比，迄今的毛利也要算：成本是为两段一起花的。",
                    en="Only what is to come. Against the cost of winning, the margin so far counts too: the cost bought both.",
                ),
            ),
            Mistake(
                lambda company: left_of_each(company, "sales", "clv"),
                T(
                    zh="迄今那一半用了销售额。货是花钱进的，要用毛利 `margin`。",
                    en="You took sales for the part so far. Goods cost money: use `margin`.",
                ),
            ),
            Mistake(
                lambda company: left_of_each(company, "margin", "clv", everyone=False),
                T(
                    zh="你只平均了买过的人。没买过的也花了获客成本：先 `reindex` 再 `fillna(0)`。",
                    en="You averaged buyers only. Those who never bought cost money too: `reindex`, then `fillna(0)`.",
                ),
            ),
            Mistake(
                lambda company: left_of_each(company, "margin", "clv", per="leads"),
                T(
                    zh="你用线索数去除花费。要除以注册的人数。",
                    en="You divided the cost by leads. Divide by those who signed up.",
                ),
            ),
        ),
        hints=(
            T(
                zh='先让每位注册客户有一个数：`(facts["margin"] + future["clv"]).reindex(source.index).fillna(0)`。',
                en='First give everyone who signed up a number: `(facts["margin"] + future["clv"]).reindex(source.index).fillna(0)`.',
            ),
            T(
                zh="`worth.groupby(source).mean() - spent / source.value_counts()`，`worth` 是上一条提示里的数。",
                en="`worth.groupby(source).mean() - spent / source.value_counts()`, with `worth` from the hint before.",
            ),
        ),
    ),
    Exercise(
        "clv-to-boss",
        rubric=(
            Point(
                T(zh="过去的钱不会再来一次", en="past money does not come again"),
                r"过去|已经收|不会再来|past|have (it|them)|come again",
            ),
            Point(
                T(zh="沉默和他自己的节奏比", en="the silence against his own pace"),
                r"267|两周|节奏|没来|two weeks|pace|silent",
            ),
            Point(
                T(zh="对一个人不准", en="uncertain for one person"),
                r"平均|不准|一群|可能|average|uncertain|group|might",
            ),
            Point(T(zh="接下来做什么", en="what to do next"), r"电话|问|联系|call|ask|contact"),
        ),
        good=T(
            zh="8,000 元是过去的钱，不会再来一次。他以往两周来一次，现在 267 天没来，多半走了。12 元是这样一群客户的平均，对他一个人说不准，所以先打电话问一问。",
            en="The 8,000 yuan are past and will not come again. He came every two weeks and has been silent for 267 days, so he has most likely left. 12 yuan is the average of such a group and uncertain for him, so let us call and ask.",
        ),
        weak=T(zh="模型就是这样算的，您要相信数据。", en="The model says so; you have to trust the data."),
        hints=(
            T(
                zh="他问的是：花过的钱为什么不算。先答这一句。",
                en="He asks why the money spent does not count. Answer that first.",
            ),
            T(
                zh="四句：过去的不会再来；沉默对他很反常；平均对一个人不准；先打电话。",
                en="Four sentences: past money does not return; the silence is unusual for him; an average is uncertain for one; call first.",
            ),
        ),
    ),
]

"""What check() knows about lesson 04: the answers, the mistakes people make, and the hints."""

from functools import cache

from custseg_helpers.facts.per_customer import order_facts
from custseg_helpers.learn.exercise import Exercise, Mistake, Point
from custseg_helpers.tiers import rfm
from custseg_helpers.words.text import T

SHOP_RULE = rfm.Cuts(recency_days=(30, 60, 90, 180), frequency=(2,), monetary=(500,))


@cache
def facts(company):
    return order_facts(company.orders, company.as_of)


@cache
def scores(company):
    return rfm.rfm_scores(facts(company))


def purchases(company):
    orders = company.orders
    return orders[orders["quantity"] > 0]


def days_since(company, dates):
    return (company.as_of - dates).dt.days


def r_score(company):
    return rfm.rfm_scores(facts(company), SHOP_RULE)["r_score"]


def strictly_below(company):
    return rfm.rfm_scores(facts(company).eval("recency_days = recency_days + 1"), SHOP_RULE)["r_score"]


def money_share(company):
    money = facts(company)["monetary"]
    return money.groupby(rfm.segments8(scores(company))).sum() / money.sum()


def best(company):
    return (scores(company) == 5).all(axis=1)


def called_loyal(company):
    return scores(company)["f_score"] >= 5


def call_list(company, segment="key_retain", by="monetary", ascending=False):
    chosen = facts(company)[rfm.segments8(scores(company)) == segment].reset_index()
    return (
        chosen.sort_values([by, "customer_id"], ascending=[ascending, True])["customer_id"].head(300).tolist()
    )


EXERCISES = [
    Exercise(
        "rfm-recency",
        answer=lambda company: facts(company)["recency_days"],
        praise=T(
            zh="对。数字越小，客户离我们越近；打分时记得把方向反过来。",
            en="Right. The smaller the number, the closer the customer; remember to turn it round when you score.",
        ),
        mistakes=(
            Mistake(
                lambda company: facts(company)["tenure_days"],
                T(
                    zh="你用了第一次购买的日期。老客户昨天才来过，也会显得很久没来。换成最晚的日期：`max()`。",
                    en="You used the first purchase. An old customer who came yesterday would look long gone. Take the latest date: `max()`.",
                ),
            ),
            Mistake(
                lambda company: days_since(
                    company, company.orders.groupby("customer_id")["order_date"].max()
                ),
                T(
                    zh="你把退货也当成了购买。来退货的人不是来买东西的，先去掉 `quantity` 小于 0 的行。",
                    en="You counted returns as purchases. Who comes to return does not come to buy: first drop lines with `quantity` below 0.",
                ),
            ),
            Mistake(
                lambda company: (
                    (
                        purchases(company)["order_date"].max()
                        - purchases(company).groupby("customer_id")["order_date"].max()
                    ).dt.days
                ),
                T(
                    zh="你把最后一笔订单的日期当成了“今天”。快照日是约定好的，用 `as_of`；不然每来一单，所有人的天数都会变。",
                    en="You took the day of the last order as today. The snapshot day is agreed on: use `as_of`; otherwise each new order changes everybody's days.",
                ),
            ),
            Mistake(
                lambda company: -facts(company)["recency_days"],
                T(
                    zh="天数成了负数：减的方向反了。用快照日减去购买日。",
                    en="The days are negative: you subtracted the wrong way round. Take the snapshot day less the purchase day.",
                ),
            ),
        ),
        hints=(
            T(
                zh="三步：留下购买行，按客户取最晚的日期，再用 `as_of` 去减。",
                en="Three steps: keep the purchase lines, take each customer's latest date, subtract it from `as_of`.",
            ),
            T(
                zh='先 `bought = orders[orders["quantity"] > 0]`，再 `bought.groupby("customer_id")["order_date"].max()`，最后用 `as_of` 减它并加 `.dt.days`。',
                en='First `bought = orders[orders["quantity"] > 0]`, then `bought.groupby("customer_id")["order_date"].max()`, at last subtract it from `as_of` and add `.dt.days`.',
            ),
        ),
    ),
    Exercise(
        "rfm-frequency",
        answer=lambda company: facts(company)["frequency"],
        praise=T(
            zh="对。数的是来买了几次，不是买了几件。", en="Right. It counts visits to buy, not pieces bought."
        ),
        mistakes=(
            Mistake(
                lambda company: purchases(company).groupby("customer_id").size(),
                T(
                    zh="你数的是明细行。一次买三样东西会被算成三次。换成订单号的 `nunique`。",
                    en="You counted lines. Three products bought at once would count as three visits. Use `nunique` of the order number.",
                ),
            ),
            Mistake(
                lambda company: company.orders.groupby("customer_id")["order_id"].nunique(),
                T(
                    zh="退货单也被数进去了。退得越多反而显得来得越勤，先去掉退货行。",
                    en="Returns are counted too. Whoever returns most would look most loyal: drop the lines of returns first.",
                ),
            ),
            Mistake(
                lambda company: purchases(company).groupby("customer_id")["quantity"].sum(),
                T(
                    zh="你加的是件数。批发十箱水的人只来了一次。",
                    en="You added up pieces. Whoever carries off ten crates of water came once.",
                ),
            ),
        ),
        hints=(
            T(
                zh="一单有好几行；数不同的订单号。",
                en="An order has several lines; count different order numbers.",
            ),
            T(
                zh='购买行，`groupby("customer_id")`，然后 `["order_id"].nunique()`。',
                en='Purchase lines, `groupby("customer_id")`, then `["order_id"].nunique()`.',
            ),
        ),
    ),
    Exercise(
        "rfm-monetary",
        answer=lambda company: facts(company)["monetary"],
        praise=T(
            zh="对。这是客户真正留给公司的钱，不是收银台上的流水。",
            en="Right. This is the money that stayed with the company, not what passed the till.",
        ),
        mistakes=(
            Mistake(
                lambda company: facts(company)["gross"],
                T(
                    zh="退货没有减掉。有人买了三万又全退，会被你排进前十。直接加所有行，负数会自己抵消。",
                    en="Returns are not taken off. Someone who bought for 30,000 and returned it all would be in your top ten. Add up all lines; negative ones cancel by themselves.",
                ),
            ),
            Mistake(
                lambda company: company.orders["amount"].abs().groupby(company.orders["customer_id"]).sum(),
                T(
                    zh="退货被当成正数加上去了，退得越多显得花得越多。保留负号。",
                    en="Returns were added as positive amounts, so returning more looks like spending more. Keep the minus sign.",
                ),
            ),
            Mistake(
                lambda company: company.orders.groupby("customer_id")["amount"].mean(),
                T(
                    zh="这是每一行的平均金额。我们要这位客户一共带来多少钱，用 `sum`。",
                    en="That is the average per line. We want all the money of this customer: use `sum`.",
                ),
            ),
        ),
        hints=(
            T(zh="退货行的金额已经是负数。", en="The amount of a return is negative already."),
            T(
                zh='`orders.groupby("customer_id")["amount"].sum()`',
                en='`orders.groupby("customer_id")["amount"].sum()`',
            ),
        ),
    ),
    Exercise(
        "rfm-fixed-score",
        answer=r_score,
        praise=T(
            zh="对。门槛写在纸上，下个月谁来算都是同一个结果。",
            en="Right. With the thresholds on paper, next month anyone gets the same result.",
        ),
        mistakes=(
            Mistake(
                lambda company: 6 - r_score(company),
                T(
                    zh="方向反了：昨天刚来的人得了 1 分。天数越少，分数越高。",
                    en="The wrong way round: who came yesterday got 1. The fewer days, the higher the score.",
                ),
            ),
            Mistake(
                strictly_below,
                T(
                    zh="正好 30 天（或 60、90、180 天）的客户少了一分。“30 天内”包括第 30 天。",
                    en="Customers at exactly 30 days (or 60, 90, 180) lost a point. Within 30 days includes day 30.",
                ),
            ),
            Mistake(
                lambda company: scores(company)["r_score"],
                T(
                    zh="这是五分位的得分。店里约定的是固定门槛，要把 `Cuts` 交给 `rfm_scores`。",
                    en="These are scores by fifths. The shop agreed on fixed thresholds: give the `Cuts` to `rfm_scores`.",
                ),
            ),
            Mistake(
                lambda company: facts(company)["recency_days"],
                T(zh="这是天数，还没有打分。", en="These are days; they still have to be scored."),
            ),
        ),
        hints=(
            T(
                zh="写一个 `rfm.Cuts`，四个天数从小到大；再交给 `rfm.rfm_scores(facts, …)`，取出 `r_score` 一列。",
                en="Write an `rfm.Cuts` with the four numbers of days in rising order; give it to `rfm.rfm_scores(facts, …)` and take the column `r_score`.",
            ),
            T(
                zh='`rfm.rfm_scores(facts, rfm.Cuts(recency_days=(30, 60, 90, 180), frequency=(2,), monetary=(500,)))["r_score"]`',
                en='`rfm.rfm_scores(facts, rfm.Cuts(recency_days=(30, 60, 90, 180), frequency=(2,), monetary=(500,)))["r_score"]`',
            ),
        ),
    ),
    Exercise(
        "rfm-one-time-share",
        answer=lambda company: (facts(company)["frequency"] == 1).mean(),
        praise=T(
            zh="对。这群人得分必须一样，所以五分位切不开他们。",
            en="Right. They must all get the same score, so fifths cannot part them.",
        ),
        mistakes=(
            Mistake(
                lambda company: (facts(company)["frequency"] == 1).sum() / facts(company)["frequency"].sum(),
                T(
                    zh="你除以了订单数。问的是客户的比例：除以客户数。",
                    en="You divided by the number of orders. The share of customers is asked: divide by customers.",
                ),
            ),
            Mistake(
                lambda company: (facts(company)["frequency"] == 1).sum() / len(company.customers),
                T(
                    zh="分母里有从没买过的人。题目只问买过东西的客户。",
                    en="Your denominator holds people who never bought. Only customers who have bought are asked about.",
                ),
            ),
            Mistake(
                lambda company: (facts(company)["frequency"] == 1).sum(),
                T(zh="这是人数，不是比例。", en="This is a number of people, not a share."),
            ),
        ),
        hints=(
            T(
                zh='`facts["frequency"] == 1` 给每位客户一个“是”或“否”。',
                en='`facts["frequency"] == 1` gives each customer a yes or a no.',
            ),
            T(
                zh="“是”算 1，“否”算 0，平均值就是比例：`.mean()`。",
                en="A yes counts 1, a no counts 0, and the mean is the share: `.mean()`.",
            ),
        ),
    ),
    Exercise(
        "rfm-money-share",
        answer=money_share,
        praise=T(
            zh="对。把它和人数比例放在一起看：哪一类人少钱多？",
            en="Right. Put it beside the share of people: which segment is few people and much money?",
        ),
        mistakes=(
            Mistake(
                lambda company: rfm.segments8(scores(company)).value_counts(normalize=True),
                T(
                    zh="这是人数的比例。题目问的是钱的比例：按类把 `monetary` 加起来。",
                    en="This is the share of people. The share of money is asked: add up `monetary` by segment.",
                ),
            ),
            Mistake(
                lambda company: facts(company)["monetary"].groupby(rfm.segments8(scores(company))).sum(),
                T(
                    zh="金额对了，还差一步：除以总金额。",
                    en="The amounts are right; one step is missing: divide by the total.",
                ),
            ),
            Mistake(
                lambda company: facts(company)["monetary"].groupby(rfm.segments8(scores(company))).mean(),
                T(
                    zh="这是每类客户的人均金额。人均高的一类，总额不一定高。",
                    en="This is the mean per customer of each segment. A high mean need not be a high total.",
                ),
            ),
            Mistake(
                lambda company: (
                    facts(company)["monetary"].groupby(rfm.segments11(scores(company))).sum()
                    / facts(company)["monetary"].sum()
                ),
                T(
                    zh="你分的是十一类，这里要八类：`rfm.segments8`。",
                    en="You made the eleven segments; the eight are wanted: `rfm.segments8`.",
                ),
            ),
        ),
        hints=(
            T(
                zh="先得到每位客户的类别，再按类别加总金额，最后除以总金额。",
                en="First each customer's segment, then the money added up by segment, then divided by the total.",
            ),
            T(
                zh='`facts["monetary"].groupby(segment).sum() / facts["monetary"].sum()`',
                en='`facts["monetary"].groupby(segment).sum() / facts["monetary"].sum()`',
            ),
        ),
    ),
    Exercise(
        "rfm-colleague-rules",
        answer=lambda company: int((best(company) & called_loyal(company)).sum()),
        praise=T(
            zh="对，一个不剩：三项都得 5 分的人全被后一条规则盖掉了。规则之间不能重叠，所以课程用一张表来分。",
            en="Right, every one of them: the later rule overwrote all who had 5 in all three. Rules must not overlap; that is why the course uses a table.",
        ),
        mistakes=(
            Mistake(
                lambda company: int(called_loyal(company).sum()),
                T(
                    zh="你数了所有频率得 5 分的人。只数三项都是 5 分、却不叫冠军客户的。",
                    en="You counted everyone with 5 for frequency. Count only those with 5 in all three who are not called champions.",
                ),
            ),
            Mistake(
                lambda company: int((scores(company) >= 4).all(axis=1).sum()),
                T(
                    zh="你数了三项都在 4 分以上的人。题目只问三项都是 5 分的。",
                    en="You counted those with 4 or more in all three. Only those with 5 in all three are asked about.",
                ),
            ),
            Mistake(
                lambda company: 0,
                T(
                    zh="看看规则的顺序：第二条会改写第一条的结果。三项都得 5 分的人，频率当然也是 5 分。",
                    en="Look at the order of the rules: the second rewrites what the first did. Who has 5 in all three has, of course, 5 for frequency.",
                ),
            ),
        ),
        hints=(
            T(
                zh="先找出三项都是 5 分的客户，再看 `by_colleague` 里他们叫什么。",
                en="Find the customers with 5 in all three, then look up their names in `by_colleague`.",
            ),
            T(
                zh='`best & (by_colleague != "champions")` 里有几个“是”？用 `.sum()` 数。',
                en='How many yes are in `best & (by_colleague != "champions")`? Count with `.sum()`.',
            ),
        ),
    ),
    Exercise(
        "rfm-first-calls",
        answer=lambda company: "b",
        praise=T(
            zh="有道理：他们证明过自己会买、舍得花，而且正在走远。一个电话能改变的最多。",
            en="Well argued: they have shown that they buy and spend, and they are drifting away. Here a call can change most.",
        ),
        mistakes=(
            Mistake(
                lambda company: "a",
                T(
                    zh="他们最近刚来过，不打电话多半也会再来。300 个电话要用在能改变结果的地方。",
                    en="They came lately and will most likely come again without a call. Spend the 300 calls where they change something.",
                ),
            ),
            Mistake(
                lambda company: "c",
                T(
                    zh="人是多，可他们以前也买得少。算一算：救回一位带来的钱，够不够付电话的工时？",
                    en="There are many, but they never bought much. Do the sum: does one saved customer pay for the hours on the phone?",
                ),
            ),
            Mistake(
                lambda company: "d",
                T(
                    zh="刚来过的新客户适合一条短信或一张小券，经理的电话留给更值钱、正在走远的人。",
                    en="For new customers a text message or a small coupon will do; keep the manager's calls for those worth more who are drifting away.",
                ),
            ),
        ),
        rubric=(
            Point(T(zh="他们值多少钱", en="what they are worth"), r"钱|元|值|money|yuan|worth"),
            Point(T(zh="不打会怎样", en="what happens without a call"), r"不打|流失|走|without|lose|leave"),
            Point(
                T(zh="打了怎么知道有用", en="how we would know that it helped"), r"对照|比较|holdout|compare"
            ),
        ),
        good=T(
            zh="先打重要保持客户：每人以前一年花上千元，现在正在流失；留 50 人不打，月底比较两边的消费。",
            en="Start with high value to keep: each used to spend over a thousand yuan a year and is about to leave; keep 50 uncalled and compare spending at the end of the month.",
        ),
        weak=T(zh="先打他们，因为他们很重要。", en="Call them first, because they are important."),
        hints=(
            T(
                zh="问自己：不打这个电话，会少多少钱？",
                en="Ask yourself: without this call, how much money is lost?",
            ),
            T(
                zh="找以前最好、最近却没来的那一类。",
                en="Look for those who used to be best and have not come lately.",
            ),
        ),
    ),
    Exercise(
        "rfm-to-manager",
        rubric=(
            Point(
                T(
                    zh="她以前常来、花得多，现在很久没来",
                    en="she came often and spent much, and has been away for long",
                ),
                r"很久|没来|好久|long|away|not come|lately",
            ),
            Point(
                T(zh="一个具体的动作（谁、做什么）", en="one concrete deed (who does what)"),
                r"电话|拜访|短信|微信|call|visit|message|write",
            ),
            Point(
                T(
                    zh="RFM 不知道的事（原因，或者联系有没有用）",
                    en="what RFM does not know (the reason, or whether contact helps)",
                ),
                r"不知道|原因|为什么|没有告诉|does not|doesn't|why|reason|unknown",
            ),
        ),
        good=T(
            zh="她以前每月都来、花得多，但已经很久没来。建议经理这周亲自打电话，先问原因。RFM 不知道她为什么不来，也不知道电话有没有用。",
            en="She used to come every month and spent much, but has been away for long. The manager should call her this week and ask first. RFM does not know why she stays away, nor whether the call helps.",
        ),
        weak=T(
            zh="她是一位非常重要的客户，我们应该好好关怀她。",
            en="She is a very important customer, and we should take good care of her.",
        ),
        hints=(
            T(zh="把三个分数各翻译成一句人话。", en="Turn each of the three scores into one plain sentence."),
            T(
                zh="三句：她是谁；谁来做什么；RFM 看不到什么。",
                en="Three sentences: who she is; who does what; what RFM cannot see.",
            ),
        ),
    ),
    Exercise(
        "rfm-call-list",
        answer=call_list,
        praise=T(zh="对。这张名单明天早上就能用。", en="Right. This list can be used tomorrow morning."),
        mistakes=(
            Mistake(
                lambda company: call_list(company, ascending=True),
                T(
                    zh="顺序反了：花得最少的排在最前。加上 `ascending=[False, True]`。",
                    en="The order is reversed: those who spent least come first. Add `ascending=[False, True]`.",
                ),
            ),
            Mistake(
                lambda company: call_list(company, segment="high_value_loyal"),
                T(
                    zh="这是重要价值客户，他们最近刚来过。名单要的是 `key_retain`。",
                    en="These are the champions, who came lately. The list wants `key_retain`.",
                ),
            ),
            Mistake(
                lambda company: sorted(call_list(company)),
                T(
                    zh="人对了，顺序是按编号排的。店员只打得完前面几十个：让最值钱的排前面。",
                    en="The right people, but in order of their ids. Staff may only reach the first few dozen: put the most valuable first.",
                ),
            ),
            Mistake(
                lambda company: call_list(company, by="frequency"),
                T(zh="你按次数排的，题目要按金额排。", en="You sorted by number of orders; sort by money."),
            ),
        ),
        hints=(
            T(
                zh="先挑出这一类，再排序，最后取前 300。",
                en="Pick the segment, sort it, then take the first 300.",
            ),
            T(
                zh='`sort_values(["monetary", "customer_id"], ascending=[False, True])`，再 `["customer_id"].head(300).tolist()`。',
                en='`sort_values(["monetary", "customer_id"], ascending=[False, True])`, then `["customer_id"].head(300).tolist()`.',
            ),
        ),
    ),
]

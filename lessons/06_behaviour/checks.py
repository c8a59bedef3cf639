"""What check() knows about lesson 06: the answers, the mistakes people make, and the hints."""

from functools import cache

import pandas as pd

from custseg_helpers.facts.per_customer import interaction_facts, money_by, order_facts, response_facts
from custseg_helpers.learn.exercise import Exercise, Mistake, Point
from custseg_helpers.tiers import behaviour, cycle, lifecycle
from custseg_helpers.words.text import T

TIGHT = (0.2, 0.6)


@cache
def facts(company):
    return order_facts(company.orders, company.as_of)


@cache
def pace(company):
    return cycle.pace(facts(company))["pace"]


def slowing(company):
    return pace(company) == "slowing_down"


def still_coming(company):
    return lifecycle.stage(facts(company)).isin(["active", "loyal"])


def spent(company, chosen):
    return facts(company).loc[chosen, "monetary"].sum().round(2)


@cache
def buying(company, days=None):
    usual = cycle.purchase_cycle(facts(company))["usual_gap_days"]
    return cycle.activity(facts(company)["recency_days"], 2 * usual if days is None else days)


@cache
def looking(company, days=14):
    contact = interaction_facts(company.interactions, company.as_of)
    return cycle.activity(contact["interaction_recency_days"].reindex(facts(company).index), days)


@cache
def money(company):
    return money_by(company.orders, "category", products=company.products)


def main_interest(company, **thresholds):
    return behaviour.main_interest(money(company), facts(company)["lines"], **thresholds)


@cache
def two(company):
    first, second = money(company).sum().sort_values(ascending=False).index[:2]
    bought = money(company) > 0
    return pd.DataFrame({"first": bought[first], "second": bought[second], "lines": facts(company)["lines"]})


def difference(table):
    share = table.groupby("first")["second"].mean()
    return share[True] - share[False]


@cache
def carts(company):
    lines = company.interactions[company.interactions["kind"] == "cart"]
    table = lines.groupby("customer_id")["interaction_date"].agg(last_cart="max")
    return table.join(facts(company)["last_order"])


def waiting(company, days=30, same_day=False, newcomers=True):
    table = carts(company)
    later = (
        table["last_cart"] >= table["last_order"] if same_day else table["last_cart"] > table["last_order"]
    )
    later |= newcomers & table["last_order"].isna()
    return sorted(table.index[later & (table["last_cart"] >= company.as_of - pd.Timedelta(days=days))])


def by_level(company, cuts=TIGHT, **settings):
    level = behaviour.price_sensitivity(facts(company), cuts, **settings)
    return facts(company)["monetary"].groupby(level)


@cache
def judged(company):
    answered = response_facts(company.responses)
    return behaviour.responsiveness(answered["contacted"], answered["converted"])


@cache
def by_colleague(company):
    listed = company.responses.groupby("customer_id")["converted"].agg(["size", "sum"])
    return behaviour.responsiveness(listed["size"], listed["sum"].astype(float))


@cache
def accounts(company):
    owner = company.owner("contacts")
    spending = order_facts(owner.orders, owner.as_of)
    return behaviour.role_coverage(company.contacts, spending.index).join(spending["monetary"])


def part_of_money(company, chosen):
    money = accounts(company)["monetary"]
    return money[chosen(accounts(company))].sum() / money.sum()


def tags(company):
    return pd.DataFrame(
        {
            "pace": pace(company),
            "main_interest": main_interest(company),
            "price_sensitivity": behaviour.price_sensitivity(facts(company)),
            "responsiveness": judged(company).reindex(facts(company).index),
        }
    )


EXERCISES = [
    Exercise(
        "behaviour-slowing-share",
        answer=lambda company: slowing(company).sum() / (pace(company) != "unknown").sum(),
        praise=T(
            zh="对。分母是看得出节奏的人；其余的人不是“平稳”，是还不知道。",
            en="Right. You divide by those whose pace can be judged; the rest are not steady, we just do not know.",
        ),
        mistakes=(
            Mistake(
                lambda company: slowing(company).mean(),
                T(
                    zh="分母里有“未知”的人。他们买得太少，看不出快慢；算进来，问题就显得小了。",
                    en="Your denominator holds the unknown. They bought too little to have a pace; with them the problem looks small.",
                ),
            ),
            Mistake(
                lambda company: slowing(company).sum(),
                T(
                    zh="这是人数，不是比例。再除以看得出节奏的人数。",
                    en="This is a number of people. Divide it by those whose pace can be judged.",
                ),
            ),
            Mistake(
                lambda company: (pace(company) != "unknown").mean(),
                T(
                    zh="这是看得出节奏的人占多少。题目问他们里面变慢的占多少。",
                    en="This is the share of customers who can be judged. Asked is the share of these who slow down.",
                ),
            ),
        ),
        hints=(
            T(
                zh="先留下不是 `unknown` 的客户，再看其中变慢的占多少。",
                en="First keep the customers that are not `unknown`, then see what share of them slows down.",
            ),
            T(
                zh='`judged = pace[pace != "unknown"]`，再 `(judged == "slowing_down").mean()`。',
                en='`judged = pace[pace != "unknown"]`, then `(judged == "slowing_down").mean()`.',
            ),
        ),
    ),
    Exercise(
        "behaviour-money-at-stake",
        answer=lambda company: spent(company, still_coming(company) & slowing(company)),
        praise=T(
            zh="对。这些钱还没丢，人也还在来：打电话的最好时机就是现在。",
            en="Right. This money is not lost and these people still come: the best moment for a call is now.",
        ),
        mistakes=(
            Mistake(
                lambda company: spent(company, slowing(company)),
                T(
                    zh="你把所有变慢的人都算上了，里面多半早已休眠或流失。只留阶段还是活跃、忠诚的。",
                    en="You counted everyone slowing down; most of them are dormant or gone. Keep those still active or loyal by stage.",
                ),
            ),
            Mistake(
                lambda company: spent(company, still_coming(company)),
                T(
                    zh="这是所有还在来的人的钱，里面大多数走得好好的。再加上“变慢”这一条。",
                    en="This is the money of all who still come, and most of them are fine. Add the condition of slowing down.",
                ),
            ),
            Mistake(
                lambda company: int((still_coming(company) & slowing(company)).sum()),
                T(
                    zh="这是人数。苏晚晴问的是钱：把 `monetary` 加起来。",
                    en="This is the number of people. Su Wanqing asks for money: add up `monetary`.",
                ),
            ),
            Mistake(
                lambda company: facts(company)["monetary"][still_coming(company) & slowing(company)].mean(),
                T(
                    zh="这是平均每人。要一共多少钱，用 `sum`。",
                    en="This is the mean per customer. For all the money use `sum`.",
                ),
            ),
        ),
        hints=(
            T(
                zh="两个条件都要满足，用 `&` 连起来，再取这些人的 `monetary` 求和。",
                en="Both conditions must hold: join them by `&`, then add up `monetary` of these customers.",
            ),
            T(
                zh='`facts.loc[stage.isin(["active", "loyal"]) & (pace == "slowing_down"), "monetary"].sum()`',
                en='`facts.loc[stage.isin(["active", "loyal"]) & (pace == "slowing_down"), "monetary"].sum()`',
            ),
        ),
    ),
    Exercise(
        "behaviour-still-looking",
        answer=lambda company: int(((buying(company) == "dormant") & (looking(company) == "active")).sum()),
        praise=T(
            zh="对。人不多，可都是暖的：今天就能打完这张名单。",
            en="Right. A short list, but a warm one: it can be called through today.",
        ),
        mistakes=(
            Mistake(
                lambda company: int((looking(company) == "active").sum()),
                T(
                    zh="你数了所有 14 天内有互动的人，里面很多还在正常购买。再加上购买休眠这一条。",
                    en="You counted everyone with contact within 14 days; many of them buy as usual. Add the condition of dormant in buying.",
                ),
            ),
            Mistake(
                lambda company: int(
                    ((buying(company) == "dormant") & (looking(company, 30) == "active")).sum()
                ),
                T(
                    zh="你用的是课上的 30 天，题目要 14 天。",
                    en="You used the 30 days of the lesson; the task says 14.",
                ),
            ),
            Mistake(
                lambda company: int(
                    ((buying(company, 90) == "dormant") & (looking(company) == "active")).sum()
                ),
                T(
                    zh="购买那一列用了人人一样的 90 天。按自己的间隔算，半年来一次的人不该被叫醒。",
                    en="For buying you took 90 days for all. By their own gaps, those who come twice a year need no waking.",
                ),
            ),
            Mistake(
                lambda company: int(((buying(company) == "dormant") & (looking(company) != "dormant")).sum()),
                T(
                    zh="你把“未知”也算成在看了。没有互动记录，就是不知道，不是在看。",
                    en="You counted the unknown as looking. No record means that we do not know, not that they look.",
                ),
            ),
        ),
        hints=(
            T(
                zh="`cycle.activity` 要两样：多少天没出现，和期限。",
                en="`cycle.activity` takes two things: the days since last seen, and the limit.",
            ),
            T(
                zh='`looking = cycle.activity(last_seen, 14)`，再数 `(buying == "dormant") & (looking == "active")` 里有几个“是”。',
                en='`looking = cycle.activity(last_seen, 14)`, then count the yes in `(buying == "dormant") & (looking == "active")`.',
            ),
        ),
    ),
    Exercise(
        "behaviour-main-interest",
        answer=lambda company: main_interest(company, at_least=10, lift=2),
        praise=T(
            zh="对。门槛严了，“未知”和“无明显偏好”变多，剩下的更可信。",
            en="Right. With stricter thresholds more are unknown or without preference, and the rest can be trusted more.",
        ),
        mistakes=(
            Mistake(
                main_interest,
                T(
                    zh="这是默认门槛（5 行、1.5 倍）的结果。把两个新门槛都写进去。",
                    en="This is the result of the default thresholds (5 lines, 1.5 times). Put both new ones in.",
                ),
            ),
            Mistake(
                lambda company: main_interest(company, at_least=10),
                T(zh="证据改了，提升度还是 1.5。", en="The evidence is changed, the lift is still 1.5."),
            ),
            Mistake(
                lambda company: main_interest(company, lift=2),
                T(
                    zh="提升度改了，证据还是 5 行：碰巧买过几次奶粉的人会混进来。",
                    en="The lift is changed, the evidence is still 5 lines: people with a few chance tins of baby milk slip in.",
                ),
            ),
            Mistake(
                lambda company: main_interest(company, at_least=10, lift=0),
                T(
                    zh="你取的是金额最大的品类，没有和大家比。人人都买的东西，说明不了他的偏好。",
                    en="You took the largest category without comparing with everybody. What everyone buys says nothing about a preference.",
                ),
            ),
            Mistake(
                lambda company: behaviour.main_interest(
                    money(company), facts(company)["frequency"], at_least=10, lift=2
                ),
                T(
                    zh="证据用成了订单数 `frequency`；题目要订单行数 `lines`。",
                    en="You took orders (`frequency`) as the evidence; the task wants order lines, `lines`.",
                ),
            ),
        ),
        hints=(
            T(
                zh="和课上的 `behaviour.main_interest` 一样，只是多写两个门槛。",
                en="As `behaviour.main_interest` in the lesson, with two thresholds more.",
            ),
            T(
                zh='`behaviour.main_interest(money, facts["lines"], at_least=10, lift=2)`',
                en='`behaviour.main_interest(money, facts["lines"], at_least=10, lift=2)`',
            ),
        ),
    ),
    Exercise(
        "behaviour-fair-comparison",
        answer=lambda company: difference(two(company)[two(company)["lines"].between(5, 8)]),
        praise=T(
            zh="对。把它和同事的差别比一比：买得一样多的人一比，差别变了。变小，是来得勤的人什么都买；变成负数，是这两类人本来就不同。不管哪种，照总数发券都发错了人。",
            en="Right. Hold it against the colleague's difference: among people who buy as much it is another. Smaller means that the frequent buy of everything; negative means that these are two kinds of people. Either way, coupons by the total go to the wrong ones.",
        ),
        mistakes=(
            Mistake(
                lambda company: difference(two(company)),
                T(
                    zh="这还是同事的比法：买得多的人和买得少的人混在一起。先只留 5 到 8 行的客户。",
                    en="This is still the colleague's comparison: those who buy much and little are mixed. First keep the customers with 5 to 8 lines.",
                ),
            ),
            Mistake(
                lambda company: -difference(two(company)[two(company)["lines"].between(5, 8)]),
                T(
                    zh="减反了：买过第一类的减没买过的。",
                    en="The wrong way round: those who bought the first less those who did not.",
                ),
            ),
            Mistake(
                lambda company: (
                    two(company)[two(company)["lines"].between(5, 8)].groupby("first")["second"].mean()[True]
                ),
                T(
                    zh="这只是一半：买过第一类的人里的比例。不和没买过的人比，就不知道高还是低。",
                    en="This is one half: the share among those who bought the first. Without the others there is no high or low.",
                ),
            ),
            Mistake(
                lambda company: difference(two(company)[two(company)["lines"] >= 5]),
                T(
                    zh="你留下了 5 行以上的所有人，买 6 行的和买 60 行的又混在一起了。只要 5 到 8 行。",
                    en="You kept everyone from 5 lines on, so 6 lines and 60 lines are mixed again. Only 5 to 8 are asked.",
                ),
            ),
        ),
        hints=(
            T(
                zh="先筛选，再做同事那一步，最后两个比例相减。",
                en="First select, then do the colleague's step, then subtract the two shares.",
            ),
            T(
                zh='`alike = two[two["lines"].between(5, 8)]`，`share = alike.groupby("first")["second"].mean()`，再 `share[True] - share[False]`。',
                en='`alike = two[two["lines"].between(5, 8)]`, `share = alike.groupby("first")["second"].mean()`, then `share[True] - share[False]`.',
            ),
        ),
    ),
    Exercise(
        "behaviour-waiting-cart",
        answer=waiting,
        praise=T(
            zh="对。这张名单今天就该用：购物车放得越久，越想不起来当初为什么要买。",
            en="Right. Use this list today: the longer a cart stands, the less its owner remembers why.",
        ),
        mistakes=(
            Mistake(
                lambda company: waiting(company, newcomers=False),
                T(
                    zh="漏了从没买过的人。他们的购买日期空着，比大小永远是“否”；用 `isna()` 把他们加回来，这可能是他们的第一单。",
                    en="Those who never bought are missing. Their day is empty and every comparison says no; bring them back by `isna()`: this may be their first order.",
                ),
            ),
            Mistake(
                lambda company: waiting(company, same_day=True),
                T(
                    zh="当天加购当天就买的人混进来了。再提醒他们付款，会被笑话：要“晚于”，不要“不早于”。",
                    en="Those who carted and bought on the same day slipped in. Reminding them to pay is embarrassing: later than, not at or after.",
                ),
            ),
            Mistake(
                lambda company: waiting(company, days=10_000),
                T(
                    zh="少了 30 天这一条：一年前的购物车，早就凉了。",
                    en="The 30 days are missing: a cart of a year ago is cold.",
                ),
            ),
            Mistake(
                lambda company: sorted(
                    carts(company).index[carts(company)["last_cart"] >= company.as_of - pd.Timedelta(days=30)]
                ),
                T(
                    zh="你列了所有最近加购的人，里面很多已经买了。再和最后一次购买比一比。",
                    en="You listed everyone with a recent cart, and many have bought since. Compare with the last purchase too.",
                ),
            ),
        ),
        hints=(
            T(
                zh="三个条件：加购晚于购买，或者购买日期空着；而且加购不早于 `since`。",
                en="Three conditions: the cart later than the purchase, or the purchase empty; and the cart not before `since`.",
            ),
            T(
                zh="`not_bought = (last_cart > last_order) | last_order.isna()`，再 `sorted(last_cart[not_bought & (last_cart >= since)].index)`。",
                en="`not_bought = (last_cart > last_order) | last_order.isna()`, then `sorted(last_cart[not_bought & (last_cart >= since)].index)`.",
            ),
        ),
    ),
    Exercise(
        "behaviour-other-lines",
        answer=lambda company: by_level(company).sum(),
        praise=T(
            zh="对。看“低”那一级有多少钱：对他们打折，打掉的就是这些钱的一部分。",
            en="Right. See how much the low level brings: a discount for them gives away a part of exactly that.",
        ),
        mistakes=(
            Mistake(
                lambda company: by_level(company, (1 / 3, 2 / 3)).sum(),
                T(
                    zh="这是默认的三分之一和三分之二两条线。写上 `(0.2, 0.6)`。",
                    en="These are the default lines, one third and two thirds. Put in `(0.2, 0.6)`.",
                ),
            ),
            Mistake(
                lambda company: by_level(company).size(),
                T(
                    zh="这是每一级的人数。题目问钱：把 `monetary` 加起来。",
                    en="This is the number of people. Money is asked: add up `monetary`.",
                ),
            ),
            Mistake(
                lambda company: by_level(company).sum().drop("unknown"),
                T(
                    zh="“未知”被丢掉了。他们也花了钱，丢掉了，各级加起来就对不上总数。",
                    en="Unknown was dropped. They spent money too; without them the levels do not add up to the total.",
                ),
            ),
            Mistake(
                lambda company: by_level(company, at_least=1).sum(),
                T(
                    zh="只买过 1 单的人也被判断了。一单打折，什么也说明不了；保留至少 3 单。",
                    en="People with 1 order were judged too. One discounted order shows nothing; keep the minimum of 3.",
                ),
            ),
        ),
        hints=(
            T(
                zh="先写出每人的级别，再按级别把 `monetary` 加起来。",
                en="First give everyone a level, then add up `monetary` by level.",
            ),
            T(
                zh='`level = behaviour.price_sensitivity(facts, (0.2, 0.6))`，再 `facts["monetary"].groupby(level).sum()`。',
                en='`level = behaviour.price_sensitivity(facts, (0.2, 0.6))`, then `facts["monetary"].groupby(level).sum()`.',
            ),
        ),
    ),
    Exercise(
        "behaviour-minds-price",
        rubric=(
            Point(
                T(
                    zh="另一种解释：她来的时候本来就在打折",
                    en="another explanation: things were on sale whenever she came",
                ),
                r"本来就|碰巧|正好|那时候|没得选|没有原价|都在打折|on sale|anyway|happened|no full price|whenever",
            ),
            Point(
                T(zh="证据只有 3 单", en="the evidence is 3 orders only"),
                r"[三3] ?[单次笔]|证据|太少|evidence|three orders|3 orders|few orders",
            ),
            Point(
                T(zh="怎样才能知道：问她，或做比较", en="how to find out: ask her, or compare"),
                r"问她|问一|比较|试验|一半|对照|ask|compare|test|half",
            ),
        ),
        good=T(
            zh="她来的时候店里本来就在打折，所以“高”也许只说明她什么时候来。证据只有 3 单。先挑一些像她这样的客户，一半发券一半发新品介绍，比较两边买了多少。",
            en="Things were on sale whenever she came, so the tag may only tell when she comes. Three orders are thin evidence. Take customers like her, send half of them a coupon and half of them news, and compare what they buy.",
        ),
        weak=T(
            zh="她是价格敏感型客户，喜欢打折，以后多发折扣券就会买得更多。",
            en="She is a price-sensitive customer who loves discounts; more coupons will make her buy more.",
        ),
        hints=(
            T(
                zh="她来的那几天，店里有没有原价的粮油可买？",
                en="On the days she came, were there groceries at full price to be had?",
            ),
            T(
                zh="三句：还能怎样解释；3 单够不够；怎样问、怎样比。",
                en="Three sentences: what else may explain it; are 3 orders enough; how to ask or to compare.",
            ),
        ),
    ),
    Exercise(
        "behaviour-not-sent",
        answer=lambda company: int(
            ((by_colleague(company) != "unknown") & (judged(company) == "unknown")).sum()
        ),
        praise=T(
            zh="对。这些人有几次根本没收到活动，却被写成“不爱响应”，下次就更没人联系他们了。",
            en="Right. Some campaigns never reached them, yet they are written down as unresponsive, and next time nobody will contact them at all.",
        ),
        mistakes=(
            Mistake(
                lambda company: int((by_colleague(company) != "unknown").sum()),
                T(
                    zh="这是同事给了级别的所有人。其中有些人确实收到过 3 次以上，没有判错。",
                    en="These are all whom the colleague gave a level. Some of them did receive 3 or more; they are judged rightly.",
                ),
            ),
            Mistake(
                lambda company: int((judged(company) != "unknown").sum()),
                T(
                    zh="这是证据足够的人。题目问证据不够、却被同事给了级别的人。",
                    en="These have enough evidence. Asked are those without, who got a level all the same.",
                ),
            ),
            Mistake(
                lambda company: int((company.responses["arm"] == "holdout").sum()),
                T(
                    zh="这是名单上留出的行数。一个人可能被留出几次；要数人，而且只数被判错的人。",
                    en="These are the held-out lines. One person may be held out several times; count people, and only those judged wrongly.",
                ),
            ),
            Mistake(
                lambda company: int((judged(company) == "unknown").sum()),
                T(
                    zh="这是应当写“未知”的所有人，同事也把其中不少人写成了“未知”。两个条件都要。",
                    en="These are all who should be unknown; many of them are unknown with the colleague too. Both conditions are needed.",
                ),
            ),
        ),
        hints=(
            T(
                zh="先按课上的办法写出正确的标签，再和同事的标签比。",
                en="First make the right tag as in the lesson, then compare it with the colleague's.",
            ),
            T(
                zh='`answered = response_facts(company.responses)`，`right = behaviour.responsiveness(answered["contacted"], answered["converted"])`，再数 `(by_colleague != "unknown") & (right == "unknown")`。',
                en='`answered = response_facts(company.responses)`, `right = behaviour.responsiveness(answered["contacted"], answered["converted"])`, then count `(by_colleague != "unknown") & (right == "unknown")`.',
            ),
        ),
    ),
    Exercise(
        "behaviour-unknown-decider",
        answer=lambda company: part_of_money(company, lambda table: table["decision_maker"] == 0),
        praise=T(
            zh="对。这么多钱，对面签字的人我们不认识；他一换供应商，我们最后一个知道。",
            en="Right. For all this money we do not know who signs; when they change the supplier, we shall be the last to hear.",
        ),
        mistakes=(
            Mistake(
                lambda company: (accounts(company)["decision_maker"] == 0).mean(),
                T(
                    zh="这是客户数的比例。叶婉清问的是钱的比例。",
                    en="This is the share of accounts. Ye Wanqing asks for the share of the money.",
                ),
            ),
            Mistake(
                lambda company: part_of_money(
                    company, lambda table: (table["decision_maker"] == 0) & (table["contacts"] > 0)
                ),
                T(
                    zh="一个联系人也没有的客户被漏掉了：他们更不认识拍板的人。",
                    en="Accounts without any contact are missing: there we know the decider even less.",
                ),
            ),
            Mistake(
                lambda company: part_of_money(company, lambda table: table["decision_maker"] > 0),
                T(
                    zh="反了：这是认识决策者的客户的钱。",
                    en="The other way round: this is the money of accounts whose decider we know.",
                ),
            ),
            Mistake(
                lambda company: part_of_money(company, lambda table: table["missing"] != ""),
                T(
                    zh="你算了缺任何一种角色的客户。题目只问缺决策者。",
                    en="You took accounts that lack any role. Only a missing decider is asked about.",
                ),
            ),
        ),
        hints=(
            T(
                zh="用 `behaviour.role_coverage` 得到每家每种角色几位，再挑出决策者是 0 的。",
                en="`behaviour.role_coverage` gives the number of people per role; pick the accounts with 0 deciders.",
            ),
            T(
                zh='`coverage = behaviour.role_coverage(company.contacts, accounts.index)`，再 `accounts.loc[coverage["decision_maker"] == 0, "monetary"].sum()` 除以总金额。',
                en='`coverage = behaviour.role_coverage(company.contacts, accounts.index)`, then `accounts.loc[coverage["decision_maker"] == 0, "monetary"].sum()` divided by all the money.',
            ),
        ),
    ),
    Exercise(
        "behaviour-next-visit",
        answer=lambda company: "b",
        praise=T(
            zh="有道理：从信任我们的人出发，把缺的两种人问出来、见到面。",
            en="Well argued: start from the one who trusts us, and learn of and meet the two who are missing.",
        ),
        mistakes=(
            Mistake(
                lambda company: "a",
                T(
                    zh="把关者负责挡和传，不负责推荐。报价单到了她桌上，多半和别家的叠在一起。",
                    en="A gatekeeper holds back and passes on; she does not recommend. On her desk the quotation joins the pile of the others.",
                ),
            ),
            Mistake(
                lambda company: "c",
                T(
                    zh="还没人问价就先让了两成，而且总经理多半会转给总工程师看：绕不开的人还是没见到。",
                    en="A fifth of the price is gone before anyone asked, and the general manager will hand it to the chief engineer anyway: the one you cannot go around is still unknown.",
                ),
            ),
            Mistake(
                lambda company: "d",
                T(
                    zh="送礼换推荐是商业贿赂，害了他也害了公司；而且他是参与者，说了不算。",
                    en="Presents for a recommendation are bribery, bad for him and for us; and as a participant he does not decide.",
                ),
            ),
        ),
        rubric=(
            Point(
                T(zh="缺的是哪两种角色", en="which two roles are missing"),
                r"决策|影响者|签字|总工|decider|decision|influencer|signs",
            ),
            Point(
                T(zh="通过谁认识他们", en="through whom to meet them"),
                r"引见|介绍|工程师|introduc|engineer",
            ),
            Point(
                T(zh="这次拜访要问清什么", en="what to find out on this visit"),
                r"问|了解|谁比较|ask|find out|learn|who compares",
            ),
        ),
        good=T(
            zh="缺决策者和影响者。设备工程师信任我们，先去见他，问清谁比较方案、谁签字、看重什么，请他引见总工程师；报价等见过总工再给。",
            en="Decider and influencer are missing. The maintenance engineer trusts us: see him first, ask who compares, who signs and what matters to them, and let him introduce the chief engineer; quote after that.",
        ),
        weak=T(zh="去拜访，搞好关系。", en="Go there and build a good relationship."),
        hints=(
            T(
                zh="四种角色里缺哪两种？谁能带我们去见他们？",
                en="Which two of the four roles are missing, and who can take us to them?",
            ),
            T(
                zh="信任我们的人不拍板，可他认识拍板的人。",
                en="The one who trusts us does not decide, but knows who does.",
            ),
        ),
    ),
    Exercise(
        "behaviour-tag-table",
        answer=lambda company: (tags(company).fillna("unknown") == "unknown").mean(),
        praise=T(
            zh="对。这张表交给第 07 课。“未知”最多的那一列，用之前先想办法多收证据。",
            en="Right. This table goes to lesson 07. The column with most unknowns needs more evidence before it is used.",
        ),
        mistakes=(
            Mistake(
                lambda company: (tags(company) == "unknown").mean(),
                T(
                    zh="响应那一列偏低：不在活动名单上的人是空的，也是“未知”。对齐以后用 `fillna`。",
                    en="The response is too low: those on no list are empty, and that is unknown too. After lining up use `fillna`.",
                ),
            ),
            Mistake(
                lambda company: (tags(company).fillna("unknown") != "unknown").mean(),
                T(
                    zh="反了：这是看得出来的比例。",
                    en="The other way round: this is the share that is known.",
                ),
            ),
            Mistake(
                lambda company: (tags(company).fillna("unknown") == "unknown").sum(),
                T(
                    zh="这是人数，不是比例：用 `mean`。",
                    en="These are numbers of people: use `mean` for shares.",
                ),
            ),
            Mistake(
                lambda company: (tags(company).dropna() == "unknown").mean(),
                T(
                    zh="你把不在活动名单上的人整行删掉了，其余三列也跟着变了。他们留在表里，只是响应写“未知”。",
                    en="You dropped everyone who is on no list, and the other three columns changed with it. They stay, with an unknown response.",
                ),
            ),
        ),
        hints=(
            T(
                zh="四列放进一个 `pd.DataFrame`，响应用 `reindex(facts.index)` 对齐，空的补成 `unknown`。",
                en="Put four columns into a `pd.DataFrame`, line the response up by `reindex(facts.index)`, and fill the empty ones with `unknown`.",
            ),
            T(
                zh='最后一步：`(tags == "unknown").mean()`，每列一个数。',
                en='The last step: `(tags == "unknown").mean()`, one number per column.',
            ),
        ),
    ),
]

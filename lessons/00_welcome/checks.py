"""What check() knows about lesson 00."""

from functools import cache

from custseg_helpers.facts.per_customer import order_facts
from custseg_helpers.learn.exercise import Exercise, Mistake, Point
from custseg_helpers.words.text import T


def purchases(company):
    orders = company.orders
    return orders[orders["quantity"] > 0]


@cache
def money(company):
    return order_facts(company.orders, company.as_of)["monetary"].sort_values(ascending=False)


def half(company):
    return int((money(company).cumsum() < money(company).sum() / 2).sum()) + 1


EXERCISES = [
    Exercise(
        "welcome-registered",
        answer=lambda company: len(company.customers),
        praise=T(
            zh="对。登记的人都在这里，买没买过另说。",
            en="Right. Everyone who registered is here, bought or not.",
        ),
        mistakes=(
            Mistake(
                lambda company: len(company.orders),
                T(
                    zh="这是订单表的行数。一位客户可以有很多行订单。",
                    en="These are the lines of orders. One customer may have many.",
                ),
            ),
            Mistake(
                lambda company: company.orders["customer_id"].nunique(),
                T(
                    zh="这是下过单的人数。登记了但没买过的人也是客户表里的一行。",
                    en="These are the people with orders. Those who registered and never bought have a line too.",
                ),
            ),
            Mistake(
                lambda company: company.customers.size,
                T(
                    zh="`size` 是格子数：行数乘列数。这里只要行数。",
                    en="`size` counts cells: lines times columns. Only the lines are wanted.",
                ),
            ),
        ),
        hints=(
            T(zh="一行一位客户，数行就行。", en="One line for each customer: count the lines."),
            T(zh="`len(customers)`", en="`len(customers)`"),
        ),
    ),
    Exercise(
        "welcome-buyers",
        answer=lambda company: purchases(company)["customer_id"].nunique(),
        praise=T(
            zh="对。登记的人里，有一部分从来没有买过。",
            en="Right. Some of those who registered never bought.",
        ),
        mistakes=(
            Mistake(
                lambda company: len(company.customers),
                T(
                    zh="这是登记的人数。去购买记录里数。",
                    en="That is how many registered. Count in the purchases.",
                ),
            ),
            Mistake(
                lambda company: len(purchases(company)),
                T(
                    zh="这是购买的行数。同一位客户只能数一次。",
                    en="These are lines of purchases. Count each customer once.",
                ),
            ),
            Mistake(
                lambda company: purchases(company)["order_id"].nunique(),
                T(
                    zh="这是订单数。一位客户可以下好几单，要数客户编号。",
                    en="These are orders. One customer may place several: count customer ids.",
                ),
            ),
        ),
        hints=(
            T(
                zh="看 `purchases` 的 `customer_id` 一列，数不同的编号。",
                en="Look at the column `customer_id` of `purchases` and count different ids.",
            ),
            T(zh='`purchases["customer_id"].nunique()`', en='`purchases["customer_id"].nunique()`'),
        ),
    ),
    Exercise(
        "welcome-colleague-report",
        answer=lambda company: purchases(company)["order_id"].nunique(),
        praise=T(
            zh="对。月报里的订单数，要说清数的是单，不是行。",
            en="Right. A report must say that it counts orders, not lines.",
        ),
        mistakes=(
            Mistake(
                lambda company: len(company.orders),
                T(
                    zh="这正是同事的错：一单三件商品会被数成三单。",
                    en="That is the colleague's mistake: an order with three products counts three times.",
                ),
            ),
            Mistake(
                lambda company: len(purchases(company)),
                T(
                    zh="退货去掉了，可还是在数行。数不同的订单号。",
                    en="Returns are gone, but these are still lines. Count different order numbers.",
                ),
            ),
            Mistake(
                lambda company: company.orders["order_id"].nunique(),
                T(
                    zh="退货单也算进来了。用只含购买的 `purchases`。",
                    en="Returns are counted too. Use `purchases`, which holds purchases only.",
                ),
            ),
        ),
        hints=(
            T(zh="和上一题一样，只是换一列来数。", en="As in the exercise before, in another column."),
            T(zh='`purchases["order_id"].nunique()`', en='`purchases["order_id"].nunique()`'),
        ),
    ),
    Exercise(
        "welcome-top-share",
        answer=lambda company: money(company).head(300).sum() / money(company).sum(),
        praise=T(
            zh="对。先认清钱在谁手里，再谈预算花给谁。",
            en="Right. First see who holds the money, then talk about the budget.",
        ),
        mistakes=(
            Mistake(
                lambda company: 300 / len(money(company)),
                T(
                    zh="这是 300 位占客户人数的比例。要的是他们的钱占多少。",
                    en="That is the share of people: 300 of all. Their share of the money is wanted.",
                ),
            ),
            Mistake(
                lambda company: money(company).head(300).sum(),
                T(zh="这是金额，还要除以全部金额。", en="This is an amount; divide by all the money."),
            ),
            Mistake(
                lambda company: money(company).tail(300).sum() / money(company).sum(),
                T(
                    zh="你取的是最后 300 位。最高的在前面，用 `head`。",
                    en="You took the last 300. The highest stand in front: use `head`.",
                ),
            ),
        ),
        hints=(
            T(
                zh="`money.head(300)` 是前 300 位的金额。",
                en="`money.head(300)` holds the amounts of the first 300.",
            ),
            T(zh="`money.head(300).sum() / money.sum()`", en="`money.head(300).sum() / money.sum()`"),
        ),
    ),
    Exercise(
        "welcome-typing-sentence",
        answer=lambda company: "b",
        praise=T(zh="对。它看的是要什么，不是值多少。", en="Right. It looks at need, not at worth."),
        mistakes=(
            Mistake(
                lambda company: "a",
                T(zh="消费满多少是“值多少”，这是分级。", en="Spending so much is worth: that is grading."),
            ),
            Mistake(
                lambda company: "c",
                T(zh="按金额排成三段，还是在问值多少。", en="Three parts by spending still ask for worth."),
            ),
            Mistake(
                lambda company: "d",
                T(
                    zh="利润高低也是“值多少”，送货先后是投入多少。",
                    en="Profit is worth too, and who is delivered to first is how much we invest.",
                ),
            ),
        ),
        rubric=(
            Point(
                T(zh="这句话看的是客户要什么", en="the sentence looks at what customers need"),
                r"要|需|need|want",
            ),
            Point(
                T(zh="它决定说什么，不决定投入多少", en="it decides what to say, not how much to invest"),
                r"说|消息|say|message|tell",
            ),
        ),
        good=T(
            zh="它按常买的东西分，决定对谁说什么；两群人花的钱可能一样多。",
            en="It groups people by what they buy and decides what to tell whom; both groups may spend the same.",
        ),
        weak=T(zh="因为提到了商品。", en="Because it mentions products."),
        hints=(
            T(
                zh="问每句话：它看值多少，还是看要什么？",
                en="Ask each sentence: does it look at worth or at need?",
            ),
            T(
                zh="三句都和钱有关，剩下的那句是答案。",
                en="Three are about money; the one left is the answer.",
            ),
        ),
    ),
    Exercise(
        "welcome-to-director",
        rubric=(
            Point(T(zh="钱花在了哪里", en="where the money goes"), r"钱|预算|money|budget|cost"),
            Point(T(zh="客户有什么不同", en="how customers differ"), r"有的|有人|不同|some|differ|others"),
            Point(
                T(zh="怎么知道改了更好", en="how we would know that it is better"),
                r"比较|对照|不发|compare|without|holdout",
            ),
        ),
        good=T(
            zh="有的会员本来就常来，发券只是少收钱；有的从来不来，发了也没用。把钱留给能被打动的人，再留一部分人不发，比较两边。",
            en="Some members come anyway and a coupon just costs money; others never come. Keep the budget for those who can be moved, leave some without a coupon, and compare.",
        ),
        weak=T(
            zh="因为分层管理更科学，能提高客户满意度。",
            en="Because tiering is more scientific and makes customers happier.",
        ),
        hints=(
            T(
                zh="想两位会员：一位每周都来，一位登记后没来过。",
                en="Think of two members: one who comes every week, one who never came after registering.",
            ),
            T(
                zh="三句：钱花在哪；客户哪里不同；留一部分人不发，比一比。",
                en="Three sentences: where the money goes; how customers differ; leave some without and compare.",
            ),
        ),
    ),
    Exercise(
        "welcome-half-money",
        answer=half,
        praise=T(
            zh="对。一半的钱来自这么几位客户：丢一位，疼一下。",
            en="Right. Half the money comes from so few: losing one hurts.",
        ),
        mistakes=(
            Mistake(
                lambda company: half(company) - 1,
                T(
                    zh="差一位：你数的是还没到一半的人，跨过一半的那位也要算。",
                    en="One short: you counted those below half; the one who crosses it counts too.",
                ),
            ),
            Mistake(
                lambda company: (
                    int((money(company).sort_values().cumsum() < money(company).sum() / 2).sum()) + 1
                ),
                T(
                    zh="你从花得最少的人数起了。从最高的开始。",
                    en="You counted from the lowest spending. Start from the highest.",
                ),
            ),
            Mistake(
                lambda company: len(money(company)) // 2,
                T(zh="这是一半的人，不是一半的钱。", en="That is half the people, not half the money."),
            ),
        ),
        hints=(
            T(
                zh="累加到第几位，第一次达到总额的一半？",
                en="At which customer does the running total first reach half?",
            ),
            T(
                zh="`(money.cumsum() < money.sum() / 2).sum()` 是还没到一半的人数，再加 1。",
                en="`(money.cumsum() < money.sum() / 2).sum()` counts those below half; add 1.",
            ),
        ),
    ),
]

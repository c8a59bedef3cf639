"""What check() knows about lesson 15; what a good page looks like stands in rubric.toml."""

from functools import cache

import pandas as pd

from custseg_helpers.action import experiment, playbook, quality, strategy, targets
from custseg_helpers.facts.per_customer import order_facts
from custseg_helpers.learn.capstone import PARTS
from custseg_helpers.learn.exercise import Exercise, Mistake, Point
from custseg_helpers.tags.apply import apply_tags, tag_coverage
from custseg_helpers.tags.catalogue import parse_catalogue
from custseg_helpers.tags.table import customer_table
from custseg_helpers.tiers import rfm, value
from custseg_helpers.words.text import T

HEAD = "family: behaviour, type: rule, sensitivity: internal"


@cache
def facts(company):
    return order_facts(company.orders, company.as_of)


@cache
def segment(company):
    return rfm.segments8(rfm.rfm_scores(facts(company))).rename("tier")


def totals(company, **other):
    orders = company.orders
    bought = orders[orders["quantity"] > 0]
    counts = {
        "customers": len(company.customers),
        "buyers": bought["customer_id"].nunique(),
        "orders": bought["order_id"].nunique(),
        "sales": orders["amount"].sum(),
    }
    return pd.Series(counts | other)


def coverage(company, cooling="frequency >= 3 and recency_days > 180"):
    rules = {"recent": "recency_days <= 90", "returning": "frequency >= 2", "cooling": cooling}
    entries = "\n".join(
        f"- {{code: {code}, name: {code}, definition: {code}, rule: {rule}, {HEAD}}}"
        for code, rule in rules.items()
    )
    return tag_coverage(apply_tags(parse_catalogue(entries), customer_table(company)))


def among_buyers(company):
    return coverage(company)["customers"] / len(facts(company))


@cache
def half_a_year(company):
    orders, then = company.orders, company.as_of - pd.Timedelta(days=182)
    before = order_facts(orders[orders["order_date"] < then], then)
    since = orders[orders["order_date"] >= then].groupby("customer_id")["amount"].sum()
    return before, since.reindex(before.index, fill_value=0)


def separation(money, people):
    tierings = {"abc": value.abc(people["monetary"]), "rfm": rfm.segments8(rfm.rfm_scores(people))}
    return pd.Series({name: quality.eta_squared(money, tiers) for name, tiers in tierings.items()})


def order_value(company):
    return facts(company)["average_order_value"]


@cache
def silent(company):
    return strategy.leave_out(segment(company), facts(company), playbook.sample_playbook(company.customers))


@cache
def full(company, with_all=False):
    book = playbook.sample_playbook(company.customers)
    left_out = None if with_all else silent(company)
    return strategy.plan(segment(company), order_value(company), book, not_contacted=left_out)


def budget(company):
    return round(full(company)["cost"].sum() / 2, 2)


@cache
def fitted(company):
    return strategy.within_budget(full(company), budget(company))


@cache
def year(company):
    orders = company.orders
    return orders[orders["order_date"] >= company.as_of - pd.Timedelta(days=365)]


def sold(company):
    lines = year(company)
    return lines.groupby(lines["customer_id"].map(segment(company)))["amount"].sum().rename_axis("tier")


def target(company):
    return targets.growth_target(year(company)["amount"].sum(), 0.15)


def promised(company, arm="treatment", column="expected_sales"):
    plan = fitted(company)
    contacts = strategy.contact_list(
        segment(company), order_value(company), plan, not_contacted=silent(company)
    )
    arms = experiment.assign_holdout(contacts["tier"], share=0.2, seed=2026)
    people = contacts["tier"][arms == arm].value_counts()
    return (plan[column] / plan["contacted"] * people).sum()


EXERCISES = [
    Exercise(
        "capstone-totals",
        answer=totals,
        praise=T(
            zh="对。四个数口径清楚，后面每一步都能和它们对账。",
            en="Right. Four clear totals; every later step can be held against them.",
        ),
        mistakes=(
            Mistake(
                lambda company: totals(company, orders=int((company.orders["quantity"] > 0).sum())),
                T(
                    zh="`orders` 数成了明细行。一张订单可以有好几行：数不同的订单号。",
                    en="`orders` counts lines. An order may have several: count different order numbers.",
                ),
            ),
            Mistake(
                lambda company: totals(company, buyers=len(company.customers)),
                T(
                    zh="`buyers` 用了登记的客户数。登记了没买的，不算买过。",
                    en="`buyers` is the number on the list. Those who signed up and never bought did not buy.",
                ),
            ),
            Mistake(
                lambda company: totals(
                    company, sales=company.orders.loc[company.orders["quantity"] > 0, "amount"].sum()
                ),
                T(
                    zh="销售额没有减退货。用全部明细的 `amount` 相加，退货是负数，自己会减。",
                    en="Returns are not taken off. Add up `amount` over all lines: returns are negative and take themselves off.",
                ),
            ),
        ),
        hints=(
            T(
                zh="购买的明细在 `bought` 里；销售额要用全部明细，退货才减得掉。",
                en="Purchases are in `bought`; for sales take all lines, so that returns come off.",
            ),
            T(
                zh='`bought["customer_id"].nunique()`、`bought["order_id"].nunique()`、`orders["amount"].sum()`、`len(company.customers)`',
                en='`bought["customer_id"].nunique()`, `bought["order_id"].nunique()`, `orders["amount"].sum()`, `len(company.customers)`',
            ),
        ),
    ),
    Exercise(
        "capstone-tag-coverage",
        answer=lambda company: coverage(company)["share"],
        praise=T(
            zh="对。看看有没有一个接近 0 或接近 1：那样的标签区分不了谁。",
            en="Right. Is one of them near 0 or near 1? Such a tag tells nobody apart.",
        ),
        mistakes=(
            Mistake(
                lambda company: coverage(company, "frequency >= 3 or recency_days > 180")["share"],
                T(
                    zh="`cooling` 用了“或”。两个条件都要成立：`and`。",
                    en="`cooling` says “or”. Both must hold: `and`.",
                ),
            ),
            Mistake(
                lambda company: coverage(company, "frequency >= 3 and recency_days < 180")["share"],
                T(
                    zh="`cooling` 的方向反了：天数越大，越久没来。",
                    en="`cooling` looks the wrong way: more days mean longer away.",
                ),
            ),
            Mistake(
                among_buyers,
                T(
                    zh="分母只算了买过的客户。覆盖率的分母是名单上的全部客户。",
                    en="You divided by those who bought. Coverage divides by all customers on the list.",
                ),
            ),
            Mistake(
                lambda company: coverage(company)["customers"],
                T(
                    zh="这是人数，要的是占比：取 `share` 那一列。",
                    en="These are numbers of customers; take the column `share`.",
                ),
            ),
        ),
        hints=(
            T(
                zh="两条文字相加就接上了：`first_tag + two_more`。规则写 `frequency >= 2`。",
                en="Texts are joined by adding them: `first_tag + two_more`. A rule reads `frequency >= 2`.",
            ),
            T(
                zh='`tag_coverage(apply_tags(parse_catalogue(first_tag + two_more), table))["share"]`；`cooling` 的规则是 `frequency >= 3 and recency_days > 180`。',
                en='`tag_coverage(apply_tags(parse_catalogue(first_tag + two_more), table))["share"]`; the rule of `cooling` is `frequency >= 3 and recency_days > 180`.',
            ),
        ),
    ),
    Exercise(
        "capstone-separates-better",
        answer=lambda company: separation(half_a_year(company)[1], half_a_year(company)[0]),
        praise=T(
            zh="对。数大的分得更开；可是留不留，还要看下一题。",
            en="Right. The larger one separates better; whether it stays is the next question.",
        ),
        mistakes=(
            Mistake(
                lambda company: separation(half_a_year(company)[0]["monetary"], half_a_year(company)[0]),
                T(
                    zh="你拿分层用的那笔钱来评分层，当然好看。要用后半年的钱 `since`。",
                    en="You judge the tiers by the money they were cut from; of course they shine. Take the money of the half year after, `since`.",
                ),
            ),
            Mistake(
                lambda company: separation(
                    half_a_year(company)[1].reindex(facts(company).index), facts(company)
                ),
                T(
                    zh="你用今天的客户分层，那已经看过后半年的钱了。用半年前的 `before`。",
                    en="You cut today's customers, who have already shown the half year after. Cut `before`, as it was then.",
                ),
            ),
            Mistake(
                lambda company: separation(half_a_year(company)[1], half_a_year(company)[0]).set_axis(
                    ["rfm", "abc"]
                ),
                T(
                    zh="两个名字写反了：`abc` 是四级，`rfm` 是八类。",
                    en="The two names are swapped: `abc` are the grades, `rfm` the eight segments.",
                ),
            ),
        ),
        hints=(
            T(
                zh="`quality.eta_squared` 先写后来的钱，再写每位客户的层级。",
                en="`quality.eta_squared` takes the later money first, then each customer's tier.",
            ),
            T(
                zh='`quality.eta_squared(since, value.abc(before["monetary"]))`，八类用 `rfm.segments8(rfm.rfm_scores(before))`。',
                en='`quality.eta_squared(since, value.abc(before["monetary"]))`; the eight segments are `rfm.segments8(rfm.rfm_scores(before))`.',
            ),
        ),
    ),
    Exercise(
        "capstone-stays",
        answer=lambda company: "b",
        praise=T(
            zh="有道理：分得开，也用得起来。",
            en="Well argued: it separates, and people can work with it.",
        ),
        mistakes=(
            Mistake(
                lambda company: "a",
                T(
                    zh="没人照着做的分层，η² 再高也是废纸。",
                    en="A tiering nobody follows is waste paper, however high its η².",
                ),
            ),
            Mistake(
                lambda company: "c",
                T(
                    zh="好记是好事，可它看不出谁快走了。先试着合并打法一样的类，再看少了多少。",
                    en="Easy is good, but it does not show who is about to leave. First merge segments with the same play, and see what that costs.",
                ),
            ),
            Mistake(
                lambda company: "d",
                T(
                    zh="一位客户在两张名单上是两种待遇，谁的效果也测不出来。",
                    en="One customer gets two treatments from two lists, and nobody's effect can be measured.",
                ),
            ),
        ),
        rubric=(
            Point(T(zh="用后来的钱比过", en="compared on later money"), r"η|后来|分得更开|later|separat"),
            Point(T(zh="团队用得起来", en="the team can use it"), r"合|打法|记|merge|together|play|remember"),
            Point(T(zh="线怎么管", en="how the lines are looked after"), r"复核|每季|线|review|quarter|line"),
        ),
        good=T(
            zh="留 RFM：后来的钱分得更开。八类按打法合成六层，每层写明怎么对待，线每季复核。",
            en="RFM stays: it separates later money better. By play, the eight become six tiers, each with its treatment; the lines are reviewed every quarter.",
        ),
        weak=T(zh="哪种好用就用哪种。", en="Whatever works better."),
        hints=(
            T(
                zh="两样都要：分得开，和用得起来。",
                en="Both are needed: it separates, and it can be used.",
            ),
            T(
                zh="打法一样的两类，合起来什么也不丢。",
                en="Two segments with the same play lose nothing when merged.",
            ),
        ),
    ),
    Exercise(
        "capstone-three-sentences",
        rubric=(
            Point(
                T(zh="卡片上的一个数", en="a number of the card"), r"\d|[一二三四五六七八九]成|过半|half|most"
            ),
            Point(
                T(zh="电话里先说什么", en="what to say first on the phone"),
                r"先问|先说|介绍|电话里|开口|ask|say|show|phone|offer|tell",
            ),
            Point(
                T(zh="什么不能想当然", en="what not to take for granted"),
                r"倾向|不是每|不一定|别以为|想当然|先听|tendency|not every|not all|granted|listen|assume",
            ),
        ),
        good=T(
            zh="这一类占客户的 20%，带来一半的钱。电话里先问上次买的合不合用，再介绍新品。这是倾向，不是每一位都这样，先听本人说。",
            en="They are 20% of the customers and bring half of the money. On the phone first ask how the last order served them, then show what is new. It is a tendency, not every one of them is so: listen first.",
        ),
        weak=T(
            zh="他们是我们最重要的客户，要好好服务。",
            en="They are our most important customers and deserve the best service.",
        ),
        hints=(
            T(
                zh="想象你马上要拨号：哪个数让你知道他值多少？第一句说什么？",
                en="Imagine you are about to dial: which number tells what they are worth? What is your first sentence?",
            ),
            T(
                zh="三句：一个数；先问什么、再介绍什么；最后提醒这只是倾向。",
                en="Three sentences: a number; what to ask and then to show; and that it is only a tendency.",
            ),
        ),
    ),
    Exercise(
        "capstone-budget-profit",
        answer=lambda company: fitted(company)["profit"].sum(),
        praise=T(
            zh="对。把它和费用一起写进第一句话。",
            en="Right. It goes into the first sentence, together with the cost.",
        ),
        mistakes=(
            Mistake(
                lambda company: full(company)["profit"].sum(),
                T(
                    zh="这是整本手册的净收益，花了两倍的预算。先用 `within_budget` 砍。",
                    en="That is the profit of the whole book, at twice the budget. Cut it with `within_budget` first.",
                ),
            ),
            Mistake(
                lambda company: fitted(company)["expected_margin"].sum(),
                T(
                    zh="这是毛利，费用还没减。净收益 = 毛利 − 费用。",
                    en="That is the margin, before costs. Profit = margin − cost.",
                ),
            ),
            Mistake(
                lambda company: fitted(company)["expected_sales"].sum(),
                T(
                    zh="这是增量销售额。货款和费用都要从里面出。",
                    en="Those are the extra sales. Goods and costs come out of them.",
                ),
            ),
            Mistake(
                lambda company: full(company)["profit"].sum() / 2,
                T(
                    zh="预算减半，净收益不是减半：先花的一半换回来的多。",
                    en="Half the budget is not half the profit: the half that is spent first brings more.",
                ),
            ),
        ),
        hints=(
            T(
                zh="`strategy.within_budget` 要整本计划和预算，给出砍过的计划。",
                en="`strategy.within_budget` takes the full plan and the budget and gives the cut plan.",
            ),
            T(
                zh='`fitted = strategy.within_budget(full, budget)`，再取 `fitted["profit"].sum()`。',
                en='`fitted = strategy.within_budget(full, budget)`, then `fitted["profit"].sum()`.',
            ),
        ),
    ),
    Exercise(
        "capstone-segment-targets",
        answer=lambda company: targets.split(target(company), sold(company)),
        praise=T(
            zh="对，加起来一分不差。再看一眼：计划补得上多少？",
            en="Right, to the cent. And now: how much of it does the plan close?",
        ),
        mistakes=(
            Mistake(
                lambda company: targets.split(
                    target(company), pd.Series(1, index=sold(company).index, name="target")
                ),
                T(
                    zh="你平均分了。去年带来一半钱的那类，和只带来一点的那类，目标不会一样。",
                    en="You shared it equally. A segment that brought half of the money and one that brought little cannot have the same target.",
                ),
            ),
            Mistake(
                sold,
                T(
                    zh="这是去年的钱，还没有加 15%。",
                    en="That is last year's money; the 15% are not in it yet.",
                ),
            ),
            Mistake(
                lambda company: targets.split(
                    round(target(company) - year(company)["amount"].sum(), 2), sold(company)
                ),
                T(
                    zh="你只拆了多出来的 15%。目标是去年加上它。",
                    en="You broke down the extra 15% only. The target is last year plus that.",
                ),
            ),
            Mistake(
                lambda company: targets.split(
                    target(company), segment(company).value_counts().reindex(sold(company).index)
                ),
                T(
                    zh="你按人数拆了。人多的类，花的钱不一定多：用 `sold`。",
                    en="You went by the number of customers. Many people need not mean much money: use `sold`.",
                ),
            ),
        ),
        hints=(
            T(
                zh="先用 `targets.growth_target` 算总数，再用 `targets.split` 按权重拆。",
                en="First the total with `targets.growth_target`, then `targets.split` by weights.",
            ),
            T(
                zh='`targets.split(targets.growth_target(year["amount"].sum(), 0.15), sold)`',
                en='`targets.split(targets.growth_target(year["amount"].sum(), 0.15), sold)`',
            ),
        ),
    ),
    Exercise(
        "capstone-honest-promise",
        answer=promised,
        praise=T(
            zh="对。少许诺两成，换来以后说得清：这两成是买真相的钱。",
            en="Right. Two tenths less promised buys a clear answer later: that is the price of the truth.",
        ),
        mistakes=(
            Mistake(
                lambda company: fitted(company)["expected_sales"].sum(),
                T(
                    zh="这就是同事的数：留出的人也算进去了。",
                    en="That is the colleague's number: it counts those held out too.",
                ),
            ),
            Mistake(
                lambda company: promised(company, arm="holdout"),
                T(
                    zh="这是留出的那部分，正好是要扣掉的。",
                    en="That is the part held out, the very part to take off.",
                ),
            ),
            Mistake(
                lambda company: promised(company, column="profit"),
                T(
                    zh="这是净收益。题目要的是增量销售额 `expected_sales`。",
                    en="That is profit. The extra sales, `expected_sales`, are asked.",
                ),
            ),
        ),
        hints=(
            T(
                zh="每一类：一位客户值多少增量（`expected_sales` ÷ `contacted`），乘上留下来的人数。",
                en="For each segment: what one customer adds (`expected_sales` ÷ `contacted`), times those who stay.",
            ),
            T(
                zh='`stay = contacts["tier"][arms == "treatment"].value_counts()`，再算 `(plan["expected_sales"] / plan["contacted"] * stay).sum()`。',
                en='`stay = contacts["tier"][arms == "treatment"].value_counts()`, then `(plan["expected_sales"] / plan["contacted"] * stay).sum()`.',
            ),
        ),
    ),
    Exercise(
        "capstone-one-page",
        answer=lambda company: {*PARTS},
        praise=T(
            zh="八个部分齐了。好不好，由评分标准说。",
            en="All eight parts are there. How good they are, the rubric will say.",
        ),
        mistakes=(
            Mistake(
                lambda company: {*PARTS} - {"holdout_plan"},
                T(
                    zh="没有检验计划。一个季度以后，谁也说不清它有没有用。",
                    en="There is no plan for proof. In a quarter nobody will be able to say whether it worked.",
                ),
            ),
            Mistake(
                lambda company: {*PARTS} - {"governance_card"},
                T(
                    zh="没有治理卡。谁批、谁能改、什么不出公司，要写在纸上。",
                    en="There is no governance card. Who approves, who may change it and what stays in the house belong on the page.",
                ),
            ),
            Mistake(
                lambda company: {*PARTS, "customers"},
                T(
                    zh="别把客户名单放上去：这一页会传出去。名单另外给，而且只给要打电话的人。",
                    en="No list of customers: this page will be passed on. The list goes separately, and only to those who call.",
                ),
            ),
        ),
        hints=(
            T(
                zh="前七题的结果都能用：`report`、`coverage`、`separates`、`best_card`、`fitted`、`by_tier`；检验和治理各写一两句话。",
                en="Use what you made: `report`, `coverage`, `separates`, `best_card`, `fitted`, `by_tier`; a sentence or two each for proof and governance.",
            ),
            T(
                zh='`parts = {"data_report": report.to_frame(), "catalogue": coverage.to_frame(), …}`，八个键照题目写；检查时交 `parts`。',
                en='`parts = {"data_report": report.to_frame(), "catalogue": coverage.to_frame(), …}` with the eight keys of the task; hand `parts` to the check.',
            ),
        ),
    ),
    Exercise(
        "capstone-pitch",
        rubric=(
            Point(
                T(zh="要批什么：花多少、换回多少", en="what is to be approved: cost and return"),
                r"批准|预算|approve|budget|sign",
            ),
            Point(
                T(zh="先给谁", en="who comes first"), r"先联系|先给|先花|哪几类|first|come first|starts? with"
            ),
            Point(
                T(zh="以后怎样知道", en="how we shall know"),
                r"留出|对照|抽签|held out|holdout|by lot|hold out",
            ),
            Point(
                T(zh="哪个数是估计", en="which number is a guess"), r"估计|假设|没测过|guess|estimate|assum"
            ),
        ),
        good=T(
            zh="请批准 1,600 元一季的预算，预计净收益 3,200 元。先联系每元换回最多的三类。抽签留出 20% 来比较。增量响应率是估计，不到一半就停。",
            en="Please approve a budget of 1,600 yuan a quarter for an expected profit of 3,200. The three segments that bring most on a yuan come first. 20% are held out by lot to compare with. The extra response is a guess; below half of it we stop.",
        ),
        weak=T(
            zh="我们做了很全面的客户分析，建议尽快推进精准营销，相信会有很好的效果。",
            en="We have made a thorough analysis of our customers and suggest going ahead with precision marketing; we trust the results will be very good.",
        ),
        hints=(
            T(
                zh="他只有三分钟：先说要他做什么，再说为什么信你。",
                en="He has three minutes: first what you want of him, then why to trust you.",
            ),
            T(
                zh="四句：批准多少、换回多少；先给谁；留出多少来比；哪个数是估计。",
                en="Four sentences: how much for what return; who comes first; how many are held out; which number is a guess.",
            ),
        ),
    ),
    Exercise(
        "capstone-break-even",
        answer=lambda company: fitted(company)["cost"].sum() / fitted(company)["expected_margin"].sum(),
        praise=T(
            zh="对。写到纸上：低于这个数就停，比“希望效果好”有用得多。",
            en="Right. Put it on the page: below this we stop. That is worth far more than hoping for the best.",
        ),
        mistakes=(
            Mistake(
                lambda company: fitted(company)["expected_margin"].sum() / fitted(company)["cost"].sum(),
                T(
                    zh="倒过来了：这是每元费用换回多少毛利。",
                    en="Upside down: that is the margin that a yuan of cost brings.",
                ),
            ),
            Mistake(
                lambda company: fitted(company)["cost"].sum() / fitted(company)["expected_sales"].sum(),
                T(
                    zh="你用了销售额。收回费用靠的是毛利，货款不是你的。",
                    en="You took sales. Costs come back from the margin; what the goods cost is not yours.",
                ),
            ),
            Mistake(
                lambda company: 1 - fitted(company)["cost"].sum() / fitted(company)["expected_margin"].sum(),
                T(
                    zh="这是可以落空的部分。题目问至少要实现多少。",
                    en="That is the part that may fail. How much must come true is asked.",
                ),
            ),
        ),
        hints=(
            T(
                zh="实现了几成，毛利就是几成；它正好等于费用时，不赚也不亏。",
                en="With so much coming true, so much of the margin is left; when it equals the cost, nothing is won or lost.",
            ),
            T(
                zh='`fitted["cost"].sum() / fitted["expected_margin"].sum()`',
                en='`fitted["cost"].sum() / fitted["expected_margin"].sum()`',
            ),
        ),
    ),
]

"""What check() knows about lesson 08."""

from functools import cache

import pandas as pd

from custseg_helpers.facts.per_customer import money_by, order_facts
from custseg_helpers.learn.exercise import Exercise, Mistake, Point
from custseg_helpers.tiers import cluster_kin, cluster_rules, clusters, kmeans, rfm
from custseg_helpers.words.text import T

COLUMNS = ["recency_days", "frequency", "monetary"]
AS_IT_IS = {column: {"log": False, "mean": 0.0, "spread": 1.0} for column in COLUMNS}
PEOPLE = pd.DataFrame(
    {"frequency": [2, 5, 2, 8, 14, 6], "hundred_yuan": [3, 7, 9, 11, 8, 3]},
    index=["K1", "K2", "K3", "K4", "K5", "K6"],
)
START = PEOPLE.loc[["K1", "K5"]].set_axis(["cluster_1", "cluster_2"])


@cache
def facts(company):
    return order_facts(company.orders, company.as_of)


@cache
def ready(company):
    return clusters.prepare(facts(company), COLUMNS)


@cache
def points(company):
    return clusters.scaled(facts(company), ready(company))


def groups(company, preparation, k=3):
    return clusters.assign(facts(company), clusters.fit_clusters(facts(company), preparation, k))


@cache
def group(company):
    return groups(company, ready(company))


def from_k1():
    return PEOPLE - PEOPLE.loc["K1"]


def joined(columns=("frequency", "hundred_yuan")):
    """Name the nearer of the two first centres, going by these columns."""
    table = PEOPLE[list(columns)]
    way = {code: ((table - START.loc[code, list(columns)]) ** 2).sum(axis=1) for code in START.index}
    return pd.DataFrame(way).idxmin(axis=1)


@cache
def runs(company):
    return [kmeans.kmeans_steps(points(company), 3, seed=seed)[-1].groups for seed in (2, 3)]


def changed(company):
    together = pd.crosstab(*runs(company))
    return 1 - together.max(axis=1).sum() / len(points(company))


def size_gone(company):
    sizes = [(run == "cluster_1").sum() for run in runs(company)]
    return abs(sizes[1] / sizes[0] - 1)


@cache
def rules(company, depth):
    return cluster_rules.rules(facts(company), group(company), COLUMNS, depth=depth)


@cache
def baskets(company):
    """Cross RFM segments (rows) with the four basket groups of customers with five orders or more."""
    loyal = facts(company).index[facts(company)["frequency"] >= 5]
    spent = money_by(company.orders, "category", products=company.products).reindex(loyal).clip(lower=0)
    shares = spent.div(spent.sum(axis=1), axis=0)
    model = clusters.fit_clusters(shares, clusters.prepare(shares, list(shares)), 4)
    segment = rfm.segments8(rfm.rfm_scores(facts(company))).reindex(loyal)
    return pd.crosstab(segment, clusters.assign(shares, model))


@cache
def newcomers(company):
    """Return the customers of the last 180 days and the model of those before them."""
    young = facts(company)["tenure_days"] < 180
    old = facts(company)[~young]
    return facts(company)[young], clusters.fit_clusters(old, clusters.prepare(old, COLUMNS), 3)


def grouped_anew(company):
    new, _ = newcomers(company)
    return clusters.assign(new, clusters.fit_clusters(new, clusters.prepare(new, COLUMNS), 3))


def other_rulers(company):
    new, model = newcomers(company)
    return clusters.assign(new, model | {"preparation": clusters.prepare(new, COLUMNS)})


@cache
def certainty(company):
    return cluster_kin.soft_groups(points(company), 3).max(axis=1)


EXERCISES = [
    Exercise(
        "clusters-nearest",
        answer=lambda company: (from_k1() ** 2).sum(axis=1) ** 0.5,
        praise=T(
            zh="对。离 K1 最近的是 K6：钱一样多，只是多来 4 单。",
            en="Right. K6 is nearest to K1: the same money, just 4 orders more.",
        ),
        mistakes=(
            Mistake(
                lambda company: from_k1().abs().sum(axis=1),
                T(
                    zh="你把两个差直接加起来了，那是沿着街走的路程。直线距离要先平方、相加、再开方。",
                    en="You added the two differences: that is the way along the streets. As the crow flies: square, add, take the root.",
                ),
            ),
            Mistake(
                lambda company: (from_k1() ** 2).sum(axis=1),
                T(
                    zh="差一步：加起来以后还要开平方，`** 0.5`。",
                    en="One step is missing: after adding, take the square root, `** 0.5`.",
                ),
            ),
            Mistake(
                lambda company: from_k1()["frequency"].abs(),
                T(
                    zh="只量了订单数。K3 一单不差，却多花了 600 元，不是同一种客户。",
                    en="Only orders were measured. K3 has the same orders, yet spent 600 yuan more: another kind of customer.",
                ),
            ),
        ),
        hints=(
            T(
                zh='每个人减去 K1 那一行：`people - people.loc["K1"]`。',
                en='Take the row of K1 from everybody: `people - people.loc["K1"]`.',
            ),
            T(
                zh="把差平方，横着加起来，开平方：`(apart**2).sum(axis=1) ** 0.5`。",
                en="Square the differences, add along the row, take the root: `(apart**2).sum(axis=1) ** 0.5`.",
            ),
        ),
    ),
    Exercise(
        "clusters-colleague-scale",
        same="groups",
        answer=group,
        praise=T(
            zh="对。现在三列都说得上话。",
            en="Right. Now all three columns have their say.",
        ),
        mistakes=(
            Mistake(
                lambda company: groups(company, AS_IT_IS),
                T(
                    zh="这还是同事的群：尺子没换，元说了算。先 `clusters.prepare`。",
                    en="These are still the colleague's groups: the rulers are the old ones and yuan decide. Use `clusters.prepare` first.",
                ),
            ),
            Mistake(
                lambda company: groups(company, clusters.prepare(facts(company), COLUMNS, log=[])),
                T(
                    zh="统一了尺度，但没有取对数：几位大户还是把金额的尺子撑得太长。不要写 `log=[]`。",
                    en="One scale, but no logarithm: a few giants still stretch the money's ruler. Leave out `log=[]`.",
                ),
            ),
            Mistake(
                lambda company: groups(
                    company, clusters.prepare(facts(company), ["recency_days", "monetary"])
                ),
                T(
                    zh="你只用了两列，订单数不见了。三列都要：`columns`。",
                    en="You took two columns only; the orders are gone. All three are wanted: `columns`.",
                ),
            ),
            Mistake(
                lambda company: groups(company, ready(company), 4),
                T(
                    zh="尺子对了，但你分了 4 群，题目要 3 群。",
                    en="The rulers are right, but you made 4 groups; 3 are asked.",
                ),
            ),
        ),
        hints=(
            T(
                zh="同事的 `as_it_is` 换成 `clusters.prepare` 的结果，其余不变。",
                en="Put the result of `clusters.prepare` in place of the colleague's `as_it_is`; the rest stays.",
            ),
            T(
                zh="`ready = clusters.prepare(facts, columns)`，再 `clusters.assign(facts, clusters.fit_clusters(facts, ready, 3))`。",
                en="`ready = clusters.prepare(facts, columns)`, then `clusters.assign(facts, clusters.fit_clusters(facts, ready, 3))`.",
            ),
        ),
    ),
    Exercise(
        "clusters-one-round",
        answer=lambda company: PEOPLE.groupby(joined()).mean(),
        praise=T(
            zh="对。第 1 个中心走到四位客户中间，第 2 个走到两位中间。再认领一次，谁也不换：已经停了。",
            en="Right. Centre 1 goes between four customers, centre 2 between two. Join once more and nobody changes: it has settled.",
        ),
        mistakes=(
            Mistake(
                lambda company: START,
                T(
                    zh="中心还在原地。认领之后要移动：走到自己客户的平均。",
                    en="The centres have not moved. After joining they go to the average of their customers.",
                ),
            ),
            Mistake(
                lambda company: PEOPLE.drop(index=["K1", "K5"]).groupby(joined()).mean(),
                T(
                    zh="你把 K1 和 K5 漏掉了。中心放在他们身上，他们自己也是客户，要算进平均。",
                    en="You left out K1 and K5. The centres lie on them, but they are customers too and count in the average.",
                ),
            ),
            Mistake(
                lambda company: PEOPLE.groupby(joined(["frequency"])).mean(),
                T(
                    zh="你只按订单数认领。K4 离两个中心都差 6 单，要看金额才知道跟谁。",
                    en="You joined by orders only. K4 is 6 orders from either centre; only the money tells where it belongs.",
                ),
            ),
            Mistake(
                lambda company: PEOPLE.groupby(joined()).median(),
                T(
                    zh="你取了中位数。k 均值的“均值”是平均：`.mean()`。",
                    en="You took the median. The mean in k-means is the average: `.mean()`.",
                ),
            ),
        ),
        hints=(
            T(
                zh="先给每个人量两个距离，看跟谁近；再按群求平均。第 3 节有一样的两格代码。",
                en="Measure two distances for everybody and see which is nearer; then averages by group. Section 3 has the same two cells.",
            ),
            T(
                zh="`way.idxmin(axis=1)` 是每个人的群；`people.groupby(way.idxmin(axis=1)).mean()` 是新的中心。",
                en="`way.idxmin(axis=1)` is everyone's group; `people.groupby(way.idxmin(axis=1)).mean()` are the new centres.",
            ),
        ),
    ),
    Exercise(
        "clusters-really-changed",
        answer=changed,
        praise=T(
            zh="对。编号换了，人没换。比较两次分群，看谁和谁在一起。",
            en="Right. The numbers changed, the people did not. To compare two groupings, see who is with whom.",
        ),
        mistakes=(
            Mistake(
                lambda company: (runs(company)[0] != runs(company)[1]).mean(),
                T(
                    zh="这是编号不同的比例，和同事犯的错一样。编号只是名字，换个起点就换号。",
                    en="That is the share with another number, the colleague's own mistake. A number is only a name; another start, another number.",
                ),
            ),
            Mistake(
                lambda company: 1 - changed(company),
                T(zh="这是没换群的比例。", en="That is the share who stayed together."),
            ),
            Mistake(
                size_gone,
                T(
                    zh="你比的是两次“第 1 群”的人数。两次的第 1 群根本不是同一群人。",
                    en="You compared the sizes of group 1 in both runs. The two groups 1 are not the same people at all.",
                ),
            ),
        ),
        hints=(
            T(
                zh="交叉表里每一行最大的那一格，是没有换群的人。",
                en="In each row of the cross table, the largest cell are those who stayed together.",
            ),
            T(
                zh="`1 - pd.crosstab(first, second).max(axis=1).sum() / len(points)`",
                en="`1 - pd.crosstab(first, second).max(axis=1).sum() / len(points)`",
            ),
        ),
    ),
    Exercise(
        "clusters-how-many",
        answer=lambda company: "b",
        praise=T(
            zh="有道理：稳、做得过来、话说得老实。",
            en="Well argued: stable, manageable, and honestly told.",
        ),
        mistakes=(
            Mistake(
                lambda company: "a",
                T(
                    zh="群越多，解释总是越多，分成 3,000 群就是 100%。7 群的稳定性只有 0.62：下次就不是这 7 群了。",
                    en="More groups always explain more; 3,000 groups would explain 100%. With 7 the stability is 0.62: next time it is another 7.",
                ),
            ),
            Mistake(
                lambda company: "c",
                T(
                    zh="没有天然的群，仍然可以画层级，就像身高没有天然的档，衣服照样分大中小号。",
                    en="Tiers can be drawn without natural groups: heights have no natural classes, and clothes still come in small, medium and large.",
                ),
            ),
            Mistake(
                lambda company: "d",
                T(
                    zh="0.40 和 0.39 差不多，而且都不高。2 群只分得出“好”和“不好”，团队用不上。",
                    en="0.40 and 0.39 are much the same, and neither is high. Two groups only say good and bad: little use to the team.",
                ),
            ),
        ),
        rubric=(
            Point(T(zh="稳不稳", en="how stable"), r"稳|重复|0\.98|stab|again"),
            Point(
                T(zh="团队做得过来吗", en="whether the team can keep it up"),
                r"做得过来|六个人|团队|动作|team|keep|manage|treat",
            ),
            Point(
                T(zh="线是谁画的", en="whose lines they are"), r"画|切|连成一片|约定|ours|continuum|cut|agree"
            ),
        ),
        good=T(
            zh="选 3 群：稳定性 0.98，3 群以后线降得慢了；六个人的团队做得过来三种做法。报告里写明客户连成一片，线是我们画的。",
            en="3 groups: stability 0.98, and after 3 the line falls more slowly; a team of six can keep up three treatments. The report says that the customers are one continuum and the lines are ours.",
        ),
        weak=T(zh="选这个，因为看起来最合适。", en="This one, because it looks best."),
        hints=(
            T(
                zh="三个数要一起看，再想想谁来用。",
                en="Look at all three numbers together, then think who will use it.",
            ),
            T(
                zh="轮廓系数差 0.01 不算差；稳定性 0.62 不到 0.8。",
                en="A silhouette that differs by 0.01 does not differ; a stability of 0.62 is below 0.8.",
            ),
        ),
    ),
    Exercise(
        "clusters-rules-agree",
        answer=lambda company: rules(company, 2).attrs["agreement"],
        praise=T(
            zh="对。剩下的少数人站在线边上，放哪边都说得通。",
            en="Right. The few who are left stand next to a line and may go either way.",
        ),
        mistakes=(
            Mistake(
                lambda company: rules(company, 3).attrs["agreement"],
                T(
                    zh="这是问三层的结果（不写 `depth` 就是三层）。准一点，可规则长得没人记得住。题目要两层。",
                    en="That is with three levels, what you get without `depth`. A little better, but nobody can remember such rules. Two levels are asked.",
                ),
            ),
            Mistake(
                lambda company: rules(company, 1).attrs["agreement"],
                T(
                    zh="只问了一层，最多分出两群，第三群没有规则。",
                    en="One level makes two groups at most; the third has no rule.",
                ),
            ),
            Mistake(
                lambda company: 1 - rules(company, 2).attrs["agreement"],
                T(zh="这是分错的比例。", en="That is the share who land in another group."),
            ),
            Mistake(
                lambda company: rules(company, 2)["precision"].mean(),
                T(
                    zh="这是三条规则准确率的平均，大群小群一样算。要的是客户的比例，在 `attrs` 里。",
                    en="That is the average precision of the three rules, large and small groups alike. The share of customers is asked; it is in `attrs`.",
                ),
            ),
        ),
        hints=(
            T(
                zh="`cluster_rules.rules(…, depth=2)` 的结果带着一张小纸条：`.attrs`。",
                en="The result of `cluster_rules.rules(…, depth=2)` carries a note: `.attrs`.",
            ),
            T(
                zh='`cluster_rules.rules(facts, group, columns, depth=2).attrs["agreement"]`',
                en='`cluster_rules.rules(facts, group, columns, depth=2).attrs["agreement"]`',
            ),
        ),
    ),
    Exercise(
        "clusters-to-boss",
        rubric=(
            Point(
                T(
                    zh="算法在没有群的数据里也会交出群",
                    en="the algorithm finds groups where there are none",
                ),
                r"没有群|参照|照样|总会|要几群|reference|without (any )?groups|no groups|as many as",
            ),
            Point(
                T(zh="怎样检验：空隙，或换一批还一样吗", en="how to test: a gap, or the same again"),
                r"空隙|换一批|重抽样|稳|gap|room|again|stab",
            ),
            Point(
                T(zh="我们的数据：连成一片", en="what our data say: one continuum"),
                r"连成一片|没有天然|没有清楚|continuum|no natural|no clear",
            ),
            Point(
                T(zh="以后怎么分", en="how to group from now on"),
                r"规则|RFM|层级|rule|tier",
            ),
        ),
        good=T(
            zh="给算法一堆没有群的参照数据，它也会分出七种。要看换一批客户还是不是这几群，群之间有没有空隙。我们的客户连成一片，所以用大家讲得清的规则定层级。",
            en="Given a reference without groups, the algorithm makes seven kinds too. One has to see whether the same groups come out again and whether there is a gap. Our customers are one continuum, so we set tiers by rules everybody can explain.",
        ),
        weak=T(
            zh="人工智能很客观，它发现的七种客户应该是真的，我们可以放心用。",
            en="Artificial intelligence is objective, so the seven kinds must be real and we can use them.",
        ),
        hints=(
            T(
                zh="想想第 7 节右边那张图：没有群，算法交出了什么？",
                en="Think of the figure on the right in section 7: without groups, what did the algorithm hand over?",
            ),
            T(
                zh="四句：没有群它也交出群；查空隙和换一批；我们的连成一片；用规则定层级。",
                en="Four sentences: it finds groups where there are none; look for a gap and for the same again; ours are one continuum; tiers by rules.",
            ),
        ),
    ),
    Exercise(
        "clusters-rfm-guess",
        answer=lambda company: baskets(company).max(axis=1).sum() / baskets(company).to_numpy().sum(),
        praise=T(
            zh="对。再和“不看 RFM，全猜最大的群”比一比：差得不多，就说明 RFM 对买什么几乎一无所知。",
            en="Right. Compare with guessing the largest group for all, without RFM: if it is hardly better, RFM knows next to nothing of what they buy.",
        ),
        mistakes=(
            Mistake(
                lambda company: baskets(company).sum().max() / baskets(company).to_numpy().sum(),
                T(
                    zh="你没有用 RFM，给所有人猜了最大的那一群。每个客群要各猜各的。",
                    en="You did not use RFM but guessed the largest group for all. Guess in each segment by itself.",
                ),
            ),
            Mistake(
                lambda company: baskets(company).max(axis=0).sum() / baskets(company).to_numpy().sum(),
                T(
                    zh="方向反了：这是知道购物群、猜 RFM 客群。每一行（客群）取最大：`axis=1`。",
                    en="The wrong way round: that guesses the RFM segment from the basket. Take the largest in each row (segment): `axis=1`.",
                ),
            ),
            Mistake(
                lambda company: baskets(company).div(baskets(company).sum(axis=1), axis=0).max(axis=1).mean(),
                T(
                    zh="你把各客群猜中的比例直接平均了，几十人的客群和几百人的一样重。先加人数，再除以总人数。",
                    en="You averaged the shares of the segments; one of a few dozen people weighs as much as one of hundreds. Add up people first, then divide by all.",
                ),
            ),
            Mistake(
                lambda company: int(baskets(company).max(axis=1).sum()),
                T(zh="这是人数，还要除以总人数。", en="That is a number of people; divide by all of them."),
            ),
        ),
        hints=(
            T(
                zh="交叉表：行是客群，列是购物群。每一行最大的一格就是猜中的人。",
                en="A cross table: segments in rows, baskets in columns. The largest cell of each row are those guessed right.",
            ),
            T(
                zh="`pd.crosstab(segment, basket).max(axis=1).sum() / len(loyal)`",
                en="`pd.crosstab(segment, basket).max(axis=1).sum() / len(loyal)`",
            ),
        ),
    ),
    Exercise(
        "clusters-new-customers",
        same="groups",
        answer=lambda company: clusters.assign(*newcomers(company)),
        praise=T(
            zh="对。尺子和中心都是当时的，新老客户才比得起来。",
            en="Right. Rulers and centres are those of that day, so old and new customers can be compared.",
        ),
        mistakes=(
            Mistake(
                grouped_anew,
                T(
                    zh="你给新客户重新分了 3 群。这样的“第 1 群”和老客户的第 1 群不是一回事。用 `old_model`。",
                    en="You made 3 new groups of the newcomers. Their group 1 has nothing to do with the old group 1. Use `old_model`.",
                ),
            ),
            Mistake(
                other_rulers,
                T(
                    zh="你用新客户自己的平均和标准差统一了尺度。新人里的大户，放到老客户里可能很普通。尺子也要用模型里的。",
                    en="You scaled the newcomers by their own average and spread. A big spender among newcomers may be ordinary among the others. The rulers come from the model too.",
                ),
            ),
            Mistake(
                lambda company: (
                    group(company)
                    .loc[newcomers(company)[0].index]
                    .where(newcomers(company)[0]["frequency"] > 1, "cluster_3")
                ),
                T(
                    zh="只买过一单的人不必另放一群：让模型按距离来定。",
                    en="Those with one order need no group of their own: let the model decide by distance.",
                ),
            ),
        ),
        hints=(
            T(
                zh="新客户只做“认领”这一步，第 9 节用的是哪个函数？",
                en="Newcomers only join. Which function did section 9 use for that?",
            ),
            T(zh="`clusters.assign(newcomers, old_model)`", en="`clusters.assign(newcomers, old_model)`"),
        ),
    ),
    Exercise(
        "clusters-unsure",
        answer=lambda company: (certainty(company) < 0.8).mean(),
        praise=T(
            zh="对。这些人站在线边上，硬说他们是哪一群，就是替他们作主。",
            en="Right. These stand next to a line; to call them one or the other is our own doing.",
        ),
        mistakes=(
            Mistake(
                lambda company: (certainty(company) >= 0.8).mean(),
                T(zh="这是有把握的比例。", en="That is the share who are certain."),
            ),
            Mistake(
                lambda company: int((certainty(company) < 0.8).sum()),
                T(zh="这是人数，题目要比例。", en="That is a number of people; the share is asked."),
            ),
            Mistake(
                lambda company: (cluster_kin.soft_groups(points(company), 4).max(axis=1) < 0.8).mean(),
                T(zh="你分了 4 群，题目要 3 群。", en="You made 4 groups; 3 are asked."),
            ),
        ),
        hints=(
            T(
                zh="每一行最大的可能性：`.max(axis=1)`。",
                en="The largest chance of each row: `.max(axis=1)`.",
            ),
            T(
                zh="`(cluster_kin.soft_groups(points, 3).max(axis=1) < 0.8).mean()`",
                en="`(cluster_kin.soft_groups(points, 3).max(axis=1) < 0.8).mean()`",
            ),
        ),
    ),
]

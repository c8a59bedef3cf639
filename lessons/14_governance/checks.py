"""What check() knows about lesson 14."""

from functools import cache

import pandas as pd

from custseg_helpers.facts.per_customer import order_facts
from custseg_helpers.governance import kpis, privacy
from custseg_helpers.learn.exercise import Exercise, Mistake, Point
from custseg_helpers.tiers import cuts, rfm
from custseg_helpers.words.text import T

KEY_COLUMNS = ["region", "city", "signup_channel"]


@cache
def facts(company):
    return order_facts(company.orders, company.as_of)


def lines(company):
    return [float(f"{line:.1g}") for line in cuts.quantile_cuts(facts(company)["monetary"])]


def tier(company):
    return cuts.levels(facts(company)["monetary"], lines(company))


def touched(company):
    """The three customers whom the workbook's overrides name, and the six whom somebody changed without a record."""
    tiers = tier(company).sort_index()
    medium, high, low = (list(tiers.index[tiers == level]) for level in ("medium", "high", "low"))
    return medium[0], medium[1], high[0], low[:6]


def with_overrides(company, expired="medium", twice="low"):
    """The tiers with the overrides in force; `expired` and `twice` are where people go wrong."""
    first, second, third, _ = touched(company)
    changed = tier(company).copy()
    changed[first], changed[second], changed[third] = "high", expired, twice
    return changed


def values(company, columns=KEY_COLUMNS, days=180, everybody=True):
    customers = company.customers
    ids = customers["customer_id"]
    visits = company.interactions.groupby("customer_id")["interaction_date"].max()
    tiers = tier(company).reindex(ids) if everybody else tier(company)
    return {
        "completeness": kpis.completeness(customers, columns),
        "freshness": kpis.freshness(visits.reindex(ids) if everybody else visits, company.as_of, days),
        "tier_coverage": kpis.tier_coverage(tiers),
    }


def pair(company):
    known = company.customers["birth_year"].notna().any()
    return ["city", "birth_year" if known else "founded_year"]


def crowds(company):
    return privacy.crowd(company.customers, pair(company))


def small_combinations(company):
    sizes = company.customers.groupby(pair(company), dropna=False).size()
    return int((sizes < 10).sum())


@cache
def counts(company):
    segment = rfm.segments8(rfm.rfm_scores(facts(company)))
    city = company.customers.set_index("customer_id")["city"].reindex(segment.index)
    return pd.crosstab(city, segment)


def hidden(company, k=10):
    return int(privacy.suppress_small_cells(counts(company), k).isna().to_numpy().sum())


EXERCISES = [
    Exercise(
        "governance-not-approved",
        answer=lambda company: "b",
        praise=T(
            zh="有道理：明天的活动有批准过的名单可用，规矩也没破。",
            en="Well argued: tomorrow has an approved list, and the rule stands.",
        ),
        mistakes=(
            Mistake(
                lambda company: "a",
                T(
                    zh="编的人自己批，审批就没有意义了。系统也不让：审批人和编制人同名会被退回。",
                    en="When authors approve, approval means nothing. The program refuses it too: author and approver may not be the same.",
                ),
            ),
            Mistake(
                lambda company: "c",
                T(
                    zh="先用后批，一次就成惯例。出了错，谁也说不清当时用的是哪一版。",
                    en="Use first, approve later becomes a habit at once. When something goes wrong, nobody can say which version was in use.",
                ),
            ),
            Mistake(
                lambda company: "d",
                T(
                    zh="全发又回到了老路：预算不够，不该打扰的人也打扰了。上个月的方案还能用。",
                    en="Writing to all is the old way again: the budget does not reach, and people are disturbed who should not be. Last month's scheme will do.",
                ),
            ),
        ),
        rubric=(
            Point(T(zh="用的是批准过的版本", en="an approved version is used"), r"批准|1\.1|approved"),
            Point(T(zh="新版怎么办", en="what becomes of the new version"), r"1\.2|下次|等|wait|next"),
            Point(
                T(zh="以后怎样不再卡住", en="how not to be stuck again"), r"替补|代理|授权|stand-in|deputy"
            ),
        ),
        good=T(
            zh="明天用批准过的 1.1 版，1.2 版等顾明远批完下次用；请他书面指定一位替补，以后不再卡住。",
            en="Tomorrow runs on the approved 1.1; 1.2 waits for approval and the next occasion; he names a stand-in in writing so that we are not stuck again.",
        ),
        weak=T(zh="特事特办，先做了再说。", en="This is urgent; let us just do it."),
        hints=(
            T(
                zh="哪一个选项里，用的是有人批准过的方案，客户也不会被乱打扰？",
                en="In which option is the scheme in use approved by somebody, and nobody disturbed at random?",
            ),
            T(
                zh="库里有一份批准过、上个月刚用过的。",
                en="There is one that was approved and used only last month.",
            ),
        ),
    ),
    Exercise(
        "governance-approved-tier",
        answer=tier,
        praise=T(
            zh="对。线来自批准的文件，下个月重算，用的还是这两条。",
            en="Right. The lines come from the approved file; next month's run takes the very same.",
        ),
        mistakes=(
            Mistake(
                lambda company: cuts.levels(
                    facts(company)["monetary"], cuts.quantile_cuts(facts(company)["monetary"])
                ),
                T(
                    zh="你按今天的客户重新切了线，没有用批准的那两条。线每月跟着客户走，客户没变也会换层。",
                    en="You cut new lines from today's customers instead of taking the approved two. When lines follow the customers, people change tier without having changed.",
                ),
            ),
            Mistake(
                lambda company: cuts.levels(
                    facts(company)["monetary"], lines(company), ("high", "medium", "low")
                ),
                T(
                    zh="三层的名字倒过来了：花得最少的成了“高”。从低到高写。",
                    en="The names are upside down: those who spend least are called high. Write them from low to high.",
                ),
            ),
            Mistake(
                lambda company: cuts.levels(facts(company)["gross"], lines(company)),
                T(
                    zh="你用的是退货之前的金额（`gross`）。方案写的是 `monetary`：退掉的不算。",
                    en="You took the money before returns (`gross`). The scheme says `monetary`: what was returned does not count.",
                ),
            ),
        ),
        hints=(
            T(
                zh="`cuts.levels` 先写数，再写线：到了第一条是中等，到了第二条是高。",
                en="`cuts.levels` takes the numbers, then the lines: the first line makes medium, the second makes high.",
            ),
            T(
                zh='`cuts.levels(money, approved.thresholds["monetary"])`',
                en='`cuts.levels(money, approved.thresholds["monetary"])`',
            ),
        ),
    ),
    Exercise(
        "governance-records",
        answer=with_overrides,
        praise=T(
            zh="对。五条里只有两条生效：一条到期，一条被后来的取代，一条客户已不在。",
            en="Right. Two of the five are in force: one expired, one was replaced, one customer is gone.",
        ),
        mistakes=(
            Mistake(
                lambda company: with_overrides(company, expired="high"),
                T(
                    zh="到期的那条你也用上了：它 20 天前就该退回计算值。",
                    en="You applied the one that has expired: 20 days ago it should have fallen back to the calculated value.",
                ),
            ),
            Mistake(
                lambda company: with_overrides(company, twice="medium"),
                T(
                    zh="同一位客户有两条，以最后记的一条为准：他已搬去国外。",
                    en="One customer has two lines; the last one recorded counts: he moved abroad.",
                ),
            ),
            Mistake(
                tier,
                T(
                    zh="这还是计算值，没有用上任何一条记录。`apply_overrides` 不改原表，要取它返回的 `.table`。",
                    en="These are the calculated tiers; no record was applied. `apply_overrides` leaves the table alone: take the `.table` it returns.",
                ),
            ),
        ),
        hints=(
            T(
                zh="`overrides.apply_overrides` 要表、记录和日子，返回两样：`.table` 和 `.report`。",
                en="`overrides.apply_overrides` takes the table, the records and the day, and returns two things: `.table` and `.report`.",
            ),
            T(
                zh='`overrides.apply_overrides(calculated, recorded, today).table["tier"]`',
                en='`overrides.apply_overrides(calculated, recorded, today).table["tier"]`',
            ),
        ),
    ),
    Exercise(
        "governance-list-differs",
        answer=lambda company: {touched(company)[1], *touched(company)[3]},
        praise=T(
            zh="对，7 位：一位是到期没退回，六位没有任何记录。前者催，后者问。",
            en="Right, 7: one expired and was not put back, six have no record at all. Remind for the first, ask about the others.",
        ),
        mistakes=(
            Mistake(
                lambda company: {*touched(company)[:3], *touched(company)[3]},
                T(
                    zh="你和计算值比了，把有记录、还有效的两位也冤枉了。要和调整之后的层级比。",
                    en="You compared with the calculated tiers and accuse two customers whose records are valid. Compare with the tiers after overrides.",
                ),
            ),
            Mistake(
                lambda company: set(touched(company)[3]),
                T(
                    zh="六位没有记录的找到了，漏了一位：他有记录，但已经到期，名单没有退回。",
                    en="You found the six without a record and missed one: his record has expired, and the list was not put back.",
                ),
            ),
            Mistake(
                lambda company: {touched(company)[0], touched(company)[2]},
                T(
                    zh="这两位有记录、也有效，正是没问题的。找对不上的。",
                    en="These two have valid records; they are just those in order. Find the ones that do not agree.",
                ),
            ),
        ),
        hints=(
            T(
                zh="两列层级一行一行比：`in_use != adjusted` 是真的那些行。",
                en="Compare the two columns row by row: the rows where `in_use != adjusted` is true.",
            ),
            T(
                zh="`list(in_use.index[in_use != adjusted])`；`adjusted` 要先做对。",
                en="`list(in_use.index[in_use != adjusted])`; get `adjusted` right first.",
            ),
        ),
    ),
    Exercise(
        "governance-three-kpis",
        answer=values,
        praise=T(
            zh="对。覆盖率差的那部分，是登记了还没买过的人：他们也该有个说法。",
            en="Right. Those missing from coverage signed up and never bought: they deserve an answer too.",
        ),
        mistakes=(
            Mistake(
                lambda company: values(company, columns=list(company.customers.columns)),
                T(
                    zh="完整率用了所有列。公司用不到的列本来就空着，只看三列关键的。",
                    en="You took all columns for completeness. Columns the company does not use are empty anyway; look at the three that matter.",
                ),
            ),
            Mistake(
                lambda company: values(company, days=30),
                T(
                    zh="及时率用了 30 天。题目是 180 天：多久算旧，要按业务来定。",
                    en="You took 30 days for freshness. It says 180: how old is old depends on the business.",
                ),
            ),
            Mistake(
                lambda company: values(company, everybody=False),
                T(
                    zh="你只数了有互动、有层级的客户，分母少了没买过的人，数字就好看了。",
                    en="You counted only customers with interactions and tiers; without the others in the denominator the numbers look better.",
                ),
            ),
        ),
        hints=(
            T(
                zh="三个函数：`kpis.completeness`、`kpis.freshness`、`kpis.tier_coverage`。",
                en="Three functions: `kpis.completeness`, `kpis.freshness`, `kpis.tier_coverage`.",
            ),
            T(
                zh='`{"completeness": kpis.completeness(customers, key_columns), "freshness": kpis.freshness(last_visit, today, days=180), "tier_coverage": kpis.tier_coverage(tier_of_all)}`，其中 `key_columns` 是三列的列表。',
                en='`{"completeness": kpis.completeness(customers, key_columns), "freshness": kpis.freshness(last_visit, today, days=180), "tier_coverage": kpis.tier_coverage(tier_of_all)}`, where `key_columns` lists the three columns.',
            ),
        ),
    ),
    Exercise(
        "governance-paid-kpi",
        answer=lambda company: "c",
        praise=T(
            zh="有道理：要多拿，只能真的多卖；随手改等级没有用。",
            en="Well argued: the only way to more is to sell more; changing tiers does not help.",
        ),
        mistakes=(
            Mistake(
                lambda company: "a",
                T(
                    zh="课上的李敏就是这样拿到奖金的：往上调三位就行。",
                    en="That is how Li Min got her bonus in the lesson: adjust three upwards, done.",
                ),
            ),
            Mistake(
                lambda company: "b",
                T(
                    zh="要填满很容易：随手乱填。填满和填对是两回事。",
                    en="Filling in is easy: put in anything. Full and right are two things.",
                ),
            ),
            Mistake(
                lambda company: "d",
                T(
                    zh="罚被查出的错，大家就不报错、少交记录。错还在，只是看不见了。",
                    en="Punish errors that are found, and people report none and hand in less. The errors are still there, only out of sight.",
                ),
            ),
        ),
        rubric=(
            Point(T(zh="和谁比", en="compared with what"), r"对照|留出|holdout"),
            Point(
                T(zh="做手脚为什么没用", en="why tricks do not help"),
                r"计算值|改不|别的部门|别人批|calculated|another|somebody else",
            ),
            Point(T(zh="对公司有什么好处", en="what the company gains"), r"多买|多卖|销售|more|sales"),
        ),
        good=T(
            zh="选 c：和留出对照组比，多买的才算；层级按计算值，调整由别的部门批，改了也不多拿。公司付奖金的每一元都对应真的多卖。",
            en="c: only what is bought beyond the holdout counts; tiers are calculated and another department approves overrides, so changing them pays nothing. Each yuan of bonus stands for more sales.",
        ),
        weak=T(zh="c 比较科学，也比较公平。", en="c is more scientific and fairer."),
        hints=(
            T(
                zh="对每个选项问一句：不做好事，怎样也能拿到这个数？",
                en="Ask of each: how could one reach this number without doing any good?",
            ),
            T(
                zh="有一个选项，动手脚的路被两道门堵住了。",
                en="In one of them two doors are shut against tricks.",
            ),
        ),
    ),
    Exercise(
        "governance-exposed",
        answer=lambda company: int((crowds(company) < 10).sum()),
        praise=T(
            zh="对。单看一列都没事，合起来就藏不住这么多人：这份名单不能出门。",
            en="Right. Either column alone is harmless; together so many cannot hide: this list stays in the house.",
        ),
        mistakes=(
            Mistake(
                lambda company: int((crowds(company) == 1).sum()),
                T(
                    zh="这是独一无二的人数。身边只有两三个一样的也不安全，要数不到 10 个的。",
                    en="These are the customers who stand alone. Two or three alike are not safe either: count all below 10.",
                ),
            ),
            Mistake(
                small_combinations,
                T(
                    zh="这是组合的个数。一个组合里有几位客户，就要数几位。",
                    en="That is the number of combinations. Count the customers in them.",
                ),
            ),
            Mistake(
                lambda company: int((privacy.crowd(company.customers, pair(company)[1:]) < 10).sum()),
                T(
                    zh="你只看了第二列。危险在两列合起来：`privacy.crowd(customers, pair)`。",
                    en="You looked at the second column alone. The danger is in both together: `privacy.crowd(customers, pair)`.",
                ),
            ),
            Mistake(
                lambda company: int((crowds(company) <= 10).sum()),
                T(
                    zh="正好 10 个的你也数进去了。“不到 10 个”不含 10。",
                    en="You counted those with exactly 10. Fewer than 10 does not include 10.",
                ),
            ),
        ),
        hints=(
            T(
                zh="`privacy.crowd` 要表和列，给每一行一个数：连自己在内，几个人取值一样。",
                en="`privacy.crowd` takes a table and columns and gives each row a number: how many are alike, itself included.",
            ),
            T(
                zh="`int((privacy.crowd(customers, pair) < 10).sum())`",
                en="`int((privacy.crowd(customers, pair) < 10).sum())`",
            ),
        ),
    ),
    Exercise(
        "governance-agency-letter",
        rubric=(
            Point(
                T(zh="目的或最少：用不上的不给", en="purpose or minimum: what is of no use is not given"),
                r"目的|用不上|最少|最小|purpose|no use|minimum|not need",
            ),
            Point(T(zh="客户的同意", en="the customers' consent"), r"同意|consent|agreed"),
            Point(
                T(zh="给什么：假名、粗一点、人数够", en="what you give: pseudonyms, coarser, enough alike"),
                r"假名|脱敏|年龄段|大区|至少 ?10|pseudonym|age band|region|at least 10|mask",
            ),
            Point(
                T(zh="什么条件：协议、删除、再审批", en="on what terms: agreement, deletion, a new approval"),
                r"协议|删除|审批|另行|agreement|sign|delete|approv",
            ),
        ),
        good=T(
            zh="写文案用不上姓名、生日和金额，客户也没有同意给第三方，所以不给。可以给一份名单：假名、大区、年龄段、等级，每种组合至少 10 人。请先签协议，用完删除；有新目的再单独审批。",
            en="Copy needs no names, birthdays or money, and our customers gave no consent to share them, so we do not. You get pseudonyms, region, age band and tier, at least 10 to each combination. Please sign the agreement and delete the list after use; a new purpose takes a new approval.",
        ),
        weak=T(
            zh="不好意思，公司规定客户资料一律不能外传，请谅解。",
            en="Sorry, our rules do not allow us to pass customer data on. Thank you for understanding.",
        ),
        hints=(
            T(
                zh="不是一句“不行”，而是：不给什么、为什么；给什么；怎么给。",
                en="Not a mere no, but: what not and why; what instead; and how.",
            ),
            T(
                zh="四样：目的、同意、一份够粗的名单、一份协议。",
                en="Four things: purpose, consent, a list coarse enough, an agreement.",
            ),
        ),
    ),
    Exercise(
        "governance-hidden-cells",
        answer=hidden,
        praise=T(
            zh="对。陪着藏的格子不冤：少藏一格，小格子就能减出来。",
            en="Right. Those hidden along are not hidden in vain: show one, and a small cell can be worked out.",
        ),
        mistakes=(
            Mistake(
                lambda company: int(((counts(company) > 0) & (counts(company) < 10)).to_numpy().sum()),
                T(
                    zh="这只是小于 10 的格子。合计减去同一行别的格，又能算出来，要再陪着藏一些。",
                    en="These are the cells below 10 only. The total less the others in the row gives them back: more must be hidden with them.",
                ),
            ),
            Mistake(
                lambda company: privacy.suppress_small_cells(counts(company)).attrs["hidden"]["with_them"],
                T(
                    zh="你只数了陪着藏的，小于 10 的格子本身也要藏。",
                    en="You counted those hidden along only; the cells below 10 are hidden too.",
                ),
            ),
            Mistake(
                lambda company: hidden(company, k=5),
                T(
                    zh="这是以 5 为界的结果，题目以 10 为界。",
                    en="That is with 5 as the limit; it says 10.",
                ),
            ),
        ),
        hints=(
            T(
                zh="`privacy.suppress_small_cells` 会把要藏的格子变成空，连陪着藏的一起。",
                en="`privacy.suppress_small_cells` empties the cells to hide, those hidden along included.",
            ),
            T(
                zh="`privacy.suppress_small_cells(counts, k=10).isna()`，数一数有几格是真。",
                en="`privacy.suppress_small_cells(counts, k=10).isna()`: count the cells that are true.",
            ),
        ),
    ),
]

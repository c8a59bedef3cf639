"""What check() knows about lesson 10."""

from functools import cache

from custseg_helpers.facts.per_customer import order_facts
from custseg_helpers.learn.exercise import Exercise, Mistake, Point
from custseg_helpers.tiers import behaviour, persona, traits, value
from custseg_helpers.words.text import T

FIRST = {"high": "save_money", "medium": "good_value", "low": "quality_first", "unknown": "ask_first"}


@cache
def people(company):
    return traits.traits(company)


@cache
def need(company):
    return traits.need_groups(company)[0]


@cache
def profile(company):
    money = order_facts(company.orders, company.as_of)["monetary"]
    return persona.profile(people(company).drop(columns="main_interest"), need(company), money)


def found(company):
    return profile(company).standouts


def top_group(company):
    return profile(company).sizes["value"].idxmax()


def order_value(company):
    table = found(company)
    return table[(table["group"] == top_group(company)) & (table["feature"] == "average_order_value")].iloc[0]


def benefit(company, everyone=False):
    inside = need(company).index[need(company) == top_group(company)]
    return people(company).loc[slice(None) if everyone else inside, "price_sensitivity"].map(FIRST)


def strongest(company):
    table = found(company)
    more = (table["group"] == top_group(company)) & (table["effect"] > 0) & table["category"].notna()
    return table[more].iloc[0]


def has_it(company, among):
    trait = strongest(company)
    return people(company).loc[among, trait["feature"]] == trait["category"]


def backward(company):
    holders = has_it(company, need(company).index)
    return float((need(company)[holders] == top_group(company)).mean())


@cache
def accounts(company):
    firms = company.owner("contacts")
    facts = order_facts(firms.orders, firms.as_of)
    coverage = behaviour.role_coverage(firms.contacts, facts.index)
    return coverage.assign(grade=value.abc(facts["monetary"]))


def no_decider(company):
    return accounts(company)["missing"].str.contains("decision_maker")


EXERCISES = [
    Exercise(
        "persona-effect-size",
        answer=lambda company: float(order_value(company)["effect"]),
        praise=T(
            zh="对。不到 0.2 就别写上卡片；0.2 到 0.5 写了也别当主打。",
            en="Right. Below 0.2 leave it off the card; from 0.2 to 0.5 write it, but do not lead with it.",
        ),
        mistakes=(
            Mistake(
                lambda company: float(
                    order_value(company)["group_value"] - order_value(company)["rest_value"]
                ),
                T(
                    zh="这是相差多少元。20 元算不算多，要看人与人平常差多少：除以标准差。",
                    en="That is the difference in yuan. Whether 20 yuan are much depends on how much people usually differ: divide by the standard deviation.",
                ),
            ),
            Mistake(
                lambda company: float(order_value(company)["ratio"]),
                T(
                    zh="这是倍数。倍数不管人与人平常差多少。",
                    en="That is the number of times, which does not care how much people usually differ.",
                ),
            ),
            Mistake(
                lambda company: -float(order_value(company)["effect"]),
                T(zh="方向反了：本群减其他客户。", en="The wrong way round: the group less all others."),
            ),
        ),
        hints=(
            T(
                zh="`found` 一行一个特点：先按 `group` 和 `feature` 筛选。",
                en="`found` has one row a trait: filter by `group` and `feature` first.",
            ),
            T(
                zh='`found[(found["group"] == top_group) & (found["feature"] == "average_order_value")]["effect"].iloc[0]`',
                en='`found[(found["group"] == top_group) & (found["feature"] == "average_order_value")]["effect"].iloc[0]`',
            ),
        ),
    ),
    Exercise(
        "persona-most-striking",
        answer=lambda company: float(found(company).loc[found(company)["effect"].abs().idxmax(), "effect"]),
        praise=T(
            zh="对。效应量看的是差出来多少人，不是小数除小数。",
            en="Right. An effect size counts how many people differ, not a small share over a smaller one.",
        ),
        mistakes=(
            Mistake(
                lambda company: float(found(company).loc[found(company)["ratio"].idxmax(), "effect"]),
                T(
                    zh="这还是同事挑的那一行，只是换了一列。倍数最大，多半因为其他客户那边太少。",
                    en="That is still the colleague's row, in another column. Its multiple is large mostly because there are so few among the others.",
                ),
            ),
            Mistake(
                lambda company: float(found(company)["ratio"].max()),
                T(
                    zh="这是最大的倍数，题目要效应量。",
                    en="That is the largest multiple; the effect size is asked.",
                ),
            ),
            Mistake(
                lambda company: float(found(company)["effect"].iloc[0]),
                T(
                    zh="这是表的第一行。表先按群排，再按效应量排，所以第一行只是第 1 群里最大的。",
                    en="That is the first row. The table is sorted by group first, so it is the largest of group 1 only.",
                ),
            ),
        ),
        hints=(
            T(
                zh="正的负的都可能突出：先取绝对值（`abs()`），再找最大的那一行（`idxmax()`）。",
                en="More or less can both be striking: take `abs()` first, then find the row with `idxmax()`.",
            ),
            T(
                zh='`found.loc[found["effect"].abs().idxmax(), "effect"]`',
                en='`found.loc[found["effect"].abs().idxmax(), "effect"]`',
            ),
        ),
    ),
    Exercise(
        "persona-first-sentence",
        answer=lambda company: "b",
        praise=T(
            zh="有道理：一个好处、一个证据，说在她在的地方，也替她省了晚上 11 点的事。",
            en="Well argued: one benefit and one proof, where she is, and it spares her a chore at 11 at night.",
        ),
        mistakes=(
            Mistake(
                lambda company: "a",
                T(
                    zh="她价格敏感度低，不打折也买：这 10% 白送了。",
                    en="Her price sensitivity is low and she buys without discounts: those 10% are a gift.",
                ),
            ),
            Mistake(
                lambda company: "c",
                T(
                    zh="没有好处，还猜了她的身份。也许她是姑姑。",
                    en="No benefit, and a guess at who she is. Perhaps she is the aunt.",
                ),
            ),
            Mistake(
                lambda company: "d",
                T(
                    zh="这是属性清单。客户买的是好处：替她挑一个说。",
                    en="That is a list of features. Customers buy a benefit: choose one for her.",
                ),
            ),
        ),
        rubric=(
            Point(
                T(zh="从她本人的标签出发", en="starts from her own tags"),
                r"敏感度|小程序|晚上|本人|sensitiv|mini program|night|her own",
            ),
            Point(T(zh="说的是好处", en="names a benefit"), r"好处|省|送到|放心|benefit|door|safe|spare"),
            Point(T(zh="有证据", en="has a proof"), r"报告|证据|检验|report|proof|test"),
        ),
        good=T(
            zh="她价格敏感度低、在小程序、晚上才有空，所以先说每月自动送到家这个好处，再给检验报告作证据。",
            en="Her price sensitivity is low, she uses the mini program and has time only at night, so the benefit is delivery to the door every month, with the test report as proof.",
        ),
        weak=T(zh="热情一点，让她感到温暖。", en="Be friendly so that she feels welcome."),
        hints=(
            T(zh="看她本人的三个标签，哪一句对得上？", en="Look at her own three tags: which sentence fits?"),
            T(zh="好处加证据，不打折。", en="A benefit and a proof, no discount."),
        ),
    ),
    Exercise(
        "persona-listeners",
        answer=lambda company: benefit(company).value_counts(),
        praise=T(
            zh="对。同一群里，该先听的话不一样：卡片是起点，不是台词。",
            en="Right. In one group people should hear different things: the card is a start and not a script.",
        ),
        mistakes=(
            Mistake(
                lambda company: benefit(company, everyone=True).value_counts(),
                T(
                    zh="这是所有客户。先只留 `top_group` 这一群的人。",
                    en="These are all customers. Keep the people of `top_group` only.",
                ),
            ),
            Mistake(
                lambda company: benefit(company).value_counts(normalize=True),
                T(zh="这是比例，题目要人数。", en="These are shares; numbers of people are asked."),
            ),
            Mistake(
                lambda company: {benefit(company).mode()[0]: len(benefit(company))},
                T(
                    zh="你给全群的人说了同一句。照每位客户自己的标签来。",
                    en="You say the same sentence to the whole group. Go by each customer's own tag.",
                ),
            ),
            Mistake(
                lambda company: (
                    people(company).loc[benefit(company).index, "price_sensitivity"].value_counts()
                ),
                T(
                    zh="这是价格敏感度的人数，还没换成好处：用 `.map(first)`。",
                    en="These are the levels of price sensitivity, not yet the benefits: use `.map(first)`.",
                ),
            ),
        ),
        hints=(
            T(
                zh="先取群里的人：`need.index[need == top_group]`，再取他们的 `price_sensitivity`。",
                en="First the people of the group, `need.index[need == top_group]`, then their `price_sensitivity`.",
            ),
            T(
                zh='`people.loc[members, "price_sensitivity"].map(first).value_counts()`',
                en='`people.loc[members, "price_sensitivity"].map(first).value_counts()`',
            ),
        ),
    ),
    Exercise(
        "persona-backward",
        answer=backward,
        praise=T(
            zh="对。凭这个特点猜群，猜错的有多少，心里有数了。",
            en="Right. Now you know how often guessing the group by this trait goes wrong.",
        ),
        mistakes=(
            Mistake(
                lambda company: float(strongest(company)["group_value"]),
                T(
                    zh="这是群里有多少人有这个特点，就是印出来的那个数。倒过来：有这个特点的人里，多少在群里。",
                    en="That is how many of the group have the trait, the number printed. The other way round: how many with the trait are in the group.",
                ),
            ),
            Mistake(
                lambda company: float(
                    (
                        need(company).reindex(people(company).index)[has_it(company, people(company).index)]
                        == top_group(company)
                    ).mean()
                ),
                T(
                    zh="你把来得少、没有群的客户也算进了分母。只在 `need` 里的人中间数。",
                    en="You counted customers without a group as well. Count among those in `need` only.",
                ),
            ),
            Mistake(
                lambda company: float((need(company) == top_group(company)).mean()),
                T(
                    zh="这是这一群占多少人，还没看特点。",
                    en="That is how many belong to the group; the trait has not been looked at.",
                ),
            ),
            Mistake(
                lambda company: float(strongest(company)["rest_value"]),
                T(
                    zh="这是其他客户里有这个特点的占比。",
                    en="That is the share with the trait among all others.",
                ),
            ),
        ),
        hints=(
            T(
                zh="先找出有这个特点的人（分母），再看其中多少在 `top_group`。",
                en="First those who have the trait (the whole), then how many of them are in `top_group`.",
            ),
            T(
                zh="`has_it = people.loc[need.index, feature] == category`，再算 `(need[has_it] == top_group).mean()`。",
                en="`has_it = people.loc[need.index, feature] == category`, then `(need[has_it] == top_group).mean()`.",
            ),
        ),
    ),
    Exercise(
        "persona-usable-tag",
        answer=lambda company: "b",
        praise=T(
            zh="有道理：是他做过的事，念得出口，还尊重了说过“别打扰”的人。",
            en="Well argued: it is what people did, it can be said aloud, and it respects those who asked to be left alone.",
        ),
        mistakes=(
            Mistake(
                lambda company: "a",
                T(
                    zh="多数收到的人不买母婴，爸爸和爷爷又全漏了；性别和年龄是生来的。",
                    en="Most who get it do not buy baby goods, and dads and grandads are all missed; sex and age are given by birth.",
                ),
            ),
            Mistake(
                lambda company: "c",
                T(
                    zh="从名字猜性别，再从性别猜需要：猜了两次，错上加错。",
                    en="A guess from name to sex, and another from sex to need: one error on top of the other.",
                ),
            ),
            Mistake(
                lambda company: "d",
                T(
                    zh="同样的人，因为住在哪里看到不同的价钱：第 24 条管的正是这个。",
                    en="People alike see another price because of where they live: that is what article 24 is about.",
                ),
            ),
        ),
        rubric=(
            Point(
                T(zh="看得见的行为", en="behaviour that can be seen"),
                r"行为|做过|看过|买过|did|looked|bought|behaviou?r",
            ),
            Point(
                T(zh="不按生来的特点", en="not by birth"), r"性别|年龄|名字|生来|\bsex\b|\bage\b|name|birth"
            ),
            Point(T(zh="尊重拒绝", en="respects a refusal"), r"打扰|拒绝|同意|refus|alone|consent"),
        ),
        good=T(
            zh="看过、买过是他做过的事，比性别年龄猜得准；说过别打扰的人不发。",
            en="Looked and bought is what they did and hits better than sex and age; whoever asked to be left alone gets nothing.",
        ),
        weak=T(zh="这个名单最大。", en="This list is the longest."),
        hints=(
            T(zh="一个一个问那四句。", en="Ask the four questions of each."),
            T(zh="哪一个写的是他做过什么？", en="Which one says what people did?"),
        ),
    ),
    Exercise(
        "persona-deciders-to-meet",
        answer=lambda company: int(((accounts(company)["grade"] == "A") & no_decider(company)).sum()),
        praise=T(
            zh="对。这就是一张拜访名单：目标不是签单，是认识拍板的人。",
            en="Right. That is a list of visits, whose aim is not to sign but to meet the one who decides.",
        ),
        mistakes=(
            Mistake(
                lambda company: int(no_decider(company).sum()),
                T(
                    zh="这是所有客户。先看价值标签是 A 的。",
                    en="These are all accounts. Look at those with value tag A.",
                ),
            ),
            Mistake(
                lambda company: int(
                    ((accounts(company)["grade"] == "A") & (accounts(company)["missing"] != "")).sum()
                ),
                T(
                    zh="你把缺任何一种角色的都算了。只数缺决策者的。",
                    en="You counted accounts that miss any role. Count those without a decision maker only.",
                ),
            ),
            Mistake(
                lambda company: int(
                    ((accounts(company)["grade"] == "A") & (accounts(company)["contacts"] == 0)).sum()
                ),
                T(
                    zh="这是一个联系人都没有的。有联系人、可是没有决策者的，也不知道谁拍板。",
                    en="Those have no contact at all. Accounts with contacts but no decision maker count as well.",
                ),
            ),
            Mistake(
                lambda company: int(((accounts(company)["grade"] == "A") & ~no_decider(company)).sum()),
                T(zh="反了：这是知道决策者的。", en="The wrong way round: here the decision maker is known."),
            ),
        ),
        hints=(
            T(
                zh="`behaviour.role_coverage` 的 `missing` 列写着缺哪些角色；`.str.contains` 看里面有没有某个词。",
                en="The column `missing` of `behaviour.role_coverage` names the roles nobody fills; `.str.contains` looks for a word in it.",
            ),
            T(
                zh='`((account_grade == "A") & coverage["missing"].str.contains("decision_maker")).sum()`',
                en='`((account_grade == "A") & coverage["missing"].str.contains("decision_maker")).sum()`',
            ),
        ),
    ),
    Exercise(
        "persona-to-staff",
        rubric=(
            Point(
                T(zh="卡片是一群人的倾向", en="the card is a tendency of a group"),
                r"倾向|一群人|平均|tendency|group|average",
            ),
            Point(
                T(zh="先看本人", en="look at the person first"),
                r"本人|自己的标签|今天在看|own tags?|the person|first at",
            ),
            Point(
                T(
                    zh="不一样时听本人的，并改卡片",
                    en="when they differ, go by the person and correct the card",
                ),
                r"听本人|以本人|改|correct|go by|change",
            ),
            Point(
                T(zh="不按身份猜", en="no guessing at who they are"),
                r"宝妈|性别|年龄|猜|mum|sex|age|guess",
            ),
        ),
        good=T(
            zh="卡片是一群人的倾向。见到本人先看他自己的标签；不一样就听本人的，再回来改卡片。别叫“宝妈”，别按性别年龄猜。",
            en="The card is a tendency of a group. Look first at the person's own tags; when they differ, go by the person and correct the card. Do not say mum, do not guess by sex or age.",
        ),
        weak=T(
            zh="对，照卡片说就行，卡片是数据算出来的。",
            en="Yes, just say what is on it; it comes from the data.",
        ),
        hints=(
            T(
                zh="卡片最下面那一行小字写着什么？",
                en="What does the small print at the bottom of the card say?",
            ),
            T(
                zh="四句：一群人的倾向；先看本人；不一样听本人；不猜身份。",
                en="Four sentences: a tendency of a group; the person first; go by the person; no guessing who they are.",
            ),
        ),
    ),
]

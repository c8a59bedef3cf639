"""What check() knows about lesson 01: the answers, the mistakes people make, and the hints."""

from functools import cache

import pandas as pd

from custseg_helpers.learn.exercise import Exercise, Mistake, Point
from custseg_helpers.tags.apply import apply_tags, tag_coverage
from custseg_helpers.tags.catalogue import parse_catalogue
from custseg_helpers.tags.table import customer_table
from custseg_helpers.words.text import T

START = {
    "frequent_buyer": "frequency >= 5",
    "dormant_90": "recency_days > 90",
    "high_spender": "monetary >= 2000",
    "cart_filler": "carts >= 2",
    "dissatisfied": "satisfaction <= 2.5",
}
MORE = {
    "prospect": "frequency is missing",
    "deal_seeker": "frequency >= 3 and discount_share >= 0.6",
    "campaign_buyer": "converted >= 1",
    "high_value_at_risk": "high_spender and dormant_90",
}
FAULTS = {
    "dead_tag": "super_guest",
    "overlapping_tag": "asleep",
    "private": "hard_up",
    "no_action": "some_lines",
}


@cache
def table(company):
    return customer_table(company)


def tagged(company, **rules):
    """Put tags with these rules on every customer; what else a tag needs does not matter here."""
    rest = "family: value, type: rule, sensitivity: internal"
    lines = [
        f"- {{code: {code}, name: {code}, definition: x, {rest}, rule: {rules[code]}}}" for code in rules
    ]
    return apply_tags(parse_catalogue("\n".join(lines)), table(company))


def coverage(company, **changed):
    city = table(company)["city"].rename("home_city")
    with_city = pd.concat([city, tagged(company, **START | MORE | changed)], axis=1)
    return tag_coverage(with_city)


def repeat(company, rule="frequency >= 2"):
    return tagged(company, repeat_buyer=rule)["repeat_buyer"]


def pair(company):
    both = tagged(company, **START)[["frequent_buyer", "high_spender"]]
    return both.all(axis=1).sum(), both.any(axis=1).sum(), both.sum()


def how_many(company):
    return tagged(company, **START).sum(axis=1)


EXERCISES = [
    Exercise(
        "tags-frequent-share",
        answer=lambda company: (table(company)["frequency"] >= 5).mean(),
        praise=T(
            zh="对。覆盖率的分母永远是全部客户，这样两个标签才能放在一起比。",
            en="Right. The denominator of a coverage is always all customers; that is what makes two tags comparable.",
        ),
        mistakes=(
            Mistake(
                lambda company: (table(company)["frequency"].dropna() >= 5).mean(),
                T(
                    zh="你只除以了下过单的人。没下过单的也是客户，也在分母里，不然占比会偏高。",
                    en="You divided by those who ordered. Customers without an order are customers too; without them the share comes out too high.",
                ),
            ),
            Mistake(
                lambda company: (table(company)["frequency"] > 5).mean(),
                T(
                    zh="“至少 5 单”包括正好 5 单：用 `>=`，不是 `>`。差一个等号，名单就少一批人。",
                    en="“At least 5” includes exactly 5: use `>=`, not `>`. One sign less, and part of the list is gone.",
                ),
            ),
            Mistake(
                lambda company: int((table(company)["frequency"] >= 5).sum()),
                T(
                    zh="这是人数，不是占比。把 `sum` 换成 `mean`。",
                    en="This is the number of people, not the share. Use `mean` in place of `sum`.",
                ),
            ),
        ),
        hints=(
            T(
                zh='`table["frequency"] >= 5` 给每位客户一个“是”或“否”，空着的算“否”。',
                en='`table["frequency"] >= 5` gives each customer a yes or a no; an empty cell gives a no.',
            ),
            T(
                zh='“是”算 1，求平均就是占比：`(table["frequency"] >= 5).mean()`。',
                en='A yes counts 1, and the mean is the share: `(table["frequency"] >= 5).mean()`.',
            ),
        ),
    ),
    Exercise(
        "tags-minds-price",
        answer=lambda company: "b",
        praise=T(
            zh="有道理：看他怎么花钱，而不是猜他是什么人；明天就能用，谁算都一样。",
            en="Well argued: it looks at how people spend instead of guessing what they are; it works tomorrow and comes out the same for all.",
        ),
        mistakes=(
            Mistake(
                lambda company: "a",
                T(
                    zh="店员记得住的只有几十位，三千位会员大多没人说得上；换一个店员，名单又变了。人工标签留给数据里看不到的事。",
                    en="Staff remember a few dozen; of three thousand members most are known to nobody, and other staff would tick others. Keep manual tags for what no data show.",
                ),
            ),
            Mistake(
                lambda company: "c",
                T(
                    zh="这是拿年龄猜人，猜错了得罪人；年龄还是个人信息。我们手里明明有他怎么花钱的记录。",
                    en="That guesses by age, offends where it is wrong, and age is personal information. We have records of how people really spend.",
                ),
            ),
            Mistake(
                lambda company: "d",
                T(
                    zh="清仓就在下周。先用一条说得清的规则，以后的模型要比它强，才值得换。",
                    en="The clearance is next week. Begin with a rule that can be explained; a later model must beat it to be worth the change.",
                ),
            ),
        ),
        rubric=(
            Point(
                T(zh="凭什么说他看重价格", en="what shows that they mind the price"),
                r"折扣|打折|discount|spen",
            ),
            Point(
                T(zh="谁来算都一样", en="it comes out the same for everyone"),
                r"一样|规则|说得清|same|rule|explain",
            ),
            Point(
                T(zh="别的办法差在哪里", en="what is wrong with the others"), r"猜|印象|年龄|guess|age|staff"
            ),
        ),
        good=T(
            zh="用规则：买过两单以上、70% 以上的钱花在打折商品上，是他自己的行为，谁来算都一样。凭印象勾选只覆盖几十位，按年龄是猜。",
            en="Take the rule: two orders or more and over 70% of the money at a discount is their own doing and comes out the same for everyone. Ticks from memory cover a few dozen, and age is a guess.",
        ),
        weak=T(zh="选 b，因为比较科学。", en="I choose b because it is more scientific."),
        hints=(
            T(
                zh="问自己：换一个人来做，名单会变吗？下周来得及吗？",
                en="Ask yourself: would the list change with another person? Will it be ready next week?",
            ),
            T(
                zh="订单里已经有每位客户花在折扣上的钱。",
                en="The orders already tell what each customer spent at a discount.",
            ),
        ),
    ),
    Exercise(
        "tags-first-tag",
        answer=repeat,
        praise=T(
            zh="对。你写下了第一个谁来算都一样的标签。",
            en="Right. You have written your first tag that comes out the same whoever computes it.",
        ),
        mistakes=(
            Mistake(
                lambda company: repeat(company, "frequency > 2"),
                T(
                    zh="正好 2 单的人也是回头客：“至少 2”写 `>= 2`。",
                    en="Those with exactly 2 orders came back too: “at least 2” is `>= 2`.",
                ),
            ),
            Mistake(
                lambda company: repeat(company, "frequency == 2"),
                T(
                    zh="`== 2` 只要正好 2 单的人，买过 30 单的反而不算。用 `>=`。",
                    en="`== 2` takes exactly 2 orders; whoever ordered 30 times is out. Use `>=`.",
                ),
            ),
            Mistake(
                lambda company: repeat(company, "lines >= 2"),
                T(
                    zh="`lines` 是明细行：一次买两样东西就成了“回头客”。要数订单：`frequency`。",
                    en="`lines` counts order lines: who bought two things at once would have “come back”. Count orders: `frequency`.",
                ),
            ),
            Mistake(
                lambda company: repeat(company)[table(company)["frequency"].notna()],
                T(
                    zh="没下过单的客户不见了。标签要给**每位**客户一个答案：直接用整张 `table`。",
                    en="Customers without an order have gone. A tag answers for **every** customer: use the whole `table`.",
                ),
            ),
        ),
        hints=(
            T(
                zh="先把课上的 `short` 抄过来，改代码、名称、大类、规则和定义；逗号要半角。",
                en="Copy `short` from the lesson and change its code, name, family, rule and definition; mind the commas.",
            ),
            T(
                zh='规则是 `frequency >= 2`；最后一行 `apply_tags(parse_catalogue(mine), table)["repeat_buyer"]`。',
                en='The rule is `frequency >= 2`; the last line `apply_tags(parse_catalogue(mine), table)["repeat_buyer"]`.',
            ),
        ),
    ),
    Exercise(
        "tags-colleague-list",
        answer=lambda company: int(table(company)["recency_days"].isna().sum()),
        praise=T(
            zh="对。他们从没下过单，收到“好久不见”会莫名其妙；该发的是首单礼。",
            en="Right. They never ordered, and a “long time no see” would puzzle them; a first-order gift is what they should get.",
        ),
        mistakes=(
            Mistake(
                lambda company: int((~(table(company)["recency_days"] <= 90)).sum()),
                T(
                    zh="这是整份名单的人数。里面大多数人确实 90 天没来，只有一部分不该在。",
                    en="This is everybody on the list. Most of them have really stayed away for 90 days; only some should not be there.",
                ),
            ),
            Mistake(
                lambda company: int((table(company)["recency_days"] > 90).sum()),
                T(
                    zh="这是**该**在名单上的人数。题目问不该在的。",
                    en="These are the people who **should** be on it. Those who should not are asked about.",
                ),
            ),
            Mistake(
                lambda company: 0,
                T(
                    zh="看看名单里天数空着的那几行：他们的订单数也空着。“不知道”被当成了“没来”。",
                    en="Look at the lines without a number of days: their orders are empty too. Not known was taken for a no.",
                ),
            ),
        ),
        hints=(
            T(
                zh="名单里有些人的天数是空的。他们下过单吗？",
                en="Some people on the list have no number of days. Did they ever order?",
            ),
            T(
                zh='`isna()` 问“空着吗”：`(away & table["recency_days"].isna()).sum()`。',
                en='`isna()` asks “is it empty?”: `(away & table["recency_days"].isna()).sum()`.',
            ),
        ),
    ),
    Exercise(
        "tags-coverage",
        answer=coverage,
        praise=T(
            zh="对，十个标签齐了。下一步看：哪个太宽，哪个太窄，哪两个说的是一回事。",
            en="Right, ten tags. Next, see which is too wide, which too narrow, and which two say the same.",
        ),
        mistakes=(
            Mistake(
                lambda company: coverage(company, prospect="frequency == 0"),
                T(
                    zh="`prospect` 一个人也没有：没下过单的人，`frequency` 不是 0，是空着。写 `frequency is missing`。",
                    en="Nobody is a `prospect`: without an order `frequency` is not 0 but empty. Write `frequency is missing`.",
                ),
            ),
            Mistake(
                lambda company: coverage(company, deal_seeker="frequency >= 3 and discount_share >= 60"),
                T(
                    zh="`deal_seeker` 成了死标签：`discount_share` 是 0 到 1 的小数，60% 写成 `0.6`。",
                    en="`deal_seeker` is dead: `discount_share` is a share between 0 and 1, so 60% is `0.6`.",
                ),
            ),
            Mistake(
                lambda company: coverage(company, deal_seeker="frequency >= 3 or discount_share >= 0.6"),
                T(
                    zh="`deal_seeker` 太宽了：“并且”写 `and`。写 `or` 的话，买过 3 单的原价客户也算。",
                    en="`deal_seeker` is too wide: use `and`. With `or` anyone with 3 orders at full price counts too.",
                ),
            ),
            Mistake(
                lambda company: coverage(company, high_value_at_risk="high_spender or dormant_90"),
                T(
                    zh="`high_value_at_risk` 要两个标签都有：用 `and`。写 `or`，店长就要给一半会员打电话。",
                    en="`high_value_at_risk` needs both tags: use `and`. With `or` the store manager would have to call half the members.",
                ),
            ),
        ),
        hints=(
            T(
                zh="一个一个加，每加一个就运行一次，看覆盖率合不合常理。",
                en="Add one at a time, run after each, and see whether its coverage makes sense.",
            ),
            T(
                zh="四条规则：`frequency is missing`；`frequency >= 3 and discount_share >= 0.6`；`converted >= 1`；`high_spender and dormant_90`。",
                en="The four rules: `frequency is missing`; `frequency >= 3 and discount_share >= 0.6`; `converted >= 1`; `high_spender and dormant_90`.",
            ),
        ),
    ),
    Exercise(
        "tags-overlap",
        answer=lambda company: pair(company)[0] / pair(company)[1],
        praise=T(
            zh="对。两个标签不是一批人：有人来得勤花得少，有人难得来一次花得多。两个都留。",
            en="Right. They are not the same people: some come often and spend little, some come rarely and spend much. Keep both.",
        ),
        mistakes=(
            Mistake(
                lambda company: pair(company)[0] / pair(company)[2]["frequent_buyer"],
                T(
                    zh="你除以了高频客户的人数。这样算，换一下先后，答案就不同；除以“至少有一个”的人数。",
                    en="You divided by the frequent buyers. Then the answer depends on which tag comes first; divide by those with at least one.",
                ),
            ),
            Mistake(
                lambda company: pair(company)[0] / pair(company)[2]["high_spender"],
                T(
                    zh="你除以了高消费客户的人数。要除以“至少有一个”的人数：`|`。",
                    en="You divided by the high spenders. Divide by those with at least one: `|`.",
                ),
            ),
            Mistake(
                lambda company: pair(company)[0] / len(table(company)),
                T(
                    zh="你除以了全部客户。两个标签都很窄时，这个数总是很小，看不出像不像。",
                    en="You divided by all customers. For two narrow tags that is always small and does not show how alike they are.",
                ),
            ),
            Mistake(
                lambda company: pair(company)[0] / pair(company)[2].sum(),
                T(
                    zh="两个标签的人数直接相加，都有的人被数了两遍。用 `|` 数“至少有一个”。",
                    en="Adding the two numbers counts those with both twice. Count those with at least one by `|`.",
                ),
            ),
        ),
        hints=(
            T(
                zh='`tagged["frequent_buyer"] & tagged["high_spender"]` 是两个都有的人。',
                en='`tagged["frequent_buyer"] & tagged["high_spender"]` are those with both.',
            ),
            T(
                zh="把 `&` 换成 `|` 就是至少有一个的人；两个 `.sum()` 相除。",
                en="With `|` in place of `&` you get those with at least one; divide the two `.sum()`.",
            ),
        ),
    ),
    Exercise(
        "tags-bad-tags",
        answer=lambda company: FAULTS,
        praise=T(
            zh="对。停用不是删记录：写明哪天停、为什么、用什么代替。",
            en="Right. To retire a tag is not to wipe it out: write down when, why, and what takes its place.",
        ),
        mistakes=(
            Mistake(
                lambda company: FAULTS | {"overlapping_tag": "quiet"},
                T(
                    zh="`quiet` 在前，`asleep` 是后来抄它的那个：留下先有的，停用后来的。",
                    en="`quiet` was there first and `asleep` repeats it: keep the earlier one, retire the later.",
                ),
            ),
            Mistake(
                lambda company: FAULTS | {"dead_tag": "hard_up"},
                T(
                    zh="`hard_up` 人少，但不是没有人。死标签是一个人也没有的那个。",
                    en="`hard_up` has few people, but it has some. A dead tag has nobody at all.",
                ),
            ),
            Mistake(
                lambda company: FAULTS | {"private": "some_lines", "no_action": "hard_up"},
                T(
                    zh="这两个反了：`hard_up` 猜别人有没有钱，涉及敏感个人信息，用途倒写了；`some_lines` 没写拿它做什么。",
                    en="These two are swapped: `hard_up` guesses at people's money, which is sensitive, and does say what it is for; `some_lines` says nothing of its use.",
                ),
            ),
            Mistake(
                lambda company: FAULTS | {"no_action": "super_guest", "dead_tag": "some_lines"},
                T(
                    zh="这两个反了：`super_guest` 要 1,000 张订单，没有人有；`some_lines` 有人有，只是没写用途。",
                    en="These two are swapped: `super_guest` asks for 1,000 orders and nobody has it; `some_lines` has people but no use.",
                ),
            ),
        ),
        hints=(
            T(
                zh="运行 `check_catalogue(…)`，看 `tag` 和 `finding` 两列。",
                en="Run `check_catalogue(…)` and look at the columns `tag` and `finding`.",
            ),
            T(
                zh="没有人下过 1,000 单，所以死的是 `super_guest`；重叠的那一行会说和谁重叠，停用的是 `tag` 那一列的那个。",
                en="Nobody has 1,000 orders, so `super_guest` is dead; the line on overlap names its twin, and the one to retire stands in the column `tag`.",
            ),
        ),
    ),
    Exercise(
        "tags-retire",
        rubric=(
            Point(
                T(
                    zh="准不准：这只是猜，别的原因也说得通",
                    en="how accurate: a guess, other reasons would do too",
                ),
                r"猜|不准|可能是|不一定|guess|other reason|may have|might|does not mean",
            ),
            Point(
                T(
                    zh="客户知道了会怎样，或者需要本人同意",
                    en="what customers would feel, or that their consent is needed",
                ),
                r"冒犯|生气|反感|同意|隐私|敏感|不舒服|信任|insult|offend|angry|upset|consent|privacy|sensitive|trust",
            ),
            Point(
                T(zh="改成怎样做", en="what to do instead"),
                r"改成|改为|换成|公开|问一|直接问|instead|openly|ask them|ask why|offer",
            ),
        ),
        good=T(
            zh="它只是猜：退过货、半年没来，可能只是搬家了。客户知道我们猜他没钱会反感，这还是敏感个人信息，要本人同意。停用它，改成对所有人公开分期付款。",
            en="It is a guess: whoever returned goods and stayed away may simply have moved. Customers would be offended, and it is sensitive information that needs their consent. Retire it and offer instalments openly to all.",
        ),
        weak=T(
            zh="这个标签不太好，建议市场部以后不要再使用了，谢谢理解。",
            en="This tag is not very good, and marketing had better stop using it. Thank you.",
        ),
        hints=(
            T(
                zh="替客户想：他退过货、半年没来，还可能是什么原因？",
                en="Think as the customer: what other reasons are there to return goods and stay away?",
            ),
            T(
                zh="三句：它只是猜；客户知道了会怎样、要不要他同意；改成怎样做。",
                en="Three sentences: it is a guess; how customers would take it and whether they agreed; what to do instead.",
            ),
        ),
    ),
    Exercise(
        "tags-blind-spot",
        answer=lambda company: (how_many(company) == 0).mean(),
        praise=T(
            zh="对。盲区不必清零：先问一句，这些人里有没有值得多了解的，再决定补哪一类标签。",
            en="Right. A blind spot need not be nil: ask first whether anyone in it is worth knowing better, then which family of tags to add.",
        ),
        mistakes=(
            Mistake(
                lambda company: 0,
                T(
                    zh="你把 `home_city` 也数进去了：人人都有城市，盲区就成了 0。城市没告诉你该对他做什么，先去掉这一列。",
                    en="You counted `home_city` too: everybody has one, so the blind spot came out as 0. A city does not tell what to do: drop that column first.",
                ),
            ),
            Mistake(
                lambda company: (how_many(company) > 0).mean(),
                T(
                    zh="这是至少有一个标签的客户。盲区是一个也没有的。",
                    en="These are customers with at least one tag. The blind spot has none.",
                ),
            ),
            Mistake(
                lambda company: (how_many(company) == 1).mean(),
                T(
                    zh="这是正好有一个标签的客户。要找加起来等于 0 的。",
                    en="These are customers with exactly one tag. Look for those whose tags add up to 0.",
                ),
            ),
            Mistake(
                lambda company: int((how_many(company) == 0).sum()),
                T(
                    zh="这是人数，不是比例。用 `mean`。",
                    en="This is a number of people, not a share. Use `mean`.",
                ),
            ),
        ),
        hints=(
            T(
                zh='先用 `tagged.drop(columns="home_city")` 去掉城市，再数每位客户有几个标签。',
                en='Drop the city with `tagged.drop(columns="home_city")`, then count the tags of each customer.',
            ),
            T(
                zh="`.sum(axis=1)` 一行一行地加，等于 0 的就是盲区；再求 `.mean()`。",
                en="`.sum(axis=1)` adds up line by line; 0 is the blind spot; then take the `.mean()`.",
            ),
        ),
    ),
]

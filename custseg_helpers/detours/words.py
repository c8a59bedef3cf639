"""What is said of each detour; `{new}` is what was done, `{old}` what is asked."""

from custseg_helpers.words.glossary import glossary, term
from custseg_helpers.words.text import T

IN = T(
    zh="你的结果是 `{new}` 的：恰好落在线上的也算进去了。这里要 `{old}`，恰好在线上的不算。",
    en="Yours is what `{new}` gives: those exactly on the line are counted in. Asked is `{old}`: those exactly on it are out.",
)
OUT = T(
    zh="你的结果是 `{new}` 的：恰好落在线上的没算进去。这里要 `{old}`，恰好在线上的也算。",
    en="Yours is what `{new}` gives: those exactly on the line are left out. Asked is `{old}`: those exactly on it are in.",
)
OPPOSITE = T(
    zh="条件反了，你取的是另一边：符合的是 `{old}`，你的是其余的（不符合的）。",
    en="The condition is turned round: `{old}` says who is meant, and yours are the others, the opposite side.",
)
MEAN_OF_RATIOS = T(
    zh="这是每一行先相除、再求平均。这里要先各自合计，再用 `{one}` 除以 `{other}`：大的该占大的分量。",
    en="That is the mean of each row's quotient. Add up first, then divide `{one}` by `{other}`: what is large weighs more.",
)
ON_THE_WAY = T(
    zh="你给的是 `{old}` 的{new}：这是中间一步的数。这里问的不是它。",
    en="What you gave is {new} of `{old}`, a step on the way. Another measure is asked.",
)
BY_NUMBER = T(
    zh="多除了一次：你除以了 `{new}`（{n}），这里要数目本身。",
    en="Yours is divided by `{new}` ({n}) once more: for each one of it. The number itself is asked.",
)
MULTIPLIED = T(
    zh="你把 `{one}` 和 `{other}` 相乘了。这里要相除。",
    en="Yours is `{one}` times `{other}`, multiplied. Asked is the one divided by the other.",
)
TAKEN_OFF = T(
    zh="你从 `{one}` 里减去了 `{other}`。这里要加。",
    en="`{other}` was taken off `{one}`. Asked is the two added.",
)
SEED = T(
    zh="抽签用的种子（seed）不同：你用的是 {new}，这里是 {old}，所以抽出来的人不一样。",
    en="The seed of the draw is another one, {new} in place of {old}: so other customers are drawn.",
)
ONE_END = T(
    zh="你的结果是 `{new}` 的：范围只管住了一头，或者取了范围以外的。这里要 {old}，两头都管。",
    en="Yours is what `{new}` gives: one end of the range alone. Asked are those within both ends, {old}.",
)
CONVERSE = T(
    zh="反过来了：你的是 `{new}`。这里要 `{old}`：在后面那一群人（行）里看前面那个条件，而不是倒过来。",
    en="The wrong way round: yours is `{new}`. Asked is `{old}`: among the latter, how many of the former, and not the converse.",
)
GROUPS_SWAPPED = T(
    zh="反过来了：你是按{new}分的组。这里要按{old}分组，看各组的{new}，而不是倒过来。",
    en="The wrong way round: yours is grouped by {new}. Asked is {new} in the groups by {old}, and not the converse.",
)
SAME_TWICE = T(
    zh="你的结果和两处都用 `{new}` 时一样。其中一处应该是 `{old}`。",
    en="Yours is what comes out with `{new}` in both places. One of them should be `{old}`.",
)
SETTING_LEFT = T(
    zh="漏了一项设置，用的是默认值。这里要写上 `{old}`。",
    en="A setting is left out, so the default was used. Asked is `{old}`.",
)
BY_ROW = T(
    zh="方向反了：你是每一行算一个数。这里每一列算一个：`{old}`，不要 `axis=1`。",
    en="That is one value for each row. One for each column is asked: `{old}`, without `axis=1`.",
)
BY_COLUMN = T(
    zh="方向反了：你是每一列算一个数。这里每一行算一个：`{old}`，`axis=1` 不能少。",
    en="That is one value for each column. One for each row is asked: `{old}`, with `axis=1`.",
)
SORTED = T(
    zh="你是按另一列排的序：{new}。这里要按 {old} 排。",
    en="Yours is sorted by another column: {new}. Asked is the order by {old}.",
)
ONE_LABEL = T(
    zh="你只取了一组：{new}。这里要的是 `{old}`，其余的组都算。",
    en="Yours takes one group alone: {new}. Asked are all of `{old}`.",
)
NUMBER_OF_THOSE = T(
    zh="这是符合 `{new}` 的个数（人数、行数）。这里问的不是它。",
    en="That is how many there are with `{new}`: a number of people or rows. Another measure is asked.",
)
SHARE_OF_THOSE = T(
    zh="这是符合 `{new}` 的占全部的比例。这里问的不是它。",
    en="That is the share of all that have `{new}`. Another measure is asked.",
)
MEASURED_OF_THOSE = T(
    zh="你给的是符合 `{which}` 的那些的{column}的{new}（`{table}`）。这里问的不是它。",
    en="What you gave is {new} of {column} in `{table}`, of those with `{which}`. Another measure is asked.",
)
SHARE_OF_SUM = T(
    zh="这是占比：除以了全部{column}的合计（`{table}`）。这里要的是数目（金额）本身，不用除。",
    en="That is a share: divided by the sum of all {column} in `{table}`. Asked is the amount itself, not divided.",
)
NUMBER = T(
    zh="你的结果是把 {old} 换成 {new} 得出来的：这里的数（界线、期限）是 {old}，见 `{where}`。",
    en="Yours comes out with {new} in place of {old}: the number (line, limit, period) asked for is {old}, as in `{where}`.",
)
NEXT_NUMBER = T(
    zh="你的结果是把 {old} 换成 {new} 得出来的：这里的数是 {old}，见 `{where}`。恰好在线上的、最边上的那一个，是不是多算或漏算了？",
    en="Yours comes out with {new} in place of {old}: asked is {old}, as in `{where}`. Are those exactly on the line, or the one at the end, counted wrongly?",
)
RANGE = T(
    zh="你的结果是 `{new}` 的，线附近的也算进去了。这里只要正好的：`{old}`。",
    en="Yours is what `{new}` gives: those beside the line are counted in. Asked are only those exactly on it: `{old}`.",
)
LEFT_OUT = T(
    zh="漏了一列：{old}。这里它也要用上。",
    en="One column is left out: {old}. It is needed, too.",
)
OTHER_ORDER = T(
    zh="次序不同：你的结果是按 {new} 排的。这里的次序是 {old}，次序不同，结果也不同。",
    en="The order is another: yours comes out with {new}. Asked is {old}: here the order matters.",
)
COLUMNS_FOR_ROWS = T(
    zh="这是 `{old}` 的列数。这里要数行。",
    en="That is how many columns `{old}` has. Count its rows.",
)
SHARE_OF = T(
    zh="这是比例：数目除以了 {n}（`{new}`）。这里要的是数目（人数、个数）本身，不用除。",
    en="That is a share: the number divided by {n} (`{new}`). Asked is the number itself, the count, not divided.",
)
REST_OF = T(
    zh="反了，这是 `{new}`（{n}）里其余的、不符合的个数。要的是另一边。",
    en="That is the other side: the rest of `{new}` ({n}), those for whom it does not hold. Asked are those for whom it does.",
)
COUNT_OF = T(
    zh="这是数目（人数、个数），还没有除以 {n}（`{new}`）。这里要的是比例（占比）。",
    en="That is the number, a count, not yet divided by {n} (`{new}`). A share is asked.",
)
DIVIDED_BY = T(
    zh="你的每个值都多除了一次{column}（`{table}`）：这是每一个的，这里要的是合计。",
    en="Each of your values is divided by {column} of `{table}`: that is for each one. Asked is the whole of it, not divided.",
)
TIMES = T(
    zh="你的每个值都多乘了一次{column}（`{table}`）。这里不用乘。",
    en="Each of your values is multiplied by {column} of `{table}`. It is asked without that.",
)
SHARES_OF = T(
    zh="你给的是每组占全部{column}的比例（`{table}`）。这里问的不是它。",
    en="What you gave is each group's share of all {column} in `{table}`. Another measure is asked.",
)
OF_GROUPS: dict[str, T] = {
    "size": T(
        zh="你给的是每组有多少个（人数、个数）。这里问的不是它。",
        en="What you gave is how many there are in each group: the number of people or rows. Another measure is asked.",
    ),
    "share": T(
        zh="你给的是每组的人数（个数）占全部的比例。这里问的不是它。",
        en="What you gave is each group's share of the people or rows: how many of all there are in it. Another measure is asked.",
    ),
}
OF_MASKS: dict[str, T] = {
    "sum": T(zh="个数（有多少是“是”）", en="how many they are (the number, a count)"),
    "mean": T(zh="占比（“是”的比例）", en="the share that they are (the mean of yes and no)"),
}
EITHER = T(
    zh="你的结果是“或”的：`{one}` 和 `{other}` 有一个成立就算。这里要“并且”，两个都成立才算：`&`。",
    en="Yours takes whoever meets either of the two, `{one}` or `{other}`. Both must hold at once: `&`, and not `|`.",
)
BOTH = T(
    zh="你的结果是“并且”的：`{one}` 和 `{other}` 都成立才算。这里有一个成立就算：`|`。",
    en="Yours takes only those who meet both, `{one}` and `{other}`. One of the two is enough: `|`, and not `&`.",
)
ONE_ONLY = T(
    zh="你只用了一个条件：`{one}`。另一个 `{other}` 漏了。",
    en="Only one condition was used: `{one}`. The other is left out: `{other}`.",
)
ONE_NOT = T(
    zh="两个条件中有一个反了：你的结果是 `{one}` 成立而 `{other}` 不成立的。",
    en="One of the two conditions is turned round: yours are those with `{one}` but not `{other}`.",
)
NEITHER = T(
    zh="两个条件都反了：你的结果是 `{one}` 和 `{other}` 都不成立的。",
    en="Both conditions are turned round: yours are those with neither `{one}` nor `{other}`.",
)
COLUMN = T(
    zh="你用的是另一列：{new}。这里要的是 {old}。",
    en="Yours goes by another column: {new}. Asked is {old}.",
)
GROUPED = T(
    zh="你是按{new}分的组。这里要按{old}。",
    en="Yours is grouped by {new}. Asked is by {old}.",
)
LABEL = T(
    zh="你取的是另一组：{new}。这里要的是 {old}。",
    en="Yours is of another group or label: {new}. Asked is {old}.",
)
LABEL_LACKS = T(
    zh="漏了一组：{new}。要的组有 {old}。",
    en="One group is left out: {new}. Asked are {old}.",
)
LABEL_MORE = T(
    zh="多算了一组：{new}。要的组只有 {old}。",
    en="One group too many is counted in: {new}. Asked are only {old}.",
)
AGGREGATE = T(
    zh="你算的是{new}，这里要{old}（`{where}`）。",
    en="Yours is {new}; asked is {old} (`{where}`).",
)
COUNTED = T(
    zh="你数的是不同的{new}，这里数的是{old}。",
    en="Yours counts different {new}; asked is {old}.",
)
ALL_ROWS = T(
    zh="筛选漏了：你的结果把 `{old}` 以外的也算进去了（没有按条件筛）。",
    en="A filter is left out: yours takes all, and not only those with `{old}`.",
)
ANOTHER = T(
    zh="你用的是 `{new}`（{n} 行），这里要用 `{old}`（{m} 行）：人群或表不同。",
    en="Yours goes by `{new}` ({n} rows): another group or table. Asked is `{old}` ({m} rows).",
)
ANOTHER_NUMBER = T(
    zh="你用的是 `{new}`（{n}），这里要用 `{old}`（{m}）。",
    en="Yours goes by `{new}` ({n}) in place of `{old}` ({m}).",
)
EVERYONE = T(
    zh="你把所有登记的客户（包括从没买过的）都算进去了：共 {n} 位。这里只看 `{old}` 里的 {m} 位。",
    en="Yours counts all {n} registered customers, with those who never bought. Asked are the {m} in `{old}`.",
)
BUYERS = T(
    zh="你只看了买过东西的 {n} 位客户。这里要看 `{old}` 里全部 {m} 位，没买过的也在内。",
    en="Yours looks at the {n} customers who bought. Asked are all {m} in `{old}`, with those who never bought.",
)
WITH_RETURNS = T(
    zh="你把退货也算进去了。这里只看购买（数量大于 0）。",
    en="Returns are counted in. Asked are purchases only (quantity above 0).",
)
WITHOUT_RETURNS = T(
    zh="你只算了购买，退货没有算进去。这里退货也要算。",
    en="Yours leaves the returns out and takes purchases only. Here returns count, too.",
)
RETURNS_ONLY = T(
    zh="你只算了退货。这里不是只看退货。",
    en="Yours takes the returns only. They are not what is asked.",
)
HALFWAY = T(
    zh="`{new}` 是中间的一步，还没到答案：题目还要往下做。",
    en="That is `{new}`: a step on the way and not yet the answer. The task goes on from there.",
)
STEP_LEFT_OUT = T(
    zh="漏了一步：`{old}`。",
    en="A step is left out: `{old}`.",
)
NOT_DIVIDED = T(
    zh="这是数目（总数）`{one}`，还没有除以 `{other}`：这里要的是比例（平均）。",
    en="That is the number itself, `{one}`, not yet divided by `{other}`: a share (an average) is asked.",
)
ONLY_BELOW = T(
    zh="这是除数 `{other}` 本身：要用它去除 `{one}`。",
    en="That is what to divide by, `{other}`, itself: divide `{one}` by it.",
)
UPSIDE_DOWN = T(
    zh="除反了，这是倒数：应该是 `{one}` 除以 `{other}`。",
    en="That is upside down: `{one}` is to be divided by `{other}`.",
)
DIFFERENCE_FOR_RATIO = T(
    zh="你把 `{one}` 和 `{other}` 相减了（差）。这里要相除（比）。",
    en="Yours is the difference of `{one}` and `{other}`. Asked is the one divided by the other.",
)
RATIO_FOR_DIFFERENCE = T(
    zh="你把 `{one}` 和 `{other}` 相除了（几倍）。这里要相减（差）。",
    en="Yours is the ratio of `{one}` and `{other}`: how many times. Asked is the difference.",
)
CHANGE_FOR_DIFFERENCE = T(
    zh="这是相对的变化：`{one}` 和 `{other}` 的差又除以了 `{other}`。这里只要差。",
    en="That is a relative change: the difference of `{one}` and `{other}` divided by `{other}`. Asked is the difference alone.",
)
TURNED = T(
    zh="减反了，正负号反了：应该是 `{one}` 减去 `{other}`。",
    en="Subtracted the wrong way round, so the sign is turned: it is `{one}` less `{other}`.",
)
ADDED = T(
    zh="你把 `{one}` 和 `{other}` 加起来了。这里要减。",
    en="`{one}` and `{other}` were added. Asked is the one less the other.",
)
NOT_TAKEN_OFF = T(
    zh="这是 `{one}`，还没有减去 `{other}`。",
    en="That is `{one}` alone: `{other}` is not yet taken off.",
)
SECOND_ALONE = T(
    zh="这只是其中一部分：`{other}`。",
    en="That is only one part of it: `{other}`.",
)
FIRST_ALONE = T(
    zh="这只是其中一部分：`{one}`。`{other}` 还没有算进去。",
    en="That is only one part of it: `{one}`. `{other}` is not in it yet.",
)
DIVIDED = T(
    zh="你除以了 `{other}`。这里要用 `{one}` 乘以它。",
    en="Yours is divided by `{other}`. Asked is `{one}` times it.",
)
BY_ANOTHER = T(
    zh="分母不同：你除以的是 {n}（`{new}` 的行数），这里要除以 {m}。",
    en="Another denominator: yours is divided by {n}, the rows of `{new}`. Divide by {m}.",
)
OPTION = T(
    zh="你的结果是 `{new}` 的，这里是 `{old}`：有一项设置不同。",
    en="Yours is what `{new}` gives; asked is `{old}`: one setting is another.",
)
SWAPPED = T(
    zh="两样东西的位置换了（行和列、前和后）：你的是 `{new}`，这里是 `{old}`。",
    en="Two things have changed places, rows and columns or before and after: yours is `{new}`, asked is `{old}`.",
)
MEASURED = T(
    zh="你给的是 `{table}` 里{column}的{new}。这里问的不是它。",
    en="What you gave is {new} of {column} in `{table}`. Another measure is asked.",
)
MEASURED_SHARE = T(
    zh="你给的是 `{table}` 里{column}不同的个数除以行数。这里问的不是它。",
    en="What you gave is how many different {column} `{table}` has, divided by its rows. Another share is asked.",
)
COLUMN_OF = T(
    zh="你给的是 `{table}` 里的另一列：{column}。这里问的不是它。",
    en="What you gave is another column, {column} of `{table}`. That is not what is asked.",
)
GROUPS_OF = T(
    zh="你给的是每组里{column}的{new}（`{table}`）。这里问的不是它。",
    en="What you gave is, for each group, {new} of {column} in `{table}`. Another measure is asked.",
)

AGGREGATES: dict[str, T] = {
    "sum": T(zh="合计（总数）", en="the sum (the total)"),
    "mean": T(zh="平均数", en="the mean (the average)"),
    "median": T(zh="中位数", en="the median"),
    "count": T(zh="个数", en="the count (how many)"),
    "nunique": T(zh="不同的个数", en="the number of different ones"),
    "size": T(zh="行数", en="the number of rows"),
    "max": T(zh="最大的", en="the largest"),
    "min": T(zh="最小的", en="the smallest"),
    "std": T(zh="标准差", en="the standard deviation"),
    "first": T(zh="第一个", en="the first"),
    "last": T(zh="最后一个", en="the last"),
    "idxmax": T(zh="最大的那一个", en="the one with the most"),
    "idxmin": T(zh="最小的那一个", en="the one with the least"),
}


def called(name: object) -> T:
    """Return a column or label as its code and, where the glossary has it, what it is called.

    >>> called("recency_days").en, called("Room 12").en
    ('days since last purchase (`recency_days`)', '`Room 12`')
    """
    code = T(zh=f"`{name}`", en=f"`{name}`")
    if isinstance(name, str) and name in glossary():
        return T(zh="{term}（{code}）", en="{term} ({code})").format(term=term(name), code=code)
    return code

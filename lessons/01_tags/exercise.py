# %% [markdown] about="opening"

# %%
from custseg_helpers import (
    apply_tags,
    build,
    check,
    check_catalogue,
    customer_table,
    elsewhere,
    hint,
    label,
    labelled,
    load,
    parse_catalogue,
    progress,
    rung,
    solution,
    tag_coverage,
    use_language,
)

use_language(t(zh="zh", en="en"))

company = load()
as_of = company.as_of  # zh: 快照日  # en: the snapshot day
table = customer_table(company)  # zh: 一行一位客户  # en: one line for each customer

# %% [markdown] lang="zh" exercise="tags-frequent-share"
"""
### 换一家公司：高频学员占多少

同样的问题，换到知棠教育。课程顾问卢可馨想知道，值得先问“下一门课学什么”的高频学员有多少：`frequency` 至少 5。它的覆盖率是多少？分母是表 `table_there` 里的**全部**学员，没下过单的也算。写成 0 到 1 之间的小数。
"""

# %% [markdown] lang="en" exercise="tags-frequent-share"
"""
### Another company: the share of frequent learners

The same question at Zhitang Learning. Lu Kexin, the course adviser, wants to know how many frequent learners there are to ask first about their next course: `frequency` of at least 5. What is the coverage? Divide by **all** learners of `table_there`, those without an order included. Write it as a share between 0 and 1.
"""

# %%
there = elsewhere("tags-frequent-share")
table_there = customer_table(there)  # zh: 一行一位学员  # en: one line for each learner

# %% exercise="tags-frequent-share" kind="compute" level="core"
# BEGIN SOLUTION
# zh: 问每一行：订单数至少 5 吗？
# en: ask every row: at least 5 orders?
# blank: "frequency"
# blank: >= 5
often = table_there["frequency"] >= 5
# zh: 答“是”的占多少：求平均
# en: the share of yes is the average
# blank: mean
frequent_share = often.mean()
# END SOLUTION

# %%
check("tags-frequent-share", frequent_share)

# %% [markdown] lang="zh" exercise="tags-minds-price"
"""
### “看重价格”怎么写下来

苏晚晴下周要发清仓消息，只想发给看重价格的会员。四个办法选一个，并在小组里说出理由。

- `"a"`：请各店店员凭印象勾选爱讲价的人。
- `"b"`：写一条规则：至少 2 张订单，而且 70% 以上的钱花在打折商品上。
- `"c"`：50 岁以上的都算，年纪大的人会过日子。
- `"d"`：先不写，等有了预测模型再说。
"""

# %% [markdown] lang="en" exercise="tags-minds-price"
"""
### How to write down "minds the price"

Next week Su Wanqing sends out news of a clearance, and only those who mind the price should get it. Choose one of four ways, and defend it in your group.

- `"a"`: ask staff in each shop to tick those who like to bargain.
- `"b"`: write a rule: at least 2 orders, and more than 70% of the money spent on discounted goods.
- `"c"`: everybody above 50; older people are thrifty.
- `"d"`: nothing yet; wait for a model.
"""

# %% exercise="tags-minds-price" kind="decide" level="core"
# BEGIN SOLUTION
minds_price = "b"
# END SOLUTION

# %%
check("tags-minds-price", minds_price)

# %% [markdown] lang="zh" exercise="tags-first-tag"
"""
### 写出你的第一个标签

用短写法写一个标签：代码 `repeat_buyer`，名称“回头客”，大类 `behaviour`，类型 `rule`，敏感级别 `internal`，规则是**至少 2 张订单**，定义用人话写。读目录、打标签，然后取出 `["repeat_buyer"]` 这一列。

样子和课上第 4 节的 `short` 一样：

```python
mine = '''
- {code: …, name: "…", family: …, type: …, sensitivity: …,
   rule: …, definition: "…"}
'''
repeat = apply_tags(parse_catalogue(mine), …)[…]
```
"""

# %% [markdown] lang="en" exercise="tags-first-tag"
"""
### Write your first tag

Write one tag in the short form: code `repeat_buyer`, name "repeat buyer", family `behaviour`, kind `rule`, sensitivity `internal`; its rule is **at least 2 orders**, its definition in plain words. Read the catalogue, put the tag on, and take the column `["repeat_buyer"]`.

It looks like `short` in section 4 of the lesson:

```python
mine = '''
- {code: …, name: "…", family: …, type: …, sensitivity: …,
   rule: …, definition: "…"}
'''
repeat = apply_tags(parse_catalogue(mine), …)[…]
```
"""

# %% exercise="tags-first-tag" kind="compute" level="core"
# BEGIN SOLUTION
# zh: 写一个标签：规则是至少 2 张订单
# en: write a tag: its rule is at least 2 orders
# blank: behaviour
# blank: frequency >= 2
mine = t(
    zh="""
- {code: repeat_buyer, name: "回头客", family: behaviour, type: rule, sensitivity: internal,
   rule: frequency >= 2, definition: "累计至少 2 张订单"}
""",
    en="""
- {code: repeat_buyer, name: "repeat buyer", family: behaviour, type: rule, sensitivity: internal,
   rule: frequency >= 2, definition: "at least 2 orders"}
""",
)
# zh: 读目录
# en: read the catalogue
# blank: mine
catalogue = parse_catalogue(mine)
# zh: 打标签，取出这一列
# en: put the tag on and take its column
# blank: table
# blank: "repeat_buyer"
repeat = apply_tags(catalogue, table)["repeat_buyer"]
# END SOLUTION

# %%
check("tags-first-tag", repeat)

# %% [markdown] lang="zh" exercise="tags-colleague-list"
"""
### 换一家公司：休眠名单错在哪里

同样的毛病，换到岐禾医药。贺景行的同事要给 90 天没订货的机构打电话，写了下面一行。运行它，看看名单里有谁。有多少家机构**不该**在这份名单上？
"""

# %% [markdown] lang="en" exercise="tags-colleague-list"
"""
### Another company: what is wrong with the list

The same fault at Qihe Pharma. A colleague of He Jingxing wants to call the institutions that have not ordered for 90 days, and wrote the line below. Run it and look who is on the list. How many institutions should **not** be on it?
"""

# %%
there = elsewhere("tags-colleague-list")
table_there = customer_table(there)
away = ~(table_there["recency_days"] <= 90)
labelled(table_there.loc[away, ["city", "frequency", "recency_days"]].head(8).convert_dtypes())

# %% exercise="tags-colleague-list" kind="mistake" level="core"
# BEGIN SOLUTION
# zh: 哪些人没有下过单：天数是空的
# en: who has no order: the days are missing
# blank: isna
no_order = table_there["recency_days"].isna()
# zh: 在名单上、又没下过单的有几位
# en: how many are on the list and have no order
# blank: &
# blank: sum
never_came = (away & no_order).sum()
# END SOLUTION

# %%
check("tags-colleague-list", never_came)

# %% [markdown] lang="zh" exercise="tags-coverage"
"""
### 写满十个标签

下面的 `start` 已有 6 个标签。照它的样子再写 4 个，接在后面（`ten = start + …`），读目录、打标签，交出 `tag_coverage` 的整张表。

- `prospect`，尚未下单：没有订单。
- `deal_seeker`，只买折扣：至少 3 张订单，**并且**折扣消费占比 `discount_share` 至少 60%（这一列是 0 到 1 的小数）。
- `campaign_buyer`，活动中买过：`converted` 至少 1 次。
- `high_value_at_risk`，高消费待赢回：**既有** `high_spender` **又有** `dormant_90`。标签可以拼标签。
"""

# %% [markdown] lang="en" exercise="tags-coverage"
"""
### Ten tags

`start` below holds 6 tags. Write 4 more of the same look behind it (`ten = start + …`), read the catalogue, put the tags on, and hand in the whole table of `tag_coverage`.

- `prospect`, no order yet: there is no order.
- `deal_seeker`, buys at a discount: at least 3 orders, **and** `discount_share` at least 60% (the column is a share between 0 and 1).
- `campaign_buyer`, bought in a campaign: `converted` at least 1.
- `high_value_at_risk`, high spender at risk: has `high_spender` **and also** `dormant_90`. Tags can be built from tags.
"""

# %%
start = t(
    zh="""
- {code: home_city, name: "城市", family: basic, type: fact, sensitivity: internal,
   rule: city, definition: "登记的城市"}
- {code: frequent_buyer, name: "高频客户", family: behaviour, type: rule, sensitivity: internal,
   rule: frequency >= 5, definition: "累计至少 5 张订单"}
- {code: dormant_90, name: "90 天未购", family: behaviour, type: rule, sensitivity: internal,
   rule: recency_days > 90, definition: "最近一次消费超过 90 天"}
- {code: high_spender, name: "高消费", family: value, type: rule, sensitivity: internal,
   rule: monetary >= 2000, definition: "净消费至少 2000 元"}
- {code: cart_filler, name: "常加购", family: interest, type: rule, sensitivity: internal,
   rule: carts >= 2, definition: "加购至少 2 次"}
- {code: dissatisfied, name: "不满意", family: need, type: rule, sensitivity: internal,
   rule: satisfaction <= 2.5, definition: "平均评分不超过 2.5"}
""",
    en="""
- {code: home_city, name: "city", family: basic, type: fact, sensitivity: internal,
   rule: city, definition: "the city given"}
- {code: frequent_buyer, name: "frequent buyer", family: behaviour, type: rule, sensitivity: internal,
   rule: frequency >= 5, definition: "at least 5 orders"}
- {code: dormant_90, name: "no order for 90 days", family: behaviour, type: rule, sensitivity: internal,
   rule: recency_days > 90, definition: "last order more than 90 days ago"}
- {code: high_spender, name: "high spender", family: value, type: rule, sensitivity: internal,
   rule: monetary >= 2000, definition: "spent at least 2000 yuan net"}
- {code: cart_filler, name: "fills the cart", family: interest, type: rule, sensitivity: internal,
   rule: carts >= 2, definition: "in the cart at least 2 times"}
- {code: dissatisfied, name: "dissatisfied", family: need, type: rule, sensitivity: internal,
   rule: satisfaction <= 2.5, definition: "mean score of 2.5 or less"}
""",
)
tagged = apply_tags(parse_catalogue(start), table)
labelled(tag_coverage(tagged).round(3))

# %% exercise="tags-coverage" kind="compute" level="stretch"
# BEGIN SOLUTION
# zh: 在 start 后面接上 4 个标签，各写一条规则
# en: write 4 more tags behind start, a rule each
# blank: frequency is missing
# blank: frequency >= 3 and discount_share >= 0.6
# blank: converted >= 1
# blank: high_spender and dormant_90
ten = start + t(
    zh="""
- {code: prospect, name: "尚未下单", family: behaviour, type: rule, sensitivity: internal,
   rule: frequency is missing, definition: "没有订单"}
- {code: deal_seeker, name: "只买折扣", family: need, type: rule, sensitivity: internal,
   rule: frequency >= 3 and discount_share >= 0.6, definition: "至少 3 张订单，折扣占 60% 及以上"}
- {code: campaign_buyer, name: "活动中买过", family: campaign_response, type: rule, sensitivity: internal,
   rule: converted >= 1, definition: "至少一次在活动期间下单"}
- {code: high_value_at_risk, name: "高消费待赢回", family: value, type: rule, sensitivity: internal,
   rule: high_spender and dormant_90, definition: "高消费而且 90 天未购"}
""",
    en="""
- {code: prospect, name: "no order yet", family: behaviour, type: rule, sensitivity: internal,
   rule: frequency is missing, definition: "there is no order"}
- {code: deal_seeker, name: "buys at a discount", family: need, type: rule, sensitivity: internal,
   rule: frequency >= 3 and discount_share >= 0.6, definition: "at least 3 orders and 60% at a discount"}
- {code: campaign_buyer, name: "bought in a campaign", family: campaign_response, type: rule, sensitivity: internal,
   rule: converted >= 1, definition: "ordered during a campaign at least once"}
- {code: high_value_at_risk, name: "high spender at risk", family: value, type: rule, sensitivity: internal,
   rule: high_spender and dormant_90, definition: "high spender without an order for 90 days"}
""",
)
# zh: 读目录，打标签
# en: read the catalogue and put the tags on
# blank: ten
# blank: table
all_tagged = apply_tags(parse_catalogue(ten), table)
# zh: 算覆盖率
# en: work out the coverage
# blank: tag_coverage
coverage = tag_coverage(all_tagged)
# END SOLUTION

# %%
check("tags-coverage", coverage)

# %% [markdown] lang="zh" exercise="tags-overlap"
"""
### 两个标签重叠多少

上面的 `tagged` 里有 `frequent_buyer` 和 `high_spender` 两列。它们的重叠度是多少？用“两个都有的人数”除以“至少有一个的人数”。`&` 是“并且”，`|` 是“或者”。
"""

# %% [markdown] lang="en" exercise="tags-overlap"
"""
### How much two tags overlap

`tagged` above has the columns `frequent_buyer` and `high_spender`. What is their overlap? Divide the number of people with both by the number with at least one. `&` means "and", `|` means "or".
"""

# %% exercise="tags-overlap" kind="compute" level="core"
# BEGIN SOLUTION
# zh: 两个都有的人
# en: people with both
# blank: &
both = tagged["frequent_buyer"] & tagged["high_spender"]
# zh: 至少有一个的人
# en: people with at least one
# blank: |
either = tagged["frequent_buyer"] | tagged["high_spender"]
# zh: 人数相除
# en: divide one number of people by the other
# blank: both
# blank: either
overlap = both.sum() / either.sum()
# END SOLUTION

# %%
check("tags-overlap", overlap)

# %% [markdown] lang="zh" exercise="tags-bad-tags"
"""
### 找出四个坏标签

同事交来 6 个标签，说都能用。用 `check_catalogue(parse_catalogue(by_colleague), table, as_of)` 查一遍，每种毛病各找出一个标签。

- `dead_tag`：没有人有它。
- `overlapping_tag`：和前面的某个标签几乎是同一批人。
- `private`：涉及敏感个人信息。
- `no_action`：没写拿它做什么。

答案写成左边毛病、右边标签代码的样子：

```python
faults = {"dead_tag": "…", "overlapping_tag": "…", "private": "…", "no_action": "…"}
```
"""

# %% [markdown] lang="en" exercise="tags-bad-tags"
"""
### Find four bad tags

A colleague hands in 6 tags and says all of them are fine. Look through them with `check_catalogue(parse_catalogue(by_colleague), table, as_of)` and find one tag for each fault.

- `dead_tag`: nobody has it.
- `overlapping_tag`: almost the same people as an earlier tag.
- `private`: touches sensitive personal information.
- `no_action`: does not say what it is for.

Write the answer with the fault on the left and the tag's code on the right:

```python
faults = {"dead_tag": "…", "overlapping_tag": "…", "private": "…", "no_action": "…"}
```
"""

# %%
by_colleague = t(
    zh="""
- {code: regular_guest, name: "常客", family: behaviour, type: rule, rule: frequency >= 5,
   definition: "至少 5 单", sensitivity: internal, owner: "会员运营", refresh_days: 30, action: "邀请加入俱乐部"}
- {code: super_guest, name: "超级常客", family: behaviour, type: rule, rule: frequency >= 1000,
   definition: "至少 1000 单", sensitivity: internal, owner: "会员运营", refresh_days: 30, action: "店长致谢"}
- {code: quiet, name: "90 天没来", family: behaviour, type: rule, rule: recency_days > 90,
   definition: "超过 90 天", sensitivity: internal, owner: "会员运营", refresh_days: 30, action: "发送赢回优惠"}
- {code: asleep, name: "3 个月没来", family: behaviour, type: rule, rule: recency_days > 92,
   definition: "超过 3 个月", sensitivity: internal, owner: "市场部", refresh_days: 30, action: "发送赢回优惠"}
- {code: hard_up, name: "可能手头紧", family: psychographic, type: rule, sensitivity: private,
   rule: recency_days > 180 and returned > 0, definition: "退过货，又半年没来",
   owner: "市场部", refresh_days: 30, action: "推荐分期付款"}
- {code: some_lines, name: "明细 3 到 7 行", family: behaviour, type: rule, rule: 3 <= lines <= 7,
   definition: "订单明细 3 到 7 行", sensitivity: internal, owner: "会员运营", refresh_days: 30}
""",
    en="""
- {code: regular_guest, name: "regular", family: behaviour, type: rule, rule: frequency >= 5,
   definition: "at least 5 orders", sensitivity: internal, owner: "members", refresh_days: 30, action: "invite"}
- {code: super_guest, name: "super regular", family: behaviour, type: rule, rule: frequency >= 1000,
   definition: "at least 1000 orders", sensitivity: internal, owner: "members", refresh_days: 30, action: "thank"}
- {code: quiet, name: "not for 90 days", family: behaviour, type: rule, rule: recency_days > 90,
   definition: "over 90 days", sensitivity: internal, owner: "members", refresh_days: 30, action: "win-back offer"}
- {code: asleep, name: "not for 3 months", family: behaviour, type: rule, rule: recency_days > 92,
   definition: "over 3 months", sensitivity: internal, owner: "marketing", refresh_days: 30, action: "win-back offer"}
- {code: hard_up, name: "may be short of money", family: psychographic, type: rule, sensitivity: private,
   rule: recency_days > 180 and returned > 0, definition: "returned goods, away for half a year",
   owner: "marketing", refresh_days: 30, action: "instalments"}
- {code: some_lines, name: "3 to 7 lines", family: behaviour, type: rule, rule: 3 <= lines <= 7,
   definition: "3 to 7 order lines", sensitivity: internal, owner: "members", refresh_days: 30}
""",
)

# %% exercise="tags-bad-tags" kind="mistake" level="core"
# BEGIN SOLUTION
# zh: 让检查把同事的标签过一遍；运行后打 found 看结果
# en: have the check go over the colleague's tags; show found to see what it says
# blank: check_catalogue
# blank: by_colleague
found = check_catalogue(parse_catalogue(by_colleague), table, as_of)
# zh: 每种毛病写一个标签的代码
# en: for each fault write the code of one tag
# blank: "super_guest"
# blank: "asleep"
# blank: "hard_up"
# blank: "some_lines"
faults = {
    "dead_tag": "super_guest",
    "overlapping_tag": "asleep",
    "private": "hard_up",
    "no_action": "some_lines",
}
# END SOLUTION

# %%
check("tags-bad-tags", faults)

# %% [markdown] lang="zh" exercise="tags-retire"
"""
### 向苏晚晴解释为什么停用

市场部想留着“可能手头紧”（退过货、又半年没来），好给这些人推分期付款。用三四句话写给苏晚晴：它准不准，客户知道了会怎样，改成怎样做。
"""

# %% [markdown] lang="en" exercise="tags-retire"
"""
### Explain to Su Wanqing why to retire it

Marketing wants to keep "may be short of money" (returned goods, and not seen for half a year) to offer these people payment by instalments. Write three or four sentences to Su Wanqing: how accurate it is, what happens when customers learn of it, and what to do instead.
"""

# %% exercise="tags-retire" kind="explain" level="core"
# BEGIN SOLUTION
to_manager = t(
    zh="这个标签只是猜：退过货、半年没来，可能是搬家，也可能是东西不好，和钱没有关系。客户要是知道我们在背后猜他没钱，会觉得受冒犯，这也是敏感个人信息，没有他本人同意不能用。建议停用，改成问一句“为什么没再来”，分期付款对所有人公开，谁需要谁选。",
    en="This tag is a guess: whoever returned goods and has been away for half a year may have moved, or disliked the goods; it says nothing about money. A customer who learns that we guess he is poor will feel insulted, and it is sensitive personal information, not to be used without his consent. I suggest that we retire it, ask why people stay away instead, and offer instalments openly to everybody.",
)
# END SOLUTION

# %%
check("tags-retire", to_manager)

# %% [markdown] lang="zh" exercise="tags-blind-spot"
"""
### 目录的盲区

`tagged` 里除了 `home_city`，另外 5 个都是“是/否”标签。有多大比例的客户，这 5 个标签一个也没有？他们就是目录的盲区：我们对这些人无话可说。写成 0 到 1 之间的小数。
"""

# %% [markdown] lang="en" exercise="tags-blind-spot"
"""
### The blind spot of a catalogue

But for `home_city`, the other 5 tags in `tagged` are all yes or no. What share of the customers has none of these 5? They are the blind spot of the catalogue: we have nothing to say about them. Write it as a share between 0 and 1.
"""

# %% exercise="tags-blind-spot" kind="compute" level="stretch"
# BEGIN SOLUTION
# zh: 去掉城市这一列，只留“是 / 否”标签
# en: drop the column of cities, so that only yes-or-no tags remain
# blank: drop
yes_no = tagged.drop(columns="home_city")
# zh: 每位客户有几个标签：横着加
# en: how many tags each customer has: add across
# blank: axis=1
tags_each = yes_no.sum(axis=1)
# zh: 一个也没有的占多少
# en: the share with none
# blank: == 0
# blank: mean
blind_spot = (tags_each == 0).mean()
# END SOLUTION

# %%
check("tags-blind-spot", blind_spot)

# %% [markdown] lang="zh"
"""
## 看看做到哪里了
"""

# %% [markdown] lang="en"
"""
## How far you are
"""

# %% tags=["nbval-ignore-output"]
progress()

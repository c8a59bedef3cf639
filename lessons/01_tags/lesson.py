# %% [markdown] about="opening"

# %% [markdown] lang="zh"
"""
## 故事与数据

周四要办老客户答谢会。苏晚晴请三个部门各交一份“老客户”名单，下午收到三份，人对不上。客服说，注册满一年就算；销售说，下过 5 单才算；财务说，花满 1,000 元才算。

小林问：“那陈静到底是不是老客户？”陆子衡回答：“三份名单都没错，是‘老客户’这三个字没写清楚。”

今天我们学怎样把对客户的了解写清楚。先把公司的表拼成一张：一行一位客户，他的订单、浏览、活动都在右边。`customer_table` 做的就是 Excel 里的 VLOOKUP：按客户编号，把几张表的数字找过来。
"""

# %% [markdown] lang="en"
"""
## Story and data

On Thursday there will be a party for long-standing customers. Su Wanqing asks three departments for their list of "long-standing customers" and gets three lists with different people on them. Service says: registered for a year. Sales says: at least 5 orders. Finance says: spent 1,000 yuan.

Lin asks: "So is Chen Jing a long-standing customer or not?" Lu Ziheng answers: "None of the lists is wrong. What is wrong is that nobody wrote down what 'long-standing' means."

Today we learn to write down what we know of customers. First put the company's tables into one: one line for each customer, with orders, views and campaigns to the right. `customer_table` does what VLOOKUP does in Excel: by the customer's id it fetches the numbers from the other tables.
"""

# %% [markdown] lang="zh" tags=["slide-only"]
"""
## 三份“老客户”名单，人对不上

- 客服：注册满一年
- 销售：下过 5 单
- 财务：花满 1,000 元
- 三份都没错，是“老客户”三个字没写清楚
"""

# %% [markdown] lang="en" tags=["slide-only"]
"""
## Three lists of "long-standing customers", and they do not match

- Service: signed up a year ago
- Sales: 5 orders
- Finance: 1,000 yuan spent
- None is wrong; "long-standing" was never written down clearly
"""

# %%
import pandas as pd

from custseg_helpers import (
    apply_tags,
    check_catalogue,
    customer_table,
    explore,
    labelled,
    load,
    parse_catalogue,
    plots,
    quiz,
    read_catalogue,
    tag_coverage,
    tag_overlap,
    use_language,
)

use_language(t(zh="zh", en="en"))

company = load()
table = customer_table(company)
shown = ["city", "signup_date", "frequency", "monetary", "views"]
labelled(table.reindex(columns=shown).head().convert_dtypes())

# %% [markdown] lang="zh"
"""
`<NA>` 就是这一格空着：查不到他的订单，或者查不到和他的任何来往。它和 0 不同：浏览是 0 的人和我们有过来往，只是没浏览过商品。现在替三个部门各算一份名单。
"""

# %% [markdown] lang="en"
"""
`<NA>` means that the cell is empty: we found no order, or no contact of any kind. It is not 0: whoever has 0 views was in contact with us, but viewed no product. Now make the list of each of the three departments.
"""

# %% [markdown] lang="zh" tags=["slide-only"]
"""
## 三份名单都有的，不到四分之一

至少在一份名单上的人，和三份都在的人，比一比。
"""

# %% [markdown] lang="en" tags=["slide-only"]
"""
## Fewer than a quarter stand on all three lists

Compare those on at least one list with those on all three.
"""

# %% tags=["slide"]
year_ago = company.as_of - pd.Timedelta(days=365)
lists = pd.DataFrame(
    {
        t(zh="客服：注册满一年", en="service: registered a year ago"): table["signup_date"] < year_ago,
        t(zh="销售：至少 5 单", en="sales: at least 5 orders"): table["frequency"] >= 5,
        t(zh="财务：满 1,000 元", en="finance: spent 1,000 yuan"): table["monetary"] >= 1000,
    }
)
sizes = lists.sum()
sizes[t(zh="至少在一份名单上", en="on at least one list")] = lists.any(axis=1).sum()
sizes[t(zh="三份名单都有", en="on all three lists")] = lists.all(axis=1).sum()
sizes

# %% [markdown] lang="zh" tags=["trainer"]
"""
**老师：** 先不给定义。请每人写下自己公司里一句含糊的叫法（“大客户”“重点客户”“老客户”），和邻座交换，各写一句能算的规则。两人的规则不一样，就是今天要解决的事。

**板书：** 左边写一句含糊话，右边写“列、符号、数”三个空格。整节课都往右边填。

**来不及时：** 第 7 节的两张表改为课后阅读；练习 tags-overlap 由老师带着做。
"""

# %% [markdown] lang="en" tags=["trainer"]
"""
**Trainer:** Give no definition yet. Everyone writes down one vague name from their own company ("key account", "big customer", "long-standing customer"), swaps with a neighbour, and each turns the other's into a rule that can be computed. That the two rules differ is what today is about.

**Board:** a vague phrase on the left; on the right three blanks: column, sign, number. Fill the right side throughout the lesson.

**When late:** make the two tables of section 7 reading for later; do exercise tags-overlap together.
"""

# %% [markdown] lang="zh"
"""
## 1. 标签是一句能算的话

标签（tag）就是写在客户身上的一句话，而且写清了怎么算。“老客户”不是标签；“至少 5 张订单”是，因为任何人拿同一张表去算，都得到同一批人。

用五位客户数一遍。周婷只注册过，没有下过单，所以她的订单数、金额、天数都空着。
"""

# %% [markdown] lang="en"
"""
## 1. A tag is a sentence that can be computed

A tag is a sentence about a customer that also says how to compute it. "Long-standing customer" is not a tag; "at least 5 orders" is, because anyone who counts on the same table gets the same people.

Count it on five customers. Zhou Ting registered and never ordered, so her orders, money and days are empty.
"""

# %% [markdown] lang="zh" tags=["slide-only"]
"""
## 标签是一句能算的话

“老客户”不是标签，“至少 5 张订单”是：谁来算都一样。
"""

# %% [markdown] lang="en" tags=["slide-only"]
"""
## A tag is a sentence that can be computed

"Long-standing customer" is no tag; "at least 5 orders" is: whoever counts, the result is the same.
"""

# %% tags=["slide"]
few = pd.DataFrame(
    {
        "frequency": [12, 2, 6, 1, None],
        "monetary": [8200, 7900, 460, 380, None],
        "recency_days": [3, 150, 20, 400, None],
    },
    index=t(
        zh=["陈静", "刘洋", "何芳", "马磊", "周婷"],
        en=["Chen Jing", "Liu Yang", "He Fang", "Ma Lei", "Zhou Ting"],
    ),
)
labelled(few.convert_dtypes())

# %%
frequent = few["frequency"] >= 5
frequent

# %% [markdown] lang="zh"
"""
`True` 是“有这个标签”，`False` 是“没有”。`>=` 读作“大于或等于”。陈静 12 单、何芳 6 单，两位都有。规则一写清，就不用再争陈静算不算。

数一数比例：`True` 算 1，`False` 算 0，求平均就是占比。五位里有两位，占 40%。分母是**全部**客户，周婷也在内。这个比例叫覆盖率（coverage）。
"""

# %% [markdown] lang="en"
"""
`True` means "has the tag", `False` means "has not". Read `>=` as "at least". Chen Jing with 12 orders and He Fang with 6 have it. With the rule in writing, there is nothing left to argue about Chen Jing.

Now the share: a `True` counts 1, a `False` counts 0, and their mean is the share. Two of five are 40%. The denominator is **all** customers, Zhou Ting included. This share is the tag's coverage.
"""

# %% [markdown] lang="zh" tags=["slide-only"]
"""
## 覆盖率：有这个标签的人占多少

- 五位里有两位至少 5 单：占 40%
- 分母是**全部**客户，没下过单的周婷也在内
"""

# %% [markdown] lang="en" tags=["slide-only"]
"""
## Coverage: how many of all have the tag

- Two of five have at least 5 orders: 40%
- The denominator is **all** customers, Zhou Ting without an order too
"""

# %%
float(frequent.mean())

# %% [markdown] try="tags-frequent-share"

# %% [markdown] lang="zh"
"""
## 2. 写下哪些事：八大类

想到什么写什么，总会漏。按下面八类各问一遍，就知道自己缺什么。

| 大类 | 回答什么 | 个人客户 | 单位客户 | 从哪里来 |
|---|---|---|---|---|
| 基本信息 | 是谁 | 年龄、性别、城市 | 行业、大区、规模（人数、营收、资产、注册资本）、成立年份 | 登记表 |
| 行为 | 怎么买 | 频率、金额、周期 | 采购频率、金额、周期 | 订单 |
| 兴趣 | 在看什么 | 浏览、加购、收藏 | 下载的资料、参加的讲座 | 网站和小程序 |
| 需求 | 缺什么 | 产品、服务（售前、售中、售后）、价格敏感度 | 型号、维保、响应时间、账期 | 订单、客服 |
| 价值 | 值多少 | 消费金额、客户终身价值 | 毛利、合同额 | 订单 |
| 决策角色 | 谁拍板 | 家里谁拿主意 | 决策者、影响者、参与者 | 联系人表 |
| 活动响应 | 请了来不来 | 促销：参与、反馈、购买意向 | 展会、研讨会：到会、反馈、询价 | 活动记录 |
| 心理特征 | 为什么买 | 品牌偏好、购买动机 | 求稳还是求新 | 问卷、访谈 |

有两类最容易写成一个“是/否”，其实有深浅。**服务需求**：售前要讲解，售中要进度，售后要多久有人到；同样是“要服务”，有人要快（两小时内回电话），有人要态度（别让他再说一遍）。**购买意向**：展会上收了名片是弱，坐下来听完研讨会是中，会后问了价是强。分成三档写，销售才知道先打给谁。

课程自带一份标签目录，`read_catalogue` 把它读进来。看看每一类写了几个，和每类的第一个。
"""

# %% [markdown] lang="en"
"""
## 2. What to write down: eight families

Write down whatever comes to mind, and something is always missing. Go through the eight families below, and you see what you lack.

| family | what it answers | people | companies | where it comes from |
|---|---|---|---|---|
| basic facts | who are they | age, gender, city | industry, region, scale (staff, revenue, assets, registered capital), founding year | registration |
| behaviour | how do they buy | frequency, amount, cycle | frequency, amount, cycle of purchasing | orders |
| interest | what do they look at | views, carts, favourites | papers downloaded, talks attended | web and mini program |
| need | what do they lack | product, service (pre-sale, in-sale, after-sale), price sensitivity | model, maintenance, response time, terms of payment | orders, service |
| value | what are they worth | money spent, customer lifetime value | margin, contracts | orders |
| decision role | who decides | who decides at home | decision maker, influencer, participant | contacts |
| campaign response | do they come when asked | promotions: took part, feedback, purchase intent | trade fairs, seminars: came, feedback, asked for a price | campaign records |
| psychographic | why do they buy | brand preference, purchase motive | play safe or try new things | surveys, talks |

Two families are easily written as yes or no, although they have degrees. **Service need**: before the sale an explanation, during it the progress, after it how soon somebody comes; of those who "want service" one wants speed (a call back within two hours), another wants good manners (not to tell the story twice). **Purchase intent**: a business card left at a trade fair is weak, sitting through the seminar is medium, asking for a price afterwards is strong. Write three levels, and sales know whom to call first.

The course brings a catalogue of tags, which `read_catalogue` reads. See how many there are in each family, and the first of each.
"""

# %% [markdown] lang="zh" tags=["slide-only"]
"""
## 按八大类各问一遍，就知道缺什么

目录里没有“心理特征”：没问过，就不硬写。
"""

# %% [markdown] lang="en" tags=["slide-only"]
"""
## Ask for each of eight families, and gaps show

No "psychology" in the catalogue: never asked, so not made up.
"""

# %% tags=["slide"]
course = read_catalogue()
listed = pd.DataFrame([(tag.family, str(tag.name)) for tag in course.values()], columns=["family", "name"])
# zh: 透视表：按大类分组，数个数，取第一个
# en: a pivot table: by family, how many and the first one
families = listed.groupby("family", sort=False)["name"].agg(["size", "first"])
families.columns = t(zh=["标签数", "例如"], en=["tags", "for example"])
labelled(families)

# %% [markdown] lang="zh"
"""
目录里没有“心理特征”：悦选的问卷只问满不满意，没问过为什么买。没有数据就不硬写，“为什么买”猜错了，比不知道更糟。
"""

# %% [markdown] lang="en"
"""
There is nothing psychographic in it: Yuexuan's surveys ask whether people are satisfied, never why they buy. Without data we do not make it up; a wrong guess at why people buy is worse than not knowing.
"""

# %% [markdown] lang="zh"
"""
## 3. 谁说了算：四种类型

同样是写在陈静身上的话，来历不同，可信的程度也不同。

| 类型 | 陈静身上的例子 | 谁说了算 | 容易错在哪里 |
|---|---|---|---|
| 事实标签 | 城市：澄湾 | 登记表怎么写就怎么算 | 她搬家了没改 |
| 规则标签 | 高频客户：至少 5 单 | 我们定的门槛 | 门槛定得没道理 |
| 模型标签 | 还会再来的概率：0.9 | 模型（第 09 课） | 模型会错，也会过时 |
| 人工标签 | 店员记的“不爱接电话” | 记的那个人 | 换个人记得不一样 |

能用事实就不用规则，能用规则就不用模型：越往下越贵，也越难向人解释。人工标签留给数据里看不到、只有见过面的人才知道的事。
"""

# %% [markdown] lang="en"
"""
## 3. Who decides: four kinds

All of these are said of Chen Jing, but they come about differently and deserve different trust.

| kind | said of Chen Jing | who decides | where it goes wrong |
|---|---|---|---|
| fact tag | city: Chengwan | the registration, as it stands | she moved and nobody changed it |
| rule tag | frequent buyer: at least 5 orders | a threshold that we set | the threshold makes no sense |
| model tag | chance that she comes again: 0.9 | a model (lesson 09) | models err, and grow old |
| manual tag | "does not like calls", noted in the shop | whoever noted it | somebody else notes it otherwise |

Where a fact will do, take no rule; where a rule will do, take no model: further down it gets more expensive and harder to explain. Keep manual tags for what no data show, what only those know who have met the customer.
"""

# %% [markdown] lang="zh" tags=["slide-only"]
"""
## 四种类型：越往下越贵，越难解释

| 类型 | 陈静身上的例子 | 谁说了算 |
|---|---|---|
| 事实 | 城市 | 登记表 |
| 规则 | 至少 5 单 | 我们定的门槛 |
| 模型 | 还会再来的概率 | 模型 |
| 人工 | “不爱接电话” | 记的那个人 |
"""

# %% [markdown] lang="en" tags=["slide-only"]
"""
## Four kinds: the lower, the more expensive and harder to explain

| Kind | On Chen Jing | Who says so |
|---|---|---|
| fact | city | the form |
| rule | at least 5 orders | our threshold |
| model | the chance of coming back | the model |
| manual | "dislikes calls" | whoever noted it |
"""

# %% [markdown] try="tags-minds-price"

# %% [markdown] lang="zh"
"""
## 4. 写进目录

标签写在一份文本里，格式叫 YAML：左边是键，冒号后空一格，右边是值。每个标签以 `- code:` 开头，下面各行往里缩进两格。文本放在一对三引号之间。
"""

# %% [markdown] lang="en"
"""
## 4. Into the catalogue

Tags are written into a text. Its format is called YAML: a key on the left, a colon and a space, the value on the right. Each tag begins with `- code:`, and the lines below it are indented by two spaces. The text stands between a pair of triple quotes.
"""

# %%
first = t(
    zh="""
- code: frequent_buyer
  name: 高频客户
  family: behaviour
  type: rule
  rule: frequency >= 5
  definition: 累计 5 张订单及以上
  sensitivity: internal
  owner: 会员运营
  refresh_days: 30
  action: 邀请加入会员俱乐部
""",
    en="""
- code: frequent_buyer
  name: frequent buyer
  family: behaviour
  type: rule
  rule: frequency >= 5
  definition: 5 orders or more
  sensitivity: internal
  owner: member operations
  refresh_days: 30
  action: invite to the members' club
""",
)
apply_tags(parse_catalogue(first), few)

# %% [markdown] lang="zh"
"""
`parse_catalogue` 读目录，`apply_tags` 给每位客户打上标签。前 7 个键必须写：

- `code`：给电脑看的名字，小写英文、数字和下划线；`name`：给人看的名字。
- `family`：八大类之一；`type`：四种类型之一，`fact`、`rule`、`model`、`manual`。
- `rule`：能算的那句话，里面写列名；`definition`：同一句话，用人话再说一遍。事实、模型和人工标签没有门槛，`rule` 只写列名，如 `city`。
- `sensitivity`：敏感级别，`public` 公开、`internal` 内部、`personal` 个人信息、`private` 敏感个人信息。

后三个可以以后补，但迟早要有：`owner` 谁负责，`refresh_days` 多少天刷新一次，`action` 拿它做什么。

写错了不要紧，程序会说出哪一行、哪个字。下面故意写错两次：第一次把 `rule` 写成 `rulle`，第二次把列名写错。`try` 是“试一试”，`except` 是“出错了就做下面这件事”：把话打印出来。
"""

# %% [markdown] lang="en"
"""
`parse_catalogue` reads the catalogue, `apply_tags` puts the tags on every customer. The first 7 keys must be there:

- `code`: its name for the computer, small letters, digits and underscores; `name`: its name for people.
- `family`: one of the eight families; `type`: one of the four kinds, `fact`, `rule`, `model`, `manual`.
- `rule`: the sentence that is computed, with names of columns; `definition`: the same sentence once more, in plain words. Fact, model and manual tags have no threshold: their `rule` is just the column, such as `city`.
- `sensitivity`: how carefully it is handled, `public`, `internal`, `personal` (personal information) or `private` (sensitive personal information).

The last three can wait but belong there sooner or later: `owner` looks after it, `refresh_days` says how often it is renewed, `action` what it is for.

Mistakes do no harm; the program names the line and the word. Here are two on purpose: first `rule` is misspelt as `rulle`, then the name of a column is wrong. `try` means "give it a try", `except` means "if it fails, do this": print what is wrong.
"""

# %% [markdown] lang="zh" tags=["slide-only"]
"""
## 一个标签写清七件事

- 名字两个：给电脑的 `code`，给人的 `name`
- `family` 和 `type`：哪一类，凭什么
- `rule` 和 `definition`：能算的话，再用人话说一遍
- `sensitivity`：谁可以看
"""

# %% [markdown] lang="en" tags=["slide-only"]
"""
## A tag states seven things

- Two names: `code` for the computer, `name` for people
- `family` and `type`: what about, and on whose word
- `rule` and `definition`: to compute, and in plain words
- `sensitivity`: who may see it
"""

# %%
for wrong in (first.replace("rule: freq", "rulle: freq"), first.replace("frequency", "frequncy")):
    try:
        apply_tags(parse_catalogue(wrong), few)
    except ValueError as problem:
        print(problem)

# %% [markdown] lang="zh"
"""
一个标签占十行，太长了。同一件事可以写在花括号里，用**半角逗号**隔开；给人看的文字放进引号，里面就可以随便写标点。练习册里就用这种短写法：
"""

# %% [markdown] lang="en"
"""
Ten lines a tag is a lot. The same can stand in braces, separated by **commas**; put text for people in quotes, and it may hold any punctuation. The workbook uses this short form:
"""

# %%
short = t(
    zh="""
- {code: big_order, name: "大单客户", family: value, type: rule, sensitivity: internal,
   rule: monetary / frequency > 300, definition: "平均每单超过 300 元"}
""",
    en="""
- {code: big_order, name: "large orders", family: value, type: rule, sensitivity: internal,
   rule: monetary / frequency > 300, definition: "more than 300 yuan per order on average"}
""",
)
apply_tags(parse_catalogue(short), few)

# %% [markdown] lang="zh"
"""
规则里可以用：列名、数字、加引号的文字，`==` 等于、`!=` 不等于、`<`、`<=`、`>`、`>=`，`and` 并且、`or` 或者、`not` 不是，`is missing` 空着，还有加减乘除和括号。
"""

# %% [markdown] lang="en"
"""
A rule may hold names of columns, numbers, texts in quotes, `==` equal, `!=` not equal, `<`, `<=`, `>`, `>=`, `and`, `or`, `not`, `is missing` for an empty cell, and sums with brackets.
"""

# %% [markdown] try="tags-first-tag"

# %% [markdown] lang="zh"
"""
## 5. 不知道，不等于“否”

“90 天内来过”和“90 天内没来过”，看起来一个是另一个的反面。周婷呢？她从没下过单，“多久没来”这件事在她身上不存在。
"""

# %% [markdown] lang="en"
"""
## 5. Not known is not "no"

"Came within 90 days" and "did not come within 90 days" look like opposites. What about Zhou Ting? She never ordered; "days since the last order" does not exist for her.
"""

# %% [markdown] lang="zh" tags=["slide-only"]
"""
## 不知道，不等于“否”

周婷从没下过单：她既不是“90 天内来过”，也不是“90 天没来”。
"""

# %% [markdown] lang="en" tags=["slide-only"]
"""
## Unknown is not "no"

Zhou Ting never ordered: she neither came within 90 days nor stayed away for 90 days.
"""

# %% tags=["slide"]
two = t(
    zh="""
- {code: came, name: "90 天内来过", family: behaviour, type: rule, sensitivity: internal,
   rule: recency_days <= 90, definition: "距今不超过 90 天"}
- {code: stayed_away, name: "90 天没来", family: behaviour, type: rule, sensitivity: internal,
   rule: not came, definition: "距今超过 90 天"}
""",
    en="""
- {code: came, name: "came within 90 days", family: behaviour, type: rule, sensitivity: internal,
   rule: recency_days <= 90, definition: "at most 90 days ago"}
- {code: stayed_away, name: "not for 90 days", family: behaviour, type: rule, sensitivity: internal,
   rule: not came, definition: "more than 90 days ago"}
""",
)
apply_tags(parse_catalogue(two), few)

# %% [markdown] lang="zh"
"""
周婷两个标签都没有。只有**确实成立**，目录才打标签；不知道的，两边都不算。要找她这样的人，规则写 `frequency is missing`。还有一点：`not came` 用的是上面那个标签，写好的标签可以拿来拼新的。

直接写 pandas 就没有这层保护。下面的 `~` 是“不是”：周婷被算成了“90 天没来”。给她发一条“好久不见”，她会奇怪：我从没来过。
"""

# %% [markdown] lang="en"
"""
Zhou Ting has neither. The catalogue gives a tag only where it **surely holds**; what is not known counts on neither side. To find people like her, write `frequency is missing`. And note that `not came` uses the tag above it: tags can be built from tags.

Plain pandas has no such guard. The `~` below means "not": Zhou Ting counts as "not for 90 days". Send her a "long time no see" and she will wonder: I have never been there.
"""

# %%
~(few["recency_days"] <= 90)

# %% [markdown] lang="zh"
"""
表里的 `recency_days` 是“最近一次消费距今几天”，没下过单的人这一格是空的。空格子和什么比都答“否”，所以要单独问：`.isna()` 问每一行“是空的吗”。
"""

# %% [markdown] lang="en"
"""
In the table `recency_days` is the days since the last purchase; whoever never ordered has an empty cell there. An empty cell compared with anything answers no, so ask for it by itself: `.isna()` asks every row whether it is empty.
"""

# %%
empty = table["recency_days"].isna().sum()
print(
    t(
        zh=f"{len(table):,} 位里，{empty} 位这一格是空的",
        en=f"of {len(table):,} customers, {empty} have an empty cell",
    )
)

# %% [markdown] try="tags-colleague-list"

# %% [markdown] lang="zh"
"""
## 6. 跑一遍：覆盖率

回到整家公司。从课程目录里挑 11 个标签，给每位客户打上，数一数每个标签有多少人。`skip_unknown=True` 的意思是：缺数据的标签先跳过，记下来。
"""

# %% [markdown] lang="en"
"""
## 6. Run it: coverage

Back to the whole company. Take 11 tags from the course's catalogue, put them on every customer, and count who has which. `skip_unknown=True` means: where data are lacking, leave the tag out and note it.
"""

# %% [markdown] lang="zh" tags=["slide-only"]
"""
## 覆盖高，不等于标签好

没有颜色条的是死标签。

“性别”几乎人人都有，可它帮你多卖了什么？
"""

# %% [markdown] lang="en" tags=["slide-only"]
"""
## High coverage does not make a good tag

The one without a bar is dead.

"Gender" covers nearly all, but what did it ever sell?
"""

# %% tags=["slide"]
codes = ["gender", "large_account", "prospect", "recent_30", "dormant_90", "window_shopper"]
codes += ["cart_filler", "deal_seeker", "high_spender", "campaign_buyer", "decider_known"]
chosen = {code: course[code] for code in codes}
tagged = apply_tags(chosen, table, skip_unknown=True)
coverage = tag_coverage(tagged)
plots.tags.coverage_bars(coverage, chosen)

# %% [markdown] lang="zh"
"""
**这张图说了什么：** 每个标签覆盖多少人。没有颜色条的那个是死标签：悦选卖给个人，没有“大型单位”。**它没说什么：** 覆盖高不等于标签好。“性别”几乎人人都有，可它帮你多卖了什么？“90 天未购”超过一半，店员打不完这么多电话，还得再分。

有一个标签连图也没上：
"""

# %% [markdown] lang="en"
"""
**What the figure tells:** how many people each tag reaches. The one without a bar is dead: Yuexuan sells to people, and there is no "large account" among them. **What it does not tell:** high coverage does not make a good tag. Nearly everybody has a "gender"; what did it help you sell? "No order for 90 days" is over half of all; staff cannot call that many, so it has to be split further.

One tag did not even make it into the figure:
"""

# %%
print(t(zh="没算出来的标签：", en="tags not computed:"), *tagged.attrs["not_computed"])
print(t(zh="借来的表：", en="borrowed tables:"), *company.borrowed)

# %% [markdown] lang="zh"
"""
“已接触决策者”要用到列 `decision_maker`，它在联系人表 `contacts` 里，悦选没有这张表。课程别处需要时，会向卖设备的拓岩机电（`b2b`）借来练习；打标签不借：别家的联系人，贴不到自家客户身上。想看决策角色，把第一格的 `load()` 换成 `load("b2b")`。
"""

# %% [markdown] lang="en"
"""
"Decision maker known" needs the column `decision_maker`. It comes from the table `contacts`, which Yuexuan lacks. Where the course needs it for practice, it is borrowed from Tuoyan Industrial (`b2b`), which sells equipment; for tags it is not: other people's contacts cannot be put on our own customers. To see decision roles, replace `load()` in the first cell by `load("b2b")`.
"""

# %% [markdown] try="tags-coverage"

# %% [markdown] lang="zh" tags=["trainer"]
"""
**卡点：** 十之八九是全角逗号和全角冒号，其次是忘了右花括号。错误提示里有行号，让学员自己念一遍提示再举手。

**卡点：** 有人把“没有订单”写成 `frequency == 0`。问他：周婷的那一格写的是 0，还是空着？
"""

# %% [markdown] lang="en" tags=["trainer"]
"""
**Where they stumble:** most often a missing comma or a brace left open; with a Chinese keyboard, full-width commas and colons. The message has the line number: let learners read it aloud before they raise a hand.

**Where they stumble:** some write "no order" as `frequency == 0`. Ask: is there a 0 in Zhou Ting's cell, or is it empty?
"""

# %% [markdown] lang="zh"
"""
## 7. 好标签的四条

- **准**：算出来的和实际一样。门槛说得出理由，数据对得上。
- **有用**：写得出“有它和没有它，做法哪里不同”。写不出，就别维护。
- **新**：到期就重算。两年前贴上“爱买奶粉”的那家，孩子早断奶了。
- **保密**：涉及个人的，只给要用的人看；敏感的，先有本人同意和明确目的。

一个标签有多准、多久会旧，要看它从哪里来：

| 来源 | 例子 | 好处 | 小心 | 多久刷新 |
|---|---|---|---|---|
| 问来的 | 问卷、注册时填的 | 能问到“为什么” | 答的人少，会客气 | 半年到一年 |
| 记下的 | 订单、浏览、点击（埋点） | 全、准、不打扰 | 只见行为，不见原因 | 每天到每月 |
| 看到的 | 店员、拜访、客服备注、社交媒体上的公开留言 | 数据里没有的细节 | 因人而异，要写日期；别偷看 | 每次见面 |
| 买来的 | 企业工商信息、外部名录 | 补齐单位客户的规模和行业 | 旧、对不上；个人信息多半不能买 | 每季到每年 |
"""

# %% [markdown] lang="en"
"""
## 7. Four marks of a good tag

- **Accurate**: what is computed is true of the customer. The threshold has a reason, the data agree.
- **Useful**: you can say what you do differently with it and without it. If you cannot, do not keep it.
- **Current**: computed again when due. Two years on, the baby behind "buys baby milk" eats at the table.
- **Confidential**: what concerns a person is shown only to those who need it; what is sensitive needs that person's consent and a stated purpose first.

How accurate a tag is and how soon it grows old depends on where it comes from:

| source | example | strength | take care | refresh |
|---|---|---|---|---|
| asked | surveys, registration forms | it can ask why | few answer, and politely | half a year to a year |
| tracked | orders, views, clicks (tracking) | complete, exact, disturbs nobody | shows behaviour, not reasons | daily to monthly |
| observed | notes of shop staff, visits, service; public comments on social media | details that no data hold | differs by person; write the date; no spying | at each meeting |
| bought | company registers, outside lists | adds scale and industry of companies | old, does not match; on people mostly not allowed | quarterly to yearly |
"""

# %% [markdown] lang="zh" tags=["slide-only"]
"""
## 好标签的四条：准、有用、新、保密

- **准：** 门槛说得出理由
- **有用：** 有它和没有它，做法不同
- **新：** 到期就重算
- **保密：** 只给要用的人看
"""

# %% [markdown] lang="en" tags=["slide-only"]
"""
## A good tag is right, useful, fresh and confidential

- **Right:** the threshold has a reason
- **Useful:** with it we act differently
- **Fresh:** computed again when due
- **Confidential:** for those who need it
"""

# %% [markdown] lang="zh"
"""
## 8. 找出坏标签

标签会越积越多。先看有没有两个说的是同一件事。**重叠度** 等于“两个都有的人”除以“至少有一个的人”。五位客户里，“至少 5 单”有陈静、何芳，“满 1,000 元”有陈静、刘洋：都有的 1 位，至少有一个的 3 位，重叠度 33%。
"""

# %% [markdown] lang="en"
"""
## 8. Find the bad tag

Tags pile up. First see whether two of them say the same. The **overlap** is "those with both" divided by "those with at least one". Of the five, Chen Jing and He Fang have "at least 5 orders", Chen Jing and Liu Yang "spent 1,000 yuan": 1 has both, 3 have at least one, the overlap is 33%.
"""

# %% [markdown] lang="zh" tags=["slide-only"]
"""
## 两个标签像同一批人：留一个

重叠度：两个都有的人，除以至少有一个的人。

80 以上，几乎一样。
"""

# %% [markdown] lang="en" tags=["slide-only"]
"""
## Two tags for the same people: keep one

Overlap: people with both, divided by people with at least one.

From 80 up they are nearly the same.
"""

# %% tags=["slide"]
alike = ["frequent_buyer", "long_standing", "high_spender"]
alike += ["high_value_active", "big_basket", "campaign_buyer"]
overlap = tag_overlap(apply_tags(course, table, skip_unknown=True))
plots.tags.overlap_heat(overlap, course, alike)

# %% [markdown] lang="zh"
"""
**这张图说了什么：** 数字越大，两个标签越像同一批人。80 以上，两个标签几乎一样，留一个就够。最亮的一格不奇怪：“高消费且活跃”本来就是“高消费”里的一部分。**它没说什么：** 重叠小也不代表两个都有用；有没有用，要看 `action` 写不写得出来。

剩下的毛病，`check_catalogue` 一次查完。下面是一份有问题的目录，六个标签里只有第一个是好的。读之前先猜：另外五个各坏在哪里？
"""

# %% [markdown] lang="en"
"""
**What the figure tells:** the larger the number, the more two tags are the same people. From 80 on they are almost one tag, and one is enough. The brightest cell is no surprise: "high spender, active" is a part of "high spender". **What it does not tell:** a small overlap does not make both useful; whether they are, you see by whether you can write an `action`.

`check_catalogue` finds the other faults in one go. Here is a catalogue with problems: of its six tags only the first is good. Guess before you read on: what is wrong with each of the other five?
"""

# %%
doubtful = t(
    zh="""
- {code: gold, name: "金卡", family: value, type: rule, rule: monetary >= 2000, sensitivity: internal,
   definition: "净消费满 2000 元", owner: "会员运营", refresh_days: 30, action: "升级服务"}
- {code: big_spender, name: "大客户", family: value, type: rule, rule: gross >= 2000, sensitivity: internal,
   definition: "退货前满 2000 元", owner: "会员运营", refresh_days: 30, action: "升级服务"}
- {code: giant, name: "超级大户", family: value, type: rule, rule: monetary >= 1e8, sensitivity: internal,
   definition: "满 1 亿元", owner: "会员运营", refresh_days: 30, action: "总经理拜访"}
- {code: senior, name: "银发族", family: basic, type: rule, rule: birth_year <= 1960, sensitivity: internal,
   definition: "1960 年及以前出生", owner: "市场部", refresh_days: 365, action: "大字版邀请函"}
- {code: happy, name: "满意", family: need, type: rule, rule: satisfaction >= 4, sensitivity: internal,
   definition: "平均 4 分以上", owner: "客服", refresh_days: 180, refreshed: 2024-12-31, action: "请他推荐朋友"}
- {code: four, name: "正好四单", family: behaviour, type: rule, rule: frequency == 4, sensitivity: internal,
   definition: "正好 4 张订单", owner: "会员运营", refresh_days: 30}
""",
    en="""
- {code: gold, name: "gold card", family: value, type: rule, rule: monetary >= 2000, sensitivity: internal,
   definition: "spent 2000 yuan net", owner: "members", refresh_days: 30, action: "better service"}
- {code: big_spender, name: "spender", family: value, type: rule, rule: gross >= 2000, sensitivity: internal,
   definition: "2000 yuan before returns", owner: "members", refresh_days: 30, action: "better service"}
- {code: giant, name: "giant", family: value, type: rule, rule: monetary >= 1e8, sensitivity: internal,
   definition: "spent 100,000,000 yuan", owner: "members", refresh_days: 30, action: "a visit"}
- {code: senior, name: "senior", family: basic, type: rule, rule: birth_year <= 1960, sensitivity: internal,
   definition: "born by 1960", owner: "marketing", refresh_days: 365, action: "invite in large print"}
- {code: happy, name: "happy", family: need, type: rule, rule: satisfaction >= 4, sensitivity: internal,
   definition: "mean of 4 or more", owner: "service", refresh_days: 180, refreshed: 2024-12-31, action: "refer"}
- {code: four, name: "just four", family: behaviour, type: rule, rule: frequency == 4, sensitivity: internal,
   definition: "exactly 4 orders", owner: "members", refresh_days: 30}
""",
)
found = check_catalogue(parse_catalogue(doubtful), table, company.as_of)
pd.set_option("display.max_colwidth", None)
labelled(found[["severity", "name", "finding", "advice"]])

# %% [markdown] lang="zh"
"""
程序查得出规则、日期和人数，查不出该不该。“银发族”升了级别也还要问：我们为什么要知道他多大？大字版邀请函，给每个人一个选项就行，不必猜年龄。
"""

# %% [markdown] lang="en"
"""
The program can check rules, dates and numbers; it cannot tell whether we should. Even with a higher sensitivity, ask of "senior": why do we need to know how old they are? For invitations in large print, let everybody choose, and nobody's age need be guessed.
"""

# %% [markdown] lang="zh" tags=["slide-only"]
"""
## 程序查得出规则，查不出该不该

“银发族”升了敏感级别，也还要问：我们为什么要知道他多大？
"""

# %% [markdown] lang="en" tags=["slide-only"]
"""
## A program checks rules, not whether we should

Even with "silver age" marked as sensitive, ask: why must we know how old they are?
"""

# %% [markdown] try="tags-overlap tags-bad-tags tags-retire"

# %% [markdown] lang="zh" tags=["trainer"]
"""
**小组讨论（8 分钟）：** 每组从自己公司里拿三个正在用的标签，对着四条打分：准、有用、新、保密，各 0 到 2 分。总分最低的那个，当场写一句停用通知：停用谁，用什么代替，谁来通知一线。

**常见争论：** “留着总没坏处。”追问：上个月有谁因为它做了不同的事？没有，就是坏处：有人在维护，有人会误用。
"""

# %% [markdown] lang="en" tags=["trainer"]
"""
**Small groups (8 minutes):** each takes three tags in use at their own company and scores them by the four marks: accurate, useful, current, confidential, 0 to 2 each. For the lowest, write the notice on the spot: what is retired, what takes its place, who tells the front line.

**A common objection:** "It does no harm to keep it." Ask: who did anything differently because of it last month? If nobody, that is the harm: someone maintains it, and someone will misuse it.
"""

# %% [markdown] lang="zh"
"""
## 9. 自己动手调

搭一条规则：选列、符号，写值；可以再加一个条件。看它覆盖多少人、这些人带来多少钱、和已有的标签重叠多少。试试三件事：搭一个不到 5% 的人、却带来 20% 以上金额的标签；搭一个和“高消费”重叠 80% 以上的标签；再故意把值写成汉字，看它怎么说。
"""

# %% [markdown] lang="en"
"""
## 9. Try it by hand

Put a rule together: choose a column and a sign, write a value; add a second condition if you like. See how many people it reaches, what money they bring, and how much it overlaps a tag that exists. Try three things: a tag with less than 5% of the people and more than 20% of the money; a tag that overlaps "high spender" by more than 80%; then write a word as the value of a number on purpose, and see what it says.
"""

# %% [markdown] lang="zh" tags=["slide-only"]
"""
## 搭一条规则：圈住少数人、多数钱

打开笔记本：不到 5% 的人，带来 20% 以上的金额，你能找到吗？
"""

# %% [markdown] lang="en" tags=["slide-only"]
"""
## Build a rule: few people, much money

Open the notebook: can you find fewer than 5% of the people with more than 20% of the money?
"""

# %% tags=["explorer", "slide"]
explore.tags.show(company)

# %% [markdown] lang="zh"
"""
上面两条，一条量人，一条量钱：钱比人长得多，说明这条规则圈住了花钱多的人；最下面一条看它和已有标签重不重。图上看不出给这些人打电话有没有用，他们明年还在不在。
"""

# %% [markdown] lang="en"
"""
The upper bars measure people and money: where money is much the longer, the rule has caught those who spend; the lowest bar shows how far it repeats a tag that exists. The figure does not show whether a call to these people helps, and whether they will still be here next year.
"""

# %% [markdown] lang="zh"
"""
`.drop(columns="…")` 去掉一列，别的列留着；`.sum(axis=1)` 横着加，一行一个数。
"""

# %% [markdown] lang="en"
"""
`.drop(columns="…")` drops a column and keeps the others; `.sum(axis=1)` adds across, one number a row.
"""

# %%
lists.drop(columns=lists.columns[0]).sum(axis=1).head(3)

# %% [markdown] try="tags-blind-spot"

# %% [markdown] lang="zh"
"""
**标签怎样进出 CRM 系统。** 进：从系统里导出客户表和订单表（CSV 或 Excel），用 `load("own/company.toml")` 读进来。出：把打好标签的表写成一个文件（`.to_csv("…")`），一列客户编号，一个标签一列，再用系统的“导入更新”按客户编号写回；先拿 10 位客户试，看编号对不对得上。系统里的标签栏要写明哪天算的，到期清空。**每季内审一次**：每个标签抽 20 位客户，问最熟悉他们的人“对不对”，错的记下原因，一半以上说不清用处的就停用（第 14 课把它写进制度）。

> **在 Excel 里**：一条规则就是一列公式：`=IF(AND(D2>=3,E2>=1000),1,0)`，D 是订单数，E 是金额，1 表示“是”；空格子另写 `IF(D2="","?",…)`，别让它变成 0。覆盖率：`=COUNTIF(F:F,1)/COUNTA(A2:A3001)`。
"""

# %% [markdown] lang="en"
"""
**How tags get into and out of a CRM system.** In: export customers and orders (CSV or Excel) and read them with `load("own/company.toml")`. Out: write the tagged table to a file (`.to_csv("…")`), one column for the customer's id and one for each tag, and let the system's "import and update" write it back by the id; try 10 customers first and see whether the ids match. The system's field has to say on which day a tag was computed, and is emptied when it expires. **Audit the tags inside the house once a quarter**: for each tag draw 20 customers, ask whoever knows them best "is this right?", write down why where it is not, and retire a tag when more than half of those asked cannot say what it is for (lesson 14 makes this a rule).

> **In Excel**: A rule is a column of formulas: `=IF(AND(D2>=3,E2>=1000),1,0)`, with orders in D and money in E and 1 for yes; write `IF(D2="","?",…)` for empty cells, so that they do not become 0. Coverage: `=COUNTIF(F:F,1)/COUNTA(A2:A3001)`.
"""

# %% [markdown] lang="zh"
"""
## 10. 小测验
"""

# %% [markdown] lang="en"
"""
## 10. Quiz
"""

# %%
quiz("01")

# %% [markdown] about="key_points"

# %% [markdown] lang="zh"
"""
## 在你的公司

1. 收集同事口头上的叫法，一个叫法一行，旁边写谁在用、用来做什么。
2. 挑最常用的十个，各写成一句能算的话，放进 `own/tags.yaml`，用 `read_catalogue("own/tags.yaml")` 读进来。
3. 用 `load("own/company.toml")` 读自己的数据，跑 `apply_tags` 和 `check_catalogue`，先改“严重”的，再改“警告”的。

- 金额门槛是按悦选定的，2,000 元在你那里也许人人都有：先看覆盖率，再定门槛。
- 没有浏览或活动记录？加 `skip_unknown=True`，缺数据的标签会跳过并列出来；这张单子就是下一步该收集什么。
- 卖给单位的公司，先把行业、规模、决策角色三类补上。
- 涉及健康、信仰、行踪、金融账户的，以及不满 14 岁孩子的信息，先问法务，再写规则。
"""

# %% [markdown] lang="en"
"""
## In your company

1. Collect the names your colleagues use for customers, one a line, with who uses it and what for.
2. Take the ten used most, write each as a sentence that can be computed into `own/tags.yaml`, and read it with `read_catalogue("own/tags.yaml")`.
3. Read your own data with `load("own/company.toml")`, run `apply_tags` and `check_catalogue`, and fix what is serious first, then the warnings.

- The amounts are set for Yuexuan; at your place everybody may have spent 2,000 yuan: look at the coverage before you set a threshold.
- No records of views or campaigns? With `skip_unknown=True` tags without data are left out and listed; the list tells what to collect next.
- If you sell to companies, complete industry, scale and decision roles first.
- For health, faith, whereabouts, financial accounts, and anything about children under 14, ask the lawyers before writing a rule.
"""

# %% [markdown] lang="zh" tags=["slide-only"]
"""
## 在你的公司：从十个叫法开始

- 收集口头上的叫法，写下谁在用、用来做什么
- 挑十个，各写成一句能算的话
- 跑一遍检查，先改“严重”的
- 涉及健康、信仰、行踪、孩子：先问法务
"""

# %% [markdown] lang="en" tags=["slide-only"]
"""
## In your company: begin with ten names

- Collect the names people use, by whom and what for
- Pick ten and write each as a sentence that can be computed
- Run the check and fix the severe ones first
- Health, faith, movements, children: ask the lawyers first
"""

# %% [markdown] lang="zh"
"""
## 别处怎么叫

| 这门课里 | 别处也叫 |
|---|---|
| 标签、标签目录 | tag、label；数据字典、指标口径 |
| 标签体系 | taxonomy；用户画像系统、CDP |
| 重叠度 | Jaccard 系数 |
| 敏感个人信息 | sensitive personal information；GDPR 里叫特殊类别数据 |

想往下读：

- 《中华人民共和国个人信息保护法》第四条（什么是个人信息）、第二十八条（敏感个人信息，含不满十四周岁未成年人的信息）。
- GB/T 35273-2020《信息安全技术 个人信息安全规范》。
- Jaccard, P. (1912). The distribution of the flora in the alpine zone. *New Phytologist*, 11：重叠度的出处。
"""

# %% [markdown] lang="en"
"""
## What others call this

| in this course | elsewhere also |
|---|---|
| tag, tag catalogue | label, attribute; data dictionary |
| tag system | taxonomy; customer data platform (CDP) |
| overlap | Jaccard index |
| sensitive personal information | special categories of data, in the GDPR |

To read on:

- Personal Information Protection Law of the People's Republic of China, articles 4 (what personal information is) and 28 (what is sensitive, including that of minors under fourteen).
- GB/T 35273-2020, Information security technology: personal information security specification.
- Jaccard, P. (1912). The distribution of the flora in the alpine zone. *New Phytologist*, 11: where the overlap comes from.
"""

# %% [markdown] about="next"

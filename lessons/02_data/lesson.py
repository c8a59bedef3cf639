# %% [markdown] about="opening"

# %% [markdown] lang="zh"
"""
## 故事与数据

陆子衡向三个部门要第四季度的数据。销售部发来一个 CSV，打开全是乱码；市场部发来一个 Excel，前两行是标题；客服部发来一个用分号隔开的文件，说“我们系统导出来就这样”。

“能用吗？”苏晚晴问。“现在不知道。”陆子衡说，“先体检。把病写清楚，再退回去请他们改，不要自己悄悄改。”

这一课用悦选的三个原始文件，不管你选了哪家公司，文件都是这三个。
"""

# %% [markdown] lang="en"
"""
## Story and data

Lu Ziheng asks three departments for the data of the last quarter. Sales send a CSV that opens as gibberish; marketing send an Excel file whose first two rows are titles; service send a file with semicolons and say "that is what our system exports".

"Can we use them?" asks Su Wanqing. "I cannot tell yet," says Lu Ziheng. "First an examination. We write down what is wrong and send it back to be put right; we do not fix it in silence."

This lesson uses Yuexuan's three raw files, whichever company you chose.
"""

# %% [markdown] lang="zh" tags=["slide-only"]
"""
## 三张表交来了：能用吗？先体检

- 销售部：一个 CSV，打开全是乱码
- 市场部：一个 Excel，前两行是标题
- 客服部：用分号隔开的文件
- 把病写清楚，退回去改，不要自己悄悄改
"""

# %% [markdown] lang="en" tags=["slide-only"]
"""
## Three tables came in: examine them first

- Sales: a CSV that opens as gibberish
- Marketing: an Excel file with two lines of title
- Service: a file with semicolons
- Write down what is wrong and send it back; do not fix it quietly
"""

# %%
import pandas as pd

from custseg_helpers import (
    answer_key,
    dates,
    explore,
    kpis,
    labelled,
    load,
    load_sample,
    numbers,
    plots,
    quiz,
    raw_folder,
    raw_members,
    raw_sales,
    raw_service,
    use_language,
)

use_language(t(zh="zh", en="en"))

company = load()
yuexuan = load_sample("retail")
first_bytes = (raw_folder() / "sales_orders.csv").read_bytes()[:44]
print(first_bytes.decode("latin1"))

# %% [markdown] lang="zh" tags=["trainer"]
"""
**老师：** 开场放一张真实的乱码截图，问：“谁见过？你怎么办的？”多数人会说“另存一次就好了”。追问：另存之后，手机号和日期还对吗？

**卡点：** 大家急着“清洗干净”。反复问同一句：你去掉的这些，一共多少钱？

**来不及时：** 第 6 节（缺失值）留给课后读；第 5 节的练习 data-shared-phones 由老师带着全班做。板书：左边写三个部门，右边写“一张客户表”，中间的箭头上逐个写下遇到的病。
"""

# %% [markdown] lang="en" tags=["trainer"]
"""
**Trainer:** Open with a real screenshot of gibberish and ask: "Who has seen this, and what did you do?" Most will say "saved it again". Go on: after that, are the telephone numbers and the dates still right?

**Where they stumble:** all are eager to clean. Keep asking the same question: what you removed, how much money is it?

**When late:** leave section 6 (missing values) for reading later; do data-shared-phones of section 5 together. Board: three departments on the left, "one table of customers" on the right, and on the arrows between them each fault as it turns up.
"""

# %% [markdown] lang="zh"
"""
## 1. 三个文件，三种开法

上面打印的，就是销售部那张表的第一行，你打开时看到的样子。字没有坏：电脑存的是编号，拿错了对照表（编码，encoding），“单号”就显示成了乱码。三个办法：

1. 乱码的 CSV 多半是 GBK：用 `encoding="gb18030"`；
2. Excel 上面有标题行：用 `skiprows=2` 跳过；
3. 分号隔开的：用 `sep=";"`。

还有一条最要紧：`dtype=str`，全部先当文字读。不然 Excel 和程序会替你猜，编号前面的 0 没了，日期变成一个数，你都不知道。
"""

# %% [markdown] lang="en"
"""
## 1. Three files, three ways to open

Printed above is the first row of the sales table as you would see it. Nothing is broken: a computer stores numbers, and with the wrong table of letters (the encoding) the Chinese heading turns into gibberish. Three remedies:

1. a CSV of gibberish is mostly GBK: use `encoding="gb18030"`;
2. an Excel sheet with titles on top: skip them with `skiprows=2`;
3. a file with semicolons: use `sep=";"`.

Most important of all: `dtype=str`, read everything as text first. Otherwise Excel and the program guess for you: the 0 in front of an id is gone, a date has become a number, and you never hear of it.
"""

# %% [markdown] lang="zh" tags=["slide-only"]
"""
## 三种开法，再加一条：先当文字读

- 乱码的 CSV 多半是 GBK：`encoding="gb18030"`
- 上面有标题行：`skiprows=2`
- 分号隔开：`sep=";"`
- 最要紧：`dtype=str`，不让程序替你猜
"""

# %% [markdown] lang="en" tags=["slide-only"]
"""
## Three ways to open, and one rule: read as text first

- A CSV of gibberish is mostly GBK: `encoding="gb18030"`
- Lines of title on top: `skiprows=2`
- Separated by semicolons: `sep=";"`
- Above all `dtype=str`: the program must not guess
"""

# %%
pd.read_csv(raw_folder() / "sales_orders.csv", encoding="gb18030", dtype=str).head(3)

# %%
pd.read_excel(raw_folder() / "marketing_members.xlsx", skiprows=2, dtype=str, engine="openpyxl").head(3)

# %% [markdown] lang="zh"
"""
三种开法已经写成 `raw_sales()`、`raw_members()`、`raw_service()`，表头换成了课程的列名，行号就是文件里的行号：退回部门时，对方一找就到。

文件里的表头是中文，代码里写英文列名，对照着看：

| 文件里的表头 | 代码里写 | 记了什么 |
|:--|:--|:--|
| 单号 | `order_id` | 一张订单的编号 |
| 会员号 | `customer_id` | 客户编号，三张表都有 |
| 下单日期 | `order_date` | 哪天下的单 |
| 商品编号、商品名称 | `product_id`, `product_name` | 买的是什么 |
| 数量 | `quantity` | 买了几件 |
| 折扣、实付金额 | `discount`, `amount` | 让了几成，付了多少元 |
| 渠道 | `channel` | 门店、小程序、网上商城、直播间 |
| 姓名、手机号 | `name`, `phone` | 是谁，怎么联系 |
| 性别 | `gender` | 女、男 |
| 大区、城市 | `region`, `city` | 住在哪里 |
| 注册日期、注册渠道 | `signup_date`, `signup_channel` | 哪天、从哪里注册的 |
| 累计消费 | `total_spent` | 会员系统里记的消费总额 |
| 类型、评分 | `kind`, `score` | 客服或问卷；打了几分 |

三张表各说客户的一面，先列一张来源表：谁给的、记了什么、线上还是线下。你的公司多半还有几样：网站和小程序的埋点、问卷、社交媒体上的留言、展会收来的名片；照样写进来源表，一样一行。第 8 节再把它们拼成一张客户表。
"""

# %% [markdown] lang="en"
"""
The three ways of opening are ready as `raw_sales()`, `raw_members()` and `raw_service()`, with the course's column names; the row number is the row in the file, so that the department finds it at once.

The files are Yuexuan's own: their headings and what stands in their cells are Chinese, and stay so in this lesson, as exports do at work. You need not read Chinese to examine them; this table is enough:

| heading in the file | in code | what it holds |
|:--|:--|:--|
| 单号 | `order_id` | the number of the order |
| 会员号 | `customer_id` | the customer's id, in all three files |
| 下单日期 | `order_date` | the day of the order |
| 商品编号, 商品名称 | `product_id`, `product_name` | what was bought |
| 数量 | `quantity` | how many pieces |
| 折扣, 实付金额 | `discount`, `amount` | the discount, the yuan paid |
| 渠道 | `channel` | 门店 shop, 小程序 mini program, 网上商城 web shop, 直播间 live stream |
| 姓名, 手机号 | `name`, `phone` | who it is, how to reach them |
| 性别 | `gender` | 女 female, 男 male |
| 大区, 城市 | `region`, `city` | where they live |
| 注册日期, 注册渠道 | `signup_date`, `signup_channel` | when and where they signed up |
| 累计消费 | `total_spent` | what the members' system says they spent in all |
| 类型, 评分 | `kind`, `score` | 客服 service call or 问卷 survey; the score they gave |

Each of the three shows one side of a customer. Begin with a table of sources: who gave it, what it records, online or offline. Your company probably has more: tracking on the web site and in the mini program, surveys, comments on social media, business cards from trade fairs; each is one more row in the table of sources. Section 8 puts them together into one table of customers.
"""

# %% [markdown] lang="zh" tags=["slide-only"]
"""
## 先列来源表：谁给的，记了什么

三张表各说客户的一面。
"""

# %% [markdown] lang="en" tags=["slide-only"]
"""
## First a table of sources: from whom, about what

Each of the three tells one side of the customer.
"""

# %% tags=["slide"]
sales, members, service = raw_sales(), raw_members(), raw_service()
pd.DataFrame(
    {
        t(zh="部门", en="department"): t(
            zh=["销售部", "市场部", "客服部"], en=["sales", "marketing", "service"]
        ),
        t(zh="记了什么", en="what it records"): t(
            zh=["每一行订单", "每位会员的资料", "来电、问卷和评分"],
            en=["each line of an order", "each member's details", "calls, surveys and scores"],
        ),
        t(zh="线上还是线下", en="online or offline"): t(
            zh=["都有，看渠道列", "都有，看注册渠道", "线上"],
            en=["both: see the channel", "both: see the signup channel", "online"],
        ),
        t(zh="行数", en="rows"): [len(sales), len(members), len(service)],
    }
)

# %%
labelled(sales.head(3))

# %% [markdown] lang="zh"
"""
第一件事是看填了没有：`notna()` 问每一行“填了吗”，`mean()` 算出“是”占多少。先看金额这一列。
"""

# %% [markdown] lang="en"
"""
First see what is filled in: `notna()` asks every row whether it is, and `mean()` gives the share of yes. Here is the column of amounts.
"""

# %%
sales["amount"].notna().mean().round(4)

# %% [markdown] try="data-with-customer"

# %% [markdown] lang="zh"
"""
## 2. 把文字变成数和日期

同一笔钱，大家写法不同。先看五种写法，Pandas（Python 里处理表格的工具）自己能读懂几种？
"""

# %% [markdown] lang="en"
"""
## 2. From text to numbers and dates

The same money, written in different ways. Here are five; how many does pandas (Python's tool for tables) read by itself?
"""

# %% [markdown] lang="zh" tags=["slide-only"]
"""
## “读不懂就当空”，五个值丢四个，一声不响

同一笔钱，大家写法不同。读不懂的要数出来。
"""

# %% [markdown] lang="en" tags=["slide-only"]
"""
## "Empty if unreadable" loses four of five values in silence

People write money in many ways. Count what cannot be read.
"""

# %% tags=["slide"]
written = pd.Series(["396.00", "¥1,234.50", "1.2" + t(zh="万", en="万"), "１２３", "(120)"])
pd.DataFrame(
    {
        t(zh="填写的", en="written"): written,
        t(zh="Pandas 读成", en="pandas reads"): pd.to_numeric(written, errors="coerce"),
        t(zh="numbers 读成", en="numbers reads"): numbers(written)[0],
    }
)

# %% [markdown] lang="zh"
"""
`errors="coerce"` 的意思是“读不懂就当空”：五个值丢了四个，一声不响。课程的 `numbers` 认得货币符号、千分号、万、全角数字和括号里的负数，并且**告诉你**哪些没读懂：它交回两样东西，`[0]` 是读出来的数，`[1]` 是没读懂的记号。日期也一样：斜杠、年月日、八位数字、Excel 的流水号，都是同一天。
"""

# %% [markdown] lang="en"
"""
`errors="coerce"` means "what cannot be read becomes empty": four of five values are gone without a sound. The course's `numbers` knows currency signs, separators, ten-thousands, full-width digits and negatives in brackets, and **tells you** what it could not read: it hands back two things, `[0]` the numbers and `[1]` the marks of what was not read. Dates are alike: slashes, Chinese characters, eight digits and Excel's serial number are all the same day.
"""

# %% [markdown] lang="zh" tags=["slide-only"]
"""
## 日期有歧义：不猜，去问填表的人

前四行是同一天；最后两行没有读。
"""

# %% [markdown] lang="en" tags=["slide-only"]
"""
## An ambiguous date: do not guess, ask who wrote it

The first four rows are one day; the last two were not read.
"""

# %% tags=["slide"]
same_day = pd.Series(["2025-10-03", "2025/10/3", "20251003", "45933", "2025-13-03", "03/10/2025"])
days, unread, ambiguous = dates(same_day)
pd.DataFrame(
    {
        t(zh="填写的", en="written"): same_day,
        t(zh="读成", en="read as"): days,
        t(zh="没读懂", en="not read"): unread,
        t(zh="有歧义", en="ambiguous"): ambiguous,
    }
)

# %% [markdown] lang="zh"
"""
`dates` 交回三样：日期、没读懂的记号、有歧义的记号。最后两行没有读：13 月不存在；03/10/2025 可能是 3 月 10 日，也可能是 10 月 3 日。**不猜。** 去问填表的人。
"""

# %% [markdown] lang="en"
"""
`dates` hands back three things: the day, the mark of what was not read, the mark of what is ambiguous. The last two were not read: there is no month 13, and 03/10/2025 may be March 10 or October 3. **No guessing.** Ask whoever filled it in.
"""

# %% [markdown] lang="zh"
"""
从 `numbers(…)` 和 `dates(…)` 交回的几样里取一样，用方括号和序号：`[0]` 是读好的，`[1]` 是“读不出来的是哪些”。会员表里的 `total_spent` 是累计消费，`phone` 是电话；销售订单里的 `order_date` 是下单日期。
"""

# %% [markdown] lang="en"
"""
Of what `numbers(…)` and `dates(…)` hand back, take one thing with square brackets and a number: `[0]` is what was read, `[1]` which could not be. In the members' table `total_spent` is the money spent so far and `phone` the telephone; in the sales orders `order_date` is the day of the order.
"""

# %%
print(t(zh="前三行的日期：", en="dates of the first three rows:"), *sales["order_date"].head(3), sep="  ")
members[["phone", "total_spent"]].head(3)

# %% [markdown] try="data-all-spent data-unreadable-dates"

# %% [markdown] lang="zh"
"""
## 3. 体检四问：全不全、对不对、合不合、新不新

- **完整**：该填的填了没有？
- **准确**：填的对不对？要和别处核对，或抽查。
- **一致**：同一件事，几张表说法一样吗？
- **及时**：最后一次更新是哪天？

完整最好查，第 1 节已经查过一列。整张表只要一个数，用 `kpis.completeness`；下面再列出填得最不全的 5 列。
"""

# %% [markdown] lang="en"
"""
## 3. Four questions: complete, accurate, consistent, fresh

- **Completeness**: is it filled in where it should be?
- **Accuracy**: is it right? Compare with another source, or check a sample.
- **Consistency**: do the tables say the same of the same thing?
- **Freshness**: when was it last updated?

Completeness is easiest; section 1 looked at one column. `kpis.completeness` gives one number for the whole table; below it stand the 5 columns filled in least.
"""

# %% [markdown] lang="zh" tags=["slide-only"]
"""
## 体检四问：全不全、对不对、合不合、新不新

- **完整：** 该填的填了没有
- **准确：** 和别处核对，或抽查
- **一致：** 几张表说法一样吗
- **及时：** 最后一次更新是哪天
"""

# %% [markdown] lang="en" tags=["slide-only"]
"""
## Four questions: complete, right, consistent, up to date

- **Complete:** is it filled in
- **Accurate:** compared elsewhere, or a sample checked
- **Consistent:** do the tables agree
- **Timely:** the day of the last entry
"""

# %%
filled = sales.dropna(how="all")  # zh: 去掉整行空白  # en: without blank rows
print(t(zh="完整率", en="completeness"), f"{kpis.completeness(filled):.2%}")
labelled(filled.notna().mean().round(4).sort_values().head(5))

# %% [markdown] lang="zh"
"""
一致要拿两张表对。比如，注册日期不该晚于第一笔订单。先用订单表算出每位客户的首单日，再用 `map` 接到会员表上（相当于 Excel 的 VLOOKUP），看看有谁“先买东西，后注册”。
"""

# %% [markdown] lang="en"
"""
For consistency hold two tables against each other. Nobody should register after the first order, for instance. Take the day of each customer's first order from the orders, look it up for the members with `map` (Excel's VLOOKUP), and see who "bought first and registered later".
"""

# %% [markdown] lang="zh" tags=["slide-only"]
"""
## 先买东西，后注册：查到异常，先问业务

这次是录入时填错了；下次也许真是补登的会员。
"""

# %% [markdown] lang="en" tags=["slide-only"]
"""
## Bought first, signed up later: ask before you judge

This time it was a typing error; next time they may really have joined late.
"""

# %% tags=["slide"]
first_order = yuexuan.orders.groupby("customer_id")["order_date"].min()
signup, unread, _ = dates(members["signup_date"])
late = signup > members["customer_id"].map(first_order)
checked = members.assign(signup_date=signup, first_order=members["customer_id"].map(first_order))
labelled(checked.loc[late, ["customer_id", "signup_date", "first_order", "signup_channel"]])

# %% [markdown] lang="zh"
"""
先别急着说错：也许是老顾客后来才补登会员。陆子衡拿着这几个编号去问，市场部翻出登记单：日期是录入时填错的，要改。**查到异常，先问业务，再下判断。**

及时最容易忘。每张表最后一次记到哪天？
"""

# %% [markdown] lang="en"
"""
Do not call it wrong at once: some customers may have bought for months before they joined. Lu Ziheng asks with these ids in hand, and marketing looks up the forms: the dates were mistyped and will be corrected. **When something looks odd, ask the business before you judge.**

Freshness is the easiest to forget. Up to which day does each table go?
"""

# %%
ordered, contacted = dates(sales["order_date"])[0], dates(service["date"])[0]
days = {
    t(zh="销售", en="sales"): ordered,
    t(zh="会员", en="members"): signup,
    t(zh="客服", en="service"): contacted,
}
pd.DataFrame(
    {
        name: {
            t(zh="最晚的日期", en="latest date"): day.max().date(),
            t(zh="落在未来的行", en="rows in the future"): (day > yuexuan.as_of).sum(),
            t(zh="去掉未来，最晚", en="latest without them"): day[day <= yuexuan.as_of].max().date(),
        }
        for name, day in days.items()
    }
).T

# %% [markdown] lang="zh"
"""
每行依次是：最晚的日期、落在未来的行数、去掉未来以后最晚的日期。最晚的日期写着 2052 年和 2035 年，不是数据新，是年份敲错了。去掉它们，三张表都记到 12 月底：够新，可以用。只看“最晚一天”的人，会以为数据新得不得了。
"""

# %% [markdown] lang="en"
"""
Each row gives the latest day, the number of rows in the future, and the latest day without those. The years 2052 and 2035 do not mean fresh data: the years were mistyped. Without them all three tables go up to the end of December: fresh enough to use. Whoever looks only at the latest day will think the data far fresher than they are.
"""

# %% [markdown] lang="zh"
"""
## 4. 重复：哪一种才算

三行一样的订单号，是错吗？看一张小表。
"""

# %% [markdown] lang="en"
"""
## 4. Duplicates: which ones count

Is it wrong when three rows carry the same order number? Look at a small table.
"""

# %% [markdown] lang="zh" tags=["slide-only"]
"""
## 订单号重复不是错，整行都一样才可疑

A1 有两件商品：按单号去重，会把 35 元也删掉。
"""

# %% [markdown] lang="en" tags=["slide-only"]
"""
## A repeated order number is no error; a whole repeated line is

A1 has two products: dropping by number would delete the 35 yuan too.
"""

# %% tags=["slide"]
few = pd.DataFrame(
    {"order_id": ["A1", "A1", "A1", "B2"], "product_id": ["P1", "P2", "P1", "P1"], "amount": [20, 35, 20, 20]}
)
labelled(few).assign(
    **{
        t(zh="单号重复", en="same order"): few.duplicated("order_id"),
        t(zh="整行重复", en="same row"): few.duplicated(),
    }
)

# %% [markdown] lang="zh"
"""
A1 有两件商品，第二行不是重复。第三行和第一行**每一格都一样**，才像是重复导出。按订单号去重，会把第二件商品的 35 元也删掉。`duplicated()` 只标出第二次及以后的出现，每组第一行不标；要删重复行，Excel 里的“删除重复值”也是这样做的。

还有一种行看着像错，其实不是：数量和金额都是负的，那是**退货**，要留下，让它自己从销售额里减掉。数量是负的、金额却是正的，才是填错。
"""

# %% [markdown] lang="en"
"""
A1 holds two products; its second row is no duplicate. The third row equals the first **in every cell**: that looks like a double export. Dropping doubles by order number would delete the 35 yuan of the second product too. `duplicated()` marks the second and later ones only, never the first row of a group; Excel's "Remove Duplicates" works alike.

Other rows look wrong and are not: with pieces and amount both negative it is a **return**; it stays and takes its money off the sales by itself. Negative pieces with a positive amount are a mistake.
"""

# %%
pieces, paid = numbers(sales["quantity"])[0], numbers(sales["amount"])[0]
print(
    t(zh="退货行", en="returns"),
    ((pieces < 0) & (paid < 0)).sum(),
    t(zh="合计（元）", en="in all (yuan)"),
    f"{paid[(pieces < 0) & (paid < 0)].sum():,.2f}",
)
print(t(zh="正负号矛盾的行", en="signs that disagree"), ((pieces < 0) & (paid > 0)).sum())

# %% [markdown] try="data-dropped-rows"

# %% [markdown] lang="zh"
"""
## 5. 一个人，两个编号

会员表里有没有同一个人登记了两次？编号不同，手机号一样，就很可疑。合并之前要人看一眼：也可能是一家人共用一个手机号。
"""

# %% [markdown] lang="en"
"""
## 5. One person, two ids

Did someone register twice? Different ids with the same telephone number are suspicious. Before merging, a person should look: a family may share one telephone.
"""

# %% [markdown] lang="zh" tags=["slide-only"]
"""
## 一个手机号，两个编号：合并前要人看一眼

也可能是一家人。第一组是测试账号：去掉之前，先算名下有多少钱。
"""

# %% [markdown] lang="en" tags=["slide-only"]
"""
## One phone, two numbers: a person looks before we merge

It may be a family. The first group are test accounts: before dropping them, see how much money they hold.
"""

# %% tags=["slide"]
ids_per_phone = members.groupby("phone")["customer_id"].nunique()
shared = members[members["phone"].isin(ids_per_phone[ids_per_phone > 1].index)]
labelled(
    shared.sort_values(["phone", "customer_id"])[["phone", "customer_id", "name", "total_spent"]].head(7)
)

# %% [markdown] lang="zh"
"""
看见了吗？有一组是测试账号：名字写着测试，手机号是同一个假号。测试客户要去掉，但去掉之前先算算他们名下有多少钱。
"""

# %% [markdown] lang="en"
"""
Did you see it? One group are test accounts: the name says so, and they share one made-up number. Test customers go, yet first add up the money under their names.
"""

# %% [markdown] try="data-shared-phones data-empty-years"

# %% [markdown] lang="zh"
"""
## 6. 缺的值：补、标、留

- **补**：有可靠来源时才补。实付金额空着，可以用件数 × 标价 ×（1 − 折扣）算出来。
- **标**：加一列“是否缺失”。出生年份没填的人，可能正是不愿意透露的人，他们是一群。
- **留**：空着就空着，不参加这一项计算。

最坏的办法是用平均数填满：一张表立刻“完整”了，可全公司的年龄都往中间挤。
"""

# %% [markdown] lang="en"
"""
## 6. Missing values: fill, flag, leave

- **Fill**: only from a reliable source. An empty amount can be computed as pieces × list price × (1 − discount).
- **Flag**: add a column "is missing". Those who did not give their birth year may be the very ones who would rather not; they are a group.
- **Leave**: empty stays empty and takes no part in that sum.

The worst way is to fill everything with the mean: the table is "complete" at once, and everybody's age moves towards the middle.
"""

# %% [markdown] lang="zh" tags=["slide-only"]
"""
## 缺的值有三种办法：补、标、留

- **补：** 有可靠来源时才补
- **标：** 加一列“是否缺失”
- **留：** 空着，不参加这一项计算
- 最坏的办法：用平均数填满
"""

# %% [markdown] lang="en" tags=["slide-only"]
"""
## Missing values: fill, mark or leave

- **Fill** only from a reliable source
- **Mark:** a column that says "missing"
- **Leave** empty, and out of this one sum
- Worst of all: fill everything with the mean
"""

# %% [markdown] lang="zh"
"""
## 7. 清洗账：每一步多少行、多少钱

按次序一步一步来，每一步都写下去掉的行数和金额。下面的 `steps` 一行一种检查，挑出有问题的行；`left` 记着还留下哪些，免得同一行扣两次。读不懂代码不要紧，看表。这张账要和名单一起交上去。
"""

# %% [markdown] lang="en"
"""
## 7. The ledger: rows and money, step by step

One step after the other, and each writes down the rows and the money it removed. In `steps` every line is one check that picks the rows concerned; `left` remembers which are still in, so that no row is taken off twice. Never mind the code, read the table. This ledger goes up together with the list.
"""

# %% [markdown] lang="zh" tags=["slide-only"]
"""
## 清洗账：每一步多少行、多少钱

一行“合计”，就值十几万元。
"""

# %% [markdown] lang="en" tags=["slide-only"]
"""
## The ledger: how many lines and how much money each step

One line of "total" is worth more than a hundred thousand yuan.
"""

# %% tags=["slide"]
amount = numbers(sales["amount"])[0]
known = sales["customer_id"].isin(yuexuan.customers["customer_id"])
steps = {
    "blank": sales.isna().all(axis=1),
    "summary": sales["product_id"].isna() & sales["amount"].notna(),
    "double": sales.duplicated() & sales["order_id"].notna(),
    "test": sales["customer_id"].str.startswith("TEST", na=False),
    "unknown_id": sales["customer_id"].notna() & ~known,
    "no_customer": sales["customer_id"].isna() & sales["product_id"].notna(),
}
left, ledger = pd.Series(True, index=sales.index), {}
for step, wrong in steps.items():
    ledger[step] = {"lines": int((wrong & left).sum()), "money": amount[wrong & left].sum().round(2)}
    left &= ~wrong
labelled(pd.DataFrame.from_dict(ledger, orient="index"))

# %% [markdown] lang="zh"
"""
看第二行：一行“合计”就有十几万元。要是忘了它，这一季的销售额凭空翻倍。再看最后两行：没有客户号的、不认识的，都是真的生意，进不了 RFM，但**总销售额里有他们**。去掉和不算，是两回事。
"""

# %% [markdown] lang="en"
"""
Look at the second row: one line "total" holds more than a hundred thousand yuan. Forget it, and the quarter's sales double out of nothing. Look at the last two: without a customer, or with an unknown one, is real business. It cannot go into RFM, but it **belongs to total sales**. Removing and not counting are two things.
"""

# %% [markdown] lang="zh"
"""
`.loc[…, …]` 同时选行和列：逗号前面写留下哪些行，后面写取哪一列。
"""

# %% [markdown] lang="en"
"""
`.loc[…, …]` chooses rows and a column at once: which rows to keep before the comma, which column after it.
"""

# %%
sales.loc[sales["product_id"].isna(), "amount"].head(3)

# %% [markdown] try="data-counted-twice"

# %% [markdown] lang="zh"
"""
## 8. 拼成一张客户表

三张表靠客户编号接起来，一位客户一行：市场部给姓名，销售部给线上和线下各花了多少，客服部给来电和问卷的次数。门店算线下，其余渠道算线上。
"""

# %% [markdown] lang="en"
"""
## 8. Into one table of customers

The customer id joins the three, one row a customer: marketing gives the name, sales the money spent online and offline, service the number of calls and surveys. The shop (门店) is offline, all other channels are online.
"""

# %% [markdown] lang="zh" tags=["slide-only"]
"""
## 拼成一张表，错误自己浮上来

排第一的是一单 26,800 元的奶粉：一罐 268 元，少打了小数点。
"""

# %% [markdown] lang="en" tags=["slide-only"]
"""
## Joined into one table, an error floats to the top

The first row is an order of baby milk for 26,800 yuan: a tin costs 268, and the decimal point was lost.
"""

# %% tags=["slide"]
store = sales["channel"] == t(zh="门店", en="门店")
one_table = members.drop_duplicates("customer_id").set_index("customer_id")[["name"]]
for column, rows in {"online": left & ~store, "offline": left & store}.items():
    one_table[column] = amount[rows].groupby(sales["customer_id"]).sum()
one_table["services"] = service.groupby("customer_id").size()
one_table = one_table.fillna({"online": 0, "offline": 0, "services": 0}).astype({"services": int})
labelled(one_table.sort_values("offline", ascending=False).head(3))

# %% [markdown] lang="zh"
"""
排第一的，是门店里一单 26,800 元的奶粉：一罐 268 元，少打了小数点。清洗账没抓到它，拼成一张表、排个序，它自己浮了上来。没在这一季买过、没联系过客服的人，这里填 0：没有就是 0，这样补是有依据的。
"""

# %% [markdown] lang="en"
"""
First in line is baby milk for 26,800 yuan in the shop: a tin costs 268, and the decimal point is gone. The ledger did not catch it; one table, sorted once, brought it to the surface. Those who bought nothing this quarter or never called get a 0: nothing is 0 here, so this filling has a reason.
"""

# %% [markdown] lang="zh"
"""
## 9. 数据准确率

一个数说清一张表能不能信：数据准确率（data accuracy rate）＝ 正确的记录数 ÷ 应有的记录数 × 100%。平时靠抽查：抽 100 条，和原始凭证核对。这三个文件有答案，错在哪一行全写着，我们可以算个准的。
"""

# %% [markdown] lang="en"
"""
## 9. The data accuracy rate

One number says whether a table can be trusted: the data accuracy rate is records right ÷ records that should be × 100%. In daily work take a sample: check 100 against the original receipts. These three files come with a key that names every wrong row, so we can compute it exactly.
"""

# %%
key = answer_key()
faults = key[key["group"] == "fault"]
labelled(faults.groupby("file")["row"].nunique().to_frame(t(zh="有错的行", en="rows with a fault")))

# %% [markdown] lang="zh"
"""
答案表一行记一处：`file` 是哪个文件，`row` 是第几行，`group` 区分两种：`fault` 是真的错，`form` 是写法不同但内容对（比如 2025/10/3）。写法不同不算错，读懂就行。
"""

# %% [markdown] lang="en"
"""
The key has one line for each spot: `file` is the file, `row` the row, and `group` tells two kinds apart: a `fault` is really wrong, a `form` is right but written in another way (2025/10/3, say). Another way of writing is no fault; it just has to be read.
"""

# %% [markdown] lang="zh" tags=["slide-only"]
"""
## 数据准确率：正确的记录数 ÷ 应有的记录数

会员表的准确率。平时靠抽查：抽 100 条，和原始凭证核对。
"""

# %% [markdown] lang="en" tags=["slide-only"]
"""
## Data accuracy rate: right records ÷ all records due

That of the members' table. Usually a sample tells: 100 records against the documents.
"""

# %% tags=["slide"]
members_wrong = faults.loc[faults["file"] == "marketing_members.xlsx", "row"].nunique()
print(
    t(zh="会员表的准确率", en="accuracy of the members' table"),
    f"{kpis.accuracy_rate(len(members) - members_wrong, len(members)):.1%}",
)

# %% [markdown] lang="zh"
"""
`sales.index` 是每一行的行号，从 2 起，因为第 1 行是表头；`.isin(…)` 问“在不在后面这些里”；`kpis.accuracy_rate(…)` 就是上面那个公式，用正确的行数和全部行数。

数销售表的错行，要在 `sales` 里数：上面的表写着 36 行，其中 2 行是整行空白。练习册一开头就把空白行从 `sales` 里去掉了，所以那里只剩 34 行。
"""

# %% [markdown] lang="en"
"""
`sales.index` holds the number of each row, from 2 on, since row 1 is the head; `.isin(…)` asks whether it is among what follows; `kpis.accuracy_rate(…)` is the formula above, from the right rows and all rows.

Count the faulty rows of the sales table within `sales`: the table above says 36, of which 2 are blank rows. The workbook takes the blank rows out of `sales` at its start, so there it has 34.
"""

# %%
print(t(zh="行号在这三个里的：", en="rows among these three:"), sales.index.isin([0, 1, 2]).sum())
kpis.accuracy_rate(9, 10)

# %% [markdown] try="data-accuracy"

# %% [markdown] lang="zh"
"""
## 10. 自己动手查

选一种检查，看它抓到哪些行、牵涉多少钱，又漏掉了答案里的几处。哪一种检查最划算？
"""

# %% [markdown] lang="en"
"""
## 10. Examine by hand

Choose a check: see which rows it catches, how much money is at stake, and how many of the planted faults it misses. Which check pays best?
"""

# %% [markdown] lang="zh" tags=["slide-only"]
"""
## 哪种检查最划算？行数和钱一起看

合计只有 1 行，却值十几万元。
"""

# %% [markdown] lang="en" tags=["slide-only"]
"""
## Which check pays best? See lines and money together

The total is only 1 line, and worth more than a hundred thousand yuan.
"""

# %% tags=["explorer", "slide"]
explore.data.show()

# %% [markdown] lang="zh"
"""
**这张图说了什么：** 每种检查各抓到几行。“不认识的客户”比清洗账里多几行：多的是测试客户，账里前一步已经扣过，次序不同，每一步的数就不同。**它没说什么：** 哪种检查最要紧。合计只有 1 行，却值十几万元；所以行数和钱要一起看。
"""

# %% [markdown] lang="en"
"""
**What the figure tells:** how many rows each check catches. "Unknown customers" has more rows than in the ledger: the others are test customers, taken off one step earlier there; another order of steps gives other numbers. **What it does not tell:** which check matters most. The total is 1 row only, and worth more than a hundred thousand yuan; so look at rows and money together.
"""

# %% [markdown] try="data-letter data-faults-caught"

# %% [markdown] lang="zh" tags=["trainer"]
"""
**小组讨论（10 分钟）：** 每组扮一个部门，收到退回的错误清单。写三句回信：哪些马上改，哪些其实没错（为什么），以后怎样不再发生。然后换组读信：语气像不像在互相推责任？好的退回单写“第几行、哪一列、应该怎样”，不写“你们的数据很差”。
"""

# %% [markdown] lang="en" tags=["trainer"]
"""
**Small groups (10 minutes):** each plays a department that gets the list of faults back. Write three sentences: what will be put right at once, what is not wrong after all (and why), and how it will not happen again. Then swap letters: does it sound like passing the blame? A good list says which row, which column and what it should be; it does not say "your data are poor".
"""

# %% [markdown] lang="zh"
"""
> **在 Excel 里**：打开 csv 别双击：用“数据 → 从文本/CSV”，编号和手机列选“文本”，开头的零才不会丢。空格子：`=COUNTBLANK(C2:C5000)`；重复：`=COUNTIFS(A:A,A2,B:B,B2)>1`；多余的空格：`=TRIM(A2)`。
"""

# %% [markdown] lang="en"
"""
> **In Excel**: Do not open a csv by double-click: take Data → From Text/CSV and make ids and phones "Text", or their leading zeros are gone. Empty cells: `=COUNTBLANK(C2:C5000)`; repeats: `=COUNTIFS(A:A,A2,B:B,B2)>1`; stray blanks: `=TRIM(A2)`.
"""

# %% [markdown] lang="zh"
"""
## 11. 小测验
"""

# %% [markdown] lang="en"
"""
## 11. Quiz
"""

# %%
quiz("02")

# %% [markdown] about="key_points"

# %% [markdown] lang="zh"
"""
## 在你的公司

先写一张来源表：每个部门有什么表，谁管，多久更新，线上还是线下。再拿最重要的那张订单表做体检。

- 打开是乱码？试 `encoding="gb18030"`；还不行，请对方另存为 UTF-8，不要自己用 Excel 改存。
- 没有客户编号？手机号、会员名都可以当编号，先按第 5 节查一查有没有共用。
- 没有别的表可核对？抽 50 行，打电话问当事人，这也是准确率。

把清洗账发给每个部门：错在哪里，他们改得最快。
"""

# %% [markdown] lang="en"
"""
## In your company

Begin with a list of sources: which department has which table, who keeps it, how often it is updated, online or offline. Then examine the most important one, the orders.

- Gibberish? Try `encoding="gb18030"`; if that fails, ask for the file saved as UTF-8, and do not save it again through Excel.
- No customer number? A telephone or member name can serve as one; first check as in section 5 whether it is shared.
- No other table to compare with? Take 50 rows and ask the people concerned: that is an accuracy rate too.

Send the ledger to each department: they know best what went wrong and fix it fastest.
"""

# %% [markdown] lang="zh" tags=["slide-only"]
"""
## 在你的公司：先体检最重要的那张表

- 来源表：谁管，多久更新，线上还是线下
- 没有客户编号：用手机号，先查有没有共用
- 没有别的表可核对：抽 50 行，打电话问
- 把清洗账发给每个部门
"""

# %% [markdown] lang="en" tags=["slide-only"]
"""
## In your company: examine the most important table first

- Sources: who keeps them, how often, online or offline
- No customer number: use the phone, but look for shared ones
- Nothing to compare with: draw 50 lines and call
- Send the ledger to every department
"""

# %% [markdown] lang="zh"
"""
## 别处怎么叫

| 这门课里 | 别处也叫 |
|---|---|
| 体检：完整、准确、一致、及时 | 数据质量维度；data profiling |
| 一个人两个编号，合并 | 实体解析、OneID；entity resolution、record linkage |
| 补、标、留 | 缺失值处理、插补；imputation |
| 清洗账 | 数据血缘的一部分；audit trail |

想往下读：

- GB/T 36344-2018《信息技术 数据质量评价指标》。
- Wang, R. Y., & Strong, D. M. (1996). Beyond accuracy: What data quality means to data consumers. *Journal of Management Information Systems*, 12(4)。
- Fellegi, I. P., & Sunter, A. B. (1969). A theory for record linkage. *Journal of the American Statistical Association*, 64。
"""

# %% [markdown] lang="en"
"""
## What others call this

| in this course | elsewhere also |
|---|---|
| examination: complete, accurate, consistent, fresh | dimensions of data quality; data profiling |
| one person with two ids, merged | entity resolution, record linkage |
| fill, flag, leave | missing values, imputation |
| ledger of cleaning | part of data lineage; audit trail |

To read on:

- GB/T 36344-2018, Information technology: evaluation indicators for data quality.
- Wang, R. Y., & Strong, D. M. (1996). Beyond accuracy: What data quality means to data consumers. *Journal of Management Information Systems*, 12(4).
- Fellegi, I. P., & Sunter, A. B. (1969). A theory for record linkage. *Journal of the American Statistical Association*, 64.
"""

# %% [markdown] about="next"

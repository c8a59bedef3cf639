# %% [markdown] about="opening"

# %% [markdown] lang="zh"
"""
## 故事与数据

悦选的总经理顾明远在月会上只说了一句话：“明年销售额要涨 15%，营销预算不变。”

客户经理苏晚晴翻开去年的账：每个月给全体会员发同一张券、打同一通电话。有人每周都来，有人登记以后再没出现过，收到的东西一模一样。坐在后排的小林今天第一天上班，她在本子上写：“钱没少花，花给谁了？”

这门课陪小林走完 17 课：从一堆表格开始，到交给总经理一份方案。先看看悦选是谁。
"""

# %% [markdown] lang="en"
"""
## Story and data

Gu Mingyuan, who runs Yuexuan, says one sentence at the monthly meeting: "15% more sales next year, with the same marketing budget."

Su Wanqing, the customer manager, opens last year's books: every month all members get the same coupon and the same call. Some come every week, some have not been seen since they registered; all get exactly the same. In the back row Lin, on her first day, writes down: "The money was spent. On whom?"

This course walks with Lin through 17 lessons: from a handful of raw tables to a plan for the director. First, meet Yuexuan.
"""

# %% [markdown] lang="zh" tags=["slide-only"]
"""
## 销售额要涨 15%，营销预算不变

- 每个月给全体会员发同一张券、打同一通电话
- 有人每周都来，有人登记以后再没出现过
- 小林的问题：“钱没少花，花给谁了？”
"""

# %% [markdown] lang="en" tags=["slide-only"]
"""
## Sales up by 15%, and not a yuan more for marketing

- Every month all members get the same coupon and the same call
- Some come every week; some were never seen again after they signed up
- Lin's question: "We spend the money. On whom?"
"""

# %%
import pandas as pd

from custseg_helpers import (
    check,
    explore,
    hint,
    label,
    labelled,
    load,
    order_facts,
    plots,
    quiz,
    use_language,
)

use_language(t(zh="zh", en="en"))

company = load()
print(company.title)
print(company.story)

# %% [markdown] lang="zh"
"""
上面那一格是代码。你不用会编程：按 Shift + Enter 就会运行。最上面几行 `import` 是把工具拿出来放在手边，以后每课都这样开头，不用记。`load()` 把公司的表读进来，`company.customers` 是客户表，一行一位客户；`head(3)` 只看前 3 行，`labelled` 把列名换成中文。
"""

# %% [markdown] lang="en"
"""
The cell above is code. You need not be a programmer: press Shift + Enter and it runs. The lines with `import` at the top take the tools out of the drawer; every lesson opens like this, and there is nothing to remember. `load()` reads the company's tables; `company.customers` is the table of customers, one line each; `head(3)` shows the first 3 lines, `labelled` gives the columns plain names.
"""

# %%
labelled(
    company.customers[
        ["customer_id", t(zh="name_zh", en="name_en"), "city", "signup_date", "signup_channel"]
    ].head(3)
)

# %% [markdown] lang="zh" tags=["trainer"]
"""
**老师：** 先一起开门（5 分钟）：每个人双击开始文件，在 START 点“并排打开”，讲义和练习册摆在一起，运行第一格。再问全班：“上周你给谁打了电话？为什么是他？”把理由写在白板上，分两列：和“值多少”有关的，和“要什么”有关的。不要评价，这两列就是第 1 节的分级和分型。

**卡点：** 有人会怕代码。让他们只按 Shift + Enter，先看到结果，再回头看那一行写了什么。

**来不及时：** 第 3 节的三个理论改为课后阅读。
"""

# %% [markdown] lang="en" tags=["trainer"]
"""
**Trainer:** First open the door together (5 minutes): everyone double-clicks the start file, clicks “side by side” on START and runs the first cell. Then ask all: "Whom did you call last week, and why that one?" Write the reasons on the board in two columns: those about worth, those about need. Do not judge them; the two columns are grading and typing of section 1.

**Where they stumble:** some fear the code. Let them press Shift + Enter only, see the result first, and then look back at the line.

**When late:** make the three theories of section 3 reading for later.
"""

# %% [markdown] lang="zh"
"""
## 1. 分级和分型：两个不同的问题

看四位客户。同一张表，可以问两个问题。
"""

# %% [markdown] lang="en"
"""
## 1. Grading and typing: two different questions

Look at four customers. The same table answers two questions.
"""

# %% [markdown] lang="zh" tags=["slide-only"]
"""
## 同一张表，可以问两个问题

**分级** 问值多少，**分型** 问要什么。
"""

# %% [markdown] lang="en" tags=["slide-only"]
"""
## One table, two questions

**Grading** asks how much they are worth; **typing** asks what they want.
"""

# %% tags=["slide"]
few = pd.DataFrame(
    {
        t(zh="客户", en="customer"): t(
            zh=["陈静", "刘洋", "何芳", "马磊"], en=["Chen Jing", "Liu Yang", "He Fang", "Ma Lei"]
        ),
        t(zh="一年花了（元）", en="spent in a year (yuan)"): [8200, 7900, 460, 380],
        t(zh="最常买", en="buys most"): t(
            zh=["奶粉", "跑鞋", "奶粉", "跑鞋"],
            en=["baby milk", "running shoes", "baby milk", "running shoes"],
        ),
    }
)
few

# %% [markdown] lang="zh"
"""
- **分级** 问：值多少？陈静和刘洋是一级，何芳和马磊是另一级。它决定**投入多少**：谁值得客户经理亲自打电话。
- **分型** 问：要什么？陈静和何芳是一型，刘洋和马磊是另一型。它决定**说什么**：谁该收到奶粉的消息，谁该收到跑鞋的消息。

只分级，会给刘洋送奶粉券；只分型，会让客户经理花一下午打给何芳。本课程两样都教：第 03、04、09 课分级，第 06、08 课分型，第 07 课把两样叠起来。
"""

# %% [markdown] lang="en"
"""
- **Grading** asks: what is the customer worth? Chen Jing and Liu Yang are one grade, He Fang and Ma Lei another. It decides **how much to invest**: who deserves a call from the customer manager herself.
- **Typing** asks: what does the customer need? Chen Jing and He Fang are one type, Liu Yang and Ma Lei another. It decides **what to say**: who hears of baby milk and who of running shoes.

With grading alone, Liu Yang gets a coupon for baby milk; with typing alone, the manager spends her afternoon calling He Fang. This course teaches both: lessons 03, 04 and 09 grade, lessons 06 and 08 type, lesson 07 lays one over the other.
"""

# %% [markdown] lang="zh" tags=["slide-only"]
"""
## 分级决定投入多少，分型决定说什么

- 只分级：给爱跑步的刘洋送奶粉券
- 只分型：客户经理花一下午打给何芳
- 两样都要：这门课两样都教
"""

# %% [markdown] lang="en" tags=["slide-only"]
"""
## The grade decides how much to invest, the type what to say

- Graded only: Liu Yang, who runs, gets a coupon for baby milk
- Typed only: the manager spends an afternoon calling He Fang
- Both are needed: this course teaches both
"""

# %% [markdown] lang="zh"
"""
## 2. 六步，走成一个圈

1. **收集**：销售、市场、客服各有一份数据（第 02 课）；
2. **清洗**：去重、补缺、对账，每一步都记下代价（第 02 课）；
3. **定标签**：把对客户的了解写成一条条能算的话（第 01 课）；
4. **分析**：分级、分型、看走向（第 03 到 10 课）；
5. **定策略**：给谁、给什么、走哪个渠道、定多少目标（第 11、12 课）；
6. **评估改进**：有没有用，怎样一直管下去（第 13、14 课）。

做完第 6 步回到第 1 步：客户会变，标签会过期。
"""

# %% [markdown] lang="en"
"""
## 2. Six steps that make a circle

1. **Collect**: sales, marketing and service each hold some data (lesson 02);
2. **Clean**: remove doubles, fill gaps, reconcile, and note what each step costs (lesson 02);
3. **Define tags**: turn what we know into lines that can be computed (lesson 01);
4. **Analyse**: grade, type, see where customers are going (lessons 03 to 10);
5. **Set a strategy**: what to offer to whom, through which channel, with what target (lessons 11 and 12);
6. **Evaluate and improve**: did it work, and how to keep it right (lessons 13 and 14).

After step 6 comes step 1: customers change and tags expire.
"""

# %% [markdown] lang="zh" tags=["slide-only"]
"""
## 六步走成一个圈

| 步 | 做什么 | 哪几课 |
|---|---|---|
| 1、2 | 收集、清洗 | 02 |
| 3 | 定标签 | 01 |
| 4 | 分析：分级、分型、看走向 | 03–10 |
| 5 | 定策略 | 11、12 |
| 6 | 评估改进，再从头来 | 13、14 |
"""

# %% [markdown] lang="en" tags=["slide-only"]
"""
## Six steps make a circle

| Step | What | Lessons |
|---|---|---|
| 1, 2 | collect, clean | 02 |
| 3 | tag | 01 |
| 4 | analyse: grades, types, direction | 03–10 |
| 5 | choose a strategy | 11, 12 |
| 6 | evaluate, improve, begin again | 13, 14 |
"""

# %% [markdown] lang="zh"
"""
## 3. 三个出发点

**数据驱动决策。** 先看数，再拍板。苏晚晴觉得“老顾客都很忠诚”，订单却说，有的老顾客半年没来了。数据不替人做决定，它让人少猜。

**客户关系管理。** 每位客户走到了哪一步，该维护、该赢回，还是该放手？常听人说“留住老客户比找新客户便宜”。这是一种看法：Reichheld 和 Sasser（1990）举了几家公司为例，Sharp（2010）却说增长主要靠新客户。你的公司是哪一种，第 09 课用自己的获客成本算。

**市场细分。** 一种说法打动不了所有人。把需求相近、反应相近的人放在一起，对每一群说他们听得进去的话。
"""

# %% [markdown] lang="en"
"""
## 3. Three starting points

**Data-driven decisions.** Look first, then decide. Su Wanqing feels that "long-standing customers are loyal", yet the orders say that some have not come for half a year. Data do not decide for us; they leave less to guess.

**Customer relationship management.** How far has each customer come with us: whom to look after, whom to win back, whom to let go? You will often hear that keeping a customer is cheaper than finding one. That is an opinion: Reichheld and Sasser (1990) give a few companies as examples, while Sharp (2010) holds that growth comes mostly from new customers. Which is true of your company, lesson 09 works out from your own cost of winning a customer.

**Market segmentation.** One message does not move everybody. Put people with similar needs and similar reactions together, and tell each group what it will listen to.
"""

# %% [markdown] lang="zh" tags=["slide-only"]
"""
## 三个出发点

- **数据驱动决策：** 先看数，再拍板
- **客户关系管理：** 知道每位客户走到了哪一步
- **市场细分：** 一种说法打动不了所有人
"""

# %% [markdown] lang="en" tags=["slide-only"]
"""
## Three starting points

- **Data-driven decisions:** look at the numbers, then decide
- **Customer relationship management:** know where each customer stands
- **Market segmentation:** one message does not move everyone
"""

# %% [markdown] lang="zh"
"""
## 4. 分完拿来做什么

- **定目标**：15% 从哪些客户身上来？不是每人多买 15%。
- **管客户**：谁由谁跟进，多久联系一次，何时停止打扰。
- **选渠道**：短信、小程序、门店、电话、企业微信群（常说的私域），各自对谁管用、花多少钱。
- **看产品**：同一件商品值在哪里，因人而异：对图省钱的人说划算，对讲究的人说品质。

电商用它选谁收券；银行用它分清风险、配合适的产品；医院和药企用它安排随访和拜访；学校用它找出需要拉一把的学员；卖设备的公司用它决定工程师先去哪家厂。培训材料里常见“分层后销售额提高 15%、20%、30%”这样的数字。那是材料里的说法。**怎么知道是分层带来的？** 带着这个问题学到第 13 课。

做不成的时候，多半卡在四件事上：数据质量差（第 02 课），没有人会做（这门课），部门之间不配合（第 02、14 课），大家习惯了老办法、不愿意变（第 14 课）。哪一件在你的公司最难，先写下来。
"""

# %% [markdown] lang="en"
"""
## 4. What it is for

- **Targets**: from which customers will the 15% come? Not 15% more from everyone.
- **Customers**: who looks after whom, how often, and when to stop contacting them.
- **Channels**: text message, mini program, shop, telephone, groups on WeChat that the company runs itself (in China its "private domain"): for whom each works and what it costs.
- **Products**: what one product is worth depends on who looks: talk about the price to bargain hunters and about quality to those who care for it.

Web shops use it to choose who gets a coupon; banks to tell risks apart and offer a product that fits; hospitals and drug makers to plan visits; schools to find the learner who needs a hand; makers of equipment to decide which plant the engineer visits first. Training material often quotes figures such as "sales rose by 15%, 20%, 30% after tiering". That is what the material says. **How would we know that tiering caused it?** Keep the question until lesson 13.

Where it fails, it mostly fails for one of four obstacles: poor data quality (lesson 02), nobody with the skills (this course), departments that do not cooperate (lessons 02 and 14), and people who are used to the old way and see no reason to change (lesson 14). Write down which is the hardest at your company.
"""

# %% [markdown] lang="zh" tags=["slide-only"]
"""
## 分完拿来做四件事

- **定目标：** 15% 从哪些客户身上来
- **管客户：** 谁跟进，多久一次，何时停止打扰
- **选渠道：** 短信、小程序、门店、电话，各对谁管用
- **看产品：** 同一件商品，对不同的人值在不同的地方
"""

# %% [markdown] lang="en" tags=["slide-only"]
"""
## Four uses of a segmentation

- **Targets:** which customers the 15% come from
- **Care:** who follows whom, how often, when to stop
- **Channels:** texts, mini program, shop, telephone: which works for whom
- **Products:** one product is worth different things to different people
"""

# %% [markdown] lang="zh" tags=["slide-only"]
"""
## “提高 15%、20%、30%”：怎么知道是分层带来的？

材料里的数字是别人的说法。带着这个问题，学到第 13 课。
"""

# %% [markdown] lang="en" tags=["slide-only"]
"""
## "Up by 15%, 20%, 30%": how do we know that segmentation did it?

Numbers in brochures are somebody's claim. Keep the question until lesson 13.
"""

# %% [markdown] lang="zh"
"""
## 5. 练习怎样做

每课有一本练习册。做题只要会数数，先记两个数法：`len(...)` 数一张表有几行，`nunique()` 数一列里有几个**不同的**值。拿第 1 节那四位客户试一试。
"""

# %% [markdown] lang="en"
"""
## 5. How the exercises work

Each lesson has a workbook. Today's exercises need counting only, in two ways: `len(...)` counts the lines of a table, `nunique()` counts the **different** values in a column. Try both on the four customers of section 1.
"""

# %% [markdown] lang="zh" tags=["slide-only"]
"""
## 填好空 `____`，再运行检查

- `check` 说差在哪里，答错不扣分
- 不想写代码：按检查下面的“点选搭建”
- `hint` 给提示，`solution` 看答案
- `progress` 看做到哪里
"""

# %% [markdown] lang="en" tags=["slide-only"]
"""
## Fill the blanks `____`, then run the check

- `check` says what is off; a wrong answer costs nothing
- Rather click than type: “Build by pointing” below the check
- `hint` helps, `solution` shows the answer
- `progress` shows how far you are
"""

# %%
print(t(zh="几位客户：", en="customers:"), len(few))
print(t(zh="几种商品：", en="different products:"), few[t(zh="最常买", en="buys most")].nunique())

# %% [markdown] lang="zh"
"""
4 位客户，2 种最常买的商品。在练习册里，填好空 `____`，运行，再运行下面的 `check`：答错了，它会告诉你差在哪里。不想写代码也行：按 `check` 下面的“点选搭建”，用鼠标选表、选列、选做法，代码由它写。先在这里试一次：一共有多少位客户登记？故意答个 3 看看。
"""

# %% [markdown] lang="en"
"""
4 customers, 2 products bought most. In the workbook fill the blanks `____`, run the cell, then run the `check` below it: it says what is wrong with a wrong answer. You may also click instead of typing: “Build by pointing” below the `check` lets you choose a table, a column and what to do, and writes the code. Try it here: how many customers registered? Answer 3, wrong on purpose.
"""

# %%
check("welcome-registered", 3)

# %%
hint("welcome-registered")

# %% [markdown] lang="zh"
"""
答错不扣分。`hint` 给提示，`solution` 看答案，`progress` 看做到哪里。代码里的英文词不认识，用 `label` 查词汇表：每个词全课只有一种说法。
"""

# %% [markdown] lang="en"
"""
A wrong answer costs nothing. `hint` helps, `solution` shows the answer, `progress` shows how far you are. For a code you do not know ask the glossary with `label`: each word has one name throughout the course.
"""

# %%
print(label("monetary"), label("dormant"), label("holdout"), sep=" | ")

# %% [markdown] lang="zh"
"""
订单表 `orders` 里，`customer_id` 是客户编号，`order_id` 是订单号。方括号加引号取出一列，再数不同的；退货也在里面。
"""

# %% [markdown] lang="en"
"""
In the table `orders`, `customer_id` is the customer's number and `order_id` the order's. Square brackets with quotes take a column; then count the different ones, returns included.
"""

# %%
orders = company.orders
people = orders["customer_id"].nunique()
papers = orders["order_id"].nunique()
print(t(zh=f"几位客户：{people:,}", en=f"customers: {people:,}"))
print(t(zh=f"几张订单：{papers:,}", en=f"orders: {papers:,}"))

# %% [markdown] try="welcome-registered welcome-buyers welcome-colleague-report"

# %% [markdown] lang="zh"
"""
## 6. 钱集中在谁身上

`order_facts` 把订单按客户加总，一位客户一行，其中 `monetary` 是消费金额（退货已减）；第 04 课会一步步拆开看。把客户按消费金额从高到低排好，从最前面数人头，一边数一边加钱。
"""

# %% [markdown] lang="en"
"""
## 6. Who holds the money

`order_facts` adds up the orders by customer, one line each; `monetary` is the money spent, less returns. Lesson 04 takes it apart step by step. Line up the customers from the highest spending to the lowest, count people from the front and add up the money as you go.
"""

# %% [markdown] lang="zh" tags=["slide-only"]
"""
## 三百人，带来一半的钱

把客户按消费金额从高到低排好，一边数人，一边加钱。
"""

# %% [markdown] lang="en" tags=["slide-only"]
"""
## Three hundred people bring half of the money

Line the customers up by what they spent; count people and add up the money.
"""

# %% tags=["slide"]
facts = order_facts(company.orders, company.as_of)
money = facts["monetary"].sort_values(ascending=False)
for people in (100, 300, 1000):
    share = money.head(people).sum() / money.sum()
    print(t(zh=f"前 {people:,} 位：{share:.0%} 的钱", en=f"the first {people:,}: {share:.0%} of the money"))

# %% [markdown] lang="zh"
"""
电话打给前 300 位，线那头是一半的钱；随便挑 300 位，大约是一成。可是，**过去花钱多**不等于**以后还会花**：下面的探索器就让你用前面的数据，去猜最后一个季度。
"""

# %% [markdown] lang="en"
"""
Call the first 300, and half of the money is at the other end of the line; any 300 hold about a tenth. Yet **having spent much** is not **going to spend**: the explorer below lets you guess the last quarter from the data before it.
"""

# %% [markdown] lang="zh"
"""
上面用了三样：`.head(300)` 取前 300 行，`.sum()` 加起来，`/` 是除。再认识两样：`.cumsum()` 一路累加，写出走到每一位一共有多少；`<` 问每一行是不是小于后面的数，答“是”的数一数，要多算一位就 `+ 1`。
"""

# %% [markdown] lang="en"
"""
Three things were used above: `.head(300)` takes the first 300 rows, `.sum()` adds up, `/` divides. Two more: `.cumsum()` adds up as it goes and says how much there is at each customer; `<` asks of every row whether it is less than what follows; count the yes, and for one more write `+ 1`.
"""

# %%
running = money.head(5).cumsum()
print(t(zh="数到第几位：", en="counted up to customer number:"), (running < running.max()).sum() + 1)
running

# %% [markdown] try="welcome-top-share welcome-typing-sentence welcome-to-director welcome-half-money"

# %% [markdown] lang="zh"
"""
## 7. 自己动手调

假设最后一个季度还没发生，你只能联系一部分客户。选一种排法，拖动人数，看看你选中的人后来带来了这一季百分之几的销售额。
"""

# %% [markdown] lang="en"
"""
## 7. Try it by hand

Suppose the last quarter has not happened yet and you can contact only some customers. Choose how to line them up, move the number, and see what percentage of that quarter's sales came from those you chose.
"""

# %% [markdown] lang="zh" tags=["slide-only"]
"""
## 排得有道理，同样的人数，带来更多的钱

你只能联系一部分人：先排序，再猜最后一个季度。

按编号排，不比乱猜好。
"""

# %% [markdown] lang="en" tags=["slide-only"]
"""
## A sensible order: as many people, more of the money

You may contact only some: sort first, then guess the last quarter.

Sorted by number is no better than a guess.
"""

# %% tags=["explorer", "slide"]
explore.welcome.show(company)

# %% [markdown] lang="zh"
"""
**这张图说了什么：** 排得有道理，同样的人数，后来带来的销售额更多；按客户编号排，不比乱猜好。无论怎么排都到不了 100%：剩下那点钱，来自当时还没买过东西的人。**它没说什么：** 这些人是不是因为联系才买的。没联系他们，他们也许照样会来。
"""

# %% [markdown] lang="en"
"""
**What the figure tells:** in a sensible order, the same number of people accounts for more of the later sales; going by customer number is no better than chance. No order reaches 100%: the rest came from people who had not bought anything yet. **What it does not tell:** whether they bought because of the contact. Without it they might have come all the same.
"""

# %% [markdown] lang="zh"
"""
> **在 Excel 里**：把每位客户的金额从高到低排好，`=SUM(C2:C301)/SUM(C:C)` 就是 300 位客户带来的份额。数据透视表：行放客户，值放金额的求和，再按金额排序。
"""

# %% [markdown] lang="en"
"""
> **In Excel**: Sort the customers by money, highest first; `=SUM(C2:C301)/SUM(C:C)` is the share that 300 customers bring. In a pivot table: customers as rows, the sum of the money as values, sorted by it.
"""

# %% [markdown] lang="zh"
"""
## 8. 小测验
"""

# %% [markdown] lang="en"
"""
## 8. Quiz
"""

# %%
quiz("00")

# %% [markdown] about="key_points"

# %% [markdown] lang="zh"
"""
## 在你的公司

这一课不需要你的数据，只需要三个问题的答案。写在纸上，后面每一课都会用到。

1. 老板今年要的数字是什么？涨多少，预算变不变？
2. 谁手里有客户名单、订单、活动记录？列出人名，不是部门名。
3. 上一次对客户做的活动，怎么知道有没有用？

手头没有订单表？先向同事要一份：客户、订单号、日期、金额四列就够开始第 02 课和第 04 课。
"""

# %% [markdown] lang="en"
"""
## In your company

This lesson needs no data of yours, only answers to three questions. Write them on paper; every later lesson uses them.

1. Which number does your boss want this year? How much more, and does the budget change?
2. Who holds the list of customers, the orders, the records of campaigns? Names of people, not of departments.
3. The last campaign for your customers: how do you know whether it worked?

No table of orders at hand? Ask a colleague for one: customer, order number, date and amount, four columns, are enough to start lessons 02 and 04.
"""

# %% [markdown] lang="zh" tags=["slide-only"]
"""
## 在你的公司：先答三个问题

- 老板今年要的数字是什么？预算变不变？
- 谁手里有客户名单、订单、活动记录？写人名
- 上一次活动，怎么知道有没有用？
"""

# %% [markdown] lang="en" tags=["slide-only"]
"""
## In your company: three questions first

- What number does the boss want this year? Does the budget change?
- Who has the customer list, the orders, the campaign records? Write names
- The last campaign: how do you know whether it worked?
"""

# %% [markdown] lang="zh"
"""
## 别处怎么叫

| 这门课里 | 别处也叫 |
|---|---|
| 分级、分层 | 客户等级、客户价值分类；tiering |
| 分型、分群 | 客户细分、市场细分；segmentation |
| 客户关系管理 | CRM（customer relationship management） |

想往下读：

- Smith, W. R. (1956). Product differentiation and market segmentation as alternative marketing strategies. *Journal of Marketing*, 21(1)：“市场细分”一词的出处。
- Payne, A., & Frow, P. (2005). A strategic framework for customer relationship management. *Journal of Marketing*, 69(4)。
- 留住还是找新，两种看法：Reichheld, F. F., & Sasser, W. E. (1990). Zero defections. *Harvard Business Review*, 68(5)；Sharp, B. (2010). *How Brands Grow*. Oxford University Press。
"""

# %% [markdown] lang="en"
"""
## What others call this

| in this course | elsewhere also |
|---|---|
| grading, tiering | customer value classes, ABC classes; 客户分级 |
| typing, segmenting | market segmentation, clustering; 客户细分 |
| customer relationship management | CRM |

To read on:

- Smith, W. R. (1956). Product differentiation and market segmentation as alternative marketing strategies. *Journal of Marketing*, 21(1): where the term market segmentation comes from.
- Payne, A., & Frow, P. (2005). A strategic framework for customer relationship management. *Journal of Marketing*, 69(4).
- To keep or to find, two views: Reichheld, F. F., & Sasser, W. E. (1990). Zero defections. *Harvard Business Review*, 68(5); Sharp, B. (2010). *How Brands Grow*. Oxford University Press.
"""

# %% [markdown] about="next"

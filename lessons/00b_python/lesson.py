# %% [markdown] about="opening"

# %% [markdown] lang="zh"
"""
## 故事与数据

下午四点，苏晚晴问小林：“每位客户一共花了多少？”小林打开 Excel，插入数据透视表，拖两个字段，二十分钟后交了。第二天早上来了新订单，苏晚晴又问了一遍。小林又拖了二十分钟。

数据专员陆子衡走过来：“你每天做的是同一件事。把它写成一句话，明天按一下就行。”他在小林的屏幕上敲了一行。这一课就学会读、会写这样的一行：用的都是 Excel 里做惯的事，只是换了写法。

先看一张小表，只有 6 行，用手指都能数。最上面两行是把工具拿出来，每课都有，不用记；`few` 是这张表的名字。
"""

# %% [markdown] lang="en"
"""
## Story and data

At four in the afternoon Su Wanqing asks Lin: "How much has each customer spent in all?" Lin opens Excel, inserts a pivot table, drags two fields and hands it in twenty minutes later. Next morning new orders are in, and Su Wanqing asks again. Lin drags for another twenty minutes.

Lu Ziheng, the data specialist, comes over: "You do the same thing every day. Write it down as a sentence; tomorrow you press one key." He types a line on Lin's screen. In this lesson you learn to read and to write such a line: all of it is what you do in Excel anyway, only written down.

First a small table of 6 rows, small enough to count on your fingers. The lines at the top take out the tools; every lesson has them, and there is nothing to remember. `few` is the name of the table.
"""

# %% [markdown] lang="zh" tags=["slide-only"]
"""
## 每天二十分钟，做的是同一件事

- 苏晚晴：“每位客户一共花了多少？”
- 小林：插入数据透视表，拖两个字段
- 第二天来了新订单，从头再拖一遍
- 陆子衡：“写成一句话，明天按一下就行”
"""

# %% [markdown] lang="en" tags=["slide-only"]
"""
## Twenty minutes a day, always for the same thing

- Su Wanqing: "How much has each customer spent in all?"
- Lin: insert a pivot table, drag two fields
- Next day new orders are in: drag again from the start
- Lu Ziheng: "Write it down; tomorrow you press one key"
"""

# %%
import pandas as pd

from custseg_helpers import explore, load, quiz, use_language

use_language(t(zh="zh", en="en"))

few = pd.DataFrame(
    {
        "order_id": ["O1", "O1", "O2", "O3", "O4", "O5"],
        "customer_id": ["C1", "C1", "C2", "C1", "C3", "C2"],
        "product_id": ["P13", "P16", "P27", "P13", "P05", "P27"],
        "quantity": [2, 1, 1, 1, 3, -1],
        "amount": [396, 89, 460, 198, 105, -460],
    }
)
few

# %% [markdown] lang="zh"
"""
一行是一张订单里的一种商品。`order_id` 是订单号，`customer_id` 是客户编号，`product_id` 是产品编号，`quantity` 是件数，`amount` 是金额（元）。最后一行的件数是负的：C2 把东西退了。最左边的 0 到 5 是行号，从 0 数起。
"""

# %% [markdown] lang="en"
"""
A row is one product in one order. `order_id` is the order's number, `customer_id` the customer's, `product_id` the product's, `quantity` the pieces, `amount` the money (yuan). The last row has a negative quantity: C2 sent the thing back. The 0 to 5 on the far left are row numbers; they start at 0.
"""

# %% [markdown] lang="zh" tags=["trainer"]
"""
**老师：** 开场不讲代码，先投影一张 Excel 透视表，问：“拖这两个字段，用一句中文怎么说？”学员会说“按客户，把金额加起来”。把这句话写在白板上，第 5 节的那行代码就是它。

**卡点：** 中文输入法：全角的括号、逗号、引号。请全班一起切到英文输入法，打一遍 `()`、`""`、`,`，看清楚样子再往下走。

**小组：** 两人一台电脑，一人念要做的事，一人只管敲，第 3 节以后换手。
"""

# %% [markdown] lang="en" tags=["trainer"]
"""
**Trainer:** No code at the start. Show a pivot table in Excel and ask: "These two fields, dragged: how do you say it in one sentence?" They will say "by customer, add up the money". Write that on the board; the line of section 5 is this sentence.

**Where they stumble:** the Chinese input method: full-width brackets, commas and quotes. Have everybody switch to English input and type `()`, `""`, `,` once, and look at them before going on.

**Small groups:** two at one computer; one says what to do, the other types. Change seats after section 3.
"""

# %% [markdown] lang="zh"
"""
## 1. 一格一格地运行

灰底的一块叫**单元格**（cell），里面写代码。点进去，按 **Shift + Enter**，它就运行，结果显示在下面，光标跳到下一格。`+`、`-`、`*`、`/` 和 Excel 里一样，只是前面不用写等号：

- 左边的 `[ ]` 空着：还没有运行；`[*]`：正在运行，等一等；`[3]`：运行过了，是第 3 个运行的。
- 一格里最后一行的结果会自动显示。想多显示几样，用 `print(…)`。
- `#` 后面是写给人看的话，电脑不读。
"""

# %% [markdown] lang="en"
"""
## 1. Cell by cell

A grey block is a **cell**; code goes inside. Click into it and press **Shift + Enter**: it runs, the result shows below, and the cursor moves on to the next cell. `+`, `-`, `*`, `/` are those of Excel, without an equals sign in front:

- `[ ]` on the left is empty: not run yet; `[*]`: running, wait a moment; `[3]`: has run, as number 3.
- The result of the last line of a cell shows by itself. To show more, use `print(…)`.
- What follows `#` is for people; the computer does not read it.
"""

# %%
print((396 - 89) / 2)
396 + 89 + 198  # zh: C1 的三行加起来  # en: the three rows of C1

# %% [markdown] lang="zh" tags=["slide-only"]
"""
## 一格代码，按 Shift + Enter 就运行

- `[ ]` 没运行，`[*]` 正在运行，`[3]` 第 3 个运行的
- 最后一行的结果自动显示
- `+`、`-`、`*`、`/` 和 Excel 一样
"""

# %% [markdown] lang="en" tags=["slide-only"]
"""
## Shift + Enter runs a cell

- `[ ]` not run, `[*]` running, `[3]` run as number 3
- The result of the last line shows by itself
- `+`, `-`, `*`, `/` as in Excel
"""

# %% [markdown] lang="zh"
"""
## 2. 起个名字，留在内存里

在 Excel 里，结果放在格子里，用 `B2` 叫它。在这里，结果放在一个**名字**下面。`=` 的意思是：先算右边，再把结果放进左边的名字。它不是“相等”，是“放进去”。
"""

# %% [markdown] lang="en"
"""
## 2. Give it a name; it stays in memory

In Excel a result sits in a box that we call `B2`. Here a result sits under a **name**. `=` means: work out the right side first, then put the result under the name on the left. It does not say "is equal", it says "put there".
"""

# %% tags=["slide-code"]
price = 58
pieces = 24
takings = price * pieces
takings

# %% [markdown] lang="zh"
"""
- 名字用英文字母、数字和下划线，大小写算不同的名字：`Price` 不是 `price`。
- 名字留在**内存**里，下面每一格都认得它。改了 `price` 那一行，要把用到它的格子再运行一遍，`takings` 才会变：它不像 Excel 那样自动重算。
- **文字要加引号**，名字不加：`"C1"` 是两个字符的文字，`C1` 是一个叫 C1 的名字。
- 括号、引号、逗号都用**英文输入法**的。`（`、`“`、`，` 看着差不多，电脑不认。
"""

# %% [markdown] lang="en"
"""
- Names are made of English letters, digits and underscores; small and capital letters differ: `Price` is not `price`.
- A name stays in **memory**, and every cell below knows it. After changing the line of `price`, run the cells that use it again, or `takings` stays as it was: nothing recalculates by itself as in Excel.
- **Text stands in quotes**, names do not: `"C1"` is a text of two characters, `C1` is a name called C1.
- Brackets, quotes and commas are the **English** ones. `（`, `“`, `，` from a Chinese keyboard look alike, but the computer does not know them.
"""

# %%
customer = "C1"  # zh: 文字，有引号  # en: a text, in quotes
print(t(zh="客户", en="customer"), customer, t(zh="付了（元）：", en="paid (yuan):"), takings)

# %% [markdown] lang="zh" tags=["slide-only"]
"""
## 等号不是“相等”，是“放进去”

- 先算右边，再放进左边的名字
- 名字留在内存里，下面的格子都认得
- 改了上面，下面要再运行一遍
- 文字加引号；括号、引号用英文输入法
"""

# %% [markdown] lang="en" tags=["slide-only"]
"""
## The equals sign does not compare: it puts something under a name

- Work out the right side, put it under the name on the left
- Names stay in memory; the cells below know them
- Changed something above? Run what is below again
- Text in quotes; brackets and quotes from the English keyboard
"""

# %% [markdown] lang="zh"
"""
## 3. 取一列，做一个动作

表名后面加方括号，里面写列名，就取出这一列：`few["amount"]`。列名是文字，所以有引号。取出来以后，用**点**接一个动作，再用**圆括号**让它真的去做：`few["amount"].sum()` 就是把这一列加起来，和 Excel 的 `SUM` 一样。

- `.sum()` 加总，`.mean()` 平均，`.max()` 最大：和 `SUM`、`AVERAGE`、`MAX` 一样。
- `len(few)` 数表有几行。第 00 课见过，它写在前面。
- `.nunique()` 数有几个**不同的**值。
- `.round(2)` 保留两位小数。圆括号里的 2 是告诉它“几位”。
"""

# %% [markdown] lang="en"
"""
## 3. Take a column, do something with it

A table's name, then square brackets with the name of a column, takes that column: `few["amount"]`. The column's name is a text, hence the quotes. Then a **dot** adds an action, and **round brackets** make it happen: `few["amount"].sum()` adds up the column, like `SUM` in Excel.

- `.sum()` adds up, `.mean()` is the average, `.max()` the largest: `SUM`, `AVERAGE`, `MAX`.
- `len(few)` counts the rows of a table. You know it from lesson 00; it stands in front.
- `.nunique()` counts the **different** values.
- `.round(2)` keeps two decimals. The 2 inside the round brackets tells it how many.
"""

# %%
few["amount"]

# %% [markdown] lang="zh" tags=["slide-only"]
"""
## 取一列，做一个动作
"""

# %% [markdown] lang="en" tags=["slide-only"]
"""
## Take a column, do something with it
"""

# %% tags=["slide-code"]
total = few["amount"].sum()
per_line = few["amount"].mean().round(2)
print(t(zh="合计（元）：", en="in all (yuan):"), total, t(zh="平均每行：", en="a row:"), per_line)
print(t(zh="最大的一行：", en="the largest row:"), few["amount"].max())
print(t(zh="几行：", en="rows:"), len(few), t(zh="几种商品：", en="products:"), few["product_id"].nunique())

# %% [markdown] lang="zh"
"""
合计 788 元，平均每行 131.33 元，最大的一行 460 元，6 行，4 种商品。第二行写了两个动作，从左往右做：先平均，再保留两位小数。

忘了圆括号会怎样？`few["amount"].sum` 只是说出动作的名字，没有去做，显示出来的是一段看不懂的话。看到 `bound method`，就补上 `()`。
"""

# %% [markdown] lang="en"
"""
788 yuan in all, 131.33 a row on average, the largest row 460, 6 rows, 4 products. The second line has two actions, done from left to right: first the average, then two decimals.

And without the round brackets? `few["amount"].sum` only says the name of the action and does not do it; what shows is hard to read. When you see `bound method`, add `()`.
"""

# %% [markdown] lang="zh" tags=["slide-only"]
"""
## 方括号取一列，点接动作，圆括号去做

- `few["amount"]` 是一列
- `few["amount"].sum()` 是 Excel 的 `SUM`
- 忘了 `()`，它不做，只报名字
"""

# %% [markdown] lang="en" tags=["slide-only"]
"""
## Square brackets take a column, the dot names an action, round brackets do it

- `few["amount"]` is a column
- `few["amount"].sum()` is Excel's `SUM`
- Without `()` it only says its name
"""

# %% [markdown] try="python-per-line python-mend"

# %% [markdown] lang="zh"
"""
## 4. 留下几行：筛选

Excel 里点漏斗。这里分两步看：先**问**每一行，再**留下**答“是”的行。

问：`few["amount"] >= 100`。每一行回答一个 `True`（是）或 `False`（否）。`>`、`<`、`>=`、`<=` 和 Excel 一样；**等于要写两个等号** `==`，因为一个等号是“放进去”。
"""

# %% [markdown] lang="en"
"""
## 4. Keep some rows: filter

In Excel you click the funnel. Here it takes two looks: first **ask** every row, then **keep** the rows that say yes.

Ask: `few["amount"] >= 100`. Every row answers `True` (yes) or `False` (no). `>`, `<`, `>=`, `<=` are those of Excel; **equal is written with two equals signs**, `==`, because one means "put there".
"""

# %%
few["amount"] >= 100

# %% [markdown] lang="zh"
"""
留下：把这个问题放进表的方括号里，只剩下答 `True` 的行。结果还是一张表，给它起个名字，接着用。
"""

# %% [markdown] lang="en"
"""
Keep: put the question inside the table's square brackets, and only the rows with `True` remain. The result is a table again; give it a name and go on.
"""

# %% tags=["slide-code"]
big = few[few["amount"] >= 100]
of_c1 = few[few["customer_id"] == "C1"]
print(t(zh="100 元以上的行：", en="rows of 100 yuan or more:"), len(big))
print(
    t(zh="C1 的行：", en="rows of C1:"),
    len(of_c1),
    t(zh="合计（元）：", en="in all (yuan):"),
    of_c1["amount"].sum(),
)

# %% [markdown] lang="zh"
"""
100 元以上的有 4 行；C1 有 3 行，一共 683 元，和第 1 节用手加的一样。

两个条件都要满足，用 `&`（并且）连起来，**每个条件各用一对圆括号包好**：
"""

# %% [markdown] lang="en"
"""
4 rows are of 100 yuan or more; C1 has 3 rows, 683 yuan together, what we added by hand in section 1.

Where two conditions must both hold, join them with `&` (and), **each in round brackets of its own**:
"""

# %%
few[(few["amount"] >= 100) & (few["quantity"] == 1)]

# %% [markdown] lang="zh"
"""
还有三个符号：`|` 是“或者”，`!=` 是“不等于”，`~` 放在前面是“不”：把“是”和“否”对调。
"""

# %% [markdown] lang="en"
"""
Three more signs: `|` means or, `!=` means is not equal, and `~` in front means not: it turns yes into no.
"""

# %%
either = few[(few["amount"] >= 400) | (few["quantity"] == 3)]
print(t(zh="满足一个就算的行：", en="rows where one of the two holds:"), len(either))
few[~(few["customer_id"] == "C1") & (few["product_id"] != "P05")]

# %% [markdown] lang="zh" tags=["slide-only"]
"""
## 先问每一行，再留下答“是”的

- 问：`few["amount"] >= 100`
- 留：`few[few["amount"] >= 100]`
- 等于写两个等号 `==`
- 两个条件：`&`，各用一对圆括号
"""

# %% [markdown] lang="en" tags=["slide-only"]
"""
## Ask every row, then keep those that say yes

- Ask: `few["amount"] >= 100`
- Keep: `few[few["amount"] >= 100]`
- Equal is `==`
- Two conditions: `&`, each in round brackets
"""

# %% [markdown] try="python-big-lines python-big-single"

# %% [markdown] lang="zh"
"""
## 5. 分组：一行字的数据透视表

陆子衡敲的就是下面第二行。从左往右读：**按**客户编号分组 `groupby`，**取**金额一列，**加起来**。透视表里，客户编号拖到“行”，金额拖到“值”，求和，就是它。

`value_counts()` 更短：一列里每个值各有几行，多的在前，等于对每个值写一遍 `COUNTIF`。
"""

# %% [markdown] lang="en"
"""
## 5. Group: a pivot table in one line

What Lu Ziheng typed is the second line below. Read it from left to right: group **by** customer with `groupby`, **take** the column of money, **add it up**. In a pivot table: customer to the rows, money to the values, as a sum.

`value_counts()` is shorter: how many rows each value of a column has, the most first, like a `COUNTIF` for every value.
"""

# %%
few["customer_id"].value_counts()

# %% tags=["slide-code"]
by_customer = few.groupby("customer_id")["amount"].sum()
by_customer

# %% [markdown] lang="zh"
"""
结果左边的 C1、C2、C3 是**索引**（index）：每一行的名字，代替了行号。要哪一位，就在方括号里写他的名字。`sort_values(ascending=False)` 从大到小排，`ascending` 是“从小到大”，`False` 是“不要”。
"""

# %% [markdown] lang="en"
"""
C1, C2 and C3 on the left of the result are its **index**: the name of each row, in place of row numbers. For one of them, write the name in square brackets. `sort_values(ascending=False)` sorts from large to small: `ascending` is "from small to large", and `False` says no.
"""

# %%
print(t(zh="C1 一共（元）：", en="C1 in all (yuan):"), by_customer["C1"])
by_customer.sort_values(ascending=False)

# %% [markdown] lang="zh" tags=["slide-only"]
"""
## 分组、取列、加总：就是数据透视表

`few.groupby("customer_id")["amount"].sum()`

- 左边那一列叫索引，是每一行的名字
- `by_customer["C1"]`：按名字取一个数
"""

# %% [markdown] lang="en" tags=["slide-only"]
"""
## Group, take a column, add up: a pivot table

`few.groupby("customer_id")["amount"].sum()`

- The left column is the index, the name of each row
- `by_customer["C1"]` picks a number by its name
"""

# %% [markdown] lang="zh"
"""
换成悦选两年的订单，这一行一个字都不用改，只换表名：
"""

# %% [markdown] lang="en"
"""
For two years of the company's orders nothing in this line changes but the name of the table:
"""

# %%
company = load()
orders = company.orders
print(t(zh="订单表的行数：", en="rows of the table of orders:"), f"{len(orders):,}")
orders.groupby("customer_id")["amount"].sum().sort_values(ascending=False).head(3)

# %% [markdown] try="python-by-product python-best-product"

# %% [markdown] lang="zh"
"""
## 6. 五种错误，各改一处

出错是常事，写了多年代码的人每天也出错。表还在，数据不会坏。看红框里说了什么，改一处，再运行一次。

| 它说 | 多半是 | 这样改 |
|---|---|---|
| `SyntaxError` | 括号、引号不成对，或用了中文输入法的 `（`、`，` | 切到英文输入法，把这几个符号重打一遍 |
| `NameError` | 名字写错了，文字忘了引号，或上面那一格没有运行 | 对照上面的写法；从头运行一遍 |
| `KeyError` | 没有这一列，多半是列名写错了 | 运行 `list(few.columns)`，看有哪些列 |
| `TypeError` | 拿文字和数比，例如 `few["customer_id"] >= 100` | 看看这一列里是文字还是数 |
| 没有红框，结果却不对 | 写成了 `=`，忘了 `()`，或名字是旧的 | 从头运行一遍，再逐行看 |
"""

# %% [markdown] lang="en"
"""
## 6. Five errors, one change each

Errors are daily life; people who have written code for years meet them every day. The table is still there, nothing is broken. Read what the red box says, change one thing, run again.

| It says | Most likely | Mend it so |
|---|---|---|
| `SyntaxError` | brackets or quotes not in pairs, or `（` and `，` from a Chinese keyboard | switch to English input and type these signs again |
| `NameError` | a name misspelt, a text without quotes, or the cell above was not run | compare with the line above; run all from the top |
| `KeyError` | there is no such column; its name is misspelt | run `list(few.columns)` and see which there are |
| `TypeError` | a text compared with a number, such as `few["customer_id"] >= 100` | look whether the column holds texts or numbers |
| no red box, and yet wrong | `=` where something else was meant, no `()`, or an old name | run all from the top, then look line by line |
"""

# %% [markdown] lang="zh"
"""
先看一次真的。下面这一格**故意**写错了：列名少了一个字母。
"""

# %% [markdown] lang="en"
"""
Here is a real one. The cell below is wrong **on purpose**: a letter of the column's name is missing.
"""

# %% [markdown] lang="zh" tags=["slide-only"]
"""
## 红框这样读：在哪里，为什么，怎么改
"""

# %% [markdown] lang="en" tags=["slide-only"]
"""
## Read a red box so: where, why, how to fix it
"""

# %% tags=["raises-exception", "slide-code"]
few["amout"].sum()

# %% [markdown] lang="zh"
"""
这样读：✗ 那一行说在**第几行**、停在哪一小段；下面一句说**怎么回事**；→ 后面是**怎么改**，常常把对的名字也写出来。Python 自己的英文原话收在最下面，点一下才展开，不用看。它提到的列名，随时可以自己查：
"""

# %% [markdown] lang="en"
"""
Read it so: the line with ✗ says in **which line** it stopped and at which piece; the sentence below says **why**; → says **how to fix it**, often with the right name. Python's own words are folded away underneath; one click shows them, and you need not read them. The columns it speaks of can be looked up at any time:
"""

# %%
list(few.columns)

# %% [markdown] lang="zh" tags=["slide-only"]
"""
## 红框不是判分：改一处，再运行

- `SyntaxError`：括号、引号、全角符号
- `NameError`：名字写错，或上面没运行
- `KeyError`：没有这一列
- `TypeError`：拿文字和数比
- 没红框却不对：从头运行一遍
"""

# %% [markdown] lang="en" tags=["slide-only"]
"""
## A red box is no mark: change one thing, run again

- `SyntaxError`: brackets, quotes, full-width signs
- `NameError`: a misspelt name, or the cell above not run
- `KeyError`: no such column
- `TypeError`: a text compared with a number
- No red box, and yet wrong: run all from the top
"""

# %% [markdown] lang="zh"
"""
## 7. 保存，关掉，明天接着做

- 按 **Ctrl + S** 保存（苹果电脑按 Cmd + S）。写的字和已经显示的结果都存在文件里。
- **名字不在文件里**，在内存里。关掉再打开，结果还看得见，名字却忘了：这时直接运行中间的一格，会出 `NameError`。
- 所以明天打开后，先从菜单 **运行 → 运行所有单元格** 把整本从头运行一遍，再接着做。还没做的题不会出错，只会说“待完成”。
- 怎么都不对劲时：菜单 **内核 → 重启内核 和 运行所有单元格…**。忘掉一切，从头来一遍，多半就好了。
"""

# %% [markdown] lang="en"
"""
## 7. Save, close, go on tomorrow

- **Ctrl + S** saves (Cmd + S on a Mac). What you wrote and the results that show are in the file.
- **Names are not in the file** but in memory. After closing and opening again the results can be seen, yet the names are forgotten: a cell in the middle, run alone, ends in `NameError`.
- So tomorrow begin with the menu **Run → Run All Cells**, which runs the whole page from the top, and go on. Exercises not done yet raise no error; they say "to do".
- When nothing seems right: **Kernel → Restart Kernel and Run All Cells**. It forgets everything and begins again, and mostly that fixes it.
"""

# %% [markdown] lang="zh" tags=["slide-only"]
"""
## 文件记得结果，内存记得名字

- Ctrl + S 保存
- 明天打开：运行 → 运行所有单元格，再接着做
- 不对劲：内核 → 重启内核 和 运行所有单元格
"""

# %% [markdown] lang="en" tags=["slide-only"]
"""
## The file remembers results, memory remembers names

- Ctrl + S saves
- Tomorrow: Run → Run All Cells, then go on
- Something odd: Kernel → Restart Kernel and Run All Cells
"""

# %% [markdown] try="python-next-morning python-to-colleague"

# %% [markdown] lang="zh"
"""
## 8. 自己动手调

在透视表里怎么拖，就怎么选：留下哪些行，按什么分组，算什么。下面显示的那一行代码，就是你选的这句话。拖一拖金额那条线，看代码里哪个数跟着变。

练习册里也能这样做：运行检查，按下面的“点选搭建”。选好了，它把代码写进你的那一格。
"""

# %% [markdown] lang="en"
"""
## 8. Try it by hand

Choose as you would drag fields in a pivot table: which rows to keep, by what to group, what to work out. The line of code that shows is the sentence you chose. Move the line of money and see which number in the code moves with it.

The workbook has the same: run a check and press “Build by pointing” below it. When you are done, it writes the code into your cell.
"""

# %% [markdown] lang="zh" tags=["slide-only"]
"""
## 选一句话，看它变成一行代码

留下哪些行，按什么分组，算什么。
"""

# %% [markdown] lang="en" tags=["slide-only"]
"""
## Choose a sentence and see it become a line of code

Which rows, grouped by what, and what to work out.
"""

# %% tags=["explorer", "slide"]
explore.python.show(company)

# %% [markdown] lang="zh"
"""
**这张图说了什么：** 同一张表，换一个分组、换一个动作，就是另一个问题的答案；代码只变一个词。**它没说什么：** 哪个问题值得问。那是后面各课的事。
"""

# %% [markdown] lang="en"
"""
**What the figure tells:** the same table, with another grouping or another action, answers another question; one word of the code changes. **What it does not tell:** which question is worth asking. That is what the lessons to come are for.
"""

# %% [markdown] lang="zh"
"""
## 9. 小测验
"""

# %% [markdown] lang="en"
"""
## 9. Quiz
"""

# %%
quiz("00b")

# %% [markdown] about="key_points"

# %% [markdown] lang="zh"
"""
## 在你的公司

找一张你每周都要重做的 Excel 表，在纸上写下：

1. 从哪张表来，一行是什么？
2. 留下哪些行？（筛选的条件，一条写一句）
3. 按什么分组，取哪一列，做什么动作？
4. 现在做一次要几分钟，一年做多少次？

能写成“按……，把……加起来”的，学完第 04 课你就能让它自己跑。
"""

# %% [markdown] lang="en"
"""
## In your company

Take an Excel sheet that you make again every week, and write on paper:

1. Which table does it come from, and what is a row?
2. Which rows are kept? (One sentence for each condition.)
3. Grouped by what, which column, which action?
4. How many minutes does it take, and how often a year?

Whatever can be said as "by …, add up …" will run by itself once you have done lesson 04.
"""

# %% [markdown] lang="zh" tags=["slide-only"]
"""
## 在你的公司：哪张表每周都要重做

- 一行是什么，留下哪些行
- 按什么分组，取哪一列，做什么动作
- 一年省下多少分钟
"""

# %% [markdown] lang="en" tags=["slide-only"]
"""
## In your company: which sheet do you make again every week?

- What is a row, which rows are kept
- Grouped by what, which column, which action
- How many minutes a year it would save
"""

# %% [markdown] lang="zh"
"""
## 别处怎么叫

| 这门课里 | 别处也叫 |
|---|---|
| 单元格 | cell、代码块 |
| 表、列 | DataFrame、Series；数据框 |
| 按组加总 | groupby；数据透视表、分类汇总 |
| 留下一部分行 | 筛选、布尔索引；filter |

想往下读：

- pandas 文档里的 *Comparison with spreadsheets*：每种 Excel 操作在 pandas 里怎样写。
- McKinney, W. (2022). *Python for Data Analysis*，第 3 版，作者把全书放在网上。
"""

# %% [markdown] lang="en"
"""
## What others call this

| in this course | elsewhere also |
|---|---|
| cell | code cell, chunk |
| table, column | DataFrame, Series |
| add up by group | groupby; pivot table, subtotals |
| keep some rows | filter, boolean indexing |

To read on:

- *Comparison with spreadsheets* in the documentation of pandas: how each thing you do in Excel is written.
- McKinney, W. (2022). *Python for Data Analysis*, 3rd edition; the author has put the whole book online.
"""

# %% [markdown] about="next"

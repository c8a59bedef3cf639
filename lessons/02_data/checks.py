"""What check() knows about lesson 02: the raw files are Yuexuan's, whichever company is in play."""

from functools import cache

import pandas as pd

from custseg_helpers.company.company import load_sample
from custseg_helpers.company.raw import answer_key, raw_members, raw_sales
from custseg_helpers.learn.exercise import Exercise, Mistake, Point
from custseg_helpers.reading.dates import dates
from custseg_helpers.reading.numbers import numbers
from custseg_helpers.words.text import T


@cache
def sales():
    return raw_sales().dropna(how="all")


@cache
def members():
    return raw_members()


@cache
def faulty():
    """The rows of the sales file with a real fault, blank rows aside."""
    key = answer_key()
    rows = key.loc[(key["file"] == "sales_orders.csv") & (key["group"] == "fault"), "row"]
    return {row for row in rows if row in sales().index}


def unknown():
    ids = load_sample("retail").customers["customer_id"]
    return sales()["customer_id"].notna() & ~sales()["customer_id"].isin(ids)


def caught(rows):
    return len(set(sales().index[rows]) & faulty()) / len(faulty())


def spent(texts):
    return numbers(texts)[0].sum()


EXERCISES = [
    Exercise(
        "data-with-customer",
        answer=lambda company: sales()["customer_id"].notna().mean(),
        praise=T(
            zh="对。缺的虽然少，每一行都是真的生意：问清楚是散客还是漏填。",
            en="Right. Few are missing, yet each is real business: ask whether it was a walk-in or forgotten.",
        ),
        mistakes=(
            Mistake(
                lambda company: sales()["customer_id"].isna().mean(),
                T(zh="这是空着的比例。", en="That is the share left empty."),
            ),
            Mistake(
                lambda company: sales()["customer_id"].notna().sum(),
                T(zh="这是行数，还要除以总行数。", en="That is a number of rows; divide by all rows."),
            ),
            Mistake(
                lambda company: raw_sales()["customer_id"].notna().mean(),
                T(
                    zh="你的分母里有整行空白的行。它们不是记录，先去掉。",
                    en="Your whole holds blank rows. They are no records: drop them first.",
                ),
            ),
        ),
        hints=(
            T(zh="`notna()` 给每一行一个“是”或“否”。", en="`notna()` gives each row a yes or a no."),
            T(zh='`sales["customer_id"].notna().mean()`', en='`sales["customer_id"].notna().mean()`'),
        ),
    ),
    Exercise(
        "data-all-spent",
        answer=lambda company: spent(members()["total_spent"]),
        praise=T(
            zh="对。一个万字读丢，差的就是一万倍。",
            en="Right. Lose one sign for ten thousand and the number is ten thousand times too small.",
        ),
        mistakes=(
            Mistake(
                lambda company: pd.to_numeric(members()["total_spent"], errors="coerce").sum(),
                T(
                    zh='`errors="coerce"` 把读不懂的悄悄变成了空：带万、带货币符号的大客户全丢了。',
                    en='`errors="coerce"` turned what it could not read into nothing: the big customers, written with signs, are gone.',
                ),
            ),
            Mistake(
                lambda company: spent(members()["total_spent"].str.replace("万", "")),
                T(
                    zh="你把“万”字删掉了，1.2 万成了 1.2 元。",
                    en="You deleted the sign for ten thousand: 12,000 yuan became 1.2 yuan.",
                ),
            ),
            Mistake(
                lambda company: spent(members().drop_duplicates("customer_id")["total_spent"]),
                T(
                    zh="你先去掉了重复的会员号。想法对，但这一题问的是整张表；去重要单独记账。",
                    en="You dropped repeated member ids first. A sound idea, but the whole table is asked; dropping goes into the ledger on its own.",
                ),
            ),
        ),
        hints=(
            T(
                zh="`numbers(...)` 返回两样：读出来的数，和哪些没读懂。",
                en="`numbers(...)` returns two things: the numbers, and which could not be read.",
            ),
            T(
                zh='`numbers(members["total_spent"])[0].sum()`',
                en='`numbers(members["total_spent"])[0].sum()`',
            ),
        ),
    ),
    Exercise(
        "data-unreadable-dates",
        answer=lambda company: int(dates(sales()["order_date"])[1].sum()),
        praise=T(
            zh="对。读不懂的只有这几个，逐行退回去问。",
            en="Right. Only these few; send each row back and ask.",
        ),
        mistakes=(
            Mistake(
                lambda company: int(pd.to_datetime(sales()["order_date"], errors="coerce").isna().sum()),
                T(
                    zh="这是 Pandas 自己读不懂的，里面有很多只是写法不同，还有空着的。",
                    en="These are the ones pandas cannot read: many are merely written in another way, and some are empty.",
                ),
            ),
            Mistake(
                lambda company: int(dates(sales()["order_date"])[0].isna().sum()),
                T(
                    zh="你把空着的也算进来了。空着是没填，不是读不懂。",
                    en="You counted empty ones too. Empty was not filled in; it is not unreadable.",
                ),
            ),
            Mistake(
                lambda company: 0,
                T(zh="有的：有一个月份根本不存在。", en="There are some: one month does not exist at all."),
            ),
        ),
        hints=(
            T(
                zh="`dates(...)` 返回三样，第二样就是哪些没读懂。",
                en="`dates(...)` returns three things; the second tells which were not read.",
            ),
            T(zh='`dates(sales["order_date"])[1].sum()`', en='`dates(sales["order_date"])[1].sum()`'),
        ),
    ),
    Exercise(
        "data-dropped-rows",
        answer=lambda company: int(sales().duplicated().sum()),
        praise=T(
            zh="对。同事多删的那些，是一单里的第二件、第三件商品，都是真金白银。",
            en="Right. What the colleague dropped besides are second and third products of an order: real money.",
        ),
        mistakes=(
            Mistake(
                lambda company: int(sales().duplicated("order_id").sum()),
                T(
                    zh="这正是同事删的行数。一单可以有好几行。",
                    en="That is what the colleague dropped. An order may have several rows.",
                ),
            ),
            Mistake(
                lambda company: int(sales().duplicated(keep=False).sum()),
                T(
                    zh="你把第一次出现的也数了。每组要留下一行。",
                    en="You counted the first ones too. One row of each group stays.",
                ),
            ),
            Mistake(
                lambda company: int(raw_sales().duplicated().sum()),
                T(
                    zh="空白行和空白行也“重复”。先去掉空白行。",
                    en="Blank rows equal each other as well. Drop them first.",
                ),
            ),
        ),
        hints=(
            T(
                zh="不写列名，`duplicated()` 就比整行。",
                en="Without a column, `duplicated()` compares whole rows.",
            ),
            T(zh="`sales.duplicated().sum()`", en="`sales.duplicated().sum()`"),
        ),
    ),
    Exercise(
        "data-shared-phones",
        answer=lambda company: int((members().groupby("phone")["customer_id"].nunique() > 1).sum()),
        praise=T(
            zh="对。合并之前请人看一眼：有的是同一个人，有的是测试账号。",
            en="Right. Let a person look before merging: some are one person, some are test accounts.",
        ),
        mistakes=(
            Mistake(
                lambda company: int(members()["phone"].duplicated().sum()),
                T(
                    zh="你数的是多出来的行。同一个会员号重复登记也在里面，而且一个手机号可能多出好几行。",
                    en="You counted the extra rows. A member entered twice is among them, and one telephone may have several.",
                ),
            ),
            Mistake(
                lambda company: int((members().groupby("phone").size() > 1).sum()),
                T(
                    zh="同一个会员号登记了两行，也被你算进来了。要数不同的会员号。",
                    en="A member id entered twice is counted too. Count different member ids.",
                ),
            ),
            Mistake(
                lambda company: int(members()["phone"].duplicated(keep=False).sum()),
                T(
                    zh="这是牵涉到的行数。题目问有几个手机号。",
                    en="These are the rows concerned. The number of telephones is asked.",
                ),
            ),
        ),
        hints=(
            T(
                zh="按手机号分组，数每组有几个**不同的**会员号。",
                en="Group by telephone and count the **different** member ids.",
            ),
            T(
                zh='`(members.groupby("phone")["customer_id"].nunique() > 1).sum()`',
                en='`(members.groupby("phone")["customer_id"].nunique() > 1).sum()`',
            ),
        ),
    ),
    Exercise(
        "data-empty-years",
        answer=lambda company: "c",
        praise=T(
            zh="有道理：不知道就说不知道，下次有机会再问。",
            en="Well argued: not known is not known, and there will be a chance to ask.",
        ),
        mistakes=(
            Mistake(
                lambda company: "a",
                T(
                    zh="填上平均数，他们就都成了“中年人”，券发错了还看不出来。",
                    en="With the mean they all become middle-aged, the coupons go wrong, and nobody can see it.",
                ),
            ),
            Mistake(
                lambda company: "b",
                T(
                    zh="删掉他们，连同他们买的东西一起没了。缺一格，不等于缺一个人。",
                    en="Deleting them deletes what they bought. One empty cell is not one missing person.",
                ),
            ),
            Mistake(
                lambda company: "d",
                T(
                    zh="猜出来的出生年份和真的混在一起，以后谁也分不清。",
                    en="A guessed year mixes with real ones, and later nobody can tell them apart.",
                ),
            ),
        ),
        rubric=(
            Point(T(zh="不知道就标出来", en="not known is flagged"), r"标|不知道|flag|not known|unknown"),
            Point(T(zh="券发错要多少钱", en="what a wrong coupon costs"), r"券|元|coupon|yuan"),
            Point(T(zh="怎样补到真的", en="how to get the real value"), r"问|下次|ask|next"),
        ),
        good=T(
            zh="空着就标为未知，这几位不发年龄券，一张错券 20 元；下次到店时请收银员问一句，补上真的。",
            en="Empty is flagged as unknown and gets no coupon by age; a wrong one costs 20 yuan; the cashier asks next time, and we enter the real year.",
        ),
        weak=T(zh="还是补上比较好，不然表不完整。", en="Better fill it in, or the table is not complete."),
        hints=(
            T(
                zh="想一想：三个月后，别人还看得出哪些是补的吗？",
                en="Think: in three months, can anyone still see which were filled in?",
            ),
            T(
                zh="三种办法里选一种：补、标、留。哪种不会骗到后来的人？",
                en="Fill, flag or leave: which does not mislead those who come later?",
            ),
        ),
    ),
    Exercise(
        "data-counted-twice",
        answer=lambda company: spent(
            sales().loc[sales()["product_id"].isna() & sales()["amount"].notna(), "amount"]
        ),
        praise=T(
            zh="对。一行合计，就能让一季的销售额多出一大截。",
            en="Right. One line of totals lifts the quarter's sales by a good deal.",
        ),
        mistakes=(
            Mistake(
                lambda company: spent(sales()["amount"]),
                T(
                    zh="这是整列的合计，里面已经含了那一行。",
                    en="That is the sum of the column, with that line already in it.",
                ),
            ),
            Mistake(
                lambda company: spent(sales().loc[sales()["customer_id"].isna(), "amount"]),
                T(
                    zh="没有客户号的行里，除了合计，还有真的散客生意。要找的是连商品都没有的那一行。",
                    en="Rows without a customer hold real walk-in sales besides the total. Look for the row without even a product.",
                ),
            ),
            Mistake(
                lambda company: 1,
                T(zh="是有 1 行；题目问它值多少钱。", en="There is 1 such line; its money is asked."),
            ),
        ),
        hints=(
            T(zh="合计行没有商品编号，却有金额。", en="The line of totals has no product but an amount."),
            T(
                zh='先挑出 `sales["product_id"].isna()` 的行，再用 `numbers` 读金额。',
                en='Pick the rows with `sales["product_id"].isna()`, then read the amount with `numbers`.',
            ),
        ),
    ),
    Exercise(
        "data-accuracy",
        answer=lambda company: 1 - len(faulty()) / len(sales()),
        praise=T(
            zh="对。准确率高，不等于可以不查：错的那几行里有一行值十几万。",
            en="Right. A high rate is no reason not to look: one of the wrong rows is worth over a hundred thousand.",
        ),
        mistakes=(
            Mistake(
                lambda company: len(faulty()) / len(sales()),
                T(
                    zh="这是错误率。准确率是对的那部分。",
                    en="That is the error rate. Accuracy is the part that is right.",
                ),
            ),
            Mistake(
                lambda company: (
                    1 - answer_key().query("file == 'sales_orders.csv'")["row"].nunique() / len(sales())
                ),
                T(
                    zh="你把写法不同（`form`）的也算成了错。2025/10/3 没有错，只是写法不同。",
                    en="You counted other ways of writing (`form`) as wrong. 2025/10/3 is not wrong, it is written in another way.",
                ),
            ),
            Mistake(
                lambda company: 1 - len(faulty()) / (len(sales()) + len(members())),
                T(zh="分母只算销售表的行。", en="The whole is the rows of the sales table only."),
            ),
        ),
        hints=(
            T(
                zh='先从答案里挑出这个文件、`group` 为 `"fault"` 的行号。',
                en='From the key take the row numbers of this file with `group` equal to `"fault"`.',
            ),
            T(
                zh="`~sales.index.isin(wrong_rows)` 就是没有错的行，求平均。",
                en="`~sales.index.isin(wrong_rows)` are the rows without a fault; take the mean.",
            ),
        ),
    ),
    Exercise(
        "data-letter",
        rubric=(
            Point(T(zh="第几行、哪一列", en="which row and column"), r"第 ?\d+ ?行|row \d+"),
            Point(
                T(zh="错在哪里", en="what is wrong"),
                r"没有|不存在|少了|重复|空着|no month|missing|twice|empty|wrong|not in",
            ),
            Point(T(zh="什么时候要", en="by when"), r"前|之前|今天|明天|周|by |before|today|tomorrow"),
        ),
        good=T(
            zh="sales_orders.csv 第 64 行的下单日期是 2025-13-05，没有 13 月，请对照小票改好，周五前发回。谢谢。",
            en="In sales_orders.csv, row 64, the order date is 2025-13-05, but there is no month 13. Please correct it from the receipt by Friday. Thank you.",
        ),
        weak=T(
            zh="你们的数据质量太差了，请尽快整改。",
            en="The quality of your data is poor; please improve it soon.",
        ),
        hints=(
            T(
                zh="对方看了信，不用再问你，就知道打开哪个文件的第几行。",
                en="With your letter the reader should know which row to open without asking.",
            ),
            T(
                zh="四样：文件和行号；哪一列；错在哪；哪天要。",
                en="Four things: file and row; column; what is wrong; by when.",
            ),
        ),
    ),
    Exercise(
        "data-faults-caught",
        answer=lambda company: caught(unknown() | sales().duplicated()),
        praise=T(
            zh="对。两种检查抓不全：金额、日期、数量都要各有各的检查。",
            en="Right. Two checks do not catch all: amounts, dates and pieces each need one of their own.",
        ),
        mistakes=(
            Mistake(
                lambda company: caught(unknown()),
                T(
                    zh="只有第一种检查。两种用“或”连起来。",
                    en="That is the first check only. Join the two with “or”.",
                ),
            ),
            Mistake(
                lambda company: caught(sales().duplicated()),
                T(zh="只有重复行。还要加上不认识的客户。", en="Duplicates only. Add the unknown customers."),
            ),
            Mistake(
                lambda company: float((unknown() | sales().duplicated()).mean()),
                T(
                    zh="分母是全部行。要问的是有错的行里抓住了多少。",
                    en="Your whole is all rows. Asked is how many of the faulty rows are caught.",
                ),
            ),
        ),
        hints=(
            T(
                zh="先得到抓住的行号，再看有几个在答案的行号里。",
                en="Get the row numbers caught, then see how many are in the key.",
            ),
            T(
                zh="`unknown | sales.duplicated()` 是两种检查合起来。",
                en="`unknown | sales.duplicated()` joins both checks.",
            ),
        ),
    ),
]

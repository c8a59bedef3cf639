"""What check() knows about lesson 00b."""

from custseg_helpers.learn.exercise import Exercise, Mistake, Point
from custseg_helpers.words.text import T


def limit(company):
    return company.orders["amount"].mean().round()


def big(company):
    orders = company.orders
    return orders[orders["amount"] >= limit(company)]


def by_product(company):
    return company.orders.groupby("product_id")["amount"].sum()


def best(company):
    return by_product(company).sort_values(ascending=False).head(3)


EXERCISES = [
    Exercise(
        "python-per-line",
        answer=lambda company: company.orders["amount"].sum() / len(company.orders),
        praise=T(
            zh="对。两行各做一件事，第二行用到了第一行的名字。",
            en="Right. Each line does one thing, and the second uses the name of the first.",
        ),
        mistakes=(
            Mistake(
                lambda company: company.orders["amount"].sum(),
                T(
                    zh="这是合计，还没有除以行数 `len(orders)`。",
                    en="This is the sum; it is not yet divided by the number of rows, `len(orders)`.",
                ),
            ),
            Mistake(
                lambda company: company.orders["amount"].sum() / company.orders["order_id"].nunique(),
                T(
                    zh="这是平均每张订单多少钱。一张订单可以有好几行；这里除以行数。",
                    en="That is the money an order. An order may have several rows; divide by the rows.",
                ),
            ),
            Mistake(
                lambda company: company.orders["amount"].sum() / len(company.customers),
                T(
                    zh="除以了客户的人数。除以订单表的行数 `len(orders)`。",
                    en="Divided by the number of customers. Divide by the rows of orders, `len(orders)`.",
                ),
            ),
            Mistake(
                lambda company: company.orders["quantity"].sum() / len(company.orders),
                T(
                    zh="这是平均每行几件。要的是金额 `amount`。",
                    en="These are the pieces a row. The money, `amount`, is wanted.",
                ),
            ),
        ),
        hints=(
            T(
                zh="第一行：取 `amount` 一列，`.sum()`。第二行：除以 `len(...)`。",
                en="First line: take the column `amount` and `.sum()`. Second line: divide by `len(...)`.",
            ),
            T(
                zh='`total = orders["amount"].sum()`，再写 `per_line = total / len(orders)`。',
                en='`total = orders["amount"].sum()`, then `per_line = total / len(orders)`.',
            ),
        ),
    ),
    Exercise(
        "python-mend",
        answer=lambda company: company.orders["product_id"].nunique(),
        praise=T(
            zh="对。等号和圆括号换成半角，列名加引号：三处都改了。",
            en="Right. Equals sign and round brackets from the English keyboard, the column in quotes: all three.",
        ),
        mistakes=(
            Mistake(
                lambda company: len(company.orders),
                T(
                    zh="这是行数。同一种商品会出现很多次；用 `nunique()` 数不同的。",
                    en="These are the rows. A product occurs many times; `nunique()` counts the different ones.",
                ),
            ),
            Mistake(
                lambda company: company.orders["order_id"].nunique(),
                T(
                    zh="这是不同的订单号。要数的是 `product_id` 一列。",
                    en="These are different orders. Count in the column `product_id`.",
                ),
            ),
            Mistake(
                lambda company: company.orders["customer_id"].nunique(),
                T(
                    zh="这是不同的客户。要数的是 `product_id` 一列。",
                    en="These are different customers. Count in the column `product_id`.",
                ),
            ),
        ),
        hints=(
            T(
                zh="找三处：等号、列名的引号、圆括号。",
                en="Three places: the equals sign, the quotes of the column, the round brackets.",
            ),
            T(
                zh='`products = orders["product_id"].nunique()`，符号都用英文输入法打。',
                en='`products = orders["product_id"].nunique()`, every sign from the English keyboard.',
            ),
        ),
    ),
    Exercise(
        "python-big-lines",
        answer=lambda company: len(big(company)),
        praise=T(
            zh="对。先留下，再数：这两步后面每课都用。",
            en="Right. Keep, then count: every later lesson does these two.",
        ),
        mistakes=(
            Mistake(
                lambda company: len(company.orders),
                T(
                    zh="这是全部的行数，还没有筛选。数 `big`，不是 `orders`。",
                    en="These are all rows; nothing is filtered yet. Count `big`, not `orders`.",
                ),
            ),
            Mistake(
                lambda company: int((company.orders["amount"] < limit(company)).sum()),
                T(
                    zh="你留下的是低于平均的行。至少写作 `>=`。",
                    en="You kept the rows below the average. At least is `>=`.",
                ),
            ),
            Mistake(
                lambda company: big(company)["amount"].sum(),
                T(
                    zh="这是这些行的金额合计。要的是有几行。",
                    en="This is their money. How many rows is wanted.",
                ),
            ),
        ),
        hints=(
            T(
                zh='先问 `orders["amount"] >= limit`，再把这个问题放进 `orders[...]`。',
                en='Ask `orders["amount"] >= limit`, then put the question inside `orders[...]`.',
            ),
            T(
                zh='`big = orders[orders["amount"] >= limit]`，再写 `big_lines = len(big)`。',
                en='`big = orders[orders["amount"] >= limit]`, then `big_lines = len(big)`.',
            ),
        ),
    ),
    Exercise(
        "python-big-single",
        answer=lambda company: int((big(company)["quantity"] == 1).sum()),
        praise=T(
            zh="对。两个条件各有一对圆括号，电脑才不会读错。",
            en="Right. Each condition in its own brackets, or the computer reads it wrongly.",
        ),
        mistakes=(
            Mistake(
                lambda company: len(big(company)),
                T(
                    zh="只用了金额这个条件。再加上件数正好是 1。",
                    en="Only the money was asked for. Add that the quantity is exactly 1.",
                ),
            ),
            Mistake(
                lambda company: int((company.orders["quantity"] == 1).sum()),
                T(
                    zh="只用了件数这个条件。再加上金额至少有 `limit`。",
                    en="Only the quantity was asked for. Add that the amount is at least `limit`.",
                ),
            ),
            Mistake(
                lambda company: int(
                    ((company.orders["amount"] >= limit(company)) | (company.orders["quantity"] == 1)).sum()
                ),
                T(
                    zh="这是“至少满足一个”。两个都要满足，用 `&`。",
                    en="This is one of the two or both. Both must hold: `&`.",
                ),
            ),
        ),
        hints=(
            T(
                zh="样子是 `orders[(…) & (…)]`；正好是 1 写 `== 1`。",
                en="It looks like `orders[(…) & (…)]`; exactly 1 is `== 1`.",
            ),
            T(
                zh='`big_single = orders[(orders["amount"] >= limit) & (orders["quantity"] == 1)]`，再数它的行。',
                en='`big_single = orders[(orders["amount"] >= limit) & (orders["quantity"] == 1)]`, then count its rows.',
            ),
        ),
    ),
    Exercise(
        "python-by-product",
        answer=by_product,
        praise=T(
            zh="对。这就是一张数据透视表，明天再运行，就是明天的数。",
            en="Right. That is a pivot table; run it tomorrow, and it shows tomorrow's numbers.",
        ),
        mistakes=(
            Mistake(
                lambda company: company.orders.groupby("product_id")["quantity"].sum(),
                T(
                    zh="这是件数。要的是金额 `amount`。",
                    en="These are pieces. The money, `amount`, is wanted.",
                ),
            ),
            Mistake(
                lambda company: company.orders["product_id"].value_counts(),
                T(
                    zh="这是每种商品有几行。要把金额加起来：`groupby` 再 `sum()`。",
                    en="These are rows of each product. Add up the money: `groupby`, then `sum()`.",
                ),
            ),
            Mistake(
                lambda company: company.orders.groupby("product_id")["amount"].mean(),
                T(zh="这是平均。加起来用 `sum()`。", en="This is the average. `sum()` adds up."),
            ),
            Mistake(
                lambda company: company.orders.groupby("customer_id")["amount"].sum(),
                T(
                    zh="这是按客户分的。题目要按商品 `product_id`。",
                    en="This is by customer. By product, `product_id`, is wanted.",
                ),
            ),
        ),
        hints=(
            T(
                zh="和课上第 5 节那一行一样，只把 `few` 换成 `orders`，分组的列换成 `product_id`。",
                en="The line of section 5, with `orders` in place of `few` and `product_id` to group by.",
            ),
            T(
                zh='`orders.groupby("product_id")["amount"].sum()`',
                en='`orders.groupby("product_id")["amount"].sum()`',
            ),
        ),
    ),
    Exercise(
        "python-best-product",
        answer=best,
        praise=T(
            zh="对。排好，取前几个：后面找最该联系的客户，也是这两步。",
            en="Right. Sort and take the first: later we find the customers to call in the same two steps.",
        ),
        mistakes=(
            Mistake(
                lambda company: by_product(company).sort_values().head(3),
                T(
                    zh="这是最少的 3 种。从大到小排要写 `ascending=False`。",
                    en="These are the 3 smallest. From large to small takes `ascending=False`.",
                ),
            ),
            Mistake(
                lambda company: by_product(company).head(3),
                T(
                    zh="这是按编号排在最前的 3 种，还没有按金额排。",
                    en="These are the first 3 by number; they are not sorted by money yet.",
                ),
            ),
            Mistake(
                lambda company: by_product(company).sort_values(ascending=False),
                T(
                    zh="排对了，可还是全部商品。只留前 3 种：`head(3)`。",
                    en="Well sorted, but all products are there. Keep the first 3: `head(3)`.",
                ),
            ),
        ),
        hints=(
            T(
                zh="先 `sort_values(ascending=False)`，再 `head(3)`。",
                en="First `sort_values(ascending=False)`, then `head(3)`.",
            ),
            T(
                zh="`by_product.sort_values(ascending=False).head(3)`",
                en="`by_product.sort_values(ascending=False).head(3)`",
            ),
        ),
    ),
    Exercise(
        "python-next-morning",
        answer=lambda company: "b",
        praise=T(
            zh="对。文件记得结果，内存记得名字；名字要运行一遍才回来。",
            en="Right. The file remembers results, memory remembers names; names come back when all is run.",
        ),
        mistakes=(
            Mistake(
                lambda company: "a",
                T(
                    zh="存好了：字和结果都在。忘掉的只是内存里的名字。",
                    en="It was saved: text and results are there. Only the names in memory are gone.",
                ),
            ),
            Mistake(
                lambda company: "c",
                T(
                    zh="它缺的名字在上面那些格子里，只按最后一格，几次都一样。",
                    en="The missing names are made in the cells above; the last cell alone fails every time.",
                ),
            ),
            Mistake(
                lambda company: "d",
                T(
                    zh="电脑没有坏，换一台也一样要从头运行。",
                    en="Nothing is wrong with the computer; on another one, too, all must be run from the top.",
                ),
            ),
        ),
        rubric=(
            Point(
                T(zh="名字在内存里，不在文件里", en="names are in memory, not in the file"), r"内存|memory"
            ),
            Point(T(zh="从头运行就回来", en="running from the top brings them back"), r"从头|运行|run|top"),
        ),
        good=T(
            zh="关机以后内存清空了，名字没有了；从头运行一遍，名字就都回来。",
            en="Switching off emptied the memory, so the names are gone; running all from the top brings them back.",
        ),
        weak=T(zh="因为要运行。", en="Because it must be run."),
        hints=(
            T(
                zh="`NameError` 是说：这个名字我不认得。名字是在哪里起的？",
                en="`NameError` says: I do not know this name. Where was the name given?",
            ),
            T(
                zh="名字是上面的格子起的，它们今天还没有运行。",
                en="It was given in the cells above, which have not run today.",
            ),
        ),
    ),
    Exercise(
        "python-to-colleague",
        rubric=(
            Point(
                T(zh="旧的结果还留在内存里", en="the old result is still in memory"),
                r"内存|旧|留|memory|old|kept|stays",
            ),
            Point(
                T(zh="不像 Excel 那样自动重算", en="nothing recalculates by itself as in Excel"),
                r"自动|重算|excel|itself|recalc|automatic",
            ),
            Point(
                T(zh="把下面那一格再运行一遍", en="run the cell below again"),
                r"运行|run",
            ),
        ),
        good=T(
            zh="没有坏。takings 是用旧的 price 算的，留在内存里，不会像 Excel 那样自动重算。把那一格再运行一次就好。",
            en="It is not broken. takings was worked out from the old price and stays in memory; it does not recalculate by itself as in Excel. Run that cell again.",
        ),
        weak=T(
            zh="可能是程序有问题，重启一下电脑。", en="Perhaps the program has a fault; restart the computer."
        ),
        hints=(
            T(
                zh="`takings` 是什么时候算的，用的是哪个 `price`？",
                en="When was `takings` worked out, and from which `price`?",
            ),
            T(
                zh="三句：旧数留在内存里；这里不自动重算；再运行一次。",
                en="Three sentences: the old number stays in memory; nothing recalculates by itself; run it again.",
            ),
        ),
    ),
]

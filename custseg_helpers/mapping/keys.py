"""Every key of `company.toml`, declared once: its type, default, meaning, allowed values and an example.

What reads a mapping, the draft that `custseg init` writes, the own-data page, the table in `docs/own-data.md` and
the schema for editors all follow these classes: a further key is a further line here, and the place that uses it.

```toml
name = "my_shop"
as_of = 2025-07-01
[orders]
file = "orders.xlsx"
[orders.columns]              # standard field = column in the file
order_id = "单号"
customer_id = "会员号"
order_date = "下单日期"
amount = "实付金额"
[orders.returns]
by = "sign"
```
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, ClassVar, NamedTuple, get_args

import attrs
import pandas as pd

from custseg_helpers.company.company import Company
from custseg_helpers.decision.questions import Answer, together
from custseg_helpers.mapping.columns import MAPPED, field_kinds
from custseg_helpers.mapping.stated import KEY, NO_TABLE, NO_TEXT, Files, Per, Slip, Unknown, Zone
from custseg_helpers.reading.database import Database, misstated
from custseg_helpers.words.text import T, UserError


class Told(NamedTuple):
    """What is declared of a key besides its name, type and default."""

    about: T
    example: Any
    choices: Mapping[str, T]
    """the values it may have, and what each means; empty: any"""
    ask: T | None
    """what the own-data page calls it; `None`: the page does not ask, the file tells"""
    field: str | None
    """of a table of fields, the one that is asked"""


def key(
    about: T,
    example: Any,
    default: Any = attrs.NOTHING,
    *,
    choices: Mapping[str, T] | None = None,
    ask: T | None = None,
    field: str | None = None,
    check: Any = None,
    alias: str | None = None,
) -> Any:
    """Declare a key: an attribute of an attrs class, whose type says of what kind its values are."""
    checks = [check] if check else []
    return attrs.field(
        default=default,
        alias=alias,
        validator=[_is_a_choice, *checks] if choices else checks,
        metadata={KEY: Told(about, example, choices or {}, ask, field)},
    )


def _is_a_choice(_: Any, attribute: Any, value: Any) -> None:
    choices = attribute.metadata[KEY].choices
    if value not in choices:
        words = ", ".join(f'"{choice}"' for choice in choices)
        raise Slip(T(zh="可选：{c}", en="choose one of {c}").format(c=words), attribute.alias)


def _not_negative(_: Any, attribute: Any, value: int | None) -> None:
    if value is not None and value < 0:
        raise Slip(
            T(zh="从 1 数起；没有列名就写 0", en="count from 1; 0 where there is none"), attribute.alias
        )


DATES = {
    "ymd": T(zh="年在前；别的写法日月不明时会停下来问", en="year first; where day and month are unclear, you are asked"),
    "dmy": T(zh="日在前：03/04 是 4 月 3 日", en="day first: 03/04 is 3 April"),
    "mdy": T(zh="月在前：03/04 是 3 月 4 日", en="month first: 03/04 is 4 March"),
    "swapped": T(
        zh="电子表格把 12 日以前的日期日月对调了，调回来",
        en="a spreadsheet swapped day and month up to the 12th; they are swapped back",
    ),
}  # fmt: skip
ROWS = {
    "lines": T(zh="一单可有多行", en="an order may have several rows"),
    "orders": T(zh="一行就是一单", en="every row is one order"),
    "days": T(zh="没有单号：同一位客户同一天算一单", en="no order number: a customer's day is one order"),
}
DUPLICATES = {"keep": T(zh="保留", en="keep"), "drop": T(zh="只留一行", en="keep one of each")}
PER = {
    "line": T(zh="每行各是各的", en="each line has its own"),
    "order": T(zh="整单的，只算一次", en="the whole order's, counted once"),
}
PARTS = PER | {"share": T(zh="按比例（如 10%）", en="a share, such as 10 %")}
MASKED = {
    "aside": T(zh="不计入客户", en="do not count for a customer"),
    "keep": T(zh="每个编号各是一位客户", en="each is one customer"),
}
DECIMAL = {
    ".": T(zh="1,234.50", en="1,234.50"),
    ",": T(zh="1.234,50", en="1.234,50"),
}
RETURNS = {
    "sign": T(zh="负数是退货", en="negative is a return"),
    "status": T(zh="看订单状态", en="by the status"),
    "prefix": T(zh="看单号开头", en="by how the order number begins"),
}


@attrs.frozen(kw_only=True)
class WriteBack:
    """The table of a database that gets the tags after a run."""

    address: str = key(
        T(zh="数据库地址，不带密码", en="address of the database, without a password"),
        "postgresql://crm_writer@db.example.com/sales",
    )
    table: str = key(T(zh="写进哪张表", en="the table to write"), "customer_tags")
    home: Path = Path()

    def __attrs_post_init__(self) -> None:
        _check_database(self.database)

    @property
    def database(self) -> Database:
        """The table, as `reading.database` takes it."""
        return Database(self.address, self.table, None, self.home)


@attrs.frozen(kw_only=True)
class Source:
    """A file, several, a folder of parts or a database's table, and what its columns are."""

    table: ClassVar[str] = ""

    files: Files = key(
        T(
            zh="文件或文件夹，从 company.toml 所在文件夹算起，放在别处就写完整路径；几个文件写成一列",
            en="file or folder, from the folder of company.toml, elsewhere the full path; of several files a list",
        ),
        "orders.xlsx",
        Files(()),
        alias="file",
    )
    address: str | None = key(
        T(
            zh="数据库地址，不带密码，代替 file",
            en="address of a database, without a password, in place of file",
        ),
        "sqlite:///shop.db",
        None,
    )
    in_database: str | None = key(
        T(zh="数据库里的哪张表", en="the table of the database"), "order_lines", None, alias="table"
    )
    query: str | None = key(
        T(zh="代替 table 的查询", en="a query in place of table"), "SELECT * FROM order_lines", None
    )
    sheet: str | None = key(
        T(zh="读哪个工作表；不写读内容最多的", en="which sheet to read; if not stated the fullest"),
        "Sheet1",
        None,
    )
    header_row: int | None = key(
        T(
            zh="列名在第几行，没有就写 0；不写自己找",
            en="the row of column names, 0 where there is none; if not stated it is found",
        ),
        3,
        None,
        check=_not_negative,
    )
    encoding: str | None = key(
        T(zh="文字编码；不写自己推断并说明", en="the encoding; if not stated it is inferred and named"),
        "gb18030",
        None,
    )
    separator: str | None = key(
        T(zh="分隔符；不写自己推断", en="the separator; if not stated it is inferred"), ";", None
    )
    dates: str = key(
        T(
            zh="日月不明的日期（如 03/04/2024）怎样读；不写就会问，不会猜",
            en="how to read dates such as 03/04/2024; without it you are asked, it is never guessed",
        ),
        "dmy",
        "ymd",
        choices=DATES,
        ask=T(zh="日期", en="Dates"),
    )
    columns: Mapping[str, str] = key(
        T(zh="标准字段 = 文件里的列", en="standard field = column in the file"),
        {"order_id": "单号", "customer_id": "会员号"},
    )
    skip: Mapping[str, tuple[str, ...]] = key(
        T(
            zh="不计入的行：字段 = 这些值，如已取消、未付款",
            en="rows that do not count: field = these values, such as cancelled, unpaid",
        ),
        {"status": ("已取消",)},
        attrs.Factory(dict),
        ask=T(zh="不算数的状态", en="Statuses that do not count"),
        field="status",
    )
    only: Mapping[str, tuple[str, ...]] = key(
        T(
            zh="只有这些行计入：字段 = 这些值，如赢单",
            en="the only rows that count: field = these values, such as won",
        ),
        {"status": ("赢单",)},
        attrs.Factory(dict),
        field="status",
    )
    home: Path = Path()

    def __attrs_post_init__(self) -> None:
        for name in self.columns:
            if name not in field_kinds(self.table):
                raise Unknown(field_kinds(self.table), "columns", name)
        for word, stated in (("skip", self.skip), ("only", self.only)):
            for name in stated:
                if name not in self.columns:
                    raise Unknown(self.columns, word, name)
        if self.database is None and not self.files:
            raise Slip(NO_TEXT, "file")
        if self.database is not None:
            if self.files:
                first = next(one for one in ("address", "in_database", "query") if getattr(self, one))
                raise Slip(
                    T(zh="与 file 只写一个", en="does not go with file; state one of them"),
                    str(attrs.fields_dict(type(self))[first].alias),
                )
            _check_database(self.database)

    @property
    def database(self) -> Database | None:
        """The table of a database, `None` where files are stated."""
        if not (self.address or self.in_database or self.query):
            return None
        return Database(self.address or "", self.in_database, self.query, self.home)

    @property
    def file(self) -> Path:
        """The file or folder; of several files the first; of a database the name of its table."""
        return self.files[0] if self.files else Path(self.database.name if self.database else "")

    @property
    def reading(self) -> dict[str, Any]:
        """What is stated about how the file is to be read."""
        stated = {one: getattr(self, one) for one in ("sheet", "header_row", "encoding", "separator")}
        return {name: value for name, value in stated.items() if value is not None}


def _check_database(database: Database) -> None:
    if wrong := misstated(database):
        raise Slip(wrong[1], wrong[0])


@attrs.frozen(kw_only=True)
class Returns:
    """How a returned line is told from a bought one."""

    by: str = key(
        T(
            zh="退货怎么认；退货冲减金额，不算订单，也不算最近一次购买",
            en="how returns are marked; they lower the money, and are neither an order nor a purchase",
        ),
        "status",
        "sign",
        choices=RETURNS,
        ask=T(zh="退货", en="Returns"),
    )
    values: tuple[str, ...] = key(
        T(zh="退货的状态，或退货单号的开头", en="the statuses of returns, or how their order numbers begin"),
        ("已退货",),
        (),
        ask=T(zh="退货的状态或单号开头", en="Statuses or beginnings of returns"),
    )

    def __attrs_post_init__(self) -> None:
        if self.by != "sign" and not self.values:
            raise Slip(
                T(zh="写出退货的状态或单号开头", en="list the statuses or prefixes of returns"), "values"
            )


def statuses_that(about: T, example: str) -> Any:
    """Declare a key whose value is a list of statuses."""
    return key(about, (example,), ())


@attrs.frozen(kw_only=True)
class Statuses:
    """What the values of a column of statuses mean. A value in no list that carries money stops a run."""

    sale: tuple[str, ...] = statuses_that(T(zh="卖成了", en="sold"), "交易成功")
    never: tuple[str, ...] = statuses_that(T(zh="没成交，不算", en="never came about"), "交易关闭")
    back: tuple[str, ...] = statuses_that(
        T(
            zh="卖了又退：净额为零，订单和客户都还在",
            en="sold and returned: net zero, order and customer stay",
        ),
        "退款成功",
    )
    credit: tuple[str, ...] = statuses_that(
        T(zh="冲减以前销售的单据，如退货单", en="documents that take back an earlier sale"), "退货单"
    )
    partial: tuple[str, ...] = statuses_that(
        T(zh="退了一部分，金额看 refund 列", en="returned in part; the column refund says how much"),
        "部分退款",
    )
    out: tuple[str, ...] = statuses_that(T(zh="钱出去，冲减金额", en="money out, taken off"), "支出")
    aside: tuple[str, ...] = statuses_that(
        T(zh="不是与客户的买卖，如提现", en="no business with customers, such as withdrawals"), "提现"
    )

    def lists(self) -> dict[str, tuple[str, ...]]:
        """Return the lists by what they mean."""
        stated = {one.alias: getattr(self, one.name) for one in attrs.fields(type(self))}
        return {str(name): values for name, values in stated.items() if values}


@attrs.frozen(kw_only=True)
class Choice:
    """One answer to an open question, and what it sets under [orders]."""

    says: str = key(T(zh="这个回答说什么", en="what the answer says"), "订单金额：合计 600.00")
    orders: Mapping[str, Any] = key(
        T(zh="它改 [orders] 里的什么", en="what it sets under [orders]"),
        {"amount_per": "order"},
        attrs.Factory(dict),
    )


@attrs.frozen(kw_only=True)
class Question:
    """What a file left open; `custseg run` refuses until it has an answer."""

    ask: str = key(T(zh="问题", en="the question"), "客户真正付的钱是哪一列？")
    about: str = key(T(zh="问的是哪一件事", en="what it is about"), "amount", "")
    answer: Answer = key(
        T(
            zh="选第几个；几个值一起问的，也可一个值一个号码 [1, 2]；0 是还没定",
            en="which choice; where several values are asked together, also a number for each, [1, 2]; 0 is not decided yet",
        ),
        1,
        0,
    )
    choices: tuple[Choice, ...] = key(
        T(zh="可选的回答", en="the answers to choose from"), ({"says": "订单金额：合计 600.00"},), ()
    )

    def __attrs_post_init__(self) -> None:
        values = together([choice.orders for choice in self.choices])
        numbers = (self.answer,) if isinstance(self.answer, int) else self.answer
        if not isinstance(self.answer, int) and len(numbers) != len(values):
            raise Slip(
                T(zh="应是一个号码", en="must be one number")
                if not values
                else T(zh="应是 {n} 个号码，一个值一个", en="must be {n} numbers, one for each value").format(
                    n=len(values)
                ),
                "answer",
            )
        if not all(0 <= number <= len(self.choices) for number in numbers):
            raise Slip(
                T(zh="应是 0 到 {n} 的整数", en="must be a whole number from 0 to {n}").format(
                    n=len(self.choices)
                ),
                "answer",
            )


@attrs.frozen(kw_only=True)
class Heads:
    """A second table of the same orders, a row an order: customer, day and total stand there, the items under [orders]."""

    files: Files = key(
        T(zh="一单一行的那个文件", en="the file with a row an order"), "orders.csv", alias="file"
    )
    sheet: str | None = key(T(zh="它的哪个工作表", en="which sheet of it"), "订单", None)
    by: str = key(T(zh="它的单号列", en="its column of order numbers"), "订单号")
    of: str = key(T(zh="明细里的单号列", en="the column of order numbers in the items"), "订单号")


def told_of_cancelled(columns: Collection[str], lists: Iterable[Collection[Any]], returns: str) -> bool:
    """Tell whether fields, lists of statuses or the way returns are told say which orders never came about.

    >>> told_of_cancelled(["amount", "status"], [()], "sign"), told_of_cancelled(["amount"], [()], "sign")
    (True, False)
    """
    return bool({"status", "refund", "after_refunds"} & {*columns}) or any(lists) or returns == "prefix"


@attrs.frozen(kw_only=True)
class Orders(Source):
    """Order lines."""

    table: ClassVar[str] = "orders"

    heads: Heads | None = key(
        T(
            zh="订单与明细分在两张表时，一单一行的那张",
            en="where orders and items stand in two tables, the one with a row an order",
        ),
        {"file": "orders.csv", "by": "订单号", "of": "订单号"},
        None,
    )
    rows: str = key(
        T(zh="一行是什么", en="what a row is"),
        "orders",
        "lines",
        choices=ROWS,
        ask=T(zh="一行是什么", en="A row is"),
    )
    duplicates: str = key(
        T(zh="整行重复的怎么办", en="what to do with rows that repeat exactly"),
        "drop",
        "keep",
        choices=DUPLICATES,
        ask=T(zh="整行重复", en="Exact duplicates"),
    )
    returns: Returns = key(T(zh="退货", en="returns"), {"by": "sign"}, Returns())
    tidy: bool = key(
        T(
            zh="先整理：去掉单元格的保护符号，小计、合计、页脚不算，同一个编号的几种写法合成一个",
            en="put the sheet in order first: signs that protect cells are taken off, totals and footers left out, spellings of one id made one",
        ),
        True,
        False,
    )
    decimal: str = key(T(zh="小数的写法", en="how decimals are written"), ",", ".", choices=DECIMAL)
    worth: Mapping[str, float] = key(
        T(
            zh="不以元写的金额列：列 → 1 等于几元（分是 0.01，万元是 10000）",
            en="columns of money in another unit: column → what 1 is worth (cents 0.01)",
        ),
        {"amount_cents": 0.01},
        attrs.Factory(dict),
    )
    amount_per: str = key(
        T(zh="金额是每行的还是整单的", en="whether amounts are each line's or the order's"),
        "order",
        "line",
        choices=PER,
    )
    refund_per: str = key(
        T(zh="退款是每行的还是整单的", en="whether refunds are each line's or the order's"),
        "order",
        "line",
        choices=PER,
    )
    shared_by: tuple[str, ...] = key(
        T(
            zh="整单的金额按什么分到每行：一列行金额，或数量和单价两列",
            en="what an order's amount is shared among its lines by: one column of line totals, or quantity and price",
        ),
        ("数量", "单价"),
        (),
    )
    plus: Mapping[str, Per] = key(
        T(
            zh="要加到金额上的列，如运费：列 → 是每行的（line）还是整单的（order）",
            en="columns to add to the amount, such as shipping: column → line or order, whose it is",
        ),
        {"运费": "order"},
        attrs.Factory(dict),
    )
    minus: Mapping[str, Per] = key(
        T(
            zh="要从金额里减去的列，如优惠，正负号不论：列 → 每行的（line）、整单的（order），还是按比例（share）",
            en="columns to take off the amount, such as discounts, whatever their sign: column → line, order, or share where they are in per cent",
        ),
        {"店铺优惠": "line"},
        attrs.Factory(dict),
    )
    fill: tuple[str, ...] = key(
        T(zh="只写在每单第一行的列", en="columns that stand on the first row of an order only"),
        ("订单编号",),
        (),
    )
    paid_when: tuple[str, ...] = key(
        T(
            zh="付了款才有内容的列：空着的行没有成交，不算",
            en="columns that are filled only where an order was paid: rows where they are empty never came about",
        ),
        ("付款时间",),
        (),
    )
    zeros: bool = key(
        T(
            zh="客户编号前面的零不算：00123 就是 123",
            en="zeros in front of customer ids do not count: 00123 is 123",
        ),
        True,
        False,
    )
    nobody: tuple[str, ...] = key(
        T(
            zh="不指某一位客户的编号，不计入客户",
            en="ids that are nobody in particular; they do not count for a customer",
        ),
        ("散客", "0"),
        (),
    )
    masked: str = key(
        T(
            zh="打了码的客户编号（138****1000），几个人可能共用一个",
            en="masked customer ids (138****1000), which several people may share",
        ),
        "keep",
        "aside",
        choices=MASKED,
    )
    statuses: Mapping[str, Statuses] = key(
        T(
            zh="状态列的每个值是什么意思：列 → 意思 → 这些值",
            en="what each value of a column of statuses means: column → meaning → values",
        ),
        {"订单状态": {"never": ("交易关闭",)}},
        attrs.Factory(dict),
    )

    @property
    def exported_keys(self) -> list[str]:
        """What is stated of orders as a program exported them, so that they have to be put into plain order lines first.

        >>> orders = Orders(file=Path("o.csv"), columns={"refund": "back"}, tidy=True, nobody=("0",), rows="days")
        >>> orders.exported_keys
        ['tidy', 'nobody', 'rows', 'refund']
        """
        stated = (
            "tidy",
            "fill",
            "paid_when",
            "nobody",
            "statuses",
            "worth",
            "plus",
            "minus",
            "zeros",
            "heads",
        )
        keys = [name for name in stated if getattr(self, name)]
        keys += ["decimal"] if self.decimal != "." else []
        keys += [name for name in ("amount_per", "refund_per") if getattr(self, name) == "order"]
        keys += ["rows"] if self.rows == "days" else []
        return keys + [name for name in ("refund", "after_refunds", "parent_order") if name in self.columns]

    @property
    def tells_cancelled(self) -> bool:
        """Whether something says which orders never came about or were undone: a status, a refund, a day of payment.

        >>> Orders(file=Path("o.csv"), columns={"status": "state"}).tells_cancelled
        True
        """
        return told_of_cancelled(self.columns, (self.statuses, self.paid_when), self.returns.by)

    @property
    def as_exported(self) -> bool:
        """Whether the sheet, as a program exported it, has to be put into plain order lines first."""
        return bool(self.exported_keys)


@attrs.frozen(kw_only=True)
class Customers(Source):
    """A row a customer."""

    table: ClassVar[str] = "customers"

    agreed: tuple[str, ...] = key(
        T(
            zh="consent 列里表示同意联系的值；写了它，其余的值和空着的都不联系",
            en="values of the column consent that mean yes; with these stated, nobody else is contacted, empty cells included",
        ),
        ("同意",),
        (),
    )
    refused: tuple[str, ...] = key(
        T(
            zh="consent 列里表示不要联系的值；只写了它，其余的都可以联系",
            en="values of the column consent that mean no; with only these stated, everybody else may be contacted",
        ),
        ("退订",),
        (),
    )


@attrs.frozen(kw_only=True)
class Products(Source):
    """A row a product."""

    table: ClassVar[str] = "products"


@attrs.frozen(kw_only=True)
class Interactions(Source):
    """A row a contact with a customer."""

    table: ClassVar[str] = "interactions"


@attrs.frozen(kw_only=True)
class Facts(Source):
    """Facts that a warehouse has counted itself, a row a customer, in place of order lines."""

    table: ClassVar[str] = "facts"


@attrs.frozen(kw_only=True)
class Person:
    """Somebody in the company's story."""

    zh: str = key(T(zh="中文的称呼", en="who it is, in Chinese"), "总经理顾明远")
    en: str = key(T(zh="英文的称呼", en="who it is, in English"), "Gu Mingyuan, general manager")
    wants: T = key(T(zh="想要什么", en="what she wants"), {"zh": "一份能拍板的方案", "en": "a plan to sign"})


UNASKED = T(zh="没有问，这样假定：{a}", en="Not asked but assumed: {a}")
CANCELLED = "cancelled"
"""What a question is about that asks whether all orders came about, since no column says so."""
ALL_CAME_ABOUT = T(
    zh="没有一列说明哪些订单取消了、没付款或退了，每一行都照金额计入",
    en="no column says which orders were cancelled, never paid or returned, so every line counts with its amount",
)


def told_twice(about: T) -> Any:
    """Declare a key whose value is a text in both languages."""
    return key(about, {"zh": "…", "en": "…"}, None)


@attrs.frozen(kw_only=True)
class OwnData:
    """A mapping that has been read and found consistent; paths are resolved."""

    name: str = key(T(zh="名称", en="a name"), "my_shop", ask=T(zh="名称", en="Name"))
    as_of: pd.Timestamp = key(
        T(zh="快照日：最后一个下单日的次日", en="the snapshot: the day after the last order"),
        pd.Timestamp("2025-07-01"),
        ask=T(zh="快照日", en="Snapshot"),
    )
    currency: str = key(
        T(zh="金额的币种", en="the currency of the amounts"),
        "USD",
        Company.currency,
        ask=T(zh="币种", en="Currency"),
    )
    time_zone: Zone = key(
        T(zh="时区，只影响带时区的时间", en="the time zone; matters only for times that state one"),
        "Europe/London",
        Zone(Company.time_zone),
        ask=T(zh="时区", en="Time zone"),
    )
    assumed: tuple[str, ...] = key(
        T(
            zh="没有问、这样假定的：只问最影响金额的三件事；不对就改映射",
            en="not asked but assumed, as only the three questions that move most money are: where one is wrong, correct the mapping",
        ),
        ("“0” 有 120 单……是散客吗？ → 就是一位客户",),
        (),
    )
    place: int | None = key(
        T(zh="示例公司在名单里排第几", en="of a sample company, its place in lists"), 1, None
    )
    title: T | None = told_twice(
        T(zh="公司的名字，报告和课程里用", en="what the company is called in reports and lessons")
    )
    industry: T | None = told_twice(T(zh="做什么的", en="what it does"))
    story: T | None = told_twice(T(zh="公司的情况", en="its story"))
    goal: T | None = told_twice(T(zh="今年的目标", en="its goal this year"))
    question: T | None = told_twice(T(zh="想用分层回答的问题", en="the question that segments are to answer"))
    people: tuple[Person, ...] = key(
        T(zh="课程里出现的人", en="people in the lessons"),
        ({"zh": "总经理", "en": "the general manager", "wants": {"zh": "…", "en": "…"}},),
        (),
    )
    _orders: Orders | None = key(T(zh="订单明细", en="order lines"), {"file": "orders.xlsx"}, None)
    customers: Customers | None = key(
        T(zh="一行一位客户", en="a row a customer"), {"file": "members.csv"}, None
    )
    products: Products | None = key(
        T(zh="一行一种产品", en="a row a product"), {"file": "products.csv"}, None
    )
    interactions: Interactions | None = key(
        T(zh="一行一次互动", en="a row a contact with a customer"), {"file": "service.csv"}, None
    )
    facts: Facts | None = key(
        T(
            zh="别处算好的事实，一行一位客户，代替 [orders]",
            en="facts counted elsewhere, a row a customer, in place of [orders]",
        ),
        {"file": "facts.parquet"},
        None,
    )
    write_back: WriteBack | None = key(
        T(zh="运行之后把客户标签写进数据库", en="after a run the customers' tags go into a database"),
        {"address": "sqlite:///crm.db", "table": "customer_tags"},
        None,
    )
    questions: tuple[Question, ...] = key(
        T(zh="文件没说清的问题", en="what the files left open"),
        ({"ask": "客户真正付的钱是哪一列？", "answer": 1},),
        (),
    )
    path: Path = Path("company.toml")

    def __attrs_post_init__(self) -> None:
        if self._orders and self.facts:
            raise Slip(T(zh="[orders] 与 [facts] 只写一个", en="state either [orders] or [facts]"), "facts")
        if not self._orders and not self.facts:
            raise Slip(NO_TABLE, "orders")

    @property
    def orders(self) -> Orders:
        """The order lines; a company of which only facts are handed over has none."""
        if self._orders is None:
            raise UserError(T(
                zh="“{path}”只有事实表 [facts]，没有订单明细 [orders]：可以运行 custseg run；上课、检查数据需要订单明细。",
                en="“{path}” has a table of facts, [facts], and no order lines, [orders]: custseg run works from it; lessons and the audit need order lines.",
            ).format(path=self.path))  # fmt: skip
        return self._orders

    @property
    def standing(self) -> tuple[Question, ...]:
        """The questions that count: whether all orders came about is none any more once something tells."""
        told = self._orders is not None and self._orders.tells_cancelled
        return tuple(one for one in self.questions if not (told and one.about == CANCELLED))

    @property
    def unsaid(self) -> tuple[T, ...]:
        """What is taken for granted as long as nothing says which orders were cancelled; nothing where it was asked."""
        asked_ = any(one.about == CANCELLED for one in self.questions)
        told = self._orders is None or self._orders.tells_cancelled
        return () if told or asked_ else (UNASKED.format(a=ALL_CAME_ABOUT),)

    @property
    def sources(self) -> dict[str, Source]:
        """The tables that are stated, by name."""
        found = {"orders": self._orders} | {table: getattr(self, table) for table in (*MAPPED[1:], "facts")}
        return {table: source for table, source in found.items() if source is not None}


class Key(NamedTuple):
    """A declared key."""

    path: str
    """with the tables it stands in: `orders.returns.by`"""
    type: Any
    default: Any
    """`attrs.NOTHING` where it has to be stated"""
    told: Told
    inside: Any
    """the attrs class of a table of keys, else `None`"""
    own: bool
    """whether its class declares it itself, and not the one it derives from"""


def keys_of(declared: Any, where: str = "") -> list[Key]:
    """Return the keys of a class, in order; those of tables within are not among them."""
    found = []
    for one in attrs.fields(declared):
        if KEY in one.metadata:
            inside = next((kind for kind in (one.type, *get_args(one.type)) if attrs.has(kind)), None)
            default = one.default.factory() if isinstance(one.default, attrs.Factory) else one.default  # type: ignore[arg-type]
            found.append(
                Key(f"{where}{one.alias}", one.type, default, one.metadata[KEY], inside, not one.inherited)
            )
    return found


def asked(tables: Iterable[str] = ("orders",)) -> Iterator[Key]:
    """Yield what a person decides of the company and of the tables she has: the draft and the own-data page show it.

    >>> [found.path for found in asked()][-4:]
    ['orders.rows', 'orders.duplicates', 'orders.returns.by', 'orders.returns.values']
    """
    yield from _asked(OwnData, "", set(tables))


def _asked(declared: Any, where: str, tables: set[str]) -> Iterator[Key]:
    for found in keys_of(declared, where):
        if found.told.field:
            yield found._replace(path=f"{found.path}.{found.told.field}", type=tuple[str, ...], default=())
        elif found.told.ask:
            yield found
        elif found.inside and (where or found.path in tables):
            yield from _asked(found.inside, f"{found.path}.", tables)


def meaning(found: Key) -> T:
    """Return what a key means, and what each of its values means.

    >>> from custseg_helpers.words.text import use_language
    >>> use_language("en")
    >>> print(meaning(next(key for key in asked() if key.path == "orders.duplicates")))
    what to do with rows that repeat exactly: "keep" keep, "drop" keep one of each
    """
    choices = [
        T(zh='"{value}" {said}', en='"{value}" {said}').format(value=value, said=said)
        for value, said in found.told.choices.items()
    ]
    return (
        T(zh="：", en=": ").join([found.told.about, T(zh="，", en=", ").join(choices)])
        if choices
        else found.told.about
    )

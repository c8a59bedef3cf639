"""Lesson 12 as a workbook: a year's target split to the cent, by channel and by month, and the four levers."""

from collections.abc import Mapping

from custseg_helpers.action.season import season_weights
from custseg_helpers.company.company import Company
from custseg_helpers.spreadsheets import rows
from custseg_helpers.spreadsheets.sheets import (
    DAY,
    MONEY,
    SHARE,
    TEXT,
    WHOLE,
    Answer,
    Column,
    Setting,
    Workbook,
)
from custseg_helpers.words.glossary import label
from custseg_helpers.words.text import T

BY_CHANNEL = "goals-by-channel"


def parts(name: str, weight: Column, total: str) -> list[Column]:
    """Return the columns that split an amount by weights so that no cent is lost: the largest remainders get the last cents."""
    return [
        weight,
        Column("quota", T(zh="按比例，分", en="in proportion, cents"), f"=ROUND({total}*100,0)*[{weight.code}]/SUM({weight.name})", MONEY, f"{name}_quota"),
        Column("whole", T(zh="整分", en="whole cents"), "=INT([quota])", WHOLE, f"{name}_whole"),
        Column("rest", T(zh="余数", en="remainder"), "=[quota]-[whole]", "0.000000", f"{name}_rest"),
        Column("target", label("target"), f"=([whole]+IF(RANK([rest],{name}_rest)<=ROUND({total}*100,0)-SUM({name}_whole),1,0))/100", MONEY, f"{name}_target"),
    ]  # fmt: skip


def workbook(company: Company, there: Mapping[str, Company]) -> Workbook:
    """Make the workbook from a company's orders and customers, and the orders of another whose channels are asked about."""
    book = Workbook(
        T(zh="12 · 目标分解，用 Excel 算一遍", en="12 · Splitting a target, in Excel"),
        T(
            zh="“渠道”和“月份”把全年目标按去年的销售、往年的季节拆开；最后几分钱给余数最大的，所以加起来一分不差。",
            en="“Channels” and “Months” split the year's target by last year's sales and by the season of past years; the last cents go to the largest remainders, so that the parts add up to the cent.",
        ),
        T(
            zh="练习里的渠道是{title}的：它去年的订单在“另一家公司”，各渠道的目标在“那家公司的渠道”。",
            en="The exercise asks for the channels of {title}: its orders of last year are in “Another company”, the targets in “Channels there”.",
        ).format(title=there[BY_CHANNEL].title),
        T(
            zh="“设置”里的黄色格子可以改：增长多少、哪一年、会员有多少。",
            en="Change the yellow cells of “Settings”: the growth, the year, the number of members.",
        ),
        T(
            zh="“我的二十位客户”是空表：填上名字和去年各买了多少，右边把目标拆到每一位；总目标写在“设置”里。",
            en="“My twenty customers” is empty: fill in the names and what each bought last year; the target of each appears on the right. The whole target stands in “Settings”.",
        ),
        T(
            zh="用到的函数：SUMIFS、COUNTIFS、RANK、INT、ROUND、IF。",
            en="Functions used: SUMIFS, COUNTIFS, RANK, INT, ROUND, IF.",
        ),
    )
    table = rows.orders(company)
    year = company.as_of.year - 1
    lines_there = there[BY_CHANNEL].orders
    dated_there = lines_there[lines_there["order_date"].dt.year == there[BY_CHANNEL].as_of.year - 1]
    sold_there = dated_there.groupby(["order_id", "channel"], as_index=False)["amount"].sum()
    joined = company.customers.set_index("customer_id")["signup_date"]
    book.settings(
        [
            Setting("growth", T(zh="今年要增长多少", en="growth this year"), 0.15, SHARE),
            Setting("last_year", T(zh="去年是哪一年", en="last year"), year, "0"),
            Setting("members", T(zh="到去年底登记了多少会员", en="members by the end of last year"), int((joined.dt.year <= year).sum())),
            Setting("sold", T(zh="去年卖了多少，自动算出", en="sold last year, worked out here"), "=SUMIFS(order_amount,order_year,last_year)", MONEY),
            Setting("year_target", T(zh="今年的目标，自动算出", en="this year's target, worked out here"), "=ROUND(ROUND(sold,2)*(1+growth),2)", MONEY),
            Setting("target_there", T(zh="另一家公司今年的目标，自动算出", en="the other company's target, worked out here"), "=ROUND(ROUND(SUM(amount_there),2)*(1+growth),2)", MONEY),
            Setting("my_target", T(zh="我的二十位客户：总目标", en="my twenty customers: the whole target"), 100000, MONEY),
        ]
    )  # fmt: skip
    lines = company.orders
    days = lines.assign(day=lines["order_date"].dt.normalize(), bought=lines["quantity"] > 0)
    sold = days.groupby(
        ["order_id", "customer_id", "bought", "day", "channel"], dropna=False, as_index=False
    )["amount"].sum()
    sold = sold.sort_values(["day", "order_id"], kind="stable")
    counted = sold["day"].dt.year
    kinds = rows.kinds(sold["bought"])
    book.table(
        T(zh="订单", en="Orders"),
        [
            Column("order_id", label("order_id"), sold["order_id"].tolist(), TEXT),
            Column("customer_id", label("customer_id"), sold["customer_id"].tolist(), TEXT, "order_customer"),
            Column("order_date", label("order_date"), sold["day"].tolist(), DAY),
            Column(
                "channel", label("channel"), [label(code) for code in sold["channel"]], TEXT, "order_channel"
            ),
            Column("amount", label("amount"), sold["amount"].round(2).tolist(), MONEY, "order_amount"),
            Column("kind", T(zh="买还是退", en="kind"), kinds.tolist(), TEXT, "order_kind"),
            Column("year", T(zh="年", en="year"), "=YEAR([order_date])", "0", "order_year"),
            Column("month", label("month"), "=MONTH([order_date])", "0", "order_month"),
        ],
    )
    channels = sorted(sold.loc[counted == year, "channel"].unique())
    by_channel = Column(
        "sold",
        T(zh="去年卖了", en="sold last year"),
        "=ROUND(SUMIFS(order_amount,order_channel,[channel],order_year,last_year),2)",
        MONEY,
        "channel_sold",
    )
    book.table(
        T(zh="渠道", en="Channels"),
        [
            Column("channel", label("channel"), [label(code) for code in channels], TEXT),
            *parts("channel", by_channel, "year_target"),
        ],
    )
    by_channel_there = Column(
        "sold",
        T(zh="去年卖了", en="sold last year"),
        "=ROUND(SUMIFS(amount_there,channel_there,[channel]),2)",
        MONEY,
        "channels_there_sold",
    )
    book.table(
        T(zh="另一家公司", en="Another company"),
        [
            Column("order_id", label("order_id"), sold_there["order_id"].tolist(), TEXT),
            Column("channel", label("channel"), sold_there["channel"].map(label).tolist(), TEXT, "channel_there"),
            Column("amount", label("amount"), sold_there["amount"].round(2).tolist(), MONEY, "amount_there"),
        ],
    )  # fmt: skip
    book.table(
        T(zh="那家公司的渠道", en="Channels there"),
        [
            Column("channel", label("channel"), [label(code) for code in sorted(sold_there["channel"].unique())], TEXT),
            *parts("channels_there", by_channel_there, "target_there"),
        ],
    )  # fmt: skip
    season = Column(
        "weight",
        T(zh="季节：拿掉增长以后，由课程算好", en="season: without growth, worked out by the course"),
        season_weights(sold.groupby("day")["amount"].sum()).tolist(),
        "0.0000%",
        "month_weight",
    )
    book.table(
        T(zh="月份", en="Months"),
        [Column("month", label("month"), list(range(1, 13))), *parts("month", season, "year_target")],
    )
    customers = rows.buyers(table)
    book.table(
        T(zh="客户", en="Customers"),
        [
            Column("customer_id", label("customer_id"), customers, TEXT),
            Column("times", T(zh="去年几单", en="orders last year"), f'=COUNTIFS(order_customer,[customer_id],order_year,last_year,order_kind,"{rows.BOUGHT}")', WHOLE, "times_last_year"),
        ],
    )  # fmt: skip
    buyers, orders = 'COUNTIF(times_last_year,">0")', "SUM(times_last_year)"
    book.answers(
        [
            Answer(BY_CHANNEL, T(zh="{title}各渠道的目标：见“那家公司的渠道”，这里是合计", en="targets of the channels of {title}: see “Channels there”; here their sum").format(title=there[BY_CHANNEL].title), "=SUM(channels_there_target)", MONEY),
            Answer("goals-by-month", T(zh="各月的目标：见“月份”，这里是合计", en="targets of the months: see “Months”; here their sum"), "=SUM(month_target)", MONEY),
            Answer("goals-four-levers", T(zh="客户数", en="customers"), "=members"),
            Answer("goals-four-levers", T(zh="转化：买的人占多少", en="conversion: share who bought"), f"={buyers}/members", SHARE),
            Answer("goals-four-levers", T(zh="频率：每人几单", en="frequency: orders a buyer"), f"={orders}/{buyers}", "0.00"),
            Answer("goals-four-levers", T(zh="每单金额", en="money per order"), f"=sold/{orders}", MONEY),
        ]
    )  # fmt: skip
    mine = Column("bought", T(zh="去年买了多少", en="bought last year"), [], MONEY, "my_bought", typed=True)
    _, *targets = parts("mine", mine, "my_target")
    book.mine(
        [
            mine,
            *(
                Column(one.code, one.head, rows.guarded(str(one.values), "bought"), one.form, one.name)
                for one in targets
            ),
        ],
    )  # fmt: skip
    return book

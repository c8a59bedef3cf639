"""Lesson 07 as a workbook: four quadrants by two lines, and two tags crossed."""

from collections.abc import Mapping

from custseg_helpers.company.company import Company
from custseg_helpers.facts.per_customer import order_facts
from custseg_helpers.spreadsheets import rows
from custseg_helpers.spreadsheets.sheets import MONEY, TEXT, WHOLE, Answer, Column, Setting, Workbook
from custseg_helpers.tiers.behaviour import price_sensitivity
from custseg_helpers.tiers.quadrant import QUADRANTS
from custseg_helpers.words.glossary import label
from custseg_helpers.words.text import T

CROSS = "quadrant-region-cross"


def corner(across: str, up: str, x_line: str, y_line: str) -> str:
    """Return the formula of a quadrant; on the line is low."""
    high_high, high_low, low_high, low_low = map(label, QUADRANTS)
    return (
        f'=IF({across}>{x_line},IF({up}>{y_line},"{high_high}","{high_low}"),'
        f'IF({up}>{y_line},"{low_high}","{low_low}"))'
    )


def workbook(company: Company, there: Mapping[str, Company]) -> Workbook:
    """Make the workbook from a company's orders and customers, and the tags of another whose cross is asked for."""
    book = Workbook(
        T(zh="07 · 象限，用 Excel 算一遍", en="07 · Quadrants, worked out in Excel"),
        T(
            zh="“客户”里，订单数和客单价由“订单”算出；两列象限，一列按中位数切，一列按“设置”里的固定线切。",
            en="In “Customers” the number of orders and the average order value come from “Orders”; there are two columns of quadrants, one cut at the medians, one at the fixed lines of “Settings”.",
        ),
        T(
            zh="改“设置”里的线，看“答案”里四个象限的人数怎样变。正好在线上的算低。",
            en="Move the lines of “Settings” and watch the numbers of the four quadrants in “Answers”. On the line counts as low.",
        ),
        T(
            zh="“我的二十位客户”是空表：填上名字、几单、一共花了多少，右边自己算出象限。",
            en="“My twenty customers” is empty: fill in name, orders and money, and the quadrant appears on the right.",
        ),
        T(
            zh="“另一家公司”是{title}的客户，带着两个标签：练习问的是它，“答案”里有每一格的人数。",
            en="“Another company” holds the customers of {title} with two tags: the exercise asks about them, and “Answers” counts each cell.",
        ).format(title=there[CROSS].title),
        T(
            zh="用到的函数：COUNTIFS、SUMIFS、MEDIAN、IF。价格敏感度是课上算好的标签，直接给出。",
            en="Functions used: COUNTIFS, SUMIFS, MEDIAN, IF. Price sensitivity is given as the lesson's ready tag.",
        ),
    )
    book.settings(
        [
            Setting("x_line", T(zh="固定线：订单数", en="fixed line: orders"), 3),
            Setting("y_line", T(zh="固定线：客单价", en="fixed line: average order value"), 200, MONEY),
            Setting("x_median", T(zh="订单数的中位数，自动算出", en="median of orders, worked out here"), "=MEDIAN(frequency)"),
            Setting("y_median", T(zh="客单价的中位数，自动算出", en="median of the order value, worked out here"), "=MEDIAN(order_value)", MONEY),
        ]
    )  # fmt: skip
    table = rows.orders(company)
    customers = rows.buyers(table)
    region = company.customers.set_index("customer_id")["region"].reindex(customers)
    price = price_sensitivity(order_facts(company.orders, company.as_of)).reindex(customers)
    facts_there = order_facts(there[CROSS].orders, there[CROSS].as_of)
    price_there = price_sensitivity(facts_there)
    region_there = there[CROSS].customers.set_index("customer_id")["region"].reindex(facts_there.index)
    book.table(T(zh="订单", en="Orders"), rows.order_columns(table))
    book.table(
        T(zh="客户", en="Customers"),
        [
            Column("customer_id", label("customer_id"), customers, TEXT),
            Column("region", label("region"), region.map(label, na_action="ignore").tolist(), TEXT, "customer_region"),
            Column("price", label("price_sensitivity"), price.map(label).tolist(), TEXT, "price_sensitivity"),
            Column("frequency", label("frequency"), f'=COUNTIFS(order_customer,[customer_id],order_kind,"{rows.BOUGHT}")', WHOLE, "frequency"),
            Column("value", label("average_order_value"), "=ROUND(SUMIFS(order_amount,order_customer,[customer_id]),2)/[frequency]", MONEY, "order_value"),
            Column("corner", T(zh="象限，按中位数", en="quadrant, by medians"), corner("[frequency]", "[value]", "x_median", "y_median"), TEXT, "corner"),
            Column("fixed", T(zh="象限，按固定线", en="quadrant, by fixed lines"), corner("[frequency]", "[value]", "x_line", "y_line"), TEXT, "fixed_corner"),
        ],
    )  # fmt: skip
    book.table(
        T(zh="另一家公司", en="Another company"),
        [
            Column("customer_id", label("customer_id"), facts_there.index.tolist(), TEXT),
            Column("region", label("region"), region_there.map(label, na_action="ignore").tolist(), TEXT, "region_there"),
            Column("price", label("price_sensitivity"), price_there.map(label).tolist(), TEXT, "price_there"),
        ],
    )  # fmt: skip
    book.answers(
        [
            *(
                Answer("quadrant-fixed-lines", T(zh="固定线下，{corner}有多少人", en="under fixed lines: {corner}").format(corner=label(code)), f'=COUNTIF(fixed_corner,"{label(code)}")')
                for code in QUADRANTS
            ),
            *(
                Answer("quadrant-corner", T(zh="中位数下，{corner}有多少人", en="by medians: {corner}").format(corner=label(code)), f'=COUNTIF(corner,"{label(code)}")')
                for code in QUADRANTS
            ),
            *(
                Answer(
                    CROSS,
                    T(zh="{title}：{price} × {region}", en="{title}: {price} × {region}").format(
                        title=there[CROSS].title, price=label(tag), region=label(code)
                    ),
                    f'=COUNTIFS(price_there,"{label(tag)}",region_there,"{label(code)}")',
                )
                for tag in sorted(price_there.unique())
                for code in sorted(region_there.dropna().unique())
            ),
        ]
    )  # fmt: skip
    book.mine(
        [
            Column("times", T(zh="买过几次", en="orders"), [], WHOLE, "my_orders", typed=True),
            Column("money", T(zh="花了多少", en="money spent"), [], MONEY, typed=True),
            Column("value", label("average_order_value"), rows.guarded("=[money]/[times]", "times", "money"), MONEY, "my_value"),
            Column("corner", T(zh="象限，按我的中位数", en="quadrant, by my medians"), rows.guarded(corner("[times]", "[value]", "MEDIAN(my_orders)", "MEDIAN(my_value)"), "times", "money"), TEXT),
        ],
    )  # fmt: skip
    return book

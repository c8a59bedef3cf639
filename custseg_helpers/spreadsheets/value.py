"""Lesson 03 as a workbook: who brings the money, grades A to D, margin."""

from collections.abc import Mapping

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

GRADE = '=IF([{money}]<=0,"D",IF(SUMIF({name},">"&[{money}])/SUMIF({name},">0")<a_line,"A",IF(SUMIF({name},">"&[{money}])/SUMIF({name},">0")<b_line,"B","C")))'
"""A while those who bring more hold less than the A line of the money: equal customers share a grade."""
TOP = "LARGE(monetary,ROUNDUP(ROUND(top_share*COUNT(monetary),9),0))"
BEST = f'=(SUMIF(monetary,">"&{TOP})+(ROUNDUP(ROUND(top_share*COUNT(monetary),9),0)-COUNTIF(monetary,">"&{TOP}))*{TOP})/SUMIF(monetary,">0")'
LEVEL = '=IF([{money}]>=high_line,"{high}",IF([{money}]>=medium_line,"{medium}","{low}"))'


def workbook(company: Company, _: Mapping[str, Company]) -> Workbook:
    """Make the workbook from a company's order lines, products and customers."""
    book = Workbook(
        T(zh="03 · 客户价值，用 Excel 算一遍", en="03 · Customer value, worked out in Excel"),
        T(
            zh="“明细”是样本公司的订单明细，一行一件商品；进价由 INDEX 和 MATCH 从“产品”里查来。“客户”用 SUMIFS 把明细加到每位客户头上，再定级。",
            en="“Lines” holds the sample company's order lines, one product each; INDEX and MATCH look the cost up in “Products”. “Customers” adds the lines up by SUMIFS and grades.",
        ),
        T(
            zh="“设置”里的黄色格子可以改：A 级的线、B 级的线、前百分之几、固定线。",
            en="Change the yellow cells of “Settings”: the lines of A and B, the best per cent, the fixed lines.",
        ),
        T(
            zh="“我的二十位客户”是空表：填上名字和每人花了多少钱，右边自己定级。",
            en="“My twenty customers” is empty: fill in the names and what each spent; the grade appears on the right.",
        ),
        T(
            zh="用到的函数：SUMIFS、SUMIF、COUNTIF、COUNTIFS、LARGE、INDEX、MATCH、IF。明细有两万多行，改一格要等一两秒。",
            en="Functions used: SUMIFS, SUMIF, COUNTIF, COUNTIFS, LARGE, INDEX, MATCH, IF. With over twenty thousand lines a change takes a second or two.",
        ),
    )
    book.settings(
        [
            Setting(
                "a_line",
                T(zh="A 级的线（累计金额占比）", en="the A line (running share of money)"),
                0.8,
                SHARE,
            ),
            Setting("b_line", T(zh="B 级的线", en="the B line"), 0.95, SHARE),
            Setting("top_share", T(zh="看前百分之几的客户", en="the best so many per cent"), 0.2, SHARE),
            Setting("medium_line", T(zh="从多少钱起算“中”", en="medium from"), 500, MONEY),
            Setting("high_line", T(zh="从多少钱起算“高”", en="high from"), 2000, MONEY),
        ]
    )
    lines, table = rows.lines(company), rows.orders(company)
    products = company.products
    customers = rows.buyers(table)
    region = company.customers.set_index("customer_id")["region"].reindex(customers)
    book.table(
        T(zh="产品", en="Products"),
        [
            Column("product_id", label("product_id"), products["product_id"].tolist(), TEXT, "product"),
            Column("price", label("price"), products["price"].tolist(), MONEY, "price"),
            Column(
                "margin_rate", label("margin_rate"), products["margin_rate"].tolist(), SHARE, "margin_rate"
            ),
        ],
    )
    unit = "INDEX({what},MATCH([product_id],product,0))"
    book.table(
        T(zh="明细", en="Lines"),
        [
            Column("order_id", label("order_id"), lines["order_id"].tolist(), TEXT),
            Column("customer_id", label("customer_id"), lines["customer_id"].tolist(), TEXT, "line_customer"),
            Column("order_date", label("order_date"), lines["order_date"].tolist(), DAY),
            Column("product_id", label("product_id"), lines["product_id"].tolist(), TEXT),
            Column("quantity", label("quantity"), lines["quantity"].tolist(), WHOLE),
            Column("amount", label("amount"), lines["amount"].tolist(), MONEY, "line_amount"),
            Column(
                "cost",
                T(zh="进价", en="cost"),
                f"=[quantity]*{unit.format(what='price')}*(1-{unit.format(what='margin_rate')})",
                MONEY,
                "line_cost",
            ),
        ],
    )
    levels = {name: label(name) for name in ("high", "medium", "low")}
    book.table(
        T(zh="客户", en="Customers"),
        [
            Column("customer_id", label("customer_id"), customers, TEXT),
            Column("region", label("region"), [label(code) for code in region], TEXT, "customer_region"),
            Column("monetary", label("monetary"), "=ROUND(SUMIFS(line_amount,line_customer,[customer_id]),2)", MONEY, "monetary"),
            Column("margin", label("margin"), "=ROUND([monetary]-SUMIFS(line_cost,line_customer,[customer_id]),4)", MONEY, "margin"),
            Column("grade", label("grade"), GRADE.format(money="monetary", name="monetary"), TEXT, "grade"),
            Column("margin_grade", T(zh="等级，按毛利", en="grade by margin"), GRADE.format(money="margin", name="margin"), TEXT, "margin_grade"),
            Column("level", label("level"), LEVEL.format(money="monetary", **levels), TEXT),
        ],
    )  # fmt: skip
    book.answers(
        [
            Answer("value-top-share", T(zh="最好的 20% 带来全部金额的多少", en="share of the money that the best 20% bring"), BEST, SHARE),
            Answer("value-lost-customers", T(zh="A 级有多少人", en="number of A customers"), '=COUNTIF(grade,"A")'),
            Answer("value-margin-grade", T(zh="按销售额是 A、按毛利不是 A 的有多少人", en="A by sales but not by margin"), '=COUNTIFS(grade,"A",margin_grade,"<>A")'),
            *(
                Answer(
                    "value-region-share",
                    T(zh="{region}占全部金额的多少", en="share of the money from {region}").format(region=label(code)),
                    f'=SUMIFS(monetary,customer_region,"{label(code)}")/SUM(monetary)',
                    SHARE,
                )
                for code in sorted(region.dropna().unique())
            ),
        ]
    )  # fmt: skip
    book.mine(
        [
            Column("money", T(zh="花了多少", en="money spent"), [], MONEY, "my_money", typed=True),
            Column(
                "share",
                label("value_share"),
                rows.guarded('=MAX([money],0)/SUMIF(my_money,">0")', "money"),
                SHARE,
            ),
            Column(
                "grade",
                label("grade"),
                rows.guarded(GRADE.format(money="money", name="my_money"), "money"),
                TEXT,
            ),
            Column(
                "level", label("level"), rows.guarded(LEVEL.format(money="money", **levels), "money"), TEXT
            ),
        ],
    )
    return book

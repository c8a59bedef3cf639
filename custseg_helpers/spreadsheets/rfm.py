"""Lesson 04 as a workbook: recency, frequency, money, scores and the eight segments."""

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
from custseg_helpers.tiers.rfm_segments import SEGMENTS_8
from custseg_helpers.words.glossary import label
from custseg_helpers.words.text import T

FIXED = "=IF({value}<=r_5,5,IF({value}<=r_4,4,IF({value}<=r_3,3,IF({value}<=r_2,2,1))))"
FIFTHS = '=MIN(5,1+INT(5*COUNTIF({name},"<"&[{name}])/COUNT({name})))'
"""Ties share the lowest score that one of them could have, as `rfm.rfm_scores` gives it to frequency and money."""


def workbook(company: Company, _: Mapping[str, Company]) -> Workbook:
    """Make the workbook from a company's orders."""
    book = Workbook(
        T(zh="04 · RFM，用 Excel 算一遍", en="04 · RFM, worked out in Excel"),
        T(
            zh="“订单”是样本公司的全部订单，一行一单，退货单独成行。“客户”的每一格都是公式：点一下格子，看编辑栏。",
            en="“Orders” holds every order of the sample company, one row each, returns on rows of their own. Every cell of “Customers” is a formula: click one and read the formula bar.",
        ),
        T(
            zh="“设置”里的黄色格子可以改：换一个快照日，换一条门槛，看“客户”和“答案”怎样跟着变。",
            en="Change the yellow cells of “Settings”: another snapshot day, another threshold, and watch “Customers” and “Answers” follow.",
        ),
        T(
            zh="“我的二十位客户”是空表：填上名字、最后一次购买的日期、买过几次、花了多少钱，右边自己算出得分和客群。",
            en="“My twenty customers” is empty: fill in name, date of the last purchase, number of orders and money, and score and segment appear on the right.",
        ),
        T(
            zh="用到的函数：MAXIFS、COUNTIFS、SUMIFS、COUNTIF、IF。公式里的名字（如 order_date）就是那一列。Excel 2019、WPS、LibreOffice 都能算；Excel 2016 没有 MAXIFS 时，用数据透视表求“下单日期的最大值”。",
            en="Functions used: MAXIFS, COUNTIFS, SUMIFS, COUNTIF, IF. A name in a formula, such as order_date, is that column. Excel 2019, WPS and LibreOffice compute it; where Excel 2016 has no MAXIFS, let a pivot table show the maximum of the order date.",
        ),
    )
    book.settings(
        [
            Setting("as_of", T(zh="快照日", en="snapshot day"), company.as_of.to_pydatetime(), DAY),
            *(
                Setting(f"r_{score}", T(zh="R 得 {score} 分：不超过几天", en="R scores {score}: at most so many days").format(score=score), days)
                for score, days in ((5, 30), (4, 60), (3, 90), (2, 180))
            ),
            *(
                Setting(f"f_{score}", T(zh="F 得 {score} 分：至少几次（只用于“我的二十位客户”）", en="F scores {score}: at least so many orders (for “My twenty customers” only)").format(score=score), orders)
                for score, orders in ((5, 10), (4, 5), (3, 3), (2, 2))
            ),
            *(
                Setting(f"m_{score}", T(zh="M 得 {score} 分：至少花多少（只用于“我的二十位客户”）", en="M scores {score}: at least so much money (for “My twenty customers” only)").format(score=score), money)
                for score, money in ((5, 5000), (4, 2000), (3, 1000), (2, 300))
            ),
        ]
    )  # fmt: skip
    table = rows.orders(company)
    customers = rows.buyers(table)
    bought = f'order_kind,"{rows.BOUGHT}"'
    book.table(T(zh="订单", en="Orders"), rows.order_columns(table))
    book.table(
        T(zh="客户", en="Customers"),
        [
            Column("customer_id", label("customer_id"), customers, TEXT),
            Column("last_order", T(zh="最后一次购买", en="last purchase"), f"=MAXIFS(order_date,order_customer,[customer_id],{bought})", DAY),
            Column("recency_days", label("recency_days"), "=as_of-[last_order]", WHOLE, "recency_days"),
            Column("frequency", label("frequency"), f"=COUNTIFS(order_customer,[customer_id],{bought})", WHOLE, "frequency"),
            Column("monetary", label("monetary"), "=ROUND(SUMIFS(order_amount,order_customer,[customer_id]),2)", MONEY, "monetary"),
            Column("r_fixed", T(zh="R 得分，按固定门槛", en="R score, fixed thresholds"), FIXED.format(value="[recency_days]")),
            Column("f_score", T(zh="F 得分，五分位", en="F score, fifths"), FIFTHS.format(name="frequency")),
            Column("m_score", T(zh="M 得分，五分位", en="M score, fifths"), FIFTHS.format(name="monetary")),
        ],
    )  # fmt: skip
    book.answers(
        [
            Answer("rfm-one-time-share", T(zh="只买过 1 次的客户占多少", en="share of customers who bought once"), "=COUNTIF(frequency,1)/COUNT(frequency)", SHARE),
            Answer("rfm-recency", T(zh="最近一次消费：见“客户”，这里是平均天数", en="recency: see “Customers”; here its mean, days"), "=AVERAGE(recency_days)", "#,##0.0"),
            Answer("rfm-frequency", T(zh="消费频率：见“客户”，这里是订单总数", en="frequency: see “Customers”; here all orders"), "=SUM(frequency)"),
            Answer("rfm-monetary", T(zh="消费金额：见“客户”，这里是总金额", en="money: see “Customers”; here all of it"), "=SUM(monetary)", MONEY),
        ]
    )  # fmt: skip
    segments = 'IF([r]>=4,IF([f]>=4,IF([m]>=4,"{}","{}"),IF([m]>=4,"{}","{}")),IF([f]>=4,IF([m]>=4,"{}","{}"),IF([m]>=4,"{}","{}")))'.format(
        *(label(SEGMENTS_8[r, f, m]) for r in (True, False) for f in (True, False) for m in (True, False))
    )
    at_least = "IF({value}>={letter}_5,5,IF({value}>={letter}_4,4,IF({value}>={letter}_3,3,IF({value}>={letter}_2,2,1))))"
    book.mine(
        [
            Column("last", T(zh="最后一次购买", en="last purchase"), [], DAY, typed=True),
            Column("times", T(zh="买过几次", en="orders"), [], typed=True),
            Column("money", T(zh="花了多少", en="money spent"), [], MONEY, typed=True),
            Column("days", label("recency_days"), rows.guarded("=as_of-[last]", "last")),
            Column("r", label("r_score"), rows.guarded(FIXED.format(value="[days]"), "last")),
            Column("f", label("f_score"), rows.guarded(at_least.format(value="[times]", letter="f"), "times")),
            Column("m", label("m_score"), rows.guarded(at_least.format(value="[money]", letter="m"), "money")),
            Column("segment", label("segment"), rows.guarded(segments, "last", "times", "money"), TEXT),
        ],
    )  # fmt: skip
    return book

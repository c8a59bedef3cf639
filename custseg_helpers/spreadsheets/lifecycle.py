"""Lesson 05 as a workbook: the company's rhythm, each customer's own, and the stage it tells."""

from collections.abc import Mapping

from custseg_helpers.company.company import Company
from custseg_helpers.spreadsheets import rows
from custseg_helpers.spreadsheets.sheets import DAY, TEXT, WHOLE, Answer, Column, Setting, Workbook
from custseg_helpers.tiers.lifecycle import STAGES
from custseg_helpers.words.glossary import label
from custseg_helpers.words.text import T

TENTH = "#,##0.0"
NEW_DAY = "=IF(AND([customer_id]=[customer_id-1],[order_date]=[order_date-1]),0,1)"
COMING = ("new", "active", "loyal", "won_back")


def workbook(company: Company, _: Mapping[str, Company]) -> Workbook:
    """Make the workbook from a company's orders and customers."""
    book = Workbook(
        T(zh="05 · 生命周期，用 Excel 算一遍", en="05 · The lifecycle, worked out in Excel"),
        T(
            zh="“订单”按客户、日期排好了。“新的一天”一列：同一位客户同一天的第二单是 0，别的是 1，加起来就是下单天数。",
            en="“Orders” is sorted by customer and date. The column “a new day”: a second order of one customer on one day is 0, all others 1; added up they are the days with an order.",
        ),
        T(
            zh="“客户”的每一格都是公式：先算间隔，再算已经过了几个间隔，最后是阶段。登记了没买过的人也在。",
            en="Every cell of “Customers” is a formula: first the gaps, then how many gaps have passed, then the stage. Those who never bought are in it too.",
        ),
        T(
            zh="“我的二十位客户”是空表：填上名字、第一次和最后一次购买的日期、几天里买过，右边自己算出阶段。“赢回”要知道中间断过，这张小表看不出来。",
            en="“My twenty customers” is empty: fill in name, first and last purchase and on how many days they bought; the stage appears on the right. “Won back” needs the breaks in between, which this small sheet does not know.",
        ),
        T(
            zh="用到的函数：MAXIFS、MINIFS、COUNTIFS、SUMIFS、MEDIAN、IF。订单多，打开和改动要等几秒。",
            en="Functions used: MAXIFS, MINIFS, COUNTIFS, SUMIFS, MEDIAN, IF. There are many orders: opening and changing take some seconds.",
        ),
    )
    book.settings(
        [
            Setting("as_of", T(zh="快照日", en="snapshot day"), company.as_of.to_pydatetime(), DAY),
            Setting("dormant_after", T(zh="过了几个间隔算休眠", en="dormant after so many gaps"), 2),
            Setting("churned_after", T(zh="过了几个间隔算流失", en="churned after so many gaps"), 4),
            Setting("loyal_orders", T(zh="几单起算忠诚", en="loyal from so many orders"), 5),
            Setting(
                "rhythm",
                T(
                    zh="公司的节奏：平均间隔的中位数（天），自动算出",
                    en="the company's rhythm: median of the mean gaps, days, worked out here",
                ),
                "=MEDIAN(mean_gap_days)",
                TENTH,
            ),
            Setting(
                "own_rhythm", T(zh="我的客户平常几天来一次", en="days between purchases of my customers"), 30
            ),
        ]
    )
    table = rows.orders(company)
    table = table[table["bought"]]
    customers = sorted(set(company.customers["customer_id"]) | set(rows.buyers(table)))
    book.table(
        T(zh="订单", en="Orders"),
        [
            *rows.order_columns(table)[:3],
            Column("new_day", T(zh="新的一天", en="a new day"), NEW_DAY, WHOLE, "order_new_day"),
        ],
    )
    usual = "MAX(1,IF([order_days]>=3,[mean_gap_days],rhythm))"
    earlier = "IF([order_days]>=4,MAX(1,(ROUND([mean_gap_days]*([order_days]-1),0)-[last_gap_days])/([order_days]-2)),rhythm)"
    book.table(
        T(zh="客户", en="Customers"),
        [
            Column("customer_id", label("customer_id"), customers, TEXT),
            Column("frequency", label("frequency"), "=COUNTIFS(order_customer,[customer_id])", WHOLE, "frequency"),
            Column("order_days", label("order_days"), "=SUMIFS(order_new_day,order_customer,[customer_id])"),
            Column("first_order", T(zh="第一次购买", en="first purchase"), '=IF([frequency]=0,"",MINIFS(order_date,order_customer,[customer_id]))', DAY),
            Column("last_order", T(zh="最后一次购买", en="last purchase"), '=IF([frequency]=0,"",MAXIFS(order_date,order_customer,[customer_id]))', DAY),
            Column("recency_days", label("recency_days"), '=IF([frequency]=0,"",as_of-[last_order])', WHOLE, "recency_days"),
            Column("mean_gap_days", label("mean_gap_days"), '=IF([order_days]<2,"",([last_order]-[first_order])/([order_days]-1))', TENTH, "mean_gap_days"),
            Column("last_gap_days", label("last_gap_days"), '=IF([order_days]<2,"",[last_order]-MAXIFS(order_date,order_customer,[customer_id],order_date,"<"&[last_order]))'),
            Column("gaps_since", label("gaps_since"), f'=IF([frequency]=0,"",[recency_days]/{usual})', "0.00", "gaps_since"),
            Column(
                "stage",
                label("stage"),
                f'=IF([frequency]=0,"{label("potential")}",IF([gaps_since]>churned_after,"{label("churned")}",'
                f'IF([gaps_since]>dormant_after,"{label("dormant")}",'
                f'IF(N([last_gap_days])>churned_after*{earlier},"{label("won_back")}",'
                f'IF(as_of-[first_order]<=rhythm,"{label("new")}",'
                f'IF([frequency]>=loyal_orders,"{label("loyal")}","{label("active")}"))))))',
                TEXT,
                "stage",
            ),
        ],
    )  # fmt: skip
    book.answers(
        [
            Answer("lifecycle-rhythm", T(zh="公司的节奏：平均间隔的中位数（天）", en="the company's rhythm: median of the mean gaps, days"), "=rhythm", TENTH),
            Answer("lifecycle-one-rule", T(zh="“超过 90 天”冤枉了多少位", en="wronged by “more than 90 days”"), "=" + "+".join(f'COUNTIFS(recency_days,">90",stage,"{label(code)}")' for code in COMING)),
            *(
                Answer("lifecycle-stage-sizes", T(zh="{stage}有多少人", en="customers who are {stage}").format(stage=label(code)), f'=COUNTIF(stage,"{label(code)}")')
                for code in STAGES
            ),
        ]
    )  # fmt: skip
    mine = "MAX(1,IF([days]>=3,([last]-[first])/([days]-1),own_rhythm))"
    book.mine(
        [
            Column("first", T(zh="第一次购买", en="first purchase"), [], DAY, typed=True),
            Column("last", T(zh="最后一次购买", en="last purchase"), [], DAY, typed=True),
            Column("days", T(zh="几天里买过", en="days with a purchase"), [], typed=True),
            Column("gaps", label("gaps_since"), rows.guarded(f"=(as_of-[last])/{mine}", "first", "last", "days"), "0.00"),
            Column(
                "stage",
                label("stage"),
                rows.guarded(
                    f'=IF([gaps]>churned_after,"{label("churned")}",IF([gaps]>dormant_after,"{label("dormant")}",'
                    f'IF(as_of-[first]<=own_rhythm,"{label("new")}",IF([days]>=loyal_orders,"{label("loyal")}","{label("active")}"))))',
                    "first",
                    "last",
                    "days",
                ),
                TEXT,
            ),
        ],
    )  # fmt: skip
    return book

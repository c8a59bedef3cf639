"""Lesson 09, its part that a pencil can do: what a customer's next years are worth today."""

from collections.abc import Mapping

from custseg_helpers.company.company import Company
from custseg_helpers.spreadsheets import rows
from custseg_helpers.spreadsheets.sheets import MONEY, SHARE, WHOLE, Answer, Column, Setting, Workbook
from custseg_helpers.words.text import T

YEARS = 10


def workbook(company: Company, _: Mapping[str, Company]) -> Workbook:
    """Make the workbook; it needs no data, whoever's company it is."""
    book = Workbook(
        T(zh="09 · 客户终身价值，用 Excel 手算", en="09 · Lifetime value by hand, in Excel"),
        T(
            zh="“逐年”把一位客户往后每年的毛利折成今天的钱，再加起来。改“设置”里的黄色格子，看结果怎样变：多留一年、折现率高一点、每年走掉几成。",
            en="“Year by year” turns a customer's margin of each coming year into money of today and adds it up. Change the yellow cells of “Settings”: one year more, a higher discount rate, some who leave each year.",
        ),
        T(
            zh="留存率 100% 就是课上那道手算题：每年都在，三年为限。真实的客户会走，80% 更像样；没有自己的数，就别写得太满。",
            en="A retention of 100% is the sum of the lesson: there every year, for three years. Real customers leave; 80% is more like it. Without a figure of your own, do not write a proud one.",
        ),
        T(
            zh="“我的二十位客户”是空表：填上一年几单、每单多少钱、毛利率、估计还能留几年，右边是今天值多少。模型怎样从数据里估计这些，见第 09 课。",
            en="“My twenty customers” is empty: fill in orders a year, money per order, margin and the years you expect; on the right is what it is worth today. How a model estimates these from data is in lesson 09.",
        ),
        T(zh="用到的函数：IF、SUM、乘方 ^。", en="Functions used: IF, SUM, the power ^."),
    )
    book.settings(
        [
            Setting("orders_a_year", T(zh="一年几单", en="orders a year"), 5),
            Setting("order_value", T(zh="每单多少钱", en="money per order"), 200, MONEY),
            Setting("margin_rate", T(zh="毛利率", en="margin rate"), 0.3, SHARE),
            Setting("discount_rate", T(zh="一年的折现率", en="discount rate a year"), 0.1, SHARE),
            Setting(
                "retention",
                T(zh="每年还在的比例（留存率）", en="share still there each year (retention)"),
                1,
                SHARE,
            ),
            Setting(
                "years",
                T(zh="算几年（最多 {most} 年）", en="how many years (at most {most})").format(most=YEARS),
                3,
            ),
        ]
    )
    book.table(
        T(zh="逐年", en="Year by year"),
        [
            Column("year", T(zh="第几年", en="year"), list(range(1, YEARS + 1))),
            Column("there", T(zh="还在的比例", en="still there"), "=IF([year]>years,0,retention^([year]-1))", SHARE),
            Column("margin", T(zh="这一年的毛利", en="margin of the year"), "=orders_a_year*order_value*margin_rate*[there]", MONEY),
            Column("today", T(zh="折成今天的钱", en="worth today"), "=[margin]/(1+discount_rate)^[year]", MONEY, "worth_today"),
        ],
    )  # fmt: skip
    book.answers(
        [Answer("clv-three-years", T(zh="这几年的毛利，今天一共值多少", en="what the margin of these years is worth today"), "=SUM(worth_today)", MONEY)]
    )  # fmt: skip
    each_year = "retention/(1+discount_rate)"
    worth = f"=[times]*[value]*[rate]/(1+discount_rate)*IF({each_year}=1,[stay],(1-({each_year})^[stay])/(1-{each_year}))"
    book.mine(
        [
            Column("times", T(zh="一年几单", en="orders a year"), [], WHOLE, typed=True),
            Column("value", T(zh="每单多少钱", en="money per order"), [], MONEY, typed=True),
            Column("rate", T(zh="毛利率", en="margin rate"), [], SHARE, typed=True),
            Column("stay", T(zh="估计还能留几年", en="years expected"), [], WHOLE, typed=True),
            Column("worth", T(zh="今天值多少", en="worth today"), rows.guarded(worth, "times", "value", "rate", "stay"), MONEY),
        ],
    )  # fmt: skip
    return book

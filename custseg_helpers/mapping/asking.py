"""Questions on the terminal, one at a time; and files that are no orders, refused before anything is guessed."""

import re
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace

from custseg_helpers.evidence.called import plain, roles
from custseg_helpers.evidence.contents import column_of
from custseg_helpers.mapping.draft import Draft
from custseg_helpers.mapping.propose import table_of
from custseg_helpers.reading.sheet import Sheet
from custseg_helpers.words.text import T, UserError

_MONTH = re.compile(
    r"(19|20)\d\d[-/.年]?\s*(0?[1-9]|1[0-2])月?|(0?[1-9]|1[0-2])月|(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*[- ]?(\d{2,4})?|Q[1-4]|第?[一二三四]季度?",
    re.IGNORECASE,
)
_ARM = {
    "group",
    "arm",
    "variant",
    "treatment",
    "testgroup",
    "segment",
    "分组",
    "实验组",
    "组别",
    "ab组",
    "campaigngroup",
    "experimentgroup",
    "offer",
}
_OUTCOME = {
    "conversion",
    "converted",
    "visit",
    "response",
    "responded",
    "clicked",
    "是否转化",
    "转化",
    "是否响应",
    "响应",
    "是否购买",
    "exposure",
}


LISTS = {"customers", "products", None}


def _has_money(sheet: Sheet) -> bool:
    """Tell whether a table has a column that could be money or pieces sold."""
    names = [str(name) for name in sheet.frame.columns]
    if any(
        {"paid", "total", "line_total", "unit_price", "quantity"} & set(roles(name)[:1]) for name in names
    ):
        return True
    columns = [column_of(sheet.frame.iloc[:, place].head(2000), name) for place, name in enumerate(names)]
    return any(column.kind == "number" and not column.roles for column in columns)


def told_questions(made: Draft) -> list[str]:
    """Say the questions that are open, each with its choices."""
    said = []
    for place, question in enumerate(made.questions):
        if place in made.answers:
            continue
        said.append(str(T(zh="还要问你：{q}", en="A question: {q}").format(q=question.ask)))
        said += [f"   {number} = {choice.says}" for number, choice in enumerate(question.choices, 1)]
    return said


def answered_here(
    made: Draft, ask: Callable[[str], str] | None = None, terminal: bool | None = None
) -> Draft:
    """Ask the open questions one at a time where a person sits at the terminal; Enter leaves a question open."""
    if not (sys.stdin.isatty() and sys.stdout.isatty() if terminal is None else terminal):
        return made
    answers = dict(made.answers)
    for place, question in enumerate(made.questions):
        if not question.choices:
            continue
        print(question.ask)
        for number, choice in enumerate(question.choices, 1):
            print(f"   {number} = {choice.says}")
        said = (ask or input)(
            str(T(zh="选几？（直接回车：以后再说）", en="Which one? (Enter: later) "))
        ).strip()
        if said.isdecimal() and 1 <= int(said) <= len(question.choices):
            answers[place] = int(said)
    return replace(made, answers=answers)


def refuse_what_is_no_orders(sheets: Sequence[Sheet]) -> None:
    """Raise a `UserError` where none of the files holds orders, and say what they hold and what to do."""
    if all(sheet.frame.shape[1] < 2 for sheet in sheets):
        raise UserError(
            T(
                zh="“{f}”不是表格：只有一列文字。请导出 CSV 或 Excel 再来。",
                en="“{f}” is no table: it has one column of text. Export CSV or Excel and try again.",
            ).format(f=sheets[0].file.name)
        )
    fullest = max(sheets, key=lambda sheet: int(sheet.frame.notna().to_numpy().sum()))
    names = [str(name) for name in fullest.frame.columns]
    months = [name for name in names if _MONTH.fullmatch(name.strip())]
    if len(months) >= 3:
        raise UserError(
            T(
                zh="“{f}”是汇总表：月份（{m} 等）是列，每位客户一行，没有一笔一笔的订单。请从系统导出订单明细。",
                en="“{f}” is a summary: months ({m} …) are columns and a row is a customer; it holds no orders. Export the order lines from the system.",
            ).format(f=fullest.file.name, m=months[0])
        )
    plain_names = {plain(name) for name in names}
    if plain_names & _ARM and plain_names & _OUTCOME:
        raise UserError(
            T(
                zh="“{f}”是一次活动的结果（分组、转化），不是订单。看效果用 custseg campaign，或学“活动效果”那一课；给客户分层要订单明细。",
                en="“{f}” is the result of a campaign (arms, conversion), not orders. Measure it with custseg campaign, or take the lesson on campaigns; tiering customers needs order lines.",
            ).format(f=fullest.file.name)
        )
    if not any(_has_money(sheet) for sheet in sheets) and {table_of(sheet) for sheet in sheets} <= LISTS:
        raise UserError(
            T(
                zh="“{f}”是客户或商品名单，没有订单。请把订单文件也写上：custseg init 订单文件 {f}",
                en="“{f}” is a list of customers or products; it holds no orders. Name the file of orders, too: custseg init ORDERS {f}",
            ).format(f=fullest.file.name)
        )

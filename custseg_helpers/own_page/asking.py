"""Questions on the terminal, one at a time; and files that are no orders, refused before anything is guessed."""

import re
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace

import pandas as pd

from custseg_helpers.decision.questions import Answer, complete_answer, together
from custseg_helpers.evidence.called import plain, roles
from custseg_helpers.evidence.contents import column_of
from custseg_helpers.evidence.days import snapshot_of
from custseg_helpers.mapping.draft import DATES as COLUMN
from custseg_helpers.mapping.draft import Draft
from custseg_helpers.mapping.keys import DATES
from custseg_helpers.mapping.propose import table_of
from custseg_helpers.reading.sheet import Sheet, filled_cells
from custseg_helpers.words.text import T, UserError, listed

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


WHICH_DAY = T(
    zh="“{c}”里的日期日月不明，例如 {e}：哪个在前？",
    en="The dates in “{c}” could be read either way, {e} for example: which comes first?",
)
FIRST = {order: DATES[order] for order in ("dmy", "mdy")}
"""What may come first in a date: day or month."""


def asked_dates(made: Draft) -> dict[str, T]:
    """Return, of each table whose dates only a person can read, the question; also once it has been answered."""
    asked = {}
    for table, part in made.parts.items():
        if made[f"{table}.dates"] == "?" or f"{table}.dates" in made.chosen:
            column = part.columns[COLUMN[table]]
            asked[table] = WHICH_DAY.format(c=column, e=unclear_date(part.sheet.frame[column]))
    return asked


def unclear_date(values: pd.Series) -> str:
    """Return a date of a column that could be read either way.

    >>> unclear_date(pd.Series(["13/04/2025", "04/04/2025", "05/04/2025"]))
    '05/04/2025'
    """
    found = (re.match(r"(\d{1,2})\D(\d{1,2})\D", value) for value in values.dropna().astype(str))
    return next(
        (
            one.string
            for one in found
            if one and int(one[1]) != int(one[2]) and max(int(one[1]), int(one[2])) <= 12
        ),
        "03/04/2025",
    )


def dated(made: Draft, table: str, order: str) -> Draft:
    """Return the draft with 03/04 read day first (`"dmy"`) or month first (`"mdy"`), and with a snapshot if it had none."""
    part, stated = made.parts[table], dict(made.stated) | {f"{table}.dates": order}
    if table == "orders" and "as_of" not in made.chosen:
        stated["as_of"], _ = snapshot_of(part.sheet, part.columns["order_date"], order)
    return replace(made, stated=stated, chosen=made.chosen | {f"{table}.dates"})


def _has_dates(sheet: Sheet) -> bool:
    frame = sheet.frame.head(2000)
    return any(column_of(frame.iloc[:, place], str(name)).kind == "date" for place, name in enumerate(frame))


def told_questions(made: Draft) -> list[str]:
    """Say the questions that are open, each with its choices."""
    said = []
    dates = {table: ask for table, ask in asked_dates(made).items() if made[f"{table}.dates"] == "?"}
    for ask, choices in [(ask, list(FIRST.values())) for ask in dates.values()] + [
        (question.ask, [choice.says for choice in question.choices])
        for place, question in enumerate(made.questions)
        if not complete_answer(made.answers.get(place))
    ]:
        said.append(str(T(zh="还要问你：{q}", en="A question: {q}").format(q=ask)))
        said += [f"   {number} = {choice}" for number, choice in enumerate(choices, 1)]
    return said


def answered_here(
    made: Draft, ask: Callable[[str], str] | None = None, terminal: bool | None = None
) -> Draft:
    """Ask the open questions one at a time where a person sits at the terminal; Enter leaves a question open."""
    if not (sys.stdin.isatty() and sys.stdout.isatty() if terminal is None else terminal):
        return made
    for table, question in asked_dates(made).items():
        number = _chosen(question, list(FIRST.values()), ask or input)
        if isinstance(number, int) and number:
            made = dated(made, table, list(FIRST)[number - 1])
    answers = dict(made.answers)
    for place, one in enumerate(made.questions):
        if one.choices and (
            number := _chosen(
                one.ask,
                [choice.says for choice in one.choices],
                ask or input,
                len(together([choice.sets for choice in one.choices])),
            )
        ):
            answers[place] = number
    return replace(made, answers=answers)


def _chosen(question: T, choices: Sequence[T], ask: Callable[[str], str], values: int = 0) -> Answer:
    """Ask until one of the numbers is typed, and return it; 0 for Enter, or where the input ends.

    Of several values that are asked about together one number each will do as well: 1 2 3.
    """
    print(f"\n{question}")
    for number, choice in enumerate(choices, 1):
        print(f"   {number} = {choice}")
    while True:
        try:
            said = ask(str(T(zh="选几？（直接回车：以后再说）", en="Which one? (Enter: later) "))).strip()
        except EOFError:
            return 0
        numbers = [int(one) for one in re.findall(r"\d+", said)]
        plain = not re.sub(r"[\d\s,，、;\[\]]", "", said)
        if not said:
            return 0
        if plain and len(numbers) in {1, values} and all(1 <= one <= len(choices) for one in numbers):
            return tuple(numbers) if len(numbers) > 1 else numbers[0]


def refuse_what_is_no_orders(sheets: Sequence[Sheet]) -> None:
    """Raise a `UserError` where none of the files holds orders, and say what they hold and what to do."""
    if all(sheet.frame.shape[1] < 2 for sheet in sheets):
        raise UserError(
            T(
                zh="“{f}”不是表格：只有一列文字。请导出 CSV 或 Excel 再来。",
                en="“{f}” is no table: it has one column of text. Export CSV or Excel and try again.",
            ).format(f=sheets[0].file.name)
        )
    fullest = max(sheets, key=filled_cells) if len(sheets) > 1 else sheets[0]
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
    lists = {table_of(sheet) for sheet in sheets}
    if lists == {None} and not any(_has_money(sheet) or _has_dates(sheet) for sheet in sheets):
        raise UserError(
            T(
                zh="“{f}”里看不出订单：没有日期，也没有金额或数量。各列：{c}。请从系统导出订单明细（CSV 或 Excel）。",
                en="No orders can be seen in “{f}”: it has neither dates nor money nor quantities. Its columns: {c}. Export order lines from your system as CSV or Excel.",
            ).format(f=fullest.file.name, c=listed(names[:8]))
        )
    if not any(_has_money(sheet) for sheet in sheets) and lists <= LISTS:
        raise UserError(
            T(
                zh="“{f}”是客户或商品名单，没有订单。请把订单文件也写上：custseg init 订单文件 {f}",
                en="“{f}” is a list of customers or products; it holds no orders. Name the file of orders, too: custseg init ORDERS {f}",
            ).format(f=fullest.file.name)
        )

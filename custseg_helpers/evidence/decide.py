"""What a strange table of orders is: contents first, then the systems that are known, names last; what differs in money is asked.

The sequence is that of the evidence: rows aside → types → date → order → once an order or once a line → amount and
refunds → customer → statuses → the questions. Sums are those of `plain_lines`, the very step that a run takes.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import pandas as pd

from custseg_helpers.evidence import amounts as money
from custseg_helpers.evidence.called import bucket, direction, plain
from custseg_helpers.evidence.contents import (
    Column,
    column_of,
    damaged,
    fixes,
    guests,
    masked,
    one_spelling,
    share_fixed,
    unmarked_column,
    without_zeros,
)
from custseg_helpers.evidence.doubts import doubts
from custseg_helpers.evidence.layout import Layout
from custseg_helpers.evidence.plain_lines import (
    REFUND_COLUMN,
    Counted,
    counted_lines,
    days_of,
    one_customer,
    orders_apart,
)
from custseg_helpers.evidence.questions import Choice, Question, assumption, worth_asking
from custseg_helpers.evidence.sheet_evidence import Evidence, evidence
from custseg_helpers.evidence.systems import Match, match
from custseg_helpers.evidence.units import ask_cents
from custseg_helpers.words.text import T, listed

FEW = 40
"""A column of statuses has at most so many values."""


@dataclass
class Decision:
    """How to read a table of orders, why, and what only a person can say."""

    layout: Layout
    plain: Counted
    match: Match | None
    questions: tuple[Question, ...]
    assumed: tuple[T, ...] = ()
    """what was taken for granted where more could have been asked"""
    notes: tuple[T, ...] = ()
    why: Mapping[str, T] = field(default_factory=dict)
    currency: str | None = None
    by_contents: frozenset[str] = frozenset()
    """fields whose column's name says nothing: to be checked by a person"""
    needed: bool = False
    """whether the sheet has to be put into plain lines first"""


def decide(frame: pd.DataFrame, separator: str | None = None) -> Decision:
    """Decide how a table of orders is to be read; whatever moves money and cannot be told is a question."""
    found = evidence(frame, separator)
    hit = match(found.frame.columns)
    asked: list[Question] = []
    notes: list[T] = []
    why: dict[str, T] = {}
    columns = _columns_of_system(found, hit) if hit else {}
    if hit and columns:
        word = T(zh="{s} 的导出表", en="an export of {s}").format(s=hit.system.name)
        why |= dict.fromkeys(columns, word)
    date = columns.get("order_date") or _date(found)
    notes += [] if date else without_year(found)
    if date:
        columns["order_date"] = date
    day = pd.factorize(days_of(found.frame[date]))[0] if date else None
    order = columns.get("order_id") or _order(found, date, day)
    found = _told_apart(found, order, day)
    del day  # a million rows take eight megabytes
    fill = _fill(found, order)
    if fill:
        found = _filled(found, fill, order)
    if order:
        columns["order_id"] = order
    told = dict(hit.system.layout) if hit else {}
    worth = {column.name: column.worth for column in found.columns.values() if column.worth != 1}
    rows = "lines" if order else "orders"
    layout = Layout(columns=columns, fill=fill, decimal=found.decimal, worth=worth, rows=rows)
    layout, more = money.choose(found, layout, hit, why, told)
    asked += more
    layout, more, said = _customer(found, layout, hit, why)
    asked += more
    notes += said
    layout = _rows(found, layout, why)
    statuses, more_fill = _statuses(found, layout, hit)
    layout = replace(layout, statuses=statuses, fill=tuple(dict.fromkeys((*layout.fill, *more_fill))))
    if layout.amount_per == "order" and not hit and _sale_and_refund(found, layout):
        layout = replace(layout, amount_per="line")
    layout, more = money.refunds(found, layout, hit, why)
    asked += more
    currency, more = _currency(found, layout)
    asked += more
    whole = found.whole if found.whole is not None else frame
    used = {*layout.columns.values(), *layout.named}
    if (found.aside != "").any():
        whole = whole[[name for name in whole if name in used]]
    made = counted_lines(whole, layout, found.aside)
    asked += _ask_statuses(made, layout)
    asked += _ask_decimal(found, layout)
    asked += _ask_system(hit, made, layout)
    asked += checks(found, layout, made)
    asked += [] if hit and hit.sure else doubts(found, layout, made) + ask_cents(found, layout, made)
    asked += _ask_doubled(frame, found)
    asked += _ask_order(found, layout)
    asked = [one for one in asked if not _same_sum(one, made, layout, found)]
    needed = bool(
        layout.statuses
        or fill
        or layout.fill
        or layout.nobody
        or found.marked
        or layout.decimal != "."
        or layout.worth
        or made.left_out
        or layout.amount_per == "order"
        or layout.rows == "days"
        or {"refund", "after_refunds", "parent_order"} & set(layout.columns)
        or _several_spellings(found, layout)
    )
    unnamed = frozenset(name for name in ("amount", "customer_id") if name in why and not hit)
    kept, unasked = worth_asking([one for one in asked if one.answerable])
    kept += tuple(one for one in asked if not one.answerable)
    assumed = tuple(assumption(one, layout) for one in unasked)
    return Decision(layout, made, hit, kept, assumed, tuple(notes), why, currency, unnamed, needed)


def _same_sum(question: Question, made: Counted, layout: Layout, found: Evidence) -> bool:
    """Tell whether every answer to what was paid gives the same sum once statuses are counted: then it is no question."""
    if question.about != "amount" or len(question.choices) < 2 or "amount" not in layout.columns:
        return False
    nets = set()
    for choice in question.choices:
        columns = dict(layout.columns) | dict(choice.sets.get("columns", {}))
        per = choice.sets.get("amount_per", layout.amount_per)
        rows = choice.sets.get("rows", layout.rows)
        other = replace(
            layout, columns={key: name for key, name in columns.items() if name}, amount_per=per, rows=rows
        )
        nets.add(tuple(sorted(counted_lines(found.frame, other, found.no_aside).totals.items())))
    return len(nets) == 1 and not made.unknown


def _columns_of_system(found: Evidence, hit: Match) -> dict[str, str]:
    there = {plain(name): name for name in reversed(list(found.columns))}
    chosen = {}
    for standard, wanted in hit.system.columns.items():
        names = [there[plain(name)] for name in wanted if plain(name) in there]
        names = [name for name in names if found.columns[name].kind != "blank"]
        if names:
            chosen[standard] = names[0]
    return chosen


_DAY_OF_NO_YEAR = re.compile(
    r"\d{1,2}\s*[-/.月]\s*\d{1,2}\s*[日.号]?(\s+\d{1,2}:\d{2}(:\d{2})?)?|\d{1,2}\.?[-\s][A-Za-z]{3,9}\.?|[A-Za-z]{3,9}\.?\s\d{1,2}"
)


def without_year(found: Evidence) -> list[T]:
    """Say of columns of days without a year that they cannot be read, and what to do."""
    said = T(
        zh="“{c}”列的日期没有年份（如 {x}），不知道是哪一年，所以不能用。请连年份一起导出，或在表里补上年份。",
        en="The dates in “{c}” have no year ({x}, for example), so they cannot be used. Export them with the year, or add it in the file.",
    )
    return [
        said.format(c=column.name, x=column.texts()[0])
        for column in found.columns.values()
        if column.kind in ("text", "number", "date")
        and ("order_date" in column.roles or column.kind == "text")
        and column.distinct > 0
        and sum(bool(_DAY_OF_NO_YEAR.fullmatch(text)) for text in column.texts()) >= 0.9 * column.distinct
    ]


def _date(found: Evidence) -> str | None:
    """Choose the day of the order: the fullest column of dates; a name that says so breaks ties."""
    dated = [column for column in found.columns.values() if column.kind == "date"]
    named = [c for c in dated if "order_date" in c.roles and c.filled >= 0.3 * max(x.filled for x in dated)]
    best = named or [c for c in dated if "other_date" not in c.roles] or dated
    if not best:
        return None
    rank = {"date": 1, "日期": 1, "day": 1, "createddate": 3, "createdon": 2, "creationdate": 2}
    closing = {"closedate": 0, "closeddate": 0, "closingdate": 0}
    return min(
        best,
        key=lambda c: (
            -round(c.filled / len(found.frame), 1),
            closing.get(plain(c.name), rank.get(plain(c.name), 1)),
            plain(c.name),
        ),
    ).name


NEARLY_ALL = 0.98
"""Of the numbers of a column called an order number, so many have one day: a till may close a long order after midnight."""
MOSTLY = 0.7
"""Of the numbers that are one customer's, so many have one day; the others have refunds of a later day."""


def _order(found: Evidence, date: str | None, day: np.ndarray | None) -> str | None:
    """Choose the order number: it fixes the date, and has fewer values than there are lines where orders have several."""
    rows = len(found.frame)
    when = found.columns[date] if date else None

    def fits(column: Column) -> bool:
        if not _could_be_order(column, rows):
            return False
        return when is None or column.filled < 0.95 * rows or fixes(column.codes, when.codes)

    def fits_named(column: Column) -> bool:
        if not _could_be_order(column, rows) or day is None or column.filled < 0.95 * rows:
            return fits(column)
        if share_fixed(column.codes, day) >= NEARLY_ALL or _of_one_customer(found, column, day):
            return True
        apart = _apart(found, column, day)
        return apart is not None and share_fixed(apart, day) >= NEARLY_ALL

    named = [column for column in found.of("order_id") if fits_named(column)]
    if named:
        full = [column for column in named if column.filled >= 0.95 * rows] or named
        return min(full, key=lambda column: (column.distinct, full.index(column))).name
    unknown = [
        column
        for column in found.columns.values()
        if not column.roles
        and column.distinct >= 0.5 * rows
        and column.filled >= 0.95 * rows
        and fits(column)
        and (column.kind == "text" or _id_like(column))
    ]
    if len(unknown) == 1 and _id_like(unknown[0]):
        return unknown[0].name
    lines = [column for column in found.of("line_id") if fits(column)]
    return lines[0].name if lines else None


def _of_one_customer(found: Evidence, order: Column, day: np.ndarray) -> bool:
    """Tell whether each number is one customer's and most are of one day: a refund has its order's number and its own day."""
    who = [column for column in found.of(*CUSTOMER) if column.filled and not column.constant]
    most = share_fixed(order.codes, day) >= MOSTLY
    return most and bool(who) and share_fixed(order.codes, who[0].codes) >= NEARLY_ALL


def _could_be_order(column: Column, rows: int) -> bool:
    return (
        column.kind in ("number", "text", "phone")
        and column.filled > 0
        and not (column.constant and rows > 1)
    )


def _apart(found: Evidence, order: Column, day: np.ndarray | None) -> np.ndarray | None:
    """Return the order of each row where customers share order numbers; None where no column tells customers."""
    who = [column for column in found.of(*CUSTOMER) if column.filled and not column.constant]
    if not who or day is None:
        return None
    return orders_apart(order.codes, who[0].codes, day)


def _told_apart(found: Evidence, order: str | None, day: np.ndarray | None) -> Evidence:
    """Return the evidence with the numbers that several customers share told apart by customer."""
    if order is None:
        return found
    column = found.columns[order]
    codes = _apart(found, column, day)
    if codes is None or np.array_equal(codes, column.codes):
        return found
    texts = [*column.texts(), ""]
    numbers = pd.Series(column.codes).groupby(codes).first()
    values = [texts[numbers[code]] for code in range(codes.max() + 1)]
    apart = replace(column, codes=codes, values=values)
    return replace(found, columns={**found.columns, order: apart})


def _ask_order(found: Evidence, layout: Layout) -> list[Question]:
    """Ask what one order is where a column called an order number is none by its contents, and the day stands in."""
    columns = layout.columns
    if layout.rows != "days" or "order_date" not in columns:
        return []
    rows = len(found.frame)
    for column in found.of("order_id"):
        if not _could_be_order(column, rows) or column.name in columns.values() or column.filled < 0.5 * rows:
            continue
        who = found.columns[columns["customer_id"]].codes
        day = pd.factorize(days_of(found.frame[columns["order_date"]]))[0]
        pairs = pd.DataFrame({"who": who, "day": day, "number": column.codes})
        of_days, of_numbers = (len(pairs[["who", key]].drop_duplicates()) for key in ("day", "number"))
        ask = T(
            zh="“{c}”看着是单号，可是同一个号出现在不同的日期。什么算一单？",
            en="“{c}” looks like the order number, but one number stands on several days. What is one order?",
        ).format(c=column.name)
        choices = (
            Choice(
                T(zh="同一个号是一单：{n:,} 单", en="one number is one order: {n:,} orders").format(
                    n=of_numbers
                ),
                {"columns": {"order_id": column.name}, "rows": "lines"},
            ),
            Choice(
                T(zh="一位客户一天是一单：{n:,} 单", en="a customer's day is one order: {n:,} orders").format(
                    n=of_days
                ),
                {"rows": "days"},
            ),
        )
        return [Question("order_id", ask, choices, 1.0)] if of_days != of_numbers else []
    return []


def _id_like(column: Column) -> bool:
    texts = [text for text in column.texts()[:500]]
    return bool(texts) and all(
        any(letter.isdigit() for letter in text) and len(text) <= 40 and " " not in text and "." not in text
        for text in texts
    )


def _fill(found: Evidence, order: str | None) -> tuple[str, ...]:
    """Return the columns that stand on the first row of an order only: texts and dates that are blank together with its number."""
    if order is None:
        return ()
    blank = found.columns[order].codes < 0
    if not blank.any() or blank[0] or blank.mean() > 0.95:
        return ()
    with_more = found.frame.loc[blank].notna().any(axis=1)
    if with_more.mean() < 0.9:
        return ()
    same = [
        column.name
        for column in found.columns.values()
        if column.filled
        and ((column.codes >= 0) & blank).sum() == 0
        and (column.kind != "number" or column.name == order)
    ]
    numbers = [
        c.name
        for c in found.columns.values()
        if c.kind == "number" and c.name not in same and _is_id(c) and not ((c.codes >= 0) & blank).any()
    ]
    return tuple(same + numbers)


def _is_id(column: Column) -> bool:
    return bool({"customer_id", "customer_phone", "order_id"} & set(column.roles))


def _filled(found: Evidence, fill: Sequence[str], order: str | None) -> Evidence:
    """Return the evidence with those columns filled down."""
    frame = found.frame.copy()
    key = order or fill[0]
    block = frame[key].notna().cumsum().to_numpy()
    columns = dict(found.columns)
    for name in fill:
        frame[name] = frame.groupby(block, sort=False)[name].transform("first")
        columns[name] = column_of(frame[name])
    return replace(found, frame=frame, columns=columns)


CUSTOMER = ("customer_id", "customer_email", "customer_phone", "customer_name")


def _customer(
    found: Evidence, layout: Layout, hit: Match | None, why: dict[str, T]
) -> tuple[Layout, list[Question], list[T]]:
    """Choose who bought: an id before an e-mail before a phone before a name; what is masked or nobody's is not one."""
    columns, notes = dict(layout.columns), []
    taken = {name for key, name in columns.items() if key != "customer_id"}
    given = columns.pop("customer_id", None)
    candidates = [found.columns[given]] if given else []
    candidates += [c for c in found.of(*CUSTOMER) if c.name not in taken and c.name != given]
    rows = len(found.frame)
    order = found.columns[columns["order_id"]].codes if "order_id" in columns else np.arange(rows)
    usable = []
    for column in candidates:
        texts = column.texts()
        broken = damaged(column.values)
        hidden = masked(texts)
        if broken and len(broken) >= 0.2 * max(len(texts), 1):
            notes.append(
                T(
                    zh="“{c}”列的编号被 Excel 弄坏了（如 {x}），不能用来认客户",
                    en="The ids in “{c}” were damaged by a spreadsheet (such as {x}) and tell nobody apart",
                ).format(c=column.name, x=broken[0])
            )
            continue
        if hidden and len(hidden) >= 0.5 * len(texts):
            notes.append(
                T(
                    zh="“{c}”列打了码（如 {x}），几个人可能合成一个，不能用来认客户",
                    en="“{c}” is masked (such as {x}): several people may share one, so it tells nobody apart",
                ).format(c=column.name, x=hidden[0])
            )
            continue
        if (
            column.kind in ("blank", "date", "error")
            or (column.constant and rows > 5 and "customer_id" not in column.roles)
            or column.filled < 0.3 * rows
        ):
            continue
        if column.decimal == "." and column.kind == "number" and not given:
            continue
        usable.append(column)
    if not usable:
        unknown = _customer_by_contents(found, taken, order)
        if len(unknown) == 1 and not candidates and not _could_be_product(found, unknown[0], taken):
            usable = unknown
            why["customer_id"] = T(
                zh="列名看不出来，按内容：会重复、每单只有一个；请核对",
                en="the name does not tell; by its contents it repeats and is one an order: please check",
            )
        else:
            return replace(layout, columns=columns), [_ask_customer(unknown, layout)], notes
    chosen = usable[0]
    nobody = tuple(guests(chosen.texts()) + masked(chosen.texts()) + damaged(chosen.values))
    better = [c for c in usable[1:] if c.filled >= max(0.95 * rows, chosen.filled) and not guests(c.texts())]
    if (not given and better and (nobody or chosen.filled < 0.9 * rows)) or (given and nobody and better):
        chosen, nobody = better[0], ()
    asked: list[Question] = []
    rivals = [
        c
        for c in usable
        if c is not chosen and c.roles[:1] == chosen.roles[:1] and c.roles[:1] == ("customer_id",)
    ]
    for rival in rivals if not given else ():
        if not (fixes(rival.codes, chosen.codes) and fixes(chosen.codes, rival.codes)):
            asked.append(_ask_customer([chosen, rival], layout))
            break
    if nobody:
        rows_of = int(np.isin(np.array([*chosen.texts(), ""], dtype=object)[chosen.codes], nobody).sum())
        notes.append(
            T(
                zh="“{c}”里的 {x} 不指某一位客户，{n} 行不计入客户",
                en="{x} in “{c}” is nobody in particular; {n} rows do not count for a customer",
            ).format(c=chosen.name, x=listed(list(nobody)[:5]), n=rows_of)
        )
    asked += [*_ask_large(found, chosen, order, nobody), *_ask_zeros(chosen)]
    columns["customer_id"] = chosen.name
    return replace(layout, columns=columns, nobody=nobody), asked, notes


def _customer_by_contents(found: Evidence, taken: set[str], order: np.ndarray) -> list[Column]:
    """Return columns without a known name that could be the customer: one an order, repeated over orders, ids or e-mails."""
    orders = len(np.unique(order))
    return [
        column
        for column in found.columns.values()
        if column.name not in taken
        and (not column.roles or column.kind == "email" or _no_money(column))
        and column.kind in ("text", "email", "phone", "number")
        and column.filled >= 0.9 * len(order)
        and (_id_like(column) or column.kind in ("email", "phone"))
        and not (column.kind == "number" and _short(column))
        and 0.02 * orders < column.distinct < max(orders, 2)
        and column.distinct > 1
        and fixes(order, column.codes)
    ]


def _could_be_product(found: Evidence, candidate: Column, taken: set[str]) -> bool:
    """Tell whether ids without a known name go one to one with a product, or with another text that nobody knows."""
    others = [
        column
        for column in found.columns.values()
        if column is not candidate
        and column.name not in taken
        and column.kind == "text"
        and 1 < column.distinct < column.filled
        and (not column.roles or column.roles[0] == "product_name")
    ]
    return any(
        fixes(candidate.codes, other.codes) and fixes(other.codes, candidate.codes) for other in others
    )


def _no_money(column: Column) -> bool:
    """Tell whether a column has a name of money, such as card, and holds texts."""
    return column.roles[:1] == ("part",) and column.kind == "text"


def _short(column: Column) -> bool:
    """Tell whether numbers are so short that they may be shares, counts or ages as well as ids."""
    return "%" in column.name or max(len(text.lstrip("-")) for text in column.texts()) <= SHORT


SHORT = 3
"""Numbers of so many digits are no customers unless their column says so."""


def _ask_customer(columns: Sequence[Column], layout: Layout) -> Question:
    choices = [
        Choice(
            T(zh="“{c}”：{k:,} 位", en="“{c}”: {k:,} people").format(c=c.name, k=c.distinct),
            {"columns": {"customer_id": c.name}},
        )
        for c in columns[:4]
    ]
    return Question(
        "customer_id",
        T(
            zh="靠哪一列认出同一位客户？没有一列看得出来（打了码、空着，或不止一列）。没有会员号、邮箱、手机号或客户名称，就只能 custseg audit，或按商品、日期汇总销售。",
            en="Which column tells one customer from another? None does so plainly (masked, empty, or several could). Without member numbers, e-mails, phones or names only custseg audit and sales by product and day are left.",
        ),
        tuple(choices),
        float("inf"),
    )


def _ask_zeros(chosen: Column) -> list[Question]:
    """Ask whether 00123 and 123, both in one column, are the same customer: a spreadsheet cuts zeros off."""
    texts = set(chosen.texts())
    cut = sorted(text for text in texts if text != without_zeros(text) and without_zeros(text) in texts)
    if not cut:
        return []
    ask = T(
        zh="“{c}”里既有 {x} 又有 {y}（这样的共 {n:,} 对）。是同一位客户吗？（表格软件常把前面的零去掉）",
        en="“{c}” has both {x} and {y} ({n:,} such pairs). Are they one customer? (Spreadsheets cut zeros off.)",
    ).format(c=chosen.name, x=cut[0], y=without_zeros(cut[0]), n=len(cut))
    same = Choice(T(zh="是同一位", en="one customer"), {"zeros": True, "tidy": True})
    return [Question("zeros", ask, (same, Choice(T(zh="是两位", en="two customers"), {})), 1.0)]


def _ask_large(found: Evidence, chosen: Column, order: np.ndarray, nobody: Sequence[str]) -> list[Question]:
    """Ask about one id with more than 5 % of the orders and at least five times as many as the next one."""
    pairs = pd.DataFrame({"who": chosen.codes, "order": order})[chosen.codes >= 0].drop_duplicates()
    counts = pairs["who"].value_counts()
    texts = chosen.texts()
    counts = counts[[texts[place] not in nobody for place in counts.index]]
    if (
        len(counts) < 2
        or counts.iloc[0] <= 0.05 * counts.sum()
        or counts.iloc[0] < 5 * counts.iloc[1]
        or counts.iloc[0] < 5
    ):
        return []
    value = texts[counts.index[0]]
    ask = T(
        zh="“{c}”里的 {v} 有 {n:,} 单，占 {s:.0%}，第二名只有 {m:,} 单。这是一位客户，还是散客、门店自用之类？",
        en="{v} in “{c}” has {n:,} orders, {s:.0%} of all; the next one has {m:,}. Is it one customer, or guests, staff and the like?",
    ).format(
        c=chosen.name, v=value, n=int(counts.iloc[0]), s=counts.iloc[0] / counts.sum(), m=int(counts.iloc[1])
    )
    return [
        Question(
            "nobody",
            ask,
            (
                Choice(
                    T(zh="不是某一位客户，不计入", en="nobody in particular: leave it out"),
                    {"nobody": [value]},
                ),
                Choice(T(zh="就是一位客户", en="it is one customer"), {}),
            ),
            1.0,
        )
    ]


def _rows(found: Evidence, layout: Layout, why: dict[str, T]) -> Layout:
    """Without an order number: one order a customer and day where a customer has several rows on one day."""
    columns = layout.columns
    if "order_id" in columns or not {"customer_id", "order_date"} <= set(columns):
        return layout
    who, day = found.columns[columns["customer_id"]].codes, days_of(found.frame[columns["order_date"]])
    pairs = pd.DataFrame({"who": who, "day": day.to_numpy()})[who >= 0]
    if not pairs.duplicated().any():
        return layout
    why["rows"] = T(
        zh="没找到单号；同一位客户同一天有几行，一天算一单",
        en="no order number was found, and customers have several rows on one day: a day is one order",
    )
    return replace(layout, rows="days")


def _statuses(
    found: Evidence, layout: Layout, hit: Match | None
) -> tuple[dict[str, dict[str, tuple[str, ...]]], tuple[str, ...]]:
    """Sort every value of every status column; what nobody knows stays out, and is asked where it carries money."""
    taken = set(layout.columns.values())
    known = {plain(name): buckets for name, buckets in hit.system.statuses.items()} if hit else {}
    ignored = {plain(name) for name in hit.system.layout.get("ignore", ())} if hit else set()
    made: dict[str, dict[str, tuple[str, ...]]] = {}
    fill = []
    for column in found.columns.values():
        told = known.get(plain(column.name))
        if plain(column.name) in ignored or (column.name in taken and told is None):
            continue
        if told is None and not _is_status(column, found):
            continue
        sorted_: dict[str, list[str]] = {}
        of_system = {value: key for key, values in (told or {}).items() for value in values}
        folded = {plain(value): key for value, key in of_system.items()}
        for value in column.texts():
            meaning = of_system.get(value) or folded.get(plain(value)) or _meaning(value, column)
            if meaning:
                sorted_.setdefault(meaning, []).append(value)
        made[column.name] = {key: tuple(sorted(values)) for key, values in sorted_.items()}
        if "order_id" in layout.columns and _first_row_only(column, found, layout.columns["order_id"]):
            fill.append(column.name)
    return made, tuple(fill)


def _sale_and_refund(found: Evidence, layout: Layout) -> bool:
    """Tell whether the rows of every order with several rows are its sale and what went back, not its items."""
    if "order_id" not in layout.columns:
        return False
    back = np.zeros(len(found.frame), dtype=bool)
    for name, lists in layout.statuses.items():
        words = [value for key in ("back", "credit", "out") for value in lists.get(key, ())]
        column = found.columns[name]
        back |= np.isin(np.array([*column.texts(), ""], dtype=object)[column.codes], words)
    rows = pd.DataFrame({"order": found.columns[layout.columns["order_id"]].codes, "back": back})
    several = rows[rows["order"].duplicated(keep=False)].groupby("order")["back"].agg(["sum", "size"])
    return bool(len(several)) and bool(((several["sum"] == 1) & (several["size"] == 2)).all())


def _is_status(column: Column, found: Evidence) -> bool:
    """Tell whether a column holds statuses: by its name, or because most of its few values are words for them."""
    if column.kind not in ("text", "number") or column.distinct == 0 or column.distinct > FEW:
        return False
    meanings = [bucket(text) for text in column.texts()]
    known = sum(meaning is not None for meaning in meanings)
    if {"status", "fulfilment", "direction"} & set(column.roles[:1]):
        place = plain(column.name) in ("state", "estado", "type") and known == 0
        return not place and column.kind == "text"
    if _SAYS_STATUS.search(column.name) and not _OF_PEOPLE.search(column.name):
        return column.kind == "text"
    if (column.roles and "attribute" not in column.roles) or column.distinct > max(2, 0.5 * column.filled):
        return False
    words = {
        text: meaning
        for text, meaning in zip(column.texts(), meanings, strict=True)
        if plain(text) not in _LOOSE
    }
    strong = any(meaning in ("never", "back", "partial", "credit") for meaning in words.values())
    both = known == len(meanings) and "sale" in meanings and bool({"never", "back"} & set(meanings))
    return column.kind == "text" and ((strong and known >= 0.5 * len(meanings)) or both)


_SAYS_STATUS = re.compile("status|stage|statut|etapa|状态|狀態|阶段|ステータス|상태", re.IGNORECASE)
_OF_PEOPLE = re.compile(
    "marital|member|customer|client|employ|civil|famil|tax|会员|客户|婚|顾客|員|회원", re.IGNORECASE
)
"""A status of people, not of orders."""

_LOOSE = frozenset(
    (  # noqa: SIM905
        "new|open|sent|lead|active|hold|return|lost|offer|error|无|否|是|none|正常|"
        "credit|re|or|removed|其他|关闭|开放|offen|sale|normal|regular|order"
    ).split("|")
)
"""Words of statuses that mean something else just as often: they make no column one of statuses."""


_DOCUMENTS = ("type", "类型", "belegart", "saty", "業務")


_CAME_THROUGH = frozenset(
    (  # noqa: SIM905
        "success|successful|succeeded|completed|complete|done|approved|processed|"
        "成功|完成|已完成|已到账|已处理|同意|已同意"
    ).split("|")
)
"""In a column about refunds these say that the money went back."""


def _meaning(value: str, column: Column) -> str | None:
    found = direction(value) if "direction" in column.roles else bucket(value)
    if plain(value) in _CAME_THROUGH and any(word in column.name.casefold() for word in REFUND_COLUMN):
        return "back"
    if "fulfilment" in column.roles:
        return (
            found
            if found in ("back", "partial") or plain(value) in ("cancelled", "canceled", "已取消")
            else "sale"
        )
    if found == "back" and any(word in column.name.casefold() for word in _DOCUMENTS):
        return "credit"
    return "sale" if found == "in" else found


def _first_row_only(column: Column, found: Evidence, order: str) -> bool:
    """Tell whether a column is blank exactly on further rows of orders."""
    blank = column.codes < 0
    if not blank.any():
        return False
    codes = found.columns[order].codes
    first = np.r_[True, codes[1:] != codes[:-1]]
    return not (blank & first).any() and bool((~first).any())


def _currency(found: Evidence, layout: Layout) -> tuple[str | None, list[Question]]:
    """Return the currency that a column states; several cannot be added."""
    for column in found.of("currency"):
        texts = [text.upper() for text in column.texts()]
        if len(set(texts)) == 1 and 2 < len(texts[0]) < 4:
            return texts[0], []
        if 1 < len(set(texts)) <= 30:
            amount = layout.columns.get("amount")
            values = found.columns[amount].numbers(layout.decimal) if amount else np.zeros(len(found.frame))
            sums = [
                f"{text} {np.nansum(values[column.codes == place]):,.2f}" for place, text in enumerate(texts)
            ]
            ask = T(
                zh="“{c}”列有 {n} 种货币：{s}。不同的货币不能相加。请先按币种分成几个文件，或只保留一种：",
                en="Column “{c}” holds {n} currencies: {s}. Amounts in different currencies must not be added. Make one file per currency, or keep one of them:",
            ).format(c=column.name, n=len(set(texts)), s=listed(sums))
            keep = [
                Choice(
                    T(zh="只算 {v}", en="count {v} only").format(v=value),
                    {
                        "statuses": {
                            column.name: {"sale": [value], "aside": [v for v in column.texts() if v != value]}
                        }
                    },
                )
                for value in column.texts()[:4]
            ]
            return None, [Question("currency", ask, tuple(keep), float("inf"))]
    return None, []


def _ask_statuses(made: Counted, layout: Layout) -> list[Question]:
    """Ask about all unknown values of one column together."""
    asked = []
    for name in dict.fromkeys(unknown.column for unknown in made.unknown):
        values = [unknown for unknown in made.unknown if unknown.column == name]
        said = [f"{u.value} ({u.rows:,}, {u.money:,.2f})" for u in values[:8]]
        words = [u.value for u in values]
        ask = T(
            zh="“{c}”里有 {v}（括号里是行数和金额，例如订单 {o}）。这些算哪一种？",
            en="“{c}” says {v} (rows and money in brackets; order {o}, for example). What are these?",
        ).format(c=name, v=listed(said), o=values[0].example)
        choices = tuple(
            Choice(says, {"statuses": {name: {key: words}}})
            for key, says in (
                ("sale", T(zh="卖成了", en="sales")),
                ("never", T(zh="没成交，不算", en="never happened")),
                ("back", T(zh="卖了又退", en="sold and returned")),
            )
        )
        asked.append(Question("statuses", ask, choices, sum(abs(u.money) for u in values)))
    return asked


def _ask_decimal(found: Evidence, layout: Layout) -> list[Question]:
    """Ask where 1.250 could be one and a quarter or 1,250, in a column that is used."""
    used = [layout.columns.get(key) for key in ("amount", "price", "refund", "after_refunds")]
    open_ = [name for name in found.unsure_decimal if name in used]
    if not open_:
        return []
    column = found.columns[open_[0]]
    example = next((text for text in column.texts() if text[-4:-3] in (".", ",")), column.texts()[0])
    sums = {mark: float(np.nansum(column.numbers(mark))) for mark in (",", ".")}
    ask = T(
        zh="“{c}”列的 {x} 怎么读？",
        en="How is {x} in column “{c}” to be read?",
    ).format(c=column.name, x=example)
    return [
        Question(
            "decimal",
            ask,
            (
                Choice(
                    T(zh="点是千位：合计 {s:,.2f}", en="the point marks thousands: {s:,.2f} in all").format(
                        s=sums[","]
                    ),
                    {"decimal": ",", "tidy": True},
                    sums[","],
                ),
                Choice(
                    T(zh="点是小数：合计 {s:,.2f}", en="the point marks decimals: {s:,.2f} in all").format(
                        s=sums["."]
                    ),
                    {"decimal": ".", "tidy": True},
                    sums["."],
                ),
            ),
            float("inf"),
        )
    ]


def _ask_system(hit: Match | None, made: Counted, layout: Layout) -> list[Question]:
    """Ask once where a system is only likely, or its file rests on general knowledge."""
    if hit is None or (hit.sure and hit.system.sure and not hit.missing):
        return []
    ask = T(
        zh="这像是 {s} 的导出表（{p:.0%} 的特征列在）。按它读：{k:,.0f} 位客户、{o:,.0f} 单，净额 {n:,.2f}；金额列“{a}”。对吗？",
        en="This looks like an export of {s} ({p:.0%} of its columns are there). Read so: {k:,.0f} customers, {o:,.0f} orders, {n:,.2f} net; the amount is “{a}”. Is that right?",
    ).format(
        s=hit.system.name,
        p=hit.score,
        k=made.totals["customers"],
        o=made.totals["orders"],
        n=made.totals["net"],
        a=layout.columns.get("amount", "?"),
    )
    if hit.missing:
        lacks = T(
            zh="少了这个系统通常有的列：{m}。{a}",
            en="Columns that this system usually has are missing: {m}. {a}",
        )
        ask = lacks.format(m=listed(hit.missing), a=ask)
    right = Choice(T(zh="对", en="yes"), {}, made.totals["net"])
    return [Question("system", ask, (right,), abs(made.totals["net"]))]


def _signed_only(found: Evidence, layout: Layout) -> bool:
    """Tell whether what went back stands as negative amounts in a column called so, and nothing else says it."""
    amount = found.columns.get(layout.columns.get("amount", ""))
    said = layout.statuses or {"refund", "after_refunds", "parent_order"} & set(layout.columns)
    return amount is not None and bool(amount.roles) and not said


def checks(found: Evidence, layout: Layout, made: Counted) -> list[Question]:
    """Ask where the sums contradict each other: more went back than was sold."""
    totals = made.totals
    if totals["gross"] > 0 and totals["net"] < -0.005 and not _signed_only(found, layout):
        ask = T(
            zh="退的比卖的多：卖 {g:,.2f}，净额 {n:,.2f}。多半是退款列或状态读错了，或者文件缺了以前的销售。",
            en="More went back than was sold: {g:,.2f} sold, {n:,.2f} net. Refunds or statuses are probably misread, or earlier sales are missing from the file.",
        ).format(g=totals["gross"], n=totals["net"])
        return [
            Question(
                "sums",
                ask,
                (
                    Choice(
                        T(zh="文件缺了以前的销售，就这样算", en="earlier sales are missing; count it so"), {}
                    ),
                ),
                abs(totals["net"]),
            )
        ]
    asked = []
    so = (Choice(T(zh="知道，就这样算", en="known; count it so"), {}),)
    date = found.columns.get(layout.columns.get("order_date", ""))
    unpaid = date is not None and "paid_date" in date.roles
    if totals["homeless"] > 0.01 * max(totals["gross"], 1) and not unpaid:
        ask = T(
            zh="有金额 {m:,.2f} 的行没有日期，不会计入。多半只有每单第一行写了日期：请在 fill 里写出这样的列，并补上单号列。",
            en="Rows with {m:,.2f} have no date and would not count. Probably only the first row of an order has one: list such columns as fill, and map the order number.",
        ).format(m=totals["homeless"])
        asked.append(Question("sums", ask, so, totals["homeless"]))
    if totals["stray"] > 0.01 * max(totals["gross"], 1):
        ask = T(
            zh="有一位“客户”只退不买，退了 {m:,.2f}。多半是店铺自己的账号，退款应算在原来的买家头上，或是提现。",
            en="One “customer” never buys and has {m:,.2f} going back. It is probably the shop's own account: refunds belong to their buyers, and withdrawals are no sales.",
        ).format(m=totals["stray"])
        asked.append(Question("sums", ask, so, totals["stray"]))
    return asked


def _ask_doubled(frame: pd.DataFrame, found: Evidence) -> list[Question]:
    """Say of columns with one name that they cannot be told apart, where one of them may be needed."""
    from custseg_helpers.evidence.called import roles

    needed = {
        "order_id",
        "order_date",
        "paid",
        "total",
        "line_total",
        "status",
        "refund",
        "quantity",
        "unit_price",
        *CUSTOMER,
    }
    names = [name for name in found.doubled if needed & set(roles(name)[:1]) or _may_matter(frame, name)]
    if not names:
        return []
    ask = T(
        zh="有几列同名：{c}，分不清哪一列是要的。请在文件里改掉一个列名，再来一次 init。",
        en="Several columns have one name: {c}. Which is which cannot be told: rename one in the file and run init again.",
    ).format(c=listed(names))
    return [Question("doubled", ask, (), float("inf"))]


def _may_matter(frame: pd.DataFrame, name: str) -> bool:
    """Tell whether one of the columns of a name holds what moves money, whatever it is called: decimals, statuses, numbers of orders."""
    places = [place for place, one in enumerate(frame.columns) if str(one) == name]
    columns = [column_of(unmarked_column(frame.iloc[:, place]), name) for place in places]
    return any(
        (column.decimal and np.nansum(np.abs(column.numbers())) > 0)
        or (column.distinct <= FEW and any(bucket(text) for text in column.texts()))
        or (column.filled > 1 and column.distinct > 0.5 * column.filled and _id_like(column))
        for column in columns
    )


def _several_spellings(found: Evidence, layout: Layout) -> bool:
    """Tell whether one customer is written in several ways."""
    name = layout.columns.get("customer_id")
    if name is None:
        return False
    texts = pd.Series(found.columns[name].texts(), dtype=object)
    return bool(texts.map(one_spelling).nunique() < len(texts)) or one_customer(texts).nunique() < len(texts)

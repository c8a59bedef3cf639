"""The own-data page's controls for columns and decisions."""

from collections.abc import Callable
from html import escape
from typing import Any

import pandas as pd

from custseg_helpers.company.schema import TABLES
from custseg_helpers.mapping.company_toml import field_kinds
from custseg_helpers.mapping.draft import Draft
from custseg_helpers.mapping.draft_toml import called
from custseg_helpers.own_page import steps
from custseg_helpers.words.glossary import label
from custseg_helpers.words.text import T

NOT_USED = ""
"""A drop-down shows nothing at all for `None`."""
RETURNS = {
    "sign": T(zh="负数是退货", en="negative is a return"),
    "status": T(zh="看订单状态", en="by the status"),
    "prefix": T(zh="看单号开头", en="by how the order number begins"),
}
DATES = {
    "?": T(zh="（请选）", en="(please choose)"),
    "dmy": T(zh="日在前：03/04 是 4 月 3 日", en="day first: 03/04 is 3 April"),
    "mdy": T(zh="月在前：03/04 是 3 月 4 日", en="month first: 03/04 is 4 March"),
}
COPIES = {"keep": T(zh="保留", en="keep"), "drop": T(zh="只留一行", en="keep one of each")}
ROWS = {
    "lines": T(zh="一单可有多行", en="an order may have several rows"),
    "orders": T(zh="一行就是一单", en="every row is one order"),
}
ZONES = ("Asia/Shanghai", "Asia/Hong_Kong", "Asia/Taipei", "Asia/Tokyo", "Asia/Singapore", "UTC", "Europe/London", "Europe/Berlin", "America/New_York", "America/Los_Angeles")  # fmt: skip


def column_form(made: Draft, table: str, correct: Callable[[str, str, str | None], None]) -> Any:
    """Return a row a column: its name and examples, a drop-down of fields, why and how sure.

    `correct(table, column, field)` is called when the user chooses; a field of `None` is a column not used.
    """
    import ipywidgets as W

    options = [(str(T(zh="（不用）", en="(not used)")), NOT_USED)]
    options += [(f"{label(name)}  {name}", name) for name in field_kinds(table)]
    rows = []
    for column in steps.columns(made, table):
        choice = W.Dropdown(
            options=options, value=column.field or NOT_USED, layout=W.Layout(width="20em", max_width="100%")
        )
        why = W.HTML(str(column.why))

        def choose(change: Any, name: str = column.name, choice: Any = choice) -> None:
            if not getattr(choice, "quiet", False):
                correct(table, name, change["new"] or None)

        choice.observe(choose, names="value")
        examples = f"<br><span style='color:#555'>{escape(column.examples)}</span>"
        rows.append(row(column.name, choice, why, below=examples))
    part = made.parts[table]
    return W.VBox(
        [W.HTML(f"<h4 style='margin:.3em 0'>{TABLES[table]}: {escape(called(part.sheet))}</h4>"), *rows]
    )


def show_columns(block: Any, made: Draft, table: str) -> None:
    """Show the draft's fields in the drop-downs that are there, so that the hand stays where it is."""
    for shown, column in zip(block.children[1:], steps.columns(made, table), strict=True):
        _, choice, why = shown.children
        choice.quiet = True
        choice.value = column.field or NOT_USED
        choice.quiet = False
        why.value = str(column.why)


def decision_form(made: Draft, decide: Callable[[Callable[[Draft], Draft]], None]) -> list[Any]:
    """Return a row a decision; `decide` gets the change that the user made, a function from draft to draft."""
    import ipywidgets as W

    def options(words: dict[Any, T]) -> list[tuple[str, Any]]:
        return [(str(text), code) for code, text in words.items()]

    def listed(text: str) -> tuple[str, ...]:
        return tuple(
            word.strip() for word in text.replace("，", ",").replace("、", ",").split(",") if word.strip()
        )

    rows: list[Any] = []

    def ask(
        key: str, name: T, control: Any, read: Callable[[Any], Any] = lambda new: new, why: object = ""
    ) -> None:
        """Add a row whose control sets one key of the draft; a value that `read` makes empty is no change."""

        def changed(event: Any) -> None:
            decide(lambda now: steps.decided(now, key, read(event["new"])))

        control.observe(changed, names="value")
        rows.append(row(str(name), control, W.HTML(escape(str(made.why.get(key, why))))))

    zones = ZONES if made.time_zone in ZONES else (*ZONES, made.time_zone)
    day = None if made.as_of is None else made.as_of.date()
    ask("name", T(zh="名称", en="Name"), W.Text(made.name, continuous_update=False), str.strip)
    ask(
        "as_of",
        T(zh="快照日", en="Snapshot"),
        W.DatePicker(value=day),
        lambda new: None if new is None else pd.Timestamp(new),
        T(zh="推断：最后一个下单日的次日", en="inferred: the day after the last order"),
    )
    look = T(zh="请核对", en="please check")
    ask("currency", T(zh="币种", en="Currency"), W.Text(made.currency, continuous_update=False), str.strip, look)  # fmt: skip
    where = T(zh="只影响带时区的时间", en="matters only for times that state a zone")
    ask("time_zone", T(zh="时区", en="Time zone"), W.Dropdown(options=zones, value=made.time_zone), why=where)
    for table, part in made.parts.items():
        if part.dates is not None:
            rows.append(_date_row(table, part.dates, options(DATES), decide))
    ask("rows", T(zh="一行是什么", en="A row is"), W.Dropdown(options=options(ROWS), value=made.rows))
    ask("returns", T(zh="退货", en="Returns"), W.Dropdown(options=options(RETURNS), value=made.returns))
    ask(
        "return_values",
        T(zh="退货的状态或单号开头", en="Statuses or beginnings of returns"),
        W.Text(", ".join(made.return_values), continuous_update=False),
        listed,
        T(zh="几个就用逗号隔开", en="with commas between them"),
    )
    ask(
        "skip_status",
        T(zh="不算数的状态", en="Statuses that do not count"),
        W.Text(", ".join(made.skip_status), continuous_update=False),
        listed,
        T(zh="如已取消、未付款", en="such as cancelled, unpaid"),
    )
    ask("duplicates", T(zh="整行重复", en="Exact duplicates"), W.Dropdown(options=options(COPIES), value=made.duplicates))  # fmt: skip
    return rows


def _date_row(table: str, order: str, options: list[tuple[str, Any]], decide: Callable[..., None]) -> Any:
    import ipywidgets as W

    choice = W.Dropdown(options=options, value=order)
    choice.observe(lambda event: decide(lambda now: steps.dated(now, table, event["new"])), names="value")
    name = T(zh="日期（{t}）", en="Dates ({t})").format(t=TABLES[table])
    why = T(zh="有的日期两种读法都行", en="some dates can be read either way")
    return row(str(name), choice, W.HTML(str(why)))


def row(name: str, control: Any, *more: Any, below: str = "") -> Any:
    """Put a name, what stands below it (HTML) and a control side by side; on a narrow page they wrap.

    The control is given the name too, at no width: a screen reader says it.
    """
    import ipywidgets as W

    control.description, control.style.description_width = name, "0px"
    text = f"<b>{escape(name)}</b>{below}"

    layout = W.Layout(
        flex_flow="row wrap", align_items="center", border_bottom="1px solid #ddd", padding="2px"
    )
    return W.HBox([W.HTML(text, layout=W.Layout(width="18em")), control, *more], layout=layout)

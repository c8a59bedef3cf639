"""The own-data page's controls for columns and decisions."""

import re
from collections.abc import Callable, Mapping
from html import escape
from typing import Any

import pandas as pd

from custseg_helpers.company.schema import TABLES
from custseg_helpers.decision.questions import Answer, together
from custseg_helpers.mapping.columns import field_kinds
from custseg_helpers.mapping.draft import Draft
from custseg_helpers.mapping.draft_toml import called
from custseg_helpers.mapping.keys import Key, Statuses, asked, keys_of
from custseg_helpers.mapping.stated import Zone
from custseg_helpers.own_page import steps
from custseg_helpers.own_page.asking import FIRST, asked_dates, dated
from custseg_helpers.words.glossary import label
from custseg_helpers.words.text import T

FEW = 8
NOT_USED = ""
"""A drop-down shows nothing at all for `None`."""
ZONES = (
    "Asia/Shanghai",
    "Asia/Hong_Kong",
    "Asia/Taipei",
    "Asia/Tokyo",
    "Asia/Singapore",
    "UTC",
    "Europe/London",
    "Europe/Berlin",
    "America/New_York",
    "America/Los_Angeles",
)


def column_form(made: Draft, table: str, correct: Callable[[str, str, str | None], None]) -> Any:
    """Return a row a column: its name and examples, a drop-down of fields, why and how sure.

    Where more than `FEW` columns are not used, they are folded away. `correct(table, column, field)` is called when
    the user chooses; a field of `None` is a column not used.
    """
    import ipywidgets as W

    options = [(str(T(zh="（不用）", en="(not used)")), NOT_USED)]
    options += [(f"{label(name)}  {name}", name) for name in field_kinds(table)]
    rows: list[Any] = []
    used: list[Any] = []
    unused: list[Any] = []
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
        (used if str(column.why) else unused).append(rows[-1])
    shown = rows
    if len(unused) > FEW:
        words = T(zh="没用到的 {n} 列", en="{n} columns that are not used").format(n=len(unused))
        shown = [*used, W.Accordion([W.VBox(unused)], titles=(str(words),))]
    head = T(zh="{t}：{f}", en="{t}: {f}").format(t=TABLES[table], f=called(made.parts[table].sheet))
    block = W.VBox([W.HTML(f"<h4 style='margin:.3em 0'>{escape(str(head))}</h4>"), *shown])
    block.rows = rows
    return block


def show_columns(block: Any, made: Draft, table: str) -> None:
    """Show the draft's fields in the drop-downs that are there, so that the hand stays where it is."""
    for shown, column in zip(block.rows, steps.columns(made, table), strict=True):
        _, choice, why = shown.children
        choice.quiet = True
        choice.value = column.field or NOT_USED
        choice.quiet = False
        why.value = str(column.why)


def question_cards(made: Draft, decide: Callable[[Callable[[Draft], Draft]], None]) -> list[Any]:
    """Return a card a question: what is asked, and the answers to choose from; none is chosen before she chooses."""
    cards = [
        _card(ask, FIRST, made[f"{table}.dates"], _of(dated, table), decide)
        for table, ask in asked_dates(made).items()
    ]
    for place, question in enumerate(made.questions):
        choices = {number: choice.says for number, choice in enumerate(question.choices, 1)}
        if values := together([choice.sets for choice in question.choices]):
            cards.append(
                _card_of_values(question.ask, choices, values, made.answers.get(place), place, decide)
            )
            continue
        cards.append(
            _card(question.ask, choices, made.answers.get(place), _of(steps.answered, place), decide)
        )
    return cards


def _of(change: Callable[[Draft, Any, Any], Draft], what: Any) -> Callable[[Draft, Any], Draft]:
    return lambda made, value: change(made, what, value)


def _card(
    ask: T,
    choices: Mapping[Any, T],
    now: Any,
    change: Callable[[Draft, Any], Draft],
    decide: Callable[[Callable[[Draft], Draft]], None],
) -> Any:
    import ipywidgets as W

    layout = W.Layout(border_left="5px solid #b04a00", padding="4px 10px", margin="6px 0")
    if not choices:
        return W.VBox([W.HTML(f"<b>{escape(str(ask))}</b>")], layout=layout)
    radio = W.RadioButtons(
        options=[(str(said), value) for value, said in choices.items()],
        value=now if now in choices else None,
        description=str(ask),
        layout=W.Layout(width="auto"),
    )
    radio.observe(lambda event: decide(lambda made: change(made, event["new"])), names="value")
    return W.VBox([radio.add_class("custseg-card")], layout=layout)


def _card_of_values(
    ask: T,
    choices: Mapping[int, T],
    values: tuple[str, ...],
    now: Answer | None,
    place: int,
    decide: Callable[[Callable[[Draft], Draft]], None],
) -> Any:
    """Return the card of a question about several values: a row for each of them."""
    import ipywidgets as W

    open_ = T(zh="（请选）", en="(choose)")
    numbers = now if isinstance(now, tuple) else (now or 0,) * len(values)
    options = [(str(says), number) for number, says in {0: open_, **choices}.items()]
    rows = [
        W.Dropdown(
            options=options,
            value=number,
            description=value,
            style={"description_width": "initial"},
            layout=W.Layout(width="30em", max_width="100%"),
        )
        for value, number in zip(values, numbers, strict=True)
    ]
    for each in rows:
        each.observe(
            lambda _: decide(lambda made: steps.answered(made, place, tuple(one.value for one in rows))),
            names="value",
        )
    layout = W.Layout(border_left="5px solid #b04a00", padding="4px 10px", margin="6px 0")
    said = W.HTML(f"<b>{escape(str(ask))}</b>")
    return W.VBox([said, *(one.add_class("custseg-card") for one in rows)], layout=layout)


def decision_form(made: Draft, decide: Callable[[Callable[[Draft], Draft]], None]) -> list[Any]:
    """Return a row a decision; `decide` gets the change that the user made, a function from draft to draft."""
    import ipywidgets as W

    rows = [_status_row(*status, meaning, decide) for status, meaning in steps.meant(made).items()]
    for key in asked(made.parts):
        if key.path in moot(made):
            continue
        if key.path.endswith(".dates"):
            rows += _date_row(made, key, decide)
            continue
        control, read = _control(key, made[key.path])

        def changed(event: Any, path: str = key.path, read: Callable[[Any], Any] = read) -> None:
            decide(lambda now: steps.decided(now, path, read(event["new"])))

        control.observe(changed, names="value")
        why = str(made.why.get(key.path, key.told.about))
        rows.append(row(str(key.told.ask), control, W.HTML("" if why == str(key.told.ask) else escape(why))))
    return rows


def moot(made: Draft) -> set[str]:
    """Return the keys that decide nothing as things are: a page that asks for them only confuses."""
    moot = set()
    if made["orders.returns.by"] == "sign":
        moot.add("orders.returns.values")
    if made.stated.get("orders.statuses"):
        moot.add("orders.returns.by")
    if "status" not in made.orders.columns:
        moot.add("orders.skip.status")
    return moot


def _status_row(
    column: str, value: str, meaning: str, decide: Callable[[Callable[[Draft], Draft]], None]
) -> Any:
    """Return the row that says what a status means."""
    import ipywidgets as W

    options = [(str(key.told.about), key.path) for key in keys_of(Statuses)]
    choice = W.Dropdown(options=options, value=meaning, layout=W.Layout(width="24em", max_width="100%"))
    choice.observe(
        lambda event: decide(lambda made: steps.means(made, column, value, event["new"])), names="value"
    )
    return row(str(T(zh="“{c}”是“{v}”", en="“{c}” is “{v}”").format(c=column, v=value)), choice)


def _control(key: Key, value: Any) -> tuple[Any, Callable[[Any], Any]]:
    """Return the control that a key of this kind gets, and how its value is read; an empty one is no change."""
    import ipywidgets as W

    if key.told.choices:
        return W.Dropdown(options=_options(key.told.choices), value=value), lambda new: new
    if key.type is Zone:
        return W.Dropdown(options=ZONES if value in ZONES else (*ZONES, value), value=value), lambda new: new
    if key.type is pd.Timestamp:
        day = None if value is None else value.date()
        return W.DatePicker(value=day), lambda new: None if new is None else pd.Timestamp(new)
    if key.type == tuple[str, ...]:
        return W.Text(", ".join(value), continuous_update=False), _words
    assert key.type is str, f"no control for {key.path}"
    return W.Text(value, continuous_update=False), str.strip


def _words(text: str) -> tuple[str, ...]:
    """Return the words of a list that a person typed, with commas between them."""
    return tuple(word for part in re.split("[,，、]", text) if (word := part.strip()))


def _options(choices: Mapping[str, T]) -> list[tuple[str, str]]:
    return [(str(said), value) for value, said in choices.items()]


def _date_row(made: Draft, key: Key, decide: Callable[..., None]) -> list[Any]:
    """Return the row that says which way round a table's dates are; none where they need no answer, or a card asks."""
    import ipywidgets as W

    table = key.path.removesuffix(".dates")
    if made[key.path] in (None, "?") or key.path in made.chosen:
        return []
    choice = W.Dropdown(options=_options(key.told.choices), value=made[key.path])
    choice.observe(lambda event: decide(lambda now: dated(now, table, event["new"])), names="value")
    name = T(zh="{ask}（{t}）", en="{ask} ({t})").format(ask=key.told.ask, t=TABLES[table])
    return [row(str(name), choice, W.HTML(escape(str(key.told.about))))]


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

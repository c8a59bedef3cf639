"""Explorer of lesson 01: put a tag's rule together, and see at once whom it reaches and which tag it repeats."""

from typing import Any

import pandas as pd

from custseg_helpers.company.company import Company
from custseg_helpers.explore.base import View, explorer
from custseg_helpers.explore.still import Shown
from custseg_helpers.tags.apply import apply_tags, is_yes_no
from custseg_helpers.tags.catalogue import read_catalogue
from custseg_helpers.tags.evaluate import evaluate
from custseg_helpers.tags.kinds import column_kinds, kind_of
from custseg_helpers.tags.rules import parse_rule
from custseg_helpers.tags.table import customer_table
from custseg_helpers.words.glossary import label
from custseg_helpers.words.text import T, UserError, listed

COLUMNS = (
    *("recency_days", "frequency", "monetary", "returned", "tenure_days", "mean_gap_days", "discount_share"),
    *("views", "carts", "services", "satisfaction", "interaction_recency_days", "attended", "converted"),
    *("region", "city", "signup_channel", "industry", "scale", "employees", "decision_maker", "contacts"),
)
"""What a rule may ask for here, as far as the company has it."""

MOST_CODES = 12
"""Values of a column that an error lists."""

SIGNS = (">=", "<=", ">", "<", "==", "!=", "is missing", "is not missing")

JOINTS = {
    "": T(zh="只有一个条件", en="one condition"),
    "and": T(zh="并且 and", en="and"),
    "or": T(zh="或者 or", en="or"),
}


def condition(table: pd.DataFrame, column: str, sign: str, value: str) -> str:
    """Return one condition as a rule writes it; a name such as 澄湾 becomes its code."""
    if "missing" in sign:
        return f"{column} {sign}"
    value = value.strip(" '\"")
    if not value:
        raise UserError(
            zh=f"“{label(column)}”要和什么比？把值写上。",
            en=f"Compare “{label(column)}” with what? Write a value.",
        )
    if kind_of(table[column]) != "text":
        return f"{column} {sign} {value}"
    codes = {label_of(code): code for code in sorted(table[column].dropna().unique())}
    code = codes.get(value, value)
    if code not in codes.values():
        raise UserError(
            T(
                zh="“{column}”里没有“{value}”。有：{shown}。",
                en="There is no “{value}” in “{column}”. There are: {shown}.",
            ).format(column=label(column), value=value, shown=listed(list(codes)[:MOST_CODES]))
        )
    return f"{column} {sign} '{code}'"


def label_of(code: str) -> str:
    """Return a code's name, or the code itself where the glossary does not know it."""
    try:
        return label(code)
    except UserError:
        return code


def view(
    table: pd.DataFrame,
    existing: pd.DataFrame,
    names: dict[str, str],
    *,
    column: str,
    sign: str,
    value: str,
    joint: str,
    column2: str,
    sign2: str,
    value2: str,
    other: str,
) -> View:
    """Return whom a rule reaches, what money they bring, and how it overlaps the tag `other` of `existing`.

    A rule that cannot be read is a `UserError` that shows the place.
    """
    from custseg_helpers.plots.tags import tag_reach

    text = condition(table, column, sign, value)
    if joint:
        text += f" {joint} {condition(table, column2, sign2, value2)}"
    has = evaluate({"mine": parse_rule(text, column_kinds(table))}, table)["mine"]
    money = table["monetary"].fillna(0)
    parts = [int((has & ~existing[other]).sum()), int((has & existing[other]).sum())]
    parts.append(int((~has & existing[other]).sum()))
    overlap = parts[1] / max(sum(parts), 1)
    share, money_share = float(has.mean()), float(money[has].sum() / money.sum()) if money.any() else 0.0
    mean = money[has].mean() if has.any() else 0.0
    size = pd.DataFrame(
        {"customers": [int(has.sum())], "share": [share], "money_share": [money_share], "mean_value": [mean]},
        index=[text],
    )
    compared = pd.DataFrame(
        {"only_this": parts[:1], "both": parts[1:2], "only_other": parts[2:], "overlap": [overlap]},
        index=[names[other]],
    )
    return View(
        figure=tag_reach(share, money_share, parts, names[other]),
        tables={
            T(zh="这个标签", en="This tag"): size,
            T(zh="和已有的标签比", en="Beside a tag that exists"): compared,
        },
        words=_verdict(share, money_share, int(has.sum()), overlap, names[other]),
    )


def _verdict(share: float, money_share: float, customers: int, overlap: float, other: str) -> T:
    if not customers:
        return T(
            zh="没有一位客户有它：门槛太高，或者数据里没有这回事。",
            en="No customer has it: the threshold is too high, or the data know nothing of the kind.",
        )
    found = T(
        zh=f"{customers:,} 位客户有它，占 {share:.0%}，带来 {money_share:.0%} 的金额。",
        en=f"{customers:,} customers have it, {share:.0%} of all; they bring {money_share:.0%} of the money.",
    )
    if share == 1:
        more = T(zh="人人都有，就区分不了谁。", en=" Everybody has it, so it tells nobody apart.")
    elif overlap >= 0.8:
        more = T(
            zh=f"和“{other}”几乎是同一批人：留一个就够。",
            en=f" They are almost the same people as “{other}”: one of the two will do.",
        )
    else:
        more = T(zh="", en="")
    return found + more


def show(company: Company) -> Shown:
    """Show the explorer for one company; it compares with the tags of the course's own catalogue."""
    import ipywidgets as W

    table, catalogue = customer_table(company), read_catalogue()
    tagged = apply_tags(catalogue, table, skip_unknown=True)
    existing = tagged[[tag for tag in tagged if is_yes_no(tagged[tag]) and tagged[tag].any()]]
    names = {tag: str(catalogue[tag].name) for tag in existing}
    columns = [
        (f"{label(column)} · {column}", column)
        for column in COLUMNS
        if column in table and table[column].notna().any()
    ]

    def choice(options: Any, value: str, zh: str, en: str) -> W.Dropdown:
        return W.Dropdown(options=options, value=value, description=str(T(zh=zh, en=en)))

    def written(value: str, zh: str, en: str) -> W.Text:
        return W.Text(value=value, description=str(T(zh=zh, en=en)))

    controls = {
        "column": choice(columns, "frequency", "列", "Column"),
        "sign": choice(SIGNS, ">=", "符号", "Sign"),
        "value": written("5", "值", "Value"),
        "joint": W.ToggleButtons(
            options=[(str(name), code) for code, name in JOINTS.items()],
            value="",
            description=str(T(zh="第二个条件", en="Second condition")),
            style={"button_width": "initial"},
        ),
        "column2": choice(columns, "recency_days", "第二列", "Second column"),
        "sign2": choice(SIGNS, "<=", "第二个符号", "Second sign"),
        "value2": written("90", "第二个值", "Second value"),
        "other": choice(
            [(name, tag) for tag, name in names.items()], "high_spender", "和哪个标签比", "Compare with"
        ),
    }
    return explorer(
        lambda **settings: view(table, existing, names, **settings),
        controls,
        T(zh="标签规则探索器", en="Tag rule explorer"),
    )

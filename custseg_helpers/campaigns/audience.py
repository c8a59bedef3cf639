"""Who a campaign is for, and who of them must not be contacted."""

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from custseg_helpers.mapping.keys import OwnData
from custseg_helpers.results.tiering import TIERS
from custseg_helpers.tags.evaluate import evaluate
from custseg_helpers.tags.kinds import column_kinds
from custseg_helpers.tags.rules import parse_rule
from custseg_helpers.words.glossary import codes, label
from custseg_helpers.words.text import T, UserError, listed

WHY = {
    "no_consent": T(zh="没有同意联系", en="did not agree to be contacted"),
    "leave_out": T(zh="策略手册说不联系（leave_out_if）", en="left out by the playbook (leave_out_if)"),
    "control": T(zh="在长期对照组里", en="in the permanent control group"),
}
"""Why a customer of the audience is not planned for, in the order in which it is asked."""


RULE = "--rule"


@dataclass(frozen=True)
class Audience:
    """The customers a campaign plans for, and how many were left out for which reason."""

    customers: pd.DataFrame
    wanted: int
    left_out: dict[str, int]


def chosen(
    customers: pd.DataFrame, tiers: Sequence[str], tags: Sequence[str], rule: str | None = None
) -> pd.Series:
    """Tell who is in one of the tiers (of any grouping), has one of the tags and meets the rule; none named: everybody.

    Args:
        customers: what a run makes, one row a customer, with tiers and tags.
        tiers: codes or names of groups, such as `at_risk` or 有流失风险.
        tags: codes of tags of the catalogue.
        rule: a rule in the language of tags, such as `recency_days > 90 and frequency >= 3`.

    Raises:
        UserError: nobody can be in such a group, because there is none of that name; it lists those there are. Or the
            rule cannot be read; it says where.
    """
    inside = pd.Series(True, index=customers.index)
    if tiers:
        groupings = [name for name in TIERS if name in customers]
        present = {str(code) for name in groupings for code in customers[name].dropna().unique()}
        wanted = {_code(tier, present) for tier in tiers}
        inside &= customers[groupings].astype("str").isin(wanted).any(axis=1)
    if tags:
        present = {str(name) for name in customers if customers[name].dtype == bool}
        columns = [_code(tag, present) for tag in tags]
        inside &= customers[columns].any(axis=1)
    if rule:
        read = {RULE: parse_rule(rule, column_kinds(customers), tag=RULE)}
        inside &= evaluate(read, customers)[RULE].astype("boolean").fillna(False).astype(bool)
    return inside


def _code(name: str, present: set[str]) -> str:
    code = name if name in present else codes().get(name, "")
    if code not in present:
        known = listed(f"{label(one)} ({one})" for one in sorted(present))
        raise UserError(
            T(
                zh="没有叫“{n}”的分组或标签。这批客户里有：{k}。",
                en="There is no group or tag called “{n}”. Among these customers there are: {k}.",
            ).format(n=name, k=known or "—")
        )
    return code


def may_contact(reach: pd.DataFrame, mapping: OwnData, ids: pd.Index) -> pd.Series | None:
    """Tell who agreed to be contacted; None where the file of customers has no column that says so.

    Raises:
        UserError: there is a column `consent` and nobody has said which of its values mean yes or no.
    """
    if "consent" not in reach:
        return None
    assert mapping.customers
    agreed, refused = (set(values) for values in (mapping.customers.agreed, mapping.customers.refused))
    said = reach["consent"].reindex(ids)
    if not agreed and not refused:
        values = reach["consent"].fillna("").value_counts()
        shown = listed(f"“{value}” {count:,}" for value, count in values.head(8).items())
        raise UserError(
            T(
                zh='“{c}”列里哪些值表示同意联系？有：{v}。请在 company.toml 的 [customers] 里写 agreed = ["…"]，或写不要联系的 refused = ["…"]。',
                en='Which values of column “{c}” mean yes? There are: {v}. Write agreed = ["…"] under [customers] of company.toml, or those that mean no as refused = ["…"].',
            ).format(c=mapping.customers.columns["consent"], v=shown)
        )
    return said.isin(agreed) if agreed else ~said.isin(refused)


def audience(
    customers: pd.DataFrame,
    inside: pd.Series,
    *,
    agreed: pd.Series | None,
    leave_out: pd.Series,
    control: pd.Series,
) -> Audience:
    """Take out of the chosen customers whoever must not be contacted; each counts for the first reason that holds."""
    kept, left_out = inside.copy(), {}
    holds = {
        "no_consent": ~agreed if agreed is not None else pd.Series(False, index=customers.index),
        "leave_out": leave_out,
        "control": control,
    }
    for why in WHY:
        out = kept & holds[why].reindex(customers.index, fill_value=False).astype(bool)
        left_out[why] = int(out.sum())
        kept &= ~out
    return Audience(customers[kept], int(inside.sum()), left_out)

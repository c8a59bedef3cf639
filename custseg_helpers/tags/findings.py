"""The catalogue check: which tags are duplicate, dead, overlapping, stale, nobody's, sensitive or of no use."""

from collections.abc import Iterator, Mapping
from datetime import timedelta
from itertools import combinations
from typing import NamedTuple

import pandas as pd

from custseg_helpers.company.schema import FIELDS
from custseg_helpers.facts.shares import need_share
from custseg_helpers.tags.apply import apply_tags, read_rules, tag_coverage, tag_overlap
from custseg_helpers.tags.catalogue import Catalogue, Tag
from custseg_helpers.tags.evaluate import evaluate
from custseg_helpers.tags.rules import Rule
from custseg_helpers.words.text import LANGUAGES, T

SERIOUS, WARNING, NOTICE = "serious", "warning", "notice"

FINDINGS: dict[str, tuple[str, str, str]] = {
    "not_computed": (
        SERIOUS,
        "算不出来：没有“{about}”。补上这一列，或停用此标签",
        "cannot be computed: there is no “{about}”. Add the column or retire the tag",
    ),
    "duplicate_tag": (
        SERIOUS,
        "与“{about}”是同一批客户。留一个，停用另一个",
        "holds the same customers as “{about}”. Keep one, retire the other",
    ),
    "under_declared": (
        SERIOUS,
        "用到个人信息“{about}”，敏感级别却低于 personal。请提高级别",
        "uses the personal column “{about}” but is declared below personal. Raise its sensitivity",
    ),
    "expired_tag": (
        SERIOUS,
        "已于 {about} 到期。复核后延期，或停用",
        "expired on {about}. Review and extend it, or retire it",
    ),
    "stale_tag": (
        WARNING,
        "应在 {about} 前刷新。重新采集，刷新前不要据此做决定",
        "was due for refresh by {about}. Collect it anew before deciding by it",
    ),
    "dead_tag": (
        WARNING,
        "没有客户有它。检查门槛和数据来源，或停用",
        "no customer has it. Check its threshold and its source, or retire it",
    ),
    "universal_tag": (
        WARNING,
        "所有客户都有它，区分不了谁。收紧门槛，或停用",
        "every customer has it, so it tells nobody apart. Tighten it or retire it",
    ),
    "undecided_tag": (
        WARNING,
        "{share:.0%} 的客户因缺少数据而无法判断。先补数据，别把“未知”当成“否”",
        "undecided for {share:.0%} of the customers for want of data. Complete it; unknown is not no",
    ),
    "overlapping_tag": (
        WARNING,
        "与“{about}”重叠 {share:.0%}。合并，或把两者的定义拉开",
        "overlaps “{about}” by {share:.0%}. Merge the two or part their definitions",
    ),
    "same_name": (
        WARNING,
        "与“{about}”同名。改一个名字，免得用错",
        "has the same name as “{about}”. Rename one, so that nobody takes the wrong one",
    ),
    "no_owner": (
        WARNING,
        "没有负责人。指定一个岗位来维护",
        "has no owner. Name the role that looks after it",
    ),
    "private": (
        WARNING,
        "属敏感个人信息。须有单独同意和明确目的，报告里不得出现个人取值",
        "is sensitive personal information. It needs separate consent and a purpose; show no person's value",
    ),
    "personal": (
        NOTICE,
        "属个人信息。导出前脱敏，只给需要的人看",
        "is personal information. Mask it in exports and show it only to those who need it",
    ),
    "no_action": (
        NOTICE,
        "没有写用途。写出拿它做什么；写不出，就不必维护",
        "has no action. Write what to do with it; if there is nothing, stop keeping it",
    ),
    "no_refresh": (
        NOTICE,
        "没有刷新周期。写上 refresh_days",
        "has no refresh period. Write refresh_days",
    ),
}
"""Each finding's severity and its advice in Chinese and English, worst first."""

PERSONAL = frozenset(field.name for field in FIELDS if field.sensitivity == "personal")
"""Columns of the standard tables that say something about a person."""


class Finding(NamedTuple):
    """One thing to put right: `about` is the second tag, the column or the date it is about."""

    tag: str
    finding: str
    about: str = ""
    share: float | None = None


def check_catalogue(
    catalogue: Catalogue,
    table: pd.DataFrame,
    as_of: pd.Timestamp,
    *,
    overlap_from: float = 0.8,
    undecided_from: float = 0.2,
) -> pd.DataFrame:
    """Return one row a finding: `severity`, `tag`, `name`, `finding`, `about`, `share`, `advice`; worst first.

    `share` is a share of customers, for two tags their overlap (Jaccard). Severity and finding are glossary codes;
    name and advice are in the current language. A tag whose column the table lacks is a finding here, not an
    error; a rule that cannot be read still is one.

    >>> from custseg_helpers.tags.catalogue import parse_catalogue
    >>> vip = parse_catalogue('''
    ... - {code: vip, name_zh: 贵宾, name_en: vip, family: value, type: rule, rule: monetary > 1e9,
    ...    definition_zh: 大客户, definition_en: big spender, sensitivity: internal, owner: CRM}''')
    >>> table = pd.DataFrame({"monetary": [5.0, 7.0]}, index=["C1", "C2"])
    >>> check_catalogue(vip, table, pd.Timestamp("2025-06-30"))["finding"].tolist()
    ['dead_tag', 'no_action', 'no_refresh']
    """
    need_share("overlap_from", overlap_from)
    need_share("undecided_from", undecided_from)
    tagged = apply_tags(catalogue, table, skip_unknown=True)
    table = table.loc[tagged.index]
    rules, not_computed = read_rules(catalogue, table, skip_unknown=True)
    findings = [Finding(tag, "not_computed", name) for tag, name in not_computed.items()]
    for tag in catalogue.values():
        findings += _about_text(tag, as_of)
    for code, rule in rules.items():
        personal = sorted(PERSONAL & rule.columns)
        if personal and catalogue[code].sensitivity in ("public", "internal"):
            findings.append(Finding(code, "under_declared", personal[0]))
    findings += _about_names(catalogue)
    if len(tagged):
        findings += _about_customers(rules, table, tagged, undecided_from)
        findings += _about_pairs(rules, tagged, overlap_from)
    return _as_table(findings, catalogue)


def _about_text(tag: Tag, as_of: pd.Timestamp) -> Iterator[Finding]:
    """What the catalogue itself says, without any data."""
    today = as_of.date()
    due = tag.refreshed + timedelta(tag.refresh_days) if tag.refreshed and tag.refresh_days else None
    if tag.expires and tag.expires < today:
        yield Finding(tag.code, "expired_tag", tag.expires.isoformat())
    if due and due < today:
        yield Finding(tag.code, "stale_tag", due.isoformat())
    if not tag.refresh_days:
        yield Finding(tag.code, "no_refresh")
    if not tag.owner:
        yield Finding(tag.code, "no_owner")
    if not tag.action:
        yield Finding(tag.code, "no_action")
    if tag.sensitivity in ("personal", "private"):
        yield Finding(tag.code, tag.sensitivity)


def _about_names(catalogue: Catalogue) -> Iterator[Finding]:
    for one, two in combinations(catalogue.values(), 2):
        if any(one.name.within(code).lower() == two.name.within(code).lower() for code in LANGUAGES):
            yield Finding(two.code, "same_name", one.code)


def _about_customers(
    rules: Mapping[str, Rule], table: pd.DataFrame, tagged: pd.DataFrame, undecided_from: float
) -> Iterator[Finding]:
    coverage = tag_coverage(tagged)
    surely_not = evaluate(
        {tag: rule for tag, rule in rules.items() if rule.column is None}, table, surely_not=True
    )
    for tag, share in coverage["share"].items():
        if share == 0:
            yield Finding(tag, "dead_tag", share=share)
        if tag in surely_not:
            undecided = 1 - share - surely_not[tag].mean()
            if share == 1:
                yield Finding(tag, "universal_tag", share=share)
            if undecided >= undecided_from:
                yield Finding(tag, "undecided_tag", share=undecided)


def _about_pairs(rules: Mapping[str, Rule], tagged: pd.DataFrame, overlap_from: float) -> Iterator[Finding]:
    """Two tags with one rule are duplicates; so are two with the same customers, unless these are all or none."""
    overlap = tag_overlap(tagged)
    varied = {tag for tag in overlap if not tagged[tag].all()}
    for one, two in combinations(rules, 2):
        a, b = rules[one], rules[two]
        alike = overlap.at[one, two] if {one, two} <= varied else 0.0
        same_rule = (a.column, a.yes) == (b.column, b.yes) != (None, ("never",))
        if same_rule or alike == 1:
            yield Finding(two, "duplicate_tag", one, 1.0)
        elif alike >= overlap_from:
            yield Finding(two, "overlapping_tag", one, alike)


def _as_table(findings: list[Finding], catalogue: Catalogue) -> pd.DataFrame:
    order = {code: place for place, code in enumerate(FINDINGS)}
    tags = {code: place for place, code in enumerate(catalogue)}
    rows = []
    for found in sorted(findings, key=lambda f: (order[f.finding], tags[f.tag], f.about)):
        severity, zh, en = FINDINGS[found.finding]
        advice = T(zh=zh, en=en).format(about=found.about, share=found.share)
        name = str(catalogue[found.tag].name)
        rows.append((severity, found.tag, name, found.finding, found.about, found.share, str(advice)))
    columns = ["severity", "tag", "name", "finding", "about", "share", "advice"]
    return pd.DataFrame(rows, columns=columns).astype({"share": float})

"""A result that may be passed on: groups only, nothing from which a small group could be worked out, and what was left out."""

import json
import platform
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
from markupsafe import Markup

from custseg_helpers import __version__
from custseg_helpers.action.playbook import playbook_table
from custseg_helpers.files.folder import MANIFEST, sha256, write_csv
from custseg_helpers.files.page import html_figure, html_list, page
from custseg_helpers.files.tables import html_table
from custseg_helpers.governance.disclosure import P
from custseg_helpers.results.html_parts import FORMATS, cards, paragraph
from custseg_helpers.results.released import Released, release
from custseg_helpers.results.result import Result
from custseg_helpers.results.tagging import tag_names
from custseg_helpers.results.wording import fixed
from custseg_helpers.tiers.persona import profile
from custseg_helpers.words.glossary import labelled, term
from custseg_helpers.words.text import T


def left_out(k: int) -> list[T]:
    """Say what a result that may be shared does not hold."""
    return [
        T(zh="每一位客户的行、联系名单、读不懂的值、人工调整，以及下次比较所需的文件", en="rows of single customers, the contact list, unreadable values, overrides, and what the next run compares with"),
        T(zh="输入文件的名字与校验值、由这批客户算出来的分界点（它就是某一位客户的数）、逐行的检查结果", en="names and hashes of the input files, cut points computed from these customers (each is the figure of one of them), what was said about rows"),
        T(zh="不足 {k} 位客户的格子，以及同一份结果里能倒推出它们的格子（显示为空）；“与上次相比”里的 0 也算", en="cells of fewer than {k} customers, and cells of the same result from which they could be worked out (left blank); a 0 counts as such among the moves").format(k=k),
        T(zh="一位客户占了大头、别人能估到误差不到 {p:.0%} 的金额，以及能倒推出它们的金额", en="money of which one customer makes up so much that another could estimate it to within {p:.0%}, and money from which that could be worked out").format(p=P),
        T(zh="逐个客户画出来的图、RFM 热力图、聚类图", en="figures that draw single customers, the RFM heat map, pictures of clusters"),
        T(zh="客户画像里按类别的占比（只留平均数）；策略手册里的人数与金额", en="shares by category on persona cards (averages stay); customers and money of the playbook"),
    ]  # fmt: skip


ONE_BY_ONE = T(
    zh="这里防的是只拿到这一份结果的人。同一批客户的两份结果（换了日期、-k 或口径）放在一起，可能推出单看哪一份都推不出的东西：不要发两份给同一个人。",
    en="This holds against somebody who has this one result. Two results of the same customers (another date, another -k, other definitions) may tell together what neither tells alone: do not give the same people two.",
)


def write(folder: Path, result: Result) -> None:
    """Write the tables of groups, a report that may be passed on, and a manifest."""
    released = release(result)
    for tier, table in released.groups.items():
        name = "segments" if tier == "segment" else tier
        shown = table.rename_axis(tier).round({"share": 3, "value_share": 3})
        write_csv(labelled(shown.reset_index()), folder / f"{name}.csv")
    (folder / "report.html").write_text(report(result, released), encoding="utf-8", newline="\n")
    text = json.dumps(manifest(folder, result, released), ensure_ascii=False, indent=2)
    (folder / MANIFEST).write_text(text + "\n", encoding="utf-8", newline="\n")


def report(result: Result, released: Released) -> str:
    """Return the report that may be passed on, as one HTML page."""
    from custseg_helpers.plots.value import group_shares

    k, own = result.choices.k, result.own
    money = f",.{released.decimals}f"
    formats = FORMATS | {"value": money, "mean_value": money}
    parts = [
        (
            T(zh="可以分享的版本：不含什么", en="A version to share: what it leaves out"),
            html_list([*left_out(k), *released.given_up]) + paragraph(ONE_BY_ONE),
        ),
        (T(zh="数据", en="The data"), html_list(_in_all(result, released))),
    ]
    if released.moves is not None:
        parts.append(
            (
                T(zh="与上次相比（客户数）", en="Since the last run (customers)"),
                html_table(released.moves, dict.fromkeys(released.moves, ",d")),
            )
        )
    for tier, table in released.groups.items():
        drawn = table[table["value"].notna()].astype({"customers": float})
        figure = html_figure(group_shares(drawn)._repr_png_(), term(tier)) if len(drawn) else Markup()  # type: ignore[attr-defined]
        parts.append((term(tier), figure + html_table(table.rename_axis(tier), formats)))
    tags = released.tags.rename(index=tag_names(result.tagged.catalogue))
    parts.append((T(zh="标签", en="Tags"), html_table(tags, FORMATS)))
    parts.append((T(zh="客户画像", en="Personas"), _personas(result, released)))
    plays = playbook_table(result.playbook, result.customers["segment"])[["goal", "offer", "channel"]]
    parts.append((T(zh="策略手册", en="Playbook"), html_table(plays)))
    if said := fixed(result):
        parts.append((T(zh="方案定的门槛", en="Thresholds of the scheme"), html_list(said)))
    title = T(zh="客户分群报告（可分享）：{n}", en="Customer segments, to share: {n}").format(
        n=own.company.title
    )
    lead = T(zh="快照日 {d}，金额单位 {c}。{s}", en="Snapshot {d}, money in {c}. {s}").format(
        d=f"{own.company.as_of:%Y-%m-%d}", c=own.mapping.currency, s=result.standing.text
    )
    return page("results/templates/parts.html.jinja", title=title, lead=lead, parts=parts)


def _in_all(result: Result, released: Released) -> list[T]:
    """Say how many customers there are and what they bring together."""
    said = [T(zh="{n:,} 位客户。", en="{n:,} customers.").format(n=released.customers)]
    if not pd.isna(released.net):
        said.append(
            T(zh="净消费额 {v}（{c}）。", en="Net sales {v} ({c}).").format(
                v=f"{released.net:,.{released.decimals}f}", c=result.own.mapping.currency
            )
        )
    return said


def _personas(result: Result, released: Released) -> Markup:
    """Cards of the segments that are shown with their money, by averages only; the others are none of "other customers"."""
    segments = released.groups.get("segment")
    if segments is None or not released.measures:
        return paragraph(T(zh="没有足够大的分群。", en="No segment is large enough."))
    shown = segments.index[segments["value"].notna()]
    inside = result.customers[result.customers["segment"].isin(shown)]
    among = profile(inside[list(released.measures)], inside["segment"], at_least=result.choices.k)
    sizes = segments.loc[shown].astype({"customers": int, "share": float})
    return cards(replace(among, sizes=sizes)).text


def manifest(folder: Path, result: Result, released: Released) -> dict[str, Any]:
    """Return what was made with what; it holds no name or hash of an input, and no number that the report leaves out."""
    scheme = result.scheme
    return {
        "made_by": "custseg run",
        "shareable": True,
        "k": result.choices.k,
        "company": result.own.company.name,
        "as_of": f"{result.own.company.as_of:%Y-%m-%d}",
        "currency": result.own.mapping.currency,
        "scheme": {
            "standing": result.standing.code,
            "text": result.standing.text.within("en"),
            **({"name": scheme.name, "version": scheme.version} if scheme else {}),
        },
        "thresholds": scheme.thresholds if scheme else {},
        "since": {"as_of": f"{result.before.as_of:%Y-%m-%d}"} if result.before else None,
        "versions": {"custseg": __version__, "python": platform.python_version()},
        "customers": released.customers,
        "groups": {
            tier: {group: None if pd.isna(n) else int(n) for group, n in table["customers"].items()}
            for tier, table in released.groups.items()
        },
        "left_out": [
            text.within("en") for text in (*left_out(result.choices.k), *released.given_up, ONE_BY_ONE)
        ],
        "outputs": {file.name: sha256(file) for file in sorted(folder.iterdir())},
    }

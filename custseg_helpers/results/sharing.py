"""A result that may be passed on: groups only, no group of fewer than k customers, and a list of what was left out."""

from pathlib import Path

import pandas as pd
from markupsafe import Markup

from custseg_helpers.action.playbook import playbook_table
from custseg_helpers.files.folder import write_csv
from custseg_helpers.files.page import html_figure, html_list, page
from custseg_helpers.files.tables import html_table
from custseg_helpers.governance.privacy import TOTAL, suppress_small_cells
from custseg_helpers.results.acting import MEASURES
from custseg_helpers.results.html_parts import FORMATS, cards, paragraph
from custseg_helpers.results.last_run import moves
from custseg_helpers.results.result import Result
from custseg_helpers.results.tagging import tag_names
from custseg_helpers.results.wording import came_in, decided, warnings
from custseg_helpers.tiers.persona import profile
from custseg_helpers.words.glossary import labelled, term
from custseg_helpers.words.text import T


def left_out(k: int) -> list[T]:
    """Say what a result that may be shared does not hold."""
    return [
        T(zh="每一位客户的行、联系名单、读不懂的值、人工调整，以及下次比较所需的文件", en="rows of single customers, the contact list, unreadable values, overrides, and what the next run compares with"),
        T(zh="不足 {k} 位客户的格子，以及能倒推出它们的格子（显示为空）", en="cells of fewer than {k} customers, and cells from which they could be worked out (left blank)").format(k=k),
        T(zh="逐个客户画出来的图、RFM 热力图、聚类图", en="figures that draw single customers, the RFM heat map, pictures of clusters"),
        T(zh="客户画像里按类别的占比（只留平均数）；策略手册里的人数与金额", en="shares by category on persona cards (averages stay); customers and money of the playbook"),
    ]  # fmt: skip


def hidden(groups: pd.DataFrame, k: int) -> pd.DataFrame:
    """Return a table of groups with the small ones blank, and those from which they could be worked out.

    >>> table = pd.DataFrame({"customers": [3, 40, 60, 50], "value": [9.0, 8.0, 7.0, 6.0]}, index=list("abcd"))
    >>> hidden(table, 10)["value"].tolist()
    [nan, nan, 7.0, 6.0]
    """
    shown = suppress_small_cells(groups[["customers"]].rename(index=str), k)["customers"].drop(TOTAL)
    known = shown.notna().to_numpy()
    table = groups[known].reindex(groups.index)
    table["customers"] = shown.to_numpy()
    return table


def counts(customers: pd.Series, k: int) -> dict[str, int | None]:
    """Return the customers of each group, None where they are hidden."""
    shown = hidden(customers.to_frame("customers"), k)["customers"]
    return {str(code): None if pd.isna(n) else int(n) for code, n in shown.items()}


def write(folder: Path, result: Result) -> None:
    """Write the tables of groups and a report that may be passed on."""
    k = result.choices.k
    tables = {tier: hidden(groups, k).rename_axis(tier) for tier, groups in result.tagged.groups.items()}
    for tier, table in tables.items():
        name = "segments" if tier == "segment" else tier
        write_csv(labelled(table.round(4).reset_index()), folder / f"{name}.csv")
    (folder / "report.html").write_text(report(result, tables), encoding="utf-8", newline="\n")


def report(result: Result, tables: dict[str, pd.DataFrame]) -> str:
    """Return the report that may be passed on, as one HTML page."""
    from custseg_helpers.plots.value import group_shares

    k, own = result.choices.k, result.own
    parts = [
        (
            T(zh="可以分享的版本：不含什么", en="A version to share: what it leaves out"),
            html_list(left_out(k)),
        ),
        (T(zh="数据", en="The data"), html_list([*came_in(own), *warnings(own)])),
    ]
    if result.before:
        matrix, _ = moves(result.before, result.customers, "segment")
        shown = suppress_small_cells(matrix, k).rename_axis("before")
        parts.append(
            (
                T(zh="与上次相比（客户数）", en="Since the last run (customers)"),
                html_table(shown, dict.fromkeys(shown, ",d")),
            )
        )
    for tier, table in tables.items():
        drawn = group_shares(table[table["customers"].notna()])._repr_png_()  # type: ignore[attr-defined]
        parts.append((term(tier), html_figure(drawn, term(tier)) + html_table(table, FORMATS)))
    parts.append((T(zh="标签", en="Tags"), html_table(tag_table(result), FORMATS)))
    parts.append((T(zh="客户画像", en="Personas"), _personas(result, tables["segment"])))
    plays = playbook_table(result.playbook, result.customers["segment"])[["goal", "offer", "channel"]]
    parts.append((T(zh="策略手册", en="Playbook"), html_table(plays)))
    parts.append(
        (
            T(zh="数据能支持什么", en="What the data can carry"),
            html_list(list(result.tagged.tiers.verdicts.values())),
        )
    )
    parts.append((T(zh="约定与门槛", en="Decisions and thresholds"), html_list(decided(result))))
    title = T(zh="客户分群报告（可分享）：{n}", en="Customer segments, to share: {n}").format(
        n=own.company.title
    )
    lead = T(zh="快照日 {d}，金额单位 {c}。{s}", en="Snapshot {d}, money in {c}. {s}").format(
        d=f"{own.company.as_of:%Y-%m-%d}", c=own.mapping.currency, s=result.standing.text
    )
    return page("results/templates/parts.html.jinja", title=title, lead=lead, parts=parts)


def tag_table(result: Result) -> pd.DataFrame:
    """Return how many customers have each tag, blank where few have it, or few have it not."""
    k, table, total = result.choices.k, result.tagged.tags, len(result.customers)
    with_tag = table["customers"]
    safe = ((with_tag == 0) | (with_tag >= k)) & ((with_tag == total) | (total - with_tag >= k))
    return table[safe].reindex(table.index).rename(index=tag_names(result.tagged.catalogue))


def _personas(result: Result, segments: pd.DataFrame) -> Markup:
    """Cards of the segments that are shown, by averages only."""
    customers, k = result.customers, result.choices.k
    shown = segments.index[segments["customers"].notna() & (segments["customers"] >= k)]
    inside = customers[customers["segment"].isin(shown)]
    measures = [name for name in MEASURES if name in inside and inside[name].nunique() > 1]
    if inside.empty:
        return paragraph(T(zh="没有足够大的分群。", en="No segment is large enough."))
    return cards(profile(inside[measures], inside["segment"], inside["monetary"], at_least=k)).text

"""What is wrong in the files, row and column, what it costs, and how accurate the data are."""

from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pandas as pd

from custseg_helpers.audit import faults
from custseg_helpers.audit.faults import FAULTS
from custseg_helpers.audit.remarks import lacking, said_of_skipped, said_of_tables
from custseg_helpers.audit.table_audit import COLUMNS, check_table
from custseg_helpers.company.schema import TABLES
from custseg_helpers.files.folder import MANIFEST, whole_folder, write_csv
from custseg_helpers.files.page import PARTS, html_list, page
from custseg_helpers.files.tables import html_table
from custseg_helpers.governance.personal import masked_value
from custseg_helpers.mapping.cells import pick, read_fields, skipped
from custseg_helpers.mapping.keys import OwnData
from custseg_helpers.mapping.own_company import open_source
from custseg_helpers.words.glossary import headed, label, term
from custseg_helpers.words.text import T, listed

SHOWN = 300
"""Bad rows shown in the report; the CSV holds all."""

NAMES = {
    "severity": T(zh="严重程度", en="severity"),
    "table": T(zh="表", en="table"),
    "file": T(zh="文件", en="file"),
    "row": T(zh="行号", en="row"),
    "column": T(zh="列", en="column"),
    "value": T(zh="写的是", en="written"),
    "what": T(zh="问题", en="problem"),
    "rows": T(zh="行数", en="rows"),
    "money": T(zh="涉及金额", en="money concerned"),
    "example": T(zh="例如", en="for example"),
    "advice": T(zh="建议", en="advice"),
}


@dataclass(frozen=True)
class Audited:
    """What an audit found."""

    findings: pd.DataFrame
    """one row a finding: table, file, row, column, its field, kind, severity, value as written, money of an order line"""
    rows: dict[str, int]
    """rows with any content, by table; without those that the mapping leaves out"""
    notes: tuple[T, ...]
    remarks: tuple[T, ...] = ()
    """what concerns a whole table: what is not mapped, what a register does not cover, ids that are nobody's"""
    lacking: tuple[str, ...] = ()
    """fields without which no row of the orders can be used, and that are not mapped"""

    @property
    def accuracy(self) -> float:
        """The data accuracy rate: rows without a serious finding or a warning / rows with content.

        Without customers or money mapped no row can be used, and the rate is 0.
        """
        if self.lacking:
            return 0.0
        wrong = self.findings[self.findings["severity"] != faults.NOTICE]
        bad = wrong[["table", "file", "row"]].drop_duplicates()
        return 1 - len(bad) / max(sum(self.rows.values()), 1)

    @property
    def cost(self) -> pd.DataFrame:
        """What leaving these rows out would cost: rows and money by table, column and kind, worst first, and one row to look at."""
        table = self.findings.assign(
            order=self.findings["severity"].map({"serious": 0, "warning": 1, "notice": 2}),
            place=self.findings["file"] + ":" + self.findings["row"].astype(str),
        )
        by_kind = table.groupby(["order", "severity", "table", "column", "kind"], sort=True)
        cost = by_kind.agg(
            rows=("place", "nunique"),
            money=("money", partial(pd.Series.sum, min_count=1)),
            example=("place", "first"),
        ).reset_index()
        cost = cost.sort_values(["order", "rows", "table", "kind"], ascending=[True, False, True, True])
        return cost.drop(columns="order").reset_index(drop=True)


def audit(own: OwnData) -> Audited:
    """Check every mapped file; nothing is changed, and nothing but the files is looked at."""
    assert own.orders, "facts alone cannot be audited: this says so"
    cells, lines, unread, sheets = {}, {}, {}, {}
    notes: list[T] = []
    remarks: list[T] = []
    for table, source in own.sources.items():
        sheet = open_source(source)
        notes += sheet.notes
        frame = pick(sheet, source)
        left_out = skipped(frame, source)
        remarks += said_of_skipped(source, int(left_out.sum()))
        cells[table], sheets[table] = sheet.frame[~left_out], sheet
        lines[table], unread[table] = read_fields(frame[~left_out], source, own.time_zone, sheet)
    remarks += said_of_tables(own, lines)
    found = [check_table(own, table, cells[table], lines, unread[table]) for table in own.sources]
    rows = {table: int(frame.notna().any(axis=1).sum()) for table, frame in cells.items()}
    findings = pd.concat(found, ignore_index=True)
    worst_first = findings.assign(order=findings["severity"].map(faults.ORDER))
    findings = worst_first.sort_values(["order", "table", "row"], kind="stable", ignore_index=True)[COLUMNS]
    for table in (name for name, sheet in sheets.items() if sheet.parts):
        here = findings["table"] == table
        findings.loc[here, ["file", "row"]] = sheets[table].located(findings.loc[here, "row"])
    return Audited(findings, rows, tuple(notes), tuple(remarks), lacking(lines["orders"]))


def shown(table: pd.DataFrame) -> pd.DataFrame:
    """Return findings in words: what it is, and what to do about it; the values of persons are masked."""
    if "value" in table:
        table = table.assign(
            value=[_written(*pair) for pair in zip(table["field"], table["value"], strict=True)]
        )
    words = table.assign(
        what=[str(FAULTS[kind][1]) for kind in table["kind"]],
        advice=[str(FAULTS[kind][2]) for kind in table["kind"]],
        severity=[label(code) for code in table["severity"]],
        table=[str(TABLES[name]) for name in table["table"]],
    ).drop(columns="kind")
    order = [name for name in NAMES if name in words]
    return headed(words[order], NAMES)


def _written(field: str, value: object) -> object:
    return masked_value(field, value) if isinstance(value, str) else value


def write(own: OwnData, found: Audited, out: Path) -> T:
    """Write `audit.html`, `bad_rows.csv` and `cost.csv` into a folder, whole or not at all; return where they are."""
    with whole_folder(out, private=True) as draft:
        write_csv(shown(found.findings), draft / "bad_rows.csv")
        write_csv(shown(found.cost), draft / "cost.csv")
        (draft / "audit.html").write_text(report(own, found), encoding="utf-8", newline="\n")
        (draft / MANIFEST).write_text('{"made_by": "custseg audit"}\n', encoding="utf-8")
    return T(
        zh="结果在“{o}”：audit.html 给人看，bad_rows.csv 退回部门改。",
        en="The results are in “{o}”: audit.html to read, bad_rows.csv to send back.",
    ).format(o=out)


def headline(found: Audited) -> str:
    """Say in one sentence how accurate the data are."""
    if found.lacking:
        return str(
            T(
                zh="{n:,} 行数据，{f:,} 处问题，数据准确率 0%：没有映射 {l}，没有一行能用来分层。",
                en="{n:,} rows, {f:,} findings, data accuracy rate 0%: {l} is not mapped, so that no row can be used.",
            ).format(n=sum(found.rows.values()), f=len(found.findings), l=listed(map(term, found.lacking)))
        )
    return str(
        T(
            zh="{n:,} 行数据，{f:,} 处问题，数据准确率 {a:.1%}（没有严重问题和警告的行所占比例）。",
            en="{n:,} rows, {f:,} findings, data accuracy rate {a:.1%} (rows without a serious finding or a warning).",
        ).format(n=sum(found.rows.values()), f=len(found.findings), a=found.accuracy)
    )


def report(own: OwnData, found: Audited) -> str:
    """Return the audit as one HTML page."""
    title = T(zh="数据审计：{n}", en="Data audit: {n}").format(n=own.name)
    bad = shown(found.findings.head(SHOWN).fillna({"value": "–"}))
    cost = shown(found.cost)
    parts = [
        (T(zh="问题与代价", en="Problems and their cost"), html_table(cost, {str(NAMES["money"]): ",.2f"}, codes=False)),
        (
            T(zh="逐行（前 {n} 处，全部见 bad_rows.csv）", en="Row by row (first {n}; all in bad_rows.csv)").format(n=SHOWN),
            html_table(bad, {str(NAMES["row"]): "d", str(NAMES["money"]): ",.2f"}, codes=False),
        ),
    ]  # fmt: skip
    if found.remarks:
        parts.insert(0, (T(zh="先看这些", en="Look at these first"), html_list(list(found.remarks))))
    if found.notes:
        parts.append((T(zh="读取说明", en="How the files were read"), html_list(list(found.notes))))
    return page(PARTS, title=title, lead=headline(found), parts=parts)

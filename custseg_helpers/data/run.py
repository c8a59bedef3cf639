"""`custseg run company.toml --out folder`: from a team's own file to tagged customers, a figure, a report.

The folder appears whole or not at all. The same file, mapping and versions give the same tables and report.
"""

import argparse
import json
import platform
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from custseg_helpers import __version__
from custseg_helpers.data.clean import REASONS
from custseg_helpers.data.decisions import decisions
from custseg_helpers.data.export import EXCEL_ROWS, MANIFEST, sha256, whole_folder, write_csv, write_excel
from custseg_helpers.data.intake import add_engine_arguments, inputs, read_company
from custseg_helpers.data.own import Own
from custseg_helpers.data.report import html_figure, html_list, html_table, page
from custseg_helpers.data.schema import TABLES
from custseg_helpers.data.tagging import Tagged, tag_customers
from custseg_helpers.text import T, label, labelled, term

SHARES = {"customers": ",d", "share": ".1%", "value": ",.2f", "value_share": ".1%", "mean_value": ",.2f"}
STEPS = {
    "read": T(zh="读取与清理", en="Reading and cleaning"),
    "tag": T(zh="打标签、分层", en="Tagging and tiering"),
    "draw": T(zh="作图", en="Drawing"),
    "write": T(zh="写出结果", en="Writing"),
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the arguments of `custseg run`."""
    parser.add_argument(
        "company", type=Path, help=str(T(zh="映射文件 company.toml", en="the mapping, company.toml"))
    )
    parser.add_argument(
        "--out", type=Path, help=str(T(zh="输出文件夹，默认 result", en="output folder; default: result"))
    )
    parser.add_argument(
        "--dry-run",
        action="store_true",
        help=str(T(zh="只读取和核对，不写文件", en="read and check, write nothing")),
    )
    add_engine_arguments(parser)


def main(options: argparse.Namespace) -> int:
    """Run `custseg run`."""
    with progress(0 if options.dry_run else len(STEPS)) as step:
        step("read")
        own = read_company(options)
        if not options.dry_run:
            out = options.out or Path("result")
            with whole_folder(out) as draft:
                step("tag")
                tagged = tag_customers(own.company, own.reduced)
                step("draw")
                png = draw(tagged)
                step("write")
                write(draft, own, tagged, png)
    print("\n".join(summary(own, None if options.dry_run else tagged)))
    if not options.dry_run:
        print(
            T(
                zh="结果在“{o}”，先看 report.html。", en="The results are in “{o}”; start with report.html."
            ).format(o=out)
        )
    return 0


@contextmanager
def progress(steps: int) -> Iterator[Any]:
    """Show a progress bar on the terminal (nothing where there is none); calling it names the step that begins."""
    from rich.console import Console
    from rich.progress import Progress

    console = Console(file=sys.stderr)
    with Progress(console=console, transient=True, disable=not (steps and console.is_terminal)) as bar:
        task = bar.add_task("", total=steps)
        begun = iter(range(steps + 1))
        yield lambda name: bar.update(task, completed=next(begun, steps), description=str(STEPS[name]))


def draw(tagged: Tagged) -> bytes:
    """Return the picture of segments and scores as PNG."""
    from custseg_helpers.plots import rfm as plots

    return plots.overview(tagged.facts, tagged.customers, tagged.customers["segment"])._repr_png_()  # type: ignore[attr-defined]


def summary(own: Own, tagged: Tagged | None = None) -> list[str]:
    """Say in a few lines what came in, what was left out, and what came of it."""
    cleaned, counted = own.cleaned, own.cleaned.counted
    said = [
        T(zh="读入 {i:,} 行，计入 {k:,} 行（购买 {b:,}，退货 {r:,}）。", en="{i:,} rows read, {k:,} count ({b:,} bought, {r:,} returned).").format(
            i=counted.rows_in, k=counted.rows_kept, b=counted.bought, r=counted.returned
        )
    ]  # fmt: skip
    said += [T(zh="未计入 {n:,} 行：{why}。", en="{n:,} rows left out: {why}.").format(n=n, why=REASONS[reason]) for reason, n in cleaned.left_out.items()]  # fmt: skip
    if cleaned.unread_count:
        said.append(T(zh="有 {n:,} 个值读不懂，逐个列在 unread.csv。", en="{n:,} values could not be read; unread.csv lists each.").format(n=cleaned.unread_count))  # fmt: skip
    if tagged:
        gross = int(np.floor(tagged.facts["gross"] * 100 + 0.5).sum()) / 100
        net = int(np.floor(tagged.facts["monetary"] * 100 + 0.5).sum()) / 100
        said.append(
            T(
                zh="{c:,} 位客户，{o:,} 张订单，退货前 {g:,.2f}，净额 {n:,.2f}（{m}）。",
                en="{c:,} customers, {o:,} orders, {g:,.2f} before returns, {n:,.2f} net ({m}).",
            ).format(
                c=len(tagged.facts),
                o=int(tagged.facts["frequency"].sum()),
                g=gross,
                n=net,
                m=own.mapping.currency,
            )
        )
    return [str(text) for text in (*said, *warnings(own))]


def warnings(own: Own) -> list[T]:
    """Name what a reader should know before believing the numbers."""
    found = list(own.sheet.notes)
    shared = own.cleaned.counted.shared_orders
    if shared:
        found.append(
            T(
                zh="{n:,} 个单号同时属于几位客户；每位客户各算一单。",
                en="{n:,} order numbers belong to several customers; each customer's part counts as an order.",
            ).format(n=shared)
        )
    if own.company.borrowed:
        names = {
            lang: [getattr(TABLES[table], lang) for table in own.company.borrowed] for lang in ("zh", "en")
        }
        found.append(
            T(
                zh="本公司没有的表从示例公司借用，只供练习，不进入结果：{zh}。",
                en="Tables that this company lacks are borrowed from a sample company for lessons only, never for results: {en}.",
            ).format(zh="、".join(names["zh"]), en=", ".join(names["en"]))
        )
    return found


def write(folder: Path, own: Own, tagged: Tagged, png: bytes) -> None:
    """Write everything a run gives into a folder."""
    tagged.customers.to_parquet(folder / "customers.parquet")
    customers = labelled(tagged.customers.reset_index())
    sheets = {label("customers"): customers}
    for tier, groups in tagged.groups.items():
        rounded = groups.round({"share": 4, "value_share": 4, "mean_value": 2}).rename_axis(tier)
        sheets[label(tier)] = labelled(rounded.reset_index())
    write_csv(customers, folder / "customers.csv")
    write_csv(sheets[label("segment")], folder / "segments.csv")
    if len(customers) <= EXCEL_ROWS:
        write_excel(sheets, folder / "customers.xlsx")
    if own.cleaned.unread_count:
        write_csv(labelled(own.cleaned.unread), folder / "unread.csv")
    (folder / "rfm.png").write_bytes(png)
    (folder / "report.html").write_text(report(own, tagged, png), encoding="utf-8", newline="\n")
    text = json.dumps(manifest(folder, own, tagged), ensure_ascii=False, indent=2)
    (folder / MANIFEST).write_text(text + "\n", encoding="utf-8", newline="\n")


def report(own: Own, tagged: Tagged, png: bytes) -> str:
    """Return the report as one HTML page."""
    title = T(zh="客户分群报告：{n}", en="Customer segments: {n}").format(n=own.company.title)
    lead = T(zh="快照日 {d}，金额单位 {c}", en="Snapshot {d}, money in {c}").format(
        d=f"{own.company.as_of:%Y-%m-%d}", c=own.mapping.currency
    )
    words = str(
        T(
            zh="各分群的客户与金额占比，以及 RFM 热力图",
            en="Segments by share of customers and money; RFM heat map",
        )
    )
    parts = [
        (T(zh="数据", en="The data"), html_list(summary(own, tagged))),
        (T(zh="分群", en="Segments"), html_figure(png, words)),
        *(
            (term(tier), html_table(groups.rename_axis(tier), SHARES))
            for tier, groups in tagged.groups.items()
        ),
        (T(zh="数据能支持什么", en="What the data can carry"), html_list(list(tagged.verdicts.values()))),
    ]
    parts.append((T(zh="约定", en="Decisions"), html_list(decisions(own.mapping))))
    return page(str(title), str(lead), parts)


def manifest(folder: Path, own: Own, tagged: Tagged) -> dict[str, Any]:
    """Return what is needed to get the same result again, and to see that one has it."""
    counted = own.cleaned.counted
    return {
        "company": own.company.name,
        "as_of": f"{own.company.as_of:%Y-%m-%d}",
        "currency": own.mapping.currency,
        "inputs": inputs(own.mapping),
        "reading": own.sheet.about,
        "versions": {
            "custseg": __version__,
            "python": platform.python_version(),
            "pandas": pd.__version__,
            "numpy": np.__version__,
        },
        "decisions": [text.en for text in decisions(own.mapping)],
        "rows_in": counted.rows_in,
        "rows_kept": counted.rows_kept,
        "left_out": own.cleaned.left_out,
        "unread_values": own.cleaned.unread_count,
        "customers": len(tagged.customers),
        "orders": int(tagged.facts["frequency"].sum()),
        "groups": {
            tier: {str(code): int(n) for code, n in groups["customers"].items()}
            for tier, groups in tagged.groups.items()
        },
        "verdicts": {method: text.en for method, text in tagged.verdicts.items()},
        "borrowed": own.company.borrowed,
        "warnings": [text.en for text in warnings(own)],
        "outputs": {file.name: sha256(file) for file in sorted(folder.iterdir())},
    }

"""The files of a result: for people (Excel, CSV, report), for the next run (parquet, models), for whoever checks (manifest)."""

import json
import platform
import shutil
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import pandas as pd

from custseg_helpers import __version__
from custseg_helpers.action.playbook import playbook_table
from custseg_helpers.files.folder import MANIFEST, sha256, write_csv, write_excel
from custseg_helpers.governance.personal import fingerprint, masked_value
from custseg_helpers.governance.scheme import write_scheme
from custseg_helpers.results import report
from custseg_helpers.results.intake import inputs
from custseg_helpers.results.last_run import BEFORE, CUSTOMERS, MODEL, MODEL_BEFORE, moves
from custseg_helpers.results.report_notebook import html, run_cells
from custseg_helpers.results.result import Result
from custseg_helpers.results.tagging import tag_names
from custseg_helpers.results.wording import mapping_decisions, summary
from custseg_helpers.tags.catalogue import __file__ as catalogue_module
from custseg_helpers.tiers.clusters import save_model
from custseg_helpers.words.glossary import label, labelled
from custseg_helpers.words.text import T

LIBRARIES = ("pandas", "numpy", "scipy", "scikit-learn", "pyarrow", "matplotlib")
MONEY = ("monetary", "gross", "returned", "average_order_value", "expected_spend", "clv")
MOST_IN_EXCEL = 50_000
"""With more customers the Excel file holds groups only: rows of customers would take minutes, and nobody scrolls them."""
OWN_CATALOGUE = Path(catalogue_module).with_name("catalogue.yaml")


def write(folder: Path, result: Result) -> None:
    """Write everything a run gives into a folder."""
    if result.choices.shareable:
        from custseg_helpers.results import sharing

        sharing.write(folder, result)
        return
    for_the_next_run(folder, result)
    for_people(folder, result)
    text = json.dumps(manifest(folder, result), ensure_ascii=False, indent=2)
    (folder / MANIFEST).write_text(text + "\n", encoding="utf-8", newline="\n")


def for_the_next_run(folder: Path, result: Result) -> None:
    """Write what a run leaves to the next one, and what the report's notebook draws from."""
    result.customers.to_parquet(folder / CUSTOMERS)
    if result.tagged.tiers.model:
        save_model(result.tagged.tiers.model, folder / MODEL)
    if result.before:
        result.before.tiers.to_parquet(folder / BEFORE)
        if result.before.model:
            (folder / MODEL_BEFORE).write_text(json.dumps(result.before.model) + "\n", encoding="utf-8")
    shutil.copyfile(result.choices.catalogue or OWN_CATALOGUE, folder / "tags.yaml")
    shutil.copyfile(result.playbook_path, folder / "playbook.yaml")
    if result.scheme:
        shutil.copyfile(result.scheme.path, folder / "scheme.toml")
    else:
        name = T(zh="{n} 客户分层", en="{n} customer tiers").format(n=result.own.company.title)
        write_scheme(
            folder / "scheme_draft.toml",
            name=f"{name}",
            version=f"{result.own.company.as_of:%Y.%m.%d}",
            author="custseg run",
            method="custseg run",
            thresholds=result.tagged.tiers.used.to_dict(),
        )


def for_people(folder: Path, result: Result) -> None:
    """Write tables in words, and the report."""
    customers = in_words(result)
    sheets = {"customers": customers, "contact_list": labelled(result.contacts.round(2).reset_index())}
    for tier, groups in result.tagged.groups.items():
        rounded = groups.round({"share": 4, "value_share": 4, "mean_value": 2}).rename_axis(tier)
        sheets[tier] = labelled(rounded.reset_index())
    coverage = result.tagged.tags.round({"share": 4}).rename(index=tag_names(result.tagged.catalogue))
    sheets["tag"] = labelled(coverage.reset_index())
    plays = playbook_table(result.playbook, result.customers["segment"])
    if result.choices.playbook is None:
        plays = plays.drop(columns=["cost_per_contact", "extra_response", "margin_rate"])
    sheets["playbook"] = labelled(plays.reset_index())
    write_csv(customers, folder / "customers.csv")
    write_csv(sheets["contact_list"], folder / "contacts.csv")
    write_csv(sheets["segment"], folder / "segments.csv")
    if result.before:
        matrix, _ = moves(result.before, result.customers, "segment")
        sheets["migration"] = labelled(matrix.reset_index())
        write_csv(sheets["migration"], folder / "migration.csv")
    if len(result.tagged.overrides):
        sheets["overrides"] = labelled(result.tagged.overrides.reset_index())
        write_csv(sheets["overrides"], folder / "overrides.csv")
    if len(customers) > MOST_IN_EXCEL:
        del sheets["customers"], sheets["contact_list"]
    write_excel({label(name): sheet for name, sheet in sheets.items()}, folder / "customers.xlsx")
    if result.own.cleaned.unread_count:
        write_csv(labelled(_masked_unread(result)), folder / "unread.csv")
    book = report.build(result)
    run_cells(book, folder)
    _write_notebook(book, folder / "report.ipynb")
    (folder / "report.html").write_text(html(book, report.title(result)), encoding="utf-8", newline="\n")


def in_words(result: Result) -> pd.DataFrame:
    """Return the customers as people read them: names for columns, codes and tags, yes and no."""
    table = result.customers.reset_index()
    table = table.round({name: 2 if name in MONEY else 4 for name in table.select_dtypes("float")})
    flags = [name for name in table if table[name].dtype == bool]
    table[flags] = table[flags].map(lambda yes: "yes" if yes else "no")
    words = labelled(table)
    tags = tag_names(result.tagged.catalogue)
    taken: set[str] = set()
    names = []
    for code, name in zip(table.columns, words.columns, strict=True):
        name = tags.get(code, name)
        names.append(f"{name} ({code})" if name in taken else name)
        taken.add(names[-1])
    return words.set_axis(names, axis=1)


def _masked_unread(result: Result) -> pd.DataFrame:
    unread = result.own.cleaned.unread
    fields = {
        column: field
        for source in result.own.mapping.sources.values()
        for field, column in source.columns.items()
    }
    return unread.assign(
        value=[
            masked_value(fields.get(column, ""), str(value))
            for column, value in zip(unread["column"], unread["value"], strict=True)
        ]
    )


def _write_notebook(book: Any, file: Path) -> None:
    text = json.dumps(book, ensure_ascii=False, indent=1, sort_keys=True)
    file.write_text(text + "\n", encoding="utf-8", newline="\n")


def manifest(folder: Path, result: Result) -> dict[str, Any]:
    """Return what is needed to get the same result again, and to see that one has it. It holds no value of any person."""
    own, choices, tagged = result.own, result.choices, result.tagged
    counted = own.cleaned.counted
    used = {name: getattr(choices, name) for name in ("scheme", "catalogue", "playbook", "overrides")}
    return {
        "made_by": "custseg run",
        "shareable": False,
        "company": own.company.name,
        "as_of": f"{own.company.as_of:%Y-%m-%d}",
        "currency": own.mapping.currency,
        "inputs": inputs(own.mapping),
        "used": {name: {"file": path.name, "sha256": sha256(path)} for name, path in used.items() if path},
        "scheme": {
            "standing": result.standing.code,
            "text": result.standing.text.within("en"),
            **(
                {"name": result.scheme.name, "version": result.scheme.version, "hash": result.scheme.hash}
                if result.scheme
                else {}
            ),
        },
        "thresholds": tagged.tiers.used.to_dict(),
        "since": {"as_of": f"{result.before.as_of:%Y-%m-%d}"} if result.before else None,
        "pseudonyms": fingerprint(choices.key) if choices.key else None,
        "reading": own.sheet.about,
        "versions": {
            "custseg": __version__,
            "python": platform.python_version(),
            **{name: _version(name) for name in LIBRARIES},
        },
        "decisions": [text.within("en") for text in mapping_decisions(own.mapping)],
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
        "tags_with_findings": {row.tag: row.finding for row in tagged.findings.itertuples()},
        "verdicts": {method: text.within("en") for method, text in tagged.tiers.verdicts.items()},
        "borrowed": own.company.borrowed,
        "warnings": [text.within("en") for text in summary(result)],
        "outputs": {file.name: sha256(file) for file in sorted(folder.iterdir())},
    }


def _version(library: str) -> str:
    try:
        return version(library)
    except PackageNotFoundError:
        return "?"

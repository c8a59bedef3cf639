"""What the people who make contact get: a call list for each rep, and files in the forms that common tools import.

Values stand as they are in the team's file: a phone keeps its `+`, an id its zeros. Names of columns follow the public
documentation of each tool (`FORMS` says which page, as of which day); what no page confirms is marked.
"""

import os
import re
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from custseg_helpers.campaigns.plan import PRIVATE, Plan
from custseg_helpers.files.folder import EXCEL_FONT, excel_book
from custseg_helpers.words.glossary import label
from custseg_helpers.words.text import T

LISTS = "lists"
SEEN = "2026-11-30"
"""The day on which the pages of `FORMS` were read."""


class Form(NamedTuple):
    """How a tool wants a file of customers."""

    needs: tuple[str, ...]
    """one of these is needed of a customer"""
    columns: dict[str, str]
    """column of the file → what stands in it: a field, or `tag`, `yes`"""
    source: str
    confirmed: bool
    """whether a public page of the vendor gives these columns"""


FORMS = {
    "hubspot": Form(
        ("email",),
        {"Email": "email", "Phone number": "phone", "custseg_campaign": "tag"},
        "knowledge.hubspot.com/crm-setup/set-up-your-import-file (last updated 2023-11-03): Email tells contacts apart; custseg_campaign is a property of your own",
        True,
    ),
    "salesforce": Form(
        ("external_id", "email"),
        {"External ID": "external_id", "Email": "email", "Member Status": "status"},
        "help.salesforce.com, What’s Imported for Campaign Members?: members are matched by external id or e-mail; columns are assigned in the Data Import Wizard",
        True,
    ),
    "klaviyo": Form(
        ("email", "phone"),
        {"Email": "email", "Phone Number": "phone", "Campaign": "tag"},
        "help.klaviyo.com/hc/en-us/articles/115005078967: the first column is Email or Phone Number (E.164); Campaign is a property of your own",
        True,
    ),
    "shopify": Form(
        ("email", "phone"),
        {"Email": "email", "Phone": "phone", "Tags": "tag"},
        "help.shopify.com, customer CSV: heads are case-sensitive, the column Email must be there and may be empty; Tags is not confirmed by the page that was read",
        False,
    ),
    "wecom": Form(
        ("external_id",),
        {"external_userid": "external_id", "userid": "rep", "add_tag": "tag"},
        "developer.work.weixin.qq.com/document/path/92697 (2023-12-01): mark_tag takes userid, external_userid and ids of tags, one customer a call; there is no file to upload",
        True,
    ),
    "youzan": Form(
        ("phone",),
        {"手机号": "phone", "标签": "tag"},
        "no public page of 有赞 with the columns of its template was found: compare with the template in your shop",
        False,
    ),
}
"""Tools and the files that they import."""


def write_lists(
    folder: Path, plan: Plan, arms: pd.DataFrame, why: pd.DataFrame, reach: pd.DataFrame
) -> list[T]:
    """Write the lists of a campaign into a draft folder, and say what was written and what not.

    Args:
        folder: the campaign's (draft) folder.
        plan: what was decided.
        arms: who is in which arm, indexed by `customer_id`; only those to be contacted come into any list.
        why: what a caller should know of each customer: a row each, in words.
        reach: from `for_campaigns`.
    """
    people = arms[arms["arm"] == "treatment"].join(reach.drop(columns=["rep"], errors="ignore"))
    people["name_of_rep"] = people["rep"].replace("", str(T(zh="未分配", en="nobody yet")))
    target = folder / LISTS
    target.mkdir()
    _call_lists(target / f"{T(zh='联系名单', en='call lists')}.xlsx", plan, people, why)
    said = [
        T(zh="联系名单：{n:,} 位，按 {r} 位负责人分页。", en="Call lists: {n:,} customers, a sheet for each of {r}.").format(
            n=len(people), r=people["name_of_rep"].nunique()
        )
    ]  # fmt: skip
    plain = people.reset_index()[
        ["customer_id", "tier", "rep", *_present(people, ("phone", "email", "external_id"))]
    ]
    _write(target / "contacts.csv", plain)
    if "consent" not in reach:
        said.append(NO_CONSENT)
        return said
    for tool, form in FORMS.items():
        fields = _present(people, form.needs)
        known = people[people[fields].notna().any(axis=1)] if fields else people.iloc[:0]
        if known.empty:
            continue
        filled = known.assign(tag=f"custseg {plan.name}", status="Planned")
        columns = {
            head: filled[field] if field in filled else pd.Series("", index=filled.index)
            for head, field in form.columns.items()
        }
        _write(target / f"{tool}.csv", pd.DataFrame(columns))
        (target / f"{tool}.source.txt").write_text(f"{form.source}\n{SEEN}\n", encoding="utf-8", newline="\n")
        said.append(_of_tool(tool, form, len(known), len(people)))
    return said


OUTCOME = T(zh="结果（接通／没接通／不要再联系）", en="result (reached / not reached / do not contact again)")
"""The column that callers fill in."""
NO_CONSENT = T(
    zh="客户文件里没有“是否同意联系”一列（consent）：没有写任何营销工具的导入文件。补上这一列，或先逐个确认。",
    en="The file of customers has no column of consent: no file for any marketing tool was written. Add the column, or ask one by one first.",
)


def _of_tool(tool: str, form: Form, known: int, all_: int) -> T:
    said = T(zh="{t}.csv：{n:,} 位", en="{t}.csv: {n:,} customers").format(t=tool, n=known)
    if known < all_:
        said += T(zh="，另 {m:,} 位没有联系方式", en=", {m:,} more cannot be reached that way").format(
            m=all_ - known
        )
    if not form.confirmed:
        said += T(zh="；列名没有公开文件可核对", en="; no public page confirms its columns")
    return said + T(zh="。", en=".")


def _present(table: pd.DataFrame, names: Sequence[str]) -> list[str]:
    return [name for name in names if name in table]


def _write(file: Path, table: pd.DataFrame) -> None:
    """Write values as they are: a tool imports them, no spreadsheet opens them."""
    table.to_csv(file, index=False, encoding="utf-8", lineterminator="\n")
    os.chmod(file, PRIVATE)


def _call_lists(file: Path, plan: Plan, people: pd.DataFrame, why: pd.DataFrame) -> None:
    """Write an Excel book with a sheet for each rep; a text that begins like a formula stays a text."""
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font

    book, taken = excel_book(write_only=True), set[str]()
    shown = people.join(why)
    columns = ["customer_id", *_present(people, ("phone", "email")), *why.columns]
    for rep, rows in shown.groupby("name_of_rep", sort=True):
        sheet = book.create_sheet(_sheet_name(str(rep), taken))
        sheet.freeze_panes = "B2"
        for place, name in enumerate([*columns, "result"]):
            sheet.column_dimensions[chr(ord("A") + place)].width = 44 if name == "script" else 18
        head = [*(label(name) for name in columns), str(OUTCOME)]
        cells = [WriteOnlyCell(sheet, value=text) for text in head]
        for cell in cells:
            cell.font = Font(name=EXCEL_FONT, size=11, bold=True)
        sheet.append(cells)
        for row in rows.reset_index()[columns].astype(object).itertuples(index=False):
            sheet.append([_as_it_is(sheet, value) for value in row])
    book.save(file)
    os.chmod(file, PRIVATE)


def _as_it_is(sheet: object, value: object) -> object:
    from openpyxl.cell import WriteOnlyCell

    if not isinstance(value, str):
        return None if pd.isna(value) else value
    cell = WriteOnlyCell(sheet, value=re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f]", "", value))
    cell.data_type = "s"
    return cell


def _sheet_name(name: str, taken: set[str]) -> str:
    """Return a name that Excel accepts: 31 characters, none of its own signs, each once."""
    plain = re.sub(r"[\[\]:*?/\\]", " ", name).strip("' ")[:28] or "–"
    made, number = plain, 2
    while made.casefold() in taken:
        made, number = f"{plain} {number}", number + 1
    taken.add(made.casefold())
    return made

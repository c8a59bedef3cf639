"""The own-data page without a browser: what each step gives, and that its controls follow."""

import zipfile
from datetime import UTC, datetime
from io import BytesIO

import ipywidgets as W
import pandas as pd
import pytest

from custseg_helpers import explore
from custseg_helpers.commands.own_data import app
from custseg_helpers.learn.start_page import OWN_CODE
from custseg_helpers.mapping.columns import MAPPED, field_kinds
from custseg_helpers.mapping.company_toml import read_mapping
from custseg_helpers.mapping.draft import draft
from custseg_helpers.own_page import form as adapt_form
from custseg_helpers.own_page import page as adapt
from custseg_helpers.own_page import steps
from custseg_helpers.reading import read
from custseg_helpers.words.glossary import label
from custseg_helpers.words.text import UserError

pytestmark = pytest.mark.slow

ORDERS = "订单编号,会员号,下单时间,退货前销售额,实收货款,订单状态\nA1,C1,03/04/2025,11,10,已完成\nA2,C2,05/04/2025,22,20,已退货\nA3,C1,06/04/2025,33,30,已取消\nA4,,06/04/2025,33,many,已完成\n"


@pytest.fixture
def made(tmp_path):
    files = steps.store({"orders.csv": ORDERS.encode("gbk")}, tmp_path)
    return draft(steps.sheets_of(files))


def test_every_column_shows_examples_its_field_and_why(made):
    shown = {column.name: column for column in steps.columns(made, "orders")}
    assert (shown["订单编号"].examples, shown["订单编号"].field) == ("A1 · A2 · A3", "order_id")
    assert shown["退货前销售额"].field == "amount"
    assert shown["退货前销售额"].why.en.endswith("(please check)")
    assert (shown["实收货款"].field, shown["实收货款"].why.en) == (None, "")


def test_a_field_moves_from_one_column_to_another(made):
    corrected = steps.assigned(made, "orders", "实收货款", "amount")
    shown = {column.name: column for column in steps.columns(corrected, "orders")}
    assert (shown["实收货款"].field, shown["实收货款"].why.en) == ("amount", "chosen by you")
    assert shown["退货前销售额"].field is None
    assert made.orders.columns["amount"] == "退货前销售额"


def test_each_status_is_sorted_by_what_it_does_to_the_money(made):
    sorted_by = {"sale": ("已完成",), "back": ("已退货",), "never": ("已取消",)}
    assert made["orders.statuses"] == {"订单状态": sorted_by}
    assert made["orders.returns.by"] == "sign"


def test_the_preview_asks_one_thing_at_a_time_and_then_shows_what_counts(made, tmp_path):
    asked = steps.preview(made, tmp_path)
    assert "could be read either way" in asked.problem
    assert (made["as_of"], steps.dated(made, "orders", "dmy")["as_of"]) == (None, pd.Timestamp("2025-04-07"))
    corrected = steps.assigned(steps.dated(made, "orders", "dmy"), "orders", "实收货款", "amount")
    found = steps.preview(corrected, tmp_path)
    assert found.problem is None
    assert [note.en for note in found.notes] == [
        "never came about (by their status): 1 rows with 30.00, left out."
    ]
    assert (found.rows, found.kept, found.left_out) == (4, 3, {"no customer id": 1})
    assert found.unread["value"].tolist() == ["many"]
    assert found.lines["amount"].tolist() == [10, 20, -20]


def test_the_mapping_is_written_and_an_older_one_is_kept(made, tmp_path):
    decided = steps.decided(steps.decided(made, "currency", "USD"), "as_of", pd.Timestamp("2025-05-01"))
    own = read_mapping(steps.save(decided, tmp_path))
    assert (own.currency, own.as_of) == ("USD", pd.Timestamp("2025-05-01"))
    assert 'currency = "USD" # chosen by you' in (tmp_path / "company.toml").read_text(encoding="utf-8")
    assert steps.set_aside(tmp_path).name == "company.old-1.toml"
    assert steps.set_aside(tmp_path) is None
    assert steps.decided(made, "name", "") == made


@pytest.mark.parametrize("name", ["../../x.csv", "/etc/x.csv", "..\\x.csv", ".x.csv"])
def test_an_uploaded_name_stays_in_the_folder(tmp_path, name):
    (stored,) = steps.store({name: b"a"}, tmp_path / "own")
    assert stored == tmp_path / "own" / "x.csv" and stored.read_bytes() == b"a"


def test_every_field_has_a_name_in_the_drop_down():
    assert all(label(name) for table in MAPPED for name in field_kinds(table))


def widgets(shown):
    def walk(widget):
        yield widget
        for child in getattr(widget, "children", ()):
            yield from walk(child)

    return list(walk(shown.widget))


def drops(shown, value):
    """The drop-downs that offer a value, from top to bottom."""
    offered = [
        (w, [o[1] if isinstance(o, tuple) else o for o in w.options])
        for w in widgets(shown)
        if isinstance(w, W.Dropdown)
    ]
    return [w for w, values in offered if value in values]


def one(shown, kind, **told):
    return next(
        w for w in widgets(shown) if type(w) is kind and all(getattr(w, k) == v for k, v in told.items())
    )


@pytest.fixture
def page(tmp_path):
    shown = adapt.show(tmp_path / "own")
    content = memoryview(ORDERS.encode("gbk"))
    file = {
        "name": "orders.csv",
        "type": "",
        "size": 1,
        "content": content,
        "last_modified": datetime(2025, 1, 1, tzinfo=UTC),
    }
    one(shown, W.FileUpload).value = (file,)
    return shown


def test_controls_follow_each_other_from_upload_to_report(page, tmp_path, monkeypatch):
    monkeypatch.setenv("FORCE_COLOR", "1")  # as a kernel does
    text = lambda: " ".join(w.value for w in widgets(page) if isinstance(w, W.HTML))  # noqa: E731
    audit, run = (
        one(page, W.Button, description="Audit the data"),
        one(page, W.Button, description="Tiers and report"),
    )
    assert "could be read either way" in text() and audit.disabled and run.disabled
    drops(page, "dmy")[0].value = "dmy"
    assert "4 rows read, 3 count." in text() and not run.disabled
    fields = drops(page, "amount")
    before = [w.value for w in fields]
    fields[4].value = "amount"
    assert [w.value for w in fields] == [*before[:3], "", "amount", *before[5:]]
    audit.click()
    assert "data accuracy rate" in text() and "┃" not in text()
    run.click()
    assert "4 rows read, 3 count" in text() and "href='data:application/zip" in text()
    assert "\x1b" not in text()
    assert (tmp_path / "own" / "result" / "report.html").is_file()
    held = zipfile.ZipFile(BytesIO(steps.packed(tmp_path / "own" / "result")))
    assert "report.html" in held.namelist()


def test_what_cannot_be_read_is_said_on_the_page(tmp_path):
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "half.xlsx").write_bytes(b"PK\x03\x04")
    shown = adapt.show(tmp_path / "own")
    choose = one(shown, W.SelectMultiple)
    choose.value = choose.options[0][1:]
    one(shown, W.Button, description="Use these").click()
    assert any(
        "role='alert'" in w.value and "half.xlsx" in w.value for w in widgets(shown) if isinstance(w, W.HTML)
    )


def test_every_choice_is_worded_in_both_languages():
    words = [*adapt.HEADS, adapt.TITLE, adapt.LARGE, adapt_form.CHOOSE]
    assert all(text.zh != text.en for text in words)


def test_a_visitors_folder_is_her_own_and_nothing_that_lies_there_is_shown(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "of_another.csv").write_text(ORDERS, encoding="utf-8")
    one_page, other = adapt.visit(), adapt.visit()
    assert len(list(tmp_path.glob("visit-*"))) == 2
    kinds = {type(widget) for shown in (one_page, other) for widget in widgets(shown)}
    assert W.FileUpload in kinds and W.SelectMultiple not in kinds


def test_a_workbook_that_would_fill_the_memory_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(read, "LARGEST_UNPACKED", 10_000)
    with zipfile.ZipFile(tmp_path / "bomb.xlsx", "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/worksheets/sheet1.xml", "0" * 1_000_000)
    with pytest.raises(UserError, match="too much"):
        steps.sheets_of([tmp_path / "bomb.xlsx"])


@pytest.mark.parametrize("code", [OWN_CODE, app.CODE])
def test_the_pages_that_are_written_for_it_open_it(code, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    exec(code.format(lang="en"), {})


def test_a_page_of_the_first_edition_opens_it():
    assert explore.adapt is adapt

"""The own-data page without a browser: what each step gives, and that its controls follow."""

import re
import zipfile
from io import BytesIO

import attrs
import ipywidgets as W
import pandas as pd
import pytest

from custseg_helpers import explore
from custseg_helpers.commands.own_data import app
from custseg_helpers.evidence.systems import systems
from custseg_helpers.learn.start_page import OWN_CODE
from custseg_helpers.mapping.columns import MAPPED, field_kinds
from custseg_helpers.mapping.company_toml import read_mapping
from custseg_helpers.mapping.draft import draft
from custseg_helpers.own_page import page as adapt
from custseg_helpers.own_page import steps
from custseg_helpers.own_page.asking import asked_dates, dated
from custseg_helpers.own_page.reopen import reopened
from custseg_helpers.own_page.upload import Upload
from custseg_helpers.reading import extent
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
    asked = steps.preview(made, steps.save(made, tmp_path))
    assert asked.problem.startswith("1 questions are open")
    assert "03/04/2025" in asked_dates(made)["orders"].en
    assert (made["as_of"], dated(made, "orders", "dmy")["as_of"]) == (None, pd.Timestamp("2025-04-07"))
    corrected = steps.assigned(dated(made, "orders", "dmy"), "orders", "实收货款", "amount")
    found = steps.preview(corrected, steps.save(corrected, tmp_path))
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
        w for w in widgets(shown) if isinstance(w, kind) and all(getattr(w, k) == v for k, v in told.items())
    )


def upload(shown, files):
    """Send files as the browser does: piece by piece, the next when the last one has been taken."""
    widget = one(shown, Upload)
    for name, content in files.items():
        for at in range(0, max(len(content), 1), 100):
            widget.heard({"name": name, "at": at}, [memoryview(content[at : at + 100])])
    widget.heard({"all": True}, [])


@pytest.fixture
def page(tmp_path):
    shown = adapt.show(tmp_path / "own")
    upload(shown, {"orders.csv": ORDERS.encode("gbk")})
    return shown


def test_controls_follow_each_other_from_upload_to_report(page, tmp_path, monkeypatch):
    monkeypatch.setenv("FORCE_COLOR", "1")  # as a kernel does
    text = lambda: " ".join(w.value for w in widgets(page) if isinstance(w, W.HTML))  # noqa: E731
    audit, run = (
        one(page, W.Button, description="Audit the data"),
        one(page, W.Button, description="Tiers and report"),
    )
    (card,) = [w for w in widgets(page) if isinstance(w, W.RadioButtons)]
    assert (
        "could be read either way" in card.description
        and audit.disabled
        and run.disabled
        and card.value is None
    )
    card.value = "dmy"
    assert "4 rows read, 3 count: 2 customers, 11.00 net (CNY)." in text() and not run.disabled
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
    words = [*adapt.HEADS, adapt.TITLE, adapt.HERE, *adapt.STEPS.values()]
    assert all(text.zh != text.en for text in words)


def test_a_visitors_folder_is_her_own_and_nothing_that_lies_there_is_shown(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "of_another.csv").write_text(ORDERS, encoding="utf-8")
    one_page, other = adapt.visit(), adapt.visit()
    assert len(list(tmp_path.glob("visit-*"))) == 2
    shown = [widget for page in (one_page, other) for widget in widgets(page)]
    assert sum(isinstance(widget, Upload) for widget in shown) == 2
    assert not any(isinstance(widget, W.SelectMultiple) for widget in shown)


def test_a_workbook_that_would_fill_the_memory_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(extent, "LARGEST", 10_000)
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


QUESTION = "订单编号,会员号,下单时间,实付金额,订单状态\n" + "".join(
    f"A{n},C{n % 9},2025-0{1 + n % 6}-1{n % 9},{30 + n},{'奇怪状态' if n % 5 == 0 else '交易成功'}\n"
    for n in range(1, 61)
)


def cards(shown):
    return [w for w in widgets(shown) if isinstance(w, W.RadioButtons)]


def text(shown):
    return " ".join(w.value for w in widgets(shown) if isinstance(w, W.HTML))


def test_a_question_that_moves_money_is_a_card_and_its_answer_unlocks_the_report(tmp_path):
    shown = adapt.show(tmp_path / "own")
    upload(shown, {"orders.csv": QUESTION.encode("gbk")})
    (card,) = cards(shown)
    run = one(shown, W.Button, description="Tiers and report")
    assert "奇怪状态" in card.description and "1 questions are open" in text(shown) and run.disabled
    card.value = next(number for label, number in card.options if label == "never happened")
    assert "48 rows read, 48 count" in text(shown) and not run.disabled
    assert read_mapping(tmp_path / "own").orders.statuses["订单状态"].never == ("奇怪状态",)


def test_a_mapping_is_opened_again_with_its_answers_and_corrected(tmp_path):
    home = tmp_path / "own"
    first = adapt.show(home)
    upload(first, {"orders.csv": QUESTION.encode("gbk")})
    cards(first)[0].value = 1
    one(first, W.Text, description="Name").value = "my shop"
    before = (home / "company.toml").read_text(encoding="utf-8")
    shown = adapt.show(home)
    companies = next(w for w in drops(shown, home / "company.toml"))
    assert companies.options[0][0].startswith("my shop · 2025-0")
    one(shown, W.Button, description="Go on with it").click()
    assert "60 rows read, 60 count" in text(shown) and cards(shown)[0].value == 1
    assert (home / "company.toml").read_text(encoding="utf-8") == before
    cards(shown)[0].value = 2
    assert "48 rows read" in text(shown)
    own = read_mapping(home)
    assert (own.name, own.orders.statuses["订单状态"].never) == ("my shop", ("奇怪状态",))


def test_a_mapping_uploaded_with_its_data_opens_as_it_is(tmp_path):
    home = tmp_path / "first"
    files = steps.store({"orders.csv": ORDERS.encode("gbk")}, home)
    made = dated(draft(steps.sheets_of(files)), "orders", "dmy")
    steps.save(steps.decided(made, "currency", "USD"), home)
    shown = adapt.show(tmp_path / "own")
    upload(shown, {"company.toml": (home / "company.toml").read_bytes(), "orders.csv": files[0].read_bytes()})
    assert "4 rows read, 3 count: 2 customers, 11.00 net (USD)." in text(shown)


HAND_MADE = """name = "by hand"
as_of = 2025-07-01
currency = "EUR"
title = { zh = "手写的店", en = "A shop by hand" }

[orders]
file = "orders.csv"
encoding = "gbk"
dates = "mdy"
duplicates = "drop"
[orders.columns]
order_id = "订单编号"
customer_id = "会员号"
order_date = "下单时间"
amount = "实收货款"
status = "订单状态"
[orders.returns]
by = "status"
values = ["已退货"]
[orders.skip]
status = ["已取消"]
customer_id = ["C9"]

[write_back]
address = "sqlite:///crm.db"
table = "tags"

[[questions]]
ask = "which?"
answer = 1
[[questions.choices]]
says = "this"
orders = { nobody = ["0"] }
"""


def test_nothing_that_a_mapping_states_is_lost_when_the_page_writes_it_again(tmp_path):
    (tmp_path / "orders.csv").write_bytes(ORDERS.encode("gbk"))
    (tmp_path / "company.toml").write_text(HAND_MADE, encoding="utf-8")
    before = read_mapping(tmp_path)
    made = reopened(tmp_path / "company.toml", tmp_path)
    steps.save(steps.assigned(made, "orders", "退货前销售额", "discount"), tmp_path)
    after = read_mapping(tmp_path)
    assert after.orders.columns == dict(before.orders.columns) | {"discount": "退货前销售额"}
    same = attrs.evolve(after.orders, columns=before.orders.columns, encoding="gbk", separator=None)
    assert attrs.evolve(after, orders=same) == before


def test_a_mapping_of_a_database_is_told_where_to_change_it(tmp_path):
    words = 'name = "d"\nas_of = 2025-01-01\n[orders]\naddress = "sqlite:///a.db"\ntable = "t"\n[orders.columns]\ncustomer_id = "c"\n'
    (tmp_path / "company.toml").write_text(words)
    with pytest.raises(UserError, match="reads a database"):
        reopened(tmp_path / "company.toml", tmp_path)


def test_a_list_of_customers_is_refused_with_what_to_do(tmp_path):
    shown = adapt.show(tmp_path / "own")
    upload(shown, {"members.csv": "会员号,姓名,城市\nC1,甲,北京\nC2,乙,上海\n".encode()})
    assert "role='alert'" in text(shown) and "it holds no orders" in text(shown)


def test_a_tag_catalogue_goes_beside_the_mapping(page, tmp_path):
    upload(page, {"tags.yaml": b"tags: []"})
    assert (tmp_path / "own" / "tags.yaml").is_file() and "tags.yaml is stored beside" in text(page)


def test_what_a_status_means_is_corrected_by_mouse(tmp_path):
    shown = adapt.show(tmp_path / "own")
    upload(shown, {"orders.csv": QUESTION.replace("奇怪状态", "交易关闭").encode("gbk")})
    assert "48 rows read" in text(shown) and "statuses: what each value means stands below" in text(shown)
    status = one(shown, W.Dropdown, description="“订单状态” is “交易关闭”")
    assert status.value == "never"
    status.value = "sale"
    assert "60 rows read, 60 count" in text(shown)
    assert read_mapping(tmp_path / "own").orders.statuses["订单状态"].sale == ("交易成功", "交易关闭")


def test_the_many_columns_that_are_not_used_are_folded_away(tmp_path):
    wide = "\n".join(
        line + "".join(f",备注{n}" if place == 0 else ",无" for n in range(9))
        for place, line in enumerate(QUESTION.replace("奇怪状态", "交易成功").splitlines())
    )
    shown = adapt.show(tmp_path / "own")
    upload(shown, {"orders.csv": wide.encode("gbk")})
    (fold,) = [w for w in widgets(shown) if isinstance(w, W.Accordion)]
    assert fold.titles == ("9 columns that are not used",) and fold.selected_index is None
    one(shown, W.Dropdown, description="备注3").value = "channel"
    assert read_mapping(tmp_path / "own").orders.columns["channel"] == "备注3"


@pytest.mark.parametrize("system", systems(), ids=lambda system: system.key)
def test_every_systems_export_opens_again_as_it_was(system, tmp_path):
    files = steps.store({"orders.csv": system.sample.encode()}, tmp_path)
    made = draft(steps.sheets_of(files))
    for place, question in enumerate(made.questions):
        made = steps.answered(made, place, 1) if question.choices else made
    for table in asked_dates(made):
        made = dated(made, table, "dmy")
    path = steps.save(made, tmp_path)
    before, seen = read_mapping(path), steps.preview(made, path)
    again = reopened(path, tmp_path)
    assert steps.preview(again, path).net == seen.net
    steps.save(again, tmp_path)
    assert read_mapping(path) == before


PAIR = {
    "orders.csv": "order id,customer id,created at,shipping,discount,order total\n"
    + "".join(f"A{n},C{n % 3},2025-03-{n + 1:02d},5,{n % 2 * 3},{45 - n % 2 * 3}\n" for n in range(12)),
    "items.csv": "order id,product,quantity,unit price\n"
    + "".join(f"A{n},tea,2,15\nA{n},cup,1,10\n" for n in range(12)),
}
"""Orders, a row an order, whose total is shared among their items in the other file."""


@pytest.mark.parametrize("moved", [False, True])
def test_orders_and_their_items_open_again_as_they_were(tmp_path, moved):
    made = draft(steps.sheets_of(steps.store({name: PAIR[name].encode() for name in PAIR}, tmp_path)))
    path = steps.save(made, tmp_path)
    before, seen = read_mapping(path), steps.preview(made, path)
    assert (before.orders.shared_by, seen.net) == (("quantity", "unit price"), 12 * 45 - 6 * 3)
    place = tmp_path
    if moved:
        place = tmp_path / "moved"
        place.mkdir()
        for name in PAIR:
            (tmp_path / name).rename(place / name)
    again = reopened(path, place)
    assert steps.preview(again, path).net == seen.net
    steps.save(again, tmp_path)
    after = read_mapping(path)
    assert [file.parent for file in (*after.orders.files, *after.orders.heads.files)] == [place, place]
    if not moved:
        assert after == before


def test_a_column_that_the_files_lack_by_now_is_named_when_a_mapping_is_opened_again(tmp_path):
    files = steps.store({name: PAIR[name].encode() for name in PAIR}, tmp_path)
    path = steps.save(draft(steps.sheets_of(files)), tmp_path)
    heads = tmp_path / "orders.csv"
    heads.write_text(PAIR["orders.csv"].replace("created at", "created on"), encoding="utf-8")
    with pytest.raises(UserError, match=r"no column “created at” \(mapped to order_date\)"):
        reopened(path, tmp_path)


def test_without_a_column_of_customers_the_audit_still_works(tmp_path):
    shown = adapt.show(tmp_path / "own")
    masked = QUESTION.replace("奇怪状态", "交易成功").replace("会员号", "收货人")
    upload(shown, {"orders.csv": re.sub(r",C\d", ",王**", masked).encode("gbk")})
    audit, run = (one(shown, W.Button, description=name) for name in ("Audit the data", "Tiers and report"))
    assert run.disabled and not audit.disabled
    assert "No column of customers was found" in text(shown) and "Choose the column above" in text(shown)
    audit.click()
    assert "data accuracy rate" in text(shown) and run.disabled

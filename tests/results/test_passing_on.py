"""No name and no number of a person in reports, manifests or messages; pseudonyms; what may be shared."""

import json
import os
import stat

import pandas as pd
import pytest

from custseg_helpers.commands.main import main
from custseg_helpers.files.folder import sha256
from custseg_helpers.governance.personal import form_of, ids_warning, masked_value, personal_columns
from custseg_helpers.governance.privacy import create_key, pseudonyms, read_key
from custseg_helpers.results.last_run import LastRun, comparable

pytestmark = pytest.mark.slow

NAME, PHONE, MAIL = "诸葛测试", "13912345678", "zhuge@example.com"
SURNAMES, GIVEN = "王李张刘陈杨黄赵吴周徐孙", ("伟", "芳", "娜", "敏", "静")
MAPPING = """
name = "shop"
as_of = 2025-04-01
[orders]
file = "orders.csv"
[orders.columns]
order_id = "单号"
customer_id = "姓名"
order_date = "日期"
amount = "金额"
status = "状态"
[orders.skip]
customer_id = ["诸葛测试", "李伟"]
[customers]
file = "members.csv"
[customers.columns]
customer_id = "姓名"
phone = "手机"
gender = "性别"
birth_year = "出生年"
city = "城市"
"""


@pytest.fixture(autouse=True)
def without_drawing(monkeypatch):
    monkeypatch.setattr("custseg_helpers.plots.style.Picture._repr_png_", lambda picture: b"")


def people():
    return [surname + given for surname in SURNAMES for given in GIVEN]


@pytest.fixture
def shop(tmp_path):
    """A shop whose customers' ids are names, with slips beside the planted person."""
    rows = [
        (f"A{n}", people()[n % 60], f"2025-03-{1 + n % 28:02}", 10 + n * 7 % 400, "ok") for n in range(240)
    ]
    rows += [("B1", NAME, "2025-03-02", "15x", "ok"), ("B2", NAME, "2025-13-02", 20, PHONE)]
    pd.DataFrame(rows, columns=["单号", "姓名", "日期", "金额", "状态"]).to_csv(
        tmp_path / "orders.csv", index=False
    )
    members = [
        (name, f"138{n:08}", "女" if n % 2 else "男", 1990, "西安" if n % 7 else "杭州")
        for n, name in enumerate(people())
    ]
    members += [(NAME, PHONE, "女", MAIL, "西安")]
    pd.DataFrame(members, columns=["姓名", "手机", "性别", "出生年", "城市"]).to_csv(
        tmp_path / "members.csv", index=False
    )
    (tmp_path / "company.toml").write_text(MAPPING, encoding="utf-8")
    return tmp_path


def run(folder, *more):
    return main(["run", str(folder / "company.toml"), "--out", str(folder / "result"), *more])


def secrets_in(text):
    return [value for value in (NAME, PHONE, MAIL, "张伟", "13800000013") if value in text]


def test_reports_manifests_and_messages_hold_no_person(shop, capfd):
    assert run(shop) == 0
    out = shop / "result"
    for file in ("report.html", "report.ipynb", "manifest.json", "unread.csv", "segments.csv"):
        assert secrets_in((out / file).read_text(encoding="utf-8-sig")) == [], file
    said = "".join(capfd.readouterr())
    assert secrets_in(said) == []
    assert "The customer ids look like names" in said and "Personal columns: 手机, 性别, 出生年" in said
    assert "张伟" in (out / "customers.csv").read_text(encoding="utf-8-sig")  # the list to work with


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('amount = "金额"', 'amount = "姓名"'),
        ('order_date = "日期"', 'order_date = "姓名"'),
        ('order_date = "日期"', 'order_date = "金额"'),
        ('status = "状态"', 'category = "没有"'),
        ('customer_id = ["诸葛测试", "李伟"]', 'status = ["ok"]'),
        ("as_of = 2025-04-01", "as_of = 2020-04-01"),
        ('gender = "性别"', 'gender = "手机"'),
        ('birth_year = "出生年"', 'signup_date = "手机"'),
        ("[orders.skip]", '[orders.returns]\nby = "status"\nvalues = ["13912345678"]\n[orders.skip]'),
    ],
)
def test_whatever_goes_wrong_no_message_names_a_person(shop, old, new, capfd):
    mapping = MAPPING.replace(old, new)
    assert mapping != MAPPING
    (shop / "company.toml").write_text(mapping, encoding="utf-8")
    run(shop, "--shareable")
    assert secrets_in("".join(capfd.readouterr())) == []


def test_the_audit_masks_persons(shop, capfd):
    members = shop / "members.csv"
    members.write_text(members.read_text(encoding="utf-8") + f"新人,{PHONE},女,1990,西安\n", encoding="utf-8")
    assert main(["audit", str(shop / "company.toml"), "--out", str(shop / "audit")]) == 0
    for file in ("audit.html", "bad_rows.csv"):
        text = (shop / "audit" / file).read_text(encoding="utf-8-sig")
        assert secrets_in(text) == [] and "139****5678" in text
    assert secrets_in("".join(capfd.readouterr())) == []


def test_a_key_puts_pseudonyms_in_place_of_ids(shop, capfd):
    key = shop / "my.key"
    assert run(shop, "--key", str(key)) == 0
    if os.name == "posix":
        assert stat.S_IMODE(key.stat().st_mode) == 0o600
    out = shop / "result"
    assert not (out / "my.key").exists()
    for file in out.iterdir():
        content = file.read_bytes()
        assert "张伟".encode() not in content and key.read_bytes().strip() not in content, file
    ids = pd.read_parquet(out / "customers.parquet").index
    expected = pseudonyms(pd.Series([name for name in people() if name != "李伟"]), read_key(key))
    assert ids.tolist() == sorted(expected)
    assert set(pd.read_csv(out / "contacts.csv", encoding="utf-8-sig").iloc[:, 0]) <= set(ids)
    assert "张伟" not in pd.read_excel(out / "customers.xlsx", engine="calamine").to_string()
    assert run(shop, "--key", str(out / "inside.key")) == 2
    assert "must not be in the result folder" in capfd.readouterr().err


def test_the_same_customer_is_recognised_under_the_same_key_only(tmp_path):
    keys = []
    for name in ("one", "two"):
        create_key(tmp_path / name)
        keys.append(read_key(tmp_path / name))
    real = LastRun(pd.Timestamp("2025-01-01"), pd.DataFrame({"segment": ["A"]}, index=["张伟"]), None, None)
    under_key, why = comparable(real, keys[0])
    assert why is None and under_key.tiers.index.tolist() == pseudonyms(pd.Series(["张伟"]), keys[0]).tolist()
    assert comparable(under_key, keys[0]) == (under_key, None)
    for other in (keys[1], None):
        before, why = comparable(under_key, other)
        assert before is None and "by another key" in why.en


def test_what_may_be_shared_holds_groups_only_and_says_what_it_leaves_out(shop, capfd):
    assert run(shop, "--shareable", "-k", "15") == 0
    out = shop / "result"
    assert sorted(file.name for file in out.iterdir()) == [
        "grade.csv",
        "manifest.json",
        "quadrant.csv",
        "report.html",
        "segments.csv",
        "stage.csv",
    ]
    said = capfd.readouterr().out
    assert "leaves out rows of single customers" in said and "fewer than 15" in said
    told = json.loads((out / "manifest.json").read_text(encoding="utf-8"))
    for counts in told["groups"].values():
        assert all(n is None or n == 0 or n >= 15 for n in counts.values())
        assert sum(n is None for n in counts.values()) != 1
    for file in out.iterdir():
        assert secrets_in(file.read_text(encoding="utf-8-sig")) == []
    assert not {"inputs", "used", "reading", "left_out_rows", "warnings", "decisions"} & set(told)
    manifest = json.dumps(told, ensure_ascii=False)
    for file in ("orders.csv", "members.csv", "company.toml"):
        assert file not in manifest and sha256(shop / file) not in manifest
    assert told["thresholds"] == {} and "scheme" in told  # cuts that nobody stated are figures of customers
    assert run(shop, "--shareable", "-k", "1") == 2


@pytest.mark.skipif(os.name != "posix", reason="Windows has rights of its own")
def test_files_with_customers_are_readable_by_their_owner_alone_also_when_replaced(shop):
    before = os.umask(0o022)
    try:
        for _ in range(2):
            assert run(shop) == 0
            modes = {file.name: stat.S_IMODE(file.stat().st_mode) for file in (shop / "result").iterdir()}
            named = {"customers.parquet", "customers.csv", "customers.xlsx", "contacts.csv", "unread.csv"}
            assert {modes[name] for name in named | {"report.html", "manifest.json"}} == {0o600}, modes
            for file in (shop / "result").iterdir():
                file.chmod(0o644)
        assert run(shop, "--shareable") == 0
        assert stat.S_IMODE((shop / "result" / "report.html").stat().st_mode) == 0o644
    finally:
        os.umask(before)


@pytest.mark.parametrize(
    ("values", "form"),
    [
        ([PHONE, "+86 138-0013-8000", None], "phone"),
        ([MAIL, "a.b@mail.cn"], "email"),
        (["11010519491231002X", "440524198001010013"], "id_number"),
        (people(), "name"),
        ([f"Anna Smith{chr(97 + n)}" for n in range(25)], "name"),
        (["杭州", "西安", "金华", "温州"], None),
        ([f"C{n:04}" for n in range(50)], None),
        (["12346.0", "20250301"], None),
        ([], None),
    ],
)
def test_personal_values_are_known_by_their_form(values, form):
    assert form_of(values) == form


def test_personal_columns_are_found_by_name_and_by_content():
    table = pd.DataFrame(
        {"name_zh": ["x"] * 30, "contact": [PHONE] * 30, "amount": [1.0] * 30, "buyer": people()[:30]}
    )
    assert personal_columns(table) == {"name_zh": "name", "contact": "phone", "buyer": "name"}
    assert masked_value("customer_name", NAME) == "诸*" and masked_value("amount", PHONE) == "139****5678"
    assert ids_warning(pd.Index(["C1", "C2"])) is None

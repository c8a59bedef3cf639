"""Bad input through every door of one's own data: a message in both languages, exit code 2, nothing written."""

import io
import re
import zipfile

import pandas as pd
import pytest

from custseg_helpers.commands.main import main
from custseg_helpers.mapping.load import load
from custseg_helpers.words.text import UserError, use_language

pytestmark = pytest.mark.slow

MAPPING = """name = "shop"
as_of = 2025-04-01
[orders]
file = "orders.csv"
[orders.columns]
order_id = "no"
customer_id = "who"
order_date = "day"
amount = "paid"
"""
ORDERS = "no,who,day,paid\nA1,C1,2025-03-01,10\nA2,C2,2025-03-02,20\n"
HAN = re.compile("[\u4e00-\u9fff]")


def workbook():
    content = io.BytesIO()
    pd.DataFrame({"no": ["A1"], "who": ["C1"]}).to_excel(content, index=False)
    return content.getvalue()


def parquet():
    content = io.BytesIO()
    pd.DataFrame({"no": ["A1"], "who": ["C1"]}).to_parquet(content)
    return content.getvalue()


def archive():
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as packing:
        packing.writestr("photo.jpg", "x")
    return content.getvalue()


def line(amount="10", day="2025-03-01", who="C1"):
    return f"no,who,day,paid\nA1,{who},{day},{amount}\n"


UNREADABLE = {
    "missing": (None, "no file"),
    "empty": (b"", "is empty"),
    "blank": (b"\n\n", "is empty"),
    "binary": (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20, "no table"),
    "zeros": (b"\0" * 9000, "no table"),
    "password": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"), "password"),
    "half a workbook": (workbook()[:1500], "damaged"),
    "half a parquet file": (parquet()[:300], "damaged"),
    "half a csv file": (b'no,who,day,paid\nA1,C1,"2025-03', "never closed"),
    "an archive": (archive(), "is a zip with 0 tables"),
    "no header": (b"1,x\ny,2\n", "No row of column names"),
    "many columns": (b"a," * 20_000 + b"a\n" + b"1," * 20_000 + b"1\n" + b"1\n" * 5, "20,001 columns"),
    "millions of columns": (b"a," * 10_000_000, "too long"),
    "a cell too many": (ORDERS.replace(",10", ",1,0").encode(), r"Row 2 .* has 5 cells"),
}  # fmt: skip
"""No door can read these."""

UNUSABLE = {
    "only a header": ("no,who,day,paid\n", "a header and no data"),
    "no such column": ("no,who,day,cash\nA1,C1,2025-03-01,10\n", "no column “paid”.*cash"),
    "two of one name": ("no,who,day,paid,who\nA1,C1,2025-03-01,10,C1\n", "2 columns called “who”"),
    "all ids missing": (line(who="") + "A2,,2025-03-02,20\n", "all empty"),
    "all returns": (line("-10") + "A2,C2,2025-03-02,-20\n", "only returns"),
    "all in the future": (line(day="2031-03-01"), "after the snapshot"),
    "all enormous": (line("1e30") + "A2,C2,2025-03-02,-9e99\n", "above ten billion"),
    "all unreadable": (line("a lot"), "unreadable"),
    "mixed currencies": (line("¥10") + "A2,C2,2025-03-02,$20\n", r"CNY \(row 2\), USD \(row 3\)"),
    "03/04": (line(day="03/04/2025"), 'dates = "dmy"'),
}  # fmt: skip
"""These can be read, and not be used for tagging."""

MISSTATED = {
    "no such encoding": ('file = "orders.csv"', 'file = "orders.csv"\nencoding = "klingon"', "klingon"),
    "unknown key": ("[orders]", '[orders]\nsheat = "a"', "orders.sheat"),
    "unknown field": ("amount =", "amonut =", "orders.columns.amonut.*amount"),
    "wrong type": ('amount = "paid"', "amount = 5", "orders.columns.amount"),
    "a table that is none": ("[orders.columns]", "columns = 3\n[orders.returns]", "must be a table|unknown key"),
    "no toml": ('name = "shop"', 'name = "shop', "not valid TOML"),
    "no toml, deep": ('name = "shop"', "name = " + "[" * 5000, "not valid TOML"),
    "no day": ("2025-04-01", '"soon"', "as_of"),
    "climbs out": ('"orders.csv"', '"../../../orders.csv"', "leaves the folder"),
    "a name no file can have": ('"orders.csv"', '"orders\\u0000.csv"', "orders.file"),
    "a name too long": ('"orders.csv"', f'"{"x" * 5000}.csv"', "orders.file.*too long"),
    "a folder": ('"orders.csv"', '"."', "no table|cannot be opened|no part|folder"),
}  # fmt: skip
"""Slips in company.toml."""


@pytest.fixture
def shop(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    def lay(content=ORDERS, mapping=MAPPING):
        (tmp_path / "company.toml").write_text(mapping, encoding="utf-8")
        if content is not None:
            (tmp_path / "orders.csv").write_bytes(content if isinstance(content, bytes) else content.encode())
        return sorted(tmp_path.iterdir())

    return lay


def refused(arguments, says, capsys, monkeypatch):
    """The command leaves with 2 and says so in one message, in either language and without a traceback."""
    said = {}
    for language in ("zh", "en"):
        use_language(language)
        assert main([str(part) for part in arguments]) == 2
        said[language] = capsys.readouterr().err
    assert re.search(says, said["en"], re.DOTALL), said["en"]
    assert HAN.search(said["zh"]) and not HAN.search(said["en"]) and "Traceback" not in said["en"]
    return said["en"]


AUDITED = ("only a header", "no such column", "two of one name", "mixed currencies", "03/04")
"""Of the unusable, those that the audit cannot look at either; the others it reports row by row."""


@pytest.mark.parametrize("case", UNREADABLE)
@pytest.mark.parametrize("door", ["init", "audit", "run", "lab"])
def test_what_cannot_be_read(shop, tmp_path, door, case, capsys, monkeypatch):
    content, says = UNREADABLE[case]
    there = shop(content)
    wanted = {
        "init": ["init", tmp_path / "orders.csv", "--out", tmp_path / "new.toml"],
        "lab": ["lab", "--company", tmp_path / "company.toml"],
    }
    refused(wanted.get(door, [door, "company.toml"]), says, capsys, monkeypatch)
    assert sorted(tmp_path.iterdir()) == there


@pytest.mark.parametrize("case", UNUSABLE)
@pytest.mark.parametrize("door", ["audit", "run", "lab"])
def test_what_cannot_be_used(shop, tmp_path, door, case, capsys, monkeypatch):
    content, says = UNUSABLE[case]
    there = shop(content)
    if door == "audit" and case not in AUDITED:
        assert main(["audit", "company.toml"]) == 0
        return
    arguments = ["lab", "--company", "company.toml"] if door == "lab" else [door, "company.toml"]
    refused(arguments, says, capsys, monkeypatch)
    assert sorted(tmp_path.iterdir()) == there


@pytest.mark.parametrize("case", MISSTATED)
@pytest.mark.parametrize("door", ["audit", "run", "lab"])
def test_what_is_stated_wrongly(shop, tmp_path, door, case, capsys, monkeypatch):
    old, new, says = MISSTATED[case]
    there = shop(mapping=MAPPING.replace(old, new, 1))
    arguments = ["lab", "--company", "company.toml"] if door == "lab" else [door, "company.toml"]
    refused(arguments, says, capsys, monkeypatch)
    assert sorted(tmp_path.iterdir()) == there


@pytest.mark.parametrize(("door", "case"), [("load", case) for case in (UNREADABLE | UNUSABLE)])
def test_a_notebook_gets_the_same_answer(shop, tmp_path, door, case):
    content, says = (UNREADABLE | UNUSABLE)[case]
    shop(content)
    with pytest.raises(UserError, match=f"(?s){says}") as raised:
        load(tmp_path / "company.toml")
    assert raised.value._render_traceback_() == [str(raised.value)]


@pytest.mark.parametrize("door", ["init", "audit", "run"])
def test_output_that_cannot_be_written(shop, tmp_path, door, capsys, monkeypatch):
    there = shop()
    out = tmp_path / "orders.csv" / "out"
    arguments = (
        ["init", "orders.csv", "--out", out] if door == "init" else [door, "company.toml", "--out", out]
    )
    assert "orders.csv" in refused(arguments, "cannot be written", capsys, monkeypatch)
    assert sorted(tmp_path.iterdir()) == there


@pytest.mark.parametrize("door", ["audit", "run", "lab"])
def test_an_encoding_that_the_file_is_not_in_names_the_line(shop, tmp_path, door, capsys, monkeypatch):
    mapping = MAPPING.replace("[orders.columns]", 'encoding = "utf-8"\n[orders.columns]')
    there = shop((ORDERS + "甲1,C1,2025-03-03,5\n").encode("gbk"), mapping)
    arguments = ["lab", "--company", "company.toml"] if door == "lab" else [door, "company.toml"]
    refused(arguments, "Line 4 of “orders.csv” is not utf-8", capsys, monkeypatch)
    assert sorted(tmp_path.iterdir()) == there


def test_a_malicious_rule_is_refused_and_not_run(shop, tmp_path, capsys, monkeypatch):
    there = shop()
    rule = '__import__("os").system("touch stolen")'
    (tmp_path / "tags.yaml").write_text(
        f"version: 1\ntags:\n  thief:\n    name: {{zh: 贼, en: thief}}\n    rule: '{rule}'\n",
        encoding="utf-8",
    )
    refused(["run", "company.toml"], "tags.yaml|thief|rule", capsys, monkeypatch)
    assert sorted(tmp_path.iterdir()) == sorted([*there, tmp_path / "tags.yaml"])


def test_a_gigabyte_in_one_line_is_refused_without_reading_it_all(shop, tmp_path, capsys, monkeypatch):
    shop()
    with (tmp_path / "orders.csv").open("ab") as file:
        file.write(b"x" * 2_000_000)
        file.truncate(1 << 30)
    import tracemalloc

    tracemalloc.start()
    refused(["run", "company.toml"], "too long|no table", capsys, monkeypatch)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 100_000_000


def test_what_is_odd_among_good_rows_is_left_out_and_counted(shop, tmp_path, capsys):
    odd = "A3,C1,2031-01-01,5\nA4,C1,2025-03-03,-5\nA5,C1,2025-03-03,1e30\nA6,C1,2025-03-03,-1e30\nA7,,2025-03-03,9\n"
    shop(ORDERS + odd)
    assert main(["run", "company.toml", "--dry-run"]) == 0
    said = capsys.readouterr().out
    assert "7 rows read, 3 count (2 bought, 1 returned)" in said
    assert all(f"rows left out: {why}" in said for why in ("no customer", "after the snapshot"))
    assert "2 rows left out: amount above ten billion" in said


def test_init_names_columns_that_share_a_name(shop, tmp_path, capsys):
    shop(UNUSABLE["two of one name"][0])
    assert main(["init", "orders.csv", "--out", "new.toml"]) == 0
    assert "2 columns are called “who”" in capsys.readouterr().out

"""The report: a notebook that anyone can run again, one HTML page, the published numbers, real files without any code."""

import json
import re
import shutil

import pandas as pd
import pytest

from custseg_helpers.commands.main import main
from custseg_helpers.files.page import html_list
from custseg_helpers.paths import course_root
from custseg_helpers.results.report_notebook import Part, html, notebook, run_cells
from custseg_helpers.words.text import T

pytestmark = pytest.mark.slow

SHARED = course_root().parent / "shared" / "data"
EXAMPLE = course_root() / "examples" / "online_retail" / "company.toml"
needs_data = pytest.mark.skipif(not SHARED.is_dir(), reason="the real data sets are not on this machine")
RETAIL = """
name = "retail"
as_of = 2025-07-01
[title]
zh = "悦选 <b>"
en = "Yuexuan <b>"
[orders]
file = "orders.csv"
[orders.columns]
order_id = "order_id"
customer_id = "customer_id"
order_date = "order_date"
quantity = "quantity"
amount = "amount"
discount = "discount"
[customers]
file = "customers.csv"
[customers.columns]
customer_id = "customer_id"
region = "region"
gender = "gender"
"""


@pytest.fixture(scope="module")
def retail(tmp_path_factory):
    """The sample shop as a team would bring it, run in both languages."""
    folder = tmp_path_factory.mktemp("retail")
    for table in ("orders", "customers"):
        shutil.copyfile(course_root() / "datasets" / "retail" / f"{table}.csv", folder / f"{table}.csv")
    (folder / "company.toml").write_text(RETAIL, encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        for lang in ("zh", "en"):
            patch.setattr("custseg_helpers.words.text._current", lang)
            assert main(["run", str(folder / "company.toml"), "--out", str(folder / lang)]) == 0
    return folder


def test_the_report_is_one_page_that_asks_nobody_for_anything(retail):
    for lang, heads in (
        ("zh", ("客户画像", "策略手册", "生命周期")),
        ("en", ("Personas", "Playbook", "Lifecycle")),
    ):
        page = (retail / lang / "report.html").read_text(encoding="utf-8")
        assert not re.search(r"""(?:src|href)=["'](?!data:|#)""", page) and "@import" not in page
        assert set(re.findall(r"url\((\w+):?", page)) <= {"data"} and "<script" not in page
        assert all(f">{head}<" in page for head in heads)
        assert 5 <= page.count("data:image/png;base64,") <= 12 and len(page) < 2_000_000
        assert page.count('alt=""') == 0 and "No description" not in page
        assert "Yuexuan &lt;b&gt;" in page or "悦选 &lt;b&gt;" in page


def test_the_two_languages_tell_the_same(retail):
    told = [
        json.loads((retail / lang / "manifest.json").read_text(encoding="utf-8")) for lang in ("zh", "en")
    ]
    for manifest in told:
        manifest.pop("outputs")
    assert told[0] == told[1]
    english, chinese = ((retail / lang / "report.html").read_text(encoding="utf-8") for lang in ("en", "zh"))
    words = re.sub(r"<[^>]+>|base64,[\w+/=]+", "", english.partition("<body>")[2])
    assert re.findall(r"[\u4e00-\u9fff]+", words) == []
    assert english.count("<h2") == chinese.count("<h2") and english.count("<tr") == chinese.count("<tr")


def test_the_notebook_runs_in_jupyter_from_the_result_folder(retail):
    import nbclient
    import nbformat

    book = nbformat.read(retail / "en" / "report.ipynb", as_version=4)
    nbformat.validate(book)
    before = [cell.outputs for cell in book.cells if cell.cell_type == "code"]
    client = nbclient.NotebookClient(
        book, kernel_name="python3", resources={"metadata": {"path": str(retail / "en")}}
    )
    client.execute()
    after = [cell.outputs for cell in book.cells if cell.cell_type == "code"]
    for mine, theirs in zip(before, after, strict=True):
        kinds = [set(output["data"]) - {"text/plain"} for output in mine]
        assert kinds == [set(output["data"]) - {"text/plain"} for output in theirs]
        html_of = [output["data"].get("text/html") for output in mine]
        assert html_of == [output["data"].get("text/html") for output in theirs]


def test_tables_hold_tags_attributes_and_words(retail):
    customers = pd.read_parquet(retail / "en" / "customers.parquet")
    assert {"region", "discount_share", "dormant_90", "segment", "clv"} <= set(customers)
    assert customers["region"].notna().all()
    shown = pd.read_csv(retail / "en" / "customers.csv", encoding="utf-8-sig")
    assert shown.columns.is_unique and set(shown["no order for 90 days"]) == {"yes", "no"}
    book = pd.read_excel(retail / "zh" / "customers.xlsx", sheet_name=None, engine="calamine")
    assert {"客户数", "联系名单", "客群", "标签", "策略手册"} <= set(book)
    contacts = pd.read_csv(retail / "en" / "contacts.csv", encoding="utf-8-sig")
    assert contacts["customer id"].is_unique and set(contacts["customer id"]) <= set(customers.index)


def test_text_of_users_cannot_become_markup():
    book = notebook(
        "<script>x</script>",
        "lead",
        "1",
        [Part(heading=T(zh="<i>甲</i>", en="<i>A</i>"), text=html_list(["<img src=x>"]))],
    )
    run_cells(book, course_root())
    page = html(book, "<script>")
    assert "<script" not in page and "<img" not in page


@needs_data
def test_online_retail_from_file_to_report(tmp_path, capsys):
    mapping = EXAMPLE.read_text(encoding="utf-8")
    file = (SHARED / "online_retail.parquet").as_posix()
    (tmp_path / "company.toml").write_text(
        mapping.replace('"online_retail.parquet"', f'"{file}"'), encoding="utf-8"
    )
    assert main(["run", str(tmp_path / "company.toml"), "--out", str(tmp_path / "result")]) == 0
    said, page = capsys.readouterr().out, (tmp_path / "result" / "report.html").read_text(encoding="utf-8")
    for number in ("397,884", "4,338", "18,532", "8,911,407.90"):
        assert number in page and number in said
    told = json.loads((tmp_path / "result" / "manifest.json").read_text(encoding="utf-8"))
    assert (told["customers"], told["orders"], told["rows_in"]) == (4338, 18_532, 541_909)


@needs_data
@pytest.mark.parametrize("name", ["superstore_zh.csv", "superstore_zh.xls"])
def test_the_chinese_superstore_from_file_to_report(tmp_path, name, capsys):
    shutil.copyfile(SHARED / name, tmp_path / name)
    mapping = str(tmp_path / "company.toml")
    assert main(["init", str(tmp_path / name), "--out", mapping]) == 0
    assert main(["run", mapping, "--out", str(tmp_path / "result")]) == 0
    said = capsys.readouterr().out
    assert "771 customers, 4,947 orders, 15,984,343.00" in said and "1,395 order numbers" in said
    assert "The customer ids look like names" in said
    page = (tmp_path / "result" / "report.html").read_text(encoding="utf-8")
    names = pd.read_parquet(tmp_path / "result" / "customers.parquet").index
    assert "15,984,343.00" in page and not any(name in page for name in names)


def test_no_profit_is_invented_from_the_sample_playbook(tmp_path):
    """The sample's costs and responses are nobody's: without a playbook of the team's own no profit is shown."""
    from custseg_helpers.action.playbook import SAMPLE
    from custseg_helpers.company.company import load_sample
    from custseg_helpers.results.report import build
    from custseg_helpers.results.whole_way import run

    orders = load_sample("retail").orders[["order_id", "customer_id", "order_date", "amount"]]
    orders.to_csv(tmp_path / "orders.csv", index=False)
    columns = "\n".join(f'{name} = "{name}"' for name in orders)
    text = f'name = "shop"\nas_of = 2026-01-01\ncurrency = "GBP"\n[orders]\nfile = "orders.csv"\n[orders.columns]\n{columns}\n'
    (tmp_path / "company.toml").write_text(text, encoding="utf-8")
    told = [str(build(run(tmp_path / "company.toml")))]
    (tmp_path / "playbook.yaml").write_text(SAMPLE.read_text(encoding="utf-8"), encoding="utf-8")
    told.append(str(build(run(tmp_path / "company.toml"))))
    assert ["profit" in text and "break_even" in text for text in told] == [False, True]
    assert "one_more_in_100" in told[0] and '"roi"' not in told[0]

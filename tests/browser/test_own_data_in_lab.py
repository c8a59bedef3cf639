"""The own-data page by mouse: upload a GBK export, put another column in place of the proposed one, get the report."""

import pytest

from custseg_helpers.mapping.company_toml import read_mapping

pytestmark = pytest.mark.browser

EXPORT = "单号,会员号,下单日期,实收货款,退货前销售额,备注\n" + "".join(
    f"A{n},C{n % 7},2025-{1 + n % 6:02}-{1 + n % 27:02},{20 + 5 * (n % 9)},{n % 3 + 1},门店\n"
    for n in range(1, 61)
)
WORDS = {
    "zh": {"upload": "上传", "unused": "（不用）", "amount": "实付金额  amount", "read": "读入 60 行，计入 60 行", "audit": "检查数据", "run": "分层并出报告", "report": "客户分群报告"},
    "en": {"upload": "Upload", "unused": "(not used)", "amount": "amount paid  amount", "read": "60 rows read, 60 count", "audit": "Audit the data", "run": "Tiers and report", "report": "Customer segments"},
}  # fmt: skip


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_from_a_gbk_export_to_a_report_without_code(open_notebook, lab, lang, tmp_path):
    words, home = WORDS[lang], lab(lang)[2] / lang / "own"
    file = tmp_path / "orders.csv"
    file.write_bytes(EXPORT.encode("gbk"))
    notebook = open_notebook(lang, "adapt.ipynb", fresh=True)
    notebook.run_all()
    page = notebook.show(notebook.find(source="page.show"))
    with notebook.page.expect_file_chooser() as choosing:
        page.get_by_role("button", name=words["upload"]).click()
    choosing.value.set_files(file)

    def column(name):
        return page.locator(".widget-hbox", has=notebook.page.get_by_text(name, exact=True)).locator("select")

    page.get_by_text(words["read"]).wait_for()
    proposed = read_mapping(home).orders.columns["amount"]
    (other,) = {"退货前销售额", "实收货款"} - {proposed}
    notebook.screenshot(f"adapt-{lang}-proposed")
    column(other).select_option(label=words["amount"])
    column(proposed).locator("option:checked", has_text=words["unused"]).wait_for(state="attached")
    notebook.idle()
    assert read_mapping(home).orders.columns["amount"] == other
    assert read_mapping(home).orders.reading["encoding"] == "gb18030"
    for button in ("audit", "run"):
        page.get_by_role("button", name=words[button]).click()
        page.locator("iframe").wait_for()
        notebook.idle()
    report = page.frame_locator("iframe[title='report.html']")
    report.get_by_role("heading", name=words["report"]).wait_for()
    with notebook.page.expect_download() as loading:
        page.get_by_role("link", name="result.zip").click()
    assert loading.value.suggested_filename == "result.zip"
    page.locator("iframe").scroll_into_view_if_needed()
    notebook.screenshot(f"adapt-{lang}-report")
    assert notebook.errors() == []

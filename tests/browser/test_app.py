"""`custseg app`: from a file to a downloaded report on a page without code, as Voilà serves it."""

import io
import os
import re
import subprocess
import sys
import zipfile

import pytest

from custseg_helpers.mapping.draft import draft
from custseg_helpers.own_page import steps

from .notebook import MINUTE, SCREENSHOTS

pytestmark = pytest.mark.browser

EXPORT = "单号,会员号,下单日期,实付金额,备注\n" + "".join(
    f"A{n},C{n % 7},2025-{1 + n % 6:02}-{1 + n % 27:02},{20 + 5 * (n % 9)},门店\n" for n in range(1, 61)
)
WORDS = {
    "zh": {"title": "自己的数据：从文件到报告", "upload": "上传", "read": "读入 60 行，计入 60 行", "run": "分层并出报告", "damaged": "不完整或已损坏"},
    "en": {"title": "Your own data: from file to report", "upload": "Upload", "read": "60 rows read, 60 count", "run": "Tiers and report", "damaged": "incomplete or damaged"},
}  # fmt: skip


@pytest.fixture
def app(tmp_path):
    """`app("zh")`: the page's address; its temporary files are in `tmp_path`."""
    servers = []

    def start(lang):
        server = subprocess.Popen(
            [sys.executable, "-m", "custseg_helpers", "app", "--lang", lang, "--no-browser"],
            env=os.environ | {"HOME": str(tmp_path), "TMPDIR": str(tmp_path)},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
        )
        servers.append(server)
        said = ""
        while "http://" not in said and server.poll() is None:
            said += server.stdout.readline()
        return re.search(r"http://127\.0\.0\.1:\d+/\?token=\w+", said)[0]

    yield start
    for server in servers:
        server.terminate()
        server.communicate(timeout=30)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_from_a_gbk_export_to_a_downloaded_report(chromium, serious, app, tmp_path, lang):
    words = WORDS[lang]
    page = chromium.new_page(viewport={"width": 390, "height": 844})
    page.set_default_timeout(2 * MINUTE)
    page.goto(app(lang))
    assert (page.title(), page.locator("html").get_attribute("lang")) == (words["title"], lang)

    def upload(name, content):
        with page.expect_file_chooser() as choosing:
            page.get_by_role("button", name=words["upload"]).click()
        choosing.value.set_files({"name": name, "mimeType": "", "buffer": content})

    upload("坏.xlsx", b"PK\x03\x04")
    page.get_by_role("alert").get_by_text(words["damaged"]).wait_for()
    upload("订单.csv", EXPORT.encode("gb18030"))
    page.get_by_text(words["read"]).wait_for()
    assert page.get_by_text("custseg_helpers").count() == 0
    assert serious(page) == []
    page.get_by_role("button", name=words["run"]).click()
    page.locator("iframe[title='report.html']").wait_for()
    SCREENSHOTS.mkdir(exist_ok=True)
    page.screenshot(path=SCREENSHOTS / f"app-{lang}.png", full_page=True)
    assert page.evaluate("document.documentElement.scrollWidth") <= 400
    with page.expect_download() as loading:
        page.get_by_role("link", name="result.zip").click()
    with zipfile.ZipFile(io.BytesIO(loading.value.path().read_bytes())) as packed:
        downloaded = packed.read("segments.csv")
    page.context.close()
    home = tmp_path / "by command"
    steps.save(draft(steps.sheets_of(steps.store({"订单.csv": EXPORT.encode("gb18030")}, home))), home)
    environment = os.environ | {"CUSTSEG_LANG": lang}
    command = [sys.executable, "-m", "custseg_helpers", "run", "company.toml", "--out", "result"]
    subprocess.run(command, cwd=home, env=environment, check=True, capture_output=True)
    assert (home / "result" / "segments.csv").read_bytes() == downloaded


def test_a_file_larger_than_a_servers_message_arrives(chromium, app):
    note = "客户说明" * 4_000
    rows = [f"A{n},C{n % 7},2025-0{1 + n % 6}-1{n % 9},{20 + n % 9},{note}\n" for n in range(1, 301)]
    content = ("单号,会员号,下单日期,实付金额,备注\n" + "".join(rows)).encode()
    assert len(content) > 10 * 2**20
    page = chromium.new_page(viewport={"width": 1366, "height": 768})
    page.set_default_timeout(2 * MINUTE)
    page.goto(app("zh"))
    with page.expect_file_chooser() as choosing:
        page.get_by_role("button", name="上传文件").click()
    choosing.value.set_files({"name": "大.csv", "mimeType": "", "buffer": content})
    page.get_by_text("300 行 5 列").wait_for()
    assert page.get_by_role("status").get_by_text("大.csv · 14.4 MB").count() == 1
    page.context.close()

"""The course in the browser, end to end: start page, a lesson, its explorer, checks, own data, work carried on elsewhere.

Opt-in, because no machine here can fetch Pyodide's release: `CUSTSEG_LITE_PROOF=FOLDER` names a folder as
`benchmarks/lite_proof.py` assembles it (or the unpacked release itself). Nothing may ask another address.
"""

import hashlib
import os
import re
import time

import pytest

from custseg_helpers.commands.main import main
from custseg_helpers.company.company import load_sample
from custseg_helpers.paths import course_root

from .lessons import LESSONS
from .served import served

PROOF = os.environ.get("CUSTSEG_LITE_PROOF")
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not PROOF, reason="CUSTSEG_LITE_PROOF names no Pyodide folder"),
]
MINUTE = 60_000
SHOTS = course_root() / "test-output"
EXPORT = "单号,会员号,下单日期,实付金额\n" + "".join(
    f"A{n},C{n % 7},2025-{1 + n % 6:02}-{1 + n % 27:02},{20 + 5 * (n % 9)}\n" for n in range(1, 61)
)
IDLE = """() => {
    const book = window.jupyterapp?.shell.currentWidget;
    const cells = book?.content?.widgets?.filter(cell => cell.model.type === 'code') ?? [];
    return cells.length && book.sessionContext.session?.kernel?.status === 'idle'
        && !cells.some(cell => cell.promptNode?.textContent.includes('*'));
}"""


CLOSE = """async () => {
    const book = jupyterapp.shell.currentWidget;
    await book.context.save();
    await book.sessionContext.shutdown();
    book.close();
}"""


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """The built course behind an ordinary web server; returns its address."""
    folder = tmp_path_factory.mktemp("site")
    assert main(["lite", "--pyodide", PROOF, "--out", str(folder / "lite")]) == 0
    with served(folder) as address:
        yield address


@pytest.fixture
def learner(chromium, site):
    """`learner("zh")`: a fresh browser on the start page of a language."""
    contexts, outside = [], []

    def open(lang):
        context = chromium.new_context(viewport={"width": 1360, "height": 1000})
        contexts.append(context)
        context.route("**/lite/jupyter-lite.json", _exposed)
        context.on(
            "request",
            lambda asked: asked.url.startswith((site, "data:", "blob:")) or outside.append(asked.url),
        )
        page = context.new_page()
        page.set_default_timeout(3 * MINUTE)
        page.goto(f"{site}/lite/{lang}/index.html")
        return page

    yield open
    for context in contexts:
        context.close()
    assert outside == []


def _exposed(route):
    """Let the test see JupyterLab's objects, as JupyterLab's own tests do."""
    answer = route.fetch()
    config = answer.json()
    config["jupyter-config-data"]["exposeAppInBrowser"] = True
    route.fulfill(response=answer, json=config)


def start(page):
    """Press the start page's button and wait for the notebook it leads to; return the seconds until the kernel is ready."""
    begun = time.monotonic()
    page.locator("#go").click()
    page.wait_for_url("**/lab/index.html*", wait_until="commit")
    page.wait_for_function(IDLE, timeout=4 * MINUTE)
    return time.monotonic() - begun


def show(page, name):
    page.evaluate("async path => { await jupyterapp.commands.execute('docmanager:open', {path}); }", name)
    page.wait_for_function("name => jupyterapp.shell.currentWidget?.context?.path === name", arg=name)
    page.wait_for_function(IDLE, timeout=4 * MINUTE)


def run_all(page):
    page.evaluate("jupyterapp.commands.execute('notebook:run-all-cells')")
    page.wait_for_function(IDLE, timeout=8 * MINUTE)
    cells = page.evaluate("jupyterapp.shell.currentWidget.content.model.toJSON().cells")
    outputs = [output for cell in cells for output in cell.get("outputs", ())]
    said = [
        o.get("text") or o.get("evalue")
        for o in outputs
        if o["output_type"] == "error" or o.get("name") == "stderr"
    ]
    # Matplotlib says so once in every new browser.
    assert [words for words in said if "building the font cache" not in words] == []
    return cells


def bring(page, cells, source):
    """Bring the first code cell with `source` into view; return it as it stands on the page."""
    number = next(n for n, c in enumerate(cells) if c["cell_type"] == "code" and source in c["source"])
    page.evaluate(
        "async n => { const c = jupyterapp.shell.currentWidget.content; c.activeCellIndex = n; await c.scrollToItem(n, 'start'); }",
        number,
    )
    return page.locator(
        f".jp-NotebookPanel:not(.lm-mod-hidden) .jp-Notebook-cell[data-windowed-list-index='{number}']"
    )


def asked(page, code):
    """Run code in the open notebook's kernel; return what it shows as text."""
    return page.evaluate(
        """async code => {
            const said = [];
            const future = jupyterapp.shell.currentWidget.sessionContext.session.kernel.requestExecute({code});
            future.onIOPub = m => said.push(m.content.text || m.content.data?.['text/plain'] || m.content.evalue || '');
            await future.done;
            return said.join('');
        }""",
        code,
    )


def test_a_lesson_its_explorer_and_its_checks(learner):
    page = learner("zh")
    print("start to ready kernel, s:", round(start(page), 1))
    assert page.get_by_role("menuitem", name="文件").first.is_visible()
    page.screenshot(path=SHOTS / "lite-zh-start.png")
    show(page, "zh/04_rfm.ipynb")
    cells = run_all(page)
    explorer = bring(page, cells, "explore.rfm.show")
    picture = explorer.locator("img").first
    picture.wait_for()
    before, begun = picture.get_attribute("src"), time.monotonic()
    slider = explorer.locator(".noUi-handle").first
    slider.focus()
    slider.press("Home")
    page.wait_for_function(
        "([picture, before]) => picture.src !== before", arg=[picture.element_handle(), before]
    )
    print("explorer, s:", round(time.monotonic() - begun, 2))
    page.screenshot(path=SHOTS / "lite-zh-explorer.png")
    asked(
        page,
        "from custseg_helpers import check, hint, solution, progress, order_facts\nf = order_facts(company.orders, company.as_of)",
    )
    assert "对。" in asked(page, 'check("rfm-recency", f["recency_days"])')
    assert "第一次购买" in asked(page, 'check("rfm-recency", f["tenure_days"])')
    assert asked(page, 'hint("rfm-recency")') and "recency" in asked(page, 'solution("rfm-recency")')
    assert "1/" in asked(page, "progress()")


def test_an_answer_is_built_by_pointing_and_written_into_its_cell(learner):
    page = learner("zh")
    start(page)
    show(page, "zh/00_welcome_exercises.ipynb")
    cells = run_all(page)
    cell = bring(page, cells, 'check("welcome-buyers"')
    cell.get_by_role("button", name="点选搭建").click()
    builder = cell.locator(".custseg-builder")
    builder.get_by_label("这一步做什么").select_option(label="算出一个数")
    builder.get_by_label(
        "怎样量"
    ).wait_for()  # the fields of the new step are there; 哪一列 was there before, too
    builder.get_by_label("哪一列").select_option(label="客户编号 customer_id")
    builder.get_by_label("怎样量").select_option(label="不同的有几个")
    line = 'buyers = purchases["customer_id"].nunique()'
    builder.get_by_text(line).wait_for()
    builder.get_by_role("button", name="就用这个结果").click()
    builder.get_by_text("✓ welcome-buyers 通过").wait_for()
    page.screenshot(path=SHOTS / "lite-zh-builder.png")
    task = next(n for n, cell in enumerate(cells) if "buyers = ids" in cell["source"])
    bring(page, cells, cells[task]["source"]).locator(".cm-content").click()
    page.keyboard.press("Shift+Enter")
    page.wait_for_function(
        "([n, line]) => jupyterapp.shell.currentWidget.content.model.toJSON().cells[n].source === line",
        arg=[task, line],
    )
    assert asked(page, "print(buyers)").strip().isdecimal()


RUNG = {
    "zh": ("排：把几步排好", "再运行一次", "提示", "最晚的日期"),
    "en": ("Order: sort the steps", "once more", "Hint", "latest date"),
}


@pytest.mark.parametrize("lang", RUNG)
def test_a_rung_is_changed_and_the_next_morning_the_workbook_shows_what_it_showed(learner, lang):
    rung, once_more, hint, hinted = RUNG[lang]
    page = learner(lang)
    start(page)
    assert page.locator(".jp-mod-dirty").count() == 0
    assert not page.locator(".jp-DirListing").is_visible()
    page.screenshot(path=SHOTS / f"lite-{lang}-START.png")
    name = f"{lang}/04_rfm_exercises.ipynb"
    show(page, name)
    cells = run_all(page)
    task = next(
        n
        for n, one in enumerate(cells)
        if one["cell_type"] == "code" and one["metadata"].get("exercise") == "rfm-recency"
    )
    cell = bring(page, cells, 'check("rfm-recency"')
    cell.get_by_role("button", name=rung).click()
    cell.get_by_text(once_more).wait_for()
    cell.get_by_role("button", name=hint).first.click()
    cell.get_by_text(hinted).locator("visible=true").wait_for()
    bring(page, cells, cells[task]["source"]).locator(".cm-content").click()
    page.keyboard.press("Shift+Enter")
    page.wait_for_function(
        "n => jupyterapp.shell.currentWidget.content.model.toJSON().cells[n].source.startsWith('# 1. ')",
        arg=task,
    )
    page.wait_for_function(IDLE)
    page.screenshot(path=SHOTS / f"lite-{lang}-rung.png")
    page.evaluate("async () => { await jupyterapp.shell.currentWidget.context.save() }")
    morning = page.context.new_page()
    page.close()
    morning.goto(f"{page.url.partition('/lab/')[0]}/lab/index.html?path={name}")
    morning.wait_for_function(
        "name => window.jupyterapp?.shell.currentWidget?.context?.path === name", arg=name
    )
    morning.wait_for_function(IDLE, timeout=4 * MINUTE)
    kept = bring(morning, cells, 'check("rfm-recency"')
    kept.get_by_text(hinted).locator("visible=true").wait_for()
    kept.locator("[data-commandlinker-command='notebook:run-all-cells']").wait_for()
    assert not re.search("loading widget|model not found", kept.inner_text(), re.IGNORECASE)
    morning.screenshot(path=SHOTS / f"lite-{lang}-the-next-morning.png")


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_own_data_from_a_gbk_export_to_a_report(learner, lang, tmp_path):
    file = tmp_path / "orders.csv"
    file.write_bytes(EXPORT.encode("gbk"))
    page = learner(lang)
    start(page)
    show(page, f"{lang}/adapt.ipynb")
    form = bring(page, run_all(page), "page.show")
    with page.expect_file_chooser() as choosing:
        form.get_by_role("button", name={"zh": "上传", "en": "Upload"}[lang]).click()
    choosing.value.set_files(file)
    form.get_by_text({"zh": "读入 60 行，计入 60 行", "en": "60 rows read, 60 count"}[lang]).wait_for()
    for button in (
        {"zh": "检查数据", "en": "Audit the data"},
        {"zh": "分层并出报告", "en": "Tiers and report"},
    ):
        form.get_by_role("button", name=button[lang]).click()
        form.locator("iframe, [role=alert]").first.wait_for()
        page.wait_for_function(IDLE)
    assert form.get_by_role("alert").all_inner_texts() == []
    title = {"zh": "客户分群报告", "en": "Customer segments"}[lang]
    form.frame_locator("iframe[title='report.html']").get_by_role("heading", name=title).wait_for()
    form.locator("iframe").scroll_into_view_if_needed()
    page.screenshot(path=SHOTS / f"lite-{lang}-report.png")


def test_work_is_downloaded_and_goes_on_in_another_browser(learner, tmp_path):
    page = learner("zh")
    start(page)
    asked(page, 'open("/drive/zh/04_rfm_notes.txt", "w").write("我的笔记")')
    box = bring(page, run_all(page), "work.show")
    box.get_by_role("button", name="下载我的作业").click()
    with page.expect_download() as loading:
        box.get_by_role("link").click()
    loading.value.save_as(tmp_path / "work.zip")
    other = learner("zh")
    start(other)
    box = bring(other, run_all(other), "work.show")
    with other.expect_file_chooser() as choosing:
        box.get_by_role("button", name="接着上次学").click()
    choosing.value.set_files(tmp_path / "work.zip")
    box.get_by_text("已放回").wait_for()
    assert "我的笔记" in asked(other, 'print(open("/drive/zh/04_rfm_notes.txt").read())')
    other.screenshot(path=SHOTS / "lite-zh-work.png")


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_lesson_and_workbook_runs_there(learner, lang):
    page = learner(lang)
    start(page)
    for name in [*LESSONS, *(f"{lesson}_exercises" for lesson in LESSONS)]:
        begun = time.monotonic()
        show(page, f"{lang}/{name}.ipynb")
        run_all(page)
        print(f"{lang} {name}: opened and run in {time.monotonic() - begun:.0f} s", flush=True)
        page.evaluate(CLOSE)


def test_a_lesson_that_writes_files_runs_twice_and_a_deleted_workbook_returns(learner):
    page = learner("zh")
    start(page)
    show(page, "zh/14_governance.ipynb")
    run_all(page)
    run_all(page)
    page.evaluate(
        "async () => { await jupyterapp.serviceManager.contents.delete('zh/04_rfm_exercises.ipynb'); }"
    )
    page.reload()
    page.wait_for_function("window.jupyterapp?.shell")
    page.evaluate("async () => { await jupyterapp.restored }")
    show(page, "zh/04_rfm_exercises.ipynb")


def test_new_sample_data_are_the_same_as_anywhere(learner):
    page = learner("en")
    start(page)
    code = """import hashlib
from custseg_helpers import load
hashlib.sha256(load("b2b", seed=7).orders.to_csv(index=False).encode()).hexdigest()"""
    there = asked(page, code)
    here = hashlib.sha256(load_sample("b2b", seed=7).orders.to_csv(index=False).encode()).hexdigest()
    assert there.strip("'") == here

"""A learner's JupyterLab in a real Chromium: `open_notebook("zh", "04_rfm.ipynb")` gives a `Notebook` to work in.

One browser, and one JupyterLab and one page of it a language, serve all tests of a process; notebooks share a kernel
that has imported the libraries already, and that forgets everything between two tests: names, widgets, and what was
built or asked for and waits for its cell to be run. `fresh=True` gives a notebook a page and a kernel of its own, as a
learner gets them.

Whatever a test opens, a request to any other machine fails that test (`nothing_leaves_this_machine`), and what axe
finds serious is told by `serious`. Without Chromium these tests are skipped, but never on CI. Screenshots are kept in
`test-output/`.
"""

import os
import re
import shutil
from urllib.parse import urlsplit

import pytest

from .notebook import MINUTE, SCREENSHOTS, Notebook, start_lab

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
FLAGS = ["--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync", "--disable-component-update"]
FLAGS += ["--disable-background-networking", "--force-color-profile=srgb"]
FLAGS += ["--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost"]
LOCALES = {"zh": "zh-CN", "en": "en-GB"}
VIEW = {"width": 1360, "height": 1000}
READY = """name => {
    const book = window.jupyterapp?.shell.currentWidget;
    return book?.context?.path.endsWith(name) && book.context.isReady
        && book.sessionContext?.session?.kernel?.status === 'idle';
}"""
WARM_UP = """import os
os.chdir("{lang}")
import ipywidgets, matplotlib, seaborn, sklearn.cluster, scipy.optimize, scipy.stats"""
START_KERNEL = """async code => {
    const kernel = await jupyterapp.serviceManager.kernels.startNew({name: 'python3'});
    await kernel.requestExecute({code}).done;
    kernel.dispose();  // only the connection: while it is there, it answers the widgets' messages, and knows no widgets
    return kernel.id;
}"""
OPEN = """async ([path, kernel]) => {
    await jupyterapp.commands.execute('docmanager:open', {path, kernel: {id: kernel}});
}"""
FORGET_WHAT_WAS_ASKED = """import ipywidgets
from custseg_helpers.learn import rungs
from custseg_helpers.stopped.memory import MEMORY
from custseg_helpers.stopped.next_run import WAITING
for kept in (WAITING, rungs._chosen, MEMORY.makers, MEMORY.stale):
    kept.clear()
ipywidgets.Widget.close_all()
%reset -f"""
FORGET = """async code => {
    for (const book of [...jupyterapp.shell.widgets('main')]) {
        await book.sessionContext?.session?.kernel.requestExecute({code}).done;
        if (book.context) book.context.model.dirty = false;
        book.close();
    }
}"""


@pytest.fixture(scope="session")
def requests_outside():
    """The addresses of other machines that any page asked for, as they come in."""
    return []


@pytest.fixture(autouse=True)
def nothing_leaves_this_machine(requests_outside):
    """Fail a test whose pages asked another machine for anything; the browser can reach none."""
    requests_outside.clear()
    yield
    assert requests_outside == []


@pytest.fixture(scope="session")
def chromium(requests_outside):
    """The system's Chromium, headless; every context is watched for requests to other machines."""
    if CHROMIUM is None:
        if os.environ.get("CI"):
            pytest.fail("CI must have Chromium: see .ci/run")
        pytest.skip("Chromium is not installed")
    from playwright.sync_api import sync_playwright

    def note(address):
        if urlsplit(address).hostname not in (None, "127.0.0.1", "localhost"):
            requests_outside.append(address)

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, chromium_sandbox=False, args=FLAGS)
        unwatched = browser.new_context

        def new_context(**options):
            context = unwatched(**options)
            context.on("request", lambda request: note(request.url))
            context.on("page", lambda page: page.on("websocket", lambda socket: note(socket.url)))
            return context

        browser.new_context = new_context
        browser.new_page = lambda **options: new_context(**options).new_page()
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def lab(tmp_path_factory):
    """`lab("zh")`: the course as `custseg lab` opens it, in an empty home folder; returns its address, token and `my/` folder."""
    servers = {}

    def start(lang):
        if lang not in servers:
            home = tmp_path_factory.mktemp(f"home-{lang}")
            process, base, token = start_lab(lang, home)
            servers[lang] = process, (base, token, home / "my")
        return servers[lang][1]

    yield start
    for process, _ in servers.values():
        process.terminate()
        process.communicate(timeout=30)


@pytest.fixture(scope="session")
def desks(chromium, lab):
    """`desks(lang)`: the page of a language's JupyterLab and the id of a kernel that is warm; `desks(lang, new=True)` starts over."""
    made = {}

    def desk(lang, new=False):
        if new and lang in made:
            made.pop(lang)[0].context.close()
        if lang not in made:
            base, token, _ = lab(lang)
            page = _page(chromium, lang)
            page.goto(f"{base}/lab?token={token}&reset")
            page.wait_for_function("window.jupyterapp?.shell", timeout=2 * MINUTE)
            page.evaluate("async () => { await jupyterapp.restored }")
            kernel = page.evaluate(START_KERNEL, WARM_UP.format(lang=lang))
            made[lang] = page, kernel
        return made[lang]

    return desk


@pytest.fixture
def open_notebook(chromium, lab, desks, request):
    """`open_notebook("zh", "04_rfm.ipynb")`: the notebook with its kernel ready; fails on an error of the page."""
    opened, faults = [], []

    def fault(error):
        faults.append(str(error))

    def open(lang, name, *, fresh=False):
        if fresh:
            base, token, _ = lab(lang)
            page = _page(chromium, lang)
            page.on("pageerror", fault)
            page.goto(f"{base}/lab/tree/{lang}/{name}?token={token}&reset")
        else:
            page, kernel = desks(lang)
            page.on("pageerror", fault)
            page.evaluate(OPEN, [f"{lang}/{name}", kernel])
        opened.append((page, lang, fresh))
        page.wait_for_function(READY, arg=name, timeout=2 * MINUTE)
        return Notebook(page, name)

    yield open
    picture = SCREENSHOTS / (re.sub(r"\W+", "-", request.node.name).strip("-") + ".png")
    for page, lang, fresh in opened:
        page.remove_listener("pageerror", fault)
        page.screenshot(path=picture)
        if fresh:
            page.evaluate("jupyterapp.shell.currentWidget?.sessionContext?.shutdown()")
            page.context.close()
        elif request.node.failed:
            desks(lang, new=True)
        else:
            page.set_viewport_size(VIEW)
            page.evaluate(FORGET, FORGET_WHAT_WAS_ASKED)
    assert faults == []


@pytest.fixture
def serious():
    """`serious(page, ".part")`: what axe finds serious or critical there, as `rule: place` lines."""
    from axe_playwright_python.sync_playwright import Axe

    def look(page, place=None):
        found = Axe().run(page, context=place and {"include": [place]}).response["violations"]
        return [
            f"{rule['id']}: {node['html'][:160]}"
            for rule in found
            if rule["impact"] in ("serious", "critical")
            for node in rule["nodes"]
        ]

    return look


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    """Let fixtures see whether their test failed, as `request.node.failed`."""
    report = yield
    item.failed = report.failed or getattr(item, "failed", False)
    return report


def _page(chromium, lang):
    page = chromium.new_context(viewport=VIEW, locale=LOCALES[lang]).new_page()
    page.set_default_timeout(MINUTE)
    return page

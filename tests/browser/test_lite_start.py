"""The page before the browser's course: what it loads and how far it is, in both languages, on a phone, without a network."""

import re

import pytest

from custseg_helpers.paths import course_root
from tests.lite.small import small_site

from .served import served

pytestmark = pytest.mark.browser

SHOTS = course_root() / "test-output"
WORDS = {
    "zh": ("开始上课", "下载中断了", "浏览器太旧"),
    "en": ("Start the course", "The download stopped", "too old"),
}


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    folder = tmp_path_factory.mktemp("site")
    small_site(folder / "lite")
    with served(folder) as address:
        yield f"{address}/lite"


@pytest.fixture
def visit(chromium, address):
    """`visit("zh")`: the start page of a language in a fresh browser."""
    contexts = []

    def open(lang, script="", **options):
        contexts.append(chromium.new_context(**options))
        page = contexts[-1].new_page()
        page.add_init_script(script)
        page.goto(f"{address}/{lang}/index.html")
        return page

    yield open
    for context in contexts:
        context.close()


@pytest.mark.parametrize("lang", WORDS)
def test_it_loads_everything_tells_how_far_it_is_and_opens_the_course(visit, serious, lang):
    page = visit(lang)
    SHOTS.mkdir(exist_ok=True)
    page.screenshot(path=SHOTS / f"lite-start-{lang}.png")
    assert serious(page) == []
    shares = []
    page.expose_function("noted", lambda share: shares.append(share))
    page.evaluate("new MutationObserver(() => noted(bar.value)).observe(share, { childList: true })")
    asked = []
    page.on("request", lambda request: asked.append(request.url.rpartition("/")[2]))
    page.get_by_role("button", name=WORDS[lang][0]).click()
    page.wait_for_url(re.compile(rf"/{lang}/lab/index\.html\?path={lang}/START"), wait_until="commit")
    assert shares == sorted(shares) and shares[0] == 0 and shares[-1] == 100 and len(shares) > 4
    assert "pyodide.asm.wasm" in asked and "numpy-2.0.2-x.whl" in asked and "pyarrow-18-x.whl" not in asked


@pytest.mark.parametrize("lang", WORDS)
def test_a_download_that_stops_says_so_and_goes_on(visit, serious, lang):
    page = visit(lang)
    page.route("**/numpy-*", lambda route: route.abort())
    button = page.get_by_role("button", name=WORDS[lang][0])
    button.click()
    page.get_by_role("status").filter(has_text=WORDS[lang][1]).wait_for()
    assert serious(page) == []
    page.screenshot(path=SHOTS / f"lite-stopped-{lang}.png")
    page.unroute("**/numpy-*")
    button.click()
    page.wait_for_url(re.compile(r"/lab/index\.html"), wait_until="commit")


@pytest.mark.parametrize("lang", WORDS)
def test_an_old_browser_is_told_before_it_downloads(visit, lang):
    page = visit(lang, script="delete window.WebAssembly")
    assert WORDS[lang][2] in page.get_by_role("status").inner_text()
    assert page.get_by_role("button", name=WORDS[lang][0]).is_disabled()


@pytest.mark.parametrize("lang", WORDS)
def test_it_fits_a_phone_and_leads_to_the_other_language(visit, lang):
    page = visit(lang, viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.screenshot(path=SHOTS / f"lite-start-{lang}-390.png", full_page=True)
    page.locator("nav a").tap()
    page.wait_for_url(f"**/{ {'zh': 'en', 'en': 'zh'}[lang] }/index.html")


@pytest.mark.parametrize(
    ("locale", "lang"), [("zh-CN", "zh"), ("zh-TW", "zh"), ("en-GB", "en"), ("de-DE", "en")]
)
def test_the_browsers_language_chooses_the_page(chromium, address, locale, lang):
    page = chromium.new_context(locale=locale).new_page()
    page.goto(f"{address}/index.html")
    page.wait_for_url(f"**/{lang}/index.html")
    page.context.close()

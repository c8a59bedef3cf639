"""The course site, built once and looked at: as files, and in Chromium from a plain web server on this machine."""

import re
from html import unescape

import nbformat
import pytest

from custseg_helpers.files.fonts import characters
from custseg_helpers.learn.lessons import exercises, lesson_folders
from custseg_helpers.learn.quiz import questions
from custseg_helpers.paths import course_root
from custseg_helpers.site.links import faults
from custseg_helpers.site.make import make
from custseg_helpers.words.glossary import glossary
from custseg_helpers.words.text import T

from .notebook import SCREENSHOTS
from .served import served

pytestmark = pytest.mark.browser

LANGUAGES = ("zh", "en")
LOOKED_AT = [
    "index",
    "lessons/04_rfm",
    "workbooks/04_rfm",
    "reference/glossary",
    "faq",
    "reference/dictionary",
]
LOOKED_AT += ["reference/functions/governance", "search"]
PLANTED = "https://example.org/x.png"
"""A picture from outside that a test puts into a page: the page's policy refuses it."""


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """The whole site in both languages; making it looks every link over."""
    folder = tmp_path_factory.mktemp("made") / "site"
    make(folder, ["zh", "en"], {"slides": T(zh="幻灯片", en="slides")})
    return folder


@pytest.fixture(scope="module")
def address(site):
    """Where a plain web server of this machine offers the site."""
    with served(site) as address:
        yield address


@pytest.fixture
def open_page(chromium, address):
    """`open_page("zh/faq.html")`: the page; at the end nothing may be missing or have gone wrong."""
    contexts, faults = [], []

    def open(path, *, width=1300, height=1000, locale="zh-CN"):
        context = chromium.new_context(viewport={"width": width, "height": height}, locale=locale)
        contexts.append(context)
        page = context.new_page()
        page.on(
            "console",
            lambda said: (
                "Content Security Policy" in said.text
                and PLANTED not in said.text
                and faults.append(said.text)
            ),
        )
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on(
            "response", lambda given: given.status < 400 or asked_by_axe(given) or faults.append(given.url)
        )
        page.goto(f"{address}/{path}")
        return page

    yield open
    for context in contexts:
        context.close()
    assert faults == []


def asked_by_axe(response):
    """Axe looks for the theme's style sheets by a wrong address, and gets over it."""
    return response.request.resource_type == "xhr"


def keep(page, name, **how):
    SCREENSHOTS.mkdir(exist_ok=True)
    page.screenshot(path=SCREENSHOTS / f"site_{name}.png", **how)


def words(html):
    """Return a page's article as plain text, with what is folded away left out."""
    article = html.partition("<article")[2].partition("</article>")[0]
    return unescape(re.sub(r"<[^>]+>", "", re.sub(r"(?s)<details.*?</details>", "", article)))


def read(site, lang, name):
    return (site / lang / f"{name}.html").read_text(encoding="utf-8")


def test_both_languages_have_the_same_pages_and_lead_to_each_other(site):
    pages = [
        {p.relative_to(site / lang).as_posix() for p in (site / lang).rglob("*.html")} for lang in LANGUAGES
    ]
    assert pages[0] == pages[1] and len(pages[0]) > 50
    for lang, other in zip(LANGUAGES, reversed(LANGUAGES), strict=True):
        for name in pages[0]:
            html = (site / lang / name).read_text(encoding="utf-8")
            up = "../" * (name.count("/") + 1)
            switches = re.findall(r'<a class="switch" href="([^"]+)"', html)
            assert {switch.removeprefix("./") for switch in switches} == {f"{up}{other}/{name}"}, name


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_lesson_is_there_with_its_pictures_and_its_quiz(site, lang):
    for number, folder in lesson_folders().items():
        html = read(site, lang, f"lessons/{folder.name}")
        cells = nbformat.read(course_root() / "notebooks" / lang / f"{folder.name}.ipynb", as_version=4).cells
        outputs = [output.get("data", {}) for cell in cells for output in cell.get("outputs", ())]
        assert html.count("<img alt=") == sum("image/png" in data for data in outputs), folder.name
        options = sum(len(question.options) for question in questions(number))
        assert html.partition('class="quiz"')[2].count("<details>") == options


@pytest.mark.parametrize("lang", LANGUAGES)
def test_answers_are_there_but_folded(site, lang):
    for number, folder in lesson_folders().items():
        html = read(site, lang, f"workbooks/{folder.name}")
        path = course_root() / "solutions" / lang / f"{folder.name}_solutions.ipynb"
        whole, seen = unescape(re.sub(r"<[^>]+>", "", html)), words(html)
        assert html.count('<details class="answer">') == len(exercises(number))
        for cell in nbformat.read(path, as_version=4).cells:
            if cell.cell_type == "code" and "exercise" in cell.metadata:
                lines = [line for line in cell.source.splitlines() if line.strip()]
                folded = [line for line in lines if line in whole and line not in seen]
                assert folded, cell.metadata["exercise"]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_glossary_has_every_term(site, lang):
    html = read(site, lang, "reference/glossary")
    rows = re.findall(r"<tr><td[^>]*>(.*?)</td><td[^>]*>(.*?)</td><td[^>]*>(.*?)</td>", html)
    found = {tuple(unescape(re.sub(r"<[^>]+>", "", cell)) for cell in row) for row in rows}
    first, second = {"zh": ("zh_cn", "en"), "en": ("en", "zh_cn")}[lang]
    assert {(row[first], row[second], row["id"]) for row in glossary().values()} <= found


def test_a_broken_link_planted_in_a_built_page_is_found(site):
    planted = site / "zh" / "planted.html"
    planted.write_text(read(site, "zh", "faq").replace("<h1>", '<h1><a href="lessons/99_gone.html">x</a>'))
    try:
        assert [fault.en for fault in faults(site)] == ["zh/planted.html: broken link: lessons/99_gone.html"]
    finally:
        planted.unlink()


@pytest.mark.parametrize(
    ("lang", "asked"), [("zh", "复购"), ("zh", "客户分层"), ("en", "holdout"), ("en", "order_facts")]
)
def test_search_finds(open_page, lang, asked):
    page = open_page(f"{lang}/index.html")
    page.locator(".bd-header input[type=search]").fill(asked)
    page.keyboard.press("Enter")
    page.locator(".pagefind-ui__result-link").first.wait_for()
    found = page.locator("#pagefind").inner_text()
    assert asked in found and ("结果" in found if lang == "zh" else "results" in found)
    links = page.locator(".pagefind-ui__result-link").evaluate_all("all => all.map(one => one.href)")
    assert links and all(f"/{lang}/" in link for link in links)
    keep(page, f"{lang}_search_{'words' if lang == 'en' else len(asked)}")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_it_fits_a_phone(open_page, lang):
    page = open_page(f"{lang}/index.html", width=390, height=844)
    for name in [*LOOKED_AT, "start", "lessons/13_evaluation", "docs/own-data", "trainers"]:
        page.goto(page.url.partition(f"/{lang}/")[0] + f"/{lang}/{name}.html")
        wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert wide <= 0, f"{name} is {wide} pixels too wide"
        if name in LOOKED_AT[:3]:
            keep(page, f"{lang}_phone_{name.replace('/', '_')}")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_everybody_can_use_it(open_page, serious, lang):
    page = open_page(f"{lang}/index.html")
    for name in LOOKED_AT:
        page.goto(page.url.partition(f"/{lang}/")[0] + f"/{lang}/{name}.html")
        keep(page, f"{lang}_{name.replace('/', '_')}")
        assert serious(page) == [], name


@pytest.mark.parametrize(("locale", "lang"), [("zh-CN", "zh"), ("en-GB", "en"), ("de-DE", "en")])
def test_the_entrance_knows_the_readers_language(open_page, locale, lang):
    page = open_page("index.html", locale=locale)
    page.wait_for_url(f"**/{lang}/index.html")


def test_the_other_language_is_the_same_page_and_is_remembered(open_page):
    page = open_page("zh/lessons/04_rfm.html")
    page.locator(".bd-header .switch").click()
    page.wait_for_url("**/en/lessons/04_rfm.html")
    assert page.locator("h1").inner_text().startswith("04 · RFM: who is worth a call today")
    page.goto(page.url.partition("/en/")[0])
    page.wait_for_url("**/en/index.html")


def test_an_answer_opens_by_mouse_and_by_keyboard(open_page):
    page = open_page("zh/workbooks/04_rfm.html")
    answer = page.locator("details.answer").first
    answer.locator("summary").click()
    assert "✓ rfm-recency 通过" in answer.inner_text()
    keep(page, "zh_answer_opened")
    page.keyboard.press("Enter")
    assert answer.get_attribute("open") is None


def test_the_glossary_filters(open_page):
    page = open_page("zh/reference/glossary.html")
    page.get_by_label("在词汇表里找：").fill("复购")
    seen = page.locator("#glossary tbody tr:visible")
    assert 1 <= seen.count() <= 5 and "复购率" in seen.first.inner_text()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_pages_are_drawn_with_the_fonts_they_bring(site, open_page, lang):
    brought = characters(site / lang / "_static" / "custseg-sans.woff")
    seen = "".join(words(path.read_text(encoding="utf-8")) for path in (site / lang).rglob("*.html"))
    assert {char for char in seen if "\u4e00" <= char <= "\u9fff" and ord(char) not in brought} == set()
    page = open_page(f"{lang}/lessons/04_rfm.html")
    loaded = "document.fonts.ready.then(all => [...all].filter(f => f.status == 'loaded').map(f => f.family))"
    assert {"Custseg Sans", "Custseg Mono"} <= set(page.evaluate(loaded))


def test_print_leaves_the_menus_out_and_answers_folded(open_page):
    page = open_page("zh/workbooks/04_rfm.html")
    page.emulate_media(media="print")
    assert (
        not page.locator(".bd-header").is_visible() and not page.locator(".bd-sidebar-primary").is_visible()
    )
    assert page.locator("h1").is_visible() and not page.locator("details.answer pre").first.is_visible()
    page.pdf(path=SCREENSHOTS / "site_zh_print.pdf", format="A4")


def test_a_picture_from_outside_would_be_noticed(open_page, requests_outside):
    page = open_page("en/faq.html")
    with page.expect_request(PLANTED):
        page.evaluate(f"document.body.append(Object.assign(new Image(), {{ src: '{PLANTED}' }}))")
    assert requests_outside == [PLANTED]
    requests_outside.clear()

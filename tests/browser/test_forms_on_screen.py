"""The forms in a real browser: one sheet on paper, fillable on a phone, and what is saved can be summed up."""

import re

import pytest

from custseg_helpers.teach.forms import FORMS, form_page
from custseg_helpers.teach.forms_summary import filled_in, summarise
from custseg_helpers.words.text import use_language

pytestmark = pytest.mark.browser


@pytest.fixture
def phone(chromium):
    """A page as wide as a phone; nothing may be asked of the network."""
    context = chromium.new_context(viewport={"width": 390, "height": 844}, accept_downloads=True)
    page, asked = context.new_page(), []
    page.on("request", lambda request: asked.append(request.url))
    yield page
    context.close()
    assert not [url for url in asked if not url.startswith(("file:", "blob:", "data:"))]


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("form", FORMS)
def test_one_sheet_of_paper_and_no_wider_than_a_phone(phone, form, lang, tmp_path):
    use_language(lang)
    path = tmp_path / "form.html"
    path.write_text(form_page(form, "客户分层 · Customer segmentation", "2026-11-30"), encoding="utf-8")
    phone.goto(path.as_uri())
    assert phone.evaluate("document.documentElement.scrollWidth") == 390
    sizes = phone.locator(".pick, button").evaluate_all(
        "all => all.map(one => one.getBoundingClientRect().height)"
    )
    assert min(sizes) >= 44
    pages = len(re.findall(rb"/Type\s*/Page\b", phone.pdf(prefer_css_page_size=True)))
    assert pages == 1
    phone.set_viewport_size({"width": 680, "height": 1020})  # the paper less its margins
    phone.emulate_media(media="print")
    assert phone.evaluate("document.querySelector('main').offsetHeight") > 800


def test_filled_saved_and_summed_up(phone, tmp_path):
    use_language("zh")
    path, back = tmp_path / "feedback.html", tmp_path / "收回"
    path.write_text(form_page("feedback"), encoding="utf-8")
    phone.goto(path.as_uri())
    phone.locator("[data-question=useful] .pick", has_text="4").click()
    phone.locator("[data-question=pace] .pick", has_text="太快").click()
    phone.locator("[data-question=recommend] .pick", has_text="10").click()
    phone.locator("[data-question=next_week] textarea").fill('给 300 位客户打"电话"\n<b>')
    phone.locator("#name").fill("林晓")
    with phone.expect_download() as saved:
        phone.get_by_role("button", name="保存").click()
    saved.value.save_as(back / saved.value.suggested_filename)
    assert "还有 6 题没有答" in phone.locator("#said").inner_text()
    phone.get_by_role("button", name="复制成文字").click()
    (back / "聊天.txt").write_text(f"林晓 20:15\n{phone.locator('#copy').input_value()}\n", encoding="utf-8")
    filled, without = filled_in(back)
    assert without == [] and len(filled) == 1  # saved and pasted: one person
    assert filled[0]["answers"] == {
        "useful": 4,
        "pace": "fast",
        "next_week": '给 300 位客户打"电话"\n<b>',
        "recommend": 10,
    }
    summarise(back, tmp_path / "out")
    page = (tmp_path / "out" / "summary.html").read_text(encoding="utf-8")
    assert "&lt;b&gt;" in page and "<b>" not in page and "林晓" not in page

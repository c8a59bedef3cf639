"""Every slide of every deck, measured in a real browser at 1280×720: nothing overflows, all can be read from afar."""

import re

import pytest

from custseg_helpers.commands import main as cli
from custseg_helpers.course.syllabus import lesson_source, numbers
from custseg_helpers.paths import course_root
from custseg_helpers.teach.slides import deck

pytestmark = pytest.mark.browser

SCREENSHOTS = course_root() / "test-output"
MEASURE = """() => {
  Reveal.configure({ viewDistance: 999, mobileViewDistance: 999 });
  const faults = [];
  for (const [number, slide] of Reveal.getSlides().entries()) {
    slide.style.display = 'flex';
    slide.hidden = false;
    const frame = slide.getBoundingClientRect();
    const bottom = frame.top + 720 - 40;  // the slide number stands below
    const fault = what => faults.push(`${number + 1} ${slide.querySelector('h1, h2').textContent}: ${what}`);
    if (slide.scrollHeight > 721 || slide.scrollWidth > 1281) fault('is larger than the screen');
    const parts = [...slide.querySelectorAll('*')].filter(part => !part.closest('aside'));
    if (parts.some(part => {
      const box = part.getBoundingClientRect();
      return box.right > frame.left + 1281 || box.bottom > bottom + 1 || box.left < frame.left || box.top < frame.top;
    })) fault('reaches over the edge');
    const body = slide.querySelector('.body');
    if (body && [...body.children].some(part => {
      const box = part.getBoundingClientRect();
      return part.scrollWidth > part.clientWidth + 1 || box.top < body.getBoundingClientRect().top - 1;
    })) fault('is too full');
    for (const part of parts) {
      const words = [...part.childNodes].some(node => node.nodeType === 3 && node.textContent.trim());
      if (words && parseFloat(getComputedStyle(part).fontSize) < 18) fault(`small: ${part.textContent.trim()}`);
    }
    for (const picture of slide.querySelectorAll('img')) {
      const box = picture.getBoundingClientRect();
      if (!picture.complete || !picture.naturalWidth) fault('a picture did not load');
      if (!picture.alt.trim()) fault('a picture without words for those who do not see it');
      if (box.width < 600 && box.height < 400) fault('a small picture');
    }
  }
  return faults;
}"""


@pytest.fixture(scope="module")
def page(chromium):
    """One page for all decks; it asks for nothing but files."""
    context = chromium.new_context(viewport={"width": 1280, "height": 720})
    page = context.new_page()
    faults = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("request", lambda asked: asked.url.startswith(("file:", "data:")) or faults.append(asked.url))
    yield page
    context.close()
    assert faults == []


def show(page, folder, html):
    path = folder / "deck.html"
    path.write_text(html, encoding="utf-8")
    page.goto(path.as_uri())
    page.locator(".reveal.ready").wait_for()


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("number", numbers())
def test_every_slide_fits_and_can_be_read(number, lang, page, tmp_path):
    show(page, tmp_path, deck(lesson_source(number), lang))
    assert page.evaluate(MEASURE) == []


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("</h2>", " and goes on and on" * 30 + "</h2>", "is larger than the screen"),
        ("<li>", "<li>" + "one more line<br>" * 12, "reaches over the edge"),
        ("<li>", f"<li>{'unbroken' * 20}", "is too full"),
        ("<li>", '<li style="font-size: 17px">', "small: "),
        (
            '<div class="body">',
            '<div class="body"><img alt="x" src="data:image/png;base64,">',
            "did not load",
        ),
    ],
)
def test_a_full_slide_is_found(old, new, fault, page, tmp_path):
    html = deck(lesson_source("00"), "en")
    head, second, rest = html.partition('<section class="text ">')
    show(page, tmp_path, head + second + rest.replace(old, new, 1))
    found = page.evaluate(MEASURE)
    assert found and all(line.startswith("3 ") for line in found)
    assert any(fault in line for line in found), found


@pytest.mark.parametrize(("number", "lang"), [("04", "zh"), ("08", "en")])
def test_a_look_at_some(number, lang, page, tmp_path):
    show(page, tmp_path, deck(lesson_source(number), lang))
    SCREENSHOTS.mkdir(exist_ok=True)
    for look in ("opening", "figure", "table", "try"):
        place = page.evaluate(f"Reveal.getSlides().findIndex(slide => slide.matches('.{look}'))")
        assert place >= 0
        page.evaluate(f"Reveal.slide({place})")
        page.screenshot(path=SCREENSHOTS / f"slides-{number}-{lang}-{look}.png")


def test_keyboard_and_the_speakers_window(page, tmp_path):
    show(page, tmp_path, deck(lesson_source("04"), "zh"))
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    assert page.evaluate("Reveal.getIndices().h") == 2
    with page.expect_popup() as opened:
        page.keyboard.press("s")
    notes = opened.value.locator(".speaker-controls-notes .value")
    notes.filter(has_text="两人一组").wait_for()
    opened.value.screenshot(path=SCREENSHOTS / "slides-04-zh-speaker.png")
    opened.value.close()


def test_the_slides_on_paper(tmp_path, capsys):
    assert cli.main(["slides", "--lessons", "00", "--lang", "zh", "--out", str(tmp_path), "--pdf"]) == 0
    slides = (tmp_path / "00_welcome_zh.html").read_text(encoding="utf-8").count("<section")
    paper = (tmp_path / "00_welcome_zh.pdf").read_bytes()
    assert len(re.findall(rb"/Type\s*/Page\b", paper)) == slides > 15

"""A trainer marks written answers in the browser: one click a point, kept at once, told where it was not."""

from dataclasses import replace
from queue import Queue
from threading import Thread

import pytest

from custseg_helpers.grading.class_tables import Graded
from custseg_helpers.grading.marking import mark
from custseg_helpers.grading.text_marks import NAME, fingerprint, read_marks, write_marks
from custseg_helpers.grading.workbooks import HandedIn, spoken
from custseg_helpers.learn.check import judge
from custseg_helpers.learn.lessons import exercise
from custseg_helpers.words.text import use_language

from .notebook import SCREENSHOTS

pytestmark = pytest.mark.browser

TEXTS = {
    (
        "王芳",
        "rfm-to-manager",
    ): "她以前每月都来，花得多，但已经 120 天没来了。请经理这周亲自打电话，先问原因；RFM 不知道为什么。",
    ("李明", "rfm-to-manager"): "她是一位非常重要的客户，我们应该好好关怀她，多联系她。",
    ("Ana María", "rfm-to-manager"): "她是一位非常重要的客户，我们应该好好关怀她，多联系她。",
    ("王芳", "lifecycle-churn-rate"): "超过 4 个平时间隔没来就算流失，各人节奏不同，下个月用同一个定义再算。",
}


def class_():
    """Return a class that handed in these texts."""
    return [
        Graded(
            HandedIn(
                f"{learner}.ipynb",
                learner,
                {"rfm": "04", "lifecycle": "05"}[identity.partition("-")[0]],
                "zh",
            ),
            {
                "exercises": {
                    identity: {"outcome": "written", "cause": None, "text": text}
                    | spoken(judge(exercise(identity), text).message)
                },
                "reason": None,
                "seconds": 1.0,
                "memory": 1,
            },
        )
        for (learner, identity), text in TEXTS.items()
    ]


NAMES = ['O\'Brien "Bo"', "</p><b>x", "=SUM(1)", "0012", "'-x", "王" * 60, *(f"学员 {n}" for n in range(14))]


def opened(graded, file):
    """Serve the page; return its address and the thread that serves it."""
    heard = Queue()
    served = Thread(target=mark, args=(graded, file, heard.put), daemon=True)
    served.start()
    return heard.get(timeout=30), served


def large_class():
    """Twenty learners with awkward names, one text long and without a space, the others the same words."""
    one = class_()[1]
    said = one.result["exercises"]["rfm-to-manager"]
    texts = {name: "久" * 3_900 if name == "0012" else said["text"] for name in NAMES}
    return [
        replace(
            one,
            entry=replace(one.entry, learner=name),
            result=one.result | {"exercises": {"rfm-to-manager": said | {"text": text}}},
        )
        for name, text in texts.items()
    ]


def test_a_class_of_twenty_is_marked_by_keyboard_and_in_two_tabs(chromium, serious, tmp_path):
    use_language("en")
    graded = large_class()
    address, served = opened(graded, tmp_path / NAME)
    page = chromium.new_page(viewport={"width": 390, "height": 844})
    page.goto(address)
    assert page.locator("article h3").all_inner_texts() == sorted(NAMES)
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    assert "19" not in page.locator("#count").inner_text() and page.locator(".same").count() == 19
    assert serious(page) == []

    points = list(exercise("rfm-to-manager").words.rubric)
    for name in NAMES:  # Tab to each point; the arrows pass over marks, the last one counts
        card = page.locator("article").nth(sorted(NAMES).index(name))
        card.locator("input").first.focus()
        page.keyboard.press("Space")
        for _ in points[1:]:
            page.keyboard.press("Tab")
            page.keyboard.press("Space")
            page.keyboard.press("ArrowRight")
            page.keyboard.press("ArrowRight")
    page.locator("article.whole").nth(19).wait_for()
    page.evaluate("sent")
    given = dict.fromkeys(points, "not") | {points[0]: "said"}
    marks = read_marks(tmp_path / NAME)
    assert {learner for learner, _, _ in marks} == set(NAMES)
    assert all(own == given for own in marks.values())

    other = page.context.new_page()
    other.goto(address)
    assert "20 of 20" in other.locator("#count").inner_text()
    with other.expect_response("**/mark"):
        other.locator("article").first.locator("input[value=partly]").first.check()
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    page.locator("article").first.locator("input[value=partly]:checked").wait_for()

    other.close()  # half-way, and opened again
    (tmp_path / NAME).write_text("learner\nx\n", encoding="utf-8")
    assert "marks.csv, line 2" in page.goto(address).text()
    assert "reload" in page.locator("body").inner_text()
    write_marks(tmp_path / NAME, marks)
    page.reload()
    assert "20 of 20" in page.locator("#count").inner_text()
    page.locator("#done").click()
    served.join(timeout=30)
    assert not served.is_alive()
    page.context.close()


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_one_click_a_point(lang, chromium, serious, tmp_path):
    use_language(lang)
    heard = Queue()
    served = Thread(target=mark, args=(class_(), tmp_path / NAME, heard.put), daemon=True)
    served.start()
    page = chromium.new_page(viewport={"width": 1200, "height": 1000})
    page.goto(heard.get(timeout=60))
    card = page.locator("article", has_text="王芳").first
    points = list(exercise("rfm-to-manager").words.rubric)
    for place, name in enumerate(("said", "said", "partly")):
        with page.expect_response("**/mark"):
            card.locator("fieldset").nth(place).locator(f"input[value={name}]").check()
    key = "王芳", "rfm-to-manager", fingerprint(TEXTS["王芳", "rfm-to-manager"])
    assert read_marks(tmp_path / NAME)[key] == dict(zip(points, ("said", "said", "partly"), strict=True))
    page.locator(
        "article.whole"
    ).wait_for()  # the page hears of the last click a moment after the network does
    assert "1" in page.locator("#count").inner_text() and "4" in page.locator("#count").inner_text()
    assert page.locator("article.whole").count() == 1 and page.locator(".same").count() == 2
    page.screenshot(path=SCREENSHOTS / f"marking-{lang}.png", full_page=True)
    assert serious(page) == []
    page.set_viewport_size({"width": 390, "height": 844})
    assert page.evaluate("document.documentElement.scrollWidth") == 390

    (tmp_path / NAME).write_text("learner\nx\n", encoding="utf-8")  # somebody damaged the file meanwhile
    card.locator("fieldset").first.locator("input[value=not]").click()
    page.locator("#trouble").wait_for(state="visible")
    assert "marks.csv" in page.locator("#trouble").inner_text()
    assert card.locator("fieldset").first.locator("input[value=said]").is_checked()

    page.locator("#done").click()
    page.locator("#done:disabled").wait_for()
    served.join(timeout=60)
    assert not served.is_alive()
    page.context.close()

"""A trainer marks written answers in the browser: one click a point, kept at once, told where it was not."""

from queue import Queue
from threading import Thread

import pytest

from custseg_helpers.grading.class_tables import Graded
from custseg_helpers.grading.grade import spoken
from custseg_helpers.grading.handed_in import HandedIn
from custseg_helpers.grading.marking import mark
from custseg_helpers.grading.text_marks import NAME, fingerprint, read_marks
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


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_one_click_a_point(lang, chromium, serious, tmp_path):
    use_language(lang)
    heard = Queue()
    served = Thread(target=mark, args=(class_(), tmp_path / NAME, heard.put), daemon=True)
    served.start()
    page = chromium.new_page(viewport={"width": 1200, "height": 1000})
    page.goto(heard.get(timeout=30))
    card = page.locator("article", has_text="王芳").first
    points = list(exercise("rfm-to-manager").words.rubric)
    for place, name in enumerate(("said", "said", "partly")):
        with page.expect_response("**/mark"):
            card.locator("fieldset").nth(place).locator(f"input[value={name}]").check()
    key = "王芳", "rfm-to-manager", fingerprint(TEXTS["王芳", "rfm-to-manager"])
    assert read_marks(tmp_path / NAME)[key] == dict(zip(points, ("said", "said", "partly"), strict=True))
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
    served.join(timeout=30)
    assert not served.is_alive() and page.locator("#done").is_disabled()
    page.context.close()

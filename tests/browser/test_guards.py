"""The guards that all browser tests rely on catch what they are for."""

import pytest

pytestmark = pytest.mark.browser

FAULTS = """<!doctype html><html lang="en"><title>Faults</title><main><h1>Faults</h1>
<img src="data:image/gif;base64,R0lGODlhAQABAAAAACw="><p style="color:#bbb;background:#fff">hardly there</p></main></html>"""


def test_a_request_to_another_machine_is_caught_and_goes_nowhere(chromium, requests_outside):
    page = chromium.new_page()
    page.set_content("<img src='http://example.com/x.png'>")
    page.wait_for_function("document.images[0].complete")
    page.evaluate("new Promise(done => new WebSocket('ws://example.org/').onerror = done)")
    assert page.evaluate("document.images[0].naturalWidth") == 0
    page.context.close()
    assert requests_outside == ["http://example.com/x.png", "ws://example.org/"]
    requests_outside.clear()


def test_a_picture_without_words_and_pale_text_are_serious(chromium, serious):
    page = chromium.new_page()
    page.set_content(FAULTS)
    found = {line.partition(":")[0] for line in serious(page)}
    page.set_content(FAULTS.replace("<img ", "<img alt='nothing' ").replace("#bbb", "#333"))
    mended = serious(page)
    page.context.close()
    assert (found, mended) == ({"image-alt", "color-contrast"}, [])

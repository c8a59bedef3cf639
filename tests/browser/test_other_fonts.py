"""What is measured here is what is seen there: pages look alike on a machine that has no font but DejaVu."""

import os
import sys
from pathlib import Path

import matplotlib
import pytest

from custseg_helpers.course.syllabus import lesson_source
from custseg_helpers.teach.certificate_sheet import Sheet, html
from custseg_helpers.teach.slides import deck

from .conftest import CHROMIUM, FLAGS
from .test_slides import MEASURE, show

pytestmark = pytest.mark.browser

BARE = """<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>{fonts}</dir><cachedir>{cache}</cachedir>
<match target="pattern"><edit name="hintstyle" mode="append"><const>hintslight</const></edit></match>
</fontconfig>
"""
DRAWN = """async () => {
  await document.fonts.ready;
  const words = node => [...node.childNodes].some(n => n.nodeType === 3 && n.textContent.trim());
  const emoji = /\\p{Extended_Pictographic}/u;
  return [...document.querySelectorAll('body *')]
    .filter(node => words(node) && !node.closest('script, style, aside, .pause-overlay') && !emoji.test(node.textContent))
    .map(node => {
      const range = document.createRange();
      range.selectNodeContents(node);
      const { width, height } = range.getBoundingClientRect();
      return [node.textContent.trim().slice(0, 40), Math.round(width), Math.round(height)];
    })
    .filter(([, width]) => width);
}"""
SHEET = Sheet("张喆", "客户分层分析与应用", ("00  开始", "04  RFM"), "2", "2026 年 11 月 30 日", "李玥")


@pytest.fixture(scope="module")
def machines(chromium, tmp_path_factory):
    """Two Chromiums: one with this machine's fonts, one with DejaVu's alone, which has no Chinese and wide letters."""
    if sys.platform != "linux":
        pytest.skip("the fonts of this system cannot be hidden")
    folder = tmp_path_factory.mktemp("fonts")
    fonts = Path(matplotlib.get_data_path(), "fonts", "ttf")
    (folder / "fonts.conf").write_text(BARE.format(fonts=fonts, cache=folder / "cache"), encoding="utf-8")
    made = [
        chromium.browser_type.launch(
            executable_path=CHROMIUM, chromium_sandbox=False, args=FLAGS, env=os.environ | more
        )
        for more in ({}, {"FONTCONFIG_FILE": str(folder / "fonts.conf")})
    ]
    yield made
    for browser in made:
        browser.close()


def drawn(browser, path):
    """Every text of a page with its size in pixels."""
    page = browser.new_page(viewport={"width": 1280, "height": 720})
    page.goto(path.as_uri())
    found = page.evaluate(DRAWN)
    page.close()
    return found


def alike(here, there):
    """The same words in as many lines, as wide to two pixels."""
    return here[0] == there[0] and here[2] == there[2] and abs(here[1] - there[1]) <= 2


def test_the_two_machines_have_other_fonts(machines, tmp_path):
    (tmp_path / "page.html").write_text("<span>客户 Customers</span>", encoding="utf-8")
    (here,), (there,) = (drawn(browser, tmp_path / "page.html") for browser in machines)
    assert not alike(here, there)


@pytest.mark.parametrize(
    "made",
    [
        lambda: deck(lesson_source("04"), "en"),
        lambda: deck(lesson_source("04"), "zh"),
        lambda: html([SHEET]),
    ],
    ids=["slides-en", "slides-zh", "certificate"],
)
def test_a_page_looks_the_same_on_both(made, machines, tmp_path):
    path = tmp_path / "page.html"
    path.write_text(made(), encoding="utf-8")
    here, there = (drawn(browser, path) for browser in machines)
    assert len(here) > 5
    assert [pair for pair in zip(here, there, strict=True) if not alike(*pair)] == []


def test_the_slides_fit_with_other_fonts(machines, tmp_path):
    page = machines[1].new_page(viewport={"width": 1280, "height": 720})
    show(page, tmp_path, deck(lesson_source("04"), "en"))
    assert page.evaluate(MEASURE) == []
    page.close()

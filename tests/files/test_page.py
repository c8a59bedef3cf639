"""One page builder: what people wrote stands as they wrote it, what a template lacks is told, one sheet has the colours."""

import re
from base64 import b64encode
from hashlib import sha256

import jinja2
import pandas as pd
import pytest
from markupsafe import Markup

from custseg_helpers.files.page import PACKAGE, PARTS, page, token
from custseg_helpers.files.tables import html_table
from custseg_helpers.plots.style import PALETTE
from custseg_helpers.site.make import entrance
from custseg_helpers.words.text import LANGUAGES, T, speaking


def test_what_people_wrote_is_escaped_and_our_own_markup_is_not():
    made = page(PARTS, title="<b>", lead="a & b", parts=[("<i>", Markup("<p>ok</p>")), ("x", "<script>")])
    assert "<title>&lt;b&gt;</title>" in made and "a &amp; b" in made and "<p>ok</p>" in made
    assert "<script" not in made and "&lt;script&gt;" in made


def test_no_script_runs_but_the_page_s_own():
    smuggled = Markup("<script>steal()</script>")
    plain = page(PARTS, title="A", lead="", parts=[("B", smuggled)])
    assert "script-src 'none'" in plain and "default-src 'none'" in plain
    (print_,) = re.findall(r"script-src ('sha256-[^']+')", entrance(["zh", "en"]))
    assert print_ == entrance_print()
    one = page("site/entrance.html.jinja", title=smuggled, doors={"en": LANGUAGES["en"]})
    assert one.count("'sha256-") == 1 and one.count("<script>") == 3


def entrance_print():
    """Return the fingerprint of the entrance's script as a browser computes it."""
    (script,) = re.findall(r"<script>(.*?)</script>", entrance(["zh", "en"]), flags=re.DOTALL)
    return f"'sha256-{b64encode(sha256(script.encode()).digest()).decode()}'"


def test_a_place_that_nobody_filled_is_an_error():
    with pytest.raises(jinja2.UndefinedError):
        page(PARTS, title="A", lead="")


def test_a_page_speaks_the_current_language():
    for code, tag, word in (("zh", "zh-CN", "客户"), ("en", "en", "customer")):
        with speaking(code):
            made = page(PARTS, title=T(zh="客户", en="customer"), lead="", parts=[])
        assert f'<html lang="{tag}">' in made and f"<h1>{word}</h1>" in made


def test_the_colours_are_those_of_the_figures():
    assert [token(name) for name in ("blue", "orange", "green", "vermilion")] == PALETTE[:4]


def test_no_other_sheet_of_ours_says_the_colours_again():
    sheets = [path for path in PACKAGE.rglob("*.css") if path.name != "reveal.css"]
    tokens = dict(re.findall(r"--([\w-]+): (#\w{6});", (PACKAGE / "files" / "tokens.css").read_text("utf-8")))
    again = {
        f"{path.parent.name}/{path.name}: {colour} is --{name}"
        for path in sheets
        if path.name != "tokens.css" and "explore" not in path.parts
        for name, colour in tokens.items()
        if colour in path.read_text("utf-8").lower()
    }
    assert again == set()


def test_numbers_stand_on_the_right_and_long_words_row_by_row_on_a_phone():
    table = pd.DataFrame({"segment": ["dormant"], "customers": [1200], "share": [None], "why": ["long " * 9]})
    made = html_table(table, {"share": ".0%"})
    assert '<td class="n" data-head="customers">1,200</td>' in made and ">–</td>" in made
    assert 'class="table stacked"' in made and "dormant" in made
    assert "stacked" not in html_table(table[["segment", "customers", "share"]])

"""Pages carry the characters they use: the font has what our readers write, and a page has what it shows."""

import re
import unicodedata
from base64 import b64decode
from io import BytesIO

import pandas as pd
import pytest
from fontTools.pens.boundsPen import BoundsPen
from fontTools.ttLib import TTFont
from openpyxl import load_workbook

from custseg_helpers.files.folder import write_excel
from custseg_helpers.files.fonts import FONT, MONO, font_css, lacking
from custseg_helpers.paths import course_root
from custseg_helpers.words.text import T, UserError
from tools import font as maker

ROOT = course_root()
WRITTEN = {".py", ".md", ".toml", ".yaml", ".csv", ".html", ".css", ".js", ".jinja"}


READ = tuple(
    f"custseg_helpers/{room}"
    for room in (
        "reading/",
        "decision/",
        "evidence/",
        "mapping/names/",
        "mapping/exports/",
        "mapping/propose.py",
        "audit/meaning.py",
    )
)
"""Where the words stand that files come with, Japanese and Korean among them; nobody is shown these lists."""


def faces(css):
    """The fonts in a stylesheet, by family."""
    found = re.findall(r'font-family:"([^"]+)";src:url\(data:font/woff;base64,([^)]+)\)', css)
    return {family: TTFont(BytesIO(b64decode(data))) for family, data in found}


@pytest.mark.parametrize(
    "text",
    [
        "".join(map(chr, maker.common())),
        "张喆 李玥 王昇 陈𬱖 赵堃 孙翀",
        "".join(chr(code) for code in range(0x20A0, 0x20C0)) + "$¢£¤¥₩￥￡￠￦",
        "".join(chr(code) for code in range(0x100, 0x180)) + "Łódź Žižkov Ñandú Đặng Ğül",
        "✓ ✗ ☐ ☑ ○ ● ▶ → ↗ ≥ ≤ ≠ ≈ × ÷ − – — … · “”‘’「」《》【】（），。；：？！ ① ⑩ ℃ ‰ √ ∑ β₀ x⁻¹ ⏱ ⚖ ✏ ⚠",
    ],
)
def test_the_font_has_what_our_readers_write(text):
    assert lacking(text) == ""


def test_the_list_is_the_table_of_8105_characters():
    assert len(maker.common()) == 8105
    assert {unicodedata.category(chr(code)) for code in maker.common()} == {"Lo"}


@pytest.mark.parametrize("folder", ["custseg_helpers", "lessons", "docs"])
def test_every_character_of_the_course_is_in_the_font(folder):
    files = {path.relative_to(ROOT).as_posix(): path for path in (ROOT / folder).rglob("*")}
    texts = {name: path.read_text("utf-8") for name, path in files.items() if path.suffix in WRITTEN}
    texts.pop("custseg_helpers/files/fonts.py", None)  # its examples show a character that is not
    texts = {name: text for name, text in texts.items() if not name.startswith(READ)}
    assert len(texts) > 5
    assert {name: missing for name, text in texts.items() if (missing := lacking(text))} == {}


def test_a_page_carries_its_characters_and_no_others():
    (sans,) = faces(font_css("<p>客户&rarr;分层 ₹</p>")).values()
    ascii_letters = set(range(0x20, 0x7F))
    assert set(sans.getBestCmap()) == ascii_letters | {ord(char) for char in "客户→分层₹"}
    assert len(font_css("<p>客户分层</p>")) < 40_000


def test_code_brings_letters_of_one_width():
    fonts = faces(font_css("<pre>客户 a = 1</pre>"))
    assert set(fonts) == {"Custseg Sans", "Custseg Mono"}
    letters, chinese = fonts["Custseg Mono"], fonts["Custseg Sans"]
    assert {letters["hmtx"][glyph][0] for glyph in letters.getBestCmap().values()} == {500}
    assert set(letters.getBestCmap()) == set(range(0x20, 0x7F))
    assert chinese["hmtx"][chinese.getBestCmap()[ord("客")]][0] == 2 * 500


def test_letters_are_as_wide_as_in_the_whole_font():
    """What was measured with the shipped font holds for the page."""
    for whole, family in ((TTFont(FONT), "Custseg Sans"), (TTFont(MONO), "Custseg Mono")):
        cut = faces(font_css("<code>Größe 客户，₹</code>"))[family]
        for code, glyph in cut.getBestCmap().items():
            assert cut["hmtx"][glyph] == whole["hmtx"][whole.getBestCmap()[code]], chr(code)


def test_the_same_page_is_the_same_bytes():
    assert font_css("客户") == font_css("户客客")


def test_a_missing_character_is_named_with_its_place():
    with pytest.raises(UserError) as error:
        font_css("<p>biáng 𰻝 面</p>", T(zh="第 04 课的幻灯片", en="slides of lesson 04"))
    assert error.value.text.en.startswith("slides of lesson 04: the course's font lacks 𰻝 (U+30EDD)")
    assert error.value.text.zh.startswith("第 04 课的幻灯片：课程的字体里没有 𰻝 (U+30EDD)")


def test_words_of_others_may_hold_any_character():
    assert font_css("<p>𰻝 👍 \u0007</p>").startswith("@font-face")
    assert font_css("<p>🧮 ⚖️</p>", "lesson 01").startswith("@font-face")


def test_signs_from_the_second_font_are_drawn():
    """They came from another font: each has an outline and its own width."""
    font = TTFont(FONT)
    glyphs, names = font.getGlyphSet(), font.getBestCmap()
    for char in "₹₺₽₿ĄčŁž₁⁻":
        pen = BoundsPen(glyphs)
        glyphs[names[ord(char)]].draw(pen)
        left, bottom, right, top = pen.bounds
        assert -60 < left < right < glyphs[names[ord(char)]].width + 60, char
        assert -350 < bottom < top < 1000, char


def excel(tmp_path):
    """An Excel file of ours."""
    write_excel({"客户": pd.DataFrame({"姓名": ["林晓"], "amount": [1.5]})}, tmp_path / "a.xlsx")
    return tmp_path / "a.xlsx"


@pytest.mark.parametrize("made", [excel, lambda _: ROOT / "datasets/retail/raw/marketing_members.xlsx"])
def test_excel_files_name_a_font_that_windows_has(made, tmp_path):
    book = load_workbook(made(tmp_path))
    fonts = {cell.font.name for sheet in book for row in sheet.iter_rows() for cell in row}
    assert fonts == {"Microsoft YaHei"}

"""`python -m tools.font`: cut the course's fonts out of Noto, as Debian brings it (`fonts-noto-cjk`, `fonts-noto-core`).

They hold every character of 通用规范汉字表 (`tools/common_characters.txt`) and of GB2312, the 繁體 of the glossary, and
the letters, signs and currencies of our readers' data. What Noto Sans CJK SC lacks is drawn in from Noto Sans and its symbols, so
that one file serves the figures, the pages and the sheets. A second file has letters of one width, for code; a third the punctuation
of English.

    python -m tools.font [FOLDER OF FONTS, default /usr/share/fonts]
"""

import sys
from collections.abc import Collection
from itertools import count
from pathlib import Path

from fontTools.pens.t2CharStringPen import T2CharStringPen
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

from custseg_helpers.files.fonts import FONT, LATIN, MONO
from custseg_helpers.words.glossary import glossary

CJK = "opentype/noto/NotoSansCJK-Regular.ttc"
SIMPLIFIED, ONE_WIDTH = 2, 7
"""The places of Noto Sans CJK SC and Noto Sans Mono CJK SC in the collection."""
PUNCTUATION = "·–—‘’“”…"
"""What Chinese and English write with the same characters, in other widths."""
BESIDES = [
    f"truetype/noto/{name}-Regular.ttf" for name in ("NotoSans", "NotoSansSymbols", "NotoSansSymbols2")
]
DROPPED = ["BASE", "VORG", "vhea", "vmtx"]
"""Tables for lines that run downwards."""

TRADITIONAL = "萬億楽"
"""Numbers are read in 繁體, too; 楽天 is a system that we read."""
COMMON = Path(__file__).with_name("common_characters.txt")
LETTERS = ((0x20, 0x7E), (0xA0, 0x24F))
"""ASCII; Latin-1, Latin Extended-A and -B, pinyin's tones among them."""
SIGNS = (
    (0x2C6, 0x2DD),  # accents that stand alone
    (0x391, 0x3C9),  # Greek
    (0x401, 0x451),  # Russian
    (0x1EA0, 0x1EF9),  # Vietnamese
    (0x2010, 0x2027),  # punctuation …
    (0x2030, 0x205E),
    (0x2070, 0x209C),  # superscripts and subscripts
    (0x20A0, 0x20BF),  # currencies
    (0x2100, 0x218F),  # letter-like signs, fractions, Roman numbers
    (0x2190, 0x21FF),  # arrows
    (0x2200, 0x22FF),  # mathematics
    (0x2312, 0x2318),
    (0x23F1, 0x23F1),  # stopwatch
    (0x2460, 0x249B),  # numbers in circles
    (0x2500, 0x25FF),  # lines, blocks, shapes
    (0x2600, 0x27BF),  # pictures, ticks and crosses
    (0x3000, 0x303F),  # Chinese punctuation
    (0x3041, 0x30FF),  # kana
    (0x3105, 0x3129),  # bopomofo
    (0x3220, 0x3229),
    (0xFE30, 0xFE6B),  # full-width forms …
    (0xFF01, 0xFF5E),
    (0xFFE0, 0xFFE6),
)


def codes(ranges: tuple[tuple[int, int], ...]) -> set[int]:
    """Return the code points of ranges, each from its first to its last."""
    return {code for first, last in ranges for code in range(first, last + 1)}


def common() -> set[int]:
    """Return the code points of 通用规范汉字表."""
    lines = COMMON.read_text(encoding="utf-8").splitlines()
    return {ord(char) for line in lines if not line.startswith("#") for char in line}


def gb2312() -> set[int]:
    """Return the code points of GB2312, the radicals and rare characters that the newer table left out among them."""
    return {
        ord(bytes([row, cell]).decode("gb2312", "ignore") or " ")
        for row in range(0xA1, 0xF8)
        for cell in range(0xA1, 0xFF)
    }


def cut(font: TTFont, wanted: Collection[int]) -> TTFont:
    """Reduce a font to the wanted characters, without hints and without what only vertical lines need."""
    options = Options(
        hinting=False, desubroutinize=True, layout_features=["kern", "halt", "chws"], notdef_outline=True
    )
    options.drop_tables += DROPPED
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=wanted)
    subsetter.subset(font)
    return font


def draw_in(font: TTFont, other: TTFont, wanted: Collection[int]) -> None:
    """Add those of the wanted characters to a font that only another one of the same scale has."""
    top = font["CFF "].cff.topDictIndex[0]
    sheet, glyphs, names = top.CharStrings, other.getGlyphSet(), other.getBestCmap()
    family = top.FDSelect[font.getGlyphID(font.getBestCmap()[ord("A")])]
    private = top.FDArray[family].Private
    free = (name for number in count(1) if (name := f"cid{number:05d}") not in sheet.charStrings)
    for code in sorted((set(wanted) & set(names)) - set(font.getBestCmap())):
        name, glyph = next(free), glyphs[names[code]]
        pen = T2CharStringPen(glyph.width - private.nominalWidthX, glyphs)
        glyph.draw(pen)
        sheet.charStrings[name] = len(sheet.charStringsIndex)
        sheet.charStringsIndex.append(pen.getCharString(private, top.GlobalSubrs))
        top.charset.append(name)
        top.FDSelect.append(family)
        font["hmtx"][name] = (round(glyph.width), other["hmtx"][names[code]][1])
        for table in font["cmap"].tables:
            if table.isUnicode() and table.format != 14:
                table.cmap[code] = name
    font.setGlyphOrder(top.charset)


def main(arguments: list[str]) -> int:
    """Write the fonts into the package; of the letters of one width, ASCII: the others are not."""
    folder = Path(arguments[0] if arguments else "/usr/share/fonts")
    letters, signs = codes(LETTERS), codes(SIGNS)
    chinese = common() | gb2312() | set(map(ord, "".join(map(str, glossary().values())) + TRADITIONAL))
    font = cut(TTFont(folder / CJK, fontNumber=SIMPLIFIED, recalcTimestamp=False), chinese | letters | signs)
    for path in BESIDES:
        draw_in(font, TTFont(folder / path), letters | signs)
    code = cut(TTFont(folder / CJK, fontNumber=ONE_WIDTH, recalcTimestamp=False), range(0x20, 0x7F))
    latin = cut(TTFont(folder / BESIDES[0], recalcTimestamp=False), set(map(ord, PUNCTUATION)))
    for made, target in ((font, FONT), (code, MONO), (latin, LATIN)):
        made.save(target)
        print(f"{target.name}: {target.stat().st_size:,} bytes, {len(made.getBestCmap()):,} characters")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

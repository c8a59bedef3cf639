"""Which encoding a text file is in: UTF-8 and UTF-16 for certain, the older ones of East Asia and Europe by what the text would say."""

import codecs
import re
from typing import NamedTuple

from custseg_helpers.words.text import T, UserError, listed

KNOWN = {
    "utf-8": "utf-8", "utf8": "utf-8", "utf-8-sig": "utf-8-sig", "utf-16": "utf-16", "utf-16-le": "utf-16-le",
    "utf-16-be": "utf-16-be", "gbk": "gb18030", "gb2312": "gb18030", "gb18030": "gb18030", "cp936": "gb18030",
    "big5": "big5hkscs", "big5hkscs": "big5hkscs", "cp950": "cp950", "shift_jis": "cp932", "shift-jis": "cp932",
    "sjis": "cp932", "cp932": "cp932", "euc-jp": "euc_jp", "euc_jp": "euc_jp", "euc-kr": "cp949", "euc_kr": "cp949",
    "cp949": "cp949", "latin-1": "latin-1", "iso-8859-1": "latin-1",
    **{f"{word}125{number}": f"cp125{number}" for word in ("cp", "windows-") for number in range(9)},
    "koi8-r": "koi8_r", "koi8_r": "koi8_r", "iso-8859-2": "iso8859_2", "iso-8859-15": "iso8859_15",
}  # fmt: skip
"""Names a mapping may use, and Python's codec for each; GB18030 reads all that GBK and GB2312 do, CP949 all of EUC-KR."""

BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
SAMPLE = 200_000
FEW_NULS = 0.02
"""Share of bytes that are 0 in a text which is not UTF-16: slips of a program, dropped."""


class Encoding(NamedTuple):
    """A Python codec, and whether the file's own bytes prove it."""

    codec: str
    certain: bool


def encoding_of(content: bytes) -> Encoding:
    """Tell the encoding of a text file.

    A byte order mark and valid UTF-8 are certain. Of the rest, lines with more than ASCII decide: Korean, Japanese and
    Chinese show themselves by the characters they use all the time, and charset-normalizer chooses among the rest;
    what it cannot tell is taken for GB18030, and the caller says so.

    >>> [encoding_of(text.encode(codec)).codec for text, codec in (("客户", "utf-8"), ("客户", "utf-16"), ("x" * 300_000, "ascii"))]
    ['utf-8', 'utf-16', 'utf-8']
    """
    for mark, codec in BOMS:
        if content.startswith(mark):
            return Encoding(codec, True)
    if (zeros := content[:SAMPLE].count(0)) > FEW_NULS * len(content[:SAMPLE]):
        even = content[:SAMPLE:2].count(0)
        return Encoding("utf-16-be" if even > zeros / 2 else "utf-16-le", False)
    try:
        codecs.utf_8_decode(content, "strict", True)
        return Encoding("utf-8", True)
    except UnicodeDecodeError:
        return _guess(content)


EUROPEAN = ("cp1252", "cp1250", "cp1251", "cp1253", "cp1254", "cp1257", "koi8_r")
_ODD = re.compile(r"\b[èìòùêûõ¹³¿ŕřăőń][a-zà-ž]|[a-z][¹³¿º¡¥£]|£[A-Za-z]|[øòõû]\b|\bØe|[þðÞ]")
"""What hardly occurs in the languages of an encoding, and appears where another one was meant."""


def _guess(content: bytes) -> Encoding:
    from charset_normalizer import from_bytes

    lines, size = [], 0
    for line in content.splitlines(keepends=True):
        if not line.isascii():
            lines.append(line)
            size += len(line)
            if size > SAMPLE:
                break
    sample = b"".join(lines)
    for codec, fits in (
        ("cp949", _korean),
        ("euc_jp", _with_kana),
        ("gb18030", lambda _: common_han(sample)),
        ("cp932", _japanese),
    ):
        try:
            letters = [one for one in sample.decode(codec) if ord(one) > 0x7F and one.isalnum()]
        except UnicodeDecodeError:
            continue
        if letters and fits(letters):
            return Encoding(codec, False)
    whole = [line for line in lines if _reads(line, "gb18030")]
    if len(lines) > len(whole) >= 0.8 * len(lines) and common_han(b"".join(whole)):
        return Encoding("gb18030", False)  # a byte is broken: reading says in which line
    found = from_bytes(sample, cp_isolation=["gb18030", "big5hkscs", *EUROPEAN], threshold=0.6)
    best = found.best()
    if best is None:
        return Encoding("gb18030", False)
    if best.encoding not in EUROPEAN:
        return Encoding(best.encoding, False)
    as_good = [one.encoding for one in found if one.chaos <= best.chaos and one.encoding in EUROPEAN]
    return Encoding(
        min(
            as_good,
            key=lambda codec: (
                len(_ODD.findall(sample.decode(codec, "replace"))),
                EUROPEAN.index(codec),
            ),
        ),
        False,
    )


def _reads(line: bytes, codec: str) -> bool:
    try:
        line.decode(codec)
    except UnicodeDecodeError:
        return False
    return True


def _korean(letters: list[str]) -> bool:
    """Tell whether a text is all Hangul of everyday use; Chinese read as Korean is full of Han.

    >>> _korean(list("주문번호결제금액")), _korean(list("주문番"))
    (True, False)
    """
    hangul = [one.encode("cp949") for one in letters if "가" <= one <= "힣"]
    everyday = [one for one in hangul if 0xB0 <= one[0] <= 0xC8 and one[1] >= 0xA1]
    return len({*letters}) >= 6 and len(hangul) >= 0.97 * len(letters) and len(everyday) >= 0.6 * len(letters)


def _with_kana(letters: list[str]) -> bool:
    """Tell whether a text has kana throughout, as Japanese has and Chinese has not."""
    kana = [one for one in letters if "ぁ" <= one <= "ヿ"]
    return len(kana) >= 3 and len(kana) >= 0.08 * len(letters) and _everyday_kanji(letters, "euc_jp", 0xB0)


def _japanese(letters: list[str]) -> bool:
    """Tell whether a text is kana and everyday kanji; half-width kana alone may be any bytes."""
    wide = [one for one in letters if "ぁ" <= one <= "鿿"]
    half = [one for one in letters if "ｦ" <= one <= "ﾟ"]
    return (
        len(wide) + len(half) >= 0.9 * len(letters)
        and len(wide) >= max(3, 0.05 * len(letters))
        and _everyday_kanji(letters, "cp932", 0x88)
    )


def _everyday_kanji(letters: list[str], codec: str, first: int) -> bool:
    """Tell whether the Han of a text stand in the first level of JIS, as nearly all of a Japanese text does."""
    han = [one.encode(codec)[0] for one in letters if "一" <= one <= "鿿"]
    level = 17 if codec == "cp932" else 32
    return not han or sum(first <= one < first + level for one in han) >= 0.85 * len(han)


def common_han(sample: bytes) -> bool:
    """Tell whether the bytes read as GB2312 characters of everyday use (its first level), which Big5 does not give.

    >>> common_han("客户编号,实付金额".encode("gbk")), common_han("客戶編號,實付金額".encode("big5"))
    (True, False)
    """
    pairs, everyday, place = 0, 0, 0
    while place < len(sample) - 1:
        if sample[place] < 0x80:
            place += 1
            continue
        pairs += 1
        everyday += 0xB0 <= sample[place] <= 0xD7 and sample[place + 1] >= 0xA1
        place += 2
    return everyday >= 0.75 * pairs


_SURELY_UTF8 = re.compile(rb"(?:[\xe3-\xed][\x80-\xbf]{2}){2}")


def two_encodings(content: bytes) -> tuple[int, int] | None:
    r"""Return the number of a line in UTF-8 and of one that is not, where a file has both; None where it has not.

    >>> two_encodings("客户\n".encode() + "客户\n".encode("gbk")), two_encodings("客户\n客户\n".encode("gbk"))
    ((1, 2), None)
    """
    for found in _SURELY_UTF8.finditer(content):
        start, end = content.rfind(b"\n", 0, found.start()) + 1, content.find(b"\n", found.start())
        if _reads(content[start : end if end >= 0 else None], "utf-8"):
            break
    else:
        return None
    try:
        content.decode("utf-8")
    except UnicodeDecodeError as error:
        return content[:start].count(b"\n") + 1, content[: error.start].count(b"\n") + 1
    return None


def decode(content: bytes, declared: str | None, name: str) -> tuple[str, str, T | None]:
    """Return a file's text, the codec, and a note where the encoding was not certain.

    `declared` is the user's word (`encoding = "gbk"` in a mapping) and is obeyed; if the file contradicts it, the
    message names the line.
    """
    if declared and declared.lower() not in KNOWN:
        raise UserError(
            T(
                zh="不认识编码“{declared}”。可写：{known}。",
                en="Unknown encoding “{declared}”. Write one of {known}.",
            ).format(declared=declared, known=listed(KNOWN))
        )
    codec, certain = (KNOWN[declared.lower()], True) if declared else encoding_of(content)
    if not certain and not codec.startswith("utf") and (lines := two_encodings(content)):
        raise UserError(
            zh=f"“{name}”里混着两种编码：第 {lines[0]} 行是 UTF-8，第 {lines[1]} 行不是。多半是几个文件拼在一起。请把各部分分别另存为 UTF-8，再一起交来。",
            en=f"“{name}” mixes two encodings: line {lines[0]} is UTF-8 and line {lines[1]} is not. Probably several files were put together. Save each part as UTF-8 and hand them in together.",
        )
    if codec == "utf-8":
        codec = "utf-8-sig"
    try:
        text = content.decode(codec)
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise UserError(
            zh=f'文件“{name}”第 {line} 行不是 {declared or codec} 编码。请在映射文件里写明 encoding（如 "gb18030"），或另存为 UTF-8。',
            en=f'Line {line} of “{name}” is not {declared or codec}. State encoding (such as "gb18030") in the mapping, or save the file as UTF-8.',
        ) from None
    note = None if certain else T(
        zh=f"“{name}”的编码按 {codec.upper()} 读取（推断）。若中文不对，请写明 encoding。",
        en=f"“{name}” was read as {codec.upper()} (inferred). If the text looks wrong, state encoding.",
    )  # fmt: skip
    return text.replace("\0", "") if "\0" in text else text, codec, note

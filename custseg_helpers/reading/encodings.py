"""Which encoding a text file is in: UTF-8 and UTF-16 for certain, GB18030 and Big5 by what the text would say."""

import codecs
from typing import NamedTuple

from custseg_helpers.words.text import T, UserError, listed

KNOWN = {
    "utf-8": "utf-8", "utf8": "utf-8", "utf-8-sig": "utf-8-sig", "utf-16": "utf-16", "utf-16-le": "utf-16-le",
    "utf-16-be": "utf-16-be", "gbk": "gb18030", "gb2312": "gb18030", "gb18030": "gb18030", "cp936": "gb18030",
    "big5": "big5hkscs", "cp950": "cp950", "cp1252": "cp1252", "latin-1": "latin-1", "iso-8859-1": "latin-1",
}  # fmt: skip
"""Names a mapping may use, and Python's codec for each; GB18030 reads all that GBK and GB2312 do."""

BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
SAMPLE = 200_000


class Encoding(NamedTuple):
    """A Python codec, and whether the file's own bytes prove it."""

    codec: str
    certain: bool


def encoding_of(content: bytes) -> Encoding:
    """Tell the encoding of a text file.

    A byte order mark and valid UTF-8 are certain. Of the rest, lines with more than ASCII decide: charset-normalizer
    chooses among GB18030, Big5 and Western; what it cannot tell is taken for GB18030, and the caller says so.

    >>> [encoding_of(text.encode(codec)).codec for text, codec in (("客户", "utf-8"), ("客户", "utf-16"), ("x" * 300_000, "ascii"))]
    ['utf-8', 'utf-16', 'utf-8']
    """
    for mark, codec in BOMS:
        if content.startswith(mark):
            return Encoding(codec, True)
    if zeros := content[:SAMPLE].count(0):
        even = content[:SAMPLE:2].count(0)
        return Encoding("utf-16-be" if even > zeros / 2 else "utf-16-le", False)
    try:
        codecs.utf_8_decode(content, "strict", True)
        return Encoding("utf-8", True)
    except UnicodeDecodeError:
        return _guess(content)


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
    best = from_bytes(sample, cp_isolation=["gb18030", "big5hkscs", "cp1252"], threshold=0.6).best()
    codec = "gb18030" if best is None or common_han(sample) else best.encoding
    return Encoding(codec, False)


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
    return text, codec, note

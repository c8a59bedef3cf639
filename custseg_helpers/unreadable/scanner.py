"""A cell that Python cannot read, taken apart into signs, words and texts all the same."""

import re
from dataclasses import dataclass

FOREIGN = {
    "（": "(", "）": ")", "【": "[", "】": "]", "［": "[", "］": "]", "｛": "{", "｝": "}", "〔": "[", "〕": "]",
    "，": ",", "、": ",", "；": ";", "：": ":", "。": ".", "．": ".", "＝": "=", "＜": "<", "＞": ">", "《": "<",
    "》": ">", "≤": "<=", "≥": ">=", "≠": "!=", "×": "*", "÷": "/", "＋": "+", "－": "-", "—": "-", "–": "-",
    "−": "-", "＊": "*", "／": "/", "％": "%", "＆": "&", "｜": "|", "！": "!", "＂": '"', "＇": "'", "“": '"',
    "”": '"', "„": '"', "«": '"', "»": '"', "「": '"', "」": '"', "‘": "'", "’": "'", "＿": "_", "\u3000": " ",
    "\u00a0": " ", "＃": "#", "～": "~", "·": ".", "…": "...",
}  # fmt: skip
"""Signs that an input method types, and those that Python reads."""
QUOTES = "“”„«»「」‘’＂＇"
OPENING, CLOSING = "([{", ")]}"
PAIRS = dict(zip(OPENING, CLOSING, strict=True))

_TOKEN = re.compile(
    r"""(?P<space>[ \t]+|\\\n)
    |(?P<newline>\n)
    |(?P<comment>\#[^\n]*)
    |(?P<text>(?:[rbfuRBFU]{1,2})?(?:\"{3}(?:\\.|[^\\])*?\"{3}|'{3}(?:\\.|[^\\])*?'{3}|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'))
    |(?P<open>(?:[rbfuRBFU]{1,2})?(?:\"{3}(?:\\.|[^\\])*|'{3}(?:\\.|[^\\])*|"[^\n]*|'[^\n]*))
    |(?P<quoted>[“”„«»「」‘’＂＇][^\n“”„«»「」‘’＂＇"']*[“”„«»「」‘’＂＇"'])
    |(?P<number>\d[^\W]*(?:\.\d\w*)?|\.\d\w*)
    |(?P<name>[^\W\d]\w*)
    |(?P<sign>>==|<==|===|!==|<>|=>|=<|=!(?!=)|&&|\|\||\*\*=|//=|\*\*|//|==|!=|<=|>=|->|:=|\+=|-=|\*=|/=|\.\.\.|.)""",
    re.VERBOSE | re.DOTALL,
)


@dataclass(frozen=True)
class Token:
    """One piece of a cell: its kind, its text, where it begins and ends, its line (from 1)."""

    kind: str
    text: str
    start: int
    end: int
    line: int


def scan(code: str) -> list[Token]:
    """Take a cell apart; nothing is lost, whatever is wrong with it.

    >>> [token.text for token in scan("a = f（1）") if token.kind != "space"]
    ['a', '=', 'f', '（', '1', '）']
    """
    found, line = [], 1
    for match in _TOKEN.finditer(code):
        found.append(Token(str(match.lastgroup), match[0], match.start(), match.end(), line))
        line += match[0].count("\n")
    return found


def telling(tokens: list[Token]) -> list[Token]:
    """Return the tokens without spaces and comments."""
    return [token for token in tokens if token.kind not in ("space", "comment")]


def inside(tokens: list[Token]) -> dict[int, Token]:
    """Return for each token, by where it starts, the bracket it stands in; those in none are not there."""
    found: dict[int, Token] = {}
    opened: list[Token] = []
    for token in tokens:
        if token.kind == "sign" and token.text in CLOSING and opened:
            opened.pop()
        if opened:
            found[token.start] = opened[-1]
        if token.kind == "sign" and token.text in OPENING:
            opened.append(token)
    return found

"""Numbers in Chinese and English prose, in digits and in words, so that twins can be compared.

Digits must agree. A number in digits on one side may be a word on the other: “3 位” and “three”,
“12 月” and “December”, “3 万” and “30,000”.
"""

import re
from fractions import Fraction

_DIGITS = re.compile(r"\d+(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?")
_SCALE_ZH = {"百": 10**2, "千": 10**3, "万": 10**4, "亿": 10**8}
_SCALE_EN = {"hundred": 10**2, "thousand": 10**3, "k": 10**3, "million": 10**6, "m": 10**6, "billion": 10**9}
_WRITTEN = re.compile(
    rf"({_DIGITS.pattern})(?:\s?([百千万亿]+)|\s?(hundred|thousand|million|billion)\b|([kKM])\b)?",
    re.IGNORECASE,
)

_HAN_DIGITS = dict(zip("零一二三四五六七八九", range(10), strict=True)) | {"〇": 0, "两": 2}
_HAN_NUMBER = re.compile(r"[零〇一二两三四五六七八九十百千万亿]+")
_HAN_MORE = {"半": (Fraction(1, 2), Fraction(50)), "双": (Fraction(2),), "倍": (Fraction(2),)}


def _counted(words: str, first: int = 0, step: int = 1) -> dict[str, tuple[int, ...]]:
    return {word: (first + step * place,) for place, word in enumerate(words.split())}


_TENS = _counted("twenty thirty forty fifty sixty seventy eighty ninety", 20, 10)
_ENGLISH = {
    **_counted("zero one two three four five six seven eight nine ten eleven twelve"),
    **_counted("thirteen fourteen fifteen sixteen seventeen eighteen nineteen", 13),
    **_TENS,
    **_counted("january february march april may june july august september october november december", 1),
    **_counted("jan feb mar apr may jun jul aug sep oct nov dec", 1),
    **_counted("first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth", 1),
    **_counted("thirds fourths fifths sixths sevenths eighths ninths tenths", 3),
    **_counted("once twice", 1),
    **{"a": (1,), "an": (1,), "single": (1,), "both": (2,), "pair": (2,), "double": (2,), "dozen": (12,)},
    **{"half": (50, 2), "quarter": (4, 3, 25), "quarters": (4, 3)},
}


def digits(text: str) -> set[Fraction]:
    """Return the numbers written in digits, scale words included.

    >>> sorted(map(float, digits("3 万名会员，1,200.5 元，占 12%")))
    [12.0, 1200.5, 30000.0]
    """
    found = set()
    for match in _WRITTEN.finditer(text):
        value = Fraction(match[1].replace(",", ""))
        for sign in match[2] or "":
            value *= _SCALE_ZH[sign]
        if scale := match[3] or match[4]:
            value *= _SCALE_EN[scale.lower()]
        found.add(value)
    return found


def words(text: str) -> set[Fraction]:
    """Return every number that words of a text may stand for, in either language.

    >>> sorted(map(int, words("十二个月、两年")))
    [2, 12]
    >>> sorted(map(int, words("twenty-five people in May")))
    [5, 20, 25]
    """
    found = {Fraction(value) for run in _HAN_NUMBER.findall(text) for value in _han(run)}
    found |= {value for sign, values in _HAN_MORE.items() if sign in text for value in values}
    tokens = re.findall(r"[a-z]+", text.lower())
    for before, word in zip(["", *tokens], tokens, strict=False):
        found |= {Fraction(value) for value in _ENGLISH.get(word, ())}
        ten, unit = _ENGLISH.get(before, (0,))[0], _ENGLISH.get(word, (0,))[0]
        if before in _TENS and 0 < unit < 10:
            found.add(Fraction(ten + unit))
        if word in _SCALE_EN and before in _ENGLISH:
            found.add(Fraction(ten * _SCALE_EN[word]))
    return found


def unmatched(zh: str, en: str) -> tuple[list[str], list[str]]:
    """Return the numbers in digits that only the Chinese, and only the English text has.

    >>> unmatched("3 位客户，共 40 单，12 月", "Three customers, 41 orders, December")
    (['40'], ['41'])
    """
    in_zh, in_en = digits(zh), digits(en)
    return _left(in_zh - in_en, words(en)), _left(in_en - in_zh, words(zh))


def _left(numbers: set[Fraction], said: set[Fraction]) -> list[str]:
    return [
        f"{float(number):g}" if number.denominator > 1 else str(number)
        for number in sorted(numbers)
        if number not in said
    ]


def _han(run: str) -> set[int]:
    """Return the value of a Chinese numeral, and of each digit in it where it is none (“三五个”)."""
    single = {_HAN_DIGITS[sign] for sign in run if sign in _HAN_DIGITS}
    total = section = digit = 0
    for sign in run:
        if sign in _HAN_DIGITS:
            digit = _HAN_DIGITS[sign]
        elif sign in "十百千":
            section += (digit or 1) * {"十": 10, "百": 100, "千": 1000}[sign]
            digit = 0
        else:
            total = (total + section + digit or 1) * _SCALE_ZH[sign]
            section = digit = 0
    return {total + section + digit} | (single if len(run) < 3 else set())

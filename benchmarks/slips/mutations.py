"""A beginner's slips made from a right answer: one place of it is changed as hands and habits change it.

What was changed is known, so what is said of it can be judged: it is right if it gives back what stood there.
"""

import io
import keyword
import re
import tokenize
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Slip:
    """One slip: its kind, the cell as typed, the line that was changed, and what of the answer has to come back."""

    kind: str
    typed: str
    line: int
    was: str
    """The changed place as it stood, with the sign before and behind it."""
    word: str = ""
    """The name, text or number that was changed, where one was."""
    given: str = ""
    """What stands in its place."""


@dataclass(frozen=True)
class _Token:
    kind: str
    text: str
    start: int
    end: int
    line: int


Changed = tuple[int, int, str]
"""From where to where in the cell, and what stands there now."""


def slips(code: str, names: Mapping[str, Any], others: tuple[str, ...]) -> Iterator[Slip]:
    r"""Yield every slip of every kind that can be made in a model answer.

    Args:
        code: the model answer.
        names: the names of the notebook before it is run.
        others: what other exercises of the workbook call their answers.

    >>> found = {slip.kind: slip for slip in slips('few = len(orders["amount"])', {}, ())}
    >>> found["bracket left out"].typed, found["quotes left out"].typed, found["quotes left out"].word
    ('few = len(orders["amount"]', 'few = len(orders[amount])', '"amount"')
    """
    tokens = _tokens(code)
    for kind, change in KINDS.items():
        for place, (start, end, new) in change(code, tokens, names):
            typed = code[:start] + new + code[end:]
            if typed != code:
                first, last = tokens[max(place - 1, 0)], tokens[min(place + 1, len(tokens) - 1)]
                if first.line != tokens[place].line:
                    first = tokens[place]
                if last.line != tokens[place].line:
                    last = tokens[place]
                word = tokens[place].text if tokens[place].kind in ("name", "text", "number") else ""
                was = code[min(first.start, start) : max(last.end, end)].strip()
                yield Slip(kind, typed, code.count("\n", 0, start) + 1, was, word, new)
    yield from _steps_left_out(code)
    yield from _other_names(code, tokens, names, others)


def _tokens(code: str) -> list[_Token]:
    starts = [0]
    for row in code.splitlines(keepends=True):
        starts.append(starts[-1] + len(row))
    kinds = {tokenize.NAME: "name", tokenize.STRING: "text", tokenize.NUMBER: "number", tokenize.OP: "sign"}

    def at(place: tuple[int, int]) -> int:
        return starts[place[0] - 1] + place[1]

    return [
        _Token(kinds[t.type], t.string, at(t.start), at(t.end), t.start[0])
        for t in tokenize.generate_tokens(io.StringIO(code).readline)
        if t.type in kinds
    ]


Change = Callable[[str, list[_Token], Mapping[str, Any]], Iterator[tuple[int, Changed]]]


def _each(fits: Callable[[_Token], bool], new: Callable[[str], str]) -> Change:
    def change(code: str, tokens: list[_Token], names: Mapping[str, Any]) -> Iterator[tuple[int, Changed]]:
        for place, token in enumerate(tokens):
            if fits(token):
                yield place, (token.start, token.end, new(token.text))

    return change


def _signs(which: str) -> Callable[[_Token], bool]:
    return lambda token: token.kind == "sign" and token.text in which.split()


def _name(token: _Token) -> bool:
    return token.kind == "name" and not keyword.iskeyword(token.text) and len(token.text) > 2


def _text(token: _Token) -> bool:
    return token.kind == "text" and token.text[0] in "\"'" and token.text[:3] != '"""' and len(token.text) > 4


def _plain_text(token: _Token) -> bool:
    return _text(token) and token.text[1:-1].isidentifier()


def _swapped(text: str) -> str:
    middle = len(text) // 2
    return text[: middle - 1] + text[middle] + text[middle - 1] + text[middle + 1 :]


def _without_letter(text: str) -> str:
    middle = len(text) // 2
    return text[:middle] + text[middle + 1 :]


def _neighbours_swapped(
    code: str, tokens: list[_Token], names: Mapping[str, Any]
) -> Iterator[tuple[int, Changed]]:
    for place in range(1, len(tokens) - 2):
        one, two = tokens[place], tokens[place + 1]
        if one.line == two.line and one.text != two.text and "=" not in (one.text, two.text):
            gap = code[one.end : two.start]
            yield place, (one.start, two.end, two.text + gap + one.text)


def _call_left_open(
    code: str, tokens: list[_Token], names: Mapping[str, Any]
) -> Iterator[tuple[int, Changed]]:
    """`x.sum` for `x.sum()`."""
    for place in range(1, len(tokens) - 1):
        if tokens[place].text == "(" and tokens[place + 1].text == ")" and tokens[place - 1].kind == "name":
            yield place, (tokens[place].start, tokens[place + 1].end, "")


def _called_twice(code: str, tokens: list[_Token], names: Mapping[str, Any]) -> Iterator[tuple[int, Changed]]:
    for place in range(1, len(tokens) - 1):
        if tokens[place].text == "(" and tokens[place + 1].text == ")" and tokens[place - 1].kind == "name":
            yield place, (tokens[place].start, tokens[place + 1].end, "()()")


def _pairs(opening: str, closing: str, left: str, right: str, behind_name: bool) -> Change:
    """Other brackets, as a pair: `len[x]`, `orders("amount")`."""

    def change(code: str, tokens: list[_Token], names: Mapping[str, Any]) -> Iterator[tuple[int, Changed]]:
        opened: list[int] = []
        for place, token in enumerate(tokens):
            if token.kind == "sign" and token.text in "([{":
                opened.append(place)
            elif token.kind == "sign" and token.text in ")]}" and opened:
                begin = opened.pop()
                first = tokens[begin]
                joined = begin > 0 and tokens[begin - 1].end == first.start
                if first.text == opening and token.text == closing and joined == behind_name:
                    inner = code[first.end : token.start]
                    if "\n" not in inner:
                        yield begin, (first.start, token.end, f"{left}{inner}{right}")

    return change


def _at_end(new: str) -> Change:
    """Something behind the end of a line that is whole."""

    def change(code: str, tokens: list[_Token], names: Mapping[str, Any]) -> Iterator[tuple[int, Changed]]:
        for place, token in enumerate(tokens):
            end = code.find("\n", token.end)
            last = place + 1 == len(tokens) or tokens[place + 1].line != token.line
            if last and not code[token.end : end if end >= 0 else None].strip() and "=" in _row(code, token):
                yield place, (token.end, token.end, new)

    return change


def _at_start(new: str) -> Change:
    def change(code: str, tokens: list[_Token], names: Mapping[str, Any]) -> Iterator[tuple[int, Changed]]:
        for place, token in enumerate(tokens[:-1]):
            if (
                token.kind == "name"
                and tokens[place + 1].text == "="
                and _row(code, token).startswith(token.text)
            ):
                yield place, (token.start, token.start, new)

    return change


def _row(code: str, token: _Token) -> str:
    return code.splitlines()[token.line - 1]


def _quotes_around_a_name(
    code: str, tokens: list[_Token], names: Mapping[str, Any]
) -> Iterator[tuple[int, Changed]]:
    for place, token in enumerate(tokens[:-1]):
        before = tokens[place - 1].text if place else "\n"
        if _name(token) and before in "([,=" and tokens[place + 1].text != "=":
            yield place, (token.start, token.end, f'"{token.text}"')


def _words_for_method(
    code: str, tokens: list[_Token], names: Mapping[str, Any]
) -> Iterator[tuple[int, Changed]]:
    for place in range(1, len(tokens)):
        other = METHODS.get(tokens[place].text)
        if tokens[place - 1].text == "." and other:
            yield place, (tokens[place].start, tokens[place].end, other)


METHODS = {
    "sum": "total", "mean": "average", "nunique": "count_unique", "sort_values": "sort", "groupby": "group_by",
    "head": "top", "value_counts": "count_values", "max": "maximum", "min": "minimum", "isin": "is_in", "merge": "join",
    "median": "middle", "idxmax": "argmax_id", "notna": "not_null", "isna": "is_empty", "cumsum": "cum_sum",
}  # fmt: skip


def _measured_in_front(
    code: str, tokens: list[_Token], names: Mapping[str, Any]
) -> Iterator[tuple[int, Changed]]:
    """`SUM(orders["amount"])` for `orders["amount"].sum()`."""
    pattern = re.compile(r"(?<![\w.])(\w+(?:\[[^\[\]]*\])?)\.(sum|mean|max|min|median|nunique)\(\)")
    for found in pattern.finditer(code):
        excel = {"mean": "AVERAGE", "nunique": "COUNTUNIQUE"}.get(found[2], found[2].upper())
        place = next(n for n, token in enumerate(tokens) if token.start == found.start(2))
        yield place, (found.start(), found.end(), f"{excel}({found[1]})")


def _module_left_out(
    code: str, tokens: list[_Token], names: Mapping[str, Any]
) -> Iterator[tuple[int, Changed]]:
    for place in range(len(tokens) - 2):
        if type(names.get(tokens[place].text)).__name__ == "module" and tokens[place + 1].text == ".":
            yield place, (tokens[place].start, tokens[place + 1].end, "")


def _as_readers_call_it(
    code: str, tokens: list[_Token], names: Mapping[str, Any]
) -> Iterator[tuple[int, Changed]]:
    from custseg_helpers.words.glossary import glossary

    for place, token in enumerate(tokens):
        label = glossary().get(token.text[1:-1], {}).get("zh_cn") if _text(token) else None
        if label:
            yield place, (token.start, token.end, f'"{label}"')


def _brackets_off_conditions(
    code: str, tokens: list[_Token], names: Mapping[str, Any]
) -> Iterator[tuple[int, Changed]]:
    for found in re.finditer(r"(?<![\w\]])\(([^()]*(?:==|>|<|>=|<=|!=)[^()]*)\)(?=\s*[&|])", code):
        place = next(n for n, token in enumerate(tokens) if token.start == found.start())
        yield place, (found.start(), found.end(), found[1])


def _broken_line(code: str, tokens: list[_Token], names: Mapping[str, Any]) -> Iterator[tuple[int, Changed]]:
    for place, token in enumerate(tokens[:-1]):
        if token.text in ("=", "/", "-", "+", "*") and tokens[place + 1].line == token.line:
            yield place, (token.end, token.end, "\n")


def _lines_joined(code: str, tokens: list[_Token], names: Mapping[str, Any]) -> Iterator[tuple[int, Changed]]:
    for place in range(len(tokens) - 2):
        one, two = tokens[place], tokens[place + 1]
        if (
            two.line == one.line + 1
            and tokens[place + 2].text == "="
            and not code[one.end : two.start].strip()
        ):
            yield place, (one.end, two.start, " ")


def _two_columns(code: str, tokens: list[_Token], names: Mapping[str, Any]) -> Iterator[tuple[int, Changed]]:
    for found in re.finditer(r"\[\[([^\[\]]*,[^\[\]]*)\]\]", code):
        place = next(n for n, token in enumerate(tokens) if token.start == found.start())
        yield place, (found.start(), found.end(), f"[{found[1]}]")


def _noted(code: str, tokens: list[_Token], names: Mapping[str, Any]) -> Iterator[tuple[int, Changed]]:
    for found in re.finditer(r"(?m)^# ", code):
        place = next((n for n, token in enumerate(tokens) if token.start > found.start()), len(tokens) - 1)
        yield place, (found.start(), found.end(), "")


KINDS: dict[str, Change] = {
    "bracket left out": _each(_signs(") ] }"), lambda text: ""),
    "opening bracket left out": _each(_signs("( [ {"), lambda text: ""),
    "bracket twice": _each(_signs(") ] ("), lambda text: text * 2),
    "comma left out": _each(_signs(","), lambda text: ""),
    "comma twice": _each(_signs(","), lambda text: ",,"),
    "dot left out": _each(_signs("."), lambda text: ""),
    "dot for space": _each(_signs("."), lambda text: " "),
    "comma for dot": _each(_signs("."), lambda text: ","),
    "dot for comma": _each(_signs(","), lambda text: "."),
    "dot twice": _each(_signs("."), lambda text: ".."),
    "operator left out": _each(_signs("> < >= <= == != & | + - * /"), lambda text: ""),
    "equals left out": _each(_signs("="), lambda text: ""),
    "equals twice": _each(_signs("="), lambda text: "=="),
    "equals once": _each(_signs("=="), lambda text: "="),
    "equals for at least": _each(_signs(">= <="), lambda text: text[::-1]),
    "colon for equals": _each(_signs("="), lambda text: ":"),
    "and in words": _each(_signs("& |"), lambda text: {"&": "and", "|": "or"}[text]),
    "and twice": _each(_signs("& |"), lambda text: text * 2),
    "unequal as in SQL": _each(_signs("!="), lambda text: "<>"),
    "not as a sign": _each(_signs("~"), lambda text: "!"),
    "full-width sign": _each(
        _signs("( ) [ ] , = : > < ."), lambda text: dict(zip("()[],=:><.", "（）［］，＝：＞＜。", strict=True))[text]
    ),
    "Chinese quotes": _each(_text, lambda text: f"“{text[1:-1]}”"),
    "one Chinese quote": _each(_text, lambda text: f'"{text[1:-1]}”'),
    "smart single quotes": _each(_text, lambda text: f"‘{text[1:-1]}’"),
    "quote left out": _each(_text, lambda text: text[:-1]),
    "first quote left out": _each(_text, lambda text: text[1:]),
    "quotes left out": _each(_plain_text, lambda text: text[1:-1]),
    "two kinds of quotes": _each(_text, lambda text: f"'{text[1:-1]}\""),
    "quotes around a name": _quotes_around_a_name,
    "text mistyped": _each(_plain_text, _swapped),
    "letter of a text left out": _each(_plain_text, _without_letter),
    "text in capitals": _each(_plain_text, lambda text: f'"{text[1:-1].title()}"'),
    "space in a text": _each(lambda t: _plain_text(t) and "_" in t.text, lambda text: text.replace("_", " ")),
    "hyphen in a text": _each(lambda t: _plain_text(t) and "_" in t.text, lambda text: text.replace("_", "-")),
    "space at a text's end": _each(_plain_text, lambda text: text[:-1] + ' "'),
    "text as readers call it": _as_readers_call_it,
    "name mistyped": _each(_name, _swapped),
    "letter of a name left out": _each(_name, _without_letter),
    "name in capitals": _each(_name, lambda text: text.capitalize()),
    "space in a name": _each(lambda t: _name(t) and "_" in t.text, lambda text: text.replace("_", " ", 1)),
    "hyphen in a name": _each(lambda t: _name(t) and "_" in t.text, lambda text: text.replace("_", "-", 1)),
    "underscore left out": _each(lambda t: _name(t) and "_" in t.text, lambda text: text.replace("_", "", 1)),
    "number in quotes": _each(lambda t: t.kind == "number", lambda text: f'"{text}"'),
    "letter O for zero": _each(lambda t: t.kind == "number" and "0" in t.text, lambda text: text.replace("0", "O", 1)),
    "decimal comma": _each(lambda t: t.kind == "number" and "." in t.text, lambda text: text.replace(".", ",")),
    "per cent": _each(lambda t: bool(re.fullmatch(r"0\.\d+", t.text)), lambda text: f"{float(text) * 100:g}%"),
    "thousands comma": _each(lambda t: bool(re.fullmatch(r"\d{4,}", t.text)), lambda text: f"{int(text):,}"),
    "number with its unit": _each(lambda t: bool(re.fullmatch(r"\d{2,}", t.text)), lambda text: f"{text}天"),
    "call left open": _call_left_open,
    "called twice": _called_twice,
    "square brackets for a call": _pairs("(", ")", "[", "]", True),
    "round brackets for a column": _pairs("[", "]", "(", ")", True),
    "curly brackets for a column": _pairs("[", "]", "{", "}", True),
    "two square brackets": _pairs("[", "]", "[[", "]]", True),
    "square brackets left out": _pairs("[", "]", " ", "", True),
    "round brackets left out": _pairs("(", ")", " ", "", True),
    "neighbours swapped": _neighbours_swapped,
    "another word for the method": _words_for_method,
    "Excel's function": _measured_in_front,
    "module left out": _module_left_out,
    "brackets off conditions": _brackets_off_conditions,
    "one pair of brackets for two columns": _two_columns,
    "line broken": _broken_line,
    "lines joined": _lines_joined,
    "dot at the end": _at_end("."),
    "full stop at the end": _at_end("。"),
    "comma at the end": _at_end(","),
    "colon at the end": _at_end(":"),
    "bracket at the end": _at_end(")"),
    "note without its mark": _at_end(" 这里是结果"),
    "space at the start": _at_start(" "),
    "wide space at the start": _at_start("\u3000"),
    "prompt pasted": _at_start(">>> "),
    "let in front": _at_start("let "),
    "equals in front": _at_start("="),
    "mark of a note left out": _noted,
}  # fmt: skip
"""What happens to one place of a cell, by kind."""


def _steps_left_out(code: str) -> Iterator[Slip]:
    """A line that a later one needs is not written."""
    lines = code.splitlines()
    for number, row in enumerate(lines[:-1]):
        made = re.match(r"([^\W\d]\w*) = ", row)
        later = "\n".join(lines[number + 1 :])
        whole = (
            row.count("(") == row.count(")")
            and row.count("[") == row.count("]")
            and row.count("{") == row.count("}")
        )
        if made and whole and '"""' not in row and re.search(rf"(?<![\w\"]){made[1]}(?![\w\"])", later):
            left = [f"# {row}" if n == number else one for n, one in enumerate(lines)]
            used = next(
                n
                for n, one in enumerate(lines)
                if n > number and re.search(rf"(?<![\w\"]){made[1]}(?![\w\"])", one)
            )
            yield Slip("step left out", "\n".join(left), used + 1, row, made[1])


def _other_names(
    code: str, tokens: list[_Token], names: Mapping[str, Any], others: tuple[str, ...]
) -> Iterator[Slip]:
    """Another table of the notebook, another column, another exercise's answer in the place of what is meant."""
    import pandas as pd

    tables = sorted(
        name for name, value in names.items() if isinstance(value, pd.DataFrame) and not name.startswith("_")
    )
    columns = sorted({str(c) for name in tables for c in names[name].columns})
    for place, token in enumerate(tokens[:-1]):
        first, last = tokens[max(place - 1, 0)], tokens[place + 1]
        was = code[first.start if first.line == token.line else token.start : last.end]
        swaps: list[tuple[str, str]] = []
        if token.text in tables and (place == 0 or first.text != ".") and last.text != "=":
            swaps += [("another table", one) for one in tables if one != token.text]
            swaps += [("another exercise's answer", one) for one in others if one != token.text]
        if _text(token) and token.text[1:-1] in columns:
            swaps += [("another column", f'"{one}"') for one in columns if one != token.text[1:-1]]
        for kind, other in swaps:
            typed = code[: token.start] + other + code[token.end :]
            yield Slip(kind, typed, token.line, was, token.text, other)

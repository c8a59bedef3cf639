"""Cells that Python cannot read: what is wrong is found in the code itself, and a repair is tried before it is told.

Python's own words for these errors change from version to version; they are not looked at.
"""

import ast
import builtins
import keyword
import re
from collections.abc import Iterator, Mapping
from itertools import groupby, pairwise
from typing import Any

from custseg_helpers.unreadable.brackets import one_changed
from custseg_helpers.unreadable.elsewhere import (
    IN_WORDS,
    asked_of_a_number,
    criteria_in_brackets,
    curly,
    dates,
    formulas,
    grouped_as_in_sql,
    notes,
    signs_in_words,
)
from custseg_helpers.unreadable.explanation import Explanation, cut
from custseg_helpers.unreadable.finding import Finding, ends_value, line_of, with_line
from custseg_helpers.unreadable.line_ends import broken, colon_at_end, half_condition, in_front
from custseg_helpers.unreadable.near import nearest
from custseg_helpers.unreadable.prose import quoted_prose, whole_notes
from custseg_helpers.unreadable.scanner import (
    CLOSING,
    FOREIGN,
    OPENING,
    PAIRS,
    QUOTES,
    Token,
    inside,
    scan,
    telling,
)
from custseg_helpers.unreadable.twice import equals_left_out, hyphens, signs_twice, square_left_out
from custseg_helpers.words.text import T

BLOCKS = ("if", "elif", "else", "for", "while", "def", "class", "with", "try", "except", "finally")
OF_TABLES = (
    "iloc", "loc", "str", "dt", "sum", "mean", "median", "max", "min", "count", "size", "head", "tail", "groupby", "index",
    "columns", "nunique", "unique", "round", "sort_values", "value_counts", "isin", "between", "cumsum", "merge", "map",
)  # fmt: skip
"""What stands behind a dot, and is no name of its own."""
OPERATORS = {
    "&&": "&", "||": "|", "AND": "&", "And": "&", "OR": "|", "Or": "|", "=>": ">=", "=<": "<=", "=!": "!=", "!==": "!=", "===": "==", "<>": "!=", ">==": ">=", "<==": "<=",
}  # fmt: skip


def unreadable(code: str, names: Mapping[str, Any], line: int | None = None) -> Explanation:
    """Explain a cell that Python cannot read: the first finding whose repair makes it readable, else the likeliest.

    `names` are those of the notebook; `line` is where Python gave up, which counts where nothing is found.
    """
    found = list(_findings(code, scan(code), names))
    sound = [finding for finding in found if finding.mended is not None and stops_at(finding.mended) is None]
    better = [finding for finding in found if finding.mended is not None and later(finding.mended, code)]
    chosen = (sound or better or found or [_somewhere(code, line)])[0]
    general = chosen.general or (not sound and not better)
    return Explanation(chosen.cause, chosen.repair, chosen.line, cut(chosen.piece), general=general)


def _findings(code: str, tokens: list[Token], names: Mapping[str, Any]) -> Iterator[Finding]:
    yield from in_front(code)
    yield from signs_in_words(code)
    yield from criteria_in_brackets(code)
    yield from quoted_prose(code)
    yield from whole_notes(code, names)
    yield from _sentences(code, names)
    yield from notes(code, tokens)
    yield from formulas(code, tokens)
    yield from grouped_as_in_sql(code)
    yield from _apostrophes(code)
    yield from _foreign(code, tokens)
    yield from _values_in_text(code, tokens)
    yield from dates(code, tokens, names)
    yield from _mistyped_words(code, tokens)
    yield from signs_twice(code, tokens)
    yield from hyphens(code)
    yield from equals_left_out(code, tokens, names)
    yield from square_left_out(code, tokens, names, lambda mended: stops_at(mended) is None)
    yield from colon_at_end(code, tokens, BLOCKS)
    yield from broken(code, tokens)
    yield from _quotes(code, tokens)
    yield from _operators(code, tokens)
    yield from _numbers(code, tokens)
    yield from asked_of_a_number(code, tokens)
    yield from curly(code, tokens)
    yield from _rows_of_numbers(code, tokens)
    yield from _empty_square(code, tokens)
    yield from _semicolons(code, tokens)
    yield from _single_equals(code, tokens)
    yield from _several_values(code)
    yield from _blocks(code, tokens)
    yield from _words(code, tokens)
    yield from _neighbours(code, tokens, names)
    yield from _brackets(code, tokens)
    yield from _indents(code)
    yield from _ends(code, tokens)
    yield from half_condition(code, tokens)


def _sentences(code: str, names: Mapping[str, Any]) -> Iterator[Finding]:
    """Find an answer in words that lacks its quotes: `letter = 请看第 12 行，日期错了`."""
    for number, line in enumerate(code.splitlines(), 1):
        match = re.fullmatch(r"(\w+\s*=\s*)([^\s\"'“”‘’#=\[\](){}][^\"“”#=\[\](){}]*)", line.rstrip())
        words = match[2] if match else ""
        if not (
            re.search(r"[\u4e00-\u9fff]{2}.*[，。；：、！？]|[，。；：、！？].*[\u4e00-\u9fff]{2}", words)
            or re.search(r"(?:[A-Za-z]+'?[a-z]* ){3}", words)
        ):
            continue
        mended = with_line(code, number, f'{match[1]}"{words}"')  # type: ignore[index]
        if asked := [
            word for word in re.findall(r"\w+", words) if word in names and not word.startswith("_")
        ]:
            yield Finding(
                number,
                line,
                T(
                    zh="这是用话说要做什么（`{name}` …），Python 只认写法：名字、点、括号。",
                    en="This says in words what to do (`{name}` …); Python takes names, dots and brackets only.",
                ).format(name=asked[0]),
                T(
                    zh="答案就是一段话的，写 `{line}`；不然照课文写成代码。",
                    en="If the answer is a text, write `{line}`; else write it as code, as in the lesson.",
                ).format(line=line_of(mended, number)),
                mended,
                general=True,
            )
            continue
        yield Finding(
            number,
            line,
            T(zh='一段话要放进一对英文引号 `"` 里。', en='Words stand between two straight quotes, `"`.'),
            T(zh="改成：`{line}`", en="Write: `{line}`").format(line=line_of(mended, number)),
            mended,
        )


def _apostrophes(code: str) -> Iterator[Finding]:
    """Find a text in single quotes that an apostrophe ends too early: `'It isn't'`."""
    for number, line in enumerate(code.splitlines(), 1):
        match = re.fullmatch(r"([^'\"#]*)'([^\"]*[A-Za-z]'[a-z][^\"]*)'(\)?)\s*", line)
        if not match:
            continue
        mended = with_line(code, number, f'{match[1]}"{match[2]}"{match[3]}')
        yield Finding(
            number,
            line,
            T(
                zh="文字里的撇号 `'` 让这段文字提前收了尾。",
                en="The apostrophe, `'`, in the text ends it too early.",
            ),
            T(zh="外面换成双引号：`{line}`", en="Put double quotes around it: `{line}`").format(
                line=line_of(mended, number)
            ),
            mended,
        )


def _foreign(code: str, tokens: list[Token]) -> Iterator[Finding]:
    wrong = [
        token
        for token in tokens
        if token.kind == "quoted" or (token.kind == "sign" and token.text in FOREIGN)
    ]
    if not wrong:
        return
    mended = code
    for token in reversed(wrong):
        mended = _put(mended, token, _plain(token))
    first, sign = wrong[0], wrong[0].text[0]
    if FOREIGN[sign] == " ":
        cause = T(
            zh="这里有一个全角空格，看不出来，但 Python 不认。",
            en="Here is a wide space; it looks empty, but Python does not read it.",
        )
    elif sign in "×÷≤≥≠—–−…·«»":
        cause = T(zh="Python 不认识 `{a}`，要写 `{b}`。", en="Python does not know `{a}`; write `{b}`.")
    else:
        cause = T(
            zh="`{a}` 是中文（全角）符号，Python 只认英文（半角）的 `{b}`。",
            en="`{a}` is a Chinese (full-width) sign; Python reads only the plain one, `{b}`.",
        )
    if sign in QUOTES:
        cause = T(
            zh="`{a}` 是中文引号，Python 只认英文引号 `{b}`。",
            en="`{a}` is a curly quote; Python reads only straight quotes, `{b}`.",
        )
    repair = T(zh="切到英文输入法，改成：`{line}`", en="Switch the keyboard to English and write: `{line}`")
    yield Finding(
        first.line,
        line_of(code, first.line),
        cause.format(a=sign, b=FOREIGN[sign]),
        repair.format(line=line_of(mended, first.line)),
        mended,
    )


def _values_in_text(code: str, tokens: list[Token]) -> Iterator[Finding]:
    """Find texts with values in them, `f"…{x}…"`, whose quotes or curly brackets are no pair."""
    for token, after in pairwise(tokens):
        prefix = re.match(r"[rRuUbB]?[fF][rR]?", token.text)
        if token.kind != "text" or not prefix or token.text.count("{") == token.text.count("}"):
            continue
        line, quote = line_of(code, token.line), token.text[-1]
        if after.kind == "name" and token.text.count("{") > token.text.count("}"):
            start, end = token.start + prefix.end() + 1, code.find("\n", token.end)
            rest = code[start : end if end >= 0 else len(code)]
            inner, _, tail = rest.rpartition(quote)
            other = "'" if quote == '"' else '"'
            mended = code[:start] + inner.replace(quote, other) + quote + tail + code[start + len(rest) :]
            yield Finding(
                token.line,
                line,
                T(
                    zh="`{q}` 在文字中间就把文字收尾了：花括号里要用另一种引号 `{o}`。",
                    en="The `{q}` in the middle ends the text: within curly brackets use the other quote, `{o}`.",
                ).format(q=quote, o=other),
                T(zh="改成：`{line}`", en="Write: `{line}`").format(line=line_of(mended, token.line)),
                mended,
            )
        else:
            sign = "}" if token.text.count("{") > token.text.count("}") else "{"
            yield Finding(
                token.line,
                line,
                T(
                    zh="这段 `f` 文字里的花括号不成对，少了 `{s}`。",
                    en="The curly brackets in this `f` text are no pair: `{s}` is missing.",
                ).replace("{s}", sign),
                T(zh="补上 `{s}`。", en="Put in `{s}`.").replace("{s}", sign),
                code[: token.end - 1] + sign + code[token.end - 1 :],
            )


def _mistyped_words(code: str, tokens: list[Token]) -> Iterator[Finding]:
    """Find Python's own words mistyped at the beginning of a line: `retrun`, `esle`."""
    marks = telling(tokens)
    for before, token, after in zip([None, *marks], marks, marks[1:], strict=False):
        first = before is None or before.kind == "newline"
        if (
            not first
            or token.kind != "name"
            or keyword.iskeyword(token.text)
            or after.text in ("=", "(", ".", "[")
        ):
            continue
        if near := nearest(token.text, [*BLOCKS, "import", "from", "return", "print"]):
            mended = _put(code, token, near[0])
            yield Finding(
                token.line,
                line_of(code, token.line),
                T(zh="Python 不认识 `{a}`。", en="Python does not know `{a}`.").format(a=token.text),
                T(zh="是不是 `{b}`：`{line}`", en="Do you mean `{b}`: `{line}`").format(
                    b=near[0], line=line_of(mended, token.line)
                ),
                mended,
            )


def _plain(token: Token) -> str:
    if token.kind == "quoted":
        quote = "'" if token.text[0] in "‘’＇" else '"'
        return f"{quote}{token.text[1:-1]}{quote}"
    return FOREIGN[token.text]


def _quotes(code: str, tokens: list[Token]) -> Iterator[Finding]:
    broken = next((token for token in tokens if token.kind == "open"), None)
    if broken is None:
        return
    quote = re.sub(r"^[rbfuRBFU]+", "", broken.text)
    quote = quote[:3] if quote[:3] in ('"""', "'''") else quote[0]
    if len(quote) == 3:
        yield Finding(
            broken.line,
            line_of(code, broken.line),
            T(
                zh="这一行用 `{q}` 开始了一段文字，后面没有用 `{q}` 收尾：引号不成对。",
                en="This line begins a text with `{q}`, and nothing ends it: the quotes are no pair.",
            ).format(q=quote),
            T(
                zh="在文字结束的地方另起一行写 `{q}`。",
                en="Write `{q}` on a line of its own where the text ends.",
            ).format(q=quote),
        )
        return
    curly = next((sign for sign in QUOTES if sign in broken.text), None)
    places = _quote_places(code, broken, curly)
    mended = next((one for one in places if stops_at(one) is None), None) or next(
        (one for one in places if later(one, code)), None
    )
    if curly:
        cause = T(
            zh="引号不成对：开头是英文的 `{q}`，收尾却是中文的 `{c}`。",
            en="The quotes do not match: a straight `{q}` begins, a curly `{c}` ends.",
        ).format(q=quote, c=curly)
    else:
        cause = T(
            zh="引号 `{q}` 不成对，少了一个。", en="The quotes `{q}` are no pair: one is missing."
        ).format(q=quote)
    if mended:
        repair = T(zh="补上引号，比如：`{line}`", en="Put the quote in, for instance: `{line}`").format(
            line=line_of(mended, broken.line)
        )
    else:
        repair = T(
            zh="文字的两头都要有 `{q}`：看看这一行哪里少了。",
            en="A text has `{q}` at both ends: see where this line lacks one.",
        ).format(q=quote)
    yield Finding(broken.line, line_of(code, broken.line), cause, repair, mended)


def _quote_places(code: str, broken: Token, curly: str | None) -> list[str]:
    """Return the cell with a quote put in at each place that is likely."""
    if curly:
        return [code[: broken.start] + re.sub(f"[{QUOTES}]", '"', broken.text) + code[broken.end :]]
    quote = re.sub(r"^[rbfuRBFU]+", "", broken.text)[0]
    places = [broken.start + match.end() for match in re.finditer(r"\w+", broken.text)] + [broken.end]
    made = [code[:place] + quote + code[place:] for place in places]
    other = broken.text.find("'" if quote == '"' else '"')
    if other > 0:
        made.insert(0, code[: broken.start + other] + quote + code[broken.start + other + 1 :])
    start = code.rfind("\n", 0, broken.start) + 1
    for match in re.finditer(rf"\w+(?={quote})", code[start : broken.end]):
        place = start + match.start()
        made.append(code[:place] + quote + code[place:])
    return made


def _operators(code: str, tokens: list[Token]) -> Iterator[Finding]:
    for token in tokens:
        right = OPERATORS.get(token.text) or IN_WORDS.get(token.text)
        if token.kind in ("sign", "name") and right:
            mended = _put(code, token, right)
            yield Finding(
                token.line,
                line_of(code, token.line),
                T(
                    zh="Python 里没有 `{a}`，要写 `{b}`。", en="Python has no `{a}`; it is written `{b}`."
                ).format(a=token.text, b=right),
                T(zh="改成：`{line}`", en="Write: `{line}`").format(line=line_of(mended, token.line)),
                mended,
            )
    marks = telling(tokens)
    for token, after in pairwise(marks):
        if token.text == "!" and after.text != "=":
            mended = _put(code, token, "~")
            yield Finding(
                token.line,
                line_of(code, token.line),
                T(
                    zh="“不是”不写 `!`：一整列用 `~`，一个值用 `not`。",
                    en="“Not” is no `!` here: `~` for a column, `not` for one value.",
                ),
                T(zh="改成：`{line}`", en="Write: `{line}`").format(line=line_of(mended, token.line)),
                mended,
            )


def _numbers(code: str, tokens: list[Token]) -> Iterator[Finding]:
    marks = telling(tokens)
    for place, token in enumerate(marks):
        after = marks[place + 1] if place + 1 < len(marks) else None
        if token.kind != "number":
            continue
        if (
            after
            and after.line == token.line
            and re.fullmatch(r"[元块天日月年人位笔单件个次家万亿]{1,2}", after.text)
        ):
            mended = code[: token.end] + code[after.end :]
            yield Finding(
                token.line,
                line_of(code, token.line),
                T(zh="数字后面不能带单位：`{a}`。", en="A number carries no unit: `{a}`.").format(
                    a=f"{token.text} {after.text}"
                ),
                T(zh="只写数字：`{line}`", en="Write the number alone: `{line}`").format(
                    line=line_of(mended, token.line)
                ),
                mended,
            )
        if after and after.text == "%" and (place + 2 >= len(marks) or not _begins_value(marks[place + 2])):
            share = f"{float(token.text) / 100:g}" if re.fullmatch(r"[\d.]+", token.text) else "0.2"
            mended = code[: token.start] + share + code[after.end :]
            yield Finding(
                token.line,
                f"{token.text}%",
                T(
                    zh="Python 里没有百分号写法：`{a}%` 要写成小数。",
                    en="Python has no per cent: `{a}%` is written as a share.",
                ).format(a=token.text),
                T(zh="改成 `{b}`：`{line}`", en="Write `{b}`: `{line}`").format(
                    b=share, line=line_of(mended, token.line)
                ),
                mended,
            )
        if raised := re.fullmatch(r"([\d.]+)([²³])", token.text):
            right = f"{raised[1]}**{int(raised[2].translate(str.maketrans('²³', '23')))}"
            mended = _put(code, token, right)
            yield Finding(
                token.line,
                line_of(code, token.line),
                T(
                    zh="Python 不认识上标 `{s}`：乘方写 `**`。",
                    en="Python does not know the raised `{s}`: a power is written `**`.",
                ).format(s=raised[2]),
                T(zh="改成：`{line}`", en="Write: `{line}`").format(line=line_of(mended, token.line)),
                mended,
            )
            continue
        unit = re.fullmatch(r"(\d+(?:\.\d+)?)([^\W\d_]\w*)", token.text)
        if unit and not re.fullmatch(r"\d+[eE]\d+|0[xXbBoO]\w+|\d+[jJ]", token.text):
            yield from _number_and_letters(code, token, unit[1], unit[2])
        if re.fullmatch(r"0\d+", token.text):
            mended = _put(code, token, token.text.lstrip("0") or "0")
            yield Finding(
                token.line,
                token.text,
                T(zh="整数不能以 0 开头：`{a}`。", en="A whole number does not begin with 0: `{a}`.").format(
                    a=token.text
                ),
                T(
                    zh='数量写 `{b}`；编号是文字，写 `"{a}"`。',
                    en='As an amount write `{b}`; a code is a text, `"{a}"`.',
                ).format(a=token.text, b=token.text.lstrip("0") or "0"),
                mended,
            )


def _rows_of_numbers(code: str, tokens: list[Token]) -> Iterator[Finding]:
    """Find `1 200 000`, one number with spaces in it, and `30 60 90`, a list without its brackets."""
    within = inside(tokens)
    for kind, together in groupby(telling(tokens), key=lambda token: token.kind):
        row = list(together)
        if kind != "number" or len(row) < 2:
            continue
        first, typed = row[0], code[row[0].start : row[-1].end]
        bracket, digits = within.get(first.start), [token.text for token in row]
        listed = (
            bracket is not None and bracket.text == "[" and not any(d.startswith("0") for d in digits[1:])
        )
        if re.fullmatch(r"[1-9]\d{0,2}( \d{3})+", " ".join(digits)) and not listed:
            one, groups = "".join(digits), "_".join(digits)
            yield Finding(
                first.line,
                typed,
                T(zh="数字中间不能有空格：`{typed}`。", en="A number has no spaces in it: `{typed}`.").format(
                    typed=typed
                ),
                T(
                    zh="连起来写 `{one}`，想分节就写 `{groups}`。",
                    en="Write it as one, `{one}`, or in groups, `{groups}`.",
                ).format(one=one, groups=groups),
                code[: first.start] + groups + code[row[-1].end :],
            )
        elif bracket is None and len(row) > 2:
            mended = f"{code[: first.start]}[{', '.join(digits)}]{code[row[-1].end :]}"
            yield Finding(
                first.line,
                typed,
                T(
                    zh="好几个数要放进一对方括号，中间用逗号 `,` 隔开。",
                    en="Several numbers stand in square brackets, with commas, `,`, between them.",
                ),
                T(zh="改成：`{line}`", en="Write: `{line}`").format(line=line_of(mended, first.line)),
                mended,
            )


def _number_and_letters(code: str, token: Token, number: str, letters: str) -> Iterator[Finding]:
    digits = token.text.translate(str.maketrans("OoIl", "0011"))
    if digits.isdigit():
        mended, right = _put(code, token, digits), digits
        cause = T(
            zh="`{a}` 里混进了字母（O 不是 0，l 不是 1）。",
            en="`{a}` has letters in it (O is not 0, l is not 1).",
        )
        repair = T(zh="改成数字 `{b}`。", en="Write the number `{b}`.")
    elif (
        letters.isascii()
        and letters.isidentifier()
        and len(letters) > 2
        and letters not in ("days", "yuan", "day")
    ):
        right = f"{number} * {letters}"
        mended = _put(code, token, right)
        cause = T(
            zh="名字不能以数字开头：`{a}`。是“{n} 乘以 {l}”吗？",
            en="A name does not begin with a number: `{a}`. Do you mean {n} times {l}?",
        )
        repair = T(zh="乘号要写出来：`{b}`。", en="Write the times sign, `*`: `{b}`.")
    else:
        mended, right = _put(code, token, number), number
        cause = T(zh="数字后面不能带单位：`{a}`。", en="A number carries no unit: `{a}`.")
        repair = T(zh="只写数字 `{b}`，去掉 `{l}`。", en="Write the number alone, `{b}`, without `{l}`.")
    values = {"a": token.text, "b": right, "n": number, "l": letters}
    yield Finding(
        token.line, line_of(code, token.line), cause.format(**values), repair.format(**values), mended
    )


def _empty_square(code: str, tokens: list[Token]) -> Iterator[Finding]:
    """Find `count[]`, where `count()` is meant."""
    marks = telling(tokens)
    for before, token, after in zip(marks, marks[1:], marks[2:], strict=False):
        if ends_value(before) and token.text == "[" and after.text == "]":
            mended = code[: token.start] + "()" + code[after.end :]
            yield Finding(
                token.line,
                f"{before.text}[]",
                T(
                    zh="`{a}` 后面要圆括号 `()`，不是方括号。",
                    en="`{a}` takes round brackets, `()`, not square ones.",
                ).format(a=before.text),
                T(zh="写成 `{a}()`。", en="Write `{a}()`.").format(a=before.text),
                mended,
            )


def _semicolons(code: str, tokens: list[Token]) -> Iterator[Finding]:
    within = inside(tokens)
    wrong = [
        token for token in tokens if token.text == ";" and token.kind == "sign" and token.start in within
    ]
    if not wrong:
        return
    curly = within[wrong[0].start].text == "{"
    made = [_put_all(code, wrong, sign) for sign in ((":", ",") if curly else (",", ":"))]
    mended = next((one for one in made if stops_at(one) is None), made[0])
    sign = mended[wrong[0].start]
    name = {":": T(zh="冒号", en="a colon"), ",": T(zh="逗号", en="a comma")}[sign]
    yield Finding(
        wrong[0].line,
        line_of(code, wrong[0].line),
        T(
            zh="括号里不用分号 `;`，这里要{name} `{sign}`。",
            en="No semicolon `;` in brackets: {name}, `{sign}`, is wanted here.",
        ).format(name=name, sign=sign),
        T(zh="改成：`{line}`", en="Write: `{line}`").format(line=line_of(mended, wrong[0].line)),
        mended,
    )


def _single_equals(code: str, tokens: list[Token]) -> Iterator[Finding]:
    """Find `=` where two things are compared, or where a name stands for a value of a dictionary."""
    within, marks = inside(tokens), telling(tokens)
    for place, token in enumerate(marks):
        if token.text not in ("=", "==") or token.kind != "sign" or place == 0:
            continue
        bracket = within.get(token.start)
        before = marks[place - 1]
        named = before.kind == "name" and place > 1 and marks[place - 2].text in ("(", ",", "\n")
        if bracket and marks[place - 2] == bracket and _bare(marks, bracket):
            named = False
        if token.text == "==":
            once = _put(code, token, "=")
            if bracket and bracket.text == "(" and named and stops_at(once) is None:
                yield Finding(
                    token.line,
                    line_of(code, token.line),
                    T(
                        zh="括号里给 `{a}` 一个值，只写一个 `=`；`==` 是比较。",
                        en="In brackets `{a}` is given its value by one `=`; `==` compares.",
                    ).format(a=before.text),
                    T(zh="改成：`{line}`", en="Write: `{line}`").format(line=line_of(once, token.line)),
                    once,
                )
            continue
        if bracket and bracket.text == "{":
            mended = _put(code, token, ":")
            cause = T(
                zh="花括号里，名字和值之间是冒号 `:`，不是 `=`。",
                en="In curly brackets a colon `:` stands between name and value, not `=`.",
            )
        elif bracket and not named:
            mended = _put(code, token, "==")
            cause = T(
                zh="一个 `=` 是“把右边的值叫作左边的名字”；比较两边是否相等要两个：`==`。",
                en="One `=` gives a value a name; to ask whether two sides are equal, write two: `==`.",
            )
        elif bracket is None and _comparing(marks, place):
            mended = _put(code, token, "==")
            cause = T(
                zh="比较两边是否相等要写两个等号：`==`。",
                en="To ask whether two sides are equal, write two equals signs: `==`.",
            )
        elif bracket is None and _turned_round(code, token.line):
            mended = _put_line(code, token.line, _other_way_round(line_of(code, token.line)))
            cause = T(
                zh="`=` 的左边要是一个名字，值写在右边。",
                en="A name stands on the left of `=`, its value on the right.",
            )
        else:
            continue
        repair = (
            T(zh="改成：`{line}`", en="Write: `{line}`").format(line=line_of(mended, token.line))
            if mended and stops_at(line_of(mended, token.line)) is None
            else T(
                zh="两边换过来：`名字 = 值`；要比较就写 `==`。",
                en="Turn it round: `name = value`; to compare, write `==`.",
            )
        )
        yield Finding(token.line, line_of(code, token.line), cause, repair, mended)


def _bare(marks: list[Token], bracket: Token) -> bool:
    """Tell whether round brackets only hold together what is in them, and call nothing."""
    place = marks.index(bracket)
    return bracket.text == "(" and (place == 0 or not ends_value(marks[place - 1]))


def _comparing(marks: list[Token], place: int) -> bool:
    """Tell whether an `=` in no bracket is a question: after `if`, or in a line that has given a name already."""
    line = [token for token in marks[:place] if token.line == marks[place].line]
    return bool(line) and (
        line[0].text in ("if", "elif", "while")
        or any(t.text in ("=", "&", "|", "==", ">", "<") for t in line)
    )


def _turned_round(code: str, line: int) -> bool:
    left = line_of(code, line).partition("=")[0].strip()
    try:
        node = ast.parse(left, mode="eval").body
    except SyntaxError:
        return False
    return not isinstance(node, (ast.Name, ast.Subscript, ast.Attribute, ast.Tuple, ast.List))


def _other_way_round(line: str) -> str:
    left, _, right = line.partition("=")
    return f"{right.strip()} = {left.strip()}"


SEVERAL = re.compile(
    r"(?P<name>\b[^\W\d]\w*)\s*=\s*(?P<values>[^=,()\[\]{}\s]+(?:\s*,\s*[^=,()\[\]{}\s]+)+)\s*(?=[,)])"
)


def _several_values(code: str) -> Iterator[Finding]:
    """Find `f(ascending=False, True)`: an argument that is given several values without brackets."""
    for found in SEVERAL.finditer(code):
        mended = f"{code[: found.start()]}{found['name']}=[{found['values']}]{code[found.end() :]}"
        line = code.count("\n", 0, found.start()) + 1
        yield Finding(
            line,
            line_of(code, line),
            T(
                zh="`{name}` 要好几个值时，放进一对方括号；不然后面那个值不知道是谁的。",
                en="Several values for `{name}` go into square brackets; without them nobody knows whose the next one is.",
            ).format(name=found["name"]),
            T(zh="写成 `{right}`。", en="Write `{right}`.").format(
                right=f"{found['name']}=[{found['values']}]"
            ),
            mended,
        )


def _blocks(code: str, tokens: list[Token]) -> Iterator[Finding]:
    lines = code.splitlines()
    marks = telling(tokens)
    for place, token in enumerate(marks):
        first = place == 0 or marks[place - 1].kind == "newline"
        if not first or token.text.lower() not in BLOCKS:
            continue
        line = lines[token.line - 1].rstrip()
        body = line.split("#")[0].rstrip()
        if token.text != token.text.lower():
            mended = _put(code, token, token.text.lower())
            yield Finding(
                token.line,
                line.strip(),
                T(zh="`{a}` 要全小写：`{b}`。", en="`{a}` is written in small letters: `{b}`.").format(
                    a=token.text, b=token.text.lower()
                ),
                T(zh="改成：`{line}`", en="Write: `{line}`").format(line=line_of(mended, token.line)),
                mended,
            )
        if spaced := re.match(r"\s*(\w+) (\w+)(?=\s*=(?!=))", body):
            name = f"{spaced[1]}_{spaced[2]}"
            mended = "\n".join(
                [*lines[: token.line - 1], body.replace(spaced[0].strip(), name, 1), *lines[token.line :]]
            )
            yield Finding(
                token.line,
                line.strip(),
                T(zh="名字里不能有空格。", en="A name has no spaces in it."),
                T(zh="用下划线连起来：`{name}`。", en="Join the words with an underscore: `{name}`.").format(
                    name=name
                ),
                mended,
            )
        if re.match(r"\s*else\s+if\b", body):
            mended = re.sub(r"(?m)^(\s*)else\s+if\b", r"\1elif", code, count=1)
            yield Finding(
                token.line,
                line.strip(),
                T(zh="“否则如果”在 Python 里写成 `elif`。", en="“else if” is written `elif` in Python."),
                T(zh="改成：`{line}`", en="Write: `{line}`").format(line=line_of(mended, token.line)),
                mended,
            )
        if not body.endswith(":"):
            whole = "\n".join([*lines[: token.line - 1], body + ":", *lines[token.line :]])
            row = [one for one in marks if one.line == token.line and one.kind != "newline"]
            gaps = [a.end for a, b in pairwise(row) if ends_value(a) and _begins_value(b) and a.end < b.start]
            made = [code[:gap] + ":" + code[gap:] for gap in gaps if token.text.lower() != "else"]
            if stops_at(whole) is None or later(whole, code):
                made = []
            mended = next((one for one in made if stops_at(one) is None), whole)
            yield Finding(
                token.line,
                line.strip(),
                T(
                    zh="以 `{a}` 开头的一行，条件后面要有英文冒号 `:`。",
                    en="A line that begins with `{a}` needs a colon, `:`, behind its condition.",
                ).format(a=token.text)
                if mended != whole
                else T(
                    zh="以 `{a}` 开头的一行，末尾要有英文冒号 `:`。",
                    en="A line that begins with `{a}` ends in a colon `:`.",
                ).format(a=token.text),
                T(zh="改成：`{line}`", en="Write: `{line}`").format(line=line_of(mended, token.line)),
                mended,
            )


def _words(code: str, tokens: list[Token]) -> Iterator[Finding]:
    marks = telling(tokens)
    yield from _words_too_many(code, marks)
    for token, after in pairwise(marks):
        if (
            token.kind == "name"
            and keyword.iskeyword(token.text)
            and after.text == "="
            and token.text not in ("True", "False", "None", "in", "is", "lambda", "and", "or", "not")
        ):
            mended = _put(code, token, token.text + "_")
            yield Finding(
                token.line,
                line_of(code, token.line),
                T(
                    zh="`{a}` 是 Python 自己的词，不能当名字。",
                    en="`{a}` is a word of Python's own and cannot be a name.",
                ).format(a=token.text),
                T(zh="换一个名字，比如 `{a}_`。", en="Choose another, for instance `{a}_`.").format(
                    a=token.text
                ),
                mended,
            )
        if token.text == "print" and _begins_value(after) and after.text != "(":
            end = code.find("\n", after.start)
            end = len(code) if end < 0 else end
            mended = code[: token.end] + "(" + code[after.start : end].rstrip() + ")" + code[end:]
            yield Finding(
                token.line,
                line_of(code, token.line),
                T(zh="`print` 后面要有括号 `()`。", en="`print` needs brackets, `()`."),
                T(zh="改成：`{line}`", en="Write: `{line}`").format(line=line_of(mended, token.line)),
                mended,
            )


FILLING = ("also", "then", "than", "equal", "equals", "to", "the", "of", "both")
"""Words that people put between signs, and that say nothing to Python."""


def _words_too_many(code: str, marks: list[Token]) -> Iterator[Finding]:
    """Find `and also (…)`, `> than 5`: a word of a sentence behind a sign."""
    for before, token in pairwise(marks):
        sign = keyword.iskeyword(before.text) or before.kind == "sign"
        if token.kind == "name" and token.text.casefold() in FILLING and sign and before.text not in ".)]}":
            mended = code[: token.start] + code[token.end :].lstrip(" ")
            yield Finding(
                token.line,
                line_of(code, token.line),
                T(
                    zh="`{a}` 是话里的词，代码里不写。", en="`{a}` is a word of speech; code does without it."
                ).format(a=token.text),
                T(zh="改成：`{line}`", en="Write: `{line}`").format(line=line_of(mended, token.line)),
                mended,
            )


def _neighbours(code: str, tokens: list[Token], names: Mapping[str, Any]) -> Iterator[Finding]:
    """Find two values side by side with nothing between them."""
    within = inside(tokens)
    marks = [token for token in telling(tokens) if token.kind != "newline" or token.start not in within]
    unclosed = _unclosed(tokens)
    for place, (token, after) in enumerate(pairwise(marks)):
        if not (ends_value(token) and _begins_value(after)) or after.text in ("(", "["):
            continue
        bracket = within.get(after.start)
        if bracket and token.line != after.line and bracket in unclosed:
            continue
        first = place == 0 or marks[place - 1].kind == "newline"
        then = marks[place + 2].text if place + 2 < len(marks) else ""
        gap = code[token.end : after.start]
        dotted = place > 0 and marks[place - 1].text == "."
        if token.kind == after.kind == "name" and then == "(" and hasattr(names.get(token.text), after.text):
            mended = code[: token.end] + "." + code[after.start :]
            yield Finding(
                token.line,
                f"{token.text} {after.text}",
                T(
                    zh="`{a}` 和 `{b}` 之间是点 `.`，不是空格。",
                    en="A dot, `.`, and no space stands between `{a}` and `{b}`.",
                ).format(a=token.text, b=after.text),
                T(zh="写成 `{a}.{b}(…)`。", en="Write `{a}.{b}(…)`.").format(a=token.text, b=after.text),
                mended,
            )
        if (
            after.kind == "name"
            and after.text in OF_TABLES
            and then in ("(", "[", ".")
            and after.text not in names
        ):
            mended = code[: token.end] + "." + code[after.start :]
            yield Finding(
                token.line,
                f"{token.text} {after.text}",
                T(zh="`{b}` 前面少了点 `.`。", en="The dot, `.`, before `{b}` is missing.").format(
                    b=after.text
                ),
                T(zh="改成：`{line}`", en="Write: `{line}`").format(line=line_of(mended, after.line)),
                mended,
            )
            continue
        if dotted and token.kind == "name" and bracket is None and gap:
            end = code.find("\n", after.start)
            end = len(code) if end < 0 else end
            whole = f"{code[: token.end]}({code[after.start : end].rstrip()}){code[end:]}"
            if then not in (")", "\n", "") and stops_at(whole) is None:
                yield Finding(
                    after.line,
                    f"{token.text} {after.text}",
                    T(zh="`{a}` 要用括号 `()` 来用。", en="`{a}` is used with brackets, `()`.").format(
                        a=token.text
                    ),
                    T(zh="改成：`{line}`", en="Write: `{line}`").format(line=line_of(whole, after.line)),
                    whole,
                )
            yield Finding(
                after.line,
                f"{token.text} {after.text}",
                T(zh="`{a}` 要用括号 `()` 来用。", en="`{a}` is used with brackets, `()`.").format(
                    a=token.text
                ),
                T(zh="改成 `{a}({b})`。", en="Write `{a}({b})`.").format(a=token.text, b=after.text),
                code[: token.end] + f"({after.text})" + code[after.end :],
            )
        if token.text in CLOSING and after.kind == "name" and token.end == after.start:
            mended = code[: token.end] + "." + code[after.start :]
            yield Finding(
                after.line,
                f"{token.text}{after.text}",
                T(zh="`{b}` 前面少了点 `.`。", en="The dot, `.`, before `{b}` is missing.").format(
                    b=after.text
                ),
                T(zh="改成：`{line}`", en="Write: `{line}`").format(line=line_of(mended, after.line)),
                mended,
            )
        if first and token.kind == after.kind == "name" and then == "=":
            joined = f"{token.text}_{after.text}"
            yield Finding(
                token.line,
                f"{token.text} {after.text}",
                T(zh="名字里不能有空格。", en="A name has no spaces in it."),
                T(zh="用下划线连起来：`{name}`。", en="Join the words with an underscore: `{name}`.").format(
                    name=joined
                ),
                code[: token.start] + joined + code[after.end :],
            )
        column = f"{token.text}_{after.text}"
        if bracket and bracket.text == "[" and column in _columns(names):
            mended = f'{code[: token.start]}"{column}"{code[after.end :]}'
            yield Finding(
                token.line,
                f"{token.text} {after.text}",
                T(
                    zh="列名里没有空格，用下划线连着，还要加引号。",
                    en="A column's name has underscores in place of spaces, and stands in quotes.",
                ),
                T(zh="改成：`{line}`", en="Write: `{line}`").format(line=line_of(mended, token.line)),
                mended,
            )
        called = (token.kind == "name" and token.text in names) or hasattr(builtins, token.text)
        if (
            token.kind == "name"
            and bracket is None
            and nearest(token.text, (*BLOCKS, "import", "from", "not", "return"))
            and place
            and marks[place - 1].kind == "newline"
        ):
            continue
        if called and callable(names.get(token.text, getattr(builtins, token.text, None))):
            end = code.find("\n", after.start)
            end = len(code) if end < 0 else end
            whole = f"{code[: token.end]}({code[after.start : end].rstrip()}){code[end:]}"
            mended = code[: token.end] + f"({after.text})" + code[after.end :]
            if then in (".", ",", "[") and stops_at(whole) is None:
                mended = whole
            yield Finding(
                after.line,
                f"{token.text} {after.text}",
                T(zh="`{a}` 要用括号 `()` 来用。", en="`{a}` is used with brackets, `()`.").format(
                    a=token.text
                ),
                T(zh="改成：`{line}`", en="Write: `{line}`").format(line=line_of(mended, after.line)),
                mended,
            )
        formula = bracket is not None and _bare(marks, bracket) and after.kind == "name" != token.kind
        if bracket is None or formula:
            mended = code[: token.end] + " * " + code[after.start :]
            yield Finding(
                after.line,
                f"{token.text}{' ' if gap else ''}{after.text}",
                T(
                    zh="`{a}` 和 `{b}` 之间少了运算符号。", en="Between `{a}` and `{b}` a sign is missing."
                ).format(a=_short(token), b=_short(after)),
                T(
                    zh="补上 `+`、`-`、`*`、`/`、`==` 里的一个；两件事就分成两行。",
                    en="Put in one of `+`, `-`, `*`, `/`, `==`; two things go on two lines.",
                ),
                mended,
                general=True,
            )
            continue
        if _bare(marks, bracket) and token.text in CLOSING and after.kind in ("number", "text"):
            mended = f"{code[: token.end]} == {code[after.start :]}"
            yield Finding(
                token.line,
                line_of(code, token.line),
                T(
                    zh="`{b}` 前面少了比较符号：`==`、`>`、`>=`、`<` 里的一个。",
                    en="Before `{b}` a sign to compare is missing: one of `==`, `>`, `>=`, `<`.",
                ).format(b=_short(after)),
                T(zh="补上它，比如：`{line}`", en="Put it in, for instance: `{line}`").format(
                    line=line_of(mended, token.line)
                ),
                mended,
            )
        pair = bracket.text == "{" and _is_key(marks, place, within, bracket)
        signs = [(":", T(zh="冒号", en="colon"))] if pair else [(",", T(zh="逗号", en="comma"))]
        if bracket.text != "{" and not pair and token.kind == after.kind == "name" and bracket.text == "(":
            signs.append((" +", T(zh="加号", en="plus sign")))
        sign, name = signs[0]
        mended = code[: token.end] + sign + (gap or " ") + code[after.start :]
        cause = T(
            zh="`{a}` 和 `{b}` 之间少了{name} `{sign}`。",
            en="Between `{a}` and `{b}` a {name}, `{sign}`, is missing.",
        )
        gaps = [
            left.end
            for left, right in pairwise(marks)
            if ends_value(left)
            and _begins_value(right)
            and right.text not in OPENING
            and within.get(right.start) == bracket
        ]
        if sign == "," and len(gaps) > 1:
            mended = _with_commas(code, gaps)
            cause = T(
                zh="几样东西之间都少了逗号 `,`：从 `{a}` 和 `{b}` 之间起，一共少 {n} 个。",
                en="Commas, `,`, are missing: from between `{a}` and `{b}` on, {n} of them.",
            )
            signs = signs[:1]
        repair = T(zh="补上它：`{line}`", en="Put it in: `{line}`").format(line=line_of(mended, token.line))
        if len(signs) > 1:
            repair = repair + T(
                zh="；要把两者合起来，写 `{a} + {b}`。", en="; to join the two, write `{a} + {b}`."
            ).format(a=token.text, b=after.text)
        yield Finding(
            token.line,
            line_of(code, token.line),
            cause.format(a=_short(token), b=_short(after), name=name, sign=sign, n=len(gaps)),
            repair,
            mended,
        )


def _with_commas(code: str, places: list[int]) -> str:
    for place in reversed(places):
        code = f"{code[:place]},{code[place:] if code[place : place + 1].isspace() else ' ' + code[place:]}"
    return code


def _columns(names: Mapping[str, Any]) -> set[Any]:
    tables = [value for value in list(names.values()) if hasattr(value, "columns")]
    return {column for table in tables for column in table.columns if isinstance(column, str)}


def _short(token: Token) -> str:
    return token.text if len(token.text) <= 24 else token.text[:23] + "…"


def _is_key(marks: list[Token], place: int, within: dict[int, Token], bracket: Token) -> bool:
    """Tell whether a value in curly brackets stands where a key does: no colon since the last comma."""
    for token in reversed(marks[: place + 1]):
        if token.start == bracket.start or (token.text == "," and within.get(token.start) == bracket):
            return True
        if token.text == ":" and within.get(token.start) == bracket:
            return False
    return True


def _brackets(code: str, tokens: list[Token]) -> Iterator[Finding]:
    opened: list[Token] = []
    for token in tokens:
        if token.kind != "sign":
            continue
        if token.text in OPENING:
            opened.append(token)
        elif token.text in CLOSING:
            wrong = not opened or PAIRS[opened[-1].text] != token.text
            if wrong:
                yield from one_changed(code, tokens, opened[-1] if opened else token, token)
            if not opened:
                yield _too_many(code, token)
                return
            if wrong:
                yield _no_pair(code, opened[-1], token)
                return
            opened.pop()
    if opened:
        yield from one_changed(code, tokens, opened[-1], opened[-1])
        yield _not_closed(code, opened, tokens)


def _unclosed(tokens: list[Token]) -> list[Token]:
    """Return the brackets that nothing closes."""
    opened: list[Token] = []
    for token in tokens:
        if token.kind == "sign" and token.text in OPENING:
            opened.append(token)
        elif token.kind == "sign" and token.text in CLOSING and opened:
            opened.pop()
    return opened


def _too_many(code: str, token: Token) -> Finding:
    mended = _put(code, token, "")
    return Finding(
        token.line,
        line_of(code, token.line),
        T(
            zh="多了一个 `{a}`：前面没有和它成对的括号。",
            en="One `{a}` too many: no bracket before it makes a pair with it.",
        ).format(a=token.text),
        T(zh="去掉它，比如：`{line}`", en="Take it out, for instance: `{line}`").format(
            line=line_of(mended, token.line)
        ),
        mended,
    )


def _no_pair(code: str, opening: Token, closing: Token) -> Finding:
    right = PAIRS[opening.text]
    made = [code[: closing.start] + right + code[closing.start :], _put(code, closing, right)]
    mended = next((one for one in made if stops_at(one) is None), made[0])
    return Finding(
        opening.line,
        line_of(code, opening.line),
        T(
            zh="括号 `{a}` 没有用 `{b}` 收尾就遇到了 `{c}`。",
            en="The bracket `{a}` meets `{c}` before its own `{b}`.",
        ).format(a=opening.text, b=right, c=closing.text),
        T(zh="补上 `{b}`，比如：`{line}`", en="Put in `{b}`, for instance: `{line}`").format(
            b=right, line=line_of(mended, closing.line)
        ),
        mended,
    )


def _not_closed(code: str, opened: list[Token], tokens: list[Token]) -> Finding:
    opening = opened[-1]
    closing = "".join(PAIRS[token.text] for token in reversed(opened))
    ends = [
        match.end()
        for match in re.finditer(r"\S(?=[ \t]*(\n|\Z))", code)
        if match.end() > opening.start
        and not code[: match.end()].rpartition("\n")[2].lstrip().startswith("#")
    ]
    within = [
        token.end
        for token in reversed(telling(tokens))
        if token.start > opening.start and token.line == opening.line
    ]
    made = [code[:place] + closing + code[place:] for place in [*ends, *within]]
    mended = next((one for one in made if stops_at(one) is None), None)
    count = (
        T(zh="{n} 个括号", en="{n} brackets").format(n=len(closing))
        if len(closing) > 1
        else T(zh="括号", en="bracket")
    )
    repair = T(zh="补上 `{b}`", en="Put in `{b}`").format(b=closing)
    if mended:
        shown = line_of(mended, opening.line)
        repair += (
            T(zh="，比如：`{line}`", en=", for instance: `{line}`").format(line=shown)
            if shown != line_of(code, opening.line)
            else T(zh="，在第 {n} 行的末尾：`{line}`", en=" at the end of line {n}: `{line}`").format(
                n=_grown(code, mended), line=line_of(mended, _grown(code, mended))
            )
        )
    else:
        repair += T(zh="：每个 `{a}` 都要有一个 `{c}`。", en=": every `{a}` needs its `{c}`.").format(
            a=opening.text, c=PAIRS[opening.text]
        )
    return Finding(
        opening.line,
        line_of(code, opening.line),
        T(
            zh="这一行的 `{a}` 没有收尾：少了{count} `{b}`。",
            en="The `{a}` of this line is never closed: `{b}` is missing ({count}).",
        ).format(a=opening.text, b=closing, count=count),
        repair,
        mended,
    )


def _grown(code: str, mended: str) -> int:
    """Return the number of the first line in which two versions of a cell differ."""
    pairs = zip(code.splitlines(), mended.splitlines(), strict=False)
    return next((n for n, (one, other) in enumerate(pairs, 1) if one != other), len(mended.splitlines()))


def _indents(code: str) -> Iterator[Finding]:
    lines = code.splitlines()
    stop = stops_at(code)
    for number, line in enumerate(lines, 1):
        if not line.strip() or (stop and number > stop[0]):
            continue
        before = next((one for one in reversed(lines[: number - 1]) if one.strip()), "")
        deeper, usual = len(line) - len(line.lstrip()), len(before) - len(before.lstrip())
        if (deeper > usual and not before.rstrip().endswith((":", "(", "[", "{", ",", "\\"))) or (
            number == 1 and deeper
        ):
            mended = "\n".join(
                [*lines[: number - 1], line[deeper - usual :] if before else line.lstrip(), *lines[number:]]
            )
            yield Finding(
                number,
                line.rstrip(),
                T(
                    zh="行首多了空格（缩进）。同一层的每一行要从同一个位置开始。",
                    en="This line begins with spaces too many (its indent): lines of one level begin at one place.",
                ),
                T(zh="删掉行首的空格：`{line}`", en="Delete the spaces in front: `{line}`").format(
                    line=line.strip()
                ),
                mended,
            )
        if before.rstrip().endswith(":") and deeper <= usual:
            mended = "\n".join([*lines[: number - 1], " " * (usual + 4) + line.lstrip(), *lines[number:]])
            yield Finding(
                number,
                line.strip(),
                T(
                    zh="上一行以冒号结尾，属于它的这一行要往右缩进四个空格。",
                    en="The line above ends in a colon; the line that belongs to it begins four spaces further right (its indent).",
                ),
                T(
                    zh="在行首加四个空格，或按一次 Tab 键。",
                    en="Put four spaces in front, or press Tab once.",
                ),
                mended,
            )
        levels = {len(one) - len(one.lstrip()) for one in lines[: number - 1] if one.strip()}
        if deeper < usual and deeper not in levels:
            yield Finding(
                number,
                line.rstrip(),
                T(
                    zh="这一行的缩进和上面哪一层都对不齐。",
                    en="The indent of this line fits none of the levels above.",
                ),
                T(
                    zh="让它和同一层的行从同一个位置开始。",
                    en="Let it begin where the lines of its level begin.",
                ),
            )


def _ends(code: str, tokens: list[Token]) -> Iterator[Finding]:
    """Find lines that stop in the middle: after an operator or a dot."""
    within, marks = inside(tokens), telling(tokens)
    for token, after in zip(marks, [*marks[1:], None], strict=True):
        last = after is None or (after.kind == "newline" and after.start not in within)
        if (
            token.kind == "sign"
            and last
            and token.text in ("=", "+", "-", "*", "/", "==", "&", "|", ".", ">", "<", ">=", "<=", "%", "!=")
        ):
            mended = _put(code, token, "") if token.text != "=" else None
            repair = T(
                zh="把 `{a}` 后面补全，或者去掉 `{a}`。",
                en="Write what belongs after `{a}`, or take `{a}` out.",
            )
            if mended and stops_at(mended) is None:
                repair = T(
                    zh="把 `{a}` 后面补全；什么也不少，就去掉它：`{line}`",
                    en="Write what belongs after `{a}`; if nothing does, take it out: `{line}`",
                ).replace("{line}", line_of(mended, token.line))
            yield Finding(
                token.line,
                line_of(code, token.line),
                T(
                    zh="这一行停在 `{a}` 后面，右边还没有写。",
                    en="This line stops after `{a}`: its right side is missing.",
                ).format(a=token.text),
                repair.replace("{a}", token.text),
                mended,
            )


def _somewhere(code: str, at: int | None) -> Finding:
    stop = stops_at(code) or (at or 1, 1)
    line = min(stop[0], len(code.splitlines()) or 1)
    typed = code.splitlines()[line - 1] if code else ""
    rest = typed[max(stop[1] - 1, 0) :].strip() or typed.strip()
    return Finding(
        line,
        typed.strip(),
        T(zh="从 `{rest}` 起 Python 读不懂。", en="From `{rest}` on, Python cannot read this line.").format(
            rest=cut(rest)
        ),
        T(
            zh="看看这里和前一行：括号、引号成对吗，少了逗号或冒号吗。",
            en="Look here and at the line before: are brackets and quotes in pairs, is a comma or a colon missing?",
        ),
    )


def _begins_value(token: Token) -> bool:
    if token.kind == "name":
        return not keyword.iskeyword(token.text) or token.text in ("True", "False", "None", "lambda")
    return token.kind in ("number", "text") or token.text in OPENING


def _put(code: str, token: Token, text: str) -> str:
    return code[: token.start] + text + code[token.end :]


def _put_all(code: str, tokens: list[Token], text: str) -> str:
    for token in reversed(tokens):
        code = _put(code, token, text)
    return code


def _put_line(code: str, number: int, line: str) -> str:
    lines = code.splitlines()
    lines[number - 1] = line
    return "\n".join(lines)


def stops_at(code: str) -> tuple[int, int] | None:
    """Return where Python stops reading, as line and column; `None` where it reads it all."""
    from custseg_helpers.files.cells import parsed

    try:
        parsed(code)
    except SyntaxError as error:
        return error.lineno or 1, error.offset or 0
    except ValueError:
        return 1, 0
    return None


def later(mended: str, code: str) -> bool:
    """Tell whether a repair takes Python further into the cell."""
    before, after = stops_at(code), stops_at(mended)
    return before is not None and (after is None or after > before)

"""Take one language out of code: `t(zh=…, en=…)` becomes a plain literal, comment twins one comment."""

import ast
import io
import re
import tokenize
from collections.abc import Iterator
from dataclasses import dataclass

from custseg_helpers.course.source import FIRST, SECOND, Cell, Place, Problem, Twin
from custseg_helpers.words.text import LANGUAGES, stand_in

HAN = re.compile(r"[\u3400-\u9fff]")
"""A Chinese character."""

_COMMENT = re.compile(rf"#\s*({'|'.join(LANGUAGES)}):\s?(.*)")
_COMMENT_PAIR = re.compile(r"#\s*zh:\s?(.*?)\s+#\s*en:\s?(.*)")


@dataclass(frozen=True)
class _Choice:
    """A stretch of code that reads differently in the two languages."""

    start: int
    end: int
    code: dict[str, str]
    twin: Twin


def in_language(cell: Cell, lang: str) -> str:
    """Return a code cell's text as it stands in the notebooks of one language."""
    text = cell.text
    for choice in sorted(_choices(cell), key=lambda choice: choice.start, reverse=True):
        text = text[: choice.start] + choice.code[lang] + text[choice.end :]
    return text


def code_twins(cell: Cell) -> list[Twin]:
    """Return the texts and comments of a code cell in both languages, in their order."""
    return [choice.twin for choice in sorted(_choices(cell), key=lambda choice: choice.start)]


def call_twins(tree: ast.AST, names: set[str], at: Place) -> Iterator[tuple[ast.Call, Twin]]:
    """Find every call such as `t(zh=…, en=…)` in code whose first line is at `at`."""
    for node in ast.walk(tree):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in names):
            continue
        given = {word.arg: word.value for word in node.keywords}
        if node.args or not {FIRST, SECOND} <= set(given) <= set(LANGUAGES):
            raise Problem(
                Place(at.path, at.line + node.lineno - 1),
                zh=f"要写成 {node.func.id}(zh=…, en=…)，两种语言都有，别的不要。",
                en=f"Write {node.func.id}(zh=…, en=…): both languages and nothing else.",
            )
        first, second = given[FIRST], given[SECOND]
        places = [Place(at.path, at.line + words.lineno - 1) for words in (first, second)]
        yield node, Twin(_words(first), _words(second), places[0], places[1])


def _choices(cell: Cell) -> list[_Choice]:
    try:
        tree = ast.parse(cell.text)
        tokens = list(tokenize.generate_tokens(io.StringIO(cell.text).readline))
    except (SyntaxError, tokenize.TokenError) as error:
        line = getattr(error, "lineno", None) or 1
        raise Problem(
            cell.at(line), zh=f"不是合法的 Python：{error}", en=f"Not valid Python: {error}"
        ) from None
    starts = _line_starts(cell.text)
    choices = [*_calls(cell, tree, starts), *_comments(cell, tokens, starts)]
    for token in tokens:
        start = starts[token.start[0] - 1] + token.start[1] if token.string else 0
        if HAN.search(token.string) and not any(c.start <= start < c.end for c in choices):
            raise Problem(
                cell.at(token.start[0]),
                zh="代码里的中文要写成 t(zh=…, en=…)；注释写成 `# zh:` 和 `# en:` 两行；数据里的原文两种语言写一样的。",
                en="Chinese in code must be t(zh=…, en=…), or comments `# zh:` and `# en:`; a value found in data is the same in both.",
            )
    return choices


def _calls(cell: Cell, tree: ast.AST, starts: list[int]) -> Iterator[_Choice]:
    lines = cell.text.splitlines(keepends=True)

    def offset(line: int, byte: int) -> int:
        return starts[line - 1] + len(lines[line - 1].encode()[:byte].decode())

    inside_f_string = {
        id(node) for outer in ast.walk(tree) if isinstance(outer, ast.JoinedStr) for node in ast.walk(outer)
    }
    for node, twin in call_twins(tree, {"t"}, cell.place):
        if id(node) in inside_f_string:
            raise Problem(
                cell.at(node.lineno),
                zh='t(…) 不能写在 f"…" 里面；反过来写：t(zh=f"…", en=f"…")。',
                en='t(…) cannot stand inside f"…"; the other way round: t(zh=f"…", en=f"…").',
            )
        given = {word.arg: word.value for word in node.keywords}
        code: dict[str, str] = {}
        for lang in LANGUAGES:
            segment = ast.get_source_segment(cell.text, given.get(lang, given[stand_in(lang)])) or ""
            code[lang] = f"({segment})" if "\n" in segment and '"""' not in segment else segment
        end = (node.end_lineno or node.lineno, node.end_col_offset or 0)
        yield _Choice(offset(node.lineno, node.col_offset), offset(*end), code, twin)


def _comments(cell: Cell, tokens: list[tokenize.TokenInfo], starts: list[int]) -> Iterator[_Choice]:
    """Find comment twins: line by line below each other, or both behind code: `# zh: 天  # en: days`."""
    found = []
    for token in tokens:
        if token.type != tokenize.COMMENT:
            continue
        line, start = token.start[0], starts[token.start[0] - 1] + token.start[1]
        if pair := _COMMENT_PAIR.fullmatch(token.string):
            code: dict[str, str] = {
                lang: f"# {pair[1 if stand_in(lang) == FIRST else 2]}" for lang in LANGUAGES
            }
            yield _Choice(
                start, start + len(token.string), code, Twin(pair[1], pair[2], cell.at(line), cell.at(line))
            )
        elif match := _COMMENT.fullmatch(token.string):
            found.append((token, match[1], match[2]))
    while found:
        run = [found.pop(0)]
        while found and _continues(*run[-1], *found[0]):
            run.append(found.pop(0))
        said = {lang: [(token, words) for token, its, words in run if its == lang] for lang in LANGUAGES}
        first, last = run[0][0], run[-1][0]
        if not said[FIRST] or not said[SECOND] or run[0][1] != FIRST:
            raise Problem(
                cell.at(first.start[0]),
                zh="注释要成对：先 `# zh: …`，紧跟着 `# en: …`。",
                en="Comments come in twins: `# zh: …` and right below it `# en: …`.",
            )
        indent = "\n" + " " * first.start[1]
        yield _Choice(
            starts[first.start[0] - 1] + first.start[1],
            starts[last.end[0] - 1] + last.end[1],
            {
                lang: indent.join(f"# {words}" for _, words in lines or said[stand_in(lang)])
                for lang, lines in said.items()
            },
            Twin(
                "\n".join(words for _, words in said[FIRST]),
                "\n".join(words for _, words in said[SECOND]),
                cell.at(said[FIRST][0][0].start[0]),
                cell.at(said[SECOND][0][0].start[0]),
            ),
        )


def _continues(
    token: tokenize.TokenInfo, lang: str, _: str, after: tokenize.TokenInfo, lang_after: str, __: str
) -> bool:
    """Tell whether a comment belongs to the run of the one above: next line, and not a new twin."""
    return (
        after.start == (token.start[0] + 1, token.start[1])
        and not after.line[: after.start[1]].strip()
        and not (lang != FIRST and lang_after == FIRST)
    )


def _line_starts(text: str) -> list[int]:
    starts = [0]
    for line in text.splitlines(keepends=True):
        starts.append(starts[-1] + len(line))
    return starts


def _words(node: ast.expr) -> str:
    """Return what a text says: its literals, with `{}` where a value goes in."""
    if isinstance(node, ast.Constant):
        return str(node.value)
    if isinstance(node, ast.JoinedStr):
        return "".join(_words(part) if isinstance(part, ast.Constant) else "{}" for part in node.values)
    if isinstance(node, ast.BinOp):
        return _words(node.left) + _words(node.right)
    if isinstance(node, (ast.List, ast.Tuple)):
        return "\n".join(_words(part) for part in node.elts)
    if isinstance(node, ast.Dict):
        return "\n".join(
            _words(part) for pair in zip(node.keys, node.values, strict=True) for part in pair if part
        )
    return "{}"

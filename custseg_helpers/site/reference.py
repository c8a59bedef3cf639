"""The function reference: signature, docstring and example of what a notebook uses, read from the source itself."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from textwrap import dedent

import custseg_helpers
from custseg_helpers.rooms import homes_of
from custseg_helpers.words.text import Language, T

PACKAGE = Path(custseg_helpers.__file__).parent
HOMES = homes_of(PACKAGE / "__init__.pyi")
MODULES = {
    name: f"{home}.{name}".strip(".")
    for name, home in HOMES.items()
    if (PACKAGE / home / f"{name}.py").is_file() or (PACKAGE / home / name).is_dir()
}
"""Modules that the package opens to notebooks, and where they stand."""
NAMES = {name: home for name, home in HOMES.items() if name not in MODULES}
"""Functions and tables, and the module each stands in."""
ROOMS = {
    "company": T(zh="示例公司和原始导出", en="The sample companies and their raw exports"),
    "mapping": T(zh="公司：示例的和自己的", en="Companies: the samples and your own"),
    "reading": T(zh="人们怎样写日期和数字", en="Dates and numbers as people write them"),
    "facts": T(zh="事实表：一行一位客户", en="Facts: one row a customer"),
    "tags": T(zh="标签", en="Tags"),
    "tiers": T(zh="分层与分群", en="Tiers and segments"),
    "action": T(zh="行动与评估", en="Action and evaluation"),
    "governance": T(zh="治理", en="Governance"),
    "results": T(zh="一步到位", en="The whole way in one call"),
    "plots": T(zh="图", en="Figures"),
    "explore": T(zh="探索器", en="Explorers"),
    "learn": T(zh="学习：检查、提示、测验", en="Learning: check, hint, quiz"),
    "words": T(zh="名称与语言", en="Names and languages"),
}
"""The rooms of the package that lessons take from, in the order of the course."""

INTRODUCTION = T(
    zh="讲义和练习里用到的函数，按所在的房间排。签名、说明和例子直接取自源代码，所以说明是英文的；例子都能运行。",
    en="The functions that lessons and exercises use, room by room. Signatures, texts and examples come from the source itself; the examples run.",
)
USE = T(zh="用法：", en="Use:")


@dataclass(frozen=True)
class Entry:
    """One public function or class: its name, its signature, its docstring."""

    name: str
    signature: str
    text: str
    kind: str


def modules(room: str) -> list[str]:
    """Return the modules of a room that the package opens to notebooks, in the package's own order.

    >>> modules("governance")
    ['governance.scheme', 'governance.overrides', 'governance.kpis', 'governance.privacy', 'governance.fairness']
    """
    named = [MODULES.get(name, home) for name, home in HOMES.items()]
    if room in named and (PACKAGE / room).is_dir():  # a whole room is open: `plots`, `explore`
        return sorted(
            f"{room}.{path.stem}"
            for path in (PACKAGE / room).glob("*.py")
            if f"{room}.{path.stem}" in named
            or any(
                e.name == "show" or e.signature.endswith("-> Figure") for e in entries(f"{room}.{path.stem}")
            )
        )
    return list(dict.fromkeys(name for name in named if name.partition(".")[0] == room))


@cache
def entries(module: str) -> tuple[Entry, ...]:
    """Return what a module offers, including what it passes on from its sisters by `__all__`.

    >>> [entry.name for entry in entries("tiers.rfm")][-2:]
    ['segments11', 'top_cuts']
    """
    tree = ast.parse(_source(module).read_text(encoding="utf-8"))
    offered = _offered(tree)
    here = {
        node.name: _entry(node)
        for node in tree.body
        if isinstance(node, (ast.FunctionDef, ast.ClassDef)) and ast.get_docstring(node)
    } | {entry.name: entry for entry in _constants(tree) if NAMES.get(entry.name) == module}
    passed_on = {
        alias.asname or alias.name: next(e for e in entries(_inside(node)) if e.name == alias.name)
        for node in tree.body
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("custseg_helpers.")
        for alias in node.names
        if offered and (alias.asname or alias.name) in offered and (alias.asname or alias.name) not in here
    }
    known = here | passed_on
    names = [name for name in offered if name in known] if offered else list(here)
    return tuple(known[name] for name in names if not name.startswith("_"))


def room_page(room: str, lang: Language) -> str:
    """Return the page of one room as MyST Markdown.

    >>> "{py:function} value.abc(" in room_page("tiers", "en")
    True
    """
    exported = {path: name for name, path in MODULES.items()}
    parts = [f"# {ROOMS[room].within(lang)}"]
    for module in modules(room):
        name = exported.get(module, module.rpartition(".")[2] if room in ("plots", "explore") else "")
        chosen = [entry for entry in entries(module) if name or NAMES.get(entry.name) == module]
        call = f"{room}.{name}" if room in ("plots", "explore") else name
        parts.append(f"## {call or module}")
        if name:
            lead = (ast.get_docstring(ast.parse(_source(module).read_text(encoding="utf-8"))) or "").strip()
            parts.append(markdown(lead))
        wanted = room if room in ("plots", "explore") else name or ", ".join(entry.name for entry in chosen)
        parts.append(f"{USE.within(lang)} `from custseg_helpers import {wanted}`")
        parts += [_directive(entry, f"{call}." if call else "") for entry in chosen]
    return "\n\n".join(parts) + "\n"


def index_page(lang: Language) -> str:
    """Return the page that leads to the rooms."""
    title = T(zh="函数参考", en="Function reference").within(lang)
    rooms = "\n".join(ROOMS)
    return f"# {title}\n\n{INTRODUCTION.within(lang)}\n\n```{{toctree}}\n:maxdepth: 2\n\n{rooms}\n```\n"


def markdown(docstring: str) -> str:
    r"""Return a docstring as Markdown: examples as code, arguments as a list.

    >>> markdown("Args:\n    a: one\n        number.")
    '**Arguments**\n\n- `a`: one number.'
    """
    blocks = re.split(r"\n\s*\n", docstring.replace("<BLANKLINE>", "").strip())
    return "\n\n".join(_block(block) for block in blocks)


def _block(block: str) -> str:
    words, examples = re.match(r"(?s)(.*?)(^\s*>>> .*)?\Z", block, re.MULTILINE).groups()  # type: ignore[union-attr]
    parts = []
    if words.strip():
        parts.append(_words(words.rstrip()))
    if examples:
        parts.append(f"```pycon\n{dedent(examples).rstrip()}\n```")
    return "\n\n".join(parts)


def _words(block: str) -> str:
    first, _, rest = block.partition("\n")
    if first in ("Returns:", "Raises:"):
        return f"**{first.rstrip(':')}**\n\n{dedent(rest)}"
    if first in ("Args:", "Attributes:"):
        items: list[str] = []
        for line in dedent(rest).splitlines():
            items = (
                [*items, line] if not line.startswith(" ") else [*items[:-1], f"{items[-1]} {line.strip()}"]
            )
        listed = "\n".join("- " + re.sub(r"^([\w*, ]+): ", r"`\1`: ", item) for item in items)
        return f"**{first.rstrip(':').replace('Args', 'Arguments')}**\n\n{listed}"
    return dedent(block) if block.startswith(" ") else block


def _directive(entry: Entry, prefix: str) -> str:
    body = markdown(entry.text)
    return f"````{{py:{entry.kind}}} {prefix}{entry.name}{entry.signature}\n\n{body}\n````"


def _entry(node: ast.FunctionDef | ast.ClassDef) -> Entry:
    text = ast.get_docstring(node) or ""
    if isinstance(node, ast.FunctionDef):
        returns = f" -> {ast.unparse(node.returns)}" if node.returns else ""
        return Entry(node.name, f"({ast.unparse(node.args)}){returns}", text, "function")
    return Entry(node.name, f"({', '.join(_fields(node))})", text, "class")


def _constants(tree: ast.Module) -> Iterator[Entry]:
    """Yield the assigned names that have a text below them."""
    for node, below in pairwise(tree.body):
        match node, below:
            case (
                (ast.Assign(targets=[target]) | ast.AnnAssign(target=target)),
                ast.Expr(ast.Constant(str(text))),
            ):
                yield Entry(ast.unparse(target), "", text, "data")


def _fields(node: ast.ClassDef) -> Iterator[str]:
    """Yield what a dataclass is made from, as its constructor takes it."""
    for line in node.body:
        if isinstance(line, ast.AnnAssign) and isinstance(line.target, ast.Name):
            default = (
                f" = {ast.unparse(line.value)}"
                if line.value and "field(" not in ast.unparse(line.value)
                else ""
            )
            yield f"{line.target.id}: {ast.unparse(line.annotation)}{default}"


def _offered(tree: ast.Module) -> list[str]:
    for node in tree.body:
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__all__":
            return list(ast.literal_eval(node.value))
    return []


def _inside(node: ast.ImportFrom) -> str:
    return (node.module or "").removeprefix("custseg_helpers.")


def _source(module: str) -> Path:
    path = PACKAGE / Path(*module.split("."))
    return path.with_suffix(".py") if path.with_suffix(".py").is_file() else path / "__init__.py"

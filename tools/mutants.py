"""Would the tests notice if the measures were wrong? Change one thing, run the tests, and count who gets away.

`python -m tools.mutants` changes every comparison, sign, number, condition and code word of `ROOMS`, one at a time,
and runs the tests of that room against each changed module. What no test notices survives and is printed; the score
goes to `docs/mutation.md`, where the rows of modules that were not asked for stay as they are. The changed module
exists in memory only. Nothing is drawn by lot: `--every 10` makes the 10th, the 20th, the 30th change of each module.
Needs `os.fork`, so Linux or macOS.
"""

import argparse
import ast
import importlib.abc
import importlib.util
import os
import re
import signal
import sys
from collections.abc import Iterator
from multiprocessing import get_context
from pathlib import Path
from typing import Any, NamedTuple

import hypothesis
import hypothesis.strategies  # loaded once here, not again for every change
import narwhals.stable.v2  # noqa: F401
import pytest
import sklearn.metrics  # noqa: F401

ROOT = Path(__file__).resolve().parents[1]
ROOMS = {
    "facts/*.py": ("tests/facts/test_facts.py", "tests/facts/test_history.py", "tests/facts/test_engines.py"),
    "tiers/rfm*.py": ("tests/tiers/test_rfm.py",),
    "tiers/cuts.py": ("tests/tiers/test_cuts.py",),
    "diagnosis/compare.py": ("tests/diagnosis/test_compare.py",),
}
"""The modules that are changed, and the tests that must notice."""

EXAMPLES = 20
SECONDS = 900
"""A change with which the tests run for longer has been noticed."""

SENTENCES = {"T", "UserError"}
CODE_WORD = re.compile(r"[a-z][a-z0-9_]*")
SWAPS: dict[type, type] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.In: ast.NotIn, ast.NotIn: ast.In,
    ast.And: ast.Or, ast.Or: ast.And, ast.BitAnd: ast.BitOr, ast.BitOr: ast.BitAnd,
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Add, ast.Div: ast.Mult, ast.FloorDiv: ast.Mult,
    ast.Mod: ast.Add, ast.LShift: ast.RShift, ast.RShift: ast.LShift,
}  # fmt: skip


class Change(NamedTuple):
    """One thing to change in a module: the attribute of a node, and what it becomes."""

    node: Any
    attribute: str
    value: Any


def parts(node: ast.AST) -> Iterator[ast.AST]:
    """Yield a node and what it is made of, without sentences, docstrings, types and decorators."""
    yield node
    for name, value in ast.iter_fields(node):
        if name in ("annotation", "returns", "decorator_list") or isinstance(node, ast.JoinedStr):
            continue
        for part in value if isinstance(value, list) else [value]:
            said = isinstance(part, ast.Call) and getattr(part.func, "id", "") in SENTENCES
            text = isinstance(part, ast.Expr) and isinstance(part.value, ast.Constant)
            names = isinstance(part, ast.Assign) and ast.unparse(part.targets[0]) == "__all__"
            if isinstance(part, ast.AST) and not (said or text or names):
                yield from parts(part)


def changes(tree: ast.Module) -> list[Change]:
    """Return every change to make to a module, from top to bottom.

    >>> [change.attribute for change in changes(ast.parse("f = lambda n: n >= 4 or not n"))]
    ['op', 'ops', 'value', 'operand']
    """
    found: list[Change] = []
    for node in parts(tree):
        if isinstance(node, ast.Compare):
            found.append(Change(node, "ops", [SWAPS[type(op)]() for op in node.ops]))
        elif isinstance(node, ast.BoolOp | ast.BinOp) and type(node.op) in SWAPS:
            found.append(Change(node, "op", SWAPS[type(node.op)]()))
        elif isinstance(node, ast.UnaryOp):
            found.append(Change(node, "operand", ast.UnaryOp(node.op, node.operand)))
        elif isinstance(node, ast.If | ast.IfExp) and isinstance(
            node.test, ast.Name | ast.Call | ast.Attribute
        ):
            found.append(Change(node, "test", ast.UnaryOp(ast.Not(), node.test)))
        elif isinstance(node, ast.Constant):
            value: Any = node.value
            if isinstance(value, bool):
                found.append(Change(node, "value", not value))
            elif isinstance(value, int | float):
                found.append(Change(node, "value", value + 1))
            elif isinstance(value, str) and CODE_WORD.fullmatch(value):
                found.append(Change(node, "value", value + "_"))
    return sorted(found, key=lambda change: (change.node.lineno, change.node.col_offset))


class Changed(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """A plugin of pytest that imports one module from a changed tree."""

    def __init__(self, name: str, path: Path, tree: ast.Module):
        self.name, self.path, self.tree = name, path, tree

    def pytest_configure(self) -> None:
        """Come before pytest's own importer, which is in place by now."""
        sys.meta_path.insert(0, self)

    def pytest_sessionstart(self) -> None:
        """Try fewer random examples: a wrong measure shows in the first of them."""
        hypothesis.settings.register_profile(
            "mutants", deadline=None, derandomize=True, max_examples=EXAMPLES
        )
        hypothesis.settings.load_profile("mutants")

    def find_spec(self, name: str, path: Any = None, target: Any = None) -> Any:
        """Answer for the changed module only."""
        return (
            importlib.util.spec_from_file_location(name, self.path, loader=self)
            if name == self.name
            else None
        )

    def exec_module(self, module: Any) -> None:
        """Run the changed code as the module."""
        exec(compile(ast.fix_missing_locations(self.tree), str(self.path), "exec"), module.__dict__)


def passes(path: Path, tree: ast.Module, tests: tuple[str, ...]) -> bool:
    """Run the tests of a module in a process of their own with this tree in its place; tell whether all pass."""
    child = os.fork()
    if not child:
        signal.alarm(SECONDS)
        quiet = os.open(os.devnull, os.O_WRONLY)
        os.dup2(quiet, 1)
        os.dup2(quiet, 2)
        name = ".".join(path.relative_to(ROOT).with_suffix("").parts)
        options = ["-x", "-q", "--tb=no", "-k", "not spark", "-p", "no:cacheprovider"]
        os._exit(pytest.main([*tests, str(path), *options], plugins=[Changed(name, path, tree)]))
    return os.waitpid(child, 0)[1] == 0


class Tried(NamedTuple):
    """What came of a module: how many changes there are, how many were made, and those that no test noticed."""

    module: str
    there: int
    made: int
    survivors: list[str]
    sound: bool = True
    """whether the tests pass on the module as it is"""


def tried(path: Path, tests: tuple[str, ...], every: int) -> Tried:
    """Make every n-th change to a module, one at a time, and run its tests against each."""
    module = path.relative_to(ROOT / "custseg_helpers").as_posix()
    source = path.read_text(encoding="utf-8")
    tree, alive = ast.parse(source), []
    there = changes(tree)
    chosen = there[every - 1 :: every]
    if chosen and not passes(path, tree, tests):
        return Tried(module, len(there), 0, [], sound=False)
    for node, attribute, value in chosen:
        before, line = getattr(node, attribute), source.splitlines()[node.lineno - 1].strip()
        was = ast.unparse(before if attribute == "test" else node)
        setattr(node, attribute, value)
        if passes(path, tree, tests):
            now = ast.unparse(value if attribute == "test" else node)
            alive.append(f"`{module}:{node.lineno}` `{was}` → `{now}` in `{line}`")
        setattr(node, attribute, before)
    return Tried(module, len(there), len(chosen), alive)


ROW = re.compile(r"\| `(\S+\.py)` \| (\d+) \| (\d+) \| (\d+) \|")
SURVIVOR = re.compile(r"- `(\S+\.py):\d+` .*")


def page(results: list[Tried], before: str) -> str:
    """Return `docs/mutation.md` in both languages: each module's score and who survived; `before` is the page so far.

    >>> made = page([Tried("tiers/rfm.py", 16, 8, ["`tiers/rfm.py:3` `1` → `2` in `x = 1`"])], "")
    >>> later = page([Tried("tiers/cuts.py", 30, 3, [])], made)
    >>> "| `tiers/rfm.py` | 16 | 8 | 1 |" in later and "1 / 11 = 9%" in later and "- `tiers/rfm.py:3`" in later
    True
    """
    anew = {one.module for one in results}
    rows = {found[1]: found[0] for found in ROW.finditer(before) if found[1] not in anew}
    rows |= {
        one.module: f"| `{one.module}` | {one.there} | {one.made} | {len(one.survivors)} |"
        for one in results
        if one.made
    }
    told = [found[0] for found in SURVIVOR.finditer(before) if found[1] not in anew]
    told += [f"- {text}" for one in results for text in one.survivors]
    counts = [[int(number) for number in re.findall(r"\| (\d+)", row)] for row in rows.values()]
    there, made, alive = (sum(column) for column in zip((0, 0, 0), *counts, strict=True))
    score = f"{alive} / {made} = {alive / max(made, 1):.0%}"
    table = "\n".join(rows[module] for module in sorted(rows))
    survivors = "\n".join(sorted(told))
    return f"""# 测试会不会发现 · Would the tests notice

由 `python -m tools.mutants` 写成：改动一处（比较、加减、数字、条件、代码词），跑这一间的测试；没有一条测试发现，这处改动就“活下来”。
活下来的不都是漏洞：有些改动不影响任何结果。

这是抽样，不是全部：共可改 {there} 处，每隔几处改 1 处，试了 {made} 处，活下来 {score}；目标：不超过 10%。不用随机数，没有种子：`tools.mutants --every 10`
就是每个模块的第 10、20、30……处，再跑一遍还是这些。表里没有的模块，还没有试过。

Written by `python -m tools.mutants`: one thing is changed (a comparison, a sign, a number, a condition, a code word) and
the room's tests run; what no test notices survives. Not every survivor is a gap: some changes make no difference to
any result.

This is a sample, not the whole: of {there} possible changes every n-th was made, {made} in all; {score} survive, and the goal
is at most 10 %. Nothing is drawn by lot and there is no seed: `tools.mutants --every 10` makes the 10th, 20th, 30th … change
of each module, the same ones every time. A module that is not in the table has not been tried.

```bash
python -m tools.mutants tiers/ diagnosis/compare --every 10   # 一刻钟 · a quarter of an hour on one core
python -m tools.mutants facts/ --every 40                 # 一部分 · a part
python -m tools.mutants facts/history --every 20         # 另一部分 · another part
python -m tools.mutants --cores 4                         # 全部，要几个小时 · the whole, for hours
```

| module | there are · 可改 | made · 已改 | survive · 活下来 |
|---|---|---|---|
{table}

{survivors}
"""


def main() -> int:
    """Change the modules asked for, print who survives, and write the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "modules", nargs="*", help="parts of paths, such as tiers/rfm; without them all of ROOMS"
    )
    parser.add_argument("--every", type=int, default=1, help="make only every n-th change of each module")
    parser.add_argument("--cores", type=int, default=1, help="modules at a time")
    asked = parser.parse_args()
    work = [
        (path, tests, asked.every)
        for pattern, tests in ROOMS.items()
        for path in sorted((ROOT / "custseg_helpers").glob(pattern))
        if not asked.modules or any(part in path.as_posix() for part in asked.modules)
    ]
    pytest.main(["-VV"])
    with get_context("fork").Pool(asked.cores) as pool:
        results = pool.starmap(tried, work, chunksize=1)
    for one in results:
        print(
            f"{one.module}: {one.made - len(one.survivors)} of {one.made} noticed", *one.survivors, sep="\n  "
        )
    written = ROOT / "docs" / "mutation.md"
    before = written.read_text(encoding="utf-8") if written.is_file() else ""
    written.write_text(page(results, before), encoding="utf-8", newline="\n")
    broken = [one.module for one in results if not one.sound]
    if broken:
        print("the tests fail before anything is changed:", *broken, file=sys.stderr)
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())

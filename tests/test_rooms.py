"""The house stands: rooms import downwards only, in no circle, and none has grown too large."""

from collections import Counter
from pathlib import Path

import grimp
import pytest
from importlinter.cli import lint_imports

from custseg_helpers.paths import course_root

PACKAGE = course_root() / "custseg_helpers"
MOST_FILES, MOST_LINES = 26, 4_000


def circles():
    """Return every set of modules that import each other in a loop, late imports counted."""
    graph = grimp.build_graph("custseg_helpers", cache_dir=None)
    imports = {module: graph.find_modules_directly_imported_by(module) for module in graph.modules}
    reached = {}
    for module in imports:
        seen, waiting = set(), [module]
        while waiting:
            for one in imports.get(waiting.pop(), ()):
                if one not in seen:
                    seen.add(one)
                    waiting.append(one)
        reached[module] = seen
    return {
        frozenset(
            other.removeprefix("custseg_helpers.") for other in reached[module] if module in reached[other]
        )
        for module in imports
        if module in reached[module]
    }


def test_rooms_import_downwards_only(monkeypatch):
    monkeypatch.chdir(course_root())
    assert lint_imports(config_filename="pyproject.toml", no_cache=True) == 0


def test_no_circle_of_imports():
    assert circles() == set()


def test_a_circle_is_found(monkeypatch):
    graph = grimp.ImportGraph()
    graph.add_import(importer="a", imported="b")
    graph.add_import(importer="b", imported="a")
    monkeypatch.setattr(grimp, "build_graph", lambda *_, **__: graph)
    assert circles() == {frozenset({"a", "b"})}


@pytest.mark.parametrize(
    "room", sorted(path.name for path in PACKAGE.iterdir() if (path / "__init__.py").exists())
)
def test_a_room_is_small_enough_to_know(room):
    files = list((PACKAGE / room).rglob("*.py"))
    assert max(Counter(Path(file).parent for file in files).values()) <= MOST_FILES
    assert sum(len(file.read_text(encoding="utf-8").splitlines()) for file in files) <= MOST_LINES

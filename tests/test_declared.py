"""What the package imports is what pyproject.toml declares: nobody else's dependency is leaned on by accident."""

import ast
import re
import sys
import tomllib
from importlib.metadata import packages_distributions

from custseg_helpers.paths import course_root

PROJECT = tomllib.loads((course_root() / "pyproject.toml").read_text(encoding="utf-8"))
INSTALLED = packages_distributions()
ONLY_THERE = {"pyodide", "js", "piplite"}
"""Modules of the browser's Python."""


def names(requirements):
    return {re.match(r"[\w.-]+", one)[0].lower().replace("_", "-") for one in requirements}


def imported(file):
    """The top-level modules that a file imports, late imports and `import_module("…")` included."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module.split(".")[0]


def undeclared(files, declared):
    found = {}
    for file in files:
        for module in (
            set(imported(file)) - set(sys.stdlib_module_names) - ONLY_THERE - {"custseg_helpers", "tools"}
        ):
            if not declared & {one.lower().replace("_", "-") for one in INSTALLED.get(module, [module])}:
                found.setdefault(module, []).append(file.relative_to(course_root()).as_posix())
    return found


def test_every_import_of_the_package_is_declared():
    parts = [PROJECT["project"]["dependencies"], *PROJECT["project"]["optional-dependencies"].values()]
    declared = set().union(*map(names, parts))
    assert undeclared((course_root() / "custseg_helpers").rglob("*.py"), declared) == {}


def test_a_notebook_needs_the_base_dependencies_alone():
    """What `import custseg_helpers` and a lesson reach at once; heavy libraries are imported where they are used."""
    base = names(PROJECT["project"]["dependencies"])
    rooms = ("words", "company", "facts", "tiers", "tags", "action", "plots", "explore", "learn")
    at_the_top = {}
    for room in rooms:
        for file in (course_root() / "custseg_helpers" / room).rglob("*.py"):
            top = ast.parse(file.read_text(encoding="utf-8")).body
            for node in top:
                module = (
                    node.names[0].name
                    if isinstance(node, ast.Import)
                    else getattr(node, "module", None) or ""
                ).split(".")[0]
                own = module in sys.stdlib_module_names or module in ("", "custseg_helpers")
                if not own and not base & {one.lower() for one in INSTALLED.get(module, [module])}:
                    at_the_top[file.name] = module
    assert at_the_top == {}


def test_an_undeclared_import_would_be_found(tmp_path):
    file = course_root() / "tests" / "test_declared.py"
    assert undeclared([file], set()) == {}
    assert "pytest" in undeclared([course_root() / "conftest.py"], {"hypothesis"})

"""docs/architecture.md draws the house as it is: every room in the order of the contract, every library with its why."""

import re
import tomllib

from custseg_helpers.paths import course_root

ROOT = course_root()
DRAWN = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
CALLED = {"pyyaml": "PyYAML", "voila": "Voilà", "sphinx": "Sphinx"}
"""Libraries whose name is written in another way."""


def test_every_room_is_drawn_in_the_order_of_its_layer():
    layers = PROJECT["tool"]["importlinter"]["contracts"][0]["layers"]
    rooms = [room for layer in reversed(layers) for room in layer.split(" | ")]
    assert re.findall(r"^\| `(\w+)/` \|", DRAWN, re.MULTILINE) == rooms
    folders = {path.parent.name for path in (ROOT / "custseg_helpers").glob("*/__init__.py")}
    assert folders == set(rooms)


def test_every_library_says_why_it_is_there():
    project = PROJECT["project"]
    asked = [
        *project["dependencies"],
        *(one for extra in project["optional-dependencies"].values() for one in extra),
        *(one for group in PROJECT["dependency-groups"].values() for one in group),
    ]
    names = {re.match(r"[\w.-]+", one)[0].lower() for one in asked} - {"custseg"}
    table = DRAWN.partition("## Libraries")[2]
    listed = {
        name.strip().lower()
        for row in re.findall(r"^\| ([^|]+) \|", table, re.MULTILINE)
        for name in re.sub(r"\(.*?\)", "", row).split(",")
    }
    assert {name for name in names if CALLED.get(name, name).lower() not in listed} == set()

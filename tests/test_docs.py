"""What the pages say is there: commands, options, environment variables, links, files."""

import json
import re
import tomllib
from functools import cache
from textwrap import dedent

import click
import pytest

from custseg_helpers.commands import main as cli
from custseg_helpers.paths import course_root

pytestmark = pytest.mark.slow

ROOT = course_root()
PAGES = [
    path.relative_to(ROOT).as_posix()
    for pattern in (
        "README*.md",
        "CONTRIBUTING.md",
        "docs/*.md",
        "examples/**/*.md",
        "custseg_helpers/teach/course_guide/*.md",
        "custseg_helpers/learn/pages/*/*.md",
        "custseg_helpers/site/pages/*/*.md",
    )
    for path in sorted(ROOT.glob(pattern))
]
FENCE = re.compile(r"^ *```\w*\n(.*?)^ *```$", re.M | re.S)
BLOCK = re.compile(r"^ *```(\w+)\n(.*?)^ *```$", re.M | re.S)
INLINE = re.compile(r"`([^`\n]+)`")
COMMAND = re.compile(r"(?:^|[\s`/&|])(?:custseg|python3 start\.py) +([a-z][a-z-]*)([^\n&|]*)", re.M)
OF_START = ("test", "lock", "licences")
OPTION = re.compile(r"(?<![\w-])--[a-z][a-z-]*")
LINK = re.compile(r"\]\((?!https?:|mailto:)([^)\s]+)\)")
PATH = re.compile(r"(?:[\w.-]+/)+[\w.-]*")
PRODUCT = (
    "custseg_helpers",
    "lessons",
    "notebooks",
    "exercises",
    "solutions",
    "datasets",
    "docs",
    "tests",
    "benchmarks",
    "examples",
)
MADE = (
    "custseg_helpers/words/texts/de.csv",
    "lessons/16_team",
    "datasets/tea",
    "custseg_helpers/company/simulate/tea.toml",
    "lessons/03_value",
)
"""What a page has its reader make."""


@cache
def options(command):
    """Return every option that a command takes, in any of its steps."""
    line = cli.command_line()
    found = line.get_command(click.Context(line), command)
    steps = [found, *(found.commands.values() if isinstance(found, click.Group) else ())]
    return {text for step in steps for parameter in step.params for text in parameter.opts} | {"--help"}


@cache
def sources():
    """Return the program's own text, in which environment variables and the options of start.py are written."""
    files = [ROOT / "start.py", *(ROOT / "custseg_helpers").rglob("*.py")]
    return {path: path.read_text(encoding="utf-8") for path in files if "__pycache__" not in path.parts}


def slug(heading):
    """Return a heading's anchor as GitHub makes it."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-")


def anchors(text):
    return {slug(line.lstrip("# ")) for line in FENCE.sub("", text).splitlines() if line.startswith("#")}


def faults(text, page):
    """Return what a page says that is not so."""
    code = "\n".join([*FENCE.findall(text), *INLINE.findall(FENCE.sub("", text))])
    inline = INLINE.findall(FENCE.sub("", text))
    found, known = [], set(OPTION.findall(sources()[ROOT / "start.py"]))
    for command, rest in COMMAND.findall(code):
        if command in OF_START:
            continue
        if not any(command in names for names in cli.COMMANDS.values()):
            found.append(f"no command: custseg {command}")
            continue
        known |= options(command)
        wrong = set(OPTION.findall(rest.partition("#")[0])) - options(command)
        found += [f"no option: custseg {command} {option}" for option in sorted(wrong)]
    for option in sorted(
        {option for part in inline if part.startswith("--") for option in OPTION.findall(part)}
    ):
        if option not in known:
            found.append(f"no option of a command on this page: {option}")
    for variable in sorted(set(re.findall(r"CUSTSEG_[A-Z_]+", text))):
        if not any(variable in source for source in sources().values()):
            found.append(f"no such environment variable: {variable}")
    folders = [(ROOT / page).parent]
    if page.startswith("custseg_helpers/site/"):  # on the site, learners' pages lie beside its own
        folders += [ROOT, ROOT / "custseg_helpers" / "learn" / "pages" / folders[0].name]
    for link in LINK.findall(FENCE.sub("", text)):
        file, _, anchor = link.partition("#")
        beside = [folder / file for folder in folders if (folder / file).exists()]
        target = beside[0] if file and beside else ROOT / page
        if not beside:
            found.append(f"no such file: {link}")
        elif anchor and anchor not in anchors(text if not file else target.read_text(encoding="utf-8")):
            found.append(f"no such heading: {link}")
    for path in (path for part in inline for path in PATH.findall(part) if path == part):
        if path.split("/")[0] in PRODUCT and not path.startswith(MADE) and not (ROOT / path).exists():
            found.append(f"no such path: {path}")
    return found


@pytest.mark.parametrize("page", PAGES)
def test_what_a_page_names_is_there(page):
    assert faults((ROOT / page).read_text(encoding="utf-8"), page) == []


@pytest.mark.parametrize("page", PAGES)
def test_code_on_a_page_can_be_read(page):
    for language, code in BLOCK.findall((ROOT / page).read_text(encoding="utf-8")):
        if language == "toml":
            tomllib.loads(dedent(code))
        elif language == "python":
            compile(dedent(code), page, "exec")
        elif language == "json":
            json.loads(code)


def test_the_pages_name_enough_to_be_worth_it():
    assert {"README.md", "README.en.md", "CONTRIBUTING.md", "docs/grading.md", "docs/graders.md"} <= set(
        PAGES
    )
    text = "\n".join((ROOT / page).read_text(encoding="utf-8") for page in PAGES)
    assert len(set(COMMAND.findall(text))) > 30


@pytest.mark.parametrize(
    ("said", "fault"),
    [
        ("Run `custseg dance`.", "no command: custseg dance"),
        ("```bash\ncustseg collect in/ --fast\n```", "no option: custseg collect --fast"),
        ("`custseg collect in/ --out class/`, or `--quick`", "no option of a command on this page: --quick"),
        ("Set `CUSTSEG_COMPANI`.", "no such environment variable: CUSTSEG_COMPANI"),
        ("See [here](gone.md).", "no such file: gone.md"),
        ("See [here](grading.md#nowhere).", "no such heading: grading.md#nowhere"),
        ("# A page\n[up](#a-pag)", "no such heading: #a-pag"),
        ("Open `custseg_helpers/txt.py`.", "no such path: custseg_helpers/txt.py"),
    ],
)
def test_a_false_word_is_caught(said, fault):
    assert faults(said, "docs/grading.md") == [fault]


def test_what_is_true_passes():
    said = "# A page\n`custseg collect in/ --out class/` `--seed` [grading](grading.md) [up](#a-page) `tests/test_docs.py`"
    assert faults(said, "docs/grading.md") == []

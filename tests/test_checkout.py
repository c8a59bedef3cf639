"""A checkout is the same everywhere: line ends, data byte for byte, generated files out of the way."""

import subprocess

import pytest

from custseg_helpers.paths import course_root

pytestmark = pytest.mark.slow

ROOT = course_root()


def git(*arguments):
    """What git says about this folder, in lines; no git, no test."""
    run = subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, text=True, encoding="utf-8")
    if run.returncode:
        pytest.skip("not a git checkout")
    return [line for line in run.stdout.split("\0") if line]


def test_no_text_has_line_ends_of_its_own():
    """Only data, which is kept byte for byte, may be stored with CRLF."""
    rows = [line.split("\t") for line in git("ls-files", "--eol", "-z")]
    assert len(rows) > 500
    odd = {name: kinds.split() for kinds, name in rows if kinds.split()[0] in ("i/crlf", "i/mixed")}
    assert set(odd) == {
        "datasets/retail/raw/sales_orders.csv",
        "datasets/retail/raw/service_records.csv",
    }
    assert {kinds[2] for kinds in odd.values()} == {"attr/-text"}


@pytest.mark.parametrize(
    ("folder", "attribute", "value"),
    [
        ("datasets", "text", "unset"),
        ("examples", "text", "unset"),
        *((folder, "diff", "unset") for folder in ("notebooks", "exercises", "solutions")),
        *((folder, "linguist-generated", "set") for folder in ("notebooks", "exercises", "solutions")),
    ],
)
def test_data_and_generated_files_are_marked(folder, attribute, value):
    names = git("ls-files", "-z", folder)
    said = git("check-attr", "-z", attribute, *names)
    assert names and said[2::3] == [value] * len(names)


def test_windows_gets_its_own_line_ends_in_its_start_file():
    name = "Start.bat"
    assert git("check-attr", "-z", "eol", name) == [name, "eol", "crlf"]

"""From inside the sandbox a workbook sees what it needs, and no answer, no hand-in, no mark, wherever they lie."""

import ast
import json
import os
import py_compile
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from custseg_helpers.grading.restore import Step
from custseg_helpers.grading.sandbox import Limits, bubblewrap, sandbox
from custseg_helpers.paths import course_root

pytestmark = [pytest.mark.slow, pytest.mark.skipif(not shutil.which("bwrap"), reason="needs bubblewrap")]

SETUP = {"company": "retail", "seed": 2027}
SECRET = re.compile(
    r"/\.git/|/(solutions|notebooks|exercises)/.*\.ipynb|/lessons/.*(__pycache__|\.pyc|(lesson|exercise)\.py|(?<!/rubric)\.toml|\.json)|graded\.jsonl|marks\.csv"
)
"""Paths that no workbook may read; `answers.py` is there, and empty: by it a folder is known as a lesson."""
WALK = """
import json, os, re
paths, holding = [], []
for folder, folders, files in os.walk("/"):
    if folder == "/":
        folders[:] = [name for name in folders if name not in ("proc", "sys", "dev")]
    foreign = "site-packages" in folder and "custseg" not in folder
    for name in files:
        path = os.path.join(folder, name)
        try:
            with open(path, "rb") as file:
                paths.append(path)
                if not foreign and name.endswith((".py", ".pyc", ".json", ".jsonl", ".toml", ".ipynb", ".csv", ".txt", ".md")):
                    content = file.read(3_000_000)
                    holding += [path + ": " + sign.decode() for sign in SIGNS if sign in content]
                elif name == "answers.py" and "lessons" in folder and file.read(1):
                    holding.append(path)
        except OSError:
            pass
"""


def signs():
    """Return what only the answers say: their texts in quotes, which a compiled file holds as well."""
    texts = set()
    for path in (course_root() / "lessons").glob("*_*/answers.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.Module) and (said := ast.get_docstring(node)):
                texts.add(said.splitlines()[0])
    package = "\n".join(
        path.read_text(encoding="utf-8") for path in (course_root() / "custseg_helpers").rglob("*.py")
    )
    return sorted(text for text in texts if len(text) > 25 and text not in package)


@pytest.fixture
def warm():
    """Compile every lesson, as a course that was used has it."""
    for path in (course_root() / "lessons").glob("*_*/*.py"):
        py_compile.compile(str(path))


def test_nothing_that_can_be_read_from_inside_holds_an_answer(warm, tmp_path):
    (tmp_path / "Ann.ipynb").write_text("handed in by Ann, and nobody else", encoding="utf-8")
    said = [*signs(), "handed in by Ann, and nobody else"]
    assert len(said) > 20
    with tempfile.TemporaryDirectory(dir=Path(sys.prefix) / "lib") as inside:
        shutil.copy(tmp_path / "Ann.ipynb", inside)
        Path(inside, ".class.graded.jsonl").write_text("{}", encoding="utf-8")
        tell = "raise SystemExit(json.dumps([len(paths), holding[:3], [p for p in paths if re.search(SECRET, p)][:3]]))"
        code = f"SECRET = {SECRET.pattern!r}\nSIGNS = [s.encode() for s in {said!r}]\n{WALK}\n{tell}"
        with sandbox(private=[tmp_path, Path(inside)]) as box:
            run = box.run([Step(code)], SETUP, Limits(cell=150), "en")
    (message,) = [line["message"] for line in run.lines if "message" in line]
    count, holding, secret = json.loads(message.removeprefix("SystemExit: "))
    assert count > 1_000 and holding == [] and secret == []


PLACES = [Path(sys.prefix) / "lib", Path("/usr/local/lib"), Path("/usr/lib"), Path(tempfile.gettempdir())]


@pytest.mark.parametrize("place", PLACES, ids=str)
def test_a_course_below_what_is_shown_is_hidden_all_the_same(place, tmp_path):
    if not os.access(place, os.W_OK):
        pytest.skip("only who may write there can put a course there")
    with tempfile.TemporaryDirectory(dir=place) as folder:
        course = Path(folder) / "course"
        shutil.copytree(course_root() / "custseg_helpers", course / "custseg_helpers")
        shutil.copytree(course_root() / "lessons", course / "lessons")
        shutil.copytree(course_root() / "datasets/b2b", course / "datasets/b2b")
        for name in (
            ".git/config",
            "solutions/a.ipynb",
            "class/graded.jsonl",
            "handed-in/Ann.ipynb",
            "pyproject.toml",
        ):
            (course / name).parent.mkdir(parents=True, exist_ok=True)
            (course / name).write_text("secret", encoding="utf-8")
        (tmp_path / "empty").touch()
        script = (
            "import json, os, sys\nfrom pathlib import Path\nfrom custseg_helpers.grading.walls import walls\n"
            f"print(json.dumps(walls({bubblewrap()!r}, {{'PATH': '/usr/bin:/bin'}}, 10**8, Path({str(tmp_path / 'empty')!r}), [], as_root=os.geteuid() == 0)))"
        )
        ready = os.environ | {"PYTHONPATH": str(course)}
        before = subprocess.run(
            [sys.executable, "-c", script], env=ready, capture_output=True, check=True, cwd=place
        )
        find = ["find", str(course), "-type", "f", "-size", "+0"]
        seen = subprocess.run([*json.loads(before.stdout), *find], capture_output=True, text=True, check=True)
    paths = {path.removeprefix(f"{course}/") for path in seen.stdout.splitlines()}
    assert "custseg_helpers/__init__.py" in paths and "datasets/b2b/orders.csv" in paths
    kept = ("custseg_helpers/", "datasets/")
    assert {
        path
        for path in paths
        if not path.startswith(kept) and not path.endswith(("/elsewhere.py", "/rubric.toml"))
    } == set()


def test_nothing_but_three_folders_in_memory_can_be_written():
    code = (
        "import os\nfound = []\nfor folder, folders, _ in os.walk('/'):\n"
        "    folders[:] = [n for n in folders if os.path.join(folder, n) not in ('/proc', '/sys', '/usr', '/home/learner', '/tmp', '/dev/shm')]\n"
        "    found += [folder] if os.access(folder, os.W_OK) else []\nraise SystemExit(repr(found))"
    )
    with sandbox() as box:
        run = box.run([Step(code)], SETUP, Limits(), "en")
    assert [line["message"] for line in run.lines if "message" in line] == ["SystemExit: []"]


def test_results_that_lie_in_the_temporary_folder_leave_a_workbook_its_own():
    code = (
        "from pathlib import Path\nPath('/tmp/a').write_text('a')\nraise SystemExit(str(os.listdir('/tmp')))"
    )
    with sandbox(private=[Path("/tmp"), Path("/"), Path("/home")]) as box:
        run = box.run([Step(f"import os\n{code}")], SETUP, Limits(), "en")
    (message,) = [line["message"] for line in run.lines if "message" in line]
    assert "'a'" in message

"""Every command line of README and guides is run as it stands, in a copy of the course, one page after the other."""

import json
import os
import re
import shlex
import shutil
import subprocess
import sys

import pandas as pd
import pytest

from custseg_helpers.company.company import load_sample
from custseg_helpers.files.folder import MANIFEST
from custseg_helpers.grading.class_report import LEVELS
from custseg_helpers.grading.class_tables import HEADS
from custseg_helpers.grading.sandbox import bubblewrap
from custseg_helpers.paths import course_root

ROOT = course_root()
PAGES = ["README.md", "README.en.md", "CONTRIBUTING.md"]
PAGES += sorted(path.relative_to(ROOT).as_posix() for path in (ROOT / "docs").glob("*.md"))
FENCE = re.compile(r"^ *```\w*\n(.*?)^ *```$", re.M | re.S)
START = "python3 start.py"
ELSEWHERE = {
    "": "opens JupyterLab and stays (tests/learn/test_lab.py)",
    "lab": "opens JupyterLab and stays (tests/learn/test_lab.py)",
    "test": "this suite",
    "licences": "a tool of the sources (tests/tools/test_licences.py)",
    "site": "a minute of both cores (tests/browser/test_site.py)",
    "lite": "needs a release of Pyodide (tests/browser/test_lite.py)",
    "campaign result": "needs the orders of a campaign that is over (tests/campaigns)",
    "campaign evaluate": "needs a results file from elsewhere (tests/campaigns)",
    "--mark": "serves a page and stays until it is stopped (tests/browser/test_marking.py)",
    "--engine spark": "needs a cluster (tests/at_scale/test_spark_cluster.py)",
    "--wheels": "downloads (tests/teach/test_pack.py); that its words are understood is tested below",
}
"""Lines that are not run here, and why."""


def lines(page):
    """Return the command lines of a page by language, as they stand, without what is said behind them."""
    halves = (ROOT / page).read_text(encoding="utf-8").split("\n---\n")
    if len(halves) == 1:
        halves = re.split(r"(?=^## English$)", halves[0], flags=re.M)
    found = []
    for half in halves:
        code = "\n".join(FENCE.findall(half)).splitlines()
        found.append([line.partition(" #")[0].strip() for line in code if line.strip().startswith(START)])
    return found


def elsewhere(line):
    words = line.removeprefix(START).strip()
    return next(
        (why for sign, why in ELSEWHERE.items() if words == sign or (sign and f"{sign} " in f"{words} ")),
        None,
    )


def company(folder):
    """Lay a small company's files where the guides say that they are."""
    orders = load_sample("retail").orders[["order_id", "customer_id", "order_date", "amount"]].head(400)
    orders.to_csv(folder / "orders.csv", index=False)
    orders.to_excel(folder / "orders.xlsx", index=False)
    lines = orders.reset_index(drop=True)
    pd.DataFrame(
        {
            "InvoiceNo": lines["order_id"].astype(str),
            "CustomerID": lines["customer_id"].astype(str),
            "InvoiceDate": pd.to_datetime("2011-12-01") - pd.to_timedelta(lines.index % 300, unit="D"),
            "StockCode": "A1",
            "Description": "bag",
            "Quantity": 1 + lines.index % 3,
            "UnitPrice": 2.5,
            "Country": "France",
        }
    ).to_parquet(folder / "examples/online_retail/online_retail.parquet", index=False)


def handed_in(folder):
    """Lay down what a class has given back: workbooks, forms, names, grades."""
    (folder / "handed-in").mkdir()
    shutil.copy(ROOT / "exercises/en/00_welcome_exercises.ipynb", folder / "handed-in/00_welcome_Ana.ipynb")
    form = json.dumps({"custseg_form": "feedback", "id": "1", "name": "", "answers": {"useful": 5}})
    for name in ("back", "收回的表"):
        (folder / name).mkdir()
        (folder / name / "a.json").write_text(form, encoding="utf-8")
    (folder / "names.csv").write_text("name\nAna Ruiz\n林晓\n", encoding="utf-8")
    (folder / "class").mkdir()
    (folder / "class" / MANIFEST).write_text("{}", encoding="utf-8")
    heads = ",".join(HEADS[name].en for name in ("learner", "lesson", "level", "points"))
    (folder / "class/answers.csv").write_text(f"{heads}\nAna,04,{LEVELS['core'].en},1\n", encoding="utf-8")


@pytest.fixture
def copy(tmp_path):
    """A copy of the course with the files that the guides speak of."""
    without = shutil.ignore_patterns(".*", "my", "tests", "benchmarks", "__pycache__", "wheels", "dist")
    shutil.copytree(ROOT, tmp_path / "课程 course", ignore=without)
    company(tmp_path / "课程 course")
    handed_in(tmp_path / "课程 course")
    return tmp_path / "课程 course"


PARTS = [
    pytest.param(commands, id=f"{page}-{number}")
    for page in PAGES
    for number, commands in enumerate(lines(page))
    if any(not elsewhere(line) for line in commands)
]


@pytest.mark.slow
@pytest.mark.parametrize("commands", PARTS)
def test_the_commands_of_a_page_run_as_they_stand(copy, commands):
    ready = os.environ | {"PYTHONPATH": str(copy), "OMP_NUM_THREADS": "1", "PYTHONUTF8": "1"}
    python = [sys.executable, "-m", "custseg_helpers"]
    if not any(" init " in line for line in commands):
        subprocess.run([*python, "init", "orders.csv"], cwd=copy, env=ready, check=True)
    for line in commands:
        if elsewhere(line) or (" collect " in line and not bubblewrap()):
            continue
        words = shlex.split(line.removeprefix(START))
        command, here = [*python, *words], ready
        if " collect " in line:  # the sandbox shows a workbook the installed course, not a copy of it
            command, here = [sys.executable, "-P", *command[1:]], os.environ.copy()
        done = subprocess.run(command, cwd=copy, env=here, capture_output=True, text=True)
        assert done.returncode == 0, f"{line}\n{done.stdout}\n{done.stderr}"


def test_the_pages_have_commands_to_run():
    run = {line for page in PAGES for part in lines(page) for line in part if not elsewhere(line)}
    assert len(run) > 20


@pytest.mark.parametrize(
    "line", sorted({line for page in PAGES for part in lines(page) for line in part if "--wheels" in line})
)
def test_the_pack_with_software_goes_where_the_line_says(monkeypatch, tmp_path, line):
    from custseg_helpers.commands import main as cli
    from custseg_helpers.commands.teach import pack

    monkeypatch.chdir(tmp_path)
    asked = []
    monkeypatch.setattr(pack, "wheel_files", lambda targets, *_: asked.extend(targets) or {})
    assert cli.main(shlex.split(line.removeprefix(START))) == 0
    assert [target.name for target in asked] == ["windows-3.12"] and (tmp_path / "custseg-a.zip").is_file()

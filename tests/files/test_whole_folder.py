"""A result is written whole or not at all: killed at every step, on a full disk, by two runs at once."""

import errno
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from custseg_helpers.commands.main import main
from custseg_helpers.files import folder as export
from custseg_helpers.files.folder import sha256, whole_folder
from custseg_helpers.words.text import UserError

pytestmark = pytest.mark.slow

posix = pytest.mark.skipif(sys.platform == "win32", reason="fork, SIGKILL and limits of POSIX")

MAPPING = """
name = "shop"
as_of = {as_of}
[orders]
file = "orders.csv"
[orders.columns]
order_id = "order"
customer_id = "customer"
order_date = "day"
amount = "paid"
"""

KILLED = """
import os, signal, sys, warnings
from pathlib import Path

warnings.filterwarnings("ignore", category=DeprecationWarning)
folder, step, *what = Path(sys.argv[1]), int(sys.argv[2]), *sys.argv[3:]
EVENTS = ("open", "os.rename", "os.remove", "os.rmdir", "os.mkdir", "ctypes.dlsym")
seen, doomed = 0, None

def watch(event, arguments):
    global seen
    if doomed is not None and event in EVENTS and (event == "ctypes.dlsym" or str(folder) in str(arguments[0])):
        seen += 1
        if seen == doomed:
            os.kill(os.getpid(), signal.SIGKILL)

def write_generation():
    from custseg_helpers.files.folder import whole_folder

    now = int((folder / "result" / "manifest.json").read_text()) + 1 if (folder / "result").exists() else 0
    with whole_folder(folder / "result") as draft:
        for name in ("customers.csv", "report.html", "manifest.json"):
            (draft / name).write_text(str(now))
    return 0

def run():
    from custseg_helpers.commands.main import main

    return main(["run", str(folder / "company.toml"), "--out", str(folder / "result")])

act = run if what else write_generation
act()
if what:  # the second run has newer data
    mapping = folder / "company.toml"
    mapping.write_text(mapping.read_text().replace("2025-04-01", "2025-05-01"))
sys.addaudithook(watch)
survived, moments = False, 0
while not survived:
    doomed, moments = 1 + moments * step, moments + 1
    child = os.fork()
    if child == 0:
        seen = 0
        os._exit(act())
    survived = os.waitpid(child, 0)[1] == 0
    mine, doomed = doomed, None
    inside = {file.name: file.read_text() for file in (folder / "result").glob("*.*") if not what}
    assert len(set(inside.values())) == (0 if what else 1), (mine, inside)
    print((folder / "result" / "manifest.json").read_text().replace("\\n", " "))
print(sorted(file.name for file in folder.iterdir()))
"""


def killed(folder, step, *what):
    """Kill a run at its first, step + 1st, … touch of the file system until one survives; return what was found after each."""
    script = [sys.executable, "-c", KILLED, str(folder), str(step), *what]
    done = subprocess.run(script, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return [
        line for line in done.stdout.splitlines() if line.startswith(("{", "[")) or line.strip().isdecimal()
    ]


@posix
def test_killed_at_every_single_step_the_folder_is_the_old_one_or_the_new_one(tmp_path):
    *found, left = killed(tmp_path, 1)
    assert len(found) > 15 and [int(line) for line in found] == sorted(int(line) for line in found)
    assert left == "['result']"


@pytest.fixture
def shop(tmp_path, monkeypatch):
    monkeypatch.setattr("custseg_helpers.plots.style.Picture._repr_png_", lambda picture: b"")
    rows = [f"A{n},C{n % 12},2025-03-{1 + n % 28:02},{10 + n}" for n in range(60)]
    (tmp_path / "orders.csv").write_text("order,customer,day,paid\n" + "\n".join(rows), encoding="utf-8")
    (tmp_path / "company.toml").write_text(MAPPING.format(as_of="2025-04-01"), encoding="utf-8")
    return tmp_path


@posix
def test_a_run_killed_at_many_moments_leaves_a_whole_result(shop):
    *found, left = killed(shop, 14, "run")
    snapshots = [json.loads(line)["as_of"] for line in found]
    assert len(snapshots) >= 4 and snapshots[-1] == "2025-05-01"
    assert snapshots == sorted(snapshots)  # the old result, and from some moment on the new one
    assert left == "['company.toml', 'orders.csv', 'result']"
    told = json.loads((shop / "result" / "manifest.json").read_text(encoding="utf-8"))
    assert told["outputs"] == {file: sha256(shop / "result" / file) for file in told["outputs"]}


def whole(folder):
    return {file.name: sha256(file) for file in folder.iterdir()}


@posix
@pytest.mark.parametrize("most", [1_000, 9_000])
def test_a_disk_that_fills_up_is_one_message_and_the_old_result_stands(shop, most, capfd):
    import resource

    main(["run", str(shop / "company.toml"), "--out", str(shop / "result")])
    before = whole(shop / "result")
    capfd.readouterr()
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, hard))  # writing beyond fails, as on a full disk
    try:
        code = main(["run", str(shop / "company.toml"), "--out", str(shop / "result")])
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    said = capfd.readouterr()
    assert (code, said.out, said.err.count("\n")) == (2, "", 1)
    assert "cannot be written" in said.err and "Traceback" not in said.err
    assert whole(shop / "result") == before
    assert sorted(file.name for file in shop.iterdir()) == ["company.toml", "orders.csv", "result"]


def test_a_full_disk_is_named(shop, monkeypatch, capsys):
    def full(handle):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(export.os, "fsync", full)
    assert main(["run", str(shop / "company.toml"), "--out", str(shop / "result")]) == 2
    assert os.strerror(errno.ENOSPC) in capsys.readouterr().err
    assert not (shop / "result").exists()


def test_a_system_that_cannot_swap_names_writes_the_new_result_all_the_same(tmp_path, monkeypatch):
    monkeypatch.setattr(export, "exchange", lambda one, other: False)
    for text in ("old", "new"):
        with whole_folder(tmp_path / "result") as draft:
            (draft / "manifest.json").write_text(text)
    assert (tmp_path / "result" / "manifest.json").read_text() == "new"
    assert [file.name for file in tmp_path.iterdir()] == ["result"]


@posix
def test_two_runs_never_write_into_one_folder(tmp_path):
    with whole_folder(tmp_path / "result") as draft:
        (draft / "manifest.json").write_text("first")
        with pytest.raises(UserError, match="Another run"), whole_folder(tmp_path / "result"):
            pass
    assert (tmp_path / "result" / "manifest.json").read_text() == "first"


def test_what_lies_in_a_cut_off_draft_does_not_get_into_the_result(tmp_path):
    (tmp_path / ".result-part" / "deep").mkdir(parents=True)
    (tmp_path / ".result-part" / "half.csv").write_text("half")
    with whole_folder(tmp_path / "result") as draft:
        (draft / "manifest.json").write_text("{}")
    assert [file.name for file in Path(tmp_path / "result").iterdir()] == ["manifest.json"]

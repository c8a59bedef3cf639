"""A run that is killed, at whatever moment, leaves nothing that the next one does not clear away."""

import os
import subprocess
import sys
import zipfile

import pytest

pytestmark = pytest.mark.slow

ROWS = "".join(
    f"A{n},C{n % 97},2025-{1 + n % 6:02}-{1 + n % 27:02},{20 + 5 * (n % 9)}\n" for n in range(1, 1001)
)
DATED = {"customers.xlsx", "manifest.json"}
"""Files that say when they were made."""


def begin(folder, *words):
    places = {"TMPDIR": str(folder / "tmp"), "HOME": str(folder / "tmp"), "CUSTSEG_LANG": "en"}
    return subprocess.Popen(
        [sys.executable, "-m", "custseg_helpers", *words],
        cwd=folder / "own",
        env=os.environ | places,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def files(folder):
    return {path for path in folder.rglob("*") if path.is_file()}


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such signal")
def test_a_look_at_a_file_killed_at_any_moment_is_done_by_the_next(tmp_path):
    for name in ("own", "tmp"):
        (tmp_path / name).mkdir()
    own = tmp_path / "own"
    with zipfile.ZipFile(own / "orders.zip", "w") as packed:
        packed.writestr("orders.csv", f"order no,member no,order date,order total\n{ROWS}")
    line = ("init", "orders.zip")
    assert begin(tmp_path, *line).wait(120) == 0
    right = {path: path.read_bytes() for path in files(own)}
    before = files(tmp_path)

    def unpacked():
        return any((tmp_path / "tmp").glob("custseg-*"))

    def half_written():
        return any(own.glob(".company.toml-*")) or (own / "company.toml").exists()

    for reached in (unpacked, half_written):
        (own / "company.toml").unlink()
        running = begin(tmp_path, *line)
        while running.poll() is None and not reached():
            pass
        running.kill()
        running.wait(60)
        (own / "company.toml").unlink(missing_ok=True)
        assert begin(tmp_path, *line).wait(120) == 0
        assert files(tmp_path) == before and {path: path.read_bytes() for path in files(own)} == right
        assert not unpacked()


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such signal")
def test_a_run_killed_at_any_file_is_cleared_away_by_the_next(tmp_path):
    for name in ("own", "tmp"):
        (tmp_path / name).mkdir()
    (tmp_path / "own" / "orders.csv").write_text(
        f"order no,member no,order date,order total\n{ROWS}", "utf-8"
    )
    assert begin(tmp_path, "init", "orders.csv").wait(120) == 0
    line = ("run", "company.toml", "--out", "result")
    assert begin(tmp_path, *line).wait(120) == 0
    result = tmp_path / "own" / "result"
    right = {path.name: path.read_bytes() for path in files(result) if path.name not in DATED}
    before = files(tmp_path)
    killed = 0
    for count in (1, 6, 12, 15):
        seen, running = set(), begin(tmp_path, *line)
        while running.poll() is None and len(seen) < count:
            seen |= files(tmp_path) - before
        running.kill()
        killed += running.wait(60) == -9
        assert {path for path in files(tmp_path / "tmp") if "openpyxl" in path.name} == set()
        assert begin(tmp_path, *line).wait(120) == 0
        assert files(tmp_path) - before == set()
        assert {path.name: path.read_bytes() for path in files(result) if path.name in right} == right
    assert killed >= 3

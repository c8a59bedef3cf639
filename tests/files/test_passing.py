"""What is unpacked or fetched for a while goes, also when the process that did it was killed."""

import os
import subprocess
import sys

import pytest

from custseg_helpers.files.passing import passing_folder


@pytest.mark.skipif(sys.platform != "linux", reason="only there it is known which processes are no more")
def test_folders_of_processes_that_are_no_more_go_and_all_others_stay(tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    gone = subprocess.run(
        [sys.executable, "-c", "import os; print(os.getpid())"], capture_output=True, check=True
    )
    dead, parent = int(gone.stdout), os.getppid()
    left = {f"custseg-{dead}-a1_", f"custseg-collect-{dead}-b"}
    kept = {f"custseg-{parent}-a", f"custseg-collect-{parent}-b", "custseg-mine", f"other-{dead}-a"}
    for name in left | kept:
        (tmp_path / name / "inside").mkdir(parents=True)
    with passing_folder() as own, passing_folder("collect"):
        assert own.is_dir() and {path.name for path in tmp_path.iterdir()} & left == set()
    assert {path.name for path in tmp_path.iterdir()} == kept

"""What a workbook may not use, it does not get: each attack in the real sandbox, and the host as it was."""

import shutil
import subprocess

import pytest

from custseg_helpers.grading.restore import Step
from custseg_helpers.grading.sandbox import Limits, sandbox
from custseg_helpers.grading.seccomp import NUMBERS, program
from custseg_helpers.grading.walls import _no_further

pytestmark = [pytest.mark.slow, pytest.mark.skipif(not shutil.which("bwrap"), reason="needs bubblewrap")]

SETUP = {"company": "retail", "seed": 2027}
REFUSED = {
    "memfd": "import os\nos.memfd_create('hoard')",
    "System V shared memory": "import ctypes\nlibc = ctypes.CDLL(None, use_errno=True)\n"
    "assert libc.shmget(0, 1 << 20, 0o1600) < 0 and ctypes.get_errno() == 1\nraise PermissionError",
    "a message queue": "import ctypes\nlibc = ctypes.CDLL(None, use_errno=True)\n"
    "assert libc.msgget(0, 0o1600) < 0 and ctypes.get_errno() == 1\nraise PermissionError",
    "a user namespace by unshare": "import ctypes\nlibc = ctypes.CDLL(None, use_errno=True)\n"
    "assert libc.unshare(0x10000000) < 0 and ctypes.get_errno() == 1\nraise PermissionError",
    "a user namespace by clone": "import ctypes, os\nlibc = ctypes.CDLL(None, use_errno=True)\n"
    "import platform\nnumber = {'x86_64': 56, 'aarch64': 220}[platform.machine()]\n"
    "pid = libc.syscall(number, 0x10000000 | 17, 0, 0, 0, 0)\nos._exit(0) if pid == 0 else None\n"
    "assert pid < 0 and ctypes.get_errno() == 1\nraise PermissionError",
    "shared memory of nobody": "import mmap\nmmap.mmap(-1, 1 << 20)",
    "shared zeros": "import mmap, os\ntry:\n    mmap.mmap(os.open('/dev/zero', os.O_RDWR), 1 << 20)\n"
    "except OSError as error:\n    raise PermissionError from error",
    "a namespace's mount": "import ctypes\nlibc = ctypes.CDLL(None, use_errno=True)\n"
    "assert libc.mount(b'none', b'/tmp', b'tmpfs', 0, None) < 0\nraise PermissionError",
}
ENDED = {
    "inodes": ("files", "import os\nn = 0\nwhile True:\n    os.mkdir(f'/tmp/{n}')\n    n += 1"),
    "links": ("files", "import os\nn = 0\nwhile True:\n    os.symlink('x', f'/dev/shm/{n}')\n    n += 1"),
    "shared memory let go": ("memory", "import mmap\nhoard = []\nwhile True:\n    hoard.append(mmap.mmap(-1, 1 << 28, flags=mmap.MAP_PRIVATE))\n    hoard[-1].write(b'x' * (1 << 28))"),
}  # fmt: skip


@pytest.fixture(scope="module")
def box():
    with sandbox() as made:
        yield made


@pytest.mark.parametrize("name", list(REFUSED))
def test_memory_and_namespaces_that_no_limit_counts_are_refused(box, name):
    run = box.run([Step(REFUSED[name])], SETUP, Limits(), "en")
    (message,) = [line["message"] for line in run.lines if "message" in line]
    assert message.startswith("PermissionError"), message
    assert run.ended == ""


@pytest.mark.parametrize("name", list(ENDED))
def test_what_a_workbook_lays_down_is_counted(box, name):
    why, code = ENDED[name]
    run = box.run([Step(code)], SETUP, Limits(seconds=60, memory=1_000_000_000), "en")
    messages = [line["message"] for line in run.lines if "message" in line]
    assert run.ended == why or (why == "memory" and messages and "MemoryError" in messages[0] + "OSError"), (
        messages
    )


def test_full_folders_are_told_as_such(box):
    code = "hoard = open('/tmp/a', 'wb')\nfor _ in range(3):\n    hoard.write(b'x' * 100_000_000)"
    run = box.run([Step(code)], SETUP, Limits(), "en")
    (message,) = [line["message"] for line in run.lines if "message" in line]
    assert "OSError" in message


def test_honest_libraries_run_under_the_filter(box):
    code = (
        "import threading, subprocess, numpy as np, pandas as pd\nfrom multiprocessing import Pool\n"
        "from sklearn.cluster import KMeans\nimport matplotlib.pyplot as plt\n"
        "threading.Thread(target=print).start()\nassert subprocess.run(['true']).returncode == 0\n"
        "KMeans(3, n_init=2).fit(np.random.rand(100, 2))\nplt.plot([1, 2])\nplt.savefig('a.png')\n"
        "pd.DataFrame({'a': [1]}).to_csv('a.csv')\nassert Pool(2).map(abs, [-1, -2]) == [1, 2]"
    )
    run = box.run([Step(code)], SETUP, Limits(), "en")
    assert run.ended == "" and not [line for line in run.lines if "message" in line]


def test_the_filter_knows_its_machines():
    assert program("mips") is None
    assert {frozenset(numbers) for _, numbers in NUMBERS.values()} == {frozenset(NUMBERS["x86_64"][1])}


def test_an_ordinary_user_makes_no_further_namespaces():
    helped = subprocess.run(["bwrap", "--help"], capture_output=True, text=True, check=False)
    assert ("--disable-userns" in helped.stdout + helped.stderr) == bool(_no_further("bwrap"))

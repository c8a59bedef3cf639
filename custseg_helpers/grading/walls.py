"""What a workbook's process can see: the command line of bubblewrap, the environment, the Python inside.

Shown, read-only: the system's programs, this Python, this package, the datasets. Hidden: everything else, and of the
course the answers. Writable, in memory and of limited size: an empty home, `/tmp` and `/dev/shm`.
"""

import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import custseg_helpers
from custseg_helpers.paths import course_root

HOME = "/home/learner"
FROM_ETC = ("ld.so.cache", "ld.so.conf", "ld.so.conf.d", "fonts", "localtime", "alternatives")


def python() -> list[str]:
    """Return the command that does one workbook; nobody's settings or working folder change what it imports."""
    return [sys.executable, "-I", "-B", "-X", "utf8", "-m", "custseg_helpers.grading.run_cells"]


def environment(setup: Mapping[str, Any], lang: str, home: str) -> dict[str, str]:
    """Return the environment variables of a workbook: none of the trainer's own but where programs are."""
    kept = ("PATH", "SYSTEMROOT", "LD_LIBRARY_PATH")
    return {name: os.environ[name] for name in kept if name in os.environ} | {
        "HOME": home,
        "USERPROFILE": home,
        "LANG": "C.UTF-8",
        "MPLBACKEND": "Agg",
        "MPLCONFIGDIR": f"{home}/plots",
        "OMP_NUM_THREADS": "1",
        "OPENBLAS_NUM_THREADS": "1",
        "CUSTSEG_HOME": f"{home}/my",
        "CUSTSEG_PROGRESS": f"{home}/progress.jsonl",
        "CUSTSEG_LANG": lang,
        "CUSTSEG_COMPANY": str(setup["company"]),
        "CUSTSEG_SEED": str(setup["seed"]),
    }


def walls(bwrap: str, variables: Mapping[str, str], size: int, folder: Path, *, as_root: bool) -> list[str]:
    """Return the start of a command that runs the rest shut in.

    Args:
        bwrap: bubblewrap's path.
        variables: the environment inside.
        size: bytes that may be written into each of the three folders in memory.
        folder: of ours, for the empty file that stands in for the answers.
        as_root: whether we are root; the process inside then becomes another user by itself.
    """
    empty = folder / "empty"
    empty.touch()
    apart = ["--unshare-ipc", "--unshare-pid", "--unshare-net", "--unshare-uts", "--unshare-cgroup-try"]
    rights = ["--cap-add", "CAP_SETUID", "--cap-add", "CAP_SETGID"] if as_root else ["--unshare-user"]
    command = [bwrap, *apart, *rights, "--die-with-parent", "--new-session", "--clearenv"]
    for name, value in variables.items():
        command += ["--setenv", name, value]
    for name in ("/bin", "/sbin", "/lib", "/lib32", "/lib64"):
        if os.path.islink(name):
            command += ["--symlink", os.readlink(name), name]
        elif os.path.isdir(name):
            command += ["--ro-bind", name, name]
    writable = ["--perms", "0777", "--size", str(size), "--tmpfs"]
    command += [*writable, "/tmp"]  # before the course, which may itself lie below it
    shown = _shown()
    above = {str(parent) for path in shown for parent in path.parents if parent != Path("/")}
    for name in sorted(above | {"/home"}):
        command += ["--perms", "0755", "--dir", name]
    for path in shown:
        command += ["--ro-bind", str(path), str(path)]
    for name in FROM_ETC:
        command += ["--ro-bind-try", f"/etc/{name}", f"/etc/{name}"]
    folders, files = _hidden()
    for path in folders:
        command += ["--tmpfs", str(path)]
    for path in files:
        command += ["--ro-bind", str(empty), str(path)]
    command += ["--proc", "/proc", "--dev", "/dev"]
    for name in (HOME, "/dev/shm"):
        command += [*writable, name]
    command += ["--perms", "0777", "--dir", f"{HOME}/plots"]
    for cache in _font_caches():
        command += ["--ro-bind", str(cache), f"{HOME}/plots/{cache.name}"]
    return [*command, "--remount-ro", "/dev", "--remount-ro", "/", "--chdir", HOME, "--"]


def _shown() -> list[Path]:
    """Return the folders to show: the system, this Python and the one it was made from, the package, the datasets."""
    pythons = [Path(sys.prefix), Path(sys.base_prefix), Path(sys.executable).resolve().parent.parent]
    course = [Path(custseg_helpers.__file__).parent, course_root() / "datasets", course_root() / "lessons"]
    outside = [path for path in [*pythons, *course] if path.exists() and not path.is_relative_to("/usr")]
    return [Path("/usr"), *dict.fromkeys(outside)]


def _hidden() -> tuple[list[Path], list[Path]]:
    """Return the folders and files with answers that would be seen: in an installed package, the notebooks too."""
    root, package = course_root(), Path(custseg_helpers.__file__).parent
    notebooks = (
        [root / kind for kind in ("solutions", "notebooks", "exercises")] if root != package.parent else []
    )
    names = ("answers.py", "feedback.toml", "exercise.py")
    answers = [path for name in names for path in (root / "lessons").glob(f"*/{name}")]
    return [folder for folder in notebooks if folder.is_dir()], sorted(answers)


def _font_caches() -> list[Path]:
    """Return matplotlib's list of fonts, which would take seconds to make anew for every workbook."""
    import matplotlib.font_manager

    assert matplotlib.font_manager
    return sorted(Path(matplotlib.get_cachedir()).glob("fontlist-*.json"))

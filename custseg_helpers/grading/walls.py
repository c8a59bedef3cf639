"""What a workbook's process can see: the command line of bubblewrap, the environment, the Python inside.

Shown, read-only, is a list: the system's programs and libraries, this Python and its packages, this package, the
datasets. Everything else is not there, also where it lies within what is shown: the course's other files, hand-ins,
marks. Writable, in memory and of limited size: an empty home, `/tmp` and `/dev/shm`.
"""

import os
import subprocess
import sys
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import custseg_helpers
from custseg_helpers.learn.lessons import ELSEWHERE, folders_in
from custseg_helpers.learn.words_file import ANSWERS
from custseg_helpers.paths import course_root

HOME = "/home/learner"
READABLE = ("--perms", "0755")
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


def walls(
    bwrap: str,
    variables: Mapping[str, str],
    size: int,
    empty: Path,
    private: Iterable[Path],
    *,
    as_root: bool,
    calls: int | None = None,
) -> list[str]:
    """Return the start of a command that runs the rest shut in.

    Args:
        bwrap: bubblewrap's path.
        variables: the environment inside.
        size: bytes that may be written into each of the three folders in memory.
        empty: an empty file of ours.
        private: folders that stay unseen wherever they lie: the hand-ins, the results.
        as_root: whether we are root; the process inside then becomes another user by itself.
        calls: the open file of the filter of system calls (`seccomp`), if there is one.
    """
    apart = ["--unshare-ipc", "--unshare-pid", "--unshare-net", "--unshare-uts", "--unshare-cgroup-try"]
    rights = (
        ["--cap-add", "CAP_SETUID", "--cap-add", "CAP_SETGID"]
        if as_root
        else ["--unshare-user", *_no_further(bwrap)]
    )
    command = [bwrap, *apart, *rights, "--die-with-parent", "--new-session", "--clearenv"]
    command += ["--seccomp", str(calls)] if calls is not None else []
    for name, value in variables.items():
        command += ["--setenv", name, value]
    for name in ("/bin", "/sbin", "/lib", "/lib32", "/lib64"):
        if os.path.islink(name):
            command += ["--symlink", os.readlink(name), name]
    writable = ["--perms", "0777", "--size", str(size), "--tmpfs"]
    command += [*writable, "/tmp"]  # before the course, which may itself lie below it
    shown = _named_twice([*system(), *pythons(), *course()])
    kept = {*shown, *map(Path, ("/", "/tmp", "/dev", "/dev/shm", "/home", HOME))}  # ours already
    hidden = [path for path in _named_twice([course_root(), *private]) if path.is_dir() and path not in kept]
    lessons = folders_in(course_root() / "lessons").values()
    mounts = {path: [*READABLE, "--dir"] for path in [*lessons, Path("/home")]}
    mounts |= {parent: [*READABLE, "--dir"] for path in [*mounts, *shown, *hidden] for parent in path.parents}
    mounts |= {path: [*READABLE, "--tmpfs"] for path in hidden}
    mounts |= {path: ["--ro-bind", str(path)] for path in shown}
    # From the outside in, so that what is shown within a hidden folder shows, and nothing else of it.
    for path in sorted(mounts.keys() - {Path("/")}, key=lambda path: (len(path.parts), path)):
        command += [*mounts[path], str(path)]
    for name in FROM_ETC:
        command += ["--ro-bind-try", f"/etc/{name}", f"/etc/{name}"]
    for lesson in lessons:
        command += ["--ro-bind", str(empty), str(lesson / ANSWERS)]  # by it a folder is known as a lesson
    command += ["--proc", "/proc", "--dev", "/dev"]
    command += ["--dev-bind", "/dev/null", "/dev/zero"]  # mapped and shared, it is memory that nobody counts
    for name in (HOME, "/dev/shm"):
        command += [*writable, name]
    command += ["--perms", "0777", "--dir", f"{HOME}/plots"]
    for fonts in _font_caches():
        command += ["--ro-bind", str(fonts), f"{HOME}/plots/{fonts.name}"]
    for path in hidden:
        command += ["--remount-ro", str(path)]
    return [*command, "--remount-ro", "/dev", "--remount-ro", "/", "--chdir", HOME, "--"]


@cache
def _no_further(bwrap: str) -> tuple[str, ...]:
    """Return the option that forbids further user namespaces, where this bubblewrap (0.8 on) has it."""
    helped = subprocess.run([bwrap, "--help"], capture_output=True, text=True, check=False)
    return ("--disable-userns",) if "--disable-userns" in helped.stdout + helped.stderr else ()


def system() -> list[Path]:
    """Return the folders of programs, libraries, fonts and time zones, and none for people's own files."""
    tops = ["/bin", "/sbin", "/lib", "/lib32", "/lib64"]
    below = [
        *tops,
        "/libexec",
        "/share/fonts",
        "/share/zoneinfo",
        "/share/locale",
        "/share/i18n",
        "/share/fontconfig",
    ]
    names = [name for name in tops if not os.path.islink(name)] + [f"/usr{name}" for name in below]
    names += ["/usr/local/bin", "/usr/local/lib", "/usr/local/share/fonts", "/nix/store"]
    return [path for path in map(Path, names) if path.is_dir() and not path.is_symlink()]


def pythons() -> list[Path]:
    """Return the programs and libraries of this Python, of the one that it was made from, and its packages."""
    homes = [Path(sys.prefix), Path(sys.base_prefix), Path(sys.executable).resolve().parent.parent]
    names = ("bin", "lib", "lib64", "pyvenv.cfg", "share/fonts", "etc/fonts")
    packages = [Path(name) for name in sys.path if name.endswith(("site-packages", "dist-packages"))]
    return [path for path in [*(home / name for home in homes for name in names), *packages] if path.exists()]


def course() -> list[Path]:
    """Return what workbooks use of the course: the package, the data, other data asked of, the rubric they print."""
    root = course_root()
    others = [path for name in (ELSEWHERE, "rubric.toml") for path in (root / "lessons").glob(f"*_*/{name}")]
    return [Path(custseg_helpers.__file__).parent, root / "datasets", *others]


def _named_twice(paths: Iterable[Path]) -> list[Path]:
    """Return each path as it is named and as it lies, where links lead elsewhere."""
    return list(dict.fromkeys(name for path in paths for name in (path.absolute(), path.resolve())))


def _font_caches() -> list[Path]:
    """Return matplotlib's list of fonts, which would take seconds to make anew for every workbook."""
    import matplotlib.font_manager

    assert matplotlib.font_manager
    return sorted(Path(matplotlib.get_cachedir()).glob("fontlist-*.json"))

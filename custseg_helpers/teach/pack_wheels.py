"""The wheels of the lock file for the machines of a class, each checked against the lock's hashes.

Markers are decided here, for the machine the wheels are for: pip would decide them for the machine it runs on.
"""

import importlib.util
import platform
import re
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from packaging.markers import Marker

from custseg_helpers.words.text import T, UserError, listed

SYSTEMS = {
    "windows": ("Windows", "AMD64", {"sys_platform": "win32", "os_name": "nt"}, ["win_amd64"]),
    "mac": (
        "Darwin",
        "arm64",
        {"sys_platform": "darwin", "os_name": "posix"},
        ["macosx_12_0_arm64", "macosx_12_0_universal2"],
    ),
    "linux": (
        "Linux",
        "x86_64",
        {"sys_platform": "linux", "os_name": "posix"},
        [*(f"manylinux_2_{minor}_x86_64" for minor in range(28, 4, -1)), "manylinux2014_x86_64"],
    ),
}
"""By the name people write: what Python calls the system and the machine, its markers, and pip's names for it."""

VERSIONS = ("3.11", "3.12", "3.13", "3.14")


@dataclass(frozen=True)
class Target:
    """A kind of machine: its system (a key of `SYSTEMS`) and its Python, such as `3.12`."""

    system: str
    python: str

    @property
    def name(self) -> str:
        """How people write it: `windows-3.12`."""
        return f"{self.system}-{self.python}"

    @property
    def mark(self) -> str:
        """The file in `wheels/` by which start.py knows that they are for this machine."""
        system, machine, _, _ = SYSTEMS[self.system]
        return f"{system}-{machine}-{self.python}"


def target(name: str) -> Target:
    """Return the machine that people write as `windows-3.12`.

    >>> target("windows-3.12").mark
    'Windows-AMD64-3.12'
    """
    system, _, python = name.lower().partition("-")
    if system not in SYSTEMS or python not in VERSIONS:
        raise UserError(
            T(
                zh="“{name}”不是一种电脑。这样写：windows-3.12；系统有 {systems}，Python 有 {versions}。",
                en="“{name}” is no kind of machine. Write windows-3.12; systems: {systems}; Python: {versions}.",
            ).format(name=name, systems=listed(SYSTEMS), versions=listed(VERSIONS))
        )
    return Target(system, python)


def this_machine() -> str:
    """Return what to write for a machine like this one."""
    system = {"Windows": "windows", "Darwin": "mac"}.get(platform.system(), "linux")
    return f"{system}-{sys.version_info[0]}.{sys.version_info[1]}"


def requirements(lock: str, machine: Target) -> str:
    r"""Return the part of a lock file that a machine needs, without markers.

    >>> lock = "six==1 ; os_name == 'nt' \\\n    --hash=sha256:0\nfoo==2 ; os_name != 'nt' \\\n    --hash=sha256:1\n"
    >>> print(requirements(lock, target("windows-3.12")))
    six==1 \
        --hash=sha256:0
    """
    marks = {
        "python_version": machine.python,
        "python_full_version": f"{machine.python}.0",
        "implementation_name": "cpython",
        "platform_python_implementation": "CPython",
        "platform_system": SYSTEMS[machine.system][0],
        "platform_machine": SYSTEMS[machine.system][1],
        **SYSTEMS[machine.system][2],
    }
    needed = []
    for head, hashes in re.findall(r"^(\S+==[^\\\n]+)\\\n((?:    --hash=.*\n)+)", lock, re.MULTILINE):
        pin, _, marker = head.partition(";")
        if not marker.strip() or Marker(marker.strip()).evaluate(marks):
            needed.append(f"{pin.strip()} \\\n{hashes}")
    return "".join(needed).rstrip("\n")


def collect_wheels(lock: str, machine: Target, folder: Path, source: Path | None = None) -> None:
    """Put the wheels of a lock file for a machine into a folder.

    Args:
        lock: the text of the lock file.
        machine: for which.
        folder: wheels that are there already are not taken again.
        source: a folder to take them from, without network; if not given, they are downloaded.

    Raises:
        UserError: there is no pip, or it could not find every wheel with the right hash.
    """
    if importlib.util.find_spec("pip") is None:
        raise UserError(
            zh="收集软件包要用 pip，这个 Python 里没有。请运行：python -m ensurepip",
            en="Collecting wheels takes pip, which this Python lacks. Run: python -m ensurepip",
        )
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--require-hashes"]
    command += ["--only-binary=:all:", "--implementation", "cp", "--python-version", machine.python]
    for tag in SYSTEMS[machine.system][3]:
        command += ["--platform", tag]
    command += ["--dest", str(folder), "--find-links", str(folder)]
    if source:
        command += ["--no-index", "--find-links", str(source)]
    with tempfile.TemporaryDirectory() as draft:
        wanted = Path(draft, "requirements.txt")
        wanted.write_text(requirements(lock, machine) + "\n", encoding="utf-8")
        done = subprocess.run([*command, "-r", str(wanted)], capture_output=True, text=True, errors="replace")
    if done.returncode:
        said = "\n".join(done.stderr.strip().splitlines()[-3:])
        raise UserError(
            zh=f"没有收集齐 {machine.name} 的软件包：\n{said}\n请检查网络（或 --wheels 的文件夹），再运行一次。",
            en=f"The wheels for {machine.name} are not complete:\n{said}\nCheck the network (or the folder of --wheels) and run this again.",
        )

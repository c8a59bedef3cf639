"""`python3 start.py lock`: write the lock files and environment.yml again from pyproject.toml.

The locks are universal (one file for Windows, macOS and Linux, Python 3.11 and later), hold a sha256 for every
file, and name no index, so that a learner's own mirror serves them as well. What is pinned already stays;
`python3 start.py lock --upgrade` takes the newest versions.
"""

import argparse
import re
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from statistics import median
from typing import Any

from custseg_helpers.paths import course_root
from custseg_helpers.words.text import T, UserError
from tools.licences import renew

COMPILE = [
    *("-m", "uv", "pip", "compile", "--quiet", "--universal", "--fork-strategy", "fewest"),
    *("--generate-hashes", "--no-emit-index-url", "--custom-compile-command", "python3 start.py lock"),
]
"""`fewest`: one version of a package for every Python, instead of one for each."""
COURSE = ("pyproject.toml", "--python-version", "3.11")
TEST = "requirements-test.lock"
SETS = {
    "requirements.lock": ("start",),
    "requirements-site.lock": ("start", "site"),
}
"""What `start.py` installs, by the extras of pyproject.toml: for most commands, for `site`."""
BROWSER = {
    "requirements-lite.lock": ("--group", "lite", "--python-version", "3.11"),
    "requirements-browser.lock": ("--group", "lite-browser", "--python-version", "3.12", "--no-deps"),
}
"""The course in the browser: its build tools, and the packages that stand beside Pyodide's own (each named)."""

ENVIRONMENT = """\
# Made by `python3 start.py lock`: conda or Binder gets the versions of requirements.lock.
#     conda env create -f environment.yml && conda activate custseg && custseg lab
name: custseg
channels:
  - conda-forge
dependencies:
  - python=3.11
  - pip
  - pip:
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the files into the project's folder."""
    parser = argparse.ArgumentParser(prog="start.py lock")
    parser.add_argument(
        "--upgrade", action="store_true", help=str(T(zh="换成最新版本", en="take the newest versions"))
    )
    try:
        lock(upgrade=parser.parse_args(arguments).upgrade)
    except UserError as error:
        print(error, file=sys.stderr)
        return 2
    return 0


def lock(*, upgrade: bool = False) -> None:
    """Write the lock files and environment.yml; `upgrade` gives up what is pinned for the newest versions."""
    root = course_root()
    if not (root / "pyproject.toml").is_file():
        raise UserError(
            zh="锁定文件由 pyproject.toml 生成，请在课程的源码文件夹里运行 python3 start.py lock。",
            en="The lock files are made from pyproject.toml: run python3 start.py lock in the course's source folder.",
        )
    anew = ["--upgrade"] if upgrade else []
    # The largest set first: the others are then parts of it, version by version.
    compile_lock(root, TEST, *COURSE, "--extra", "test", *anew)
    for name, extras in SETS.items():
        asked = [word for extra in extras for word in ("--extra", extra)]
        compile_lock(root, name, *COURSE, *asked, "--constraint", TEST, *anew)
        weigh(root, name)
    for name, wanted in BROWSER.items():
        compile_lock(root, name, *wanted, *anew)
    renew(root, compile_lock)
    pinned = pins((root / "requirements.lock").read_text(encoding="utf-8"))
    (root / "environment.yml").write_text(environment(pinned), encoding="utf-8", newline="\n")
    print(T(zh="已写好 {n} 个软件包的锁定文件。", en="Locked {n} packages.").format(n=len(pinned)))


def compile_lock(root: Path, name: str, *wanted: str) -> None:
    """Resolve what is wanted of pyproject.toml (an extra, a group) into the lock file `name`."""
    try:
        command = [sys.executable, *COMPILE, "--output-file", name, *wanted]
        subprocess.run(command, cwd=root, check=True, stdout=subprocess.DEVNULL)
    except (OSError, subprocess.CalledProcessError) as error:
        raise UserError(
            zh=f"没能生成 {name}：{error}。请检查网络，并安装 uv（pip install uv）。",
            en=f"Could not make {name}: {error}. Check the network, and that uv is there (pip install uv).",
        ) from error


def weigh(root: Path, name: str) -> None:
    """Write on top of a lock file how many megabytes its packages are to download; `start.py` says so first."""
    with tempfile.TemporaryDirectory() as folder:
        detailed = Path(folder, "pylock.toml")
        compile_lock(root, str(detailed), name, "--format", "pylock.toml", "--no-deps")
        packages = tomllib.loads(detailed.read_text(encoding="utf-8"))["packages"]
    text = (root / name).read_text(encoding="utf-8")
    head = f"# {megabytes(packages)} MB\n"
    (root / name).write_text(head + re.sub(r"\A# \d+ MB\n", "", text), encoding="utf-8", newline="\n")


def megabytes(packages: Iterable[Mapping[str, Any]]) -> int:
    """Return about how much packages are to download: of each the wheel of middling size, whatever the machine.

    >>> wheels = [{"size": 2_000_000}, {"size": 3_000_000}, {"size": 9_000_000}]
    >>> megabytes([{"wheels": wheels}, {"sdist": {"size": 1_000_000}}])
    4
    """
    files = [package.get("wheels") or [package["sdist"]] for package in packages]
    return round(sum(median(file["size"] for file in some) for some in files) / 1e6)


def pins(lock: str) -> list[str]:
    r"""Return a lock's requirements without hashes and comments.

    >>> pins("# by hand\nsix==1.17.0 ; os_name == 'nt' \\\n    --hash=sha256:0\n    # via x\n")
    ["six==1.17.0 ; os_name == 'nt'"]
    """
    return [line.removesuffix("\\").strip() for line in lock.splitlines() if line[:1].isalnum()]


def environment(pinned: list[str]) -> str:
    """Return environment.yml: Python and pip from conda, everything else as pinned, and this folder itself.

    >>> print(environment(["six==1.17.0"]).split("- pip:")[1].rstrip())
    <BLANKLINE>
          - six==1.17.0
          - -e .
    """
    return ENVIRONMENT + "".join(f"      - {requirement}\n" for requirement in [*pinned, "-e ."])


if __name__ == "__main__":
    sys.exit(main())

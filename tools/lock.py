"""`custseg lock`: write the lock files and environment.yml again from pyproject.toml.

The locks are universal (one file for Windows, macOS and Linux, Python 3.11 and later), hold a sha256 for every
file, and name no index, so that a learner's own mirror serves them as well. What is pinned already stays;
`custseg lock --upgrade` takes the newest versions.
"""

import argparse
import subprocess
import sys
from pathlib import Path

from custseg_helpers.paths import course_root
from custseg_helpers.words.text import T, UserError

COMPILE = [
    *("-m", "uv", "pip", "compile", "--quiet", "--universal", "--fork-strategy", "fewest"),
    *("--generate-hashes", "--no-emit-index-url", "--custom-compile-command", "custseg lock"),
]
"""`fewest`: one version of a package for every Python, instead of one for each."""
COURSE = ("pyproject.toml", "--python-version", "3.11")
BROWSER = {
    "requirements-lite.lock": ("--group", "lite", "--python-version", "3.11"),
    "requirements-browser.lock": ("--group", "lite-browser", "--python-version", "3.12", "--no-deps"),
}
"""The course in the browser: its build tools, and the packages that stand beside Pyodide's own (each named)."""

ENVIRONMENT = """\
# Made by `custseg lock`: conda or Binder gets the versions of requirements.lock.
#     conda env create -f environment.yml && conda activate custseg && custseg lab
name: custseg
channels:
  - conda-forge
dependencies:
  - python=3.11
  - pip
  - pip:
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add this command's one option."""
    parser.add_argument(
        "--upgrade", action="store_true", help=str(T(zh="换成最新版本", en="take the newest versions"))
    )


def main(options: argparse.Namespace) -> int:
    """Write the files into the project's folder."""
    root = course_root()
    if not (root / "pyproject.toml").is_file():
        raise UserError(
            zh="锁定文件由 pyproject.toml 生成，请在课程的源码文件夹里运行 custseg lock。",
            en="The lock files are made from pyproject.toml: run custseg lock in the course's source folder.",
        )
    upgrade = ["--upgrade"] if options.upgrade else []
    # The larger set first: the learner's lock is then a part of it, version by version.
    test = "requirements-test.lock"
    compile_lock(root, test, *COURSE, "--extra", "test", *upgrade)
    compile_lock(root, "requirements.lock", *COURSE, "--extra", "start", "--constraint", test, *upgrade)
    for name, wanted in BROWSER.items():
        compile_lock(root, name, *wanted, *upgrade)
    pinned = pins((root / "requirements.lock").read_text(encoding="utf-8"))
    (root / "environment.yml").write_text(environment(pinned), encoding="utf-8", newline="\n")
    print(T(zh="已写好 {n} 个软件包的锁定文件。", en="Locked {n} packages.").format(n=len(pinned)))
    return 0


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

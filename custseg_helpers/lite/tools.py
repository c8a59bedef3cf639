"""The build tools: JupyterLite in an environment of its own, because its JupyterLab parts differ from the desktop's."""

import subprocess
import sys
from pathlib import Path

from custseg_helpers.paths import course_root
from custseg_helpers.words.text import UserError

TOOLS = "requirements-lite.lock"
BROWSER = "requirements-browser.lock"
COMPILED = ("pyyaml",)
"""Packages without a wheel for every system; what they are without their compiled part is enough."""


def environment(folder: Path) -> Path:
    """Make the tools' environment in `folder` by uv, every file checked by its sha256; return its Python."""
    run([sys.executable, "-m", "uv", "venv", "--quiet", "--allow-existing", str(folder)])
    python = folder / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    install = [sys.executable, "-m", "uv", "pip", "install", "--quiet", "--python", str(python)]
    run([*install, "--require-hashes", "-r", str(course_root() / TOOLS)])
    return python


def download(python: Path, folder: Path) -> list[Path]:
    """Fetch the pure packages that the browser gets, each checked by its sha256; return the wheels."""
    folder.mkdir(parents=True, exist_ok=True)
    lock = (course_root() / BROWSER).read_text(encoding="utf-8")
    get = [str(python), "-m", "pip", "download", "--quiet", "--no-deps", "--require-hashes"]
    get += ["--disable-pip-version-check", "--only-binary=:all:", "--dest", str(folder)]
    anywhere = ["--python-version", "3.12", "--implementation", "py", "--abi", "none", "--platform", "any"]
    for compiled, where in ((False, anywhere), (True, [])):
        wanted = folder / f"compiled-{compiled}.txt"
        wanted.write_text("".join(r for r in requirements(lock) if r.startswith(COMPILED) is compiled))
        run([*get, *where, "-r", str(wanted)])
        wanted.unlink()
    return sorted(folder.glob("*.whl"))


def requirements(lock: str) -> list[str]:
    r"""Return a lock's requirements one by one, with their hashes.

    >>> requirements("# by hand\nsix==1.17.0 \\\n    --hash=sha256:0\nrich==1 \\\n    --hash=sha256:1\n")
    ['six==1.17.0 \\\n    --hash=sha256:0\n', 'rich==1 \\\n    --hash=sha256:1\n']
    """
    found: list[str] = []
    for line in lock.splitlines(keepends=True):
        if line[:1].isalnum():
            found.append(line)
        elif found and not line.lstrip().startswith("#"):
            found[-1] += line
    return found


def run(command: list[str], **options: object) -> None:
    """Run a build step; where it fails, say what it said last."""
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", **options)  # type: ignore[call-overload]
    if done.returncode:
        said = "\n".join((done.stderr or done.stdout).strip().splitlines()[-8:])
        what = " ".join(Path(part).name for part in command[:5])
        raise UserError(
            zh=f"没有成功：{what}\n{said}\n请检查网络和磁盘空间，再试一次。",
            en=f"That did not work: {what}\n{said}\nCheck the network and the disk space, and try again.",
        )

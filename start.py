#!/usr/bin/env python3
"""安装课程并打开，或运行一条命令 · Set up the course in .venv and open it, or run a command

python3 start.py                 打开课程 · open the course
python3 start.py init FILE       任何 custseg 命令 · any custseg command (--help lists them)
python3 start.py test            运行全部测试 · run every test
python3 start.py lock            重新生成锁定文件 · make the lock files again
"""
# Standard library only, and Python 3.6 can still read it, so that an old Python gets a clear message.

import hashlib
import os
import platform
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV, WHEELS = ROOT / ".venv", ROOT / "wheels"
PYTHON = str(VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python"))
OLD_PYTHON = "需要 Python 3.11 或更新版本，现在是 {0}。\nPython 3.11 or later is needed, this is {0}."
NO_ROOM = "磁盘空间不足：请腾出约 3 GB，再运行一次。\nThe disk is full: free 3 GB, then run this again."
NO_VENV = "缺少 venv 模块。Python's venv module is missing.\nDebian, Ubuntu: sudo apt install python3-venv"
NO_NETWORK = "连不上软件源：检查网络，或重新解压课程包。\nNo network: check it, or unpack the pack again."
TOOLS = {"test": "suite", "lock": "lock"}
LOCKS = {name: f"requirements-{name}.lock" for name in ("test", "site")}  # others: requirements.lock
CAUSES = {  # what a failed installer prints
    r"no space left|os error (28|112)\b|not enough space": NO_ROOM,
    r"ensurepip|no module named '?(venv|pip)\b": NO_VENV,
    r"connection (broken|error|refused)|timed out|from versions: none": NO_NETWORK,
    r"": "这一步没有成功，原因见上面几行。\nThis step failed; the lines above say why.",
}


def step(title, arguments, python=PYTHON, fatal=True):
    """Run `python -m ARGUMENTS` behind one progress line; explain a failure and stop."""
    print(title, end=" ", flush=True)
    started, output = time.monotonic(), None
    command = [python, "-m", *arguments.split()]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    while output is None:
        try:
            output = process.communicate(timeout=2)[0].decode("utf-8", "replace")
        except subprocess.TimeoutExpired:
            print(".", end="", flush=True)
    print("✗" if process.returncode else f"{time.monotonic() - started:.0f} s", flush=True)
    if process.returncode and fatal:
        print(*(line[:300] for line in output.splitlines()[-8:]), sep="\n", file=sys.stderr)
        sys.exit(next(CAUSES[signs] for signs in CAUSES if re.search(signs, output, re.IGNORECASE)))
    return process.returncode == 0


def install(lock):
    """Bring .venv to what the lock file says, this folder included; at once when it is there already."""
    pinned, project = [(ROOT / name).read_text(encoding="utf-8") for name in (lock, "pyproject.toml")]
    state = hashlib.sha256(repr([sys.version, str(ROOT), pinned, project]).encode()).hexdigest()
    mark = VENV / f"{lock}.done"
    if mark.exists() and mark.read_text() == state:
        return
    if not VENV.exists() and shutil.disk_usage(str(ROOT)).free < 3e9:
        sys.exit(NO_ROOM)
    here = "{}-{}-{}.{}".format(platform.system(), platform.machine(), *sys.version_info)
    if (WHEELS / here).exists():  # a class pack that brings the packages for this machine along
        os.environ.update(PIP_NO_INDEX="1", UV_OFFLINE="1", PIP_FIND_LINKS="wheels", UV_FIND_LINKS="wheels")
    elif WHEELS.exists():
        print(f"wheels 里没有 {here} 的软件包，改从网上安装 · no wheels for {here}: using the network")
    size = re.match(r"# (\d+) MB", pinned)
    if size and "PIP_NO_INDEX" not in os.environ:
        print(f"最多下载约 {size[1]} MB · at most {size[1]} MB to download", flush=True)
    if Path(sys.prefix) != VENV:
        step("[1/4] 新建虚拟环境 · making a virtual environment", "venv .venv", sys.executable)
    (VENV / "uv.txt").write_text(re.search(r"^uv==.*?(?=^\S|\Z)", pinned, re.M | re.S).group())
    by_uv = step("[2/4] 下载 uv · fetching uv", "pip install --require-hashes -r .venv/uv.txt", fatal=False)
    mirror = subprocess.getoutput(f'"{PYTHON}" -m pip config get global.index-url')
    if mirror.startswith("http"):  # set for pip, whose settings uv does not read
        os.environ.setdefault("UV_DEFAULT_INDEX", mirror)
    title = "[3/4] 安装软件包，第一次要几分钟 · installing packages, minutes the first time"
    if not by_uv or not step(title, f"uv pip install --system-certs --require-hashes -r {lock}", fatal=False):
        step("[3/4] 改用 pip 安装 · with pip instead", f"pip install --require-hashes -r {lock}")
    step("[4/4] 安装课程 · installing the course", "pip install --no-deps --no-build-isolation -e .")
    mark.write_text(state)
    # uv leaves bytecode uncompiled; without this, the first import takes 20 seconds.
    subprocess.Popen([PYTHON, "-W", "ignore", "-m", "compileall", "-qq", ".venv"])


def main():
    """Install what a command needs, then hand over to it."""
    if sys.version_info < (3, 11):
        sys.exit(OLD_PYTHON.format(sys.version.split()[0]))
    words = sys.argv[1:]
    values = {place + 1 for place, word in enumerate(words) if word in ("--lang", "--port")}
    named = [word for place, word in enumerate(words) if word[:1] != "-" and place not in values]
    name = named[0] if named else "lab"
    if not named and {"-h", "--help"} & set(words) and not VENV.exists():
        sys.exit(__doc__)
    here = os.getcwd()
    os.chdir(str(ROOT))
    sys.stdout.reconfigure(errors="replace")
    os.environ.update(OMP_NUM_THREADS="1", PYTHONUTF8="1", PYTHONDONTWRITEBYTECODE="")
    lock = LOCKS.get(name, "")
    install(lock if (ROOT / lock).is_file() else "requirements.lock")
    if name in TOOLS:
        command = [PYTHON, "-m", "tools." + TOOLS[name], *words[words.index(name) + 1 :]]
    else:
        os.chdir(here)  # files are named from where the command is typed
        command = [PYTHON, "-m", "custseg_helpers", *([] if named or "--help" in words else ["lab"]), *words]
    sys.exit(subprocess.call(command)) if os.name == "nt" else os.execv(PYTHON, command)


if __name__ == "__main__":
    main()

#!/usr/bin/env python3
"""安装课程并打开，或运行一条命令 · Set up the course in .venv and open it, or run a command

python3 start.py                 打开课程 · open the course
python3 start.py init FILE       任何 custseg 命令 · any custseg command (--help lists them)
python3 start.py test            运行全部测试 · run every test
python3 start.py lock            重新生成锁定文件 · make the lock files again
python3 start.py --mirror NAME   从国内镜像下载：tsinghua、aliyun 或一个网址 · download from a mirror, or an address
"""
# Standard library only, and Python 3.6 can still read it, so that an old Python gets a clear message.

import hashlib
import os
import platform
import re
import shutil
import subprocess
import sys
import sysconfig
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV, WHEELS = ROOT / ".venv", ROOT / "wheels"
PYTHON = str(VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python"))
OLDEST, NEWEST = (3, 11), (3, 14)
GET_PYTHON = """
从 python.org/downloads/windows 下载 Python 3.13 的“Windows installer (64-bit)”，勾选“Add python.exe to PATH”，再来一次。
Get Python 3.13 from python.org, on Windows the “installer (64-bit)” with “Add python.exe to PATH” ticked; start again."""
OLD_PYTHON = (
    "需要 Python 3.11 或更新版本，现在是 {0}。\nPython 3.11 or later is needed, this is {0}." + GET_PYTHON
)
NEW_PYTHON = (
    """Python {0} 太新，课程用的软件包还没有它的版本：请再装一个 3.13，两个可以并存。
Python {0} is too new: the course's packages do not exist for it yet. Install 3.13 beside it."""
    + GET_PYTHON
)
OLD_WINDOWS = """Windows 7 和 8 装不了课程要的 Python。请换一台 Windows 10 或 11 的电脑，或请老师给浏览器版的网址。
Windows 7 and 8 cannot have the Python that the course needs. Use Windows 10 or 11, or the course's browser edition."""
NARROW = {
    "win32": """这是 32 位的 Python，课程用的软件包只有 64 位的。请卸载它，装“Windows installer (64-bit)”。
This Python has 32 bits, and the course's packages 64: remove it and install the “Windows installer (64-bit)”.""",
    "win-arm64": """这台电脑是 ARM 处理器（如 Surface Pro X），给它的 Python 缺几个软件包（如 pyarrow）。
请卸载现在的 Python，改装“Windows installer (64-bit)”，不要选 ARM64 那个：Windows 11 能运行它，只是慢一点。
This is an ARM processor, whose Python lacks some packages (such as pyarrow). Remove it and install the “Windows
installer (64-bit)”, not the ARM64 one: Windows 11 runs it, a little slower.""",
}
SYNCED = """注意：课程在网盘同步的文件夹里（如 OneDrive、iCloud），会很慢，有时装不成。最好移到 C:\\custseg 这样的地方。
Note: the course lies in a folder that is synchronised with a cloud, which is slow and may fail. Better move it."""
REMOTE = """注意：课程在网络盘上，会很慢，有时装不成。最好复制到这台电脑的 C:\\custseg。
Note: the course lies on a network drive, which is slow and may fail. Better copy it to this computer's own disk."""
NO_ROOM = "磁盘空间不足：请腾出约 3 GB，再运行一次。\nThe disk is full: free 3 GB, then run this again."
NO_VENV = "缺少 venv 模块。Python's venv module is missing.\nDebian, Ubuntu: sudo apt install python3-venv"
NO_NETWORK = """连不上软件源：检查网络，或重新解压课程包。在国内可以用镜像：python start.py --mirror tsinghua
No network: check it, or unpack the pack again. In China a mirror helps: python start.py --mirror tsinghua"""
SLOW = """
下载很慢？按 Ctrl+C 停下，可以改从清华大学的镜像下载。
A slow download? Press Ctrl+C; a mirror in China can take over."""
STOPPED = "停下了。再运行一次会接着装。\nStopped. Run this again to go on."
ASK = "改从清华大学的镜像下载吗？按回车是“好”，输入 n 是“不”。\nDownload from the mirror of Tsinghua? Enter: yes, n: no. "
MIRRORS = {
    "tsinghua": "https://pypi.tuna.tsinghua.edu.cn/simple",
    "aliyun": "https://mirrors.aliyun.com/pypi/simple",
}
NO_MIRROR = "--mirror 后面写 tsinghua、aliyun 或一个网址。\nBehind --mirror: tsinghua, aliyun, or an address."
PATIENCE = 45  # dots, two seconds each
TOOLS = {"test": "suite", "lock": "lock", "licences": "licences"}
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
    dots = 0
    while output is None:
        try:
            output = process.communicate(timeout=2)[0].decode("utf-8", "replace")
        except subprocess.TimeoutExpired:
            dots += 1
            print(SLOW if dots == PATIENCE and may_ask() else ".", end="", flush=True)
        except KeyboardInterrupt:
            process.kill()
            sys.exit(STOPPED)
    print("✗" if process.returncode else f"{time.monotonic() - started:.0f} s", flush=True)
    if process.returncode and fatal:
        print(*(line[:300] for line in output.splitlines()[-8:]), sep="\n", file=sys.stderr)
        sys.exit(next(CAUSES[signs] for signs in CAUSES if re.search(signs, output, re.IGNORECASE)))
    return process.returncode == 0


def may_ask():
    """Tell whether a mirror may still be offered: nobody has chosen a source, and somebody sits at the keyboard."""
    return not {"UV_DEFAULT_INDEX", "PIP_NO_INDEX"} & set(os.environ) and sys.stdin.isatty()


def use_mirror(name):
    """Have pip and uv download from a mirror, by its name or its address."""
    address = MIRRORS.get(name, name)
    if not address.startswith(("http://", "https://")):
        sys.exit(NO_MIRROR)
    os.environ.update(PIP_INDEX_URL=address, UV_DEFAULT_INDEX=address)


def unfit():
    """Return why this Python or this computer cannot run the course; nothing when it can."""
    version = sys.version.split()[0]
    if sys.version_info < OLDEST:
        old = os.name == "nt" and sys.getwindowsversion()[:2] < (10, 0)
        return OLD_WINDOWS if old else OLD_PYTHON.format(version)
    if sys.version_info[:2] > NEWEST:
        return NEW_PYTHON.format(version)
    return NARROW.get(
        sysconfig.get_platform(), ""
    )  # of this Python, which on ARM may be made for another processor


def unhandy():
    """Return what is said about a folder that is slow to work in; nothing for most."""
    here = str(ROOT).lower()
    if re.search(r"onedrive|mobile documents|cloudstorage|dropbox|坚果云|nutstore", here):
        return SYNCED
    if here.startswith("\\\\"):
        return REMOTE
    if os.name == "nt":
        import ctypes

        return REMOTE if ctypes.windll.kernel32.GetDriveTypeW(ROOT.anchor) == 4 else ""
    return ""


def install(lock):
    """Bring .venv to what the lock file says, this folder included; at once when it is there already."""
    pinned, project = [(ROOT / name).read_text(encoding="utf-8") for name in (lock, "pyproject.toml")]
    state = hashlib.sha256(repr([sys.version, str(ROOT), pinned, project]).encode()).hexdigest()
    mark = VENV / f"{lock}.done"
    if mark.exists() and mark.read_text() == state:
        return
    if not VENV.exists() and shutil.disk_usage(str(ROOT)).free < 3e9:
        sys.exit(NO_ROOM)
    if unhandy():
        print(unhandy(), flush=True)
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
    if unfit():
        sys.exit(unfit())
    words = sys.argv[1:]
    if "--mirror" in words:
        place = words.index("--mirror")
        use_mirror("".join(words[place + 1 : place + 2]))
        del words[place : place + 2]
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
    lock = lock if (ROOT / lock).is_file() else "requirements.lock"
    try:
        install(lock)
    except SystemExit as stopped:
        if stopped.code not in (NO_NETWORK, STOPPED) or not may_ask():
            raise
        if input(f"{stopped.code}\n{ASK}").strip().lower().startswith("n"):
            sys.exit(1)
        use_mirror("tsinghua")
        install(lock)
    if name in TOOLS:
        command = [PYTHON, "-m", "tools." + TOOLS[name], *words[words.index(name) + 1 :]]
    else:
        os.chdir(here)  # files are named from where the command is typed
        command = [PYTHON, "-m", "custseg_helpers", *([] if named or "--help" in words else ["lab"]), *words]
    sys.exit(subprocess.call(command)) if os.name == "nt" else os.execv(PYTHON, command)


if __name__ == "__main__":
    main()

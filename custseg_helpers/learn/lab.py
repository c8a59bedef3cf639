"""`custseg lab`: fill the learner's folder and open JupyterLab there, on this computer only."""

import json
import os
import secrets
import socket
import sysconfig
from pathlib import Path

from custseg_helpers.errors.shell import FROM_THE_START
from custseg_helpers.files.whole import write_whole
from custseg_helpers.learn.folder import fill, for_this_python, languages, originals
from custseg_helpers.learn.papers import papers
from custseg_helpers.learn.progress import reached
from custseg_helpers.learn.start_page import NAME, sources, start_page
from custseg_helpers.words.text import Language, T, UserError

QUIET = {"fetchNews": "false", "checkForUpdates": False}
LOCALES: dict[str, str] = {"zh": "zh_CN"}
"""JupyterLab's own name of a language whose menus it has; menus are English otherwise."""

EXTENSIONS = Path(__file__).with_name("labextensions")
"""What the start page's links need of JupyterLab."""
BESIDE = [
    "voila.server_extension",
    *(
        f"nbgrader.server_extensions.{name}"
        for name in ("formgrader", "validate_assignment", "assignment_list", "course_list")
    ),
]
"""What a trainer may have installed beside the course; it adds menus and warnings that learners need not see."""
LEFT_OUT = {"@jupyter/nbgrader": True, "@jupyterlab/notebook-extension:cell-counter-status": True}
"""Parts of JupyterLab's page that learners are spared: those menus, and the count of cells, which speaks English only."""

STRICT = (
    "--ServerApp.allow_remote_access=False",
    "--ServerApp.allow_origin=",
    "--ServerApp.allow_origin_pat=",
    "--ServerApp.disable_check_xsrf=False",
    "--ServerApp.max_body_size=536870912",
)
"""What a computer's own settings of Jupyter may have loosened: other hosts' names, other pages' requests."""


def prepare(home: Path, lang: Language, own: T | None = None) -> dict[str, str]:
    """Fill `home` with a folder a language: start page, lessons, workbooks and what lies at hand beside them.

    Args:
        home: the learner's folder.
        lang: the learner's language.
        own: what the start page says of a team's own data.

    Returns what was laid beside a changed file, as paths below `home/<lang>`.
    """
    beside = _lay_out(home, lang, own)
    for other in languages():
        if other != lang:
            found = _lay_out(home, other, own)
            beside |= {f"../{other}/{name}": f"../{other}/{new}" for name, new in found.items()}
    return beside


def _lay_out(home: Path, lang: Language, own: T | None) -> dict[str, str]:
    folder = home / lang
    pages = {name: for_this_python(text) for name, text in originals(lang).items()} | papers(lang)
    beside = fill(folder, pages)
    others = [other for other in languages() if other != lang]
    place = reached(home / "progress.jsonl")
    page = for_this_python(start_page(folder, lang, pages, own, lab=True, reached=place, others=others))
    beside |= fill(folder, {NAME: page}, essence=sources)
    there = folder / NAME
    if sources(there.read_text(encoding="utf-8", errors="replace")) == sources(page):
        write_whole(there, page)  # only where the learner was has changed
    return beside


def check_port(port: int) -> None:
    """Say so when a port is taken or does not exist."""
    try:
        socket.create_server(("127.0.0.1", port)).close()
    except (OSError, OverflowError) as error:
        raise UserError(
            zh=f"端口 {port} 用不了，可能已被占用。请换一个（如 --port {port % 60000 + 1}），或不写 --port，让程序自己选。",
            en=f"Port {port} cannot be used, it may be taken. Choose another (--port {port % 60000 + 1}), "
            "or leave --port out and a free one is found.",
        ) from error


def settings(lang: Language) -> dict[str, dict[str, object]]:
    """Return the settings JupyterLab starts with: menus in the learner's language, no news and no update pop-ups.

    Lines of code wrap: beside its lesson a workbook is half a screen wide, and a sentence is one line. A page ends with
    its last cell: scrolled past the end it would be white, as if it had been lost.
    """
    return {
        "@jupyterlab/translation-extension:plugin": {"locale": LOCALES.get(lang, "default")},
        "@jupyterlab/apputils-extension:notification": QUIET,
        "@jupyterlab/notebook-extension:tracker": {
            "codeCellConfig": {"lineNumbers": False, "lineWrap": True},
            "scrollPastEnd": False,
        },
        "@jupyterlab/docmanager-extension:plugin": {"defaultViewers": {"markdown": "Markdown Preview"}},
    }


def write_settings(home: Path, lang: Language) -> Path:
    """Write `settings(lang)` where JupyterLab reads them, and what is `LEFT_OUT`; return the settings' folder."""
    folder = home / ".jupyter"
    pages = {
        folder / "lab" / "overrides.json": settings(lang),
        folder / "labconfig" / "page_config.json": {"disabledExtensions": LEFT_OUT},
    }
    kernels = home / ".ipython" / "profile_default" / "ipython_config.py"
    texts = {path: json.dumps(content) for path, content in pages.items()} | {kernels: FROM_THE_START}
    for path, text in texts.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder / "lab"


def without_file_panel(folder: Path, lang: Language) -> Path:
    """Have JupyterLab begin with the file panel closed; return the folder where it keeps what is open.

    Once it has been used, it is left as it is: it opens with the pages and panels that were open last.
    """
    from jupyterlab_server.workspaces_handler import WorkspacesManager

    rooms = folder / "workspaces"
    if not any(rooms.glob("*.jupyterlab-workspace")):
        rooms.mkdir(parents=True, exist_ok=True)
        closed = {"collapsed": True, "visible": True, "widgets": []}
        layout = {"left": closed, "right": closed, "relativeSizes": [0, 1, 0]}
        data = {"layout-restorer:data": layout, "file-browser-filebrowser:cwd": {"path": lang}}
        WorkspacesManager(str(rooms)).save(
            "default", json.dumps({"data": data, "metadata": {"id": "default"}})
        )
    return rooms


def surroundings(home: Path, lang: Language) -> dict[str, str]:
    """Return the environment of the server, and so of every kernel and terminal in it."""
    return {
        "CUSTSEG_LANG": lang,
        "CUSTSEG_HOME": str(home),
        "CUSTSEG_PROGRESS": str(home / "progress.jsonl"),
        "JUPYTER_CONFIG_DIR": str(home / ".jupyter"),
        "IPYTHONDIR": str(home / ".ipython"),
        "OMP_NUM_THREADS": "1",
        "PYTHONUTF8": "1",
        # so that a terminal knows the `custseg` command
        "PATH": os.pathsep.join([sysconfig.get_path("scripts"), os.environ.get("PATH", "")]),
    }


def serve(home: Path, lang: Language, port: int | None, browser: bool) -> None:
    """Run JupyterLab on 127.0.0.1 in `home`; print its address, with the token, in one line.

    Jupyter's own settings are kept in `home/.jupyter`, apart from what else the learner does with Jupyter.
    """
    menus = write_settings(home, lang)
    os.environ |= surroundings(home, lang)
    try:
        from jupyterlab.labapp import LabApp
    except ImportError as error:
        raise UserError(
            zh='还没有安装 JupyterLab。请运行：pip install "custseg[lab]"',
            en='JupyterLab is not installed. Run: pip install "custseg[lab]"',
        ) from error
    token = secrets.token_hex(24)
    start = f"/lab/tree/{lang}/{NAME}"
    server = LabApp.initialize_server(
        [
            "--ServerApp.ip=127.0.0.1",
            f"--ServerApp.port={port or 8888}",
            f"--ServerApp.port_retries={0 if port else 200}",
            f"--ServerApp.root_dir={home}",
            f"--ServerApp.open_browser={browser}",
            "--ServerApp.allow_root=True",
            "--ServerApp.answer_yes=True",
            "--Application.log_level=CRITICAL",
            f"--IdentityProvider.token={token}",
            *STRICT,
            "--KernelManager.transport_encryption=auto",
            "--LabApp.extension_manager=readonly",
            "--ContentsManager.pre_save_hook=custseg_helpers.learn.saved.as_reopened",
            *(f"--ServerApp.jpserver_extensions={name}=False" for name in BESIDE),
            f"--LabApp.app_settings_dir={menus}",
            f"--LabApp.extra_labextensions_path={EXTENSIONS}",
            f"--LabApp.workspaces_dir={without_file_panel(menus, lang)}",
            f"--LabApp.default_url={start}",
        ]
    )
    address = f"http://127.0.0.1:{server.port}{start}?token={token}"
    ready = T(
        zh="课程已打开（按 Ctrl+C 结束）：{address}", en="The course is open (Ctrl+C stops it): {address}"
    )
    # The server starts to listen with the first callback of its loop; this is the next one.
    server.io_loop.add_callback(print, ready.format(address=address), flush=True)
    server.start()

"""JupyterLite itself: built by its own command, then given one door for each language and nothing from elsewhere."""

import json
import re
import shutil
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from custseg_helpers.files.page import guarded
from custseg_helpers.learn.lab import EXTENSIONS, settings
from custseg_helpers.lite.contents import DRIVE
from custseg_helpers.lite.tools import run
from custseg_helpers.words.text import LANGUAGES as SPEECHES
from custseg_helpers.words.text import Language

PYODIDE = "static/pyodide"
KERNEL = "@jupyterlite/pyodide-kernel-extension:kernel"
SAVING = "@jupyterlab/docmanager-extension:plugin"
SECONDS = 10
"""How often a notebook is saved by itself: a page that is loaded again shows what was saved."""
POLICY = """<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'self' 'unsafe-inline'; \
img-src 'self' data: blob:; font-src 'self' data:; media-src 'self' data: blob:; connect-src 'self' data: blob:; \
worker-src 'self' blob:; frame-src 'self' data: blob:; \
script-src SCRIPTS 'self' blob: 'wasm-unsafe-eval' 'unsafe-eval'; base-uri 'none'; form-action 'none'">"""
LANGUAGES: tuple[Language, ...] = tuple(SPEECHES)


def build(python: Path, files: Path, out: Path) -> None:
    """Have JupyterLite's command lay out the application with `files` in its file panel."""
    command = [str(python), "-m", "jupyterlite_core.app", "build", "--apps", "lab", "--no-sourcemaps"]
    command += ["--no-unused-shared-packages", "--contents", str(files), "--output-dir", str(out)]
    run(command, cwd=files.parent)


def doors(out: Path) -> None:
    """Make `zh/lab/` and `en/lab/` of the one application `lab/`: the same files, other menus and other words."""
    for lang in LANGUAGES:
        shutil.copytree(out / "lab", out / lang / "lab")
        shutil.copyfile(out / "jupyter-lite.ipynb", out / lang / "jupyter-lite.ipynb")
        _write(out / lang / "jupyter-lite.json", door(lang))
        _change(out / lang / "lab" / "jupyter-lite.json", partial(deeper, lang=lang))
        for page in (out / lang / "lab").rglob("index.html"):
            page.write_text(shut_in(one_deeper(page.read_text(encoding="utf-8"))), encoding="utf-8")
    shutil.rmtree(out / "lab")
    (out / "manifest.webmanifest").unlink()
    shutil.copytree(EXTENSIONS, out / "extensions", dirs_exist_ok=True)
    _change(out / "jupyter-lite.json", at_home)


def one_deeper(page: str) -> str:
    """Return a page of the application for a place one folder further down, without its manifest for phones.

    >>> one_deeper("<a href='../build/x.js' data-jupyter-lite-root='..'>")
    "<a href='../../build/x.js' data-jupyter-lite-root='../..'>"
    """
    lines = [line for line in page.splitlines(keepends=True) if "manifest.webmanifest" not in line]
    return re.sub(r"""(?<=["'])\.\.(?=["'/])""", "../..", "".join(lines))


def shut_in(page: str) -> str:
    """Return a page of the application that runs its own scripts alone, and fetches from this site alone.

    JupyterLab compiles its settings' schemas (`unsafe-eval`), Python is WebAssembly, widgets come as blobs.

    >>> made = shut_in('<head><meta charset="utf-8" /><script>start()</script>')
    >>> made[:70], "script-src 'sha256-" in made
    ('<head><meta charset="utf-8" /><meta http-equiv="Content-Security-Polic', True)
    """
    head, mark, rest = page.partition('<meta charset="utf-8" />')
    assert mark, "JupyterLite's page begins otherwise than it did: where is the policy to stand?"
    return guarded(f"{head}{mark}{POLICY}{rest}")


def door(lang: Language) -> dict[str, Any]:
    """Return the settings of a language's door: menus, and what Python finds in its environment."""
    home = DRIVE.as_posix()
    words = {"CUSTSEG_LANG": lang, "CUSTSEG_HOME": home, "CUSTSEG_PROGRESS": f"{home}/progress.jsonl"}
    menus = settings(lang)
    menus[SAVING] = menus.get(SAVING, {}) | {"autosaveInterval": SECONDS}
    options = {"env": {"HOME": "/home/pyodide", **words}, "packages": ["custseg"]}
    return {
        "jupyter-lite-schema-version": 0,
        "jupyter-config-data": {
            "settingsOverrides": menus,
            "litePluginSettings": {KERNEL: {"loadPyodideOptions": options}},
        },
    }


def deeper(config: dict[str, Any], lang: Language) -> dict[str, Any]:
    """Return the settings of `lab/` for its place in a language's folder."""
    config["jupyter-config-data"] |= {"appUrl": f"/{lang}/lab", "settingsUrl": "../../build/schemas"}
    return config


def at_home(config: dict[str, Any]) -> dict[str, Any]:
    """Return the application's settings with Python from this site, and no question to any package index."""
    data = config["jupyter-config-data"]
    data |= {"appName": "custseg", "appUrl": "./zh/lab", "faviconUrl": "./zh/lab/favicon.ico"}
    data["licensesUrl"] = "./zh/lab/api/licenses"
    data["federated_extensions"] = [*data.get("federated_extensions", ()), *extensions()]
    kinds = data.setdefault("fileTypes", {})
    # Files that Python writes bit by bit are no JSON until they are whole;
    # the browser's drive would wait for ever.
    kinds["json"] = _kind("json", "text", "text/plain", ".json", ".jsonl")
    # What the drive takes for text it reads as UTF-8, which spoils a GBK export;
    # only other types keep their bytes.
    kinds["csv"] = _kind("csv", "base64", "application/csv", ".csv", ".tsv")
    kernel = data.setdefault("litePluginSettings", {}).setdefault(KERNEL, {})
    kernel |= {"pyodideUrl": f"./{PYODIDE}/pyodide.js", "disablePyPIFallback": True}
    return config


def extensions() -> list[dict[str, str]]:
    """Return the course's own additions to JupyterLab, as JupyterLite is told of them.

    >>> [one["name"] for one in extensions()]
    ['custseg-kept', 'custseg-start', 'custseg-tables']
    """
    packages = (json.loads(file.read_text(encoding="utf-8")) for file in EXTENSIONS.glob("*/package.json"))
    told = ({"name": package["name"], **package["jupyterlab"]["_build"]} for package in packages)
    return sorted(told, key=lambda one: one["name"])


def _kind(name: str, form: str, mime: str, *extensions: str) -> dict[str, Any]:
    return {"name": name, "fileFormat": form, "mimeTypes": [mime], "extensions": list(extensions)}


def _change(path: Path, change: Callable[[dict[str, Any]], dict[str, Any]]) -> None:
    _write(path, change(json.loads(path.read_text(encoding="utf-8"))))


def _write(path: Path, content: Mapping[str, Any]) -> None:
    path.write_text(json.dumps(content, indent=2, sort_keys=True) + "\n", encoding="utf-8")

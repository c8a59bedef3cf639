"""The browser's course in small: its pages and its doors, and files that only have the names of the real ones."""

from custseg_helpers.lite import app, start


def small_site(out):
    """Lay out in `out` what JupyterLite's own command does, with small files; return the folder."""
    (out / "lab" / "tree").mkdir(parents=True)
    page = '<meta charset="utf-8" />\n<link rel="manifest" href="../manifest.webmanifest" />\n<script data-jupyter-lite-root=".." src="../build/lab/bundle.js">\n'
    (out / "lab" / "index.html").write_text(page)
    (out / "lab" / "jupyter-lite.json").write_text('{"jupyter-config-data": {"appUrl": "/lab"}}')
    (out / "jupyter-lite.json").write_text('{"jupyter-config-data": {"fileTypes": {"json": {}}}}')
    (out / "jupyter-lite.ipynb").write_text("{}")
    (out / "manifest.webmanifest").write_text("{}")
    (out / "build" / "lab").mkdir(parents=True)
    (out / "build" / "lab" / "bundle.js").write_text("x" * 70_000)
    (out / app.PYODIDE).mkdir(parents=True)
    for name in (
        "pyodide.asm.wasm",
        "custseg-0.1.0-py3-none-any.whl",
        "numpy-2.0.2-x.whl",
        "pyarrow-18-x.whl",
    ):
        (out / app.PYODIDE / name).write_bytes(b"x" * 500_000)
    app.doors(out)
    start.write(out)
    return out

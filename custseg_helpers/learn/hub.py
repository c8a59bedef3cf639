"""The course on a JupyterHub: a learner's folder is laid out in her home whenever her server starts.

Two lines in `jupyter_server_config.py` of the environment that runs the learners' servers:

    from custseg_helpers.learn.hub import open_course
    open_course(get_config())
"""

import os
from pathlib import Path
from typing import Any

from custseg_helpers.learn.lab import EXTENSIONS, prepare, surroundings, write_settings
from custseg_helpers.learn.start_page import NAME
from custseg_helpers.words.text import Language, language


def open_course(config: Any, lang: Language | None = None, folder: str = "custseg") -> None:
    """Fill `~/<folder>/<lang>` and have JupyterLab open its start page; on a server of no hub, do nothing.

    Without `lang` it is the hub's: the environment variable `CUSTSEG_LANG`, else the system's language. What a
    learner has changed is left alone, as by `custseg lab`.
    """
    if "JUPYTERHUB_USER" not in os.environ:
        return
    lang, home = lang or language(), Path.home() / folder
    prepare(home, lang)
    config.LabApp.app_settings_dir = str(write_settings(home, lang))
    config.LabApp.extra_labextensions_path = [str(EXTENSIONS)]
    config.ServerApp.root_dir = str(home.parent)
    config.ServerApp.default_url = f"/lab/tree/{folder}/{lang}/{NAME}"
    config.ContentsManager.pre_save_hook = "custseg_helpers.learn.saved.as_reopened"
    kept = surroundings(home, lang)
    # The hub's own settings have been read already, and its kernels may serve other work, too.
    del kept["JUPYTER_CONFIG_DIR"], kept["IPYTHONDIR"]
    os.environ |= kept

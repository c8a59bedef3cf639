"""Read the commands of a page in docs/ and run them as they stand there."""

import os
import re
import subprocess
import sys
from pathlib import Path

from custseg_helpers.paths import course_root

FENCE = re.compile(r"^```(\w+)\n(.*?)^```$", re.M | re.S)
INSTALLED = "import sys\n\nfrom custseg_helpers.commands.main import main\n\nsys.exit(main())\n"
"""What start.py comes to once the packages are there."""


def blocks(page, kind):
    """Return the fenced blocks of one kind in docs/`page`, Chinese half; the English half must have the same."""
    text = (course_root() / "docs" / page).read_text(encoding="utf-8")
    halves = [
        [code for language, code in FENCE.findall(half) if language == kind] for half in text.split("\n---\n")
    ]
    assert len(halves) == 2 and halves[0] == halves[1]
    return halves[0]


def run(code, folder, **environment):
    """Run a bash block in a folder as a trainer would; return what it printed."""
    (folder / "start.py").write_text(INSTALLED, encoding="utf-8")
    scripts = Path(sys.executable).parent
    surroundings = os.environ | {
        "PATH": f"{scripts}{os.pathsep}{os.environ['PATH']}",
        "CUSTSEG_LANG": "en",
        "JUPYTER_PLATFORM_DIRS": "1",
        "PYTHONUTF8": "1",
    }
    done = subprocess.run(
        ["bash", "-e", "-c", code],
        cwd=folder,
        env=surroundings | environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    assert done.returncode == 0, f"{code}\n{done.stdout}\n{done.stderr}"
    return done.stdout + done.stderr

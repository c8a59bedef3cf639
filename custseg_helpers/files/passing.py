"""Folders for a while, in the system's temporary folder: what a killed process left there goes with the next.

What is unpacked, fetched or uploaded holds customers, so none of it may stay where nobody looks.
"""

import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

OURS = re.compile(r"custseg-(?:[a-z]+-)?(\d+)-\w+")


@contextmanager
def passing_folder(kind: str = "") -> Iterator[Path]:
    """Give an empty folder that is gone when the block ends; its name bears `kind` and the number of this process.

    >>> with passing_folder("demo") as folder:
    ...     folder.name.startswith(f"custseg-demo-{os.getpid()}-"), folder.is_dir()
    (True, True)
    >>> folder.exists()
    False
    """
    clear_away(Path(tempfile.gettempdir()))
    prefix = "-".join(filter(None, ("custseg", kind, str(os.getpid()))))
    with tempfile.TemporaryDirectory(prefix=f"{prefix}-") as name:
        yield Path(name)


def clear_away(temporary: Path) -> None:
    """Remove the folders of processes that are no more (Linux, where `/proc` tells which)."""
    if not Path("/proc/self/stat").exists():
        return
    for folder in temporary.glob("custseg-*"):
        named = OURS.fullmatch(folder.name)
        if named and int(named[1]) != os.getpid() and not Path(f"/proc/{named[1]}").exists():
            shutil.rmtree(folder, ignore_errors=True)

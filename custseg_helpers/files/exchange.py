"""Two folders trade names in one step of the file system, so that nobody, killed at any moment, finds neither."""

import ctypes
import errno
import os
import sys
from pathlib import Path

AT_FDCWD = -100 if sys.platform == "linux" else -2
SWAP = 2
"""RENAME_EXCHANGE of Linux and RENAME_SWAP of macOS alike."""
UNSUPPORTED = (errno.EINVAL, errno.ENOSYS, errno.ENOTSUP, errno.EPERM)


def exchange(one: Path, other: Path) -> bool:
    """Swap the names of two existing folders of one file system; False where the system cannot (Windows, some drives).

    Source: renameat2(2) of Linux, renameatx_np(2) of macOS; Python has neither.
    """
    library = ctypes.CDLL(None, use_errno=True) if os.name == "posix" else None
    swap = getattr(library, "renameat2", None) or getattr(library, "renameatx_np", None)
    if swap is None:
        return False
    if swap(AT_FDCWD, os.fsencode(one), AT_FDCWD, os.fsencode(other), ctypes.c_uint(SWAP)) == 0:
        return True
    code = ctypes.get_errno()
    if code in UNSUPPORTED:
        return False
    raise OSError(code, os.strerror(code))

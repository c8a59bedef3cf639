"""The system calls that a workbook does without: memory that no limit counts, further namespaces, the kernel's deep end.

Limits of a process (`setrlimit`) and a look at its memory see neither shared memory that hangs on no process nor what
lies in namespaces of its own. So the kernel refuses these calls (`EPERM`): a filter in classic BPF, which bubblewrap
loads before the workbook starts. See seccomp(2), and `struct seccomp_data` for what it looks at.
"""

import errno
import platform
import struct

NUMBERS = {
    "x86_64": (
        0xC000003E,
        {
            "memfd_create": 319, "memfd_secret": 447, "shmget": 29, "semget": 64, "msgget": 68, "mq_open": 240,
            "unshare": 272, "setns": 308, "mount": 165, "umount2": 166, "pivot_root": 155, "open_tree": 428,
            "move_mount": 429, "fsopen": 430, "mount_setattr": 442, "add_key": 248, "request_key": 249,
            "keyctl": 250, "bpf": 321, "perf_event_open": 298, "userfaultfd": 323, "io_uring_setup": 425,
            "ptrace": 101, "process_vm_readv": 310, "process_vm_writev": 311,
            "clone": 56, "clone3": 435, "mmap": 9,
        },
    ),
    "aarch64": (
        0xC00000B7,
        {
            "memfd_create": 279, "memfd_secret": 447, "shmget": 194, "semget": 190, "msgget": 186, "mq_open": 180,
            "unshare": 97, "setns": 268, "mount": 40, "umount2": 39, "pivot_root": 41, "open_tree": 428,
            "move_mount": 429, "fsopen": 430, "mount_setattr": 442, "add_key": 217, "request_key": 218,
            "keyctl": 219, "bpf": 280, "perf_event_open": 241, "userfaultfd": 282, "io_uring_setup": 425,
            "ptrace": 117, "process_vm_readv": 270, "process_vm_writev": 271,
            "clone": 220, "clone3": 435, "mmap": 222,
        },
    ),
}  # fmt: skip
"""By machine: the audit number of its architecture, and the calls by name (linux/asm/unistd.h)."""
NEW_NAMESPACES = 0x7E020080
"""The flags of clone(2) that make namespaces: time, mount, cgroup, uts, ipc, user, pid, net."""
SHARED_ANONYMOUS = 0x21
"""mmap(2): MAP_SHARED | MAP_ANONYMOUS. What is touched and let go again stays, and belongs to nobody."""
X32 = 0x40000000
"""Calls from here on belong to another table of the same processor."""

_NUMBER, _ARCHITECTURE, _FIRST, _FOURTH = 0, 4, 16, 16 + 3 * 8
_ALLOW, _KILL, _REFUSE = 0x7FFF0000, 0x80000000, 0x00050000
_LOAD, _EQUAL, _AT_LEAST, _AND, _RETURN, _ANY_BIT = 0x20, 0x15, 0x35, 0x54, 0x06, 0x45


def program(machine: str | None = None) -> bytes | None:
    """Return the filter for a machine, this one by default; `None` for one whose calls are not known here.

    >>> len(program("x86_64")) % 8, program("mips")
    (0, None)
    """
    known = NUMBERS.get(machine or platform.machine())
    if known is None:
        return None
    architecture, numbers = known
    refused = dict(numbers)
    clone, clone3, mmap = (refused.pop(name) for name in ("clone", "clone3", "mmap"))
    lines = [
        _line(_LOAD, _ARCHITECTURE),
        _line(_EQUAL, architecture, 1, 0),
        _line(_RETURN, _KILL),
        _line(_LOAD, _NUMBER),
        _line(_AT_LEAST, X32, 0, 1),
        _line(_RETURN, _REFUSE | errno.EPERM),
        _line(_EQUAL, clone3, 0, 1),
        _line(_RETURN, _REFUSE | errno.ENOSYS),  # its flags lie in memory; C libraries then use clone
    ]
    for number in refused.values():
        lines += [_line(_EQUAL, number, 0, 1), _line(_RETURN, _REFUSE | errno.EPERM)]
    lines += [
        _line(_EQUAL, clone, 0, 4),
        _line(_LOAD, _FIRST),
        _line(_ANY_BIT, NEW_NAMESPACES, 0, 1),
        _line(_RETURN, _REFUSE | errno.EPERM),
        _line(_RETURN, _ALLOW),
        _line(_EQUAL, mmap, 0, 4),
        _line(_LOAD, _FOURTH),
        _line(_AND, SHARED_ANONYMOUS),
        _line(_EQUAL, SHARED_ANONYMOUS, 0, 1),
        _line(_RETURN, _REFUSE | errno.EPERM),
        _line(_RETURN, _ALLOW),
    ]
    return b"".join(lines)


def _line(code: int, value: int, if_true: int = 0, if_false: int = 0) -> bytes:
    """Return one instruction; jumps count the instructions that are left out."""
    return struct.pack("=HBBI", code, if_true, if_false, value)

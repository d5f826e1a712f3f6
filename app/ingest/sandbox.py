"""What a parser child may still do: read its own code and language data, compute, answer. Nothing else.

On Linux x86-64: resource limits, no new privileges, Landlock (files) and seccomp (sockets, processes). On other
processors Landlock and limits; on macOS limits only; on Windows the process boundary and the parent's time-out only.
`restrict` returns what took hold, so that the report can say it plainly.
"""

from __future__ import annotations

import ctypes
import os
import platform
import struct
import sys
from collections.abc import Iterable
from pathlib import Path

DATA_BYTES = 1024**3
_PR_SET_NO_NEW_PRIVS, _LANDLOCK_CREATE, _LANDLOCK_ADD, _LANDLOCK_SELF = 38, 444, 445, 446
_SYS_SECCOMP_X86, _SET_MODE_FILTER, _TSYNC = 317, 1, 1
_READ_FILE, _READ_DIR, _WRITE_FILE, _EXECUTE = 1 << 2, 1 << 3, 1 << 1, 1
_RIGHTS_BY_ABI = {1: (1 << 13) - 1, 2: (1 << 14) - 1, 3: (1 << 15) - 1, 4: (1 << 15) - 1, 5: (1 << 16) - 1}
_EPERM, _ENOSYS = 1, 38
_CLONE_THREAD = 0x10000
# x86-64 numbers: sockets, new processes and programs, signals to others, tracing, mounts, namespaces, keys, rings.
_DENIED = (
    41, 42, 43, 44, 45, 46, 47, 49, 50, 53, 57, 58, 59, 62, 101, 155, 161, 165, 166, 169, 175, 200, 246, 248, 249, 250,
    272, 288, 298, 299, 303, 304, 307, 308, 310, 311, 313, 319, 321, 322, 323, 425, 426, 427, 428, 429, 430, 432, 438,
)  # fmt: skip


def restrict(readable: Iterable[Path]) -> list[str]:
    """Give up every right that parsing does not need; call before any thread starts and before any document byte."""
    held = []
    if sys.platform != "win32":
        _limit_resources()
        held.append("limits")
    if sys.platform == "linux":
        libc = ctypes.CDLL(None, use_errno=True)
        libc.syscall.restype = ctypes.c_long
        if libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0:
            held.append("no-new-privileges")
            if _landlock(libc, readable):
                held.append("landlock")
            if platform.machine() == "x86_64" and _seccomp(libc):
                held.append("seccomp")
    return held


def _limit_resources() -> None:
    import resource  # not on Windows

    for name, value in (("RLIMIT_FSIZE", 0), ("RLIMIT_CORE", 0), ("RLIMIT_DATA", DATA_BYTES), ("RLIMIT_NOFILE", 64)):
        kind = getattr(resource, name, None)
        if kind is None:
            continue
        try:
            hard = resource.getrlimit(kind)[1]
            resource.setrlimit(kind, (value if hard == resource.RLIM_INFINITY else min(value, hard), hard))
        except (OSError, ValueError):
            continue  # macOS refuses some of them


def _landlock(libc: ctypes.CDLL, readable: Iterable[Path]) -> bool:
    """Deny all file access but reading below `readable`. False where the kernel has no Landlock."""
    abi = libc.syscall(_LANDLOCK_CREATE, None, 0, 1)
    if abi < 1:
        return False
    attribute = struct.pack("=Q", _RIGHTS_BY_ABI.get(abi, _RIGHTS_BY_ABI[5]))
    ruleset = libc.syscall(_LANDLOCK_CREATE, attribute, len(attribute), 0)
    if ruleset < 0:
        return False
    try:
        for path in readable:
            rights = _READ_FILE | _READ_DIR if path.is_dir() else _READ_FILE
            if str(path) == os.devnull:
                rights |= _WRITE_FILE
            try:
                handle = os.open(path, os.O_PATH | os.O_CLOEXEC)
            except OSError:
                continue
            libc.syscall(_LANDLOCK_ADD, ruleset, 1, struct.pack("=Qi", rights, handle), 0)
            os.close(handle)
        return bool(libc.syscall(_LANDLOCK_SELF, ruleset, 0) == 0)
    finally:
        os.close(ruleset)


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("filter", ctypes.c_char_p))


def _seccomp(libc: ctypes.CDLL) -> bool:
    """Refuse what _DENIED names with EPERM, clone3 with ENOSYS, and clone unless it makes a thread."""
    load, equal, above, any_bit, give = 0x20, 0x15, 0x35, 0x45, 0x06
    allow, errno = 0x7FFF0000, 0x00050000
    rows: list[tuple[int, int, int, int]] = [(load, 0, 0, 4), (equal, 1, 0, 0xC000003E), (give, 0, 0, 0x80000000)]
    rows += [(load, 0, 0, 0), (above, 0, 1, 0x40000000), (give, 0, 0, errno | _EPERM)]
    rows += [(equal, 0, 1, 435), (give, 0, 0, errno | _ENOSYS)]
    for number in _DENIED:
        rows += [(equal, 0, 1, number), (give, 0, 0, errno | _EPERM)]
    rows += [(equal, 0, 3, 56), (load, 0, 0, 16), (any_bit, 1, 0, _CLONE_THREAD), (give, 0, 0, errno | _EPERM)]
    rows.append((give, 0, 0, allow))
    code = b"".join(struct.pack("=HBBI", *row) for row in rows)
    program = _Program(len(rows), code)
    return bool(libc.syscall(_SYS_SECCOMP_X86, _SET_MODE_FILTER, _TSYNC, ctypes.byref(program)) == 0)


def own_code() -> list[Path]:
    """What Python needs to go on importing and what the libraries look up: readable, never writable."""
    paths = {Path(entry) for entry in sys.path if entry}
    paths |= {Path(sys.prefix), Path(sys.base_prefix), Path(__file__).resolve().parent.parent.parent}
    paths |= {Path(p) for p in ("/usr/lib", "/lib", "/lib64", "/usr/share/zoneinfo", "/proc/self", "/proc/cpuinfo",
                                "/sys/devices/system/cpu", os.devnull)}  # fmt: skip
    return sorted(path for path in paths if path.exists())

"""What a child may still do: read its own code and the data it is given, compute, answer. Nothing else.

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
from collections.abc import Iterable, Mapping
from pathlib import Path

DATA_BYTES = 1024**3
_PR_SET_NO_NEW_PRIVS, _LANDLOCK_CREATE, _LANDLOCK_ADD, _LANDLOCK_SELF = 38, 444, 445, 446
_SYS_SECCOMP_X86, _SET_MODE_FILTER, _TSYNC = 317, 1, 1
_READ_FILE, _READ_DIR, _WRITE_FILE, _EXECUTE = 1 << 2, 1 << 3, 1 << 1, 1
_REMOVE_FILE, _MAKE_SOCKET, _ALL = 1 << 5, 1 << 9, (1 << 16) - 1
_OF_FILES = _EXECUTE | _WRITE_FILE | _READ_FILE | 1 << 14  # rights that a file has; the others are of folders
_RIGHTS_BY_ABI = {1: (1 << 13) - 1, 2: (1 << 14) - 1, 3: (1 << 15) - 1, 4: (1 << 15) - 1, 5: (1 << 16) - 1}
_EPERM, _ENOSYS = 1, 38
_CLONE_THREAD = 0x10000
_LOAD, _EQUAL, _ABOVE, _ANY_BIT, _GIVE = 0x20, 0x15, 0x35, 0x45, 0x06  # of the kernel's filter language
_ALLOW, _REFUSE = 0x7FFF0000, 0x00050000
# x86-64 numbers: sockets, new processes and programs, signals to others, tracing, mounts, namespaces, keys, rings.
_DENIED = (
    41, 42, 43, 44, 45, 46, 47, 49, 50, 53, 57, 58, 59, 62, 101, 155, 161, 165, 166, 169, 175, 200, 246, 248, 249, 250,
    272, 288, 298, 299, 303, 304, 307, 308, 310, 311, 313, 319, 321, 322, 323, 425, 426, 427, 428, 429, 430, 432, 438,
)  # fmt: skip


def restrict(readable: Iterable[Path], data_bytes: int = DATA_BYTES, file_bytes: int = 0) -> list[str]:
    """Give up every right that the work does not need; call before any thread starts and before any document byte.

    `data_bytes` of memory may be had, and files that are open already may grow to `file_bytes`.
    """
    held = []
    if sys.platform != "win32":
        _limit_resources(data_bytes, file_bytes)
        held.append("limits")
    if sys.platform == "linux":
        libc = ctypes.CDLL(None, use_errno=True)
        libc.syscall.restype = ctypes.c_long
        if libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0:
            held.append("no-new-privileges")
            if _landlock(libc, {path: _READ_FILE | _READ_DIR for path in readable}):
                held.append("landlock")
            if platform.machine() == "x86_64" and _install(libc, _no_sockets_no_processes()):
                held.append("seccomp")
    return held


def restrict_network() -> list[str]:
    """For a child that works on our own files and starts other children: no socket but those within this machine."""
    if sys.platform != "linux" or platform.machine() != "x86_64":
        return []
    libc = ctypes.CDLL(None, use_errno=True)
    libc.syscall.restype = ctypes.c_long
    held = libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 and _install(libc, _only_unix_sockets())
    return ["no-new-privileges", "seccomp"] if held else []


def restrict_office(readable: Iterable[Path], folder: Path) -> list[str]:
    """For a program that converts one file: no network, no file written outside `folder`, only `readable` read."""
    held: list[str] = []
    if sys.platform == "linux":
        libc = ctypes.CDLL(None, use_errno=True)
        libc.syscall.restype = ctypes.c_long
        if libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0:
            held.append("no-new-privileges")
            rights = {path: _READ_FILE | _READ_DIR | _EXECUTE for path in readable if path.exists()}
            rights |= {Path("/dev"): _READ_FILE | _READ_DIR | _WRITE_FILE, folder: _ALL}
            rights |= {Path("/tmp"): _READ_DIR | _REMOVE_FILE | _MAKE_SOCKET}  # its own pipe stands there
            if _landlock(libc, rights):
                held.append("landlock")
            if platform.machine() == "x86_64" and _install(libc, _only_unix_sockets()):
                held.append("seccomp")
    return held


def _only_unix_sockets() -> list[tuple[int, int, int, int]]:
    """Filter rows: socket() for AF_UNIX alone, no rings that could open others, no tracing."""
    rows = [(_LOAD, 0, 0, 4), (_EQUAL, 1, 0, 0xC000003E), (_GIVE, 0, 0, 0x80000000), (_LOAD, 0, 0, 0)]
    rows += [(_ABOVE, 0, 1, 0x40000000), (_GIVE, 0, 0, _REFUSE | _EPERM)]
    for number in (101, 310, 311, 425, 426, 427):
        rows += [(_EQUAL, 0, 1, number), (_GIVE, 0, 0, _REFUSE | _EPERM)]
    rows += [(_EQUAL, 0, 3, 41), (_LOAD, 0, 0, 16), (_EQUAL, 1, 0, 1), (_GIVE, 0, 0, _REFUSE | _EPERM)]
    return [*rows, (_GIVE, 0, 0, _ALLOW)]


def _limit_resources(data_bytes: int, file_bytes: int) -> None:
    import resource  # not on Windows

    limits = (("RLIMIT_FSIZE", file_bytes), ("RLIMIT_CORE", 0), ("RLIMIT_DATA", data_bytes), ("RLIMIT_NOFILE", 64))
    for name, value in limits:
        kind = getattr(resource, name, None)
        if kind is None:
            continue
        try:
            hard = resource.getrlimit(kind)[1]
            resource.setrlimit(kind, (value if hard == resource.RLIM_INFINITY else min(value, hard), hard))
        except (OSError, ValueError):
            continue  # macOS refuses some of them


def _landlock(libc: ctypes.CDLL, allowed: Mapping[Path, int]) -> bool:
    """Deny all file access but the rights given below each path. False where the kernel has no Landlock."""
    abi = libc.syscall(_LANDLOCK_CREATE, None, 0, 1)
    if abi < 1:
        return False
    every = _RIGHTS_BY_ABI.get(abi, _RIGHTS_BY_ABI[5])
    attribute = struct.pack("=Q", every)
    ruleset = libc.syscall(_LANDLOCK_CREATE, attribute, len(attribute), 0)
    if ruleset < 0:
        return False
    try:
        for path, wanted in allowed.items():
            rights = wanted & every & (_ALL if path.is_dir() else _OF_FILES)
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


def _no_sockets_no_processes() -> list[tuple[int, int, int, int]]:
    """Filter rows: EPERM for what _DENIED names, ENOSYS for clone3, and clone only where it makes a thread."""
    rows = [(_LOAD, 0, 0, 4), (_EQUAL, 1, 0, 0xC000003E), (_GIVE, 0, 0, 0x80000000)]
    rows += [(_LOAD, 0, 0, 0), (_ABOVE, 0, 1, 0x40000000), (_GIVE, 0, 0, _REFUSE | _EPERM)]
    rows += [(_EQUAL, 0, 1, 435), (_GIVE, 0, 0, _REFUSE | _ENOSYS)]
    for number in _DENIED:
        rows += [(_EQUAL, 0, 1, number), (_GIVE, 0, 0, _REFUSE | _EPERM)]
    rows += [(_EQUAL, 0, 3, 56), (_LOAD, 0, 0, 16), (_ANY_BIT, 1, 0, _CLONE_THREAD), (_GIVE, 0, 0, _REFUSE | _EPERM)]
    return [*rows, (_GIVE, 0, 0, _ALLOW)]


def _install(libc: ctypes.CDLL, rows: list[tuple[int, int, int, int]]) -> bool:
    """Hand a filter to the kernel; it holds for every thread, and for what they start."""
    code = b"".join(struct.pack("=HBBI", *row) for row in rows)
    program = _Program(len(rows), code)
    return bool(libc.syscall(_SYS_SECCOMP_X86, _SET_MODE_FILTER, _TSYNC, ctypes.byref(program)) == 0)


def own_code() -> list[Path]:
    """What Python needs to go on importing and what the libraries look up: readable, never writable."""
    paths = {Path(entry) for entry in sys.path if entry}
    paths |= {Path(sys.prefix), Path(sys.base_prefix), Path(__file__).resolve().parent.parent}
    paths |= {Path(p) for p in ("/usr/lib", "/lib", "/lib64", "/usr/share/zoneinfo", "/proc/self", "/proc/cpuinfo",
                                "/sys/devices/system/cpu", os.devnull)}  # fmt: skip
    return sorted(path for path in paths if path.exists())

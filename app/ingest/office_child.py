"""Starts LibreOffice with fewer rights: no network, nothing written outside its folder. A process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from app import sandbox

PROGRAM, FOLDER = "PRIVITY_OFFICE_PROGRAM", "PRIVITY_OFFICE_FOLDER"
_READABLE = (
    "/usr",
    "/lib",
    "/lib64",
    "/bin",
    "/etc",
    "/opt",
    "/proc",
    "/sys",
    "/var/lib",
    "/var/spool/libreoffice",
    "/var/cache/fontconfig",
)


def command(program: str, folder: Path) -> list[str]:
    """Convert contract.doc in the folder to out/contract.docx, with a profile that lives and dies there."""
    return [
        program, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--norestore", "--nologo",
        "--nodefault", "--nolockcheck", "--convert-to", "docx:MS Word 2007 XML", "--outdir", str(folder / "out"),
        str(folder / "contract.doc"),
    ]  # fmt: skip


def main() -> None:
    """Give up rights, then become LibreOffice."""
    program, folder = os.environ.pop(PROGRAM), Path(os.environ.pop(FOLDER))
    os.environ.update(HOME=str(folder), TMPDIR=str(folder), TMP=str(folder), TEMP=str(folder), SAL_USE_VCLPLUGIN="svp")
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "DBUS_SESSION_BUS_ADDRESS", "http_proxy", "https_proxy"):
        os.environ.pop(name, None)
    arguments = command(program, folder)
    if sys.platform == "win32":
        sys.exit(subprocess.call(arguments))
    sandbox.restrict_office([Path(place) for place in _READABLE], folder)
    os.execv(program, arguments)


if __name__ == "__main__":
    main()

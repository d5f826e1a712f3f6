"""Old Word files through LibreOffice, where the machine has it: without network, with a profile that is thrown away."""

from __future__ import annotations

import contextlib
import shutil
import subprocess
import tempfile
from pathlib import Path

import psutil

from app.children import child_command, child_environment
from app.ingest.office_child import FOLDER, PROGRAM

SECONDS = 28.0
MAX_BYTES = 200 * 1024 * 1024
_PLACES = (
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    r"C:\Program Files\LibreOffice\program\soffice.exe",
    r"C:\Program Files (x86)\LibreOffice\program\soffice.exe",
)


def office() -> str | None:
    """The program, or None where there is none."""
    found = shutil.which("soffice") or shutil.which("libreoffice")
    return found or next((place for place in _PLACES if Path(place).is_file()), None)


def to_docx(data: bytes, seconds: float = SECONDS) -> bytes | None:
    """The file as .docx; None where there is no LibreOffice or it cannot read the file."""
    program = office()
    if program is None or len(data) > MAX_BYTES:
        return None
    with tempfile.TemporaryDirectory(prefix="privity-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        source, target = folder / "contract.doc", folder / "out" / "contract.docx"
        source.write_bytes(data)
        if (
            not _run({PROGRAM: program, FOLDER: str(folder)}, seconds)
            or not target.is_file()
            or target.stat().st_size > MAX_BYTES
        ):
            return None
        return target.read_bytes()


def _run(what: dict[str, str], seconds: float) -> bool:
    """Whether the program ended well in time; it is ended with all that it started."""
    process = subprocess.Popen(
        child_command("app.ingest.office_child"), stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL, env=child_environment() | what, start_new_session=True,
    )  # fmt: skip
    try:
        return process.wait(seconds) == 0
    except subprocess.TimeoutExpired:
        return False
    finally:
        _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    """Nothing that it started may live on."""
    with contextlib.suppress(psutil.Error):
        for child in psutil.Process(process.pid).children(recursive=True):
            child.kill()
    process.kill()
    process.wait()

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from itertools import chain, islice
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[3]))

from app.domain.text import FileStatus, ReadOutcome
from app.ingest.reader import SandboxedReader
from tests.hostile.files import mutated
from tests.hostile.made import pdf
from tests.hostile.pdfs import bad_pdfs
from tests.hostile.words import bad_docx


@pytest.fixture(scope="module")
def reader() -> Iterator[SandboxedReader]:
    made = SandboxedReader(1)
    yield made
    made.close()


def _judge(outcome: ReadOutcome) -> None:
    """A text with words, attachments, or a sentence: never silence."""
    if outcome.status in (FileStatus.READ, FileStatus.PARTLY_READ):
        text = outcome.accepted.text if outcome.accepted else ""
        assert text.strip() or outcome.attachments
    else:
        assert outcome.reason
        assert outcome.reason.endswith(".")
        assert "Traceback" not in outcome.reason


def test_bad_files_end_with_a_status_in_time_and_the_batch_goes_on(reader: SandboxedReader) -> None:
    """A sample of what `make bench-hostile` reads whole."""
    slow = []
    for name, data in chain(islice(bad_pdfs(), 12), islice(bad_docx(), 8), islice(mutated(), 0, None, 5)):
        begin = time.monotonic()
        outcome = reader.read(data, name)
        if time.monotonic() - begin >= 30:
            slow.append(name)
        _judge(outcome)
        if name.startswith("outside"):
            assert outcome.accepted is None or "root:" not in outcome.accepted.text
    assert not slow
    assert reader.read(pdf(), "sound.pdf").status is FileStatus.READ


def test_the_collected_hostile_files(reader: SandboxedReader, shared: Path) -> None:
    for path in sorted((shared / "documents" / "hostile").iterdir()):
        begin = time.monotonic()
        _judge(reader.read(path.read_bytes(), path.name))
        assert time.monotonic() - begin < 30


@pytest.mark.skipif(sys.platform != "linux", reason="Landlock and seccomp are Linux's")
def test_the_child_can_neither_read_files_nor_open_sockets(tmp_path: Path) -> None:
    import subprocess

    secret = tmp_path / "secret"
    secret.write_text("privileged")
    script = (
        "import sys\nfrom app import sandbox\n"
        "import ctypes, errno, os, socket\n"
        "held = sandbox.restrict(sandbox.own_code())\nseen = []\n"
        "def attempt(name, work):\n"
        "    try:\n        work(); seen.append(name)\n    except OSError:\n        pass\n"
        f"attempt('read', lambda: open({str(secret)!r}).read())\n"
        f"attempt('write', lambda: open({str(tmp_path / 'new')!r}, 'w').write('x'))\n"
        f"attempt('list', lambda: os.listdir({str(tmp_path)!r}))\n"
        "attempt('inet', lambda: socket.socket(socket.AF_INET))\n"
        "attempt('unix', lambda: socket.socket(socket.AF_UNIX))\n"
        "attempt('pair', socket.socketpair)\n"
        "attempt('fork', os.fork)\nattempt('kill', lambda: os.kill(os.getppid(), 0))\n"
        "attempt('exec', lambda: os.execv('/bin/true', ['true']))\n"
        "print(' '.join(held), '|', ' '.join(seen))\n"
    )
    root = Path(__file__).resolve().parents[3]
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, cwd=root, check=True)
    held, seen = done.stdout.strip().split("|")
    if "landlock" not in held or "seccomp" not in held:
        pytest.skip("this kernel has no Landlock or this processor no filter of ours")
    assert not seen.strip()

"""`privity analyze` opens no network socket, and gives the same where there is no network at all."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from app.paths import resources, screener_weights

NETWORK = re.compile(r"AF_(INET6?|NETLINK|PACKET)\b")
FILES = ("one-way-nda.docx", "cloud-terms.pdf")

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="strace and namespaces are Linux's")


@pytest.fixture(scope="module")
def deal(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("privacy") / "deal"
    folder.mkdir()
    for name in FILES:
        shutil.copy(resources() / "sample_deal" / name, folder)
    return folder


def analyze(deal: Path, where: Path, *prefix: str) -> Any:
    """The contracts of the public record, from a run under `prefix` with a data folder of its own."""
    out = where / "out.json"
    command = [
        *prefix, sys.executable, "-m", "app", "analyze", str(deal), "--data-dir", str(where / "data"),
        "--model", "none", "--json", str(out), "--report", str(where / "out.docx"),
    ]  # fmt: skip
    done = subprocess.run(command, capture_output=True, text=True, timeout=240, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    return json.loads(out.read_text())["contracts"]


@pytest.fixture(scope="module")
def traced(deal: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Any, str]:
    """What a traced run gave, and every network call of it and its children."""
    if shutil.which("strace") is None:
        pytest.skip("strace is not installed")
    if not screener_weights().is_dir():
        pytest.skip("the screener's weights are not there yet")
    where = tmp_path_factory.mktemp("traced")
    log = where / "strace.log"
    contracts = analyze(deal, where, "strace", "-f", "-e", "trace=%network", "-o", str(log))
    return contracts, log.read_text()


def test_no_network_socket_is_opened(traced: tuple[Any, str]) -> None:
    contracts, calls = traced
    assert len(contracts) == len(FILES)
    assert [line for line in calls.splitlines() if NETWORK.search(line)] == []


def test_the_trace_would_show_one(tmp_path: Path) -> None:
    if shutil.which("strace") is None:
        pytest.skip("strace is not installed")
    log = tmp_path / "strace.log"
    opens = "import socket; socket.socket(socket.AF_INET, socket.SOCK_DGRAM).close()"
    subprocess.run(["strace", "-f", "-e", "trace=%network", "-o", str(log), sys.executable, "-c", opens], check=True)
    assert NETWORK.search(log.read_text())


def test_without_a_network_the_output_is_the_same(deal: Path, traced: tuple[Any, str], tmp_path: Path) -> None:
    probe = shutil.which("unshare")
    if probe is None or subprocess.run([probe, "-rn", "true"], capture_output=True, check=False).returncode:
        pytest.skip("this kernel gives no network namespace without root")
    assert analyze(deal, tmp_path, probe, "-rn") == traced[0]

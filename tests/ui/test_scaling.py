"""At 100 to 300 % the window keeps its sizes, and pages and signs are as sharp as the screen."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent


@pytest.mark.parametrize("percent", [150, 300])
def test_the_window_is_sharp_and_whole(percent: int) -> None:
    scaled = os.environ | {
        "QT_SCALE_FACTOR": str(percent / 100), "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(HERE.parents[1]),
    }  # fmt: skip
    run = subprocess.run(
        [sys.executable, str(HERE / "scaled.py")], env=scaled, capture_output=True, text=True, check=False, timeout=120
    )
    assert run.returncode == 0, run.stderr
    facts = json.loads(run.stdout.splitlines()[-1])
    ratio = percent / 100
    assert facts["ratio"] == ratio
    assert facts["size"] == [1280, 720]
    assert facts["page_pixels"] == pytest.approx(facts["page_width"] * ratio, abs=2)
    assert facts["sign_pixels"] == round(40 * ratio)
    assert facts["clipped"] == []
    assert run.stderr == ""

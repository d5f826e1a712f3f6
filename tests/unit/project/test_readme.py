"""README's commands are the ones that CI runs."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]


def test_the_apt_line_of_the_readme_is_the_one_that_ci_runs() -> None:
    packages = (ROOT / "packaging" / "debian-packages.txt").read_text("utf-8").strip()
    assert f"apt-get install -y --no-install-recommends {packages}" in (ROOT / "README.md").read_text("utf-8")
    assert "packaging/debian-packages.txt" in (ROOT / ".ci" / "run").read_text("utf-8")


def test_every_link_of_the_readme_leads_somewhere() -> None:
    import re

    for target in re.findall(r"\]\((?!http)([^)#]+)", (ROOT / "README.md").read_text("utf-8")):
        assert (ROOT / target).exists(), target

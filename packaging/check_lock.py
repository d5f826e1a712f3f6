"""Fail where requirements.lock does not pin what pyproject.toml asks for, or .venv holds something else."""

from __future__ import annotations

import sys
import tomllib
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent


def _here(requirement: Requirement) -> bool:
    """Whether a line is meant for this Python and system."""
    return requirement.marker is None or requirement.marker.evaluate()


def main() -> int:
    """0 where all is well, else 1 with a line per fault."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    lines = project["dependencies"] + project["optional-dependencies"]["dev"]
    asked = [asking for line in lines if _here(asking := Requirement(line))]
    pinned: dict[str, str] = {}
    for line in (ROOT / "requirements.lock").read_text("utf-8").splitlines():
        if line.strip() and not line.startswith("#") and _here(pin := Requirement(line)):
            pinned[canonicalize_name(pin.name)] = str(pin.specifier).removeprefix("==")
    faults = []
    for requirement in asked:
        name = canonicalize_name(requirement.name)
        if name not in pinned:
            faults.append(f"{name} is not pinned in requirements.lock")
        elif not requirement.specifier.contains(pinned[name]):
            faults.append(f"{name} is pinned to {pinned[name]}, outside {requirement.specifier}")
    for name, number in pinned.items():
        try:
            if version(name) != number:
                faults.append(f"{name} is pinned to {number}, but {version(name)} is installed")
        except PackageNotFoundError:
            continue  # pinned for another platform or for training
    for fault in faults:
        print(fault)
    return bool(faults)


if __name__ == "__main__":
    sys.exit(main())

"""What goes between the window and the child that analyses: options there, progress back; JSON, checked on arrival."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, fields
from pathlib import Path
from typing import Any

from app.domain.progress import ItemStatus, Progress
from app.services.api import AnalyzeOptions

MODULE = "app.services.session_child"


def options_there(options: AnalyzeOptions) -> dict[str, Any]:
    """Options as JSON, passwords among them: they go to a child of ours and are stored nowhere."""
    raw = {field.name: getattr(options, field.name) for field in fields(options)}
    roles = {path: list(said) for path, said in options.roles.items()}
    return raw | {"roles": roles, "exclude": [str(path) for path in options.exclude], "left": list(options.left)}


def options_here(raw: Mapping[str, Any]) -> AnalyzeOptions:
    """The options again."""
    roles = {path: (role, playbook) for path, (role, playbook) in raw["roles"].items()}
    exclude = tuple(Path(path) for path in raw["exclude"])
    return AnalyzeOptions(**{**raw, "roles": roles, "exclude": exclude, "left": tuple(raw["left"])})


def paths_there(paths: Sequence[Path]) -> list[str]:
    """Paths, absolute."""
    return [str(path.absolute()) for path in paths]


def step_sent(step: Progress) -> dict[str, Any]:
    """A step as JSON."""
    return asdict(step)


def step_here(raw: Any) -> Progress:
    """The step; ValueError or TypeError where it is none."""
    if not isinstance(raw, dict):
        raise TypeError
    message, left = raw["message"], raw["seconds_left"]
    return Progress(
        str(raw["item"]), ItemStatus(raw["status"]), int(raw["contracts_done"]), int(raw["contracts_total"]),
        int(raw["pages_done"]), int(raw["pages_total"]), None if message is None else str(message),
        None if left is None else float(left), int(raw["tokens_done"]), int(raw["tokens_total"]),
    )  # fmt: skip


def passwords_here(raw: Any) -> dict[str, str]:
    """Passwords by the documents' SHA-256."""
    return {str(name): str(value) for name, value in raw.items()} if isinstance(raw, dict) else {}

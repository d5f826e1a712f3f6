"""A matter opened in one thread and closed in another, as the window does, can be opened again."""

from __future__ import annotations

import threading
from pathlib import Path

from app.services.session import LocalSession
from app.services.workspace import open_workspace


def test_a_matter_closed_by_another_thread_can_be_opened_again(tmp_path: Path) -> None:
    workspace = open_workspace(tmp_path)
    held: list[LocalSession] = []
    maker = threading.Thread(target=lambda: held.append(workspace.create("Deal", [], "commercial")))
    maker.start()
    maker.join()
    matter_id = held[0].matter.matter_id
    held[0].close()
    again = workspace.open(matter_id)
    assert again.matter.matter_id == matter_id
    again.close()
    workspace.close()

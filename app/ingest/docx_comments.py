"""Comments of a Word file with their threads: which answer another, which were settled. Runs in the sandboxed child."""

from __future__ import annotations

from typing import Any

from app.ingest.docx_numbering import W
from app.ingest.docx_runs import Comment

_W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_W15 = "{http://schemas.microsoft.com/office/word/2012/wordml}"


def comments_of(comments: Any, extended: Any) -> dict[str, Comment]:
    """By id; Word keeps threads in a part of its own, tied by the id of a comment's last paragraph."""
    if comments is None:
        return {}
    threads = (
        {node.get(f"{_W15}paraId"): node for node in extended.iter(f"{_W15}commentEx")} if extended is not None else {}
    )
    found = {}
    for node in comments.iter(f"{W}comment"):
        paragraphs = list(node.iter(f"{W}p"))
        thread = threads.get(paragraphs[-1].get(f"{_W14}paraId")) if paragraphs else None
        reply = thread is not None and thread.get(f"{_W15}paraIdParent") is not None
        resolved = thread is not None and thread.get(f"{_W15}done") in {"1", "true"}
        found[node.get(f"{W}id", "")] = Comment(node, reply, resolved)
    return found

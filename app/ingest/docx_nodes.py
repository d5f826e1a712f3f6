"""Small questions about Word's XML that every walker asks. Runs in the sandboxed child."""

from __future__ import annotations

from typing import Any

from app.domain.text import MarkKind, Scalar, View
from app.ingest.docx_numbering import W

MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
GONE = {View.ACCEPTED: frozenset({"del", "moveFrom"}), View.ORIGINAL: frozenset({"ins", "moveTo"})}
CHANGES = {"ins": MarkKind.INSERTED, "del": MarkKind.DELETED, "moveFrom": MarkKind.MOVED, "moveTo": MarkKind.MOVED}
MAX_DEPTH = 60


def name_of(node: Any) -> str:
    """The local name of an element; "" for comments and processing instructions."""
    return node.tag.rpartition("}")[2] if isinstance(node.tag, str) else ""


def chosen(node: Any) -> Any:
    """One branch of alternate content, so that a text box is read once."""
    choice = node.find(f"{MC}Choice")
    return choice if choice is not None else node.find(f"{MC}Fallback")


def words_of(node: Any, gone: frozenset[str] = frozenset()) -> str:
    """All words under a node, white space folded, paragraphs apart; none under a change that is in `gone`."""
    paragraphs = [_letters(p, gone) for p in node.iter(f"{W}p")] or [_letters(node, gone)]
    return " ".join(" ".join(paragraphs).split())


def _letters(node: Any, gone: frozenset[str]) -> str:
    pieces = node.iter(f"{W}t", f"{W}delText", f"{W}tab")
    kept = (t for t in pieces if not (gone and is_gone(t, gone)))
    return "".join(" " if name_of(t) == "tab" else t.text or "" for t in kept)


def is_gone(node: Any, gone: frozenset[str]) -> bool:
    """Whether a tracked change takes the node out of the view."""
    return any(name_of(above) in gone for above in node.iterancestors())


def has_words(node: Any, gone: frozenset[str]) -> bool:
    """Whether a paragraph shows anything once the changes in `gone` are taken out of it."""
    runs = (run for run in node.iter(f"{W}r") if any(name_of(child) != "rPr" for child in run))
    return any(not is_gone(run, gone) for run in runs)


def author_of(node: Any) -> dict[str, Scalar]:
    """Who made a change or comment, and when."""
    return {"author": node.get(f"{W}author", ""), "date": node.get(f"{W}date", "")}

"""Fields: their codes are no text, their results are; form fields show what was chosen. Runs in the sandboxed child."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from app.domain.text import MarkKind, Scalar
from app.ingest.docx_nodes import is_gone
from app.ingest.docx_numbering import W, switched_on, value_of
from app.ingest.docx_output import Output


class Fields:
    """The fields that are open where the walk stands; they may span paragraphs."""

    def __init__(self, out: Output, unended: set[Any]) -> None:
        self._out = out
        self._unended = unended
        self._open: list[bool] = []  # per open field: whether its result has begun

    @property
    def in_code(self) -> bool:
        """Whether words here are a field's code, or the result of a field inside a code."""
        return not all(self._open)

    def meet(self, node: Any) -> None:
        """A w:fldChar."""
        kind = node.get(f"{W}fldCharType")
        if kind == "begin" and node not in self._unended:
            self._open.append(False)
            form = node.find(f"{W}ffData")
            if form is not None:
                self._form(form)
        elif kind == "separate" and self._open:
            self._open[-1] = True
        elif kind == "end" and self._open:
            self._open.pop()

    def _form(self, form: Any) -> None:
        """A check box as a box, a drop-down as its chosen entry: neither stands in the runs."""
        box, choice = form.find(f"{W}checkBox"), form.find(f"{W}ddList")
        note: dict[str, Scalar] = {}
        shown = ""
        if box is not None:
            ticked = switched_on(box, "checked" if box.find(f"{W}checked") is not None else "default")
            note["checked"], shown = ticked, "\u2612" if ticked else "\u2610"
        elif choice is not None:
            entries = [entry.get(f"{W}val", "") for entry in choice.findall(f"{W}listEntry")]
            index = value_of(choice, "result") or value_of(choice, "default") or "0"
            shown = entries[int(index)] if index.isdigit() and int(index) < len(entries) else ""
        if shown:
            self._out.mark(MarkKind.FORM_FIELD, self._out.length, self._out.length + len(shown), note)
            self._out.put(shown)


def unended_fields(roots: Iterable[Any], gone: frozenset[str]) -> set[Any]:
    """The w:fldChar that begin a field which nothing ends: taken at their word, they would swallow all that follows."""
    lost: set[Any] = set()
    for root in roots:
        begun: list[Any] = []
        for node in root.iter(f"{W}fldChar"):
            kind = node.get(f"{W}fldCharType")
            if kind == "begin" and not is_gone(node, gone):
                begun.append(node)
            elif kind == "end" and begun and not is_gone(node, gone):
                begun.pop()
        lost.update(begun)
    return lost

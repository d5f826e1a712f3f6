"""What stands inside a paragraph: runs, changes, fields, notes, comments. Runs in the sandboxed child."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from app.domain.text import MarkKind, Scalar, View
from app.ingest.docx_drawings import Picture, diagram_of, large_pictures
from app.ingest.docx_fields import Fields
from app.ingest.docx_formats import roman
from app.ingest.docx_looks import Looks
from app.ingest.docx_nodes import CHANGES, GONE, MAX_DEPTH, author_of, chosen, name_of, words_of
from app.ingest.docx_numbering import Numbering, W, switched_on, value_of
from app.ingest.docx_output import Output
from app.ingest.docx_symbols import symbol

MATH_TEXT = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
_TRANSPARENT = frozenset({"hyperlink", "smartTag", "customXml", "fldSimple", "dir", "bdo", "oMath", "oMathPara", "rt"})
_DELETED = 20_000  # characters kept of what one change takes away
_TINY = 4  # half points: text of 2 points and less cannot be read


@dataclass
class Asides:
    """What is put after its paragraph: text boxes, what is drawn, and notes as (kind, shown number, element)."""

    boxes: list[Any] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)
    diagrams: list[str] = field(default_factory=list)  # relationships
    notes: list[tuple[str, str, Any]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment: its element, whether it answers another, whether it was marked as settled."""

    node: Any
    reply: bool = False
    resolved: bool = False


class Runs:
    """Writes the content of paragraphs into an Output; fields and comment ranges may span paragraphs."""

    def __init__(
        self, out: Output, numbering: Numbering, view: View, notes: dict[str, dict[str, Any]],
        comments: dict[str, Comment], unended: set[Any],
    ) -> None:  # fmt: skip
        self.out = out
        self.asides = Asides()
        self.breaking = True  # whether page breaks count here: not in text boxes and notes
        self.in_table = 0
        self._numbering = numbering
        self._gone = GONE[view]
        self._notes = notes
        self._note_counts = {"footnote": 0, "endnote": 0}
        self._comments = comments
        self._anchors: dict[str, int] = {}
        self._ends: dict[str, int] = {}
        self._fields = Fields(out, unended)
        self.hidden_paragraph = False  # its style hides what it holds
        self.style: str | None = None  # of the paragraph
        self.new_page = False  # a page break since the last paragraph began
        self.looks = Looks(numbering)

    def inline(self, parent: Any, depth: int = 0) -> None:
        """Write what stands in a paragraph or in a wrapper inside one."""
        if depth > MAX_DEPTH:
            return
        for node in parent:
            name = name_of(node)
            if name == "r":
                self._run(node, depth)
            elif name in CHANGES:
                self._changed(node, name, depth)
            elif name in _TRANSPARENT:
                self.inline(node, depth + 1)
            elif name == "sdt":
                self._control(node, depth)
            elif name == "AlternateContent":
                branch = chosen(node)
                if branch is not None:
                    self.inline(branch, depth + 1)
            elif name in {"commentRangeStart", "commentRangeEnd"}:
                self.comment_range(node, name)
            elif node.tag == MATH_TEXT:
                self.out.put(node.text or "")
            elif isinstance(node.tag, str) and "/math}" in node.tag:
                self.inline(node, depth + 1)

    def comment_range(self, node: Any, name: str) -> None:
        """Remember where a comment begins and ends."""
        anchors = self._anchors if name == "commentRangeStart" else self._ends
        anchors[node.get(f"{W}id", "")] = self.out.length

    def _control(self, node: Any, depth: int) -> None:
        """A content control; one that nobody has filled in yet shows its prompt."""
        content, start = node.find(f"{W}sdtContent"), self.out.length
        if content is not None:
            self.inline(content, depth + 1)
        properties = node.find(f"{W}sdtPr")
        if self.out.length > start and switched_on(properties, "showingPlcHdr"):
            self.out.mark(MarkKind.FORM_FIELD, start, self.out.length, {"placeholder": True})

    def _changed(self, node: Any, name: str, depth: int) -> None:
        start = self.out.length
        note = author_of(node)
        if name not in self._gone:
            self.inline(node, depth + 1)
        else:
            for reference in node.iter(f"{W}commentReference"):
                self._comment(reference.get(f"{W}id", ""))
        if self.out.length == start:
            pieces = node.iter(f"{W}t", f"{W}delText", f"{W}tab")
            words = "".join("\t" if name_of(t) == "tab" else t.text or "" for t in pieces)
            if not words:
                return
            note["text"] = words[:_DELETED]
        self.out.mark(CHANGES[name], start, self.out.length, note)

    def _run(self, node: Any, depth: int) -> None:
        start = self.out.length
        properties = node.find(f"{W}rPr")
        for child in node:
            self._piece(child, name_of(child), depth)
        if self.out.length > start:
            self.out.look(start, self.looks.run(properties, self.style))
            how = self._hidden(properties)
            if how:
                self.out.mark(MarkKind.HIDDEN, start, self.out.length, {"how": how})

    def _hidden(self, properties: Any) -> str | None:
        """How a run is kept from the reader's eye, or None."""
        if properties is None:
            return "hidden text" if self.hidden_paragraph else None
        if switched_on(properties, "vanish"):
            return "hidden text"
        if properties.find(f"{W}vanish") is None and (
            self.hidden_paragraph or self._numbering.style_hides(value_of(properties, "rStyle"))
        ):
            return "hidden text"
        size = value_of(properties, "sz") or ""
        if size.isdigit() and int(size) <= _TINY:
            return "tiny text"
        white = (value_of(properties, "color") or "").upper() == "FFFFFF"
        shaded = any(properties.find(f"{W}{name}") is not None for name in ("shd", "highlight"))
        return "white text" if white and not shaded and not self.in_table and self.breaking else None

    def _piece(self, child: Any, name: str, depth: int) -> None:
        in_code = self._fields.in_code
        match name:
            case "fldChar":
                self._fields.meet(child)
            case "t" | "delText" if not in_code:
                self.out.put((child.text or "").replace("\n", " "))
            case "tab" | "ptab" if not in_code:
                self.out.put("\t")
            case "br" if not in_code:
                self.new_page |= self.breaking and child.get(f"{W}type") == "page"
                self.out.put("\n")
            case "cr" if not in_code:
                self.out.put("\n")
            case "noBreakHyphen" if not in_code:
                self.out.put("\u2011")
            case "sym" if not in_code:
                self.out.put(symbol(child.get(f"{W}font", ""), child.get(f"{W}char", "")))
            case "ruby":
                base = child.find(f"{W}rubyBase")
                self.inline(base if base is not None else (), depth + 1)
            case "lastRenderedPageBreak" if self.breaking:
                self.out.breaks.append(self.out.length)
            case "footnoteReference" | "endnoteReference":
                self._note(name.removesuffix("Reference"), child)
            case "commentReference":
                self._comment(child.get(f"{W}id", ""))
            case "AlternateContent" | "drawing" | "pict" | "object":
                self._box(child, name)

    def _box(self, child: Any, name: str) -> None:
        """Keep the outermost text boxes of a drawing for after the paragraph."""
        branch = chosen(child) if name == "AlternateContent" else child
        if branch is None:
            return
        self.asides.pictures += large_pictures(branch)
        stack = [branch]
        while stack:
            node = stack.pop()
            if name_of(node) == "txbxContent":
                self.asides.boxes.append(node)
            elif diagram_of(node):
                self.asides.diagrams.append(diagram_of(node))
            elif name_of(node) == "AlternateContent" and node is not child:
                inner = chosen(node)
                stack.extend([] if inner is None else [inner])
            else:
                stack.extend(reversed(node))

    def _note(self, kind: str, reference: Any) -> None:
        """The number in brackets at the reference; the note itself follows the paragraph."""
        node = self._notes.get(kind, {}).get(reference.get(f"{W}id", ""))
        if node is None:
            return
        own = reference.get(f"{W}customMarkFollows", "0") in {"1", "true", "on"}
        if not own:
            self._note_counts[kind] += 1
        count = self._note_counts[kind]
        shown = "*" if own else str(count) if kind == "footnote" else roman(count).lower()
        start = self.out.length
        self.out.put("" if own else f"[{shown}]")
        self.out.mark(MarkKind.FOOTNOTE, start, self.out.length, {"number": shown, "kind": kind})
        self.asides.notes.append((kind, shown, node))

    def _comment(self, identity: str) -> None:
        comment = self._comments.pop(identity, None)
        if comment is None:
            return
        here = self.out.length
        start = min(self._anchors.get(identity, here), here)
        end = max(start, min(self._ends.get(identity, here), here))
        note = {**author_of(comment.node), "text": words_of(comment.node)[:4000]}
        flags: dict[str, Scalar] = {"reply": comment.reply, "resolved": comment.resolved}
        self.out.mark(MarkKind.COMMENT, start, end, note | {name: value for name, value in flags.items() if value})

    def leftover_comments(self) -> None:
        """Comments that nothing refers to: at their range where they have one, else at the end."""
        for identity in list(self._comments):
            self._comment(identity)

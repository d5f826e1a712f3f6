"""Rich Text Format to text: tracked changes in both views, notes, tables, list numbers. Runs in the sandboxed child."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from app.domain.text import FileStatus, Mark, MarkKind, Scalar, View
from app.ingest.docx_output import Output
from app.ingest.parsed import Parsed, ParsedText, failed
from app.ingest.rtf_words import BadRtf, Event, State, events

_HEADERS = frozenset({"header", "headerl", "headerr", "headerf"})
_FOOTERS = frozenset({"footer", "footerl", "footerr", "footerf"})
_WANTED = frozenset(
    {"fonttbl", "footnote", "listtext", "pntext", "fldinst", "annotation", "atnauthor", "shptxt", "shpinst", "revtbl"}
) | _HEADERS | _FOOTERS  # fmt: skip
_SKIPPED = frozenset(
    """colortbl stylesheet info pict object listtable listoverridetable rsidtbl generator themedata colorschememapping
    latentstyles datastore xmlnstbl xe tc bkmkstart bkmkend sp sn sv nonesttables objdata ud template filetbl pnseclvl
    mmathPr background ftnsep ftnsepc ftncn aftnsep aftnsepc aftncn formfield datafield docvar userprops fldtype
    shprslt pgptbl atnid atnref atndate atntime atnparent atnicn atrfstart atrfend oldcprops oldpprops
    """.split()  # noqa: SIM905
)
_QUIET = frozenset({"skip", "fonttbl", "fldinst", "shpinst"})
MAX_CHARACTERS = 20_000_000


@dataclass
class _Notes:
    """What a paragraph refers to and what stands after it."""

    open: list[str] = field(default_factory=list)  # words of the note being read
    waiting: list[tuple[str, str]] = field(default_factory=list)  # number, words
    count: int = 0


class _Reader:
    """Writes one view."""

    def __init__(self, view: View) -> None:
        self.out = Output()
        self._gone = "deleted" if view is View.ACCEPTED else "inserted"
        self._notes = _Notes()
        self._box: list[str] = []
        self._aside: dict[str, list[str]] = {}
        self._authors: list[str] = []
        self._comment: list[str] = []
        self._commenter: list[str] = []
        self._gap = ""
        self._high = ""
        self.changes = 0
        self.comments = 0

    def run(self, data: bytes) -> None:
        """Read the whole file."""
        for event in events(data, _WANTED, _SKIPPED):
            if event.kind == "words":
                self._words(event.value, event.state)
            elif event.kind == "close" and event.value != event.state.destination:
                self._close(event.state)
            elif event.kind in {"control", "par"}:
                self._control("par" if event.kind == "par" else event.value, event)
            if self.out.length > MAX_CHARACTERS:
                raise BadRtf
        self._paragraph()

    def _words(self, words: str, state: State) -> None:
        words = self._paired(words)
        target = state.destination
        if target in _QUIET or not words:
            return
        if target == "revtbl":
            self._authors += [name.strip() for name in words.split(";") if name.strip()]
        elif target in {"annotation", "atnauthor"}:
            (self._comment if target == "annotation" else self._commenter).append(words)
        elif target in _HEADERS | _FOOTERS:
            self._aside.setdefault(target, []).append(words)
        elif getattr(state, self._gone):
            if target == "":
                self._changed(state, self.out.length, words)
        elif target == "footnote":
            self._notes.open.append(words)
        elif target == "shptxt":
            self._box.append(words)
        else:
            self._body(words, state)

    def _body(self, words: str, state: State) -> None:
        if self._gap and words.strip():
            gap = "\n\n" if self._gap == "\n" and not state.table else self._gap  # after a table's last row
            self.out.put(gap if self.out.length else "")
            self._gap = ""
        start = self.out.length
        self.out.put(words)
        if state.destination in {"listtext", "pntext"} and words.strip():
            self.out.mark(MarkKind.LIST_LABEL, start, start + len(words.rstrip()), {"level": 1})
        if state.hidden and words.strip():
            self.out.mark(MarkKind.HIDDEN, start, self.out.length, {"how": "hidden text"})
        if state.inserted or state.deleted:
            self._changed(state, start, "")

    def _changed(self, state: State, start: int, words: str) -> None:
        author = self._authors[state.author] if 0 <= state.author < len(self._authors) else ""
        note: dict[str, Scalar] = {"author": author, "date": state.date}
        if words:
            note["text"] = words[:2000]
        self.changes += 1
        self.out.mark(MarkKind.DELETED if state.deleted else MarkKind.INSERTED, start, self.out.length, note)

    def _paired(self, words: str) -> str:
        """Halves of a character beyond the first plane put together."""
        if self._high or (len(words) == 1 and "\ud800" <= words <= "\udfff"):
            both, self._high = self._high + words, ""
            if len(both) == 1 and both <= "\udbff":
                self._high = both
                return ""
            return both.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
        return words

    def _control(self, name: str, event: Event) -> None:
        target = event.state.destination
        if name in {"par", "sect", "page", "column"}:
            if target == "footnote":
                self._notes.open.append("\n")
            elif target in {"shptxt", "annotation"}:
                (self._box if target == "shptxt" else self._comment).append("\n")
            elif target in _HEADERS | _FOOTERS:
                self._aside.setdefault(target, []).append(" ")
            elif target == "" and not getattr(event.state, self._gone):  # a deleted mark joins two paragraphs
                self._gap = "\n" if event.state.table else "\n\n"
                self._paragraph()
        elif name in {"cell", "nestcell"} and target == "":
            self._gap = ""
            self.out.put("\t")
        elif name in {"row", "nestrow"} and target == "":
            self._gap = "\n"

    def _close(self, state: State) -> None:
        if state.destination == "footnote" and self._notes.open:
            self._notes.count += 1
            number = str(self._notes.count)
            start = self.out.length
            self.out.put(f"[{number}]")
            self.out.mark(MarkKind.FOOTNOTE, start, self.out.length, {"number": number, "kind": "footnote"})
            self._notes.waiting.append((number, "".join(self._notes.open).strip()))
            self._notes.open = []
        elif state.destination == "annotation" and self._comment:
            self.comments += 1
            note: dict[str, Scalar] = {"author": "".join(self._commenter).strip(), "date": ""}
            note["text"] = " ".join("".join(self._comment).split())[:4000]
            self.out.mark(MarkKind.COMMENT, self.out.length, self.out.length, note)
            self._comment, self._commenter = [], []

    def _paragraph(self) -> None:
        """Notes and text boxes follow the paragraph that they belong to."""
        for number, words in self._notes.waiting:
            self.out.put("\n\n")
            start = self.out.length
            self.out.put(f"[{number}] {words}")
            note: dict[str, Scalar] = {"number": number, "kind": "footnote", "what": "note"}
            self.out.mark(MarkKind.FOOTNOTE, start, self.out.length, note)
        self._notes.waiting = []
        boxed = "".join(self._box).strip()
        if boxed:
            self.out.put("\n\n" if self.out.length else "")
            start = self.out.length
            self.out.put(boxed)
            self.out.mark(MarkKind.TEXT_BOX, start, self.out.length)
        self._box = []

    def furniture(self) -> list[Mark]:
        """Headers and footers, kept apart."""
        return [
            Mark(
                MarkKind.HEADER if name in _HEADERS else MarkKind.FOOTER,
                0,
                0,
                {"text": " ".join("".join(words).split())},
            )
            for name, words in self._aside.items()
            if "".join(words).strip()
        ]


def read_rtf(data: bytes) -> Parsed:
    """The accepted view, the original one where they differ."""
    try:
        accepted, original = _view(data, View.ACCEPTED), _view(data, View.ORIGINAL)
    except (BadRtf, RecursionError):
        return failed(FileStatus.DAMAGED, "The RTF file is damaged and could not be read; ask for another copy.")
    if not any(c.isalnum() for c in accepted.text + original.text):
        return failed(FileStatus.EMPTY, "The file holds no words.")
    return Parsed(FileStatus.READ, accepted, original if original.text != accepted.text else None)


def _view(data: bytes, view: View) -> ParsedText:
    reader = _Reader(view)
    reader.run(data)
    text, marks, _ = reader.out.finish()
    said = []
    if reader.changes:
        how = "accepted" if view is View.ACCEPTED else "rejected"
        said.append(f"{reader.changes} tracked change{'s' * (reader.changes > 1)}, read as if {how}.")
    if reader.comments:
        said.append(f"{reader.comments} comment{'s' * (reader.comments > 1)} in the margin.")
    lead = len(text) - len(text.lstrip())
    moved = [replace(m, start=max(0, m.start - lead), end=max(0, m.end - lead)) for m in marks]
    ordered = tuple(sorted([*reader.furniture(), *moved], key=lambda mark: (mark.start, mark.end)))
    return ParsedText(text.lstrip(), marks=ordered, warnings=tuple(said))

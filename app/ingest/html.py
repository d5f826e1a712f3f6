"""The words of a web page or of a message written as one. Runs in the sandboxed child."""

from __future__ import annotations

import re
from html.parser import HTMLParser

_SILENT = {"script", "style", "title", "template"}
_EMPTY = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
_BLOCKS = {
    "p", "div", "tr", "li", "h1", "h2", "h3", "h4", "h5", "h6", "table", "ul", "ol", "hr", "blockquote", "pre", "dd",
    "dt", "section", "article", "header", "footer", "center",
}  # fmt: skip
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([\w.:-]{2,30})", re.IGNORECASE)
_UNSEEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_SPACE = re.compile(r"[ \t\r\n\f]+")


class _Words(HTMLParser):
    """Collects words; blocks begin paragraphs, cells are apart by a tab, numbered items get their number."""

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []
        self.unseen: list[str] = []  # words that the page itself hides: told, never silently mixed in
        self._silent = 0
        self._hiding: list[str] = []  # open elements since one that hides
        self._lists: list[int | None] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A block begins a paragraph."""
        given = dict(attrs)
        self._silent += tag in _SILENT
        if tag not in _EMPTY and (self._hiding or _UNSEEN.search(given.get("style") or "")):
            self._hiding.append(tag)
        if tag in {"ol", "ul"}:
            start = given.get("start") or "1"
            self._lists.append((int(start) if start.isdigit() and len(start) < 7 else 1) if tag == "ol" else None)
        if tag in _BLOCKS:
            self.parts.append("\n\n")
        elif tag == "br":
            self.parts.append("\n")
        elif tag in {"td", "th"}:
            self.parts.append("\t")
        if tag == "li" and self._lists:
            number = self._lists[-1]
            self.parts.append("\u2022 " if number is None else f"{number}. ")
            if number is not None:
                self._lists[-1] = number + 1

    def handle_endtag(self, tag: str) -> None:
        """An element is over."""
        self._silent = max(0, self._silent - (tag in _SILENT))
        if tag in self._hiding:
            while self._hiding.pop() != tag:
                pass
        if tag in {"ol", "ul"} and self._lists:
            self._lists.pop()
        if tag in _BLOCKS:
            self.parts.append("\n\n")

    def handle_data(self, data: str) -> None:
        """Words."""
        if self._hiding:
            self.unseen.append(data)
        elif not self._silent:
            self.parts.append(_SPACE.sub(" ", data))


def html_words(source: str) -> tuple[str, bool]:
    """The words a reader sees, and whether the page hides others."""
    parser = _Words()
    parser.feed(source)
    parser.close()
    text = "".join(parser.parts)
    text = re.sub(r"[ \t]*\n[ \t]*", "\n", text)
    return re.sub(r"\n{3,}", "\n\n", text).strip(), any(words.strip() for words in parser.unseen)


def decoded(data: bytes) -> str:
    """The source in the encoding it names, else UTF-8, else Windows-1252."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", "replace")
    named = _CHARSET.search(data[:4096])
    for encoding in ((named[1].decode("ascii", "replace"),) if named else ()) + ("utf-8-sig",):
        try:
            return data.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
    return data.decode("cp1252", "replace")

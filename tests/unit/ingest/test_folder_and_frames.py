from __future__ import annotations

import io

import pytest

from app.domain.text import FileStatus, Mark, MarkKind, Page
from app.ingest import frames
from app.ingest.codec import pack_parsed, unpack_parsed
from app.ingest.parsed import Parsed, ParsedText


def test_a_frame_comes_back() -> None:
    pipe = io.BytesIO()
    frames.send(pipe, {"a": "\u00e9"}, [b"x" * 10, b""])
    pipe.seek(0)
    assert frames.receive(pipe) == ({"a": "\u00e9"}, [b"x" * 10, b""])


@pytest.mark.parametrize(
    "raw", [b"", b"\0\0", b"\xff\xff\xff\xff\0\0\0\0", b"\0\0\0\x02\0\0\0\0[]", b"\0\0\0\x02\0\0\0\0{x"]
)
def test_nonsense_is_a_broken_frame(raw: bytes) -> None:
    with pytest.raises(frames.BrokenFrame):
        frames.receive(io.BytesIO(raw))


def test_a_parsed_document_comes_back() -> None:
    text = ParsedText("Page one", (Page(1, 0, 8),), "pdf", (Mark(MarkKind.HIDDEN, 0, 4, {"how": "white"}),), ("w",))
    parsed = Parsed(FileStatus.READ, text, None, None, (("a.txt", b"x"),))
    assert unpack_parsed(*pack_parsed(parsed)) == parsed


def test_offsets_beyond_the_text_are_refused() -> None:
    parsed = Parsed(FileStatus.READ, ParsedText("short", (Page(1, 0, 500),), "pdf"))
    with pytest.raises(frames.BrokenFrame):
        unpack_parsed(*pack_parsed(parsed))

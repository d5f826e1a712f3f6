"""More than 300 bad files, the same every time: what `make bench-hostile` reads and tests sample."""

from __future__ import annotations

import random
from collections.abc import Callable

from tests.hostile.made import SENTENCE, Made, docx, odt, packed, paragraph, pdf
from tests.hostile.others import bad_others
from tests.hostile.pdfs import bad_pdfs
from tests.hostile.pictures import bad_pictures, sound_pictures
from tests.hostile.words import bad_docx


def sound() -> dict[str, bytes]:
    """One good file of every kind."""
    return {
        "pdf": pdf(), "docx": docx(paragraph() * 20), "odt": odt(f"<text:p>{SENTENCE}</text:p>" * 20),
        "rtf": b"{\\rtf1\\ansi " + SENTENCE.encode() * 20 + b"\\par}",
        "html": b"<html><body><p>" + SENTENCE.encode() * 20,
        "eml": b"From: a@example.org\nSubject: x\n\n" + SENTENCE.encode() * 5, "zip": packed({"a.txt": SENTENCE}),
        "txt": SENTENCE.encode() * 20, **sound_pictures(),
    }  # fmt: skip


def mutated() -> Made:
    """Sound files cut short, with bytes changed, doubled, or under a wrong ending."""
    chance = random.Random(7)

    def cut(data: bytes) -> bytes:
        return data[: chance.randrange(1, len(data))]

    def changed(data: bytes) -> bytes:
        raw = bytearray(data)
        for _ in range(chance.choice((1, 8, 60))):
            raw[chance.randrange(len(raw))] = chance.randrange(256)
        return bytes(raw)

    def spliced(data: bytes) -> bytes:
        at = chance.randrange(len(data))
        return data[:at] + data[chance.randrange(len(data)) :]

    ways: dict[str, Callable[[bytes], bytes]] = {"cut": cut, "changed": changed, "spliced": spliced}
    files = sound()
    for kind, data in files.items():
        for name, way in ways.items():
            for number in range(6):
                yield f"{name}-{number}.{kind}", way(data)
    for kind, data in files.items():
        for ending in files:
            if ending != kind:
                yield f"really-{kind}.{ending}", data


def everything() -> Made:
    """All of them."""
    yield from bad_pdfs()
    yield from bad_docx()
    yield from bad_others()
    yield from bad_pictures()
    yield from mutated()

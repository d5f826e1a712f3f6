"""Picture files that lie about their size, go round in circles or never end."""

from __future__ import annotations

import io
import struct
import zlib

from PIL import Image, ImageDraw

from tests.hostile.made import SENTENCE, Made

_KINDS = {"png": "PNG", "jpg": "JPEG", "tif": "TIFF"}


def sound_pictures() -> dict[str, bytes]:
    """A small picture of words in every kind that is read."""
    image = Image.new("L", (560, 120), 255)
    draw = ImageDraw.Draw(image)
    for row in range(3):
        draw.text((10, 20 + 30 * row), SENTENCE[:80], fill=0)
    made: dict[str, bytes] = {}
    for ending, kind in _KINDS.items():
        out = io.BytesIO()
        image.save(out, kind, dpi=(100, 100))
        made[ending] = out.getvalue()
    return made


def png(width: int, height: int, rows: bytes) -> bytes:
    """A picture of one bit a pixel, whatever its rows hold."""
    parts = (b"IHDR", struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)), (b"IDAT", zlib.compress(rows, 9)), (
        b"IEND", b"",
    )  # fmt: skip
    chunks = [struct.pack(">I", len(d)) + kind + d + struct.pack(">I", zlib.crc32(kind + d)) for kind, d in parts]
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


def tif(frames: int, wide: int = 8, back: bool = False) -> bytes:
    """Frames of one row each; `back`: the last names the first as the next."""
    out = bytearray(b"II*\x00" + struct.pack("<I", 8))
    tags = 9
    size = 2 + 12 * tags + 4
    for number in range(frames):
        at = 8 + size * number
        after = (8 if back else 0) if number == frames - 1 else at + size
        fields = ((256, wide), (257, 1), (258, 1), (259, 1), (262, 1), (273, 4), (277, 1), (278, 1), (279, wide // 8))
        out += struct.pack("<H", tags) + b"".join(struct.pack("<HHII", tag, 4, 1, value) for tag, value in fields)
        out += struct.pack("<I", after)
    return bytes(out)


def bad_pictures() -> Made:
    """All of them."""
    yield "billions.png", png(60_000, 60_000, b"\0" * 1000)
    yield "bomb.png", png(20_000, 20_000, b"\0" * (2501 * 20_000))
    yield "long.png", png(8, 2_000_000, b"\0\xaa" * 2_000_000)
    yield "wide.png", png(2_000_000, 4, (b"\0" + b"\xaa" * 250_000) * 4)
    yield "largest.png", png(9_000, 9_000, b"\0" * (1126 * 9_000))
    yield "no-pixels.png", png(0, 0, b"")
    yield "circle.tif", tif(3, back=True)
    yield "frames.tif", tif(5_000)
    yield "frames-few.tif", tif(400)
    yield "lying.tif", tif(1, wide=1_000_000_000)
    yield "head.jpg", b"\xff\xd8\xff\xe0" + b"\0" * 50
    yield "head.bmp", b"BM" + b"\xff" * 60
    yield "head.gif", b"GIF89a\xff\xff\xff\xff" + b"\0" * 40

"""Picture files of a data room (.tif, .jpg, .png): put on pages like a scan. Runs in the sandboxed child only."""

from __future__ import annotations

import pymupdf

from app.domain.text import FileStatus
from app.ingest.parsed import Parsed, failed
from app.ingest.pdf_trust import usual_share

_KINDS = (b"\x89PNG", b"\xff\xd8\xff", b"II*\x00", b"MM\x00*", b"GIF8", b"BM")
MAX_PIXELS = 100_000_000  # of one page: A3 at 600 dpi has 70 million
_MAX_PAGES = 500
_LARGEST, _PAGE = 1300.0, (612.0, 792.0)  # points: beyond A2, the file's resolution is not the paper's (72 for a photo)
_FEWEST_WORDS = 25
_PROSE = 0.08  # share of usual words


def is_picture(data: bytes) -> bool:
    """Whether these are the bytes of a picture that can be put on pages."""
    return data.startswith(_KINDS)


def as_pages(data: bytes) -> pymupdf.Document | Parsed:
    """A PDF with a page for each picture in the file, as large as its paper was; or why there is none."""
    try:
        pictures = pymupdf.open(stream=data)
        count = pictures.page_count
    except Exception:
        return failed(FileStatus.DAMAGED, "The picture is damaged and could not be opened; ask for another copy.")
    if count > _MAX_PAGES:
        reason = f"The picture file has {count} pages, more than {_MAX_PAGES}; split it and add the parts."
        return failed(FileStatus.TOO_LARGE, reason)
    if not count:
        return failed(FileStatus.DAMAGED, "The picture file holds no picture; ask for another copy.")
    try:
        if any(_pixels(pictures[number]) > MAX_PIXELS for number in range(count)):
            return failed(FileStatus.TOO_LARGE, "The picture has too many pixels; save it smaller, then add it again.")
        return _on_paper(pymupdf.open("pdf", pictures.convert_to_pdf()))
    except MemoryError:
        raise
    except Exception:
        return failed(FileStatus.DAMAGED, "The picture is damaged and could not be read; ask for another copy.")


def _pixels(page: pymupdf.Page) -> int:
    return max((info["width"] * info["height"] for info in page.get_image_info()), default=0)


def _on_paper(pages: pymupdf.Document) -> pymupdf.Document:
    """The same pages, those of an impossible size shrunk to a sheet: the engine must know how large letters are."""
    if all(max(page.rect.width, page.rect.height) <= _LARGEST for page in pages):
        return pages
    sheets = pymupdf.open()
    for page in pages:
        wide, high = page.rect.width, page.rect.height
        room = _PAGE if wide <= high else _PAGE[::-1]
        scale = min(1.0, room[0] / wide, room[1] / high) if max(wide, high) > _LARGEST else 1.0
        sheet = sheets.new_page(width=wide * scale, height=high * scale)
        sheet.show_pdf_page(sheet.rect, pages, page.number)
    return sheets


def words_or_none(parsed: Parsed) -> Parsed:
    """What was read, unless the picture is a logo or photograph with hardly a word: that is no contract to assess."""
    text = parsed.accepted.text if parsed.accepted else ""
    if parsed.accepted is None or (len(text.split()) >= _FEWEST_WORDS and usual_share(text) >= _PROSE):
        return parsed
    return failed(FileStatus.EMPTY, "A picture with hardly a word, which was not assessed: look at it yourself.")

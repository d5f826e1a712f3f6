"""`privity text`, `privity locate` and `privity verify`: what was read, and where it stands."""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict

from app.domain.text import View
from app.errors import UserError
from app.services.passwords import read_passwords
from app.services.reading_files import locate_span, read_file, sections_of
from app.services.relations import terms_of
from app.services.verifying import verify_report


def show_text(arguments: argparse.Namespace) -> int:
    """Print the text, or with --json everything about it."""
    outcome = read_file(arguments.file, _password(arguments))
    text = outcome.accepted
    if arguments.view == View.ORIGINAL.value and outcome.original is not None:
        text = outcome.original
    if not arguments.json:
        if text is None:
            raise UserError(outcome.reason or "The file could not be read.")
        print(text.text)
        return 0
    record = {
        "status": outcome.status.value,
        "reason": outcome.reason,
        "text": text.text if text else "",
        "text_id": text.text_id if text else None,
        "view": text.view.value if text else None,
        "page_source": text.page_source if text else None,
        "pages": [asdict(page) for page in text.pages] if text else [],
        "sections": [asdict(section) for section in sections_of(text)] if text else [],
        "warnings": list(text.warnings) if text else [],
        "marks": [asdict(mark) for mark in text.marks] if text else [],
        "terms": [asdict(term) for term in terms_of(text)] if text else [],
    }
    print(json.dumps(record, ensure_ascii=False))
    return 0


def _password(arguments: argparse.Namespace) -> str | None:
    """The password that the --passwords file gives for the one file."""
    return read_passwords(arguments.passwords).get(arguments.file.name)


def locate(arguments: argparse.Namespace) -> int:
    """Print page and rectangles of a span as JSON."""
    text, rectangles = locate_span(arguments.file, arguments.start, arguments.end, _password(arguments))
    print(
        json.dumps(
            {
                "text_id": text.text_id,
                "quote": text.text[arguments.start : arguments.end],
                "page": text.page_at(arguments.start),
                "rectangles": [asdict(rectangle) for rectangle in rectangles],
            },
            ensure_ascii=False,
        )
    )
    return 0


def verify(arguments: argparse.Namespace) -> int:
    """Print what fails; 0 where every quote stands, 1 where one does not."""
    lines, sound = verify_report(arguments.report, arguments.folder, read_passwords(arguments.passwords))
    print("\n".join(lines))
    return 0 if sound else 1

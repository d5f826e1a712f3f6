"""Open items: what a person still has to settle."""

from __future__ import annotations

from collections import Counter

from app.domain.review import ContractReview
from app.domain.type_names import type_name
from app.report.outline import FileEntry, Flag
from app.report.outline_dates import date_name, iso_date
from app.report.outline_files import page_list
from app.report.quotes import capital, clean, spelled


def open_items(pairs: list[tuple[ContractReview, FileEntry]], live: tuple[Flag, ...]) -> tuple[tuple[str, str], ...]:
    """What a person still has to settle, a sentence each."""
    items: list[tuple[str, str]] = []
    for item, _ in pairs:
        name = clean(item.contract.name)
        if item.text is None:
            items.append((name, f"Not analysed: {clean(item.document.reason or item.document.status)}"))
        if item.contract.our_role.value == "unknown":
            items.append((name, "Our side is not known: rules that depend on the side were not checked."))
        weak = [
            p.number for p in (item.text.pages if item.text else ()) if p.confidence is not None and p.confidence < 80
        ]
        if weak:
            pages = (
                f"{page_list(weak).capitalize()} {'was' if len(weak) == 1 else 'were'} recognised with low confidence"
            )
            items.append((name, f"{pages}: compare with the image."))
        against = Counter(
            type_name(c.type) for c in item.clauses if c.reported and c.margin is not None and c.margin < 0
        )
        if against:
            listed = ", ".join(f"{kind} ({count})" for kind, count in sorted(against.items()))
            items.append((name, f"The model disagreed with what is reported: {listed}."))
        for entry in item.key_dates:
            if not iso_date(entry.get("date")):
                why = spelled(clean(str(entry.get("formula") or ""))).rstrip(".")
                said = f"{date_name(entry)}. {capital(why)}{'.' if why else ''}"
                items.append((name, f"Key date without an answer: {said}"))
    for flag in live:
        if flag.state.standing.value == "changed: confirm again":
            items.append(
                (flag.contract, f"Finding {flag.number}: the facts changed after the decision; confirm it again.")
            )
        if flag.pending:
            items.append((flag.contract, flag.pending.replace("This finding", f"Finding {flag.number}", 1)))
    return tuple((name, sentence.strip()) for name, sentence in items)

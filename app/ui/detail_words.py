"""What stands behind a finding, in words: the rule, what was read, the evidence of an absence, other places. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from PySide6.QtCore import QCoreApplication

from app.domain.findings import Finding, FindingState
from app.domain.standard_form import FormDeviation
from app.ui import words


@dataclass(frozen=True, slots=True)
class Place:
    """A place to go to, and what it is called."""

    name: str
    start: int
    end: int


def _tr(text: str) -> str:
    return QCoreApplication.translate("Behind", text)


def basis(finding: Finding, playbook: str) -> str:
    """The rule, its playbook, and what was read that it speaks of."""
    rule = _tr("Rule \u201c{0}\u201d").format(words.plain(finding.rule))
    lines = [f"{rule}, {playbook}" if playbook else rule]
    shown, who = str(finding.values.get("display") or ""), str(finding.values.get("who") or "")
    if shown:
        given = _tr("Value given by a lawyer: {0}") if finding.values.get("corrected") else _tr("Value read: {0}")
        lines.append(given.format(words.value(shown)))
    if who:
        lines.append(_tr("Who: {0}").format(_tr("both sides") if who == "mutual" else who))
    return "\n".join(lines)


def beside(states: Sequence[FindingState]) -> str:
    """The other findings on the same words: the rule, how grave it is, and its reason."""
    return "\n\n".join(
        _tr("{0} ({1}): {2}").format(
            words.plain(state.finding.rule),
            words.severity(state.effective_severity.value),
            state.explanation or state.finding.explanation,
        )
        for state in states
    )


def evidence(finding: Finding) -> str:
    """How an absence was looked for, "" for what is no absence."""
    found = _evidence(finding)
    if not found:
        return ""
    read, unread = found.get("pages_read"), found.get("pages_unread") or ()
    lines = [_tr("Pages read: {0}.").format(read) if read else _tr("The whole text was read.")]
    if unread:
        lines.append(_tr("Not readable: pages {0}.").format(", ".join(str(page) for page in unread)))
    if sought := _sought(found.get("words_searched") or ()):
        lines.append(_tr("Words searched: {0}. Places with them: {1}.").format(sought, found.get("hits", 0)))
    near = found.get("nearest")
    if isinstance(near, Mapping) and near.get("quote"):
        quote = " ".join(str(near["quote"]).split())
        share = round(float(near.get("score") or 0) * 100)
        lines.append(_tr("Nearest passage ({0} % likely): \u201c{1}\u201d").format(share, quote))
    return "\n".join(lines)


def places(finding: Finding) -> list[Place]:
    """Further places that belong to the finding, in the order of the text."""
    found = []
    for entry in (*_entries(finding.values.get("also")), *_entries(finding.values.get("places"))):
        start, end = entry.get("start"), entry.get("end")
        if isinstance(start, int) and isinstance(end, int):
            found.append(Place(_called(entry), start, end))
    near = _evidence(finding).get("nearest")
    if isinstance(near, Mapping) and isinstance(near.get("start"), int):
        found.append(Place(_tr("nearest passage"), near["start"], int(near.get("end") or near["start"])))
    if [place.start for place in found] == [finding.start]:
        return []  # the quoted words alone
    return _told_apart(sorted(found, key=lambda place: place.start))


def _told_apart(places: list[Place]) -> list[Place]:
    """Places of one name get numbers: p. 1, (2), (3)."""
    seen: Counter[str] = Counter()
    named = []
    for place in places:
        seen[place.name] += 1
        again = seen[place.name]
        named.append(place if again == 1 else replace(place, name=f"({again})"))
    return named


def _called(entry: Mapping[str, Any]) -> str:
    if entry.get("where"):
        return str(entry["where"])
    clause, page = entry.get("clause"), entry.get("page")
    parts = [_tr("clause {0}").format(clause) if clause else "", words.page(page) if isinstance(page, int) else ""]
    return ", ".join(part for part in parts if part) or _tr("in the text")


def _entries(value: Any) -> Sequence[Mapping[str, Any]]:
    return [entry for entry in value if isinstance(entry, Mapping)] if isinstance(value, list | tuple) else ()


def _evidence(finding: Finding) -> Mapping[str, Any]:
    found = finding.values.get("evidence")
    return found if isinstance(found, Mapping) else {}


def _sought(searched: Sequence[Any]) -> str:
    return ", ".join(" ".join(str(word).split()) for word in searched if str(word).strip())


def departure(found: FormDeviation) -> str:
    """How a clause departs from the standard form: values, words, and the form's own wording."""
    lines = [
        _tr("{0}: {1} in the form, {2} here").format(words.clause_type(kind), words.value(old), words.value(new))
        for kind, old, new in found.values
    ]
    for old, new in found.words:
        before, after = " ".join(old.split()), " ".join(new.split())
        if not before:
            lines.append(_tr("Added: {0}").format(after))
        elif not after:
            lines.append(_tr("Taken out: {0}").format(before))
        else:
            lines.append(_tr("Form: {0}\nHere: {1}").format(before, after))
    quote = " ".join(found.form_quote.split())
    if quote and not found.words:
        lines.append(_tr("The form says: \u201c{0}\u201d").format(quote))
    if not quote:
        lines.append(_tr("The form has no such clause."))
    return "\n\n".join(lines)

"""Editing playbooks: drafts of bundled ones and of one's own; and what a draft would change in a matter."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from app.analysis.playbooks import parse_playbook
from app.analysis.playbooks_edit import flatten, limits_of, remove_rule, rename, set_number, set_values
from app.analysis.screener import Screener
from app.domain.findings import Finding
from app.domain.matter import Contract
from app.domain.playbook import Playbook
from app.domain.progress import CancelToken
from app.domain.review import PlaybookRef
from app.domain.text import View
from app.errors import UserError
from app.paths import resources
from app.services.analysing import Analyst, Job, Read
from app.services.api_playbooks import PlaybookChange, PlaybookDraft, PlaybookEffect, PlaybookLimit
from app.services.playbook_rules import rules_of
from app.services.playbooks import all_playbooks, find_playbook, playbook_for
from app.services.relations import Kin, kin_of
from app.storage.database import MatterDatabase

_OWN = "-own"


def _draft(source: str, text: str) -> PlaybookDraft:
    book = parse_playbook(text.encode("utf-8"), "The playbook")
    limits = tuple(
        PlaybookLimit(place, limit.rule, limit.subject, limit.test, limit.number)
        for place, limit in enumerate(limits_of(text))
    )
    return PlaybookDraft(source, text, book.name, book.title, tuple(rules_of(book)), limits)


class PlaybookShelf:
    """The user's own playbooks in a folder; implements services.api_playbooks.PlaybookEditor."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def refs(self) -> list[PlaybookRef]:
        """The user's own playbooks, chosen by their path; one that cannot be read is left out."""
        found = []
        for path in sorted(self._folder.glob("*.yaml")):
            try:
                found.append(replace(find_playbook(str(path)).ref, name=str(path)))
            except UserError:
                continue
        return found

    def draft_playbook(self, name: str) -> PlaybookDraft:
        """Its YAML; of a bundled one a copy with a name of its own, inherited rules written out."""
        path = Path(name)
        if path.is_file():
            return _draft(name, path.read_text("utf-8-sig"))
        folder = resources() / "playbooks"
        text = (folder / f"{find_playbook(name).name}.yaml").read_text("utf-8-sig")
        base = re.search(r"(?m)^extends:\s*(\S+)", text)
        if base:
            text = flatten(text, (folder / base.group(1)).read_text("utf-8-sig"))
        book = find_playbook(name)
        title = book.title.replace(" (starter)", "") + " (own)"
        return _draft(name, rename(text, [("playbook", book.name + _OWN), ("title", title)]))

    def check_playbook(self, draft: PlaybookDraft, text: str) -> PlaybookDraft:
        """The draft with other YAML; raises UserError with the line that is wrong."""
        return _draft(draft.source, text)

    def change_rule(self, draft: PlaybookDraft, rule: str, values: Mapping[str, str]) -> PlaybookDraft:
        """Other words or another severity for a position."""
        return _draft(draft.source, set_values(draft.text, rule, values))

    def change_limit(self, draft: PlaybookDraft, place: int, number: float) -> PlaybookDraft:
        """Another number."""
        return _draft(draft.source, set_number(draft.text, place, number))

    def drop_rule(self, draft: PlaybookDraft, rule: str) -> PlaybookDraft:
        """Without a position."""
        return _draft(draft.source, remove_rule(draft.text, rule))

    def save_playbook(self, draft: PlaybookDraft) -> PlaybookRef:
        """Keep it; a bundled playbook's name is refused, so that a report's basis is never in doubt."""
        if any(book.name == draft.name for book in all_playbooks()):
            raise UserError(f"The name {draft.name} belongs to a bundled playbook: change the line 'playbook:'.")
        book = parse_playbook(draft.text.encode("utf-8"), "The playbook")
        path = self._folder / f"{draft.name}.yaml"
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            fresh = path.with_suffix(".new")
            fresh.write_text(draft.text, "utf-8")
            fresh.replace(path)
        except OSError as error:
            raise UserError(f"The playbook could not be saved: {error.strerror}.") from None
        return replace(book.ref, name=str(path))


def preview(
    database: MatterDatabase, screener: Screener, draft: PlaybookDraft, cancel: CancelToken
) -> Iterator[PlaybookEffect]:  # fmt: skip
    """What a draft would change in every contract that its source is used for; nothing is stored."""
    book = parse_playbook(draft.text.encode("utf-8"), "The playbook")
    matter = database.matter()
    contracts = {contract.contract_id: contract for contract in database.contracts()}
    source = find_playbook(draft.source).sha256
    used = [c for c in contracts.values() if playbook_for(c, None, matter.playbook).sha256 == source]
    analyst = Analyst(database, screener)
    changes: list[PlaybookChange] = []
    for done, contract in enumerate(used, 1):
        cancel.check()
        changes += _changes(database, analyst, contract, kin_of(contract, contracts), book)
        yield PlaybookEffect(done, len(used), tuple(changes))
    if not used:
        yield PlaybookEffect(0, 0, ())


def _changes(
    database: MatterDatabase, analyst: Analyst, contract: Contract, kin: Kin, book: Playbook
) -> list[PlaybookChange]:  # fmt: skip
    document = next(d for d in database.documents() if d.sha256 == contract.parts[0].document_sha256)
    current = database.current_assessment(contract.contract_id)
    texts = database.latest_texts(document.sha256)
    if current is None or View.ACCEPTED not in texts:
        return []
    text = database.text(texts[View.ACCEPTED])
    original = database.text(texts[View.ORIGINAL]) if View.ORIGINAL in texts else None
    unread = tuple(page.number for page in text.pages if page.unreadable)
    job = Job(contract, text, original, document.language or "en", unread)
    before = {finding.finding_key: finding for finding in current[0].findings}
    found = analyst.judge(job, Read(current[0].clauses, None), book, database.matter(), kin)
    after = {finding.finding_key: finding for finding in found.findings}
    titles = {rule.rule_id: rule.title for rule in book.rules}

    def change(key: str) -> PlaybookChange:
        old, new = before.get(key), after.get(key)
        one = new or old
        assert one is not None
        return PlaybookChange(contract.contract_id, contract.name, _title(one, titles), _grave(old), _grave(new))

    keys = [
        key for key in (*before, *(k for k in after if k not in before)) if _differs(before.get(key), after.get(key))
    ]
    return [change(key) for key in keys]


def _differs(old: Finding | None, new: Finding | None) -> bool:
    return old is None or new is None or old.severity is not new.severity


def _grave(finding: Finding | None) -> str | None:
    return finding.severity.value if finding is not None else None


def _title(finding: Finding, titles: Mapping[str, str]) -> str:
    return titles.get(finding.rule) or finding.clause_type or finding.rule

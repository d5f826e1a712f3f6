"""What a draft of a playbook would change in a matter; nothing is stored."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from app.analysis.playbooks import parse_playbook
from app.analysis.screener import Screener
from app.domain.findings import Finding
from app.domain.matter import Contract
from app.domain.playbook import Playbook
from app.domain.progress import CancelToken
from app.domain.text import View
from app.services.analysing import Analyst, Job, Read
from app.services.api_playbooks import PlaybookChange, PlaybookDraft, PlaybookEffect
from app.services.playbooks import find_playbook, playbook_for
from app.services.relations import Kin, kin_of
from app.storage.database import MatterDatabase


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

"""Editing playbooks: drafts of bundled ones and of one's own."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from app.domain.review import PlaybookRef
from app.errors import UserError
from app.paths import resources
from app.services.api_playbooks import PlaybookDraft, PlaybookLimit

_OWN = "-own"


def _draft(source: str, text: str) -> PlaybookDraft:
    from app.analysis.playbooks import parse_playbook
    from app.analysis.playbooks_edit import limits_of
    from app.services.playbook_rules import rules_of

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
        from app.services.playbooks import find_playbook

        found = []
        for path in sorted(self._folder.glob("*.yaml")):
            try:
                found.append(replace(find_playbook(str(path)).ref, name=str(path)))
            except UserError:
                continue
        return found

    def draft_playbook(self, name: str) -> PlaybookDraft:
        """Its YAML; of a bundled one a copy with a name of its own, inherited rules written out."""
        from app.analysis.playbooks_edit import flatten, rename
        from app.services.playbooks import find_playbook

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
        from app.analysis.playbooks_edit import set_values

        return _draft(draft.source, set_values(draft.text, rule, values))

    def change_limit(self, draft: PlaybookDraft, place: int, number: float) -> PlaybookDraft:
        """Another number."""
        from app.analysis.playbooks_edit import set_number

        return _draft(draft.source, set_number(draft.text, place, number))

    def drop_rule(self, draft: PlaybookDraft, rule: str) -> PlaybookDraft:
        """Without a position."""
        from app.analysis.playbooks_edit import remove_rule

        return _draft(draft.source, remove_rule(draft.text, rule))

    def save_playbook(self, draft: PlaybookDraft) -> PlaybookRef:
        """Keep it; a bundled playbook's name is refused, so that a report's basis is never in doubt."""
        from app.analysis.playbooks import parse_playbook
        from app.services.playbooks import all_playbooks

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

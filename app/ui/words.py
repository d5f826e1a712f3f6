"""The words for the domain's terms, translatable."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication, QDate, QLocale

_CONTEXT = "Terms"
_ISO = re.compile(r"\b\d{4}-\d\d-\d\d\b")
_SEVERITIES = {
    "critical": QT_TRANSLATE_NOOP("Terms", "Critical"),
    "high": QT_TRANSLATE_NOOP("Terms", "High"),
    "medium": QT_TRANSLATE_NOOP("Terms", "Medium"),
    "low": QT_TRANSLATE_NOOP("Terms", "Low"),
    "info": QT_TRANSLATE_NOOP("Terms", "For information"),
}
_ANSWERS = {
    "present": QT_TRANSLATE_NOOP("Terms", "Present"),
    "risk": QT_TRANSLATE_NOOP("Terms", "Risk"),
    "missing": QT_TRANSLATE_NOOP("Terms", "Missing"),
    "unclear": QT_TRANSLATE_NOOP("Terms", "Unclear: see passage"),
    "not checked": QT_TRANSLATE_NOOP("Terms", "Not checked"),
}
_ITEMS = {
    "queued": QT_TRANSLATE_NOOP("Terms", "Queued"),
    "reading": QT_TRANSLATE_NOOP("Terms", "Reading the file"),
    "screening": QT_TRANSLATE_NOOP("Terms", "Screening clauses"),
    "model": QT_TRANSLATE_NOOP("Terms", "Model is reading"),
    "assessing": QT_TRANSLATE_NOOP("Terms", "Checking the playbook"),
    "done": QT_TRANSLATE_NOOP("Terms", "Done"),
    "failed": QT_TRANSLATE_NOOP("Terms", "Not analysed"),
}
_STATUSES = {
    "read": QT_TRANSLATE_NOOP("Terms", "Read"),
    "partly read": QT_TRANSLATE_NOOP("Terms", "Partly read"),
    "password needed": QT_TRANSLATE_NOOP("Terms", "Password needed"),
    "damaged": QT_TRANSLATE_NOOP("Terms", "Damaged"),
    "empty": QT_TRANSLATE_NOOP("Terms", "Empty"),
    "unsupported": QT_TRANSLATE_NOOP("Terms", "Not a supported type"),
    "too large": QT_TRANSLATE_NOOP("Terms", "Too large"),
    "timed out": QT_TRANSLATE_NOOP("Terms", "Took too long"),
    "unreadable": QT_TRANSLATE_NOOP("Terms", "Cannot be opened"),
    "duplicate": QT_TRANSLATE_NOOP("Terms", "Duplicate"),
}
_STANDINGS = {
    "undecided": QT_TRANSLATE_NOOP("Terms", "Undecided"),
    "changed: confirm again": QT_TRANSLATE_NOOP("Terms", "Changed since: confirm again"),
    "no longer raised": QT_TRANSLATE_NOOP("Terms", "No longer raised"),
}
_KINDS = {
    "risk": QT_TRANSLATE_NOOP("Terms", "Risk"),
    "missing": QT_TRANSLATE_NOOP("Terms", "Missing clause"),
    "unclear": QT_TRANSLATE_NOOP("Terms", "Unclear"),
    "not checked": QT_TRANSLATE_NOOP("Terms", "Not checked"),
    "hidden text": QT_TRANSLATE_NOOP("Terms", "Hidden text"),
    "drafting": QT_TRANSLATE_NOOP("Terms", "Drafting"),
}
_TYPES = {
    "Rofr/Rofo/Rofn": QT_TRANSLATE_NOOP("Terms", "Right of first refusal or offer"),
    "Ip Ownership Assignment": QT_TRANSLATE_NOOP("Terms", "IP ownership assignment"),
    "Joint Ip Ownership": QT_TRANSLATE_NOOP("Terms", "Joint IP ownership"),
    "Most Favored Nation": QT_TRANSLATE_NOOP("Terms", "Most favoured nation"),
    "License Grant": QT_TRANSLATE_NOOP("Terms", "Licence grant"),
    "Non-Transferable License": QT_TRANSLATE_NOOP("Terms", "Non-transferable licence"),
    "Affiliate License-Licensor": QT_TRANSLATE_NOOP("Terms", "Affiliate licence (licensor)"),
    "Affiliate License-Licensee": QT_TRANSLATE_NOOP("Terms", "Affiliate licence (licensee)"),
    "Unlimited/All-You-Can-Eat-License": QT_TRANSLATE_NOOP("Terms", "Unlimited licence"),
    "Irrevocable Or Perpetual License": QT_TRANSLATE_NOOP("Terms", "Irrevocable or perpetual licence"),
    "Revenue/Profit Sharing": QT_TRANSLATE_NOOP("Terms", "Revenue or profit sharing"),
}

_CONTRACT_KINDS = {
    "unknown": QT_TRANSLATE_NOOP("Terms", "Kind unknown"),
    "nda": QT_TRANSLATE_NOOP("Terms", "Confidentiality (NDA)"),
    "services": QT_TRANSLATE_NOOP("Terms", "Services"),
    "licence": QT_TRANSLATE_NOOP("Terms", "Licence"),
    "supply": QT_TRANSLATE_NOOP("Terms", "Supply"),
    "distribution": QT_TRANSLATE_NOOP("Terms", "Distribution"),
    "franchise": QT_TRANSLATE_NOOP("Terms", "Franchise"),
    "employment": QT_TRANSLATE_NOOP("Terms", "Employment"),
    "consulting": QT_TRANSLATE_NOOP("Terms", "Consulting"),
    "data processing": QT_TRANSLATE_NOOP("Terms", "Data processing"),
    "joint venture": QT_TRANSLATE_NOOP("Terms", "Joint venture"),
    "amendment": QT_TRANSLATE_NOOP("Terms", "Amendment"),
    "other": QT_TRANSLATE_NOOP("Terms", "Other agreement"),
}
_ROLES = {
    "unknown": QT_TRANSLATE_NOOP("Terms", "our side unknown"),
    "customer": QT_TRANSLATE_NOOP("Terms", "we are the customer"),
    "supplier": QT_TRANSLATE_NOOP("Terms", "we are the supplier"),
    "licensee": QT_TRANSLATE_NOOP("Terms", "we are the licensee"),
    "licensor": QT_TRANSLATE_NOOP("Terms", "we are the licensor"),
    "discloser": QT_TRANSLATE_NOOP("Terms", "we disclose"),
    "recipient": QT_TRANSLATE_NOOP("Terms", "we receive"),
    "employer": QT_TRANSLATE_NOOP("Terms", "we are the employer"),
    "employee": QT_TRANSLATE_NOOP("Terms", "we are the employee"),
    "controller": QT_TRANSLATE_NOOP("Terms", "we are the controller"),
    "processor": QT_TRANSLATE_NOOP("Terms", "we are the processor"),
    "target": QT_TRANSLATE_NOOP("Terms", "we look at the target"),
    "mutual": QT_TRANSLATE_NOOP("Terms", "mutual"),
}
_PARTS = {
    "base": QT_TRANSLATE_NOOP("Terms", "the base"),
    "amendment": QT_TRANSLATE_NOOP("Terms", "an amendment"),
    "schedule": QT_TRANSLATE_NOOP("Terms", "a schedule"),
    "side letter": QT_TRANSLATE_NOOP("Terms", "a side letter"),
}
_TESTS = {
    "above": QT_TRANSLATE_NOOP("Terms", "above"),
    "at_least": QT_TRANSLATE_NOOP("Terms", "at least"),
    "below": QT_TRANSLATE_NOOP("Terms", "below"),
    "at_most": QT_TRANSLATE_NOOP("Terms", "at most"),
}
_STRUCTURES = {
    "unknown": QT_TRANSLATE_NOOP("Terms", "Not known yet"),
    "share": QT_TRANSLATE_NOOP("Terms", "Share deal"),
    "asset": QT_TRANSLATE_NOOP("Terms", "Asset deal"),
    "merger": QT_TRANSLATE_NOOP("Terms", "Merger"),
}
_TERMS = {
    "defined twice": QT_TRANSLATE_NOOP("Terms", "defined twice"),
    "never used": QT_TRANSLATE_NOOP("Terms", "never used"),
}
_EXAMPLES = {
    "Agreement Date": QT_TRANSLATE_NOOP("Terms", "For example: 30 June 2026"),
    "Effective Date": QT_TRANSLATE_NOOP("Terms", "For example: 30 June 2026"),
    "Expiration Date": QT_TRANSLATE_NOOP("Terms", "For example: 30 June 2026, or perpetual"),
    "Renewal Term": QT_TRANSLATE_NOOP("Terms", "For example: 1 year"),
    "Notice Period To Terminate Renewal": QT_TRANSLATE_NOOP("Terms", "For example: 90 days"),
    "Governing Law": QT_TRANSLATE_NOOP("Terms", "For example: England and Wales"),
}
_ACTIONS = {
    "accept": QT_TRANSLATE_NOOP("Terms", "Accepted"),
    "reject": QT_TRANSLATE_NOOP("Terms", "Rejected"),
    "edit": QT_TRANSLATE_NOOP("Terms", "Wording changed"),
    "severity": QT_TRANSLATE_NOOP("Terms", "Risk set"),
    "note": QT_TRANSLATE_NOOP("Terms", "Note"),
    "undo": QT_TRANSLATE_NOOP("Terms", "Taken back"),
}
_CHANGES = {
    "changed": QT_TRANSLATE_NOOP("Terms", "changed"),
    "added": QT_TRANSLATE_NOOP("Terms", "only here"),
    "removed": QT_TRANSLATE_NOOP("Terms", "left out"),
    "same": QT_TRANSLATE_NOOP("Terms", "as in the form"),
}


def _tr(word: object) -> str:
    return QCoreApplication.translate(_CONTEXT, str(word))


def _look(table: Mapping[str, object], key: str) -> str:
    return _tr(table.get(key, key))


def severity(value: str) -> str:
    """ "critical" as shown."""
    return _look(_SEVERITIES, value)


def answer(value: str) -> str:
    """A grid answer as shown."""
    return _look(_ANSWERS, value)


def item_status(value: str) -> str:
    """An import row's status as shown."""
    return _look(_ITEMS, value)


def file_status(value: str) -> str:
    """A document's status as shown."""
    return _look(_STATUSES, value)


def standing(value: str) -> str:
    """How a decision stands, as shown."""
    return _look(_STANDINGS, value)


def finding_kind(value: str) -> str:
    """A finding's kind as shown."""
    return _look(_KINDS, value)


def clause_type(name: str) -> str:
    """A clause type as a sentence: "Change of control"."""
    return _tr(_TYPES.get(name, name[:1] + name[1:].lower() if name else name))


def contract_kind(value: str) -> str:
    """What sort of agreement, as shown."""
    return _look(_CONTRACT_KINDS, value)


def role(value: str) -> str:
    """Which side our client is on, as shown."""
    return _look(_ROLES, value)


def part_role(value: str) -> str:
    """What a document is to its contract, as shown."""
    return _look(_PARTS, value)


def structure(value: str) -> str:
    """How the deal is done, as shown."""
    return _look(_STRUCTURES, value)


def limit(subject: str, test: str) -> str:
    """What a number of a playbook limits: "Notice days above"."""
    return f"{plain(subject)} {_look(_TESTS, test)}"


def check(test: str) -> str:
    """A position's test for people to read: "a clause on Cap On Liability: years of fees below 1"."""
    return re.sub(r"(?<=[a-z])[_.](?=[a-z])", " ", test)


def plain(identifier: str) -> str:
    """A rule's identifier as words: "liability-cap_missing" becomes "Liability cap missing"."""
    words = identifier.replace("-", " ").replace("_", " ").replace(".", " ").strip()
    return words[:1].upper() + words[1:]


def day(date: dt.date) -> str:
    """A date as the user's locale writes it, short month, no ambiguity."""
    return QLocale().toString(QDate(date.year, date.month, date.day), "d MMM yyyy")


def value(display: str) -> str:
    """A clause's value as shown: ISO dates as the user's locale writes them."""
    try:
        return day(dt.date.fromisoformat(display)) if len(display) == 10 else display
    except ValueError:
        return display


def dated(text: str) -> str:
    """A sentence with its ISO dates as the user's locale writes them."""
    return _ISO.sub(lambda found: value(found.group()), text)


def moment(time: dt.datetime) -> str:
    """A UTC time as local day and time."""
    local = time.astimezone()
    return f"{day(local.date())}, {local:%H:%M}"


def duration(seconds: float) -> str:
    """ "about 4 min" for what is left."""
    if seconds < 60:
        return _tr("less than a minute")
    if seconds < 5400:
        return _tr("about {0} min").format(round(seconds / 60))
    return _tr("about {0} h {1} min").format(int(seconds // 3600), int(seconds % 3600 // 60))


def page(number: int) -> str:
    """ "p. 3" """
    return _tr("p. {0}").format(number)


def pages(count: int) -> str:
    """ "12 pages" """
    return _tr("{0} pages").format(count) if count != 1 else _tr("1 page")


def missing(clause: str) -> str:
    """What the finding that a clause is not there is called."""
    return _tr("No clause: {0}").format(clause)


def accepted() -> str:
    """The decision to accept, as shown."""
    return _tr("Accepted")


def rejected() -> str:
    """The decision to reject, as shown."""
    return _tr("Rejected")


def term_remark(value: str) -> str:
    """What is odd about a defined term, as shown."""
    return _look(_TERMS, value)


def sentence_case(text: str) -> str:
    """Words in one case: "Effective Date" becomes "Effective date", "End of the term" stays."""
    return text[:1] + text[1:].lower() if text.istitle() else plain(text)


def example(clause_type: str) -> str:
    """What a value of the type looks like, "" where anything goes."""
    return _look(_EXAMPLES, clause_type) if clause_type in _EXAMPLES else ""


def waiting(count: int) -> str:
    """The button that asks for what dates wait for."""
    return _tr("Answer for 1 date\u2026") if count == 1 else _tr("Answer for {0} dates\u2026").format(count)


def conflict(action: str, said: str, user: str, time: dt.datetime) -> str:
    """What a colleague decided: "Rejected by B. Okafor, 3 May 2026, 10:02"."""
    done = _look(_ACTIONS, action)
    if said:
        done += f": {severity(said) if action == 'severity' else said}"
    return _tr("{0} by {1}, {2}").format(done, user, moment(time))


def change(value: str) -> str:
    """What became of a clause of the standard form, as shown."""
    return _look(_CHANGES, value)

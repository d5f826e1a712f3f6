"""The words for the domain's terms, translatable."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping

from PySide6.QtCore import QCoreApplication, QDate, QLocale

from app.ui import words_tables as tables

_CONTEXT = "Terms"
_SHORT = frozenset(("dpa", "nda", "ip", "mfn", "sla", "gdpr", "uk", "us", "eu", "rofr"))  # said by their letters
_ISO = re.compile(r"\b\d{4}-\d\d-\d\d\b")


def _tr(word: object) -> str:
    return QCoreApplication.translate(_CONTEXT, str(word))


def _look(table: Mapping[str, object], key: str) -> str:
    return _tr(table.get(key, key))


def severity(value: str) -> str:
    """ "critical" as shown."""
    return _look(tables.SEVERITIES, value)


def answer(value: str) -> str:
    """A grid answer as shown."""
    return _look(tables.ANSWERS, value)


def sentence(text: str) -> str:
    """With a capital in front and a full stop behind."""
    plain = text.strip()
    return plain[:1].upper() + plain[1:] + ("" if plain.endswith((".", "!", "?")) else ".") if plain else ""


def item_status(value: str) -> str:
    """An import row's status as shown."""
    return _look(tables.ITEMS, value)


def file_status(value: str) -> str:
    """A document's status as shown."""
    return _look(tables.STATUSES, value)


def standing(value: str) -> str:
    """How a decision stands, as shown."""
    return _look(tables.STANDINGS, value)


def finding_kind(value: str) -> str:
    """A finding's kind as shown."""
    return _look(tables.KINDS, value)


def clause_type(name: str) -> str:
    """A clause type as a sentence: "Change of control"."""
    return _tr(tables.TYPES.get(name, name[:1] + name[1:].lower() if name else name))


def contract_kind(value: str) -> str:
    """What sort of agreement, as shown."""
    return _look(tables.CONTRACT_KINDS, value)


def role(value: str) -> str:
    """Which side our client is on, as shown."""
    return _look(tables.ROLES, value)


def part_role(value: str) -> str:
    """What a document is to its contract, as shown."""
    return _look(tables.PARTS, value)


def structure(value: str) -> str:
    """How the deal is done, as shown."""
    return _look(tables.STRUCTURES, value)


def limit(subject: str, test: str) -> str:
    """What a number of a playbook limits: "Notice days above"."""
    return f"{plain(subject)} {_look(tables.TESTS, test)}"


def check(test: str) -> str:
    """A position's test for people to read: "A clause on Cap On Liability: years of fees below 1"."""
    said = re.sub(r"(?<=[a-z])[_.](?=[a-z])", " ", test)
    return said[:1].upper() + said[1:]


def plain(identifier: str) -> str:
    """A rule's identifier as words: "liability-cap_missing" becomes "Liability cap missing"."""
    words = identifier.replace("-", " ").replace("_", " ").replace(".", " ").split()
    said = " ".join(word.upper() if word in _SHORT else word for word in words)
    return said[:1].upper() + said[1:]


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
    return _look(tables.TERMS, value)


def sentence_case(text: str) -> str:
    """Words in one case: "Effective Date" becomes "Effective date", "End of the term" stays."""
    return text[:1] + text[1:].lower() if text.istitle() else plain(text)


def example(clause_type: str) -> str:
    """What a value of the type looks like, "" where anything goes."""
    return _look(tables.EXAMPLES, clause_type) if clause_type in tables.EXAMPLES else ""


def waiting(count: int) -> str:
    """The button that asks for what dates wait for."""
    return _tr("Answer for 1 date\u2026") if count == 1 else _tr("Answer for {0} dates\u2026").format(count)


def conflict(action: str, said: str, user: str, time: dt.datetime) -> str:
    """What a colleague decided: "Rejected by B. Okafor, 3 May 2026, 10:02"."""
    done = _look(tables.ACTIONS, action)
    if said:
        done += f": {severity(said) if action == 'severity' else said}"
    return _tr("{0} by {1}, {2}").format(done, user, moment(time))


def change(value: str) -> str:
    """What became of a clause of the standard form, as shown."""
    return _look(tables.CHANGES, value)


def counted(count: int, one: str, many: str) -> str:
    """A sentence about so many things; both are translated already, {0} is the number."""
    return (one if count == 1 else many).format(count)


def sideless(count: int) -> str:
    """That our side is not known in so many contracts, and what follows."""
    return counted(
        count, _tr("In 1 contract our side is unknown: rules that depend on it were not checked."),
        _tr("In {0} contracts our side is unknown: rules that depend on it were not checked."),
    )  # fmt: skip

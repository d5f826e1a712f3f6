"""Key dates as an iCalendar file, with alarms at the last days to give notice."""

from __future__ import annotations

import datetime as dt
import hashlib
from pathlib import Path

from icalendar import Alarm, Calendar, Event

from app.domain.review import Review
from app.report.files import write_whole
from app.report.outline import KeyDate, Outline
from app.report.outline_build import build_outline

_ALARMS = (30, 7, 1)  # days before a last notice date


def write_calendar(review: Review, path: Path) -> None:
    """Write the key dates as all-day events, whole or not at all."""
    write_whole(path, calendar_bytes(build_outline(review)))


def calendar_bytes(outline: Outline) -> bytes:
    """RFC 5545 text. The same date of the same contract keeps its UID, so that a later import updates it."""
    calendar = Calendar()
    calendar.add("prodid", "-//Privity//Key dates//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", f"Key dates: {outline.review.matter.name}")
    for entry in outline.dates:
        if entry.date:
            calendar.add_component(_event(entry, outline))
    data: bytes = calendar.to_ical()
    return data


def _event(entry: KeyDate, outline: Outline) -> Event:
    day = dt.date.fromisoformat(entry.date)
    event = Event()
    identity = f"{outline.review.matter.matter_id}\x1f{entry.contract_id}\x1f{entry.what}"
    event.add("uid", f"{hashlib.sha256(identity.encode()).hexdigest()[:32]}@privity")
    event.add("dtstamp", _utc(outline.review.made))
    event.add("dtstart", day)
    event.add("dtend", day + dt.timedelta(days=1) if day < dt.date.max else day)
    event.add("summary", f"{entry.what}: {entry.contract}")
    basis = [f"Formula: {entry.formula}" if entry.formula else "", f"From: {entry.inputs}" if entry.inputs else ""]
    lines = [*basis, "Computed by Privity from the contract's words; check before relying on it."]
    event.add("description", "\n".join(line for line in lines if line))
    event.add("transp", "TRANSPARENT")
    if is_notice_date(entry.what):
        for days in _ALARMS:
            event.add_component(_alarm(days, entry))
    return event


def is_notice_date(what: str) -> bool:
    """Whether a key date is a last day to act, which deserves an alarm."""
    return "notice" in what.casefold()


def _alarm(days: int, entry: KeyDate) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", f"In {days} day{'' if days == 1 else 's'}: {entry.what}, {entry.contract}")
    alarm.add("trigger", dt.timedelta(days=-days))
    return alarm


def _utc(moment: dt.datetime) -> dt.datetime:
    return moment.replace(tzinfo=dt.UTC) if moment.tzinfo is None else moment.astimezone(dt.UTC)

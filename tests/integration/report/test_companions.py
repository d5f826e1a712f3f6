from __future__ import annotations

import io
import json
import sys
import zipfile
from dataclasses import replace
from pathlib import Path

import icalendar
import jsonschema
from lxml import etree

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
import report_samples as samples

from app.domain.clauses import Clause, FoundBy
from app.report.calendar import write_calendar
from app.report.excel import write_excel
from app.report.record import record, write_json

ROOT = Path(__file__).resolve().parents[3]
S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def test_every_margin_is_in_the_record_also_of_what_does_not_stand() -> None:
    review = samples.small_review()
    item = next(c for c in review.contracts if c.text is not None)
    refused = Clause("Insurance", 3, 9, 0.41, False, FoundBy.SCREENER, -1.5)
    unasked = Clause("Insurance", 10, 12, 0.2, False, FoundBy.SCREENER)
    changed = replace(item, clauses=(*item.clauses, refused, unasked))
    [entry] = record(samples.make_review((changed,)))["contracts"]
    assert {"type": "Insurance", "start": 3, "end": 9, "score": 0.41, "margin": -1.5, "reported": False} in entry[
        "asked"
    ]
    assert len(entry["asked"]) == 1 + sum(c.margin is not None for c in item.clauses)
    assert all(clause["type"] != "Insurance" for clause in entry["clauses"])


def test_the_record_keeps_to_its_schema_and_its_quotes_are_slices(tmp_path: Path) -> None:
    review = samples.small_review()
    schema = json.loads((ROOT / "resources/schema/privity-record.schema.json").read_text("utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    write_json(review, tmp_path / "r.json")
    data = json.loads((tmp_path / "r.json").read_text("utf-8"))
    jsonschema.validate(data, schema, cls=jsonschema.Draft202012Validator)
    jsonschema.validate(record(samples.make_review((), model=None)), schema, cls=jsonschema.Draft202012Validator)
    texts = {c.document.sha256: c.text.text for c in review.contracts if c.text}
    entries = [c for c in data["contracts"] if c["text_id"]]
    assert len(entries) == 3
    for entry in entries:
        assert len(entry["clauses"]) == 7
        for clause in entry["clauses"]:
            assert clause["quote"] == texts[entry["sha256"]][clause["start"] : clause["end"]]
    unread = {c["file"]: (c["status"], c["reason"]) for c in data["contracts"] if not c["text_id"]}
    assert unread["contracts/locked.pdf"] == ("password needed", "The file needs a password.")
    assert len(data["contracts"]) == 5


def test_a_text_with_lone_surrogates_still_makes_json(tmp_path: Path) -> None:
    item = samples.make_contract("one", "One")
    finding = replace(item.findings[0].finding, quote="a\ud800b")
    review = samples.make_review((replace(item, findings=(replace(item.findings[0], finding=finding),)),))
    write_json(review, tmp_path / "r.json")
    data = json.loads((tmp_path / "r.json").read_text("ascii"))
    assert data["contracts"][0]["findings"][0]["quote"] == "a\ud800b"


def sheets(path: Path) -> dict[str, etree._Element]:
    with zipfile.ZipFile(path) as archive:
        return {n: etree.fromstring(archive.read(n)) for n in archive.namelist() if n.startswith("xl/worksheets/sheet")}


def test_the_workbook_freezes_filters_and_holds_no_formula(tmp_path: Path) -> None:
    item = samples.make_contract("one", '=HYPERLINK("x")')
    findings = []
    for state, sign in zip(item.findings, "=+-@", strict=False):
        finding = replace(state.finding, quote=f"{sign}cmd|' /C calc'!A0", explanation=f"{sign}1+1 http://example.com")
        findings.append(replace(state, finding=finding))
    write_excel(samples.make_review((replace(item, findings=tuple(findings)),)), tmp_path / "r.xlsx")
    found = sheets(tmp_path / "r.xlsx")
    assert len(found) == 4
    for root in found.values():
        assert not list(root.iter(f"{S}f"))
        assert not list(root.iter(f"{S}hyperlink"))
        assert root.find(f"{S}autoFilter") is not None
        assert next(root.iter(f"{S}pane")).get("state") == "frozen"
    with zipfile.ZipFile(tmp_path / "r.xlsx") as archive:
        strings = archive.read("xl/sharedStrings.xml").decode()
    assert "=cmd|" in strings
    assert "@cmd|" in strings


def test_the_workbook_shows_every_live_finding_and_every_file(tmp_path: Path) -> None:
    write_excel(samples.small_review(), tmp_path / "r.xlsx")
    found = sheets(tmp_path / "r.xlsx")
    rows = {name[-5]: len(list(root.iter(f"{S}row"))) - 2 for name, root in found.items()}
    assert rows == {"1": 3, "2": 14, "3": 6, "4": 5}


def test_key_dates_become_events_with_alarms_at_the_last_notice_date(tmp_path: Path) -> None:
    write_calendar(samples.small_review(), tmp_path / "d.ics")
    events = icalendar.Calendar.from_ical((tmp_path / "d.ics").read_bytes()).walk("VEVENT")
    assert len(events) == 3  # dates that are not known are no events
    assert {e["dtstart"].dt.isoformat() for e in events} == {"2027-10-02"}
    assert len({str(e["uid"]) for e in events}) == 3
    assert all(len(e.walk("VALARM")) == 3 for e in events)
    assert "End of term 31 December 2027 - 90 days" in str(events[0]["description"])
    first = (tmp_path / "d.ics").read_bytes()
    write_calendar(samples.small_review(), tmp_path / "d.ics")
    assert (tmp_path / "d.ics").read_bytes() == first


def test_the_workbook_closes_as_a_valid_archive(tmp_path: Path) -> None:
    write_excel(samples.make_review(()), tmp_path / "r.xlsx")
    assert zipfile.ZipFile(io.BytesIO((tmp_path / "r.xlsx").read_bytes())).testzip() is None

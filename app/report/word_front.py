"""The first pages: cover, contents, and the executive summary on one page."""

from __future__ import annotations

from collections import Counter

from app.domain.findings import FindingKind, Severity
from app.domain.review import gravest
from app.report.names import SEVERITY_SIGNS, severity_name, short_name
from app.report.outline import Flag, Outline
from app.report.quotes import brief, clean, spelled
from app.report.word_chart import chart_paragraph
from app.report.word_layout import TEXT_WIDTH
from app.report.word_package import CHART_ID
from app.report.word_xml import Body, cell, field, link, para, row, run, table, text

PAGE_BREAK = '<w:p><w:pPr><w:pStyle w:val="TableGap"/></w:pPr><w:r><w:br w:type="page"/></w:r></w:p>'


def cover(body: Body, outline: Outline) -> None:
    """Matter, client, basis, date, draft or final, privilege."""
    review, matter = outline.review, outline.review.matter
    books = sorted({f"{c.playbook.title or c.playbook.name}, version {c.playbook.version}"
                    for c in review.contracts if c.playbook})  # fmt: skip
    made = f"{review.made.day} {review.made:%B %Y, %H:%M} UTC"
    facts = [
        ("Client", ", ".join(matter.our_parties) or "not named"),
        ("Affiliates", ", ".join(matter.affiliates)),
        ("Deal", "" if matter.deal_structure.value == "unknown" else f"{matter.deal_structure.value} deal"),
        ("Home law", matter.home_law or ""),
        ("Reference date", spelled(matter.reference_date.isoformat()) if matter.reference_date else ""),
        ("Basis", "; ".join(books) or "no playbook applied"),
        ("Date", made),
        ("Contracts", f"{len(outline.contracts)} in {len(outline.files)} file{'' if len(outline.files) == 1 else 's'}"),
        ("Not read", _not_read(outline)),
        ("Reviewer", outline.reviewer or "not named"),
    ]
    body.add(text("CoverMark", "Privileged and confidential"))
    body.add(text("Title", "Clause report"), text("Subtitle", brief(matter.name, 160)))
    rows = [row((cell(2200, text("CoverLabel", a)), cell(TEXT_WIDTH - 2200, text("CoverValue", brief(b, 300)))))
            for a, b in facts if b]  # fmt: skip
    body.add(table((2200, TEXT_WIDTH - 2200), (), rows, "Facts of the matter", "PrivityPlain"))
    body.add(text("CoverStatus", outline.status_line), PAGE_BREAK)


def _not_read(outline: Outline) -> str:
    """How many files and pages nothing was looked for in, "" where there are none: said on the first page."""
    files = sum(1 for f in outline.files if not f.analysed)
    pages = sum(len(f.unreadable) for f in outline.files if f.analysed)
    held = [_many(files, "file")] * bool(files) + [_many(pages, "page")] * bool(pages)
    return f"{' and '.join(held)}: see Scope and coverage" if held else ""


def contents(body: Body) -> str:
    """The contents as a field with an entry for every heading; Word fills in the pages, the links work at once."""
    entries: list[str] = []
    shown = [h for h in body.headings if h[0] <= 2]
    begin = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> TOC '
        '\\o "1-2" \\h \\z \\u </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    )
    for index, (level, title, anchor) in enumerate(shown):
        page = field(f"PAGEREF {anchor} \\h", " ")
        words = run(brief(title, 80)) + "<w:r><w:tab/></w:r>" + page
        inner = f'<w:hyperlink w:anchor="{anchor}" w:history="1">{words}</w:hyperlink>'
        entries.append(para(f"TOC{level}", begin if index == 0 else "", inner))
    end = para("TableGap", '<w:r><w:fldChar w:fldCharType="end"/></w:r>')
    hint = text("Note", "Page numbers appear when Word updates this table: press Ctrl+A, then F9.")
    return text("ContentsHeading", "Contents") + hint + "".join(entries) + end + PAGE_BREAK


def summary(body: Body, outline: Outline) -> None:
    """One page: counts, five findings with an action each, what is missing, what could not be read."""
    body.heading(1, "Executive summary", "summary")
    live = outline.live
    grave = sum(outline.counts[s] for s in (Severity.CRITICAL, Severity.HIGH))
    waiting = sum(outline.undecided[s] for s in (Severity.CRITICAL, Severity.HIGH))
    said = f"{_many(len(live), 'finding')} in {_many(len(outline.contracts), 'contract')}; {grave} critical or high, "
    said += f"{waiting} of them not decided."
    if outline.rejected:
        said += f" {_many(outline.rejected, 'finding')} rejected by the lawyer and left out."
    body.add(text("BodyText", said), chart_paragraph(outline, CHART_ID))
    body.add(text("SummaryHead", "Gravest findings, and what to do"))
    flags = {f.state.finding.finding_key: f for f in live if f.severity is not Severity.INFO}
    top = gravest((f.state for f in flags.values()), 5)
    for state, others in top:
        body.add(_top(flags[state.finding.finding_key], others))
    if not top:
        body.add(text("SummaryItem", "No finding above information was raised. That is not an assurance: see Method."))
    body.add(text("SummaryHead", "Missing or unclear"))
    _missing(body, outline)
    body.add(text("SummaryHead", "Not read, or not read in full"))
    _unread(body, outline)
    links: list[str] = []
    for anchor, title in _DETAIL:
        links += [run(" · ") if links else "", link(anchor, title)]
    body.add(para("SummaryItem", *links))


_DETAIL = (
    ("coverage", "Scope and coverage"),
    ("flags", "Red flags"),
    ("gaps", "Missing or unusual"),
    ("dates", "Key dates"),
    ("method", "Method and limits"),
)


def _many(count: int, noun: str) -> str:
    return f"{count} {noun}{'' if count == 1 else 's'}"


def _top(flag: Flag, others: int) -> str:
    where = flag.passage.cite if flag.passage else None
    place = ", ".join(p for p in (f"p. {where.page}" if where and where.page else "",
                                  f"cl. {clean(where.clause)}" if where and where.clause else "") if p)  # fmt: skip
    return para(
        "SummaryItem",
        run(SEVERITY_SIGNS[flag.severity]), "<w:r><w:tab/></w:r>",
        link(flag.anchor, f"{severity_name(flag.severity)}: {flag.issue}"),
        run(f" ({short_name(flag.contract)}{', ' + place if place else ''}). ", "Muted"),
        run(brief(flag.recommendation or flag.why, 150)),
        run(f" And {others} more like it.", "Muted") if others else "",
    )  # fmt: skip


def _missing(body: Body, outline: Outline) -> None:
    gaps = [f for f in outline.gaps if f.state.finding.kind in (FindingKind.MISSING, FindingKind.UNCLEAR)]
    issues = Counter((f.issue, f.state.finding.kind.value) for f in gaps)
    first = {(f.issue, f.state.finding.kind.value): f.anchor for f in reversed(gaps)}
    for (issue, kind), count in issues.most_common(6):
        line = run(f": {kind} in {_many(count, 'contract')}")
        body.add(para("SummaryItem", run("–"), "<w:r><w:tab/></w:r>", link(first[issue, kind], issue), line))
    if len(issues) > 6:
        body.add(para("SummaryItem", "<w:r><w:tab/></w:r>", link("gaps", f"and {len(issues) - 6} more")))
    if not issues:
        body.add(text("SummaryItem", "No expected clause was found missing."))
    open_ones = sum(1 for c in outline.contracts if "not checked" in c.cells.values())
    if open_ones:
        said = (
            f": some clause types were not checked in {_many(open_ones, 'contract')}; that is not the same as missing"
        )
        body.add(para("SummaryItem", run("–"), "<w:r><w:tab/></w:r>", link("matrix", "Not checked"), run(said)))


def _unread(body: Body, outline: Outline) -> None:
    held = [f for f in outline.files if not f.analysed or f.unreadable]
    for entry in held[:5]:
        if entry.analysed:
            why = f"{_many(len(entry.unreadable), 'page')} not readable"
        else:
            why = brief(" ".join(entry.remarks) or entry.status, 90)
        words = run(brief(f"{entry.name}: {why}", 150))
        body.add(para("SummaryItem", run("–"), "<w:r><w:tab/></w:r>", words))
    if len(held) > 5:
        body.add(para("SummaryItem", "<w:r><w:tab/></w:r>", link("coverage", f"and {len(held) - 5} more files")))
    if not held:
        body.add(text("SummaryItem", "Every page of every file was read."))

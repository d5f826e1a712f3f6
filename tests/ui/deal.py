"""A made-up deal: texts, findings and what they say."""

from __future__ import annotations

from app.domain.findings import Finding, FindingKind, FindingState, Severity
from app.domain.text import ContractText, Mark, MarkKind, Page, View

WIDTH, HEIGHT, TOP, LEFT, LINE, ADVANCE = 595.0, 842.0, 72.0, 64.0, 15.0, 5.4
LINES = 44  # a page
CLAUSES = (
    (
        "Cap On Liability",
        "The total liability of either party shall not exceed twice the Fees paid.",
        "2x fees",
    ),
    ("Governing Law", "This Agreement is governed by the laws of the State of New York.", "New York"),
    ("Change Of Control", "A change of control of the Supplier entitles the Customer to terminate at once.", ""),
    (
        "Notice Period To Terminate Renewal",
        "Notice of non-renewal must be given ninety (90) days ahead.",
        "90 days",
    ),
    ("Anti-Assignment", "Neither party may assign this Agreement without the consent of the other.", ""),
    ("Exclusivity", "The Supplier shall not supply the Goods to any other person in the Territory.", ""),
    ("Uncapped Liability", "Nothing limits the liability of the Customer for any loss of the Supplier.", "uncapped"),
    ("Audit Rights", "The Customer may audit the Supplier's records on ten days' notice.", "10 days"),
)
NAMES = (
    "Master Services Agreement", "Supply Agreement", "Software Licence", "Non-Disclosure Agreement",
    "Lease of Premises", "Distribution Agreement", "Employment Agreement", "Data Processing Agreement",
)  # fmt: skip
LOCKED = "secret schedule.pdf"
DAMAGED = "The file is damaged and could not be opened."
FILLER = "The parties shall perform their obligations with reasonable skill and care and in good faith"
REASON = "Worse for our client than the playbook's position"
ADVICE = "Ask for the playbook's wording; accept a cap of no less than twice the yearly fees."
FALLBACK = "Each party's liability is limited to twice the Fees paid in the year before the claim."
MODEL_NOTE = "The clause lets the other side leave on short notice."
CHECK = "The value is read from the clause and compared with the position."
WHY = "It shifts a risk that our client usually does not bear."
SIDE = "Customer side"
ALIKE = "perhaps a draft or a later version of the same contract."
ASKS = "the end of the initial term"
NO_MODEL = "The screener and the playbook do the work."
DATA = (
    REASON,
    ADVICE,
    FALLBACK,
    MODEL_NOTE,
    CHECK,
    WHY,
    SIDE,
    NO_MODEL,
    ALIKE,
    ASKS,
    FILLER,
    DAMAGED,
    LOCKED,
    *NAMES,
    *(words for _, words, _ in CLAUSES),
)


def make_text(number: int, pages: int, word: bool) -> ContractText:
    lines = [f"{NAMES[number % len(NAMES)].upper()} No. {number + 1}", ""]
    for line in range(2, pages * LINES):
        kind = CLAUSES[(line // 5) % len(CLAUSES)]
        lines.append(f"{line // 5 + 1}. {kind[1]}" if line % 5 == 0 else f"{FILLER}, in respect of item {line}.")
    starts, at = [], 0
    for line in lines:
        starts.append(at)
        at += len(line) + 1
    text = "\n".join(lines)
    made = [
        Page(p + 1, starts[p * LINES], starts[(p + 1) * LINES] if (p + 1) * LINES < len(lines) else len(text))
        for p in range(pages)
    ]
    marks = ()
    if word:
        marks = (
            Mark(MarkKind.HEADING, 0, len(lines[0]), {"level": 1}),
            Mark(MarkKind.INSERTED, starts[6], starts[6] + 30, {"author": "B. Okafor"}),
            Mark(MarkKind.DELETED, starts[8], starts[8], {"author": "B. Okafor", "text": "subject to clause 9, "}),
            Mark(MarkKind.COMMENT, starts[10], starts[10] + 24, {"author": "C. Lind", "text": "Agreed?"}),
        )
    return ContractText(
        f"{number:064x}", "fake", View.ACCEPTED, "", text, "docx" if word else "pdf", () if word else tuple(made),
        None if word else "pdf", marks,
    )  # fmt: skip


def make_findings(contract_id: str, text: ContractText, count: int) -> list[FindingState]:
    made, at = [], 0
    levels = list(Severity)
    for number in range(count):
        kind, sentence, value = CLAUSES[number % len(CLAUSES)]
        start = text.text.find(sentence, at)
        if start < 0:
            start, at = text.text.find(sentence), 0
        at = start + 1 if number % len(CLAUSES) == len(CLAUSES) - 1 else at
        missing = number % 7 == 6
        finding = Finding(
            finding_key=f"{contract_id}-{number}", contract_id=contract_id,
            kind=FindingKind.MISSING if missing else FindingKind.RISK, rule=kind.lower().replace(" ", "-"),
            severity=levels[number % 4], clause_type=kind, start=None if missing else start,
            end=None if missing else start + len(sentence), quote=None if missing else sentence,
            page=None if missing else text.page_at(start), clause_number=None if missing else str(number + 1),
            explanation=f"{REASON}: {value}",
            recommendation=ADVICE,
            fallback=FALLBACK,
            values={"value": value} if value else {}, confidence=0.91,
            model_note=MODEL_NOTE if number % 3 == 0 else None,
        )  # fmt: skip
        made.append(FindingState(finding))
    return sorted(made, key=lambda s: (s.effective_severity.rank, s.finding.start or 0))

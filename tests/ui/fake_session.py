"""A matter in memory with a made-up deal: real enough to be worked in, of any size."""

from __future__ import annotations

import dataclasses
import datetime as dt
import threading
from pathlib import Path
from typing import Any

from privity_ui_deal import (
    ADVANCE,
    CLAUSES,
    DAMAGED,
    HEIGHT,
    LEFT,
    LINE,
    LOCKED,
    NAMES,
    TOP,
    WIDTH,
    make_findings,
    make_text,
)
from privity_ui_inside import FakeInside
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFont, QImage, QPainter

from app.domain.clauses import CLAUSE_TYPES
from app.domain.findings import Action, FindingState, Severity, Standing
from app.domain.matter import Contract, ContractPart, Document, Matter
from app.domain.progress import ItemStatus, Progress
from app.domain.review import ContractReview
from app.domain.text import ContractText, PageRect, View
from app.errors import Cancelled, UserError
from app.services.api import (
    ConflictRow,
    DateRow,
    DocumentRow,
    FindingRow,
    GridCell,
    PageImage,
    SearchHit,
)
from app.services.api_playbooks import PlaybookChange, PlaybookEffect


class FakeSession(FakeInside):
    """A matter of `contracts` contracts with `findings` findings each, made when first asked for."""

    def __init__(self, matter: Matter, contracts: int = 6, findings: int = 8, pages: int = 3) -> None:
        self._matter = matter
        self.contracts, self.per, self.pages = contracts, findings, pages
        self.states: dict[str, list[FindingState]] = {}
        self._texts: dict[str, ContractText] = {}
        self._log: list[tuple[FindingState, FindingState]] = []
        self._lock = threading.Lock()
        self.hold = threading.Event()  # where clear, analyze() waits after each file
        self.hold.set()
        self.analysed: list[str] = []
        self.exported: list[Path] = []
        self.closed = False
        self.corrected: list[tuple[str, ...]] = []
        self.interrupted: Any = None
        self.secrets: dict[str, str] = {}  # documents that need a password
        self.family_rows: list[Any] = []
        self.alike_rows: list[Any] = []
        self.forms: list[Path] = []
        self.taken: list[Path] = []  # copies whose decisions were taken over
        self.conflict_rows: list[ConflictRow] = []
        self.facts: dict[str, tuple[str, str, str | None]] = {}  # kind, side, playbook as corrected

    @property
    def matter(self) -> Matter:
        return self._matter

    def update_matter(self, matter: Matter) -> None:
        self._matter = matter

    def ids(self) -> list[str]:
        return [f"c-{n}" for n in range(self.contracts)]

    def _number(self, contract_id: str) -> int:
        return int(contract_id.removeprefix("c-"))

    def is_word(self, contract_id: str) -> bool:
        return self._number(contract_id) % 3 == 2

    def name(self, contract_id: str) -> str:
        number = self._number(contract_id)
        return f"{NAMES[number % len(NAMES)]} {number + 1}"

    def _states(self, contract_id: str) -> list[FindingState]:
        with self._lock:
            if contract_id not in self.states:
                self.states[contract_id] = make_findings(contract_id, self._text(contract_id), self.per)
            return self.states[contract_id]

    def _text(self, contract_id: str) -> ContractText:
        if contract_id not in self._texts:
            self._texts[contract_id] = make_text(self._number(contract_id), self.pages, self.is_word(contract_id))
        return self._texts[contract_id]

    def analyze(self, paths: Any, options: Any, cancel: Any) -> Any:
        total = len(self.ids()) + 1 if paths else max(self.contracts, 1)
        names = [f"deal/{self.name(i)}" for i in self.ids()] or ["deal/Master Services Agreement 1"]
        for name in names:
            yield Progress(name, ItemStatus.QUEUED, 0, total)
        for done, name in enumerate(names, start=1):
            if name in self.analysed:
                continue
            yield Progress(name, ItemStatus.READING, done - 1, total, pages_done=3 * done, pages_total=3 * total)
            while not self.hold.wait(0.01):
                if cancel.cancelled:
                    raise Cancelled
            cancel.check()
            self.analysed.append(name)
            self.contracts = max(self.contracts, 1)
            yield Progress(
                name, ItemStatus.DONE, done, total, pages_done=3 * done, pages_total=3 * total, seconds_left=40.0
            )
        yield Progress(
            "deal/old scan.pdf", ItemStatus.FAILED, total, total, message="The file is damaged and could not be opened."
        )

    def unfinished(self) -> Any:
        return self.interrupted

    def dismiss_unfinished(self) -> None:
        self.interrupted = None

    def set_password(self, document_sha256: str, password: str) -> bool:
        if password == self.secrets.get(document_sha256):
            del self.secrets[document_sha256]
            return True
        return False

    def documents(self) -> list[DocumentRow]:
        rows = []
        for ident in self.ids():
            number = self._number(ident)
            known = self.states.get(ident)
            decided = sum(1 for s in known if s.settled) if known else 0
            open_ones = [s.effective_severity for s in known if not s.settled] if known else [Severity.CRITICAL]
            worst = min(open_ones, key=lambda s: s.rank).value if open_ones else None
            folder = ("", "Suppliers", "Customers", "Employees")[number % 4]
            name = f"{self.name(ident)}.{'docx' if self.is_word(ident) else 'pdf'}"
            path = f"{folder}/{name}" if folder else name
            facts = self.facts.get(ident, ("services", "customer"))[:2]
            rows.append(
                DocumentRow(
                    f"{number:064x}", ident, path, folder, "read", None, self.pages, *facts, worst, self.per, decided
                )
            )  # fmt: skip
        for sha256 in self.secrets:
            why = "A password is needed."
            rows.append(DocumentRow(sha256, None, LOCKED, "", "password needed", why, None, "", "", None, 0, 0))
        if rows:
            rows.append(DocumentRow("f" * 64, None, "old scan.pdf", "", "damaged", DAMAGED, None, "", "", None, 0, 0))
        return rows

    def findings(self, contract_id: str | None = None) -> list[FindingRow]:
        ids = self.ids() if contract_id is None else [contract_id]
        return [FindingRow(state, ident, self.name(ident)) for ident in ids for state in self._states(ident)]

    def contract(self, contract_id: str) -> Any:
        number = self._number(contract_id)
        sha256 = f"{number:064x}"
        document = Document(sha256, 1, (self.name(contract_id),), "read")
        contract = Contract(contract_id, self.name(contract_id), (ContractPart(sha256),))
        return ContractReview(contract, document, self._text(contract_id))

    def review(self) -> Any:
        raise NotImplementedError

    def set_contract(self, contract_id: str, *, kind: str, our_role: str, playbook: str | None) -> None:
        self.facts[contract_id] = (kind, our_role, playbook)

    def correct_value(self, contract_id: str, clause_type: str, quote: str, typed: str, user: str) -> None:
        if typed == "nonsense":
            raise UserError("That cannot be read; write a date.")
        self.corrected.append((contract_id, clause_type, quote, typed, user))

    def decide(self, finding_key: str, action: Action, payload: dict[str, Any], user: str) -> FindingState:
        states = self._states(finding_key.rpartition("-")[0])
        where = next(i for i, s in enumerate(states) if s.finding.finding_key == finding_key)
        old = states[where]
        facts: dict[str, Any] = {"user": user, "time": dt.datetime.now(dt.UTC)}
        if action in (Action.ACCEPT, Action.REJECT):
            facts |= {"decision": action, "standing": Standing.UNCHANGED}
        elif action is Action.SEVERITY:
            facts["severity"] = Severity(payload["severity"])
        else:
            facts |= payload
        states[where] = dataclasses.replace(old, **facts)
        self._log.append((old, states[where]))
        return states[where]

    def undo(self, user: str) -> FindingState | None:
        if not self._log:
            return None
        old, new = self._log.pop()
        states = self._states(old.finding.contract_id)
        states[states.index(new)] = old
        return old

    def text(self, contract_id: str, view: View = View.ACCEPTED) -> ContractText | None:
        return self._text(contract_id) if view is View.ACCEPTED else None

    def page_image(self, contract_id: str, page: int, scale: float) -> PageImage:
        image = QImage(round(WIDTH * scale), round(HEIGHT * scale), QImage.Format.Format_RGB888)
        image.fill(Qt.GlobalColor.white)
        painter = QPainter(image)
        painter.scale(scale, scale)
        font = QFont("Privity Serif")
        font.setPixelSize(11)
        painter.setFont(font)
        for line, (words, top) in enumerate(self._lines(contract_id, page)):
            painter.drawText(QRectF(LEFT, top, WIDTH - 2 * LEFT + 40, LINE), words)
            del line
        painter.end()
        width, height = image.width(), image.height()
        stride = image.bytesPerLine()
        raw = bytes(image.constBits())
        rows = b"".join(raw[y * stride : y * stride + width * 3] for y in range(height))
        return PageImage(page, width, height, scale, rows)

    def _lines(self, contract_id: str, page: int) -> list[tuple[str, float]]:
        text = self._text(contract_id)
        part = text.pages[page - 1]
        lines = text.text[part.start : part.end].split("\n")
        return [(line, TOP + i * LINE) for i, line in enumerate(lines)]

    def page_sizes(self, contract_id: str) -> list[tuple[float, float]]:
        return [] if self.is_word(contract_id) else [(WIDTH, HEIGHT)] * self.pages

    def rectangles(self, contract_id: str, start: int, end: int) -> list[PageRect]:
        text = self._text(contract_id)
        number = text.page_at(start)
        if number is None:
            return []
        page = text.pages[number - 1]
        before = text.text[page.start : start]
        line, column = before.count("\n"), len(before) - (before.rfind("\n") + 1)
        top = TOP + line * LINE
        return [PageRect(number, LEFT + column * ADVANCE, top, LEFT + (column + end - start) * ADVANCE, top + LINE - 1)]

    def grid(self) -> tuple[list[str], list[tuple[DocumentRow, dict[str, GridCell]]]]:
        answers = ("present", "risk", "missing", "unclear", "not checked")
        rows = []
        for row in self.documents():
            if row.contract_id is None:
                continue
            number = self._number(row.contract_id)
            cells = {}
            for place, name in enumerate(CLAUSE_TYPES):
                answer = answers[(number * 3 + place * place) % 5]
                value = CLAUSES[place % len(CLAUSES)][2] if answer in ("present", "risk") else ""
                cells[name] = GridCell(answer, value, 40 if value else None, 60 if value else None)
            rows.append((row, cells))
        return list(CLAUSE_TYPES), rows

    def key_dates(self) -> list[DateRow]:
        today = dt.date.today()
        return [
            DateRow(
                ident, self.name(ident), what, today + dt.timedelta(40 * n - 90 + 25 * m), "31 Mar 2027 - 90 days", 40
            )
            for n, ident in enumerate(self.ids()[:40])
            for m, what in enumerate(("last day for notice of non-renewal", "term ends"))
        ]

    def search(self, query: str, limit: int = 200) -> list[SearchHit]:
        hits = []
        for ident in self.ids():
            text = self._text(ident)
            at = text.text.casefold().find(query.strip('"').casefold())
            if at >= 0:
                end = at + len(query.strip('"'))
                around = f"{text.text[max(0, at - 40) : at]}\x02{text.text[at:end]}\x03{text.text[end : end + 60]}"
                hits.append(SearchHit(ident, self.name(ident), at, end, text.page_at(at), around))
        return hits[:limit]

    def export(self, form: str, target: Path, *, final: bool = False, reviewer: str | None = None) -> Path:
        target.write_bytes(b"report")
        self.exported.append(target)
        return target

    def preview_playbook(self, draft: Any, cancel: Any) -> Any:
        changes: list[PlaybookChange] = []
        for done, ident in enumerate(self.ids(), 1):
            changes.append(PlaybookChange(ident, self.name(ident), "Low cap on liability", None, "critical"))
            yield PlaybookEffect(done, self.contracts, tuple(changes))

    def close(self) -> None:
        self.closed = True

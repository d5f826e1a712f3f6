"""How the report names things to a lawyer: clause types, severities, decisions; one place for words and colours."""

from __future__ import annotations

from app.domain.findings import Action, FindingKind, FindingState, Severity, Standing
from app.domain.matter import Role
from app.domain.type_names import type_name

_KINDS = {
    FindingKind.HIDDEN_TEXT: "Hidden text",
    FindingKind.DRAFTING: "Drafting",
    FindingKind.MISSING: "Missing clauses",
    FindingKind.UNCLEAR: "Unclear clauses",
    FindingKind.NOT_CHECKED: "Not checked",
    FindingKind.RISK: "Other risks",
}
# Fill, text: readable in print and for colour-blind eyes; the word and the sign always stand beside the colour.
SEVERITY_COLOURS: dict[Severity, tuple[str, str]] = {
    Severity.CRITICAL: ("8C1D2F", "FFFFFF"),
    Severity.HIGH: ("C4562A", "FFFFFF"),
    Severity.MEDIUM: ("F0CF7A", "3A2E05"),
    Severity.LOW: ("CFDDE6", "1F2F3A"),
    Severity.INFO: ("EEF0F1", "3A4247"),
}
SEVERITY_SIGNS = {
    Severity.CRITICAL: "▲▲",
    Severity.HIGH: "▲",
    Severity.MEDIUM: "◆",
    Severity.LOW: "▽",
    Severity.INFO: "○",
}


def issue_name(state: FindingState) -> str:
    """Under which issue a finding is listed: its clause type, else what sort of finding it is."""
    finding = state.finding
    if finding.kind in (FindingKind.HIDDEN_TEXT, FindingKind.DRAFTING) or finding.clause_type is None:
        return _KINDS[finding.kind]
    return type_name(finding.clause_type)


def short_name(name: str, limit: int = 48) -> str:
    """A contract's name for tables: without its ending, its middle left out where it is long, whole words kept."""
    stem, _, ending = name.rpartition(".")
    words = " ".join((stem if stem and len(ending) <= 5 else name).replace("_", " ").split())
    if len(words) <= limit:
        return words
    head = words[: limit * 3 // 5].rsplit(" ", 1)[0]
    tail = words[-(limit - len(head) - 2) :]
    return f"{head} … {tail.split(' ', 1)[-1] if ' ' in tail.strip() else tail}"


def severity_name(severity: Severity) -> str:
    """The severity as a word ("Critical")."""
    return severity.value.capitalize()


def role_name(role: Role) -> str:
    """Our side of a contract in words."""
    return "side unknown" if role is Role.UNKNOWN else f"we are {role.value}"


def initials(user: str | None) -> str:
    """ "Jane van Smith" gives "JvS"; "" without a name."""
    return "".join(word[0] for word in (user or "").replace("-", " ").replace(".", " ").split() if word[0].isalnum())


def decision_lines(state: FindingState) -> list[str]:
    """What stands in the decision column: the decision, then initials and date; each undecided row says so."""
    if state.standing is Standing.UNDECIDED or state.decision is None:
        head = "Not decided: machine finding"
    elif state.standing is Standing.CHANGED:
        head = f"{_verb(state)}, but the facts have changed: confirm again"
    elif state.standing is Standing.NO_LONGER_RAISED:
        head = f"{_verb(state)}; no longer raised"
    else:
        head = _verb(state)
    lines = [head]
    if state.user or state.time:
        day = f"{state.time.day} {state.time:%B %Y}" if state.time else ""
        lines.append(", ".join(part for part in (initials(state.user), day) if part))
    if state.severity is not None and state.severity is not state.finding.severity:
        lines.append(f"Risk set by the lawyer; the playbook said {state.finding.severity.value}")
    return lines


def _verb(state: FindingState) -> str:
    return {Action.ACCEPT: "Accepted", Action.REJECT: "Rejected"}.get(state.decision or Action.NOTE, "Not decided")

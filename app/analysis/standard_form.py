"""A contract against a standard form: which of the form's clauses stand, which were changed, left out or added."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from rapidfuzz import fuzz, process

from app.analysis.comparing import changed_words, compare
from app.analysis.form_units import Unit, plain, units_of, unlabelled
from app.domain.clauses import Clause
from app.domain.matter import ContractKind
from app.domain.standard_form import Change, FormComparison, FormDeviation, StandardForm

FORM_VERSION = "1"  # part of what a stored comparison rests on: raise it when the same texts could compare otherwise
_SAME, _KIN = 99.5, 55.0  # likeness of 100: the same but for layout; two wordings of one clause
_ON_FORM = 0.35  # share of the form's clauses found again from which a contract is on the form
_OFTEN = 3  # clauses in which one name stands for another before it is told once for all
_QUOTE = 1500
_TOLD, _SHOWN = 6, 80  # clauses that a sentence tells, and characters of their words
_BLANK = re.compile(
    r"(?:_{2,}|\{[^}]*\}|\.{4,}|\[[\s_•●.…*]*\]|[•●]|\[\s*(?:insert|name|date|address|amount|number|party)\b[^\]]*\])+",
    re.I,
)
_NAME = re.compile(r"(?:[A-Z][\w&'’.-]*\s?){1,6}")
_ANY_KIND = (ContractKind.UNKNOWN, ContractKind.OTHER)  # a form that is for any kind of contract
_FACTS = ("Document Name", "Parties", "Agreement Date", "Effective Date")  # differ in every contract


@dataclass(frozen=True, slots=True)
class Side:
    """One of two texts with its clauses."""

    text: str
    clauses: Sequence[Clause]
    units: Sequence[Unit]

    @classmethod
    def of(cls, text: str, clauses: Sequence[Clause]) -> Side:
        """A text cut into its clauses."""
        return cls(text, [clause for clause in clauses if clause.reported], units_of(text))


def against(form: StandardForm, standard: Side, contract: Side, kind: ContractKind) -> FormComparison:
    """How the contract stands to the form. Another kind of contract that is not on the form is not compared."""
    pairs = _pairs(standard.units, contract.units)
    weight = sum(len(unit.words) for unit in standard.units) or 1
    followed = sum(len(standard.units[a].words) for a in pairs) / weight
    if followed >= _ON_FORM:
        found, renamed = _renamed(_wordings(standard, contract, pairs))
        said = f"Follows the standard form {form.name}: {_counted(len(standard.units), found)}{renamed}"
        return FormComparison(form.form_id, form.name, True, True, round(followed, 3), said, tuple(found))
    if kind is not form.kind and kind is not ContractKind.UNKNOWN and form.kind not in _ANY_KIND:
        said = f"Not compared with the standard form {form.name} ({form.kind.value}): this is another kind of contract."
        return FormComparison(form.form_id, form.name, False, False, round(followed, 3), said)
    found = _types(standard, contract)
    said = f"Not drafted on the standard form {form.name}: compared by clause type and value, not by wording."
    return FormComparison(form.form_id, form.name, True, False, round(followed, 3), said, tuple(found))


def drafts_told(old: str, new: str) -> str:
    """What the new text changes in which clause, in one sentence; "" where it is no draft of the old or the same."""
    before, after = Side.of(old, ()), Side.of(new, ())
    pairs = _pairs(before.units, after.units)
    if len(pairs) < _ON_FORM * len(before.units):
        return ""
    found, renamed = _renamed(_wordings(before, after, pairs))
    told = [_told(deviation) for deviation in found[:_TOLD]]
    if len(found) > _TOLD:
        told.append(f"and {len(found) - _TOLD} more clauses")
    return (f"By clause: {'; '.join(told)}." if told else "") + renamed


def _told(deviation: FormDeviation) -> str:
    """One clause in a few words: here against there."""
    name = deviation.clause if len(deviation.clause) <= 60 else deviation.clause[:57].rsplit(" ", 1)[0] + " …"
    if deviation.change is not Change.CHANGED:
        return f"{name}: only {'here' if deviation.change is Change.ADDED else 'there'}"
    old, new = (" ".join(words.split()) for words in deviation.words[0])
    more = f" and {len(deviation.words) - 1} more" if len(deviation.words) > 1 else ""
    if not old or not new:
        return f"{name}: “{_cut(old or new)}” stands only {'here' if new else 'there'}{more}"
    return f"{name}: “{_cut(new)}” here, “{_cut(old)}” there{more}"


def _cut(words: str) -> str:
    return words if len(words) <= _SHOWN else words[:_SHOWN].rsplit(" ", 1)[0] + " …"


def _pairs(form: Sequence[Unit], contract: Sequence[Unit]) -> dict[int, int]:
    """For each of the form's clauses the contract's wording of it, the likest first; none twice."""
    if not form or not contract:
        return {}
    likeness = process.cdist(
        [unit.words for unit in form], [unit.words for unit in contract], scorer=fuzz.ratio, score_cutoff=_KIN
    )
    found: dict[int, int] = {}
    taken: set[int] = set()
    rows, columns = np.nonzero(likeness)
    order = sorted(zip(rows, columns, strict=True), key=lambda p: (-likeness[p], abs(int(p[0]) - int(p[1])), p))
    for a, b in order:
        if int(a) not in found and int(b) not in taken:
            found[int(a)] = int(b)
            taken.add(int(b))
    return found


def _wordings(form: Side, contract: Side, pairs: dict[int, int]) -> list[FormDeviation]:
    """What departs from the form's wording, in the order of the form; what is only in the contract where it stands."""
    matched = {b: a for a, b in pairs.items()}
    placed: list[tuple[tuple[int, int], FormDeviation]] = []
    for a, unit in enumerate(form.units):
        other = contract.units[pairs[a]] if a in pairs else None
        found = _changed(form, unit, contract, other) if other is not None else _only_in_form(form, unit)
        if found is not None:
            placed.append(((a, 0), found))
    after = -1
    for b, unit in enumerate(contract.units):
        if b in matched:
            after = matched[b]
        else:
            placed.append(((after, b + 1), _only_in_contract(contract, unit)))
    return [deviation for _, deviation in sorted(placed, key=lambda entry: entry[0])]


def _changed(form: Side, unit: Unit, contract: Side, other: Unit) -> FormDeviation | None:
    """Two wordings of one clause; None where they are the same but for layout and blanks that were filled in."""
    old, new = form.text[unit.start : unit.end], contract.text[other.start : other.end]
    likeness = float(fuzz.ratio(unit.words, other.words))
    if likeness >= _SAME and unit.words == other.words:
        return None
    words = tuple(pair for pair in changed_words(unlabelled(plain(old)), unlabelled(plain(new))) if not _filled(*pair))
    if not words:
        return None
    types, values = _typed(_within(form.clauses, unit), _within(contract.clauses, other))
    return FormDeviation(
        Change.CHANGED, unit.name, other.start, other.end, new[:_QUOTE], old[:_QUOTE], round(likeness / 100, 3), words,
        types, values,
    )  # fmt: skip


def _filled(old: str, new: str) -> bool:
    """Whether the contract only fills in what the form leaves blank."""
    parts = _BLANK.split(old)
    return len(parts) > 1 and bool(re.fullmatch(".+?".join(map(re.escape, parts)), new, re.S))


def _only_in_form(form: Side, unit: Unit) -> FormDeviation:
    types, _ = _typed(_within(form.clauses, unit), ())
    return FormDeviation(
        Change.REMOVED, unit.name, None, None, "", form.text[unit.start : unit.end][:_QUOTE], types=types
    )


def _only_in_contract(contract: Side, unit: Unit) -> FormDeviation:
    types, _ = _typed((), _within(contract.clauses, unit))
    words = contract.text[unit.start : unit.end][:_QUOTE]
    return FormDeviation(Change.ADDED, unit.name, unit.start, unit.end, words, "", types=types)


def _within(clauses: Sequence[Clause], unit: Unit) -> list[Clause]:
    return [clause for clause in clauses if clause.start < unit.end and unit.start < clause.end]


def _typed(
    old: Sequence[Clause], new: Sequence[Clause]
) -> tuple[tuple[str, ...], tuple[tuple[str, str, str], ...]]:  # fmt: skip
    """The types of both sides, and the values that differ."""
    types = tuple(dict.fromkeys(clause.type for clause in (*old, *new)))
    values = []
    for name in types:
        before, after = _value(old, name), _value(new, name)
        if before and after and before != after:
            values.append((name, before, after))
    return types, tuple(values)


def _value(clauses: Sequence[Clause], name: str) -> str:
    shown = (str(c.value.get("display") or "") for c in clauses if c.type == name and c.value)
    return "; ".join(dict.fromkeys(filter(None, shown)))


def _renamed(found: Sequence[FormDeviation]) -> tuple[list[FormDeviation], str]:
    """Without the names that stand for another throughout, and these in words: a form's "Client" is our "Customer"."""
    counts = Counter(
        pair for d in found for pair in set(d.words) if _NAME.fullmatch(pair[0]) and _NAME.fullmatch(pair[1])
    )
    names = {pair for pair, count in counts.items() if count >= _OFTEN}
    kept = []
    for deviation in found:
        words = tuple(pair for pair in deviation.words if pair not in names)
        if words or deviation.change is not Change.CHANGED:
            kept.append(replace(deviation, words=words))
    told = ", ".join(f"“{new}” for “{old}”" for old, new in sorted(names))
    return kept, f" Throughout it says {told}." if told else ""


def _counted(clauses: int, found: Sequence[FormDeviation]) -> str:
    counts = Counter(d.change for d in found)
    parts = [
        f"{counts[change]} {verb}"
        for change, verb in ((Change.CHANGED, "changed"), (Change.REMOVED, "left out"), (Change.ADDED, "added"))
        if counts[change]
    ]
    return (
        f"of its {clauses} clauses {', '.join(parts)}." if parts else f"none of its {clauses} clauses departs from it."
    )


def _types(form: Side, contract: Side) -> list[FormDeviation]:
    """By clause type: what only one of the two has, and values that differ."""
    found: list[FormDeviation] = []
    told: set[tuple[str, Change]] = set()
    both = {c.type for c in form.clauses} & {c.type for c in contract.clauses}
    for one in compare(form.text, form.clauses, contract.text, contract.clauses):
        change = Change.CHANGED if one.type in both else one.change
        if change is Change.SAME or one.type in _FACTS or (one.type, change) in told:
            continue
        told.add((one.type, change))
        old = [c for c in form.clauses if c.type == one.type]
        new = [c for c in contract.clauses if c.type == one.type]
        _, values = _typed(old, new)
        if change is Change.CHANGED and not values:
            continue
        best = max(new, key=lambda c: c.score, default=None)
        theirs = max(old, key=lambda c: c.score, default=None)
        found.append(
            FormDeviation(
                change, one.type, best.start if best else None, best.end if best else None,
                contract.text[best.start : best.end][:_QUOTE] if best else "",
                form.text[theirs.start : theirs.end][:_QUOTE] if theirs else "", 0.0, (), (one.type,), values,
            )
        )  # fmt: skip
    return found

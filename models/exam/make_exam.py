"""Makes exam.json: `python models/exam/make_exam.py TRAIN.jsonl HELD_OUT.txt QUICK20.txt`. A development tool.

Only contracts that no screener weights were trained on are used, and none of quick20, on which readers are compared.
Run it again when the screener changes: its scores of the doubtful candidates are kept with the questions.
Data: CUAD v1, The Atticus Project, CC BY 4.0.
"""

from __future__ import annotations

import json
import random
import re
import sys
from pathlib import Path
from typing import Any

from app.analysis.fusion import logit
from app.analysis.reading_worth import thresholds
from app.analysis.screener import Screener
from app.domain.clauses import CUAD_TYPES, Candidate
from app.paths import screener_weights

PASSAGES = 24  # about a labelled clause each
UNCERTAIN = 1.5  # log-odds either side of the threshold: what lies farther off is no doubtful candidate
DOUBTFUL = 44  # about candidates that the screener leaves uncertain
LONGEST = 470
# Types that a hurried reader confuses: the wrong one is asked where its label is nowhere near the passage.
NEAR = {
    "Governing Law": ["Dispute Resolution", "Anti-Assignment"], "Audit Rights": ["Confidentiality", "Insurance"],
    "Expiration Date": ["Renewal Term", "Effective Date", "Termination For Convenience"],
    "Anti-Assignment": ["Change Of Control", "Non-Transferable License", "Third Party Beneficiary"],
    "Cap On Liability": ["Uncapped Liability", "Liquidated Damages", "Insurance"],
    "License Grant": ["Ip Ownership Assignment", "Joint Ip Ownership", "Source Code Escrow"],
    "Exclusivity": ["Non-Compete", "Most Favored Nation", "No-Solicit Of Customers"],
    "Minimum Commitment": ["Price Restrictions", "Liquidated Damages", "Volume Restriction"],
    "Termination For Convenience": ["Renewal Term", "Change Of Control", "Expiration Date"],
    "Insurance": ["Cap On Liability", "Warranty Duration"],
    "Ip Ownership Assignment": ["License Grant", "Joint Ip Ownership", "Covenant Not To Sue"],
    "Post-Termination Services": ["Renewal Term", "Warranty Duration", "Audit Rights"],
    "Non-Compete": ["Exclusivity", "No-Solicit Of Employees", "Non-Disparagement"],
    "Revenue/Profit Sharing": ["Minimum Commitment", "Liquidated Damages", "Price Restrictions"],
    "Non-Transferable License": ["Anti-Assignment", "Exclusivity"], "Renewal Term": ["Termination For Convenience"],
    "Warranty Duration": ["Renewal Term", "Insurance"], "Effective Date": ["Expiration Date", "Renewal Term"],
    "Change Of Control": ["Termination For Convenience", "Exclusivity"],
    "Uncapped Liability": ["Cap On Liability", "Liquidated Damages"], "Volume Restriction": ["Minimum Commitment"],
    "Rofr/Rofo/Rofn": ["Exclusivity", "Most Favored Nation"], "Source Code Escrow": ["License Grant", "Audit Rights"],
    "Notice Period To Terminate Renewal": ["Termination For Convenience"], "Joint Ip Ownership": ["License Grant"],
    "Liquidated Damages": ["Cap On Liability", "Insurance"], "Non-Disparagement": ["Non-Compete", "Confidentiality"],
}  # fmt: skip
# Judgements that follow from the type alone, one true and one false.
RISK = {
    "Governing Law": ("Does this fix the law before any dispute arises?", "Do these words leave the law open?"),
    "Audit Rights": ("Could the other side inspect books or records?", "Do these words keep all records closed?"),
    "Expiration Date": ("Does the contract's length follow from this?", "Do these words leave the length open?"),
    "Anti-Assignment": ("Is freedom to transfer the contract limited?", "Can both sides transfer it as they like?"),
    "Cap On Liability": ("Could a victim recover less than its loss?", "Is every loss recoverable in full?"),
    "License Grant": ("May someone use what belongs to another?", "Do these words forbid all use?"),
    "Exclusivity": ("Does this limit with whom a party may deal?", "May both sides deal with anybody freely?"),
    "Minimum Commitment": ("Is a party bound to a least amount?", "May a party order or pay nothing at all?"),
    "Termination For Convenience": ("Could a party lose the contract without fault?", "Is a breach needed to end it?"),
    "Insurance": ("Does someone have to be insured?", "Do these words free everyone from insuring?"),
    "Ip Ownership Assignment": ("Does the creator of something not keep it?", "Does each side keep what it creates?"),
    "Post-Termination Services": ("Do duties or rights outlast the end?", "Does everything stop at the end at once?"),
    "Non-Compete": ("Is a party's business freedom limited?", "May the parties compete as they please?"),
    "Revenue/Profit Sharing": ("Does one party get a share of income?", "Does each party keep all of its income?"),
    "Non-Transferable License": ("Is the licensee barred from passing it on?", "May the licence be sold on freely?"),
    "Renewal Term": ("Could the contract go on after its first term?", "Is renewal ruled out?"),
    "Warranty Duration": ("Does a promise of quality run for a time?", "Is everything sold without any warranty?"),
    "Change Of Control": ("Could a sale of a party's business matter here?", "Is a merger without any effect?"),
    "Uncapped Liability": ("Could a party have to pay without limit?", "Is every liability limited?"),
}  # fmt: skip
_PERIOD = re.compile(r"\((\d{1,3})\)\s*(days|months|years)|\b(\d{1,3}) (days|months|years)\b")
_STATE = re.compile(
    r"(?:State|Commonwealth) of (New York|California|Delaware|Texas|Florida|Nevada|Illinois|Washington)"
)


def read(path: Path, held: Path, kept: Path) -> list[dict[str, Any]]:
    """The contracts that may be used."""
    titles = _titles(held) - _titles(kept)
    rows = [json.loads(line) for line in path.open(encoding="utf-8")]
    return [row for row in rows if row["title"] in titles]


def _titles(path: Path) -> set[str]:
    return {line.strip() for line in path.read_text("utf-8").splitlines() if line.strip() and not line.startswith("#")}


def window(text: str, start: int, end: int) -> tuple[int, int]:
    """The words about a span, by whole sentences, LONGEST characters at most."""
    low, high = start, end
    for match in re.finditer(r"(?<=[.;:])\s+|\n", text[max(0, start - 200) : start]):
        low = max(0, start - 200) + match.end()
        break
    for match in re.finditer(r"[.;:](?=\s)", text[end : end + 260]):
        if end + match.end() - low > LONGEST:
            break
        high = end + match.end()
    return (start if high - low > LONGEST else low), high


def types_near(row: dict[str, Any], low: int, high: int) -> set[str]:
    return {t for t, spans in row["labels"].items() if any(a < high and low < b for a, b in spans)}


def value_question(passage: str, chance: random.Random) -> dict[str, Any]:
    """A question about a value in the passage whose answer the passage's words settle."""
    true = chance.random() < 0.5
    if state := _STATE.search(passage):
        wrong = "Ohio" if "Ohio" not in passage else "Utah"
        return item("value", f"Do the words name {state[1] if true else wrong}?", true)
    if period := _PERIOD.search(passage):
        number, unit = (period[1], period[2]) if period[1] else (period[3], period[4])
        wrong = next(n for n in ("45", "17", "75", "11") if n not in passage)
        return item("value", f"Is a period of {number if true else wrong} {unit} named?", true)
    if year := re.search(r"\b(19|20)\d\d\b", passage):
        wrong = str(int(year[0]) + 3)
        return item("value", f"Do the words name the year {year[0] if true else wrong}?", true or wrong in passage)
    word = max(re.findall(r"\b[A-Za-z]{5,}\b", passage), key=lambda w: (len(w), w))
    wrong = next(w for w in ("greenhouse", "submarine", "orchestra") if w not in passage)
    return item("value", f'Do the words speak of "{word if true else wrong}"?', true)


def item(kind: str, text: str, answer: bool) -> dict[str, Any]:
    return {"kind": kind, "text": f"{text}", "answer": answer}


def passage_of(row: dict[str, Any], kind: str, span: list[int], chance: random.Random) -> dict[str, Any] | None:
    text, (start, end) = row["text"], span
    low, high = window(text, start, end)
    near = [t for t in NEAR[kind] if t not in types_near(row, low, high)]
    if kind not in RISK or not near or high - low > LONGEST or high - low < 120:
        return None
    passage, words = text[low:high].strip(), text[start:end]
    true = chance.random() < 0.5
    risk = chance.random() < 0.5
    present = next(
        t for t in ("Non-Disparagement", "Source Code Escrow", "Insurance") if t not in types_near(row, low, high)
    )
    return {
        "contract": row["title"], "passage": passage,
        "questions": [
            {"kind": "gate", "type": kind, "words": words, "answer": True},
            {"kind": "near miss", "type": chance.choice(near), "words": words, "answer": False},
            {"kind": "presence", "type": kind if true else present, "answer": true},
            value_question(passage, chance),
            item("risk", RISK[kind][0 if risk else 1], risk),
        ],
    }  # fmt: skip


def labelled(rows: list[dict[str, Any]], chance: random.Random) -> list[dict[str, Any]]:
    """Passages about a labelled clause, the types in turn."""
    pool: dict[str, list[dict[str, Any]]] = {kind: [] for kind in NEAR if kind in RISK}
    for row in rows:
        for kind in pool:
            spans = [s for s in row["labels"].get(kind, []) if 60 <= s[1] - s[0] <= 330]
            made = [p for s in spans if (p := passage_of(row, kind, s, chance))]
            pool[kind] += made[:1]
    for made in pool.values():
        chance.shuffle(made)
    chosen: list[dict[str, Any]] = []
    seen: set[str] = set()
    while len(chosen) < PASSAGES and any(pool.values()):
        for made in pool.values():
            if made and len(chosen) < PASSAGES and made[-1]["passage"] not in seen:
                seen.add(made[-1]["passage"])
                chosen.append(made[-1])
            if made:
                made.pop()
    return chosen


def doubtful(rows: list[dict[str, Any]], chance: random.Random) -> list[dict[str, Any]]:
    """Passages about candidates that the screener leaves uncertain, the contracts in turn."""
    screener = Screener.load(screener_weights())
    pools = []
    for row in rows:
        found = screener.screen(row["text"])
        unsure = [
            c for c, limit in zip(found, thresholds(found), strict=True)
            if c.type in CUAD_TYPES and 40 <= c.end - c.start <= LONGEST
            and abs(logit(c.score) - logit(limit)) < UNCERTAIN
        ]  # fmt: skip
        chance.shuffle(unsure)
        pools.append((row, unsure))
    every = [is_clause(row, candidate) for row, unsure in pools for candidate in unsure]
    chosen: list[dict[str, Any]] = []
    while len(chosen) < DOUBTFUL and any(unsure for _, unsure in pools):
        for row, unsure in pools:
            if unsure and len(chosen) < DOUBTFUL:
                # Clauses and others in turn, weighted below: a sample as they come would hold six clauses in fifty.
                wanted = [c for c in unsure if is_clause(row, c) == (len(chosen) % 2 == 0)]
                chosen.append(doubtful_passage(row, unsure, (wanted or unsure)[-1], chance))
    asked = [q for passage in chosen for q in passage["questions"] if q["kind"] == "doubt"]
    for question in asked:
        alike = sum(q["answer"] == question["answer"] for q in asked)
        question["stands_for"] = round(every.count(question["answer"]) / alike, 2)
    print(f"{len(every)} uncertain candidates, {sum(every)} of them clauses; {len(asked)} asked about")
    return chosen


def is_clause(row: dict[str, Any], candidate: Candidate) -> bool:
    """Whether a label of its type overlaps the candidate by half of the shorter one."""
    for start, end in row["labels"].get(candidate.type, []):
        common = min(end, candidate.end) - max(start, candidate.start)
        if common * 2 >= min(end - start, candidate.end - candidate.start) > 0:
            return True
    return False


def doubtful_passage(
    row: dict[str, Any], unsure: list[Candidate], chosen: Candidate, chance: random.Random
) -> dict[str, Any]:
    """A passage about one uncertain candidate, with all that lie in it; those are taken from `unsure`."""
    text = row["text"]
    low, high = window(text, chosen.start, chosen.end)
    inside = [c for c in unsure if low <= c.start and c.end <= high][-4:]
    if chosen not in inside:
        inside = [chosen, *inside[-3:]]
    for candidate in inside:
        unsure.remove(candidate)
    questions: list[dict[str, Any]] = [
        {
            "kind": "doubt", "type": c.type, "words": text[c.start : c.end], "answer": is_clause(row, c),
            "score": round(c.score, 4),
        }
        for c in inside
    ]  # fmt: skip
    absent = [t for t in NEAR if t not in types_near(row, low, high) and t not in {c.type for c in inside}]
    chance.shuffle(absent)
    words = text[chosen.start : chosen.end]
    questions += [{"kind": "near miss", "type": t, "words": words, "answer": False} for t in absent[: 4 - len(inside)]]
    passage = text[low:high].strip()
    return {"contract": row["title"], "passage": passage, "questions": [*questions, value_question(passage, chance)]}


def main(path: Path, held: Path, kept: Path) -> None:
    chance = random.Random(7)
    rows = read(path, held, kept)
    chosen = labelled(rows, chance) + doubtful(rows, chance)
    chance.shuffle(chosen)
    for number, passage in enumerate(chosen, 1):
        passage["id"] = f"p{number:02}"
    out = {"source": "CUAD v1, The Atticus Project", "licence": "CC BY 4.0", "version": 2, "passages": chosen}
    target = Path(__file__).with_name("exam.json")
    target.write_text(json.dumps(out, indent=1, ensure_ascii=False) + "\n", "utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3]))

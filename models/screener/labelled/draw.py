"""Draw passages to label for the seven rule types: python -m models.screener.labelled.draw TRAIN.jsonl > passages.jsonl

Looks at nothing that the rules find: some at random, the rest by loose words, one passage a contract and reason for
drawing, contracts of held_out.txt left out. Labelled by hand in rules.jsonl.
"""

from __future__ import annotations

import json
import random
import re
import sys
from pathlib import Path

from app.analysis.segments import split_segments

SHORTEST, LONGEST = 250, 900  # characters of a passage: whole segments until it is at least the one, at most the other
AT_RANDOM, PER_TYPE = 60, 34
WORDS = {
    "Indemnification": r"indemn|harmless",
    "Confidentiality": r"confiden|non-?disclosure|proprietary|trade secret",
    "Data Protection": r"personal(?:ly)? (?:data|info|ident)|privacy|data (?:protect|secur|breach)|hipaa|gdpr|opt.?out"
    r"|user data",
    "Force Majeure": r"majeure|acts? of god|beyond .{0,40}control|strike|earthquake|natural disaster",
    "Payment Terms": r"invoice|payable|payment|\bpaid\b|remit|instal?lment",
    "Dispute Resolution": r"arbitra|dispute|mediat|jurisdiction|venue|\bcourts?\b",
    "Notices": r"\bnotices?\b|\bnotif",
    "random": "",
    "Notices by delivery": r"facsimile|(?:registered|certified) mail|courier|telex|\battn\b|attention:|\bif to\b",
}


def passages(text: str) -> list[tuple[int, int]]:
    """Neighbouring segments put together, [start, end) from end to end of the contract."""
    found: list[tuple[int, int]] = []
    start = None
    for begin, end in split_segments(text):
        if start is None or end - start > LONGEST:
            start = begin
        if end - start >= SHORTEST:
            found.append((start, min(end, start + 1500)))
            start = None
    return found


def main() -> None:
    """Print a JSON object a passage, without labels."""
    held_out = set(Path("models/screener/held_out.txt").read_text("utf-8").splitlines())
    with open(sys.argv[1], encoding="utf-8") as file:
        contracts = [row for row in map(json.loads, file) if row["title"] not in held_out]
    rng = random.Random(4)
    taken: set[tuple[str, int]] = set()
    rows = []
    for why, pattern in WORDS.items():
        wanted = AT_RANDOM if why == "random" else PER_TYPE
        for contract in rng.sample(contracts, len(contracts)):
            text, title = contract["text"], contract["title"]
            if not wanted:
                break
            able = [
                s for s in passages(text) if (title, s[0]) not in taken and re.search(pattern, text[slice(*s)], re.I)
            ]
            if able:
                start, end = rng.choice(able)
                taken.add((title, start))
                wanted -= 1
                rows.append({"title": title, "start": start, "end": end, "drawn": why, "text": text[start:end]})
    rng.shuffle(rows)
    for row in rows:
        print(json.dumps(row, ensure_ascii=False))


if __name__ == "__main__":
    main()

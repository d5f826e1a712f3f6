"""Unfair passages of consumer terms: a small linear model over words and turns of phrase, part of the playbook."""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from app.analysis.features import Document, HashedRows, read_document, word_rows
from app.analysis.playbooks_detector import CATEGORIES
from app.analysis.screener_linear import LinearScores
from app.analysis.unfair_cues import accepts_liability, cues_of

Float = NDArray[np.float32]
# The two outputs that decide whether a passage is told, and one for each category.
OUTPUTS = ("unfair", "clearly", *CATEGORIES.values())
CLEARLY_WEIGHT = 0.6  # of the log-odds of a clearly unfair passage beside those of an unfair one
CLEAR_WEIGHT = 0.4  # and of an unfair one beside those of a clearly unfair one, where only these are meant
_TURN_WEIGHT, _CUE_WEIGHT = 0.35, 1.0
_CONTENT = r"content|post\w*|materials?|submissions?|UGC|reviews?|data|results?|information"
_TURNS: dict[str, str] = {
    "discretion": r"\b(?:sole|absolute|own|complete|its|our|their) (?:and (?:absolute|sole) )?discretion\b"
    r"|\bsole option\b"
    r"|\bat (?:our|its) option\b",
    "reason": r"\b(?:any|no|whatever|other) (?:or no )?reasons?\b|\bfor convenience\b|\bat (?:our|its) convenience\b",
    "time": r"\bat any time\b|\bfrom time to time\b|\bimmediately\b|\bat once\b",
    "notice": r"\bwithout (?:any )?(?:prior |further |advance )?(?:notice|notification|liability|warning|notifying)\b"
    r"|\bwith or without\b",
    "end": r"\b(?:terminat\w+|suspend\w*|discontinu\w+|clos(?:e|ing)|disabl\w+|deactivat\w+|cancel\w*"
    r"|withdraw\w*|cease|stop"
    r"|restrict\w*|ban|limit) ",
    "thing": r"\b(?:accounts?|services?|access|agreements?|subscription|memberships?|site|website|software"
    r"|product)\b",
    "remove": rf"\b(?:remov\w+|delet\w+|edit\w*|screen|refuse|reject|block|disable|moderate"
    rf"|take down)\b[^.]{{0,120}}\b(?:{_CONTENT})\b",
    "may": r"\b(?:we|our|us|it|company|provider) (?:may|can|reserves?|could|might|has|have|retains?)\b",
    "court": r"\b(?:courts?|jurisdiction|venue|forum)\b",
    "submit": r"\b(?:submit|consent|exclusive\w*|venue|brought|litigat\w+|waive\w*)\b",
    "place": r"\b(?:California|Delaware|New York|San Francisco|Santa Clara|Los Angeles|Texas|Washington|Finland"
    r"|Ireland"
    r"|Luxembourg|Netherlands|Amsterdam|England|London|France|Paris|Israel|Sweden|Singapore|County|State of|Lithuania"
    r"|Massachusetts|District|Florida|Illinois|Germany|Switzerland|Japan|China|Hong Kong|Cyprus|Malta|Denmark)\b",
    "home": r"\b(?:your (?:country|place|local)|reside\w*|residence|domicile\w*|consumer|mandatory|live)\b",
    "law": r"\b(?:governed by|laws of|governing law|conflicts? of laws?|construed)\b",
    "arbitrate": r"\barbitrat\w+\b",
    "out": r"\bopt(?:ing)?[- ]?out\b",
    "liable": r"\b(?:not|no|neither|nor|never|disclaims?)\b[^.]{0,80}\b(?:liab\w+|responsib\w+|warrant\w+)\b",
    "asis": r"\bas is\b|\bas[- ]available\b|\bown risk\b",
    "extent": r"\b(?:maximum|fullest|greatest) extent\b|\bto the extent (?:permi|allow)",
    "change": r"\b(?:change|modif\w+|amend\w*|updat\w+|revis\w+|vary|alter|replace)\b[^.]{0,100}"
    r"\b(?:terms?|agreements?|policy|policies|conditions|fees?|prices?|services?)\b",
    "use": r"\bby (?:accessing|using|visiting|browsing|continuing|downloading|registering|clicking|creating)\b"
    r"|\bcontinu\w+ (?:to )?(?:use|access)\b",
    "agree": r"\b(?:agree|accept|consent|acknowledge|bound)\w*\b",
    "damages": r"\b(?:damages|loss(?:es)?|injur\w+)\b",
    "you": r"\byou\b",
    "cause": r"\b(?:if|unless) you\b|\bviolat\w+|\bbreach\w*|\bfail(?:s|ure)?\b",
    "cap": r"\b(?:exceed|greater of|limited to|maximum aggregate|\$\s?\d+)\b",
}


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage that is told: its place, its category, and its score (from nought on it is told)."""

    start: int
    end: int
    category: str
    score: float
    clear: bool = False  # of the sort that the corpus calls clearly unfair


@dataclass(frozen=True, slots=True, eq=False)
class UnfairTerms:
    """The trained model and the score from which a passage is told."""

    linear: LinearScores
    threshold: float
    clear: float = float("inf")  # the score of clear_odds() from which a passage is clearly unfair

    @classmethod
    def of(cls, arrays: Mapping[str, NDArray[np.generic]]) -> UnfairTerms:
        """From the arrays of the weight file."""
        clear = float(np.asarray(arrays["clear"])) if "clear" in arrays else float("inf")
        return cls(LinearScores.of(arrays, "unfair"), float(np.asarray(arrays["threshold"])), clear)

    def passages(self, text: str) -> tuple[Passage, ...]:
        """The passages that are told, in the order of the text."""
        return _passages(self, text)


def load_terms(raw: bytes) -> UnfairTerms:
    """The model of a weight file's bytes."""
    with np.load(io.BytesIO(raw), allow_pickle=False) as arrays:
        return UnfairTerms.of({name: arrays[name] for name in arrays.files})


@lru_cache(maxsize=4)
def _turns() -> dict[str, re.Pattern[str]]:
    return {name: re.compile(words.replace(" ", r"\s+"), re.IGNORECASE) for name, words in _TURNS.items()}


def rows_of(text: str, document: Document) -> HashedRows:
    """Words in runs of one to three, beginnings, the heading's words; turns of phrase, alone and in pairs; cues."""
    words = word_rows(text, document)
    names, patterns = list(_turns()), list(_turns().values())
    keys = []
    for start, end in document.spans:
        piece = text[start:end]
        found = [name for name, pattern in zip(names, patterns, strict=True) if pattern.search(piece)]
        marks = found + [f"{one}+{other}" for index, one in enumerate(found) for other in found[index + 1 :]]
        weighed = {zlib.crc32(f"turn:{mark}".encode()): _TURN_WEIGHT for mark in marks}
        keys.append(weighed | {zlib.crc32(f"cue:{cue}".encode()): _CUE_WEIGHT for cue in cues_of(piece)})
    return _joined(words, keys)


def _joined(words: HashedRows, extra: list[dict[int, float]]) -> HashedRows:
    """The rows with further keys and their weights appended to each."""
    indptr, all_keys, all_values = [0], [], []
    for row, more in enumerate(extra):
        part = slice(words.indptr[row], words.indptr[row + 1])
        all_keys += [words.keys[part], np.fromiter(more, np.uint32)]
        all_values += [words.values[part], np.fromiter(more.values(), np.float32)]
        indptr.append(indptr[-1] + len(words.keys[part]) + len(more))
    return HashedRows(np.array(indptr, np.int64), np.concatenate(all_keys), np.concatenate(all_values))


def combined(logits: Float) -> Float:
    """What a passage is judged by: unfair at all, and clearly so."""
    return np.asarray(logits[:, 0] + CLEARLY_WEIGHT * logits[:, 1], np.float32)


def clear_odds(logits: Float) -> Float:
    """By what a passage is told to be clearly unfair: chosen, like CLEARLY_WEIGHT, for recall at a precision of .60."""
    return np.asarray(logits[:, 1] + CLEAR_WEIGHT * logits[:, 0], np.float32)


@lru_cache(maxsize=8)
def _passages(model: UnfairTerms, text: str) -> tuple[Passage, ...]:
    document = read_document(text)
    if not document.spans:
        return ()
    logits = model.linear.logits(rows_of(text, document))
    scores = combined(logits) - model.threshold
    clear = clear_odds(logits) >= model.clear
    names = list(CATEGORIES.values())
    return tuple(
        Passage(
            *document.spans[row], names[int(np.argmax(logits[row, 2:]))], round(float(scores[row]), 3), bool(clear[row])
        )
        for row in np.flatnonzero(scores >= 0)
        if not accepts_liability(text[slice(*document.spans[row])])
    )

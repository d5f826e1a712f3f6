"""From scored segments to passages: continuing segments joined, names, titles and dates cut out of theirs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from app.analysis.features import Document
from app.analysis.features_stack import Stage
from app.analysis.features_tokens import SHORT_TYPES, runs, short_rows, token_rows, tokens_of
from app.analysis.fusion import logit, sigmoid
from app.analysis.screener_judgement import FLOOR, Judgement
from app.analysis.screener_linear import LinearScores
from app.domain.clauses import CUAD_TYPES, Candidate

Float = NDArray[np.float32]
RUN_THRESHOLD = 0.1  # a token at least this likely belongs to the name, title or date
HOLE = 0.03  # a single token between two runs is taken along from here on
KEPT = 6  # candidates per type, reported or not
LEAST = 0.01  # candidates below this probability are dropped, but for the best of each type
SHORT_COLUMNS = [CUAD_TYPES.index(name) for name in SHORT_TYPES]
_FINISHED = re.compile(r"[.;:?!][\"'”’)\]]*\s*$")
_EDGE_LEFT = re.compile(r"^(?:[\s,;:.)\]]|(?:and|of|by|between|among|this|as)\s)+", re.I)
_EDGE_RIGHT = re.compile(r"(?:[\s,;:(\[]|\s(?:and|of|by|between|a|an|the|as|is)$)+$", re.I)

# The rest of a word with hyphens of which the tagger took a part: "Non" before "-Disclosure", "-Branding" after "Co".
_REST_LEFT = re.compile(r"(?<![\w-])[^\W\d_]+(?:-[^\W\d_]+)*-?$")
_REST_RIGHT = re.compile(r"-?[^\W\d_]+(?:-[^\W\d_]+)*(?![\w-])")
_LONGEST_REST = 40  # characters looked at for it


def find_candidates(
    text: str, document: Document, stage: Stage, judged: Judgement, tagger: LinearScores, calibration: Float
) -> list[Candidate]:
    """Candidates of CUAD's types; `calibration` (short types x 3) is that of the short types' scores."""
    found: list[Candidate] = []
    for column, name in enumerate(CUAD_TYPES):
        if name in SHORT_TYPES:
            continue
        order = np.argsort(-judged.scores[:, column], kind="stable")
        keep = [int(k) for n, k in enumerate(order[:KEPT]) if n == 0 or judged.scores[k, column] >= LEAST]
        keep += [int(k) for k in order[KEPT:] if judged.reported[k, column]]
        found += _long(text, [_candidate(document, stage, judged, k, column) for k in keep])
    return found + _short(text, document, stage, judged, tagger, calibration)


def _candidate(document: Document, stage: Stage, judged: Judgement, rank: int, column: int) -> Candidate:
    """The whole segment as a candidate."""
    start, end = document.spans[stage.rows[rank, column]]
    return Candidate(
        CUAD_TYPES[column], start, end, float(judged.scores[rank, column]), bool(judged.reported[rank, column]),
        threshold=float(judged.thresholds[rank, column]),
    )  # fmt: skip


def _long(text: str, candidates: list[Candidate]) -> list[Candidate]:
    """Candidates of one type in order of the text, a clause that runs on over several segments joined."""
    found: list[Candidate] = []
    for candidate in sorted(candidates, key=lambda c: c.start):
        last = found[-1] if found else None
        if last and candidate.reported and last.reported and _continues(text, last, candidate.start):
            best = max(last, candidate, key=lambda c: c.score)
            found[-1] = replace(best, start=last.start, end=candidate.end)
        else:
            found.append(candidate)
    return found


def _continues(text: str, before: Candidate, start: int) -> bool:
    """Tell whether the passage before runs on into the segment that begins at `start`: no full stop between."""
    between = text[before.end : start]
    return len(between) < 12 and not between.strip() and not _FINISHED.search(text[before.end - 3 : before.end])


def _short(
    text: str, document: Document, stage: Stage, judged: Judgement, tagger: LinearScores, calibration: Float
) -> list[Candidate]:
    """Names, titles and dates; a segment in which none is found stands as a whole."""
    found: list[Candidate] = []
    for index, rank, pieces in short_pieces(text, document, stage, tagger):
        whole = _candidate(document, stage, judged, rank, SHORT_COLUMNS[index])
        if not pieces and whole.reported:
            found.append(replace(whole, score=whole.score / 2, threshold=whole.score / 2))
        own, (slope, weight, offset) = logit(whole.score), calibration[index].tolist()
        for start, end, chance in pieces:
            odds = slope * own + weight * logit(chance) + offset
            score = sigmoid(odds)
            if score >= LEAST:
                limit = max(FLOOR, sigmoid(odds + slope * (logit(whole.threshold or 0.5) - own)))
                said = whole.reported and score >= FLOOR
                found.append(Candidate(whole.type, start, end, score, said, threshold=limit))
    return found


def short_pieces(
    text: str, document: Document, stage: Stage, tagger: LinearScores
) -> Iterator[tuple[int, int, list[tuple[int, int, float]]]]:
    """For the best segments of each short type: its index, the segment's rank, (start, end, mean token chance)s."""
    logits = stage.logits[:, SHORT_COLUMNS]
    known = [{int(r): k for k, r in enumerate(stage.rows[:, column])} for column in SHORT_COLUMNS]
    for row in short_rows(logits):
        wanted = [index for index in range(len(SHORT_TYPES)) if row in known[index]]
        pieces = _tagged(text, document, tagger, row, logits[row], wanted)
        for index in wanted:
            yield index, known[index][row], [piece[1:] for piece in pieces if piece[0] == index]


def _tagged(
    text: str, document: Document, tagger: LinearScores, row: int, segment_logits: Float, wanted: list[int]
) -> list[tuple[int, int, int, float]]:
    """(index in SHORT_TYPES, start, end, mean token probability) of the names, titles and dates in one segment."""
    tokens = tokens_of(text, *document.spans[row])
    if not tokens:
        return []
    logits = tagger.logits(token_rows(text, tokens, segment_logits))
    chance = np.asarray(1 / (1 + np.exp(-logits)), np.float32)
    found = []
    for index in wanted:
        column = _fill(chance[:, index])
        for first, last, score in runs(column, RUN_THRESHOLD):
            start, end = _whole(text, *_trim(text, tokens[first][0], tokens[last - 1][1]))
            if end - start >= 2:
                found.append((index, start, end, min(1.0, score)))
    return found


def _fill(chance: Float) -> Float:
    """Lift a lone weak token between two strong ones."""
    filled = chance.copy()
    weak = (chance[1:-1] < RUN_THRESHOLD) & (chance[1:-1] >= HOLE)
    weak &= (chance[:-2] >= RUN_THRESHOLD) & (chance[2:] >= RUN_THRESHOLD)
    filled[1:-1][weak] = RUN_THRESHOLD
    return filled


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    """Cut joining words and marks off both edges."""
    left = _EDGE_LEFT.match(text[start:end])
    start += left.end() if left else 0
    right = _EDGE_RIGHT.search(text[start:end])
    return start, start + right.start() if right else end


def _whole(text: str, start: int, end: int) -> tuple[int, int]:
    """Take along what the edges leave of a word with hyphens: nobody calls an agreement "-Disclosure Agreement"."""
    left = _REST_LEFT.search(text[max(0, start - _LONGEST_REST) : start])
    if left and left.group().endswith("-") != text.startswith("-", start):
        start -= len(left.group())
    right = _REST_RIGHT.match(text, end, end + _LONGEST_REST)
    if right and right.group().startswith("-") != text.endswith("-", start, end):
        end = right.end()
    return start, end

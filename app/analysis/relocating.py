"""Where a passage of one reading of a document stands in another reading of it: exactly, or nearly and only there."""

from __future__ import annotations

from rapidfuzz import fuzz

LEAST = 90.0  # likeness, of 100, from which a passage is the same one
_ROUGHLY = 75.0  # of a window of equal length, before its ends are moved
_CONTEXT = 80
_SHORTEST = 12  # characters under which nearly the same is not good enough


def relocate(old: str, start: int, end: int, new: str) -> tuple[int, int, float] | None:
    """[start, end) of `old` in `new` with the likeness (0 to 1); None where it is not there or not there alone."""
    quote = old[start:end]
    if not quote.strip():
        return None
    exact = _places(new, quote)
    if len(exact) == 1:
        return exact[0], exact[0] + len(quote), 1.0
    if exact:
        return _by_order(old, start, quote, new, exact)
    return _nearly(quote, new)


def _places(text: str, quote: str) -> list[int]:
    found, at = [], text.find(quote)
    while at >= 0:
        found.append(at)
        at = text.find(quote, at + 1)
    return found


def _by_order(old: str, start: int, quote: str, new: str, exact: list[int]) -> tuple[int, int, float] | None:
    """Words that stand several times: the same one in order if as many stand in both, else the one like it about."""
    before = _places(old, quote)
    if len(before) == len(exact) and start in before:
        at = exact[before.index(start)]
        return at, at + len(quote), 1.0
    around = old[max(0, start - _CONTEXT) : start + len(quote) + _CONTEXT]
    scored = sorted(
        ((fuzz.ratio(around, new[max(0, at - _CONTEXT) : at + len(quote) + _CONTEXT]), at) for at in exact),
        reverse=True,
    )
    if scored[0][0] < LEAST or scored[1][0] >= LEAST:
        return None
    return scored[0][1], scored[0][1] + len(quote), 1.0


def _nearly(quote: str, new: str) -> tuple[int, int, float] | None:
    """The one passage of at least that likeness, None where there is none or a second one."""
    found = _best(quote, new)
    if found is None or found[2] < LEAST:
        return None
    start, end, score = found
    second = _best(quote, new[:start] + "\x00" * (end - start) + new[end:])
    if second is not None and second[2] >= LEAST:
        return None
    return start, end, round(score / 100, 3)


def _best(quote: str, new: str) -> tuple[int, int, float] | None:
    """The likest passage: a window of the quote's length, its ends then moved to where it is likest."""
    if len(quote) < _SHORTEST:
        return None
    window = fuzz.partial_ratio_alignment(quote, new, score_cutoff=_ROUGHLY)
    if window is None or window.dest_end <= window.dest_start:
        return None
    start, end, play = window.dest_start, window.dest_end, max(8, len(quote) // 8)
    ends = range(max(start + 1, end - play), min(len(new), end + play) + 1)
    end = max(ends, key=lambda at: fuzz.ratio(quote, new[start:at]))
    starts = range(max(0, start - play), min(end, start + play))
    start = max(starts, key=lambda at: fuzz.ratio(quote, new[at:end]))
    return start, end, fuzz.ratio(quote, new[start:end])

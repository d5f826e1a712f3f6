"""What reading costs: time and energy on this machine from an exam's measured pace, and the same tokens at a price."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from app.analysis.exam import ExamResult
from app.errors import UserError

TOKENS_PER_PAGE = 600
SHARES = {
    "gated": 0.5,
    "full": 1.8,
}  # tokens evaluated per contract token, at most: the goals that bench-engine measures
NAIVE = 41  # questions that each send the whole contract, as a script without shared prefixes does
_ANSWER = 5  # tokens written per question there


@dataclass(frozen=True, slots=True)
class Price:
    """What a provider asks, as the user typed it: per million tokens read and written, in one currency."""

    read: float
    written: float
    currency: str
    source: str
    date: str


@dataclass(frozen=True, slots=True)
class Cost:
    """One way of reading: tokens and, where known, hours, watt-hours and the price of the same tokens elsewhere."""

    what: str
    contracts: int
    tokens: float
    hours: float | None
    watt_hours: float | None
    price: float | None

    def to_json(self) -> dict[str, Any]:
        """JSON-like."""
        return asdict(self)


def costs(result: ExamResult, pages: int, contracts: int, watts: float, cores: int, price: Price | None) -> list[Cost]:
    """Gated and full reading, for one contract and for a deal.

    Energy is the CPU seconds that the exam measured, times the watts of the whole processor divided by its cores.
    Raises UserError where the exam measured no pace.
    """
    if not result.tokens or not result.seconds or not result.cpu_seconds:
        raise UserError("This model has no measured pace: examine it first (privity models exam).")
    if pages < 1 or contracts < 1 or watts <= 0 or cores < 1:
        raise UserError("Pages, contracts, watts and cores must be more than nought.")
    if price is not None and min(price.read, price.written) < 0:
        raise UserError("A price is nought or more for a million tokens.")
    seconds, busy = result.seconds / result.tokens, result.cpu_seconds / result.tokens
    found = []
    for depth, share in SHARES.items():
        for count in (1, contracts):
            tokens = share * pages * TOKENS_PER_PAGE * count
            paid = None if price is None else tokens / 1e6 * price.read
            found.append(
                Cost(
                    f"{depth} reading",
                    count,
                    tokens,
                    tokens * seconds / 3600,
                    tokens * busy / 3600 * watts / cores,
                    paid,
                )  # fmt: skip
            )
    if price is not None:
        for count in (1, contracts):
            tokens = float(NAIVE * pages * TOKENS_PER_PAGE * count)
            paid = tokens / 1e6 * price.read + NAIVE * _ANSWER * count / 1e6 * price.written
            found.append(Cost(f"the whole contract with each of {NAIVE} questions", count, tokens, None, None, paid))
    return found

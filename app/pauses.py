"""Garbage collection out of the window's way: none while it starts, short ones afterwards.

A full collection walks every object there is and stops all threads meanwhile: a tenth of a second, at any moment.
"""

from __future__ import annotations

import gc

# Objects until the youngest are looked at, such rounds until those that survived are, and such rounds until all are:
# the first two take a millisecond or two, the last comes seldom and finds little, as most of what there is was settled.
ROUNDS = (5_000, 10, 200)


def hold() -> None:
    """No collection until settle(): what is imported and built at the start is there to stay."""
    gc.disable()


def settle() -> None:
    """What is there now is walked no more; what comes is collected in short rounds."""
    gc.freeze()
    gc.set_threshold(*ROUNDS)
    gc.enable()

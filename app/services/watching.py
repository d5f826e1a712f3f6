"""Reading with the model is watched: it runs on a thread of its own, and what it has read so far is told meanwhile."""

from __future__ import annotations

from collections.abc import Callable, Generator
from concurrent.futures import ThreadPoolExecutor, wait
from typing import TypeVar

from app.domain.ports import LanguageModel
from app.domain.progress import CancelToken

T = TypeVar("T")
S = TypeVar("S")
_EVERY = 0.5  # seconds between two looks


def watched(
    work: Callable[[], T], model: LanguageModel, cancel: CancelToken, tell: Callable[[int], S]
) -> Generator[S, None, T]:
    """Do the work; yields what `tell` makes of the tokens that the model evaluated for it, as they grow.

    Whoever drops the generator in the middle cancels the work, and waits until it has stopped.
    """
    before, told = model.tokens_evaluated, 0
    with ThreadPoolExecutor(max_workers=1, thread_name_prefix="reading") as pool:
        future = pool.submit(work)
        try:
            while not wait((future,), _EVERY).done:
                tokens = model.tokens_evaluated - before
                if tokens > told:
                    told = tokens
                    yield tell(tokens)
        except GeneratorExit:
            cancel.cancel()
            raise
        return future.result()

"""Opening the model beside the import, so that the first findings do not wait for it."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor

from app.errors import Cancelled, UserError
from app.services.language_models import Reader


class Opening:
    """A model that is being opened on a thread of its own; nothing where there is no model to open."""

    def __init__(self, start: Callable[[], Reader] | None) -> None:
        self._pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="model") if start is not None else None
        self._future: Future[Reader] | None = None
        if self._pool is not None and start is not None:
            self._future = self._pool.submit(start)

    @property
    def asked(self) -> bool:
        """Whether there is a model to open."""
        return self._future is not None

    def check(self) -> None:
        """Raise at once what opening it raised, UserError where it cannot be used; go on where it is still opening."""
        if self._future is not None and self._future.done():
            self._future.result()

    def result(self) -> Reader:
        """The open model; waits for it. Call it only where one was asked for."""
        assert self._future is not None
        return self._future.result()

    def close(self) -> None:
        """End the model."""
        if self._pool is None or self._future is None:
            return
        try:
            self._future.result().model.close()
        except (UserError, Cancelled):
            pass  # it never opened
        finally:
            self._pool.shutdown()

"""What never changes need not be read twice: a small memory for immutable rows in each process."""

from collections.abc import Hashable
from threading import Lock
from typing import Any, Generic, TypeVar
from weakref import WeakSet

from sqlalchemy import Engine, event

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")

_memories: "WeakSet[Remembered[Any, Any]]" = WeakSet()


class Remembered(Generic[K, V]):
    """Values by key, as many as `size`; what was put in first goes first. Only for what is never edited: nobody tells it of changes."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._known: dict[K, V] = {}
        self._lock = Lock()
        _memories.add(self)

    def get(self, key: K) -> V | None:
        """What is remembered under this key."""
        return self._known.get(key)

    def put(self, key: K, value: V) -> V:
        """Remember it."""
        with self._lock:
            while len(self._known) >= self._size:
                del self._known[next(iter(self._known))]
            self._known[key] = value
        return value

    def forget(self) -> None:
        """Everything, where the database is another one now."""
        with self._lock:
            self._known = {}


def forget_everything() -> None:
    """All that is remembered in this process."""
    for memory in list(_memories):
        memory.forget()


@event.listens_for(Engine, "engine_disposed")
def _forget(_engine: Engine) -> None:
    forget_everything()

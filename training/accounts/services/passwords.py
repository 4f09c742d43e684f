"""Passwords: argon2id, few at a time, and never while a database transaction is open."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore
from typing import NewType

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from training.accounts.rules import AccountReason
from training.errors import Refusal

HashedPassword = NewType("HashedPassword", str)
"""An argon2id hash with its parameters; made by `hash_password` before anything is written."""

CONCURRENT_HASHES = 2
"""How many hashes one process computes at once: each takes a core for a tenth of a second, and 64 MiB."""
PATIENCE_SECONDS = 10

_hasher = PasswordHasher()
_slots = BoundedSemaphore(CONCURRENT_HASHES)
_nobodys: HashedPassword | None = None


@contextmanager
def _slot() -> Iterator[None]:
    if not _slots.acquire(timeout=PATIENCE_SECONDS):
        raise Refusal(AccountReason.HASHING_BUSY)
    try:
        yield
    finally:
        _slots.release()


def hash_password(password: str) -> HashedPassword:
    """The hash to keep. Takes a tenth of a second of a core: call it before the transaction begins.

    Raises Refusal where so many people sign in at once that this one would wait too long.
    """
    with _slot():
        return HashedPassword(_hasher.hash(password))


def is_password(password: str, hashed: str | None) -> bool:
    """Whether this is the password behind the hash. Without a hash it takes as long to say no."""
    against = hashed or _hash_of_nobody()
    with _slot():
        try:
            matches = _hasher.verify(against, password)
        except (VerificationError, InvalidHashError):
            return False
    return matches and hashed is not None


def _hash_of_nobody() -> HashedPassword:
    global _nobodys
    if _nobodys is None:
        _nobodys = hash_password("nobody has this password")
    return _nobodys

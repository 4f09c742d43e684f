"""Which keys there are."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from training.db import Prepared, db
from training.keys.models import SigningKey
from training.keys.rules import PublishedKey


def key_in_use(*, is_to_be_changed: bool = False) -> SigningKey | None:
    """The key that signs at present, if one was made yet; locked where it is about to be changed."""
    asked = select(SigningKey).where(SigningKey.retired_at.is_(None)).execution_options(populate_existing=True)
    return db.session.scalar(asked.with_for_update() if is_to_be_changed else asked)


@dataclass(frozen=True, slots=True)
class SealedKey:
    """The key that signs, its private half sealed."""

    number: str
    public_key: bytes
    sealed_private_key: bytes


_SEALED = Prepared(select(SigningKey.number, SigningKey.public_key, SigningKey.sealed_private_key).where(SigningKey.retired_at.is_(None)))


def sealed_key_in_use() -> SealedKey | None:
    """The key that signs at present, for whoever opens it: asked for every signature, so that a withdrawn key signs nothing more."""
    for number, public_key, sealed in _SEALED.here():
        return SealedKey(number, bytes(public_key), bytes(sealed))
    return None


def key_numbered(number: str) -> SigningKey | None:
    """The key with this thumbprint, locked: it is asked for to be changed."""
    return db.session.scalar(select(SigningKey).where(SigningKey.number == number).with_for_update().execution_options(populate_existing=True))


def all_keys() -> Sequence[SigningKey]:
    """Every key there ever was, the newest first."""
    return db.session.scalars(select(SigningKey).order_by(SigningKey.id.desc())).all()


def published_keys() -> list[PublishedKey]:
    """What everybody may know of every key, the newest first."""
    return [PublishedKey(key.number, key.public_key, key.revoked_at) for key in all_keys()]

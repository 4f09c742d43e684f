"""What an audit entry says, as text that never varies, and how entries are chained."""

import hashlib
import hmac
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime

WRITTEN = frozenset({"reason", "note"})
"""What people write in their own words: kept apart from the chain, which holds its hash."""
HASHED = "_hash"
"""What the name of such a hash in the detail ends in."""
FORGOTTEN = "forgotten"
"""What is read where the words are gone."""

FIRST_HASH = "0" * 64
"""What stands for the hash before the first one."""


@dataclass(frozen=True, slots=True)
class Statement:
    """Everything that the chain vouches for in one entry."""

    id: int
    deed: str
    actor_kind: str
    actor_id: int | None
    address_hash: str | None
    request_id: str | None
    subject_kind: str
    subject_id: str
    detail_json: str
    at: datetime


def canonical_json(detail: Mapping[str, object]) -> str:
    """The detail as text: sorted keys, no blanks, instants in UTC. Raises TypeError for what JSON has no word for."""
    return json.dumps(detail, sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=_instant)


def _instant(value: object) -> str:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    raise TypeError(f"an audit detail cannot hold {type(value).__name__}")


def statement_text(statement: Statement) -> str:
    """What the chain vouches for in one entry, as the text that is hashed."""
    return canonical_json(asdict(statement))


def hash_of_text(previous: str, said: str) -> str:
    """The hash of an entry that says this after the one before it: SHA-256 over both, in hexadecimal."""
    return hashlib.sha256(f"{previous}\n{said}".encode()).hexdigest()


def chained_hash(previous: str, statement: Statement) -> str:
    """The hash of this entry after the one before it."""
    return hash_of_text(previous, statement_text(statement))


def pseudonym(value: str, salt: bytes) -> str:
    """A personal value as it may enter the audit: HMAC-SHA-256 under a salt that can be destroyed."""
    return hmac.new(salt, value.encode(), hashlib.sha256).hexdigest()


def salt_month(now: datetime) -> str:
    """Which month's salt hides personal values now: `2026-11`."""
    return now.astimezone(UTC).strftime("%Y-%m")


@dataclass(frozen=True, slots=True)
class Link:
    """One seal as it stands in the database, and the entry it seals, if that is still there."""

    position: int
    previous_hash: str
    hash: str
    statement: Statement | None


@dataclass(frozen=True, slots=True)
class ChainCheck:
    """What verification found: how many links, the last hash, and each fault in words."""

    length: int
    head: str
    faults: tuple[str, ...]


def check_chain(links: Iterable[Link]) -> ChainCheck:
    """Recompute the whole chain. Whoever changes, removes or inserts an entry breaks it from there on."""
    faults: list[str] = []
    length, head = 0, FIRST_HASH
    for link in links:
        faults.extend(_faults(link, expected_position=length + 1, previous=head))
        length, head = link.position, link.hash
    return ChainCheck(length, head, tuple(faults))


def _faults(link: Link, *, expected_position: int, previous: str) -> Iterable[str]:
    if link.position != expected_position:
        yield f"Position {link.position}: the links {expected_position} to {link.position - 1} are missing."
    if link.previous_hash != previous:
        yield f"Position {link.position}: it does not follow the link before it."
    if link.statement is None:
        yield f"Position {link.position}: the entry it sealed is gone."
    elif chained_hash(link.previous_hash, link.statement) != link.hash:
        yield f"Position {link.position}: entry {link.statement.id} was changed after it was sealed."

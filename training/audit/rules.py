"""What an audit entry says, as text that never varies, and how entries are chained."""

import hashlib
import hmac
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime

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


def chained_hash(previous: str, statement: Statement) -> str:
    """The hash of this entry after the one before it: SHA-256 over both, in hexadecimal."""
    said = canonical_json(asdict(statement))
    return hashlib.sha256(f"{previous}\n{said}".encode()).hexdigest()


def pseudonym(value: str, salt: bytes) -> str:
    """A personal value as it may enter the audit: HMAC-SHA-256 under a salt that can be destroyed."""
    return hmac.new(salt, value.encode(), hashlib.sha256).hexdigest()


def salt_month(now: datetime) -> str:
    """Which month's salt hides personal values now: `2026-11`."""
    return now.astimezone(UTC).strftime("%Y-%m")

"""Deeds of the audit: record, and chain what was recorded."""

import json
import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy.exc import IntegrityError

from training.actors import Actor
from training.audit import queries, rules
from training.audit.models import AuditEntry, AuditSalt, AuditSeal, AuditWords
from training.db import db

LONGEST_TRANSACTION = timedelta(hours=1)
"""No deed takes longer: what was sealed that long ago has nothing behind it that could still appear."""


def record(deed: str, *, by: Actor, subject: tuple[str, str | int], now: datetime, detail: Mapping[str, object] | None = None) -> AuditEntry:
    """Append who did what to what, in the deed's own transaction.

    `deed` is named like `person.created`. The actor's address enters as a salted hash only; give personal values in
    `detail` through `pseudonym`. A reason or a note is kept beside the chain, which holds its hash.
    """
    kind, identity = subject
    said, words = _apart(detail or {})
    entry = AuditEntry(
        deed=deed,
        actor_kind=by.kind.value,
        actor_id=by.id,
        address_hash=pseudonym(by.address, now=now) if by.address else None,
        request_id=by.request_id,
        subject_kind=kind,
        subject_id=str(identity),
        detail_json=rules.canonical_json(said),
        at=now,
        words=words,
    )
    db.session.add(entry)
    return entry


def _apart(detail: Mapping[str, object]) -> tuple[dict[str, object], list[AuditWords]]:
    """The detail with hashes for what people wrote, and the words themselves, each under a salt of its own."""
    written = {name: value for name, value in detail.items() if name in rules.WRITTEN and isinstance(value, str)}
    words = [AuditWords(name=name, salt=secrets.token_bytes(32), text=value) for name, value in written.items()]
    hashes = {f"{made.name}{rules.HASHED}": rules.pseudonym(made.text, made.salt) for made in words}
    return {name: value for name, value in detail.items() if name not in written} | hashes, words


def pseudonym(value: str, *, now: datetime) -> str:
    """A personal value as it may enter the audit. The same value reads the same for a month, and can be forgotten with that month's salt."""
    return rules.pseudonym(value, salt(now=now))


def salt(*, now: datetime) -> bytes:
    """This month's salt, made where there is none yet: for many values that are hidden at once."""
    month = rules.salt_month(now)
    return queries.salt_of(month) or _new_salt(month)


def _new_salt(month: str) -> bytes:
    """Make this month's salt; where another transaction was faster, take that one."""
    salt = secrets.token_bytes(32)
    try:
        with db.session.begin_nested():
            db.session.add(AuditSalt(month=month, salt=salt))
    except IntegrityError:
        return queries.salt_of(month) or salt
    return salt


def seal(*, now: datetime, limit: int = 1000) -> int:
    """Chain what was recorded, oldest first; how many entries. Nothing happens where another sealer is at work."""
    if not queries.may_seal():
        return 0
    last = queries.last_seal()
    end, head = (last.position, last.hash) if last else (0, rules.FIRST_HASH)
    entries = queries.unsealed_entries(settled_before=now - LONGEST_TRANSACTION, limit=limit)
    for position, entry in enumerate(entries, start=end + 1):
        link = AuditSeal(position=position, entry_id=entry.id, previous_hash=head, hash=rules.chained_hash(head, entry.statement), sealed_at=now)
        db.session.add(link)
        head = link.hash
    db.session.flush()
    return len(entries)


@dataclass(frozen=True, slots=True)
class Verification:
    """What verifying the audit found."""

    chain: rules.ChainCheck
    unsealed_count: int


def verify() -> Verification:
    """Recompute the chain from its beginning, and count what is not in it yet."""
    links = (rules.Link(seal.position, seal.previous_hash, seal.hash, entry.statement if entry else None) for seal, entry in queries.chain())
    check = rules.check_chain(links)
    return Verification(replace(check, faults=(*check.faults, *_faults_of_words())), queries.unsealed_count())


def _faults_of_words() -> Iterator[str]:
    """Where words are no longer those that the chain holds the hash of. Words that are gone were forgotten."""
    for words, detail_json in queries.written_words():
        if rules.pseudonym(words.text, words.salt) != json.loads(detail_json).get(f"{words.name}{rules.HASHED}"):
            yield f"Entry {words.entry_id}: its {words.name} was changed after it was written."


def hash_at(position: int) -> str | None:
    """The hash that the chain has at this position."""
    found = queries.seal_at(position)
    return found.hash if found else None

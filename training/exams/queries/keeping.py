"""Keeping one answer: who sends it, whether it counts, the event and the current row, in one statement on PostgreSQL.

`rules.saving.verdict_of` is the law. SQLite asks it, inside a short transaction that begins as a writer. PostgreSQL says it
again in SQL, because every question and answer between a program and its database costs as much as the work itself; a test
holds the two together over every situation there is (docs/decisions/0020-a-save-is-one-statement.md).
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Protocol

from training.accounts.queries import SESSION_IN_FORCE
from training.db import Line, Rows, db, on_line
from training.exams.rules.saving import MOST_KEPT, MOST_KEPT_BYTES, TOLD_TO_THE_AUDIT, SaveVerdict, Saving, Situation, has_room, verdict_of
from training.exams.rules.timing import GRACE, AttemptState, state_at

_AUDITED = ", ".join(repr(verdict.value) for verdict in sorted(TOLD_TO_THE_AUDIT))
_PERSON = "SELECT CAST(NULL AS integer) AS id, CAST(:person_id AS integer) AS person_id, :now AS last_seen_at"

_KEEP = f"""
WITH visitor AS ({{visitor}}), held AS (
    SELECT a.id, a.writer_id, a.deadline_at, a.full_at, CASE
        WHEN a.full_at IS NOT NULL OR a.kept_count >= {MOST_KEPT} OR a.kept_bytes + :byte_count > {MOST_KEPT_BYTES} THEN 'full'
        WHEN a.state = 'submitted' THEN 'closed'
        WHEN a.state = 'expired' OR (a.paused_at IS NULL AND :now > a.deadline_at + interval '{GRACE.total_seconds():.0f} seconds') THEN 'late'
        WHEN a.writer_id <> :client_id THEN 'other_writer'
        WHEN :has_place AND :position <= a.confirmed_count THEN 'final'
        WHEN NOT :is_readable THEN 'unreadable'
        WHEN :sequence <= a.writer_floor THEN 'stale'
        WHEN a.paused_at IS NOT NULL THEN 'paused'
        ELSE 'saved' END AS verdict
    FROM visitor JOIN attempts a ON a.person_id = visitor.person_id WHERE a.public_id = :public_id
    FOR NO KEY UPDATE OF a
), known AS (
    SELECT e.verdict, e.position = :position AND e.response = CAST(:response AS jsonb) AND e.is_flagged = :is_flagged AS is_same
    FROM held JOIN answer_events e ON e.attempt_id = held.id AND e.client_id = :client_id AND e.sequence = :sequence
), fresh AS (
    SELECT * FROM held WHERE NOT EXISTS (SELECT FROM known) AND verdict <> 'full' AND (:keeps_all OR verdict NOT IN ({_AUDITED}))
), counted AS (
    INSERT INTO answers AS current (attempt_id, position, response, is_flagged, client_id, sequence, saved_at)
    SELECT id, :position, CAST(:response AS jsonb), :is_flagged, :client_id, :sequence, :now FROM fresh WHERE verdict = 'saved'
    ON CONFLICT (attempt_id, position) DO UPDATE
    SET response = excluded.response, is_flagged = excluded.is_flagged,
        client_id = excluded.client_id, sequence = excluded.sequence, saved_at = excluded.saved_at
    WHERE current.client_id <> excluded.client_id OR current.sequence < excluded.sequence
    RETURNING attempt_id
), leased AS (
    UPDATE attempts a SET kept_count = a.kept_count + 1, kept_bytes = a.kept_bytes + :byte_count,
        writer_id = CASE WHEN a.writer_id IS NULL AND EXISTS (SELECT FROM counted) THEN :client_id ELSE a.writer_id END
    FROM fresh WHERE a.id = fresh.id
), event AS (
    INSERT INTO answer_events (attempt_id, position, client_id, sequence, response, is_flagged, verdict, received_at)
    SELECT id, :position, :client_id, :sequence, CAST(:response AS jsonb), :is_flagged, CASE
        WHEN verdict = 'saved' AND NOT EXISTS (SELECT FROM counted) THEN 'stale'
        WHEN verdict = 'paused' AND EXISTS (SELECT FROM answers c WHERE c.attempt_id = fresh.id AND c.position = :position
            AND c.client_id = :client_id AND c.sequence >= :sequence) THEN 'stale'
        ELSE verdict END, :now
    FROM fresh RETURNING verdict
)
SELECT visitor.id, visitor.person_id, visitor.last_seen_at, held.id, held.deadline_at,
    coalesce(event.verdict, known.verdict, held.verdict), event.verdict IS NOT NULL, known.is_same, held.full_at IS NOT NULL
FROM visitor LEFT JOIN held ON true LEFT JOIN known ON true LEFT JOIN event ON true
"""

_SITUATION = """
WITH visitor AS ({visitor})
SELECT visitor.id, visitor.person_id, visitor.last_seen_at, a.id, a.state, a.deadline_at, a.paused_at, a.writer_id, a.writer_floor, a.confirmed_count,
    a.full_at, a.kept_count, a.kept_bytes, c.client_id, c.sequence, e.verdict, e.position, e.response, e.is_flagged
FROM visitor LEFT JOIN attempts a ON a.person_id = visitor.person_id AND a.public_id = :public_id
LEFT JOIN answers c ON c.attempt_id = a.id AND c.position = :position
LEFT JOIN answer_events e ON e.attempt_id = a.id AND e.client_id = :client_id AND e.sequence = :sequence
"""
_APPEND = """
INSERT INTO answer_events (attempt_id, position, client_id, sequence, response, is_flagged, verdict, received_at)
VALUES (:attempt_id, :position, :client_id, :sequence, :response, :is_flagged, :verdict, :now)
"""
_COUNT = """
INSERT INTO answers (attempt_id, position, response, is_flagged, client_id, sequence, saved_at)
VALUES (:attempt_id, :position, :response, :is_flagged, :client_id, :sequence, :now)
ON CONFLICT (attempt_id, position) DO UPDATE
SET response = excluded.response, is_flagged = excluded.is_flagged, client_id = excluded.client_id, sequence = excluded.sequence, saved_at = excluded.saved_at
"""
_LEASE = """
UPDATE attempts SET kept_count = kept_count + 1, kept_bytes = kept_bytes + :byte_count,
    writer_id = CASE WHEN writer_id IS NULL AND :verdict = 'saved' THEN :client_id ELSE writer_id END
WHERE id = :attempt_id
"""
_FILL = "UPDATE attempts SET full_at = :now WHERE id = :attempt_id"


def _by_name(sql: str) -> str:
    """The same with its parameters as PostgreSQL's driver takes them."""
    return re.sub(r"(?<!:):(\w+)", r"%(\1)s", sql)


_BY_TOKEN, _BY_PERSON = False, True
_POSTGRESQL = {_BY_TOKEN: _by_name(_KEEP.format(visitor=SESSION_IN_FORCE)), _BY_PERSON: _by_name(_KEEP.format(visitor=_PERSON))}
_SQLITE = {_BY_TOKEN: _SITUATION.format(visitor=SESSION_IN_FORCE), _BY_PERSON: _SITUATION.format(visitor=_PERSON)}


class Asked(Protocol):
    """Whatever puts a statement to the driver and gives its rows: a thread's line, or the session's transaction."""

    def __call__(self, sql: str, parameters: Mapping[str, Any]) -> Rows:
        """The rows."""


@dataclass(frozen=True, slots=True)
class Sender:
    """Who sends: a person whom the caller knows, or whoever a sign-in's token belongs to."""

    person_id: int | None = None
    token_hash: str | None = None
    idle_since: datetime | None = None


@dataclass(frozen=True, slots=True)
class Sent:
    """One answer with what is needed to decide about it."""

    public_id: str
    saving: Saving
    has_place: bool
    is_readable: bool


@dataclass(frozen=True, slots=True)
class Kept:
    """What became of it."""

    session_id: int | None
    person_id: int
    last_seen_at: datetime
    attempt_id: int | None
    """Nothing where the sender has no such attempt."""
    deadline_at: datetime
    verdict: SaveVerdict
    is_new: bool
    """Whether an event was written now, or that the attempt is full: not where it was known, nor where the audit must be told and was not."""
    was_full: bool = False
    """Whether the attempt was full before, and the audit told."""

    @property
    def must_be_told(self) -> bool:
        """Whether the audit is to be told, and nothing is kept until it is."""
        return not self.is_new and self.verdict in TOLD_TO_THE_AUDIT and not self.was_full


def keep_now(sent: Sent, sender: Sender, *, now: datetime) -> Kept | None:
    """Keep this answer as an event, and as the current one where it counts, durably and at once, outside the session's transaction.

    Nothing where the sender's sign-in is over. What the audit must be told of is judged and not kept: see `keep_in_session`.
    """
    try:
        return on_line(db.engine, lambda line: _on(line, sent, sender, now))
    except db.engine.dialect.loaded_dbapi.IntegrityError:  # its twin, under the same number, was kept in the same instant: now it is known
        return on_line(db.engine, lambda line: _on(line, sent, sender, now))


def keep_in_session(sent: Sent, sender: Sender, *, now: datetime) -> Kept | None:
    """The same inside the session's transaction, whatever the audit must be told of included: the caller tells it, and commits."""
    db.session.flush()
    connection = db.session.connection()

    def asked(sql: str, parameters: Mapping[str, Any]) -> Rows:
        result = connection.exec_driver_sql(sql, dict(parameters))
        return [tuple(row) for row in result] if result.returns_rows else []

    keep = _keep_on_sqlite if connection.dialect.name == "sqlite" else _keep
    return keep(asked, sent, sender, keeps_all=True, now=now)


def _on(line: Line, sent: Sent, sender: Sender, now: datetime) -> Kept | None:
    if line.dialect_name != "sqlite":
        return _keep(line.ask, sent, sender, keeps_all=False, now=now)
    with line.writing():
        return _keep_on_sqlite(line.ask, sent, sender, keeps_all=False, now=now)


def _keep(asked: Asked, sent: Sent, sender: Sender, *, keeps_all: bool, now: datetime) -> Kept | None:
    rows = asked(_POSTGRESQL[sender.token_hash is None], _parameters(sent, sender, keeps_all) | {"now": now})
    if not rows:
        return None
    session_id, person_id, last_seen_at, attempt_id, deadline_at, verdict, is_new, is_same, was_full = rows[0]
    found = SaveVerdict.REUSED_SEQUENCE if is_same is False else SaveVerdict(verdict or SaveVerdict.LATE)
    if keeps_all and found is SaveVerdict.FULL and not was_full:
        asked(_by_name(_FILL), {"attempt_id": attempt_id, "now": now})
        is_new = True
    return Kept(session_id, person_id, last_seen_at, attempt_id, deadline_at or now, found, is_new, was_full)


def _keep_on_sqlite(asked: Asked, sent: Sent, sender: Sender, *, keeps_all: bool, now: datetime) -> Kept | None:
    """Inside a transaction that began as a writer."""
    parameters = _parameters(sent, sender, keeps_all) | {"now": _stored(now), "idle_since": _stored(sender.idle_since)}
    rows = asked(_SQLITE[sender.token_hash is None], parameters)
    if not rows:
        return None
    session_id, person_id, last_seen_at, attempt_id, state, deadline_at, *situation = rows[0]
    if attempt_id is None:
        return Kept(session_id, person_id, _instant(last_seen_at), None, now, SaveVerdict.LATE, False)
    deadline = _instant(deadline_at)
    *standing, event_verdict, position, response, is_flagged = situation
    was_full = standing[_FULL_AT] is not None
    if event_verdict is not None:
        is_same = (position, json.loads(response), bool(is_flagged)) == (sent.saving.position, sent.saving.response, sent.saving.is_flagged)
        verdict, is_new = SaveVerdict(event_verdict) if is_same else SaveVerdict.REUSED_SEQUENCE, False
    else:
        verdict = verdict_of(sent.saving, _situation(sent, state, deadline, standing, parameters["byte_count"], now), now)
        is_new = (keeps_all or verdict not in TOLD_TO_THE_AUDIT) and not was_full
    if is_new:
        _write(asked, parameters | {"attempt_id": attempt_id, "verdict": verdict.value}, verdict)
    return Kept(session_id, person_id, _instant(last_seen_at), attempt_id, deadline, verdict, is_new, was_full)


def _write(asked: Asked, parameters: dict[str, Any], verdict: SaveVerdict) -> None:
    if verdict is SaveVerdict.FULL:
        asked(_FILL, parameters)
        return
    asked(_APPEND, parameters)
    if verdict is SaveVerdict.SAVED:
        asked(_COUNT, parameters)
    asked(_LEASE, parameters)


_FULL_AT = 4
"""Where in a situation's row it stands since when the attempt is full."""


def _situation(sent: Sent, state: str, deadline_at: datetime, standing: list[Any], byte_count: int, now: datetime) -> Situation:
    paused, writer_id, writer_floor, confirmed_count, full_at, kept_count, kept_bytes, client_id, sequence = standing
    paused_at = _instant(paused) if paused else None
    return Situation(
        state=state_at(AttemptState(state), deadline_at, now, paused_at=paused_at),
        deadline_at=deadline_at,
        writer_id=writer_id,
        paused_at=paused_at,
        writer_floor=writer_floor,
        current_client_id=client_id,
        current_sequence=sequence,
        is_final=sent.has_place and sent.saving.position <= confirmed_count,
        is_readable=sent.is_readable,
        is_full=full_at is not None or not has_room(kept_count, kept_bytes, byte_count),
    )


def _parameters(sent: Sent, sender: Sender, keeps_all: bool) -> dict[str, Any]:
    saving = sent.saving
    response = json.dumps(saving.response)
    return {
        "public_id": sent.public_id,
        "token_hash": sender.token_hash,
        "idle_since": sender.idle_since,
        "person_id": sender.person_id,
        "position": saving.position,
        "client_id": saving.client_id,
        "sequence": saving.sequence,
        "response": response,
        "byte_count": len(response),
        "is_flagged": saving.is_flagged,
        "has_place": sent.has_place,
        "is_readable": sent.is_readable,
        "keeps_all": keeps_all,
    }


def _stored(instant: datetime | None) -> str | None:
    """An instant as SQLite keeps it."""
    return f"{instant.astimezone(UTC):%Y-%m-%d %H:%M:%S.%f}" if instant else None


def _instant(text: str) -> datetime:
    return datetime.fromisoformat(text + "Z")


def save_statement() -> str:
    """PostgreSQL's statement with its parameters as `:name`, for whoever measures it without us."""
    return _KEEP.format(visitor=SESSION_IN_FORCE)

"""What no statement of a trigger can say of a cause: when a certificate nears its end or ends, by the rules of the ledger, and when a shift turns."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from training.accounts.rules import next_turn
from training.certification.queries import known_ledgers_of
from training.certification.rules import standing
from training.db import db, insert_into
from training.queues import queries
from training.queues.models import AccessCause
from training.queues.queries import Gathered
from training.queues.rules.certificates import lapsing_from
from training.queues.rules.changes import ENDS, SHIFT, Cause, Change, ChangeKind
from training.queues.rules.evidence import conditions_at


@dataclass(slots=True)
class Reckoned:
    """What the causes come to: the ids of those that change no answer at once, and what is to be told of later, by key."""

    without_effect: set[int] = field(default_factory=set)
    edges: dict[str, tuple[datetime, Cause]] = field(default_factory=dict)


def reckon(causes: Sequence[Cause], known: Gathered, *, now: datetime) -> Reckoned:
    """Where the ends and turns are that follow each of these causes."""
    found = Reckoned()
    _reckon_ends([cause for cause in causes if cause.person_id and cause.certification], known, found, now=now)
    for cause in causes:
        hours = queries.hours_of_shift(cause.shift_id, at=cause.due_at) if cause.kind == SHIFT and cause.shift_id else None
        turn = next_turn(hours, cause.due_at) if hours is not None and hours.is_binding else None
        if turn is not None:
            found.edges[f"shift {cause.shift_id}"] = turn, cause
    return found


def _reckon_ends(causes: Sequence[Cause], known: Gathered, found: Reckoned, *, now: datetime) -> None:
    """Of a certificate whose end was far and still is, an answer is the same as before."""
    ledgers = known_ledgers_of({cause.person_id for cause in causes if cause.person_id}, known_at=now) if causes else {}
    waiting = queries.waiting_by_key({key for cause in causes for key in _keys(cause)})
    for cause in causes:
        assert cause.person_id is not None and cause.certification_id is not None and cause.certification is not None, "they are chosen so"
        held = standing(ledgers.get(cause.person_id, {}).get(cause.certification_id, ()), at=cause.due_at)
        lapsing = lapsing_from(held, conditions_at(known.conditions, cause.certification, cause.due_at))
        lapsing_key, end_key = _keys(cause)
        was_far = lapsing_key in waiting and waiting[lapsing_key] > cause.due_at
        if cause.kind == ENDS and was_far and lapsing is not None and lapsing > cause.due_at:
            found.without_effect.add(cause.id)
        for key, instant in ((lapsing_key, lapsing), (end_key, held.until)):
            if instant is not None and cause.due_at < instant != waiting.get(key):
                waiting[key], found.edges[key] = instant, (instant, cause)


def _keys(cause: Cause) -> tuple[str, str]:
    of = f"{cause.person_id} {cause.certification_id}"
    return f"lapsing {of}", f"end {of}"


def people_told_of(cause: Cause) -> Iterator[Change]:
    """The availability of everybody who works the shift."""
    assert cause.shift_id is not None, "it is a shift's"
    for person_id in queries.people_on_shift(cause.shift_id, at=cause.due_at):
        yield Change(cause.due_at, ChangeKind.AVAILABILITY, person_id, None, None)


def wait_for(found: Reckoned) -> None:
    """Let these instants be told of when they come; of one key only the last."""
    rows = [
        {
            "kind": SHIFT if cause.kind == SHIFT else ENDS,
            "person_id": cause.person_id,
            "certification_id": cause.certification_id,
            "shift_id": cause.shift_id,
            "due_at": due_at,
            "shared_key": key,
        }
        for key, (due_at, cause) in found.edges.items()
    ]
    if rows:
        noted = insert_into(AccessCause)
        db.session.execute(noted.on_conflict_do_update(index_elements=[AccessCause.shared_key], set_={"due_at": noted.excluded.due_at}), rows)

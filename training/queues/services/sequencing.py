"""The sequencer: what changed at the gate, deeds and the passing of time alike, gets positions after it was committed."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from sqlalchemy import insert

from training.db import db
from training.queues import queries
from training.queues.models import AccessChange
from training.queues.rules.changes import SHIFT, Cause, Change, Concern, change_of
from training.queues.services.reckoning import people_told_of, reckon, wait_for

KEPT = timedelta(days=30)
"""How long the feed keeps what it said."""


def sequence(*, now: datetime, limit: int = 1000) -> int:
    """Give what is due positions in the feed; how many causes were taken, so many at most. One sequencer at a time.

    A deed's causes wait from its commit on, whichever came first; so a deed that commits late is only told of later, and never lost.
    """
    queries.hold_feed()
    causes = queries.due_causes(now=now, limit=limit)
    if causes:
        known = queries.gather_queues()
        reckoned = reckon(causes, known, now=now)
        _append(_told([cause for cause in causes if cause.id not in reckoned.without_effect], queries.concerns(known, now=now)), now=now)
        queries.forget_causes([cause.id for cause in causes])
        wait_for(reckoned)
    return len(causes)


def _told(causes: Sequence[Cause], demands: Mapping[str, Concern]) -> list[Change]:
    """What the feed says of these causes, in their order, each thing once."""
    found = dict[Change, None]()
    for cause in causes:
        told = people_told_of(cause) if cause.kind == SHIFT else [change_of(cause, demands)]
        found |= dict.fromkeys(change for change in told if change is not None)
    return list(found)


def _append(changes: Sequence[Change], *, now: datetime) -> None:
    rows = [
        {
            "position": position,
            "at": change.at,
            "kind": change.kind.value,
            "person_id": change.person_id,
            "queues": None if change.queues is None else list(change.queues),
            "certification": change.certification,
            "sequenced_at": now,
        }
        for position, change in enumerate(changes, start=queries.last_position() + 1)
    ]
    if rows:
        db.session.execute(insert(AccessChange).execution_options(render_nulls=True), rows)


def forget_old_changes(*, now: datetime) -> None:
    """Let the feed hold what it said for KEPT, and no longer."""
    queries.forget_changes(before=now - KEPT)

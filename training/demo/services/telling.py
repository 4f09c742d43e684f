"""The demo's review tool was told of changes by webhook, until its address, which leads nowhere, was paused."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from training.actors import Actor
from training.integrations.rules import Wanted
from training.integrations.services import create_endpoint, pause, promise_changes
from training.outbox.services import settle_parcel, take_due_parcels
from training.queues.queries import changes_after
from training.queues.rules.changes import ChangeKind
from training.queues.services import sequence

KINDS = (ChangeKind.CERTIFICATE, ChangeKind.OVERRIDE, ChangeKind.AVAILABILITY, ChangeKind.PERSON)
MADE = Wanted("Review tool (staging)", "https://review-tool.example.org/hooks/touchstone", KINDS)
TOLD_COUNT = 8
"""So many of the latest events that it wants were promised to it."""
LOOKED_AT = 2_000
"""How many of the feed's last events are looked through for them."""


def fill_feed(*, now: datetime) -> None:
    """Sequence what happened so far. Endpoints are told of it once that is committed."""
    while sequence(now=now):
        pass


def tell_review_tool(*, keys: Sequence[str], by: Actor, now: datetime) -> None:
    """One endpoint took some of the feed, has one message to come, and is paused. `keys` are SECRET_KEYS."""
    endpoint, _secret = create_endpoint(MADE, keys=keys, allows_private=False, by=by, now=now - timedelta(hours=3))
    wanted = [change.position for change in changes_after(max(endpoint.position - LOOKED_AT, 0), limit=LOOKED_AT) if change.kind in KINDS]
    endpoint.position = wanted[-TOLD_COUNT:][0] - 1
    promise_changes(endpoint, now=now - timedelta(hours=2))
    parcels = take_due_parcels(endpoint.channel, now=now - timedelta(hours=2), limit=TOLD_COUNT)
    for parcel in parcels:
        is_taken = parcel is not parcels[-1]
        answer = '200 {"queued": true}' if is_taken else "503 The staging system is down for maintenance."
        settle_parcel(endpoint.channel, parcel, answer=answer, is_taken=is_taken, chance=0, now=now - timedelta(hours=2))
    pause(endpoint, by=by, now=now - timedelta(hours=1))

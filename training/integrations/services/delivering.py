"""Carrying one endpoint's due messages to it. No transaction is open while it thinks."""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from training.actors import SYSTEM
from training.audit.services import record
from training.integrations import queries
from training.integrations.rules.addresses import Target, target_of
from training.integrations.rules.messages import headers
from training.integrations.services.endpoints import pause
from training.integrations.services.sealing import signing_secrets
from training.integrations.services.sending import GONE, Answer, send
from training.outbox.services import Parcel, put_back, settle_parcel, take_due_parcels

BATCH = 10


@dataclass(frozen=True, slots=True)
class Load:
    """What one sender carries: where to, signed how, and what. Plain values, since nothing is read meanwhile."""

    endpoint_id: int
    channel: str
    target: Target | None
    secrets: Sequence[bytes]
    parcels: Sequence[Parcel]


def take_load(endpoint_id: int, *, keys: Sequence[str], allows_private: bool, now: datetime) -> Load | None:
    """What is due of an endpoint that is sent to; nothing where nothing is."""
    endpoint = queries.held_endpoint(endpoint_id)
    parcels = take_due_parcels(endpoint.channel, now=now, limit=BATCH) if endpoint.paused_at is None else ()
    if not parcels:
        return None
    secrets, target = signing_secrets(endpoint, keys=keys, now=now), target_of(endpoint.address, allows_private=allows_private)
    return Load(endpoint.id, endpoint.channel, target, secrets, parcels)


def carry(load: Load, parcel: Parcel, *, allows_private: bool, clock: Callable[[], datetime]) -> Answer:
    """Send one of its messages."""
    if load.target is None:
        return Answer(None, "The endpoint's address is none that is called. Make another endpoint.")
    return send(load.target, parcel.body, headers(parcel.message_id, parcel.body, secrets=load.secrets, now=clock()), allows_private=allows_private)


def settle(load: Load, parcel: Parcel, answer: Answer, *, now: datetime) -> None:
    """Write down how it went, and what it says of the endpoint."""
    endpoint = queries.held_endpoint(load.endpoint_id)
    is_given_up = settle_parcel(load.channel, parcel, answer=answer.text, is_taken=answer.is_taken, chance=random.random(), now=now)
    if answer.is_taken:
        endpoint.failing_since = None
    elif answer.status == GONE:
        pause(endpoint, by=SYSTEM, now=now, is_refused=True)
    if is_given_up and endpoint.failing_since is None:
        endpoint.failing_since = now
        record("webhook.failing", by=SYSTEM, subject=("webhook", endpoint.id), now=now, detail={"message": parcel.message_id})


def put_back_rest(load: Load, after: Parcel, *, now: datetime) -> None:
    """Let what was taken together with a message that failed wait untried: the next may fail alike, and take as long."""
    put_back(load.channel, load.parcels[load.parcels.index(after) + 1 :], now=now)

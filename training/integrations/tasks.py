"""Promising endpoints what changed, and sending it: a thread for each endpoint, so that none waits for another, nor the other jobs for any."""

from datetime import datetime
from threading import Lock, Thread
from typing import cast

from flask import Flask, current_app

from training import clock
from training.config import secrets_of
from training.db import begin_writing, db
from training.integrations import queries, services
from training.integrations.services.delivering import carry, put_back_rest, settle, take_load
from training.jobs import every
from training.outbox.queries import due_channels
from training.queues.queries import feed_span

_under_way: set[int] = set()
_lock = Lock()


@every(seconds=1)
def send_webhooks(now: datetime) -> None:
    """Promise what is new, and set off a sender for every endpoint that something is due for and that has none under way."""
    end = feed_span().last
    for endpoint_id in [endpoint.id for endpoint in queries.running_endpoints() if endpoint.position < end]:
        promise_to(endpoint_id, now=now)
    channels = due_channels(now=now)
    waiting = [endpoint.id for endpoint in queries.running_endpoints() if endpoint.channel in channels]
    db.session.rollback()
    for endpoint_id in waiting:
        _set_off(cast(Flask, current_app._get_current_object()), endpoint_id)  # type: ignore[attr-defined]


def _set_off(app: Flask, endpoint_id: int) -> None:
    with _lock:
        if endpoint_id in _under_way:
            return
        _under_way.add(endpoint_id)
    Thread(target=_send_in_background, args=(app, endpoint_id), daemon=True).start()


def promise_to(endpoint_id: int, *, now: datetime) -> None:
    """Promise one endpoint what is new in the feed."""
    begin_writing()
    endpoint = queries.held_endpoint(endpoint_id)
    if endpoint.paused_at is None:
        services.promise_changes(endpoint, now=now)
    db.session.commit()


def _send_in_background(app: Flask, endpoint_id: int) -> None:
    try:
        with app.app_context():
            send_due(endpoint_id)
    finally:
        with _lock:
            _under_way.discard(endpoint_id)


def send_due(endpoint_id: int) -> None:
    """Carry what is due of one endpoint to it. A message that fails ends the round for the others, which come back with it."""
    config = current_app.config
    allows_private = config["WEBHOOK_PRIVATE_ADDRESSES"]
    begin_writing()
    load = take_load(endpoint_id, keys=secrets_of(config), allows_private=allows_private, now=clock.now())
    db.session.commit()
    if load is None:
        return
    for parcel in load.parcels:
        answer = carry(load, parcel, allows_private=allows_private, clock=clock.now)
        begin_writing()
        settle(load, parcel, answer, now=clock.now())
        if not answer.is_taken:
            put_back_rest(load, parcel, now=clock.now())
        db.session.commit()
        if not answer.is_taken:
            return

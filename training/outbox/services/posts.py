"""Messages to other programs: promised in the deed's transaction, sent by the channel's owner while no transaction is open."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from training.db import db, insert_into
from training.outbox import queries, rules
from training.outbox.models import OutboxPost

LEASE = timedelta(minutes=10)
"""How long a sender has for what it took, before another may try."""
LONGEST_ANSWER = 1_200


@dataclass(frozen=True, slots=True)
class Promise:
    """A message that is to be sent: what the receiver knows it by, and its text."""

    message_id: str
    body: str


@dataclass(frozen=True, slots=True)
class Parcel:
    """A message as plain values, to be sent while no transaction is open."""

    post_id: int
    message_id: str
    body: str


def queue_posts(channel: str, promises: Iterable[Promise], *, now: datetime) -> None:
    """Promise messages to a channel; what was promised before is not promised twice."""
    rows = [{"channel": channel, "message_id": each.message_id, "body": each.body, "queued_at": now, "due_at": now, "try_count": 0} for each in promises]
    if rows:
        db.session.execute(insert_into(OutboxPost).on_conflict_do_nothing(index_elements=["channel", "message_id"]), rows)


def take_due_parcels(channel: str, *, now: datetime, limit: int) -> Sequence[Parcel]:
    """Take what is due of a channel; each comes back by itself if its sender dies."""
    parcels = []
    for post in queries.due_posts(channel, now=now, limit=limit):
        post.due_at, post.tried_at = now + LEASE, now
        post.try_count += 1
        parcels.append(Parcel(post.id, post.message_id, post.body))
    return parcels


def put_back(channel: str, parcels: Iterable[Parcel], *, now: datetime) -> None:
    """Let what was taken and not tried wait for a moment, as if it had not been taken."""
    for parcel in parcels:
        post = queries.post(channel, parcel.post_id)
        if post is not None and post.due_at is not None:
            post.due_at = now + rules.FIRST_POST_PAUSE
            post.try_count -= 1


def settle_parcel(channel: str, parcel: Parcel, *, answer: str, is_taken: bool, chance: float, now: datetime) -> bool:
    """Write down how sending went: taken, to be tried again, or given up. Says whether it is given up."""
    post = queries.post(channel, parcel.post_id)
    if post is None or post.sent_at is not None:
        return False
    post.last_answer = answer[:LONGEST_ANSWER]
    if is_taken:
        post.sent_at, post.due_at = now, None
        return False
    pause = rules.post_pause_after(post.try_count, waited=now - post.queued_at, chance=chance)
    post.due_at = now + pause if pause else None
    return pause is None


def send_again(posts: Iterable[OutboxPost], *, now: datetime) -> int:
    """Promise these messages once more, under the ids they have; how many."""
    count = 0
    for post in posts:
        post.queued_at, post.due_at, post.sent_at, post.try_count = now, now, None, 0
        count += 1
    return count

"""What happens to endpoints and their messages."""

from datetime import datetime

from training.actors import Actor
from training.audit.services import record
from training.errors import NotFound
from training.integrations.models import WebhookEndpoint
from training.integrations.rules.messages import message_body, message_id
from training.outbox.queries import post, settled_posts, waiting_post_count
from training.outbox.services import Promise, queue_posts, send_again
from training.queues.queries import SequencedChange, changes_after, feed_span

PROMISED_AT_ONCE = 500
MOST_WAITING = 10_000
"""So many messages of one endpoint wait at most; what comes behind them waits in the feed."""
MOST_REPLAYED = 1_000


def promise_changes(endpoint: WebhookEndpoint, *, now: datetime) -> int:
    """Promise an endpoint, which is held, what is new in the feed; how many events were looked at. What the feed forgot meanwhile is passed over."""
    if waiting_post_count(endpoint.channel, most=MOST_WAITING) >= MOST_WAITING:
        return 0
    found = changes_after(max(endpoint.position, feed_span().first - 1), limit=PROMISED_AT_ONCE)
    if found:
        wanted = [change for change in found if change.kind.value in endpoint.kinds]
        queue_posts(endpoint.channel, [Promise(message_id(change.position), _body(change)) for change in wanted], now=now)
        endpoint.position = found[-1].position
    return len(found)


def _body(change: SequencedChange) -> str:
    said: dict[str, object] = {"position": change.position, "subject": change.subject, "queues": change.queues, "certification": change.certification}
    return message_body(change.kind.value, change.at, said)


def pause(endpoint: WebhookEndpoint, *, by: Actor, now: datetime, is_refused: bool = False) -> None:
    """Send an endpoint, which is held, nothing for the time being; what changes meanwhile waits. `is_refused`: it said itself that it wants no more."""
    if endpoint.paused_at is None:
        endpoint.paused_at = now
        endpoint.refused_at = now if is_refused else None
        record("webhook.paused", by=by, subject=("webhook", endpoint.id), now=now, detail={"refused": is_refused})


def resume(endpoint: WebhookEndpoint, *, by: Actor, now: datetime) -> None:
    """Send an endpoint, which is held, what waited and what comes."""
    if endpoint.paused_at is not None:
        endpoint.paused_at = endpoint.refused_at = None
        record("webhook.resumed", by=by, subject=("webhook", endpoint.id), now=now)


def replay(endpoint: WebhookEndpoint, post_id: int, *, by: Actor, now: datetime) -> None:
    """Send one message once more. Raises NotFound where it is not this endpoint's."""
    found = post(endpoint.channel, post_id)
    if found is None:
        raise NotFound(post_id)
    send_again([found], now=now)
    record("webhook.replayed", by=by, subject=("webhook", endpoint.id), now=now, detail={"message": found.message_id})


def replay_since(endpoint: WebhookEndpoint, *, since: datetime, by: Actor, now: datetime) -> int:
    """Send whatever was tried last since an instant once more, the oldest first and so many at most; how many."""
    count = send_again(settled_posts(endpoint.channel, since=since, limit=MOST_REPLAYED), now=now)
    record("webhook.replayed", by=by, subject=("webhook", endpoint.id), now=now, detail={"since": since.isoformat(), "count": count})
    return count

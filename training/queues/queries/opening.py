"""When queues first opened to people."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from training.queues.queries.evidence import Gathered, gather
from training.queues.queries.queues import queues
from training.queues.rules.decision import Action
from training.queues.rules.evidence import as_known, edges


def first_opened(since: Mapping[str, datetime], *, now: datetime) -> dict[str, datetime]:
    """When the gate first let each of these people (public ids) into some queue, in shadow or not, from an instant of theirs on, as is known now.

    Whoever it has not let in by `now` is left out. Only instants at which an answer may change are asked about.
    """
    slugs = [queue.slug for queue in queues(now=now)]
    if not since or not slugs:
        return {}
    gathered = gather(list(since), slugs)
    found = ((name, next(_opened(gathered, name, slugs, begun, now), None)) for name, begun in since.items())
    return {name: opened for name, opened in found if opened is not None}


def _opened(gathered: Gathered, name: str, slugs: Sequence[str], since: datetime, now: datetime) -> Iterator[datetime]:
    for at in _instants(gathered, name, slugs, since, now):
        if any(gathered.grants(name, slug, Action.WORK_IN_SHADOW, at=at, known_at=now) for slug in slugs):
            yield at


def _instants(gathered: Gathered, name: str, slugs: Sequence[str], since: datetime, now: datetime) -> list[datetime]:
    evidence = (gathered.everything_about(name, slug) for slug in slugs)
    later = {at for known in evidence if known is not None for at in edges(as_known(known, now), since)}
    return [at for at in (since, *sorted(later)) if at <= now]

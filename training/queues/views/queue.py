"""One queue, for those who lead: what it asks, and the exceptions that act on it."""

from flask import render_template

from training import clock
from training.queues import queries
from training.queues.views.blueprint import MAY_SEE_TEAMS, blueprint, requirement_line
from training.web.access import opens_to


@blueprint.get("/queues/<slug>/staffing")
@opens_to(*MAY_SEE_TEAMS)
def queue(slug: str) -> str:
    """What a queue asks, and which exceptions act on it or wait for a second person."""
    now = clock.now()
    found = queries.queue_by_slug(slug, now=now)
    return render_template(
        "queues/queue.html",
        queue=found,
        asks=requirement_line(found, queries.titles()),
        exceptions=queries.exceptions_of_queue(found.id, now=now),
        waiting=[entry for entry in queries.waiting_proposals(now=now) if entry.queue.id == found.id],
    )

"""What I hold, and what each certification needs."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from flask import current_app, render_template

from training import clock
from training.certification import queries
from training.certification.forms import DisclosureForm
from training.certification.rules import CalendarKind
from training.certification.views.blueprint import blueprint
from training.errors import NotFound
from training.web.access import opens_to_signed_in, principal

QueueTitles = Callable[[datetime], Mapping[str, Sequence[str]]]
"""For each certification the titles of the queues that ask for it at an instant. Queues lie above this room, so the application hands it down."""


@blueprint.get("/certificates")
@opens_to_signed_in
def wall() -> str:
    """What I hold, and what I could."""
    return wall_page(DisclosureForm(shows=queries.disclosure_of(principal().person_id).value))


def wall_page(disclosure: DisclosureForm) -> str:
    """The page, with what was chosen about public pages, or what is wrong with the choice."""
    me, now = principal(), clock.now()
    return render_template(
        "certification/wall.html",
        wall=queries.wall_of(me.person_id, roles=me.roles, now=now),
        queues=queue_titles(),
        retests=queries.open_retests(me.person_id),
        disclosure=disclosure,
        feed=queries.open_feed(me.person_id, CalendarKind.OWN),
        kind=CalendarKind.OWN,
    )


def queue_titles() -> Mapping[str, Sequence[str]]:
    """The queues that ask for each certification, as the application tells."""
    tell: QueueTitles = current_app.extensions["queues_by_certification"]
    return tell(clock.now())


@blueprint.get("/certificates/<slug>")
@opens_to_signed_in
def certification(slug: str) -> str:
    """What one certification needs, and how far I am."""
    now, person_id = clock.now(), principal().person_id
    found = queries.certification_by_slug(slug)
    entries = [entry for entry in queries.ledger_of(person_id) if entry.certification_id == found.id]
    if not entries and not found.is_found_by(principal().roles):
        raise NotFound(slug)
    standing = queries.standing_of(person_id, found.id, at=now)
    return render_template(
        "certification/certification.html",
        certification=found,
        standing=standing,
        needs=queries.needs_of(found),
        unmet_pairs={(unmet.need, unmet.subject) for unmet in queries.open_needs(person_id, found, now=now)},
        entries=entries,
        queues=queue_titles().get(found.slug, ()),
        nester=queries.nester_of(person_id, found.id, now=now) if standing.is_provisional else None,
        now=now,
        retests=queries.open_retests(person_id, found.id),
    )

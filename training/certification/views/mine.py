"""What I hold, and what each certification needs."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from flask import current_app, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from training import clock
from training.certification import queries, services
from training.certification.forms import DisclosureForm
from training.certification.models import CertificateEvent
from training.certification.rules import CalendarKind, EventKind
from training.certification.views.blueprint import blueprint
from training.db import db
from training.errors import NotFound, Refusal
from training.web.access import current_actor, opens_to_signed_in, principal, writes
from training.web.wording import words_for

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
    return _certification_page(slug)


@blueprint.post("/certificates/<slug>/term")
@opens_to_signed_in
@writes
def ask_for_term(slug: str) -> ResponseReturnValue:
    """I ask for the term that is due: everything it needs is done, and nothing is sat for it."""
    found, _ = _found_by_me(slug)
    try:
        event = services.ask_for_term(principal().person_id, found, by=current_actor(), now=clock.now())
    except Refusal as refusal:
        db.session.rollback()
        return _certification_page(slug, refused=words_for(refusal.reason)), 409
    is_first = event.kind == EventKind.AWARDED
    db.session.commit()
    flash("The certificate is yours; it counts from now." if is_first else "It is renewed: the new term is in its history.", "good")
    return redirect(url_for("certification.certification", slug=slug))


def _found_by_me(slug: str) -> tuple[queries.PublishedCertification, list[CertificateEvent]]:
    """A certification that I may find or hold, with my entries of it. Raises NotFound."""
    found = queries.certification_by_slug(slug)
    entries = [entry for entry in queries.ledger_of(principal().person_id) if entry.certification_id == found.id]
    if not entries and not found.is_found_by(principal().roles):
        raise NotFound(slug)
    return found, entries


def _certification_page(slug: str, *, refused: str | None = None) -> str:
    now, person_id = clock.now(), principal().person_id
    found, entries = _found_by_me(slug)
    standing, evidence = queries.standing_of(person_id, found.id, at=now), queries.evidence_of(person_id, now=now)
    return render_template(
        "certification/certification.html",
        certification=found,
        standing=standing,
        needs=queries.needs_of(found),
        unmet_pairs={(unmet.need, unmet.subject) for unmet in queries.open_needs(evidence, found, now=now)},
        entries=entries,
        may_ask=queries.term_refusal(evidence, found, now=now) is None,
        refused=refused,
        queues=queue_titles().get(found.slug, ()),
        nester=queries.nester_of(person_id, found.id, now=now) if standing.is_provisional else None,
        now=now,
        retests=queries.open_retests(person_id, found.id),
    )

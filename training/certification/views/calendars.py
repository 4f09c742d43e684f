"""Ends of certificates in people's own calendars, by secret addresses; and the ends in a lead's team as a page."""

from urllib.parse import urlsplit

from flask import Response, abort, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from training import clock
from training.accounts.queries import person, state_of
from training.accounts.rules import Role
from training.certification import queries, services
from training.certification.queries import Certificate
from training.certification.rules import CalendarEntry, CalendarKind, calendar_text
from training.certification.views.blueprint import blueprint
from training.db import db
from training.errors import NotFound
from training.web.access import current_actor, opens_to, opens_to_everyone, opens_to_signed_in, principal, writes
from training.web.navigation import Group, Place, add_place

add_place(Place("certification.team", "Team certificates", Group.TEAM, position=25, roles=frozenset({Role.LEAD})))

PAGE_OF_KIND = {CalendarKind.OWN: "certification.wall", CalendarKind.TEAM: "certification.team"}


@blueprint.get("/team/certificates")
@opens_to(Role.LEAD)
def team() -> str:
    """Which certificates in my team are in force, and who lapses when."""
    me, now = principal().person_id, clock.now()
    feed = queries.open_feed(me, CalendarKind.TEAM)
    return render_template("certification/team.html", held=queries.held_in_team(me, at=now), now=now, feed=feed, kind=CalendarKind.TEAM)


@blueprint.post("/certificates/calendar")
@opens_to_signed_in
@writes
def open_calendar() -> ResponseReturnValue:
    """A new secret address; the answer shows it, this once. The one before opens nothing any more."""
    kind = _kind()
    token = services.open_calendar(principal().person_id, kind, by=current_actor(), now=clock.now())
    db.session.commit()
    address = current_app.config["PUBLIC_URL"] + url_for("certification.calendar", token=token)
    return render_template("certification/calendar.html", address=address, kind=kind, back=url_for(PAGE_OF_KIND[kind]))


@blueprint.post("/certificates/calendar/close")
@opens_to_signed_in
@writes
def close_calendar() -> ResponseReturnValue:
    """Let my address open nothing any more."""
    kind = _kind()
    services.close_calendar(principal().person_id, kind, by=current_actor(), now=clock.now())
    db.session.commit()
    flash("The calendar's address opens nothing any more.", "good")
    return redirect(url_for(PAGE_OF_KIND[kind], _anchor="calendar"))


@blueprint.get("/calendars/<token>.ics")
@opens_to_everyone
def calendar(token: str) -> Response:
    """The calendar at this secret address. It closes by itself for who left, and a team's for who leads none."""
    now = clock.now()
    feed = queries.feed_by_token_hash(services.token_hash(token))
    state = state_of(feed.person_id, at=now) if feed else None
    if feed is None or state is None or not state.is_active:
        raise NotFound("calendar")
    if feed.kind == CalendarKind.OWN:
        text = calendar_text("My certificates", _own_entries(feed.person_id), now=now)
    elif Role.LEAD in state.roles:
        text = calendar_text("Certificates of the team", _team_entries(feed.person_id), now=now)
    else:
        raise NotFound("calendar")
    return Response(text, content_type="text/calendar; charset=utf-8", headers={"X-Robots-Tag": "noindex"})


def _kind() -> CalendarKind:
    """Which calendar the form is about: a team's is for leads."""
    try:
        kind = CalendarKind(request.form.get("whose", ""))
    except ValueError:
        abort(400)
    if kind is CalendarKind.TEAM and Role.LEAD not in principal().roles:
        abort(403)
    return kind


def _own_entries(person_id: int) -> list[CalendarEntry]:
    holder = person(person_id)
    held = queries.held_certificates(person_id, at=clock.now())
    return [entry for certificate in held if (entry := _entry(certificate, holder.public_id, whose="Your certificate", path="certificates"))]


def _team_entries(lead_id: int) -> list[CalendarEntry]:
    found = queries.held_in_team(lead_id, at=clock.now()) or []
    return [entry for held in found if (entry := _entry(held.certificate, held.public_id, whose=f"{held.name}:", path="team/certificates", is_own=False))]


def _entry(certificate: Certificate, public_id: str, *, whose: str, path: str, is_own: bool = True) -> CalendarEntry | None:
    """The end of one certificate; nothing where none is settled."""
    document, until, site_url = certificate.certification.document, certificate.standing.until, current_app.config["PUBLIC_URL"]
    if until is None:
        return None
    address = f"{site_url}/{path}/{document.id}" if is_own else f"{site_url}/{path}"
    description = f"From then on it opens no queue. Renewing in its last {document.renewal_window_days} days loses none of them.\n{address}"
    return CalendarEntry(f"{document.id}-{public_id}@{urlsplit(site_url).netloc}", until, f"{whose} {document.title} ends", description, address)

"""Another look at a question of one's own finished attempt, while a trainer keeps it open: with one's answer, without the key, and never another's."""

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from training import clock
from training.db import db
from training.errors import NotFound
from training.exams import queries, services
from training.exams.views.blueprint import blueprint
from training.exams.views.screens import picture_addresses, screen
from training.web.access import current_actor, opens_to_signed_in, principal, writes


@blueprint.get("/exams/attempts/<public_id>/disputes")
@opens_to_signed_in
def disputes(public_id: str) -> ResponseReturnValue:
    """Where mails that were sent before lead to."""
    return redirect(url_for("disputes.attempt", public_id=public_id))


@blueprint.get("/exams/attempts/<public_id>/look/<int:position>")
@opens_to_signed_in
def look(public_id: str, position: int) -> str:
    """The question, while it is open to me and I asked to see it."""
    now, attempt = clock.now(), queries.attempt_of(principal().person_id, public_id)
    if queries.place_of(attempt.id, position) is None:
        raise NotFound(position)
    viewing = queries.viewing_of(attempt.id, position, now=now)
    is_shown = viewing.open_until is not None and viewing.is_seen and not attempt.is_open_at(now)
    return render_template(
        "exams/look.html",
        attempt=attempt,
        position=position,
        viewing=viewing,
        question=screen(queries.sitting_of(attempt.person_id, public_id), position).question if is_shown else None,
        media_url=picture_addresses(attempt, now=now),
    )


@blueprint.post("/exams/attempts/<public_id>/look/<int:position>")
@opens_to_signed_in
@writes
def look_at(public_id: str, position: int) -> ResponseReturnValue:
    """Look at it: from then on I never draw it."""
    attempt = queries.attempt_to_write(principal().person_id, public_id)
    services.see_question(attempt, position, by=current_actor(), now=clock.now())
    db.session.commit()
    return redirect(url_for("exams.look", public_id=public_id, position=position))

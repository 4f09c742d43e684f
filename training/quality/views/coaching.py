"""A coaching: why it was called for, what was said, and what there is to add."""

from collections.abc import Callable

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from training import clock
from training.accounts.queries import person as person_by_id
from training.accounts.queries import person_names
from training.db import db
from training.errors import NotFound, Refusal
from training.quality import queries, services
from training.quality.forms import CoachingForm, OwnNoteForm
from training.quality.models import Coaching
from training.quality.rules import CoachingDeed
from training.quality.views.blueprint import MAY_COACH, blueprint
from training.quality.views.people import certification_titles
from training.web.access import current_actor, opens_to, opens_to_signed_in, principal, writes
from training.web.wording import words_for


@blueprint.get("/coaching/<int:coaching_id>")
@opens_to_signed_in
def coaching(coaching_id: int) -> str:
    """For the person, and for those who look after them."""
    found = _seen(coaching_id)
    return _page(found, OwnNoteForm(formdata=None) if _is_mine(found) else CoachingForm(formdata=None))


@blueprint.post("/coaching/<int:coaching_id>")
@opens_to(*MAY_COACH)
@writes
def coach(coaching_id: int) -> ResponseReturnValue:
    """Say that the talk was held, add a note, or close it."""
    form, found = CoachingForm(), _seen(coaching_id)
    return _done(found, form, lambda: CoachingDeed(form.deed.data))


@blueprint.post("/coaching/<int:coaching_id>/note")
@opens_to_signed_in
@writes
def note_on_own(coaching_id: int) -> ResponseReturnValue:
    """Add a note to my own coaching."""
    form, found = OwnNoteForm(), _seen(coaching_id)
    if not _is_mine(found):
        raise NotFound(coaching_id)
    return _done(found, form, lambda: CoachingDeed.NOTED)


def _done(found: Coaching, form: CoachingForm | OwnNoteForm, deed: Callable[[], CoachingDeed]) -> ResponseReturnValue:
    """Write it down where the form is sound, and say what came of it."""
    if not form.validate_on_submit():
        return _page(found, form), 400
    try:
        services.note_coaching(found, deed(), note=form.note.data or "", by=current_actor(), now=clock.now())
    except Refusal as refusal:
        db.session.rollback()
        form.note.errors = [words_for(refusal.reason)]
        return _page(found, form), 409
    db.session.commit()
    flash("It is written down.", "good")
    return redirect(url_for("quality.coaching", coaching_id=found.id))


def _is_mine(found: Coaching) -> bool:
    return found.person_id == principal().person_id


def _seen(coaching_id: int) -> Coaching:
    """The coaching, of the reader or of somebody whom they look after. Raises NotFound."""
    found = queries.coaching(coaching_id)
    if not _is_mine(found) and not queries.may_see(principal().person_id, principal().roles, found.person_id, at=clock.now()):
        raise NotFound(coaching_id)
    return found


def _page(found: Coaching, form: CoachingForm | OwnNoteForm) -> str:
    entries = queries.entries_of(found)
    return render_template(
        "quality/coaching.html",
        coaching=found,
        whose=person_by_id(found.person_id),
        is_own=_is_mine(found),
        entries=entries,
        names=person_names({entry.by_id for entry in entries if entry.by_id}),
        titles=certification_titles(),
        may_coach=_is_mine(found) or bool(principal().roles.intersection(MAY_COACH)),
        form=form,
    )

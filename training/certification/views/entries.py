"""A person's ledger, and what a lead may enter."""

from collections.abc import Callable, Sequence
from datetime import datetime

from flask import current_app, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from training import clock
from training.accounts.queries import person_by_public_id, person_names
from training.accounts.rules import Role
from training.certification import queries, services
from training.certification.forms import LedgerEntryForm
from training.certification.rules import EventKind
from training.certification.views.blueprint import blueprint
from training.db import db
from training.errors import NotFound, Refusal
from training.web.access import current_actor, opens_to, writes
from training.web.wording import words_for

ExceptionsOf = Callable[[int, datetime], Sequence[object]]
"""The dated exceptions that act on a person at an instant or later. Queues lie above this room, so the application hands it down."""


@blueprint.get("/people/<public_id>/certificates")
@opens_to(Role.LEAD, Role.ADMIN, Role.AUDITOR)
def person(public_id: str) -> str:
    """A person's certificates and their whole ledger."""
    return _person_page(public_id, LedgerEntryForm())


@blueprint.post("/people/<public_id>/certificates/<slug>/entries")
@opens_to(Role.LEAD, Role.ADMIN)
@writes
def enter(public_id: str, slug: str) -> ResponseReturnValue:
    """Suspend, reinstate or revoke."""
    form = LedgerEntryForm()
    holder = person_by_public_id(public_id)
    if holder is None:
        raise NotFound(public_id)
    if not form.validate_on_submit():
        return _person_page(public_id, form), 400
    try:
        found = queries.certification_by_slug(slug)
        services.enter(holder.id, found, EventKind(form.kind.data), reason=form.reason.data or "", by=current_actor(), now=clock.now())
    except Refusal as refusal:
        db.session.rollback()
        form.kind.errors = [words_for(refusal.reason)]
        return _person_page(public_id, form), 409
    db.session.commit()
    flash("The entry is made; it counts from now.", "good")
    return redirect(url_for("certification.person", public_id=public_id))


def _person_page(public_id: str, form: LedgerEntryForm) -> str:
    holder = person_by_public_id(public_id)
    if holder is None:
        raise NotFound(public_id)
    certificates = queries.certificates_of(holder.id, at=clock.now())
    entries = queries.ledger_of(holder.id)
    return render_template(
        "certification/person.html",
        holder=holder,
        certificates=certificates,
        entries=entries,
        retests=queries.open_retests(holder.id),
        titles={certificate.certification.id: certificate.certification.document.title for certificate in certificates},
        names=person_names({entry.actor_id for entry in entries if entry.actor_id}),
        exceptions=_exceptions_of(holder.id),
        form=form,
    )


def _exceptions_of(person_id: int) -> Sequence[object]:
    tell: ExceptionsOf = current_app.extensions["exceptions_of_person"]
    return tell(person_id, clock.now())

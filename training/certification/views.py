"""Certificates: what I hold, what each needs, whose are genuine, and what a lead may enter."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from training import clock
from training.accounts.queries import person_by_public_id, person_names
from training.accounts.rules import Role
from training.certification import queries, services
from training.certification.forms import LedgerEntryForm
from training.certification.rules import EventKind, Need, State
from training.certification.services import LedgerRefusal
from training.db import db
from training.errors import NotFound, Refusal
from training.web.access import current_actor, opens_to, opens_to_everyone, opens_to_signed_in, principal, writes
from training.web.navigation import Group, Place, add_place
from training.web.personal import add_section
from training.web.wording import give_words, words_for

blueprint = Blueprint("certification", __name__, template_folder="templates")

add_section("certificates", queries.personal_record)
add_section("retests", queries.personal_retests)
add_place(Place("certification.wall", "Certificates", Group.MINE, 50))

give_words(
    {
        LedgerRefusal.NOBODY_FOR_THEMSELVES: "Nobody makes entries in their own ledger. Ask a colleague who may.",
        LedgerRefusal.NOTHING_TO_SUSPEND: "There is no certificate in force to suspend.",
        LedgerRefusal.NOTHING_TO_REINSTATE: "The certificate is not suspended, so there is nothing to reinstate.",
        LedgerRefusal.NOTHING_TO_REVOKE: "There is no certificate to revoke.",
        LedgerRefusal.REASON_MISSING: "Say why, in at least ten letters: the holder and auditors read it.",
    }
)

NEED_ENDPOINTS = {
    Need.COURSE: "courses.course",
    Need.MODULE: "courses.module",
    Need.SUPPORTING_EXAM: "exams.exam",
    Need.EXAM: "exams.exam",
    Need.PREREQUISITE: "certification.certification",
}
"""Where each kind of need is met; languages are recorded by administrators."""

STANDING_WORDS = {
    State.NONE: ("Not earned yet", "neutral"),
    State.PENDING: ("Begins later", "info"),
    State.IN_FORCE: ("In force", "good"),
    State.SUSPENDED: ("Suspended", "bad"),
    State.LAPSED: ("Lapsed", "warn"),
    State.REVOKED: ("Revoked", "bad"),
}


@blueprint.app_context_processor
def words_of_standing() -> dict[str, object]:
    """How templates name a standing and link a need."""
    return {"STANDING_WORDS": STANDING_WORDS, "NEED_ENDPOINTS": NEED_ENDPOINTS}


@blueprint.get("/certificates")
@opens_to_signed_in
def wall() -> str:
    """What I hold, and what I could."""
    now, person_id = clock.now(), principal().person_id
    held = {certificate.certification.slug: certificate for certificate in queries.certificates_of(person_id, at=now)}
    others = [certification for certification in queries.certifications() if certification.slug not in held]
    unmet = {certification.slug: queries.unmet_needs(person_id, certification, now=now) for certification in others}
    return render_template("certification/wall.html", held=held.values(), others=others, unmet=unmet, retests=queries.open_retests(person_id))


@blueprint.get("/certificates/<slug>")
@opens_to_signed_in
def certification(slug: str) -> str:
    """What one certification needs, and how far I am."""
    now, person_id = clock.now(), principal().person_id
    found = queries.certification_by_slug(slug)
    return render_template(
        "certification/certification.html",
        certification=found,
        standing=queries.standing_of(person_id, found.id, at=now),
        needs=queries.needs_of(found),
        unmet_pairs={(unmet.need, unmet.subject) for unmet in queries.open_needs(person_id, found, now=now)},
        entries=[entry for entry in queries.ledger_of(person_id) if entry.certification_id == found.id],
        retests=queries.open_retests(person_id, found.id),
    )


@blueprint.get("/verify/<public_id>")
@opens_to_everyone
def verify(public_id: str) -> str:
    """Whether a certificate that somebody shows is genuine, and how it stands now."""
    return render_template("certification/verify.html", certificate=queries.verified_certificate(public_id, now=clock.now()), public_id=public_id)


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
        form=form,
    )

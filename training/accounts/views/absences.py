"""Breaks, leave and holds: one's own page, and what leads and administrators record about others."""

from collections.abc import Mapping
from enum import StrEnum

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from training import clock
from training.accounts import queries, services
from training.accounts.forms import AbsenceForm, PauseForm, ShiftOfPersonForm, effective_instant
from training.accounts.forms.availability import ABSENCE_WORDS
from training.accounts.models import Person
from training.accounts.rules import AccountReason, Role, hours_at
from training.accounts.views.blueprint import blueprint
from training.accounts.views.hours import hours_in_words
from training.db import db
from training.errors import NotFound, Refusal
from training.web.access import current_actor, opens_to, opens_to_signed_in, principal, writes
from training.web.navigation import Group, Place, add_place
from training.web.personal import add_section
from training.web.wording import words_for

MAY_RECORD = (Role.LEAD, Role.ADMIN)
FIELDS: Mapping[StrEnum, str] = {AccountReason.HOLD_WITHOUT_REASON: "reason", AccountReason.ABSENCE_ENDS_BEFORE_IT_BEGINS: "until"}
"""At which field of the form a refusal is told; the others are about what is recorded."""

add_section("availability", lambda person_id: {"absences": queries.own_absences(person_id), "shifts": queries.own_shifts(person_id)})
add_place(Place("accounts.availability", "Breaks", Group.MINE, 65))


@blueprint.get("/availability")
@opens_to_signed_in
def availability() -> str:
    """Am I available, and if not, why? Only I see it."""
    return _own_page(PauseForm(formdata=None))


@blueprint.post("/availability/pause")
@opens_to_signed_in
@writes
def start_pause() -> ResponseReturnValue:
    """I take a break until I say so."""
    services.start_pause(principal().person_id, until=None, now=clock.now())
    db.session.commit()
    flash("You are on a break. Nothing waits for you until you say that you are back.", "good")
    return redirect(url_for("accounts.availability"))


@blueprint.post("/availability/pause-until")
@opens_to_signed_in
@writes
def start_dated_pause() -> ResponseReturnValue:
    """I take a break until then."""
    form = PauseForm()
    if not form.validate():
        return _own_page(form), 400
    try:
        services.start_pause(principal().person_id, until=form.until.instant, now=clock.now())
    except Refusal as refusal:
        form.until.errors = [words_for(refusal.reason)]
        return _own_page(form), 409
    db.session.commit()
    flash("You are on a break until then, or until you say that you are back.", "good")
    return redirect(url_for("accounts.availability"))


@blueprint.post("/availability/back")
@opens_to_signed_in
@writes
def end_pause() -> ResponseReturnValue:
    """I am back."""
    was_away = services.end_pause(principal().person_id, now=clock.now())
    db.session.commit()
    flash("Welcome back: your queues are open to you as before." if was_away else "You were not on a break.", "good" if was_away else "info")
    return redirect(url_for("accounts.availability"))


@blueprint.post("/availability/absences/<int:absence_id>/end")
@opens_to_signed_in
@writes
def end_own_absence(absence_id: int) -> ResponseReturnValue:
    """End what is mine to end."""
    me = queries.person(principal().person_id)
    services.end_absence(me, absence_id, is_admin=False, by=current_actor(), now=clock.now())
    db.session.commit()
    flash("It has ended.", "good")
    return redirect(url_for("accounts.availability"))


@blueprint.get("/people/<public_id>/availability")
@opens_to(*MAY_RECORD)
def availability_of(public_id: str) -> str:
    """Whether somebody is available, and of what I or administrators recorded, why."""
    return _page_of(_found(public_id), AbsenceForm(formdata=None))


@blueprint.post("/people/<public_id>/availability")
@opens_to(*MAY_RECORD)
@writes
def record_absence(public_id: str) -> ResponseReturnValue:
    """Record leave, a rest or a hold."""
    found, form, now = _found(public_id), AbsenceForm(), clock.now()
    if not form.validate():
        return _page_of(found, form), 400
    try:
        services.record_absence(found, form.entry(now), by=current_actor(), now=now)
    except Refusal as refusal:
        db.session.rollback()
        form[FIELDS.get(refusal.reason, "kind")].errors = [words_for(refusal.reason)]
        return _page_of(_found(public_id), form), 409
    db.session.commit()
    flash("Recorded. Everybody else reads only that the person is unavailable.", "good")
    return redirect(url_for("accounts.availability_of", public_id=public_id))


@blueprint.post("/people/<public_id>/availability/<int:absence_id>/end")
@opens_to(*MAY_RECORD)
@writes
def end_absence(public_id: str, absence_id: int) -> ResponseReturnValue:
    """End somebody's leave, rest or hold early."""
    services.end_absence(_found(public_id), absence_id, is_admin=_is_admin(), by=current_actor(), now=clock.now())
    db.session.commit()
    flash("It has ended.", "good")
    return redirect(url_for("accounts.availability_of", public_id=public_id))


@blueprint.post("/people/<public_id>/shift")
@opens_to(*MAY_RECORD)
@writes
def assign_shift(public_id: str) -> ResponseReturnValue:
    """Say which shift somebody works, from a day on."""
    found, form, now = _found(public_id), ShiftOfPersonForm(), clock.now()
    form.offer(queries.shift_names())
    if not form.validate():
        return _page_of(found, AbsenceForm(formdata=None), form), 400
    shift = queries.shift(form.shift.data) if form.shift.data else None
    begins = effective_instant(form.effective_on.data, zone=principal().time_zone, now=now)
    is_new = services.assign_shift(found, shift, effective_from=begins, by=current_actor(), now=now)
    db.session.commit()
    flash("Recorded." if is_new else "They work that already.", "good" if is_new else "info")
    return redirect(url_for("accounts.availability_of", public_id=public_id))


def _found(public_id: str) -> Person:
    found = queries.person_by_public_id(public_id)
    if found is None:
        raise NotFound(public_id)
    return found


def _is_admin() -> bool:
    return Role.ADMIN in principal().roles


def _own_page(form: PauseForm) -> str:
    me, now = principal().person_id, clock.now()
    hours = hours_at(queries.assignments_of([me]).get(me, ()), now)
    return render_template(
        "accounts/availability.html",
        form=form,
        is_unavailable=me in queries.unavailable_people([me], now=now),
        pause=queries.running_pause(me, now=now),
        absences=queries.absences_explained_to(me, me, is_admin=False),
        shift=queries.shift_names().get(queries.shift_of(me, at=now) or 0),
        hours=hours_in_words(hours) if hours else None,
        hours_bind=hours is not None and hours.is_binding,
        absence_words=ABSENCE_WORDS,
        now=now,
    )


def _page_of(found: Person, form: AbsenceForm, shift_form: ShiftOfPersonForm | None = None) -> str:
    me, now, names = principal().person_id, clock.now(), queries.shift_names()
    if shift_form is None:
        shift_form = ShiftOfPersonForm(formdata=None, shift=queries.shift_of(found.id, at=now) or 0)
        shift_form.offer(names)
    return render_template(
        "accounts/availability_of.html",
        person=found,
        form=form,
        shift_form=shift_form,
        has_shifts=bool(names),
        is_me=found.id == me,
        is_unavailable=found.id in queries.unavailable_people([found.id], now=now),
        absences=queries.absences_explained_to(me, found.id, is_admin=_is_admin()) if found.id != me else [],
        absence_words=ABSENCE_WORDS,
        now=now,
    )

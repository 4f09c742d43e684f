"""People, for administrators: the list, a person's page, making and changing them."""

from datetime import datetime

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from training import clock
from training.accounts import queries, services
from training.accounts.forms import ROLE_WORDS, STATUS_WORDS, ChangeFactsForm, FactorResetForm, NewPersonForm, PeopleFilterForm, StatusForm, effective_instant
from training.accounts.models import Person
from training.accounts.queries import PeopleFilter
from training.accounts.rules import FactKind, PersonState, Status
from training.accounts.views.blueprint import blueprint
from training.accounts.views.history import history_rows
from training.accounts.views.passwords import site
from training.db import db
from training.errors import NotFound, Refusal
from training.web.access import current_actor, opens_to, principal, writes
from training.web.addresses import id_in_query
from training.web.navigation import Group, Place, add_place
from training.web.wording import words_for

add_place(Place("accounts.people", "People", Group.ORGANISATION, position=60, roles=frozenset({"admin"})))


@blueprint.get("/people")
@opens_to("admin")
def people() -> ResponseReturnValue:
    """Everybody, by name."""
    form, team_names = PeopleFilterForm(formdata=request.args), queries.team_names()
    form.offer_teams(team_names)
    page = queries.people_page(_wanted(form), after_id=id_in_query("after"), before_id=id_in_query("before"))
    filters = {name: value for name, value in request.args.to_dict().items() if value and name not in {"after", "before"}}
    words = {"role_words": ROLE_WORDS, "status_words": STATUS_WORDS, "team_names": team_names}
    away = queries.unavailable_people((listed.id for listed in page.people), now=clock.now())
    return render_template("accounts/people.html", form=form, page=page, away=away, filters=filters, **words)


@blueprint.get("/people/new")
@opens_to("admin")
def new_person() -> ResponseReturnValue:
    """Somebody who is not there yet."""
    form = NewPersonForm(formdata=None)
    form.offer_teams(queries.team_names())
    return render_template("accounts/new_person.html", form=form)


@blueprint.post("/people/new")
@opens_to("admin")
@writes
def create_person() -> ResponseReturnValue:
    """Make an account, and invite its person if wanted."""
    form, now, by = NewPersonForm(), clock.now(), current_actor()
    form.offer_teams(queries.team_names())
    if not form.validate():
        return render_template("accounts/new_person.html", form=form), 400
    try:
        person = services.create_person(email=form.email.data or "", name=form.name.data or "", facts=form.facts(), by=by, now=now)
    except Refusal as refusal:
        form.email.errors = [words_for(refusal.reason, refusal.detail)]
        return render_template("accounts/new_person.html", form=form), 409
    if form.is_invited.data:
        services.invite(person, site=site(), by=by, now=now)
    db.session.commit()
    flash(f"{person.name} is invited." if form.is_invited.data else f"{person.name} has an account, and no invitation yet.", "good")
    return redirect(url_for("accounts.person", public_id=person.public_id))


@blueprint.get("/people/<public_id>")
@opens_to("admin")
def person(public_id: str) -> ResponseReturnValue:
    """What is true of a person, since when, and who said so."""
    found, now = _found(public_id), clock.now()
    form = ChangeFactsForm(formdata=None)
    form.offer_teams(queries.team_names())
    form.show(found.name, queries.state_of(found.id, at=now, known_at=now))
    return _page(found, form, now)


@blueprint.post("/people/<public_id>")
@opens_to("admin")
@writes
def change_person(public_id: str) -> ResponseReturnValue:
    """Record what the administrator changed on the page; what was left as it stood is not said again."""
    found, form, now = _found(public_id), ChangeFactsForm(), clock.now()
    form.offer_teams(queries.team_names())
    if not form.validate():
        return _page(found, form, now), 400
    changes = form.changes(found.name, queries.state_of(found.id, at=now, known_at=now))
    effective_from = effective_instant(form.effective_on.data, zone=principal().time_zone, now=now)
    rows = services.record_facts(found, changes, effective_from=effective_from, by=current_actor(), now=now)
    db.session.commit()
    flash("Recorded." if rows else "Nothing was changed, so nothing was recorded.", "good" if rows else "info")
    return redirect(url_for("accounts.person", public_id=public_id))


@blueprint.post("/people/<public_id>/deactivate")
@opens_to("admin")
@writes
def deactivate(public_id: str) -> ResponseReturnValue:
    """From that day on the person no longer works here."""
    return _set_status(_found(public_id), Status.DEACTIVATED, "is deactivated")


@blueprint.post("/people/<public_id>/reactivate")
@opens_to("admin")
@writes
def reactivate(public_id: str) -> ResponseReturnValue:
    """From that day on the person works here again."""
    found = _found(public_id)
    return _set_status(found, Status.ACTIVE if found.password_hash else Status.INVITED, "is back")


@blueprint.post("/people/<public_id>/invite")
@opens_to("admin")
@writes
def invite(public_id: str) -> ResponseReturnValue:
    """Send an invitation, or another one."""
    found = _found(public_id)
    services.invite(found, site=site(), by=current_actor(), now=clock.now())
    db.session.commit()
    flash(f"An invitation is on its way to {found.email}.", "good")
    return redirect(url_for("accounts.person", public_id=public_id))


@blueprint.post("/people/<public_id>/second-step/reset")
@opens_to("admin")
@writes
def reset_factor(public_id: str) -> ResponseReturnValue:
    """Take a lost device's second step away."""
    found, form = _found(public_id), FactorResetForm(prefix="factor")
    if form.validate():
        services.reset_factor(found, reason=form.reason.data or "", site=site(), by=current_actor(), now=clock.now())
        db.session.commit()
        flash(f"The second step of {found.name} is taken away, they are signed out everywhere, and a mail tells them.", "good")
    else:
        flash("Nothing was changed. " + " ".join(form.reason.errors), "bad")
    return redirect(url_for("accounts.person", public_id=public_id))


def _found(public_id: str) -> Person:
    found = queries.person_by_public_id(public_id)
    if found is None:
        raise NotFound
    return found


def _page(found: Person, form: ChangeFactsForm, now: datetime) -> str:
    state: PersonState = queries.state_of(found.id, at=now, known_at=now)
    return render_template(
        "accounts/person.html",
        person=found,
        state=state,
        form=form,
        status_form=StatusForm(formdata=None, prefix="status"),
        status_words=STATUS_WORDS,
        factor=queries.confirmed_factor(found.id),
        factor_form=FactorResetForm(formdata=None, prefix="factor"),
        history=history_rows(found.id, now=now),
        is_unavailable=found.id in queries.unavailable_people([found.id], now=now),
        is_me=found.id == principal().person_id,
    )


def _set_status(found: Person, status: Status, outcome: str) -> ResponseReturnValue:
    form, now = StatusForm(prefix="status"), clock.now()
    if not form.validate():
        flash("That is no date. Write it as year, month and day, or leave it empty for now.", "bad")
        return redirect(url_for("accounts.person", public_id=found.public_id))
    effective_from = effective_instant(form.effective_on.data, zone=principal().time_zone, now=now)
    services.record_facts(found, {FactKind.STATUS: status}, effective_from=effective_from, by=current_actor(), now=now)
    db.session.commit()
    flash(f"{found.name} {outcome}{' from that day on' if effective_from > now else ''}.", "good")
    return redirect(url_for("accounts.person", public_id=found.public_id))


def _wanted(form: PeopleFilterForm) -> PeopleFilter:
    members = {
        FactKind.ROLES: form.role.data,
        FactKind.STATUS: form.status.data,
        FactKind.TEAM: str(form.team.data) if form.team.data else "",
        FactKind.LANGUAGES: form.language.data,
        FactKind.MARKETS: (form.market.data or "").upper(),
    }
    return PeopleFilter(text=form.q.data or "", members={kind: member for kind, member in members.items() if member})

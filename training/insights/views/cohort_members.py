"""Who is in a cohort: people added by address, team or first day and taken out, its name, and whether anybody joins it."""

from collections.abc import Callable, Collection
from datetime import date, datetime, time, timedelta

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from training import clock
from training.accounts import queries
from training.accounts import services as accounts
from training.accounts.queries import PeopleFilter
from training.accounts.rules import FactKind, Role
from training.db import db
from training.errors import Refusal
from training.insights.forms import CohortForm, FoundPeopleForm, ListedPeopleForm
from training.insights.rules.addresses import addresses_in
from training.insights.views.blueprint import blueprint
from training.web.access import current_actor, opens_to, principal, writes
from training.web.addresses import id_in_query, page_in_query
from training.web.formatting import number_text, zone_of_reader
from training.web.forms import Form
from training.web.wording import words_for

HISTORY_A_PAGE = 50
FAULTS_SHOWN = 20


@blueprint.get("/cohorts/<int:cohort_id>/members")
@opens_to(Role.TRAINER)
def cohort_members(cohort_id: int) -> str:
    """Who is in it, and ways to add people."""
    return _page(cohort_id)


@blueprint.get("/cohorts/<int:cohort_id>/history")
@opens_to(Role.TRAINER)
def cohort_history(cohort_id: int) -> str:
    """Who was in it from when to when."""
    found, page = queries.cohort(cohort_id), page_in_query()
    stretches = queries.memberships(cohort_id)
    shown = stretches[(page - 1) * HISTORY_A_PAGE : page * HISTORY_A_PAGE]
    names = queries.person_names(each.person_id for each in shown)
    has_more = len(stretches) > page * HISTORY_A_PAGE
    return render_template("insights/cohort_history.html", cohort=found, stretches=shown, names=names, page=page, has_more=has_more)


@blueprint.post("/cohorts/<int:cohort_id>/members/listed")
@opens_to(Role.TRAINER)
@writes
def add_listed(cohort_id: int) -> ResponseReturnValue:
    """Add the people who have these addresses: all of them, or nobody where one is unknown."""
    form = ListedPeopleForm()
    if not form.validate_on_submit():
        return _page(cohort_id, listed=form), 400
    try:
        form.addresses.data = form.text
    except UnicodeDecodeError:
        form.file.errors = ["This file is no text in UTF-8. Save it as CSV (UTF-8), or paste the addresses."]
        return _page(cohort_id, listed=form), 400
    pasted = addresses_in(form.addresses.data)
    known = queries.people_by_emails(pasted.addresses)
    faults = [*pasted.faults, *((line, address) for address, line in pasted.addresses.items() if address not in known)]
    if faults or not pasted.addresses:
        form.addresses.errors = _said(sorted(set(faults))) or ["Paste at least one address, or choose a file."]
        return _page(cohort_id, listed=form), 400
    return _add(cohort_id, {person.id for person in known.values()}, form)


def _said(faults: Collection[tuple[int, str]]) -> list[str]:
    """Every fault by its line, so many at most."""
    words = [f"Line {line}: nobody here has “{text}”." for line, text in list(faults)[:FAULTS_SHOWN]]
    return words + ([f"And {len(faults) - FAULTS_SHOWN} more."] if len(faults) > FAULTS_SHOWN else []) + (["Nobody was added."] if faults else [])


@blueprint.post("/cohorts/<int:cohort_id>/members/found")
@opens_to(Role.TRAINER)
@writes
def add_found(cohort_id: int) -> ResponseReturnValue:
    """Add the people of a team, those who began within some days, or those of whom both is true."""
    form = FoundPeopleForm()
    if not form.validate_on_submit():
        return _page(cohort_id, found=form), 400
    wanted = [set(queries.active_ids_in_team(form.team.data))] if form.team.data else []
    if form.first_on.data and form.last_on.data:
        wanted.append(set(queries.hired_ids(_beginning(form.first_on.data), _beginning(form.last_on.data + timedelta(days=1)))))
    people = set.intersection(*wanted)
    if not people:
        form.team.errors = ["Nobody active fits."]
        return _page(cohort_id, found=form), 400
    return _add(cohort_id, people, form)


def _beginning(day: date) -> datetime:
    return datetime.combine(day, time.min, zone_of_reader())


def _add(cohort_id: int, person_ids: Collection[int], form: ListedPeopleForm | FoundPeopleForm) -> ResponseReturnValue:
    try:
        joined = accounts.join_cohort(queries.hold_cohort(cohort_id), person_ids, by=current_actor(), now=clock.now())
    except Refusal as refusal:
        db.session.rollback()
        form.form_errors.append(words_for(refusal.reason, refusal.detail))
        named = {"listed": form} if isinstance(form, ListedPeopleForm) else {"found": form}
        return _page(cohort_id, **named), 409
    is_among = principal().person_id in joined.refused_ids
    db.session.commit()
    parts = [f"{number_text(joined.new_count)} joined"]
    parts += [f"{number_text(joined.known_count)} were in it already"] if joined.known_count else []
    parts += [f"{number_text(gone)} do not work here any more"] if (gone := len(joined.refused_ids) - is_among) else []
    parts += ["you yourself are left out: a colleague adds you"] if is_among else []
    flash(", ".join(parts) + ".", "good" if joined.new_count else "info")
    return redirect(url_for("insights.cohort_members", cohort_id=cohort_id))


@blueprint.post("/cohorts/<int:cohort_id>/members/out")
@opens_to(Role.TRAINER)
@writes
def take_out(cohort_id: int) -> ResponseReturnValue:
    """Take those who were ticked out of it; what they did in it stays."""
    held = queries.hold_cohort(cohort_id)
    chosen = queries.people_by_subjects(request.form.getlist("person")[: queries.PEOPLE_A_PAGE])
    count = accounts.leave_cohort(held, set(chosen.values()), by=current_actor(), now=clock.now())
    db.session.commit()
    if count:
        flash(f"{number_text(count)} taken out. The history of the cohort keeps since when they were in it.", "good")
    else:
        flash("Tick whom to take out.", "info")
    return redirect(url_for("insights.cohort_members", cohort_id=cohort_id))


@blueprint.post("/cohorts/<int:cohort_id>/name")
@opens_to(Role.TRAINER)
@writes
def rename_cohort(cohort_id: int) -> ResponseReturnValue:
    """Give it another name."""
    form, held = CohortForm(), queries.hold_cohort(cohort_id)
    if not form.validate_on_submit():
        return _page(cohort_id, naming=form), 400
    try:
        accounts.rename_cohort(held, name=form.name.data or "", by=current_actor(), now=clock.now())
    except Refusal as refusal:
        db.session.rollback()
        form.name.errors = [words_for(refusal.reason, refusal.detail)]
        return _page(cohort_id, naming=form), 409
    db.session.commit()
    flash("The cohort has its new name.", "good")
    return redirect(url_for("insights.cohort_members", cohort_id=cohort_id))


@blueprint.post("/cohorts/<int:cohort_id>/closing")
@opens_to(Role.TRAINER)
@writes
def close_cohort(cohort_id: int) -> ResponseReturnValue:
    """Let nobody join any more."""
    return _turn(cohort_id, accounts.close_cohort, "Closed: nobody joins it any more. It can still be followed, and what it is asked for stands.")


@blueprint.post("/cohorts/<int:cohort_id>/opening")
@opens_to(Role.TRAINER)
@writes
def open_cohort(cohort_id: int) -> ResponseReturnValue:
    """Let people join again."""
    return _turn(cohort_id, accounts.open_cohort, "It is open again.")


def _turn(cohort_id: int, deed: Callable[..., None], said: str) -> ResponseReturnValue:
    deed(queries.hold_cohort(cohort_id), by=current_actor(), now=clock.now())
    db.session.commit()
    flash(said, "good")
    return redirect(url_for("insights.cohort_members", cohort_id=cohort_id))


def _page(cohort_id: int, **forms: Form) -> str:
    found = queries.cohort(cohort_id)
    page = queries.people_page(PeopleFilter(members={FactKind.COHORTS: str(cohort_id)}), after_id=id_in_query("after"), before_id=id_in_query("before"))
    made = {
        "naming": CohortForm(formdata=None, data={"name": found.name}),
        "listed": ListedPeopleForm(formdata=None),
        "found": FoundPeopleForm(formdata=None),
    }
    size = queries.fitting_count({FactKind.COHORTS: str(cohort_id)})
    return render_template("insights/cohort_members.html", cohort=found, page=page, size=size, teams=queries.team_names(), **{**made, **forms})

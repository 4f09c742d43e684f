"""Trainers' sets: picking, giving, and how far people are; and what a set is to whoever has it."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from training import clock
from training.accounts.forms import PersonOrTeamForm
from training.accounts.queries import people_reached, person_names, state_of, team_names
from training.cases.queries import cases_by_ids, taxonomy
from training.db import db
from training.errors import Refusal
from training.practice import queries, services
from training.practice.forms import SetForm, offering_clauses
from training.practice.models import PracticeSet
from training.practice.views.blueprint import MAY_GIVE, blueprint
from training.web.access import current_actor, opens_to, opens_to_signed_in, principal, writes
from training.web.addresses import id_in_query
from training.web.wording import words_for

PAGE_SIZE = 30


@blueprint.get("/sets")
@opens_to(*MAY_GIVE)
def sets() -> str:
    """Every set that was made."""
    found = queries.sets_page(before_id=id_in_query("before"), size=PAGE_SIZE + 1)
    older_id = found[PAGE_SIZE - 1].id if len(found) > PAGE_SIZE else None
    names = person_names(each.made_by_id for each in found)
    return render_template("practice/sets.html", sets=found[:PAGE_SIZE], names=names, older_id=older_id)


@blueprint.get("/sets/new")
@opens_to(*MAY_GIVE)
def new_set() -> str:
    """Pick what others practise."""
    return _picking_page(offering_clauses(SetForm()))


@blueprint.post("/sets/new")
@opens_to(*MAY_GIVE)
@writes
def make_set() -> ResponseReturnValue:
    """Keep what was picked."""
    form = offering_clauses(SetForm())
    if not form.validate_on_submit():
        return _picking_page(form), 400
    picked = services.Picked(str(form.title.data), str(form.note.data or ""), form.slugs, form.clauses.data or (), int(form.case_count.data or 0))
    try:
        made = services.make_set(picked, by=current_actor(), now=clock.now())
    except Refusal as refusal:
        db.session.rollback()
        form.cases.errors = [words_for(refusal.reason, refusal.detail)]
        return _picking_page(form), 409
    db.session.commit()
    flash("The set is made. Now say who gets it.", "good")
    return redirect(url_for("practice.given_set", set_id=made.id))


@blueprint.get("/sets/<int:set_id>")
@opens_to_signed_in
def given_set(set_id: int) -> str:
    """What this set is and how far I am; for trainers, who has it and how far they are."""
    if principal().roles.intersection(MAY_GIVE):
        return _trainers_page(queries.practice_set(set_id), PersonOrTeamForm())
    me = principal().person_id
    found = queries.set_given_to(me, state_of(me, at=clock.now()).team_id, set_id)
    return render_template("practice/set.html", set=found, run=queries.runs_of_set(set_id, [me]).get(me), by=person_names([found.made_by_id]))


@blueprint.post("/sets/<int:set_id>/give")
@opens_to(*MAY_GIVE)
@writes
def give_set(set_id: int) -> ResponseReturnValue:
    """Give this set to a person or a team."""
    found, form = queries.practice_set(set_id), PersonOrTeamForm()
    if not form.validate_on_submit():
        return _trainers_page(found, form), 400
    try:
        services.give_set(found, person_id=form.person_id, team_id=form.team_id, by=current_actor(), now=clock.now())
    except Refusal as refusal:
        db.session.rollback()
        form.email.errors = [words_for(refusal.reason, refusal.detail)]
        return _trainers_page(queries.practice_set(set_id), form), 409
    db.session.commit()
    flash("They have the set now, and see it under Practice.", "good")
    return redirect(url_for("practice.given_set", set_id=set_id))


@blueprint.post("/sets/assignments/<int:assignment_id>/take-back")
@opens_to(*MAY_GIVE)
@writes
def take_back_set(assignment_id: int) -> ResponseReturnValue:
    """Let them have it no longer."""
    found = queries.set_assignment(assignment_id)
    services.take_back_set(found, by=current_actor(), now=clock.now())
    set_id = found.set_id
    db.session.commit()
    flash("The set is taken back. What they answered stays theirs.", "good")
    return redirect(url_for("practice.given_set", set_id=set_id))


def _picking_page(form: SetForm) -> str:
    return render_template("practice/set_new.html", form=form, areas=form.clauses_by_area(), titles=taxonomy().titles)


def _trainers_page(found: PracticeSet, form: PersonOrTeamForm) -> str:
    given = queries.open_set_assignments(found.id)
    people = people_reached(given, at=clock.now())
    ids = {person_id for members in people.values() for person_id in members}
    return render_template(
        "practice/set_given.html",
        set=found,
        cases=cases_by_ids(found.case_ids),
        form=form,
        given=given,
        people=people,
        runs=queries.runs_of_set(found.id, ids),
        names=person_names(ids),
        teams=team_names(),
        titles=taxonomy().titles,
    )

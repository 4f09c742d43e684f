"""Cohorts for trainers: named ones, a team, or those whom an assignment asks, with how far each is, what they sit now, and how they did last."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from training import clock
from training.accounts import queries
from training.accounts import services as accounts
from training.accounts.rules import Role
from training.courses.queries import assignment, current_modules, work_of
from training.db import db
from training.errors import NotFound, Refusal
from training.insights.forms import CohortForm
from training.insights.queries import cohort_asked, team_cohort
from training.insights.views.blueprint import blueprint
from training.practice.queries import check_titles
from training.web.access import current_actor, opens_to, principal, writes
from training.web.addresses import id_in_query
from training.web.navigation import Group, Place, add_place
from training.web.wording import words_for

add_place(Place("insights.cohorts", "Cohorts", Group.DESK, 25, frozenset({Role.TRAINER})))


@blueprint.get("/cohorts")
@opens_to(Role.TRAINER)
def cohorts() -> str:
    """The cohorts that were named, and the teams; an assignment's people are followed from its page."""
    return _list(CohortForm(formdata=None))


@blueprint.post("/cohorts")
@opens_to(Role.TRAINER)
@writes
def name_cohort() -> ResponseReturnValue:
    """Name a cohort; its people are added on the next page."""
    form = CohortForm()
    if not form.validate_on_submit():
        return _list(form), 400
    try:
        made = accounts.name_cohort(name=form.name.data or "", by=current_actor(), now=clock.now())
    except Refusal as refusal:
        db.session.rollback()
        form.name.errors = [words_for(refusal.reason, refusal.detail)]
        return _list(form), 409
    address = url_for("insights.cohort_members", cohort_id=made.id)
    db.session.commit()
    flash("The cohort is there. Say who is in it.", "good")
    return redirect(address)


def _list(form: CohortForm) -> str:
    return render_template(
        "insights/cohorts.html", form=form, named=queries.cohorts(), closed=queries.cohorts(is_closed=True), sizes=queries.cohort_sizes(), teams=queries.teams()
    )


@blueprint.get("/cohorts/teams/<int:team_id>")
@opens_to(Role.TRAINER)
def followed_team(team_id: int) -> str:
    """The people of a team."""
    found = queries.team(team_id)
    if found is None:
        raise NotFound(team_id)
    now = clock.now()
    page = team_cohort(team_id, reader_id=principal().person_id, now=now, after_id=id_in_query("after"), before_id=id_in_query("before"))
    here = url_for("insights.followed_team", team_id=team_id)
    return render_template("insights/cohort.html", title=found.name, lead="Everybody active in this team.", cohort=page, asked=None, here=here, now=now)


@blueprint.get("/cohorts/assignments/<int:assignment_id>")
@opens_to(Role.TRAINER)
def followed_assignment(assignment_id: int) -> str:
    """The people whom an assignment asks, who came later included."""
    found, now = assignment(assignment_id), clock.now()
    work = work_of(found)
    after_id, before_id = id_in_query("after"), id_in_query("before")
    page = cohort_asked(found, work, reader_id=principal().person_id, now=now, after_id=after_id, before_id=before_id)
    here = url_for("insights.followed_assignment", assignment_id=assignment_id)
    titles = {module.slug: module.title for module in current_modules()} | check_titles()
    lead = "Everybody whom this assignment asks now."
    return render_template("insights/cohort.html", title=work.title, lead=lead, cohort=page, asked=found, titles=titles, here=here, now=now)

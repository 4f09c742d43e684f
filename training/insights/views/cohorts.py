"""Cohorts for trainers: a team, or those whom an assignment asks, with how far each is, what they sit now, and how they did last."""

from flask import render_template, url_for

from training import clock
from training.accounts.queries import team, teams
from training.accounts.rules import Role
from training.courses.queries import assignment, current_modules, work_of
from training.errors import NotFound
from training.insights.queries import cohort_asked, team_cohort
from training.insights.views.blueprint import blueprint
from training.practice.queries import check_titles
from training.web.access import opens_to, principal
from training.web.addresses import id_in_query
from training.web.navigation import Group, Place, add_place

add_place(Place("insights.cohorts", "Cohorts", Group.DESK, 25, frozenset({Role.TRAINER})))


@blueprint.get("/cohorts")
@opens_to(Role.TRAINER)
def cohorts() -> str:
    """The teams that can be followed; an assignment's people are followed from its page."""
    return render_template("insights/cohorts.html", teams=teams())


@blueprint.get("/cohorts/teams/<int:team_id>")
@opens_to(Role.TRAINER)
def followed_team(team_id: int) -> str:
    """The people of a team."""
    found = team(team_id)
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

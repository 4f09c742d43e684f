"""Teams, for administrators."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from training import clock
from training.accounts import queries, services
from training.accounts.forms import TeamForm
from training.accounts.models import Team
from training.accounts.views.blueprint import blueprint
from training.db import db
from training.errors import NotFound, Refusal
from training.web.access import current_actor, opens_to, writes
from training.web.navigation import Group, Place, add_place
from training.web.wording import words_for

add_place(Place("accounts.teams", "Teams", Group.ORGANISATION, position=61, roles=frozenset({"admin"})))


@blueprint.get("/teams")
@opens_to("admin")
def teams() -> ResponseReturnValue:
    """Every team, by name."""
    return render_template("accounts/teams.html", teams=queries.teams(), form=TeamForm(formdata=None))


@blueprint.post("/teams")
@opens_to("admin")
@writes
def create_team() -> ResponseReturnValue:
    """A new team."""
    form = TeamForm()
    if not form.validate():
        return render_template("accounts/teams.html", teams=queries.teams(), form=form), 400
    try:
        team = services.create_team(name=form.name.data or "", by=current_actor(), now=clock.now())
    except Refusal as refusal:
        form.name.errors = [words_for(refusal.reason, refusal.detail)]
        return render_template("accounts/teams.html", teams=queries.teams(), form=form), 409
    db.session.commit()
    flash(f"The team {team.name} is there. Give it people on their pages.", "good")
    return redirect(url_for("accounts.teams"))


@blueprint.get("/teams/<slug>")
@opens_to("admin")
def team(slug: str) -> ResponseReturnValue:
    """A team and who is in it now."""
    found = queries.team_by_slug(slug)
    if found is None:
        raise NotFound
    form = TeamForm(formdata=None, name=found.name)
    return _team_page(found, form)


@blueprint.post("/teams/<slug>")
@opens_to("admin")
@writes
def rename_team(slug: str) -> ResponseReturnValue:
    """Give a team another name."""
    found, form = queries.team_by_slug(slug), TeamForm()
    if found is None:
        raise NotFound
    if not form.validate():
        return _team_page(found, form), 400
    services.rename_team(found, name=form.name.data or "", by=current_actor(), now=clock.now())
    db.session.commit()
    flash("The team has its new name.", "good")
    return redirect(url_for("accounts.team", slug=slug))


def _team_page(found: Team, form: TeamForm) -> str:
    now = clock.now()
    people = queries.people_of_team(found.id, at=now)
    away = queries.unavailable_people((member.id for member in people), now=now)
    return render_template("accounts/team.html", team=found, form=form, people=people, away=away)

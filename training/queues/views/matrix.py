"""The matrix of a team: people down, queues across, the gate's answer in each cell, at any instant."""

from datetime import datetime

from flask import render_template, request

from training import clock
from training.accounts.queries import people_of_team, state_of, team_names
from training.queues import queries
from training.queues.forms import MatrixForm
from training.queues.views.blueprint import MAY_SEE_TEAMS, blueprint
from training.web.access import opens_to, principal
from training.web.forms import choices_of, instant_entered


@blueprint.get("/queues/matrix")
@opens_to(*MAY_SEE_TEAMS)
def matrix() -> str:
    """Who of a team may work what, and why not."""
    now, teams = clock.now(), team_names()
    form = MatrixForm(request.args, data={"team": _team_shown(list(teams), now=now)})
    form.team.choices = choices_of(sorted(teams.items(), key=lambda pair: pair[1]))
    is_sound = not request.args or form.validate()
    at = (instant_entered(form.at.data) if is_sound else None) or now
    people = people_of_team(form.team.data, at=at) if teams and is_sound and form.team.data else []
    table = queries.matrix([person.public_id for person in people], at=at, known_at=min(at, now))
    exceptions = queries.acting_by_cell([person.id for person in people], at=at)
    words = {"titles": queries.titles(), "exceptions": exceptions}
    return render_template("queues/matrix.html", form=form, people=people, table=table, at=at, now=now, is_now=at == now, **words)


def _team_shown(teams: list[int], *, now: datetime) -> int | None:
    own = state_of(principal().person_id, at=now).team_id
    return own if own in teams else next(iter(teams), None)

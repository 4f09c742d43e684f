"""The practice of those whom a lead or a trainer is responsible for: their team, and each of them."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from training import clock
from training.accounts.queries import PeoplePage, state_of, team_names
from training.accounts.rules import Role
from training.cases.queries import taxonomy
from training.practice import queries
from training.practice.forms import TeamForm, team_form
from training.practice.views.blueprint import MAY_SEE_PRACTICE, blueprint
from training.practice.views.profiles import NUMBERS, Whose, answers_page, costs, profile_page
from training.web.access import opens_to, principal
from training.web.addresses import id_in_query


@blueprint.get("/team")
@opens_to(*MAY_SEE_PRACTICE)
def team() -> ResponseReturnValue:
    """How the people of a team practise: a lead's own team; any team, or everybody, for a trainer."""
    own, names = state_of(principal().person_id, at=clock.now()).team_id, team_names()
    form = team_form(request.args, names, own=own) if Role.TRAINER in principal().roles else None
    if form is not None and not form.validate():
        return _team_page(form, None, None), 400
    if form is None and own is None:
        return _team_page(None, None, None)
    team_id, name = (form.team_id, form.name.data or "") if form is not None else (own, "")
    page = queries.people_seen(team_id, name=name, after_id=id_in_query("after"), before_id=id_in_query("before"))
    return _team_page(form, names.get(team_id) if team_id is not None else None, page)


def _team_page(form: TeamForm | None, team_name: str | None, page: PeoplePage | None) -> str:
    known = taxonomy()
    return render_template(
        "practice/team.html",
        form=form,
        team_name=team_name,
        page=page,
        profiles=queries.area_profiles([person.id for person in page.people], costs=costs()) if page else {},
        areas=known.areas,
        titles=known.titles,
        asked={name: value for name, value in request.args.to_dict().items() if value and name in {"team", "name"}},
        **NUMBERS,
    )


@blueprint.get("/people/<public_id>")
@opens_to(*MAY_SEE_PRACTICE)
def person(public_id: str) -> ResponseReturnValue:
    """What somebody's answers say of them."""
    return profile_page("practice/profile.html", _seen(public_id))


@blueprint.get("/people/<public_id>/print")
@opens_to(*MAY_SEE_PRACTICE)
def person_report(public_id: str) -> ResponseReturnValue:
    """Which areas somebody applies consistently and which need practice, on one page."""
    return profile_page("practice/profile_report.html", _seen(public_id))


@blueprint.get("/people/<public_id>/answers")
@opens_to(*MAY_SEE_PRACTICE)
def person_answers(public_id: str) -> ResponseReturnValue:
    """Somebody's practice answers behind one figure."""
    return answers_page(_seen(public_id))


def _seen(public_id: str) -> Whose:
    found = queries.person_seen_by(principal().person_id, principal().roles, public_id, at=clock.now())
    return Whose(found.id, found.name, found.public_id)

"""Where a person's practice stands, what they answered, and how they want cases shown."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from training import clock
from training.accounts.queries import state_of
from training.cases.queries import taxonomy
from training.courses.queries import passed_checks
from training.db import db
from training.practice import queries, services
from training.practice.forms import PreferenceForm, preference_form
from training.practice.views.blueprint import MAY_GIVE, blueprint
from training.web.access import opens_to_signed_in, principal, writes
from training.web.addresses import id_in_query

PAGE_SIZE = 30


@blueprint.get("/")
@opens_to_signed_in
def overview() -> ResponseReturnValue:
    """What to practise next, how I stand in each area, and the checks there are."""
    me, now = principal().person_id, clock.now()
    state = state_of(me, at=now)
    return render_template(
        "practice/overview.html",
        standings=queries.standings_of(me, languages=state.languages, at=now),
        surfaces=queries.surface_counts(languages=state.languages),
        sets=queries.sets_of(me, state.team_id),
        may_give=bool(principal().roles.intersection(MAY_GIVE)),
        checks=queries.known_checks(),
        passed=passed_checks(me),
        latest=queries.answered_page(me, size=5),
        titles=taxonomy().titles,
        form=preference_form(queries.preference_of(me)),
    )


@blueprint.get("/history")
@opens_to_signed_in
def history() -> ResponseReturnValue:
    """Everything I answered, the newest first."""
    found = queries.answered_page(principal().person_id, before_id=id_in_query("before"), size=PAGE_SIZE + 1)
    shown = found[:PAGE_SIZE]
    older_id = shown[-1].serving.id if len(found) > PAGE_SIZE else None
    return render_template("practice/history.html", answered=shown, titles=taxonomy().titles, older_id=older_id)


@blueprint.post("/preferences")
@opens_to_signed_in
@writes
def choose_preferences() -> ResponseReturnValue:
    """Show me cases like this from now on."""
    services.choose_preferences(principal().person_id, PreferenceForm().preference, now=clock.now())
    db.session.commit()
    flash("Cases are shown as you chose from now on.", "good")
    return redirect(url_for("practice.overview"))

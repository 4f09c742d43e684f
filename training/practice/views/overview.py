"""Where a person's practice stands, and what they answered."""

from flask import render_template
from flask.typing import ResponseReturnValue

from training import clock
from training.accounts.queries import state_of
from training.cases.queries import taxonomy
from training.courses.queries import passed_checks
from training.practice import queries
from training.practice.views.blueprint import MAY_GIVE, blueprint
from training.web.access import opens_to_signed_in, principal
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
        called_count=len(queries.concepts_called_for(me)),
        sets=queries.sets_of(me, state.team_id),
        may_give=bool(principal().roles.intersection(MAY_GIVE)),
        checks=queries.known_checks(),
        passed=passed_checks(me),
        latest=queries.answered_page(me, size=5),
        titles=taxonomy().titles,
    )


@blueprint.get("/history")
@opens_to_signed_in
def history() -> ResponseReturnValue:
    """Everything I answered, the newest first."""
    found = queries.answered_page(principal().person_id, before_id=id_in_query("before"), size=PAGE_SIZE + 1)
    shown = found[:PAGE_SIZE]
    older_id = shown[-1].serving.id if len(found) > PAGE_SIZE else None
    return render_template("practice/history.html", answered=shown, titles=taxonomy().titles, older_id=older_id)

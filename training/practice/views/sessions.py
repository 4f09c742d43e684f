"""Checks and sessions: beginning a check, finishing, and how it went."""

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from training import clock
from training.cases.queries import taxonomy
from training.courses.queries import passed_checks
from training.db import db
from training.practice import queries, services
from training.practice.rules import pace_of, purpose_of
from training.practice.views.blueprint import blueprint, budget
from training.practice.views.purposes import purpose_arguments
from training.web.access import opens_to_signed_in, principal, writes


@blueprint.get("/checks/<slug>")
@opens_to_signed_in
def check(slug: str) -> ResponseReturnValue:
    """What this check asks, and how my runs of it went."""
    me = principal().person_id
    _check, version = queries.known_check(slug)
    return render_template(
        "practice/check.html",
        slug=slug,
        check=version,
        is_passed=slug in passed_checks(me),
        is_open=queries.open_session(me, f"check:{slug}") is not None,
        runs=[(run, queries.answered_in(run)) for run in queries.runs_of_check(me, slug)],
    )


@blueprint.post("/checks/<slug>")
@opens_to_signed_in
@writes
def start_check(slug: str) -> ResponseReturnValue:
    """Begin this check, or go on with it."""
    serving = services.start_check(principal().person_id, slug, now=clock.now(), budget=budget())
    db.session.commit()
    return redirect(url_for("practice.serving", serving_id=serving.id))


@blueprint.get("/sessions/<int:session_id>")
@opens_to_signed_in
def session(session_id: int) -> ResponseReturnValue:
    """How a session or a run of a check went."""
    found = queries.session_of(principal().person_id, session_id)
    answered, purpose = queries.answered_in(found), purpose_of(found.scope)
    return render_template(
        "practice/session.html",
        session=found,
        purpose=purpose,
        arguments=purpose_arguments(purpose),
        answered=answered,
        pace=pace_of([each.judgement.seconds or 0.0 for each in answered]),
        titles=taxonomy().titles,
        check=queries.check_version(found.check_version_id) if found.check_version_id else None,
        check_slug=found.scope.partition(":")[2],
    )


@blueprint.post("/sessions/<int:session_id>/end")
@opens_to_signed_in
@writes
def end_session(session_id: int) -> ResponseReturnValue:
    """Finish, and show me how it went."""
    found = queries.session_of(principal().person_id, session_id)
    services.end_session(found, now=clock.now())
    db.session.commit()
    return redirect(url_for("practice.session", session_id=found.id))

"""What this room keeps about a person, for the person."""

from collections.abc import Mapping
from typing import Any

from flask import Response
from flask.typing import ResponseReturnValue

from training import clock
from training.accounts import queries
from training.accounts.rules import Fact, FactKind
from training.accounts.views.blueprint import blueprint
from training.web.access import opens_to_signed_in, principal
from training.web.personal import add_section, personal_text


@blueprint.get("/account/data.json")
@opens_to_signed_in
def personal_data() -> ResponseReturnValue:
    """Everything that is kept about me, to take away."""
    text = personal_text(principal().person_id)
    return Response(text, mimetype="application/json", headers={"Content-Disposition": 'attachment; filename="touchstone-my-data.json"'})


def _account(person_id: int) -> dict[str, Any]:
    person = queries.person(person_id)
    named = {FactKind.TEAM: queries.team_names(), FactKind.COHORTS: queries.cohort_names()}
    facts = [
        {
            "kind": fact.kind.value,
            "value": _named(fact, named.get(fact.kind)),
            "effective_from": fact.effective_from.isoformat(),
            "recorded_at": fact.recorded_at.isoformat(),
        }
        for fact in queries.facts_of(person_id)
    ]
    return {"id": person.public_id, "email": person.email, "name": person.name, "created_at": person.created_at.isoformat(), "facts": facts}


def _named(fact: Fact, names: Mapping[int, str] | None) -> object:
    """The value, with names where it holds ids."""
    if names is None:
        return fact.value
    return [names.get(int(number)) for number in fact.value] if isinstance(fact.value, list) else names.get(fact.value)


def _sessions(person_id: int) -> list[dict[str, Any]]:
    return [
        {
            "browser": session.browser,
            "address": session.address,
            "started_at": session.started_at.isoformat(),
            "last_seen_at": session.last_seen_at.isoformat(),
        }
        for session in queries.open_sessions_of(person_id, now=clock.now())
    ]


def _second_step(person_id: int) -> dict[str, Any]:
    factor = queries.confirmed_factor(person_id)
    return {"on_since": factor.confirmed_at if factor else None, "recovery_codes_left": queries.unused_recovery_count(person_id)}


add_section("account", _account)
add_section("second step", _second_step)
add_section("sessions", _sessions)

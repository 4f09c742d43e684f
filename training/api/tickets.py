"""Access tickets, for tools that cannot ask each time."""

from typing import Any

from flask import Blueprint, Response, current_app

from training import clock
from training.accounts.queries import person_by_email
from training.api.answers import answered, decision_json
from training.api.authzen import ACTIONS, SCOPE
from training.api.bodies import TicketRequest, read_body
from training.api.signing import kept_signer
from training.queues.queries import gather
from training.queues.rules.decision import Decision
from training.queues.rules.reasons import Code, Reason
from training.queues.rules.tickets import Ticket, ticket_for
from training.queues.services.tickets import signed_ticket
from training.web.access import opens_to_clients

blueprint = Blueprint("api_tickets", __name__, url_prefix="/api/v1")


@blueprint.post("/access/tickets")
@opens_to_clients(SCOPE)
def issue() -> Response:
    """For each queue the gate's answer, and a ticket where it grants what was asked."""
    asked, now = read_body(TicketRequest), clock.now()
    action, gathered = ACTIONS.get(asked.action), gather([asked.subject], asked.queues, known_from=now)
    subject, entries = _public_id(asked.subject), []
    for queue in asked.queues:
        decision = Decision(now, (Reason(Code.UNKNOWN_ACTION),)) if action is None else gathered.decide(asked.subject, queue, at=now, known_at=now)
        ticket = ticket_for(subject, queue, action, decision) if action else None
        entries.append({"queue": queue, **decision_json(decision, action), **_signed(ticket)})
    return answered({"tickets": entries})


def _public_id(subject: str) -> str:
    """How tickets name the person."""
    found = person_by_email(subject) if "@" in subject else None
    return found.public_id if found else subject


def _signed(ticket: Ticket | None) -> dict[str, Any]:
    if ticket is None:
        return {"ticket": None, "expires_at": None}
    return {"ticket": signed_ticket(ticket, kept_signer(now=ticket.issued_at), site_url=current_app.config["PUBLIC_URL"]), "expires_at": ticket.expires_at}

"""Audits of live decisions: what they found, from whoever does them."""

from flask import Blueprint, Response
from pydantic import ValidationError

from training import clock
from training.accounts.rules import Scope
from training.api.answers import answered
from training.api.bodies import AuditReport, faults_of, read_body
from training.db import db
from training.quality.documents import AuditRow
from training.quality.rules import FAULT_WORDS, AuditFault, AuditOutcome
from training.quality.services import Sent, take_audits
from training.queues.queries import certifications_asked_for
from training.web.access import current_actor, opens_to_clients, writes

blueprint = Blueprint("api_quality", __name__, url_prefix="/api/v1/quality")


@blueprint.post("/audits")
@opens_to_clients(Scope.QUALITY_WRITE.value)
@writes
def take() -> Response:
    """Take down what can be taken, and say what cannot."""
    sent, unreadable = _read(read_body(AuditReport))
    taken = take_audits(sent, required=certifications_asked_for, by=current_actor(), now=clock.now())
    db.session.commit()
    faults = unreadable | {place: (fault, FAULT_WORDS[fault]) for place, fault in taken.faults}
    listed = [{"row": place, "code": fault.value, "detail": detail} for place, (fault, detail) in sorted(faults.items())]
    return answered({**{outcome.value: taken.outcomes[outcome] for outcome in AuditOutcome}, "faults": listed})


def _read(body: AuditReport) -> tuple[list[Sent], dict[int, tuple[AuditFault, str]]]:
    """The audits that can be read, and by its place what is wrong with each other one."""
    sent, faults = list[Sent](), dict[int, tuple[AuditFault, str]]()
    for place, given in enumerate(body.audits):
        try:
            sent.append(Sent(place, AuditRow.model_validate(given)))
        except ValidationError as error:
            faults[place] = (AuditFault.UNREADABLE, faults_of(error))
    return sent, faults

"""Reports of work: how many decisions people made in which queue on which day."""

from flask import Blueprint, Response
from pydantic import ValidationError

from training import clock
from training.accounts.rules import Scope
from training.api.answers import answered
from training.api.bodies import WorkReport, WorkRow, faults_of, read_body
from training.certification.rules import WorkFault, WorkOutcome
from training.db import db
from training.queues.services import Row, report_work
from training.web.access import current_actor, opens_to_clients, writes

blueprint = Blueprint("api_work", __name__, url_prefix="/api/v1")

DETAILS = {
    WorkFault.UNREADABLE: "The row cannot be read.",
    WorkFault.UNKNOWN_PERSON: "No such person is known.",
    WorkFault.UNKNOWN_QUEUE: "No such queue is known.",
    WorkFault.IN_THE_FUTURE: "The day has not begun yet in the organisation's zone. Check the clock of whoever sends this.",
    WorkFault.SAID_TWICE: "An earlier row of the report says another count for the same person, queue and day.",
}


@blueprint.post("/work")
@opens_to_clients(Scope.WORK_WRITE.value)
@writes
def report() -> Response:
    """Take down what can be taken, and say what cannot."""
    rows, unreadable = _read(read_body(WorkReport))
    reported = report_work(rows, by=current_actor(), now=clock.now())
    db.session.commit()
    faults = unreadable | {place: (fault, DETAILS[fault]) for place, fault in reported.faults}
    listed = [{"row": place, "code": fault.value, "detail": detail} for place, (fault, detail) in sorted(faults.items())]
    return answered({**{outcome.value: reported.outcomes[outcome] for outcome in WorkOutcome}, "faults": listed})


def _read(body: WorkReport) -> tuple[list[Row], dict[int, tuple[WorkFault, str]]]:
    """The rows that can be read, and by its place what is wrong with each other one."""
    rows, faults = list[Row](), dict[int, tuple[WorkFault, str]]()
    for place, given in enumerate(body.reports):
        try:
            read = WorkRow.model_validate(given)
        except ValidationError as error:
            faults[place] = (WorkFault.UNREADABLE, faults_of(error))
        else:
            rows.append(Row(place, read.person.lower() if "@" in read.person else read.person, read.queue, read.day, read.decisions))
    return rows, faults

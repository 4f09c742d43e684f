"""The protocol of an attempt, to be printed: so that a grade can be explained a year later."""

from flask import render_template, request, url_for

from training import clock
from training.accounts.queries import person_names
from training.exams import queries
from training.exams.models import Attempt
from training.exams.queries import LineKind, Place, ProtocolLine
from training.exams.queries.protocol import PAGE_SIZE
from training.exams.rules.runs import RunReason
from training.exams.rules.timing import Allowance, deadline
from training.exams.services import AnswerFault
from training.exams.views.blueprint import VERDICT_NAMES, blueprint
from training.exams.views.desk import DESK_ROLES
from training.web.access import opens_to, principal
from training.web.addresses import instant_and_id_in_query

DEED_NAMES = {
    "attempt.started": "Started",
    "attempt.taken_over": "Another window took over",
    "attempt.answer_refused": "Something that is no answer was refused",
    "attempt.full": "It keeps as much as any attempt may: nothing more was kept from here on",
    "attempt.answer_confirmed": "An answer was confirmed and became final",
    "attempt.decided": "The rule decided",
    "attempt.extended": "More time",
    "attempt.paused": "Paused",
    "attempt.resumed": "Went on",
    "attempt.break_started": "A break began",
    "attempt.break_ended": "A break ended",
    "attempt.submitted": "Submitted",
    "attempt.expired": "Its time was over",
    "attempt.late_answers_ruled": "Ruled on answers that arrived late",
    "attempt.regraded": "What follows from being graded anew was seen to",
    "attempt.appealed": "The candidate appealed against the marks of a written reply",
    "attempt.signals_reviewed": "Signals were looked at",
    "attempt.typing_unconfirmed": "A typing test lasted longer by the server's clock than the browser said",
}
FAULT_WORDS = {
    AnswerFault.TOO_LARGE: "larger than an answer may be",
    AnswerFault.UNREADABLE: "it could not be read",
    AnswerFault.FOREIGN: "whoever sent it does not sit this attempt",
}
"""Why something was refused that was sent as an answer."""
DISPUTE_NAMES = {
    "raised": "The candidate disputed a question",
    "claimed": "The candidate said what is wrong with a question",
    "withdrawn": "The candidate took a dispute back",
    "opened": "A disputed question was opened to the candidate",
    "seen": "The candidate looked at a disputed question",
    "decided": "A dispute was decided",
    "upheld": "A claim was found right",
    "rejected": "A claim was rejected",
}
"""What was done about a dispute, by the word that the audit keeps: of what one trainer decided, before two did blind, it keeps the first and the last two."""


@blueprint.get("/exams/desk/attempts/<public_id>")
@opens_to(*DESK_ROLES)
def protocol(public_id: str) -> str:
    """Every event, ruling, pause, takeover and score of an attempt in order, a page of them. Never one's own, and never what a question or an answer says."""
    attempt, candidate = queries.attempt_of_another(public_id, reader_id=principal().person_id)
    after = _after()
    found = queries.protocol_of(attempt, after=after)
    lines = found[:PAGE_SIZE]
    allowance = Allowance(attempt.limit_seconds, attempt.time_multiplier, attempt.extra_break_seconds)
    return render_template(
        "exams/desk/protocol.html",
        attempt=attempt,
        candidate=candidate,
        lines=lines,
        after=after,
        more=_more(attempt, lines[-1]) if len(found) > len(lines) else None,
        names=person_names({line.by_id for line in lines if line.by_id is not None}),
        first_deadline_at=deadline(attempt.started_at, allowance),
        told={"deeds": DEED_NAMES, "faults": FAULT_WORDS, "disputes": DISPUTE_NAMES},
        verdict_names={verdict.value: name for verdict, name in VERDICT_NAMES.items()},
        reasons={reason.value: reason for reason in RunReason},
        now=clock.now(),
    )


def _after() -> Place | None:
    """Behind which line this page begins; nothing where the address does not say."""
    instant, kind = instant_and_id_in_query("after"), request.args.get("of", "")
    return Place(instant[0], LineKind(kind), instant[1]) if instant and kind in {*LineKind} else None


def _more(attempt: Attempt, last: ProtocolLine) -> str:
    return url_for("exams.protocol", public_id=attempt.public_id, after=f"{last.at.isoformat()}_{last.id}", of=last.kind.value)

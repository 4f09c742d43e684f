"""Saying that a clause is worded unclearly, and answering."""

from datetime import datetime

from training.accounts.queries import person
from training.actors import Actor
from training.audit.services import record
from training.courses.models import ClauseVersion
from training.db import db
from training.disputes import queries
from training.disputes.models import WordingAnswer, WordingRemark
from training.disputes.rules.wording import answer_refusal
from training.disputes.services.letters import wording_letter
from training.errors import Refusal
from training.outbox.services import queue_mail


def remark_on(clause: ClauseVersion, *, reason: str, by: Actor, now: datetime) -> WordingRemark:
    """Say that this wording is unclear. The first remark of a person on a wording stands: a second click gets it back."""
    assert by.id is not None, "only people remark"
    queries.hold_clause(clause.id)
    if (made := queries.remark_by(by.id, clause.id)) is not None:
        return made
    remark = WordingRemark(clause_version_id=clause.id, person_id=by.id, reason=reason, remarked_at=now)
    db.session.add(remark)
    db.session.flush()
    record("wording.remarked", by=by, subject=("clause", clause.clause.code), now=now, detail={"remark": remark.id})
    return remark


def answer_remark(remark: WordingRemark, clause: ClauseVersion, *, words: str, site_url: str, by: Actor, now: datetime) -> None:
    """Answer in words; whoever remarked gets a mail. Raises Refusal where it is answered, or their own."""
    assert by.id is not None, "only people answer"
    answer = queries.hold_remark(remark)
    if (refusal := answer_refusal(is_own=remark.person_id == by.id, is_answered=answer is not None)) is not None:
        raise Refusal(refusal)
    db.session.add(WordingAnswer(remark_id=remark.id, by_id=by.id, words=words, answered_at=now))
    db.session.flush()
    code = clause.clause.code
    record("wording.answered", by=by, subject=("clause", code), now=now, detail={"remark": remark.id})
    letter = wording_letter(code=code, remark_id=remark.id, words=words, site_url=site_url)
    queue_mail(to=person(remark.person_id).email, subject=letter.subject, body=letter.body, now=now)

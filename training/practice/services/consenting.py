"""Giving and withdrawing consent to a kind of material, and what the organisation asks."""

from datetime import datetime

from training.actors import Actor
from training.audit.services import record
from training.db import db
from training.practice import queries
from training.practice.models import ConsentAsking, ConsentEvent
from training.practice.rules import Sensitivity, sensitivity_of
from training.practice.services.sessions import end_session


def give_consent(person_id: int, sensitivity: Sensitivity, *, now: datetime) -> None:
    """Let this person be shown that kind from now on. Said twice it is written once."""
    _say(person_id, sensitivity, is_given=True, now=now)


def withdraw_consent(person_id: int, sensitivity: Sensitivity, *, now: datetime) -> None:
    """Show it to them no longer, at once: cases of that kind that wait for their answer are taken back, at no cost.

    Neither is audited: whoever reads the audit would read what is theirs alone.
    """
    _say(person_id, sensitivity, is_given=False, now=now)
    for serving in queries.waiting_servings(person_id):
        if sensitivity_of(serving.case.concept) is sensitivity:
            end_session(serving.session, now=now)


def _say(person_id: int, sensitivity: Sensitivity, *, is_given: bool, now: datetime) -> None:
    queries.hold_practice_of(person_id)
    said = [consent for consent in queries.consents_of(person_id) if consent.sensitivity == sensitivity]
    if said and said[-1].is_given is is_given:
        return
    db.session.add(ConsentEvent(person_id=person_id, sensitivity=sensitivity.value, is_given=is_given, effective_from=now, recorded_at=now))
    db.session.flush()


def ask_for_consent(sensitivity: Sensitivity, *, is_asked: bool, by: Actor, now: datetime) -> None:
    """From now on ask before this kind is shown, or show it to whoever did not withdraw. Said twice it is written once."""
    decided = [asking for asking in queries.askings() if asking.sensitivity == sensitivity]
    if (decided[-1].is_asked if decided else False) is is_asked:
        return
    row = ConsentAsking(sensitivity=sensitivity.value, is_asked=is_asked, effective_from=now, recorded_at=now, decided_by_id=by.id)
    db.session.add(row)
    db.session.flush()
    record("consent.asked" if is_asked else "consent.not_asked", by=by, subject=("sensitivity", sensitivity.value), now=now, detail={})

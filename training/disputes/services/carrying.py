"""Carrying out what was decided: another version of the reference, then everybody's answers by it, and the news to whom it changes something."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Protocol

from training.accounts.queries import person
from training.actors import Actor, ActorKind
from training.audit.services import record
from training.cases.queries import case_by_id, case_for_display
from training.db import db
from training.disputes import queries
from training.disputes.models import Carrying, Dispute
from training.disputes.queries import Shown
from training.disputes.rules.amending import CarryingRefusal, Ground, carrying_refusal, reference_words
from training.disputes.rules.reviews import Outcome
from training.disputes.services.foreseeing import foresee, next_reference
from training.disputes.services.letters import scored_anew_letter
from training.errors import Refusal
from training.outbox.services import queue_mail
from training.practice.queries import answers_scored_by, count_scored_by, serve_by
from training.practice.services import ScoredAnew, score_anew

BEGINS_AFTER = timedelta(seconds=10)
"""How long after the reference changed the scoring begins: whoever was being served or scored in the meantime has been."""

PEOPLE = 5
"""People of one transaction: everything that each practised is reckoned again."""


class AmendCase(Protocol):
    """Gives a case another reference, through the document that it runs of; that room lies above this one."""

    def __call__(self, slug: str, reference: Mapping[str, Any], *, by: Actor, now: datetime) -> None:
        """Raises Refusal where no case could have such a reference."""


@dataclass(frozen=True, slots=True)
class Wording:
    """What the reviews leave to whoever carries them out: the clauses, the deciding one first, and why, as people read it after an answer."""

    clauses: tuple[str, ...]
    rationale: str


def carry_out(dispute: Dispute, wording: Wording, *, seen: str, amend: AmendCase, by: Actor, now: datetime) -> Carrying:
    """Amend the reference upon the dry run that was `seen`, and queue the scoring. What is carried out already stays so: a second click gets it back.

    Raises Refusal where there is nothing to carry out, where it is not theirs to do, or where the list has changed since.
    """
    assert by.id is not None, "only people carry out"
    queries.hold_dispute(dispute)
    if (begun := queries.carrying_of(dispute)) is not None:
        return begun
    shown, outcome = to_carry_out(dispute, by_id=by.id)
    amended = next_reference(shown, outcome)
    if foresee(shown, amended).digest != seen:
        raise Refusal(CarryingRefusal.LIST_CHANGED)
    pieces = case_for_display(shown.reference.case_version_id).pieces
    amend(shown.case.slug, reference_words(amended, clauses=wording.clauses, rationale=wording.rationale, pieces=pieces), by=by, now=now)
    return _begin(shown, by_id=by.id, by=by, now=now)


def to_carry_out(dispute: Dispute, *, by_id: int) -> tuple[Shown, Outcome]:
    """A dispute with what is to be carried out by this person. Raises Refusal where nothing is, or not by them."""
    if dispute.reference_id is None:
        raise Refusal(CarryingRefusal.NOTHING_TO_CARRY)
    shown, decision = queries.shown(dispute), queries.decision_of(dispute)
    outcome = Outcome(decision.outcome) if decision else None
    panel = queries.panel_of(dispute)
    has_claimed = queries.claim_by(dispute, by_id) is not None or (panel is not None and panel.by_id == by_id)
    refusal = carrying_refusal(Ground(outcome, is_current=shown.is_current, has_claimed=has_claimed))
    if refusal is not None:
        raise Refusal(refusal)
    assert outcome is not None, "only what is decided is not refused"
    return shown, outcome


def _begin(shown: Shown, *, by_id: int, by: Actor, now: datetime) -> Carrying:
    case = case_by_id(shown.case.id)
    assert case is not None and case.current_reference_id is not None, "it was just amended"
    total = count_scored_by(shown.case.id, shown.reference.id)
    carrying = Carrying(dispute_id=shown.dispute.id, reference_id=case.current_reference_id, by_id=by_id, begun_at=now, total_count=total)
    db.session.add(carrying)
    db.session.flush()
    record("dispute.carried_out", by=by, subject=("dispute", shown.dispute.public_id), now=now, detail={"case": case.slug, "answers": total})
    return carrying


def carry_on(*, site_url: str, now: datetime) -> bool:
    """Score the answers of the next few people anew, from the first once more while any is left. Says whether there was anything to do; the caller commits."""
    carrying = queries.carrying_to_do()
    if carrying is None or now < carrying.begun_at + BEGINS_AFTER:
        return False
    shown = queries.shown(queries.dispute_carried(carrying))
    old_id = shown.reference.id
    if carrying.last_person_id == 0:
        serve_by(carrying.reference_id, instead_of=old_id, case_id=shown.case.id)
    answers = answers_scored_by(shown.case.id, old_id, after_person_id=carrying.last_person_id, people=PEOPLE)
    if answers:
        _keep(carrying, score_anew(answers, reference_id=carrying.reference_id, now=now), site_url=site_url, now=now)
        carrying.last_person_id = answers[-1].person_id
    elif count_scored_by(shown.case.id, old_id):
        carrying.last_person_id = 0
    else:
        _finish(carrying, shown, now=now)
    db.session.flush()
    return True


def _keep(carrying: Carrying, scored: list[ScoredAnew], *, site_url: str, now: datetime) -> None:
    """Count what was scored, and tell whoever is right now and was not, or the other way round."""
    for each in scored:
        carrying.scored_count += 1
        if each.was_right == each.is_right:
            continue
        carrying.gained_count += each.is_right
        carrying.lost_count += each.was_right
        letter = scored_anew_letter(serving_id=each.serving_id, is_right=each.is_right, site_url=site_url)
        queue_mail(to=person(each.person_id).email, subject=letter.subject, body=letter.body, now=now)


def _finish(carrying: Carrying, shown: Shown, *, now: datetime) -> None:
    carrying.finished_at = now
    detail = {"scored": carrying.scored_count, "gained": carrying.gained_count, "lost": carrying.lost_count}
    by = Actor(ActorKind.PERSON, carrying.by_id)
    record("dispute.scored_anew", by=by, subject=("dispute", shown.dispute.public_id), now=now, detail=detail)

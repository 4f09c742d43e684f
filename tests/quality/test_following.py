"""What audits lead to: a proposal that a person decides, a talk, practice, and the way back by a fresh exam."""

from collections.abc import Callable
from datetime import timedelta
from itertools import repeat
from math import log

import pytest
from flask import Flask
from sqlalchemy import func, select

from tests.accounts.factories import PersonFactory
from tests.cases.factories import CaseFactory, TaxonomyLabelFactory
from tests.certification.factories import CertificationFactory, award
from tests.practice.factories import PracticeSessionFactory, ServingFactory
from tests.quality.factories import DECIDED, audit
from training.accounts.models import Person
from training.accounts.rules import Role
from training.actors import Actor, ActorKind
from training.audit.models import AuditEntry
from training.certification import queries as certification
from training.certification.queries import PublishedCertification
from training.certification.rules import EventKind, State
from training.certification.services import ExamPassed, LedgerRefusal, consider, enter
from training.db import db
from training.errors import Refusal
from training.practice import queries as practice
from training.quality import queries, services
from training.quality.models import Coaching, CoachingEntry, SuspensionProposal
from training.quality.rules import CoachingDeed, QualityRefusal

DAY = timedelta(days=1)
NOW = DECIDED + 60 * DAY
REASON = "The audits are sound, and so are the errors."
pytestmark = pytest.mark.usefixtures("app")


@pytest.fixture
def held() -> PublishedCertification:
    return CertificationFactory(id="claims-reviewer", needs={"exam": "the-exam"})


@pytest.fixture
def person(held: PublishedCertification) -> Person:
    found = PersonFactory()
    award(found.id, held, now=DECIDED - 30 * DAY)
    return found


@pytest.fixture
def lead() -> Actor:
    return actor(PersonFactory(roles=[Role.LEAD]))


def actor(person: Person) -> Actor:
    return Actor(ActorKind.PERSON, person.id)


def count(model: type) -> int:
    return db.session.scalar(select(func.count()).select_from(model)) or 0


def state_of(person: Person, held: PublishedCertification, **later: float) -> State:
    return certification.standing_of(person.id, held.id, at=NOW + timedelta(**later)).state


def test_too_many_errors_in_random_audits_propose_a_suspension_once_and_suspend_nobody(person: Person, held: PublishedCertification) -> None:
    audit(person, held, [False, True] * 10)
    (found,) = queries.open_proposals()
    assert (found.person_id, found.audit_count, found.error_count, found.counted_from) == (person.id, 20, 10, DECIDED - 30 * DAY)
    assert found.log_evidence > log(100)
    assert [row.error is not None for row in queries.evidence_behind(found, held.slug)] == [False, True] * 10
    audit(person, held, [False] * 5, begin=20)
    assert count(SuspensionProposal) == 1
    assert state_of(person, held) is State.IN_FORCE


@pytest.mark.parametrize("sampling", ["targeted", "complaint", "appeal", "other"])
def test_what_was_not_picked_at_random_is_shown_and_never_counted(person: Person, held: PublishedCertification, sampling: str) -> None:
    audit(person, held, [False] * 60, sampling=sampling)
    assert count(SuspensionProposal) == count(Coaching) == 0
    (found,) = queries.live_quality([person.id], now=NOW)
    assert (found.counted.audit_count, found.counted.other_count, found.counted.error_rate) == (0, 60, None)


def test_technical_errors_never_count_against_anybody(person: Person, held: PublishedCertification) -> None:
    audit(person, held, [False] * 40, technical=True)
    (found,) = queries.live_quality([person.id], now=NOW)
    assert (found.counted.audit_count, found.counted.error_count, count(SuspensionProposal)) == (40, 0, 0)
    assert practice.concepts_called_for(person.id) == frozenset()


def test_each_term_counts_anew(person: Person, held: PublishedCertification) -> None:
    award(person.id, held, now=DECIDED + 125 * DAY)
    at = DECIDED + 155 * DAY
    assert certification.standing_of(person.id, held.id, at=at).since == DECIDED + 150 * DAY
    audit(person, held, [False] * 20, now=at)
    assert count(SuspensionProposal) == 0
    audit(person, held, [False] * 20, begin=24 * 151, now=DECIDED + 153 * DAY)
    (found,) = queries.open_proposals()
    assert (found.counted_from, found.audit_count) == (DECIDED + 150 * DAY, 20)


def test_nobody_without_a_certificate_in_force_is_proposed(held: PublishedCertification) -> None:
    audit(PersonFactory(), held, [False] * 40)
    assert count(SuspensionProposal) == count(Coaching) == 0


def test_a_correction_takes_an_error_back(person: Person, held: PublishedCertification) -> None:
    audit(person, held, [False] * 3)
    audit(person, held, [True] * 3)
    (found,) = queries.live_quality([person.id], now=NOW)
    assert (found.counted.audit_count, found.counted.error_count) == (3, 0)


def test_confirming_suspends_with_the_figures_in_the_ledger(person: Person, held: PublishedCertification, lead: Actor) -> None:
    audit(person, held, [False] * 10)
    (found,) = queries.open_proposals()
    services.confirm_proposal(found, held, reason=REASON, by=lead, now=NOW)
    db.session.commit()
    assert state_of(person, held) is State.SUSPENDED
    entry = certification.ledger_of(person.id)[0]
    assert (entry.kind, entry.actor_id, entry.reason) == ("suspended", lead.id, f"Live quality: 10 errors in 10 random audits. {REASON}")
    assert queries.open_proposals() == []
    deeds = list(db.session.scalars(select(AuditEntry.deed).where(AuditEntry.subject_id == str(person.id)).order_by(AuditEntry.id)))
    assert deeds[-2:] == ["quality.suspension_confirmed", "certificate.suspended"]


def test_the_second_of_two_clicks_decides_nothing(person: Person, held: PublishedCertification, lead: Actor) -> None:
    audit(person, held, [False] * 10)
    (found,) = queries.open_proposals()
    services.dismiss_proposal(found, reason=REASON, by=lead, now=NOW)
    for deed in (lambda: services.dismiss_proposal(found, reason=REASON, by=lead, now=NOW), confirm(found, held, lead)):
        with pytest.raises(Refusal) as refused:
            deed()
        assert refused.value.reason is QualityRefusal.DECIDED_ALREADY
    assert state_of(person, held) is State.IN_FORCE


def confirm(found: SuspensionProposal, held: PublishedCertification, by: Actor, reason: str = REASON) -> Callable[[], None]:
    return lambda: services.confirm_proposal(found, held, reason=reason, by=by, now=NOW)


def test_nobody_decides_for_themselves_nor_without_a_reason(person: Person, held: PublishedCertification, lead: Actor) -> None:
    audit(person, held, [False] * 10)
    (found,) = queries.open_proposals()
    cases = [(actor(person), REASON, QualityRefusal.NOBODY_FOR_THEMSELVES), (lead, " short ", QualityRefusal.REASON_MISSING)]
    for by, reason, refusal in [*cases, (lead, "x" * 301, QualityRefusal.REASON_MISSING)]:
        with pytest.raises(Refusal) as refused:
            confirm(found, held, by, reason)()
        assert refused.value.reason is refusal
    assert len(queries.open_proposals()) == 1


def test_what_is_suspended_already_is_not_suspended_again(person: Person, held: PublishedCertification, lead: Actor) -> None:
    audit(person, held, [False] * 10)
    (found,) = queries.open_proposals()
    enter(person.id, held, EventKind.SUSPENDED, reason="Something else came up.", by=lead, now=NOW)
    db.session.commit()
    with pytest.raises(Refusal) as refused:
        confirm(found, held, lead)()
    assert refused.value.reason is LedgerRefusal.NOTHING_TO_SUSPEND
    db.session.rollback()
    assert len(queries.open_proposals()) == 1


def test_after_a_dismissal_only_decisions_since_then_count(person: Person, held: PublishedCertification, lead: Actor) -> None:
    audit(person, held, [False] * 10)
    services.dismiss_proposal(queries.open_proposals()[0], reason=REASON, by=lead, now=NOW)
    db.session.commit()
    audit(person, held, [False] * 10, begin=10, now=NOW + DAY)
    assert queries.open_proposals() == []
    audit(person, held, [False] * 10, begin=24 * 60 + 1, now=NOW + 2 * DAY)
    (found,) = queries.open_proposals()
    assert (found.counted_from, found.audit_count) == (NOW, 10)


def test_a_suspension_ends_by_a_fresh_exam_and_by_no_older_pass(person: Person, held: PublishedCertification, lead: Actor) -> None:
    audit(person, held, [False] * 10)
    earlier = ExamPassed("the-exam", "attempt-before", NOW - DAY)
    confirm(queries.open_proposals()[0], held, lead)()
    db.session.commit()
    assert consider(person.id, held, exam=earlier, by=lead, now=NOW + DAY).event is None
    assert state_of(person, held, days=2) is State.SUSPENDED
    considered = consider(person.id, held, exam=ExamPassed("the-exam", "attempt-after", NOW + 2 * DAY), by=lead, now=NOW + 2 * DAY)
    db.session.commit()
    assert considered.event is not None and considered.event.kind == "awarded"
    assert state_of(person, held, days=3) is State.IN_FORCE
    audit(person, held, repeat(False, 9), begin=24 * 60 - 9, now=NOW + 3 * DAY)
    assert queries.open_proposals() == []


def test_where_there_is_no_exam_only_a_person_ends_a_suspension(lead: Actor) -> None:
    person, plain = PersonFactory(), CertificationFactory()
    award(person.id, plain, now=DECIDED - DAY)
    enter(person.id, plain, EventKind.SUSPENDED, reason="The audits say so.", by=lead, now=DECIDED)
    assert consider(person.id, plain, by=lead, now=NOW).event is None
    enter(person.id, plain, EventKind.REINSTATED, reason="The talk was held.", by=lead, now=NOW)
    db.session.commit()
    assert state_of(person, plain, days=1) is State.IN_FORCE
    (found,) = queries.live_quality([person.id], now=NOW + DAY)
    assert found.counted.since == NOW


def test_a_run_of_errors_calls_for_a_talk_and_suspends_nobody(person: Person, held: PublishedCertification) -> None:
    audit(person, held, [True] * 200 + ([False] + [True] * 3) * 17)
    (found,) = queries.open_coachings([person.id])
    assert (found.audit_count, found.error_count, found.counted_from) == (268, 17, DECIDED - 30 * DAY)
    assert count(SuspensionProposal) == 0
    assert [entry.deed for entry in queries.entries_of(found)] == ["opened"]
    audit(person, held, [False], begin=300)
    assert count(Coaching) == 1


def test_a_talk_is_held_noted_and_closed_and_counts_anew_from_there(person: Person, held: PublishedCertification, lead: Actor) -> None:
    audit(person, held, [False] * 12)
    (found,) = queries.open_coachings([person.id])
    services.note_coaching(found, CoachingDeed.NOTED, note="I was ill that week.", by=actor(person), now=NOW)
    for deed in (CoachingDeed.HELD, CoachingDeed.CLOSED):
        with pytest.raises(Refusal) as refused:
            services.note_coaching(found, deed, note="All is well.", by=actor(person), now=NOW)
        assert refused.value.reason is QualityRefusal.NOBODY_FOR_THEMSELVES
        services.note_coaching(found, deed, note=" We looked at six cases together. ", by=lead, now=NOW)
    with pytest.raises(Refusal) as refused:
        services.note_coaching(found, CoachingDeed.NOTED, note="And another thing.", by=lead, now=NOW)
    assert refused.value.reason is QualityRefusal.COACHING_CLOSED
    assert [(entry.deed, entry.note) for entry in queries.entries_of(found)][1:3] == [
        ("noted", "I was ill that week."),
        ("held", "We looked at six cases together."),
    ]
    db.session.commit()
    audit(person, held, [False], begin=20, now=NOW + DAY)
    assert queries.open_coachings([person.id]) == []
    audit(person, held, [False] * 12, begin=24 * 60 + 1, now=NOW + 2 * DAY)
    assert count(Coaching) == 2
    assert count(CoachingEntry) == 5


def test_a_miss_comes_next_in_practice_once(person: Person, held: PublishedCertification) -> None:
    for code in ("PRO-03", "CLM-01"):
        TaxonomyLabelFactory(code=code)
    CaseFactory(concept="PRO-03.a")
    CaseFactory(concept="PRO-03.b")
    CaseFactory(concept="CLM-01.a")
    audit(person, held, [False], expected_labels=["PRO-03"])
    assert practice.concepts_called_for(person.id) == {"PRO-03.a", "PRO-03.b"}
    audit(person, held, [False], expected_labels=["PRO-03"], note="Look again.")
    assert len(practice.personal_calls(person.id)) == 2
    audit(person, held, [False], begin=1, expected_labels=["OUT-00"], given_labels=["CLM-01"], expected_decisions=[["DEMOTE"]])
    assert practice.concepts_called_for(person.id) == {"PRO-03.a", "PRO-03.b", "CLM-01.a"}


def test_a_correction_takes_back_the_practice_that_a_miss_called_for(person: Person, held: PublishedCertification) -> None:
    TaxonomyLabelFactory(code="PRO-03")
    for concept in ("PRO-03.a", "PRO-03.b"):
        CaseFactory(concept=concept)
    audit(person, held, [False, False], expected_labels=["PRO-03"])
    assert len(practice.personal_calls(person.id)) == 4
    audit(person, held, [True], expected_labels=["PRO-03"], given_labels=["PRO-03"])
    assert practice.concepts_called_for(person.id) == {"PRO-03.a", "PRO-03.b"}, "the other miss still calls for them"
    audit(person, held, [True], begin=1, expected_labels=["PRO-03"], given_labels=["PRO-03"])
    assert practice.concepts_called_for(person.id) == frozenset()
    assert [call["taken_back"] for call in practice.personal_calls(person.id)] == [NOW.isoformat()] * 4
    deeds = list(db.session.scalars(select(AuditEntry.deed).where(AuditEntry.subject_id == str(person.id)).order_by(AuditEntry.id)))
    assert deeds[-4:] == ["practice.call_taken_back"] * 4
    audit(person, held, [False], expected_labels=["PRO-03"])
    assert practice.concepts_called_for(person.id) == {"PRO-03.a", "PRO-03.b"}, "an error after all"


def test_a_correction_to_another_label_moves_the_practice(person: Person, held: PublishedCertification) -> None:
    for code in ("PRO-03", "CLM-01"):
        TaxonomyLabelFactory(code=code)
        CaseFactory(concept=f"{code}.a")
    audit(person, held, [False], expected_labels=["PRO-03"])
    audit(person, held, [False], expected_labels=["CLM-01"])
    assert practice.concepts_called_for(person.id) == {"CLM-01.a"}
    audit(PersonFactory(), held, [False], expected_labels=["CLM-01"])
    assert practice.concepts_called_for(person.id) == {"CLM-01.a"}


def test_practice_that_was_begun_stays(person: Person, held: PublishedCertification) -> None:
    TaxonomyLabelFactory(code="PRO-03")
    begun, ahead = CaseFactory(concept="PRO-03.a"), CaseFactory(concept="PRO-03.b")
    audit(person, held, [False], expected_labels=["PRO-03"])
    for case, is_ahead in ((begun, False), (ahead, True)):
        ServingFactory(session=PracticeSessionFactory(person_id=person.id, scope=case.concept), case=case, served_at=NOW + DAY, is_ahead=is_ahead)
    audit(person, held, [True], expected_labels=["PRO-03"], given_labels=["PRO-03"], now=NOW + 2 * DAY)
    assert [call["clause"] for call in practice.personal_calls(person.id) if call["taken_back"] is None] == ["PRO-03.a"]


def test_a_person_takes_away_audits_proposals_and_talks(person: Person, held: PublishedCertification, lead: Actor) -> None:
    audit(person, held, [False] * 12)
    audit(PersonFactory(), held, [False] * 2)
    services.dismiss_proposal(queries.open_proposals()[0], reason=REASON, by=lead, now=NOW)
    taken = queries.personal_quality(person.id)
    assert len(taken["audits"]) == 12
    assert [(each["verdict"], each["reason"], each["errors"]) for each in taken["proposals"]] == [("dismissed", REASON, 12)]
    assert [entry["deed"] for entry in taken["coaching"][0]["entries"]] == ["opened"]


def test_a_deployment_says_what_is_acceptable(app: Flask, person: Person, held: PublishedCertification) -> None:
    app.config["ACCEPTABLE_ERROR_RATE"], app.config["SUSPENSION_RISK"] = 0.3, 0.001
    try:
        audit(person, held, [False, True, True] * 10)
        assert count(SuspensionProposal) == 0
        audit(person, held, [False] * 30, begin=30)
    finally:
        app.config["ACCEPTABLE_ERROR_RATE"], app.config["SUSPENSION_RISK"] = 0.08, 0.01
    (found,) = queries.open_proposals()
    assert (found.standard["acceptable_error"], found.standard["risk"], found.log_evidence > log(1_000)) == (0.3, 0.001, True)

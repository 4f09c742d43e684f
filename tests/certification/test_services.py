"""Awards, renewals and the entries that people make."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import DBAPIError

from tests.accounts.factories import PersonFactory
from tests.certification.factories import LONG_AGO, CertificationDocumentFactory, CertificationFactory, award
from tests.courses.factories import ModuleFactory
from training.actors import SYSTEM, Actor, ActorKind
from training.audit.models import AuditEntry
from training.certification import queries, services
from training.certification.models import CertificateEvent
from training.certification.rules import EventKind, Fate, Need, State, Unmet
from training.certification.services import ExamPassed, LedgerRefusal
from training.courses import services as courses
from training.db import db
from training.errors import Refusal

NOW = datetime(2026, 6, 1, tzinfo=UTC)
DAY = timedelta(days=1)
pytestmark = pytest.mark.usefixtures("app")


def passed(attempt: str = "attempt-1", *, exam: str = "the-exam", at: datetime = NOW) -> ExamPassed:
    return ExamPassed(exam, attempt, at)


def person_actor(person_id: int) -> Actor:
    return Actor(ActorKind.PERSON, person_id)


def test_publishing_the_same_text_twice_makes_one_version() -> None:
    document = CertificationDocumentFactory()
    assert services.publish_certification(document, by=SYSTEM, now=NOW)
    assert not services.publish_certification(document, by=SYSTEM, now=NOW)
    changed = document.model_copy(update={"validity_days": 90})
    assert services.publish_certification(changed, by=SYSTEM, now=NOW)
    assert queries.certification_by_slug(document.id).document.validity_days == 90


def test_an_award_needs_everything_and_then_is_made_once() -> None:
    person = PersonFactory(languages=["en"])
    certification = CertificationFactory(needs={"exam": "the-exam", "languages": ["id"], "modules": {"claims": "1.0.0"}})
    considered = services.consider(person.id, certification, by=SYSTEM, now=NOW)
    assert considered.event is None
    assert considered.unmet == (Unmet(Need.LANGUAGE, "id"), Unmet(Need.MODULE, "claims"), Unmet(Need.EXAM, "the-exam"))


def test_a_passed_exam_awards_from_now_for_the_whole_term() -> None:
    person, certification = PersonFactory(), CertificationFactory(needs={"exam": "the-exam"})
    event = services.consider(person.id, certification, exam=passed(), by=SYSTEM, now=NOW).event
    assert event is not None
    assert (event.kind, event.valid_from, event.valid_until) == ("awarded", NOW, NOW + 180 * DAY)
    assert event.evidence["attempt"] == "attempt-1"
    assert queries.standing_of(person.id, certification.id, at=NOW).is_in_force


def test_the_same_attempt_told_twice_awards_once() -> None:
    person, certification = PersonFactory(), CertificationFactory(needs={"exam": "the-exam"})
    services.consider(person.id, certification, exam=passed(), by=SYSTEM, now=NOW)
    again = services.consider(person.id, certification, exam=passed(), by=SYSTEM, now=NOW)
    assert again.event is None
    assert db.session.scalar(select(func.count()).select_from(CertificateEvent)) == 1


def test_renewing_inside_the_window_starts_at_the_old_end() -> None:
    person, certification = PersonFactory(), CertificationFactory(needs={"exam": "the-exam"})
    award(person.id, certification, now=NOW)
    early = services.consider(person.id, certification, exam=passed("attempt-2"), by=SYSTEM, now=NOW + 160 * DAY).event
    assert early is not None
    assert (early.kind, early.valid_from) == ("renewed", NOW + 180 * DAY)


def test_an_exam_passed_before_the_window_opens_waits_and_is_not_lost() -> None:
    person, certification = PersonFactory(), CertificationFactory(needs={"exam": "the-exam"})
    award(person.id, certification, now=NOW)
    too_early = services.consider(person.id, certification, exam=passed("attempt-2"), by=SYSTEM, now=NOW + 10 * DAY)
    assert (too_early.event, too_early.unmet) == (None, ())
    later = services.consider(person.id, certification, by=SYSTEM, now=NOW + 160 * DAY).event
    assert later is not None and later.exam_attempt == "attempt-2"


def test_a_pass_that_earned_a_term_does_not_earn_another() -> None:
    person, certification = PersonFactory(), CertificationFactory(needs={"exam": "the-exam"})
    award(person.id, certification, now=NOW)
    assert services.consider(person.id, certification, by=SYSTEM, now=NOW + 170 * DAY).unmet == (Unmet(Need.EXAM, "the-exam"),)


def test_a_prerequisite_must_be_in_force() -> None:
    person, first = PersonFactory(), CertificationFactory()
    second = CertificationFactory(needs={"prerequisites": [first.slug]})
    assert queries.unmet_needs(person.id, second, now=NOW) == (Unmet(Need.PREREQUISITE, first.slug),)
    award(person.id, first, now=NOW)
    assert queries.unmet_needs(person.id, second, now=NOW) == ()
    assert queries.unmet_needs(person.id, second, now=NOW + 181 * DAY) == (Unmet(Need.PREREQUISITE, first.slug),)


def test_leaving_out_the_exam_tells_whether_it_would_be_the_last_step() -> None:
    person, certification = PersonFactory(), CertificationFactory(needs={"exam": "the-exam"})
    assert queries.unmet_by(queries.evidence_of(person.id, now=NOW), certification, now=NOW, leaving_out_exam=True) == ()


@pytest.mark.parametrize(
    ("kinds", "state"),
    [([EventKind.SUSPENDED], State.SUSPENDED), ([EventKind.SUSPENDED, EventKind.REINSTATED], State.IN_FORCE), ([EventKind.REVOKED], State.REVOKED)],
)
def test_entries_by_people_change_the_standing(kinds: list[EventKind], state: State) -> None:
    person, lead, certification = PersonFactory(), PersonFactory(), CertificationFactory()
    award(person.id, certification)
    for kind in kinds:
        services.enter(person.id, certification, kind, reason="Audited and confirmed.", by=person_actor(lead.id), now=NOW)
    assert queries.standing_of(person.id, certification.id, at=NOW).state is state
    assert db.session.scalar(select(AuditEntry.deed).order_by(AuditEntry.id.desc()).limit(1)) == f"certificate.{kinds[-1].value}"


@pytest.mark.parametrize(
    ("kind", "reason", "own", "refusal"),
    [
        (EventKind.SUSPENDED, "Audited and confirmed.", True, LedgerRefusal.NOBODY_FOR_THEMSELVES),
        (EventKind.SUSPENDED, "  short  ", False, LedgerRefusal.REASON_MISSING),
        (EventKind.REINSTATED, "Audited and confirmed.", False, LedgerRefusal.NOTHING_TO_REINSTATE),
    ],
)
def test_an_entry_that_makes_no_sense_is_refused(kind: EventKind, reason: str, own: bool, refusal: LedgerRefusal) -> None:
    person, lead, certification = PersonFactory(), PersonFactory(), CertificationFactory()
    award(person.id, certification)
    with pytest.raises(Refusal) as refused:
        services.enter(person.id, certification, kind, reason=reason, by=person_actor(person.id if own else lead.id), now=NOW)
    assert refused.value.reason is refusal


@pytest.mark.parametrize("statement", ["UPDATE certificate_events SET reason = 'other'", "DELETE FROM certificate_events"])
def test_the_database_refuses_to_rewrite_the_ledger(statement: str) -> None:
    award(PersonFactory().id, CertificationFactory())
    with pytest.raises(DBAPIError, match="appended to, never edited"):
        db.session.execute(text(statement))


def test_a_verification_page_knows_the_award_for_ever() -> None:
    person, certification = PersonFactory(name="Sri Wahyuni"), CertificationFactory(needs={"exam": "the-exam"})
    first = award(person.id, certification, now=LONG_AGO)
    second = award(person.id, certification, now=LONG_AGO + 170 * DAY)
    found = queries.verified_certificate(first.public_id, now=LONG_AGO + 200 * DAY)
    assert (found.holder_name, found.fate) == (None, Fate.SUPERSEDED)
    assert queries.verified_certificate(second.public_id, now=LONG_AGO + 999 * DAY).fate is Fate.LAPSED


def test_a_renewal_by_the_calendar_starts_at_the_old_end_and_a_failure_keeps_the_old_until_its_day() -> None:
    person = PersonFactory()
    certification = CertificationFactory(needs={"exam": "the-exam"}, ends={"mode": "calendar", "dates": ["06-30", "12-31"]})
    first = award(person.id, certification, now=NOW - 40 * DAY)
    end = datetime(2026, 6, 30, 17, tzinfo=UTC)
    assert first.valid_until == end
    assert services.consider(person.id, certification, by=SYSTEM, now=end - 20 * DAY).event is None
    assert queries.standing_of(person.id, certification.id, at=end - DAY).until == end
    assert queries.standing_of(person.id, certification.id, at=end).state is State.LAPSED
    early = services.consider(person.id, certification, exam=passed("attempt-2"), by=SYSTEM, now=end - 20 * DAY).event
    assert early is not None
    assert (early.kind, early.valid_from, early.valid_until) == ("renewed", end, datetime(2026, 12, 31, 17, tzinfo=UTC))
    assert queries.standing_of(person.id, certification.id, at=end - DAY).until == early.valid_until


def test_a_certificate_without_an_end_is_never_due_again() -> None:
    person, certification = PersonFactory(), CertificationFactory(ends={"mode": "never"})
    award(person.id, certification)
    assert services.consider(person.id, certification, by=SYSTEM, now=NOW).event is None
    assert queries.standing_of(person.id, certification.id, at=NOW + 5_000 * DAY).is_in_force


def test_a_first_award_is_provisional_where_the_certification_nests_and_a_renewal_stays_so() -> None:
    person, certification = PersonFactory(), CertificationFactory(nesting={"days": 14})
    assert award(person.id, certification, now=NOW).is_provisional
    renewed = award(person.id, certification, now=NOW + 170 * DAY)
    assert (renewed.kind, renewed.is_provisional) == ("renewed", False)
    assert queries.standing_of(person.id, certification.id, at=NOW + 200 * DAY).is_provisional


def test_an_award_says_on_what_evidence_it_rests() -> None:
    person, module = PersonFactory(), ModuleFactory()
    certification = CertificationFactory(needs={"exam": "the-exam", "modules": {module.slug: "1.0.0"}})
    courses.acknowledge(person.id, module.current_version, by=SYSTEM, now=NOW)
    exam = replace(passed(), form={"exam_version": 3, "items": [11, 12]})
    event = services.consider(person.id, certification, exam=exam, by=SYSTEM, now=NOW).event
    assert event is not None
    assert (event.evidence["attempt"], event.evidence["form"]) == ("attempt-1", {"exam_version": 3, "items": [11, 12]})
    assert event.evidence["modules"] == {module.slug: "1.0.0"}

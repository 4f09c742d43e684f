"""A pass that a ruling took back: the certificate stays, a re-test is asked for, and supporting exams are needs of their own."""

from datetime import UTC, datetime, timedelta

import pytest
from pydantic import ValidationError

from tests.accounts.factories import PersonFactory
from tests.certification.factories import CertificationDocumentFactory, CertificationFactory
from training.actors import SYSTEM
from training.certification import queries, services
from training.certification.documents import CertificationDocument, Needs
from training.certification.rules import EventKind, Need, Unmet
from training.certification.services import Consideration, ExamPassed

pytestmark = pytest.mark.usefixtures("app")

NOW = datetime(2026, 6, 1, tzinfo=UTC)
DAY = timedelta(days=1)


def passed(attempt: str, at: datetime = NOW, exam: str = "the-exam") -> ExamPassed:
    return ExamPassed(exam, attempt, at)


class Holder:
    """Somebody who earned the certificate by the attempt `first`."""

    def __init__(self, **needs: object) -> None:
        self.person_id = PersonFactory().id
        self.certification = CertificationFactory(needs={"exam": "the-exam", **needs})
        if not needs:
            assert self.consider(passed("first")).event is not None

    def consider(self, exam: ExamPassed | None = None, at: datetime = NOW) -> Consideration:
        return services.consider(self.person_id, self.certification, exam=exam, by=SYSTEM, now=at)

    def flag(self, attempt: str, at: datetime) -> bool:
        return services.flag_retest(self.person_id, self.certification, passed(attempt), reason="The key was wrong.", by=SYSTEM, now=at)

    @property
    def kinds(self) -> list[str]:
        return [entry.kind for entry in queries.ledger_of(self.person_id)]


def test_a_pass_taken_back_is_flagged_and_the_certificate_stays_in_force() -> None:
    holder = Holder()
    assert holder.flag("first", NOW + DAY)
    assert queries.standing_of(holder.person_id, holder.certification.id, at=NOW + DAY).is_in_force
    [flag] = queries.open_retests(holder.person_id)
    assert (flag.attempt, flag.reason) == ("first", "The key was wrong.")
    assert holder.kinds == [EventKind.AWARDED]


def test_a_pass_on_which_nothing_rests_needs_no_retest() -> None:
    holder = Holder()
    assert not holder.flag("another", NOW + DAY)
    assert not holder.flag("first", NOW + 181 * DAY), "its certificate has lapsed"
    assert queries.open_retests(holder.person_id) == []


def test_flagging_twice_asks_once() -> None:
    holder = Holder()
    holder.flag("first", NOW + DAY)
    holder.flag("first", NOW + 2 * DAY)
    assert len(queries.open_retests(holder.person_id)) == 1


def test_a_passed_retest_stands_in_for_the_pass_and_earns_no_term_of_its_own() -> None:
    holder = Holder()
    holder.flag("first", NOW + DAY)
    assert holder.consider(passed("again", NOW + 2 * DAY), NOW + 2 * DAY).event is None
    assert queries.open_retests(holder.person_id) == []
    assert queries.evidence_of(holder.person_id, now=NOW + 2 * DAY).unused_passes(holder.certification.id) == {}
    renewal = holder.consider(at=NOW + 170 * DAY)
    assert renewal.unmet == (Unmet(Need.EXAM, "the-exam"),)


def test_a_retest_passed_when_the_certificate_may_be_renewed_renews_it_too() -> None:
    holder = Holder()
    holder.flag("first", NOW + DAY)
    renewed = holder.consider(passed("again", NOW + 170 * DAY), NOW + 170 * DAY).event
    assert renewed is not None
    assert renewed.kind == EventKind.RENEWED
    assert queries.open_retests(holder.person_id) == []


def test_a_later_ruling_that_gives_the_pass_back_lifts_the_retest() -> None:
    holder = Holder()
    holder.flag("first", NOW + DAY)
    assert services.lift_retest(holder.person_id, holder.certification, "first", reason="The ruling was amended.", by=SYSTEM, now=NOW + 2 * DAY)
    assert not services.lift_retest(holder.person_id, holder.certification, "first", reason="Again.", by=SYSTEM, now=NOW + 2 * DAY)
    assert queries.open_retests(holder.person_id) == []
    assert [entry["entry"] for entry in queries.personal_retests(holder.person_id)] == ["lifted", "raised"]


def test_a_pass_taken_back_before_it_earned_anything_earns_nothing() -> None:
    holder = Holder(languages=["xx"])
    assert holder.consider(passed("first")).unmet == (Unmet(Need.LANGUAGE, "xx"),)
    assert holder.flag("first", NOW + DAY)
    assert Unmet(Need.EXAM, "the-exam") in holder.consider(at=NOW + DAY).unmet


def test_an_exam_that_does_not_gate_is_a_need_of_its_own_and_may_be_the_last() -> None:
    holder = Holder(supporting_exams=["the-typing"])
    assert holder.consider(passed("first")).unmet == (Unmet(Need.SUPPORTING_EXAM, "the-typing"),)
    awarded = holder.consider(passed("typed", exam="the-typing")).event
    assert awarded is not None
    assert (awarded.exam_attempt, awarded.evidence["supporting"]) == ("first", {"the-typing": "typed"})


def test_a_supporting_pass_counts_for_one_term() -> None:
    holder = Holder(supporting_exams=["the-typing"])
    holder.consider(passed("typed", exam="the-typing"))
    assert holder.consider(passed("first")).event is not None
    later = NOW + 170 * DAY
    assert holder.consider(passed("second", later), later).unmet == (Unmet(Need.SUPPORTING_EXAM, "the-typing"),)


def test_a_certification_without_supporting_exams_is_stored_as_it_always_was() -> None:
    document = CertificationDocumentFactory()
    assert "supporting_exams" not in document.model_dump(mode="json")["needs"]
    assert CertificationDocument.model_validate(document.model_dump(mode="json")) == document


def test_an_exam_is_asked_for_once() -> None:
    with pytest.raises(ValidationError, match="the-exam is named twice"):
        Needs(exam="the-exam", supporting_exams=("the-exam",))

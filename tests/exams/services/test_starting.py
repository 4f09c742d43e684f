from datetime import timedelta
from typing import Any

import pytest

from tests.accounts.factories import PersonFactory
from tests.certification.factories import CertificationFactory, award
from tests.exams.factories import NOON, AttemptFactory, ExamFactory, ItemFactory, case_item, right_response, wrong_response
from training.accounts.models import Person
from training.actors import SYSTEM
from training.db import db
from training.errors import Refusal
from training.exams import queries
from training.exams.models import Attempt, Item
from training.exams.queries import PublishedExam
from training.exams.rules.acquaintance import Acquaintance
from training.exams.rules.drawing import CapNote
from training.exams.rules.reasons import StartRefusal
from training.exams.rules.saving import Saving
from training.exams.services import note_acquaintance, save_answer, start_attempt, submit_attempt
from training.judgements.rules import CaseAnswer, Source
from training.judgements.services import Occasion, record_judgement

pytestmark = pytest.mark.usefixtures("app")

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


def start(person: Person, exam: PublishedExam, now: Any = NOON) -> Attempt:
    return start_attempt(person.id, exam, allow_public=True, by=SYSTEM, now=now)


def refusal_of(person: Person, exam: PublishedExam, now: Any = NOON) -> Refusal:
    with pytest.raises(Refusal) as refused:
        start(person, exam, now)
    return refused.value


def sit(person: Person, exam: PublishedExam, now: Any = NOON, *, passes: bool) -> Attempt:
    """A whole attempt of one minute."""
    attempt = start(person, exam, now)
    for position in range(1, exam.document.item_count + 1):
        response = right_response(attempt, position) if passes else wrong_response(attempt, position)
        save_answer(attempt, Saving(position, "window", position, response), by=SYSTEM, now=now)
    return submit_attempt(attempt, client_id="window", by=SYSTEM, now=now + timedelta(minutes=1))


def test_a_start_pins_a_form_and_stores_its_deadline() -> None:
    attempt = AttemptFactory()
    form = queries.form_of(attempt)
    assert [place.position for place in form] == [1, 2, 3, 4]
    assert all(sorted(place.option_order) == ["a", "b", "c", "d"] for place in form)
    assert (attempt.ordinal, attempt.state) == (1, "open")
    assert attempt.deadline_at == NOON + timedelta(minutes=15)


def test_accommodations_lengthen_the_time_and_are_copied() -> None:
    person = PersonFactory(accommodations={"time_multiplier": 1.5, "extra_break_seconds": 300})
    attempt = AttemptFactory(person=person)
    assert attempt.deadline_at == NOON + timedelta(minutes=22.5) + timedelta(minutes=5)
    assert (attempt.time_multiplier, attempt.extra_break_seconds, attempt.limit_seconds) == (1.5, 300, 900)


def test_the_recorded_seed_draws_the_form_again() -> None:
    ItemFactory.create_batch(30)
    attempt = AttemptFactory()
    ItemFactory.create_batch(3)
    assert queries.redrawn_form(attempt) == [place.version.id for place in queries.form_of(attempt)]


def test_options_are_shuffled_differently_from_place_to_place() -> None:
    ItemFactory.create_batch(30)
    attempt = AttemptFactory(exam=ExamFactory(item_count=20, cells=({"area": "PRO", "minimum": 20, "maximum": 20},)))
    assert len({tuple(place.option_order) for place in queries.form_of(attempt)}) > 5


def test_starting_again_returns_the_open_attempt() -> None:
    person, exam = PersonFactory(), ExamFactory()
    assert start(person, exam).id == start(person, exam, NOON + timedelta(minutes=3)).id


def test_starting_after_the_deadline_ends_the_open_attempt_and_the_retake_waits() -> None:
    person, exam = PersonFactory(), ExamFactory()
    first = start(person, exam)
    assert refusal_of(person, exam, NOON + HOUR).reason is StartRefusal.RETAKE_WAITS
    assert (first.state, first.finished_at) == ("expired", first.deadline_at)


def test_another_exam_of_the_same_certification_is_not_opened_beside_it() -> None:
    ItemFactory.create_batch(8)
    one = ExamFactory(certification="cert-shared")
    other = ExamFactory(certification="cert-shared")
    person = PersonFactory()
    start(person, one)
    refused = refusal_of(person, other)
    assert (refused.reason, refused.detail["title"]) == (StartRefusal.OTHER_EXAM_OPEN, one.document.title)


def test_each_failure_waits_longer_and_three_in_thirty_days_are_all() -> None:
    person, exam = PersonFactory(), ExamFactory()
    sit(person, exam, passes=False)
    assert refusal_of(person, exam, NOON + 23 * HOUR).reason is StartRefusal.RETAKE_WAITS
    sit(person, exam, NOON + 25 * HOUR, passes=False)
    sit(person, exam, NOON + 100 * HOUR, passes=False)
    refused = refusal_of(person, exam, NOON + 20 * DAY)
    assert (refused.reason, refused.detail["opens_at"]) == (StartRefusal.RETAKE_WAITS, NOON + 30 * DAY)
    assert start(person, exam, NOON + 30 * DAY).ordinal == 4


def test_attempts_count_across_versions_of_the_exam() -> None:
    person, exam = PersonFactory(), ExamFactory(id="exam-one")
    sit(person, exam, passes=False)
    newer = ExamFactory(id="exam-one", version="2.0.0", time_limit_minutes=30)
    assert newer.version_id != exam.version_id
    assert refusal_of(person, newer, NOON + HOUR).reason is StartRefusal.RETAKE_WAITS


def test_a_gating_exam_starts_only_when_it_would_be_the_last_need() -> None:
    CertificationFactory(id="cert-x", needs={"exam": "exam-one", "languages": ["id"]})
    exam = ExamFactory(id="exam-one", certification="cert-x")
    assert refusal_of(PersonFactory(languages=["en"]), exam).reason is StartRefusal.NEEDS_UNMET
    assert start(PersonFactory(languages=["en", "id"]), exam).ordinal == 1


def test_an_exam_that_does_not_gate_starts_whatever_is_unmet() -> None:
    CertificationFactory(id="cert-x", needs={"exam": "exam-one", "languages": ["id"]})
    exam = ExamFactory(id="exam-one", certification="cert-x", gating=False)
    assert start(PersonFactory(languages=["en"]), exam).ordinal == 1


def test_a_holder_waits_for_the_renewal_window() -> None:
    person, exam = PersonFactory(), ExamFactory()
    sit(person, exam, passes=True)
    assert refusal_of(person, exam, NOON + 10 * DAY).reason is StartRefusal.HELD_ALREADY
    assert start(person, exam, NOON + 160 * DAY).ordinal == 2


def test_a_pass_that_waits_for_another_need_is_not_sat_again() -> None:
    CertificationFactory(id="cert-x", needs={"exam": "exam-one"})
    exam = ExamFactory(id="exam-one", certification="cert-x")
    person = PersonFactory(languages=["en"])
    attempt = start(person, exam)
    CertificationFactory(id="cert-x", needs={"exam": "exam-one", "languages": ["id"]})
    for position in range(1, 5):
        save_answer(attempt, Saving(position, "w", position, right_response(attempt, position)), by=SYSTEM, now=NOON)
    submit_attempt(attempt, client_id="w", by=SYSTEM, now=NOON)
    readiness = queries.readiness_of(person.id, exam, now=NOON + HOUR)
    assert readiness.refusal is StartRefusal.PASSED_ALREADY
    assert [unmet.subject for unmet in readiness.unmet] == ["id"]


def test_a_start_that_cannot_be_filled_costs_no_attempt() -> None:
    person, exam = PersonFactory(), ExamFactory()
    [item, *_] = (queries.item_by_slug(found.pool_item.slug) for found in queries.bank_items(queries.Terms(with_public=True)))
    assert item is not None
    note_acquaintance(person.id, item, Acquaintance.OPENED, now=NOON)
    db.session.commit()
    assert refusal_of(person, exam).reason is StartRefusal.CANNOT_FILL
    db.session.rollback()
    assert queries.candidacy_of(person.id, now=NOON).next_ordinal(exam.document.certification) == 1
    assert list(queries.attempts_of(person.id)) == []


def test_a_gating_exam_draws_no_public_items_where_they_are_not_allowed() -> None:
    person, exam = PersonFactory(), ExamFactory()
    ItemFactory.create_batch(30, public=True)
    attempt = start_attempt(person.id, exam, allow_public=False, by=SYSTEM, now=NOON)
    assert not any(db.session.get_one(Item, place.version.item_id).is_public for place in queries.form_of(attempt))


def test_whoever_judged_a_case_outside_an_exam_never_draws_it() -> None:
    known, others = case_item(), [case_item() for _ in range(4)]
    person, exam = PersonFactory(), ExamFactory()
    version = known.current_version
    assert version is not None and version.case_version_id and version.reference_id
    occasion = Occasion(person.id, Source.CALIBRATION, "calibration:1")
    record_judgement(CaseAnswer(), occasion=occasion, case_version_id=version.case_version_id, reference_id=version.reference_id, now=NOON)
    form = queries.form_of(start(person, exam))
    assert {place.version.item_id for place in form} == {item.id for item in others}


def test_the_next_form_prefers_what_the_person_has_not_met() -> None:
    ItemFactory.create_batch(8)
    person, exam = PersonFactory(), ExamFactory()
    first = {place.version.item_id for place in queries.form_of(sit(person, exam, passes=False))}
    second = start(person, exam, NOON + 2 * DAY)
    assert first.isdisjoint(place.version.item_id for place in queries.form_of(second))
    assert second.cap_note == CapNote.BANK_TOO_SMALL


def test_the_caps_bind_from_four_forms_worth_on() -> None:
    ItemFactory.create_batch(16)
    person, exam = PersonFactory(), ExamFactory()
    for number in range(4):
        assert sit(person, exam, NOON + number * 40 * DAY, passes=False).cap_note is None
    assert start(person, exam, NOON + 400 * DAY).cap_note == CapNote.NONE_WITHIN_CAPS


def test_every_use_of_an_item_is_counted_by_exam() -> None:
    exam, other = ExamFactory(), ExamFactory(id="exam-other")
    for _ in range(3):
        start(PersonFactory(), exam)
    person = PersonFactory()
    start(person, other)
    assert set(queries.usage_of(person.id, exam, now=NOON).form_counts.values()) == {3}
    assert queries.usage_of(person.id, exam, now=NOON).forms_drawn == 3
    assert len(queries.usage_of(person.id, exam, now=NOON).seen) == 4


def test_a_certificate_of_another_kind_does_not_stand_in_the_way() -> None:
    person, exam = PersonFactory(), ExamFactory()
    award(person.id, CertificationFactory())
    assert start(person, exam).ordinal == 1


def test_items_on_trial_are_shown_on_top_marked_and_do_not_count() -> None:
    exam = ExamFactory(pilot_items=2)
    ItemFactory.create_batch(3, state="pilot")
    attempt = AttemptFactory(exam=exam)
    form = queries.form_of(attempt)
    assert [place.is_pilot for place in form].count(True) == 2
    assert len(form) == queries.place_count(attempt) == 6
    assert queries.redrawn_form(attempt) == [place.version.id for place in form]


def test_an_exam_that_asks_for_trials_starts_without_any() -> None:
    attempt = AttemptFactory(exam=ExamFactory(pilot_items=2))
    assert len(queries.form_of(attempt)) == queries.place_count(attempt) == 4


def test_items_on_trial_and_held_items_fill_no_place_that_counts() -> None:
    exam = ExamFactory()
    held = queries.bank_items(queries.Terms(with_public=True))[0]
    item = queries.item_by_slug(held.pool_item.slug)
    assert item is not None
    item.state = "held"
    ItemFactory(state="pilot")
    db.session.commit()
    with pytest.raises(Refusal) as refused:
        AttemptFactory(exam=exam)
    assert refused.value.reason is StartRefusal.CANNOT_FILL


def test_an_exam_that_gates_draws_nothing_that_is_marked_in_part() -> None:
    ItemFactory.create_batch(4)
    partial = ItemFactory(kind="multiple", scoring="partial")
    assert partial.id not in {item.item_id for item in queries.bank_items(queries.Terms(with_public=True, gating=True))}
    assert partial.id in {item.item_id for item in queries.bank_items(queries.Terms(with_public=True))}


def test_a_family_is_not_met_again_within_twelve_months_where_the_bank_allows() -> None:
    exam = ExamFactory(gating=False, retakes={"cooldown_hours": [0], "attempts": 9})
    person = PersonFactory()
    first = AttemptFactory(exam=exam, person=person)
    submit_attempt(first, client_id="window-one", by=SYSTEM, now=NOON + timedelta(minutes=1))
    families = {place.version.family for place in queries.form_of(first)}
    for family in families:
        ItemFactory(family=family)
    ItemFactory.create_batch(4)
    second = AttemptFactory(exam=exam, person=person, now=NOON + timedelta(days=1))
    assert not families & {place.version.family for place in queries.form_of(second)}
    assert queries.redrawn_form(second) == [place.version.id for place in queries.form_of(second)]

"""A key was wrong: who would change is said first, then everything follows from one ruling, and nothing is lost."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from tests.accounts.factories import PersonFactory
from tests.cases.factories import CaseFactory
from tests.exams.factories import NOON, AttemptFactory, ExamFactory, ItemFactory, case_item, right_response
from tests.exams.renewing import holder, renewing_exam
from training.accounts.models import Person
from training.actors import SYSTEM, Actor, ActorKind
from training.audit.models import AuditEntry
from training.cases.models import CaseReference
from training.certification import queries as certification
from training.certification.rules import Claim, Need, Unmet
from training.db import db
from training.errors import Refusal
from training.exams import queries
from training.exams.models import Attempt, ItemRuling, ItemVersion, Regrade, ScoreRun
from training.exams.queries import PublishedExam
from training.exams.rules.grading import Mark
from training.exams.rules.rulings import BEGINS_AFTER, Effect, Ruling, RulingKind, RulingRefusal
from training.exams.rules.runs import RunReason
from training.exams.rules.saving import Saving
from training.exams.services import carry_on, confirm_answer, rule, save_answer, start_attempt, submit_attempt, try_out
from training.outbox.models import OutboxMail

pytestmark = pytest.mark.usefixtures("app")

LATER = NOON + timedelta(days=1)
SITE = "https://train.example.org"
NEW_KEY = Ruling(RulingKind.NEW_KEY, {"correct": ["b"]})


def by(person: Person) -> Actor:
    return Actor(ActorKind.PERSON, person.id)


def choose(attempt: Attempt, position: int, option: str) -> None:
    place = queries.place_of(attempt.id, position)
    assert place is not None
    response = {"options": [place.option_order.index(option) + 1]}
    save_answer(attempt, Saving(position, "window", position, response), by=SYSTEM, now=NOON)


class Hall:
    """One exam of four items, three of which pass. The key of one of them turns out to be wrong: b is right, not a."""

    def __init__(self) -> None:
        self.exam: PublishedExam = ExamFactory()
        self.trainer: Person = PersonFactory(roles=["trainer"])
        [first, *_] = queries.bank_items(queries.Terms(with_public=True))
        self.version: ItemVersion = db.session.get_one(ItemVersion, first.pool_item.version_id)

    def sit(self, chosen: str | None, *, others_right: int, name: str = "A candidate") -> Attempt:
        """Somebody answers the item with the wrong key by this option, and so many others right; the rest stays blank."""
        attempt: Attempt = AttemptFactory(exam=self.exam, person=PersonFactory(name=name))
        left = others_right
        for place in queries.form_of(attempt):
            if place.version.id == self.version.id:
                if chosen is not None:
                    choose(attempt, place.position, chosen)
            elif left:
                save_answer(attempt, Saving(place.position, "window", place.position, right_response(attempt, place.position)), by=SYSTEM, now=NOON)
                left -= 1
        submit_attempt(attempt, client_id="window", by=SYSTEM, now=NOON)
        db.session.commit()
        return attempt

    def try_out(self, ruling: Ruling = NEW_KEY) -> dict[str, Effect]:
        return {change.name: change.effect for change in try_out(self.version, ruling, by=by(self.trainer), now=LATER).changes}

    def rule(self, ruling: Ruling = NEW_KEY, now: datetime = LATER) -> ItemRuling:
        digest = try_out(self.version, ruling, by=by(self.trainer), now=now).digest
        made = rule(self.version, ruling, reason="Clause PRO-03.a was amended.", seen=digest, by=by(self.trainer), now=now)
        db.session.commit()
        return made

    def carry_out(self, ruling: Ruling = NEW_KEY, now: datetime = LATER) -> ItemRuling:
        made = self.rule(ruling, now)
        finish(now)
        return made


def finish(now: datetime = LATER) -> int:
    rounds = 0
    while carry_on(site_url=SITE, now=now + BEGINS_AFTER):
        db.session.commit()
        rounds += 1
    db.session.expire_all()
    return rounds


def passed(attempt: Attempt) -> bool:
    assert attempt.current_score_run is not None
    return attempt.current_score_run.is_passed


def run_count() -> int:
    return db.session.scalar(select(func.count()).select_from(ScoreRun)) or 0


def mails() -> Sequence[OutboxMail]:
    return db.session.scalars(select(OutboxMail).order_by(OutboxMail.id)).all()


def holds(attempt: Attempt) -> bool:
    held = certification.certificates_of(attempt.person_id, at=LATER + BEGINS_AFTER)
    return any(certificate.standing.is_in_force for certificate in held)


def test_the_dry_run_lists_everybody_who_would_change_and_changes_nothing() -> None:
    hall = Hall()
    hall.sit("b", others_right=2, name="Gains")
    hall.sit("a", others_right=2, name="Loses")
    hall.sit("a", others_right=3, name="Keeps the pass")
    hall.sit("c", others_right=3, name="Was wrong and stays wrong")
    before = run_count()
    dry_run = try_out(hall.version, NEW_KEY, by=by(hall.trainer), now=LATER)
    assert dry_run.seen_count == 4
    assert [(change.name, change.effect) for change in dry_run.changes] == [
        ("Loses", Effect.LOST),
        ("Gains", Effect.GAINED),
        ("Keeps the pass", Effect.FIGURES),
    ]
    lost, gained, _ = dry_run.changes
    assert (lost.share_before, lost.share_after, gained.share_before, gained.share_after) == (0.75, 0.5, 0.5, 0.75)
    assert run_count() == before
    assert mails() == []


def test_a_new_key_grants_what_is_gained_and_asks_for_a_retest_of_what_is_lost() -> None:
    hall = Hall()
    gains, loses, keeps = hall.sit("b", others_right=2), hall.sit("a", others_right=2), hall.sit("a", others_right=3)
    unchanged = hall.sit("c", others_right=3)
    hall.carry_out()
    assert [passed(attempt) for attempt in (gains, loses, keeps, unchanged)] == [True, False, True, True]
    assert [holds(attempt) for attempt in (gains, loses, keeps, unchanged)] == [True, True, True, True], "nobody's certificate is revoked"
    assert [bool(certification.open_retests(attempt.person_id)) for attempt in (gains, loses, keeps, unchanged)] == [False, True, False, False]
    assert [len(queries.runs_of(attempt)) for attempt in (gains, loses, keeps, unchanged)] == [2, 2, 2, 1]


def claim(attempt: Attempt, now: datetime = LATER + BEGINS_AFTER) -> Claim | None:
    """What the certificate says that this attempt earned."""
    [event] = [event for event in certification.ledger_of(attempt.person_id) if event.exam_attempt == attempt.public_id]
    return certification.verified_certificate(event.public_id, now=now).claim


def test_a_pass_gained_by_a_ruling_claims_what_a_pass_at_once_claims() -> None:
    hall = Hall()
    gains, at_once = hall.sit("b", others_right=2), hall.sit("a", others_right=3)
    hall.carry_out()
    claimed = claim(at_once)
    assert claim(gains) == claimed
    assert claimed is not None and (claimed.accuracy, claimed.tries) == (0.80, 3)


def test_a_renewal_gained_by_a_ruling_claims_what_its_plan_promises() -> None:
    exam, trainer = renewing_exam(), PersonFactory(roles=["trainer"])
    attempt = start_attempt(holder().id, exam, allow_public=True, by=SYSTEM, now=NOON)
    for position in range(1, 31):
        response = right_response(attempt, position) if position > 1 else {}
        save_answer(attempt, Saving(position, "window", position, response), by=SYSTEM, now=NOON)
        confirm_answer(attempt, position, client_id="window", by=SYSTEM, now=NOON)
    submit_attempt(attempt, client_id="window", by=SYSTEM, now=NOON)
    db.session.commit()
    assert not passed(attempt)
    version = db.session.get_one(ItemVersion, queries.form_of(attempt)[0].version.id)
    ruling = Ruling(RulingKind.FULL_CREDIT)
    seen = try_out(version, ruling, by=by(trainer), now=LATER).digest
    rule(version, ruling, reason="It asked for what no clause says.", seen=seen, by=by(trainer), now=LATER)
    db.session.commit()
    finish()
    assert passed(attempt)
    assert claim(attempt) == Claim(0.80, 0.05, None)


def test_history_is_kept_and_says_why() -> None:
    hall = Hall()
    loses = hall.sit("a", others_right=2)
    made = hall.carry_out()
    after, before = queries.runs_of(loses)
    assert (after.reason, after.run.by_id, after.run.ruling_id, after.run.previous_run_id) == (RunReason.RULED, hall.trainer.id, made.id, before.run.id)
    [change] = after.changes
    assert change.before is not None
    assert change.after is not None
    assert (change.before.mark, change.after.mark) == (Mark.RIGHT, Mark.WRONG)
    assert before.result.is_passed
    deeds = set(db.session.scalars(select(AuditEntry.deed)))
    assert {"item.ruled", "attempt.regraded", "regrade.run", "retest.raised"} <= deeds


def test_everybody_affected_is_told_and_nobody_else() -> None:
    hall = Hall()
    gains, loses, _ = hall.sit("b", others_right=2), hall.sit("a", others_right=2), hall.sit("c", others_right=3)
    hall.carry_out()
    told = {mail.recipient: mail.body for mail in mails()}
    people = {attempt: db.session.get_one(Person, attempt.person_id).email for attempt in (gains, loses)}
    assert set(told) == set(people.values())
    assert "you pass now" in told[people[gains]]
    assert "stays in force" in told[people[loses]]
    assert f"{SITE}/exams/attempts/{loses.public_id}/result" in told[people[loses]]
    assert not any("PRO-03" in body or "Remove it" in body for body in told.values()), "no mail tells a key or the trainer's reason"


@pytest.mark.parametrize(
    ("kind", "rights"),
    [
        (RulingKind.FULL_CREDIT, {"a": True, "b": True, "c": True, None: True}),
        (RulingKind.EITHER_KEY, {"a": True, "b": True, "c": False, None: False}),
        (RulingKind.NEW_KEY, {"a": False, "b": True, "c": False, None: False}),
    ],
)
def test_what_each_ruling_calls_right(kind: RulingKind, rights: dict[str | None, bool]) -> None:
    hall = Hall()
    attempts = {chosen: hall.sit(chosen, others_right=1) for chosen in rights}
    hall.carry_out(Ruling(kind, NEW_KEY.key if kind is not RulingKind.FULL_CREDIT else None))
    results = {chosen: queries.result_of(attempt) for chosen, attempt in attempts.items()}
    assert {chosen: result.right_count == 2 for chosen, result in results.items() if result} == rights


def test_a_dropped_item_counts_for_nobody() -> None:
    hall = Hall()
    attempt = hall.sit("c", others_right=2)
    hall.carry_out(Ruling(RulingKind.DROP))
    result = queries.result_of(attempt)
    assert result is not None
    assert (result.item_count, result.right_count, result.total_weight) == (3, 2, 6)


def test_a_ruling_applied_twice_changes_nothing() -> None:
    hall = Hall()
    hall.sit("b", others_right=2)
    hall.carry_out()
    runs, letters = run_count(), len(mails())
    assert hall.try_out() == {}
    hall.carry_out(now=LATER + timedelta(days=1))
    assert (run_count(), len(mails())) == (runs, letters)


def test_a_later_ruling_takes_the_place_of_the_one_before_and_lifts_the_retest() -> None:
    hall = Hall()
    loses = hall.sit("a", others_right=2)
    hall.carry_out()
    assert certification.open_retests(loses.person_id)
    hall.carry_out(Ruling(RulingKind.EITHER_KEY, NEW_KEY.key), now=LATER + timedelta(days=1))
    assert passed(loses)
    assert certification.open_retests(loses.person_id) == []
    assert [entry.run.ordinal for entry in queries.runs_of(loses)] == [3, 2, 1]


def test_attempts_that_are_graded_later_are_graded_by_the_ruling() -> None:
    hall = Hall()
    hall.carry_out()
    late = hall.sit("b", others_right=2)
    assert passed(late)
    assert len(queries.runs_of(late)) == 1


def test_a_pass_on_which_nothing_rests_any_more_needs_no_retest() -> None:
    hall = Hall()
    loses = hall.sit("a", others_right=2, name="Lapsed")
    much_later = NOON + timedelta(days=200)
    changes = try_out(hall.version, NEW_KEY, by=by(hall.trainer), now=much_later).changes
    assert [change.effect for change in changes] == [Effect.LOST_MOOT]
    hall.carry_out(now=much_later)
    assert certification.open_retests(loses.person_id) == []


def test_a_regrade_goes_on_where_it_was_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("training.exams.services.ruling.CHUNK", 1)
    monkeypatch.setattr("training.exams.services.ruling.NEWS_CHUNK", 1)
    hall = Hall()
    attempts = [hall.sit("b", others_right=2) for _ in range(3)]
    made = hall.rule()
    for _ in range(2):
        carry_on(site_url=SITE, now=LATER + BEGINS_AFTER)
        db.session.commit()
    carry_on(site_url=SITE, now=LATER + BEGINS_AFTER)
    db.session.rollback()  # killed in the middle of the third
    db.session.expire_all()
    regrade = db.session.get_one(Regrade, made.id)
    assert (regrade.total_count, regrade.seen_count, regrade.changed_count) == (3, 2, 2)
    finish()
    assert (regrade.seen_count, regrade.changed_count, regrade.told_count, regrade.gained_count) == (3, 3, 3, 3)
    assert regrade.finished_at is not None
    assert [len(queries.runs_of(attempt)) for attempt in attempts] == [2, 2, 2]
    assert len(mails()) == 3


def test_a_regrade_waits_until_whoever_is_being_graded_has_been() -> None:
    hall = Hall()
    hall.sit("b", others_right=2)
    hall.rule()
    assert not carry_on(site_url=SITE, now=LATER)
    assert carry_on(site_url=SITE, now=LATER + BEGINS_AFTER)


def refused(hall: Hall, ruling: Ruling, person: Person | None = None) -> object:
    with pytest.raises(Refusal) as raised:
        try_out(hall.version, ruling, by=by(person or hall.trainer), now=LATER)
    return raised.value.reason


def test_nobody_who_has_met_the_item_rules_on_it() -> None:
    hall = Hall()
    attempt = AttemptFactory(exam=hall.exam, person=hall.trainer)
    assert refused(hall, NEW_KEY) is RulingRefusal.AFFECTED
    submit_attempt(attempt, client_id="window", by=SYSTEM, now=NOON)
    assert refused(hall, NEW_KEY) is RulingRefusal.AFFECTED


@pytest.mark.parametrize(
    ("key", "reason"),
    [
        (None, RulingRefusal.KEY_MISSING),
        ({"correct": []}, RulingRefusal.KEY_MISSING),
        ({"correct": ["z"]}, RulingRefusal.KEY_UNFIT),
        ({"correct": ["a", "b"]}, RulingRefusal.KEY_UNFIT),
        ({"correct": ["a"]}, RulingRefusal.KEY_THE_SAME),
    ],
)
def test_a_key_that_does_not_fit_is_refused(key: dict[str, Any] | None, reason: RulingRefusal) -> None:
    assert refused(Hall(), Ruling(RulingKind.NEW_KEY, key)) is reason


def test_a_ruling_is_made_upon_the_list_that_was_seen() -> None:
    hall = Hall()
    digest = try_out(hall.version, NEW_KEY, by=by(hall.trainer), now=LATER).digest
    hall.sit("b", others_right=2)
    with pytest.raises(Refusal) as raised:
        rule(hall.version, NEW_KEY, reason="The clause was amended.", seen=digest, by=by(hall.trainer), now=LATER)
    assert raised.value.reason is RulingRefusal.LIST_CHANGED


def test_whoever_rules_never_draws_the_item() -> None:
    hall = Hall()
    hall.carry_out()
    with pytest.raises(Refusal):
        start_attempt(hall.trainer.id, hall.exam, allow_public=True, by=SYSTEM, now=LATER)
    ItemFactory()
    attempt = start_attempt(hall.trainer.id, hall.exam, allow_public=True, by=SYSTEM, now=LATER)
    assert hall.version.id not in {place.version.id for place in queries.form_of(attempt)}


def test_somebody_whose_pass_was_taken_back_may_sit_again_at_once_and_keeps_the_certificate() -> None:
    hall = Hall()
    loses = hall.sit("a", others_right=2)
    at = NOON + timedelta(hours=1)
    hall.carry_out(now=at)
    at += timedelta(minutes=1)
    assert queries.readiness_of(loses.person_id, hall.exam, now=at).is_retest_due
    again = start_attempt(loses.person_id, hall.exam, allow_public=True, by=SYSTEM, now=at)
    for place in queries.form_of(again):
        choose(again, place.position, "b" if place.version.id == hall.version.id else "a")
    submit_attempt(again, client_id="window", by=SYSTEM, now=at + timedelta(minutes=1))
    assert certification.open_retests(loses.person_id) == []
    assert len(certification.ledger_of(loses.person_id)) == 1, "the re-test stands in for the first pass and earns no second term"
    held = certification.certification_by_slug(loses.certification_slug)
    assert certification.unmet_needs(loses.person_id, held, now=at) == (Unmet(Need.EXAM, hall.exam.slug),)


def test_a_new_key_of_a_case_is_another_version_of_its_reference() -> None:
    case_item(CaseFactory(pool="exam", slug="case-ruled"), id="item-case")
    ItemFactory.create_batch(3)
    hall = Hall()
    item = queries.item_by_slug("item-case")
    assert item is not None
    assert item.current_version is not None
    hall.version = item.current_version
    attempt: Attempt = AttemptFactory(exam=hall.exam)
    for place in queries.form_of(attempt):
        response = {"actions": ["APPROVE"], "primary_label": "OUT-00"} if place.version.kind == "case" else right_response(attempt, place.position)
        save_answer(attempt, Saving(place.position, "window", place.position, response), by=SYSTEM, now=NOON)
    submit_attempt(attempt, client_id="window", by=SYSTEM, now=NOON)
    before = queries.result_of(attempt)
    old = db.session.get_one(CaseReference, hall.version.reference_id)
    said = {column.key: getattr(old, column.key) for column in CaseReference.__table__.columns if column.key != "id"}
    new = CaseReference(**(said | {"number": old.number + 1, "decisions": [["APPROVE"]], "labels": ["OUT-00"], "severity": "S0", "is_critical": False}))
    db.session.add(new)
    db.session.commit()
    assert refused(hall, Ruling(RulingKind.NEW_KEY, reference_id=old.id)) is RulingRefusal.REFERENCE_UNKNOWN
    hall.carry_out(Ruling(RulingKind.NEW_KEY, reference_id=new.id))
    after = queries.result_of(attempt)
    assert before is not None
    assert after is not None
    assert (before.right_count, after.right_count) == (3, 4)

"""Sessions: everybody labels blind, once; what is revealed names nobody; and what most say becomes a reference by the way that disputes go."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from tests.accounts.factories import PersonFactory
from tests.cases.factories import CaseFactory
from tests.disputes.factories import answered, claimed, documented
from tests.quality.calibrating import APPROVE, DEMOTE, REMOVE, SITE, Panel, actor
from training import clock
from training.cases.models import Case
from training.cases.queries import case_by_slug
from training.content_store.services import amend_case
from training.db import db
from training.disputes import services as disputes
from training.disputes.queries import decision_of
from training.disputes.rules.amending import CarryingRefusal
from training.disputes.rules.reviews import PanelRefusal
from training.disputes.services import Wording, foresee, next_reference, to_carry_out
from training.disputes.services.carrying import BEGINS_AFTER
from training.errors import NotFound, Refusal
from training.judgements.documents import parse_answer
from training.judgements.models import Judgement, PersonTally
from training.judgements.queries import COUNTS
from training.judgements.rules import Source
from training.outbox.models import OutboxMail
from training.practice.rules import Sensitivity
from training.practice.services import withdraw_consent
from training.quality.queries import calibration as queries
from training.quality.rules.calibration import CalibrationRefusal, CalibrationState, ConsensusRefusal
from training.quality.services import calibration as services
from training.quality.services.calibration import Planned, open_session
from training.quality.services.consensus import bring_forward, follow_references

pytestmark = pytest.mark.usefixtures("app")
NOTE = "Clause PRO-03.b allows this by name, and the third picture shows the licence."


def refused(deed, *args, **named):
    """Why this is not done; nothing of it stays."""
    with pytest.raises(Refusal) as refusal:
        deed(*args, **named)
    db.session.rollback()
    return refusal.value.reason


def judged() -> int:
    return db.session.scalar(select(func.count()).select_from(Judgement).where(Judgement.source == Source.CALIBRATION.value)) or 0


def test_people_are_asked_by_mail_and_label_each_case_once_however_often_it_is_sent() -> None:
    panel = Panel()
    mails = db.session.scalars(select(OutboxMail)).all()
    assert {mail.recipient for mail in mails} == {person.email for person in panel.people}
    assert all(f"{SITE}/quality/calibration/{panel.id}" in mail.body for mail in mails)
    first, again = panel.says(panel.people[0], 1, REMOVE), panel.says(panel.people[0], 1, APPROVE)
    assert first.id == again.id and again.answer["actions"] == ["REMOVE"] and judged() == 1
    assert (first.source, first.reference_id) == ("calibration", panel.cases[0].current_reference_id)
    assert db.session.scalar(select(func.sum(PersonTally.count)).where(PersonTally.source == "calibration", PersonTally.dimension == "area")) == 1


def test_revealing_shows_the_spread_and_ends_the_round_for_whoever_still_labels() -> None:
    panel = Panel()
    panel.say(1, REMOVE, REMOVE, APPROVE)
    panel.say(2, APPROVE)
    panel.reveal()
    standing = queries.standing_of_session(panel.id)
    assert standing.state is CalibrationState.REVEALED
    assert standing.last.figures["whole"]["cases"] == 1 and standing.last.figures["whole"]["pairwise"] == pytest.approx(1 / 3)
    late = refused(services.label, panel.id, 2, None, person_id=panel.people[1].id, now=clock.now())
    assert late is CalibrationRefusal.NOT_LABELLING and judged() == 4
    panel.reveal()
    assert queries.standing_of_session(panel.id).last.number == 1, "a second click changes nothing"


def test_a_case_with_one_label_reveals_nothing() -> None:
    panel = Panel()
    panel.say(1, REMOVE)
    reason = refused(services.reveal, panel.id, site_url=SITE, by=actor(panel.quality.id), now=clock.now())
    assert reason is CalibrationRefusal.TOO_FEW_LABELS
    services.close_session(panel.id, by=actor(panel.quality.id), now=clock.now())
    standing = queries.standing_of_session(panel.id)
    assert (standing.state, standing.revealed) == (CalibrationState.CLOSED, [])


def test_a_second_round_is_blind_again_and_keeps_the_first() -> None:
    panel = Panel()
    for position in (1, 2):
        panel.say(position, REMOVE, APPROVE, DEMOTE)
    by = actor(panel.quality.id)
    assert refused(services.begin_again, panel.id, site_url=SITE, by=by, now=clock.now()) is CalibrationRefusal.NOT_REVEALED
    panel.reveal()
    services.begin_again(panel.id, site_url=SITE, by=by, now=clock.now())
    db.session.commit()
    for position in (1, 2):
        panel.say(position, REMOVE, REMOVE, REMOVE)
    panel.reveal()
    before, after = queries.standing_of_session(panel.id).rounds
    assert (before.figures["whole"]["pairwise"], after.figures["whole"]["pairwise"]) == (0, 1)
    assert refused(services.begin_again, panel.id, site_url=SITE, by=by, now=clock.now()) is CalibrationRefusal.NO_MORE_ROUNDS
    assert db.session.scalars(select(PersonTally.repeat_count).where(PersonTally.dimension == "area", PersonTally.source == "calibration")).all() == [2, 2, 2]


def test_who_joins_late_is_as_blind_as_the_others_or_does_not_join() -> None:
    panel, late, later = Panel(), PersonFactory(), PersonFactory()
    by = actor(panel.quality.id)
    assert services.invite(panel.id, [late.id, panel.people[0].id], site_url=SITE, by=by, now=clock.now()) == 1
    panel.say(1, REMOVE, REMOVE)
    panel.says(late, 1, APPROVE)
    panel.reveal()
    assert refused(services.invite, panel.id, [later.id], site_url=SITE, by=by, now=clock.now()) is CalibrationRefusal.TOO_LATE_TO_JOIN
    services.begin_again(panel.id, site_url=SITE, by=by, now=clock.now())
    assert refused(services.invite, panel.id, [later.id], site_url=SITE, by=by, now=clock.now()) is CalibrationRefusal.TOO_LATE_TO_JOIN


def test_who_leaves_labels_no_more_and_what_they_said_stays() -> None:
    panel = Panel()
    panel.say(1, REMOVE, APPROVE)
    services.leave(panel.id, panel.people[0].id, now=clock.now())
    db.session.commit()
    assert refused(services.label, panel.id, 2, None, person_id=panel.people[0].id, now=clock.now()) is CalibrationRefusal.HAS_LEFT
    with pytest.raises(NotFound):
        services.leave(panel.id, panel.quality.id, now=clock.now())
    panel.reveal()
    assert len(queries.labels_of(panel.id, 1)[panel.cases[0].id]) == 2
    told = [mail.recipient for mail in db.session.scalars(select(OutboxMail)) if mail.subject.startswith("See how far")]
    assert panel.people[0].email not in told and len(told) == 2


def test_nobody_is_shown_what_moved_to_exams_meanwhile_or_what_they_do_not_agree_to_see() -> None:
    innocent, private = CaseFactory(), CaseFactory(concept="SXM-01.a", area="SXM")
    panel = Panel(cases=[innocent, private])
    person = panel.people[0]
    withdraw_consent(person.id, Sensitivity.SEXUAL, now=clock.now() - timedelta(minutes=1))
    assert [each.pinned.position for each in queries.cases_for(panel.id, person.id, at=clock.now())] == [1]
    with pytest.raises(NotFound):
        services.label(panel.id, 2, None, person_id=person.id, now=clock.now())
    db.session.rollback()
    CaseFactory(pool="exam", family=innocent.family)
    assert queries.cases_for(panel.id, panel.people[1].id, at=clock.now())[0].pinned.position == 2
    with pytest.raises(NotFound):
        services.label(panel.id, 1, None, person_id=panel.people[1].id, now=clock.now())


@pytest.mark.parametrize("kind", ["exam", "look-alike", "unknown"])
def test_only_cases_that_may_be_practised_are_labelled(kind: str) -> None:
    case = CaseFactory(pool="exam" if kind == "exam" else "practice")
    if kind == "look-alike":
        CaseFactory(pool="exam", family=case.family)
    people = [PersonFactory().id, PersonFactory().id]
    planned = Planned("A session", people, cases=["no-such-case" if kind == "unknown" else case.slug])
    assert refused(open_session, planned, site_url=SITE, by=actor(PersonFactory().id), now=clock.now()) is CalibrationRefusal.CASE_UNKNOWN


def test_of_clauses_those_cases_are_taken_that_nobody_who_is_asked_has_answered() -> None:
    met = answered(CaseFactory(concept="PRO-03.a"))
    fresh, other = CaseFactory(concept="PRO-03.a"), CaseFactory(concept="PRO-04.a")
    CaseFactory(concept="PRO-05.a")
    planned = Planned("A session", [met.person_id, PersonFactory().id], clauses=["PRO-03.a", "PRO-04.a"], case_count=10)
    session = open_session(planned, site_url=SITE, by=actor(PersonFactory().id), now=clock.now())
    assert [each.case.id for each in queries.cases_of_session(session.id)] == [fresh.id, other.id]
    nothing = Planned("A session", [met.person_id, PersonFactory().id], clauses=["PRO-09.a"], case_count=10)
    assert refused(open_session, nothing, site_url=SITE, by=actor(PersonFactory().id), now=clock.now()) is CalibrationRefusal.NO_CASES


def test_a_session_takes_two_people_and_not_whoever_calls_it() -> None:
    case, caller, one = CaseFactory(), PersonFactory(), PersonFactory()
    for people, reason in (([one.id], CalibrationRefusal.TOO_FEW_PEOPLE), ([one.id, caller.id], CalibrationRefusal.FACILITATES)):
        assert refused(open_session, Planned("A", people, cases=[case.slug]), site_url=SITE, by=actor(caller.id), now=clock.now()) is reason


def test_who_labels_does_not_run_the_session() -> None:
    panel = Panel()
    by = actor(panel.people[0].id)
    for deed in (services.reveal, services.begin_again):
        assert refused(deed, panel.id, site_url=SITE, by=by, now=clock.now()) is CalibrationRefusal.LABELS_HERE
    assert refused(services.close_session, panel.id, by=by, now=clock.now()) is CalibrationRefusal.LABELS_HERE


def agreeing(case: Case, people: int = 3) -> Panel:
    """A closed session whose people all say that the case is fine, discussed."""
    panel = Panel(people, cases=[case])
    panel.say(1, *[APPROVE] * people)
    panel.reveal()
    services.note_on(panel.id, 1, NOTE, by=actor(panel.quality.id), now=clock.now())
    services.close_session(panel.id, by=actor(panel.quality.id), now=clock.now())
    db.session.commit()
    return panel


def bring(panel: Panel):
    return bring_forward(panel.id, 1, site_url=SITE, by=actor(panel.quality.id), now=clock.now())


def test_what_most_say_becomes_the_reference_by_a_dispute_that_another_trainer_carries_out_and_answers_follow() -> None:
    case = documented()
    practised = answered(case, REMOVE)
    panel = agreeing(case)
    old = case.current_reference_id
    dispute = bring(panel)
    db.session.commit()
    assert bring(panel).id == dispute.id and decision_of(dispute).outcome == "amended"
    assert refused(to_carry_out, dispute, by_id=panel.quality.id) is CarryingRefusal.CLAIMED, "whoever brought it is not alone"
    trainer = PersonFactory(roles=["trainer"])
    shown, outcome = to_carry_out(dispute, by_id=trainer.id)
    dry_run = foresee(shown, next_reference(shown, outcome))
    assert [change.person_id for change in dry_run.changes] == [practised.person_id], "of those who practised it, nobody of the panel"
    disputes.carry_out(dispute, Wording(("PRO-03.b",), NOTE), seen=dry_run.digest, amend=amend_case, by=actor(trainer.id), now=clock.now())
    db.session.commit()
    while disputes.carry_on(site_url=SITE, now=clock.now() + BEGINS_AFTER):
        db.session.commit()
    new = case_by_slug(case.slug).current_reference_id
    assert new != old
    assert follow_references(now=clock.now()) == 3 and follow_references(now=clock.now()) == 0
    db.session.commit()
    counted = db.session.scalars(select(Judgement).where(Judgement.source == "calibration", COUNTS)).all()
    assert [(each.reference_id, each.is_strict) for each in counted] == [(new, True)] * 3
    rights = db.session.scalars(select(PersonTally.right).where(PersonTally.source == "calibration", PersonTally.dimension == "area"))
    assert sum(rights) == 3, "sums follow"


def test_who_was_told_the_reference_does_not_count_for_another() -> None:
    case = documented()
    panel = Panel(3, cases=[case])
    answered(case, REMOVE, person_id=panel.people[0].id)
    panel.say(1, APPROVE, APPROVE, APPROVE)
    panel.reveal()
    services.note_on(panel.id, 1, NOTE, by=actor(panel.quality.id), now=clock.now())
    services.close_session(panel.id, by=actor(panel.quality.id), now=clock.now())
    db.session.commit()
    assert refused(bring, panel) is ConsensusRefusal.TOO_FEW


def test_who_wrote_the_case_does_not_count_for_another_reference() -> None:
    writer = PersonFactory()
    case = documented(by=actor(writer.id))
    panel = Panel(2, cases=[case])
    services.invite(panel.id, [writer.id], site_url=SITE, by=actor(panel.quality.id), now=clock.now())
    for person in (*panel.people, writer):
        panel.says(person, 1, APPROVE)
    panel.reveal()
    services.note_on(panel.id, 1, NOTE, by=actor(panel.quality.id), now=clock.now())
    services.close_session(panel.id, by=actor(panel.quality.id), now=clock.now())
    db.session.commit()
    assert refused(bring, panel) is ConsensusRefusal.TOO_FEW


def test_a_severe_case_asks_for_five() -> None:
    panel = agreeing(CaseFactory(severity="S4"), people=4)
    assert refused(bring, panel) is ConsensusRefusal.TOO_FEW_FOR_SEVERE


def test_nothing_is_brought_forward_before_the_session_is_closed_nor_of_one_that_revealed_nothing() -> None:
    panel = Panel(3)
    panel.say(1, APPROVE, APPROVE, APPROVE)
    assert refused(services.note_on, panel.id, 1, NOTE, by=actor(panel.quality.id), now=clock.now()) is CalibrationRefusal.NOT_REVEALED
    assert refused(bring, panel) is CalibrationRefusal.NOT_CLOSED
    services.close_session(panel.id, by=actor(panel.quality.id), now=clock.now())
    db.session.commit()
    assert refused(bring, panel) is ConsensusRefusal.NOT_COMPARED


def test_what_the_expert_says_already_and_what_a_dispute_settles_is_not_brought_forward() -> None:
    upheld = Panel(3, cases=[documented("case-upheld")])
    upheld.say(1, REMOVE, REMOVE, REMOVE)
    upheld.reveal()
    services.note_on(upheld.id, 1, NOTE, by=actor(upheld.quality.id), now=clock.now())
    services.close_session(upheld.id, by=actor(upheld.quality.id), now=clock.now())
    db.session.commit()
    assert refused(bring, upheld) is PanelRefusal.AS_BEFORE
    case = documented("case-disputed")
    dispute = claimed(case)
    disputes.give_review(dispute, parse_answer(APPROVE), reason=NOTE, site_url=SITE, by=actor(PersonFactory(roles=["trainer"]).id), now=clock.now())
    db.session.commit()
    assert refused(bring, agreeing(case)) is PanelRefusal.UNDER_REVIEW


def test_a_claim_that_waits_for_reviews_is_decided_by_the_panel_and_whoever_claims_is_told() -> None:
    case = documented()
    dispute = claimed(case)
    panel = agreeing(case)
    assert bring(panel).id == dispute.id
    assert any("decided" in mail.subject.lower() or "dispute" in mail.body.lower() for mail in db.session.scalars(select(OutboxMail)))

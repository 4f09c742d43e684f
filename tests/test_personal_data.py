"""What people take away: everything they did, and nothing that gives an exam's keys away."""

import json
from collections.abc import Callable
from datetime import timedelta

from tests.accounts.factories import PersonFactory
from tests.certification.factories import CertificationFactory, award
from tests.conftest import Browser
from tests.courses.factories import ModuleFactory
from tests.exams.factories import AttemptFactory, right_response
from training import clock
from training.accounts.models import Person
from training.actors import SYSTEM, Actor, ActorKind
from training.courses import services as courses
from training.db import db
from training.disputes import services as disputes
from training.disputes.models import Dispute
from training.exams import queries as exams
from training.exams import services as exam_services
from training.exams.rules.saving import Saving

SECTIONS = {
    "account",
    "assignments",
    "availability",
    "blind labels",
    "calibration",
    "certificate reminders",
    "certificate sharing",
    "certificates",
    "changes to learn",
    "disputes",
    "drafts",
    "evidence packs",
    "exam_claims",
    "exam_signals",
    "exams",
    "imports",
    "live quality",
    "practice",
    "queue exceptions",
    "reading and practice",
    "retests",
    "second step",
    "sessions",
    "work",
}
Signing = Callable[[Browser, Person], Browser]


def test_a_person_takes_away_what_every_room_keeps(browser: Browser, sign_in: Signing) -> None:
    person, certification, module = PersonFactory(), CertificationFactory(title="Moderator of claims"), ModuleFactory()
    award(person.id, certification, now=clock.now() - timedelta(days=1))
    courses.acknowledge(person.id, module.current_version, by=SYSTEM, now=clock.now())
    other = CertificationFactory(title="Of somebody else")
    award(PersonFactory().id, other, now=clock.now() - timedelta(days=1))
    data = sign_in(browser, person).get("/account/data.json").json
    assert set(data) == SECTIONS
    assert [entry["certification"] for entry in data["certificates"]] == ["Moderator of claims"]
    assert data["reading and practice"]["acknowledged"][0]["module"] == module.slug


def test_an_attempt_is_taken_away_without_its_items(browser: Browser, sign_in: Signing) -> None:
    attempt = AttemptFactory(person=(person := PersonFactory()), now=clock.now())
    place = exams.place_of(attempt.id, 1)
    assert place is not None
    stem = place.version.stem_html
    exam_services.save_answer(attempt, Saving(1, "window-1", 1, right_response(attempt, 1)), by=SYSTEM, now=clock.now())
    exam_services.extend_attempt(attempt, minutes=5, reason="The line was down.", by=SYSTEM, now=clock.now())
    exam_services.submit_attempt(attempt, client_id="window-1", by=SYSTEM, now=clock.now())
    db.session.commit()
    data = sign_in(browser, person).get("/account/data.json").json
    (taken,) = data["exams"]
    assert (taken["result"]["passed"], taken["result"]["areas"]) == (False, {"PRO": {"right": 1, "of": 4}})
    assert [(event["deed"], event["reason"]) for event in taken["time"]] == [("extended", "The line was down.")]
    assert stem is None or stem not in json.dumps(data)


def test_what_was_doubted_and_allowed_is_taken_away(browser: Browser, sign_in: Signing) -> None:
    attempt = AttemptFactory(person=(person := PersonFactory()), now=clock.now())
    exam_services.submit_attempt(attempt, client_id="window-1", by=SYSTEM, now=clock.now())
    claim = disputes.claim_question(attempt, 2, reason="Two options were the same to me.", by=SYSTEM, now=clock.now())
    trainer = Actor(ActorKind.PERSON, PersonFactory().id)
    disputes.open_to_claimant(claim, db.session.get_one(Dispute, claim.dispute_id), minutes=30, by=trainer, now=clock.now())
    db.session.commit()
    data = sign_in(browser, person).get("/account/data.json").json
    (taken,) = data["disputes"]["claims"]
    assert (taken["question"], taken["reason"], taken["state"]) == (2, "Two options were the same to me.", "open")
    assert [(look["question"], look["deed"]) for look in data["exam_claims"]["questions_looked_at"]] == [(2, "opened")]

"""People of the demo calibrate: a session that was revealed, and one that still waits for labels, through the services that everybody uses."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from random import Random

from training.accounts.models import Person
from training.actors import Actor, ActorKind
from training.demo.rules import cast_member
from training.demo.rules.answers import right_answer, wrong_answer
from training.demo.services.learning import neighbours_of
from training.judgements.queries import reference_value
from training.practice.queries import offers
from training.practice.rules import Limits
from training.quality.models import CalibrationSession
from training.quality.queries.calibration import SessionCase, cases_of_session
from training.quality.services.calibration import Planned, label, note_on, open_session, reveal

CALLER = cast_member("qa")
PANEL = tuple(cast_member(key) for key in ("renewing", "citra.maharani", "fajar.nugroho", "jose.santos"))
COMPARED, WAITING = ("CLM", 10), ("FRD", 6)
"""The area of each session, and how many cases it holds."""
AGREEING = 0.75
"""How often somebody of the panel says what the expert says."""
NOTE = "Some of us acted, some let it be. We read the clause again: what counts is what a buyer takes from it, not which words are used."
SITE = "http://127.0.0.1:5000"


def calibrate(people: Mapping[str, Person], *, now: datetime) -> None:
    """Let a session of last week be revealed, and another one wait. Nothing where the content has no cases for them."""
    clauses = sorted(offers(Limits(), languages=()))
    compared_clauses, waiting_clauses = ([code for code in clauses if code.startswith(area)] for area, _ in (COMPARED, WAITING))
    if not compared_clauses or not waiting_clauses:
        return
    by, panel = Actor(ActorKind.PERSON, people[CALLER.key].id), [people[member.key].id for member in PANEL]
    begun = now - timedelta(days=6)
    compared = open_session(
        Planned("Claims about effects", panel, "Label as you would on a shift; we talk on Friday.", clauses=compared_clauses, case_count=COMPARED[1]),
        site_url=SITE,
        by=by,
        now=begun,
    )
    for person_id in panel:
        _label(compared, person_id, share=1.0, now=begun + timedelta(hours=4))
    reveal(compared.id, site_url=SITE, by=by, now=begun + timedelta(days=2))
    note_on(compared.id, 1, NOTE, by=by, now=begun + timedelta(days=2, hours=1))
    called = now - timedelta(hours=5)
    planned = Planned("Scams, the week before the campaign", panel, clauses=waiting_clauses, case_count=WAITING[1])
    waiting = open_session(planned, site_url=SITE, by=by, now=called)
    for person_id in panel[1:]:
        _label(waiting, person_id, share=0.5, now=called + timedelta(hours=2))


def _label(session: CalibrationSession, person_id: int, *, share: float, now: datetime) -> None:
    cases = cases_of_session(session.id)
    for found in cases[: round(share * len(cases))]:
        now += timedelta(seconds=70)
        _label_one(session.id, found, person_id, now=now)


def _label_one(session_id: int, found: SessionCase, person_id: int, *, now: datetime) -> None:
    chance = Random(f"{person_id}:{found.case.slug}")
    reference = reference_value(found.pinned.reference_id)
    agrees = chance.random() < AGREEING
    answer = right_answer(reference, chance) if agrees else wrong_answer(reference, neighbours_of(found.case.area), chance)
    label(session_id, found.pinned.position, answer, person_id=person_id, now=now)

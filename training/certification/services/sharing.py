"""What holders show, and how much anybody may look up."""

from datetime import datetime

from sqlalchemy import case

from training.actors import Actor
from training.audit.services import pseudonym, record
from training.certification import queries
from training.certification.models import CertificateDisclosure, VerificationLooks
from training.certification.rules import COST_OF_A_GUESS, LOOKS_FORGOTTEN_AFTER, Looks, Shows, looks_open_at
from training.db import db, insert_into


def choose_disclosure(person_id: int, shows: Shows, *, by: Actor, now: datetime) -> None:
    """Let the public pages of a person's certificates tell this of their name from now on."""
    values = {"shows": shows.value, "chosen_at": now}
    chosen = insert_into(CertificateDisclosure).values(person_id=person_id, **values)
    db.session.execute(chosen.on_conflict_do_update(index_elements=["person_id"], set_=values))
    record("certificate.disclosure_chosen", by=by, subject=("person", person_id), now=now, detail=values)


def count_look(place: str, *, is_known: bool, now: datetime) -> datetime | None:
    """Count that this place looked a number up; until when it must wait, if it looked up too much."""
    cost, forgotten = 1 if is_known else COST_OF_A_GUESS, VerificationLooks.began_at <= now - LOOKS_FORGOTTEN_AFTER
    counted = insert_into(VerificationLooks).values(place=pseudonym(place, now=now), began_at=now, cost=cost)
    renewed = {
        "began_at": case((forgotten, now), else_=VerificationLooks.began_at),
        "cost": case((forgotten, cost), else_=VerificationLooks.cost + cost),
    }
    added = counted.on_conflict_do_update(index_elements=["place"], set_=renewed).returning(VerificationLooks.began_at, VerificationLooks.cost)
    began_at, total = db.session.execute(added).one()
    return looks_open_at(Looks(began_at, total))


def forget_looks(*, now: datetime) -> None:
    """Delete the counts that no longer make anybody wait."""
    queries.forget_looks(began_before=now - LOOKS_FORGOTTEN_AFTER)

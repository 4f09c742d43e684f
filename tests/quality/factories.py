"""Audits as small and valid as they can be."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any

from training.accounts.models import Person
from training.actors import SYSTEM, Actor
from training.certification.queries import PublishedCertification
from training.db import db
from training.quality.documents import AuditRow
from training.quality.services import Sent, Taken, take_audits

DECIDED = datetime(2026, 6, 1, 12, tzinfo=UTC)


def row_of(whom: Person, number: int = 0, *, is_right: bool = True, **values: Any) -> dict[str, Any]:
    """An audit as a program sends it, of a decision made so many hours after `DECIDED`."""
    plain = {
        "id": f"qa-{whom.id}-{number}",
        "person": whom.public_id,
        "queue": "claims",
        "at": (DECIDED + timedelta(hours=number)).isoformat(),
        "sampling": "random",
        "expected_decisions": [["REMOVE"]],
        "given_decision": ["REMOVE"] if is_right else ["APPROVE"],
    }
    return plain | values


def audit(person: Person, certification: PublishedCertification, rights: Iterable[bool], *, by: Actor = SYSTEM, **values: Any) -> Taken:
    """Take down an audit for each of these, right or wrong, hour by hour, in a queue that asks for this certification."""
    now = values.pop("now", DECIDED + timedelta(days=60))
    begin = values.pop("begin", 0)
    rows = [row_of(person, number, is_right=is_right, **values) for number, is_right in enumerate(rights, start=begin)]
    sent = [Sent(place, AuditRow.model_validate(row)) for place, row in enumerate(rows)]
    taken = take_audits(sent, required=lambda pairs: dict.fromkeys(pairs, (certification.slug,)), by=by, now=now)
    assert taken.faults == ()
    db.session.commit()
    return taken

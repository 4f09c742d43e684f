"""QA of the demo audits live decisions on product claims: most people are right nearly always, one is not."""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from itertools import count
from random import Random

from training.accounts.models import Person
from training.actors import Actor
from training.quality.documents import AuditRow
from training.quality.services import Sent, take_audits
from training.queues.queries import certifications_asked_for

QUEUE, MODULE = "listing-claims-id", "product-claims@1.0.0"
AUDITED = {"renewing": (32, 2), "citra.maharani": (24, 1), "yusuf.maulana": (12, 0), "fajar.nugroho": (30, 4), "ayu.kusumaningrum": (30, 10)}
"""How many decisions of each were picked at random, and how many of them were wrong."""
COMPLAINED_OF = "citra.maharani"
LABELS = ("CLM-01", "CLM-02", "CLM-03", "CLM-04")
NOTES = ("“Heals” promises a cure: the listing goes, whatever the pictures say.", "A cosmetic claim with proof beside it is fine; leave such listings up.")


def audit_work(people: Mapping[str, Person], *, by: Actor, now: datetime) -> None:
    """Take down what was audited over the last ten days. A proposal to suspend waits afterwards."""
    rows = [row for key in AUDITED for row in _rows(key, people[key].public_id, now)]
    take_audits([Sent(place, AuditRow.model_validate(row)) for place, row in enumerate(rows)], required=certifications_asked_for, by=by, now=now)


def _rows(key: str, person: str, now: datetime) -> Iterator[dict[str, object]]:
    chance, (audits, errors), number = Random(key), AUDITED[key], count(1)
    wrong = set(chance.sample(range(audits), errors))
    for place in range(audits):
        at = now - timedelta(hours=240 - 230 * place / audits, minutes=chance.randrange(50))
        yield _row(f"{key}-{next(number)}", person, at, chance, is_wrong=place in wrong)
    if key == COMPLAINED_OF:
        yield _row(f"{key}-{next(number)}", person, now - timedelta(hours=30), chance, is_wrong=True) | {"sampling": "complaint"}


def _row(name: str, person: str, at: datetime, chance: Random, *, is_wrong: bool) -> dict[str, object]:
    is_violation, label = chance.random() < 0.55, chance.choice(LABELS)
    acted = is_violation is not is_wrong
    return {
        "id": f"demo-{name}",
        "person": person,
        "queue": QUEUE,
        "at": at.isoformat(),
        "sampling": "random",
        "expected_decisions": [["REMOVE"] if is_violation else ["APPROVE"]],
        "given_decision": ["REMOVE"] if acted else ["APPROVE"],
        "expected_labels": [label if is_violation else "OUT-00"],
        "given_labels": [label if acted else "OUT-00"],
        "policy_version": MODULE,
        "language": "id",
        "note": NOTES[not is_violation] if is_wrong else None,
    }

"""Let errors in live work come next in practice."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from training.actors import Actor
from training.audit.services import record
from training.db import db
from training.practice import queries
from training.practice.models import PracticeCall
from training.practice.rules import Miss, concepts_of


def call_for_practice(misses: Sequence[Miss], *, now: datetime) -> int:
    """Let the concept of each miss come next in its person's practice, once for each occasion. How many calls are new, or stand again.

    A miss calls for nothing where the practice pool holds no case of its clause or label.
    """
    if not misses:
        return 0
    known, concepts = queries.calls_of({miss.person_id for miss in misses}), {shelf.concept for shelf in queries.shelves()}
    called = dict.fromkeys((miss.person_id, concept, miss.occasion) for miss in misses for concept in concepts_of(miss.code, concepts))
    again = [known[key] for key in called if key in known and known[key].taken_back_at is not None]
    for call in again:
        call.taken_back_at = None
    new = [key for key in called if key not in known]
    db.session.add_all(PracticeCall(person_id=person_id, concept=concept, occasion=occasion, called_at=now) for person_id, concept, occasion in new)
    db.session.flush()
    return len(new) + len(again)


def take_calls_back(codes: Mapping[str, str | None], *, by: Actor, now: datetime) -> int:
    """Let nothing be practised because of these occasions but what their clause or label, where one is left, still calls for. How many calls were taken back.

    What the person began to practise since the call stays theirs: the case that they saw goes on saying why it came.
    """
    waiting = queries.calls_not_begun(codes)
    concepts = {shelf.concept for shelf in queries.shelves()} if waiting else set()
    taken = [call for call in waiting if (code := codes[call.occasion]) is None or call.concept not in concepts_of(code, concepts)]
    for call in taken:
        record("practice.call_taken_back", by=by, subject=("person", call.person_id), now=now, detail={"concept": call.concept, "occasion": call.occasion})
        call.taken_back_at = now
    db.session.flush()
    return len(taken)

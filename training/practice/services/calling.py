"""Let errors in live work come next in practice."""

from collections.abc import Sequence
from datetime import datetime

from training.db import db
from training.practice import queries
from training.practice.models import PracticeCall
from training.practice.rules import Miss, concepts_of


def call_for_practice(misses: Sequence[Miss], *, now: datetime) -> int:
    """Let the concept of each miss come next in its person's practice, once for each occasion. How many calls are new.

    A miss calls for nothing where the practice pool holds no case of its clause or label.
    """
    if not misses:
        return 0
    known, concepts = queries.calls_of({miss.person_id for miss in misses}), {shelf.concept for shelf in queries.shelves()}
    called = dict.fromkeys((miss.person_id, concept, miss.occasion) for miss in misses for concept in concepts_of(miss.code, concepts))
    new = [key for key in called if key not in known]
    db.session.add_all(PracticeCall(person_id=person_id, concept=concept, occasion=occasion, called_at=now) for person_id, concept, occasion in new)
    db.session.flush()
    return len(new)

"""What others answered to a case. Never before one's own answer, and never who."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from training.db import db
from training.judgements.models import Judgement
from training.judgements.queries.ledger import IS_FIRST
from training.judgements.rules import Source


def first_answers_of_others(case_version_id: int, *, but_of: int, size: int) -> list[Mapping[str, Any]]:
    """The first so many answers that others gave in practice to this version when they had never answered its case before, as JSON."""
    question = (
        select(Judgement.answer)
        .where(
            Judgement.case_version_id == case_version_id,
            IS_FIRST,
            Judgement.is_first_exposure,
            Judgement.source == Source.PRACTICE.value,
            Judgement.person_id != but_of,
        )
        .order_by(Judgement.id)
        .limit(size)
    )
    return list(db.session.scalars(question))

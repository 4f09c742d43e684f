"""Sessions as tests call them: cases of the practice pool, people, and what they say."""

from collections.abc import Mapping, Sequence
from typing import Any

from tests.accounts.factories import PersonFactory
from tests.cases.factories import CaseFactory, TaxonomyLabelFactory
from tests.disputes.factories import APPROVE, DEMOTE, REMOVE, SITE, actor
from training import clock
from training.accounts.models import Person
from training.cases.models import Case
from training.db import db
from training.judgements.documents import parse_answer
from training.quality.models import CalibrationSession
from training.quality.services.calibration import Planned, label, open_session, reveal

__all__ = ["APPROVE", "DEMOTE", "REMOVE", "SITE", "Panel", "actor"]


class Panel:
    """A session about these cases, called by somebody of QA, with so many who label."""

    def __init__(self, people: int = 3, cases: Sequence[Case] | None = None) -> None:
        TaxonomyLabelFactory(code="PRO-03")
        self.cases = list(cases) if cases is not None else [CaseFactory(), CaseFactory()]
        self.quality: Person = PersonFactory(roles=["qa"])
        self.people: list[Person] = [PersonFactory() for _ in range(people)]
        planned = Planned("Weekly calibration", [each.id for each in self.people], cases=[case.slug for case in self.cases])
        self.session: CalibrationSession = open_session(planned, site_url=SITE, by=actor(self.quality.id), now=clock.now())
        self.id = self.session.id
        db.session.commit()

    def says(self, person: Person, position: int, answer: Mapping[str, Any]) -> Any:
        kept = label(self.id, position, parse_answer(answer), person_id=person.id, now=clock.now())
        db.session.commit()
        return kept

    def say(self, position: int, *answers: Mapping[str, Any]) -> None:
        """What the people say of a case, in their order."""
        for person, answer in zip(self.people, answers, strict=False):
            self.says(person, position, answer)

    def reveal(self) -> None:
        reveal(self.id, site_url=SITE, by=actor(self.quality.id), now=clock.now())
        db.session.commit()

"""One minimal valid row per model of this room."""

from datetime import UTC, datetime

import factory

from tests.accounts.factories import PersonFactory
from tests.cases.factories import CaseFactory
from training.cases.models import CaseVersion
from training.db import db
from training.judgements.models import Judgement, PersonTally
from training.judgements.queries import reference_value
from training.judgements.rules import Dimension, Source
from training.judgements.services import countable, keep_tallies


class JudgementFactory(factory.alchemy.SQLAlchemyModelFactory):
    """A right answer to `case`; `is_strict=False` makes it a miss."""

    class Meta:
        model = Judgement
        sqlalchemy_session_factory = lambda: db.session  # noqa: E731
        sqlalchemy_session_persistence = "commit"
        exclude = ("case",)

    case = factory.LazyFunction(CaseFactory)
    person_id = factory.LazyFunction(lambda: PersonFactory().id)
    case_id = factory.LazyAttribute(lambda judgement: judgement.case.id)
    case_version_id = factory.LazyAttribute(lambda judgement: judgement.case.current_version_id)
    reference_id = factory.LazyAttribute(lambda judgement: judgement.case.current_reference_id)
    area = factory.LazyAttribute(lambda judgement: judgement.case.area)
    concept = factory.LazyAttribute(lambda judgement: judgement.case.concept)
    surface = factory.LazyAttribute(lambda judgement: judgement.case.surface)
    source = Source.PRACTICE.value
    occasion = factory.Sequence(lambda number: f"serving:{1_000_000 + number}")
    attempt_id = None
    answer = factory.LazyFunction(lambda: {"actions": ["REMOVE"], "primary_label": "PRO-03"})
    is_strict = True
    decision_score = factory.LazyAttribute(lambda judgement: 1.0 if judgement.is_strict else 0.0)
    labels_score = 1.0
    severity_score = 1.0
    evidence_score = 1.0
    escalation_score = 1.0
    is_critical_miss = False
    error = factory.LazyAttribute(lambda judgement: None if judgement.is_strict else "false_negative")
    seconds = 30.0
    is_first_exposure = True
    given_at = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)

    @factory.post_generation
    def tallied(self, create: bool, extracted: object, **_more: object) -> None:
        """It counts, as judgements do that the services append."""
        if create:
            version = db.session.get_one(CaseVersion, self.case_version_id)
            keep_tallies([countable(self, reference=reference_value(self.reference_id), language=version.language)])
            db.session.commit()


class PersonTallyFactory(factory.alchemy.SQLAlchemyModelFactory):
    """`count` practice answers under one key, `right` of them right, without their judgements."""

    class Meta:
        model = PersonTally
        sqlalchemy_session_factory = lambda: db.session  # noqa: E731
        sqlalchemy_session_persistence = "commit"

    person_id = factory.LazyFunction(lambda: PersonFactory().id)
    source = Source.PRACTICE.value
    dimension = Dimension.AREA.value
    key = "PRO"
    count = 20
    right = factory.LazyAttribute(lambda tally: tally.count)
    repeat_count = 0
    hits = factory.LazyAttribute(lambda tally: tally.right // 2)
    misses = 0
    false_alarms = 0
    correct_rejections = factory.LazyAttribute(lambda tally: tally.right - tally.right // 2)
    wrong_selections = 0
    critical_misses = 0
    timed_count = factory.LazyAttribute(lambda tally: tally.count)
    seconds_sum = factory.LazyAttribute(lambda tally: 40.0 * tally.count)
    last_at = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)

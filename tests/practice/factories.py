"""One minimal valid row per model of this room."""

from datetime import UTC, datetime, timedelta

import factory

from tests.accounts.factories import PersonFactory
from tests.cases.factories import CaseFactory
from training.db import db
from training.practice.models import (
    AreaMastery,
    Check,
    CheckVersion,
    ConceptMemory,
    ConsentAsking,
    ConsentEvent,
    PracticePreference,
    PracticeSession,
    PracticeSet,
    Serving,
    SetAssignment,
)
from training.practice.rules import Wish

THEN = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def chosen(**wishes: str) -> dict[str, str]:
    """What the page about care sends: these wishes, and the organisation's way of all others."""
    return {wish.value: "" for wish in Wish} | wishes


class _Meta:
    sqlalchemy_session_factory = lambda: db.session  # noqa: E731
    sqlalchemy_session_persistence = "commit"


class CheckFactory(factory.alchemy.SQLAlchemyModelFactory):
    """A whole practice set: `version__case_ids=[…]` says its cases, of the practice pool."""

    class Meta(_Meta):
        model = Check

    slug = factory.Sequence(lambda number: f"check-{number:04}")
    current_version_id = None

    @factory.post_generation
    def version(self, create: bool, extracted: object, **columns: object) -> None:
        if create:
            self.current_version_id = CheckVersionFactory(check_id=self.id, **columns).id
            db.session.commit()


class CheckVersionFactory(factory.alchemy.SQLAlchemyModelFactory):
    class Meta(_Meta):
        model = CheckVersion

    number = 1
    title = "Medicine and blue-label skincare"
    case_ids = factory.LazyFunction(lambda: [CaseFactory().id])
    pass_count = 1
    content_hash = factory.Sequence(lambda number: f"{number:064}")
    published_at = THEN


class PracticeSessionFactory(factory.alchemy.SQLAlchemyModelFactory):
    class Meta(_Meta):
        model = PracticeSession

    person_id = factory.LazyFunction(lambda: PersonFactory().id)
    scope = "all"
    check_version_id = None
    started_at = THEN
    ended_at = None


class ServingFactory(factory.alchemy.SQLAlchemyModelFactory):
    """An unanswered serving of `case`, in an open session of its own unless `session` is given."""

    class Meta(_Meta):
        model = Serving
        exclude = ("session", "case")

    session = factory.LazyFunction(PracticeSessionFactory)
    case = factory.LazyFunction(CaseFactory)
    session_id = factory.LazyAttribute(lambda serving: serving.session.id)
    person_id = factory.LazyAttribute(lambda serving: serving.session.person_id)
    case_id = factory.LazyAttribute(lambda serving: serving.case.id)
    case_version_id = factory.LazyAttribute(lambda serving: serving.case.current_version_id)
    reference_id = factory.LazyAttribute(lambda serving: serving.case.current_reference_id)
    position = 1
    is_repeat = False
    is_borderline = factory.LazyAttribute(lambda serving: serving.case.difficulty == "borderline")
    is_severe = False
    served_at = THEN
    answered_at = None
    skipped_at = None
    judgement_id = None


class PracticePreferenceFactory(factory.alchemy.SQLAlchemyModelFactory):
    class Meta(_Meta):
        model = PracticePreference

    person_id = factory.LazyFunction(lambda: PersonFactory().id)
    is_blurring = True
    is_greyscale = False
    is_muted = None
    is_autoplaying = None
    is_thumbnailed = None
    is_prompting_breaks = None
    changed_at = THEN


class ConsentEventFactory(factory.alchemy.SQLAlchemyModelFactory):
    class Meta(_Meta):
        model = ConsentEvent

    person_id = factory.LazyFunction(lambda: PersonFactory().id)
    sensitivity = "violence"
    is_given = False
    effective_from = THEN
    recorded_at = factory.SelfAttribute("effective_from")


class ConsentAskingFactory(factory.alchemy.SQLAlchemyModelFactory):
    class Meta(_Meta):
        model = ConsentAsking

    sensitivity = "violence"
    is_asked = True
    effective_from = THEN
    recorded_at = factory.SelfAttribute("effective_from")
    decided_by_id = None


class PracticeSetFactory(factory.alchemy.SQLAlchemyModelFactory):
    """A set that lists `cases`; `clauses=[…]` with `case_count` makes it one of clauses."""

    class Meta(_Meta):
        model = PracticeSet
        exclude = ("cases",)

    cases = factory.LazyAttribute(lambda made: [] if made.clauses else [CaseFactory()])
    title = "Blue-label skincare after the recall"
    note = "Look at the registration numbers first."
    case_ids = factory.LazyAttribute(lambda made: [case.id for case in made.cases])
    clauses = factory.LazyFunction(list)
    case_count = factory.LazyAttribute(lambda made: len(made.cases))
    made_by_id = factory.LazyFunction(lambda: PersonFactory().id)
    made_at = THEN


class SetAssignmentFactory(factory.alchemy.SQLAlchemyModelFactory):
    """`set_id` is given to `person_id`, or to `team_id`."""

    class Meta(_Meta):
        model = SetAssignment

    set_id = factory.LazyFunction(lambda: PracticeSetFactory().id)
    person_id = factory.LazyAttribute(lambda given: None if given.team_id else PersonFactory().id)
    team_id = None
    given_by_id = factory.LazyFunction(lambda: PersonFactory().id)
    given_at = THEN
    withdrawn_at = None


class ConceptMemoryFactory(factory.alchemy.SQLAlchemyModelFactory):
    """One right answer to a case of a concept."""

    class Meta(_Meta):
        model = ConceptMemory

    person_id = factory.LazyFunction(lambda: PersonFactory().id)
    concept = "PRO-03.a"
    stability = 2.3065
    difficulty = 2.1181
    last_reviewed_at = THEN
    due_at = THEN + timedelta(days=2)
    answer_number = 1
    weakness = 0.35
    count = 1
    right = 1
    repeat_count = 0
    borderline_count = 0
    is_failed = False
    confused_with = None
    last_case_id = factory.LazyFunction(lambda: CaseFactory().id)


class AreaMasteryFactory(factory.alchemy.SQLAlchemyModelFactory):
    """Twenty first answers on four days, eighteen of them right and none forgotten."""

    class Meta(_Meta):
        model = AreaMastery

    person_id = factory.LazyFunction(lambda: PersonFactory().id)
    area = "PRO"
    right_weight = 19.0
    wrong_weight = 3.0
    count = 20
    day_count = 4
    last_answered_at = THEN

"""Taking one answer to each serving, or none."""

from datetime import datetime

from training.actors import Actor, ActorKind
from training.certification.services import follow_studies
from training.courses.services import note_practice
from training.db import db
from training.errors import Refusal
from training.judgements.models import Judgement
from training.judgements.rules import CaseAnswer, Source
from training.judgements.services import Occasion, record_judgement
from training.practice import queries
from training.practice.models import Serving
from training.practice.rules import PracticeRefusal, occasion_of
from training.practice.services.checks import go_on_with_check
from training.practice.services.remembering import remember
from training.practice.services.sessions import expose
from training.practice.services.sets import end_whole_set


def answer_serving(serving: Serving, answer: CaseAnswer, *, now: datetime) -> Judgement:
    """Take this answer. The first answer to a serving stands: a second click, or a second tab, gets the first back.

    Raises Refusal where the case was skipped.
    """
    queries.hold_practice_of(serving.person_id)
    queries.locked_serving(serving)
    if (given := queries.judgement_of(serving)) is not None:
        return given
    if serving.skipped_at is not None:
        raise Refusal(PracticeRefusal.ALREADY_SKIPPED)
    judgement = record_judgement(
        answer,
        occasion=Occasion(serving.person_id, Source.PRACTICE, occasion_of(serving.id)),
        case_version_id=serving.case_version_id,
        reference_id=serving.reference_id,
        now=now,
    )
    _shown(serving, now=now)
    serving.answered_at = now
    serving.judgement_id = judgement.id
    db.session.flush()
    remember(serving, judgement)
    if judgement.is_first_exposure and note_practice(serving.person_id, area=judgement.area, now=now):
        follow_studies(serving.person_id, by=Actor(ActorKind.PERSON, serving.person_id), now=now)
    session = serving.session
    go_on_with_check(session, serving, now=now)
    end_whole_set(session, now=now)
    return judgement


def skip_serving(serving: Serving, *, now: datetime) -> None:
    """Leave this case unanswered, at no cost. What is already answered or skipped stays so; a check is answered whole."""
    queries.hold_practice_of(serving.person_id)
    queries.locked_serving(serving)
    session = serving.session
    if session.check_version_id is not None:
        raise Refusal(PracticeRefusal.CHECKS_ARE_NOT_SKIPPED)
    if serving.answered_at is None and serving.skipped_at is None:
        _shown(serving, now=now)
        serving.skipped_at = now
        db.session.flush()
        end_whole_set(session, now=now)


def _shown(serving: Serving, *, now: datetime) -> None:
    """What was laid ready and is decided without having been asked for was shown all the same."""
    if serving.is_ahead:
        serving.is_ahead = False
        expose(serving, now=now)

"""What this room does: it puts cases before people, takes one answer to each, and tells courses what was reached."""

import json
from collections.abc import Collection
from datetime import datetime
from hashlib import sha256

from training.accounts.queries import state_of
from training.actors import Actor
from training.audit.services import record
from training.cases.queries import PracticeCase, is_severe_family, practice_case, practice_cases_by_slugs
from training.courses.services import note_practice, record_check_pass
from training.db import db
from training.errors import Refusal
from training.judgements.models import Judgement
from training.judgements.queries import has_answered
from training.judgements.rules import CaseAnswer, Source
from training.judgements.services import Occasion, record_judgement
from training.practice import queries
from training.practice.documents import CheckDocument
from training.practice.models import Check, CheckVersion, PracticePreference, PracticeSession, Serving
from training.practice.rules import SESSION_IDLE, PracticeRefusal, areas_of_scope, choose, scope_name


def publish_check(document: CheckDocument, *, now: datetime, by: Actor) -> bool:
    """Make this practice set what the document says; whether that changed anything.

    Raises Refusal where it names a case that the practice pool does not hold.
    """
    cases = practice_cases_by_slugs(document.cases)
    for slug in document.cases:
        if slug not in cases:
            raise Refusal(PracticeRefusal.CHECK_CASE_MISSING, check=document.id, case=slug)
    digest = sha256(json.dumps(document.model_dump(mode="json"), sort_keys=True).encode()).hexdigest()
    check = queries.check_by_slug(document.id) or Check(slug=document.id)
    newest = queries.check_version(check.current_version_id) if check.current_version_id else None
    if newest is not None and newest.content_hash == digest:
        return False
    db.session.add(check)
    db.session.flush()
    version = CheckVersion(
        check_id=check.id,
        number=newest.number + 1 if newest else 1,
        title=document.title,
        case_ids=[cases[slug].case_id for slug in document.cases],
        pass_count=document.pass_count,
        content_hash=digest,
        published_at=now,
    )
    db.session.add(version)
    db.session.flush()
    check.current_version_id = version.id
    record("check.published", by=by, subject=("check", check.slug), now=now, detail={"number": version.number})
    return True


def next_case(person_id: int, *, now: datetime, areas: Collection[str] = ()) -> Serving:
    """The case that this person practises now: the one that waits for an answer, else the next one, served now.

    Never a case of the exam pool. Raises Refusal where the practice pool holds nothing in these areas and the
    person's languages.
    """
    queries.hold_practice_of(person_id)
    scope = scope_name(areas)
    session = _continued_session(person_id, scope, now=now)
    if (waiting := queries.open_serving(session)) is not None:
        return waiting
    languages = state_of(person_id, at=now).languages
    candidates = queries.candidates(areas=areas_of_scope(scope), languages=languages)
    choice = choose(list(candidates), queries.history_of(person_id))
    if choice is None:
        raise Refusal(PracticeRefusal.NOTHING_TO_PRACTISE)
    by_id = {case.case_id: case for case in candidates.values()}
    return _serve(session, by_id[choice.case_id], now=now)


def serve_near_miss(serving: Serving, *, now: datetime) -> Serving:
    """Put the look-alike of this serving's case, decided the other way, before the same person."""
    case = queries.near_miss_of(serving.case_id)
    if case is None:
        raise Refusal(PracticeRefusal.NO_NEAR_MISS)
    queries.hold_practice_of(serving.person_id)
    session = _continued_session(serving.person_id, scope_name(near_miss=case.slug), now=now)
    return queries.open_serving(session) or _serve(session, case, now=now)


def start_check(person_id: int, slug: str, *, now: datetime) -> Serving:
    """Begin a run of this check, or go on with the one that is open. Raises NotFound for an unknown check."""
    queries.hold_practice_of(person_id)
    _check, version = queries.known_check(slug)
    scope = scope_name(check=slug)
    session = queries.open_session(person_id, scope)
    if session is not None and session.check_version_id != version.id:
        end_session(session, now=now)
        session = None
    session = session or _new_session(person_id, scope, now=now, check_version_id=version.id)
    return queries.open_serving(session) or _serve_next_of_check(session, now=now)


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
        occasion=Occasion(serving.person_id, Source.PRACTICE, f"serving:{serving.id}"),
        case_version_id=serving.case_version_id,
        reference_id=serving.reference_id,
        now=now,
    )
    serving.answered_at = now
    serving.judgement_id = judgement.id
    db.session.flush()
    if judgement.is_first_exposure:
        note_practice(serving.person_id, area=judgement.area, now=now)
    _go_on_with_check(serving, now=now)
    return judgement


def skip_serving(serving: Serving, *, now: datetime) -> None:
    """Leave this case unanswered, at no cost. What is already answered or skipped stays so; a check is answered whole."""
    queries.hold_practice_of(serving.person_id)
    queries.locked_serving(serving)
    if queries.practice_session(serving.session_id).check_version_id is not None:
        raise Refusal(PracticeRefusal.CHECKS_ARE_NOT_SKIPPED)
    if serving.answered_at is None and serving.skipped_at is None:
        serving.skipped_at = now
        db.session.flush()


def end_session(session: PracticeSession, *, now: datetime) -> None:
    """Finish practising. A case that still waits is left unanswered, at no cost."""
    queries.hold_practice_of(session.person_id)
    waiting = queries.open_serving(session)
    if waiting is not None:
        waiting.skipped_at = now
    session.ended_at = session.ended_at or now
    db.session.flush()


def choose_preferences(person_id: int, preference: queries.Preference, *, now: datetime) -> None:
    """Show cases to this person as they want them from now on."""
    queries.hold_practice_of(person_id)
    row = queries.stored_preference(person_id) or PracticePreference(person_id=person_id)
    row.is_blurring = preference.is_blurring
    row.is_greyscale = preference.is_greyscale
    row.is_prompting_breaks = preference.is_prompting_breaks
    row.changed_at = now
    db.session.add(row)
    db.session.flush()


def _continued_session(person_id: int, scope: str, *, now: datetime) -> PracticeSession:
    session = queries.open_session(person_id, scope)
    if session is not None and _last_sign_of_life(session) + SESSION_IDLE < now:
        end_session(session, now=now)
        session = None
    return session or _new_session(person_id, scope, now=now)


def _last_sign_of_life(session: PracticeSession) -> datetime:
    servings = queries.servings_of_session(session)
    moments = [moment for serving in servings[-1:] for moment in (serving.served_at, serving.answered_at, serving.skipped_at) if moment]
    return max(moments, default=session.started_at)


def _new_session(person_id: int, scope: str, *, now: datetime, check_version_id: int | None = None) -> PracticeSession:
    session = PracticeSession(person_id=person_id, scope=scope, check_version_id=check_version_id, started_at=now)
    db.session.add(session)
    db.session.flush()
    return session


def _serve(session: PracticeSession, case: PracticeCase, *, now: datetime) -> Serving:
    serving = Serving(
        session_id=session.id,
        position=queries.last_position(session) + 1,
        person_id=session.person_id,
        case_id=case.case_id,
        case_version_id=case.case_version_id,
        reference_id=case.reference_id,
        is_repeat=has_answered(session.person_id, case.case_id),
        is_severe=is_severe_family(case.family),
        served_at=now,
    )
    db.session.add(serving)
    db.session.flush()
    return serving


def _serve_next_of_check(session: PracticeSession, *, now: datetime) -> Serving:
    version = queries.check_version(session.check_version_id or 0)
    case = practice_case(version.case_ids[queries.last_position(session)])
    if case is None:
        raise Refusal(PracticeRefusal.NOTHING_TO_PRACTISE)
    return _serve(session, case, now=now)


def _go_on_with_check(serving: Serving, *, now: datetime) -> None:
    """After an answer in a check: end the run with its last case, and tell courses where it was passed."""
    session = queries.practice_session(serving.session_id)
    if session.check_version_id is None:
        return
    version = queries.check_version(session.check_version_id)
    if serving.position < len(version.case_ids):
        return
    session.ended_at = now
    db.session.flush()
    if sum(answered.judgement.is_strict for answered in queries.answered_in(session)) >= version.pass_count:
        record_check_pass(session.person_id, queries.check_of_version(version).slug, now=now)

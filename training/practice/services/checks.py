"""Checks: publishing them, and going through one case after the other."""

import json
from datetime import datetime
from hashlib import sha256

from training.actors import Actor, ActorKind
from training.audit.services import record
from training.cases.queries import practice_case, practice_cases_by_slugs
from training.certification.services import follow_studies
from training.courses.services import record_check_pass
from training.db import db
from training.errors import Refusal
from training.practice import queries
from training.practice.documents import CheckDocument
from training.practice.models import Check, CheckVersion, PracticeSession, Serving
from training.practice.rules import UNLIMITED, Budget, PracticeRefusal, Purpose, PurposeKind
from training.practice.services.sessions import Place, end_session, new_session, place_in, put_before
from training.practice.services.sparing import refuse_where_spared


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


def start_check(person_id: int, slug: str, *, now: datetime, budget: Budget = UNLIMITED) -> Serving:
    """Begin a run of this check, or go on with the one that is open. Raises NotFound for an unknown check."""
    queries.hold_practice_of(person_id)
    _check, version = queries.known_check(slug)
    purpose = Purpose(PurposeKind.CHECK, (slug,))
    session = queries.open_session(person_id, purpose.scope)
    if session is not None and session.check_version_id != version.id:
        end_session(session, now=now)
        session = None
    session = session or new_session(person_id, purpose, now=now, check_version_id=version.id)
    place = place_in(session)
    return place.waiting or _serve_next_of_check(place, version, budget, now=now)


def _serve_next_of_check(place: Place, version: CheckVersion, budget: Budget, *, now: datetime) -> Serving:
    case = practice_case(version.case_ids[place.served_count])
    if case is None:
        raise Refusal(PracticeRefusal.NOTHING_TO_PRACTISE)
    refuse_where_spared(case, place.session.person_id, budget, now=now)
    return put_before(place, case, now=now)


def go_on_with_check(session: PracticeSession, serving: Serving, *, now: datetime) -> None:
    """After an answer in a check: end the run with its last case, and tell courses where it was passed."""
    if session.check_version_id is None:
        return
    version = queries.check_version(session.check_version_id)
    if serving.position < len(version.case_ids):
        return
    session.ended_at = now
    db.session.flush()
    if sum(answered.judgement.is_strict for answered in queries.answered_in(session)) >= version.pass_count:
        record_check_pass(session.person_id, queries.check_of_version(version).slug, now=now)
        follow_studies(session.person_id, by=Actor(ActorKind.PERSON, session.person_id), now=now)

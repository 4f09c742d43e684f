"""Asking for a pack. A job makes it."""

import secrets
from dataclasses import dataclass
from datetime import datetime

from training.accounts.queries import person_by_subject, state_of
from training.accounts.rules import Role
from training.actors import Actor
from training.audit.services import record
from training.db import db
from training.errors import Refusal
from training.insights import queries
from training.insights.models import EvidencePack
from training.insights.rules import Moment, PackRefusal, Scope, ScopeKind

SEE_EVERYBODY = frozenset({Role.AUDITOR, Role.ADMIN})
"""Who may ask about anybody; a lead asks about the people of their own team."""
MOST_WAITING = 5


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody asks for: `subject` is a person's e-mail address or public id, or a queue's name."""

    kind: ScopeKind
    subject: str
    moment: Moment
    has_names: bool
    language: str


def ask_for_pack(wish: Wish, *, by: Actor, now: datetime) -> EvidencePack:
    """Note that a pack is wanted, as who asks may have it; the same asked again while it is being made is that pack.

    Raises Refusal, also for people and queues that do not exist for who asks.
    """
    assert by.id is not None, "only people ask for packs"
    _check_moment(wish.moment, now)
    scope, waiting = _scope(wish, by.id, now), queries.waiting_packs(by.id)
    wanted = (scope, wish.moment, wish.has_names, wish.language)
    same = next((pack for pack in waiting if (pack.about, pack.moment, pack.has_names, pack.language) == wanted), None)
    if same is not None:
        return same
    if len(waiting) >= MOST_WAITING:
        raise Refusal(PackRefusal.TOO_MANY_WAITING, most=MOST_WAITING)
    pack = _new_pack(wish, scope, by.id, now)
    db.session.add(pack)
    db.session.flush()
    detail = {"scope": pack.scope, "at": wish.moment.at, "since": wish.moment.since, "names": pack.has_names, "queue": scope.queue, "person": scope.person_id}
    record("evidence.asked", by=by, subject=("evidence pack", pack.public_id), now=now, detail=detail)
    return pack


def _new_pack(wish: Wish, scope: Scope, asker_id: int, now: datetime) -> EvidencePack:
    return EvidencePack(
        public_id=secrets.token_urlsafe(16),
        scope=scope.kind.value,
        person_id=scope.person_id,
        queue_slug=scope.queue,
        team_id=scope.team_id,
        at=wish.moment.at,
        since=wish.moment.since,
        has_names=wish.has_names,
        language=wish.language,
        asked_by_id=asker_id,
        asked_at=now,
    )


def _check_moment(moment: Moment, now: datetime) -> None:
    if moment.at > now:
        raise Refusal(PackRefusal.IN_THE_FUTURE)
    if moment.since is not None and moment.since >= moment.at:
        raise Refusal(PackRefusal.ENDS_BEFORE_IT_BEGINS)


def _scope(wish: Wish, asker_id: int, now: datetime) -> Scope:
    state = state_of(asker_id, at=now)
    team_id = None if state.roles & SEE_EVERYBODY else state.team_id
    if team_id is None and not state.roles & SEE_EVERYBODY:
        raise Refusal(PackRefusal.NO_TEAM)
    match wish.kind:
        case ScopeKind.PERSON:
            return Scope(ScopeKind.PERSON, person_id=_person(wish.subject, team_id, now), team_id=team_id)
        case ScopeKind.QUEUE:
            if not queries.queue_exists(wish.subject, at=wish.moment.at):
                raise Refusal(PackRefusal.UNKNOWN_QUEUE)
            return Scope(ScopeKind.QUEUE, queue=wish.subject, team_id=team_id)
        case ScopeKind.ORGANISATION:
            return Scope(ScopeKind.ORGANISATION, team_id=team_id)


def _person(subject: str, team_id: int | None, now: datetime) -> int:
    """Whom the asker means. Somebody outside a lead's team does not exist for them."""
    found = person_by_subject(subject)
    if found is None or (team_id is not None and state_of(found.id, at=now).team_id != team_id):
        raise Refusal(PackRefusal.UNKNOWN_PERSON)
    return found.id

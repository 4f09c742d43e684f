"""Carry a published policy change out: ask whoever works by it to learn it, each by their own day."""

import hashlib
from collections.abc import Collection, Mapping
from datetime import datetime
from math import ceil

from training.accounts.queries import person_addresses
from training.actors import Actor, ActorKind
from training.audit.services import record
from training.cases.queries import area_titles, practice_cases_citing
from training.cases.services import hold_cases
from training.certification.rules import Delta, DeltaKind
from training.certification.services import owe_delta
from training.db import db
from training.exams.queries import item_by_slug
from training.exams.services import hold_for_rule
from training.outbox.services import Draft, queue_mails
from training.policy_changes import queries
from training.policy_changes.documents import CHANGE
from training.policy_changes.models import PolicyApproval, PublishedChange
from training.policy_changes.rules.changes import PolicyChange
from training.policy_changes.services.letters import change_letter
from training.practice.documents import CheckDocument
from training.practice.services import publish_check

LONGEST_SLUG = 60
CASES_OF_A_CHECK = 5
RIGHT_SHARE = 0.8
"""Of the cases of a short check so many are to be right, rounded up."""


def carry_out(change: PolicyChange, *, approval: PolicyApproval, rekeyed: Collection[str], site_url: str, now: datetime) -> None:
    """Ask everybody who works by this module to learn what changed in it, and hold what cites another rule and is not `rekeyed` with it.

    Called in the transaction that published the version, after everything else of it is stored. A patch asks nothing of anybody and is not carried out.
    """
    by = Actor(ActorKind.PERSON, approval.approved_by_id)
    _hold(change, rekeyed, author_id=approval.author_id, by=by, now=now)
    due = queries.who_learns(change, now=now)
    published = PublishedChange(module_slug=change.module, version=str(change.new), document=CHANGE.dump_python(change, mode="json"))
    published.check_slug, published.published_at, published.due_at = _publish_short_check(change, by=by, now=now), now, change.due_at(now)
    published.author_id = approval.author_id
    published.exams = [[exam.exam, str(exam.version)] for exam in change.exams]
    db.session.add(published)
    db.session.flush()
    for kind, people in due.items():
        owe_delta(_delta(published, kind), people, now=now)
    _tell(change, due, site_url=site_url, now=now)
    detail = {"version": str(change.new), "clauses": len(change.clauses), "asked": sum(len(people) for people in due.values())}
    record("policy.changed", by=by, subject=("module", change.module), now=now, detail=detail)


def _hold(change: PolicyChange, rekeyed: Collection[str], *, author_id: int, by: Actor, now: datetime) -> None:
    held = [each for each in queries.citing([change], rekeyed=rekeyed) if each.is_held]
    reason = f"A rule that it cites is another since {change.title} {change.new}."
    hold_cases([each.slug for each in held if not each.is_item], reason=reason, by=by, now=now)
    for each in held:
        if each.is_item and (item := item_by_slug(each.slug)) is not None:
            hold_for_rule(item, author_id=author_id, reason=reason, by=by, now=now)


def _delta(published: PublishedChange, kind: DeltaKind) -> Delta:
    change = published.change
    if kind is DeltaKind.READING:
        return Delta(change.module, change.new, (change.area,), kind, check=published.check_slug)
    return Delta(change.module, change.new, (change.area,), kind, exams=tuple((exam.exam, exam.version) for exam in change.exams))


def _tell(change: PolicyChange, asked: Mapping[DeltaKind, Mapping[int, datetime]], *, site_url: str, now: datetime) -> None:
    area = area_titles().get(change.area, change.area)
    for kind, due in asked.items():
        addresses = person_addresses(due)
        letters = {due_at: change_letter(change, kind, due_at, area=area, site_url=site_url) for due_at in set(due.values())}
        told = ((address, letters[due[person_id]]) for person_id, address in sorted(addresses.items()))
        queue_mails((Draft(address, letter.subject, letter.body) for address, letter in told), now=now)


def _publish_short_check(change: PolicyChange, *, by: Actor, now: datetime) -> str | None:
    """A few practice cases that cite what is told better, and nothing whose key the change may have made wrong; no check where there are none."""
    cases = practice_cases_citing(change.touched, leaving_out=change.changed, count=CASES_OF_A_CHECK)
    if not cases:
        return None
    title, slugs = f"What changed in {change.title}, version {change.new}", [case.slug for case in cases]
    document = CheckDocument(id=check_slug(change), title=title[:200], cases=slugs, pass_count=ceil(RIGHT_SHARE * len(slugs)))
    publish_check(document, by=by, now=now)
    return document.id


def check_slug(change: PolicyChange) -> str:
    """The name of the short check of a change: of a module whose name is long, the beginning and a digest of it."""
    slug = f"delta-{str(change.new).replace('.', '-')}-{change.module}"
    return slug if len(slug) <= LONGEST_SLUG else f"{slug[: LONGEST_SLUG - 9]}-{hashlib.sha256(change.module.encode()).hexdigest()[:8]}"

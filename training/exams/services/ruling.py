"""Ruling on a key that was wrong: who would change first, then the ruling, then the grading, its consequences, and the news to everybody affected."""

from datetime import datetime

from training.actors import Actor, ActorKind
from training.audit.services import record
from training.db import db
from training.errors import Refusal
from training.exams.models import ItemRuling, ItemVersion, Regrade
from training.exams.queries.regrading import Scope, changed_runs, graded_attempts, regrade_to_do, ruling_of
from training.exams.queries.rulings import has_met, latest_ruling, references_of, ruling_value, sitting_count
from training.exams.rules.acquaintance import Acquaintance
from training.exams.rules.blueprint import ItemKind
from training.exams.rules.ruling_keys import key_fault
from training.exams.rules.rulings import BEGINS_AFTER, WITH_NEW_KEY, Effect, Ruling, RulingRefusal
from training.exams.rules.runs import RunReason
from training.exams.services.acquainting import note_acquaintance
from training.exams.services.comparing import ask_to_compare_again
from training.exams.services.consequences import RULED, follow_runs
from training.exams.services.foreseeing import DryRun, foresee
from training.exams.services.judging import judge_ruled
from training.exams.services.regrading import CHUNK, Grounds, hold, reading, regraded, write_runs

NEWS_CHUNK = 200
"""Consequences of one transaction: each may award a certificate."""


def try_out(version: ItemVersion, ruling: Ruling, *, by: Actor, now: datetime) -> DryRun:
    """What this ruling would change, without changing anything. Raises Refusal where it could not be made."""
    _refuse_unsound(version, ruling, by)
    return foresee(Scope(item_version_id=version.id), reading(trial={version.id: ruling}), now=now)


def rule(version: ItemVersion, ruling: Ruling, *, reason: str, seen: str, by: Actor, now: datetime) -> ItemRuling:
    """Make a ruling upon the dry run that was `seen`, and queue its regrade. Whoever rules is acquainted with the item from now on.

    The same ruling sent twice, before it is carried out, is one. Raises Refusal where it could not be made, or where the list has changed since.
    """
    standing = latest_ruling(version.id)
    if standing is not None and _is_sent_twice(standing, ruling, reason=reason, by=by, now=now):
        return standing
    if try_out(version, ruling, by=by, now=now).digest != seen:
        raise Refusal(RulingRefusal.LIST_CHANGED)
    assert by.id is not None, "only people rule"
    made = ItemRuling(
        item_version_id=version.id,
        ordinal=standing.ordinal + 1 if standing is not None else 1,
        kind=ruling.kind.value,
        key=dict(ruling.key or {}),
        reference_id=ruling.reference_id,
        reason=reason,
        by_id=by.id,
        ruled_at=now,
    )
    db.session.add(made)
    db.session.flush()
    db.session.add(Regrade(ruling_id=made.id, total_count=sitting_count(version.id)))
    note_acquaintance(by.id, version.item, Acquaintance.OPENED, now=now)
    record(
        "item.ruled",
        by=by,
        subject=("item", version.item.slug),
        now=now,
        detail={"version": version.number, "kind": made.kind, "ruling": made.id, "reason": reason},
    )
    return made


def _is_sent_twice(standing: ItemRuling, ruling: Ruling, *, reason: str, by: Actor, now: datetime) -> bool:
    is_the_same = ruling_value(standing) == ruling and (standing.reason, standing.by_id) == (reason, by.id)
    return is_the_same and now < standing.ruled_at + BEGINS_AFTER


def carry_on(*, site_url: str, now: datetime) -> bool:
    """Do the next chunk of the oldest regrade: grade, then see to the consequences. Says whether there was anything to do; the caller commits."""
    regrade = regrade_to_do()
    if regrade is None:
        return False
    ruling = ruling_of(regrade)
    if now < ruling.ruled_at + BEGINS_AFTER:
        return False
    if regrade.graded_at is None:
        _grade_chunk(regrade, ruling, now=now)
    else:
        _tell_chunk(regrade, ruling, site_url=site_url, now=now)
    db.session.flush()
    return True


def _refuse_unsound(version: ItemVersion, ruling: Ruling, by: Actor) -> None:
    if by.kind is not ActorKind.PERSON or by.id is None or has_met(by.id, version.id):
        raise Refusal(RulingRefusal.AFFECTED)
    if ruling.kind not in WITH_NEW_KEY:
        return
    if version.kind == ItemKind.CASE:
        others = {reference.id for reference in references_of(version)} - {version.reference_id}
        fault = None if ruling.reference_id in others else RulingRefusal.REFERENCE_UNKNOWN
    else:
        fault = key_fault(ItemKind(version.kind), version.document, ruling.key)
    if fault is not None:
        raise Refusal(fault)


def _grade_chunk(regrade: Regrade, ruling: ItemRuling, *, now: datetime) -> None:
    scope, after = Scope(item_version_id=ruling.item_version_id), (regrade.last_person_id, regrade.last_attempt_id)
    attempts = graded_attempts(scope, after=after, limit=CHUNK)
    if not attempts:
        regrade.graded_at = now
        return
    attempts = hold(attempts, scope, after=after)
    read = reading()
    changed = regraded(attempts, scope, read)
    write_runs(changed, Grounds(RunReason.RULED, ruling.by_id, ruling.id), now=now)
    keyed = read.keys.by_version[ruling.item_version_id]
    if keyed.kind is ItemKind.CASE and keyed.ruling is not None:
        judge_ruled(db.session.get_one(ItemVersion, ruling.item_version_id), keyed.ruling, attempts, now=now)
    regrade.last_person_id, regrade.last_attempt_id = attempts[-1].person_id, attempts[-1].attempt_id
    regrade.seen_count += len(attempts)
    regrade.changed_count += len(changed)


def _tell_chunk(regrade: Regrade, ruling: ItemRuling, *, site_url: str, now: datetime) -> None:
    runs = changed_runs(ruling_id=ruling.id, after_id=regrade.last_run_id, limit=NEWS_CHUNK)
    by = Actor(ActorKind.PERSON, ruling.by_id)
    effects = follow_runs(runs, RULED, by=by, site_url=site_url, now=now)
    regrade.gained_count += effects[Effect.GAINED]
    regrade.lost_count += effects[Effect.LOST] + effects[Effect.LOST_MOOT]
    regrade.told_count += len(runs)
    if runs:
        regrade.last_run_id = runs[-1].run_id
        return
    regrade.finished_at = now
    ask_to_compare_again(ruling, now=now)
    detail = {"changed": regrade.changed_count, "gained": regrade.gained_count, "lost": regrade.lost_count}
    record("regrade.run", by=by, subject=("ruling", ruling.id), now=now, detail=detail)

"""Ruling on a key that was wrong: who would change first, then the ruling, then the grading, its consequences, and the news to everybody affected."""

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from training.actors import Actor, ActorKind
from training.audit.services import record
from training.certification import queries as certification
from training.certification.services import ExamPassed, consider, flag_retest, lift_retest
from training.db import db
from training.errors import Refusal
from training.exams.models import ItemRuling, ItemVersion, Regrade
from training.exams.queries.regrading import ChangedRun, Scope, changed_runs, graded_attempts, names_of, regrade_to_do, ruling_of
from training.exams.queries.rulings import has_met, next_ruling_ordinal, references_of, sitting_count
from training.exams.rules.acquaintance import Acquaintance
from training.exams.rules.blueprint import ItemKind
from training.exams.rules.ruling_keys import key_fault
from training.exams.rules.rulings import BEGINS_AFTER, WITH_NEW_KEY, Effect, Ruling, RulingRefusal, effect_of
from training.exams.services.bank import note_acquaintance
from training.exams.services.letters import regraded_letter
from training.exams.services.regrading import CHUNK, Regraded, hold, reading, regraded, regraded_in, write_runs
from training.outbox.services import queue_mail

NEWS_CHUNK = 200
"""Consequences of one transaction: each may award a certificate."""


@dataclass(frozen=True, slots=True)
class Change:
    """What a ruling would do to one attempt."""

    person_id: int
    person_public_id: str
    name: str
    attempt: str
    exam_title: str
    share_before: float
    share_after: float
    was_passed: bool
    is_passed: bool
    effect: Effect


@dataclass(frozen=True, slots=True)
class DryRun:
    """Everybody whose result or certificate a ruling would change, those first whose pass is at stake."""

    seen_count: int
    changes: tuple[Change, ...]

    def count(self, effect: Effect) -> int:
        """How many it does this to."""
        return sum(change.effect is effect for change in self.changes)

    @property
    def digest(self) -> str:
        """The same for two lists that say the same: a ruling is made upon the list that somebody has seen."""
        told = json.dumps([asdict(change) for change in self.changes], sort_keys=True)
        return hashlib.sha256(told.encode()).hexdigest()


def try_out(version: ItemVersion, ruling: Ruling, *, by: Actor, now: datetime) -> DryRun:
    """What this ruling would change, without changing anything. Raises Refusal where it could not be made."""
    _refuse_unsound(version, ruling, by)
    scope, read = Scope(item_version_id=version.id), reading(trial={version.id: ruling})
    seen, changes = 0, list[Change]()
    for count, changed in regraded_in(scope, read):
        seen += count
        titles = {each.attempt.exam_version_id: read.exam(each.attempt.exam_version_id).document.title for each in changed}
        changes += _changes(changed, titles, now=now)
    order = list(Effect)
    return DryRun(seen, tuple(sorted(changes, key=lambda change: (order.index(change.effect), change.name, change.attempt))))


def rule(version: ItemVersion, ruling: Ruling, *, reason: str, seen: str, by: Actor, now: datetime) -> ItemRuling:
    """Make a ruling upon the dry run that was `seen`, and queue its regrade. Whoever rules is acquainted with the item from now on.

    Raises Refusal where it could not be made, or where the list has changed since.
    """
    if try_out(version, ruling, by=by, now=now).digest != seen:
        raise Refusal(RulingRefusal.LIST_CHANGED)
    assert by.id is not None, "only people rule"
    made = ItemRuling(
        item_version_id=version.id,
        ordinal=next_ruling_ordinal(version.id),
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


def _changes(changed: Sequence[Regraded], titles: dict[int, str], *, now: datetime) -> Iterable[Change]:
    names = names_of({each.attempt.person_id for each in changed})
    lost = [each.attempt for each in changed if each.attempt.is_passed and not each.is_passed]
    rested = certification.rested_on([(attempt.person_id, attempt.public_id) for attempt in lost], now=now)
    for each in changed:
        attempt = each.attempt
        name, person_public_id = names[attempt.person_id]
        yield Change(
            person_id=attempt.person_id,
            person_public_id=person_public_id,
            name=name,
            attempt=attempt.public_id,
            exam_title=titles[attempt.exam_version_id],
            share_before=attempt.earned_weight / attempt.total_weight if attempt.total_weight else 0.0,
            share_after=each.result.share,
            was_passed=attempt.is_passed,
            is_passed=each.is_passed,
            effect=effect_of(was_passed=attempt.is_passed, is_passed=each.is_passed, is_rested_on=attempt.public_id in rested),
        )


def _grade_chunk(regrade: Regrade, ruling: ItemRuling, *, now: datetime) -> None:
    scope, after = Scope(item_version_id=ruling.item_version_id), (regrade.last_person_id, regrade.last_attempt_id)
    attempts = graded_attempts(scope, after=after, limit=CHUNK)
    if not attempts:
        regrade.graded_at = now
        return
    attempts = hold(attempts, scope, after=after)
    changed = regraded(attempts, scope, reading())
    write_runs(changed, ruling=ruling, now=now)
    regrade.last_person_id, regrade.last_attempt_id = attempts[-1].person_id, attempts[-1].attempt_id
    regrade.seen_count += len(attempts)
    regrade.changed_count += len(changed)


def _tell_chunk(regrade: Regrade, ruling: ItemRuling, *, site_url: str, now: datetime) -> None:
    by = Actor(ActorKind.PERSON, ruling.by_id)
    runs = changed_runs(ruling.id, after_id=regrade.last_run_id, limit=NEWS_CHUNK)
    for run in runs:
        effect = _follow(run, by=by, now=now)
        regrade.gained_count += effect is Effect.GAINED
        regrade.lost_count += effect in (Effect.LOST, Effect.LOST_MOOT)
        letter = regraded_letter(run, effect, site_url=site_url)
        queue_mail(to=run.email, subject=letter.subject, body=letter.body, now=now)
        detail = {"ruling": ruling.id, "run": run.ordinal, "effect": effect.value}
        record("attempt.regraded", by=by, subject=("attempt", run.public_id), now=now, detail=detail)
    regrade.told_count += len(runs)
    if runs:
        regrade.last_run_id = runs[-1].run_id
    else:
        regrade.finished_at = now
        detail = {"changed": regrade.changed_count, "gained": regrade.gained_count, "lost": regrade.lost_count}
        record("regrade.run", by=by, subject=("ruling", ruling.id), now=now, detail=detail)


TAKEN_BACK = "A ruling about the key of a question changed this result."


def _follow(run: ChangedRun, *, by: Actor, now: datetime) -> Effect:
    """Grant what was gained; ask for a re-test where something rests on what was lost."""
    if run.is_passed == run.was_passed:
        return Effect.FIGURES
    held = certification.certification_by_slug(run.certification_slug)
    exam = ExamPassed(run.exam_slug, run.public_id, run.finished_at)
    if run.is_passed:
        lift_retest(run.person_id, held, run.public_id, reason="A later ruling gave the pass back.", by=by, now=now)
        consider(run.person_id, held, exam=exam, by=by, now=now)
        return Effect.GAINED
    return Effect.LOST if flag_retest(run.person_id, held, exam, reason=TAKEN_BACK, by=by, now=now) else Effect.LOST_MOOT

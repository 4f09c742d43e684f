"""What follows when a score was changed: gained passes are granted, lost ones lead to a re-test, and everybody affected is told."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from training.actors import Actor
from training.audit.services import record
from training.certification import queries as certification
from training.certification.queries import PublishedCertification
from training.certification.services import ExamPassed, consider, flag_retest, lift_retest, reopen_delta
from training.exams import queries
from training.exams.queries.regrading import ChangedRun
from training.exams.rules.delivery import AttemptMode
from training.exams.rules.rulings import Effect, effect_of
from training.exams.services.letters import Letter, appealed_letter, regraded_letter
from training.outbox.services import queue_mail


@dataclass(frozen=True, slots=True)
class Cause:
    """Why scores were changed: what a lost pass is said to be lost by, or given back by, and what whoever it concerns is told."""

    taken_back: str
    given_back: str
    letter: Callable[[ChangedRun, Effect, str], Letter]


RULED = Cause("A ruling about the key of a question changed this result.", "A later ruling gave the pass back.", regraded_letter)
APPEALED = Cause(
    "Another mark of a written reply, upon an appeal, changed this result.",
    "Another mark of a written reply, upon an appeal, gave the pass back.",
    appealed_letter,
)


def follow_runs(runs: Sequence[ChangedRun], cause: Cause, *, by: Actor, site_url: str, now: datetime) -> Counter[Effect]:
    """See to what follows from these runs; how many there were of each effect."""
    lost = [(run.person_id, run.public_id) for run in runs if run.was_passed and not run.is_passed]
    rested = certification.rested_on(lost, now=now)
    held = {slug: certification.certification_by_slug(slug) for slug in {run.certification_slug for run in runs if run.was_passed != run.is_passed}}
    effects = Counter[Effect]()
    for run in runs:
        effect = effect_of(was_passed=run.was_passed, is_passed=run.is_passed, is_rested_on=run.public_id in rested)
        _follow(run, effect, cause, held, by=by, now=now)
        effects[effect] += 1
        letter = cause.letter(run, effect, site_url)
        queue_mail(to=run.email, subject=letter.subject, body=letter.body, now=now)
        record("attempt.regraded", by=by, subject=("attempt", run.public_id), now=now, detail={"run": run.ordinal, "effect": effect.value})
    return effects


def _follow(run: ChangedRun, effect: Effect, cause: Cause, held: Mapping[str, PublishedCertification], *, by: Actor, now: datetime) -> None:
    """Grant what was gained, with the claim that a pass at once would have carried; ask for a re-test where something rests on what was lost.

    A delta that is lost is open again, and asked for again where it was; no certificate rests on it.
    """
    if effect is Effect.GAINED:
        lift_retest(run.person_id, held[run.certification_slug], run.public_id, reason=cause.given_back, by=by, now=now)
        consider(run.person_id, held[run.certification_slug], exam=_passed(run), by=by, now=now)
    elif run.is_delta and run.was_passed and not run.is_passed:
        reopen_delta(run.person_id, run.public_id, by=by, now=now)
    elif effect is Effect.LOST:
        flag_retest(run.person_id, held[run.certification_slug], _passed(run), reason=cause.taken_back, by=by, now=now)


def _passed(run: ChangedRun) -> ExamPassed:
    """The exam as the certification hears of it: with the claim, and what was sat."""
    sat = queries.exam_of_version(run.exam_version_id)
    form = {"exam_version": sat.number, "items": queries.item_versions_of(run.attempt_id)}
    return ExamPassed(run.exam_slug, run.public_id, run.finished_at, queries.claim_of(AttemptMode(run.mode), sat), form, sat.document.number)

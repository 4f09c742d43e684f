"""How long grading anew takes over stored answers, item analysis over a million of them, and the pages that show it, on PostgreSQL.

One ruling over 1,000,000 stored answers: every attempt whose form holds the item is marked anew and gets a new run. Then 10,000 whole attempts of 60 items:
the list of who would change, and everything graded anew, with certificates considered, re-tests asked for and mails queued. Runs before stay.
"""

import argparse
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from time import perf_counter

from sqlalchemy import func, select
from support.analysis_load import measure_analysis, stored_answers
from support.analysis_pages import measure_pages
from support.databases import application, postgresql_database
from support.figures import last_line, table
from support.graded import graded_attempts

from training import clock
from training.accounts.services import create_person
from training.actors import SYSTEM, Actor, ActorKind
from training.certification.documents import CertificationDocument
from training.certification.services import publish_certification
from training.db import db
from training.exams.models import ItemRuling, ItemVersion, Regrade, ScoreRun
from training.exams.queries import exam_of_version
from training.exams.rules.rulings import BEGINS_AFTER, Ruling, RulingKind
from training.exams.rules.what_if import Supposition
from training.exams.services import carry_on, rule, try_out
from training.exams.services.rules_changed import regrade_exam, try_out_exam
from training.exams.services.what_if import what_if

SITE = "https://bench.example.org"
RULED_ITEM = 7
BENCH_ITEMS = 600
"""In the bank of the analysis."""
WRONG_KEYS = range(20, 32)
"""Items whose key is ruled wrong before the second exam is graded anew: one in twenty, so that nearly every form holds some."""


@dataclass(slots=True)
class Taken:
    """What was measured."""

    rows: list[list[str]]

    @contextmanager
    def measured(self, what: str) -> Iterator[list[float]]:
        """Seconds of what happens inside, as a line of the table."""
        seconds: list[float] = []
        begun = perf_counter()
        yield seconds
        seconds.append(perf_counter() - begun)
        self.rows.append([what, f"{seconds[0]:.2f}"])


def run_count() -> int:
    """How many score runs there are."""
    return db.session.scalar(select(func.count()).select_from(ScoreRun)) or 0


def regrade_item(taken: Taken) -> float:
    """Rule on one item; the seconds from the first attempt looked at to the last new run committed."""
    now = clock.now()
    version = db.session.get_one(ItemVersion, RULED_ITEM)
    trainer = create_person(email="trainer@example.org", name="Trainer", facts={}, by=SYSTEM, now=now)
    db.session.commit()
    by, ruling = Actor(ActorKind.PERSON, trainer.id), Ruling(RulingKind.NEW_KEY, {"correct": ["b"]})
    with taken.measured("one item: who would change"):
        found = try_out(version, ruling, by=by, now=now)
    made = rule(version, ruling, reason="The bench found the key wrong.", seen=found.digest, by=by, now=now)
    db.session.commit()
    regrade, before = db.session.get_one(Regrade, made.id), run_count()
    with taken.measured(f"one item: {found.seen_count:,} attempts graded anew") as seconds:
        while regrade.graded_at is None:
            carry_on(site_url=SITE, now=now + BEGINS_AFTER)
            db.session.commit()
    assert run_count() - before == len(found.changes) == regrade.changed_count, "every change is a new run, and no run before is gone"
    with taken.measured(f"one item: {regrade.changed_count:,} people told, passes granted, re-tests asked for"):
        while carry_on(site_url=SITE, now=now + BEGINS_AFTER):
            db.session.commit()
    return seconds[0]


def regrade_all(taken: Taken) -> float:
    """Grade the whole second exam anew after a dozen keys were ruled wrong; the seconds of the list and of the grading with all that follows."""
    now = clock.now()
    for version_id in WRONG_KEYS:
        ruling = ItemRuling(item_version_id=version_id, ordinal=1, kind="new_key", key={"correct": ["b"]}, reason="Wrong.", by_id=1, ruled_at=now)
        db.session.add(ruling)
        db.session.flush()
        db.session.add(Regrade(ruling_id=ruling.id, total_count=0, graded_at=now, finished_at=now))
    db.session.commit()
    before = run_count()
    with taken.measured("whole attempts: who would change") as listing:
        found = try_out_exam(2, now=now)
    with taken.measured(f"whole attempts: {found.seen_count:,} graded anew, everybody told") as grading:
        for _ in regrade_exam(2, by=SYSTEM, site_url=SITE, now=now):
            db.session.commit()
    assert run_count() - before == len(found.changes)
    return listing[0] + grading[0]


def suppose(taken: Taken) -> float:
    """What if the first exam asked for 88 %, and what if one item counted for nobody as well; the seconds of the longer."""
    exam = exam_of_version(1)
    longest = 0.0
    for words, supposition in (
        ("another cut", Supposition(cut_percent=88)),
        ("an item for nobody, and another cut", Supposition((RULED_ITEM,), cut_percent=88)),
    ):
        begun = perf_counter()
        found = what_if(exam, supposition)
        longest = max(longest, perf_counter() - begun)
        said = f"what if, {words}: {found.looked_at:,} of {found.counts.final:,} attempts could change, {len(found.moved):,} would"
        taken.rows.append([said, f"{perf_counter() - begun:.2f}"])
    return longest


def measure_regrades(answer_count: int, attempt_count: int, taken: Taken) -> tuple[float, float, float]:
    """Seconds of a supposition, of one item and of whole attempts, on a database of their own."""
    with postgresql_database() as database:
        database.fill(graded_attempts(answer_count, second_exam_count=attempt_count))
        _restart_ids(database.url)
        with application(database.url).app_context():
            for slug, exam in (("bench-certification", "bench-exam"), ("bench-second-certification", "bench-second")):
                document = CertificationDocument.model_validate({"id": slug, "title": slug, "summary": "A bench's.", "needs": {"exam": exam}})
                publish_certification(document, by=SYSTEM, now=clock.now())
            db.session.commit()
            found = suppose(taken), regrade_item(taken), regrade_all(taken)
            db.session.remove()
            db.engine.dispose()
    return found


def _restart_ids(url: str) -> None:
    """Let new rows be numbered behind those that were put in with their numbers."""
    import psycopg  # noqa: PLC0415

    with psycopg.connect(url, autocommit=True) as connection:
        for name in ("people", "score_runs", "attempts"):
            connection.execute(f"SELECT setval(pg_get_serial_sequence('{name}', 'id'), (SELECT max(id) FROM {name}))")


def main() -> None:
    """Measure, show, and say it in one line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", action="store_true", help="measure the analysis and its pages alone")
    parser.add_argument("--answers", type=int, default=1_000_000, help="how many answers are stored")
    parser.add_argument("--attempts", type=int, default=10_000, help="how many whole attempts are graded anew")
    arguments = parser.parse_args()
    taken, regraded = Taken([]), dict[str, float]()
    if not arguments.pages:
        supposed, item, everything = measure_regrades(arguments.answers, arguments.attempts, taken)
        regraded = {"what_if_s": round(supposed, 2), "regrade_item_s": round(item, 2), "regrade_all_s": round(everything, 2)}
    with postgresql_database() as database:
        database.fill(stored_answers(arguments.answers, item_count=BENCH_ITEMS))
        analysis, peak = measure_analysis(database.url)
        _restart_ids(database.url)
        pages = measure_pages(database.url, item_count=BENCH_ITEMS)
    taken.rows.append([f"item analysis over {arguments.answers:,} answers", f"{analysis:.2f}"])
    print(table(("what", "seconds"), taken.rows))
    print(table(("page", "median ms", "p95 ms", "times the first"), pages.rows()))
    told = {"item_page_p95_ms": pages.p95("an item"), "exam_page_p95_ms": pages.p95("an exam")}
    print(last_line("grading", **regraded, analysis_1m_s=round(analysis, 2), analysis_peak_mb=round(peak), **told))


if __name__ == "__main__":
    main()

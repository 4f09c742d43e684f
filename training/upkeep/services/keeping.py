"""Following the rules of retention, in batches that no other work waits long for."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from training.actors import SYSTEM
from training.audit.services import record
from training.db import db, forgetting
from training.errors import Refusal
from training.upkeep import queries
from training.upkeep.documents import Keeping, Rules, TableRule, WrongRules, faults_against, read_rules
from training.upkeep.models import RetentionRun
from training.upkeep.rules import UpkeepRefusal

BATCH = 2000
"""Rows in one transaction: a few tenths of a second."""


@dataclass(frozen=True, slots=True)
class TableReport:
    """One table's rule, and how many rows are due by it."""

    table: str
    rule: TableRule
    due_count: int


def rules_in_force(file: Path | None) -> Rules:
    """The rules of this file, or of the one that is shipped. Raises Refusal where they cannot be followed, or a table has none: it would be left out."""
    try:
        rules = read_rules(file)
    except WrongRules as error:
        raise Refusal(UpkeepRefusal.RULES_WRONG, faults=str(error)) from error
    if faults := faults_against(rules, queries.columns_by_table()):
        raise Refusal(UpkeepRefusal.RULES_WRONG, faults="\n".join(faults))
    return rules


def report(rules: Rules, *, now: datetime) -> list[TableReport]:
    """Every table in the order of the file."""
    return [TableReport(name, rule, queries.due_count(name, rule.keep, now=now) if isinstance(rule.keep, Keeping) else 0) for name, rule in rules.items()]


def keep_rules(rules: Rules, *, now: datetime, limit: int = BATCH) -> Mapping[str, int]:
    """Delete or empty what is due, so many rows at most; how many of which table. Called again until it does nothing."""
    done: Counter[str] = Counter()
    kept = {name: rule.keep for name, rule in rules.items() if isinstance(rule.keep, Keeping)}
    with forgetting(queries.tables_of(kept)):
        for name, keeping in kept.items():
            if (left := limit - done.total()) > 0:
                done[name] = queries.clear_due(name, keeping, now=now, limit=left)
    return +done


def keep_rules_of_night(rules: Rules, *, day: date, now: datetime, limit: int = BATCH) -> bool:
    """One batch of a day's work; whether something may be left. When nothing is, the audit says how many rows of which table there were."""
    run = queries.run_of(day)
    if run is None:
        run = RetentionRun(day=day, began_at=now, counts={})
        db.session.add(run)
    if run.finished_at is not None:
        return False
    done = keep_rules(rules, now=now, limit=limit)
    run.counts = dict(Counter(run.counts) + Counter(done))
    if sum(done.values()) == limit:
        return True
    run.finished_at = now
    record("retention.kept", by=SYSTEM, subject=("day", day.isoformat()), now=now, detail={"rows": run.counts})
    return False

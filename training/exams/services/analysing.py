"""Computing the figures of all items and exams anew. Imports numpy: only the job, the bench and the tests import it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from math import factorial

import numpy as np

from training.cases.queries import taxonomy
from training.cases.rules import SEVERITY_WEIGHTS, Action, EscalationTarget, Severity
from training.exams import queries
from training.exams.queries.statistics import (
    AnalysedVersion,
    FirstAttempt,
    analysed_versions,
    analysis_run,
    continued_versions,
    first_attempts,
    group_members,
    newest_run,
    ruled_up_to,
)
from training.exams.rules.analysis.exam_items import exam_items
from training.exams.rules.analysis.exam_reports import Sittings, exam_report
from training.exams.rules.analysis.figures import AnalysedExam, ItemFigures
from training.exams.rules.analysis.group_reports import group_reports
from training.exams.rules.analysis.guessing import guess_of_choice, guess_of_fields
from training.exams.rules.analysis.item_reports import ItemFacts, item_reports
from training.exams.rules.analysis.sheet import Row, Sheet, part_of, renamed, sheet_of
from training.exams.rules.blueprint import ItemKind
from training.judgements.queries import reference_values
from training.judgements.rules import Reference

SETTLING = timedelta(minutes=1)
"""A run may be committed a little after one with a higher number: so long after the newest run the figures are computed once more."""


@dataclass(frozen=True, slots=True)
class Analysis:
    """All figures, and up to which score run they go."""

    last_run_id: int
    items: Mapping[int, ItemFigures]
    exams: Mapping[int, AnalysedExam]


def analyse(*, now: datetime) -> Analysis | None:
    """All figures over what is stored now; nothing where they are up to date already."""
    newest, before = newest_run(), analysis_run()
    if newest is None:
        return None
    run_id, graded_at = newest
    if before is not None and before.last_run_id == run_id and before.computed_at > graded_at + SETTLING:
        return None
    return analysis_of_all(run_id)


def analysis_of_all(last_run_id: int) -> Analysis:
    """All figures over every first attempt."""
    gathered = _Gathered()
    chains = continued_versions()
    sheet = renamed(sheet_of(gathered.row(attempt) for attempt in first_attempts()), chains)
    facts = _facts(sheet, chains)
    people = np.array(gathered.people, dtype=np.int64)
    groups = {group: np.isin(people, list(members)) for group, members in group_members().items()}
    items = item_reports(sheet, facts, group_reports(sheet, groups))
    items |= {version: items[last] for version, last in chains.items() if last in items}
    return Analysis(last_run_id, items, _exams(sheet, gathered, facts))


class _Gathered:
    """What is known of the attempts beside their answers, filled while they are read."""

    def __init__(self) -> None:
        self.versions: list[int] = []
        self.people: list[int] = []
        self.passed: list[bool] = []
        self.timed_out: list[bool] = []
        self.final: list[bool] = []

    def row(self, attempt: FirstAttempt) -> Row:
        """The answers of this attempt, once the rest of it is noted."""
        self.versions.append(attempt.exam_version_id)
        self.people.append(attempt.person_id)
        self.passed.append(attempt.is_passed)
        self.timed_out.append(attempt.is_timed_out)
        self.final.append(attempt.is_final)
        return Row(attempt.items, attempt.marks, attempt.codes, attempt.seconds, attempt.credits)


def _exams(sheet: Sheet, gathered: _Gathered, facts: Mapping[int, ItemFacts]) -> dict[int, AnalysedExam]:
    """The figures of each version of an exam, over the attempts of which nothing waits for a marker: of the others nobody knows whether they pass."""
    versions, final = np.array(gathered.versions, dtype=np.int64), np.array(gathered.final, dtype=bool)
    passed, timed_out = np.array(gathered.passed, dtype=bool), np.array(gathered.timed_out, dtype=bool)
    found = {}
    for version in np.unique(versions).tolist():
        is_own = versions == version
        chosen = is_own & final
        cut = queries.exam_of_version(version).document.rule.weighted_percent / 100
        part = sheet if chosen.all() else part_of(sheet, chosen)
        report = exam_report(part, Sittings(passed[chosen], timed_out[chosen]), facts, cut)
        found[version] = AnalysedExam(replace(report, waiting_count=int((is_own & ~final).sum())), exam_items(part))
    return found


def _facts(sheet: Sheet, chains: Mapping[int, int]) -> dict[int, ItemFacts]:
    versions = analysed_versions(sheet.version_ids.tolist())
    references = reference_values({version.reference_id for version in versions if version.reference_id is not None})
    label_count, ruled = len(taxonomy().labels), _ruled_up_to(chains)
    return {
        version.id: ItemFacts(
            guess=_guess(version, references.get(version.reference_id or 0), label_count),
            answer_count=_answer_count(version),
            area=version.area,
            weight=SEVERITY_WEIGHTS[Severity(version.severity)],
            is_critical=version.critical_share >= 1,
            ruled_up_to=ruled.get(version.id, 0),
        )
        for version in versions
    }


def _ruled_up_to(chains: Mapping[int, int]) -> dict[int, int]:
    found: dict[int, int] = {}
    for version, count in ruled_up_to().items():
        last = chains.get(version, version)
        found[last] = max(found.get(last, 0), count)
    return found


def _guess(version: AnalysedVersion, reference: Reference | None, label_count: int) -> float:
    """What somebody who guesses earns: nothing where an answer is written freely."""
    kind, option_count = ItemKind(version.kind), _option_count(version)
    if kind in (ItemKind.SINGLE, ItemKind.MULTIPLE):
        return guess_of_choice(kind, option_count)
    if kind is ItemKind.ORDERING:
        return 1 / factorial(option_count)
    if reference is None:
        return 0.0
    fields = {"decision": (len(reference.decisions), len(Action)), "label": (1, max(label_count, 1)), "escalation": (1, len(EscalationTarget) + 1)}
    return guess_of_fields(fields)


def _option_count(version: AnalysedVersion) -> int:
    """How many options there are to choose from, or steps to put in order."""
    return len(version.document.get("options") or version.document.get("steps") or ())


def _answer_count(version: AnalysedVersion) -> int | None:
    """Among how many answers a candidate chooses; nothing where that is open."""
    option_count = _option_count(version)
    match ItemKind(version.kind):
        case ItemKind.SINGLE:
            return option_count
        case ItemKind.MULTIPLE:
            return int(2**option_count - 2)
        case ItemKind.ORDERING:
            return factorial(option_count)
        case _:
            return None

"""Answers to cases of every kind of reference, recorded as the services record them."""

from datetime import UTC, datetime
from itertools import count
from typing import Any

from tests.cases.factories import CaseFactory, TaxonomyLabelFactory
from training.cases.models import Case
from training.judgements.rules import CaseAnswer, Source
from training.judgements.services import GivenAnswer, Occasion

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
REFERENCES: list[dict[str, Any]] = [
    {"decisions": [["REMOVE", "STRIKE"]], "labels": ["PRO-03"]},
    {"decisions": [["APPROVE"]], "labels": ["OUT-00"], "severity": None},
    {"decisions": [["REMOVE"], ["APPROVE"]], "labels": ["PRO-03", "PRO-04"]},
    {"decisions": [["REQUEST_INFO"]], "labels": ["OUT-01"], "severity": "S1"},
    {"decisions": [["ESCALATE"]], "labels": ["SXM-04"], "severity": "S4", "escalate_to": "CSAM", "must_escalate": True},
]
keys = count(1)


def cases_of_every_reference() -> list[Case]:
    """On two surfaces, in two areas and languages."""
    for code in ("PRO-03", "PRO-04", "SXM-04"):
        TaxonomyLabelFactory(code=code)
    places = [("PRO", "listing", "en"), ("PRO", "video", "id"), ("SXM", "listing", "en")]
    return [
        CaseFactory(area=area, surface=surface, language=language, content__reference=reference)
        for area, surface, language in places
        for reference in REFERENCES
    ]


def answered(case: Case, person_id: int, source: Source, answer: CaseAnswer) -> GivenAnswer:
    return GivenAnswer(answer, Occasion(person_id, source, f"serving:{next(keys)}"), case.current_version_id or 0, case.current_reference_id or 0, NOW)

"""Questions to the ledger, amid other people's rows."""

from datetime import UTC, datetime

import pytest
from flask import Flask

from tests.accounts.factories import PersonFactory
from tests.cases.factories import CaseFactory, CaseReferenceFactory, CaseVersionFactory
from tests.judgements.factories import JudgementFactory
from training.cases.rules import Action, Region, Severity, Span
from training.judgements import queries
from training.judgements.rules import Source

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


@pytest.fixture
def me(app: Flask) -> int:
    JudgementFactory.create_batch(3)
    return int(PersonFactory().id)


def test_a_persons_judgements_come_newest_first_page_by_page(me: int) -> None:
    mine = [JudgementFactory(person_id=me) for _ in range(5)]
    first = queries.judgements_of(me, size=3)
    assert [row.id for row in first] == [row.id for row in reversed(mine[2:])]
    assert [row.id for row in queries.judgements_of(me, size=3, before_id=first[-1].id)] == [mine[1].id, mine[0].id]


def test_judgements_are_told_apart_by_where_they_were_given(me: int) -> None:
    exam = JudgementFactory(person_id=me, source="exam", attempt_id=9)
    JudgementFactory(person_id=me)
    assert [row.id for row in queries.judgements_of(me, source=Source.EXAM)] == [exam.id]
    assert [row.id for row in queries.judgements_of_attempt(9)] == [exam.id]


def test_seen_cases_are_those_answered_anywhere(me: int) -> None:
    practised, examined = CaseFactory(), CaseFactory(pool="exam")
    JudgementFactory(person_id=me, case=practised)
    JudgementFactory(person_id=me, case=practised, is_first_exposure=False)
    JudgementFactory(person_id=me, case=examined, source="exam")
    assert queries.has_answered(me, practised.id) and queries.has_answered(me, examined.id)
    assert not queries.has_answered(me, CaseFactory().id)


def test_areas_are_tallied_by_first_answers(me: int) -> None:
    JudgementFactory.create_batch(3, person_id=me)
    JudgementFactory(person_id=me, is_strict=False)
    JudgementFactory(person_id=me, is_first_exposure=False)
    JudgementFactory(person_id=me, case=CaseFactory(area="IPR"), is_first_exposure=False, is_strict=False)
    JudgementFactory(person_id=me, source="exam")
    tallies = queries.area_tallies(me)
    assert tallies == {"PRO": queries.AreaTally("PRO", 4, 3, 1), "IPR": queries.AreaTally("IPR", 0, 0, 1)}
    assert queries.area_tallies(me, source=Source.EXAM)["PRO"].count == 1


def test_a_reference_is_read_as_a_value_with_the_length_of_every_text(app: Flask) -> None:
    case = CaseFactory()
    version = CaseVersionFactory(case_id=case.id, number=2, content={"title": "abcd", "attributes": {"Size": "xl"}})
    row = CaseReferenceFactory(
        case_id=case.id,
        case_version_id=version.id,
        number=2,
        escalate_to="RISK",
        must_escalate=True,
        evidence=[{"field": "title", "start": 1, "end": 3}],
        partial_credits=[{"actions": ["DEMOTE"], "credit": 0.5}],
    )
    value = queries.reference_value(row.id)
    assert value.decisions == (frozenset({Action.REMOVE, Action.STRIKE}), frozenset({Action.REMOVE}))
    assert (value.labels, value.severity, value.escalate_to, value.must_escalate) == (("PRO-03",), Severity.S3, "RISK", True)
    assert (value.evidence, value.extents) == ((Span("title", 1, 3),), {"title": 4, "attributes.Size": 2})
    assert value.credits == {frozenset({Action.DEMOTE}): 0.5}


def test_a_reference_knows_how_far_recording_and_pictures_reach(app: Flask) -> None:
    case = CaseFactory()
    shown = {
        "content": {"title": "abcd"},
        "images": [{"media_id": 1, "alt": "A pot", "width": 80, "height": 60}],
        "recording": {"media_id": 2, "alt": "x", "seconds": 12.5},
    }
    version = CaseVersionFactory(case_id=case.id, number=2, **shown)
    marked = [{"field": "recording", "start": 1, "end": 2.5}, {"field": "images.0", "x": 1, "y": 2, "width": 3, "height": 4}]
    value = queries.reference_value(CaseReferenceFactory(case_id=case.id, case_version_id=version.id, number=2, evidence=marked).id)
    assert value.extents == {"title": 4, "images.0": (80, 60), "recording": 12.5}
    assert value.evidence == (Span("recording", 1, 2.5), Region("images.0", 1, 2, 3, 4))


def test_an_unknown_reference_is_said_to_be_unknown(app: Flask) -> None:
    with pytest.raises(LookupError):
        queries.reference_value(0)

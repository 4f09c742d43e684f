"""What is counted as a whole is what counting answer by answer says."""

from collections import Counter, defaultdict
from datetime import UTC, date, datetime, timedelta
from random import Random

import pytest
from sqlalchemy import select

from tests.accounts.factories import PersonFactory, TeamFactory
from tests.cases.factories import CaseFactory
from tests.certification.factories import CertificationFactory
from tests.courses.factories import ModuleFactory, body, clause
from tests.insights.test_counting import counted_until
from tests.judgements.factories import JudgementFactory
from tests.policy_changes.changing import CHANGED, World
from tests.quality.factories import audit
from training.accounts.rules import FactKind
from training.accounts.services import record_facts
from training.actors import SYSTEM
from training.cases.rules import acts
from training.courses import services as courses
from training.courses.models import Acknowledgement
from training.db import db
from training.insights.models import ChangeCount
from training.insights.queries.decisions import decisions_by_team, decisions_of_people
from training.insights.queries.effects import effects_kept
from training.insights.rules.effects import Phase, Side, phase_of, window_of
from training.insights.rules.enforcement import Basis, Enforced, enforced
from training.insights.rules.pace import is_due, months_until
from training.insights.services.surveying import DECISIONS, EFFECTS, count_as_a_whole
from training.judgements.documents import parse_answer
from training.judgements.models import Judgement
from training.judgements.queries import reference_value
from training.judgements.rules import ErrorKind, Source, error_kind
from training.policy_changes.models import PublishedChange
from training.quality.models import QualityAudit

NOW = datetime(2026, 6, 20, 9, tzinfo=UTC)
MONTHS = [date(2026, month, 1) for month in range(1, 7)]
ANSWERS = (["REMOVE"], ["APPROVE"], ["REROUTE"], ["DEMOTE"], ["APPROVE", "REQUEST_INFO"], [])
BEGUN = datetime(2026, 1, 15, tzinfo=UTC)


def counted(what, now=NOW):
    counted_until(now)
    count_as_a_whole(what, now=now)
    db.session.commit()


def judged(person, case, actions, at, **values):
    """An answer, wrong in whichever way it differs from what the expert prefers."""
    preferred = reference_value(case.current_reference_id).decisions[0]
    is_right = parse_answer({"actions": actions}).actions == preferred
    error = None if is_right else error_kind(parse_answer({"actions": actions}).actions, preferred).value
    return JudgementFactory(person_id=person.id, case=case, answer={"actions": actions}, is_strict=is_right, error=error, given_at=at, **values)


@pytest.fixture
def crew(app):
    """Two teams of three, and answers of every kind to what is to be removed, let be and sent on."""
    teams = [TeamFactory() for _ in range(2)]
    people = [PersonFactory(team=teams[number % 2]) for number in range(6)]
    cases = [CaseFactory(), CaseFactory(is_innocent=True), CaseFactory(content__reference={"decisions": [["REROUTE"]], "labels": ["OUT-02"]})]
    chance = Random(7)
    for number in range(150):
        source = chance.choice([Source.PRACTICE, Source.CALIBRATION, Source.EXAM]).value
        at = BEGUN + timedelta(days=chance.randrange(150))
        judged(chance.choice(people), chance.choice(cases), chance.choice(ANSWERS), at, source=source, is_first_exposure=number % 7 > 0)
    certification = CertificationFactory()
    for number, person in enumerate(people):
        sampling = "targeted" if number == 5 else "random"
        given = ANSWERS[number]
        for begin, expected in enumerate((["REMOVE"], ["APPROVE"], ["REROUTE"])):
            audit(person, certification, [True], begin=begin, sampling=sampling, expected_decisions=[expected], given_decision=given)
    audit(people[0], certification, [False], begin=3, technical=True)
    return teams, people


def one_by_one(people):
    """The same sums, of each person's judgements in turn."""
    found = defaultdict(Enforced)
    team_of = {person.id: number % 2 for number, person in enumerate(people)}
    for row in db.session.scalars(select(Judgement).where(Judgement.is_first_exposure)):
        reference = reference_value(row.reference_id)
        found[Basis(row.source), team_of[row.person_id]] += enforced(
            reference_acts=acts(reference.decisions[0]),
            answer_acts=acts(parse_answer(row.answer).actions),
            is_right=row.is_strict,
            error=ErrorKind(row.error) if row.error else None,
        )
    return found


def test_what_teams_decided_is_what_counting_one_by_one_says(crew):
    teams, people = crew
    counted(DECISIONS)

    expected = one_by_one(people)
    for basis in (Basis.PRACTICE, Basis.CALIBRATION, Basis.EXAM):
        kept = {each.team_id: each.enforced for each in decisions_by_team(basis, MONTHS, among=None)}
        assert kept == {team.id: expected[basis, number] for number, team in enumerate(teams)}


def test_months_add_up_and_each_holds_its_own(crew):
    teams, _people = crew
    counted(DECISIONS)

    for team in teams:
        parts = [each.enforced for month in MONTHS for each in decisions_by_team(Basis.PRACTICE, [month], among=None) if each.team_id == team.id]
        (whole,) = [each.enforced for each in decisions_by_team(Basis.PRACTICE, MONTHS, among=None) if each.team_id == team.id]
        assert sum(parts, Enforced()) == whole
    assert decisions_by_team(Basis.PRACTICE, [date(2025, 12, 1)], among=None) == []


def test_only_chance_says_how_often_teams_err_in_live_work(crew):
    teams, people = crew
    counted(DECISIONS)

    expected = defaultdict(Enforced)
    for row in db.session.scalars(select(QualityAudit).where(QualityAudit.sampling == "random")):
        is_right = row.error in (None, "technical")
        expected[next(number for number, person in enumerate(people) if person.id == row.person_id) % 2] += enforced(
            reference_acts=acts(row.expected_decisions[0]),
            answer_acts=acts(row.given_decision),
            is_right=is_right,
            error=None if is_right else ErrorKind(row.error),
        )
    kept = {each.team_id: (each.enforced, each.people) for each in decisions_by_team(Basis.AUDIT, MONTHS, among=None)}
    assert kept == {teams[0].id: (expected[0], 3), teams[1].id: (expected[1], 2)}
    assert sum(each.count for each in expected.values()) == 16


def test_a_persons_decisions_add_up_to_their_teams(crew):
    teams, people = crew
    counted(DECISIONS)

    for basis in (Basis.AUDIT, Basis.PRACTICE, Basis.CALIBRATION):
        each = decisions_of_people([person.id for person in people], basis, since=BEGUN)
        for number, team in enumerate(teams):
            own = sum((each.get(person.id, Enforced()) for person in people[number::2]), Enforced())
            assert [own] == [kept.enforced for kept in decisions_by_team(basis, MONTHS, among=None) if kept.team_id == team.id]


def test_of_exams_nothing_is_told_of_one_person(crew):
    _teams, people = crew
    assert decisions_of_people([person.id for person in people], Basis.EXAM, since=BEGUN) == {}


def test_who_changes_teams_takes_their_decisions_along(crew):
    teams, people = crew
    counted(DECISIONS)
    before = {each.team_id: each.enforced.count for each in decisions_by_team(Basis.PRACTICE, MONTHS, among=None)}
    record_facts(people[0], {FactKind.TEAM: teams[1].id}, effective_from=NOW, by=SYSTEM, now=NOW)
    counted(DECISIONS)

    after = {each.team_id: each.enforced.count for each in decisions_by_team(Basis.PRACTICE, MONTHS, among=None)}
    own = decisions_of_people([people[0].id], Basis.PRACTICE, since=BEGUN)[people[0].id].count
    assert own
    assert after == {teams[0].id: before[teams[0].id] - own, teams[1].id: before[teams[1].id] + own}


def test_a_correction_counts_in_place_of_what_it_corrects(crew):
    _teams, people = crew
    counted(DECISIONS)
    before = sum((each.enforced for each in decisions_by_team(Basis.AUDIT, MONTHS, among=None)), Enforced())
    audit(people[0], CertificationFactory(), [True], begin=0, expected_decisions=[["APPROVE"]], given_decision=["REMOVE"])
    counted(DECISIONS)

    after = sum((each.enforced for each in decisions_by_team(Basis.AUDIT, MONTHS, among=None)), Enforced())
    assert (after.count, after.false_alarms, after.hits) == (before.count, before.false_alarms + 1, before.hits - 1)


def test_the_pace_follows_how_long_counting_takes():
    assert not is_due(NOW, 0.1, now=NOW + timedelta(seconds=59))
    assert is_due(NOW, 0.1, now=NOW + timedelta(seconds=60))
    assert not is_due(NOW, 20, now=NOW + timedelta(seconds=1999))
    assert is_due(NOW, 20, now=NOW + timedelta(seconds=2000))
    assert is_due(NOW, 1e6, now=NOW + timedelta(days=1))


def test_months_are_those_of_the_zone():
    found = months_until(datetime(2026, 3, 31, 12, tzinfo=UTC), 4)
    assert [(begins.date().isoformat(), ends.date().isoformat()) for begins, ends in found] == [
        ("2025-12-01", "2026-01-01"),
        ("2026-01-01", "2026-02-01"),
        ("2026-02-01", "2026-03-01"),
        ("2026-03-01", "2026-04-01"),
    ]


@pytest.fixture
def changed(app):
    """A policy that changed, three people who acknowledge it on different days or never, and answers about it and about something else."""
    world = World()
    ModuleFactory(body=body(clause("PRO-02.a")))
    people = [world.person, world.holder(), world.holder(), world.holder()]
    world.change("1.1.0")
    db.session.refresh(world.module)
    for person, days in zip(people, (2, 9, 40), strict=False):
        courses.acknowledge(person.id, world.module.current_version, by=SYSTEM, now=CHANGED + timedelta(days=days))
    cases = [CaseFactory(concept="PRO-01.a"), CaseFactory(concept="PRO-01.a", is_innocent=True), CaseFactory(concept="PRO-02.a")]
    chance = Random(3)
    for number in range(120):
        at = CHANGED + timedelta(days=chance.randrange(-40, 40), hours=chance.randrange(24))
        judged(chance.choice(people), chance.choice(cases), chance.choice(ANSWERS), at, is_first_exposure=number % 9 > 0)
    for person in people:
        audit(person, world.certification, [True, False] * 3, clause="PRO-01.a", at=(CHANGED + timedelta(days=3)).isoformat(), now=CHANGED + timedelta(days=60))
        audit(person, world.certification, [True], begin=6, clause="PRO-02.a", now=CHANGED + timedelta(days=90))
    return world, people, {case.id for case in cases[:2]}


@pytest.mark.parametrize("days", [22, 60])
def test_what_a_change_did_is_what_counting_one_by_one_says(changed, days):
    _world, _people, about_it = changed
    now = CHANGED + timedelta(days=days)
    counted(EFFECTS, now)

    row = db.session.scalars(select(PublishedChange)).one()
    window = window_of(row.published_at, now=now)
    learned = dict(db.session.execute(select(Acknowledgement.person_id, Acknowledgement.acknowledged_at).where(Acknowledgement.minor == 1)).all())
    told = defaultdict(list)
    for given in db.session.scalars(select(Judgement).where(Judgement.is_first_exposure, Judgement.case_id.in_(about_it))):
        place = phase_of(given.given_at, window, learned.get(given.person_id))
        if place is not None:
            told[place].append(given)
    kept = effects_kept(row.id)
    expected = {place: (len(rows), sum(row.is_strict for row in rows), len({row.person_id for row in rows})) for place, rows in told.items()}
    assert {place: (each.count, each.right, each.people) for place, each in kept.answers[Basis.PRACTICE].items()} == expected
    assert len(expected) >= 4
    assert db.session.get_one(ChangeCount, row.id).weeks == window.weeks


def test_audits_of_the_clause_count_by_themselves(changed):
    counted(EFFECTS, CHANGED + timedelta(days=60))
    row = db.session.scalars(select(PublishedChange)).one()

    told = Counter()
    for (side, phase), each in effects_kept(row.id).answers[Basis.AUDIT].items():
        told[side.value, phase.value] += each.count
        assert each.right * 2 == each.count
    assert told == {("acknowledged", "after"): 6, ("acknowledged", "between"): 12, ("others", "after"): 6}
    assert {Phase.AFTER, Phase.BETWEEN}.issuperset(phase for _side, phase in effects_kept(row.id).answers[Basis.AUDIT])


def test_who_acknowledged_when_is_told_of_those_asked(changed):
    counted(EFFECTS, CHANGED + timedelta(days=60))
    row = db.session.scalars(select(PublishedChange)).one()

    assert effects_kept(row.id).acknowledged == {2: 1, 9: 1, 40: 1}
    assert db.session.get_one(ChangeCount, row.id).asked == 4
    assert Side.OTHERS.value == "others"

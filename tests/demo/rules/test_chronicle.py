from collections import defaultdict
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from training.accounts.rules import Role, email_is_well_formed
from training.demo.rules import CAST, FORMER, Deed, DeedKind, cast_member, chronicle

NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)


def deeds_of(key: str, kind: DeedKind) -> list[Deed]:
    return [deed for deed in chronicle(NOW) if deed.member.key == key and deed.kind is kind]


def test_everybody_is_somebody_else_and_nobody_real() -> None:
    assert len({member.email for member in CAST}) == len({member.name for member in CAST}) == len(CAST)
    assert all(email_is_well_formed(member.email) and member.email.endswith("@example.org") for member in CAST)


def test_the_logins_that_are_promised_are_there() -> None:
    assert {member.key for member in CAST if member.signs_in} == {"newhire", "renewing", "trainer", "reviewer", "lead", "qa", "admin", "auditor"}


def test_the_lead_has_a_team_to_lead() -> None:
    team = cast_member("lead").team
    assert 10 <= sum(member.team == team and Role.MODERATOR in member.roles for member in CAST) <= 20


@given(st.integers(0, 5 * 365 * 24 * 60))
def test_everything_happened_before_now_and_after_joining(minutes: int) -> None:
    now = NOW + timedelta(minutes=minutes)
    told = chronicle(now)
    joined = {deed.member.key: deed.at for deed in told if deed.kind is DeedKind.JOIN}
    assert set(joined) == {member.key for member in CAST}
    assert all(joined[deed.member.key] <= deed.at < now for deed in told)
    assert [deed.at for deed in told] == sorted(deed.at for deed in told)


def test_a_course_is_studied_before_its_exam_is_sat() -> None:
    studied: defaultdict[str, list[datetime]] = defaultdict(list)
    for deed in chronicle(NOW):
        if deed.kind is DeedKind.STUDY and deed.share == 1:
            studied[deed.member.key].append(deed.at)
        if deed.kind is DeedKind.SIT:
            assert any(at < deed.at for at in studied[deed.member.key]), deed


def test_the_new_hire_has_been_asked_and_has_done_nothing() -> None:
    assert [deed.subject for deed in deeds_of("newhire", DeedKind.ASSIGN)] == ["first-queue", "onboarding"]
    assert not deeds_of("newhire", DeedKind.STUDY)
    assert all(deed.due_at and deed.due_at > NOW for deed in deeds_of("newhire", DeedKind.ASSIGN))


def test_whoever_renews_passed_seventy_days_ago() -> None:
    (entry, onboarding) = deeds_of("renewing", DeedKind.SIT)
    assert onboarding.subject == "onboarding-exam"
    assert NOW - onboarding.at < timedelta(days=71)
    assert entry.at < onboarding.at


def test_an_unknown_member_is_an_error() -> None:
    with pytest.raises(KeyError):
        cast_member("nobody")


def test_the_cohort_that_left_is_nobody_else_and_is_gone() -> None:
    emails = {member.email for member in (*CAST, *FORMER)}
    assert len(emails) == len(CAST) + len(FORMER)
    assert all(email_is_well_formed(member.email) for member in FORMER)
    assert not any(member.signs_in for member in FORMER)
    kinds = [deed.kind for deed in chronicle(NOW, FORMER[:1])]
    assert kinds == [DeedKind.JOIN, *[DeedKind.STUDY] * 4, DeedKind.SIT, DeedKind.LEAVE]

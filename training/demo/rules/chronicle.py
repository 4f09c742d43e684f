"""A career, told as deeds in the order in which they were done."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from zlib import crc32

from training.demo.rules.cast import CAST, Asked, CastMember, Course, Study

SIGNED_OFF, PROMOTED = 13, 15
"""How many days after they earned the certificate that begins in shadow people were signed off and promoted."""
LESSONS = 4
"""On how many days a course is studied."""


class DeedKind(StrEnum):
    """What can happen to somebody."""

    JOIN = "join"
    ASSIGN = "assign"
    STUDY = "study"
    SIT = "sit"
    SUSPEND = "suspend"
    REVOKE = "revoke"
    LEAVE = "leave"
    OVERRIDE = "override"
    WORK = "work"
    SIGN_OFF = "sign_off"
    PROMOTE = "promote"


@dataclass(frozen=True, slots=True)
class Deed:
    """One thing that happened: when, to whom, and what it was about."""

    at: datetime
    kind: DeedKind
    member: CastMember
    subject: str = ""
    """The course, certification, queue, or exam."""
    share: float = 1.0
    """Of a course's steps, how many are done afterwards."""
    due_at: datetime | None = None
    """By when an assignment is to be done."""
    is_success: bool = True
    """Whether the exam was passed."""


def chronicle(now: datetime, cast: Iterable[CastMember] = CAST) -> tuple[Deed, ...]:
    """Everything that happened to these people before `now`, the earliest first."""
    deeds = (deed for member in cast for deed in _deeds_of(member, now))
    return tuple(sorted(deeds, key=lambda deed: (deed.at, deed.member.key)))


def _moment(member: CastMember, now: datetime, days: int, hour: int) -> datetime:
    """That day at about that hour of their morning; everybody at a minute of their own."""
    day = (now - timedelta(days=days)).replace(hour=0, minute=0, second=0, microsecond=0)
    return day + timedelta(hours=hour, seconds=crc32(f"{member.key}{days}".encode()) % 3000)


def _deeds_of(member: CastMember, now: datetime) -> Iterator[Deed]:
    career = member.career
    yield Deed(_moment(member, now, member.joined, 1), DeedKind.JOIN, member)
    for asked in career.asked:
        yield _assignment(member, asked, now)
    for study in career.studies:
        yield from _study(member, study, now)
        if study.course is Course.ONBOARDING and study.passed is not None:
            yield from _shadow(member, study.passed, now)
    yield from _turns(member, now)


def _assignment(member: CastMember, asked: Asked, now: datetime) -> Deed:
    at = _moment(member, now, asked.asked, 2)
    return Deed(at, DeedKind.ASSIGN, member, asked.course, due_at=at.replace(hour=10, minute=0, second=0) + timedelta(days=asked.within))


def _study(member: CastMember, study: Study, now: datetime) -> Iterator[Deed]:
    for lesson in range(1, LESSONS + 1):
        at = _moment(member, now, study.ended + LESSONS - lesson, 3)
        yield Deed(at, DeedKind.STUDY, member, study.course, share=study.share * lesson / LESSONS)
    for days in study.failed:
        yield Deed(_moment(member, now, days, 6), DeedKind.SIT, member, study.course.exam, is_success=False)
    if study.passed is not None:
        yield Deed(_moment(member, now, study.passed, 7), DeedKind.SIT, member, study.course.exam)


def _shadow(member: CastMember, passed: int, now: datetime) -> Iterator[Deed]:
    """What became of whoever earned the certificate that begins in shadow: their work was reported, a colleague signed off, the lead promoted them."""
    certification = Course.ONBOARDING.certification
    yield Deed(_moment(member, now, max(passed - SIGNED_OFF + 1, 1), 9), DeedKind.WORK, member, "listing-risk-id")
    if passed > PROMOTED:
        yield Deed(_moment(member, now, passed - SIGNED_OFF, 8), DeedKind.SIGN_OFF, member, certification)
        yield Deed(_moment(member, now, passed - PROMOTED, 8), DeedKind.PROMOTE, member, certification)


def _turns(member: CastMember, now: datetime) -> Iterator[Deed]:
    """What others decided about them."""
    certification = member.career.studies[-1].course.certification if member.career.studies else ""
    if member.career.suspended is not None:
        yield Deed(_moment(member, now, member.career.suspended, 8), DeedKind.SUSPEND, member, certification)
    if member.career.revoked is not None:
        yield Deed(_moment(member, now, member.career.revoked, 8), DeedKind.REVOKE, member, certification)
    if member.career.left is not None:
        yield Deed(_moment(member, now, member.career.left, 8), DeedKind.LEAVE, member)
    if member.career.override:
        yield Deed(_moment(member, now, 1, 5), DeedKind.OVERRIDE, member, member.career.override)

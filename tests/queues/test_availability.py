"""The gate says unavailable, and nothing else, of leave, breaks, rests, holds and what lies outside a shift."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest
from sqlalchemy import select

from tests.accounts.factories import ApiClientFactory, PersonFactory, TeamFactory
from tests.queues.factories import QueueFactory
from tests.queues.test_rules import FIT, ask, codes, day
from tests.statements import asked, scans_in
from training import clock
from training.accounts import services as accounts
from training.accounts.models import Person, Shift
from training.accounts.rules import Absence, AbsenceEntry, AbsenceKind, Hours, HoursVersion, Role, ShiftAssignment
from training.actors import SYSTEM, Actor, ActorKind
from training.audit.models import AuditEntry
from training.db import db
from training.outbox.models import OutboxMail
from training.queues import queries
from training.queues.rules.decision import Access, Decision, Reason
from training.queues.rules.evidence import Override

NOW = datetime(2026, 3, 2, tzinfo=UTC)
DAY = timedelta(days=1)
HOUR = timedelta(hours=1)
WORKDAY = Hours("UTC", frozenset(range(1, 8)), time(8), time(16), is_binding=True)


def away(begins: float, ends: float | None, *, recorded: float = 0, ended: float | None = None) -> Absence:
    return Absence(day(begins), None if ends is None else day(ends), day(recorded), None if ended is None else day(ended))


def works(hours: Hours, *, since: float = 0, recorded: float = 0, number: int = 1) -> ShiftAssignment:
    return ShiftAssignment(day(since), day(recorded), number, 1, (HoursVersion(hours, day(since), day(recorded), 1),))


@pytest.mark.parametrize(
    ("absence", "is_away"),
    [
        (away(9, 11), True),
        (away(9, 10), False),
        (away(10, None), True),
        (away(10.5, None), False),
        (away(1, None, ended=5), False),
        (away(1, 3, ended=2), False),
        (away(9, None, recorded=11), False),
        (away(9, None, ended=11), True),
    ],
)
def test_an_absence_closes_from_its_beginning_up_to_its_end(absence: Absence, is_away: bool) -> None:
    decision = ask(replace(FIT, absences=(absence,)))
    assert (codes(decision), decision.access is Access.DENY) == ({"UNAVAILABLE"} if is_away else set(), is_away)


def test_whatever_the_cause_it_reads_alike_once_and_without_a_date() -> None:
    several = replace(FIT, absences=(away(9, 11), away(8, None)), shifts=(works(replace(WORKDAY, begins=time(1))),))
    (reason,) = ask(several).reasons
    assert reason == Reason(reason.code) and reason.code.value == "UNAVAILABLE"


def test_no_exception_lifts_it() -> None:
    opened = Override(True, day(9), day(12), day(9))
    decision = ask(replace(FIT, absences=(away(9, 11),), overrides=(opened,)))
    assert (decision.access, decision.reasons[0].is_waived) == (Access.DENY, False)


def test_an_end_that_is_recorded_later_is_not_known_before() -> None:
    evidence = replace(FIT, absences=(away(9, None, ended=12),))
    assert ask(evidence, at=13, known=11).access is Access.DENY
    assert ask(evidence, at=13, known=12).access is Access.ALLOW


@pytest.mark.parametrize(("at", "access"), [(10 + 7 / 24, Access.DENY), (10 + 8 / 24, Access.ALLOW), (10 + 16 / 24, Access.DENY)])
def test_outside_a_shift_that_binds_the_queue_is_closed(at: float, access: Access) -> None:
    assert ask(replace(FIT, shifts=(works(WORKDAY),)), at=at).access is access
    assert ask(replace(FIT, shifts=(works(replace(WORKDAY, is_binding=False)),)), at=at).access is Access.ALLOW


@pytest.mark.parametrize(
    ("change", "at", "changes"),
    [
        ({"absences": (away(9, 12),)}, 10, day(12)),
        ({"absences": (away(12, None),)}, 10, day(12)),
        ({"absences": (away(9, None),)}, 10, None),
        ({"shifts": (works(WORKDAY),)}, 10, day(10 + 8 / 24)),
        ({"shifts": (works(WORKDAY),)}, 10 + 9 / 24, day(10 + 16 / 24)),
        # Back from leave in the night: open from the next morning on.
        ({"shifts": (works(WORKDAY),), "absences": (away(9, 20.75),)}, 10, day(21 + 8 / 24)),
        # The shift starts to bind in a month; until then it closes nothing.
        ({"shifts": (works(replace(WORKDAY, is_binding=False)), works(WORKDAY, since=40, number=2))}, 10, day(40)),
        # A leave that begins in the night changes the answer only where a shift would have begun.
        ({"shifts": (works(WORKDAY),), "absences": (away(10.8, 10.9),)}, 10 + 9 / 24, day(10 + 16 / 24)),
    ],
)
def test_the_answer_says_when_time_alone_changes_it(change: dict[str, object], at: float, changes: datetime | None) -> None:
    decision = ask(replace(FIT, **change), at=at)
    assert (decision.next_change_at or day(180)) == (changes or day(180))


def by(person: Person) -> Actor:
    return Actor(ActorKind.PERSON, person.id)


def codes_at(person: Person, queue: str, at: datetime) -> list[str]:
    return [reason.code.value for reason in queries.access_of(person.public_id, queue, at=at).reasons]


@pytest.mark.usefixtures("app")
class TestRead:
    def test_absences_and_shifts_are_read_with_everything_else_amid_noise(self) -> None:
        person, other, lead, queue = PersonFactory(), PersonFactory(), PersonFactory(), QueueFactory()
        night = accounts.create_shift("Night", replace(WORKDAY, begins=time(22), ends=time(6)), by=SYSTEM, now=NOW)
        accounts.assign_shift(other, night, effective_from=NOW, by=by(lead), now=NOW)
        accounts.start_pause(person.id, until=None, now=NOW)
        accounts.end_pause(person.id, now=NOW + HOUR)
        accounts.record_absence(person, AbsenceEntry(AbsenceKind.LEAVE, NOW + DAY, NOW + 2 * DAY), by=by(lead), now=NOW + HOUR)
        db.session.commit()
        found = {hours: "UNAVAILABLE" in codes_at(person, queue.slug, NOW + hours * HOUR) for hours in (-1, 0, 1, 23, 24, 47, 48)}
        assert found == {-1: False, 0: True, 1: False, 23: False, 24: True, 47: True, 48: False}
        assert {hours: "UNAVAILABLE" in codes_at(other, queue.slug, NOW + hours * HOUR) for hours in (0, 5, 6, 21, 22)} == {
            0: False,
            5: False,
            6: True,
            21: True,
            22: False,
        }

    def test_hours_that_change_leave_the_past_as_it_was(self) -> None:
        person, lead, queue = PersonFactory(), PersonFactory(), QueueFactory()
        shift = accounts.create_shift("Day", WORKDAY, by=SYSTEM, now=NOW)
        accounts.assign_shift(person, shift, effective_from=NOW, by=by(lead), now=NOW)
        accounts.change_hours(db.session.get_one(Shift, shift.id), replace(WORKDAY, begins=time(20), ends=time(23)), by=SYSTEM, now=NOW + 12 * HOUR)
        db.session.commit()
        assert ["UNAVAILABLE" in codes_at(person, queue.slug, NOW + hours * HOUR) for hours in (10, 13, 21, 34)] == [False, True, False, True]

    def test_what_was_over_before_the_instant_asked_about_is_not_read_however_much_there_is(self) -> None:
        person, queue = PersonFactory(), QueueFactory()
        for hour in range(20):
            accounts.start_pause(person.id, until=None, now=NOW + hour * HOUR)
            accounts.end_pause(person.id, now=NOW + (hour + 0.5) * HOUR)
        db.session.commit()
        gathered = queries.gather([person.public_id], [queue.slug], known_from=NOW + 19 * HOUR, asked_from=NOW + 19 * HOUR)
        assert len(gathered.people[person.public_id].absences) == 1
        whole = queries.gather([person.public_id], [queue.slug])
        for hour in range(40):
            at = NOW + hour * HOUR / 2
            assert queries.access_of(person.public_id, queue.slug, at=at) == whole.decide(person.public_id, queue.slug, at=at, known_at=at)

    def test_they_are_found_by_index(self) -> None:
        subject, queue = PersonFactory().public_id, QueueFactory().slug
        with asked() as statements:
            queries.access_of(subject, queue, at=NOW)
        assert [scans_in(*statement) for statement in statements] == [[]]


CAUSES = (AbsenceKind.LEAVE, AbsenceKind.WELLBEING, AbsenceKind.HOLD)
WHY = "Zzqx: an inquiry into what was reported."
BETRAYING = ("wellbeing", "pause", "Rest after hard material", "On a break", "administrative", "Zzqx")


@pytest.mark.usefixtures("app")
class TestSecrecy:
    """However somebody came to be away, everybody else is told the same, letter by letter."""

    def answers(self, app, sign_in, deed) -> list[str]:
        ApiClientFactory(token="secret", scopes=("access:read",))
        team = TeamFactory()
        person, queue = PersonFactory(name="Sri", team=team), QueueFactory(id="claims")
        reader = PersonFactory(roles=[Role.LEAD, Role.ADMIN, Role.AUDITOR], team=team)
        deed(person)
        db.session.commit()
        looking = sign_in(app.test_client(), reader)
        question = {"subject": {"type": "moderator", "id": person.public_id}, "action": {"name": "work"}, "resource": {"type": "queue", "id": queue.slug}}
        asking = app.test_client()
        headers = {"Authorization": "Bearer secret"}
        told = [asking.post("/access/v1/evaluation", json=question, headers=headers).text]
        told.append(asking.get(f"/api/v1/queues/{queue.slug}/access/{person.public_id}", headers=headers).text)
        told.append(asking.get("/api/v1/access/changes", headers=headers).text)
        told += [looking.get(page).text for page in ("/queues/matrix", "/queues/matrix.csv", "/queues/matrix/people?queue=claims&standing=away")]
        told += [looking.get(page).text for page in ("/", "/people", "/queues/claims/staffing", f"/teams/{team.slug}", f"/people/{person.public_id}")]
        told += [looking.get(f"/people/{person.public_id}/certificates").text, looking.get(f"/audit?subject_kind=person&subject_id={person.id}").text]
        told.append(app.test_cli_runner().invoke(args=["gate", "explain", person.public_id, queue.slug]).output)
        told += [str(looking.get("/account/data.json").json)] + [mail.body for mail in db.session.scalars(select(OutboxMail))]
        told += [found.detail_json for found in db.session.scalars(select(AuditEntry))]
        return told

    @pytest.mark.parametrize("cause", ["pause", *CAUSES])
    def test_nothing_tells_the_cause_to_anybody_else(self, app, sign_in, cause: str) -> None:
        def deed(person: Person) -> None:
            now = clock.now()
            if cause == "pause":
                accounts.start_pause(person.id, until=None, now=now)
            else:
                entry = AbsenceEntry(AbsenceKind(cause), now, None, WHY)
                accounts.record_absence(person, entry, by=by(PersonFactory(roles=[Role.ADMIN])), now=now)

        told = self.answers(app, sign_in, deed)
        assert "UNAVAILABLE" in told[0] and "UNAVAILABLE" in told[1] and "availability" in told[2] and "Sri" in told[3]
        assert [word for word in BETRAYING for text in told if word.lower() in text.lower()] == []


def test_a_decision_carries_no_trace_of_a_cause() -> None:
    decisions: set[Decision] = {ask(replace(FIT, **change)) for change in ({"absences": (away(9, None),)}, {"absences": (away(3, None, recorded=2),)})}
    assert len(decisions) == 1


def test_on_their_own_pages_people_are_told_that_they_are_away_and_where_to_come_back(browser, sign_in) -> None:
    person = PersonFactory()
    QueueFactory()
    mine = sign_in(browser, person)
    assert all("You are unavailable now" not in mine.get(page).text for page in ("/", "/queues"))
    mine.post("/availability/pause")
    assert all("You are unavailable now" in mine.get(page).text for page in ("/", "/queues"))

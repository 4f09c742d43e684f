"""Who is away, who may know why, and who may end it."""

import json
from datetime import UTC, datetime, time, timedelta

import pytest
from sqlalchemy import delete, select, text
from sqlalchemy.exc import DBAPIError

from tests.accounts.factories import PersonFactory
from training.accounts import queries, services
from training.accounts.models import Absence, AbsenceCause, Person
from training.accounts.rules import AbsenceEntry, AbsenceKind, AccountReason, Hours, Reader, Role, may_end, may_read_cause
from training.actors import SYSTEM, Actor, ActorKind
from training.audit.models import AuditEntry
from training.db import db
from training.errors import NotFound, Refusal

NOW = datetime(2026, 11, 22, 17, tzinfo=UTC)
HOUR = timedelta(hours=1)
WHY = "An inquiry is open into what was reported."
SELF, RECORDER, ADMIN, RECORDING_ADMIN = Reader(is_self=True), Reader(is_recorder=True), Reader(is_admin=True), Reader(is_recorder=True, is_admin=True)
OTHER = Reader()
LEAVE, PAUSE, WELLBEING, HOLD = AbsenceKind.LEAVE, AbsenceKind.PAUSE, AbsenceKind.WELLBEING, AbsenceKind.HOLD


@pytest.mark.parametrize(
    ("kind", "readers", "enders"),
    [
        (PAUSE, [SELF], [SELF]),
        (WELLBEING, [SELF, RECORDER, RECORDING_ADMIN], [SELF, RECORDER, RECORDING_ADMIN]),
        (LEAVE, [SELF, RECORDER, ADMIN, RECORDING_ADMIN], [RECORDER, ADMIN, RECORDING_ADMIN]),
        (HOLD, [SELF, RECORDER, ADMIN, RECORDING_ADMIN], [ADMIN]),
    ],
)
def test_who_may_know_why_and_who_may_end_it(kind: AbsenceKind, readers: list[Reader], enders: list[Reader]) -> None:
    everybody = [SELF, RECORDER, ADMIN, RECORDING_ADMIN, OTHER]
    assert [reader for reader in everybody if may_read_cause(kind, reader)] == readers
    assert [reader for reader in everybody if may_end(kind, reader)] == enders


def by(person: Person) -> Actor:
    return Actor(ActorKind.PERSON, person.id)


def entry(kind: AbsenceKind, *, since: datetime = NOW, until: datetime | None = None, reason: str | None = WHY) -> AbsenceEntry:
    return AbsenceEntry(kind, since, until, reason)


@pytest.mark.usefixtures("app")
class TestDeeds:
    def away(self, person: Person, at: datetime = NOW) -> bool:
        return person.id in queries.unavailable_people([person.id], now=at)

    def test_a_pause_lasts_until_it_is_ended_and_is_written_once_however_often_it_is_said(self) -> None:
        person = PersonFactory()
        for _ in range(2):
            services.start_pause(person.id, until=None, now=NOW)
        assert self.away(person) and self.away(person, NOW + 10_000 * HOUR)
        assert services.end_pause(person.id, now=NOW + HOUR)
        assert not services.end_pause(person.id, now=NOW + HOUR)
        assert not self.away(person, NOW + HOUR)
        assert len(db.session.scalars(select(Absence)).all()) == 1

    def test_a_pause_until_an_instant_replaces_the_one_that_runs(self) -> None:
        person = PersonFactory()
        services.start_pause(person.id, until=None, now=NOW)
        services.start_pause(person.id, until=NOW + 3 * HOUR, now=NOW + HOUR)
        assert self.away(person, NOW + 2 * HOUR) and not self.away(person, NOW + 3 * HOUR)
        with pytest.raises(Refusal):
            services.start_pause(person.id, until=NOW, now=NOW)

    def test_no_pause_is_audited_and_no_audit_entry_says_why_somebody_is_away(self) -> None:
        person, lead, admin = PersonFactory(), PersonFactory(), PersonFactory()
        services.start_pause(person.id, until=None, now=NOW)
        services.end_pause(person.id, now=NOW)
        for kind in (LEAVE, WELLBEING, HOLD):
            absence = services.record_absence(person, entry(kind), by=by(lead), now=NOW)
            services.end_absence(person, absence.id, is_admin=True, by=by(admin if kind is HOLD else lead), now=NOW + HOUR)
        told = [(found.deed, found.detail_json) for found in db.session.scalars(select(AuditEntry).where(AuditEntry.deed.like("absence%")))]
        assert sorted(told) == [("absence.ended", "{}")] * 3 + [("absence.recorded", "{}")] * 3

    @pytest.mark.parametrize(
        ("wrong", "is_own", "reason"),
        [
            (entry(LEAVE), True, AccountReason.ABSENCE_FOR_ONESELF),
            (entry(HOLD, reason="because"), False, AccountReason.HOLD_WITHOUT_REASON),
            (entry(LEAVE, since=NOW + HOUR, until=NOW + HOUR), False, AccountReason.ABSENCE_ENDS_BEFORE_IT_BEGINS),
            (entry(LEAVE, since=NOW - 9 * HOUR, until=NOW), False, AccountReason.ABSENCE_ENDS_BEFORE_IT_BEGINS),
        ],
    )
    def test_what_is_not_recorded(self, wrong: AbsenceEntry, is_own: bool, reason: AccountReason) -> None:
        person, lead = PersonFactory(), PersonFactory()
        with pytest.raises(Refusal) as refused:
            services.record_absence(person, wrong, by=by(person if is_own else lead), now=NOW)
        assert refused.value.reason is reason

    def test_it_never_reaches_into_the_past_and_only_a_hold_keeps_its_reason(self) -> None:
        person, lead = PersonFactory(), PersonFactory()
        leave = services.record_absence(person, entry(LEAVE, since=NOW - HOUR), by=by(lead), now=NOW)
        again = services.record_absence(person, entry(LEAVE), by=by(lead), now=NOW + HOUR)
        hold = services.record_absence(person, entry(HOLD), by=by(lead), now=NOW)
        assert (leave.effective_from, again.id) == (NOW, leave.id)
        assert [db.session.get_one(AbsenceCause, each.id).reason for each in (leave, hold)] == [None, WHY]

    def test_a_hold_is_ended_by_another_administrator_or_by_its_date(self) -> None:
        person, admin, other = PersonFactory(), PersonFactory(), PersonFactory()
        hold = services.record_absence(person, entry(HOLD, until=NOW + 9 * HOUR), by=by(admin), now=NOW)
        for ender, is_admin in ((admin, True), (person, True)):
            with pytest.raises(Refusal) as refused:
                services.end_absence(person, hold.id, is_admin=is_admin, by=by(ender), now=NOW + HOUR)
            assert refused.value.reason is AccountReason.ABSENCE_ENDED_BY_OTHERS
        assert self.away(person, NOW + 8 * HOUR) and not self.away(person, NOW + 9 * HOUR)
        services.end_absence(person, hold.id, is_admin=True, by=by(other), now=NOW + HOUR)
        assert not self.away(person, NOW + HOUR)
        with pytest.raises(Refusal) as refused:
            services.end_absence(person, hold.id, is_admin=True, by=by(other), now=NOW + HOUR)
        assert refused.value.reason is AccountReason.ABSENCE_OVER

    def test_what_somebody_may_not_know_of_does_not_exist_for_them(self) -> None:
        person, lead, other = PersonFactory(), PersonFactory(), PersonFactory()
        services.start_pause(person.id, until=None, now=NOW)
        rest = services.record_absence(person, entry(WELLBEING), by=by(lead), now=NOW)
        pause = queries.running_pause(person.id, now=NOW)
        assert pause is not None
        for absence_id, owner in ((pause.id, person), (rest.id, person), (rest.id, other), (0, person)):
            with pytest.raises(NotFound):
                services.end_absence(owner, absence_id, is_admin=True, by=by(other), now=NOW)
        seen = {reader.id: [found.kind for found in queries.absences_explained_to(reader.id, person.id, is_admin=True)] for reader in (person, lead, other)}
        assert seen == {person.id: [WELLBEING, PAUSE], lead.id: [WELLBEING], other.id: []}

    def test_the_database_lets_an_absence_end_once_and_change_in_nothing_else(self) -> None:
        person = PersonFactory()
        services.start_pause(person.id, until=None, now=NOW)
        services.end_pause(person.id, now=NOW + HOUR)
        db.session.commit()
        for deed in ("UPDATE absences SET ended_at = recorded_at", "UPDATE absences SET person_id = person_id", "DELETE FROM absences"):
            with pytest.raises(DBAPIError):
                db.session.execute(text(deed))
            db.session.rollback()

    def test_a_cause_can_be_forgotten_and_the_span_stays(self) -> None:
        person = PersonFactory()
        services.start_pause(person.id, until=None, now=NOW)
        db.session.execute(delete(AbsenceCause))
        db.session.commit()
        assert self.away(person)
        assert [found["kind"] for found in queries.own_absences(person.id)] == [None]


def text_of(answer) -> str:
    assert answer.status_code == 200
    return answer.text


def test_a_break_is_one_click_and_no_reason(browser, sign_in) -> None:
    person = PersonFactory()
    mine = sign_in(browser, person)
    assert "Until I say so" in text_of(mine.get("/availability"))
    for _ in range(2):
        assert mine.post("/availability/pause").status_code == 302
    assert "You are on a break" in text_of(mine.get("/availability"))
    mine.post("/availability/back")
    assert "Welcome back" in text_of(mine.get("/availability"))
    assert mine.post("/availability/pause-until", data={"until": "2020-01-01T10:00"}).status_code == 409
    assert mine.post("/availability/pause-until", data={"until": "soon"}).status_code == 400
    assert mine.post("/availability/pause-until", data={"until": "2030-01-01T10:00"}).status_code == 302
    assert "or until you are back" in text_of(mine.get("/availability"))
    taken = mine.get("/account/data.json").json["availability"]["absences"]
    assert [found["kind"] for found in taken] == ["pause", "pause"]


@pytest.mark.parametrize("year", ["0001", "1999", "3000", "9999"])
def test_a_year_that_nobody_means_is_refused_beside_its_field(as_role, year) -> None:
    lead, other = as_role("lead", "admin"), PersonFactory()
    services.create_shift("Nights", Hours("America/New_York", frozenset({1}), time(22), time(6), is_binding=True), by=SYSTEM, now=NOW)
    db.session.commit()
    page, shift_id = f"/people/{other.public_id}", str(next(iter(queries.shift_names())))
    first, last = f"{year}-01-01", f"{year}-12-31"
    answers = [
        lead.post("/availability/pause-until", data={"until": f"{last}T23:59"}),
        lead.post(f"{page}/availability", data={"kind": "leave", "since": f"{first}T00:00"}),
        lead.post(f"{page}/availability", data={"kind": "leave", "until": f"{last}T23:59"}),
        lead.post(f"{page}/shift", data={"shift": shift_id, "effective_on": first}),
    ]
    assert [(answer.status_code, "Choose a year between 2000 and 2999." in answer.text) for answer in answers] == [(400, True)] * 4
    assert queries.unavailable_people([other.id], now=NOW) == frozenset()


def test_a_lead_records_leave_which_another_lead_reads_as_unavailable_only(app, sign_in, as_role) -> None:
    person, lead = PersonFactory(name="Sri Away"), PersonFactory(roles=[Role.LEAD])
    page = f"/people/{person.public_id}/availability"
    recording, looking, admin = sign_in(app.test_client(), lead), as_role("lead"), as_role("admin")
    assert recording.post(page, data={"kind": "leave"}).status_code == 302
    assert recording.post(page, data={"kind": "hold"}).status_code == 409
    assert recording.post(page, data={"kind": "pause"}).status_code == 400
    assert "Leave <span" in text_of(recording.get(page))
    for reader in (looking, admin):
        assert "Unavailable now" in text_of(reader.get(page))
    assert "Nothing that you may know of" in looking.get(page).text
    absence_id = db.session.scalars(select(Absence.id)).one()
    assert looking.post(f"{page}/{absence_id}/end").status_code == 404
    assert looking.post(f"/availability/absences/{absence_id}/end").status_code == 404
    assert recording.post(f"{page}/{absence_id}/end").status_code == 302
    assert "Available now" in recording.get(page).text
    assert recording.get("/people/nobody/availability").status_code == 404


def test_nobody_records_anything_for_themselves(app, sign_in) -> None:
    lead = PersonFactory(roles=[Role.LEAD])
    mine = sign_in(app.test_client(), lead)
    page = f"/people/{lead.public_id}/availability"
    assert "This is you" in text_of(mine.get(page))
    assert mine.post(page, data={"kind": "leave"}).status_code == 409


def test_shifts_are_made_changed_and_given(app, as_role) -> None:
    admin, lead, person = as_role("admin"), as_role("lead"), PersonFactory()
    assert "No shifts yet" in text_of(admin.get("/shifts"))
    hours = {"name": "Night", "zone": "Asia/Jakarta", "days": ["1", "2", "3", "4", "5"], "begins": "22:00", "ends": "06:00", "is_binding": "y"}
    assert admin.post("/shifts", data=hours).status_code == 302
    assert admin.post("/shifts", data=hours).status_code == 409
    assert admin.post("/shifts", data=hours | {"name": "Other", "ends": "22:00"}).status_code == 409
    assert admin.post("/shifts", data=hours | {"name": "Other", "begins": "noon"}).status_code == 400
    assert "Monday to Friday, 22:00 to 06:00 the next day, by the clock of Asia/Jakarta" in text_of(admin.get("/shifts"))
    (shift_id,) = queries.shift_names()
    assert 'value="22:00"' in text_of(admin.get(f"/shifts/{shift_id}"))
    assert admin.post(f"/shifts/{shift_id}", data=hours | {"ends": "07:00"}).status_code == 302
    assert admin.post(f"/shifts/{shift_id}", data=hours | {"ends": "22:00"}).status_code == 409
    assert admin.get("/shifts/0").status_code == 404
    page = f"/people/{person.public_id}"
    assert lead.post(f"{page}/shift", data={"shift": str(shift_id), "effective_on": ""}).status_code == 302
    assert lead.post(f"{page}/shift", data={"shift": "-4"}).status_code == 400
    assert f'<option selected value="{shift_id}">Night' in text_of(lead.get(f"{page}/availability"))


def test_lists_say_unavailable_and_nothing_of_why(as_role) -> None:
    person, lead = PersonFactory(name="Sri Away"), PersonFactory()
    services.record_absence(person, AbsenceEntry(WELLBEING, NOW, None), by=by(lead), now=NOW - HOUR)
    db.session.commit()
    admin = as_role("admin")
    for page in ("/people", f"/people/{person.public_id}", f"/people/{person.public_id}/availability", f"/audit?subject_kind=person&subject_id={person.id}"):
        found = text_of(admin.get(page))
        assert "Rest after hard material <span" not in found and "wellbeing" not in found.replace('value="wellbeing"', "")
        assert "Unavailable" in found or page.startswith("/audit")
    assert json.dumps("wellbeing") not in json.dumps(admin.get("/account/data.json").json)

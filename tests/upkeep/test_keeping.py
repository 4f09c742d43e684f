"""The rules of retention, followed: what goes, what stays, and that a ledger gives way to nothing else."""

import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from sqlalchemy import func, select, text
from sqlalchemy.exc import DBAPIError

from tests.accounts.factories import PersonFactory
from tests.exams.factories import AttemptFactory, right_response
from training.accounts.models import Absence, AbsenceCause, SignInSession
from training.accounts.rules import Role
from training.accounts.services import open_session
from training.actors import SYSTEM
from training.audit.models import AuditEntry, AuditSalt
from training.config import organisation_zone
from training.db import begin_writing, db, forgetting
from training.errors import Refusal
from training.exams import services as exams
from training.exams.models import AnswerEvent
from training.exams.rules.saving import Saving
from training.outbox.models import OutboxMail
from training.upkeep import queries, services
from training.upkeep.documents import SHIPPED, WrongRules, faults_against, read_rules
from training.upkeep.models import RetentionRun
from training.upkeep.tasks import keep_rules_nightly

NOW = datetime(2026, 11, 22, 20, tzinfo=UTC)
"""Three in the morning in Jakarta."""
DAY = timedelta(days=1)
RULES = read_rules(None)


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


def mail(sent_at):
    db.session.add(OutboxMail(recipient="a@example.org", subject="s", body="", queued_at=NOW - 99 * DAY, due_at=None, sent_at=sent_at))


def count_of(model):
    return db.session.scalar(select(func.count()).select_from(model))


def test_what_is_older_than_its_days_goes_and_all_else_stays(app):
    for sent_at in (NOW - 31 * DAY, NOW - 29 * DAY, None):
        mail(sent_at)
    for age in (400, 80):
        open_session(PersonFactory(), address="192.0.2.1", browser="", now=NOW - age * DAY)
    for month in ("2025-09", "2025-11"):
        db.session.add(AuditSalt(month=month, salt=b"x"))
    db.session.commit()
    assert dict(services.keep_rules(RULES, now=NOW)) == {"outbox_mails": 1, "sign_in_sessions": 1, "audit_salts": 1}
    assert (count_of(OutboxMail), count_of(SignInSession)) == (2, 1)
    assert dict(services.keep_rules(RULES, now=NOW)) == {}


def test_a_ledger_gives_way_to_the_rules_and_to_nothing_else(app):
    attempt = AttemptFactory(person=PersonFactory(), now=NOW - DAY)
    exams.save_answer(attempt, Saving(1, "window-1", 1, right_response(attempt, 1)), by=SYSTEM, now=NOW - DAY)
    db.session.commit()
    begin_writing()
    assert services.keep_rules(RULES, now=NOW + 800 * DAY)["answer_events"] == 1
    db.session.commit()
    exams.save_answer(attempt, Saving(1, "window-1", 2, right_response(attempt, 1)), by=SYSTEM, now=NOW - DAY)
    db.session.commit()
    for deed in ("DELETE FROM answer_events", "UPDATE answer_events SET sequence = 9"):
        with pytest.raises(DBAPIError, match="appended to, never edited"):
            db.session.execute(text(deed))
        db.session.rollback()
    assert count_of(AnswerEvent) == 1


def test_whoever_fails_while_forgetting_leaves_the_ledger_guarded(app):
    PersonFactory()
    begin_writing()
    with pytest.raises(ZeroDivisionError), forgetting(queries.tables_of(["person_facts"])):
        db.session.execute(text("DELETE FROM current_facts"))
        _ = 1 / 0
    db.session.rollback()
    assert db.session.scalar(text("SELECT count(*) FROM current_facts")) > 0
    with pytest.raises(DBAPIError, match="never edited"):
        db.session.execute(text("DELETE FROM person_facts"))
    db.session.rollback()


def test_what_another_row_refers_to_stays(app):
    rules = {"people": RULES["people"].model_copy(update={"keep": RULES["outbox_mails"].keep.model_copy(update={"after": "created_at"})})}
    PersonFactory()
    assert dict(services.keep_rules(rules, now=NOW + 9999 * DAY)) == {}


def test_a_batch_is_no_larger_than_it_may_be(app):
    for _ in range(5):
        mail(NOW - 40 * DAY)
    db.session.commit()
    assert [sum(services.keep_rules(RULES, now=NOW, limit=2).values()) for _ in range(4)] == [2, 2, 1, 0]


def test_the_night_job_does_it_once_a_day_and_the_audit_says_how_much(app, clock):
    mail(NOW - 40 * DAY)
    db.session.commit()
    clock.move_to(NOW - timedelta(minutes=1))
    keep_rules_nightly(NOW - timedelta(minutes=1))
    assert count_of(RetentionRun) == 0, "not before three"
    keep_rules_nightly(NOW)
    db.session.commit()
    mail(NOW - 40 * DAY)
    keep_rules_nightly(NOW + timedelta(hours=5))
    db.session.commit()
    run = db.session.scalars(select(RetentionRun)).one()
    assert (run.day, run.counts, run.finished_at) == (NOW.astimezone(organisation_zone()).date(), {"outbox_mails": 1}, NOW)
    entry = db.session.scalars(select(AuditEntry).where(AuditEntry.deed == "retention.kept")).one()
    assert entry.detail == {"rows": {"outbox_mails": 1}}
    assert count_of(OutboxMail) == 1


def test_a_night_that_was_broken_off_goes_on_where_it_was(app):
    for _ in range(3):
        mail(NOW - 40 * DAY)
    db.session.commit()
    day = NOW.date()
    assert services.keep_rules_of_night(RULES, day=day, now=NOW, limit=2) is True
    db.session.commit()
    assert services.keep_rules_of_night(RULES, day=day, now=NOW, limit=2) is False
    assert queries.run_of(day).counts == {"outbox_mails": 3}


def test_the_commands_say_what_is_due_and_do_it(app):
    mail(NOW - 40 * DAY)
    db.session.commit()
    run = app.test_cli_runner().invoke
    reported = run(args=["retention", "report"]).output
    assert "outbox_mails               30 days after sent_at, then deleted" in reported and "1 due" in reported
    assert "outbox_mails: 1" in run(args=["retention", "run", "--dry-run"]).output
    assert count_of(OutboxMail) == 1
    assert "1 rows." in run(args=["retention", "run"]).output
    assert count_of(OutboxMail) == 0


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("people: {keep: for a while, why: x}", "people.keep"),
        ("people: {keep: for ever}", "people.why"),
        ("people: [", "this is not YAML"),
        ("people: {keep: for ever, why: x}\npeople: {keep: for ever, why: x}", "written twice"),
        ("people: {keep: {days: 0, after: created_at}, why: x}", "greater than or equal to 1"),
    ],
)
def test_a_file_that_cannot_be_followed_is_refused_in_words(tmp_path, written, said):
    (tmp_path / "rules.yaml").write_text(written, encoding="utf-8")
    with pytest.raises(WrongRules, match=said):
        read_rules(tmp_path / "rules.yaml")


def test_rules_that_do_not_fit_the_tables_are_told_before_anything_is_done(app, tmp_path, monkeypatch):
    (tmp_path / "rules.yaml").write_text("people: {keep: for ever, why: x, words: [nickname]}\ngone: {keep: for ever, why: x}\n", encoding="utf-8")
    faults = faults_against(read_rules(tmp_path / "rules.yaml"), {"people": {"id"}, "teams": {"id"}})
    assert faults == [
        "teams: there is no rule for this table: say how long its rows are kept, and whose they are",
        "people: there is no column nickname",
        "gone: there is no such table",
    ]
    monkeypatch.setitem(app.config, "RETENTION_FILE", tmp_path / "rules.yaml")
    refused = app.test_cli_runner().invoke(args=["retention", "run"])
    assert refused.exit_code == 1 and "there is no such table" in refused.output


def test_rules_that_leave_a_table_out_are_followed_nowhere(app, as_role, tmp_path, monkeypatch):
    """A copy from before an upgrade: erased people would stay in the tables that it does not know, and no night would clear them."""
    whole = SHIPPED.read_text(encoding="utf-8")
    (tmp_path / "rules.yaml").write_text(re.sub(r"^pending_sign_ins:.*?(?=^\w)", "", whole, flags=re.MULTILINE | re.DOTALL), encoding="utf-8")
    monkeypatch.setitem(app.config, "RETENTION_FILE", tmp_path / "rules.yaml")
    mail(NOW - 40 * DAY)
    person, admin = PersonFactory(), as_role(Role.ADMIN)
    db.session.commit()
    kept = count_of(OutboxMail)
    sent = {"reason": "They left in spring.", "confirmation": person.email}
    answers = [admin.get("/retention"), admin.post(f"/people/{person.public_id}/erasing", data=sent)]
    assert [(answer.status_code, "pending_sign_ins: there is no rule for this table" in answer.text) for answer in answers] == [(409, True)] * 2
    with pytest.raises(Refusal):
        keep_rules_nightly(NOW)
    db.session.rollback()
    assert (person.erased_at, count_of(OutboxMail)) == (None, kept)
    monkeypatch.setitem(app.config, "RETENTION_FILE", tmp_path / "no-such.yaml")
    assert "no-such.yaml: this is no file" in admin.get("/retention").text


def test_wellbeing_goes_after_ninety_days_at_most():
    assert RULES["severe_exposures"].keep.days <= 90
    assert (RULES["absence_causes"].keep.days, RULES["absence_causes"].keep.after) == (90, "over_at of absences")


def test_why_somebody_was_away_goes_ninety_days_after_they_are_back_and_that_they_were_stays(app):
    person = PersonFactory()
    for over_at in (NOW - 91 * DAY, NOW - 89 * DAY, datetime(9999, 1, 1, tzinfo=UTC)):
        absence = Absence(person_id=person.id, effective_from=NOW - 200 * DAY, recorded_at=NOW - 200 * DAY, over_at=over_at)
        db.session.add(absence)
        db.session.flush()
        db.session.add(AbsenceCause(absence_id=absence.id, kind="leave", reason="Fever.", recorded_by_id=person.id))
    db.session.commit()
    assert dict(services.keep_rules(RULES, now=NOW)) == {"absence_causes": 1}
    assert (count_of(Absence), count_of(AbsenceCause)) == (3, 2)


def test_everybody_may_read_what_is_kept_how_long(as_role, browser):
    page = as_role(Role.MODERATOR).get("/retention").text
    assert "Severe exposures" in page and "90 days" in page and "The last nights" in page
    assert browser.get("/retention").status_code == 302


def test_the_page_says_what_the_last_nights_did(app, as_role, clock):
    mail(NOW - 40 * DAY)
    db.session.commit()
    for night in (NOW - DAY, NOW):
        keep_rules_nightly(night)
        db.session.commit()
    page = as_role(Role.MODERATOR).get("/retention").text
    nights = page.partition("The last nights")[2]
    assert "1 of outbox mails" in nights and "nothing was due" in nights

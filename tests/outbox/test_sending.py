"""Mail is sent once, later, and never lost."""

import socketserver
import threading
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from training.db import db
from training.outbox import rules
from training.outbox.models import OutboxMail
from training.outbox.services import queue_mail, take_due_letters
from training.outbox.tasks import send_due_mail

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)


class MailServer(socketserver.ThreadingTCPServer):
    """As much of a mail server as a sender sees."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self):
        self.received: list[str] = []
        self.refusal = b""
        super().__init__(("127.0.0.1", 0), Conversation)

    @property
    def url(self):
        return f"smtp://127.0.0.1:{self.server_address[1]}"


class Conversation(socketserver.StreamRequestHandler):
    def handle(self):
        self.wfile.write(b"220 here\r\n")
        while line := self.rfile.readline():
            verb = line.strip().upper()
            if verb.startswith(b"RCPT") and self.server.refusal:
                self.wfile.write(self.server.refusal + b"\r\n")
            elif verb == b"DATA":
                self.wfile.write(b"354 go on\r\n")
                lines = iter(self.rfile.readline, b".\r\n")
                self.server.received.append(b"".join(lines).decode())
                self.wfile.write(b"250 taken\r\n")
            elif verb == b"QUIT":
                self.wfile.write(b"221 bye\r\n")
                return
            else:
                self.wfile.write(b"250 ok\r\n")


@pytest.fixture
def server():
    with MailServer() as running:
        threading.Thread(target=running.serve_forever, daemon=True).start()
        yield running
        running.shutdown()


@pytest.fixture
def smtp(app, server, monkeypatch):
    monkeypatch.setitem(app.config, "SMTP_URL", server.url)
    return server


def queued(**changes):
    mail = queue_mail(**({"to": "nia@example.org", "subject": "Selamat datang, Zoë", "body": "https://example.org/x\nMatur nuwun ✓\n", "now": NOW} | changes))
    db.session.commit()
    return mail


def test_due_mail_is_sent_once_and_its_text_forgotten(smtp):
    mail = queued()
    send_due_mail(NOW)
    send_due_mail(NOW + timedelta(hours=1))
    assert len(smtp.received) == 1
    assert "To: nia@example.org" in smtp.received[0] and "From: touchstone@localhost" in smtp.received[0]
    db.session.refresh(mail)
    assert mail.sent_at is not None and mail.due_at is None and mail.body == ""


def test_mail_waits_where_there_is_no_server(app, server):
    mail = queued()
    send_due_mail(NOW)
    db.session.refresh(mail)
    assert server.received == [] and mail.sent_at is None and mail.body


def test_mail_that_was_refused_is_tried_again_later(smtp, monkeypatch):
    smtp.refusal = b"450 not now"
    mail = queued()
    send_due_mail(NOW)
    db.session.refresh(mail)
    assert mail.sent_at is None and "450" in mail.last_fault and mail.due_at > NOW
    smtp.refusal = b""
    send_due_mail(mail.due_at)
    db.session.refresh(mail)
    assert mail.sent_at is not None and mail.last_fault is None and mail.try_count == 2


def test_a_server_that_is_away_loses_nothing(app, monkeypatch):
    monkeypatch.setitem(app.config, "SMTP_URL", "smtp://127.0.0.1:1")
    mail = queued()
    send_due_mail(NOW)
    db.session.refresh(mail)
    assert "ConnectionRefusedError" in mail.last_fault and mail.body


def test_a_mail_that_cannot_be_written_stops_no_other(smtp):
    broken, fine = queued(subject="two\nlines"), queued()
    send_due_mail(NOW)
    for mail in (broken, fine):
        db.session.refresh(mail)
    assert broken.last_fault and fine.sent_at


def test_a_mail_that_was_taken_is_not_taken_again_until_its_sender_had_time(app):
    queued()
    assert len(take_due_letters(now=NOW)) == 1
    db.session.commit()
    assert take_due_letters(now=NOW + timedelta(minutes=4)) == []
    assert len(take_due_letters(now=NOW + timedelta(minutes=5))) == 1


def test_mail_of_a_deed_that_is_rolled_back_was_never_promised(app):
    queue_mail(to="a@example.org", subject="x", body="y", now=NOW)
    db.session.rollback()
    assert db.session.scalars(select(OutboxMail)).all() == []


def test_pauses_double_to_six_hours_and_end_after_twenty_tries():
    pauses = [rules.pause_after(count) for count in range(1, 21)]
    assert pauses[:3] == [timedelta(minutes=1), timedelta(minutes=2), timedelta(minutes=4)]
    assert max(pause for pause in pauses if pause) == timedelta(hours=6)
    assert pauses[-1] is None and None not in pauses[:-1]

"""Messages arrive, signed so that the published package believes them, or wait; nobody waits for somebody else, and nothing private is called."""

import itertools
import socket
import threading
from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select
from standardwebhooks.webhooks import Webhook, WebhookVerificationError

from tests.accounts.factories import PersonFactory
from tests.conftest import TODAY
from tests.integrations.factories import endpoint_at, posts_of, promise
from tests.integrations.receiver import Receiver, receiving
from training import clock
from training.actors import SYSTEM
from training.audit.models import AuditEntry
from training.config import secrets_of
from training.db import begin_writing, db
from training.integrations import queries, services
from training.integrations.rules.addresses import target_of
from training.integrations.services import sending
from training.integrations.services.delivering import take_load
from training.integrations.services.sealing import BOTH_GOOD, rotate_secret
from training.integrations.tasks import send_due, send_webhooks
from training.outbox.services.posts import LEASE

NOW = TODAY


@pytest.fixture(autouse=True)
def _private_addresses(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(app.config, "WEBHOOK_PRIVATE_ADDRESSES", True)


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with receiving() as found:
        yield found


def deeds() -> list[str]:
    return list(db.session.scalars(select(AuditEntry.deed).where(AuditEntry.subject_kind == "webhook").order_by(AuditEntry.id)))


def test_a_change_arrives_as_the_standard_has_it_and_its_package_believes_it(app: Flask, receiver: Receiver) -> None:
    endpoint, secret = endpoint_at(receiver.address, now=clock.now())
    person = PersonFactory(now=clock.now())
    promise(endpoint, now=clock.now())
    send_due(endpoint.id)
    (message,) = receiver.received
    said = Webhook(secret).verify(message.body, message.headers)
    assert (said["type"], said["data"]["subject"]) == ("access.person", person.public_id)
    assert message.headers["webhook-id"] == f"change_{said['data']['position']}"
    assert message.headers["content-type"] == "application/json"
    (post,) = posts_of(endpoint)
    assert (post.try_count, post.due_at, post.sent_at is not None, post.last_answer) == (1, None, True, "200 thanks")
    for tampered in (message.body.replace(b"access.person", b"access.policy"), message.body + b" "):
        with pytest.raises(WebhookVerificationError):
            Webhook(secret).verify(tampered, message.headers)
    with pytest.raises(WebhookVerificationError):
        Webhook(secret).verify(message.body, message.headers | {"webhook-id": "change_0"})
    with pytest.raises(WebhookVerificationError), time_machine.travel(clock.now() + timedelta(minutes=6)):
        Webhook(secret).verify(message.body, message.headers)


def test_only_the_kinds_that_are_wanted_are_sent_and_what_was_before_is_not(app: Flask, receiver: Receiver) -> None:
    PersonFactory(now=clock.now())
    endpoint, _secret = endpoint_at(receiver.address, now=clock.now(), kinds=["certificate"])
    PersonFactory(now=clock.now())
    assert promise(endpoint, now=clock.now()) == []
    assert queries.endpoint(endpoint.id).position == 2


def test_after_a_rotation_messages_are_signed_by_both_secrets_for_a_day(app: Flask, receiver: Receiver) -> None:
    endpoint, former = endpoint_at(receiver.address, now=clock.now())
    begin_writing()
    newest = rotate_secret(queries.held_endpoint(endpoint.id), keys=secrets_of(app.config), by=SYSTEM, now=clock.now())
    PersonFactory(now=clock.now())
    promise(endpoint, now=clock.now())
    send_due(endpoint.id)
    (message,) = receiver.received
    for secret in (former, newest):
        assert Webhook(secret).verify(message.body, message.headers)
    with time_machine.travel(clock.now() + BOTH_GOOD):
        PersonFactory(now=clock.now())
        promise(endpoint, now=clock.now())
        send_due(endpoint.id)
        last = receiver.received[-1]
        assert Webhook(newest).verify(last.body, last.headers)
        with pytest.raises(WebhookVerificationError):
            Webhook(former).verify(last.body, last.headers)


def test_secrets_lie_sealed_in_the_database(app: Flask) -> None:
    endpoint, secret = endpoint_at("https://tool.example.org/hook", now=NOW)
    plain = Webhook(secret)._whsecret
    assert secret.startswith("whsec_") and len(plain) == 32
    assert plain not in endpoint.secret and secret.encode() not in endpoint.secret


@pytest.mark.parametrize("status", [301, 307, 400, 404, 500, 503])
def test_whatever_is_not_2xx_is_tried_again_later_under_the_same_id(app: Flask, status: int) -> None:
    with receiving(status=status, location="http://127.0.0.1:1/elsewhere", text=b"x" * 100_000) as receiver:
        endpoint, _secret = endpoint_at(receiver.address, now=clock.now())
        PersonFactory(now=clock.now())
        promise(endpoint, now=clock.now())
        send_due(endpoint.id)
        (post,) = posts_of(endpoint)
        assert post.due_at is not None and post.due_at > clock.now()
        assert post.last_answer is not None and post.last_answer.startswith(str(status)) and len(post.last_answer) <= 1_010
        with time_machine.travel(clock.now() + timedelta(minutes=1)):
            send_due(endpoint.id)
        first, second = (message.headers["webhook-id"] for message in receiver.received)
        assert first == second


def test_who_answers_410_is_sent_nothing_more_until_somebody_says_so(app: Flask) -> None:
    with receiving(status=410) as receiver:
        endpoint, _secret = endpoint_at(receiver.address, now=clock.now())
        PersonFactory(now=clock.now())
        promise(endpoint, now=clock.now())
        send_due(endpoint.id)
        assert queries.endpoint(endpoint.id).refused_at is not None
        with time_machine.travel(clock.now() + timedelta(days=1)):
            send_due(endpoint.id)
            assert len(receiver.received) == 1
            receiver.status = 200
            begin_writing()
            services.resume(queries.held_endpoint(endpoint.id), by=SYSTEM, now=clock.now())
            db.session.commit()
            send_due(endpoint.id)
        assert [post.sent_at is not None for post in posts_of(endpoint)] == [True]
    assert deeds() == ["webhook.created", "webhook.paused", "webhook.resumed"]


def test_after_three_days_a_message_is_given_up_and_the_endpoint_fails_until_one_arrives(app: Flask) -> None:
    with receiving(status=500) as receiver:
        endpoint, _secret = endpoint_at(receiver.address, now=NOW)
        PersonFactory(now=NOW)
        promise(endpoint, now=NOW)
        tries: list[datetime] = []
        while (due_at := posts_of(endpoint)[0].due_at) is not None:
            tries.append(due_at)
            with time_machine.travel(due_at + timedelta(seconds=1), tick=False):
                send_due(endpoint.id)
        assert timedelta(days=2, hours=12) < tries[-1] - NOW <= timedelta(days=3)
        assert len(tries) >= 12
        pauses = [later - earlier for earlier, later in itertools.pairwise(tries)]
        assert min(pauses) >= timedelta(seconds=2) and max(pauses) <= timedelta(hours=6, seconds=2)
        assert queries.endpoint(endpoint.id).failing_since is not None
        assert deeds() == ["webhook.created", "webhook.failing"]
        receiver.status = 204
        begin_writing()
        assert services.replay_since(queries.held_endpoint(endpoint.id), since=NOW, by=SYSTEM, now=NOW + timedelta(days=4)) == 1
        db.session.commit()
        with time_machine.travel(NOW + timedelta(days=4), tick=False):
            send_due(endpoint.id)
    assert queries.endpoint(endpoint.id).failing_since is None
    assert len({message.headers["webhook-id"] for message in receiver.received}) == 1


def test_a_sender_that_is_killed_loses_nothing(app: Flask, receiver: Receiver) -> None:
    endpoint, _secret = endpoint_at(receiver.address, now=clock.now())
    PersonFactory(now=clock.now())
    promise(endpoint, now=clock.now())
    begin_writing()
    assert take_load(endpoint.id, keys=secrets_of(app.config), allows_private=True, now=clock.now()) is not None
    db.session.commit()
    send_due(endpoint.id)
    assert receiver.received == []
    with time_machine.travel(clock.now() + LEASE + timedelta(seconds=1)):
        send_due(endpoint.id)
    assert len(receiver.received) == 1
    assert [post.sent_at is not None for post in posts_of(endpoint)] == [True]


def test_one_endpoint_that_hangs_holds_up_no_other_nor_the_database(app: Flask, receiver: Receiver, monkeypatch: pytest.MonkeyPatch) -> None:
    with receiving(hangs=True) as hanging:
        stuck, _secret = endpoint_at(hanging.address, now=clock.now())
        fine, _secret = endpoint_at(receiver.address, now=clock.now())
        PersonFactory(now=clock.now())
        for endpoint in (stuck, fine):
            promise(endpoint, now=clock.now())
        send_webhooks(clock.now())
        assert hanging.reached.wait(60) and receiver.reached.wait(60)
        send_webhooks(clock.now())
        begin_writing()
        PersonFactory(now=clock.now())
        db.session.commit()
        assert posts_of(stuck)[0].sent_at is None
        hanging.let_go.set()
        for thread in threading.enumerate():
            if "_send_in_background" in thread.name:
                thread.join(60)
    assert len(hanging.received) == 1
    assert posts_of(stuck)[0].last_answer is not None
    assert posts_of(fine)[0].sent_at is not None


def test_a_try_ends_in_time_however_slowly_the_other_side_speaks(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sending, "WHOLE_SECONDS", 0.2)
    with receiving(hangs=True) as hanging:
        target = target_of(hanging.address, allows_private=True)
        assert target is not None
        answer = services.send(target, "{}", {}, allows_private=True)
    assert answer.status is None and answer.text


def test_after_a_failure_what_was_taken_along_waits_untried(app: Flask) -> None:
    with receiving(status=500) as receiver:
        endpoint, _secret = endpoint_at(receiver.address, now=clock.now())
        for _ in range(3):
            PersonFactory(now=clock.now())
        promise(endpoint, now=clock.now())
        send_due(endpoint.id)
        assert len(receiver.received) == 1
        assert [post.try_count for post in posts_of(endpoint)] == [1, 0, 0]


def test_a_paused_endpoint_is_sent_what_waited_when_it_goes_on(app: Flask, receiver: Receiver) -> None:
    endpoint, _secret = endpoint_at(receiver.address, now=clock.now())
    begin_writing()
    services.pause(queries.held_endpoint(endpoint.id), by=SYSTEM, now=clock.now())
    PersonFactory(now=clock.now())
    assert promise(endpoint, now=clock.now()) == []
    begin_writing()
    services.resume(queries.held_endpoint(endpoint.id), by=SYSTEM, now=clock.now())
    assert len(promise(endpoint, now=clock.now())) == 1


def test_a_host_that_leads_to_a_private_address_is_not_called_even_beside_public_ones(receiver: Receiver, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def lookup(host: str, port: int, **_options: object) -> list[object]:
        asked.append(host)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in ("93.184.216.34", "127.0.0.1")]

    monkeypatch.setattr(sending.socket, "getaddrinfo", lookup)
    target = target_of(f"https://tool.example.org:{receiver.port}/", allows_private=False)
    assert target is not None
    answer = services.send(target, "{}", {}, allows_private=False)
    assert (answer.status, "private" in answer.text, asked) == (None, True, ["tool.example.org"])
    assert receiver.received == []


def test_the_connection_goes_to_the_address_that_was_looked_at_under_the_hosts_name(receiver: Receiver, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever changes what a name leads to between looking and connecting changes nothing: it is looked up once."""
    answers = iter(["127.0.0.1", "203.0.113.7"])

    def lookup(_host: str, port: int, **_options: object) -> list[object]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (next(answers), port))]

    real = socket.create_connection

    def connect(address: tuple[str, int], timeout: float) -> socket.socket:
        assert address == ("127.0.0.1", receiver.port)
        monkeypatch.undo()
        return real(address, timeout=timeout)

    monkeypatch.setattr(sending.socket, "getaddrinfo", lookup)
    monkeypatch.setattr(sending.socket, "create_connection", connect)
    target = target_of(f"http://tool.example.org:{receiver.port}/", allows_private=True)
    assert target is not None
    assert services.send(target, "{}", {}, allows_private=True).is_taken
    assert receiver.received[0].headers["host"] == f"tool.example.org:{receiver.port}"

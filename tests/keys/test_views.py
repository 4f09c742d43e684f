"""What everybody finds of keys, and what an operator does about them."""

from flask import Flask

from tests.conftest import Browser
from training import clock
from training.config import secrets_of
from training.db import db
from training.keys import queries, services


def keys_in_set(browser: Browser) -> list[str]:
    return [key["kid"].rpartition("/")[2] for key in browser.get("/.well-known/jwks.json").json["keys"]]


def test_without_a_key_the_set_is_empty(browser: Browser) -> None:
    response = browser.get("/.well-known/jwks.json")
    assert (response.status_code, response.mimetype, response.json) == (200, "application/jwk-set+json", {"keys": []})


def test_operators_rotate_and_revoke_and_everybody_sees_it(app: Flask, browser: Browser) -> None:
    runner = app.test_cli_runner()
    assert runner.invoke(args=["keys", "rotate"]).exit_code == 0
    assert runner.invoke(args=["keys", "rotate"]).exit_code == 0
    new, old = keys_in_set(browser)
    revoked = runner.invoke(args=["keys", "revoke", old, "--reason", "Its machine was stolen."])
    assert (revoked.exit_code, revoked.output) == (0, f"{old} is revoked.\n")
    assert keys_in_set(browser) == [new]
    assert browser.get(f"/keys/{old}").status_code == 404
    document = browser.get("/.well-known/did.json").json
    assert [method.get("revoked") is not None for method in document["verificationMethod"]] == [False, True]
    listed = runner.invoke(args=["keys", "list"]).output.splitlines()
    assert [line.split("  ")[2].partition(" ")[0] for line in listed] == ["signs", "revoked"]
    again = runner.invoke(args=["keys", "revoke", old, "--reason", "Once more."])
    assert (again.exit_code, "revoked already" in again.output) == (1, True)
    assert "there is no key nonsense" in runner.invoke(args=["keys", "revoke", "nonsense", "--reason", "?"]).output


def test_a_private_key_is_in_no_answer(app: Flask, browser: Browser) -> None:
    services.signer(secrets_of(app.config), now=clock.now())
    db.session.commit()
    (key,) = queries.all_keys()
    for path in ("/.well-known/jwks.json", "/.well-known/did.json", f"/keys/{key.number}"):
        answer = browser.get(path)
        assert answer.status_code == 200
        assert '"d"' not in answer.text
        assert answer.headers["Access-Control-Allow-Origin"] == "*"

"""Checking packs without the platform: what holds, and what is said when it does not."""

import json
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

import pytest
import rfc8785
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.insights import independent
from tests.insights.factories import day, file_of, make_pack, make_world
from training import clock
from training.insights.rules import ScopeKind
from training.insights.rules.checking import Check
from training.insights.services.checking import check_pack
from training.keys import services as keys
from training.keys.queries import published_keys
from training.keys.rules import json_web_keys


@pytest.fixture
def pack(app):
    world = make_world()
    return file_of(make_pack(world.auditor, ScopeKind.QUEUE, world.queue.slug, at=day(41), now=clock.now()))


def failed(report):
    assert not report.holds
    return report.findings[-1].check


def test_a_pack_holds_for_us_and_for_a_verifier_that_knows_nothing_of_ours(pack):
    report = check_pack(pack)
    assert report.holds and [finding.check for finding in report.findings] == list(Check)
    assert independent.holds(pack)


def test_any_changed_byte_is_refused_by_both(pack):
    @settings(max_examples=150)
    @given(st.integers(0, len(pack) - 1), st.integers(1, 255))
    def refused(place, change):
        forged = pack[:place] + bytes([pack[place] ^ change]) + pack[place + 1 :]
        assert not check_pack(forged).holds
        assert not independent.holds(forged)

    refused()


def test_what_is_cut_off_added_or_laid_out_otherwise_is_refused(pack):
    for forged in (b"", pack[:-1], pack + b"\n", pack + pack, b"[" + pack + b"]", json.dumps(json.loads(pack)).encode(), b"[" * 100_000):
        assert failed(check_pack(forged)) in {Check.READABLE, Check.CANONICAL}
    twice = pack.replace(b'{"about":', b'{"about":{},"about":', 1)
    assert failed(check_pack(twice)) is Check.CANONICAL


def rewritten(pack, change):
    value = json.loads(pack)
    change(value)
    return rfc8785.dumps(value)


@pytest.mark.parametrize(
    ("change", "check"),
    [
        (lambda value: value["pack"]["facts"].update(extra=1), Check.SCHEMA),
        (lambda value: value["pack"]["facts"].pop("totals"), Check.SCHEMA),
        (lambda value: value["pack"]["facts"]["people"][0].update(number="1"), Check.SCHEMA),
        (lambda value: value["pack"]["facts"]["people"][0].update(name="Somebody Else"), Check.SIGNATURE),
        (lambda value: value["proof"].update(created="2020-01-01T00:00:00Z"), Check.SIGNATURE),
        (lambda value: value["proof"].update(proofValue="z1"), Check.SIGNATURE),
        (lambda value: value["pack"]["about"]["issuer"]["key"].update(x="A" * 43), Check.SIGNATURE),
        (lambda value: value["pack"]["about"]["issuer"]["key"].update(x="?"), Check.SIGNATURE),
    ],
)
def test_a_change_is_named_by_the_check_that_found_it(pack, change, check):
    assert failed(check_pack(rewritten(pack, change))) is check


def forged_by_the_issuer(pack, change):
    """The pack after a change by somebody who may sign: the chain and its entries must find it."""
    value = json.loads(pack)
    change(value["pack"])
    signer = keys.signer(["test-key-that-signs-nothing-real"], now=clock.now())
    document = {"pack": value["pack"]}
    proof = keys.proof_of(sha256(rfc8785.dumps(document)).digest(), signer, controller=value["pack"]["about"]["issuer"]["address"], now=clock.now())
    return rfc8785.dumps({**document, "proof": proof})


def award_in(pack):
    return next(entry for person in pack["facts"]["people"] for entry in person["ledger"] if entry["kind"] == "awarded")


@pytest.mark.parametrize(
    ("change", "check"),
    [
        (lambda pack: pack["chain"]["entries"][0].update(said=pack["chain"]["entries"][0]["said"].replace("2026", "2025")), Check.CHAIN),
        (lambda pack: pack["chain"]["entries"].pop(0), Check.CHAIN),
        (lambda pack: pack["chain"]["entries"].reverse(), Check.CHAIN),
        (lambda pack: pack["chain"]["head"].update(hash="0" * 64), Check.CHAIN),
        (lambda pack: pack["chain"]["head"].update(tree="0" * 64), Check.CHAIN),
        (lambda pack: pack["chain"]["head"].update(position=1), Check.CHAIN),
        (lambda pack: pack["chain"]["hashes"].append("0" * 64), Check.CHAIN),
        (lambda pack: award_in(pack).update(valid_until="2030-01-01T00:00:00Z"), Check.CITATIONS),
        (lambda pack: award_in(pack).update(reason="Because."), Check.CITATIONS),
        (lambda pack: award_in(pack).update(kind="renewed"), Check.CITATIONS),
        (lambda pack: award_in(pack).update(entry=4_000_000), Check.CITATIONS),
        (lambda pack: award_in(pack)["exams"][0].update(score_per_10000=9_000), Check.CITATIONS),
        (lambda pack: award_in(pack)["exams"][0].update(is_passed=False), Check.CITATIONS),
        (lambda pack: pack["facts"]["queues"][0]["versions"][0].update(number=2), Check.CITATIONS),
        (lambda pack: pack["facts"]["queues"][0]["versions"][0].update(content_hash="0" * 64), Check.CITATIONS),
        (lambda pack: pack["facts"]["people"][0].update(number=pack["facts"]["people"][0]["number"] + 1), Check.CITATIONS),
    ],
)
def test_not_even_whoever_may_sign_makes_a_fact_fit_another_history(pack, change, check):
    assert failed(check_pack(forged_by_the_issuer(pack, change))) is check


def test_an_exception_is_what_its_entry_says(pack):
    def change(told):
        budi = next(person for person in told["facts"]["people"] if person["exceptions"])
        budi["exceptions"][0]["reason"] = "Nobody asked."

    report = check_pack(forged_by_the_issuer(pack, change))
    assert failed(report) is Check.CITATIONS and "says otherwise of reason" in report.findings[-1].said


def test_only_trusted_keys_count_where_keys_are_given(pack):
    own = json_web_keys(published_keys(), site_url="https://here.example")
    assert check_pack(pack, own).holds
    assert "which is not among the keys that you trust" in check_pack(pack, {"keys": []}).findings[-1].said
    assert any("Compare" in text for text in check_pack(pack).unchecked) and not any("Compare" in text for text in check_pack(pack, own).unchecked)


def test_it_is_said_what_was_not_checked(pack):
    said = " ".join(check_pack(pack).unchecked)
    assert "revoked" in said and "issuer's word" in said


@pytest.fixture
def verify():
    """`flask audit verify` in a process of its own, which has no database to ask."""

    def run(*arguments):
        environment = {"SECRET_KEYS": "another-deployment-or-none", "DATABASE_URL": "postgresql+psycopg://nobody@127.0.0.1:1/nowhere", "PATH": "/usr/bin"}
        root = Path(__file__).parent.parent.parent
        command = [sys.executable, "-m", "flask", "--app", "wsgi", "audit", "verify", *arguments]
        return subprocess.run(command, capture_output=True, text=True, cwd=root, env=environment, check=False)

    return run


def test_the_command_checks_a_pack_without_a_database(pack, verify, tmp_path):
    file, trusted = tmp_path / "pack.json", tmp_path / "keys.json"
    file.write_bytes(pack)
    trusted.write_text(json.dumps(json_web_keys(published_keys(), site_url="https://here.example")))
    found = verify(str(file), "--key", str(trusted))
    assert found.returncode == 0, found.stderr
    assert "ok      citations:" in found.stdout and "not checked:" in found.stdout and "The pack holds." in found.stdout


def test_the_command_fails_and_says_which_check_did(app, pack, tmp_path):
    file = tmp_path / "pack.json"
    file.write_bytes(pack.replace(b"Sri Rahayu", b"Sri Rahaya"))
    found = app.test_cli_runner().invoke(args=["audit", "verify", str(file)])
    assert found.exit_code == 1 and "FAILED  signature:" in found.output and "The pack does not hold." in found.output
    (tmp_path / "keys.json").write_text("nonsense")
    found = app.test_cli_runner().invoke(args=["audit", "verify", str(file), "--key", str(tmp_path / "keys.json")])
    assert found.exit_code == 1 and "FAILED  keys:" in found.output


def test_the_command_takes_what_belongs_together(app, pack, tmp_path):
    file = tmp_path / "pack.json"
    file.write_bytes(pack)
    for arguments in (["--key", str(file)], [str(file), "--expect", f"1:{'0' * 64}"]):
        assert app.test_cli_runner().invoke(args=["audit", "verify", *arguments]).exit_code == 2


def test_the_head_of_a_pack_is_one_of_the_running_chain(app, pack):
    head = json.loads(pack)["pack"]["chain"]["head"]
    found = app.test_cli_runner().invoke(args=["audit", "verify", "--expect", f"{head['position']}:{head['hash']}"])
    assert found.exit_code == 0, found.output

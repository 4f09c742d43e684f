"""Canonical text and the chain."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from training.audit.rules import FIRST_HASH, Link, Statement, canonical_json, chained_hash, check_chain, pseudonym, salt_month

AT = datetime(2026, 11, 22, 9, tzinfo=UTC)


def statement(number, **changes):
    plain = {
        "id": number,
        "deed": "person.created",
        "actor_kind": "person",
        "actor_id": 7,
        "address_hash": None,
        "request_id": None,
        "subject_kind": "person",
        "subject_id": "9",
        "detail_json": "{}",
        "at": AT,
    }
    return Statement(**(plain | changes))


def chain_of(statements):
    links, head = [], FIRST_HASH
    for position, said in enumerate(statements, start=1):
        links.append(Link(position, head, chained_hash(head, said), said))
        head = links[-1].hash
    return links


def test_the_same_detail_is_always_the_same_text():
    assert canonical_json({"b": 1, "a": ["ü", None]}) == '{"a":["ü",null],"b":1}'
    jakarta = AT.astimezone(timezone(timedelta(hours=7)))
    assert canonical_json({"at": jakarta}) == canonical_json({"at": AT})


def test_what_json_has_no_word_for_is_refused():
    with pytest.raises(TypeError):
        canonical_json({"what": object()})


@given(st.lists(st.text(max_size=5), max_size=6))
def test_an_untouched_chain_holds(details):
    found = check_chain(chain_of(statement(number, detail_json=canonical_json({"x": text})) for number, text in enumerate(details)))
    assert (found.length, found.faults) == (len(details), ())


@given(st.integers(1, 6), st.sampled_from(["deed", "subject_id", "detail_json", "actor_kind"]))
def test_any_changed_entry_is_found(position, name):
    links = chain_of(statement(number) for number in range(1, 7))
    changed = statement(position, **{name: "forged"})
    links[position - 1] = Link(position, links[position - 1].previous_hash, links[position - 1].hash, changed)
    assert check_chain(links).faults == (f"Position {position}: entry {position} was changed after it was sealed.",)


def test_a_missing_link_and_a_missing_entry_are_found():
    links = chain_of(statement(number) for number in range(1, 5))
    assert "the links 2 to 2 are missing" in check_chain([links[0], *links[2:]]).faults[0]
    gone = Link(links[1].position, links[1].previous_hash, links[1].hash, None)
    assert check_chain([links[0], gone, *links[2:]]).faults == ("Position 2: the entry it sealed is gone.",)


def test_a_chain_that_was_recomputed_from_the_middle_is_found():
    links = chain_of(statement(number) for number in range(1, 5))
    forged = chain_of([statement(1), statement(2, deed="forged")])[1]
    assert any("does not follow" in fault for fault in check_chain([links[0], forged, *links[2:]]).faults)


def test_a_pseudonym_hides_the_value_and_says_the_same_for_the_same_salt():
    assert pseudonym("192.0.2.1", b"a" * 32) == pseudonym("192.0.2.1", b"a" * 32) != pseudonym("192.0.2.1", b"b" * 32)
    assert "192" not in pseudonym("192.0.2.1", b"a" * 32)[:3]
    assert salt_month(AT) == "2026-11"

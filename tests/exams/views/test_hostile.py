"""What a hostile candidate sends: each is refused in clear words or kept, none crashes a page, none touches anybody else's attempt."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from tests.exams.factories import ExamFactory, ItemFactory
from tests.exams.views.sittings import PROGRAM, WINDOW, Candidate
from training.db import db
from training.exams import queries
from training.exams.models import AnswerEvent, Attempt

MakeCandidate = Callable[..., Candidate]

TEXT = "Cheap pills without a prescription, ask me for the price."
OTHER_KINDS: tuple[dict[str, Any], ...] = (
    {"kind": "short", "answer": {"texts": ["remove"]}},
    {"kind": "evidence", "evidence": {"text": TEXT, "quotes": ["without a prescription"], "needed_overlap": 0.5}},
    {"kind": "ordering", "steps": ("Read it", "Decide it", "Note it")},
)
TYPED = {
    "\\u0000 and \\\\u0000": "\\u0000 and \\\\u0000",
    "bell \x07, tab \t, line\nescape \x1b[31m\x7f\x85": "bell , tab \t, line\nescape [31m",
    "\u202eright to left\u2066": "\u202eright to left\u2066",
    "\ufffe\ufdd0\U0001f600": "\U0001f600",
    "</textarea><script>": "</textarea><script>",
}
"""What is typed, and what is kept of it."""
SHORT, CHOICE = "short", "single"


@pytest.fixture
def sitting(candidate: MakeCandidate) -> tuple[Candidate, Attempt, dict[str, int]]:
    """Somebody who sits one question of each kind that may gate, and where each is."""
    for values in OTHER_KINDS:
        ItemFactory(options=(), **values)
    ItemFactory()
    someone = candidate()
    attempt = someone.start(ExamFactory(gating=True))
    return someone, attempt, {place.version.kind: place.position for place in queries.form_of(attempt)}


def stored(attempt: Attempt, position: int) -> Any:
    db.session.expire_all()
    answer = queries.answers_of(attempt.id).get(position)
    return answer.response if answer else None


def raw(someone: Candidate, attempt: Attempt, position: Any, response: str, sequence: int = 1) -> Any:
    """A save whose response is this JSON, letter by letter."""
    body = f'{{"client_id": "{WINDOW}", "sequence": {sequence}, "response": {response}}}'
    return someone.browser.put(f"/exams/attempts/{attempt.public_id}/answers/{position}", data=body, headers=PROGRAM)


@pytest.mark.parametrize(
    "response",
    [
        '{"text": "\\ud800"}',
        '{"\\udfff": 1}',
        '{"text": "a\\u0000b"}',
        '{"a": {"b\\u0000": []}}',
        '{"options": NaN}',
        '{"marks": [[0, Infinity]]}',
        '{"marks": [[0, -1e999]]}',
        '{"marks": [[0, ' + "9" * 400 + "]]}",
        '{"marks": [[0, ' + "9" * 5_000 + "]]}",
        '{"marks": [[' + "9" * 400 + ", 0, 1, 1]]}",
        '{"text": "x", "seconds": ' + "9" * 400 + "}",
        '{"options": [' + "9" * 400 + "]}",
        '{"text": ' + "[" * 200 + "]" * 200 + "}",
        '{"text": ' + '{"a":' * 5_000 + "1" + "}" * 5_000 + "}",
        "[" * 30_000,
        '"text"',
        "null",
        '{"text": "' + "x" * 10_000 + '"}',
        '{"order": [true, 2, 3]}',
        '{"order": [1.0, 2, 3]}',
        '{"options": [1], "options": {"$ne": 1}}',
    ],
)
def test_no_json_crashes_a_save_of_any_kind_of_question(sitting: tuple[Candidate, Attempt, dict[str, int]], response: str) -> None:
    someone, attempt, places = sitting
    for number, position in enumerate(places.values(), start=1):
        assert raw(someone, attempt, position, response, number).status_code == 422, response[:60]
        assert stored(attempt, position) is None
        assert someone.page(attempt, position).status_code == 200


def test_what_looks_like_an_escape_is_kept_and_control_characters_are_left_out(
    sitting: tuple[Candidate, Attempt, dict[str, int]],
) -> None:
    someone, attempt, places = sitting
    for number, (typed, kept) in enumerate(TYPED.items(), start=1):
        for _ in range(2):
            assert someone.save(attempt, places[SHORT], {"text": typed}, sequence=number).get_json()["verdict"] == "saved", typed
        assert stored(attempt, places[SHORT]) == {"text": kept}
        assert someone.page(attempt, places[SHORT]).status_code == 200


def test_a_page_shows_whatever_was_typed(sitting: tuple[Candidate, Attempt, dict[str, int]]) -> None:
    someone, attempt, places = sitting
    someone.save(attempt, places[SHORT], {"text": '"><script>alert(1)</script> \x07\x1b'})
    text = someone.text(attempt, places[SHORT])
    assert "<script>alert" not in text
    assert "\x07" not in text


@pytest.mark.parametrize("text", ["a\x00b", "\x00", "\x07\x1b[31m"])
def test_a_plain_form_takes_no_nul_and_crashes_on_nothing(sitting: tuple[Candidate, Attempt, dict[str, int]], text: str) -> None:
    someone, attempt, places = sitting
    for kind, position in places.items():
        fields = {"text": text, "quotes": text, "options": text, "rank-1": text, "go": "next"}
        assert someone.browser.post(f"/exams/attempts/{attempt.public_id}/{position}", data=fields).status_code in {302, 400, 422}, kind
        assert "\x00" not in json.dumps(stored(attempt, position) or {}, ensure_ascii=False)


@pytest.mark.parametrize("go", ["²", "٣", "-1", "999", "0", "99999999999999999999", "../../admin", "//evil.example"])
def test_a_button_that_does_not_exist_leads_to_the_exam(sitting: tuple[Candidate, Attempt, dict[str, int]], go: str) -> None:
    someone, attempt, places = sitting
    response = someone.browser.post(f"/exams/attempts/{attempt.public_id}/{places[CHOICE]}", data={"options": "1", "go": go})
    assert response.status_code == 302
    assert response.headers["Location"].startswith(f"/exams/attempts/{attempt.public_id}/")


@pytest.mark.parametrize("position", [0, 5, 301, 2**31 - 1, 2**31, 2**63, 10**30])
def test_a_place_that_no_form_has_is_told_apart_on_every_address(sitting: tuple[Candidate, Attempt, dict[str, int]], position: int) -> None:
    someone, attempt, _ = sitting
    assert raw(someone, attempt, position, '{"options": [1]}').status_code in {404, 422}
    assert someone.page(attempt, position).status_code == 404
    assert someone.browser.post(f"/exams/attempts/{attempt.public_id}/{position}", data={"options": "1"}).status_code in {404, 405}
    assert someone.browser.post(f"/exams/attempts/{attempt.public_id}/{position}/take-over").status_code in {302, 404, 405}
    assert someone.page(attempt, "status").status_code == 200


def test_another_persons_attempt_does_not_exist_on_any_address(candidate: MakeCandidate, sitting: tuple[Candidate, Attempt, dict[str, int]]) -> None:
    _, attempt, places = sitting
    thief = candidate()
    base, place = f"/exams/attempts/{attempt.public_id}", next(iter(places.values()))
    window = json.dumps({"client_id": WINDOW, "takes_over": True})
    report = json.dumps({"client_id": WINDOW, "signals": [{"number": 1, "kind": "paste", "ago": 0}]})
    answers = json.dumps([{"client_id": WINDOW, "sequence": 1, "position": place, "response": {}}])
    tried = [
        thief.save(attempt, place, {"options": [1]}),
        thief.page(attempt, place),
        thief.page(attempt, "finish"),
        thief.page(attempt, "status"),
        thief.page(attempt, "result"),
        thief.browser.post(f"{base}/{place}", data={"options": "1"}),
        thief.browser.post(f"{base}/{place}/take-over"),
        thief.browser.post(f"{base}/answers", data={"answers": answers}),
        thief.browser.post(f"{base}/writer", data=window, headers=PROGRAM),
        thief.browser.post(f"{base}/submission", data=json.dumps({"client_id": WINDOW}), headers=PROGRAM),
        thief.browser.post(f"{base}/submit"),
        thief.browser.post(f"{base}/break", data={"go": "start"}),
        thief.browser.post(f"{base}/signals", data={"signals": report}),
    ]
    assert [response.status_code for response in tried] == [404] * len(tried)
    db.session.expire_all()
    assert (attempt.state, attempt.writer_id, queries.answers_of(attempt.id)) == ("open", None, {})


def test_three_hundred_answers_at_once_are_taken_and_one_more_is_not(sitting: tuple[Candidate, Attempt, dict[str, int]]) -> None:
    someone, attempt, places = sitting
    position = places[CHOICE]
    entries = [{"client_id": WINDOW, "sequence": number, "position": position, "response": {"options": [number % 4 + 1]}} for number in range(1, 302)]
    address = f"/exams/attempts/{attempt.public_id}/answers"
    assert someone.browser.post(address, data={"answers": json.dumps(entries)}).status_code == 422
    taken = someone.browser.post(address, data={"answers": json.dumps(entries[:300])})
    assert taken.status_code == 200
    assert {result["verdict"] for result in taken.get_json()["results"]} == {"saved"}
    assert stored(attempt, position) == {"options": [1]}
    again = someone.browser.post(address, data={"answers": json.dumps(entries[:300])})
    assert {result["verdict"] for result in again.get_json()["results"]} == {"saved"}
    assert db.session.query(AnswerEvent).count() == 300


def test_a_beacon_after_the_submission_is_kept_and_changes_nothing(sitting: tuple[Candidate, Attempt, dict[str, int]]) -> None:
    someone, attempt, places = sitting
    position = places[CHOICE]
    someone.save(attempt, position, {"options": [1]})
    assert someone.post(attempt, "submission", {"client_id": WINDOW}).status_code == 200
    entries = [{"client_id": WINDOW, "sequence": 2, "position": position, "response": {"options": [2]}}]
    late = someone.browser.post(f"/exams/attempts/{attempt.public_id}/answers", data={"answers": json.dumps(entries)})
    assert [result["verdict"] for result in late.get_json()["results"]] == ["closed"]
    assert stored(attempt, position) == {"options": [1]}
    assert someone.post(attempt, "submission", {"client_id": "another-window"}).status_code == 200
    assert db.session.query(AnswerEvent).filter_by(verdict="closed").count() == 1


def test_forged_numbers_and_names_of_windows_harm_nobody_else(candidate: MakeCandidate, sitting: tuple[Candidate, Attempt, dict[str, int]]) -> None:
    someone, attempt, places = sitting
    position = places[CHOICE]
    for forged in (2**53 - 1, 2**53):
        assert someone.save(attempt, position, {"options": [2]}, sequence=forged).status_code == 422
    assert someone.save(attempt, position, {"options": [1]}, sequence=8).status_code == 200
    assert someone.save(attempt, position, {"options": [2]}, sequence=7).get_json()["verdict"] == "stale"
    other = candidate()
    theirs = other.start(queries.exams()[0])
    place = next(place.position for place in queries.form_of(theirs) if place.version.kind == CHOICE)
    assert other.save(theirs, place, {"options": [3]}, sequence=7).get_json()["verdict"] == "saved"
    assert (stored(attempt, position), stored(theirs, place)) == ({"options": [1]}, {"options": [3]})


def test_a_finished_attempt_changes_hands_no_more(sitting: tuple[Candidate, Attempt, dict[str, int]]) -> None:
    someone, attempt, _ = sitting
    someone.post(attempt, "submission", {"client_id": WINDOW})
    assert someone.post(attempt, "writer", {"client_id": "another-window", "takes_over": True}).status_code == 409
    db.session.expire_all()
    assert attempt.writer_id is None
    assert not queries.signals_of(attempt.id)


@pytest.mark.parametrize("after", ["0001-01-01T00:00:00+23:59_1", "9999-12-31T23:59:59-23:59_1", "2026-01-01T00:00:00_x", "_", "x_1", "2026-01-01_²", "_1"])
@pytest.mark.parametrize("path", ["/exams/desk/signals", "/exams/desk/running"])
def test_a_forged_place_in_a_list_is_refused(as_role: Callable[..., Any], path: str, after: str) -> None:
    assert as_role("trainer").get(path, query_string={"after": after}).status_code in {200, 400}


@pytest.mark.parametrize("identity", ["99999999999999999999", "-1", "x", "²"])
@pytest.mark.parametrize("path", ["/exams/desk/regrades", "/disputes", "/exams/desk/allowances", "/practice/history"])
def test_a_list_after_an_id_that_no_row_can_have_begins_anew(as_role: Callable[..., Any], path: str, identity: str) -> None:
    assert as_role("trainer").get(path, query_string={"before": identity}).status_code == 200

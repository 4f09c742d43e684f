import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from tests.accounts.factories import PersonFactory, TeamFactory
from tests.conftest import Browser
from tests.exams.factories import NOON, AttemptFactory, ExamFactory
from tests.exams.services.test_comparing import KEY_WAS_C, MUCH_LATER, RIGHT_AFTER_ALL, Cohort
from tests.exams.views.sittings import Candidate
from training.actors import SYSTEM
from training.db import db
from training.exams import queries, services
from training.exams.models import Attempt, AttemptSignal, SignalTally
from training.exams.rules.rulings import Ruling, RulingKind

MakeBrowser = Callable[..., Browser]
MakeCandidate = Callable[..., Candidate]

WINDOW = "window-of-the-test"


def report(candidate: Candidate, attempt: Attempt, *signals: Any, **more: Any) -> Any:
    body = {"client_id": WINDOW, "signals": list(signals), **more}
    return candidate.browser.post(f"/exams/attempts/{attempt.public_id}/signals", data={"signals": json.dumps(body)})


def absence(number: int = 1, **more: Any) -> dict[str, Any]:
    return {"number": number, "kind": "focus_lost", "position": 1, "ago": 0, "milliseconds": 0, **more}


def finished(person: Any = None, exam: Any = None, **noticed: Any) -> Attempt:
    """An attempt that is over, with this much noticed about it."""
    attempt = AttemptFactory(person=person or PersonFactory(), exam=exam or next(iter(queries.exams()), None) or ExamFactory())
    services.submit_attempt(attempt, client_id="window", by=SYSTEM, now=NOON + timedelta(minutes=5))
    services.tally_finished(NOON + timedelta(minutes=6))
    tally = queries.tally_of(attempt.id)
    assert tally is not None
    for name, value in noticed.items():
        setattr(tally, name, value)
    db.session.commit()
    return attempt  # type: ignore[no-any-return]


def page(browser: Browser, path: str) -> str:
    response = browser.get(path)
    assert response.status_code == 200, response.status_code
    return " ".join(response.get_data(as_text=True).split())


def test_a_window_reports_and_only_of_its_own_attempt(candidate: MakeCandidate) -> None:
    sitting = candidate()
    attempt = sitting.start(ExamFactory())
    assert report(sitting, attempt, {"number": 1, "kind": "paste", "ago": 0}).get_json() == {"kept": 1}
    assert report(sitting, attempt, absence()).get_json() == {"kept": 0}
    assert report(candidate(), attempt, absence()).status_code == 404


@pytest.mark.parametrize(
    "signals",
    [
        [],
        [absence()] * 51,
        [absence(kind="similarity")],
        [absence(kind="takeover")],
        [absence(text="what somebody typed")],
        [absence(number=0)],
        [absence(number=2**31)],
        [absence(position=-1)],
        [absence(ago=-5)],
        [absence(milliseconds=1e9)],
        [absence(ago=float("nan"))],
    ],
)
def test_what_no_window_of_ours_sends_is_refused(candidate: MakeCandidate, signals: list[Any]) -> None:
    sitting = candidate()
    attempt = sitting.start(ExamFactory())
    assert report(sitting, attempt, *signals).status_code == 422
    assert sitting.browser.post(f"/exams/attempts/{attempt.public_id}/signals", data={"signals": "{"}).status_code == 422
    assert sitting.browser.post(f"/exams/attempts/{attempt.public_id}/signals", data={"signals": "x" * 65_000}).status_code == 413
    assert not db.session.query(AttemptSignal).count()


def test_a_report_needs_the_pages_token_in_its_body(candidate: MakeCandidate, app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    sitting = candidate()
    attempt = sitting.start(ExamFactory())
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", True)
    assert report(sitting, attempt, absence()).status_code == 400
    token = sitting.text(attempt, 1).split('name="csrf_token" value="')[1].split('"')[0]
    body = json.dumps({"client_id": WINDOW, "signals": [{"number": 1, "kind": "paste", "ago": 0}]})
    sent = sitting.browser.post(f"/exams/attempts/{attempt.public_id}/signals", data={"signals": body, "csrf_token": token})
    assert sent.get_json() == {"kept": 1}


def test_the_candidate_is_told_before_the_start_what_is_recorded(candidate: MakeCandidate) -> None:
    text = page(candidate().browser, f"/exams/{ExamFactory().slug}")
    assert "What is recorded besides your answers" in text
    assert "No machine decides anything by it" in text


def test_what_waits_is_listed_with_how_common_it_is(as_role: MakeBrowser) -> None:
    exam = ExamFactory()
    seen = PersonFactory(name="Rini Wulandari")
    for _ in range(20):
        finished(exam=exam)
    finished(seen, exam, focus_count=7, focus_seconds=214.0, is_waiting=True)
    text = page(as_role("trainer"), "/exams/desk/signals")
    assert "Rini Wulandari" in text
    assert "Left the window 7 times, 3 min 34 s in all" in text
    assert "1 of 21 attempts as often or oftener" in text
    assert text.count("<tr>") == 2
    assert page(as_role("auditor"), "/exams/desk/signals?show=all").count("<tr>") == 22
    assert "1 waiting" in page(as_role("trainer"), "/exams/desk")


def test_the_list_is_narrowed_and_turned_by_pages(as_role: MakeBrowser) -> None:
    exam = ExamFactory()
    for number in range(52):
        finished(exam=exam, paste_count=number % 2, is_waiting=True)
    browser = as_role("trainer")
    assert page(browser, f"/exams/desk/signals?kind=paste&exam={exam.slug}").count("<tr>") == 27
    assert "Nothing to look at" in page(browser, "/exams/desk/signals?kind=similarity")
    assert "Nothing to look at" in page(browser, "/exams/desk/signals?show=talk")
    first = page(browser, "/exams/desk/signals")
    assert first.count("<tr>") == 51
    more = first.split('href="/exams/desk/signals?')[1].split('"')[0].replace("&amp;", "&")
    assert page(browser, f"/exams/desk/signals?{more}").count("<tr>") == 3
    assert browser.get("/exams/desk/signals?after=yesterday_x").status_code == 400


def test_a_time_line_says_each_thing_in_words_with_its_ordinary_reasons(as_role: MakeBrowser) -> None:
    attempt, other = finished(is_waiting=True), finished()
    things: list[dict[str, Any]] = [
        {"kind": "focus_lost", "number": 1, "client_id": WINDOW, "position": 3, "seconds": 12.34},
        {"kind": "paste", "number": 2, "client_id": WINDOW, "position": None},
        {"kind": "takeover", "client_id": WINDOW},
        {"kind": "rapid_answers", "figures": {"places": [2, 5], "timed": 40}},
        {"kind": "impossible_speed", "figures": {"words": 3000, "seconds": 120.0, "least_seconds": 300.0}},
        {"kind": "similarity", "figures": {"other": other.public_id, "common": 40, "identical": 12, "expected": 1.9, "p_value": 1e-7, "pairs": 1770}},
    ]
    db.session.add_all([AttemptSignal(**{"figures": {}, "attempt_id": attempt.id, "at": NOON, "recorded_at": NOON, **thing}) for thing in things])
    db.session.commit()
    text = page(as_role("auditor"), f"/exams/desk/signals/{attempt.public_id}")
    for words in (
        "Left the window for 12.3 s at question 3.",
        "What it was is not recorded.",
        "took over from the one before",
        "2 of 40 answers were given within 2 s",
        "questions 2, 5",
        "Reading the 3,000 words",
        "12 of 40 questions that both met",
        "once in 10,000,000 pairs; 1,770 pairs were compared that day",
        f"/exams/desk/signals/{other.public_id}",
        "Trainers close reviews.",
        "Ordinary reasons",
    ):
        assert words in text, words


def test_a_trainer_closes_a_review_with_a_note(as_role: MakeBrowser) -> None:
    attempt = finished(paste_count=1, is_waiting=True)
    browser, path = as_role("trainer"), f"/exams/desk/signals/{attempt.public_id}"
    refused = browser.post(f"{path}/review", data={"outcome": "nothing_found", "note": ""})
    assert refused.status_code == 400
    assert "Say what you looked at." in refused.get_data(as_text=True)
    assert browser.post(f"{path}/review", data={"outcome": "guilty", "note": "Long enough a note."}).status_code == 400
    closed = browser.post(f"{path}/review", data={"outcome": "nothing_found", "note": "Dictation software pastes."}, follow_redirects=True)
    assert "The score and the certificate stay as they are." in closed.get_data(as_text=True)
    text = page(browser, path)
    assert "Nothing found, by Person" in text
    assert "Dictation software pastes." in text
    assert "Nothing to look at" in page(browser, "/exams/desk/signals")


def test_ones_own_attempt_is_not_on_ones_desk(candidate: MakeCandidate) -> None:
    person = PersonFactory(roles=("trainer", "moderator"))
    attempt = finished(person, paste_count=1, is_waiting=True)
    browser = candidate(person).browser
    assert "Nothing to look at" in page(browser, "/exams/desk/signals")
    assert browser.get(f"/exams/desk/signals/{attempt.public_id}").status_code == 404
    assert browser.post(f"/exams/desk/signals/{attempt.public_id}/review", data={"outcome": "talk", "note": "Long enough a note."}).status_code == 404


def test_auditors_read_and_close_nothing_and_moderators_see_nothing(as_role: MakeBrowser) -> None:
    attempt = finished(paste_count=1, is_waiting=True)
    path = f"/exams/desk/signals/{attempt.public_id}"
    assert as_role("auditor").post(f"{path}/review", data={"outcome": "talk", "note": "Long enough a note."}).status_code == 403
    for address in ("/exams/desk/signals", path, "/exams/desk/signals/groups"):
        assert as_role("moderator").get(address).status_code == 403
    assert as_role("trainer").get("/exams/desk/signals/nobodys").status_code == 404


def test_a_running_attempt_has_a_time_line_and_no_review(as_role: MakeBrowser) -> None:
    attempt = AttemptFactory()
    assert "a review can be closed when all is counted" in page(as_role("trainer"), f"/exams/desk/signals/{attempt.public_id}")


def test_teams_and_questions_are_compared_where_there_are_enough(as_role: MakeBrowser, monkeypatch: pytest.MonkeyPatch) -> None:
    exam = ExamFactory()
    browser = as_role("trainer")
    assert "Too few to judge" in page(browser, "/exams/desk/signals/groups")
    monkeypatch.setattr("training.clock.now", lambda: NOON + timedelta(hours=1))
    night, day = TeamFactory(name="Night shift"), TeamFactory(name="Day shift")
    for number in range(20):
        finished(PersonFactory(team=night if number % 2 else day), exam)
    text = page(browser, "/exams/desk/signals/groups")
    assert "Night shift" in text
    assert "0 of 10 (0" in text
    assert "on more than a quarter of 20 forms" in text


def test_signals_are_in_the_persons_own_data(candidate: MakeCandidate) -> None:
    person = PersonFactory()
    attempt = finished(person)
    db.session.add(AttemptSignal(attempt_id=attempt.id, kind="takeover", client_id=WINDOW, figures={}, at=NOON, recorded_at=NOON))
    db.session.commit()
    found = candidate(person).browser.get("/account/data.json").get_json()
    assert [signal["kind"] for signal in found["exam_signals"][0]["signals"]] == ["takeover"]
    assert db.session.query(SignalTally).count() == 1


def test_what_a_ruling_changed_about_wrong_answers_in_common_is_said_with_the_way_to_it(app: Flask, as_role: MakeBrowser) -> None:
    cohort = Cohort()
    ruling_id = cohort.rule(RIGHT_AFTER_ALL)
    cohort.compare(MUCH_LATER)
    trainer = as_role("trainer")
    seen = page(trainer, f"/exams/desk/signals/{cohort.attempts[0].public_id}")
    assert "9 of 20 questions that both met have the same wrong answer" in seen
    assert f'no longer stand out since <a href="/exams/desk/regrades/{ruling_id}">a ruling on a key</a>' in seen
    assert "1 of 1 comparison: 0 pairs newly" in page(trainer, f"/exams/desk/regrades/{ruling_id}")
    listed = page(trainer, "/exams/desk/signals?show=all&kind=similarity_gone")
    assert [attempt.public_id in listed for attempt in cohort.attempts] == [True, True, *[False] * 10]


def test_a_pair_that_stands_out_since_a_ruling_says_so(app: Flask, as_role: MakeBrowser) -> None:
    cohort = Cohort(options=KEY_WAS_C)
    cohort.rule(Ruling(RulingKind.NEW_KEY, {"correct": ["a"]}))
    cohort.compare(MUCH_LATER)
    seen = page(as_role("trainer"), f"/exams/desk/signals/{cohort.attempts[0].public_id}")
    assert "It stands out only since" in seen
    assert "To be looked at" in seen

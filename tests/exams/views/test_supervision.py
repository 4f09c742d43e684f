from collections.abc import Callable
from datetime import timedelta

import pytest

from tests.accounts.factories import PersonFactory
from tests.conftest import Browser
from tests.exams.factories import AttemptFactory, ExamFactory
from tests.exams.views.sittings import PROGRAM, WINDOW, Candidate
from tests.statements import counted
from training import clock
from training.accounts.models import Person
from training.accounts.rules import FactKind
from training.accounts.services import record_facts
from training.actors import SYSTEM
from training.db import db
from training.exams import queries
from training.exams.models import Attempt

MakeCandidate = Callable[..., Candidate]
MakeBrowser = Callable[..., Browser]
MINUTE = timedelta(minutes=1)
WHY = "The fire bell rang and they left the room."


@pytest.fixture
def sitting(candidate: MakeCandidate) -> tuple[Candidate, Attempt]:
    someone = candidate(name="Sari Lestari")
    return someone, someone.start(ExamFactory(title="Entry to the shop floor"))


def desk(attempt: Attempt, path: str = "") -> str:
    return f"/exams/desk/running/{attempt.public_id}{path}"


def rule(browser: Browser, attempt: Attempt, deed: str, **form: object) -> int:
    prefix = "extend-" if deed == "extension" else "pause-"
    values = {f"{prefix}{name}": str(value) for name, value in {"reason": WHY, **form}.items()}
    return browser.post(desk(attempt, f"/{deed}"), data=values).status_code


def text(browser: Browser, address: str) -> str:
    response = browser.get(address)
    assert response.status_code == 200
    return " ".join(response.get_data(as_text=True).split())


def status(someone: Candidate, attempt: Attempt) -> dict[str, object]:
    answer: dict[str, object] = someone.page(attempt, "status").json
    return answer


def test_the_list_shows_who_sits_and_how_far_they_are(sitting: tuple[Candidate, Attempt], as_role: MakeBrowser) -> None:
    someone, attempt = sitting
    someone.save(attempt, 1, {"options": [2]})
    AttemptFactory(exam=(other := ExamFactory(title="Another exam")), now=clock.now(), person=PersonFactory(name="Budi Santoso"))
    AttemptFactory(exam=other, now=clock.now() - timedelta(days=1), person=PersonFactory(name="Long Gone"))
    page = text(as_role("trainer"), "/exams/desk/running")
    assert "Sari Lestari" in page
    assert "1 of 4" in page
    assert "Budi Santoso" in page
    assert "Long Gone" not in page
    narrowed = text(as_role("auditor"), f"/exams/desk/running?exam={other.slug}")
    assert "Sari Lestari" not in narrowed
    assert "Budi Santoso" in narrowed


def test_the_list_goes_on_where_a_page_ends(sitting: tuple[Candidate, Attempt], as_role: MakeBrowser, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queries, "PAGE_SIZE", 1)
    monkeypatch.setattr("training.exams.queries.supervision.PAGE_SIZE", 1)
    AttemptFactory(exam=ExamFactory(), now=clock.now() + MINUTE, person=PersonFactory(name="Budi Santoso"))
    browser = as_role("trainer")
    first = text(browser, "/exams/desk/running")
    assert "Budi Santoso" not in first
    more = first.split('rel="next" href="')[1].split('"')[0].replace("&amp;", "&")
    second = text(browser, more)
    assert "Budi Santoso" in second
    assert "Sari Lestari" not in second
    assert browser.get("/exams/desk/running?after=yesterday_1").status_code == 400


def test_an_empty_hall_says_so(as_role: MakeBrowser) -> None:
    assert "Nobody sits an exam now" in text(as_role("trainer"), "/exams/desk/running")


def test_more_time_reaches_the_candidate(sitting: tuple[Candidate, Attempt], as_role: MakeBrowser) -> None:
    someone, attempt = sitting
    before, trainer = attempt.deadline_at, as_role("trainer")
    assert rule(trainer, attempt, "extension", minutes=7) == 302
    assert someone.attempt().deadline_at == before + 7 * MINUTE
    assert str(status(someone, attempt)["deadline_at"]).startswith(f"{before + 7 * MINUTE:%Y-%m-%dT%H:%M:%S}")
    page = text(trainer, desk(attempt))
    assert WHY in page
    assert "More time" in page


def test_time_that_is_given_twice_upon_the_same_page_is_given_once(sitting: tuple[Candidate, Attempt], as_role: MakeBrowser) -> None:
    someone, attempt = sitting
    before, trainer, colleague = attempt.deadline_at, as_role("trainer"), as_role("trainer")
    page = text(trainer, desk(attempt))
    seen = page.partition('name="extend-ends" value="')[2].partition('"')[0]
    sent = {"extend-minutes": "7", "extend-reason": WHY, "extend-ends": seen}
    address = f"{desk(attempt)}/extension"
    assert trainer.post(address, data=sent).status_code == 302
    for again in (trainer, colleague):
        refused = again.post(address, data=sent)
        assert refused.status_code == 409
        assert "The end has moved since this page was shown" in refused.text
        assert seen not in refused.text
    assert someone.attempt().deadline_at == before + 7 * MINUTE


def test_a_pause_covers_the_questions_until_it_goes_on(sitting: tuple[Candidate, Attempt], as_role: MakeBrowser) -> None:
    someone, attempt = sitting
    stem = "A shop offers something"
    trainer = as_role("trainer")
    assert stem in someone.text(attempt, 1)
    assert rule(trainer, attempt, "pause") == 302
    for path in (1, 2, "finish"):
        covered = someone.text(attempt, path)
        assert "The exam is paused" in covered
        assert stem not in covered
        assert 'name="options"' not in covered
    assert "The exam is paused" in someone.text(attempt, 99)
    assert status(someone, attempt)["paused_at"] is not None
    saved = someone.save(attempt, 1, {"options": [2]})
    assert (saved.status_code, saved.json["verdict"]) == (202, "paused")
    refused = someone.post(attempt, "submission", {"client_id": WINDOW})
    assert (refused.status_code, refused.json["error"]) == (409, "sitting_paused")
    assert "Paused" in text(trainer, "/exams/desk/running")
    assert rule(trainer, attempt, "resumption") == 302
    assert stem in someone.text(attempt, 1)
    assert queries.answers_of(attempt.id)[1].response == {"options": [2]}
    assert status(someone, attempt)["paused_at"] is None


def test_without_a_script_an_answer_sent_during_a_pause_is_kept(sitting: tuple[Candidate, Attempt], as_role: MakeBrowser) -> None:
    someone, attempt = sitting
    trainer = as_role("trainer")
    rule(trainer, attempt, "pause")
    response = someone.browser.post(f"/exams/attempts/{attempt.public_id}/2", data={"options": "3", "go": "next"})
    assert response.location.endswith("/2")
    assert "counts when the exam goes on" in someone.text(attempt, 2)
    rule(trainer, attempt, "resumption")
    db.session.expire_all()
    assert queries.answers_of(attempt.id)[2].response == {"options": [3]}


@pytest.mark.parametrize(
    ("deed", "form", "words"),
    [
        ("extension", {"minutes": 0}, "whole minutes from 1 to 240"),
        ("extension", {"minutes": 241}, "whole minutes from 1 to 240"),
        ("extension", {"minutes": "many"}, "Not a valid integer"),
        ("extension", {"minutes": 5, "reason": ""}, "Say why."),
        ("pause", {"reason": "short"}, "between 10 and 500"),
        ("resumption", {"reason": "x" * 501}, "between 10 and 500"),
    ],
)
def test_a_ruling_needs_its_reason_and_its_minutes(
    sitting: tuple[Candidate, Attempt], as_role: MakeBrowser, deed: str, form: dict[str, object], words: str
) -> None:
    _, attempt = sitting
    prefix = "extend-" if deed == "extension" else "pause-"
    response = as_role("trainer").post(desk(attempt, f"/{deed}"), data={f"{prefix}{name}": str(value) for name, value in ({"reason": WHY} | form).items()})
    assert response.status_code == 400
    assert words in response.get_data(as_text=True)
    assert queries.time_events_of(attempt.id) == []


def test_who_may_look_and_who_may_rule(sitting: tuple[Candidate, Attempt], as_role: MakeBrowser) -> None:
    _, attempt = sitting
    auditor = as_role("auditor")
    assert "Trainers rule on the time" in text(auditor, desk(attempt))
    assert rule(auditor, attempt, "pause") == 403
    for role in ("moderator", "lead", "qa"):
        assert as_role(role).get(desk(attempt)).status_code == 403
        assert as_role(role).get("/exams/desk/running").status_code == 403
        assert rule(as_role(role), attempt, "pause") == 403
    assert as_role("trainer").get("/exams/desk/running/no-such-attempt").status_code == 404
    assert as_role("trainer").post("/exams/desk/running/no-such-attempt/pause", data={"pause-reason": WHY}).status_code == 404


def test_a_trainer_never_rules_on_their_own_attempt(candidate: MakeCandidate) -> None:
    trainer = candidate(roles=("trainer",))
    attempt = trainer.start(ExamFactory())
    assert "another trainer rules on it" in text(trainer.browser, desk(attempt))
    for deed in ("extension", "pause", "resumption"):
        assert rule(trainer.browser, attempt, deed, minutes=5) == 409
    assert queries.time_events_of(attempt.id) == []


def test_what_is_over_is_looked_at_only(sitting: tuple[Candidate, Attempt], as_role: MakeBrowser) -> None:
    someone, attempt = sitting
    someone.post(attempt, "submission", {"client_id": WINDOW})
    trainer = as_role("trainer")
    assert "It is over" in text(trainer, desk(attempt))
    assert rule(trainer, attempt, "extension", minutes=5) == 409


def test_the_status_says_who_writes_and_is_nobody_elses(sitting: tuple[Candidate, Attempt], candidate: MakeCandidate) -> None:
    someone, attempt = sitting
    assert status(someone, attempt)["writer"] is None
    someone.post(attempt, "writer", {"client_id": WINDOW})
    said = status(someone, attempt)
    assert (said["writer"], said["state"], said["is_on_break"], said["paused_at"]) == (WINDOW, "open", False, None)
    assert candidate().browser.get(f"/exams/attempts/{attempt.public_id}/status", headers=PROGRAM).status_code == 404
    someone.post(attempt, "submission", {"client_id": WINDOW})
    assert status(someone, attempt)["state"] == "submitted"


def test_the_status_costs_one_row(sitting: tuple[Candidate, Attempt]) -> None:
    someone, attempt = sitting
    address = f"/exams/attempts/{attempt.public_id}/status"
    with counted() as asked:
        assert someone.browser.get(address).status_code == 200
    assert len([statement for statement in asked if "attempt" in statement]) == 1, asked
    assert len(asked) <= 3, asked


def with_breaks(person: Person, seconds: int) -> Person:
    values = {"time_multiplier": 1.0, "extra_break_seconds": seconds}
    record_facts(person, {FactKind.ACCOMMODATIONS: values}, effective_from=clock.now() - MINUTE, by=SYSTEM, now=clock.now() - MINUTE)
    return person


def test_a_break_covers_the_questions_until_the_candidate_ends_it(candidate: MakeCandidate) -> None:
    someone = candidate(with_breaks(PersonFactory(), 600))
    attempt = someone.start(exam := ExamFactory())
    assert "Take a break" in someone.text(attempt, 2)
    address = f"/exams/attempts/{attempt.public_id}/break"
    assert someone.browser.post(address, data={"go": "start", "position": "2"}).location.endswith("/2")
    covered = someone.text(attempt, 2)
    assert "You are on a break" in covered
    assert 'name="options"' not in covered
    said = status(someone, attempt)
    assert said["is_on_break"]
    assert 595 < float(str(said["break_seconds_left"])) < 600
    someone.browser.post(address, data={"go": "end", "position": "2"})
    assert 'name="options"' in someone.text(attempt, 2)
    assert someone.browser.post(address, data={"go": "start", "position": "9999999999999"}).location.endswith("/1")
    assert someone.browser.post(address, data={"go": "away"}).status_code == 400
    assert "10 min of breaks" in " ".join(someone.browser.get(f"/exams/{exam.slug}").get_data(as_text=True).split())


def test_breaks_are_offered_to_those_only_who_have_them(sitting: tuple[Candidate, Attempt], candidate: MakeCandidate) -> None:
    someone, attempt = sitting
    assert "Take a break" not in someone.text(attempt, 1)
    address = f"/exams/attempts/{attempt.public_id}/break"
    assert someone.browser.post(address, data={"go": "start"}).status_code == 409
    assert candidate().browser.post(address, data={"go": "start"}).status_code == 404

import html
import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from tests.accounts.factories import PersonFactory
from tests.conftest import Browser
from tests.exams.factories import ExamFactory, right_response
from tests.exams.views.sittings import WINDOW, Candidate
from training.disputes import services as disputes
from training.exams import services
from training.exams.models import Attempt
from training.exams.queries.protocol import TOLD_BETTER, ProtocolLine, protocol_of
from training.exams.rules.saving import SaveVerdict
from training.exams.rules.timing import TimeDeed
from training.exams.rules.viewing import ViewingDeed
from training.exams.services import AnswerFault
from training.exams.views.blueprint import VERDICT_NAMES
from training.exams.views.protocol import DEED_NAMES, DISPUTE_NAMES, FAULT_WORDS

MakeCandidate = Callable[..., Candidate]
MakeBrowser = Callable[..., Browser]
WHY = "The fire bell rang and they left the room."


def page_of(browser: Browser, attempt: Attempt) -> str:
    response = browser.get(f"/exams/desk/attempts/{attempt.public_id}")
    assert response.status_code == 200
    return " ".join(response.get_data(as_text=True).split())


@pytest.fixture
def sat(candidate: MakeCandidate, as_role: MakeBrowser) -> Attempt:
    """An attempt with a takeover, more time, a pause with an answer in it, a late answer and a ruling."""
    someone, trainer = candidate(PersonFactory(name="Sari Lestari")), as_role("trainer")
    attempt = someone.start(ExamFactory(title="Entry to the shop floor"))
    supervise, address = f"/exams/desk/running/{attempt.public_id}", f"/exams/desk/late/{attempt.public_id}"
    someone.save(attempt, 1, right_response(attempt, 1))
    someone.post(attempt, "writer", {"client_id": "window-two", "takes_over": True})
    trainer.post(f"{supervise}/extension", data={"extend-minutes": "7", "extend-reason": WHY})
    trainer.post(f"{supervise}/pause", data={"pause-reason": WHY})
    someone.save(attempt, 2, right_response(attempt, 2), client_id="window-two")
    trainer.post(f"{supervise}/resumption", data={"pause-reason": WHY})
    someone.post(attempt, "submission", {"client_id": "window-two"})
    someone.save(attempt, 3, right_response(attempt, 3), sequence=3, client_id=WINDOW)
    trainer.post(address, data={"reason": WHY})
    return attempt


def test_the_protocol_tells_everything_in_order(sat: Attempt, as_role: MakeBrowser) -> None:
    page = page_of(as_role("auditor"), sat)
    told = (
        "Started",
        "Question 1: saved",
        "Another window took over",
        "More time",
        "Paused",
        "Question 2: arrived during a pause",
        "Went on",
        "Submitted",
        "Score 1",
        "Question 3: arrived after submission",
        "Ruled on answers that arrived late",
    )
    places = [page.index(f"{words}") if words.startswith("Question") else page.index(f"<strong>{words}</strong>") for words in told]
    assert places == sorted(places)
    assert WHY in page
    assert "W2, number 1" in page
    assert "Sari Lestari" in page
    deadline = sat.started_at + timedelta(seconds=sat.limit_seconds)
    assert f"<strong>Started</strong>; it ends {deadline:%Y-%m-%d %H:%M:%S}</td>" in page


def test_the_protocol_tells_no_question_no_answer_and_no_key(sat: Attempt, as_role: MakeBrowser) -> None:
    page = page_of(as_role("trainer"), sat)
    assert "secret key" not in page
    assert "A shop offers something" not in page
    assert "options" not in page.partition("What happened")[2]


def test_a_long_protocol_goes_on_page_by_page_and_tells_every_line_once(sat: Attempt, as_role: MakeBrowser, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = _lines(sat)
    for size in (1, 2, 5, len(whole), len(whole) + 1):
        monkeypatch.setattr("training.exams.queries.protocol.PAGE_SIZE", size)
        found: list[ProtocolLine] = []
        while len(page := protocol_of(sat, after=found[-1].place if found else None)) > size:
            found += page[:size]
        assert found + page == whole, size


def _lines(attempt: Attempt) -> list[ProtocolLine]:
    found = protocol_of(attempt)
    assert len(found) == len({line.place for line in found}) > 10
    return found


def test_every_page_of_a_protocol_leads_to_the_next(sat: Attempt, as_role: MakeBrowser, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = _lines(sat)
    for module in ("queries", "views"):
        monkeypatch.setattr(f"training.exams.{module}.protocol.PAGE_SIZE", 4)
    auditor, address, pages = as_role("auditor"), f"/exams/desk/attempts/{sat.public_id}", list[str]()
    while address:
        pages.append(auditor.get(address).get_data(as_text=True))
        following = re.search(r'href="([^"]+after=[^"]+)"', pages[-1])
        address = html.unescape(following[1]) if following else ""
    assert len(pages) == -(-len(whole) // 4)
    assert sum(page.count('data-label="What"') for page in pages) == len(whole)
    assert "this is its last page" in pages[-1]
    assert "Score 1" in "".join(pages)
    for wrong in ("after=never_1&of=deed", "after=2026-01-01T00:00:00_x&of=deed"):
        assert auditor.get(f"/exams/desk/attempts/{sat.public_id}?{wrong}").status_code == 400
    assert auditor.get(f"/exams/desk/attempts/{sat.public_id}?of=nothing").status_code == 200


def test_what_was_refused_is_said_with_why(sat: Attempt, as_role: MakeBrowser, candidate: MakeCandidate) -> None:
    candidate(PersonFactory(name="Tono Thief")).save(sat, 1, {"options": [1]})
    page = page_of(as_role("auditor"), sat)
    assert "<strong>Something that is no answer was refused</strong>: whoever sent it does not sit this attempt" in page
    assert "Tono Thief" in page
    assert set(FAULT_WORDS) == set(AnswerFault)


def test_who_may_read_a_protocol(sat: Attempt, as_role: MakeBrowser, candidate: MakeCandidate) -> None:
    for role in ("moderator", "lead", "qa", "admin"):
        assert as_role(role).get(f"/exams/desk/attempts/{sat.public_id}").status_code == 403
    assert as_role("trainer").get("/exams/desk/attempts/no-such-attempt").status_code == 404
    trainer = candidate(roles=("trainer",))
    own = trainer.start(ExamFactory())
    assert trainer.browser.get(f"/exams/desk/attempts/{own.public_id}").status_code == 404


def test_every_verdict_has_a_name() -> None:
    assert set(VERDICT_NAMES) == set(SaveVerdict)


def test_every_deed_about_an_attempt_has_a_name() -> None:
    written = "\n".join(path.read_text() for path in Path(services.__file__).parent.glob("*.py"))
    deeds = {found for found in re.findall(r'"(attempt\.[a-z_]+)"[,\n]', written) if found != "attempt.allowed_again"} | {
        f"attempt.{deed}" for deed in TimeDeed
    }
    assert deeds - TOLD_BETTER - {"attempt.item_disputed"} == set(DEED_NAMES)
    written = "\n".join(path.read_text() for path in Path(disputes.__file__).parent.glob("*.py"))
    deeds = set(re.findall(r'note_dispute\([^"]*"([a-z]+)"', written)) | set(ViewingDeed)
    assert deeds == {"claimed", "withdrawn", "decided", "opened", "seen"}
    assert set(DISPUTE_NAMES) == deeds | {"raised", "upheld", "rejected"}

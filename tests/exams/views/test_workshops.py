"""Workshops on cuts as trainers, judges and readers meet them."""

import csv
import io
import re
from collections.abc import Callable

import pytest

from tests.accounts.factories import PersonFactory
from tests.conftest import Browser
from tests.exams.every_kind import exam_of_every_kind
from tests.exams.factories import ExamFactory, ItemFactory
from tests.exams.judging import called, judged, person
from training import clock
from training.accounts.models import Person
from training.actors import SYSTEM
from training.db import db
from training.exams import queries, services
from training.exams.queries import PublishedExam
from training.exams.queries import workshops as found_in

Signing = Callable[[Browser, Person], Browser]
MakeBrowser = Callable[..., Browser]
DESK = "/exams/desk"


def text(browser: Browser, address: str) -> str:
    response = browser.get(address)
    assert response.status_code == 200, response.status_code
    return " ".join(re.sub(r"<[^>]+>", " ", response.get_data(as_text=True)).split())


@pytest.fixture
def exam(app: object) -> PublishedExam:
    ItemFactory(severity="S4")
    ItemFactory.create_batch(2, severity="S1")
    exam = ExamFactory(item_count=3, cells=({"area": "PRO", "minimum": 3, "maximum": 3},))
    assert isinstance(exam, PublishedExam)
    return exam


@pytest.fixture
def slugs(exam: PublishedExam) -> list[str]:
    return sorted(item.pool_item.slug for item in queries.bank_items(queries.Terms(with_public=True)))


@pytest.fixture
def judges(app: object) -> list[Person]:
    return [PersonFactory(roles=["trainer"], name="Ottilie Vane"), PersonFactory(roles=["qa"], name="Casimir Brood")]


def test_a_trainer_calls_judges_by_their_addresses(exam: PublishedExam, judges: list[Person], as_role: MakeBrowser) -> None:
    trainer, address = as_role("trainer"), f"{DESK}/exams/{exam.slug}/workshop"
    assert "One form, drawn as for a candidate" in text(trainer, address)
    sent = {"choice": "form", "judges": "\n".join(judge.email for judge in judges), "note": "Decides clear cases alone."}
    for wrong, status, says in (
        ({"judges": ""}, 422, "Name the judges."),
        ({"judges": "nobody@nowhere.example"}, 422, "Nobody who works here"),
        ({"choice": "named"}, 422, "Name the questions"),
        ({"choice": "x"}, 422, "Not a valid choice"),
        ({"choice": "named", "named": "no-such"}, 409, "no such question: no-such"),
        ({"judges": judges[0].email}, 409, "at least two judges"),
        ({"note": "x" * 2_001}, 422, "at most 2,000"),
    ):
        refused = trainer.post(address, data=sent | wrong)
        assert refused.status_code == status, wrong
        assert says in refused.get_data(as_text=True)
    made = trainer.post(address, data=sent)
    assert made.status_code == 302
    page = text(trainer, made.location)
    assert "Ottilie Vane not begun" in page and "Decides clear cases alone." in page and "Round one" in page
    assert "Begin to judge" not in page, "whoever calls it does not judge unless they are called"
    assert trainer.post(f"{address}?version=9.9.9", data=sent).status_code == 404
    assert as_role("qa").post(address, data=sent).status_code == 403


def test_a_judge_answers_first_then_sees_the_key_by_choice(
    exam: PublishedExam, slugs: list[str], judges: list[Person], sign_in: Signing, browser: Browser
) -> None:
    made = called(exam, slugs, [judge.id for judge in judges])
    judge, page = sign_in(browser, judges[1]), f"{DESK}/workshops/{made.id}"
    assert judge.get(f"{page}/questions/1").status_code == 409
    assert "Beginning is for good" in text(judge, page)
    assert judge.post(f"{page}/begin").status_code == 302
    asked = judge.get(f"{page}/questions/1").get_data(as_text=True)
    assert "What do you do?" in asked and "hidden rationale" not in asked and slugs[0] not in asked
    for wrong in ("0", "101", "x", ""):
        assert judge.post(f"{page}/questions/1", data={"estimate-percent": wrong}).status_code == 422
    shown = judge.post(f"{page}/questions/1/key", data={"options": "2", "estimate-percent": "80"}).get_data(as_text=True)
    assert "hidden rationale" in shown and 'value="80"' in shown and re.search(r'value="2"[^>]* checked', shown)
    assert found_in.estimates_in(made.id, up_to_round=2) == {}, "looking at the key keeps nothing"
    assert judge.post(f"{page}/questions/1", data={"estimate-percent": "80"}).location.endswith("/questions/2")
    assert judge.post(f"{page}/questions/3", data={"estimate-percent": "70"}).location.endswith("/questions/2")
    assert judge.post(f"{page}/questions/2", data={"estimate-percent": "75"}).location.endswith(f"{made.id}#mine")
    assert "You have judged every question." in text(judge, page)
    assert judge.get(f"{page}/questions/4").status_code == 404


def test_nobody_sees_what_another_said_before_it_is_revealed(
    exam: PublishedExam, slugs: list[str], judges: list[Person], sign_in: Signing, browser: Browser, as_role: MakeBrowser
) -> None:
    """The first is worth 8 points, the others 1 each. Ana's sums: 8 × .9 + .5 + .5 = 8.2; Budi's 8 × .7 + .7 + .9 = 7.2. Mean 7.7 of 10."""
    made = judged(exam, slugs, {judges[0].id: [0.9, 0.5, 0.5], judges[1].id: [0.7, 0.7, 0.9]}, is_revealed=False, now=clock.now())
    page = f"{DESK}/workshops/{made.id}"
    for role in ("trainer", "qa", "auditor"):
        assert "Question by question" not in text(as_role(role), page)
    assert list(csv.reader(io.StringIO(as_role("auditor").get(f"{page}/table.csv").get_data().decode("utf-8-sig"))))[1:] == []
    trainer = as_role("trainer")
    assert trainer.post(f"{page}/reveal").status_code == 302
    told = text(trainer, page)
    assert "The cut after round one" in told and "77 %" in told and "7.7 of 10 points" in told
    assert "2 points of 100 above it" in told, "the exam asks for 75 %"
    assert "Judge 1" in told and "+6.7" in told and "Ottilie Vane" not in told.partition("Who asks for more")[2].partition("Without names")[0]
    judge = sign_in(browser, judges[1])
    question = text(judge, f"{page}/questions/1")
    assert "80 of 100 in the middle, 70 to 90" in question and "Keep it" in question
    assert judge.post(f"{page}/questions/1", data={"estimate-percent": "90"}).location.endswith("#mine")
    assert "77 %" in text(trainer, page), "nobody sees round two while it is open"
    assert trainer.post(f"{page}/close").status_code == 302
    closed = text(trainer, page)
    assert "85 %" in closed and "Fewer than 8 judges" in closed and "To take it over" not in closed
    lines = list(csv.DictReader(io.StringIO(trainer.get(f"{page}/table.csv").get_data().decode("utf-8-sig"))))
    assert [(line["Item"], line["Points"], line["Mean"]) for line in lines] == [(slugs[0], "8", "0.9"), (slugs[1], "1", "0.6"), (slugs[2], "1", "0.7")]
    assert judge.get(f"{page}/questions/1").location.endswith(page)
    assert judge.post(f"{page}/questions/1", data={"estimate-percent": "10"}).status_code == 302
    assert "85 %" in text(trainer, page)


def test_from_eight_judges_on_the_cut_is_offered_to_whoever_writes_the_exam(exam: PublishedExam, slugs: list[str], as_role: MakeBrowser) -> None:
    said = {PersonFactory(roles=["qa"]).id: [0.9, 0.8, 0.8 if number else 0.7] for number in range(8)}
    made = judged(exam, slugs, said, now=clock.now())
    page = f"{DESK}/workshops/{made.id}"
    assert "To take it over" not in text(as_role("trainer"), page), "round two is open"
    services.close_workshop(made.id, by=SYSTEM, now=clock.now())
    db.session.commit()
    offered = as_role("trainer").get(page).get_data(as_text=True)
    assert "Write <strong>88</strong> under" in offered and f"/desk/documents/exam/{exam.slug}/draft" in offered
    assert "To take it over" not in text(as_role("auditor"), page)


def test_roles_and_strangers_are_kept_out(exam: PublishedExam, slugs: list[str], judges: list[Person], as_role: MakeBrowser) -> None:
    made = called(exam, slugs, [judge.id for judge in judges])
    page = f"{DESK}/workshops/{made.id}"
    assert as_role("moderator").get(page).status_code == 403
    stranger = as_role("trainer")
    for address in (f"{page}/questions/1", f"{DESK}/workshops/0", f"{DESK}/exams/no-such/workshop", f"{page}/table.ods"):
        assert stranger.get(address).status_code == 404
    assert stranger.post(f"{page}/begin").status_code == 404
    assert stranger.post(f"{page}/questions/1/key").status_code == 404
    assert stranger.post(f"{page}/reveal").status_code == 409
    assert as_role("qa").post(f"{page}/reveal").status_code == 403
    assert as_role("auditor").post(f"{page}/begin").status_code == 403
    assert stranger.post(f"{page}/judges", data={"judges": ""}).status_code == 422
    assert stranger.post(f"{page}/judges", data={"judges": PersonFactory(roles=["moderator"]).email}).status_code == 409
    assert stranger.post(f"{page}/close").status_code == 302
    assert "Called off before anything was revealed" in text(stranger, page)


def test_every_kind_of_question_can_be_judged(sign_in: Signing, browser: Browser) -> None:
    exam = exam_of_every_kind()
    slugs = sorted(item.pool_item.slug for item in queries.bank_items(queries.Terms(with_public=True)))
    one, other = PersonFactory(roles=["trainer"]), PersonFactory(roles=["qa"])
    made = called(exam, slugs, [one.id, other.id])
    services.begin_judging(made.id, by=person(one.id), now=clock.now())
    db.session.commit()
    judge = sign_in(browser, one)
    for question in found_in.questions_of(made.id):
        address = f"{DESK}/workshops/{made.id}/questions/{question.position}"
        asks_for_right = "how many get it right?" in judge.get(address).get_data(as_text=True)
        assert asks_for_right == question.is_right_or_wrong
        assert judge.post(f"{address}/key").status_code == 200, question.kind
        assert judge.post(address, data={"estimate-percent": "60"}).status_code == 302
    assert len(found_in.estimates_in(made.id, up_to_round=1)[one.id]) == len(slugs)


def test_the_desk_says_what_waits_for_a_judge(
    exam: PublishedExam, slugs: list[str], judges: list[Person], sign_in: Signing, browser: Browser, as_role: MakeBrowser
) -> None:
    assert "No workshop yet" in text(as_role("auditor"), f"{DESK}/workshops")
    made = called(exam, slugs, [judge.id for judge in judges])
    judge = sign_in(browser, judges[1])
    assert "1 waiting" in text(judge, DESK)
    assert "0 of 3 judged" in text(judge, f"{DESK}/workshops")
    services.close_workshop(made.id, by=SYSTEM, now=clock.now())
    db.session.commit()
    assert "1 waiting" not in text(judge, DESK)

import csv
import io
import re
from collections.abc import Callable
from typing import Any

import pytest

from tests.accounts.factories import PersonFactory
from tests.conftest import Browser
from tests.exams.factories import ItemFactory
from tests.exams.services.test_correcting import MENDED
from tests.exams.services.test_ruling import LATER, Hall, finish
from training import clock
from training.accounts.models import Person
from training.db import db
from training.exams.rules.rulings import BEGINS_AFTER
from training.exams.tasks import carry_out_rulings

NEW = {"kind": "new_key", "correct": "b", "reason": "The clause was amended in March."}


@pytest.fixture
def hall(app: object) -> Hall:
    return Hall()


@pytest.fixture
def trainer(hall: Hall, browser: Browser, sign_in: Callable[[Browser, Person], Browser]) -> Browser:
    return sign_in(browser, hall.trainer)


def opened(trainer: Browser, hall: Hall) -> str:
    trainer.post(f"/exams/desk/regrades/items/{hall.version.id}/open")
    return f"/exams/desk/regrades/items/{hall.version.id}"


def text(response: Any) -> str:
    return str(response.get_data(as_text=True))


def seen_in(page: str) -> str:
    return page.partition('name="seen" value="')[2].partition('"')[0]


def test_the_key_is_shown_only_to_who_says_that_they_will_never_draw_it(trainer: Browser, hall: Hall) -> None:
    address = f"/exams/desk/regrades/items/{hall.version.id}"
    assert "Remove it, because" not in text(trainer.get(address))
    assert trainer.post(f"{address}/open").status_code == 302
    page = text(trainer.get(address))
    assert "Remove it, because" in page
    assert "The hidden rationale" in page


def test_a_trainer_finds_an_item_by_its_id(trainer: Browser, hall: Hall) -> None:
    slug = hall.version.item.slug
    assert f"{slug}, version 1" in text(trainer.get(f"/exams/desk/regrades?item={slug}"))
    assert "The bank has no item" in text(trainer.get("/exams/desk/regrades?item=nothing"))


def test_from_dry_run_to_ruling_to_done(trainer: Browser, hall: Hall) -> None:
    hall.sit("b", others_right=2, name="Gita Gains")
    hall.sit("a", others_right=2, name="Lukas Loses")
    address = opened(trainer, hall)
    page = text(trainer.post(f"{address}/dry-run", data=NEW))
    assert page.index("Lukas Loses") < page.index("Gita Gains"), "those whose pass is at stake come first"
    assert re.search(r"75\s?%, passed", page)
    answer = trainer.post(f"{address}/rulings", data={**NEW, "seen": seen_in(page)})
    assert answer.status_code == 302
    progress = answer.headers["Location"]
    assert "0 of 2 attempts graded" in text(trainer.get(progress))
    finish(clock.now())
    done = text(trainer.get(progress))
    assert "2 of 2 attempts graded" in done
    assert "Gita Gains" in done
    assert "The clause was amended in March." in done
    assert "Done" in text(trainer.get("/exams/desk/regrades"))


def test_the_items_page_says_what_was_ruled_and_leads_there(trainer: Browser, hall: Hall, as_role: Callable[..., Browser]) -> None:
    hall.sit("b", others_right=2)
    address = f"/exams/desk/items/{hall.version.item.slug}"
    assert "The new key alone is right" not in text(trainer.get(address))
    made = hall.rule()
    leads = f'href="/exams/desk/regrades/{made.id}">The new key alone is right</a>'
    assert leads in text(trainer.get(address))
    figures = text(as_role("qa").get(address))
    assert "The new key alone is right" in figures
    assert "/regrades/" not in figures
    assert made.reason not in figures


def test_a_ruling_that_is_sent_twice_is_one(trainer: Browser, hall: Hall) -> None:
    hall.sit("b", others_right=2)
    address = opened(trainer, hall)
    sent = {**NEW, "seen": seen_in(text(trainer.post(f"{address}/dry-run", data=NEW)))}
    first, again = (trainer.post(f"{address}/rulings", data=sent) for _ in range(2))
    assert first.status_code == again.status_code == 302
    assert first.location == again.location
    other = {**sent, "reason": "Another clause was amended in March."}
    assert trainer.post(f"{address}/rulings", data=other).location != first.location


def test_the_list_is_a_file_too_and_no_cell_of_it_is_a_formula(trainer: Browser, hall: Hall) -> None:
    hall.sit("b", others_right=2, name="=HYPERLINK(0)")
    address = f"{opened(trainer, hall)}/dry-run"
    answer = trainer.post(address, data={**NEW, "as": "csv"})
    assert answer.mimetype == "text/csv"
    [row] = csv.DictReader(io.StringIO(text(answer)))
    assert (row["Name"], row["Share before"], row["Share after"], row["What it means"]) == ("'=HYPERLINK(0)", "0.5", "0.75", "Pass gained")
    assert trainer.post(address, data={**NEW, "as": "xlsx"}).data.startswith(b"PK")
    assert trainer.post(address, data={**NEW, "as": "exe"}).status_code == 404


def test_the_same_question_in_other_words_is_named_because_it_wants_a_ruling_of_its_own(trainer: Browser, hall: Hall) -> None:
    assert "in other words" not in text(trainer.get(opened(trainer, hall)))
    hall.sit("b", others_right=2)
    ItemFactory(id=hall.version.item.slug, editorial="A full stop was missing.", options=MENDED)
    corrected = hall.version.item.current_version
    db.session.commit()
    assert corrected is not None
    assert corrected.continues_id == hall.version.id
    page = text(trainer.get(f"/exams/desk/regrades/items/{corrected.id}"))
    assert f'<a href="/exams/desk/regrades/items/{hall.version.id}">Version 1</a>, on 1 graded form: no ruling' in page
    made = hall.rule()
    assert f'<a href="/exams/desk/regrades/items/{corrected.id}">Version 2</a>, on 0 graded forms: no ruling' in text(
        trainer.get(f"/exams/desk/regrades/{made.id}")
    )
    opened(trainer, hall)
    assert "Version 1</a>, on 1 graded form: ruled" in text(trainer.get(f"/exams/desk/regrades/items/{corrected.id}"))


def test_a_ruling_without_having_seen_the_list_is_refused(trainer: Browser, hall: Hall) -> None:
    answer = trainer.post(f"{opened(trainer, hall)}/rulings", data=NEW)
    assert answer.status_code == 409
    assert "Look at it again, then rule." in text(answer)


@pytest.mark.parametrize(
    ("changed", "status", "words"),
    [
        ({"reason": ""}, 400, "Say why."),
        ({"kind": "whim"}, 400, "Not a valid choice"),
        ({"correct": "a"}, 409, "This is the key that the question has already."),
        ({"correct": "z"}, 409, "This key does not fit the question."),
        ({"correct": ""}, 409, "does not fit"),
    ],
)
def test_what_is_wrong_is_said(trainer: Browser, hall: Hall, changed: dict[str, str], status: int, words: str) -> None:
    answer = trainer.post(f"{opened(trainer, hall)}/dry-run", data=NEW | changed)
    assert answer.status_code == status
    assert words in text(answer)


def test_who_has_met_the_question_is_sent_to_a_colleague(app: object, hall: Hall, browser: Browser, sign_in: Callable[[Browser, Person], Browser]) -> None:
    person = PersonFactory(roles=["trainer"])
    attempt = hall.sit("a", others_right=2)
    attempt.person_id = person.id
    db.session.commit()
    met = sign_in(browser, person)
    assert "This ruling is not yours to make" in text(met.get(f"/exams/desk/regrades/items/{hall.version.id}"))
    assert met.post(f"/exams/desk/regrades/items/{hall.version.id}/dry-run", data=NEW).status_code == 409


def test_what_does_not_exist_is_not_found(trainer: Browser) -> None:
    assert trainer.get("/exams/desk/regrades/items/99999").status_code == 404
    assert trainer.get("/exams/desk/regrades/99999").status_code == 404


def test_auditors_read_and_do_not_rule(hall: Hall, as_role: Callable[..., Browser]) -> None:
    auditor = as_role("auditor")
    assert auditor.get("/exams/desk/regrades").status_code == 200
    assert auditor.get(f"/exams/desk/regrades/items/{hall.version.id}").status_code == 403


def test_the_job_carries_rulings_out(hall: Hall) -> None:
    attempt = hall.sit("b", others_right=2)
    hall.rule()
    carry_out_rulings(LATER + BEGINS_AFTER)
    db.session.expire_all()
    assert attempt.current_score_run is not None
    assert attempt.current_score_run.is_passed

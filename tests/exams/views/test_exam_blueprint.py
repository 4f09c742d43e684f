"""The page of a blueprint: quotas beside the bank, what passes, and the forms of an announced window."""

from collections.abc import Callable
from datetime import timedelta

from tests.accounts.factories import PersonFactory
from tests.conftest import Browser
from tests.exams.factories import ExamFactory, ItemFactory
from training import clock
from training.exams import queries, services

MakeBrowser = Callable[..., Browser]


def page_of(browser: Browser, slug: str, **narrowed: str) -> str:
    response = browser.get(f"/exams/desk/exams/{slug}/blueprint", query_string=narrowed)
    assert response.status_code == 200
    return " ".join(response.get_data(as_text=True).partition("<main")[2].split())


def test_every_quota_stands_beside_what_the_bank_holds(as_role: MakeBrowser) -> None:
    ItemFactory.create_batch(6)
    ItemFactory.create_batch(2, severity="S4")
    cells = ({"area": "PRO", "kind": "single", "minimum": 4, "maximum": 4}, {"severity": "S4", "minimum": 1, "maximum": 2})
    exam = ExamFactory(cells=cells)
    page = page_of(as_role("qa"), exam.slug)
    first, second = page.partition("Quota</th>")[2].split("<tr>")[1:3]
    assert "Single choice" in first
    assert all(f">{number}</td>" in first for number in ("4", "8"))
    assert "2 forms" in first
    assert "Runs out first" in first
    assert all(f">{number}</td>" in second for number in ("1", "2"))
    assert "4 questions in 15 minutes" in page
    assert "75 % or more" in page
    assert "frozen since" in page


def test_a_bank_that_was_held_since_is_said_to_lack_what_it_lacks(as_role: MakeBrowser) -> None:
    exam = ExamFactory()
    assert "cannot fill" not in page_of(as_role("trainer"), exam.slug)
    ItemFactory(id=queries.bank_items(queries.Terms(with_public=True))[0].pool_item.slug, state="retired")
    page = page_of(as_role("trainer"), exam.slug)
    assert "The bank cannot fill a form any more" in page
    assert "the form has 4 items, the bank holds 3" in page


def test_older_versions_stay_to_be_read(as_role: MakeBrowser) -> None:
    ExamFactory(id="exam-one", version="1.0.0", pass_rule={"weighted_percent": 60})
    ExamFactory(id="exam-one", version="2.0.0", pass_rule={"weighted_percent": 70})
    assert "70 % or more" in page_of(as_role("auditor"), "exam-one")
    older = page_of(as_role("auditor"), "exam-one", version="1.0.0")
    assert "60 % or more" in older
    assert "This version is no longer drawn" in older
    assert as_role("auditor").get("/exams/desk/exams/exam-one/blueprint?version=9.9.9").status_code == 404


def test_forms_that_were_prepared_for_a_window_are_counted(as_role: MakeBrowser) -> None:
    now = clock.now()
    window = {"opens_at": now + timedelta(hours=1), "closes_at": now + timedelta(hours=3)}
    exam = ExamFactory(window=window)
    trainer = as_role("trainer")
    people = [PersonFactory() for _ in range(2)]
    assert "Forms prepared</dt><dd>0</dd>" in page_of(trainer, exam.slug)
    for person in people:
        assert services.prepare_form(exam, person.id, allow_public=True, now=now)
    page = page_of(trainer, exam.slug)
    assert "0 of them sat" in page
    assert "Forms are being drawn ahead" in page


def test_the_pages_of_an_exam_lead_to_each_other(as_role: MakeBrowser) -> None:
    exam = ExamFactory()
    base = f"/exams/desk/exams/{exam.slug}"
    trainer, analyst = as_role("trainer"), as_role("qa")
    pages = {base, f"{base}/blueprint", f"{base}/power"}
    for here in pages:
        text = trainer.get(here).get_data(as_text=True)
        assert {there for there in pages if f'href="{there}"' in text} == pages - {here} | ({base} if here == f"{base}/blueprint" else set()), here
        assert f'href="/exams/desk/attempts?exam={exam.slug}"' in text
        assert "/exams/desk/attempts" not in analyst.get(here).get_data(as_text=True)


def test_who_may_read_a_blueprint(as_role: MakeBrowser) -> None:
    exam = ExamFactory()
    for role in ("moderator", "lead", "admin"):
        assert as_role(role).get(f"/exams/desk/exams/{exam.slug}/blueprint").status_code == 403
    assert as_role("trainer").get("/exams/desk/exams/no-such-exam/blueprint").status_code == 404

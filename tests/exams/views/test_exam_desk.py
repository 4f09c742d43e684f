"""One exam on the trainers' desk."""

import csv
import io
from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy import text as sql
from sqlalchemy.exc import DatabaseError

from tests.accounts.factories import PersonFactory
from tests.conftest import Browser
from tests.exams.factories import NOON, ExamFactory, ItemFactory
from tests.exams.judging import judged
from tests.exams.sittings import A, B, C, D, sat
from training.actors import SYSTEM
from training.db import db
from training.exams import services
from training.exams.models import CutEstimate, Item
from training.exams.queries import PublishedExam
from training.exams.queries.cuts import cut_judgements_of
from training.exams.rules.analysis.compromise import CutJudgement
from training.exams.tasks import refresh_statistics

MakeBrowser = Callable[..., Browser]


def text(browser: Browser, address: str) -> str:
    response = browser.get(address)
    assert response.status_code == 200, response.status_code
    return " ".join(response.get_data(as_text=True).split())


def exam_sat(times: int) -> tuple[PublishedExam, list[int]]:
    items = ItemFactory.create_batch(10)
    exam = ExamFactory(item_count=10, cells=({"area": "PRO", "minimum": 10, "maximum": 10},))
    versions = [item.current_version_id for item in items]
    for number in range(times):
        right = 4 + number % 7
        sat(exam, versions, [A] * right + [(B, C, D)[(number + place) % 3] for place in range(10 - right)], is_passed=right >= 8)
    refresh_statistics(NOON + timedelta(days=40))
    db.session.commit()
    return exam, versions


def test_few_attempts_are_too_few_to_judge(as_role: MakeBrowser) -> None:
    exam, _ = exam_sat(9)
    page = text(as_role("trainer"), f"/exams/desk/exams/{exam.slug}")
    assert "too few to judge (9 of 10)" in page
    assert "too few to judge (9 of 50)" in page
    assert "too few to judge (9 of 100)" in page


def test_attempts_that_were_sat_one_question_after_another_are_said_to_be_left_out(as_role: MakeBrowser) -> None:
    exam, versions = exam_sat(0)
    sat(exam, versions, [A] * 10, mode="sequential")
    db.session.commit()
    page = text(as_role("trainer"), f"/exams/desk/exams/{exam.slug}")
    assert "1 attempt that was sat one question after another is not in the figures" in page
    assert "Nobody sat a whole form of this version yet" in page


def test_an_exam_nobody_sat_says_when_figures_appear(as_role: MakeBrowser) -> None:
    exam = ExamFactory()
    assert "Nobody sat this version yet" in text(as_role("auditor"), f"/exams/desk/exams/{exam.slug}")


def test_a_hundred_attempts_show_everything_with_charts_and_tables(as_role: MakeBrowser) -> None:
    exam, _ = exam_sat(100)
    page = text(as_role("trainer"), f"/exams/desk/exams/{exam.slug}")
    assert "Cronbach" in page
    assert "Livingston and Lewis" in page
    assert page.count('role="img"') == 2
    assert "the dashed line is the total mark, which 42 % of them reach." in page
    assert "First attempts by score" in page
    assert "What a number of right answers proves" in page
    assert "8 of 10" in page
    assert "What makes the differences" in page
    desk = text(as_role("auditor"), "/exams/desk")
    assert "43 % (" in desk or "42 % (" in desk


def test_the_figures_are_taken_away_as_a_table(as_role: MakeBrowser) -> None:
    exam, _ = exam_sat(12)
    browser = as_role("auditor")
    lines = list(csv.reader(io.StringIO(browser.get(f"/exams/desk/exams/{exam.slug}/table.csv").get_data().decode("utf-8-sig"))))
    assert ["First attempts", "12", "", ""] in lines
    assert browser.get(f"/exams/desk/exams/{exam.slug}/table.xlsx").content_type.startswith("application/vnd.openxmlformats")
    assert browser.get(f"/exams/desk/exams/{exam.slug}/table.ods").status_code == 404


def test_items_over_the_cap_are_counted(as_role: MakeBrowser) -> None:
    ItemFactory.create_batch(4)
    exam = ExamFactory()
    for _ in range(20):
        services.start_attempt(PersonFactory().id, exam, allow_public=True, by=SYSTEM, now=NOON)
    db.session.commit()
    page = text(as_role("trainer"), f"/exams/desk/exams/{exam.slug}")
    assert "20 forms drawn" in page
    assert "4 items are on more than 25 % of them" in page
    assert "Items by exposure" in page


def test_judges_of_every_question_put_a_cut_on_each_form(as_role: MakeBrowser) -> None:
    """Ten questions worth 2 points each; half the judges say .7, half .9."""
    exam, _ = exam_sat(2)
    address = f"/exams/desk/exams/{exam.slug}"
    assert "Nobody has judged a question" in text(as_role("trainer"), address)
    judges = [PersonFactory(roles=["trainer"]) for _ in range(8)]
    slugs = [item.slug for item in db.session.scalars(select(Item).order_by(Item.id))]
    said = {judge.id: [0.7 if number % 2 else 0.9] * (10 if number else 9) for number, judge in enumerate(judges)}
    judged(exam, slugs, said)
    page = text(as_role("trainer"), address)
    assert "From 8 judges" in page, "one of the eight left a question out"
    judged(exam, slugs[9:], {judges[0].id: [0.9], judges[1].id: [0.7]})
    page = text(as_role("trainer"), address)
    assert "16 of 20 points (80 %)" in page
    assert "80 % of the points in the mean" in page


def test_older_versions_keep_their_figures(as_role: MakeBrowser) -> None:
    exam, _ = exam_sat(12)
    ItemFactory.create_batch(10)
    ExamFactory(
        id=exam.slug,
        certification=exam.document.certification,
        version="2.0.0",
        item_count=10,
        cells=({"area": "PRO", "minimum": 10, "maximum": 10},),
        time_limit_minutes=20,
    )
    browser = as_role("trainer")
    assert "Nobody sat this version yet" in text(browser, f"/exams/desk/exams/{exam.slug}")
    assert "12" in text(browser, f"/exams/desk/exams/{exam.slug}?version=1.0.0")
    assert browser.get(f"/exams/desk/exams/{exam.slug}?version=9.9.9").status_code == 404
    assert browser.get("/exams/desk/exams/nothing").status_code == 404
    assert as_role("moderator").get(f"/exams/desk/exams/{exam.slug}").status_code == 403


SAID = {"cut": "70", "passing": "60", "lowest_cut": "60", "highest_cut": "90", "lowest_failing": "10", "highest_failing": "50"}


def judged_by(exam: PublishedExam, *said: tuple[int, ...]) -> None:
    """So many others said this of the whole exam: cut, passing, lowest and highest cut, lowest and highest failing."""
    for percent in said:
        judgement = CutJudgement(*(value / 100 for value in percent))
        services.judge_exam(exam, judgement, judge_id=PersonFactory().id, by=SYSTEM, now=NOON)
    db.session.commit()


def test_a_judge_says_what_they_think_of_the_whole_exam_before_seeing_the_others(as_role: MakeBrowser) -> None:
    exam, _ = exam_sat(14)
    judged_by(exam, (60, 70, 50, 70, 20, 40), (80, 90, 70, 90, 0, 20))
    trainer, address = as_role("trainer"), f"/exams/desk/exams/{exam.slug}"
    before = text(trainer, address)
    assert "2 judges have said what they think of it; you see it once you have said yours." in before
    assert "Beuk (1984)" not in before
    assert trainer.post(f"{address}/cut", data=SAID).status_code == 302
    after = text(trainer, address)
    assert "Beuk" in after and "Hofstee" in after
    assert "By 3 judges; from 8 on it is reason to act." in after
    assert "The rule of the exam" in after


def test_whoever_cannot_judge_reads_what_the_judges_said(as_role: MakeBrowser) -> None:
    exam, _ = exam_sat(14)
    address = f"/exams/desk/exams/{exam.slug}"
    assert "Nobody has said yet which total mark" in text(as_role("auditor"), address)
    judged_by(exam, (60, 70, 50, 70, 20, 40), (80, 90, 70, 90, 0, 20))
    page = text(as_role("qa"), address)
    assert "Hofstee (1983)" in page
    assert "Say what you think of the whole exam" not in page
    assert as_role("auditor").post(f"{address}/cut", data=SAID).status_code == 403


def test_the_checks_are_held_against_the_claimed_cut_and_the_scores(as_role: MakeBrowser) -> None:
    """Of fourteen two each reached 4 to 10 of 10. The rule asks for 75 %, which three of seven reach."""
    exam, _ = exam_sat(14)
    judged_by(exam, *[(60, 70, 50, 70, 20, 40)] * 2)
    page = text(as_role("auditor"), f"/exams/desk/exams/{exam.slug}")
    assert '<td data-label="Total mark" class="number">75 %</td><td data-label="Reached by" class="number">43 %</td>' in page
    assert '<td data-label="Total mark" class="number">60 %</td><td data-label="Reached by" class="number">71 %</td>' in page
    assert "15 points of 100 lower" in page
    assert "No mark fits" not in page


@pytest.mark.parametrize(
    ("said", "words"),
    [((96, 97, 95, 100, 0, 5), "lowest they could accept lets too few"), ((20, 60, 10, 30, 30, 50), "highest they could accept lets too many")],
)
def test_where_no_mark_fits_it_is_said(as_role: MakeBrowser, said: tuple[int, ...], words: str) -> None:
    exam, _ = exam_sat(14)
    judged_by(exam, said)
    page = text(as_role("auditor"), f"/exams/desk/exams/{exam.slug}")
    assert "No mark fits" in page
    assert words in page


def test_what_makes_no_sense_together_is_refused_and_kept_on_the_page(as_role: MakeBrowser) -> None:
    exam, _ = exam_sat(14)
    trainer, address = as_role("trainer"), f"/exams/desk/exams/{exam.slug}/cut"
    for wrong, says in (
        ({"cut": "95"}, "outside what you could accept, 60 to 90"),
        ({"passing": "95"}, "5 of 100 would fail"),
        ({"cut": "101"}, "0 to 100"),
        ({"passing": ""}, "Say how many"),
        ({"highest_cut": "x"}, "0 to 100"),
        ({"lowest_cut": "92"}, "outside what you could accept"),
    ):
        refused = trainer.post(address, data=SAID | wrong)
        assert refused.status_code == 422
        assert says in refused.get_data(as_text=True)
    assert cut_judgements_of(exam.version_id) == {}
    assert trainer.post("/exams/desk/exams/no-such-exam/cut", data=SAID).status_code == 404
    assert trainer.post(f"{address}?version=9.9.9", data=SAID).status_code == 404


def test_the_last_word_of_a_judge_counts_and_the_one_before_stays(as_role: MakeBrowser) -> None:
    exam, _ = exam_sat(14)
    trainer, address = as_role("trainer"), f"/exams/desk/exams/{exam.slug}/cut"
    for cut in ("70", "80"):
        trainer.post(address, data=SAID | {"cut": cut})
    assert [judgement.cut for judgement in cut_judgements_of(exam.version_id).values()] == [0.80]
    assert db.session.scalars(select(CutEstimate.cut_percent).order_by(CutEstimate.id)).all() == [70, 80]
    with pytest.raises(DatabaseError, match="appended to"):
        db.session.execute(sql("DELETE FROM cut_estimates"))
    db.session.rollback()


def test_without_enough_attempts_nothing_is_held_against_scores(as_role: MakeBrowser) -> None:
    exam, _ = exam_sat(9)
    judged_by(exam, (60, 70, 50, 70, 20, 40), (80, 90, 70, 90, 0, 20))
    page = text(as_role("auditor"), f"/exams/desk/exams/{exam.slug}")
    assert "2 judges have said what they think of it. Where that meets what candidates score is shown from 10 first attempts on." in page

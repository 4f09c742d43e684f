"""What waits for a reviewer: since when, with how many approvals, by whom."""

from collections.abc import Callable

from tests.authoring.test_pages import Signing
from tests.authoring.world import EXAM_CASE, PRACTICE_CASE, Desk, actor
from tests.conftest import Browser
from training.authoring import services
from training.authoring.models import Draft
from training.authoring.rules.documents import language_of, original_of
from training.authoring.rules.reviewing import Verdict
from training.authoring.services.batching import begin_batch
from training.authoring.services.inbox import MOST_READ, Waiting, inbox_of
from training.content_store.rules.kinds import Kind
from training.db import db

S4_CASE = PRACTICE_CASE.replace("difficulty: typical", "difficulty: borderline")


def submitted(desk: Desk, kind: Kind, slug: str, old: str, new: str) -> Draft:
    draft = desk.begin(kind, slug)
    desk.write(draft, draft.text.replace(old, new))
    desk.submit(draft)
    return draft


def told(waiting: Waiting) -> tuple[str, int, int | None, list[str]]:
    name = waiting.draft.slug if waiting.draft else waiting.what.batch.title
    return name, waiting.what.approval_count, waiting.needed_count, list(waiting.what.authors)


def batch_of_cases(desk: Desk, title: str, *slugs: str) -> list[Draft]:
    texts = [(slug, PRACTICE_CASE.replace("case-one", slug).replace("fam-case-one", f"fam-{slug}")) for slug in slugs]
    batch = begin_batch(Kind.CASE, title, texts, by=actor(desk.ana), now=desk.later())
    drafts = list(db.session.scalars(db.select(Draft).where(Draft.slug.in_(slugs)).order_by(Draft.id)))
    assert batch.title == title and len(drafts) == len(slugs)
    for draft in drafts:
        desk.submit(draft)
    return drafts


def test_what_was_submitted_first_comes_first_whatever_was_saved_later(desk: Desk) -> None:
    course = submitted(desk, Kind.COURSE, "onboarding", "learns first", "learns on day one")
    first, _second = batch_of_cases(desk, "Two cases", "case-red", "case-blue")
    case = submitted(desk, Kind.CASE, "case-one", "difficulty: typical", "difficulty: clear")
    course.saved_at = desk.later()
    db.session.flush()
    assert [told(each)[0] for each in inbox_of(desk.budi.id)] == ["onboarding", "Two cases", "case-one"]
    assert inbox_of(desk.ana.id) == [], "who wrote at it does not review it"
    desk.review(first)
    desk.review(case, Verdict.CHANGES_ASKED, words="Say why.")
    (course_waits, batch_waits) = inbox_of(desk.budi.id)
    assert course_waits.draft is course and batch_waits.what.draft_count == 1


def test_each_says_how_many_approvals_it_has_and_needs_and_who_wrote_it(desk: Desk) -> None:
    draft = desk.begin(Kind.CASE, "case-one")
    desk.write(draft, S4_CASE)
    desk.write(draft, S4_CASE.replace("borderline", "clear"), by=desk.budi)
    desk.submit(draft)
    (waiting,) = inbox_of(desk.citra.id)
    assert told(waiting) == ("case-one", 0, 2, ["Ana", "Budi"])
    batch_of_cases(desk, "Two cases", "case-red", "case-blue")
    assert told(inbox_of(desk.citra.id)[1]) == ("Two cases", 0, 4, ["Ana"])


def test_an_approval_of_two_is_counted_for_whoever_has_not_given_theirs(desk: Desk) -> None:
    draft = desk.begin(Kind.CASE, "case-one")
    desk.write(draft, S4_CASE)
    desk.submit(draft)
    desk.review(draft)
    (waiting,) = inbox_of(desk.citra.id)
    assert told(waiting) == ("case-one", 1, 2, ["Ana"]) and inbox_of(desk.budi.id) == []


def test_of_a_large_batch_it_is_not_reckoned(desk: Desk) -> None:
    batch_of_cases(desk, "Many cases", *(f"case-n{number}" for number in range(MOST_READ + 1)))
    (waiting,) = inbox_of(desk.budi.id)
    assert waiting.what.draft_count == MOST_READ + 1 and waiting.needed_count is None


def test_the_desk_lists_them_and_counts_nothing_twice(desk: Desk, browser: Browser, sign_in: Signing) -> None:
    submitted(desk, Kind.COURSE, "onboarding", "learns first", "learns on day one")
    batch_of_cases(desk, "Two cases", "case-red", "case-blue")
    db.session.commit()
    page = sign_in(browser, desk.budi).get("/desk/").text
    waiting = page.split("Waiting for your review")[1].split("</section>")[0]
    assert "0 of 1" in waiting and "Batch: 2 wait" in waiting and "0 of 4" in waiting and "Your colleagues" not in page


def test_a_text_says_its_language_and_its_original_also_where_it_cannot_be_read() -> None:
    text = "---\nid: barang\nlanguage: id\ntranslates: goods@1.0.0\ntitle: [\n"
    assert (language_of(text), original_of(text)) == ("id", "goods")
    assert language_of(EXAM_CASE) == "en" and (language_of("areas: []"), original_of("id: goods")) == (None, None)


def test_the_editor_says_which_language_is_written_in_it(desk: Desk, browser: Browser, sign_in: Signing) -> None:
    draft = desk.begin(Kind.CASE, "case-one")
    desk.write(draft, draft.text.replace("language: en", "language: id"))
    db.session.commit()
    assert 'autocomplete="off" lang="id">' in sign_in(browser, desk.ana).get(f"/desk/drafts/{draft.id}").text
    other = desk.begin(Kind.TAXONOMY, "taxonomy")
    db.session.commit()
    assert 'autocomplete="off">' in browser.get(f"/desk/drafts/{other.id}").text and services.may_see(other, desk.ana.id)


def test_today_tells_trainers_what_waits_for_them_and_what_was_sent_back(
    desk: Desk, sign_in: Signing, browser: Browser, app_browser: Callable[[], Browser]
) -> None:
    first = submitted(desk, Kind.CASE, "case-one", "Colour: black", "Colour: blue")
    submitted(desk, Kind.COURSE, "onboarding", "learns first", "learns on day one")
    db.session.commit()
    budi, ana = sign_in(browser, desk.budi), sign_in(app_browser(), desk.ana)
    assert "2 drafts wait for your review" in budi.get("/").text
    assert "No draft waits for your review." in ana.get("/").text
    desk.review(first, Verdict.CHANGES_ASKED, words="Which blue?")
    db.session.commit()
    assert "1 draft waits for your review" in budi.get("/").text
    assert "1 draft that you wrote at was sent back" in ana.get("/").text
    assert "Which blue?" in ana.get(f"/desk/drafts/{first.id}/form").text, "the form says what the text's page says"

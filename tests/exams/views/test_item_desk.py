"""The bank and one item of it on the trainers' desk."""

import csv
import io
from collections.abc import Callable
from datetime import timedelta
from statistics import median

import pytest
from sqlalchemy import select

from tests.accounts.factories import PersonFactory
from tests.cases.factories import CaseFactory
from tests.conftest import Browser
from tests.exams.factories import NOON, ExamFactory, ItemFactory, case_item
from tests.exams.judging import judged
from tests.exams.sittings import A, B, C, D, sat
from tests.exams.views.reading import lines_of, text
from training.actors import SYSTEM
from training.db import db
from training.exams import services
from training.exams.models import Item, ItemFlagEvent
from training.exams.queries import PublishedExam
from training.exams.rules.acquaintance import Acquaintance
from training.exams.rules.blueprint import Criterion
from training.exams.tasks import refresh_statistics

MakeBrowser = Callable[..., Browser]
REASON = "The clause was amended last week; the key follows it."


def exam_of_ten() -> tuple[PublishedExam, list[int]]:
    items = ItemFactory.create_batch(10)
    exam = ExamFactory(item_count=10, cells=({"area": "PRO", "minimum": 10, "maximum": 10},))
    return exam, [item.current_version_id for item in items]


def first_item() -> Item:
    item = db.session.scalars(select(Item).order_by(Item.id)).first()
    assert item is not None
    return item


def sit(exam: PublishedExam, versions: list[int], count: int, first: int | None = None) -> None:
    for number in range(count):
        code = first or (B if number % 5 == 0 else A)
        sat(exam, versions, [code, *[A if (number + place) % 4 else (B, C, D)[(number // 4 + place) % 3] for place in range(9)]])
    refresh_statistics(NOON + timedelta(days=40))
    db.session.commit()


def test_the_bank_lists_items_with_figures_and_never_a_key(as_role: MakeBrowser) -> None:
    exam, versions = exam_of_ten()
    sit(exam, versions, 12)
    for role in ("trainer", "auditor"):
        page = text(as_role(role), "/exams/desk/items")
        assert first_item().slug in page
        assert "75 % (" in page
        assert "too few to judge (12 of 30)" in page
        assert "secret key" not in page
        assert "rationale" not in page
    assert as_role("moderator").get("/exams/desk/items").status_code == 403


def test_the_bank_is_filtered_and_goes_page_by_page(as_role: MakeBrowser, monkeypatch: pytest.MonkeyPatch) -> None:
    exam, versions = exam_of_ten()
    sit(exam, versions, 5, first=B)
    ItemFactory(id="item-draft", state="draft")
    browser = as_role("trainer")
    assert "item-draft" in text(browser, "/exams/desk/items?state=draft")
    held = text(browser, "/exams/desk/items?flag=wrong_key")
    assert first_item().slug in held
    assert "Key in doubt" in held
    assert "item-draft" not in held
    assert "No item fits" in text(browser, "/exams/desk/items?area=FRD&kind=typing")
    assert "No item fits" in text(browser, "/exams/desk/items?flag=%25")
    monkeypatch.setattr("training.exams.views.bank_desk.ITEMS_A_PAGE", 4)
    seen = []
    address = "/exams/desk/items?state=live"
    while address:
        page = browser.get(address).get_data(as_text=True)
        seen += [line.split('"')[0] for line in page.split("/exams/desk/items/")[1:] if not line.startswith("table")]
        address = page.split('rel="next" href="')[1].split('"')[0].replace("&amp;", "&") if 'rel="next"' in page else ""
    assert len(seen) == len(set(seen)) == 9


def test_the_bank_is_taken_away_as_a_table(as_role: MakeBrowser) -> None:
    exam, versions = exam_of_ten()
    sit(exam, versions, 12)
    browser = as_role("auditor")
    lines = list(csv.reader(io.StringIO(browser.get("/exams/desk/items/table.csv").get_data().decode("utf-8-sig"))))
    assert len(lines) == 11
    assert lines[0][:3] == ["Item", "Kind", "State"]
    assert lines[1][8] == "12"
    assert browser.get("/exams/desk/items/table.xlsx").status_code == 200
    assert browser.get("/exams/desk/items/table.pdf").status_code == 404


def test_the_key_is_shown_only_to_whoever_has_opened_the_item(as_role: MakeBrowser) -> None:
    item = ItemFactory()
    browser = as_role("trainer")
    address = f"/exams/desk/items/{item.slug}"
    page = text(browser, address)
    assert "Opening it is for good" in page
    for secret in ("secret key", "hidden rationale", "A shop offers something"):
        assert secret not in page
    assert browser.post(f"{address}/open").status_code == 302
    page = text(browser, address)
    for secret in ("secret key", "hidden rationale", "A shop offers something"):
        assert secret in page
    assert "secret key" not in text(as_role("trainer"), address), "another trainer has not"
    assert "secret key" not in text(as_role("auditor"), address)


def test_whoever_opened_an_item_never_draws_it(as_role: MakeBrowser, sign_in: Callable[[Browser, object], Browser], browser: Browser) -> None:
    item, person = ItemFactory(), PersonFactory(roles=["trainer"])
    sign_in(browser, person)
    browser.post(f"/exams/desk/items/{item.slug}/open")
    assert services.note_acquaintance(person.id, item, Acquaintance.OPENED, now=NOON) is None
    from training.exams import queries  # noqa: PLC0415

    assert item.slug not in {each.pool_item.slug for each in queries.bank_items(queries.Terms(with_public=True), person_id=person.id)}


def test_what_was_answered_is_shown_by_fifths_to_those_who_know_it(as_role: MakeBrowser) -> None:
    exam, versions = exam_of_ten()
    sit(exam, versions, 60)
    browser = as_role("trainer")
    address = f"/exams/desk/items/{first_item().slug}"
    assert browser.get(f"{address}/answers.csv").status_code == 302
    browser.post(f"{address}/open")
    page = text(browser, address)
    assert "Answers by fifths of the candidates" in page
    assert "Ask the seller first" in page
    lines = list(csv.reader(io.StringIO(browser.get(f"{address}/answers.csv").get_data().decode("utf-8-sig"))))
    assert lines[1][:3] == ["Remove it, because the secret key says so", "key", "48"]
    assert lines[2][:3] == ["Ask the seller first", "", "12"]
    assert lines[0][-5:] == ["Lowest fifth", "Second fifth", "Middle fifth", "Fourth fifth", "Highest fifth"]
    assert all(sum(map(int, line[-5:])) == int(line[2]) == sum(map(int, line[4:7])) for line in lines[1:])


def sit_unlike(exam: PublishedExam, versions: list[int], count: int) -> None:
    """The weaker half answers the first item wrong twice as often, and takes longer for it."""
    for number in range(count):
        ability = number % 10
        first = A if ability > 4 or number % 3 == 0 else B
        sat(exam, versions, [first, *[A] * (ability % 9), *[(B, C, D)[number % 3]] * (9 - ability % 9)], seconds=[60 - 5 * ability, *[30] * 9])
    refresh_statistics(NOON + timedelta(days=40))
    db.session.commit()


def test_an_item_is_drawn_among_weaker_and_better_candidates_with_the_same_figures_beside_it(as_role: MakeBrowser) -> None:
    exam, versions = exam_of_ten()
    sit_unlike(exam, versions, 120)
    browser, address = as_role("auditor"), f"/exams/desk/items/{first_item().slug}"
    page = text(browser, address)
    assert "Share right by fifths of the candidates" in page
    assert "by guessing 25 %" in page
    assert "a sound question rises" in page
    assert "Answers by fifths of the candidates" not in page, "an auditor knows no key"
    fifths = lines_of(browser, f"{address}/tables/characteristic.csv")[1:]
    assert [line[0] for line in fifths] == ["Lowest fifth", "Second fifth", "Middle fifth", "Fourth fifth", "Highest fifth"]
    assert sum(int(line[1]) for line in fifths) == 120
    shown = [share_text(float(line[5])) for line in fifths if line[5]]
    assert len(shown) >= 3
    assert page.count('<path class="plot-point"') == len(shown)
    assert all(f"{share} (" in page for share in shown)


def share_text(share: float) -> str:
    return f"{share * 100:.0f} %"


def test_how_long_an_item_takes_is_drawn_and_said(as_role: MakeBrowser) -> None:
    exam, versions = exam_of_ten()
    sit_unlike(exam, versions, 40)
    browser, address = as_role("qa"), f"/exams/desk/items/{first_item().slug}"
    page = text(browser, address)
    assert "Answers by the time they took" in page
    assert "25 s to 50 s, the median is 37 s" in page
    assert "median 37 s</text>" in page
    right = [number % 10 > 4 or number % 3 == 0 for number in range(40)]
    middles = [median(60 - 5 * (number % 10) for number in range(40) if right[number] is is_right) for is_right in (True, False)]
    assert "{:.0f} s and {:.0f} s in the middle".format(*middles) in page
    columns = lines_of(browser, f"{address}/tables/times.csv")[1:]
    assert sum(int(line[2]) for line in columns) == 40
    assert columns[-1][1] == "", "the last column holds the longer ones too"


def test_too_few_answers_are_said_and_not_drawn(as_role: MakeBrowser) -> None:
    exam, versions = exam_of_ten()
    sit(exam, versions, 12)
    browser, address = as_role("trainer"), f"/exams/desk/items/{first_item().slug}"
    page = text(browser, address)
    assert 'role="img"' not in page
    assert page.count("too few to judge (12 of 30)") >= 3, "discrimination, characteristic, times"
    for name in ("characteristic", "times", "groups"):
        assert len(lines_of(browser, f"{address}/tables/{name}.csv")) == 1


def test_below_fifty_answers_candidates_stand_in_thirds(as_role: MakeBrowser) -> None:
    exam, versions = exam_of_ten()
    sit_unlike(exam, versions, 48)
    browser, address = as_role("trainer"), f"/exams/desk/items/{first_item().slug}"
    assert "Share right by thirds of the candidates" in text(browser, address)
    assert [line[0] for line in lines_of(browser, f"{address}/tables/characteristic.csv")[1:]] == ["Lowest third", "Middle third", "Highest third"]


def test_candidates_who_hardly_differ_make_no_curve(as_role: MakeBrowser) -> None:
    exam, versions = exam_of_ten()
    for _ in range(50):
        sat(exam, versions, [A] * 10)
    refresh_statistics(NOON + timedelta(days=40))
    db.session.commit()
    page = text(as_role("trainer"), f"/exams/desk/items/{first_item().slug}")
    assert "fewer than three fifths have 10 of them" in page
    assert "Share right by fifths of the candidates</title>" not in page


def test_every_table_of_an_item_is_taken_away_by_those_who_may_see_it(as_role: MakeBrowser) -> None:
    exam, versions = exam_of_ten()
    sit(exam, versions, 12)
    address = f"/exams/desk/items/{first_item().slug}/tables"
    browser = as_role("auditor")
    assert lines_of(browser, f"{address}/versions.csv")[1][2] == "12"
    assert lines_of(browser, f"{address}/exposure.csv")[1][1:] == ["12", "12", "1.0"]
    assert browser.get(f"{address}/versions.xlsx").status_code == 200
    assert browser.get(f"{address}/versions.ods").status_code == 404
    assert browser.get(f"{address}/answers.csv").status_code == 404, "what was answered is no table of everybody's"
    assert browser.get("/exams/desk/items/no-such-item/tables/versions.csv").status_code == 404
    assert as_role("moderator").get(f"{address}/versions.csv").status_code == 403


def test_a_case_is_opened_with_its_reference(as_role: MakeBrowser) -> None:
    item = case_item(CaseFactory(pool="exam"))
    browser = as_role("trainer")
    address = f"/exams/desk/items/{item.slug}"
    assert "Accepted decisions" not in text(browser, address)
    browser.post(f"{address}/open")
    assert "Accepted decisions" in text(browser, address)


@pytest.mark.parametrize(
    ("kind", "part"),
    [
        ("ordering", {"steps": ("First look", "Key of this kind", "Then remove")}),
        ("short", {"answer": {"texts": ["Key of this kind", "24 hours"]}}),
        ("evidence", {"evidence": {"text": "A shop says: Key of this kind.", "quotes": ["Key of this kind"]}}),
        ("reply", {"reply": {"ticket": "Where is my parcel?", "rubric": dict.fromkeys(Criterion, "Key of this kind")}}),
    ],
)
def test_items_of_other_kinds_show_their_key_too(as_role: MakeBrowser, kind: str, part: dict[str, object]) -> None:
    item = ItemFactory(kind=kind, options=(), **part)
    browser = as_role("trainer")
    browser.post(f"/exams/desk/items/{item.slug}/open")
    page = text(browser, f"/exams/desk/items/{item.slug}")
    assert "Key of this kind" in page


def test_a_flag_is_explained_and_a_release_is_kept_with_its_reason(as_role: MakeBrowser) -> None:
    exam, versions = exam_of_ten()
    sit(exam, versions, 5, first=B)
    browser, item = as_role("trainer"), first_item()
    address = f"/exams/desk/items/{item.slug}"
    page = text(browser, address)
    assert "Key in doubt" in page
    assert "No score and no key has changed" in page
    assert "1 waiting" in text(browser, "/exams/desk")
    refused = browser.post(f"{address}/release", data={"release-reason": "short"})
    assert refused.status_code == 422
    assert "Use between 10 and 500 letters" in refused.get_data(as_text=True)
    assert browser.post(f"{address}/release", data={"release-reason": REASON}).status_code == 302
    assert REASON in text(browser, address)
    assert item.state == "live"


def test_an_item_is_held_by_a_trainer_with_a_reason(as_role: MakeBrowser) -> None:
    item = ItemFactory()
    address = f"/exams/desk/items/{item.slug}"
    assert as_role("auditor").post(f"{address}/hold", data={"hold-reason": REASON}).status_code == 403
    browser = as_role("trainer")
    assert browser.post(f"{address}/hold", data={"hold-reason": ""}).status_code == 422
    assert browser.post(f"{address}/hold", data={"hold-reason": REASON}).status_code == 302
    [event] = db.session.scalars(select(ItemFlagEvent))
    assert (item.state, event.deed, event.reason) == ("held", "held", REASON)
    again = browser.post(f"{address}/hold", data={"hold-reason": REASON})
    assert again.status_code == 409
    assert "held already" in again.get_data(as_text=True)


def test_what_judges_said_is_on_the_page_once_it_is_revealed(as_role: MakeBrowser) -> None:
    item, one, other = ItemFactory(), PersonFactory(roles=["trainer"]), PersonFactory(roles=["qa"])
    exam, address = ExamFactory(item_count=1, cells=({"area": "PRO", "minimum": 1, "maximum": 1},)), f"/exams/desk/items/{item.slug}"
    browser = as_role("auditor")
    held = judged(exam, [item.slug], {one.id: [0.6], other.id: [0.8]}, is_revealed=False)
    assert "Nobody, or nothing that is revealed" in text(browser, address)
    services.reveal_workshop(held.id, site_url="https://t.example", by=SYSTEM, now=NOON)
    db.session.commit()
    assert "Of 100 people who are just good enough, 70 get it right, says the mean of 2 judges; they said 60 to 80." in text(browser, address)


def test_an_unknown_item_does_not_exist(as_role: MakeBrowser) -> None:
    browser = as_role("trainer")
    assert browser.get("/exams/desk/items/nothing").status_code == 404
    assert browser.post("/exams/desk/items/nothing/open").status_code == 404
    assert browser.post("/exams/desk/items/nothing/hold", data={"hold-reason": REASON}).status_code == 404
    assert browser.get("/exams/desk/items/nothing/answers.csv").status_code == 404

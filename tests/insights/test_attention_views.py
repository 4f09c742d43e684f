"""The attention list as trainers find it: from the figures that are kept, without keys, in a constant number of statements."""

import csv
import io
import re

import pytest
from sqlalchemy import select

from tests.accounts.factories import PersonFactory
from tests.cases.factories import CaseFactory
from tests.conftest import Browser
from tests.disputes.factories import REMOVE, DisputeFactory, answered, claimed, make_claim_on, reviewed
from tests.exams.factories import ExamFactory, ItemFactory, case_item
from tests.insights.test_attention_rules import figures
from tests.policy_changes.changing import World
from tests.quality.calibrating import APPROVE, Panel
from tests.statements import counted
from training import clock
from training.audit.models import AuditEntry
from training.db import db
from training.exams.models import FormUse, Item, ItemStatistic
from training.exams.queries.statistics import ITEM_FIGURES
from training.exams.rules.acquaintance import Acquaintance
from training.exams.rules.analysis.figures import ItemFigures, Suspicion
from training.exams.rules.analysis.flags import ItemFlag
from training.exams.services.acquainting import note_acquaintance
from training.insights.models import AttentionAside

WORDS = (
    "Parcel with a counterfeit watch",
    "Livestream host offers loans",
    "Review written by the seller",
    "Buyer asks for a refund twice",
    "Listing hides its real price",
    "Video shows a dangerous stunt",
)


def item(slug: str, place: int = 0, **values: object) -> Item:
    """One that says something else than the others."""
    words = f"{WORDS[place]}. {WORDS[place][::-1]} {slug[::-1] * 3}"
    options = tuple({"id": letter, "text": f"{words} {letter}"} | ({"correct": True} if letter == "a" else {}) for letter in "abcd")
    return ItemFactory(id=slug, stem=f"{words}?", options=options, **values)


def keep(found: Item, measured: ItemFigures) -> None:
    flags = "".join(f" {flag.value} " for flag in measured.flags)
    kept = ITEM_FIGURES.dump_python(measured, mode="json")
    row = ItemStatistic(item_version_id=found.current_version_id, answer_count=measured.count, flags=flags, figures=kept, computed_at=clock.now())
    db.session.add(row)
    db.session.commit()


def in_doubt() -> ItemFigures:
    return figures(20, 40, (20,), suspicion=Suspicion(40, 2, 5.25), flags=(ItemFlag.WRONG_KEY,))


def hidden(page: str) -> dict[str, str]:
    return dict(re.findall(r'name="(concern|subject|state|csrf_token)"[^>]*value="([^"]*)"', page))


@pytest.fixture
def trainer(as_role) -> Browser:
    return as_role("trainer")


def lines(browser: Browser, **query: str) -> list[dict[str, str]]:
    text = browser.get("/attention/table.csv", query_string=query).data.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def test_with_nothing_out_of_line_the_page_says_what_would_fill_it(trainer):
    assert "Nothing needs a look" in trainer.get("/attention").text


@pytest.mark.parametrize("role", ["moderator", "lead", "qa", "auditor", "admin"])
def test_it_is_for_trainers(as_role, role):
    browser = as_role(role)
    told = {"concern": "wrong_key", "subject": "item-a", "state": "x", "reason": "Looked at it, it is right."}
    answers = [browser.get(path) for path in ("/attention", "/attention/table.csv", "/attention/aside")]
    answers += [browser.post(path, data=told) for path in ("/attention/aside", "/attention/back")]
    assert {answer.status_code for answer in answers} == {403}


def test_each_line_has_its_figure_and_the_page_that_mends_it(trainer):
    keep(item("item-doubt", 0), in_doubt())
    keep(item("item-easy", 1), figures(60, 60))
    keep(item("item-dead", 2), figures(300, 390, (90, 0, 0)))
    keep(item("item-en", 3, family="fam-both"), figures(190, 200))
    keep(item("item-id", 4, family="fam-both", language="id"), figures(120, 200))
    found = {line["Why"]: (line["What"], line["Figure"], line["Page"]) for line in lines(trainer)}
    assert found == {
        "Probable wrong key": ("item-doubt", "By 40 answers another one is 190 times as likely as the key to be the right one", "/exams/desk/items/item-doubt"),
        "All right or all wrong": ("item-easy", "100 % right in 60 answers", "/exams/desk/items/item-easy"),
        "Languages differ": ("item-en · item-id", "Right in English 95 %, in Indonesian 60 %", "/exams/desk/items/item-en"),
        "Answers nobody takes": ("item-dead", "2 of 3 wrong answers taken by fewer than 5 % of those who err", "/exams/desk/items/item-dead"),
    }
    page = trainer.get("/attention").text
    assert all(text in page for line in found.values() for text in line[:2])


def test_it_can_be_narrowed_to_one_reason(trainer):
    keep(item("item-doubt", 0), in_doubt())
    keep(item("item-easy", 1), figures(60, 60))
    assert [line["What"] for line in lines(trainer, concern="no_spread")] == ["item-easy"]
    page = trainer.get("/attention?concern=no_spread").text
    assert "item-easy" in page and "item-doubt" not in page and "Probable wrong key (1)" in page
    assert "Nothing of this kind" in trainer.get("/attention?concern=disputed").text
    assert trainer.get("/attention?concern=made-up&show=made-up&page=999999").status_code == 200


def test_what_a_retired_item_measured_is_not_told(trainer):
    keep(item("item-old", 0, state="retired"), figures(60, 60))
    assert lines(trainer) == []


def test_the_bank_is_looked_at_for_exams(trainer):
    for place in range(6):
        item(f"item-{place}", place)
    exam = ExamFactory(title="Claims", item_count=4, cells=({"area": "PRO", "minimum": 4, "maximum": 4},))
    used = db.session.scalars(select(Item.id).order_by(Item.slug).limit(1)).all()
    db.session.add_all([FormUse(exam_id=exam.id, item_ids=used if place < 15 else [], is_new_form=True) for place in range(20)])
    db.session.commit()
    found = [(line["Why"], line["What"], line["Figure"]) for line in lines(trainer)]
    assert found == [
        ("About to run dry", "Claims", "area PRO: enough for 1.5 forms (6 in the bank, 4 a form)"),
        ("On too many forms", "Claims", "1 item is on up to 75 % of the forms; the bank is worth 1.5 forms, and four are needed to spread them"),
    ]


def test_look_alikes_are_found_by_what_they_say_and_remembered(trainer):
    ItemFactory(id="item-one", stem="A shop sells a herbal drink that is said to cure fever. What do you do?")
    ItemFactory(id="item-two", stem="A shop sells a herbal drink that is said to cure fevers. What do you do?")
    (line,) = lines(trainer)
    assert (line["Why"], line["What"]) == ("Look-alikes", "item-one · item-two")
    with counted() as statements:
        lines(trainer)
    assert not any("item_versions.document" in statement for statement in statements)


def test_what_a_changed_rule_holds_leads_to_that_change(trainer):
    world = World()
    CaseFactory(slug="case-cites", concept="PRO-01.a")
    item("item-cites", 0, clauses=("PRO-01.a",))
    world.change("1.1.0")
    found = [(line["What"], line["Figure"], line["Page"]) for line in lines(trainer, concern="clause_changed")]
    mending = "/policy-changes/published/goods/1.1.0/held"
    assert found == [(slug, "Held since goods 1.1.0: it cites PRO-01.a", mending) for slug in ("case-cites", "item-cites")]


def test_references_that_several_call_wrong_are_told_once_that_is_decided(trainer):
    case = CaseFactory(slug="case-often")
    dispute = claimed(case)
    for _ in range(2):
        make_claim_on(answered(case))
    assert lines(trainer, concern="disputed") == []
    reviewed(dispute, REMOVE, REMOVE)
    (line,) = lines(trainer, concern="disputed")
    assert (line["What"], line["Page"]) == ("case-often", f"/disputes/{dispute.public_id}")
    assert line["Figure"] == "3 people called it wrong within a year, in 1 dispute; it stood in 1"


def test_cases_with_some_labels_are_named_and_those_without_counted(trainer):
    cases = [CaseFactory(slug=f"case-{place}", area="PRO") for place in range(3)]
    panel = Panel(people=2, cases=cases[:1])
    panel.say(1, APPROVE, APPROVE)
    found = [(line["What"], line["Figure"]) for line in lines(trainer, concern="few_labels")]
    assert found[0] == ("case-0", "2 of 3 blind labels")
    assert found[1][1] == "2 of 3 practice cases labelled blind by nobody"


def test_a_stem_is_shown_to_whoever_knows_it_and_no_key_to_anybody(app, sign_in):
    reader, other = PersonFactory(roles=["trainer"]), PersonFactory(roles=["trainer"])
    known = item("item-known", 0)
    keep(known, in_doubt())
    note_acquaintance(reader.id, known, Acquaintance.OPENED, now=clock.now())
    db.session.commit()
    pages = [sign_in(app.test_client(), person).get("/attention").text for person in (reader, other)]
    assert [WORDS[0] in page for page in pages] == [True, False]
    assert not any("hidden rationale" in page for page in pages)


def test_a_case_item_shows_nothing_of_its_case(trainer):
    keep(case_item(id="item-case"), in_doubt())
    page = trainer.get("/attention").text
    assert "item-case" in page and "Jamu" not in page


def test_a_line_is_put_aside_until_it_changes(trainer):
    found = item("item-easy", 0)
    keep(found, figures(60, 60))
    address = re.search(r'href="(/attention/aside\?[^"]*)"', trainer.get("/attention").text)[1].replace("&amp;", "&")
    told = hidden(trainer.get(address).text)
    assert trainer.post("/attention/aside", data=told).status_code == 400
    reason = "New people all know this one."
    for _ in range(2):
        assert trainer.post("/attention/aside", data=told | {"reason": reason}).status_code == 302
    assert lines(trainer) == []
    assert reason in trainer.get("/attention?show=aside").text
    assert [(entry.deed, entry.subject_id) for entry in db.session.scalars(select(AuditEntry).where(AuditEntry.subject_kind == "finding"))] == [
        ("attention.aside", "no_spread")
    ]
    db.session.execute(ItemStatistic.__table__.delete())
    keep(found, figures(110, 110))
    assert [line["What"] for line in lines(trainer)] == ["item-easy"]


def test_a_line_is_brought_back(trainer):
    keep(item("item-easy", 0), figures(60, 60))
    address = re.search(r'href="(/attention/aside\?[^"]*)"', trainer.get("/attention").text)[1].replace("&amp;", "&")
    told = hidden(trainer.get(address).text)
    assert trainer.post("/attention/back", data=told).status_code == 409
    trainer.post("/attention/aside", data=told | {"reason": "New people all know this one."})
    assert trainer.post("/attention/back", data=hidden(trainer.get("/attention?show=aside").text)).status_code == 302
    assert [line["What"] for line in lines(trainer)] == ["item-easy"]
    assert [entry.deed for entry in db.session.scalars(select(AttentionAside).order_by(AttentionAside.id))] == ["aside", "back"]


def test_what_changed_or_is_gone_is_not_put_aside(trainer):
    keep(item("item-easy", 0), figures(60, 60))
    told = {"concern": "no_spread", "subject": "item-easy", "state": "0", "reason": "New people all know this one."}
    changed = trainer.post("/attention/aside", data=told)
    assert (changed.status_code, "It changed since you saw it" in changed.text) == (409, True)
    gone = trainer.post("/attention/aside", data=told | {"subject": "item-other"})
    assert (gone.status_code, "needs no look any more" in gone.text) == (409, True)
    assert [trainer.post(path, data={"concern": "made-up"}).status_code for path in ("/attention/aside", "/attention/back")] == [302, 400]


def test_the_bank_may_grow_and_the_statements_stay(trainer):
    ExamFactory()
    keep(item("item-a", 0), figures(60, 60))
    trainer.get("/attention")
    with counted() as few:
        trainer.get("/attention")
    for place in range(1, 6):
        keep(item(f"item-b{place}", place), figures(60, 60))
        DisputeFactory()
    trainer.get("/attention")
    with counted() as many:
        trainer.get("/attention")
    assert len(many) == len(few)


def test_a_trainer_finds_it_from_today(trainer, as_role):
    assert "/attention" in trainer.get("/").text
    assert "/attention" not in as_role("moderator").get("/").text


@pytest.mark.parametrize(("log_ratio", "times"), [(3.01, "20 times"), (5.25, "190 times"), (9.0, "8,100 times"), (80.0, "over 1,000,000 times")])
def test_a_likelihood_is_told_in_words_that_nobody_has_to_look_up(as_role, log_ratio, times):
    keep(item("item-doubt"), figures(20, 40, (20,), suspicion=Suspicion(40, 2, log_ratio), flags=(ItemFlag.WRONG_KEY,)))
    page = as_role("trainer").get("/attention").text
    assert f"another one is {times} as likely as the key" in page and "ln LR" not in page

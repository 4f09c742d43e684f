"""Items that trainers changed alike and published, so that the desk is ahead of the folder; and questions of another program that wait for a review."""

from datetime import datetime, timedelta
from io import BytesIO

from training.actors import Actor
from training.authoring import services as desk
from training.authoring.models import Draft
from training.authoring.queries.batches import drafts_of_batch
from training.authoring.rules.bulk import BulkChange
from training.authoring.rules.reviewing import Verdict
from training.courses.queries import clause_codes_ever
from training.demo.services.drafting import SITE
from training.exams.queries import item_by_slug
from training.exchange import services as exchange
from training.exchange.files import keep, path_of, remove

TAGGED = ("item-c028", "item-c036")
FILE = "demo-questions"
"""By which the file lies until it is looked through."""
QUESTIONS = """\
// [id:item-d-eucalyptus] [tag:clause:CLM-01.a] [tag:difficulty:typical] [tag:decision_class:violating]
::item-d-eucalyptus::[markdown]A seller of room sprays writes\\: "Eucalyptus mist, ends your asthma in two weeks." What does the claim do?{
  =It promises to end a disease, and the spray is no medicine
  ~It describes a scent, which every spray may do
  ~It warns people with asthma, which is allowed
####Asthma is a disease, and the sentence says that it ends. CLM-01.a forbids that to anything that is no medicine, however gently the spray smells.
}

// [id:item-d-soap-infection] [tag:clause:CLM-02.a] [tag:difficulty:clear] [tag:decision_class:violating]
::item-d-soap-infection::[markdown]Which sentence about a soap claims a medical effect?{
  =Kills the bacteria behind infected skin
  ~Leaves skin feeling soft after a day outside
  ~Made for dry skin, without perfume
####Killing an infection is what a medicine does: CLM-02.a. How skin feels, and whom a soap suits, is care.
}
"""
"""As another program would write them, in GIFT."""
TERMS: dict[str, object] = {
    "mapping": {},
    "defaults": {"language": "en", "area": "CLM", "severity": "S2", "decision_class": "violating", "difficulty": "typical", "clauses": []},
    "prefix": "item-d",
}


def bring_questions(*, writing: Actor, reviewing: Actor, now: datetime) -> None:
    """Let a trainer tag items, which a colleague approves, and bring in a file of questions that waits for one.

    Nothing where the content lacks the items, or the clauses that the questions cite.
    """
    if any(item_by_slug(slug) is None for slug in TAGGED) or not {"CLM-01.a", "CLM-02.a"} <= set(clause_codes_ever()):
        return
    _tag(writing=writing, reviewing=reviewing, now=now - timedelta(days=4))
    _bring_in(by=writing, now=now - timedelta(hours=7))


def _tag(*, writing: Actor, reviewing: Actor, now: datetime) -> None:
    change = BulkChange(add_tags=("peak-season",))
    outcome = desk.change_items(TAGGED, change, words="For the rehearsal before the promotions.", by=writing, now=now)
    assert outcome.batch_id is not None, "the items had no such tag"
    drafts = _drafts(outcome.batch_id)
    desk.review_all(drafts, Verdict.APPROVED, "", by=reviewing, now=now + timedelta(hours=3))
    desk.publish_all(drafts, allow_public=True, site_url=SITE, by=writing, now=now + timedelta(hours=5))


def _bring_in(*, by: Actor, now: datetime) -> None:
    sha256, byte_count = keep(FILE, BytesIO(QUESTIONS.encode()))
    found = exchange.bring_in(exchange.Upload(path_of(FILE), FILE, "skin-and-scent.gift", sha256, byte_count), by=by, now=now)
    exchange.say_terms(found, TERMS, by=by, now=now)
    taken = exchange.take_waiting(now=now)
    assert taken is not None, "it waits"
    for rows in exchange.look_through(taken, path_of(FILE)):
        exchange.note_rows(found.id, rows, since=0, now=now)
    exchange.checked_through(found.id)
    drafts = _drafts(exchange.make_drafts(found, leaves_out=False, by=by, now=now + timedelta(minutes=2)))
    desk.submit_all(drafts, by=by, now=now + timedelta(minutes=10))
    remove(FILE)


def _drafts(batch_id: int) -> list[Draft]:
    return list(drafts_of_batch(batch_id, skipped=0, count=25))

"""What lies on the trainers' desk: one draft that waits for a colleague, one that a colleague sent back, an exam and a case that are being written."""

from datetime import datetime, timedelta

from training.actors import Actor
from training.authoring import queries, services
from training.authoring.models import Draft
from training.authoring.rules.front_matter import VersionSaid, raised, with_version
from training.authoring.rules.reviewing import ReviewSaid, Verdict
from training.authoring.rules.saving import Sent
from training.authoring.services.labelling import ask_for_labels, in_hand
from training.cases.rules import Action, Severity
from training.content_store.queries import stored_document
from training.content_store.rules.kinds import Kind
from training.courses.queries import known_module
from training.courses.rules.versions import Step
from training.judgements.rules import CaseAnswer
from training.quality.models import CasePanel
from training.quality.services.panels import Asked, label

COURSE, MODULE, EXAM = "first-queue", "product-claims", "onboarding-exam"
QUOTA = "  - { severity: S4, difficulty: borderline, minimum: 14, maximum: 16 }\n"
ADDED = "\n## Who answers questions about this module\n\nAsk in the channel of your team first. What stays open there goes to the policy team, with the case.\n"

CASE = """\
id: case-d001
surface: listing
language: en
market: ID
pool: practice
family: fam-d-knee-brace
difficulty: borderline
content:
  title: Bamboo charcoal knee brace, breathable, one size
  price: Rp 79.000
  category: Sports > Supports
  attributes: { Material: bamboo fibre, Packing: one pair }
  description: Keeps the knee warm on early rides. Many of our customers tell us that they sleep better since they wear it. No medicine, just warmth.
  seller: { name: Langkah Ringan, rating: "4.7", joined: "2022" }
reference:
  decisions: [[APPROVE]]
  labels: [OUT-00]
  severity: S0
  escalate_to: null
  must_escalate: false
  evidence: []
  clauses: [CLM-01.a]
  rationale: Warmth and comfort are no treatment, and no illness is named. CLM-01.a asks for a claim to treat or cure, and better sleep is none.
"""
"""A listing that looks like a claim and is none, as its author says."""
SITE = "http://127.0.0.1:5000"


def draft_at_the_desk(*, writing: Actor, reviewing: Actor, labelling: int, now: datetime) -> None:
    """Let a trainer submit a correction of a module, send a colleague's change of a course back with a comment on its line, write at an exam, and ask
    for blind labels of a case, of which `labelling` gives one.

    Nothing where the content holds neither.
    """
    module = known_module(MODULE)
    if module is None or module.current_version is None or stored_document(Kind.COURSE, COURSE) is None:
        return
    version = module.current_version.version
    draft = services.begin(Kind.MODULE, MODULE, by=writing, now=now - timedelta(hours=5))
    corrected = with_version(draft.text.rstrip("\n") + "\n" + ADDED, VersionSaid(raised(version, Step.PATCH), version, {}))
    _write(draft, corrected, by=writing, now=now - timedelta(hours=4))
    services.submit(draft, words="Three people asked where questions go. No rule changes.", by=writing, now=now - timedelta(hours=3))
    _send_back(writing=reviewing, reviewing=writing, now=now)
    _write_at_an_exam(by=writing, now=now - timedelta(hours=1))
    _ask_for_labels(by=reviewing, labelling=labelling, now=now - timedelta(hours=6))


def _ask_for_labels(*, by: Actor, labelling: int, now: datetime) -> None:
    """Let a case be labelled blind before it is submitted: one label is there, two are missing."""
    draft = services.begin_new(Kind.CASE, "case-d001", CASE, by=by, now=now)
    asked = Asked(frozenset({labelling}), is_open_call=True, note="What do you make of the part about sleep?")
    panel = ask_for_labels(in_hand(draft), asked, site_url=SITE, by=by, now=now + timedelta(minutes=20))
    answer = CaseAnswer(frozenset({Action.APPROVE}), ("OUT-00",), Severity.S0)
    assert isinstance(panel, CasePanel), "nobody asked before"
    label(panel.id, answer, person_id=labelling, site_url=SITE, now=now + timedelta(hours=2))


def _write_at_an_exam(*, by: Actor, now: datetime) -> None:
    """Let an exam ask for more of the gravest harm than its bank holds, so that its form has something to say."""
    if stored_document(Kind.EXAM, EXAM) is None:
        return
    draft = services.begin(Kind.EXAM, EXAM, by=by, now=now)
    _write(draft, draft.text.replace("version: 1.2.0", "version: 1.3.0", 1).replace("cells:\n", f"cells:\n{QUOTA}", 1), by=by, now=now)


def _send_back(*, writing: Actor, reviewing: Actor, now: datetime) -> None:
    draft = services.begin(Kind.COURSE, COURSE, by=writing, now=now - timedelta(days=2))
    changed = draft.text.replace("practice_count: 4", "practice_count: 12")
    _write(draft, changed, by=writing, now=now - timedelta(days=2))
    if draft.text == draft.base_text:
        services.discard(draft, by=writing, now=now)
        return
    revision = services.submit(draft, words="More practice before the exam.", by=writing, now=now - timedelta(days=1, hours=20))
    line = 1 + changed[: changed.index("practice_count")].count("\n")
    said = "Twelve takes half an hour. Then expected_minutes is wrong too."
    services.comment(draft, line=line, words=said, by=reviewing, now=now - timedelta(days=1, hours=2))
    asked = "The count is fine. Please say how long it takes now."
    services.review(draft, ReviewSaid(revision.number, Verdict.CHANGES_ASKED, asked), by=reviewing, now=now - timedelta(days=1))


def _write(draft: Draft, text: str, *, by: Actor, now: datetime) -> None:
    sent = Sent("demo", 1, draft.version, draft.text, text)
    services.save(queries.draft_for_change(draft.id), sent, by=by, now=now)

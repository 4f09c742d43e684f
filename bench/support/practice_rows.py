"""The rows of an organisation that has practised for a year.

People share a few histories: what their answers add up to and what they remember is reckoned once a history, by the project's own rules, and is
what their ledger says. A judgement and its serving have the same number.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import astuple, dataclass
from datetime import datetime, timedelta

from support.databases import Filling, Lines, Row
from support.practised import MadeAnswer, MadeCase, made_cases, made_history
from training.cases.documents import TaxonomyDocument
from training.cases.rules import SEVERE
from training.judgements.documents import answer_json
from training.judgements.rules import tally_changes
from training.practice.rules import ConceptStanding, Mastery, Review, mastered, occasion_of, stood

HISTORIES = 20
IMAGES = 300
IMAGES_A_LISTING = 3
LONGEST_TARGET = 90.0
CONTENTS = {
    "listing": {
        "title": "Jamu pegal linu 30 sachet",
        "price": "Rp 129.000",
        "category": "Health > Traditional medicine",
        "attributes": {"Ingredients": "Ginger, turmeric", "Net wt.": "30 x 7 g"},
        "description": "Warm and calming. Sold without prescription to anyone who asks.",
        "seller": {"name": "Toko Sehat", "rating": "4.8", "sold": "1.2k", "joined": "2021"},
    },
    "review": {
        "product": "Rice cooker 1.8 l",
        "stars": 4,
        "text": "Works well, the lid is a little loose.",
        "reviewer": "b***i",
        "order": {"Paid": "Rp 310.000"},
    },
    "comment": {"where": "Video: unboxing a rice cooker", "thread": [{"author": "sari", "at": "10:02", "text": "Does it stick?"}]},
}
SERVING = (
    *("id", "judgement_id", "session_id", "person_id", "position", "case_id", "case_version_id", "reference_id"),
    *("is_repeat", "is_borderline", "is_severe", "is_ahead", "served_at", "answered_at"),
)
JUDGEMENT = (
    *("id", "occasion", "person_id", "source", "case_id", "case_version_id", "reference_id", "area", "concept", "surface", "answer"),
    *("decision_score", "labels_score", "severity_score", "evidence_score", "escalation_score"),
    *("is_strict", "is_critical_miss", "error", "seconds", "is_first_exposure", "given_at"),
)


@dataclass(frozen=True, slots=True)
class PracticeSize:
    """How large the organisation is."""

    people_count: int
    answers_each: int
    case_count: int


def practice_rows(size: PracticeSize, taxonomy: TaxonomyDocument, *, now: datetime) -> Iterator[Filling | Lines]:
    """Everything, table by table."""
    cases = made_cases(taxonomy, size.case_count)
    yield from _shelf(cases, _text(now - timedelta(days=500)))
    yield from _people(size.people_count, now=now)
    histories = [made_history(seed, cases, size.answers_each, until=now) for seed in range(min(HISTORIES, size.people_count))]
    yield from _remembered(histories, size.people_count)
    yield Lines("servings", SERVING, _serving_lines(histories, size))
    yield Lines("judgements", JUDGEMENT, _judgement_lines(histories, size))


def _text(instant: datetime) -> str:
    return f"{instant:%Y-%m-%d %H:%M:%S.%f}"


def _shelf(cases: Sequence[MadeCase], then: str) -> Iterator[Filling]:
    """Pictures, cases, what they show and what the expert says of them; all three of a case have its number."""
    pictures = ((number, f"{number:064}", "image/webp", 800, 600, 60_000, then) for number in range(1, IMAGES + 1))
    yield Filling("media_files", ("id", "sha256", "mime", "width", "height", "byte_count", "stored_at"), pictures)
    described = ("slug", "surface", "pool", "area", "concept", "family", "language", "market", "difficulty", "contrast_slug", "is_innocent", "severity")
    yield Filling("cases", ("id", *described, "current_version_id", "current_reference_id"), (_case(case, len(cases)) for case in cases))
    shown = ("id", "case_id", "number", "surface", "language", "market", "content", "images", "content_hash", "recorded_at")
    yield Filling("case_versions", shown, (_version(case, then) for case in cases))
    said = ("decisions", "labels", "severity", "must_escalate", "evidence", "clauses", "rationale", "partial_credits", "is_critical", "content_hash")
    yield Filling("case_references", ("id", "case_id", "case_version_id", "number", *said, "recorded_at"), (_reference(case, then) for case in cases))


def _case(case: MadeCase, count: int) -> Row:
    contrast = None if case.contrast is None or case.contrast > count else f"case-b{case.contrast:07}"
    described = (case.surface, case.pool, case.area, case.concept, case.family, case.language, "ID", case.difficulty, contrast, case.is_innocent)
    return (case.number, f"case-b{case.number:07}", *described, case.severity.value, case.number, case.number)


def _version(case: MadeCase, then: str) -> Row:
    places = range(case.number, case.number + IMAGES_A_LISTING) if case.surface == "listing" else ()
    images = [{"media_id": place % IMAGES + 1, "alt": "A box of sachets", "width": 800, "height": 600} for place in places]
    return (case.number, case.number, 1, case.surface, case.language, "ID", json.dumps(CONTENTS[case.surface]), json.dumps(images), f"{case.number:064}", then)


def _reference(case: MadeCase, then: str) -> Row:
    decisions = json.dumps([sorted(action.value for action in case.decision)])
    said = (decisions, json.dumps([case.label]), case.severity.value, False, "[]", json.dumps([case.concept]), "The clause says so, in so many words.", "[]")
    return (case.number, case.number, case.number, 1, *said, case.severity.level == 4, f"{case.number:064}", then)


def _people(count: int, *, now: datetime) -> Iterator[Filling]:
    numbers, then = range(1, count + 1), _text(now - timedelta(days=500))
    named = ((number, f"p_{number:016}", f"person{number}@example.org", f"Person {number}", f"person {number}", False, then) for number in numbers)
    yield Filling("people", ("id", "public_id", "email", "name", "sort_name", "is_demo", "created_at"), named)
    facts = [("status", "active"), ("roles", ["moderator"]), ("name", "A person"), ("languages", ["en", "id"])]
    written = [(kind, json.dumps({"value": value})) for kind, value in facts]
    known = ((number, kind, value, then, then) for number in numbers for kind, value in written)
    yield Filling("person_facts", ("person_id", "kind", "value", "effective_from", "recorded_at"), known)
    sessions = ((number, number, "all", then, _text(now - timedelta(hours=9))) for number in numbers)
    yield Filling("practice_sessions", ("id", "person_id", "scope", "started_at", "ended_at"), sessions)


def _remembered(histories: Sequence[Sequence[MadeAnswer]], count: int) -> Iterator[Filling]:
    """What everybody's answers add up to, and what they remember."""
    counts = ("count", "right", "repeat_count", "hits", "misses", "false_alarms", "correct_rejections", "wrong_selections", "critical_misses")
    kept = ("source", "dimension", "key", *counts, "timed_count", "seconds_sum", "last_at")
    yield Filling("person_tallies", ("person_id", *kept), _of_everybody([list(_tallies(history)) for history in histories], count))
    standing = ("answer_number", "weakness", "count", "right", "repeat_count", "borderline_count", "is_failed", "confused_with", "last_case_id")
    memory = ("concept", "stability", "difficulty", "last_reviewed_at", "due_at", *standing)
    yield Filling("concept_memories", ("person_id", *memory), _of_everybody([list(_memories(history)) for history in histories], count))
    mastery = ("area", "right_weight", "wrong_weight", "count", "day_count", "last_answered_at")
    yield Filling("area_masteries", ("person_id", *mastery), _of_everybody([list(_masteries(history)) for history in histories], count))


def _of_everybody(rows: Sequence[Sequence[Row]], count: int) -> Iterator[Row]:
    return ((person, *row) for person in range(1, count + 1) for row in rows[person % len(rows)])


def _tallies(history: Sequence[MadeAnswer]) -> Iterator[Row]:
    for (_person, source, dimension, key), change in tally_changes(answer.countable(0) for answer in history).items():
        yield (source.value, dimension.value, key, *astuple(change.tally), _text(change.last_at))


def _memories(history: Sequence[MadeAnswer]) -> Iterator[Row]:
    standings: dict[str, ConceptStanding] = {}
    last_cases: dict[str, int] = {}
    for number, given in enumerate(history, start=1):
        is_in_time = (given.answer.seconds or 0) <= LONGEST_TARGET
        review = Review(given.at, number, given.is_right, is_in_time=is_in_time, is_borderline=given.case.difficulty == "borderline")
        standings[given.case.concept] = stood(standings.get(given.case.concept), review)
        last_cases[given.case.concept] = given.case.number
    for concept, found in standings.items():
        memory = (found.memory.stability, found.memory.difficulty, _text(found.memory.reviewed_at), _text(found.memory.due_at))
        counts = (found.answer_number, found.weakness, found.case_count, found.right_count, 0, found.borderline_count, found.is_failed, None)
        yield (concept, *memory, *counts, last_cases[concept])


def _masteries(history: Sequence[MadeAnswer]) -> Iterator[Row]:
    found: dict[str, Mastery] = {}
    for given in history:
        found[given.case.area] = mastered(found.get(given.case.area, Mastery()), is_right=given.is_right, at=given.at)
    for area, mastery in found.items():
        assert mastery.answered_at is not None
        yield (area, mastery.right_weight, mastery.wrong_weight, mastery.answer_count, mastery.day_count, _text(mastery.answered_at))


def _serving_lines(histories: Sequence[Sequence[MadeAnswer]], size: PracticeSize) -> Iterator[str]:
    written = [[_serving(place, given) for place, given in enumerate(history, start=1)] for history in histories]
    for person in range(1, size.people_count + 1):
        first = (person - 1) * size.answers_each + 1
        yield "".join([f"{number}\t{number}\t{person}\t{person}\t{rest}\n" for number, rest in enumerate(written[person % len(written)], start=first)])


def _serving(place: int, given: MadeAnswer) -> str:
    number, at = given.case.number, _text(given.at)
    return _line(place, number, number, number, False, given.case.difficulty == "borderline", given.case.severity in SEVERE, False, at, at)


def _judgement_lines(histories: Sequence[Sequence[MadeAnswer]], size: PracticeSize) -> Iterator[str]:
    written = [[_judgement(given) for given in history] for history in histories]
    prefix = occasion_of(0).removesuffix("0")
    for person in range(1, size.people_count + 1):
        first = (person - 1) * size.answers_each + 1
        yield "".join([f"{number}\t{prefix}{number}\t{person}\t{rest}\n" for number, rest in enumerate(written[person % len(written)], start=first)])


def _judgement(given: MadeAnswer) -> str:
    case = given.case
    place = ("practice", case.number, case.number, case.number, case.area, case.concept, case.surface)
    right = float(given.is_right)
    error = given.error.value if given.error else None
    scores = (right, right, right, 1.0, 1.0, given.is_right, given.is_critical_miss, error)
    return _line(*place, json.dumps(answer_json(given.answer)), *scores, given.answer.seconds, True, _text(given.at))


def _line(*values: object) -> str:
    """Values as `COPY` reads them; none of ours holds a tab or a backslash."""
    return "\t".join(r"\N" if value is None else str(value) for value in values)

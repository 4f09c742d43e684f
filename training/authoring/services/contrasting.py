"""Begin the near-miss of a case, find one that there is, and let the two stand together: neither runs without the other."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from training.actors import Actor
from training.audit.services import record
from training.authoring import queries
from training.authoring.models import Draft
from training.authoring.queries.batches import batch_of
from training.authoring.queries.lists import open_texts_of
from training.authoring.rules.alike import likeness_percent
from training.authoring.rules.contrasting import ContrastCheck, Value, acts_of, contrast_checks, near_miss_of, texts_of, with_contrast
from training.authoring.rules.document_forms import value_in
from training.authoring.rules.states import DraftRefusal
from training.authoring.services.batching import gather, join_batch
from training.authoring.services.drafting import begin, begin_new, may_see
from training.authoring.services.knowing import is_wanted_blind
from training.authoring.services.saving import write_whole
from training.cases.documents import CaseDocument
from training.cases.rules import Pool
from training.content_store.queries import running_folder, stored_document
from training.content_store.rules.kinds import Kind
from training.errors import NotFound, Refusal
from training.exams.rules.acquaintance import KnownText
from training.exams.services.opening import may_read

MOST_CANDIDATES = 12


@dataclass(frozen=True, slots=True)
class Partner:
    """The near-miss that a case names: its id, its open draft where it has one, and how the two stand to one another; no checks where it is not open."""

    slug: str
    draft: Draft | None
    is_there: bool
    checks: tuple[ContrastCheck, ...]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A case that could be the near-miss: how alike what both show is, and whether it is decided the opposite way, where that can be said."""

    slug: str
    percent: int
    title: str
    is_opposite: bool | None
    contrast: str | None


def value_of(draft: Draft) -> Value | None:
    """What a draft of a case says; nothing of other kinds, and where its text cannot be read."""
    return value_in(Kind.CASE, draft.text) if draft.kind == Kind.CASE else None


def partner_of(value: Value, person_id: int) -> Partner | None:
    """The near-miss that a case names, as its open draft says it, else as it runs; nothing where it names none."""
    slug = value.get("contrast")
    if not isinstance(slug, str) or not slug:
        return None
    draft = queries.open_draft_of(Kind.CASE, slug)
    other = _said(slug, draft)
    is_open = may_see(draft, person_id) if draft else other is not None and _may_read(person_id, slug, other)
    return Partner(slug, draft, other is not None, contrast_checks(value, other) if other is not None and is_open else ())


def _said(slug: str, draft: Draft | None) -> Value | None:
    stored = stored_document(Kind.CASE, slug)
    text = draft.text if draft else stored.text if stored else None
    return value_in(Kind.CASE, text) if text is not None else None


def _may_read(person_id: int, slug: str, value: Value) -> bool:
    is_open = value.get("pool") == Pool.PRACTICE or may_read(person_id, KnownText.CASE, slug)
    return is_open and not is_wanted_blind(person_id, Kind.CASE, slug)


def candidates_for(value: Value, sought: str, person_id: int) -> list[Candidate]:
    """Cases of the same pool that could be the near-miss, the most alike first: with these words in their id or what they show, or any that is alike.

    Of exam cases those alone that this person has opened, and none that they are to label blind.
    """
    words, mine, decided = sought.lower().split(), texts_of(value), acts_of(value)
    found = []
    for slug, other in _others(value):
        shown = texts_of(other)
        if other.get("pool") != value.get("pool") or not all(word in f"{slug} {shown}".lower() for word in words) or not _may_read(person_id, slug, other):
            continue
        theirs, percent = acts_of(other), likeness_percent(mine, shown)
        has_another = other.get("contrast") not in {None, value.get("id")}
        if not words and (has_another or not percent):
            continue
        opposite = None if None in (decided, theirs) else decided != theirs
        first = next((line for line in shown.split("\n") if line.strip()), "")
        found.append(Candidate(slug, percent, first[:100], opposite, other.get("contrast") or None))
    return sorted(found, key=lambda each: (each.contrast is not None, -each.percent, each.slug))[:MOST_CANDIDATES]


def _others(value: Value) -> Iterator[tuple[str, Value]]:
    """Every other case of this surface: as its open draft says it, else as it runs."""
    drafts = {slug: said for _, slug, text in open_texts_of(Kind.CASE) if (said := value_in(Kind.CASE, text)) is not None}
    running = {slug: source.document.model_dump(mode="json") for slug, source in running_folder({Kind.CASE}).of(CaseDocument).items() if slug not in drafts}
    for slug, other in {**drafts, **running}.items():
        if slug not in {value.get("id"), value.get("contrast")} and other.get("surface") == value.get("surface"):
            yield slug, other


def begin_near_miss(draft: Draft, slug: str, *, by: Actor, now: datetime) -> Draft:
    """A new case that shows what this one does, decided the opposite way; both name one another, and go through review together.

    Raises Refusal where the id is taken, and where the draft is not being written or its text cannot be read.
    """
    value = _readable(draft)
    near = begin_new(Kind.CASE, slug, near_miss_of(value, slug), by=by, now=now)
    _pair(draft, near, by=by, now=now)
    return near


def choose_near_miss(draft: Draft, slug: str, *, by: Actor, now: datetime) -> Draft:
    """Let this case and another one name one another, and go through review together: the other's open draft, or a new one of what runs.

    Raises NotFound where there is no such case, and Refusal where either is not being written or cannot be read.
    """
    if slug == draft.slug:
        raise NotFound(slug)
    other = queries.draft_for_change(begin(Kind.CASE, slug, by=by, now=now).id)
    write_whole(other, with_contrast(other.text, _readable(other), draft.slug), by=by, now=now)
    _pair(draft, other, by=by, now=now)
    return other


def _readable(draft: Draft) -> Value:
    value = value_of(draft)
    if value is None:
        raise Refusal(DraftRefusal.HAS_FAULTS)
    return value


def _pair(draft: Draft, other: Draft, *, by: Actor, now: datetime) -> None:
    write_whole(draft, with_contrast(draft.text, _readable(draft), other.slug), by=by, now=now)
    mine, theirs = batch_of(draft.id), batch_of(other.id)
    if mine is None and theirs is None:
        gather(f"{draft.slug} and its near-miss {other.slug}", [draft, other], by=by, now=now)
    elif mine is None or theirs is None:
        batch = mine or theirs
        assert batch is not None, "one of the two has one"
        join_batch(batch, draft if mine is None else other)
    elif mine.id != theirs.id:
        raise Refusal(DraftRefusal.IN_ANOTHER_BATCH)
    record("draft.contrasted", by=by, subject=("draft", draft.id), now=now, detail={"with": other.slug})

"""Blind labels of a case that is being written, or that runs: what colleagues are asked to label, and what their labels come to beside the reference."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from training.actors import Actor
from training.authoring import queries
from training.authoring.models import Draft
from training.authoring.queries.drafts import readers_of
from training.authoring.queries.files import media_of_drafts
from training.authoring.rules.states import DraftRefusal
from training.authoring.services.checking import check_draft
from training.authoring.services.drafting import may_see
from training.authoring.services.knowing import give_blindness_up, is_wanted_blind
from training.cases.documents import CaseDocument
from training.cases.rules import Pool
from training.cases.services import UnkeptCase, unkept_case
from training.content_store.queries import media_by_name, running_folder
from training.content_store.rules.kinds import Kind
from training.errors import NotFound, Refusal
from training.exams.rules.acquaintance import KnownText
from training.exams.services.opening import may_read, open_text
from training.judgements.queries import reference_said
from training.quality.models import CasePanel
from training.quality.queries import panels as panel_queries
from training.quality.rules.panels import PanelFound
from training.quality.services.panels import Asked, Subject, ask_more, open_panel


@dataclass(frozen=True, slots=True)
class CaseInHand:
    """A case as its open draft says it, else as it runs; `document` is nothing where the draft holds none yet."""

    slug: str
    draft: Draft | None
    document: CaseDocument | None

    @property
    def is_exam_material(self) -> bool:
        """Whether whoever reads it never sits it."""
        return self.draft.is_exam_material if self.draft else self.document is None or self.document.pool is Pool.EXAM


@dataclass(frozen=True, slots=True)
class Labelled:
    """What the blind labels of a case come to as it is now, and the calls for them."""

    case: UnkeptCase
    found: PanelFound
    people: Collection[int]
    """Who labelled it."""
    panel: CasePanel | None
    """The call that is open."""
    is_of_another_text: bool
    """Whether the open call shows what the case no longer shows."""
    earlier_count: int
    """Labels of what it showed before: they count no longer."""


def case_in_hand(slug: str) -> CaseInHand:
    """The case of this id. Raises NotFound where none runs and none is being written."""
    draft = queries.open_draft_of(Kind.CASE, slug)
    if draft is not None:
        return in_hand(draft)
    source = running_folder({Kind.CASE}).of(CaseDocument).get(slug)
    if source is None:
        raise NotFound(slug)
    return CaseInHand(slug, None, source.document)


def in_hand(draft: Draft) -> CaseInHand:
    """The case that a draft says."""
    checked = check_draft(draft)
    document = checked.source.document if checked.source else None
    return CaseInHand(draft.slug, draft, document if isinstance(document, CaseDocument) else None)


def may_see_case(case: CaseInHand, person_id: int) -> bool:
    """Whether this person may read what the expert says of it: not who is to label it blind, nor of exam material who did not open it."""
    if case.draft is not None:
        return may_see(case.draft, person_id)
    is_open = not case.is_exam_material or may_read(person_id, KnownText.CASE, case.slug)
    return is_open and not is_wanted_blind(person_id, Kind.CASE, case.slug)


def open_case(case: CaseInHand, *, by: Actor, now: datetime) -> None:
    """Read what the expert says of a case that runs, and label it blind no more; one that exams ask is known from now on."""
    assert by.id is not None, "people read"
    if is_wanted_blind(by.id, Kind.CASE, case.slug):
        give_blindness_up(by.id, case.slug, now=now)
    if case.is_exam_material:
        open_text(KnownText.CASE, case.slug, by=by, now=now)


def labelled(case: CaseInHand, *, now: datetime) -> Labelled | None:
    """What the blind labels of this case come to; nothing while it is not whole, so that nobody could be asked."""
    unkept = unkept_of(case, now=now)
    if unkept is None:
        return None
    version = unkept.version
    answers = panel_queries.blind_answers(case.slug, version.content_hash)
    found = panel_queries.found_of(case.slug, version.content_hash, reference_said(unkept.reference, version), unkept.area, at=now)
    panel = panel_queries.open_panel_of(case.slug)
    is_of_another = panel is not None and panel.content_hash != version.content_hash
    earlier = panel_queries.label_count(case.slug, without=version.content_hash)
    return Labelled(unkept, found, answers.keys(), panel, is_of_another, earlier)


def labels_beside(draft: Draft, *, now: datetime) -> Labelled | None:
    """What stands beside a draft of a case; nothing beside another."""
    return labelled(in_hand(draft), now=now) if draft.kind == Kind.CASE else None


def unkept_of(case: CaseInHand, *, now: datetime) -> UnkeptCase | None:
    """The case as it would be stored, kept nowhere; nothing while it is not whole, or a file that it shows is missing."""
    if case.document is None:
        return None
    media = {**media_by_name(), **(media_of_drafts([case.draft]) if case.draft else {})}
    try:
        return unkept_case(case.document, media=media, now=now)
    except Refusal:
        return None


def ask_for_labels(case: CaseInHand, asked: Asked, *, site_url: str, by: Actor, now: datetime) -> CasePanel | int:
    """Ask colleagues to label this case blind: the new call, or how many more were asked on the open one.

    Raises Refusal where the case is not whole, and as a call does.
    """
    unkept = unkept_of(case, now=now)
    if unkept is None or case.document is None:
        raise Refusal(DraftRefusal.HAS_FAULTS)
    panel = panel_queries.open_panel_of(case.slug)
    if panel is not None:
        return ask_more(panel.id, asked, site_url=site_url, by=by, now=now)
    informed = readers_of(case.draft.id) | {case.draft.author_id} if case.draft else frozenset[int]()
    subject = Subject(case.slug, case.document.family, case.is_exam_material, unkept, informed)
    return open_panel(subject, asked, site_url=site_url, by=by, now=now)

"""Asking colleagues to label one case blind, taking what they say, and letting it become part of the case's record."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.exc import IntegrityError

from training.accounts.queries import states_of
from training.accounts.rules import Role
from training.actors import Actor
from training.audit.services import record
from training.cases.rules import Severity
from training.cases.services import UnkeptCase
from training.db import db
from training.errors import NotFound, Refusal
from training.exams.queries import is_on_open_form
from training.exams.queries.bank import items_of_text
from training.exams.rules.acquaintance import Acquaintance, KnownText
from training.exams.rules.reasons import ItemRefusal
from training.exams.services import note_text_acquaintance
from training.judgements.documents import answer_json, parse_answer
from training.judgements.rules import CaseAnswer, Source
from training.judgements.services import GivenAnswer, Occasion, record_judgements
from training.quality.models.panels import CasePanel, CasePanelLabel, CasePanelSeat
from training.quality.queries import panels as queries
from training.quality.rules.panels import PanelRefusal, asking_refusal, lack_of, panel_occasion
from training.quality.services.calibration import tell
from training.quality.services.letters import labels_gathered_letter, labels_wanted_letter

COLLEAGUES = frozenset({Role.TRAINER, Role.QA})
"""Who is asked, and who may take an open call."""
AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class Asked:
    """Whom to ask, whether anybody else of the colleagues may label too, and what they are told."""

    people: frozenset[int]
    is_open_call: bool
    note: str = ""


@dataclass(frozen=True, slots=True)
class Subject:
    """What is to be labelled: a case as it is or would be stored, and who is known to know what its expert says."""

    slug: str
    family: str
    is_exam_material: bool
    case: UnkeptCase
    informed: frozenset[int]


def open_panel(subject: Subject, asked: Asked, *, site_url: str, by: Actor, now: datetime) -> CasePanel:
    """Ask for blind labels of this case as it is now; whoever is asked gets a mail. Raises Refusal where a call is open, or somebody asked cannot be blind."""
    assert by.id is not None, "only people ask"
    informed = {*subject.informed, by.id}
    _refuse(asked, subject.slug, informed, now=now)
    version, reference = subject.case.version, subject.case.reference
    panel = CasePanel(slug=subject.slug, family=subject.family, is_exam_material=subject.is_exam_material, area=subject.case.area, concept=reference.clauses[0])
    panel.surface, panel.language, panel.market, panel.content_hash = version.surface, version.language, version.market, version.content_hash
    panel.content, panel.images, panel.recording, panel.severity = version.content, version.images, version.recording, reference.severity
    panel.is_open_call, panel.note, panel.made_by_id, panel.opened_at, panel.closed_at = asked.is_open_call, asked.note, by.id, now, None
    try:
        with db.session.begin_nested():
            db.session.add(panel)
    except IntegrityError as error:
        raise Refusal(PanelRefusal.OPEN_ALREADY) from error
    for person_id in sorted(informed):
        inform(panel, person_id, now=now)
    _seat(panel, asked.people, site_url=site_url, now=now)
    record("labels.asked", by=by, subject=("case", subject.slug), now=now, detail={"people": len(asked.people), "open": asked.is_open_call})
    return panel


def _refuse(asked: Asked, slug: str, informed: Collection[int], *, now: datetime) -> None:
    states = states_of(asked.people, at=now)
    colleagues = {person_id for person_id, state in states.items() if state.is_active and state.roles & COLLEAGUES}
    known = {*informed, *(person_id for person_id in asked.people if queries.knows_reference(person_id, slug))}
    if reason := asking_refusal(asked.people, colleagues=colleagues, informed=known, is_open_call=asked.is_open_call):
        raise Refusal(reason)


def _seat(panel: CasePanel, people: Collection[int], *, site_url: str, now: datetime) -> int:
    """Ask these people; how many were not asked before."""
    new = [person_id for person_id in sorted(people) if _own_seat(panel, person_id).asked_at is None]
    for person_id in new:
        _own_seat(panel, person_id).asked_at = now
    db.session.flush()
    tell(new, labels_wanted_letter(panel.note, panel_id=panel.id, site_url=site_url), now=now)
    return len(new)


def _own_seat(panel: CasePanel, person_id: int) -> CasePanelSeat:
    seat = queries.seat_of(panel.id, person_id)
    if seat is None:
        seat = CasePanelSeat(panel_id=panel.id, person_id=person_id)
        db.session.add(seat)
        db.session.flush()
    return seat


def ask_more(panel_id: int, asked: Asked, *, site_url: str, by: Actor, now: datetime) -> int:
    """Ask more people on a call that is open, or open it to all colleagues; how many are asked newly. Raises Refusal as `open_panel` does."""
    panel = queries.hold_panel(panel_id)
    if panel.closed_at is not None:
        raise Refusal(PanelRefusal.CLOSED)
    informed = {seat.person_id for seat in queries.seats_of(panel.id) if seat.informed_at is not None}
    _refuse(asked, panel.slug, informed, now=now)
    panel.is_open_call = panel.is_open_call or asked.is_open_call
    count = _seat(panel, asked.people, site_url=site_url, now=now)
    record("labels.asked", by=by, subject=("case", panel.slug), now=now, detail={"people": count, "open": panel.is_open_call})
    return count


def inform(panel: CasePanel, person_id: int, *, now: datetime) -> None:
    """This person knows what the expert says, or leaves the label to others: from now on they do not label it."""
    seat = _own_seat(panel, person_id)
    seat.informed_at = seat.informed_at or now
    db.session.flush()


def panel_to_label(panel_id: int, person_id: int, *, now: datetime) -> CasePanel:
    """The call, for somebody whose label it waits for. Raises NotFound where it is not for them, Refusal where they are late or no longer blind."""
    panel = queries.panel_by_id(panel_id)
    seat = queries.seat_of(panel_id, person_id)
    if not panel.is_open_call and (seat is None or seat.asked_at is None):
        raise NotFound(panel_id)
    if queries.label_of(panel, person_id) is None and panel.closed_at is not None:
        raise Refusal(PanelRefusal.CLOSED)
    if queries.label_of(panel, person_id) is None and not queries.may_label(panel, person_id, at=now):
        raise Refusal(PanelRefusal.KNOWS)
    return panel


def begin_labelling(panel: CasePanel, person_id: int, *, now: datetime) -> None:
    """Open a case that exams may ask, to label it: whoever does never sits it. Raises Refusal where they are sitting an exam with it."""
    if not panel.is_exam_material:
        return
    if any(is_on_open_form(person_id, item.id) for item in items_of_text(KnownText.CASE, panel.slug)):
        raise Refusal(ItemRefusal.ON_OWN_FORM)
    seat = _own_seat(panel, person_id)
    seat.opened_at = seat.opened_at or now
    note_text_acquaintance(person_id, KnownText.CASE, panel.slug, Acquaintance.LABELLED, now=now)


def label(panel_id: int, answer: CaseAnswer, *, person_id: int, site_url: str, now: datetime) -> CasePanelLabel:
    """Take this person's label. The first one stands: a second click gets it back. Where it is the one that was missing, the call is over.

    Raises NotFound and Refusal as `panel_to_label` does.
    """
    queries.hold_panel(panel_id)
    panel = panel_to_label(panel_id, person_id, now=now)
    if (given := queries.label_of(panel, person_id)) is not None:
        return given
    begin_labelling(panel, person_id, now=now)
    given = CasePanelLabel(panel_id=panel.id, person_id=person_id, answer=answer_json(answer), given_at=now)
    db.session.add(given)
    db.session.flush()
    adopt_labels(slugs=[panel.slug])
    _end_where_enough(panel, site_url=site_url, now=now)
    return given


def _end_where_enough(panel: CasePanel, *, site_url: str, now: datetime) -> None:
    answers = list(queries.blind_answers(panel.slug, panel.content_hash).values())
    severity = Severity(panel.severity) if panel.severity else None
    if lack_of(answers, severity, queries.area_agreement(panel.area, at=now)) is None:
        panel.closed_at = now
        db.session.flush()
        tell([panel.made_by_id], labels_gathered_letter(panel.slug, len(answers), site_url=site_url), now=now)


def close_panel(panel_id: int, *, by: Actor, now: datetime) -> None:
    """Want no more labels on this call. A second click changes nothing."""
    panel = queries.hold_panel(panel_id)
    if panel.closed_at is None:
        panel.closed_at = now
        db.session.flush()
        record("labels.closed", by=by, subject=("case", panel.slug), now=now)


def conclude(slug: str, *, by: Actor, now: datetime) -> None:
    """The case runs from now on as it is: no more labels are wanted of it before, and those of what it shows are part of its record."""
    panel = queries.open_panel_of(slug)
    if panel is not None:
        close_panel(panel.id, by=by, now=now)
    adopt_labels(slugs=[slug])


def adopt_labels(*, slugs: Collection[str] = (), limit: int = AT_ONCE) -> int:
    """Let labels become judgements of the practice cases that show what was labelled; how many did.

    Those of exam cases never do: what somebody said of one would come with whether it was right.
    """
    found = queries.labels_to_adopt(slugs=slugs, limit=limit)
    record_judgements([_given(given, version_id, reference_id) for given, version_id, reference_id in found])
    return len(found)


def _given(given: CasePanelLabel, version_id: int, reference_id: int) -> GivenAnswer:
    occasion = Occasion(given.person_id, Source.CALIBRATION, panel_occasion(given.panel_id))
    return GivenAnswer(parse_answer(given.answer), occasion, version_id, reference_id, given.given_at)

"""Calls for blind labels: whom they wait for, what was said, and who is no longer blind."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta

from sqlalchemy import String, cast, exists, func, select
from sqlalchemy.orm import aliased

from training.cases.models import Case, CaseVersion
from training.cases.queries import IS_PRACTISED, area_of_labels, case_by_slug
from training.db import db
from training.disputes.queries import who_set
from training.errors import NotFound
from training.exams.queries.bank import ways_of_knowing
from training.exams.rules.acquaintance import Acquaintance, KnownText
from training.judgements.documents import parse_answer
from training.judgements.models import Judgement
from training.judgements.queries import IS_FIRST
from training.judgements.rules import CaseAnswer, Reference, Source
from training.practice.queries import withheld_from
from training.practice.rules import sensitivity_of
from training.quality.models.calibration import CalibrationRound
from training.quality.models.panels import IS_OPEN, CasePanel, CasePanelLabel, CasePanelSeat
from training.quality.queries.calibration import IN_SESSION
from training.quality.rules.calibration import Agreement, Measure, agreement, round_of
from training.quality.rules.panels import ALPHA_DAYS, OCCASION, PanelFound, panel_found

MOST_WAITING = 50


def panel_by_id(panel_id: int) -> CasePanel:
    """This call. Raises NotFound."""
    found = db.session.get(CasePanel, panel_id)
    if found is None:
        raise NotFound(panel_id)
    return found


def hold_panel(panel_id: int) -> CasePanel:
    """The same as it is now, with nobody else changing it until the transaction ends. Raises NotFound."""
    asked = select(CasePanel).where(CasePanel.id == panel_id).with_for_update().execution_options(populate_existing=True)
    found = db.session.scalar(asked)
    if found is None:
        raise NotFound(panel_id)
    return found


def open_panel_of(slug: str) -> CasePanel | None:
    """The call for labels of this case that is open."""
    return db.session.scalar(select(CasePanel).where(CasePanel.slug == slug, IS_OPEN))


def is_shown_to_label(slug: str, media_id: int) -> bool:
    """Whether a call for labels of this case shows this picture."""
    shown = db.session.scalars(select(CasePanel.images).where(CasePanel.slug == slug))
    return any(image["media_id"] == media_id for images in shown for image in images)


def seat_of(panel_id: int, person_id: int) -> CasePanelSeat | None:
    """What somebody is to a call."""
    return db.session.get(CasePanelSeat, (panel_id, person_id))


def seats_of(panel_id: int) -> Sequence[CasePanelSeat]:
    """Everybody who was asked, is at it, or is no longer blind."""
    return db.session.scalars(select(CasePanelSeat).where(CasePanelSeat.panel_id == panel_id).order_by(CasePanelSeat.person_id)).all()


def label_of(panel: CasePanel, person_id: int) -> CasePanelLabel | None:
    """What somebody said of what this call shows, on this call or an earlier one."""
    asked = select(CasePanelLabel).join(CasePanel, CasePanel.id == CasePanelLabel.panel_id)
    asked = asked.where(CasePanel.slug == panel.slug, CasePanel.content_hash == panel.content_hash, CasePanelLabel.person_id == person_id)
    return db.session.scalar(asked.order_by(CasePanelLabel.id).limit(1))


def blind_answers(slug: str, content_hash: str) -> Mapping[int, CaseAnswer]:
    """What everybody said who labelled this content blind, by person, the first that they said: on calls, and in calibration sessions once revealed."""
    asked = select(CasePanelLabel.person_id, CasePanelLabel.answer).join(CasePanel, CasePanel.id == CasePanelLabel.panel_id)
    rows = db.session.execute(asked.where(CasePanel.slug == slug, CasePanel.content_hash == content_hash).order_by(CasePanelLabel.id.desc())).all()
    return {**_session_answers(slug, content_hash), **{person_id: parse_answer(answer) for person_id, answer in rows}}


def _session_answers(slug: str, content_hash: str) -> dict[int, CaseAnswer]:
    other = aliased(Judgement)
    elsewhere = (other.person_id == Judgement.person_id, other.case_id == Judgement.case_id, other.source != Source.CALIBRATION.value)
    was_told = exists().where(*elsewhere, other.given_at <= Judgement.given_at)
    asked = select(Judgement.person_id, Judgement.occasion, Judgement.answer).join(CaseVersion, CaseVersion.id == Judgement.case_version_id)
    asked = asked.join(Case, Case.id == CaseVersion.case_id).where(Case.slug == slug, CaseVersion.content_hash == content_hash)
    rows = db.session.execute(asked.where(IN_SESSION, IS_FIRST, ~was_told).order_by(Judgement.id.desc())).all()
    if not rows:
        return {}
    rounds = select(CalibrationRound.session_id, CalibrationRound.number).where(CalibrationRound.revealed_at.is_not(None))
    revealed = {
        (session_id, number)
        for session_id, number in db.session.execute(rounds.where(CalibrationRound.session_id.in_({round_of(occasion)[0] for _, occasion, _ in rows})))
    }
    return {person_id: parse_answer(answer) for person_id, occasion, answer in rows if round_of(occasion) in revealed}


def label_count(slug: str, *, without: str) -> int:
    """How many labels calls for this case brought of other content than this."""
    asked = select(func.count(CasePanelLabel.id)).join(CasePanel, CasePanel.id == CasePanelLabel.panel_id)
    return db.session.scalar(asked.where(CasePanel.slug == slug, CasePanel.content_hash != without)) or 0


def area_agreement(area: str, *, at: datetime) -> Agreement:
    """How far those agree who labelled cases of this area blind within the last year, over all of these cases."""
    asked = select(CasePanel.slug, CasePanel.content_hash, CasePanelLabel.answer).join(CasePanel, CasePanel.id == CasePanelLabel.panel_id)
    asked = asked.where(CasePanel.area == area, CasePanel.opened_at >= at - timedelta(days=ALPHA_DAYS))
    said: defaultdict[tuple[str, str], list[CaseAnswer]] = defaultdict(list)
    for slug, content_hash, answer in db.session.execute(asked.order_by(CasePanelLabel.id)):
        said[slug, content_hash].append(parse_answer(answer))
    return agreement(Measure.WHOLE, said.values())


def found_of(slug: str, content_hash: str, reference: Reference, area: str, *, at: datetime) -> PanelFound:
    """What the blind labels of this content come to, beside this reference."""
    answers = list(blind_answers(slug, content_hash).values())
    return panel_found(answers, reference, area_of_labels(), agreement=area_agreement(area, at=at))


def knows_reference(person_id: int, slug: str) -> bool:
    """Whether this person is known to have been told what the expert says of this case, or to have had a part in it."""
    if ways_of_knowing(person_id, KnownText.CASE, slug) - {Acquaintance.LABELLED}:
        return True
    case = case_by_slug(slug)
    if case is None:
        return False
    told = select(Judgement.id).where(Judgement.person_id == person_id, Judgement.case_id == case.id, Judgement.source != Source.CALIBRATION.value)
    return bool(who_set(case.id, [person_id])) or db.session.scalar(told.limit(1)) is not None


def is_to_be_blind(panel: CasePanel, person_id: int) -> bool:
    """Whether this call is for this person: asked or open to all, not informed, and not labelled by them before."""
    seat = seat_of(panel.id, person_id)
    if seat is not None and seat.informed_at is not None:
        return False
    if not panel.is_open_call and (seat is None or seat.asked_at is None):
        return False
    is_at_it = seat is not None and seat.opened_at is not None
    return label_of(panel, person_id) is None and (is_at_it or not knows_reference(person_id, panel.slug))


def may_label(panel: CasePanel, person_id: int, *, at: datetime) -> bool:
    """Whether this call is for this person, and shows nothing of a kind that they do not agree to see."""
    return is_to_be_blind(panel, person_id) and sensitivity_of(panel.concept) not in withheld_from(person_id, at=at)


def waiting_panels(person_id: int, *, at: datetime) -> list[CasePanel]:
    """The calls that this person may answer, the oldest first."""
    found = db.session.scalars(select(CasePanel).where(IS_OPEN).order_by(CasePanel.id).limit(MOST_WAITING))
    return [panel for panel in found if may_label(panel, person_id, at=at)]


def asking_panels(person_id: int, *, at: datetime) -> list[CasePanel]:
    """Of these, those in which they were asked by name."""
    asked = select(CasePanel).join(CasePanelSeat, CasePanelSeat.panel_id == CasePanel.id)
    asked = asked.where(IS_OPEN, CasePanelSeat.person_id == person_id, CasePanelSeat.asked_at.is_not(None), CasePanelSeat.informed_at.is_(None))
    return [panel for panel in db.session.scalars(asked.order_by(CasePanel.id).limit(MOST_WAITING)) if may_label(panel, person_id, at=at)]


def labels_to_adopt(*, slugs: Collection[str] = (), limit: int) -> list[tuple[CasePanelLabel, int, int]]:
    """Labels of practice cases that run as they were shown, and are not in the record of their cases yet, with the version and the reference."""
    occasion = OCCASION + cast(CasePanel.id, String)
    of_label = (Judgement.person_id == CasePanelLabel.person_id, Judgement.case_id == Case.id, Judgement.source == Source.CALIBRATION.value)
    recorded = exists().where(*of_label, Judgement.occasion == occasion)
    asked = select(CasePanelLabel, Case.current_version_id, Case.current_reference_id).join(CasePanel, CasePanel.id == CasePanelLabel.panel_id)
    asked = asked.join(Case, Case.slug == CasePanel.slug).join(CaseVersion, CaseVersion.id == Case.current_version_id)
    asked = asked.where(CaseVersion.content_hash == CasePanel.content_hash, IS_PRACTISED, ~recorded)
    if slugs:
        asked = asked.where(Case.slug.in_(sorted(slugs)))
    rows = db.session.execute(asked.order_by(CasePanelLabel.id).limit(limit))
    return [(label, version_id, reference_id) for label, version_id, reference_id in rows if version_id and reference_id]


def personal_labels(person_id: int) -> list[dict[str, object]]:
    """The calls in which a person was asked or that they answered, and what they said; a case that exams may ask is not named."""
    asked = select(CasePanel, CasePanelSeat, CasePanelLabel).select_from(CasePanel)
    asked = asked.outerjoin(CasePanelSeat, (CasePanelSeat.panel_id == CasePanel.id) & (CasePanelSeat.person_id == person_id))
    asked = asked.outerjoin(CasePanelLabel, (CasePanelLabel.panel_id == CasePanel.id) & (CasePanelLabel.person_id == person_id))
    rows = db.session.execute(asked.where(CasePanelSeat.person_id.is_not(None) | CasePanelLabel.id.is_not(None)).order_by(CasePanel.id)).all()
    return [
        {
            "case": None if panel.is_exam_material else panel.slug,
            "asked_at": seat.asked_at if seat else None,
            "given_at": label.given_at if label else None,
            "answer": label.answer if label else None,
        }
        for panel, seat, label in rows
    ]

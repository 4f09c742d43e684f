"""What I dispute; for trainers also what waits for their review, and every dispute with what it came to."""

from flask import render_template, url_for
from flask.typing import ResponseReturnValue

from training import clock
from training.accounts.queries import person_names
from training.accounts.rules import Role
from training.cases.queries import case_for_display, taxonomy
from training.cases.rules import Action
from training.disputes import queries
from training.disputes.models import Dispute
from training.disputes.rules.chain import stages_of
from training.disputes.rules.reviews import Outcome, review_refusal
from training.disputes.views.blueprint import MAY_READ, QUESTION_STATE_NAMES, STATE_NAMES, blueprint
from training.disputes.views.cases import case_options
from training.disputes.views.questions import told_of_question, views_to_open
from training.errors import NotFound
from training.judgements.documents import parse_answer
from training.judgements.queries import reference_value
from training.web.access import opens_to_signed_in, principal
from training.web.addresses import id_in_query
from training.web.origins import Origin, add_origin

PAGE_SIZE = 30

OUTCOME_NAMES = {Outcome.UPHELD: ("Stands", "neutral"), Outcome.AMENDED: ("Amended", "good"), Outcome.GREY: ("Grey", "warn")}
"""What a dispute came to, in words and with the tone of its badge."""


def _is_trainer() -> bool:
    return Role.TRAINER in principal().roles


def _may_read() -> bool:
    """Whether they read disputes that are not theirs: trainers, and auditors what is decided."""
    return bool(MAY_READ & principal().roles)


@blueprint.get("")
@opens_to_signed_in
def index() -> ResponseReturnValue:
    """My claims; for trainers the queue and every dispute."""
    me = principal().person_id
    mine = queries.claims_of_person(me, before_id=id_in_query("mine"), size=PAGE_SIZE)
    listed = queries.disputes_page(before_id=id_in_query("before"), size=PAGE_SIZE) if _may_read() else []
    return render_template(
        "disputes/index.html",
        mine=mine,
        more_of_mine=url_for("disputes.index", mine=mine[-1].claim.id) if len(mine) == PAGE_SIZE else None,
        is_trainer=_is_trainer(),
        is_reader=_may_read(),
        to_review_count=queries.to_review_count(me, at=clock.now()) if _is_trainer() else 0,
        listed=listed,
        more=url_for("disputes.index", before=listed[-1].dispute.id) if len(listed) == PAGE_SIZE else None,
        state_names=STATE_NAMES,
        question_state_names=QUESTION_STATE_NAMES,
        outcome_names=OUTCOME_NAMES,
    )


def _origin(version_id: int) -> Origin | None:
    """The dispute from which rulings on this item version came, for their pages."""
    found = queries.dispute_about_question(version_id)
    return None if found is None else Origin(url_for("disputes.dispute", public_id=found.public_id), f"Dispute {found.id}")


add_origin("item_version", _origin)


@blueprint.get("/<public_id>")
@opens_to_signed_in
def dispute(public_id: str) -> ResponseReturnValue:
    """One dispute: to whoever claims, where it stands; to trainers and auditors everything, once they cannot be blind any more."""
    found, me = queries.dispute_by_public_id(public_id), principal().person_id
    mine = queries.claim_by(found, me)
    if mine is None and not _may_read():
        raise NotFound(public_id)
    tie, own = queries.tie_of(found, me, at=clock.now()), queries.own_claim(mine.id) if mine else None
    is_decided, is_question = queries.decision_of(found) is not None, found.item_version_id is not None
    tell = told_of_question if is_question else _told
    return render_template(
        "disputes/question.html" if is_question else "disputes/dispute.html",
        dispute=found,
        stages=stages_of(queries.course_of(found)),
        own=own,
        state_names=QUESTION_STATE_NAMES if is_question else STATE_NAMES,
        is_trainer=_is_trainer(),
        is_decided=is_decided,
        refusal=review_refusal(tie, is_wanted=queries.is_review_wanted(found)),
        reasons=_reasons(found) if is_decided else [],
        told=tell(found, me, is_decided=is_decided) if _may_read() and (is_decided or tie.has_reviewed) else None,
        views=views_to_open(found, now=clock.now()) if is_question and _is_trainer() and not is_decided else [],
    )


def _reasons(found: Dispute) -> list[str]:
    """Why it was decided so, without names."""
    panel = queries.panel_of(found)
    return [*(review.reason for review in queries.reviews_of(found)), *([panel.reason] if panel else [])]


def _told(found: Dispute, reader_id: int, *, is_decided: bool) -> dict[str, object]:
    """Everything about a dispute: before it is decided, of the reviews only the reader's own."""
    shown, decision = queries.shown(found), queries.decision_of(found)
    reviews = [review for review in queries.reviews_of(found) if is_decided or review.reviewer_id == reader_id]
    claims, panel = queries.claims_of(found), queries.panel_of(found)
    return {
        "shown": shown,
        "reference": reference_value(shown.reference.id),
        "displayed": case_for_display(shown.reference.case_version_id),
        "options": case_options(found, shown.case, reader_id, now=clock.now()),
        "reviews": [(review, parse_answer(review.answer)) for review in reviews],
        "claims": claims,
        "names": person_names({*(claim.person_id for claim, _is_withdrawn in claims), *(review.reviewer_id for review in reviews)}),
        "panel": panel,
        "panel_answer": parse_answer(panel.answer) if panel else None,
        "outcome": Outcome(decision.outcome) if decision else None,
        "carrying": queries.carrying_of(found),
        "actions": list(Action),
        "titles": taxonomy().titles,
    }

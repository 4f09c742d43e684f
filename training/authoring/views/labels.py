"""Blind labels of a case: whom to ask, how many there are, what they come to beside what its author says."""

from typing import Any

from flask import current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from training import clock
from training.accounts.queries import person_names
from training.authoring import queries
from training.authoring.queries.batches import batch_of
from training.authoring.services.knowing import is_wanted_blind
from training.authoring.services.labelling import CaseInHand, Labelled, ask_for_labels, case_in_hand, labelled, may_see_case, open_case
from training.authoring.views.blueprint import MAY_WRITE, blueprint
from training.cases.queries import taxonomy
from training.content_store.rules.kinds import Kind
from training.db import db
from training.errors import NotFound, Refusal
from training.quality.forms import BlindLabelsForm
from training.quality.models import CasePanel
from training.quality.queries.panels import open_panel_of, seats_of
from training.quality.rules.calibration import GOOD_ALPHA, TENTATIVE_ALPHA
from training.quality.rules.panels import PanelState
from training.quality.services.panels import Asked, close_panel
from training.web.access import current_actor, opens_to, principal, writes
from training.web.wording import words_for

PANEL_WORDS = {
    PanelState.TOO_FEW: ("Labels are missing", "info"),
    PanelState.UNDECIDED: ("They do not agree", "warn"),
    PanelState.AGREES: ("Most say the same as the reference", "good"),
    PanelState.DIFFERS: ("Most say something else than the reference", "bad"),
}
"""What blind labels come to, in words and with the tone of its badge."""


@blueprint.get("/cases/<slug>/labels")
@opens_to(*MAY_WRITE)
def case_labels(slug: str) -> str:
    """The blind labels of a case; for whoever is to give one, or did not open exam material, first the question whether to read on."""
    case = case_in_hand(slug)
    if not may_see_case(case, principal().person_id):
        return case_door(case)
    return _page(case, BlindLabelsForm())


def case_door(case: CaseInHand, *, then: str | None = None) -> str:
    """The question before a case that somebody is to label blind first, or that exams may ask; `then` is `preview` where its preview is what was asked for."""
    opens = url_for("authoring.open_draft", draft_id=case.draft.id) if case.draft else url_for("authoring.open_running_case", slug=case.slug, then=then)
    panel = open_panel_of(case.slug) if is_wanted_blind(principal().person_id, Kind.CASE, case.slug) else None
    batch = batch_of(case.draft.id) if case.draft else None
    return render_template("authoring/case_door.html", case=case, opens=opens, panel=panel, batch=batch)


@blueprint.post("/cases/<slug>/open")
@opens_to(*MAY_WRITE)
@writes
def open_running_case(slug: str) -> ResponseReturnValue:
    """Read what the expert says of a case that runs."""
    open_case(case_in_hand(slug), by=current_actor(), now=clock.now())
    db.session.commit()
    return redirect(url_for("authoring.case" if request.args.get("then") == "preview" else "authoring.case_labels", slug=slug))


@blueprint.post("/cases/<slug>/labels")
@opens_to(*MAY_WRITE)
@writes
def ask_for_case_labels(slug: str) -> ResponseReturnValue:
    """Ask colleagues to label it blind, or more of them."""
    case, form = _seen(slug), BlindLabelsForm()
    if not form.validate_on_submit():
        return _page(case, form), 400
    asked = Asked(form.people.person_ids, bool(form.is_open_call.data), form.note.data or "")
    try:
        ask_for_labels(case, asked, site_url=current_app.config["PUBLIC_URL"], by=current_actor(), now=clock.now())
    except Refusal as refusal:
        db.session.rollback()
        form.people.errors = [words_for(refusal.reason, refusal.detail)]
        return _page(case_in_hand(slug), form), 409
    db.session.commit()
    flash("Asked. You see here how many labels there are, and what they say once they suffice.", "good")
    return redirect(url_for("authoring.case_labels", slug=slug))


@blueprint.post("/cases/<slug>/labels/close")
@opens_to(*MAY_WRITE)
@writes
def close_case_labels(slug: str) -> ResponseReturnValue:
    """Want no more labels."""
    case = _seen(slug)
    panel = open_panel_of(case.slug)
    if panel is not None:
        close_panel(panel.id, by=current_actor(), now=clock.now())
    db.session.commit()
    return redirect(url_for("authoring.case_labels", slug=slug))


def _seen(slug: str) -> CaseInHand:
    case = case_in_hand(slug)
    if not may_see_case(case, principal().person_id):
        raise NotFound(slug)
    return case


def _page(case: CaseInHand, form: BlindLabelsForm) -> str:
    told = labelled(case, now=clock.now())
    return render_template("authoring/labels.html", case=case, told=told, form=form, **_beside(case, told))


def _beside(case: CaseInHand, told: Labelled | None) -> dict[str, Any]:
    """Who labelled, for those who did not write the case; whom it still waits for; and the words."""
    me = principal().person_id
    has_written = case.draft is not None and (me == case.draft.author_id or me in queries.contributors_of(case.draft.id))
    people = sorted(told.people) if told and told.found.is_told and not has_written else []
    asked = _asked(told.panel, told) if told and told.panel else []
    names = person_names([*people, *asked])
    return {
        "has_written": has_written,
        "labellers": [names.get(person_id, "Somebody") for person_id in people],
        "asked": [names.get(person_id, "Somebody") for person_id in asked],
        "titles": taxonomy().titles,
        "good_alpha": GOOD_ALPHA,
        "tentative_alpha": TENTATIVE_ALPHA,
        "PANEL_WORDS": PANEL_WORDS,
    }


def _asked(panel: CasePanel, told: Labelled) -> list[int]:
    """Who was asked by name and has neither labelled it nor left it to others."""
    return [seat.person_id for seat in seats_of(panel.id) if seat.asked_at and not seat.informed_at and seat.person_id not in told.people]

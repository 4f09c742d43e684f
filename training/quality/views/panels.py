"""One case that somebody is asked to label blind: the same desk as in a session, with nothing of what the author or anybody else says."""

from flask import current_app, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from training import clock
from training.cases.forms import CaseAnswerForm, answer_form
from training.cases.queries import is_severe_family, taxonomy
from training.cases.rendering import displayed
from training.db import db
from training.errors import Refusal
from training.judgements.documents import answer_json, parse_answer
from training.media.tokens import Audience, media_address
from training.practice.queries import preference_of
from training.practice.rules import veil_over
from training.quality.models.panels import CasePanel
from training.quality.queries import panels as queries
from training.quality.rules.panels import PanelRefusal
from training.quality.services import panels as services
from training.quality.views.blueprint import blueprint
from training.quality.views.calibration import MAY_CALL
from training.web.access import opens_to, principal, writes
from training.web.personal import add_section
from training.web.wording import give_words, words_for

add_section("blind labels", queries.personal_labels)

give_words(
    {
        PanelRefusal.NOBODY: "Name colleagues, or let anybody of them label it.",
        PanelRefusal.TOO_MANY: "Ask at most fifty people.",
        PanelRefusal.NOT_A_COLLEAGUE: "Only trainers and people of QA label here, and only while they work here. For others, call a calibration session.",
        PanelRefusal.IS_INFORMED: "Somebody you name knows what the expert says: they wrote, reviewed, read or answered the case. Ask somebody else.",
        PanelRefusal.OPEN_ALREADY: "Labels of this case are being gathered already. Ask more people there.",
        PanelRefusal.CLOSED: "No more labels are wanted of this case: enough people labelled it, or its author wrote on.",
        PanelRefusal.KNOWS: "You know what the expert says of this case, or left it to others, so your label would not be blind.",
    }
)


@blueprint.get("/calibration/labels/<int:panel_id>")
@opens_to(*MAY_CALL)
def blind_label(panel_id: int) -> ResponseReturnValue:
    """The case to label; of one that exams may ask first the question whether to open it."""
    me = principal().person_id
    try:
        panel = services.panel_to_label(panel_id, me, now=clock.now())
    except Refusal as refusal:
        flash(words_for(refusal.reason, refusal.detail), "info")
        return redirect(url_for("quality.calibrations"))
    if queries.label_of(panel, me) is not None:
        flash("You have labelled this case.", "info")
        return redirect(url_for("quality.calibrations"))
    seat = queries.seat_of(panel_id, me)
    if panel.is_exam_material and (seat is None or seat.opened_at is None):
        return render_template("quality/blind_door.html", panel=panel)
    return _desk_page(panel, _answer_form(panel))


@blueprint.post("/calibration/labels/<int:panel_id>/open")
@opens_to(*MAY_CALL)
@writes
def open_blind_label(panel_id: int) -> ResponseReturnValue:
    """Open a case that exams may ask, to label it, and never sit it."""
    me, now = principal().person_id, clock.now()
    services.begin_labelling(services.panel_to_label(panel_id, me, now=now), me, now=now)
    db.session.commit()
    return redirect(url_for("quality.blind_label", panel_id=panel_id))


@blueprint.post("/calibration/labels/<int:panel_id>")
@opens_to(*MAY_CALL)
@writes
def give_blind_label(panel_id: int) -> ResponseReturnValue:
    """Take my label. The first one stands, however often it is sent."""
    me, now = principal().person_id, clock.now()
    panel = services.panel_to_label(panel_id, me, now=now)
    form = _answer_form(panel)
    if not form.validate():
        return _desk_page(panel, form), 400
    given = parse_answer(form.as_json())
    kept = services.label(panel_id, given, person_id=me, site_url=current_app.config["PUBLIC_URL"], now=now)
    is_same = kept.answer == answer_json(given)
    db.session.commit()
    flash("Your label is taken. Thank you." if is_same else "You had labelled this case already; your first label stands.", "good" if is_same else "info")
    return redirect(url_for("quality.calibrations"))


@blueprint.post("/calibration/labels/<int:panel_id>/leave")
@opens_to(*MAY_CALL)
@writes
def leave_blind_label(panel_id: int) -> ResponseReturnValue:
    """Leave the label to others: because I know the case, or for any other reason."""
    me, now = principal().person_id, clock.now()
    services.inform(services.panel_to_label(panel_id, me, now=now), me, now=now)
    db.session.commit()
    flash("You are not asked for this label any more.", "info")
    return redirect(url_for("quality.calibrations"))


def _answer_form(panel: CasePanel) -> CaseAnswerForm:
    return answer_form(taxonomy(), case=displayed(panel))


def _desk_page(panel: CasePanel, form: CaseAnswerForm) -> str:
    """The case and the form: nothing of the reference, of what anybody else said, of how many labels it takes."""
    me, now = principal().person_id, clock.now()
    preference, is_severe = preference_of(me, usual=current_app.config["CARE_DEFAULTS"]), is_severe_family(panel.family)
    audience = Audience(me, f"panel:{panel.id}")
    return render_template(
        "quality/blind_label.html",
        panel=panel,
        form=form,
        displayed=displayed(panel),
        preference=preference,
        veil=veil_over(panel.area, is_severe=is_severe, is_blurring=preference.is_blurring),
        is_severe=is_severe,
        media_url=lambda media_id: media_address(media_id, audience, now=now),
    )

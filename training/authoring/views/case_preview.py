"""A case as the desk of practice shows it: its open draft, or what runs. Its reference only for who asks for it."""

from flask import current_app, render_template, request, url_for

from training import clock
from training.authoring import services
from training.authoring.services.labelling import CaseInHand, case_in_hand, may_see_case, unkept_of
from training.authoring.services.previewing import in_other_languages
from training.authoring.views.blueprint import MAY_WRITE, blueprint
from training.authoring.views.labels import case_door
from training.cases.documents import CaseDocument
from training.cases.forms import answer_form
from training.cases.queries import is_severe_family, taxonomy
from training.cases.rendering import displayed
from training.cases.rules import SEVERE
from training.cases.services import UnkeptCase
from training.media.tokens import Audience, media_address
from training.practice.queries import preference_of
from training.practice.rules import veil_over
from training.web.access import opens_to, principal


@blueprint.get("/cases/<slug>")
@opens_to(*MAY_WRITE)
def case(slug: str) -> str:
    """A case as a moderator meets it; for whoever is to label it blind, or did not open exam material, first the question whether to read on."""
    found = case_in_hand(slug)
    if not may_see_case(found, principal().person_id):
        return case_door(found, then="preview")
    unkept = unkept_of(found, now=clock.now())
    if unkept is None or found.document is None:
        return _unreadable(found)
    return render_template("authoring/case_preview.html", case=found, unkept=unkept, **_shown(found.document, unkept))


def _unreadable(found: CaseInHand) -> str:
    checked = services.check_draft(found.draft) if found.draft else None
    back = url_for("authoring.draft", draft_id=found.draft.id) if found.draft else url_for("authoring.documents")
    problem = "A file or a label of the case is not there."
    return render_template("authoring/item_unreadable.html", slug=found.slug, back=back, what="case", checked=checked, problem=problem)


def _shown(document: CaseDocument, unkept: UnkeptCase) -> dict[str, object]:
    """What the page shows: the case as it is met, and what its evidence marks only where the reference was asked for."""
    me, now = principal().person_id, clock.now()
    audience, is_opened = Audience(me, f"preview:{document.id}"), request.args.get("key") == "shown"
    preference = preference_of(me, usual=current_app.config["CARE_DEFAULTS"])
    is_severe = document.reference.severity in SEVERE or is_severe_family(document.family)
    seen, labels = displayed(unkept.version), taxonomy()
    return {
        "displayed": seen.marked(own=(), expert=document.marks) if is_opened else seen,
        "form": answer_form(labels, case=seen),
        "preference": preference,
        "veil": veil_over(unkept.area, is_severe=is_severe, is_blurring=preference.is_blurring),
        "is_severe": is_severe,
        "media_url": lambda media_id: media_address(media_id, audience, now=now),
        "is_opened": is_opened,
        "is_narrow": request.args.get("width") == "phone",
        "others": in_other_languages(document),
        "titles": labels.titles,
    }

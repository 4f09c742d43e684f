"""What this room gives to the templates of others: how cases are shown, the words of decisions, and the answer form."""

from flask import Blueprint
from flask.blueprints import BlueprintSetupState

from training.cases.rendering import ACTIONS, SEVERITIES, name_of
from training.cases.rules import CaseRefusal, HeldBackReason
from training.web.macros import remembered_macro
from training.web.wording import give_words

blueprint = Blueprint("cases", __name__, template_folder="templates")

give_words(
    {
        CaseRefusal.POOL_IS_FIXED: "{case} moves to the other pool. A case keeps its pool: who practised it must not be examined on it. Write a new case.",
        CaseRefusal.SURFACE_IS_FIXED: "{case} moves to another surface. A case keeps its surface. Write a new case.",
        CaseRefusal.FILE_MISSING: "{case} shows {file}, which is not there. Put the file beside the cases, or leave it out.",
        CaseRefusal.CORRECTION_SAID_BEFORE: (
            "{case} was changed once more, and `editorial` still says “{said}”. Say what was corrected this time, or leave it out where the case starts anew."
        ),
        CaseRefusal.NO_CORRECTION: "{case} says that it was only corrected, but {fields} changed. Leave `editorial` out: the case starts anew.",
        CaseRefusal.DOCUMENT_MISSING: "{case} runs without a document, so it cannot be changed here. Bring its document in first.",
        CaseRefusal.REFERENCE_UNSOUND: "{case} cannot have this reference: {faults}. Change what you entered.",
        CaseRefusal.LABEL_UNKNOWN: "{case} names {label}, which the taxonomy does not list. Correct the label, or list it.",
        HeldBackReason.LIKE_AN_EXAM_CASE: "{case} is like a case of the exam pool, and is not practised.",
        HeldBackReason.SAYS_THE_SAME: "{case} says word for word what another case or draft says.",
        HeldBackReason.NO_LONGER_SOUND: "{case} is no longer sound: a label or clause it names does not run any more. Mend the mapping and import it again.",
    }
)


@blueprint.record_once
def _give_vocabulary(state: BlueprintSetupState) -> None:
    """Make the words of decisions known to every template."""
    state.app.jinja_env.filters["case_word"] = name_of
    choices = {name: remembered_macro(state.app, "cases/answer_choices.html", name, size=500) for name in ("action_toggles", "label_options")}
    state.app.jinja_env.globals.update(case_actions=ACTIONS, case_severities=SEVERITIES, **choices)

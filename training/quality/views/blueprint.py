"""The blueprint, what the rooms above hand down, and the words for refusals, errors and states."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from flask import Blueprint, current_app

from training.accounts.rules import Role
from training.certification.queries import learn_quality
from training.quality import queries
from training.quality.rules import AuditError, CoachingDeed, ProposalVerdict, QualityRefusal, QualityWord, Sampling, evidence_shown
from training.quality.services import Required
from training.web.navigation import Group, Place, add_place
from training.web.personal import add_section
from training.web.wording import give_words

MAY_SEE = (Role.LEAD, Role.QA, Role.TRAINER, Role.ADMIN, Role.AUDITOR)
MAY_DECIDE = (Role.LEAD, Role.TRAINER)
"""Who brings audits in is not who decides what follows."""
MAY_COACH = (Role.LEAD, Role.TRAINER, Role.QA)

blueprint = Blueprint("quality", __name__, url_prefix="/quality", template_folder="../templates")

add_section("live quality", queries.personal_quality)
add_place(Place("quality.mine", "Live quality", Group.MINE, 45))
add_place(Place("quality.team", "Quality of live work", Group.TEAM, 17, frozenset(MAY_SEE)))
learn_quality(queries.quality_since)


@dataclass(frozen=True, slots=True)
class Above:
    """What rooms above this one know; the application hands it down."""

    required: Required
    queue_titles: Callable[[datetime], Mapping[str, str]]


def above() -> Above:
    """What was handed down."""
    found: Above = current_app.extensions["quality_above"]
    return found


give_words(
    {
        QualityRefusal.SENT_AT_ONCE: "The same audits are being sent twice at this moment. Send them again; what is stored already changes nothing.",
        QualityRefusal.DECIDED_ALREADY: "Somebody decided this proposal before you. What they decided stands on its page.",
        QualityRefusal.NOBODY_FOR_THEMSELVES: "Nobody decides about their own work. A colleague who may does it.",
        QualityRefusal.REASON_MISSING: "Say why, in 10 to 300 letters: the holder and auditors read it.",
        QualityRefusal.COACHING_CLOSED: "This coaching is closed. Another one opens when the work calls for it.",
        QualityRefusal.NOTE_MISSING: "Say what there is to say; the person and their lead read it.",
        QualityRefusal.SHEET_UNKNOWN: "Choose a file that ends in .csv, .tsv or .xlsx.",
        QualityRefusal.SHEET_BROKEN: "The file cannot be read: line {line} {problem}. To mend it, {remedy}.",
        QualityRefusal.SHEET_LACKS_COLUMNS: "The first line lacks these columns: {columns}.",
        QualityRefusal.SHEET_TOO_LONG: "The sheet holds more than {count} audits. Divide it.",
        QualityRefusal.SHEET_EMPTY: "The sheet holds no audits below its first line.",
    }
)

AUDIT_ERROR_WORDS = {
    AuditError.FALSE_POSITIVE: "Acted on what was fine",
    AuditError.FALSE_NEGATIVE: "Let a violation through",
    AuditError.WRONG_SELECTION: "Wrong action or label",
    AuditError.TECHNICAL: "Right on what could be seen",
}
SAMPLING_WORDS = {
    Sampling.RANDOM: "At random",
    Sampling.TARGETED: "Targeted",
    Sampling.COMPLAINT: "A complaint",
    Sampling.APPEAL: "An appeal",
    Sampling.OTHER: "Other",
}
QUALITY_WORDS = {
    QualityWord.TOO_FEW: ("Too few to judge", "neutral"),
    QualityWord.GOOD: ("Surely within the target", "good"),
    QualityWord.USUAL: ("Nothing unusual", "neutral"),
    QualityWord.WATCH: ("Worth watching", "warn"),
    QualityWord.PROPOSED: ("Too many errors", "bad"),
}
VERDICT_WORDS = {ProposalVerdict.CONFIRMED: ("Suspended", "bad"), ProposalVerdict.DISMISSED: ("Dismissed", "neutral")}
COACHING_WORDS = {
    CoachingDeed.OPENED: "Called for",
    CoachingDeed.HELD: "The talk took place",
    CoachingDeed.NOTED: "Note",
    CoachingDeed.CLOSED: "Closed",
}


@blueprint.app_context_processor
def words_of_quality() -> dict[str, object]:
    """How templates name what audits find."""
    return {
        "AUDIT_ERROR_WORDS": AUDIT_ERROR_WORDS,
        "COACHING_WORDS": COACHING_WORDS,
        "QUALITY_WORDS": QUALITY_WORDS,
        "SAMPLING_WORDS": SAMPLING_WORDS,
        "VERDICT_WORDS": VERDICT_WORDS,
        "evidence_shown": evidence_shown,
    }

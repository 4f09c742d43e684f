"""The blueprint, and the words for refusals."""

from flask import Blueprint

from training.certification.queries import learn_quality
from training.quality import queries
from training.quality.rules import QualityRefusal
from training.web.personal import add_section
from training.web.wording import give_words

blueprint = Blueprint("quality", __name__, template_folder="../templates")

add_section("live quality", queries.personal_quality)
learn_quality(queries.quality_since)

give_words(
    {
        QualityRefusal.SENT_AT_ONCE: "The same audits are being sent twice at this moment. Send them again; what is stored already changes nothing.",
        QualityRefusal.DECIDED_ALREADY: "Somebody decided this proposal before you. What they decided stands on its page.",
        QualityRefusal.NOBODY_FOR_THEMSELVES: "Nobody decides about their own work. A colleague who may does it.",
        QualityRefusal.REASON_MISSING: "Say why, in 10 to 300 letters: the holder and auditors read it.",
        QualityRefusal.COACHING_CLOSED: "This coaching is closed. Another one opens when the work calls for it.",
        QualityRefusal.NOTE_MISSING: "Say what there is to say; the person and their lead read it.",
    }
)

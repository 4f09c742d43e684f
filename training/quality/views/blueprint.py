"""The blueprint, and the words for refusals."""

from flask import Blueprint

from training.quality import queries
from training.quality.services import QualityRefusal
from training.web.personal import add_section
from training.web.wording import give_words

blueprint = Blueprint("quality", __name__, template_folder="../templates")

add_section("live quality", queries.personal_audits)

give_words({QualityRefusal.SENT_AT_ONCE: "The same audits are being sent twice at this moment. Send them again; what is stored already changes nothing."})

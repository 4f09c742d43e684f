"""The blueprint, its place in the navigation, the words of this room, and what it lends to the page after an answer."""

from dataclasses import dataclass

from flask import Blueprint
from flask.blueprints import BlueprintSetupState

from training import clock
from training.accounts.rules import Role
from training.disputes import queries
from training.disputes.rules.claims import ClaimRefusal, ClaimState, claim_refusal
from training.disputes.rules.reviews import ReviewRefusal, UnsoundReason
from training.practice.models import Serving
from training.web.navigation import Group, Place, add_place
from training.web.personal import add_section
from training.web.wording import give_words

blueprint = Blueprint("disputes", __name__, template_folder="../templates", url_prefix="/disputes")

MAY_REVIEW = (Role.TRAINER,)

add_section("disputes", queries.personal_disputes)
add_place(Place("disputes.index", "Disputes", Group.MINE, 45))

STATE_NAMES = {
    ClaimState.OPEN: ("Waits for a review", "info"),
    ClaimState.UNDER_REVIEW: ("Under review", "info"),
    ClaimState.UPHELD: ("The expert's answer stands", "neutral"),
    ClaimState.AMENDED: ("The expert was wrong", "good"),
    ClaimState.GREY: ("Several answers are right", "good"),
    ClaimState.WITHDRAWN: ("Taken back", "neutral"),
}
"""Where a claim stands, in words and with the tone of its badge."""

give_words(
    {
        ClaimRefusal.NOT_ANSWERED: "Answer the case first. Then you see what the expert said, and can disagree.",
        ClaimRefusal.TOO_LATE: "The 14 days for disagreeing are over. Tell a trainer if something about this case worries you.",
        ClaimRefusal.CLAIMED_ALREADY: "You have disagreed about this case already. It stands under Disputes.",
        ClaimRefusal.CHANGED_SINCE: "What the expert says of this case has changed since you answered it, so there is nothing to dispute here any more.",
        ClaimRefusal.SETTLED: "This case was disputed before, and two trainers who did not know the expert's answer have decided. It is settled.",
        ClaimRefusal.WITHDRAWN_ALREADY: "You have taken this back already.",
        ClaimRefusal.DECIDED_ALREADY: "This is decided already, so it cannot be taken back. The reasons are on this page.",
        ReviewRefusal.CLAIMED: "You dispute this case yourself, so somebody else reviews it.",
        ReviewRefusal.SET_IT: "You wrote this case, or had a part in what the expert says of it, so somebody else reviews it.",
        ReviewRefusal.KNOWS_IT: "You have answered this case and were told what the expert says, so somebody else reviews it.",
        ReviewRefusal.REVIEWED_ALREADY: "You have reviewed this case already. Thank you; your first review stands.",
        ReviewRefusal.NOT_NEEDED: "This case needs no review any more: others were quicker, or the claim was taken back.",
        UnsoundReason.APPROVED_VIOLATION: "“No violation” goes with Approve, severity S0 and nothing else. Change the label, or the rest.",
        UnsoundReason.HARMLESS_VIOLATION: "A violation has a severity of S1 to S4. Change the severity, or the label.",
    }
)


@dataclass(frozen=True, slots=True)
class Disagreement:
    """What the page after an answer says of disputing it."""

    own: queries.OwnClaim | None
    may_claim: bool


def disagreement_on(serving: Serving) -> Disagreement:
    """What the person whose answer it is claimed, and whether they still may."""
    footing = queries.footing_of(serving)
    own = queries.own_claim(footing.claim_id) if footing.claim_id else None
    return Disagreement(own, claim_refusal(footing.ground, now=clock.now()) is None)


@blueprint.record_once
def _give_disagreement(state: BlueprintSetupState) -> None:
    """Let the page after an answer, below this room, say whether it can be disputed and where that stands."""
    state.app.jinja_env.globals.update(disagreement_on=disagreement_on, dispute_state_names=STATE_NAMES)

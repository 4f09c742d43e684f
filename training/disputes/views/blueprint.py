"""The blueprint, its place in the navigation, the words of this room, and what it lends to the page after an answer."""

from dataclasses import dataclass
from datetime import datetime

from flask import Blueprint
from flask.blueprints import BlueprintSetupState

from training import clock
from training.accounts.rules import Role
from training.disputes import queries
from training.disputes.rules.claims import ClaimRefusal, ClaimState, claim_refusal, may_claim_until
from training.disputes.rules.reviews import PanelRefusal, ReviewRefusal, UnsoundReason
from training.exams.models import Attempt
from training.exams.queries.appeals import appeals_of, has_marks, marked_since
from training.exams.rules.appeals import AppealRefusal, AppealState, may_appeal_until
from training.practice.models import Serving
from training.web.navigation import Group, Place, add_place
from training.web.personal import add_section
from training.web.wording import give_words

blueprint = Blueprint("disputes", __name__, template_folder="../templates", url_prefix="/disputes")

MAY_REVIEW = (Role.TRAINER,)
MAY_READ = frozenset({Role.TRAINER, Role.AUDITOR})

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
"""Where a claim about a case stands, in words and with the tone of its badge."""
QUESTION_STATE_NAMES = STATE_NAMES | {
    ClaimState.UPHELD: ("The key stands", "neutral"),
    ClaimState.AMENDED: ("The key was wrong", "good"),
    ClaimState.GREY: ("The key is in doubt", "good"),
}
"""The same of a claim about a question."""

give_words(
    {
        ClaimRefusal.NOT_ANSWERED: "Answer the case first. Then you see what the expert said, and can disagree.",
        ClaimRefusal.TOO_LATE: "The 14 days for disagreeing are over. Tell a trainer if something about it worries you.",
        ClaimRefusal.CLAIMED_ALREADY: "You have disagreed about this already. It stands under Disputes.",
        ClaimRefusal.CHANGED_SINCE: "What counts as right here has changed since you answered, so there is nothing to dispute any more.",
        ClaimRefusal.SETTLED: "This was disputed before, and trainers who did not know the expert's answer have decided. It is settled.",
        ClaimRefusal.WITHDRAWN_ALREADY: "You have taken this back already.",
        ClaimRefusal.DECIDED_ALREADY: "This is decided already, so it cannot be taken back. The reasons are on this page.",
        ClaimRefusal.NOT_OVER: "You are still in this exam. Finish it first; you have 14 days from then.",
        ClaimRefusal.NO_SUCH_QUESTION: "Your attempt had no question of this number. Use a number from 1 to {count}.",
        ClaimRefusal.WRITTEN: "This question is a written reply: it has no key, people marked it. Appeal against its marks, on this page.",
        ClaimRefusal.TYPED: (
            "This question is a typing test: it has no key, what you typed is measured against the passage that you saw. If the passage was wrong, or "
            "something kept you from typing, tell a trainer: they can let it count for nobody, or let you sit once more without a pause."
        ),
        AppealRefusal.NOT_MARKED: "What you wrote is still being marked. You have 14 days from the day the result is there.",
        AppealRefusal.NO_MARKS: "This question holds nothing that people marked. Choose one of the replies in the list.",
        AppealRefusal.TOO_LATE: "The 14 days for an appeal are over. Tell a trainer if something about the marks worries you.",
        ReviewRefusal.CLAIMED: "You dispute this case yourself, so somebody else reviews it.",
        ReviewRefusal.SET_IT: "You wrote this, or had a part in what counts as right in it, so somebody else reviews it.",
        ReviewRefusal.KNOWS_IT: "You have answered this before, or have seen its key, so somebody else reviews it.",
        ReviewRefusal.REVIEWED_ALREADY: "You have reviewed this already. Thank you; your first review stands.",
        ReviewRefusal.WITHHELD: "It is about material of a kind that you do not agree to see, so somebody else reviews it.",
        ReviewRefusal.NOT_NEEDED: "This needs no review any more: others were quicker, or the claim was taken back.",
        PanelRefusal.SETTLED: "This reference was disputed before, and that is decided. It is settled until the case has another one.",
        PanelRefusal.UNDER_REVIEW: "A trainer is deciding this case anew in a dispute already. What they come to counts.",
        PanelRefusal.CHANGED_SINCE: "What the expert says of this case has changed since it was labelled, so there is nothing to amend here any more.",
        PanelRefusal.AS_BEFORE: "The people of the session came to what the expert says. The reference stands as it is.",
        UnsoundReason.BLANK: "Answer the question first.",
        UnsoundReason.APPROVED_VIOLATION: "“No violation” goes with Approve, severity S0 and nothing else. Change the label, or the rest.",
        UnsoundReason.HARMLESS_VIOLATION: "A violation has a severity of S1 to S4. Change the severity, or the label.",
    }
)


APPEAL_STATE_NAMES = {
    AppealState.WAITS: ("Waits for another marker", "info"),
    AppealState.RAISED: ("More points", "good"),
    AppealState.LOWERED: ("Fewer points", "warn"),
    AppealState.UNCHANGED: ("The same points", "neutral"),
}
"""What came of an appeal against the marks of a reply."""


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


@dataclass(frozen=True, slots=True)
class Disputing:
    """What the page of a result says of disputing its questions."""

    until: datetime
    appeal_until: datetime | None
    """Until when the marks of its written replies can be appealed against; nothing where it has none."""
    has_claims: bool


def disputing_of(attempt: Attempt) -> Disputing:
    """Until when questions and marks of this attempt can be disputed, and whether any was."""
    marked_at = marked_since(attempt) if has_marks(attempt.id) else None
    appeal_until = may_appeal_until(marked_at) if marked_at else None
    return Disputing(may_claim_until(attempt.finished_at or clock.now()), appeal_until, queries.has_claims(attempt.id) or bool(appeals_of(attempt.id)))


@blueprint.record_once
def _give_disagreement(state: BlueprintSetupState) -> None:
    """Let the pages after an answer and after an exam, below this room, say whether it can be disputed and where that stands."""
    state.app.jinja_env.globals.update(disagreement_on=disagreement_on, dispute_state_names=STATE_NAMES, disputing_of=disputing_of)

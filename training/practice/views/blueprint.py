"""The blueprint, the place in the navigation, and the words for refusals."""

from flask import Blueprint, current_app
from flask.blueprints import BlueprintSetupState

from training.accounts.rules import Role
from training.practice import queries
from training.practice.rules import Budget, PracticeRefusal, Sensitivity, SetRefusal
from training.web.navigation import Group, Place, add_place
from training.web.wording import give_words

MAY_GIVE = ("trainer",)
"""Who picks sets and gives them to others."""

MAY_DECIDE_ASKING = (Role.ADMIN,)
"""Who decides whether the organisation asks for consent first."""

blueprint = Blueprint("practice", __name__, template_folder="../templates", url_prefix="/practice")
MAY_SEE_PRACTICE = (Role.TRAINER, Role.LEAD)
"""Who is responsible for how others practise: a trainer for everybody, a lead for their own team."""

add_place(Place("practice.overview", "Practice", Group.MINE, position=20))
add_place(
    Place(
        "practice.team",
        "How people practise",
        Group.TEAM,
        30,
        frozenset(MAY_SEE_PRACTICE),
        inside=frozenset({"practice.team_care", "practice.person", "practice.person_report", "practice.person_answers"}),
    )
)

add_place(Place("practice.askings", "Consent", Group.ORGANISATION, 63, frozenset(MAY_DECIDE_ASKING)))

give_words(
    {
        Sensitivity.VIOLENCE: "Violence and cruelty",
        Sensitivity.SELF_HARM: "Suicide and self-harm",
        Sensitivity.HATE: "Hate and abuse",
        Sensitivity.SEXUAL: "Nudity and sexual content",
        Sensitivity.CHILDREN: "Children at risk",
    }
)
KINDS = {
    Sensitivity.VIOLENCE: "Threats, injuries, terror, cruelty to people and animals.",
    Sensitivity.SELF_HARM: "People who want to harm themselves, or are told to.",
    Sensitivity.HATE: "Contempt for what somebody is, bullying, abuse of buyers and sellers.",
    Sensitivity.SEXUAL: "Naked bodies, sexual acts and goods, pictures shared against somebody’s will.",
    Sensitivity.CHILDREN: "Situations in which a child may be in danger. They are described, never shown.",
}
"""What each kind of material holds, in a sentence."""

give_words(
    {
        PracticeRefusal.NOTHING_TO_PRACTISE: "There is no practice case here in the languages you work in. Choose something else, or ask your trainer.",
        PracticeRefusal.TOO_MUCH_AT_ONCE: "That is too much to practise at once. Name thirty clauses at most, or whole areas.",
        PracticeRefusal.ALREADY_SKIPPED: "You skipped this case, in this or another tab. Go on with the next one; it may come again.",
        PracticeRefusal.NO_NEAR_MISS: "This case has no look-alike to practise. Go on with the next case.",
        PracticeRefusal.CHECK_CASE_MISSING: "{check} names {case}, which the practice pool does not hold. Name a practice case.",
        SetRefusal.CASE_UNKNOWN: "{case} is not in the practice pool. Name cases of the practice pool by their ids.",
        SetRefusal.ALREADY_GIVEN: "They have this set already.",
        PracticeRefusal.NOT_CONSENTED: "What is left here is of a kind that you did not agree to see. Agree under Care, or practise something else.",
        PracticeRefusal.SEVERE_ENOUGH: "Only severe cases are left here, and you have seen enough of them for now. Practise something else, or rest.",
        PracticeRefusal.CHECKS_ARE_NOT_SKIPPED: "A check is answered whole. Leave it, and come back when you like: it begins anew.",
    }
)


def budget() -> Budget:
    """How much of the severe the organisation lets practice show."""
    return Budget(current_app.config["SEVERE_DAILY_BUDGET"], current_app.config["SEVERE_WEEKLY_BUDGET"])


@blueprint.record_once
def _give_titles(state: BlueprintSetupState) -> None:
    """Let the pages of courses, below this room, call checks by their titles."""
    state.app.jinja_env.globals.update(check_titles=queries.check_titles)

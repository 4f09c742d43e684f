"""What my own answers say of me: the profile, its one-page report, and the answers behind each figure."""

from flask.typing import ResponseReturnValue

from training.practice.views.blueprint import blueprint
from training.practice.views.profiles import Whose, answers_page, profile_page
from training.web.access import opens_to_signed_in, principal


def _mine() -> Whose:
    return Whose(principal().person_id, principal().name, None)


@blueprint.get("/profile")
@opens_to_signed_in
def profile() -> ResponseReturnValue:
    """What my answers say: how often I am right, which way I lean, what I confuse, how fast I am."""
    return profile_page("practice/profile.html", _mine())


@blueprint.get("/profile/print")
@opens_to_signed_in
def profile_report() -> ResponseReturnValue:
    """Which areas I apply consistently and which need practice, on one page."""
    return profile_page("practice/profile_report.html", _mine())


@blueprint.get("/profile/answers")
@opens_to_signed_in
def profile_answers() -> ResponseReturnValue:
    """My practice answers behind one figure."""
    return answers_page(_mine())

"""The blueprint, who may open it, and the words for refusals."""

from flask import Blueprint

from training.accounts.queries import state_of
from training.accounts.rules import Role
from training.clock import now
from training.insights import queries
from training.insights.queries import Viewer
from training.insights.rules import PackRefusal
from training.insights.services import SEE_EVERYBODY
from training.web.access import principal
from training.web.navigation import Group, Place, add_place
from training.web.personal import add_section
from training.web.wording import give_words

blueprint = Blueprint("insights", __name__, template_folder="../templates")
MAY_ASK = (Role.LEAD, Role.ADMIN, Role.AUDITOR)

add_section("evidence packs", queries.personal_packs)
add_place(Place("insights.index", "Evidence", Group.ORGANISATION, 80, frozenset(MAY_ASK)))

give_words(
    {
        PackRefusal.IN_THE_FUTURE: "A pack tells of what was. Choose an instant that has come, or leave it empty for now.",
        PackRefusal.ENDS_BEFORE_IT_BEGINS: "The span would end before it begins. Choose an earlier beginning.",
        PackRefusal.UNKNOWN_PERSON: "Nobody whom you may see has this address or id. Check it against the people list.",
        PackRefusal.UNKNOWN_QUEUE: "There was no such queue at that time. Choose another queue or a later instant.",
        PackRefusal.NO_TEAM: "You lead no team at the moment, so there is nobody you may ask about. An administrator puts you into one.",
        PackRefusal.TOO_MANY_WAITING: "{most} packs of yours are being made. Ask again once one of them is.",
        PackRefusal.NOT_YET_MADE: "This pack is still being made. Look again in a moment.",
        PackRefusal.FILE_LOST: "The stored file is gone from its folder. An operator restores it from a backup; its hash stays on this page.",
    }
)

STATES = {False: ("Being made", "info"), True: ("Made", "good")}


def viewer() -> Viewer:
    """Who looks: a lead sees what they asked for about the team that is theirs now."""
    asker = principal()
    sees_all = bool(SEE_EVERYBODY & asker.roles)
    return Viewer(asker.person_id, None if sees_all else state_of(asker.person_id, at=now()).team_id, sees_all=sees_all)

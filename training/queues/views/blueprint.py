"""The blueprint, and the words for refusals and for reasons of the gate."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from flask import Blueprint

from training.accounts.rules import Role
from training.queues import queries
from training.queues.queries import PublishedQueue
from training.queues.rules.decision import Access, Code, Reason
from training.queues.rules.reasons import PAGES
from training.queues.services import QueueRefusal
from training.web.formatting import language_name, market_name
from training.web.navigation import Group, Place, add_place
from training.web.personal import add_section
from training.web.wording import give_words

blueprint = Blueprint("queues", __name__, template_folder="../templates")

MAY_SEE_TEAMS = (Role.LEAD, Role.ADMIN, Role.AUDITOR)

add_section("queue exceptions", queries.personal_record)
add_place(Place("queues.mine", "Queues", Group.MINE, 60))
add_place(
    Place(
        "queues.matrix",
        "Who may work what",
        Group.TEAM,
        10,
        frozenset(MAY_SEE_TEAMS),
        inside=frozenset({"certification.person", "certification.enter", "accounts.availability_of", "queues.queue"}),
    )
)
add_place(Place("queues.overrides", "Exceptions", Group.TEAM, 20, frozenset(MAY_SEE_TEAMS)))

give_words(
    {
        QueueRefusal.NOBODY_FOR_THEMSELVES: "Nobody makes or ends an exception for themselves. Ask another lead.",
        QueueRefusal.REASON_MISSING: "Say why, in at least ten letters: the person, their lead and auditors read it.",
        QueueRefusal.TOO_LONG: "An exception lasts 72 hours at most. If the person needs the queue for longer, help them to the certificate.",
        QueueRefusal.ENDS_BEFORE_IT_BEGINS: "The exception would end before it begins. Choose a later end.",
        QueueRefusal.ALREADY_OVER: "This exception has already ended.",
        QueueRefusal.TAKES_TWO: "Work in this queue can be of the highest severity: one person proposes an exception, and a second confirms it.",
        QueueRefusal.SECOND_IS_THE_FIRST: "You proposed this yourself. Another lead or an administrator confirms it.",
        QueueRefusal.NO_LONGER_WAITS: "This waits no longer: it was confirmed or withdrawn, or nobody confirmed it in time.",
        QueueRefusal.MAY_NOT_EXCEPT: "One of the two may make no exceptions any more. Propose it anew.",
    }
)

ACCESS_WORDS = {
    Access.ALLOW: ("Open", "good"),
    Access.SHADOW: ("Open in shadow", "info"),
    Access.DENY: ("Closed", "bad"),
}
"""How an answer of the gate is named."""


@dataclass(frozen=True, slots=True)
class Wording:
    """What a person reads for a reason: why, and what to do next. `{subject}` is the name of what it is about."""

    why: str
    next_step: str | None = None
    """Leads to the reason's page, where that is not the page on which it is read."""


WORDING = {
    Code.OK: Wording("Nothing stands in the way."),
    Code.NO_CERTIFICATION: Wording("The certificate “{subject}” is missing.", "See what it takes"),
    Code.CERTIFICATE_PENDING: Wording("The certificate “{subject}” has not begun yet.", "See when it does"),
    Code.CERTIFICATE_LAPSED: Wording("The certificate “{subject}” has lapsed.", "Earn it again"),
    Code.CERTIFICATE_LAPSING: Wording("The certificate “{subject}” ends soon.", "Renew it"),
    Code.CERTIFICATE_REVOKED: Wording("The certificate “{subject}” was revoked.", "See why"),
    Code.CERTIFICATE_SUSPENDED: Wording("The certificate “{subject}” is suspended.", "See why"),
    Code.PREREQUISITE_MISSING: Wording("It also takes the certificate “{subject}”, which is not in force.", "See what it takes"),
    Code.COOLDOWN: Wording("“{subject}” cannot be started again yet.", "See when it can"),
    Code.PROVISIONAL_SHADOW: Wording("“{subject}” is new: until somebody signs off, a second person reviews every decision.", "See how far it is"),
    Code.DELTA_DUE: Wording("“{subject}” has changed, and the change is still to be learned.", "Learn what changed"),
    Code.DELTA_OVERDUE: Wording("“{subject}” has changed, and the date to learn it has passed.", "Learn what changed"),
    Code.POLICY_UNREAD: Wording("“{subject}” is not acknowledged in the version this queue requires.", "Read it"),
    Code.LANGUAGE_MISMATCH: Wording("The queue needs somebody who works in {subject}.", "An administrator records languages."),
    Code.MARKET_MISMATCH: Wording("The queue is for people who work the market {subject}.", "An administrator records markets."),
    Code.OVERRIDE_ACTIVE: Wording("A dated exception opens this queue."),
    Code.OVERRIDE_DENIES: Wording("A dated exception closes this queue."),
    Code.UNAVAILABLE: Wording("Unavailable for this work at the moment."),
    Code.DEACTIVATED: Wording("The account is not active.", "An administrator can change that."),
    Code.UNKNOWN_SUBJECT: Wording("The person was not known here at that time."),
    Code.UNKNOWN_QUEUE: Wording("The queue did not exist at that time."),
    Code.UNKNOWN_ACTION: Wording("The gate does not know that action."),
    Code.QUEUE_UNGATED: Wording("The queue requires nothing."),
}
"""What each reason reads like, to the person and to their lead alike."""


NAMES: Mapping[Code, Callable[[str], str]] = {Code.LANGUAGE_MISMATCH: language_name, Code.MARKET_MISMATCH: market_name}
"""Subjects that are codes, and what people call them."""


def why(reason: Reason, titles: dict[str, str]) -> str:
    """The sentence for a reason; `titles` names certifications and modules by slug."""
    subject = reason.subject or ""
    name_of = NAMES.get(reason.code)
    return WORDING[reason.code].why.format(subject=name_of(subject) if name_of else titles.get(subject, subject))


def requirement_line(queue: PublishedQueue, titles: dict[str, str]) -> str:
    """What a queue asks for, in one line."""
    asked = queue.document.requires
    parts = [titles.get(slug, slug) for slug in asked.all_of]
    if asked.any_of:
        parts.append(" or ".join(titles.get(slug, slug) for slug in asked.any_of))
    parts += [f"works in {language_name(language)}" for language in asked.languages] + [f"market {market_name(market)}" for market in asked.markets]
    return " · ".join(parts) or "Nothing"


@blueprint.app_context_processor
def words_of_access() -> dict[str, object]:
    """How templates name an answer and a reason."""
    return {"ACCESS_WORDS": ACCESS_WORDS, "REASON_WORDING": WORDING, "REASON_PAGES": PAGES, "why": why}

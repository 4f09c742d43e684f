"""The blueprint, and the words for refusals, needs and standings."""

from flask import Blueprint

from training.accounts.rules import Role
from training.certification import queries
from training.certification.rules import EventKind, Fate, Need, State, TakingRefusal, TermRefusal
from training.certification.services import LedgerRefusal, NestingRefusal
from training.web.navigation import Group, Place, add_place
from training.web.personal import add_section
from training.web.wording import give_words

blueprint = Blueprint("certification", __name__, template_folder="../templates")

add_section("certificates", queries.personal_record)
add_section("certificate reminders", queries.personal_reminders)
add_section("certificate sharing", queries.personal_sharing)
add_section("retests", queries.personal_retests)
add_section("changes to learn", queries.personal_deltas)
add_section("work", queries.personal_work)
add_place(Place("certification.wall", "Certificates", Group.MINE, 50))
add_place(Place("certification.nesting", "In shadow", Group.TEAM, 15, frozenset({Role.LEAD, Role.QA, Role.ADMIN, Role.AUDITOR})))

give_words(
    {
        TakingRefusal.REVOKED: "This certificate was revoked, so there is nothing to take along. Its page stays, and says so.",
        NestingRefusal.NOT_IN_SHADOW: "They do not work in shadow any more. Somebody may have been quicker.",
        NestingRefusal.NO_BUDDY: "Only who holds the certificate in full can sign somebody off for it.",
        NestingRefusal.NOT_YOURS: "Leads and QA promote people or extend their shadow.",
        NestingRefusal.TOO_SOON: "Neither the days nor the decisions in shadow are enough yet.",
        NestingRefusal.QUALITY_NOT_REACHED: "Too many of their decisions were found wrong. Extend the shadow, and say what to work on.",
        NestingRefusal.NOT_SIGNED_OFF: "How well they decide is not known yet, so a buddy has to sign off first.",
        NestingRefusal.EXTENSION_OUT_OF_RANGE: "Extend the shadow by 1 to 90 days.",
        LedgerRefusal.NOBODY_FOR_THEMSELVES: "Nobody makes entries in their own ledger. Ask a colleague who may.",
        LedgerRefusal.NOTHING_TO_SUSPEND: "There is no certificate in force to suspend.",
        LedgerRefusal.NOTHING_TO_REINSTATE: "The certificate is not suspended, so there is nothing to reinstate; after a revocation its exam earns it anew.",
        LedgerRefusal.NOTHING_TO_REVOKE: "There is no certificate to revoke.",
        TermRefusal.NOTHING_TO_MEET: "This certification asks for nothing yet, so nobody can earn it.",
        TermRefusal.NEEDS_UNMET: "Something it needs is not done any more. The list below says what.",
        TermRefusal.NOT_DUE: "No new term is due now: it was renewed already, or its renewal has not opened yet.",
        TermRefusal.ENDED_BY_PEOPLE: "It was taken away by a person, so a lead or an administrator gives it back.",
        LedgerRefusal.REASON_MISSING: "Say why, in at least ten letters: the holder and auditors read it.",
    }
)

NEED_ENDPOINTS = {
    Need.COURSE: "courses.course",
    Need.MODULE: "courses.module",
    Need.SUPPORTING_EXAM: "exams.exam",
    Need.EXAM: "exams.exam",
    Need.PREREQUISITE: "certification.certification",
}
"""Where each kind of need is met; languages are recorded by administrators."""

STANDING_WORDS = {
    State.NONE: ("Not earned yet", "neutral"),
    State.PENDING: ("Begins later", "info"),
    State.IN_FORCE: ("In force", "good"),
    State.SUSPENDED: ("Suspended", "bad"),
    State.LAPSED: ("Lapsed", "warn"),
    State.REVOKED: ("Revoked", "bad"),
}

FATE_WORDS = {
    Fate.VALID: ("In force", "good", "This certificate is genuine and in force."),
    Fate.PENDING: ("Begins later", "info", "This certificate is genuine; its term has not begun."),
    Fate.SUPERSEDED: ("Superseded", "info", "This certificate is genuine; the holder has renewed it since."),
    Fate.SUSPENDED: ("Suspended", "bad", "This certificate is genuine, and suspended at present."),
    Fate.LAPSED: ("Lapsed", "warn", "This certificate is genuine, and its term has ended."),
    Fate.REVOKED: ("Revoked", "bad", "This certificate was revoked."),
}
"""For what became of an award: its badge, the badge's tone, and a sentence."""


ENTRY_WORDS = {
    EventKind.AWARDED: "Awarded",
    EventKind.RENEWED: "Renewed",
    EventKind.SUSPENDED: "Suspended",
    EventKind.REINSTATED: "Reinstated",
    EventKind.REVOKED: "Revoked",
    EventKind.SIGNED_OFF: "Signed off by a buddy",
    EventKind.EXTENDED: "Shadow extended",
    EventKind.PROMOTED: "Promoted out of shadow",
}
"""How each entry of the ledger is named."""


@blueprint.app_context_processor
def words_of_standing() -> dict[str, object]:
    """How templates name a standing and link a need."""
    return {"ENTRY_WORDS": ENTRY_WORDS, "FATE_WORDS": FATE_WORDS, "STANDING_WORDS": STANDING_WORDS, "NEED_ENDPOINTS": NEED_ENDPOINTS}

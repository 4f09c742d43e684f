"""What the gate can say: its answers, its reasons, what each reason does, and where a person mends it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Effect(StrEnum):
    """What a reason does to the answer."""

    DENY = "deny"
    SHADOW = "shadow"
    NOTE = "note"


class Access(StrEnum):
    """The gate's answer."""

    ALLOW = "allow"
    SHADOW = "shadow"
    DENY = "deny"


class Action(StrEnum):
    """What a subject asks to do. `work` means unsupervised; `work_in_shadow` is granted by allow and by shadow."""

    WORK = "work"
    WORK_IN_SHADOW = "work_in_shadow"


class Code(StrEnum):
    """Why the gate answers as it does."""

    OK = "OK"
    """Nothing stands in the way, and there is nothing to note: what programs are told where there is no reason."""
    NO_CERTIFICATION = "NO_CERTIFICATION"
    CERTIFICATE_PENDING = "CERTIFICATE_PENDING"
    CERTIFICATE_LAPSED = "CERTIFICATE_LAPSED"
    CERTIFICATE_LAPSING = "CERTIFICATE_LAPSING"
    CERTIFICATE_REVOKED = "CERTIFICATE_REVOKED"
    CERTIFICATE_SUSPENDED = "CERTIFICATE_SUSPENDED"
    PREREQUISITE_MISSING = "PREREQUISITE_MISSING"
    COOLDOWN = "COOLDOWN"
    PROVISIONAL_SHADOW = "PROVISIONAL_SHADOW"
    DELTA_DUE = "DELTA_DUE"
    DELTA_OVERDUE = "DELTA_OVERDUE"
    POLICY_UNREAD = "POLICY_UNREAD"
    LANGUAGE_MISMATCH = "LANGUAGE_MISMATCH"
    MARKET_MISMATCH = "MARKET_MISMATCH"
    OVERRIDE_ACTIVE = "OVERRIDE_ACTIVE"
    OVERRIDE_DENIES = "OVERRIDE_DENIES"
    UNAVAILABLE = "UNAVAILABLE"
    DEACTIVATED = "DEACTIVATED"
    UNKNOWN_SUBJECT = "UNKNOWN_SUBJECT"
    UNKNOWN_QUEUE = "UNKNOWN_QUEUE"
    UNKNOWN_ACTION = "UNKNOWN_ACTION"
    QUEUE_UNGATED = "QUEUE_UNGATED"


EFFECTS: Mapping[Code, Effect] = (
    dict.fromkeys(Code, Effect.DENY)
    | dict.fromkeys((Code.OK, Code.COOLDOWN, Code.CERTIFICATE_LAPSING, Code.DELTA_DUE, Code.OVERRIDE_ACTIVE, Code.QUEUE_UNGATED), Effect.NOTE)
    | {Code.PROVISIONAL_SHADOW: Effect.SHADOW}
)
DETAILS: Mapping[Code, str] = {
    Code.OK: "Nothing stands in the way.",
    Code.NO_CERTIFICATION: "The person has never held {subject}.",
    Code.CERTIFICATE_PENDING: "The certificate {subject} has not begun yet.",
    Code.CERTIFICATE_LAPSED: "The certificate {subject} has lapsed.",
    Code.CERTIFICATE_LAPSING: "The certificate {subject} ends soon.",
    Code.CERTIFICATE_REVOKED: "The certificate {subject} was revoked.",
    Code.CERTIFICATE_SUSPENDED: "The certificate {subject} is suspended.",
    Code.PREREQUISITE_MISSING: "A required certificate is built on {subject}, which is not in force.",
    Code.COOLDOWN: "The next attempt at {subject} may not begin yet.",
    Code.PROVISIONAL_SHADOW: "The certificate {subject} is provisional: every decision is reviewed by a second person.",
    Code.DELTA_DUE: "A change of {subject} is still to be learned.",
    Code.DELTA_OVERDUE: "A change of {subject} was not learned in time.",
    Code.POLICY_UNREAD: "The required version of {subject} has not been acknowledged.",
    Code.LANGUAGE_MISMATCH: "The person does not work in {subject}.",
    Code.MARKET_MISMATCH: "The person does not work the market {subject}.",
    Code.OVERRIDE_ACTIVE: "A dated exception opens this queue.",
    Code.OVERRIDE_DENIES: "A dated exception closes this queue.",
    Code.UNAVAILABLE: "The person is not available for this work at the moment.",
    Code.DEACTIVATED: "The person does not work here.",
    Code.UNKNOWN_SUBJECT: "No such person is known.",
    Code.UNKNOWN_QUEUE: "No such queue is known.",
    Code.UNKNOWN_ACTION: "The actions are work and work_in_shadow.",
    Code.QUEUE_UNGATED: "The queue requires nothing.",
}
"""What each reason means, in plain words for programs, logs and shells."""
WAIVED_BY_NOBODY = frozenset({Code.UNAVAILABLE, Code.DEACTIVATED, Code.UNKNOWN_SUBJECT, Code.UNKNOWN_QUEUE, Code.UNKNOWN_ACTION, Code.OVERRIDE_DENIES})
"""Reasons that an override does not lift."""


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason: what it does, which certification, module, language or market it is about, and since when."""

    code: Code
    subject: str | None = None
    since: datetime | None = None
    until: datetime | None = None
    is_waived: bool = False

    @property
    def effect(self) -> Effect:
        """What it does to the answer; a waived reason only remains as a note."""
        return Effect.NOTE if self.is_waived else EFFECTS[self.code]

    @property
    def detail(self) -> str:
        """What it means, in a sentence."""
        return DETAILS[self.code].format(subject=self.subject)


@dataclass(frozen=True, slots=True)
class MendingPage:
    """The page on which a person mends a reason, or reads what it is about: a view of theirs, and whether it is about the reason's subject."""

    endpoint: str
    is_about_subject: bool = True


_CERTIFICATE = MendingPage("certification.certification")
_OWN_QUEUES = MendingPage("queues.mine", is_about_subject=False)
_OWN_ACCOUNT = MendingPage("accounts.account", is_about_subject=False)
PAGES: Mapping[Code, MendingPage] = {
    Code.NO_CERTIFICATION: _CERTIFICATE,
    Code.CERTIFICATE_PENDING: _CERTIFICATE,
    Code.CERTIFICATE_LAPSED: _CERTIFICATE,
    Code.CERTIFICATE_LAPSING: _CERTIFICATE,
    Code.CERTIFICATE_REVOKED: _CERTIFICATE,
    Code.CERTIFICATE_SUSPENDED: _CERTIFICATE,
    Code.PREREQUISITE_MISSING: _CERTIFICATE,
    Code.PROVISIONAL_SHADOW: _CERTIFICATE,
    Code.COOLDOWN: MendingPage("exams.exam"),
    Code.DELTA_DUE: MendingPage("policy_changes.mine"),
    Code.DELTA_OVERDUE: MendingPage("policy_changes.mine"),
    Code.POLICY_UNREAD: MendingPage("courses.module"),
    Code.LANGUAGE_MISMATCH: _OWN_ACCOUNT,
    Code.MARKET_MISMATCH: _OWN_ACCOUNT,
    Code.OVERRIDE_ACTIVE: _OWN_QUEUES,
    Code.OVERRIDE_DENIES: _OWN_QUEUES,
    Code.UNAVAILABLE: _OWN_QUEUES,
    Code.QUEUE_UNGATED: _OWN_QUEUES,
    Code.OK: _OWN_QUEUES,
}
"""Where each reason leads. The one page for UNAVAILABLE is the same whatever the cause. Who does not work here, or is unknown, can open none."""

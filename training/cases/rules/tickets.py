"""What a ticket asks for beside the decision. It is kept and shown beside the expert's; nothing of it is scored."""

from dataclasses import dataclass
from enum import StrEnum


class Ask(StrEnum):
    """One thing that a ticket asks for beside the decision."""

    INTENT = "intent"
    MACRO = "macro"
    REPLY = "reply"
    RISK = "risk"


class Intent(StrEnum):
    """What the writer of a ticket is after."""

    ORDER = "order"
    REFUND = "refund"
    RETURN = "return"
    PAYMENT = "payment"
    ACCOUNT = "account"
    REPORT_SELLER = "report-seller"
    REPORT_CONTENT = "report-content"
    APPEAL = "appeal"
    LEGAL = "legal"
    SELF_HARM = "self-harm"
    OTHER = "other"


class Party(StrEnum):
    """Whom a risk report is about."""

    BUYER = "buyer"
    SELLER = "seller"
    CREATOR = "creator"


class Certainty(StrEnum):
    """How sure a risk report is."""

    POSSIBLE = "possible"
    LIKELY = "likely"
    CERTAIN = "certain"


@dataclass(frozen=True, slots=True)
class RiskReport:
    """Who does what, and how sure that is."""

    who: Party
    what: str
    certainty: Certainty

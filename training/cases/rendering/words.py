"""What people read in place of the codes: short names as the policies use them, and what each means."""

from collections.abc import Mapping
from dataclasses import dataclass

from training.cases.rules import Action, Ask, Certainty, Difficulty, EscalationTarget, Intent, Party, Severity, Surface


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing to choose: its value, its name, what it means, and the key that chooses it."""

    value: str
    name: str
    meaning: str
    key: str | None = None


@dataclass(frozen=True, slots=True)
class ChoiceGroup:
    """Choices that belong together."""

    name: str
    choices: tuple[Choice, ...]


ACTIONS: tuple[ChoiceGroup, ...] = (
    ChoiceGroup(
        "The content",
        (
            Choice(Action.APPROVE, "Approve", "Leave it as it is", "1"),
            Choice(Action.REMOVE, "Remove", "Take it down", "2"),
            Choice(Action.LABEL_OR_EDIT, "Label or edit", "Add a label, or have a part edited", "3"),
            Choice(Action.REJECT_EDITABLE, "Reject, editable", "Take it down until the owner mends it", "4"),
            Choice(Action.RESTRICT_PENDING_DOCS, "Restrict pending documents", "Hide it until papers arrive", "5"),
            Choice(Action.AGE_GATE, "Age gate", "Show it to adults only", "6"),
            Choice(Action.DEMOTE, "Demote", "Recommend it less", "7"),
            Choice(Action.LIMIT_INTERACTION, "Limit interaction", "Close comments, shares or duets", "8"),
            Choice(Action.INTERRUPT, "Interrupt", "Stop the live", "9"),
        ),
    ),
    ChoiceGroup(
        "The account",
        (
            Choice(Action.STRIKE, "Strike", "Put it on the owner's record", "Shift+1"),
            Choice(Action.HOLD_PAYOUT, "Hold payout", "Keep the money back for now", "Shift+2"),
            Choice(Action.RESTRICT, "Restrict", "Take away some functions", "Shift+3"),
            Choice(Action.SUSPEND, "Suspend", "Close the account for a time", "Shift+4"),
            Choice(Action.TERMINATE, "Terminate", "Close the account for good", "Shift+5"),
        ),
    ),
    ChoiceGroup(
        "Pass it on",
        (
            Choice(Action.ESCALATE, "Escalate", "A specialist decides; say who below", "0"),
            Choice(Action.WELFARE, "Welfare", "Start the help for a person at risk", "Shift+6"),
            Choice(Action.STOP_VIEWING, "Stop viewing", "Look no further, copy nothing", "Shift+7"),
            Choice(Action.REQUEST_INFO, "Request info", "Ask the reporter or owner first", "Shift+8"),
            Choice(Action.REROUTE, "Reroute", "It belongs to another queue", "Shift+9"),
        ),
    ),
)
"""Every action, with number keys: the ten commonest without Shift."""

SEVERITIES: tuple[Choice, ...] = (
    Choice(Severity.S0, "None", "No violation"),
    Choice(Severity.S1, "Minor", "A minor breach that can be mended"),
    Choice(Severity.S2, "Clear", "A clear breach with limited harm"),
    Choice(Severity.S3, "Serious", "Serious harm, or illegal"),
    Choice(Severity.S4, "Imminent", "Imminent harm, crime, minors or mass fraud"),
)

TARGETS: tuple[Choice, ...] = (
    Choice(EscalationTarget.RISK, "Risk", "Safety of people, crime"),
    Choice(EscalationTarget.FRAUD, "Fraud", "Money, accounts, order abuse"),
    Choice(EscalationTarget.IP, "Intellectual property", "Brands, copyright, designs"),
    Choice(EscalationTarget.LEGAL, "Legal", "Orders of authorities, threats of suit"),
    Choice(EscalationTarget.POLICY, "Policy", "The policy has no answer"),
    Choice(EscalationTarget.PR, "Press", "Public attention"),
    Choice(EscalationTarget.CSAM, "Child safety", "Named specialists only"),
)

SURFACES: Mapping[str, str] = {
    Surface.LISTING: "Product listing",
    Surface.SELLER: "Seller profile",
    Surface.VIDEO: "Short video",
    Surface.LIVE: "Livestream",
    Surface.REVIEW: "Product review",
    Surface.COMMENT: "Comment thread",
    Surface.TICKET: "Ticket",
}

DIFFICULTIES: Mapping[str, str] = {Difficulty.CLEAR: "Clear", Difficulty.TYPICAL: "Typical", Difficulty.BORDERLINE: "Borderline"}

INTENTS: Mapping[str, str] = {
    Intent.ORDER: "Order",
    Intent.REFUND: "Refund",
    Intent.RETURN: "Return",
    Intent.PAYMENT: "Payment",
    Intent.ACCOUNT: "Account",
    Intent.REPORT_SELLER: "Report of a seller",
    Intent.REPORT_CONTENT: "Report of content",
    Intent.APPEAL: "Appeal",
    Intent.LEGAL: "Legal",
    Intent.SELF_HARM: "Self-harm",
    Intent.OTHER: "Other",
}

ASKS: Mapping[str, str] = {Ask.INTENT: "Intent", Ask.MACRO: "Macro", Ask.REPLY: "Reply", Ask.RISK: "Risk report"}

PARTIES: Mapping[str, str] = {Party.BUYER: "Buyer", Party.SELLER: "Seller", Party.CREATOR: "Creator"}
"""Apart from the names of codes: a seller is a surface too."""

CERTAINTIES: Mapping[str, str] = {Certainty.POSSIBLE: "Possible", Certainty.LIKELY: "Likely", Certainty.CERTAIN: "Certain"}

LANGUAGES: Mapping[str, str] = {"en": "English", "id": "Indonesian"}

MARKETS: Mapping[str, str] = {"ID": "Indonesia"}

NAMES: Mapping[str, str] = {
    **{choice.value: choice.name for group in ACTIONS for choice in group.choices},
    **{choice.value: f"{choice.value} {choice.name.lower()}" for choice in SEVERITIES},
    **{choice.value: choice.name for choice in TARGETS},
    **SURFACES,
    **DIFFICULTIES,
    **LANGUAGES,
    **ASKS,
    **INTENTS,
    **CERTAINTIES,
    **MARKETS,
}
"""The name of every code of this room's vocabulary; labels have theirs in the taxonomy."""


def name_of(code: str) -> str:
    """What people read for this code; a code without a name, like a market's, is its own."""
    return NAMES.get(code, code)

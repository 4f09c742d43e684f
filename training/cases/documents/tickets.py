"""What is said of a ticket beside the decision: in a reference, and in an answer."""

from typing import Annotated

from pydantic import Field, StringConstraints

from training.cases.documents.words import Line, Plain, Strict, Text
from training.cases.rules import Ask, Certainty, Intent, Party, RiskReport

LONGEST_REPLY = 4_000
LONGEST_RISK = 500


def plain_text(text: str | None) -> str:
    """What a form sends, with lines as they are stored and without characters that no keyboard writes."""
    return "".join(character for character in (text or "").replace("\r\n", "\n") if character in "\n\t" or ord(character) >= 32).strip()


def left_out(value: object) -> bool:
    """What is not said is not written."""
    return value is None


Reply = Annotated[str, StringConstraints(min_length=1, max_length=LONGEST_REPLY, strip_whitespace=True), Plain]


class RiskDocument(Strict):
    """A risk report: who, what, and how sure."""

    who: Party
    what: Annotated[str, StringConstraints(min_length=1, max_length=LONGEST_RISK, strip_whitespace=True), Plain]
    certainty: Certainty

    @property
    def report(self) -> RiskReport:
        """The report as a value."""
        return RiskReport(self.who, self.what, self.certainty)


class BesidesDocument(Strict):
    """What a ticket asks for beside the decision; what it does not ask for is left out."""

    intent: Annotated[Intent | None, Field(exclude_if=left_out)] = None
    macro: Annotated[Line | None, Field(exclude_if=left_out)] = None
    reply: Annotated[Reply | None, Field(exclude_if=left_out)] = None
    risk: Annotated[RiskDocument | None, Field(exclude_if=left_out)] = None

    @property
    def said(self) -> frozenset[Ask]:
        """What of it is said."""
        return frozenset(ask for ask in Ask if getattr(self, ask.value) is not None)


class Macro(Strict):
    """A reply that is ready to be sent or changed."""

    name: Line
    text: Text

"""An audit as it is sent, by a program or as a row of a sheet."""

from datetime import UTC, datetime
from typing import Annotated

from pydantic import AfterValidator, AwareDatetime, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, ValidationError

from training.cases.rules import Action
from training.quality.rules import Audited, Sampling, Verdict

EARLIEST = datetime(2000, 1, 1, tzinfo=UTC)


def _as_text(value: object) -> object:
    if not isinstance(value, str):
        raise ValueError("must be an instant with its zone, such as 2026-11-22T09:30:00+07:00")
    return value


def _not_long_ago(value: datetime) -> datetime:
    if value < EARLIEST:
        raise ValueError(f"must not lie before {EARLIEST:%Y-%m-%d}")
    return value


def _printable(text: str) -> str:
    if not text.isprintable():
        raise ValueError("must not hold control characters")
    return text


def _lines(text: str) -> str:
    if any(ord(letter) < 32 and letter not in "\n\r\t" for letter in text):
        raise ValueError("must not hold control characters")
    return text


Instant = Annotated[AwareDatetime, BeforeValidator(_as_text), AfterValidator(_not_long_ago)]
AuditId = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=100), AfterValidator(_printable)]
Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=254), AfterValidator(_printable)]
Code = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=20), AfterValidator(_printable)]
Version = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=80), AfterValidator(_printable)]
Language = Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$", max_length=10)]
Note = Annotated[str, StringConstraints(max_length=1_000), AfterValidator(_lines)]
Labels = Annotated[tuple[Code, ...], Field(max_length=10)]
Actions = Annotated[frozenset[Action], Field(max_length=10)]


class AuditRow(BaseModel):
    """One audit: who decided what in which queue and when, what should have been decided, and how the decision came to be audited."""

    model_config = ConfigDict(defer_build=True, extra="ignore")

    id: AuditId
    person: Name
    """An e-mail address or our id."""
    queue: Name
    at: Instant
    """When the decision was made."""
    sampling: Sampling
    expected_decisions: Annotated[tuple[Annotated[Actions, Field(min_length=1)], ...], Field(min_length=1, max_length=10)]
    """Accepted sets of actions, the preferred one first."""
    given_decision: Actions
    expected_labels: Labels = ()
    given_labels: Labels = ()
    technical: bool = False
    """Whether the moderator could not see what makes the decision wrong."""
    policy_version: Version | None = None
    language: Language | None = None
    clause: Code | None = None
    note: Note | None = None

    @property
    def subject(self) -> str:
        """Who decided, as people are looked up."""
        return self.person.lower() if "@" in self.person else self.person

    def audited(self, person_id: int) -> Audited:
        """The same of somebody who is known."""
        verdict = Verdict(self.expected_decisions, self.given_decision, self.expected_labels, self.given_labels, self.technical)
        return Audited(
            self.id, person_id, self.queue, self.at.astimezone(UTC), self.sampling, verdict, self.policy_version, self.language, self.clause, self.note or None
        )


COLUMNS_IN_WORDS = {
    "id": "id: write your name for the audit, 100 letters at most",
    "person": "person: write an e-mail address",
    "queue": "queue: write the id of the queue",
    "at": "at: write when the decision was made, such as 2026-11-20 09:30",
    "sampling": f"sampling: write {', '.join(Sampling)}",
    "expected_decisions": "expected_decision: write actions such as REMOVE+STRIKE, several accepted ones apart by |",
    "given_decision": "given_decision: write actions such as REMOVE+STRIKE, or nothing",
    "expected_labels": "expected_labels: write codes such as CLM-01, ten at most",
    "given_labels": "given_labels: write codes such as CLM-01, ten at most",
    "technical": "technical: write yes or no",
    "policy_version": "policy_version: write the module and its version, 80 letters at most",
    "language": "language: write a code such as id or zh-Hans",
    "clause": "clause: write a code such as CLM-01.b",
    "note": "note: write 1,000 letters at most",
}


def faults_in(error: ValidationError) -> str:
    """What is wrong with a row of a sheet, for people: how to mend each column."""
    fields = dict.fromkeys(str(fault["loc"][0]) for fault in error.errors(include_url=False, include_context=False, include_input=False))
    return "; ".join(COLUMNS_IN_WORDS[field] for field in fields)

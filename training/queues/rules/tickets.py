"""Access tickets: the gate's yes for a few minutes, for tools that cannot ask each time."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from training.queues.rules.decision import Access, Action, Decision

LONGEST = timedelta(minutes=5)
"""How long a ticket is good at most: what the gate says meanwhile is not heard by whoever only looks at the ticket."""
AUDIENCE = "review-tools"
"""Whom tickets are for; nothing else signed here names it, so nothing else passes for a ticket."""


@dataclass(frozen=True, slots=True)
class Ticket:
    """That a person, by public id, may do something in a queue, until an instant."""

    subject: str
    queue: str
    action: Action
    access: Access
    issued_at: datetime
    expires_at: datetime

    def claims(self, *, issuer: str, number: str) -> dict[str, object]:
        """What the signed token says (RFC 7519); `number` is in no other ticket."""
        issued, expires = int(self.issued_at.timestamp()), int(self.expires_at.timestamp())
        times = {"iat": issued, "nbf": issued, "exp": expires}
        of = {"sub": self.subject, "queue": self.queue, "action": self.action.value, "access": self.access.value}
        return {"iss": issuer, "aud": AUDIENCE, **of, **times, "jti": number}


def ticket_for(subject: str, queue: str, action: Action, decision: Decision) -> Ticket | None:
    """The ticket for what the gate decided; none where it denies, or where what it grants ends within the second."""
    now = decision.at
    ends = min(now + LONGEST, decision.valid_until or now + LONGEST).replace(microsecond=0)
    return Ticket(subject, queue, action, decision.access, now, ends) if decision.grants(action) and ends > now else None

"""What people read in mails about policy changes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from training.certification.rules import DeltaKind
from training.policy_changes.rules.changes import PolicyChange


@dataclass(frozen=True, slots=True)
class Letter:
    """A subject and a body."""

    subject: str
    body: str


ASKED = {
    DeltaKind.READING: "Read what changed, clause by clause, and say so at the end of the page; where it holds a few cases to check yourself, pass them.",
    DeltaKind.EXAM: "Sit a short exam about what changed. It asks one question after another and ends as soon as your answers are sure enough.",
}


def change_letter(change: PolicyChange, kind: DeltaKind, due_at: datetime, *, area: str, site_url: str) -> Letter:
    """What somebody is told who is to learn a change; `area` is the title of what it is about. The page says the hour in their own zone."""
    body = (
        f"“{change.title}” has changed: version {change.new} applies from now on.\n\n"
        f"{ASKED[kind]}\n\n"
        f"You have until {due_at:%d %B %Y, %H:%M} UTC. After that, queues about {area} are closed to you until you have done it; "
        "all others stay open.\n\n"
        f"What changed:\n{site_url}/policy-changes/mine/{change.module}\n"
    )
    return Letter(f"{change.title} has changed", body)


def review_letter(changes: Sequence[PolicyChange], proposal_id: int, *, site_url: str) -> Letter:
    """What trainers are told when a change waits for one of them."""
    named = "\n".join(f"- {change.title}: {change.old} to {change.new}" for change in changes if change.asks_something)
    body = (
        f"A change of policy waits for a second person:\n\n{named}\n\n"
        f"Who must learn what, and everything else that it touches:\n{site_url}/policy-changes/plans/{proposal_id}\n"
    )
    return Letter("A change of policy waits for you", body)

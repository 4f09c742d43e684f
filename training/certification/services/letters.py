"""What people read in mails about their certificates."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo

from training.certification.queries import Certificate, EndingInTeam


@dataclass(frozen=True, slots=True)
class Letter:
    """A subject and a body."""

    subject: str
    body: str


def ended_letter(name: str, ended: Certificate, ended_at: datetime, *, site_url: str) -> Letter:
    """What a holder reads whose certificate ended by disuse; `ended_at` is in their own zone."""
    document = ended.certification.document
    body = (
        f"Hello {name},\n\n"
        f"your certificate “{document.title}” ended on {ended_at:%d %B %Y at %H:%M} ({ended_at.tzname()}): for long no work that it is for was reported. "
        f"It opens no queue any more.\n\n"
        f"What it takes to earn it again, and how far you are:\n{site_url}/certificates/{document.id}\n"
    )
    return Letter(f"{document.title} has ended", body)


def ending_letter(name: str, ending: Certificate, ends_at: datetime, *, days: int, site_url: str) -> Letter:
    """What a holder reads before a certificate ends; `ends_at` is in their own zone."""
    document, left = ending.certification.document, _within(days)
    if ending.standing.is_by_disuse:
        mending = "For long no work that it is for was reported: with the next day of work in a queue that asks for it, the end moves on by itself."
    else:
        mending = f"Renewing in its last {document.renewal_window_days} days loses none of them: the new term starts when the old one ends."
    body = (
        f"Hello {name},\n\n"
        f"your certificate “{document.title}” ends {left}: on {ends_at:%d %B %Y at %H:%M} ({ends_at.tzname()}). "
        f"From then on it opens no queue.\n\n"
        f"{mending} What it takes, and how far you are:\n{site_url}/certificates/{document.id}\n"
    )
    return Letter(f"{document.title} ends {left}", body)


def team_letter(name: str, endings: Sequence[EndingInTeam], zone: tzinfo, *, site_url: str) -> Letter:
    """What a lead reads in the morning about the certificates in their team that end soon, the first to end on top."""
    lines = [
        f"- {ending.name}: “{ending.title}” ends {_within(ending.days)}, on {at:%d %B %Y at %H:%M} ({at.tzname()})"
        for ending in endings
        for at in (ending.ends_at.astimezone(zone),)
    ]
    body = (
        f"Hello {name},\n\nthese certificates in your team end soon:\n\n"
        + "\n".join(lines)
        + f"\n\nEverything in your team, and who lapses when:\n{site_url}/team/certificates\n"
    )
    count = len(endings)
    return Letter("A certificate in your team ends soon" if count == 1 else f"{count} certificates in your team end soon", body)


def _within(days: int) -> str:
    return "within a day" if days == 1 else f"within {days} days"

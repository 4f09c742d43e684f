"""What people read in mails about their certificates."""

from dataclasses import dataclass
from datetime import datetime

from training.certification.queries import Certificate


@dataclass(frozen=True, slots=True)
class Letter:
    """A subject and a body."""

    subject: str
    body: str


def ending_letter(name: str, ending: Certificate, ends_at: datetime, *, days: int, site_url: str) -> Letter:
    """What a holder reads before a certificate ends; `ends_at` is in their own zone."""
    document, left = ending.certification.document, "a day" if days == 1 else f"{days} days"
    if ending.standing.is_by_disuse:
        mending = "For long no work that it is for was reported: with the next day of work in a queue that asks for it, the end moves on by itself."
    else:
        mending = f"Renewing in its last {document.renewal_window_days} days loses none of them: the new term starts when the old one ends."
    body = (
        f"Hello {name},\n\n"
        f"your certificate “{document.title}” ends within {left}: on {ends_at:%d %B %Y at %H:%M} ({ends_at.tzname()}). "
        f"From then on it opens no queue.\n\n"
        f"{mending} What it takes, and how far you are:\n{site_url}/certificates/{document.id}\n"
    )
    return Letter(f"{document.title} ends within {left}", body)

"""What our mail says."""

from dataclasses import dataclass

from training.accounts.rules import LinkPurpose, Site

INVITATION = """Hello {name},

an account was made for you at {site}, where you read policies, practise and take exams.

Choose your password here, within 7 days:

{address}

The link works once. If it has expired, ask for a new one on the sign-in page, under “Forgot your password?”.
"""

RESET = """Hello {name},

somebody, probably you, asked for a new password at {site}.

Choose it here, within one hour:

{address}

The link works once. Choosing a new password signs you out everywhere. If it was not you, do nothing: your
password stays as it is.
"""


@dataclass(frozen=True, slots=True)
class Wording:
    """A mail's subject and text."""

    subject: str
    body: str


def letter_for(purpose: LinkPurpose, *, name: str, site: Site, address: str) -> Wording:
    """The mail that carries a one-time link."""
    text = INVITATION if purpose is LinkPurpose.INVITE else RESET
    subject = f"Your account at {site.name}" if purpose is LinkPurpose.INVITE else f"A new password for {site.name}"
    return Wording(subject=subject, body=text.format(name=name, site=site.name, address=address))

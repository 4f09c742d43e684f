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

FACTOR_ON = """Hello {name},

your second step at {site} is on: whoever signs in as you from now on needs a code from your device as well.

If it was not you, tell an administrator at once.
"""

FACTOR_OFF = """Hello {name},

your second step at {site} was turned off, with your password and a code.

If it was not you, choose a new password at once, tell an administrator, and turn it on again:

{address}
"""

FACTOR_RESET = """Hello {name},

an administrator of {site} took your second step away, as is done when a device is lost, and signed you out everywhere.

Sign in with your password, and set it up again on your new device:

{address}

If you did not ask for this, tell another administrator at once.
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


def letter_about(text: str, *, name: str, site: Site) -> Wording:
    """A mail about the second step of a sign-in."""
    address = f"{site.url.rstrip('/')}/account/second-step"
    return Wording(subject=f"Your second step at {site.name}", body=text.format(name=name, site=site.name, address=address))

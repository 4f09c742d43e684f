"""Who must show a second factor, and what its codes are: RFC 6238 with its usual thirty seconds and six digits."""

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta

from training.accounts.rules.facts import Role

AWARDS = frozenset({Role.LEAD, Role.ADMIN, Role.QA, Role.TRAINER})
"""Who may award a certificate, end a time in shadow, or rule on a key, by which exams are passed."""
OVERRIDES = frozenset({Role.LEAD, Role.ADMIN})
"""Who may open a queue by an exception."""
SEES_KEYS = frozenset({Role.TRAINER, Role.QA, Role.AUDITOR})
"""Who sees the keys of exams."""
ALWAYS_DEMANDED = AWARDS | OVERRIDES | SEES_KEYS

STEP_SECONDS = 30
SKEW_STEPS = 1
"""How far a device's clock may be off, in steps, either way."""
CODE_DIGITS = 6
RECOVERY_CODE_COUNT = 10
RECOVERY_LENGTH = 16
RECOVERY_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
"""None that is taken for another."""
SIGN_IN_WAITS = timedelta(minutes=10)
"""How long after the password the code may come."""


def demands_second_factor(roles: Collection[Role], *, demanded: Iterable[str], is_waived: bool) -> bool:
    """Whether somebody with these roles may go no further without one; `demanded` are the roles that the deployment names besides."""
    always = frozenset() if is_waived else ALWAYS_DEMANDED
    return bool(frozenset(roles) & (always | frozenset(map(Role, demanded))))


def open_steps(now: datetime, *, last_used: int) -> range:
    """The steps whose codes are taken now: the present one and its neighbours, but none that was used, nor any before it."""
    present = int(now.timestamp()) // STEP_SECONDS
    return range(max(present - SKEW_STEPS, last_used + 1), present + SKEW_STEPS + 1)


def typed_code(text: str) -> str:
    """A code as it is compared: without the blanks and dashes that people put in, in lower case."""
    return "".join(text.split()).replace("-", "").lower()


def is_one_time_code(code: str) -> bool:
    """Whether this is a device's code; anything else can only be a recovery code."""
    return len(code) == CODE_DIGITS and code.isascii() and code.isdigit()


def shown_recovery_code(code: str) -> str:
    """In groups of four, as people copy it."""
    return "-".join(code[start : start + 4] for start in range(0, len(code), 4))

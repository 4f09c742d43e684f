"""The term that meeting every need earns."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from training.certification.rules.ledger import EventKind, Standing, State


@dataclass(frozen=True, slots=True)
class Term:
    """A new term and what the ledger calls it."""

    kind: EventKind
    valid_from: datetime
    valid_until: datetime


def next_term(current: Standing, *, now: datetime, validity_days: int, renewal_window_days: int) -> Term | None:
    """The term that meeting every need at `now` earns; nothing while a certificate is in force and its renewal window is closed.

    Renewing inside the window starts the new term at the old end, so nobody loses days by being early.
    """
    length = timedelta(days=validity_days)
    if current.state is State.PENDING:
        return None
    if current.is_in_force and current.until is not None:
        if now < current.until - timedelta(days=renewal_window_days):
            return None
        return Term(EventKind.RENEWED, current.until, current.until + length)
    return Term(EventKind.AWARDED, now, now + length)

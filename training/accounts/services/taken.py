"""What two people may ask for at the same moment, and only one can have."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import IntegrityError

from training.accounts.rules import AccountReason
from training.db import db
from training.errors import Refusal


@contextmanager
def unless_taken(reason: AccountReason, **detail: object) -> Iterator[None]:
    """Write what the block adds, or raise Refusal where somebody else was faster."""
    try:
        with db.session.begin_nested():
            yield
    except IntegrityError:
        raise Refusal(reason, **detail) from None

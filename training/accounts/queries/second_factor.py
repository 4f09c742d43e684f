"""Second factors, and the sign-ins that wait for one."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, func, select

from training.accounts.models import PendingSignIn, RecoveryCode, SecondFactor
from training.db import db


def second_factor(person_id: int, *, is_to_be_changed: bool = False) -> SecondFactor | None:
    """What this person set up, confirmed or not; locked where it is about to be changed."""
    asked = select(SecondFactor).where(SecondFactor.person_id == person_id).execution_options(populate_existing=True)
    return db.session.scalar(asked.with_for_update() if is_to_be_changed else asked)


def confirmed_factor(person_id: int, *, is_to_be_changed: bool = False) -> SecondFactor | None:
    """The same, where it counts."""
    found = second_factor(person_id, is_to_be_changed=is_to_be_changed)
    return found if found and found.confirmed_at else None


def second_factors() -> Sequence[SecondFactor]:
    """Everybody's; locked, to be sealed anew."""
    return db.session.scalars(select(SecondFactor).order_by(SecondFactor.person_id).with_for_update()).all()


def unused_recovery_code(person_id: int, code_hash: str) -> RecoveryCode | None:
    """This person's recovery code with this hash, unless it was used; locked."""
    asked = select(RecoveryCode).where(RecoveryCode.person_id == person_id, RecoveryCode.code_hash == code_hash, RecoveryCode.used_at.is_(None))
    return db.session.scalar(asked.with_for_update().execution_options(populate_existing=True))


def unused_recovery_count(person_id: int) -> int:
    """How many recovery codes this person has left."""
    return db.session.scalar(select(func.count()).where(RecoveryCode.person_id == person_id, RecoveryCode.used_at.is_(None))) or 0


def pending_sign_in(token_hash: str, *, now: datetime) -> PendingSignIn | None:
    """The sign-in with this token that still waits for its code."""
    return db.session.scalar(select(PendingSignIn).where(PendingSignIn.token_hash == token_hash, PendingSignIn.expires_at > now))


def forget_pending_sign_ins(*, person_id: int | None = None, expired_by: datetime | None = None) -> None:
    """Let no sign-in of this person's wait any longer, or none that is too old by then."""
    which = PendingSignIn.person_id == person_id if expired_by is None else PendingSignIn.expires_at <= expired_by
    db.session.execute(delete(PendingSignIn).where(which))


def delete_recovery_codes(person_id: int) -> None:
    """All of this person's, used or not."""
    db.session.execute(delete(RecoveryCode).where(RecoveryCode.person_id == person_id))

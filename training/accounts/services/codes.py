"""One-time codes (RFC 6238) and recovery codes: making, checking, sealing."""

import secrets as chance
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hmac import compare_digest

import pyotp

from training.accounts import queries
from training.accounts.models import Person, RecoveryCode, SecondFactor
from training.accounts.rules import (
    RECOVERY_CODE_COUNT,
    RECOVERY_LENGTH,
    RECOVERY_LETTERS,
    AccountReason,
    Site,
    is_one_time_code,
    open_steps,
    shown_recovery_code,
    typed_code,
)
from training.accounts.services.second_factor import factor_to_set_up, remove_factor, tell_of_factor
from training.accounts.services.sessions import end_sessions_of, token_hash
from training.accounts.services.sign_in import Doorstep, SignInVerdict, forgive_tries, opened_session, record_failure
from training.actors import Actor
from training.audit.services import record
from training.db import db
from training.errors import Refusal
from training.keys.services import opened, sealed

PURPOSE = "second factors"


@dataclass(frozen=True, slots=True)
class Enrolment:
    """What a device is told when it is set up: the secret in base32, and the address that its QR code holds."""

    secret: str
    address: str


@dataclass(frozen=True, slots=True)
class Deployment:
    """What the codes of this deployment are sealed with, SECRET_KEYS with the newest first, and how it calls itself."""

    site: Site
    secrets: Sequence[str]


def begin_set_up(person: Person, *, secrets: Sequence[str], now: datetime) -> None:
    """Make a new secret for a person; it counts for nothing until a code of it was shown. Raises Refusal where one counts already."""
    factor = factor_to_set_up(person.id, now=now)
    factor.made_at, factor.last_used_step = now, 0
    factor.sealed_secret = _sealed(factor.person_id, pyotp.random_base32(), secrets)


def enrolment(person: Person, *, here: Deployment) -> Enrolment | None:
    """What the device of somebody who is setting it up must be told; nothing for everybody else."""
    factor = queries.second_factor(person.id)
    if factor is None or factor.confirmed_at is not None:
        return None
    secret = _opened(factor, here.secrets)
    return Enrolment(secret, pyotp.TOTP(secret).provisioning_uri(name=person.email, issuer_name=here.site.name))


def confirm_set_up(person: Person, code: str, *, session_id: int, here: Deployment, by: Actor, now: datetime) -> tuple[str, ...]:
    """Let the factor count from now on and end the person's other sessions; the recovery codes, to be shown this once.

    Nothing where the code is wrong. Raises Refusal where one counts already, or none was begun.
    """
    factor = factor_to_set_up(person.id, now=now)
    if not factor.sealed_secret:
        raise Refusal(AccountReason.SIGN_IN_TOO_OLD)
    if not _takes(factor, typed_code(code), secrets=here.secrets, now=now):
        return ()
    factor.confirmed_at = now
    end_sessions_of(person.id, now=now, except_id=session_id)
    record("second_factor.turned_on", by=by, subject=("person", person.id), now=now)
    tell_of_factor(person, site=here.site, is_on=True, now=now)
    return _new_recovery_codes(person.id)


def is_shown(person_id: int, code: str, *, secrets: Sequence[str], now: datetime) -> str | None:
    """How a person proved to have their factor: by `code` or by `recovery`, which is spent with it; nothing where the code is wrong."""
    typed = typed_code(code)
    factor = queries.confirmed_factor(person_id, is_to_be_changed=True)
    if factor is None:
        return None
    if is_one_time_code(typed):
        return "code" if _takes(factor, typed, secrets=secrets, now=now) else None
    recovery = queries.unused_recovery_code(person_id, token_hash(typed))
    if recovery is None:
        return None
    recovery.used_at = now
    return "recovery"


def conclude_second_step(token: str, code: str, *, secrets: Sequence[str], doorstep: Doorstep, now: datetime) -> SignInVerdict:
    """Open the session that waited for this code, or say why not, and leave the evidence of either."""
    pending = queries.pending_sign_in(token_hash(token), now=now)
    if pending is None:
        return SignInVerdict(reason=AccountReason.SIGN_IN_TOO_OLD)
    person = queries.person(pending.person_id)
    how = is_shown(person.id, code, secrets=secrets, now=now)
    if how is None:
        record_failure(person.email, person, doorstep, now=now)
        return SignInVerdict(reason=AccountReason.CODE_WRONG)
    forgive_tries(person.email, doorstep=doorstep.at_second_step)
    db.session.delete(pending)
    if not queries.state_of(person.id, at=now, known_at=now).is_active:
        record_failure(person.email, person, doorstep, now=now)
        return SignInVerdict(reason=AccountReason.NOT_ACTIVE)
    return opened_session(person, doorstep=doorstep, second_factor=how, now=now)


def renew_recovery_codes(person: Person, code: str, *, secrets: Sequence[str], by: Actor, now: datetime) -> tuple[str, ...]:
    """New recovery codes for somebody who showed their factor, to be shown this once; the old ones are void. Nothing where the code is wrong."""
    if is_shown(person.id, code, secrets=secrets, now=now) is None:
        return ()
    record("second_factor.codes_renewed", by=by, subject=("person", person.id), now=now)
    return _new_recovery_codes(person.id)


def turn_off(person: Person, code: str, *, here: Deployment, by: Actor, now: datetime) -> bool:
    """Take the factor away of somebody who showed it; whether the code was right."""
    if is_shown(person.id, code, secrets=here.secrets, now=now) is None:
        return False
    remove_factor(person.id)
    record("second_factor.turned_off", by=by, subject=("person", person.id), now=now)
    tell_of_factor(person, site=here.site, is_on=False, now=now)
    return True


def seal_anew(secrets: Sequence[str]) -> tuple[int, int]:
    """Seal every secret with the newest of SECRET_KEYS, before an older one is dropped; how many, and how many none of them opens."""
    done = lost = 0
    for factor in queries.second_factors():
        secret = opened(factor.sealed_secret, purpose=PURPOSE, name=str(factor.person_id), secrets=secrets) if factor.sealed_secret else None
        if secret is None:
            lost += 1
            continue
        factor.sealed_secret = sealed(secret, purpose=PURPOSE, name=str(factor.person_id), secrets=secrets)
        done += 1
    return done, lost


def _takes(factor: SecondFactor, code: str, *, secrets: Sequence[str], now: datetime) -> bool:
    """Whether this is the code of a step that is still open; then it is so no longer."""
    if not is_one_time_code(code):
        return False
    device = pyotp.TOTP(_opened(factor, secrets))
    for step in open_steps(now, last_used=factor.last_used_step):
        if compare_digest(device.generate_otp(step), code):
            factor.last_used_step = step
            return True
    return False


def _sealed(person_id: int, secret: str, secrets: Sequence[str]) -> bytes:
    return sealed(secret.encode(), purpose=PURPOSE, name=str(person_id), secrets=secrets)


def _opened(factor: SecondFactor, secrets: Sequence[str]) -> str:
    secret = opened(factor.sealed_secret, purpose=PURPOSE, name=str(factor.person_id), secrets=secrets)
    if secret is None:
        raise Refusal(AccountReason.FACTOR_SEALED)
    return secret.decode()


def _new_recovery_codes(person_id: int) -> tuple[str, ...]:
    queries.delete_recovery_codes(person_id)
    codes = ["".join(chance.choice(RECOVERY_LETTERS) for _ in range(RECOVERY_LENGTH)) for _ in range(RECOVERY_CODE_COUNT)]
    db.session.add_all(RecoveryCode(person_id=person_id, code_hash=token_hash(code)) for code in codes)
    db.session.flush()
    return tuple(map(shown_recovery_code, codes))

"""The key that signs what programs are given."""

from datetime import datetime

from flask import current_app

from training.config import secrets_of
from training.db import begin_writing, db
from training.keys.queries import sealed_key_in_use
from training.keys.services import Signer, signer


def kept_signer(*, now: datetime) -> Signer:
    """The key that signs at present; the very first is made and committed at once. Raises Refusal where none of the secrets opens it."""
    is_made = sealed_key_in_use() is not None
    if not is_made:
        begin_writing()
    found = signer(secrets_of(current_app.config), now=now)
    if not is_made:
        db.session.commit()
    return found

"""The demo's logins and token: what is printed at every start must work."""

from datetime import datetime

from training.accounts.services import create_client, hash_password, is_password, set_password, token_hash
from training.actors import SYSTEM
from training.demo import queries
from training.demo.rules import CAST

CLIENT_NAME = "Review tool"


def keep_logins(password: str, *, now: datetime) -> int:
    """See to it that everybody whose login is printed signs in with this password; how many had another.

    It hashes: call it before the transaction begins to write.
    """
    people = queries.people_of(member.email for member in CAST if member.signs_in)
    verdicts = {kept: is_password(password, kept) for kept in {person.password_hash for person in people}}
    differing = [person for person in people if not verdicts[person.password_hash]]
    hashed = hash_password(password) if differing else None
    for person in differing:
        if hashed is not None:
            set_password(person, password=hashed, by=SYSTEM, now=now)
    return len(differing)


def keep_token(token: str, *, now: datetime) -> None:
    """See to it that there is a program with this token."""
    if queries.client_with_token(token_hash(token)) is not None:
        return
    name, number = CLIENT_NAME, 1
    while queries.has_client(name):
        number += 1
        name = f"{CLIENT_NAME} {number}"
    create_client(name=name, scopes=["access:read"], by=SYSTEM, now=now, token=token)
